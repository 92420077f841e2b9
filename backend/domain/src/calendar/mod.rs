//! Working days and working time of a centre (DOMAIN §3.1–§3.3).
//!
//! A [`Calendar`] is built once from [`CalendarData`]; afterwards every question is a look-up in a
//! table of days, so that a limit of a thousand days costs as much as one of three.

mod change;
mod data;
pub mod lunar;
pub mod proposal;
pub mod roster;
#[cfg(test)]
mod tests;

use crate::refusal::Refusal;
use crate::vn_time::{format_date, from_local, local};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use serde::Serialize;
use std::collections::BTreeMap;

pub use change::{Change, DayName, MOST_DAYS, MOST_SHIFTS, Notice};
pub use data::{CalendarData, DayOff, MakeUpDay, Shift, ShiftRule, WeekdayName, hh_mm};

/// The calendars of public servants, as published; see the sources inside.
const NATIONAL: &str = include_str!("../../data/calendars/national.json");

/// Longest span a calendar may cover, in days (about 40 years): bounds what data can cost.
const LONGEST_SPAN: i64 = 14_700;

/// How far the next working day may be before the calendar is held to be wrong.
const LONGEST_REST: i64 = 366;

crate::words::words! {
    /// What sort of day a date is.
    DayKind {
        /// An ordinary day of the working week.
        Weekday => "weekday",
        /// Weekly rest.
        Weekend => "weekend",
        /// Holiday, compensation or swap.
        DayOff => "day_off",
        /// A rest day worked instead of another.
        MakeUp => "make_up",
    }
}

/// All there is to say about one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayInfo {
    /// The date.
    pub date: NaiveDate,
    /// Whether it counts for limits in working days.
    pub working: bool,
    /// What sort of day it is.
    pub kind: DayKind,
    /// The shifts whose time counts.
    pub shifts: Vec<Shift>,
    /// Shifts that serve the public but do not count, such as Saturday mornings.
    pub service_shifts: Vec<Shift>,
    /// Name of the holiday or make-up day, Vietnamese.
    pub name: Option<String>,
    /// The same, English.
    pub name_en: Option<String>,
    /// The document a day off or make-up day rests on.
    pub source: Option<String>,
    /// The year's notice is not out yet.
    pub provisional: bool,
}

/// One day of the table.
#[derive(Debug, Clone)]
struct Day {
    info: DayInfo,
    /// Working days strictly before this one.
    working_before: usize,
    /// Counted working time strictly before this day, microseconds.
    micros_before: i64,
}

/// A calendar ready to be asked. Immutable; share it in an `Arc`.
#[derive(Debug, Clone)]
pub struct Calendar {
    data: CalendarData,
    days: Vec<Day>,
    working: Vec<NaiveDate>,
}

impl Calendar {
    /// Builds the table.
    ///
    /// # Errors
    /// `calendar_span_invalid` when the span is empty or absurd, `day_off_repeated` and
    /// `make_up_repeated` for a date named twice, `make_up_on_day_off` for one that is both,
    /// `date_outside_calendar` for one outside the span, `shift_ends_before_start`,
    /// `shifts_overlap`, `make_up_without_shift` for a make-up day with nothing to work.
    pub fn new(data: CalendarData) -> Result<Self, Refusal> {
        let span = (data.last_day - data.first_day).num_days();
        if !(0..LONGEST_SPAN).contains(&span) {
            return Err(Refusal::new(
                "calendar_span_invalid",
                "Khoảng ngày của lịch làm việc không hợp lệ.",
                "The span of the working calendar is not valid.",
            ));
        }
        let mut off = BTreeMap::new();
        for day in &data.days_off {
            if off.insert(day.date, day).is_some() {
                let date = format_date(day.date);
                return Err(Refusal::new(
                    "day_off_repeated",
                    format!("Lịch làm việc nêu ngày nghỉ {date} hai lần."),
                    format!("The working calendar names the day off {date} twice."),
                ));
            }
        }
        let mut make_up = BTreeMap::new();
        for day in &data.make_up_days {
            let date = format_date(day.date);
            if off.contains_key(&day.date) {
                return Err(Refusal::new(
                    "make_up_on_day_off",
                    format!("Ngày {date} không thể vừa nghỉ vừa làm bù."),
                    format!("{date} cannot be both off and made up."),
                ));
            }
            if make_up.insert(day.date, day).is_some() {
                return Err(Refusal::new(
                    "make_up_repeated",
                    format!("Lịch làm việc nêu ngày làm bù {date} hai lần."),
                    format!("The working calendar names the make-up day {date} twice."),
                ));
            }
        }
        let in_span = |d: &NaiveDate| (data.first_day..=data.last_day).contains(d);
        if let Some(d) = off.keys().chain(make_up.keys()).find(|d| !in_span(d)) {
            return Err(outside(data.first_day, data.last_day, *d));
        }
        if data.shifts.iter().any(|s| s.to <= s.from) {
            return Err(backwards());
        }

        let mut days = Vec::new();
        let mut working = Vec::new();
        let mut micros_before = 0_i64;
        for date in data
            .first_day
            .iter_days()
            .take_while(|d| *d <= data.last_day)
        {
            let info = day_info(
                &data,
                date,
                off.get(&date).copied(),
                make_up.get(&date).copied(),
            );
            let all = info.shifts.iter().chain(&info.service_shifts);
            let mut sorted: Vec<Shift> = all.copied().collect();
            sorted.sort_unstable();
            if sorted
                .windows(2)
                .any(|w| matches!(w, [a, b] if b.from < a.to))
            {
                return Err(overlap(date));
            }
            if info.kind == DayKind::MakeUp && !info.working {
                return Err(nothing_to_work(date));
            }
            let minutes = counted_micros(&info.shifts, NaiveTime::MIN, true);
            days.push(Day {
                working_before: working.len(),
                micros_before,
                info,
            });
            if days.last().is_some_and(|d| d.info.working) {
                working.push(date);
                micros_before += minutes;
            }
        }
        Ok(Self {
            data,
            days,
            working,
        })
    }

