//! The nine indices in quarterly snapshots: worked out, frozen, read, compared and taken out.

pub mod behind;
pub mod comparison;
pub mod officers;
mod view;
pub mod workbook;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::quarter::{CutOff, Quarter};
use motcua_services::index::{self as service, Entered, NewSnapshot};
use motcua_store::{CentreId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use view::*;

use crate::auth::{MakeIndices, ReadIndices, Reader, Reply, Writer};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// Which snapshots.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SnapshotsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of this quarter only.
    #[param(pattern = "^[2-9][0-9]{3}-Q[1-4]$", example = "2026-Q1")]
    pub quarter: Option<String>,
}

fn quarter_at(pointer: &str, text: &str) -> Result<Quarter, Refusal> {
    text.parse().map_err(|_| {
        Refusal::invalid(vec![FieldError::new(
            pointer,
            "invalid_value",
            "Quý được viết như 2026-Q1.",
            "A quarter is written like 2026-Q1.",
        )])
    })
}

/// Snapshots, newest first.
#[utoipa::path(
    operation_id = "list_index_snapshots", tag = "indices", summary = "Snapshots of the indices",
    description = "Snapshots of the nine indices at the caller's centres, newest first. Whoever answers for one ward alone sees those that are frozen.",
    params(SnapshotsQuery),
    responses((status = 200, description = "A page of snapshots.", body = Page<IndexSnapshotItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/index-snapshots")]
pub async fn list_index_snapshots(
    reader: Reader<ReadIndices>,
    req: HttpRequest,
    query: Query<SnapshotsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let quarter = match &query.quarter {
        Some(text) => Some(quarter_at("quarter", text)?.to_string()),
        None => None,
    };
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &quarter)?;
    let page = reader
        .read(move |services, db, actor| {
            let (edge, limit) = (paging.by_id(), paging.fetch());
            let mut found =
                service::snapshots(services, db, actor, quarter.as_deref(), edge, limit)?;
            let rows = std::mem::take(&mut found.rows);
            Ok(paging.page(
                rows,
                |r| r.id.to_string(),
                |r| IndexSnapshotItem::of(r, &found.names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A snapshot to be worked out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexSnapshotIn {
    /// Of which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Of which quarter.
    #[schema(pattern = "^[2-9][0-9]{3}-Q[1-4]$", example = "2026-Q1")]
    pub quarter: String,
    /// Where it begins and ends; with the calendar when absent.
    #[schema(value_type = Option<words::CutOff>)]
    pub cut_off: Option<CutOff>,
    /// Why it is worked out anew; required once the quarter has a frozen one.
    #[schema(max_length = 300, example = "Bổ sung kết quả khảo sát quý I.")]
    pub reason: Option<String>,
    /// What the program does not know of units.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub units: Vec<IndexUnitEntry>,
    /// What the program does not know of officers.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub officers: Vec<IndexOfficerEntry>,
}

impl IndexSnapshotIn {
    fn read(self) -> Result<NewSnapshot, Refusal> {
        let mut faults = Vec::new();
        for (name, n, most) in [
            ("/units", self.units.len(), 200),
            ("/officers", self.officers.len(), 500),
        ] {
            if n > most {
                faults.push(FieldError::out_of_range(name, 0, most as u64));
            }
        }
        let units = self
            .units
            .into_iter()
            .enumerate()
            .map(|(i, u)| u.read(i, &mut faults))
            .collect();
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        Ok(NewSnapshot {
            centre: self.centre_id,
            quarter: quarter_at("/quarter", &self.quarter)?,
            cut_off: self.cut_off.unwrap_or(CutOff::Calendar),
            reason: self.reason,
            entered: Entered {
                units,
                officers: self.officers.into_iter().map(Into::into).collect(),
            },
        })
    }
}

/// Works the indices of a quarter out.
#[utoipa::path(
    operation_id = "make_index_snapshot", tag = "indices", summary = "Work the indices of a quarter out",
    description = "Works the nine indices of a quarter out of what dossiers did, and of what is entered because the program does not know it, each with its reason; for the centre, its authorities and its officers. What nobody knows is left out, never nought. It is a draft: working the quarter out anew takes its place, until it is frozen; from then on a new one has the next number and says why it was made.",
    params(IdempotencyKey), request_body = IndexSnapshotIn,
    responses((status = 201, description = "The draft.", body = IndexSnapshot,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Where it is.")))),
    security(("bearer" = []))
)]
#[post("/index-snapshots")]
pub async fn make_index_snapshot(
    writer: Writer<MakeIndices>,
    body: Json<IndexSnapshotIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body.clone().read()?;
    writer
        .once(&body, move |services, db, actor| {
            let made = service::make(services, db, actor, &new)?;
            let at = format!("/api/v1/index-snapshots/{}", made.row.id);
            let version = made.row.version;
            Reply::created(at, Some(version), &IndexSnapshot::from(made))
        })
        .await
}

/// One snapshot.
#[utoipa::path(
    operation_id = "get_index_snapshot", tag = "indices", summary = "A snapshot of the indices",
    description = "The indices of the centre and its authorities in one quarter, with sums and bands, what was entered and why, and the estimate of Decision 766. Whoever answers for one ward alone sees that ward, once it is frozen.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The snapshot.", body = IndexSnapshot,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/index-snapshots/{id}")]
pub async fn get_index_snapshot(
    reader: Reader<ReadIndices>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |services, db, actor| service::snapshot(services, db, actor, &id))
        .await?;
    let version = found.row.version;
    Ok(versioned(
        StatusCode::OK,
        version,
        &IndexSnapshot::from(found),
    ))
}

/// Freezes a snapshot.
#[utoipa::path(
    operation_id = "freeze_index_snapshot", tag = "indices", summary = "Freeze a snapshot",
    description = "Freezes a snapshot that was worked out after the last day of its quarter. It never changes again, and its officers see their own results from then on.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The frozen snapshot.", body = IndexSnapshot,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/index-snapshots/{id}/freezes")]
pub async fn freeze_index_snapshot(
    writer: Writer<MakeIndices>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let frozen = service::freeze(services, db, actor, &id, version.0)?;
            let at = format!("/api/v1/index-snapshots/{}", frozen.row.id);
            let version = frozen.row.version;
            Reply::created(at, Some(version), &IndexSnapshot::from(frozen))
        })
        .await
}
