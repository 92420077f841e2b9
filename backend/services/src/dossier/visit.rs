//! Several dossiers of one visit to the counter.

use chrono::{DateTime, NaiveTime, Utc};
use motcua_domain::dossier::Form;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::dossier::{DossierRow, FilerRow, LetterRow};
use motcua_store::{Db, Ts};
use serde_json::json;

use super::act::put;
use crate::error::Result;

/// Puts a dossier on the slip of its visit, when an earlier one of the same people, accepted the same day
/// for the same authority, bears one.
pub(super) fn shared_slip(
    db: &mut Db,
    row: &DossierRow,
    filer: Option<&FilerRow>,
    papers: &[Form],
    now: DateTime<Utc>,
    detail: &mut serde_json::Value,
) -> Result<Option<LetterRow>> {
    let (Some(visit), [Form::F01]) = (&row.visit_id, papers) else {
        return Ok(None);
    };
    let morning = from_local(local_date(now), NaiveTime::MIN);
    let found = motcua_store::dossier::slip_of_visit(
        db,
        visit,
        &row.centre_id,
        &row.authority_id,
        Ts::new(morning),
    )?;
    let Some((letter, bearer)) = found else {
        return Ok(None);
    };
    // Whoever brought the one brought the other: a slip is handed to one person.
    let brought_by = |row: &DossierRow, filer: Option<&FilerRow>| match filer {
        Some(f) => (f.full_name.clone(), f.identity_number.clone()),
        None => (row.owner_name.clone(), row.owner_identity.clone()),
    };
    let before = motcua_store::dossier::filer(db, &bearer.id)?;
    if brought_by(&bearer, before.as_ref()) != brought_by(row, filer) {
        return Ok(None);
    }
    motcua_store::dossier::share_slip(db, &row.id, &letter.id)?;
    put(
        detail,
        "letter",
        json!({ "form": Form::F01, "number": letter.number, "year": letter.year, "shared": true }),
    );
    Ok(Some(letter))
}
