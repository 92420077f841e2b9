//! The steps of a procedure's internal workflow (quy trình nội bộ): who has the dossier for how long
//! within its limit. They are apart from the promise and never move it (DOMAIN §2.3).
//!
//! A step belongs to a desk. A dossier that comes to another desk leaves its step and begins that desk's
//! next one; two steps of one desk are told apart by the officer ([`super::Command::NextStep`]).

use super::snapshot::{Dossier, Pause};
use crate::calendar::Calendar;
use crate::catalogue::StepData;
use crate::refusal::Refusal;
use chrono::{DateTime, TimeDelta, Utc};

/// A stretch of time for which a dossier was at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRun {
    /// Which step, by its id in the procedure's version.
    pub step_id: String,
    /// From this instant.
    pub started_at: DateTime<Utc>,
    /// By when it was to be done. While the dossier's clock stands still this waits with it.
    pub due_at: DateTime<Utc>,
    /// To this instant; none while it lasts.
    pub ended_at: Option<DateTime<Utc>>,
}

impl StepRun {
    /// Whether it took, or is taking, longer than it may. What stands still since `paused` is no later
    /// than it was then.
    #[must_use]
    pub fn late(&self, paused: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let until = self.ended_at.or(paused).unwrap_or(now);
        until > self.due_at
    }
}

/// Whether the step after the last one taken is of the desk the dossier is at: its officer may say that
/// it has begun.
#[must_use]
pub fn next_step_here(steps: &[StepData], runs: &[StepRun], dossier: &Dossier) -> bool {
    runs.last()
        .filter(|run| run.ended_at.is_none())
        .and_then(|run| position(steps, &run.step_id))
        .and_then(|at| steps.get(at + 1))
        .is_some_and(|next| next.desk == dossier.desk.as_str())
}

/// Carries the walk through the steps on after one command: `before` became `after` now, and the next
/// step was asked for or not.
///
/// # Errors
/// `date_outside_calendar`, `no_working_day`.
pub fn follow(
    steps: &[StepData],
    runs: &mut Vec<StepRun>,
    before: &Dossier,
    after: &Dossier,
    next: bool,
    now: DateTime<Utc>,
    calendar: &Calendar,
) -> Result<(), Refusal> {
    recompute(steps, runs, &after.pauses, calendar)?;
    if after.state.is_paused() {
        return Ok(());
    }
    let last = runs.last().and_then(|run| position(steps, &run.step_id));
    if let Some(open) = runs.last_mut().filter(|run| run.ended_at.is_none()) {
        let stays = last
            .and_then(|i| steps.get(i))
            .is_some_and(|s| s.desk == after.desk.as_str());
        if after.state.clock_runs() && stays && !next && !started_over(before, after) {
            return Ok(());
        }
        open.ended_at = Some(now);
    }
    if !after.state.clock_runs() {
        return Ok(());
    }
    let here = |i: &usize| steps.get(*i).is_some_and(|s| s.desk == after.desk.as_str());
    let begins = match last.filter(|_| !started_over(before, after)) {
        None => (0..steps.len()).find(here),
        // On to the desk's next step, or back to the one it did last.
        Some(i) => (i + 1..steps.len())
            .find(here)
            .or_else(|| (0..=i).rev().find(here)),
    };
    if let Some(step) = begins.and_then(|i| steps.get(i)) {
        runs.push(StepRun {
            step_id: step.id.clone(),
            started_at: now,
            due_at: due(now, step, &[], calendar)?,
            ended_at: None,
        });
    }
    Ok(())
}

/// Takes back what a command did to the walk: what began with it was never begun, what it ended goes on.
///
/// # Errors
/// As [`follow`].
pub fn unfollow(
    steps: &[StepData],
    runs: &mut Vec<StepRun>,
    restored: &Dossier,
    done_at: DateTime<Utc>,
    calendar: &Calendar,
) -> Result<(), Refusal> {
    runs.retain(|run| run.started_at < done_at);
    if let Some(last) = runs.last_mut() {
        last.ended_at = last.ended_at.filter(|at| *at < done_at);
    }
    recompute(steps, runs, &restored.pauses, calendar)
}

/// The limit of the step that lasts, by a calendar that has changed.
///
/// # Errors
/// As [`follow`].
pub fn recompute(
    steps: &[StepData],
    runs: &mut [StepRun],
    pauses: &[Pause],
    calendar: &Calendar,
) -> Result<(), Refusal> {
    if let Some(open) = runs.last_mut().filter(|run| run.ended_at.is_none())
        && let Some(step) = position(steps, &open.step_id).and_then(|i| steps.get(i))
    {
        open.due_at = due(open.started_at, step, pauses, calendar)?;
    }
    Ok(())
}

/// A complete supplement began the limit anew (RESET): so do the steps.
fn started_over(before: &Dossier, after: &Dossier) -> bool {
    before.state.is_paused() && before.clock_started_at != after.clock_started_at
}

fn position(steps: &[StepData], id: &str) -> Option<usize> {
    steps.iter().position(|s| s.id == id)
}

/// The end of a step's working time, what stood still within it not counted.
fn due(
    started: DateTime<Utc>,
    step: &StepData,
    pauses: &[Pause],
    calendar: &Calendar,
) -> Result<DateTime<Utc>, Refusal> {
    let mut time = TimeDelta::minutes(i64::from(step.minutes));
    let mut due = calendar.add_working_time(started, time)?;
    for pause in pauses {
        let from = pause.from.max(started);
        if let Some(to) = pause.to.filter(|to| *to > from)
            && from <= due
        {
            time += calendar.working_time_between(from, to)?;
            due = calendar.add_working_time(started, time)?;
        }
    }
    Ok(due)
}
