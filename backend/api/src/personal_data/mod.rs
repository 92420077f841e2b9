//! The law on personal data: requests, everything about one person, retention, holds, disposal.

pub mod disposal;
pub mod request;
