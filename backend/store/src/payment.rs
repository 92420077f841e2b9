//! Where authorities collect, what is asked of payers, what banks tell, and the money that came.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    bank_notifications, bank_transactions, collection_accounts, dossiers, payment_requests, refunds,
};
use crate::ts::Ts;

/// The account an authority collects to.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = collection_accounts, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AccountRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub bank_bin: String,
    pub account_number: String,
    /// In whose name it is.
    pub holder: String,
    /// The document that names it.
    pub source: String,
    pub proposed_by: UserId,
    pub proposed_at: Ts,
    pub confirmed_by: Option<UserId>,
    pub confirmed_at: Option<Ts>,
    pub ended_by: Option<UserId>,
    pub ended_at: Option<Ts>,
    pub version: i64,
}

/// What is asked of a payer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_requests, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RequestRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub assessment_id: RecordId,
    pub account_id: RecordId,
    pub reference: String,
    pub amount_vnd: i64,
    pub received_vnd: i64,
    pub state: String,
    /// The text of its VietQR code.
    pub payload: String,
    pub created_at: Ts,
    pub created_by: UserId,
    pub expires_at: Ts,
    pub closed_at: Option<Ts>,
    pub closed_by: Option<UserId>,
    /// Why it is not asked any more.
    pub reason: Option<String>,
    pub version: i64,
}

/// What a bank told.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_notifications, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct NotificationRow {
    pub id: RecordId,
    pub adapter: String,
    pub message_id: String,
    pub received_at: Ts,
    /// `stored`, `done`, `unknown_account`, `refused`.
    pub state: String,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Word for word as it came.
    pub body: String,
    pub attempts: i32,
    pub centre_id: Option<CentreId>,
    pub transaction_id: Option<RecordId>,
}

/// Money that came.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_transactions, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct TransactionRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub account_id: RecordId,
    /// The bank's own name of it.
    pub bank_reference: String,
    pub amount_vnd: i64,
    pub refund_vnd: i64,
    pub description: String,
    pub payer_name: Option<String>,
    pub payer_account: Option<String>,
    pub booked_at: Ts,
    pub received_at: Ts,
    pub state: String,
    pub request_id: Option<RecordId>,
    pub version: i64,
}

/// Money that goes back.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refunds, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RefundRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub transaction_id: RecordId,
    pub amount_vnd: i64,
    pub to_name: String,
    pub to_bank: String,
    pub to_account: String,
    pub reason: String,
    pub state: String,
    pub proposed_by: UserId,
    pub proposed_at: Ts,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Ts>,
    pub decision_reason: Option<String>,
    pub paid_by: Option<UserId>,
    pub paid_at: Option<Ts>,
    /// The bank's own name of the transfer back.
    pub bank_reference: Option<String>,
    pub version: i64,
}

/// A dossier whose fees are to be paid, as the cashier's list shows it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DueRow {
    pub id: DossierId,
    pub code: Option<String>,
    pub procedure_name: String,
    pub owner_name: String,
    pub authority_id: AuthorityId,
    pub received_at: Ts,
}

/// Narrows a boxed question to a scope; single ones by equality, which uses the index whole.
macro_rules! within {
    ($q:ident, $table:ident, $scope:expr) => {
        match ($scope.centres.as_slice(), $scope.authorities.as_slice()) {
            ([centre], []) => $q.filter($table::centre_id.eq(centre.clone())),
            ([], [authority]) => $q.filter($table::authority_id.eq(authority.clone())),
            (centres, authorities) => $q.filter(
                $table::centre_id
                    .eq_any(centres.to_vec())
                    .or($table::authority_id.eq_any(authorities.to_vec())),
            ),
        }
    };
}

/// Orders a boxed question by its ids next to an edge: the newest first, the reverse before an edge.
macro_rules! next_to {
    ($q:ident, $table:ident, $edge:expr) => {
        match $edge {
            Some((id, true)) => $q
                .filter($table::id.gt(id.to_owned()))
                .order($table::id.asc()),
            Some((id, false)) => $q
                .filter($table::id.lt(id.to_owned()))
                .order($table::id.desc()),
            None => $q.order($table::id.desc()),
        }
    };
}

/// An edge of a page: the id next to it, and whether the page lies before it.
pub type Edge<'a> = Option<(&'a str, bool)>;

