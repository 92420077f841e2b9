//! What a case costs by the fee lines of its procedure.

use chrono::NaiveDate;

use super::{FeeData, FeeRuleData};

/// The size of what is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Pages of the original.
    pub pages: u32,
    /// Copies of it.
    pub copies: u32,
    /// Events or things declared in it.
    pub events: u32,
    /// The value declared, in đồng; none where none is.
    pub value_vnd: Option<i64>,
}

impl Size {
    /// One copy of one page with one event, and no value.
    pub const ONE: Self = Self {
        pages: 1,
        copies: 1,
        events: 1,
        value_vnd: None,
    };
}

impl FeeRuleData {
    /// What one case of this size costs, in đồng; none beyond what a number can hold, and none for a
    /// share of a value that is not declared.
    pub fn amount(&self, size: Size) -> Option<i64> {
        let copies = i64::from(size.copies);
        match self {
            Self::PerPage { cap_vnd, .. } => self.one_copy(size)?.min(*cap_vnd).checked_mul(copies),
            Self::PerCopy { amount_vnd } => amount_vnd.checked_mul(copies),
            Self::PerCase { amount_vnd } => Some(*amount_vnd),
            Self::PerEvent { amount_vnd } => amount_vnd.checked_mul(i64::from(size.events)),
            Self::Percentage {
                basis_points,
                least_vnd,
                most_vnd,
            } => {
                let value = size.value_vnd.filter(|v| *v >= 0)?;
                let share = i128::from(value) * i128::from(*basis_points) / 10_000;
                let share = i64::try_from(share).ok()?;
                let share = share.max(least_vnd.unwrap_or(0));
                Some(most_vnd.map_or(share, |most| share.min(most)))
            }
        }
    }

    /// Whether it is a share of a value that has to be declared.
    pub(crate) const fn needs_value(&self) -> bool {
        matches!(self, Self::Percentage { .. })
    }

    /// What one copy would cost page by page if there were no cap; none for another rule.
    pub(crate) fn one_copy(&self, size: Size) -> Option<i64> {
        let Self::PerPage {
            first_pages,
            first_amount_vnd,
            next_amount_vnd,
            ..
        } = self
        else {
            return None;
        };
        let first = size.pages.min(*first_pages);
        let next = size.pages - first;
        first_amount_vnd
            .checked_mul(i64::from(first))?
            .checked_add(next_amount_vnd.checked_mul(i64::from(next))?)
    }
}

impl FeeData {
    /// Whether it is charged by itself at the counter on a day; a line with a condition is the
    /// officer's to choose.
    pub fn holds_at_counter(&self, on: NaiveDate) -> bool {
        matches!(self.channel.as_str(), "any" | "direct")
            && self.condition.is_none()
            && self.is_in_force(on)
    }

    /// Whether the line is in force on a day.
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|d| d <= on) && self.valid_to.is_none_or(|d| d >= on)
    }

    /// What this line asks of one case; none where no rule says so. A fixed amount without a rule
    /// does not say whether it is asked once or for every copy: only nothing is the same either way.
    pub fn amount(&self, size: Size) -> Option<i64> {
        match &self.rule {
            Some(rule) => rule.amount(size),
            None => self.amount_vnd.filter(|a| *a == 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::national;
    use proptest::prelude::*;

    fn rule(code: &str) -> FeeRuleData {
        let file = national().expect("the embedded files parse");
        let p = file.procedures.into_iter().find(|p| p.code == code);
        let fee = p.expect("a procedure of the list").fees.remove(0);
        fee.rule.expect("a rule")
    }

    #[test]
    fn a_certified_copy_costs_what_the_circular_says() {
        let rule = rule("2.000815");
        for (pages, copies, vnd) in [
            (1, 1, 2_000),
            (2, 1, 4_000),
            (3, 1, 5_000),
            (5, 1, 7_000),
            (10, 1, 12_000),
            (197, 1, 199_000),
            (198, 1, 200_000),
            (300, 1, 200_000),
            (5, 3, 21_000),
        ] {
            assert_eq!(
                rule.amount(Size {
                    pages,
                    copies,
                    ..Size::ONE
                }),
                Some(vnd),
                "{pages} × {copies}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_copy_costs_more_than_the_cap_and_each_costs_the_same(pages in 1..=u32::MAX, copies in 1..=u32::MAX) {
            let rule = rule("2.000815");
            let one = rule.amount(Size { pages, ..Size::ONE }).unwrap_or(-1);
            prop_assert!((2_000..=200_000).contains(&one));
            prop_assert_eq!(rule.amount(Size { pages, copies, ..Size::ONE }), Some(one * i64::from(copies)));
        }

        #[test]
        fn a_signature_costs_the_same_however_long_the_paper(pages in 1..=u32::MAX) {
            prop_assert_eq!(rule("2.000884").amount(Size { pages, ..Size::ONE }), Some(10_000));
        }
    }
}
