//! Templates: plain text with names in braces. What is filled in is a value: it is written out as it is
//! and never read again as a template.

use chrono::{DateTime, Utc};

use super::{Channel, Language, MOST_SEGMENTS, Told, plain_sms, sms_size};
use crate::refusal::{FieldError, Refusal};
use crate::text::{clean_line, clean_text};
use crate::vn_time::{format_date, local};

/// The most characters of a subject.
pub const MOST_SUBJECT: usize = 150;
/// The most characters of a mail's template.
pub const MOST_BODY: usize = 5_000;
/// The most characters of a short message's template.
pub const MOST_SMS_TEXT: usize = 600;
/// The most characters of a name in a short message; the rest is cut.
const MOST_SMS_NAME: usize = 60;

crate::words::words! {
    /// What a template may name. None of it says who somebody is.
    Placeholder {
        /// The dossier's code, or the number of what was sent in.
        Code => "code",
        /// The procedure.
        Procedure => "procedure",
        /// Who decides.
        Authority => "authority",
        /// Where it was received.
        Centre => "centre",
        /// The centre's telephone.
        Phone => "phone",
        /// Where one can look it up.
        LookUp => "look_up",
        /// When the result is promised.
        Due => "due",
        /// When it was promised before.
        DueBefore => "due_before",
        /// By when what is missing is expected.
        SupplyBy => "supply_by",
        /// What is owed.
        Amount => "amount",
        /// How the result is fetched.
        Collect => "collect",
        /// Where one says once how one was served.
        Survey => "survey",
    }
}

/// What a message says.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The dossier's code, or the number of what was sent in.
    pub code: String,
    /// The procedure's name.
    pub procedure: String,
    /// The authority's name.
    pub authority: String,
    /// The centre's name.
    pub centre: String,
    /// The centre's telephone.
    pub phone: Option<String>,
    /// Address of the page where one can look it up.
    pub look_up: Option<String>,
    /// When the result is promised.
    pub due: Option<DateTime<Utc>>,
    /// When it was promised before.
    pub due_before: Option<DateTime<Utc>>,
    /// By when what is missing is expected.
    pub supply_by: Option<chrono::NaiveDate>,
    /// What is owed, in đồng.
    pub amount_vnd: Option<i64>,
    /// How the result goes to its people: a word of the dossier's.
    pub delivery: String,
    /// Address at which one says once how one was served.
    pub survey: Option<String>,
}

fn moment(at: DateTime<Utc>, language: Language) -> String {
    let at = local(at);
    let between = match language {
        Language::Vi => "ngày",
        Language::En => "on",
    };
    format!(
        "{} {between} {}",
        at.format("%H:%M"),
        format_date(at.date())
    )
}

/// Groups of three digits, as a Vietnamese reader writes money.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let first = digits.len() % 3;
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && i % 3 == first {
            out.push('.');
        }
        out.push(c);
    }
    out
}

fn cut(name: &str, channel: Channel) -> String {
    if channel == Channel::Mail || name.chars().count() <= MOST_SMS_NAME {
        return name.to_owned();
    }
    let short: String = name.chars().take(MOST_SMS_NAME - 3).collect();
    format!("{}...", short.trim_end())
}

