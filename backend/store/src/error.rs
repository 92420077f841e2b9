//! What can go wrong with the database, sorted by what the caller can do about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// A failure of storage. Rules never end up here: they are refusals.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No connection became free in time, or the database is locked: try again shortly.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// A unique constraint was broken; the text names the constraint (PostgreSQL) or columns (SQLite).
    #[error("unique constraint: {0}")]
    Unique(String),
    /// Any other failure of a statement.
    #[error("database: {0}")]
    Query(DieselError),
    /// The database could not be opened, or its schema is not the one this program needs.
    #[error("{0}")]
    Open(String),
    /// Stored text that no longer reads as what it was.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
}

/// Result of a storage function.
pub type StoreResult<T> = Result<T, StoreError>;

impl StoreError {
    /// True for failures that vanish when the whole transaction is run again.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Query(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => {
                true
            }
            // SQLite reports a lock as an unknown kind: only the message tells.
            Self::Query(DieselError::DatabaseError(_, info)) => {
                let m = info.message();
                m.contains("database is locked") || m.contains("deadlock detected")
            }
            _ => false,
        }
    }
}

impl From<DieselError> for StoreError {
    fn from(e: DieselError) -> Self {
        match e {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, ref info) => {
                Self::Unique(
                    info.constraint_name()
                        .unwrap_or_else(|| info.message())
                        .to_owned(),
                )
            }
            other => Self::Query(other),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(e: serde_json::Error) -> Self {
        Self::Corrupt(e.to_string())
    }
}
