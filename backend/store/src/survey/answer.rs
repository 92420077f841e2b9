//! Answers kept by their cell, and their counts.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::BATCH;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId};
use crate::on_each;
use crate::schema::{survey_answers, survey_counts};

/// An answer, kept by its cell.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_answers, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AnswerRow {
    /// Random: it tells no time.
    pub id: String,
    pub centre_id: CentreId,
    pub questionnaire_id: RecordId,
    pub authority_id: Option<AuthorityId>,
    pub field: Option<String>,
    pub channel: Option<String>,
    pub period: String,
    /// Empty for a whole year.
    pub quarter: String,
    pub answers: String,
}

/// How many chose something, by the cell's parts; empty words stand for «any».
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_counts)]
#[allow(missing_docs, reason = "plain columns")]
pub struct CountRow {
    pub centre_id: CentreId,
    pub questionnaire_id: RecordId,
    pub quarter: String,
    /// Empty: the answers themselves.
    pub question: String,
    /// Empty: all who answered the question.
    pub choice: String,
    pub authority_id: String,
    pub field: String,
    pub channel: String,
    pub n: i64,
}

/// Keeps answers.
///
/// # Errors
/// Storage failures only.
pub fn insert_answers(db: &mut Db, rows: &[AnswerRow]) -> StoreResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(db, c => diesel::insert_into(survey_answers::table).values(some).execute(c))?;
    }
    Ok(())
}

/// Adds to what was counted before.
///
/// # Errors
/// Storage failures only.
pub fn add_counts(db: &mut Db, rows: &[CountRow]) -> StoreResult<()> {
    use survey_counts as s;
    for row in rows {
        on_each!(db, c => diesel::insert_into(s::table)
            .values(row)
            .on_conflict((
                s::centre_id, s::questionnaire_id, s::quarter, s::question, s::choice,
                s::authority_id, s::field, s::channel,
            ))
            .do_update()
            .set(s::n.eq(s::n + row.n))
            .execute(c))?;
    }
    Ok(())
}

/// Everything counted of a questionnaire in a quarter. As many rows as there are cells and choices, not
/// as there are answers.
///
/// # Errors
/// Storage failures only.
pub fn counts(
    db: &mut Db,
    centre: &CentreId,
    questionnaire: &RecordId,
    quarter: &str,
) -> StoreResult<Vec<CountRow>> {
    use survey_counts as s;
    Ok(s::table
        .filter(s::centre_id.eq(centre))
        .filter(s::questionnaire_id.eq(questionnaire))
        .filter(s::quarter.eq(quarter))
        .select(CountRow::as_select())
        .load(db)?)
}

/// Everything counted of one question in all quarters, for the course of time.
///
/// # Errors
/// Storage failures only.
pub fn counts_of_question(
    db: &mut Db,
    centre: &CentreId,
    questionnaires: &[RecordId],
    question: &str,
) -> StoreResult<Vec<CountRow>> {
    use survey_counts as s;
    Ok(s::table
        .filter(s::centre_id.eq(centre))
        .filter(s::questionnaire_id.eq_any(questionnaires.to_vec()))
        .filter(s::question.eq(question))
        .select(CountRow::as_select())
        .load(db)?)
}

/// Questionnaires that were answered in a quarter, with how many answers are counted.
///
/// # Errors
/// Storage failures only.
pub fn answered(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
) -> StoreResult<Vec<(RecordId, i64)>> {
    use survey_counts as s;
    let rows: Vec<(RecordId, i64)> = s::table
        .filter(s::centre_id.eq(centre))
        .filter(s::quarter.eq(quarter))
        .filter(s::question.eq(""))
        .select((s::questionnaire_id, s::n))
        .load(db)?;
    let mut sums: BTreeMap<RecordId, i64> = BTreeMap::new();
    for (id, n) in rows {
        *sums.entry(id).or_default() += n;
    }
    Ok(sums.into_iter().collect())
}

/// A page of a centre's answers, to count them again.
///
/// # Errors
/// Storage failures only.
pub fn answers_page(
    db: &mut Db,
    centre: &CentreId,
    after: &str,
    limit: i64,
) -> StoreResult<Vec<AnswerRow>> {
    use survey_answers as a;
    Ok(a::table
        .filter(a::centre_id.eq(centre))
        .filter(a::id.gt(after))
        .order(a::id.asc())
        .limit(limit)
        .select(AnswerRow::as_select())
        .load(db)?)
}

/// A page of a centre's counts in the order of their key, to hold them against the answers.
///
/// # Errors
/// Storage failures only.
pub fn all_counts(db: &mut Db, centre: &CentreId) -> StoreResult<Vec<CountRow>> {
    use survey_counts as s;
    Ok(s::table
        .filter(s::centre_id.eq(centre))
        .select(CountRow::as_select())
        .load(db)?)
}
