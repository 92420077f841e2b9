//! Payments of which it is not known whether they came.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::fee::request::UnknownState;
use motcua_services::fee::unknown::{self as service, NewUnknown, Unknowns};
use motcua_services::reference::Names;
use motcua_store::payment::UnknownRow;
use motcua_store::{DossierId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::request::CancellationIn;
use crate::auth::{CollectFees, ReadPayments, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// What a cashier says who does not know.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnknownPaymentIn {
    /// How it was to be paid: by card or by transfer.
    #[schema(value_type = words::PaymentMethod)]
    pub method: PaymentMethod,
    /// The terminal's or the bank's reference, where there is one.
    #[schema(max_length = 64, example = "POS 0012")]
    pub reference: Option<String>,
    /// What was seen.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Máy thẻ treo sau khi nhập mã PIN"
    )]
    pub note: String,
}

/// A payment of which it is not known, or was not, whether it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnknownPaymentView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money it would be.
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
    /// How it was to be paid.
    #[schema(value_type = words::PaymentMethod)]
    pub method: String,
    /// The terminal's or the bank's reference.
    pub reference: Option<String>,
    /// What was seen.
    pub note: String,
    /// Whether it came.
    #[schema(value_type = words::UnknownPaymentState)]
    pub state: String,
    /// Who said that it is not known.
    pub said_by: PersonRef,
    /// When.
    pub said_at: DateTime<FixedOffset>,
    /// Who said what became of it; absent: the bank told.
    pub settled_by: Option<PersonRef>,
    /// When it was known.
    pub settled_at: Option<DateTime<FixedOffset>>,
    /// Why it is taken that it did not come.
    pub settled_because: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl UnknownPaymentView {
    fn of(row: UnknownRow, names: &Names) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            dossier_id: row.dossier_id.to_string(),
            dossier_code: row.dossier_code,
            amount_vnd: row.amount_vnd,
            method: row.method,
            reference: row.reference,
            note: row.note,
            state: row.state,
            said_by: person(&row.said_by),
            said_at: vn(row.said_at),
            settled_by: row.settled_by.as_ref().map(person),
            settled_at: vn_opt(row.settled_at),
            settled_because: row.settled_because,
            version: row.version,
        }
    }
}

fn reply(found: Unknowns) -> motcua_services::Result<Reply> {
    let names = found.names;
    let mut rows = found.rows;
    let view = rows.pop().map(|row| UnknownPaymentView::of(row, &names));
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/unknown-payments".to_owned(), version, &view)
}

/// Says that it is not known whether a payment came.
#[utoipa::path(
    operation_id = "say_payment_unknown", tag = "payments", summary = "It is not known whether a payment came",
    description = "Says that a terminal or a bank did not answer: what the dossier owes may have been paid, or not. It goes on owing, and is neither collected otherwise nor asked for until that is known: the bank tells of it, the cashier collects it by the same way once she was told that it came, or says that it did not.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IdempotencyKey),
    request_body = UnknownPaymentIn,
    responses((status = 201, description = "It is kept as unknown.", body = UnknownPaymentView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/unknown-payments")]
pub async fn say_payment_unknown(
    writer: Writer<CollectFees>,
    id: Path<DossierId>,
    body: Json<UnknownPaymentIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewUnknown {
        method: body.method,
        reference: body.reference.clone(),
        note: body.note.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            reply(service::say(services, db, actor, &id, &new)?)
        })
        .await
}

/// Says that it did not come.
#[utoipa::path(
    operation_id = "deny_unknown_payment", tag = "payments", summary = "A payment did not come",
    description = "Says that a payment did not come of which that was not known, as the bank or the terminal's keeper told: the payer may be asked again. Should it come all the same, it goes back.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It did not come.", body = UnknownPaymentView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/unknown-payments/{id}/denials")]
pub async fn deny_unknown_payment(
    writer: Writer<CollectFees>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<CancellationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let which = (&id, version.0);
            reply(service::deny(services, db, actor, which, &reason)?)
        })
        .await
}

/// Which payments.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct UnknownPaymentsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Whether they came.
    #[param(value_type = Option<words::UnknownPaymentState>)]
    pub state: Option<UnknownState>,
    /// Those of one dossier.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
}

/// Payments of which it is not known whether they came.
#[utoipa::path(
    operation_id = "list_unknown_payments", tag = "payments", summary = "Payments that may have come",
    description = "Payments of which it is not known, or was not, whether they came, the last first.",
    params(UnknownPaymentsQuery),
    responses((status = 200, description = "A page of payments.", body = Page<UnknownPaymentView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/unknown-payments")]
pub async fn list_unknown_payments(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<UnknownPaymentsQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let paging: Paging<String> = Paging::read(
        q.limit,
        q.cursor.as_deref(),
        "-id",
        &(&q.state, &q.dossier_id),
    )?;
    let page = reader
        .read(move |services, db, actor| {
            let of = (q.state, q.dossier_id.as_ref());
            let edge = paging.by_id();
            let found = service::list(services, db, actor, of, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |u| u.id.to_string(),
                |u| UnknownPaymentView::of(u, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
