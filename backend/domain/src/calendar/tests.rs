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
fn damaged_calendars_are_refused_each_with_its_own_code() {
    type Damage = (&'static str, fn(&mut CalendarData));
    let damage: [Damage; 8] = [
        ("calendar_span_invalid", |d| {
            d.last_day = d.first_day.pred_opt().expect("a day");
        }),
        ("day_off_repeated", |d| {
            d.days_off.push(d.days_off[0].clone());
        }),
        ("make_up_on_day_off", |d| {
            d.make_up_days[0].date = d.days_off[0].date;
        }),
        ("make_up_repeated", |d| {
            d.make_up_days.push(d.make_up_days[0].clone());
        }),
        ("date_outside_calendar", |d| {
            d.days_off[0].date = date("01/01/2020");
        }),
        ("shift_ends_before_start", |d| {
            d.shifts[0].to = d.shifts[0].from;
        }),
        ("shifts_overlap", |d| d.shifts.push(d.shifts[0].clone())),
        ("make_up_without_shift", |d| {
            d.make_up_days[0].replaces = Some(date("05/05/2024"));
        }),
    ];
    for (code, harm) in &damage {
        let mut data = Calendar::national_data().expect("data");
        harm(&mut data);
        assert_eq!(Calendar::new(data).expect_err("refused").code, *code);
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
fn a_make_up_day_on_a_working_day_is_refused() {
    let change = Change {
        make_up_days: vec![(date("11/03/2026"), None)],
        ..Change::default()
    };
    let refused = change.applied(&NATIONAL).expect_err("it is worked already");
    assert_eq!(refused.errors[0].code, "make_up_on_working_day");
}

fn rule(weekdays: &[WeekdayName], from: &str, to: &str) -> ShiftRule {
    ShiftRule {
        weekdays: weekdays.to_vec(),
        from: from.parse().expect("a time"),
        to: to.parse().expect("a time"),
        counts: true,
        valid_from: None,
        valid_to: None,
    }
}

#[test]
fn hours_that_cannot_be_are_refused_where_they_stand() {
    use WeekdayName::{Fri, Mon, Tue, Wed};
    let hours = |rules: Vec<ShiftRule>| {
        let change = Change {
            shifts: Some((date("09/03/2026"), rules)),
            ..Change::default()
        };
        let refused = change.applied(&NATIONAL).expect_err("refused");
        let faults = refused.errors.into_iter().map(|e| (e.pointer, e.code));
        (refused.code, faults.collect::<Vec<_>>())
    };
    let (code, faults) = hours(vec![
        rule(&[Mon, Tue], "07:00:00", "11:00:00"),
        rule(&[Wed], "10:00:00", "12:00:00"),
        rule(&[Fri, Tue], "10:00:00", "12:00:00"),
        rule(&[Fri], "13:00:00", "13:00:00"),
    ]);
    assert_eq!(code, "shifts_overlap");
    assert_eq!(
        faults,
        [
            ("/shifts/rules/2".to_owned(), "shifts_overlap"),
            ("/shifts/rules/3/to".to_owned(), "shift_ends_before_start"),
        ]
    );
    // The make-up day of August works a Monday's hours, of which there would be none.
    let (code, faults) = hours(vec![rule(&[Tue], "07:00:00", "11:00:00")]);
    assert_eq!(code, "make_up_without_shift");
    assert_eq!(faults[0].0, "/shifts/rules");
}

#[test]
fn a_make_up_day_for_a_rest_day_has_nothing_to_work() {
    let change = Change {
        make_up_days: vec![(date("07/03/2026"), Some(date("08/03/2026")))],
        ..Change::default()
    };
    let refused = change
        .applied(&NATIONAL)
        .expect_err("a Sunday is not worked");
    assert_eq!(refused.code, "make_up_without_shift");
    assert_eq!(refused.errors[0].pointer, "/make_up_days/0/replaces");
}

#[test]
fn a_year_is_added_with_its_days_and_beyond_it_nothing_is_promised() {
    use crate::deadline::{Limit, Unit, compute};
    let next_year = Change {
        days_off: vec![date("03/01/2028"), date("01/02/2028")],
        extends_to: Some(date("31/12/2028")),
        names: vec![DayName {
            date: date("03/01/2028"),
            name: "Nghỉ bù Tết Dương lịch".into(),
            name_en: Some("Compensation for New Year's Day".into()),
        }],
        notice: Some(Notice {
            source: "Thông báo năm 2028".into(),
            announced_on: date("01/11/2027"),
            name: "Nghỉ Tết Nguyên đán".into(),
        }),
        ..Change::default()
    };
    let then = next_year.applied(&NATIONAL).expect("a year longer");
    assert_eq!(then.data().last_day, date("31/12/2028"));
    let monday = then.day(date("03/01/2028")).expect("within");
    assert_eq!(
        monday.name_en.as_deref(),
        Some("Compensation for New Year's Day")
    );
    let tet = then.day(date("01/02/2028")).expect("within");
    assert_eq!(tet.name.as_deref(), Some("Nghỉ Tết Nguyên đán"));
    let three = Limit {
        amount: 3,
        unit: Unit::WorkingDay,
    };
    let late = at("30/12/2027 09:00");
    assert_eq!(
        compute(&NATIONAL, late, three).expect_err("too far").code,
        "date_outside_calendar"
    );
    let due = compute(&then, late, three).expect("within");
    assert_eq!(due.due_date, date("05/01/2028"));
    assert_eq!(
        compute(&then, at("29/12/2028 09:00"), three)
            .expect_err("too far")
            .code,
        "date_outside_calendar"
    );
}

#[test]
fn a_calendar_grows_year_by_year_up_to_its_longest() {
    let to = |last: NaiveDate| Change {
        extends_to: Some(last),
        ..Change::default()
    };
    for wrong in ["31/12/2027", "01/01/2027", "01/01/2029"] {
        let refused = to(date(wrong)).applied(&NATIONAL).expect_err("refused");
        assert_eq!(
            (refused.errors[0].pointer.as_str(), refused.errors[0].code),
            ("/extends_to", "out_of_range")
        );
    }
    let mut calendar = NATIONAL.clone();
    for year in 2028.. {
        let last = NaiveDate::from_ymd_opt(year, 12, 31).expect("a date");
        match to(last).applied(&calendar) {
            Ok(longer) => calendar = longer,
            Err(refused) => {
                assert_eq!(refused.code, "calendar_span_invalid");
                assert_eq!(refused.errors[0].pointer, "/extends_to");
                break;
            }
        }
    }
    assert_eq!(calendar.data().last_day, date("31/12/2063"));
}

#[test]
fn a_provisional_day_is_confirmed_and_others_are_not_named_twice() {
    let change = Change {
        days_off: vec![date("16/04/2027")],
        notice: Some(Notice {
            source: "Thông báo năm 2027".into(),
            announced_on: date("01/11/2026"),
            name: "Giỗ Tổ Hùng Vương".into(),
        }),
        ..Change::default()
    };
    let then = change.applied(&NATIONAL).expect("confirmed");
    let day = then.day(date("16/04/2027")).expect("within");
    assert!(!day.provisional && !day.working);
    assert_eq!(day.source.as_deref(), Some("Thông báo năm 2027"));
    let again = change.applied(&then).expect_err("it is confirmed already");
    assert_eq!(again.errors[0].code, "day_off_not_working");
}

#[test]
fn a_change_that_leaves_no_working_day_within_a_year_is_refused() {
    let mut saturdays = rule(&[WeekdayName::Mon], "07:30:00", "11:30:00");
    saturdays.counts = false;
    let change = Change {
        shifts: Some((date("01/09/2026"), vec![saturdays])),
        ..Change::default()
    };
    let refused = change
        .applied(&NATIONAL)
        .expect_err("nothing would be worked");
    assert_eq!(refused.code, "no_working_day");
    assert_eq!(refused.errors[0].pointer, "/shifts/rules");
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
