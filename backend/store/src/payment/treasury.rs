//! What went on to the State Treasury, and whether a centre takes cash.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Edge, Named, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{cash_rules, treasury_transfers};
use crate::ts::Ts;

/// Money that went on to the State Treasury.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = treasury_transfers, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct TreasuryRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    /// First day of the month whose money it is.
    pub month: NaiveDate,
    pub phi_vnd: i64,
    pub le_phi_vnd: i64,
    /// Phí that the collecting body keeps.
    pub kept_phi_vnd: i64,
    /// The instrument by which it does.
    pub kept_source: Option<String>,
    pub bank_reference: String,
    pub transferred_on: NaiveDate,
    pub entered_by: UserId,
    pub entered_at: Ts,
    pub undone_by: Option<UserId>,
    pub undone_at: Option<Ts>,
    pub undone_because: Option<String>,
    pub version: i64,
}

/// Keeps that money went on.
///
/// # Errors
/// Storage failures, among them that the bank's name of it is known.
pub fn insert_treasury(db: &mut Db, row: &TreasuryRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(treasury_transfers::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One transfer, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn treasury(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<TreasuryRow>> {
    let row = treasury_transfers::table
        .find(id)
        .select(TreasuryRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|t: &TreasuryRow| scope.covers(&t.centre_id, &t.authority_id)))
}

/// Keeps that a transfer was entered wrongly, if it still has the version before; false when it has
/// moved on.
///
/// # Errors
/// Storage failures only.
pub fn undo_treasury(db: &mut Db, row: &TreasuryRow) -> StoreResult<bool> {
    use treasury_transfers as t;
    let n = diesel::update(
        t::table
            .find(&row.id)
            .filter(t::version.eq(row.version - 1)),
    )
    .set((
        t::undone_by.eq(row.undone_by.clone()),
        t::undone_at.eq(row.undone_at),
        t::undone_because.eq(row.undone_because.clone()),
        t::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// What of an authority's money of these months went on and was not entered wrongly.
///
/// # Errors
/// Storage failures only.
pub fn treasury_since(
    db: &mut Db,
    authority: &AuthorityId,
    month: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<TreasuryRow>> {
    use treasury_transfers as t;
    Ok(t::table
        .filter(t::authority_id.eq(authority.clone()))
        .filter(t::month.ge(month))
        .filter(t::undone_at.is_null())
        .order((t::month.asc(), t::id.asc()))
        .limit(limit)
        .select(TreasuryRow::as_select())
        .load(db)?)
}

/// What went on of an authority's money under these names of the bank's.
///
/// # Errors
/// Storage failures only.
pub fn treasury_named(
    db: &mut Db,
    authority: &AuthorityId,
    references: &[String],
) -> StoreResult<Vec<Named>> {
    use treasury_transfers as t;
    Ok(t::table
        .filter(t::authority_id.eq(authority.clone()))
        .filter(t::bank_reference.eq_any(references.to_vec()))
        .filter(t::undone_at.is_null())
        .select((t::id, t::bank_reference, t::phi_vnd + t::le_phi_vnd))
        .load(db)?)
}

/// The transfers within a scope next to an edge, the last entered first.
///
/// # Errors
/// Storage failures only.
pub fn treasury_page(
    db: &mut Db,
    scope: &Scope,
    authority: Option<&AuthorityId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<TreasuryRow>> {
    let mut q = treasury_transfers::table
        .select(TreasuryRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(authority) = authority {
        q = q.filter(treasury_transfers::authority_id.eq(authority.clone()));
    }
    let q = within!(q, treasury_transfers, scope);
    let q = next_to!(q, treasury_transfers, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Whether a centre takes cash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = cash_rules)]
#[allow(missing_docs, reason = "plain columns")]
pub struct CashRow {
    pub centre_id: CentreId,
    pub allowed: bool,
    /// The decision.
    pub source: String,
    pub set_by: UserId,
    pub set_at: Ts,
    pub version: i64,
}

/// Whether a centre takes cash, where anybody ever said so.
///
/// # Errors
/// Storage failures only.
pub fn cash_rule(db: &mut Db, centre: &CentreId) -> StoreResult<Option<CashRow>> {
    Ok(cash_rules::table
        .find(centre)
        .select(CashRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says whether a centre takes cash, if the row still has the version before; false when it has moved
/// on.
///
/// # Errors
/// Storage failures only.
pub fn set_cash_rule(db: &mut Db, row: &CashRow) -> StoreResult<bool> {
    use cash_rules as r;
    if row.version == 1 {
        let n = on_each!(db, c => diesel::insert_into(r::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        return Ok(n == 1);
    }
    let n = diesel::update(
        r::table
            .find(&row.centre_id)
            .filter(r::version.eq(row.version - 1)),
    )
    .set((
        r::allowed.eq(row.allowed),
        r::source.eq(row.source.clone()),
        r::set_by.eq(row.set_by.clone()),
        r::set_at.eq(row.set_at),
        r::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}
