//! What is asked of payers: one thing of a dossier at a time, under a reference that is never used again.

use std::collections::HashMap;

use chrono::Utc;
use motcua_domain::dossier::PaymentState;
use motcua_domain::fee::ledger::owed;
use motcua_domain::fee::request::{MoneyState, RequestState, WAITED_FOR, reference};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vietqr::{self, Service};
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::find_to_change;
use motcua_store::fee::{self as fees, AssessmentRow};
use motcua_store::payment::{
    self as rows, AccountRow, DueRow, RequestLine, RequestRow, TransactionRow,
};
use motcua_store::{Db, DossierId, RecordId, StoreError, Ts, UserId, counter};
use serde_json::json;

use super::{ledger, unknown};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// Why a request ended: the cashier had the money otherwise.
pub(super) const PAID_OTHERWISE: &str = "paid_otherwise";
/// Why a request ended: the dossier did.
pub(super) const DOSSIER_ENDED: &str = "dossier_ended";

/// A request with what is shown beside it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The request.
    pub row: RequestRow,
    /// Code of its dossier.
    pub dossier_code: Option<String>,
    /// To which account.
    pub account: AccountRow,
    /// Money that came for it, the first first.
    pub money: Vec<TransactionRow>,
    /// Names of the people who appear.
    pub names: Names,
}

/// A page of requests.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Requests {
    pub rows: Vec<RequestLine>,
    pub names: Names,
}

/// A dossier whose fees are to be paid.
#[derive(Debug, Clone)]
pub struct Due {
    /// The dossier.
    pub row: DueRow,
    /// The assessment that holds.
    pub assessment: AssessmentRow,
    /// What is asked already and waited for.
    pub request: Option<RequestRow>,
}

fn state_of(row: &RequestRow) -> Result<RequestState> {
    RequestState::parse(&row.state)
        .ok_or_else(|| StoreError::Corrupt("an unknown state of a payment request".into()).into())
}

/// Where a request stands at an instant.
///
/// # Errors
/// [`StoreError::Corrupt`] when its state is no word.
pub fn standing(row: &RequestRow, now: chrono::DateTime<Utc>) -> Result<RequestState> {
    Ok(state_of(row)?.at(row.expires_at.0, now))
}

fn keep(db: &mut Db, row: &mut RequestRow) -> Result<()> {
    row.version += 1;
    if rows::keep_request(db, row)? {
        Ok(())
    } else {
        Err(stale(row.version))
    }
}

/// Ends a request; money that was held for it goes back.
fn close(
    db: &mut Db,
    row: &mut RequestRow,
    state: RequestState,
    at: Ts,
    by: Option<&UserId>,
    reason: Option<&str>,
) -> Result<()> {
    row.state = state.as_str().to_owned();
    row.closed_at = Some(at);
    row.closed_by = by.cloned();
    row.reason = reason.map(ToOwned::to_owned);
    keep(db, row)?;
    if row.received_vnd > 0 {
        rows::held_goes_back(db, &row.id)?;
    }
    Ok(())
}

/// Ends what is asked of a dossier, if anything is.
pub(super) fn give_up(
    db: &mut Db,
    dossier: &DossierId,
    at: Ts,
    by: Option<&UserId>,
    reason: &str,
) -> Result<()> {
    if let Some(mut row) = rows::open_request(db, dossier)? {
        close(db, &mut row, RequestState::Cancelled, at, by, Some(reason))?;
    }
    Ok(())
}

/// That nothing is asked of a dossier now; what was waited for long enough has ended.
///
/// # Errors
/// `payment_request_open`.
pub(super) fn still_asked(db: &mut Db, dossier: &DossierId, at: Ts) -> Result<()> {
    let Some(mut row) = rows::open_request(db, dossier)? else {
        return Ok(());
    };
    if standing(&row, at.0)? == RequestState::Expired {
        return close(db, &mut row, RequestState::Expired, at, None, None);
    }
    Err(Refusal::new(
        "payment_request_open",
        "Đang chờ người nộp chuyển khoản: hãy hủy yêu cầu thanh toán trước khi tính lại.",
        "A payment is being waited for: cancel the payment request before working the fees out anew.",
    )
    .with("payment_request_id", row.id.as_str())
    .into())
}

