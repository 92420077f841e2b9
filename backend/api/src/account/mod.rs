//! Signing in and out, and keeping accounts.

pub mod routes;
pub mod users;
