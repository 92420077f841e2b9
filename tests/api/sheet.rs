//! The day's and the month's sheets, and what goes on to the State Treasury (DOMAIN §7.1, §7.3).

use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn owing(app: &App, ward: &str, amount_vnd: i64) -> Dossier {
    let mut d = app.take_in(ward);
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    d
}

fn collected(app: &App, ward: &str, method: &str, amount_vnd: i64) {
    let mut d = owing(app, ward, amount_vnd);
    let paid = json!({ "settlement": "paid", "method": method, "reference": "POS 0012" });
    app.act("thungan", &mut d, "payments", &paid);
}

fn sheet(app: &App, ward: &str, (from, to): (&str, &str), file: &str) -> String {
    format!(
        "/api/v1/collection-sheet{file}?authority_id={}&from={from}&to={to}",
        app.authority(ward)
    )
}

fn day(app: &App, ward: &str, days: (&str, &str)) -> Value {
    app.get("thanhtra", &sheet(app, ward, days, "")).expect(200)
}

fn months(app: &App) -> Vec<Value> {
    let path = format!(
        "/api/v1/treasury-months?authority_id={}",
        app.authority("thd")
    );
    app.get("thungan", &path)
        .expect(200)
        .as_array()
        .unwrap()
        .clone()
}

fn transfer(app: &App, le_phi_vnd: i64, reference: &str) -> Value {
    json!({
        "authority_id": app.authority("thd"), "month": "2026-03-15", "phi_vnd": 0, "le_phi_vnd": le_phi_vnd,
        "bank_reference": reference, "transferred_on": "2026-03-31",
    })
}

