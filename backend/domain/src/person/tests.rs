//! People: impossible is refused, odd is a warning.

use super::*;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

#[test]
fn birth_dates_are_years_or_days_that_exist() {
    let read = |text| BirthDate::parse(text, today());
    assert_eq!(read("1960").expect("a year"), BirthDate::Year(1960));
    assert_eq!(read("1960-02-29").expect("a day").to_string(), "1960-02-29");
    assert_eq!(read("2026-03-02").expect("today").year(), 2026);
    for (text, code) in [
        ("1961-02-29", "birth_date_invalid"),
        ("2026-13-01", "birth_date_invalid"),
        ("26-01-01", "birth_date_invalid"),
        ("1960-1-1", "birth_date_invalid"),
        ("+960", "birth_date_invalid"),
        ("hôm qua", "birth_date_invalid"),
        ("", "birth_date_invalid"),
        ("2026-03-03", "birth_date_in_future"),
        ("2027", "birth_date_in_future"),
        ("1879", "birth_date_too_early"),
        ("1879-12-31", "birth_date_too_early"),
    ] {
        assert_eq!(read(text).expect_err("refused").code, code, "{text}");
    }
    assert_eq!(
        read("0950").map_err(|f| f.code),
        Err("birth_date_too_early")
    );
}

#[test]
fn identity_numbers_have_twelve_or_nine_digits() {
    assert_eq!(
        check_identity_number("001 190 012 345").expect("12"),
        "001190012345"
    );
    assert_eq!(check_identity_number("012345678").expect("9"), "012345678");
    for bad in [
        "00119001234",
        "0011900123456",
        "00119001234a",
        "",
        "٠٠١١٩٠٠١٢٣٤٥",
    ] {
        assert_eq!(
            check_identity_number(bad).expect_err("refused").code,
            "identity_number_invalid",
            "{bad}"
        );
    }
}

#[test]
fn a_number_that_disagrees_is_a_warning_only() {
    let codes = |number, birth: Option<BirthDate>, sex| {
        identity_warnings(number, birth, sex)
            .iter()
            .map(|w| w.code)
            .collect::<Vec<_>>()
    };
    let born = |year| Some(BirthDate::Year(year));
    assert!(codes("001190012345", born(1990), Some(Sex::Female)).is_empty());
    assert_eq!(
        codes("001190012345", born(1991), Some(Sex::Male)),
        ["birth_year_differs", "sex_differs"]
    );
    assert!(codes("079206012345", born(2006), Some(Sex::Male)).is_empty());
    assert_eq!(codes("003190012345", None, None), ["province_unknown"]);
    assert!(codes("012345678", born(1990), None).is_empty());
}

