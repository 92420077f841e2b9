//! Every operation of the contract as every role, at one's own ward and at another's, against a
//! table of what must come back. A new operation without its row fails here.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{Days, NaiveDate};
use motcua_tests::dossier::{EXTRACT, MARITAL, body_of};
use motcua_tests::{App, Dossier, Kind, Options, PASSWORD, Station};
use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use serde_json::{Value, json};

const TABLE: &str = include_str!("walk_table.txt");

/// The callers, in the table's order: nobody, somebody with a token of nobody's, and each role.
const CALLERS: [&str; 12] = [
    "",
    "?",
    "admin",
    "giamdoc",
    "tiepnhan",
    "thuly.thd",
    "thuly.cn",
    "lanhdao.thd",
    "lanhdao.cn",
    "thungan",
    "traketqua",
    "thanhtra",
];

struct Row {
    operation: String,
    station: Option<Station>,
    expected: Vec<u16>,
}

fn table() -> Vec<Row> {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|line| {
            let mut words = line.split_whitespace();
            let operation = words.next().unwrap().to_owned();
            let station = match words.next().unwrap() {
                "-" => None,
                name => Some(
                    *Station::ALL
                        .iter()
                        .find(|s| format!("{s:?}") == name)
                        .unwrap_or_else(|| panic!("no station {name}")),
                ),
            };
            let expected: Vec<u16> = words.map(|w| w.parse().unwrap()).collect();
            assert_eq!(expected.len(), CALLERS.len(), "{operation}");
            Row {
                operation,
                station,
                expected,
            }
        })
        .collect()
}

/// Every operation of the contract: its method and path.
fn operations() -> BTreeMap<String, (Method, String)> {
    let document: Value = serde_json::to_value(motcua_api::openapi::document()).unwrap();
    let mut found = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(id) = operation["operationId"].as_str() {
                let method: Method = method.to_uppercase().parse().unwrap();
                assert!(
                    found
                        .insert(id.to_owned(), (method, path.clone()))
                        .is_none(),
                    "{id} twice"
                );
            }
        }
    }
    found
}

