//! What signatures say.
//!
//! Signatures of documents (PAdES) and beside files (CAdES, detached) are checked in levels: whether what was signed
//! is unchanged, who signed, whom that name is vouched for by, when, whether the certificate was taken back, and what
//! came after. Each level has a few stable words, and what could not be checked is said, never guessed. The centre's
//! own letters are signed as PAdES: the person's signature first, then the agency's.
//!
//! Files come from anybody. Nothing here panics, takes memory without bound, or believes a decoder about where a
//! signature's bytes stand: that is read from the bytes themselves.

mod chain;
mod changes;
mod cms;
mod fields;
mod reader;
mod report;
mod revocation;
mod sign;
mod stamp;
mod verify;

pub use chain::Roots;
pub use report::{
    Chain, Integrity, Kind, LaterChanges, NotChecked, Revocation, SignatureReport, SignerReport,
    Time, TimeReport, accepted,
};
pub use revocation::Evidence;
pub use sign::appearance::{Appearance, Area, agency_beside};
pub use sign::pkcs12::Pkcs12Signer;
pub use sign::{
    Algorithm, Signer, SignerFault, SigningFault, SigningRequest, Who, keep_validation_data,
    sign_detached, sign_pdf,
};
pub use stamp::{TimeStamper, time_stamp_request, time_stamp_token};
pub use verify::{verify_detached, verify_detached_with, verify_pdf, verify_pdf_with};

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Larger than is read, or costing more than it may.
    #[error("the file is larger than is read")]
    TooLarge,
    /// Not what it says it is.
    #[error("the file cannot be read: {0}")]
    Unreadable(&'static str),
    /// It opens with a password only.
    #[error("the file is locked by a password")]
    Locked,
    /// More signatures than are looked at.
    #[error("the file has more signatures than are looked at")]
    TooMany,
}
