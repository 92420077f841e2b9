//! What is refused, with which code, and that the refusal names its law.

use super::*;
use crate::fee::FeeDue;

#[test]
fn a_state_that_does_not_permit_it_names_what_it_does_permit() {
    let s = Story::accepted(3, "06/03/2026 09:15");
    let refusal = s.refused(RECEPTION, accept());
    assert_eq!(refusal.code, "transition_not_allowed");
    let (_, names) = refusal
        .extra
        .iter()
        .find(|(k, _)| *k == "allowed_actions")
        .expect("the list");
    assert_eq!(
        *names,
        serde_json::json!(["handovers", "withdrawals", "transfers"])
    );
}

#[test]
fn only_the_right_roles_may_act() {
    let s = Story::processing(3, "06/03/2026 09:15");
    for (roles, command) in [
        (HANDLER, grant()),
        (RECEPTION, grant()),
        (&[Role::Admin][..], grant()),
        (&[Role::Director][..], grant()),
        (&[Role::Inspector][..], give(Desk::Leader)),
        (RECEPTION, result()),
        (HANDLER, collect(Relation::Owner, None)),
        (RECEPTION, ask()),
        (HANDLER, withdraw("Đổi ý")),
        (HANDLER, extend("17/03/2026")),
        (&[][..], accept()),
    ] {
        assert_eq!(
            s.code(roles, command.clone()),
            "role_not_allowed",
            "{command:?}"
        );
    }
    assert_eq!(s.code(HANDLER, stop_by_law()), "role_not_allowed");
}

#[test]
fn missing_components_are_named() {
    let s = Story::begin(Channel::Counter, days(3), "06/03/2026 09:15");
    let refusal = s.refused(
        RECEPTION,
        Command::Accept {
            missing_components: vec!["Tờ khai".into()],
        },
    );
    assert_eq!(refusal.code, "components_missing");
    assert!(refusal.detail.vi.contains("Tờ khai") && refusal.legal_source.is_some());
}

#[test]
fn the_desk_that_has_it_hands_it_over() {
    let mut s = Story::accepted(3, "06/03/2026 09:15");
    assert_eq!(s.code(HANDLER, give(Desk::Handler)), "not_at_your_desk");
    assert_eq!(s.code(RECEPTION, give(Desk::Leader)), "handover_route");
    assert_eq!(s.code(HANDLER, take()), "no_open_handover");
    s.ok(RECEPTION, give(Desk::Handler));
    assert_eq!(s.code(RECEPTION, give(Desk::Handler)), "handover_open");
    assert_eq!(s.code(RECEPTION, take()), "handover_not_to_you");
    assert_eq!(
        s.code(
            HANDLER,
            Command::Acknowledge {
                accepted: false,
                reason: None
            }
        ),
        "reason_required"
    );
}

#[test]
fn a_hand_over_to_a_person_is_theirs_alone_until_a_leader_re_routes_it() {
    let mut s = Story::accepted(3, "06/03/2026 09:15");
    s.ok(
        RECEPTION,
        Command::HandOver {
            to: Desk::Handler,
            to_user: Some("u1".into()),
        },
    );
    let by = |id| decide(&s.dossier, &take(), &s.context(HANDLER).by(id)).map(|o| o.dossier.state);
    assert_eq!(by("u2").expect_err("refused").code, "handover_not_to_you");
    assert_eq!(s.code(HANDLER, take()), "handover_not_to_you");
    assert_eq!(by("u1").expect("theirs"), State::Processing);
    s.ok(LEADER, give(Desk::Handler)).ok(HANDLER, take());
}

#[test]
fn nothing_is_done_between_giving_and_receiving() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.ok(HANDLER, give(Desk::Leader));
    assert_eq!(s.code(HANDLER, ask()), "handover_open");
    assert_eq!(s.code(HANDLER, Command::Claim), "handover_open");
}

#[test]
fn a_decision_is_signed_once_and_comes_before_the_result() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    assert_eq!(s.code(HANDLER, result()), "not_decided");
    let refuse = Command::Decide {
        outcome: DecisionOutcome::Refuse,
        reason: Some("  ".into()),
    };
    let refusal = s.refused(LEADER, refuse);
    assert_eq!(
        (
            refusal.code,
            refusal.errors.first().map(|e| e.pointer.as_str())
        ),
        ("reason_required", Some("/reason"))
    );
    assert!(refusal.legal_source.is_some_and(|l| l.contains("19.8")));
    s.ok(LEADER, grant());
    for (roles, command) in [
        (LEADER, grant()),
        (RECEPTION, withdraw("Đổi ý")),
        (HANDLER, ask()),
        (LEADER, stop_by_law()),
        (LEADER, give(Desk::Leader)),
    ] {
        assert_eq!(
            s.code(roles, command.clone()),
            "already_decided",
            "{command:?}"
        );
    }
    // Back to the handler, who records the result.
    s.ok(LEADER, give(Desk::Handler));
    assert_eq!(s.dossier.sub_state, Some(SubState::Decided));
}

