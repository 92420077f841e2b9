//! What came out for officers: all of them for whom they answer to, and everybody's own.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::NaiveDate;
use motcua_services::index::{self as service, Own};
use motcua_services::reference::Names;
use motcua_store::RecordId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::IndexResult;
use crate::auth::{ReadOfficerIndices, Reader, SignedIn};
use crate::manners::{Page, Paging, Path, Problem, Query, linked};

/// Which page.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ResultsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// The results of officers.
#[utoipa::path(
    operation_id = "list_officer_index_results", tag = "indices", summary = "Results of officers",
    description = "What came out for the officers of a snapshot: indices 1, 2, 3, 4 and 7, ten points at most, and how much of the task that is. For the director of the centre and its inspector alone.",
    params(("id" = String, Path, description = "Id of the snapshot.", format = Uuid), ResultsQuery),
    responses((status = 200, description = "A page of results.", body = Page<IndexResult>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/index-snapshots/{id}/officer-results")]
pub async fn list_officer_index_results(
    reader: Reader<ReadOfficerIndices>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<ResultsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = id.to_string();
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &of)?;
    let page = reader
        .read(move |services, db, actor| {
            let (edge, limit) = (paging.by_id(), paging.fetch());
            let found = service::officer_results(services, db, actor, &id, edge, limit)?;
            let none = HashMap::new();
            Ok(paging.page(
                found.results,
                |r| r.row.id.to_string(),
                |r| IndexResult::of(&r, &none, &found.names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What came out for the caller in one quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnIndexResult {
    /// Id of the snapshot.
    #[schema(format = Uuid)]
    pub snapshot_id: String,
    /// The quarter.
    #[schema(example = "2026-Q1")]
    pub quarter: String,
    /// 1, 2 … of its quarter.
    pub number: i32,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Why it was worked out anew.
    pub reason: Option<String>,
    /// What came out.
    pub result: IndexResult,
}

impl From<Own> for OwnIndexResult {
    fn from(own: Own) -> Self {
        let row = own.snapshot;
        let mut result = IndexResult::of(&own.result, &HashMap::new(), &Names::new());
        // Whoever asks knows who that is.
        result.officer = None;
        Self {
            snapshot_id: row.id.to_string(),
            quarter: row.quarter,
            number: row.number,
            first_day: row.first_day,
            last_day: row.last_day,
            reason: row.reason,
            result,
        }
    }
}

/// One's own results.
#[utoipa::path(
    operation_id = "list_own_index_results", tag = "indices", summary = "One's own results",
    description = "What came out for the caller in the snapshots that are frozen, newest first. Nobody else's.",
    params(ResultsQuery),
    responses((status = 200, description = "A page of results.", body = Page<OwnIndexResult>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/me/index-results")]
pub async fn list_own_index_results(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<ResultsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |_, db, actor| {
            let found = service::own(db, actor, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |o| o.snapshot.id.to_string(), OwnIndexResult::from))
        })
        .await?;
    Ok(linked(&req, &page))
}