/// What an operation is asked with: query, body, version.
struct Ask {
    query: String,
    body: Option<Value>,
    version: Option<i64>,
    ids: Vec<(&'static str, String)>,
}

fn person(app: &App, username: &str) -> String {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    let found = items.iter().find(|u| u["username"] == username).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn draft() -> Value {
    json!({ "procedure_code": MARITAL, "owner_name": "Nguyễn Văn An", "form": { "note": "Làm dở" } })
}

fn data_request() -> Value {
    json!({
        "kind": "access", "requester_name": "Nguyễn Văn An", "requester_identity": "001085012345",
        "verified_by": "Đối chiếu thẻ căn cước tại quầy"
    })
}

fn other_system(n: usize) -> Value {
    json!({ "name": format!("Hệ thống {n}"), "role": "director", "scopes": ["dossiers.read", "events.read"] })
}

/// What a roster is planned with: a new counter, and a time of its own for each caller.
fn duty(app: &App, kind: &str, day: NaiveDate, from: &str, to: &str) -> Value {
    let centres = app.get("admin", "/api/v1/centres").expect(200);
    let centre = centres["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/centres/{centre}/service-counters");
    let new = json!({ "name": "Quầy", "valid_from": "2026-01-01" });
    let told = app.post("admin", &path, &new).expect(201);
    let counters = told["counters"].as_array().unwrap();
    json!({
        "counter_id": counters.last().unwrap()["id"], "user_id": person(app, "tiepnhan"), "kind": kind,
        "first_day": day, "last_day": day, "from": from, "to": to
    })
}

/// The id of a duty that was planned for this caller: counted, some weeks on.
fn counted_duty(app: &App, weekday: u64, n: usize) -> String {
    let day = monday(n) + Days::new(weekday);
    let body = duty(app, "counted", day, "07:30", "11:30");
    let made = app
        .post("admin", "/api/v1/roster/duties", &body)
        .expect(201);
    made["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The id of a duty of this caller's on a Saturday morning that is past.
fn served_duty(app: &App, saturday: &str, n: usize) -> String {
    let at = |slice: usize| {
        let minute = 450 + slice * 20;
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    let day = saturday.parse().unwrap();
    let body = duty(app, "service", day, &at(n), &at(n + 1));
    let made = app
        .post("admin", "/api/v1/roster/duties", &body)
        .expect(201);
    made["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A Monday of this caller's own.
fn monday(n: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    first + Days::new(7 * n as u64)
}

fn absence(app: &App, weekday: u64, n: usize) -> Value {
    let day = monday(n) + Days::new(weekday);
    json!({ "user_id": person(app, "thuly.ht"), "kind": "study", "first_day": day, "last_day": day })
}

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

fn stated() -> Value {
    json!({
        "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": 8_000, "source": "Nghị quyết 15/2025/NQ-HĐND" }]
    })
}

fn ask(app: &App, operation: &str, dossier: Option<&Dossier>, n: usize) -> Ask {
    let mut asked = Ask {
        query: String::new(),
        body: None,
        version: None,
        ids: Vec::new(),
    };
    if let Some(d) = dossier {
        asked.ids.push(("{id}", d.id.clone()));
        let open = d.body["open_handover"]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        asked.ids.push(("{hid}", open));
        asked.version = Some(d.version);
    }
    asked.body = match operation {
        "sign_in" => Some(json!({ "username": "tiepnhan", "password": PASSWORD })),
        "sign_out" | "accept_dossier" | "record_supplement" => Some(json!({})),
        "set_test_clock" => {
            let now = app.now() + chrono::Duration::seconds(2);
            Some(json!({ "now": now.to_rfc3339() }))
        }
        "look_up_dossier" => {
            let code = dossier
                .map(|d| d.text("code").to_owned())
                .unwrap_or_default();
            Some(json!({ "code": code, "proof": "2345" }))
        }
        "set_up" => Some(json!({
            "setup_code": "AAAA-BBBB-CCCC",
            "centre": { "code": "moi", "name": "Trung tâm", "e_code": "H26.99", "province": "Hà Nội", "commune": "Phường Mới" },
            "authorities": [{ "code": "moi", "name": "Ủy ban nhân dân phường Mới", "e_code": "H26.99.1" }],
            "administrator": { "username": "quantri", "full_name": "Vũ Quang Huy", "password": "MatKhau#Dau2026" }
        })),
        "check_duplicates" => {
            Some(json!({ "procedure_code": MARITAL, "full_name": "Nguyễn Văn An" }))
        }
        "compute_deadline" => Some(json!({
            "received_at": "2026-03-02T09:00:00+07:00", "limit": { "amount": 3, "unit": "working_day" }
        })),
        "parse_citizen_card" => Some(json!({
            "text": "001085012345|012345678|Nguyễn Văn An|12041985|Nam|Hà Nội|01062021"
        })),
        "encode_vietqr" => Some(json!({ "bank_bin": "970415", "account_number": "0011001932418" })),
        "parse_vietqr" => Some(json!({
            "payload": "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"
        })),
        "change_password" => {
            Some(json!({ "current_password": "khong phai", "new_password": "MatKhau#Moi2026" }))
        }
        "begin_second_factor" => Some(json!({ "password": "khong phai" })),
        "confirm_second_factor" => Some(json!({ "code": "123456" })),
        "give_role" => Some(json!({ "role": "reception" })),
        "import_users" => Some(json!({
            "content": "username,full_name,role\nnguoi.tren.bang,Người Trên Bảng,handler\n", "dry_run": true
        })),
        "create_delegation" => Some(json!({
            // Not before the walk is over.
            "to_user_id": person(app, "thuly.thd"), "role": "leader", "authority_id": app.authority("thd"),
            "valid_from": "2026-06-01T00:00:00+07:00", "valid_to": "2026-06-08T00:00:00+07:00", "reason": "Đi công tác"
        })),
        "add_reception_point" => Some(json!({ "kind": "point", "name": format!("Điểm số {n}") })),
        "add_service_counter" => Some(json!({ "name": format!("Quầy {n}") })),
        "serve_authority" => Some(json!({ "authority_id": app.authority("thd") })),
        "end_reception_point" | "end_service_counter" | "end_serving" => {
            Some(json!({ "last_day": "2030-12-31" }))
        }
        "create_client" => Some(other_system(n)),
        "update_client" => Some(json!({ "name": "Hệ thống khác" })),
        "rotate_client_secret" => Some(json!({ "overlap_hours": 24 })),
        "issue_client_token" => Some(json!({ "grant_type": "client_credentials" })),
        "set_sign_in_policy" => Some(json!({ "second_factor": "optional" })),
        "set_centre_logo" => Some(json!({
            "image": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
        })),
        "set_centre_details" => Some(json!({ "name": "Trung tâm Phục vụ hành chính công" })),
        "keep_intake_draft" | "rewrite_intake_draft" => Some(draft()),
        "receive_data_request" => Some(data_request()),
        "answer_data_request" => {
            Some(json!({ "outcome": "fulfilled", "answer": "Đã giao bản kết xuất." }))
        }
        "set_retention_rule" => {
            Some(json!({ "scope": "field:A", "years": null, "source": "Quyết định số 12/QĐ-UBND" }))
        }
        "set_message_language" => Some(json!({ "language": "en" })),
        "set_message_settings" => {
            Some(json!({ "quiet_from": "21:00", "quiet_to": "07:00", "plain_sms": true }))
        }
        "enter_message_template" | "preview_message_template" => {
            let mut new = json!({ "told": "accepted", "channel": "sms", "language": "vi", "body": "Hồ sơ {code}" });
            if operation == "enter_message_template" {
                new["base_number"] = json!(1);
            }
            Some(new)
        }
        "place_legal_hold" | "lift_legal_hold" | "reject_disposal" => {
            Some(json!({ "reason": "Đang có khiếu nại" }))
        }
        "save_filter" => Some(json!({ "name": format!("Bộ lọc {n}"), "filter": { "open": true } })),
        "create_certification" => Some(json!({
            "kind": "copy", "authority_id": app.authority("thd"), "signer_user_id": app.signer("thd"),
            "requester": { "kind": "citizen", "full_name": "Nguyễn Văn An" },
            "items": [{ "document_name": "Giấy khai sinh", "original_pages": 2 }]
        })),
        "assess_dossier" => Some(stated()),
        "propose_collection_account" => Some(account(app)),
        "create_payment_request" => Some(json!({ "dossier_id": owing(app) })),
        "cancel_payment_request" => Some(json!({ "reason": "Nộp bằng thẻ" })),
        "match_bank_transaction" => Some(json!({ "reference": "MC2603020000199" })),
        "propose_refund" => Some(json!({
            "reason": "Nộp thừa", "to_name": "TRAN VAN BINH", "to_bank": "Vietcombank", "to_account": "0987"
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
        "take_bank_notification" => Some(json!({})),
        "simulate_bank_transfer" => Some(json!({
            "bank_bin": "970418", "account_number": "1", "amount_vnd": 8_000, "description": "thử"
        })),
        "assess_fees" => Some(json!({ "procedure_code": "2.000815", "case": { "pages": 5 } })),
        "compute_certification_fee" => Some(json!({
            "kind": "copy", "items": [{ "original_pages": 5, "copies": 3 }]
        })),
        "compute_sample_size" => Some(json!({ "population": 816 })),
        "compute_indices" => Some(json!({ "quality": { "scope": "officer" } })),
        "set_watch_rules" => {
            let rules = app
                .get("admin", "/api/v1/deadlines/watch-rules")
                .expect(200);
            asked.version = rules["version"].as_i64();
            let mut body = rules;
            body.as_object_mut()
                .unwrap()
                .retain(|name, _| !["centre_id", "version"].contains(&name.as_str()));
            Some(body)
        }
        "change_calendar" => Some(json!({
            "source": "Quyết định số 3/QĐ-UBND", "name": "Giờ mùa hè",
            "shifts": { "valid_from": "2026-12-01", "rules": [
                { "weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "07:30", "to": "11:30", "counts": true },
                { "weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "13:30", "to": "17:30", "counts": true }
            ] }
        })),
        "set_roster_settings" => Some(json!({
            "warn_working_days": 5, "leave_percent": 100, "leave_source": "Nghị định 61/2018/NĐ-CP, Điều 11.3.c"
        })),
        "plan_duties" => Some(duty(app, "counted", monday(n), "07:30", "11:30")),
        "set_stand_in" => Some(json!({ "user_id": person(app, "traketqua") })),
        "enter_absence" => Some(absence(app, 0, n)),
        "correct_leave_entry" => Some(json!({ "reason": "Xác nhận nhầm." })),
        "simulate_deadlines" => Some(json!({ "days_off": ["2026-03-11"] })),
        "write_amount" => Some(json!({ "amount_vnd": 1_005_000 })),
        "create_user" => Some(json!({
            "username": format!("nguoi.moi.{n}"), "full_name": "Người Mới", "password": "MatKhau#Dau2026",
            "roles": [{ "role": "cashier" }]
        })),
        "update_user" => Some(json!({ "title": "Chuyên viên" })),
        "create_dossier" => Some(app.intake("thd")),
        "refuse_dossier" => Some(body_of("refusals")),
        "request_supplement" => Some(body_of("supplement-requests")),
        "hand_over_dossier" => Some(json!({ "to": "handler" })),
        "acknowledge_handover" => Some(body_of("acknowledgements")),
        "decide_dossier" => Some(body_of("decisions")),
        "record_result" => Some(body_of("results")),
        "return_result" => Some(body_of("returns")),
        "withdraw_dossier" => Some(body_of("withdrawals")),
        "consult_on_dossier" => Some(body_of("consultations")),
        "answer_consultation" => Some(body_of("consultation-replies")),
        "advance_dossier" => Some(json!({})),
        "require_payment" => Some(body_of("payment-requests")),
        "settle_payment" => Some(body_of("payments")),
        "stop_dossier" => Some(body_of("stops")),
        "hold_dossier" => Some(body_of("holds")),
        "resume_dossier" => Some(body_of("resumptions")),
        "transfer_dossier" => Some(body_of("transfers")),
        "draft_apology" => Some(body_of("apologies")),
        "return_apology" => Some(body_of("apology-returns")),
        "extend_dossier" => Some(body_of("extensions")),
        "correct_result" => Some(body_of("corrections")),
        "undo_step" => Some(body_of("undos")),
        "amend_dossier" => Some(json!({
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn Ân", "identity_number": "001085012345" },
            "reason": "Gõ nhầm họ tên."
        })),
        "create_procedure_draft" => {
            Some(json!({ "base_version": 1, "procedure": document(app, EXTRACT) }))
        }
        "replace_procedure_draft" => {
            Some(json!({ "base_version": 1, "procedure": document(app, MARITAL) }))
        }
        "import_catalogue" => {
            let file = json!({ "source_note": "Thử", "as_of": "2026-03-02", "procedures": [document(app, EXTRACT)] });
            Some(json!({ "format": "json", "content": file.to_string() }))
        }
        "audit_listing" => {
            Some(json!({ "format": "csv", "content": format!("code\n{EXTRACT}\n") }))
        }
        "end_procedure" => Some(json!({
            "last_day": app.now().date_naive(), "decision": { "number": "99/QĐ-UBND", "date": app.now().date_naive() }
        })),
        "confirm_figure" => Some(json!({
            "path": "/limits/direct", "certainty": "law", "source": "Nghị định 123/2015/NĐ-CP, Điều 26"
        })),
        _ => None,
    };
    match operation {
        "list_certifications" | "export_certifications" => {
            let ward = app.authority("thd");
            asked.query = format!("?authority_id={ward}&kind=copy&year=2026");
        }
        // Whose message does not matter: there is none of this name.
        "resend_message" => {
            asked.ids.push(("{mid}", app.authority("thd")));
            asked.version = Some(1);
        }
        "set_message_settings" => {
            let now = app.get("admin", "/api/v1/message-settings").expect(200);
            asked.version = now["version"].as_i64();
        }
        "list_message_template_versions" => {
            asked.query = "?told=accepted&channel=sms&language=vi".into();
        }
        "list_calendar_days" => asked.query = "?from=2026-03-01&to=2026-03-31".into(),
        "set_roster_settings" => {
            let held = app.get("admin", "/api/v1/roster/settings").expect(200);
            asked.version = held["version"].as_i64();
        }
        "set_stand_in" => asked.ids.push(("{id}", counted_duty(app, 1, n))),
        "cancel_duty" => asked.ids.push(("{id}", counted_duty(app, 2, n))),
        "record_service" => {
            asked.ids.push(("{id}", served_duty(app, "2026-02-28", n)));
        }
        "cancel_absence" => {
            let made = app.post("admin", "/api/v1/roster/absences", &absence(app, 1, n));
            let id = made.expect(201)["absence"]["id"].clone();
            asked.ids.push(("{id}", id.as_str().unwrap().to_owned()));
        }
        "correct_leave_entry" => {
            let duty = served_duty(app, "2026-02-21", n);
            let path = format!("/api/v1/roster/duties/{duty}/service-records");
            let made = app.post("admin", &path, &json!({})).expect(201);
            let id = made["entry"]["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
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
        "get_receipt" | "get_receipt_document" | "replace_receipt" => {
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
        "propose_calendar" => asked.ids.push(("{year}", "2027".into())),
        "get_procedure" | "list_procedure_versions" => asked.ids.push(("{code}", MARITAL.into())),
        "get_procedure_version" => {
            asked.ids.push(("{code}", MARITAL.into()));
            asked.ids.push(("{version}", "1".into()));
        }
        "compare_procedure_versions" => {
            asked.ids.push(("{code}", MARITAL.into()));
            asked.query = "?from=1&to=1".into();
        }
        "end_procedure" => {
            asked.ids.push(("{code}", "1.004845".into()));
            asked.version = Some(1);
        }
        "confirm_figure" => {
            asked.ids.push(("{code}", "1.004772".into()));
            asked.version = Some(1);
        }
        "get_procedure_draft"
        | "replace_procedure_draft"
        | "publish_procedure_draft"
        | "discard_procedure_draft" => {
            let drafts = app.get("admin", "/api/v1/procedure-drafts").expect(200);
            let kept = drafts["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|d| d["code"] == MARITAL);
            let id = match kept {
                Some(draft) => draft["id"].clone(),
                None => {
                    let body = json!({ "base_version": 1, "procedure": document(app, MARITAL) });
                    app.post("admin", "/api/v1/procedure-drafts", &body)
                        .expect(201)["id"]
                        .clone()
                }
            };
            let id = id.as_str().unwrap().to_owned();
            let draft = app
                .get("admin", &format!("/api/v1/procedure-drafts/{id}"))
                .expect(200);
            asked.version = draft["version"].as_i64();
            asked.ids.push(("{id}", id));
        }
        "get_public_procedure" => asked.ids.push(("{code}", EXTRACT.into())),
        "give_role" | "take_role" => {
            let new = json!({
                "username": format!("hai.vai.{operation}.{n}"), "full_name": "Người Hai Vai",
                "roles": [{ "role": "cashier" }, { "role": "results_desk" }]
            });
            let made = app.post("admin", "/api/v1/users", &new).expect(201);
            let text = |v: &Value| v.as_str().unwrap().to_owned();
            asked.ids.push(("{id}", text(&made["id"])));
            asked.ids.push(("{role_id}", text(&made["roles"][0]["id"])));
        }
        "give_first_password" => {
            // Whoever is given one is signed out: somebody who is not asked here.
            let new = json!({
                "username": format!("cho.mat.khau.{n}"), "full_name": "Người Chờ", "roles": [{ "role": "cashier" }]
            });
            let made = app.post("admin", "/api/v1/users", &new).expect(201);
            asked
                .ids
                .push(("{id}", made["id"].as_str().unwrap().to_owned()));
        }
        "get_client" | "update_client" | "rotate_client_secret" | "get_client_usage" => {
            let made = app.post("admin", "/api/v1/clients", &other_system(n));
            let id = made.expect(201)["client"]["id"]
                .as_str()
                .unwrap()
                .to_owned();
            asked.ids.push(("{id}", id));
            asked.version = (operation == "update_client").then_some(1);
        }
        "get_organisation" | "add_reception_point" | "add_service_counter" | "serve_authority" => {
            let centres = app.get("admin", "/api/v1/centres").expect(200);
            let id = centres["items"][0]["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "end_reception_point" | "end_service_counter" => {
            asked.ids.push(("{id}", app.authority("thd")));
        }
        "end_serving" => {
            // A centre that is nobody's: the authority's own go on receiving.
            asked.ids.push(("{id}", app.authority("thd")));
            asked.ids.push(("{authority_id}", app.authority("thd")));
        }
        "get_intake_draft" | "rewrite_intake_draft" | "drop_intake_draft" => {
            let made = app.post("tiepnhan", "/api/v1/intake-drafts", &draft());
            let id = made.expect(201)["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
            asked.version = (operation == "rewrite_intake_draft").then_some(1);
        }
        // Whose picture does not matter: there is none at this name.
        "get_centre_logo" => asked.ids.push(("{id}", app.authority("thd"))),
        "set_centre_logo" | "drop_centre_logo" => {
            let centres = app.get("admin", "/api/v1/centres").expect(200);
            let id = centres["items"][0]["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "set_centre_details" | "set_sign_in_policy" => {
            let centre = app.get("admin", "/api/v1/centres").expect(200)["items"][0].clone();
            asked
                .ids
                .push(("{id}", centre["id"].as_str().unwrap().to_owned()));
            asked.version = centre["version"].as_i64();
        }
        "get_data_request" | "answer_data_request" | "export_personal_data" => {
            let made = app.post("tiepnhan", "/api/v1/data-requests", &data_request());
            asked
                .ids
                .push(("{id}", made.expect(201)["id"].as_str().unwrap().to_owned()));
        }
        "get_disposal_list" | "approve_disposal" | "reject_disposal" | "end_delegation"
        | "drop_saved_filter" => asked.ids.push(("{id}", app.authority("thd"))),
        "list_signers" => asked.ids.push(("{id}", app.authority("thd"))),
        "get_user" | "update_user" => {
            let users = app.get("admin", "/api/v1/users?limit=100").expect(200);
            let user = users["items"]
                .as_array()
                .unwrap()
                .iter()
                .find(|u| u["username"] == "thuly.ht")
                .unwrap()
                .clone();
            asked
                .ids
                .push(("{id}", user["id"].as_str().unwrap().to_owned()));
            asked.version = user["version"].as_i64();
        }
        _ => {}
    }
    asked
}

/// What the first version of a procedure says.
fn document(app: &App, code: &str) -> Value {
    let path = format!("/api/v1/procedures/{code}/versions/1");
    app.get("admin", &path).expect(200)["procedure"].clone()
}

/// The status an operation answers this caller with.
fn status(
    app: &App,
    (method, path): &(Method, String),
    operation: &str,
    who: &str,
    asked: &Ask,
) -> u16 {
    let mut path = path.clone();
    for (name, value) in &asked.ids {
        path = path.replace(name, value);
    }
    assert!(!path.contains('{'), "{operation} needs an id: {path}");
    let address = format!("{path}{}", asked.query);
    let mut request: RequestBuilder = match who {
        "" => app.request(method.clone(), &address),
        "?" => app
            .request(method.clone(), &address)
            .bearer_auth("khong.phai.the"),
        // Signing out must not end the session that the other rows use.
        _ if operation == "sign_out" => {
            let token = app.sign_in(who, PASSWORD).expect(200)["access_token"].clone();
            app.request(method.clone(), &address)
                .bearer_auth(token.as_str().unwrap())
        }
        _ => app.as_person(who, method.clone(), &address),
    };
    if let Some(version) = asked.version {
        request = request.header("if-match", format!("\"v{version}\""));
    }
    if let Some(body) = &asked.body {
        request = request.json(body);
    }
    // The status alone: a stream's body never ends.
    request.send().expect("it answers").status().as_u16()
}

fn walk(kind: Kind) {
    let app = App::start(kind, &Options::default());
    let operations = operations();
    let rows = table();
    let named: Vec<&str> = rows.iter().map(|r| r.operation.as_str()).collect();
    for id in operations.keys() {
        assert!(
            named.contains(&id.as_str()),
            "{id} has no row in walk_table.txt"
        );
    }
    let mut wrong = Vec::new();
    for row in &rows {
        let route = operations
            .get(&row.operation)
            .unwrap_or_else(|| panic!("{} is no operation", row.operation));
        let mut dossier = row.station.map(|s| app.journey("thd", s));
        for (n, (who, expected)) in CALLERS.iter().zip(&row.expected).enumerate() {
            let asked = ask(&app, &row.operation, dossier.as_ref(), n);
            let got = status(&app, route, &row.operation, who, &asked);
            if got != *expected {
                wrong.push(format!(
                    "{:<22} as {who:<12} {got}, not {expected}",
                    row.operation
                ));
            }
            // Whoever was let through has moved the dossier on: the next one meets a fresh one.
            if (200..300).contains(&got)
                && route.0 != Method::GET
                && let Some(station) = row.station
            {
                dossier = Some(app.journey("thd", station));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_operation_answers_every_role_as_the_table_says_on_sqlite() {
    walk(Kind::Sqlite);
}

#[test]
fn every_operation_answers_every_role_as_the_table_says_on_postgres() {
    walk(Kind::Postgres);
}
