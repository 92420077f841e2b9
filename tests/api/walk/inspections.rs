//! What the operations on inspections, findings, commendation and discipline are asked.

use chrono::TimeDelta;
use motcua_tests::App;
use serde_json::{Value, json};

use super::asked::{Ask, person};

const INSPECTIONS: &str = "/api/v1/inspections";

/// A day in Vietnam so many days from now: the walk has moved the clock by then.
fn day(app: &App, after: i64) -> String {
    let now = app.services.now() + TimeDelta::hours(7) + TimeDelta::days(after);
    now.format("%Y-%m-%d").to_string()
}

fn plan(app: &App) -> Value {
    json!({
        "kind": "scheduled", "subject": "Việc giải quyết hồ sơ", "decision_number": "1/QĐ", "decision_on": day(app, 0),
        "decided_by": "Chủ tịch", "authority_ids": [app.authority("thd")],
        "period_from": "2026-01-01", "period_to": day(app, 0), "access_from": day(app, 0), "access_to": day(app, 18),
        "members": [{ "user_id": person(app, "thanhtra"), "head": true }, { "user_id": person(app, "thuly.cn") }]
    })
}

fn opened(app: &App) -> String {
    let made = app.post("giamdoc", INSPECTIONS, &plan(app)).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn finding(app: &App) -> Value {
    json!({
        "authority_id": app.authority("thd"), "kind": "deadline", "text": "Trả kết quả quá hạn.",
        "asked": "Xin lỗi công dân.", "due_on": day(app, 18)
    })
}

fn made(app: &App) -> String {
    let path = format!("{INSPECTIONS}/{}/findings", opened(app));
    let made = app.post("thanhtra", &path, &finding(app)).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn drawn(app: &App) -> (String, String) {
    app.take_in("thd");
    let id = opened(app);
    let path = format!("{INSPECTIONS}/{id}/samples");
    let body = json!({ "finished_only": false, "sample_size": 1 });
    let sample = app.post("thanhtra", &path, &body).expect(201);
    (id, sample["id"].as_str().unwrap().to_owned())
}

fn record(app: &App, about: &str) -> Value {
    json!({
        "kind": "commendation", "officer_id": person(app, about), "form": "Giấy khen", "decision_number": "2/QĐ",
        "decision_on": day(app, 0), "decided_by": "Chủ tịch", "reason": "Làm tốt.",
        "evidence": [{ "kind": "inspection", "id": opened(app) }]
    })
}

fn kept(app: &App) -> String {
    let made = app
        .post(
            "giamdoc",
            "/api/v1/conduct-records",
            &record(app, "thuly.thd"),
        )
        .expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// What this operation is asked, when it is one of these.
pub fn ask(app: &App, operation: &str, asked: &mut Ask) {
    let mut of = |id: String| asked.ids.push(("{id}", id));
    match operation {
        "open_inspection" => asked.body = Some(plan(app)),
        "get_inspection"
        | "list_inspection_dossiers"
        | "export_inspection_record"
        | "list_inspection_samples" => of(opened(app)),
        "end_inspection" => {
            of(opened(app));
            asked.version = Some(1);
            asked.body = Some(json!({ "reason": "Xong sớm" }));
        }
        "conclude_inspection" => {
            of(opened(app));
            asked.version = Some(1);
            asked.body =
                Some(json!({ "number": "1/KL", "concluded_on": day(app, 0), "text": "Tốt." }));
        }
        "draw_inspection_sample" => {
            app.take_in("thd");
            of(opened(app));
            asked.body = Some(json!({ "finished_only": false }));
        }
        "list_inspection_sample_units" | "check_inspection_sample_unit" => {
            let (id, sample) = drawn(app);
            of(id);
            asked.ids.push(("{sample_id}", sample));
            if operation == "check_inspection_sample_unit" {
                asked.ids.push(("{place}", "1".into()));
                asked.body = Some(json!({ "outcome": "in_order" }));
            }
        }
        "make_finding" => {
            of(opened(app));
            asked.body = Some(finding(app));
        }
        "get_finding" => of(made(app)),
        "report_finding_fixed" => {
            of(made(app));
            asked.version = Some(1);
            asked.body = Some(json!({ "note": "Đã xin lỗi." }));
        }
        "accept_finding_report" => {
            let id = made(app);
            let path = format!("/api/v1/findings/{id}/reports");
            app.post_at("lanhdao.thd", &path, 1, &json!({ "note": "Đã xin lỗi." }))
                .expect(201);
            of(id);
            asked.version = Some(2);
            asked.body = Some(json!({ "accepted": true }));
        }
        "prolong_finding" => {
            of(made(app));
            asked.version = Some(1);
            asked.body = Some(json!({ "due_on": day(app, 49), "reason": "Chờ kinh phí" }));
        }
        "withdraw_finding" => {
            of(made(app));
            asked.version = Some(1);
            asked.body = Some(json!({ "reason": "Ghi nhầm" }));
        }
        "keep_conduct_record" => asked.body = Some(record(app, "thuly.ht")),
        "get_conduct_record" => of(kept(app)),
        "revoke_conduct_record" => {
            of(kept(app));
            asked.body = Some(json!({
                "decision_number": "3/QĐ", "decision_on": day(app, 0), "reason": "Ghi nhầm"
            }));
        }
        _ => {}
    }
}
