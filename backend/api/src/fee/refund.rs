//! Money that goes back, and money that a person places.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::fee::request::RefundState;
use motcua_services::fee::bank;
use motcua_services::fee::refund::{self as service, NewRefund, Refunds};
use motcua_services::reference::Names;
use motcua_store::RecordId;
use motcua_store::payment::RefundRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::request::{BankTransactionView, CancellationIn};
use crate::auth::{ApproveRefunds, CollectFees, ReadPayments, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// Whose money it is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchIn {
    /// The reference of a payment request.
    #[schema(min_length = 1, max_length = 64, example = "MC2611290000142")]
    pub reference: String,
}

/// Places money.
#[utoipa::path(
    operation_id = "match_bank_transaction", tag = "payments", summary = "Say whose money it is",
    description = "Lets money of which nobody knew whose it is pay a payment request of the same authority, by a person's word.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = MatchIn,
    responses((status = 201, description = "It is placed.", body = BankTransactionView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/bank-transactions/{id}/matches")]
pub async fn match_bank_transaction(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<MatchIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reference = body.reference.clone();
    writer
        .once(&body, move |services, db, actor| {
            let row = bank::match_by_hand(services, db, actor, (&id, version.0), &reference)?;
            let version = Some(row.version);
            let view = BankTransactionView::from(row);
            Reply::created("/api/v1/bank-transactions".to_owned(), version, &view)
        })
        .await
}

/// What is to go back, and to whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundIn {
    /// Why.
    #[schema(min_length = 1, max_length = 300, example = "Nộp hai lần")]
    pub reason: String,
    /// To whom.
    #[schema(min_length = 1, max_length = 150, example = "TRAN VAN BINH")]
    pub to_name: String,
    /// At which bank.
    #[schema(min_length = 1, max_length = 100, example = "Vietcombank")]
    pub to_bank: String,
    /// To which account: the one it came from.
    #[schema(min_length = 1, max_length = 34, example = "0987654321000")]
    pub to_account: String,
}

/// Money that goes back.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose account it goes from.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Of which money that came; absent: of a collection.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub transaction_id: Option<String>,
    /// Of which collection, by the receipt that was given for it; absent: of money that came.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub receipt_id: Option<String>,
    /// That receipt, by series and number.
    #[schema(example = "AA-26E 0000012")]
    pub receipt_name: Option<String>,
    /// The code of the dossier it was given for.
    pub dossier_code: Option<String>,
    /// Đồng.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
    /// To whom.
    pub to_name: String,
    /// At which bank.
    pub to_bank: String,
    /// To which account.
    pub to_account: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    #[schema(value_type = words::RefundState)]
    pub state: String,
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
    /// Who had it paid.
    pub paid_by: Option<PersonRef>,
    /// When.
    pub paid_at: Option<DateTime<FixedOffset>>,
    /// The bank's own name of the transfer back.
    pub bank_reference: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl RefundView {
    fn of(row: RefundRow, names: &Names) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            transaction_id: row.transaction_id.map(|id| id.to_string()),
            receipt_id: row.receipt_id.map(|id| id.to_string()),
            receipt_name: row.receipt_name,
            dossier_code: row.dossier_code,
            amount_vnd: row.amount_vnd,
            to_name: row.to_name,
            to_bank: row.to_bank,
            to_account: row.to_account,
            reason: row.reason,
            state: row.state,
            proposed_by: person(&row.proposed_by),
            proposed_at: vn(row.proposed_at),
            decided_by: row.decided_by.as_ref().map(person),
            decided_at: vn_opt(row.decided_at),
            decision_reason: row.decision_reason,
            paid_by: row.paid_by.as_ref().map(person),
            paid_at: vn_opt(row.paid_at),
            bank_reference: row.bank_reference,
            version: row.version,
        }
    }
}

fn reply(found: Refunds) -> motcua_services::Result<Reply> {
    let names = found.names;
    let mut rows = found.rows;
    let view = rows.pop().map(|row| RefundView::of(row, &names));
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/refunds".to_owned(), version, &view)
}

