//! What the fields of a declaration may hold: each value as it is stored, what is missing, what it reads on paper.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value, json};

use super::fill::date_in_words;
use super::form::{CardPart, DeclarationForm, Field, FieldKind, key};
use crate::amount::grouped;
use crate::person::{BirthDate, OwnerKind, check_owner_number, fault};
use crate::refusal::FieldError;
use crate::text::{TextFault, clean_line, clean_text};

/// Values by their keys `section/field`; what is empty is not there.
pub type Values = BTreeMap<String, String>;

/// The JSON pointer of a value in a request: the key's `/` is written `~1`.
#[must_use]
pub fn pointer(key: &str) -> String {
    format!("/values/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn number_fault() -> TextFault {
    fault(
        "number_invalid",
        "Phải là số nguyên, không âm.",
        "It must be a whole number, not below zero.",
    )
}

/// A whole number as it is stored: digits alone, `1.000.000` and `1 000` are taken.
fn number(text: &str, most: usize) -> Result<String, TextFault> {
    let compact: String = clean_line(text, most.saturating_mul(2))?
        .chars()
        .filter(|c| !matches!(c, ' ' | '.'))
        .collect();
    if compact.is_empty() || !compact.bytes().all(|b| b.is_ascii_digit()) {
        return Err(number_fault());
    }
    let digits = compact.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    if digits.len() > most || digits.parse::<i64>().is_err() {
        return Err(fault(
            "too_long",
            format!("Số có tối đa {most} chữ số."),
            format!("At most {most} digits."),
        ));
    }
    Ok(digits.to_owned())
}

fn year_alone(text: &str) -> Option<BirthDate> {
    let sound = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    sound
        .then(|| text.parse().ok())
        .flatten()
        .map(BirthDate::Year)
}

/// A day in one of the ways people write it: `2/3/1990`, `02-03-1990`, `02.03.1990`, `02031990`.
fn day(text: &str) -> Option<NaiveDate> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text
        .split(['/', '-', '.'])
        .map(str::trim)
        .collect::<Vec<_>>();
    match parts.as_slice() {
        [day, month, year]
            if digits(day)
                && digits(month)
                && digits(year)
                && day.len() <= 2
                && month.len() <= 2
                && year.len() == 4 =>
        {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [all] if all.len() == 8 && digits(all) => NaiveDate::parse_from_str(all, "%d%m%Y").ok(),
        _ => None,
    }
}

/// A day as declarations write it.
pub(super) fn dmy(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// A stored day, or a year alone.
pub(super) fn read_date(text: &str) -> Option<BirthDate> {
    year_alone(text).or_else(|| day(text).map(BirthDate::Day))
}

fn date(field: &Field, text: &str, today: NaiveDate) -> Result<String, TextFault> {
    let alone = field.card == Some(CardPart::BirthDate);
    let line = clean_line(text, 20)?;
    let read = match read_date(&line) {
        Some(BirthDate::Year(_)) if !alone => None,
        read => read,
    };
    let Some(read) = read.filter(|d| (1800..=2200).contains(&d.year())) else {
        return Err(if alone {
            fault(
                "date_invalid",
                "Phải là ngày có thật (ngày/tháng/năm) hoặc năm sinh.",
                "It must be an existing day (dd/mm/yyyy) or a year.",
            )
        } else {
            fault(
                "date_invalid",
                "Phải là ngày có thật, viết ngày/tháng/năm.",
                "It must be an existing day, written dd/mm/yyyy.",
            )
        });
    };
    let ahead = match read {
        BirthDate::Year(year) => year > today.year(),
        BirthDate::Day(day) => day > today,
    };
    if field.past && ahead {
        return Err(fault(
            "date_in_future",
            "Ngày này không thể ở tương lai.",
            "This day cannot be in the future.",
        ));
    }
    Ok(match read {
        BirthDate::Year(year) => format!("{year:04}"),
        BirthDate::Day(day) => dmy(day),
    })
}

/// Whether the paper can write a letter: what the forms' typeface has of Latin script and its signs. A test sets
/// a paper with all of them.
#[must_use]
pub fn is_printable(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{36f}' | '\u{1e00}'..='\u{1e9b}' | '\u{1e9e}'
        | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}' | '\u{2012}'..='\u{2022}' | '\u{2026}' | '\u{2030}'
        | '\u{2032}'..='\u{2034}' | '\u{2039}' | '\u{203a}' | '\u{20ab}' | '\u{2116}' | '\u{2122}')
}

