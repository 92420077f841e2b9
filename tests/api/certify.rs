//! Certifying at the counter, and the books it is entered in.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use motcua_tests::{Answer, App, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const CERTIFY: &str = "/api/v1/certifications";

fn asked(app: &App, kind: &str, ward: &str, names: &[&str]) -> Value {
    let items: Vec<Value> = names
        .iter()
        .map(|name| json!({ "document_name": name, "original_pages": 2 }))
        .collect();
    json!({
        "kind": kind, "authority_id": app.authority(ward), "signer_user_id": app.signer(ward),
        "requester": {
            "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345",
            "birth_date": "1985-04-12", "phone": "0912345678"
        },
        "items": items
    })
}

fn certify(app: &App, body: &Value) -> Answer {
    app.post("tiepnhan", CERTIFY, body)
}

fn book(app: &App, who: &str, kind: &str, ward: &str, more: &str) -> Value {
    let ward = app.authority(ward);
    let path = format!("{CERTIFY}?authority_id={ward}&kind={kind}&year=2026{more}");
    app.get(who, &path).expect(200)
}

fn numbers(page: &Value) -> Vec<i64> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|e| e["number"].as_i64().unwrap())
        .collect()
}

on_both! {
    fn copies_are_certified_entered_and_handed_back_in_one_go(app) {
        let mut body = asked(&app, "copy", "thd", &["Giấy khai sinh", "Bằng đại học"]);
        body["items"][1]["original_pages"] = json!(5);
        body["items"][1]["copies"] = json!(3);
        let answer = certify(&app, &body);
        let done = answer.expect(201);
        let id = done["dossier_id"].as_str().unwrap();
        assert_eq!(answer.header("location"), format!("/api/v1/dossiers/{id}"));
        assert_eq!((&done["total_vnd"], &done["dossier_code"]), (&json!(25_000), &json!("H26.14.100-260302-0001")));
        let entries = done["entries"].as_array().unwrap();
        assert_eq!((&entries[0]["number"], &entries[1]["number"]), (&json!(1), &json!(2)));
        assert_eq!((&entries[1]["fee_vnd"], &entries[1]["symbol"]), (&json!(21_000), &json!("SCT/BS")));
        assert_eq!(entries[0]["signer"]["full_name"], "Đặng Quốc Khánh");
        // The number is masked in the answer as in every list.
        assert!(!answer.text.contains("001085012345"));

        let d = app.get("tiepnhan", &format!("/api/v1/dossiers/{id}")).expect(200);
        assert_eq!((&d["state"], &d["result"]["number"]), (&json!("returned"), &json!("1–2/2026-SCT/BS")));
        assert_eq!(d["fees"][0]["amount_vnd"], 25_000);
        assert_eq!(d["collector"]["full_name"], "Nguyễn Văn An");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn each_authority_and_kind_has_a_book_of_its_own(app) {
        for (kind, ward) in [("copy", "thd"), ("copy", "cn"), ("signature", "thd"), ("copy", "thd")] {
            certify(&app, &asked(&app, kind, ward, &["Giấy tờ"])).expect(201);
        }
        assert_eq!(numbers(&book(&app, "tiepnhan", "copy", "thd", "")), [2, 1]);
        assert_eq!(numbers(&book(&app, "tiepnhan", "copy", "cn", "")), [1]);
        assert_eq!(numbers(&book(&app, "tiepnhan", "signature", "thd", "")), [1]);
        // A leader reads the own ward's book and no other.
        assert_eq!(numbers(&book(&app, "lanhdao.thd", "copy", "thd", "")), [2, 1]);
        assert_eq!(numbers(&book(&app, "lanhdao.thd", "copy", "cn", "")), Vec::<i64>::new());
    }

    fn eight_counters_at_once_leave_no_gap_and_no_number_twice(app) {
        app.authority("thd");
        let body = asked(&app, "copy", "thd", &["Một", "Hai", "Ba"]);
        let start = Barrier::new(8);
        let answers: Vec<Value> = thread::scope(|scope| {
            let clients: Vec<_> = (0..8)
                .map(|_| {
                    let (app, start, body) = (&app, &start, &body);
                    scope.spawn(move || {
                        start.wait();
                        (0..5).map(|_| certify(app, body).expect(201)).collect::<Vec<_>>()
                    })
                })
                .collect();
            clients.into_iter().flat_map(|c| c.join().unwrap()).collect()
        });
        let given: BTreeSet<i64> = answers
            .iter()
            .flat_map(|a| a["entries"].as_array().unwrap())
            .map(|e| e["number"].as_i64().unwrap())
            .collect();
        assert_eq!(given, (1..=120).collect());
        // The papers of one person follow one another.
        for a in &answers {
            let first = a["entries"][0]["number"].as_i64().unwrap();
            assert_eq!(a["entries"][2]["number"], first + 2);
        }
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn the_book_begins_at_one_each_year(app, Options::at("2026-12-31T16:00:00+07:00")) {
        let body = asked(&app, "copy", "thd", &["Giấy tờ"]);
        certify(&app, &body).expect(201);
        certify(&app, &body).expect(201);
        app.at("2027-01-04T08:00:00+07:00");
        let next = certify(&app, &body).expect(201);
        assert_eq!((&next["entries"][0]["number"], &next["entries"][0]["year"]), (&json!(1), &json!(2027)));
        assert_eq!(numbers(&book(&app, "tiepnhan", "copy", "thd", "")), [2, 1]);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn one_key_certifies_once(app) {
        let body = asked(&app, "signature", "ht", &["Giấy ủy quyền"]);
        let send = || {
            app.send(
                app.as_person("tiepnhan", Method::POST, CERTIFY)
                    .header("idempotency-key", "mot-lan")
                    .json(&body),
            )
        };
        let (first, second) = (send().expect(201), send().expect(201));
        assert_eq!(first, second);
        assert_eq!(numbers(&book(&app, "tiepnhan", "signature", "ht", "")), [1]);
    }

    fn what_is_refused_uses_no_number_up(app) {
        let mut body = asked(&app, "copy", "thd", &["Giấy tờ"]);
        // Another ward's leader; a name of nobody; a paper without a name.
        body["signer_user_id"] = app.signer("cn");
        let refused = certify(&app, &body);
        refused.points_at(&refused.refused(422, "signer_not_leader"), "/signer_user_id", "signer_not_leader");
        let mut body = asked(&app, "copy", "thd", &["Giấy tờ"]);
        body["requester"]["full_name"] = json!("12345");
        certify(&app, &body).invalid("/requester/full_name", "name_invalid");
        let body = asked(&app, "copy", "thd", &["  "]);
        certify(&app, &body).invalid("/items/0/document_name", "required");
        for items in [json!([]), json!([{ "document_name": "A", "original_pages": 0 }])] {
            let mut body = asked(&app, "copy", "thd", &[]);
            body["items"] = items;
            certify(&app, &body).refused(422, "validation_failed");
        }
        assert_eq!(numbers(&book(&app, "tiepnhan", "copy", "thd", "")), Vec::<i64>::new());
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"], json!([]));
        let done = certify(&app, &asked(&app, "copy", "thd", &["Giấy tờ"])).expect(201);
        assert_eq!(done["entries"][0]["number"], 1);
    }

    fn what_is_certified_on_the_spot_cannot_go_past_the_book(app) {
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("2.000815");
        body["on_the_spot"] = json!({ "signer_user_id": app.signer("thd") });
        let refused = app.send_in(&body);
        refused.points_at(&refused.refused(422, "certification_unregistered"), "/on_the_spot", "certification_unregistered");
    }

    fn a_book_is_paged_and_searched_by_number_name_and_code(app) {
        let mut codes = Vec::new();
        for (i, name) in ["Nguyễn Văn An", "Trần Thị Bình", "Nguyễn Thị Ánh"].iter().enumerate() {
            let mut body = asked(&app, "copy", "thd", &["Giấy khai sinh", "Bằng lái xe"]);
            body["requester"] = json!({ "kind": "citizen", "full_name": name });
            if i == 1 {
                body["requester"]["identity_number"] = json!("001190012345");
            }
            codes.push(certify(&app, &body).expect(201)["dossier_code"].as_str().unwrap().to_owned());
        }
        let first = book(&app, "thanhtra", "copy", "thd", "&limit=4");
        assert_eq!(numbers(&first), [6, 5, 4, 3]);
        let next = first["next"].as_str().unwrap();
        let second = book(&app, "thanhtra", "copy", "thd", &format!("&limit=4&cursor={next}"));
        assert_eq!(numbers(&second), [2, 1]);
        let back = second["prev"].as_str().unwrap();
        assert_eq!(numbers(&book(&app, "thanhtra", "copy", "thd", &format!("&limit=4&cursor={back}"))), [6, 5, 4, 3]);
        let found = |q: &str| numbers(&book(&app, "tiepnhan", "copy", "thd", &format!("&q={q}")));
        assert_eq!(found("4"), [4]);
        assert_eq!(found("nguyen"), [6, 5, 2, 1]);
        assert_eq!(found("thi%20anh"), [6, 5]);
        assert_eq!(found(&codes[1]), [4, 3]);
        assert_eq!(found("khong-co-ai"), Vec::<i64>::new());
        // An identity number finds nothing here: the book is no way round what lists do not tell.
        assert_eq!(found("001190012345"), Vec::<i64>::new());
    }

    fn a_book_is_taken_out_as_a_sheet_and_that_is_on_record(app) {
        certify(&app, &asked(&app, "copy", "thd", &["=1+1", "Giấy khai sinh"])).expect(201);
        certify(&app, &asked(&app, "signature", "thd", &["Giấy ủy quyền"])).expect(201);
        let ward = app.authority("thd");
        let path = |kind: &str| format!("/api/v1/certification-export?authority_id={ward}&kind={kind}&year=2026");
        let sheet = app.get("thanhtra", &path("copy"));
        assert_eq!(sheet.status, 200);
        assert!(sheet.header("content-type").starts_with("text/csv"));
        assert!(sheet.header("content-disposition").contains("so-chung-thuc-ban-sao-2026.csv"));
        let rows: Vec<&str> = sheet.text.lines().collect();
        assert_eq!(rows.len(), 3);
        assert!(rows[1].starts_with("1,02/03/2026,Nguyễn Văn An,'=1+1,2,1,4000,"), "{}", rows[1]);
        assert!(rows[2].starts_with("2,"));
        // Who may not read personal data gets the numbers masked.
        assert!(app.get("thanhtra", &path("signature")).text.contains("001085012345"));
        assert!(!app.get("giamdoc", &path("signature")).text.contains("001085012345"));
        let mut db = app.database.open();
        let centre = motcua_store::centre::centres_page(&mut db, None, 1).unwrap().remove(0).id;
        let entries = motcua_store::audit::page(&mut db, &centre, 0, 1000).unwrap();
        let taken = entries.iter().filter(|e| e.action == "certification_book.exported").count();
        assert_eq!(taken, 3);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_line_changed_or_taken_out_of_a_book_is_found(app) {
        for _ in 0..2 {
            certify(&app, &asked(&app, "copy", "thd", &["Giấy khai sinh"])).expect(201);
        }
        let codes = |app: &App| -> BTreeSet<String> {
            app.verify().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
        };
        app.database.execute("UPDATE certification_entries SET copies = 5 WHERE number = 1");
        assert_eq!(codes(&app), BTreeSet::from(["certification_altered".to_owned()]));
        app.database.execute("DELETE FROM certification_entries WHERE number = 1");
        assert_eq!(
            codes(&app),
            BTreeSet::from(["certification_missing".to_owned(), "series_not_gap_free".to_owned()])
        );
    }
}
