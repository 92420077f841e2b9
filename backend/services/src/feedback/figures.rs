//! What the nine indices ask of feedback (Circular 01/2018 Art 13, indices 7 and 8): counts, no names.

use chrono::NaiveDate;
use motcua_store::feedback::{self as rows, Attitude, Handled};
use motcua_store::{CentreId, Db};

use crate::error::Result;

/// The most officers and dossiers of one answer.
pub const MOST_ATTITUDES: i64 = 10_000;

/// How the suggestions of a centre went whose last day lies within these days: how many were due, how
/// many were handled in time, how many were given more time (index 8).
///
/// # Errors
/// Storage failures only.
pub fn handled(
    db: &mut Db,
    centre: &CentreId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Handled> {
    Ok(rows::handled(db, centre, first, last)?)
}

/// What was found true of officers' attitude within these days, per officer and dossier (index 7). What
/// was found untrue does not count.
///
/// # Errors
/// Storage failures only.
pub fn upheld_attitudes(
    db: &mut Db,
    centre: &CentreId,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Attitude>> {
    Ok(rows::upheld_attitudes(
        db,
        centre,
        first,
        last,
        MOST_ATTITUDES,
    )?)
}
