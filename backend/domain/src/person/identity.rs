//! Numbers that name a person or an organisation.

use super::{BirthDate, OwnerKind, Warning, fault};
use crate::text::TextFault;
use crate::words::words;

words! {
    /// Giới tính, as the number and the card say it.
    Sex {
        /// Nam.
        Male => "male",
        /// Nữ.
        Female => "female",
    }
}

/// Codes of the 63 provinces before 1/7/2025, in which births were registered; unchanged by the
/// mergers (Decree 137/2015).
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// What one writes between digits and does not mean.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-'))
        .collect()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether it is 12 digits, the shape of a personal identity number.
#[must_use]
pub fn is_identity_number(text: &str) -> bool {
    text.len() == 12 && all_digits(text)
}

/// A citizen's number as it is stored: 12 digits (số định danh cá nhân) or the 9 digits of an old
/// CMND; spaces, dots and hyphens are dropped.
///
/// # Errors
/// `identity_number_invalid`.
pub fn check_identity_number(text: &str) -> Result<String, TextFault> {
    let number = compact(text);
    if all_digits(&number) && matches!(number.len(), 9 | 12) {
        return Ok(number);
    }
    let n = number.chars().count();
    Err(fault(
        "identity_number_invalid",
        format!("Số định danh cá nhân gồm 12 chữ số (CMND cũ: 9 chữ số); đã nhập {n} ký tự."),
        format!("An identity number has 12 digits (an old CMND 9); {n} characters were given."),
    ))
}

/// A passport number: one letter and 7 or 8 digits for a Vietnamese one; foreign ones 5 to 20
/// letters and digits. Upper case, spaces dropped.
///
/// # Errors
/// `passport_invalid`.
pub fn check_passport(text: &str) -> Result<String, TextFault> {
    let number = compact(text).to_ascii_uppercase();
    let sound = number.chars().all(|c| c.is_ascii_alphanumeric())
        && number.chars().any(|c| c.is_ascii_digit())
        && (5..=20).contains(&number.len());
    if sound {
        return Ok(number);
    }
    Err(fault(
        "passport_invalid",
        "Số hộ chiếu gồm 5 đến 20 chữ cái và chữ số.",
        "A passport number has 5 to 20 letters and digits.",
    ))
}

/// A tax code: 10 digits with their check digit, or 10 and a branch of 3 (`0100109106-001`), or the
/// 12 digits of a person (household business since 1/7/2025). Stored without spaces.
///
/// # Errors
/// `tax_code_invalid`.
pub fn check_tax_code(text: &str) -> Result<String, TextFault> {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let code: String = text.chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    let (main, branch) = match code.split_once('-') {
        Some((main, branch)) => (main, Some(branch)),
        None => (code.as_str(), None),
    };
    let checked = || {
        let digits: Vec<u32> = main.chars().filter_map(|c| c.to_digit(10)).collect();
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
        // 10 − (Σ mod 11); a remainder of 0 would give 10 and is never issued.
        digits.get(9).copied() == Some(10 - sum % 11)
    };
    let sound = match (main.len(), branch) {
        (10, None) => all_digits(main) && checked(),
        (10, Some(b)) => all_digits(main) && checked() && b.len() == 3 && all_digits(b),
        (12, None) => all_digits(main),
        _ => false,
    };
    if sound {
        return Ok(code);
    }
    Err(fault(
        "tax_code_invalid",
        "Mã số thuế gồm 10 chữ số (hoặc 10-3), đúng chữ số kiểm tra; hộ kinh doanh dùng 12 số định danh.",
        "A tax code has 10 digits (or 10-3) with the right check digit; a household business uses 12.",
    ))
}

/// The number of an owner of this kind, as it is stored: a citizen's 12 or 9 digits or passport, an
/// organisation's tax code (or the 12 digits of the person behind it).
///
/// # Errors
/// `identity_number_invalid`, `passport_invalid`, `tax_code_invalid`.
pub fn check_owner_number(kind: OwnerKind, text: &str) -> Result<String, TextFault> {
    match kind {
        OwnerKind::Business => check_tax_code(text),
        OwnerKind::StateBody | OwnerKind::Organisation => {
            check_tax_code(text).or_else(|fault| check_identity_number(text).map_err(|_| fault))
        }
        OwnerKind::Citizen | OwnerKind::Other => {
            if text.chars().any(|c| c.is_ascii_alphabetic()) {
                check_passport(text)
            } else {
                check_identity_number(text)
            }
        }
    }
}

/// The year of birth that a 12-digit number says: its fourth digit tells the century, the two after it the
/// year. None for other numbers.
#[must_use]
pub fn identity_birth_year(number: &str) -> Option<i32> {
    if !is_identity_number(number) {
        return None;
    }
    let digit = |at| number.chars().nth(at).and_then(|c| c.to_digit(10));
    let (century, tens, ones) = (digit(3)?, digit(4)?, digit(5)?);
    i32::try_from(1900 + century / 2 * 100 + tens * 10 + ones).ok()
}

/// What is odd about a 12-digit number beside the declared birth date and sex: there is no check
/// digit, and errors exist, so nothing here refuses anyone. Other numbers give no warning.
#[must_use]
pub fn identity_warnings(number: &str, birth: Option<BirthDate>, sex: Option<Sex>) -> Vec<Warning> {
    let digits: Vec<u16> = number
        .chars()
        .filter_map(|c| c.to_digit(10))
        .filter_map(|d| u16::try_from(d).ok())
        .collect();
    let ([a, b, c, century, ..], Some(year)) = (digits.as_slice(), identity_birth_year(number))
    else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    if !PROVINCES.contains(&(a * 100 + b * 10 + c)) {
        warnings.push(Warning::new(
            "province_unknown",
            format!("Ba số đầu {a}{b}{c} không phải mã tỉnh, thành phố nào."),
            format!("The first three digits {a}{b}{c} are no province's code."),
        ));
    }
    if let Some(birth) = birth
        && birth.year() != year
    {
        warnings.push(Warning::new(
            "birth_year_differs",
            format!(
                "Số định danh cho năm sinh {year}, khai báo là {}.",
                birth.year()
            ),
            format!("The number says born {year}, declared is {}.", birth.year()),
        ));
    }
    let says = if century % 2 == 0 {
        Sex::Male
    } else {
        Sex::Female
    };
    if let Some(sex) = sex
        && sex != says
    {
        warnings.push(Warning::new(
            "sex_differs",
            "Giới tính khai báo khác với số định danh.",
            "The declared sex differs from the number.",
        ));
    }
    warnings
}
