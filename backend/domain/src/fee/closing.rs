//! A cashier's till at the end of her day: what she collected by her own word, what she counted, and what
//! lies between; and by when a month's money goes on to the State Treasury (DOMAIN §7.1, §7.2).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::MoneyKind;
use super::ledger::{PaymentMethod, Posting, Sort};
use crate::amount::LARGEST_AMOUNT_VND;
use crate::refusal::{FieldError, Refusal};

/// Notes that are counted, in đồng, the largest first.
pub const NOTES_VND: [i64; 10] = [
    500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500,
];
/// Notes of one value that a till can hold.
pub const MOST_NOTES: i64 = 1_000_000;
/// Day of the next month by which a month's money is at the State Treasury (Decree 61/2018 Art 12.9).
const TREASURY_DAY: u32 = 5;

/// A collection of a cashier's, or one that was taken back.
#[derive(Debug, Clone)]
pub struct Till {
    /// Whose money it is.
    pub authority: String,
    /// How it was paid.
    pub method: PaymentMethod,
    /// Whether this entry takes a collection back.
    pub taken_back: bool,
    /// What the entry moves.
    pub moved: Vec<Posting>,
}

/// What a till holds of one authority, way of paying and sort of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Whose money it is.
    pub authority_id: String,
    /// How it was paid.
    pub method: PaymentMethod,
    /// Phí or lệ phí.
    pub kind: MoneyKind,
    /// Collections that moved it.
    pub payments: i64,
    /// Đồng collected.
    pub collected_vnd: i64,
    /// Collections that were taken back.
    pub voids: i64,
    /// Đồng of those.
    pub voided_vnd: i64,
}

impl Sum {
    /// What is left: negative when more was taken back than collected since the closing before.
    #[must_use]
    pub const fn net_vnd(&self) -> i64 {
        self.collected_vnd - self.voided_vnd
    }
}

/// What a till holds, by authority, way of paying and sort of money.
#[must_use]
pub fn sums(entries: &[Till]) -> Vec<Sum> {
    let mut all: BTreeMap<(String, PaymentMethod, MoneyKind), Sum> = BTreeMap::new();
    for entry in entries {
        for posting in entry.moved.iter().filter(|p| p.account.is_word()) {
            let kind = match posting.sort {
                Sort::Fee => MoneyKind::Fee,
                Sort::Charge => MoneyKind::Charge,
                Sort::Unsorted => continue,
            };
            let sum = all
                .entry((entry.authority.clone(), entry.method, kind))
                .or_insert_with(|| Sum {
                    authority_id: entry.authority.clone(),
                    method: entry.method,
                    kind,
                    payments: 0,
                    collected_vnd: 0,
                    voids: 0,
                    voided_vnd: 0,
                });
            if entry.taken_back {
                sum.voids += 1;
                sum.voided_vnd -= posting.amount_vnd;
            } else {
                sum.payments += 1;
                sum.collected_vnd += posting.amount_vnd;
            }
        }
    }
    all.into_values().collect()
}

/// Notes of one value that were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// What each is worth, in đồng: one of [`NOTES_VND`].
    pub value_vnd: i64,
    /// How many.
    pub count: i64,
}

/// What a cashier counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The card terminal's own total, in đồng; none: no card was taken.
    pub card_vnd: Option<i64>,
    /// The notes in the drawer; none: no cash was taken.
    pub cash: Option<Vec<Notes>>,
}

impl Counted {
    /// The cash that was counted, in đồng.
    #[must_use]
    pub fn cash_vnd(&self) -> Option<i64> {
        let notes = self.cash.as_ref()?;
        Some(notes.iter().map(|n| n.value_vnd * n.count).sum())
    }
}

/// What was counted less what was collected, in đồng; nothing is counted of transfers, which the bank's
/// book tells of.
///
/// # Errors
/// `validation_failed` at `/card_vnd`, `/cash_notes`: what was taken is to be counted (`required`), a
/// value of no note, a count or total out of range.
pub fn difference(sums: &[Sum], counted: &Counted) -> Result<i64, Refusal> {
    let mut faults = Vec::new();
    for (i, notes) in counted.cash.iter().flatten().enumerate() {
        if !NOTES_VND.contains(&notes.value_vnd) {
            faults.push(FieldError::new(
                format!("/cash_notes/{i}/value_vnd"),
                "note_unknown",
                "Không có tờ tiền mệnh giá này.",
                "There is no note of this value.",
            ));
        }
        if !(0..=MOST_NOTES).contains(&notes.count) {
            faults.push(FieldError::new(
                format!("/cash_notes/{i}/count"),
                "out_of_range",
                "Số tờ phải từ 0 đến 1.000.000.",
                "The number of notes must be 0 to 1,000,000.",
            ));
        }
    }
    let card = counted.card_vnd;
    if card.is_some_and(|vnd| !(-LARGEST_AMOUNT_VND..=LARGEST_AMOUNT_VND).contains(&vnd)) {
        faults.push(FieldError::new(
            "/card_vnd",
            "out_of_range",
            "Số tiền nằm ngoài giới hạn.",
            "The amount is out of range.",
        ));
    }
    // A value or a count that is refused must not be multiplied.
    let cash = if faults.is_empty() {
        counted.cash_vnd()
    } else {
        Some(0)
    };
    let mut difference = 0;
    for (method, counted, at) in [
        (PaymentMethod::Card, card, "/card_vnd"),
        (PaymentMethod::Cash, cash, "/cash_notes"),
    ] {
        let taken = || sums.iter().filter(|s| s.method == method);
        match counted {
            None if taken().next().is_some() => faults.push(FieldError::new(
                at,
                "required",
                "Cần đếm và ghi số tiền này.",
                "This is to be counted.",
            )),
            None => {}
            Some(vnd) => difference += vnd - taken().map(Sum::net_vnd).sum::<i64>(),
        }
    }
    if faults.is_empty() {
        Ok(difference)
    } else {
        Err(Refusal::invalid(faults))
    }
}

