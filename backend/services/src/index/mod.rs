//! The nine indices of Circular 01/2018 in quarterly snapshots, worked out of what dossiers did; and the
//! estimate of Decision 766 beside them.
//!
//! A snapshot keeps what it was worked out of. As long as it is a draft, working it out anew takes its place;
//! once frozen it never changes, and a new one says why it was made.

mod comparison;
mod entered;
mod figures;
mod known;
mod make;
mod proof;
mod read;
mod sweep;

pub use comparison::{Compared, Comparison, Side, comparison};
pub use make::{NewSnapshot, freeze, make};
pub(crate) use proof::{FROZEN, digest};
pub use read::{
    BehindPage, OfficerResults, Outcome, Own, Snapshots, Taken, Whole, behind, officer_results,
    own, snapshot, snapshots, taken_out,
};

use motcua_domain::survey::Ratio;
use motcua_domain::survey::satisfied::Answers;
use motcua_store::{AuthorityId, UserId};
use serde::{Deserialize, Serialize};

/// A part of a whole, as it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl From<Part> for Ratio {
    fn from(Part { part, whole }: Part) -> Self {
        Self { part, whole }
    }
}

/// Points of an index that were counted elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Points of all.
    pub points: u64,
    /// How many were counted.
    pub counted: u64,
}

/// What people say of a unit that the program does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredUnit {
    /// Which authority; none: the centre as a whole.
    pub authority_id: Option<AuthorityId>,
    /// Index 5: listed procedures received and returned at the one-stop.
    pub received_at_centre: Option<Part>,
    /// Index 5: those also appraised and approved on the spot.
    pub decided_at_centre: Option<Part>,
    /// Index 6: posted at the office, exactly, fully and in time.
    pub posted: Option<bool>,
    /// Index 6: published electronically, the same.
    pub published: Option<bool>,
    /// Index 8: feedback handled in time, of all received.
    pub feedback_on_time: Option<Part>,
    /// Index 8: whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Index 7: codes of finished dossiers with an upheld complaint; none: nobody has looked.
    pub upheld_dossiers: Option<Vec<String>>,
    /// Index 4: points from what people answered.
    pub bodies: Option<Sum>,
    /// Answers on the five steps of satisfaction.
    pub answers: Option<[u64; 5]>,
    /// On what all of it rests.
    pub reason: String,
}

/// What people say of an officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredOfficer {
    /// Who.
    pub user_id: UserId,
    /// Index 4: points from what people answered.
    pub bodies: Sum,
    /// On what it rests.
    pub reason: String,
}

/// What people entered for a snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// Of units.
    pub units: Vec<EnteredUnit>,
    /// Of officers.
    pub officers: Vec<EnteredOfficer>,
}

impl Entered {
    /// What was entered of a unit.
    pub fn unit(&self, authority: Option<&AuthorityId>) -> Option<&EnteredUnit> {
        self.units
            .iter()
            .find(|u| u.authority_id.as_ref() == authority)
    }

    /// What was entered of an officer.
    pub fn officer(&self, user: &UserId) -> Option<&EnteredOfficer> {
        self.officers.iter().find(|o| o.user_id == *user)
    }
}

/// What was counted of a unit or an officer, besides the points.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Finished in the quarter.
    pub finished: u64,
    /// Of those: earlier than the limit.
    pub early: u64,
    /// On the day.
    pub on_time: u64,
    /// Later.
    pub overdue: u64,
    /// Promised anew with an apology, and counted against the new date.
    pub reappointed: u64,
    /// Of those: later than the date before the apology.
    pub late_before_apology: u64,
    /// Steps of internal workflows that were measured: earlier than their limit.
    pub steps_early: u64,
    /// On the day.
    pub steps_on_time: u64,
    /// Later.
    pub steps_overdue: u64,
    /// Finished without asking anybody for a supplement.
    pub complete_at_once: u64,
    /// Finished, and it is known how often people had to come.
    pub contacts_known: u64,
    /// Finished with an upheld complaint; none: nobody has looked.
    pub upheld: Option<u64>,
    /// Filed in the quarter.
    pub filed: u64,
    /// Of those: online.
    pub filed_online: u64,
    /// Filed online and overdue or not answered.
    pub online_late: u64,
    /// Procedures offered online, of all in force at the end.
    pub online_procedures: Part,
    /// Feedback handled in time, of all received.
    pub feedback_on_time: Option<Part>,
    /// Whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Answers on the five steps of satisfaction.
    pub answers: Option<[u64; 5]>,
}

impl Tally {
    /// Finished dossiers that have a limit.
    pub const fn limited(&self) -> u64 {
        self.early + self.on_time + self.overdue
    }

    /// Steps that were measured.
    pub const fn steps(&self) -> u64 {
        self.steps_early + self.steps_on_time + self.steps_overdue
    }

    /// The answers.
    pub fn answers(&self) -> Option<Answers> {
        self.answers.map(Answers)
    }
}

/// What was counted of a row of Decision 766.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The row.
    pub code: String,
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}
