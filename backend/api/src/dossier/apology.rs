//! Letters of apology that wait to be signed.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_services::dossier::apology as service;
use motcua_store::RecordId;
use motcua_store::dossier::ApologyLine;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{ApologyView, PersonRef, vn_opt};
use crate::auth::{ReadDossiers, Reader};
use crate::manners::{Page, Paging, Problem, Query, linked};

/// A page of what waits.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ApologyQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// A letter of apology with the dossier it is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApologyItem {
    /// The dossier.
    pub dossier_id: String,
    /// Its code.
    pub code: Option<String>,
    /// Its procedure.
    pub procedure_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// The promise that holds.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Row version of the dossier, to sign at.
    pub version: i64,
    /// The draft.
    pub apology: ApologyView,
}

/// Letters of apology that wait to be signed.
#[utoipa::path(
    operation_id = "list_apologies", tag = "deadlines", summary = "Apologies to sign",
    description = "Letters of apology that handlers have drafted and no leader has signed, of dossiers the caller may see: those first that must be signed soonest. `extend_dossier` signs one, `return_apology` sends it back.",
    params(ApologyQuery),
    responses((status = 200, description = "A page of drafts.", body = Page<ApologyItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/apologies")]
pub async fn list_apologies(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    query: Query<ApologyQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<(NaiveDate, RecordId)> =
        Paging::read(query.limit, query.cursor.as_deref(), "apologies", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone();
            let edge = edge.as_ref().map(|(day, id)| (*day, id, paging.backwards));
            let (found, names) = service::waiting(services, db, actor, edge, paging.fetch())?;
            let key = |l: &ApologyLine| (l.apology.latest_on, l.apology.id.clone());
            Ok(paging.page(found, key, |line| ApologyItem {
                dossier_id: line.apology.dossier_id.to_string(),
                code: line.code,
                procedure_name: line.procedure_name,
                owner_name: line.owner_name,
                due_at: vn_opt(line.due_at),
                version: line.version,
                apology: {
                    let by = PersonRef::of(&line.apology.drafted_by, &names);
                    ApologyView::new(line.apology, by)
                },
            }))
        })
        .await?;
    Ok(linked(&req, &page))
}
