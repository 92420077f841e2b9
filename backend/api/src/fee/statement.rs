//! Statements of banks: brought in as files, gone through by a worker, and what came of each line.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset};
use motcua_domain::fee::statement::{Columns, DateOrder, LineClass, StatementFormat};
use motcua_domain::refusal::Refusal;
use motcua_gateway::bank::read_camt053;
use motcua_services::fee::statement::{self as service, NewStatement, Statement};
use motcua_services::reference::Names;
use motcua_store::RecordId;
use motcua_store::payment::{ColumnsRow, StatementLineRow, StatementRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::request::BankTransactionView;
use crate::auth::{ReadPayments, Reader, ReconcilePayments, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Large, Page, Paging, Path, Problem, Query, linked};
use crate::state::AppState;
use crate::words;

/// How often it is looked whether a statement waits.
const PAUSE: Duration = Duration::from_secs(2);
/// How long it is waited after what went wrong.
const LONG_PAUSE: Duration = Duration::from_secs(30);

/// What the columns of a bank's sheets are called.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementColumns {
    /// When it was booked.
    #[schema(min_length = 1, max_length = 100, example = "Ngày giao dịch")]
    pub booked_on: String,
    /// In which order a day is written.
    #[schema(value_type = words::DateOrder)]
    pub dates: DateOrder,
    /// What came. Where there is no column for what went out, a minus says so.
    #[schema(min_length = 1, max_length = 100, example = "Ghi có")]
    pub credit: String,
    /// What went out.
    #[schema(min_length = 1, max_length = 100, example = "Ghi nợ")]
    pub debit: Option<String>,
    /// The bank's own name of the movement.
    #[schema(min_length = 1, max_length = 100, example = "Số bút toán")]
    pub reference: String,
    /// The transfer's text.
    #[schema(min_length = 1, max_length = 100, example = "Nội dung")]
    pub description: String,
    /// Who paid.
    #[schema(min_length = 1, max_length = 100)]
    pub payer_name: Option<String>,
    /// From which account.
    #[schema(min_length = 1, max_length = 100)]
    pub payer_account: Option<String>,
}

impl From<StatementColumns> for Columns {
    fn from(c: StatementColumns) -> Self {
        Self {
            booked_on: c.booked_on,
            dates: c.dates,
            credit: c.credit,
            debit: c.debit,
            reference: c.reference,
            description: c.description,
            payer_name: c.payer_name,
            payer_account: c.payer_account,
        }
    }
}

impl From<Columns> for StatementColumns {
    fn from(c: Columns) -> Self {
        Self {
            booked_on: c.booked_on,
            dates: c.dates,
            credit: c.credit,
            debit: c.debit,
            reference: c.reference,
            description: c.description,
            payer_name: c.payer_name,
            payer_account: c.payer_account,
        }
    }
}

/// The columns of a bank's sheets, to be named.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementColumnsIn {
    /// The bank's BIN.
    #[schema(pattern = "^970[0-9]{3}$", example = "970436")]
    pub bank_bin: String,
    /// What they are called.
    pub columns: StatementColumns,
}

/// The columns of a bank's sheets that hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementColumnsView {
    /// The bank's BIN.
    pub bank_bin: String,
    /// What they are called.
    pub columns: StatementColumns,
    /// Since when.
    pub entered_at: DateTime<FixedOffset>,
}

impl StatementColumnsView {
    fn of(row: ColumnsRow) -> motcua_services::Result<Self> {
        let columns: Columns =
            serde_json::from_str(&row.column_names).map_err(motcua_store::StoreError::from)?;
        Ok(Self {
            bank_bin: row.bank_bin,
            columns: columns.into(),
            entered_at: vn(row.entered_at),
        })
    }
}

/// Names the columns.
#[utoipa::path(
    operation_id = "name_statement_columns", tag = "payments", summary = "Name the columns of a bank's sheets",
    description = "Says what the columns of a bank's statements are called from now on. Statements that were brought in before keep what they were read by.",
    params(IdempotencyKey),
    request_body = StatementColumnsIn,
    responses((status = 201, description = "They are named.", body = StatementColumnsView)),
    security(("bearer" = []))
)]
#[post("/statement-columns")]
pub async fn name_statement_columns(
    writer: Writer<ReconcilePayments>,
    body: Json<StatementColumnsIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let (bin, columns) = (body.bank_bin.clone(), Columns::from(body.columns.clone()));
    writer
        .once(&body, move |services, db, actor| {
            let row = service::name_columns(services, db, actor, &bin, &columns)?;
            let place = format!("/api/v1/statement-columns/{}", row.bank_bin);
            Reply::created(place, None, &StatementColumnsView::of(row)?)
        })
        .await
}

