//! Whether a centre takes cash.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, put};
use chrono::{DateTime, FixedOffset};
use motcua_services::fee::cash as service;
use motcua_services::reference::Names;
use motcua_store::CentreId;
use motcua_store::payment::CashRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{AllowCash, ReadPayments, Reader, Writer};
use crate::deadline::watch::OfCentre;
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IfMatch, Json, Problem, Query, versioned};

/// What a centre decided about cash.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CashRuleIn {
    /// Whether it takes cash.
    pub allowed: bool,
    /// The decision.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Quyết định 12/QĐ-UBND ngày 01/11/2026"
    )]
    pub source: String,
}

/// Whether a centre takes cash, and by which decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct CashRuleView {
    /// Which centre.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// Whether it takes cash.
    pub allowed: bool,
    /// The decision; absent while there is none.
    pub source: Option<String>,
    /// Who entered it.
    pub set_by: Option<PersonRef>,
    /// When.
    pub set_at: Option<DateTime<FixedOffset>>,
    /// Row version, for `If-Match`; 0: nothing was decided.
    #[schema(minimum = 0)]
    pub version: i64,
}

impl CashRuleView {
    fn of(centre: &CentreId, row: Option<CashRow>, names: &Names) -> Self {
        match row {
            None => Self {
                centre_id: centre.to_string(),
                allowed: false,
                source: None,
                set_by: None,
                set_at: None,
                version: 0,
            },
            Some(row) => Self {
                centre_id: centre.to_string(),
                allowed: row.allowed,
                source: Some(row.source),
                set_by: Some(PersonRef::of(&row.set_by, names)),
                set_at: Some(vn(row.set_at)),
                version: row.version,
            },
        }
    }
}

/// Whether a centre takes cash.
#[utoipa::path(
    operation_id = "get_cash_rule", tag = "payments", summary = "Whether cash is taken",
    description = "Whether a centre takes cash, and by which decision. Without a decision it takes none; version 0 says that there is none.",
    params(OfCentre),
    responses((status = 200, description = "The rule.", body = CashRuleView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/cash-rule")]
pub async fn get_cash_rule(
    reader: Reader<ReadPayments>,
    query: Query<OfCentre>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let view = reader
        .read(move |services, db, actor| {
            let (centre, row, names) =
                service::rule(services, db, actor, query.centre_id.as_ref())?;
            Ok(CashRuleView::of(&centre, row, &names))
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Says whether a centre takes cash.
#[utoipa::path(
    operation_id = "set_cash_rule", tag = "payments", summary = "Say whether cash is taken",
    description = "Enters what a centre decided about cash, with the decision. What was collected in cash before stays as it is.",
    params(OfCentre, IfMatch), request_body = CashRuleIn,
    responses((status = 200, description = "The rule as it now stands.", body = CashRuleView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/cash-rule")]
pub async fn set_cash_rule(
    writer: Writer<AllowCash>,
    query: Query<OfCentre>,
    version: IfMatch,
    body: Json<CashRuleIn>,
) -> Result<HttpResponse, Problem> {
    let centre = query.into_inner().centre_id;
    let body = body.into_inner();
    let view = writer
        .write(move |services, db, actor| {
            let which = (centre.as_ref(), version.0);
            let (row, names) =
                service::set(services, db, actor, which, body.allowed, &body.source)?;
            let centre = row.centre_id.clone();
            Ok(CashRuleView::of(&centre, Some(row), &names))
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}
