//! Dossiers: taken in, looked at, acted upon.

pub mod actions;
pub mod amend;
pub mod apology;
pub mod draft;
pub mod dto;
pub mod duplicate;
pub mod list;
pub mod personal;
pub mod routes;
pub mod saved;
pub mod slip;
pub mod view;
pub mod views;
