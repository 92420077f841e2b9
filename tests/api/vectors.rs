//! The vectors of DOMAIN §3.4 as dossiers: taken in at the moment the vector says, by procedures with the
//! limit it says, on a centre whose clock is moved.

use motcua_tests::dossier::body_of;
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

use crate::catalogue_admin::{file_of, made_up};

/// A limit and what a supplement does to it, each as a procedure of its own.
const PROCEDURES: [(&str, u32, &str, &str); 12] = [
    ("9.000001", 1, "working_day", "reset"),
    ("9.000002", 2, "working_day", "reset"),
    ("9.000003", 3, "working_day", "reset"),
    ("9.000005", 5, "working_day", "reset"),
    ("9.100005", 5, "working_day", "resume"),
    ("9.000007", 7, "working_day", "reset"),
    ("9.000010", 10, "working_day", "reset"),
    ("9.000011", 1, "same_day", "reset"),
    ("9.000008", 8, "working_hour", "reset"),
    ("9.000015", 15, "calendar_day", "reset"),
    ("9.000030", 1, "month", "reset"),
    ("9.000004", 1, "half_day", "reset"),
];

fn procedures(app: &App) {
    let all: Vec<Value> = PROCEDURES
        .iter()
        .map(|(code, amount, unit, mode)| {
            let mut p = made_up(code);
            p["limits"]["direct"]["amount"] = json!(amount);
            p["limits"]["direct"]["unit"] = json!(unit);
            p["supplement_mode"] = json!(mode);
            p
        })
        .collect();
    let file = json!({ "format": "json", "content": file_of(&all), "dry_run": false });
    app.post("admin", "/api/v1/catalogue-imports", &file)
        .expect(200);
}

/// Takes a dossier of a procedure in at a moment of Vietnam's.
fn taken(app: &App, at: &str, code: &str) -> Dossier {
    app.at(&format!("{at}+07:00"));
    let mut body = app.intake("thd");
    body["procedure_code"] = json!(code);
    body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }]);
    Dossier::of("thd", &app.send_in(&body).expect(201))
}

fn handled(app: &App, d: &mut Dossier) {
    app.act("tiepnhan", d, "handovers", &json!({ "to": "handler" }));
    app.act(
        "thuly.thd",
        d,
        "acknowledgements",
        &body_of("acknowledgements"),
    );
}

/// Takes it to its result now.
fn finished(app: &App, d: &mut Dossier) {
    app.act("thuly.thd", d, "handovers", &json!({ "to": "leader" }));
    app.act(
        "lanhdao.thd",
        d,
        "acknowledgements",
        &body_of("acknowledgements"),
    );
    app.act("lanhdao.thd", d, "decisions", &body_of("decisions"));
    app.act("thuly.thd", d, "results", &body_of("results"));
}

/// The day promised, or its minute where the vector says one.
fn due(d: &Dossier, length: usize) -> &str {
    d.text("due_at").get(..length).unwrap()
}

