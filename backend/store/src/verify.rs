//! What `motcua verify` reads: counts and last states, a page at a time.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::audit::Entry;
use crate::conn::Db;
use crate::dossier::TimelineRow;
use crate::error::StoreResult;
use crate::ids::CentreId;
use crate::schema::{
    audit_entries, counters, disposal_items, dossier_letters, dossiers, letter_contents,
    letter_papers, timeline,
};
use crate::ts::Ts;

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
    /// Code.
    pub code: Option<String>,
    /// Due.
    pub due_at: Option<Ts>,
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
            dossiers::code,
            dossiers::due_at,
        ))
        .into_boxed();
    if let Some(a) = after {
        q = q.filter(dossiers::id.gt(a.to_owned()));
    }
    Ok(q.load(db)?)
}

/// What a paper says, with the number it was issued under.
#[derive(Debug, Clone, Queryable)]
pub struct CheckedLetter {
    /// Its dossier.
    pub dossier_id: String,
    /// Its form.
    pub form: String,
    /// The year of its series.
    pub year: i32,
    /// Its number.
    pub number: i64,
    /// The form it is set by.
    pub template: String,
    /// What it says.
    pub data: String,
}

/// What the papers of these dossiers say.
///
/// # Errors
/// Storage failures only.
pub fn contents_of(db: &mut Db, ids: &[String]) -> StoreResult<Vec<CheckedLetter>> {
    use dossier_letters as l;
    Ok(letter_contents::table
        .inner_join(l::table.on(l::id.eq(letter_contents::letter_id)))
        .filter(l::dossier_id.eq_any(ids.to_vec()))
        .select((
            l::dossier_id,
            l::form,
            l::year,
            l::number,
            letter_contents::template,
            letter_contents::data,
        ))
        .load(db)?)
}

/// Those of these numbered papers that were set, as they are kept: id, digest, document in base64.
///
/// # Errors
/// Storage failures only.
pub fn letter_papers_by_ids(
    db: &mut Db,
    ids: &[String],
) -> StoreResult<Vec<(String, String, String)>> {
    use letter_papers as p;
    Ok(p::table
        .filter(p::letter_id.eq_any(ids.to_vec()))
        .select((p::letter_id, p::sha256, p::content))
        .load(db)?)
}

/// Those of these numbered papers of which it is still known what they say.
///
/// # Errors
/// Storage failures only.
pub fn letters_with_content(db: &mut Db, ids: &[String]) -> StoreResult<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(letter_contents::table
        .filter(letter_contents::letter_id.eq_any(ids.to_vec()))
        .select(letter_contents::letter_id)
        .load(db)?)
}

/// How many numbered papers of a centre were set and are kept.
///
/// # Errors
/// Storage failures only.
pub fn count_letter_papers(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    use dossier_letters as l;
    Ok(letter_papers::table
        .inner_join(l::table.on(l::id.eq(letter_papers::letter_id)))
        .inner_join(dossiers::table.on(dossiers::id.eq(l::dossier_id)))
        .filter(dossiers::centre_id.eq(centre))
        .count()
        .get_result(db)?)
}

/// Those of these dossiers whose people were taken out as a disposal list says.
///
/// # Errors
/// Storage failures only.
pub fn disposed_of(db: &mut Db, ids: &[String]) -> StoreResult<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(disposal_items::table
        .filter(disposal_items::dossier_id.eq_any(ids.to_vec()))
        .filter(disposal_items::outcome.eq("disposed"))
        .select(disposal_items::dossier_id)
        .load(db)?)
}

/// Those of these ids that no dossier has.
///
/// # Errors
/// Storage failures only.
pub fn missing_dossiers(db: &mut Db, ids: &[String]) -> StoreResult<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let there: Vec<String> = dossiers::table
        .filter(dossiers::id.eq_any(ids.to_vec()))
        .select(dossiers::id)
        .load(db)?;
    Ok(ids
        .iter()
        .filter(|id| !there.contains(id))
        .cloned()
        .collect())
}

/// The timelines of these dossiers, each in order.
///
/// # Errors
/// Storage failures only.
pub fn timelines(db: &mut Db, ids: &[String]) -> StoreResult<Vec<TimelineRow>> {
    Ok(timeline::table
        .filter(timeline::dossier_id.eq_any(ids.to_vec()))
        .order((timeline::dossier_id.asc(), timeline::seq.asc()))
        .select(TimelineRow::as_select())
        .load(db)?)
}

/// The audit entries about these subjects, each subject's in order.
///
/// # Errors
/// Storage failures only.
pub fn entries_of(db: &mut Db, ids: &[String]) -> StoreResult<Vec<Entry>> {
    Ok(audit_entries::table
        .filter(audit_entries::subject_id.eq_any(ids.to_vec()))
        .order((audit_entries::subject_id.asc(), audit_entries::seq.asc()))
        .select(Entry::as_select())
        .load(db)?)
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
