//! Findings: made by a team, put right by those responsible, accepted by the team; every step is a row.

use chrono::NaiveDate;
use motcua_domain::inspection::{
    FindingAction, FindingCase, FindingCommand, FindingKind, FindingState, InspectionState, decide,
    due_fault,
};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{self as dossiers, Scope};
use motcua_store::inspection as inspections;
use motcua_store::inspection::finding::{
    self as rows, FindingEdge, FindingFilter, FindingRow, FindingStepRow,
};
use motcua_store::{AuthorityId, Db, DossierId, RecordId, Ts, UserId, account};
use serde_json::json;

use super::look::in_hand;
use super::{at_work, prose, state_of};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// The most steps of a finding that are told.
pub const MOST_STEPS: i64 = 200;

/// A finding to be made.
#[derive(Debug, Clone)]
pub struct NewFinding {
    /// Whose it is.
    pub authority: AuthorityId,
    /// The dossier it is about.
    pub dossier: Option<DossierId>,
    /// The officer responsible.
    pub officer: Option<UserId>,
    /// Kind.
    pub kind: FindingKind,
    /// What was found.
    pub text: String,
    /// What is asked.
    pub asked: String,
    /// By when.
    pub due_on: NaiveDate,
}

/// A page of findings.
pub struct Findings {
    /// The rows.
    pub rows: Vec<FindingRow>,
    /// The numbers of their inspections' decisions.
    pub decisions: std::collections::HashMap<RecordId, String>,
    /// Names of authorities.
    pub authorities: std::collections::HashMap<AuthorityId, String>,
    /// Codes of dossiers.
    pub codes: std::collections::HashMap<DossierId, Option<String>>,
    /// Names of people.
    pub names: Names,
    /// Today, in Vietnam.
    pub today: NaiveDate,
}

/// One finding with its steps.
pub struct Finding {
    /// It, as in a list.
    pub all: Findings,
    /// Its steps, oldest first.
    pub steps: Vec<FindingStepRow>,
    /// What the reader may do now.
    pub allowed: Vec<FindingAction>,
}

/// How many findings wait.
#[derive(Debug, Clone, Copy)]
pub struct FindingCounts {
    /// To be put right.
    pub open: i64,
    /// Reported as put right.
    pub reported: i64,
    /// Of both, overdue.
    pub overdue: i64,
}

fn sight(actor: &Actor) -> Scope {
    actor.scope(Permission::ReadAllFindings)
}

fn with_names(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<FindingRow>,
    steps: &[FindingStepRow],
) -> Result<Findings> {
    let mut ids: Vec<RecordId> = found.iter().map(|r| r.inspection_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let decisions = inspections::by_ids(db, &ids)?
        .into_iter()
        .map(|i| (i.id, i.decision_number))
        .collect();
    let mut authorities = std::collections::HashMap::new();
    for row in &found {
        if !authorities.contains_key(&row.authority_id)
            && let Some(known) = services.authority(db, actor.stamp, &row.authority_id)?
        {
            authorities.insert(row.authority_id.clone(), known.name.clone());
        }
    }
    let about: Vec<DossierId> = found.iter().filter_map(|r| r.dossier_id.clone()).collect();
    let codes = dossiers::by_ids(db, &about)?
        .into_iter()
        .map(|d| (d.id, d.code))
        .collect();
    let people = found
        .iter()
        .flat_map(|r| {
            [
                Some(&r.made_by),
                r.officer_id.as_ref(),
                r.reported_by.as_ref(),
            ]
            .into_iter()
            .flatten()
        })
        .chain(steps.iter().map(|s| &s.actor_id));
    let names = services.names(db, actor.stamp, people)?;
    Ok(Findings {
        rows: found,
        decisions,
        authorities,
        codes,
        names,
        today: local_date(services.now()),
    })
}

/// Findings in sight of the actor, what is waited for first and longest due before it, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn findings(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &FindingFilter,
    edge: Option<&FindingEdge>,
    limit: i64,
) -> Result<Findings> {
    let found = rows::page(db, &sight(actor), &actor.user_id, filter, edge, limit)?;
    with_names(services, db, actor, found, &[])
}

/// How many findings in sight of the actor wait, and are overdue.
///
/// # Errors
/// Storage failures only.
pub fn counts(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &FindingFilter,
) -> Result<FindingCounts> {
    let today = local_date(services.now());
    let (open, reported, overdue) = rows::counts(db, &sight(actor), &actor.user_id, filter, today)?;
    Ok(FindingCounts {
        open,
        reported,
        overdue,
    })
}

