//! People are found as they are spoken of: without accents, with old and new tone marks, in capitals.

use std::collections::BTreeMap;

use motcua_tests::dossier::{EXTRACT, MARITAL, Station};
use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

/// A name as it was taken in, and ways of typing it.
const PEOPLE: [(&str, [&str; 4]); 20] = [
    (
        "Nguyễn Thị Hòa",
        [
            "nguyen thi hoa",
            "Nguyễn Thị Hoà",
            "NGUYỄN THỊ HÒA",
            "hoa nguyen thi",
        ],
    ),
    (
        "Trần Văn Thúy",
        [
            "tran van thuy",
            "Trần Văn Thuý",
            "TRẦN VĂN THUÝ",
            "thuy tran",
        ],
    ),
    (
        "Lê Đức Huy",
        ["le duc huy", "Lê Đức Huy", "LE DUC HUY", "đức huy"],
    ),
    (
        "Phạm Quốc Khỏe",
        [
            "pham quoc khoe",
            "Phạm Quốc Khoẻ",
            "PHẠM QUỐC KHOẺ",
            "quoc khoe",
        ],
    ),
    (
        "Hoàng Xuân Hóa",
        [
            "hoang xuan hoa",
            "Hoàng Xuân Hoá",
            "HOÀNG XUÂN HOÁ",
            "hoang hoa",
        ],
    ),
    (
        "Vũ Thị Xuyến",
        ["vu thi xuyen", "Vũ Thị Xuyến", "VU THI XUYEN", "xuyến"],
    ),
    (
        "Đặng Ngọc Quý",
        [
            "dang ngoc quy",
            "Đặng Ngọc Qúy",
            "ĐẶNG NGỌC QUÝ",
            "ngoc quy",
        ],
    ),
    (
        "Bùi Thị Tuyết",
        [
            "bui thi tuyet",
            "Bùi Thị Tuyết",
            "BÙI THỊ TUYẾT",
            "tuyet bui",
        ],
    ),
    (
        "Đỗ Mạnh Cường",
        [
            "do manh cuong",
            "Đỗ Mạnh Cường",
            "ĐỖ MẠNH CƯỜNG",
            "cuong do",
        ],
    ),
    (
        "Hồ Thị Ước",
        ["ho thi uoc", "Hồ Thị Ước", "HO THI UOC", "ước"],
    ),
    (
        "Ngô Bảo Khuê",
        ["ngo bao khue", "Ngô Bảo Khuê", "NGÔ BẢO KHUÊ", "khue"],
    ),
    (
        "Dương Thùy Linh",
        [
            "duong thuy linh",
            "Dương Thuỳ Linh",
            "DƯƠNG THUỲ LINH",
            "linh duong",
        ],
    ),
    (
        "Lý Hải Yến",
        ["ly hai yen", "Lý Hải Yến", "LÝ HẢI YẾN", "hai yen"],
    ),
    (
        "Phan Thị Ngoãn",
        [
            "phan thi ngoan",
            "Phan Thị Ngoãn",
            "PHAN THI NGOAN",
            "ngoãn",
        ],
    ),
    (
        "Võ Nguyên Giáp",
        [
            "vo nguyen giap",
            "Võ Nguyên Giáp",
            "VÕ NGUYÊN GIÁP",
            "giap vo",
        ],
    ),
    (
        "Trịnh Đình Ngự",
        [
            "trinh dinh ngu",
            "Trịnh Đình Ngự",
            "TRỊNH ĐÌNH NGỰ",
            "dinh ngu",
        ],
    ),
    (
        "Mai Thị Loan",
        ["mai thi loan", "Mai Thị Loan", "MAI THỊ LOAN", "loan mai"],
    ),
    (
        "Tạ Quang Khoái",
        [
            "ta quang khoai",
            "Tạ Quang Khoái",
            "TA QUANG KHOAI",
            "khoái",
        ],
    ),
    (
        "Cao Bá Quát",
        ["cao ba quat", "Cao Bá Quát", "CAO BÁ QUÁT", "quat cao"],
    ),
    (
        "K'Sor Y Thúc",
        ["k'sor y thuc", "K'Sor Y Thúc", "K'SOR Y THÚC", "ksor thuc"],
    ),
];

fn found(app: &App, typed: &str) -> Vec<String> {
    let request = app
        .as_person("tiepnhan", Method::GET, "/api/v1/dossiers")
        .query(&[("q", typed), ("limit", "100")]);
    let page = app.send(request).expect(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|d| d["owner"]["full_name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    fn twenty_names_however_typed_find_their_people_and_only_them(app) {
        let mut missed = BTreeMap::new();
        for (name, _) in PEOPLE {
            let mut body = app.intake("thd");
            body["owner"] = json!({ "kind": "citizen", "full_name": name });
            app.send_in(&body).expect(201);
        }
        for (name, typed) in PEOPLE {
            for text in typed {
                // The same letters in the decomposed form that some keyboards send.
                let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(text).collect();
                for text in [text, &decomposed] {
                    let people = found(&app, text);
                    if people != [name] {
                        missed.insert(text.to_owned(), people);
                    }
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }
}

fn suspects(app: &App, procedure: &str, owner: &Value) -> Vec<(String, String)> {
    let mut body = owner.clone();
    body["procedure_code"] = json!(procedure);
    let answer = app
        .post("tiepnhan", "/api/v1/duplicate-checks", &body)
        .expect(200);
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|i| (text(&i["id"]), text(&i["because"])))
        .collect()
}

on_both! {
    fn a_second_dossier_of_the_same_person_is_warned_of_and_not_forbidden(app) {
        let open = app.journey("thd", Station::Processing);
        app.journey("thd", Station::Returned);
        let by_number = json!({ "full_name": "Ai Đó", "identity_number": "001 085 012 345" });
        assert_eq!(suspects(&app, MARITAL, &by_number), [(open.id.clone(), "identity_number".into())]);
        let by_name = json!({ "full_name": "nguyen van AN", "birth_date": "1985-04-12" });
        assert_eq!(suspects(&app, MARITAL, &by_name), [(open.id.clone(), "name_and_birth_date".into())]);
        // Both at once is one dossier, told once.
        let both = json!({ "full_name": "Nguyễn Văn An", "birth_date": "1985-04-12", "identity_number": "001085012345" });
        assert_eq!(suspects(&app, MARITAL, &both), [(open.id.clone(), "identity_number".into())]);
        for other in [
            json!({ "full_name": "Nguyễn Văn An" }),
            json!({ "full_name": "Nguyễn Văn Anh", "birth_date": "1985-04-12" }),
            json!({ "full_name": "Nguyễn Văn An", "birth_date": "1985" }),
            json!({ "full_name": "", "identity_number": "001085012346" }),
            json!({ "full_name": "'; DROP TABLE dossiers; --", "identity_number": "%", "birth_date": "%" }),
        ] {
            assert_eq!(suspects(&app, MARITAL, &other), [], "{other}");
        }
        assert_eq!(suspects(&app, EXTRACT, &both), []);
        let endless = json!({ "procedure_code": "", "full_name": "x".repeat(201) });
        let problem = app.post("tiepnhan", "/api/v1/duplicate-checks", &endless).refused(422, "validation_failed");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "{problem}");
        app.take_in("thd");
    }
}
