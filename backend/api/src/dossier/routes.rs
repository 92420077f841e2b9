//! Taking dossiers in, reading and finding them.

use actix_web::{HttpRequest, HttpResponse, get, post};
use motcua_services::dossier as service;
use motcua_store::DossierId;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::dto::DossierIn;
use super::view::{DossierView, TimelineItem};
use crate::auth::{ReadDossiers, Reader, Reply, TakeIn, Writer};
use crate::manners::{
    IdempotencyKey, Json, Lang, Page, Paging, Path, Problem, Query, linked, versioned,
};

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
        .read_inspected("page", move |services, db, actor| {
            let (view, through) = service::view_through(services, db, actor, &id)?;
            Ok((DossierView::new(view, lang), through))
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
        .read_inspected("timeline", move |services, db, actor| {
            let edge = paging.edge.map(|seq| (seq, paging.backwards));
            let (rows, through) =
                service::timeline(services, db, actor, &id, edge, paging.fetch())?;
            Ok((
                paging.page(rows, |row| row.seq, TimelineItem::from),
                through,
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