/// The columns.
#[utoipa::path(
    operation_id = "get_statement_columns", tag = "payments", summary = "The columns of a bank's sheets",
    description = "What the columns of a bank's statements are called.",
    params(("bank_bin" = String, Path, description = "The bank's BIN.", example = "970436")),
    responses((status = 200, description = "The columns.", body = StatementColumnsView)),
    security(("bearer" = []))
)]
#[get("/statement-columns/{bank_bin}")]
pub async fn get_statement_columns(
    reader: Reader<ReadPayments>,
    bank_bin: Path<String>,
) -> Result<HttpResponse, Problem> {
    let bin = bank_bin.into_inner();
    let view = reader
        .read(move |_, db, actor| StatementColumnsView::of(service::columns(db, actor, &bin)?))
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// A statement to be brought in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BankStatementIn {
    /// Of which account.
    #[schema(value_type = String, format = Uuid)]
    pub account_id: RecordId,
    /// How it is written.
    #[schema(value_type = words::StatementFormat)]
    pub format: StatementFormat,
    /// What the file is called.
    #[schema(min_length = 1, max_length = 200, example = "sao-ke-2026-11.csv")]
    pub file_name: String,
    /// The file in base64: UTF-8, or UTF-16 with its mark.
    #[schema(content_encoding = "base64")]
    pub file: String,
}

/// Lines of one class.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineCount {
    /// Which.
    #[schema(value_type = words::LineClass)]
    pub class: LineClass,
    /// How many.
    #[schema(example = 12)]
    pub lines: i64,
    /// Đồng that they come to; what went out is negative.
    #[schema(example = 96000)]
    pub amount_vnd: i64,
}

/// A statement of a bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankStatementView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose account it is of.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Which account.
    #[schema(format = Uuid)]
    pub account_id: String,
    /// How it is written.
    #[schema(value_type = words::StatementFormat)]
    pub format: String,
    /// What the file was called.
    pub file_name: String,
    /// SHA-256 of the file.
    pub digest: String,
    /// When the first of its movements was booked.
    pub first_at: Option<DateTime<FixedOffset>>,
    /// When the last was.
    pub last_at: Option<DateTime<FixedOffset>>,
    /// Đồng that came.
    pub came_vnd: i64,
    /// Đồng that went out.
    pub went_vnd: i64,
    /// Its lines.
    pub lines_total: i32,
    /// Those that were gone through.
    pub lines_done: i32,
    /// Where it stands.
    #[schema(value_type = words::StatementState)]
    pub state: String,
    /// Who brought it in.
    pub imported_by: PersonRef,
    /// When.
    pub imported_at: DateTime<FixedOffset>,
    /// When it had been gone through.
    pub done_at: Option<DateTime<FixedOffset>>,
}

impl BankStatementView {
    fn of(row: StatementRow, names: &Names) -> Self {
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            account_id: row.account_id.to_string(),
            format: row.format,
            file_name: row.file_name,
            digest: row.digest,
            first_at: vn_opt(row.first_at),
            last_at: vn_opt(row.last_at),
            came_vnd: row.came_vnd,
            went_vnd: row.went_vnd,
            lines_total: row.lines_total,
            lines_done: row.lines_done,
            state: row.state,
            imported_by: PersonRef::of(&row.imported_by, names),
            imported_at: vn(row.imported_at),
            done_at: vn_opt(row.done_at),
        }
    }
}

/// A statement, with what came of its lines so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankStatementDetails {
    /// The statement.
    #[serde(flatten)]
    pub statement: BankStatementView,
    /// The account's number.
    pub account_number: String,
    /// Lines of each class.
    #[schema(max_items = 6)]
    pub counts: Vec<LineCount>,
}

impl BankStatementDetails {
    fn of(found: Statement) -> Self {
        Self {
            account_number: found.account.account_number,
            counts: found
                .counts
                .into_iter()
                .map(|(class, lines, amount_vnd)| LineCount {
                    class,
                    lines,
                    amount_vnd,
                })
                .collect(),
            statement: BankStatementView::of(found.row, &found.names),
        }
    }
}

/// Brings a statement in.
#[utoipa::path(
    operation_id = "import_bank_statement", tag = "payments", summary = "Bring a bank's statement in",
    description = "Brings in a statement of an account that collects: a sheet whose columns were named for its bank, or ISO 20022 camt.053. It is gone through in the background: money that nobody told of before is taken in as a notification's would be, everything else is held against what is known, and what cannot be read is listed. The same file again changes nothing (200).",
    params(IdempotencyKey),
    request_body = BankStatementIn,
    responses(
        (status = 201, description = "It is on disk, and being gone through.", body = BankStatementDetails),
        (status = 200, description = "It was brought in before.", body = BankStatementDetails),
    ),
    security(("bearer" = []))
)]
#[post("/bank-statements")]
pub async fn import_bank_statement(
    writer: Writer<ReconcilePayments>,
    body: Large<BankStatementIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let file = STANDARD.decode(body.file.as_bytes()).map_err(|_| {
        Refusal::invalid(Vec::new()).field(
            "/file",
            "base64_invalid",
            "Nội dung tệp phải ở dạng base64.",
            "The file must be in base64.",
        )
    })?;
    let new = NewStatement {
        account: body.account_id.clone(),
        format: body.format,
        file_name: body.file_name.clone(),
        file,
    };
    let brought = writer.state().statement_brought.clone();
    let answer = writer
        .once(&body, move |services, db, actor| {
            let (row, made) = service::import(services, db, actor, &new, &read_camt053)?;
            let view = BankStatementDetails::of(service::one(services, db, actor, &row.id)?);
            if made {
                Reply::created(format!("/api/v1/bank-statements/{}", row.id), None, &view)
            } else {
                Reply::ok(None, &view)
            }
        })
        .await?;
    brought.notify_one();
    Ok(answer)
}

