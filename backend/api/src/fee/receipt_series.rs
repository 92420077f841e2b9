//! Series of receipts, and collections that were none.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, Utc};
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::receipt::{ReceiptMedium, VoidState};
use motcua_services::fee::receipt::series::{self as series, NewSeries, SeriesList};
use motcua_services::fee::receipt::void::{self as void, Voids, standing};
use motcua_services::reference::Names;
use motcua_store::payment::{SeriesRow, VoidRow};
use motcua_store::{AuthorityId, DossierId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::request::CancellationIn;
use crate::auth::{ApproveVoids, CollectFees, ManageReceipts, ReadPayments, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// A series to be opened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptSeriesIn {
    /// Who collects.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Phí or lệ phí: never in one series.
    #[schema(value_type = words::MoneyKind)]
    pub kind: MoneyKind,
    /// Paper until the end of 2026 only.
    #[schema(value_type = words::ReceiptMedium)]
    pub medium: ReceiptMedium,
    /// Symbol of the form.
    #[schema(min_length = 1, max_length = 20, example = "01BLP2-001")]
    pub form_symbol: String,
    /// Symbol of the series.
    #[schema(min_length = 1, max_length = 20, example = "AA-26E")]
    pub serial_symbol: String,
    /// The collecting body as its receipts name it.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Ủy ban nhân dân phường Trần Hưng Đạo"
    )]
    pub body_name: String,
    /// Its tax code.
    #[schema(min_length = 10, max_length = 20, example = "0100109106")]
    pub tax_code: String,
    /// Its address.
    #[schema(min_length = 1, max_length = 300)]
    pub address: String,
    /// The document that announces the series.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Thông báo phát hành 01/TB-UBND ngày 02/01/2026"
    )]
    pub source: String,
}

impl From<ReceiptSeriesIn> for NewSeries {
    fn from(input: ReceiptSeriesIn) -> Self {
        Self {
            authority: input.authority_id,
            kind: input.kind,
            medium: input.medium,
            form_symbol: input.form_symbol,
            serial_symbol: input.serial_symbol,
            body_name: input.body_name,
            tax_code: input.tax_code,
            address: input.address,
            source: input.source,
        }
    }
}

/// A series of receipts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptSeriesView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Who collects.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Phí or lệ phí.
    #[schema(value_type = words::MoneyKind)]
    pub kind: String,
    /// Paper or electronic.
    #[schema(value_type = words::ReceiptMedium)]
    pub medium: String,
    /// Symbol of the form.
    pub form_symbol: String,
    /// Symbol of the series.
    pub serial_symbol: String,
    /// The collecting body as its receipts name it.
    pub body_name: String,
    /// Its tax code.
    pub tax_code: String,
    /// Its address.
    pub address: String,
    /// The document that announces it.
    pub source: String,
    /// Who opened it.
    pub opened_by: PersonRef,
    /// When.
    pub opened_at: DateTime<FixedOffset>,
    /// Who ended it; absent: receipts are given in it.
    pub ended_by: Option<PersonRef>,
    /// When.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl ReceiptSeriesView {
    fn of(row: SeriesRow, names: &Names) -> Self {
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            kind: row.money_kind,
            medium: row.medium,
            form_symbol: row.form_symbol,
            serial_symbol: row.serial_symbol,
            body_name: row.body_name,
            tax_code: row.tax_code,
            address: row.address,
            source: row.source,
            opened_by: PersonRef::of(&row.opened_by, names),
            opened_at: vn(row.opened_at),
            ended_by: row.ended_by.as_ref().map(|id| PersonRef::of(id, names)),
            ended_at: vn_opt(row.ended_at),
            version: row.version,
        }
    }
}

fn reply(found: SeriesList) -> motcua_services::Result<Reply> {
    let names = found.names;
    let mut rows = found.rows;
    let view = rows.pop().map(|row| ReceiptSeriesView::of(row, &names));
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/receipt-series".to_owned(), version, &view)
}

