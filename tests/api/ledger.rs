//! What a dossier costs, kept with it, and the ledger of what became of it (DOMAIN §7.2).

use motcua_tests::dossier::body_of;
use motcua_tests::{App, Dossier, Station, on_both};
use serde_json::{Value, json};

const LINE: &str = "le_phi_ho_tich";

fn stated(amount_vnd: i64) -> Value {
    json!({ "stated": [{ "line_id": LINE, "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3" }] })
}

fn poor(amount_vnd: i64) -> Value {
    let mut body = stated(amount_vnd);
    body["claims"] = json!([{
        "exemption_id": "nguoi_co_cong_ho_ngheo_khuyet_tat", "evidence": "Giấy chứng nhận hộ nghèo số 12",
    }]);
    body
}

fn fees(app: &App, who: &str, d: &Dossier) -> Value {
    app.get(who, &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)
}

fn kinds(fees: &Value) -> Vec<&str> {
    fees["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["kind"].as_str().unwrap())
        .collect()
}

/// What an entry moves on an account.
fn moved(fees: &Value, at: usize, account: &str) -> i64 {
    let postings = fees["entries"][at]["postings"].as_array().unwrap();
    postings
        .iter()
        .filter(|p| p["account"] == account)
        .map(|p| p["amount_vnd"].as_i64().unwrap())
        .sum()
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

fn paid(method: &str) -> Value {
    json!({ "settlement": "paid", "method": method, "reference": "FT26061123456" })
}

on_both! {
    fn what_a_dossier_costs_is_kept_with_it_and_written_in_the_ledger(app) {
        let mut d = app.take_in("thd");
        assert_eq!(fees(&app, "tiepnhan", &d)["assessment"], Value::Null);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        let f = fees(&app, "thungan", &d);
        assert_eq!((&f["payment_state"], &f["owed_vnd"]), (&json!("due"), &json!(8_000)));
        let a = &f["assessment"];
        assert_eq!((&a["number"], &a["net_vnd"], &a["le_phi_vnd"]), (&json!(1), &json!(8_000), &json!(8_000)));
        assert_eq!(a["net_in_words"], "tám nghìn đồng");
        assert!(a["lines"][0]["explanation"][0].as_str().unwrap().contains("Nghị quyết 15/2025/NQ-HĐND"));
        assert_eq!(kinds(&f), ["assessed"]);
        assert_eq!((moved(&f, 0, "receivable"), moved(&f, 0, "assessed")), (8_000, -8_000));
        let last = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        assert!(last["items"].as_array().unwrap().iter().any(|i| i["kind"] == "fees_assessed"));
        sound(&app);
    }

    fn what_is_owed_holds_the_hand_back_up_until_the_cashier_has_it(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.try_act("traketqua", &d, "returns", &body_of("returns")).refused(409, "payment_due");
        app.try_act("thungan", &d, "payments", &json!({ "settlement": "paid", "reference": "1" })).invalid("/method", "required");
        app.try_act("thungan", &d, "payments", &json!({ "settlement": "exempt", "reference": "Hộ nghèo" }))
            .refused(409, "exemption_by_assessment");
        app.act("thungan", &mut d, "payments", &paid("transfer"));
        let f = fees(&app, "thungan", &d);
        assert_eq!((&f["payment_state"], &f["owed_vnd"]), (&json!("paid"), &json!(0)));
        assert_eq!(kinds(&f), ["assessed", "paid"]);
        assert_eq!((moved(&f, 1, "transfer"), moved(&f, 1, "receivable")), (8_000, -8_000));
        assert_eq!((&f["entries"][1]["method"], &f["entries"][1]["reference"]), (&json!("transfer"), &json!("FT26061123456")));
        app.try_act("thungan", &d, "payments", &paid("card")).refused(409, "payment_not_due");
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        sound(&app);
    }

    fn a_mistake_is_answered_by_somebody_elses_entry_and_nothing_is_edited(app) {
        let mut d = app.take_in("thd");
        app.act("tiepnhan", &mut d, "assessments", &stated(80_000));
        assert_eq!(fees(&app, "tiepnhan", &d)["assessable"], false);
        assert_eq!(fees(&app, "thungan", &d)["assessable"], true);
        app.try_act("tiepnhan", &d, "assessments", &stated(8_000)).refused(409, "own_assessment");
        app.try_act("thungan", &d, "assessments", &stated(80_000)).refused(409, "nothing_changed");
        app.act("thungan", &mut d, "assessments", &stated(8_000));
        let f = fees(&app, "thungan", &d);
        assert_eq!((&f["assessment"]["number"], &f["owed_vnd"]), (&json!(2), &json!(8_000)));
        assert_eq!(kinds(&f), ["assessed", "reversed", "assessed"]);
        assert_eq!((moved(&f, 0, "receivable"), moved(&f, 1, "receivable")), (80_000, -80_000));
        app.act("thungan", &mut d, "payments", &paid("card"));
        app.try_act("tiepnhan", &d, "assessments", &stated(9_000)).refused(409, "fees_settled");
        sound(&app);
    }

    fn who_is_exempt_owes_nothing_and_the_ledger_says_what_was_waived(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("tiepnhan", &mut d, "assessments", &poor(8_000));
        let f = fees(&app, "tiepnhan", &d);
        assert_eq!((&f["payment_state"], &f["owed_vnd"]), (&json!("exempt"), &json!(0)));
        assert_eq!((moved(&f, 0, "waived"), moved(&f, 0, "assessed"), moved(&f, 0, "receivable")), (8_000, -8_000, 0));
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        app.try_act("thungan", &d, "assessments", &stated(8_000)).refused(409, "fees_closed");
        sound(&app);
    }

    fn an_amount_nobody_knows_is_not_kept_as_if_it_were_nought(app) {
        let d = app.take_in("thd");
        let refused = app.try_act("tiepnhan", &d, "assessments", &json!({}));
        let body = refused.refused(422, "assessment_incomplete");
        refused.points_at(&body, "/stated", "required");
        assert_eq!(body["unknown_lines"], json!([LINE]));
        app.try_act("tiepnhan", &d, "assessments", &stated(-1)).invalid("/stated/0/amount_vnd", "out_of_range");
        app.try_act("tiepnhan", &d, "assessments", &stated(1_000_000_000_000_001)).invalid("/stated/0/amount_vnd", "out_of_range");
        assert_eq!(fees(&app, "tiepnhan", &d)["entries"], json!([]));
        sound(&app);
    }

    fn a_dossier_that_ends_unpaid_owes_nothing_and_the_ledger_says_why(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.act("lanhdao.thd", &mut d, "stops", &body_of("stops"));
        let f = fees(&app, "thungan", &d);
        assert_eq!((&f["payment_state"], &f["owed_vnd"]), (&json!("cancelled"), &json!(0)));
        assert_eq!(kinds(&f), ["assessed", "cancelled"]);
        sound(&app);
    }

    fn what_is_asked_for_meanwhile_does_not_make_the_fees_paid(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        app.try_act("thungan", &d, "assessments", &stated(9_000)).refused(409, "payment_pending");
        app.act("thungan", &mut d, "payments", &body_of("payments"));
        let f = fees(&app, "thungan", &d);
        assert_eq!((&f["payment_state"], &f["owed_vnd"]), (&json!("due"), &json!(8_000)));
        app.act("thungan", &mut d, "payments", &paid("transfer"));
        assert_eq!(fees(&app, "thungan", &d)["payment_state"], "paid");
        sound(&app);
    }

    fn of_two_who_are_paid_at_once_one_is_told_that_it_was_done(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        let answers: Vec<u16> = std::thread::scope(|s| {
            let (app, d) = (&app, &d);
            let ask = |_| s.spawn(move || app.try_act("thungan", d, "payments", &paid("transfer")).status);
            let tries: Vec<_> = (0..4).map(ask).collect();
            tries.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|s| **s == 201).count(), 1, "{answers:?}");
        let f = fees(&app, "thungan", &d);
        assert_eq!((kinds(&f), &f["owed_vnd"]), (vec!["assessed", "paid"], &json!(0)));
        sound(&app);
    }

    fn an_entry_changed_or_taken_out_by_hand_is_found(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.act("thungan", &mut d, "payments", &paid("transfer"));
        let mut app = app;
        app.stop();
        let found = |sql: &str| {
            app.database.execute(sql);
            let codes: Vec<String> = app.verify().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect();
            codes
        };
        let codes = found("UPDATE ledger_postings SET amount_vnd = amount_vnd + 1 WHERE account = 'transfer'");
        assert_eq!(codes, ["unbanked_differs", "ledger_unbalanced"]);
        let codes = found("UPDATE ledger_postings SET amount_vnd = amount_vnd + 1 WHERE account = 'receivable' AND amount_vnd < 0");
        assert!(codes.contains(&"ledger_unbalanced".to_owned()) || codes.contains(&"ledger_altered".to_owned()), "{codes:?}");
        app.database.execute("DELETE FROM receipts");
        app.database.execute("DELETE FROM collections_unbanked");
        app.database.execute("DELETE FROM ledger_postings WHERE entry_id IN (SELECT id FROM ledger_entries WHERE kind = 'paid')");
        let codes = found("DELETE FROM ledger_entries WHERE kind = 'paid'");
        assert!(codes.contains(&"ledger_missing".to_owned()), "{codes:?}");
        assert!(codes.contains(&"series_not_gap_free".to_owned()), "{codes:?}");
    }

    fn another_wards_people_see_nothing_of_it(app) {
        let mut d = app.take_in("thd");
        app.act("tiepnhan", &mut d, "assessments", &stated(8_000));
        app.get("thuly.cn", &format!("/api/v1/dossiers/{}/fees", d.id)).expect(404);
        app.try_act("thuly.cn", &d, "assessments", &stated(9_000)).expect(404);
    }
}
