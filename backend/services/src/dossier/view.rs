//! A dossier's page: everything about it, and what this person may do with it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use motcua_domain::calendar::Calendar;
use motcua_domain::deadline::{self, Remaining, Timing};
use motcua_domain::dossier::{
    Action, Context, Dossier, Role, State, SubState, allowed, claim_binds, decide, next_step_here,
    role_not_allowed,
};
use motcua_domain::refusal::Refusal;
use motcua_store::centre::{AuthorityRow, CentreRow};
use motcua_store::dossier as rows;
use motcua_store::dossier::{
    ApologyRow, ComponentRow, ConsultationRow, DecisionRow, DossierRow, FeeRow, FilerRow,
    HandoverRow, LetterRow, LinkedRow, PauseRow, ResultRow, ReturnRow, StepRow, SupplementRow,
    TimelineRow, UndoRow,
};
use motcua_store::{Db, DossierId};

use super::act::{Loaded, claimed, claimed_by_other, last_step, load, load_to_read, undo_command};
use super::amend::amendable;
use super::intake::Taken;
use super::steps;
use crate::actor::Actor;
use crate::context::{Procedure, Services};
use crate::error::{Error, Result};
use crate::inspection::look::Through;
use crate::reference::Names;

/// A dossier with all that belongs to it.
#[derive(Debug, Clone)]
pub struct View {
    /// The row.
    pub row: DossierRow,
    /// The procedure, in the version it was accepted under.
    pub procedure: Arc<Procedure>,
    /// The receiving centre.
    pub centre: Arc<CentreRow>,
    /// The competent authority.
    pub authority: Arc<AuthorityRow>,
    /// The filer, if another than the owner.
    pub filer: Option<FilerRow>,
    /// The papers.
    pub components: Vec<ComponentRow>,
    /// The fee lines.
    pub fees: Vec<FeeRow>,
    /// The pauses.
    pub pauses: Vec<PauseRow>,
    /// The open hand-over.
    pub open_handover: Option<HandoverRow>,
    /// Requests for supplements.
    pub supplements: Vec<SupplementRow>,
    /// Decisions, refusals, withdrawals, holds, stops and the like.
    pub decisions: Vec<DecisionRow>,
    /// The opinion that is waited for.
    pub consultation: Option<ConsultationRow>,
    /// The letter of apology that waits to be signed.
    pub apology: Option<ApologyRow>,
    /// What it was before it was transferred here.
    pub continues: Option<LinkedRow>,
    /// What it goes on as since it was transferred within the centre.
    pub continued_as: Option<LinkedRow>,
    /// The step that this person may take back now.
    pub undo: Option<UndoRow>,
    /// The result.
    pub result: Option<ResultRow>,
    /// The hand-back.
    pub hand_back: Option<ReturnRow>,
    /// Numbered papers.
    pub letters: Vec<LetterRow>,
    /// The steps of the internal workflow it has been at, and whether each took longer than it may.
    pub steps: Vec<(StepRow, bool)>,
    /// Names of the people who appear.
    pub names: Names,
    /// Status 1–10.
    pub national_status: u8,
    /// Early, on time, overdue, within time, paused.
    pub timing: Option<Timing>,
    /// Working time left until due; negative when past.
    pub remaining: Option<Remaining>,
    /// Every action, and why not where not.
    pub actions: Vec<(Action, std::result::Result<(), Refusal>)>,
    /// Whether this person may put its people's names and numbers right.
    pub amendable: bool,
}

/// The page of a dossier in the actor's scope. At most ten queries, whatever the dossier, once
/// the reference rows are known; what cannot exist yet is not asked for.
///
/// # Errors
/// `not_found`.
pub fn view(services: &Services, db: &mut Db, actor: &Actor, id: &DossierId) -> Result<View> {
    let loaded = load(db, actor, id)?;
    assemble(services, db, actor, loaded)
}

