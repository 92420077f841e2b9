//! What one can do with a dossier: commands with what they carry, and the names of the actions.

use super::snapshot::Dossier;
use super::state::{DecisionOutcome, DeliveryMethod, Desk, Relation};
use crate::words::words;
use chrono::{DateTime, NaiveDate, Utc};

words! {
    /// The name of a command, equal to the sub-resource one posts it to.
    Action {
        /// T2
        Submit => "submissions",
        /// T3, T4
        Accept => "acceptances",
        /// T7, T8
        Refuse => "refusals",
        /// T5, T11
        RequestSupplement => "supplement-requests",
        /// T6, T12
        Supplement => "supplements",
        /// T9, T10
        HandOver => "handovers",
        /// T9, T10
        Acknowledge => "acknowledgements",
        /// T10
        Claim => "claims",
        /// T10
        Consult => "consultations",
        /// T10: the opinion asked for has come.
        AnswerConsultation => "consultation-replies",
        /// T10: the next step of the internal workflow, at the same desk.
        Advance => "steps",
        /// T14
        RequirePayment => "payment-requests",
        /// T15
        SettlePayment => "payments",
        /// T10: the leader signs.
        Decide => "decisions",
        /// T19, T20
        Results => "results",
        /// T21, T22
        Return => "returns",
        /// T16
        Withdraw => "withdrawals",
        /// T13, T17
        Stop => "stops",
        /// T17
        Hold => "holds",
        /// T18
        Resume => "resumptions",
        /// T24
        Transfer => "transfers",
        /// T25: a handler drafts the letter of apology.
        DraftApology => "apologies",
        /// T25: a leader sends the draft back.
        ReturnApology => "apology-returns",
        /// T25: a leader signs.
        Extend => "extensions",
        /// T23
        Correct => "corrections",
        /// T26
        Undo => "undos",
    }
}

/// How an amount due was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Paid in full.
    Paid,
    /// An exemption was confirmed.
    Exempt,
}

/// Who takes the result away, as far as the rules ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collector {
    /// Full name.
    pub full_name: String,
    /// Owner, filer or representative.
    pub relation: Relation,
    /// The written authorisation a representative brings (R17): its number, date or description.
    pub authorisation: Option<String>,
}

