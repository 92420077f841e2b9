//! What comes in with a new dossier, checked field by field and cleaned.

use chrono::NaiveDate;
use motcua_domain::dossier::{AuthorisationScope, Channel, DeliveryMethod};
use motcua_domain::person::{self, BirthDate, OwnerKind};
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::text::{self, TextFault};
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::FilerRow;
use motcua_store::{AuthorityId, DossierId, RecordId, UserId};
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// What becomes of a dossier that comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IntakeMode {
    /// Accept it at once: it was checked at the counter.
    #[default]
    Accept,
    /// Take it in to be checked; acceptance, a request for supplements or a refusal follows.
    Check,
}

/// The owner (chủ hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerInput {
    /// Citizen, business …
    pub kind: OwnerKind,
    /// Full name.
    pub full_name: String,
    /// Identity number, tax code or passport number.
    pub identity_number: Option<String>,
    /// `YYYY` or `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// The filer (người nộp), when that is not the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilerInput {
    /// Full name.
    pub full_name: String,
    /// Identity number.
    pub identity_number: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// To the owner.
    pub relation: Option<String>,
    /// Authorisation paper.
    pub authorisation: Option<String>,
    /// What it covers.
    #[serde(default)]
    pub authorisation_scope: Option<AuthorisationScope>,
    /// Its last day.
    #[serde(default)]
    pub authorisation_until: Option<NaiveDate>,
}

/// A paper handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentInput {
    /// Which of the procedure's components.
    pub component_id: String,
    /// Originals, 0–999.
    pub originals: i32,
    /// Certified copies, 0–999.
    pub certified_copies: i32,
    /// Photocopies, 0–999.
    pub photocopies: i32,
}

/// A result given on the spot.
#[derive(Debug, Clone)]
pub struct SpotInput {
    /// The leader who signed.
    pub signer: UserId,
    /// Number of the result.
    pub result_number: Option<String>,
    /// What it is.
    pub summary: Option<String>,
}

/// A new dossier.
#[derive(Debug, Clone)]
pub struct NewDossier {
    /// Code of the procedure.
    pub procedure_code: String,
    /// Competent authority.
    pub authority_id: AuthorityId,
    /// How it came.
    pub channel: Channel,
    /// Accept at once, or check first.
    pub mode: IntakeMode,
    /// Owner.
    pub owner: OwnerInput,
    /// Filer.
    pub filer: Option<FilerInput>,
    /// Papers.
    pub components: Vec<ComponentInput>,
    /// Sets, 1–99.
    pub copies_count: i32,
    /// How the result goes to the citizen.
    pub delivery_method: DeliveryMethod,
    /// Where to.
    pub delivery_address: Option<String>,
    /// The visit it belongs to.
    pub visit_id: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Result on the spot.
    pub on_the_spot: Option<SpotInput>,
    /// The draft it was sent from.
    pub draft_id: Option<RecordId>,
    /// The version of the draft that was seen; none: whichever it has.
    pub draft_version: Option<i64>,
    /// What fee lines come to, by line, where that is known at intake, in đồng.
    pub charged: Vec<(String, i64)>,
}

struct Checker {
    errors: Vec<FieldError>,
}

impl Checker {
    fn take<T>(&mut self, pointer: &str, result: std::result::Result<T, TextFault>) -> Option<T> {
        person::collect(result, pointer, &mut self.errors)
    }

    fn optional(
        &mut self,
        pointer: &str,
        value: &mut Option<String>,
        check: impl FnOnce(&str) -> std::result::Result<String, TextFault>,
    ) {
        if let Some(given) = value.take()
            && !given.is_empty()
        {
            *value = self.take(pointer, check(&given));
        }
    }

    fn papers(&mut self, papers: &[ComponentInput]) {
        for (i, p) in papers.iter().enumerate() {
            for (kind, n) in [
                ("originals", p.originals),
                ("certified_copies", p.certified_copies),
                ("photocopies", p.photocopies),
            ] {
                self.range(format!("/components/{i}/{kind}"), n, 0, 999);
            }
        }
    }

    fn range(&mut self, pointer: String, n: i32, low: i32, high: i32) {
        if !(low..=high).contains(&n) {
            self.errors.push(FieldError {
                pointer,
                code: "out_of_range",
                detail: Text::new(
                    format!("Phải từ {low} đến {high}."),
                    format!("Must be {low} to {high}."),
                ),
            });
        }
    }
}

fn person_number(text: &str) -> std::result::Result<String, TextFault> {
    person::check_owner_number(OwnerKind::Citizen, text)
}

impl OwnerInput {
    fn check(&mut self, c: &mut Checker, today: NaiveDate) {
        let kind = self.kind;
        if let Some(name) = c.take(
            "/owner/full_name",
            person::check_name(kind, &self.full_name),
        ) {
            self.full_name = name;
        }
        c.optional("/owner/identity_number", &mut self.identity_number, |t| {
            person::check_owner_number(kind, t)
        });
        c.optional("/owner/birth_date", &mut self.birth_date, |t| {
            BirthDate::parse(t, today).map(|_| t.trim().to_owned())
        });
        c.optional("/owner/phone", &mut self.phone, person::normalise_phone);
        c.optional("/owner/email", &mut self.email, person::normalise_email);
        c.optional("/owner/address", &mut self.address, |t| {
            text::clean_line(t, 300)
        });
    }
}

