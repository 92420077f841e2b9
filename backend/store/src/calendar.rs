//! Versions of a centre's calendar.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CalendarVersionId, CentreId, DossierId, UserId};
use crate::on_each;
use crate::reference;
use crate::schema::{calendar_recomputes, calendar_versions};
use crate::ts::Ts;

/// A version of a calendar; `data` is the whole of it as JSON.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_versions, treat_none_as_default_value = false)]
pub struct CalendarRow {
    /// Id.
    pub id: CalendarVersionId,
    /// Whose.
    pub centre_id: CentreId,
    /// From 1 in each centre.
    pub number: i32,
    /// JSON.
    pub data: String,
    /// The notices it comes from.
    pub source: String,
    /// When it was entered.
    pub entered_at: Ts,
    /// By whom; none: the program, at set-up.
    pub entered_by: Option<UserId>,
}

/// How far a version has been carried to the open dossiers.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_recomputes, treat_none_as_default_value = false)]
pub struct RecomputeRow {
    /// Whose calendar.
    pub centre_id: CentreId,
    /// Which version.
    pub number: i32,
    /// Open promises looked at.
    pub checked: i64,
    /// How many of them moved.
    pub moved: i64,
    /// The last promise looked at: when it was due.
    pub after_due: Option<Ts>,
    /// The last promise looked at: its dossier.
    pub after_id: Option<DossierId>,
    /// When it began.
    pub started_at: Ts,
    /// When the last was done.
    pub finished_at: Option<Ts>,
}

/// Versions of a centre's calendar with how far each was carried, newest first, before a number if one
/// is given, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn versions(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<(CalendarRow, Option<RecomputeRow>)>> {
    use calendar_versions as v;
    let q = v::table
        .filter(v::centre_id.eq(centre.clone()))
        .limit(limit)
        .select(CalendarRow::as_select())
        .into_boxed();
    let mut rows: Vec<CalendarRow> = match edge {
        Some((number, true)) => q
            .filter(v::number.gt(number))
            .order(v::number.asc())
            .load(db)?,
        Some((number, false)) => q
            .filter(v::number.lt(number))
            .order(v::number.desc())
            .load(db)?,
        None => q.order(v::number.desc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    let numbers: Vec<i32> = rows.iter().map(|r| r.number).collect();
    let carried: Vec<RecomputeRow> = calendar_recomputes::table
        .filter(calendar_recomputes::centre_id.eq(centre.clone()))
        .filter(calendar_recomputes::number.eq_any(numbers))
        .select(RecomputeRow::as_select())
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|r| {
            let of_it = carried.iter().find(|c| c.number == r.number).cloned();
            (r, of_it)
        })
        .collect())
}

/// Begins to carry a version to the open dossiers.
///
/// # Errors
/// Storage failures only.
pub fn begin_recompute(db: &mut Db, row: &RecomputeRow) -> StoreResult<()> {
    diesel::insert_into(calendar_recomputes::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// What is still to be carried, oldest first: centre and version, at most a hundred.
///
/// # Errors
/// Storage failures only.
pub fn unfinished(db: &mut Db) -> StoreResult<Vec<(CentreId, i32)>> {
    Ok(calendar_recomputes::table
        .filter(calendar_recomputes::finished_at.is_null())
        .order((
            calendar_recomputes::started_at.asc(),
            calendar_recomputes::number.asc(),
        ))
        .limit(100)
        .select((calendar_recomputes::centre_id, calendar_recomputes::number))
        .load(db)?)
}

/// One carrying, to go on with it: of two servers the second waits here.
///
/// # Errors
/// Storage failures only.
pub fn recompute_to_go_on(
    db: &mut Db,
    centre: &CentreId,
    number: i32,
) -> StoreResult<Option<RecomputeRow>> {
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer.
    diesel::update(calendar_recomputes::table.find((centre, number)))
        .set(calendar_recomputes::number.eq(number))
        .execute(db)?;
    Ok(calendar_recomputes::table
        .find((centre, number))
        .select(RecomputeRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps how far it has got.
///
/// # Errors
/// Storage failures only.
pub fn keep_recompute(db: &mut Db, row: &RecomputeRow) -> StoreResult<()> {
    use calendar_recomputes as r;
    diesel::update(r::table.find((&row.centre_id, row.number)))
        .set((
            r::checked.eq(row.checked),
            r::moved.eq(row.moved),
            r::after_due.eq(row.after_due),
            r::after_id.eq(row.after_id.clone()),
            r::finished_at.eq(row.finished_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Adds a version.
///
/// # Errors
/// Storage failures, among them a number already taken.
pub fn insert(db: &mut Db, row: &CalendarRow) -> StoreResult<()> {
    diesel::insert_into(calendar_versions::table)
        .values(row)
        .execute(db)?;
    reference::touch(db)
}

/// The number of the newest version of a centre's calendar.
///
/// # Errors
/// Storage failures only.
pub fn latest_number(db: &mut Db, centre: &CentreId) -> StoreResult<Option<i32>> {
    Ok(on_each!(db, c => calendar_versions::table
        .filter(calendar_versions::centre_id.eq(centre))
        .order(calendar_versions::number.desc())
        .select(calendar_versions::number)
        .get_result(c)
        .optional())?)
}

/// One version.
///
/// # Errors
/// Storage failures only.
pub fn version(db: &mut Db, centre: &CentreId, number: i32) -> StoreResult<Option<CalendarRow>> {
    Ok(calendar_versions::table
        .filter(calendar_versions::centre_id.eq(centre))
        .filter(calendar_versions::number.eq(number))
        .select(CalendarRow::as_select())
        .get_result(db)
        .optional()?)
}
