//! What is asked of payers, what banks tell, and the money that came (DOMAIN §7.2, §7.3, §7.6).

use std::time::{Duration, Instant};

use motcua_gateway::bank::WebhookSecret;
use motcua_tests::dossier::body_of;
use motcua_tests::{Answer, App, Dossier, Options, Station, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BIN: &str = "970418";

fn with_bank() -> Options {
    Options {
        settings: vec![("RATE_LIMIT", "off"), ("BANK_WEBHOOK_SECRETS", SECRET)],
        ..Options::default()
    }
}

/// A dossier that owes, at a point of its way.
fn owing(app: &App, station: Station, amount_vnd: i64) -> Dossier {
    let mut d = app.journey("thd", station);
    assess(app, "tiepnhan", &mut d, amount_vnd);
    d
}

fn amount(amount_vnd: i64) -> Value {
    json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] })
}

fn assess(app: &App, who: &str, d: &mut Dossier, amount_vnd: i64) {
    app.act(who, d, "assessments", &amount(amount_vnd));
}

fn ask(app: &App, d: &Dossier) -> Answer {
    app.post(
        "thungan",
        "/api/v1/payment-requests",
        &json!({ "dossier_id": d.id }),
    )
}

fn asked(app: &App, d: &Dossier) -> Value {
    ask(app, d).expect(201)
}

fn request(app: &App, of: &Value) -> Value {
    let path = format!("/api/v1/payment-requests/{}", of["id"].as_str().unwrap());
    app.get("thungan", &path).expect(200)
}

/// What a bank says of a transfer to the account of a request.
fn transfer(of: &Value, name: &str, amount_vnd: i64) -> Value {
    json!({
        "transaction_id": name,
        "bank_bin": of["payee"]["bank_bin"],
        "account_number": of["payee"]["account_number"],
        "amount_vnd": amount_vnd,
        "currency": "VND",
        "description": format!("IBFT {} nop le phi", of["reference"].as_str().unwrap().to_lowercase()),
        "booked_at": "2026-03-02T09:00:00+07:00",
        "payer_name": "TRAN VAN BINH",
        "payer_account": "0987654321000",
    })
}

/// Tells, signed at an offset from now in seconds.
fn tell_at(app: &App, id: &str, body: &str, offset: i64) -> Answer {
    let at = app.now().timestamp() + offset;
    let signature = WebhookSecret::parse(SECRET)
        .unwrap()
        .sign(id, at, body.as_bytes());
    signed(app, id, at, &signature, body)
}

fn signed(app: &App, id: &str, at: i64, signature: &str, body: &str) -> Answer {
    app.send(
        app.request(Method::POST, "/api/v1/bank-notifications/webhook")
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", signature)
            .body(body.to_owned()),
    )
}

fn tell(app: &App, id: &str, body: &Value) -> Value {
    tell_at(app, id, &body.to_string(), 0).expect(202)
}

