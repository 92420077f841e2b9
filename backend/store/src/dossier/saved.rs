//! Filters that people keep for themselves.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{RecordId, UserId};
use crate::on_each;
use crate::schema::saved_filters;
use crate::ts::Ts;

/// A filter somebody keeps.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_filters)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SavedFilterRow {
    pub id: RecordId,
    pub user_id: UserId,
    pub name: String,
    /// JSON: the conditions.
    pub filter: String,
    pub created_at: Ts,
}

/// The filters of a person, by name, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn saved_filters(db: &mut Db, user: &UserId, limit: i64) -> StoreResult<Vec<SavedFilterRow>> {
    Ok(saved_filters::table
        .filter(saved_filters::user_id.eq(user))
        .order(saved_filters::name.asc())
        .limit(limit)
        .select(SavedFilterRow::as_select())
        .load(db)?)
}

/// Keeps a filter.
///
/// # Errors
/// Storage failures only.
pub fn save_filter(db: &mut Db, row: &SavedFilterRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(saved_filters::table).values(row).execute(c))?;
    Ok(())
}

/// Drops a filter of this person; false when there is none.
///
/// # Errors
/// Storage failures only.
pub fn drop_filter(db: &mut Db, user: &UserId, id: &RecordId) -> StoreResult<bool> {
    let gone = on_each!(db, c => diesel::delete(
        saved_filters::table
            .filter(saved_filters::id.eq(id))
            .filter(saved_filters::user_id.eq(user))
    )
    .execute(c))?;
    Ok(gone > 0)
}
