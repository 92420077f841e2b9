//! Migrations: two folders of equal versions, run at start on SQLite and by command on PostgreSQL.

use diesel::RunQueryDsl;
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::conn::Db;
use crate::error::{StoreError, StoreResult};

/// The SQLite folder.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
/// The PostgreSQL folder.
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A number of our own, so that two `motcua migrate` on one PostgreSQL wait for each other.
const LOCK: i64 = 0x6d6f_7463_7561;

fn failed(e: impl std::fmt::Display) -> StoreError {
    StoreError::Open(format!("migration failed: {e}"))
}

/// Runs what is pending and returns the versions run.
///
/// # Errors
/// [`StoreError::Open`] with the failing version's message; nothing of that version remains.
pub fn run(db: &mut Db) -> StoreResult<Vec<String>> {
    locked(db, |db| {
        let done = match db {
            Db::Sqlite(c) => c
                .run_pending_migrations(SQLITE)
                .map(|v| v.iter().map(ToString::to_string).collect()),
            Db::Pg(c) => c
                .run_pending_migrations(POSTGRES)
                .map(|v| v.iter().map(ToString::to_string).collect()),
        };
        done.map_err(failed)
    })
}

/// Does something to the tables while nobody else does: on PostgreSQL others wait, on SQLite the file
/// is one program's own.
///
/// # Errors
/// What `work` returned; storage failures.
pub fn locked<R>(db: &mut Db, work: impl FnOnce(&mut Db) -> StoreResult<R>) -> StoreResult<R> {
    let lock = |db: &mut Db, sql: &str| -> StoreResult<()> {
        if let Db::Pg(c) = db {
            diesel::sql_query(sql)
                .bind::<diesel::sql_types::BigInt, _>(LOCK)
                .execute(c)?;
        }
        Ok(())
    };
    lock(db, "SELECT pg_advisory_lock($1)")?;
    let done = work(db);
    lock(db, "SELECT pg_advisory_unlock($1)")?;
    done
}

/// The names of the migrations that have not been run.
///
/// # Errors
/// [`StoreError::Open`] when the list cannot be read.
pub fn pending(db: &mut Db) -> StoreResult<Vec<String>> {
    let list = match db {
        Db::Sqlite(c) => c
            .pending_migrations(SQLITE)
            .map(|v| v.iter().map(|m| m.name().to_string()).collect()),
        Db::Pg(c) => c
            .pending_migrations(POSTGRES)
            .map(|v| v.iter().map(|m| m.name().to_string()).collect()),
    };
    list.map_err(failed)
}

/// The names of the migrations of this program, oldest first.
///
/// # Errors
/// [`StoreError::Open`] when the list cannot be read.
pub fn known() -> StoreResult<Vec<String>> {
    // Both folders have the same versions, which a test holds.
    let list = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_err(failed)?;
    let mut names: Vec<String> = list.iter().map(|m| m.name().to_string()).collect();
    names.sort();
    Ok(names)
}

/// The names of the migrations that have been run, oldest first.
///
/// # Errors
/// As [`pending`].
pub fn applied(db: &mut Db) -> StoreResult<Vec<String>> {
    let waiting = pending(db)?;
    let mut names = known()?;
    names.retain(|n| !waiting.contains(n));
    Ok(names)
}

/// Brings an empty database to the level at which exactly these migrations have been run.
///
/// # Errors
/// [`StoreError::Open`] when they are not the first of this program's own: what they belong to was
/// made by a newer program.
pub fn to_level(db: &mut Db, names: &[String]) -> StoreResult<()> {
    let known = known()?;
    if names.is_empty() || names.len() > known.len() || known[..names.len()] != *names {
        return Err(StoreError::Open(
            "made by a newer version of the program: use that one, or a later".into(),
        ));
    }
    revert_all(db)?;
    for _ in names {
        match db {
            Db::Sqlite(c) => c.run_next_migration(SQLITE).map(|_| ()).map_err(failed)?,
            Db::Pg(c) => c.run_next_migration(POSTGRES).map(|_| ()).map_err(failed)?,
        }
    }
    Ok(())
}

/// Takes every migration back, newest first; what the tables held is gone.
///
/// # Errors
/// [`StoreError::Open`] with the failing version's message.
pub fn revert_all(db: &mut Db) -> StoreResult<()> {
    match db {
        Db::Sqlite(c) => c.revert_all_migrations(SQLITE).map(|_| ()).map_err(failed),
        Db::Pg(c) => c
            .revert_all_migrations(POSTGRES)
            .map(|_| ())
            .map_err(failed),
    }
}
