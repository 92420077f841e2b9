//! How the process history says what was done with a dossier. The timeline keeps stable words; the page of a
//! dossier says them as this does, in `frontend/src/shared/i18n/locales/vi/dossier.json`.

/// What was done, for each kind of line that the program writes into a timeline; nothing for another.
#[must_use]
pub fn event(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "submitted" => "Nộp hồ sơ",
        "accepted" => "Tiếp nhận hồ sơ",
        "refused_at_intake" => "Từ chối tiếp nhận",
        "intake_supplement_requested" => "Yêu cầu bổ sung trước tiếp nhận",
        "intake_supplemented" => "Đã nộp bổ sung trước tiếp nhận",
        "handed_over" => "Bàn giao hồ sơ",
        "acknowledged" => "Xác nhận đã nhận bàn giao",
        "handover_declined" => "Không nhận bàn giao, trả lại",
        "claimed" => "Nhận xử lý",
        "consultation_requested" => "Lấy ý kiến",
        "step_begun" => "Chuyển sang bước tiếp theo",
        "consultation_answered" => "Đã có ý kiến trả lời",
        "supplement_requested" => "Yêu cầu bổ sung hồ sơ",
        "supplemented" => "Đã nhận đủ giấy tờ bổ sung",
        "payment_requested" => "Yêu cầu thực hiện nghĩa vụ tài chính",
        "payment_settled" => "Đã thực hiện nghĩa vụ tài chính",
        "decided" => "Lãnh đạo quyết định",
        "completed" => "Ghi kết quả",
        "returned" => "Trả kết quả",
        "withdrawal_requested" => "Người dân đề nghị rút hồ sơ",
        "withdrawal_declined" => "Không đồng ý cho rút hồ sơ",
        "withdrawn" => "Rút hồ sơ",
        "stopped" => "Dừng giải quyết",
        "held" => "Tạm dừng giải quyết",
        "resumed" => "Tiếp tục giải quyết",
        "transferred" => "Chuyển cơ quan có thẩm quyền",
        "due_date_extended" => "Xin lỗi và hẹn lại ngày trả",
        "correction_opened" => "Bắt đầu đính chính kết quả",
        "result_corrected" => "Đã đính chính kết quả",
        "undone" => "Hoàn tác bước trước",
        "amended" => "Sửa thông tin đã nhập",
        "office_time_rolled" => "Thời hạn trả lời, bàn giao lùi theo lịch mới",
        "due_date_rolled" => "Ngày hẹn trả lùi theo lịch mới",
        "apology_drafted" => "Dự thảo thư xin lỗi",
        "apology_returned" => "Trả lại dự thảo thư xin lỗi",
        "fees_assessed" => "Tính phí, lệ phí",
        "fees_paid" => "Phí, lệ phí đã về tài khoản",
        // The payment platform says so before the money comes to the account.
        "fees_paid_online" => "Đã nộp phí, lệ phí trực tuyến",
        "fees_returned" => "Đã hoàn trả phí, lệ phí cho người nộp",
        "collection_voided" => "Hủy khoản thu",
        _ => return None,
    })
}

/// What was put right, for each part that an amendment names: what it is, never what it says.
#[must_use]
pub fn part(word: &str) -> Option<&'static str> {
    Some(match word {
        "kind" => "đối tượng",
        "full_name" => "họ tên",
        "identity_number" => "số định danh",
        "birth_date" => "ngày sinh",
        "phone" => "số điện thoại",
        "email" => "thư điện tử",
        "address" => "địa chỉ",
        "filer" => "người nộp",
        "components" => "thành phần hồ sơ",
        "result_delivery" => "cách nhận kết quả",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    use serde_json::Value;

    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    /// The sources below a folder, one after the other.
    fn sources(folder: &Path) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                all.push_str(&sources(&path));
            } else if path.extension().is_some_and(|e| e == "rs") {
                all.push_str(&std::fs::read_to_string(&path).expect("a source"));
            }
        }
        all
    }

    /// The first text in quotation marks of a piece of source, where it is a word.
    fn word(source: &str) -> Option<&str> {
        let word = source.split('"').nth(1)?;
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        (!word.is_empty() && word.chars().all(plain)).then_some(word)
    }

    /// Every kind of line that the program writes: of the rules of a dossier, and beside them.
    fn kinds() -> BTreeSet<String> {
        let rules = sources(&root().join("backend/domain/src/dossier"));
        let of_rules = rules
            .split("Outcome::new(")
            .skip(1)
            .filter_map(|call| word(call.split(';').next()?));
        let services = sources(&root().join("backend/services/src"));
        let beside = services.split("kind: \"").skip(1).filter_map(|rest| {
            let (kind, rest) = rest.split_once("\",")?;
            rest.trim_start().starts_with("transition:").then_some(kind)
        });
        of_rules.chain(beside).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn no_kind_of_line_is_without_words() {
        let kinds = kinds();
        assert!(kinds.len() > 30, "{kinds:?}");
        for known in [
            "accepted",
            "undone",
            "amended",
            "fees_paid",
            "due_date_rolled",
        ] {
            assert!(kinds.contains(known), "{known} is not found in {kinds:?}");
        }
        let unsaid: Vec<&String> = kinds.iter().filter(|k| event(k).is_none()).collect();
        assert!(unsaid.is_empty(), "{unsaid:?}");
        assert!(event("seen").is_none());
    }

    #[test]
    fn paper_says_what_the_page_of_a_dossier_says() {
        let path = root().join("frontend/src/shared/i18n/locales/vi/dossier.json");
        let text = std::fs::read_to_string(path).expect("the words of the page");
        let page: Value = serde_json::from_str(&text).expect("words");
        let said = |of: &str, say: fn(&str) -> Option<&'static str>| {
            let words = page[of].as_object().expect("words");
            assert!(!words.is_empty());
            for (word, shown) in words {
                assert_eq!(say(word), shown.as_str(), "{of}.{word}");
            }
        };
        said("event", event);
        said("changedPart", part);
    }
}
