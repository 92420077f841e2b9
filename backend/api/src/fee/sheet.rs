//! The day's and the month's sheets of an authority, and how much is collected without cash.

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use motcua_documents::book::{Book, Cell, Table, number, page, text, workbook};
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::sheet::{SheetPart, SheetSums};
use motcua_services::fee::sheet::{self as service, Sheet};
use motcua_store::AuthorityId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paper::{Setting, XLSX, file, kind_name};
use crate::auth::{ReadPayments, Reader};
use crate::dossier::view::vn;
use crate::manners::{Problem, Query};

/// What a sheet says of one sort of money, in đồng.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetSumsView {
    /// Assessed, before anything was let off; less what was assessed wrongly or ended unpaid.
    pub assessed_vnd: i64,
    /// What of it was let off.
    pub waived_vnd: i64,
    /// Collected by a cashier's word as transferred.
    pub transfer_vnd: i64,
    /// Collected at a card terminal.
    pub card_vnd: i64,
    /// Collected in cash.
    pub cash_vnd: i64,
    /// Paid over the payment platform.
    pub online_vnd: i64,
    /// Collected as the bank told.
    pub bank_vnd: i64,
    /// Collections that were taken back.
    pub voided_vnd: i64,
    /// What of collections went back to who paid.
    pub returned_vnd: i64,
    /// Collected less what was taken back or went back.
    pub collected_vnd: i64,
    /// What went on to the State Treasury.
    pub handed_over_vnd: i64,
}

impl From<&SheetSums> for SheetSumsView {
    fn from(s: &SheetSums) -> Self {
        Self {
            assessed_vnd: s.assessed_vnd,
            waived_vnd: s.waived_vnd,
            transfer_vnd: s.transfer_vnd,
            card_vnd: s.card_vnd,
            cash_vnd: s.cash_vnd,
            online_vnd: s.online_vnd,
            bank_vnd: s.bank_vnd,
            voided_vnd: s.voided_vnd,
            returned_vnd: s.returned_vnd,
            collected_vnd: s.collected_vnd(),
            handed_over_vnd: s.handed_over_vnd,
        }
    }
}

/// A part of a sheet: a day, or all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetPartView {
    /// Phí.
    pub phi: SheetSumsView,
    /// Lệ phí.
    pub le_phi: SheetSumsView,
    /// What came to the bank, whatever it pays.
    pub received_vnd: i64,
    /// What of it went back that was nobody's payment.
    pub refunded_vnd: i64,
    /// Collections without cash, taken back ones among them.
    pub cashless_payments: i64,
    /// Collections in cash.
    pub cash_payments: i64,
    /// Of a thousand collections so many came without cash, rounded down; absent where there were none.
    #[schema(minimum = 0, maximum = 1000)]
    pub cashless_permille: Option<i64>,
}

impl From<&SheetPart> for SheetPartView {
    fn from(p: &SheetPart) -> Self {
        Self {
            phi: SheetSumsView::from(&p.phi),
            le_phi: SheetSumsView::from(&p.le_phi),
            received_vnd: p.received_vnd,
            refunded_vnd: p.refunded_vnd,
            cashless_payments: p.cashless_payments,
            cash_payments: p.cash_payments,
            cashless_permille: p.cashless_permille(),
        }
    }
}

/// A day of a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetDayView {
    /// The day in Vietnam.
    pub day: NaiveDate,
    /// What it says.
    #[serde(flatten)]
    pub part: SheetPartView,
}

/// The sheet of an authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectionSheetView {
    /// Whose.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Its name.
    pub authority_name: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Days on which anything was written, in order.
    #[schema(max_items = 92)]
    pub days: Vec<SheetDayView>,
    /// All of it.
    pub total: SheetPartView,
}

impl From<Sheet> for CollectionSheetView {
    fn from(sheet: Sheet) -> Self {
        Self {
            authority_id: sheet.authority.id.to_string(),
            authority_name: sheet.authority.name,
            from: sheet.from,
            to: sheet.to,
            days: sheet
                .days
                .iter()
                .map(|(day, part)| SheetDayView {
                    day: *day,
                    part: part.into(),
                })
                .collect(),
            total: (&sheet.total).into(),
        }
    }
}

