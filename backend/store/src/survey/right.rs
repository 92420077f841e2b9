//! Rights to answer once, how many were given, and sealed answers that wait for their week to end.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::BATCH;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{survey_asked, survey_invitations, survey_pending};

/// A right to answer once.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_invitations, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct InvitationRow {
    pub token_hash: String,
    pub centre_id: CentreId,
    pub questionnaire_id: RecordId,
    pub authority_id: AuthorityId,
    pub field: String,
    pub officer_id: Option<UserId>,
    pub occasion: String,
    pub expires_on: NaiveDate,
    pub used: bool,
}

/// An answer that waits, sealed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_pending, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PendingRow {
    /// Random: it tells no time.
    pub id: String,
    pub centre_id: CentreId,
    /// The Monday of the week it was given in.
    pub week: NaiveDate,
    pub sealed: String,
}

/// Keeps a right to answer; false when it is kept already.
///
/// # Errors
/// Storage failures only.
pub fn invite(db: &mut Db, row: &InvitationRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(survey_invitations::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// A right to answer.
///
/// # Errors
/// Storage failures only.
pub fn invitation(db: &mut Db, token_hash: &str) -> StoreResult<Option<InvitationRow>> {
    Ok(survey_invitations::table
        .find(token_hash)
        .select(InvitationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Uses rights to answer; the hashes of those that were not used before. Of many at once one gets it.
///
/// # Errors
/// Storage failures only.
pub fn use_invitations(db: &mut Db, token_hashes: &[String]) -> StoreResult<Vec<String>> {
    use survey_invitations as i;
    Ok(on_each!(db, c => diesel::update(
        i::table
            .filter(i::token_hash.eq_any(token_hashes.to_vec()))
            .filter(i::used.eq(false)),
    )
    .set(i::used.eq(true))
    .returning(i::token_hash)
    .load(c))?)
}

/// Counts somebody as asked with a questionnaire in a quarter.
///
/// # Errors
/// Storage failures only.
pub fn count_asked(
    db: &mut Db,
    centre: &CentreId,
    questionnaire: &RecordId,
    quarter: &str,
    (authority, field): (&AuthorityId, &str),
    occasion: &str,
) -> StoreResult<()> {
    use survey_asked as a;
    on_each!(db, c => diesel::insert_into(a::table)
        .values((
            a::centre_id.eq(centre),
            a::questionnaire_id.eq(questionnaire),
            a::quarter.eq(quarter),
            a::authority_id.eq(authority),
            a::field.eq(field),
            a::occasion.eq(occasion),
            a::n.eq(1_i64),
        ))
        .on_conflict((
            a::centre_id, a::questionnaire_id, a::quarter, a::authority_id, a::field, a::occasion,
        ))
        .do_update()
        .set(a::n.eq(a::n + 1))
        .execute(c))?;
    Ok(())
}

/// How many were asked with a questionnaire in a quarter, by authority and field.
///
/// # Errors
/// Storage failures only.
pub fn asked(
    db: &mut Db,
    centre: &CentreId,
    questionnaire: &RecordId,
    quarter: &str,
) -> StoreResult<Vec<(AuthorityId, String, i64)>> {
    use survey_asked as a;
    Ok(a::table
        .filter(a::centre_id.eq(centre))
        .filter(a::questionnaire_id.eq(questionnaire))
        .filter(a::quarter.eq(quarter))
        .select((a::authority_id, a::field, a::n))
        .load(db)?)
}

/// Keeps sealed answers.
///
/// # Errors
/// Storage failures only.
pub fn insert_pending(db: &mut Db, rows: &[PendingRow]) -> StoreResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(db, c => diesel::insert_into(survey_pending::table).values(some).execute(c))?;
    }
    Ok(())
}

/// Centres with answers from before a week, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn centres_pending(
    db: &mut Db,
    before: NaiveDate,
    after: Option<&CentreId>,
    limit: i64,
) -> StoreResult<Vec<CentreId>> {
    use survey_pending as p;
    // An empty id stands before every other.
    let after = after.map_or("", CentreId::as_str);
    Ok(p::table
        .filter(p::week.lt(before))
        .filter(p::centre_id.gt(after))
        .distinct()
        .order(p::centre_id.asc())
        .limit(limit)
        .select(p::centre_id)
        .load(db)?)
}

/// A centre's answers from before a week, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn pending(
    db: &mut Db,
    centre: &CentreId,
    before: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<PendingRow>> {
    use survey_pending as p;
    Ok(p::table
        .filter(p::centre_id.eq(centre))
        .filter(p::week.lt(before))
        .order((p::week.asc(), p::id.asc()))
        .limit(limit)
        .select(PendingRow::as_select())
        .load(db)?)
}

/// How many answers of a centre wait.
///
/// # Errors
/// Storage failures only.
pub fn count_pending(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    use survey_pending as p;
    Ok(p::table
        .filter(p::centre_id.eq(centre))
        .count()
        .get_result(db)?)
}

/// Takes sealed answers away.
///
/// # Errors
/// Storage failures only.
pub fn delete_pending(db: &mut Db, ids: &[String]) -> StoreResult<()> {
    for some in ids.chunks(BATCH) {
        diesel::delete(survey_pending::table.filter(survey_pending::id.eq_any(some.to_vec())))
            .execute(db)?;
    }
    Ok(())
}
