//! What may be done with a suggestion or a complaint, and by when the next step is due.

use chrono::NaiveDate;

use super::{
    FeedbackAction, FeedbackKind, FeedbackState, FeedbackSubject, Limits, step_not_allowed,
};
use crate::calendar::Calendar;
use crate::refusal::{FieldError, Refusal};

/// What decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackCase {
    /// Suggestion or complaint.
    pub kind: FeedbackKind,
    /// What it is about.
    pub subject: FeedbackSubject,
    /// Where it stands.
    pub state: FeedbackState,
    /// When a complaint was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// A complaint from a remote place.
    pub remote: bool,
    /// By when it is to be answered, where that is known.
    pub answer_due_on: Option<NaiveDate>,
    /// It was given more time.
    pub prolonged: bool,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Pass it on, and say by when an answer is asked for.
    Forward {
        /// By when; no law says it.
        answer_by: Option<NaiveDate>,
    },
    /// Accept a complaint.
    Accept {
        /// It comes from a remote place that is hard to reach.
        remote: bool,
    },
    /// Not accept a complaint.
    Decline,
    /// Take longer: a suggestion until a day, a complaint as the law gives for a complex matter.
    Extend {
        /// Until when; for suggestions only.
        until: Option<NaiveDate>,
    },
    /// Answer.
    Answer {
        /// Whether it was true.
        upheld: Option<bool>,
    },
    /// Publish the answer.
    Publish,
}

impl Command {
    /// What it is.
    #[must_use]
    pub const fn action(&self) -> FeedbackAction {
        match self {
            Self::Forward { .. } => FeedbackAction::Forward,
            Self::Accept { .. } => FeedbackAction::Accept,
            Self::Decline => FeedbackAction::Decline,
            Self::Extend { .. } => FeedbackAction::Extend,
            Self::Answer { .. } => FeedbackAction::Answer,
            Self::Publish => FeedbackAction::Publish,
        }
    }
}

/// How it stands afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Where it stands.
    pub state: FeedbackState,
    /// The first step the law sets a time for (passing on, accepting) is done with this.
    pub first_step_done: bool,
    /// When a complaint was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// From a remote place.
    pub remote: bool,
    /// By when it is to be answered.
    pub answer_due_on: Option<NaiveDate>,
    /// What is due next; none: nothing.
    pub due_on: Option<NaiveDate>,
    /// It was given more time.
    pub prolonged: bool,
}

impl FeedbackCase {
    /// What may be done now.
    #[must_use]
    pub fn allowed(&self) -> Vec<FeedbackAction> {
        use FeedbackAction as A;
        use FeedbackKind::{Complaint, Suggestion};
        use FeedbackState as S;
        let mut actions = match (self.kind, self.state) {
            (Suggestion, S::Received) => vec![A::Forward, A::Answer],
            (Suggestion, S::Forwarded) => vec![A::Forward, A::Extend, A::Answer],
            (Suggestion, S::Answered) => vec![A::Publish],
            (Complaint, S::Received) => vec![A::Accept, A::Decline],
            (Complaint, S::Accepted) => vec![A::Extend, A::Answer],
            // Answers to suggestions are published; a complaint's is the complainant's own.
            (Complaint, S::Answered | S::Declined | S::Forwarded)
            | (Suggestion, S::Accepted | S::Declined) => Vec::new(),
        };
        if self.prolonged || self.answer_due_on.is_none() {
            actions.retain(|a| *a != A::Extend);
        }
        actions
    }
}

/// By when the first step of something received on a day is due: passing a suggestion on, accepting a
/// complaint or not.
///
/// # Errors
/// `date_outside_calendar`.
pub fn forward_due_on(
    kind: FeedbackKind,
    calendar: &Calendar,
    limits: &Limits,
    received: NaiveDate,
) -> Result<NaiveDate, Refusal> {
    match kind {
        FeedbackKind::Suggestion => &limits.suggestion_forward,
        FeedbackKind::Complaint => &limits.complaint_accept,
    }
    .last_day(calendar, received)
}

fn fault(
    pointer: &str,
    code: &'static str,
    vi: impl Into<String>,
    en: impl Into<String>,
) -> Refusal {
    Refusal::invalid(vec![FieldError::new(pointer, code, vi, en)])
}

