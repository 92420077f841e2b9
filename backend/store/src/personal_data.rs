//! Requests about one's own data, retention, holds and disposal.

use chrono::NaiveDate;
use diesel::dsl::not;
use diesel::prelude::*;

use crate::certification::EntryRow;
use crate::conn::Db;
use crate::dossier::{
    AmendmentRow, DecisionRow, DossierRow, FilerRow, LetterRow, ResultRow, ReturnRow, SupplementRow,
};
use crate::error::StoreResult;
use crate::ids::{CentreId, DossierId, RecordId, UserId};
use crate::message::{self, MessageRow};
use crate::on_each;
use crate::page::falling;
use crate::schema::{
    certification_entries, data_requests, disposal_items, disposal_lists, dossier_amendments,
    dossier_filers, dossier_holds, dossier_letters, dossier_lifted_holds, dossier_returns,
    dossier_words, dossiers, letter_contents, letter_papers, retention_rules,
};
use crate::ts::Ts;

/// A request about one's own data.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = data_requests, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DataRequestRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub kind: String,
    pub requester_name: String,
    pub requester_identity: String,
    pub requester_phone: Option<String>,
    /// How it was seen that the asker is this person.
    pub verified_by: String,
    pub details: Option<String>,
    pub received_at: Ts,
    pub received_by: UserId,
    pub answer_due_on: NaiveDate,
    pub outcome: Option<String>,
    pub answer: Option<String>,
    pub legal_basis: Option<String>,
    pub answered_at: Option<Ts>,
    pub answered_by: Option<UserId>,
}

