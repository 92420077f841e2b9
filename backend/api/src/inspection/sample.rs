//! Samples of an inspection, and what came of checking each dossier.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::inspection::CheckOutcome;
use motcua_domain::text::mask_name;
use motcua_services::inspection::sample::{self as service, Check, Drawn, NewSample, Units};
use motcua_store::RecordId;
use motcua_store::inspection::sample::UnitRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::InspectionPageQuery;
use crate::auth::{Reader, Reply, WorkInspections, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// A sample to be drawn.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionSampleIn {
    /// From what was finished in the period (true, when absent), else from what was received in it.
    pub finished_only: Option<bool>,
    /// Margin of error of Slovin's formula in hundredths of a percent; 500, 5 %, when absent.
    #[schema(minimum = 1, maximum = 5000, example = 500)]
    pub margin_basis_points: Option<u32>,
    /// How many, in place of the formula's figure.
    #[schema(minimum = 1, maximum = 10_000)]
    pub sample_size: Option<u64>,
    /// The seed of the draw; made by chance when absent.
    #[schema(max_length = 64, example = "2997-1")]
    pub seed: Option<String>,
}

/// A sample as it was drawn. Who has the seed and the dossiers draws the same again.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionSample {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// From what was finished in the period, else from what was received in it.
    pub finished_only: bool,
    /// Margin of error in hundredths of a percent.
    pub margin_basis_points: i32,
    /// The seed.
    pub seed: String,
    /// From how many it was drawn.
    pub population: i64,
    /// How many are checked.
    pub size: i64,
    /// Not checked yet.
    pub unchecked: i64,
    /// In order.
    pub in_order: i64,
    /// With a finding.
    pub findings: i64,
    /// Not there.
    pub not_found: i64,
    /// Drawn.
    pub drawn_at: DateTime<FixedOffset>,
}

impl From<Drawn> for InspectionSample {
    fn from(drawn: Drawn) -> Self {
        let of = |outcome: Option<CheckOutcome>| {
            let word = outcome.map(CheckOutcome::as_str);
            drawn
                .tally
                .iter()
                .filter(|(o, _)| o.as_deref() == word)
                .map(|(_, n)| *n)
                .sum()
        };
        Self {
            id: drawn.row.id.to_string(),
            unchecked: of(None),
            in_order: of(Some(CheckOutcome::InOrder)),
            findings: of(Some(CheckOutcome::Finding)),
            not_found: of(Some(CheckOutcome::NotFound)),
            finished_only: drawn.row.finished_only,
            margin_basis_points: drawn.row.margin_basis_points,
            seed: drawn.row.seed,
            population: drawn.row.population,
            size: drawn.row.size,
            drawn_at: vn(drawn.row.drawn_at),
        }
    }
}

/// Samples of an inspection, newest first.
#[utoipa::path(
    operation_id = "list_inspection_samples", tag = "inspections", summary = "Samples of an inspection",
    description = "The samples that the team drew, newest first, with how far their checking is.",
    params(("id" = String, Path, description = "Id.", format = Uuid), InspectionPageQuery),
    responses((status = 200, description = "A page.", body = Page<InspectionSample>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/inspections/{id}/samples")]
pub async fn list_inspection_samples(
    reader: Reader<WorkInspections>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<InspectionPageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &id.as_str())?;
    let page = reader
        .read(move |_, db, actor| {
            let found = service::samples(db, actor, &id, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |s| s.row.id.to_string(), InspectionSample::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Draws a sample.
#[utoipa::path(
    operation_id = "draw_inspection_sample", tag = "inspections", summary = "Draw a sample",
    description = "Draws a sample of the inspection's dossiers by a seed on record: who has the seed and the dossiers draws the same again. As many as named, or as Slovin's formula gives. Only for the team, while its days run.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey), request_body = InspectionSampleIn,
    responses((status = 201, description = "Drawn.", body = InspectionSample)),
    security(("bearer" = []))
)]
#[post("/inspections/{id}/samples")]
pub async fn draw_inspection_sample(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    body: Json<InspectionSampleIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewSample {
        finished_only: body.finished_only.unwrap_or(true),
        margin: body.margin_basis_points.unwrap_or(500),
        size: body.sample_size,
        seed: body.seed.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let sample = InspectionSample::from(service::draw(services, db, actor, &id, &new)?);
            Reply::created(
                format!("/api/v1/inspections/{id}/samples/{}/units", sample.id),
                None,
                &sample,
            )
        })
        .await
}

/// A dossier of a sample.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionSampleUnit {
    /// Its place in the draw, from 1.
    #[schema(minimum = 1)]
    pub place: i32,
    /// The dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Its procedure.
    pub procedure_name: Option<String>,
    /// Its authority.
    #[schema(format = Uuid)]
    pub authority_id: Option<String>,
    /// Its owner's name, masked.
    pub owner_name: Option<String>,
    /// What came of checking it; null: not checked yet.
    #[schema(value_type = Option<words::CheckOutcome>)]
    pub outcome: Option<String>,
    /// In words.
    pub note: Option<String>,
    /// Who checked it.
    pub checked_by: Option<PersonRef>,
    /// When.
    pub checked_at: Option<DateTime<FixedOffset>>,
}

fn unit(row: UnitRow, all: &Units) -> InspectionSampleUnit {
    let dossier = all.dossiers.get(&row.dossier_id);
    InspectionSampleUnit {
        place: row.place,
        dossier_id: row.dossier_id.to_string(),
        dossier_code: dossier.and_then(|d| d.code.clone().or(d.submission_number.clone())),
        procedure_name: dossier.map(|d| d.procedure_name.clone()),
        authority_id: dossier.map(|d| d.authority_id.to_string()),
        owner_name: dossier.map(|d| mask_name(&d.owner_name)),
        outcome: row.outcome,
        note: row.note,
        checked_by: row
            .checked_by
            .as_ref()
            .map(|id| PersonRef::of(id, &all.names)),
        checked_at: vn_opt(row.checked_at),
    }
}

/// What of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckFilter {
    /// Not checked yet.
    Unchecked,
    /// In order.
    InOrder,
    /// With a finding.
    Finding,
    /// Not there.
    NotFound,
}

