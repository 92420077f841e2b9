//! What `motcua verify` reads: counts and last states, a page at a time.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::schema::{counters, dossier_letters, dossiers, timeline};

/// The columns of a dossier that can be checked against its record.
#[derive(Debug, Clone, Queryable)]
pub struct Checked {
    /// Id.
    pub id: String,
    /// State.
    pub state: String,
    /// Lines its timeline should have.
    pub timeline_seq: i32,
    /// Row version.
    pub version: i64,
}

/// Dossiers by id after `after`.
///
/// # Errors
/// Storage failures only.
pub fn dossiers(db: &mut Db, after: Option<&str>, limit: i64) -> StoreResult<Vec<Checked>> {
    let mut q = dossiers::table
        .order(dossiers::id.asc())
        .limit(limit)
        .select((
            dossiers::id,
            dossiers::state,
            dossiers::timeline_seq,
            dossiers::version,
        ))
        .into_boxed();
    if let Some(a) = after {
        q = q.filter(dossiers::id.gt(a.to_owned()));
    }
    Ok(q.load(db)?)
}

/// Whether a dossier is there.
///
/// # Errors
/// Storage failures only.
pub fn dossier_exists(db: &mut Db, id: &str) -> StoreResult<bool> {
    Ok(dossiers::table
        .find(id)
        .select(dossiers::id)
        .first::<String>(db)
        .optional()?
        .is_some())
}

/// How many lines each of these dossiers' timelines has.
///
/// # Errors
/// Storage failures only.
pub fn timeline_counts(db: &mut Db, ids: &[String]) -> StoreResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = timeline::table
        .filter(timeline::dossier_id.eq_any(ids.to_vec()))
        .group_by(timeline::dossier_id)
        .select((timeline::dossier_id, count_star()))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// The state the last line of each timeline leads to.
///
/// # Errors
/// Storage failures only.
pub fn last_states(db: &mut Db, ids: &[String]) -> StoreResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = timeline::table
        .filter(timeline::dossier_id.eq_any(ids.to_vec()))
        .order((timeline::dossier_id.asc(), timeline::seq.asc()))
        .select((timeline::dossier_id, timeline::to_state))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// Every counter: some per unit and day.
///
/// # Errors
/// Storage failures only.
pub fn counters(db: &mut Db) -> StoreResult<Vec<(String, i64)>> {
    Ok(counters::table
        .order(counters::name.asc())
        .select((counters::name, counters::value))
        .load(db)?)
}

/// How many dossier codes begin so.
///
/// # Errors
/// Storage failures only.
pub fn codes_used(db: &mut Db, prefix: &str) -> StoreResult<i64> {
    Ok(dossiers::table
        .filter(dossiers::code.ge(prefix))
        .filter(dossiers::code.lt(format!("{prefix}\u{10FFFF}")))
        .select(count_star())
        .first(db)?)
}

/// How many submission numbers begin so.
///
/// # Errors
/// Storage failures only.
pub fn submissions_used(db: &mut Db, prefix: &str) -> StoreResult<i64> {
    Ok(dossiers::table
        .filter(dossiers::submission_number.ge(prefix))
        .filter(dossiers::submission_number.lt(format!("{prefix}\u{10FFFF}")))
        .select(count_star())
        .first(db)?)
}

/// How many letters of a series there are.
///
/// # Errors
/// Storage failures only.
pub fn letters_used(db: &mut Db, authority: &str, form: &str, year: i32) -> StoreResult<i64> {
    Ok(dossier_letters::table
        .filter(dossier_letters::authority_id.eq(authority))
        .filter(dossier_letters::form.eq(form))
        .filter(dossier_letters::year.eq(year))
        .select(count_star())
        .first(db)?)
}
