//! Intakes begun at the counter and not sent yet.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put};
use chrono::{DateTime, FixedOffset, TimeDelta};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::to_vn;
use motcua_services::dossier::{self as service, DRAFT_DAYS, Drafts, NewDraft};
use motcua_store::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::routes::PageQuery;
use super::view::{PersonRef, vn};
use crate::auth::{Reader, Reply, TakeIn, Writer};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};

/// An intake to be kept as it stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntakeDraftIn {
    /// For which procedure; it must be in force.
    #[schema(min_length = 1, max_length = 40, example = "1.004873")]
    pub procedure_code: String,
    /// Whose it is, by which it is found again.
    #[schema(max_length = 300, example = "Nguyễn Văn An")]
    pub owner_name: Option<String>,
    /// The counter's form as it stands; it is given back as it was given, at most 48 KiB.
    #[schema(value_type = Object)]
    pub form: Map<String, Value>,
}

impl IntakeDraftIn {
    fn new_draft(&self) -> Result<NewDraft, Problem> {
        Ok(NewDraft {
            procedure_code: self.procedure_code.clone(),
            owner_name: self.owner_name.clone(),
            form: serde_json::to_string(&self.form).map_err(Problem::internal)?,
        })
    }
}

/// An intake that was begun, without its form.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeDraftItem {
    /// Id.
    pub id: String,
    /// Always `draft`: nothing has come in yet.
    pub state: String,
    /// Procedure.
    pub procedure_code: String,
    /// Whose it is.
    pub owner_name: Option<String>,
    /// When it was begun.
    pub created_at: DateTime<FixedOffset>,
    /// When it was last touched.
    pub updated_at: DateTime<FixedOffset>,
    /// By whom.
    pub updated_by: PersonRef,
    /// When it is dropped if nobody touches it.
    pub kept_until: DateTime<FixedOffset>,
    /// Row version.
    pub version: i64,
}

/// An intake that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntakeDraft {
    /// What it is.
    #[serde(flatten)]
    pub item: IntakeDraftItem,
    /// The counter's form as it stood.
    #[schema(value_type = Object)]
    pub form: Value,
}

fn items(found: Drafts) -> Vec<(IntakeDraftItem, String)> {
    let names = found.names;
    found
        .rows
        .into_iter()
        .map(|d| {
            let item = IntakeDraftItem {
                id: d.id.to_string(),
                state: "draft".into(),
                procedure_code: d.procedure_code,
                owner_name: d.owner_name,
                created_at: vn(d.created_at),
                updated_at: vn(d.updated_at),
                updated_by: PersonRef::of(&d.updated_by, &names),
                kept_until: to_vn(d.updated_at.0 + TimeDelta::days(DRAFT_DAYS)),
                version: d.version,
            };
            (item, d.form)
        })
        .collect()
}

fn only(found: Drafts) -> Result<IntakeDraft, motcua_services::Error> {
    let (item, form) = items(found).pop().ok_or_else(Refusal::not_found)?;
    Ok(IntakeDraft {
        item,
        form: serde_json::from_str(&form).unwrap_or_default(),
    })
}

/// Intakes begun at the caller's centre and not sent yet, newest first.
#[utoipa::path(
    operation_id = "list_intake_drafts", tag = "dossiers", summary = "Intakes begun",
    description = "What was begun at the counters of the caller's centre and not sent yet (T1), newest first. It is no dossier: it has no number and no promise.",
    params(PageQuery),
    responses((status = 200, description = "A page of drafts.", body = Page<IntakeDraftItem>)),
    security(("bearer" = []))
)]
#[get("/intake-drafts")]
pub async fn list_intake_drafts(
    reader: Reader<TakeIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "intake-drafts", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::intake_drafts(services, db, actor, edge, paging.fetch())?;
            Ok(paging.page(items(found), |(d, _)| d.id.clone(), |(d, _)| d))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Keeps an intake as it stands.
#[utoipa::path(
    operation_id = "keep_intake_draft", tag = "dossiers", summary = "Keep an intake for later",
    description = "Keeps what was begun at the counter (T1) for anybody of the centre's reception to go on with. `create_dossier` with its `draft_id` sends it; two weeks untouched it is dropped.",
    params(IdempotencyKey), request_body = IntakeDraftIn,
    responses((status = 201, description = "Kept.", body = IntakeDraft,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/intake-drafts")]
pub async fn keep_intake_draft(
    writer: Writer<TakeIn>,
    body: Json<IntakeDraftIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body.new_draft()?;
    writer
        .once(&body, move |services, db, actor| {
            let kept = only(service::keep_draft(services, db, actor, &new)?)?;
            let at = format!("/api/v1/intake-drafts/{}", kept.item.id);
            Reply::created(at, Some(kept.item.version), &kept)
        })
        .await
}

/// One intake that was begun, with its form.
#[utoipa::path(
    operation_id = "get_intake_draft", tag = "dossiers", summary = "Read an intake begun",
    description = "One intake that was begun, with its form.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The draft.", body = IntakeDraft,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/intake-drafts/{id}")]
pub async fn get_intake_draft(
    reader: Reader<TakeIn>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let kept = reader
        .read(move |services, db, actor| only(service::intake_draft(services, db, actor, &id)?))
        .await?;
    Ok(versioned(StatusCode::OK, kept.item.version, &kept))
}

/// Puts what was typed meanwhile in its place.
#[utoipa::path(
    operation_id = "rewrite_intake_draft", tag = "dossiers", summary = "Go on with an intake begun",
    description = "Puts what was typed meanwhile in the place of what was kept.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = IntakeDraftIn,
    responses((status = 200, description = "The draft as it now stands.", body = IntakeDraft,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/intake-drafts/{id}")]
pub async fn rewrite_intake_draft(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<IntakeDraftIn>,
) -> Result<HttpResponse, Problem> {
    let new = body.into_inner().new_draft()?;
    let kept = writer
        .write(move |services, db, actor| {
            only(service::rewrite_draft(
                services, db, actor, &id, version.0, &new,
            )?)
        })
        .await?;
    Ok(versioned(StatusCode::OK, kept.item.version, &kept))
}

/// Drops an intake that was begun.
#[utoipa::path(
    operation_id = "drop_intake_draft", tag = "dossiers", summary = "Drop an intake begun",
    description = "Drops an intake that was begun. Nothing had come in, so nothing is lost but what was typed.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 204, description = "Gone.")),
    security(("bearer" = []))
)]
#[delete("/intake-drafts/{id}")]
pub async fn drop_intake_draft(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |_, db, actor| service::drop_draft(db, actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
