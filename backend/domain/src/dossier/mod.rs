//! The life of a dossier (DOMAIN §2): states, commands, and the one function that decides.
//!
//! [`decide`] is total and pure: it takes what is, what is wanted, who wants it and the time, and
//! gives the next snapshot or a refusal with its code and its law. It never panics.

mod allowed;
mod authorisation;
mod command;
mod decide;
mod ending;
mod guards;
mod intake;
mod lease;
mod on_the_spot;
mod process;
mod promise;
mod snapshot;
mod state;
#[cfg(test)]
mod tests;
mod transition;
mod waiting;
mod workflow;

pub use allowed::allowed;
pub use authorisation::{AuthorisationScope, filer_may_collect};
pub use command::{Action, Collector, Command, Settlement};
pub use decide::{Context, DEFAULT_SUPPLEMENT_REPLY_DAYS, Outcome, decide};
pub use guards::role_not_allowed;
pub use lease::{CLAIM_WORKING_HOURS, claim_binds, claim_until, claimable};
pub use on_the_spot::{OnTheSpot, on_the_spot};
pub use promise::UNDO_WINDOW_MINUTES;
pub use snapshot::{Decision, Dossier, OpenHandover, Pause, Rule};
pub use state::{
    Channel, DecisionOutcome, DeliveryMethod, DeliveryState, Desk, Form, PaperLocation, PauseKind,
    PaymentState, Relation, Role, State, SubState, SupplementMode,
};
pub use transition::Transition;
pub use waiting::{Awaiting, DueWithin};
pub use workflow::{StepRun, follow, next_step_here, recompute, unfollow};

pub use crate::deadline::Timing;
