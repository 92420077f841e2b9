//! Denunciations, for whom the centre's director appointed; and the appointing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::feedback::FeedbackChannel;
use motcua_services::feedback::denunciation::{
    self as service, Appointments, Denunciation, Doing, NewDenunciation,
};
use motcua_store::feedback::denunciation::DenunciationRow;
use motcua_store::{CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::desk::FeedbackStep;
use super::{FeedbackFilerIn, FilingReceipt, LegalLimit};
use crate::auth::{AppointForDenunciations, HandleDenunciations, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// A denunciation that came in person, by telephone or by post.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DenunciationIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// How it came.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: FeedbackChannel,
    /// Whom it is about.
    #[schema(min_length = 1, max_length = 300)]
    pub about: String,
    /// In the denouncer's words.
    #[schema(min_length = 1, max_length = 10000)]
    pub text: String,
    /// Who denounces.
    pub filer: FeedbackFilerIn,
}

/// A line of the book of denunciations: nobody's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenunciationListItem {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its number in the book of the year.
    pub number: i64,
    /// Year.
    pub year: i32,
    /// How it came.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: String,
    /// Where it stands.
    #[schema(value_type = words::DenunciationState)]
    pub state: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// What is due next.
    pub due_on: Option<NaiveDate>,
}

impl From<DenunciationRow> for DenunciationListItem {
    fn from(row: DenunciationRow) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number,
            year: row.year,
            channel: row.channel,
            state: row.state,
            received_at: vn(row.received_at),
            due_on: row.due_on,
        }
    }
}

/// A denunciation, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenunciationView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its number in the book of the year.
    pub number: i64,
    /// Year.
    pub year: i32,
    /// By which the denouncer asks.
    pub code: String,
    /// How it came.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: String,
    /// Whom it is about.
    pub about: String,
    /// In the denouncer's words.
    pub text: String,
    /// Who denounces: secret.
    pub filer_name: String,
    /// Address.
    pub filer_address: String,
    /// Telephone.
    pub filer_phone: String,
    /// Where it stands.
    #[schema(value_type = words::DenunciationState)]
    pub state: String,
    /// Where it can go from here.
    #[schema(value_type = Vec<words::DenunciationState>, max_items = 5)]
    pub next_states: Vec<&'static str>,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// By whom; null: on the public page.
    pub received_by: Option<PersonRef>,
    /// What is due next.
    pub due_on: Option<NaiveDate>,
    /// What that rests on.
    pub limit: Option<LegalLimit>,
    /// To whom it was passed on.
    pub passed_on_to: Option<String>,
    /// What the denouncer is told.
    pub notice: Option<String>,
    /// What was done, oldest first.
    #[schema(max_items = 200)]
    pub steps: Vec<FeedbackStep>,
    /// Row version.
    pub version: i64,
}

impl From<Denunciation> for DenunciationView {
    fn from(found: Denunciation) -> Self {
        let row = found.row;
        let person = |id: &UserId| PersonRef::of(id, &found.names);
        let state = motcua_domain::feedback::DenunciationState::parse(&row.state);
        Self {
            id: row.id.to_string(),
            next_states: state
                .map(|s| s.next().iter().map(|n| n.as_str()).collect())
                .unwrap_or_default(),
            received_by: row.received_by.as_ref().map(person),
            received_at: vn(row.received_at),
            limit: found.limit.map(LegalLimit::from),
            steps: found
                .steps
                .into_iter()
                .map(|s| FeedbackStep {
                    at: vn(s.at),
                    by: s.actor_id.as_ref().map(person),
                    kind: s.kind,
                    note: s.note,
                })
                .collect(),
            number: row.number,
            year: row.year,
            code: row.code,
            channel: row.channel,
            about: row.about,
            text: row.text,
            filer_name: row.filer_name,
            filer_address: row.filer_address,
            filer_phone: row.filer_phone,
            state: row.state,
            due_on: row.due_on,
            passed_on_to: row.passed_on_to,
            notice: row.notice,
            version: row.version,
        }
    }
}

/// A denunciation that was received, with what the denouncer is handed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenunciationReceived {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Code and secret, to be handed to the denouncer.
    pub receipt: FilingReceipt,
}

