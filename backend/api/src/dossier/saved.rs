//! Filters that people keep for themselves.

use actix_web::{HttpResponse, delete, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::deadline::Concern;
use motcua_domain::dossier::{Awaiting, Channel, Desk, DueWithin, State};
use motcua_services::dossier as service;
use motcua_store::dossier::SavedFilterRow;
use motcua_store::{AuthorityId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::vn;
use crate::auth::{ReadDossiers, Reader, Reply, Writer};
use crate::manners::{IdempotencyKey, Json, Path, Problem};
use crate::words;

/// The conditions of a list, as `list_dossiers` takes them; what was typed to search for somebody is
/// not among them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "as in the list's own query")]
pub struct DossierConditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::State>)]
    pub state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::Desk>)]
    pub desk: Option<Desk>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::Awaiting>)]
    pub awaiting: Option<Awaiting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "1.004873")]
    pub procedure_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10, example = "A")]
    pub field_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::Channel>)]
    pub channel: Option<Channel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::DueWithin>)]
    pub due: Option<DueWithin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::Concern>)]
    pub concern: Option<Concern>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_to: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mine: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub handler_id: Option<UserId>,
}

/// A filter to be kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedFilterIn {
    /// One's own name for it.
    #[schema(min_length = 1, max_length = 60, example = "Hộ tịch sắp đến hạn")]
    pub name: String,
    /// The conditions.
    pub filter: DossierConditions,
}

/// A filter somebody keeps.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedFilter {
    /// Id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The conditions.
    pub filter: DossierConditions,
    /// When it was kept.
    pub created_at: DateTime<FixedOffset>,
}

impl From<SavedFilterRow> for SavedFilter {
    fn from(row: SavedFilterRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            // A condition that a later version no longer knows is left out with the others' help.
            filter: serde_json::from_str(&row.filter).unwrap_or_default(),
            created_at: vn(row.created_at),
        }
    }
}

/// The filters of one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedFilters {
    /// By name; at most 30.
    #[schema(max_items = 30)]
    pub items: Vec<SavedFilter>,
}

/// One's own filters.
#[utoipa::path(
    operation_id = "list_saved_filters", tag = "dossiers", summary = "My saved filters",
    description = "The caller's own filters, by name; a person keeps at most thirty.",
    responses((status = 200, description = "The filters.", body = SavedFilters)),
    security(("bearer" = []))
)]
#[get("/saved-filters")]
pub async fn list_saved_filters(reader: Reader<ReadDossiers>) -> Result<HttpResponse, Problem> {
    let items = reader
        .read(|_, db, actor| service::saved(db, actor))
        .await?
        .into_iter()
        .map(SavedFilter::from)
        .collect();
    Ok(HttpResponse::Ok().json(SavedFilters { items }))
}

/// Keeps a filter.
#[utoipa::path(
    operation_id = "save_filter", tag = "dossiers", summary = "Save a filter",
    description = "Keeps the conditions of a list for the caller, under a name of their own.",
    params(IdempotencyKey), request_body = SavedFilterIn,
    responses((status = 201, description = "Kept.", body = SavedFilter,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/saved-filters")]
pub async fn save_filter(
    writer: Writer<ReadDossiers>,
    body: Json<SavedFilterIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    too_long(&body.filter)?;
    let conditions = serde_json::to_string(&body.filter).map_err(Problem::internal)?;
    let name = body.name.clone();
    writer
        .once(&body, move |services, db, actor| {
            let row = service::save(services, db, actor, &name, conditions.clone())?;
            let address = format!("/api/v1/saved-filters/{}", row.id);
            Reply::created(address, None, &SavedFilter::from(row))
        })
        .await
}

fn too_long(c: &DossierConditions) -> Result<(), Problem> {
    use motcua_domain::refusal::{FieldError, Refusal};
    let mut errors = Vec::new();
    for (name, value, most) in [
        ("procedure_code", &c.procedure_code, 40),
        ("field_code", &c.field_code, 10),
    ] {
        if value.as_ref().is_some_and(|v| v.chars().count() > most) {
            errors.push(FieldError::new(
                format!("/filter/{name}"),
                "too_long",
                format!("Tối đa {most} ký tự."),
                format!("At most {most} characters."),
            ));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

/// Drops one's own filter.
#[utoipa::path(
    operation_id = "drop_saved_filter", tag = "dossiers", summary = "Drop a saved filter",
    description = "Drops one of the caller's own filters.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 204, description = "Gone.")),
    security(("bearer" = []))
)]
#[delete("/saved-filters/{id}")]
pub async fn drop_saved_filter(
    writer: Writer<ReadDossiers>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |_, db, actor| service::drop_saved(db, actor, &id))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
