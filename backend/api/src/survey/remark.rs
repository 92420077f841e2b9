//! People's own words.

use actix_web::{HttpRequest, HttpResponse, get, post};
use motcua_domain::refusal::Refusal;
use motcua_services::survey::{self as service, Screening};
use motcua_store::CentreId;
use motcua_store::survey::RemarkRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ReadRemarks, Reader, Reply, ScreenRemarks, Writer};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};

/// Where somebody's own words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SurveyRemarkState {
    /// Nobody looked at them yet.
    Held,
    /// The ward may read them.
    Open,
    /// They named somebody, or were nothing.
    Dropped,
}

impl SurveyRemarkState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Open => "open",
            Self::Dropped => "dropped",
        }
    }
}

/// Somebody's own words: names and numbers taken out, cut from the answer they came with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyRemark {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The questionnaire.
    #[schema(format = Uuid)]
    pub questionnaire_id: String,
    /// The question's word.
    pub question: String,
    /// The authority; none: the whole centre.
    #[schema(format = Uuid)]
    pub authority_id: Option<String>,
    /// The quarter.
    pub quarter: String,
    /// The words; ▮▮▮ where something was taken out.
    pub text: String,
    /// Where they stand.
    #[schema(value_type = SurveyRemarkState)]
    pub state: String,
    /// Row version.
    pub version: i64,
}

impl From<RemarkRow> for SurveyRemark {
    fn from(row: RemarkRow) -> Self {
        Self {
            id: row.id,
            questionnaire_id: row.questionnaire_id.to_string(),
            question: row.question,
            authority_id: row.authority_id.map(|a| a.to_string()),
            quarter: row.quarter,
            text: row.text,
            state: row.state,
            version: row.version,
        }
    }
}

/// Which remarks.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyRemarksQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// In which state; `open` when absent. The others are for who looks at them first.
    #[param(inline)]
    pub state: Option<SurveyRemarkState>,
}

/// People's own words, in no order of time.
#[utoipa::path(
    operation_id = "list_survey_remarks", tag = "surveys", summary = "People's own words",
    description = "What people wrote, in no order of time. Those that nobody looked at yet are for who screens them; a ward's people read their ward's.",
    params(SurveyRemarksQuery),
    responses((status = 200, description = "A page of remarks.", body = Page<SurveyRemark>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/survey-remarks")]
pub async fn list_survey_remarks(
    reader: Reader<ReadRemarks>,
    req: HttpRequest,
    query: Query<SurveyRemarksQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let state = query.state.unwrap_or(SurveyRemarkState::Open).as_str();
    let narrowed = (&query.centre_id, state);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "id", &narrowed)?;
    let page = reader
        .read(move |_, db, actor| {
            let centre = query.centre_id.as_ref();
            let edge = paging.by_id();
            let found = service::remarks(db, actor, centre, state, edge, paging.fetch())?;
            Ok(paging.page(found, |r| r.id.clone(), SurveyRemark::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What becomes of somebody's own words.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyScreeningIn {
    /// Whether the ward may read them; else they are dropped for good.
    pub open: bool,
    /// The words, with what still told of somebody taken out; as they are when absent.
    #[schema(max_length = 1000)]
    pub text: Option<String>,
}

/// Looks at somebody's own words before the ward does.
#[utoipa::path(
    operation_id = "screen_survey_remark", tag = "surveys", summary = "Screen somebody's own words",
    description = "Opens what somebody wrote to the ward, with what still told of a person taken out, or drops it for good.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = SurveyScreeningIn,
    responses((status = 201, description = "The words as they now stand.", body = SurveyRemark)),
    security(("bearer" = []))
)]
#[post("/survey-remarks/{id}/screenings")]
pub async fn screen_survey_remark(
    writer: Writer<ScreenRemarks>,
    id: Path<motcua_store::RecordId>,
    version: IfMatch,
    body: Json<SurveyScreeningIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let screening = Screening {
        open: body.open,
        text: body.text.clone(),
    };
    if !body.open && body.text.is_some() {
        let (vi, en) = (
            "Ý kiến bị loại thì không sửa lời.",
            "What is dropped is not reworded.",
        );
        return Err(Refusal::new("validation_failed", vi, en)
            .field("/text", "invalid_value", vi, en)
            .into());
    }
    writer
        .once(&body, move |services, db, actor| {
            let row = service::screen(services, db, actor, id.as_str(), version.0, &screening)?;
            let (version, view) = (row.version, SurveyRemark::from(row));
            Reply::created("/api/v1/survey-remarks".into(), Some(version), &view)
        })
        .await
}
