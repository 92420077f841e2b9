//! The answer once given to a key, kept in the transaction that did the work.

use diesel::prelude::*;

use crate::conn::Db;
use crate::dialect;
use crate::error::StoreResult;
use crate::schema::idempotency_keys;
use crate::ts::Ts;

/// A kept answer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys)]
pub struct Kept {
    /// Whose key: a user's id.
    pub actor_id: String,
    /// The key as sent, 1–255 visible ASCII characters.
    pub idem_key: String,
    /// SHA-256 over method, route, path, If-Match and body.
    pub fingerprint: String,
    /// HTTP status of the answer.
    pub status: i32,
    /// JSON object of the headers that matter (`etag`, `location`).
    pub headers: String,
    /// The body.
    pub body: String,
    /// When.
    pub created_at: Ts,
}

/// Waits for an equal key in flight, then looks whether it was answered.
///
/// # Errors
/// Storage failures only.
pub fn find(db: &mut Db, actor: &str, key: &str) -> StoreResult<Option<Kept>> {
    dialect::lock_key(db, &format!("{actor} {key}"))?;
    Ok(idempotency_keys::table
        .find((actor, key))
        .select(Kept::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps an answer.
///
/// # Errors
/// Storage failures only.
pub fn keep(db: &mut Db, row: &Kept) -> StoreResult<()> {
    diesel::insert_into(idempotency_keys::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Forgets answers older than `before`; returns how many.
///
/// # Errors
/// Storage failures only.
pub fn forget(db: &mut Db, before: Ts) -> StoreResult<usize> {
    Ok(
        diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before)))
            .execute(db)?,
    )
}
