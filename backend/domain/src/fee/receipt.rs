//! What is given for money: numbers that run from 1 each year, and what they stand for (DOMAIN §7.5).

use chrono::NaiveDate;

use super::MoneyKind;
use super::ledger::{Account, Posting, Sort};
use crate::amount::in_words;
use crate::refusal::Refusal;
use crate::words::words;

/// Largest number of a receipt: eight digits (Decree 254/2026).
pub const LARGEST_NUMBER: i64 = 99_999_999;
/// Digits that a number is written with at least.
const DIGITS: usize = 7;
/// Last day on which receipts are given on paper (Decree 254/2026).
pub const LAST_PAPER_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

words! {
    /// What the receipts of a series are.
    ReceiptMedium {
        /// Printed, stamped and signed by hand; until the end of 2026 only.
        Paper => "paper",
        /// An electronic document.
        Electronic => "electronic",
    }
}

impl ReceiptMedium {
    /// Whether receipts are given so on a day in Vietnam (Decree 254/2026).
    #[must_use]
    pub fn usable_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Paper => day <= LAST_PAPER_DAY,
            Self::Electronic => true,
        }
    }
}

words! {
    /// Whether a receipt holds.
    ReceiptState {
        /// It does.
        Valid => "valid",
        /// Another took its place.
        Replaced => "replaced",
        /// What it was given for was no collection.
        Voided => "voided",
    }
}

words! {
    /// Where it stands that a collection was none.
    VoidState {
        /// The cashier says so.
        Proposed => "proposed",
        /// Somebody else agrees: what was owed is owed again.
        Approved => "approved",
        /// Somebody else does not.
        Rejected => "rejected",
        /// Nobody decided on the same day.
        Lapsed => "lapsed",
    }
}

impl VoidState {
    /// Where a proposal of one day stands on another.
    #[must_use]
    pub fn on(self, proposed: NaiveDate, day: NaiveDate) -> Self {
        match self {
            Self::Proposed if proposed < day => Self::Lapsed,
            other => other,
        }
    }
}

/// A number as it is written on a receipt.
#[must_use]
pub fn written(number: i64) -> String {
    format!("{number:0DIGITS$}")
}

/// An amount as a receipt says it in words; less than nought for what went back.
///
/// # Errors
/// `amount_out_of_range`.
pub fn amount_in_words(amount_vnd: i64) -> Result<String, Refusal> {
    if amount_vnd >= 0 {
        return in_words(amount_vnd);
    }
    Ok(format!("giảm {}", in_words(amount_vnd.saturating_neg())?))
}

/// What a payment is to be receipted for, phí and lệ phí apart, in đồng; nothing where nothing was paid.
#[must_use]
pub fn to_receipt(payment: &[Posting]) -> Vec<(MoneyKind, i64)> {
    MoneyKind::ALL
        .iter()
        .filter_map(|kind| {
            let settled: i64 = payment
                .iter()
                .filter(|p| p.account == Account::Receivable && p.sort == Sort::from(*kind))
                .map(|p| -p.amount_vnd)
                .sum();
            (settled > 0).then_some((*kind, settled))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{PaymentMethod, paid, reversed};
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    #[test]
    fn paper_is_given_until_the_last_day_of_2026_and_not_after() {
        let paper = ReceiptMedium::Paper;
        assert!(paper.usable_on(day(2026, 12, 31)));
        assert!(!paper.usable_on(day(2027, 1, 1)));
        assert!(ReceiptMedium::Electronic.usable_on(day(2027, 1, 1)));
    }

    #[test]
    fn a_number_has_seven_digits_or_more() {
        assert_eq!(written(1), "0000001");
        assert_eq!(written(LARGEST_NUMBER), "99999999");
    }

    #[test]
    fn a_proposal_that_nobody_decided_on_its_day_has_lapsed() {
        let (today, tomorrow) = (day(2026, 11, 29), day(2026, 11, 30));
        assert_eq!(VoidState::Proposed.on(today, today), VoidState::Proposed);
        assert_eq!(VoidState::Proposed.on(today, tomorrow), VoidState::Lapsed);
        assert_eq!(VoidState::Approved.on(today, tomorrow), VoidState::Approved);
    }

    #[test]
    fn what_went_back_is_said_as_what_it_takes_off() {
        assert_eq!(amount_in_words(8_000).unwrap(), "tám nghìn đồng");
        assert_eq!(amount_in_words(-8_000).unwrap(), "giảm tám nghìn đồng");
        assert!(amount_in_words(i64::MIN).is_err());
    }

    #[test]
    fn each_sort_of_money_has_a_receipt_of_its_own() {
        let owed = |sort, amount_vnd| Posting {
            account: Account::Receivable,
            sort,
            amount_vnd,
        };
        let assessed = vec![owed(Sort::Fee, 50_000), owed(Sort::Charge, 8_000)];
        let payment = paid(std::slice::from_ref(&assessed), PaymentMethod::Card);
        assert_eq!(
            to_receipt(&payment),
            [(MoneyKind::Fee, 50_000), (MoneyKind::Charge, 8_000)]
        );
        assert_eq!(to_receipt(&reversed(&payment)), []);
        assert_eq!(to_receipt(&[]), []);
    }
}
