//! What goes on to the State Treasury.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_services::fee::sheet::{Month, months};
use motcua_services::fee::treasury::{self as service, NewTransfer, Transfers};
use motcua_services::reference::Names;
use motcua_store::payment::TreasuryRow;
use motcua_store::{AuthorityId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::request::CancellationIn;
use crate::auth::{ReadPayments, Reader, ReconcilePayments, Reply, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};

/// Where a month's money of an authority stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreasuryMonthView {
    /// First day of the month.
    #[schema(example = "2026-11-01")]
    pub month: NaiveDate,
    /// By when its money is at the State Treasury (Decree 61/2018 Art 12.9).
    #[schema(example = "2026-12-05")]
    pub due_on: NaiveDate,
    /// Phí collected in it, in đồng.
    pub phi_vnd: i64,
    /// Lệ phí collected in it.
    pub le_phi_vnd: i64,
    /// Phí of it that went on.
    pub handed_phi_vnd: i64,
    /// Lệ phí of it that went on.
    pub handed_le_phi_vnd: i64,
    /// Phí of it that the collecting body keeps.
    pub kept_phi_vnd: i64,
    /// Phí that is still to go on.
    pub left_phi_vnd: i64,
    /// Lệ phí that is still to go on.
    pub left_le_phi_vnd: i64,
    /// Whether the month is over.
    pub over: bool,
    /// Whether something of it is left after the day by which it was due.
    pub overdue: bool,
}

impl From<Month> for TreasuryMonthView {
    fn from(m: Month) -> Self {
        Self {
            month: m.month,
            due_on: m.due_on,
            phi_vnd: m.phi_vnd,
            le_phi_vnd: m.le_phi_vnd,
            handed_phi_vnd: m.handed_phi_vnd,
            handed_le_phi_vnd: m.handed_le_phi_vnd,
            kept_phi_vnd: m.kept_phi_vnd,
            left_phi_vnd: m.left_phi_vnd(),
            left_le_phi_vnd: m.left_le_phi_vnd(),
            over: m.over,
            overdue: m.overdue,
        }
    }
}

/// Whose money.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfAuthority {
    /// Whose money.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
}

/// Where the money of the last months stands.
#[utoipa::path(
    operation_id = "list_treasury_months", tag = "payments", summary = "Months to be handed over",
    description = "What an authority collected in each of the last 13 months, what of it went on to the State Treasury, what is left, and by when it is due; the last month first.",
    params(OfAuthority),
    responses((status = 200, description = "Thirteen months.", body = Vec<TreasuryMonthView>)),
    security(("bearer" = []))
)]
#[get("/treasury-months")]
pub async fn list_treasury_months(
    reader: Reader<ReadPayments>,
    query: Query<OfAuthority>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let found = reader
        .read(move |services, db, actor| months(services, db, actor, &q.authority_id))
        .await?;
    let items: Vec<TreasuryMonthView> = found.into_iter().map(TreasuryMonthView::from).collect();
    Ok(HttpResponse::Ok().json(items))
}

/// What went on to the State Treasury.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TreasuryTransferIn {
    /// Whose money.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Any day of the month in which it was collected.
    #[schema(example = "2026-11-01")]
    pub month: NaiveDate,
    /// Phí, in đồng.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64, example = 1_250_000)]
    pub phi_vnd: i64,
    /// Lệ phí, in đồng.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64, example = 480_000)]
    pub le_phi_vnd: i64,
    /// Phí that the collecting body keeps of the month, in đồng.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64, default = 0)]
    pub kept_phi_vnd: i64,
    /// The instrument by which it does.
    #[schema(max_length = 300)]
    pub kept_source: Option<String>,
    /// The bank's own name of the transfer.
    #[schema(min_length = 1, max_length = 64, example = "FT26336001122")]
    pub bank_reference: String,
    /// The day on which the bank did it.
    #[schema(example = "2026-12-02")]
    pub transferred_on: NaiveDate,
}

