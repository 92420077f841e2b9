//! What happens when everyone does as they should.

use super::*;
use crate::deadline::WatchRules;
use crate::deadline::tests::date;

#[test]
fn a_dossier_goes_from_the_counter_through_four_hands_to_hand_back() {
    let mut s = Story::begin(Channel::Counter, days(3), "06/03/2026 09:15");
    s.ok(RECEPTION, accept());
    assert_eq!(
        (s.transition(), s.papers()),
        (Transition::T4, &[Form::F01][..])
    );
    assert_eq!(
        (s.dossier.state, s.dossier.desk),
        (State::Accepted, Desk::Reception)
    );
    assert_eq!(due_on(&s), Some(date("11/03/2026")));
    assert_eq!(s.dossier.paper, PaperLocation::Reception);

    s.ok(RECEPTION, give(Desk::Handler));
    assert_eq!(s.dossier.state, State::Accepted);
    assert_eq!(s.dossier.paper, PaperLocation::InTransit);
    s.when("06/03/2026 10:00").ok(HANDLER, take());
    assert_eq!(s.transition(), Transition::T9);
    assert_eq!(
        (s.dossier.state, s.dossier.desk),
        (State::Processing, Desk::Handler)
    );

    s.when("09/03/2026 10:00").ok(HANDLER, give(Desk::Leader));
    assert_eq!(s.dossier.sub_state, Some(SubState::AwaitingSignature));
    // Acknowledging is the leader's choice: signing receives it as well.
    s.when("10/03/2026 10:00").ok(LEADER, grant());
    assert_eq!(s.dossier.sub_state, Some(SubState::Decided));
    assert_eq!(
        (s.dossier.open_handover.is_none(), s.dossier.desk),
        (true, Desk::Leader)
    );

    s.when("10/03/2026 14:00").ok(HANDLER, result());
    assert_eq!(s.transition(), Transition::T19);
    assert_eq!(
        (s.dossier.state, s.dossier.desk),
        (State::Completed, Desk::ResultsDesk)
    );
    assert_eq!(
        s.dossier.timing(s.now, WatchRules::default()),
        Some(Timing::Early)
    );

    s.when("20/03/2026 08:00")
        .ok(RESULTS, collect(Relation::Owner, None));
    assert_eq!(s.transition(), Transition::T21);
    assert_eq!(
        (s.dossier.state, s.dossier.national_status()),
        (State::Returned, 10)
    );
    assert_eq!(
        s.dossier.timing(s.now, WatchRules::default()),
        Some(Timing::Early),
        "collecting late changes nothing"
    );
}

#[test]
fn a_leader_may_acknowledge_and_give_back_unsigned() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.ok(HANDLER, give(Desk::Leader)).ok(LEADER, take());
    assert_eq!(
        (s.dossier.desk, s.dossier.sub_state),
        (Desk::Leader, Some(SubState::AwaitingSignature))
    );
    s.ok(LEADER, give(Desk::Handler)).ok(HANDLER, take());
    assert_eq!((s.dossier.desk, s.dossier.sub_state), (Desk::Handler, None));
    s.ok(HANDLER, give(Desk::Leader));
    s.ok(
        LEADER,
        Command::Acknowledge {
            accepted: false,
            reason: Some("Sai tên".into()),
        },
    );
    assert_eq!((s.dossier.desk, s.dossier.sub_state), (Desk::Handler, None));
    assert!(s.dossier.open_handover.is_none());
}

#[test]
fn a_handler_may_send_back_what_is_not_theirs() {
    let mut s = Story::accepted(3, "06/03/2026 09:15");
    s.ok(RECEPTION, give(Desk::Handler));
    s.ok(
        HANDLER,
        Command::Acknowledge {
            accepted: false,
            reason: Some("Không đúng lĩnh vực".into()),
        },
    );
    assert_eq!(
        (s.dossier.state, s.dossier.desk),
        (State::Accepted, Desk::Reception)
    );
    assert_eq!(s.dossier.competent_received_at, None);
    s.ok(RECEPTION, give(Desk::Handler)).ok(HANDLER, take());
    assert_eq!(s.dossier.state, State::Processing);
}

