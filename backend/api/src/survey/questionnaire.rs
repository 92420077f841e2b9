//! Questionnaires as versioned data, and what a centre asks with.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use chrono::{DateTime, FixedOffset};
use motcua_domain::survey::questionnaire::Questionnaire;
use motcua_services::survey::{self as service, Edition, Settings};
use motcua_store::{CentreId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageSurveys, Reader, Reply, SignedIn, Writer};
use crate::dossier::view::vn;
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};

/// A questionnaire with where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionnaireView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its lasting word.
    pub code: String,
    /// Its number: the next one follows it, none is edited.
    pub number: i32,
    /// `draft`, `published`, `retired`.
    pub state: String,
    /// Whether it came with the program.
    pub built_in: bool,
    /// Drafted.
    pub created_at: DateTime<FixedOffset>,
    /// Published.
    pub published_at: Option<DateTime<FixedOffset>>,
    /// Retired.
    pub retired_at: Option<DateTime<FixedOffset>>,
    /// What is asked.
    #[schema(value_type = motcua_domain::survey::questionnaire::Questionnaire)]
    pub questionnaire: Questionnaire,
    /// Row version.
    pub version: i64,
}

impl From<Edition> for QuestionnaireView {
    fn from(edition: Edition) -> Self {
        let row = edition.row;
        Self {
            id: row.id.to_string(),
            code: row.code,
            number: row.number,
            state: row.state,
            built_in: row.created_by.is_none(),
            created_at: vn(row.created_at),
            published_at: row.published_at.map(vn),
            retired_at: row.retired_at.map(vn),
            questionnaire: edition.questionnaire,
            version: row.version,
        }
    }
}