/// Statements.
#[utoipa::path(
    operation_id = "list_bank_statements", tag = "payments", summary = "Statements that were brought in",
    description = "The statements that were brought in, the last first.",
    params(PageQuery),
    responses((status = 200, description = "A page of statements.", body = Page<BankStatementView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-statements")]
pub async fn list_bank_statements(
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
                |s| s.id.to_string(),
                |s| BankStatementView::of(s, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One statement.
#[utoipa::path(
    operation_id = "get_bank_statement", tag = "payments", summary = "A bank's statement",
    description = "A statement, how far it has been gone through, and how many of its lines are of which class.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The statement.", body = BankStatementDetails)),
    security(("bearer" = []))
)]
#[get("/bank-statements/{id}")]
pub async fn get_bank_statement(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            Ok(BankStatementDetails::of(service::one(
                services, db, actor, &id,
            )?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// A line of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementLineView {
    /// From 1, in the statement's order.
    #[schema(example = 1)]
    pub ord: i32,
    /// What it is, held against what is known.
    #[schema(value_type = words::LineClass)]
    pub class: String,
    /// When it was booked.
    pub booked_at: Option<DateTime<FixedOffset>>,
    /// Đồng; what went out is negative.
    pub amount_vnd: Option<i64>,
    /// The bank's own name of it.
    pub bank_reference: Option<String>,
    /// Its text; the line as it came, where it cannot be read.
    pub description: String,
    /// Who paid.
    pub payer_name: Option<String>,
    /// Why it cannot be read: a stable word.
    pub why: Option<String>,
    /// The money that it tells of.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub transaction_id: Option<String>,
    /// What went on to the State Treasury.
    #[schema(format = Uuid)]
    pub treasury_id: Option<String>,
    /// The refund that it tells of.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub refund_id: Option<String>,
}

impl From<StatementLineRow> for StatementLineView {
    fn from(row: StatementLineRow) -> Self {
        Self {
            ord: row.ord,
            class: row.class,
            booked_at: vn_opt(row.booked_at),
            amount_vnd: row.amount_vnd,
            bank_reference: row.bank_reference,
            description: row.description,
            payer_name: row.payer_name,
            why: row.why,
            transaction_id: row.transaction_id.map(|id| id.to_string()),
            treasury_id: row.treasury_id.map(|id| id.to_string()),
            refund_id: row.refund_id.map(|id| id.to_string()),
        }
    }
}

/// Which lines.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct StatementLinesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which class.
    #[param(value_type = Option<words::LineClass>)]
    pub class: Option<LineClass>,
}

/// The lines.
#[utoipa::path(
    operation_id = "list_bank_statement_lines", tag = "payments", summary = "The lines of a statement",
    description = "The lines of a statement that were gone through, in its order; of one class when one is named.",
    params(("id" = String, Path, description = "Id.", format = Uuid), StatementLinesQuery),
    responses((status = 200, description = "A page of lines.", body = Page<StatementLineView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-statements/{id}/lines")]
pub async fn list_bank_statement_lines(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<StatementLinesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (&*id, &query.class);
    let paging: Paging<i32> = Paging::read(query.limit, query.cursor.as_deref(), "ord", &narrowed)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.map(|ord| (ord, paging.backwards));
            let found = service::lines(db, actor, &id, query.class, edge, paging.fetch())?;
            Ok(paging.page(found, |l| l.ord, StatementLineView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What its statement lacks.
#[utoipa::path(
    operation_id = "list_bank_statement_missing", tag = "payments", summary = "Money that stands on no statement",
    description = "Money that a bank told of within the days of a statement, and that stands on no statement of the account that was brought in: to be asked of the bank.",
    params(("id" = String, Path, description = "Id.", format = Uuid), PageQuery),
    responses((status = 200, description = "A page of movements.", body = Page<BankTransactionView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-statements/{id}/missing")]
pub async fn list_bank_statement_missing(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &*id)?;
    let page = reader
        .read(move |_, db, actor| {
            let found = service::missing(db, actor, &id, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |t| t.id.to_string(), BankTransactionView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Goes through the statements that were brought in until the server stops. Several servers may do so side
/// by side: each line is kept once.
pub async fn go_through(state: AppState) {
    let mut closing = state.closing.subscribe();
    loop {
        let services = state.services.clone();
        let gone = state
            .block(move || service::go_through(&services, &read_camt053))
            .await;
        let pause = match &gone {
            Ok(true) => Duration::ZERO,
            Ok(false) => PAUSE,
            Err(problem) => {
                tracing::warn!(code = problem.code(), "a statement cannot be gone through");
                LONG_PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.statement_brought.notified(), if gone.is_ok() => {}
            _ = closing.wait_for(|c| *c) => return,
        }
    }
}
