//! Migrations: two folders of equal versions, run at start on SQLite and by command on PostgreSQL.

use diesel::RunQueryDsl;
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
    match db {
        Db::Sqlite(c) => c
            .run_pending_migrations(SQLITE)
            .map(|v| v.iter().map(ToString::to_string).collect())
            .map_err(failed),
        Db::Pg(c) => {
            diesel::sql_query("SELECT pg_advisory_lock($1)")
                .bind::<diesel::sql_types::BigInt, _>(LOCK)
                .execute(c)?;
            let done = c
                .run_pending_migrations(POSTGRES)
                .map(|v| v.iter().map(ToString::to_string).collect())
                .map_err(failed);
            diesel::sql_query("SELECT pg_advisory_unlock($1)")
                .bind::<diesel::sql_types::BigInt, _>(LOCK)
                .execute(c)?;
            done
        }
    }
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

/// Takes every migration back, newest first: for the test that runs them up, down and up again.
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
