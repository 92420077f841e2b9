//! Taking dossiers in, reading and finding them.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::dossier::{Desk, State};
use motcua_services::dossier as service;
use motcua_store::dossier::{Edge, Sort};
use motcua_store::{AuthorityId, DossierId, Ts};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dto::DossierIn;
use super::view::{DossierItem, DossierView, TimelineItem};
use crate::auth::{ReadDossiers, Reader, Reply, TakeIn, Writer};
use crate::manners::{
    IdempotencyKey, Json, Lang, Page, Paging, Path, Problem, Query, at_most, linked, versioned,
};
use crate::words;

/// Takes a dossier in. At the counter it is accepted at once: code, form 01's number, the promised
/// date and its first entries are one transaction. Online and at a kiosk it is only submitted.
#[utoipa::path(
    operation_id = "create_dossier", tag = "dossiers", summary = "Take a dossier in",
    description = "Takes a dossier in. At the counter it is accepted at once: code, form 01's number, the promised date and its first entries are one transaction. Online and at a kiosk it is only submitted.",
    params(IdempotencyKey), request_body = DossierIn,
    responses((status = 201, description = "Taken in.", body = DossierView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/dossiers")]
pub async fn create_dossier(
    writer: Writer<TakeIn>,
    lang: Lang,
    body: Json<DossierIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body
        .clone()
        .into_new()
        .checked(writer.state().services.now())
        .map_err(crate::state::into_problem)?;
    writer
        .once(&body, move |services, db, actor| {
            let taken = service::take_in(services, db, actor, &new)?;
            let view = service::view_taken(services, db, actor, taken)?;
            Reply::created(
                format!("/api/v1/dossiers/{}", view.row.id),
                Some(view.row.version),
                &DossierView::new(view, lang),
            )
        })
        .await
}

/// By when a dossier is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueFilter {
    /// Past its date and still open.
    Overdue,
    /// Today.
    Today,
    /// Today or the next working day.
    Soon,
}

/// What a desk waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AwaitingFilter {
    /// Given and not acknowledged.
    Acknowledgement,
    /// Accepted and given to nobody yet.
    Handover,
    /// Another body's opinion.
    Opinion,
    /// Before the leader.
    Signature,
    /// Signed; the result is to be recorded.
    Result,
    /// Result ready, not collected.
    HandBack,
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub enum SortFilter {
    /// Newest first.
    #[default]
    #[serde(rename = "-received_at")]
    NewestFirst,
    /// Oldest first.
    #[serde(rename = "received_at")]
    OldestFirst,
    /// Due soonest first; only those with a due date.
    #[serde(rename = "due_at")]
    DueFirst,
}

/// What a list of dossiers is narrowed by.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DossierQuery {
    /// Code, identity number, telephone, or a name with or without accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    pub q: Option<String>,
    /// State.
    #[param(value_type = Option<words::State>)]
    pub state: Option<State>,
    /// Only what is not finished; does nothing beside `state`.
    pub open: Option<bool>,
    /// Desk.
    #[param(value_type = Option<words::Desk>)]
    pub desk: Option<Desk>,
    /// What it waits for.
    #[param(inline)]
    pub awaiting: Option<AwaitingFilter>,
    /// Competent authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Procedure.
    #[param(max_length = 40)]
    #[serde(default, deserialize_with = "at_most::<40, _>")]
    pub procedure_code: Option<String>,
    /// By when.
    #[param(inline)]
    pub due: Option<DueFilter>,
    /// First day of reception.
    pub received_from: Option<NaiveDate>,
    /// Last day of reception, inclusive.
    pub received_to: Option<NaiveDate>,
    /// Only what I handle.
    pub mine: Option<bool>,
    /// Order.
    #[param(inline)]
    pub sort: Option<SortFilter>,
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

type Key = (DateTime<Utc>, DossierId);

/// Dossiers in the caller's scope, a page at a time.
#[utoipa::path(
    operation_id = "list_dossiers", tag = "dossiers", summary = "Work lists and search",
    description = "Dossiers in the caller's scope, a page at a time.",
    params(DossierQuery),
    responses((status = 200, description = "A page of dossiers, numbers masked.", body = Page<DossierItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/dossiers")]
pub async fn list_dossiers(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    query: Query<DossierQuery>,
) -> Result<HttpResponse, Problem> {
    let mut query = query.into_inner();
    if let (Some(from), Some(to)) = (query.received_from, query.received_to)
        && from > to
    {
        return Err(motcua_domain::refusal::Refusal::invalid(Vec::new())
            .field(
                "received_to",
                "out_of_range",
                "Ngày cuối phải không trước ngày đầu.",
                "The last day must not be before the first.",
            )
            .into());
    }
    let (limit, cursor) = (query.limit.take(), query.cursor.take());
    let order = query.sort.unwrap_or_default();
    let name = serde_json::to_string(&order).unwrap_or_default();
    let paging: Paging<Key> = Paging::read(limit, cursor.as_deref(), &name, &query)?;
    let sort = match order {
        SortFilter::NewestFirst => Sort::ReceivedDesc,
        SortFilter::OldestFirst => Sort::ReceivedAsc,
        SortFilter::DueFirst => Sort::DueAsc,
    };
    let wanted = service::ListQuery {
        q: query.q,
        states: query.state.into_iter().collect(),
        open: query.open == Some(true),
        desk: query.desk,
        awaiting: query.awaiting.map(|a| match a {
            AwaitingFilter::Acknowledgement => service::Awaiting::Acknowledgement,
            AwaitingFilter::Handover => service::Awaiting::Handover,
            AwaitingFilter::Opinion => service::Awaiting::Opinion,
            AwaitingFilter::Signature => service::Awaiting::Signature,
            AwaitingFilter::Result => service::Awaiting::Result,
            AwaitingFilter::HandBack => service::Awaiting::HandBack,
        }),
        authority: query.authority_id,
        procedure_code: query.procedure_code,
        due: query.due.map(|d| match d {
            DueFilter::Overdue => service::Due::Overdue,
            DueFilter::Today => service::Due::Today,
            DueFilter::Soon => service::Due::Soon,
        }),
        received_from: query.received_from,
        received_to: query.received_to,
        mine: query.mine.unwrap_or(false),
    };
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone().map(|(at, id)| Edge {
                at: Ts::new(at),
                id,
                backwards: paging.backwards,
            });
            let fetch = paging.fetch();
            let mut found =
                service::find_page(services, db, actor, &wanted, sort, edge.as_ref(), fetch)?;
            let now = services.now();
            let rows: Vec<_> = std::mem::take(&mut found.rows)
                .into_iter()
                .zip(std::mem::take(&mut found.remaining))
                .collect();
            let key = |(row, _): &(motcua_store::dossier::DossierListRow, Option<i64>)| -> Key {
                let at = match sort {
                    Sort::DueAsc => row.due_at.unwrap_or(row.received_at),
                    _ => row.received_at,
                };
                (at.0, row.id.clone())
            };
            Ok(paging.page(rows, key, |(row, left)| {
                DossierItem::new(row, left, &found, now)
            }))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One dossier in the caller's scope, numbers masked, with what the caller may do.
#[utoipa::path(
    operation_id = "get_dossier", tag = "dossiers", summary = "Read a dossier",
    description = "One dossier in the caller's scope, numbers masked, with what the caller may do.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The dossier.", body = DossierView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}")]
pub async fn get_dossier(
    reader: Reader<ReadDossiers>,
    lang: Lang,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            let view = service::view(services, db, actor, &id)?;
            Ok(DossierView::new(view, lang))
        })
        .await?;
    Ok(versioned(
        actix_web::http::StatusCode::OK,
        view.version,
        &view,
    ))
}

/// Paging of a list without filters.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// What happened to a dossier, oldest first.
#[utoipa::path(
    operation_id = "list_timeline", tag = "dossiers", summary = "Timeline of a dossier",
    description = "What happened to a dossier, oldest first.",
    params(("id" = String, Path, description = "Id.", format = Uuid), PageQuery),
    responses((status = 200, description = "A page of the timeline.", body = Page<TimelineItem>)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/timeline")]
pub async fn list_timeline(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    id: Path<DossierId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<i32> =
        Paging::read(query.limit, query.cursor.as_deref(), "seq", &id.as_str())?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.map(|seq| (seq, paging.backwards));
            let rows = service::timeline(db, actor, &id, edge, paging.fetch())?;
            Ok(paging.page(rows, |row| row.seq, TimelineItem::from))
        })
        .await?;
    Ok(linked(&req, &page))
}
