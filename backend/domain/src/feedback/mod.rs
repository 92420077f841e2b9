//! What people say of the centre, kept strictly apart: suggestions and recommendations (phản ánh, kiến
//! nghị), complaints (khiếu nại), denunciations (tố cáo); and the obstacles that officers report upward
//! (vướng mắc). Each has its own path and its own dates.

mod code;
mod decide;
mod limits;
#[cfg(test)]
mod tests;

pub use code::{
    DENUNCIATION_PREFIX, SECRET_LENGTH, denunciation_code, feedback_code, normal_secret,
    written_secret,
};
pub use decide::{Command, FeedbackCase, Outcome, decide, forward_due_on};
pub use limits::{Certainty, Limit, Limits};

use crate::refusal::Refusal;
use crate::text::fold_vi;

/// The longest text somebody may file, in characters.
pub const LONGEST_TEXT: usize = 10_000;

crate::words::words! {
    /// What somebody files at the counter or on the public page.
    FilingKind {
        /// Phản ánh, kiến nghị.
        Suggestion => "suggestion",
        /// Khiếu nại.
        Complaint => "complaint",
        /// Tố cáo: kept elsewhere, by other people.
        Denunciation => "denunciation",
    }
}

crate::words::words! {
    /// What is kept in the ordinary list: never a denunciation.
    FeedbackKind {
        /// Phản ánh, kiến nghị.
        Suggestion => "suggestion",
        /// Khiếu nại.
        Complaint => "complaint",
    }
}

impl FeedbackKind {
    /// The letters in its code.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Suggestion => "PA",
            Self::Complaint => "KN",
        }
    }
}

crate::words::words! {
    /// How it came.
    FeedbackChannel {
        /// At the counter, on paper or spoken.
        Counter => "counter",
        /// By telephone.
        Phone => "phone",
        /// On the public page.
        Online => "online",
        /// On the public page, by the QR code that hangs at a counter.
        Qr => "qr",
        /// By post.
        Post => "post",
    }
}

crate::words::words! {
    /// What it is about.
    FeedbackSubject {
        /// A procedure, its papers, its time, its cost.
        Procedure => "procedure",
        /// An officer's attitude (the seventh of the nine indices).
        Attitude => "attitude",
        /// What an officer did or decided.
        Officer => "officer",
        /// The place, its machines, its software.
        Facility => "facility",
        /// Something else.
        Other => "other",
    }
}

impl FeedbackSubject {
    /// Whether its answer says if it was true: what falls back on somebody is never left open.
    #[must_use]
    pub const fn is_about_somebody(self) -> bool {
        matches!(self, Self::Attitude | Self::Officer)
    }
}

crate::words::words! {
    /// Where it stands.
    FeedbackState {
        /// Received.
        Received => "received",
        /// Passed on to the body that is competent (suggestions).
        Forwarded => "forwarded",
        /// Accepted for resolution (complaints).
        Accepted => "accepted",
        /// Not accepted, with the reason (complaints).
        Declined => "declined",
        /// Answered.
        Answered => "answered",
    }
}

crate::words::words! {
    /// What can be done with it.
    FeedbackAction {
        /// Pass it on to the body that is competent.
        Forward => "forward",
        /// Accept a complaint.
        Accept => "accept",
        /// Not accept a complaint.
        Decline => "decline",
        /// Take longer.
        Extend => "extend",
        /// Answer it.
        Answer => "answer",
        /// Publish the answer.
        Publish => "publish",
    }
}

crate::words::words! {
    /// Where a denunciation stands.
    DenunciationState {
        /// Received.
        Received => "received",
        /// Passed on to the body that is competent.
        PassedOn => "passed_on",
        /// Accepted.
        Accepted => "accepted",
        /// Not accepted, with the reason.
        Declined => "declined",
        /// Concluded.
        Concluded => "concluded",
    }
}

impl DenunciationState {
    /// Where it can go from here.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Received => &[Self::PassedOn, Self::Accepted, Self::Declined],
            Self::Accepted => &[Self::Concluded],
            Self::PassedOn | Self::Declined | Self::Concluded => &[],
        }
    }

    /// That it may go on to `to`.
    ///
    /// # Errors
    /// `feedback_step_not_allowed`.
    pub fn may_become(self, to: Self) -> Result<(), Refusal> {
        if self.next().contains(&to) {
            return Ok(());
        }
        let allowed: Vec<&str> = self.next().iter().map(|s| s.as_str()).collect();
        Err(step_not_allowed().with("allowed_states", allowed))
    }
}

crate::words::words! {
    /// What an obstacle that an officer reports lies in.
    ObstacleKind {
        /// A procedure as it was published.
        Procedure => "procedure",
        /// A law or a rule.
        Law => "law",
        /// Software, machines, connections.
        System => "system",
        /// A person or a body that one depends on.
        Person => "person",
        /// Something else.
        Other => "other",
    }
}

crate::words::words! {
    /// Where an obstacle stands.
    ObstacleState {
        /// Reported.
        Raised => "raised",
        /// Passed upward.
        Forwarded => "forwarded",
        /// Solved.
        Solved => "solved",
    }
}

pub(crate) fn step_not_allowed() -> Refusal {
    Refusal::new(
        "feedback_step_not_allowed",
        "Không thể thực hiện bước này ở trạng thái hiện tại.",
        "The present state does not allow this step.",
    )
}

/// Whether a text that is to be published names somebody or tells their number: written with or without
/// marks, in whatever case. Digits are compared without what people put between them.
#[must_use]
pub fn names_somebody<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>) -> bool {
    let folded = fold_vi(text);
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let all_digits = digits(text);
    secrets.into_iter().any(|secret| {
        let name = fold_vi(secret);
        let number = digits(secret);
        if name.is_empty() {
            return false;
        }
        folded.contains(&name)
            || (number.chars().count() >= 9
                && name.chars().all(|c| c.is_ascii_digit())
                && all_digits.contains(&number))
    })
}
