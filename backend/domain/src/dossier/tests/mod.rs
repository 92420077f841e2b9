//! The life of a dossier, told as an officer would tell it, and held against the table of
//! transitions by random commands.

mod clock;
mod flow;
mod guards;
mod random;
mod workflow;

use super::*;
use crate::deadline::tests::{NATIONAL, at};
use crate::deadline::{Limit, Unit};
use crate::refusal::Refusal;
use crate::vn_time::local_date;
use chrono::{DateTime, NaiveDate, Utc};

pub(super) const RECEPTION: &[Role] = &[Role::Reception];
pub(super) const HANDLER: &[Role] = &[Role::Handler];
pub(super) const LEADER: &[Role] = &[Role::Leader];
pub(super) const RESULTS: &[Role] = &[Role::ResultsDesk];
pub(super) const CASHIER: &[Role] = &[Role::Cashier];
pub(super) const CITIZEN: &[Role] = &[Role::Citizen];
pub(super) const SYSTEM: &[Role] = &[Role::System];

pub(super) fn days(amount: u32) -> Rule {
    Rule {
        limit: Some(Limit {
            amount,
            unit: Unit::WorkingDay,
        }),
        ..Rule::default()
    }
}

/// A dossier on its way, with the clock of the story.
pub(super) struct Story {
    pub dossier: Dossier,
    pub now: DateTime<Utc>,
    pub last: Option<Outcome>,
}

impl Story {
    pub fn begin(channel: Channel, rule: Rule, now: &str) -> Self {
        Self {
            dossier: Dossier::draft(channel, rule),
            now: at(now),
            last: None,
        }
    }

    /// Accepted at the counter under a limit of working days.
    pub fn accepted(amount: u32, now: &str) -> Self {
        let mut story = Self::begin(Channel::Counter, days(amount), now);
        story.ok(RECEPTION, accept());
        story
    }

    /// Accepted, handed to the handler and acknowledged, all at once.
    pub fn processing(amount: u32, now: &str) -> Self {
        let mut story = Self::accepted(amount, now);
        story.ok(RECEPTION, give(Desk::Handler));
        story.ok(HANDLER, take());
        story
    }

    pub fn context<'a>(&self, roles: &'a [Role]) -> Context<'a> {
        Context::new(roles, self.now, &NATIONAL)
    }

    pub fn when(&mut self, now: &str) -> &mut Self {
        self.now = at(now);
        self
    }

    pub fn ok(&mut self, roles: &[Role], command: Command) -> &mut Self {
        let outcome = decide(&self.dossier, &command, &self.context(roles));
        let outcome = outcome.unwrap_or_else(|r| panic!("{command:?}: {r:?}"));
        assert!(
            outcome
                .transition
                .permits(self.dossier.state, outcome.dossier.state),
            "{} {} → {}",
            outcome.transition,
            self.dossier.state,
            outcome.dossier.state
        );
        self.dossier = outcome.dossier.clone();
        self.last = Some(outcome);
        self
    }

    pub fn refused(&self, roles: &[Role], command: Command) -> Refusal {
        decide(&self.dossier, &command, &self.context(roles))
            .expect_err(&format!("{command:?} must be refused"))
    }

    pub fn code(&self, roles: &[Role], command: Command) -> &'static str {
        self.refused(roles, command).code
    }

    pub fn transition(&self) -> Transition {
        self.last.as_ref().expect("a step").transition
    }

    pub fn papers(&self) -> &[Form] {
        &self.last.as_ref().expect("a step").papers
    }
}

pub(super) fn accept() -> Command {
    Command::Accept {
        missing_components: Vec::new(),
    }
}

pub(super) fn give(to: Desk) -> Command {
    Command::HandOver { to, to_user: None }
}

pub(super) fn take() -> Command {
    Command::Acknowledge {
        accepted: true,
        reason: None,
    }
}

pub(super) fn grant() -> Command {
    Command::Decide {
        outcome: DecisionOutcome::Grant,
        reason: None,
    }
}

pub(super) fn result() -> Command {
    Command::Results {
        number: Some("12".into()),
        issued_on: None,
        summary: "Giấy khai sinh".into(),
    }
}

pub(super) fn collect(relation: Relation, authorisation: Option<&str>) -> Command {
    Command::Return {
        collector: Collector {
            full_name: "Nguyễn Văn An".into(),
            relation,
            authorisation: authorisation.map(str::to_owned),
        },
        method: DeliveryMethod::Counter,
        tracking_number: None,
    }
}

pub(super) fn ask() -> Command {
    Command::RequestSupplement {
        items: vec!["Giấy chứng sinh".into()],
        reason: "Thiếu giấy chứng sinh".into(),
        legal_exception: None,
    }
}

pub(super) fn ask_by_law() -> Command {
    Command::RequestSupplement {
        items: vec!["Giấy chứng sinh".into()],
        reason: "Thiếu giấy chứng sinh".into(),
        legal_exception: Some("Luật chuyên ngành, Điều 1".into()),
    }
}

pub(super) fn withdraw(reason: &str) -> Command {
    Command::Withdraw {
        reason: reason.into(),
        declined: false,
    }
}

pub(super) fn stop() -> Command {
    Command::Stop {
        reason: "Không bổ sung".into(),
        legal_ground: None,
    }
}

pub(super) fn stop_by_law() -> Command {
    Command::Stop {
        reason: "Có bản án".into(),
        legal_ground: Some("Luật, Điều 2".into()),
    }
}

pub(super) fn extend(day: &str) -> Command {
    Command::Extend {
        new_due_on: crate::deadline::tests::date(day),
        reason: "Chờ xác minh".into(),
    }
}

/// The date promised now.
pub(super) fn due_on(story: &Story) -> Option<NaiveDate> {
    story.dossier.due_at.map(local_date)
}
