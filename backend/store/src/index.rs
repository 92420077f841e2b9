//! The nine indices in snapshots: what they were worked out of, and what came out.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::{DecisionRow, HandoverRow, StepRow};
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, ProcedureVersionId, RecordId, UserId};
use crate::on_each;
use crate::page::{falling, rising};
use crate::schema::{
    dossier_decisions, dossier_handovers, dossier_steps, dossiers, index_dossiers, index_lines,
    index_results, index_snapshots, index_steps, ledger_entries,
};
use crate::ts::Ts;

/// The indices of a centre and a quarter, worked out once.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = index_snapshots, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SnapshotRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub quarter: String,
    /// 1, 2 … of its quarter.
    pub number: i32,
    pub cut_off: String,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// `draft` or `frozen`.
    pub state: String,
    /// Why it was worked out anew.
    pub reason: Option<String>,
    /// How many were finished.
    pub dossiers: i64,
    /// JSON: what people entered, with their reasons.
    pub entered: String,
    /// JSON: what was counted of the rows of Decision 766.
    pub service: String,
    pub made_by: UserId,
    pub made_at: Ts,
    pub frozen_by: Option<UserId>,
    pub frozen_at: Option<Ts>,
    pub version: i64,
}

/// Whose indices, with their sum.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = index_results, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ResultRow {
    pub id: RecordId,
    pub snapshot_id: RecordId,
    /// `centre`, `authority` or `officer`.
    pub kind: String,
    pub authority_id: Option<AuthorityId>,
    pub officer_id: Option<UserId>,
    pub total_tenths: i32,
    pub most: i32,
    pub band: Option<String>,
    /// JSON: what was counted besides the points.
    pub data: String,
}

/// One index.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = index_lines, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LineRow {
    pub id: RecordId,
    pub result_id: RecordId,
    pub index_number: i32,
    pub points: i64,
    pub counted: i64,
    /// Of how many nothing is known.
    pub left_out: i64,
    pub tenths: Option<i32>,
}

/// What is known of one dossier.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = index_dossiers, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FactRow {
    pub snapshot_id: RecordId,
    pub dossier_id: DossierId,
    pub authority_id: AuthorityId,
    pub officer_id: Option<UserId>,
    /// In the quarter.
    pub finished: bool,
    pub timing: Option<String>,
    /// Against the date that was promised before an apology; none where there was none.
    pub first_timing: Option<String>,
    pub contacts: Option<i32>,
    pub upheld: Option<bool>,
    /// In the quarter.
    pub filed_online: bool,
    /// Filed online, and overdue or not answered.
    pub online_late: bool,
    pub due_at: Option<Ts>,
    pub completed_at: Option<Ts>,
}

/// What is known of one step of a dossier.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = index_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct StepFactRow {
    pub snapshot_id: RecordId,
    pub dossier_id: DossierId,
    pub ord: i32,
    pub authority_id: AuthorityId,
    pub officer_id: Option<UserId>,
    pub name: String,
    pub timing: String,
    pub due_at: Ts,
    pub ended_at: Ts,
}

/// What the indices read of a dossier.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SourceRow {
    pub id: DossierId,
    pub authority_id: AuthorityId,
    pub procedure_version_id: ProcedureVersionId,
    pub state: String,
    pub channel: String,
    pub received_at: Ts,
    pub due_at: Option<Ts>,
    pub completed_at: Option<Ts>,
    pub limit_unit: Option<String>,
    pub handler_id: Option<UserId>,
    pub intake_supplements: i32,
    pub appraisal_supplements: i32,
    pub reappointments: i32,
    pub payment_state: String,
}

