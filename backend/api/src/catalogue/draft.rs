//! Drafts of procedures: begun, written, compared, published or thrown away.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use chrono::{DateTime, Utc};
use motcua_domain::catalogue::ProcedureData;
use motcua_services::catalogue::{self as service, MOST_COUNTED};
use motcua_services::{Actor, Result as ServiceResult, Services};
use motcua_store::{Db, ProcedureDraftId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::version::{ChangeOut, VersionItem, entered};
use crate::auth::{ManageCatalogue, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Lang, Page, Paging, Path, Problem, ProblemField, Query, linked,
    versioned,
};

/// A draft as it is to stand. It may be unfinished: what keeps it from being published is told with it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIn {
    /// The number of the version it was drawn from; 0 for a procedure that is new here.
    #[schema(minimum = 0, example = 1)]
    pub base_version: i32,
    /// What it says.
    pub procedure: ProcedureData,
}

/// A draft in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftItem {
    /// Id.
    pub id: String,
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The number of the version it was drawn from.
    pub base_version: i32,
    /// When it was written on last.
    pub updated_at: DateTime<Utc>,
    /// Who wrote on it last.
    pub updated_by: Option<String>,
}

/// How many dossiers are open, as far as they are counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenCount {
    /// How many, at most 100.
    pub count: usize,
    /// There are more.
    pub more: bool,
}

/// A draft with all there is to know before it is published.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Id.
    pub id: String,
    /// The number of the version it was drawn from; 0 for a new procedure.
    pub base_version: i32,
    /// The newest version's number; another than the base means that somebody published meanwhile.
    pub newest_version: i32,
    /// What it says.
    pub procedure: ProcedureData,
    /// What keeps it from being published; pointers into `procedure`.
    pub faults: Vec<ProblemField>,
    /// What it changes of its base.
    pub changes: Vec<ChangeOut>,
    /// Dossiers of the procedure that are not finished: they keep their version.
    pub open_dossiers: OpenCount,
    /// When it was written on last.
    pub updated_at: DateTime<Utc>,
    /// Who wrote on it last.
    pub updated_by: Option<String>,
    /// Row version.
    pub version: i64,
}

fn view(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    lang: Lang,
    draft: service::Draft,
) -> ServiceResult<DraftView> {
    let open = service::open_dossiers(db, actor, &draft.row.procedure_code)?.len();
    let by = draft.row.updated_by.clone();
    let names = services.names(db, actor.stamp, [&by])?;
    Ok(DraftView {
        id: draft.row.id.to_string(),
        base_version: draft.row.base_version,
        newest_version: draft.newest,
        procedure: draft.data,
        faults: draft
            .faults
            .iter()
            .map(|f| ProblemField::new(f, lang))
            .collect(),
        changes: draft.changes.into_iter().map(ChangeOut::from).collect(),
        open_dossiers: OpenCount {
            count: open.min(MOST_COUNTED),
            more: open > MOST_COUNTED,
        },
        updated_at: draft.row.updated_at.0,
        updated_by: names.get(&by).map(|n| n.to_string()),
        version: draft.row.version,
    })
}