/// Which questionnaires.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QuestionnairesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// Questionnaires of a centre, newest first.
#[utoipa::path(
    operation_id = "list_questionnaires", tag = "surveys", summary = "Questionnaires",
    description = "The questionnaires of a centre, drafts and retired ones too, newest first.",
    params(QuestionnairesQuery),
    responses((status = 200, description = "A page of questionnaires.", body = Page<QuestionnaireView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/questionnaires")]
pub async fn list_questionnaires(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<QuestionnairesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-id",
        &query.centre_id,
    )?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let centre = query.centre_id.as_ref();
            let found = service::editions(db, actor, centre, edge, paging.fetch())?;
            Ok(paging.page(
                found.editions,
                |e| e.row.id.to_string(),
                QuestionnaireView::from,
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One questionnaire.
#[utoipa::path(
    operation_id = "get_questionnaire", tag = "surveys", summary = "A questionnaire",
    description = "A questionnaire with its questions.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The questionnaire.", body = QuestionnaireView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/questionnaires/{id}")]
pub async fn get_questionnaire(
    reader: Reader<SignedIn>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |_, db, actor| service::edition(db, actor, &id))
        .await?;
    let view = QuestionnaireView::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// At which centre.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyCentreQuery {
    /// Which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// Drafts a questionnaire.
#[utoipa::path(
    operation_id = "draft_questionnaire", tag = "surveys", summary = "Draft a questionnaire",
    description = "Drafts a new questionnaire, or the next number of one that is there: nothing is asked with it until it is published.",
    params(SurveyCentreQuery, IdempotencyKey),
    request_body = motcua_domain::survey::questionnaire::Questionnaire,
    responses((status = 201, description = "Drafted.", body = QuestionnaireView,
        headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/questionnaires")]
pub async fn draft_questionnaire(
    writer: Writer<ManageSurveys>,
    query: Query<SurveyCentreQuery>,
    body: Json<Questionnaire>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body.clone();
    let centre = query.into_inner().centre_id;
    writer
        .once(&(body, centre.clone()), move |services, db, actor| {
            let made = service::create(services, db, actor, centre.as_ref(), new.clone())?;
            let view = QuestionnaireView::from(made);
            let address = format!("/api/v1/questionnaires/{}", view.id);
            Reply::created(address, Some(view.version), &view)
        })
        .await
}

/// Writes a draft anew.
#[utoipa::path(
    operation_id = "replace_questionnaire", tag = "surveys", summary = "Write a draft anew",
    description = "Writes a draft anew. What was published is never edited.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = motcua_domain::survey::questionnaire::Questionnaire,
    responses((status = 200, description = "The draft as it now stands.", body = QuestionnaireView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/questionnaires/{id}")]
pub async fn replace_questionnaire(
    writer: Writer<ManageSurveys>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<Questionnaire>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let found = writer
        .write(move |services, db, actor| {
            service::replace(services, db, actor, &id, version.0, body.clone())
        })
        .await?;
    let view = QuestionnaireView::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Throws a draft away.
#[utoipa::path(
    operation_id = "discard_questionnaire", tag = "surveys", summary = "Throw a draft away",
    description = "Throws a draft away.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    responses((status = 204, description = "Gone.")),
    security(("bearer" = []))
)]
#[delete("/questionnaires/{id}")]
pub async fn discard_questionnaire(
    writer: Writer<ManageSurveys>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |services, db, actor| service::discard(services, db, actor, &id, version.0))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Publishes a draft.
#[utoipa::path(
    operation_id = "publish_questionnaire", tag = "surveys", summary = "Publish a questionnaire",
    description = "Publishes a draft: people are asked with it from now on, where the centre asks with its code. It is never edited again.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The questionnaire as it now stands.", body = QuestionnaireView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/questionnaires/{id}/publications")]
pub async fn publish_questionnaire(
    writer: Writer<ManageSurveys>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let found = service::publish(services, db, actor, &id, version.0)?;
            let view = QuestionnaireView::from(found);
            let address = format!("/api/v1/questionnaires/{}", view.id);
            Reply::created(address, Some(view.version), &view)
        })
        .await
}

/// Retires a questionnaire.
#[utoipa::path(
    operation_id = "retire_questionnaire", tag = "surveys", summary = "Retire a questionnaire",
    description = "Retires a published questionnaire: nobody is asked with it any more. Links that are out may still be answered.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The questionnaire as it now stands.", body = QuestionnaireView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/questionnaires/{id}/retirements")]
pub async fn retire_questionnaire(
    writer: Writer<ManageSurveys>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let found = service::retire(services, db, actor, &id, version.0)?;
            let view = QuestionnaireView::from(found);
            let address = format!("/api/v1/questionnaires/{}", view.id);
            Reply::created(address, Some(view.version), &view)
        })
        .await
}

/// What a centre asks with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySettings {
    /// The questionnaire that goes out with forms 01, 02 and 03.
    pub slip_code: String,
    /// The one at the hand-back.
    pub return_code: String,
    /// The one at kiosks.
    pub kiosk_code: String,
    /// Days for which a link holds.
    pub valid_days: i32,
    /// Row version; 0: nothing was set.
    pub version: i64,
}

impl From<Settings> for SurveySettings {
    fn from(s: Settings) -> Self {
        Self {
            slip_code: s.slip_code,
            return_code: s.return_code,
            kiosk_code: s.kiosk_code,
            valid_days: s.valid_days,
            version: s.version,
        }
    }
}

/// What a centre is to ask with.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveySettingsIn {
    /// The questionnaire that goes out with forms 01, 02 and 03: a published one's code.
    #[schema(max_length = 32, example = "c01")]
    pub slip_code: String,
    /// The one at the hand-back.
    #[schema(max_length = 32, example = "c01")]
    pub return_code: String,
    /// The one at kiosks.
    #[schema(max_length = 32, example = "faces")]
    pub kiosk_code: String,
    /// Days for which a link holds.
    #[schema(minimum = 1, maximum = 365, example = 60)]
    pub valid_days: i32,
}

/// What a centre asks with.
#[utoipa::path(
    operation_id = "get_survey_settings", tag = "surveys", summary = "What a centre asks with",
    description = "Which questionnaires go out with which papers, and for how long their links hold.",
    params(SurveyCentreQuery),
    responses((status = 200, description = "What holds.", body = SurveySettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/survey-settings")]
pub async fn get_survey_settings(
    reader: Reader<SignedIn>,
    query: Query<SurveyCentreQuery>,
) -> Result<HttpResponse, Problem> {
    let centre = query.into_inner().centre_id;
    let found = reader
        .read(move |_, db, actor| service::settings(db, actor, centre.as_ref()))
        .await?;
    let view = SurveySettings::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Sets what a centre asks with.
#[utoipa::path(
    operation_id = "set_survey_settings", tag = "surveys", summary = "Set what a centre asks with",
    description = "Sets which questionnaires go out with which papers from now on, and for how long their links hold.",
    params(SurveyCentreQuery, IfMatch), request_body = SurveySettingsIn,
    responses((status = 200, description = "What holds now.", body = SurveySettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/survey-settings")]
pub async fn set_survey_settings(
    writer: Writer<ManageSurveys>,
    query: Query<SurveyCentreQuery>,
    version: IfMatch,
    body: Json<SurveySettingsIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let centre = query.into_inner().centre_id;
    let found = writer
        .write(move |services, db, actor| {
            let before = service::settings(db, actor, centre.as_ref())?;
            let new = Settings {
                slip_code: body.slip_code.clone(),
                return_code: body.return_code.clone(),
                kiosk_code: body.kiosk_code.clone(),
                valid_days: body.valid_days,
                ..before
            };
            service::set_settings(services, db, actor, centre.as_ref(), version.0, &new)
        })
        .await?;
    let view = SurveySettings::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}
