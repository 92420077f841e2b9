//! Inside the process: hand-over, consultation, supplement, payment: T9–T12, T14, T15.

use super::command::Settlement;
use super::decide::{Context, Outcome};
use super::ending::nothing_owed;
use super::snapshot::{Dossier, OpenHandover, Pause};
use super::state::{
    Desk, Form, PaperLocation, PauseKind, PaymentState, Role, State, SubState, SupplementMode,
};
use super::transition::Transition;
use super::{guards, intake, lease};
use crate::deadline::{reset, resume, supplement_last_date};
use crate::fee::FeeDue;
use crate::refusal::Refusal;
use crate::vn_time::{format_date, local_date};

/// T9, T10: gives the dossier to a desk; it is theirs once they acknowledge.
pub(super) fn hand_over(
    mut d: Dossier,
    to: Desk,
    to_user: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    // A leader may re-route what nobody has taken; whoever gave it must wait for the answer.
    if !ctx.is(Role::Leader) {
        guards::no_open_handover(&d)?;
        let here = d.desk.role();
        if !here.is_some_and(|role| ctx.is(role)) {
            return Err(not_at_your_desk(d.desk));
        }
    }
    if to == Desk::Leader {
        guards::not_decided_yet(&d)?;
    }
    if !route_exists(d.state, d.desk, to) {
        return Err(Refusal::new(
            "handover_route",
            format!(
                "Không bàn giao từ {} cho {} ở trạng thái “{}”.",
                guards::desk_vi(d.desk),
                guards::desk_vi(to),
                d.state.label_vi()
            ),
            format!(
                "There is no hand-over from {} to {} while “{}”.",
                guards::desk_en(d.desk),
                guards::desk_en(to),
                d.state.label_en()
            ),
        )
        .field(
            "/to",
            "handover_route",
            "Không thể giao cho bộ phận này.",
            "Not a desk it can go to.",
        ));
    }
    if d.state == State::Accepted && d.fee_due == Some(FeeDue::BeforeHandling) {
        nothing_owed(&d)?;
    }
    d.open_handover = Some(OpenHandover {
        from_desk: d.desk,
        to_desk: to,
        to_user: to_user.map(str::to_owned),
    });
    if d.paper != PaperLocation::None {
        d.paper = PaperLocation::InTransit;
    }
    d.sub_state = match (d.sub_state, to) {
        (Some(SubState::Decided), _) => Some(SubState::Decided),
        (Some(SubState::WithdrawalRequested), _) => Some(SubState::WithdrawalRequested),
        (_, Desk::Leader) => Some(SubState::AwaitingSignature),
        (Some(SubState::AwaitingSignature), _) => None,
        (sub, _) => sub,
    };
    let transition = if d.state == State::Accepted && to == Desk::Handler {
        Transition::T9
    } else {
        Transition::T10
    };
    Ok(Outcome::new(d, transition, "handed_over"))
}

/// Which desk may give to which, by state.
const fn route_exists(state: State, from: Desk, to: Desk) -> bool {
    use Desk::{Handler, Leader, Reception, ResultsDesk};
    match state {
        State::Accepted => matches!((from, to), (Reception, Handler | Reception)),
        State::Processing => matches!((from, to), (Handler | Leader, Handler | Leader)),
        State::Completed => {
            matches!(
                (from, to),
                (Reception | ResultsDesk, Reception | ResultsDesk)
            )
        }
        _ => false,
    }
}

fn not_at_your_desk(desk: Desk) -> Refusal {
    Refusal::new(
        "not_at_your_desk",
        format!("Hồ sơ đang ở {}.", guards::desk_vi(desk)),
        format!("The dossier is with the {}.", guards::desk_en(desk)),
    )
}

/// T9, T10: received, or sent back to the giver with a reason.
pub(super) fn acknowledge(
    mut d: Dossier,
    accepted: bool,
    reason: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    let Some(open) = d.open_handover.take() else {
        return Err(Refusal::new(
            "no_open_handover",
            "Không có bàn giao nào đang chờ xác nhận.",
            "No hand-over waits to be acknowledged.",
        ));
    };
    let role = open.to_desk.role();
    let named = open
        .to_user
        .as_deref()
        .is_none_or(|user| ctx.actor_id == Some(user));
    if !role.is_some_and(|r| ctx.is(r)) || !named {
        return Err(Refusal::new(
            "handover_not_to_you",
            format!(
                "Hồ sơ được bàn giao cho {} khác.",
                guards::desk_vi(open.to_desk)
            ),
            format!(
                "It was handed to the {}, and not to you.",
                guards::desk_en(open.to_desk)
            ),
        ));
    }
    if !accepted {
        guards::reason(reason.unwrap_or_default())?;
        if d.sub_state == Some(SubState::AwaitingSignature) {
            d.sub_state = None;
        }
        move_to(&mut d, open.from_desk);
        return Ok(Outcome::new(d, Transition::T10, "handover_declined"));
    }
    move_to(&mut d, open.to_desk);
    if d.state == State::Accepted && open.to_desk == Desk::Handler {
        let received = *d.competent_received_at.get_or_insert(ctx.now);
        // Start = the later of acceptance and receipt by the competent authority.
        let start = d.accepted_at.map_or(received, |a| a.max(received));
        intake::start_clock(&mut d, start, ctx)?;
        d.state = State::Processing;
        return Ok(Outcome::new(d, Transition::T9, "acknowledged"));
    }
    Ok(Outcome::new(d, Transition::T10, "acknowledged"))
}

