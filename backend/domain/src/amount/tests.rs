//! Amounts as a cashier reads them aloud.

use super::*;
use proptest::prelude::*;

#[test]
fn numbers_are_read_as_vietnamese_reads_them() {
    for (amount, words) in [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm linh một"),
        (1_010, "một nghìn không trăm mười"),
        (12_000, "mười hai nghìn"),
        (21_000, "hai mươi mốt nghìn"),
        (200_000, "hai trăm nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (1_050_000_000, "một tỷ không trăm năm mươi triệu"),
        (1_005_000_000_000, "một nghìn không trăm linh năm tỷ"),
        (
            999_999_999_999,
            "chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín",
        ),
        (LARGEST_AMOUNT_VND, "một triệu tỷ"),
    ] {
        assert_eq!(
            in_words(amount).expect("words"),
            format!("{words} đồng"),
            "{amount}"
        );
    }
}

#[test]
fn what_cannot_be_paid_has_no_words() {
    for amount in [-1, i64::MIN, LARGEST_AMOUNT_VND + 1, i64::MAX] {
        let refusal = in_words(amount).expect_err("refused");
        assert_eq!(
            (refusal.code, refusal.errors[0].pointer.as_str()),
            ("amount_out_of_range", "/amount_vnd")
        );
    }
}

#[test]
fn figures_have_dots() {
    for (amount, figures) in [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (1_005_000, "1.005.000"),
        (-21_000, "-21.000"),
    ] {
        assert_eq!(grouped(amount), figures);
    }
}

proptest! {
    #[test]
    fn different_amounts_have_different_words(a in 0..=LARGEST_AMOUNT_VND, b in 0..=LARGEST_AMOUNT_VND) {
        let (wa, wb) = (in_words(a).expect("words"), in_words(b).expect("words"));
        prop_assert_eq!(a == b, wa == wb);
        prop_assert!(!wa.contains("  ") && wa.ends_with(" đồng"));
    }

    #[test]
    fn figures_without_dots_are_the_number(a in any::<i64>()) {
        prop_assert_eq!(grouped(a).replace('.', ""), a.to_string());
    }
}