#[test]
fn phones_are_stored_from_zero() {
    for (given, stored) in [
        ("0912345678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("+84 (0) 912.345-678", "0912345678"),
        ("024 3825 3536", "02438253536"),
        ("0203 123456", "0203123456"),
    ] {
        assert_eq!(normalise_phone(given).expect("a phone"), stored);
    }
    for bad in [
        "0112345678",
        "091234567",
        "09123456789",
        "abc",
        "",
        "1234567890",
        "+85912345678",
    ] {
        assert_eq!(
            normalise_phone(bad).expect_err("refused").code,
            "phone_invalid",
            "{bad}"
        );
    }
}

#[test]
fn mail_addresses_could_exist() {
    assert_eq!(
        normalise_email(" An.N@Example.VN ").expect("mail"),
        "An.N@example.vn"
    );
    for bad in [
        "an",
        "an@",
        "@vn.vn",
        "an@vn",
        "a n@b.vn",
        "a@b..vn",
        "a@-b.vn",
        "a..b@c.vn",
        "ă@b.vn",
        "a@b@c d.vn",
    ] {
        assert_eq!(
            normalise_email(bad).expect_err("refused").code,
            "email_invalid",
            "{bad}"
        );
    }
}

#[test]
fn tax_codes_have_a_check_digit() {
    for good in [
        "0100109106",
        "0100112437",
        "0300588569",
        "0101248141",
        "0100109106-001",
        "001190012345",
    ] {
        assert_eq!(check_tax_code(good).expect("a tax code"), good);
    }
    for bad in [
        "0100109107",
        "010010910",
        "0100109106-1",
        "0100109106-00a",
        "abcdefghij",
        "",
    ] {
        assert_eq!(
            check_tax_code(bad).expect_err("refused").code,
            "tax_code_invalid",
            "{bad}"
        );
    }
}

#[test]
fn each_kind_of_owner_has_its_number() {
    assert!(check_owner_number(OwnerKind::Citizen, "001190012345").is_ok());
    assert_eq!(
        check_owner_number(OwnerKind::Citizen, "b1234567").expect("a passport"),
        "B1234567"
    );
    assert_eq!(
        check_owner_number(OwnerKind::Citizen, "00119001234")
            .expect_err("11")
            .code,
        "identity_number_invalid"
    );
    assert!(check_owner_number(OwnerKind::Business, "0100109106").is_ok());
    assert_eq!(
        check_owner_number(OwnerKind::Business, "123")
            .expect_err("refused")
            .code,
        "tax_code_invalid"
    );
    assert!(check_owner_number(OwnerKind::Organisation, "012345678").is_ok());
    assert_eq!(
        check_passport("A'; DROP").expect_err("refused").code,
        "passport_invalid"
    );
}

#[test]
fn names_are_letters_not_pictures_or_markup() {
    for good in [
        "Nguyễn Văn An",
        "Y",
        "H’Hen Niê",
        "O'Brien-Lê",
        "Nguyê\u{303}n",
    ] {
        assert!(check_name(OwnerKind::Citizen, good).is_ok(), "{good}");
    }
    assert_eq!(
        check_name(OwnerKind::Citizen, "Nguyê\u{303}n").expect("a name"),
        "Nguyễn"
    );
    assert!(
        check_name(
            OwnerKind::Business,
            "Công ty TNHH 1 thành viên “A & B” (Hà Nội)"
        )
        .is_ok()
    );
    for (bad, code) in [
        ("An 😀", "name_invalid"),
        ("<b>An</b>", "name_invalid"),
        ("An; DROP TABLE", "name_invalid"),
        ("An 2", "name_invalid"),
        ("...", "name_invalid"),
        ("", "required"),
        ("A\0n", "control_character"),
    ] {
        assert_eq!(
            check_name(OwnerKind::Citizen, bad)
                .expect_err("refused")
                .code,
            code,
            "{bad}"
        );
    }
    let long = "An ".repeat(100);
    assert_eq!(
        check_name(OwnerKind::Citizen, &long)
            .expect_err("refused")
            .code,
        "too_long"
    );
}

#[test]
fn faults_are_collected_under_their_pointers() {
    let mut errors = Vec::new();
    assert_eq!(
        collect(normalise_phone("0912345678"), "/owner/phone", &mut errors).as_deref(),
        Some("0912345678")
    );
    assert_eq!(
        collect(normalise_phone("x"), "/filer/phone", &mut errors),
        None
    );
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (errors[0].pointer.as_str(), errors[0].code),
        ("/filer/phone", "phone_invalid")
    );
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in any::<String>(), digits in "[0-9+ .-]{0,16}") {
        for t in [&text, &digits] {
            let _ = (BirthDate::parse(t, today()), check_identity_number(t), normalise_phone(t));
            let _ = (normalise_email(t), check_tax_code(t), check_passport(t));
            let _ = identity_warnings(t, Some(BirthDate::Year(1990)), Some(Sex::Male));
            for kind in OwnerKind::ALL {
                let _ = (check_owner_number(*kind, t), check_name(*kind, t));
            }
        }
    }

    #[test]
    fn a_stored_phone_is_stored_as_it_is(rest in "[35789][0-9]{8}") {
        let phone = normalise_phone(&format!("+84{rest}")).expect("a phone");
        prop_assert_eq!(normalise_phone(&phone).expect("a phone"), phone);
    }
}
