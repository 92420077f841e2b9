//! Decision, result and the other ends: T13, T16–T24.

use super::command::Collector;
use super::decide::{Context, Outcome};
use super::process::{close_pause, make_good, move_to, open_pause};
use super::snapshot::{Decision, Dossier};
use super::state::{
    DecisionOutcome, DeliveryMethod, DeliveryState, Desk, Form, PaperLocation, PauseKind, Relation,
    Role, State, SubState,
};
use super::transition::Transition;
use super::{guards, intake};
use crate::fee::FeeDue;
use crate::refusal::Refusal;

/// T10: the leader signs. An open hand-over ends with it.
pub(super) fn decide(
    mut d: Dossier,
    outcome: DecisionOutcome,
    reason: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::not_decided_yet(&d)?;
    guards::no_withdrawal(&d)?;
    if outcome == DecisionOutcome::Refuse && reason.is_none_or(|r| r.trim().is_empty()) {
        let (vi, en) = (
            "Từ chối giải quyết phải có văn bản nêu rõ lý do.",
            "To refuse after appraisal, a written reason is required.",
        );
        return Err(Refusal::new("reason_required", vi, en)
            .by_law("Nghị định 61/2018/NĐ-CP, Điều 19.8")
            .field("/reason", "required", vi, en));
    }
    d.decision = Some(Decision {
        outcome,
        decided_at: ctx.now,
    });
    d.open_handover = None;
    d.sub_state = Some(SubState::Decided);
    move_to(&mut d, Desk::Leader);
    Ok(Outcome::new(d, Transition::T10, "decided"))
}

/// T19, T20: the result is ready at the results desk; this moment decides early, on time, overdue.
/// In a correction (T23): the corrected result.
pub(super) fn results(
    mut d: Dossier,
    summary: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    let correcting = d.sub_state == Some(SubState::Correcting);
    if d.state != State::Processing && !correcting {
        return Err(guards::transition_not_allowed(d.state));
    }
    let Some(decision) = &d.decision else {
        return Err(Refusal::new(
            "not_decided",
            "Chưa có quyết định của lãnh đạo.",
            "A leader has not decided yet.",
        ));
    };
    let transition = match decision.outcome {
        DecisionOutcome::Grant => Transition::T19,
        DecisionOutcome::Refuse => Transition::T20,
    };
    guards::present(
        summary,
        "/summary",
        "summary_required",
        "Phải ghi trích yếu kết quả.",
        "The result needs a summary.",
    )?;
    if correcting {
        let transition = correction_row(d.state);
        d.sub_state = Some(SubState::Corrected);
        return Ok(Outcome::new(d, transition, "result_corrected"));
    }
    let before_result = d.fee_due.is_some_and(|due| due <= FeeDue::BeforeResult);
    if !d.rule.pay_on_collection || before_result {
        nothing_owed(&d)?;
    }
    d.state = State::Completed;
    d.sub_state = None;
    d.completed_at = Some(ctx.now);
    d.open_handover = None;
    d.apology_drafted = false;
    d.delivery = DeliveryState::Ready;
    move_to(&mut d, Desk::ResultsDesk);
    Ok(Outcome::new(d, transition, "completed"))
}

/// T21, T22: handed back, to a person who is named and entitled.
pub(super) fn hand_back(
    mut d: Dossier,
    collector: &Collector,
    method: DeliveryMethod,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    let remote = matches!(method, DeliveryMethod::Post | DeliveryMethod::Electronic);
    guards::need(ctx.is(Role::ResultsDesk) || remote, &[Role::ResultsDesk])?;
    if d.sub_state == Some(SubState::Correcting) {
        return Err(correction_open());
    }
    nothing_owed(&d)?;
    if collector.full_name.trim().is_empty() {
        let (vi, en) = (
            "Phải ghi họ tên người nhận kết quả.",
            "Whoever collects the result must be named.",
        );
        return Err(Refusal::new("collector_required", vi, en).field(
            "/collector/full_name",
            "required",
            vi,
            en,
        ));
    }
    let authorised = collector
        .authorisation
        .as_deref()
        .is_some_and(|a| !a.trim().is_empty());
    if collector.relation == Relation::Representative && !authorised {
        let (vi, en) = (
            "Người nhận thay phải có văn bản ủy quyền.",
            "A representative must bring a written authorisation.",
        );
        return Err(Refusal::new("authorisation_required", vi, en)
            .by_law("Nghị định 61/2018/NĐ-CP, Điều 6.2.b")
            .field("/collector/authorisation", "required", vi, en));
    }
    d.state = State::Returned;
    d.sub_state = None;
    d.returned_at = Some(ctx.now);
    d.open_handover = None;
    d.delivery = DeliveryState::Delivered;
    move_to(&mut d, Desk::Archive);
    let transition = if remote {
        Transition::T22
    } else {
        Transition::T21
    };
    Ok(Outcome::new(d, transition, "returned"))
}

/// Never a result with a mandatory fee unpaid, unless it is paid on collection.
pub(super) fn nothing_owed(d: &Dossier) -> Result<(), Refusal> {
    if d.payment.is_open() {
        return Err(Refusal::new(
            "payment_due",
            "Hồ sơ còn khoản phí, lệ phí chưa thanh toán.",
            "A fee has not been paid yet.",
        ));
    }
    Ok(())
}

