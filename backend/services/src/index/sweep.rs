//! What each dossier of a quarter did, read page by page and kept with the snapshot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use motcua_domain::deadline::{Basis, Timing, Unit, WatchRules, completed_timing, open_timing};
use motcua_domain::dossier::{Channel, PaymentState, State};
use motcua_domain::survey::quality::Time;
use motcua_store::dossier::{DecisionRow, HandoverRow, StepRow};
use motcua_store::index::{self as rows, FactRow, SourceRow, StepFactRow};
use motcua_store::{AuthorityId, CentreId, Db, DossierId, RecordId, Ts, UserId};

use super::Part;
use crate::context::Services;
use crate::dossier::{STEP_BASIS, ended_with};
use crate::error::Result;

/// Dossiers read at once.
const PAGE: i64 = 1_000;
/// The most overdue online dossiers that are listed; one alone brings index 9 to nought.
const MOST_LATE: i64 = 5_000;

/// What is swept over, and what was seen.
pub(super) struct Sweep<'a> {
    /// The services.
    pub services: &'a Services,
    /// The snapshot that keeps it.
    pub snapshot: RecordId,
    /// The centre.
    pub centre: CentreId,
    /// From this instant to before the other.
    pub within: (Ts, Ts),
    /// The end of the quarter, or now.
    pub until: DateTime<Utc>,
    /// How limits are compared.
    pub rules: WatchRules,
    /// Authorities whose complaints somebody has looked at, with the dossiers in which one was upheld.
    pub upheld: BTreeMap<AuthorityId, BTreeSet<DossierId>>,
    /// Those of them that were met.
    pub met: BTreeSet<DossierId>,
    /// Finished.
    pub finished: u64,
    /// Finished dossiers with a step that was measured, by authority.
    pub stepped: BTreeMap<AuthorityId, u64>,
    /// Finished dossiers that owed money, and those of them paid through the platform.
    pub paid_online: Part,
}

fn basis(rules: WatchRules, row: &SourceRow) -> Basis {
    rules.basis(row.limit_unit.as_deref().and_then(Unit::parse))
}

fn word(timing: Timing) -> Option<String> {
    Time::of(timing).map(|t| t.as_str().to_owned())
}

/// How often the applicant had to come for it, other than by his own fault, as far as that is recorded. A
/// supplement asked for after acceptance is the office's: by accepting, it said that nothing was missing
/// (Decree 61/2018 Arts 11.2.c, 17.1). Whose fault an incomplete filing was before acceptance nobody records.
fn contacts(row: &SourceRow) -> Option<i32> {
    match (row.intake_supplements, row.appraisal_supplements) {
        (0, 0) => Some(0),
        (_, 0) => None,
        (_, n) => Some(n),
    }
}

fn owes(row: &SourceRow) -> bool {
    matches!(
        PaymentState::parse(&row.payment_state),
        Some(PaymentState::Due | PaymentState::Pending | PaymentState::Paid)
    )
}

fn is_online(row: &SourceRow) -> bool {
    Channel::parse(&row.channel) == Some(Channel::Online)
}

/// The date that was promised before an apology.
fn before_apology(extensions: &[DecisionRow], id: &DossierId) -> Option<DateTime<Utc>> {
    let first = extensions.iter().find(|e| e.dossier_id == *id)?;
    let detail: serde_json::Value = serde_json::from_str(&first.detail).ok()?;
    let from = DateTime::parse_from_rfc3339(detail["from"].as_str()?).ok()?;
    Some(from.to_utc())
}

