//! What the world calls: actix routes, DTOs, OpenAPI, problems, live events.

#![allow(
    clippy::result_large_err,
    reason = "a refusal is told to a person once per request; boxing it would only hide it"
)]

pub mod account;
pub mod audit;
pub mod auth;
pub mod catalogue;
pub mod centre;
pub mod certification;
pub mod deadline;
pub mod declaration;
pub mod dossier;
pub mod event;
pub mod fee;
pub mod feedback;
pub mod file;
pub mod health;
pub mod index;
pub mod inspection;
pub mod message;
pub mod openapi;
pub mod personal_data;
pub mod public;
pub mod roster;
pub mod setup;
pub mod state;
pub mod survey;
pub mod tool;
pub mod words;

pub use motcua_manners as manners;
pub use state::AppState;
