//! Centres, the authorities they receive for, and who may be asked to sign.

mod organisation;

pub use organisation::*;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, UserId};
use crate::on_each;
use crate::page::rising;
use crate::reference;
use crate::schema::{authorities, centre_authorities, centres, role_assignments, users};
use crate::ts::Ts;

/// A one-stop centre.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = centres, treat_none_as_default_value = false)]
pub struct CentreRow {
    /// Id.
    pub id: CentreId,
    /// Short code, such as `thd`.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Electronic identification code, the prefix of dossier codes.
    pub e_code: String,
    /// Province or city, as printed.
    pub province_name: String,
    /// Ward or commune, as printed.
    pub commune_name: String,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Row version.
    pub version: i64,
    /// Who must sign in with a second factor: `optional`, `leaders`, `everyone`.
    pub second_factor: String,
}

/// A competent authority.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = authorities)]
pub struct AuthorityRow {
    /// Id.
    pub id: AuthorityId,
    /// Short code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Electronic identification code.
    pub e_code: String,
    /// Row version.
    pub version: i64,
}

/// That a centre receives for an authority, and since when.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = centre_authorities, treat_none_as_default_value = false)]
pub struct ServesRow {
    /// The centre.
    pub centre_id: CentreId,
    /// The authority.
    pub authority_id: AuthorityId,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, or none.
    pub valid_to: Option<NaiveDate>,
}

/// Adds a centre and starts its audit chain.
///
/// # Errors
/// Storage failures, among them a code already taken.
pub fn insert_centre(db: &mut Db, row: &CentreRow) -> StoreResult<()> {
    diesel::insert_into(centres::table)
        .values(row)
        .execute(db)?;
    reference::touch(db)?;
    crate::audit::start_chain(db, &row.id)
}

/// Says who must sign in with a second factor, if the centre still has `version`; false when it has
/// moved on.
///
/// # Errors
/// Storage failures only.
pub fn set_second_factor(
    db: &mut Db,
    id: &CentreId,
    version: i64,
    policy: &str,
) -> StoreResult<bool> {
    let n = diesel::update(centres::table.find(id).filter(centres::version.eq(version)))
        .set((
            centres::second_factor.eq(policy),
            centres::version.eq(version + 1),
        ))
        .execute(db)?;
    reference::touch(db)?;
    Ok(n == 1)
}

/// Adds an authority.
///
/// # Errors
/// Storage failures, among them a code already taken.
pub fn insert_authority(db: &mut Db, row: &AuthorityRow) -> StoreResult<()> {
    diesel::insert_into(authorities::table)
        .values(row)
        .execute(db)?;
    reference::touch(db)
}

/// Adds that a centre receives for an authority.
///
/// # Errors
/// Storage failures only.
pub fn insert_serves(db: &mut Db, row: &ServesRow) -> StoreResult<()> {
    diesel::insert_into(centre_authorities::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Centres by id next to an edge (an id, and whether the page before it is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn centres_page(
    db: &mut Db,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<CentreRow>> {
    let q = centres::table
        .limit(limit)
        .select(CentreRow::as_select())
        .into_boxed();
    rising!(
        db,
        q,
        centres::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Authorities by id next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn authorities_page(
    db: &mut Db,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<AuthorityRow>> {
    let q = authorities::table
        .limit(limit)
        .select(AuthorityRow::as_select())
        .into_boxed();
    rising!(
        db,
        q,
        authorities::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Everything that serves one of these authorities.
///
/// # Errors
/// Storage failures only.
pub fn serves_of(db: &mut Db, ids: &[AuthorityId]) -> StoreResult<Vec<ServesRow>> {
    Ok(centre_authorities::table
        .filter(centre_authorities::authority_id.eq_any(ids.to_vec()))
        .select(ServesRow::as_select())
        .load(db)?)
}

/// The authorities within a scope that a centre receives for, or ever did, by name.
///
/// # Errors
/// Storage failures only.
pub fn served_within(db: &mut Db, scope: &Scope, limit: i64) -> StoreResult<Vec<AuthorityRow>> {
    let served: Vec<AuthorityId> = centre_authorities::table
        .filter(centre_authorities::centre_id.eq_any(scope.centres.clone()))
        .select(centre_authorities::authority_id)
        .limit(limit)
        .load(db)?;
    let mut ids = scope.authorities.clone();
    ids.extend(served);
    Ok(authorities::table
        .filter(authorities::id.eq_any(ids))
        .order((authorities::name.asc(), authorities::id.asc()))
        .limit(limit)
        .select(AuthorityRow::as_select())
        .load(db)?)
}

/// One centre.
///
/// # Errors
/// Storage failures only.
pub fn centre(db: &mut Db, id: &CentreId) -> StoreResult<Option<CentreRow>> {
    Ok(on_each!(db, c => centres::table
        .find(id)
        .select(CentreRow::as_select())
        .get_result(c)
        .optional())?)
}

/// One authority.
///
/// # Errors
/// Storage failures only.
pub fn authority(db: &mut Db, id: &AuthorityId) -> StoreResult<Option<AuthorityRow>> {
    Ok(on_each!(db, c => authorities::table
        .find(id)
        .select(AuthorityRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Whether a centre receives for an authority on a day.
///
/// # Errors
/// Storage failures only.
pub fn serves(
    db: &mut Db,
    centre: &CentreId,
    authority: &AuthorityId,
    on: NaiveDate,
) -> StoreResult<bool> {
    let rows: Vec<Option<NaiveDate>> = on_each!(db, c => centre_authorities::table
        .filter(centre_authorities::centre_id.eq(centre))
        .filter(centre_authorities::authority_id.eq(authority))
        .filter(centre_authorities::valid_from.le(on))
        .select(centre_authorities::valid_to)
        .load(c))?;
    Ok(rows.iter().any(|to| to.is_none_or(|d| d >= on)))
}

/// The leaders of an authority who may sign at `at`: id, name, title.
///
/// # Errors
/// Storage failures only.
pub fn signers(
    db: &mut Db,
    authority: &AuthorityId,
    at: Ts,
) -> StoreResult<Vec<(UserId, String, Option<String>)>> {
    Ok(role_assignments::table
        .inner_join(users::table)
        .filter(role_assignments::authority_id.eq(authority))
        .filter(role_assignments::role.eq("leader"))
        .filter(role_assignments::valid_from.le(at))
        .filter(
            role_assignments::valid_to
                .is_null()
                .or(role_assignments::valid_to.gt(at)),
        )
        .filter(users::active.eq(true))
        .order(users::id.asc())
        .limit(100)
        .select((users::id, users::full_name, users::title))
        .load(db)?)
}