/// Whose sheet, and of which days.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SheetQuery {
    /// Whose money.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, at most 92 from the first.
    pub to: NaiveDate,
}

/// The sheet of an authority.
#[utoipa::path(
    operation_id = "get_collection_sheet", tag = "payments", summary = "A day's or a month's sheet",
    description = "What was to be paid to an authority, what was let off, what came in by which way, what was taken back and what went on, phí and lệ phí apart, day by day in Vietnam's time; from the ledger itself.",
    params(SheetQuery),
    responses((status = 200, description = "The sheet.", body = CollectionSheetView)),
    security(("bearer" = []))
)]
#[get("/collection-sheet")]
pub async fn get_collection_sheet(
    reader: Reader<ReadPayments>,
    query: Query<SheetQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let sheet = reader
        .read(move |_, db, actor| service::sheet(db, actor, &q.authority_id, (q.from, q.to)))
        .await?;
    Ok(HttpResponse::Ok().json(CollectionSheetView::from(sheet)))
}

fn by_day(sheet: &Sheet, kind: MoneyKind) -> Table {
    let row = |name: Cell, s: &SheetSums| {
        let mut row = vec![name];
        row.extend(
            [
                s.assessed_vnd,
                s.waived_vnd,
                s.transfer_vnd,
                s.card_vnd,
                s.cash_vnd,
                s.online_vnd,
                s.bank_vnd,
                s.voided_vnd,
                s.returned_vnd,
                s.collected_vnd(),
                s.handed_over_vnd,
            ]
            .map(Cell::Number),
        );
        row
    };
    Table {
        caption: kind_name(kind),
        columns: vec![
            text("Ngày"),
            number("Phải thu"),
            number("Miễn, giảm"),
            number("Chuyển khoản (người thu ghi)"),
            number("Thẻ"),
            number("Tiền mặt"),
            number("Trực tuyến"),
            number("Ngân hàng báo"),
            number("Đã hủy"),
            number("Đã hoàn trả"),
            number("Thực thu"),
            number("Nộp Kho bạc"),
        ],
        rows: sheet
            .days
            .iter()
            .map(|(day, part)| row(written(*day), part.of(kind)))
            .collect(),
        total: Some(row("Cộng".into(), sheet.total.of(kind))),
    }
}

fn written(day: NaiveDate) -> Cell {
    day.format("%d/%m/%Y").to_string().into()
}

fn book(sheet: &Sheet) -> Book {
    let days = if sheet.from == sheet.to {
        format!("Ngày {}", sheet.from.format("%d/%m/%Y"))
    } else {
        format!(
            "Từ ngày {} đến hết ngày {}",
            sheet.from.format("%d/%m/%Y"),
            sheet.to.format("%d/%m/%Y")
        )
    };
    let flow = |name: Cell, p: &SheetPart| {
        vec![
            name,
            p.received_vnd.into(),
            p.refunded_vnd.into(),
            p.cashless_payments.into(),
            p.cash_payments.into(),
        ]
    };
    Book {
        body: sheet.authority.name.to_uppercase(),
        title: "BẢNG TỔNG HỢP THU PHÍ, LỆ PHÍ",
        lines: vec![days, "Đơn vị tính: đồng".to_owned()],
        tables: vec![
            by_day(sheet, MoneyKind::Fee),
            by_day(sheet, MoneyKind::Charge),
            Table {
                caption: "Tiền về tài khoản, hoàn trả",
                columns: vec![
                    text("Ngày"),
                    number("Tiền về tài khoản"),
                    number("Hoàn trả tiền thừa, nhầm"),
                    number("Lượt thu không dùng tiền mặt"),
                    number("Lượt thu tiền mặt"),
                ],
                rows: sheet
                    .days
                    .iter()
                    .map(|(day, part)| flow(written(*day), part))
                    .collect(),
                total: Some(flow("Cộng".into(), &sheet.total)),
            },
        ],
        remarks: Vec::new(),
        signers: vec![("Người lập", None), ("Thủ trưởng cơ quan", None)],
    }
}

