//! What the operations about surveys are asked with.

use motcua_tests::App;
use motcua_tests::dossier::Station;
use reqwest::Method;
use serde_json::{Value, json};

use super::asked::Ask;

fn centre(app: &App) -> String {
    let told = app.get("admin", "/api/v1/centres").expect(200);
    told["items"][0]["id"].as_str().unwrap().to_owned()
}

fn questionnaires(app: &App) -> Vec<Value> {
    let told = app.get("admin", "/api/v1/questionnaires?limit=100");
    told.expect(200)["items"].as_array().unwrap().clone()
}

fn published(app: &App, code: &str) -> Value {
    let all = questionnaires(app);
    let found = all
        .iter()
        .find(|q| q["code"] == code && q["state"] == "published");
    found.unwrap().clone()
}

/// A questionnaire of a code of this caller's own.
fn new(app: &App, n: usize) -> Value {
    let mut body = published(app, "faces")["questionnaire"].clone();
    let key = app
        .new_key()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "");
    body["code"] = json!(format!("q{n}{key}"));
    body
}

fn draft(app: &App, n: usize) -> Value {
    app.post("admin", "/api/v1/questionnaires", &new(app, n))
        .expect(201)
}

fn device(app: &App, kind: &str) -> Value {
    let body = json!({ "name": "Máy", "kind": kind });
    app.post("admin", "/api/v1/survey-devices", &body)
        .expect(201)
}

fn token(app: &App) -> String {
    let d = app.take_in("thd");
    let path = format!("/api/v1/dossiers/{}/reception-slip", d.id);
    let slip = app.get("tiepnhan", &path).expect(200);
    let url = slip["survey_url"].as_str().unwrap();
    url.rsplit('/').next().unwrap().to_owned()
}

fn answers() -> Value {
    json!([
        { "question": "result_time", "choices": ["on_time"] },
        { "question": "attitude", "choices": ["5"] },
        { "question": "overall", "choices": ["5"] },
    ])
}

/// A sample of something that was finished yesterday.
fn sample(app: &App) -> Value {
    app.journey("thd", Station::Completed);
    json!({
        "questionnaire_code": "sipas", "first_day": "2026-01-01",
        "last_day": app.now().date_naive().pred_opt().unwrap()
    })
}

fn drawn(app: &App) -> String {
    let mut body = sample(app);
    let at = app.now() + chrono::Duration::days(1);
    app.at(&at.to_rfc3339());
    body["last_day"] = json!(app.now().date_naive().pred_opt().unwrap());
    let made = app.post("giamdoc", "/api/v1/survey-samples", &body);
    made.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Words that somebody is to look at.
fn remark(app: &App) -> String {
    let mut answers = answers();
    answers
        .as_array_mut()
        .unwrap()
        .push(json!({ "question": "other", "text": "Nên có thêm ghế ngồi" }));
    for _ in 0..5 {
        let path = format!("/api/v1/public/surveys/{}", token(app));
        let asked = app.request(Method::POST, &path);
        assert_eq!(
            app.send(asked.json(&json!({ "answers": answers }))).status,
            204
        );
    }
    let at = app.now() + chrono::Duration::days(7);
    app.at(&at.to_rfc3339());
    app.services.keep_answers().unwrap();
    let held = app.get("thanhtra", "/api/v1/survey-remarks?state=held");
    let held = held.expect(200);
    held["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Whether it is one of them; then it is asked with this.
pub fn ask(app: &App, operation: &str, n: usize, asked: &mut Ask) -> bool {
    let quarter = "quarter=2026-Q1";
    match operation {
        "list_questionnaires"
        | "get_survey_settings"
        | "list_survey_devices"
        | "list_survey_samples"
        | "list_survey_remarks" => {}
        "draft_questionnaire" => asked.body = Some(new(app, n)),
        "get_questionnaire" => {
            let id = published(app, "c01")["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "replace_questionnaire"
        | "discard_questionnaire"
        | "publish_questionnaire"
        | "retire_questionnaire" => {
            let made = draft(app, n);
            let id = made["id"].as_str().unwrap().to_owned();
            asked.version = Some(1);
            if operation == "replace_questionnaire" {
                asked.body = Some(made["questionnaire"].clone());
            }
            if operation == "retire_questionnaire" {
                let path = format!("/api/v1/questionnaires/{id}/publications");
                app.post_at("admin", &path, 1, &json!({})).expect(201);
                asked.version = Some(2);
            }
            asked.ids.push(("{id}", id));
        }
        "set_survey_settings" => {
            let held = app.get("admin", "/api/v1/survey-settings").expect(200);
            asked.version = held["version"].as_i64();
            asked.body = Some(json!({
                "slip_code": "c01", "return_code": "c01", "kiosk_code": "faces", "valid_days": 60
            }));
        }
        "add_survey_device" => asked.body = Some(json!({ "name": "Máy", "kind": "kiosk" })),
        "end_survey_device" => {
            let made = device(app, "kiosk");
            let id = made["device"]["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
        }
        "call_survey_device" => {
            let made = device(app, "tablet");
            let id = made["device"]["id"].as_str().unwrap().to_owned();
            asked.ids.push(("{id}", id));
            let d = app.journey("thd", Station::Returned);
            asked.body = Some(json!({ "dossier_id": d.id }));
        }
        "ask_at_survey_device" | "answer_at_survey_device" => {
            let secret = device(app, "kiosk")["secret"].clone();
            asked.body = Some(if operation == "ask_at_survey_device" {
                json!({ "secret": secret })
            } else {
                let good = json!([{ "question": "overall", "choices": ["good"] }]);
                json!({ "secret": secret, "answers": good })
            });
        }
        "draw_survey_sample" => {
            asked.body = Some({
                let id = drawn(app);
                let kept = app
                    .get("giamdoc", &format!("/api/v1/survey-samples/{id}"))
                    .expect(200);
                json!({
                    "questionnaire_code": "sipas", "first_day": kept["first_day"],
                    "last_day": kept["last_day"]
                })
            })
        }
        "get_survey_sample" | "list_survey_sample_units" => asked.ids.push(("{id}", drawn(app))),
        "close_survey_sample_unit" => {
            asked.ids.push(("{id}", drawn(app)));
            asked.ids.push(("{place}", "1".into()));
            asked.body = Some(json!({ "outcome": "not_reached" }));
        }
        "screen_survey_remark" => {
            asked.ids.push(("{id}", remark(app)));
            asked.version = Some(1);
            asked.body = Some(json!({ "open": true }));
        }
        "list_survey_officer_results" | "list_own_survey_results" => {
            asked.query = format!("?{quarter}");
        }
        "get_survey" => asked.ids.push(("{token}", token(app))),
        "answer_survey" => {
            asked.ids.push(("{token}", token(app)));
            asked.body = Some(json!({ "answers": answers() }));
        }
        "get_survey_quarter" => asked.query = format!("?centre_id={}&{quarter}", centre(app)),
        "get_survey_results" => {
            let id = published(app, "c01")["id"].as_str().unwrap().to_owned();
            asked.query = format!("?centre_id={}&questionnaire_id={id}&{quarter}", centre(app));
        }
        _ => return false,
    }
    true
}
