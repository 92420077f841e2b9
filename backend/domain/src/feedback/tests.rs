use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::calendar::Calendar;

fn calendar() -> Calendar {
    Calendar::national_default().expect("the shipped calendar")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn case(kind: FeedbackKind, state: FeedbackState) -> FeedbackCase {
    FeedbackCase {
        kind,
        subject: FeedbackSubject::Procedure,
        state,
        accepted_on: None,
        remote: false,
        answer_due_on: None,
        prolonged: false,
    }
}

#[test]
fn first_steps_are_due_as_the_law_counts() {
    let (c, l) = (calendar(), Limits::shipped().expect("sound data"));
    for (kind, received, due) in [
        // Monday: five working days later, the first not counted.
        (FeedbackKind::Suggestion, "2026-03-02", "2026-03-09"),
        // Saturday: counting begins on Monday.
        (FeedbackKind::Suggestion, "2026-03-07", "2026-03-13"),
        // Before Tết 2026, Monday 16/2 to Friday 20/2 off.
        (FeedbackKind::Suggestion, "2026-02-12", "2026-02-26"),
        // The made-up Saturday 22/8 is a working day.
        (FeedbackKind::Suggestion, "2026-08-19", "2026-08-25"),
        // Ten calendar days: Thursday.
        (FeedbackKind::Complaint, "2026-03-02", "2026-03-12"),
        // Ten days end on a Saturday: the next Monday.
        (FeedbackKind::Complaint, "2026-03-04", "2026-03-16"),
        // Ten days end in Tết: the first working day after it.
        (FeedbackKind::Complaint, "2026-02-06", "2026-02-23"),
    ] {
        let found = forward_due_on(kind, &c, &l, day(received)).expect("within");
        assert_eq!(found, day(due), "{kind} of {received}");
    }
}

#[test]
fn a_complaint_is_resolved_in_30_45_or_60_days() {
    let (c, l) = (calendar(), Limits::shipped().expect("sound data"));
    let today = day("2026-03-02");
    for (remote, first, more) in [
        (false, "2026-04-01", "2026-04-16"),
        // 45 and 60 days: 16 April; 1 May is a holiday, 2 and 3 May the weekend.
        (true, "2026-04-16", "2026-05-04"),
    ] {
        let received = case(FeedbackKind::Complaint, FeedbackState::Received);
        let accepted = decide(&received, &Command::Accept { remote }, &c, &l, today).expect("yes");
        assert_eq!(accepted.answer_due_on, Some(day(first)), "{remote}");
        assert!(accepted.first_step_done && !accepted.prolonged);
        let held = FeedbackCase {
            state: accepted.state,
            accepted_on: accepted.accepted_on,
            remote: accepted.remote,
            answer_due_on: accepted.answer_due_on,
            ..received
        };
        let later = day("2026-03-20");
        let longer = decide(&held, &Command::Extend { until: None }, &c, &l, later).expect("once");
        // Counted from the day it was accepted, whenever it was prolonged.
        assert_eq!(longer.answer_due_on, Some(day(more)), "{remote}");
        assert!(longer.prolonged);
        let again = FeedbackCase {
            prolonged: true,
            answer_due_on: longer.answer_due_on,
            ..held
        };
        let no = decide(&again, &Command::Extend { until: None }, &c, &l, later).unwrap_err();
        assert_eq!(no.code, "feedback_prolonged_already");
    }
}

#[test]
fn each_kind_has_its_own_path() {
    use FeedbackAction as A;
    for (kind, state, allowed) in [
        (
            FeedbackKind::Suggestion,
            FeedbackState::Received,
            vec![A::Forward, A::Answer],
        ),
        (
            FeedbackKind::Suggestion,
            FeedbackState::Forwarded,
            vec![A::Forward, A::Answer],
        ),
        (
            FeedbackKind::Suggestion,
            FeedbackState::Answered,
            vec![A::Publish],
        ),
        (
            FeedbackKind::Complaint,
            FeedbackState::Received,
            vec![A::Accept, A::Decline],
        ),
        (
            FeedbackKind::Complaint,
            FeedbackState::Accepted,
            vec![A::Answer],
        ),
        (FeedbackKind::Complaint, FeedbackState::Answered, vec![]),
        (FeedbackKind::Complaint, FeedbackState::Declined, vec![]),
    ] {
        assert_eq!(case(kind, state).allowed(), allowed, "{kind} {state}");
    }
}

#[test]
fn what_falls_back_on_somebody_is_found_true_or_not() {
    let (c, l) = (calendar(), Limits::shipped().expect("sound data"));
    let today = day("2026-03-02");
    let answer = |subject, upheld| {
        let case = FeedbackCase {
            subject,
            ..case(FeedbackKind::Suggestion, FeedbackState::Received)
        };
        decide(&case, &Command::Answer { upheld }, &c, &l, today)
    };
    assert!(answer(FeedbackSubject::Procedure, None).is_ok());
    assert!(answer(FeedbackSubject::Attitude, Some(false)).is_ok());
    let no = answer(FeedbackSubject::Attitude, None).unwrap_err();
    assert_eq!(
        (no.code, no.errors[0].pointer.as_str()),
        ("validation_failed", "/upheld")
    );
}

#[test]
fn denunciations_go_their_own_way() {
    use DenunciationState as S;
    assert!(S::Received.may_become(S::Accepted).is_ok());
    assert!(S::Accepted.may_become(S::Concluded).is_ok());
    for (from, to) in [
        (S::Received, S::Concluded),
        (S::PassedOn, S::Accepted),
        (S::Concluded, S::Accepted),
    ] {
        assert_eq!(
            from.may_become(to).unwrap_err().code,
            "feedback_step_not_allowed"
        );
    }
}

#[test]
fn what_is_published_names_nobody() {
    let secrets = ["Nguyễn Văn An", "0912345678"];
    for text in [
        "Ông NGUYỄN VĂN AN đã hỏi",
        "ong nguyen van an",
        "gọi 0912 345 678",
        "gọi 0912.345.678",
    ] {
        assert!(names_somebody(text, secrets), "{text}");
    }
    assert!(!names_somebody(
        "Một công dân hỏi về lệ phí 8.000 đồng",
        secrets
    ));
    assert!(!names_somebody("bất kỳ điều gì", ["", " "]));
}

#[test]
fn secrets_are_read_however_they_are_typed() {
    let told = written_secret(&[0, 31, 32, 255, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(told, "2Z2Z-3456-789A");
    assert_eq!(normal_secret(" 2z2z 3456789a\n"), normal_secret(&told));
    assert_eq!(
        feedback_code("H26.14.100", FeedbackKind::Complaint, 2026, 7),
        "H26.14.100-KN26-0007"
    );
    assert!(denunciation_code(&[9; 8]).starts_with(DENUNCIATION_PREFIX));
}

fn any_case() -> impl Strategy<Value = FeedbackCase> {
    let date = || {
        proptest::option::of(
            (0i64..700).prop_map(|n| day("2025-01-01") + chrono::Duration::days(n)),
        )
    };
    (
        proptest::sample::select(FeedbackKind::ALL),
        proptest::sample::select(FeedbackSubject::ALL),
        proptest::sample::select(FeedbackState::ALL),
        date(),
        any::<bool>(),
        date(),
        any::<bool>(),
    )
        .prop_map(
            |(kind, subject, state, accepted_on, remote, answer_due_on, prolonged)| FeedbackCase {
                kind,
                subject,
                state,
                accepted_on,
                remote,
                answer_due_on,
                prolonged,
            },
        )
}

fn any_command() -> impl Strategy<Value = Command> {
    let date = || {
        proptest::option::of(
            (0i64..700).prop_map(|n| day("2025-01-01") + chrono::Duration::days(n)),
        )
    };
    prop_oneof![
        date().prop_map(|answer_by| Command::Forward { answer_by }),
        any::<bool>().prop_map(|remote| Command::Accept { remote }),
        Just(Command::Decline),
        date().prop_map(|until| Command::Extend { until }),
        any::<Option<bool>>().prop_map(|upheld| Command::Answer { upheld }),
        Just(Command::Publish),
    ]
}

proptest! {
    #[test]
    fn whatever_is_asked_has_an_answer_that_keeps_the_rules(
        case in any_case(), command in any_command(), n in 0i64..700,
    ) {
        let (c, l) = (calendar(), Limits::shipped().expect("sound data"));
        let today = day("2025-01-01") + chrono::Duration::days(n);
        match decide(&case, &command, &c, &l, today) {
            Ok(out) => {
                prop_assert!(case.allowed().contains(&command.action()));
                // More time is never taken by the way, and an ended case has nothing due.
                if out.answer_due_on > case.answer_due_on && case.answer_due_on.is_some()
                    && !matches!(command, Command::Accept { .. }) {
                    prop_assert!(out.prolonged);
                }
                if matches!(out.state, FeedbackState::Answered | FeedbackState::Declined) {
                    prop_assert_eq!(out.due_on, None);
                }
            }
            Err(no) => prop_assert!(
                ["feedback_step_not_allowed", "feedback_prolonged_already", "validation_failed"].contains(&no.code),
                "{}", no.code
            ),
        }
    }
}
