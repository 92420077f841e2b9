//! Cards as scanners give them.

use super::*;
use proptest::prelude::*;

const WHOLE: &str =
    "001190012345|012345678|Nguyễn Thị An|05031990|Nữ|Số 5, phố Huế, Cửa Nam, Hà Nội|10052021";

fn codes(card: &CitizenCard) -> Vec<&'static str> {
    card.warnings.iter().map(|w| w.code).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_whole_card_is_read_without_a_warning() {
    let card = parse(WHOLE).expect("a card");
    assert_eq!(card.identity_number, "001190012345");
    assert_eq!(card.old_identity_number.as_deref(), Some("012345678"));
    assert_eq!(card.full_name, "Nguyễn Thị An");
    assert_eq!(card.birth_date, Some(BirthDate::Day(day("1990-03-05"))));
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(
        card.address.as_deref(),
        Some("Số 5, phố Huế, Cửa Nam, Hà Nội")
    );
    assert_eq!(card.issued_on, Some(day("2021-05-10")));
    assert!(card.warnings.is_empty(), "{:?}", card.warnings);
}

#[test]
fn an_empty_old_number_further_parts_and_spaces_are_no_matter() {
    let card = parse(
        "\u{feff} 001190012345 || Nguyễn  Thị An |05031990| nữ |Hà Nội|10052021||Lê Thị B|Nguyễn Văn C|\r\n",
    );
    let card = card.expect("a card");
    assert_eq!(
        (card.old_identity_number.as_deref(), card.full_name.as_str()),
        (None, "Nguyễn Thị An")
    );
    assert!(card.warnings.is_empty(), "{:?}", card.warnings);
}

#[test]
fn a_year_alone_is_a_birth_date() {
    for year in ["1990", "00001990"] {
        let card = parse(&format!(
            "001190012345||Nguyễn Thị An|{year}|Nữ|Hà Nội|10052021"
        ))
        .expect("a card");
        assert_eq!(card.birth_date, Some(BirthDate::Year(1990)));
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let card = parse("001190012345||Nguyễn Thị An|31021990|Nữ||").expect("a card");
    assert_eq!(
        codes(&card),
        [
            "birth_date_unreadable",
            "address_missing",
            "issued_on_unreadable"
        ]
    );
    let card = parse("001190012345||Nguyễn Thị An|05031991|Nam|Hà Nội|10051980").expect("a card");
    assert_eq!(
        codes(&card),
        ["birth_year_differs", "sex_differs", "issued_before_birth"]
    );
    let card =
        parse("001190012345||Nguy?n Th\u{fffd} An|05031990|Nữ|Hà Nội|10052021").expect("a card");
    assert_eq!(codes(&card), ["text_damaged"]);
}

#[test]
fn parts_out_of_order_are_taken_for_what_they_are() {
    let card =
        parse("Nguyễn Thị An|10052021|001190012345|Nữ|05031990|Số 5, phố Huế").expect("a card");
    assert_eq!(card.birth_date, Some(BirthDate::Day(day("1990-03-05"))));
    assert_eq!(card.issued_on, Some(day("2021-05-10")));
    assert_eq!(
        (card.sex, card.address.as_deref()),
        (Some(Sex::Female), Some("Số 5, phố Huế"))
    );
    assert_eq!(codes(&card), ["card_out_of_order"]);
    let short = parse("001190012345|Nguyễn Thị An").expect("a card");
    assert_eq!(codes(&short), ["card_out_of_order"]);
}

#[test]
fn what_is_no_card_is_refused() {
    let long = format!("001190012345||An|{}", "x".repeat(2_000));
    for bad in [
        "",
        "|||||||",
        "001190012345",
        "hello",
        "00119001234|012345678|Nguyễn Thị An|05031990|Nữ|Hà Nội|10052021",
        "001190012345||An\0|05031990",
        &long,
    ] {
        let refusal = parse(bad).expect_err("refused");
        assert_eq!(refusal.code, "card_unreadable", "{bad}");
        assert_eq!(refusal.errors[0].pointer, "/text");
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_what_is_read_has_a_number(text in "\\PC{0,60}", parts in proptest::collection::vec("[0-9]{4,12}|Nam|Nữ|[A-Za-zÀ-ỹ ]{1,12}|", 0..10)) {
        for text in [text, parts.join("|")] {
            if let Ok(card) = parse(&text) {
                prop_assert!(is_identity_number(&card.identity_number));
                prop_assert!(!card.full_name.is_empty());
            }
        }
    }
}
