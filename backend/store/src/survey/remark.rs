//! People's own words, looked at before anyone at the ward reads them.

use diesel::prelude::*;

use super::BATCH;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::page::rising;
use crate::schema::survey_remarks;

/// A free text.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_remarks, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RemarkRow {
    /// Random.
    pub id: String,
    pub centre_id: CentreId,
    pub questionnaire_id: RecordId,
    pub question: String,
    pub authority_id: Option<AuthorityId>,
    pub quarter: String,
    pub text: String,
    /// `held`, `open`, `dropped`.
    pub state: String,
    pub screened_by: Option<UserId>,
    pub version: i64,
}

/// Keeps free texts.
///
/// # Errors
/// Storage failures only.
pub fn insert_remarks(db: &mut Db, rows: &[RemarkRow]) -> StoreResult<()> {
    for some in rows.chunks(BATCH) {
        on_each!(db, c => diesel::insert_into(survey_remarks::table).values(some).execute(c))?;
    }
    Ok(())
}

/// Free texts of a centre in a state, next to an edge, at most `limit`; `authorities` narrows them to
/// those of these wards.
///
/// # Errors
/// Storage failures only.
pub fn remarks_page(
    db: &mut Db,
    centre: &CentreId,
    state: &str,
    authorities: Option<&[AuthorityId]>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<RemarkRow>> {
    use survey_remarks as r;
    let mut found = r::table
        .filter(r::centre_id.eq(centre))
        .filter(r::state.eq(state))
        .select(RemarkRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(some) = authorities {
        found = found.filter(r::authority_id.eq_any(some.to_vec()));
    }
    rising!(
        db,
        found,
        r::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// One free text of these centres.
///
/// # Errors
/// Storage failures only.
pub fn remark(db: &mut Db, centres: &[CentreId], id: &str) -> StoreResult<Option<RemarkRow>> {
    use survey_remarks as r;
    Ok(r::table
        .find(id)
        .filter(r::centre_id.eq_any(centres.to_vec()))
        .select(RemarkRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says what becomes of a free text that is still as it was read; false when it is not.
///
/// # Errors
/// Storage failures only.
pub fn screen_remark(db: &mut Db, row: &RemarkRow, version: i64) -> StoreResult<bool> {
    use survey_remarks as r;
    let n = diesel::update(r::table.find(&row.id).filter(r::version.eq(version)))
        .set((
            r::text.eq(&row.text),
            r::state.eq(&row.state),
            r::screened_by.eq(row.screened_by.clone()),
            r::version.eq(row.version),
        ))
        .execute(db)?;
    Ok(n == 1)
}
