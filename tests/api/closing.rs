//! Tills that are closed, and cash (DOMAIN §7.2).

use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const CLOSINGS: &str = "/api/v1/till-closings";

fn owing(app: &App, ward: &str, amount_vnd: i64) -> Dossier {
    let mut d = app.take_in(ward);
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    d
}

fn paid(method: &str, reference: &str) -> Value {
    json!({ "settlement": "paid", "method": method, "reference": reference })
}

/// Collected by the cashier's word.
fn collected(app: &App, method: &str, amount_vnd: i64) -> Dossier {
    let mut d = owing(app, "thd", amount_vnd);
    app.act("thungan", &mut d, "payments", &paid(method, "POS 0012"));
    d
}

/// The collection of a dossier is taken back by two.
fn taken_back(app: &App, d: &Dossier) {
    let path = format!("/api/v1/dossiers/{}/collection-voids", d.id);
    let asked = app
        .post("thungan", &path, &json!({ "reason": "Bấm nhầm hồ sơ" }))
        .expect(201);
    let path = format!(
        "/api/v1/collection-voids/{}/approvals",
        asked["id"].as_str().unwrap()
    );
    app.post_at(
        "lanhdao.thd",
        &path,
        asked["version"].as_i64().unwrap(),
        &json!({}),
    )
    .expect(201);
}

fn till(app: &App) -> Value {
    app.get("thungan", "/api/v1/till").expect(200)
}

fn cash(app: &App, allowed: bool, version: i64) -> Answer {
    let rule = json!({ "allowed": allowed, "source": "Quyết định 12/QĐ-UBND" });
    app.put_at("giamdoc", "/api/v1/cash-rule", version, &rule)
}

/// A closing of what is open, with what was counted.
fn closing(app: &App, counted: &Value) -> Value {
    let mut body = counted.clone();
    body["until_seq"] = till(app)["open"]["until_seq"].clone();
    body
}

fn close(app: &App, counted: &Value) -> Answer {
    app.post("thungan", CLOSINGS, &closing(app, counted))
}

