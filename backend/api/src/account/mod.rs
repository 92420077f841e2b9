//! Signing in and out, and keeping accounts.

pub mod client;
pub mod delegation;
pub mod own;
pub mod routes;
pub mod users;
