//! What is asked of payers, what is to be collected, and the money that came.

use std::io::Cursor;

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use image::{GrayImage, ImageFormat, Luma};
use motcua_domain::amount::in_words;
use motcua_domain::fee::request::{MoneyState, RequestState};
use motcua_domain::text::mask_number;
use motcua_domain::vietqr::bank_name;
use motcua_services::fee::request::{self as service, Asked, Due, standing};
use motcua_services::reference::Names;
use motcua_store::payment::{RequestRow, TransactionRow};
use motcua_store::{DossierId, RecordId};
use qrcode::render::svg;
use qrcode::{Color, QrCode};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{CollectFees, ReadPayments, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, at_most, linked, versioned,
};
use crate::words;

/// What is asked of a payer.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeRequestView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Of which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The text of the transfer: given once and never again.
    #[schema(example = "MC2611290000142")]
    pub reference: String,
    /// Đồng that are asked.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// Đồng that came, with what is to go back.
    #[schema(example = 0)]
    pub received_vnd: i64,
    /// Where it stands.
    #[schema(value_type = words::PaymentRequestState)]
    pub state: RequestState,
    /// When it was made.
    pub created_at: DateTime<FixedOffset>,
    /// By whom.
    pub created_by: PersonRef,
    /// Until when it is waited for; what comes later is matched all the same.
    pub expires_at: DateTime<FixedOffset>,
    /// When it ended.
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// Who ended it; absent: money did, or time.
    pub closed_by: Option<PersonRef>,
    /// Why it is not asked any more: somebody's words, `paid_otherwise` or `dossier_ended`.
    pub reason: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl FeeRequestView {
    fn of(
        row: &RequestRow,
        names: &Names,
        now: DateTime<chrono::Utc>,
    ) -> motcua_services::Result<Self> {
        let person = |id| PersonRef::of(id, names);
        Ok(Self {
            id: row.id.to_string(),
            dossier_id: row.dossier_id.to_string(),
            authority_id: row.authority_id.to_string(),
            reference: row.reference.clone(),
            amount_vnd: row.amount_vnd,
            received_vnd: row.received_vnd,
            state: standing(row, now)?,
            created_at: vn(row.created_at),
            created_by: person(&row.created_by),
            expires_at: vn(row.expires_at),
            closed_at: vn_opt(row.closed_at),
            closed_by: row.closed_by.as_ref().map(person),
            reason: row.reason.clone(),
            version: row.version,
        })
    }
}

/// To which account.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayeeView {
    /// The bank's BIN.
    pub bank_bin: String,
    /// The bank's name, where it is known.
    pub bank_name: Option<&'static str>,
    /// The account's number.
    pub account_number: String,
    /// In whose name it is.
    pub holder: String,
}

/// Money that came to an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankTransactionView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose account it came to.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The bank's own name of it.
    pub bank_reference: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// Đồng of it that are to go back.
    pub refund_vnd: i64,
    /// The transfer's text.
    pub description: String,
    /// Who paid, where the bank says so.
    pub payer_name: Option<String>,
    /// From which account, masked.
    pub payer_account: Option<String>,
    /// When the bank booked it.
    pub booked_at: DateTime<FixedOffset>,
    /// When it was told here.
    pub received_at: DateTime<FixedOffset>,
    /// What became of it.
    #[schema(value_type = words::MoneyState)]
    pub state: String,
    /// What it was paid for; absent while nobody knows.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub payment_request_id: Option<String>,
    /// Row version.
    pub version: i64,
}

impl From<TransactionRow> for BankTransactionView {
    fn from(row: TransactionRow) -> Self {
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            bank_reference: row.bank_reference,
            amount_vnd: row.amount_vnd,
            refund_vnd: row.refund_vnd,
            description: row.description,
            payer_name: row.payer_name,
            payer_account: row.payer_account.as_deref().map(mask_number),
            booked_at: vn(row.booked_at),
            received_at: vn(row.received_at),
            state: row.state,
            payment_request_id: row.request_id.map(|id| id.to_string()),
            version: row.version,
        }
    }
}

/// What is asked of a payer, with all that a screen shows of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeRequestDetails {
    /// The request.
    #[serde(flatten)]
    pub request: FeeRequestView,
    /// Code of its dossier.
    pub dossier_code: Option<String>,
    /// The amount in words.
    #[schema(example = "tám nghìn đồng")]
    pub amount_in_words: String,
    /// To which account.
    pub payee: PayeeView,
    /// The text of its VietQR code.
    pub payload: String,
    /// The code, drawn.
    pub svg: String,
    /// Money that came for it, the first first.
    #[schema(max_items = 100)]
    pub money: Vec<BankTransactionView>,
}

fn code(payload: &str) -> motcua_services::Result<QrCode> {
    QrCode::new(payload.as_bytes()).map_err(|e| motcua_services::Error::Internal(e.to_string()))
}

