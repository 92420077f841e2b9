//! What the operations about money are asked with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use motcua_tests::{App, Dossier};
use serde_json::{Value, json};

use super::asked::Ask;

/// An account that nobody has named yet.
fn account(app: &App) -> Value {
    let number = app.new_key().replace("key-", "7");
    json!({
        "authority_id": app.authority("thd"), "bank_bin": "970418",
        "account_number": number, "holder": "UBND PHUONG", "source": "Công văn 1"
    })
}

/// A dossier that owes.
fn owing(app: &App) -> String {
    let mut d = app.take_in("thd");
    app.act("tiepnhan", &mut d, "assessments", &stated());
    d.id
}

/// The id of what is asked of the payer of such a dossier.
fn payment_request(app: &App) -> String {
    let body = json!({ "dossier_id": owing(app) });
    let made = app
        .post("thungan", "/api/v1/payment-requests", &body)
        .expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A dossier whose fees were collected by card.
fn collected(app: &App) -> Dossier {
    let mut d = app.take_in("thd");
    app.act("tiepnhan", &mut d, "assessments", &stated());
    let paid = json!({ "settlement": "paid", "method": "card", "reference": "POS 0012" });
    app.act("thungan", &mut d, "payments", &paid);
    d
}

/// The id of the receipt of such a dossier.
fn receipt(app: &App) -> String {
    let path = format!("/api/v1/receipts?dossier_id={}", collected(app).id);
    let given = app.get("thungan", &path).expect(200);
    given["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The id of what a cashier says of such a collection.
fn collection_void(app: &App) -> String {
    let path = format!("/api/v1/dossiers/{}/collection-voids", collected(app).id);
    let made = app.post("thungan", &path, &json!({ "reason": "Máy thẻ báo lỗi" }));
    made.expect(201)["id"].as_str().unwrap().to_owned()
}

fn series(app: &App) -> Value {
    let symbol = app.new_key().replace("key-", "W");
    json!({
        "authority_id": app.authority("cn"), "kind": "phi", "medium": "electronic",
        "form_symbol": "01BLP2-001", "serial_symbol": symbol, "body_name": "UBND phường",
        "tax_code": "9900000016", "address": "Số 5", "source": "Thông báo 1"
    })
}

fn statement_columns() -> Value {
    json!({
        "bank_bin": "970418",
        "columns": { "booked_on": "N", "dates": "dmy", "credit": "C", "reference": "R", "description": "D" }
    })
}

/// A statement that nobody brought in before.
fn statement(app: &App) -> Value {
    app.post("thungan", "/api/v1/statement-columns", &statement_columns())
        .expect(201);
    let all = app
        .get("thungan", "/api/v1/collection-accounts?limit=100")
        .expect(200);
    let ward = json!(app.authority("thd"));
    let of = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["authority_id"] == ward && !a["confirmed_at"].is_null());
    let sheet = format!("N,C,R,D\n02/03/2026,5000,{},x\n", app.new_key());
    json!({
        "account_id": of.unwrap()["id"], "format": "csv", "file_name": "a.csv",
        "file": STANDARD.encode(sheet)
    })
}

pub fn stated() -> Value {
    json!({
        "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": 8_000, "source": "Nghị quyết 15/2025/NQ-HĐND" }]
    })
}

/// A closing of what the cashier has just collected.
fn closing(app: &App) -> Value {
    collected(app);
    let till = app.get("thungan", "/api/v1/till").expect(200);
    json!({
        "until_seq": till["open"]["until_seq"], "card_vnd": 0, "reason": "Máy thẻ báo lỗi"
    })
}

/// What of the month's money went on, under a name of its own.
fn transfer(app: &App) -> Value {
    collected(app);
    json!({
        "authority_id": app.authority("thd"), "month": "2026-03-01", "phi_vnd": 0, "le_phi_vnd": 1_000,
        "bank_reference": app.new_key(), "transferred_on": "2026-03-02"
    })
}

