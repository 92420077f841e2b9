//! A dossier's way from the counter to the citizen's hands.

use std::collections::BTreeSet;

use motcua_tests::dossier::{EXTRACT, RESIDENCE, Station, body_of};
use motcua_tests::{App, Dossier, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn timeline(app: &App, dossier: &Dossier) -> Vec<Value> {
    let path = format!("/api/v1/dossiers/{}/timeline?limit=100", dossier.id);
    let list = app.get("tiepnhan", &path).expect(200);
    list["items"].as_array().unwrap().clone()
}

fn kinds(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|l| l["kind"].as_str().unwrap()).collect()
}

fn actions(body: &Value) -> BTreeSet<String> {
    serde_json::from_value(body["allowed_actions"].clone()).unwrap()
}

on_both! {
    fn one_dossier_goes_from_the_counter_to_hand_back_through_four_roles(app) {
        let answer = app.send_in(&app.intake("thd"));
        let body = answer.expect(201);
        assert_eq!(answer.header("location"), format!("/api/v1/dossiers/{}", body["id"].as_str().unwrap()));
        assert_eq!(answer.header("etag"), "\"v1\"");
        let mut d = Dossier::of("thd", &body);
        assert_eq!(d.text("code"), "H26.14.100-260302-0001");
        assert_eq!(d.text("state"), "accepted");
        assert_eq!(d.body["national_status"], 2);
        assert_eq!(d.text("timing"), "within_time");
        assert_eq!(d.text("desk"), "reception");
        // Three working days from Monday 2 March, to the end of the last shift.
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        assert_eq!(d.text("due_at_original"), d.text("due_at"));
        // Before 15:00: to be handed over the same day.
        assert_eq!(d.text("handover_due_at").get(..10), Some("2026-03-02"));
        assert_eq!(d.body["letters"][0]["form"], "01");
        assert_eq!(d.body["letters"][0]["number"], 1);
        assert!(d.body["submission_number"].is_null());

        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler", "pages": 4, "note": "Gấp" }));
        assert_eq!(d.body["open_handover"]["to_desk"], "handler");
        assert_eq!(d.body["open_handover"]["given_by"]["full_name"], "Nguyễn Thị Thu Hà");
        assert_eq!(d.text("paper_location"), "in_transit");
        assert_eq!((d.text("state"), d.text("desk")), ("accepted", "reception"));

        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        assert_eq!((d.text("state"), d.text("desk")), ("processing", "handler"));
        assert_eq!(d.body["handler"]["full_name"], "Lê Văn Đức");
        assert_eq!(d.body["national_status"], 4);
        assert!(d.body["open_handover"].is_null());

        app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
        assert_eq!(d.text("sub_state"), "awaiting_signature");
        app.act("lanhdao.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("lanhdao.thd", &mut d, "decisions", &json!({ "outcome": "grant", "legal_basis": "Nghị định 123/2015/NĐ-CP" }));
        assert_eq!(d.text("sub_state"), "decided");
        assert_eq!(d.body["decision"]["outcome"], "grant");
        assert_eq!(d.body["decision"]["decided_by"]["full_name"], "Đặng Quốc Khánh");

        app.at("2026-03-04T16:00:00+07:00");
        app.act("thuly.thd", &mut d, "results", &body_of("results"));
        assert_eq!((d.text("state"), d.text("desk")), ("completed", "results_desk"));
        assert_eq!((&d.body["national_status"], d.text("timing")), (&json!(9), "early"));
        assert_eq!(d.body["result"]["number"], "125/XNHN");
        assert_eq!(d.body["result"]["signer"]["full_name"], "Đặng Quốc Khánh");
        assert_eq!(d.text("delivery_state"), "ready");

        // Late collection does not make it late.
        app.at("2026-03-20T08:00:00+07:00");
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        assert_eq!((d.text("state"), d.text("timing")), ("returned", "early"));
        assert_eq!(d.body["national_status"], 10);
        assert_eq!(d.body["collector"]["full_name"], "Nguyễn Văn An");
        assert_eq!(d.body["collector"]["identity_number"], "001*******45");
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");

        let lines = timeline(&app, &d);
        assert_eq!(kinds(&lines), [
            "accepted", "handed_over", "acknowledged", "handed_over", "acknowledged", "decided",
            "completed", "returned"
        ]);
        let seqs: Vec<i64> = lines.iter().map(|l| l["seq"].as_i64().unwrap()).collect();
        assert_eq!(seqs, (1..=8).collect::<Vec<_>>());
        assert_eq!(lines[2]["actor"]["full_name"], "Lê Văn Đức");
        assert_eq!(lines[2]["actor"]["role"], "handler");
        assert_eq!((&lines[2]["from_state"], &lines[2]["to_state"]), (&json!("accepted"), &json!("processing")));
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_dossier_done_on_its_last_day_is_on_time_and_the_next_day_overdue(app) {
        let mut days = Vec::new();
        let dossiers: Vec<Dossier> = (0..2).map(|_| app.journey("thd", Station::Decided)).collect();
        for (mut d, at) in dossiers.into_iter().zip(["2026-03-05T17:40:00+07:00", "2026-03-06T08:00:00+07:00"]) {
            app.at(at);
            app.act("thuly.thd", &mut d, "results", &body_of("results"));
            days.push(d.text("timing").to_owned());
        }
        assert_eq!(days, ["on_time", "overdue"]);
    }

    fn what_comes_online_is_submitted_and_answered(app) {
        let mut body = app.intake("thd");
        body["channel"] = json!("online");
        body["result_delivery"] = json!({ "method": "electronic" });
        let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
        assert_eq!((d.text("state"), &d.body["national_status"]), ("submitted", &json!(1)));
        assert_eq!(d.text("submission_number"), "TN-H26.14.100-260302-0001");
        for member in ["code", "due_at", "accepted_at", "timing"] {
            assert!(d.body[member].is_null(), "{member}: {}", d.body);
        }
        assert_eq!(d.body["letters"], json!([]));
        // Eight working hours to answer: until Tuesday 09:00.
        assert_eq!(d.text("intake_reply_due_at").get(..16), Some("2026-03-03T09:00"));
        app.at("2026-03-02T16:00:00+07:00");
        app.act("tiepnhan", &mut d, "acceptances", &json!({ "note": "Đủ" }));
        assert_eq!(d.text("state"), "accepted");
        assert_eq!(d.text("code"), "H26.14.100-260302-0001");
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        // After 15:00: to be handed over next morning.
        assert_eq!(d.text("handover_due_at").get(..10), Some("2026-03-03"));
        // There is no paper to be carried.
        assert_eq!(d.text("paper_location"), "none");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        assert_eq!(d.text("paper_location"), "none");
    }

    fn an_incomplete_dossier_is_not_accepted(app) {
        let mut body = app.intake("thd");
        body["components"] = json!([]);
        let refused = app.send_in(&body).refused(422, "components_missing");
        assert_eq!(refused["missing_components"].as_array().unwrap().len(), 1);
        // Left to be checked, it is taken in, and refused acceptance until the paper is there.
        body["intake_mode"] = json!("check");
        let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
        app.try_act("tiepnhan", &d, "acceptances", &json!({})).refused(422, "components_missing");
        let none = json!({ "components": [{ "component_id": "to_khai", "originals": 0 }] });
        app.try_act("tiepnhan", &d, "acceptances", &none).refused(422, "components_missing");
        let there = json!({ "components": [{ "component_id": "to_khai", "photocopies": 1 }] });
        app.act("tiepnhan", &mut d, "acceptances", &there);
        assert_eq!(d.body["components"][0]["photocopies"], 1);
        // The code of the day starts with the first acceptance: refusals use no number up.
        assert_eq!(d.text("code"), "H26.14.100-260302-0001");
    }

    fn a_submission_may_be_refused_in_writing_only(app) {
        let mut d = app.journey("cn", Station::Submitted);
        let mut silent = body_of("refusals");
        silent["reason"] = json!("   ");
        let refused = app.try_act("tiepnhan", &d, "refusals", &silent);
        assert_eq!(refused.status, 422, "{}", refused.text);
        app.act("tiepnhan", &mut d, "refusals", &body_of("refusals"));
        assert_eq!((d.text("state"), &d.body["national_status"]), ("refused_at_intake", &json!(3)));
        assert_eq!(d.body["letters"][0]["form"], "03");
        assert_eq!(d.body["allowed_actions"], json!([]));
        app.try_act("tiepnhan", &d, "acceptances", &json!({})).refused(409, "transition_not_allowed");
    }

    fn an_intake_supplement_is_asked_for_once(app) {
        let mut d = app.journey("thd", Station::IntakeSupplement);
        assert_eq!(d.body["supplement_requests"][0]["stage"], "intake");
        assert_eq!(d.body["letters"][0]["form"], "02");
        assert_eq!((d.text("desk"), d.text("supplement_due_on")), ("citizen", "2026-04-01"));
        app.act("tiepnhan", &mut d, "supplements", &json!({ "note": "Đã nộp" }));
        assert_eq!(d.text("state"), "submitted");
        assert!(d.body["supplement_requests"][0]["fulfilled_at"].is_string());
        app.try_act("tiepnhan", &d, "supplement-requests", &body_of("supplement-requests"))
            .refused(409, "supplement_already_used");
        app.act("tiepnhan", &mut d, "acceptances", &json!({}));
        assert_eq!(d.text("state"), "accepted");
    }

    fn a_result_on_the_spot_is_recorded_step_by_step(app) {
        let mut body = app.intake("ht");
        body["procedure_code"] = json!(EXTRACT);
        body["on_the_spot"] = json!({ "signer_user_id": app.signer("ht"), "result_number": "12/TLHT" });
        let d = Dossier::of("ht", &app.send_in(&body).expect(201));
        assert_eq!((d.text("state"), &d.body["national_status"]), ("returned", &json!(10)));
        assert_eq!(d.text("code"), "H26.14.100-260302-0001");
        assert_eq!(d.body["result"]["signer"]["full_name"], "Ngô Xuân Trường");
        assert_eq!(d.body["collector"]["full_name"], "Nguyễn Văn An");
        assert_eq!(kinds(&timeline(&app, &d)), ["accepted", "acknowledged", "decided", "completed", "returned"]);
        // No form 01 unless asked for.
        assert_eq!(d.body["letters"], json!([]));
        let slip = format!("/api/v1/dossiers/{}/reception-slip", d.id);
        app.get("tiepnhan", &slip).refused(404, "slip_not_issued");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn on_the_spot_is_for_such_procedures_and_signed_by_their_leader(app) {
        let mut body = app.intake("thd");
        body["on_the_spot"] = json!({ "signer_user_id": app.signer("thd") });
        app.send_in(&body).refused(422, "on_the_spot_not_allowed");
        body["procedure_code"] = json!(EXTRACT);
        // Another ward's leader, and somebody who is none.
        body["on_the_spot"]["signer_user_id"] = app.signer("cn");
        let refused = app.send_in(&body);
        let problem = refused.refused(422, "signer_not_leader");
        refused.points_at(&problem, "/on_the_spot/signer_user_id", "signer_not_leader");
        body["on_the_spot"]["signer_user_id"] = app.get("tiepnhan", "/api/v1/me").expect(200)["id"].clone();
        app.send_in(&body).refused(422, "signer_not_leader");
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"], json!([]));
    }

    fn a_handover_is_sent_back_with_a_reason(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        app.try_act("thuly.thd", &d, "acknowledgements", &json!({ "accepted": false }))
            .refused(422, "reason_required");
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": false, "reason": "Thiếu trang 2" }));
        assert_eq!((d.text("state"), d.text("desk"), d.text("paper_location")), ("accepted", "reception", "reception"));
        assert!(d.body["handler"].is_null());
        let lines = timeline(&app, &d);
        assert_eq!(lines.last().unwrap()["detail"]["reason"], "Thiếu trang 2");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        // The wait is the office's own: the promise stands.
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
    }

    fn a_handover_is_acknowledged_once_by_whom_it_was_given_to(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        let path = d.path("acknowledgements");
        // Reception gave it and cannot take it; the leader's desk is another.
        for who in ["tiepnhan", "lanhdao.thd"] {
            app.post_at(who, &path, d.version, &json!({ "accepted": true })).refused(409, "handover_not_to_you");
        }
        let nothing = format!(
            "/api/v1/dossiers/{}/handovers/0198c0de-0000-7000-8000-000000000000/acknowledgements", d.id
        );
        app.post_at("thuly.thd", &nothing, d.version, &json!({ "accepted": true })).refused(409, "no_open_handover");
        app.try_act("tiepnhan", &d, "handovers", &json!({ "to": "handler" })).refused(409, "handover_open");
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        app.post_at("thuly.thd", &path, d.version, &json!({ "accepted": true })).refused(409, "no_open_handover");
    }

    fn a_handover_that_a_leader_gives_to_somebody_else_before_it_was_taken_is_closed(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        let to = app.get("thuly.thd", "/api/v1/me").expect(200)["id"].clone();
        app.act("lanhdao.thd", &mut d, "handovers", &json!({ "to": "handler", "to_user_id": to, "note": "Giao lại" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        let slip = app.get("tiepnhan", &d.path("control-slip")).expect(200);
        let hops: Vec<(Value, Value)> = slip["hops"]
            .as_array()
            .unwrap()
            .iter()
            .map(|h| (h["accepted"].clone(), h["note"].clone()))
            .collect();
        assert_eq!(hops[0], (json!(false), json!("Giao lại")), "{slip}");
        assert_eq!(hops[1].0, json!(true), "{slip}");
    }

    fn a_handover_to_one_person_is_theirs_alone(app) {
        let mut d = app.take_in("thd");
        let id_of = |user: &str| app.get(user, "/api/v1/me").expect(200)["id"].clone();
        for stranger in ["thungan", "thuly.cn", "lanhdao.thd"] {
            let body = json!({ "to": "handler", "to_user_id": id_of(stranger) });
            app.try_act("tiepnhan", &d, "handovers", &body).refused(422, "handover_person");
        }
        let named = json!({ "to": "handler", "to_user_id": id_of("thuly.thd") });
        app.act("tiepnhan", &mut d, "handovers", &named);
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
    }

    fn a_refusal_after_appraisal_is_a_result_with_its_reason(app) {
        let mut d = app.journey("cn", Station::WithLeader);
        app.try_act("lanhdao.cn", &d, "decisions", &json!({ "outcome": "refuse" })).refused(422, "reason_required");
        app.act("lanhdao.cn", &mut d, "decisions", &json!({ "outcome": "refuse", "reason": "Không đủ điều kiện" }));
        app.try_act("lanhdao.cn", &d, "decisions", &json!({ "outcome": "grant" })).refused(409, "already_decided");
        app.act("thuly.cn", &mut d, "results", &json!({ "summary": "Văn bản từ chối" }));
        assert_eq!((d.text("state"), &d.body["result"]["kind"]), ("completed", &json!("refuse")));
        assert_eq!(d.body["decision"]["reason"], "Không đủ điều kiện");
    }

    fn a_result_needs_a_decision(app) {
        let d = app.journey("thd", Station::Processing);
        app.try_act("thuly.thd", &d, "results", &body_of("results")).refused(409, "not_decided");
    }

    fn a_withdrawal_is_asked_for_at_reception_and_confirmed_by_a_leader(app) {
        let mut d = app.journey("thd", Station::WithdrawalRequested);
        assert_eq!((d.text("state"), d.text("sub_state")), ("processing", "withdrawal_requested"));
        assert_eq!(d.body["withdrawal"]["reason"], "Công dân không còn nhu cầu.");
        app.try_act("tiepnhan", &d, "withdrawals", &body_of("withdrawals")).refused(409, "withdrawal_pending");
        app.try_act("lanhdao.thd", &d, "decisions", &body_of("decisions")).refused(409, "withdrawal_pending");
        app.act("lanhdao.thd", &mut d, "withdrawals", &json!({ "reason": "Đồng ý" }));
        assert_eq!((d.text("state"), &d.body["national_status"]), ("withdrawn", &json!(7)));
        assert!(d.body["withdrawal"]["confirmed_at"].is_string());
        // Nothing is left but to take this very step back, for some minutes.
        assert_eq!(d.body["allowed_actions"], json!(["undos"]));
    }

    fn a_withdrawal_may_be_declined_and_work_goes_on(app) {
        let mut d = app.journey("thd", Station::WithdrawalRequested);
        app.act("lanhdao.thd", &mut d, "withdrawals", &json!({ "reason": "Chưa có đơn", "declined": true }));
        assert_eq!(d.text("state"), "processing");
        assert!(d.body["withdrawal"].is_null(), "{}", d.body["withdrawal"]);
        app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
        app.act("lanhdao.thd", &mut d, "decisions", &body_of("decisions"));
        app.try_act("tiepnhan", &d, "withdrawals", &body_of("withdrawals")).refused(409, "already_decided");
    }

    fn who_collects_is_whom_the_dossier_names_or_brings_an_authorisation(app) {
        let d = app.journey("thd", Station::Completed);
        let by = |name: &str, number: &str, relation: &str| json!({
            "collector": { "full_name": name, "identity_number": number, "relation": relation, "method": "counter" },
            "originals_returned": true
        });
        let back = |body: &Value| app.try_act("traketqua", &d, "returns", body);
        assert_eq!(back(&by("Hoàn Toàn Khác", "", "owner")).refused(422, "collector_mismatch")["errors"][0]["pointer"], "/collector/full_name");
        assert_eq!(back(&by("Nguyễn Văn An", "001190054321", "owner")).refused(422, "collector_mismatch")["errors"][0]["pointer"], "/collector/identity_number");
        assert_eq!(back(&by("Trần Thị Bình", "001190054321", "filer")).refused(422, "collector_mismatch")["errors"][0]["pointer"], "/collector/relation");
        // However it is typed, it is the same name.
        back(&by("NGUYEN VAN  AN", "", "owner")).expect(201);
    }

    fn the_slip_of_who_files_for_another_names_one_person_only(app) {
        let mut body = app.intake("thd");
        body["filer"] = json!({ "full_name": "Trần Thị Bình", "identity_number": "001190054321", "authorisation": "Giấy ủy quyền 12/2026" });
        let d = Dossier::of("thd", &app.send_in(&body).expect(201));
        let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        assert_eq!((&slip["filer_name"], &slip["identity_number"]), (&json!("Trần Thị Bình"), &json!("001190054321")));
        // The owner's telephone, address and e-mail beside the filer's name would be nobody's.
        assert_eq!((&slip["phone"], &slip["address"], &slip["email"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(slip["owner_name"], "Nguyễn Văn An");
    }

    fn what_must_be_filed_in_person_or_on_paper_is(app) {
        let filed_by = |procedure: &str, component: &str| {
            let mut body = app.intake("thd");
            body["procedure_code"] = json!(procedure);
            body["components"] = json!([{ "component_id": component, "originals": 1, "certified_copies": 0, "photocopies": 0 }]);
            body["filer"] = json!({ "full_name": "Trần Thị Bình", "authorisation": "Giấy ủy quyền 12/2026" });
            body
        };
        assert_eq!(app.send_in(&filed_by("1.000894", "to_khai")).refused(422, "filer_not_allowed")["errors"][0]["pointer"], "/filer");
        let mut online = app.intake("thd");
        online["procedure_code"] = json!("1.000593");
        online["channel"] = json!("online");
        assert_eq!(app.send_in(&online).refused(422, "not_online")["errors"][0]["pointer"], "/channel");
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"].as_array().unwrap().len(), 0);
    }

    fn a_representative_brings_an_authorisation(app) {
        let mut d = app.journey("thd", Station::Completed);
        let collector = json!({ "full_name": "Trần Thị Bình", "relation": "representative" });
        app.try_act("traketqua", &d, "returns", &json!({ "collector": collector })).refused(422, "authorisation_required");
        let nobody = json!({ "collector": { "full_name": " ", "relation": "owner" } });
        assert_eq!(app.try_act("traketqua", &d, "returns", &nobody).status, 422);
        let mut body = json!({ "collector": collector });
        body["collector"]["authorisation"] = json!("Giấy ủy quyền 12/2026");
        body["collector"]["identity_number"] = json!("12345678901");
        app.try_act("traketqua", &d, "returns", &body).invalid("/collector/identity_number", "identity_number_invalid");
        body["collector"]["identity_number"] = json!("001190054321");
        app.act("traketqua", &mut d, "returns", &body);
        assert_eq!(d.body["collector"]["relation"], "representative");
        let whole = app.get("traketqua", &format!("/api/v1/dossiers/{}/personal-data", d.id)).expect(200);
        assert_eq!(whole["collector"]["authorisation"], "Giấy ủy quyền 12/2026");
        assert_eq!(whole["collector"]["identity_number"], "001190054321");
    }

    fn a_stale_version_is_told_who_was_first_and_what_they_did(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        let old = d.clone();
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        let problem = app.try_act("thuly.thd", &old, "claims", &json!({})).refused(412, "version_stale");
        assert_eq!(problem["current_version"], 3);
        assert_eq!(problem["changed_by"], "Lê Văn Đức");
        assert_eq!(problem["change"], "acknowledged");
        let bare = app.as_person("thuly.thd", Method::POST, &d.path("claims")).json(&json!({}));
        app.send(bare).refused(428, "precondition_required");
        for (tag, status) in [("*", 400), ("v3", 400), ("W/\"v3\"", 412), ("\"v2\"", 412)] {
            let request = app
                .as_person("thuly.thd", Method::POST, &d.path("claims"))
                .header("if-match", tag);
            assert_eq!(app.send(request).status, status, "{tag}");
        }
        assert_eq!(app.read("tiepnhan", &d)["version"], 3);
    }

    fn what_the_state_does_not_allow_is_refused_with_what_it_does(app) {
        let d = app.journey("thd", Station::Completed);
        let problem = app.try_act("lanhdao.thd", &d, "decisions", &body_of("decisions"))
            .refused(409, "transition_not_allowed");
        assert!(problem["allowed_actions"].is_array());
        let problem = app.try_act("tiepnhan", &d, "withdrawals", &body_of("withdrawals"))
            .refused(409, "transition_not_allowed");
        let offered: BTreeSet<String> = serde_json::from_value(problem["allowed_actions"].clone()).unwrap();
        assert_eq!(offered, actions(&app.read("tiepnhan", &d)));
    }

    fn another_wards_people_do_not_learn_that_a_dossier_exists(app) {
        let d = app.journey("thd", Station::WithLeader);
        for who in ["thuly.cn", "lanhdao.ht"] {
            for rest in ["", "/timeline", "/personal-data", "/reception-slip"] {
                let path = format!("/api/v1/dossiers/{}{rest}", d.id);
                app.get(who, &path).refused(404, "not_found");
            }
            let list = app.get(who, "/api/v1/dossiers").expect(200);
            assert_eq!(list["items"], json!([]));
        }
        app.try_act("lanhdao.cn", &d, "decisions", &body_of("decisions")).refused(404, "not_found");
        app.try_act("thuly.ht", &d, "claims", &json!({})).refused(404, "not_found");
        // Nor by its version: a stale one is not told apart.
        let mut stale = d.clone();
        stale.version = 1;
        app.try_act("lanhdao.cn", &stale, "decisions", &body_of("decisions")).refused(404, "not_found");
        // The centre's own people see it.
        for who in ["giamdoc", "thanhtra", "traketqua", "thungan", "admin"] {
            assert_eq!(app.read(who, &d)["id"], d.body["id"]);
        }
    }

    fn personal_data_is_masked_everywhere_and_shown_whole_on_record(app) {
        let mut body = app.intake("thd");
        body["filer"] = json!({
            "full_name": "Trần Thị Bình", "identity_number": "001190054321", "phone": "+84 987 654 321",
            "relation": "vợ"
        });
        let d = Dossier::of("thd", &app.send_in(&body).expect(201));
        let detail = app.get("thuly.thd", &format!("/api/v1/dossiers/{}", d.id));
        let list = app.get("thuly.thd", "/api/v1/dossiers");
        let lines = app.get("thuly.thd", &format!("/api/v1/dossiers/{}/timeline", d.id));
        let events = app.get("giamdoc", "/api/v1/events");
        for answer in [&detail, &list, &lines, &events] {
            answer.expect(200);
            for secret in ["001085012345", "0912345678", "an@example.vn", "001190054321", "0987654321"] {
                assert!(!answer.text.contains(secret), "{secret} in {}", answer.asked);
            }
        }
        let shown = detail.expect(200);
        assert_eq!(shown["owner"]["identity_number"], "001*******45");
        assert_eq!(shown["owner"]["phone"], "********78");
        assert_eq!(shown["owner"]["email"], "a***@example.vn");

        let looked = |app: &App| {
            app.services.read(|db| {
                let centre = motcua_store::centre::centres_page(db, None, 1)?.remove(0).id;
                let all = motcua_store::audit::page(db, &centre, 0, 1000)?;
                Ok(all.into_iter().filter(|e| e.action == "personal_data.viewed").count())
            }).unwrap()
        };
        assert_eq!(looked(&app), 0);
        let path = format!("/api/v1/dossiers/{}/personal-data", d.id);
        let whole = app.get("thuly.thd", &path).expect(200);
        assert_eq!(whole["owner"]["identity_number"], "001085012345");
        assert_eq!(whole["owner"]["phone"], "0912345678");
        assert_eq!(whole["filer"]["phone"], "0987654321");
        assert_eq!(looked(&app), 1);
        app.get("thuly.cn", &path).refused(404, "not_found");
        app.get("giamdoc", &path).refused(403, "role_not_allowed");
        assert_eq!(looked(&app), 1);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn whoever_answers_for_the_others_reads_who_looked_at_a_persons_data(app) {
        let d = app.take_in("thd");
        let other = app.take_in("thd");
        let path = format!("/api/v1/dossiers/{}/personal-data-views", d.id);
        assert_eq!(app.get("thanhtra", &path).expect(200)["items"], json!([]));
        app.get("thuly.thd", &format!("/api/v1/dossiers/{}/personal-data", d.id)).expect(200);
        app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        app.get("thanhtra", &format!("/api/v1/dossiers/{}/personal-data", d.id)).expect(200);
        // What was refused and what was another dossier's is no look at this one.
        app.get("giamdoc", &format!("/api/v1/dossiers/{}/personal-data", d.id)).refused(403, "role_not_allowed");
        app.get("thuly.thd", &format!("/api/v1/dossiers/{}/personal-data", other.id)).expect(200);
        for who in ["thanhtra", "giamdoc", "lanhdao.thd"] {
            let answer = app.get(who, &path);
            let page = answer.expect(200);
            let told: Vec<(&str, &Value, &str)> = page["items"].as_array().unwrap().iter()
                .map(|i| (i["viewer"]["full_name"].as_str().unwrap(), &i["roles"], i["purpose"].as_str().unwrap()))
                .collect();
            let (inspects, receives, handles) = (json!(["inspector"]), json!(["reception"]), json!(["handler"]));
            let names: Vec<String> = ["thanhtra", "tiepnhan", "thuly.thd"].iter()
                .map(|w| app.get(w, "/api/v1/me").expect(200)["full_name"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(told, [
                (names[0].as_str(), &inspects, "view"),
                (names[1].as_str(), &receives, "form_01"),
                (names[2].as_str(), &handles, "view"),
            ], "{who}");
            for secret in ["001085012345", "0912345678", "Nguyễn Văn An"] {
                assert!(!answer.text.contains(secret), "{secret}");
            }
        }
        // Page by page, and back.
        let first = app.get("thanhtra", &format!("{path}?limit=2")).expect(200);
        assert_eq!(first["items"].as_array().unwrap().len(), 2);
        let second = app.get("thanhtra", &format!("{path}?limit=2&cursor={}", first["next"].as_str().unwrap())).expect(200);
        assert_eq!(second["items"].as_array().unwrap().len(), 1);
        assert_eq!(second["next"], Value::Null);
        let back = app.get("thanhtra", &format!("{path}?limit=2&cursor={}", second["prev"].as_str().unwrap())).expect(200);
        assert_eq!(back["items"], first["items"]);
        // Not for those who look, nor for another ward's leader.
        for who in ["tiepnhan", "thuly.thd", "traketqua", "admin"] {
            app.get(who, &path).refused(403, "role_not_allowed");
        }
        app.get("lanhdao.cn", &path).refused(404, "not_found");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn the_slip_is_the_citizens_own_paper(app) {
        let d = app.take_in("cn");
        let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        assert_eq!(slip["form"], "01");
        assert_eq!(slip["code"], d.body["code"]);
        assert_eq!(slip["owner_name"], "Nguyễn Văn An");
        assert_eq!(slip["phone"], "0912345678");
        assert_eq!(slip["due_at"], d.body["due_at"]);
        assert_eq!(slip["receiver_name"], "Nguyễn Thị Thu Hà");
        assert!(slip["qr_svg"].as_str().unwrap().contains("<svg"));
        assert!(slip["components"][0]["name"].is_string());
        let submitted = app.journey("cn", Station::Submitted);
        app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", submitted.id)).refused(404, "slip_not_issued");
    }

    fn a_centre_receives_for_its_own_wards(app) {
        let mut body = app.intake("thd");
        body["authority_id"] = json!("0198c0de-0000-7000-8000-000000000000");
        app.send_in(&body).invalid("/authority_id", "authority_unknown");
        // A ward that another centre serves: only what is boundary-free may be received for it.
        app.far_ward();
        let list = app.get("tiepnhan", "/api/v1/authorities").expect(200);
        let far = list["items"].as_array().unwrap().iter().find(|a| a["code"] == "far").unwrap();
        body["authority_id"] = far["id"].clone();
        let free = Dossier::of("far", &app.send_in(&body).expect(201));
        // Its clock starts when that ward receives it.
        assert!(free.body["due_at"].is_null(), "{}", free.body);
        body["procedure_code"] = json!(RESIDENCE);
        body["components"] = json!([{ "component_id": "to_khai_ct01", "originals": 1 }]);
        let refused = app.send_in(&body);
        let problem = refused.refused(422, "authority_not_served");
        refused.points_at(&problem, "/authority_id", "authority_not_served");
    }

    fn letters_are_numbered_by_ward_and_form_from_one(app, Options::at("2025-12-31T09:00:00+07:00")) {
        let number = |d: &Dossier| d.body["letters"][0]["number"].as_i64().unwrap();
        let of = |app: &App, ward: &str| number(&app.take_in(ward));
        assert_eq!([of(&app, "thd"), of(&app, "thd"), of(&app, "cn"), of(&app, "thd")], [1, 2, 1, 3]);
        assert_eq!(number(&app.journey("thd", Station::RefusedAtIntake)), 1);
        // A new year, a new series; a new day, a new series of codes.
        app.at("2026-01-05T09:00:00+07:00");
        let d = app.take_in("thd");
        assert_eq!((number(&d), d.text("code")), (1, "H26.14.100-260105-0001"));
        assert_eq!(app.verify(), Vec::<Value>::new());
    }
}
