//! The text in the QR code of a citizen's card, read leniently (DOMAIN §4.4).
//!
//! `number|old CMND|name|ddMMyyyy|sex|residence|ddMMyyyy issued`, seven parts; the cards of 2024 add
//! more. A scanner drops, doubles or garbles things: what can be understood is taken, what cannot is
//! said, and only without a number and a name nothing is left to read.

#[cfg(test)]
mod tests;

use crate::person::{
    BirthDate, Sex, Warning, identity_birth_year, identity_warnings, is_identity_number,
};
use crate::refusal::Refusal;
use crate::text::{fold_vi, nfc};
use chrono::{Datelike as _, NaiveDate};

/// Longest text a card can hold.
const LONGEST: usize = 1_000;

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenCard {
    /// 12 digits.
    pub identity_number: String,
    /// The 9 (or 12) digits of the paper it replaced.
    pub old_identity_number: Option<String>,
    /// As printed, NFC.
    pub full_name: String,
    /// Whole, or the year alone.
    pub birth_date: Option<BirthDate>,
    /// Nam, Nữ.
    pub sex: Option<Sex>,
    /// Permanent residence.
    pub address: Option<String>,
    /// Date of issue.
    pub issued_on: Option<NaiveDate>,
    /// What is odd or could not be read.
    pub warnings: Vec<Warning>,
}

/// Reads the text of a scanned card.
///
/// # Errors
/// `card_unreadable` when it holds no 12-digit number with a name, is longer than 1,000 characters
/// or has control characters inside, but for tabs and ends of lines.
pub fn parse(text: &str) -> Result<CitizenCard, Refusal> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if text.chars().count() > LONGEST || text.chars().any(strange) {
        return Err(unreadable());
    }
    let parts: Vec<String> = parts(text).into_iter().map(clean).collect();
    let card = in_order(&parts)
        .or_else(|| by_shape(&parts))
        .ok_or_else(unreadable)?;
    Ok(check(card, text))
}

/// What stands between the bars; where there is none, between what some scanners and their keyboards send
/// in its place.
fn parts(text: &str) -> Vec<&str> {
    let bar = ['|', '｜', '¦', '\t']
        .into_iter()
        .find(|c| text.contains(*c));
    match bar {
        Some(bar) => text.split(bar).collect(),
        None => text.lines().collect(),
    }
}

/// A part without what nobody sees, its digits the common ones.
fn clean(part: &str) -> String {
    let seen: String = part
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect();
    let words: Vec<&str> = seen.split_whitespace().collect();
    nfc(&words.join(" "))
}

/// Whether a text shows what Vietnamese letters become when their bytes are read as of another code page:
/// `Nguyá»…n`. Ã and á are letters of names as well; what follows them then is never a sign.
fn of_another_code_page(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|two| match two {
        ('á', sign) => matches!(sign, '»' | 'º'),
        ('Ã' | 'Ä' | 'Å' | 'Æ', sign) => {
            matches!(sign, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{2122}')
        }
        _ => false,
    })
}

fn unreadable() -> Refusal {
    let (vi, en) = (
        "Không đọc được nội dung thẻ. Hãy quét lại hoặc nhập tay.",
        "The card's text cannot be read. Scan it again or type it.",
    );
    Refusal::new("card_unreadable", vi, en).field("/text", "card_unreadable", vi, en)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn is_old_number(text: &str) -> bool {
    matches!(text.len(), 9 | 12) && text.bytes().all(|b| b.is_ascii_digit())
}

/// `ddMMyyyy`, also written with `/`, `-` or `.`.
fn card_date(text: &str) -> Option<NaiveDate> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, '/' | '-' | '.'))
        .collect();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::parse_from_str(&digits, "%d%m%Y").ok()
}

/// A date, or a year alone: `1960`, `00001960`.
fn card_birth(text: &str) -> Option<BirthDate> {
    if let Some(date) = card_date(text) {
        return Some(BirthDate::Day(date));
    }
    let year = text.strip_prefix("0000").unwrap_or(text);
    let digits = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = if digits {
        year.parse().ok()?
    } else {
        return None;
    };
    (1880..2200)
        .contains(&year)
        .then_some(BirthDate::Year(year))
}

fn card_sex(text: &str) -> Option<Sex> {
    match fold_vi(text).as_str() {
        "nam" => Some(Sex::Male),
        "nu" => Some(Sex::Female),
        _ => None,
    }
}

fn looks_like_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
        && !text.chars().any(|c| c.is_ascii_digit() || c == ',')
        && card_sex(text).is_none()
}

