//! Receipts: what is given for money, what takes its place, and collections that were none (DOMAIN §7.5).

use motcua_tests::{Answer, App, Dossier, Station, on_both};
use reqwest::Method;
use serde_json::{Value, json};

use crate::catalogue_admin::{file_of, made_up};

const SERIES: &str = "/api/v1/receipt-series";

fn stated(amount_vnd: i64) -> Value {
    json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] })
}

fn paid() -> Value {
    json!({ "settlement": "paid", "method": "card", "reference": "POS 0012" })
}

/// A dossier whose fees were collected by card.
fn collected(app: &App, amount_vnd: i64) -> Dossier {
    let mut d = app.take_in("thd");
    app.act("tiepnhan", &mut d, "assessments", &stated(amount_vnd));
    app.act("thungan", &mut d, "payments", &paid());
    d
}

fn again(app: &App, d: &Dossier) -> Dossier {
    Dossier::of("thd", &app.read("thungan", d))
}

fn receipts(app: &App, d: &Dossier) -> Vec<Value> {
    let path = format!("/api/v1/receipts?dossier_id={}", d.id);
    app.get("thungan", &path).expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn the_one(app: &App, d: &Dossier) -> Value {
    let found = receipts(app, d);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

fn owed(app: &App) -> Vec<Value> {
    app.get("thungan", "/api/v1/receipts-owed").expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn payment_state(app: &App, d: &Dossier) -> Value {
    app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)["payment_state"]
        .clone()
}

fn new_series(app: &App, kind: &str, symbol: &str) -> Value {
    json!({
        "authority_id": app.authority("thd"), "kind": kind, "medium": "electronic",
        "form_symbol": "01BLP2-001", "serial_symbol": symbol,
        "body_name": "Ủy ban nhân dân phường Trần Hưng Đạo", "tax_code": "9900000016",
        "address": "Số 5 phố Nguyễn Trãi", "source": "Thông báo phát hành 01/TB-UBND",
    })
}

fn replacement(name: &str) -> Value {
    json!({ "reason": "Ghi sai tên người nộp", "payer_name": name, "payer_number": "001190000012" })
}

fn replace(app: &App, of: &Value, body: &Value) -> Answer {
    let path = format!(
        "/api/v1/receipts/{}/replacements",
        of["id"].as_str().unwrap()
    );
    app.post_at("thungan", &path, of["version"].as_i64().unwrap(), body)
}

fn propose(app: &App, d: &Dossier) -> Answer {
    let path = format!("/api/v1/dossiers/{}/collection-voids", d.id);
    app.post(
        "thungan",
        &path,
        &json!({ "reason": "Máy thẻ báo lỗi, khách chưa bị trừ tiền" }),
    )
}

fn decide(app: &App, who: &str, of: &Value, what: &str, body: &Value) -> Answer {
    let path = format!(
        "/api/v1/collection-voids/{}/{what}",
        of["id"].as_str().unwrap()
    );
    app.post_at(who, &path, of["version"].as_i64().unwrap(), body)
}

fn end_series(app: &App) {
    let open = app.get("admin", &format!("{SERIES}?limit=100")).expect(200);
    for s in open["items"].as_array().unwrap() {
        if s["ended_at"].is_null() {
            let path = format!("{SERIES}/{}/endings", s["id"].as_str().unwrap());
            app.post_at("admin", &path, s["version"].as_i64().unwrap(), &json!({}))
                .expect(201);
        }
    }
}

fn codes(app: &App) -> Vec<String> {
    app.verify()
        .iter()
        .map(|f| f["code"].as_str().unwrap().to_owned())
        .collect()
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn a_receipt_is_given_in_the_moment_that_collects(app) {
        let d = collected(&app, 8_000);
        let r = the_one(&app, &d);
        assert_eq!((&r["state"], &r["kind"], &r["number"]), (&json!("valid"), &json!("le_phi"), &json!(1)));
        assert_eq!((&r["written"], &r["year"]), (&json!("0000001"), &json!(2026)));
        assert_eq!((&r["amount_vnd"], &r["amount_in_words"]), (&json!(8_000), &json!("tám nghìn đồng")));
        assert_eq!((&r["method"], &r["reference"]), (&json!("card"), &json!("POS 0012")));
        assert_eq!(r["payer_name"], d.body["owner"]["full_name"]);
        assert_eq!(r["lines"][0]["amount_vnd"], 8_000);
        assert_eq!(r["dossier_code"], d.body["code"]);
        let path = format!("/api/v1/receipts/{}", r["id"].as_str().unwrap());
        // A list shows who paid no further than it must; who looks at one is on record.
        assert_eq!((&r["payer_number"], &r["payer_address"]), (&json!("001*******45"), &Value::Null));
        let whole = app.get("thanhtra", &path).expect(200);
        assert_eq!((&whole["payer_number"], &whole["payer_address"]), (&json!("001085012345"), &json!("12 phố Hàng Bài, Hà Nội")));
        assert_eq!(whole["issued_by"]["full_name"], r["issued_by"]["full_name"]);
        app.as_person("thungan", Method::GET, &format!("{path}/document.pdf")).send().unwrap();
        let looks = app.get("giamdoc", &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).expect(200);
        let who: Vec<_> = looks["items"].as_array().unwrap().iter().map(|l| (l["purpose"].clone(), l["roles"].clone())).collect();
        assert_eq!(who, [(json!("receipt"), json!(["cashier"])), (json!("receipt"), json!(["inspector"]))]);
        for (who, status) in [("tiepnhan", 403), ("thuly.thd", 403), ("lanhdao.cn", 404), ("lanhdao.thd", 200), ("admin", 200)] {
            app.get(who, &path).expect(status);
        }
        // The line of the timeline names it.
        let timeline = app.get("thungan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        let line = timeline["items"].as_array().unwrap().iter().find(|l| !l["detail"]["receipts"].is_null()).unwrap().clone();
        assert_eq!(line["detail"]["receipts"][0], format!("{} 0000001", r["serial_symbol"].as_str().unwrap()));
        sound(&app);
    }

    fn what_somebody_paid_is_found_by_number(app) {
        let mine = collected(&app, 8_000);
        let mut body = app.intake("cn");
        body["owner"]["identity_number"] = json!("001190000012");
        let mut d = Dossier::of("cn", &app.send_in(&body).expect(201));
        app.act("tiepnhan", &mut d, "assessments", &stated(5_000));
        app.act("thungan", &mut d, "payments", &paid());
        let of = |who: &str, number: &str| {
            let found = app.get(who, &format!("/api/v1/receipts?payer_number={number}")).expect(200);
            found["items"].as_array().unwrap().iter().map(|r| r["dossier_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of("thungan", "001%20085%20012%20345"), [mine.id.as_str()]);
        assert_eq!(of("thungan", "001190000012"), [d.id.as_str()]);
        assert!(of("thungan", "001190000013").is_empty());
        assert!(of("lanhdao.thd", "001190000012").is_empty());
        app.get("thungan", "/api/v1/receipts?payer_number=").invalid("payer_number", "required");
        app.get("thungan", &format!("/api/v1/receipts?payer_number={}", "1".repeat(31))).invalid("payer_number", "too_long");
    }

    fn phi_and_le_phi_have_receipts_of_their_own(app) {
        let mut both = made_up("9.000001");
        let mut phi = both["fees"][0].clone();
        phi["id"] = json!("phi");
        phi["kind"] = json!("phi");
        phi["name"] = json!("Phí thẩm định");
        phi["amount_vnd"] = json!(50_000);
        both["fees"].as_array_mut().unwrap().push(phi);
        let file = json!({ "format": "json", "content": file_of(&[both]), "dry_run": false });
        app.post("admin", "/api/v1/catalogue-imports", &file).expect(200);
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("9.000001");
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }]);
        let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
        app.act("tiepnhan", &mut d, "assessments", &json!({}));
        app.act("thungan", &mut d, "payments", &paid());
        let mut given = receipts(&app, &d);
        given.sort_by_key(|r| r["amount_vnd"].as_i64());
        let said: Vec<_> = given.iter().map(|r| {
            (r["kind"].as_str().unwrap(), r["number"].as_i64().unwrap(), r["amount_vnd"].as_i64().unwrap(), r["lines"][0]["name"].as_str().unwrap())
        }).collect();
        assert_eq!(said, [("le_phi", 1, 8_000, "Lệ phí"), ("phi", 1, 50_000, "Phí thẩm định")]);
        assert_ne!(given[0]["series_id"], given[1]["series_id"]);
        // Both go when the collection was none.
        let asked = propose(&app, &d).expect(201);
        assert_eq!(asked["amount_vnd"], 58_000);
        decide(&app, "lanhdao.thd", &asked, "approvals", &json!({})).expect(201);
        assert!(receipts(&app, &d).iter().all(|r| r["state"] == "voided"));
        sound(&app);
    }

    fn numbers_run_from_1_without_a_gap_whoever_collects_at_once_and_anew_each_year(app) {
        let wards = ["thd", "cn"];
        let dossiers: Vec<Dossier> = (0..12).map(|n| {
            let mut d = app.take_in(wards[n % 2]);
            app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
            d
        }).collect();
        std::thread::scope(|s| {
            for d in &dossiers {
                // Each twice: who comes second collects nothing, and takes no number.
                for _ in 0..2 {
                    s.spawn(|| app.try_act("thungan", d, "payments", &paid()).status);
                }
            }
        });
        for ward in wards {
            let mut numbers: Vec<i64> = dossiers.iter().filter(|d| d.ward == ward)
                .map(|d| the_one(&app, d)["number"].as_i64().unwrap()).collect();
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=6).collect::<Vec<_>>(), "{ward}");
        }
        sound(&app);
        app.at("2027-01-04T09:00:00+07:00");
        let next = the_one(&app, &collected(&app, 8_000));
        assert_eq!((&next["year"], &next["number"]), (&json!(2027), &json!(1)));
        sound(&app);
    }

    fn money_is_collected_also_where_there_is_no_series_and_its_receipt_is_owed(app) {
        end_series(&app);
        let d = collected(&app, 8_000);
        assert!(receipts(&app, &d).is_empty());
        let list = owed(&app);
        assert_eq!((list.len(), &list[0]["dossier_id"], &list[0]["le_phi_vnd"]), (1, &json!(d.id), &json!(8_000)));
        sound(&app);
        let give = format!("/api/v1/dossiers/{}/receipts", d.id);
        app.post("thungan", &give, &json!({})).refused(409, "no_receipt_series");
        app.post("admin", SERIES, &new_series(&app, "le_phi", "AB-26E")).expect(201);
        let given = app.post("thungan", &give, &json!({})).expect(201);
        assert_eq!(given["items"][0]["serial_symbol"], "AB-26E");
        assert!(owed(&app).is_empty());
        app.post("thungan", &give, &json!({})).refused(409, "no_receipt_owed");
        app.post("tiepnhan", &give, &json!({})).expect(403);
        sound(&app);
    }

    fn a_receipt_with_a_wrong_name_is_replaced_by_a_new_one_never_changed(app) {
        let d = collected(&app, 8_000);
        let first = the_one(&app, &d);
        for (body, field, code) in [
            (json!({ "reason": " ", "payer_name": "An" }), "/reason", "required"),
            (json!({ "reason": "Sai tên", "payer_name": "" }), "/payer_name", "required"),
            (json!({ "reason": "Sai tên", "payer_name": "An\u{202e}" }), "/payer_name", "control_character"),
            (json!({ "reason": "Sai tên", "payer_name": "An", "payer_number": "1".repeat(21) }), "/payer_number", "too_long"),
        ] {
            replace(&app, &first, &body).invalid(field, code);
        }
        let second = replace(&app, &first, &replacement("Nguyễn Văn Án")).expect(201);
        assert_eq!((&second["number"], &second["state"], &second["payer_name"]), (&json!(2), &json!("valid"), &json!("Nguyễn Văn Án")));
        assert_eq!((&second["replaces"]["id"], &second["replaced_because"]), (&first["id"], &json!("Ghi sai tên người nộp")));
        let path = format!("/api/v1/receipts/{}", first["id"].as_str().unwrap());
        let before = app.get("thungan", &path).expect(200);
        assert_eq!((&before["state"], &before["payer_name"], &before["replaced_by"]["id"]), (&json!("replaced"), &first["payer_name"], &second["id"]));
        replace(&app, &first, &replacement("Ai đó")).refused(412, "version_stale");
        replace(&app, &before, &replacement("Ai đó")).refused(409, "receipt_not_valid");
        replace(&app, &second, &replacement("Nguyễn Văn Án")).refused(409, "nothing_changed");
        // What was collected stays as it was.
        assert_eq!(payment_state(&app, &d), "paid");
        sound(&app);
    }

    fn of_two_who_replace_at_once_one_does(app) {
        let d = collected(&app, 8_000);
        let first = the_one(&app, &d);
        let (app, first) = (&app, &first);
        let mut statuses: Vec<u16> = std::thread::scope(|s| {
            let ask = |name: &'static str| s.spawn(move || replace(app, first, &replacement(name)).status);
            let both = [ask("Người Một"), ask("Người Hai")];
            both.map(|t| t.join().unwrap()).to_vec()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 412]);
        assert_eq!(receipts(app, &d).len(), 2);
        sound(app);
    }

    fn a_collection_that_was_none_is_taken_back_by_another_on_the_same_day(app) {
        let d = collected(&app, 8_000);
        let asked = propose(&app, &d).expect(201);
        assert_eq!((&asked["state"], &asked["amount_vnd"]), (&json!("proposed"), &json!(8_000)));
        propose(&app, &d).refused(409, "void_known");
        decide(&app, "thungan", &asked, "approvals", &json!({})).expect(403);
        decide(&app, "lanhdao.cn", &asked, "approvals", &json!({})).expect(404);
        let done = decide(&app, "lanhdao.thd", &asked, "approvals", &json!({})).expect(201);
        assert_eq!(done["state"], "approved");
        decide(&app, "lanhdao.thd", &done, "approvals", &json!({})).refused(409, "void_decided");
        assert_eq!(payment_state(&app, &d), "due");
        assert_eq!(the_one(&app, &d)["state"], "voided");
        let fees = app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id)).expect(200);
        assert_eq!(fees["owed_vnd"], 8_000);
        let kinds: Vec<&str> = fees["entries"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["assessed", "paid", "reversed"]);
        sound(&app);
        // It is owed again: collected anew, under the next number.
        let mut d = again(&app, &d);
        app.act("thungan", &mut d, "payments", &paid());
        let of = receipts(&app, &d);
        assert_eq!((of.len(), &of[0]["number"], &of[0]["state"]), (2, &json!(2), &json!("valid")));
        propose(&app, &d).expect(201);
        sound(&app);
    }

    fn a_collection_stays_when_nobody_agrees_in_time(app) {
        let d = collected(&app, 8_000);
        let asked = propose(&app, &d).expect(201);
        let no = decide(&app, "giamdoc", &asked, "rejections", &json!({ "reason": "Máy thẻ đã nhận tiền" })).expect(201);
        assert_eq!((&no["state"], &no["decision_reason"]), (&json!("rejected"), &json!("Máy thẻ đã nhận tiền")));
        let again = propose(&app, &d).expect(201);
        app.at("2026-03-03T08:00:00+07:00");
        decide(&app, "lanhdao.thd", &again, "approvals", &json!({})).refused(409, "void_too_late");
        let list = app.get("thanhtra", "/api/v1/collection-voids").expect(200);
        let states: Vec<&str> = list["items"].as_array().unwrap().iter().map(|v| v["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["lapsed", "rejected"]);
        assert_eq!((payment_state(&app, &d), the_one(&app, &d)["state"].clone()), (json!("paid"), json!("valid")));
        let other = collected(&app, 9_000);
        app.at("2026-03-04T08:00:00+07:00");
        propose(&app, &other).refused(409, "void_too_late");
        let unpaid = app.take_in("thd");
        propose(&app, &unpaid).refused(409, "nothing_collected");
        sound(&app);
    }

    fn what_has_ended_is_not_taken_back(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.act("thungan", &mut d, "payments", &paid());
        let asked = propose(&app, &d).expect(201);
        let mut d = again(&app, &d);
        app.act("traketqua", &mut d, "returns", &motcua_tests::dossier::body_of("returns"));
        decide(&app, "lanhdao.thd", &asked, "approvals", &json!({})).refused(409, "collection_closed");
        assert_eq!(the_one(&app, &d)["state"], "valid");
        sound(&app);
    }

    fn a_receipt_that_is_still_owed_goes_with_its_collection(app) {
        end_series(&app);
        let d = collected(&app, 8_000);
        let asked = propose(&app, &d).expect(201);
        decide(&app, "giamdoc", &asked, "approvals", &json!({})).expect(201);
        assert!(owed(&app).is_empty());
        sound(&app);
    }

    fn a_series_is_opened_by_its_document_and_never_twice(app) {
        let thd = new_series(&app, "phi", "AC-26E");
        app.post("lanhdao.thd", SERIES, &thd).expect(403);
        app.post("thungan", SERIES, &thd).expect(403);
        for (field, value, code) in [
            ("tax_code", json!("0100109107"), "tax_code_invalid"),
            ("serial_symbol", json!(""), "required"),
            ("source", json!("  "), "required"),
            ("authority_id", json!("01890000-0000-7000-8000-000000000000"), "authority_unknown"),
        ] {
            let mut body = thd.clone();
            body[field] = value;
            app.post("admin", SERIES, &body).invalid(&format!("/{field}"), code);
        }
        let open = app.post("admin", SERIES, &thd).expect(201);
        app.post("admin", SERIES, &thd).refused(409, "receipt_series_known");
        let next = app.post("admin", SERIES, &new_series(&app, "phi", "AD-26E")).expect(201);
        let list = app.get("thungan", &format!("{SERIES}?limit=100")).expect(200);
        let of = |id: &Value| list["items"].as_array().unwrap().iter().find(|s| s["id"] == *id).cloned().unwrap();
        assert!(!of(&open["id"])["ended_at"].is_null() && of(&next["id"])["ended_at"].is_null());
        let end = format!("{SERIES}/{}/endings", next["id"].as_str().unwrap());
        app.post_at("admin", &end, 9, &json!({})).refused(412, "version_stale");
        app.post_at("admin", &end, 1, &json!({})).expect(201);
        app.post_at("admin", &end, 2, &json!({})).refused(409, "receipt_series_ended");
        sound(&app);
    }

    fn paper_ends_with_2026(app) {
        let mut paper = new_series(&app, "le_phi", "AE-26P");
        paper["medium"] = json!("paper");
        app.post("admin", SERIES, &paper).expect(201);
        app.at("2026-12-31T15:00:00+07:00");
        let last = collected(&app, 8_000);
        assert_eq!(the_one(&app, &last)["serial_symbol"], "AE-26P");
        app.at("2027-01-04T09:00:00+07:00");
        // The money comes all the same.
        let d = collected(&app, 8_000);
        assert!(receipts(&app, &d).is_empty());
        assert_eq!(owed(&app).len(), 1);
        let mut another = new_series(&app, "le_phi", "AF-27P");
        another["medium"] = json!("paper");
        app.post("admin", SERIES, &another).invalid("/medium", "paper_receipts_over");
        app.post("admin", SERIES, &new_series(&app, "le_phi", "AF-27E")).expect(201);
        app.post("thungan", &format!("/api/v1/dossiers/{}/receipts", d.id), &json!({})).expect(201);
        assert_eq!(the_one(&app, &d)["serial_symbol"], "AF-27E");
        sound(&app);
    }

    fn a_receipt_is_a_document(app) {
        let d = collected(&app, 1_005_000);
        let r = the_one(&app, &d);
        let path = format!("/api/v1/receipts/{}/document.pdf", r["id"].as_str().unwrap());
        let answer = app.as_person("thungan", Method::GET, &path).send().unwrap();
        assert_eq!(answer.headers()["content-type"], "application/pdf");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("0000001.pdf"));
        let bytes = answer.bytes().unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7") && bytes.len() > 5_000);
        let again = app.as_person("lanhdao.thd", Method::GET, &path).send().unwrap().bytes().unwrap();
        assert_eq!(bytes, again, "the same receipt is the same file");
        app.get("tiepnhan", &path).expect(403);
    }

    fn what_was_changed_by_hand_is_found(app) {
        let d = collected(&app, 8_000);
        the_one(&app, &d);
        sound(&app);
        app.database.execute("UPDATE receipts SET payer_name = 'Ai đó' WHERE number = 1");
        assert_eq!(codes(&app), ["receipt_altered"]);
        app.database.execute("DELETE FROM receipts");
        let found = codes(&app);
        for code in ["receipt_missing", "receipt_unexplained", "receipt_differs", "series_not_gap_free"] {
            assert!(found.contains(&code.to_owned()), "{code} is not in {found:?}");
        }
    }
}
