//! A calendar that might be: days off, make-up days and hours changed, to see what it would do
//! before anyone enters it.

use super::{
    Calendar, CalendarData, DayOff, MakeUpDay, ShiftRule, backwards, no_working_day,
    nothing_to_work, overlap,
};
use crate::refusal::{FieldError, Refusal};
use crate::vn_time::format_date;
use chrono::{Datelike, NaiveDate, Weekday};

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
    /// The last day that the calendar would then speak about: at most the end of the year after its
    /// present last.
    pub extends_to: Option<NaiveDate>,
    /// What single days off are called, where that is not the notice's name.
    pub names: Vec<DayName>,
    /// The notice it rests on; none: it is only tried.
    pub notice: Option<Notice>,
}

/// What one day off is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayName {
    /// Which day.
    pub date: NaiveDate,
    /// Vietnamese.
    pub name: String,
    /// English; none: as in Vietnamese.
    pub name_en: Option<String>,
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
    /// `make_up_on_working_day`, `out_of_range` (too many, or outside the calendar), `repeated`.
    /// Else, each naming its field: `shift_ends_before_start`, `shifts_overlap`,
    /// `make_up_without_shift`, `calendar_span_invalid` for a calendar grown too long, and
    /// `no_working_day` when none would be left within a year.
    pub fn applied(&self, now: &Calendar) -> Result<Calendar, Refusal> {
        let reaching;
        let now = match self.extends_to {
            None => now,
            Some(last) => {
                reaching = longer(now, last)?;
                &reaching
            }
        };
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
        if let Some((from, _)) = &self.shifts
            && now.day(*from).is_err()
        {
            faults.push(FieldError::new(
                "/shifts/valid_from",
                "out_of_range",
                format!("Ngày {} nằm ngoài lịch của trung tâm.", format_date(*from)),
                format!("{} is outside the centre's calendar.", format_date(*from)),
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
        self.hours_that_can_be_worked()?;
        let data = self.data(now.data());
        self.make_up_days_to_work(&data)?;
        let then = Calendar::new(data)?;
        match then.endless_rest() {
            None => Ok(then),
            Some(from) => {
                let at = if self.shifts.is_some() {
                    "/shifts/rules"
                } else {
                    "/days_off"
                };
                Err(at_fault(vec![(at.into(), no_working_day(from))]))
            }
        }
    }

    /// Hours that end after they begin and lie beside each other, weekday by weekday.
    fn hours_that_can_be_worked(&self) -> Result<(), Refusal> {
        let Some((from, rules)) = &self.shifts else {
            return Ok(());
        };
        let mut faults = Vec::new();
        for (i, rule) in rules.iter().enumerate() {
            if rule.to <= rule.from {
                faults.push((format!("/shifts/rules/{i}/to"), backwards()));
                continue;
            }
            let beside = rules.iter().take(i).filter(|r| r.from < r.to);
            let clash = beside
                .filter(|r| r.from < rule.to && rule.from < r.to)
                .flat_map(|r| r.weekdays.iter())
                .find(|w| rule.weekdays.contains(w));
            if let Some(weekday) = clash {
                let mut days = from.iter_days().take(7);
                let first = days.find(|d| d.weekday() == weekday.weekday());
                let refused = overlap(first.unwrap_or(*from));
                faults.push((format!("/shifts/rules/{i}"), refused));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(at_fault(faults))
        }
    }

    /// Make-up days with hours to work: a day that is made up for is one that is worked.
    fn make_up_days_to_work(&self, then: &CalendarData) -> Result<(), Refusal> {
        let idle = |day: &MakeUpDay| {
            let weekday = day.replaces.map_or(Weekday::Mon, |d| d.weekday());
            let worked = |s: &ShiftRule| s.counts && s.applies(weekday, day.date);
            !then.shifts.iter().any(worked)
        };
        let faults = then.make_up_days.iter().filter(|d| idle(d)).map(|day| {
            let asked = self.make_up_days.iter().position(|(d, _)| *d == day.date);
            let at = asked.map_or("/shifts/rules".into(), |i| {
                format!("/make_up_days/{i}/replaces")
            });
            (at, nothing_to_work(day.date))
        });
        let faults: Vec<(String, Refusal)> = faults.collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(at_fault(faults))
        }
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
            // What was only to be expected may be confirmed.
            ("days_off", Ok(false)) if now.day(date).is_ok_and(|d| d.provisional) => None,
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
        data.days_off.retain(|d| {
            !self.make_up_days.iter().any(|(m, _)| *m == d.date) && !self.days_off.contains(&d.date)
        });
        data.make_up_days
            .retain(|d| !self.days_off.contains(&d.date));
        data.days_off
            .extend(self.days_off.iter().filter_map(|date| {
                // A make-up day given up rests as its weekday does.
                let made_up = now.make_up_days.iter().any(|m| m.date == *date);
                let own = self.names.iter().find(|n| n.date == *date);
                let said = told.map(|n| &n.name);
                let name = own.map(|n| &n.name).or(said);
                let name_en = own.and_then(|n| n.name_en.as_ref()).or(name);
                (!made_up).then(|| DayOff {
                    date: *date,
                    name: name.map_or("Ngày nghỉ giả định", |n| n).into(),
                    name_en: name_en.map_or("Assumed day off", |n| n).into(),
                    source: told.map_or("Giả định", |n| &n.source).into(),
                    announced_on: told.map(|n| n.announced_on),
                    provisional: false,
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

/// The calendar with a later last day: at most the end of the next year, so that no year comes in
/// unseen.
fn longer(now: &Calendar, last: NaiveDate) -> Result<Calendar, Refusal> {
    let at = "/extends_to";
    let present = now.data().last_day;
    let most = NaiveDate::from_ymd_opt(present.year().saturating_add(1), 12, 31);
    let most = most.unwrap_or(present);
    if last <= present || last > most {
        let (present, most) = (format_date(present), format_date(most));
        return Err(Refusal::invalid(vec![FieldError::new(
            at,
            "out_of_range",
            format!("Lịch hiện có đến {present}; mỗi lần chỉ kéo dài đến hết {most}."),
            format!("The calendar reaches {present}; it is extended to {most} at most at a time."),
        )]));
    }
    let mut data = now.data().clone();
    data.last_day = last;
    Calendar::new(data).map_err(|r| at_fault(vec![(at.into(), r)]))
}

/// The first of these refusals, naming the field of each.
fn at_fault(faults: Vec<(String, Refusal)>) -> Refusal {
    let errors = faults
        .iter()
        .map(|(at, r)| FieldError::new(at.clone(), r.code, &r.detail.vi, &r.detail.en))
        .collect();
    let first = faults.into_iter().next().map(|(_, r)| r);
    let mut refusal = first.unwrap_or_else(|| Refusal::invalid(Vec::new()));
    refusal.errors = errors;
    refusal
}
