use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::citizen_card::parse;
use crate::text::nfc;

const CARD: &str =
    "001085012345|012345678|Nguyễn Văn An|21041985|Nam|Số 5 Hàng Bài, Hoàn Kiếm, Hà Nội|15062021";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn today() -> NaiveDate {
    day("2026-03-02")
}

fn form(code: &str) -> &'static DeclarationForm {
    in_force(today())
        .expect("forms")
        .into_iter()
        .find(|f| f.code == code)
        .expect("a form of this code")
}

fn field(code: &str, key: &str) -> &'static Field {
    form(code).field(key).expect("a field").1
}

fn checked(code: &str, key: &str, text: &str) -> Result<Option<String>, &'static str> {
    check(field(code, key), text, today()).map_err(|f| f.code)
}

#[test]
fn a_card_fills_everything_that_the_form_asks_of_it() {
    let card = parse(CARD).expect("a card");
    for form in in_force(today()).expect("forms") {
        for party in &form.parties {
            let filled = from_card(form, &party.key, &card, today());
            let asked = form.fields_of(&party.key).filter(|(_, f)| f.card.is_some());
            assert_eq!(
                filled.values.len(),
                asked.count(),
                "{} {}",
                form.code,
                party.key
            );
            assert!(filled.warnings.is_empty(), "{:?}", filled.warnings);
        }
    }
    let filled = from_card(form("death"), "deceased", &card, today()).values;
    for (key, value) in [
        ("deceased/full_name", "Nguyễn Văn An"),
        ("deceased/birth_date", "21/04/1985"),
        ("deceased/sex", "male"),
        ("deceased/address", "Số 5 Hàng Bài, Hoàn Kiếm, Hà Nội"),
        ("deceased/identity_number", "001085012345"),
        ("deceased/id_issued_on", "15/06/2021"),
    ] {
        assert!(
            filled.contains(&(key.to_owned(), value.to_owned())),
            "{key}"
        );
    }
    assert!(
        from_card(form("death"), "nobody", &card, today())
            .values
            .is_empty()
    );
}

#[test]
fn half_a_card_fills_half_and_says_so() {
    let card = parse("001085012345|Nguyễn Văn An").expect("a number and a name");
    let filled = from_card(form("death"), "deceased", &card, today());
    assert_eq!(filled.values.len(), 2);
    assert!(
        filled
            .warnings
            .iter()
            .any(|w| w.code == "card_out_of_order")
    );
}

#[test]
fn days_are_taken_as_people_write_them_and_kept_in_one_spelling() {
    for text in ["2/3/1990", "02-03-1990", " 02.03.1990 ", "02031990"] {
        assert_eq!(
            checked("death", "deceased/birth_date", text),
            Ok(Some("02/03/1990".into())),
            "{text}"
        );
    }
    assert_eq!(
        checked("death", "deceased/birth_date", "1960"),
        Ok(Some("1960".into()))
    );
    for (key, text, code) in [
        ("deceased/birth_date", "31/02/1990", "date_invalid"),
        ("deceased/birth_date", "29/02/1900", "date_invalid"),
        ("deceased/birth_date", "03/03/2026", "date_in_future"),
        ("deceased/birth_date", "2027", "date_in_future"),
        ("death/died_on", "2026", "date_invalid"),
        ("death/died_on", "hôm qua", "date_invalid"),
    ] {
        assert_eq!(checked("death", key, text), Err(code), "{text}");
    }
    // A day that may come.
    assert_eq!(
        checked("temporary_residence", "change/to", "2/3/2028"),
        Ok(Some("02/03/2028".into()))
    );
}

#[test]
fn other_kinds_are_kept_in_one_spelling_too() {
    assert_eq!(
        checked("household_business", "business/capital", " 1.000.000 000 "),
        Ok(Some("1000000000".into()))
    );
    assert_eq!(
        checked("household_business", "business/capital", "-5"),
        Err("number_invalid")
    );
    assert_eq!(
        checked("marriage", "wife/marriage_count", "100"),
        Err("too_long")
    );
    assert_eq!(
        checked("marriage", "wife/identity_number", "001 085 012 345"),
        Ok(Some("001085012345".into()))
    );
    assert_eq!(
        checked("marriage", "wife/identity_number", "12345"),
        Err("identity_number_invalid")
    );
    assert_eq!(
        checked("marital_status", "status/state", "single"),
        Ok(Some("single".into()))
    );
    assert_eq!(
        checked("marital_status", "status/state", "happy"),
        Err("unknown_value")
    );
    assert_eq!(
        checked("birth", "child/full_name", "Nguye\u{302}\u{303}n   Mai "),
        Ok(Some("Nguyễn Mai".into()))
    );
    assert_eq!(
        checked("birth", "child/full_name", "a\u{7}b"),
        Err("control_character")
    );
    assert_eq!(
        checked("birth", "child/full_name", &"a".repeat(201)),
        Err("too_long")
    );
    assert_eq!(
        checked("birth", "child/full_name", "Nguyễn 😀"),
        Err("character_not_taken")
    );
    assert_eq!(checked("birth", "child/full_name", "  "), Ok(None));
    assert_eq!(
        checked("guardianship", "guardianship/reason", " a\u{a0}b\tc\r\nd "),
        Ok(Some("a b c\nd".into()))
    );
}