/// The dossier, and its paper if there is any, is now with this desk.
pub(super) fn move_to(d: &mut Dossier, desk: Desk) {
    d.desk = desk;
    if d.paper != PaperLocation::None {
        d.paper = desk.into();
    }
}

/// T10: a handler takes it upon themselves.
/// At reception, a submitted dossier is taken to be answered.
pub(super) fn claim(d: Dossier, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    let who = lease::claimant(d.state);
    guards::need(ctx.is(who), &[who])?;
    guards::no_open_handover(&d)?;
    if d.state != State::Submitted && d.desk != Desk::Handler {
        return Err(not_at_your_desk(d.desk));
    }
    Ok(Outcome::new(d, Transition::T10, "claimed"))
}

/// T10: another body is asked; the clock runs on (R11).
pub(super) fn consult(mut d: Dossier, body: &str) -> Result<Outcome, Refusal> {
    free_to_work(&d)?;
    if d.sub_state == Some(SubState::AwaitingConsultation) {
        return Err(Refusal::new(
            "consultation_open",
            "Đang chờ ý kiến trả lời của lần lấy ý kiến trước.",
            "The opinion asked for before is still waited for.",
        ));
    }
    guards::present(
        body,
        "/body",
        "body_required",
        "Phải nêu cơ quan được lấy ý kiến.",
        "The body asked must be named.",
    )?;
    d.sub_state = Some(SubState::AwaitingConsultation);
    Ok(Outcome::new(d, Transition::T10, "consultation_requested"))
}

/// T10: the opinion is here.
pub(super) fn answer_consultation(mut d: Dossier) -> Result<Outcome, Refusal> {
    if d.sub_state != Some(SubState::AwaitingConsultation) {
        return Err(Refusal::new(
            "no_open_consultation",
            "Không có ý kiến nào đang chờ trả lời.",
            "No opinion is being waited for.",
        ));
    }
    d.sub_state = None;
    Ok(Outcome::new(d, Transition::T10, "consultation_answered"))
}

/// T10: the next step of the internal workflow, where the desk stays the same. What goes to another desk
/// is handed over, and begins that desk's step with it.
pub(super) fn advance(d: Dossier, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    free_to_work(&d)?;
    if !d.desk.role().is_some_and(|role| ctx.is(role)) {
        return Err(not_at_your_desk(d.desk));
    }
    if !d.next_step_here {
        return Err(Refusal::new(
            "no_further_step",
            "Không còn bước nào của quy trình nội bộ tại bộ phận này; hãy bàn giao hồ sơ cho bộ phận tiếp theo.",
            "The internal workflow has no further step at this desk; hand the dossier over.",
        ));
    }
    Ok(Outcome::new(d, Transition::T10, "step_begun"))
}

/// Nothing is between two desks, decided or about to be withdrawn.
fn free_to_work(d: &Dossier) -> Result<(), Refusal> {
    guards::not_decided_yet(d)?;
    guards::no_withdrawal(d)?;
    guards::no_open_handover(d)
}

/// T11: not eligible as it stands; asked for within three working days of reception and once, or by
/// a leader with the legal basis of the exception (R10).
pub(super) fn request_supplement(
    mut d: Dossier,
    items: &[String],
    reason: &str,
    legal_exception: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::need(
        ctx.is_any(&[Role::Handler, Role::Leader]),
        &[Role::Handler, Role::Leader],
    )?;
    free_to_work(&d)?;
    intake::check_items(items)?;
    guards::reason(reason)?;
    let excepted = ctx.is(Role::Leader) && legal_exception.is_some_and(|l| !l.trim().is_empty());
    if !excepted {
        if d.appraisal_supplements > 0 {
            return Err(intake::already_used().by_law(
                "Nghị định 61/2018/NĐ-CP, Điều 11.2.c; Nghị định 118/2025/NĐ-CP, Điều 17.2.a",
            ));
        }
        if let Some(received) = d.received_for_appraisal_at() {
            let last = supplement_last_date(ctx.calendar, received)?;
            if local_date(ctx.now) > last {
                return Err(window_passed(&format_date(last)));
            }
        }
    }
    d.state = State::SupplementRequested;
    d.sub_state = None;
    d.desk = Desk::Citizen;
    d.appraisal_supplements += 1;
    d.supplement_due_on = Some(intake::reply_by(ctx));
    open_pause(&mut d, PauseKind::Supplement, reason, ctx);
    Ok(Outcome::new(d, Transition::T11, "supplement_requested").with(Form::F02))
}

