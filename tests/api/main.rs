//! The API from outside, on both databases: one file a subject, one test a sentence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod account;
mod actions;
mod amend;
mod asking;
mod audit;
mod calendar_change;
mod cards;
mod catalogue;
mod catalogue_admin;
mod certification;
mod certify;
mod clients;
mod closing;
mod concurrency;
mod deadline;
mod declarations;
mod delegation;
mod dossier;
mod fee;
mod feedback;
mod file_signatures;
mod files;
mod finding;
mod forms;
mod indices;
mod inspections;
mod intake_draft;
mod jurist;
mod lease;
mod ledger;
mod letter;
mod lists;
mod lookup;
mod manners;
mod messages;
mod nonsense;
mod online;
mod organisation;
mod own_account;
mod pairs;
mod payment;
mod people;
mod personal_data;
mod placement;
mod receipt;
mod record;
mod refund;
mod register;
mod result_mark;
mod roster;
mod setup;
mod sheet;
mod simulate;
mod slip;
mod statement;
mod storage;
mod supplement;
mod survey;
mod turns;
mod vectors;
mod visits;
mod walk;
mod watch;
mod words;
mod workflow;
mod year;
