//! The table of transitions T1–T26 (DOMAIN §2.2) as data that tests hold every step against.

use super::command::Action;
use super::state::{Role, State};
use crate::words::words;

words! {
    /// A row of the table.
    Transition {
        /// – → draft
        T1 => "T1",
        /// draft → submitted
        T2 => "T2",
        /// submitted → accepted
        T3 => "T3",
        /// – → accepted, at the counter, by post or at home
        T4 => "T4",
        /// submitted → intake supplement
        T5 => "T5",
        /// intake supplement → submitted
        T6 => "T6",
        /// submitted or intake supplement → refused
        T7 => "T7",
        /// intake supplement → refused, its time has passed
        T8 => "T8",
        /// accepted → processing, by hand-over and acknowledgement
        T9 => "T9",
        /// a step inside the process
        T10 => "T10",
        /// processing → supplement
        T11 => "T11",
        /// supplement → processing
        T12 => "T12",
        /// supplement → stopped, its time has passed
        T13 => "T13",
        /// processing → payment
        T14 => "T14",
        /// payment → processing
        T15 => "T15",
        /// → withdrawn
        T16 => "T16",
        /// → stopped or on hold
        T17 => "T17",
        /// on hold → processing
        T18 => "T18",
        /// processing → completed, granted
        T19 => "T19",
        /// processing → completed, refused
        T20 => "T20",
        /// completed → returned, at the desk
        T21 => "T21",
        /// completed → returned, electronically or by post
        T22 => "T22",
        /// returned, corrected
        T23 => "T23",
        /// → transferred
        T24 => "T24",
        /// due date moved with an apology
        T25 => "T25",
        /// undone
        T26 => "T26",
    }
}

impl Transition {
    /// The states this row starts from and those it may lead to.
    #[must_use]
    pub const fn states(self) -> (&'static [State], &'static [State]) {
        use State::{
            Accepted, Completed, Draft, IntakeSupplementRequested, OnHold, PaymentRequired,
            Processing, RefusedAtIntake, Returned, Stopped, Submitted, SupplementRequested,
            Transferred, Withdrawn,
        };
        match self {
            Self::T1 => (&[], &[Draft]),
            Self::T2 => (&[Draft], &[Submitted]),
            Self::T3 => (&[Submitted], &[Accepted]),
            Self::T4 => (&[Draft], &[Accepted]),
            Self::T5 => (&[Submitted], &[IntakeSupplementRequested]),
            Self::T6 => (&[IntakeSupplementRequested], &[Submitted]),
            Self::T7 => (&[Submitted, IntakeSupplementRequested], &[RefusedAtIntake]),
            Self::T8 => (&[IntakeSupplementRequested], &[RefusedAtIntake]),
            Self::T9 => (&[Accepted], &[Accepted, Processing]),
            Self::T10 => (
                &[Submitted, Accepted, Processing, Completed],
                &[Submitted, Accepted, Processing, Completed],
            ),
            Self::T11 => (&[Processing], &[SupplementRequested]),
            Self::T12 => (&[SupplementRequested], &[Processing]),
            Self::T13 => (&[SupplementRequested], &[Stopped]),
            Self::T14 => (&[Processing], &[PaymentRequired]),
            Self::T15 => (
                &[PaymentRequired, Accepted, Processing, Completed],
                &[Processing, Accepted, Completed],
            ),
            Self::T16 => (
                &[Accepted, Processing, SupplementRequested, PaymentRequired],
                &[
                    Withdrawn,
                    Accepted,
                    Processing,
                    SupplementRequested,
                    PaymentRequired,
                ],
            ),
            Self::T17 => (
                &[Processing, SupplementRequested, PaymentRequired],
                &[Stopped, OnHold],
            ),
            Self::T18 => (&[OnHold], &[Processing]),
            Self::T19 | Self::T20 => (&[Processing], &[Completed]),
            Self::T21 | Self::T22 => (&[Completed], &[Returned]),
            Self::T23 => (&[Returned], &[Returned]),
            Self::T24 => (&[Accepted, Processing], &[Transferred]),
            Self::T25 => (
                &[Accepted, Processing, SupplementRequested, PaymentRequired],
                &[Accepted, Processing, SupplementRequested, PaymentRequired],
            ),
            Self::T26 => (State::ALL, State::ALL),
        }
    }

