//! What a dossier is watched for, held against the rules read the other way round: not from when until
//! when, but whether now.

use super::{NATIONAL, at, date};
use crate::deadline::*;
use crate::dossier::{State, SubState};
use crate::vn_time::local_date;
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;

fn running(due: &str) -> Facts {
    Facts {
        state: State::Processing,
        sub_state: None,
        intake_reply_due_at: None,
        handover_due_at: None,
        given_at: None,
        step_due_at: None,
        opinion_due_on: None,
        supplement_due_on: None,
        paused_since: None,
        clock_started_at: Some(at("02/03/2026 09:00")),
        due_at: Some(at(due)),
        unit: Some(Unit::WorkingDay),
        reappointments: 0,
    }
}

fn lists(facts: &Facts, now: &str) -> Vec<Concern> {
    let found = watch(facts, &NATIONAL, WatchRules::default()).expect("within the calendar");
    let now = at(now);
    found
        .into_iter()
        .filter(|w| w.holds(now))
        .map(|w| w.concern)
        .collect()
}

#[test]
fn v30_the_apology_is_asked_for_from_two_working_days_before_until_the_last_day_it_is_in_time() {
    use Concern::*;
    // Due Friday 13 March: the letter at the latest on Thursday 12.
    let d = running("13/03/2026 17:30");
    assert_eq!(lists(&d, "10/03/2026 23:59:59"), []);
    assert_eq!(lists(&d, "11/03/2026 00:00:00"), [ApologyDue]);
    assert_eq!(lists(&d, "12/03/2026 09:00"), [DueSoon, ApologyDue]);
    assert_eq!(lists(&d, "13/03/2026 09:00"), [DueToday, DueSoon]);
    assert_eq!(lists(&d, "13/03/2026 18:00"), [DueToday]);
    assert_eq!(lists(&d, "14/03/2026 00:00:00"), [Overdue, ApologyMissing]);
    let told = Facts {
        reappointments: 1,
        ..d
    };
    assert_eq!(lists(&told, "12/03/2026 09:00"), [DueSoon]);
    assert_eq!(lists(&told, "16/03/2026 09:00"), [Overdue]);
}

#[test]
fn a_limit_shorter_than_the_warning_never_asks_for_an_apology_in_the_past() {
    let d = Facts {
        clock_started_at: Some(at("13/03/2026 09:00")),
        ..running("13/03/2026 17:30")
    };
    let found = watch(&d, &NATIONAL, WatchRules::default()).expect("within the calendar");
    assert!(found.iter().all(|w| w.concern != Concern::ApologyDue));
    assert!(found.iter().all(|w| w.from >= at("13/03/2026 09:00")));
}

#[test]
fn hours_are_kept_by_the_moment_unless_the_centre_says_by_the_date() {
    let d = Facts {
        unit: Some(Unit::WorkingHour),
        ..running("13/03/2026 10:30")
    };
    let late = at("13/03/2026 10:30:01");
    let by = |rules: WatchRules| {
        let found = watch(&d, &NATIONAL, rules).expect("within the calendar");
        found
            .iter()
            .any(|w| w.concern == Concern::Overdue && w.holds(late))
    };
    assert!(by(WatchRules::default()));
    assert!(!by(WatchRules {
        hours_by_moment: false,
        ..WatchRules::default()
    }));
}

#[test]
fn a_stopped_clock_is_watched_for_standing_still_and_for_nothing_else() {
    let d = Facts {
        state: State::SupplementRequested,
        paused_since: Some(at("02/03/2026 10:00")),
        supplement_due_on: Some(date("01/04/2026")),
        ..running("05/03/2026 17:30")
    };
    assert_eq!(lists(&d, "20/03/2026 10:00"), []);
    assert_eq!(lists(&d, "27/03/2026 00:00"), [Concern::SupplementLapsing]);
    assert_eq!(
        lists(&d, "01/04/2026 23:59:59"),
        [Concern::PausedTooLong, Concern::SupplementLapsing]
    );
    assert_eq!(
        lists(&d, "02/04/2026 00:00:00"),
        [Concern::PausedTooLong, Concern::SupplementLapsed]
    );
}

#[test]
fn hand_overs_follow_three_o_clock_both_for_giving_and_for_taking() {
    let accepted = Facts {
        state: State::Accepted,
        handover_due_at: Some(at("02/03/2026 17:30")),
        ..running("05/03/2026 17:30")
    };
    assert!(!lists(&accepted, "02/03/2026 17:30").contains(&Concern::NotHandedOver));
    assert!(lists(&accepted, "02/03/2026 17:30:01").contains(&Concern::NotHandedOver));
    let given = Facts {
        given_at: Some(at("02/03/2026 15:01")),
        ..accepted
    };
    assert!(!lists(&given, "03/03/2026 07:30").contains(&Concern::NotAcknowledged));
    assert!(lists(&given, "03/03/2026 07:30:01").contains(&Concern::NotAcknowledged));
    assert!(!lists(&given, "03/03/2026 09:00").contains(&Concern::NotHandedOver));
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..500 * 86_400).prop_map(|s| at("01/01/2025 00:00") + TimeDelta::seconds(s))
}

