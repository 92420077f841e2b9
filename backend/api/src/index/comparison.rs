//! Units held against each other.

use actix_web::{HttpResponse, get};
use motcua_domain::survey::compare::{RULES, Verdict};
use motcua_services::index::{self as service, Side};
use motcua_store::{AuthorityId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{IndexLine, IndexShare};
use crate::auth::{ReadIndices, Reader};
use crate::manners::{Path, Problem, Query};
use crate::words;

/// What is held against what.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ComparisonQuery {
    /// The authority of this snapshot; the centre when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// The other snapshot; this one when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub with_snapshot_id: Option<RecordId>,
    /// The authority of the other; the centre when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub with_authority_id: Option<AuthorityId>,
}

/// One side of a comparison.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonSide {
    /// Id of the snapshot.
    #[schema(format = Uuid)]
    pub snapshot_id: String,
    /// Its quarter.
    #[schema(example = "2026-Q1")]
    pub quarter: String,
    /// Its number.
    pub number: i32,
    /// Whether it is frozen.
    pub frozen: bool,
    /// The authority's name; none: the centre.
    pub authority: Option<String>,
    /// Its indices.
    pub lines: Vec<IndexLine>,
    /// Sum of those with data.
    pub total: f64,
    /// What could have been reached with the data there was.
    pub most: i32,
    /// The band.
    #[schema(value_type = Option<words::QualityBand>)]
    pub band: Option<String>,
}

impl From<Side> for ComparisonSide {
    fn from(s: Side) -> Self {
        Self {
            snapshot_id: s.snapshot.id.to_string(),
            frozen: s.snapshot.state == "frozen",
            quarter: s.snapshot.quarter,
            number: s.snapshot.number,
            authority: s.authority,
            lines: s.result.lines.iter().map(IndexLine::from).collect(),
            total: f64::from(s.result.row.total_tenths) / 10.0,
            most: s.result.row.most,
            band: s.result.row.band,
        }
    }
}

/// A share that is compared.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "told beside each")]
pub enum ComparedShareName {
    /// Finished early or on the day.
    InTime,
    /// Finished early.
    Early,
    /// Steps of internal workflows done early or on the day.
    StepsInTime,
    /// Finished without asking for a supplement.
    CompleteAtOnce,
    /// Filed online.
    Online,
    /// Satisfied.
    Satisfied,
}

/// A share of both sides.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedShare {
    /// Which.
    #[schema(value_type = ComparedShareName)]
    pub share: &'static str,
    /// Of the first.
    pub first: IndexShare,
    /// Of the second.
    pub second: IndexShare,
    /// What it comes to: the first is higher or lower only where the intervals do not touch.
    #[schema(value_type = words::ComparisonVerdict)]
    pub verdict: Verdict,
}

/// Two units held against each other.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexComparison {
    /// The first.
    pub first: ComparisonSide,
    /// The second.
    pub second: ComparisonSide,
    /// Share by share.
    #[schema(max_items = 6)]
    pub shares: Vec<ComparedShare>,
    /// Fewer than this on either side are not compared.
    pub least_sample: u64,
    /// Why.
    pub least_sample_reason: &'static str,
    /// Whether the sums rest on the same indices; where they do not, they cannot be compared.
    pub same_indices: bool,
}

/// Holds two units against each other.
#[utoipa::path(
    operation_id = "compare_index_results", tag = "indices", summary = "Compare over time or between wards",
    description = "Holds a unit of a snapshot against a unit of the same or another one: each share with its number and interval. Where too few were counted on either side nothing is compared, and it says so. Sums are comparable only where both rest on the same indices.",
    params(("id" = String, Path, description = "Id of the first snapshot.", format = Uuid), ComparisonQuery),
    responses((status = 200, description = "Share by share.", body = IndexComparison)),
    security(("bearer" = []))
)]
#[get("/index-snapshots/{id}/comparisons")]
pub async fn compare_index_results(
    reader: Reader<ReadIndices>,
    id: Path<RecordId>,
    query: Query<ComparisonQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let found = reader
        .read(move |services, db, actor| {
            let both = (&*id, q.with_snapshot_id.as_ref().unwrap_or(&id));
            let units = (q.authority_id.as_ref(), q.with_authority_id.as_ref());
            service::comparison(services, db, actor, both, units)
        })
        .await?;
    let known = |side: &Side| -> Vec<i32> {
        let lines = side.result.lines.iter().filter(|l| l.tenths.is_some());
        lines.map(|l| l.index_number).collect()
    };
    let same_indices = known(&found.first) == known(&found.second);
    Ok(HttpResponse::Ok().json(IndexComparison {
        same_indices,
        first: found.first.into(),
        second: found.second.into(),
        shares: found
            .shares
            .into_iter()
            .map(|s| ComparedShare {
                share: s.share,
                first: s.first.into(),
                second: s.second.into(),
                verdict: s.verdict,
            })
            .collect(),
        least_sample: RULES.least_sample,
        least_sample_reason: RULES.reason,
    }))
}
