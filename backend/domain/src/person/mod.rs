//! People and organisations: who owns a dossier, and what can be checked about them (DOMAIN §4.4).
//!
//! What is impossible is a fault and refused; what is merely odd is a warning, for errors exist in
//! old papers and the officer sees the person.

mod identity;
#[cfg(test)]
mod tests;

use crate::refusal::{FieldError, Text};
use crate::text::{TextFault, clean_line, nfc};
use crate::words::words;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

pub use identity::{
    Sex, check_identity_number, check_owner_number, check_passport, check_tax_code,
    identity_birth_year, identity_warnings, is_identity_number,
};

/// Longest name taken, in characters.
pub const LONGEST_NAME: usize = 200;

/// Nobody alive was born earlier.
const EARLIEST_BIRTH_YEAR: i32 = 1880;

words! {
    /// What the owner of a dossier is.
    OwnerKind {
        /// Công dân.
        Citizen => "citizen",
        /// Doanh nghiệp.
        Business => "business",
        /// Cơ quan nhà nước.
        StateBody => "state_body",
        /// Tổ chức.
        Organisation => "organisation",
        /// Khác.
        Other => "other",
    }
}

/// Something odd that does not stop anyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable code, snake_case.
    pub code: &'static str,
    /// What is odd.
    pub detail: Text,
}

impl Warning {
    pub(crate) fn new(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            detail: Text::new(vi, en),
        }
    }
}

/// A fault under a stable code.
pub(crate) fn fault(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> TextFault {
    TextFault {
        code,
        detail: Text::new(vi, en),
    }
}

/// A birth date: often only the year is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BirthDate {
    /// Only the year.
    Year(i32),
    /// The whole date.
    Day(NaiveDate),
}

impl BirthDate {
    /// Reads `YYYY` or `YYYY-MM-DD`.
    ///
    /// # Errors
    /// `birth_date_invalid` when it is neither or no such date exists, `birth_date_in_future` when it
    /// is after `today`, `birth_date_too_early` before 1880.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, TextFault> {
        let date = Self::read(text.trim()).ok_or_else(|| {
            fault(
                "birth_date_invalid",
                "Ngày sinh phải là năm (YYYY) hoặc ngày có thật (YYYY-MM-DD).",
                "A birth date is a year (YYYY) or an existing date (YYYY-MM-DD).",
            )
        })?;
        let future = match date {
            Self::Year(year) => year > today.year(),
            Self::Day(day) => day > today,
        };
        if future {
            return Err(fault(
                "birth_date_in_future",
                "Ngày sinh không thể ở tương lai.",
                "A birth date cannot be in the future.",
            ));
        }
        if date.year() < EARLIEST_BIRTH_YEAR {
            return Err(fault(
                "birth_date_too_early",
                format!("Năm sinh không thể trước {EARLIEST_BIRTH_YEAR}."),
                format!("A birth year cannot be before {EARLIEST_BIRTH_YEAR}."),
            ));
        }
        Ok(date)
    }

    fn read(text: &str) -> Option<Self> {
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year] if year.len() == 4 && all_digits(year) => year.parse().ok().map(Self::Year),
            [year, month, day]
                if (year.len(), month.len(), day.len()) == (4, 2, 2)
                    && [year, month, day].into_iter().all(|p| all_digits(p)) =>
            {
                let day = day.parse().ok()?;
                NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day).map(Self::Day)
            }
            _ => None,
        }
    }

    /// The year of birth.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) => year,
            Self::Day(day) => day.year(),
        }
    }
}

impl std::fmt::Display for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// A phone number as it is stored: ten digits (mobile) or ten to eleven (landline), from `0`.
/// `+84` and `84` in front, spaces, dots, hyphens and brackets are taken.
///
/// # Errors
/// `phone_invalid`.
pub fn normalise_phone(text: &str) -> Result<String, TextFault> {
    let compact: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')'))
        .collect();
    let national = match compact.strip_prefix("+84") {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => match compact.strip_prefix("84") {
            Some(rest) if compact.len() >= 11 => format!("0{rest}"),
            _ => compact,
        },
    };
    let bytes = national.as_bytes();
    let digits = bytes.iter().all(u8::is_ascii_digit);
    let sound = match bytes {
        [b'0', b'3' | b'5' | b'7' | b'8' | b'9', ..] => bytes.len() == 10,
        [b'0', b'2', ..] => (10..=11).contains(&bytes.len()),
        _ => false,
    };
    if digits && sound {
        return Ok(national);
    }
    Err(fault(
        "phone_invalid",
        "Số điện thoại không đúng: di động 10 số (03, 05, 07, 08, 09) hoặc máy bàn (02).",
        "Not a phone number: 10 digits for mobiles (03, 05, 07, 08, 09), or a landline (02).",
    ))
}

/// An e-mail address that could exist: one `@`, a dotted domain, no spaces. The domain is put in
/// lower case.
///
/// # Errors
/// `email_invalid`.
pub fn normalise_email(text: &str) -> Result<String, TextFault> {
    let text = text.trim();
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let local = |l: &str| {
        (1..=64).contains(&l.len())
            && !l.starts_with('.')
            && !l.ends_with('.')
            && !l.contains("..")
            && l.chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
    };
    if let Some((user, domain)) = text.rsplit_once('@')
        && text.len() <= 254
        && local(user)
        && domain.contains('.')
        && domain.split('.').all(label)
    {
        return Ok(format!("{user}@{}", domain.to_ascii_lowercase()));
    }
    Err(fault(
        "email_invalid",
        "Địa chỉ thư điện tử không đúng, ví dụ: ten@example.vn.",
        "Not an e-mail address; for example: name@example.vn.",
    ))
}

/// A name as it is stored: one line, NFC. People have letters, spaces, apostrophes, hyphens and dots;
/// organisations digits and ordinary punctuation besides. No pictures, no markup.
///
/// # Errors
/// `required`, `too_long` (over 200 characters), `control_character`, `name_invalid`.
pub fn check_name(kind: OwnerKind, text: &str) -> Result<String, TextFault> {
    let name = clean_line(text, LONGEST_NAME)?;
    if name.is_empty() {
        return Err(fault(
            "required",
            "Không được để trống.",
            "Must not be empty.",
        ));
    }
    let person = matches!(kind, OwnerKind::Citizen | OwnerKind::Other);
    let sound = |c: char| {
        c.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(c, ' ' | '\'' | '’' | '-' | '.')
            || (!person
                && (c.is_ascii_digit()
                    || matches!(
                        c,
                        ',' | '&'
                            | '/'
                            | '('
                            | ')'
                            | '"'
                            | '“'
                            | '”'
                            | '+'
                            | ':'
                            | '–'
                            | '№'
                            | '@'
                            | '!'
                    )))
    };
    if !name.chars().all(sound) || !name.chars().any(char::is_alphabetic) {
        return Err(fault(
            "name_invalid",
            "Tên chỉ gồm chữ cái, khoảng trắng và dấu câu thông thường.",
            "A name has letters, spaces and ordinary punctuation only.",
        ));
    }
    Ok(nfc(&name))
}

/// Puts a fault, if there is one, among the errors of a request and gives the good value.
pub fn collect<T>(
    result: Result<T, TextFault>,
    pointer: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(fault) => {
            errors.push(fault.at(pointer));
            None
        }
    }
}
