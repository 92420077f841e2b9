//! The SQL that really differs between the two databases, and nothing else.

use diesel::sql_types::Text;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper,
};

use crate::conn::Db;
use crate::dossier::DossierRow;
use crate::ids::{DossierId, UserId};
use crate::schema::{audit_heads, dossiers, users};

/// Reads the head of a centre's audit chain and keeps others from reading it until this
/// transaction ends. SQLite needs no row lock: its write transaction already excludes every other.
///
/// # Errors
/// What the database reports.
pub fn lock_audit_head(db: &mut Db, centre: &str) -> QueryResult<Option<(i64, String)>> {
    match db {
        Db::Pg(c) => audit_heads::table
            .find(centre)
            .select((audit_heads::seq, audit_heads::hash))
            .for_update()
            .get_result(c)
            .optional(),
        Db::Sqlite(c) => audit_heads::table
            .find(centre)
            .select((audit_heads::seq, audit_heads::hash))
            .get_result(c)
            .optional(),
    }
}

/// Reads a dossier and, on PostgreSQL, locks its row until this transaction ends.
///
/// # Errors
/// What the database reports.
pub fn lock_dossier(db: &mut Db, id: &DossierId) -> QueryResult<Option<DossierRow>> {
    match db {
        Db::Pg(c) => dossiers::table
            .find(id)
            .select(DossierRow::as_select())
            .for_update()
            .get_result(c)
            .optional(),
        Db::Sqlite(c) => dossiers::table
            .find(id)
            .select(DossierRow::as_select())
            .get_result(c)
            .optional(),
    }
}

/// Keeps two requests with the same key apart on PostgreSQL: the second waits here until the first
/// has committed or rolled back. SQLite has a single writer, which waits by itself.
///
/// # Errors
/// What the database reports.
pub fn lock_key(db: &mut Db, key: &str) -> QueryResult<()> {
    match db {
        Db::Pg(c) => diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind::<Text, _>(key)
            .execute(c)
            .map(|_| ()),
        Db::Sqlite(_) => Ok(()),
    }
}

/// Names and titles of these people. PostgreSQL takes them all as one value; on SQLite a list of
/// changing length would be parsed and planned again each time, so each is looked up by its key with
/// a statement that is kept.
///
/// # Errors
/// What the database reports.
pub fn names(db: &mut Db, ids: &[UserId]) -> QueryResult<Vec<(UserId, String, Option<String>)>> {
    let columns = (users::id, users::full_name, users::title);
    match db {
        Db::Pg(c) => users::table
            .filter(users::id.eq_any(ids))
            .select(columns)
            .load(c),
        Db::Sqlite(c) => each(ids, |id| {
            users::table
                .find(id)
                .select(columns)
                .get_result(c)
                .optional()
        }),
    }
}

/// Looks keys up one after the other; those without a row are left out.
fn each<K, R>(
    keys: &[K],
    mut look_up: impl FnMut(&K) -> QueryResult<Option<R>>,
) -> QueryResult<Vec<R>> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.extend(look_up(key)?);
    }
    Ok(found)
}

/// Sets a throttle's row, new or known.
///
/// # Errors
/// What the database reports.
pub fn upsert_throttle(db: &mut Db, row: &crate::account::ThrottleRow) -> QueryResult<()> {
    use crate::schema::throttles::dsl;
    crate::on_each!(db, c => diesel::insert_into(dsl::throttles)
        .values(row)
        .on_conflict(dsl::subject)
        .do_update()
        .set((
            dsl::misses.eq(row.misses),
            dsl::window_started_at.eq(row.window_started_at),
            dsl::locked_until.eq(row.locked_until),
        ))
        .execute(c)
        .map(|_| ()))
}
