//! Inspections (đoàn kiểm tra): who looks at which dossiers, for how long, what is found and followed
//! until it is put right; commendation and discipline, tied to what they rest on.

mod finding;
mod plan;
#[cfg(test)]
mod tests;

pub use finding::{FindingCase, FindingCommand, FindingOutcome, decide, due_fault};
pub use plan::{AccessLimit, Limits, Plan, PlannedMember, faults, may_look};

/// The longest text of a finding, a conclusion or a reason, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// The most members of a team.
pub const MOST_MEMBERS: usize = 50;
/// The most authorities named one by one.
pub const MOST_AUTHORITIES: usize = 200;
/// The most that one commendation or discipline record rests on.
pub const MOST_EVIDENCE: usize = 20;

crate::words::words! {
    /// What kind of inspection.
    InspectionKind {
        /// Kiểm tra nội bộ, once a month.
        InternalCheck => "internal_check",
        /// Kiểm tra theo kế hoạch.
        Scheduled => "scheduled",
        /// Kiểm tra đột xuất.
        Unannounced => "unannounced",
    }
}

crate::words::words! {
    /// Where an inspection stands.
    InspectionState {
        /// Opened: its team looks while its days run.
        Open => "open",
        /// Ended before its last day: its team looks no more.
        Ended => "ended",
        /// Concluded.
        Concluded => "concluded",
    }
}

crate::words::words! {
    /// What came of checking a dossier of a sample.
    CheckOutcome {
        /// In order.
        InOrder => "in_order",
        /// Something is wrong with it.
        Finding => "finding",
        /// The paper file was not there.
        NotFound => "not_found",
    }
}

crate::words::words! {
    /// What a finding is about.
    FindingKind {
        /// A time that was not kept.
        Deadline => "deadline",
        /// Papers asked for or accepted wrongly.
        Papers => "papers",
        /// Fees and receipts.
        Fees => "fees",
        /// A procedure that was not followed.
        Procedure => "procedure",
        /// How somebody behaved.
        Conduct => "conduct",
        /// What must be posted and was not.
        Publicity => "publicity",
        /// What must be digitised and was not.
        Digitisation => "digitisation",
        /// Something else.
        Other => "other",
    }
}

crate::words::words! {
    /// Where a finding stands.
    FindingState {
        /// To be put right.
        Open => "open",
        /// Reported as put right, not accepted yet.
        Reported => "reported",
        /// Accepted as put right.
        Closed => "closed",
        /// Withdrawn by those who made it.
        Withdrawn => "withdrawn",
    }
}

impl FindingState {
    /// Whether nothing is waited for any more.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}

crate::words::words! {
    /// What can be done with a finding.
    FindingAction {
        /// Report that it is put right.
        Report => "report",
        /// Accept that it is.
        Accept => "accept",
        /// Send the report back.
        SendBack => "send_back",
        /// Give it more time.
        Prolong => "prolong",
        /// Withdraw it.
        Withdraw => "withdraw",
    }
}

crate::words::words! {
    /// Commendation or discipline.
    ConductKind {
        /// Khen thưởng.
        Commendation => "commendation",
        /// Kỷ luật.
        Discipline => "discipline",
    }
}

crate::words::words! {
    /// What a commendation or a discipline record may rest on.
    EvidenceKind {
        /// A line of a frozen snapshot of the nine indices.
        IndexLine => "index_line",
        /// A suggestion or complaint that was found true.
        Feedback => "feedback",
        /// A dossier.
        Dossier => "dossier",
        /// A finding.
        Finding => "finding",
        /// An inspection.
        Inspection => "inspection",
    }
}
