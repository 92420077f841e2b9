//! A consistent copy of the database while it serves.

use crate::conn::Db;
use crate::dialect;
use crate::error::{StoreError, StoreResult};

/// Copies a SQLite database to a new file. What was committed before the call is in it, whole.
///
/// # Errors
/// [`StoreError::Open`] on PostgreSQL, whose own tools do this, and when the file exists.
pub fn to_file(db: &mut Db, path: &str) -> StoreResult<()> {
    if std::path::Path::new(path).exists() {
        return Err(StoreError::Open(
            "the backup file exists already; a backup never overwrites".into(),
        ));
    }
    if dialect::copy_to(db, path)? {
        Ok(())
    } else {
        Err(StoreError::Open(
            "on PostgreSQL use pg_dump, which copies a running database consistently".into(),
        ))
    }
}
