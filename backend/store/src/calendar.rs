//! Versions of a centre's calendar.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CalendarVersionId, CentreId};
use crate::on_each;
use crate::reference;
use crate::schema::calendar_versions;
use crate::ts::Ts;

/// A version of a calendar; `data` is the whole of it as JSON.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_versions)]
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