/// Drafts of procedures.
#[utoipa::path(
    operation_id = "list_procedure_drafts", tag = "catalogue", summary = "Drafts",
    description = "Drafts of procedures, by code.",
    params(PageQuery),
    responses((status = 200, description = "A page of drafts.", body = Page<DraftItem>)),
    security(("bearer" = []))
)]
#[get("/procedure-drafts")]
pub async fn list_drafts(
    reader: Reader<ManageCatalogue>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "code", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone().map(|code| (code, paging.backwards));
            let found = service::drafts(db, edge, paging.fetch())?;
            let people = found.iter().map(|(row, _)| &row.updated_by);
            let names = services.names(db, actor.stamp, people)?;
            Ok(paging.page(
                found,
                |(row, _)| row.procedure_code.clone(),
                |(row, data)| DraftItem {
                    id: row.id.to_string(),
                    code: row.procedure_code,
                    name: data.name,
                    base_version: row.base_version,
                    updated_at: row.updated_at.0,
                    updated_by: names.get(&row.updated_by).map(|n| n.to_string()),
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Begins a draft.
#[utoipa::path(
    operation_id = "create_procedure_draft", tag = "catalogue", summary = "Begin a draft",
    description = "Begins a draft of a procedure's next version, or of a new procedure. One draft a procedure.",
    params(IdempotencyKey), request_body = DraftIn,
    responses((status = 201, description = "The draft.", body = DraftView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the draft.")))),
    security(("bearer" = []))
)]
#[post("/procedure-drafts")]
pub async fn create_draft(
    writer: Writer<ManageCatalogue>,
    lang: Lang,
    body: Json<DraftIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let given = body.clone();
    writer
        .once(&body, move |services, db, actor| {
            let now = services.now();
            let draft =
                service::create_draft(db, now, actor, &given.procedure, given.base_version)?;
            let view = view(services, db, actor, lang, draft)?;
            let location = format!("/api/v1/procedure-drafts/{}", view.id);
            Reply::created(location, Some(view.version), &view)
        })
        .await
}

/// A draft, what is wrong with it and what it changes.
#[utoipa::path(
    operation_id = "get_procedure_draft", tag = "catalogue", summary = "Read a draft",
    description = "A draft, what is wrong with it, what it changes, and how many open dossiers the procedure has.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The draft.", body = DraftView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/procedure-drafts/{id}")]
pub async fn get_draft(
    reader: Reader<ManageCatalogue>,
    lang: Lang,
    id: Path<ProcedureDraftId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            let draft = service::find_draft(db, &id)?;
            view(services, db, actor, lang, draft)
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Writes a draft anew.
#[utoipa::path(
    operation_id = "replace_procedure_draft", tag = "catalogue", summary = "Write a draft",
    description = "Writes a draft anew, as a whole.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = DraftIn,
    responses((status = 200, description = "The draft as it now stands.", body = DraftView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/procedure-drafts/{id}")]
pub async fn replace_draft(
    writer: Writer<ManageCatalogue>,
    lang: Lang,
    id: Path<ProcedureDraftId>,
    version: IfMatch,
    body: Json<DraftIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let view = writer
        .write(move |services, db, actor| {
            let draft = service::rewrite_draft(
                db,
                services.now(),
                actor,
                &id,
                version.0,
                &body.procedure,
                body.base_version,
            )?;
            view(services, db, actor, lang, draft)
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Throws a draft away.
#[utoipa::path(
    operation_id = "discard_procedure_draft", tag = "catalogue", summary = "Throw a draft away",
    description = "Throws a draft away. What is published stays as it is.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    responses((status = 204, description = "It is gone.")),
    security(("bearer" = []))
)]
#[delete("/procedure-drafts/{id}")]
pub async fn discard_draft(
    writer: Writer<ManageCatalogue>,
    id: Path<ProcedureDraftId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |services, db, actor| {
            service::discard_draft(db, services.now(), actor, &id, version.0)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Publishes a draft.
#[utoipa::path(
    operation_id = "publish_procedure_draft", tag = "catalogue", summary = "Publish a draft",
    description = "Publishes a draft as the procedure's next version; the draft is gone then. Dossiers already received keep their version.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The version.", body = VersionItem,
        headers(("ETag" = String, description = "The version's number."), ("Location" = String, description = "Address of the version.")))),
    security(("bearer" = []))
)]
#[post("/procedure-drafts/{id}/publications")]
pub async fn publish_draft(
    writer: Writer<ManageCatalogue>,
    id: Path<ProcedureDraftId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            entered(&service::publish_draft(
                db,
                services.now(),
                actor,
                &id,
                version.0,
            )?)
        })
        .await
}