impl Facts {
    /// What stands in the place of a name.
    fn value(&self, name: Placeholder, language: Language, channel: Channel) -> String {
        let or = |vi: &str, en: &str| match language {
            Language::Vi => vi.to_owned(),
            Language::En => en.to_owned(),
        };
        let at = |at: Option<DateTime<Utc>>| {
            at.map_or_else(
                || or("ghi trên giấy tiếp nhận", "as on the reception slip"),
                |at| moment(at, language),
            )
        };
        match name {
            Placeholder::Code => self.code.clone(),
            Placeholder::Procedure => cut(&self.procedure, channel),
            Placeholder::Authority => cut(&self.authority, channel),
            Placeholder::Centre => cut(&self.centre, channel),
            Placeholder::Phone => self
                .phone
                .clone()
                .unwrap_or_else(|| or("của Trung tâm", "of the centre")),
            Placeholder::LookUp => match (&self.look_up, &self.phone) {
                (Some(address), _) => address.clone(),
                (None, Some(phone)) => or(
                    &format!("điện thoại {phone}"),
                    &format!("telephone {phone}"),
                ),
                (None, None) => or("tại Trung tâm", "at the centre"),
            },
            Placeholder::Due => at(self.due),
            Placeholder::DueBefore => at(self.due_before),
            Placeholder::SupplyBy => self.supply_by.map_or_else(
                || or("thời hạn ghi trên phiếu", "the date on the form"),
                |day| {
                    let day = format_date(day);
                    or(&format!("ngày {day}"), &day)
                },
            ),
            Placeholder::Amount => self.amount_vnd.map_or_else(
                || or("phí, lệ phí", "a fee"),
                |n| {
                    or(
                        &format!("{} đồng", grouped(n)),
                        &format!("VND {}", grouped(n)),
                    )
                },
            ),
            Placeholder::Survey => self
                .survey
                .clone()
                .unwrap_or_else(|| or("tại Trung tâm", "at the centre")),
            Placeholder::Collect => match self.delivery.as_str() {
                "post" => or(
                    "Kết quả sẽ được gửi qua bưu chính.",
                    "The result will be sent by post.",
                ),
                "home" => or(
                    "Kết quả sẽ được trả tại nhà.",
                    "The result will be brought to your home.",
                ),
                "electronic" => or(
                    "Kết quả được trả bằng bản điện tử.",
                    "The result is given electronically.",
                ),
                _ => or(
                    "Mời Ông/Bà mang giấy tiếp nhận đến nhận kết quả trong giờ làm việc.",
                    "Please bring the reception slip and collect it during working hours.",
                ),
            },
        }
    }
}

/// Facts that stand for any dossier's, to look at a template with. Names are as long as they get.
#[must_use]
pub fn sample(now: DateTime<Utc>) -> Facts {
    let day = chrono::Duration::days(1);
    Facts {
        code: "H26.14.101-260302-0001".into(),
        procedure: "Cấp Giấy xác nhận tình trạng hôn nhân".into(),
        authority: "Ủy ban nhân dân phường Trần Hưng Đạo".into(),
        centre: "Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo".into(),
        phone: Some("02439330000".into()),
        look_up: Some("https://motcua.example.vn/tra-cuu".into()),
        due: Some(now + day * 3),
        due_before: Some(now + day),
        supply_by: Some(crate::vn_time::local_date(now + day * 10)),
        amount_vnd: Some(1_005_000),
        delivery: "counter".into(),
        survey: Some("https://motcua.example.vn/s/AbCdEfGhIjKlMnOpQrStUv".into()),
    }
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(Placeholder),
}

