//! What the centre does: one use case, one function, one transaction.
//!
//! Functions take the connection of a transaction already open (see [`Services::write`] and
//! [`Services::read`]), so that the API can keep an idempotency key in the same transaction.

pub mod account;
pub mod actor;
pub mod audit;
pub mod catalogue;
pub mod centre;
pub mod certification;
pub mod clock;
pub mod context;
pub mod deadline;
pub mod declaration;
pub mod demo;
pub mod dossier;
pub mod error;
pub mod event;
pub mod fee;
pub mod feedback;
pub mod file;
pub mod idempotent;
pub mod index;
pub mod inspection;
pub mod message;
pub mod organisation;
pub mod personal_data;
pub mod record;
pub mod reference;
pub mod roster;
pub mod setup;
pub mod survey;
pub mod throttle;
mod together;
pub mod token;
pub mod usage;
pub mod verify;

pub use actor::{Actor, Grant, Permission};
pub use clock::Clock;
pub use context::Services;
pub use error::{Error, Result};