/// What an operation about money is asked with; false where it is about none.
pub fn ask(app: &App, operation: &str, asked: &mut Ask) -> bool {
    let (ids, version) = (asked.ids.len(), asked.version);
    let body = match operation {
        "propose_collection_account" => Some(account(app)),
        "create_payment_request" => Some(json!({ "dossier_id": owing(app) })),
        "cancel_payment_request" => Some(json!({ "reason": "Nộp bằng thẻ" })),
        "match_bank_transaction" => Some(json!({ "reference": "MC2603020000199" })),
        "propose_refund" => Some(json!({
            "reason": "Nộp thừa", "to_name": "TRAN VAN BINH", "to_bank": "Vietcombank", "to_account": "0987"
        })),
        "propose_return" => Some(json!({
            "amount_vnd": 1_000, "reason": "Thu nhầm", "to_name": "TRAN VAN BINH", "to_bank": "Vietcombank", "to_account": "0987"
        })),
        "name_statement_columns" => Some(statement_columns()),
        "import_bank_statement" => Some(statement(app)),
        "replace_receipt" => Some(json!({ "reason": "Sai tên", "payer_name": "Nguyễn Văn Án" })),
        "open_receipt_series" => Some(series(app)),
        "propose_collection_void" | "reject_collection_void" => {
            Some(json!({ "reason": "Máy thẻ báo lỗi" }))
        }
        "reject_refund" => Some(json!({ "reason": "Sai tài khoản" })),
        "pay_refund_out" => Some(json!({ "bank_reference": "FT1" })),
        "take_bank_notification" | "take_platform_result" => Some(json!({})),
        "place_bank_transaction" => Some(json!({ "collection_ids": [app.authority("thd")] })),
        "undo_bank_placement" | "undo_treasury_transfer" => Some(json!({ "reason": "Nhầm dòng" })),
        "say_payment_unknown" => {
            asked.ids.push(("{id}", owing(app)));
            Some(json!({ "method": "card", "note": "Máy thẻ treo" }))
        }
        "deny_unknown_payment" => Some(json!({ "reason": "Ngân hàng báo không có" })),
        "close_till" => Some(closing(app)),
        "enter_treasury_transfer" => Some(transfer(app)),
        "set_cash_rule" => {
            let held = app.get("giamdoc", "/api/v1/cash-rule").expect(200);
            asked.version = held["version"].as_i64();
            Some(json!({ "allowed": true, "source": "Quyết định 12/QĐ-UBND" }))
        }
        _ => None,
    };
    let known = body.is_some();
    asked.body = body;
    match operation {
        "confirm_collection_account" | "end_collection_account" => {
            let body = account(app);
            let made = app
                .post("admin", "/api/v1/collection-accounts", &body)
                .expect(201);
            asked
                .ids
                .push(("{id}", made["id"].as_str().unwrap().to_owned()));
            asked.version = Some(1);
        }
        "get_payment_request" | "get_payment_request_picture" => {
            asked.ids.push(("{id}", payment_request(app)));
        }
        "cancel_payment_request" => {
            asked.ids.push(("{id}", payment_request(app)));
            asked.version = Some(1);
        }
        "get_statement_columns" => {
            let named = app.post("thungan", "/api/v1/statement-columns", &statement_columns());
            named.expect(201);
            asked.ids.push(("{bank_bin}", "970418".into()));
        }
        "get_bank_statement" | "list_bank_statement_lines" | "list_bank_statement_missing" => {
            let made = app.post("thungan", "/api/v1/bank-statements", &statement(app));
            let id = made.expect(201)["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "get_receipt" | "get_receipt_document" | "replace_receipt" | "propose_return" => {
            asked.ids.push(("{id}", receipt(app)));
            asked.version = Some(1);
        }
        "issue_receipts" | "propose_collection_void" => {
            asked.ids.push(("{id}", collected(app).id));
        }
        "end_receipt_series" => {
            let made = app.post("admin", "/api/v1/receipt-series", &series(app));
            let id = made.expect(201)["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
            asked.version = Some(1);
        }
        "approve_collection_void" | "reject_collection_void" => {
            asked.ids.push(("{id}", collection_void(app)));
            asked.version = Some(1);
        }
        // Whose money does not matter: there is none of this name.
        "match_bank_transaction"
        | "propose_refund"
        | "approve_refund"
        | "reject_refund"
        | "pay_refund_out" => {
            asked.ids.push(("{id}", app.authority("thd")));
            asked.version = Some(1);
        }
        "take_bank_notification" => asked.ids.push(("{adapter}", "webhook".into())),
        // Nor which money, or what became of it.
        "deny_unknown_payment"
        | "list_placement_proposals"
        | "place_bank_transaction"
        | "undo_bank_placement" => {
            asked.ids.push(("{id}", app.authority("thd")));
            asked.version = Some(1);
        }
        "get_till_closing" | "get_till_closing_document" | "get_till_closing_workbook" => {
            let made = app.post("thungan", "/api/v1/till-closings", &closing(app));
            let id = made.expect(201)["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "get_collection_sheet"
        | "get_collection_sheet_document"
        | "get_collection_sheet_workbook" => {
            asked.query = format!(
                "?authority_id={}&from=2026-03-01&to=2026-03-31",
                app.authority("thd")
            );
        }
        "list_collection_shares" => asked.query = "?from=2026-03-01&to=2026-03-31".into(),
        "list_treasury_months" => {
            asked.query = format!("?authority_id={}", app.authority("thd"));
        }
        "undo_treasury_transfer" => {
            let made = app.post("thungan", "/api/v1/treasury-transfers", &transfer(app));
            let id = made.expect(201)["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
            asked.version = Some(1);
        }
        _ => {}
    }
    known || asked.ids.len() > ids || asked.version != version || !asked.query.is_empty()
}
