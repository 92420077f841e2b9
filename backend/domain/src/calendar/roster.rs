//! Who stands at which counter in which shift, who is away, and what that leaves uncovered
//! (Decree 118/2025 Art 11.8, Decree 61/2018 Art 12.8: reception is never interrupted); and the time
//! off that service shifts earn (Decree 61/2018 Art 11.3.c).
//!
//! Nothing here touches a calendar: a roster reads it, and no date that was promised depends on it.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;

use super::{Calendar, DayInfo, Shift};
use crate::refusal::Refusal;

/// What holds where a centre has set nothing.
const DEFAULTS: &str = include_str!("../../data/roster/defaults.json");

crate::words::words! {
    /// What a duty is in the count of limits.
    DutyKind {
        /// Within a shift that counts.
        Counted => "counted",
        /// Serves without counting: Saturday mornings, holiday duty.
        Service => "service",
    }
}

crate::words::words! {
    /// Why somebody is away: the reason of the office, never of the doctor.
    AbsenceKind {
        /// Nghỉ phép năm.
        AnnualLeave => "annual_leave",
        /// Nghỉ bù.
        Compensatory => "compensatory",
        /// Nghỉ ốm.
        Sick => "sick",
        /// Nghỉ thai sản.
        Maternity => "maternity",
        /// Đi học, tập huấn.
        Study => "study",
        /// Đi công tác.
        Mission => "mission",
        /// Việc khác.
        Other => "other",
    }
}

crate::words::words! {
    /// What an entry of the ledger of compensatory leave is.
    LeaveEntryKind {
        /// A service shift was served.
        Earned => "earned",
        /// Leave was taken.
        Taken => "taken",
        /// An entry was wrong: the same with the other sign.
        Corrected => "corrected",
    }
}

crate::words::words! {
    /// Why a counter stands empty.
    GapReason {
        /// Nobody was planned.
        NobodyPlanned => "nobody_planned",
        /// Whoever was planned is away, and nobody stands in.
        Absent => "absent",
        /// Whoever was planned has no role at the centre any more.
        NotHere => "not_here",
    }
}

/// What a centre may set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterRules {
    /// Of how many coming working days the list of uncovered shifts speaks by itself.
    pub warn_working_days: u32,
    /// Minutes of leave for a hundred minutes served.
    pub leave_percent: u32,
    /// Where that ratio rests.
    pub leave_source: String,
}

impl RosterRules {
    /// What holds where a centre has set nothing.
    ///
    /// # Errors
    /// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
    pub fn shipped() -> Result<Self, Refusal> {
        serde_json::from_str(DEFAULTS).map_err(|e| {
            Refusal::new(
                "calendar_invalid",
                format!("Dữ liệu phân công trực của chương trình bị hỏng: {e}."),
                format!("The program's data of rosters is damaged: {e}."),
            )
        })
    }
}

/// A counter and its days.
#[derive(Debug, Clone, Copy)]
pub struct Counter<'a> {
    /// Id.
    pub id: &'a str,
    /// First day.
    pub first: NaiveDate,
    /// Last day; none: open.
    pub last: Option<NaiveDate>,
}

/// Somebody at a counter for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty<'a> {
    /// Id.
    pub id: &'a str,
    /// At which counter.
    pub counter: &'a str,
    /// Who is expected there: whoever stands in, else whoever was planned.
    pub person: &'a str,
    /// On which date.
    pub date: NaiveDate,
    /// From when until when.
    pub span: Shift,
    /// Whether its time counts for limits.
    pub kind: DutyKind,
}

/// Somebody away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away<'a> {
    /// Who.
    pub person: &'a str,
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// Which part of the one day; none: all of each.
    pub part: Option<Shift>,
}

impl Away<'_> {
    /// When this person is away on a date.
    fn on(&self, person: &str, date: NaiveDate) -> Option<Shift> {
        (self.person == person && (self.first..=self.last).contains(&date)).then(|| {
            self.part.unwrap_or(Shift {
                from: NaiveTime::MIN,
                to: END_OF_DAY,
            })
        })
    }
}

/// The last instant of a day that a clock shows.
const END_OF_DAY: NaiveTime = match NaiveTime::from_hms_milli_opt(23, 59, 59, 999) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A time in which a counter stands empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap<'a> {
    /// On which date.
    pub date: NaiveDate,
    /// From when until when.
    pub span: Shift,
    /// At which counter; none: the centre serves then and no counter of it is planned.
    pub counter: Option<&'a str>,
    /// Whether the time counts for limits.
    pub kind: DutyKind,
    /// Why.
    pub reason: GapReason,
    /// The duty that is not done.
    pub duty: Option<&'a str>,
}

