//! Compensatory leave: what service shifts earned, what was taken, what is left.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_services::roster::{self as service, Entries};
use motcua_store::roster::LeaveEntryRow;
use motcua_store::{CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{PlanRoster, Reader, Reply, SignedIn, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// What somebody has left.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeaveBalance {
    /// Who.
    pub user: PersonRef,
    /// The sum of the entries, in minutes.
    pub balance_minutes: i64,
}

/// An entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeaveEntryView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose.
    pub user: PersonRef,
    /// What it is.
    #[schema(value_type = words::LeaveEntryKind)]
    pub kind: String,
    /// Minutes: earned above zero, taken below.
    pub minutes: i32,
    /// The duty that earned it.
    #[schema(format = Uuid)]
    pub duty_id: Option<String>,
    /// The absence that took it.
    #[schema(format = Uuid)]
    pub absence_id: Option<String>,
    /// The entry that it corrects.
    #[schema(format = Uuid)]
    pub corrects_id: Option<String>,
    /// It was itself corrected.
    pub corrected: bool,
    /// Why it corrects.
    pub reason: Option<String>,
    /// The document its ratio rests on.
    pub source: String,
    /// Who entered it.
    pub entered_by: PersonRef,
    /// When.
    pub entered_at: DateTime<FixedOffset>,
}

/// An entry that was made, and what is left.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeaveEntered {
    /// The entry.
    pub entry: LeaveEntryView,
    /// What its person has left, in minutes.
    pub balance_minutes: i64,
}

/// A correction.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveCorrectionIn {
    /// Why.
    #[schema(min_length = 1, max_length = 300, example = "Xác nhận nhầm ca trực.")]
    pub reason: String,
}

fn view(row: LeaveEntryRow, all: &Entries) -> LeaveEntryView {
    let text = |id: Option<RecordId>| id.map(|id| id.to_string());
    LeaveEntryView {
        user: PersonRef::of(&row.user_id, &all.names),
        entered_by: PersonRef::of(&row.entered_by, &all.names),
        corrected: all.corrected.contains(&row.id),
        id: row.id.to_string(),
        kind: row.kind,
        minutes: row.minutes,
        duty_id: text(row.duty_id),
        absence_id: text(row.absence_id),
        corrects_id: text(row.corrects_id),
        reason: row.reason,
        source: row.source,
        entered_at: vn(row.entered_at),
    }
}

fn entered(mut all: Entries) -> motcua_services::Result<Reply> {
    let made = all.rows.pop().map(|row| LeaveEntered {
        entry: view(row, &all),
        balance_minutes: all.balance,
    });
    Reply::created("/api/v1/roster/leave-entries".into(), None, &made)
}

/// Which page of which centre.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BalancesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// What people have left.
#[utoipa::path(
    operation_id = "list_leave_balances", tag = "roster", summary = "Compensatory leave that is left",
    description = "What people have left of compensatory leave at a centre: everybody with an entry for who plans its roster, else the caller alone.",
    params(BalancesQuery),
    responses((status = 200, description = "A page of balances.", body = Page<LeaveBalance>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/roster/leave-balances")]
pub async fn list_leave_balances(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<BalancesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = &query.centre_id;
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "user", of)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let centre = query.centre_id.as_ref();
            let limit = paging.fetch();
            let found = service::balances(services, db, actor, centre, edge, limit)?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |(id, _)| id.to_string(),
                |(id, balance_minutes)| LeaveBalance {
                    user: PersonRef::of(&id, &names),
                    balance_minutes,
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Whose entries.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EntriesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Whose; the caller's own when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub user_id: Option<UserId>,
}

/// The ledger of one person.
#[utoipa::path(
    operation_id = "list_leave_entries", tag = "roster", summary = "The ledger of compensatory leave",
    description = "What one person earned and took of compensatory leave at a centre, newest first: the caller's own, or anybody's for who plans its roster. Entries are added, never changed; the balance is their sum.",
    params(EntriesQuery),
    responses((status = 200, description = "A page of entries.", body = Page<LeaveEntryView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/roster/leave-entries")]
pub async fn list_leave_entries(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<EntriesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (&query.centre_id, &query.user_id);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let (centre, person) = (query.centre_id.as_ref(), query.user_id.as_ref());
            let limit = paging.fetch();
            let mut all = service::entries(services, db, actor, centre, person, edge, limit)?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(rows, |e| e.id.to_string(), |e| view(e, &all)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Confirms that a service shift was served.
#[utoipa::path(
    operation_id = "record_service", tag = "roster", summary = "Confirm a service shift",
    description = "Confirms that a service shift was served: whoever was expected there earns its time as compensatory leave. Nobody confirms the own.",
    params(("id" = String, Path, description = "Id of the duty.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "What was earned.", body = LeaveEntered)),
    security(("bearer" = []))
)]
#[post("/roster/duties/{id}/service-records")]
pub async fn record_service(
    writer: Writer<PlanRoster>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            entered(service::record_service(services, db, actor, &id)?)
        })
        .await
}

/// Corrects an entry by its counter-entry.
#[utoipa::path(
    operation_id = "correct_leave_entry", tag = "roster", summary = "Correct an entry",
    description = "Corrects an entry of the ledger by its counter-entry, which another person makes than entered it, and whose leave it is not. The entry stays.",
    params(("id" = String, Path, description = "Id of the entry.", format = Uuid), IdempotencyKey), request_body = LeaveCorrectionIn,
    responses((status = 201, description = "The counter-entry.", body = LeaveEntered)),
    security(("bearer" = []))
)]
#[post("/roster/leave-entries/{id}/corrections")]
pub async fn correct_leave_entry(
    writer: Writer<PlanRoster>,
    id: Path<RecordId>,
    body: Json<LeaveCorrectionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            entered(service::correct_entry(services, db, actor, &id, &reason)?)
        })
        .await
}
