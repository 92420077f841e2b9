//! How what stands on a form is said.

use crate::Form;

/// A ward's or commune's name as it stands before a date: without its kind.
pub fn place(commune: &str) -> &str {
    ["phường ", "xã ", "đặc khu "]
        .iter()
        .find_map(|kind| {
            let begins = commune.get(..kind.len())?;
            (begins.to_lowercase() == *kind).then(|| commune.get(kind.len()..))?
        })
        .unwrap_or(commune)
}

/// A limit in words; half days are read as days. `unit` as the catalogue spells it.
pub fn limit(amount: i32, unit: &str) -> String {
    match unit {
        "same_day" => "trong ngày".to_owned(),
        "half_day" if amount % 2 == 1 => format!("{},5 ngày làm việc", amount / 2),
        "half_day" => format!("{} ngày làm việc", amount / 2),
        "working_day" => format!("{amount} ngày làm việc"),
        "working_hour" => format!("{amount} giờ làm việc"),
        "month" => format!("{amount} tháng"),
        _ => format!("{amount} ngày"),
    }
}

/// The form a kept paper is set by, and what its file is called; nothing for a template that there is not.
pub fn form_of(template: &str) -> Option<(Form, &'static str)> {
    match template {
        "02.1" => Some((Form::Supplement, "yeu-cau-bo-sung")),
        "03.1" => Some((Form::Refusal, "tu-choi-tiep-nhan")),
        "04.1" => Some((Form::Apology, "xin-loi-gia-han")),
        "05.1" => Some((Form::Stop, "thong-bao-dung")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_without_its_kind() {
        assert_eq!(place("Phường Trần Hưng Đạo"), "Trần Hưng Đạo");
        assert_eq!(place("xã Ba Vì"), "Ba Vì");
        assert_eq!(place("Cự Khối"), "Cự Khối");
        assert_eq!(place(""), "");
    }

    #[test]
    fn limits_are_said_as_people_say_them() {
        for (amount, unit, said) in [
            (3, "working_day", "3 ngày làm việc"),
            (5, "half_day", "2,5 ngày làm việc"),
            (4, "half_day", "2 ngày làm việc"),
            (1, "same_day", "trong ngày"),
            (8, "working_hour", "8 giờ làm việc"),
            (15, "calendar_day", "15 ngày"),
            (2, "month", "2 tháng"),
        ] {
            assert_eq!(limit(amount, unit), said);
        }
    }

    #[test]
    fn every_form_that_is_kept_can_be_set() {
        for form in ["02", "03", "04", "05"] {
            assert!(form_of(&format!("{form}.1")).is_some());
        }
        assert!(form_of("02.99").is_none());
    }
}
