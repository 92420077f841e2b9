//! The payloads of DOMAIN §7.6.

use super::*;
use proptest::prelude::*;

const P1: &str =
    "00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA53037045802VN6304CBB4";
const P2: &str = "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C";
const P3: &str = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
const P4: &str = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
const N1: &str = "00020101021238500010A0000007270120000697041601065454460208QRIBFTTA530370454061800005802VN62270823thanh toan don hang63044302";

fn request(
    bin: &str,
    number: &str,
    amount: Option<i64>,
    purpose: Option<&str>,
    service: Service,
) -> Request {
    Request {
        bank_bin: bin.into(),
        account_number: number.into(),
        amount_vnd: amount,
        purpose: purpose.map(str::to_owned),
        service,
    }
}

#[test]
fn the_checksum_is_ccitt_false() {
    for (text, crc) in [("123456789", 0x29B1), ("00", 0x2EC9), ("01", 0x3EE8)] {
        assert_eq!(checksum(text), crc);
    }
}

#[test]
fn known_payloads_are_built_to_the_letter() {
    for (payload, request) in [
        (
            P1,
            request("970423", "0099999999", None, None, Service::Account),
        ),
        (
            P2,
            request(
                "970415",
                "0011001932418",
                Some(120_000),
                Some("ủng hộ lũ lụt"),
                Service::Account,
            ),
        ),
        (
            P3,
            request("970403", "0011012345678", None, None, Service::Account),
        ),
        (
            P4,
            request(
                "970403",
                "9704031101234567",
                None,
                Some("  "),
                Service::Card,
            ),
        ),
    ] {
        assert_eq!(encode(&request).expect("a payload"), payload);
    }
}

#[test]
fn known_payloads_are_read() {
    let p2 = parse(P2).expect("a payload");
    assert_eq!(
        (p2.dynamic, p2.amount_vnd, p2.purpose.as_deref()),
        (true, Some(120_000), Some("ung ho lu lut"))
    );
    assert_eq!(
        (p2.bank_bin.as_str(), p2.account_number.as_str()),
        ("970415", "0011001932418")
    );
    assert_eq!(bank_name(&p2.bank_bin), Some("VietinBank"));
    let p4 = parse(P4).expect("a payload");
    assert_eq!(
        (p4.dynamic, p4.service, p4.amount_vnd),
        (false, Service::Card, None)
    );
    for payload in [P1, P3] {
        assert!(!parse(payload).expect("a payload").dynamic);
    }
}

#[test]
fn n1_with_a_right_checksum_and_a_wrong_length_is_refused() {
    assert_eq!(parse(N1).expect_err("refused").code, "vietqr_invalid");
    // Its outer checksum is right, so that the length is what is found.
    assert!(N1.ends_with(&format!("{:04X}", checksum(without(N1, 4)))));
}

/// The text without its last characters.
fn without(text: &str, n: usize) -> &str {
    text.get(..text.len() - n).expect("ASCII")
}

fn sealed(body: &str) -> String {
    let body = format!("{body}6304");
    format!("{body}{:04X}", checksum(&body))
}

#[test]
fn damaged_payloads_are_refused() {
    let body = |payload: &str| without(payload, 8).to_owned();
    let p1 = body(P1);
    for (why, payload) in [
        ("empty", String::new()),
        ("checksum", P1.replace("CBB4", "CBB5")),
        ("lower case checksum", P1.replace("CBB4", "cbb4")),
        ("cut short", without(P1, 50).to_owned()),
        ("not ASCII", P1.replace("VN", "VŅ")),
        ("other currency", sealed(&p1.replace("5303704", "5303840"))),
        ("other country", sealed(&p1.replace("5802VN", "5802LA"))),
        (
            "other scheme",
            sealed(&p1.replace("A000000727", "A000000728")),
        ),
        (
            "unknown service",
            sealed(&p1.replace("QRIBFTTA", "QRIBFTTX")),
        ),
        ("static with an amount", sealed(&format!("{p1}540510000"))),
        (
            "dynamic without an amount",
            sealed(&p1.replace("010211", "010212")),
        ),
        (
            "amount with a fraction",
            sealed(&body(P2).replace("5406120000", "5406120.00")),
        ),
        ("a tag twice", sealed(&format!("{p1}5802VN"))),
        ("nothing first", sealed(&p1.replace("000201", ""))),
        ("something behind", format!("{P1}00")),
        (
            "a name too long",
            sealed(&format!("{p1}5926{}", "A".repeat(26))),
        ),
    ] {
        assert_eq!(
            parse(&payload).expect_err(why).code,
            "vietqr_invalid",
            "{why}"
        );
    }
}

#[test]
fn a_purpose_is_folded_and_then_at_most_twenty_five() {
    let with = |purpose: &str| {
        encode(&request(
            "970436",
            "1",
            None,
            Some(purpose),
            Service::Account,
        ))
    };
    assert!(
        with("Phí đăng ký 🎉 khai sinh")
            .expect("a payload")
            .contains("0821Phi dang ky khai sinh")
    );
    assert!(with(&"ế".repeat(25)).is_ok());
    let refusal = with(&"ế".repeat(26)).expect_err("refused");
    assert_eq!(
        (refusal.code, refusal.errors[0].pointer.as_str()),
        ("purpose_too_long", "/purpose")
    );
}

#[test]
fn every_bad_field_is_named() {
    let bad = request("123456", "số tài khoản", Some(0), None, Service::Account);
    let refusal = encode(&bad).expect_err("refused");
    let codes: Vec<(&str, &str)> = refusal
        .errors
        .iter()
        .map(|e| (e.pointer.as_str(), e.code))
        .collect();
    assert_eq!(
        codes,
        [
            ("/bank_bin", "bank_bin_invalid"),
            ("/account_number", "account_number_invalid"),
            ("/amount_vnd", "amount_out_of_range"),
        ]
    );
    let most = |amount| {
        encode(&request(
            "970436",
            "1",
            Some(amount),
            None,
            Service::Account,
        ))
    };
    assert!(most(LARGEST_AMOUNT_VND).is_ok() && most(LARGEST_AMOUNT_VND + 1).is_err());
}

proptest! {
    #[test]
    fn what_is_built_is_read_back(
        bank in 0_u32..1000,
        number in "[0-9A-Z]{1,19}",
        amount in proptest::option::of(1..=LARGEST_AMOUNT_VND),
        purpose in proptest::option::of("[ -~]{0,25}|[À-ỹ a-z]{0,25}"),
    ) {
        let request = request(&format!("970{bank:03}"), &number, amount, purpose.as_deref(), Service::Account);
        let read = parse(&encode(&request).expect("a payload")).expect("a payload");
        prop_assert_eq!(&read.bank_bin, &request.bank_bin);
        prop_assert_eq!(&read.account_number, &number);
        prop_assert_eq!((read.amount_vnd, read.dynamic), (amount, amount.is_some()));
        let folded = purpose.map(|p| to_ascii(&p)).filter(|p| !p.is_empty());
        prop_assert_eq!(read.purpose, folded);
    }

    #[test]
    fn one_changed_character_is_found(at in 0_usize..90, to in proptest::char::range('0', 'Z')) {
        let mut letters: Vec<char> = P1.chars().collect();
        let at = at % letters.len();
        prop_assume!(letters[at] != to);
        letters[at] = to;
        prop_assert!(parse(&letters.into_iter().collect::<String>()).is_err());
    }

    #[test]
    fn nothing_panics(text in any::<String>(), sound in "[0-9A-Z]{0,80}") {
        let _ = (parse(&text), parse(&sealed(&text)), parse(&sealed(&sound)));
    }
}