/// As [`view`], also for who looks as a member of an inspection's team; that inspection then.
///
/// # Errors
/// `not_found`.
pub fn view_through(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(View, Option<Through>)> {
    let (loaded, through) = load_to_read(services, db, actor, id)?;
    Ok((assemble(services, db, actor, loaded)?, through))
}

/// The page of a dossier that was just taken in, from what intake knows: nothing is read again.
///
/// # Errors
/// As [`view`], where more has happened than intake.
pub fn view_taken(services: &Services, db: &mut Db, actor: &Actor, taken: Taken) -> Result<View> {
    let Some(fresh) = taken.fresh else {
        return view(services, db, actor, &taken.row.id);
    };
    let row = taken.row;
    let now = services.now();
    let roles = actor.roles_on(&row.centre_id, &row.authority_id);
    let user = actor.user_id.to_string();
    let context = Context::new(&roles, now, &fresh.calendar).by(&user);
    let rules = services.watch_rules(db, actor.stamp, &row.centre_id)?;
    Ok(View {
        national_status: fresh.snapshot.national_status(),
        timing: fresh.snapshot.timing(now, rules),
        remaining: remaining(&fresh.snapshot, &fresh.calendar, now),
        actions: of_procedure(allowed(&fresh.snapshot, &context), &fresh.procedure),
        amendable: amendable(&fresh.snapshot, &roles),
        procedure: fresh.procedure,
        centre: fresh.centre,
        authority: fresh.authority,
        filer: fresh.filer,
        components: fresh.components,
        fees: fresh.fees,
        pauses: Vec::new(),
        open_handover: None,
        supplements: Vec::new(),
        decisions: Vec::new(),
        consultation: None,
        apology: None,
        continues: None,
        continued_as: None,
        undo: None,
        result: None,
        hand_back: None,
        letters: fresh.letters,
        steps: fresh.steps.into_iter().map(|s| (s, false)).collect(),
        names: HashMap::new(),
        row,
    })
}

/// What can be done with dossiers of a procedure: where it has no internal workflow, nobody misses the
/// next step of one.
fn of_procedure(
    mut actions: Vec<(Action, std::result::Result<(), Refusal>)>,
    procedure: &Procedure,
) -> Vec<(Action, std::result::Result<(), Refusal>)> {
    if steps::planned(procedure).is_empty() {
        actions.retain(|(action, _)| *action != Action::Advance);
    }
    actions
}

/// Working time left until due, while the clock runs.
fn remaining(snapshot: &Dossier, calendar: &Calendar, now: DateTime<Utc>) -> Option<Remaining> {
    match (snapshot.state.clock_runs(), snapshot.due_at) {
        (true, Some(due)) => deadline::remaining(calendar, now, due).ok(),
        _ => None,
    }
}

fn assemble(services: &Services, db: &mut Db, actor: &Actor, loaded: Loaded) -> Result<View> {
    // Only a leader may take a step back, so only a leader's page asks which.
    let last = if loaded.roles.contains(&Role::Leader) {
        last_step(db, &loaded.row)
    } else {
        Err(role_not_allowed(Action::Undo.roles()).into())
    };
    let walked = steps::walked(services, db, &loaded.row)?;
    let Loaded {
        mut row,
        mut snapshot,
        open_handover,
        roles,
    } = loaded;
    let now = services.now();
    let calendar = services.calendar_shown(db, actor.stamp, &row.centre_id)?;
    let procedure = services.procedure(db, &row.procedure_version_id)?;
    snapshot.next_step_here =
        next_step_here(steps::planned(&procedure), &steps::runs(&walked), &snapshot);
    let id = &row.id;
    let centre = services.centre(db, actor.stamp, &row.centre_id)?;
    let authority = services
        .authority(db, actor.stamp, &row.authority_id)?
        .ok_or_else(|| Error::Internal("a dossier's authority is gone".into()))?;
    let supplements = if row.intake_supplements + row.appraisal_supplements > 0 {
        rows::supplements(db, id)?
    } else {
        Vec::new()
    };
    let decided = row.decision_outcome.is_some()
        || row.ended_at.is_some()
        || row.timeline_seq > 2
        || row.withdrawal_requested_at.is_some();
    let decisions = if decided {
        rows::decisions(db, id)?
    } else {
        Vec::new()
    };
    let result = if row.completed_at.is_some() {
        rows::result(db, id)?
    } else {
        None
    };
    let hand_back = if row.returned_at.is_some() {
        rows::hand_back(db, id)?
    } else {
        None
    };
    let consultation = if snapshot.sub_state == Some(SubState::AwaitingConsultation) {
        rows::consultation(db, id)?
    } else {
        None
    };
    // Only what was transferred here had been filed before it was received.
    let continues = if row.submitted_at.is_some_and(|t| t < row.received_at) {
        rows::origin_of(db, id)?
    } else {
        None
    };
    let continued_as = if snapshot.state == State::Transferred {
        rows::leg_of(db, id)?
    } else {
        None
    };
    let apology = match &row.open_apology_id {
        Some(draft) => rows::apology(db, draft)?,
        None => None,
    };
    let people = row
        .handler_id
        .iter()
        .chain(apology.iter().map(|a| &a.drafted_by))
        .chain(open_handover.iter().map(|h| &h.given_by))
        .chain(supplements.iter().map(|s| &s.requested_by))
        .chain(decisions.iter().filter_map(|d| d.decided_by.as_ref()))
        .chain(consultation.iter().map(|c| &c.asked_by))
        .chain(walked.iter().filter_map(|s| s.ended_by.as_ref()))
        .chain(result.iter().filter_map(|r| r.signer_id.as_ref()))
        .chain(hand_back.iter().map(|r| &r.returned_by));
    let names = services.names(db, actor.stamp, people)?;
    let user = actor.user_id.to_string();
    let context = Context::new(&roles, now, &calendar).by(&user);
    let mut actions = allowed(&snapshot, &context);
    if let Some((holder, until)) = claimed_by_other(&row, &actor.user_id, now) {
        let name = names.get(holder).map(ToString::to_string);
        let refusal = claimed(&name.unwrap_or_default(), until);
        for (action, verdict) in &mut actions {
            // A claim itself can be made by taking over.
            if *action != Action::Claim
                && verdict.is_ok()
                && claim_binds(*action, snapshot.state, &roles)
            {
                *verdict = Err(refusal.clone());
            }
        }
    }
    let (undo, taking_back) = match last {
        Ok(kept) => {
            let verdict = decide(&snapshot, &undo_command(&kept)?, &context).map(|_| ());
            (Some(kept).filter(|_| verdict.is_ok()), verdict)
        }
        Err(Error::Refused(refusal)) => (None, Err(*refusal)),
        Err(other) => return Err(other),
    };
    actions.push((Action::Undo, taking_back));
    let actions = of_procedure(actions, &procedure);
    // A claim that has run out says nothing any more.
    row.claimed_until = row.claimed_until.filter(|until| until.0 > now);
    let rules = services.watch_rules(db, actor.stamp, &row.centre_id)?;
    Ok(View {
        national_status: snapshot.national_status(),
        timing: snapshot.timing(now, rules),
        remaining: remaining(&snapshot, &calendar, now),
        actions,
        amendable: amendable(&snapshot, &roles),
        consultation,
        apology,
        continues,
        continued_as,
        undo,
        centre,
        authority,
        filer: rows::filer(db, id)?,
        components: rows::components(db, id)?,
        fees: rows::fees(db, id)?,
        pauses: if snapshot.pauses.is_empty() {
            Vec::new()
        } else {
            super::snapshot::pause_rows(&snapshot, &row)
        },
        letters: rows::letters(db, id)?,
        steps: steps::lateness(walked, &snapshot, now),
        procedure,
        open_handover,
        supplements,
        decisions,
        result,
        hand_back,
        names,
        row,
    })
}

/// The timeline of a dossier in scope, next to an edge.
///
/// # Errors
/// `not_found`.
pub fn timeline(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<(Vec<TimelineRow>, Option<Through>)> {
    let (_, through) = load_to_read(services, db, actor, id)?;
    Ok((rows::timeline_page(db, id, edge, limit)?, through))
}