/// The seven parts where they belong; parts after them are new and not needed.
fn in_order(parts: &[String]) -> Option<CitizenCard> {
    let [number, old, name, birth, sex, address, rest @ ..] = parts else {
        return None;
    };
    let belongs = is_identity_number(number)
        && (old.is_empty() || is_old_number(old))
        && looks_like_name(name)
        && (card_birth(birth).is_some() || card_sex(sex).is_some());
    if !belongs {
        return None;
    }
    let mut warnings = Vec::new();
    let mut missing = |code, given: &str, read: bool, vi: &str, en: &str| {
        if !read {
            let (vi, en) = if given.is_empty() {
                (
                    format!("Thẻ không có {vi}."),
                    format!("The card has no {en}."),
                )
            } else {
                (
                    format!("Không đọc được {vi}: “{given}”."),
                    format!("The {en} cannot be read: “{given}”."),
                )
            };
            warnings.push(Warning::new(code, vi, en));
        }
    };
    let issued = rest.first().map_or("", String::as_str);
    let (birth_date, said, issued_on) = (card_birth(birth), card_sex(sex), card_date(issued));
    missing(
        "birth_date_unreadable",
        birth,
        birth_date.is_some(),
        "ngày sinh",
        "birth date",
    );
    missing("sex_unreadable", sex, said.is_some(), "giới tính", "sex");
    missing(
        "address_missing",
        address,
        !address.is_empty(),
        "nơi thường trú",
        "residence",
    );
    missing(
        "issued_on_unreadable",
        issued,
        issued_on.is_some(),
        "ngày cấp",
        "date of issue",
    );
    Some(CitizenCard {
        identity_number: number.clone(),
        old_identity_number: some(old),
        full_name: name.clone(),
        birth_date,
        sex: said,
        address: some(address),
        issued_on,
        warnings,
    })
}

/// Parts missing or out of order: each is taken for what it looks like, with a warning.
fn by_shape(parts: &[String]) -> Option<CitizenCard> {
    if parts.len() < 2 {
        return None;
    }
    let mut left: Vec<&String> = parts.iter().filter(|p| !p.is_empty()).collect();
    let mut take = |fits: &dyn Fn(&str) -> bool| {
        let at = left.iter().position(|p| fits(p.as_str()))?;
        Some(left.remove(at).clone())
    };
    let identity_number = take(&is_identity_number)?;
    let full_name = take(&looks_like_name)?;
    let old_identity_number = take(&is_old_number);
    let first = take(&|p| card_date(p).is_some());
    let second = take(&|p| card_date(p).is_some());
    let sex = take(&|p| card_sex(p).is_some()).and_then(|p| card_sex(&p));
    let address =
        take(&|p| p.contains(',')).or_else(|| take(&|p| p.chars().any(char::is_alphabetic)));
    let date = |part: Option<String>| part.and_then(|p| card_date(&p));
    // Nobody gets a card before being born, whatever order the scanner gives.
    let (birth, issued) = match (date(first), date(second)) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        // One alone is the day of birth if the number says so too.
        (Some(one), None) if identity_birth_year(&identity_number) != Some(one.year()) => {
            (None, Some(one))
        }
        (one, _) => (one, None),
    };
    Some(CitizenCard {
        identity_number,
        old_identity_number,
        full_name,
        birth_date: birth.map(BirthDate::Day),
        sex,
        address,
        issued_on: issued,
        warnings: vec![Warning::new(
            "card_out_of_order",
            "Nội dung thẻ thiếu hoặc sai thứ tự; hãy đối chiếu từng mục.",
            "Parts of the card are missing or out of order; compare each field.",
        )],
    })
}

/// Compares what the card says with itself.
fn check(mut card: CitizenCard, text: &str) -> CitizenCard {
    let odd = identity_warnings(&card.identity_number, card.birth_date, card.sex);
    card.warnings.extend(odd);
    if text.contains('\u{fffd}') || card.full_name.contains('?') || of_another_code_page(text) {
        card.warnings.push(Warning::new(
            "text_damaged",
            "Máy quét làm hỏng dấu tiếng Việt; hãy sửa họ tên và địa chỉ.",
            "The scanner damaged Vietnamese letters; correct name and address.",
        ));
    }
    if let (Some(BirthDate::Day(born)), Some(issued)) = (card.birth_date, card.issued_on)
        && issued < born
    {
        card.warnings.push(Warning::new(
            "issued_before_birth",
            "Ngày cấp thẻ trước ngày sinh.",
            "The card was issued before the birth date.",
        ));
    }
    card
}