#[test]
fn a_supplement_is_asked_for_within_three_working_days() {
    let mut s = Story::processing(10, "02/03/2026 09:00");
    s.when("05/03/2026 23:59");
    decide(&s.dossier, &ask(), &s.context(HANDLER)).expect("the third working day is in time");
    s.when("06/03/2026 07:30");
    let refusal = s.refused(HANDLER, ask());
    assert_eq!(refusal.code, "supplement_window_passed");
    assert!(refusal.legal_source.is_some_and(|l| l.contains("19.4")));
    assert_eq!(
        s.code(HANDLER, ask_by_law()),
        "supplement_window_passed",
        "a handler has no exception"
    );
    assert_eq!(
        s.code(LEADER, ask()),
        "supplement_window_passed",
        "a leader needs the legal basis"
    );
    s.ok(LEADER, ask_by_law());
    let empty = Command::RequestSupplement {
        items: vec![],
        reason: "Thiếu".into(),
        legal_exception: None,
    };
    let fresh = Story::processing(10, "02/03/2026 09:00");
    assert_eq!(fresh.code(HANDLER, empty), "items_required");
}

#[test]
fn an_apology_comes_a_day_before_and_later_than_the_promise() {
    let mut s = Story::processing(3, "10/03/2026 09:00");
    assert_eq!(s.code(LEADER, extend("13/03/2026")), "extension_not_later");
    assert_eq!(
        s.code(LEADER, extend("14/03/2026")),
        "extension_not_working_day"
    );
    s.when("13/03/2026 08:00");
    let refusal = s.refused(LEADER, extend("17/03/2026"));
    assert_eq!(refusal.code, "extension_too_late");
    assert!(refusal.detail.vi.contains("12/03/2026") && refusal.legal_source.is_some());
    let endless = Story {
        dossier: Dossier {
            due_at: None,
            ..s.dossier.clone()
        },
        now: s.now,
        last: None,
    };
    assert_eq!(endless.code(LEADER, extend("17/03/2026")), "no_due_date");
}

#[test]
fn a_representative_brings_an_authorisation() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.ok(LEADER, grant()).ok(HANDLER, result());
    let refusal = s.refused(RESULTS, collect(Relation::Representative, None));
    assert_eq!(
        (refusal.code, refusal.errors[0].pointer.as_str()),
        ("authorisation_required", "/collector/authorisation")
    );
    let nameless = Command::Return {
        collector: Collector {
            full_name: " ".into(),
            relation: Relation::Owner,
            authorisation: None,
        },
        method: DeliveryMethod::Counter,
        tracking_number: None,
    };
    assert_eq!(s.code(RESULTS, nameless), "collector_required");
}

#[test]
fn no_result_with_a_mandatory_fee_unpaid() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    assert_eq!(
        s.code(CASHIER, Command::SettlePayment(Settlement::Paid)),
        "payment_not_due"
    );
    s.ok(LEADER, grant());
    s.dossier.payment = PaymentState::Due;
    assert_eq!(s.code(HANDLER, result()), "payment_due");
    s.dossier.rule.pay_on_collection = true;
    s.ok(HANDLER, result());
    assert_eq!(
        s.code(RESULTS, collect(Relation::Owner, None)),
        "payment_due"
    );
    s.ok(CASHIER, Command::SettlePayment(Settlement::Exempt))
        .ok(RESULTS, collect(Relation::Owner, None));
}