fn enter(app: &App, body: &Value) -> Answer {
    app.post("thungan", "/api/v1/treasury-transfers", body)
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn a_sheet_says_by_day_and_way_what_one_authority_collected(app) {
        app.put_at("giamdoc", "/api/v1/cash-rule", 0, &json!({ "allowed": true, "source": "Quyết định 12" })).expect(200);
        collected(&app, "thd", "card", 8_000);
        collected(&app, "thd", "cash", 5_000);
        collected(&app, "cn", "card", 90_000);
        owing(&app, "thd", 1_000);
        // Half past one at night in UTC.
        app.at("2026-03-03T08:30:00+07:00");
        collected(&app, "thd", "transfer", 4_000);
        let both = day(&app, "thd", ("2026-03-01", "2026-03-31"));
        let days: Vec<_> = both["days"].as_array().unwrap().iter().map(|d| {
            let s = &d["le_phi"];
            (d["day"].as_str().unwrap().to_owned(), s["assessed_vnd"].as_i64().unwrap(), s["collected_vnd"].as_i64().unwrap())
        }).collect();
        assert_eq!(days, [("2026-03-02".to_owned(), 14_000, 13_000), ("2026-03-03".to_owned(), 4_000, 4_000)]);
        let all = &both["total"]["le_phi"];
        assert_eq!((&all["card_vnd"], &all["cash_vnd"], &all["transfer_vnd"]), (&json!(8_000), &json!(5_000), &json!(4_000)));
        assert_eq!((&both["total"]["cashless_payments"], &both["total"]["cash_payments"], &both["total"]["cashless_permille"]), (&json!(2), &json!(1), &json!(666)));
        assert_eq!(both["total"]["phi"]["collected_vnd"], 0);
        let shares = app.get("giamdoc", "/api/v1/collection-shares?from=2026-03-01&to=2026-03-31").expect(200);
        let cn = shares.as_array().unwrap().iter().find(|s| s["authority_id"] == json!(app.authority("cn"))).unwrap();
        assert_eq!((&cn["collected_vnd"], &cn["cashless_permille"]), (&json!(90_000), &json!(1_000)));
        assert!(shares.as_array().unwrap().iter().any(|s| s["cashless_permille"].is_null()));
        // A ward's leader sees his own, and no other's.
        let own = app.get("lanhdao.thd", "/api/v1/collection-shares?from=2026-03-01&to=2026-03-31").expect(200);
        assert_eq!(own.as_array().unwrap().len(), 1);
        let march = ("2026-03-01", "2026-03-31");
        app.get("lanhdao.thd", &sheet(&app, "thd", march, "")).expect(200);
        app.get("lanhdao.thd", &sheet(&app, "cn", march, "")).expect(404);
        app.get("tiepnhan", &sheet(&app, "thd", march, "")).expect(403);
        app.get("thungan", &sheet(&app, "thd", ("2026-03-02", "2026-03-01"), "")).invalid("to", "ends_before_it_begins");
        app.get("thungan", &sheet(&app, "thd", ("2026-01-01", "2026-12-31"), "")).invalid("to", "range_too_long");
        let pdf = app.as_person("thungan", Method::GET, &sheet(&app, "thd", march, "/document.pdf")).send().unwrap();
        assert_eq!(pdf.headers()["content-type"], "application/pdf");
        assert!(pdf.bytes().unwrap().starts_with(b"%PDF-"));
        let book = app.as_person("thungan", Method::GET, &sheet(&app, "thd", march, "/workbook.xlsx")).send().unwrap();
        assert!(book.bytes().unwrap().starts_with(b"PK"));
    }

    fn a_months_money_goes_on_by_day_5_and_never_more_than_was_collected(app) {
        collected(&app, "thd", "card", 8_000);
        collected(&app, "thd", "transfer", 4_000);
        app.at("2026-04-03T09:00:00+07:00");
        let march = || months(&app).into_iter().find(|m| m["month"] == "2026-03-01").unwrap();
        assert_eq!(months(&app).len(), 13);
        let now = march();
        assert_eq!((&now["due_on"], &now["left_le_phi_vnd"], &now["over"], &now["overdue"]), (&json!("2026-04-05"), &json!(12_000), &json!(true), &json!(false)));
        enter(&app, &transfer(&app, 12_001, "FT1")).invalid("/le_phi_vnd", "more_than_collected");
        enter(&app, &transfer(&app, 0, "FT1")).invalid("/le_phi_vnd", "required");
        let mut later = transfer(&app, 1_000, "FT1");
        later["transferred_on"] = json!("2026-04-04");
        enter(&app, &later).invalid("/transferred_on", "in_the_future");
        let mut kept = transfer(&app, 1_000, "FT1");
        kept["kept_phi_vnd"] = json!(1);
        let refused = enter(&app, &kept);
        refused.invalid("/kept_source", "required");
        refused.invalid("/phi_vnd", "more_than_collected");
        for who in ["lanhdao.thd", "admin", "thanhtra", "tiepnhan"] {
            app.post(who, "/api/v1/treasury-transfers", &transfer(&app, 1_000, "FT1")).expect(403);
        }
        let first = enter(&app, &transfer(&app, 8_000, "FT1")).expect(201);
        assert_eq!((&first["month"], &first["le_phi_vnd"]), (&json!("2026-03-01"), &json!(8_000)));
        enter(&app, &transfer(&app, 1_000, "FT1")).refused(409, "transfer_known");
        assert_eq!((&march()["handed_le_phi_vnd"], &march()["left_le_phi_vnd"]), (&json!(8_000), &json!(4_000)));
        // After day 5 what is left is overdue.
        app.at("2026-04-06T09:00:00+07:00");
        assert_eq!(march()["overdue"], true);
        enter(&app, &transfer(&app, 4_000, "FT2")).expect(201);
        assert_eq!((&march()["overdue"], &march()["left_le_phi_vnd"]), (&json!(false), &json!(0)));
        // What was entered wrongly is taken back by somebody else.
        let undo = |who: &str, reason: &str| {
            let path = format!("/api/v1/treasury-transfers/{}/reversals", first["id"].as_str().unwrap());
            app.post_at(who, &path, 1, &json!({ "reason": reason }))
        };
        undo("thungan", "Sai tháng").refused(409, "own_transfer");
        undo("giamdoc", "").invalid("/reason", "required");
        undo("giamdoc", "Sai tháng").expect(201);
        undo("giamdoc", "Sai tháng").refused(412, "version_stale");
        assert_eq!(march()["left_le_phi_vnd"], 8_000);
        let april = day(&app, "thd", ("2026-04-01", "2026-04-30"));
        assert_eq!(april["total"]["le_phi"]["handed_over_vnd"], 4_000);
        // Its name may be used again.
        enter(&app, &transfer(&app, 8_000, "FT1")).expect(201);
        let list = app.get("lanhdao.thd", "/api/v1/treasury-transfers").expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 3);
        assert_eq!(app.get("lanhdao.cn", "/api/v1/treasury-transfers").expect(200)["items"], json!([]));
        sound(&app);
    }
}
