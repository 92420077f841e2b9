//! VietQR payloads: EMVCo merchant-presented codes of NAPAS (DOMAIN §7.6).

mod banks;
mod parse;
#[cfg(test)]
mod tests;

use crate::refusal::{FieldError, Refusal, Text};
use crate::text::to_ascii;
use crate::words::words;
use crc::{CRC_16_IBM_3740, Crc};

pub use banks::bank_name;
pub use parse::{VietQr, parse};

/// Identifier of the VietQR scheme inside tag 38.
const GUID: &str = "A000000727";

/// Longest purpose, in characters after folding.
pub const LONGEST_PURPOSE: usize = 25;

/// Largest amount: 13 digits.
pub const LARGEST_AMOUNT_VND: i64 = 9_999_999_999_999;

/// CRC-16/CCITT-FALSE under its catalogue name.
const CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

words! {
    /// Where the money goes.
    Service {
        /// To an account.
        Account => "account",
        /// To a card.
        Card => "card",
    }
}

impl Service {
    /// The word inside the payload.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Account => "QRIBFTTA",
            Self::Card => "QRIBFTTC",
        }
    }
}

/// What a code is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Six digits, 970xxx.
    pub bank_bin: String,
    /// Up to 19 letters and digits; a card number digits only.
    pub account_number: String,
    /// Đồng, 1 … 10^13−1; none makes a static code to be used again and again.
    pub amount_vnd: Option<i64>,
    /// Message to the beneficiary; folded to ASCII, then at most 25 characters.
    pub purpose: Option<String>,
    /// Account or card.
    pub service: Service,
}

/// The checksum of a payload up to and including `6304`.
#[must_use]
pub fn checksum(payload: &str) -> u16 {
    CRC.checksum(payload.as_bytes())
}

/// Builds the payload.
///
/// # Errors
/// `purpose_too_long` when the folded purpose has more than 25 characters; `validation_failed` with
/// `bank_bin_invalid`, `account_number_invalid`, `amount_out_of_range`.
pub fn encode(request: &Request) -> Result<String, Refusal> {
    let faults = faults(request);
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults));
    }
    let purpose = request.purpose.as_deref().map(to_ascii).unwrap_or_default();
    if purpose.len() > LONGEST_PURPOSE {
        let (vi, en) = (
            format!(
                "Nội dung chuyển khoản dài {} ký tự không dấu, tối đa {LONGEST_PURPOSE}.",
                purpose.len()
            ),
            format!(
                "The purpose has {} characters without marks, at most {LONGEST_PURPOSE}.",
                purpose.len()
            ),
        );
        return Err(
            Refusal::new("purpose_too_long", vi.clone(), en.clone()).field(
                "/purpose",
                "purpose_too_long",
                vi,
                en,
            ),
        );
    }
    let bank = tlv("00", &request.bank_bin) + &tlv("01", &request.account_number);
    let account = tlv("00", GUID) + &tlv("01", &bank) + &tlv("02", request.service.code());
    let mut payload = tlv("00", "01");
    payload += &tlv(
        "01",
        if request.amount_vnd.is_some() {
            "12"
        } else {
            "11"
        },
    );
    payload += &tlv("38", &account);
    payload += &tlv("53", "704");
    if let Some(amount) = request.amount_vnd {
        payload += &tlv("54", &amount.to_string());
    }
    payload += &tlv("58", "VN");
    if !purpose.is_empty() {
        payload += &tlv("62", &tlv("08", &purpose));
    }
    payload += "6304";
    let crc = checksum(&payload);
    Ok(format!("{payload}{crc:04X}"))
}

/// One field. Values are ASCII and shorter than 100 by the checks before.
fn tlv(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

fn faults(request: &Request) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, code, vi: String, en: String| {
        faults.push(FieldError {
            pointer: pointer.to_owned(),
            code,
            detail: Text { vi, en },
        });
    };
    if !is_bank_bin(&request.bank_bin) {
        fault(
            "/bank_bin",
            "bank_bin_invalid",
            "Mã ngân hàng gồm 6 chữ số, bắt đầu bằng 970.".to_owned(),
            "A bank's BIN has 6 digits and begins with 970.".to_owned(),
        );
    }
    if !is_account(&request.account_number, request.service) {
        fault(
            "/account_number",
            "account_number_invalid",
            "Số tài khoản gồm 1 đến 19 chữ cái không dấu và chữ số; số thẻ gồm 13 đến 19 chữ số."
                .to_owned(),
            "An account number has 1 to 19 letters and digits; a card number 13 to 19 digits."
                .to_owned(),
        );
    }
    if request
        .amount_vnd
        .is_some_and(|a| !(1..=LARGEST_AMOUNT_VND).contains(&a))
    {
        fault(
            "/amount_vnd",
            "amount_out_of_range",
            "Số tiền phải từ 1 đến 9.999.999.999.999 đồng.".to_owned(),
            "The amount must be 1 to 9,999,999,999,999 đồng.".to_owned(),
        );
    }
    faults
}

/// Whether a text can be the BIN of a Vietnamese bank: six digits from 970.
#[must_use]
pub fn is_bank_bin(bin: &str) -> bool {
    bin.len() == 6 && bin.starts_with("970") && bin.bytes().all(|b| b.is_ascii_digit())
}

fn is_account(number: &str, service: Service) -> bool {
    match service {
        Service::Account => {
            (1..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric())
        }
        Service::Card => {
            (13..=19).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        }
    }
}
