//! The test vectors of DOMAIN §3.4, by number.

mod laws;
mod watch;

use super::*;
use crate::calendar::Calendar;
use crate::vn_time::from_local;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::sync::LazyLock;

pub(crate) static NATIONAL: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::national_default().expect("the shipped calendar is sound"));

pub(crate) fn date(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%d/%m/%Y").expect("a date")
}

/// `dd/mm/yyyy HH:MM[:SS]`, Vietnamese clock; a date alone is 09:00.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    let (day, time) = text.split_once(' ').unwrap_or((text, "09:00"));
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
        .expect("a time");
    from_local(date(day), time)
}

fn due(start: &str, amount: u32, unit: Unit) -> Due {
    compute(&NATIONAL, at(start), Limit { amount, unit }).expect("within the calendar")
}

fn working_days(start: &str, amount: u32) -> NaiveDate {
    due(start, amount, Unit::WorkingDay).due_date
}

#[test]
fn v1_the_first_day_is_not_counted() {
    let found = due("12/01/2026 09:15", 3, Unit::WorkingDay);
    assert_eq!(found.due_date, date("15/01/2026"));
    assert_eq!(found.due_at, at("15/01/2026 17:30"));
}

#[test]
fn v2_the_weekend_is_skipped() {
    assert_eq!(working_days("06/03/2026", 3), date("11/03/2026"));
}

#[test]
fn v3_tet_is_skipped() {
    assert_eq!(working_days("12/02/2026", 3), date("24/02/2026"));
}

#[test]
fn v4_a_make_up_saturday_is_a_working_day() {
    assert_eq!(working_days("09/01/2026", 1), date("10/01/2026"));
}

#[test]
fn v6_new_year_and_its_swapped_day_are_skipped() {
    assert_eq!(working_days("31/12/2025", 3), date("07/01/2026"));
}

#[test]
fn v8_national_day_and_its_swapped_day_are_skipped() {
    assert_eq!(working_days("27/08/2026", 7), date("10/09/2026"));
}

#[test]
fn v9_a_holiday_on_sunday_gives_monday_off() {
    assert_eq!(working_days("24/04/2026", 2), date("29/04/2026"));
}

#[test]
fn v11_seven_days_across_the_april_holidays() {
    assert_eq!(working_days("23/04/2026", 7), date("07/05/2026"));
}

#[test]
fn v15_after_three_o_clock_is_strict() {
    for (time, expected) in [
        ("14:59", "06/03/2026"),
        ("15:00", "06/03/2026"),
        ("15:00:01", "09/03/2026"),
        ("15:01", "09/03/2026"),
    ] {
        let found = due(&format!("06/03/2026 {time}"), 1, Unit::SameDay);
        assert_eq!(found.due_date, date(expected), "{time}");
        assert_eq!(found.due_at, at(&format!("{expected} 17:30")));
    }
}

#[test]
fn same_day_on_a_rest_day_is_the_next_working_day() {
    assert_eq!(
        due("07/03/2026 08:00", 1, Unit::SameDay).due_date,
        date("09/03/2026")
    );
    assert_eq!(
        due("16/02/2026 08:00", 1, Unit::SameDay).due_date,
        date("23/02/2026")
    );
}

#[test]
fn v16_eight_working_hours_run_inside_shifts() {
    assert_eq!(
        due("09/03/2026 10:30", 8, Unit::WorkingHour).due_at,
        at("10/03/2026 10:30")
    );
}

#[test]
fn v20_a_saturday_shift_serves_but_does_not_count() {
    assert_eq!(working_days("07/03/2026 08:30", 1), date("09/03/2026"));
}

#[test]
fn v21_an_online_filing_is_answered_within_eight_working_hours() {
    for (filed, answer) in [
        ("06/03/2026 16:45", "09/03/2026 16:45"),
        ("08/03/2026 20:00", "09/03/2026 17:30"),
    ] {
        assert_eq!(
            intake_reply_due(&NATIONAL, at(filed)).expect("in time"),
            at(answer)
        );
    }
}