/// The time that two spans share.
#[must_use]
pub fn shared(a: Shift, b: Shift) -> Option<Shift> {
    let (from, to) = (a.from.max(b.from), a.to.min(b.to));
    (from < to).then_some(Shift { from, to })
}

/// What is left of a span without others.
fn without(span: Shift, taken: impl IntoIterator<Item = Shift>) -> Vec<Shift> {
    let mut taken: Vec<Shift> = taken.into_iter().filter_map(|t| shared(span, t)).collect();
    taken.sort_unstable();
    let mut left = Vec::new();
    let mut from = span.from;
    for t in taken {
        if from < t.from {
            left.push(Shift { from, to: t.from });
        }
        from = from.max(t.to);
    }
    if from < span.to {
        left.push(Shift { from, to: span.to });
    }
    left
}

/// A duty of this person's that shares time with a span: nobody is at two counters at once.
#[must_use]
pub fn clash<'a, 'b>(
    duties: &'b [Duty<'a>],
    person: &str,
    date: NaiveDate,
    span: Shift,
) -> Option<&'b Duty<'a>> {
    duties
        .iter()
        .find(|d| d.person == person && d.date == date && shared(d.span, span).is_some())
}

/// Whether this person is away in some of a span.
#[must_use]
pub fn is_away(away: &[Away<'_>], person: &str, date: NaiveDate, span: Shift) -> bool {
    let mut times = away.iter().filter_map(|a| a.on(person, date));
    times.any(|t| shared(t, span).is_some())
}

/// The spans of a day in which somebody can be planned: its shifts of that kind, or the part of each
/// that is asked for.
#[must_use]
pub fn spans(day: &DayInfo, kind: DutyKind, part: Option<Shift>) -> Vec<Shift> {
    let shifts = match kind {
        DutyKind::Counted => &day.shifts,
        DutyKind::Service => &day.service_shifts,
    };
    let asked = |s: &Shift| part.map_or(Some(*s), |p| shared(*s, p));
    shifts.iter().filter_map(asked).collect()
}

/// Whether a time lies beside the counted shifts of a day, as service without a shift of the calendar
/// must.
#[must_use]
pub fn beside_counted(day: &DayInfo, span: Shift) -> bool {
    day.shifts.iter().all(|s| shared(*s, span).is_none())
}

/// When counters stand empty on these days, in order of date and time: whoever was planned is away or
/// gone and nobody stands in, or nobody was planned at all.
pub fn gaps<'a>(
    days: &[&DayInfo],
    counters: &[Counter<'a>],
    duties: &[Duty<'a>],
    away: &[Away<'a>],
    here: impl Fn(&str, NaiveDate, Shift) -> bool,
) -> Vec<Gap<'a>> {
    let mut by_day: HashMap<NaiveDate, Vec<&Duty<'a>>> = HashMap::new();
    for duty in duties {
        by_day.entry(duty.date).or_default().push(duty);
    }
    let mut found = Vec::new();
    for day in days {
        let open: Vec<&Counter<'a>> = counters
            .iter()
            .filter(|c| c.first <= day.date && c.last.is_none_or(|l| day.date <= l))
            .collect();
        let today = by_day.get(&day.date).map_or(&[][..], Vec::as_slice);
        gaps_of_day(day, &open, today, away, &here, &mut found);
    }
    found.sort_by_key(|g| (g.date, g.span, g.counter, g.duty));
    found
}

fn gaps_of_day<'a>(
    day: &DayInfo,
    open: &[&Counter<'a>],
    duties: &[&Duty<'a>],
    away: &[Away<'a>],
    here: &impl Fn(&str, NaiveDate, Shift) -> bool,
    found: &mut Vec<Gap<'a>>,
) {
    let date = day.date;
    let done: Vec<(&Duty<'a>, Vec<Shift>)> = duties
        .iter()
        .map(|d| {
            let times = if here(d.person, date, d.span) {
                without(d.span, away.iter().filter_map(|a| a.on(d.person, date)))
            } else {
                Vec::new()
            };
            (*d, times)
        })
        .collect();
    let present = |counter: &str| -> Vec<Shift> {
        let there = done.iter().filter(|(d, _)| d.counter == counter);
        there.flat_map(|(_, times)| times.iter().copied()).collect()
    };
    for (duty, _) in &done {
        // A counted duty on a day that is off by now, or beyond hours that changed, is not needed.
        let needed = match duty.kind {
            DutyKind::Counted => spans(day, DutyKind::Counted, Some(duty.span)),
            DutyKind::Service => vec![duty.span],
        };
        for span in needed {
            for empty in without(span, present(duty.counter)) {
                found.push(Gap {
                    date,
                    span: empty,
                    counter: Some(duty.counter),
                    kind: duty.kind,
                    reason: if here(duty.person, date, duty.span) {
                        GapReason::Absent
                    } else {
                        GapReason::NotHere
                    },
                    duty: Some(duty.id),
                });
            }
        }
    }
    for counter in open {
        let planned = || {
            let there = duties.iter().filter(|d| d.counter == counter.id);
            there.map(|d| d.span)
        };
        for shift in &day.shifts {
            for empty in without(*shift, planned()) {
                found.push(Gap {
                    date,
                    span: empty,
                    counter: Some(counter.id),
                    kind: DutyKind::Counted,
                    reason: GapReason::NobodyPlanned,
                    duty: None,
                });
            }
        }
    }
    if open.is_empty() {
        return;
    }
    // On a Saturday morning not every counter serves; but one does.
    for shift in &day.service_shifts {
        for empty in without(*shift, duties.iter().map(|d| d.span)) {
            found.push(Gap {
                date,
                span: empty,
                counter: None,
                kind: DutyKind::Service,
                reason: GapReason::NobodyPlanned,
                duty: None,
            });
        }
    }
}

/// Whole minutes of a time.
fn minutes(delta: TimeDelta) -> i32 {
    i32::try_from(delta.num_minutes()).unwrap_or(i32::MAX)
}

/// Minutes of leave that a service shift earns.
#[must_use]
pub fn earned(span: Shift, percent: u32) -> i32 {
    let served = i64::from(minutes(span.to - span.from));
    i32::try_from(served * i64::from(percent) / 100).unwrap_or(i32::MAX)
}

/// Counted minutes that an absence takes out of a calendar's working days.
///
/// # Errors
/// `date_outside_calendar`.
pub fn working_minutes(calendar: &Calendar, away: &Away<'_>) -> Result<i32, Refusal> {
    let mut sum = 0_i32;
    for day in calendar.days(away.first, away.last)? {
        for span in spans(day, DutyKind::Counted, away.part) {
            sum = sum.saturating_add(minutes(span.to - span.from));
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::tests::{NATIONAL, date};
    use proptest::prelude::*;

    fn span(from: &str, to: &str) -> Shift {
        Shift {
            from: NaiveTime::parse_from_str(from, "%H:%M").expect("a time"),
            to: NaiveTime::parse_from_str(to, "%H:%M").expect("a time"),
        }
    }

    fn duty<'a>(id: &'a str, counter: &'a str, person: &'a str, on: &str, at: Shift) -> Duty<'a> {
        Duty {
            id,
            counter,
            person,
            date: date(on),
            span: at,
            kind: DutyKind::Counted,
        }
    }

    const ONE: Counter<'static> = Counter {
        id: "1",
        first: NaiveDate::MIN,
        last: None,
    };

    fn on(from: &str, to: &str) -> Vec<&'static DayInfo> {
        NATIONAL.days(date(from), date(to)).expect("within")
    }

    #[test]
    fn an_empty_counter_is_told_with_its_reason() {
        let (am, pm) = (span("07:30", "11:30"), span("13:30", "17:30"));
        let monday = on("02/03/2026", "02/03/2026");
        let planned = [duty("a", "1", "an", "02/03/2026", am)];
        let empty = gaps(&monday, &[ONE], &planned, &[], |_, _, _| true);
        assert_eq!(empty.len(), 1);
        assert_eq!(
            (empty[0].span, empty[0].reason),
            (pm, GapReason::NobodyPlanned)
        );
        // Away from ten o'clock on: from then on the counter is empty.
        let away = [Away {
            person: "an",
            first: date("02/03/2026"),
            last: date("02/03/2026"),
            part: Some(span("10:00", "17:30")),
        }];
        let empty = gaps(&monday, &[ONE], &planned, &away, |_, _, _| true);
        assert_eq!(
            (empty[0].span, empty[0].reason),
            (span("10:00", "11:30"), GapReason::Absent)
        );
        assert_eq!(empty[0].duty, Some("a"));
        // A colleague at the same counter, or who stands in, closes it.
        let both = [
            planned[0],
            duty("b", "1", "binh", "02/03/2026", span("09:00", "17:30")),
        ];
        assert!(gaps(&monday, &[ONE], &both, &away, |_, _, _| true).is_empty());
        // Who has left the centre does not come.
        let empty = gaps(&monday, &[ONE], &both, &[], |who, _, _| who != "binh");
        assert_eq!(empty[0].reason, GapReason::NotHere);
    }

    #[test]
    fn days_off_need_nobody_and_saturday_mornings_somebody() {
        let tet = on("16/02/2026", "20/02/2026");
        let planned = [duty("a", "1", "an", "17/02/2026", span("07:30", "11:30"))];
        assert!(gaps(&tet, &[ONE], &planned, &[], |_, _, _| false).is_empty());
        let saturday = on("07/03/2026", "07/03/2026");
        let empty = gaps(&saturday, &[ONE], &[], &[], |_, _, _| true);
        assert_eq!(
            (empty.len(), empty[0].counter, empty[0].kind),
            (1, None, DutyKind::Service)
        );
        assert!(gaps(&saturday, &[], &[], &[], |_, _, _| true).is_empty());
        // Holiday duty that was planned must be done.
        let mut holiday = duty("h", "1", "an", "17/02/2026", span("08:00", "11:00"));
        holiday.kind = DutyKind::Service;
        let empty = gaps(&tet, &[ONE], &[holiday], &[], |_, _, _| false);
        assert_eq!((empty.len(), empty[0].reason), (1, GapReason::NotHere));
    }

    #[test]
    fn a_counter_is_needed_within_its_days() {
        let ended = Counter {
            last: Some(date("02/03/2026")),
            ..ONE
        };
        let days = on("02/03/2026", "03/03/2026");
        let empty = gaps(&days, &[ended], &[], &[], |_, _, _| true);
        assert!(empty.len() == 2 && empty.iter().all(|g| g.date == date("02/03/2026")));
    }

    #[test]
    fn nobody_is_at_two_counters_at_once() {
        let held = [duty("a", "1", "an", "02/03/2026", span("07:30", "11:30"))];
        let asked = |who, day: &str, s| clash(&held, who, date(day), s).is_some();
        assert!(asked("an", "02/03/2026", span("11:00", "12:00")));
        assert!(!asked("an", "02/03/2026", span("11:30", "12:00")));
        assert!(!asked("an", "03/03/2026", span("07:30", "11:30")));
        assert!(!asked("binh", "02/03/2026", span("07:30", "11:30")));
    }

    #[test]
    fn leave_is_earned_and_taken_by_the_minute() {
        let rules = RosterRules::shipped().expect("sound");
        assert_eq!(rules.warn_working_days, 5);
        assert_eq!(earned(span("07:30", "11:30"), rules.leave_percent), 240);
        assert_eq!(earned(span("07:30", "11:30"), 150), 360);
        let away = |first, last, part| Away {
            person: "an",
            first: date(first),
            last: date(last),
            part,
        };
        let taken = |a| working_minutes(&NATIONAL, &a).expect("within");
        assert_eq!(taken(away("06/03/2026", "09/03/2026", None)), 960);
        let morning = Some(span("07:30", "12:00"));
        assert_eq!(taken(away("06/03/2026", "06/03/2026", morning)), 240);
        assert_eq!(taken(away("17/02/2026", "17/02/2026", None)), 0);
    }

    proptest! {
        /// The calendar is what it was: a roster only reads it, and whatever is planned and whoever is
        /// away, what is empty lies within the shifts and outside what is done.
        #[test]
        fn gaps_lie_within_shifts_and_never_over_somebody_present(
            plan in prop::collection::vec((0_u64..14, 0_u32..3, 0_u32..3, 6_u32..18, 1_u32..6), 0..25),
            absent in prop::collection::vec((0_u64..14, 0_u64..5, 0_u32..3), 0..6),
        ) {
            let names = ["0", "1", "2"];
            let first = date("02/03/2026");
            let counters: Vec<Counter> = names.iter().map(|id| Counter { id, ..ONE }).collect();
            let duties: Vec<Duty> = plan.iter().map(|(day, counter, person, from, hours)| Duty {
                id: "d",
                counter: names[*counter as usize],
                person: names[*person as usize],
                date: first + chrono::Days::new(*day),
                span: Shift {
                    from: NaiveTime::from_hms_opt(*from, 0, 0).expect("a time"),
                    to: NaiveTime::from_hms_opt(from + hours, 0, 0).expect("a time"),
                },
                kind: DutyKind::Counted,
            }).collect();
            let away: Vec<Away> = absent.iter().map(|(day, more, person)| Away {
                person: names[*person as usize],
                first: first + chrono::Days::new(*day),
                last: first + chrono::Days::new(day + more),
                part: None,
            }).collect();
            let days = NATIONAL.days(first, first + chrono::Days::new(13)).expect("within");
            for gap in gaps(&days, &counters, &duties, &away, |_, _, _| true) {
                let info = NATIONAL.day(gap.date).expect("within");
                prop_assert!(info.shifts.iter().chain(&info.service_shifts).any(|s| shared(*s, gap.span) == Some(gap.span)));
                let Some(counter) = gap.counter else { continue };
                let there = duties.iter().filter(|d| d.counter == counter && d.date == gap.date);
                for duty in there.filter(|d| shared(d.span, gap.span).is_some()) {
                    prop_assert!(is_away(&away, duty.person, gap.date, duty.span));
                }
            }
        }
    }
}
