//! What a changed calendar would do to open promises.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use motcua_domain::calendar::{Calendar, Change};
use motcua_domain::deadline::{Limit, Unit, after_calendar_change, compute, remaining_minutes};
use motcua_store::dossier::{Edge, PromiseRow, open_promises};
use motcua_store::{AuthorityId, CentreId, Db, Ts};

use super::centre_unknown;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::list::promised_states;
use crate::error::Result;

impl Services {
    /// What a changed calendar would do to the open promises the actor answers for. Nothing is kept.
    ///
    /// # Errors
    /// Those of [`Change::applied`]; `centre_unknown` for one at which the actor may not ask;
    /// `no_working_day`, `date_outside_calendar`.
    pub fn simulate(
        &self,
        db: &mut Db,
        actor: &Actor,
        centre: Option<&CentreId>,
        change: &Change,
    ) -> Result<Simulation> {
        let centre = actor
            .centre_for(Permission::SimulateDeadlines, centre)
            .ok_or_else(centre_unknown)?;
        let scope = actor.scope(Permission::SimulateDeadlines);
        // A role for the whole centre sees all of it, whatever else its holder is.
        let authorities = if scope.centres.contains(&centre) {
            Vec::new()
        } else {
            scope.authorities
        };
        let old = self.calendar(db, &centre)?;
        let new = change.applied(&old)?;
        let now = self.now();
        let mut found = Simulation {
            checked: 0,
            moved: 0,
            late: 0,
            complete: true,
            by_authority: BTreeMap::new(),
            promises: Vec::new(),
        };
        let states = promised_states();
        let mut edge: Option<Edge> = None;
        loop {
            let rows = open_promises(
                db,
                &centre,
                &authorities,
                &states,
                edge.as_ref(),
                SIMULATED_PAGE,
            )?;
            let whole = i64::try_from(rows.len()).is_ok_and(|n| n == SIMULATED_PAGE);
            edge = rows.last().and_then(|r| {
                Some(Edge {
                    at: r.due_at?,
                    id: r.id.clone(),
                    backwards: false,
                })
            });
            for row in rows {
                if found.checked == SIMULATED_MOST {
                    found.complete = false;
                    return Ok(found);
                }
                found.checked += 1;
                found.look(&old, &new, now, row)?;
            }
            if !whole {
                return Ok(found);
            }
        }
    }
}

/// An open promise as it stands, and as it would stand under a changed calendar: the same or later.
/// None where nothing is promised.
///
/// # Errors
/// `no_working_day`, `date_outside_calendar`.
pub(super) fn under(
    old: &Calendar,
    new: &Calendar,
    row: &PromiseRow,
) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    let Some(Ts(due_at)) = row.due_at else {
        return Ok(None);
    };
    let limit = row
        .limit_amount
        .and_then(|n| u32::try_from(n).ok())
        .zip(row.limit_unit.as_deref().and_then(Unit::parse))
        .map(|(amount, unit)| Limit { amount, unit });
    let start = row.clock_started_at.map_or(due_at, |t| t.0);
    // A promise that is no longer the plain result of its limit was moved by a pause or an
    // apology: only the day it stands on can move it then.
    let plain = limit.filter(|l| compute(old, start, *l).is_ok_and(|d| d.due_at == due_at));
    let new_due_at = after_calendar_change(new, start, plain, due_at)?.due_at;
    Ok(Some((due_at, new_due_at)))
}

/// How many promises are read at a time: memory stays bounded by it.
const SIMULATED_PAGE: i64 = 500;
/// How many promises one simulation looks at; a centre of fifty dossiers a day has some hundreds.
const SIMULATED_MOST: u32 = 20_000;
/// How many of the promises concerned are told one by one.
pub const SIMULATED_SHOWN: usize = 200;

/// What another calendar would do.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// Open promises looked at.
    pub checked: u32,
    /// How many would move; always to a later date.
    pub moved: u32,
    /// How many would have no working time left that have some now.
    pub late: u32,
    /// False when there are more than are looked at in one go.
    pub complete: bool,
    /// How many would move, authority by authority.
    pub by_authority: BTreeMap<AuthorityId, u32>,
    /// The first of those that would move or be late, soonest first.
    pub promises: Vec<Simulated>,
}

/// One promise under both calendars.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// The dossier.
    pub row: PromiseRow,
    /// Due as promised.
    pub due_at: DateTime<Utc>,
    /// Due by the other calendar: the same or later.
    pub new_due_at: DateTime<Utc>,
    /// Working minutes left by the present calendar; negative when overdue.
    pub remaining: i64,
    /// Working minutes left until the new date by the other calendar.
    pub new_remaining: i64,
}

impl Simulation {
    fn look(
        &mut self,
        old: &Calendar,
        new: &Calendar,
        now: DateTime<Utc>,
        row: PromiseRow,
    ) -> Result<()> {
        let Some((due_at, new_due_at)) = under(old, new, &row)? else {
            return Ok(());
        };
        let remaining = remaining_minutes(old, now, due_at)?;
        let new_remaining = remaining_minutes(new, now, new_due_at)?;
        let (moved, late) = (new_due_at > due_at, remaining > 0 && new_remaining <= 0);
        if moved {
            self.moved += 1;
            *self
                .by_authority
                .entry(row.authority_id.clone())
                .or_default() += 1;
        }
        self.late += u32::from(late);
        if (moved || late) && self.promises.len() < SIMULATED_SHOWN {
            self.promises.push(Simulated {
                row,
                due_at,
                new_due_at,
                remaining,
                new_remaining,
            });
        }
        Ok(())
    }
}