/// A value as it is stored: NFC, trimmed, numbers and days in one spelling. None when it is empty.
///
/// # Errors
/// `too_long`, `control_character`, `character_not_taken`, `date_invalid`, `date_in_future`, `number_invalid`, `unknown_value`,
/// `identity_number_invalid`, `passport_invalid`.
pub fn check(field: &Field, text: &str, today: NaiveDate) -> Result<Option<String>, TextFault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let most = field.max_length;
    let value = match field.kind {
        FieldKind::Text => clean_line(text, most)?,
        FieldKind::LongText => {
            let spaces = |c: char| {
                if c != '\n' && c.is_whitespace() {
                    ' '
                } else {
                    c
                }
            };
            let text: String = text.replace("\r\n", "\n").chars().map(spaces).collect();
            clean_text(&text, most)?
        }
        FieldKind::Date => date(field, text, today)?,
        FieldKind::Number => number(text, most)?,
        FieldKind::IdentityNumber => {
            let line = clean_line(text, 60)?;
            check_owner_number(OwnerKind::Citizen, &line)?
        }
        FieldKind::Choice => {
            let line = clean_line(text, 60)?;
            if !field.options.iter().any(|o| o.value == line) {
                return Err(fault(
                    "unknown_value",
                    "Không có lựa chọn này.",
                    "There is no such option.",
                ));
            }
            line
        }
    };
    if let Some(strange) = value.chars().find(|c| !is_printable(*c) && *c != '\n') {
        return Err(fault(
            "character_not_taken",
            format!("Giấy không in được ký tự “{strange}”."),
            format!("The paper cannot write “{strange}”."),
        ));
    }
    Ok((!value.is_empty()).then_some(value))
}

/// What keeps a declaration from being read back: what is missing, and what is not as it should be.
#[must_use]
pub fn faults(form: &DeclarationForm, values: &Values, today: NaiveDate) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for section in &form.sections {
        for field in &section.fields {
            let key = key(section, field);
            let found = match values.get(&key) {
                Some(value) => check(field, value, today),
                None => Ok(None),
            };
            match found {
                Ok(None) if field.required => faults.push(FieldError::new(
                    pointer(&key),
                    "required",
                    format!("Chưa có: {} – {}.", section.name.vi, field.name.vi),
                    format!("Missing: {} – {}.", section.name.en, field.name.en),
                )),
                Ok(_) => {}
                Err(fault) => faults.push(fault.at(pointer(&key))),
            }
        }
    }
    faults
}

/// A stored value as the paper writes it.
#[must_use]
pub fn written(field: &Field, value: &str) -> String {
    match field.kind {
        FieldKind::Choice => field
            .options
            .iter()
            .find(|o| o.value == value)
            .map_or_else(|| value.to_owned(), |o| o.name.vi.clone()),
        FieldKind::Number => value
            .parse()
            .map_or_else(|_| value.to_owned(), |n: i64| grouped(n)),
        FieldKind::Date if field.in_words => match day(value).and_then(date_in_words) {
            Some(words) => format!("{value} (ghi bằng chữ: {words})"),
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

/// A field's values as JSON Schema.
fn field_schema(field: &Field) -> Value {
    let mut schema = json!({
        "type": "string", "title": field.name.vi, "description": field.name.en, "minLength": 1,
    });
    let Value::Object(members) = &mut schema else {
        return schema;
    };
    match field.kind {
        FieldKind::Text | FieldKind::LongText => {
            members.insert("maxLength".into(), json!(field.max_length));
        }
        FieldKind::Date if field.card == Some(CardPart::BirthDate) => {
            members.insert("pattern".into(), json!(r"^([0-9]{2}/[0-9]{2}/)?[0-9]{4}$"));
        }
        FieldKind::Date => {
            members.insert("pattern".into(), json!(r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$"));
        }
        FieldKind::Number => {
            let pattern = format!(
                "^(0|[1-9][0-9]{{0,{}}})$",
                field.max_length.saturating_sub(1)
            );
            members.insert("pattern".into(), json!(pattern));
        }
        FieldKind::IdentityNumber => {
            members.insert(
                "pattern".into(),
                json!("^([0-9]{9}|[0-9]{12}|[A-Z0-9]{5,20})$"),
            );
        }
        FieldKind::Choice => {
            let words: Vec<&str> = field.options.iter().map(|o| o.value.as_str()).collect();
            members.insert("enum".into(), json!(words));
        }
    }
    schema
}

/// The stored values of a whole declaration of this form, as JSON Schema.
#[must_use]
pub fn schema(form: &DeclarationForm) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for section in &form.sections {
        for field in &section.fields {
            let key = key(section, field);
            if field.required {
                required.push(key.clone());
            }
            properties.insert(key, field_schema(field));
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title.vi,
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}