impl Sweep<'_> {
    /// Reads and keeps all of it.
    pub fn run(&mut self, db: &mut Db) -> Result<()> {
        let mut after: Option<(Ts, DossierId)> = None;
        loop {
            let edge = after.as_ref().map(|(at, id)| (*at, id));
            let page = rows::finished_page(db, &self.centre, self.within, edge, PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.completed_at.map(|at| (at, last.id.clone()));
            self.finished_ones(db, &page)?;
        }
        self.online_ones(db)
    }

    fn filed_within(&self, row: &SourceRow) -> bool {
        (self.within.0..self.within.1).contains(&row.received_at)
    }

    fn fact(&self, row: &SourceRow, finished: bool) -> FactRow {
        FactRow {
            snapshot_id: self.snapshot.clone(),
            dossier_id: row.id.clone(),
            authority_id: row.authority_id.clone(),
            officer_id: row.handler_id.clone().filter(|_| finished),
            finished,
            timing: None,
            first_timing: None,
            contacts: None,
            upheld: None,
            filed_online: false,
            online_late: false,
            due_at: row.due_at,
            completed_at: row.completed_at,
        }
    }

    fn finished_ones(&mut self, db: &mut Db, page: &[SourceRow]) -> Result<()> {
        let named = |which: &dyn Fn(&SourceRow) -> bool| -> Vec<DossierId> {
            let found = page.iter().filter(|row| which(row));
            found.map(|row| row.id.clone()).collect()
        };
        let extensions = rows::extensions_of(db, &named(&|row| row.reappointments > 0))?;
        let owing = named(&|row| owes(row));
        self.paid_online.whole += owing.len() as u64;
        self.paid_online.part += rows::paid_online(db, &owing)?.len() as u64;
        let mut facts = Vec::with_capacity(page.len());
        for row in page {
            let Some(done) = row.completed_at else {
                continue;
            };
            let basis = basis(self.rules, row);
            let against = |due: DateTime<Utc>| completed_timing(done.0, Some(due), basis);
            let timing = row.due_at.map(|due| against(due.0));
            let mut fact = self.fact(row, true);
            fact.timing = timing.and_then(word);
            if row.reappointments > 0 {
                let first = before_apology(&extensions, &row.id);
                fact.first_timing = first.and_then(|due| word(against(due)));
            }
            fact.contacts = contacts(row);
            if let Some(upheld) = self.upheld.get(&row.authority_id) {
                let is = upheld.contains(&row.id);
                fact.upheld = Some(is);
                if is {
                    self.met.insert(row.id.clone());
                }
            }
            fact.filed_online = is_online(row) && self.filed_within(row);
            fact.online_late = is_online(row) && timing == Some(Timing::Overdue);
            facts.push(fact);
        }
        self.finished += facts.len() as u64;
        rows::insert_facts(db, &facts)?;
        self.steps(db, page)
    }

    fn steps(&mut self, db: &mut Db, page: &[SourceRow]) -> Result<()> {
        let mut walking = Vec::new();
        for row in page {
            let procedure = self.services.procedure(db, &row.procedure_version_id)?;
            if procedure.data.workflow.is_some() {
                walking.push((row, procedure));
            }
        }
        let ids: Vec<DossierId> = walking.iter().map(|(row, _)| row.id.clone()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut walked: BTreeMap<DossierId, Vec<StepRow>> = BTreeMap::new();
        for step in rows::steps_of(db, &ids)? {
            walked
                .entry(step.dossier_id.clone())
                .or_default()
                .push(step);
        }
        let mut given: BTreeMap<DossierId, Vec<HandoverRow>> = BTreeMap::new();
        for handover in rows::handovers_of_all(db, &ids)? {
            given
                .entry(handover.dossier_id.clone())
                .or_default()
                .push(handover);
        }
        let mut facts = Vec::new();
        for (row, procedure) in &walking {
            let plan = procedure
                .data
                .workflow
                .as_ref()
                .map_or(&[][..], |w| &w.steps);
            let hops = given.get(&row.id).map_or(&[][..], Vec::as_slice);
            let before = facts.len();
            for step in walked.get(&row.id).map_or(&[][..], Vec::as_slice) {
                let Some(ended) = step.ended_at else { continue };
                let planned = plan.iter().find(|p| p.id == step.step_id);
                let timing = completed_timing(ended.0, Some(step.due_at.0), STEP_BASIS);
                let Some(timing) = word(timing) else { continue };
                facts.push(StepFactRow {
                    snapshot_id: self.snapshot.clone(),
                    dossier_id: row.id.clone(),
                    ord: step.ord,
                    authority_id: row.authority_id.clone(),
                    officer_id: whose(step, hops, planned.map(|p| p.desk.as_str())),
                    name: planned.map_or_else(|| step.step_id.clone(), |p| p.name.clone()),
                    timing,
                    due_at: step.due_at,
                    ended_at: ended,
                });
            }
            if facts.len() > before {
                *self.stepped.entry(row.authority_id.clone()).or_default() += 1;
            }
        }
        rows::insert_steps(db, &facts)?;
        Ok(())
    }

    /// What was filed online in the quarter and is not finished in it, and what is overdue of all filed online.
    fn online_ones(&self, db: &mut Db) -> Result<()> {
        let running: Vec<String> = State::ALL
            .iter()
            .filter(|s| s.clock_runs())
            .map(|s| s.as_str().to_owned())
            .collect();
        let until = Ts::new(self.until);
        let mut late: BTreeMap<DossierId, SourceRow> = BTreeMap::new();
        for row in rows::late_online(db, &self.centre, &running, until, MOST_LATE)? {
            let unanswered = State::parse(&row.state) == Some(State::Submitted);
            let due = row.due_at.map(|t| t.0);
            let over = open_timing(self.until, due, basis(self.rules, &row)) == Timing::Overdue;
            if unanswered || over {
                late.insert(row.id.clone(), row);
            }
        }
        let mut after: Option<(Ts, DossierId)> = None;
        loop {
            let edge = after.as_ref().map(|(at, id)| (*at, id));
            let page = rows::filed_online_page(db, &self.centre, self.within, edge, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some((last.received_at, last.id.clone()));
            let mut facts = Vec::new();
            for row in &page {
                if self.finished_within(row) {
                    continue;
                }
                let mut fact = self.fact(row, false);
                fact.filed_online = true;
                fact.online_late = late.remove(&row.id).is_some();
                facts.push(fact);
            }
            rows::insert_facts(db, &facts)?;
        }
        let facts: Vec<FactRow> = late
            .values()
            .filter(|row| !self.finished_within(row))
            .map(|row| {
                let mut fact = self.fact(row, false);
                fact.online_late = true;
                fact
            })
            .collect();
        rows::insert_facts(db, &facts)?;
        Ok(())
    }

    /// Whether it was kept with what was finished.
    fn finished_within(&self, row: &SourceRow) -> bool {
        let done = matches!(
            State::parse(&row.state),
            Some(State::Completed | State::Returned)
        );
        done && row
            .completed_at
            .is_some_and(|at| (self.within.0..self.within.1).contains(&at))
    }
}

/// Whose part a step was: whoever gave the dossier on when it ended, as form 06 says. A handler who goes on to
/// the desk's next step ends it alone. Whose the last step was, which ends with the result, is not recorded.
fn whose(step: &StepRow, hops: &[HandoverRow], desk: Option<&str>) -> Option<UserId> {
    match hops.iter().find(|h| ended_with(step, h)) {
        Some(hop) => Some(hop.given_by.clone()),
        None if desk == Some("handler") => step.ended_by.clone(),
        None => None,
    }
}
