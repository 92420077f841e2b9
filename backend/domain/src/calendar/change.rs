//! A calendar that might be: days off, make-up days and hours changed, to see what it would do
//! before anyone enters it.

use super::{Calendar, CalendarData, DayOff, MakeUpDay, ShiftRule};
use crate::refusal::{FieldError, Refusal};
use crate::vn_time::format_date;
use chrono::NaiveDate;

/// Most days of one kind in one change.
pub const MOST_DAYS: usize = 60;
/// Most shifts in one change.
pub const MOST_SHIFTS: usize = 30;

/// What would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Working days that would become days off.
    pub days_off: Vec<NaiveDate>,
    /// Rest days that would be worked, and instead of which day.
    pub make_up_days: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Hours that would hold in place of the present ones, from a day on.
    pub shifts: Option<(NaiveDate, Vec<ShiftRule>)>,
    /// The notice it rests on; none: it is only tried.
    pub notice: Option<Notice>,
}

/// The notice that a change of a calendar rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The document, with number and date.
    pub source: String,
    /// When it was published.
    pub announced_on: NaiveDate,
    /// What its days off are called.
    pub name: String,
}

impl Change {
    /// The present calendar with this change.
    ///
    /// # Errors
    /// `validation_failed` with every fault: `day_off_not_working` (it rests already),
    /// `make_up_on_working_day`, `out_of_range` (too many, or outside the calendar), `repeated`;
    /// `calendar_invalid` for hours that overlap or end before they begin.
    pub fn applied(&self, now: &Calendar) -> Result<Calendar, Refusal> {
        let mut faults = Vec::new();
        let made_up: Vec<NaiveDate> = self.make_up_days.iter().map(|(d, _)| *d).collect();
        for (name, dates) in [("days_off", &self.days_off), ("make_up_days", &made_up)] {
            if dates.len() > MOST_DAYS {
                faults.push(FieldError::new(
                    format!("/{name}"),
                    "out_of_range",
                    format!("Nhiều nhất {MOST_DAYS} ngày một lần."),
                    format!("At most {MOST_DAYS} days at a time."),
                ));
                continue;
            }
            for (i, date) in dates.iter().enumerate() {
                let at = if name == "days_off" {
                    format!("/{name}/{i}")
                } else {
                    format!("/{name}/{i}/date")
                };
                faults.extend(self.fault_of_day(now, name, dates, i, *date, at));
            }
        }
        if let Some((_, shifts)) = &self.shifts
            && !(1..=MOST_SHIFTS).contains(&shifts.len())
        {
            faults.push(FieldError::new(
                "/shifts/rules",
                "out_of_range",
                format!("Cần từ 1 đến {MOST_SHIFTS} ca."),
                format!("1 to {MOST_SHIFTS} shifts are needed."),
            ));
        }
        for (i, rule) in self.shifts.iter().flat_map(|(_, s)| s.iter().enumerate()) {
            if !(1..=7).contains(&rule.weekdays.len()) {
                faults.push(FieldError::new(
                    format!("/shifts/rules/{i}/weekdays"),
                    "out_of_range",
                    "Cần từ 1 đến 7 ngày trong tuần.",
                    "1 to 7 weekdays are needed.",
                ));
            }
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        Calendar::new(self.data(now.data()))
    }

    fn fault_of_day(
        &self,
        now: &Calendar,
        name: &str,
        dates: &[NaiveDate],
        i: usize,
        date: NaiveDate,
        at: String,
    ) -> Option<FieldError> {
        let day = format_date(date);
        if dates.iter().take(i).any(|d| *d == date) {
            return Some(FieldError::new(
                at,
                "repeated",
                format!("Ngày {day} được nêu hai lần."),
                format!("{day} is named twice."),
            ));
        }
        match (name, now.is_working(date)) {
            (_, Err(_)) => Some(FieldError::new(
                at,
                "out_of_range",
                format!("Ngày {day} nằm ngoài lịch của trung tâm."),
                format!("{day} is outside the centre's calendar."),
            )),
            ("days_off", Ok(false)) => Some(FieldError::new(
                at,
                "day_off_not_working",
                format!("Ngày {day} vốn đã là ngày nghỉ."),
                format!("{day} is a rest day already."),
            )),
            ("make_up_days", Ok(true)) => Some(FieldError::new(
                at,
                "make_up_on_working_day",
                format!("Ngày {day} vốn đã là ngày làm việc, không thể làm bù."),
                format!("{day} is a working day already and cannot be made up."),
            )),
            _ => None,
        }
    }

    fn data(&self, now: &CalendarData) -> CalendarData {
        let mut data = now.clone();
        data.version += 1;
        let told = self.notice.as_ref();
        // A rest day that is worked is no longer off, and the other way round.
        data.days_off
            .retain(|d| !self.make_up_days.iter().any(|(m, _)| *m == d.date));
        data.make_up_days
            .retain(|d| !self.days_off.contains(&d.date));
        data.days_off
            .extend(self.days_off.iter().filter_map(|date| {
                // A make-up day given up rests as its weekday does.
                let made_up = now.make_up_days.iter().any(|m| m.date == *date);
                (!made_up).then(|| DayOff {
                    date: *date,
                    name: told.map_or("Ngày nghỉ giả định", |n| &n.name).into(),
                    name_en: told.map_or("Assumed day off", |n| &n.name).into(),
                    source: told.map_or("Giả định", |n| &n.source).into(),
                    announced_on: told.map(|n| n.announced_on),
                    provisional: told.is_none(),
                })
            }));
        data.make_up_days
            .extend(self.make_up_days.iter().filter_map(|(date, replaces)| {
                // A day off taken back is worked as its weekday is.
                let was_off = now.days_off.iter().any(|d| d.date == *date);
                (!was_off).then(|| MakeUpDay {
                    date: *date,
                    replaces: *replaces,
                    name: if told.is_some() {
                        "Ngày làm bù"
                    } else {
                        "Ngày làm bù giả định"
                    }
                    .into(),
                    name_en: if told.is_some() {
                        "Make-up day"
                    } else {
                        "Assumed make-up day"
                    }
                    .into(),
                    source: told.map_or("Giả định", |n| &n.source).into(),
                    announced_on: told.map(|n| n.announced_on),
                })
            }));
        if let Some((from, shifts)) = &self.shifts {
            let eve = from.pred_opt();
            data.shifts
                .retain(|s| s.valid_from.is_none_or(|v| v < *from));
            for s in &mut data.shifts {
                if s.valid_to.is_none_or(|v| v >= *from) {
                    s.valid_to = eve;
                }
            }
            data.shifts.extend(shifts.iter().map(|s| ShiftRule {
                valid_from: Some(*from),
                valid_to: None,
                ..s.clone()
            }));
        }
        data
    }
}