/// A command with what it carries. Texts are already cleaned by the caller; empty ones are refused
/// here where the law wants a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// File a draft online or at a kiosk, or leave it at the counter to be checked.
    Submit,
    /// Accept as complete.
    Accept {
        /// Names of required components that are not there; must be empty to be accepted.
        missing_components: Vec<String>,
    },
    /// Refuse to accept (form 03).
    Refuse {
        /// Code of the reason list.
        reason_code: String,
        /// The reason in words.
        reason: String,
    },
    /// Ask for a supplement (form 02): everything at once, exactly (R2).
    RequestSupplement {
        /// What is wanted, one item each.
        items: Vec<String>,
        /// Why.
        reason: String,
        /// The legal basis of asking late or again; only a leader may invoke one.
        legal_exception: Option<String>,
    },
    /// The supplement is here and complete.
    Supplement,
    /// Give the dossier to a desk.
    HandOver {
        /// Which desk.
        to: Desk,
        /// The one person meant, if named (their id).
        to_user: Option<String>,
    },
    /// Receive what was given, or send it back with a reason.
    Acknowledge {
        /// Received, or sent back.
        accepted: bool,
        /// Why it is sent back.
        reason: Option<String>,
    },
    /// Take an unassigned dossier of one's own desk upon oneself.
    Claim,
    /// Ask another body's opinion; the clock runs on.
    Consult {
        /// Whom.
        body: String,
        /// By when they are to answer (R11).
        reply_due_on: Option<NaiveDate>,
    },
    /// The opinion has come, or is waited for no longer.
    AnswerConsultation,
    /// The next step of the internal workflow begins, at the same desk.
    Advance,
    /// The amount to pay is known: ask for it.
    RequirePayment {
        /// Đồng, more than 0.
        amount_vnd: i64,
        /// What it is for.
        reason: String,
    },
    /// What was owed is settled.
    SettlePayment(Settlement),
    /// Sign a decision.
    Decide {
        /// Grant or refuse.
        outcome: DecisionOutcome,
        /// Written reason: required to refuse (R13).
        reason: Option<String>,
    },
    /// Record the result and bring it to the results desk.
    Results {
        /// Number of the result paper.
        number: Option<String>,
        /// Its date.
        issued_on: Option<NaiveDate>,
        /// What it says.
        summary: String,
    },
    /// Hand the result back.
    Return {
        /// To whom.
        collector: Collector,
        /// How.
        method: DeliveryMethod,
        /// Tracking number of the postal item.
        tracking_number: Option<String>,
    },
    /// Withdraw: recorded at reception, confirmed (or declined) by a leader.
    Withdraw {
        /// The citizen's reason, or the leader's when declining.
        reason: String,
        /// A leader sends the request back instead of confirming it.
        declined: bool,
    },
    /// End it without a result (form 05).
    Stop {
        /// Why.
        reason: String,
        /// The legal ground; not needed when the supplement did not come in time.
        legal_ground: Option<String>,
    },
    /// Hold it, to be resumed.
    Hold {
        /// Why.
        reason: String,
        /// The legal ground.
        legal_ground: Option<String>,
    },
    /// Go on after a hold.
    Resume {
        /// Why.
        reason: String,
    },
    /// Pass it to the authority that is competent.
    Transfer {
        /// Which authority.
        to: String,
        /// Why.
        reason: String,
    },
    /// Draft an apology with a new date, for a leader to sign.
    DraftApology {
        /// The new date, a working day.
        new_due_on: NaiveDate,
        /// Why it takes longer, as the citizen will read it.
        reason: String,
    },
    /// Send a drafted apology back unsigned.
    ReturnApology {
        /// What is to be done otherwise.
        reason: String,
    },
    /// Apologise and promise a new date (form 04).
    Extend {
        /// The new date, a working day.
        new_due_on: NaiveDate,
        /// Why it takes longer.
        reason: String,
    },
    /// A returned result was wrong: put it right at the authority's cost (R18).
    Correct {
        /// What is wrong.
        reason: String,
    },
    /// Take back the last step.
    Undo {
        /// The dossier before that step.
        previous: Box<Dossier>,
        /// When the step was done.
        done_at: DateTime<Utc>,
        /// Whether it was already told to the national portal.
        synchronised: bool,
    },
}

impl Command {
    /// The name of this command.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Submit => Action::Submit,
            Self::Accept { .. } => Action::Accept,
            Self::Refuse { .. } => Action::Refuse,
            Self::RequestSupplement { .. } => Action::RequestSupplement,
            Self::Supplement => Action::Supplement,
            Self::HandOver { .. } => Action::HandOver,
            Self::Acknowledge { .. } => Action::Acknowledge,
            Self::Claim => Action::Claim,
            Self::Consult { .. } => Action::Consult,
            Self::AnswerConsultation => Action::AnswerConsultation,
            Self::Advance => Action::Advance,
            Self::RequirePayment { .. } => Action::RequirePayment,
            Self::SettlePayment(_) => Action::SettlePayment,
            Self::Decide { .. } => Action::Decide,
            Self::Results { .. } => Action::Results,
            Self::Return { .. } => Action::Return,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Stop { .. } => Action::Stop,
            Self::Hold { .. } => Action::Hold,
            Self::Resume { .. } => Action::Resume,
            Self::Transfer { .. } => Action::Transfer,
            Self::DraftApology { .. } => Action::DraftApology,
            Self::ReturnApology { .. } => Action::ReturnApology,
            Self::Extend { .. } => Action::Extend,
            Self::Correct { .. } => Action::Correct,
            Self::Undo { .. } => Action::Undo,
        }
    }
}