fn window_passed(last: &str) -> Refusal {
    Refusal::new(
        "supplement_window_passed",
        format!("Chỉ được yêu cầu bổ sung trong 03 ngày làm việc kể từ khi tiếp nhận (đến hết {last}); sau đó phải do lãnh đạo quyết định, có căn cứ pháp lý."),
        format!("A supplement may be asked for within 3 working days of reception (until {last}); later only by a leader, with a legal basis."),
    )
    .by_law("Nghị định 61/2018/NĐ-CP, Điều 19.4")
}

/// T12: complete; the limit starts over or goes on, as the procedure says.
pub(super) fn supplement(mut d: Dossier, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    guards::need(ctx.is(Role::Reception), &[Role::Reception])?;
    guards::no_withdrawal(&d)?;
    match (d.rule.supplement_mode, d.rule.limit, d.due_at) {
        (SupplementMode::Reset, Some(limit), promised) => {
            d.due_at = Some(reset(ctx.calendar, ctx.now, limit, promised)?.due_at);
            d.clock_started_at = Some(ctx.now);
        }
        (SupplementMode::Resume, Some(_), Some(_)) => make_good(&mut d, ctx)?,
        _ => {}
    }
    close_pause(&mut d, ctx);
    d.state = State::Processing;
    d.sub_state = Some(SubState::SupplementReceived);
    d.supplement_due_on = None;
    d.desk = Desk::Handler;
    Ok(Outcome::new(d, Transition::T12, "supplemented"))
}

/// T14: the amount is known and asked for; the clock stops.
pub(super) fn require_payment(
    mut d: Dossier,
    amount_vnd: i64,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    free_to_work(&d)?;
    guards::reason(reason)?;
    if amount_vnd <= 0 {
        let (vi, en) = ("Số tiền phải lớn hơn 0.", "The amount must be more than 0.");
        return Err(Refusal::new("amount_out_of_range", vi, en).field(
            "/amount_vnd",
            "amount_out_of_range",
            vi,
            en,
        ));
    }
    d.state = State::PaymentRequired;
    d.sub_state = None;
    d.desk = Desk::Citizen;
    d.payment = PaymentState::Pending;
    open_pause(&mut d, PauseKind::Payment, reason, ctx);
    Ok(Outcome::new(d, Transition::T14, "payment_requested"))
}

/// T15: settled. Where the dossier waited for it, it goes on and the time waited is made good;
/// elsewhere only the money's side changes.
pub(super) fn settle_payment(
    mut d: Dossier,
    settlement: Settlement,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    if d.state == State::PaymentRequired {
        make_good(&mut d, ctx)?;
        close_pause(&mut d, ctx);
        d.state = State::Processing;
        d.desk = Desk::Handler;
        if d.fee_due.is_some() {
            // What was asked for while it was handled is settled; its fees are still to be paid.
            d.payment = PaymentState::Due;
            return Ok(Outcome::new(d, Transition::T15, "payment_settled"));
        }
    } else if !d.payment.is_open() {
        return Err(Refusal::new(
            "payment_not_due",
            "Hồ sơ không có khoản nào đang chờ thanh toán.",
            "Nothing is waiting to be paid.",
        ));
    }
    d.payment = match settlement {
        Settlement::Paid => PaymentState::Paid,
        Settlement::Exempt => PaymentState::Exempt,
    };
    d.fee_due = None;
    Ok(Outcome::new(d, Transition::T15, "payment_settled"))
}

/// The clock stops.
pub(super) fn open_pause(d: &mut Dossier, kind: PauseKind, reason: &str, ctx: &Context<'_>) {
    close_pause(d, ctx);
    d.pauses.push(Pause {
        from: ctx.now,
        to: None,
        kind,
        reason: reason.trim().to_owned(),
    });
}

/// The clock runs again, or the dossier has ended.
pub(super) fn close_pause(d: &mut Dossier, ctx: &Context<'_>) {
    if let Some(pause) = d.pauses.last_mut()
        && pause.to.is_none()
    {
        pause.to = Some(ctx.now);
    }
}

/// Moves the due date by the time waited: since the start of the unbroken chain of pauses, or since
/// the last apology if that came later, for the new date was promised knowing of the wait.
pub(super) fn make_good(d: &mut Dossier, ctx: &Context<'_>) -> Result<(), Refusal> {
    let (Some(limit), Some(promised)) = (d.rule.limit, d.due_at) else {
        return Ok(());
    };
    let mut pauses = d.pauses.iter().rev();
    let Some(mut since) = pauses.next().filter(|p| p.to.is_none()).map(|p| p.from) else {
        return Ok(());
    };
    for earlier in pauses {
        if earlier.to != Some(since) {
            break;
        }
        since = earlier.from;
    }
    let since = d.reappointed_at.map_or(since, |r| r.max(since));
    d.due_at = Some(resume(ctx.calendar, promised, since, ctx.now, limit)?.due_at);
    Ok(())
}
