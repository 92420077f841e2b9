//! A change of the calendar, entered from a notice and carried to the open dossiers.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, Options, on_both};
use serde_json::{Value, json};

const CHANGES: &str = "/api/v1/calendar/changes";
const VERSIONS: &str = "/api/v1/calendar/versions";

fn notice(days_off: &[&str]) -> Value {
    json!({
        "source": "Công văn số 12/UBND-VP ngày 02/3/2026", "announced_on": "2026-03-02",
        "name": "Nghỉ hoán đổi", "days_off": days_off
    })
}

/// The newest version once it has been carried to every open dossier.
fn carried(app: &App) -> Value {
    for _ in 0..200 {
        let newest = app.get("admin", VERSIONS).expect(200)["items"][0].clone();
        if newest["carried"]["finished_at"].is_string() {
            return newest;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the change is not carried to the open dossiers");
}

on_both! {
    fn a_day_off_announced_late_rolls_open_promises_forward_and_keeps_both_dates(app) {
        let mut d = app.journey("thd", Station::Processing);
        let ended = app.journey("cn", Station::Completed);
        assert_eq!(d.text("due_at"), "2026-03-05T17:30:00+07:00");
        // What it will do is told before.
        let asked = app.post("giamdoc", "/api/v1/deadlines/simulate", &json!({ "days_off": ["2026-03-05"] })).expect(200);
        assert_eq!(asked["moved"], 1);
        let entered = app.post("giamdoc", CHANGES, &notice(&["2026-03-05"])).expect(201);
        let who = app.get("giamdoc", "/api/v1/me").expect(200)["full_name"].clone();
        assert_eq!((&entered["entered_by"]["full_name"], &entered["source"]), (&who, &notice(&[])["source"]));
        let newest = carried(&app);
        assert_eq!((&newest["number"], &newest["carried"]["checked"], &newest["carried"]["moved"]), (&entered["number"], &json!(1), &json!(1)));
        let now = app.read("thuly.thd", &d);
        assert_eq!((&now["due_at"], &now["due_at_original"]), (&json!("2026-03-06T17:30:00+07:00"), &d.body["due_at"]));
        let lines = app.get("thuly.thd", &format!("/api/v1/dossiers/{}/timeline?limit=100", d.id)).expect(200);
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["actor"]["id"]), (&json!("due_date_rolled"), &Value::Null));
        assert!(last["detail"]["due_at"]["from"].as_str().unwrap().starts_with("2026-03-05"));
        assert_eq!(app.read("thuly.cn", &ended)["due_at"], ended.body["due_at"]);
        // Whoever had it open is told that something has changed, and goes on from there.
        app.try_act("thuly.thd", &d, "consultations", &body_of("consultations")).refused(412, "version_stale");
        d.version = now["version"].as_i64().unwrap();
        app.act("thuly.thd", &mut d, "consultations", &body_of("consultations"));
        // The day says where it rests; what comes in from now on is promised by it.
        let day = app.get("", "/api/v1/calendar/days?from=2026-03-05&to=2026-03-05").expect(200)["items"][0].clone();
        assert_eq!((&day["working"], &day["source"]), (&json!(false), &notice(&[])["source"]));
        assert_eq!(app.take_in("ht").text("due_at"), "2026-03-06T17:30:00+07:00");
        assert!(app.verify().is_empty());
    }

    fn a_make_up_day_never_brings_a_promise_forward(app, Options::at("2026-03-04T09:00:00+07:00")) {
        let d = app.journey("thd", Station::Processing);
        assert_eq!(d.text("due_at"), "2026-03-09T17:30:00+07:00");
        let mut change = notice(&[]);
        change["make_up_days"] = json!([{ "date": "2026-03-07" }]);
        app.post("admin", CHANGES, &change).expect(201);
        assert_eq!(carried(&app)["carried"]["moved"], 0);
        assert_eq!(app.read("thuly.thd", &d)["due_at"], d.body["due_at"]);
        // Three working days from now on do end on that Saturday.
        assert_eq!(app.take_in("cn").text("due_at"), "2026-03-07T17:30:00+07:00");
    }

    fn two_changes_after_each_other_are_both_carried_and_a_second_day_rolls_on(app) {
        let d = app.journey("thd", Station::Processing);
        app.post("admin", CHANGES, &notice(&["2026-03-05"])).expect(201);
        app.post("admin", CHANGES, &notice(&["2026-03-06"])).expect(201);
        carried(&app);
        for _ in 0..200 {
            let all = app.get("admin", VERSIONS).expect(200);
            let open = all["items"].as_array().unwrap().iter().any(|v| v["carried"].is_object() && v["carried"]["finished_at"].is_null());
            if !open {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let now = app.read("thuly.thd", &d);
        assert_eq!((&now["due_at"], &now["due_at_original"]), (&json!("2026-03-09T17:30:00+07:00"), &d.body["due_at"]));
        let all = app.get("admin", VERSIONS).expect(200);
        let numbers: Vec<i64> = all["items"].as_array().unwrap().iter().map(|v| v["number"].as_i64().unwrap()).collect();
        assert!(numbers.windows(2).all(|w| w[0] == w[1] + 1), "{numbers:?}");
        assert!(app.verify().is_empty());
    }

    fn a_change_names_its_notice_and_is_entered_by_who_answers_for_the_calendar(app) {
        for who in ["tiepnhan", "thuly.thd", "lanhdao.thd", "thungan", "thanhtra"] {
            app.post(who, CHANGES, &notice(&["2026-03-05"])).refused(403, "role_not_allowed");
        }
        let with = |member: &str, value: Value| {
            let mut body = notice(&["2026-03-05"]);
            body[member] = value;
            app.post("admin", CHANGES, &body)
        };
        with("source", json!(" ")).invalid("/source", "required");
        with("announced_on", json!("2026-03-03")).invalid("/announced_on", "out_of_range");
        with("days_off", json!([])).invalid("", "required");
        with("days_off", json!(["2026-03-07"])).invalid("/days_off/0", "day_off_not_working");
        with("make_up_days", json!([{ "date": "2026-03-06" }])).invalid("/make_up_days/0/date", "make_up_on_working_day");
        let rule = |from: &str, to: &str| json!({ "weekdays": ["mon"], "from": from, "to": to, "counts": true });
        with("shifts", json!({ "valid_from": "2026-04-15", "rules": [rule("07:00", "11:30"), rule("11:00", "17:00")] }))
            .refused(422, "calendar_invalid");
        assert_eq!(app.get("admin", VERSIONS).expect(200)["items"].as_array().unwrap().len(), 1);
    }
}
