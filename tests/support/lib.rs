//! The harness of the black-box tests: the real server, a database of its own for each test, a client
//! that checks on every single answer what all answers owe, and dossiers taken to any point of their
//! way.
//!
//! SQLite is always at hand. PostgreSQL is named by `MOTCUA_TEST_POSTGRES_URL`
//! (`scripts/with-postgres` sets it); without it the tests fail, since half of what they are to show
//! would be missing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "this is the tests' own library: it fails by panicking"
)]

pub mod answer;
pub mod app;
pub mod bucket;
pub mod database;
pub mod dossier;
pub mod file;
pub mod gateway;
pub mod paper;

pub use answer::Answer;
pub use app::{App, Options, PASSWORD};
pub use database::{Database, Kind};
pub use dossier::{Dossier, Station};
pub use paper::Paper;

/// Writes each test twice: once on SQLite, once on PostgreSQL.
///
/// ```text
/// on_both! {
///     fn a_dossier_gets_a_code(app) { … }
/// }
/// ```
/// makes `a_dossier_gets_a_code::on_sqlite` and `a_dossier_gets_a_code::on_postgres`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($app:ident $(, $options:expr)?) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "not every test needs all of its file's imports")]
            use super::*;

            fn run(kind: $crate::Kind) {
                #[allow(unused_mut, unused_assignments, reason = "set only where options are given")]
                let mut options = $crate::Options::default();
                $(options = $options;)?
                let $app = $crate::App::start(kind, &options);
                $body
            }

            #[test]
            fn on_sqlite() {
                run($crate::Kind::Sqlite);
            }

            #[test]
            fn on_postgres() {
                run($crate::Kind::Postgres);
            }
        }
    )+};
}