    /// The national calendar with the demo centre's shifts: 07:30–11:30 and 13:30–17:30, Saturday
    /// morning serving without counting.
    ///
    /// # Errors
    /// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
    pub fn national_default() -> Result<Self, Refusal> {
        Self::new(Self::national_data()?)
    }

    /// The data behind [`Calendar::national_default`], to be stored, shown or changed.
    ///
    /// # Errors
    /// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
    pub fn national_data() -> Result<CalendarData, Refusal> {
        serde_json::from_str(NATIONAL)
            .map_err(|e| invalid(&format!("dữ liệu lịch: {e}"), &format!("its data: {e}")))
    }

    /// The data it was built from.
    #[must_use]
    pub fn data(&self) -> &CalendarData {
        &self.data
    }

    /// Its version, to be kept with every due date it computed.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.data.version
    }

    /// All there is to say about a date.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn day(&self, date: NaiveDate) -> Result<&DayInfo, Refusal> {
        Ok(&self.entry(date)?.info)
    }

    /// The days from `from` to `to`, both included, in order; empty when `to` is before `from`.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn days(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<&DayInfo>, Refusal> {
        if to < from {
            return Ok(Vec::new());
        }
        let (first, last) = (self.index(from)?, self.index(to)?);
        let span = self.days.get(first..=last).unwrap_or_default();
        Ok(span.iter().map(|d| &d.info).collect())
    }

    /// Whether a date counts for limits in working days: a make-up day, or a day of the working
    /// week that is not off.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, Refusal> {
        Ok(self.entry(date)?.info.working)
    }

    /// `n` working days after `date`, which is itself never counted (Civil Code Art 147.2).
    /// Zero gives `date` back.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`.
    pub fn add_working_days(&self, date: NaiveDate, n: u32) -> Result<NaiveDate, Refusal> {
        let Some(steps) = (n as usize).checked_sub(1) else {
            return self.entry(date).map(|d| d.info.date);
        };
        self.working_at(date, self.rank(date)?.saturating_add(steps), n)
    }

    /// The first working day after `date`.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`.
    pub fn next_working(&self, date: NaiveDate) -> Result<NaiveDate, Refusal> {
        self.add_working_days(date, 1)
    }

    /// `date` if it is worked, else the first working day after it (Civil Code Art 148.5).
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`.
    pub fn working_on_or_after(&self, date: NaiveDate) -> Result<NaiveDate, Refusal> {
        if self.is_working(date)? {
            Ok(date)
        } else {
            self.next_working(date)
        }
    }

    /// The last working day before `date`.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn previous_working(&self, date: NaiveDate) -> Result<NaiveDate, Refusal> {
        let before = self.entry(date)?.working_before;
        before
            .checked_sub(1)
            .and_then(|i| self.working.get(i).copied())
            .ok_or_else(|| self.outside(date))
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, Refusal> {
        let (a, b) = (self.rank(from)?, self.rank(to)?);
        Ok(u32::try_from(b.saturating_sub(a)).unwrap_or(u32::MAX))
    }

    /// When the first counted shift of a working day starts.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day` when it is no working day.
    pub fn opens_at(&self, date: NaiveDate) -> Result<DateTime<Utc>, Refusal> {
        match self.day(date)?.shifts.first() {
            Some(shift) => Ok(from_local(date, shift.from)),
            None => Err(no_working_day(date)),
        }
    }

    /// When the last counted shift of a working day ends: the moment a day limit runs out.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day` when it is no working day.
    pub fn closes_at(&self, date: NaiveDate) -> Result<DateTime<Utc>, Refusal> {
        match self.day(date)?.shifts.last() {
            Some(shift) => Ok(from_local(date, shift.to)),
            None => Err(no_working_day(date)),
        }
    }

    /// Counted working time between two instants, zero when `to` is not later. To the microsecond.
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn working_time_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<TimeDelta, Refusal> {
        let micros = self.position(to)? - self.position(from)?;
        Ok(TimeDelta::microseconds(micros.max(0)))
    }

    /// The earliest instant by which `amount` of working time has passed since `start`: consumed
    /// inside the shifts of working days only, so that what ends with a shift ends then and not
    /// at the start of the next (Civil Code Art 147.1).
    ///
    /// # Errors
    /// `date_outside_calendar`.
    pub fn add_working_time(
        &self,
        start: DateTime<Utc>,
        amount: TimeDelta,
    ) -> Result<DateTime<Utc>, Refusal> {
        let amount = amount.num_microseconds().unwrap_or(i64::MAX);
        if amount <= 0 {
            return Ok(start);
        }
        let target = self.position(start)?.saturating_add(amount);
        // The last day that begins before the target is reached holds it.
        let after = self.days.partition_point(|d| d.micros_before < target);
        let day = after.checked_sub(1).and_then(|i| self.days.get(i));
        let out = || self.outside(self.data.last_day);
        let day = day.ok_or_else(out)?;
        let mut left = target - day.micros_before;
        for shift in &day.info.shifts {
            let length = micros(shift.to - shift.from);
            if left <= length {
                let time = shift.from + TimeDelta::microseconds(left);
                return Ok(from_local(day.info.date, time));
            }
            left -= length;
        }
        Err(out())
    }

    /// Counted working time from the first day of the calendar to an instant, microseconds.
    fn position(&self, instant: DateTime<Utc>) -> Result<i64, Refusal> {
        let local = local(instant);
        let day = self.entry(local.date())?;
        Ok(day.micros_before + counted_micros(&day.info.shifts, local.time(), false))
    }

    /// Working days up to and including `date`.
    fn rank(&self, date: NaiveDate) -> Result<usize, Refusal> {
        let day = self.entry(date)?;
        Ok(day.working_before + usize::from(day.info.working))
    }

    fn working_at(&self, from: NaiveDate, index: usize, n: u32) -> Result<NaiveDate, Refusal> {
        let found = self.working.get(index).copied();
        let found = found.ok_or_else(|| self.outside(self.data.last_day))?;
        // A calendar whose rest days never end is a mistake in its data, not a long weekend.
        if (found - from).num_days() > LONGEST_REST.saturating_mul(i64::from(n)) {
            return Err(no_working_day(from));
        }
        Ok(found)
    }

    fn entry(&self, date: NaiveDate) -> Result<&Day, Refusal> {
        self.days
            .get(self.index(date)?)
            .ok_or_else(|| self.outside(date))
    }

    fn index(&self, date: NaiveDate) -> Result<usize, Refusal> {
        usize::try_from((date - self.data.first_day).num_days())
            .ok()
            .filter(|i| *i < self.days.len())
            .ok_or_else(|| self.outside(date))
    }

    fn outside(&self, date: NaiveDate) -> Refusal {
        outside(self.data.first_day, self.data.last_day, date)
    }

    /// The day after which the calendar has no working day for longer than a year, if there is one.
    /// Nothing can be promised there; a change that brings it about is refused.
    pub(crate) fn endless_rest(&self) -> Option<NaiveDate> {
        let (first, last) = (self.data.first_day, self.data.last_day);
        let ends = self.working.iter().copied().chain([last]);
        let begins = [first].into_iter().chain(self.working.iter().copied());
        begins
            .zip(ends)
            .find(|(from, to)| (*to - *from).num_days() > LONGEST_REST)
            .map(|(from, _)| from)
    }
}

