//! What a bank says of money that came, whichever way it says it.

use chrono::{DateTime, Utc};

use crate::refusal::{FieldError, Refusal};
use crate::text::clean_line;
use crate::vietqr::LARGEST_AMOUNT_VND;
use crate::words::words;

/// Longest name a bank gives to a movement.
const LONGEST_REFERENCE: usize = 64;
/// Longest text of a transfer that is read.
const LONGEST_TEXT: usize = 500;
/// Longest name of a payer.
const LONGEST_NAME: usize = 150;

words! {
    /// What became of what a bank told.
    NoticeState {
        /// It is on disk, and nothing was made of it yet.
        Stored => "stored",
        /// The money it tells of is kept.
        Done => "done",
        /// It tells of an account that nobody named here.
        UnknownAccount => "unknown_account",
        /// It is kept, and nothing could be made of it: a payment that failed, that nobody asked for, of
        /// another sum, or of what is not owed any more.
        NotApplied => "not_applied",
        /// It cannot be believed, or cannot be right.
        Refused => "refused",
    }
}

words! {
    /// Where an account that an authority collects to stands.
    AccountState {
        /// Named by one person, to be confirmed by another.
        Proposed => "proposed",
        /// What is asked goes to it.
        Collecting => "collecting",
        /// Nothing more is asked to it.
        Ended => "ended",
    }
}

/// Money that came to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The bank's own name of the movement: the same however often it is told.
    pub bank_reference: String,
    /// BIN of the bank where the account is.
    pub bank_bin: String,
    /// The account it came to.
    pub account_number: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// The transfer's text.
    pub description: String,
    /// When the bank booked it.
    pub booked_at: DateTime<Utc>,
    /// Who paid, where the bank says so.
    pub payer_name: Option<String>,
    /// From which account, where the bank says so.
    pub payer_account: Option<String>,
}

/// What the payment platform says of a payment that was made online.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Online {
    /// The reference it was asked for under.
    pub reference: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// Whether it was made: one that failed is told of too.
    pub paid: bool,
}

/// What is told of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Telling {
    /// A bank: it came to an account.
    Came(Notice),
    /// The payment platform: it was paid online; the bank tells of it later.
    Online(Online),
}

words! {
    /// Why nothing was made of what the payment platform told.
    NotApplied {
        /// Nobody was asked for anything under this reference.
        ReferenceUnknown => "reference_unknown",
        /// It was not paid.
        PaymentFailed => "payment_failed",
        /// The dossier owes nothing any more: what comes to the account goes back.
        NotOwed => "not_owed",
        /// The dossier owes another sum.
        AmountDiffers => "amount_differs",
    }
}

/// What a bank says, before it is known whether that can be right.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the members of a notice")]
pub struct Told {
    pub bank_reference: String,
    pub bank_bin: String,
    pub account_number: String,
    /// None: it is no whole number.
    pub amount_vnd: Option<i64>,
    pub currency: String,
    pub description: String,
    /// None: it is no time.
    pub booked_at: Option<DateTime<Utc>>,
    pub payer_name: Option<String>,
    pub payer_account: Option<String>,
}

