//! One thing measured against another: A B A B, so that what changes in the machine meanwhile meets
//! both, and windows in which others used the processors are thrown away.

use crate::client::Window;
use crate::machine::Ours;

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Seconds in a window.
    pub seconds: f64,
    /// Undisturbed pairs of windows wanted.
    pub pairs: usize,
}

impl Plan {
    /// How often a disturbed pair is tried again, altogether.
    fn tries(self) -> usize {
        self.pairs + self.pairs.div_ceil(2)
    }
}

/// What a comparison showed.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Pairs of windows: ours, then the measure.
    pairs: Vec<(Window, Window)>,
    /// Pairs thrown away.
    pub dropped: usize,
    /// True when too few were left, and disturbed ones had to do.
    pub disturbed: bool,
}

/// Measures `ours` against `measure`.
///
/// # Errors
/// What a window reports.
pub fn compare(
    plan: Plan,
    machine: &Ours,
    mut ours: impl FnMut() -> anyhow::Result<Window>,
    mut measure: impl FnMut() -> anyhow::Result<Window>,
) -> anyhow::Result<Comparison> {
    let (mut kept, mut spoilt) = (Vec::new(), Vec::new());
    for _ in 0..plan.tries() {
        let before = machine.read();
        let mut a = ours()?;
        let between = machine.read();
        let mut b = measure()?;
        let after = machine.read();
        a.processor = between.served_since(before);
        b.processor = after.served_since(between);
        if between.since(before).spoils() || after.since(between).spoils() {
            spoilt.push((a, b));
        } else {
            kept.push((a, b));
        }
        if kept.len() == plan.pairs {
            break;
        }
    }
    let disturbed = kept.len() * 2 < plan.pairs;
    let dropped = if disturbed { 0 } else { spoilt.len() };
    if disturbed {
        kept.append(&mut spoilt);
    }
    Ok(Comparison {
        pairs: kept,
        dropped,
        disturbed,
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |i: usize| values.get(i).copied().unwrap_or(0.0);
    if values.len() % 2 == 1 {
        at(middle)
    } else {
        (at(middle.saturating_sub(1)) + at(middle)) / 2.0
    }
}

impl Comparison {
    fn median_of(&self, f: impl Fn(&(Window, Window)) -> f64) -> f64 {
        median(self.pairs.iter().map(f).collect())
    }

    /// The median over the pairs of our rate divided by the measure's.
    pub fn ratio(&self) -> f64 {
        self.median_of(|(a, b)| a.rate() / b.rate())
    }

    /// The least and the greatest ratio of a pair.
    pub fn spread(&self) -> (f64, f64) {
        let ratios = self.pairs.iter().map(|(a, b)| a.rate() / b.rate());
        ratios.fold((f64::MAX, 0.0), |(low, high), r| (low.min(r), high.max(r)))
    }

    /// Pairs that counted.
    pub fn counted(&self) -> usize {
        self.pairs.len()
    }

    /// Medians of the processor time for each answer, in microseconds: ours, the measure's.
    pub fn costs(&self) -> (f64, f64) {
        (
            self.median_of(|(a, _)| a.cost()),
            self.median_of(|(_, b)| b.cost()),
        )
    }

    /// Medians of ours: answers a second, p50 and p99 in milliseconds.
    pub fn ours(&self) -> (f64, f64, f64) {
        (
            self.median_of(|(a, _)| a.rate()),
            self.median_of(|(a, _)| a.quantile(0.5)),
            self.median_of(|(a, _)| a.quantile(0.99)),
        )
    }

    /// The same of the measure.
    pub fn measure(&self) -> (f64, f64, f64) {
        (
            self.median_of(|(_, b)| b.rate()),
            self.median_of(|(_, b)| b.quantile(0.5)),
            self.median_of(|(_, b)| b.quantile(0.99)),
        )
    }
}
