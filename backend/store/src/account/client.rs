//! Other systems' accounts: their secrets, and how much they ask.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::UserRow;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId, UserId};
use crate::on_each;
use crate::page::rising;
use crate::schema::{client_secrets, client_usage, role_assignments, users};
use crate::ts::Ts;

/// A secret, as its digest.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_secrets, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SecretRow {
    pub id: RecordId,
    pub user_id: UserId,
    /// SHA-256, hexadecimal.
    pub secret_hash: String,
    pub created_at: Ts,
    /// Until; none: until it is replaced.
    pub expires_at: Option<Ts>,
    pub last_used_at: Option<Ts>,
}

/// Requests of a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_usage)]
#[allow(missing_docs, reason = "plain columns")]
pub struct UsageRow {
    pub user_id: UserId,
    pub day: NaiveDate,
    pub operation: String,
    pub requests: i64,
}

/// Other systems' accounts of these centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn clients_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<UserRow>> {
    let q = users::table
        .filter(users::scopes.is_not_null())
        .filter(
            users::id.eq_any(
                role_assignments::table
                    .filter(role_assignments::centre_id.eq_any(centres.to_vec()))
                    .select(role_assignments::user_id),
            ),
        )
        .limit(limit)
        .select(UserRow::as_select())
        .into_boxed();
    rising!(
        db,
        q,
        users::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Keeps a secret.
///
/// # Errors
/// Storage failures only.
pub fn insert_secret(db: &mut Db, row: &SecretRow) -> StoreResult<()> {
    diesel::insert_into(client_secrets::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// The secrets of these accounts, oldest first.
///
/// # Errors
/// Storage failures only.
pub fn secrets(db: &mut Db, ids: &[UserId]) -> StoreResult<Vec<SecretRow>> {
    Ok(client_secrets::table
        .filter(client_secrets::user_id.eq_any(ids.to_vec()))
        .order((
            client_secrets::user_id.asc(),
            client_secrets::created_at.asc(),
        ))
        .select(SecretRow::as_select())
        .load(db)?)
}

/// A secret by its digest.
///
/// # Errors
/// Storage failures only.
pub fn secret_by_hash(db: &mut Db, hash: &str) -> StoreResult<Option<SecretRow>> {
    Ok(client_secrets::table
        .filter(client_secrets::secret_hash.eq(hash))
        .select(SecretRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says until when the secrets of an account hold that have no end yet.
///
/// # Errors
/// Storage failures only.
pub fn end_secrets(db: &mut Db, user: &UserId, at: Ts) -> StoreResult<()> {
    diesel::update(
        client_secrets::table
            .filter(client_secrets::user_id.eq(user))
            .filter(
                client_secrets::expires_at
                    .is_null()
                    .or(client_secrets::expires_at.gt(at)),
            ),
    )
    .set(client_secrets::expires_at.eq(Some(at)))
    .execute(db)?;
    Ok(())
}

/// Notes that a secret was used.
///
/// # Errors
/// Storage failures only.
pub fn use_secret(db: &mut Db, id: &RecordId, at: Ts) -> StoreResult<()> {
    diesel::update(client_secrets::table.find(id))
        .set(client_secrets::last_used_at.eq(Some(at)))
        .execute(db)?;
    Ok(())
}

/// Adds requests to what was counted before.
///
/// # Errors
/// Storage failures only.
pub fn add_usage(db: &mut Db, rows: &[UsageRow]) -> StoreResult<()> {
    for row in rows {
        on_each!(db, c => diesel::insert_into(client_usage::table)
            .values(row)
            .on_conflict((client_usage::user_id, client_usage::day, client_usage::operation))
            .do_update()
            .set(client_usage::requests.eq(client_usage::requests + row.requests))
            .execute(c))?;
    }
    Ok(())
}

/// What an account asked since a day, newest day first, at most `limit` rows.
///
/// # Errors
/// Storage failures only.
pub fn usage(
    db: &mut Db,
    user: &UserId,
    since: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<UsageRow>> {
    Ok(client_usage::table
        .filter(client_usage::user_id.eq(user))
        .filter(client_usage::day.ge(since))
        .order((client_usage::day.desc(), client_usage::operation.asc()))
        .limit(limit)
        .select(UsageRow::as_select())
        .load(db)?)
}