/// Receives a denunciation.
#[utoipa::path(
    operation_id = "receive_denunciation", tag = "denunciations", summary = "Receive a denunciation",
    description = "Enters a denunciation that came in person, by telephone or by post. Only whom the centre's director appointed.",
    params(IdempotencyKey), request_body = DenunciationIn,
    responses((status = 201, description = "Received.", body = DenunciationReceived,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/denunciations")]
pub async fn receive_denunciation(
    writer: Writer<HandleDenunciations>,
    body: Json<DenunciationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewDenunciation {
        centre: body.centre_id.clone(),
        channel: body.channel,
        about: body.about.clone(),
        text: body.text.clone(),
        filer: (&body.filer).into(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let made = service::receive(services, db, actor, &new)?;
            Reply::created(
                format!("/api/v1/denunciations/{}", made.row.id),
                None,
                &DenunciationReceived {
                    id: made.row.id.to_string(),
                    receipt: FilingReceipt {
                        code: made.row.code,
                        secret: made.secret,
                    },
                },
            )
        })
        .await
}

/// The book of denunciations.
#[utoipa::path(
    operation_id = "list_denunciations", tag = "denunciations", summary = "Denunciations",
    description = "The denunciations that the caller was appointed to handle and that are not about the caller, newest first, without names. The looking is recorded.",
    params(PageQuery),
    responses((status = 200, description = "A page.", body = Page<DenunciationListItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/denunciations")]
pub async fn list_denunciations(
    reader: Reader<HandleDenunciations>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read_recorded(move |services, db, actor| {
            let edge = paging.by_id();
            let rows = service::list(services, db, actor, edge, paging.fetch())?;
            Ok(paging
                .clone()
                .page(rows, |d| d.id.to_string(), DenunciationListItem::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One denunciation.
#[utoipa::path(
    operation_id = "get_denunciation", tag = "denunciations", summary = "Read a denunciation",
    description = "One denunciation, whole. The looking is recorded before it is answered.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The denunciation.", body = DenunciationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/denunciations/{id}")]
pub async fn get_denunciation(
    reader: Reader<HandleDenunciations>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read_recorded(move |services, db, actor| service::one(services, db, actor, &id))
        .await?;
    let view = DenunciationView::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

async fn act(
    writer: Writer<HandleDenunciations>,
    id: RecordId,
    version: IfMatch,
    body: &impl Serialize,
    doing: Doing,
) -> Result<HttpResponse, Problem> {
    writer
        .once(body, move |services, db, actor| {
            let found = service::act(services, db, actor, &id, version.0, &doing)?;
            let view = DenunciationView::from(found);
            Reply::created(
                format!("/api/v1/denunciations/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// To whom a denunciation is passed on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DenunciationForwardingIn {
    /// To which body.
    #[schema(min_length = 1, max_length = 300)]
    pub to: String,
}

/// Passes a denunciation on.
#[utoipa::path(
    operation_id = "forward_denunciation", tag = "denunciations", summary = "Pass a denunciation on",
    description = "Passes a denunciation on to the body that is competent.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = DenunciationForwardingIn,
    responses((status = 201, description = "Passed on.", body = DenunciationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/denunciations/{id}/forwardings")]
pub async fn forward_denunciation(
    writer: Writer<HandleDenunciations>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<DenunciationForwardingIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::PassOn {
        to: body.to.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Whether a denunciation is accepted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DenunciationAcceptanceIn {
    /// Whether it is accepted.
    pub accepted: bool,
    /// Why it is not; the denouncer is told. Required then.
    #[schema(max_length = 10000)]
    pub reason: Option<String>,
}

/// Accepts a denunciation, or not.
#[utoipa::path(
    operation_id = "accept_denunciation", tag = "denunciations", summary = "Accept a denunciation, or not",
    description = "Accepts a denunciation, or does not, with the reason.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = DenunciationAcceptanceIn,
    responses((status = 201, description = "Accepted, or not.", body = DenunciationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/denunciations/{id}/acceptances")]
pub async fn accept_denunciation(
    writer: Writer<HandleDenunciations>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<DenunciationAcceptanceIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Accept {
        accepted: body.accepted,
        reason: body.reason.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// How a denunciation was concluded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConclusionIn {
    /// What the denouncer is told.
    #[schema(min_length = 1, max_length = 10000)]
    pub notice: String,
}

/// Concludes a denunciation.
#[utoipa::path(
    operation_id = "conclude_denunciation", tag = "denunciations", summary = "Conclude a denunciation",
    description = "Concludes a denunciation that was accepted, with what the denouncer is told.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = ConclusionIn,
    responses((status = 201, description = "Concluded.", body = DenunciationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/denunciations/{id}/conclusions")]
pub async fn conclude_denunciation(
    writer: Writer<HandleDenunciations>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<ConclusionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Conclude {
        notice: body.notice.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Somebody appointed to handle denunciations.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenunciationAppointment {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Who.
    pub user: PersonRef,
    /// By whom.
    pub appointed_by: PersonRef,
    /// When.
    pub appointed_at: DateTime<FixedOffset>,
    /// Until when; null: it stands.
    pub ended_at: Option<DateTime<FixedOffset>>,
}

/// Everybody who is or was appointed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenunciationAppointments {
    /// Those whose appointment stands first.
    #[schema(max_items = 500)]
    pub items: Vec<DenunciationAppointment>,
}

impl From<Appointments> for DenunciationAppointments {
    fn from(found: Appointments) -> Self {
        let names = found.names;
        Self {
            items: found
                .rows
                .into_iter()
                .map(|r| DenunciationAppointment {
                    id: r.id.to_string(),
                    user: PersonRef::of(&r.user_id, &names),
                    appointed_by: PersonRef::of(&r.appointed_by, &names),
                    appointed_at: vn(r.appointed_at),
                    ended_at: vn_opt(r.ended_at),
                })
                .collect(),
        }
    }
}

/// Who is to be appointed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DenunciationAppointmentIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
}

/// Who handles denunciations.
#[utoipa::path(
    operation_id = "list_denunciation_appointments", tag = "denunciations", summary = "Who handles denunciations",
    description = "Whom the centre's director appointed to handle denunciations, those whose appointment stands first.",
    responses((status = 200, description = "The appointments.", body = DenunciationAppointments)),
    security(("bearer" = []))
)]
#[get("/denunciation-appointments")]
pub async fn list_denunciation_appointments(
    reader: Reader<AppointForDenunciations>,
) -> Result<HttpResponse, Problem> {
    let found = reader.read(service::appointments).await?;
    Ok(HttpResponse::Ok().json(DenunciationAppointments::from(found)))
}

/// Appoints somebody.
#[utoipa::path(
    operation_id = "appoint_for_denunciations", tag = "denunciations", summary = "Appoint somebody",
    description = "Appoints a person of the centre to handle denunciations. Nobody else reads them, also not the director.",
    params(IdempotencyKey), request_body = DenunciationAppointmentIn,
    responses((status = 201, description = "Appointed.", body = DenunciationAppointments)),
    security(("bearer" = []))
)]
#[post("/denunciation-appointments")]
pub async fn appoint_for_denunciations(
    writer: Writer<AppointForDenunciations>,
    body: Json<DenunciationAppointmentIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let (centre, user) = (body.centre_id.clone(), body.user_id.clone());
    writer
        .once(&body, move |services, db, actor| {
            let made = service::appoint(services, db, actor, centre.as_ref(), &user)?;
            Reply::created(
                "/api/v1/denunciation-appointments".into(),
                None,
                &DenunciationAppointments::from(made),
            )
        })
        .await
}

/// Ends an appointment.
#[utoipa::path(
    operation_id = "end_denunciation_appointment", tag = "denunciations", summary = "End an appointment",
    description = "Ends an appointment; that it was stays.",
    params(("id" = String, Path, description = "Id of the appointment.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "Ended.", body = DenunciationAppointments)),
    security(("bearer" = []))
)]
#[post("/denunciation-appointments/{id}/endings")]
pub async fn end_denunciation_appointment(
    writer: Writer<AppointForDenunciations>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let ended = service::end(services, db, actor, &id)?;
            Reply::created(
                "/api/v1/denunciation-appointments".into(),
                None,
                &DenunciationAppointments::from(ended),
            )
        })
        .await
}