    /// Whether the table knows this step.
    #[must_use]
    pub fn permits(self, from: State, to: State) -> bool {
        let (starts, ends) = self.states();
        // Rows that list several states on both sides keep a dossier where it is.
        let stays = matches!(self, Self::T10 | Self::T25)
            || (self == Self::T16 && to != State::Withdrawn)
            || (self == Self::T15 && from != State::PaymentRequired);
        starts.contains(&from) && ends.contains(&to) && (!stays || from == to)
    }

    /// Whether this row may change the due date: start, RESET or RESUME, payment, hold, apology,
    /// undoing.
    #[must_use]
    pub const fn moves_due_date(self) -> bool {
        matches!(
            self,
            Self::T3
                | Self::T4
                | Self::T9
                | Self::T12
                | Self::T15
                | Self::T18
                | Self::T25
                | Self::T26
        )
    }
}

impl Action {
    /// The roles that may take this action at all. A role not named here is refused whatever the
    /// state; an administrator configures and decides nothing.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Cashier, Citizen, Handler, Leader, Reception, ResultsDesk, System};
        match self {
            Self::Submit => &[Citizen, Reception, System],
            Self::Accept | Self::Transfer => &[Reception],
            Self::Refuse => &[Reception, System],
            Self::RequestSupplement => &[Reception, Handler, Leader],
            Self::Supplement => &[Reception, Citizen],
            Self::HandOver | Self::Acknowledge => &[Reception, Handler, Leader, ResultsDesk],
            Self::Claim => &[Reception, Handler],
            Self::Advance => &[Reception, Handler, Leader],
            Self::Consult | Self::AnswerConsultation | Self::Results => &[Handler, Leader],
            // The program only where a centre lets it, and only what has lapsed.
            Self::Stop => &[Handler, Leader, System],
            Self::RequirePayment | Self::DraftApology => &[Handler],
            Self::SettlePayment => &[Cashier, System],
            Self::Return => &[ResultsDesk, System],
            Self::Withdraw => &[Reception, Leader],
            Self::Decide
            | Self::Hold
            | Self::Resume
            | Self::Extend
            | Self::ReturnApology
            | Self::Correct => &[Leader],
            Self::Undo => &[Leader, System],
        }
    }

    /// The states in which this action exists; further guards may still refuse it.
    #[must_use]
    pub const fn states(self) -> &'static [State] {
        use State::{
            Accepted, Completed, Draft, IntakeSupplementRequested, OnHold, PaymentRequired,
            Processing, Returned, Submitted, SupplementRequested,
        };
        match self {
            Self::Submit => &[Draft],
            Self::Accept => &[Draft, Submitted],
            Self::Refuse => &[Submitted, IntakeSupplementRequested],
            Self::RequestSupplement => &[Submitted, Processing],
            Self::Supplement => &[IntakeSupplementRequested, SupplementRequested],
            Self::HandOver | Self::Acknowledge => &[Accepted, Processing, Completed],
            Self::Claim => &[Submitted, Accepted, Processing],
            Self::Consult | Self::AnswerConsultation | Self::Decide | Self::RequirePayment => {
                &[Processing]
            }
            Self::SettlePayment => &[PaymentRequired, Accepted, Processing, Completed],
            Self::Results => &[Processing, Completed, Returned],
            Self::Return => &[Completed],
            Self::Withdraw | Self::DraftApology | Self::ReturnApology | Self::Extend => {
                &[Accepted, Processing, SupplementRequested, PaymentRequired]
            }
            Self::Stop | Self::Hold => &[Processing, SupplementRequested, PaymentRequired],
            Self::Resume => &[OnHold],
            Self::Transfer | Self::Advance => &[Accepted, Processing],
            Self::Correct => &[Completed, Returned],
            Self::Undo => State::ALL,
        }
    }
}
