//! What a dossier costs: every fee line worked out, lowered by the ground that lowers it most, and told
//! step by step, so that an officer and a citizen can follow it (DOMAIN §7.1, §7.2).

pub mod closing;
pub mod ledger;
pub mod notice;
pub mod receipt;
pub mod request;
pub mod sheet;
pub mod statement;
#[cfg(test)]
mod tests;
mod told;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::amount::LARGEST_AMOUNT_VND;
use crate::catalogue::{ExemptionData, FeeData, Size};
use crate::dossier::Channel;
use crate::refusal::{FieldError, Refusal, Text};
use crate::text::required_line;
use crate::words::words;

words! {
    /// How a dossier was filed, as far as its fees care.
    FiledBy {
        /// At the counter, at home, by anybody's hand.
        Direct => "direct",
        /// Over the net, also at a kiosk.
        Online => "online",
        /// By the public post.
        Postal => "postal",
    }
}

impl From<Channel> for FiledBy {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Online | Channel::Kiosk => Self::Online,
            Channel::Post => Self::Postal,
            Channel::Counter | Channel::Home => Self::Direct,
        }
    }
}

words! {
    /// The two kinds of money, never on one receipt (Law on fees 97/2015).
    MoneyKind {
        /// Phí: for a service.
        Fee => "phi",
        /// Lệ phí: a state charge.
        Charge => "le_phi",
    }
}

words! {
    /// By when a line is to be paid.
    #[derive(Default)]
    FeeDue {
        /// Before the dossier is handled.
        BeforeHandling => "before_handling",
        /// Before its result is made.
        BeforeResult => "before_result",
        /// When the result is collected.
        #[default]
        AtCollection => "at_collection",
    }
}

/// The most grounds that are claimed at once, and the most lines that are chosen or stated.
pub const MOST_CLAIMS: usize = 20;
/// The longest text that says what shows a ground, or where an amount is from.
pub const EVIDENCE_CHARS: usize = 500;

/// A ground for paying less, as it is claimed at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The slug of the ground in the fee lines of the procedure.
    pub exemption_id: String,
    /// What shows it: the paper seen, or the data looked up.
    pub evidence: String,
}

/// An amount the catalogue does not know, as an officer states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// The line.
    pub line_id: String,
    /// In đồng, 0 ..= [`LARGEST_AMOUNT_VND`].
    pub amount_vnd: i64,
    /// Where it is from: a resolution of the provincial council, a notice.
    pub source: String,
}

/// What is to be paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// How it was filed.
    pub filed_by: FiledBy,
    /// The day whose law holds: that of reception.
    pub on: NaiveDate,
    /// Its size.
    pub size: Size,
    /// Lines with a condition that holds here.
    pub chosen: Vec<String>,
    /// Amounts that the catalogue does not know.
    pub stated: Vec<Stated>,
    /// Grounds for paying less.
    pub claims: Vec<Claim>,
}

/// A ground that lowers a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Its slug.
    pub exemption_id: String,
    /// Who has it, word for word.
    pub text: String,
    /// How much is waived, 1..=100.
    pub percent: u8,
    /// The instrument that grants it.
    pub legal_basis: String,
    /// What shows it.
    pub evidence: String,
}

/// One line worked out. Amounts in đồng; `net_vnd` is `gross_vnd` less `waived_vnd`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The slug of the line.
    pub line_id: String,
    /// Phí or lệ phí.
    pub kind: MoneyKind,
    /// Its name.
    pub name: String,
    /// The text that is shown word for word, exemptions included.
    pub text: String,
    /// The instrument that sets it.
    pub legal_basis: Option<String>,
    /// By when it is to be paid.
    pub due: FeeDue,
    /// What it would be without a ground; none where nobody knows the amount yet.
    pub gross_vnd: Option<i64>,
    /// What is waived.
    pub waived_vnd: i64,
    /// What is to be paid.
    pub net_vnd: Option<i64>,
    /// The ground that lowers it most, of those claimed.
    pub waiver: Option<Waiver>,
    /// How it was worked out, step by step.
    pub explanation: Vec<Text>,
}

