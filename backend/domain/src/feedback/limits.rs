//! How long the law gives, as data with its source.

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::calendar::Calendar;
use crate::deadline::Unit;
use crate::refusal::Refusal;

const SHIPPED: &str = include_str!("../../data/feedback/limits.json");

crate::words::words! {
    /// How sure a figure is.
    Certainty {
        /// As the law's text says.
        Law => "law",
        /// As it is known; to be checked against the gazette.
        ToCheck => "to_check",
    }
}

/// One figure of the law.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many.
    pub amount: u32,
    /// Of what: working days or calendar days.
    pub unit: Unit,
    /// Where it stands.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Limit {
    /// The last day of the time that begins with something on `from`, which is itself never counted
    /// (Civil Code Art 147.2); calendar days that end on a day off end on the next working day (148.5).
    ///
    /// # Errors
    /// `date_outside_calendar`, `calendar_invalid` for a unit that is no day.
    pub fn last_day(&self, calendar: &Calendar, from: NaiveDate) -> Result<NaiveDate, Refusal> {
        match self.unit {
            Unit::WorkingDay => calendar.add_working_days(from, self.amount),
            Unit::CalendarDay => {
                let day = from
                    .checked_add_days(Days::new(u64::from(self.amount)))
                    .unwrap_or(NaiveDate::MAX);
                calendar.working_on_or_after(day)
            }
            _ => Err(damaged("a limit in other units than days")),
        }
    }
}

/// Every figure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each names its step")]
pub struct Limits {
    pub suggestion_forward: Limit,
    pub complaint_accept: Limit,
    pub complaint_resolve: Limit,
    pub complaint_resolve_complex: Limit,
    pub complaint_resolve_remote: Limit,
    pub complaint_resolve_remote_complex: Limit,
    pub denunciation_accept: Limit,
    pub denunciation_resolve: Limit,
}

fn damaged(why: impl std::fmt::Display) -> Refusal {
    Refusal::new(
        "calendar_invalid",
        format!("Dữ liệu thời hạn phản ánh, khiếu nại của chương trình bị hỏng: {why}."),
        format!("The program's limits of feedback are damaged: {why}."),
    )
}

impl Limits {
    /// The figures that the program ships.
    ///
    /// # Errors
    /// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
    pub fn shipped() -> Result<Self, Refusal> {
        serde_json::from_str(SHIPPED).map_err(damaged)
    }

    /// How long a complaint may take to be resolved, counted from the day it was accepted.
    #[must_use]
    pub fn resolving(&self, remote: bool, complex: bool) -> &Limit {
        match (remote, complex) {
            (false, false) => &self.complaint_resolve,
            (false, true) => &self.complaint_resolve_complex,
            (true, false) => &self.complaint_resolve_remote,
            (true, true) => &self.complaint_resolve_remote_complex,
        }
    }
}
