//! The stamp of the reference rows: centres, authorities, calendars, people's names.
//!
//! They are asked for with every request and change a few times a year. Whoever changes one raises
//! the stamp in the same transaction; whoever keeps one in memory keeps it for one stamp only, on
//! however many servers.

use diesel::prelude::*;

use crate::conn::Db;
use crate::counter;
use crate::error::StoreResult;
use crate::on_each;
use crate::schema::counters;

/// The series in `counters`.
pub(crate) const SERIES: &str = "reference";

/// Says that a reference row has changed.
///
/// # Errors
/// Storage failures only.
pub fn touch(db: &mut Db) -> StoreResult<()> {
    counter::next(db, SERIES).map(|_| ())
}

/// The stamp now; 0 before the first change. A signed-in person's request learns it together with
/// the person ([`crate::account::signed`]).
///
/// # Errors
/// Storage failures only.
pub fn stamp(db: &mut Db) -> StoreResult<i64> {
    Ok(on_each!(db, c => counters::table
        .find(SERIES)
        .select(counters::value)
        .get_result(c)
        .optional())?
    .unwrap_or(0))
}
