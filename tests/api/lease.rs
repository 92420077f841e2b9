//! A handler's claim on a dossier: it holds for a while, runs out, and can be taken over on record.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, Dossier, on_both};
use serde_json::{Value, json};

/// A second handler of the ward, who signs in like everybody.
fn colleague(app: &App) -> &'static str {
    let new = json!({
        "username": "thuly2.thd", "full_name": "Ngô Thu Trang", "title": "Công chức",
        "password": "Motcua@2026", "must_change_password": false,
        "roles": [{ "role": "handler", "authority_id": app.authority("thd") }]
    });
    app.post("admin", "/api/v1/users", &new).expect(201);
    "thuly2.thd"
}

fn offered(app: &App, who: &str, d: &Dossier) -> Vec<String> {
    serde_json::from_value(app.read(who, d)["allowed_actions"].clone()).unwrap()
}

fn newest_line(app: &App, d: &Dossier) -> Value {
    let lines = app
        .get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline", d.id))
        .expect(200);
    let lines = lines["items"].as_array().unwrap().clone();
    lines.into_iter().max_by_key(|l| l["seq"].as_i64()).unwrap()
}

on_both! {
    fn while_a_handler_has_a_dossier_a_colleague_is_told_who_and_until_when(app) {
        let other = colleague(&app);
        let mut d = app.journey("thd", Station::Processing);
        let seen = app.read(other, &d);
        assert_eq!(seen["handler"]["full_name"], "Lê Văn Đức");
        // Four working hours from a morning end in the afternoon.
        let until = seen["claimed_until"].as_str().unwrap().to_owned();
        assert!(until.starts_with("2026-03-02T1"), "{until}");
        let list = app.get(other, "/api/v1/dossiers").expect(200);
        assert_eq!(list["items"][0]["claimed_until"], seen["claimed_until"]);
        for (step, body) in [("claims", json!({})), ("consultations", body_of("consultations"))] {
            let told = app.try_act(other, &d, step, &body).refused(409, "claimed_by_other");
            assert_eq!(told["claimed_by"], "Lê Văn Đức", "{step}");
            assert_eq!(told["claimed_until"], until.as_str(), "{step}");
        }
        // Nothing is offered that would be refused; a claim is, for it can be a take-over.
        let may = offered(&app, other, &d);
        assert!(may.iter().any(|a| a == "claims") && !may.iter().any(|a| a == "consultations"), "{may:?}");
        // The holder and the leader go on as ever, and the holder's step renews the claim.
        assert!(offered(&app, "lanhdao.thd", &d).iter().any(|a| a == "stops"));
        app.at("2026-03-02T10:00:00+07:00");
        app.act("thuly.thd", &mut d, "consultations", &body_of("consultations"));
        assert!(d.body["claimed_until"].as_str().unwrap() > until.as_str());
        assert!(app.verify().is_empty());
    }

    fn what_was_submitted_is_claimed_at_the_counter_before_it_is_answered(app) {
        let new = json!({
            "username": "tiepnhan2", "full_name": "Phan Thị Lan", "password": "Motcua@2026", "must_change_password": false,
            "roles": [{ "role": "reception" }]
        });
        app.post("admin", "/api/v1/users", &new).expect(201);
        let mut d = app.journey("thd", Station::Submitted);
        app.try_act("thuly.thd", &d, "claims", &json!({})).refused(403, "role_not_allowed");
        app.act("tiepnhan", &mut d, "claims", &json!({}));
        assert_eq!((d.text("state"), newest_line(&app, &d)["kind"].as_str()), ("submitted", Some("claimed")));
        for step in ["acceptances", "refusals", "supplement-requests", "claims"] {
            let told = app.try_act("tiepnhan2", &d, step, &body_of(step)).refused(409, "claimed_by_other");
            assert_eq!(told["claimed_by"], d.body["handler"]["full_name"], "{step}");
        }
        app.act("tiepnhan2", &mut d, "claims", &json!({ "takeover": { "reason": "Chị Hà nghỉ chiều nay." } }));
        app.try_act("tiepnhan", &d, "acceptances", &json!({})).refused(409, "claimed_by_other");
        app.act("tiepnhan2", &mut d, "acceptances", &json!({}));
        // Who took it to answer it does not handle it.
        assert!(d.body["handler"].is_null() && d.body["claimed_until"].is_null());
        assert!(app.verify().is_empty());
    }

    fn a_claim_runs_out_and_then_any_handler_of_the_desk_may_make_one(app) {
        let other = colleague(&app);
        let mut d = app.journey("thd", Station::Processing);
        app.at("2026-03-04T09:00:00+07:00");
        assert_eq!(app.read(other, &d)["claimed_until"], Value::Null);
        app.act(other, &mut d, "claims", &json!({}));
        assert_eq!(d.body["handler"]["full_name"], "Ngô Thu Trang");
        app.try_act("thuly.thd", &d, "claims", &json!({})).refused(409, "claimed_by_other");
        assert!(newest_line(&app, &d)["detail"]["taken_over_from"].is_null());
    }

    fn a_dossier_is_taken_over_with_a_reason_and_that_stands_on_record(app) {
        let other = colleague(&app);
        let mut d = app.journey("thd", Station::Processing);
        let first = app.read("thuly.thd", &d)["handler"]["id"].clone();
        app.try_act(other, &d, "claims", &json!({ "takeover": { "reason": "  " } })).invalid("/takeover/reason", "required");
        app.try_act("lanhdao.thd", &d, "claims", &json!({ "takeover": { "reason": "Gấp." } })).refused(403, "role_not_allowed");
        let reason = "Đồng chí Đức nghỉ ốm, hồ sơ hẹn trả trong ngày.";
        app.act(other, &mut d, "claims", &json!({ "takeover": { "reason": reason } }));
        assert_eq!(d.body["handler"]["full_name"], "Ngô Thu Trang");
        let line = newest_line(&app, &d);
        assert_eq!((&line["kind"], &line["detail"]["reason"]), (&json!("claimed"), &json!(reason)));
        assert_eq!(line["detail"]["taken_over_from"]["id"], first);
        assert!(app.verify().is_empty());
        // When the leader takes the step back, nobody has it to themselves.
        app.act("lanhdao.thd", &mut d, "undos", &json!({ "reason": "Nhầm hồ sơ." }));
        assert_eq!((&d.body["handler"]["id"], &d.body["claimed_until"]), (&first, &Value::Null));
    }

    fn a_claim_ends_when_the_dossier_leaves_the_desk(app) {
        let d = app.journey("thd", Station::WithLeader);
        assert_eq!(app.read("thuly.thd", &d)["claimed_until"], Value::Null);
    }
}
