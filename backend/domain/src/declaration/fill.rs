//! What a card fills in, days in words, and what is odd about a person's fields taken together.

use chrono::{Datelike as _, NaiveDate};

use super::form::{CardPart, DeclarationForm};
use super::values::{Values, check, dmy, read_date};
use crate::amount::in_words;
use crate::citizen_card::CitizenCard;
use crate::person::{BirthDate, Sex, Warning, identity_warnings};

/// What a card filled in, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The values, each with its key.
    pub values: Vec<(String, String)>,
    /// What the card said that is odd, or that its field does not take.
    pub warnings: Vec<Warning>,
}

fn part(card: &CitizenCard, part: CardPart) -> Option<String> {
    match part {
        CardPart::FullName => Some(card.full_name.clone()),
        CardPart::IdentityNumber => Some(card.identity_number.clone()),
        CardPart::BirthDate => card.birth_date.map(|birth| match birth {
            BirthDate::Year(year) => format!("{year:04}"),
            BirthDate::Day(day) => dmy(day),
        }),
        CardPart::Sex => card.sex.map(|sex| sex.as_str().to_owned()),
        CardPart::Address => card.address.clone(),
        CardPart::IssuedOn => card.issued_on.map(dmy),
    }
}

/// What somebody's card fills of a form. What the card does not say stays as it was.
#[must_use]
pub fn from_card(
    form: &DeclarationForm,
    party: &str,
    card: &CitizenCard,
    today: NaiveDate,
) -> Filled {
    let mut filled = Filled {
        values: Vec::new(),
        warnings: card.warnings.clone(),
    };
    for (key, field) in form.fields_of(party) {
        let Some(said) = field.card.and_then(|p| part(card, p)) else {
            continue;
        };
        match check(field, &said, today) {
            Ok(Some(value)) => filled.values.push((key, value)),
            Ok(None) => {}
            Err(_) => filled.warnings.push(Warning::new(
                "card_value_not_taken",
                format!(
                    "Thẻ ghi mục “{}” không dùng được; hãy nhập tay.",
                    field.name.vi
                ),
                format!(
                    "What the card says of “{}” cannot be used; type it.",
                    field.name.en
                ),
            )),
        }
    }
    filled
}

/// What is odd about the people of a declaration: a number beside its birth date and sex.
#[must_use]
pub fn odd(form: &DeclarationForm, values: &Values) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = Vec::new();
    for party in &form.parties {
        let said = |part| {
            form.key_of(&party.key, part)
                .and_then(|key| values.get(&key))
        };
        let Some(number) = said(CardPart::IdentityNumber) else {
            continue;
        };
        let birth = said(CardPart::BirthDate).and_then(|text| read_date(text));
        let sex = said(CardPart::Sex).and_then(|text| Sex::parse(text));
        for warning in identity_warnings(number, birth, sex) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    warnings
}

/// A number in words, without a unit.
fn number_words(n: i64) -> Option<String> {
    let words = in_words(n).ok()?;
    words.strip_suffix(" đồng").map(ToOwned::to_owned)
}

/// A day in words: `ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu`.
#[must_use]
pub fn date_in_words(day: NaiveDate) -> Option<String> {
    let month = match day.month() {
        4 => "tư".to_owned(),
        month => number_words(month.into())?,
    };
    Some(format!(
        "ngày {} tháng {month} năm {}",
        number_words(day.day().into())?,
        number_words(day.year().into())?
    ))
}
