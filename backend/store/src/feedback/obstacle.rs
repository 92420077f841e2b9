//! Obstacles that officers report upward, followed to a solution.

use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{obstacle_steps, obstacles};
use crate::ts::Ts;

/// An obstacle.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = obstacles, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ObstacleRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: Option<AuthorityId>,
    pub kind: String,
    pub procedure_code: Option<String>,
    pub text: String,
    pub raised_by: UserId,
    pub raised_at: Ts,
    pub state: String,
    pub forwarded_to: Option<String>,
    pub forwarded_at: Option<Ts>,
    pub solution: Option<String>,
    pub solved_by: Option<UserId>,
    pub solved_at: Option<Ts>,
    pub version: i64,
}

/// What was done with one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = obstacle_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ObstacleStepRow {
    pub item_id: RecordId,
    pub seq: i64,
    pub at: Ts,
    pub kind: String,
    pub actor_id: Option<UserId>,
    pub note: Option<String>,
}

/// Keeps an obstacle.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &ObstacleRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(obstacles::table).values(row).execute(c))?;
    Ok(())
}

/// One obstacle: within a scope, or one's own.
///
/// # Errors
/// Storage failures only.
pub fn find(
    db: &mut Db,
    scope: &Scope,
    own: Option<&UserId>,
    id: &RecordId,
) -> StoreResult<Option<ObstacleRow>> {
    let row: Option<ObstacleRow> = on_each!(db, c => obstacles::table
        .find(id)
        .select(ObstacleRow::as_select())
        .get_result(c)
        .optional())?;
    Ok(row.filter(|r| {
        scope.centres.contains(&r.centre_id)
            || r.authority_id
                .as_ref()
                .is_some_and(|a| scope.authorities.contains(a))
            || own == Some(&r.raised_by)
    }))
}

/// Obstacles within a scope, and one's own, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    scope: &Scope,
    own: &UserId,
    state: Option<&str>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<ObstacleRow>> {
    use obstacles as o;
    let mut rows: Vec<ObstacleRow> = on_each!(db, c => {
        let mut q = o::table
            .select(ObstacleRow::as_select())
            .limit(limit)
            .into_boxed();
        q = match (scope.centres.as_slice(), scope.authorities.as_slice()) {
            ([], []) => q.filter(o::raised_by.eq(own.clone())),
            (centres, authorities) => {
                let authorities: Vec<Option<AuthorityId>> =
                    authorities.iter().cloned().map(Some).collect();
                q.filter(
                    o::centre_id
                        .eq_any(centres.to_vec())
                        .or(o::authority_id.eq_any(authorities))
                        .or(o::raised_by.eq(own.clone())),
                )
            }
        };
        if let Some(state) = state {
            q = q.filter(o::state.eq(state.to_owned()));
        }
        q = match edge {
            Some((id, true)) => q.filter(o::id.gt(id.to_owned())).order(o::id.asc()),
            Some((id, false)) => q.filter(o::id.lt(id.to_owned())).order(o::id.desc()),
            None => q.order(o::id.desc()),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// Saves one that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(db: &mut Db, row: &ObstacleRow, version: i64) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::update(
            obstacles::table
                .filter(obstacles::id.eq(&row.id))
                .filter(obstacles::version.eq(version)))
        .set(row)
        .execute(c))?;
    Ok(n == 1)
}

/// Keeps a step.
///
/// # Errors
/// Storage failures only.
pub fn insert_step(db: &mut Db, row: &ObstacleStepRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(obstacle_steps::table).values(row).execute(c))?;
    Ok(())
}

/// Steps of one, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, id: &RecordId, limit: i64) -> StoreResult<Vec<ObstacleStepRow>> {
    let rows = on_each!(db, c => obstacle_steps::table
        .filter(obstacle_steps::item_id.eq(id))
        .order(obstacle_steps::seq.asc())
        .limit(limit)
        .select(ObstacleStepRow::as_select())
        .load(c))?;
    Ok(rows)
}