/// What a calendar of this span cannot say.
fn outside(first: NaiveDate, last: NaiveDate, date: NaiveDate) -> Refusal {
    let (first, last, date) = (format_date(first), format_date(last), format_date(date));
    Refusal::new(
        "date_outside_calendar",
        format!(
            "Lịch làm việc hiện có từ {first} đến {last}; không thể tính thời hạn chạm tới {date} hoặc xa hơn."
        ),
        format!(
            "The working calendar covers {first} to {last}; nothing can be computed that reaches {date} or beyond."
        ),
    )
}

/// Puts together what the data says about one date.
fn day_info(
    data: &CalendarData,
    date: NaiveDate,
    off: Option<&DayOff>,
    make_up: Option<&MakeUpDay>,
) -> DayInfo {
    let shifts_of = |weekday: Weekday, counts: bool| {
        let rules = data.shifts.iter();
        let mut shifts: Vec<Shift> = rules
            .filter(|s| s.counts == counts && s.applies(weekday, date))
            .map(|s| Shift {
                from: s.from,
                to: s.to,
            })
            .collect();
        shifts.sort_unstable();
        shifts
    };
    let weekday = date.weekday();
    let (kind, shifts, service_shifts) = match (off, make_up) {
        (Some(_), _) => (DayKind::DayOff, Vec::new(), Vec::new()),
        (None, Some(day)) => {
            let worked = day.replaces.map_or(Weekday::Mon, |d| d.weekday());
            (DayKind::MakeUp, shifts_of(worked, true), Vec::new())
        }
        (None, None) => {
            let rest = matches!(weekday, Weekday::Sat | Weekday::Sun);
            let shifts = shifts_of(weekday, true);
            let kind = if rest && shifts.is_empty() {
                DayKind::Weekend
            } else {
                DayKind::Weekday
            };
            (kind, shifts, shifts_of(weekday, false))
        }
    };
    DayInfo {
        date,
        working: !shifts.is_empty(),
        kind,
        shifts,
        service_shifts,
        name: off
            .map(|d| d.name.clone())
            .or_else(|| make_up.map(|d| d.name.clone())),
        name_en: off
            .map(|d| d.name_en.clone())
            .or_else(|| make_up.map(|d| d.name_en.clone())),
        source: off
            .map(|d| d.source.clone())
            .or_else(|| make_up.map(|d| d.source.clone())),
        provisional: off.is_some_and(|d| d.provisional),
    }
}

