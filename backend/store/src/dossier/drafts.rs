//! What somebody at the counter has begun to type and not sent yet (T1).

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId, UserId};
use crate::page::falling;
use crate::schema::intake_drafts;
use crate::ts::Ts;

/// An intake that was begun.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = intake_drafts, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DraftRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub procedure_code: String,
    pub owner_name: Option<String>,
    /// JSON: the counter's form as it stood.
    pub form: String,
    pub created_by: UserId,
    pub created_at: Ts,
    pub updated_by: UserId,
    pub updated_at: Ts,
    pub version: i64,
}

/// Keeps a draft.
///
/// # Errors
/// Storage failures only.
pub fn insert_draft(db: &mut Db, row: &DraftRow) -> StoreResult<()> {
    diesel::insert_into(intake_drafts::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One draft of these centres.
///
/// # Errors
/// Storage failures only.
pub fn draft(db: &mut Db, centres: &[CentreId], id: &RecordId) -> StoreResult<Option<DraftRow>> {
    Ok(intake_drafts::table
        .find(id)
        .filter(intake_drafts::centre_id.eq_any(centres.to_vec()))
        .select(DraftRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Drafts of these centres, newest first, next to an edge (an id, and whether what stands before it
/// in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn drafts_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DraftRow>> {
    use intake_drafts as d;
    let q = d::table
        .filter(d::centre_id.eq_any(centres.to_vec()))
        .limit(limit)
        .select(DraftRow::as_select())
        .into_boxed();
    falling!(db, q, d::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// Saves a draft if it still has `version`; false when somebody was first.
///
/// # Errors
/// Storage failures only.
pub fn update_draft(db: &mut Db, row: &DraftRow, version: i64) -> StoreResult<bool> {
    use intake_drafts as d;
    let n = diesel::update(d::table.find(&row.id).filter(d::version.eq(version)))
        .set((
            d::procedure_code.eq(&row.procedure_code),
            d::owner_name.eq(&row.owner_name),
            d::form.eq(&row.form),
            d::updated_by.eq(&row.updated_by),
            d::updated_at.eq(row.updated_at),
            d::version.eq(row.version),
        ))
        .execute(db)?;
    Ok(n == 1)
}

/// Drops a draft of these centres; false when there is none.
///
/// # Errors
/// Storage failures only.
pub fn drop_draft(db: &mut Db, centres: &[CentreId], id: &RecordId) -> StoreResult<bool> {
    let n = diesel::delete(
        intake_drafts::table
            .find(id)
            .filter(intake_drafts::centre_id.eq_any(centres.to_vec())),
    )
    .execute(db)?;
    Ok(n == 1)
}

/// Drops what nobody has touched since.
///
/// # Errors
/// Storage failures only.
pub fn drop_stale_drafts(db: &mut Db, since: Ts) -> StoreResult<()> {
    diesel::delete(intake_drafts::table.filter(intake_drafts::updated_at.lt(since))).execute(db)?;
    Ok(())
}
