//! The yearly register of what was received (form 07), read from the slips that were issued; and what was given to
//! another desk on a day.

use diesel::prelude::*;

use super::query::Scope;
use super::rows::{DossierRow, HandoverRow, LetterRow};
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, DossierId, RecordId, UserId};
use crate::schema::{dossier_handovers, dossier_letters, dossier_slips, dossiers};
use crate::ts::Ts;

/// Numbers of a register next to an edge (a number, and whether what stands before it is wanted), the greatest
/// first, each with the dossier that bears its slip; found by the series' own index
/// (`uq_dossier_letters_number`).
///
/// # Errors
/// Storage failures only.
pub fn register_page(
    db: &mut Db,
    scope: &Scope,
    authority: &AuthorityId,
    year: i32,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> StoreResult<Vec<(LetterRow, DossierRow)>> {
    use dossier_letters as l;
    let mut q = l::table
        .inner_join(dossiers::table.on(dossiers::id.eq(l::dossier_id)))
        .select((LetterRow::as_select(), DossierRow::as_select()))
        .filter(l::authority_id.eq(authority.clone()))
        .filter(l::form.eq("01"))
        .filter(l::year.eq(year))
        .limit(limit)
        .into_boxed();
    if !scope.authorities.contains(authority) {
        q = q.filter(dossiers::centre_id.eq_any(scope.centres.clone()));
    }
    let backwards = edge.is_some_and(|(_, b)| b);
    q = match edge {
        Some((number, true)) => q.filter(l::number.gt(number)),
        Some((number, false)) => q.filter(l::number.lt(number)),
        None => q,
    };
    q = if backwards {
        q.order(l::number.asc())
    } else {
        q.order(l::number.desc())
    };
    let mut found = q.load(db)?;
    if backwards {
        found.reverse();
    }
    Ok(found)
}

/// The other dossiers of a visit that stand on these slips, in the order in which they came.
///
/// # Errors
/// Storage failures only.
pub fn others_on(db: &mut Db, letters: &[RecordId]) -> StoreResult<Vec<(RecordId, DossierRow)>> {
    Ok(dossier_slips::table
        .inner_join(dossiers::table.on(dossiers::id.eq(dossier_slips::dossier_id)))
        .filter(dossier_slips::letter_id.eq_any(letters.to_vec()))
        .order(dossiers::id.asc())
        .select((dossier_slips::letter_id, DossierRow::as_select()))
        .load(db)?)
}

/// The slips that were issued for these dossiers, in order.
///
/// # Errors
/// Storage failures only.
pub fn slips_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<LetterRow>> {
    use dossier_letters as l;
    Ok(l::table
        .filter(l::dossier_id.eq_any(ids.to_vec()))
        .filter(l::form.eq("01"))
        .order(l::id.asc())
        .select(LetterRow::as_select())
        .load(db)?)
}

/// What somebody gave to a desk between two instants for dossiers of an authority, in the order in which it was
/// given, at most `limit`; found by the giver's index (`ix_dossier_handovers_given`).
///
/// # Errors
/// Storage failures only.
pub fn given_between(
    db: &mut Db,
    giver: &UserId,
    to_desk: &str,
    authority: &AuthorityId,
    (from, until): (Ts, Ts),
    limit: i64,
) -> StoreResult<Vec<(HandoverRow, DossierRow)>> {
    use dossier_handovers as h;
    Ok(h::table
        .inner_join(dossiers::table.on(dossiers::id.eq(h::dossier_id)))
        .filter(h::given_by.eq(giver.clone()))
        .filter(h::given_at.ge(from))
        .filter(h::given_at.lt(until))
        .filter(h::to_desk.eq(to_desk.to_owned()))
        .filter(dossiers::authority_id.eq(authority.clone()))
        .order((h::given_at.asc(), h::id.asc()))
        .limit(limit)
        .select((HandoverRow::as_select(), DossierRow::as_select()))
        .load(db)?)
}