#[test]
fn v23_calendar_days_without_a_rest_day_at_the_end() {
    assert_eq!(
        due("02/03/2026", 15, Unit::CalendarDay).due_date,
        date("17/03/2026")
    );
}

#[test]
fn v24b_a_month_that_ends_on_sunday_rolls_to_monday() {
    assert_eq!(
        due("05/03/2026", 1, Unit::Month).due_date,
        date("06/04/2026")
    );
}

#[test]
fn a_month_without_that_day_ends_on_its_last_day() {
    // 31/01/2025 + 1 month = 28/02/2025, a Friday.
    assert_eq!(
        due("31/01/2025", 1, Unit::Month).due_date,
        date("28/02/2025")
    );
}

#[test]
fn v25_birth_duty_of_sixty_days() {
    assert_eq!(
        due("01/01/2026", 60, Unit::CalendarDay).due_date,
        date("02/03/2026")
    );
}

#[test]
fn v26_death_duty_of_fifteen_days() {
    assert_eq!(
        due("20/01/2026", 15, Unit::CalendarDay).due_date,
        date("04/02/2026")
    );
}

#[test]
fn v27_reset_counts_from_the_day_the_supplement_is_complete() {
    let five = Limit {
        amount: 5,
        unit: Unit::WorkingDay,
    };
    let first = due("02/03/2026", 5, Unit::WorkingDay);
    assert_eq!(first.due_date, date("09/03/2026"));
    let last = supplement_last_date(&NATIONAL, at("02/03/2026")).expect("a window");
    assert_eq!(last, date("05/03/2026"));
    let again = reset(&NATIONAL, at("10/03/2026"), five, Some(first.due_at)).expect("a date");
    assert_eq!(again.due_date, date("17/03/2026"));
}

#[test]
fn v27b_reset_and_resume_side_by_side() {
    let five = Limit {
        amount: 5,
        unit: Unit::WorkingDay,
    };
    let first = due("06/04/2026", 5, Unit::WorkingDay);
    assert_eq!(first.due_date, date("13/04/2026"));
    let (asked, complete) = (at("07/04/2026 10:00"), at("10/04/2026 15:00"));
    let again = reset(&NATIONAL, complete, five, Some(first.due_at)).expect("a date");
    assert_eq!(again.due_date, date("17/04/2026"));
    let on = resume(&NATIONAL, first.due_at, asked, complete, five).expect("a date");
    assert_eq!(on.due_date, date("16/04/2026"));
}

#[test]
fn v29_boundary_free_counts_from_the_competent_authority() {
    assert_eq!(working_days("06/03/2026 08:00", 3), date("11/03/2026"));
    assert_eq!(working_days("05/03/2026 16:00", 3), date("10/03/2026"));
}

#[test]
fn v30_the_apology_is_due_on_the_last_working_day_before() {
    let last = apology_latest_date(&NATIONAL, date("13/03/2026")).expect("a day");
    assert_eq!(last, date("12/03/2026"));
    let new = extended(&NATIONAL, date("13/03/2026"), 2).expect("a date");
    assert_eq!(new.due_date, date("17/03/2026"));
    // Due on a Monday: the letter at the latest on Friday.
    let monday = apology_latest_date(&NATIONAL, date("16/03/2026")).expect("a day");
    assert_eq!(monday, date("13/03/2026"));
}

#[test]
fn v31_a_swap_announced_late_moves_the_promise_forward() {
    let ten = Limit {
        amount: 10,
        unit: Unit::WorkingDay,
    };
    let start = at("18/12/2025");
    let before = Calendar::national_data()
        .expect("data")
        .known_on(date("24/12/2025"));
    let before = Calendar::new(before).expect("a calendar");
    let promised = compute(&before, start, ten).expect("a date");
    assert_eq!(promised.due_date, date("02/01/2026"));
    assert_eq!(
        compute(&NATIONAL, start, ten).expect("a date").due_date,
        date("05/01/2026")
    );
    for limit in [Some(ten), None] {
        let moved = after_calendar_change(&NATIONAL, start, limit, promised.due_at);
        assert_eq!(moved.expect("a date").due_date, date("05/01/2026"));
    }
}