fn facts() -> impl Strategy<Value = Facts> {
    let maybe = || proptest::option::of(instant());
    let words = (
        proptest::sample::select(State::ALL),
        proptest::option::of(proptest::sample::select(SubState::ALL)),
        proptest::option::of(proptest::sample::select(Unit::ALL)),
        0_u32..2,
    );
    (
        words,
        (
            maybe(),
            maybe(),
            maybe(),
            maybe(),
            maybe(),
            maybe(),
            maybe(),
            maybe(),
        ),
        instant(),
    )
        .prop_map(|((state, sub_state, unit, reappointments), t, started)| {
            let due = t.6.map(|due| due.max(started));
            Facts {
                state,
                sub_state,
                intake_reply_due_at: t.0,
                handover_due_at: t.1,
                given_at: t.2,
                step_due_at: t.7,
                opinion_due_on: t.3.map(local_date),
                supplement_due_on: t.4.map(local_date),
                paused_since: t.5,
                clock_started_at: Some(started),
                due_at: due.and_then(|due| {
                    Due::on(
                        &NATIONAL,
                        NATIONAL.working_on_or_after(local_date(due)).ok()?,
                    )
                    .ok()
                    .map(|d| d.due_at)
                }),
                unit,
                reappointments,
            }
        })
}

/// Whether a dossier belongs into a list at an instant, day by day and without a table.
fn belongs(f: &Facts, concern: Concern, now: DateTime<Utc>) -> bool {
    let today = local_date(now);
    let rest = |d| !NATIONAL.is_working(d).expect("within");
    let working_days_to = |due: chrono::NaiveDate| {
        today
            .iter_days()
            .skip(1)
            .take_while(|d| *d <= due)
            .filter(|d| !rest(*d))
            .count()
    };
    let running = f.state.clock_runs() && f.due_at.is_some();
    let due_at = f.due_at.unwrap_or(now);
    let due = local_date(due_at);
    let started = f.clock_started_at.is_none_or(|s| s <= now);
    let late = running
        && match f.unit {
            Some(Unit::WorkingHour) => now > due_at,
            _ => today > due,
        };
    match concern {
        Concern::Unanswered => {
            f.state == State::Submitted && f.intake_reply_due_at.is_some_and(|by| now > by)
        }
        Concern::NotHandedOver => {
            f.state == State::Accepted
                && f.given_at.is_none()
                && f.handover_due_at.is_some_and(|by| now > by)
        }
        Concern::NotAcknowledged => f
            .given_at
            .is_some_and(|g| now > handover_due(&NATIONAL, g).expect("within")),
        Concern::StepLate => {
            matches!(f.state, State::Accepted | State::Processing)
                && f.step_due_at.is_some_and(|by| now > by)
        }
        Concern::OpinionLate => {
            f.sub_state == Some(SubState::AwaitingConsultation)
                && f.opinion_due_on.is_some_and(|by| today > by)
        }
        Concern::DueToday => running && started && !late && today == due,
        Concern::DueSoon => {
            running
                && started
                && !late
                && is_due_soon(&NATIONAL, f.clock_started_at.unwrap_or(now), now, due_at)
                    .expect("within")
        }
        Concern::Overdue => late,
        Concern::ApologyDue => {
            // The last working day before the date is the last for the letter; on a rest day after it, it
            // is too late.
            let left = working_days_to(due);
            running
                && started
                && f.reappointments == 0
                && today < due
                && left <= 2
                && !(rest(today) && left == 1)
        }
        Concern::ApologyMissing => late && f.reappointments == 0,
        Concern::PausedTooLong => {
            f.state.is_paused()
                && f.paused_since
                    .is_some_and(|s| now - s >= TimeDelta::days(30))
        }
        Concern::SupplementLapsing | Concern::SupplementLapsed => {
            let waits = matches!(
                f.state,
                State::IntakeSupplementRequested | State::SupplementRequested
            );
            waits
                && f.supplement_due_on.is_some_and(|last| {
                    if concern == Concern::SupplementLapsed {
                        today > last
                    } else {
                        today <= last && today >= last - Days::new(5)
                    }
                })
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_list_holds_exactly_what_belongs_into_it(f in facts(), now in instant()) {
        let found = watch(&f, &NATIONAL, WatchRules::default()).expect("within the calendar");
        for concern in Concern::ALL {
            let listed = found.iter().any(|w| w.concern == *concern && w.holds(now));
            prop_assert_eq!(listed, belongs(&f, *concern, now), "{} at {}", concern, now);
        }
        let mut seen = Vec::new();
        for w in &found {
            prop_assert!(w.until.is_none_or(|end| w.from < end));
            prop_assert!(!seen.contains(&w.concern));
            seen.push(w.concern);
        }
    }
}
