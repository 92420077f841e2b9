//! The SQL that really differs between the two databases, and nothing else.

use diesel::sql_types::Text;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, QueryResult,
    RunQueryDsl, SelectableHelper,
};

use crate::conn::Db;
use crate::dossier::DossierRow;
use crate::ids::{CentreId, DossierId, UserId};
use crate::message::MessageRow;
use crate::schema::{audit_heads, dossiers, message_cursors, messages, users};
use crate::ts::Ts;

/// The day in Vietnam (UTC+7, no summer time) on which an entry of the ledger was written, as SQL that
/// gives `2026-11-30`.
pub fn ledger_day(db: &Db) -> &'static str {
    match db {
        Db::Pg(_) => "to_char(ledger_entries.at + INTERVAL '7 hours', 'YYYY-MM-DD')",
        Db::Sqlite(_) => "strftime('%Y-%m-%d', ledger_entries.at, '+7 hours')",
    }
}

/// As [`ledger_day`], the month: `2026-11`.
pub fn ledger_month(db: &Db) -> &'static str {
    match db {
        Db::Pg(_) => "to_char(ledger_entries.at + INTERVAL '7 hours', 'YYYY-MM')",
        Db::Sqlite(_) => "strftime('%Y-%m', ledger_entries.at, '+7 hours')",
    }
}

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

/// Reads dossiers, and keeps others from changing them until this transaction ends. In the order of
/// their ids, so that two who do this do not wait for each other.
///
/// # Errors
/// What the database reports.
pub fn lock_dossiers(db: &mut Db, ids: &[DossierId]) -> QueryResult<Vec<DossierRow>> {
    match db {
        Db::Pg(c) => dossiers::table
            .filter(dossiers::id.eq_any(ids))
            .order(dossiers::id.asc())
            .select(DossierRow::as_select())
            .for_update()
            .load(c),
        Db::Sqlite(c) => dossiers::table
            .filter(dossiers::id.eq_any(ids))
            .order(dossiers::id.asc())
            .select(DossierRow::as_select())
            .load(c),
    }
}

/// Reads how far a centre's outbox was read for messages, and keeps others from it until this
/// transaction ends.
///
/// # Errors
/// What the database reports.
pub fn lock_message_cursor(db: &mut Db, centre: &CentreId) -> QueryResult<Option<i64>> {
    match db {
        Db::Pg(c) => message_cursors::table
            .find(centre)
            .select(message_cursors::seq)
            .for_update()
            .get_result(c)
            .optional(),
        Db::Sqlite(c) => message_cursors::table
            .find(centre)
            .select(message_cursors::seq)
            .get_result(c)
            .optional(),
    }
}

/// Messages of a channel whose time has come and that nobody holds, the longest waiting first. On
/// PostgreSQL those another server looks at in this moment are passed over.
///
/// # Errors
/// What the database reports.
pub fn due_messages(
    db: &mut Db,
    channel: &str,
    now: Ts,
    limit: i64,
) -> QueryResult<Vec<MessageRow>> {
    macro_rules! due {
        () => {
            messages::table
                .filter(messages::channel.eq(channel))
                .filter(messages::next_attempt_at.le(now))
                .filter(
                    messages::locked_until
                        .is_null()
                        .or(messages::locked_until.le(now)),
                )
                .order((messages::next_attempt_at.asc(), messages::id.asc()))
                .limit(limit)
                .select(MessageRow::as_select())
        };
    }
    match db {
        Db::Pg(c) => due!().for_update().skip_locked().load(c),
        Db::Sqlite(c) => due!().load(c),
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