impl FeeRequestDetails {
    fn of(asked: Asked, now: DateTime<chrono::Utc>) -> motcua_services::Result<Self> {
        Ok(Self {
            request: FeeRequestView::of(&asked.row, &asked.names, now)?,
            dossier_code: asked.dossier_code,
            amount_in_words: in_words(asked.row.amount_vnd)?,
            payee: PayeeView {
                bank_name: bank_name(&asked.account.bank_bin),
                bank_bin: asked.account.bank_bin,
                account_number: asked.account.account_number,
                holder: asked.account.holder,
            },
            svg: code(&asked.row.payload)?
                .render::<svg::Color<'_>>()
                .min_dimensions(200, 200)
                .build(),
            payload: asked.row.payload,
            money: asked
                .money
                .into_iter()
                .map(BankTransactionView::from)
                .collect(),
        })
    }
}

/// Of which dossier.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentRequestFor {
    /// The dossier whose fees are to be paid.
    #[schema(value_type = String, format = Uuid)]
    pub dossier_id: DossierId,
}

/// Asks a payer.
#[utoipa::path(
    operation_id = "create_payment_request", tag = "payments", summary = "Ask for what a dossier owes",
    description = "Asks what a dossier owes of its payer, under a reference that is never used again, by a VietQR code to the account of the authority that decides it. What is asked already and not over is returned as it is (200): of two cashiers who ask at once the second gets the first's. It is waited for half an hour; what comes later is matched all the same.",
    params(IdempotencyKey),
    request_body = PaymentRequestFor,
    responses(
        (status = 201, description = "It is asked.", body = FeeRequestDetails,
            headers(("ETag" = String, description = "Row version."))),
        (status = 200, description = "It was asked already.", body = FeeRequestDetails,
            headers(("ETag" = String, description = "Row version."))),
    ),
    security(("bearer" = []))
)]
#[post("/payment-requests")]
pub async fn create_payment_request(
    writer: Writer<CollectFees>,
    body: Json<PaymentRequestFor>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let dossier = body.dossier_id.clone();
    writer
        .once(&body, move |services, db, actor| {
            let (row, made) = service::ask(services, db, actor, &dossier)?;
            let asked = service::one(services, db, actor, &row.id)?;
            let view = FeeRequestDetails::of(asked, services.now())?;
            if made {
                let place = format!("/api/v1/payment-requests/{}", row.id);
                Reply::created(place, Some(row.version), &view)
            } else {
                Reply::ok(Some(row.version), &view)
            }
        })
        .await
}

/// One request.
#[utoipa::path(
    operation_id = "get_payment_request", tag = "payments", summary = "What is asked of a payer",
    description = "A payment request with its VietQR code, its account, and the money that came for it.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The request.", body = FeeRequestDetails,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/payment-requests/{id}")]
pub async fn get_payment_request(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            let asked = service::one(services, db, actor, &id)?;
            FeeRequestDetails::of(asked, services.now())
        })
        .await?;
    Ok(versioned(
        actix_web::http::StatusCode::OK,
        view.request.version,
        &view,
    ))
}

/// White around a code, in modules: what ISO 18004 asks for.
const QUIET: u32 = 4;
/// Pixels of a module.
const MODULE: u32 = 10;

/// A code as a picture in black and white.
fn drawn(code: &QrCode) -> GrayImage {
    let width = code.width();
    let colors = code.to_colors();
    let side = (u32::try_from(width).unwrap_or(0) + 2 * QUIET) * MODULE;
    GrayImage::from_fn(side, side, |x, y| {
        let module = |pixel: u32| {
            let at = (pixel / MODULE).checked_sub(QUIET)?;
            usize::try_from(at).ok().filter(|at| *at < width)
        };
        let dark = module(x)
            .zip(module(y))
            .and_then(|(x, y)| colors.get(y * width + x));
        match dark {
            Some(Color::Dark) => Luma([0]),
            _ => Luma([255]),
        }
    })
}

/// Its code as a picture.
#[utoipa::path(
    operation_id = "get_payment_request_picture", tag = "payments", summary = "The code as a picture",
    description = "The VietQR code of a payment request as a PNG, to be printed or sent.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The picture.", body = Vec<u8>, content_type = "image/png")),
    security(("bearer" = []))
)]
#[get("/payment-requests/{id}/code.png")]
pub async fn get_payment_request_picture(
    reader: Reader<ReadPayments>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let picture = reader
        .read(move |services, db, actor| {
            let asked = service::one(services, db, actor, &id)?;
            let picture = drawn(&code(&asked.row.payload)?);
            let mut bytes = Cursor::new(Vec::new());
            picture
                .write_to(&mut bytes, ImageFormat::Png)
                .map_err(|e| motcua_services::Error::Internal(e.to_string()))?;
            Ok(bytes.into_inner())
        })
        .await?;
    Ok(HttpResponse::Ok().content_type("image/png").body(picture))
}

/// Which requests.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PaymentRequestsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which dossier.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
}

