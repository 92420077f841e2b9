//! What the national payment platform tells of payments made online (DOMAIN §7.3).

use std::time::{Duration, Instant};

use motcua_gateway::bank::PlatformMessage;
use motcua_tests::{Answer, App, Dossier, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const PARTNER: &str = "MOTCUA-BD";
const SECRET: &str = "bi-mat-cua-doi-tac-thu";

fn partner() -> Options {
    Options {
        settings: vec![
            ("RATE_LIMIT", "off"),
            ("PAYMENT_PLATFORM_PARTNER", PARTNER),
            ("PAYMENT_PLATFORM_SECRET", SECRET),
        ],
        ..Options::default()
    }
}

fn owing(app: &App, amount_vnd: i64) -> Dossier {
    let mut d = app.take_in("thd");
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    d
}

fn asked(app: &App, d: &Dossier) -> Value {
    app.post(
        "thungan",
        "/api/v1/payment-requests",
        &json!({ "dossier_id": d.id }),
    )
    .expect(201)
}

/// What the platform says of a payment.
fn result(reference: &Value, transaction: &str, amount_vnd: i64) -> PlatformMessage {
    PlatformMessage {
        loai_ban_tin: "PAYMENT_RESULT".into(),
        ma_loi: "00".into(),
        ma_doi_tac: PARTNER.into(),
        ma_tham_chieu: reference.as_str().unwrap().into(),
        so_tien: amount_vnd.into(),
        ma_tien_te: "VND".into(),
        ma_giao_dich: transaction.into(),
        ma_ngan_hang: "VCB".into(),
        thoi_gian_gd: "20260302093000".into(),
        thong_tin_giao_dich: "THANH TOAN HO SO".into(),
        ma_xac_thuc: String::new(),
    }
}

fn send(app: &App, body: String) -> Answer {
    app.send(
        app.request(Method::POST, "/api/v1/payment-platform/results")
            .header("content-type", "application/json")
            .body(body),
    )
}

fn tell_with(app: &App, message: &PlatformMessage, secret: &str) -> Answer {
    let signed = PlatformMessage {
        ma_xac_thuc: message.check_value(secret).unwrap(),
        ..message.clone()
    };
    send(app, serde_json::to_string(&signed).unwrap())
}

/// Tells, and waits until something was made of it: what it says of it then.
fn tell(app: &App, message: &PlatformMessage) -> Value {
    let answer = tell_with(app, message, SECRET).expect(200);
    assert_eq!(answer["MaLoi"], "00");
    assert_eq!(answer["MaThamChieu"], json!(message.ma_tham_chieu));
    let id = format!(
        "{}-{}-{}",
        message.ma_tham_chieu, message.ma_giao_dich, message.ma_loi
    );
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        for list in ["", "&unplaced=true"] {
            let path = format!("/api/v1/bank-notifications?limit=100{list}");
            let all = app.get("thungan", &path).expect(200);
            let found = all["items"].as_array().unwrap().iter().find(|n| {
                n["message_id"] == json!(id) && n["state"] != "stored" && n["state"] != "refused"
            });
            if let Some(found) = found {
                return found.clone();
            }
        }
        assert!(Instant::now() < until, "nothing is made of what was told");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn fees(app: &App, d: &Dossier) -> Value {
    app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)
}

fn list(app: &App, path: &str) -> Vec<Value> {
    app.get("thungan", path).expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn money(app: &App) -> Vec<Value> {
    list(app, "/api/v1/bank-transactions?limit=100")
}

/// The bank tells of money; the money, once something was made of it.
fn came(app: &App, to: &Value, amount_vnd: i64, text: &str) -> Value {
    let before = money(app).len();
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

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn what_was_paid_online_is_paid_by_the_platforms_word_and_placed_when_the_bank_tells(app, partner()) {
        let d = owing(&app, 8_000);
        let r = asked(&app, &d);
        let paid = result(&r["reference"], "PG1", 8_000);
        let told = tell(&app, &paid);
        assert_eq!((&told["state"], &told["adapter"], &told["amount"]), (&json!("done"), &json!("platform"), &json!("8000")));
        assert_eq!((&told["bank_reference"], &told["reference"]), (&json!("PG1"), &r["reference"]));
        let now = fees(&app, &d);
        assert_eq!((&now["payment_state"], &now["owed_vnd"]), (&json!("paid"), &json!(0)));
        let given = list(&app, &format!("/api/v1/receipts?dossier_id={}", d.id));
        assert_eq!((given.len(), &given[0]["method"], &given[0]["reference"]), (1, &json!("online"), &r["reference"]));
        let waiting = list(&app, "/api/v1/unbanked-collections");
        assert_eq!((waiting.len(), &waiting[0]["method"]), (1, &json!("online")));
        // It is nobody's till, and asked for no more.
        assert_eq!(app.get("thungan", "/api/v1/till").expect(200)["open"], Value::Null);
        let path = format!("/api/v1/payment-requests/{}", r["id"].as_str().unwrap());
        assert_eq!(app.get("thungan", &path).expect(200)["state"], "cancelled");
        let sheet = format!("/api/v1/collection-sheet?authority_id={}&from=2026-03-01&to=2026-03-31", app.authority("thd"));
        let sums = app.get("thungan", &sheet).expect(200)["total"].clone();
        assert_eq!((&sums["le_phi"]["online_vnd"], &sums["le_phi"]["collected_vnd"], &sums["cashless_permille"]), (&json!(8_000), &json!(8_000), &json!(1_000)));
        sound(&app);
        // It is no cashier's word, so no cashier takes it back.
        app.post("thungan", &format!("/api/v1/dossiers/{}/collection-voids", d.id), &json!({ "reason": "Nhầm" })).refused(409, "paid_by_bank");
        // The next day the bank tells of the money, under the reference that was asked with: it is not paid twice.
        let text = format!("NTTT QUYET TOAN {}", r["reference"].as_str().unwrap().to_lowercase());
        assert_eq!(came(&app, &r["payee"], 8_000, &text)["state"], "placed");
        assert!(list(&app, "/api/v1/unbanked-collections").is_empty());
        // Whoever transfers the same once more gets it back.
        assert_eq!(came(&app, &r["payee"], 8_000, &text)["state"], "to_refund");
        sound(&app);
    }

    fn the_same_outcome_told_a_hundred_times_is_one_payment(app, partner()) {
        let d = owing(&app, 8_000);
        let r = asked(&app, &d);
        let paid = result(&r["reference"], "PG1", 8_000);
        let statuses: Vec<u16> = std::thread::scope(|s| {
            let all: Vec<_> = (0..100).map(|_| s.spawn(|| tell_with(&app, &paid, SECRET).status)).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(statuses.iter().all(|s| *s == 200), "{statuses:?}");
        tell(&app, &paid);
        assert_eq!(list(&app, &format!("/api/v1/receipts?dossier_id={}", d.id)).len(), 1);
        assert_eq!(list(&app, "/api/v1/unbanked-collections").len(), 1);
        sound(&app);
    }

    fn what_cannot_be_a_payment_of_what_is_owed_is_kept_with_why(app, partner()) {
        let d = owing(&app, 8_000);
        let r = asked(&app, &d);
        let why = |message: &PlatformMessage| {
            let told = tell(&app, message);
            assert_eq!(told["state"], "not_applied");
            told["reason"].as_str().unwrap().to_owned()
        };
        let mut failed = result(&r["reference"], "PG1", 8_000);
        failed.ma_loi = "24".into();
        assert_eq!(why(&failed), "payment_failed");
        assert_eq!(why(&result(&r["reference"], "PG2", 7_999)), "amount_differs");
        assert_eq!(why(&result(&json!("MC2603020000199"), "PG3", 8_000)), "reference_unknown");
        assert_eq!(why(&result(&json!("DVC000123"), "PG4", 8_000)), "reference_unknown");
        assert_eq!(fees(&app, &d)["payment_state"], "due");
        // What failed first may be paid later, also when it was waited for long enough.
        app.at("2026-03-02T16:00:00+07:00");
        assert_eq!(tell(&app, &result(&r["reference"], "PG5", 8_000))["state"], "done");
        assert_eq!(why(&result(&r["reference"], "PG6", 8_000)), "not_owed");
        assert_eq!(list(&app, "/api/v1/unbanked-collections").len(), 1);
        sound(&app);
    }

    fn what_is_not_the_platforms_is_refused_and_listed_with_why(app, partner()) {
        let d = owing(&app, 8_000);
        let r = asked(&app, &d);
        let paid = result(&r["reference"], "PG1", 8_000);
        tell_with(&app, &paid, "khong-phai-bi-mat-nay").refused(401, "bank_signature_wrong");
        send(&app, serde_json::to_string(&paid).unwrap()).refused(401, "bank_signature_missing");
        send(&app, "{\"MaLoi\":".into()).refused(422, "bank_message_unreadable");
        let mut others = paid.clone();
        others.ma_doi_tac = "KHAC".into();
        tell_with(&app, &others, SECRET).refused(401, "bank_signature_wrong");
        for (amount, pointer) in [(json!(-8_000), "/SoTien"), (json!(8_000.5), "/SoTien"), (json!("tám nghìn"), "/SoTien")] {
            let mut wrong = paid.clone();
            wrong.so_tien = amount;
            tell_with(&app, &wrong, SECRET).invalid(pointer, "amount_out_of_range");
        }
        let mut dollars = paid.clone();
        dollars.ma_tien_te = "USD".into();
        tell_with(&app, &dollars, SECRET).invalid("/MaTienTe", "currency_not_vnd");
        let refused = list(&app, "/api/v1/bank-notifications?unplaced=true&limit=100");
        assert!(refused.iter().all(|n| n["state"] == "refused") && refused.len() >= 6, "{refused:?}");
        assert_eq!(fees(&app, &d)["payment_state"], "due");
        // A cashier does not say it in the platform's place.
        let word = json!({ "settlement": "paid", "method": "online", "reference": "PG1" });
        app.try_act("thungan", &d, "payments", &word).invalid("/method", "not_allowed");
        sound(&app);
    }

    fn a_centre_that_is_no_partner_takes_nothing_from_the_platform(app) {
        let d = owing(&app, 8_000);
        let r = asked(&app, &d);
        tell_with(&app, &result(&r["reference"], "PG1", 8_000), SECRET).refused(404, "not_found");
    }
}
