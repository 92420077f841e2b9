//! The one function that decides.

use super::command::{Action, Command};
use super::snapshot::Dossier;
use super::state::{Form, PaymentState, Role, State};
use super::transition::Transition;
use super::{allowed, ending, guards, intake, process, promise};
use crate::calendar::Calendar;
use crate::refusal::Refusal;
use chrono::{DateTime, Utc};

/// Calendar days a citizen has to bring a supplement, unless the centre sets another number: a
/// convention printed on form 02, not law.
pub const DEFAULT_SUPPLEMENT_REPLY_DAYS: u32 = 30;

/// Who asks, when, and by which calendar.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The roles the actor holds for this dossier's centre or authority.
    pub actor_roles: &'a [Role],
    /// The actor's id, compared with the person a hand-over names; none skips that comparison only
    /// when the hand-over names nobody.
    pub actor_id: Option<&'a str>,
    /// Now.
    pub now: DateTime<Utc>,
    /// The centre's calendar.
    pub calendar: &'a Calendar,
    /// Calendar days given for a supplement.
    pub supplement_reply_days: u32,
}

impl<'a> Context<'a> {
    /// A context with the default time for supplements and no named actor.
    #[must_use]
    pub const fn new(actor_roles: &'a [Role], now: DateTime<Utc>, calendar: &'a Calendar) -> Self {
        Self {
            actor_roles,
            actor_id: None,
            now,
            calendar,
            supplement_reply_days: DEFAULT_SUPPLEMENT_REPLY_DAYS,
        }
    }

    /// The same with the actor's id.
    #[must_use]
    pub const fn by(mut self, actor_id: &'a str) -> Self {
        self.actor_id = Some(actor_id);
        self
    }

    /// The same with another time for supplements, in calendar days.
    #[must_use]
    pub const fn replying_within(mut self, days: u32) -> Self {
        self.supplement_reply_days = days;
        self
    }

    /// Whether the actor holds this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.actor_roles.contains(&role)
    }

    /// Whether the actor holds one of these roles.
    #[must_use]
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|r| self.is(*r))
    }
}

/// What a permitted command leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The dossier afterwards.
    pub dossier: Dossier,
    /// The row of the table it followed.
    pub transition: Transition,
    /// The letters that must be issued with it: 01–05. Forms 06 and 07 are views over hand-overs
    /// and dossiers and are issued by no step.
    pub papers: Vec<Form>,
    /// The kind of the timeline entry.
    pub timeline: &'static str,
}

impl Outcome {
    pub(super) const fn new(
        dossier: Dossier,
        transition: Transition,
        timeline: &'static str,
    ) -> Self {
        Self {
            dossier,
            transition,
            papers: Vec::new(),
            timeline,
        }
    }

    pub(super) fn with(mut self, paper: Form) -> Self {
        self.papers.push(paper);
        self
    }
}

/// Decides a command: the next snapshot, or why not.
///
/// # Errors
/// In this order: `role_not_allowed` when none of the actor's roles may ever do this;
/// `transition_not_allowed` when the state does not permit it (with `allowed_actions`); then the
/// guards of the transition with codes of their own and their legal source.
pub fn decide(
    dossier: &Dossier,
    command: &Command,
    context: &Context<'_>,
) -> Result<Outcome, Refusal> {
    step(dossier, command, context).map_err(|refusal| {
        if refusal.code != "transition_not_allowed" {
            return refusal;
        }
        let names = allowed::names(dossier, context);
        let names: Vec<&str> = names.into_iter().map(Action::as_str).collect();
        refusal.with("allowed_actions", names)
    })
}

/// As [`decide`], without looking what else would be allowed.
pub(super) fn step(
    dossier: &Dossier,
    command: &Command,
    context: &Context<'_>,
) -> Result<Outcome, Refusal> {
    let action = command.action();
    if !context.is_any(action.roles()) {
        return Err(guards::role_not_allowed(action.roles()));
    }
    if !action.states().contains(&dossier.state) {
        return Err(guards::transition_not_allowed(dossier.state));
    }
    let mut outcome = taken(dossier.clone(), command, context)?;
    let d = &mut outcome.dossier;
    if d.state.is_final() && d.state != State::Returned && d.payment.is_open() {
        // What ends without a result costs nothing that was not paid (DOMAIN §7.2: hủy).
        d.payment = PaymentState::Cancelled;
        d.fee_due = None;
    }
    Ok(outcome)
}

fn taken(next: Dossier, command: &Command, context: &Context<'_>) -> Result<Outcome, Refusal> {
    match command {
        Command::Submit => intake::submit(next, context),
        Command::Accept { missing_components } => intake::accept(next, missing_components, context),
        Command::Refuse { reason, .. } => intake::refuse(next, reason, context),
        Command::RequestSupplement {
            items,
            reason,
            legal_exception,
        } => match next.state {
            State::Submitted => intake::request_supplement(next, items, reason, context),
            _ => process::request_supplement(
                next,
                items,
                reason,
                legal_exception.as_deref(),
                context,
            ),
        },
        Command::Supplement => match next.state {
            State::IntakeSupplementRequested => intake::supplement(next, context),
            _ => process::supplement(next, context),
        },
        Command::HandOver { to, to_user } => {
            process::hand_over(next, *to, to_user.as_deref(), context)
        }
        Command::Acknowledge { accepted, reason } => {
            process::acknowledge(next, *accepted, reason.as_deref(), context)
        }
        Command::Claim => process::claim(next, context),
        Command::Consult { body, .. } => process::consult(next, body),
        Command::AnswerConsultation => process::answer_consultation(next),
        Command::Advance => process::advance(next, context),
        Command::RequirePayment { amount_vnd, reason } => {
            process::require_payment(next, *amount_vnd, reason, context)
        }
        Command::SettlePayment(settlement) => process::settle_payment(next, *settlement, context),
        Command::Decide { outcome, reason } => {
            ending::decide(next, *outcome, reason.as_deref(), context)
        }
        Command::Results { summary, .. } => ending::results(next, summary, context),
        Command::Return {
            collector, method, ..
        } => ending::hand_back(next, collector, *method, context),
        Command::Withdraw { reason, declined } => {
            ending::withdraw(next, reason, *declined, context)
        }
        Command::Stop {
            reason,
            legal_ground,
        } => ending::stop(next, reason, legal_ground.as_deref(), context),
        Command::Hold {
            reason,
            legal_ground,
        } => ending::hold(next, reason, legal_ground.as_deref(), context),
        Command::Resume { reason } => ending::go_on(next, reason, context),
        Command::Transfer { to, reason } => ending::transfer(next, to, reason, context),
        Command::Correct { reason } => ending::correct(next, reason),
        Command::DraftApology { new_due_on, reason } => {
            promise::draft(next, *new_due_on, reason, context)
        }
        Command::ReturnApology { reason } => promise::send_back(next, reason),
        Command::Extend { new_due_on, reason } => {
            promise::extend(next, *new_due_on, reason, context)
        }
        Command::Undo {
            previous,
            done_at,
            synchronised,
        } => promise::undo(&next, previous, *done_at, *synchronised, context),
    }
}