/// All lines of a case worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The lines that hold, in the catalogue's order.
    pub lines: Vec<Line>,
    /// Sum of the lines' amounts before grounds, in đồng; what is not known is not in it.
    pub gross_vnd: i64,
    /// Sum of what is waived.
    pub waived_vnd: i64,
    /// Sum of what is to be paid.
    pub net_vnd: i64,
    /// Whether every line's amount is known.
    pub complete: bool,
}

impl Assessment {
    /// What is to be paid of one kind.
    #[must_use]
    pub fn of_kind(&self, kind: MoneyKind) -> i64 {
        self.lines
            .iter()
            .filter(|l| l.kind == kind)
            .filter_map(|l| l.net_vnd)
            .sum()
    }

    /// Whether something is to be paid by this moment or before it.
    #[must_use]
    pub fn owed_by(&self, due: FeeDue) -> bool {
        self.lines
            .iter()
            .any(|l| l.due <= due && l.net_vnd.is_none_or(|n| n > 0))
    }
}

/// Works out what a case costs.
///
/// # Errors
/// `validation_failed` with `exemption_unknown`, `exemption_not_in_force`, `exemption_wrong_channel`,
/// `exemption_rate_unknown`, `fee_line_unknown`, `fee_line_not_optional`, `fee_amount_known`,
/// `repeated`, `out_of_range`, `required` at the member at fault.
pub fn assess(fees: &[FeeData], case: &Case) -> Result<Assessment, Refusal> {
    let here: Vec<&FeeData> = lines(fees, case.filed_by, case.on).collect();
    let mut errors = sizes(case.size);
    chosen(&mut errors, &here, case);
    stated(&mut errors, &here, case);
    claimed(&mut errors, &here, case);
    let charged = here
        .iter()
        .filter(|f| f.condition.is_none() || case.chosen.contains(&f.id));
    let mut done = Vec::new();
    for fee in charged {
        done.extend(line(&mut errors, fee, case));
    }
    let sum = |of: &dyn Fn(&Line) -> i64| {
        done.iter()
            .try_fold(0_i64, |sum, line| sum.checked_add(of(line)))
            .filter(|sum| *sum <= LARGEST_AMOUNT_VND)
    };
    let sums = (
        sum(&|l| l.gross_vnd.unwrap_or(0)),
        sum(&|l| l.waived_vnd),
        sum(&|l| l.net_vnd.unwrap_or(0)),
    );
    let (Some(gross_vnd), Some(waived_vnd), Some(net_vnd)) = sums else {
        errors.push(too_much(""));
        return Err(Refusal::invalid(errors));
    };
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors));
    }
    Ok(Assessment {
        gross_vnd,
        waived_vnd,
        net_vnd,
        complete: done.iter().all(|l| l.net_vnd.is_some()),
        lines: done,
    })
}

/// The lines that hold for what is filed in this way on this day, in the catalogue's order; those with a
/// condition among them.
pub fn lines(fees: &[FeeData], filed_by: FiledBy, on: NaiveDate) -> impl Iterator<Item = &FeeData> {
    fees.iter().filter(move |f| holds(f, fees, filed_by, on))
}

/// Whether a line is in force, and for this way of filing.
fn holds(fee: &FeeData, all: &[FeeData], filed_by: FiledBy, on: NaiveDate) -> bool {
    let in_force = |f: &FeeData| f.is_in_force(on);
    let by = match (fee.channel.as_str(), filed_by) {
        ("any", _) | ("direct", FiledBy::Direct) | ("online", FiledBy::Online) => true,
        ("postal", FiledBy::Postal) => true,
        // By post one pays as directly, unless there is a line of its own for it.
        ("direct", FiledBy::Postal) => !all
            .iter()
            .any(|f| f.channel == "postal" && f.kind == fee.kind && in_force(f)),
        _ => false,
    };
    by && in_force(fee)
}

/// The most pages, copies or events of one case.
const MOST_PIECES: u32 = 100_000;

fn sizes(size: Size) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (at, n) in [
        ("/pages", size.pages),
        ("/copies", size.copies),
        ("/events", size.events),
    ] {
        if !(1..=MOST_PIECES).contains(&n) {
            errors.push(FieldError::out_of_range(at, 1, u64::from(MOST_PIECES)));
        }
    }
    if size
        .value_vnd
        .is_some_and(|v| !(0..=LARGEST_AMOUNT_VND).contains(&v))
    {
        errors.push(too_much("/value_vnd"));
    }
    errors
}

