//! What cashiers say was collected, held against what came to the bank.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_services::fee::placement::{self as service, Placements};
use motcua_services::reference::Names;
use motcua_store::RecordId;
use motcua_store::payment::{Placement, Unbanked};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::request::CancellationIn;
use super::treasury::MoneyPageQuery;
use crate::auth::{ReadPayments, Reader, ReconcilePayments, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// What a cashier collected by her own word and no bank has told of yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnbankedCollectionView {
    /// Id of the collection.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// How it was paid.
    #[schema(value_type = words::PaymentMethod)]
    pub method: String,
    /// Đồng.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// The reference that the cashier wrote down.
    pub reference: Option<String>,
    /// Who collected it.
    pub collected_by: Option<PersonRef>,
    /// When.
    pub collected_at: DateTime<FixedOffset>,
}

impl UnbankedCollectionView {
    fn of((row, code): Unbanked, names: &Names) -> Self {
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            dossier_id: row.dossier_id.to_string(),
            dossier_code: code,
            method: row.method,
            amount_vnd: row.amount_vnd,
            reference: row.reference,
            collected_by: row.collected_by.as_ref().map(|id| PersonRef::of(id, names)),
            collected_at: vn(row.collected_at),
        }
    }
}

/// Collections that wait for the bank.
#[utoipa::path(
    operation_id = "list_unbanked_collections", tag = "payments", summary = "Collected, and not seen at the bank yet",
    description = "What cashiers collected by transfer, by card or in cash and no bank has told of yet, the last first.",
    params(MoneyPageQuery),
    responses((status = 200, description = "A page of collections.", body = Page<UnbankedCollectionView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/unbanked-collections")]
pub async fn list_unbanked_collections(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<MoneyPageQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let paging: Paging<String> =
        Paging::read(q.limit, q.cursor.as_deref(), "-id", &q.authority_id)?;
    let page = reader
        .read(move |services, db, actor| {
            let of = q.authority_id.as_ref();
            let edge = paging.by_id();
            let found = service::unbanked(services, db, actor, of, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |(u, _)| u.id.to_string(),
                |u| UnbankedCollectionView::of(u, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What a movement may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacementProposalView {
    /// Whether the cashier's reference is the bank's own name of the money, or stands in its text.
    pub named: bool,
    /// The collection.
    pub collection: UnbankedCollectionView,
}

/// What a movement may be.
#[utoipa::path(
    operation_id = "list_placement_proposals", tag = "payments", summary = "What money that came may be",
    description = "Collections of the same authority and sum that wait for the bank, those that have the money's name first. At most 50.",
    params(("id" = String, Path, description = "Id of the money that came.", format = Uuid)),
    responses((status = 200, description = "What it may be.", body = Vec<PlacementProposalView>)),
    security(("bearer" = []))
)]
#[get("/bank-transactions/{id}/placement-proposals")]
pub async fn list_placement_proposals(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let items: Vec<PlacementProposalView> = reader
        .read(move |services, db, actor| {
            let found = service::proposals(services, db, actor, &id)?;
            let (named, names) = (found.named, found.found.names);
            Ok(found
                .found
                .rows
                .into_iter()
                .map(|u| PlacementProposalView {
                    named: named.contains(&u.0.id),
                    collection: UnbankedCollectionView::of(u, &names),
                })
                .collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(items))
}

/// Which collections a movement is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacementIn {
    /// The collections, together of the money's sum.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 500)]
    pub collection_ids: Vec<RecordId>,
}

/// Money that came, held against collections.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankPlacementView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The money.
    #[schema(format = Uuid)]
    pub transaction_id: String,
    /// The bank's own name of it.
    pub bank_reference: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// The collections.
    #[schema(max_items = 500)]
    pub collection_ids: Vec<String>,
    /// The codes of the dossiers of the first five of them.
    #[schema(max_items = 5)]
    pub dossier_codes: Vec<String>,
    /// Who placed it; absent: the program, where it was certain.
    pub placed_by: Option<PersonRef>,
    /// When.
    pub placed_at: DateTime<FixedOffset>,
    /// Who undid it.
    pub undone_by: Option<PersonRef>,
    /// When.
    pub undone_at: Option<DateTime<FixedOffset>>,
    /// Why.
    pub undone_because: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl BankPlacementView {
    fn of(
        (row, bank_reference): Placement,
        (collections, dossier_codes): (Vec<RecordId>, Vec<String>),
        names: &Names,
    ) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            transaction_id: row.transaction_id.to_string(),
            bank_reference,
            amount_vnd: row.amount_vnd,
            collection_ids: collections.iter().map(ToString::to_string).collect(),
            dossier_codes,
            placed_by: row.placed_by.as_ref().map(person),
            placed_at: vn(row.placed_at),
            undone_by: row.undone_by.as_ref().map(person),
            undone_at: vn_opt(row.undone_at),
            undone_because: row.undone_because,
            version: row.version,
        }
    }
}

fn views(found: Placements) -> Vec<BankPlacementView> {
    let (names, mut collections, mut codes) = (found.names, found.collections, found.codes);
    let rows = found.rows.into_iter();
    rows.map(|p| {
        let of = (
            collections.remove(&p.0.id).unwrap_or_default(),
            codes.remove(&p.0.id).unwrap_or_default(),
        );
        BankPlacementView::of(p, of, &names)
    })
    .collect()
}

fn reply(found: Placements) -> motcua_services::Result<Reply> {
    let view = views(found).pop();
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/bank-placements".to_owned(), version, &view)
}

/// Places money.
#[utoipa::path(
    operation_id = "place_bank_transaction", tag = "payments", summary = "Say which collections money is",
    description = "Says that money that came is what cashiers collected: one transfer, or what a terminal settled or a drawer was paid in for. Together they must be its sum.",
    params(("id" = String, Path, description = "Id of the money that came.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = PlacementIn,
    responses((status = 201, description = "It is placed.", body = BankPlacementView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/bank-transactions/{id}/placements")]
pub async fn place_bank_transaction(
    writer: Writer<ReconcilePayments>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<PlacementIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let collections = body.collection_ids.clone();
    writer
        .once(&body, move |services, db, actor| {
            let which = (&id, version.0);
            reply(service::place(services, db, actor, which, &collections)?)
        })
        .await
}

/// Undoes a placement.
#[utoipa::path(
    operation_id = "undo_bank_placement", tag = "payments", summary = "Undo a placement",
    description = "Says that money was held against the wrong collections: it is nobody's again, and they wait for the bank again. By somebody else than who placed it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It is undone.", body = BankPlacementView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/bank-placements/{id}/reversals")]
pub async fn undo_bank_placement(
    writer: Writer<ReconcilePayments>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let which = (&id, version.0);
            reply(service::undo(services, db, actor, which, &reason)?)
        })
        .await
}

/// Placements.
#[utoipa::path(
    operation_id = "list_bank_placements", tag = "payments", summary = "Money held against collections",
    description = "Money that came, held against what cashiers had collected, the last first, with what was undone.",
    params(PageQuery),
    responses((status = 200, description = "A page of placements.", body = Page<BankPlacementView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-placements")]
pub async fn list_bank_placements(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let found = service::list(services, db, actor, paging.by_id(), paging.fetch())?;
            Ok(paging.page(views(found), |p| p.id.clone(), |p| p))
        })
        .await?;
    Ok(linked(&req, &page))
}
