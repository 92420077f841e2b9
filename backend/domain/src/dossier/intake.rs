//! From filing to acceptance: T2–T8.

use super::decide::{Context, Outcome};
use super::guards;
use super::snapshot::Dossier;
use super::state::{Desk, Form, PaperLocation, Role, State};
use super::transition::Transition;
use crate::deadline::{compute, intake_reply_due};
use crate::refusal::Refusal;
use crate::vn_time::{format_date, local_date};
use chrono::{DateTime, Days, NaiveDate, Utc};

/// T2: filed, the 8 working hours for an answer begin (Decree 45/2020 Art 11).
pub(super) fn submit(mut d: Dossier, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    d.intake_reply_due_at = Some(intake_reply_due(ctx.calendar, ctx.now)?);
    d.state = State::Submitted;
    d.desk = Desk::Reception;
    d.submitted_at = Some(ctx.now);
    d.paper = paper_at_reception(&d);
    Ok(Outcome::new(d, Transition::T2, "submitted"))
}

/// T3, T4: accepted complete; form 01 with its promise. The clock starts here, unless the
/// competent authority is elsewhere (Decree 118/2025 Art 17.3).
pub(super) fn accept(
    mut d: Dossier,
    missing: &[String],
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    let transition = match d.state {
        State::Submitted => Transition::T3,
        // What comes online or from a kiosk is filed first and answered afterwards.
        _ if d.channel.is_face_to_face() => Transition::T4,
        state => return Err(guards::transition_not_allowed(state)),
    };
    if !missing.is_empty() {
        let list = missing.join("; ");
        return Err(Refusal::new(
            "components_missing",
            format!("Thành phần hồ sơ còn thiếu: {list}."),
            format!("Required components are missing: {list}."),
        )
        .by_law("Nghị định 61/2018/NĐ-CP, Điều 17.1")
        .with("missing_components", missing.to_vec()));
    }
    d.state = State::Accepted;
    d.sub_state = None;
    d.desk = Desk::Reception;
    d.submitted_at.get_or_insert(ctx.now);
    d.accepted_at = Some(ctx.now);
    d.intake_reply_due_at = None;
    d.supplement_due_on = None;
    d.paper = paper_at_reception(&d);
    if !d.rule.boundary_free {
        start_clock(&mut d, ctx.now, ctx)?;
    }
    Ok(Outcome::new(d, transition, "accepted").with(Form::F01))
}

/// The clock starts: the first promise is made. Nothing happens when it already runs, so that
/// re-routing inside an authority never starts it again.
pub(super) fn start_clock(
    d: &mut Dossier,
    at: DateTime<Utc>,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    if d.clock_started_at.is_some() {
        return Ok(());
    }
    d.clock_started_at = Some(at);
    if let Some(limit) = d.rule.limit {
        let due = compute(ctx.calendar, at, limit)?;
        d.due_at = Some(due.due_at);
        d.due_at_original = Some(due.due_at);
    }
    Ok(())
}

/// T5: everything that is missing, asked for at once and once only (R2).
pub(super) fn request_supplement(
    mut d: Dossier,
    items: &[String],
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    guards::need(ctx.is(Role::Reception), &[Role::Reception])?;
    check_items(items)?;
    guards::reason(reason)?;
    if d.intake_supplements > 0 {
        return Err(already_used()
            .by_law("Nghị định 61/2018/NĐ-CP, Điều 15.3; Nghị định 118/2025/NĐ-CP, Điều 17.2.a"));
    }
    d.state = State::IntakeSupplementRequested;
    d.desk = Desk::Citizen;
    d.intake_supplements += 1;
    d.intake_reply_due_at = None;
    d.supplement_due_on = Some(reply_by(ctx));
    Ok(Outcome::new(d, Transition::T5, "intake_supplement_requested").with(Form::F02))
}

/// T6: supplied; a new answer is due.
pub(super) fn supplement(mut d: Dossier, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    d.intake_reply_due_at = Some(intake_reply_due(ctx.calendar, ctx.now)?);
    d.state = State::Submitted;
    d.desk = Desk::Reception;
    d.supplement_due_on = None;
    Ok(Outcome::new(d, Transition::T6, "intake_supplemented"))
}

/// T7, T8: not accepted, with a written reason (form 03). The program itself may only refuse what
/// was not supplied in time.
pub(super) fn refuse(mut d: Dossier, reason: &str, ctx: &Context<'_>) -> Result<Outcome, Refusal> {
    guards::reason(reason)?;
    let transition = if d.state == State::IntakeSupplementRequested && reply_is_late(&d, ctx) {
        Transition::T8
    } else {
        guards::need(ctx.is(Role::Reception), &[Role::Reception])?;
        Transition::T7
    };
    d.state = State::RefusedAtIntake;
    d.desk = Desk::Archive;
    d.ended_at = Some(ctx.now);
    d.intake_reply_due_at = None;
    Ok(Outcome::new(d, transition, "refused_at_intake").with(Form::F03))
}

/// Items of form 02: at least one, none empty.
pub(super) fn check_items(items: &[String]) -> Result<(), Refusal> {
    if items.is_empty() || items.iter().any(|i| i.trim().is_empty()) {
        let (vi, en) = (
            "Phải nêu đầy đủ từng nội dung cần bổ sung.",
            "Every item to be supplied must be named.",
        );
        return Err(Refusal::new("items_required", vi, en)
            .by_law("Nghị định 61/2018/NĐ-CP, Điều 17.2.a")
            .field("/items", "required", vi, en));
    }
    Ok(())
}

/// One request is all there is.
pub(super) fn already_used() -> Refusal {
    Refusal::new(
        "supplement_already_used",
        "Đã yêu cầu bổ sung một lần; không được yêu cầu thêm.",
        "A supplement has been asked for once; it may not be asked for again.",
    )
}

/// Last date for a supplement asked for today.
pub(super) fn reply_by(ctx: &Context<'_>) -> NaiveDate {
    let today = local_date(ctx.now);
    today
        .checked_add_days(Days::new(u64::from(ctx.supplement_reply_days)))
        .unwrap_or(today)
}

/// Whether the date for the supplement has passed.
pub(super) fn reply_is_late(d: &Dossier, ctx: &Context<'_>) -> bool {
    d.supplement_due_on
        .is_some_and(|last| local_date(ctx.now) > last)
}

/// The refusal for whoever cannot wait.
pub(super) fn supplement_still_open(d: &Dossier) -> Refusal {
    let last = d.supplement_due_on.map(format_date).unwrap_or_default();
    Refusal::new(
        "supplement_window_open",
        format!(
            "Công dân còn thời hạn bổ sung đến hết ngày {last}; trước đó chỉ lãnh đạo được dừng, có căn cứ pháp lý."
        ),
        format!(
            "The citizen may still supply until {last}; before that only a leader may stop it, on a legal ground."
        ),
    )
}

/// What is filed on paper lies at the reception.
fn paper_at_reception(d: &Dossier) -> PaperLocation {
    if d.channel.is_face_to_face() {
        PaperLocation::Reception
    } else {
        PaperLocation::None
    }
}