/// A request as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeRequestLine {
    /// The request.
    #[serde(flatten)]
    pub request: FeeRequestView,
    /// Code of its dossier.
    pub dossier_code: Option<String>,
}

/// Requests, the last made first.
#[utoipa::path(
    operation_id = "list_payment_requests", tag = "payments", summary = "What was asked of payers",
    description = "Payment requests, the last made first; of one dossier when one is named.",
    params(PaymentRequestsQuery),
    responses((status = 200, description = "A page of requests.", body = Page<FeeRequestLine>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/payment-requests")]
pub async fn list_payment_requests(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PaymentRequestsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-id",
        &query.dossier_id,
    )?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let of = query.dossier_id.as_ref();
            let found = service::list(services, db, actor, of, edge, paging.fetch())?;
            let (names, now) = (found.names, services.now());
            let mut lines = Vec::with_capacity(found.rows.len());
            for (row, dossier_code) in found.rows {
                lines.push(FeeRequestLine {
                    request: FeeRequestView::of(&row, &names, now)?,
                    dossier_code,
                });
            }
            Ok(paging.page(lines, |l| l.request.id.clone(), |l| l))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationIn {
    /// Why it is not asked any more.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Người nộp chuyển sang nộp bằng thẻ"
    )]
    pub reason: String,
}

/// Ends a request.
#[utoipa::path(
    operation_id = "cancel_payment_request", tag = "payments", summary = "Ask no more",
    description = "Ends a payment request by a person's word. Money that came for it so far is to go back; what still comes pays what is still owed.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It has ended.", body = FeeRequestDetails,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/payment-requests/{id}/cancellations")]
pub async fn cancel_payment_request(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let row = service::cancel(services, db, actor, &id, version.0, &reason)?;
            let asked = service::one(services, db, actor, &row.id)?;
            let view = FeeRequestDetails::of(asked, services.now())?;
            let place = format!("/api/v1/payment-requests/{id}");
            Reply::created(place, Some(row.version), &view)
        })
        .await
}

/// A dossier whose fees are to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeDueView {
    /// The dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// The procedure.
    pub procedure_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// Who decides it, and whose money it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// Đồng that are owed.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// By when.
    #[schema(value_type = words::FeeDue)]
    pub due: String,
    /// What is asked already and waited for.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub payment_request_id: Option<String>,
    /// Where that stands.
    #[schema(value_type = Option<words::PaymentRequestState>)]
    pub request_state: Option<RequestState>,
}

impl FeeDueView {
    fn of(due: Due, now: DateTime<chrono::Utc>) -> motcua_services::Result<Self> {
        Ok(Self {
            dossier_id: due.row.id.to_string(),
            dossier_code: due.row.code,
            procedure_name: due.row.procedure_name,
            owner_name: due.row.owner_name,
            authority_id: due.row.authority_id.to_string(),
            received_at: vn(due.row.received_at),
            amount_vnd: due.assessment.net_vnd,
            due: due.assessment.due,
            request_state: due.request.as_ref().map(|r| standing(r, now)).transpose()?,
            payment_request_id: due.request.map(|r| r.id.to_string()),
        })
    }
}

/// Which dossiers.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeesDueQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// The one with this code, as a slip's bar code says it.
    #[param(max_length = 64)]
    #[serde(default, deserialize_with = "at_most::<64, _>")]
    pub code: Option<String>,
}

/// What is to be collected.
#[utoipa::path(
    operation_id = "list_fees_due", tag = "payments", summary = "What is to be collected",
    description = "Dossiers whose fees were worked out and are to be paid, the last received first, each with what is asked of its payer already.",
    params(FeesDueQuery),
    responses((status = 200, description = "A page of dossiers.", body = Page<FeeDueView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/fees/due")]
pub async fn list_fees_due(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<FeesDueQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &query.code)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::due(db, actor, query.code.as_deref(), edge, paging.fetch())?;
            let now = services.now();
            let due = found.into_iter().map(|d| FeeDueView::of(d, now));
            let due = due.collect::<motcua_services::Result<Vec<_>>>()?;
            Ok(paging.page(due, |d| d.dossier_id.clone(), |d| d))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Which money.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TransactionsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// What became of it.
    #[param(value_type = Option<words::MoneyState>)]
    pub state: Option<MoneyState>,
}

/// Money that came.
#[utoipa::path(
    operation_id = "list_bank_transactions", tag = "payments", summary = "Money that came",
    description = "Money that came to the authorities' accounts, as their banks told, the last first: what paid a request, what waits for its rest, what is to go back, and what nobody knows whose it is.",
    params(TransactionsQuery),
    responses((status = 200, description = "A page of movements.", body = Page<BankTransactionView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-transactions")]
pub async fn list_bank_transactions(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<TransactionsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &query.state)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let found = service::money(db, actor, query.state, edge, paging.fetch())?;
            Ok(paging.page(found, |t| t.id.to_string(), BankTransactionView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}
