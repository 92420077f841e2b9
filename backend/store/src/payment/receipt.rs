//! Receipts: their series, what was given, what is still to be given, and collections that were none.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    collection_voids, dossiers, ledger_entries, receipt_series, receipts, receipts_owed,
};
use crate::ts::Ts;

/// A series of receipts.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = receipt_series, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SeriesRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    /// `phi` or `le_phi`.
    pub money_kind: String,
    /// `paper` or `electronic`.
    pub medium: String,
    pub form_symbol: String,
    pub serial_symbol: String,
    /// The body that collects, as its receipts name it.
    pub body_name: String,
    pub tax_code: String,
    pub address: String,
    /// The document that announces it.
    pub source: String,
    pub opened_by: UserId,
    pub opened_at: Ts,
    pub ended_by: Option<UserId>,
    pub ended_at: Option<Ts>,
    pub version: i64,
}

/// A receipt as it was given.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = receipts, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ReceiptRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub series_id: RecordId,
    /// The year in Vietnam whose numbers it counts among.
    pub year: i32,
    /// From 1 each year.
    pub number: i64,
    /// `phi` or `le_phi`.
    pub money_kind: String,
    pub dossier_id: DossierId,
    pub dossier_code: Option<String>,
    /// The payment in the ledger.
    pub entry_id: RecordId,
    pub payer_name: String,
    /// Tax code or personal number.
    pub payer_number: Option<String>,
    pub payer_address: Option<String>,
    /// JSON: what was paid for, line by line.
    pub lines: String,
    pub amount_vnd: i64,
    pub method: String,
    pub reference: Option<String>,
    pub issued_at: Ts,
    /// None: by the program, when the bank told of the money.
    pub issued_by: Option<UserId>,
    pub replaces_id: Option<RecordId>,
    pub replaced_because: Option<String>,
    /// `valid`, `replaced`, `voided`.
    pub state: String,
    pub version: i64,
    /// The receipt of which some went back; what this one says is then less than nought.
    pub adjusts_id: Option<RecordId>,
}

/// A payment whose receipts are still to be given.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = receipts_owed)]
#[allow(missing_docs, reason = "plain columns")]
pub struct OwedRow {
    /// The payment in the ledger.
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub phi_vnd: i64,
    pub le_phi_vnd: i64,
    pub since: Ts,
}

/// That a collection was none.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = collection_voids, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct VoidRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub dossier_code: Option<String>,
    /// The payment in the ledger.
    pub entry_id: RecordId,
    pub amount_vnd: i64,
    pub reason: String,
    /// `proposed`, `approved`, `rejected`.
    pub state: String,
    pub proposed_by: UserId,
    pub proposed_at: Ts,
    pub decided_by: Option<UserId>,
    pub decided_at: Option<Ts>,
    pub decision_reason: Option<String>,
    pub version: i64,
}

