//! A use case either happened or was refused; storage may fail besides.

use motcua_domain::refusal::Refusal;
use motcua_store::StoreError;
use motcua_store::conn::Transient;
use thiserror::Error as ThisError;

/// Why a use case did not happen. Nothing was changed.
#[derive(Debug, ThisError)]
pub enum Error {
    /// A rule, a bad value, or something that is not there.
    #[error("refused: {}", .0.code)]
    Refused(Box<Refusal>),
    /// Storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of the program or its surroundings, such as an unreadable key file.
    #[error("{0}")]
    Internal(String),
}

/// Result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Refusal> for Error {
    fn from(r: Refusal) -> Self {
        Self::Refused(Box::new(r))
    }
}

impl Transient for Error {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(e) if e.is_transient())
    }
}

/// `version_stale`: somebody else has changed what the caller saw.
pub(crate) fn stale(current: i64) -> Error {
    Refusal::new(
        "version_stale",
        "Dữ liệu đã được người khác thay đổi. Hãy tải lại rồi thực hiện lại.",
        "Somebody else has changed this. Reload and try again.",
    )
    .with("current_version", current)
    .into()
}