/// Proposes a refund.
#[utoipa::path(
    operation_id = "propose_refund", tag = "payments", summary = "Propose that money goes back",
    description = "Proposes that what is to go back of money that came, or all of it while nobody knows whose it is, goes back to whom it came from. Somebody else approves it.",
    params(("id" = String, Path, description = "Id of the money that came.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = RefundIn,
    responses((status = 201, description = "It is proposed.", body = RefundView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/bank-transactions/{id}/refunds")]
pub async fn propose_refund(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<RefundIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewRefund {
        reason: body.reason.clone(),
        to_name: body.to_name.clone(),
        to_bank: body.to_bank.clone(),
        to_account: body.to_account.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            reply(service::propose(
                services,
                db,
                actor,
                (&id, version.0),
                &new,
            )?)
        })
        .await
}

/// What of a collection is to go back, and to whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectionReturnIn {
    /// Đồng, at most what the receipt says.
    #[schema(minimum = 1, maximum = 9_999_999_999_999_i64, example = 8000)]
    pub amount_vnd: i64,
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Người nộp thuộc diện miễn lệ phí"
    )]
    pub reason: String,
    /// To whom.
    #[schema(min_length = 1, max_length = 150, example = "TRAN VAN BINH")]
    pub to_name: String,
    /// At which bank.
    #[schema(min_length = 1, max_length = 100, example = "Vietcombank")]
    pub to_bank: String,
    /// To which account: the one it was paid from.
    #[schema(min_length = 1, max_length = 34, example = "0987654321000")]
    pub to_account: String,
}

/// Proposes that some of a collection goes back.
#[utoipa::path(
    operation_id = "propose_return", tag = "payments", summary = "Propose that a collection goes back",
    description = "Proposes that some of what a receipt was given for goes back to who paid: it was collected by mistake, or is given back for a dossier that was withdrawn. The bank must have told of the money; a collection by a cashier's word of the same day is taken back instead. Somebody else approves it; once the bank has paid it, a receipt less than nought is given, and the ledger has its entry.",
    params(("id" = String, Path, description = "Id of the receipt.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CollectionReturnIn,
    responses((status = 201, description = "It is proposed.", body = RefundView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/receipts/{id}/refunds")]
pub async fn propose_return(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CollectionReturnIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewRefund {
        reason: body.reason.clone(),
        to_name: body.to_name.clone(),
        to_bank: body.to_bank.clone(),
        to_account: body.to_account.clone(),
    };
    let amount_vnd = body.amount_vnd;
    writer
        .once(&body, move |services, db, actor| {
            let wanted = (amount_vnd, &new);
            reply(service::propose_return(
                services,
                db,
                actor,
                (&id, version.0),
                wanted,
            )?)
        })
        .await
}

/// Approves a refund.
#[utoipa::path(
    operation_id = "approve_refund", tag = "payments", summary = "Approve that money goes back",
    description = "Approves a refund that somebody else proposed.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "It is approved.", body = RefundView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/refunds/{id}/approvals")]
pub async fn approve_refund(
    writer: Writer<ApproveRefunds>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            reply(service::decide(
                services,
                db,
                actor,
                (&id, version.0),
                None,
            )?)
        })
        .await
}

/// Rejects a refund.
#[utoipa::path(
    operation_id = "reject_refund", tag = "payments", summary = "Reject a refund",
    description = "Rejects a refund that somebody else proposed, with a reason; it may be proposed anew.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It is rejected.", body = RefundView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/refunds/{id}/rejections")]
pub async fn reject_refund(
    writer: Writer<ApproveRefunds>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let why = Some(reason.as_str());
            reply(service::decide(services, db, actor, (&id, version.0), why)?)
        })
        .await
}

/// Under which name the bank has paid.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayoutIn {
    /// The bank's own name of the transfer back.
    #[schema(min_length = 1, max_length = 64, example = "FT26333000456")]
    pub bank_reference: String,
}

/// Ends a refund.
#[utoipa::path(
    operation_id = "pay_refund_out", tag = "payments", summary = "Money has gone back",
    description = "Writes that the bank has paid an approved refund, under the bank's own name of the transfer; the ledger has its entry.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = PayoutIn,
    responses((status = 201, description = "It has gone back.", body = RefundView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/refunds/{id}/payouts")]
pub async fn pay_refund_out(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<PayoutIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reference = body.bank_reference.clone();
    writer
        .once(&body, move |services, db, actor| {
            let which = (&id, version.0);
            reply(service::pay_out(services, db, actor, which, &reference)?)
        })
        .await
}

/// Which refunds.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RefundsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Where they stand.
    #[param(value_type = Option<words::RefundState>)]
    pub state: Option<RefundState>,
}

/// Refunds.
#[utoipa::path(
    operation_id = "list_refunds", tag = "payments", summary = "Money that goes back",
    description = "Refunds, the last proposed first: proposed, approved, rejected, paid out.",
    params(RefundsQuery),
    responses((status = 200, description = "A page of refunds.", body = Page<RefundView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/refunds")]
pub async fn list_refunds(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<RefundsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &query.state)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::list(services, db, actor, query.state, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |r| r.id.to_string(),
                |r| RefundView::of(r, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
