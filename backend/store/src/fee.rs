//! What dossiers cost, and the ledger of what became of it: rows are added, never changed.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{fee_assessments, ledger_entries, ledger_postings};
use crate::ts::Ts;

/// An assessment as it was kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = fee_assessments)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AssessmentRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    /// From 1 for each dossier; the last holds.
    pub number: i32,
    pub assessed_at: Ts,
    pub assessed_by: UserId,
    /// Đồng.
    pub gross_vnd: i64,
    pub waived_vnd: i64,
    pub net_vnd: i64,
    /// By when the first of it is to be paid.
    pub due: String,
    /// JSON text: every line, how it was worked out, and what was claimed.
    pub data: String,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = ledger_entries, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LedgerRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// From 1 in each centre, without a gap.
    pub seq: i64,
    pub at: Ts,
    /// `assessed`, `reversed`, `cancelled`, `paid`, `received`, `refunded`, `placed`, `handed_over`.
    pub kind: String,
    pub authority_id: AuthorityId,
    /// None for money that came, went back, was placed or went on.
    pub dossier_id: Option<DossierId>,
    pub assessment_id: Option<RecordId>,
    pub actor_id: Option<UserId>,
    /// How it was paid.
    pub method: Option<String>,
    /// The bank's or the terminal's reference of a payment; why something was reversed.
    pub reference: Option<String>,
    /// The entry that this one takes back.
    pub reverses_id: Option<RecordId>,
    /// The money that came.
    pub transaction_id: Option<RecordId>,
    /// The money that went back.
    pub refund_id: Option<RecordId>,
    /// Where collections were held against money that came.
    pub placement_id: Option<RecordId>,
    /// The money that went on to the State Treasury.
    pub treasury_id: Option<RecordId>,
}

/// What an entry moves on one account.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = ledger_postings)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PostingRow {
    pub entry_id: RecordId,
    pub ord: i32,
    pub account: String,
    pub money_kind: String,
    /// Đồng; a debit is positive, a credit negative.
    pub amount_vnd: i64,
}

/// The assessment of a dossier that holds: its last.
///
/// # Errors
/// Storage failures only.
pub fn assessment(db: &mut Db, dossier: &DossierId) -> StoreResult<Option<AssessmentRow>> {
    Ok(on_each!(db, c => fee_assessments::table
        .filter(fee_assessments::dossier_id.eq(dossier))
        .order(fee_assessments::number.desc())
        .select(AssessmentRow::as_select())
        .first(c)
        .optional())?)
}