#[test]
fn reception_may_pass_it_to_a_colleague() {
    let mut s = Story::accepted(3, "06/03/2026 09:15");
    s.ok(RECEPTION, give(Desk::Reception)).ok(RECEPTION, take());
    assert_eq!(
        (s.dossier.state, s.dossier.desk),
        (State::Accepted, Desk::Reception)
    );
}

#[test]
fn a_leader_may_decide_without_having_been_asked() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.ok(LEADER, grant()).ok(LEADER, result());
    assert_eq!(s.dossier.state, State::Completed);
}

#[test]
fn a_refusal_after_appraisal_is_a_result() {
    let mut s = Story::processing(3, "06/03/2026 09:15");
    s.ok(
        LEADER,
        Command::Decide {
            outcome: DecisionOutcome::Refuse,
            reason: Some("Không đủ điều kiện".into()),
        },
    );
    s.ok(HANDLER, result());
    assert_eq!(
        (s.transition(), s.dossier.state),
        (Transition::T20, State::Completed)
    );
    s.ok(
        RESULTS,
        collect(Relation::Representative, Some("Giấy ủy quyền 01/2026")),
    );
    assert_eq!(s.dossier.state, State::Returned);
}

#[test]
fn online_filings_wait_for_an_answer_and_have_no_promise_yet() {
    let mut s = Story::begin(Channel::Online, days(3), "06/03/2026 16:45");
    assert_eq!(s.code(RECEPTION, accept()), "transition_not_allowed");
    s.ok(CITIZEN, Command::Submit);
    assert_eq!(
        (s.dossier.state, s.dossier.national_status()),
        (State::Submitted, 1)
    );
    assert_eq!(s.dossier.intake_reply_due_at, Some(at("09/03/2026 16:45")));
    assert_eq!((s.dossier.due_at, s.dossier.accepted_at), (None, None));

    s.when("09/03/2026 08:00").ok(RECEPTION, ask());
    assert_eq!(
        (s.transition(), s.papers()),
        (Transition::T5, &[Form::F02][..])
    );
    assert_eq!(
        (s.dossier.state, s.dossier.national_status()),
        (State::IntakeSupplementRequested, 5)
    );
    assert!(
        s.dossier.pauses.is_empty(),
        "no clock runs before acceptance"
    );
    s.when("10/03/2026 10:30").ok(CITIZEN, Command::Supplement);
    assert_eq!(s.dossier.intake_reply_due_at, Some(at("11/03/2026 10:30")));
    assert_eq!(s.code(RECEPTION, ask()), "supplement_already_used");
    s.when("11/03/2026 08:00").ok(RECEPTION, accept());
    assert_eq!(
        (s.transition(), due_on(&s)),
        (Transition::T3, Some(date("16/03/2026")))
    );
    // The appraisal supplement has its own once.
    s.ok(RECEPTION, give(Desk::Handler))
        .ok(HANDLER, take())
        .ok(HANDLER, ask());
    assert_eq!(s.dossier.state, State::SupplementRequested);
}

#[test]
fn a_filing_may_be_refused_with_its_reason() {
    let refuse = || Command::Refuse {
        reason_code: "not_competent".into(),
        reason: "Không thuộc thẩm quyền".into(),
    };
    let mut s = Story::begin(Channel::Kiosk, days(3), "06/03/2026 09:00");
    s.ok(SYSTEM, Command::Submit);
    assert_eq!(s.code(SYSTEM, refuse()), "role_not_allowed");
    s.ok(RECEPTION, refuse());
    assert_eq!(
        (s.transition(), s.papers()),
        (Transition::T7, &[Form::F03][..])
    );
    assert_eq!(s.dossier.national_status(), 3);

    let mut s = Story::begin(Channel::Online, days(3), "06/03/2026 09:00");
    s.ok(CITIZEN, Command::Submit).ok(RECEPTION, ask());
    s.when("05/04/2026 09:00");
    assert_eq!(
        s.code(SYSTEM, refuse()),
        "role_not_allowed",
        "the last day is still theirs"
    );
    s.when("06/04/2026 00:00").ok(SYSTEM, refuse());
    assert_eq!(s.transition(), Transition::T8);
}