/// Money that went on to the State Treasury.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreasuryTransferView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// First day of the month in which it was collected.
    pub month: NaiveDate,
    /// Phí, in đồng.
    pub phi_vnd: i64,
    /// Lệ phí, in đồng.
    pub le_phi_vnd: i64,
    /// Phí that the collecting body keeps.
    pub kept_phi_vnd: i64,
    /// The instrument by which it does.
    pub kept_source: Option<String>,
    /// The bank's own name of the transfer.
    pub bank_reference: String,
    /// The day on which the bank did it.
    pub transferred_on: NaiveDate,
    /// Who entered it.
    pub entered_by: PersonRef,
    /// When.
    pub entered_at: DateTime<FixedOffset>,
    /// Who took it back, where it was entered wrongly.
    pub undone_by: Option<PersonRef>,
    /// When.
    pub undone_at: Option<DateTime<FixedOffset>>,
    /// Why.
    pub undone_because: Option<String>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl TreasuryTransferView {
    fn of(row: TreasuryRow, names: &Names) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            month: row.month,
            phi_vnd: row.phi_vnd,
            le_phi_vnd: row.le_phi_vnd,
            kept_phi_vnd: row.kept_phi_vnd,
            kept_source: row.kept_source,
            bank_reference: row.bank_reference,
            transferred_on: row.transferred_on,
            entered_by: person(&row.entered_by),
            entered_at: vn(row.entered_at),
            undone_by: row.undone_by.as_ref().map(person),
            undone_at: vn_opt(row.undone_at),
            undone_because: row.undone_because,
            version: row.version,
        }
    }
}

fn reply(found: Transfers) -> motcua_services::Result<Reply> {
    let names = found.names;
    let mut rows = found.rows;
    let view = rows.pop().map(|row| TreasuryTransferView::of(row, &names));
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/treasury-transfers".to_owned(), version, &view)
}

/// Enters what went on.
#[utoipa::path(
    operation_id = "enter_treasury_transfer", tag = "payments", summary = "Money has gone on to the State Treasury",
    description = "Writes that the bank has passed a month's money on to the State Treasury, phí and lệ phí apart; the ledger has its entry. Never more than is left of the month.",
    params(IdempotencyKey), request_body = TreasuryTransferIn,
    responses((status = 201, description = "It is entered.", body = TreasuryTransferView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/treasury-transfers")]
pub async fn enter_treasury_transfer(
    writer: Writer<ReconcilePayments>,
    body: Json<TreasuryTransferIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewTransfer {
        authority: body.authority_id.clone(),
        month: body.month,
        phi_vnd: body.phi_vnd,
        le_phi_vnd: body.le_phi_vnd,
        kept_phi_vnd: body.kept_phi_vnd,
        kept_source: body.kept_source.clone(),
        bank_reference: body.bank_reference.clone(),
        transferred_on: body.transferred_on,
    };
    writer
        .once(&body, move |services, db, actor| {
            reply(service::enter(services, db, actor, &new)?)
        })
        .await
}

/// Takes back what was entered wrongly.
#[utoipa::path(
    operation_id = "undo_treasury_transfer", tag = "payments", summary = "A transfer was entered wrongly",
    description = "Takes back that money went on, where it was entered wrongly: an entry of its own in the ledger, by somebody else than who entered it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = CancellationIn,
    responses((status = 201, description = "It is taken back.", body = TreasuryTransferView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/treasury-transfers/{id}/reversals")]
pub async fn undo_treasury_transfer(
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

/// Which transfers, or which collections.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MoneyPageQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Those of one authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
}

/// What went on.
#[utoipa::path(
    operation_id = "list_treasury_transfers", tag = "payments", summary = "What went on to the State Treasury",
    description = "What was passed on to the State Treasury, the last entered first, with what was taken back of it.",
    params(MoneyPageQuery),
    responses((status = 200, description = "A page of transfers.", body = Page<TreasuryTransferView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/treasury-transfers")]
pub async fn list_treasury_transfers(
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
            let found = service::list(services, db, actor, of, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |t| t.id.to_string(),
                |t| TreasuryTransferView::of(t, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