impl FilerInput {
    /// As it is kept with a dossier.
    pub(super) fn into_row(self, dossier: &DossierId) -> FilerRow {
        FilerRow {
            dossier_id: dossier.clone(),
            full_name: self.full_name,
            identity_number: self.identity_number,
            phone: self.phone,
            email: self.email,
            address: self.address,
            relation: self.relation,
            authorisation: self.authorisation,
            authorisation_scope: self.authorisation_scope.map(|s| s.as_str().to_owned()),
            authorisation_until: self.authorisation_until,
        }
    }

    fn check(&mut self, c: &mut Checker, today: NaiveDate) {
        if self.authorisation_until.is_some_and(|d| d < today) {
            c.errors.push(FieldError::new(
                "/filer/authorisation_until",
                "authorisation_expired",
                "Giấy ủy quyền đã hết hạn.",
                "The authorisation has run out.",
            ));
        }
        if let Some(name) = c.take(
            "/filer/full_name",
            person::check_name(OwnerKind::Citizen, &self.full_name),
        ) {
            self.full_name = name;
        }
        c.optional(
            "/filer/identity_number",
            &mut self.identity_number,
            person_number,
        );
        c.optional("/filer/phone", &mut self.phone, person::normalise_phone);
        c.optional("/filer/email", &mut self.email, person::normalise_email);
        c.optional("/filer/address", &mut self.address, |t| {
            text::clean_line(t, 300)
        });
        c.optional("/filer/relation", &mut self.relation, |t| {
            text::clean_line(t, 100)
        });
        c.optional("/filer/authorisation", &mut self.authorisation, |t| {
            text::clean_line(t, 300)
        });
    }
}

/// Who a dossier names, as it should have been typed.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// The owner, whole.
    pub owner: OwnerInput,
    /// The filer, whole; none: as it stands.
    pub filer: Option<FilerInput>,
    /// The papers, whole; none: as they stand.
    pub components: Option<Vec<ComponentInput>>,
    /// How the result goes to the citizen, and where to; none: as it stands.
    pub delivery: Option<(DeliveryMethod, Option<String>)>,
    /// What was wrong, and how one knows.
    pub reason: String,
}

impl Amendment {
    /// As [`NewDossier::checked`].
    ///
    /// # Errors
    /// `validation_failed` with every field at fault.
    pub fn checked(mut self, now: chrono::DateTime<chrono::Utc>) -> Result<Self> {
        let mut c = Checker { errors: Vec::new() };
        self.owner.check(&mut c, local_date(now));
        if let Some(f) = &mut self.filer {
            // What was shown at intake may have run out by now: that is no typing mistake.
            let shown = f.authorisation_until.take();
            f.check(&mut c, local_date(now));
            f.authorisation_until = shown;
        }
        if let Some(papers) = &self.components {
            c.papers(papers);
        }
        if let Some((_, address)) = &mut self.delivery {
            c.optional("/result_delivery/address", address, |t| {
                text::clean_line(t, 300)
            });
        }
        if let Some(reason) = c.take("/reason", text::required_line(&self.reason, 500)) {
            // The timeline shows it to everyone who sees the dossier.
            let of_a_number = |c: char| c.is_ascii_digit() || " .-".contains(c);
            let number = reason
                .split(|c| !of_a_number(c))
                .any(|run| run.chars().filter(char::is_ascii_digit).count() >= 9);
            if number {
                c.errors.push(FieldError {
                    pointer: "/reason".into(),
                    code: "invalid_value",
                    detail: Text::new(
                        "Không ghi số định danh, số điện thoại vào lý do.",
                        "No identity or telephone numbers in the reason.",
                    ),
                });
            }
            self.reason = reason;
        }
        if c.errors.is_empty() {
            Ok(self)
        } else {
            Err(Refusal::invalid(c.errors).into())
        }
    }
}

impl NewDossier {
    /// Checks every field and cleans what can be cleaned: NFC, normalised numbers.
    ///
    /// # Errors
    /// `validation_failed` with every field at fault.
    pub fn checked(mut self, now: chrono::DateTime<chrono::Utc>) -> Result<Self> {
        let mut c = Checker { errors: Vec::new() };
        self.owner.check(&mut c, local_date(now));
        if let Some(f) = &mut self.filer {
            f.check(&mut c, local_date(now));
        }
        c.papers(&self.components);
        c.range("/copies_count".into(), self.copies_count, 1, 99);
        c.optional(
            "/result_delivery/address",
            &mut self.delivery_address,
            |t| text::clean_line(t, 300),
        );
        if self.delivery_address.is_none()
            && matches!(
                self.delivery_method,
                DeliveryMethod::Post | DeliveryMethod::Home
            )
            && self.owner.address.is_none()
        {
            c.errors.push(FieldError {
                pointer: "/result_delivery/address".into(),
                code: "required",
                detail: Text::new(
                    "Trả kết quả tại nhà hoặc qua bưu chính phải có địa chỉ.",
                    "Delivery by post or at home needs an address.",
                ),
            });
        }
        c.optional("/note", &mut self.note, |t| text::clean_text(t, 2000));
        if let Some(spot) = &mut self.on_the_spot {
            c.optional("/on_the_spot/result_number", &mut spot.result_number, |t| {
                text::clean_line(t, 100)
            });
            c.optional("/on_the_spot/summary", &mut spot.summary, |t| {
                text::clean_line(t, 500)
            });
        }
        if c.errors.is_empty() {
            Ok(self)
        } else {
            Err(Refusal::invalid(c.errors).into())
        }
    }
}
