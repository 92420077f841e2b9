//! What each operation is asked with.

use chrono::{Days, NaiveDate};
use motcua_tests::dossier::{EXTRACT, MARITAL, body_of};
use motcua_tests::{App, Dossier, PASSWORD};
use serde_json::{Value, json};

use super::{declarations, feedback, inspections, money, surveys};

/// What an operation is asked with: query, body, version.
pub struct Ask {
    pub query: String,
    pub body: Option<Value>,
    pub version: Option<i64>,
    pub ids: Vec<(&'static str, String)>,
}

pub fn person(app: &App, username: &str) -> String {
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

/// What an operation is asked with, by the `n`th caller.
pub fn ask(app: &App, operation: &str, dossier: Option<&Dossier>, n: usize) -> Ask {
    let mut asked = Ask {
        query: String::new(),
        body: None,
        version: None,
        ids: Vec::new(),
    };
    if let Some(d) = dossier {
        asked.ids.push(("{id}", d.id.clone()));
        if operation == "check_result" {
            let path = format!("/api/v1/dossiers/{}/result-mark", d.id);
            let mark = app.get("tiepnhan", &path).expect(200)["address"].clone();
            let mark = mark
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned();
            asked.ids.push(("{mark}", mark));
        }
        let open = d.body["open_handover"]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        asked.ids.push(("{hid}", open));
        asked.version = Some(d.version);
    }
    if money::ask(app, operation, &mut asked) || surveys::ask(app, operation, n, &mut asked) {
        return asked;
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
        "assess_dossier" => Some(money::stated()),
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
        "make_index_snapshot" => Some(json!({ "quarter": "2026-Q1" })),
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
        "get_handover_sheet" | "get_handover_sheet_document" => {
            let ward = app.authority("thd");
            asked.query = format!("?authority_id={ward}&day=2026-03-02&to_desk=handler");
        }
        "list_dossier_register"
        | "get_dossier_register_document"
        | "get_dossier_register_workbook" => {
            asked.query = format!("?authority_id={}&year=2026", app.authority("thd"));
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
        // A draft: leaders see it once it is frozen.
        "get_index_snapshot"
        | "freeze_index_snapshot"
        | "list_officer_index_results"
        | "list_index_line_dossiers"
        | "compare_index_results"
        | "get_index_workbook" => {
            let body = json!({ "quarter": "2026-Q1" });
            let made = app
                .post("giamdoc", "/api/v1/index-snapshots", &body)
                .expect(201);
            let text = |v: &Value| v.as_str().unwrap().to_owned();
            asked.ids.push(("{id}", text(&made["snapshot"]["id"])));
            asked
                .ids
                .push(("{line_id}", text(&made["units"][0]["lines"][0]["id"])));
            asked.version = Some(1);
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
        // The kind of file is what is wrong here: whoever may add files learns that, nobody else anything.
        "add_component_file" => {
            asked.ids.push(("{component_id}", "to_khai".into()));
            asked.body = Some(json!({}));
        }
        "find_component_file" | "get_file_content" | "get_file_signatures" | "withdraw_file" => {
            let id = dossier.map(|d| d.id.clone()).unwrap_or_default();
            let bytes = motcua_tests::file::pdf(&format!("{operation} {n}"));
            let made = app.send_file("tiepnhan", &id, "don.pdf", bytes).expect(201);
            let text = |v: &Value| v.as_str().unwrap().to_owned();
            asked.ids.push(("{component_id}", "to_khai".into()));
            asked.ids.push(("{sha256}", text(&made["sha256"])));
            asked.ids.push(("{file_id}", text(&made["id"])));
            if operation == "withdraw_file" {
                asked.body = Some(json!({ "reason": "Quét nhầm trang" }));
            }
        }
        "get_letter" | "get_letter_document" => {
            let letters = dossier
                .map(|d| d.body["letters"].clone())
                .unwrap_or_default();
            let of_it = letters
                .as_array()
                .and_then(|all| all.iter().find(|l| l["form"] == "02"));
            let id = of_it.and_then(|l| l["id"].as_str()).unwrap_or_default();
            asked.ids.push(("{letter_id}", id.to_owned()));
        }
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
    feedback::ask(app, operation, &mut asked);
    inspections::ask(app, operation, &mut asked);
    declarations::ask(app, operation, dossier, &mut asked);
    asked
}

/// What the first version of a procedure says.
fn document(app: &App, code: &str) -> Value {
    let path = format!("/api/v1/procedures/{code}/versions/1");
    app.get("admin", &path).expect(200)["procedure"].clone()
}
