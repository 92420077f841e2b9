//! Questionnaires, each version for itself, and which of them a centre asks with.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId, UserId};
use crate::on_each;
use crate::page::falling;
use crate::schema::{centres, questionnaires, survey_settings};
use crate::ts::Ts;

/// A questionnaire.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = questionnaires, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct QuestionnaireRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub code: String,
    pub number: i32,
    /// `draft`, `published`, `retired`.
    pub state: String,
    /// The questionnaire as JSON.
    pub body: String,
    /// None: it came with the program.
    pub created_by: Option<UserId>,
    pub created_at: Ts,
    pub published_at: Option<Ts>,
    pub retired_at: Option<Ts>,
    pub version: i64,
}

/// What a centre asks with.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = survey_settings)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SettingsRow {
    pub centre_id: CentreId,
    /// With forms 01, 02 and 03.
    pub slip_code: String,
    /// When a result is handed back.
    pub return_code: String,
    /// At kiosks and tablets.
    pub kiosk_code: String,
    /// Days for which a link holds.
    pub valid_days: i32,
    pub version: i64,
}

/// Keeps a questionnaire; false when one with this code and number is there already.
///
/// # Errors
/// Storage failures only.
pub fn insert_questionnaire(db: &mut Db, row: &QuestionnaireRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(questionnaires::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Writes a questionnaire anew where it still is as it was read; false when it is not.
///
/// # Errors
/// Storage failures only.
pub fn save_questionnaire(db: &mut Db, row: &QuestionnaireRow, version: i64) -> StoreResult<bool> {
    let n = diesel::update(
        questionnaires::table
            .find(&row.id)
            .filter(questionnaires::version.eq(version)),
    )
    .set(row)
    .execute(db)?;
    Ok(n == 1)
}

/// Throws a draft away; false when it is not as it was read.
///
/// # Errors
/// Storage failures only.
pub fn delete_draft(db: &mut Db, id: &RecordId, version: i64) -> StoreResult<bool> {
    use questionnaires as q;
    let n = diesel::delete(
        q::table
            .find(id)
            .filter(q::version.eq(version))
            .filter(q::state.eq("draft")),
    )
    .execute(db)?;
    Ok(n == 1)
}

/// One questionnaire.
///
/// # Errors
/// Storage failures only.
pub fn questionnaire(db: &mut Db, id: &RecordId) -> StoreResult<Option<QuestionnaireRow>> {
    Ok(questionnaires::table
        .find(id)
        .select(QuestionnaireRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The newest of this code that is published at a centre.
///
/// # Errors
/// Storage failures only.
pub fn published(
    db: &mut Db,
    centre: &CentreId,
    code: &str,
) -> StoreResult<Option<QuestionnaireRow>> {
    use questionnaires as q;
    Ok(q::table
        .filter(q::centre_id.eq(centre))
        .filter(q::code.eq(code))
        .filter(q::state.eq("published"))
        .order(q::number.desc())
        .select(QuestionnaireRow::as_select())
        .first(db)
        .optional()?)
}

/// The highest number that a code has at a centre; 0 when it has none.
///
/// # Errors
/// Storage failures only.
pub fn last_number(db: &mut Db, centre: &CentreId, code: &str) -> StoreResult<i32> {
    use questionnaires as q;
    let n: Option<i32> = q::table
        .filter(q::centre_id.eq(centre))
        .filter(q::code.eq(code))
        .select(diesel::dsl::max(q::number))
        .get_result(db)?;
    Ok(n.unwrap_or(0))
}

/// Questionnaires of a centre, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn questionnaires_page(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<QuestionnaireRow>> {
    use questionnaires as q;
    let found = q::table
        .filter(q::centre_id.eq(centre))
        .select(QuestionnaireRow::as_select())
        .limit(limit)
        .into_boxed();
    falling!(
        db,
        found,
        q::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Every number of a code of a centre that was ever asked with.
///
/// # Errors
/// Storage failures only.
pub fn numbers_of(
    db: &mut Db,
    centre: &CentreId,
    code: &str,
) -> StoreResult<Vec<QuestionnaireRow>> {
    use questionnaires as q;
    Ok(q::table
        .filter(q::centre_id.eq(centre))
        .filter(q::code.eq(code))
        .filter(q::state.ne("draft"))
        .order(q::number.asc())
        .select(QuestionnaireRow::as_select())
        .load(db)?)
}

/// These questionnaires.
///
/// # Errors
/// Storage failures only.
pub fn questionnaires_of(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<QuestionnaireRow>> {
    Ok(questionnaires::table
        .filter(questionnaires::id.eq_any(ids.to_vec()))
        .select(QuestionnaireRow::as_select())
        .load(db)?)
}

/// Centres that have no questionnaire of this code, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn centres_without(db: &mut Db, code: &str, limit: i64) -> StoreResult<Vec<CentreId>> {
    use questionnaires as q;
    let having = q::table
        .filter(q::code.eq(code.to_owned()))
        .filter(q::number.eq(1))
        .select(q::centre_id);
    Ok(centres::table
        .filter(diesel::dsl::not(centres::id.eq_any(having)))
        .order(centres::id.asc())
        .limit(limit)
        .select(centres::id)
        .load(db)?)
}

/// What a centre asks with; none: what the program ships.
///
/// # Errors
/// Storage failures only.
pub fn settings(db: &mut Db, centre: &CentreId) -> StoreResult<Option<SettingsRow>> {
    Ok(survey_settings::table
        .find(centre)
        .select(SettingsRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Sets what a centre asks with, where it still is at `version` (0: not set yet); false when it is not.
///
/// # Errors
/// Storage failures only.
pub fn set_settings(db: &mut Db, row: &SettingsRow, version: i64) -> StoreResult<bool> {
    let n = if version == 0 {
        on_each!(db, c => diesel::insert_into(survey_settings::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        diesel::update(
            survey_settings::table
                .find(&row.centre_id)
                .filter(survey_settings::version.eq(version)),
        )
        .set(row)
        .execute(db)?
    };
    Ok(n == 1)
}
