//! The tamper-evident record, for whoever looks into what was done.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_services::audit as service;
use motcua_store::audit::Entry;
use motcua_store::{CentreId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ReadAudit, Reader};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{Page, Paging, Problem, Query, linked};

/// An entry of the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its place in the centre's chain, from 1 without gap.
    pub seq: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who; none: the system, or somebody who was not signed in.
    pub actor: Option<PersonRef>,
    /// What was done, such as `dossier.accepted` or `delegation.made`.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// The person's name, where the thing is an account of this centre's staff.
    pub subject_name: Option<String>,
    /// Further facts; no personal data.
    #[schema(value_type = Object)]
    pub data: Value,
    /// SHA-256 over the entry and the hash of the one before, hexadecimal: printed or sent elsewhere, it
    /// anchors everything up to here.
    pub hash: String,
}

/// What of the record.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Of one thing only: the id of a dossier, an account, a delegation.
    #[param(max_length = 100)]
    pub subject_id: Option<String>,
}

/// The record of a centre, newest first.
#[utoipa::path(
    operation_id = "list_audit_entries", tag = "audit", summary = "The record",
    description = "What was done at a centre, newest first, from its tamper-evident record: each entry's hash covers the one before, and `motcua verify` finds any that was changed, taken out or put in. It holds no personal data.",
    params(AuditQuery),
    responses((status = 200, description = "A page of entries.", body = Page<AuditEntry>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/audit-entries")]
pub async fn list_audit_entries(
    reader: Reader<ReadAudit>,
    req: HttpRequest,
    query: Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    if query
        .subject_id
        .as_ref()
        .is_some_and(|id| id.chars().count() > 100)
    {
        let fault = FieldError::new(
            "/subject_id",
            "too_long",
            "Tối đa 100 ký tự.",
            "At most 100 characters.",
        );
        return Err(Refusal::invalid(vec![fault]).into());
    }
    let of = (&query.centre_id, &query.subject_id);
    let paging: Paging<i64> = Paging::read(query.limit, query.cursor.as_deref(), "audit", &of)?;
    let page = reader
        .read(move |services, db, actor| {
            let found = service::entries(
                services,
                db,
                actor,
                query.centre_id.as_ref(),
                query.subject_id.as_deref(),
                paging.edge.map(|seq| (seq, paging.backwards)),
                paging.fetch(),
            )?;
            let names = found.names;
            Ok(paging.page(
                found.entries,
                |e: &Entry| e.seq,
                |e| AuditEntry {
                    seq: e.seq,
                    at: vn(e.at),
                    subject_name: (e.subject_kind == "user")
                        .then(|| UserId::try_from(e.subject_id.clone()).ok())
                        .flatten()
                        .and_then(|id| names.get(&id).map(ToString::to_string)),
                    actor: e.actor_id.as_ref().map(|id| PersonRef::of(id, &names)),
                    data: serde_json::from_str(&e.data).unwrap_or_default(),
                    action: e.action,
                    subject_kind: e.subject_kind,
                    subject_id: e.subject_id,
                    hash: e.hash,
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
