//! What the rules must know of a dossier, and nothing else.

use super::state::{
    Channel, DecisionOutcome, DeliveryState, Desk, PaperLocation, PauseKind, PaymentState, State,
    SubState, SupplementMode,
};
use crate::deadline::{Limit, Timing, WatchRules, completed_timing, open_timing};
use crate::fee::FeeDue;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A stretch during which the clock stood still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From this instant.
    pub from: DateTime<Utc>,
    /// To this instant; none while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// What was waited for.
    pub kind: PauseKind,
    /// Why, in the officer's words.
    pub reason: String,
}

/// A hand-over given and not yet acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHandover {
    /// Who gives.
    pub from_desk: Desk,
    /// Who is to receive.
    pub to_desk: Desk,
    /// The one person who is to receive, if named; else anyone of that desk.
    pub to_user: Option<String>,
}

/// The leader's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Grant or refuse.
    pub outcome: DecisionOutcome,
    /// When it was signed.
    pub decided_at: DateTime<Utc>,
}

/// The rule a dossier was accepted under, frozen on it (DOMAIN §2.3). Later changes of the
/// catalogue never touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The time allowed; none for procedures without a due date.
    pub limit: Option<Limit>,
    /// What a complete supplement does to the due date.
    pub supplement_mode: SupplementMode,
    /// Received elsewhere than at the competent authority's own one-stop: the clock starts when
    /// that authority acknowledges it (Decree 118/2025 Art 17.3).
    pub boundary_free: bool,
    /// May be received, decided and handed back in one go without form 01 (R8).
    pub on_the_spot: bool,
    /// A mandatory fee may be paid when the result is collected.
    pub pay_on_collection: bool,
}

impl Default for Rule {
    /// No limit, RESET, nothing special.
    fn default() -> Self {
        Self {
            limit: None,
            supplement_mode: SupplementMode::Reset,
            boundary_free: false,
            on_the_spot: false,
            pay_on_collection: false,
        }
    }
}

/// A dossier as the rules see it. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Business state.
    pub state: State,
    /// Where inside that state.
    pub sub_state: Option<SubState>,
    /// In whose hands.
    pub desk: Desk,
    /// How it was filed.
    pub channel: Channel,
    /// The rule frozen on it.
    pub rule: Rule,
    /// When it was filed (T2, or with its acceptance at the counter).
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was accepted complete (T3, T4).
    pub accepted_at: Option<DateTime<Utc>>,
    /// When the competent authority's handler first acknowledged it.
    pub competent_received_at: Option<DateTime<Utc>>,
    /// The instant the running limit is counted from: start, or the last RESET.
    pub clock_started_at: Option<DateTime<Utc>>,
    /// The first promise. Never changed.
    pub due_at_original: Option<DateTime<Utc>>,
    /// The promise that holds now.
    pub due_at: Option<DateTime<Utc>>,
    /// By when the filing must be answered (8 working hours), while it waits for acceptance.
    pub intake_reply_due_at: Option<DateTime<Utc>>,
    /// Last date for the supplement that was asked for.
    pub supplement_due_on: Option<NaiveDate>,
    /// When the result was ready: this decides early, on time or overdue.
    pub completed_at: Option<DateTime<Utc>>,
    /// When the result was handed back.
    pub returned_at: Option<DateTime<Utc>>,
    /// When a dossier that ended otherwise ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// All pauses, in order; at most the last is open.
    pub pauses: Vec<Pause>,
    /// Supplements asked for before acceptance (T5).
    pub intake_supplements: u32,
    /// Supplements asked for after appraisal (T11).
    pub appraisal_supplements: u32,
    /// Apologies with a new date given (T25).
    pub reappointments: u32,
    /// When the last of them was given: a pause that began before it is made good only from then.
    pub reappointed_at: Option<DateTime<Utc>>,
    /// A letter of apology is drafted and not signed yet.
    #[serde(default)]
    pub apology_drafted: bool,
    /// The leader's decision, once signed.
    pub decision: Option<Decision>,
    /// The money's side.
    pub payment: PaymentState,
    /// The result's way to the citizen.
    pub delivery: DeliveryState,
    /// Where the paper lies.
    pub paper: PaperLocation,
    /// A hand-over not yet acknowledged.
    pub open_handover: Option<OpenHandover>,
    /// The citizen asked to withdraw and a leader has not confirmed yet.
    pub withdrawal_requested: bool,
    /// The next step of the internal workflow is of the desk it is at. Found when it is asked for, and
    /// false where nobody looked.
    #[serde(default)]
    pub next_step_here: bool,
    /// By when the fees that are assessed and not paid are wanted; none where nothing is owed. Found for
    /// one dossier, and none where nobody looked.
    #[serde(default)]
    pub fee_due: Option<FeeDue>,
}

impl Dossier {
    /// A draft (T1): where every dossier begins. Accepting or submitting it is a command.
    #[must_use]
    pub fn draft(channel: Channel, rule: Rule) -> Self {
        Self {
            state: State::Draft,
            sub_state: None,
            desk: if channel.is_face_to_face() {
                Desk::Reception
            } else {
                Desk::Citizen
            },
            channel,
            rule,
            submitted_at: None,
            accepted_at: None,
            competent_received_at: None,
            clock_started_at: None,
            due_at_original: None,
            due_at: None,
            intake_reply_due_at: None,
            supplement_due_on: None,
            completed_at: None,
            returned_at: None,
            ended_at: None,
            pauses: Vec::new(),
            intake_supplements: 0,
            appraisal_supplements: 0,
            reappointments: 0,
            reappointed_at: None,
            apology_drafted: false,
            decision: None,
            payment: PaymentState::NotTracked,
            delivery: DeliveryState::NotReady,
            paper: PaperLocation::None,
            open_handover: None,
            withdrawal_requested: false,
            next_step_here: false,
            fee_due: None,
        }
    }

    /// Status 1–10 of the national portal.
    #[must_use]
    pub const fn national_status(&self) -> u8 {
        self.state.national_status()
    }

    /// Whether the promise is, or was, kept; none before acceptance and for what ended without a
    /// result (a withdrawn dossier is not overdue, DOMAIN §2.4).
    #[must_use]
    pub fn timing(&self, now: DateTime<Utc>, rules: WatchRules) -> Option<Timing> {
        self.timing_against(self.due_at, now, rules)
    }

    /// The same measured against the first promise: a re-appointment never erases lateness.
    #[must_use]
    pub fn timing_against_original(&self, now: DateTime<Utc>, rules: WatchRules) -> Option<Timing> {
        self.timing_against(self.due_at_original, now, rules)
    }

    fn timing_against(
        &self,
        due_at: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        rules: WatchRules,
    ) -> Option<Timing> {
        let basis = rules.basis(self.rule.limit.map(|l| l.unit));
        match (self.state, self.completed_at) {
            (State::Completed | State::Returned, Some(done)) => {
                Some(completed_timing(done, due_at, basis))
            }
            (state, _) if state.is_paused() => Some(Timing::Paused),
            (state, _) if state.clock_runs() => Some(open_timing(now, due_at, basis)),
            _ => None,
        }
    }

    /// The instant a supplement window of three working days is counted from: reception by the
    /// authority that appraises.
    #[must_use]
    pub fn received_for_appraisal_at(&self) -> Option<DateTime<Utc>> {
        if self.rule.boundary_free {
            self.competent_received_at
        } else {
            self.accepted_at
        }
    }
}
