//! Tills that were closed, and what they are closed over.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Edge, in_order, next_to};
use crate::conn::Db;
use crate::error::StoreResult;
use crate::fee::{LedgerRow, PostingRow, with_postings};
use crate::ids::{CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{dossiers, ledger_entries, receipt_series, receipts, till_closings};
use crate::ts::Ts;

/// A till that was closed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = till_closings, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ClosingRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// Whose till.
    pub user_id: UserId,
    /// At which counter, when she says so.
    pub counter_id: Option<RecordId>,
    /// From 1 for each cashier of a centre.
    pub number: i64,
    /// The day in Vietnam on which all of it was collected.
    pub day: NaiveDate,
    /// The place in the ledger up to which the closing before went.
    pub after_seq: i64,
    /// The place in the ledger up to which this one goes.
    pub to_seq: i64,
    pub first_at: Ts,
    pub last_at: Ts,
    /// JSON text: what was collected and taken back, by authority, way of paying and sort.
    pub sums: String,
    /// JSON text: what was counted.
    pub counted: String,
    /// Đồng collected less what was taken back.
    pub collected_vnd: i64,
    /// Đồng counted less what should be there.
    pub difference_vnd: i64,
    /// Why the two differ.
    pub reason: Option<String>,
    pub closed_at: Ts,
}

/// Keeps a closing.
///
/// # Errors
/// Storage failures, among them that the number is taken.
pub fn insert_closing(db: &mut Db, row: &ClosingRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(till_closings::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// The last closing of a cashier's till at a centre.
///
/// # Errors
/// Storage failures only.
pub fn last_closing(
    db: &mut Db,
    centre: &CentreId,
    user: &UserId,
) -> StoreResult<Option<ClosingRow>> {
    use till_closings as t;
    Ok(on_each!(db, c => t::table
        .filter(t::user_id.eq(user))
        .filter(t::centre_id.eq(centre))
        .order(t::number.desc())
        .select(ClosingRow::as_select())
        .first(c)
        .optional())?)
}

/// One closing.
///
/// # Errors
/// Storage failures only.
pub fn closing(db: &mut Db, id: &RecordId) -> StoreResult<Option<ClosingRow>> {
    Ok(till_closings::table
        .find(id)
        .select(ClosingRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The closings at these centres next to an edge, the last first.
///
/// # Errors
/// Storage failures only.
pub fn closings_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<ClosingRow>> {
    use till_closings as t;
    let mut q = t::table
        .select(ClosingRow::as_select())
        .limit(limit)
        .into_boxed();
    q = match centres {
        [centre] => q.filter(t::centre_id.eq(centre.clone())),
        several => q.filter(t::centre_id.eq_any(several.to_vec())),
    };
    let q = next_to!(q, till_closings, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// The closings of a centre after an id, the first first: for who holds them against the ledger.
///
/// # Errors
/// Storage failures only.
pub fn closings_after(
    db: &mut Db,
    centre: &CentreId,
    after: Option<&RecordId>,
    limit: i64,
) -> StoreResult<Vec<ClosingRow>> {
    use till_closings as t;
    let mut q = t::table
        .filter(t::centre_id.eq(centre.clone()))
        .order(t::id.asc())
        .limit(limit)
        .select(ClosingRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        q = q.filter(t::id.gt(after.clone()));
    }
    Ok(q.load(db)?)
}

/// Which of a cashier's entries: after one place in the ledger, up to another, and before an instant.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// After this place.
    pub after: i64,
    /// Up to this one.
    pub until: i64,
    /// Before this instant.
    pub before: Option<Ts>,
    /// So many at most.
    pub limit: i64,
}

/// An entry of a till, with what it moves.
#[derive(Debug, Clone)]
pub struct TillEntry {
    /// The entry.
    pub entry: LedgerRow,
    /// What it moves.
    pub postings: Vec<PostingRow>,
    /// The collection that it takes back.
    pub takes_back: Option<LedgerRow>,
}

/// What a cashier collected by her own word within a span, and what of her collections was taken back
/// within it, in the order of the ledger.
///
/// # Errors
/// Storage failures only.
pub fn till_entries(
    db: &mut Db,
    centre: &CentreId,
    user: &UserId,
    span: Span,
) -> StoreResult<Vec<TillEntry>> {
    use ledger_entries as e;
    let mut collected = e::table
        .filter(sql::<Bool>("ledger_entries.kind = 'paid'"))
        .filter(e::actor_id.eq(user.clone()))
        .filter(e::centre_id.eq(centre.clone()))
        .filter(e::seq.gt(span.after))
        .filter(e::seq.le(span.until))
        .order(e::seq.asc())
        .limit(span.limit)
        .select(LedgerRow::as_select())
        .into_boxed();
    let paid = diesel::alias!(ledger_entries as paid);
    let mut back = e::table
        .inner_join(
            paid.on(e::reverses_id
                .eq(paid.field(e::id).nullable())
                .and(paid.field(e::actor_id).eq(user.clone()))
                .and(sql::<Bool>("paid.kind = 'paid'"))),
        )
        .filter(sql::<Bool>("ledger_entries.kind = 'reversed'"))
        .filter(e::centre_id.eq(centre.clone()))
        .filter(e::seq.gt(span.after))
        .filter(e::seq.le(span.until))
        .order(e::seq.asc())
        .limit(span.limit)
        .select((LedgerRow::as_select(), paid.fields(e::all_columns)))
        .into_boxed();
    if let Some(before) = span.before {
        collected = collected.filter(e::at.lt(before));
        back = back.filter(e::at.lt(before));
    }
    let collected: Vec<LedgerRow> = collected.load(db)?;
    let back: Vec<(LedgerRow, LedgerRow)> = back.load(db)?;
    let mut all: Vec<(LedgerRow, Option<LedgerRow>)> =
        collected.into_iter().map(|e| (e, None)).collect();
    all.extend(back.into_iter().map(|(e, of)| (e, Some(of))));
    all.sort_by_key(|(e, _)| e.seq);
    let (entries, of): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    Ok(with_postings(db, entries)?
        .into_iter()
        .zip(of)
        .map(|((entry, postings), takes_back)| TillEntry {
            entry,
            postings,
            takes_back,
        })
        .collect())
}

/// The receipts of these payments: the payment, the series, the number, and whether it holds.
///
/// # Errors
/// Storage failures only.
pub fn receipts_of(
    db: &mut Db,
    entries: &[RecordId],
) -> StoreResult<Vec<(RecordId, String, i64, String)>> {
    Ok(receipts::table
        .inner_join(receipt_series::table)
        .filter(receipts::entry_id.eq_any(entries.to_vec()))
        .order((receipts::entry_id.asc(), receipts::id.asc()))
        .select((
            receipts::entry_id,
            receipt_series::serial_symbol,
            receipts::number,
            receipts::state,
        ))
        .load(db)?)
}

/// The codes of these dossiers.
///
/// # Errors
/// Storage failures only.
pub fn codes_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<(DossierId, Option<String>)>> {
    Ok(dossiers::table
        .filter(dossiers::id.eq_any(ids.to_vec()))
        .select((dossiers::id, dossiers::code))
        .load(db)?)
}
