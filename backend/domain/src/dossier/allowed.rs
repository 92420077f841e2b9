//! What this person may do now, and why not the rest: found by trying each action with the most
//! ordinary payload it could have.

use super::command::{Action, Collector, Command, Settlement};
use super::decide::{Context, Outcome, step};
use super::snapshot::Dossier;
use super::state::{DecisionOutcome, DeliveryMethod, Desk, Relation};
use crate::refusal::Refusal;
use crate::vn_time::local_date;

/// Every action but undoing, and whether this actor may take it now with a well-formed payload; if
/// not, the refusal they would get. An action counts as allowed when any form of it is.
#[must_use]
pub fn allowed(dossier: &Dossier, context: &Context<'_>) -> Vec<(Action, Result<(), Refusal>)> {
    Action::ALL
        .iter()
        .filter(|a| **a != Action::Undo)
        .map(|a| (*a, try_any(dossier, *a, context)))
        .collect()
}

/// The names of what is allowed.
pub(super) fn names(dossier: &Dossier, context: &Context<'_>) -> Vec<Action> {
    let all = allowed(dossier, context).into_iter();
    all.filter(|(_, result)| result.is_ok())
        .map(|(action, _)| action)
        .collect()
}

/// The first success, or else the first refusal.
fn try_any(dossier: &Dossier, action: Action, context: &Context<'_>) -> Result<(), Refusal> {
    let mut first: Option<Refusal> = None;
    for command in probes(dossier, action, context) {
        match step(dossier, &command, context) {
            Ok(Outcome { .. }) => return Ok(()),
            Err(refusal) => {
                first.get_or_insert(refusal);
            }
        }
    }
    Err(first.unwrap_or_else(Refusal::not_found))
}

/// Well-formed commands of an action, the most ordinary first.
fn probes(dossier: &Dossier, action: Action, context: &Context<'_>) -> Vec<Command> {
    let text = || "-".to_owned();
    match action {
        Action::Submit => vec![Command::Submit],
        Action::Accept => vec![Command::Accept {
            missing_components: Vec::new(),
        }],
        Action::Refuse => vec![Command::Refuse {
            reason_code: text(),
            reason: text(),
        }],
        Action::RequestSupplement => [None, Some(text())]
            .into_iter()
            .map(|legal_exception| Command::RequestSupplement {
                items: vec![text()],
                reason: text(),
                legal_exception,
            })
            .collect(),
        Action::Supplement => vec![Command::Supplement],
        Action::HandOver => [
            Desk::Handler,
            Desk::Leader,
            Desk::Reception,
            Desk::ResultsDesk,
        ]
        .into_iter()
        .map(|to| Command::HandOver { to, to_user: None })
        .collect(),
        Action::Acknowledge => vec![Command::Acknowledge {
            accepted: true,
            reason: None,
        }],
        Action::Claim => vec![Command::Claim],
        Action::Consult => vec![Command::Consult {
            body: text(),
            reply_due_on: None,
        }],
        Action::AnswerConsultation => vec![Command::AnswerConsultation],
        Action::Advance => vec![Command::Advance],
        Action::RequirePayment => {
            vec![Command::RequirePayment {
                amount_vnd: 1,
                reason: text(),
            }]
        }
        Action::SettlePayment => vec![Command::SettlePayment(Settlement::Paid)],
        Action::Decide => {
            vec![Command::Decide {
                outcome: DecisionOutcome::Grant,
                reason: None,
            }]
        }
        Action::Results => {
            vec![Command::Results {
                number: None,
                issued_on: None,
                summary: text(),
            }]
        }
        Action::Return => [DeliveryMethod::Counter, DeliveryMethod::Electronic]
            .into_iter()
            .map(|method| Command::Return {
                collector: Collector {
                    full_name: text(),
                    relation: Relation::Owner,
                    authorisation: None,
                },
                method,
                tracking_number: None,
            })
            .collect(),
        Action::Withdraw => [false, true]
            .into_iter()
            .map(|declined| Command::Withdraw {
                reason: text(),
                declined,
            })
            .collect(),
        Action::Stop => vec![Command::Stop {
            reason: text(),
            legal_ground: Some(text()),
        }],
        Action::Hold => vec![Command::Hold {
            reason: text(),
            legal_ground: Some(text()),
        }],
        Action::Resume => vec![Command::Resume { reason: text() }],
        Action::Transfer => vec![Command::Transfer {
            to: text(),
            reason: text(),
        }],
        Action::ReturnApology => vec![Command::ReturnApology { reason: text() }],
        Action::DraftApology | Action::Extend => {
            let today = local_date(context.now);
            let after = dossier
                .due_at
                .map_or(today, |due| local_date(due).max(today));
            let new_due_on = context.calendar.next_working(after).unwrap_or(after);
            let reason = text();
            vec![if action == Action::Extend {
                Command::Extend { new_due_on, reason }
            } else {
                Command::DraftApology { new_due_on, reason }
            }]
        }
        Action::Correct => vec![Command::Correct { reason: text() }],
        Action::Undo => Vec::new(),
    }
}
