//! What must hold for every limit and every start.

use super::{NATIONAL, at};
use crate::calendar::Calendar;
use crate::deadline::*;
use crate::vn_time::{from_local, local_date};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

fn any_start() -> impl Strategy<Value = DateTime<Utc>> {
    // 2024 to mid 2026, to the second.
    (0_i64..900 * 86_400).prop_map(|s| at("01/01/2024 00:00") + TimeDelta::seconds(s))
}

fn any_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (1_u32..60).prop_map(|amount| Limit {
            amount,
            unit: Unit::WorkingDay
        }),
        (1_u32..60).prop_map(|amount| Limit {
            amount,
            unit: Unit::HalfDay
        }),
        (1_u32..300).prop_map(|amount| Limit {
            amount,
            unit: Unit::WorkingHour
        }),
        (1_u32..90).prop_map(|amount| Limit {
            amount,
            unit: Unit::CalendarDay
        }),
        (1_u32..12).prop_map(|amount| Limit {
            amount,
            unit: Unit::Month
        }),
        Just(Limit {
            amount: 1,
            unit: Unit::SameDay
        }),
    ]
}

/// The algorithm of DOMAIN §3.3 word for word, one day at a time, to hold the table against.
fn walk(start: DateTime<Utc>, n: u32) -> NaiveDate {
    let mut day = local_date(start);
    for _ in 0..n {
        loop {
            day = day.succ_opt().expect("a next day");
            if NATIONAL.is_working(day).expect("within") {
                break;
            }
        }
    }
    day
}

proptest! {
    #[test]
    fn the_table_agrees_with_walking(start in any_start(), n in 1_u32..80) {
        let found = compute(&NATIONAL, start, Limit { amount: n, unit: Unit::WorkingDay });
        prop_assert_eq!(found.expect("within").due_date, walk(start, n));
    }

    #[test]
    fn two_steps_equal_one(start in any_start(), a in 1_u32..80, b in 1_u32..80, hours in any::<bool>()) {
        let unit = if hours { Unit::WorkingHour } else { Unit::WorkingDay };
        let step = |from, amount| compute(&NATIONAL, from, Limit { amount, unit }).expect("within");
        let two = step(step(start, a).due_at, b);
        prop_assert_eq!(two, step(start, a + b));
    }

    #[test]
    fn more_time_is_never_due_on_an_earlier_date(start in any_start(), limit in any_limit()) {
        let first = compute(&NATIONAL, start, limit).expect("within");
        prop_assert!(first.due_at >= start || limit.unit == Unit::SameDay);
        prop_assert!(NATIONAL.is_working(first.due_date).expect("within"));
        if limit.unit != Unit::SameDay {
            let longer = Limit { amount: limit.amount + 1, ..limit };
            let longer = compute(&NATIONAL, start, longer).expect("within");
            prop_assert!(longer.due_date >= first.due_date);
        }
    }

    #[test]
    fn a_later_start_is_never_due_earlier(start in any_start(), later in 0_i64..20 * 86_400, limit in any_limit()) {
        let next = start + TimeDelta::seconds(later);
        let working = |t| NATIONAL.is_working(local_date(t)).expect("within");
        // Odd half days run from the clock time of receipt, which a rest day has no shift for.
        prop_assume!(limit.unit != Unit::HalfDay || (working(start) && working(next)));
        let a = compute(&NATIONAL, start, limit).expect("within");
        let b = compute(&NATIONAL, next, limit).expect("within");
        prop_assert!(a.due_at <= b.due_at, "{a:?} {b:?}");
    }

    #[test]
    fn a_day_off_never_brings_a_date_forward(start in any_start(), limit in any_limit(), ahead in 0_u64..60) {
        let day = local_date(start) + chrono::Days::new(ahead);
        prop_assume!(NATIONAL.day(day).expect("within").kind == crate::calendar::DayKind::Weekday);
        let mut data = Calendar::national_data().expect("data");
        data.days_off.push(crate::calendar::DayOff {
            date: day,
            name: "thử".to_owned(),
            name_en: "test".to_owned(),
            source: "test".to_owned(),
            announced_on: None,
            provisional: false,
        });
        let with = Calendar::new(data).expect("a calendar");
        let (a, b) = (compute(&NATIONAL, start, limit), compute(&with, start, limit));
        prop_assert!(a.expect("within").due_at <= b.expect("within").due_at);
    }

    #[test]
    fn reset_is_never_earlier_than_resume(start in any_start(), n in 1_u32..40, asked in 0_i64..30 * 86_400, waited in 0_i64..60 * 86_400) {
        let limit = Limit { amount: n, unit: Unit::WorkingDay };
        let promised = compute(&NATIONAL, start, limit).expect("within").due_at;
        let asked = start + TimeDelta::seconds(asked);
        let complete = asked + TimeDelta::seconds(waited);
        let again = reset(&NATIONAL, complete, limit, Some(promised)).expect("within");
        let on = resume(&NATIONAL, promised, asked, complete, limit).expect("within");
        prop_assert!(again.due_at >= on.due_at);
        prop_assert!(on.due_at >= promised);
    }

    #[test]
    fn the_explanation_counts_what_the_limit_says(start in any_start(), limit in any_limit()) {
        let days = explain(&NATIONAL, start, limit).expect("within");
        let due = compute(&NATIONAL, start, limit).expect("within");
        prop_assert_eq!(days.last().map(|d| d.date), Some(due.due_date));
        prop_assert!(days.windows(2).all(|w| w[0].date.succ_opt() == Some(w[1].date)));
        let counted = u32::try_from(days.iter().filter(|d| d.counted).count()).expect("few");
        match limit.unit {
            Unit::WorkingDay | Unit::CalendarDay | Unit::SameDay => prop_assert_eq!(counted, limit.amount),
            _ => prop_assert!(counted > 0),
        }
    }

    #[test]
    fn no_instant_and_no_limit_panics(seconds in -8_300_000_000_000_i64..8_300_000_000_000, amount in any::<u32>(), unit in 0_usize..6) {
        let start = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let limit = Limit { amount, unit: Unit::ALL[unit] };
        let _ = compute(&NATIONAL, start, limit);
        let _ = explain(&NATIONAL, start, limit);
        let _ = handover_due(&NATIONAL, start);
        let _ = resume(&NATIONAL, at("09/03/2026"), start, at("10/03/2026"), limit);
    }

    #[test]
    fn a_due_day_limit_ends_with_the_last_shift(start in any_start(), n in 1_u32..60) {
        let found = compute(&NATIONAL, start, Limit { amount: n, unit: Unit::WorkingDay }).expect("within");
        prop_assert_eq!(found.due_at, from_local(found.due_date, NaiveTime::from_hms_opt(17, 30, 0).expect("a time")));
        prop_assert!(found.due_date.year() >= 2024);
    }
}
