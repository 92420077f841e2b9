//! Rules of satisfaction and quality that anyone may ask: sample sizes and indices, each figure with
//! what it was computed from.

pub mod answer;
pub mod device;
pub mod draw;
pub mod indices;
pub mod keep;
pub mod page;
pub mod quality;
pub mod questionnaire;
pub mod remark;
pub mod result;
pub mod sample;
pub mod satisfied;
pub mod service;

use motcua_domain::refusal::FieldError;
use motcua_domain::survey::Ratio;
use motcua_domain::text;
use serde::Deserialize;
use utoipa::ToSchema;

/// A part of a whole, both counted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatioIn {
    /// How many of them.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 90)]
    pub part: u64,
    /// Of how many.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 100)]
    pub whole: u64,
}

impl From<RatioIn> for Ratio {
    fn from(RatioIn { part, whole }: RatioIn) -> Self {
        Self { part, whole }
    }
}

/// Keeps what is wrong with a name: empty, too long, or not one line.
fn name_fault(name: &str, most: usize, pointer: String, faults: &mut Vec<FieldError>) {
    if let Err(fault) = text::required_line(name, most) {
        faults.push(fault.at(&pointer));
    }
}

/// Keeps a fault when there are more than `most`, or fewer than `least`.
fn count_fault(
    count: u64,
    (least, most): (u64, u64),
    pointer: impl Into<String>,
    faults: &mut Vec<FieldError>,
) {
    if !(least..=most).contains(&count) {
        faults.push(FieldError::out_of_range(pointer, least, most));
    }
}

/// A whole number of `parts` to the one, as a number: 1,785 hundredths are 17.85.
pub(crate) fn decimal(n: u64, parts: u32) -> f64 {
    // What is divided here is at most a few million: exact as a double.
    f64::from(u32::try_from(n).unwrap_or(u32::MAX)) / f64::from(parts)
}