fn too_much(at: &str) -> FieldError {
    FieldError::out_of_range(at, 0, LARGEST_AMOUNT_VND.unsigned_abs())
}

fn repeated(at: String) -> FieldError {
    FieldError::new(
        at,
        "repeated",
        "Mục này đã có ở trên.",
        "This stands above already.",
    )
}

fn line_unknown(at: String) -> FieldError {
    FieldError::new(
        at,
        "fee_line_unknown",
        "Thủ tục không có khoản thu này cho cách nộp và ngày tiếp nhận này.",
        "The procedure has no such fee line for this way of filing and this day.",
    )
}

fn too_many(errors: &mut Vec<FieldError>, at: &str, n: usize) -> bool {
    if n > MOST_CLAIMS {
        errors.push(FieldError::out_of_range(at, 0, MOST_CLAIMS as u64));
    }
    n > MOST_CLAIMS
}

fn chosen(errors: &mut Vec<FieldError>, here: &[&FeeData], case: &Case) {
    if too_many(errors, "/chosen", case.chosen.len()) {
        return;
    }
    for (i, id) in case.chosen.iter().enumerate() {
        let at = format!("/chosen/{i}");
        if case.chosen.iter().take(i).any(|other| other == id) {
            errors.push(repeated(at));
            continue;
        }
        match here.iter().find(|f| &f.id == id) {
            None => errors.push(line_unknown(at)),
            Some(f) if f.condition.is_none() => errors.push(FieldError::new(
                at,
                "fee_line_not_optional",
                "Khoản thu này không kèm điều kiện, luôn được tính; không cần chọn.",
                "This line has no condition and is always charged; it is not chosen.",
            )),
            Some(_) => {}
        }
    }
}

fn stated(errors: &mut Vec<FieldError>, here: &[&FeeData], case: &Case) {
    if too_many(errors, "/stated", case.stated.len()) {
        return;
    }
    for (i, s) in case.stated.iter().enumerate() {
        let at = |member: &str| format!("/stated/{i}/{member}");
        if case.stated.iter().take(i).any(|o| o.line_id == s.line_id) {
            errors.push(repeated(at("line_id")));
            continue;
        }
        match here.iter().find(|f| f.id == s.line_id) {
            None => errors.push(line_unknown(at("line_id"))),
            Some(f) if f.rule.is_some() || f.amount_vnd.is_some() => errors.push(FieldError::new(
                at("line_id"),
                "fee_amount_known",
                "Danh mục đã ghi mức thu của khoản này; không nhập số khác.",
                "The catalogue knows the amount of this line; no other is stated.",
            )),
            Some(_) => {}
        }
        if !(0..=LARGEST_AMOUNT_VND).contains(&s.amount_vnd) {
            errors.push(too_much(&at("amount_vnd")));
        }
        if let Err(found) = required_line(&s.source, EVIDENCE_CHARS) {
            errors.push(found.at(at("source")));
        }
    }
}

/// Whether a ground holds for this way of filing.
fn for_channel(exemption: &ExemptionData, filed_by: FiledBy) -> bool {
    match exemption.channel.as_deref() {
        None | Some("any") => true,
        Some("direct") => filed_by != FiledBy::Online,
        Some(channel) => channel == filed_by.as_str(),
    }
}

fn in_force(exemption: &ExemptionData, on: NaiveDate) -> bool {
    exemption.valid_from.is_none_or(|d| d <= on) && exemption.valid_to.is_none_or(|d| d >= on)
}