#[test]
fn a_withdrawal_is_asked_for_and_confirmed() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(RECEPTION, withdraw("Đổi ý"));
    assert_eq!(
        (s.dossier.state, s.dossier.sub_state),
        (State::Processing, Some(SubState::WithdrawalRequested))
    );
    assert_eq!(s.code(LEADER, grant()), "withdrawal_pending");
    s.ok(LEADER, withdraw(""));
    assert_eq!(
        (s.transition(), s.dossier.state, s.dossier.desk),
        (Transition::T16, State::Withdrawn, Desk::Archive)
    );
    assert_eq!(
        s.dossier.timing(at("20/03/2026"), WatchRules::default()),
        None,
        "withdrawn is not overdue"
    );
}

#[test]
fn a_leader_may_withdraw_at_once_or_decline() {
    let mut s = Story::accepted(5, "02/03/2026 09:00");
    s.ok(LEADER, withdraw("Công dân có đơn"));
    assert_eq!(s.dossier.state, State::Withdrawn);

    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(RECEPTION, withdraw("Đổi ý"));
    s.ok(
        LEADER,
        Command::Withdraw {
            reason: "Công dân rút đơn".into(),
            declined: true,
        },
    );
    assert_eq!(
        (
            s.dossier.state,
            s.dossier.withdrawal_requested,
            s.dossier.sub_state
        ),
        (State::Processing, false, None)
    );
    s.ok(LEADER, grant());
}

#[test]
fn what_is_not_supplied_in_time_is_stopped_with_form_05() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(HANDLER, ask());
    assert_eq!(s.code(HANDLER, stop()), "supplement_window_open");
    s.when("02/04/2026 09:00").ok(HANDLER, stop());
    assert_eq!(
        (s.transition(), s.papers(), s.dossier.state),
        (Transition::T13, &[Form::F05][..], State::Stopped)
    );
    assert!(s.dossier.pauses.iter().all(|p| p.to.is_some()));
}

#[test]
fn a_leader_stops_on_a_legal_ground() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(LEADER, stop_by_law());
    assert_eq!(
        (s.transition(), s.dossier.national_status()),
        (Transition::T17, 8)
    );
}

#[test]
fn another_authority_s_dossier_is_transferred() {
    let mut s = Story::accepted(5, "02/03/2026 09:00");
    s.ok(
        RECEPTION,
        Command::Transfer {
            to: "Sở Tư pháp".into(),
            reason: "Thuộc thẩm quyền cấp tỉnh".into(),
        },
    );
    assert_eq!(
        (s.transition(), s.dossier.state, s.dossier.paper),
        (
            Transition::T24,
            State::Transferred,
            PaperLocation::OtherAuthority
        )
    );
}

#[test]
fn an_error_in_a_returned_result_is_corrected() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(LEADER, grant())
        .ok(HANDLER, result())
        .ok(RESULTS, collect(Relation::Owner, None));
    let done = s.dossier.completed_at;
    assert_eq!(s.code(HANDLER, result()), "transition_not_allowed");
    s.when("10/03/2026 09:00").ok(
        LEADER,
        Command::Correct {
            reason: "Sai ngày sinh".into(),
        },
    );
    s.ok(HANDLER, result());
    assert_eq!(
        (s.transition(), s.dossier.sub_state),
        (Transition::T23, Some(SubState::Corrected))
    );
    assert_eq!(
        (s.dossier.state, s.dossier.completed_at),
        (State::Returned, done)
    );
}

