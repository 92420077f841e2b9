//! Inspections: opened by decision, looked through while their days run, with samples by seed, findings that
//! are followed until they are put right; and the commendation and discipline that rest on such things.

pub mod conduct;
mod export;
pub mod finding;
pub mod look;
pub mod sample;

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use motcua_domain::dossier::Role;
use motcua_domain::inspection::{
    InspectionKind, InspectionState, Limits, MOST_AUTHORITIES, MOST_MEMBERS, Plan, PlannedMember,
    faults, may_look,
};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::account::RoleRow;
use motcua_store::dossier::Scope;
use motcua_store::inspection::{self as rows, Filter, Ground, InspectionRow, MemberRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, Ts, UserId, account, centre};
use serde_json::{Value, json};

pub use export::{Export, MOST_ENTRIES, audit_entries};

use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::deadline::centre_unknown;
use crate::dossier::Page;
use crate::error::{Error, Result, stale};
pub(crate) use crate::feedback::prose;
use crate::record;
use crate::reference::Names;

/// The most authorities of a centre.
const MOST_SERVED: i64 = 1_000;

/// An inspection to be opened.
#[derive(Debug, Clone)]
pub struct NewInspection {
    /// At which centre; the caller's first when absent.
    pub centre: Option<CentreId>,
    /// Kind.
    pub kind: InspectionKind,
    /// What is looked into.
    pub subject: String,
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Who decided.
    pub decided_by: String,
    /// Which authorities; none: all that the centre receives for.
    pub authorities: Option<Vec<AuthorityId>>,
    /// First day of the period that is looked at.
    pub period_from: NaiveDate,
    /// Last day.
    pub period_to: NaiveDate,
    /// First day on which the team may look.
    pub access_from: NaiveDate,
    /// Last day.
    pub access_to: NaiveDate,
    /// The team: who, and whether as its head.
    pub members: Vec<(UserId, bool)>,
}

/// An inspection with its scope and its team.
pub struct Inspection {
    /// The row.
    pub row: InspectionRow,
    /// What is looked at: id, code and name.
    pub authorities: Vec<(AuthorityId, String, String)>,
    /// The team, its head first.
    pub members: Vec<MemberRow>,
    /// Names.
    pub names: Names,
    /// Its team may look today.
    pub looking: bool,
    /// The reader is of its team.
    pub member: bool,
    /// The reader leads the team.
    pub head: bool,
    /// The reader may end it.
    pub manages: bool,
}

/// Midnight in Vietnam, at which a day begins.
pub(crate) fn midnight(day: NaiveDate) -> Ts {
    Ts::new(from_local(day, NaiveTime::MIN))
}

pub(crate) fn state_of(row: &InspectionRow) -> Result<InspectionState> {
    InspectionState::parse(&row.state)
        .ok_or_else(|| Error::Internal("an inspection holds a state that is none".into()))
}

/// Whether the team of an inspection may look now.
pub(crate) fn looks(row: &InspectionRow, now: DateTime<Utc>) -> Result<bool> {
    Ok(may_look(
        state_of(row)?,
        row.access_from,
        row.access_to,
        local_date(now),
    ))
}

/// What an inspection looks at.
pub(crate) fn ground(db: &mut Db, row: &InspectionRow) -> Result<Ground> {
    let scope = rows::authorities(db, std::slice::from_ref(&row.id))?;
    Ok(Ground {
        centre: row.centre_id.clone(),
        authorities: scope.into_iter().map(|(_, a)| a).collect(),
        from: midnight(row.period_from),
        before: midnight(
            row.period_to
                .checked_add_days(Days::new(1))
                .unwrap_or(row.period_to),
        ),
    })
}

/// Records something of an inspection.
pub(crate) fn recorded(
    db: &mut Db,
    row: &InspectionRow,
    now: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    data: Value,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        action,
        ("inspection", row.id.as_str()),
        data,
    )
}

