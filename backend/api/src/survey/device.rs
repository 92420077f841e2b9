//! Kiosks and tablets that ask.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, FixedOffset};
use motcua_domain::survey::questionnaire::Questionnaire;
use motcua_services::survey::{self as service, NewDevice};
use motcua_store::survey::device::DeviceRow;
use motcua_store::{AuthorityId, CentreId, DossierId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{SurveyAnswerIn, given};
use crate::auth::{ManageSurveys, OfferSurveys, Reader, Reply, Writer};
use crate::dossier::view::vn;
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::state::AppState;

/// Where a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SurveyDeviceKind {
    /// In the hall: it asks whoever stands before it.
    Kiosk,
    /// On a counter: it asks whom an officer calls.
    Tablet,
}

/// A kiosk or tablet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyDevice {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// How it is called.
    pub name: String,
    /// Where it stands.
    #[schema(value_type = SurveyDeviceKind)]
    pub kind: String,
    /// Whose counter it stands at; none: the hall's.
    #[schema(format = Uuid)]
    pub authority_id: Option<String>,
    /// Added.
    pub added_at: DateTime<FixedOffset>,
    /// Ended.
    pub ended_at: Option<DateTime<FixedOffset>>,
}

impl From<DeviceRow> for SurveyDevice {
    fn from(row: DeviceRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            kind: row.kind,
            authority_id: row.authority_id.map(|a| a.to_string()),
            added_at: vn(row.added_at),
            ended_at: row.ended_at.map(vn),
        }
    }
}

/// A device that was just added, with its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyDeviceAdded {
    /// The device.
    pub device: SurveyDevice,
    /// What the device proves itself by; told this once.
    pub secret: String,
    /// The page to open on the device; what follows the mark stays on it.
    #[schema(example = "/kiosk/survey#0123456789abcdef0123456789abcdef")]
    pub path: String,
}

/// A device to be added.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyDeviceIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Whose counter it stands at; none: the hall's.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// How it is called.
    #[schema(min_length = 1, max_length = 100, example = "Quầy 2")]
    pub name: String,
    /// Where it stands.
    pub kind: SurveyDeviceKind,
}

/// Which devices.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyDevicesQuery {
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

/// Devices of a centre, newest first.
#[utoipa::path(
    operation_id = "list_survey_devices", tag = "surveys", summary = "Kiosks and tablets",
    description = "The kiosks and tablets of a centre that ask, newest first.",
    params(SurveyDevicesQuery),
    responses((status = 200, description = "A page of devices.", body = Page<SurveyDevice>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/survey-devices")]
pub async fn list_survey_devices(
    reader: Reader<OfferSurveys>,
    req: HttpRequest,
    query: Query<SurveyDevicesQuery>,
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
            let centre = query.centre_id.as_ref();
            let found = service::devices(db, actor, centre, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |d| d.id.to_string(), SurveyDevice::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Adds a device.
#[utoipa::path(
    operation_id = "add_survey_device", tag = "surveys", summary = "Add a kiosk or tablet",
    description = "Adds a kiosk or tablet. Its secret is told this once; the page to open on it carries it behind the mark, where no server sees it.",
    request_body = SurveyDeviceIn,
    responses((status = 201, description = "Added.", body = SurveyDeviceAdded)),
    security(("bearer" = []))
)]
#[post("/survey-devices")]
pub async fn add_survey_device(
    writer: Writer<ManageSurveys>,
    body: Json<SurveyDeviceIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewDevice {
        centre: body.centre_id,
        authority: body.authority_id,
        name: body.name,
        kiosk: body.kind == SurveyDeviceKind::Kiosk,
    };
    // Not kept under a key of idempotency: a secret is not to lie there.
    let (row, secret) = writer
        .write(move |services, db, actor| service::add(services, db, actor, &new))
        .await?;
    Ok(HttpResponse::Created().json(SurveyDeviceAdded {
        device: SurveyDevice::from(row),
        path: format!("/kiosk/survey#{secret}"),
        secret,
    }))
}

/// Ends a device.
#[utoipa::path(
    operation_id = "end_survey_device", tag = "surveys", summary = "End a kiosk or tablet",
    description = "Ends a kiosk or tablet: its secret opens nothing any more.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "The device as it now stands.", body = SurveyDevice)),
    security(("bearer" = []))
)]
#[post("/survey-devices/{id}/endings")]
pub async fn end_survey_device(
    writer: Writer<ManageSurveys>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let row = service::end(services, db, actor, &id)?;
            Reply::created(
                "/api/v1/survey-devices".into(),
                None,
                &SurveyDevice::from(row),
            )
        })
        .await
}

