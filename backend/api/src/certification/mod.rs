//! Certification of copies and of signatures.

pub mod book;

use actix_web::{HttpResponse, post, web};
use motcua_domain::catalogue::Size;
use motcua_domain::certification::CertificationKind;
use motcua_services::certification as service;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manners::{Json, Problem};
use crate::state::AppState;
use crate::words;

/// One paper.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedPaperIn {
    /// Pages of the original.
    #[schema(minimum = 1, maximum = 9999, example = 5)]
    pub original_pages: u32,
    /// Copies of it; 1 for a signature, where each paper is a case of its own.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 999, default = 1, example = 3)]
    pub copies: u32,
}

pub(crate) fn one() -> u32 {
    1
}

/// Papers whose certification is to be charged.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificationFeeIn {
    /// Copies or signatures.
    #[schema(value_type = words::CertificationKind)]
    pub kind: CertificationKind,
    /// The papers.
    #[schema(min_items = 1, max_items = 50)]
    pub items: Vec<CertifiedPaperIn>,
}

/// A fee line of the catalogue, with what it comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificationFeeLine {
    /// Name of the line.
    #[schema(example = "Phí chứng thực bản sao từ bản chính")]
    pub name: String,
    /// How it is charged and who is exempt, word for word.
    pub text: String,
    /// The instrument that sets it.
    #[schema(example = "Thông tư 226/2016/TT-BTC")]
    pub legal_basis: Option<String>,
    /// How sure we are of the figure.
    #[schema(example = "law")]
    pub certainty: String,
    /// For each paper, in the order given, in đồng.
    pub item_amounts_vnd: Vec<i64>,
    /// Together, in đồng.
    #[schema(example = 21000)]
    pub amount_vnd: i64,
}

/// What certification costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificationFee {
    /// The procedure it is done by.
    #[schema(example = "2.000815")]
    pub procedure_code: String,
    /// Its version in force today.
    #[schema(example = 1)]
    pub procedure_version: i32,
    /// Line by line.
    pub lines: Vec<CertificationFeeLine>,
    /// All lines together, in đồng.
    #[schema(example = 21000)]
    pub total_vnd: i64,
}

/// Says what certifying these papers costs today.
#[utoipa::path(
    operation_id = "compute_certification_fee", tag = "rules", summary = "Compute a certification fee",
    description = "Says what certifying these papers costs today at the counter, line by line and paper by paper, by the fee lines of the catalogue: the province's where it has set them. Exemptions are told in words and not applied. Nothing is kept.",
    request_body = CertificationFeeIn,
    responses((status = 200, description = "What it costs.", body = CertificationFee)),
    security(())
)]
#[post("/certifications/fees")]
pub async fn compute_certification_fee(
    state: web::Data<AppState>,
    body: Json<CertificationFeeIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let kind = body.kind;
    let items: Vec<Size> = body
        .items
        .iter()
        .map(|i| Size {
            pages: i.original_pages,
            copies: i.copies,
            ..Size::ONE
        })
        .collect();
    let cost = state
        .read(move |services, db| service::cost(services, db, kind, &items))
        .await?;
    let p = &cost.procedure;
    let lines: Vec<CertificationFeeLine> = cost
        .lines
        .into_iter()
        .filter_map(|(at, amounts)| p.data.fees.get(at).map(|fee| (fee, amounts)))
        .map(|(fee, amounts)| CertificationFeeLine {
            name: fee.name.clone(),
            text: fee.text.clone(),
            legal_basis: fee.legal_basis.clone(),
            certainty: fee.certainty.clone(),
            amount_vnd: amounts.iter().sum(),
            item_amounts_vnd: amounts,
        })
        .collect();
    Ok(HttpResponse::Ok().json(CertificationFee {
        procedure_code: p.row.procedure_code.clone(),
        procedure_version: p.row.version,
        total_vnd: lines.iter().map(|l| l.amount_vnd).sum(),
        lines,
    }))
}
