//! The warning before a second dossier of the same person for the same procedure.

use actix_web::{HttpResponse, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::person;
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::text::clean_line;
use motcua_services::dossier::{self as service, Asked, Because};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::vn;
use crate::auth::{Reader, TakeIn};
use crate::manners::{Json, Problem};
use crate::words;

/// Whose dossier may be here already. In a body, since it names a person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateCheckIn {
    /// The procedure.
    #[schema(min_length = 1, max_length = 40, example = "1.004873")]
    pub procedure_code: String,
    /// The owner's name.
    #[schema(max_length = 200, example = "Nguyễn Văn An")]
    pub full_name: String,
    /// The owner's number.
    #[schema(max_length = 30, example = "001085012345")]
    pub identity_number: Option<String>,
    /// `YYYY` or `YYYY-MM-DD`.
    #[schema(max_length = 10, example = "1985-04-12")]
    pub birth_date: Option<String>,
}

/// Why a dossier may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateReason {
    /// The same number.
    IdentityNumber,
    /// The same name and birth date.
    NameAndBirthDate,
}

/// A dossier that may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateItem {
    /// Id.
    pub id: String,
    /// Code; absent before acceptance.
    pub code: Option<String>,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// By when it is due.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Why it may be the same.
    pub because: DuplicateReason,
}

/// Dossiers that may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicateList {
    /// At most twenty, by number first.
    pub items: Vec<DuplicateItem>,
}

/// Open dossiers of the same procedure whose owner seems to be the same person. A warning for the
/// officer at the counter; it forbids nothing.
#[utoipa::path(
    operation_id = "check_duplicates", tag = "dossiers", summary = "Is such a dossier here already?",
    description = "Open dossiers of the same procedure whose owner seems to be the same person, by number, or by name and birth date. A warning for the officer at the counter; it forbids nothing.",
    request_body = DuplicateCheckIn,
    responses((status = 200, description = "What was found.", body = DuplicateList)),
    security(("bearer" = []))
)]
#[post("/duplicate-checks")]
pub async fn check_duplicates(
    reader: Reader<TakeIn>,
    body: Json<DuplicateCheckIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let mut errors = Vec::new();
    let mut line = |pointer: &str, text: &str, max: usize| {
        person::collect(clean_line(text, max), pointer, &mut errors).unwrap_or_default()
    };
    let asked = Asked {
        procedure_code: line("/procedure_code", &body.procedure_code, 40),
        full_name: line("/full_name", &body.full_name, 200),
        identity_number: body
            .identity_number
            .map(|n| line("/identity_number", &n, 30)),
        birth_date: body.birth_date.map(|b| line("/birth_date", &b, 10)),
    };
    if asked.procedure_code.is_empty() {
        let (vi, en) = ("Không được để trống.", "Must not be empty.");
        errors.push(FieldError {
            pointer: "/procedure_code".into(),
            code: "required",
            detail: Text::new(vi, en),
        });
    }
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    let found = reader
        .read(move |_, db, actor| service::duplicates(db, actor, &asked))
        .await?;
    Ok(HttpResponse::Ok().json(DuplicateList {
        items: found
            .into_iter()
            .map(|(row, because)| DuplicateItem {
                id: row.id.to_string(),
                code: row.code,
                state: row.state,
                received_at: vn(row.received_at),
                due_at: row.due_at.map(vn),
                because: match because {
                    Because::IdentityNumber => DuplicateReason::IdentityNumber,
                    Because::NameAndBirthDate => DuplicateReason::NameAndBirthDate,
                },
            })
            .collect(),
    }))
}