fn sums(of: &Value) -> Vec<(String, i64, i64, i64)> {
    of["sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| {
            let n = |member: &str| s[member].as_i64().unwrap();
            (
                s["method"].as_str().unwrap().to_owned(),
                n("payments"),
                n("collected_vnd"),
                n("voided_vnd"),
            )
        })
        .collect()
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn cash_is_taken_where_the_centre_decided_so_and_nowhere_else(app) {
        let d = owing(&app, "thd", 8_000);
        app.try_act("thungan", &d, "payments", &paid("cash", "Phiếu 1")).invalid("/method", "cash_not_allowed");
        let none = app.get("thungan", "/api/v1/cash-rule").expect(200);
        assert_eq!((&none["allowed"], &none["version"]), (&json!(false), &json!(0)));
        for who in ["thungan", "admin", "lanhdao.thd", "thanhtra"] {
            let rule = json!({ "allowed": true, "source": "x" });
            app.put_at(who, "/api/v1/cash-rule", 0, &rule).expect(403);
        }
        app.put_at("giamdoc", "/api/v1/cash-rule", 0, &json!({ "allowed": true, "source": " " })).invalid("/source", "required");
        cash(&app, true, 1).refused(412, "version_stale");
        let set = cash(&app, true, 0).expect(200);
        assert_eq!((&set["allowed"], &set["version"]), (&json!(true), &json!(1)));
        cash(&app, true, 0).refused(412, "version_stale");
        let mut d = d;
        app.act("thungan", &mut d, "payments", &json!({ "settlement": "paid", "method": "cash" }));
        let given = app.get("thungan", &format!("/api/v1/receipts?dossier_id={}", d.id)).expect(200);
        assert_eq!(given["items"][0]["method"], "cash");
        assert!(till(&app)["cash_allowed"].as_bool().unwrap());
        // What was collected before stays; what comes after is refused again.
        cash(&app, false, 1).expect(200);
        let other = owing(&app, "thd", 8_000);
        app.try_act("thungan", &other, "payments", &paid("cash", "Phiếu 1")).invalid("/method", "cash_not_allowed");
        assert_eq!(till(&app)["open"]["net_vnd"], 8_000);
        sound(&app);
    }

    fn a_till_is_closed_over_what_was_seen_and_what_was_counted(app) {
        cash(&app, true, 0).expect(200);
        assert_eq!(till(&app)["open"], Value::Null);
        app.post("thungan", CLOSINGS, &json!({ "until_seq": 1 })).refused(409, "nothing_to_close");
        collected(&app, "card", 8_000);
        collected(&app, "transfer", 5_000);
        let voided = collected(&app, "card", 3_000);
        taken_back(&app, &voided);
        collected(&app, "cash", 12_000);
        let now = till(&app)["open"].clone();
        let expected = [
            ("transfer".to_owned(), 1, 5_000, 0),
            ("card".to_owned(), 2, 11_000, 3_000),
            ("cash".to_owned(), 1, 12_000, 0),
        ];
        assert_eq!(sums(&now), expected);
        assert_eq!((&now["net_vnd"], &now["lines_count"]), (&json!(25_000), &json!(5)));
        let back: Vec<&Value> = now["lines"].as_array().unwrap().iter().filter(|l| l["taken_back"] == true).collect();
        assert_eq!((back.len(), &back[0]["le_phi_vnd"]), (1, &json!(-3_000)));
        assert_eq!(now["lines"][0]["receipts"].as_array().unwrap().len(), 1);
        // What was taken is counted, by notes that there are.
        let nothing = close(&app, &json!({}));
        nothing.invalid("/card_vnd", "required");
        nothing.invalid("/cash_notes", "required");
        let notes = |value: i64, count: i64| json!({ "card_vnd": 8_000, "cash_notes": [{ "value_vnd": value, "count": count }] });
        close(&app, &notes(3_000, 4)).invalid("/cash_notes/0/value_vnd", "note_unknown");
        close(&app, &notes(1_000, -1)).invalid("/cash_notes/0/count", "out_of_range");
        close(&app, &notes(1_000, 11)).invalid("/reason", "difference_unexplained");
        let mut wrong = closing(&app, &notes(2_000, 6));
        wrong["counter_id"] = json!(app.authority("thd"));
        app.post("thungan", CLOSINGS, &wrong).invalid("/counter_id", "counter_unknown");
        // What changed meanwhile is seen first.
        let before = closing(&app, &notes(2_000, 6));
        let mut earlier = before.clone();
        earlier["until_seq"] = json!(before["until_seq"].as_i64().unwrap() + 1);
        let moved = app.post("thungan", CLOSINGS, &earlier).refused(409, "till_moved");
        assert_eq!(moved["until_seq"], before["until_seq"]);
        assert_eq!(app.get("thungan", CLOSINGS).expect(200)["items"], json!([]));
        let mut short = closing(&app, &notes(1_000, 11));
        short["reason"] = json!("Trả nhầm tiền thừa 1.000 đồng, đã báo phụ trách");
        let made = app.post("thungan", CLOSINGS, &short).expect(201);
        assert_eq!((&made["number"], &made["collected_vnd"], &made["difference_vnd"]), (&json!(1), &json!(25_000), &json!(-1_000)));
        assert_eq!(sums(&made), expected);
        assert_eq!(till(&app)["open"], Value::Null);
        assert_eq!(till(&app)["last_number"], 1);
        app.post("thungan", CLOSINGS, &before).refused(409, "nothing_to_close");
        // Who answers for the centre reads it; a ward's leader does not, nor who is not of it.
        let path = format!("{CLOSINGS}/{}", made["id"].as_str().unwrap());
        for (who, status) in [("giamdoc", 200), ("thanhtra", 200), ("admin", 200), ("lanhdao.thd", 404), ("tiepnhan", 403)] {
            app.get(who, &path).expect(status);
        }
        let list = app.get("giamdoc", CLOSINGS).expect(200);
        assert_eq!(list["items"][0]["cashier"]["full_name"], made["cashier"]["full_name"]);
        assert_eq!(app.get("lanhdao.thd", CLOSINGS).expect(200)["items"], json!([]));
        sound(&app);
    }

    fn each_collection_is_in_one_closing_and_each_closing_of_one_day(app) {
        collected(&app, "card", 8_000);
        let second = collected(&app, "card", 5_000);
        close(&app, &json!({ "card_vnd": 13_000 })).expect(201);
        // What is taken back afterwards stands in the next.
        taken_back(&app, &second);
        collected(&app, "transfer", 4_000);
        let now = till(&app)["open"].clone();
        assert_eq!(sums(&now), [("transfer".to_owned(), 1, 4_000, 0), ("card".to_owned(), 0, 0, 5_000)]);
        // The next day the first is closed first, and alone.
        app.at("2026-03-03T09:00:00+07:00");
        collected(&app, "card", 7_000);
        let yesterday = till(&app)["open"].clone();
        assert_eq!((&yesterday["day"], &yesterday["until_seq"]), (&json!("2026-03-02"), &now["until_seq"]));
        let made = close(&app, &json!({ "card_vnd": -5_000 })).expect(201);
        assert_eq!((&made["day"], &made["number"], &made["collected_vnd"]), (&json!("2026-03-02"), &json!(2), &json!(-1_000)));
        let today = close(&app, &json!({ "card_vnd": 7_000 })).expect(201);
        assert_eq!((&today["day"], &today["number"]), (&json!("2026-03-03"), &json!(3)));
        let lines: i64 = app.get("thungan", CLOSINGS).expect(200)["items"].as_array().unwrap().iter().map(|c| {
            let path = format!("{CLOSINGS}/{}", c["id"].as_str().unwrap());
            app.get("thungan", &path).expect(200)["lines_count"].as_i64().unwrap()
        }).sum();
        assert_eq!(lines, 5);
        sound(&app);
    }

    fn of_two_who_close_at_once_one_does(app) {
        for _ in 0..4 {
            collected(&app, "transfer", 1_000);
        }
        let body = closing(&app, &json!({}));
        let mut answers: Vec<u16> = std::thread::scope(|s| {
            let all: Vec<_> = (0..4).map(|_| s.spawn(|| app.post("thungan", CLOSINGS, &body).status)).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [201, 409, 409, 409]);
        sound(&app);
    }

    fn a_closing_is_printed_and_exported_as_it_is(app) {
        collected(&app, "card", 8_000);
        let made = close(&app, &json!({ "card_vnd": 8_000 })).expect(201);
        let path = format!("{CLOSINGS}/{}", made["id"].as_str().unwrap());
        let read = |what: &str| app.as_person("giamdoc", Method::GET, &format!("{path}/{what}")).send().unwrap();
        let pdf = read("document.pdf");
        assert_eq!((pdf.status().as_u16(), pdf.headers()["content-type"].to_str().unwrap()), (200, "application/pdf"));
        let first = pdf.bytes().unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, read("document.pdf").bytes().unwrap());
        let book = read("workbook.xlsx");
        assert!(book.headers()["content-type"].to_str().unwrap().ends_with("spreadsheetml.sheet"));
        let bytes = book.bytes().unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, read("workbook.xlsx").bytes().unwrap());
        assert_eq!(app.as_person("lanhdao.thd", Method::GET, &format!("{path}/document.pdf")).send().unwrap().status(), 404);
    }

    fn a_closing_that_was_touched_is_found(app) {
        collected(&app, "card", 8_000);
        close(&app, &json!({ "card_vnd": 8_000 })).expect(201);
        sound(&app);
        let codes = || app.verify().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        app.database.execute("UPDATE till_closings SET reason = 'x'");
        assert_eq!(codes(), ["closing_differs"]);
        app.database.execute("UPDATE till_closings SET reason = NULL");
        sound(&app);
        app.database.execute("UPDATE collections_unbanked SET amount_vnd = amount_vnd + 1");
        assert_eq!(codes(), ["unbanked_differs"]);
        app.database.execute("UPDATE collections_unbanked SET amount_vnd = amount_vnd - 1");
        app.database.execute("DELETE FROM till_closings");
        assert_eq!(codes(), ["closing_missing"]);
    }
}
