//! Telling people what became of their dossier: which steps they are told of and by which channels, what
//! a template may say, how it is filled in, when a message may go out and when it is tried again.

mod delivery;
mod sms;
mod template;
mod texts;

#[cfg(test)]
mod tests;

pub use delivery::{After, Handed, LEASE_SECONDS, MOST_ATTEMPTS, QuietHours, after, back_off};
pub use sms::{MOST_SEGMENTS, SmsEncoding, SmsSize, plain_sms, sms_size};
pub use template::{
    Facts, MOST_BODY, MOST_SMS_TEXT, MOST_SUBJECT, Placeholder, Rendered, Template, sample,
};
pub use texts::first_version;

crate::words::words! {
    /// By what somebody is told.
    Channel {
        /// E-mail.
        Mail => "mail",
        /// A short message to a telephone.
        Sms => "sms",
    }
}

crate::words::words! {
    /// In which language.
    Language {
        /// Vietnamese.
        Vi => "vi",
        /// English.
        En => "en",
    }
}

crate::words::words! {
    /// Where a message stands.
    MessageState {
        /// It waits for its turn, or for the morning.
        Queued => "queued",
        /// It waits for a gateway that is not configured yet.
        Held => "held",
        /// It is being handed to the gateway.
        Sending => "sending",
        /// The gateway took it.
        Sent => "sent",
        /// It arrived.
        Delivered => "delivered",
        /// It was handed over and nobody can say whether it was taken.
        Unknown => "unknown",
        /// The gateway refused it for good.
        Failed => "failed",
        /// It was tried as often as anything is.
        GivenUp => "given_up",
        /// What it would have told was taken back before it went out.
        Cancelled => "cancelled",
    }
}

impl MessageState {
    /// Whether a person may have it sent again: it did not arrive, or nobody can say.
    #[must_use]
    pub const fn may_be_resent(self) -> bool {
        matches!(self, Self::Unknown | Self::Failed | Self::GivenUp)
    }

    /// Whether it has not been handed to anybody yet.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Queued | Self::Held)
    }
}

crate::words::words! {
    /// A step of a dossier that its people are told of (DOMAIN §1.7: every change of its status; R14, T6,
    /// T25 and §3.3 name some besides).
    Told {
        /// Sent in, not looked at yet (T2).
        Submitted => "submitted",
        /// Accepted with a date (T3, T4).
        Accepted => "accepted",
        /// Something is missing before it can be accepted (T5).
        IntakeSupplementRequested => "intake_supplement_requested",
        /// What was missing has come (T6).
        IntakeSupplemented => "intake_supplemented",
        /// Not accepted (T7, T8).
        RefusedAtIntake => "refused_at_intake",
        /// The competent authority works on it (T9).
        Processing => "processing",
        /// Something is missing to go on (T11).
        SupplementRequested => "supplement_requested",
        /// What was missing has come; the date is a new one (T12).
        Supplemented => "supplemented",
        /// Money is owed (T14).
        PaymentRequested => "payment_requested",
        /// It was paid (T15).
        PaymentSettled => "payment_settled",
        /// Withdrawn (T16).
        Withdrawn => "withdrawn",
        /// A withdrawal was declined (T16).
        WithdrawalDeclined => "withdrawal_declined",
        /// Stopped (T13, T17).
        Stopped => "stopped",
        /// On hold (T17).
        Held => "held",
        /// Taken up again (T18).
        Resumed => "resumed",
        /// Passed on to another authority (T24).
        Transferred => "transferred",
        /// An apology with a new date (T25, form 04).
        DueDateExtended => "due_date_extended",
        /// The date rolled with the calendar (§3.3).
        DueDateRolled => "due_date_rolled",
        /// The result is there (T19, T20).
        Completed => "completed",
        /// The result was handed back (T21, T22).
        Returned => "returned",
        /// A result was put right (T23).
        ResultCorrected => "result_corrected",
        /// What was told last was taken back (T26).
        Undone => "undone",
    }
}

impl Told {
    /// The step a line of the timeline stands for, if people are told of it. `acknowledged` stands for
    /// several; only the one that changes the status is told.
    #[must_use]
    pub fn of(kind: &str, transition: &str) -> Option<Self> {
        match (kind, transition) {
            ("acknowledged", "T9") => Some(Self::Processing),
            // The word of no line: lines say `acknowledged`.
            ("processing", _) => None,
            (word, _) => Self::parse(word),
        }
    }

    /// By which channels. Short messages cost money and attention: what follows from what a person just
    /// did at the counter, or needs no answer, is mailed only.
    #[must_use]
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            Self::IntakeSupplemented | Self::Processing | Self::PaymentSettled | Self::Returned => {
                &[Channel::Mail]
            }
            _ => &[Channel::Mail, Channel::Sms],
        }
    }

    /// As [`Self::channels`], for a dossier whose result is given on the spot: its person stands at the
    /// counter.
    #[must_use]
    pub fn channels_for(self, on_the_spot: bool) -> Vec<Channel> {
        let at_the_counter = on_the_spot && matches!(self, Self::Accepted | Self::Completed);
        self.channels()
            .iter()
            .copied()
            .filter(|c| !(at_the_counter && *c == Channel::Sms))
            .collect()
    }

    /// What a template for it may name.
    #[must_use]
    pub fn placeholders(self) -> Vec<Placeholder> {
        use Placeholder as P;
        let mut list = vec![
            P::Code,
            P::Procedure,
            P::Authority,
            P::Centre,
            P::Phone,
            P::LookUp,
        ];
        list.extend_from_slice(match self {
            Self::Accepted
            | Self::Processing
            | Self::Supplemented
            | Self::PaymentSettled
            | Self::Resumed
            | Self::WithdrawalDeclined => &[P::Due],
            Self::DueDateExtended | Self::DueDateRolled => &[P::Due, P::DueBefore],
            Self::IntakeSupplementRequested | Self::SupplementRequested => &[P::SupplyBy],
            Self::PaymentRequested => &[P::Amount],
            Self::Completed | Self::ResultCorrected => &[P::Collect],
            Self::Returned => &[P::Survey],
            _ => &[],
        });
        list
    }
}
