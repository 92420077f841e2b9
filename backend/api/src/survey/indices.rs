//! The indices of quality, satisfaction and service, worked out together.

use actix_web::{HttpResponse, post};
use motcua_domain::refusal::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::quality::{self, QualityIn, QualityScore};
use super::satisfied::{self, SatisfactionIn, SatisfactionScore};
use super::service::{self, ServiceIn, ServiceScore};
use crate::manners::{Json, Problem};

/// What is to be worked out: at least one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicesIn {
    /// The nine indices of Circular 01/2018.
    pub quality: Option<QualityIn>,
    /// The share of the satisfied (SIPAS).
    pub satisfaction: Option<SatisfactionIn>,
    /// The service index of Decision 766.
    pub service: Option<ServiceIn>,
}

/// What was asked for, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Indices {
    /// The nine indices.
    pub quality: Option<QualityScore>,
    /// The share of the satisfied.
    pub satisfaction: Option<SatisfactionScore>,
    /// The service index.
    pub service: Option<ServiceScore>,
}

/// Works out the indices of quality, satisfaction and service.
#[utoipa::path(
    operation_id = "compute_indices", tag = "rules", summary = "Indices of quality and satisfaction",
    description = "Works out the nine indices of Circular 01/2018, the share of the satisfied with its interval, and the service index of Decision 766, each figure with what it was computed from. What was not counted is unknown, never nought. Nothing is kept.",
    request_body = IndicesIn,
    responses((status = 200, description = "Worked out.", body = Indices)),
    security(())
)]
#[post("/indices/compute")]
pub async fn compute_indices(body: Json<IndicesIn>) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    if body.quality.is_none() && body.satisfaction.is_none() && body.service.is_none() {
        return Err(Refusal::invalid(vec![FieldError::new(
            "",
            "required",
            "Cần ít nhất một trong: quality, satisfaction, service.",
            "At least one of quality, satisfaction and service is needed.",
        )])
        .into());
    }
    let mut faults = Vec::new();
    let quality = body.quality.map(|q| quality::worked_out(&q, &mut faults));
    let satisfaction = body
        .satisfaction
        .map(|s| satisfied::worked_out(s, &mut faults));
    let service = body.service.map(|s| service::worked_out(&s, &mut faults));
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    Ok(HttpResponse::Ok().json(Indices {
        quality,
        satisfaction,
        service,
    }))
}
