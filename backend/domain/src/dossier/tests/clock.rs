//! The clock of a dossier: what starts, stops, restarts and moves it.

use super::*;
use crate::deadline::WatchRules;
use crate::deadline::tests::date;

#[test]
fn v27_a_supplement_stops_the_clock_and_starts_it_over() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    assert_eq!(due_on(&s), Some(date("09/03/2026")));
    s.when("04/03/2026 10:00").ok(HANDLER, ask());
    assert_eq!(
        (s.transition(), s.papers()),
        (Transition::T11, &[Form::F02][..])
    );
    assert_eq!(
        s.dossier.timing(at("20/03/2026"), WatchRules::default()),
        Some(Timing::Paused)
    );
    s.when("10/03/2026 09:00")
        .ok(RECEPTION, Command::Supplement);
    assert_eq!(due_on(&s), Some(date("17/03/2026")));
    assert_eq!(
        s.dossier.due_at_original.map(local_date),
        Some(date("09/03/2026"))
    );
    assert_eq!(s.dossier.sub_state, Some(SubState::SupplementReceived));
    let pause = s.dossier.pauses.first().expect("a pause");
    assert_eq!(
        (pause.from, pause.to),
        (at("04/03/2026 10:00"), Some(at("10/03/2026 09:00")))
    );
    assert_eq!(s.code(HANDLER, ask()), "supplement_already_used");
    s.ok(LEADER, ask_by_law());
}

#[test]
fn v27b_resume_moves_the_promise_by_the_days_waited() {
    for (mode, expected) in [
        (SupplementMode::Reset, "17/04/2026"),
        (SupplementMode::Resume, "16/04/2026"),
    ] {
        let rule = Rule {
            supplement_mode: mode,
            ..days(5)
        };
        let mut s = Story::begin(Channel::Counter, rule, "06/04/2026 09:00");
        s.ok(RECEPTION, accept())
            .ok(RECEPTION, give(Desk::Handler))
            .ok(HANDLER, take());
        s.when("07/04/2026 10:00").ok(HANDLER, ask());
        s.when("10/04/2026 10:00")
            .ok(RECEPTION, Command::Supplement);
        assert_eq!(due_on(&s), Some(date(expected)), "{mode}");
    }
}

#[test]
fn v29_a_boundary_free_clock_starts_with_the_competent_authority() {
    let rule = Rule {
        boundary_free: true,
        ..days(3)
    };
    let mut s = Story::begin(Channel::Counter, rule, "05/03/2026 16:00");
    s.ok(RECEPTION, accept());
    assert_eq!((s.dossier.due_at, s.dossier.due_at_original), (None, None));
    s.ok(RECEPTION, give(Desk::Handler));
    s.when("06/03/2026 08:00").ok(HANDLER, take());
    assert_eq!(due_on(&s), Some(date("11/03/2026")));
    assert_eq!(
        s.dossier.competent_received_at,
        Some(at("06/03/2026 08:00"))
    );
    // Re-routing inside never starts it again.
    s.when("10/03/2026 08:00")
        .ok(HANDLER, give(Desk::Handler))
        .ok(HANDLER, take());
    assert_eq!(due_on(&s), Some(date("11/03/2026")));
    assert_eq!(
        s.dossier.competent_received_at,
        Some(at("06/03/2026 08:00"))
    );
}

#[test]
fn v30_an_apology_moves_the_promise_once() {
    let mut s = Story::processing(3, "10/03/2026 09:00");
    assert_eq!(due_on(&s), Some(date("13/03/2026")));
    s.when("12/03/2026 17:00").ok(LEADER, extend("17/03/2026"));
    assert_eq!(
        (s.transition(), s.papers()),
        (Transition::T25, &[Form::F04][..])
    );
    assert_eq!(due_on(&s), Some(date("17/03/2026")));
    assert_eq!(
        s.code(LEADER, extend("19/03/2026")),
        "extension_already_used"
    );
    s.ok(LEADER, grant())
        .when("16/03/2026 09:00")
        .ok(HANDLER, result());
    assert_eq!(
        s.dossier.timing(s.now, WatchRules::default()),
        Some(Timing::Early)
    );
    assert_eq!(
        s.dossier
            .timing_against_original(s.now, WatchRules::default()),
        Some(Timing::Overdue)
    );
}

#[test]
fn payment_stops_the_clock_and_the_wait_is_made_good() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.when("03/03/2026 09:00").ok(
        HANDLER,
        Command::RequirePayment {
            amount_vnd: 50_000,
            reason: "Lệ phí".into(),
        },
    );
    assert_eq!(
        (s.transition(), s.dossier.national_status()),
        (Transition::T14, 6)
    );
    s.when("05/03/2026 09:00")
        .ok(CASHIER, Command::SettlePayment(Settlement::Paid));
    assert_eq!(
        (s.transition(), s.dossier.state),
        (Transition::T15, State::Processing)
    );
    assert_eq!(due_on(&s), Some(date("11/03/2026")));
    assert_eq!(s.dossier.payment, PaymentState::Paid);
}

#[test]
fn a_hold_is_resumed_and_its_days_are_made_good() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.when("03/03/2026 09:00").ok(HANDLER, ask());
    let hold = Command::Hold {
        reason: "Có tranh chấp".into(),
        legal_ground: Some("Luật, Điều 3".into()),
    };
    s.when("04/03/2026 09:00").ok(LEADER, hold);
    assert_eq!(
        (s.transition(), s.papers(), s.dossier.national_status()),
        (Transition::T17, &[Form::F05][..], 8)
    );
    s.when("06/03/2026 09:00").ok(
        LEADER,
        Command::Resume {
            reason: "Hết tranh chấp".into(),
        },
    );
    assert_eq!(
        (s.transition(), s.dossier.state),
        (Transition::T18, State::Processing)
    );
    // 4, 5 and 6 March were waited for: the supplement's day and the hold's two.
    assert_eq!(due_on(&s), Some(date("12/03/2026")));
}

#[test]
fn an_apology_given_while_waiting_is_not_added_to_the_wait() {
    let rule = Rule {
        supplement_mode: SupplementMode::Resume,
        ..days(10)
    };
    let mut s = Story::begin(Channel::Counter, rule, "02/03/2026 09:00");
    s.ok(RECEPTION, accept())
        .ok(RECEPTION, give(Desk::Handler))
        .ok(HANDLER, take());
    s.when("03/03/2026 09:00").ok(HANDLER, ask());
    s.when("09/03/2026 09:00").ok(LEADER, extend("20/03/2026"));
    s.when("11/03/2026 09:00")
        .ok(RECEPTION, Command::Supplement);
    assert_eq!(
        due_on(&s),
        Some(date("24/03/2026")),
        "two days after the apology, not six"
    );
}

#[test]
fn consultation_does_not_stop_the_clock() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    let due = s.dossier.due_at;
    s.ok(
        HANDLER,
        Command::Consult {
            body: "Công an phường".into(),
            reply_due_on: None,
        },
    );
    assert_eq!(s.dossier.sub_state, Some(SubState::AwaitingConsultation));
    s.when("10/03/2026 09:00");
    assert_eq!(
        s.dossier.timing(s.now, WatchRules::default()),
        Some(Timing::Overdue)
    );
    s.ok(HANDLER, Command::AnswerConsultation);
    assert_eq!((s.dossier.due_at, s.dossier.sub_state), (due, None));
}
