//! Forms 01–07 and the receipt of a result as a reader finds them: what is printed is what is kept, however long
//! (DOMAIN §1.6).

use motcua_domain::catalogue;
use motcua_tests::dossier::{MARITAL, body_of};
use motcua_tests::{App, Dossier, Paper, on_both};
use reqwest::Method;
use serde_json::{Value, json};

use crate::catalogue::enter;

/// A name of sixty characters, as some have.
const NAME: &str = "Công Tằng Tôn Nữ Hoàng Nguyễn Phương Thảo Quỳnh Giáng Nghiêm";
const OTHER: &str = "Hoàng Phủ Ngọc Tường Vĩnh Thụy Bửu Phước Khuyến Đặng Nghiêng";
const ADDRESS: &str = "Số 128/45/7 ngõ 12 phố Nguyễn Đình Chiểu kéo dài, tổ dân phố số 17, khu đô thị mới Nam Trung Yên, phường Trần Hưng Đạo, thành phố Hà Nội";

fn long(of: &str, chars: usize) -> String {
    let mut text = String::new();
    let mut n = 1;
    while text.chars().count() + of.chars().count() + 8 < chars {
        text = format!("{text}{}({n}) {of}", if text.is_empty() { "" } else { " " });
        n += 1;
    }
    text
}

/// What a leader who explains everything writes: some 1,900 characters.
fn reason() -> String {
    long(
        "Hồ sơ chưa có văn bản xác nhận của cơ quan đăng ký hộ tịch nơi thường trú trước đây, cần bổ sung để \
         bảo đảm đúng quy định về thẩm quyền & trình tự; \"ghi rõ\" theo mẫu #3 [*khoản 2*] của Nghị định.",
        1_950,
    )
}

/// The procedure with twelve papers, each with a name that runs over lines.
fn with_twelve_papers(app: &App) -> Vec<String> {
    let file = catalogue::national().unwrap();
    let mut p = file
        .procedures
        .into_iter()
        .find(|p| p.code == MARITAL)
        .unwrap();
    let first = p.components[0].clone();
    let mut names = Vec::new();
    p.components = (1..=12)
        .map(|n| {
            let mut paper = first.clone();
            paper.id = format!("giay_{n}");
            paper.name = format!(
                "Giấy tờ thứ {n}: bản chính hoặc bản sao có chứng thực văn bản thể hiện việc ly hôn, hủy kết hôn đã \
                 được ghi vào sổ hộ tịch"
            );
            paper.required = n == 1;
            names.push(paper.name.clone());
            paper
        })
        .collect();
    enter(app, p);
    names
}

/// A dossier as full as can be, filed by another.
fn full(app: &App, papers: usize, mode: &str) -> Value {
    let mut body = app.intake("thd");
    body["owner"]["full_name"] = json!(NAME);
    body["owner"]["address"] = json!(ADDRESS);
    body["owner"]["email"] =
        json!("cong.tang.ton.nu.hoang.nguyen.phuong.thao@thu-dien-tu.example.vn");
    body["filer"] = json!({
        "full_name": OTHER, "identity_number": "001085054321", "phone": "0987654321", "relation": "Con đẻ",
        "address": ADDRESS, "authorisation": "Giấy ủy quyền số 12/2026", "authorisation_scope": "both",
    });
    body["intake_mode"] = json!(mode);
    body["components"] = (1..=papers)
        .map(|n| {
            json!({ "component_id": format!("giay_{n}"), "originals": n % 3, "certified_copies": 1, "photocopies": n })
        })
        .collect();
    body
}

#[track_caller]
fn paper(app: &App, who: &str, address: &str) -> Paper {
    let answer = app.as_person(who, Method::GET, address).send().unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{address}");
    Paper::read(&app.database.folder, &answer.bytes().unwrap())
}

/// The last paper of a form: what it says, and as it is printed.
#[track_caller]
fn letter(app: &App, who: &str, d: &Dossier, form: &str) -> (Value, Paper) {
    let letters = d.body["letters"].as_array().unwrap();
    let id = letters.iter().rfind(|l| l["form"] == form).unwrap()["id"]
        .as_str()
        .unwrap();
    let address = format!("/api/v1/dossiers/{}/letters/{id}", d.id);
    let said = app.get(who, &address).expect(200);
    (said, paper(app, who, &format!("{address}/document.pdf")))
}

fn text<'a>(said: &'a Value, member: &str) -> &'a str {
    said[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member} in {said}"))
}