/// What stands between braces that do not belong together, or names nothing.
fn parse(text: &str, pointer: &str, allowed: &[Placeholder]) -> Result<Vec<Part>, Vec<FieldError>> {
    let mut parts = Vec::new();
    let mut faults = Vec::new();
    let unpaired = || {
        FieldError::new(
            pointer,
            "placeholder_unpaired",
            "Dấu ngoặc nhọn phải đi thành cặp quanh tên của một ô điền.",
            "Braces go in pairs around the name of a placeholder.",
        )
    };
    let mut rest = text;
    loop {
        let (before, after) = match rest.split_once('{') {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if before.contains('}') {
            faults.push(unpaired());
        }
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let Some(after) = after else { break };
        let Some((name, left)) = after.split_once('}') else {
            faults.push(unpaired());
            break;
        };
        match Placeholder::parse(name).filter(|p| allowed.contains(p)) {
            Some(found) => parts.push(Part::Value(found)),
            None if name.contains('{') => faults.push(unpaired()),
            None => {
                let shown: String = name.chars().take(40).collect();
                faults.push(FieldError::new(
                    pointer,
                    "placeholder_unknown",
                    format!("Không có ô điền {{{shown}}} cho loại tin này."),
                    format!("Messages of this kind have no placeholder {{{shown}}}."),
                ));
            }
        }
        rest = left;
    }
    if faults.is_empty() {
        Ok(parts)
    } else {
        Err(faults)
    }
}

/// A template that was read and found sound.
#[derive(Debug, Clone)]
pub struct Template {
    channel: Channel,
    language: Language,
    subject: Vec<Part>,
    body: Vec<Part>,
    /// The subject as it is kept; empty for a short message.
    pub subject_text: String,
    /// The body as it is kept.
    pub body_text: String,
}

/// A message as its people will read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject; empty for a short message.
    pub subject: String,
    /// The text.
    pub body: String,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// `template_faulty`, naming each fault: `required`, `too_long`, `control_character`,
    /// `placeholder_unknown`, `placeholder_unpaired`, and `not_allowed` for the subject of a short message.
    pub fn read(
        told: Told,
        channel: Channel,
        language: Language,
        subject: &str,
        body: &str,
    ) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let (most_subject, most_body) = match channel {
            Channel::Mail => (MOST_SUBJECT, MOST_BODY),
            Channel::Sms => (MOST_SUBJECT, MOST_SMS_TEXT),
        };
        let subject = clean_line(subject, most_subject).unwrap_or_else(|f| {
            faults.push(f.at("/subject"));
            String::new()
        });
        let body = match channel {
            Channel::Mail => clean_text(body, most_body),
            Channel::Sms => clean_line(body, most_body),
        }
        .unwrap_or_else(|f| {
            faults.push(f.at("/body"));
            String::new()
        });
        let missing = |pointer: &str| {
            FieldError::new(
                pointer,
                "required",
                "Không được để trống.",
                "Must not be empty.",
            )
        };
        let at = |faults: &[FieldError], pointer: &str| faults.iter().any(|f| f.pointer == pointer);
        if body.is_empty() && !at(&faults, "/body") {
            faults.push(missing("/body"));
        }
        match channel {
            Channel::Mail if subject.is_empty() && !at(&faults, "/subject") => {
                faults.push(missing("/subject"));
            }
            Channel::Sms if !subject.is_empty() => faults.push(FieldError::new(
                "/subject",
                "not_allowed",
                "Tin nhắn SMS không có tiêu đề.",
                "A short message has no subject.",
            )),
            _ => {}
        }
        let allowed = told.placeholders();
        let mut parts = |text: &str, pointer: &str| {
            parse(text, pointer, &allowed).unwrap_or_else(|found| {
                faults.extend(found);
                Vec::new()
            })
        };
        let template = Self {
            channel,
            language,
            subject: parts(&subject, "/subject"),
            body: parts(&body, "/body"),
            subject_text: subject,
            body_text: body,
        };
        if channel == Channel::Sms && faults.is_empty() {
            // A date does not change how long it is.
            let longest = template.render(&sample(DateTime::UNIX_EPOCH), false);
            let parts = sms_size(&longest.body).segments;
            if parts > MOST_SEGMENTS {
                faults.push(FieldError::new(
                    "/body",
                    "too_long",
                    format!("Tin dài {parts} phần, tối đa {MOST_SEGMENTS} phần."),
                    format!("The message has {parts} parts, at most {MOST_SEGMENTS}."),
                ));
            }
        }
        if faults.is_empty() {
            return Ok(template);
        }
        let mut refusal = Refusal::new(
            "template_faulty",
            "Mẫu tin nhắn còn lỗi. Xem các chỗ được đánh dấu.",
            "The template is faulty. See the places named.",
        );
        refusal.errors = faults;
        Err(refusal)
    }

    /// The message for these facts; a short one without marks when `plain`.
    #[must_use]
    pub fn render(&self, facts: &Facts, plain: bool) -> Rendered {
        let fill = |parts: &[Part]| -> String {
            parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Value(name) => facts.value(*name, self.language, self.channel),
                })
                .collect()
        };
        let body = fill(&self.body);
        Rendered {
            subject: fill(&self.subject),
            body: if plain && self.channel == Channel::Sms {
                plain_sms(&body)
            } else {
                body
            },
        }
    }
}
