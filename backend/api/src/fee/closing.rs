//! A cashier's till and its closing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_documents::book::{page, workbook};
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::closing::{Counted, NOTES_VND, Notes, Sum};
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_services::fee::closing::{
    self as service, Closing, NewClosing, Standing, TillLine, kept_sums,
};
use motcua_services::reference::Names;
use motcua_store::payment::ClosingRow;
use motcua_store::{AuthorityId, CentreId, RecordId, centre};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::closing_book::book;
use super::paper::{Setting, XLSX, file};
use crate::auth::{CollectFees, ReadPayments, Reader, Reply, Writer};
use crate::deadline::watch::OfCentre;
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// Lines of a till that are told at once: its documents have them all.
const MOST_LINES: usize = 500;

/// What a till holds of one authority, way of paying and sort of money.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillSumView {
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// How it was paid.
    #[schema(value_type = words::PaymentMethod)]
    pub method: PaymentMethod,
    /// Phí or lệ phí.
    #[schema(value_type = words::MoneyKind)]
    pub kind: MoneyKind,
    /// Collections.
    #[schema(example = 12)]
    pub payments: i64,
    /// Đồng collected.
    #[schema(example = 96000)]
    pub collected_vnd: i64,
    /// Collections that were taken back.
    pub voids: i64,
    /// Đồng of those.
    pub voided_vnd: i64,
    /// Đồng left: negative when more was taken back than collected since the closing before.
    pub net_vnd: i64,
}

impl From<Sum> for TillSumView {
    fn from(sum: Sum) -> Self {
        Self {
            net_vnd: sum.net_vnd(),
            authority_id: sum.authority_id,
            method: sum.method,
            kind: sum.kind,
            payments: sum.payments,
            collected_vnd: sum.collected_vnd,
            voids: sum.voids,
            voided_vnd: sum.voided_vnd,
        }
    }
}

/// A line of a till: a collection, or one that was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillLineView {
    /// Place in the centre's ledger.
    pub seq: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// How it was paid.
    #[schema(value_type = words::PaymentMethod)]
    pub method: PaymentMethod,
    /// The terminal's or the bank's reference.
    pub reference: Option<String>,
    /// Whether it takes a collection back.
    pub taken_back: bool,
    /// Phí, in đồng; negative where it was taken back.
    pub phi_vnd: i64,
    /// Lệ phí, in đồng; negative where it was taken back.
    pub le_phi_vnd: i64,
    /// The receipts of the collection.
    #[schema(max_items = 20)]
    pub receipts: Vec<String>,
}

impl From<TillLine> for TillLineView {
    fn from(line: TillLine) -> Self {
        Self {
            seq: line.seq,
            at: vn(line.at),
            dossier_id: line.dossier_id,
            dossier_code: line.dossier_code,
            authority_id: line.authority_id,
            method: line.method,
            reference: line.reference,
            taken_back: line.taken_back,
            phi_vnd: line.phi_vnd,
            le_phi_vnd: line.le_phi_vnd,
            receipts: line.receipts,
        }
    }
}

/// What a till holds that was not closed yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenTillView {
    /// The day in Vietnam of all of it: the first that is open.
    pub day: NaiveDate,
    /// Up to this place in the centre's ledger: what a closing says that it saw.
    #[schema(example = 412)]
    pub until_seq: i64,
    /// When the first of it was written.
    pub first_at: DateTime<FixedOffset>,
    /// When the last of it was.
    pub last_at: DateTime<FixedOffset>,
    /// By authority, way of paying and sort of money.
    #[schema(max_items = 600)]
    pub sums: Vec<TillSumView>,
    /// Đồng collected less what was taken back.
    pub net_vnd: i64,
    /// How many lines it has.
    pub lines_count: i64,
    /// The first 500 of them.
    #[schema(max_items = 500)]
    pub lines: Vec<TillLineView>,
}

/// A till as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillView {
    /// At which centre.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// Whether the centre takes cash.
    pub cash_allowed: bool,
    /// What is open; absent where nothing is.
    pub open: Option<OpenTillView>,
    /// The number of the closing before.
    pub last_number: Option<i64>,
    /// When it was made.
    pub last_closed_at: Option<DateTime<FixedOffset>>,
    /// Values of the notes that are counted, in đồng.
    #[schema(max_items = 20)]
    pub notes_vnd: Vec<i64>,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl TillView {
    fn of(standing: Standing) -> Self {
        let lines = standing.lines.into_iter().map(TillLineView::from).collect();
        let open = standing.open.map(|o| OpenTillView {
            day: o.day,
            until_seq: o.until_seq,
            first_at: vn(o.first_at),
            last_at: vn(o.last_at),
            net_vnd: o.net_vnd(),
            lines_count: count(o.count()),
            sums: o.sums.into_iter().map(TillSumView::from).collect(),
            lines,
        });
        Self {
            centre_id: standing.centre_id.to_string(),
            cash_allowed: standing.cash_allowed,
            open,
            last_number: standing.last.as_ref().map(|l| l.number),
            last_closed_at: standing.last.as_ref().map(|l| vn(l.closed_at)),
            notes_vnd: NOTES_VND.to_vec(),
        }
    }
}

