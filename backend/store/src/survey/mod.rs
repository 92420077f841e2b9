//! What people are asked and what they answered: questionnaires, rights to answer once, sealed answers,
//! answers kept by their cell, and their counts.

mod answer;
pub mod device;
mod officer;
mod questionnaire;
mod remark;
mod right;
pub mod sample;

pub use answer::*;
pub use officer::*;
pub use questionnaire::*;
pub use remark::*;
pub use right::*;

/// Rows written by one statement.
const BATCH: usize = 200;
