//! Deadlines watched: lists, alarms, letters of apology, what lapses by time, the digest of a day.

use std::time::Duration;

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

const RULES: &str = "/api/v1/deadlines/watch-rules";

/// The lists a dossier stands in, as its handler finds them.
fn lists(app: &App, who: &str, d: &Dossier) -> Vec<String> {
    motcua_domain::deadline::Concern::ALL
        .iter()
        .map(|c| c.as_str().to_owned())
        .filter(|concern| {
            let found = app
                .get(
                    who,
                    &format!("/api/v1/dossiers?concern={concern}&limit=100"),
                )
                .expect(200);
            found["items"]
                .as_array()
                .unwrap()
                .iter()
                .any(|i| i["id"] == d.id.as_str())
        })
        .collect()
}

/// The alarms of a dossier, oldest first, once `count` of them were raised.
fn alarms(app: &App, d: &Dossier, count: usize) -> Vec<String> {
    let path = format!("/api/v1/alarms?dossier_id={}&limit=100", d.id);
    let mut found = Vec::new();
    for _ in 0..200 {
        let page = app.get("giamdoc", &path).expect(200);
        found = page["items"].as_array().unwrap().clone();
        if found.len() >= count {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    found.reverse();
    found
        .iter()
        .map(|a| a["concern"].as_str().unwrap().to_owned())
        .collect()
}

/// Waits until everything due by now has been said, and what lapsed has been ended.
fn swept(app: &App) {
    for _ in 0..400 {
        let services = app.services.clone();
        let now = motcua_store::Ts::new(services.now());
        let left = services
            .read(|db| {
                let job = motcua_store::watch::open_job(db)?.is_some();
                Ok(job || motcua_store::watch::oldest_due(db, now)?.is_some())
            })
            .unwrap();
        if !left {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("what is due is not said");
}

fn rules(app: &App, member: &str, value: Value) {
    let mut now = app.get("giamdoc", RULES).expect(200);
    let version = now["version"].as_i64().unwrap();
    now[member] = value;
    now.as_object_mut()
        .unwrap()
        .retain(|name, _| !["centre_id", "version"].contains(&name.as_str()));
    app.put_at("giamdoc", RULES, version, &now).expect(200);
}

on_both! {
    fn what_was_over_while_the_clock_stood_still_is_said_by_nobody(app) {
        let mut d = app.journey("thd", Station::Processing);
        // Due on Thursday the 5th; the letter of apology had its days before that.
        app.at("2026-03-05T09:00:00+07:00");
        swept(&app);
        assert_eq!(alarms(&app, &d, 1), ["apology_due"]);
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        app.at("2026-03-10T09:00:00+07:00");
        app.act("thungan", &mut d, "payments", &body_of("payments"));
        assert_eq!(d.text("due_at"), "2026-03-10T17:30:00+07:00");
        // For the new date its days were over before it was known.
        swept(&app);
        assert_eq!(alarms(&app, &d, 2), ["apology_due"]);
        assert!(!lists(&app, "thuly.thd", &d).contains(&"apology_due".to_owned()));
    }

    fn a_dossier_enters_and_leaves_its_lists_by_time_alone(app) {
        let d = app.take_in("thd");
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        let see = |at: &str, wanted: &[&str]| {
            app.at(at);
            assert_eq!(lists(&app, "lanhdao.thd", &d), wanted, "{at}");
        };
        see("2026-03-02T17:29:00+07:00", &[]);
        see("2026-03-02T17:31:00+07:00", &["not_handed_over"]);
        see("2026-03-03T00:00:00+07:00", &["not_handed_over", "apology_due"]);
        see("2026-03-04T08:00:00+07:00", &["not_handed_over", "due_soon", "apology_due"]);
        see("2026-03-05T08:00:00+07:00", &["not_handed_over", "due_today", "due_soon"]);
        see("2026-03-06T00:00:00+07:00", &["not_handed_over", "overdue", "apology_missing"]);
        // Another ward's leader finds it in none, the director in all.
        assert_eq!(lists(&app, "lanhdao.cn", &d), Vec::<String>::new());
        assert_eq!(lists(&app, "giamdoc", &d), ["not_handed_over", "overdue", "apology_missing"]);
        swept(&app);
        assert_eq!(alarms(&app, &d, 4), ["not_handed_over", "apology_due", "overdue", "apology_missing"]);
        assert!(app.verify().is_empty());
    }

    fn each_step_takes_a_dossier_to_the_lists_it_now_belongs_to(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        app.at("2026-03-02T17:31:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["not_acknowledged"]);
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        assert_eq!(lists(&app, "thuly.thd", &d), Vec::<String>::new());
        app.act("thuly.thd", &mut d, "consultations", &body_of("consultations"));
        app.at("2026-03-05T00:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["opinion_late", "due_today", "due_soon"]);
        app.act("thuly.thd", &mut d, "consultation-replies", &body_of("consultation-replies"));
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        app.at("2026-03-20T09:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), Vec::<String>::new());
        app.at("2026-04-06T09:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["paused_too_long"]);
        // A rule of the centre's is looked at with every open dossier; no date changes by it.
        rules(&app, "paused_too_long_days", json!(60));
        swept(&app);
        assert_eq!(lists(&app, "thuly.thd", &d), Vec::<String>::new());
        assert_eq!(app.read("thuly.thd", &d)["due_at"], d.body["due_at"]);
        assert!(app.verify().is_empty());
    }

    fn a_submission_not_answered_in_eight_working_hours_is_told(app) {
        let d = app.journey("thd", Station::Submitted);
        app.at("2026-03-03T09:00:00+07:00");
        assert_eq!(lists(&app, "tiepnhan", &d), Vec::<String>::new());
        app.at("2026-03-03T09:01:00+07:00");
        assert_eq!(lists(&app, "tiepnhan", &d), ["unanswered"]);
        assert_eq!(alarms(&app, &d, 1), ["unanswered"]);
    }

    fn an_alarm_is_raised_once_however_often_it_is_looked_for_and_told_to_who_listens(app) {
        let mut d = app.journey("thd", Station::GivenToHandler);
        app.at("2026-03-03T08:00:00+07:00");
        assert_eq!(alarms(&app, &d, 2), ["not_acknowledged", "apology_due"]);
        // Taken, and taken up again: what was said of it stays said.
        app.act("thuly.thd", &mut d, "acknowledgements", &json!({ "accepted": false, "reason": "Thiếu trang 3." }));
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        for other in ["a", "b", "c"] {
            app.services.sweep(other).unwrap();
        }
        swept(&app);
        // Between the two it was late at the reception, if only for a moment.
        assert_eq!(alarms(&app, &d, 3).len(), 3);
        let feed = app.get("giamdoc", "/api/v1/events?limit=100").expect(200);
        let told: Vec<&Value> = feed["items"].as_array().unwrap().iter()
            .filter(|e| e["kind"] == "alarm.raised" && e["subject_id"] == d.id.as_str()).collect();
        assert_eq!(told.len(), 3);
        assert_eq!(told[0]["data"]["concern"], "not_acknowledged");
        let path = format!("/api/v1/alarms?dossier_id={}&concern=apology_due", d.id);
        let one = app.get("lanhdao.thd", &path).expect(200)["items"][0].clone();
        assert_eq!((&one["since"], &one["code"]), (&json!("2026-03-03T00:00:00+07:00"), &d.body["code"]));
        assert_eq!(app.get("lanhdao.cn", &path).expect(200)["items"], json!([]));
        assert!(app.verify().is_empty());
    }

    fn the_board_counts_each_list_by_ward_desk_officer_and_procedure(app) {
        let mine = app.journey("thd", Station::Processing);
        app.journey("thd", Station::GivenToHandler);
        app.journey("cn", Station::Accepted);
        app.journey("cn", Station::Returned);
        app.at("2026-03-06T08:00:00+07:00");
        let board = app.get("giamdoc", "/api/v1/deadlines/board").expect(200);
        let count = |part: &Value, concern: &str| -> i64 {
            part.as_array().unwrap().iter().find(|c| c["concern"] == concern).map_or(0, |c| c["count"].as_i64().unwrap())
        };
        let part = |board: &Value, by: &str, key: &str| -> Value {
            board[by].as_array().unwrap().iter().find(|p| p["key"] == key).unwrap_or_else(|| panic!("{by} {key}: {board}")).clone()
        };
        assert_eq!(board["total"].as_array().unwrap().len(), motcua_domain::deadline::Concern::ALL.len());
        for (concern, n) in [("overdue", 3), ("apology_missing", 3), ("not_acknowledged", 1), ("not_handed_over", 1), ("due_today", 0)] {
            assert_eq!(count(&board["total"], concern), n, "{concern}");
        }
        let ward = part(&board, "authorities", &app.authority("cn"));
        assert_eq!((count(&ward["counts"], "overdue"), count(&ward["counts"], "not_handed_over")), (1, 1));
        let officer = part(&board, "officers", mine.body["handler"]["id"].as_str().unwrap());
        assert_eq!((&officer["name"], count(&officer["counts"], "overdue")), (&mine.body["handler"]["full_name"], 1));
        assert_eq!(count(&part(&board, "procedures", "1.004873")["counts"], "overdue"), 3);
        assert_eq!(count(&part(&board, "desks", "reception")["counts"], "overdue"), 2);
        // A leader counts his ward's; every number opens into its list.
        let board = app.get("lanhdao.thd", "/api/v1/deadlines/board").expect(200);
        assert_eq!(count(&board["total"], "overdue"), 2);
        let listed = app.get("lanhdao.thd", "/api/v1/dossiers?concern=overdue").expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        assert_eq!(app.get("lanhdao.thd", "/api/v1/dossier-counts?concern=overdue").expect(200)["total"], 2);
        app.get("giamdoc", "/api/v1/deadlines/board?centre_id=0198c0de-0000-7000-8000-000000000000").refused(422, "centre_unknown");
    }

    fn a_handler_drafts_the_apology_and_a_leader_signs_it(app) {
        let mut d = app.journey("thd", Station::Processing);
        let waiting = |who: &str| app.get(who, "/api/v1/apologies").expect(200)["items"].as_array().unwrap().clone();
        app.try_act("lanhdao.thd", &d, "apology-returns", &body_of("apology-returns")).refused(409, "no_apology_drafted");
        let mut body = body_of("apologies");
        body["new_due_on"] = json!("2026-03-09");
        app.act("thuly.thd", &mut d, "apologies", &body);
        assert_eq!((d.text("due_at"), d.body["letters"].as_array().unwrap().len()), ("2026-03-05T17:30:00+07:00", 1));
        let draft = &d.body["apology"];
        assert_eq!((&draft["reason_code"], &draft["new_due_on"], &draft["latest_on"], &draft["drafted_by"]["full_name"]),
            (&json!("other_agency"), &json!("2026-03-09"), &json!("2026-03-04"), &d.body["handler"]["full_name"]));
        assert_eq!(waiting("lanhdao.thd")[0]["dossier_id"], d.id.as_str());
        assert!(waiting("lanhdao.cn").is_empty());
        // Sent back with what is to be done, drafted again, and again before it is signed.
        app.act("lanhdao.thd", &mut d, "apology-returns", &body_of("apology-returns"));
        assert!(waiting("lanhdao.thd").is_empty() && d.body["apology"].is_null());
        app.act("thuly.thd", &mut d, "apologies", &body);
        body["new_due_on"] = json!("2026-03-10");
        app.act("thuly.thd", &mut d, "apologies", &body);
        assert_eq!(waiting("lanhdao.thd").len(), 1);
        let signed = json!({ "new_due_on": "2026-03-10", "reason": body["reason"] });
        app.try_act("thuly.thd", &d, "extensions", &signed).refused(403, "role_not_allowed");
        app.act("lanhdao.thd", &mut d, "extensions", &signed);
        assert_eq!((d.text("due_at"), d.text("due_at_original")), ("2026-03-10T17:30:00+07:00", "2026-03-05T17:30:00+07:00"));
        assert_eq!((&d.body["extension"]["reason_code"], &d.body["apology"]), (&json!("other_agency"), &Value::Null));
        assert!(d.body["letters"].as_array().unwrap().iter().any(|l| l["form"] == "04"));
        assert!(waiting("lanhdao.thd").is_empty());
        app.try_act("thuly.thd", &d, "apologies", &body).refused(409, "extension_already_used");
        app.at("2026-03-09T09:00:00+07:00");
        assert_eq!(lists(&app, "lanhdao.thd", &d), ["due_soon"]);
        assert!(app.verify().is_empty());
    }

    fn an_apology_that_the_law_does_not_allow_is_not_even_drafted(app) {
        let mut d = app.journey("thd", Station::Processing);
        let with = |d: &Dossier, member: &str, value: Value| {
            let mut body = body_of("apologies");
            body["new_due_on"] = json!("2026-03-09");
            body[member] = value;
            app.try_act("thuly.thd", d, "apologies", &body)
        };
        with(&d, "new_due_on", json!("2026-03-05")).refused(422, "extension_not_later");
        with(&d, "new_due_on", json!("2026-03-08")).refused(422, "extension_not_working_day");
        with(&d, "reason", json!(" ")).refused(422, "reason_required");
        assert_eq!(with(&d, "reason_code", json!("bad_luck")).status, 422);
        // The last working day before the date is the last.
        app.at("2026-03-04T17:29:00+07:00");
        let mut body = body_of("apologies");
        body["new_due_on"] = json!("2026-03-09");
        app.act("thuly.thd", &mut d, "apologies", &body);
        app.at("2026-03-05T07:30:00+07:00");
        with(&d, "new_due_on", json!("2026-03-10")).refused(409, "extension_too_late");
        // Drafted in time is not signed in time.
        let signed = json!({ "new_due_on": "2026-03-09", "reason": "Chậm xác minh." });
        app.try_act("lanhdao.thd", &d, "extensions", &signed).refused(409, "extension_too_late");
        assert!(app.verify().is_empty());
    }

    fn what_ran_over_without_an_apology_stays_so_whatever_becomes_of_it(app) {
        let mut done = app.journey("thd", Station::Processing);
        let mut gone = app.journey("thd", Station::Processing);
        let kept = app.journey("thd", Station::Processing);
        app.at("2026-03-06T09:00:00+07:00");
        for (who, action, body) in [
            ("thuly.thd", "handovers", json!({ "to": "leader" })),
            ("lanhdao.thd", "acknowledgements", json!({ "accepted": true })),
            ("lanhdao.thd", "decisions", body_of("decisions")),
            ("thuly.thd", "results", body_of("results")),
            ("traketqua", "returns", body_of("returns")),
        ] {
            app.act(who, &mut done, action, &body);
        }
        app.act("tiepnhan", &mut gone, "withdrawals", &body_of("withdrawals"));
        app.act("lanhdao.thd", &mut gone, "withdrawals", &body_of("withdrawals"));
        assert_eq!(done.text("timing"), "overdue");
        app.try_act("lanhdao.thd", &kept, "extensions", &json!({ "new_due_on": "2026-03-20", "reason": "Chậm." }))
            .refused(409, "extension_too_late");
        assert_eq!(lists(&app, "lanhdao.thd", &done), ["apology_missing"]);
        assert_eq!(lists(&app, "lanhdao.thd", &gone), ["apology_missing"]);
        assert_eq!(lists(&app, "lanhdao.thd", &kept), ["overdue", "apology_missing"]);
        // Each says who is responsible, and the board counts what can still be done something about.
        let listed = app.get("giamdoc", "/api/v1/dossiers?concern=apology_missing").expect(200);
        assert!(listed["items"].as_array().unwrap().iter().all(|i| i["handler"]["full_name"].is_string()), "{listed}");
        let board = app.get("giamdoc", "/api/v1/deadlines/board").expect(200);
        let missing = board["total"].as_array().unwrap().iter().find(|c| c["concern"] == "apology_missing").unwrap();
        assert_eq!(missing["count"], 1);
        assert!(app.verify().is_empty());
    }

    fn what_was_not_supplied_before_acceptance_is_refused_by_the_program_warned_first(app) {
        let d = app.journey("thd", Station::IntakeSupplement);
        assert_eq!(d.text("supplement_due_on"), "2026-04-01");
        app.at("2026-03-27T08:00:00+07:00");
        assert_eq!(lists(&app, "tiepnhan", &d), ["supplement_lapsing"]);
        assert_eq!(alarms(&app, &d, 1), ["supplement_lapsing"]);
        app.at("2026-04-01T23:59:00+07:00");
        swept(&app);
        assert_eq!(app.read("tiepnhan", &d)["state"], "intake_supplement_requested");
        app.at("2026-04-02T00:00:01+07:00");
        swept(&app);
        let ended = app.read("tiepnhan", &d);
        assert_eq!(ended["state"], "refused_at_intake");
        assert!(ended["letters"].as_array().unwrap().iter().any(|l| l["form"] == "03"), "{ended}");
        let path = format!("/api/v1/dossiers/{}/timeline?limit=100", d.id);
        let last = app.get("tiepnhan", &path).expect(200)["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["transition"], &last["actor"]["id"]), (&json!("T8"), &Value::Null));
        assert_eq!(alarms(&app, &d, 2), ["supplement_lapsing", "supplement_lapsed"]);
        assert_eq!(lists(&app, "tiepnhan", &d), Vec::<String>::new());
        assert!(app.verify().is_empty());
    }

    fn after_appraisal_an_officer_ends_what_was_not_supplied_unless_the_centre_lets_the_program(app) {
        let mut by_hand = app.journey("thd", Station::SupplementRequested);
        app.at("2026-04-02T08:00:00+07:00");
        swept(&app);
        assert_eq!(lists(&app, "thuly.thd", &by_hand), ["paused_too_long", "supplement_lapsed"]);
        app.act("thuly.thd", &mut by_hand, "stops", &json!({ "reason": "Quá hạn bổ sung." }));
        rules(&app, "stop_lapsed", json!(true));
        let by_program = app.journey("thd", Station::SupplementRequested);
        app.at("2026-05-03T08:00:00+07:00");
        swept(&app);
        let ended = app.read("thuly.thd", &by_program);
        assert_eq!((&ended["state"], &ended["ending"]["by"]), (&json!("stopped"), &Value::Null));
        assert!(ended["letters"].as_array().unwrap().iter().any(|l| l["form"] == "05"), "{ended}");
        assert!(app.verify().is_empty());
    }

    fn the_rules_of_watching_are_set_by_who_answers_for_the_centre(app) {
        let now = app.get("thuly.thd", RULES).expect(200);
        assert_eq!((&now["version"], &now["paused_too_long_days"], &now["stop_lapsed"]), (&json!(0), &json!(30), &json!(false)));
        let mut body = now.clone();
        body.as_object_mut().unwrap().retain(|name, _| !["centre_id", "version"].contains(&name.as_str()));
        for who in ["tiepnhan", "thuly.thd", "lanhdao.thd", "thungan", "thanhtra"] {
            app.put_at(who, RULES, 0, &body).refused(403, "role_not_allowed");
        }
        body["lapse_warning_days"] = json!(0);
        app.put_at("admin", RULES, 0, &body).invalid("/lapse_warning_days", "out_of_range");
        body["lapse_warning_days"] = json!(10);
        body["supplement_reply_days"] = json!(20);
        assert_eq!(app.put_at("admin", RULES, 0, &body).expect(200)["version"], 1);
        app.put_at("giamdoc", RULES, 0, &body).refused(412, "version_stale");
        let d = app.journey("thd", Station::SupplementRequested);
        assert_eq!(d.text("supplement_due_on"), "2026-03-22");
        app.at("2026-03-12T08:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["supplement_lapsing"]);
        assert!(app.verify().is_empty());
    }

    fn each_working_day_begins_with_one_digest(app, Options::at("2026-03-06T06:00:00+07:00")) {
        let digests = || {
            for _ in 0..100 {
                let n = app.get("giamdoc", "/api/v1/deadlines/digests").expect(200)["items"].as_array().unwrap().clone();
                if !n.is_empty() {
                    return n;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            Vec::new()
        };
        app.journey("thd", Station::Accepted);
        app.at("2026-03-06T08:00:00+07:00");
        assert_eq!(digests().len(), 1);
        // Saturday and Sunday have none, Monday has one, whoever sweeps.
        for at in ["2026-03-07T09:00:00+07:00", "2026-03-08T09:00:00+07:00", "2026-03-09T07:29:00+07:00", "2026-03-09T09:00:00+07:00"] {
            app.at(at);
            std::thread::sleep(Duration::from_millis(1200));
        }
        let found = app.get("giamdoc", "/api/v1/deadlines/digests").expect(200)["items"].clone();
        let days: Vec<&str> = found.as_array().unwrap().iter().map(|d| d["on"].as_str().unwrap()).collect();
        assert_eq!(days, ["2026-03-09", "2026-03-06"]);
        assert_eq!(found[0]["total"], json!([{ "concern": "not_handed_over", "count": 1 }, { "concern": "apology_due", "count": 1 }]));
        app.get("thuly.thd", "/api/v1/deadlines/digests").refused(403, "role_not_allowed");
        assert!(app.verify().is_empty());
    }

    fn a_changed_calendar_moves_the_days_of_warning_also_where_the_date_stays(app) {
        let d = app.journey("thd", Station::Processing);
        // Thursday stays the date; Wednesday off makes Tuesday the last day for the letter.
        app.post("giamdoc", "/api/v1/calendar/changes", &json!({
            "source": "Công văn số 9/UBND-VP ngày 02/3/2026", "announced_on": "2026-03-02",
            "name": "Nghỉ hoán đổi", "days_off": ["2026-03-10"]
        })).expect(201);
        app.post("giamdoc", "/api/v1/calendar/changes", &json!({
            "source": "Công văn số 10/UBND-VP ngày 02/3/2026", "announced_on": "2026-03-02",
            "name": "Nghỉ hoán đổi", "days_off": ["2026-03-04"]
        })).expect(201);
        for _ in 0..200 {
            let all = app.get("admin", "/api/v1/calendar/versions").expect(200);
            if all["items"].as_array().unwrap().iter().all(|v| v["carried"].is_null() || v["carried"]["finished_at"].is_string()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let now = app.read("thuly.thd", &d);
        assert_eq!(now["due_at"], "2026-03-06T17:30:00+07:00", "three working days are one later");
        app.at("2026-03-03T08:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["apology_due"]);
        app.at("2026-03-05T23:00:00+07:00");
        assert_eq!(lists(&app, "thuly.thd", &d), ["due_soon", "apology_due"]);
    }
}
