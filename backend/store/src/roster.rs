//! Who is at which counter when, who is away, and the ledger of compensatory leave.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::sum;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId, UserId};
use crate::on_each;
use crate::page::{falling, rising};
use crate::schema::{
    centres, leave_entries, role_assignments, roster_absences, roster_duties, roster_settings,
    users,
};
use crate::ts::Ts;

/// What a centre set about its roster.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = roster_settings, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SettingsRow {
    pub centre_id: CentreId,
    pub warn_working_days: i32,
    pub leave_percent: i32,
    pub leave_source: String,
    pub version: i64,
    pub set_by: UserId,
    pub set_at: Ts,
}

/// Somebody at a counter for a time of a date, in minutes from midnight.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = roster_duties, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DutyRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub counter_id: RecordId,
    pub on_date: NaiveDate,
    pub from_minute: i32,
    pub to_minute: i32,
    pub kind: String,
    pub user_id: UserId,
    /// Who would stand in.
    pub substitute_id: Option<UserId>,
    /// Who does stand in.
    pub stand_in_id: Option<UserId>,
    /// The notice of a duty outside the calendar's own shifts.
    pub source: Option<String>,
    pub version: i64,
    pub planned_by: UserId,
    pub planned_at: Ts,
    pub cancelled_by: Option<UserId>,
    pub cancelled_at: Option<Ts>,
}

impl DutyRow {
    /// Who is expected there.
    pub fn expected(&self) -> &UserId {
        self.stand_in_id.as_ref().unwrap_or(&self.user_id)
    }
}

/// Somebody away.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = roster_absences, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AbsenceRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub user_id: UserId,
    pub kind: String,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    /// Part of the one day; none: all of each.
    pub from_minute: Option<i32>,
    pub to_minute: Option<i32>,
    pub entered_by: UserId,
    pub entered_at: Ts,
    pub cancelled_by: Option<UserId>,
    pub cancelled_at: Option<Ts>,
}

/// An entry of the ledger of compensatory leave.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = leave_entries, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LeaveEntryRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub user_id: UserId,
    pub kind: String,
    /// Earned above zero, taken below.
    pub minutes: i32,
    pub duty_id: Option<RecordId>,
    pub absence_id: Option<RecordId>,
    pub corrects_id: Option<RecordId>,
    pub reason: Option<String>,
    pub source: String,
    pub entered_by: UserId,
    pub entered_at: Ts,
}

/// Waits until nobody else plans at this centre, until the transaction ends: two who plan at once would
/// each not see the other's.
///
/// # Errors
/// Storage failures only.
pub fn lock(db: &mut Db, centre: &CentreId) -> StoreResult<()> {
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer.
    diesel::update(centres::table.find(centre))
        .set(centres::id.eq(centre))
        .execute(db)?;
    Ok(())
}

