//! The internal workflow of a procedure: kept with its version, walked by its dossiers, watched apart from
//! the promise.

use motcua_tests::dossier::{MARITAL, body_of};
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

/// 2 + 3 + 2 + 1 hours, as Hà Nội divides eight, the handler's three into two steps.
fn workflow() -> Value {
    json!({
        "decision": { "number": "663/QĐ-UBND", "date": "2026-02-10" },
        "steps": [
            { "id": "tiep_nhan", "name": "Tiếp nhận, chuyển hồ sơ", "desk": "reception", "minutes": 120 },
            { "id": "tham_dinh", "name": "Thẩm định hồ sơ", "desk": "handler", "minutes": 180 },
            { "id": "du_thao", "name": "Dự thảo kết quả", "desk": "handler", "minutes": 60 },
            { "id": "ky_duyet", "name": "Ký duyệt", "desk": "leader", "minutes": 120 }
        ]
    })
}

/// The version of the procedure that holds, with something changed, as a draft.
fn draft(app: &App, change: impl Fn(&mut Value)) -> motcua_tests::Answer {
    let known = app
        .get("admin", &format!("/api/v1/procedures/{MARITAL}"))
        .expect(200);
    let version = known["version"].as_i64().unwrap();
    let path = format!("/api/v1/procedures/{MARITAL}/versions/{version}");
    let mut procedure = app.get("admin", &path).expect(200)["procedure"].clone();
    procedure["in_force_from"] = json!("2026-03-02");
    procedure["announcing_decision"] = json!({ "number": "702/QĐ-UBND", "date": "2026-02-20" });
    change(&mut procedure);
    app.post(
        "admin",
        "/api/v1/procedure-drafts",
        &json!({ "base_version": version, "procedure": procedure }),
    )
}

/// Publishes the procedure with a workflow.
fn published(app: &App, workflow: &Value) {
    let kept = draft(app, |p| p["workflow"] = workflow.clone()).expect(201);
    assert_eq!(kept["faults"], json!([]));
    let path = format!(
        "/api/v1/procedure-drafts/{}/publications",
        kept["id"].as_str().unwrap()
    );
    app.post_at(
        "admin",
        &path,
        kept["version"].as_i64().unwrap(),
        &json!({}),
    )
    .expect(201);
}

/// Where a dossier has been: `step due end late`.
fn walk(body: &Value) -> Vec<String> {
    let time = |v: &Value| {
        v.as_str().map_or_else(
            || "…".to_owned(),
            |t| {
                let at = chrono::DateTime::parse_from_rfc3339(t).unwrap();
                // To the nearest minute: the clock goes on between two steps.
                (at + chrono::TimeDelta::seconds(30))
                    .format("%m-%d %H:%M")
                    .to_string()
            },
        )
    };
    body["workflow"]["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            let late = if r["late"] == true { " late" } else { "" };
            format!(
                "{} {} {}{late}",
                r["step_id"].as_str().unwrap(),
                time(&r["due_at"]),
                time(&r["ended_at"])
            )
        })
        .collect()
}

fn late_here(app: &App, d: &Dossier) -> bool {
    let found = app
        .get("thuly.thd", "/api/v1/dossiers?concern=step_late&limit=100")
        .expect(200);
    found["items"]
        .as_array()
        .unwrap()
        .iter()
        .any(|i| i["id"] == d.id.as_str())
}

