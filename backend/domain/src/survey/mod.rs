//! Satisfaction and quality measured: sample sizes, the nine indices of Circular 01/2018/TT-VPCP,
//! the share of satisfied answers, and the service index of Decision 766/QĐ-TTg (DOMAIN §6).
//!
//! Everything is counted in whole numbers and rounded once, half up, where the source says so. What
//! nobody has asked or counted is unknown, never nought.

pub mod cells;
pub mod compare;
pub mod cube;
pub mod draw;
pub mod quality;
pub mod quarter;
pub mod questionnaire;
pub mod satisfied;
pub mod screen;
pub mod service;

#[cfg(test)]
mod tests;

use crate::refusal::{FieldError, Refusal};

/// Largest population a sample is drawn from: more dossiers than the nation has in years.
pub const LARGEST_POPULATION: u64 = 1_000_000_000;
/// Most groups that one sample is spread over.
pub const MOST_STRATA: usize = 200;

/// Part of a whole, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Ratio {
    /// In hundredths of a percent; none when there is nothing to divide by.
    pub fn basis_points(self) -> Option<u64> {
        rounded(u128::from(self.part) * 10_000, u128::from(self.whole))
    }

    /// Wilson's interval at 95 %, lower and upper end in hundredths of a percent; none when there is
    /// nothing to divide by. It never leaves 0…100 % and stays wide where little was counted: 5 of 5 is
    /// «100 %, somewhere from 56.55 %».
    pub fn wilson(self) -> Option<(u64, u64)> {
        if self.whole == 0 {
            return None;
        }
        // The interval is an estimate, not money or time: floating point is what it is made of.
        const Z: f64 = 1.959_963_984_540_054;
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let (n, k) = (self.whole as f64, self.part as f64);
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

    /// Checks that the part is no more than the whole.
    ///
    /// # Errors
    /// `part_exceeds_whole` at `pointer`.
    pub fn checked(self, pointer: &str) -> Result<Self, FieldError> {
        if self.part <= self.whole && self.whole <= LARGEST_POPULATION {
            return Ok(self);
        }
        Err(FieldError::new(
            format!("{pointer}/part"),
            "part_exceeds_whole",
            "Phần được đếm không được lớn hơn tổng số.",
            "The part counted cannot be more than the whole.",
        ))
    }
}

/// `numerator / denominator` rounded half up; none where there is nothing to divide by.
fn rounded(numerator: u128, denominator: u128) -> Option<u64> {
    let doubled = numerator.checked_mul(2)?.checked_add(denominator)?;
    u64::try_from(doubled.checked_div(denominator.checked_mul(2)?)?).ok()
}

/// How many to ask, out of how many, group by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Transactions in the period.
    pub population: u64,
    /// How many are to be drawn.
    pub size: u64,
    /// The same, group by group, in the order given; empty when no group was.
    pub strata: Vec<u64>,
}

fn out_of_range(pointer: &str, vi: &str, en: &str) -> Refusal {
    Refusal::invalid(vec![FieldError::new(pointer, "out_of_range", vi, en)])
}

/// Slovin's sample, n = N / (1 + N·e²) rounded up (the 2012 method of Decision 1383/QĐ-BNV), spread
/// over the groups in proportion. `margin` is e in hundredths of a percent: 500 is the method's 5 %.
/// `wanted` takes the place of the formula's figure where a centre asks more people than it must.
///
/// A group with anyone in it gets at least one, so that no field goes unheard, as long as there are
/// as many to draw as groups; the rest go by largest remainder.
///
/// # Errors
/// `validation_failed` for an empty population, a margin outside 1…5,000 or too many groups;
/// `sample_larger_than_population`; `strata_do_not_add_up` when the groups are not the whole.
pub fn sample(
    population: u64,
    margin: u32,
    wanted: Option<u64>,
    strata: &[u64],
) -> Result<Sample, Refusal> {
    if !(1..=LARGEST_POPULATION).contains(&population) {
        return Err(out_of_range(
            "/population",
            "Tổng số lượt giao dịch phải từ 1 đến 1.000.000.000.",
            "The population must be 1 to 1,000,000,000.",
        ));
    }
    if !(1..=5_000).contains(&margin) {
        return Err(out_of_range(
            "/margin_basis_points",
            "Sai số phải từ 0,01 % đến 50 %.",
            "The margin must be 0.01 % to 50 %.",
        ));
    }
    if strata.len() > MOST_STRATA {
        return Err(out_of_range(
            "/strata",
            "Nhiều nhất 200 nhóm.",
            "At most 200 groups.",
        ));
    }
    let (n, e) = (u128::from(population), u128::from(margin));
    let denominator = 100_000_000 + n * e * e;
    let by_formula = (n * 100_000_000).div_ceil(denominator);
    let size = wanted.unwrap_or(u64::try_from(by_formula).unwrap_or(population));
    if size == 0 {
        return Err(out_of_range(
            "/sample_size",
            "Cỡ mẫu phải từ 1 trở lên.",
            "The sample must be at least 1.",
        ));
    }
    if size > population {
        let (vi, en) = (
            "Cỡ mẫu không được lớn hơn tổng số lượt giao dịch.",
            "The sample cannot be larger than its population.",
        );
        return Err(Refusal::new("sample_larger_than_population", vi, en).field(
            "/sample_size",
            "sample_larger_than_population",
            vi,
            en,
        ));
    }
    if strata.is_empty() {
        return Ok(Sample {
            population,
            size,
            strata: Vec::new(),
        });
    }
    let sum: u128 = strata.iter().map(|s| u128::from(*s)).sum();
    if sum != n {
        let (vi, en) = (
            "Tổng của các nhóm phải bằng tổng số lượt giao dịch.",
            "The groups must add up to the population.",
        );
        return Err(Refusal::new("strata_do_not_add_up", vi, en).field(
            "/strata",
            "strata_do_not_add_up",
            vi,
            en,
        ));
    }
    Ok(Sample {
        population,
        size,
        strata: spread(size, population, strata),
    })
}

/// `size` spread over groups in proportion to them; their sum is `population`.
fn spread(size: u64, population: u64, strata: &[u64]) -> Vec<u64> {
    let (n, whole) = (u128::from(size), u128::from(population));
    let peopled = strata.iter().filter(|s| **s > 0).count() as u64;
    let least = u64::from(size >= peopled);
    // What each group is owed beyond its least, and what is left of that in whole-ths.
    let mut given: Vec<(u64, u128)> = strata
        .iter()
        .map(|s| {
            let owed = n * u128::from(*s);
            let whole_ones = u64::try_from(owed.checked_div(whole).unwrap_or(0)).unwrap_or(*s);
            (
                whole_ones.max(least.min(*s)),
                owed.checked_rem(whole).unwrap_or(0),
            )
        })
        .collect();
    let mut order: Vec<usize> = (0..given.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(given.get(*i).map_or(0, |g| g.1)));
    let mut sum: u64 = given.iter().map(|g| g.0).sum();
    // Too few: by largest remainder. Too many (the least ones): from those who got most.
    while sum < size {
        let before = sum;
        for i in &order {
            if let (Some(g), Some(s)) = (given.get_mut(*i), strata.get(*i))
                && sum < size
                && g.0 < *s
            {
                g.0 += 1;
                sum += 1;
            }
        }
        if sum == before {
            break;
        }
    }
    while sum > size {
        let Some(most) = given.iter_mut().max_by_key(|g| g.0) else {
            break;
        };
        most.0 -= 1;
        sum -= 1;
    }
    given.into_iter().map(|g| g.0).collect()
}