/// The series.
#[utoipa::path(
    operation_id = "list_receipt_series", tag = "payments", summary = "Series of receipts",
    description = "The series that receipts are or were given in, the last opened first.",
    params(PageQuery),
    responses((status = 200, description = "A page of series.", body = Page<ReceiptSeriesView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/receipt-series")]
pub async fn list_receipt_series(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = series::list(services, db, actor, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |s| s.id.to_string(),
                |s| ReceiptSeriesView::of(s, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Opens a series.
#[utoipa::path(
    operation_id = "open_receipt_series", tag = "payments", summary = "Open a series of receipts",
    description = "Opens the series in which an authority gives its receipts of one sort of money from now on; the one before ends. Numbers begin at 1, and again each 1 January, without a gap.",
    params(IdempotencyKey),
    request_body = ReceiptSeriesIn,
    responses((status = 201, description = "It is open.", body = ReceiptSeriesView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/receipt-series")]
pub async fn open_receipt_series(
    writer: Writer<ManageReceipts>,
    body: Json<ReceiptSeriesIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewSeries::from(body.clone());
    writer
        .once(&body, move |services, db, actor| {
            reply(series::open(services, db, actor, &new)?)
        })
        .await
}

/// Ends a series.
#[utoipa::path(
    operation_id = "end_receipt_series", tag = "payments", summary = "End a series of receipts",
    description = "Ends a series: what is collected from now on is owed its receipt until there is another series.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "It has ended.", body = ReceiptSeriesView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/receipt-series/{id}/endings")]
pub async fn end_receipt_series(
    writer: Writer<ManageReceipts>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            reply(series::end(services, db, actor, &id, version.0)?)
        })
        .await
}

/// That a collection was none.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectionVoidView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money it was to be.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Đồng.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// Why.
    pub reason: String,
    /// Where it stands.
    #[schema(value_type = words::VoidState)]
    pub state: VoidState,
    /// Who proposed it.
    pub proposed_by: PersonRef,
    /// When.
    pub proposed_at: DateTime<FixedOffset>,
    /// Who approved or rejected it.
    pub decided_by: Option<PersonRef>,
    /// When.
    pub decided_at: Option<DateTime<FixedOffset>>,
    /// Why it was rejected.
    pub decision_reason: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl CollectionVoidView {
    fn of(row: VoidRow, names: &Names, now: DateTime<Utc>) -> motcua_services::Result<Self> {
        Ok(Self {
            state: standing(&row, now)?,
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            dossier_id: row.dossier_id.to_string(),
            dossier_code: row.dossier_code,
            amount_vnd: row.amount_vnd,
            reason: row.reason,
            proposed_by: PersonRef::of(&row.proposed_by, names),
            proposed_at: vn(row.proposed_at),
            decided_by: row.decided_by.as_ref().map(|id| PersonRef::of(id, names)),
            decided_at: vn_opt(row.decided_at),
            decision_reason: row.decision_reason,
            version: row.version,
        })
    }
}

fn views(found: Voids, now: DateTime<Utc>) -> motcua_services::Result<Vec<CollectionVoidView>> {
    let names = found.names;
    found
        .rows
        .into_iter()
        .map(|row| CollectionVoidView::of(row, &names, now))
        .collect()
}

fn answer(found: Voids, now: DateTime<Utc>) -> motcua_services::Result<Reply> {
    let view = views(found, now)?.pop();
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/collection-voids".to_owned(), version, &view)
}

/// What was said of collections.
#[utoipa::path(
    operation_id = "list_collection_voids", tag = "payments", summary = "Collections that were none",
    description = "What cashiers said that they recorded by mistake, and what became of it, the last first.",
    params(PageQuery),
    responses((status = 200, description = "A page of them.", body = Page<CollectionVoidView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/collection-voids")]
pub async fn list_collection_voids(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = void::list(services, db, actor, edge, paging.fetch())?;
            let found = views(found, services.now())?;
            Ok(paging.page(found, |v| v.id.clone(), |v| v))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Says that a collection was none.
#[utoipa::path(
    operation_id = "propose_collection_void", tag = "payments", summary = "Say that a collection was none",
    description = "Says that the last collection of a dossier, which a cashier recorded by transfer or card, was none. Somebody else agrees on the same day; what the bank says came is refunded instead.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It is proposed.", body = CollectionVoidView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/collection-voids")]
pub async fn propose_collection_void(
    writer: Writer<CollectFees>,
    id: Path<DossierId>,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let found = void::propose(services, db, actor, &id, &reason)?;
            answer(found, services.now())
        })
        .await
}

/// Agrees.
#[utoipa::path(
    operation_id = "approve_collection_void", tag = "payments", summary = "Take a collection back",
    description = "Agrees that a collection was none, on its own day: an entry of its own in the ledger takes it back, its receipts are void, and what was owed is owed again.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "It is taken back.", body = CollectionVoidView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/collection-voids/{id}/approvals")]
pub async fn approve_collection_void(
    writer: Writer<ApproveVoids>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            let found = void::approve(services, db, actor, (&id, version.0))?;
            answer(found, services.now())
        })
        .await
}

/// Does not.
#[utoipa::path(
    operation_id = "reject_collection_void", tag = "payments", summary = "Leave a collection as it is",
    description = "Does not agree that a collection was none, with the reason.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It stays.", body = CollectionVoidView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/collection-voids/{id}/rejections")]
pub async fn reject_collection_void(
    writer: Writer<ApproveVoids>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let found = void::reject(services, db, actor, (&id, version.0), &reason)?;
            answer(found, services.now())
        })
        .await
}
