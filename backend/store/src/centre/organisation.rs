//! Branches, reception points, counters, and for whom a centre receives from when until when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{AuthorityRow, CentreRow, ServesRow};
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::reference;
use crate::schema::{
    authorities, centre_authorities, centre_logos, centres, reception_points, service_counters,
};
use crate::ts::Ts;

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

/// A centre's own mark.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = centre_logos, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LogoRow {
    pub centre_id: CentreId,
    /// A PNG in base64.
    pub image: String,
    /// SHA-256 of `image`, hexadecimal.
    pub digest: String,
    /// None: at set-up.
    pub set_by: Option<UserId>,
    pub set_at: Ts,
}

/// The mark of a centre.
///
/// # Errors
/// Storage failures only.
pub fn logo(db: &mut Db, id: &CentreId) -> StoreResult<Option<LogoRow>> {
    Ok(centre_logos::table
        .find(id)
        .select(LogoRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Digests of the marks of these centres.
///
/// # Errors
/// Storage failures only.
pub fn logo_digests(db: &mut Db, ids: &[CentreId]) -> StoreResult<Vec<(CentreId, String)>> {
    Ok(centre_logos::table
        .filter(centre_logos::centre_id.eq_any(ids.to_vec()))
        .select((centre_logos::centre_id, centre_logos::digest))
        .load(db)?)
}

/// Sets the mark of a centre.
///
/// # Errors
/// Storage failures only.
pub fn set_logo(db: &mut Db, row: &LogoRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(centre_logos::table)
        .values(row)
        .on_conflict(centre_logos::centre_id)
        .do_update()
        .set(row)
        .execute(c))?;
    Ok(())
}

/// Takes the mark of a centre away.
///
/// # Errors
/// Storage failures only.
pub fn drop_logo(db: &mut Db, id: &CentreId) -> StoreResult<()> {
    diesel::delete(centre_logos::table.find(id)).execute(db)?;
    Ok(())
}

/// Changes what a centre is called and where it is found; false when it no longer has `version`.
///
/// # Errors
/// Storage failures only.
pub fn set_details(db: &mut Db, row: &CentreRow, version: i64) -> StoreResult<bool> {
    let n = diesel::update(
        centres::table
            .find(&row.id)
            .filter(centres::version.eq(version)),
    )
    .set((
        centres::name.eq(&row.name),
        centres::address.eq(&row.address),
        centres::phone.eq(&row.phone),
        centres::version.eq(row.version),
    ))
    .execute(db)?;
    reference::touch(db)?;
    Ok(n == 1)
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
