//! What the operations on feedback, denunciations and obstacles are asked.

use motcua_tests::App;
use serde_json::{Value, json};

use super::asked::{Ask, person};

fn filer() -> Value {
    json!({ "full_name": "Nguyễn Văn An", "address": "Số 12 phố Hàng Bài", "phone": "0912345678" })
}

fn received(app: &App, kind: &str) -> Value {
    let body = json!({
        "kind": kind, "channel": "counter", "subject": "other", "text": "Chờ lâu.", "filer": filer(),
        "authority_id": app.authority("thd")
    });
    app.post("tiepnhan", "/api/v1/feedback", &body).expect(201)["feedback"].clone()
}

fn done(app: &App, item: &Value, action: &str, body: &Value) -> Value {
    let path = format!("/api/v1/feedback/{}/{action}", item["id"].as_str().unwrap());
    app.post_at("giamdoc", &path, item["version"].as_i64().unwrap(), body)
        .expect(201)
}

fn appointment(app: &App, username: &str) -> String {
    const PATH: &str = "/api/v1/denunciation-appointments";
    let wanted = person(app, username);
    let list = app.get("giamdoc", PATH).expect(200);
    let standing = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["user"]["id"] == wanted.as_str() && a["ended_at"].is_null());
    let id = match standing {
        Some(a) => a["id"].clone(),
        None => app
            .post("giamdoc", PATH, &json!({ "user_id": wanted }))
            .expect(201)["items"][0]["id"]
            .clone(),
    };
    id.as_str().unwrap().to_owned()
}

fn denunciation(app: &App) -> String {
    appointment(app, "thanhtra");
    let body =
        json!({ "channel": "counter", "about": "Ai đó", "text": "Nhận tiền.", "filer": filer() });
    let made = app
        .post("thanhtra", "/api/v1/denunciations", &body)
        .expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn of(asked: &mut Ask, item: &Value) {
    asked
        .ids
        .push(("{id}", item["id"].as_str().unwrap().to_owned()));
    asked.version = item["version"].as_i64();
}

/// What this operation is asked, when it is one of these.
pub fn ask(app: &App, operation: &str, asked: &mut Ask) {
    match operation {
        "receive_feedback" => {
            asked.body = Some(json!({
                "kind": "suggestion", "channel": "phone", "subject": "other", "text": "Chờ lâu.", "filer": filer()
            }));
        }
        "get_feedback" | "get_feedback_personal_data" => of(asked, &received(app, "suggestion")),
        "forward_feedback" => {
            of(asked, &received(app, "suggestion"));
            asked.body = Some(json!({ "to": "Sở Tư pháp" }));
        }
        "accept_complaint" => {
            of(asked, &received(app, "complaint"));
            asked.body = Some(json!({ "accepted": true }));
        }
        "extend_feedback" => {
            let item = received(app, "complaint");
            of(
                asked,
                &done(app, &item, "acceptances", &json!({ "accepted": true })),
            );
            asked.body = Some(json!({ "reason": "Phức tạp" }));
        }
        "answer_feedback" => {
            of(asked, &received(app, "suggestion"));
            asked.body = Some(json!({ "answer": "Cảm ơn." }));
        }
        "publish_feedback" => {
            let item = received(app, "suggestion");
            of(
                asked,
                &done(app, &item, "answers", &json!({ "answer": "Cảm ơn." })),
            );
            asked.body = Some(json!({ "summary": "Chờ lâu.", "answer": "Cảm ơn." }));
        }
        "file_feedback" => {
            asked.body =
                Some(json!({ "kind": "suggestion", "text": "Chờ lâu.", "filer": filer() }));
        }
        "look_up_feedback" | "rate_feedback_answer" => {
            let body = json!({
                "kind": "suggestion", "channel": "phone", "subject": "other", "text": "Chờ lâu.", "filer": filer()
            });
            let made = app.post("tiepnhan", "/api/v1/feedback", &body).expect(201);
            let mut receipt = made["receipt"].clone();
            if operation == "rate_feedback_answer" {
                done(
                    app,
                    &made["feedback"],
                    "answers",
                    &json!({ "answer": "Cảm ơn." }),
                );
                receipt["satisfaction"] = json!(5);
            }
            asked.body = Some(receipt);
        }
        "list_denunciations" => {
            appointment(app, "thanhtra");
        }
        "receive_denunciation" => {
            appointment(app, "thanhtra");
            asked.body = Some(json!({
                "channel": "post", "about": "Ai đó", "text": "Nhận tiền.", "filer": filer()
            }));
        }
        "get_denunciation"
        | "forward_denunciation"
        | "accept_denunciation"
        | "conclude_denunciation" => {
            let id = denunciation(app);
            asked.version = Some(1);
            asked.body = match operation {
                "forward_denunciation" => Some(json!({ "to": "Công an thành phố" })),
                "accept_denunciation" => Some(json!({ "accepted": true })),
                "conclude_denunciation" => {
                    let path = format!("/api/v1/denunciations/{id}/acceptances");
                    app.post_at("thanhtra", &path, 1, &json!({ "accepted": true }))
                        .expect(201);
                    asked.version = Some(2);
                    Some(json!({ "notice": "Đã xác minh." }))
                }
                _ => None,
            };
            asked.ids.push(("{id}", id));
        }
        "appoint_for_denunciations" => {
            asked.body = Some(json!({ "user_id": person(app, "thuly.cn") }));
        }
        "end_denunciation_appointment" => {
            asked.ids.push(("{id}", appointment(app, "thuly.ht")));
        }
        "raise_obstacle" => {
            asked.body = Some(json!({ "kind": "system", "text": "Phần mềm chậm." }));
        }
        "get_obstacle" | "forward_obstacle" | "solve_obstacle" => {
            let body = json!({ "kind": "system", "text": "Phần mềm chậm." });
            let made = app
                .post("thuly.thd", "/api/v1/obstacles", &body)
                .expect(201);
            asked
                .ids
                .push(("{id}", made["obstacle"]["id"].as_str().unwrap().to_owned()));
            asked.version = Some(1);
            asked.body = match operation {
                "forward_obstacle" => Some(json!({ "to": "Sở" })),
                "solve_obstacle" => Some(json!({ "solution": "Đã sửa." })),
                _ => None,
            };
        }
        _ => {}
    }
}
