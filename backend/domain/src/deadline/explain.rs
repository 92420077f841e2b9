//! Why a due date is what it is: each day from receipt to the end, counted or not, and the reason.

use super::{Limit, THREE_O_CLOCK, Unit, compute};
use crate::calendar::{Calendar, DayInfo, DayKind};
use crate::refusal::{Refusal, Text};
use crate::vn_time::{from_local, local, local_date};
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Serialize;

/// One day between receipt and due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedDay {
    /// The date.
    pub date: NaiveDate,
    /// Whether it used up any of the limit.
    pub counted: bool,
    /// What sort of day it is.
    pub kind: DayKind,
    /// Why it counts or does not.
    pub text: Text,
}

/// Names every day from the day of receipt to the due date, and why it counts or not.
///
/// # Errors
/// As [`compute`].
pub fn explain(
    calendar: &Calendar,
    start: DateTime<Utc>,
    limit: Limit,
) -> Result<Vec<ExplainedDay>, Refusal> {
    let due = compute(calendar, start, limit)?;
    let days = calendar.days(local_date(start), due.due_date)?;
    match limit.unit {
        Unit::WorkingHour => by_hours(calendar, &days, start, due.due_at),
        Unit::HalfDay if !limit.amount.is_multiple_of(2) => {
            half_days(calendar, &days, start, limit, due.due_at)
        }
        Unit::WorkingDay | Unit::HalfDay => Ok(whole_days(&days, 0)),
        Unit::CalendarDay | Unit::Month => Ok(calendar_days(&days, start, limit)),
        Unit::SameDay => Ok(same_day(&days, start)),
    }
}

fn explained(day: &DayInfo, counted: bool, text: Text) -> ExplainedDay {
    ExplainedDay {
        date: day.date,
        counted,
        kind: day.kind,
        text,
    }
}

/// The day of receipt: never counted.
fn receipt(day: &DayInfo) -> ExplainedDay {
    explained(
        day,
        false,
        Text::new(
            "Ngày tiếp nhận, không tính (Bộ luật Dân sự, Điều 147.2).",
            "Day of receipt, not counted (Civil Code, Art 147.2).",
        ),
    )
}

/// What a day is called, and the document behind it.
fn label(day: &DayInfo) -> Text {
    let source = |text: String| match &day.source {
        Some(source) => format!("{text} ({source})"),
        None => text,
    };
    let named = |name: &Option<String>, plain: &str| {
        source(name.clone().unwrap_or_else(|| plain.to_owned()))
    };
    match day.kind {
        DayKind::Weekday => Text::new("Ngày làm việc", "Working day"),
        DayKind::MakeUp => Text::new(
            named(&day.name, "Ngày làm bù"),
            named(&day.name_en, "Make-up working day"),
        ),
        DayKind::DayOff => Text::new(
            named(&day.name, "Ngày nghỉ"),
            named(&day.name_en, "Day off"),
        ),
        DayKind::Weekend if day.service_shifts.is_empty() => {
            Text::new("Ngày nghỉ hằng tuần", "Weekly rest")
        }
        DayKind::Weekend => Text::new(
            "Ngày nghỉ hằng tuần (chỉ có ca tiếp dân)",
            "Weekly rest (a service shift only)",
        ),
    }
}

fn skipped(day: &DayInfo) -> ExplainedDay {
    let label = label(day);
    let text = Text::new(
        format!("{}: không tính.", label.vi),
        format!("{}: not counted.", label.en),
    );
    explained(day, false, text)
}

/// Counts working days after the first day, from `already` on.
fn whole_days(days: &[&DayInfo], already: u32) -> Vec<ExplainedDay> {
    let mut n = already;
    let mut out = Vec::with_capacity(days.len());
    for (i, day) in days.iter().enumerate() {
        if i == 0 {
            out.push(receipt(day));
        } else if day.working {
            n += 1;
            let label = label(day);
            let text = Text::new(
                format!("{}: ngày thứ {n}.", label.vi),
                format!("{}: day {n}.", label.en),
            );
            out.push(explained(day, true, text));
        } else {
            out.push(skipped(day));
        }
    }
    out
}

/// How a stretch of working time reads: `4 giờ`, `2 giờ 30 phút`.
fn spell(time: TimeDelta) -> Text {
    let (hours, minutes) = (time.num_minutes() / 60, time.num_minutes() % 60);
    match (hours, minutes) {
        (h, 0) => Text::new(format!("{h} giờ"), format!("{h} h")),
        (0, m) => Text::new(format!("{m} phút"), format!("{m} min")),
        (h, m) => Text::new(format!("{h} giờ {m} phút"), format!("{h} h {m} min")),
    }
}

