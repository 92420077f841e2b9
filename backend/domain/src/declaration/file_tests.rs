//! The forms that come with the program are sound, and name what the catalogue names.

use std::collections::BTreeSet;

use serde_json::Value;

use super::form::key;
use super::*;
use crate::catalogue::national;

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn forms() -> &'static [DeclarationForm] {
    shipped().expect("the embedded files parse")
}

#[test]
fn there_are_ten_forms_for_ten_procedures_of_the_catalogue() {
    let known: BTreeSet<String> = national()
        .expect("the catalogue")
        .procedures
        .into_iter()
        .map(|p| p.code)
        .collect();
    let codes: BTreeSet<&str> = forms().iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes.len(), 10);
    for form in forms() {
        assert!(!form.procedures.is_empty(), "{}", form.code);
        for procedure in &form.procedures {
            assert!(known.contains(procedure), "{}: {procedure}", form.code);
        }
    }
}

#[test]
fn a_number_is_one_form_and_says_what_is_to_be_checked() {
    let mut seen = BTreeSet::new();
    for form in forms() {
        assert!(seen.insert((&form.code, &form.number)), "{}", form.code);
        assert!(form.source.contains("Cần kiểm tra"), "{}", form.code);
        let (_, version) = form.number.split_once('.').expect("a version");
        assert!(version.parse::<u32>().is_ok(), "{}", form.number);
        assert_eq!(
            numbered(&form.code, &form.number).expect("forms"),
            Some(form)
        );
    }
    let day = |text: &str| text.parse().expect("a day");
    assert_eq!(in_force(day("2026-03-02")).expect("forms").len(), 10);
    assert!(in_force(day("2025-06-30")).expect("forms").is_empty());
}

#[test]
fn every_word_is_one_and_every_text_is_in_both_languages() {
    for form in forms() {
        let mut keys = BTreeSet::new();
        let mut texts = vec![&form.title, &form.addressed_to, &form.pledge];
        texts.extend(&form.others_sign);
        for party in &form.parties {
            assert!(is_word(&party.key), "{}", party.key);
            texts.push(&party.name);
            assert!(
                form.sections
                    .iter()
                    .any(|s| s.party.as_ref() == Some(&party.key)),
                "{}: {} is described nowhere",
                form.code,
                party.key
            );
        }
        assert!(form.declarants().count() > 0, "{}", form.code);
        for section in &form.sections {
            assert!(is_word(&section.key), "{}", section.key);
            texts.push(&section.name);
            if let Some(party) = &section.party {
                assert!(form.party(party).is_some(), "{}: {party}", form.code);
            }
            for field in &section.fields {
                assert!(is_word(&field.key), "{}", field.key);
                assert!(
                    keys.insert(key(section, field)),
                    "{}: {}",
                    form.code,
                    field.key
                );
                texts.push(&field.name);
                texts.extend(field.options.iter().map(|o| &o.name));
            }
        }
        for text in texts {
            assert!(
                !text.vi.trim().is_empty() && !text.en.trim().is_empty(),
                "{}",
                form.code
            );
        }
        let asked = form.sections.iter().any(|s| s.key == "copies");
        assert_eq!(form.copies, asked, "{}", form.code);
    }
}

#[test]
fn a_field_is_filled_by_what_it_can_hold() {
    for form in forms() {
        for section in &form.sections {
            for field in &section.fields {
                let place = format!("{} {}/{}", form.code, section.key, field.key);
                assert_eq!(
                    field.kind == FieldKind::Choice,
                    !field.options.is_empty(),
                    "{place}"
                );
                assert!((1..=2_000).contains(&field.max_length), "{place}");
                let wanted = match field.card {
                    None => continue,
                    Some(CardPart::FullName | CardPart::Address) => FieldKind::Text,
                    Some(CardPart::IdentityNumber) => FieldKind::IdentityNumber,
                    Some(CardPart::BirthDate | CardPart::IssuedOn) => FieldKind::Date,
                    Some(CardPart::Sex) => FieldKind::Choice,
                };
                assert_eq!(field.kind, wanted, "{place}");
                assert!(section.party.is_some(), "{place}: whose card?");
                if field.card == Some(CardPart::Sex) {
                    let words: Vec<&str> = field.options.iter().map(|o| o.value.as_str()).collect();
                    assert_eq!(words, ["male", "female"], "{place}");
                }
            }
        }
        // Who declares is known by name and number.
        for party in form.declarants() {
            for part in [CardPart::FullName, CardPart::IdentityNumber] {
                let key = form.key_of(&party.key, part).expect("a field");
                assert!(
                    form.field(&key).is_some_and(|(_, f)| f.required),
                    "{} {key}",
                    form.code
                );
            }
        }
    }
}

#[test]
fn the_schema_names_every_field_and_what_is_required() {
    for form in forms() {
        let schema = schema(form);
        let fields: usize = form.sections.iter().map(|s| s.fields.len()).sum();
        assert_eq!(
            schema["properties"].as_object().map(serde_json::Map::len),
            Some(fields)
        );
        let required = form
            .sections
            .iter()
            .flat_map(|s| &s.fields)
            .filter(|f| f.required);
        assert_eq!(
            schema["required"].as_array().map(Vec::len),
            Some(required.count())
        );
        assert_eq!(schema["additionalProperties"], Value::Bool(false));
    }
}
