//! Vietnamese local time: fixed UTC+07:00, no daylight saving since 1975.
//!
//! Every legal computation happens in local dates and clock times; instants are kept in UTC.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

/// Seconds east of UTC.
const SECONDS_EAST: i32 = 7 * 3600;

/// The offset of Asia/Ho_Chi_Minh, +07:00.
#[must_use]
pub fn vn_offset() -> FixedOffset {
    // The constant is in chrono's range, so the alternative is never taken.
    FixedOffset::east_opt(SECONDS_EAST).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The same instant, written with +07:00.
#[must_use]
pub fn to_vn(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&vn_offset())
}

/// Local date and clock time of an instant. At the far ends of what an instant can hold, where
/// seven hours more do not fit, it is the UTC reading.
#[must_use]
pub fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    utc.checked_add_signed(TimeDelta::seconds(i64::from(SECONDS_EAST)))
        .unwrap_or(utc)
}

/// The local date of an instant.
#[must_use]
pub fn local_date(instant: DateTime<Utc>) -> NaiveDate {
    local(instant).date()
}

/// The local clock time of an instant.
#[must_use]
pub fn local_time(instant: DateTime<Utc>) -> NaiveTime {
    local(instant).time()
}

/// The instant at which Vietnamese clocks show this date and time.
#[must_use]
pub fn from_local(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let naive = date.and_time(time);
    naive
        .checked_sub_signed(TimeDelta::seconds(i64::from(SECONDS_EAST)))
        .unwrap_or(naive)
        .and_utc()
}

/// A date as a Vietnamese reader writes it: `05/03/2026`.
#[must_use]
pub fn format_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}
