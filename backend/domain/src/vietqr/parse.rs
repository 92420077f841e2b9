//! Reading a payload strictly: checksum, lengths inside lengths, every field in its range.

use super::{
    GUID, LARGEST_AMOUNT_VND, LONGEST_PURPOSE, Service, checksum, is_account, is_bank_bin,
};
use crate::refusal::Refusal;

/// What a payload says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VietQr {
    /// Amount fixed and meant for one use, against reusable and without amount.
    pub dynamic: bool,
    /// BIN of the beneficiary's bank.
    pub bank_bin: String,
    /// Account or card number.
    pub account_number: String,
    /// Account or card.
    pub service: Service,
    /// Đồng.
    pub amount_vnd: Option<i64>,
    /// Message to the beneficiary.
    pub purpose: Option<String>,
    /// Name of the merchant, if given.
    pub merchant_name: Option<String>,
    /// City of the merchant, if given.
    pub merchant_city: Option<String>,
}

/// Reads a payload.
///
/// # Errors
/// `vietqr_invalid` naming the field that is wrong: text that is not ASCII, a wrong checksum, a
/// length that does not fit, a field missing, doubled or out of range, a static code with an amount
/// or a dynamic one without.
pub fn parse(payload: &str) -> Result<VietQr, Refusal> {
    let payload = payload.trim();
    if payload.is_empty()
        || payload.len() > 512
        || !payload.bytes().all(|b| (0x20..0x7f).contains(&b))
    {
        return Err(invalid(
            "nội dung phải là ký tự ASCII",
            "it must be plain ASCII",
        ));
    }
    check_crc(payload)?;
    let fields = fields(payload)?;
    let fixed = |tag: &str, value: &str| {
        if get(&fields, tag) == Some(value) {
            Ok(())
        } else {
            Err(field(tag))
        }
    };
    if fields.first().map(|(tag, _)| *tag) != Some("00") {
        return Err(field("00"));
    }
    fixed("00", "01")?;
    fixed("53", "704")?;
    fixed("58", "VN")?;
    let dynamic = match get(&fields, "01") {
        Some("11") => false,
        Some("12") => true,
        _ => return Err(field("01")),
    };
    let amount_vnd = get(&fields, "54").map(amount).transpose()?;
    if amount_vnd.is_some() != dynamic {
        return Err(field("54"));
    }
    let (bank_bin, account_number, service) =
        beneficiary(get(&fields, "38").ok_or_else(|| field("38"))?)?;
    check_lengths(&fields)?;
    let purpose = match get(&fields, "62") {
        Some(additional) => purpose(additional)?,
        None => None,
    };
    let owned = |tag: &str| get(&fields, tag).map(str::to_owned);
    Ok(VietQr {
        dynamic,
        bank_bin,
        account_number,
        service,
        amount_vnd,
        purpose,
        merchant_name: owned("59"),
        merchant_city: owned("60"),
    })
}

fn invalid(vi: &str, en: &str) -> Refusal {
    let (vi, en) = (
        format!("Mã VietQR không hợp lệ: {vi}."),
        format!("Not a valid VietQR payload: {en}."),
    );
    Refusal::new("vietqr_invalid", vi.clone(), en.clone()).field(
        "/payload",
        "vietqr_invalid",
        vi,
        en,
    )
}

fn field(tag: &str) -> Refusal {
    invalid(&format!("trường {tag}"), &format!("field {tag}"))
}

/// The last eight characters are `6304` and the checksum of all before them and of `6304`.
fn check_crc(payload: &str) -> Result<(), Refusal> {
    let split = payload.len().saturating_sub(4);
    let wrong = || invalid("mã kiểm tra CRC sai", "the checksum is wrong");
    let (body, crc) = payload.split_at_checked(split).ok_or_else(wrong)?;
    if body.ends_with("6304") && crc == format!("{:04X}", checksum(body)) {
        Ok(())
    } else {
        Err(wrong())
    }
}

/// Splits into tag and value; every length must fit, no tag may come twice.
fn fields(text: &str) -> Result<Vec<(&str, &str)>, Refusal> {
    let short = || invalid("độ dài trường không khớp", "a length does not fit");
    let mut fields: Vec<(&str, &str)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (tag, after) = rest.split_at_checked(2).ok_or_else(short)?;
        let (length, after) = after.split_at_checked(2).ok_or_else(short)?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(tag) || !digits(length) {
            return Err(short());
        }
        let length: usize = length.parse().map_err(|_| short())?;
        let (value, after) = after.split_at_checked(length).ok_or_else(short)?;
        if length == 0 || fields.iter().any(|(t, _)| *t == tag) {
            return Err(field(tag));
        }
        fields.push((tag, value));
        rest = after;
    }
    Ok(fields)
}

fn get<'a>(fields: &[(&'a str, &'a str)], tag: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(t, _)| *t == tag)
        .map(|(_, value)| *value)
}

/// Digits only, no leading zero: đồng have no fraction.
fn amount(text: &str) -> Result<i64, Refusal> {
    if text.len() > 13 || text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(field("54"));
    }
    text.parse()
        .ok()
        .filter(|a| (1..=LARGEST_AMOUNT_VND).contains(a))
        .ok_or_else(|| field("54"))
}

fn beneficiary(text: &str) -> Result<(String, String, Service), Refusal> {
    let account = fields(text)?;
    if get(&account, "00") != Some(GUID) {
        return Err(field("38.00"));
    }
    let service = match get(&account, "02") {
        Some("QRIBFTTA") => Service::Account,
        Some("QRIBFTTC") => Service::Card,
        _ => return Err(field("38.02")),
    };
    let bank = fields(get(&account, "01").ok_or_else(|| field("38.01"))?)?;
    let bin = get(&bank, "00")
        .filter(|b| is_bank_bin(b))
        .ok_or_else(|| field("38.01.00"))?;
    let number = get(&bank, "01")
        .filter(|n| is_account(n, service))
        .ok_or_else(|| field("38.01.01"))?;
    Ok((bin.to_owned(), number.to_owned(), service))
}

/// Longest values of the optional fields.
fn check_lengths(all: &[(&str, &str)]) -> Result<(), Refusal> {
    for (tag, most) in [("59", 25), ("60", 15), ("61", 10)] {
        if get(all, tag).is_some_and(|v| v.len() > most) {
            return Err(field(tag));
        }
    }
    match get(all, "52") {
        Some(mcc) if mcc.len() != 4 || !mcc.bytes().all(|b| b.is_ascii_digit()) => Err(field("52")),
        _ => Ok(()),
    }
}

fn purpose(additional: &str) -> Result<Option<String>, Refusal> {
    let inner = fields(additional)?;
    if inner.iter().any(|(_, value)| value.len() > LONGEST_PURPOSE) {
        return Err(field("62"));
    }
    Ok(get(&inner, "08").map(str::to_owned))
}
