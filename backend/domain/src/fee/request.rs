//! What is asked of a payer at a time: an amount under a reference that is given once and never again,
//! found again in whatever a bank makes of a transfer's text (DOMAIN §7.6).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use crate::text::to_ascii;
use crate::words::words;

/// Every reference begins with it.
const PREFIX: &str = "MC";
/// Digits behind it: year, month, day, five of the number, two that check.
const DIGITS: usize = 13;
/// Requests that have a reference on one day.
pub const MOST_A_DAY: i64 = 99_999;
/// How long a request is waited for. No law says: our convention, long enough for a telephone that is
/// slow and short enough for a counter. What comes later is matched all the same.
pub const WAITED_FOR: chrono::TimeDelta = chrono::TimeDelta::minutes(30);

words! {
    /// Where a request stands.
    RequestState {
        /// Nothing came yet.
        Waiting => "waiting",
        /// Some of it came.
        PartlyPaid => "partly_paid",
        /// All of it came.
        Paid => "paid",
        /// More than all of it came.
        Overpaid => "overpaid",
        /// It was waited for long enough.
        Expired => "expired",
        /// It is not asked any more.
        Cancelled => "cancelled",
    }
}

impl RequestState {
    /// Where a request stands at an instant, by what is kept of it.
    #[must_use]
    pub fn at(self, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        match self {
            Self::Waiting if expires_at <= now => Self::Expired,
            other => other,
        }
    }

    /// Whether money is still waited for: nothing else is asked of the same dossier meanwhile.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::PartlyPaid)
    }
}

words! {
    /// What became of money that came to an account.
    MoneyState {
        /// It paid what it was meant to.
        Matched => "matched",
        /// It waits for the rest of what was asked.
        Held => "held",
        /// All or some of it is to go back.
        ToRefund => "to_refund",
        /// Whose it is is not known.
        Unmatched => "unmatched",
        /// What was to go back has gone back.
        Refunded => "refunded",
        /// It is what a cashier had collected by her word before.
        Placed => "placed",
    }
}

words! {
    /// Whether a payment came whose terminal or bank did not answer: a time-out is no failure.
    UnknownState {
        /// It is not known.
        Unknown => "unknown",
        /// It came: the bank told of it, or the cashier was told.
        Came => "came",
        /// It did not, as somebody was told who asked.
        DidNotCome => "did_not_come",
    }
}

words! {
    /// Where a refund stands.
    RefundState {
        /// One person says that money is to go back.
        Proposed => "proposed",
        /// Another agrees.
        Approved => "approved",
        /// Another does not.
        Rejected => "rejected",
        /// The bank has paid it.
        PaidOut => "paid_out",
    }
}

/// What all references of a day begin with, the day as they write it (`yymmdd`).
#[must_use]
pub fn references_of(day: &str) -> String {
    format!("{PREFIX}{day}")
}

/// The reference of a day's request with this number, from 1; none beyond what a day has.
#[must_use]
pub fn reference(day: NaiveDate, number: i64) -> Option<String> {
    if !(1..=MOST_A_DAY).contains(&number) {
        return None;
    }
    let (year, month, date) = (day.year().rem_euclid(100), day.month(), day.day());
    let digits = format!("{year:02}{month:02}{date:02}{number:05}");
    Some(format!("{PREFIX}{digits}{:02}", check(&digits)))
}

/// Two digits by which a mistyped reference is seen (ISO 7064, mod 97-10).
fn check(digits: &str) -> u64 {
    let number = digits
        .bytes()
        .fold(0_u64, |n, d| (n * 10 + u64::from(d - b'0')) % 97);
    98 - number * 100 % 97
}

/// Every reference in a transfer's text, whatever case it has come to and whatever was put between its
/// letters or taken out. One that was mistyped is none.
#[must_use]
pub fn references_in(text: &str) -> BTreeSet<String> {
    let folded: Vec<u8> = to_ascii(text)
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut found = BTreeSet::new();
    for window in folded.windows(PREFIX.len() + DIGITS) {
        let Some(digits) = window.strip_prefix(PREFIX.as_bytes()) else {
            continue;
        };
        let Ok(digits) = std::str::from_utf8(digits) else {
            continue;
        };
        if !digits.bytes().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let (number, checked) = digits.split_at(DIGITS - 2);
        if checked.parse() == Ok(check(number)) {
            found.insert(format!("{PREFIX}{digits}"));
        }
    }
    found
}

/// What money that came does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Where the request stands now.
    pub request: RequestState,
    /// What becomes of the money.
    pub money: MoneyState,
    /// How much of it is to go back, in đồng.
    pub refund_vnd: i64,
    /// Whether the dossier is paid by it.
    pub settles: bool,
}

/// A request as money finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: RequestState,
    /// What is asked, in đồng.
    pub asked_vnd: i64,
    /// What came before and is held for it.
    pub held_vnd: i64,
    /// Whether the dossier still owes what is asked: what comes after it was paid otherwise or has ended
    /// goes back.
    pub owed: bool,
    /// Whether the rest can be waited for: it is open, or nothing else is asked of the dossier since.
    pub can_wait: bool,
}