/// Until everything that was told is made something of.
fn settled(app: &App) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let told = app
            .get(
                "thungan",
                "/api/v1/bank-notifications?unplaced=true&limit=100",
            )
            .expect(200);
        if told["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|n| n["state"] != "stored")
        {
            return;
        }
        assert!(
            Instant::now() < until,
            "nothing is made of what was told: {told}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn money(app: &App, state: &str) -> Vec<Value> {
    let path = format!("/api/v1/bank-transactions?state={state}&limit=100");
    app.get("thungan", &path).expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn unplaced(app: &App) -> Vec<Value> {
    let list = app
        .get(
            "thungan",
            "/api/v1/bank-notifications?unplaced=true&limit=100",
        )
        .expect(200);
    list["items"].as_array().unwrap().clone()
}

fn payment_state(app: &App, d: &Dossier) -> Value {
    app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)["payment_state"]
        .clone()
}

/// As the dossier now stands: what is told changes it.
fn again(app: &App, d: &Dossier) -> Dossier {
    Dossier::of("thd", &app.read("thungan", d))
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn what_is_asked_is_a_code_that_says_all_of_it(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let due = app.get("thungan", "/api/v1/fees/due").expect(200);
        assert_eq!((&due["items"][0]["dossier_id"], &due["items"][0]["amount_vnd"]), (&json!(d.id), &json!(8_000)));
        assert_eq!(due["items"][0]["payment_request_id"], Value::Null);
        let r = asked(&app, &d);
        assert_eq!((&r["state"], &r["amount_in_words"]), (&json!("waiting"), &json!("tám nghìn đồng")));
        let read = app.post("thungan", "/api/v1/vietqr/parse", &json!({ "payload": r["payload"] })).expect(200);
        assert_eq!(read["account_number"], r["payee"]["account_number"]);
        assert_eq!((&read["amount_vnd"], &read["purpose"]), (&json!(8_000), &r["reference"]));
        assert!(r["svg"].as_str().unwrap().contains("<svg"));
        let path = format!("/api/v1/payment-requests/{}/code.png", r["id"].as_str().unwrap());
        let drawn = app.as_person("thungan", Method::GET, &path).send().unwrap();
        assert_eq!(drawn.headers()["content-type"], "image/png");
        assert_eq!(drawn.bytes().unwrap().get(..4).unwrap(), b"\x89PNG");
        // Whoever asks next gets what is asked already.
        assert_eq!(ask(&app, &d).expect(200)["reference"], r["reference"]);
        let due = app.get("thungan", "/api/v1/fees/due").expect(200);
        assert_eq!((&due["items"][0]["payment_request_id"], &due["items"][0]["request_state"]), (&r["id"], &json!("waiting")));
        let of = app.get("thungan", &format!("/api/v1/payment-requests?dossier_id={}", d.id)).expect(200);
        assert_eq!(of["items"].as_array().unwrap().len(), 1);
        for (who, status) in [("tiepnhan", 403), ("lanhdao.thd", 200), ("thanhtra", 200)] {
            app.get(who, "/api/v1/payment-requests").expect(status);
        }
        app.post("lanhdao.thd", "/api/v1/payment-requests", &json!({ "dossier_id": d.id })).expect(403);
    }

    fn each_authority_collects_to_its_own_account(app, with_bank()) {
        let mut numbers = Vec::new();
        for ward in ["thd", "cn", "ht"] {
            let mut d = app.take_in(ward);
            assess(&app, "tiepnhan", &mut d, 8_000);
            numbers.push(asked(&app, &d)["payee"]["account_number"].clone());
        }
        numbers.dedup();
        assert_eq!(numbers.len(), 3);
    }

    fn money_that_comes_pays_the_dossier_by_itself(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let taken = tell(&app, "m1", &transfer(&r, "FT1", 8_000));
        assert_eq!(taken, json!({ "message_id": "m1", "repeated": false }));
        settled(&app);
        let after = request(&app, &r);
        assert_eq!((&after["state"], &after["received_vnd"]), (&json!("paid"), &json!(8_000)));
        assert_eq!(after["money"][0]["state"], "matched");
        assert_eq!(after["money"][0]["payer_account"], "098********00");
        assert_eq!(payment_state(&app, &d), "paid");
        let f = app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id)).expect(200);
        let last = f["entries"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["method"], &last["reference"]), (&json!("paid"), &json!("transfer"), &r["reference"]));
        let on = |account: &str, kind: &str| {
            last["postings"].as_array().unwrap().iter()
                .filter(|p| p["account"] == account && p["kind"] == kind)
                .map(|p| p["amount_vnd"].as_i64().unwrap()).sum::<i64>()
        };
        assert_eq!((on("bank", "le_phi"), on("receivable", "le_phi")), (8_000, -8_000));
        assert_eq!((on("suspense", "unsorted"), on("bank", "unsorted")), (8_000, -8_000));
        let timeline = app.get("thungan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        assert!(timeline["items"].as_array().unwrap().iter().any(|l| l["kind"] == "fees_paid"));
        ask(&app, &d).refused(409, "payment_not_due");
        let mut d = again(&app, &d);
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        sound(&app);
    }

    fn the_same_thing_told_a_hundred_times_is_one_payment(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let body = transfer(&r, "FT1", 8_000);
        let repeated = (0..60).filter(|_| tell(&app, "m1", &body)["repeated"] == true).count();
        assert_eq!(repeated, 59);
        // The bank tells it anew, under other ids.
        for n in 0..40 {
            assert_eq!(tell(&app, &format!("again-{n}"), &body)["repeated"], false);
        }
        settled(&app);
        let after = request(&app, &r);
        assert_eq!((&after["state"], after["money"].as_array().unwrap().len()), (&json!("paid"), 1));
        assert!(money(&app, "to_refund").is_empty() && money(&app, "unmatched").is_empty());
        sound(&app);
    }

    fn parts_wait_for_their_rest_and_what_is_too_much_is_to_go_back(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        tell(&app, "m1", &transfer(&r, "FT1", 3_000));
        settled(&app);
        let part = request(&app, &r);
        assert_eq!((&part["state"], &part["received_vnd"]), (&json!("partly_paid"), &json!(3_000)));
        assert_eq!((payment_state(&app, &d), money(&app, "held").len()), (json!("due"), 1));
        sound(&app);
        tell(&app, "m2", &transfer(&r, "FT2", 6_000));
        settled(&app);
        let over = request(&app, &r);
        assert_eq!((&over["state"], &over["received_vnd"]), (&json!("overpaid"), &json!(9_000)));
        assert_eq!(payment_state(&app, &d), "paid");
        let back = money(&app, "to_refund");
        assert_eq!((back.len(), &back[0]["refund_vnd"], &back[0]["amount_vnd"]), (1, &json!(1_000), &json!(6_000)));
        // And once more, all of it for nothing.
        tell(&app, "m3", &transfer(&r, "FT3", 8_000));
        settled(&app);
        assert_eq!(money(&app, "to_refund").iter().map(|m| m["refund_vnd"].as_i64().unwrap()).sum::<i64>(), 9_000);
        sound(&app);
    }

    fn what_comes_late_pays_all_the_same(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let first = asked(&app, &d);
        app.at("2026-03-02T10:00:00+07:00");
        assert_eq!(request(&app, &first)["state"], "expired");
        let second = asked(&app, &d);
        assert_ne!(first["reference"], second["reference"]);
        tell(&app, "m1", &transfer(&first, "FT1", 8_000));
        settled(&app);
        assert_eq!((&request(&app, &first)["state"], payment_state(&app, &d)), (&json!("paid"), json!("paid")));
        let over = request(&app, &second);
        assert_eq!((&over["state"], &over["reason"]), (&json!("cancelled"), &json!("paid_otherwise")));
        tell(&app, "m2", &transfer(&second, "FT2", 8_000));
        settled(&app);
        assert_eq!(money(&app, "to_refund").len(), 1);
        sound(&app);
    }

    fn money_nobody_knows_is_kept_and_listed(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let mut other = app.take_in("cn");
        assess(&app, "tiepnhan", &mut other, 8_000);
        let elsewhere = asked(&app, &other);
        let mut nameless = transfer(&r, "FT1", 8_000);
        nameless["description"] = json!("nop le phi");
        let mut mistyped = transfer(&r, "FT2", 8_000);
        mistyped["description"] = json!("MC2603020000199");
        let mut both = transfer(&r, "FT3", 8_000);
        both["description"] = json!(format!("{} {}", r["reference"].as_str().unwrap(), elsewhere["reference"].as_str().unwrap()));
        let mut wrong_ward = transfer(&r, "FT4", 8_000);
        wrong_ward["account_number"] = elsewhere["payee"]["account_number"].clone();
        let mut nobodys = transfer(&r, "FT5", 8_000);
        nobodys["account_number"] = json!("0000000000");
        for (n, body) in [&nameless, &mistyped, &both, &wrong_ward, &nobodys].iter().enumerate() {
            tell(&app, &format!("m{n}"), body);
        }
        settled(&app);
        let names: Vec<Value> = money(&app, "unmatched").iter().map(|m| m["bank_reference"].clone()).collect();
        assert_eq!(names, ["FT4", "FT3", "FT2", "FT1"]);
        let lost = unplaced(&app);
        assert_eq!((lost.len(), &lost[0]["state"], &lost[0]["account_number"]), (1, &json!("unknown_account"), &json!("0000000000")));
        assert_eq!(payment_state(&app, &d), "due");
        // A leader of one ward sees that ward's.
        let of = |who: &str| app.get(who, "/api/v1/bank-transactions").expect(200)["items"].as_array().unwrap().len();
        assert_eq!((of("lanhdao.thd"), of("lanhdao.cn"), of("lanhdao.ht")), (3, 1, 0));
        sound(&app);
    }

    fn what_cannot_be_right_is_refused_and_listed_with_why(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let good = transfer(&r, "FT1", 8_000);
        let with = |member: &str, value: Value| {
            let mut body = good.clone();
            body[member] = value;
            body.to_string()
        };
        let at = app.now().timestamp();
        signed(&app, "", at, "v1,", &good.to_string()).refused(401, "bank_signature_missing");
        signed(&app, "m", at, "v1,AAAA", &good.to_string()).refused(401, "bank_signature_wrong");
        tell_at(&app, "m", &good.to_string(), -301).refused(401, "bank_timestamp_outside");
        tell_at(&app, "m", &good.to_string(), 301).refused(401, "bank_timestamp_outside");
        tell_at(&app, "m", "{\"transaction_id\":", 0).refused(422, "bank_message_unreadable");
        for (member, value, code) in [
            ("amount_vnd", json!(-8_000), "amount_out_of_range"),
            ("amount_vnd", json!(0), "amount_out_of_range"),
            ("amount_vnd", json!(8_000.5), "amount_out_of_range"),
            ("amount_vnd", json!(1_000_000_000_000_000_000_i64), "amount_out_of_range"),
            ("currency", json!("USD"), "currency_not_vnd"),
            ("account_number", json!("00 11"), "account_unreadable"),
            ("transaction_id", json!(""), "reference_unreadable"),
            ("booked_at", json!("2026-03-02"), "time_unreadable"),
        ] {
            tell_at(&app, "m", &with(member, value), 0).invalid(&format!("/{member}"), code);
        }
        app.send(app.request(Method::POST, "/api/v1/bank-notifications/telex").json(&good)).refused(404, "not_found");
        assert_eq!(unplaced(&app).iter().filter(|n| n["state"] == "refused").count(), 13);
        // The id is still good: nothing that was refused has used it up.
        tell(&app, "m", &good);
        tell_at(&app, "m", &with("amount_vnd", json!(9_000)), 0).refused(409, "notification_id_reused");
        settled(&app);
        let reasons: Vec<Value> = unplaced(&app).iter().map(|n| n["reason"].clone()).collect();
        assert_eq!(reasons[0], "notification_id_reused");
        assert_eq!(reasons.len(), 14);
        assert_eq!(payment_state(&app, &d), "paid");
        sound(&app);
    }

    fn what_is_asked_keeps_what_is_owed_from_changing_until_it_is_cancelled(app, with_bank()) {
        let mut d = owing(&app, Station::Completed, 80_000);
        let r = asked(&app, &d);
        app.try_act("thungan", &d, "assessments", &amount(8_000)).refused(409, "payment_request_open");
        let path = format!("/api/v1/payment-requests/{}/cancellations", r["id"].as_str().unwrap());
        let cancel = |version, reason: &str| app.post_at("thungan", &path, version, &json!({ "reason": reason }));
        cancel(7, "Tính nhầm").refused(412, "version_stale");
        cancel(1, " ").invalid("/reason", "required");
        let over = cancel(1, "Tính nhầm").expect(201);
        assert_eq!((&over["state"], &over["closed_by"]["full_name"]), (&json!("cancelled"), &json!("Đỗ Thị Kim Oanh")));
        cancel(2, "Tính nhầm").refused(409, "payment_request_closed");
        assess(&app, "thungan", &mut d, 8_000);
        // What was asked first comes all the same: it is not what is owed, and goes back.
        tell(&app, "m1", &transfer(&r, "FT1", 80_000));
        settled(&app);
        assert_eq!((payment_state(&app, &d), money(&app, "to_refund").len()), (json!("due"), 1));
        let new = asked(&app, &d);
        tell(&app, "m2", &transfer(&new, "FT2", 8_000));
        settled(&app);
        assert_eq!(payment_state(&app, &d), "paid");
        sound(&app);
    }

    fn a_part_that_came_for_what_is_cancelled_goes_back_and_is_counted_once(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        tell(&app, "m1", &transfer(&r, "FT1", 3_000));
        settled(&app);
        let path = format!("/api/v1/payment-requests/{}/cancellations", r["id"].as_str().unwrap());
        app.post_at("thungan", &path, 2, &json!({ "reason": "Nộp bằng thẻ" })).expect(201);
        assert_eq!(money(&app, "to_refund").len(), 1);
        sound(&app);
        // All of it, to the old reference: it pays, and the part still goes back.
        tell(&app, "m2", &transfer(&r, "FT2", 8_000));
        settled(&app);
        assert_eq!(payment_state(&app, &d), "paid");
        assert_eq!(money(&app, "to_refund").iter().map(|m| m["refund_vnd"].as_i64().unwrap()).sum::<i64>(), 3_000);
        sound(&app);
    }

    fn what_the_cashier_has_otherwise_is_not_asked_any_more(app, with_bank()) {
        let mut d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let paid = json!({ "settlement": "paid", "method": "card", "reference": "POS 000117" });
        app.act("thungan", &mut d, "payments", &paid);
        let over = request(&app, &r);
        assert_eq!((&over["state"], &over["reason"]), (&json!("cancelled"), &json!("paid_otherwise")));
        tell(&app, "m1", &transfer(&r, "FT1", 8_000));
        settled(&app);
        assert_eq!(money(&app, "to_refund")[0]["refund_vnd"], 8_000);
        sound(&app);
    }

    fn a_dossier_that_ends_asks_no_more(app, with_bank()) {
        let mut d = owing(&app, Station::Accepted, 8_000);
        let r = asked(&app, &d);
        for who in ["tiepnhan", "lanhdao.thd"] {
            app.act(who, &mut d, "withdrawals", &body_of("withdrawals"));
        }
        assert_eq!(request(&app, &r)["reason"], "dossier_ended");
        tell(&app, "m1", &transfer(&r, "FT1", 8_000));
        settled(&app);
        assert_eq!(money(&app, "to_refund").len(), 1);
        ask(&app, &d).refused(409, "payment_not_due");
        sound(&app);
    }

    fn fees_that_come_while_something_else_is_waited_for_are_taken(app, with_bank()) {
        let mut d = owing(&app, Station::Processing, 8_000);
        let r = asked(&app, &d);
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        tell(&app, "m1", &transfer(&r, "FT1", 8_000));
        settled(&app);
        assert_eq!(request(&app, &r)["state"], "paid");
        assert_eq!((app.read("thungan", &d)["state"].clone(), payment_state(&app, &d)), (json!("payment_required"), json!("pending")));
        let mut d = again(&app, &d);
        app.act("thungan", &mut d, "payments", &json!({ "settlement": "paid", "reference": "Giấy nộp tiền 12" }));
        assert_eq!((app.read("thungan", &d)["state"].clone(), payment_state(&app, &d)), (json!("processing"), json!("paid")));
        sound(&app);
    }

    fn of_two_cashiers_who_ask_at_once_the_second_gets_the_firsts(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let answers: Vec<Value> = std::thread::scope(|s| {
            let (app, d) = (&app, &d);
            let tries: Vec<_> = (0..6).map(|_| s.spawn(move || ask(app, d))).collect();
            tries.into_iter().map(|t| {
                let answer = t.join().unwrap();
                assert!(matches!(answer.status, 200 | 201), "{}", answer.status);
                answer.json()
            }).collect()
        });
        assert!(answers.iter().all(|a| a["id"] == answers[0]["id"]));
        // Paid at the same instant by the bank and by card: collected once.
        let r = &answers[0];
        let card = json!({ "settlement": "paid", "method": "card", "reference": "POS 000118" });
        let statuses: Vec<u16> = std::thread::scope(|s| {
            let (app, d, card) = (&app, &d, &card);
            let by_card = s.spawn(move || app.try_act("thungan", d, "payments", card).status);
            let by_bank = s.spawn(move || tell_at(app, "m1", &transfer(r, "FT1", 8_000).to_string(), 0).status);
            vec![by_card.join().unwrap(), by_bank.join().unwrap()]
        });
        assert!(matches!(statuses[0], 201 | 409 | 412), "{statuses:?}");
        settled(&app);
        let f = app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id)).expect(200);
        let paid = f["entries"].as_array().unwrap().iter().filter(|e| e["kind"] == "paid").count();
        assert_eq!((paid, &f["owed_vnd"]), (1, &json!(0)));
        assert_eq!(money(&app, "to_refund").len(), usize::from(statuses[0] == 201));
        sound(&app);
    }

    fn an_account_collects_once_another_has_confirmed_it(app, with_bank()) {
        let body = |number: &str, authority: &str| json!({
            "authority_id": authority, "bank_bin": BIN, "account_number": number,
            "holder": "UBND PHUONG TRAN HUNG DAO", "source": "Công văn 12/KBNN",
        });
        let thd = app.authority("thd");
        let path = "/api/v1/collection-accounts";
        app.post("giamdoc", path, &body("777000111", &thd)).expect(403);
        app.post("admin", path, &body("777 000", &thd)).invalid("/account_number", "account_number_invalid");
        app.post("admin", path, &body("777000111", "01890000-0000-7000-8000-000000000000")).invalid("/authority_id", "authority_unknown");
        let named = app.post("admin", path, &body("777000111", &thd)).expect(201);
        assert_eq!(named["state"], "proposed");
        app.post("admin", path, &body("777000111", &thd)).refused(409, "account_known");
        let d = owing(&app, Station::Completed, 8_000);
        let first = asked(&app, &d);
        assert_ne!(first["payee"]["account_number"], "777000111");
        let id = named["id"].as_str().unwrap();
        let confirm = format!("{path}/{id}/confirmations");
        app.post_at("admin", &confirm, 1, &json!(null)).expect(403);
        app.post_at("lanhdao.cn", &confirm, 1, &json!(null)).expect(404);
        app.post_at("lanhdao.thd", &confirm, 9, &json!(null)).refused(412, "version_stale");
        assert_eq!(app.post_at("lanhdao.thd", &confirm, 1, &json!(null)).expect(201)["state"], "collecting");
        app.post_at("giamdoc", &confirm, 2, &json!(null)).refused(409, "account_confirmed");
        let list = app.get("giamdoc", path).expect(200);
        let states: Vec<&str> = list["items"].as_array().unwrap().iter()
            .filter(|a| a["authority_id"] == json!(thd)).map(|a| a["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["collecting", "ended"]);
        // What is asked to the account of before is still known there.
        tell(&app, "m1", &transfer(&first, "FT1", 8_000));
        settled(&app);
        assert_eq!(payment_state(&app, &d), "paid");
        let other = owing(&app, Station::Completed, 9_000);
        assert_eq!(asked(&app, &other)["payee"]["account_number"], "777000111");
        let end = format!("{path}/{id}/endings");
        app.post_at("giamdoc", &end, 2, &json!(null)).expect(201);
        app.post_at("giamdoc", &end, 3, &json!(null)).refused(409, "account_ended");
        let third = owing(&app, Station::Completed, 9_000);
        ask(&app, &third).refused(409, "no_collection_account");
        sound(&app);
    }

    fn what_nobody_knew_is_placed_by_a_person(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        let mut other = app.take_in("cn");
        assess(&app, "tiepnhan", &mut other, 8_000);
        let elsewhere = asked(&app, &other);
        let mut nameless = transfer(&r, "FT1", 8_000);
        nameless["description"] = json!("nop le phi");
        tell(&app, "m1", &nameless);
        settled(&app);
        let lost = money(&app, "unmatched")[0].clone();
        let path = format!("/api/v1/bank-transactions/{}/matches", lost["id"].as_str().unwrap());
        let place = |version, reference: &Value| app.post_at("thungan", &path, version, &json!({ "reference": reference }));
        place(1, &json!("MC000")).invalid("/reference", "reference_unknown");
        place(1, &elsewhere["reference"]).invalid("/reference", "reference_of_another_authority");
        place(9, &r["reference"]).refused(412, "version_stale");
        app.post_at("lanhdao.thd", &path, 1, &json!({ "reference": r["reference"] })).expect(403);
        let placed = place(1, &r["reference"]).expect(201);
        assert_eq!((&placed["state"], &placed["payment_request_id"]), (&json!("matched"), &r["id"]));
        assert_eq!(payment_state(&app, &d), "paid");
        place(2, &r["reference"]).refused(409, "money_placed");
        sound(&app);
    }

    fn money_goes_back_when_two_have_said_so_and_the_bank_has_paid(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        tell(&app, "m1", &transfer(&r, "FT1", 9_000));
        settled(&app);
        let over = money(&app, "to_refund")[0].clone();
        let path = format!("/api/v1/bank-transactions/{}/refunds", over["id"].as_str().unwrap());
        let wanted = json!({ "reason": "Nộp thừa", "to_name": "TRAN VAN BINH", "to_bank": "Vietcombank", "to_account": "0987654321000" });
        let mut nameless = wanted.clone();
        nameless["to_account"] = json!(" ");
        app.post_at("thungan", &path, 1, &nameless).refused(412, "version_stale");
        let version = over["version"].as_i64().unwrap();
        app.post_at("thungan", &path, version, &nameless).invalid("/to_account", "required");
        let refund = app.post_at("thungan", &path, version, &wanted).expect(201);
        assert_eq!((&refund["amount_vnd"], &refund["state"]), (&json!(1_000), &json!("proposed")));
        app.post_at("thungan", &path, version, &wanted).refused(409, "refund_known");
        let step = |who: &str, step: &str, version: i64, body: Value| {
            app.post_at(who, &format!("/api/v1/refunds/{}/{step}", refund["id"].as_str().unwrap()), version, &body)
        };
        let paid = json!({ "bank_reference": "FT9" });
        step("thungan", "payouts", 1, paid.clone()).refused(409, "refund_not_now");
        step("thungan", "approvals", 1, json!(null)).expect(403);
        step("lanhdao.cn", "approvals", 1, json!(null)).expect(404);
        assert_eq!(step("lanhdao.thd", "approvals", 1, json!(null)).expect(201)["state"], "approved");
        step("giamdoc", "rejections", 2, json!({ "reason": "Muộn" })).refused(409, "refund_not_now");
        step("thungan", "payouts", 1, paid.clone()).refused(412, "version_stale");
        assert_eq!(step("thungan", "payouts", 2, paid.clone()).expect(201)["state"], "paid_out");
        step("thungan", "payouts", 3, paid).refused(409, "refund_not_now");
        assert_eq!((money(&app, "to_refund").len(), money(&app, "refunded").len()), (0, 1));
        sound(&app);
        // What was rejected may be proposed anew; what nobody knows goes back whole.
        let mut nameless = transfer(&r, "FT2", 5_000);
        nameless["description"] = json!("khong ro");
        tell(&app, "m2", &nameless);
        settled(&app);
        let lost = money(&app, "unmatched")[0].clone();
        let path = format!("/api/v1/bank-transactions/{}/refunds", lost["id"].as_str().unwrap());
        let first = app.post_at("thungan", &path, 1, &wanted).expect(201);
        let reject = format!("/api/v1/refunds/{}/rejections", first["id"].as_str().unwrap());
        app.post_at("giamdoc", &reject, 1, &json!({ "reason": "" })).invalid("/reason", "required");
        app.post_at("giamdoc", &reject, 1, &json!({ "reason": "Sai tài khoản" })).expect(201);
        let second = app.post_at("thungan", &path, 1, &wanted).expect(201);
        assert_eq!(second["amount_vnd"], 5_000);
        let of = |state: &str| app.get("thanhtra", &format!("/api/v1/refunds?state={state}")).expect(200)["items"].as_array().unwrap().len();
        assert_eq!((of("paid_out"), of("rejected"), of("proposed"), of("approved")), (1, 1, 1, 0));
        sound(&app);
    }

    fn the_simulated_bank_tells_late_twice_in_parts_and_backwards(app, with_bank()) {
        let d = owing(&app, Station::Completed, 10_000);
        let r = asked(&app, &d);
        let told = app.send(app.request(Method::POST, "/api/v1/demo/bank-transfers").json(&json!({
            "bank_bin": r["payee"]["bank_bin"], "account_number": r["payee"]["account_number"],
            "amount_vnd": 10_000, "description": r["reference"], "payer_name": "LE THI HOA",
            "after_seconds": 1, "times": 3, "parts": 4, "reversed": true,
        }))).expect(202);
        assert_eq!(told["messages"], 12);
        let until = Instant::now() + Duration::from_secs(20);
        while request(&app, &r)["state"] != "paid" {
            assert!(Instant::now() < until);
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(money(&app, "matched").len(), 4);
        sound(&app);
    }

    fn what_was_changed_by_hand_is_found(app, with_bank()) {
        let d = owing(&app, Station::Completed, 8_000);
        let r = asked(&app, &d);
        tell(&app, "m1", &transfer(&r, "FT1", 9_000));
        settled(&app);
        sound(&app);
        let codes = |app: &App| -> Vec<String> {
            app.verify().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
        };
        app.database.execute("UPDATE ledger_entries SET reference = 'x' WHERE kind = 'received'");
        assert_eq!(codes(&app), ["ledger_altered"]);
        app.database.execute("UPDATE ledger_entries SET reference = 'FT1' WHERE kind = 'received'");
        app.database.execute("UPDATE bank_transactions SET refund_vnd = 0");
        assert_eq!(codes(&app), ["suspense_differs"]);
        app.database.execute("UPDATE bank_transactions SET refund_vnd = 1000");
        app.database.execute("UPDATE payment_requests SET received_vnd = 8000");
        assert_eq!(codes(&app), ["request_differs"]);
        app.database.execute("UPDATE payment_requests SET received_vnd = 9000");
        app.database.execute("DELETE FROM ledger_postings WHERE entry_id IN (SELECT id FROM ledger_entries WHERE kind = 'received')");
        app.database.execute("DELETE FROM ledger_entries WHERE kind = 'received'");
        let found = codes(&app);
        assert!(found.contains(&"ledger_missing".to_owned()) && found.contains(&"series_not_gap_free".to_owned()), "{found:?}");
    }
}
