//! How a promised date moves: supplement (RESET, RESUME) and a changed calendar.

use super::{Due, Limit, Unit, compute};
use crate::calendar::Calendar;
use crate::refusal::Refusal;
use crate::vn_time::local_date;
use chrono::{DateTime, Days, Utc};

/// The new due date when a requested supplement is complete and the limit starts over (default;
/// Decree 61/2018 Art 19.4). Never earlier than what was already promised: a date once extended by
/// an apology is not taken back.
///
/// # Errors
/// As [`compute`].
pub fn reset(
    calendar: &Calendar,
    complete_at: DateTime<Utc>,
    limit: Limit,
    promised: Option<DateTime<Utc>>,
) -> Result<Due, Refusal> {
    let due = compute(calendar, complete_at, limit)?;
    Ok(match promised {
        Some(promised) if promised > due.due_at => Due::at(promised),
        _ => due,
    })
}

/// The new due date after a pause that is made good (sector rules): moved by the working days in
/// (day of the pause, day of resumption], by calendar days for limits in calendar days and months,
/// by the exact working time for limits in hours and for odd half days.
///
/// # Errors
/// `date_outside_calendar`, `no_working_day`.
pub fn resume(
    calendar: &Calendar,
    promised: DateTime<Utc>,
    paused_at: DateTime<Utc>,
    resumed_at: DateTime<Utc>,
    limit: Limit,
) -> Result<Due, Refusal> {
    let (from, to) = (local_date(paused_at), local_date(resumed_at));
    let due_date = local_date(promised);
    match limit.unit {
        Unit::WorkingHour => by_time(calendar, promised, paused_at, resumed_at),
        Unit::HalfDay if !limit.amount.is_multiple_of(2) => {
            by_time(calendar, promised, paused_at, resumed_at)
        }
        Unit::WorkingDay | Unit::HalfDay | Unit::SameDay => {
            match calendar.working_days_between(from, to)? {
                0 => Ok(Due::at(promised)),
                n => Due::on(calendar, calendar.add_working_days(due_date, n)?),
            }
        }
        Unit::CalendarDay | Unit::Month => {
            let days = u64::try_from((to - from).num_days()).unwrap_or(0);
            if days == 0 {
                return Ok(Due::at(promised));
            }
            let last = due_date
                .checked_add_days(Days::new(days))
                .unwrap_or(due_date);
            Due::on(calendar, calendar.working_on_or_after(last)?)
        }
    }
}

fn by_time(
    calendar: &Calendar,
    promised: DateTime<Utc>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Due, Refusal> {
    let waited = calendar.working_time_between(from, to)?;
    calendar.add_working_time(promised, waited).map(Due::at)
}

/// The due date of an open dossier after the calendar changed (a swap announced late): what the new
/// calendar gives, but a promise only ever moves forward, and never onto a rest day.
///
/// `start` and `limit` are given when the promise still is the plain result of the limit; leave
/// `limit` out when a pause or an apology has moved it, and only a promise that fell onto a new day
/// off moves.
///
/// # Errors
/// As [`compute`].
pub fn after_calendar_change(
    calendar: &Calendar,
    start: DateTime<Utc>,
    limit: Option<Limit>,
    promised: DateTime<Utc>,
) -> Result<Due, Refusal> {
    let date = local_date(promised);
    let rolled = if calendar.is_working(date)? {
        Due::at(promised)
    } else {
        Due::on(calendar, calendar.next_working(date)?)?
    };
    let computed = match limit {
        Some(limit) => compute(calendar, start, limit)?,
        None => rolled,
    };
    Ok(computed.max(rolled))
}
