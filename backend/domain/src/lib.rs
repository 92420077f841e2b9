//! What the law says: pure functions and types. No I/O, no async; the time is an argument.

pub mod refusal;
pub mod catalogue;
