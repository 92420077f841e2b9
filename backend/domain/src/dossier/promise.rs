//! The promised date moved with an apology (T25), and a step taken back (T26).

use super::decide::{Context, Outcome};
use super::guards;
use super::snapshot::Dossier;
use super::state::{Form, State};
use super::transition::Transition;
use crate::deadline::{Due, apology_latest_date};
use crate::refusal::Refusal;
use crate::vn_time::{format_date, local_date};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// How long a step can be taken back.
pub const UNDO_WINDOW_MINUTES: i64 = 5;

/// The article behind the rules of re-appointment (R14).
const APOLOGY_LAW: &str = "Nghị định 61/2018/NĐ-CP, Điều 19.9";

/// T25: a handler drafts the letter for a leader to sign: under the conditions of the letter itself, so
/// that none is drafted in vain. A new draft takes the place of one not signed yet.
pub(super) fn draft(
    mut d: Dossier,
    new_due_on: NaiveDate,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    new_date(&d, new_due_on, reason, ctx)?;
    d.apology_drafted = true;
    Ok(Outcome::new(d, Transition::T25, "apology_drafted"))
}

/// T25: a leader does not sign, and says what is to be done otherwise.
pub(super) fn send_back(mut d: Dossier, reason: &str) -> Result<Outcome, Refusal> {
    guards::reason(reason)?;
    if !d.apology_drafted {
        return Err(Refusal::new(
            "no_apology_drafted",
            "Chưa có dự thảo thư xin lỗi chờ ký.",
            "No apology is drafted and waiting to be signed.",
        ));
    }
    d.apology_drafted = false;
    Ok(Outcome::new(d, Transition::T25, "apology_returned"))
}

/// T25: an apology with a new date (form 04): once, later than the old date, at the latest on the
/// last working day before it. The first promise stays on record.
pub(super) fn extend(
    mut d: Dossier,
    new_due_on: NaiveDate,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    d.due_at = Some(new_date(&d, new_due_on, reason, ctx)?.due_at);
    d.reappointments += 1;
    d.reappointed_at = Some(ctx.now);
    d.apology_drafted = false;
    Ok(Outcome::new(d, Transition::T25, "due_date_extended").with(Form::F04))
}

/// When a new date runs out, if it may be promised.
fn new_date(
    d: &Dossier,
    new_due_on: NaiveDate,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Due, Refusal> {
    guards::reason(reason)?;
    let Some(due_at) = d.due_at else {
        return Err(Refusal::new(
            "no_due_date",
            "Hồ sơ chưa có hoặc không có ngày hẹn trả.",
            "The dossier has no due date, or none yet.",
        ));
    };
    let due_on = local_date(due_at);
    if d.reappointments > 0 {
        return Err(Refusal::new(
            "extension_already_used",
            "Chỉ được hẹn lại ngày trả kết quả một lần.",
            "The date may be moved once only.",
        )
        .by_law(APOLOGY_LAW));
    }
    let latest = apology_latest_date(ctx.calendar, due_on)?;
    if local_date(ctx.now) > latest {
        let latest = format_date(latest);
        return Err(Refusal::new(
            "extension_too_late",
            format!("Văn bản xin lỗi phải gửi trước ngày hẹn trả ít nhất 01 ngày, chậm nhất {latest}."),
            format!("The apology must come at least 1 day before the due date, at the latest on {latest}."),
        )
        .by_law(APOLOGY_LAW));
    }
    if new_due_on <= due_on {
        let (vi, en) = (
            format!("Ngày hẹn mới phải sau ngày {}.", format_date(due_on)),
            format!("The new date must be after {}.", format_date(due_on)),
        );
        return Err(Refusal::new("extension_not_later", vi.clone(), en.clone())
            .by_law(APOLOGY_LAW)
            .field("/new_due_on", "extension_not_later", vi, en));
    }
    if !ctx.calendar.is_working(new_due_on)? {
        let (vi, en) = (
            "Ngày hẹn mới phải là ngày làm việc.",
            "The new date must be a working day.",
        );
        return Err(Refusal::new("extension_not_working_day", vi, en).field(
            "/new_due_on",
            "extension_not_working_day",
            vi,
            en,
        ));
    }
    Due::on(ctx.calendar, new_due_on)
}

/// T26: the last step never happened. Only within minutes, before anyone else was told, and never
/// across what left a paper behind: acceptance, refusal, supplement request, apology, stop, a signed
/// decision, a returned result.
pub(super) fn undo(
    now: &Dossier,
    previous: &Dossier,
    done_at: DateTime<Utc>,
    synchronised: bool,
    ctx: &Context<'_>,
) -> Result<Outcome, Refusal> {
    if synchronised {
        return Err(Refusal::new(
            "undo_synchronised",
            "Bước này đã đồng bộ lên Cổng dịch vụ công quốc gia, không thể hoàn tác.",
            "This step has been told to the national portal and cannot be undone.",
        ));
    }
    let age = ctx.now.signed_duration_since(done_at);
    if age > TimeDelta::minutes(UNDO_WINDOW_MINUTES) {
        return Err(Refusal::new(
            "undo_window_passed",
            format!("Chỉ hoàn tác được trong {UNDO_WINDOW_MINUTES} phút."),
            format!("A step can be undone within {UNDO_WINDOW_MINUTES} minutes only."),
        ));
    }
    let papers_same = previous.accepted_at == now.accepted_at
        && previous.submitted_at == now.submitted_at
        && previous.intake_supplements == now.intake_supplements
        && previous.appraisal_supplements == now.appraisal_supplements
        && previous.reappointments == now.reappointments
        && previous.apology_drafted == now.apology_drafted
        && previous.decision == now.decision
        && previous.returned_at == now.returned_at
        && previous.due_at_original == now.due_at_original;
    let lettered = matches!(
        now.state,
        State::Stopped | State::OnHold | State::RefusedAtIntake
    );
    if !papers_same || lettered || previous.state == State::OnHold {
        return Err(Refusal::new(
            "undo_not_possible",
            "Bước này đã phát hành giấy tờ, không thể hoàn tác.",
            "A paper was issued with this step; it cannot be undone.",
        ));
    }
    Ok(Outcome::new(previous.clone(), Transition::T26, "undone"))
}