/// Whom a tablet is to ask.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyCallIn {
    /// Whose result was just handed back.
    #[schema(value_type = String, format = Uuid)]
    pub dossier_id: DossierId,
}

/// Calls somebody to a tablet.
#[utoipa::path(
    operation_id = "call_survey_device", tag = "surveys", summary = "Ask somebody at a tablet",
    description = "Asks whoever collected this dossier's result at a tablet on the counter, within ten minutes.",
    params(("id" = String, Path, description = "Id of the tablet.", format = Uuid), IdempotencyKey),
    request_body = SurveyCallIn,
    responses((status = 201, description = "The tablet asks.", body = SurveyDevice)),
    security(("bearer" = []))
)]
#[post("/survey-devices/{id}/calls")]
pub async fn call_survey_device(
    writer: Writer<OfferSurveys>,
    id: Path<RecordId>,
    body: Json<SurveyCallIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let dossier = body.dossier_id.clone();
    writer
        .once(&body, move |services, db, actor| {
            let row = service::call(services, db, actor, &id, &dossier)?;
            Reply::created(
                "/api/v1/survey-devices".into(),
                None,
                &SurveyDevice::from(row),
            )
        })
        .await
}

/// What a device proves itself by.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyDeviceSecret {
    /// Its secret.
    #[schema(
        min_length = 1,
        max_length = 64,
        example = "0123456789abcdef0123456789abcdef"
    )]
    pub secret: String,
}

/// What a device shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyAtDevice {
    /// The device's name.
    pub device_name: String,
    /// The centre.
    pub centre_name: String,
    /// Where it stands.
    pub kind: SurveyDeviceKind,
    /// What it asks now; none: it waits to be called.
    #[schema(value_type = Option<motcua_domain::survey::questionnaire::Questionnaire>)]
    pub questionnaire: Option<Questionnaire>,
}

/// What a device asks now.
#[utoipa::path(
    operation_id = "ask_at_survey_device", tag = "public", summary = "What a kiosk or tablet asks now",
    description = "What a kiosk or tablet asks now: at a kiosk always, at a tablet while somebody is called.",
    request_body = SurveyDeviceSecret,
    responses(
        (status = 200, description = "What it shows.", body = SurveyAtDevice),
        (status = 404, description = "`device_unknown`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/survey-devices/questions")]
pub async fn ask_at_survey_device(
    state: web::Data<AppState>,
    body: Json<SurveyDeviceSecret>,
) -> Result<HttpResponse, Problem> {
    let secret = body.into_inner().secret;
    let shown = state
        .read(move |services, db| service::ask_at(services, db, &secret))
        .await?;
    Ok(HttpResponse::Ok().json(SurveyAtDevice {
        device_name: shown.name,
        centre_name: shown.centre,
        kind: if shown.kiosk {
            SurveyDeviceKind::Kiosk
        } else {
            SurveyDeviceKind::Tablet
        },
        questionnaire: shown.questionnaire,
    }))
}

/// What was answered at a device.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyDeviceAnswersIn {
    /// The device's secret.
    #[schema(min_length = 1, max_length = 64)]
    pub secret: String,
    /// Question by question.
    #[schema(max_items = 60)]
    pub answers: Vec<SurveyAnswerIn>,
}

/// Takes an answer at a device.
#[utoipa::path(
    operation_id = "answer_at_survey_device", tag = "public", summary = "Answer at a kiosk or tablet",
    description = "Takes an answer at a kiosk or tablet. A tablet's uses up the right of whom an officer called; a kiosk takes one answer in ten seconds and sixty in an hour.",
    request_body = SurveyDeviceAnswersIn,
    responses(
        (status = 204, description = "Taken. Thank you."),
        (status = 404, description = "`device_unknown`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`nobody_called`, `survey_answered`, `no_questionnaire`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/survey-devices/answers")]
pub async fn answer_at_survey_device(
    state: web::Data<AppState>,
    body: Json<SurveyDeviceAnswersIn>,
) -> Result<HttpResponse, Problem> {
    let SurveyDeviceAnswersIn { secret, answers } = body.into_inner();
    let (answers, services) = (given(answers), state.services.clone());
    state
        .block(move || {
            services.write(|db| service::answer_at(&services, db, &secret, answers.clone()))
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
