//! Dossiers: taken in, looked at, acted upon.

pub mod actions;
pub mod amend;
pub mod apology;
pub mod control;
pub mod draft;
pub mod dto;
pub mod duplicate;
pub mod handover_sheet;
pub mod history;
pub mod letter;
pub mod list;
pub(crate) mod paper;
pub mod personal;
pub mod register;
pub mod result_mark;
pub mod return_receipt;
pub mod routes;
pub mod saved;
pub mod slip;
pub mod view;
pub mod views;
