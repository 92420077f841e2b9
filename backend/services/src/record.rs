//! The record of what happened: timeline, audit and outbox, always in the transaction that did it.

use chrono::{DateTime, Utc};
use motcua_domain::dossier::Role;
use motcua_store::audit::{self, NewEntry, Parts};
use motcua_store::dossier::{DossierRow, TimelineRow, insert_timeline};
use motcua_store::message;
use motcua_store::outbox::{self, Event};
use motcua_store::{CentreId, Db, RecordId, Ts, UserId, account, centre};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::error::Result;

/// One step of a dossier to be recorded. `detail` holds no personal data.
pub struct Step<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// Word of the timeline, such as `accepted`.
    pub kind: &'a str,
    /// Row of the law's table, such as `T4`.
    pub transition: &'a str,
    /// Who; none for the public and the system.
    pub actor: Option<&'a Actor>,
    /// In which role.
    pub role: Option<&'a str>,
    /// State before; none when it was just made.
    pub from_state: Option<String>,
    /// Further facts.
    pub detail: Value,
}

/// The digest of a timeline line that its audit entry carries: the line's free texts may name people,
/// so the audit proves them without repeating them.
pub fn line_digest(row: &TimelineRow) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(row.dossier_id.as_str());
    part(&row.seq.to_string());
    part(&row.at.0.timestamp_micros().to_string());
    part(&row.kind);
    part(&row.transition);
    part(row.actor_id.as_ref().map_or("", |a| a.as_str()));
    part(&row.actor_name);
    part(row.from_state.as_deref().unwrap_or(""));
    part(&row.to_state);
    part(&row.detail);
    parts.hex()
}

/// For whom a step is taken, when its actor holds the role only as a substitute.
fn substituted<'a>(
    actor: Option<&'a Actor>,
    role: Option<&str>,
    dossier: &DossierRow,
) -> Option<&'a UserId> {
    let role = Role::parse(role?)?;
    actor?.acting_for(role, &dossier.centre_id, &dossier.authority_id)
}

/// Records a step of `dossier`, whose `timeline_seq` and `version` already count it.
///
/// # Errors
/// Storage failures only.
pub fn step(db: &mut Db, dossier: &DossierRow, step: Step<'_>) -> Result<()> {
    steps(db, &dossier.centre_id, vec![(dossier, step)])
}

/// Records steps of several dossiers of one centre, in this order, as [`step`] would one by one.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, centre: &CentreId, steps: Vec<(&DossierRow, Step<'_>)>) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let mut lines = Vec::with_capacity(steps.len());
    let mut told = Vec::with_capacity(steps.len());
    for (dossier, step) in steps {
        let line = line(db, dossier, &step)?;
        told.push((dossier, step, line_digest(&line)));
        lines.push(line);
    }
    insert_timeline(db, &lines)?;
    let actions: Vec<String> = told
        .iter()
        .map(|(_, step, _)| format!("dossier.{}", step.kind))
        .collect();
    let entries: Vec<NewEntry<'_>> = told
        .iter()
        .zip(&actions)
        .map(|((dossier, step, digest), action)| NewEntry {
            centre_id: &dossier.centre_id,
            at: Ts::new(step.at),
            actor_id: step.actor.map(|a| &a.user_id),
            action,
            subject_kind: "dossier",
            subject_id: dossier.id.as_str(),
            data: json!({
                "seq": dossier.timeline_seq,
                "version": dossier.version,
                "transition": step.transition,
                "from": step.from_state,
                "to": dossier.state,
                "code": dossier.code,
                "due_at": dossier.due_at.map(|t| t.0.to_rfc3339()),
                "line": digest,
            })
            .to_string(),
        })
        .collect();
    let before = audit::append_all(db, centre, &entries)?;
    let events = (before + 1..)
        .zip(&told)
        .zip(actions.iter())
        .map(|((seq, (dossier, step, _)), action)| Event {
            centre_id: dossier.centre_id.clone(),
            seq,
            at: Ts::new(step.at),
            kind: action.clone(),
            subject_id: dossier.id.to_string(),
            authority_id: Some(dossier.authority_id.clone()),
            data: json!({
                "code": dossier.code,
                "state": dossier.state,
                "version": dossier.version,
                "transition": step.transition,
            })
            .to_string(),
        })
        .collect();
    outbox::push_all(db, &events)?;
    Ok(())
}

/// The line of the timeline that a step leaves.
fn line(db: &mut Db, dossier: &DossierRow, step: &Step<'_>) -> Result<TimelineRow> {
    let (actor_id, actor_name) = match step.actor {
        Some(a) => (Some(a.user_id.clone()), a.full_name.clone()),
        None => (None, "Hệ thống".to_owned()),
    };
    let mut detail = step.detail.clone();
    if let Some(absent) = substituted(step.actor, step.role, dossier)
        && let Some((id, name, _)) = account::names(db, std::slice::from_ref(absent))?.pop()
        && let Value::Object(facts) = &mut detail
    {
        facts.insert("acting_for".into(), json!({ "id": id, "full_name": name }));
    }
    Ok(TimelineRow {
        dossier_id: dossier.id.clone(),
        seq: dossier.timeline_seq,
        id: RecordId::new(),
        at: Ts::new(step.at),
        kind: step.kind.to_owned(),
        transition: step.transition.to_owned(),
        actor_id,
        actor_name,
        actor_role: step.role.map(ToOwned::to_owned),
        from_state: step.from_state.clone(),
        to_state: dossier.state.clone(),
        detail: detail.to_string(),
    })
}

/// Records something that is no step of a dossier: a sign-in, a look at personal data, an account.
///
/// # Errors
/// Storage failures only.
pub fn audit(
    db: &mut Db,
    centre: &CentreId,
    at: DateTime<Utc>,
    actor: Option<&Actor>,
    action: &str,
    subject: (&str, &str),
    data: Value,
) -> Result<()> {
    audit::append(
        db,
        &NewEntry {
            centre_id: centre,
            at: Ts::new(at),
            actor_id: actor.map(|a| &a.user_id),
            action,
            subject_kind: subject.0,
            subject_id: subject.1,
            data: data.to_string(),
        },
    )?;
    Ok(())
}

/// Records in every centre's chain that what follows stands on a copy made at `taken_at`: what was
/// done between the two is not in it.
///
/// # Errors
/// Storage failures only.
pub fn restored(db: &mut Db, now: DateTime<Utc>, taken_at: DateTime<Utc>) -> Result<()> {
    // What waited in the copy may have gone out since: a person decides whether it goes again.
    message::doubt_unsent(db)?;
    let mut after: Option<String> = None;
    loop {
        let page = centre::centres_page(db, after.as_deref().map(|id| (id, false)), 100)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id.to_string());
        for c in &page {
            audit(
                db,
                &c.id,
                now,
                None,
                "installation.restored",
                ("centre", c.id.as_str()),
                json!({ "taken_at": taken_at.to_rfc3339() }),
            )?;
        }
    }
}
