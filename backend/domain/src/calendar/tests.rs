//! The published calendars, and calendars that cannot be.

use super::*;
use crate::deadline::tests::{NATIONAL, at, date};
use proptest::prelude::*;

fn kind(day: &str) -> DayKind {
    NATIONAL.day(date(day)).expect("within").kind
}

#[test]
fn the_days_off_of_2024_to_2026_are_off() {
    for day in [
        "01/01/2024",
        "08/02/2024",
        "14/02/2024",
        "18/04/2024",
        "29/04/2024",
        "30/04/2024",
        "01/05/2024",
        "02/09/2024",
        "03/09/2024",
        "01/01/2025",
        "27/01/2025",
        "31/01/2025",
        "07/04/2025",
        "30/04/2025",
        "01/05/2025",
        "02/05/2025",
        "01/09/2025",
        "02/09/2025",
        "01/01/2026",
        "02/01/2026",
        "16/02/2026",
        "20/02/2026",
        "27/04/2026",
        "30/04/2026",
        "01/05/2026",
        "31/08/2026",
        "01/09/2026",
        "02/09/2026",
    ] {
        let info = NATIONAL.day(date(day)).expect("within");
        assert_eq!(info.kind, DayKind::DayOff, "{day}");
        assert!(
            !info.working && info.shifts.is_empty() && info.source.is_some(),
            "{day}"
        );
        assert!(!info.provisional, "{day}");
    }
}

#[test]
fn make_up_saturdays_work_the_shifts_of_the_day_they_replace() {
    for day in ["04/05/2024", "26/04/2025", "10/01/2026", "22/08/2026"] {
        let info = NATIONAL.day(date(day)).expect("within");
        assert_eq!(
            (info.kind, info.working, info.shifts.len()),
            (DayKind::MakeUp, true, 2),
            "{day}"
        );
        assert!(info.service_shifts.is_empty());
    }
}

#[test]
fn the_twenty_fourth_of_november_is_not_off_until_a_notice_says_so() {
    assert_eq!(kind("24/11/2026"), DayKind::Weekday);
    assert!(NATIONAL.is_working(date("24/11/2026")).expect("within"));
}

#[test]
fn what_is_known_of_2027_is_marked_provisional() {
    for day in [
        "01/01/2027",
        "08/02/2027",
        "16/04/2027",
        "30/04/2027",
        "03/05/2027",
        "02/09/2027",
    ] {
        let info = NATIONAL.day(date(day)).expect("within");
        assert!(info.kind == DayKind::DayOff && info.provisional, "{day}");
    }
}

#[test]
fn saturday_mornings_serve_without_counting() {
    let saturday = NATIONAL.day(date("07/03/2026")).expect("within");
    assert_eq!((saturday.kind, saturday.working), (DayKind::Weekend, false));
    assert_eq!(saturday.service_shifts.len(), 1);
    let json = serde_json::to_value(saturday).expect("json");
    assert_eq!(
        json["service_shifts"][0],
        serde_json::json!({"from": "07:30", "to": "11:30"})
    );
    assert!(
        NATIONAL
            .day(date("08/03/2026"))
            .expect("within")
            .service_shifts
            .is_empty()
    );
}

#[test]
fn saturdays_that_count_are_a_matter_of_data() {
    let mut data = Calendar::national_data().expect("data");
    for shift in &mut data.shifts {
        shift.counts = true;
    }
    let calendar = Calendar::new(data).expect("a calendar");
    assert!(calendar.is_working(date("07/03/2026")).expect("within"));
    assert_eq!(
        calendar.closes_at(date("07/03/2026")).expect("open"),
        at("07/03/2026 11:30")
    );
}

