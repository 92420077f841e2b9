//! Intakes begun at the counter and not sent yet (T1).

use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const DRAFTS: &str = "/api/v1/intake-drafts";

fn begun(app: &App, name: &str) -> Value {
    let form =
        json!({ "owner": { "full_name": name }, "note": "Thiếu tờ khai, hẹn chiều quay lại" });
    json!({ "procedure_code": app.intake("thd")["procedure_code"], "owner_name": name, "form": form })
}

fn there(app: &App, who: &str) -> Vec<Value> {
    let list = app.get(who, DRAFTS).expect(200);
    list["items"].as_array().unwrap().clone()
}

fn rewrite(app: &App, draft: &Value, version: i64, body: &Value) -> motcua_tests::Answer {
    let at = format!("{DRAFTS}/{}", draft["id"].as_str().unwrap());
    let asked = app.as_person("tiepnhan", Method::PUT, &at);
    app.send(
        asked
            .header("if-match", format!("\"v{version}\""))
            .json(body),
    )
}

on_both! {
    fn an_intake_is_begun_gone_on_with_and_sent_once(app) {
        let kept = app.post("tiepnhan", DRAFTS, &begun(&app, "Nguyễn Văn An")).expect(201);
        assert_eq!((&kept["state"], &kept["owner_name"], &kept["version"]), (&json!("draft"), &json!("Nguyễn Văn An"), &json!(1)));
        assert!(kept["kept_until"].as_str().unwrap().starts_with("2026-03-16T09:00"));
        // It is no dossier: it has no number, stands in no list and uses none up.
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"], json!([]));
        // Somebody else at the counter sees what was typed and goes on with it; two never overwrite each other.
        let read = app.get("tiepnhan", &format!("{DRAFTS}/{}", kept["id"].as_str().unwrap())).expect(200);
        assert_eq!(read["form"], begun(&app, "Nguyễn Văn An")["form"]);
        let more = begun(&app, "Nguyễn Văn An (con)");
        assert_eq!(rewrite(&app, &kept, 1, &more).expect(200)["form"], more["form"]);
        rewrite(&app, &kept, 1, &more).refused(412, "version_stale");
        assert!(there(&app, "tiepnhan")[0]["form"].is_null(), "a list holds no forms");
        // Sent, it is gone with what it became; a second sending takes nothing in.
        let mut body = app.intake("thd");
        body["draft_id"] = kept["id"].clone();
        let mut stale = body.clone();
        stale["draft_version"] = json!(1);
        app.send_in(&stale).refused(412, "version_stale");
        body["draft_version"] = json!(2);
        let mut faulty = body.clone();
        faulty["components"] = json!([]);
        app.send_in(&faulty).refused(422, "components_missing");
        assert_eq!(there(&app, "tiepnhan").len(), 1, "what was refused is still a draft");
        app.send_in(&body).expect(201);
        assert!(there(&app, "tiepnhan").is_empty());
        app.send_in(&body).invalid("/draft_id", "draft_gone");
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"].as_array().unwrap().len(), 1);
        assert!(app.verify().is_empty());
    }

    fn only_for_what_is_in_force_and_only_at_the_counter(app) {
        let mut body = begun(&app, "Nguyễn Văn An");
        for who in ["thuly.thd", "lanhdao.thd", "thungan", "traketqua", "giamdoc", "thanhtra", "admin"] {
            app.post(who, DRAFTS, &body).refused(403, "role_not_allowed");
            app.get(who, DRAFTS).refused(403, "role_not_allowed");
        }
        body["procedure_code"] = json!("9.999999");
        let refused = app.post("tiepnhan", DRAFTS, &body);
        assert_eq!(refused.status, 422, "{}", refused.text);
        body = begun(&app, "Nguyễn Văn An");
        body["form"] = json!({ "note": "x".repeat(50_000) });
        app.post("tiepnhan", DRAFTS, &body).invalid("/form", "too_long");
        assert!(there(&app, "tiepnhan").is_empty());
    }

    fn what_nobody_touches_for_two_weeks_is_dropped(app) {
        app.post("tiepnhan", DRAFTS, &begun(&app, "Nguyễn Văn An")).expect(201);
        let kept = app.post("tiepnhan", DRAFTS, &begun(&app, "Lê Thị Hoa")).expect(201);
        app.at("2026-03-10T09:00:00+07:00");
        rewrite(&app, &kept, 1, &begun(&app, "Lê Thị Hoa")).expect(200);
        app.at("2026-03-17T09:00:00+07:00");
        app.post("tiepnhan", DRAFTS, &begun(&app, "Trần Văn Ba")).expect(201);
        let names: Vec<Value> = there(&app, "tiepnhan").iter().map(|d| d["owner_name"].clone()).collect();
        assert_eq!(names, [json!("Trần Văn Ba"), json!("Lê Thị Hoa")]);
        let at = format!("{DRAFTS}/{}", kept["id"].as_str().unwrap());
        assert_eq!(app.send(app.as_person("tiepnhan", Method::DELETE, &at)).status, 204);
        app.send(app.as_person("tiepnhan", Method::DELETE, &at)).refused(404, "not_found");
    }
}
