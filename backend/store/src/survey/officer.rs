//! What is counted for an officer: sealed until the quarter has ended, then from five on.

use diesel::prelude::*;

use super::BATCH;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{survey_officer_counts, survey_officer_parts};

/// How many chose something about an officer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_officer_counts)]
#[allow(missing_docs, reason = "plain columns")]
pub struct OfficerCountRow {
    pub centre_id: CentreId,
    pub quarter: String,
    pub officer_id: UserId,
    pub authority_id: AuthorityId,
    pub questionnaire_id: RecordId,
    pub question: String,
    pub choice: String,
    pub n: i64,
}

/// What is counted for an officer, sealed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_officer_parts)]
#[allow(missing_docs, reason = "plain columns")]
pub struct OfficerPartRow {
    /// Random.
    pub id: String,
    pub centre_id: CentreId,
    pub quarter: String,
    pub sealed: String,
}

/// Keeps what is counted for officers, sealed.
///
/// # Errors
/// Storage failures only.
pub fn insert_officer_parts(db: &mut Db, rows: &[OfficerPartRow]) -> StoreResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(db, c => diesel::insert_into(survey_officer_parts::table).values(some).execute(c))?;
    }
    Ok(())
}

/// Centres and quarters with sealed parts from before a quarter.
///
/// # Errors
/// Storage failures only.
pub fn officer_quarters(
    db: &mut Db,
    before: &str,
    limit: i64,
) -> StoreResult<Vec<(CentreId, String)>> {
    use survey_officer_parts as o;
    Ok(o::table
        .filter(o::quarter.lt(before))
        .group_by((o::centre_id, o::quarter))
        .order((o::centre_id.asc(), o::quarter.asc()))
        .limit(limit)
        .select((o::centre_id, o::quarter))
        .load(db)?)
}

/// The sealed parts of a centre's quarter, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn officer_parts(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
    limit: i64,
) -> StoreResult<Vec<OfficerPartRow>> {
    use survey_officer_parts as o;
    Ok(o::table
        .filter(o::centre_id.eq(centre))
        .filter(o::quarter.eq(quarter))
        .limit(limit)
        .select(OfficerPartRow::as_select())
        .load(db)?)
}

/// Takes the sealed parts of a centre's quarter away, and keeps what was counted of them.
///
/// # Errors
/// Storage failures only.
pub fn close_officer_parts(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
    counts: &[OfficerCountRow],
) -> StoreResult<()> {
    use survey_officer_counts as c;
    use survey_officer_parts as o;
    for row in counts {
        on_each!(db, conn => diesel::insert_into(c::table)
            .values(row)
            .on_conflict((
                c::centre_id, c::quarter, c::officer_id, c::authority_id, c::questionnaire_id,
                c::question, c::choice,
            ))
            .do_update()
            .set(c::n.eq(c::n + row.n))
            .execute(conn))?;
    }
    diesel::delete(
        o::table
            .filter(o::centre_id.eq(centre))
            .filter(o::quarter.eq(quarter)),
    )
    .execute(db)?;
    Ok(())
}

/// What is counted about officers of a centre in a quarter; `officer` narrows it to one.
///
/// # Errors
/// Storage failures only.
pub fn officer_counts(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
    officer: Option<&UserId>,
) -> StoreResult<Vec<OfficerCountRow>> {
    use survey_officer_counts as c;
    let mut q = c::table
        .filter(c::centre_id.eq(centre))
        .filter(c::quarter.eq(quarter))
        .select(OfficerCountRow::as_select())
        .into_boxed();
    if let Some(officer) = officer {
        q = q.filter(c::officer_id.eq(officer));
    }
    Ok(q.load(db)?)
}