/// One's own till.
#[utoipa::path(
    operation_id = "get_till", tag = "payments", summary = "One's own till",
    description = "What the cashier collected by her own word (by transfer, by card, in cash) since she closed last, and what of her collections was taken back: of the first day that is open. What the bank told goes through no till.",
    params(OfCentre),
    responses((status = 200, description = "The till.", body = TillView)),
    security(("bearer" = []))
)]
#[get("/till")]
pub async fn get_till(
    reader: Reader<CollectFees>,
    query: Query<OfCentre>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let view = reader
        .read(move |_, db, actor| {
            let centre = query.centre_id.as_ref();
            Ok(TillView::of(service::standing(
                db, actor, centre, MOST_LINES,
            )?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Notes of one value that were counted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotesIn {
    /// What each is worth, in đồng.
    #[schema(minimum = 500, maximum = 500_000, example = 50000)]
    pub value_vnd: i64,
    /// How many.
    #[schema(minimum = 0, maximum = 1_000_000, example = 4)]
    pub count: i64,
}

/// What a cashier says when she closes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TillClosingIn {
    /// At which centre; the first one when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Up to which place in the ledger she saw.
    #[schema(minimum = 1, example = 412)]
    pub until_seq: i64,
    /// At which counter she sat.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub counter_id: Option<RecordId>,
    /// The card terminal's own total, in đồng; wanted where cards were taken.
    #[schema(minimum = -1_000_000_000_000_000_i64, maximum = 1_000_000_000_000_000_i64, example = 96000)]
    pub card_vnd: Option<i64>,
    /// The notes in the drawer; wanted where cash was taken.
    #[schema(max_items = 20)]
    pub cash_notes: Option<Vec<NotesIn>>,
    /// Why what was counted is not what should be there.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

impl TillClosingIn {
    fn said(&self) -> NewClosing {
        NewClosing {
            centre: self.centre_id.clone(),
            until_seq: self.until_seq,
            counter: self.counter_id.clone(),
            counted: Counted {
                card_vnd: self.card_vnd,
                cash: self.cash_notes.as_ref().map(|notes| {
                    notes
                        .iter()
                        .map(|n| Notes {
                            value_vnd: n.value_vnd,
                            count: n.count,
                        })
                        .collect()
                }),
            },
            reason: self.reason.clone(),
        }
    }
}

/// A till that was closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillClosingView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// At which centre.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// Whose till.
    pub cashier: PersonRef,
    /// At which counter.
    #[schema(format = Uuid)]
    pub counter_id: Option<String>,
    /// From 1 for each cashier.
    #[schema(example = 12)]
    pub number: i64,
    /// The day in Vietnam on which all of it was collected.
    pub day: NaiveDate,
    /// When the first of it was written.
    pub first_at: DateTime<FixedOffset>,
    /// When the last of it was.
    pub last_at: DateTime<FixedOffset>,
    /// Đồng collected less what was taken back.
    pub collected_vnd: i64,
    /// Đồng counted less what should be there.
    pub difference_vnd: i64,
    /// Why the two differ.
    pub reason: Option<String>,
    /// When it was closed.
    pub closed_at: DateTime<FixedOffset>,
}

impl TillClosingView {
    fn of(row: &ClosingRow, names: &Names) -> Self {
        Self {
            id: row.id.to_string(),
            centre_id: row.centre_id.to_string(),
            cashier: PersonRef::of(&row.user_id, names),
            counter_id: row.counter_id.as_ref().map(ToString::to_string),
            number: row.number,
            day: row.day,
            first_at: vn(row.first_at),
            last_at: vn(row.last_at),
            collected_vnd: row.collected_vnd,
            difference_vnd: row.difference_vnd,
            reason: row.reason.clone(),
            closed_at: vn(row.closed_at),
        }
    }
}

/// A till that was closed, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillClosingDetails {
    /// The closing.
    #[serde(flatten)]
    pub closing: TillClosingView,
    /// The counter's name.
    pub counter_name: Option<String>,
    /// By authority, way of paying and sort of money.
    #[schema(max_items = 600)]
    pub sums: Vec<TillSumView>,
    /// The card terminal's own total, in đồng.
    pub card_vnd: Option<i64>,
    /// The notes that were counted.
    #[schema(max_items = 20)]
    pub cash_notes: Option<Vec<NotesIn>>,
    /// How many lines it has.
    pub lines_count: i64,
    /// The first 500 of them.
    #[schema(max_items = 500)]
    pub lines: Vec<TillLineView>,
}

impl TillClosingDetails {
    fn of(closing: Closing) -> Self {
        Self {
            closing: TillClosingView::of(&closing.row, &closing.names),
            counter_name: closing.counter_name,
            sums: closing.sums.into_iter().map(TillSumView::from).collect(),
            card_vnd: closing.counted.card_vnd,
            cash_notes: closing.counted.cash.map(|notes| {
                notes
                    .into_iter()
                    .map(|n| NotesIn {
                        value_vnd: n.value_vnd,
                        count: n.count,
                    })
                    .collect()
            }),
            lines_count: count(closing.lines.len()),
            lines: closing
                .lines
                .into_iter()
                .take(MOST_LINES)
                .map(TillLineView::from)
                .collect(),
        }
    }
}

/// Closes one's own till.
#[utoipa::path(
    operation_id = "close_till", tag = "payments", summary = "Close one's own till",
    description = "Closes the cashier's own till over what she saw: each collection by her word is in exactly one closing, and nothing of a closing is changed any more. What was taken by card or in cash is counted; where it is not what should be there, the reason is kept. What is taken back later stands in the next closing.",
    params(IdempotencyKey), request_body = TillClosingIn,
    responses((status = 201, description = "It is closed.", body = TillClosingDetails,
        headers(("Location" = String, description = "The closing.")))),
    security(("bearer" = []))
)]
#[post("/till-closings")]
pub async fn close_till(
    writer: Writer<CollectFees>,
    body: Json<TillClosingIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body.said();
    writer
        .once(&body, move |services, db, actor| {
            let closed = service::close(services, db, actor, &new)?;
            let at = format!("/api/v1/till-closings/{}", closed.row.id);
            Reply::created(at, None, &TillClosingDetails::of(closed))
        })
        .await
}

/// Closings.
#[utoipa::path(
    operation_id = "list_till_closings", tag = "payments", summary = "Tills that were closed",
    description = "The tills that were closed at the centres one works at or answers for, the last first.",
    params(PageQuery),
    responses((status = 200, description = "A page of closings.", body = Page<TillClosingView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/till-closings")]
pub async fn list_till_closings(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let (found, names) =
                service::list(services, db, actor, paging.by_id(), paging.fetch())?;
            Ok(paging.page(
                found,
                |c| c.id.to_string(),
                |c| TillClosingView::of(&c, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One closing.
#[utoipa::path(
    operation_id = "get_till_closing", tag = "payments", summary = "A till that was closed",
    description = "A closing with its sums, what was counted, and the first 500 of its lines; its documents have them all.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The closing.", body = TillClosingDetails)),
    security(("bearer" = []))
)]
#[get("/till-closings/{id}")]
pub async fn get_till_closing(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            Ok(TillClosingDetails::of(service::one(
                services, db, actor, &id,
            )?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

async fn document(
    reader: Reader<ReadPayments>,
    id: RecordId,
    (kind, ending): (&'static str, &'static str),
    set: Setting,
) -> Result<HttpResponse, Problem> {
    let (name, bytes) = reader
        .read(move |services, db, actor| {
            let closing = service::one(services, db, actor, &id)?;
            let at = centre::centre(db, &closing.row.centre_id)?;
            let mut authorities = HashMap::new();
            for sum in kept_sums(&closing.row)? {
                let Ok(id) = AuthorityId::try_from(sum.authority_id.clone()) else {
                    continue;
                };
                if let Entry::Vacant(free) = authorities.entry(sum.authority_id) {
                    let known = centre::authority(db, &id)?;
                    free.insert(known.map(|a| a.name).unwrap_or_default());
                }
            }
            let named = |id: &str| authorities.get(id).cloned().unwrap_or_default();
            let body = at.map(|c| c.name.to_uppercase()).unwrap_or_default();
            let book = book(&closing, &body, &named);
            let bytes = set(&book, closing.row.id.as_str(), vn(closing.row.closed_at))
                .map_err(|e| motcua_services::Error::Internal(e.to_string()))?;
            let name = format!("khoa-so-{}-{}{ending}", closing.row.day, closing.row.number);
            Ok((name, bytes))
        })
        .await?;
    Ok(file(kind, &name, bytes))
}

/// A closing as a document.
#[utoipa::path(
    operation_id = "get_till_closing_document", tag = "payments", summary = "A closing as PDF",
    description = "The closing as PDF/A-2b, to be signed: its sums, what was counted, and every collection. The same bytes each time.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/till-closings/{id}/document.pdf")]
pub async fn get_till_closing_document(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    document(reader, id.into_inner(), ("application/pdf", ".pdf"), page).await
}

/// A closing as a workbook.
#[utoipa::path(
    operation_id = "get_till_closing_workbook", tag = "payments", summary = "A closing as XLSX",
    description = "The closing as a workbook: a leaf for each of its tables, numbers as numbers.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    security(("bearer" = []))
)]
#[get("/till-closings/{id}/workbook.xlsx")]
pub async fn get_till_closing_workbook(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    document(reader, id.into_inner(), (XLSX, ".xlsx"), |book, _, at| {
        workbook(book, at)
    })
    .await
}
