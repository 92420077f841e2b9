//! What the law says: pure functions and types. No I/O, no async; the time is an argument.

#![allow(
    clippy::result_large_err,
    reason = "a refusal is told to a person once per request; boxing it would only hide it"
)]

pub mod account;
pub mod amount;
pub mod calendar;
pub mod catalogue;
pub mod certification;
pub mod citizen_card;
pub mod code;
pub mod deadline;
pub mod declaration;
pub mod dossier;
pub mod fee;
pub mod feedback;
pub mod file;
pub mod inspection;
pub mod message;
pub mod organisation;
pub mod person;
pub mod personal_data;
pub mod refusal;
pub mod survey;
pub mod text;
pub mod vietqr;
pub mod vn_time;

mod words;