/// Keeps a snapshot without its figures.
///
/// # Errors
/// Storage failures, among them a number already taken.
pub fn insert_snapshot(db: &mut Db, row: &SnapshotRow) -> StoreResult<()> {
    diesel::insert_into(index_snapshots::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Says what was counted, once it was.
///
/// # Errors
/// Storage failures only.
pub fn keep_counts(db: &mut Db, row: &SnapshotRow) -> StoreResult<()> {
    use index_snapshots as s;
    diesel::update(s::table.find(&row.id).filter(s::state.eq("draft")))
        .set((
            s::dossiers.eq(row.dossiers),
            s::service.eq(&row.service),
            s::entered.eq(&row.entered),
        ))
        .execute(db)?;
    Ok(())
}

/// The newest snapshot of a quarter.
///
/// # Errors
/// Storage failures only.
pub fn newest(db: &mut Db, centre: &CentreId, quarter: &str) -> StoreResult<Option<SnapshotRow>> {
    use index_snapshots as s;
    Ok(on_each!(db, c => s::table
        .filter(s::centre_id.eq(centre))
        .filter(s::quarter.eq(quarter))
        .order(s::number.desc())
        .limit(1)
        .select(SnapshotRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Drops a draft with all that was worked out of it; what is frozen stays.
///
/// # Errors
/// Storage failures only.
pub fn drop_draft(db: &mut Db, id: &RecordId) -> StoreResult<()> {
    let drafts: i64 = index_snapshots::table
        .filter(index_snapshots::id.eq(id))
        .filter(index_snapshots::state.eq("draft"))
        .count()
        .get_result(db)?;
    if drafts == 0 {
        return Ok(());
    }
    let results = index_results::table
        .filter(index_results::snapshot_id.eq(id))
        .select(index_results::id);
    diesel::delete(index_lines::table.filter(index_lines::result_id.eq_any(results)))
        .execute(db)?;
    diesel::delete(index_results::table.filter(index_results::snapshot_id.eq(id))).execute(db)?;
    diesel::delete(index_steps::table.filter(index_steps::snapshot_id.eq(id))).execute(db)?;
    diesel::delete(index_dossiers::table.filter(index_dossiers::snapshot_id.eq(id))).execute(db)?;
    diesel::delete(index_snapshots::table.find(id)).execute(db)?;
    Ok(())
}

/// Freezes a draft; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn freeze(db: &mut Db, row: &SnapshotRow) -> StoreResult<bool> {
    use index_snapshots as s;
    let n = diesel::update(
        s::table
            .find(&row.id)
            .filter(s::state.eq("draft"))
            .filter(s::version.eq(row.version - 1)),
    )
    .set((
        s::state.eq("frozen"),
        s::frozen_by.eq(row.frozen_by.clone()),
        s::frozen_at.eq(row.frozen_at),
        s::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// One snapshot of these centres.
///
/// # Errors
/// Storage failures only.
pub fn snapshot(
    db: &mut Db,
    centres: &[CentreId],
    id: &RecordId,
) -> StoreResult<Option<SnapshotRow>> {
    Ok(index_snapshots::table
        .find(id)
        .filter(index_snapshots::centre_id.eq_any(centres.to_vec()))
        .select(SnapshotRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Snapshots of these centres, and drafts of those of them named second; newest first, next to an edge (an id,
/// and whether what stands before it is wanted), at most `limit`; found by `ix_index_snapshots_centre`.
///
/// # Errors
/// Storage failures only.
pub fn snapshots_page(
    db: &mut Db,
    (centres, drafts): (&[CentreId], &[CentreId]),
    quarter: Option<&str>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<SnapshotRow>> {
    use index_snapshots as s;
    let mut q = s::table
        .filter(s::centre_id.eq_any(centres.to_vec()))
        .filter(
            s::state
                .eq("frozen")
                .or(s::centre_id.eq_any(drafts.to_vec())),
        )
        .select(SnapshotRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(quarter) = quarter {
        q = q.filter(s::quarter.eq(quarter.to_owned()));
    }
    falling!(db, q, s::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// Frozen snapshots of a centre by id, after one of them, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn frozen_after(
    db: &mut Db,
    centre: &CentreId,
    after: Option<&RecordId>,
    limit: i64,
) -> StoreResult<Vec<SnapshotRow>> {
    use index_snapshots as s;
    let mut q = s::table
        .filter(s::centre_id.eq(centre.clone()))
        .filter(s::state.eq("frozen"))
        .order(s::id.asc())
        .limit(limit)
        .select(SnapshotRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        q = q.filter(s::id.gt(after.clone()));
    }
    Ok(q.load(db)?)
}

/// What a page of the sweep begins after: an instant and an id.
pub type After<'a> = Option<(Ts, &'a DossierId)>;

/// What a centre finished from one instant to before another, by that instant and id, after an edge, at
/// most `limit`; found by `ix_dossiers_centre_completed`.
///
/// # Errors
/// Storage failures only.
pub fn finished_page(
    db: &mut Db,
    centre: &CentreId,
    (from, before): (Ts, Ts),
    after: After<'_>,
    limit: i64,
) -> StoreResult<Vec<SourceRow>> {
    use dossiers as d;
    let mut q = d::table
        .filter(d::centre_id.eq(centre.clone()))
        // From the edge itself: what lies before it is not looked at again.
        .filter(d::completed_at.ge(after.map_or(from, |(at, _)| at)))
        .filter(d::completed_at.lt(before))
        .filter(d::state.eq_any(["completed", "returned"]))
        .order((d::completed_at.asc(), d::id.asc()))
        .limit(limit)
        .select(SourceRow::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        q = q.filter(
            d::completed_at
                .gt(at)
                .or(d::completed_at.eq(at).and(d::id.gt(id.clone()))),
        );
    }
    Ok(q.load(db)?)
}

/// What was filed online with a centre from one instant to before another and got a code, oldest first,
/// after an edge, at most `limit`; found by `ix_dossiers_centre_received`.
///
/// # Errors
/// Storage failures only.
pub fn filed_online_page(
    db: &mut Db,
    centre: &CentreId,
    (from, before): (Ts, Ts),
    after: After<'_>,
    limit: i64,
) -> StoreResult<Vec<SourceRow>> {
    use dossiers as d;
    let mut q = d::table
        .filter(d::centre_id.eq(centre.clone()))
        .filter(d::received_at.ge(after.map_or(from, |(at, _)| at)))
        .filter(d::received_at.lt(before))
        .filter(d::channel.eq("online"))
        .filter(d::code.is_not_null())
        .order((d::received_at.asc(), d::id.asc()))
        .limit(limit)
        .select(SourceRow::as_select())
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

/// What was filed online with a centre before an instant and was overdue by then: open still, finished only
/// afterwards, or not answered; at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn late_online(
    db: &mut Db,
    centre: &CentreId,
    running: &[String],
    before: Ts,
    limit: i64,
) -> StoreResult<Vec<SourceRow>> {
    use dossiers as d;
    // Each part by an index of its own: one condition over all three would read the whole table.
    let online = || {
        d::table
            .filter(d::centre_id.eq(centre.clone()))
            .filter(d::channel.eq("online"))
            .filter(d::received_at.lt(before))
            .order(d::id.asc())
            .limit(limit)
            .select(SourceRow::as_select())
            .into_boxed()
    };
    let mut found: Vec<SourceRow> = online()
        .filter(d::state.eq_any(running.to_vec()))
        .filter(d::due_at.lt(before))
        .load(db)?;
    found.extend(
        online()
            .filter(d::completed_at.ge(before))
            .filter(d::due_at.lt(before))
            .load::<SourceRow>(db)?,
    );
    found.extend(
        online()
            .filter(d::state.eq("submitted"))
            .filter(d::intake_reply_due_at.lt(before))
            .load::<SourceRow>(db)?,
    );
    Ok(found)
}

/// How many were filed with a centre and got a code, by authority, procedure and channel.
///
/// # Errors
/// Storage failures only.
pub fn filed(
    db: &mut Db,
    centre: &CentreId,
    (from, before): (Ts, Ts),
) -> StoreResult<Vec<(AuthorityId, String, String, i64)>> {
    use dossiers as d;
    Ok(on_each!(db, c => d::table
        .filter(d::centre_id.eq(centre))
        .filter(d::received_at.ge(from))
        .filter(d::received_at.lt(before))
        .filter(d::code.is_not_null())
        .group_by((d::authority_id, d::procedure_code, d::channel))
        .select((d::authority_id, d::procedure_code, d::channel, count_star()))
        .load(c))?)
}

/// The steps that these dossiers have been at, dossier by dossier in their order.
///
/// # Errors
/// Storage failures only.
pub fn steps_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<StepRow>> {
    use dossier_steps as s;
    Ok(s::table
        .filter(s::dossier_id.eq_any(ids.to_vec()))
        .order((s::dossier_id.asc(), s::ord.asc()))
        .select(StepRow::as_select())
        .load(db)?)
}

/// The hand-overs of these dossiers, dossier by dossier in their order.
///
/// # Errors
/// Storage failures only.
pub fn handovers_of_all(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<HandoverRow>> {
    use dossier_handovers as h;
    Ok(h::table
        .filter(h::dossier_id.eq_any(ids.to_vec()))
        .order((h::dossier_id.asc(), h::given_at.asc(), h::id.asc()))
        .select(HandoverRow::as_select())
        .load(db)?)
}

/// The new dates that were promised of these dossiers with an apology.
///
/// # Errors
/// Storage failures only.
pub fn extensions_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<DecisionRow>> {
    use dossier_decisions as e;
    Ok(e::table
        .filter(e::dossier_id.eq_any(ids.to_vec()))
        .filter(e::kind.eq("extension"))
        .filter(e::voided_at.is_null())
        .order((e::dossier_id.asc(), e::decided_at.asc()))
        .select(DecisionRow::as_select())
        .load(db)?)
}

/// Which of these dossiers were paid through the payment platform.
///
/// # Errors
/// Storage failures only.
pub fn paid_online(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<DossierId>> {
    use ledger_entries as e;
    let asked: Vec<Option<DossierId>> = ids.iter().cloned().map(Some).collect();
    let found: Vec<Option<DossierId>> = e::table
        .filter(e::dossier_id.eq_any(asked))
        .filter(e::kind.eq("paid"))
        .filter(e::method.eq("online"))
        .select(e::dossier_id)
        .distinct()
        .load(db)?;
    Ok(found.into_iter().flatten().collect())
}

/// The dossiers of a centre by these codes.
///
/// # Errors
/// Storage failures only.
pub fn by_codes(
    db: &mut Db,
    centre: &CentreId,
    codes: &[String],
) -> StoreResult<Vec<(String, DossierId)>> {
    let asked: Vec<Option<String>> = codes.iter().cloned().map(Some).collect();
    let found: Vec<(Option<String>, DossierId)> = dossiers::table
        .filter(dossiers::code.eq_any(asked))
        .filter(dossiers::centre_id.eq(centre.clone()))
        .select((dossiers::code, dossiers::id))
        .load(db)?;
    Ok(found
        .into_iter()
        .filter_map(|(code, id)| Some((code?, id)))
        .collect())
}

/// Keeps what is known of dossiers.
///
/// # Errors
/// Storage failures only.
pub fn insert_facts(db: &mut Db, rows: &[FactRow]) -> StoreResult<()> {
    for rows in rows.chunks(500) {
        on_each!(db, c => diesel::insert_into(index_dossiers::table)
            .values(rows)
            .execute(c))?;
    }
    Ok(())
}

/// Keeps what is known of steps.
///
/// # Errors
/// Storage failures only.
pub fn insert_steps(db: &mut Db, rows: &[StepFactRow]) -> StoreResult<()> {
    for rows in rows.chunks(500) {
        on_each!(db, c => diesel::insert_into(index_steps::table)
            .values(rows)
            .execute(c))?;
    }
    Ok(())
}

/// Dossiers of which the same is known, and how many.
#[derive(Debug, Clone, Queryable)]
#[allow(missing_docs, reason = "the columns of index_dossiers")]
pub struct FactGroup {
    pub authority_id: AuthorityId,
    pub officer_id: Option<UserId>,
    pub finished: bool,
    pub timing: Option<String>,
    pub first_timing: Option<String>,
    pub contacts: Option<i32>,
    pub upheld: Option<bool>,
    pub filed_online: bool,
    pub online_late: bool,
    pub count: i64,
}

/// What is known of the dossiers of a snapshot, in groups.
///
/// # Errors
/// Storage failures only.
pub fn fact_groups(db: &mut Db, snapshot: &RecordId) -> StoreResult<Vec<FactGroup>> {
    use index_dossiers as f;
    let of = (
        f::authority_id,
        f::officer_id,
        f::finished,
        f::timing,
        f::first_timing,
        f::contacts,
        f::upheld,
        f::filed_online,
        f::online_late,
    );
    Ok(on_each!(db, c => f::table
        .filter(f::snapshot_id.eq(snapshot))
        .group_by(of)
        .select((
            f::authority_id,
            f::officer_id,
            f::finished,
            f::timing,
            f::first_timing,
            f::contacts,
            f::upheld,
            f::filed_online,
            f::online_late,
            count_star(),
        ))
        .load(c))?)
}

/// Steps of one authority and officer that went alike, and how many.
pub type StepGroup = (AuthorityId, Option<UserId>, String, i64);

/// What is known of the steps of a snapshot, in groups.
///
/// # Errors
/// Storage failures only.
pub fn step_groups(db: &mut Db, snapshot: &RecordId) -> StoreResult<Vec<StepGroup>> {
    use index_steps as s;
    Ok(on_each!(db, c => s::table
        .filter(s::snapshot_id.eq(snapshot))
        .group_by((s::authority_id, s::officer_id, s::timing))
        .select((s::authority_id, s::officer_id, s::timing, count_star()))
        .load(c))?)
}

/// Keeps what came out.
///
/// # Errors
/// Storage failures only.
pub fn insert_results(db: &mut Db, results: &[ResultRow], lines: &[LineRow]) -> StoreResult<()> {
    for rows in results.chunks(500) {
        on_each!(db, c => diesel::insert_into(index_results::table)
            .values(rows)
            .execute(c))?;
    }
    for rows in lines.chunks(500) {
        on_each!(db, c => diesel::insert_into(index_lines::table)
            .values(rows)
            .execute(c))?;
    }
    Ok(())
}

/// What came out for the centre and its authorities, or for these authorities alone; at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn unit_results(
    db: &mut Db,
    snapshot: &RecordId,
    only: Option<&[AuthorityId]>,
    limit: i64,
) -> StoreResult<Vec<ResultRow>> {
    use index_results as r;
    let mut q = r::table
        .filter(r::snapshot_id.eq(snapshot.clone()))
        .filter(r::kind.ne("officer"))
        .order((r::kind.desc(), r::id.asc()))
        .limit(limit)
        .select(ResultRow::as_select())
        .into_boxed();
    if let Some(only) = only {
        let only: Vec<Option<AuthorityId>> = only.iter().cloned().map(Some).collect();
        q = q.filter(r::authority_id.eq_any(only));
    }
    Ok(q.load(db)?)
}

/// What came out for everyone, by id, after one of them, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn results_after(
    db: &mut Db,
    snapshot: &RecordId,
    after: Option<&RecordId>,
    limit: i64,
) -> StoreResult<Vec<ResultRow>> {
    use index_results as r;
    let mut q = r::table
        .filter(r::snapshot_id.eq(snapshot.clone()))
        .order(r::id.asc())
        .limit(limit)
        .select(ResultRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        q = q.filter(r::id.gt(after.clone()));
    }
    Ok(q.load(db)?)
}

/// What came out for officers, by id next to an edge, at most `limit`; found by `ix_index_results_snapshot`.
///
/// # Errors
/// Storage failures only.
pub fn officer_results_page(
    db: &mut Db,
    snapshot: &RecordId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<ResultRow>> {
    use index_results as r;
    let q = r::table
        .filter(r::snapshot_id.eq(snapshot.clone()))
        .filter(r::kind.eq("officer"))
        .limit(limit)
        .select(ResultRow::as_select())
        .into_boxed();
    rising!(db, q, r::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// What came out for one officer in snapshots that are frozen, newest first, next to an edge (a snapshot), at
/// most `limit`; found by `uq_index_results_officer`.
///
/// # Errors
/// Storage failures only.
pub fn own_results_page(
    db: &mut Db,
    officer: &UserId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<(ResultRow, SnapshotRow)>> {
    use {index_results as r, index_snapshots as s};
    let q = r::table
        .inner_join(s::table)
        .filter(r::officer_id.eq(officer.clone()))
        .filter(s::state.eq("frozen"))
        .limit(limit)
        .select((ResultRow::as_select(), SnapshotRow::as_select()))
        .into_boxed();
    let mut rows: Vec<(ResultRow, SnapshotRow)> = match edge {
        Some((id, true)) => q
            .filter(r::snapshot_id.gt(id.to_owned()))
            .order(r::snapshot_id.asc())
            .load(db)?,
        Some((id, false)) => q
            .filter(r::snapshot_id.lt(id.to_owned()))
            .order(r::snapshot_id.desc())
            .load(db)?,
        None => q.order(r::snapshot_id.desc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// The indices of these results, in their order.
///
/// # Errors
/// Storage failures only.
pub fn lines_of(db: &mut Db, results: &[RecordId]) -> StoreResult<Vec<LineRow>> {
    use index_lines as l;
    Ok(l::table
        .filter(l::result_id.eq_any(results.to_vec()))
        .order((l::result_id.asc(), l::index_number.asc()))
        .select(LineRow::as_select())
        .load(db)?)
}

/// One index of a snapshot, and whose it is.
///
/// # Errors
/// Storage failures only.
pub fn line(
    db: &mut Db,
    snapshot: &RecordId,
    id: &RecordId,
) -> StoreResult<Option<(LineRow, ResultRow)>> {
    Ok(index_lines::table
        .inner_join(index_results::table)
        .filter(index_lines::id.eq(id.clone()))
        .filter(index_results::snapshot_id.eq(snapshot.clone()))
        .select((LineRow::as_select(), ResultRow::as_select()))
        .get_result(db)
        .optional()?)
}

/// Whose dossiers stand behind a figure.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain columns")]
pub struct Behind {
    pub snapshot: RecordId,
    pub authority: Option<AuthorityId>,
    pub officer: Option<UserId>,
    /// What was filed online or is late, not what was finished.
    pub online: bool,
}

/// A row behind a figure, with the code of its dossier and what that was about.
pub type Told<R> = (R, Option<String>, String);

/// Dossiers behind a figure by id, next to an edge, at most `limit`; found by the key of the snapshot, or by
/// `ix_index_dossiers_authority` and `ix_index_dossiers_officer`.
///
/// # Errors
/// Storage failures only.
pub fn facts_page(
    db: &mut Db,
    behind: &Behind,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<Told<FactRow>>> {
    use index_dossiers as f;
    let mut q = f::table
        .inner_join(dossiers::table)
        .filter(f::snapshot_id.eq(behind.snapshot.clone()))
        .limit(limit)
        .select((
            FactRow::as_select(),
            dossiers::code,
            dossiers::procedure_name,
        ))
        .into_boxed();
    q = if behind.online {
        q.filter(f::filed_online.eq(true).or(f::online_late.eq(true)))
    } else {
        q.filter(f::finished.eq(true))
    };
    if let Some(authority) = &behind.authority {
        q = q.filter(f::authority_id.eq(authority.clone()));
    }
    if let Some(officer) = &behind.officer {
        q = q.filter(f::officer_id.eq(officer.clone()));
    }
    let mut rows: Vec<Told<FactRow>> = match edge {
        Some((id, true)) => q
            .filter(f::dossier_id.lt(id.to_owned()))
            .order(f::dossier_id.desc())
            .load(db)?,
        Some((id, false)) => q
            .filter(f::dossier_id.gt(id.to_owned()))
            .order(f::dossier_id.asc())
            .load(db)?,
        None => q.order(f::dossier_id.asc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// Steps behind a figure by dossier and order, next to an edge, at most `limit`; found as dossiers are.
///
/// # Errors
/// Storage failures only.
pub fn steps_page(
    db: &mut Db,
    behind: &Behind,
    edge: Option<(&(String, i32), bool)>,
    limit: i64,
) -> StoreResult<Vec<Told<StepFactRow>>> {
    use index_steps as s;
    let mut q = s::table
        .inner_join(dossiers::table.on(dossiers::id.eq(s::dossier_id)))
        .filter(s::snapshot_id.eq(behind.snapshot.clone()))
        .limit(limit)
        .select((
            StepFactRow::as_select(),
            dossiers::code,
            dossiers::procedure_name,
        ))
        .into_boxed();
    if let Some(authority) = &behind.authority {
        q = q.filter(s::authority_id.eq(authority.clone()));
    }
    if let Some(officer) = &behind.officer {
        q = q.filter(s::officer_id.eq(officer.clone()));
    }
    let mut rows: Vec<Told<StepFactRow>> = match edge {
        Some(((id, ord), true)) => q
            .filter(
                s::dossier_id
                    .lt(id.clone())
                    .or(s::dossier_id.eq(id.clone()).and(s::ord.lt(*ord))),
            )
            .order((s::dossier_id.desc(), s::ord.desc()))
            .load(db)?,
        Some(((id, ord), false)) => q
            .filter(
                s::dossier_id
                    .gt(id.clone())
                    .or(s::dossier_id.eq(id.clone()).and(s::ord.gt(*ord))),
            )
            .order((s::dossier_id.asc(), s::ord.asc()))
            .load(db)?,
        None => q.order((s::dossier_id.asc(), s::ord.asc())).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}