fn in_order<T>(mut rows: Vec<T>, edge: Edge<'_>) -> Vec<T> {
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    rows
}

/// Names an account.
///
/// # Errors
/// Storage failures only.
pub fn insert_account(db: &mut Db, row: &AccountRow) -> StoreResult<()> {
    diesel::insert_into(collection_accounts::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One account.
///
/// # Errors
/// Storage failures only.
pub fn account(db: &mut Db, id: &RecordId) -> StoreResult<Option<AccountRow>> {
    Ok(collection_accounts::table
        .find(id)
        .select(AccountRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps who confirmed or ended an account, if it still has the version before; false when it has moved
/// on.
///
/// # Errors
/// Storage failures only.
pub fn keep_account(db: &mut Db, row: &AccountRow) -> StoreResult<bool> {
    use collection_accounts as a;
    let n = diesel::update(
        a::table
            .find(&row.id)
            .filter(a::version.eq(row.version - 1)),
    )
    .set((
        a::confirmed_by.eq(row.confirmed_by.clone()),
        a::confirmed_at.eq(row.confirmed_at),
        a::ended_by.eq(row.ended_by.clone()),
        a::ended_at.eq(row.ended_at),
        a::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// The account that collects for an authority now.
///
/// # Errors
/// Storage failures only.
pub fn account_of(db: &mut Db, authority: &AuthorityId) -> StoreResult<Option<AccountRow>> {
    use collection_accounts as a;
    Ok(a::table
        .filter(a::authority_id.eq(authority.clone()))
        .filter(a::confirmed_at.is_not_null())
        .filter(a::ended_at.is_null())
        .select(AccountRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The accounts of a bank with this number, the last named first: ended ones too, since money still
/// comes to them.
///
/// # Errors
/// Storage failures only.
pub fn accounts_numbered(db: &mut Db, bin: &str, number: &str) -> StoreResult<Vec<AccountRow>> {
    use collection_accounts as a;
    Ok(a::table
        .filter(a::bank_bin.eq(bin.to_owned()))
        .filter(a::account_number.eq(number.to_owned()))
        .order(a::id.desc())
        .limit(20)
        .select(AccountRow::as_select())
        .load(db)?)
}

/// The accounts within a scope next to an edge, the last named first.
///
/// # Errors
/// Storage failures only.
pub fn accounts_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<AccountRow>> {
    let q = collection_accounts::table
        .select(AccountRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = within!(q, collection_accounts, scope);
    let q = next_to!(q, collection_accounts, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Asks.
///
/// # Errors
/// Storage failures, among them that something is asked of the dossier already.
pub fn insert_request(db: &mut Db, row: &RequestRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(payment_requests::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One request, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn request(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<RequestRow>> {
    let row = payment_requests::table
        .find(id)
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|r: &RequestRow| scope.covers(&r.centre_id, &r.authority_id)))
}

/// The request of a reference.
///
/// # Errors
/// Storage failures only.
pub fn request_of(db: &mut Db, reference: &str) -> StoreResult<Option<RequestRow>> {
    Ok(payment_requests::table
        .filter(payment_requests::reference.eq(reference.to_owned()))
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?)
}

/// What is asked of a dossier and waited for.
///
/// # Errors
/// Storage failures only.
pub fn open_request(db: &mut Db, dossier: &DossierId) -> StoreResult<Option<RequestRow>> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::dossier_id.eq(dossier.clone()))
        .filter(r::closed_at.is_null())
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?)
}

/// What is asked of these dossiers and waited for.
///
/// # Errors
/// Storage failures only.
pub fn open_requests(db: &mut Db, dossiers: &[DossierId]) -> StoreResult<Vec<RequestRow>> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::dossier_id.eq_any(dossiers.to_vec()))
        .filter(r::closed_at.is_null())
        .select(RequestRow::as_select())
        .load(db)?)
}

/// Keeps what came of a request, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_request(db: &mut Db, row: &RequestRow) -> StoreResult<bool> {
    use payment_requests as r;
    let n = diesel::update(
        r::table
            .find(&row.id)
            .filter(r::version.eq(row.version - 1)),
    )
    .set((
        r::received_vnd.eq(row.received_vnd),
        r::state.eq(row.state.clone()),
        r::closed_at.eq(row.closed_at),
        r::closed_by.eq(row.closed_by.clone()),
        r::reason.eq(row.reason.clone()),
        r::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// A request as lists show it: with the code of its dossier.
pub type RequestLine = (RequestRow, Option<String>);

/// The requests within a scope next to an edge, the last made first; of one dossier when one is named.
///
/// # Errors
/// Storage failures only.
pub fn requests_page(
    db: &mut Db,
    scope: &Scope,
    dossier: Option<&DossierId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<RequestLine>> {
    let mut q = payment_requests::table
        .inner_join(dossiers::table)
        .select((RequestRow::as_select(), dossiers::code))
        .limit(limit)
        .into_boxed();
    if let Some(dossier) = dossier {
        q = q.filter(payment_requests::dossier_id.eq(dossier.clone()));
    }
    let q = within!(q, payment_requests, scope);
    let q = next_to!(q, payment_requests, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// The dossiers within a scope whose fees are to be paid, next to an edge, the last received first; the
/// one with a code when one is given.
///
/// # Errors
/// Storage failures only.
pub fn due_page(
    db: &mut Db,
    scope: &Scope,
    code: Option<&str>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<DueRow>> {
    let mut q = dossiers::table
        .select(DueRow::as_select())
        // As a literal: only then does the index of what is due answer it.
        .filter(sql::<Bool>(
            "dossiers.payment_state = 'due' \
             AND EXISTS (SELECT 1 FROM fee_assessments a WHERE a.dossier_id = dossiers.id)",
        ))
        .limit(limit)
        .into_boxed();
    if let Some(code) = code {
        q = q.filter(dossiers::code.eq(code.to_owned()));
    }
    let q = within!(q, dossiers, scope);
    let q = next_to!(q, dossiers, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Stores what a bank told; false when the message is known.
///
/// # Errors
/// Storage failures only.
pub fn insert_notification(db: &mut Db, row: &NotificationRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(bank_notifications::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// The message of an adapter with this id that was not refused.
///
/// # Errors
/// Storage failures only.
pub fn notification(
    db: &mut Db,
    adapter: &str,
    message: &str,
) -> StoreResult<Option<NotificationRow>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(n::adapter.eq(adapter.to_owned()))
        .filter(n::message_id.eq(message.to_owned()))
        .filter(sql::<Bool>("state <> 'refused'"))
        .select(NotificationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// How many notifications were refused since an instant, counted no further than `most`.
///
/// # Errors
/// Storage failures only.
pub fn refused_since(db: &mut Db, since: Ts, most: i64) -> StoreResult<i64> {
    use bank_notifications as n;
    let ids: Vec<RecordId> = n::table
        .filter(sql::<Bool>("state = 'refused'"))
        .filter(n::received_at.ge(since))
        .select(n::id)
        .limit(most)
        .load(db)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

/// At most `limit` notifications of which nothing was made yet, those that failed least first.
///
/// # Errors
/// Storage failures only.
pub fn stored(db: &mut Db, limit: i64) -> StoreResult<Vec<RecordId>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(sql::<Bool>("state = 'stored'"))
        .order((n::attempts.asc(), n::id.asc()))
        .limit(limit)
        .select(n::id)
        .load(db)?)
}

/// When the oldest of them came.
///
/// # Errors
/// Storage failures only.
pub fn oldest_stored(db: &mut Db) -> StoreResult<Option<Ts>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(sql::<Bool>("state = 'stored'"))
        .order((n::attempts.desc(), n::id.asc()))
        .select(n::received_at)
        .first(db)
        .optional()?)
}

/// A notification of which nothing was made yet, for this transaction alone; none when another has made
/// something of it.
///
/// # Errors
/// Storage failures only.
pub fn take_notification(db: &mut Db, id: &RecordId) -> StoreResult<Option<NotificationRow>> {
    use bank_notifications as n;
    // The update locks the row on PostgreSQL; SQLite has one writer.
    let taken = diesel::update(n::table.find(id).filter(sql::<Bool>("state = 'stored'")))
        .set(n::attempts.eq(n::attempts + 1))
        .execute(db)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(n::table
        .find(id)
        .select(NotificationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says that making something of a notification failed, so that others come first.
///
/// # Errors
/// Storage failures only.
pub fn put_off(db: &mut Db, id: &RecordId) -> StoreResult<()> {
    use bank_notifications as n;
    diesel::update(n::table.find(id))
        .set(n::attempts.eq(n::attempts + 1))
        .execute(db)?;
    Ok(())
}

/// Keeps what was made of a notification.
///
/// # Errors
/// Storage failures only.
pub fn keep_notification(db: &mut Db, row: &NotificationRow) -> StoreResult<()> {
    use bank_notifications as n;
    diesel::update(n::table.find(&row.id))
        .set((
            n::state.eq(row.state.clone()),
            n::centre_id.eq(row.centre_id.clone()),
            n::transaction_id.eq(row.transaction_id.clone()),
        ))
        .execute(db)?;
    Ok(())
}

/// Notifications next to an edge, the last received first: those of a centre, or those of which nobody
/// knows whose they are.
///
/// # Errors
/// Storage failures only.
pub fn notifications_page(
    db: &mut Db,
    centre: Option<&CentreId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<NotificationRow>> {
    use bank_notifications as n;
    let q = n::table.into_boxed();
    let q = match centre {
        Some(centre) => q.filter(n::centre_id.eq(centre.clone())),
        None => q.filter(n::centre_id.is_null()),
    };
    let q = q.select(NotificationRow::as_select()).limit(limit);
    let q = next_to!(q, bank_notifications, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Whether this money is known.
///
/// # Errors
/// Storage failures only.
pub fn transaction_of(
    db: &mut Db,
    account: &RecordId,
    bank_reference: &str,
) -> StoreResult<Option<TransactionRow>> {
    use bank_transactions as t;
    Ok(t::table
        .filter(t::account_id.eq(account.clone()))
        .filter(t::bank_reference.eq(bank_reference.to_owned()))
        .select(TransactionRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The money that came for a request, the first first.
///
/// # Errors
/// Storage failures only.
pub fn transactions_for(db: &mut Db, request: &RecordId) -> StoreResult<Vec<TransactionRow>> {
    use bank_transactions as t;
    Ok(t::table
        .filter(t::request_id.eq(request.clone()))
        .order(t::id.asc())
        .limit(100)
        .select(TransactionRow::as_select())
        .load(db)?)
}

/// Keeps money that came.
///
/// # Errors
/// Storage failures only.
pub fn insert_transaction(db: &mut Db, row: &TransactionRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(bank_transactions::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// The money that was held for a request has paid it.
///
/// # Errors
/// Storage failures only.
pub fn held_has_paid(db: &mut Db, request: &RecordId) -> StoreResult<()> {
    use bank_transactions as t;
    diesel::update(
        t::table
            .filter(t::request_id.eq(request.clone()))
            .filter(t::state.eq("held")),
    )
    .set((t::state.eq("matched"), t::version.eq(t::version + 1)))
    .execute(db)?;
    Ok(())
}

/// The money that was held for a request is to go back.
///
/// # Errors
/// Storage failures only.
pub fn held_goes_back(db: &mut Db, request: &RecordId) -> StoreResult<()> {
    use bank_transactions as t;
    diesel::update(
        t::table
            .filter(t::request_id.eq(request.clone()))
            .filter(t::state.eq("held")),
    )
    .set((
        t::state.eq("to_refund"),
        t::refund_vnd.eq(t::amount_vnd),
        t::version.eq(t::version + 1),
    ))
    .execute(db)?;
    Ok(())
}

/// Money that came, if it lies within the scope, for this transaction alone.
///
/// # Errors
/// Storage failures only.
pub fn transaction_to_change(
    db: &mut Db,
    scope: &Scope,
    id: &RecordId,
) -> StoreResult<Option<TransactionRow>> {
    use bank_transactions as t;
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer.
    diesel::update(t::table.find(id))
        .set(t::version.eq(t::version))
        .execute(db)?;
    let row = t::table
        .find(id)
        .select(TransactionRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|m: &TransactionRow| scope.covers(&m.centre_id, &m.authority_id)))
}

/// Keeps what becomes of money that came, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_transaction(db: &mut Db, row: &TransactionRow) -> StoreResult<bool> {
    use bank_transactions as t;
    let n = diesel::update(
        t::table
            .find(&row.id)
            .filter(t::version.eq(row.version - 1)),
    )
    .set((
        t::state.eq(row.state.clone()),
        t::refund_vnd.eq(row.refund_vnd),
        t::request_id.eq(row.request_id.clone()),
        t::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Proposes that money goes back.
///
/// # Errors
/// Storage failures only.
pub fn insert_refund(db: &mut Db, row: &RefundRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(refunds::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One refund, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn refund(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<RefundRow>> {
    let row = refunds::table
        .find(id)
        .select(RefundRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|r: &RefundRow| scope.covers(&r.centre_id, &r.authority_id)))
}

/// The refund of this money that was not rejected.
///
/// # Errors
/// Storage failures only.
pub fn refund_of(db: &mut Db, transaction: &RecordId) -> StoreResult<Option<RefundRow>> {
    use refunds as r;
    Ok(r::table
        .filter(r::transaction_id.eq(transaction.clone()))
        .filter(sql::<Bool>("state <> 'rejected'"))
        .select(RefundRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps what becomes of a refund, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_refund(db: &mut Db, row: &RefundRow) -> StoreResult<bool> {
    use refunds as r;
    let n = diesel::update(
        r::table
            .find(&row.id)
            .filter(r::version.eq(row.version - 1)),
    )
    .set((
        r::state.eq(row.state.clone()),
        r::decided_by.eq(row.decided_by.clone()),
        r::decided_at.eq(row.decided_at),
        r::decision_reason.eq(row.decision_reason.clone()),
        r::paid_by.eq(row.paid_by.clone()),
        r::paid_at.eq(row.paid_at),
        r::bank_reference.eq(row.bank_reference.clone()),
        r::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// The refunds within a scope next to an edge, the last proposed first; of one state when one is named.
///
/// # Errors
/// Storage failures only.
pub fn refunds_page(
    db: &mut Db,
    scope: &Scope,
    state: Option<&str>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<RefundRow>> {
    let mut q = refunds::table
        .select(RefundRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(state) = state {
        q = q.filter(refunds::state.eq(state.to_owned()));
    }
    let q = within!(q, refunds, scope);
    let q = next_to!(q, refunds, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Money that came within a scope, next to an edge, the last first; of one state when one is named.
///
/// # Errors
/// Storage failures only.
pub fn transactions_page(
    db: &mut Db,
    scope: &Scope,
    state: Option<&str>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<TransactionRow>> {
    let mut q = bank_transactions::table
        .select(TransactionRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(state) = state {
        q = q.filter(bank_transactions::state.eq(state.to_owned()));
    }
    let q = within!(q, bank_transactions, scope);
    let q = next_to!(q, bank_transactions, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// How many references a day has given, by what they begin with.
///
/// # Errors
/// Storage failures only.
pub fn references_used(db: &mut Db, prefix: &str) -> StoreResult<i64> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::reference.ge(prefix.to_owned()))
        .filter(r::reference.lt(format!("{prefix}~")))
        .count()
        .get_result(db)?)
}

/// What a centre holds that is nobody's payment, in đồng: what waits for its rest, what is to go back,
/// what nobody knows.
///
/// # Errors
/// Storage failures only.
pub fn held_vnd(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    use bank_transactions as t;
    let held = "CAST(COALESCE(SUM(CASE state WHEN 'to_refund' THEN refund_vnd \
        WHEN 'matched' THEN 0 WHEN 'refunded' THEN 0 ELSE amount_vnd END), 0) AS BIGINT)";
    Ok(on_each!(db, c => t::table
        .filter(t::centre_id.eq(centre))
        .select(sql::<BigInt>(held))
        .get_result::<i64>(c))?)
}

/// At most `limit` requests of a centre of which another sum came than they say.
///
/// # Errors
/// Storage failures only.
pub fn requests_that_differ(
    db: &mut Db,
    centre: &CentreId,
    limit: i64,
) -> StoreResult<Vec<RecordId>> {
    use payment_requests as r;
    let differ = "received_vnd <> (SELECT COALESCE(SUM(t.amount_vnd), 0) FROM bank_transactions t \
        WHERE t.request_id = payment_requests.id)";
    Ok(r::table
        .filter(r::centre_id.eq(centre.clone()))
        .filter(sql::<Bool>(differ))
        .order(r::id.asc())
        .limit(limit)
        .select(r::id)
        .load(db)?)
}