/// Opens a series.
///
/// # Errors
/// Storage failures, among them that its symbols are used, or that the authority has one of the sort.
pub fn insert_series(db: &mut Db, row: &SeriesRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(receipt_series::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One series.
///
/// # Errors
/// Storage failures only.
pub fn series(db: &mut Db, id: &RecordId) -> StoreResult<Option<SeriesRow>> {
    Ok(receipt_series::table
        .find(id)
        .select(SeriesRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The series that an authority gives its receipts of this sort in now.
///
/// # Errors
/// Storage failures only.
pub fn series_of(
    db: &mut Db,
    authority: &AuthorityId,
    money_kind: &str,
) -> StoreResult<Option<SeriesRow>> {
    use receipt_series as s;
    Ok(s::table
        .filter(s::authority_id.eq(authority.clone()))
        .filter(s::money_kind.eq(money_kind.to_owned()))
        .filter(s::ended_at.is_null())
        .select(SeriesRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps that a series has ended, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_series(db: &mut Db, row: &SeriesRow) -> StoreResult<bool> {
    use receipt_series as s;
    let n = diesel::update(
        s::table
            .find(&row.id)
            .filter(s::version.eq(row.version - 1)),
    )
    .set((
        s::ended_by.eq(row.ended_by.clone()),
        s::ended_at.eq(row.ended_at),
        s::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// The series within a scope next to an edge, the last opened first.
///
/// # Errors
/// Storage failures only.
pub fn series_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<SeriesRow>> {
    let q = receipt_series::table
        .select(SeriesRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = within!(q, receipt_series, scope);
    let q = next_to!(q, receipt_series, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Gives a receipt.
///
/// # Errors
/// Storage failures, among them that the payment has one of the sort already.
pub fn insert_receipt(db: &mut Db, row: &ReceiptRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(receipts::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// A receipt with its series.
pub type Given = (ReceiptRow, SeriesRow);

/// One receipt, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn receipt(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<Given>> {
    let found: Option<Given> = receipts::table
        .inner_join(receipt_series::table)
        .filter(receipts::id.eq(id.clone()))
        .select((ReceiptRow::as_select(), SeriesRow::as_select()))
        .get_result(db)
        .optional()?;
    Ok(found.filter(|(r, _)| scope.covers(&r.centre_id, &r.authority_id)))
}

/// The receipt that took this one's place.
///
/// # Errors
/// Storage failures only.
pub fn replacement_of(db: &mut Db, id: &RecordId) -> StoreResult<Option<Given>> {
    Ok(receipts::table
        .inner_join(receipt_series::table)
        .filter(receipts::replaces_id.eq(id.clone()))
        .select((ReceiptRow::as_select(), SeriesRow::as_select()))
        .get_result(db)
        .optional()?)
}

/// The receipts of what went back of what these were given for, and those that these take something off.
///
/// # Errors
/// Storage failures only.
pub fn adjusting(db: &mut Db, of: &[ReceiptRow]) -> StoreResult<Vec<Given>> {
    let ids: Vec<RecordId> = of.iter().map(|r| r.id.clone()).collect();
    let before: Vec<RecordId> = of.iter().filter_map(|r| r.adjusts_id.clone()).collect();
    let with_series = || {
        receipts::table
            .inner_join(receipt_series::table)
            .select((ReceiptRow::as_select(), SeriesRow::as_select()))
    };
    let mut found: Vec<Given> = with_series()
        .filter(receipts::adjusts_id.eq_any(ids))
        .load(db)?;
    if !before.is_empty() {
        let adjusted: Vec<Given> = with_series().filter(receipts::id.eq_any(before)).load(db)?;
        found.extend(adjusted);
    }
    Ok(found)
}

/// What stands as collected of a dossier by its receipts and by those still to be given, in đồng.
///
/// # Errors
/// Storage failures only.
pub fn receipted_vnd(db: &mut Db, dossier: &DossierId) -> StoreResult<i64> {
    let given = on_each!(db, c => receipts::table
        .filter(receipts::dossier_id.eq(dossier))
        .filter(sql::<Bool>("state = 'valid'"))
        .select(sql::<BigInt>("CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT)"))
        .get_result::<i64>(c))?;
    let owed = on_each!(db, c => receipts_owed::table
        .filter(receipts_owed::dossier_id.eq(dossier))
        .select(sql::<BigInt>("CAST(COALESCE(SUM(phi_vnd + le_phi_vnd), 0) AS BIGINT)"))
        .get_result::<i64>(c))?;
    Ok(given + owed)
}

/// The receipts of a payment that hold.
///
/// # Errors
/// Storage failures only.
pub fn valid_of(db: &mut Db, entry: &RecordId) -> StoreResult<Vec<ReceiptRow>> {
    Ok(receipts::table
        .filter(receipts::entry_id.eq(entry.clone()))
        .filter(sql::<Bool>("state = 'valid'"))
        .order(receipts::id.asc())
        .select(ReceiptRow::as_select())
        .load(db)?)
}

/// Keeps whether a receipt holds, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_receipt(db: &mut Db, row: &ReceiptRow) -> StoreResult<bool> {
    use receipts as r;
    let n = diesel::update(
        r::table
            .find(&row.id)
            .filter(r::version.eq(row.version - 1)),
    )
    .set((r::state.eq(row.state.clone()), r::version.eq(row.version)))
    .execute(db)?;
    Ok(n == 1)
}

/// Which receipts.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReceiptsOf<'a> {
    /// Those of one dossier.
    pub dossier: Option<&'a DossierId>,
    /// Those that say that the payer has this number.
    pub payer_number: Option<&'a str>,
}

/// The receipts within a scope next to an edge, the last given first.
///
/// # Errors
/// Storage failures only.
pub fn receipts_page(
    db: &mut Db,
    scope: &Scope,
    of: ReceiptsOf<'_>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<Given>> {
    let mut q = receipts::table
        .inner_join(receipt_series::table)
        .select((ReceiptRow::as_select(), SeriesRow::as_select()))
        .limit(limit)
        .into_boxed();
    if let Some(dossier) = of.dossier {
        q = q.filter(receipts::dossier_id.eq(dossier.clone()));
    }
    if let Some(number) = of.payer_number {
        q = q.filter(receipts::payer_number.eq(number.to_owned()));
    }
    let q = within!(q, receipts, scope);
    let q = next_to!(q, receipts, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Keeps that a payment's receipts are still to be given.
///
/// # Errors
/// Storage failures only.
pub fn insert_owed(db: &mut Db, row: &OwedRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(receipts_owed::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// The payments of a dossier whose receipts are still to be given, the first first.
///
/// # Errors
/// Storage failures only.
pub fn owed_of(db: &mut Db, dossier: &DossierId) -> StoreResult<Vec<OwedRow>> {
    Ok(receipts_owed::table
        .filter(receipts_owed::dossier_id.eq(dossier.clone()))
        .order(receipts_owed::id.asc())
        .limit(100)
        .select(OwedRow::as_select())
        .load(db)?)
}

/// Keeps what of a payment is still to be receipted; the row goes when nothing is.
///
/// # Errors
/// Storage failures only.
pub fn keep_owed(db: &mut Db, row: &OwedRow) -> StoreResult<()> {
    use receipts_owed as o;
    if row.phi_vnd + row.le_phi_vnd == 0 {
        diesel::delete(o::table.find(&row.id)).execute(db)?;
    } else {
        diesel::update(o::table.find(&row.id))
            .set((o::phi_vnd.eq(row.phi_vnd), o::le_phi_vnd.eq(row.le_phi_vnd)))
            .execute(db)?;
    }
    Ok(())
}

/// What is still to be receipted, as lists show it: with the code of its dossier.
pub type OwedLine = (OwedRow, Option<String>);

/// The payments within a scope whose receipts are still to be given, next to an edge, the last first.
///
/// # Errors
/// Storage failures only.
pub fn owed_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<OwedLine>> {
    let q = receipts_owed::table
        .inner_join(dossiers::table)
        .select((OwedRow::as_select(), dossiers::code))
        .limit(limit)
        .into_boxed();
    let q = within!(q, receipts_owed, scope);
    let q = next_to!(q, receipts_owed, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// Proposes that a collection was none.
///
/// # Errors
/// Storage failures, among them that it is proposed or granted already.
pub fn insert_void(db: &mut Db, row: &VoidRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(collection_voids::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One such proposal, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn void(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<VoidRow>> {
    let row = collection_voids::table
        .find(id)
        .select(VoidRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|v: &VoidRow| scope.covers(&v.centre_id, &v.authority_id)))
}

/// What was proposed of a payment and not rejected.
///
/// # Errors
/// Storage failures only.
pub fn void_of(db: &mut Db, entry: &RecordId) -> StoreResult<Option<VoidRow>> {
    use collection_voids as v;
    Ok(v::table
        .filter(v::entry_id.eq(entry.clone()))
        .filter(sql::<Bool>("state <> 'rejected'"))
        .select(VoidRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps what becomes of a proposal, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_void(db: &mut Db, row: &VoidRow) -> StoreResult<bool> {
    use collection_voids as v;
    let n = diesel::update(
        v::table
            .find(&row.id)
            .filter(v::version.eq(row.version - 1)),
    )
    .set((
        v::state.eq(row.state.clone()),
        v::decided_by.eq(row.decided_by.clone()),
        v::decided_at.eq(row.decided_at),
        v::decision_reason.eq(row.decision_reason.clone()),
        v::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// The proposals within a scope next to an edge, the last first.
///
/// # Errors
/// Storage failures only.
pub fn voids_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<VoidRow>> {
    let q = collection_voids::table
        .select(VoidRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = within!(q, collection_voids, scope);
    let q = next_to!(q, collection_voids, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// How many receipts a series has given in a year.
///
/// # Errors
/// Storage failures only.
pub fn receipts_given(db: &mut Db, series: &str, year: i32) -> StoreResult<i64> {
    Ok(receipts::table
        .filter(receipts::series_id.eq(series.to_owned()))
        .filter(receipts::year.eq(year))
        .count()
        .get_result(db)?)
}

/// How many receipts a centre has given.
///
/// # Errors
/// Storage failures only.
pub fn receipts_kept(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(receipts::table
        .filter(receipts::centre_id.eq(centre.clone()))
        .count()
        .get_result(db)?)
}

/// Receipts by their ids.
///
/// # Errors
/// Storage failures only.
pub fn receipts_by_id(db: &mut Db, ids: &[String]) -> StoreResult<Vec<ReceiptRow>> {
    Ok(receipts::table
        .filter(receipts::id.eq_any(ids.to_vec()))
        .select(ReceiptRow::as_select())
        .load(db)?)
}

/// At most `limit` payments of a centre for which there is no receipt of what they say, none owed, or
/// one though they were taken back.
///
/// # Errors
/// Storage failures only.
pub fn payments_without_receipt(
    db: &mut Db,
    centre: &CentreId,
    limit: i64,
) -> StoreResult<Vec<RecordId>> {
    use ledger_entries as e;
    let differs = "(ledger_entries.kind = 'paid' AND EXISTS (SELECT 1 FROM ledger_postings p \
        WHERE p.entry_id = ledger_entries.id AND p.account = 'receivable' AND -p.amount_vnd <> \
        COALESCE((SELECT SUM(r.amount_vnd) FROM receipts r WHERE r.entry_id = ledger_entries.id \
            AND r.money_kind = p.money_kind AND r.state = 'valid'), 0) \
        + COALESCE((SELECT CASE p.money_kind WHEN 'phi' THEN o.phi_vnd ELSE o.le_phi_vnd END \
            FROM receipts_owed o WHERE o.id = ledger_entries.id), 0) \
        + CASE WHEN EXISTS (SELECT 1 FROM ledger_entries b WHERE b.reverses_id = ledger_entries.id) \
            THEN -p.amount_vnd ELSE 0 END) \
        OR ledger_entries.kind = 'refunded' AND EXISTS (SELECT 1 FROM ledger_postings p \
        WHERE p.entry_id = ledger_entries.id AND p.account = 'bank' AND p.money_kind <> 'unsorted' \
        AND p.amount_vnd <> COALESCE((SELECT SUM(r.amount_vnd) FROM receipts r \
            WHERE r.entry_id = ledger_entries.id AND r.money_kind = p.money_kind AND r.state = 'valid'), 0)))";
    Ok(e::table
        .filter(e::centre_id.eq(centre.clone()))
        .filter(sql::<Bool>(differs))
        .order(e::seq.asc())
        .limit(limit)
        .select(e::id)
        .load(db)?)
}
