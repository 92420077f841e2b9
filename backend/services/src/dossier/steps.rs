//! The walk of a dossier through its procedure's internal workflow, kept with every step it takes.

use chrono::{DateTime, Utc};
use motcua_domain::calendar::Calendar;
use motcua_domain::catalogue::StepData;
use motcua_domain::dossier::{Dossier, StepRun, follow, next_step_here, recompute, unfollow};
use motcua_store::dossier::{DossierRow, StepRow, save_steps, steps};
use motcua_store::{Db, Ts};
use serde_json::{Value, json};

use super::act::{Loaded, put};
use crate::actor::Actor;
use crate::context::{Procedure, Services};
use crate::error::Result;

/// Which way a command takes a dossier through its steps.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// Wherever its desk leads.
    On,
    /// To the next step of the same desk.
    Next,
    /// Back to where it was before this instant.
    Back(DateTime<Utc>),
}

/// What a command did to a dossier, as its steps see it.
pub(super) struct Moved<'a> {
    /// The row as saved.
    pub row: &'a DossierRow,
    /// Before it.
    pub before: &'a Dossier,
    /// After it.
    pub after: &'a Dossier,
    /// Which way.
    pub way: Way,
    /// By whom; none: by the program.
    pub by: Option<&'a Actor>,
    /// It was just made: nothing was written of it yet.
    pub fresh: bool,
}

/// The steps a procedure plans; empty where it has no internal workflow.
pub(super) fn planned(procedure: &Procedure) -> &[StepData] {
    procedure.data.workflow.as_ref().map_or(&[], |w| &w.steps)
}

/// Kept rows as the rules see them.
pub(super) fn runs(rows: &[StepRow]) -> Vec<StepRun> {
    rows.iter()
        .map(|row| StepRun {
            step_id: row.step_id.clone(),
            started_at: row.started_at.0,
            due_at: row.due_at.0,
            ended_at: row.ended_at.map(|t| t.0),
        })
        .collect()
}

/// The steps a dossier has been at; nothing is asked where its procedure plans none.
pub(super) fn walked(services: &Services, db: &mut Db, row: &DossierRow) -> Result<Vec<StepRow>> {
    let procedure = services.procedure(db, &row.procedure_version_id)?;
    Ok(if planned(&procedure).is_empty() {
        Vec::new()
    } else {
        steps(db, &row.id)?
    })
}

/// Whether the next step is of the desk a dossier is at.
pub(super) fn next_here(services: &Services, db: &mut Db, loaded: &Loaded) -> Result<bool> {
    let rows = walked(services, db, &loaded.row)?;
    let procedure = services.procedure(db, &loaded.row.procedure_version_id)?;
    Ok(next_step_here(
        planned(&procedure),
        &runs(&rows),
        &loaded.snapshot,
    ))
}

/// Each step with whether it took, or is taking, longer than it may.
pub(super) fn lateness(
    rows: Vec<StepRow>,
    dossier: &Dossier,
    now: DateTime<Utc>,
) -> Vec<(StepRow, bool)> {
    let paused = dossier
        .pauses
        .last()
        .filter(|p| p.to.is_none())
        .map(|p| p.from);
    let late: Vec<bool> = runs(&rows).iter().map(|r| r.late(paused, now)).collect();
    rows.into_iter().zip(late).collect()
}

/// By when the step that lasts is to be done.
pub(super) fn open_due(rows: &[StepRow]) -> Option<DateTime<Utc>> {
    rows.last()
        .filter(|row| row.ended_at.is_none())
        .map(|row| row.due_at.0)
}

impl Services {
    /// Carries the walk through the steps on with one command and keeps it; what it now is. The step that
    /// begins is told in `detail`.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`.
    pub(super) fn keep_steps(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        moved: &Moved<'_>,
        now: DateTime<Utc>,
        detail: &mut Value,
    ) -> Result<Vec<StepRow>> {
        let row = moved.row;
        let procedure = self.procedure(db, &row.procedure_version_id)?;
        let plan = planned(&procedure);
        if plan.is_empty() {
            return Ok(Vec::new());
        }
        let had = if moved.fresh {
            Vec::new()
        } else {
            steps(db, &row.id)?
        };
        let mut walk = runs(&had);
        match moved.way {
            Way::Back(done_at) => unfollow(plan, &mut walk, moved.after, done_at, calendar)?,
            way => {
                let next = matches!(way, Way::Next);
                follow(
                    plan,
                    &mut walk,
                    moved.before,
                    moved.after,
                    next,
                    now,
                    calendar,
                )?;
            }
        }
        let kept = self.save_walk(db, row, &had, &walk, moved.by)?;
        if let Some(begun) = kept.last().filter(|s| s.ended_at.is_none())
            && had.last().is_none_or(|h| h.ord != begun.ord)
            // What is taken back says which step of its life that was.
            && !matches!(moved.way, Way::Back(_))
            && let Some(step) = plan.iter().find(|s| s.id == begun.step_id)
        {
            put(
                detail,
                "step",
                json!({ "id": step.id, "name": step.name, "due_at": begun.due_at.0.to_rfc3339() }),
            );
        }
        Ok(kept)
    }

    /// By when the step that lasts is to be done, by a calendar that may have changed.
    ///
    /// # Errors
    /// As [`Self::keep_steps`].
    pub(crate) fn step_due_again(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        row: &DossierRow,
        dossier: &Dossier,
    ) -> Result<Option<DateTime<Utc>>> {
        let had = walked(self, db, row)?;
        if had.is_empty() {
            return Ok(None);
        }
        let procedure = self.procedure(db, &row.procedure_version_id)?;
        let mut walk = runs(&had);
        recompute(planned(&procedure), &mut walk, &dossier.pauses, calendar)?;
        Ok(open_due(&self.save_walk(db, row, &had, &walk, None)?))
    }

    /// Writes a walk where it differs from what was kept.
    fn save_walk(
        &self,
        db: &mut Db,
        row: &DossierRow,
        had: &[StepRow],
        walk: &[StepRun],
        by: Option<&Actor>,
    ) -> Result<Vec<StepRow>> {
        let next: Vec<StepRow> = (0_i32..)
            .zip(walk)
            .map(|(ord, run)| {
                let ended_at = run.ended_at.map(Ts::new);
                let before = had.iter().find(|h| h.ord == ord && h.ended_at == ended_at);
                StepRow {
                    dossier_id: row.id.clone(),
                    ord,
                    step_id: run.step_id.clone(),
                    started_at: Ts::new(run.started_at),
                    due_at: Ts::new(run.due_at),
                    ended_at,
                    ended_by: match before {
                        Some(kept) => kept.ended_by.clone(),
                        None => ended_at.and(by).map(|a| a.user_id.clone()),
                    },
                }
            })
            .collect();
        if next != had {
            save_steps(db, &row.id, &next)?;
        }
        Ok(next)
    }
}
