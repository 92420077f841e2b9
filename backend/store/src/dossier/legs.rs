//! Dossiers that went on at another authority of the centre (T24).

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::DossierId;
use crate::on_each;
use crate::schema::{authorities, dossier_legs, dossiers};

/// The other end of a transfer within the centre.
#[derive(Debug, Clone, Queryable)]
pub struct LinkedRow {
    /// The dossier.
    pub id: DossierId,
    /// Its code.
    pub code: Option<String>,
    /// Name of its authority.
    pub authority: String,
}

/// Says that `origin` goes on as `leg`.
///
/// # Errors
/// Storage failures only.
pub fn insert_leg(db: &mut Db, leg: &DossierId, origin: &DossierId) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_legs::table)
        .values((
            dossier_legs::dossier_id.eq(leg),
            dossier_legs::origin_id.eq(origin),
        ))
        .execute(c))?;
    Ok(())
}

/// What a transferred dossier goes on as.
///
/// # Errors
/// Storage failures only.
pub fn leg_of(db: &mut Db, origin: &DossierId) -> StoreResult<Option<LinkedRow>> {
    Ok(on_each!(db, c => dossier_legs::table
        .inner_join(dossiers::table.on(dossiers::id.eq(dossier_legs::dossier_id)))
        .inner_join(authorities::table.on(authorities::id.eq(dossiers::authority_id)))
        .filter(dossier_legs::origin_id.eq(origin))
        .select((dossiers::id, dossiers::code, authorities::name))
        .get_result(c)
        .optional())?)
}

/// What a dossier was before it was transferred here.
///
/// # Errors
/// Storage failures only.
pub fn origin_of(db: &mut Db, leg: &DossierId) -> StoreResult<Option<LinkedRow>> {
    Ok(on_each!(db, c => dossier_legs::table
        .inner_join(dossiers::table.on(dossiers::id.eq(dossier_legs::origin_id)))
        .inner_join(authorities::table.on(authorities::id.eq(dossiers::authority_id)))
        .filter(dossier_legs::dossier_id.eq(leg))
        .select((dossiers::id, dossiers::code, authorities::name))
        .get_result(c)
        .optional())?)
}
