//! A handler's claim on a dossier is a lease: it keeps two people from working on one dossier, and
//! it runs out, so that nobody's absence holds a citizen's dossier up. No law says how long; it is
//! this program's convention.

use chrono::{DateTime, TimeDelta, Utc};

use super::command::Action;
use super::state::{Desk, Role, State};
use crate::calendar::Calendar;
use crate::refusal::Refusal;

/// How many working hours a claim holds, counted anew from each step its holder takes.
pub const CLAIM_WORKING_HOURS: i64 = 4;

/// Until when a claim made or renewed at `now` holds.
///
/// # Errors
/// `date_outside_calendar`.
pub fn claim_until(calendar: &Calendar, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    calendar.add_working_time(now, TimeDelta::hours(CLAIM_WORKING_HOURS))
}

/// Who may claim in this state: a receptionist what was submitted and waits for its answer, a handler
/// what is being handled.
#[must_use]
pub const fn claimant(state: State) -> Role {
    match state {
        State::Submitted => Role::Reception,
        _ => Role::Handler,
    }
}

/// Whether a claim can be held at all: where somebody may make one.
#[must_use]
pub fn claimable(state: State, desk: Desk) -> bool {
    desk.role() == Some(claimant(state)) && Action::Claim.states().contains(&state)
}

/// Whether another's running claim keeps somebody with these roles from `action`. It binds those of
/// one desk among themselves: what a person may do as a leader or at another desk it does not touch,
/// nor the signature under a hand-over.
#[must_use]
pub fn claim_binds(action: Action, state: State, roles: &[Role]) -> bool {
    let desk = claimant(state);
    action != Action::Acknowledge
        && roles.contains(&desk)
        && action.roles().contains(&desk)
        && (state == State::Submitted
            || !roles
                .iter()
                .any(|r| *r != desk && action.roles().contains(r)))
}