/// That every ground claimed is one of some line, on this day, in this way of filing, with a rate.
fn claimed(errors: &mut Vec<FieldError>, here: &[&FeeData], case: &Case) {
    if too_many(errors, "/claims", case.claims.len()) {
        return;
    }
    for (i, claim) in case.claims.iter().enumerate() {
        let at = |member: &str| format!("/claims/{i}/{member}");
        let id = &claim.exemption_id;
        if case.claims.iter().take(i).any(|o| &o.exemption_id == id) {
            errors.push(repeated(at("exemption_id")));
            continue;
        }
        if let Err(found) = required_line(&claim.evidence, EVIDENCE_CHARS) {
            errors.push(found.at(at("evidence")));
        }
        let of = || {
            here.iter()
                .flat_map(|f| &f.exemptions)
                .filter(|e| &e.id == id)
        };
        let (code, vi, en) = if of().next().is_none() {
            (
                "exemption_unknown",
                "Các khoản thu của thủ tục không có căn cứ miễn, giảm này.",
                "The procedure's fee lines have no such ground.",
            )
        } else if !of().any(|e| in_force(e, case.on)) {
            (
                "exemption_not_in_force",
                "Căn cứ miễn, giảm này không có hiệu lực vào ngày tiếp nhận.",
                "This ground was not in force on the day of reception.",
            )
        } else if !of().any(|e| in_force(e, case.on) && for_channel(e, case.filed_by)) {
            (
                "exemption_wrong_channel",
                "Căn cứ miễn, giảm này chỉ áp dụng cho cách nộp hồ sơ khác.",
                "This ground holds for another way of filing only.",
            )
        } else if !of()
            .any(|e| in_force(e, case.on) && for_channel(e, case.filed_by) && e.percent.is_some())
        {
            (
                "exemption_rate_unknown",
                "Danh mục chưa ghi mức miễn, giảm của căn cứ này; quản trị danh mục cần bổ sung trước.",
                "The catalogue does not know the rate of this ground yet.",
            )
        } else {
            continue;
        };
        errors.push(FieldError::new(at("exemption_id"), code, vi, en));
    }
}

/// What `percent` of an amount is, rounded up to the đồng: a rounding is never to the payer's cost.
fn share(amount_vnd: i64, percent: u8) -> i64 {
    let waived = (i128::from(amount_vnd) * i128::from(percent) + 99) / 100;
    i64::try_from(waived).unwrap_or(amount_vnd).min(amount_vnd)
}

fn line(errors: &mut Vec<FieldError>, fee: &FeeData, case: &Case) -> Option<Line> {
    let stated = case.stated.iter().find(|s| s.line_id == fee.id);
    let gross_vnd = match (&fee.rule, fee.amount_vnd, stated) {
        (Some(rule), ..) => match rule.amount(case.size) {
            Some(amount) if amount <= LARGEST_AMOUNT_VND => Some(amount),
            None if rule.needs_value() && case.size.value_vnd.is_none() => {
                errors.push(FieldError::new(
                    "/value_vnd",
                    "required",
                    "Khoản thu này tính theo giá trị kê khai; cần nhập giá trị.",
                    "This line is a share of the value declared; the value is wanted.",
                ));
                return None;
            }
            _ => {
                errors.push(too_much(""));
                return None;
            }
        },
        (None, Some(amount), _) => Some(amount),
        (None, None, stated) => stated.map(|s| s.amount_vnd),
    };
    // Where several grounds apply, the most favourable (Resolution 66.22/2026 Art 5.2); of equals the
    // first that was claimed.
    let best = case
        .claims
        .iter()
        .filter_map(|claim| {
            let found = fee.exemptions.iter().find(|e| {
                e.id == claim.exemption_id && in_force(e, case.on) && for_channel(e, case.filed_by)
            })?;
            Some((claim, found, found.percent?))
        })
        .rev()
        .max_by_key(|(_, _, percent)| *percent);
    let waiver = best.map(|(claim, found, percent)| Waiver {
        exemption_id: found.id.clone(),
        text: found.text.clone(),
        percent,
        legal_basis: found.legal_basis.clone(),
        evidence: claim.evidence.trim().to_owned(),
    });
    let waived_vnd = match (gross_vnd, &waiver) {
        (Some(gross), Some(w)) => share(gross, w.percent),
        _ => 0,
    };
    Some(Line {
        line_id: fee.id.clone(),
        kind: MoneyKind::parse(&fee.kind)?,
        name: fee.name.clone(),
        text: fee.text.clone(),
        legal_basis: fee.legal_basis.clone(),
        due: fee
            .due
            .as_deref()
            .and_then(FeeDue::parse)
            .unwrap_or_default(),
        gross_vnd,
        waived_vnd,
        net_vnd: gross_vnd.map(|g| g - waived_vnd),
        explanation: told::steps(
            fee,
            case.size,
            stated,
            gross_vnd,
            waiver.as_ref(),
            waived_vnd,
        ),
        waiver,
    })
}
