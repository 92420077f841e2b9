//! The money that came.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId};
use crate::on_each;
use crate::schema::bank_transactions;
use crate::ts::Ts;

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

/// What a centre holds that is nobody's payment, in đồng: what waits for its rest, what is to go back,
/// what nobody knows.
///
/// # Errors
/// Storage failures only.
pub fn held_vnd(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    use bank_transactions as t;
    let held = "CAST(COALESCE(SUM(CASE state WHEN 'to_refund' THEN refund_vnd \
        WHEN 'matched' THEN 0 WHEN 'refunded' THEN 0 WHEN 'placed' THEN 0 ELSE amount_vnd END), 0) AS BIGINT)";
    Ok(on_each!(db, c => t::table
        .filter(t::centre_id.eq(centre))
        .select(sql::<BigInt>(held))
        .get_result::<i64>(c))?)
}

/// Money that came, if it lies within the scope, to be read.
///
/// # Errors
/// Storage failures only.
pub fn transaction(
    db: &mut Db,
    scope: &Scope,
    id: &RecordId,
) -> StoreResult<Option<TransactionRow>> {
    let row = bank_transactions::table
        .find(id)
        .select(TransactionRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|m: &TransactionRow| scope.covers(&m.centre_id, &m.authority_id)))
}
