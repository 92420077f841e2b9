//! Asking for what is missing, once and in time; and what that does to the promise.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Options, on_both};
use serde_json::{Value, json};

on_both! {
    fn a_complete_supplement_starts_the_limit_over(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.at("2026-03-04T10:00:00+07:00");
        app.act("thuly.thd", &mut d, "supplement-requests", &body_of("supplement-requests"));
        assert_eq!((d.text("state"), d.text("timing")), ("supplement_requested", "paused"));
        assert_eq!(d.body["national_status"], 5);
        assert_eq!(d.body["pauses"][0]["kind"], "supplement");
        assert!(d.body["pauses"][0]["to"].is_null());
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        assert!(d.body["letters"].as_array().unwrap().iter().any(|l| l["form"] == "02"));

        app.at("2026-03-10T09:00:00+07:00");
        let papers = json!({
            "components": [
                { "component_id": "to_khai", "originals": 1 },
                { "component_id": "giay_to_cham_dut_hon_nhan", "certified_copies": 1 }
            ],
            "note": "Đã bổ sung"
        });
        app.act("tiepnhan", &mut d, "supplements", &papers);
        assert_eq!((d.text("state"), d.text("desk")), ("processing", "handler"));
        // Three working days from Tuesday the 10th; the first promise stays on record.
        assert_eq!(d.text("due_at"), "2026-03-13T17:30:00+07:00");
        assert_eq!(d.text("due_at_original"), "2026-03-05T17:30:00+07:00");
        assert_eq!(d.text("timing"), "within_time");
        assert!(d.body["pauses"][0]["to"].is_string());
        assert_eq!(d.body["components"].as_array().unwrap().len(), 2);
        let path = format!("/api/v1/dossiers/{}/timeline", d.id);
        let lines = app.get("tiepnhan", &path).expect(200);
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["kind"], "supplemented");
        assert!(last["detail"]["due_at"]["to"].as_str().unwrap().starts_with("2026-03-13"));
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn after_the_third_working_day_it_is_too_late_to_ask(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.at("2026-03-05T17:00:00+07:00");
        let still = app.read("thuly.thd", &d);
        assert!(still["allowed_actions"].as_array().unwrap().contains(&json!("supplement-requests")));
        app.at("2026-03-06T08:00:00+07:00");
        app.try_act("thuly.thd", &d, "supplement-requests", &body_of("supplement-requests"))
            .refused(409, "supplement_window_passed");
        // A handler cannot invoke an exception; a leader can, and names its basis.
        let mut excepted = body_of("supplement-requests");
        excepted["legal_exception"] = json!("Luật Đất đai 2024, Điều 22");
        app.try_act("thuly.thd", &d, "supplement-requests", &excepted).refused(409, "supplement_window_passed");
        app.try_act("lanhdao.thd", &d, "supplement-requests", &body_of("supplement-requests"))
            .refused(409, "supplement_window_passed");
        app.act("lanhdao.thd", &mut d, "supplement-requests", &excepted);
        assert_eq!(d.text("state"), "supplement_requested");
    }

    fn it_is_asked_for_once(app) {
        let mut d = app.journey("thd", Station::SupplementRequested);
        app.try_act("thuly.thd", &d, "supplement-requests", &body_of("supplement-requests"))
            .refused(409, "transition_not_allowed");
        app.act("tiepnhan", &mut d, "supplements", &json!({}));
        app.try_act("thuly.thd", &d, "supplement-requests", &body_of("supplement-requests"))
            .refused(409, "supplement_already_used");
        let view = app.read("thuly.thd", &d);
        let blocked = view["blocked_actions"].as_array().unwrap();
        let why = blocked.iter().find(|b| b["action"] == "supplement-requests").unwrap();
        assert_eq!(why["code"], "supplement_already_used");
        assert!(why["reason"].as_str().is_some_and(|r| !r.is_empty()));
    }

    fn a_request_names_every_item_and_the_reason(app) {
        let d = app.journey("thd", Station::Processing);
        let ask = |items: Value, reason: &str| {
            app.try_act("thuly.thd", &d, "supplement-requests", &json!({ "items": items, "reason": reason }))
        };
        ask(json!([]), "Lý do").invalid("/items", "out_of_range");
        ask(json!(vec!["Giấy"; 31]), "Lý do").invalid("/items", "out_of_range");
        ask(json!(["  "]), "Lý do").refused(422, "items_required");
        ask(json!(["Giấy"]), " ").refused(422, "reason_required");
        ask(json!(["x".repeat(501)]), "Lý do").invalid("/items/0", "too_long");
        ask(json!(["Giấy", "a\u{0}b"]), "Lý do").invalid("/items/1", "control_character");
        assert_eq!(app.read("thuly.thd", &d)["version"], d.version, "nothing was half-written");
    }

    fn handing_a_supplement_in_is_receptions_work(app, Options::default()) {
        let d = app.journey("thd", Station::SupplementRequested);
        app.try_act("thuly.thd", &d, "supplements", &json!({})).refused(403, "role_not_allowed");
        app.try_act("tiepnhan", &d, "supplements", &json!({ "components": [{ "component_id": "khac" }] }))
            .invalid("/components/0/component_id", "component_unknown");
        let twice = json!({ "components": [{ "component_id": "to_khai", "originals": 1 }, { "component_id": "to_khai", "originals": 1 }] });
        app.try_act("tiepnhan", &d, "supplements", &twice)
            .invalid("/components/1/component_id", "component_repeated");
    }
}
