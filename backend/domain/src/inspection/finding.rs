//! The path of a finding, until it is put right.

use chrono::NaiveDate;

use super::{FindingAction, FindingState};
use crate::refusal::{FieldError, Refusal};

/// What decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingCase {
    /// Where it stands.
    pub state: FindingState,
    /// By when it is to be put right.
    pub due_on: NaiveDate,
    /// Whoever asks is the one who reported it as put right.
    pub own_report: bool,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingCommand {
    /// Report that it is put right.
    Report,
    /// Accept that it is.
    Accept,
    /// Send the report back.
    SendBack,
    /// Give it until a later day.
    Prolong {
        /// Until when.
        until: NaiveDate,
    },
    /// Withdraw it.
    Withdraw,
}

impl FindingCommand {
    /// What it is.
    #[must_use]
    pub const fn action(&self) -> FindingAction {
        match self {
            Self::Report => FindingAction::Report,
            Self::Accept => FindingAction::Accept,
            Self::SendBack => FindingAction::SendBack,
            Self::Prolong { .. } => FindingAction::Prolong,
            Self::Withdraw => FindingAction::Withdraw,
        }
    }

    /// The word of the step it leaves.
    #[must_use]
    pub const fn step(&self) -> &'static str {
        match self {
            Self::Report => "reported",
            Self::Accept => "accepted",
            Self::SendBack => "sent_back",
            Self::Prolong { .. } => "prolonged",
            Self::Withdraw => "withdrawn",
        }
    }
}

/// How it stands afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingOutcome {
    /// Where it stands.
    pub state: FindingState,
    /// By when it is to be put right.
    pub due_on: NaiveDate,
}

impl FindingCase {
    /// What may be done now, by whoever may do such things at all.
    #[must_use]
    pub fn allowed(&self) -> Vec<FindingAction> {
        use FindingAction as A;
        match self.state {
            FindingState::Open => vec![A::Report, A::Prolong, A::Withdraw],
            FindingState::Reported => vec![A::Accept, A::SendBack, A::Prolong, A::Withdraw],
            FindingState::Closed | FindingState::Withdrawn => Vec::new(),
        }
    }
}

/// What is wrong with a day by which something found on `found_on` is to be put right.
#[must_use]
pub fn due_fault(due_on: NaiveDate, found_on: NaiveDate) -> Option<FieldError> {
    (due_on < found_on).then(|| {
        FieldError::new(
            "/due_on",
            "date_in_past",
            "Hạn khắc phục không được trước ngày phát hiện.",
            "It is not due before the day it was found.",
        )
    })
}

/// What becomes of it. Total: whatever the case and the command, there is an outcome or a refusal.
///
/// # Errors
/// `finding_step_not_allowed` with the allowed actions, `own_report`, `validation_failed` naming the field.
pub fn decide(
    case: &FindingCase,
    command: &FindingCommand,
    today: NaiveDate,
) -> Result<FindingOutcome, Refusal> {
    let allowed = case.allowed();
    if !allowed.contains(&command.action()) {
        let names: Vec<&str> = allowed.iter().map(|a| a.as_str()).collect();
        return Err(Refusal::new(
            "finding_step_not_allowed",
            "Kiến nghị kiểm tra đang ở trạng thái không cho phép bước này.",
            "The present state of the finding does not allow this.",
        )
        .with("allowed_actions", names));
    }
    let state = match *command {
        FindingCommand::Report => FindingState::Reported,
        FindingCommand::Accept if case.own_report => {
            return Err(Refusal::new(
                "own_report",
                "Người báo cáo đã khắc phục không tự chấp nhận báo cáo của mình.",
                "Who reported it as put right does not accept the report.",
            ));
        }
        FindingCommand::Accept => FindingState::Closed,
        FindingCommand::SendBack => FindingState::Open,
        FindingCommand::Prolong { until } => {
            if until <= case.due_on || until < today {
                return Err(Refusal::invalid(vec![FieldError::new(
                    "/due_on",
                    "not_later",
                    "Hạn mới phải muộn hơn hạn đang áp dụng và không ở quá khứ.",
                    "The new day is later than the one that holds, and not in the past.",
                )]));
            }
            return Ok(FindingOutcome {
                state: case.state,
                due_on: until,
            });
        }
        FindingCommand::Withdraw => FindingState::Withdrawn,
    };
    Ok(FindingOutcome {
        state,
        due_on: case.due_on,
    })
}
