//! Receipts: given for money at the moment it is collected, as a document that can be printed and kept.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_documents::Form;
use motcua_documents::book::pointed;
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::fee::receipt::{ReceiptState, amount_in_words, written};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::{mask_number, required_line};
use motcua_services::fee::receipt::{self as service, NewPayer, Receipt, ReceiptLine, name_of};
use motcua_services::reference::Names;
use motcua_store::payment::{Given, OwedLine, ReceiptsOf};
use motcua_store::{DossierId, RecordId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::paper::{file, method_name, set};
use crate::auth::{CollectFees, ReadPayments, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// What a receipt was given for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptLineView {
    /// Name of the fee or charge.
    #[schema(example = "Lệ phí cấp bản sao trích lục hộ tịch")]
    pub name: String,
    /// Đồng.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
}

impl From<ReceiptLine> for ReceiptLineView {
    fn from(line: ReceiptLine) -> Self {
        Self {
            name: line.name,
            amount_vnd: line.amount_vnd,
        }
    }
}

/// Another receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptRef {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its series and number.
    #[schema(example = "AA-26E 0000012")]
    pub name: String,
}

impl ReceiptRef {
    fn of(given: &Given) -> Self {
        Self {
            id: given.0.id.to_string(),
            name: name_of(&given.1, &given.0),
        }
    }
}

/// A receipt as it was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Its series.
    #[schema(format = Uuid)]
    pub series_id: String,
    /// Symbol of the form.
    #[schema(example = "01BLP2-001")]
    pub form_symbol: String,
    /// Symbol of the series.
    #[schema(example = "AA-26E")]
    pub serial_symbol: String,
    /// The year whose numbers it counts among.
    #[schema(example = 2026)]
    pub year: i32,
    /// From 1 each year, without a gap.
    #[schema(example = 12)]
    pub number: i64,
    /// The number as it is written.
    #[schema(example = "0000012")]
    pub written: String,
    /// Phí or lệ phí, never both.
    #[schema(value_type = words::MoneyKind)]
    pub kind: String,
    /// The body that collected.
    pub body_name: String,
    /// Its tax code.
    pub body_tax_code: String,
    /// Its address.
    pub body_address: String,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Who paid.
    pub payer_name: String,
    /// Tax code or personal number; masked in lists.
    pub payer_number: Option<String>,
    /// Address; absent in lists.
    pub payer_address: Option<String>,
    /// What it was given for.
    #[schema(max_items = 100)]
    pub lines: Vec<ReceiptLineView>,
    /// Đồng in all; less than nought of what went back.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// The amount in Vietnamese words.
    #[schema(example = "tám nghìn đồng")]
    pub amount_in_words: String,
    /// How it was paid.
    #[schema(value_type = words::PaymentMethod)]
    pub method: String,
    /// The bank's or the terminal's reference.
    pub reference: Option<String>,
    /// When it was given.
    pub issued_at: DateTime<FixedOffset>,
    /// By whom; absent: by the program, when the bank told of the money.
    pub issued_by: Option<PersonRef>,
    /// Whether it holds.
    #[schema(value_type = words::ReceiptState)]
    pub state: String,
    /// The one it took the place of.
    pub replaces: Option<ReceiptRef>,
    /// Why it took its place.
    pub replaced_because: Option<String>,
    /// The one that took its place.
    pub replaced_by: Option<ReceiptRef>,
    /// The one of which this one takes something off, because that went back.
    pub adjusts: Option<ReceiptRef>,
    /// The one that takes something off this one.
    pub adjusted_by: Option<ReceiptRef>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl ReceiptView {
    fn of(receipt: Receipt, names: &Names) -> motcua_services::Result<Self> {
        let Receipt {
            row,
            series,
            lines,
            replaces,
            replaced_by,
            adjusts,
            adjusted_by,
        } = receipt;
        Ok(Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            series_id: series.id.to_string(),
            form_symbol: series.form_symbol,
            serial_symbol: series.serial_symbol,
            year: row.year,
            number: row.number,
            written: written(row.number),
            kind: row.money_kind,
            body_name: series.body_name,
            body_tax_code: series.tax_code,
            body_address: series.address,
            dossier_id: row.dossier_id.to_string(),
            dossier_code: row.dossier_code,
            payer_name: row.payer_name,
            payer_number: row.payer_number,
            payer_address: row.payer_address,
            lines: lines.into_iter().map(ReceiptLineView::from).collect(),
            amount_vnd: row.amount_vnd,
            amount_in_words: amount_in_words(row.amount_vnd)?,
            method: row.method,
            reference: row.reference,
            issued_at: vn(row.issued_at),
            issued_by: row.issued_by.as_ref().map(|id| PersonRef::of(id, names)),
            state: row.state,
            replaces: replaces.as_ref().map(ReceiptRef::of),
            replaced_because: row.replaced_because,
            replaced_by: replaced_by.as_ref().map(ReceiptRef::of),
            adjusts: adjusts.as_ref().map(ReceiptRef::of),
            adjusted_by: adjusted_by.as_ref().map(ReceiptRef::of),
            version: row.version,
        })
    }
}

