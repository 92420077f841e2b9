//! Branches, reception points, counters, and for whom a centre receives from when until when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{AuthorityRow, ServesRow};
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId};
use crate::reference;
use crate::schema::{authorities, centre_authorities, reception_points, service_counters};

/// A branch or a reception point.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = reception_points, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PointRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub kind: String,
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub valid_from: NaiveDate,
    /// Last day; none: open.
    pub valid_to: Option<NaiveDate>,
}

/// A counter.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = service_counters, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct CounterRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// Where it stands; none: in the centre's own house.
    pub point_id: Option<RecordId>,
    pub name: String,
    pub valid_from: NaiveDate,
    /// Last day; none: open.
    pub valid_to: Option<NaiveDate>,
}

/// The points of these centres, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn points(db: &mut Db, centres: &[CentreId], limit: i64) -> StoreResult<Vec<PointRow>> {
    Ok(reception_points::table
        .filter(reception_points::centre_id.eq_any(centres.to_vec()))
        .order((
            reception_points::centre_id.asc(),
            reception_points::id.asc(),
        ))
        .limit(limit)
        .select(PointRow::as_select())
        .load(db)?)
}

/// One point.
///
/// # Errors
/// Storage failures only.
pub fn point(db: &mut Db, id: &RecordId) -> StoreResult<Option<PointRow>> {
    Ok(reception_points::table
        .find(id)
        .select(PointRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Adds a point.
///
/// # Errors
/// Storage failures only.
pub fn insert_point(db: &mut Db, row: &PointRow) -> StoreResult<()> {
    diesel::insert_into(reception_points::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Says a point's last day.
///
/// # Errors
/// Storage failures only.
pub fn end_point(db: &mut Db, id: &RecordId, last: NaiveDate) -> StoreResult<()> {
    diesel::update(reception_points::table.find(id))
        .set(reception_points::valid_to.eq(Some(last)))
        .execute(db)?;
    Ok(())
}

/// The counters of a centre, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn counters(db: &mut Db, centre: &CentreId, limit: i64) -> StoreResult<Vec<CounterRow>> {
    Ok(service_counters::table
        .filter(service_counters::centre_id.eq(centre))
        .order(service_counters::id.asc())
        .limit(limit)
        .select(CounterRow::as_select())
        .load(db)?)
}

/// One counter.
///
/// # Errors
/// Storage failures only.
pub fn counter(db: &mut Db, id: &RecordId) -> StoreResult<Option<CounterRow>> {
    Ok(service_counters::table
        .find(id)
        .select(CounterRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Adds a counter.
///
/// # Errors
/// Storage failures only.
pub fn insert_counter(db: &mut Db, row: &CounterRow) -> StoreResult<()> {
    diesel::insert_into(service_counters::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Says a counter's last day.
///
/// # Errors
/// Storage failures only.
pub fn end_counter(db: &mut Db, id: &RecordId, last: NaiveDate) -> StoreResult<()> {
    diesel::update(service_counters::table.find(id))
        .set(service_counters::valid_to.eq(Some(last)))
        .execute(db)?;
    Ok(())
}

/// For whom a centre receives or received, with the authority, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn served(
    db: &mut Db,
    centre: &CentreId,
    limit: i64,
) -> StoreResult<Vec<(ServesRow, AuthorityRow)>> {
    Ok(centre_authorities::table
        .inner_join(authorities::table.on(authorities::id.eq(centre_authorities::authority_id)))
        .filter(centre_authorities::centre_id.eq(centre))
        .order((
            authorities::name.asc(),
            centre_authorities::valid_from.asc(),
        ))
        .limit(limit)
        .select((ServesRow::as_select(), AuthorityRow::as_select()))
        .load(db)?)
}

/// Says the last day on which a centre receives for an authority.
///
/// # Errors
/// Storage failures only.
pub fn end_serving(
    db: &mut Db,
    centre: &CentreId,
    authority: &AuthorityId,
    from: NaiveDate,
    last: NaiveDate,
) -> StoreResult<()> {
    diesel::update(centre_authorities::table.find((centre, authority, from)))
        .set(centre_authorities::valid_to.eq(Some(last)))
        .execute(db)?;
    reference::touch(db)
}
