//! Form 07, the register of what was received (DOMAIN §1.6).

use motcua_tests::dossier::Station;
use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn book(app: &App, who: &str, ward: &str, more: &str) -> motcua_tests::Answer {
    let path = format!(
        "/api/v1/dossier-register?authority_id={}&year=2026{more}",
        app.authority(ward)
    );
    app.get(who, &path)
}

fn taken_out(app: &App, who: &str, file: &str, more: &str) -> (u16, Vec<u8>) {
    let path = format!(
        "/api/v1/dossier-register/{file}?authority_id={}&year=2026{more}",
        app.authority("thd")
    );
    let answer = app.as_person(who, Method::GET, &path).send().unwrap();
    (answer.status().as_u16(), answer.bytes().unwrap().to_vec())
}

fn numbers(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|i| i["number"].as_i64().unwrap())
        .collect()
}

on_both! {
    fn each_slip_is_a_number_of_its_authoritys_year_and_pages_follow_one_another(app) {
        let before = book(&app, "tiepnhan", "thd", "&limit=1").expect(200)["items"][0]["number"].as_i64().unwrap_or(0);
        let codes: Vec<String> = (0..3).map(|_| app.take_in("thd").text("code").to_owned()).collect();
        app.take_in("cn");
        let first = book(&app, "tiepnhan", "thd", "&limit=2").expect(200);
        assert_eq!(numbers(&first), [before + 3, before + 2]);
        assert_eq!(first["items"][0]["dossiers"][0]["code"], json!(codes[2]));
        let cursor = first["next"].as_str().unwrap();
        let rest = book(&app, "tiepnhan", "thd", &format!("&limit=2&cursor={cursor}")).expect(200);
        assert_eq!(numbers(&rest)[0], before + 1);
        assert_eq!(rest["items"][0]["dossiers"][0]["code"], json!(codes[0]));
        let back = rest["prev"].as_str().unwrap();
        let again = book(&app, "tiepnhan", "thd", &format!("&limit=2&cursor={back}")).expect(200);
        assert_eq!(numbers(&again), numbers(&first));
        // What was only filed has no slip, and no number.
        app.journey("thd", Station::Submitted);
        assert_eq!(numbers(&book(&app, "tiepnhan", "thd", "&limit=1").expect(200)), [before + 3]);
    }

    fn a_line_says_who_what_when_and_who_took_it_away(app) {
        let d = app.journey("thd", Station::Returned);
        let page = book(&app, "lanhdao.thd", "thd", "&limit=1").expect(200);
        let line = &page["items"][0]["dossiers"][0];
        assert_eq!(line["code"], d.body["code"]);
        assert_eq!(line["filer_name"], "Nguyễn Văn An");
        assert!(line["owner_name"].is_null());
        assert!(line["phone"].as_str().unwrap().matches('*').count() > 3, "masked");
        assert_eq!(line["due_at"], d.body["due_at_original"]);
        assert_eq!((line["state"].as_str(), line["collector_name"].as_str()), (Some("returned"), Some("Nguyễn Văn An")));
        assert!(line["returned_at"].is_string());
    }

    fn a_slip_issued_anew_says_which_number_it_stands_instead_of(app) {
        let mut d = app.take_in("thd");
        let old = numbers(&book(&app, "tiepnhan", "thd", "&limit=1").expect(200))[0];
        app.act("tiepnhan", &mut d, "amendments", &json!({
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn Ân", "identity_number": "001085012345" },
            "reason": "Gõ nhầm họ tên."
        }));
        let page = book(&app, "tiepnhan", "thd", "&limit=2").expect(200);
        assert_eq!(numbers(&page), [old + 1, old]);
        assert_eq!((&page["items"][0]["instead_of"], &page["items"][1]["instead_of"]), (&json!(old), &Value::Null));
    }

    fn it_is_taken_out_as_a_document_and_a_workbook_and_that_is_on_record(app) {
        app.take_in("thd");
        let (status, pdf) = taken_out(&app, "tiepnhan", "document.pdf", "&from=1&to=50");
        assert_eq!(status, 200);
        assert!(pdf.starts_with(b"%PDF-1.7"));
        let (status, sheet) = taken_out(&app, "giamdoc", "workbook.xlsx", "");
        assert_eq!(status, 200);
        assert!(sheet.starts_with(b"PK"));
        let record = app.get("thanhtra", &format!("/api/v1/audit-entries?subject_id={}", app.authority("thd"))).expect(200);
        let taken = record["items"].as_array().unwrap().iter().filter(|e| e["action"] == "dossier_register.exported");
        assert_eq!(taken.count(), 2);
        // Not from the end to the beginning, and not everything at once.
        for more in ["&from=5&to=4", "&from=1&to=1001", "&from=0", "&to=0"] {
            assert_eq!(taken_out(&app, "tiepnhan", "document.pdf", more).0, 422, "{more}");
        }
        book(&app, "tiepnhan", "thd", "&limit=101").refused(422, "validation_failed");
        app.get("tiepnhan", &format!("/api/v1/dossier-register?authority_id={}&year=1999", app.authority("thd")))
            .refused(422, "validation_failed");
    }

    fn another_wards_leader_sees_no_line_of_it(app) {
        app.take_in("thd");
        assert_eq!(book(&app, "lanhdao.cn", "thd", "").expect(200)["items"], json!([]));
        book(&app, "thuly.thd", "thd", "").refused(403, "role_not_allowed");
    }

    fn what_was_given_to_a_desk_on_a_day_is_a_sheet_for_both_sides_to_sign(app) {
        let given = app.journey("thd", Station::GivenToHandler);
        let taken = app.journey("thd", Station::Processing);
        app.journey("cn", Station::GivenToHandler);
        let day = app.now().date_naive();
        let path = |file: &str, day: chrono::NaiveDate| {
            format!("/api/v1/handover-sheet{file}?authority_id={}&to_desk=handler&day={day}", app.authority("thd"))
        };
        let sheet = app.get("tiepnhan", &path("", day)).expect(200);
        let codes: Vec<&Value> = sheet["items"].as_array().unwrap().iter().map(|i| &i["code"]).collect();
        assert_eq!(codes, [&given.body["code"], &taken.body["code"]]);
        assert_eq!(sheet["items"][0]["taken_by"], Value::Null);
        assert_eq!(sheet["items"][1]["accepted"], true);
        assert!(sheet["items"][1]["taken_by"]["full_name"].is_string());
        let answer = app.as_person("tiepnhan", Method::GET, &path("/document.pdf", day)).send().unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        assert!(answer.bytes().unwrap().starts_with(b"%PDF-1.7"));
        // It is the giver's own, and of that day.
        assert_eq!(app.get("giamdoc", &path("", day)).expect(200)["items"], json!([]));
        assert_eq!(app.get("tiepnhan", &path("", day.succ_opt().unwrap())).expect(200)["items"], json!([]));
    }
}