#[test]
fn fees_hold_up_the_step_they_are_due_before_and_no_earlier_one() {
    let owing = |due: FeeDue| {
        let mut s = Story::begin(
            Channel::Counter,
            Rule {
                pay_on_collection: true,
                ..days(3)
            },
            "06/03/2026 09:15",
        );
        s.ok(RECEPTION, accept());
        (s.dossier.payment, s.dossier.fee_due) = (PaymentState::Due, Some(due));
        s
    };
    let pay = || Command::SettlePayment(Settlement::Paid);

    let mut s = owing(FeeDue::BeforeHandling);
    assert_eq!(s.code(RECEPTION, give(Desk::Handler)), "payment_due");
    s.ok(CASHIER, pay()).ok(RECEPTION, give(Desk::Handler));
    assert_eq!(
        (s.dossier.payment, s.dossier.fee_due),
        (PaymentState::Paid, None)
    );

    let mut s = owing(FeeDue::BeforeResult);
    s.ok(RECEPTION, give(Desk::Handler)).ok(HANDLER, take());
    s.ok(LEADER, grant());
    assert_eq!(s.code(HANDLER, result()), "payment_due");
    s.ok(CASHIER, pay()).ok(HANDLER, result());

    let mut s = owing(FeeDue::AtCollection);
    s.ok(RECEPTION, give(Desk::Handler)).ok(HANDLER, take());
    s.ok(LEADER, grant()).ok(HANDLER, result());
    assert_eq!(
        s.code(RESULTS, collect(Relation::Owner, None)),
        "payment_due"
    );
    s.ok(CASHIER, pay())
        .ok(RESULTS, collect(Relation::Owner, None));
}

#[test]
fn what_a_handler_asks_for_is_settled_apart_from_the_fees() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    (s.dossier.payment, s.dossier.fee_due) = (PaymentState::Due, Some(FeeDue::AtCollection));
    s.ok(
        HANDLER,
        Command::RequirePayment {
            amount_vnd: 500_000,
            reason: "Lệ phí trước bạ".into(),
        },
    );
    s.ok(CASHIER, Command::SettlePayment(Settlement::Paid));
    assert_eq!(s.dossier.state, State::Processing);
    assert_eq!(s.dossier.payment, PaymentState::Due);
    s.ok(CASHIER, Command::SettlePayment(Settlement::Paid));
    assert_eq!(s.dossier.payment, PaymentState::Paid);
}

#[test]
fn what_ends_without_a_result_owes_nothing_that_was_not_paid() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    (s.dossier.payment, s.dossier.fee_due) = (PaymentState::Due, Some(FeeDue::AtCollection));
    s.ok(LEADER, stop_by_law());
    assert_eq!(
        (s.dossier.payment, s.dossier.fee_due),
        (PaymentState::Cancelled, None)
    );
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.dossier.payment = PaymentState::Paid;
    s.ok(LEADER, stop_by_law());
    assert_eq!(s.dossier.payment, PaymentState::Paid);
}

#[test]
fn a_screen_can_ask_what_is_allowed_and_why_not() {
    let s = Story::processing(3, "06/03/2026 09:15");
    let list = allowed(&s.dossier, &s.context(HANDLER));
    assert_eq!(list.len(), Action::ALL.len() - 1);
    let names: Vec<&str> = list
        .iter()
        .filter(|(_, r)| r.is_ok())
        .map(|(a, _)| a.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "supplement-requests",
            "handovers",
            "claims",
            "consultations",
            "payment-requests",
            "apologies"
        ]
    );
    let why = |name: Action| {
        list.iter()
            .find(|(a, _)| *a == name)
            .and_then(|(_, r)| r.as_ref().err())
            .map(|r| r.code)
    };
    assert_eq!(why(Action::Results), Some("not_decided"));
    assert_eq!(why(Action::Decide), Some("role_not_allowed"));
    assert_eq!(why(Action::Accept), Some("role_not_allowed"));
}

#[test]
fn the_words_of_the_contract_are_kept() {
    let states: Vec<&str> = State::ALL.iter().map(|s| s.as_str()).collect();
    assert_eq!(
        states,
        [
            "draft",
            "submitted",
            "intake_supplement_requested",
            "accepted",
            "refused_at_intake",
            "processing",
            "supplement_requested",
            "payment_required",
            "on_hold",
            "withdrawn",
            "stopped",
            "transferred",
            "completed",
            "returned",
        ]
    );
    for state in State::ALL {
        assert!((1..=10).contains(&state.national_status()));
        assert_eq!(State::parse(state.as_str()), Some(*state));
        let json = serde_json::to_value(state).expect("json");
        assert_eq!(json, serde_json::json!(state.as_str()));
    }
    for action in [
        "acceptances",
        "refusals",
        "supplement-requests",
        "supplements",
        "handovers",
        "acknowledgements",
        "claims",
        "consultations",
        "decisions",
        "results",
        "extensions",
        "holds",
        "resumptions",
        "withdrawals",
        "stops",
        "transfers",
        "corrections",
        "returns",
        "payments",
    ] {
        assert!(Action::parse(action).is_some(), "{action}");
    }
    let s = Story::processing(3, "06/03/2026 09:15");
    let json = serde_json::to_string(&s.dossier).expect("json");
    assert_eq!(
        serde_json::from_str::<Dossier>(&json).expect("a dossier"),
        s.dossier
    );
}