/// What of `from`…`to` falls on each day.
fn by_hours(
    calendar: &Calendar,
    days: &[&DayInfo],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<ExplainedDay>, Refusal> {
    let mut out = Vec::with_capacity(days.len());
    for day in days {
        if !day.working {
            out.push(skipped(day));
            continue;
        }
        let begin = from_local(day.date, NaiveTime::MIN).max(from);
        let end = calendar.closes_at(day.date)?.min(to);
        let used = calendar.working_time_between(begin, end)?;
        let label = label(day);
        let text = if used > TimeDelta::zero() {
            let spent = spell(used);
            Text::new(
                format!("{}: tính {}.", label.vi, spent.vi),
                format!("{}: {} counted.", label.en, spent.en),
            )
        } else {
            Text::new(
                format!("{}: đã hết giờ làm việc, không tính.", label.vi),
                format!("{}: after working hours, not counted.", label.en),
            )
        };
        out.push(explained(day, used > TimeDelta::zero(), text));
    }
    Ok(out)
}

/// Whole days first, then four hours from the clock time of receipt.
fn half_days(
    calendar: &Calendar,
    days: &[&DayInfo],
    start: DateTime<Utc>,
    limit: Limit,
    due_at: DateTime<Utc>,
) -> Result<Vec<ExplainedDay>, Refusal> {
    let last_whole = calendar.add_working_days(local_date(start), limit.amount / 2)?;
    let from = from_local(last_whole, local(start).time());
    let split = days.partition_point(|d| d.date < last_whole);
    let (whole, rest) = days.split_at_checked(split).unwrap_or((days, &[]));
    if whole.is_empty() {
        return by_hours(calendar, rest, start, due_at);
    }
    // The last whole day is both: the nth day, and the day the four hours start on.
    let mut out = whole_days(days.get(..=split).unwrap_or(days), 0);
    let mut hours = by_hours(calendar, rest, from, due_at)?.into_iter();
    hours.next();
    let used = calendar.working_time_between(from, calendar.closes_at(last_whole)?.min(due_at))?;
    if let Some(last) = out.last_mut()
        && used > TimeDelta::zero()
    {
        let spent = spell(used);
        last.text = Text::new(
            format!("{} Sau đó tính {}.", last.text.vi, spent.vi),
            format!("{} Then {} counted.", last.text.en, spent.en),
        );
    }
    out.extend(hours);
    Ok(out)
}

/// Every day counts; rest days at the end roll on.
fn calendar_days(days: &[&DayInfo], start: DateTime<Utc>, limit: Limit) -> Vec<ExplainedDay> {
    let first = local_date(start);
    let last = if limit.unit == Unit::Month {
        first.checked_add_months(Months::new(limit.amount))
    } else {
        first.checked_add_days(Days::new(u64::from(limit.amount)))
    };
    let last = last.unwrap_or(first);
    let text = |day: &DayInfo| {
        let n = (day.date - first).num_days();
        if day.date < last || (day.date == last && day.working) {
            return Text::new(format!("Ngày thứ {n}."), format!("Day {n}."));
        }
        let label = label(day);
        if day.date == last {
            Text::new(
                format!(
                    "Ngày thứ {n}, là ngày cuối nhưng không làm việc ({}): kết thúc vào ngày làm việc tiếp theo (Bộ luật Dân sự, Điều 148.5).",
                    label.vi
                ),
                format!(
                    "Day {n}, the last, but not worked ({}): ends on the next working day (Civil Code, Art 148.5).",
                    label.en
                ),
            )
        } else if day.working {
            Text::new(
                "Ngày làm việc tiếp theo: ngày kết thúc thời hạn.",
                "Next working day: the limit ends.",
            )
        } else {
            Text::new(
                format!("{}: chuyển tiếp.", label.vi),
                format!("{}: passed over.", label.en),
            )
        }
    };
    let one = |(i, day): (usize, &&DayInfo)| {
        if i == 0 {
            receipt(day)
        } else {
            explained(day, day.date <= last, text(day))
        }
    };
    days.iter().enumerate().map(one).collect()
}

/// The same day, or why not.
fn same_day(days: &[&DayInfo], start: DateTime<Utc>) -> Vec<ExplainedDay> {
    let late = local(start).time() > THREE_O_CLOCK;
    let last = days.len().saturating_sub(1);
    let one = |(i, day): (usize, &&DayInfo)| {
        if !day.working {
            skipped(day)
        } else if i == last {
            let text = if i == 0 {
                Text::new(
                    "Tiếp nhận không sau 15 giờ: trả kết quả trong ngày.",
                    "Received not after 15:00: due the same day.",
                )
            } else {
                Text::new(
                    "Ngày làm việc tiếp theo: ngày trả kết quả.",
                    "Next working day: the result is due.",
                )
            };
            explained(day, true, text)
        } else if late {
            explained(
                day,
                false,
                Text::new(
                    "Tiếp nhận sau 15 giờ: trả kết quả trong ngày làm việc tiếp theo.",
                    "Received after 15:00: due the next working day.",
                ),
            )
        } else {
            skipped(day)
        }
    };
    days.iter().enumerate().map(one).collect()
}