/// What becomes of it. Total: whatever the case and the command, there is an outcome or a refusal.
///
/// # Errors
/// `feedback_step_not_allowed` with the allowed actions, `feedback_prolonged_already`,
/// `validation_failed` naming the field, `date_outside_calendar`.
pub fn decide(
    case: &FeedbackCase,
    command: &Command,
    calendar: &Calendar,
    limits: &Limits,
    today: NaiveDate,
) -> Result<Outcome, Refusal> {
    let allowed = case.allowed();
    if !allowed.contains(&command.action()) {
        if command.action() == FeedbackAction::Extend && case.prolonged {
            return Err(Refusal::new(
                "feedback_prolonged_already",
                "Chỉ được kéo dài thời hạn một lần.",
                "It was given more time once already.",
            ));
        }
        let names: Vec<&str> = allowed.iter().map(|a| a.as_str()).collect();
        return Err(step_not_allowed().with("allowed_actions", names));
    }
    let same = Outcome {
        state: case.state,
        first_step_done: false,
        accepted_on: case.accepted_on,
        remote: case.remote,
        answer_due_on: case.answer_due_on,
        due_on: None,
        prolonged: case.prolonged,
    };
    match *command {
        Command::Forward { answer_by } => {
            if answer_by.is_some_and(|day| day < today) {
                return Err(fault(
                    "/answer_by",
                    "date_in_past",
                    "Ngày yêu cầu trả lời không được ở quá khứ.",
                    "The day an answer is asked for by is not in the past.",
                ));
            }
            // Passed on once more, an earlier date holds until another is named: nothing is prolonged
            // by the way.
            if let (Some(wanted), Some(held)) = (answer_by, case.answer_due_on)
                && wanted > held
            {
                return Err(fault(
                    "/answer_by",
                    "needs_extension",
                    "Ngày trả lời muộn hơn ngày đã đặt: phải ghi kéo dài thời hạn.",
                    "It is later than the day that was set: record an extension.",
                ));
            }
            let answer_due_on = answer_by.or(case.answer_due_on);
            Ok(Outcome {
                state: FeedbackState::Forwarded,
                first_step_done: true,
                answer_due_on,
                due_on: answer_due_on,
                ..same
            })
        }
        Command::Accept { remote } => {
            let due = limits.resolving(remote, false).last_day(calendar, today)?;
            Ok(Outcome {
                state: FeedbackState::Accepted,
                first_step_done: true,
                accepted_on: Some(today),
                remote,
                answer_due_on: Some(due),
                due_on: Some(due),
                ..same
            })
        }
        Command::Decline => Ok(Outcome {
            state: FeedbackState::Declined,
            first_step_done: true,
            ..same
        }),
        Command::Extend { until } => {
            let due = match (case.kind, until) {
                (FeedbackKind::Complaint, None) => limits
                    .resolving(case.remote, true)
                    .last_day(calendar, case.accepted_on.unwrap_or(today))?,
                (FeedbackKind::Complaint, Some(_)) => {
                    return Err(fault(
                        "/until",
                        "not_for_complaints",
                        "Thời hạn kéo dài của khiếu nại do luật định, không nhập ngày.",
                        "How long a complaint may take is the law's to say; name no day.",
                    ));
                }
                (FeedbackKind::Suggestion, None) => {
                    return Err(fault(
                        "/until",
                        "required",
                        "Ghi ngày trả lời mới.",
                        "Name the new day.",
                    ));
                }
                (FeedbackKind::Suggestion, Some(day)) => {
                    if case.answer_due_on.is_some_and(|held| day <= held) || day < today {
                        return Err(fault(
                            "/until",
                            "not_later",
                            "Ngày mới phải muộn hơn ngày đang hẹn và không ở quá khứ.",
                            "The new day is later than the one that holds, and not in the past.",
                        ));
                    }
                    day
                }
            };
            Ok(Outcome {
                answer_due_on: Some(due),
                due_on: Some(due),
                prolonged: true,
                ..same
            })
        }
        Command::Answer { upheld } => {
            let must_say = case.kind == FeedbackKind::Complaint || case.subject.is_about_somebody();
            if must_say && upheld.is_none() {
                return Err(fault(
                    "/upheld",
                    "required",
                    "Ghi rõ nội dung là đúng hay không đúng.",
                    "Say whether it was true.",
                ));
            }
            Ok(Outcome {
                state: FeedbackState::Answered,
                first_step_done: true,
                ..same
            })
        }
        Command::Publish => Ok(same),
    }
}
