//! What is kept: diesel over SQLite and PostgreSQL behind one connection type.
//!
//! Functions here take a connection and know nothing of rules; the rooms above open the transaction.
//!
//! What a key makes at most one row of is asked for with `get_result`, not `first`: `first` binds a
//! LIMIT, and SQLite parses and plans a statement again each time the value of its LIMIT is bound.

pub mod account;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod catalogue;
pub mod centre;
pub mod certification;
pub mod conn;
pub mod counter;
pub mod declaration;
pub mod dialect;
pub mod dossier;
pub mod error;
pub mod fee;
pub mod feedback;
pub mod file;
pub mod idempotency;
pub mod ids;
pub mod index;
pub mod inspection;
pub mod message;
pub mod migrate;
pub mod outbox;
mod page;
pub mod payment;
pub mod personal_data;
pub mod reference;
pub mod roster;
pub mod schema;
pub mod survey;
pub mod ts;
pub mod verify;
pub mod watch;

pub use conn::{Db, Options, Store};
pub use error::{StoreError, StoreResult};
pub use ids::*;
pub use ts::Ts;