pub(super) fn not_due() -> Error {
    Refusal::new(
        "payment_not_due",
        "Hồ sơ không có khoản nào đang chờ thanh toán.",
        "Nothing is waiting to be paid.",
    )
    .into()
}

/// Asks what a dossier owes of its payer. What is asked already and not over is returned as it is: of two
/// who ask at once the second gets the first's. The second member says whether it was made now.
///
/// # Errors
/// `not_found`, `payment_not_due`, `payment_unknown`, `no_collection_account`, `no_more_references`.
pub fn ask(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierId,
) -> Result<(RequestRow, bool)> {
    let row = find_to_change(db, &actor.scope(Permission::CollectFees), dossier)?
        .ok_or_else(Refusal::not_found)?;
    let now = services.now();
    let at = Ts::new(now);
    if let Some(mut open) = rows::open_request(db, dossier)? {
        if standing(&open, now)?.is_open() {
            return Ok((open, false));
        }
        close(db, &mut open, RequestState::Expired, at, None, None)?;
    }
    let assessment = fees::assessment(db, dossier)?;
    let entries = ledger::entries(db, dossier)?;
    let owed = owed(&ledger::moved(&entries)?);
    let due = row.payment_state == PaymentState::Due.as_str();
    let Some(assessment) = assessment.filter(|_| due && owed > 0) else {
        return Err(not_due());
    };
    unknown::free(db, dossier, None)?;
    let account = rows::account_of(db, &row.authority_id)?.ok_or_else(|| {
        Refusal::new(
            "no_collection_account",
            "Cơ quan giải quyết chưa có tài khoản thu đã được xác nhận.",
            "The authority has no confirmed account to collect to.",
        )
    })?;
    let today = local_date(now);
    let number = counter::next(db, &format!("payment:{}", today.format("%y%m%d")))?;
    let reference = reference(today, number).ok_or_else(|| {
        Refusal::new(
            "no_more_references",
            "Hôm nay đã hết số yêu cầu thanh toán.",
            "Today has no more references.",
        )
    })?;
    let payload = vietqr::encode(&vietqr::Request {
        bank_bin: account.bank_bin.clone(),
        account_number: account.account_number.clone(),
        amount_vnd: Some(owed),
        purpose: Some(reference.clone()),
        service: Service::Account,
    })?;
    let asked = RequestRow {
        id: RecordId::new(),
        centre_id: row.centre_id.clone(),
        authority_id: row.authority_id.clone(),
        dossier_id: dossier.clone(),
        assessment_id: assessment.id,
        account_id: account.id,
        reference,
        amount_vnd: owed,
        received_vnd: 0,
        state: RequestState::Waiting.as_str().to_owned(),
        payload,
        created_at: at,
        created_by: actor.user_id.clone(),
        expires_at: Ts::new(now + WAITED_FOR),
        closed_at: None,
        closed_by: None,
        reason: None,
        version: 1,
    };
    rows::insert_request(db, &asked)?;
    record::audit(
        db,
        &asked.centre_id,
        now,
        Some(actor),
        "payment_request.created",
        ("payment_request", asked.id.as_str()),
        json!({ "dossier": dossier, "reference": asked.reference, "amount_vnd": owed }),
    )?;
    Ok((asked, true))
}

