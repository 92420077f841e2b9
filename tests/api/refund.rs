//! What of a collection goes back to who paid: by two people, to an account, with a document less than
//! nought (DOMAIN §7.2).

use std::time::{Duration, Instant};

use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Value, json};

/// Collected by the cashier's word as a transfer of this name.
fn collected(app: &App, amount_vnd: i64, reference: &str) -> Dossier {
    let mut d = app.take_in("thd");
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": amount_vnd, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    let paid = json!({ "settlement": "paid", "method": "transfer", "reference": reference });
    app.act("thungan", &mut d, "payments", &paid);
    d
}

fn list(app: &App, path: &str) -> Vec<Value> {
    app.get("thungan", path).expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn receipts(app: &App, d: &Dossier) -> Vec<Value> {
    list(app, &format!("/api/v1/receipts?dossier_id={}", d.id))
}

/// The bank tells of what was collected under this name.
fn banked(app: &App, amount_vnd: i64, reference: &str) {
    let thd = json!(app.authority("thd"));
    let accounts = list(app, "/api/v1/collection-accounts?limit=100");
    let to = accounts
        .iter()
        .find(|a| a["authority_id"] == thd && a["state"] == "collecting")
        .unwrap();
    let body = json!({
        "bank_bin": to["bank_bin"], "account_number": to["account_number"],
        "amount_vnd": amount_vnd, "description": reference,
    });
    let waiting = || list(app, "/api/v1/unbanked-collections?limit=100").len();
    let before = waiting();
    app.post("thungan", "/api/v1/demo/bank-transfers", &body)
        .expect(202);
    let until = Instant::now() + Duration::from_secs(20);
    while waiting() == before {
        assert!(Instant::now() < until, "nothing came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn wanted(amount_vnd: i64) -> Value {
    json!({
        "amount_vnd": amount_vnd, "reason": "Người nộp thuộc diện miễn lệ phí",
        "to_name": "TRAN VAN BINH", "to_bank": "Vietcombank", "to_account": "0987654321000",
    })
}

fn propose(app: &App, receipt: &Value, body: &Value) -> Answer {
    let path = format!(
        "/api/v1/receipts/{}/refunds",
        receipt["id"].as_str().unwrap()
    );
    app.post_at("thungan", &path, receipt["version"].as_i64().unwrap(), body)
}

fn step(app: &App, who: &str, refund: &Value, step: &str, version: i64, body: &Value) -> Answer {
    let path = format!("/api/v1/refunds/{}/{step}", refund["id"].as_str().unwrap());
    app.post_at(who, &path, version, body)
}

/// Approved and paid by the bank.
fn gone_back(app: &App, refund: &Value, reference: &str) -> Value {
    step(app, "lanhdao.thd", refund, "approvals", 1, &Value::Null).expect(201);
    let paid = json!({ "bank_reference": reference });
    step(app, "thungan", refund, "payouts", 2, &paid).expect(201)
}

fn fees(app: &App, d: &Dossier) -> Value {
    app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)
}

fn sums(app: &App) -> Value {
    let path = format!(
        "/api/v1/collection-sheet?authority_id={}&from=2026-03-01&to=2026-03-31",
        app.authority("thd")
    );
    app.get("thungan", &path).expect(200)["total"]["le_phi"].clone()
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn what_was_collected_by_mistake_goes_back_with_a_receipt_less_than_nought(app) {
        let d = collected(&app, 8_000, "FT26333000456");
        let receipt = receipts(&app, &d)[0].clone();
        // Only what the bank has told of is there to go back.
        propose(&app, &receipt, &wanted(3_000)).refused(409, "collection_not_banked");
        banked(&app, 8_000, "FT26333000456");
        for amount in [0, -1, 8_001] {
            propose(&app, &receipt, &wanted(amount)).invalid("/amount_vnd", "out_of_range");
        }
        let mut nameless = wanted(3_000);
        nameless["to_account"] = json!(" ");
        propose(&app, &receipt, &nameless).invalid("/to_account", "required");
        for who in ["lanhdao.thd", "tiepnhan", "admin", "thanhtra"] {
            let path = format!("/api/v1/receipts/{}/refunds", receipt["id"].as_str().unwrap());
            app.post_at(who, &path, 1, &wanted(3_000)).expect(403);
        }
        let refund = propose(&app, &receipt, &wanted(3_000)).expect(201);
        assert_eq!((&refund["state"], &refund["amount_vnd"], &refund["receipt_id"]), (&json!("proposed"), &json!(3_000), &receipt["id"]));
        assert_eq!((&refund["transaction_id"], &refund["dossier_code"]), (&Value::Null, &d.body["code"]));
        propose(&app, &receipt, &wanted(3_000)).refused(409, "refund_known");
        // While it is on its way the receipt is not replaced, and the money stays placed.
        let path = format!("/api/v1/receipts/{}/replacements", receipt["id"].as_str().unwrap());
        let other = json!({ "reason": "Ghi sai tên", "payer_name": "Người Khác" });
        app.post_at("thungan", &path, 1, &other).refused(409, "refund_known");
        let placement = list(&app, "/api/v1/bank-placements")[0].clone();
        let undo = format!("/api/v1/bank-placements/{}/reversals", placement["id"].as_str().unwrap());
        app.post_at("giamdoc", &undo, 1, &json!({ "reason": "Nhầm" })).refused(409, "collection_refunded");
        let paid = gone_back(&app, &refund, "FT9");
        assert_eq!((&paid["state"], &paid["receipt_name"]), (&json!("paid_out"), &refund["receipt_name"]));
        // The document says what it takes off, and each names the other.
        let all = receipts(&app, &d);
        assert_eq!(all.len(), 2);
        assert_eq!((&all[0]["adjusts"]["id"], &all[1]["adjusted_by"]["id"]), (&receipt["id"], &all[0]["id"]));
        let less = app.get("thungan", &format!("/api/v1/receipts/{}", all[0]["id"].as_str().unwrap())).expect(200);
        assert_eq!((&less["amount_vnd"], &less["amount_in_words"]), (&json!(-3_000), &json!("giảm ba nghìn đồng")));
        assert_eq!((&less["adjusts"]["id"], &less["reference"]), (&receipt["id"], &json!("FT9")));
        assert_eq!(less["number"].as_i64().unwrap(), receipt["number"].as_i64().unwrap() + 1);
        let first = app.get("thungan", &format!("/api/v1/receipts/{}", receipt["id"].as_str().unwrap())).expect(200);
        assert_eq!((&first["adjusted_by"]["id"], &first["state"]), (&less["id"], &json!("valid")));
        let pdf = app.as_person("thungan", Method::GET, &format!("/api/v1/receipts/{}/document.pdf", less["id"].as_str().unwrap())).send().unwrap();
        assert_eq!(pdf.headers()["content-type"], "application/pdf");
        propose(&app, &less, &wanted(1_000)).refused(409, "receipt_not_valid");
        // What went back is neither to be paid nor collected; the dossier stays paid.
        let sheet = sums(&app);
        assert_eq!((&sheet["assessed_vnd"], &sheet["returned_vnd"], &sheet["collected_vnd"]), (&json!(5_000), &json!(3_000), &json!(5_000)));
        let now = fees(&app, &d);
        assert_eq!((&now["payment_state"], &now["owed_vnd"]), (&json!("paid"), &json!(0)));
        let lines = app.get("thungan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        let line = lines["items"].as_array().unwrap().iter().find(|l| l["kind"] == "fees_returned").unwrap().clone();
        assert_eq!(line["detail"]["amount_vnd"], 3_000);
        sound(&app);
    }

    fn a_dossier_of_which_all_went_back_is_refunded(app) {
        let d = collected(&app, 8_000, "FT26333000456");
        banked(&app, 8_000, "FT26333000456");
        let receipt = receipts(&app, &d)[0].clone();
        let first = propose(&app, &receipt, &wanted(8_000)).expect(201);
        // What was rejected may be proposed anew.
        step(&app, "giamdoc", &first, "rejections", 1, &json!({ "reason": "Sai tài khoản" })).expect(201);
        let second = propose(&app, &receipt, &wanted(8_000)).expect(201);
        gone_back(&app, &second, "FT9");
        assert_eq!(fees(&app, &d)["payment_state"], "refunded");
        let of = |state: &str| list(&app, &format!("/api/v1/refunds?state={state}")).len();
        assert_eq!((of("paid_out"), of("rejected")), (1, 1));
        assert_eq!(sums(&app)["collected_vnd"], 0);
        sound(&app);
    }

    fn of_two_who_propose_at_once_one_does_and_a_placement_is_not_undone_beside_it(app) {
        let d = collected(&app, 8_000, "FT26333000456");
        banked(&app, 8_000, "FT26333000456");
        let receipt = receipts(&app, &d)[0].clone();
        let placement = list(&app, "/api/v1/bank-placements")[0].clone();
        let undo = format!("/api/v1/bank-placements/{}/reversals", placement["id"].as_str().unwrap());
        let (one, two, undone) = std::thread::scope(|s| {
            let one = s.spawn(|| propose(&app, &receipt, &wanted(8_000)).status);
            let two = s.spawn(|| propose(&app, &receipt, &wanted(8_000)).status);
            let undone = s.spawn(|| app.post_at("giamdoc", &undo, 1, &json!({ "reason": "Nhầm" })).status);
            (one.join().unwrap(), two.join().unwrap(), undone.join().unwrap())
        });
        let mut proposed = [one, two];
        proposed.sort_unstable();
        // Whichever came first keeps the other out.
        let expected = if undone == 201 { [409, 409] } else { [201, 409] };
        assert_eq!((proposed, undone == 201 || undone == 409), (expected, true));
        sound(&app);
    }
}