on_both! {
    fn a_dossier_walks_the_steps_its_procedure_plans_and_its_promise_does_not_move(app) {
        let before = app.take_in("thd");
        published(&app, &workflow());
        let mut d = app.take_in("thd");
        assert_eq!(d.body["workflow"]["decision"]["number"], "663/QĐ-UBND");
        assert_eq!(d.body["due_at"], before.body["due_at"]);
        // The demo day begins on Monday 2 March at 9.
        assert_eq!(walk(&d.body), ["tiep_nhan 03-02 11:00 …"]);
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.at("2026-03-02T10:30:00+07:00");
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        assert_eq!(walk(&d.body), ["tiep_nhan 03-02 11:00 03-02 10:30", "tham_dinh 03-02 15:30 …"]);
        let offered = d.body["allowed_actions"].as_array().unwrap();
        assert!(offered.contains(&json!("steps")), "{offered:?}");
        app.at("2026-03-02T15:29:00+07:00");
        assert!(!late_here(&app, &d), "a minute is left");
        app.at("2026-03-02T15:45:00+07:00");
        assert!(late_here(&app, &d));
        app.act("thuly.thd", &mut d, "steps", &json!({ "note": "Đã thẩm định xong." }));
        assert!(!late_here(&app, &d));
        assert_eq!(walk(&d.body)[1..], ["tham_dinh 03-02 15:30 03-02 15:45 late", "du_thao 03-02 16:45 …"]);
        app.try_act("thuly.thd", &d, "steps", &json!({})).refused(409, "no_further_step");
        let lines = app.get("thuly.thd", &format!("/api/v1/dossiers/{}/timeline?limit=100", d.id)).expect(200);
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["transition"]), (&json!("step_begun"), &json!("T10")));
        assert_eq!((&last["detail"]["step"]["name"], &last["detail"]["note"]), (&json!("Dự thảo kết quả"), &json!("Đã thẩm định xong.")));
        app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
        app.act("lanhdao.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("lanhdao.thd", &mut d, "decisions", &body_of("decisions"));
        app.act("thuly.thd", &mut d, "results", &body_of("results"));
        assert_eq!(walk(&d.body)[3..], ["ky_duyet 03-03 07:45 03-02 15:45"]);
        assert_eq!(d.body["workflow"]["runs"][3]["ended_by"]["full_name"], app.get("thuly.thd", "/api/v1/me").expect(200)["full_name"]);
        assert_eq!((&d.body["due_at"], d.text("timing")), (&before.body["due_at"], "early"));
        // Each late step is said once, the one that was ended before it was looked at too.
        let alarms = app.get("giamdoc", &format!("/api/v1/alarms?dossier_id={}", d.id)).expect(200);
        let said: Vec<&str> = alarms["items"].as_array().unwrap().iter().map(|a| a["concern"].as_str().unwrap()).collect();
        assert_eq!(said, ["step_late"]);
        // What came in before walks nothing, and misses nothing.
        let old = app.read("tiepnhan", &before);
        assert_eq!(old["workflow"], Value::Null);
        assert!(!old["blocked_actions"].as_array().unwrap().iter().any(|b| b["action"] == "steps"));
        assert!(app.verify().is_empty());
    }

    fn a_step_waits_with_the_clock_and_begins_anew_with_the_limit(app) {
        published(&app, &workflow());
        let mut d = app.take_in("thd");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        app.at("2026-03-03T14:00:00+07:00");
        assert!(!late_here(&app, &d));
        app.act("thungan", &mut d, "payments", &body_of("payments"));
        // All of its three hours are left.
        assert_eq!(walk(&d.body)[1..], ["tham_dinh 03-03 17:00 …"]);
        app.act("thuly.thd", &mut d, "supplement-requests", &body_of("supplement-requests"));
        app.at("2026-03-05T08:20:00+07:00");
        app.act("tiepnhan", &mut d, "supplements", &json!({}));
        assert_eq!(walk(&d.body)[1..], ["tham_dinh 03-05 11:20 03-05 08:20", "tham_dinh 03-05 11:20 …"]);
        assert!(d.text("clock_started_at").starts_with("2026-03-05T08:20:00"));
    }

    fn a_step_taken_back_is_walked_again(app) {
        published(&app, &workflow());
        let mut d = app.take_in("thd");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.at("2026-03-02T09:30:00+07:00");
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!(walk(&d.body), ["tiep_nhan 03-02 11:00 …"]);
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.at("2026-03-02T10:00:00+07:00");
        app.act("thuly.thd", &mut d, "steps", &json!({}));
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        assert_eq!(walk(&d.body)[1..], ["tham_dinh 03-02 14:30 …"]);
        let lines = app.get("thuly.thd", &format!("/api/v1/dossiers/{}/timeline?limit=100", d.id)).expect(200);
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["detail"]["step"]), (&json!("undone"), &json!("step_begun")));
        assert!(app.verify().is_empty());
    }

    fn a_day_off_announced_late_gives_the_step_its_time_again(app, Options::at("2026-03-02T16:30:00+07:00")) {
        published(&app, &workflow());
        let d = app.take_in("thd");
        assert_eq!(walk(&d.body), ["tiep_nhan 03-03 08:30 …"]);
        app.post("giamdoc", "/api/v1/calendar/changes", &json!({
            "source": "Công văn số 12/UBND-VP ngày 02/3/2026", "announced_on": "2026-03-02",
            "name": "Nghỉ hoán đổi", "days_off": ["2026-03-03"]
        })).expect(201);
        for _ in 0..200 {
            if walk(&app.read("tiepnhan", &d)) == ["tiep_nhan 03-04 08:30 …"] {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{:?}", walk(&app.read("tiepnhan", &d)));
    }

    fn a_workflow_that_cannot_be_is_not_published(app) {
        let long = draft(&app, |p| {
            p["workflow"] = workflow();
            p["workflow"]["steps"][0]["minutes"] = json!(1440);
        }).expect(201);
        let fault = &long["faults"][0];
        assert_eq!((&fault["pointer"], &fault["code"]), (&json!("/workflow/steps"), &json!("contradiction")));
        let path = format!("/api/v1/procedure-drafts/{}", long["id"].as_str().unwrap());
        let mut version = long["version"].as_i64().unwrap();
        for (change, pointer, code) in [
            (json!([]), "/workflow/steps", "required"),
            (json!([{ "id": "a", "name": "A", "desk": "cashier", "minutes": 5 }]), "/workflow/steps/0/desk", "unknown_value"),
            (json!([{ "id": "a", "name": "A", "desk": "handler", "minutes": 0 }]), "/workflow/steps/0/minutes", "out_of_range"),
            (json!([{ "id": "a", "name": "A", "desk": "handler", "minutes": 5 }, { "id": "a", "name": "B", "desk": "handler", "minutes": 5 }]), "/workflow/steps/1/id", "duplicate"),
        ] {
            let mut procedure = long["procedure"].clone();
            procedure["workflow"]["steps"] = change;
            let kept = app.put_at("admin", &path, version, &json!({ "base_version": long["base_version"], "procedure": procedure })).expect(200);
            version = kept["version"].as_i64().unwrap();
            let fault = &kept["faults"][0];
            assert_eq!((fault["pointer"].as_str(), fault["code"].as_str()), (Some(pointer), Some(code)), "{}", kept["faults"]);
            let refused = app.post_at("admin", &format!("{path}/publications"), version, &json!({}));
            assert_eq!(refused.status, 422, "{}", refused.text);
        }
    }

    fn a_workflow_goes_through_both_kinds_of_file(app) {
        published(&app, &workflow());
        for format in ["json", "csv"] {
            let file = app.get("admin", &format!("/api/v1/catalogue-export?format={format}"));
            assert_eq!(file.status, 200);
            assert!(file.text.contains("Dự thảo kết quả"), "{format}");
            let again = app.post("admin", "/api/v1/catalogue-imports", &json!({ "format": format, "content": file.text, "dry_run": true })).expect(200);
            assert_eq!(again["unchanged"], again["total"], "{format}: {again}");
        }
    }
}
