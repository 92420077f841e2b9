//! Keeping what each dossier is watched for: written anew with every step, in its transaction.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use motcua_domain::calendar::Calendar;
use motcua_domain::deadline::{
    Concern, Facts, Timing, Unit, WatchRules, Watched, completed_timing, late_from, watch,
};
use motcua_domain::dossier::{Dossier, State, SubState};
use motcua_store::dossier::{
    DossierRow, HandoverRow, PauseRow, consultation, find_all_open, handovers, pauses_of,
};
use motcua_store::watch::{self as rows, ConcernRow, WatchRulesRow};
use motcua_store::{CentreId, Db, DossierId, HandoverId, StoreError, Ts, reference};
use serde_json::json;

use super::{centre_unknown, sweep, unless_refused};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::list::promised_states;
use crate::dossier::snapshot;
use crate::error::Result;
use crate::record;

/// Dossiers looked at in one transaction.
const BATCH: i64 = 100;

/// A dossier as watching sees it after a step.
pub(crate) struct Seen<'a> {
    /// The row as saved.
    pub row: &'a DossierRow,
    /// What the rules see of it.
    pub dossier: &'a Dossier,
    /// When it was given to a desk that has not acknowledged it.
    pub given_at: Option<DateTime<Utc>>,
    /// By when its step of the internal workflow is to be done.
    pub step_due_at: Option<DateTime<Utc>>,
    /// It was just made: nothing was written of it yet.
    pub fresh: bool,
}

impl Services {
    /// By what a centre watches, as it stands since `stamp`.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn watch_rules(&self, db: &mut Db, stamp: i64, centre: &CentreId) -> Result<WatchRules> {
        if let Some(found) = self.reference.watch_rules(stamp, centre) {
            return Ok(found);
        }
        let read = match rows::rules(db, centre)? {
            Some(row) => serde_json::from_str(&row.data).map_err(StoreError::from)?,
            None => WatchRules::default(),
        };
        self.reference.keep_watch_rules(stamp, centre, read);
        Ok(read)
    }

    /// The same for the system's own work, which has no stamp yet.
    pub(crate) fn watch_rules_now(&self, db: &mut Db, centre: &CentreId) -> Result<WatchRules> {
        let stamp = reference::stamp(db)?;
        self.watch_rules(db, stamp, centre)
    }

    /// Writes what a dossier is watched for after a step. What was said is not said again; that it ran
    /// over without an apology stays, whatever becomes of it.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`.
    pub(crate) fn keep_watched(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        rules: WatchRules,
        seen: &Seen<'_>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let wanted = wanted(db, calendar, rules, seen)?;
        let had = if seen.fresh {
            Vec::new()
        } else {
            rows::concerns(db, &seen.row.id)?
        };
        let next = follow_on(db, seen, &had, &wanted, now)?;
        Ok(rows::replace_concerns(
            db,
            &seen.row.id,
            !had.is_empty(),
            &next,
        )?)
    }

    /// Looks at dossiers again, as they were locked: the calendar or the rules of watching have changed, or
    /// they are of before there were any. Asks for all of them at once and writes of those only that are to
    /// be watched for something else.
    ///
    /// # Errors
    /// Storage failures only.
    pub(super) fn watch_again(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        rules: WatchRules,
        found: &[DossierRow],
    ) -> Result<()> {
        let now = self.now();
        let ids: Vec<DossierId> = found.iter().map(|row| row.id.clone()).collect();
        let mut pauses = by_dossier(pauses_of(db, &ids)?, |p| &p.dossier_id);
        let mut had = by_dossier(rows::concerns_of(db, &ids)?, |c| &c.dossier_id);
        let given: Vec<_> = found
            .iter()
            .filter_map(|row| row.open_handover_id.clone())
            .collect();
        let given: HashMap<HandoverId, HandoverRow> = handovers(db, &given)?
            .into_iter()
            .map(|h| (h.id.clone(), h))
            .collect();
        let (mut changed, mut kept) = (Vec::new(), Vec::new());
        for row in found {
            let mut before = had.remove(&row.id).unwrap_or_default();
            let pauses = pauses.remove(&row.id).unwrap_or_default();
            let given = row.open_handover_id.as_ref().and_then(|h| given.get(h));
            let next = self.again(db, calendar, rules, row, &pauses, given, &before, now);
            // What the calendar does not reach is watched by what was written before.
            let Some(mut next) = unless_refused(next)? else {
                continue;
            };
            next.sort_by(|a, b| a.from_at.cmp(&b.from_at).then(a.concern.cmp(&b.concern)));
            before.sort_by(|a, b| a.from_at.cmp(&b.from_at).then(a.concern.cmp(&b.concern)));
            if next != before {
                changed.push(row.id.clone());
                kept.extend(next);
            }
        }
        Ok(rows::replace_concerns_of(db, &changed, &kept)?)
    }

    /// What a dossier is to be watched for when it is looked at again.
    #[allow(
        clippy::too_many_arguments,
        reason = "a dossier with what belongs to it, as it was asked for with many others"
    )]
    fn again(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        rules: WatchRules,
        row: &DossierRow,
        pauses: &[PauseRow],
        given: Option<&HandoverRow>,
        had: &[ConcernRow],
        now: DateTime<Utc>,
    ) -> Result<Vec<ConcernRow>> {
        let dossier = snapshot::of_row(row, pauses, given)?;
        let step_due_at = self.step_due_again(db, calendar, row, &dossier)?;
        let seen = Seen {
            row,
            dossier: &dossier,
            given_at: given.map(|h| h.given_at.0),
            step_due_at,
            fresh: false,
        };
        let wanted = wanted(db, calendar, rules, &seen)?;
        follow_on(db, &seen, had, &wanted, now)
    }

    /// Goes on with looking at every dossier of a centre again, one batch; false when nothing is left.
    ///
    /// # Errors
    /// Storage failures.
    pub(crate) fn watch_batch(&self, db: &mut Db) -> Result<bool> {
        let Some(mut job) = rows::open_job(db)? else {
            return Ok(false);
        };
        let calendar = self.calendar(db, &job.centre_id)?;
        let rules = self.watch_rules_now(db, &job.centre_id)?;
        let states = watched_states();
        let ids = rows::open_after(db, &job.centre_id, &states, job.after_id.as_ref(), BATCH)?;
        let mut found = find_all_open(db, &ids)?;
        job.checked += i64::try_from(found.len()).unwrap_or(i64::MAX);
        for row in &mut found {
            // What the calendar does not reach stays as it was.
            unless_refused(self.roll_office_times(db, &calendar, row))?;
        }
        self.watch_again(db, &calendar, rules, &found)?;
        if let Some(last) = ids.last() {
            job.after_id = Some(last.clone());
        }
        if i64::try_from(ids.len()).is_ok_and(|n| n < BATCH) {
            job.finished_at = Some(Ts::new(self.now()));
        }
        rows::keep_job(db, &job)?;
        Ok(true)
    }
}

