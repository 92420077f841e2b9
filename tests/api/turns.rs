//! The turns off the straight way: opinions, money owed, holds, stops, transfers, apologies,
//! corrections, and steps taken back.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

fn last_line(app: &App, d: &Dossier) -> Value {
    let path = format!("/api/v1/dossiers/{}/timeline?limit=100", d.id);
    let lines = app.get("tiepnhan", &path).expect(200);
    lines["items"].as_array().unwrap().last().unwrap().clone()
}

fn forms(d: &Dossier) -> Vec<&str> {
    let letters = d.body["letters"].as_array().unwrap();
    letters
        .iter()
        .map(|l| l["form"].as_str().unwrap())
        .collect()
}

on_both! {
    fn an_opinion_is_asked_for_and_answered_while_the_clock_runs(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("thuly.thd", &mut d, "consultations", &body_of("consultations"));
        assert_eq!((d.text("state"), d.text("sub_state"), d.text("timing")), ("processing", "awaiting_consultation", "within_time"));
        let asked = &d.body["consultation"];
        assert_eq!((asked["body"].as_str(), asked["reply_due_on"].as_str()), (Some("Công an phường"), Some("2026-03-04")));
        assert_eq!(asked["asked_by"]["full_name"], app.get("thuly.thd", "/api/v1/me").expect(200)["full_name"]);
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        app.try_act("thuly.thd", &d, "consultations", &body_of("consultations")).refused(409, "consultation_open");
        let problem = app.try_act("thuly.thd", &d, "consultation-replies", &json!({ "reply": " " }));
        assert_eq!(problem.refused(422, "validation_failed")["errors"][0]["pointer"], "/reply");
        app.act("thuly.thd", &mut d, "consultation-replies", &body_of("consultation-replies"));
        assert!(d.body["consultation"].is_null() && d.body["sub_state"].is_null());
        assert_eq!(last_line(&app, &d)["kind"], "consultation_answered");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn money_owed_stops_the_clock_until_the_cashier_settles_it(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        assert_eq!((d.text("state"), d.text("payment_state"), d.text("timing")), ("payment_required", "pending", "paused"));
        assert_eq!((&d.body["national_status"], &d.body["payment_request"]["amount_vnd"]), (&json!(6), &json!(150_000)));
        app.at("2026-03-04T09:00:00+07:00");
        app.act("thungan", &mut d, "payments", &body_of("payments"));
        assert_eq!((d.text("state"), d.text("payment_state")), ("processing", "paid"));
        assert_eq!(d.body["payment_request"]["settlement"], "paid");
        // Two working days were waited, Tuesday and Wednesday: the promise moves by as much.
        assert_eq!(d.text("due_at"), "2026-03-09T17:30:00+07:00");
        assert_eq!(d.text("due_at_original"), "2026-03-05T17:30:00+07:00");
        let mut nothing = body_of("payment-requests");
        nothing["amount_vnd"] = json!(0);
        app.try_act("thuly.thd", &d, "payment-requests", &nothing).refused(422, "amount_out_of_range");
    }

    fn a_held_dossier_goes_on_with_the_time_it_had(app) {
        let mut d = app.journey("thd", Station::Processing);
        let groundless = json!({ "reason": "Có tranh chấp." });
        app.try_act("lanhdao.thd", &d, "holds", &groundless).refused(422, "legal_ground_required");
        app.act("lanhdao.thd", &mut d, "holds", &body_of("holds"));
        assert_eq!((d.text("state"), d.text("timing")), ("on_hold", "paused"));
        assert_eq!((d.body["ending"]["kind"].as_str(), &d.body["national_status"]), (Some("hold"), &json!(8)));
        assert!(forms(&d).contains(&"05"));
        app.at("2026-03-10T09:00:00+07:00");
        app.act("lanhdao.thd", &mut d, "resumptions", &body_of("resumptions"));
        assert_eq!((d.text("state"), d.text("due_at")), ("processing", "2026-03-13T17:30:00+07:00"));
        assert!(d.body["ending"].is_null());
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_stop_ends_it_and_says_why(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("lanhdao.thd", &mut d, "stops", &body_of("stops"));
        assert_eq!((d.text("state"), &d.body["timing"]), ("stopped", &Value::Null));
        assert_eq!(d.body["ending"]["legal_ground"], "Bộ luật Tố tụng dân sự, Điều 214");
        assert_eq!(forms(&d), ["01", "05"]);
        assert!(d.body["allowed_actions"].as_array().unwrap().is_empty(), "{}", d.body["allowed_actions"]);
    }

    fn what_another_authority_is_competent_for_is_passed_on(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("tiepnhan", &mut d, "transfers", &body_of("transfers"));
        assert_eq!((d.text("state"), &d.body["national_status"]), ("transferred", &json!(4)));
        assert_eq!(d.body["ending"]["to"], "Ủy ban nhân dân phường Hoàn Kiếm");
        assert_eq!(d.text("paper_location"), "other_authority");
    }

    fn what_belongs_to_another_ward_of_the_centre_goes_on_there(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.at("2026-03-03T10:00:00+07:00");
        let to = |ward: &str| json!({ "authority_id": app.authority(ward), "reason": "Thuộc thẩm quyền nơi thường trú." });
        app.try_act("tiepnhan", &d, "transfers", &to("thd")).invalid("/authority_id", "transfer_same_authority");
        let mut both = to("cn");
        both["to"] = json!("Ủy ban nhân dân phường Hoàn Kiếm");
        app.try_act("tiepnhan", &d, "transfers", &both).invalid("/to", "invalid_value");
        app.try_act("tiepnhan", &d, "transfers", &json!({ "reason": "Nhầm." })).refused(422, "authority_required");
        let nowhere = json!({ "authority_id": "0198f2a0-0000-7000-8000-000000000000", "reason": "Nhầm." });
        app.try_act("tiepnhan", &d, "transfers", &nowhere).invalid("/authority_id", "authority_unknown");
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers").expect(200)["items"].as_array().unwrap().len(), 1);

        app.act("tiepnhan", &mut d, "transfers", &to("cn"));
        assert_eq!((d.text("state"), d.text("paper_location")), ("transferred", "other_authority"));
        let next = d.body["continued_as"].clone();
        assert_eq!(next["authority"], "Ủy ban nhân dân phường Cửa Nam");
        // It is Cửa Nam's now, with its people, papers and fees, a code, a slip and a promise of its own.
        let path = format!("/api/v1/dossiers/{}", next["id"].as_str().unwrap());
        let leg = app.get("thuly.cn", &path).expect(200);
        assert_eq!((&leg["state"], &leg["code"]), (&json!("accepted"), &next["code"]));
        assert_eq!((&leg["continues"]["id"], &leg["continues"]["code"]), (&json!(d.id), &d.body["code"]));
        for same in ["owner", "filer", "components", "fees", "procedure", "channel", "result_delivery"] {
            assert_eq!(leg[same], d.body[same], "{same}");
        }
        assert_eq!((&leg["due_at"], &leg["submitted_at"]), (&json!("2026-03-06T17:30:00+07:00"), &d.body["submitted_at"]));
        assert_eq!(leg["letters"][0]["form"], "01");
        app.get("thuly.thd", &path).refused(404, "not_found");
        // The citizen who asks by the first code is told where it is.
        let told = app.post("", "/api/v1/public/dossier-lookups", &json!({ "code": d.text("code"), "proof": "2345" })).expect(200);
        assert_eq!((&told["state"], &told["continued_as"]["code"]), (&json!("transferred"), &next["code"]));
        // It is no button's to take back, and it goes on to its end like any other.
        app.try_act("lanhdao.thd", &d, "undos", &body_of("undos")).refused(409, "nothing_to_undo");
        let mut leg = Dossier { ward: "cn".into(), id: next["id"].as_str().unwrap().into(), version: 1, body: leg };
        app.act("tiepnhan", &mut leg, "handovers", &json!({ "to": "handler" }));
        let open = format!("handovers/{}/acknowledgements", leg.body["open_handover"]["id"].as_str().unwrap());
        app.act("thuly.cn", &mut leg, &open, &body_of("acknowledgements"));
        assert_eq!(leg.text("state"), "processing");
        // Sent back, it goes on a third time.
        app.act("tiepnhan", &mut leg, "transfers", &to("thd"));
        assert_eq!(leg.body["continues"]["id"], json!(d.id));
        assert_ne!(leg.body["continued_as"]["id"], json!(d.id));
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_leg_of_what_came_online_keeps_when_it_was_filed(app) {
        let mut body = app.intake("thd");
        body["channel"] = json!("online");
        let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
        let filed = d.body["submitted_at"].clone();
        app.at("2026-03-02T10:00:00+07:00");
        app.act("tiepnhan", &mut d, "acceptances", &body_of("acceptances"));
        app.act("tiepnhan", &mut d, "transfers", &json!({ "authority_id": app.authority("ht"), "reason": "Nhầm phường." }));
        let next = format!("/api/v1/dossiers/{}", d.body["continued_as"]["id"].as_str().unwrap());
        let leg = app.get("thuly.ht", &next).expect(200);
        assert_eq!((&leg["state"], &leg["submitted_at"], &leg["submission_number"]), (&json!("accepted"), &filed, &Value::Null));
        assert_eq!(leg["continues"]["code"], d.body["code"]);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_wrong_result_is_put_right_before_it_is_handed_back(app) {
        let mut d = app.journey("thd", Station::Completed);
        let ready = d.body["completed_at"].clone();
        app.at("2026-03-09T09:00:00+07:00");
        app.try_act("lanhdao.thd", &d, "undos", &body_of("undos")).refused(409, "undo_window_passed");
        app.try_act("thuly.thd", &d, "results", &body_of("results")).refused(409, "transition_not_allowed");
        app.act("lanhdao.thd", &mut d, "corrections", &body_of("corrections"));
        assert_eq!((d.text("state"), d.text("sub_state"), last_line(&app, &d)["transition"].as_str()), ("completed", "correcting", Some("T26")));
        app.try_act("traketqua", &d, "returns", &body_of("returns")).refused(409, "correction_open");
        let right = json!({ "number": "126/XNHN", "issued_on": "2026-03-09", "summary": "Giấy xác nhận (đính chính)" });
        app.act("thuly.thd", &mut d, "results", &right);
        // When it was first ready stays: a correction makes nothing late, and nothing timely.
        assert_eq!((&d.body["completed_at"], d.body["result"]["number"].as_str()), (&ready, Some("126/XNHN")));
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        assert_eq!(d.text("state"), "returned");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_wrong_result_is_put_right_after_it_was_handed_back(app) {
        let mut d = app.journey("thd", Station::Returned);
        app.try_act("thuly.thd", &d, "results", &body_of("results")).refused(409, "transition_not_allowed");
        app.act("lanhdao.thd", &mut d, "corrections", &body_of("corrections"));
        assert_eq!((d.text("state"), d.text("sub_state")), ("returned", "correcting"));
        app.try_act("lanhdao.thd", &d, "corrections", &body_of("corrections")).refused(409, "correction_open");
        let right = json!({ "number": "126/XNHN", "issued_on": "2026-03-03", "summary": "Giấy xác nhận (đính chính)" });
        app.act("thuly.thd", &mut d, "results", &right);
        assert_eq!((d.text("sub_state"), d.body["result"]["number"].as_str()), ("corrected", Some("126/XNHN")));
        assert_eq!(d.body["correction"]["reason"], "Sai ngày sinh.");
        assert!(d.text("completed_at").starts_with("2026-03-02"), "a correction is no later completion");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }
}

on_both! {
    // DOMAIN §3.4 V30: due Friday the 13th, the letter at the latest on Thursday the 12th.
    fn an_apology_comes_a_day_before_and_once(app, Options::at("2026-03-09T09:00:00+07:00")) {
        let mut d = app.journey("thd", Station::Processing);
        let until = |day: &str| json!({ "new_due_on": day, "reason": "Cơ quan phối hợp chưa trả lời." });
        app.try_act("lanhdao.thd", &d, "extensions", &until("2026-03-12")).refused(422, "extension_not_later");
        app.try_act("lanhdao.thd", &d, "extensions", &until("2026-03-14")).refused(422, "extension_not_working_day");
        app.try_act("lanhdao.thd", &d, "extensions", &json!({ "new_due_on": "2026-03-17", "reason": " " }))
            .refused(422, "reason_required");
        assert_eq!(d.text("due_at"), "2026-03-12T17:30:00+07:00");
        app.act("lanhdao.thd", &mut d, "extensions", &until("2026-03-17"));
        assert_eq!(d.text("due_at"), "2026-03-17T17:30:00+07:00");
        assert_eq!(d.text("due_at_original"), "2026-03-12T17:30:00+07:00");
        let e = &d.body["extension"];
        assert_eq!((e["from"].as_str(), e["to"].as_str()), (Some("2026-03-12T17:30:00+07:00"), Some("2026-03-17T17:30:00+07:00")));
        assert_eq!(forms(&d), ["01", "04"]);
        app.try_act("lanhdao.thd", &d, "extensions", &until("2026-03-19")).refused(409, "extension_already_used");

        let late = app.journey("cn", Station::Processing);
        app.at("2026-03-12T07:45:00+07:00");
        app.try_act("lanhdao.cn", &late, "extensions", &until("2026-03-17")).refused(409, "extension_too_late");
    }
}

on_both! {
    fn a_hand_over_taken_back_never_arrived(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!((d.text("state"), d.text("desk")), ("accepted", "reception"));
        assert!(d.body["open_handover"].is_null());
        assert_eq!(d.text("paper_location"), "reception");
        let line = last_line(&app, &d);
        assert_eq!((line["transition"].as_str(), line["kind"].as_str()), (Some("T26"), Some("undone")));
        assert_eq!((line["detail"]["step"].as_str(), line["detail"]["reason"].as_str()), (Some("handed_over"), Some("Bấm nhầm hồ sơ.")));
        // Once only, and the dossier goes its way as if nothing had been.
        app.try_act("lanhdao.thd", &d, "undos", &body_of("undos")).refused(409, "nothing_to_undo");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn an_acknowledgement_taken_back_waits_again(app) {
        let mut d = app.journey("thd", Station::Processing);
        assert_eq!(d.body["handler"]["full_name"], app.get("thuly.thd", "/api/v1/me").expect(200)["full_name"]);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!((d.text("state"), d.text("desk")), ("accepted", "reception"));
        assert!(d.body["handler"].is_null());
        assert_eq!(d.body["open_handover"]["to_desk"], "handler");
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": true }));
        assert_eq!(d.text("state"), "processing");
    }

    fn a_result_taken_back_is_no_result(app) {
        let mut d = app.journey("thd", Station::Completed);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!((d.text("state"), d.text("sub_state")), ("processing", "decided"));
        assert!(d.body["result"].is_null() && d.body["completed_at"].is_null());
        assert_eq!(d.body["decision"]["outcome"], "grant");
        let again = json!({ "number": "126/XNHN", "issued_on": "2026-03-02", "summary": "Giấy xác nhận" });
        app.act("thuly.thd", &mut d, "results", &again);
        assert_eq!(d.body["result"]["number"], "126/XNHN");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn an_opinion_and_a_payment_taken_back_leave_nothing_open(app) {
        let mut d = app.journey("thd", Station::Consulting);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert!(d.body["consultation"].is_null() && d.body["sub_state"].is_null());
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!((d.text("state"), &d.body["payment_request"]), ("processing", &Value::Null));
        assert_eq!((d.text("due_at"), d.body["pauses"].as_array().unwrap().len()), ("2026-03-05T17:30:00+07:00", 0));
    }

    fn a_step_is_taken_back_within_minutes_or_not_at_all(app) {
        let d = app.journey("thd", Station::Processing);
        let view = app.read("lanhdao.thd", &d);
        assert_eq!(view["undoable"]["step"], "acknowledged");
        assert!(app.read("thuly.thd", &d)["undoable"].is_null());
        let later = app.now() + chrono::Duration::minutes(6);
        app.at(&later.to_rfc3339());
        assert!(app.read("lanhdao.thd", &d)["undoable"].is_null());
        app.try_act("lanhdao.thd", &d, "undos", &body_of("undos")).refused(409, "undo_window_passed");
        // What left a paper behind stays.
        let mut signed = app.journey("cn", Station::Decided);
        app.try_act("lanhdao.cn", &signed, "undos", &body_of("undos")).refused(409, "undo_not_possible");
        app.act("thuly.cn", &mut signed, "results", &body_of("results"));
    }
}
