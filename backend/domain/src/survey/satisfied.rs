//! The share of the satisfied, as SIPAS counts it (Decision 1001/QĐ-BNV of 11/12/2023): satisfied and
//! very satisfied answers of all valid ones, with the interval that the number of answers allows.

use super::rounded;

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

    /// Wilson's interval at 95 %, lower and upper end in hundredths of a percent; none without an
    /// answer. It never leaves 0…100 % and stays wide where few answered: 5 of 5 satisfied is
    /// «100 %, somewhere from 56.55 %».
    pub fn wilson(&self) -> Option<(u64, u64)> {
        let n = self.valid();
        if n == 0 {
            return None;
        }
        // The interval is an estimate, not money or time: floating point is what it is made of.
        const Z: f64 = 1.959_963_984_540_054;
        #[allow(
            clippy::cast_precision_loss,
            reason = "counts of answers are far below 2^52"
        )]
        let (n, k) = (n as f64, self.satisfied() as f64);
        let p = k / n;
        let z2 = Z * Z;
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0…10,000 just before"
        )]
        let points = |x: f64| (x * 10_000.0).round().clamp(0.0, 10_000.0) as u64;
        Some((points(middle - half), points(middle + half)))
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