/// Rows of several dossiers, by dossier.
fn by_dossier<R>(rows: Vec<R>, of: impl Fn(&R) -> &DossierId) -> HashMap<DossierId, Vec<R>> {
    let mut by: HashMap<DossierId, Vec<R>> = HashMap::new();
    for row in rows {
        by.entry(of(&row).clone()).or_default().push(row);
    }
    by
}

/// What a dossier is watched for next, after what it `had`: what had begun and ends now is said, what was
/// said is not said again, and that it ran over without an apology is carried along.
fn follow_on(
    db: &mut Db,
    seen: &Seen<'_>,
    had: &[ConcernRow],
    wanted: &[Watched],
    now: DateTime<Utc>,
) -> Result<Vec<ConcernRow>> {
    let row = seen.row;
    // A time that was over before it could begin (the clock stood still for all of it) never was.
    let wanted: Vec<Watched> = wanted
        .iter()
        .filter(|w| w.until.is_none_or(|until| until > now))
        .copied()
        .collect();
    // What has begun and is ended by this step before anybody swept is said with it: no alarm is lost.
    let same = |h: &ConcernRow, w: &Watched| {
        h.concern == w.concern.as_str() && h.from_at == Ts::new(w.from)
    };
    for h in had {
        let begun = h.alarm_at.is_some_and(|at| at.0 <= now);
        if begun && !wanted.iter().any(|w| same(h, w)) {
            sweep::say(db, h, now)?;
        }
    }
    let said = |w: &Watched| had.iter().any(|h| same(h, w) && h.alarm_at.is_none());
    let closed = seen.dossier.state.is_final() || seen.dossier.state == State::Completed;
    let mut next: Vec<ConcernRow> = wanted
        .iter()
        .map(|w| ConcernRow {
            dossier_id: row.id.clone(),
            concern: w.concern.as_str().to_owned(),
            centre_id: row.centre_id.clone(),
            authority_id: row.authority_id.clone(),
            procedure_code: row.procedure_code.clone(),
            desk: row.desk.clone(),
            handler_id: row.handler_id.clone(),
            closed,
            from_at: Ts::new(w.from),
            until_at: w.until.map(Ts::new),
            alarm_at: (w.concern.is_told() && !said(w)).then(|| Ts::new(w.from)),
        })
        .collect();
    let missing = Concern::ApologyMissing.as_str();
    if let Some(old) = had
        .iter()
        .find(|h| h.concern == missing && h.from_at.0 <= now)
    {
        next.retain(|n| n.concern != missing);
        next.push(ConcernRow {
            desk: row.desk.clone(),
            handler_id: row.handler_id.clone(),
            closed,
            until_at: None,
            // Said above with the step that ended its time, or before.
            alarm_at: old.alarm_at.filter(|_| wanted.iter().any(|w| same(old, w))),
            ..old.clone()
        });
    }
    Ok(next)
}