/// Ends a request by a person's word.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`, `payment_request_closed`.
pub fn cancel(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    reason: &str,
) -> Result<RequestRow> {
    let scope = actor.scope(Permission::CollectFees);
    let seen = rows::request(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The dossier first, as money that comes takes them: of the two at once the second waits here.
    find_to_change(db, &scope, &seen.dossier_id)?;
    let mut row = rows::request(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    if row.closed_at.is_some() {
        return Err(Refusal::new(
            "payment_request_closed",
            "Yêu cầu thanh toán này đã kết thúc.",
            "This payment request has ended.",
        )
        .into());
    }
    let now = services.now();
    let by = Some(&actor.user_id);
    close(
        db,
        &mut row,
        RequestState::Cancelled,
        Ts::new(now),
        by,
        Some(&reason),
    )?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "payment_request.cancelled",
        ("payment_request", row.id.as_str()),
        json!({ "dossier": row.dossier_id, "reference": row.reference, "received_vnd": row.received_vnd }),
    )?;
    Ok(row)
}

/// One request, with its account and the money that came.
///
/// # Errors
/// `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Asked> {
    let scope = actor.scope(Permission::ReadPayments);
    let row = rows::request(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let account = rows::account(db, &row.account_id)?
        .ok_or_else(|| Error::Internal("the account of a payment request is gone".into()))?;
    let dossier_code =
        motcua_store::dossier::find(db, &scope, &row.dossier_id)?.and_then(|d| d.code);
    let money = rows::transactions_for(db, &row.id)?;
    let people = [Some(&row.created_by), row.closed_by.as_ref()];
    let names = services.names(db, actor.stamp, people.into_iter().flatten())?;
    Ok(Asked {
        row,
        dossier_code,
        account,
        money,
        names,
    })
}

/// The requests that the actor may read, the last made first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    dossier: Option<&DossierId>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Requests> {
    let scope = actor.scope(Permission::ReadPayments);
    let found = rows::requests_page(db, &scope, dossier, edge, limit)?;
    let people = found.iter().flat_map(|(r, _)| {
        [Some(&r.created_by), r.closed_by.as_ref()]
            .into_iter()
            .flatten()
    });
    let names = services.names(db, actor.stamp, people)?;
    Ok(Requests { rows: found, names })
}

/// The dossiers whose fees are to be paid, the last received first; the one with a code when one is given.
///
/// # Errors
/// Storage failures only.
pub fn due(
    db: &mut Db,
    actor: &Actor,
    code: Option<&str>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Vec<Due>> {
    let scope = actor.scope(Permission::ReadPayments);
    let code = code.map(str::trim).filter(|c| !c.is_empty());
    let found = rows::due_page(db, &scope, code, edge, limit)?;
    let ids: Vec<DossierId> = found.iter().map(|d| d.id.clone()).collect();
    let mut assessments: HashMap<DossierId, AssessmentRow> = fees::assessments(db, &ids)?
        .into_iter()
        .map(|a| (a.dossier_id.clone(), a))
        .collect();
    let mut asked: HashMap<DossierId, RequestRow> = rows::open_requests(db, &ids)?
        .into_iter()
        .map(|r| (r.dossier_id.clone(), r))
        .collect();
    Ok(found
        .into_iter()
        .filter_map(|row| {
            let assessment = assessments.remove(&row.id)?;
            let request = asked.remove(&row.id);
            Some(Due {
                row,
                assessment,
                request,
            })
        })
        .collect())
}

/// Money that came within what the actor may read, the last first.
///
/// # Errors
/// Storage failures only.
pub fn money(
    db: &mut Db,
    actor: &Actor,
    state: Option<MoneyState>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Vec<TransactionRow>> {
    let scope = actor.scope(Permission::ReadPayments);
    Ok(rows::transactions_page(
        db,
        &scope,
        state.map(MoneyState::as_str),
        edge,
        limit,
    )?)
}

/// Keeps what money that came does to a request.
pub(super) fn keep_received(
    db: &mut Db,
    row: &mut RequestRow,
    amount_vnd: i64,
    state: RequestState,
    at: Ts,
) -> Result<()> {
    row.received_vnd += amount_vnd;
    row.state = state.as_str().to_owned();
    // What was waited for long enough is waited for again once some of it came.
    row.closed_at = match (state.is_open(), row.closed_at) {
        (true, _) => None,
        (false, closed) => Some(closed.unwrap_or(at)),
    };
    keep(db, row)
}