impl CheckFilter {
    /// The outcome; none: not checked yet.
    fn outcome(self) -> Option<&'static str> {
        match self {
            Self::Unchecked => None,
            Self::InOrder => Some(CheckOutcome::InOrder.as_str()),
            Self::Finding => Some(CheckOutcome::Finding.as_str()),
            Self::NotFound => Some(CheckOutcome::NotFound.as_str()),
        }
    }
}

/// Which dossiers of a sample.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InspectionUnitsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Only those.
    #[param(inline)]
    pub outcome: Option<CheckFilter>,
}

/// The dossiers of a sample, in the order of the draw.
#[utoipa::path(
    operation_id = "list_inspection_sample_units", tag = "inspections", summary = "Dossiers of a sample",
    description = "The dossiers of a sample in the order of the draw, with what came of checking each; what was not checked stays there.",
    params(("id" = String, Path, description = "Id.", format = Uuid),
        ("sample_id" = String, Path, description = "The sample.", format = Uuid), InspectionUnitsQuery),
    responses((status = 200, description = "A page.", body = Page<InspectionSampleUnit>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/inspections/{id}/samples/{sample_id}/units")]
pub async fn list_inspection_sample_units(
    reader: Reader<WorkInspections>,
    req: HttpRequest,
    at: Path<(RecordId, RecordId)>,
    query: Query<InspectionUnitsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let (id, sample) = at.into_inner();
    let narrowed = (sample.as_str(), query.outcome);
    let paging: Paging<i32> =
        Paging::read(query.limit, query.cursor.as_deref(), "place", &narrowed)?;
    let outcome = query.outcome.map(CheckFilter::outcome);
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.map(|place| (place, paging.backwards));
            let fetch = paging.fetch();
            let mut all =
                service::units(services, db, actor, (&id, &sample), outcome, edge, fetch)?;
            let rows = std::mem::take(&mut all.units);
            Ok(paging.page(rows, |u| u.place, |u| unit(u, &all)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What came of checking a dossier.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionCheckIn {
    /// What came of it.
    #[schema(value_type = words::CheckOutcome)]
    pub outcome: CheckOutcome,
    /// In words; required for a finding.
    #[schema(max_length = 10000)]
    pub note: Option<String>,
}

/// Says what came of checking a dossier.
#[utoipa::path(
    operation_id = "check_inspection_sample_unit", tag = "inspections", summary = "Say what came of checking",
    description = "Says what came of checking a dossier of a sample; said once. Only for the team, while its days run.",
    params(("id" = String, Path, description = "Id.", format = Uuid),
        ("sample_id" = String, Path, description = "The sample.", format = Uuid),
        ("place" = i32, Path, description = "Its place in the draw.", minimum = 1), IdempotencyKey),
    request_body = InspectionCheckIn,
    responses((status = 201, description = "Said.", body = InspectionSampleUnit)),
    security(("bearer" = []))
)]
#[post("/inspections/{id}/samples/{sample_id}/units/{place}/checks")]
pub async fn check_inspection_sample_unit(
    writer: Writer<WorkInspections>,
    at: Path<(RecordId, RecordId, i32)>,
    body: Json<InspectionCheckIn>,
) -> Result<HttpResponse, Problem> {
    let (id, sample, place) = at.into_inner();
    let body = body.into_inner();
    let what = Check {
        outcome: body.outcome,
        note: body.note.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let mut all = service::check(services, db, actor, (&id, &sample, place), &what)?;
            let row = all.units.pop().ok_or_else(|| {
                motcua_services::Error::Internal("a checked dossier went missing".into())
            })?;
            let view = unit(row, &all);
            Reply::created(
                format!("/api/v1/inspections/{id}/samples/{sample}/units"),
                None,
                &view,
            )
        })
        .await
}