/// T16: reception records the citizen's request, a leader confirms or declines it, or does both at
/// once; never after the decision is signed.
pub(super) fn withdraw(
    mut d: Dossier,
    reason: &str,
    declined: bool,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::not_decided_yet(&d)?;
    if declined {
        guards::need(ctx.is(Role::Leader), &[Role::Leader])?;
        guards::reason(reason)?;
        if !d.withdrawal_requested {
            return Err(Refusal::new(
                "no_withdrawal_request",
                "Không có đề nghị rút hồ sơ đang chờ.",
                "No request to withdraw is waiting.",
            ));
        }
        d.withdrawal_requested = false;
        let with_leader = d.desk == Desk::Leader
            || d.open_handover
                .as_ref()
                .is_some_and(|h| h.to_desk == Desk::Leader);
        d.sub_state = with_leader.then_some(SubState::AwaitingSignature);
        return Ok(Outcome::new(d, Transition::T16, "withdrawal_declined"));
    }
    if !d.withdrawal_requested {
        guards::reason(reason)?;
    }
    if !ctx.is(Role::Leader) {
        guards::no_withdrawal(&d)?;
        d.withdrawal_requested = true;
        d.sub_state = Some(SubState::WithdrawalRequested);
        return Ok(Outcome::new(d, Transition::T16, "withdrawal_requested"));
    }
    d.withdrawal_requested = false;
    end(&mut d, State::Withdrawn, ctx);
    Ok(Outcome::new(d, Transition::T16, "withdrawn"))
}

/// T13: the supplement did not come in time. T17: a leader stops it on a legal ground. Form 05.
pub(super) fn stop(
    mut d: Dossier,
    reason: &str,
    legal_ground: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::reason(reason)?;
    let late = d.state == State::SupplementRequested && intake::reply_is_late(&d, ctx);
    let transition = if late {
        Transition::T13
    } else {
        // What has not lapsed is nobody's to stop but a person's.
        guards::need(
            ctx.is_any(&[Role::Handler, Role::Leader]),
            &[Role::Handler, Role::Leader],
        )?;
        if d.state == State::SupplementRequested && !ctx.is(Role::Leader) {
            return Err(intake::supplement_still_open(&d));
        }
        guards::need(ctx.is(Role::Leader), &[Role::Leader])?;
        guards::not_decided_yet(&d)?;
        ground(legal_ground)?;
        Transition::T17
    };
    end(&mut d, State::Stopped, ctx);
    Ok(Outcome::new(d, transition, "stopped").with(Form::F05))
}

/// T17, the kind that can be resumed: the clock stops. Form 05.
pub(super) fn hold(
    mut d: Dossier,
    reason: &str,
    legal_ground: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::not_decided_yet(&d)?;
    guards::reason(reason)?;
    ground(legal_ground)?;
    d.state = State::OnHold;
    d.sub_state = None;
    d.open_handover = None;
    d.supplement_due_on = None;
    d.withdrawal_requested = false;
    move_to(&mut d, Desk::Leader);
    open_pause(&mut d, PauseKind::Hold, reason, ctx);
    Ok(Outcome::new(d, Transition::T17, "held").with(Form::F05))
}

/// T18: goes on; the time held is made good, no more.
pub(super) fn go_on(mut d: Dossier, reason: &str, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    guards::reason(reason)?;
    make_good(&mut d, ctx)?;
    close_pause(&mut d, ctx);
    d.state = State::Processing;
    move_to(&mut d, Desk::Handler);
    Ok(Outcome::new(d, Transition::T18, "resumed"))
}

/// T24: another authority is competent.
pub(super) fn transfer(
    mut d: Dossier,
    to: &str,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::not_decided_yet(&d)?;
    guards::no_withdrawal(&d)?;
    guards::reason(reason)?;
    guards::present(
        to,
        "/to",
        "authority_required",
        "Phải nêu cơ quan có thẩm quyền tiếp nhận.",
        "The competent authority must be named.",
    )?;
    end(&mut d, State::Transferred, ctx);
    if d.paper != PaperLocation::None {
        d.paper = PaperLocation::OtherAuthority;
    }
    Ok(Outcome::new(d, Transition::T24, "transferred"))
}

/// The row of a correction: T23 once the result was handed back; before that it is the compensating
/// action that T26 leaves when a step can no longer be taken back.
const fn correction_row(state: State) -> Transition {
    match state {
        State::Returned => Transition::T23,
        _ => Transition::T26,
    }
}

/// T23, T26: a result was wrong; the authority puts it right at its own cost (R18). When it was first
/// ready stays: what was late does not become timely, nor the other way round.
pub(super) fn correct(mut d: Dossier, reason: &str) -> Result<Outcome, Refusal> {
    guards::reason(reason)?;
    if d.sub_state == Some(SubState::Correcting) {
        return Err(correction_open());
    }
    guards::no_open_handover(&d)?;
    let transition = correction_row(d.state);
    d.sub_state = Some(SubState::Correcting);
    Ok(Outcome::new(d, transition, "correction_opened"))
}

fn correction_open() -> Refusal {
    Refusal::new(
        "correction_open",
        "Kết quả đang được đính chính.",
        "The result is being corrected.",
    )
}

/// An end without a result: the clock stops for good, originals wait at the reception.
fn end(d: &mut Dossier, state: State, ctx: &Context<'_>) {
    close_pause(d, ctx);
    d.state = state;
    d.sub_state = None;
    d.desk = Desk::Archive;
    d.open_handover = None;
    d.supplement_due_on = None;
    d.withdrawal_requested = false;
    d.apology_drafted = false;
    d.ended_at = Some(ctx.now);
    if d.paper != PaperLocation::None {
        d.paper = PaperLocation::Reception;
    }
}

/// A legal ground in words.
fn ground(legal_ground: Option<&str>) -> Result<(), Refusal> {
    guards::present(
        legal_ground.unwrap_or_default(),
        "/legal_ground",
        "legal_ground_required",
        "Phải nêu căn cứ pháp lý.",
        "The legal ground must be stated.",
    )
}