/// The first day of the month that a day lies in.
#[must_use]
pub fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// The day after the last of a month.
#[must_use]
pub fn month_after(month: NaiveDate) -> NaiveDate {
    month_of(month)
        .checked_add_months(chrono::Months::new(1))
        .unwrap_or(NaiveDate::MAX)
}

/// By when what was collected in a month is at the State Treasury: day 5 of the next month (Decree
/// 61/2018 Art 12.9).
#[must_use]
pub fn treasury_due_on(month: NaiveDate) -> NaiveDate {
    let next = month_after(month);
    next.with_day(TREASURY_DAY).unwrap_or(next)
}

#[cfg(test)]
mod tests {
    use super::super::ledger::{Account, reversed};
    use super::*;
    use proptest::prelude::*;

    fn collection(method: PaymentMethod, phi: i64, le_phi: i64) -> Till {
        let mut moved = Vec::new();
        for (sort, amount_vnd) in [(Sort::Fee, phi), (Sort::Charge, le_phi)] {
            if amount_vnd != 0 {
                for (account, sign) in [(method.account(), 1), (Account::Receivable, -1)] {
                    moved.push(Posting {
                        account,
                        sort,
                        amount_vnd: sign * amount_vnd,
                    });
                }
            }
        }
        Till {
            authority: "a".into(),
            method,
            taken_back: false,
            moved,
        }
    }

    fn back(of: &Till) -> Till {
        Till {
            taken_back: true,
            moved: reversed(&of.moved),
            ..of.clone()
        }
    }

    #[test]
    fn a_till_is_summed_by_way_of_paying_and_sort_and_what_was_taken_back_apart() {
        let card = collection(PaymentMethod::Card, 50_000, 8_000);
        let all = [
            card.clone(),
            collection(PaymentMethod::Cash, 0, 8_000),
            back(&card),
            collection(PaymentMethod::Card, 0, 3_000),
        ];
        let found: Vec<_> = sums(&all)
            .into_iter()
            .map(|s| {
                (
                    s.method,
                    s.kind,
                    s.payments,
                    s.collected_vnd,
                    s.voids,
                    s.voided_vnd,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (PaymentMethod::Card, MoneyKind::Fee, 1, 50_000, 1, 50_000),
                (PaymentMethod::Card, MoneyKind::Charge, 2, 11_000, 1, 8_000),
                (PaymentMethod::Cash, MoneyKind::Charge, 1, 8_000, 0, 0),
            ]
        );
    }

    #[test]
    fn what_was_taken_is_counted_and_notes_are_notes() {
        let taken = sums(&[collection(PaymentMethod::Cash, 0, 8_000)]);
        let at = |counted: Counted| difference(&taken, &counted).map_err(|r| r.errors);
        let none = at(Counted::default()).expect_err("nothing was counted");
        assert_eq!(
            (none[0].pointer.as_str(), none[0].code),
            ("/cash_notes", "required")
        );
        let notes = |value_vnd, count| Counted {
            card_vnd: None,
            cash: Some(vec![Notes { value_vnd, count }]),
        };
        assert_eq!(at(notes(2_000, 4)), Ok(0));
        assert_eq!(at(notes(5_000, 1)), Ok(-3_000));
        let wrong = at(notes(3_000, i64::MAX)).expect_err("no such notes");
        let codes: Vec<_> = wrong.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["note_unknown", "out_of_range"]);
    }

    #[test]
    fn a_months_money_is_at_the_treasury_by_day_5_of_the_next() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(treasury_due_on(day(2026, 11, 1)), day(2026, 12, 5));
        assert_eq!(treasury_due_on(day(2026, 12, 31)), day(2027, 1, 5));
        assert_eq!(month_after(day(2027, 1, 31)), day(2027, 2, 1));
    }

    proptest! {
        #[test]
        fn what_a_till_holds_is_what_was_collected_less_what_was_taken_back(
            taken in prop::collection::vec((0..3_usize, 0..1_000_000_i64, 0..1_000_000_i64, any::<bool>()), 0..30),
        ) {
            let mut all = Vec::new();
            let mut left = [0_i64; 3];
            for (method, phi, le_phi, again) in taken {
                let one = collection(PaymentMethod::ALL[method], phi, le_phi);
                all.push(one.clone());
                if again {
                    all.push(back(&one));
                } else {
                    left[method] += phi + le_phi;
                }
            }
            let sums = sums(&all);
            for (method, left) in PaymentMethod::ALL.iter().zip(left) {
                let of = sums.iter().filter(|s| s.method == *method);
                prop_assert_eq!(of.map(Sum::net_vnd).sum::<i64>(), left);
            }
            // Counted right, nothing lies between.
            let cash = vec![Notes { value_vnd: 500, count: 0 }];
            let counted = Counted { card_vnd: Some(left[1]), cash: Some(cash) };
            prop_assert_eq!(difference(&sums, &counted).ok(), Some(-left[2]));
        }
    }
}
