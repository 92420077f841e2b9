//! The money that goes back.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{receipts, refunds};
use crate::ts::Ts;

/// Money that goes back.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refunds, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RefundRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    /// Of which money that came; none: of a collection.
    pub transaction_id: Option<RecordId>,
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
    /// Of which collection, by the receipt that was given for it; none: of money that came.
    pub receipt_id: Option<RecordId>,
    /// That receipt, as people name it.
    pub receipt_name: Option<String>,
    /// The dossier that it was given for.
    pub dossier_code: Option<String>,
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

/// The refund of what one of these receipts was given for, that was not rejected.
///
/// # Errors
/// Storage failures only.
pub fn refund_of_receipts(db: &mut Db, receipts: &[RecordId]) -> StoreResult<Option<RefundRow>> {
    use refunds as r;
    Ok(r::table
        .filter(r::receipt_id.eq_any(receipts.to_vec()))
        .filter(sql::<Bool>(
            "receipt_id IS NOT NULL AND state <> 'rejected'",
        ))
        .order(r::id.asc())
        .select(RefundRow::as_select())
        .first(db)
        .optional()?)
}

/// The refund of what one of these payments in the ledger was receipted for, that was not rejected.
///
/// # Errors
/// Storage failures only.
pub fn refund_of_payments(db: &mut Db, entries: &[RecordId]) -> StoreResult<Option<RefundRow>> {
    let of: Vec<RecordId> = receipts::table
        .filter(receipts::entry_id.eq_any(entries.to_vec()))
        .select(receipts::id)
        .load(db)?;
    refund_of_receipts(db, &of)
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
