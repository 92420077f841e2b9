//! Dossiers: their rows, how they are saved, how they are found.

mod apologies;
mod children;
mod drafts;
mod legs;
mod query;
mod register;
mod rows;
mod save;
mod saved;

pub use apologies::*;
pub use children::*;
pub use drafts::*;
pub use legs::*;
pub use query::*;
pub use register::*;
pub use rows::*;
pub use save::*;
pub use saved::*;
