//! Gap-free numbers: a row per series, raised inside the transaction that uses the number.

use diesel::{ExpressionMethods, RunQueryDsl};

use crate::conn::Db;
use crate::error::StoreResult;
use crate::on_each;
use crate::schema::counters::dsl;

/// Takes the next number of a series, from 1. The row stays locked until the transaction ends, so
/// a rolled-back transaction leaves no gap and two never take the same number.
///
/// # Errors
/// Storage failures only.
pub fn next(db: &mut Db, series: &str) -> StoreResult<i64> {
    take(db, series, 1)
}

/// Takes the next `count` numbers of a series at once, as [`next`] takes one, and returns the last of
/// them.
///
/// # Errors
/// Storage failures only.
pub fn take(db: &mut Db, series: &str, count: i64) -> StoreResult<i64> {
    let value = on_each!(db, c => diesel::insert_into(dsl::counters)
        .values((dsl::name.eq(series), dsl::value.eq(count)))
        .on_conflict(dsl::name)
        .do_update()
        .set(dsl::value.eq(dsl::value + count))
        .returning(dsl::value)
        .get_result::<i64>(c))?;
    Ok(value)
}
