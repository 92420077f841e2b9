//! Obstacles (vướng mắc) that officers report upward, followed to a solution.

use motcua_domain::feedback::{ObstacleKind, ObstacleState};
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::Scope;
use motcua_store::feedback::obstacle::{self as rows, ObstacleRow, ObstacleStepRow};
use motcua_store::{CentreId, Db, RecordId, Ts};
use serde_json::json;

use super::filing::prose;
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::deadline::centre_unknown;
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// The most steps of an obstacle that are told.
pub const MOST_STEPS: i64 = 200;

/// An obstacle to be reported.
#[derive(Debug, Clone)]
pub struct NewObstacle {
    /// At which centre; the caller's first when absent.
    pub centre: Option<CentreId>,
    /// What it lies in.
    pub kind: ObstacleKind,
    /// The procedure, where it lies in one.
    pub procedure_code: Option<String>,
    /// What is in the way.
    pub text: String,
}

/// Obstacles with the names of whoever reported and solved them.
pub struct Obstacles {
    /// The rows.
    pub rows: Vec<ObstacleRow>,
    /// Names.
    pub names: Names,
}

/// One obstacle with what was done.
pub struct Obstacle {
    /// The row.
    pub row: ObstacleRow,
    /// What was done, oldest first.
    pub steps: Vec<ObstacleStepRow>,
    /// Names.
    pub names: Names,
    /// Whether the reader may pass it on and say how it was solved.
    pub handles: bool,
}

fn within(scope: &Scope, row: &ObstacleRow) -> bool {
    scope.centres.contains(&row.centre_id)
        || row
            .authority_id
            .as_ref()
            .is_some_and(|a| scope.authorities.contains(a))
}

fn shown(services: &Services, db: &mut Db, actor: &Actor, row: ObstacleRow) -> Result<Obstacle> {
    let steps = rows::steps(db, &row.id, MOST_STEPS)?;
    let people = steps
        .iter()
        .filter_map(|s| s.actor_id.as_ref())
        .chain([&row.raised_by])
        .chain(row.solved_by.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    let handles = within(&actor.scope(Permission::HandleObstacles), &row);
    Ok(Obstacle {
        row,
        steps,
        names,
        handles,
    })
}

fn kept(
    db: &mut Db,
    actor: &Actor,
    row: &ObstacleRow,
    at: Ts,
    kind: &str,
    note: Option<String>,
) -> Result<()> {
    rows::insert_step(
        db,
        &ObstacleStepRow {
            item_id: row.id.clone(),
            seq: row.version,
            at,
            kind: kind.to_owned(),
            actor_id: Some(actor.user_id.clone()),
            note,
        },
    )?;
    record::audit(
        db,
        &row.centre_id,
        at.0,
        Some(actor),
        &format!("obstacle.{kind}"),
        ("obstacle", row.id.as_str()),
        json!({ "kind": row.kind, "version": row.version }),
    )
}

/// Reports an obstacle.
///
/// # Errors
/// `centre_unknown`, `validation_failed` naming the fields.
pub fn raise(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewObstacle,
) -> Result<Obstacle> {
    let mut texts = Texts::default();
    let text = prose(&new.text, "/text", &mut texts);
    let procedure_code = texts.maybe(new.procedure_code.as_ref(), "/procedure_code", 40);
    texts.sound()?;
    let centre = actor
        .centre_for(Permission::RaiseObstacles, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    let may = Permission::RaiseObstacles.roles();
    // Whoever works for one authority reports to that one's leader.
    let authority_id = actor
        .grants
        .iter()
        .filter(|g| g.centre_id == centre && may.contains(&g.role))
        .find_map(|g| g.authority_id.clone());
    let at = Ts::new(services.now());
    let row = ObstacleRow {
        id: RecordId::new(),
        centre_id: centre,
        authority_id,
        kind: new.kind.as_str().to_owned(),
        procedure_code,
        text,
        raised_by: actor.user_id.clone(),
        raised_at: at,
        state: ObstacleState::Raised.as_str().to_owned(),
        forwarded_to: None,
        forwarded_at: None,
        solution: None,
        solved_by: None,
        solved_at: None,
        version: 1,
    };
    rows::insert(db, &row)?;
    kept(db, actor, &row, at, "raised", None)?;
    shown(services, db, actor, row)
}

/// Obstacles that the actor may read: those reported by the actor, and for who answers for others, theirs.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    state: Option<ObstacleState>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Obstacles> {
    let scope = actor.scope(Permission::ReadAllObstacles);
    let state = state.map(ObstacleState::as_str);
    let found = rows::page(db, &scope, &actor.user_id, state, edge, limit)?;
    let people = found
        .iter()
        .flat_map(|r| [Some(&r.raised_by), r.solved_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Obstacles { rows: found, names })
}

/// One obstacle.
///
/// # Errors
/// `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Obstacle> {
    let scope = actor.scope(Permission::ReadAllObstacles);
    let row = rows::find(db, &scope, Some(&actor.user_id), id)?.ok_or_else(Refusal::not_found)?;
    shown(services, db, actor, row)
}

fn to_change(db: &mut Db, actor: &Actor, id: &RecordId, version: i64) -> Result<ObstacleRow> {
    let scope = actor.scope(Permission::HandleObstacles);
    let row = rows::find(db, &scope, None, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.state == ObstacleState::Solved.as_str() {
        return Err(Error::from(Refusal::new(
            "obstacle_solved",
            "Vướng mắc này đã được giải quyết.",
            "This obstacle is solved.",
        )));
    }
    Ok(row)
}

/// Passes an obstacle upward; it can be passed on again.
///
/// # Errors
/// `not_found`, `version_stale`, `obstacle_solved`, `validation_failed` naming the field.
pub fn forward(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    to: &str,
) -> Result<Obstacle> {
    let mut row = to_change(db, actor, id, version)?;
    let mut texts = Texts::default();
    let to = texts.line(to, "/to", 300);
    texts.sound()?;
    let at = Ts::new(services.now());
    row.state = ObstacleState::Forwarded.as_str().to_owned();
    row.forwarded_to = Some(to.clone());
    row.forwarded_at = Some(at);
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    kept(db, actor, &row, at, "forwarded", Some(to))?;
    shown(services, db, actor, row)
}

/// Says how an obstacle was solved.
///
/// # Errors
/// `not_found`, `version_stale`, `obstacle_solved`, `validation_failed` naming the field.
pub fn solve(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    solution: &str,
) -> Result<Obstacle> {
    let mut row = to_change(db, actor, id, version)?;
    let mut texts = Texts::default();
    let solution = prose(solution, "/solution", &mut texts);
    texts.sound()?;
    let at = Ts::new(services.now());
    row.state = ObstacleState::Solved.as_str().to_owned();
    row.solution = Some(solution);
    row.solved_by = Some(actor.user_id.clone());
    row.solved_at = Some(at);
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    kept(db, actor, &row, at, "solved", None)?;
    shown(services, db, actor, row)
}
