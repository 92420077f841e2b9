//! Deadline arithmetic (tính thời hạn), DOMAIN §3: from a start instant and a limit to a due date.
//!
//! The first day is never counted (Civil Code Art 147.2); a last day on a rest day rolls to the end
//! of the next working day (Art 148.5); hours run inside shifts only (Art 147.1).

mod change;
mod explain;
mod rules;
#[cfg(test)]
pub(crate) mod tests;
mod watch;

use crate::calendar::Calendar;
use crate::refusal::Refusal;
use crate::vn_time::{from_local, local, local_date};
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use crate::vn_time::{to_vn, vn_offset};
pub use change::{after_calendar_change, reset, resume};
pub use explain::{ExplainedDay, explain};
pub use rules::{
    Basis, Remaining, Timing, apology_latest_date, completed_timing, extended, handover_due,
    intake_reply_due, is_due_soon, open_timing, remaining, remaining_minutes, soon_until,
    supplement_last_date, supplement_window_end,
};

pub use watch::{Concern, Facts, LateReason, WatchRules, Watched, late_from, watch};

/// Largest amount of a limit.
pub const LARGEST_AMOUNT: u32 = 9_999;

/// "After 15:00" is strictly later than this clock time (Law 60/2014 Art 5.3, Decree 23/2015 Art 7,
/// Decree 118/2025 Art 18.2).
pub const THREE_O_CLOCK: NaiveTime = match NaiveTime::from_hms_opt(15, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Working hours in half a working day.
const HOURS_PER_HALF_DAY: i64 = 4;

crate::words::words! {
    /// What a limit is counted in.
    Unit {
        /// Ngày làm việc.
        WorkingDay => "working_day",
        /// Nửa ngày làm việc: four working hours.
        HalfDay => "half_day",
        /// Giờ làm việc.
        WorkingHour => "working_hour",
        /// Ngày.
        CalendarDay => "calendar_day",
        /// Tháng.
        Month => "month",
        /// Trong ngày; the next working day when received after 15:00.
        SameDay => "same_day",
    }
}

/// How long something may take: an integer amount of a unit, never a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// 1 … 9999; 1 for `same_day`.
    pub amount: u32,
    /// What is counted.
    pub unit: Unit,
}

impl Limit {
    /// A limit within its range.
    ///
    /// # Errors
    /// `limit_out_of_range` for 0, for more than 9999, and for a `same_day` that is not 1.
    pub fn new(amount: u32, unit: Unit) -> Result<Self, Refusal> {
        let limit = Self { amount, unit };
        limit.check().map(|()| limit)
    }

    /// Whether a limit that came from outside is within its range.
    ///
    /// # Errors
    /// As [`Limit::new`].
    pub fn check(self) -> Result<(), Refusal> {
        let most = if self.unit == Unit::SameDay {
            1
        } else {
            LARGEST_AMOUNT
        };
        if (1..=most).contains(&self.amount) {
            return Ok(());
        }
        let (vi, en) = (
            format!(
                "Thời hạn phải từ 1 đến {most}, không thể là {}.",
                self.amount
            ),
            format!("The limit must be 1 to {most}, not {}.", self.amount),
        );
        let refusal = Refusal::new("limit_out_of_range", vi.clone(), en.clone());
        Err(refusal.field("/limit/amount", "limit_out_of_range", vi, en))
    }
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Due {
    /// The moment the time runs out: the end of the last shift for limits in days, the exact
    /// clock time for limits in hours.
    pub due_at: DateTime<Utc>,
    /// Its local date.
    pub due_date: NaiveDate,
}

impl Due {
    /// Due at an exact moment.
    #[must_use]
    pub fn at(due_at: DateTime<Utc>) -> Self {
        Self {
            due_at,
            due_date: local_date(due_at),
        }
    }

    /// Due at the end of the last shift of a working day.
    ///
    /// # Errors
    /// `no_working_day`, `date_outside_calendar`.
    pub fn on(calendar: &Calendar, date: NaiveDate) -> Result<Self, Refusal> {
        Ok(Self {
            due_at: calendar.closes_at(date)?,
            due_date: date,
        })
    }
}

/// When a limit that starts at `start` runs out.
///
/// # Errors
/// `limit_out_of_range`; `date_outside_calendar` when the calendar does not reach that far;
/// `no_working_day` when it has no working day within a year.
pub fn compute(calendar: &Calendar, start: DateTime<Utc>, limit: Limit) -> Result<Due, Refusal> {
    limit.check()?;
    let first = local_date(start);
    let amount = limit.amount;
    match limit.unit {
        Unit::WorkingDay => Due::on(calendar, calendar.add_working_days(first, amount)?),
        Unit::HalfDay if amount.is_multiple_of(2) => {
            Due::on(calendar, calendar.add_working_days(first, amount / 2)?)
        }
        Unit::HalfDay => {
            // n.5 working days: n whole ones, then four hours from the clock time of receipt.
            let day = calendar.add_working_days(first, amount / 2)?;
            let from = from_local(day, local(start).time());
            let half = TimeDelta::hours(HOURS_PER_HALF_DAY);
            calendar.add_working_time(from, half).map(Due::at)
        }
        Unit::WorkingHour => {
            let hours = TimeDelta::hours(i64::from(amount));
            calendar.add_working_time(start, hours).map(Due::at)
        }
        Unit::CalendarDay => {
            let last = first.checked_add_days(Days::new(u64::from(amount)));
            roll(calendar, last.unwrap_or(NaiveDate::MAX))
        }
        Unit::Month => {
            // chrono falls back to the last day of a shorter month, as Civil Code Art 148.3 does.
            let last = first.checked_add_months(Months::new(amount));
            roll(calendar, last.unwrap_or(NaiveDate::MAX))
        }
        Unit::SameDay => Due::on(calendar, same_day(calendar, start)?),
    }
}

/// The end of `date`, or of the next working day when it is none (Civil Code Art 148.5).
fn roll(calendar: &Calendar, date: NaiveDate) -> Result<Due, Refusal> {
    Due::on(calendar, calendar.working_on_or_after(date)?)
}

/// The day of receipt, or the next working day when received after 15:00 or on a rest day.
fn same_day(calendar: &Calendar, start: DateTime<Utc>) -> Result<NaiveDate, Refusal> {
    let start = local(start);
    if calendar.is_working(start.date())? && start.time() <= THREE_O_CLOCK {
        Ok(start.date())
    } else {
        calendar.next_working(start.date())
    }
}