/// What `amount_vnd` does to a request. Late money pays all the same what is still owed.
#[must_use]
pub fn receive(now: Standing, amount_vnd: i64) -> Received {
    let paid = matches!(now.state, RequestState::Paid | RequestState::Overpaid);
    let over = now
        .held_vnd
        .saturating_add(amount_vnd)
        .saturating_sub(now.asked_vnd);
    if paid || !now.owed || (over < 0 && !now.can_wait) {
        return Received {
            request: if paid {
                RequestState::Overpaid
            } else {
                now.state
            },
            money: MoneyState::ToRefund,
            refund_vnd: amount_vnd,
            settles: false,
        };
    }
    let (request, money) = match over {
        ..0 => (RequestState::PartlyPaid, MoneyState::Held),
        0 => (RequestState::Paid, MoneyState::Matched),
        1.. => (RequestState::Overpaid, MoneyState::ToRefund),
    };
    Received {
        request,
        money,
        refund_vnd: over.max(0),
        settles: over >= 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 29).unwrap()
    }

    #[test]
    fn a_reference_fits_where_a_bank_carries_it() {
        let made = reference(day(), 42).unwrap();
        assert!(made.starts_with("MC26112900042") && made.len() == 15);
        assert!(made.len() <= crate::vietqr::LONGEST_PURPOSE);
        assert_eq!(reference(day(), 0), None);
        assert_eq!(reference(day(), MOST_A_DAY + 1), None);
    }

    #[test]
    fn a_bank_may_fold_a_text_as_it_likes() {
        let made = reference(day(), 7).unwrap();
        let lower = made.to_lowercase();
        let (a, b) = made.split_at(6);
        for text in [
            made.clone(),
            format!("MBVCB.7731.{lower}.CT tu 0071000 NGUYEN VAN A"),
            format!("nộp phí {a} {b} cho phường"),
            format!("IBFT {a}-{b}0912345678"),
            format!("X{a}\n{b}X"),
        ] {
            assert_eq!(
                references_in(&text),
                BTreeSet::from([made.clone()]),
                "{text}"
            );
        }
        assert!(references_in("nop le phi ho tich").is_empty());
        let other = reference(day(), 8).unwrap();
        assert_eq!(references_in(&format!("{made} {other}")).len(), 2);
    }

    proptest! {
        #[test]
        fn one_wrong_or_two_swapped_digits_are_no_reference(n in 1..=MOST_A_DAY, at in 2_usize..15, by in 1_u8..10) {
            let made = reference(day(), n).unwrap();
            let mut wrong = made.clone().into_bytes();
            wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
            prop_assert!(references_in(std::str::from_utf8(&wrong).unwrap()).is_empty());
            let mut swapped = made.clone().into_bytes();
            if at < 14 && swapped[at] != swapped[at + 1] {
                swapped.swap(at, at + 1);
                prop_assert!(references_in(std::str::from_utf8(&swapped).unwrap()).is_empty());
            }
            prop_assert_eq!(references_in(&made), BTreeSet::from([made.clone()]));
        }

        #[test]
        fn however_money_comes_a_request_is_settled_once_and_every_dong_is_somewhere(
            asked in 1..=10_000_000_i64,
            came in prop::collection::vec(1..=10_000_000_i64, 0..12),
        ) {
            let (mut state, mut had, mut refund, mut settled) = (RequestState::Waiting, 0_i64, 0_i64, 0);
            for amount in came {
                let now = Standing { state, asked_vnd: asked, held_vnd: had, owed: settled == 0, can_wait: true };
                let done = receive(now, amount);
                had += amount;
                refund += done.refund_vnd;
                settled += i32::from(done.settles);
                state = done.request;
                prop_assert!(settled <= 1);
                prop_assert_eq!(refund, (had - asked).max(0));
                let expected = match had - asked {
                    ..0 => RequestState::PartlyPaid,
                    0 => RequestState::Paid,
                    _ => RequestState::Overpaid,
                };
                prop_assert_eq!(state, expected);
            }
        }
    }

    #[test]
    fn what_comes_late_pays_what_is_still_owed_and_goes_back_otherwise() {
        let of = |state, owed, can_wait| Standing {
            state,
            asked_vnd: 8_000,
            held_vnd: 0,
            owed,
            can_wait,
        };
        let late = receive(of(RequestState::Expired, true, false), 8_000);
        assert_eq!((late.request, late.settles), (RequestState::Paid, true));
        let ended = receive(of(RequestState::Cancelled, false, false), 8_000);
        assert_eq!(
            (ended.request, ended.money),
            (RequestState::Cancelled, MoneyState::ToRefund)
        );
        assert_eq!(ended.refund_vnd, 8_000);
        let part = receive(of(RequestState::Expired, true, true), 3_000);
        assert_eq!(
            (part.request, part.money),
            (RequestState::PartlyPaid, MoneyState::Held)
        );
        let part = receive(of(RequestState::Cancelled, true, false), 3_000);
        assert_eq!(
            (part.request, part.money, part.refund_vnd),
            (RequestState::Cancelled, MoneyState::ToRefund, 3_000)
        );
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(RequestState::Waiting.at(now, now), RequestState::Expired);
        assert_eq!(
            RequestState::PartlyPaid.at(now, now),
            RequestState::PartlyPaid
        );
    }
}
