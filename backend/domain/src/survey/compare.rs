//! Two shares held against each other: over time, or between wards. What was counted too seldom is not
//! compared, and says so.

use super::Ratio;

/// From how many on two shares are compared, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparisonRules {
    /// Fewer than this on either side are not compared.
    pub least_sample: u64,
    /// Why (Vietnamese).
    pub reason: &'static str,
}

/// What holds for comparisons.
pub const RULES: ComparisonRules = ComparisonRules {
    least_sample: 30,
    reason: "Quy ước thống kê, không phải quy định của pháp luật: dưới 30 trường hợp, khoảng tin cậy Wilson 95 % \
             của một tỷ lệ 50 % rộng hơn 33 điểm phần trăm, nên chỉ một vài hồ sơ cũng đủ đổi kết luận.",
};

crate::words::words! {
    /// What a comparison comes to.
    Verdict {
        /// The first is higher: the intervals do not touch.
        Higher => "higher",
        /// The first is lower.
        Lower => "lower",
        /// The intervals overlap: the figures may differ by chance.
        NoDifference => "no_difference",
        /// Too few were counted on one side.
        NotEnough => "not_enough",
    }
}

/// Holds one share against another.
pub fn compare(first: Ratio, second: Ratio, rules: ComparisonRules) -> Verdict {
    let least = rules.least_sample.max(1);
    if first.whole < least || second.whole < least {
        return Verdict::NotEnough;
    }
    match (first.wilson(), second.wilson()) {
        (Some((low, _)), Some((_, high))) if low > high => Verdict::Higher,
        (Some((_, high)), Some((low, _))) if high < low => Verdict::Lower,
        (Some(_), Some(_)) => Verdict::NoDifference,
        _ => Verdict::NotEnough,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: u64, whole: u64) -> Ratio {
        Ratio { part, whole }
    }

    #[test]
    fn shares_are_compared_only_where_enough_was_counted_and_only_when_their_intervals_part() {
        for (first, second, verdict) in [
            (share(29, 29), share(0, 1000), Verdict::NotEnough),
            (share(1000, 1000), share(0, 29), Verdict::NotEnough),
            (share(0, 0), share(0, 0), Verdict::NotEnough),
            (share(95, 100), share(50, 100), Verdict::Higher),
            (share(50, 100), share(95, 100), Verdict::Lower),
            (share(27, 30), share(24, 30), Verdict::NoDifference),
            (share(30, 30), share(30, 30), Verdict::NoDifference),
        ] {
            assert_eq!(
                compare(first, second, RULES),
                verdict,
                "{first:?} {second:?}"
            );
        }
    }

    #[test]
    fn the_reason_says_what_the_threshold_comes_to() {
        // 15 of 30: 33.2 percent points wide.
        let (low, high) = share(15, 30).wilson().unwrap();
        assert!((3_300..3_400).contains(&(high - low)), "{low} {high}");
    }
}
