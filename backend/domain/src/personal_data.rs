//! The law on personal data (Law 91/2025/QH15, Decree 356/2025/NĐ-CP): what people may ask, by when they
//! are answered, and when what was kept may be disposed of.

use chrono::{Datelike as _, NaiveDate};

use crate::calendar::Calendar;
use crate::refusal::Refusal;

/// Working days within which somebody is answered who asks about their own data (Decree 356/2025; as
/// reported in the press, to be checked against the gazette).
pub const ANSWER_WORKING_DAYS: u32 = 2;

crate::words::words! {
    /// What somebody asks about their own data.
    DataRequestKind {
        /// To see it.
        Access => "access",
        /// A copy of all of it.
        Export => "export",
        /// That it be put right.
        Rectification => "rectification",
        /// That it be used for less.
        Restriction => "restriction",
        /// That it be erased.
        Erasure => "erasure",
        /// That it not be used.
        Objection => "objection",
    }
}

crate::words::words! {
    /// How such a request was answered.
    DataRequestOutcome {
        /// As asked.
        Fulfilled => "fulfilled",
        /// Refused, with its legal basis.
        Refused => "refused",
    }
}

crate::words::words! {
    /// Where a list of what is to be disposed of stands.
    DisposalState {
        /// Proposed by one.
        Proposed => "proposed",
        /// Approved by a second.
        ApprovedOnce => "approved_once",
        /// Approved by a third, and done.
        Executed => "executed",
        /// Sent back; nothing was done.
        Rejected => "rejected",
    }
}

/// By when a request received on a day is answered.
///
/// # Errors
/// `date_outside_calendar`.
pub fn answer_due_on(calendar: &Calendar, received: NaiveDate) -> Result<NaiveDate, Refusal> {
    calendar.add_working_days(received, ANSWER_WORKING_DAYS)
}

/// Until when something is kept that ended on a day: that many whole years, counted to the end of the
/// last one, as archives count.
#[must_use]
pub fn kept_until(ended: NaiveDate, years: u16) -> NaiveDate {
    NaiveDate::from_ymd_opt(ended.year() + i32::from(years), 12, 31).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_working_days_are_counted_past_a_weekend() {
        let calendar = Calendar::national_default().expect("the shipped calendar");
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a day");
        assert_eq!(answer_due_on(&calendar, day(2)).expect("within"), day(4));
        assert_eq!(answer_due_on(&calendar, day(6)).expect("within"), day(10));
    }

    #[test]
    fn years_are_kept_to_the_end_of_the_last() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(kept_until(day(2026, 1, 1), 2), day(2028, 12, 31));
        assert_eq!(kept_until(day(2026, 12, 31), 0), day(2026, 12, 31));
    }
}
