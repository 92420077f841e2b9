//! The share of the satisfied, as SIPAS counts it (Decision 1001/QĐ-BNV of 11/12/2023): satisfied and
//! very satisfied answers of all valid ones, with the interval that the number of answers allows.

use super::{Ratio, rounded};

/// The text the share comes from.
pub const SOURCE: &str = "Quyết định 1001/QĐ-BNV ngày 11/12/2023";

/// Answers on the five steps, from very dissatisfied to very satisfied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers(pub [u64; 5]);

impl Answers {
    /// All valid answers.
    pub fn valid(&self) -> u64 {
        self.0.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Satisfied and very satisfied.
    pub fn satisfied(&self) -> u64 {
        self.0[3].saturating_add(self.0[4])
    }

    /// Both sets of answers as one.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut sum = *self;
        for (a, b) in sum.0.iter_mut().zip(other.0) {
            *a = a.saturating_add(b);
        }
        sum
    }

    /// Percent satisfied in hundredths of a percent (8,875 is 88.75 %); none without an answer.
    pub fn basis_points(&self) -> Option<u64> {
        rounded(
            u128::from(self.satisfied()) * 10_000,
            u128::from(self.valid()),
        )
    }

    /// Satisfied answers of valid ones.
    pub fn share(&self) -> Ratio {
        Ratio {
            part: self.satisfied(),
            whole: self.valid(),
        }
    }

    /// [`Ratio::wilson`] of the satisfied; none without an answer.
    pub fn wilson(&self) -> Option<(u64, u64)> {
        self.share().wilson()
    }
}

/// A factor: the mean of its criteria's shares, and the share of all their answers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// Mean of the criteria that have answers, in hundredths of a percent.
    pub mean: Option<u64>,
    /// All answers as one.
    pub pooled: Answers,
}

/// Works a factor out of its criteria. A criterion nobody answered counts for nothing.
pub fn factor(criteria: &[Answers]) -> Factor {
    // The mean of exact shares, not of rounded ones.
    let answered: Vec<&Answers> = criteria.iter().filter(|c| c.valid() > 0).collect();
    // Hundred-millionths keep the mean exact enough to be rounded once.
    let sum: u128 = answered
        .iter()
        .filter_map(|c| {
            rounded(
                u128::from(c.satisfied()) * 10_000_000_000,
                u128::from(c.valid()),
            )
        })
        .map(u128::from)
        .sum();
    Factor {
        mean: rounded(sum, answered.len() as u128 * 1_000_000),
        pooled: criteria
            .iter()
            .fold(Answers::default(), |all, c| all.with(c)),
    }
}