async fn document(
    reader: Reader<ReadPayments>,
    q: SheetQuery,
    (kind, ending): (&'static str, &'static str),
    set: Setting,
) -> Result<HttpResponse, Problem> {
    let name = format!("tong-hop-thu-{}-{}{ending}", q.from, q.to);
    let bytes = reader
        .read(move |services, db, actor| {
            let sheet = service::sheet(db, actor, &q.authority_id, (q.from, q.to))?;
            let name = format!("{}-{}-{}", q.authority_id, q.from, q.to);
            set(&book(&sheet), &name, vn(services.now().into()))
                .map_err(|e| motcua_services::Error::Internal(e.to_string()))
        })
        .await?;
    Ok(file(kind, &name, bytes))
}

/// A sheet as a document.
#[utoipa::path(
    operation_id = "get_collection_sheet_document", tag = "payments", summary = "A sheet as PDF",
    description = "The sheet of an authority as PDF/A-2b, to be signed.",
    params(SheetQuery),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/collection-sheet/document.pdf")]
pub async fn get_collection_sheet_document(
    reader: Reader<ReadPayments>,
    query: Query<SheetQuery>,
) -> Result<HttpResponse, Problem> {
    document(
        reader,
        query.into_inner(),
        ("application/pdf", ".pdf"),
        page,
    )
    .await
}

/// A sheet as a workbook.
#[utoipa::path(
    operation_id = "get_collection_sheet_workbook", tag = "payments", summary = "A sheet as XLSX",
    description = "The sheet of an authority as a workbook: a leaf for each of its tables, numbers as numbers.",
    params(SheetQuery),
    responses((status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    security(("bearer" = []))
)]
#[get("/collection-sheet/workbook.xlsx")]
pub async fn get_collection_sheet_workbook(
    reader: Reader<ReadPayments>,
    query: Query<SheetQuery>,
) -> Result<HttpResponse, Problem> {
    document(
        reader,
        query.into_inner(),
        (XLSX, ".xlsx"),
        |book, _, at| workbook(book, at),
    )
    .await
}

/// What an authority collected, and how.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectionShareView {
    /// Which authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Its name.
    pub authority_name: String,
    /// Đồng collected, less what was taken back.
    pub collected_vnd: i64,
    /// Đồng of it in cash, before anything was taken back.
    pub cash_vnd: i64,
    /// Collections without cash.
    pub cashless_payments: i64,
    /// Collections in cash.
    pub cash_payments: i64,
    /// Of a thousand collections so many came without cash, rounded down; absent where there were none.
    #[schema(minimum = 0, maximum = 1000)]
    pub cashless_permille: Option<i64>,
}

/// Of which days.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ShareQuery {
    /// First day.
    pub from: NaiveDate,
    /// Last day, at most 92 from the first.
    pub to: NaiveDate,
}

/// How much is collected without cash.
#[utoipa::path(
    operation_id = "list_collection_shares", tag = "payments", summary = "Collected without cash, by authority",
    description = "What each authority within one's reach collected in some days, and how much of it without cash. Where nothing was collected there is no share.",
    params(ShareQuery),
    responses((status = 200, description = "One item for each authority, by name; at most 100.", body = Vec<CollectionShareView>)),
    security(("bearer" = []))
)]
#[get("/collection-shares")]
pub async fn list_collection_shares(
    reader: Reader<ReadPayments>,
    query: Query<ShareQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let found = reader
        .read(move |_, db, actor| service::by_authority(db, actor, (q.from, q.to)))
        .await?;
    let items: Vec<CollectionShareView> = found
        .into_iter()
        .map(|(authority, part)| CollectionShareView {
            authority_id: authority.id.to_string(),
            authority_name: authority.name,
            collected_vnd: part.collected_vnd(),
            cash_vnd: part.phi.cash_vnd + part.le_phi.cash_vnd,
            cashless_payments: part.cashless_payments,
            cash_payments: part.cash_payments,
            cashless_permille: part.cashless_permille(),
        })
        .collect();
    Ok(HttpResponse::Ok().json(items))
}
