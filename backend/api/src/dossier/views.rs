//! Who looked at the personal data of a dossier.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_services::dossier as service;
use motcua_store::DossierId;
use motcua_store::audit::Entry;
use serde::Serialize;
use utoipa::ToSchema;

use super::routes::PageQuery;
use super::view::{PersonRef, vn};
use crate::auth::{ReadPersonalDataViews, Reader};
use crate::manners::{Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// One look at the personal data of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalDataViewItem {
    /// Its place in the centre's record.
    pub seq: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who looked.
    pub viewer: Option<PersonRef>,
    /// In which roles; empty where the record, older than this list, does not say.
    #[schema(value_type = Vec<words::Role>)]
    pub roles: Vec<String>,
    /// `view`: shown on the dossier's page; `form_01`: printed on the reception slip; `inspection`: looked at as a
    /// member of an inspection's team.
    pub purpose: String,
}

impl PersonalDataViewItem {
    fn new(entry: &Entry, looks: &service::Looks) -> Self {
        let data: serde_json::Value = serde_json::from_str(&entry.data).unwrap_or_default();
        Self {
            seq: entry.seq,
            at: vn(entry.at),
            viewer: entry
                .actor_id
                .as_ref()
                .map(|id| PersonRef::of(id, &looks.names)),
            roles: serde_json::from_value(data["roles"].clone()).unwrap_or_default(),
            purpose: data["purpose"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

/// Who looked at the personal data of a dossier, newest first. It holds no data of the person.
#[utoipa::path(
    operation_id = "list_personal_data_views", tag = "dossiers", summary = "Who looked at personal data",
    description = "Who looked at the personal data of a dossier, when and in which roles, newest first, read from the centre's tamper-evident record. It holds no data of the person.",
    params(("id" = String, Path, description = "Id.", format = Uuid), PageQuery),
    responses((status = 200, description = "A page of looks.", body = Page<PersonalDataViewItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/personal-data-views")]
pub async fn list_personal_data_views(
    reader: Reader<ReadPersonalDataViews>,
    req: HttpRequest,
    id: Path<DossierId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<i64> =
        Paging::read(query.limit, query.cursor.as_deref(), "views", &id.as_str())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.map(|seq| (seq, paging.backwards));
            let mut looks =
                service::personal_data_views(services, db, actor, &id, edge, paging.fetch())?;
            let entries = std::mem::take(&mut looks.entries);
            Ok(paging.page(
                entries,
                |e| e.seq,
                |e| PersonalDataViewItem::new(&e, &looks),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