/// What a centre set.
///
/// # Errors
/// Storage failures only.
pub fn settings(db: &mut Db, centre: &CentreId) -> StoreResult<Option<SettingsRow>> {
    Ok(roster_settings::table
        .find(centre)
        .select(SettingsRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps what a centre sets, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures, among them a first setting made twice at once.
pub fn keep_settings(db: &mut Db, row: &SettingsRow) -> StoreResult<bool> {
    use roster_settings as s;
    if row.version == 1 {
        diesel::insert_into(s::table).values(row).execute(db)?;
        return Ok(true);
    }
    let n = diesel::update(
        s::table
            .find(&row.centre_id)
            .filter(s::version.eq(row.version - 1)),
    )
    .set((
        s::warn_working_days.eq(row.warn_working_days),
        s::leave_percent.eq(row.leave_percent),
        s::leave_source.eq(&row.leave_source),
        s::version.eq(row.version),
        s::set_by.eq(&row.set_by),
        s::set_at.eq(row.set_at),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// From when until when an active person holds a role at a centre.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain columns")]
pub struct Posting {
    pub user_id: UserId,
    pub from: Ts,
    pub to: Option<Ts>,
}

/// The roles that active people hold at a centre, from now on or later; of one person when one is named.
///
/// # Errors
/// Storage failures only.
pub fn postings(
    db: &mut Db,
    centre: &CentreId,
    person: Option<&UserId>,
    since: Ts,
    limit: i64,
) -> StoreResult<Vec<Posting>> {
    use role_assignments as r;
    let mut q = r::table
        .inner_join(users::table)
        .filter(r::centre_id.eq(centre.clone()))
        .filter(r::valid_to.is_null().or(r::valid_to.gt(since)))
        .filter(users::active.eq(true))
        .filter(users::scopes.is_null())
        .order(r::id.asc())
        .limit(limit)
        .select((r::user_id, r::valid_from, r::valid_to))
        .into_boxed();
    if let Some(person) = person {
        q = q.filter(r::user_id.eq(person.clone()));
    }
    let rows: Vec<(UserId, Ts, Option<Ts>)> = q.load(db)?;
    let posting = |(user_id, from, to)| Posting { user_id, from, to };
    Ok(rows.into_iter().map(posting).collect())
}

/// Plans duties.
///
/// # Errors
/// Storage failures only.
pub fn insert_duties(db: &mut Db, rows: &[DutyRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(roster_duties::table)
        .values(rows)
        .execute(c))?;
    Ok(())
}

/// One duty.
///
/// # Errors
/// Storage failures only.
pub fn duty(db: &mut Db, id: &RecordId) -> StoreResult<Option<DutyRow>> {
    Ok(roster_duties::table
        .find(id)
        .select(DutyRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps who stands in at a duty and whether it was cancelled, if it still has the version before; false
/// when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_duty(db: &mut Db, row: &DutyRow) -> StoreResult<bool> {
    use roster_duties as d;
    let n = diesel::update(
        d::table
            .find(&row.id)
            .filter(d::version.eq(row.version - 1)),
    )
    .set((
        d::stand_in_id.eq(row.stand_in_id.clone()),
        d::cancelled_by.eq(row.cancelled_by.clone()),
        d::cancelled_at.eq(row.cancelled_at),
        d::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Duties of a centre from one day to another that were not cancelled, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn duties_between(
    db: &mut Db,
    centre: &CentreId,
    from: NaiveDate,
    to: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<DutyRow>> {
    use roster_duties as d;
    Ok(d::table
        .filter(d::centre_id.eq(centre.clone()))
        .filter(d::on_date.ge(from))
        .filter(d::on_date.le(to))
        .filter(d::cancelled_at.is_null())
        .order((d::on_date.asc(), d::from_minute.asc(), d::id.asc()))
        .limit(limit)
        .select(DutyRow::as_select())
        .load(db)?)
}

/// Duties at which a person is expected from one day to another, at whatever centre.
///
/// # Errors
/// Storage failures only.
pub fn duties_of(
    db: &mut Db,
    person: &UserId,
    from: NaiveDate,
    to: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<DutyRow>> {
    use roster_duties as d;
    let own = d::stand_in_id.is_null().and(d::user_id.eq(person.clone()));
    Ok(d::table
        .filter(d::on_date.ge(from))
        .filter(d::on_date.le(to))
        .filter(d::cancelled_at.is_null())
        .filter(d::stand_in_id.eq(person.clone()).or(own))
        .order((d::on_date.asc(), d::from_minute.asc(), d::id.asc()))
        .limit(limit)
        .select(DutyRow::as_select())
        .load(db)?)
}

/// What narrows a list of duties.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DutyFilter {
    pub centre: CentreId,
    /// Planned, named as substitute or standing in.
    pub person: Option<UserId>,
    pub counter: Option<RecordId>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The key of a duty in its list: date, minute, id.
pub type DutyKey = (NaiveDate, i32, String);

/// Duties by date and time next to an edge, at most `limit`; cancelled ones among them.
///
/// # Errors
/// Storage failures only.
pub fn duties_page(
    db: &mut Db,
    filter: &DutyFilter,
    edge: Option<(&DutyKey, bool)>,
    limit: i64,
) -> StoreResult<Vec<DutyRow>> {
    use roster_duties as d;
    let mut q = d::table
        .filter(d::centre_id.eq(filter.centre.clone()))
        .filter(d::on_date.ge(filter.from))
        .filter(d::on_date.le(filter.to))
        .limit(limit)
        .select(DutyRow::as_select())
        .into_boxed();
    if let Some(person) = &filter.person {
        q = q.filter(
            d::user_id
                .eq(person.clone())
                .or(d::stand_in_id.eq(person.clone()))
                .or(d::substitute_id.eq(person.clone())),
        );
    }
    if let Some(counter) = &filter.counter {
        q = q.filter(d::counter_id.eq(counter.clone()));
    }
    let mut rows: Vec<DutyRow> = match edge {
        Some(((date, minute, id), true)) => q
            .filter(
                d::on_date.lt(*date).or(d::on_date.eq(*date).and(
                    d::from_minute
                        .lt(*minute)
                        .or(d::from_minute.eq(*minute).and(d::id.lt(id.clone()))),
                )),
            )
            .order((d::on_date.desc(), d::from_minute.desc(), d::id.desc()))
            .load(db)?,
        Some(((date, minute, id), false)) => q
            .filter(
                d::on_date.gt(*date).or(d::on_date.eq(*date).and(
                    d::from_minute
                        .gt(*minute)
                        .or(d::from_minute.eq(*minute).and(d::id.gt(id.clone()))),
                )),
            )
            .order((d::on_date.asc(), d::from_minute.asc(), d::id.asc()))
            .load(db)?,
        None => q
            .order((d::on_date.asc(), d::from_minute.asc(), d::id.asc()))
            .load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// Keeps an absence.
///
/// # Errors
/// Storage failures only.
pub fn insert_absence(db: &mut Db, row: &AbsenceRow) -> StoreResult<()> {
    diesel::insert_into(roster_absences::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One absence.
///
/// # Errors
/// Storage failures only.
pub fn absence(db: &mut Db, id: &RecordId) -> StoreResult<Option<AbsenceRow>> {
    Ok(roster_absences::table
        .find(id)
        .select(AbsenceRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Cancels an absence; false when it was cancelled already.
///
/// # Errors
/// Storage failures only.
pub fn cancel_absence(db: &mut Db, id: &RecordId, by: &UserId, at: Ts) -> StoreResult<bool> {
    use roster_absences as a;
    let n = diesel::update(a::table.find(id).filter(a::cancelled_at.is_null()))
        .set((
            a::cancelled_by.eq(Some(by.clone())),
            a::cancelled_at.eq(Some(at)),
        ))
        .execute(db)?;
    Ok(n == 1)
}

/// Absences of these people that hold and touch these days, at whatever centre, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn absences_of(
    db: &mut Db,
    people: &[UserId],
    from: NaiveDate,
    to: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<AbsenceRow>> {
    use roster_absences as a;
    Ok(a::table
        .filter(a::user_id.eq_any(people.to_vec()))
        .filter(a::first_day.le(to))
        .filter(a::last_day.ge(from))
        .filter(a::cancelled_at.is_null())
        .order(a::id.asc())
        .limit(limit)
        .select(AbsenceRow::as_select())
        .load(db)?)
}

/// Absences of a centre, or of one person there, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn absences_page(
    db: &mut Db,
    centre: &CentreId,
    person: Option<&UserId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<AbsenceRow>> {
    use roster_absences as a;
    let mut q = a::table
        .filter(a::centre_id.eq(centre.clone()))
        .limit(limit)
        .select(AbsenceRow::as_select())
        .into_boxed();
    if let Some(person) = person {
        q = q.filter(a::user_id.eq(person.clone()));
    }
    falling!(db, q, a::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// Adds an entry to the ledger.
///
/// # Errors
/// Storage failures, among them a duty, an absence or an entry that has its entry already.
pub fn insert_entry(db: &mut Db, row: &LeaveEntryRow) -> StoreResult<()> {
    diesel::insert_into(leave_entries::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One entry.
///
/// # Errors
/// Storage failures only.
pub fn entry(db: &mut Db, id: &RecordId) -> StoreResult<Option<LeaveEntryRow>> {
    Ok(leave_entries::table
        .find(id)
        .select(LeaveEntryRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The entry that an absence took.
///
/// # Errors
/// Storage failures only.
pub fn entry_of_absence(db: &mut Db, id: &RecordId) -> StoreResult<Option<LeaveEntryRow>> {
    Ok(leave_entries::table
        .filter(leave_entries::absence_id.eq(id.clone()))
        .select(LeaveEntryRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Which of these duties have earned their time: they were served.
///
/// # Errors
/// Storage failures only.
pub fn served(db: &mut Db, duties: &[RecordId]) -> StoreResult<Vec<RecordId>> {
    let found: Vec<Option<RecordId>> = leave_entries::table
        .filter(leave_entries::duty_id.eq_any(duties.iter().cloned().map(Some).collect::<Vec<_>>()))
        .select(leave_entries::duty_id)
        .load(db)?;
    Ok(found.into_iter().flatten().collect())
}

/// Which of these entries were corrected.
///
/// # Errors
/// Storage failures only.
pub fn corrected(db: &mut Db, entries: &[RecordId]) -> StoreResult<Vec<RecordId>> {
    let asked: Vec<Option<RecordId>> = entries.iter().cloned().map(Some).collect();
    let found: Vec<Option<RecordId>> = leave_entries::table
        .filter(leave_entries::corrects_id.eq_any(asked))
        .select(leave_entries::corrects_id)
        .load(db)?;
    Ok(found.into_iter().flatten().collect())
}

/// Entries of a person at a centre, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn entries_page(
    db: &mut Db,
    centre: &CentreId,
    person: &UserId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<LeaveEntryRow>> {
    use leave_entries as e;
    let q = e::table
        .filter(e::centre_id.eq(centre.clone()))
        .filter(e::user_id.eq(person.clone()))
        .limit(limit)
        .select(LeaveEntryRow::as_select())
        .into_boxed();
    falling!(db, q, e::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// What these people have left at a centre: the sum of each one's entries, none for who has no entry.
///
/// # Errors
/// Storage failures only.
pub fn balances(
    db: &mut Db,
    centre: &CentreId,
    people: &[UserId],
) -> StoreResult<BTreeMap<UserId, i64>> {
    use leave_entries as e;
    let rows: Vec<(UserId, Option<i64>)> = on_each!(db, c => e::table
        .filter(e::centre_id.eq(centre))
        .filter(e::user_id.eq_any(people))
        .group_by(e::user_id)
        .select((e::user_id, sum(e::minutes)))
        .load(c))?;
    Ok(rows
        .into_iter()
        .map(|(id, n)| (id, n.unwrap_or(0)))
        .collect())
}

/// The people who have entries at a centre, by id next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn people_with_entries(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<UserId>> {
    use leave_entries as e;
    let q = e::table
        .filter(e::centre_id.eq(centre.clone()))
        .select(e::user_id)
        .distinct()
        .limit(limit)
        .into_boxed();
    rising!(
        db,
        q,
        e::user_id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}