impl Told {
    /// The notice, if every part of it can be right.
    ///
    /// # Errors
    /// `validation_failed` with `amount_out_of_range`, `currency_not_vnd`, `account_unreadable`,
    /// `reference_unreadable`, `time_unreadable`, at the members as a bank calls them here.
    pub fn into_notice(self) -> Result<Notice, Refusal> {
        let mut faults = Vec::new();
        let mut fault = |pointer: &str, code, vi: &str, en: &str| {
            faults.push(FieldError::new(pointer, code, vi, en));
        };
        let amount = self
            .amount_vnd
            .filter(|a| (1..=LARGEST_AMOUNT_VND).contains(a));
        if amount.is_none() {
            fault(
                "/amount_vnd",
                "amount_out_of_range",
                "Số tiền là số nguyên đồng, từ 1 đến 9.999.999.999.999.",
                "The amount is a whole number of đồng, 1 to 9,999,999,999,999.",
            );
        }
        if self.currency != "VND" {
            fault(
                "/currency",
                "currency_not_vnd",
                "Chỉ nhận tiền Việt Nam (VND).",
                "Only Vietnamese đồng (VND) are taken.",
            );
        }
        let plain = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric())
        };
        if !plain(&self.account_number, 19) {
            fault(
                "/account_number",
                "account_unreadable",
                "Số tài khoản gồm tối đa 19 chữ và số.",
                "An account number has up to 19 letters and digits.",
            );
        }
        if !plain(&self.bank_bin, 6) {
            fault(
                "/bank_bin",
                "account_unreadable",
                "Mã ngân hàng gồm 6 chữ số.",
                "A bank's BIN has 6 digits.",
            );
        }
        let reference = self.bank_reference.trim().to_owned();
        let visible = reference.bytes().all(|c| c.is_ascii_graphic());
        if reference.is_empty() || reference.len() > LONGEST_REFERENCE || !visible {
            fault(
                "/transaction_id",
                "reference_unreadable",
                "Mã giao dịch của ngân hàng gồm tối đa 64 ký tự không dấu, không khoảng trắng.",
                "The bank's name of a movement has up to 64 visible ASCII characters.",
            );
        }
        if self.booked_at.is_none() {
            fault(
                "/booked_at",
                "time_unreadable",
                "Thời điểm hạch toán có ngày, giờ và múi giờ.",
                "The time of booking has date, time and zone.",
            );
        }
        let (Some(amount_vnd), Some(booked_at), true) = (amount, self.booked_at, faults.is_empty())
        else {
            return Err(Refusal::invalid(faults));
        };
        let line = |text: Option<String>, most: usize| {
            text.map(|t| shown(&t, most)).filter(|t| !t.is_empty())
        };
        Ok(Notice {
            bank_reference: reference,
            bank_bin: self.bank_bin,
            account_number: self.account_number,
            amount_vnd,
            description: shown(&self.description, LONGEST_TEXT),
            booked_at,
            payer_name: line(self.payer_name, LONGEST_NAME),
            payer_account: line(self.payer_account, 34),
        })
    }
}

/// A line of a bank's text: nothing in it is a reason to lose money that came, so what cannot stand in a
/// line is left out and what is too long is cut.
pub fn shown(text: &str, most: usize) -> String {
    let mut buffer = [0; 4];
    let visible: String = text
        .chars()
        .take(most)
        .map(|c| match clean_line(c.encode_utf8(&mut buffer), 4) {
            Ok(_) => c,
            Err(_) => ' ',
        })
        .collect();
    clean_line(&visible, 4 * most).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        Told {
            bank_reference: "FT26333000123".into(),
            bank_bin: "970436".into(),
            account_number: "0011004455667".into(),
            amount_vnd: Some(8_000),
            currency: "VND".into(),
            description: "MC2611290000142\u{202e} nop le phi\u{0}".into(),
            booked_at: Some(DateTime::UNIX_EPOCH),
            payer_name: Some("NGUYEN VAN A".into()),
            payer_account: Some(String::new()),
        }
    }

    #[test]
    fn a_notice_is_taken_whatever_its_text() {
        let notice = told().into_notice().unwrap();
        assert_eq!(notice.description, "MC2611290000142 nop le phi");
        assert_eq!(notice.payer_account, None);
        let long = Told {
            description: "x".repeat(10_000),
            ..told()
        };
        assert_eq!(long.into_notice().unwrap().description.len(), LONGEST_TEXT);
    }

    #[test]
    fn each_part_that_cannot_be_right_is_named() {
        for (wrong, pointer) in [
            (
                Told {
                    amount_vnd: None,
                    ..told()
                },
                "/amount_vnd",
            ),
            (
                Told {
                    amount_vnd: Some(0),
                    ..told()
                },
                "/amount_vnd",
            ),
            (
                Told {
                    amount_vnd: Some(-8_000),
                    ..told()
                },
                "/amount_vnd",
            ),
            (
                Told {
                    amount_vnd: Some(1_000_000_000_000_000_000),
                    ..told()
                },
                "/amount_vnd",
            ),
            (
                Told {
                    currency: "USD".into(),
                    ..told()
                },
                "/currency",
            ),
            (
                Told {
                    account_number: "0011 0044".into(),
                    ..told()
                },
                "/account_number",
            ),
            (
                Told {
                    bank_bin: String::new(),
                    ..told()
                },
                "/bank_bin",
            ),
            (
                Told {
                    bank_reference: " ".into(),
                    ..told()
                },
                "/transaction_id",
            ),
            (
                Told {
                    booked_at: None,
                    ..told()
                },
                "/booked_at",
            ),
        ] {
            let refused = wrong.into_notice().unwrap_err();
            assert_eq!(refused.errors[0].pointer, pointer);
        }
    }
}
