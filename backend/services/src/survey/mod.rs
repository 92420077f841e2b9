//! Were people served well: what they are asked, who may answer once, answers that nobody can tie to a
//! person, and what is counted of them (DOMAIN §6; docs/decisions/surveys.md).

mod answer;
mod ask;
mod device;
mod keep;
pub mod key;
mod questionnaire;
mod remark;
mod result;
mod sample;

pub use answer::{Answered, Asked, answer, asked};
pub(crate) use answer::{Proven, Waiting, wait_in};
pub use ask::{Ask, DEFAULT_DAYS, Settings, of_paper, of_return, set_settings, settings};
pub use device::{
    DeviceAsked, Gate, LONGEST_WAIT_MINUTES, MOST_AN_HOUR, NewDevice, add, answer_at, ask_at, call,
    devices, end,
};
pub(crate) use keep::counted;
pub(crate) use questionnaire::begin;
pub use questionnaire::{
    Edition, Editions, create, discard, edition, editions, publish, replace, retire,
};
pub use remark::{Screening, remarks, screen};
pub use result::{
    Answers, Course, OfficerResult, Quarters, Results, SliceResult, course, officer_results,
    overall, quarters, results,
};
pub use sample::{
    Drawn, MOST_FINISHED, NewSample, Outcome, Outcomes, Stratum, Units, draw, outcome, sample,
    samples, tally, units,
};

use motcua_domain::survey::questionnaire::Questionnaire;
use motcua_store::StoreError;
use motcua_store::survey::QuestionnaireRow;

use crate::error::Result;

/// A questionnaire as it is kept.
pub(crate) fn read(row: &QuestionnaireRow) -> Result<Questionnaire> {
    Ok(serde_json::from_str(&row.body).map_err(StoreError::from)?)
}
