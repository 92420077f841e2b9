//! Cashiers' words held against what came to the bank.

use diesel::prelude::*;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    bank_placement_lines, bank_placements, bank_transactions, collections_unbanked, dossiers,
};
use crate::ts::Ts;

/// What a cashier collected by her own word and no bank has told of yet.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = collections_unbanked, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct UnbankedRow {
    /// The payment's in the ledger.
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub method: String,
    pub amount_vnd: i64,
    pub reference: Option<String>,
    pub collected_by: Option<UserId>,
    pub collected_at: Ts,
}

/// As lists show it: with the code of its dossier.
pub type Unbanked = (UnbankedRow, Option<String>);

/// Money that came, held against collections.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_placements, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PlacementRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub transaction_id: RecordId,
    pub amount_vnd: i64,
    /// None: the program, where it was certain.
    pub placed_by: Option<UserId>,
    pub placed_at: Ts,
    pub undone_by: Option<UserId>,
    pub undone_at: Option<Ts>,
    pub undone_because: Option<String>,
    pub version: i64,
}

/// A collection that it is held against.
#[derive(Insertable)]
#[diesel(table_name = bank_placement_lines)]
struct LineRow {
    placement_id: RecordId,
    entry_id: RecordId,
}

/// As lists show it: with the bank's own name of the money.
pub type Placement = (PlacementRow, String);

/// Keeps that no bank has told of these collections yet.
///
/// # Errors
/// Storage failures only.
pub fn insert_unbanked(db: &mut Db, rows: &Vec<UnbankedRow>) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(collections_unbanked::table)
        .values(rows)
        .execute(c))?;
    Ok(())
}

/// Takes collections from the list of those no bank has told of; how many stood on it.
///
/// # Errors
/// Storage failures only.
pub fn drop_unbanked(db: &mut Db, ids: &[RecordId]) -> StoreResult<usize> {
    use collections_unbanked as u;
    Ok(diesel::delete(u::table.filter(u::id.eq_any(ids.to_vec()))).execute(db)?)
}

/// Those of these collections that no bank has told of.
///
/// # Errors
/// Storage failures only.
pub fn unbanked(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<UnbankedRow>> {
    use collections_unbanked as u;
    Ok(u::table
        .filter(u::id.eq_any(ids.to_vec()))
        .order(u::id.asc())
        .select(UnbankedRow::as_select())
        .load(db)?)
}

/// Collections of an authority of this sum that no bank has told of, the last first.
///
/// # Errors
/// Storage failures only.
pub fn unbanked_of_sum(
    db: &mut Db,
    authority: &AuthorityId,
    amount_vnd: i64,
    limit: i64,
) -> StoreResult<Vec<Unbanked>> {
    use collections_unbanked as u;
    Ok(u::table
        .inner_join(dossiers::table)
        .filter(u::authority_id.eq(authority.clone()))
        .filter(u::amount_vnd.eq(amount_vnd))
        .order(u::id.desc())
        .limit(limit)
        .select((UnbankedRow::as_select(), dossiers::code))
        .load(db)?)
}

/// The collections within a scope that no bank has told of, next to an edge, the last first; of one
/// authority when one is named.
///
/// # Errors
/// Storage failures only.
pub fn unbanked_page(
    db: &mut Db,
    scope: &Scope,
    authority: Option<&AuthorityId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<Unbanked>> {
    let mut q = collections_unbanked::table
        .inner_join(dossiers::table)
        .select((UnbankedRow::as_select(), dossiers::code))
        .limit(limit)
        .into_boxed();
    if let Some(authority) = authority {
        q = q.filter(collections_unbanked::authority_id.eq(authority.clone()));
    }
    let q = within!(q, collections_unbanked, scope);
    let q = next_to!(q, collections_unbanked, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// What of a centre's collections no bank has told of, in đồng.
///
/// # Errors
/// Storage failures only.
pub fn unbanked_vnd(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    use diesel::dsl::sql;
    use diesel::sql_types::BigInt;
    Ok(on_each!(db, c => collections_unbanked::table
        .filter(collections_unbanked::centre_id.eq(centre))
        .select(sql::<BigInt>("CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT)"))
        .get_result::<i64>(c))?)
}

/// Keeps that money is held against collections.
///
/// # Errors
/// Storage failures, among them that the money or a collection is placed already.
pub fn insert_placement(
    db: &mut Db,
    row: &PlacementRow,
    collections: &[RecordId],
) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(bank_placements::table)
        .values(row)
        .execute(c))?;
    let lines: Vec<LineRow> = collections
        .iter()
        .map(|entry| LineRow {
            placement_id: row.id.clone(),
            entry_id: entry.clone(),
        })
        .collect();
    on_each!(db, c => diesel::insert_into(bank_placement_lines::table)
        .values(&lines)
        .execute(c))?;
    Ok(())
}

/// One placement, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn placement(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<PlacementRow>> {
    let row = bank_placements::table
        .find(id)
        .select(PlacementRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|p: &PlacementRow| scope.covers(&p.centre_id, &p.authority_id)))
}

/// Keeps that a placement was undone, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn undo_placement(db: &mut Db, row: &PlacementRow) -> StoreResult<bool> {
    use bank_placement_lines as l;
    use bank_placements as p;
    let n = diesel::update(
        p::table
            .find(&row.id)
            .filter(p::version.eq(row.version - 1)),
    )
    .set((
        p::undone_by.eq(row.undone_by.clone()),
        p::undone_at.eq(row.undone_at),
        p::undone_because.eq(row.undone_because.clone()),
        p::version.eq(row.version),
    ))
    .execute(db)?;
    diesel::update(l::table.filter(l::placement_id.eq(row.id.clone())))
        .set(l::undone_at.eq(row.undone_at))
        .execute(db)?;
    Ok(n == 1)
}

/// The collections that these placements are about: placement, collection.
///
/// # Errors
/// Storage failures only.
pub fn placed_collections(
    db: &mut Db,
    placements: &[RecordId],
) -> StoreResult<Vec<(RecordId, RecordId)>> {
    use bank_placement_lines as l;
    Ok(l::table
        .filter(l::placement_id.eq_any(placements.to_vec()))
        .order((l::placement_id.asc(), l::entry_id.asc()))
        .select((l::placement_id, l::entry_id))
        .load(db)?)
}

/// Whether a collection is held against money that came.
///
/// # Errors
/// Storage failures only.
pub fn is_placed(db: &mut Db, collection: &RecordId) -> StoreResult<bool> {
    use bank_placement_lines as l;
    let n: i64 = l::table
        .filter(l::entry_id.eq(collection.clone()))
        .filter(l::undone_at.is_null())
        .count()
        .get_result(db)?;
    Ok(n > 0)
}

/// The placements within a scope next to an edge, the last first.
///
/// # Errors
/// Storage failures only.
pub fn placements_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<Placement>> {
    let q = bank_placements::table
        .inner_join(bank_transactions::table)
        .select((PlacementRow::as_select(), bank_transactions::bank_reference))
        .limit(limit)
        .into_boxed();
    let q = within!(q, bank_placements, scope);
    let q = next_to!(q, bank_placements, edge);
    Ok(in_order(q.load(db)?, edge))
}
