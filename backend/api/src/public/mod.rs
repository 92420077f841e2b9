//! What citizens may ask without signing in.

use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, FixedOffset};
use motcua_domain::dossier::State;
use motcua_domain::refusal::Refusal;
use motcua_domain::text::mask_name;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dossier::view::vn;
use crate::manners::{Json, Lang, Problem};
use crate::state::AppState;
use crate::words;

/// A dossier code and a second proof.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LookupIn {
    /// Dossier code, or the number of a submission.
    #[schema(min_length = 1, max_length = 64, example = "H26.14.100-260302-0001")]
    pub code: String,
    /// The last four digits of the owner's identity number or telephone.
    #[schema(
        pattern = "^[0-9]{4}$",
        min_length = 4,
        max_length = 4,
        example = "2345"
    )]
    pub proof: String,
}

/// One step, without who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupStep {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The state it led to, in words.
    pub label: String,
}

/// As which dossier one goes on; the same digits prove it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupNext {
    /// Code.
    pub code: String,
    /// Who decides now.
    pub authority_name: String,
}

/// What a citizen may know: no name in full, no number.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupView {
    /// Code.
    pub code: String,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// The state in words.
    pub state_label: String,
    /// The procedure.
    pub procedure_name: String,
    /// Who decides.
    pub authority_name: String,
    /// Accepted.
    pub accepted_at: Option<DateTime<FixedOffset>>,
    /// The first promise.
    pub due_at_original: Option<DateTime<FixedOffset>>,
    /// The promise that holds.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Result ready.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// Whether the promise is kept.
    #[schema(value_type = Option<words::Timing>)]
    pub timing: Option<&'static str>,
    /// As which dossier it goes on, when it was passed to another authority of this centre.
    pub continued_as: Option<LookupNext>,
    /// Masked.
    pub owner_name: String,
    /// What happened.
    pub steps: Vec<LookupStep>,
}

fn label(state: &str, lang: Lang) -> String {
    State::parse(state)
        .map(|s| match lang {
            Lang::Vi => s.label_vi(),
            Lang::En => s.label_en(),
        })
        .unwrap_or_default()
        .to_owned()
}

/// Looks a dossier up by its code and the last four digits of its owner's identity number or
/// telephone. Five misses lock the code for half an hour.
#[utoipa::path(
    operation_id = "look_up_dossier", tag = "public", summary = "Look a dossier up",
    description = "Looks a dossier up by its code and the last four digits of its owner's identity number or telephone. Five misses lock the code for half an hour.",
    request_body = LookupIn,
    responses(
        (status = 200, description = "What may be known.", body = LookupView),
        (status = 404, description = "`lookup_failed`: no dossier has this code together with these digits.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/dossier-lookups")]
pub async fn look_up_dossier(
    state: web::Data<AppState>,
    lang: Lang,
    body: Json<LookupIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let proof = body.proof.trim().to_owned();
    let mut errors = Vec::new();
    if proof.len() != 4 || !proof.bytes().all(|b| b.is_ascii_digit()) {
        errors.push(("/proof", "Nhập đúng bốn chữ số cuối.", "Four digits."));
    }
    if body.code.trim().is_empty()
        || body.code.chars().count() > 64
        || body.code.chars().any(char::is_control)
    {
        errors.push((
            "/code",
            "Nhập mã hồ sơ trên giấy tiếp nhận.",
            "A dossier code.",
        ));
    }
    if !errors.is_empty() {
        let mut refusal = Refusal::invalid(Vec::new());
        for (pointer, vi, en) in errors {
            refusal = refusal.field(pointer, "invalid_value", vi, en);
        }
        return Err(refusal.into());
    }
    let services = state.services.clone();
    let found = state
        .block(move || services.look_up(&body.code, &proof))
        .await?;
    let row = &found.row;
    let mut steps: Vec<LookupStep> = Vec::new();
    for step in &found.steps {
        let label = label(&step.to_state, lang);
        // Hops between desks are the office's business; the citizen sees states change.
        if steps.last().is_none_or(|s| s.label != label) {
            steps.push(LookupStep {
                at: vn(step.at),
                label,
            });
        }
    }
    Ok(HttpResponse::Ok().json(LookupView {
        code: row
            .code
            .clone()
            .or_else(|| row.submission_number.clone())
            .unwrap_or_default(),
        state: row.state.clone(),
        state_label: label(&row.state, lang),
        procedure_name: row.procedure_name.clone(),
        authority_name: found.authority.clone(),
        accepted_at: row.accepted_at.map(vn),
        due_at_original: row.due_at_original.map(vn),
        due_at: row.due_at.map(vn),
        completed_at: row.completed_at.map(vn),
        timing: found.timing.map(|t| t.as_str()),
        continued_as: found.continued_as.clone().map(|next| LookupNext {
            code: next.code.unwrap_or_default(),
            authority_name: next.authority,
        }),
        owner_name: mask_name(&row.owner_name),
        steps,
    }))
}