fn change(app: &App, members: &Value) {
    let mut body = json!({ "source": "Công văn số 12729/VPCP-KGVX ngày 25/12/2025", "name": "Hoán đổi ngày làm việc" });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    app.post("giamdoc", "/api/v1/calendar/changes", &body)
        .expect(201);
    for _ in 0..200 {
        let newest =
            app.get("giamdoc", "/api/v1/calendar/versions").expect(200)["items"][0].clone();
        if newest["carried"]["finished_at"].is_string() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("the change is not carried");
}

on_both! {
    fn each_limit_is_promised_as_its_vector_says(app, Options::at("2025-12-31T08:00:00+07:00")) {
        procedures(&app);
        for (name, at, code, expected) in [
            ("V6", "2025-12-31T09:00:00", "9.000003", "2026-01-07"),
            ("V4", "2026-01-09T09:00:00", "9.000001", "2026-01-10"),
            ("V1", "2026-01-12T09:15:00", "9.000003", "2026-01-15"),
            ("V3", "2026-02-12T09:00:00", "9.000003", "2026-02-24"),
            ("V23", "2026-03-02T09:00:00", "9.000015", "2026-03-17"),
            ("V24b", "2026-03-05T09:00:00", "9.000030", "2026-04-06"),
            ("V2", "2026-03-06T09:00:00", "9.000003", "2026-03-11"),
            ("V15a", "2026-03-06T14:59:00", "9.000011", "2026-03-06"),
            ("V15c", "2026-03-06T15:01:00", "9.000011", "2026-03-09"),
            ("V20", "2026-03-07T09:00:00", "9.000001", "2026-03-09"),
            ("V34", "2026-03-09T09:00:00", "9.000002", "2026-03-11"),
            ("V16", "2026-03-09T10:30:00", "9.000008", "2026-03-10T10:30"),
            ("V36", "2026-03-09T15:30:00", "9.000004", "2026-03-10T09:30"),
            ("V11", "2026-04-23T09:00:00", "9.000007", "2026-05-07"),
            ("V9", "2026-04-24T09:00:00", "9.000002", "2026-04-29"),
            ("V8", "2026-08-27T09:00:00", "9.000007", "2026-09-10"),
        ] {
            let d = taken(&app, at, code);
            assert_eq!(due(&d, expected.len()), expected, "{name}");
        }
        // V15b to the very second: strictly after 15:00 is the next day's.
        app.at("2026-10-02T14:59:00+07:00");
        app.token("tiepnhan");
        app.services.clock.hold("2026-10-02T15:00:00+07:00".parse().unwrap());
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("9.000011");
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }]);
        let same = Dossier::of("thd", &app.send_in(&body).expect(201));
        assert_eq!(due(&same, 10), "2026-10-02", "V15b");
    }

    fn a_filing_is_answered_within_eight_working_hours(app, Options::at("2026-03-06T16:45:00+07:00")) {
        let filed = |at: &str| {
            app.at(&format!("{at}+07:00"));
            let mut body = app.intake("thd");
            body["channel"] = json!("online");
            Dossier::of("thd", &app.send_in(&body).expect(201)).text("intake_reply_due_at").get(..16).unwrap().to_owned()
        };
        assert_eq!(filed("2026-03-06T16:45:00"), "2026-03-09T16:45", "V21a");
        assert_eq!(filed("2026-03-08T20:00:00"), "2026-03-09T17:30", "V21b");
    }

    fn a_complete_supplement_starts_over_or_goes_on_as_the_procedure_says(app, Options::at("2026-03-02T09:00:00+07:00")) {
        procedures(&app);
        let supplied = |code: &str, days: [&str; 3]| {
            let mut d = taken(&app, days[0], code);
            handled(&app, &mut d);
            let promised = due(&d, 10).to_owned();
            app.at(&format!("{}+07:00", days[1]));
            app.act("thuly.thd", &mut d, "supplement-requests", &body_of("supplement-requests"));
            assert_eq!(d.text("timing"), "paused");
            app.at(&format!("{}+07:00", days[2]));
            app.act("tiepnhan", &mut d, "supplements", &json!({}));
            assert_eq!(d.text("due_at_original").get(..10), Some(promised.as_str()));
            (promised, due(&d, 10).to_owned())
        };
        let of = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let v27 = supplied("9.000005", ["2026-03-02T09:00:00", "2026-03-04T10:00:00", "2026-03-10T09:00:00"]);
        assert_eq!(v27, of("2026-03-09", "2026-03-17"), "V27");
        let days = ["2026-04-06T09:00:00", "2026-04-07T10:00:00", "2026-04-10T10:00:00"];
        assert_eq!(supplied("9.000005", days), of("2026-04-13", "2026-04-17"), "V27b, reset");
        assert_eq!(supplied("9.100005", days), of("2026-04-13", "2026-04-16"), "V27b, resume");
    }

    fn a_boundary_free_limit_begins_where_it_is_decided(app, Options::at("2026-03-05T08:00:00+07:00")) {
        procedures(&app);
        app.far_ward();
        let far = app.authority("far");
        app.post("admin", "/api/v1/users", &json!({
            "username": "thuly.far", "full_name": "Nguyễn Văn Xa", "password": motcua_tests::PASSWORD,
            "must_change_password": false, "roles": [{ "role": "handler", "authority_id": far }]
        })).expect(201);
        app.at("2026-03-05T16:00:00+07:00");
        let mut body = app.intake("thd");
        body["authority_id"] = json!(far);
        body["procedure_code"] = json!("9.000003");
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }]);
        let mut d = Dossier::of("far", &app.send_in(&body).expect(201));
        assert!(d.body["due_at"].is_null(), "no clock runs before it is there");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.at("2026-03-06T08:00:00+07:00");
        app.act("thuly.far", &mut d, "acknowledgements", &body_of("acknowledgements"));
        assert_eq!(due(&d, 10), "2026-03-11", "V29");
    }

    fn an_apology_comes_the_day_before_at_the_latest_and_once(app, Options::at("2026-03-10T08:00:00+07:00")) {
        procedures(&app);
        let mut d = taken(&app, "2026-03-10T09:00:00", "9.000003");
        handled(&app, &mut d);
        let mut late = taken(&app, "2026-03-10T09:05:00", "9.000003");
        handled(&app, &mut late);
        assert_eq!(due(&d, 10), "2026-03-13");
        let until = |day: &str| json!({ "new_due_on": day, "reason": "Chờ kết quả xác minh." });
        app.at("2026-03-12T17:00:00+07:00");
        app.act("lanhdao.thd", &mut d, "extensions", &until("2026-03-17"));
        assert_eq!(due(&d, 10), "2026-03-17", "V30");
        app.try_act("lanhdao.thd", &d, "extensions", &until("2026-03-19")).refused(409, "extension_already_used");
        app.at("2026-03-13T08:00:00+07:00");
        app.try_act("lanhdao.thd", &late, "extensions", &until("2026-03-17")).refused(409, "extension_too_late");
    }

    fn a_swap_announced_late_rolls_the_promise_forward(app, Options::at("2025-12-18T08:00:00+07:00")) {
        procedures(&app);
        // As the calendar stood before the letter of 25 December: Friday the 2nd was worked.
        change(&app, &json!({ "make_up_days": [{ "date": "2026-01-02" }] }));
        let d = taken(&app, "2025-12-18T09:00:00", "9.000010");
        assert_eq!(due(&d, 10), "2026-01-02", "V31 before");
        app.at("2025-12-25T09:00:00+07:00");
        change(&app, &json!({ "days_off": ["2026-01-02"] }));
        let now = app.read("tiepnhan", &d);
        assert_eq!(now["due_at"], "2026-01-05T17:30:00+07:00", "V31 after");
        assert_eq!(now["due_at_original"], d.body["due_at"], "both are kept");
    }

    fn early_on_time_and_overdue_are_told_by_the_date(app, Options::at("2026-03-10T08:00:00+07:00")) {
        procedures(&app);
        let begun = || {
            let mut d = taken(&app, "2026-03-10T09:00:00", "9.000003");
            handled(&app, &mut d);
            d
        };
        let mut all = [begun(), begun(), begun()];
        for (d, (at, timing)) in all.iter_mut().zip([
            ("2026-03-12T16:00:00+07:00", "early"),
            ("2026-03-13T17:40:00+07:00", "on_time"),
            ("2026-03-16T08:00:00+07:00", "overdue"),
        ]) {
            app.at(at);
            finished(&app, d);
            assert_eq!(d.text("timing"), timing, "V32, V33");
        }
        // Whoever comes for it late makes it no later.
        app.at("2026-03-20T09:00:00+07:00");
        app.act("traketqua", &mut all[1], "returns", &body_of("returns"));
        assert_eq!(all[1].text("timing"), "on_time", "V32");
    }
}
