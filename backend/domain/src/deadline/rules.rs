//! Timing classes and the short deadlines of the procedure rules (DOMAIN §1.5, §2.3, §2.4).

use super::{Due, Limit, THREE_O_CLOCK, Unit, compute};
use crate::calendar::Calendar;
use crate::refusal::Refusal;
use crate::vn_time::{local, local_date};
use chrono::{DateTime, NaiveDate, Utc};

crate::words::words! {
    /// Whether a dossier keeps its promise.
    Timing {
        /// Trong hạn: open, the due date has not passed or there is none.
        WithinTime => "within_time",
        /// Tạm dừng: open, the clock is stopped; counted as in time.
        Paused => "paused",
        /// Trước hạn: finished on an earlier date than the due date.
        Early => "early",
        /// Đúng hạn: finished on the due date.
        OnTime => "on_time",
        /// Quá hạn: finished on a later date, or open past the due date.
        Overdue => "overdue",
    }
}

/// What is compared to tell early, on time and overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Local calendar dates, as real reporting systems do.
    Date,
    /// Exact moments: a later moment is overdue, an earlier date is early, the rest is on time.
    Moment,
}

impl Basis {
    /// Moments for limits in hours, dates for every other limit (a convention, DOMAIN §2.4).
    #[must_use]
    pub const fn of(unit: Option<Unit>) -> Self {
        match unit {
            Some(Unit::WorkingHour) => Self::Moment,
            _ => Self::Date,
        }
    }
}

/// Early, on time or overdue for what is finished. The moment of completion decides, never the
/// moment of collection. Without a due date everything is on time.
#[must_use]
pub fn completed_timing(
    completed_at: DateTime<Utc>,
    due_at: Option<DateTime<Utc>>,
    basis: Basis,
) -> Timing {
    let Some(due_at) = due_at else {
        return Timing::OnTime;
    };
    let (done, due) = (local_date(completed_at), local_date(due_at));
    let late = match basis {
        Basis::Date => done > due,
        Basis::Moment => completed_at > due_at,
    };
    if late {
        Timing::Overdue
    } else if done < due {
        Timing::Early
    } else {
        Timing::OnTime
    }
}

/// Within time or overdue for what is still open and whose clock runs.
#[must_use]
pub fn open_timing(now: DateTime<Utc>, due_at: Option<DateTime<Utc>>, basis: Basis) -> Timing {
    match completed_timing(now, due_at, basis) {
        Timing::Overdue => Timing::Overdue,
        _ => Timing::WithinTime,
    }
}

/// By when a received dossier must be handed to the handling unit: the same working day, or the
/// start of the next one when received after 15:00 or on a rest day (Decree 118/2025 Art 18.2).
///
/// # Errors
/// `date_outside_calendar`.
pub fn handover_due(
    calendar: &Calendar,
    received_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    let received = local(received_at);
    if calendar.is_working(received.date())? && received.time() <= THREE_O_CLOCK {
        // A make-up or short day may close before 15:00; what came after that goes next morning.
        let closes = calendar.closes_at(received.date())?;
        if received_at <= closes {
            return Ok(closes);
        }
    }
    calendar.opens_at(calendar.next_working(received.date())?)
}

/// By when an online filing must be answered: 8 working hours (Decree 45/2020 Art 11).
///
/// # Errors
/// `date_outside_calendar`.
pub fn intake_reply_due(
    calendar: &Calendar,
    submitted_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    let limit = Limit {
        amount: 8,
        unit: Unit::WorkingHour,
    };
    compute(calendar, submitted_at, limit).map(|due| due.due_at)
}

/// Last date on which a supplement may be asked for after acceptance: the third working day from
/// reception (Decree 61/2018 Art 19.4).
///
/// # Errors
/// `date_outside_calendar`.
pub fn supplement_last_date(
    calendar: &Calendar,
    received_at: DateTime<Utc>,
) -> Result<NaiveDate, Refusal> {
    calendar.add_working_days(local_date(received_at), 3)
}

/// The end of the last shift of [`supplement_last_date`].
///
/// # Errors
/// `date_outside_calendar`.
pub fn supplement_window_end(
    calendar: &Calendar,
    received_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    calendar.closes_at(supplement_last_date(calendar, received_at)?)
}

/// Last date on which the apology and the new date (form 04) may be given: the last working day
/// before the due date (Decree 61/2018 Art 19.9, "at the latest 1 day before").
///
/// # Errors
/// `date_outside_calendar`.
pub fn apology_latest_date(calendar: &Calendar, due_date: NaiveDate) -> Result<NaiveDate, Refusal> {
    calendar.previous_working(due_date)
}

/// `n` working days after the promised date: what an extension by days comes to.
///
/// # Errors
/// `date_outside_calendar`.
pub fn extended(calendar: &Calendar, due_date: NaiveDate, n: u32) -> Result<Due, Refusal> {
    Due::on(calendar, calendar.add_working_days(due_date, n)?)
}

/// Counted working time left until the due moment, in whole minutes; negative is the working time
/// by which it is overdue.
///
/// # Errors
/// `date_outside_calendar`.
pub fn remaining_minutes(
    calendar: &Calendar,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<i64, Refusal> {
    if now <= due_at {
        Ok(calendar.working_time_between(now, due_at)?.num_minutes())
    } else {
        Ok(-calendar.working_time_between(due_at, now)?.num_minutes())
    }
}

/// How far a promise is away, in the two measures that people count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// As [`remaining_minutes`].
    pub minutes: i64,
    /// Working days after today up to the due day; negative, how many have passed since it. 0 on the
    /// day itself, and after it until the next working day.
    pub days: i64,
}

/// How far a promise is away, by the centre's own shifts and days.
///
/// # Errors
/// `date_outside_calendar`.
pub fn remaining(
    calendar: &Calendar,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<Remaining, Refusal> {
    let (today, due) = (local_date(now), local_date(due_at));
    let days = if today <= due {
        i64::from(calendar.working_days_between(today, due)?)
    } else {
        -i64::from(calendar.working_days_between(due, today)?)
    };
    Ok(Remaining {
        minutes: remaining_minutes(calendar, now, due_at)?,
        days,
    })
}

/// The latest due moment that still counts as one working day away: the close of the next working
/// day. What is due by then, and not before now, is due soon whatever its limit was.
///
/// # Errors
/// `date_outside_calendar`.
pub fn soon_until(calendar: &Calendar, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    calendar.closes_at(calendar.next_working(local_date(now))?)
}

/// Whether an open promise deserves a warning: not yet past, and at most one working day away (due
/// on the next working day or before) or with at most a fifth of its working time left. A
/// convention, not law.
///
/// # Errors
/// `date_outside_calendar`.
pub fn is_due_soon(
    calendar: &Calendar,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
    due_at: DateTime<Utc>,
) -> Result<bool, Refusal> {
    if now > due_at {
        return Ok(false);
    }
    if due_at <= soon_until(calendar, now)? {
        return Ok(true);
    }
    let left = calendar.working_time_between(now, due_at)?;
    let whole = calendar.working_time_between(start, due_at)?;
    Ok(left.num_seconds().saturating_mul(5) <= whole.num_seconds())
}