#[test]
fn shifts_follow_the_season() {
    let mut data = Calendar::national_data().expect("data");
    for shift in &mut data.shifts {
        shift.valid_to = Some(date("15/04/2026"));
    }
    let mut summer = data.shifts.clone();
    for shift in &mut summer {
        shift.valid_from = Some(date("16/04/2026"));
        shift.valid_to = None;
        shift.from -= TimeDelta::minutes(30);
    }
    data.shifts.extend(summer);
    let calendar = Calendar::new(data).expect("a calendar");
    assert_eq!(
        calendar.opens_at(date("15/04/2026")).expect("open"),
        at("15/04/2026 07:30")
    );
    assert_eq!(
        calendar.opens_at(date("16/04/2026")).expect("open"),
        at("16/04/2026 07:00")
    );
}

#[test]
fn the_data_survives_being_written_and_read() {
    let data = Calendar::national_data().expect("data");
    let text = serde_json::to_string(&data).expect("json");
    assert_eq!(
        serde_json::from_str::<CalendarData>(&text).expect("data"),
        data
    );
}

#[test]
fn damaged_calendars_are_refused() {
    let damage: [fn(&mut CalendarData); 6] = [
        |d| d.last_day = d.first_day.pred_opt().expect("a day"),
        |d| d.days_off.push(d.days_off[0].clone()),
        |d| d.make_up_days[0].date = d.days_off[0].date,
        |d| d.days_off[0].date = date("01/01/2020"),
        |d| d.shifts[0].to = d.shifts[0].from,
        |d| d.shifts.push(d.shifts[0].clone()),
    ];
    for (i, harm) in damage.iter().enumerate() {
        let mut data = Calendar::national_data().expect("data");
        harm(&mut data);
        assert_eq!(
            Calendar::new(data).expect_err("refused").code,
            "calendar_invalid",
            "{i}"
        );
    }
}

#[test]
fn a_calendar_that_never_works_says_so() {
    let mut data = Calendar::national_data().expect("data");
    data.shifts.clear();
    data.make_up_days.clear();
    let calendar = Calendar::new(data).expect("a calendar");
    let refusal = calendar
        .next_working(date("09/03/2026"))
        .expect_err("refused");
    assert_eq!(refusal.code, "date_outside_calendar");
    assert_eq!(
        calendar
            .opens_at(date("09/03/2026"))
            .expect_err("refused")
            .code,
        "no_working_day"
    );
}

#[test]
fn a_year_without_a_working_day_is_a_mistake() {
    let mut data = Calendar::national_data().expect("data");
    data.make_up_days.clear();
    for shift in &mut data.shifts {
        shift.valid_to = Some(date("02/03/2026"));
    }
    let late = data.shifts.iter().cloned().map(|mut s| {
        s.valid_to = None;
        s.valid_from = Some(date("01/06/2027"));
        s
    });
    data.shifts.extend(late.collect::<Vec<_>>());
    let calendar = Calendar::new(data).expect("a calendar");
    let refusal = calendar
        .next_working(date("02/03/2026"))
        .expect_err("refused");
    assert_eq!(refusal.code, "no_working_day");
}

#[test]
fn days_are_listed_in_order() {
    let days = NATIONAL
        .days(date("09/01/2026"), date("12/01/2026"))
        .expect("within");
    let working: Vec<bool> = days.iter().map(|d| d.working).collect();
    assert_eq!(working, [true, true, false, true]);
    assert!(
        NATIONAL
            .days(date("12/01/2026"), date("09/01/2026"))
            .expect("within")
            .is_empty()
    );
    assert!(
        NATIONAL
            .days(date("12/01/2026"), date("09/01/2031"))
            .is_err()
    );
}