/// The states in which a dossier is watched, and those in which it may have run over before that was
/// written down.
fn watched_states() -> Vec<String> {
    let mut states = promised_states();
    states.extend([State::Completed, State::Returned].map(|s| s.as_str().to_owned()));
    states
}

/// What a dossier is to be watched for now.
fn wanted(
    db: &mut Db,
    calendar: &Calendar,
    rules: WatchRules,
    seen: &Seen<'_>,
) -> Result<Vec<Watched>> {
    let (row, d) = (seen.row, seen.dossier);
    let unit = row.limit_unit.as_deref().and_then(Unit::parse);
    if let Some(done) = d.completed_at {
        // Finished before there was a record of it: late without an apology is late without one.
        let late = d.reappointments == 0
            && completed_timing(done, d.due_at, rules.basis(unit)) == Timing::Overdue;
        return Ok(d
            .due_at
            .filter(|_| late)
            .map(|due| Watched {
                concern: Concern::ApologyMissing,
                from: late_from(due, rules.basis(unit)),
                until: None,
            })
            .into_iter()
            .collect());
    }
    if d.state.is_final() {
        return Ok(Vec::new());
    }
    let opinion_due_on = if d.sub_state == Some(SubState::AwaitingConsultation) {
        consultation(db, &row.id)?.and_then(|c| c.reply_due_on)
    } else {
        None
    };
    let facts = Facts {
        state: d.state,
        sub_state: d.sub_state,
        intake_reply_due_at: d.intake_reply_due_at,
        handover_due_at: row.handover_due_at.map(|t| t.0),
        given_at: seen.given_at,
        step_due_at: seen.step_due_at,
        opinion_due_on,
        supplement_due_on: d.supplement_due_on,
        paused_since: d.pauses.last().filter(|p| p.to.is_none()).map(|p| p.from),
        clock_started_at: d.clock_started_at,
        due_at: d.due_at,
        unit,
        reappointments: d.reappointments,
    };
    Ok(watch(&facts, calendar, rules)?)
}

/// By what a centre of the actor's watches, with the version to change it at; 0 while nobody has.
///
/// # Errors
/// `centre_unknown`.
pub fn rules(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
) -> Result<(CentreId, WatchRules, i64)> {
    let centre = actor
        .centre_for(Permission::ReadDossiers, centre)
        .ok_or_else(centre_unknown)?;
    Ok(match rows::rules(db, &centre)? {
        Some(row) => {
            let rules = serde_json::from_str(&row.data).map_err(StoreError::from)?;
            (centre, rules, row.version)
        }
        None => (centre, WatchRules::default(), 0),
    })
}

/// Sets by what a centre watches; its open dossiers are looked at again by it.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `version_stale`.
pub fn set_rules(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    version: i64,
    wanted: WatchRules,
) -> Result<(CentreId, WatchRules, i64)> {
    let centre = actor
        .centre_for(Permission::ManageCalendar, centre)
        .ok_or_else(centre_unknown)?;
    wanted.check()?;
    let now = services.now();
    let row = WatchRulesRow {
        centre_id: centre.clone(),
        data: serde_json::to_string(&wanted).map_err(StoreError::from)?,
        version: version + 1,
        set_by: actor.user_id.clone(),
        set_at: Ts::new(now),
    };
    if !rows::set_rules(db, &row, version)? {
        let found = rows::rules(db, &centre)?.map_or(0, |r| r.version);
        return Err(crate::error::stale(found));
    }
    rows::ask_again(db, &centre, Ts::new(now))?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "watch_rules.set",
        ("centre", centre.as_str()),
        json!(wanted),
    )?;
    Ok((centre, wanted, row.version))
}

/// The calendar and rules by which a step is watched.
pub(crate) struct By {
    /// The calendar.
    pub calendar: Arc<Calendar>,
    /// The rules.
    pub rules: WatchRules,
}

impl By {
    /// Those of a centre, as the actor's request found them.
    pub(crate) fn of(
        services: &Services,
        db: &mut Db,
        actor: Option<&Actor>,
        centre: &CentreId,
    ) -> Result<Self> {
        let calendar = services.calendar(db, centre)?;
        let rules = match actor {
            Some(a) => services.watch_rules(db, a.stamp, centre)?,
            None => services.watch_rules_now(db, centre)?,
        };
        Ok(Self { calendar, rules })
    }
}