#[test]
fn a_slip_of_the_hand_is_undone_within_minutes() {
    let mut s = Story::accepted(5, "02/03/2026 09:00");
    let before = s.dossier.clone();
    s.ok(RECEPTION, give(Desk::Handler));
    let undo = |synchronised| Command::Undo {
        previous: Box::new(before.clone()),
        done_at: at("02/03/2026 09:00"),
        synchronised,
    };
    s.when("02/03/2026 09:05");
    assert_eq!(s.code(LEADER, undo(true)), "undo_synchronised");
    let late = Story {
        now: at("02/03/2026 09:06"),
        dossier: s.dossier.clone(),
        last: None,
    };
    assert_eq!(late.code(LEADER, undo(false)), "undo_window_passed");
    s.ok(LEADER, undo(false));
    assert_eq!(s.dossier, before);
    // What left a paper behind stays.
    s.when("02/03/2026 09:00");
    let draft = Dossier::draft(Channel::Counter, days(5));
    let erase = Command::Undo {
        previous: Box::new(draft),
        done_at: s.now,
        synchronised: false,
    };
    assert_eq!(s.code(LEADER, erase), "undo_not_possible");
}

#[test]
fn on_the_spot_is_all_steps_at_once_without_form_01() {
    let rule = Rule {
        on_the_spot: true,
        limit: Some(Limit {
            amount: 1,
            unit: Unit::SameDay,
        }),
        ..Rule::default()
    };
    let draft = Dossier::draft(Channel::Counter, rule);
    let now = at("06/03/2026 09:00");
    let mut spot = OnTheSpot {
        signer_is_leader: true,
        summary: "Chứng thực bản sao".into(),
        result_number: Some("15".into()),
        collector: Collector {
            full_name: "Trần Thị Bình".into(),
            relation: Relation::Owner,
            authorisation: None,
        },
    };
    let ctx = Context::new(RECEPTION, now, &NATIONAL);
    let steps = on_the_spot(&draft, &spot, Vec::new(), &ctx).expect("allowed");
    let rows: Vec<Transition> = steps.iter().map(|s| s.transition).collect();
    assert_eq!(
        rows,
        [
            Transition::T4,
            Transition::T9,
            Transition::T10,
            Transition::T19,
            Transition::T21
        ]
    );
    assert!(steps.iter().all(|s| s.papers.is_empty()));
    let end = &steps.last().expect("steps").dossier;
    assert_eq!(
        (end.state, end.timing(now, WatchRules::default())),
        (State::Returned, Some(Timing::OnTime))
    );

    assert_eq!(
        on_the_spot(
            &draft,
            &spot,
            Vec::new(),
            &Context::new(HANDLER, now, &NATIONAL)
        )
        .expect_err("refused")
        .code,
        "role_not_allowed"
    );
    spot.signer_is_leader = false;
    assert_eq!(
        on_the_spot(&draft, &spot, Vec::new(), &ctx)
            .expect_err("refused")
            .code,
        "signer_not_leader"
    );
    let slow = Dossier::draft(Channel::Counter, days(3));
    assert_eq!(
        on_the_spot(&slow, &spot, Vec::new(), &ctx)
            .expect_err("refused")
            .code,
        "on_the_spot_not_allowed"
    );
}

#[test]
fn results_go_by_post_or_electronically_when_delivery_is_confirmed() {
    let mut s = Story::processing(5, "02/03/2026 09:00");
    s.ok(LEADER, grant()).ok(HANDLER, result());
    let sent = |method| Command::Return {
        collector: Collector {
            full_name: "Nguyễn Văn An".into(),
            relation: Relation::Owner,
            authorisation: None,
        },
        method,
        tracking_number: Some("EA473124829VN".into()),
    };
    assert_eq!(
        s.code(SYSTEM, sent(DeliveryMethod::Counter)),
        "role_not_allowed"
    );
    s.ok(SYSTEM, sent(DeliveryMethod::Post));
    assert_eq!(
        (s.transition(), s.dossier.delivery),
        (Transition::T22, DeliveryState::Delivered)
    );
}
