//! What a year's days off would be by law, beside what a centre's calendar says of them.

use chrono::{Datelike, NaiveDate};
use motcua_domain::calendar::Calendar;
use motcua_domain::calendar::proposal::{Proposal, ProposedDay, propose};
use motcua_store::{CentreId, Db};

use super::centre_unknown;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;

/// A year as the law has it, beside a centre's calendar.
pub struct Proposed {
    /// What the law says.
    pub proposal: Proposal,
    /// How each of its days stands in the calendar.
    pub standing: Vec<Standing>,
    /// Whether the whole year lies within the calendar.
    pub within: bool,
    /// What the calendar must be extended to first, when the year can be its next.
    pub extends_to: Option<NaiveDate>,
    /// The calendar's last day.
    pub last_day: NaiveDate,
}

/// How a proposed day stands in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// It is off already, be it as weekly rest.
    pub off: bool,
    /// It is off for the time being: the notice is awaited.
    pub provisional: bool,
}

/// What a year's days off would be by law, for the calendar of a centre of the actor's.
///
/// # Errors
/// `centre_unknown`; those of [`propose`].
pub fn proposal(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    year: i32,
) -> Result<Proposed> {
    let centre = actor
        .centre_for(Permission::SimulateDeadlines, centre)
        .ok_or_else(centre_unknown)?;
    let proposal = propose(year)?;
    let calendar = services.calendar(db, &centre)?;
    let (first, last) = (calendar.data().first_day, calendar.data().last_day);
    let ends = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(last);
    let begins = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(first);
    Ok(Proposed {
        standing: proposal
            .days
            .iter()
            .map(|d| standing(&calendar, d))
            .collect(),
        within: first <= begins && ends <= last,
        extends_to: (ends > last && year <= last.year() + 1).then_some(ends),
        last_day: last,
        proposal,
    })
}

fn standing(calendar: &Calendar, day: &ProposedDay) -> Standing {
    match calendar.day(day.date) {
        Ok(info) => Standing {
            off: !info.working,
            provisional: info.provisional,
        },
        Err(_) => Standing {
            off: day.weekly_rest,
            provisional: false,
        },
    }
}