/// Counted time of a day before `until`, or of the whole day, in microseconds.
fn counted_micros(shifts: &[Shift], until: NaiveTime, whole_day: bool) -> i64 {
    let spent = |s: &Shift| {
        let end = if whole_day {
            s.to
        } else {
            until.clamp(s.from, s.to)
        };
        micros(end - s.from)
    };
    shifts.iter().map(spent).sum()
}

fn micros(delta: TimeDelta) -> i64 {
    delta.num_microseconds().unwrap_or(0)
}

fn invalid(vi: &str, en: &str) -> Refusal {
    Refusal::new(
        "calendar_invalid",
        format!("Lịch làm việc không hợp lệ: {vi}."),
        format!("The working calendar is not valid: {en}."),
    )
}

pub(crate) fn backwards() -> Refusal {
    Refusal::new(
        "shift_ends_before_start",
        "Ca làm việc phải kết thúc sau khi bắt đầu.",
        "A shift ends after it starts.",
    )
}

pub(crate) fn overlap(date: NaiveDate) -> Refusal {
    let date = format_date(date);
    Refusal::new(
        "shifts_overlap",
        format!("Các ca làm việc trùng giờ nhau vào ngày {date}."),
        format!("Shifts overlap on {date}."),
    )
}

pub(crate) fn nothing_to_work(date: NaiveDate) -> Refusal {
    let date = format_date(date);
    Refusal::new(
        "make_up_without_shift",
        format!("Ngày làm bù {date} không có ca làm việc nào: ngày được bù vốn không làm việc."),
        format!("The make-up day {date} has no shift: the day it is worked for has none."),
    )
}

pub(crate) fn no_working_day(date: NaiveDate) -> Refusal {
    let date = format_date(date);
    Refusal::new(
        "no_working_day",
        format!("Lịch làm việc không có ngày làm việc phù hợp từ {date}."),
        format!("The working calendar has no suitable working day from {date} on."),
    )
}
