//! Between the stored row and what the rules see.

use chrono::{DateTime, Utc};
use motcua_domain::deadline::{Limit, Unit};
use motcua_domain::dossier::{
    Channel, Decision, DecisionOutcome, DeliveryState, Desk, Dossier, OpenHandover, PaperLocation,
    Pause, PauseKind, PaymentState, Rule, State, SubState, SupplementMode,
};
use motcua_store::dossier::{DossierRow, HandoverRow, PauseRow};
use motcua_store::{StoreError, Ts};

fn word<T>(found: Option<T>, column: &str) -> Result<T, StoreError> {
    found.ok_or_else(|| StoreError::Corrupt(format!("dossiers.{column} holds an unknown word")))
}

fn at(ts: Option<Ts>) -> Option<DateTime<Utc>> {
    ts.map(|t| t.0)
}

fn ts(at: Option<DateTime<Utc>>) -> Option<Ts> {
    at.map(Ts::new)
}

fn count(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn count_back(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// What the rules see of a stored dossier.
///
/// # Errors
/// [`StoreError::Corrupt`] when a word is not one of the domain's.
pub fn of_row(
    row: &DossierRow,
    pauses: &[PauseRow],
    handover: Option<&HandoverRow>,
) -> Result<Dossier, StoreError> {
    let limit = match (row.limit_amount, &row.limit_unit) {
        (Some(amount), Some(unit)) => Some(Limit {
            amount: count(amount),
            unit: word(Unit::parse(unit), "limit_unit")?,
        }),
        _ => None,
    };
    let decision = match (&row.decision_outcome, row.decided_at) {
        (Some(outcome), Some(decided)) => Some(Decision {
            outcome: word(DecisionOutcome::parse(outcome), "decision_outcome")?,
            decided_at: decided.0,
        }),
        _ => None,
    };
    let mut list = Vec::with_capacity(pauses.len());
    for p in pauses {
        list.push(Pause {
            from: p.from_at.0,
            to: at(p.to_at),
            kind: word(PauseKind::parse(&p.kind), "pause")?,
            reason: p.reason.clone(),
        });
    }
    let open_handover = match handover {
        Some(h) => Some(OpenHandover {
            from_desk: word(Desk::parse(&h.from_desk), "from_desk")?,
            to_desk: word(Desk::parse(&h.to_desk), "to_desk")?,
            to_user: h.to_user_id.as_ref().map(ToString::to_string),
        }),
        None => None,
    };
    let sub_state = match &row.sub_state {
        Some(s) => Some(word(SubState::parse(s), "sub_state")?),
        None => None,
    };
    Ok(Dossier {
        state: word(State::parse(&row.state), "state")?,
        sub_state,
        desk: word(Desk::parse(&row.desk), "desk")?,
        channel: word(Channel::parse(&row.channel), "channel")?,
        rule: Rule {
            limit,
            supplement_mode: word(
                SupplementMode::parse(&row.supplement_mode),
                "supplement_mode",
            )?,
            boundary_free: row.boundary_free,
            on_the_spot: row.on_the_spot,
            pay_on_collection: row.pay_on_collection,
        },
        submitted_at: at(row.submitted_at),
        accepted_at: at(row.accepted_at),
        competent_received_at: at(row.competent_received_at),
        clock_started_at: at(row.clock_started_at),
        due_at_original: at(row.due_at_original),
        due_at: at(row.due_at),
        intake_reply_due_at: at(row.intake_reply_due_at),
        supplement_due_on: row.supplement_due_on,
        completed_at: at(row.completed_at),
        returned_at: at(row.returned_at),
        ended_at: at(row.ended_at),
        pauses: list,
        intake_supplements: count(row.intake_supplements),
        appraisal_supplements: count(row.appraisal_supplements),
        reappointments: count(row.reappointments),
        reappointed_at: at(row.reappointed_at),
        apology_drafted: row.open_apology_id.is_some(),
        decision,
        payment: word(PaymentState::parse(&row.payment_state), "payment_state")?,
        delivery: word(DeliveryState::parse(&row.delivery_state), "delivery_state")?,
        paper: word(PaperLocation::parse(&row.paper_location), "paper_location")?,
        open_handover,
        withdrawal_requested: row.withdrawal_requested_at.is_some(),
        next_step_here: false,
        fee_due: None,
    })
}

/// Writes what the rules decided into the row. Hand-overs are rows of their own.
pub fn into_row(d: &Dossier, row: &mut DossierRow, now: DateTime<Utc>) {
    row.state = d.state.as_str().to_owned();
    row.sub_state = d.sub_state.map(|s| s.as_str().to_owned());
    row.desk = d.desk.as_str().to_owned();
    row.submitted_at = ts(d.submitted_at);
    row.accepted_at = ts(d.accepted_at);
    row.competent_received_at = ts(d.competent_received_at);
    row.clock_started_at = ts(d.clock_started_at);
    row.due_at_original = ts(d.due_at_original);
    row.due_at = ts(d.due_at);
    row.intake_reply_due_at = ts(d.intake_reply_due_at);
    row.supplement_due_on = d.supplement_due_on;
    row.completed_at = ts(d.completed_at);
    row.returned_at = ts(d.returned_at);
    row.ended_at = ts(d.ended_at);
    row.intake_supplements = count_back(d.intake_supplements);
    row.appraisal_supplements = count_back(d.appraisal_supplements);
    row.reappointments = count_back(d.reappointments);
    row.reappointed_at = ts(d.reappointed_at);
    row.decision_outcome = d.decision.as_ref().map(|x| x.outcome.as_str().to_owned());
    row.decided_at = d.decision.as_ref().map(|x| Ts::new(x.decided_at));
    row.payment_state = d.payment.as_str().to_owned();
    row.delivery_state = d.delivery.as_str().to_owned();
    row.paper_location = d.paper.as_str().to_owned();
    row.withdrawal_requested_at = match (d.withdrawal_requested, row.withdrawal_requested_at) {
        (true, Some(since)) => Some(since),
        (true, None) => Some(Ts::new(now)),
        (false, _) => None,
    };
}

/// The pauses as rows.
pub fn pause_rows(d: &Dossier, row: &DossierRow) -> Vec<PauseRow> {
    d.pauses
        .iter()
        .zip(1..)
        .map(|(p, ord)| PauseRow {
            dossier_id: row.id.clone(),
            ord,
            kind: p.kind.as_str().to_owned(),
            reason: p.reason.clone(),
            from_at: Ts::new(p.from),
            to_at: ts(p.to),
        })
        .collect()
}
