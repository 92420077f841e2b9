//! What cashiers say was collected, held against what came to the bank (DOMAIN §7.3).

use std::time::{Duration, Instant};

use motcua_tests::{Answer, App, Dossier, Options, on_both};
use serde_json::{Value, json};

fn with_bank() -> Options {
    Options {
        settings: vec![("RATE_LIMIT", "off")],
        ..Options::default()
    }
}

/// Collected by the cashier's word.
fn collected(app: &App, method: &str, amount_vnd: i64, reference: &str) -> Dossier {
    let mut d = app.take_in("thd");
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    let paid = json!({ "settlement": "paid", "method": method, "reference": reference });
    app.act("thungan", &mut d, "payments", &paid);
    d
}

fn account(app: &App) -> Value {
    let all = app
        .get("thungan", "/api/v1/collection-accounts?limit=100")
        .expect(200);
    let thd = app.authority("thd");
    all["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["authority_id"] == json!(thd) && a["state"] == "collecting")
        .unwrap()
        .clone()
}

/// The bank tells of money; the money, once something was made of it.
fn came(app: &App, amount_vnd: i64, text: &str) -> Value {
    let before = money(app).len();
    let to = account(app);
    let body = json!({
        "bank_bin": to["bank_bin"], "account_number": to["account_number"],
        "amount_vnd": amount_vnd, "description": text,
    });
    app.post("thungan", "/api/v1/demo/bank-transfers", &body)
        .expect(202);
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let now = money(app);
        if now.len() > before {
            return now[0].clone();
        }
        assert!(Instant::now() < until, "nothing came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn money(app: &App) -> Vec<Value> {
    app.get("thungan", "/api/v1/bank-transactions?limit=100")
        .expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn again(app: &App, of: &Value) -> Value {
    money(app)
        .into_iter()
        .find(|m| m["id"] == of["id"])
        .unwrap()
}

fn waiting(app: &App) -> Vec<Value> {
    app.get("thanhtra", "/api/v1/unbanked-collections?limit=100")
        .expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn ids(of: &[Value]) -> Vec<Value> {
    of.iter().map(|c| c["id"].clone()).collect()
}

fn place(app: &App, who: &str, of: &Value, collections: &[Value]) -> Answer {
    let path = format!(
        "/api/v1/bank-transactions/{}/placements",
        of["id"].as_str().unwrap()
    );
    let body = json!({ "collection_ids": collections });
    app.post_at(who, &path, of["version"].as_i64().unwrap(), &body)
}

fn undo(app: &App, who: &str, of: &Value, reason: &str) -> Answer {
    let path = format!(
        "/api/v1/bank-placements/{}/reversals",
        of["id"].as_str().unwrap()
    );
    app.post_at(
        who,
        &path,
        of["version"].as_i64().unwrap(),
        &json!({ "reason": reason }),
    )
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn what_the_cashier_wrote_down_is_known_when_the_bank_tells_of_it(app, with_bank()) {
        let d = collected(&app, "transfer", 8_000, "ft26.333-000 456");
        collected(&app, "transfer", 8_000, "FT26333000999");
        let wait = waiting(&app);
        assert_eq!(wait.len(), 2);
        assert_eq!((&wait[1]["dossier_code"], &wait[1]["method"]), (&d.body["code"], &json!("transfer")));
        let known = came(&app, 8_000, "MBVCB.123 FT26333000456 NGUYEN VAN A nop le phi");
        assert_eq!(known["state"], "placed");
        assert_eq!(waiting(&app).len(), 1);
        let made = app.get("thungan", "/api/v1/bank-placements").expect(200);
        assert_eq!(made["items"][0]["placed_by"], Value::Null);
        assert_eq!(made["items"][0]["collection_ids"], json!([wait[1]["id"]]));
        // It is the bank's word now: it is refunded, not taken back, and nobody is asked to pay again.
        app.post("thungan", &format!("/api/v1/dossiers/{}/collection-voids", d.id), &json!({ "reason": "x" })).refused(409, "paid_by_bank");
        let path = format!("/api/v1/bank-transactions/{}/refunds", known["id"].as_str().unwrap());
        let refund = json!({ "reason": "x", "to_name": "A", "to_bank": "B", "to_account": "1" });
        app.post_at("thungan", &path, known["version"].as_i64().unwrap(), &refund).refused(409, "nothing_to_refund");
        // Of two collections that could be it, and of another sum, none is taken for certain.
        collected(&app, "transfer", 8_000, "FT26333000999");
        let unsure = came(&app, 8_000, "FT26333000999");
        let other = came(&app, 9_000, "FT26333000999");
        assert_eq!((&unsure["state"], &other["state"]), (&json!("unmatched"), &json!("unmatched")));
        sound(&app);
    }

    fn a_person_places_what_a_terminal_settled_for_many(app, with_bank()) {
        for vnd in [3_000, 5_000, 8_000] {
            collected(&app, "card", vnd, "POS 0012");
        }
        let wait = waiting(&app);
        let settled = came(&app, 8_000, "QUYET TOAN POS 0012");
        // Proposed is what has its sum.
        let path = format!("/api/v1/bank-transactions/{}/placement-proposals", settled["id"].as_str().unwrap());
        let proposed = app.get("giamdoc", &path).expect(200);
        assert_eq!(proposed.as_array().unwrap().len(), 1);
        assert_eq!((&proposed[0]["collection"]["amount_vnd"], &proposed[0]["named"]), (&json!(8_000), &json!(true)));
        let all = ids(&wait);
        place(&app, "thungan", &settled, &all).invalid("/collection_ids", "sums_differ");
        place(&app, "thungan", &settled, &[json!(app.authority("thd"))]).invalid("/collection_ids", "collection_unknown");
        for who in ["lanhdao.thd", "tiepnhan", "admin", "thanhtra"] {
            place(&app, who, &settled, &all).expect(403);
        }
        let mut stale = settled.clone();
        stale["version"] = json!(settled["version"].as_i64().unwrap() + 1);
        place(&app, "thungan", &stale, &all).refused(412, "version_stale");
        // The two that are eight thousand together, in the order in which they were not collected.
        let made = place(&app, "thungan", &settled, &[all[1].clone(), all[2].clone()]).expect(201);
        assert_eq!((&made["amount_vnd"], &made["bank_reference"]), (&json!(8_000), &settled["bank_reference"]));
        assert_eq!(again(&app, &settled)["state"], "placed");
        assert_eq!(ids(&waiting(&app)), [all[0].clone()]);
        place(&app, "thungan", &again(&app, &settled), &[all[0].clone()]).refused(409, "money_placed");
        // A collection is one movement's.
        let twice = came(&app, 8_000, "QUYET TOAN");
        place(&app, "giamdoc", &twice, &[all[1].clone(), all[2].clone()]).invalid("/collection_ids", "collection_unknown");
        sound(&app);
    }

    fn what_was_placed_wrongly_is_undone_by_somebody_else_and_placed_anew(app, with_bank()) {
        collected(&app, "card", 8_000, "POS 0012");
        collected(&app, "transfer", 8_000, "FT 1");
        let wait = waiting(&app);
        let settled = came(&app, 8_000, "khong ro");
        let made = place(&app, "thungan", &settled, &[wait[0]["id"].clone()]).expect(201);
        undo(&app, "thungan", &made, "Nhầm dòng").refused(409, "own_placement");
        undo(&app, "giamdoc", &made, " ").invalid("/reason", "required");
        let undone = undo(&app, "giamdoc", &made, "Nhầm dòng").expect(201);
        assert_eq!((&undone["undone_because"], &undone["version"]), (&json!("Nhầm dòng"), &json!(2)));
        undo(&app, "giamdoc", &made, "Nhầm dòng").refused(412, "version_stale");
        undo(&app, "giamdoc", &undone, "Nhầm dòng").refused(409, "placement_undone");
        assert_eq!(ids(&waiting(&app)), ids(&wait));
        let free = again(&app, &settled);
        assert_eq!(free["state"], "unmatched");
        sound(&app);
        place(&app, "thungan", &free, &[wait[1]["id"].clone()]).expect(201);
        assert_eq!(ids(&waiting(&app)), [wait[0]["id"].clone()]);
        sound(&app);
    }

    fn what_is_not_known_stays_so_until_the_bank_tells_or_somebody_asked(app, with_bank()) {
        let owing = |vnd: i64| {
            let mut d = app.take_in("thd");
            let stated = json!({ "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": vnd, "source": "Nghị quyết 15" }] });
            app.act("tiepnhan", &mut d, "assessments", &stated);
            d
        };
        let say = |d: &Dossier, method: &str, reference: &str| {
            let body = json!({ "method": method, "reference": reference, "note": "Máy thẻ treo" });
            app.post("thungan", &format!("/api/v1/dossiers/{}/unknown-payments", d.id), &body)
        };
        let state = |of: &Value| {
            let all = app.get("giamdoc", "/api/v1/unknown-payments?limit=100").expect(200);
            all["items"].as_array().unwrap().iter().find(|u| u["id"] == of["id"]).unwrap()["state"].clone()
        };
        let d = owing(8_000);
        say(&d, "cash", "").invalid("/method", "not_allowed");
        say(&d, "online", "").invalid("/method", "not_allowed");
        let first = say(&d, "transfer", "FT 778.899").expect(201);
        assert_eq!((&first["state"], &first["amount_vnd"], &first["dossier_code"]), (&json!("unknown"), &json!(8_000), &d.body["code"]));
        // Nobody is asked twice for what may have come.
        say(&d, "card", "x").refused(409, "payment_unknown");
        let asked = app.post("thungan", "/api/v1/payment-requests", &json!({ "dossier_id": d.id }));
        assert_eq!(asked.refused(409, "payment_unknown")["unknown_payment_id"], first["id"]);
        let other = json!({ "settlement": "paid", "method": "card", "reference": "POS 1" });
        app.try_act("thungan", &d, "payments", &other).refused(409, "payment_unknown");
        // What may have come pays what was worked out, so nothing else is.
        let less = json!({ "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": 5_000, "source": "Nghị quyết 15" }] });
        app.try_act("thungan", &d, "assessments", &less).refused(409, "payment_unknown");
        // The bank tells: it is paid, receipted, placed, and known to have come.
        let told = came(&app, 8_000, "IBFT FT778899 nop le phi");
        assert_eq!((&told["state"], state(&first)), (&json!("placed"), json!("came")));
        let fees = app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id)).expect(200);
        assert_eq!((&fees["payment_state"], &fees["owed_vnd"]), (&json!("paid"), &json!(0)));
        assert_eq!(app.get("thungan", &format!("/api/v1/receipts?dossier_id={}", d.id)).expect(200)["items"].as_array().unwrap().len(), 1);
        assert!(waiting(&app).is_empty());
        // What the bank told goes through no till.
        assert_eq!(app.get("thungan", "/api/v1/till").expect(200)["open"], Value::Null);
        say(&d, "card", "").refused(409, "payment_not_due");
        // The cashier was told that it came: she collects it by the same way.
        let mut d = owing(5_000);
        let second = say(&d, "card", "").expect(201);
        app.act("thungan", &mut d, "payments", &json!({ "settlement": "paid", "method": "card", "reference": "POS 2" }));
        assert_eq!(state(&second), "came");
        // Or that it did not: then it is asked for anew.
        let d = owing(3_000);
        let third = say(&d, "transfer", "").expect(201);
        let deny = |reason: &str, version: i64| {
            let path = format!("/api/v1/unknown-payments/{}/denials", third["id"].as_str().unwrap());
            app.post_at("thungan", &path, version, &json!({ "reason": reason }))
        };
        deny("", 1).invalid("/reason", "required");
        assert_eq!(deny("Ngân hàng báo không có giao dịch", 1).expect(201)["state"], "did_not_come");
        deny("x", 1).refused(412, "version_stale");
        deny("x", 2).refused(409, "unknown_settled");
        app.post("thungan", "/api/v1/payment-requests", &json!({ "dossier_id": d.id })).expect(201);
        say(&d, "card", "").refused(409, "payment_request_open");
        sound(&app);
    }

    fn of_two_who_place_the_same_collection_at_once_one_does(app, with_bank()) {
        collected(&app, "card", 8_000, "POS 0012");
        let one = waiting(&app)[0]["id"].clone();
        let movements = [came(&app, 8_000, "a"), came(&app, 8_000, "b")];
        let mut answers: Vec<u16> = std::thread::scope(|s| {
            let all: Vec<_> = movements.iter().map(|m| {
                let (app, one) = (&app, one.clone());
                s.spawn(move || place(app, "thungan", m, &[one]).status)
            }).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [201, 422]);
        sound(&app);
    }
}