/// In which part somebody meets a finding.
struct Part {
    row: FindingRow,
    /// Of the team, or who opens inspections there.
    inspects: bool,
    /// Answers for the authority.
    answers: bool,
}

fn part(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Part> {
    let row = rows::by_id(db, id)?.ok_or_else(Refusal::not_found)?;
    let of_team = inspections::member(db, &row.inspection_id, &actor.user_id)?.is_some();
    let responsible = row.officer_id.as_ref() == Some(&actor.user_id);
    if !sight(actor).covers(&row.centre_id, &row.authority_id) && !of_team && !responsible {
        return Err(Refusal::not_found().into());
    }
    let manages = actor
        .centres(Permission::ManageInspections)
        .contains(&row.centre_id);
    let leads = actor
        .scope(Permission::AnswerFindings)
        .covers(&row.centre_id, &row.authority_id);
    Ok(Part {
        inspects: of_team || manages,
        answers: leads,
        row,
    })
}

impl Part {
    fn case(&self, actor: &Actor) -> Result<FindingCase> {
        Ok(FindingCase {
            state: FindingState::parse(&self.row.state)
                .ok_or_else(|| Error::Internal("a finding holds a state that is none".into()))?,
            due_on: self.row.due_on,
            own_report: self.row.reported_by.as_ref() == Some(&actor.user_id),
        })
    }

    fn may(&self, action: FindingAction, own_report: bool) -> bool {
        match action {
            FindingAction::Report => self.answers,
            FindingAction::Accept => self.inspects && !own_report,
            FindingAction::SendBack | FindingAction::Prolong | FindingAction::Withdraw => {
                self.inspects
            }
        }
    }

    fn shown(self, services: &Services, db: &mut Db, actor: &Actor) -> Result<Finding> {
        let case = self.case(actor)?;
        let allowed = case
            .allowed()
            .into_iter()
            .filter(|a| self.may(*a, case.own_report))
            .collect();
        let steps = rows::steps(db, &self.row.id, MOST_STEPS)?;
        Ok(Finding {
            all: with_names(services, db, actor, vec![self.row], &steps)?,
            steps,
            allowed,
        })
    }
}

/// One finding.
///
/// # Errors
/// `not_found`.
pub fn finding(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Finding> {
    part(db, actor, id)?.shown(services, db, actor)
}

/// Makes a finding, while the team may look, or between that and the conclusion: what was seen is written
/// down afterwards.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `inspection_access_closed`, `inspection_step_not_allowed`;
/// `validation_failed` naming the fields.
pub fn make(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    inspection: &RecordId,
    new: &NewFinding,
) -> Result<Finding> {
    let (seen, member) = super::in_sight(db, actor, inspection)?;
    let now = services.now();
    let today = local_date(now);
    // Once its days are over, and before it is concluded, the team still writes down what it found.
    let after = member.is_some()
        && today >= seen.access_from
        && state_of(&seen)? != InspectionState::Concluded;
    let inspection = if after {
        seen
    } else {
        at_work(services, db, actor, inspection)?
    };
    let mut texts = Texts::default();
    let text = prose(&new.text, "/text", &mut texts);
    let asked = prose(&new.asked, "/asked", &mut texts);
    let scope: Vec<AuthorityId> =
        inspections::authorities(db, std::slice::from_ref(&inspection.id))?
            .into_iter()
            .map(|(_, a)| a)
            .collect();
    if !scope.contains(&new.authority) {
        texts.also(vec![out_of_scope(
            "/authority_id",
            "Cơ quan này không thuộc phạm vi kiểm tra.",
            "The inspection does not look at this authority.",
        )]);
    }
    if let Some(id) = &new.dossier {
        let within = dossiers::by_id(db, id)?.is_some_and(|d| {
            let (received, done) = in_hand(&d);
            d.centre_id == inspection.centre_id
                && d.authority_id == new.authority
                && scope.contains(&d.authority_id)
                && received <= inspection.period_to
                && done.is_none_or(|day| day >= inspection.period_from)
        });
        if !within {
            texts.also(vec![out_of_scope(
                "/dossier_id",
                "Hồ sơ không thuộc phạm vi và kỳ được kiểm tra.",
                "The dossier lies outside of the inspection's scope and period.",
            )]);
        }
    }
    if let Some(id) = &new.officer {
        let roles = account::roles(db, std::slice::from_ref(id), Ts::new(now))?;
        let theirs = roles.iter().any(|r| {
            r.centre_id == inspection.centre_id
                && r.authority_id.as_ref().is_none_or(|a| a == &new.authority)
        });
        if !theirs {
            texts.also(vec![out_of_scope(
                "/officer_id",
                "Người này không làm việc cho cơ quan hoặc bộ phận được kiểm tra.",
                "This person works neither for the authority nor for the one-stop.",
            )]);
        }
    }
    texts.also(due_fault(new.due_on, today).into_iter().collect());
    texts.sound()?;
    let row = FindingRow {
        id: RecordId::new(),
        centre_id: inspection.centre_id.clone(),
        inspection_id: inspection.id.clone(),
        authority_id: new.authority.clone(),
        dossier_id: new.dossier.clone(),
        officer_id: new.officer.clone(),
        kind: new.kind.as_str().into(),
        text,
        asked,
        made_by: actor.user_id.clone(),
        made_at: Ts::new(now),
        due_on: new.due_on,
        state: FindingState::Open.as_str().into(),
        settled: false,
        reported_by: None,
        version: 1,
    };
    rows::insert(db, &row)?;
    rows::insert_step(
        db,
        &FindingStepRow {
            finding_id: row.id.clone(),
            seq: 1,
            at: Ts::new(now),
            kind: "made".into(),
            actor_id: actor.user_id.clone(),
            note: None,
            document_number: None,
            due_on: Some(row.due_on),
        },
    )?;
    told(db, services, actor, &row, "finding.made")?;
    finding(services, db, actor, &row.id)
}

fn out_of_scope(pointer: &str, vi: &str, en: &str) -> FieldError {
    FieldError::new(pointer, "out_of_scope", vi, en)
}

fn told(
    db: &mut Db,
    services: &Services,
    actor: &Actor,
    row: &FindingRow,
    action: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        action,
        ("finding", row.id.as_str()),
        json!({
            "inspection_id": row.inspection_id, "authority_id": row.authority_id, "kind": row.kind,
            "state": row.state, "due_on": row.due_on, "version": row.version,
        }),
    )
}

/// What is to be done with a finding.
#[derive(Debug, Clone)]
pub struct FindingDoing {
    /// What.
    pub command: FindingCommand,
    /// In words.
    pub note: Option<String>,
    /// Number of the document that proves it.
    pub document_number: Option<String>,
}

/// Does something with a finding that stands at `version`.
///
/// # Errors
/// `not_found`, `finding_not_yours`, `version_stale`, `finding_step_not_allowed`, `own_report`,
/// `validation_failed` naming the fields.
pub fn act(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    doing: &FindingDoing,
) -> Result<Finding> {
    let mut part = part(db, actor, id)?;
    let case = part.case(actor)?;
    if !part.may(doing.command.action(), false) {
        return Err(Refusal::new(
            "finding_not_yours",
            "Việc này của đoàn kiểm tra, hoặc của bên phải khắc phục.",
            "This is for the inspection's team, or for the side that puts it right.",
        )
        .into());
    }
    if part.row.version != version {
        return Err(stale(part.row.version));
    }
    let now = services.now();
    let outcome = decide(&case, &doing.command, local_date(now))?;
    let mut texts = Texts::default();
    let must_say = !matches!(doing.command, FindingCommand::Accept);
    let pointer = match doing.command {
        FindingCommand::Prolong { .. } | FindingCommand::Withdraw => "/reason",
        _ => "/note",
    };
    let note = match &doing.note {
        Some(note) => Some(prose(note, pointer, &mut texts)),
        None if must_say => Some(prose("", pointer, &mut texts)),
        None => None,
    };
    let document_number = texts.maybe(doing.document_number.as_ref(), "/document_number", 100);
    texts.sound()?;
    let row = &mut part.row;
    row.state = outcome.state.as_str().into();
    row.settled = outcome.state.is_settled();
    row.due_on = outcome.due_on;
    match doing.command {
        FindingCommand::Report => row.reported_by = Some(actor.user_id.clone()),
        FindingCommand::SendBack => row.reported_by = None,
        _ => {}
    }
    row.version = version + 1;
    if !rows::save(db, row, version)? {
        return Err(stale(version + 1));
    }
    rows::insert_step(
        db,
        &FindingStepRow {
            finding_id: row.id.clone(),
            seq: row.version,
            at: Ts::new(now),
            kind: doing.command.step().into(),
            actor_id: actor.user_id.clone(),
            note,
            document_number,
            due_on: matches!(doing.command, FindingCommand::Prolong { .. }).then_some(row.due_on),
        },
    )?;
    told(
        db,
        services,
        actor,
        row,
        &format!("finding.{}", doing.command.step()),
    )?;
    part.shown(services, db, actor)
}