/// Keeps a request.
///
/// # Errors
/// Storage failures only.
pub fn insert_request(db: &mut Db, row: &DataRequestRow) -> StoreResult<()> {
    diesel::insert_into(data_requests::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One request of these centres.
///
/// # Errors
/// Storage failures only.
pub fn request(
    db: &mut Db,
    centres: &[CentreId],
    id: &RecordId,
) -> StoreResult<Option<DataRequestRow>> {
    Ok(data_requests::table
        .find(id)
        .filter(data_requests::centre_id.eq_any(centres.to_vec()))
        .select(DataRequestRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Requests of these centres, newest first, next to an edge (an id, and whether what stands before it
/// in this order is wanted), at most `limit`; `open`: only those that wait for an answer.
///
/// # Errors
/// Storage failures only.
pub fn requests_page(
    db: &mut Db,
    centres: &[CentreId],
    open: bool,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DataRequestRow>> {
    use data_requests as r;
    let mut q = r::table
        .filter(r::centre_id.eq_any(centres.to_vec()))
        .select(DataRequestRow::as_select())
        .limit(limit)
        .into_boxed();
    if open {
        q = q.filter(r::outcome.is_null());
    }
    falling!(db, q, r::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// Answers a request that waits; false when it was answered already.
///
/// # Errors
/// Storage failures only.
pub fn answer_request(db: &mut Db, row: &DataRequestRow) -> StoreResult<bool> {
    let n = diesel::update(
        data_requests::table
            .find(&row.id)
            .filter(data_requests::outcome.is_null()),
    )
    .set((
        data_requests::outcome.eq(&row.outcome),
        data_requests::answer.eq(&row.answer),
        data_requests::legal_basis.eq(&row.legal_basis),
        data_requests::answered_at.eq(row.answered_at),
        data_requests::answered_by.eq(row.answered_by.clone()),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Requests one person made at these centres.
///
/// # Errors
/// Storage failures only.
pub fn requests_of(
    db: &mut Db,
    centres: &[CentreId],
    identity: &str,
    limit: i64,
) -> StoreResult<Vec<DataRequestRow>> {
    Ok(data_requests::table
        .filter(data_requests::centre_id.eq_any(centres.to_vec()))
        .filter(data_requests::requester_identity.eq(identity))
        .order(data_requests::id.asc())
        .limit(limit)
        .select(DataRequestRow::as_select())
        .load(db)?)
}

/// Dossiers of these centres in which a number stands: the owner's, the filer's or the collector's;
/// oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn dossiers_of(
    db: &mut Db,
    centres: &[CentreId],
    identity: &str,
    limit: i64,
) -> StoreResult<Vec<DossierRow>> {
    use dossiers as d;
    let filed = dossier_filers::table
        .filter(dossier_filers::identity_number.eq(identity.to_owned()))
        .select(dossier_filers::dossier_id);
    let collected = dossier_returns::table
        .filter(dossier_returns::identity_number.eq(identity.to_owned()))
        .select(dossier_returns::dossier_id);
    Ok(d::table
        .filter(d::centre_id.eq_any(centres.to_vec()))
        .filter(
            d::owner_identity
                .eq(identity.to_owned())
                .or(d::id.eq_any(filed))
                .or(d::id.eq_any(collected)),
        )
        .order(d::id.asc())
        .limit(limit)
        .select(DossierRow::as_select())
        .load(db)?)
}

/// The filers of these dossiers.
///
/// # Errors
/// Storage failures only.
pub fn filers_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<FilerRow>> {
    Ok(dossier_filers::table
        .filter(dossier_filers::dossier_id.eq_any(ids.to_vec()))
        .select(FilerRow::as_select())
        .load(db)?)
}

/// Who collected the results of these dossiers.
///
/// # Errors
/// Storage failures only.
pub fn returns_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<ReturnRow>> {
    Ok(dossier_returns::table
        .filter(dossier_returns::dossier_id.eq_any(ids.to_vec()))
        .select(ReturnRow::as_select())
        .load(db)?)
}

/// The most messages of one copy.
const MOST_MESSAGES: i64 = 10_000;

/// What else is kept beside these dossiers.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Decisions, refusals, withdrawals and the like.
    pub decisions: Vec<DecisionRow>,
    /// Results.
    pub results: Vec<ResultRow>,
    /// Requests for supplements.
    pub supplements: Vec<SupplementRow>,
    /// Numbered papers.
    pub letters: Vec<LetterRow>,
    /// What stood there before it was put right.
    pub amendments: Vec<AmendmentRow>,
    /// What its people were told.
    pub messages: Vec<MessageRow>,
}

/// What else is kept beside these dossiers.
///
/// # Errors
/// Storage failures only.
pub fn beside(db: &mut Db, ids: &[DossierId]) -> StoreResult<Beside> {
    use crate::schema::{
        dossier_amendments as a, dossier_decisions as d, dossier_letters as l,
        dossier_results as r, dossier_supplements as s,
    };
    let ids = ids.to_vec();
    Ok(Beside {
        messages: message::of_dossiers(db, &ids, MOST_MESSAGES)?,
        decisions: d::table
            .filter(d::dossier_id.eq_any(ids.clone()))
            .order(d::decided_at.asc())
            .select(DecisionRow::as_select())
            .load(db)?,
        results: r::table
            .filter(r::dossier_id.eq_any(ids.clone()))
            .order(r::recorded_at.asc())
            .select(ResultRow::as_select())
            .load(db)?,
        supplements: s::table
            .filter(s::dossier_id.eq_any(ids.clone()))
            .order(s::requested_at.asc())
            .select(SupplementRow::as_select())
            .load(db)?,
        letters: l::table
            .filter(l::dossier_id.eq_any(ids.clone()))
            .order(l::issued_at.asc())
            .select(LetterRow::as_select())
            .load(db)?,
        amendments: a::table
            .filter(a::dossier_id.eq_any(ids))
            .order(a::amended_at.asc())
            .select(AmendmentRow::as_select())
            .load(db)?,
    })
}

/// Lines of the books of certification in which a number stands, at these centres.
///
/// # Errors
/// Storage failures only.
pub fn certified_of(
    db: &mut Db,
    centres: &[CentreId],
    identity: &str,
    limit: i64,
) -> StoreResult<Vec<EntryRow>> {
    use certification_entries as e;
    Ok(e::table
        .filter(e::centre_id.eq_any(centres.to_vec()))
        .filter(e::requester_identity.eq(identity.to_owned()))
        .order(e::id.asc())
        .limit(limit)
        .select(EntryRow::as_select())
        .load(db)?)
}

/// How long something is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = retention_rules, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RetentionRow {
    /// `*`, `field:A` or `procedure:1.004873`.
    pub scope: String,
    /// Whole years; none: for ever.
    pub years: Option<i32>,
    pub source: String,
    pub set_by: UserId,
    pub set_at: Ts,
}

/// Every rule, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn retention_rules(db: &mut Db, limit: i64) -> StoreResult<Vec<RetentionRow>> {
    Ok(retention_rules::table
        .order(retention_rules::scope.asc())
        .limit(limit)
        .select(RetentionRow::as_select())
        .load(db)?)
}

/// Sets a rule.
///
/// # Errors
/// Storage failures only.
pub fn set_retention_rule(db: &mut Db, row: &RetentionRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(retention_rules::table)
        .values(row)
        .on_conflict(retention_rules::scope)
        .do_update()
        .set(row)
        .execute(c))?;
    Ok(())
}

/// That a dossier must be kept whatever its time.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_holds)]
#[allow(missing_docs, reason = "plain columns")]
pub struct HoldRow {
    pub dossier_id: DossierId,
    pub reason: String,
    pub placed_by: UserId,
    pub placed_at: Ts,
}

/// The hold on a dossier.
///
/// # Errors
/// Storage failures only.
pub fn hold(db: &mut Db, id: &DossierId) -> StoreResult<Option<HoldRow>> {
    Ok(dossier_holds::table
        .find(id)
        .select(HoldRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Those of these dossiers that are held.
///
/// # Errors
/// Storage failures only.
pub fn held(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<DossierId>> {
    Ok(dossier_holds::table
        .filter(dossier_holds::dossier_id.eq_any(ids.to_vec()))
        .select(dossier_holds::dossier_id)
        .load(db)?)
}

/// Places a hold.
///
/// # Errors
/// [`crate::StoreError::Unique`] when there is one already.
pub fn place_hold(db: &mut Db, row: &HoldRow) -> StoreResult<()> {
    diesel::insert_into(dossier_holds::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// A hold that was lifted, with both reasons.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_lifted_holds)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LiftedHoldRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub reason: String,
    pub placed_by: UserId,
    pub placed_at: Ts,
    pub lifted_because: String,
    pub lifted_by: UserId,
    pub lifted_at: Ts,
}

/// Takes a hold away and keeps what it was; false when it is gone already.
///
/// # Errors
/// Storage failures only.
pub fn lift_hold(db: &mut Db, lifted: &LiftedHoldRow) -> StoreResult<bool> {
    let n = diesel::delete(dossier_holds::table.find(&lifted.dossier_id)).execute(db)?;
    if n == 1 {
        diesel::insert_into(dossier_lifted_holds::table)
            .values(lifted)
            .execute(db)?;
    }
    Ok(n == 1)
}

/// Holds of a dossier that were lifted, newest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn lifted_holds(db: &mut Db, id: &DossierId, limit: i64) -> StoreResult<Vec<LiftedHoldRow>> {
    Ok(dossier_lifted_holds::table
        .filter(dossier_lifted_holds::dossier_id.eq(id))
        .order(dossier_lifted_holds::id.desc())
        .limit(limit)
        .select(LiftedHoldRow::as_select())
        .load(db)?)
}

/// A list of what is to be disposed of.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = disposal_lists, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DisposalRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub state: String,
    pub proposed_by: UserId,
    pub proposed_at: Ts,
    pub first_approved_by: Option<UserId>,
    pub first_approved_at: Option<Ts>,
    pub closed_by: Option<UserId>,
    pub closed_at: Option<Ts>,
    pub reason: Option<String>,
}

/// A dossier on such a list.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = disposal_items, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DisposalItemRow {
    pub list_id: RecordId,
    pub dossier_id: DossierId,
    pub rule_scope: String,
    pub kept_until: NaiveDate,
    /// `disposed` or `held`; none before it was done.
    pub outcome: Option<String>,
}

/// A dossier that is over: what a rule is found by.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct OverRow {
    pub id: DossierId,
    pub procedure_code: String,
    pub received_at: Ts,
    pub returned_at: Option<Ts>,
    pub ended_at: Option<Ts>,
}

/// Dossiers of a centre in these states that came in before an instant, are not held and stand on no
/// list that waits or was done; oldest first, after an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn over(
    db: &mut Db,
    centre: &CentreId,
    states: &[String],
    before: Ts,
    after: Option<(Ts, &DossierId)>,
    limit: i64,
) -> StoreResult<Vec<OverRow>> {
    use dossiers as d;
    let waiting = disposal_lists::table
        .filter(disposal_lists::state.ne("rejected"))
        .select(disposal_lists::id);
    let listed = disposal_items::table
        .filter(disposal_items::list_id.eq_any(waiting))
        .filter(
            disposal_items::outcome
                .is_null()
                .or(disposal_items::outcome.eq("disposed")),
        )
        .select(disposal_items::dossier_id);
    let kept = dossier_holds::table.select(dossier_holds::dossier_id);
    let mut q = d::table
        .filter(d::centre_id.eq(centre.clone()))
        .filter(d::state.eq_any(states.to_vec()))
        .filter(d::received_at.lt(before))
        .filter(not(d::id.eq_any(listed)))
        .filter(not(d::id.eq_any(kept)))
        .order((d::received_at.asc(), d::id.asc()))
        .limit(limit)
        .select(OverRow::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        q = q.filter(
            d::received_at
                .gt(at)
                .or(d::received_at.eq(at).and(d::id.gt(id.clone()))),
        );
    }
    Ok(q.load(db)?)
}

/// Keeps a list with its dossiers.
///
/// # Errors
/// Storage failures only.
pub fn insert_disposal(
    db: &mut Db,
    list: &DisposalRow,
    items: &[DisposalItemRow],
) -> StoreResult<()> {
    diesel::insert_into(disposal_lists::table)
        .values(list)
        .execute(db)?;
    on_each!(db, c => diesel::insert_into(disposal_items::table)
        .values(items)
        .execute(c))?;
    Ok(())
}

/// One list of these centres.
///
/// # Errors
/// Storage failures only.
pub fn disposal(
    db: &mut Db,
    centres: &[CentreId],
    id: &RecordId,
) -> StoreResult<Option<DisposalRow>> {
    Ok(disposal_lists::table
        .find(id)
        .filter(disposal_lists::centre_id.eq_any(centres.to_vec()))
        .select(DisposalRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Lists of these centres, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn disposals_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DisposalRow>> {
    use disposal_lists as l;
    let q = l::table
        .filter(l::centre_id.eq_any(centres.to_vec()))
        .select(DisposalRow::as_select())
        .limit(limit)
        .into_boxed();
    falling!(db, q, l::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// A list's dossiers with their codes and what they were about.
pub type DisposalLine = (DisposalItemRow, Option<String>, String);

/// The dossiers of a list, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn disposal_items(db: &mut Db, id: &RecordId, limit: i64) -> StoreResult<Vec<DisposalLine>> {
    Ok(disposal_items::table
        .inner_join(dossiers::table)
        .filter(disposal_items::list_id.eq(id))
        .order(disposal_items::dossier_id.asc())
        .limit(limit)
        .select((
            DisposalItemRow::as_select(),
            dossiers::code,
            dossiers::procedure_name,
        ))
        .load(db)?)
}

/// Moves a list on from a state; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn move_disposal(db: &mut Db, row: &DisposalRow, from: &str) -> StoreResult<bool> {
    let n = diesel::update(
        disposal_lists::table
            .find(&row.id)
            .filter(disposal_lists::state.eq(from)),
    )
    .set((
        disposal_lists::state.eq(&row.state),
        disposal_lists::first_approved_by.eq(row.first_approved_by.clone()),
        disposal_lists::first_approved_at.eq(row.first_approved_at),
        disposal_lists::closed_by.eq(row.closed_by.clone()),
        disposal_lists::closed_at.eq(row.closed_at),
        disposal_lists::reason.eq(&row.reason),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Says what became of some dossiers of a list.
///
/// # Errors
/// Storage failures only.
pub fn set_outcome(
    db: &mut Db,
    list: &RecordId,
    ids: &[DossierId],
    outcome: &str,
) -> StoreResult<()> {
    diesel::update(
        disposal_items::table
            .filter(disposal_items::list_id.eq(list))
            .filter(disposal_items::dossier_id.eq_any(ids.to_vec())),
    )
    .set(disposal_items::outcome.eq(Some(outcome)))
    .execute(db)?;
    Ok(())
}

/// What stands where a person's name stood.
pub const DISPOSED_NAME: &str = "(đã hủy dữ liệu cá nhân)";

/// Takes people's data out of these dossiers; that they were there, what they were about and how they
/// went stays.
///
/// # Errors
/// Storage failures only.
pub fn take_people_out(db: &mut Db, ids: &[DossierId]) -> StoreResult<()> {
    use dossiers as d;
    let none: Option<String> = None;
    diesel::update(d::table.filter(d::id.eq_any(ids.to_vec())))
        .set((
            d::owner_name.eq(DISPOSED_NAME),
            d::owner_identity.eq(none.clone()),
            d::owner_birth.eq(none.clone()),
            d::owner_phone.eq(none.clone()),
            d::owner_email.eq(none.clone()),
            d::owner_address.eq(none.clone()),
            d::delivery_address.eq(none.clone()),
            d::note.eq(none.clone()),
        ))
        .execute(db)?;
    diesel::delete(dossier_filers::table.filter(dossier_filers::dossier_id.eq_any(ids.to_vec())))
        .execute(db)?;
    diesel::delete(dossier_words::table.filter(dossier_words::dossier_id.eq_any(ids.to_vec())))
        .execute(db)?;
    diesel::update(dossier_returns::table.filter(dossier_returns::dossier_id.eq_any(ids.to_vec())))
        .set((
            dossier_returns::collector_name.eq(DISPOSED_NAME),
            dossier_returns::identity_number.eq(none.clone()),
            dossier_returns::authorisation.eq(none),
        ))
        .execute(db)?;
    diesel::update(
        dossier_amendments::table.filter(dossier_amendments::dossier_id.eq_any(ids.to_vec())),
    )
    .set(dossier_amendments::before.eq("{}"))
    .execute(db)?;
    let papers = || {
        dossier_letters::table
            .filter(dossier_letters::dossier_id.eq_any(ids.to_vec()))
            .select(dossier_letters::id)
    };
    diesel::delete(letter_papers::table.filter(letter_papers::letter_id.eq_any(papers())))
        .execute(db)?;
    diesel::delete(letter_contents::table.filter(letter_contents::letter_id.eq_any(papers())))
        .execute(db)?;
    message::take_people_out(db, ids)
}
