//! Codes of dossiers, agencies and procedures (DOMAIN §4.1–§4.3).
//!
//! A dossier's code is opaque once given and valid for ever; a new national scheme is announced
//! (Decree 309/2026 Art 12.2), so that each code is kept with the name of its scheme.

#[cfg(test)]
mod tests;

use crate::person::fault;
use crate::refusal::Refusal;
use crate::text::TextFault;
use chrono::{Datelike, NaiveDate};

/// The scheme in use: unit code, reception date, number of the day (Circular 01/2018 Art 19,
/// Decision 20/2020/QĐ-TTg).
pub const SCHEME: &str = "e_code-yymmdd-nnnn";

/// The last number of a day.
pub const LAST_OF_DAY: u32 = 9_999;

/// A dossier code taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierCode {
    /// Code of the receiving unit.
    pub e_code: String,
    /// Local date of reception.
    pub date: NaiveDate,
    /// Number of the dossier on that day, 1 … 99999.
    pub sequence: u32,
}

/// The code of the `sequence`th dossier a unit received on a local date.
///
/// # Errors
/// `code_sequence_exhausted` over 9999 (it must fail loudly, never wrap) and for 0;
/// `e_code_invalid`.
pub fn format_dossier_code(
    e_code: &str,
    date: NaiveDate,
    sequence: u32,
) -> Result<String, Refusal> {
    check_e_code(e_code)
        .map_err(|fault| Refusal::new(fault.code, fault.detail.vi, fault.detail.en))?;
    if !(1..=LAST_OF_DAY).contains(&sequence) {
        return Err(Refusal::new(
            "code_sequence_exhausted",
            format!("Đơn vị {e_code} đã dùng hết {LAST_OF_DAY} mã hồ sơ trong ngày."),
            format!("Unit {e_code} has used all {LAST_OF_DAY} dossier codes of the day."),
        ));
    }
    Ok(format!("{e_code}-{}-{sequence:04}", date.format("%y%m%d")))
}

/// Takes a code of either family apart: `000.00.12.H56-240115-0007`, `H26.14.101-260302-0001`.
///
/// # Errors
/// `dossier_code_invalid`.
pub fn parse_dossier_code(code: &str) -> Result<DossierCode, TextFault> {
    read_dossier_code(code.trim()).ok_or_else(|| {
        fault(
            "dossier_code_invalid",
            "Mã hồ sơ không đúng, ví dụ: H26.14.101-260302-0001.",
            "Not a dossier code; for example: H26.14.101-260302-0001.",
        )
    })
}

fn read_dossier_code(code: &str) -> Option<DossierCode> {
    let mut parts = code.rsplitn(3, '-');
    let (sequence, date, e_code) = (parts.next()?, parts.next()?, parts.next()?);
    if !is_e_code(e_code) || !digits(date, 6..=6) || !digits(sequence, 4..=5) {
        return None;
    }
    let number: u32 = date.parse().ok()?;
    let year = i32::try_from(2000 + number / 10_000).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number / 100 % 100, number % 100)?;
    let sequence = sequence.parse().ok().filter(|n| *n > 0)?;
    Some(DossierCode {
        e_code: e_code.to_owned(),
        date,
        sequence,
    })
}

/// Whether an agency's electronic code is well formed: `H26.14.101` (levels from left to right,
/// Decision 20/2020) or the older `000.00.12.H56`.
///
/// # Errors
/// `e_code_invalid`.
pub fn check_e_code(e_code: &str) -> Result<(), TextFault> {
    if is_e_code(e_code) {
        return Ok(());
    }
    Err(fault(
        "e_code_invalid",
        "Mã định danh điện tử không đúng, ví dụ: H26.14.101.",
        "Not an agency's electronic code; for example: H26.14.101.",
    ))
}

fn is_e_code(e_code: &str) -> bool {
    let groups: Vec<&str> = e_code.split('.').collect();
    match groups.as_slice() {
        [a, b, c, province] if digits(a, 3..=3) && digits(b, 2..=2) && digits(c, 2..=2) => {
            is_province(province)
        }
        [province, levels @ ..] => {
            is_province(province) && levels.len() <= 4 && levels.iter().all(|l| digits(l, 1..=4))
        }
        [] => false,
    }
}

/// `A`…`Y` and two digits.
fn is_province(group: &str) -> bool {
    matches!(group.as_bytes(), [b'A'..=b'Y', b'0'..=b'9', b'0'..=b'9'])
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The national code inside a procedure code: `2.000815` itself, or with a local ending
/// (`2.000815.000.00.00.H55`, `1.000948.H38`). None when it is no procedure code.
#[must_use]
pub fn national_procedure_code(code: &str) -> Option<String> {
    let mut groups = code.trim().splitn(3, '.');
    let (kind, number) = (groups.next()?, groups.next()?);
    let local = groups.next().is_none_or(|rest| {
        let last = rest.rsplit('.').next().unwrap_or_default();
        is_province(last) && rest.split('.').all(|g| is_province(g) || digits(g, 2..=3))
    });
    (digits(kind, 1..=1) && digits(number, 6..=6) && local).then(|| format!("{kind}.{number}"))
}

/// Whether it is a national procedure code, `1.001193`.
#[must_use]
pub fn is_procedure_code(code: &str) -> bool {
    national_procedure_code(code).as_deref() == Some(code)
}

/// The short reference of a dossier in a bank message, at most 25 ASCII characters, that survives
/// folded case and lost punctuation: `HS2511220007` (DOMAIN §7.6).
#[must_use]
pub fn payment_reference(code: &DossierCode) -> String {
    let date = code.date;
    let yy = date.year().rem_euclid(100);
    format!(
        "HS{yy:02}{:02}{:02}{:04}",
        date.month(),
        date.day(),
        code.sequence
    )
}
