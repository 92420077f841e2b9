//! Codes of both families, and codes that are none.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_code_is_unit_date_and_number() {
    let code = format_dossier_code("H26.14.101", day("2026-03-02"), 7).expect("a code");
    assert_eq!(code, "H26.14.101-260302-0007");
    let read = parse_dossier_code(&code).expect("a code");
    assert_eq!(
        (read.e_code.as_str(), read.date, read.sequence),
        ("H26.14.101", day("2026-03-02"), 7)
    );
    assert_eq!(payment_reference(&read), "HS2603020007");
}

#[test]
fn old_codes_stay_valid_for_ever() {
    for good in [
        "000.00.12.H56-240115-0007",
        "H55.242-251001-0007",
        "H26-260302-00012",
        "H26.1.22.333.4444-260302-9999",
    ] {
        assert!(parse_dossier_code(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "H26",
        "Z26-260302-0001",
        "h26-260302-0001",
        "H26-260231-0001",
        "H26-260302-001",
        "H26-260302-000001",
        "H26-260302-0000",
        "H26.-260302-0001",
        "H26.12345-260302-0001",
        "H26.1.2.3.4.5-260302-0001",
        "00.00.12.H56-240115-0007",
        "H26-26030２-0001",
        "H26 -260302-0001",
    ] {
        assert_eq!(
            parse_dossier_code(bad).expect_err("refused").code,
            "dossier_code_invalid",
            "{bad}"
        );
    }
}

#[test]
fn the_ten_thousandth_dossier_of_a_day_fails_loudly() {
    let code = |n| format_dossier_code("H26.14.101", day("2026-03-02"), n);
    assert!(code(9_999).expect("the last").ends_with("-9999"));
    assert_eq!(
        code(10_000).expect_err("refused").code,
        "code_sequence_exhausted"
    );
    assert_eq!(
        code(0).expect_err("refused").code,
        "code_sequence_exhausted"
    );
    assert_eq!(
        format_dossier_code("nowhere", day("2026-03-02"), 1)
            .expect_err("refused")
            .code,
        "e_code_invalid"
    );
}

#[test]
fn procedure_codes_have_local_variants() {
    assert!(is_procedure_code("1.001193") && !is_procedure_code("1.001193.H38"));
    assert_eq!(
        national_procedure_code("2.000815.000.00.00.H55").as_deref(),
        Some("2.000815")
    );
    assert_eq!(
        national_procedure_code("1.000948.H38").as_deref(),
        Some("1.000948")
    );
    for bad in [
        "",
        "1",
        "1.00119",
        "11.001193",
        "1.001193.",
        "1.001193.x",
        "a.001193",
    ] {
        assert_eq!(national_procedure_code(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn what_is_formatted_is_read_back(days in 0_u64..36_000, n in 1_u32..=9_999, unit in "[A-Y][0-9]{2}(\\.[0-9]{1,4}){0,4}") {
        let date = day("2000-01-01") + chrono::Days::new(days);
        let code = format_dossier_code(&unit, date, n).expect("a code");
        prop_assert_eq!(parse_dossier_code(&code).expect("a code"), DossierCode { e_code: unit, date, sequence: n });
    }

    #[test]
    fn nothing_panics(text in any::<String>()) {
        let _ = (parse_dossier_code(&text), check_e_code(&text), national_procedure_code(&text));
    }
}