/// An inspection in sight of the actor, and whether the actor is of its team.
pub(crate) fn in_sight(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<(InspectionRow, Option<MemberRow>)> {
    let centres = actor.centres(Permission::ReadInspections);
    let row = rows::find(db, &centres, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    let member = rows::member(db, id, &actor.user_id)?;
    Ok((row, member))
}

/// An inspection whose team may look now, and of which the actor is.
///
/// # Errors
/// `not_found`; `not_of_the_team`; `inspection_access_closed` before the first day, after the last, and once
/// it was ended or concluded.
pub(crate) fn at_work(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<InspectionRow> {
    let (row, member) = in_sight(db, actor, id)?;
    if member.is_none() {
        return Err(Refusal::new(
            "not_of_the_team",
            "Chỉ thành viên đoàn kiểm tra được thực hiện việc này.",
            "Only a member of the inspection's team may do this.",
        )
        .into());
    }
    if !looks(&row, services.now())? {
        return Err(Refusal::new(
            "inspection_access_closed",
            "Ngoài thời gian đoàn kiểm tra được xem hồ sơ, hoặc cuộc kiểm tra đã kết thúc.",
            "The team may not look now: its days do not run, or it was ended.",
        )
        .with("access_from", row.access_from.to_string())
        .with("access_to", row.access_to.to_string())
        .into());
    }
    Ok(row)
}

fn with_all(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<InspectionRow>,
) -> Result<Vec<Inspection>> {
    let ids: Vec<RecordId> = found.iter().map(|r| r.id.clone()).collect();
    let mut scopes: HashMap<RecordId, Vec<AuthorityId>> = HashMap::new();
    for (id, authority) in rows::authorities(db, &ids)? {
        scopes.entry(id).or_default().push(authority);
    }
    let mut teams: HashMap<RecordId, Vec<MemberRow>> = HashMap::new();
    for member in rows::members(db, &ids)? {
        teams
            .entry(member.inspection_id.clone())
            .or_default()
            .push(member);
    }
    let people = teams
        .values()
        .flatten()
        .map(|m| &m.user_id)
        .chain(found.iter().flat_map(|r| {
            [
                Some(&r.opened_by),
                r.ended_by.as_ref(),
                r.concluded_by.as_ref(),
            ]
            .into_iter()
            .flatten()
        }));
    let names = services.names(db, actor.stamp, people)?;
    let manages = actor.centres(Permission::ManageInspections);
    let mut all = Vec::with_capacity(found.len());
    for row in found {
        let mut authorities = Vec::new();
        for id in scopes.remove(&row.id).unwrap_or_default() {
            if let Some(known) = services.authority(db, actor.stamp, &id)? {
                authorities.push((id, known.code.clone(), known.name.clone()));
            }
        }
        let members = teams.remove(&row.id).unwrap_or_default();
        let own = members.iter().find(|m| m.user_id == actor.user_id);
        all.push(Inspection {
            looking: looks(&row, services.now())?,
            member: own.is_some(),
            head: own.is_some_and(|m| m.head),
            manages: manages.contains(&row.centre_id),
            names: names.clone(),
            authorities,
            members,
            row,
        });
    }
    Ok(all)
}

pub(crate) fn shown(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: InspectionRow,
) -> Result<Inspection> {
    with_all(services, db, actor, vec![row])?
        .pop()
        .ok_or_else(|| Error::Internal("an inspection went missing".into()))
}

/// Inspections in sight of the actor, newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn inspections(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Inspection>> {
    let centres = actor.centres(Permission::ReadInspections);
    let found = rows::page(db, &centres, &actor.user_id, filter, edge, limit)?;
    with_all(services, db, actor, found)
}

/// One inspection.
///
/// # Errors
/// `not_found`.
pub fn inspection(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Inspection> {
    let (row, _) = in_sight(db, actor, id)?;
    shown(services, db, actor, row)
}

/// Whether somebody with these roles works for what is looked at: for one of the authorities, or for the
/// one-stop itself. Who inspects there by role does not.
fn own_work(roles: &[RoleRow], user: &UserId, centre: &CentreId, scope: &[AuthorityId]) -> bool {
    roles
        .iter()
        .filter(|r| &r.user_id == user && &r.centre_id == centre)
        .filter(|r| r.role != Role::Inspector.as_str())
        .any(|r| match &r.authority_id {
            None => true,
            Some(a) => scope.contains(a),
        })
}

/// Opens an inspection.
///
/// # Errors
/// `centre_unknown`; `validation_failed` naming every field at fault.
pub fn open(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewInspection,
) -> Result<Inspection> {
    let centre = actor
        .centre_for(Permission::ManageInspections, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    let now = services.now();
    let today = local_date(now);
    let mut texts = Texts::default();
    let subject = texts.line(&new.subject, "/subject", 300);
    let decision_number = texts.line(&new.decision_number, "/decision_number", 100);
    let decided_by = texts.line(&new.decided_by, "/decided_by", 200);
    let here = Scope {
        centres: vec![centre.clone()],
        authorities: Vec::new(),
    };
    let served: Vec<AuthorityId> = centre::served_within(db, &here, MOST_SERVED)?
        .into_iter()
        .map(|a| a.id)
        .collect();
    let mut scope: Vec<AuthorityId> = Vec::new();
    match &new.authorities {
        None => scope = served,
        Some(named) => {
            if named.len() > MOST_AUTHORITIES {
                texts.also(vec![too_many("/authority_ids", MOST_AUTHORITIES)]);
            }
            for (i, id) in named.iter().take(MOST_AUTHORITIES).enumerate() {
                if !served.contains(id) {
                    texts.also(vec![FieldError::new(
                        format!("/authority_ids/{i}"),
                        "unknown_value",
                        "Trung tâm không tiếp nhận cho cơ quan này.",
                        "The centre does not receive for this authority.",
                    )]);
                } else if !scope.contains(id) {
                    scope.push(id.clone());
                }
            }
        }
    }
    if new.members.len() > MOST_MEMBERS {
        texts.also(vec![too_many("/members", MOST_MEMBERS)]);
    }
    let team: Vec<UserId> = new
        .members
        .iter()
        .take(MOST_MEMBERS)
        .map(|(id, _)| id.clone())
        .collect();
    let users = account::users_by_id(db, &team)?;
    let roles = account::roles(db, &team, Ts::new(now))?;
    let members = new
        .members
        .iter()
        .take(MOST_MEMBERS)
        .map(|(id, head)| PlannedMember {
            id: id.to_string(),
            head: *head,
            // Another system's account is nobody; who holds no role works nowhere.
            known: users
                .iter()
                .any(|u| &u.id == id && u.active && u.scopes.is_none())
                && roles.iter().any(|r| &r.user_id == id),
            own_work: own_work(&roles, id, &centre, &scope),
        })
        .collect();
    let plan = Plan {
        kind: new.kind,
        decision_on: new.decision_on,
        period_from: new.period_from,
        period_to: new.period_to,
        access_from: new.access_from,
        access_to: new.access_to,
        authorities: new.authorities.as_ref().map_or(scope.len(), Vec::len),
        members,
    };
    texts.also(faults(&plan, &Limits::shipped()?, today));
    texts.sound()?;
    let row = InspectionRow {
        id: RecordId::new(),
        centre_id: centre,
        kind: new.kind.as_str().into(),
        subject,
        decision_number,
        decision_on: new.decision_on,
        decided_by,
        whole_centre: new.authorities.is_none(),
        period_from: new.period_from,
        period_to: new.period_to,
        access_from: new.access_from,
        access_to: new.access_to,
        state: InspectionState::Open.as_str().into(),
        opened_by: actor.user_id.clone(),
        opened_at: Ts::new(now),
        ended_by: None,
        ended_at: None,
        end_reason: None,
        concluded_by: None,
        concluded_at: None,
        conclusion_number: None,
        conclusion_on: None,
        conclusion: None,
        version: 1,
    };
    let members: Vec<MemberRow> = new
        .members
        .iter()
        .map(|(user_id, head)| MemberRow {
            inspection_id: row.id.clone(),
            user_id: user_id.clone(),
            head: *head,
        })
        .collect();
    rows::insert(db, &row, &scope, &members)?;
    recorded(
        db,
        &row,
        now,
        actor,
        "inspection.opened",
        json!({
            "kind": row.kind, "decision_number": row.decision_number,
            "authorities": scope, "members": team,
            "period": [row.period_from, row.period_to], "access": [row.access_from, row.access_to],
        }),
    )?;
    shown(services, db, actor, row)
}

pub(crate) fn too_many(pointer: &str, most: usize) -> FieldError {
    FieldError::new(
        pointer,
        "too_many",
        format!("Nhiều nhất {most}."),
        format!("At most {most}."),
    )
}

/// An inspection that the actor may end or conclude, at the version named.
fn to_close(db: &mut Db, actor: &Actor, id: &RecordId, version: i64) -> Result<InspectionRow> {
    let (row, member) = in_sight(db, actor, id)?;
    let manages = actor
        .centres(Permission::ManageInspections)
        .contains(&row.centre_id);
    if !manages && !member.is_some_and(|m| m.head) {
        return Err(Refusal::new(
            "not_of_the_team",
            "Chỉ trưởng đoàn hoặc người mở cuộc kiểm tra được thực hiện việc này.",
            "Only the head of the team, or who opens inspections, may do this.",
        )
        .into());
    }
    if row.version != version {
        return Err(stale(row.version));
    }
    Ok(row)
}

fn step_not_allowed(row: &InspectionRow) -> Error {
    Refusal::new(
        "inspection_step_not_allowed",
        "Cuộc kiểm tra đã kết thúc hoặc đã có kết luận.",
        "The inspection was ended or concluded already.",
    )
    .with("state", row.state.clone())
    .into()
}

/// Ends an inspection before its last day: from now on its team looks no more.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `version_stale`, `inspection_step_not_allowed`, `validation_failed`.
pub fn end(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    reason: &str,
) -> Result<Inspection> {
    let mut row = to_close(db, actor, id, version)?;
    if state_of(&row)? != InspectionState::Open {
        return Err(step_not_allowed(&row));
    }
    let mut texts = Texts::default();
    let reason = texts.line(reason, "/reason", 500);
    texts.sound()?;
    let now = services.now();
    row.state = InspectionState::Ended.as_str().into();
    row.ended_by = Some(actor.user_id.clone());
    row.ended_at = Some(Ts::new(now));
    row.end_reason = Some(reason);
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    recorded(
        db,
        &row,
        now,
        actor,
        "inspection.ended",
        json!({ "decision_number": row.decision_number, "version": row.version }),
    )?;
    shown(services, db, actor, row)
}

/// What an inspection comes to.
#[derive(Debug, Clone)]
pub struct Conclusion {
    /// Number.
    pub number: String,
    /// Day.
    pub on: NaiveDate,
    /// Text.
    pub text: String,
}

/// Concludes an inspection: its team looks no more, its findings are followed until they are put right.
///
/// # Errors
/// As [`end`].
pub fn conclude(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    said: &Conclusion,
) -> Result<Inspection> {
    let mut row = to_close(db, actor, id, version)?;
    if state_of(&row)? == InspectionState::Concluded {
        return Err(step_not_allowed(&row));
    }
    let now = services.now();
    let today = local_date(now);
    let mut texts = Texts::default();
    let number = texts.line(&said.number, "/number", 100);
    let text = prose(&said.text, "/text", &mut texts);
    if said.on > today {
        texts.also(vec![FieldError::new(
            "/concluded_on",
            "date_in_future",
            "Ngày kết luận không được ở tương lai.",
            "The conclusion is not dated in the future.",
        )]);
    } else if said.on < row.access_from {
        texts.also(vec![FieldError::new(
            "/concluded_on",
            "out_of_range",
            "Ngày kết luận không được trước ngày bắt đầu kiểm tra.",
            "The conclusion is not dated before the inspection began.",
        )]);
    }
    texts.sound()?;
    row.state = InspectionState::Concluded.as_str().into();
    row.concluded_by = Some(actor.user_id.clone());
    row.concluded_at = Some(Ts::new(now));
    row.conclusion_number = Some(number);
    row.conclusion_on = Some(said.on);
    row.conclusion = Some(text);
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    recorded(
        db,
        &row,
        now,
        actor,
        "inspection.concluded",
        json!({
            "decision_number": row.decision_number, "conclusion_number": row.conclusion_number,
            "version": row.version,
        }),
    )?;
    shown(services, db, actor, row)
}

/// The dossiers that the team of an inspection may look at, newest first, next to an edge.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `inspection_access_closed`.
pub fn dossiers(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    edge: Option<(Ts, &str, bool)>,
    limit: i64,
) -> Result<Page> {
    let row = at_work(services, db, actor, id)?;
    let ground = ground(db, &row)?;
    let found = rows::dossiers_page(db, &ground, edge, limit)?;
    crate::dossier::page_of(services, db, actor, found)
}
