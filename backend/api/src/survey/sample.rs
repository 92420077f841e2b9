//! How many people to ask.

use actix_web::{HttpResponse, post};
use motcua_domain::refusal::Refusal;
use motcua_domain::survey::sample;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::name_fault;
use crate::manners::{Json, Problem};

/// A whole that a sample is to be drawn from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleIn {
    /// Transactions in the period.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 816)]
    pub population: u64,
    /// Margin of error in hundredths of a percent; 500, the method's 5 %, when absent.
    #[schema(minimum = 1, maximum = 5000, example = 500)]
    pub margin_basis_points: Option<u32>,
    /// How many to ask, in place of the formula's figure.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    pub sample_size: Option<u64>,
    /// Groups (fields, wards) that the sample is spread over in proportion; together the whole.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub strata: Vec<StratumIn>,
}

/// A group of the whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StratumIn {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, example = "Hộ tịch")]
    pub name: String,
    /// Transactions in it.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 500)]
    pub population: u64,
}

/// How many to ask.
#[derive(Debug, Serialize, ToSchema)]
pub struct SampleSize {
    /// Transactions in the period.
    pub population: u64,
    /// How many are to be drawn.
    #[schema(example = 269)]
    pub sample_size: u64,
    /// The formula.
    #[schema(example = "n = N / (1 + N·e²)")]
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Group by group.
    pub strata: Vec<StratumSize>,
}

/// How many to ask in a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct StratumSize {
    /// What it is called.
    pub name: String,
    /// Transactions in it.
    pub population: u64,
    /// How many are to be drawn from it.
    pub sample_size: u64,
}

/// Says how many people to ask.
#[utoipa::path(
    operation_id = "compute_sample_size", tag = "rules", summary = "How many people to ask",
    description = "Slovin's sample size, rounded up, spread over groups in proportion: whoever has anyone in it is heard. Nothing is kept.",
    request_body = SampleIn,
    responses((status = 200, description = "How many.", body = SampleSize)),
    security(())
)]
#[post("/surveys/sample-size")]
pub async fn compute_sample_size(body: Json<SampleIn>) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let mut faults = Vec::new();
    for (i, s) in body.strata.iter().enumerate() {
        name_fault(&s.name, 200, format!("/strata/{i}/name"), &mut faults);
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let groups: Vec<u64> = body.strata.iter().map(|s| s.population).collect();
    let drawn = sample(
        body.population,
        body.margin_basis_points.unwrap_or(500),
        body.sample_size,
        &groups,
    )?;
    Ok(HttpResponse::Ok().json(SampleSize {
        population: drawn.population,
        sample_size: drawn.size,
        formula: "n = N / (1 + N·e²)",
        source: "Quyết định 1383/QĐ-BNV năm 2012",
        strata: body
            .strata
            .into_iter()
            .zip(drawn.strata)
            .map(|(s, sample_size)| StratumSize {
                name: s.name,
                population: s.population,
                sample_size,
            })
            .collect(),
    }))
}
