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

    fn the_time_to_answer_and_to_hand_over_rolls_forward_too(app, Options::at("2026-03-02T16:30:00+07:00")) {
        let mut body = app.intake("thd");
        body["intake_mode"] = json!("check");
        let filed = motcua_tests::Dossier::of("thd", &app.send_in(&body).expect(201));
        let accepted = app.take_in("cn");
        assert!(filed.text("intake_reply_due_at").starts_with("2026-03-03T16:30"));
        assert_eq!(accepted.text("handover_due_at"), "2026-03-03T07:30:00+07:00");
        app.post("giamdoc", CHANGES, &notice(&["2026-03-03"])).expect(201);
        let rolled = |d: &motcua_tests::Dossier, member: &str, to: &str| {
            (0..200).any(|_| {
                let there = app.read("tiepnhan", d)[member].as_str().unwrap().starts_with(to);
                if !there {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
                there
            })
        };
        assert!(rolled(&filed, "intake_reply_due_at", "2026-03-04T16:30"));
        assert!(rolled(&accepted, "handover_due_at", "2026-03-04T07:30:00"));
        let lines = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline", filed.id)).expect(200);
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["kind"], &last["actor"]["id"]), (&json!("office_time_rolled"), &Value::Null));
        app.at("2026-03-04T07:00:00+07:00");
        for concern in ["unanswered", "not_handed_over"] {
            let found = app.get("giamdoc", &format!("/api/v1/dossiers?concern={concern}")).expect(200);
            assert_eq!(found["items"], json!([]), "{concern}");
        }
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
        let hours = |rules: Value, pointer: &str, code: &str| {
            let answer = with("shifts", json!({ "valid_from": "2026-04-15", "rules": rules }));
            answer.points_at(&answer.refused(422, code), pointer, code);
        };
        hours(json!([rule("07:00", "11:30"), rule("11:00", "17:00")]), "/shifts/rules/1", "shifts_overlap");
        hours(json!([rule("07:00", "07:00")]), "/shifts/rules/0/to", "shift_ends_before_start");
        let mut serving = rule("07:00", "11:30");
        serving["counts"] = json!(false);
        // The make-up day of August would have no hours; from September on nothing would be worked.
        hours(json!([serving]), "/shifts/rules", "make_up_without_shift");
        let answer = with("shifts", json!({ "valid_from": "2026-09-01", "rules": [serving] }));
        answer.points_at(&answer.refused(422, "no_working_day"), "/shifts/rules", "no_working_day");
        let sunday = with("make_up_days", json!([{ "date": "2026-03-07", "replaces": "2026-03-08" }]));
        sunday.points_at(&sunday.refused(422, "make_up_without_shift"), "/make_up_days/0/replaces", "make_up_without_shift");
        assert_eq!(app.get("admin", VERSIONS).expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn a_year_is_proposed_by_law_with_what_is_left_to_decide(app) {
        let said = app.get("lanhdao.thd", "/api/v1/calendar/proposals/2027").expect(200);
        assert_eq!((&said["within_calendar"], &said["extends_to"]), (&json!(true), &Value::Null));
        let items = said["items"].as_array().unwrap().clone();
        let on = |date: &str| items.iter().filter(|i| i["date"] == date).collect::<Vec<_>>();
        let kings = on("2027-04-16");
        assert_eq!((&kings[0]["already_off"], &kings[0]["provisional"], &kings[0]["choice"]), (&json!(true), &json!(true), &Value::Null));
        let monday = on("2027-05-03");
        assert_eq!(monday[0]["source"], "Bộ luật Lao động 2019, Điều 111.3");
        assert!(monday[0]["why"].as_str().unwrap().contains("01/05/2027"), "{}", monday[0]);
        // The fourth of February is off under two ways of laying the five days, and not yet entered.
        let eve: Vec<&Value> = on("2027-02-04").iter().map(|i| &i["choice"]["option"]).collect();
        assert_eq!(eve, ["three_before", "two_before"]);
        assert!(on("2027-02-04").iter().all(|i| i["already_off"] == false && i["choice"]["group"] == "tet"));
        assert_eq!(on("2027-02-06")[0]["weekly_rest"], true);
        assert_eq!(said["choices"][1]["options"].as_array().unwrap().len(), 2);
        assert!(on("2027-11-24").is_empty());
        assert!(said["notes"].as_array().unwrap().iter().any(|n| n["date"] == "2027-11-24"));
        let next = app.get("admin", "/api/v1/calendar/proposals/2028").expect(200);
        assert_eq!((&next["within_calendar"], &next["extends_to"]), (&json!(false), &json!("2028-12-31")));
        let later = app.get("admin", "/api/v1/calendar/proposals/2029").expect(200);
        assert_eq!(later["extends_to"], Value::Null);
        let english = app.send(app.as_person("admin", reqwest::Method::GET, "/api/v1/calendar/proposals/2027").header("accept-language", "en"));
        assert!(english.expect(200)["choices"][0]["name"].as_str().unwrap().contains("Prime Minister"));
        app.get("thuly.thd", "/api/v1/calendar/proposals/2027").refused(403, "role_not_allowed");
        app.get("admin", "/api/v1/calendar/proposals/2020").invalid("year", "out_of_range");
        app.get("admin", "/api/v1/calendar/proposals/sang-nam").refused(404, "not_found");
    }

    fn the_next_year_is_confirmed_from_its_notice_day_by_day(app, Options::at("2027-12-06T09:00:00+07:00")) {
        let asked = |days: i64| json!({
            "received_at": "2027-12-30T09:00:00+07:00", "limit": { "amount": days, "unit": "working_day" }
        });
        app.post("", "/api/v1/deadlines/compute", &asked(3)).refused(422, "date_outside_calendar");
        let proposed = app.get("giamdoc", "/api/v1/calendar/proposals/2028").expect(200);
        let chosen: Vec<Value> = proposed["items"].as_array().unwrap().iter()
            .filter(|i| i["weekly_rest"] == false)
            .filter(|i| match i["choice"]["group"].as_str() {
                Some("tet") => i["choice"]["option"] == "two_before",
                Some(_) => i["choice"]["option"] == "day_before",
                None => true,
            })
            .cloned().collect();
        let mut body = json!({
            "source": "Thông báo số 9/TB-BNV ngày 01/12/2027", "announced_on": "2027-12-01", "name": "Nghỉ lễ",
            "days_off": chosen.iter().map(|i| &i["date"]).collect::<Vec<_>>(),
            "names": chosen.iter().map(|i| json!({ "date": i["date"], "name": i["name"], "name_en": i["name_en"] })).collect::<Vec<_>>(),
        });
        // Without the year the days lie beyond; the year is not entered twice, nor two at once.
        app.post("giamdoc", CHANGES, &body).invalid("/days_off/0", "out_of_range");
        body["extends_to"] = json!("2029-12-31");
        app.post("giamdoc", CHANGES, &body).invalid("/extends_to", "out_of_range");
        body["extends_to"] = json!("2028-12-31");
        let tried = json!({ "days_off": body["days_off"], "extends_to": body["extends_to"] });
        assert_eq!(app.post("giamdoc", "/api/v1/deadlines/simulate", &tried).expect(200)["moved"], 0);
        let mut strange = body.clone();
        strange["names"][0]["date"] = json!("2028-06-01");
        app.post("giamdoc", CHANGES, &strange).invalid("/names/0/date", "contradiction");
        strange["names"][0] = strange["names"][1].clone();
        app.post("giamdoc", CHANGES, &strange).invalid("/names/1/date", "repeated");
        strange = body.clone();
        strange["names"][0]["name"] = json!(" ");
        app.post("giamdoc", CHANGES, &strange).invalid("/names/0/name", "required");
        app.post("giamdoc", CHANGES, &body).expect(201);
        let days = app.get("", "/api/v1/calendar/days?from=2028-01-01&to=2028-12-31").expect(200);
        let off: Vec<&Value> = days["items"].as_array().unwrap().iter().filter(|d| d["kind"] == "day_off").collect();
        assert_eq!(off.len(), 11, "{off:?}");
        assert!(off.iter().all(|d| d["provisional"] == false && d["source"] == body["source"]));
        assert_eq!((&off[0]["date"], &off[0]["name"]), (&json!("2028-01-03"), &json!("Nghỉ bù Tết Dương lịch")));
        // Thursday the 30th: Friday, then Tuesday after the compensated New Year, then Wednesday.
        assert_eq!(app.post("", "/api/v1/deadlines/compute", &asked(3)).expect(200)["due_date"], "2028-01-05");
        app.post("", "/api/v1/deadlines/compute", &asked(300)).refused(422, "date_outside_calendar");
        app.post("giamdoc", CHANGES, &body).invalid("/extends_to", "out_of_range");
        let now = app.get("giamdoc", "/api/v1/calendar/proposals/2028").expect(200);
        assert_eq!((&now["within_calendar"], &now["extends_to"]), (&json!(true), &Value::Null));
        assert!(app.verify().is_empty());
    }
}
