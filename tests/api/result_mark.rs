//! The mark of a result: anybody who holds the paper asks whether it is genuine and still holds, and learns nothing
//! of the people in it.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn mark(app: &App, d: &Dossier) -> String {
    let path = format!("/api/v1/dossiers/{}/result-mark", d.id);
    let told = app.get("traketqua", &path).expect(200);
    assert!(told["svg"].as_str().unwrap().contains("<svg"));
    let address = told["address"].as_str().unwrap();
    let mark = address.strip_prefix(&format!("{}/kq/", app.base)).unwrap();
    mark.to_owned()
}

fn asked(app: &App, mark: &str) -> Answer {
    app.send(app.request(Method::GET, &format!("/api/v1/public/results/{mark}")))
}

/// The page that a telephone opens.
fn page(app: &App, mark: &str, lang: &str) -> (u16, String) {
    let path = format!("/kq/{mark}?lang={lang}");
    let answer = app.request(Method::GET, &path).send().unwrap();
    (answer.status().as_u16(), answer.text().unwrap())
}

fn standing(app: &App, mark: &str) -> Value {
    asked(app, mark).expect(200)["standing"].clone()
}

fn right(number: &str) -> Value {
    json!({ "number": number, "issued_on": "2026-03-03", "summary": "Giấy xác nhận (đính chính)" })
}

on_both! {
    fn who_holds_a_result_learns_that_it_is_genuine_and_nothing_of_whom_it_is_about(app) {
        let d = app.journey("thd", Station::Returned);
        let mark = mark(&app, &d);
        let told = asked(&app, &mark).expect(200);
        assert_eq!((&told["standing"], &told["outcome"]), (&json!("valid"), &json!("grant")));
        assert_eq!((&told["number"], &told["issued_on"]), (&json!("125/XNHN"), &json!("2026-03-02")));
        assert_eq!(told["authority_name"], "Ủy ban nhân dân phường Trần Hưng Đạo");
        assert_eq!((&told["until"], &told["replaced_by_number"]), (&Value::Null, &Value::Null));
        for (lang, says) in [("vi", "Kết quả thật, còn hiệu lực"), ("en", "Genuine, and it holds")] {
            let (status, html) = page(&app, &mark, lang);
            assert_eq!(status, 200);
            assert!(html.contains(says) && html.contains("125/XNHN") && html.contains("02/03/2026"), "{html}");
            assert!(!html.contains("<script") && html.len() < 20_000);
            for personal in ["Nguyễn Văn An", "001085012345", d.text("code")] {
                assert!(!html.contains(personal) && !told.to_string().contains(personal), "{personal}");
            }
        }
    }

    fn a_mark_that_somebody_made_up_is_of_no_result(app) {
        let d = app.journey("thd", Station::Returned);
        let mark = mark(&app, &d);
        let other = self::mark(&app, &app.journey("thd", Station::Completed));
        let (id, proof) = mark.split_at(22);
        let (_, others) = other.split_at(22);
        let turned = |text: &str| -> String {
            let other = |c| if c == 'A' { 'B' } else { 'A' };
            text.chars().enumerate().map(|(n, c)| if n == 5 { other(c) } else { c }).collect()
        };
        let short: String = mark.chars().take(43).collect();
        // Another's proof, a letter changed in either half, one too few, one too many, none of ours at all.
        for forged in [
            format!("{id}{others}"), format!("{}{proof}", turned(id)), format!("{id}{}", turned(proof)),
            short, format!("{mark}A"), id.to_owned(), "x".into(), "%C3%A1".repeat(22), "A".repeat(44),
        ] {
            asked(&app, &forged).refused(404, "result_unknown");
            let (status, html) = page(&app, &forged, "vi");
            assert_eq!(status, 404);
            assert!(html.contains("Không xác nhận được kết quả") && !html.contains("125/XNHN"), "{html}");
        }
    }

    fn a_result_that_is_put_right_says_so_and_then_which_took_its_place(app) {
        let mut d = app.journey("thd", Station::Returned);
        let first = mark(&app, &d);
        app.act("lanhdao.thd", &mut d, "corrections", &body_of("corrections"));
        assert_eq!(standing(&app, &first), "being_corrected");
        app.act("thuly.thd", &mut d, "results", &right("126/XNHN"));
        let told = asked(&app, &first).expect(200);
        assert_eq!((&told["standing"], &told["replaced_by_number"]), (&json!("replaced"), &json!("126/XNHN")));
        assert_eq!(told["replaced_by_issued_on"], "2026-03-03");
        assert!(told["until"].is_string());
        let (_, html) = page(&app, &first, "vi");
        assert!(html.contains("Kết quả đã được thay thế") && html.contains("126/XNHN"), "{html}");
        let second = mark(&app, &d);
        assert_ne!(first, second);
        assert_eq!(standing(&app, &second), "valid");
    }

    fn a_result_that_was_taken_back_does_not_hold(app) {
        let mut d = app.journey("thd", Station::Completed);
        let first = mark(&app, &d);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!(standing(&app, &first), "taken_back");
        let path = format!("/api/v1/dossiers/{}/result-mark", d.id);
        app.get("traketqua", &path).refused(404, "no_result");
        app.act("thuly.thd", &mut d, "results", &right("127/XNHN"));
        assert_eq!(standing(&app, &first), "replaced");
    }

    fn the_mark_is_printed_on_a_label_and_on_the_receipt_of_the_result(app) {
        let d = app.journey("thd", Station::Returned);
        for paper in ["result-mark", "return-receipt"] {
            let path = format!("/api/v1/dossiers/{}/{paper}/document.pdf", d.id);
            let answer = app.as_person("traketqua", Method::GET, &path).send().unwrap();
            assert_eq!(answer.status(), 200);
            assert!(answer.bytes().unwrap().starts_with(b"%PDF-1.7"));
        }
        let before = app.journey("thd", Station::Processing);
        app.get("tiepnhan", &format!("/api/v1/dossiers/{}/result-mark", before.id)).refused(404, "no_result");
        app.get("thuly.cn", &format!("/api/v1/dossiers/{}/result-mark", d.id)).refused(404, "not_found");
    }
}