#[test]
fn a_new_make_up_saturday_never_pulls_a_promise_earlier() {
    // Without the make-up Saturday 10/01/2026 one day from Friday 09/01 is Monday 12/01.
    let mut data = Calendar::national_data().expect("data");
    data.make_up_days.clear();
    let before = Calendar::new(data).expect("a calendar");
    let one = Limit {
        amount: 1,
        unit: Unit::WorkingDay,
    };
    let start = at("09/01/2026");
    let promised = compute(&before, start, one).expect("a date");
    assert_eq!(promised.due_date, date("12/01/2026"));
    let after = after_calendar_change(&NATIONAL, start, Some(one), promised.due_at);
    assert_eq!(after.expect("a date"), promised);
}

#[test]
fn v32_collecting_late_does_not_make_it_late() {
    let due_at = Some(at("13/03/2026 17:30"));
    let done = at("13/03/2026 17:40");
    assert_eq!(completed_timing(done, due_at, Basis::Date), Timing::OnTime);
}

#[test]
fn v33_early_and_overdue_go_by_date() {
    let due_at = Some(at("13/03/2026 17:30"));
    let class = |done| completed_timing(at(done), due_at, Basis::Date);
    assert_eq!(class("12/03/2026 17:30"), Timing::Early);
    assert_eq!(class("16/03/2026 07:30"), Timing::Overdue);
}

#[test]
fn hours_are_compared_by_the_moment() {
    let due_at = Some(at("10/03/2026 10:30"));
    let class = |done| completed_timing(at(done), due_at, Basis::of(Some(Unit::WorkingHour)));
    assert_eq!(class("10/03/2026 10:30"), Timing::OnTime);
    assert_eq!(class("10/03/2026 10:31"), Timing::Overdue);
    assert_eq!(class("09/03/2026 17:00"), Timing::Early);
}

#[test]
fn v34_contract_certification_in_two_days() {
    assert_eq!(working_days("09/03/2026", 2), date("11/03/2026"));
}

#[test]
fn v36_half_a_day_is_four_working_hours() {
    assert_eq!(
        due("09/03/2026 15:30", 1, Unit::HalfDay).due_at,
        at("10/03/2026 09:30")
    );
}

#[test]
fn one_and_a_half_days_are_a_day_and_four_hours_from_the_clock_time() {
    assert_eq!(
        due("09/03/2026 15:30", 3, Unit::HalfDay).due_at,
        at("11/03/2026 09:30")
    );
    // Two half days are one whole day: the end of the shift.
    assert_eq!(
        due("09/03/2026 15:30", 2, Unit::HalfDay).due_at,
        at("10/03/2026 17:30")
    );
}

#[test]
fn a_limit_of_zero_or_too_much_is_refused() {
    for (amount, unit) in [
        (0, Unit::WorkingDay),
        (10_000, Unit::CalendarDay),
        (2, Unit::SameDay),
        (0, Unit::SameDay),
    ] {
        let refusal = compute(&NATIONAL, at("09/03/2026"), Limit { amount, unit });
        assert_eq!(refusal.expect_err("refused").code, "limit_out_of_range");
    }
}

#[test]
fn nothing_is_promised_beyond_the_calendar() {
    for (start, amount) in [
        ("09/03/2026", 9_999),
        ("31/12/2027", 1),
        ("31/12/2023", 1),
        ("01/01/2030", 1),
    ] {
        let refusal = compute(
            &NATIONAL,
            at(start),
            Limit {
                amount,
                unit: Unit::WorkingDay,
            },
        );
        assert_eq!(
            refusal.expect_err("refused").code,
            "date_outside_calendar",
            "{start}"
        );
    }
}

#[test]
fn a_dossier_is_handed_over_the_same_day_or_next_morning() {
    for (received, expected) in [
        ("06/03/2026 09:00", "06/03/2026 17:30"),
        ("06/03/2026 15:00", "06/03/2026 17:30"),
        ("06/03/2026 15:00:01", "09/03/2026 07:30"),
        ("07/03/2026 08:00", "09/03/2026 07:30"),
    ] {
        let found = handover_due(&NATIONAL, at(received)).expect("a moment");
        assert_eq!(found, at(expected), "{received}");
    }
}

