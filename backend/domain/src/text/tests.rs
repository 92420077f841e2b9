//! Folding, order, masks, cleaning.

use super::*;
use proptest::prelude::*;

#[test]
fn searching_needs_no_marks() {
    assert_eq!(fold_vi("Nguyễn Đức"), "nguyen duc");
    assert_eq!(fold_vi("  TRẦN\u{a0}  Thị\tỞ "), "tran thi o");
    assert_eq!(
        fold_vi("nguye\u{302}\u{303}n"),
        "nguyen",
        "decomposed text folds the same"
    );
    assert_eq!(fold_vi(""), "");
}

#[test]
fn both_placements_of_a_tone_fold_and_both_forms_store_the_same() {
    assert_eq!(fold_vi("hòa thủy"), fold_vi("hoà thuỷ"));
    assert_eq!(nfc("e\u{302}\u{301}"), "ế");
}

#[test]
fn names_sort_by_given_name_in_the_vietnamese_alphabet() {
    let mut names = [
        "Trần Văn Ơn",
        "Lê Ân",
        "Nguyễn Văn An",
        "Bùi Ăn",
        "Đỗ Đức",
        "Lê Dung",
        "Nguyễn Án",
        "Phạm Ảnh",
        "Nguyễn Thị An",
        "Trần Út",
        "Hồ Ưng",
        "Vũ Ông",
        "Cao Oanh",
        "An",
        "Lê Ang",
    ];
    names.sort_by_key(|n| sort_key_vi(n));
    assert_eq!(
        names,
        [
            "An",
            "Nguyễn Thị An",
            "Nguyễn Văn An",
            "Nguyễn Án",
            "Lê Ang",
            "Phạm Ảnh",
            "Bùi Ăn",
            "Lê Ân",
            "Lê Dung",
            "Đỗ Đức",
            "Cao Oanh",
            "Vũ Ông",
            "Trần Văn Ơn",
            "Trần Út",
            "Hồ Ưng",
        ]
    );
}

#[test]
fn letters_and_tones_follow_the_dictionary() {
    let sorted = |mut words: Vec<&'static str>| {
        words.sort_by_key(|w| sort_key_vi(w));
        words
    };
    let letters = vec![
        "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v",
    ];
    assert_eq!(sorted(letters.iter().rev().copied().collect()), letters);
    let tones = vec!["ma", "mà", "mả", "mã", "má", "mạ"];
    assert_eq!(sorted(tones.iter().rev().copied().collect()), tones);
    // A dot below may stand before the circumflex in decomposed text.
    assert!(sort_key_vi("ậ") > sort_key_vi("ấ") && sort_key_vi("ậ") < sort_key_vi("b"));
    assert!(sort_key_vi("ợ") > sort_key_vi("ộ") && sort_key_vi("ự") > sort_key_vi("ụ"));
}

#[test]
fn masks_hide_what_a_look_up_asks_for() {
    assert_eq!(mask_number("001190012345"), "001*******45");
    assert_eq!(mask_number("123"), "***");
    assert_eq!(mask_phone("0912345678"), "********78");
    assert_eq!(mask_name("Nguyễn Văn An"), "N***** Văn A*");
    assert_eq!(mask_name("An"), "A*");
    assert_eq!(mask_name("Y"), "Y*");
    assert_eq!(mask_email("an.nguyen@example.vn"), "a***@example.vn");
    assert_eq!(mask_email("không có"), "***");
}

#[test]
fn lines_are_cleaned_or_refused() {
    assert_eq!(clean_line("  Lê   Lợi ", 20).expect("clean"), "Lê Lợi");
    for bad in ["a\0b", "a\u{7}b", "a\nb", "a\u{202e}b", "a\u{85}b"] {
        assert_eq!(
            clean_line(bad, 20).expect_err("refused").code,
            "control_character",
            "{bad:?}"
        );
    }
    assert_eq!(
        clean_line(&"ế".repeat(20), 20).expect("exactly"),
        "ế".repeat(20)
    );
    assert_eq!(
        clean_line(&"ế".repeat(21), 20).expect_err("refused").code,
        "too_long"
    );
    assert_eq!(
        required_line("  ", 20).expect_err("refused").code,
        "required"
    );
    assert_eq!(clean_text("một\r\nhai\n", 20).expect("clean"), "một\nhai");
    assert_eq!(
        clean_text("a\0", 20).expect_err("refused").code,
        "control_character"
    );
    let fault = clean_line("\0", 5)
        .expect_err("refused")
        .at("/owner/full_name");
    assert_eq!(fault.pointer, "/owner/full_name");
}

#[test]
fn ascii_keeps_the_case() {
    assert_eq!(to_ascii("Lệ phí  Đăng ký 🎉"), "Le phi Dang ky");
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in "\\PC*") {
        let once = fold_vi(&text);
        prop_assert_eq!(fold_vi(&once), once);
    }

    #[test]
    fn folding_ignores_case_and_composition(text in "[a-zăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹ ]{0,40}") {
        prop_assert_eq!(fold_vi(&text.to_uppercase()), fold_vi(&text));
        let apart: String = text.nfd().collect();
        prop_assert_eq!(fold_vi(&apart), fold_vi(&text));
        prop_assert_eq!(sort_key_vi(&apart), sort_key_vi(&text));
        prop_assert!(fold_vi(&text).is_ascii());
    }

    #[test]
    fn nothing_panics_and_masks_keep_their_length(text in any::<String>()) {
        let _ = (sort_key_vi(&text), mask_name(&text), mask_email(&text), clean_text(&text, 10));
        prop_assert_eq!(mask_number(&text).chars().count(), text.chars().count());
        prop_assert_eq!(mask_phone(&text).chars().count(), text.chars().count());
        prop_assert!(to_ascii(&text).is_ascii());
    }
}

#[test]
fn a_mark_inside_a_name_neither_parts_nor_hides_it() {
    assert_eq!(
        name_words("K'Sor Y Thúc"),
        ["ksor", "y", "thuc", "k", "sor"]
    );
    assert_eq!(typed_words("K’SOR"), ["ksor"]);
    assert_eq!(typed_words("k sor"), ["k", "sor"]);
    assert_eq!(name_words("Nguyễn Thị Nguyễn"), ["nguyen", "thi"]);
    assert_eq!(typed_words(" - ' "), Vec::<String>::new());
}
