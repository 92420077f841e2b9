//! Kiosks and tablets that ask.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::page::falling;
use crate::schema::survey_devices;
use crate::ts::Ts;

/// A kiosk or a tablet.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_devices, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DeviceRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// Whose counter it stands at; none: the hall's.
    pub authority_id: Option<AuthorityId>,
    pub name: String,
    /// `kiosk`, `tablet`.
    pub kind: String,
    pub secret_hash: String,
    /// The token of whom it asks next, sealed.
    pub waiting: Option<String>,
    pub waiting_until: Option<Ts>,
    pub added_by: UserId,
    pub added_at: Ts,
    pub ended_at: Option<Ts>,
}

/// Keeps a device.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &DeviceRow) -> StoreResult<()> {
    diesel::insert_into(survey_devices::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One device of these centres.
///
/// # Errors
/// Storage failures only.
pub fn device(db: &mut Db, centres: &[CentreId], id: &RecordId) -> StoreResult<Option<DeviceRow>> {
    use survey_devices as d;
    Ok(d::table
        .find(id)
        .filter(d::centre_id.eq_any(centres.to_vec()))
        .select(DeviceRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The device with this secret, while it has not ended.
///
/// # Errors
/// Storage failures only.
pub fn by_secret(db: &mut Db, secret_hash: &str) -> StoreResult<Option<DeviceRow>> {
    use survey_devices as d;
    Ok(d::table
        .filter(d::secret_hash.eq(secret_hash))
        .filter(d::ended_at.is_null())
        .select(DeviceRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Devices of a centre, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DeviceRow>> {
    use survey_devices as d;
    let found = d::table
        .filter(d::centre_id.eq(centre))
        .select(DeviceRow::as_select())
        .limit(limit)
        .into_boxed();
    falling!(
        db,
        found,
        d::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Ends a device; false when it had ended.
///
/// # Errors
/// Storage failures only.
pub fn end(db: &mut Db, id: &RecordId, at: Ts) -> StoreResult<bool> {
    use survey_devices as d;
    let n = diesel::update(d::table.find(id).filter(d::ended_at.is_null()))
        .set((
            d::ended_at.eq(Some(at)),
            d::waiting.eq(None::<String>),
            d::waiting_until.eq(None::<Ts>),
        ))
        .execute(db)?;
    Ok(n == 1)
}

/// Says whom a device asks next; none: nobody.
///
/// # Errors
/// Storage failures only.
pub fn set_waiting(db: &mut Db, id: &RecordId, waiting: Option<(&str, Ts)>) -> StoreResult<()> {
    use survey_devices as d;
    diesel::update(d::table.find(id))
        .set((
            d::waiting.eq(waiting.map(|w| w.0.to_owned())),
            d::waiting_until.eq(waiting.map(|w| w.1)),
        ))
        .execute(db)?;
    Ok(())
}