#[test]
fn what_is_missing_is_pointed_at() {
    let form = form("birth");
    let mut values = Values::new();
    let missing = faults(form, &values, today());
    let required = form
        .sections
        .iter()
        .flat_map(|s| &s.fields)
        .filter(|f| f.required);
    assert_eq!(missing.len(), required.count());
    assert!(
        missing
            .iter()
            .any(|f| f.pointer == "/values/child~1birth_place" && f.code == "required")
    );
    values.insert("child/birth_date".into(), "31/02/2026".into());
    let wrong = faults(form, &values, today());
    assert!(
        wrong
            .iter()
            .any(|f| f.pointer == "/values/child~1birth_date" && f.code == "date_invalid")
    );
}

#[test]
fn the_paper_writes_choices_numbers_and_days_as_people_read_them() {
    assert_eq!(written(field("birth", "child/sex"), "female"), "Nữ");
    assert_eq!(
        written(field("household_business", "business/capital"), "100000000"),
        "100.000.000"
    );
    assert_eq!(
        written(field("birth", "child/birth_date"), "21/04/2026"),
        "21/04/2026 (ghi bằng chữ: ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu)"
    );
    assert_eq!(
        date_in_words(day("1995-10-05")).as_deref(),
        Some("ngày năm tháng mười năm một nghìn chín trăm chín mươi lăm")
    );
}

#[test]
fn a_number_that_does_not_fit_its_birth_date_is_odd() {
    let mut values = Values::new();
    values.insert("deceased/identity_number".into(), "001085012345".into());
    values.insert("deceased/birth_date".into(), "21/04/1985".into());
    values.insert("deceased/sex".into(), "male".into());
    assert!(odd(form("death"), &values).is_empty());
    values.insert("deceased/birth_date".into(), "1986".into());
    assert!(!odd(form("death"), &values).is_empty());
}

#[test]
fn a_touch_is_no_signature() {
    let p = |x, y| Point { x, y };
    let code = |strokes: &[Vec<Point>]| inked(strokes).map_err(|f| (f.pointer, f.code));
    assert_eq!(code(&[]), Err(("/strokes".into(), "no_ink")));
    assert_eq!(
        code(&[vec![p(5, 5)], vec![p(900, 300)]]),
        Err(("/strokes".into(), "no_ink"))
    );
    assert_eq!(
        code(&[vec![p(5, 5), p(1001, 5)]]),
        Err(("/strokes/0/1".into(), "out_of_range"))
    );
    assert_eq!(
        code(&[vec![p(5, 5), p(5, 401)]]),
        Err(("/strokes/0/1".into(), "out_of_range"))
    );
    assert_eq!(
        code(&vec![vec![p(1, 1)]; 201]),
        Err(("/strokes".into(), "too_many"))
    );
    assert_eq!(
        code(&[vec![p(1, 1); 5001]]),
        Err(("/strokes".into(), "too_many"))
    );
    assert_eq!(code(&[vec![p(100, 100), p(400, 300)]]), Ok(()));
}

fn any_field() -> impl Strategy<Value = &'static Field> {
    let all: Vec<&'static Field> = shipped()
        .expect("forms")
        .iter()
        .flat_map(|f| f.sections.iter().flat_map(|s| &s.fields))
        .collect();
    proptest::sample::select(all)
}

proptest! {
    /// Whatever is typed: what is taken is NFC, within its length, and taken again as it is.
    #[test]
    fn what_is_taken_is_taken_again_as_it_is(field in any_field(), text in "\\PC{0,80}|[0-9 ./-]{0,24}") {
        if let Ok(Some(value)) = check(field, &text, today()) {
            prop_assert_eq!(nfc(&value), value.clone());
            let most = if field.kind == FieldKind::IdentityNumber { 20 } else { field.max_length.max(10) };
            prop_assert!(value.chars().count() <= most);
            prop_assert_eq!(check(field, &value, today()), Ok(Some(value)));
        }
    }

    /// Every day that exists is taken, and the words of two days differ.
    #[test]
    fn every_day_is_taken_and_has_words_of_its_own(n in 0_i32..80_000, m in 0_i32..80_000) {
        let at = |n: i32| NaiveDate::from_num_days_from_ce_opt(day("1880-01-01").num_days_from_ce() + n).expect("a day");
        let text = at(n).format("%d/%m/%Y").to_string();
        prop_assert_eq!(checked("temporary_residence", "change/to", &text), Ok(Some(text)));
        let (one, other) = (date_in_words(at(n)), date_in_words(at(m)));
        prop_assert!(one.is_some());
        prop_assert_eq!(one == other, n == m);
    }

    /// A card never fills what its form would refuse, whatever stands on it.
    #[test]
    fn a_card_fills_only_what_the_form_takes(text in "001085012345\\|\\|[a-zA-Zăâêô ]{1,60}\\|[0-9]{4,8}\\|(Nam|Nữ|x)\\|\\PC{0,700}\\|[0-9]{0,8}") {
        if let Ok(card) = parse(&text) {
            for form in in_force(today()).expect("forms") {
                for party in &form.parties {
                    for (key, value) in from_card(form, &party.key, &card, today()).values {
                        let (_, field) = form.field(&key).expect("a field");
                        prop_assert_eq!(check(field, &value, today()), Ok(Some(value)));
                    }
                }
            }
        }
    }
}