#[test]
fn what_is_left_is_counted_in_working_days_too() {
    let left = |now, due| remaining(&NATIONAL, at(now), at(due)).expect("within").days;
    let due = "11/03/2026 17:00";
    assert_eq!(left("06/03/2026 16:00", due), 3);
    assert_eq!(left("07/03/2026 16:00", due), 3);
    assert_eq!(left("11/03/2026 00:00", due), 0);
    assert_eq!(left("11/03/2026 23:59", due), 0);
    assert_eq!(left("12/03/2026 00:00", due), -1);
    assert_eq!(left("15/03/2026 12:00", due), -2);
}

#[test]
fn time_left_is_counted_in_working_minutes() {
    let left = |now, due| remaining_minutes(&NATIONAL, at(now), at(due)).expect("within");
    assert_eq!(left("06/03/2026 16:30", "09/03/2026 08:30"), 120);
    assert_eq!(left("09/03/2026 08:30", "06/03/2026 16:30"), -120);
}

#[test]
fn a_promise_is_soon_within_a_day_or_a_fifth() {
    let soon =
        |start, now, due| is_due_soon(&NATIONAL, at(start), at(now), at(due)).expect("within");
    assert!(!soon("02/03/2026", "05/03/2026 09:00", "09/03/2026 17:30"));
    assert!(soon("02/03/2026", "09/03/2026 07:30", "09/03/2026 17:30"));
    // The last working day before: one working day away.
    assert!(soon("02/03/2026", "06/03/2026 07:30", "09/03/2026 17:30"));
    assert!(!soon("02/03/2026", "10/03/2026 07:30", "09/03/2026 17:30"));
    // 20 working days: a fifth is four of them.
    assert!(soon("02/03/2026", "25/03/2026 09:00", "30/03/2026 17:30"));
}

#[test]
fn each_day_is_explained_by_name() {
    let three = Limit {
        amount: 3,
        unit: Unit::WorkingDay,
    };
    let days = explain(&NATIONAL, at("12/02/2026"), three).expect("an explanation");
    assert_eq!(days.len(), 13);
    let counted: Vec<NaiveDate> = days.iter().filter(|d| d.counted).map(|d| d.date).collect();
    assert_eq!(
        counted,
        [date("13/02/2026"), date("23/02/2026"), date("24/02/2026")]
    );
    let tet = days
        .iter()
        .find(|d| d.date == date("17/02/2026"))
        .expect("Tết");
    assert!(tet.text.vi.contains("Tết") && tet.text.vi.contains("Điều 112"));
    let swap = explain(&NATIONAL, at("31/12/2025"), three).expect("an explanation");
    assert!(swap.iter().any(|d| d.text.vi.contains("12729")));
}

#[test]
fn explained_hours_add_up() {
    let eight = Limit {
        amount: 8,
        unit: Unit::WorkingHour,
    };
    let days = explain(&NATIONAL, at("06/03/2026 16:45"), eight).expect("an explanation");
    let texts: Vec<&str> = days.iter().map(|d| d.text.vi.as_str()).collect();
    assert!(
        texts.first().is_some_and(|t| t.contains("45 phút")),
        "{texts:?}"
    );
    assert!(
        texts.last().is_some_and(|t| t.contains("7 giờ 15 phút")),
        "{texts:?}"
    );
    let half = Limit {
        amount: 3,
        unit: Unit::HalfDay,
    };
    let days = explain(&NATIONAL, at("09/03/2026 15:30"), half).expect("an explanation");
    let texts: Vec<&str> = days.iter().map(|d| d.text.vi.as_str()).collect();
    assert_eq!(days.len(), 3, "{texts:?}");
    assert!(
        texts
            .get(1)
            .is_some_and(|t| t.contains("ngày thứ 1") && t.contains("2 giờ")),
        "{texts:?}"
    );
    assert!(
        texts.get(2).is_some_and(|t| t.contains("2 giờ")),
        "{texts:?}"
    );
}