/// No signature stands alone on a page: the last words go with it.
#[track_caller]
fn signed_below(printed: &Paper, words: &str, said: &Value) {
    let last = printed.pages.last().unwrap();
    assert!(
        last.contains(words),
        "«{words}» is not on the last page: {last}"
    );
    assert!(last.contains(text(said, "signer_name")), "{last}");
}

/// A day as it stands in running text.
fn day(instant: &str) -> String {
    let (date, _) = instant.split_once('T').unwrap();
    let parts: Vec<&str> = date.split('-').collect();
    format!("ngày {} tháng {} năm {}", parts[2], parts[1], parts[0])
}

on_both! {
    fn a_slip_of_twelve_papers_and_long_names_says_all_of_them_on_both_copies(app) {
        assert_eq!((NAME.chars().count(), OTHER.chars().count()), (60, 60));
        let names = with_twelve_papers(&app);
        let d = Dossier::of("thd", &app.send_in(&full(&app, 12, "accept")).expect(201));
        let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        let printed = paper(&app, "tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip/document.pdf?both=true", d.id));
        let mut wanted = vec![("code", d.text("code")), ("filer", OTHER), ("number", "001085054321"), ("owner", NAME),
            ("address", ADDRESS), ("phone", "0987654321"), ("procedure", text(&slip, "procedure_name"))];
        let rows: Vec<String> = slip["components"].as_array().unwrap().iter().enumerate().map(|(i, c)| {
            assert_eq!(c["name"], json!(names[i]));
            let count = |kind: &str| match c[kind].as_i64() { Some(0) | None => String::new(), Some(n) => n.to_string() };
            format!("{} {} {} {} {}", i + 1, names[i], count("originals"), count("certified_copies"), count("photocopies"))
        }).collect();
        assert_eq!(rows.len(), 12);
        wanted.extend(rows.iter().map(|row| ("paper", row.as_str())));
        wanted.push(("receiver", text(&slip, "receiver_name")));
        let both: Vec<_> = wanted.iter().chain(&wanted).copied().collect();
        printed.says(&both);
        assert!(printed.pages.len() >= 4, "two copies, each over pages: {}", printed.pages.len());
    }

    fn a_request_for_supplements_says_every_item_and_the_whole_reason_over_pages(app) {
        with_twelve_papers(&app);
        let mut d = Dossier::of("thd", &app.send_in(&full(&app, 12, "check")).expect(201));
        let items: Vec<String> = (1..=12).map(|n| long(&format!("giấy tờ {n} còn thiếu chữ ký và dấu"), 400)).collect();
        app.act("tiepnhan", &mut d, "supplement-requests", &json!({ "items": items, "reason": reason() }));
        let (said, printed) = letter(&app, "tiepnhan", &d, "02");
        assert_eq!(said["items"], json!(items));
        let mut wanted = vec![("number", text(&said, "number")), ("bearer", OTHER),
            ("procedure", text(&said, "procedure_name"))];
        wanted.extend(items.iter().map(|i| ("item", i.as_str())));
        wanted.push(("reason", text(&said, "reason")));
        wanted.push(("signer", text(&said, "signer_name")));
        printed.says(&wanted);
        assert_eq!(said["reason"], json!(reason()));
        signed_below(&printed, "nếu có vướng mắc", &said);
        assert!(printed.pages.len() >= 3, "{}", printed.pages.len());
    }

    fn a_refusal_and_a_stop_say_their_whole_reasons_over_pages(app) {
        with_twelve_papers(&app);
        let mut d = Dossier::of("thd", &app.send_in(&full(&app, 12, "check")).expect(201));
        app.act("tiepnhan", &mut d, "refusals", &json!({ "reason_code": "not_competent", "reason": reason() }));
        let (said, printed) = letter(&app, "tiepnhan", &d, "03");
        printed.says(&[("number", text(&said, "number")), ("bearer", OTHER), ("procedure", text(&said, "procedure_name")),
            ("reason", &reason()), ("signer", text(&said, "signer_name"))]);
        signed_below(&printed, "Xin thông báo cho Ông/Bà được biết.", &said);

        for action in ["holds", "stops"] {
            let mut d = Dossier::of("thd", &app.send_in(&full(&app, 12, "accept")).expect(201));
            app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
            app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
            let ground = long("Bộ luật Tố tụng dân sự, Điều 214", 300);
            app.act("lanhdao.thd", &mut d, action, &json!({ "reason": reason(), "legal_ground": ground }));
            let (said, printed) = letter(&app, "thuly.thd", &d, "05");
            printed.says(&[("code", d.text("code")), ("owner", NAME), ("reason", &reason())]);
            printed.says(&[("ground", &ground)]);
            signed_below(&printed, "số điện thoại", &said);
            assert!(printed.pages.len() >= 2);
        }
    }

    fn an_apology_says_both_days_and_the_whole_reason_over_pages(app) {
        with_twelve_papers(&app);
        let mut d = Dossier::of("thd", &app.send_in(&full(&app, 12, "accept")).expect(201));
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        let mut wanted = body_of("extensions");
        wanted["reason_code"] = json!("other_agency");
        wanted["reason"] = json!(reason());
        app.act("lanhdao.thd", &mut d, "extensions", &wanted);
        let (said, printed) = letter(&app, "thuly.thd", &d, "04");
        printed.says(&[("code", d.text("code")), ("owner", NAME), ("reason", &reason())]);
        for when in ["due_at", "new_due_at"] {
            printed.says(&[(when, &day(text(&said, when)))]);
        }
        signed_below(&printed, "Rất mong nhận được sự thông cảm của Ông/Bà.", &said);
        assert!(printed.pages.len() >= 2);
    }

    fn the_control_slip_the_receipt_and_the_register_say_what_is_kept(app) {
        with_twelve_papers(&app);
        let mut d = Dossier::of("thd", &app.send_in(&full(&app, 12, "accept")).expect(201));
        // Back and forth, so that the rows run over pages.
        let note = long("đã kiểm tra, chuyển kèm theo toàn bộ giấy tờ", 450);
        for n in 0..6 {
            app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler", "pages": 37, "note": note }));
            let why = if n == 3 { reason() } else { "Thiếu trang 12, đề nghị kiểm tra lại.".to_owned() };
            app.act("thuly.thd", &mut d, "acknowledgements",
                &json!({ "accepted": false, "reason": why }));
        }
        let address = format!("/api/v1/dossiers/{}/control-slip", d.id);
        let slip = app.get("tiepnhan", &address).expect(200);
        let printed = paper(&app, "tiepnhan", &format!("{address}/document.pdf"));
        // A row may go on overleaf, below the heads of the columns.
        let heads = "Tên cơ quan, bộ phận Thời gian giao, nhận hồ sơ Kết quả giải quyết hồ sơ Ghi chú ";
        let printed = Paper {
            pages: printed.pages.iter().enumerate()
                .map(|(n, page)| if n == 0 { page.as_str() } else { page.strip_prefix(heads).expect("the heads") })
                .map(ToOwned::to_owned)
                .collect(),
        };
        let hops = slip["hops"].as_array().unwrap();
        assert!(hops.len() >= 6, "{}", hops.len());
        let mut wanted = vec![("code", text(&slip, "code")), ("procedure", text(&slip, "procedure_name"))];
        for hop in hops {
            wanted.push(("giver", text(&hop["given_by"], "full_name")));
            if let Some(taker) = hop["taken_by"]["full_name"].as_str() { wanted.push(("taker", taker)); }
            if let Some(note) = hop["note"].as_str() { wanted.push(("note", note)); }
        }
        printed.says(&wanted);
        assert!(printed.pages.len() >= 2);

        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
        app.act("lanhdao.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("lanhdao.thd", &mut d, "decisions", &body_of("decisions"));
        let mut result = body_of("results");
        result["summary"] = json!(long("Giấy xác nhận tình trạng hôn nhân", 450));
        app.act("thuly.thd", &mut d, "results", &result);
        let mut given = body_of("returns");
        given["collector"]["full_name"] = json!(NAME);
        app.act("traketqua", &mut d, "returns", &given);
        let receipt = paper(&app, "traketqua", &format!("/api/v1/dossiers/{}/return-receipt/document.pdf", d.id));
        receipt.says(&[("code", d.text("code"))]);
        receipt.says(&[("collector", NAME)]);
        receipt.says(&[("number", "125/XNHN")]);

        for _ in 0..40 {
            app.send_in(&full(&app, 1, "accept")).expect(201);
        }
        let query = format!("?authority_id={}&year=2026", app.authority("thd"));
        let rows = app.get("tiepnhan", &format!("/api/v1/dossier-register{query}&limit=50")).expect(200);
        let book = paper(&app, "tiepnhan", &format!("/api/v1/dossier-register/document.pdf{query}&from=1&to=50"));
        let rows = rows["items"].as_array().unwrap();
        assert!(rows.len() >= 41, "{}", rows.len());
        let told: Vec<(&str, &str)> = rows.iter().rev()
            .flat_map(|row| {
                let of = &row["dossiers"][0];
                [("code", text(of, "code")), ("filer", text(of, "filer_name")), ("owner", text(of, "owner_name"))]
            })
            .collect();
        book.says(&told);
        assert!(book.pages.len() >= 2);
    }
}