/// One assessment, whether it holds or not.
///
/// # Errors
/// Storage failures only.
pub fn assessment_by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<AssessmentRow>> {
    Ok(fee_assessments::table
        .find(id)
        .select(AssessmentRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The assessments of these dossiers that hold, one of each.
///
/// # Errors
/// Storage failures only.
pub fn assessments(db: &mut Db, dossiers: &[DossierId]) -> StoreResult<Vec<AssessmentRow>> {
    let mut all: Vec<AssessmentRow> = fee_assessments::table
        .filter(fee_assessments::dossier_id.eq_any(dossiers.to_vec()))
        .order((
            fee_assessments::dossier_id.asc(),
            fee_assessments::number.desc(),
        ))
        .select(AssessmentRow::as_select())
        .load(db)?;
    all.dedup_by(|later, first| later.dossier_id == first.dossier_id);
    Ok(all)
}

/// Keeps an assessment.
///
/// # Errors
/// Storage failures only.
pub fn insert_assessment(db: &mut Db, row: &AssessmentRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(fee_assessments::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Adds an entry to the ledger, with what it moves.
///
/// # Errors
/// Storage failures only.
pub fn insert_entry(db: &mut Db, entry: &LedgerRow, postings: &Vec<PostingRow>) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(ledger_entries::table)
        .values(entry)
        .execute(c))?;
    on_each!(db, c => diesel::insert_into(ledger_postings::table)
        .values(postings)
        .execute(c))?;
    Ok(())
}

/// The entries about these dossiers, each dossier's in the order of the ledger, with what they move.
///
/// # Errors
/// Storage failures only.
pub fn entries_of(
    db: &mut Db,
    dossiers: &[String],
) -> StoreResult<Vec<(LedgerRow, Vec<PostingRow>)>> {
    let entries: Vec<LedgerRow> = ledger_entries::table
        .filter(ledger_entries::dossier_id.eq_any(dossiers.to_vec()))
        .order((ledger_entries::dossier_id.asc(), ledger_entries::seq.asc()))
        .select(LedgerRow::as_select())
        .load(db)?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let postings: Vec<PostingRow> = ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::dossier_id.eq_any(dossiers.to_vec()))
        .order((ledger_postings::entry_id.asc(), ledger_postings::ord.asc()))
        .select(PostingRow::as_select())
        .load(db)?;
    Ok(together(entries, &postings))
}

/// The entries at these places of a centre's ledger.
///
/// # Errors
/// Storage failures only.
pub fn entries_at(
    db: &mut Db,
    centre: &CentreId,
    places: &[i64],
) -> StoreResult<Vec<(LedgerRow, Vec<PostingRow>)>> {
    let entries: Vec<LedgerRow> = ledger_entries::table
        .filter(ledger_entries::centre_id.eq(centre.clone()))
        .filter(ledger_entries::seq.eq_any(places.to_vec()))
        .order(ledger_entries::seq.asc())
        .select(LedgerRow::as_select())
        .load(db)?;
    with_postings(db, entries)
}

/// Entries by their ids, in the order of the ledger, with what they move.
///
/// # Errors
/// Storage failures only.
pub fn entries_by_id(
    db: &mut Db,
    ids: &[RecordId],
) -> StoreResult<Vec<(LedgerRow, Vec<PostingRow>)>> {
    let entries: Vec<LedgerRow> = ledger_entries::table
        .filter(ledger_entries::id.eq_any(ids.to_vec()))
        .order(ledger_entries::seq.asc())
        .select(LedgerRow::as_select())
        .load(db)?;
    with_postings(db, entries)
}

/// The entry of a placement or of a transfer to the Treasury.
///
/// # Errors
/// Storage failures only.
pub fn entry_of(db: &mut Db, of: EntryOf<'_>) -> StoreResult<Option<(LedgerRow, Vec<PostingRow>)>> {
    let q = ledger_entries::table
        .select(LedgerRow::as_select())
        .into_boxed();
    let q = match of {
        EntryOf::Placement(id) => q.filter(ledger_entries::placement_id.eq(id.clone())),
        EntryOf::Treasury(id) => q.filter(ledger_entries::treasury_id.eq(id.clone())),
    };
    let entry: Option<LedgerRow> = q.get_result(db).optional()?;
    Ok(with_postings(db, entry.into_iter().collect())?.pop())
}

/// What an entry about no dossier is about.
#[derive(Debug, Clone, Copy)]
pub enum EntryOf<'a> {
    /// Collections held against money that came.
    Placement(&'a RecordId),
    /// Money that went on to the State Treasury.
    Treasury(&'a RecordId),
}

/// Entries with what they move, in their order.
pub(crate) fn with_postings(
    db: &mut Db,
    entries: Vec<LedgerRow>,
) -> StoreResult<Vec<(LedgerRow, Vec<PostingRow>)>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RecordId> = entries.iter().map(|e| e.id.clone()).collect();
    let postings: Vec<PostingRow> = ledger_postings::table
        .filter(ledger_postings::entry_id.eq_any(ids))
        .order((ledger_postings::entry_id.asc(), ledger_postings::ord.asc()))
        .select(PostingRow::as_select())
        .load(db)?;
    Ok(together(entries, &postings))
}

/// How many entries of a centre's ledger are about no dossier: money that came, went back, was placed or
/// went on.
///
/// # Errors
/// Storage failures only.
pub fn of_no_dossier(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(ledger_entries::table
        .filter(ledger_entries::centre_id.eq(centre.clone()))
        .filter(ledger_entries::dossier_id.is_null())
        .count()
        .get_result(db)?)
}

/// What stands in a centre's ledger as nobody's payment, in đồng.
///
/// # Errors
/// Storage failures only.
pub fn suspense_vnd(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    let stands = on_each!(db, c => ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::centre_id.eq(centre))
        .filter(ledger_postings::account.eq("suspense"))
        .select(sql::<BigInt>("CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT)"))
        .get_result::<i64>(c))?;
    Ok(-stands)
}

/// What stands in a centre's ledger as collected by the word of a cashier or of the payment platform, in đồng.
///
/// # Errors
/// Storage failures only.
pub fn by_word_vnd(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(on_each!(db, c => ledger_postings::table
        .inner_join(ledger_entries::table)
        .filter(ledger_entries::centre_id.eq(centre))
        .filter(ledger_postings::account.eq_any(["transfer", "card", "cash", "platform"]))
        .select(sql::<BigInt>("CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT)"))
        .get_result::<i64>(c))?)
}

fn together(entries: Vec<LedgerRow>, postings: &[PostingRow]) -> Vec<(LedgerRow, Vec<PostingRow>)> {
    let mut of: HashMap<&RecordId, Vec<PostingRow>> = HashMap::new();
    for posting in postings {
        of.entry(&posting.entry_id)
            .or_default()
            .push(posting.clone());
    }
    entries
        .into_iter()
        .map(|entry| {
            let moved = of.remove(&entry.id).unwrap_or_default();
            (entry, moved)
        })
        .collect()
}

/// How many entries a centre's ledger has.
///
/// # Errors
/// Storage failures only.
pub fn count(db: &mut Db, centre: &str) -> StoreResult<i64> {
    Ok(ledger_entries::table
        .filter(ledger_entries::centre_id.eq(centre))
        .count()
        .get_result(db)?)
}