proptest! {
    #[test]
    fn working_time_is_additive(a in 0_i64..80_000_000, b in 0_i64..80_000_000, c in 0_i64..80_000_000) {
        let mut t = [a, b, c];
        t.sort_unstable();
        let [a, b, c] = t.map(|s| at("01/01/2024 00:00") + TimeDelta::seconds(s));
        let between = |x, y| NATIONAL.working_time_between(x, y).expect("within");
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        let whole = NATIONAL.add_working_time(a, between(a, c)).expect("within");
        prop_assert!(whole <= c);
        prop_assert_eq!(between(a, whole), between(a, c));
    }

    #[test]
    fn working_days_are_counted_as_they_are_added(day in 0_u64..900, n in 1_u32..100) {
        let from = date("01/01/2024") + chrono::Days::new(day);
        let to = NATIONAL.add_working_days(from, n).expect("within");
        prop_assert_eq!(NATIONAL.working_days_between(from, to).expect("within"), n);
        let before = NATIONAL.previous_working(to).expect("within");
        prop_assert_eq!(NATIONAL.working_days_between(from, before).expect("within"), n - 1);
    }
}

#[test]
fn an_assumed_day_off_moves_dates_and_a_day_already_off_is_refused() {
    let change = Change {
        days_off: vec![date("11/03/2026")],
        ..Change::default()
    };
    let then = change.applied(&NATIONAL).expect("a working day");
    assert!(!then.is_working(date("11/03/2026")).expect("within"));
    assert_eq!(then.version(), NATIONAL.version() + 1);
    let again = change.applied(&then).expect_err("it rests already");
    assert_eq!(again.errors[0].code, "day_off_not_working");
    assert_eq!(again.errors[0].pointer, "/days_off/0");
    // Taken back, it is worked as it always was.
    let back = Change {
        make_up_days: vec![(date("11/03/2026"), None)],
        ..Change::default()
    };
    let back = back.applied(&then).expect("a rest day");
    assert_eq!(
        back.day(date("11/03/2026")).expect("within").kind,
        DayKind::Weekday
    );
}

#[test]
fn a_make_up_day_on_a_working_day_and_hours_that_overlap_are_refused() {
    let change = Change {
        make_up_days: vec![(date("11/03/2026"), None)],
        ..Change::default()
    };
    let refused = change.applied(&NATIONAL).expect_err("it is worked already");
    assert_eq!(refused.errors[0].code, "make_up_on_working_day");
    let rule = |from: &str, to: &str| ShiftRule {
        weekdays: vec![WeekdayName::Mon],
        from: from.parse().expect("a time"),
        to: to.parse().expect("a time"),
        counts: true,
        valid_from: None,
        valid_to: None,
    };
    let change = Change {
        shifts: Some((
            date("09/03/2026"),
            vec![rule("07:00:00", "11:00:00"), rule("10:00:00", "12:00:00")],
        )),
        ..Change::default()
    };
    let refused = change.applied(&NATIONAL).expect_err("they overlap");
    assert_eq!(refused.code, "calendar_invalid");
}

proptest! {
    #[test]
    fn assumed_days_off_never_bring_a_promise_forward(
        off in prop::collection::btree_set(0_u64..120, 0..20),
        start in 0_u64..100,
        amount in 1_u32..30,
    ) {
        use crate::deadline::{Limit, Unit, after_calendar_change, compute};
        let first = date("02/03/2026");
        let change = Change {
            days_off: off
                .into_iter()
                .filter_map(|n| first.checked_add_days(chrono::Days::new(n)))
                .filter(|d| NATIONAL.is_working(*d).expect("within"))
                .collect(),
            ..Change::default()
        };
        let then = change.applied(&NATIONAL).expect("working days");
        let day = first.checked_add_days(chrono::Days::new(start)).expect("near");
        let from = from_local(day, NaiveTime::from_hms_opt(9, 0, 0).expect("a time"));
        let limit = Limit { amount, unit: Unit::WorkingDay };
        let promised = compute(&NATIONAL, from, limit).expect("near").due_at;
        let moved = after_calendar_change(&then, from, Some(limit), promised).expect("near");
        prop_assert!(moved.due_at >= promised);
        prop_assert!(then.is_working(moved.due_date).expect("within"));
    }
}