/// Receipts whole, for who looks at one and is recorded.
fn views(found: service::Receipts) -> motcua_services::Result<Vec<ReceiptView>> {
    let names = found.names;
    found
        .receipts
        .into_iter()
        .map(|r| ReceiptView::of(r, &names))
        .collect()
}

/// Receipts as lists show them: the payer's number masked, the address left out.
fn masked(found: service::Receipts) -> motcua_services::Result<Vec<ReceiptView>> {
    let mut all = views(found)?;
    for receipt in &mut all {
        receipt.payer_number = receipt.payer_number.as_deref().map(mask_number);
        receipt.payer_address = None;
    }
    Ok(all)
}

fn the_one(found: service::Receipts) -> motcua_services::Result<ReceiptView> {
    views(found)?
        .pop()
        .ok_or_else(|| motcua_services::Error::Internal("a receipt without itself".into()))
}

/// Which receipts.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReceiptsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Those of one dossier.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
    /// What somebody paid: tax code or personal number, whatever marks stand between its digits.
    #[param(min_length = 1, max_length = 30, example = "001085012345")]
    pub payer_number: Option<String>,
}

/// Receipts, the last given first.
#[utoipa::path(
    operation_id = "list_receipts", tag = "payments", summary = "Receipts that were given",
    description = "Receipts, the last given first: those that hold, those that another took the place of, those whose collection was none, and those less than nought of what went back. Of one dossier when one is named, or of one payer by number.",
    params(ReceiptsQuery),
    responses((status = 200, description = "A page of receipts.", body = Page<ReceiptView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/receipts")]
pub async fn list_receipts(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<ReceiptsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-id",
        &(&query.dossier_id, &query.payer_number),
    )?;
    let number = match query.payer_number.as_deref() {
        None => None,
        Some(number) => {
            let line = required_line(number, 30);
            let line = line.map_err(|f| Refusal::invalid(vec![f.at("payer_number")]))?;
            Some(digits(&line))
        }
    };
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let of = ReceiptsOf {
                dossier: query.dossier_id.as_ref(),
                payer_number: number.as_deref(),
            };
            let found = masked(service::list(
                services,
                db,
                actor,
                of,
                edge,
                paging.fetch(),
            )?)?;
            Ok(paging.page(found, |r| r.id.clone(), |r| r))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One receipt.
#[utoipa::path(
    operation_id = "get_receipt", tag = "payments", summary = "A receipt",
    description = "A receipt as it was given, with the one it took the place of, the one that took its own, and what went back of it. It says who paid, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The receipt.", body = ReceiptView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/receipts/{id}")]
pub async fn get_receipt(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read_recorded(move |services, db, actor| {
            the_one(service::looked_at(services, db, actor, &id)?)
        })
        .await?;
    Ok(versioned(
        actix_web::http::StatusCode::OK,
        view.version,
        &view,
    ))
}

/// A number as it is kept: its letters and digits alone.
fn digits(number: &str) -> String {
    number
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect()
}

/// A sentence with a capital at its beginning.
fn begun_large(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// What the form of a receipt is filled in with.
fn filled(r: &ReceiptView) -> serde_json::Value {
    let charge = MoneyKind::parse(&r.kind) == Some(MoneyKind::Charge);
    let title = match (r.adjusts.is_some(), charge) {
        (false, true) => "BIÊN LAI THU LỆ PHÍ",
        (false, false) => "BIÊN LAI THU PHÍ",
        (true, true) => "BIÊN LAI ĐIỀU CHỈNH GIẢM LỆ PHÍ",
        (true, false) => "BIÊN LAI ĐIỀU CHỈNH GIẢM PHÍ",
    };
    let method = PaymentMethod::parse(&r.method).map_or("Chuyển khoản", method_name);
    let mut marks = Vec::new();
    if let Some(before) = &r.replaces {
        marks.push(format!("(Thay thế biên lai {})", before.name));
    }
    if let Some(of) = &r.adjusts {
        marks.push(format!("(Điều chỉnh giảm biên lai {})", of.name));
    }
    if let Some(by) = &r.adjusted_by {
        marks.push(format!("(Đã điều chỉnh giảm bằng biên lai {})", by.name));
    }
    let cancelled = match (ReceiptState::parse(&r.state), &r.replaced_by) {
        (Some(ReceiptState::Voided), _) => Some("ĐÃ HỦY".to_owned()),
        (Some(ReceiptState::Replaced), Some(by)) => {
            Some(format!("ĐÃ ĐƯỢC THAY THẾ BẰNG BIÊN LAI {}", by.name))
        }
        _ => None,
    };
    json!({
        "title": title,
        "body_name": r.body_name,
        "tax_code": r.body_tax_code,
        "address": r.body_address,
        "form_symbol": r.form_symbol,
        "serial_symbol": r.serial_symbol,
        "number": r.written,
        "payer_name": r.payer_name,
        "payer_number": r.payer_number,
        "payer_address": r.payer_address,
        "dossier_code": r.dossier_code,
        "lines": r.lines.iter().map(|l| json!({ "name": l.name, "amount": pointed(l.amount_vnd) })).collect::<Vec<_>>(),
        "total": pointed(r.amount_vnd),
        "in_words": begun_large(&r.amount_in_words),
        "method": method,
        "reference": r.reference,
        "day": r.issued_at.format("Ngày %d tháng %m năm %Y").to_string(),
        "collector": r.issued_by.as_ref().map(|p| p.full_name.clone()),
        "marks": marks,
        "cancelled": cancelled,
    })
}

/// A receipt as a document.
#[utoipa::path(
    operation_id = "get_receipt_document", tag = "payments", summary = "A receipt as PDF",
    description = "The receipt as PDF/A-2b, to be printed, sent and kept: with the mark of what took its place, or that it was voided. The look is recorded. It carries no digital signature yet.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/receipts/{id}/document.pdf")]
pub async fn get_receipt_document(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let (name, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| the_one(service::looked_at(services, db, actor, &id)?),
            |view| {
                let bytes = set(Form::Receipt, &view.id, &filled(&view), view.issued_at)?;
                Ok((
                    format!("{}-{}.pdf", view.serial_symbol, view.written),
                    bytes,
                ))
            },
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

/// What is to be written instead.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplacementIn {
    /// What was wrong.
    #[schema(min_length = 1, max_length = 300, example = "Ghi sai tên người nộp")]
    pub reason: String,
    /// Who paid.
    #[schema(min_length = 1, max_length = 150, example = "Nguyễn Văn An")]
    pub payer_name: String,
    /// Tax code or personal number.
    #[schema(max_length = 20)]
    pub payer_number: Option<String>,
    /// Address.
    #[schema(max_length = 300)]
    pub payer_address: Option<String>,
}

/// Gives a receipt in another's place.
#[utoipa::path(
    operation_id = "replace_receipt", tag = "payments", summary = "Replace a receipt",
    description = "Gives a receipt that takes another's place, because what that says of the payer is wrong: a new document with the next number and the reason. What was collected stays as it is.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = ReplacementIn,
    responses((status = 201, description = "The new receipt.", body = ReceiptView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/receipts/{id}/replacements")]
pub async fn replace_receipt(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<ReplacementIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewPayer {
        reason: body.reason.clone(),
        name: body.payer_name.clone(),
        number: body.payer_number.clone(),
        address: body.payer_address.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let found = service::replace(services, db, actor, (&id, version.0), &new)?;
            let view = the_one(found)?;
            Reply::created(
                format!("/api/v1/receipts/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// Receipts that were given now.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedReceipts {
    /// Each.
    #[schema(max_items = 200)]
    pub items: Vec<ReceiptView>,
}

/// Gives what is still to be given.
#[utoipa::path(
    operation_id = "issue_receipts", tag = "payments", summary = "Give the receipts that are owed",
    description = "Gives the receipts of a dossier that could not be given when its money was collected, because the collecting body had no series that could be used.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "The receipts.", body = IssuedReceipts)),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/receipts")]
pub async fn issue_receipts(
    writer: Writer<CollectFees>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            let items = masked(service::issue_owed(services, db, actor, &id)?)?;
            let place = format!("/api/v1/receipts?dossier_id={id}");
            Reply::created(place, None, &IssuedReceipts { items })
        })
        .await
}

/// A payment whose receipts are still to be given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptOwedView {
    /// The payment's entry in the ledger.
    #[schema(format = Uuid)]
    pub ledger_entry_id: String,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Đồng of phí.
    #[schema(example = 0)]
    pub phi_vnd: i64,
    /// Đồng of lệ phí.
    #[schema(example = 8000)]
    pub le_phi_vnd: i64,
    /// When it was collected.
    pub since: DateTime<FixedOffset>,
}

impl From<OwedLine> for ReceiptOwedView {
    fn from((row, dossier_code): OwedLine) -> Self {
        Self {
            ledger_entry_id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            dossier_id: row.dossier_id.to_string(),
            dossier_code,
            phi_vnd: row.phi_vnd,
            le_phi_vnd: row.le_phi_vnd,
            since: vn(row.since),
        }
    }
}

/// Receipts that are owed.
#[utoipa::path(
    operation_id = "list_receipts_owed", tag = "payments", summary = "Receipts still to be given",
    description = "Payments whose receipts could not be given when they were collected, because the collecting body had no series that could be used; the last first.",
    params(PageQuery),
    responses((status = 200, description = "A page of payments.", body = Page<ReceiptOwedView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/receipts-owed")]
pub async fn list_receipts_owed(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let found = service::owed(db, actor, edge, paging.fetch())?;
            Ok(paging.page(found, |(o, _)| o.id.to_string(), ReceiptOwedView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}
