//! Who is at which counter when, who is away, what stands empty, and the leave that service earns.

use motcua_tests::dossier::Station;
use motcua_tests::{App, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const DUTIES: &str = "/api/v1/roster/duties";
const ABSENCES: &str = "/api/v1/roster/absences";
const UNCOVERED: &str = "/api/v1/roster/uncovered";
const ENTRIES: &str = "/api/v1/roster/leave-entries";
const BALANCES: &str = "/api/v1/roster/leave-balances";
const SETTINGS: &str = "/api/v1/roster/settings";

fn person(app: &App, username: &str) -> String {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    let found = items.iter().find(|u| u["username"] == username).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn counter(app: &App, name: &str) -> String {
    let centre = app.get("admin", "/api/v1/centres").expect(200)["items"][0].clone();
    let path = format!(
        "/api/v1/centres/{}/service-counters",
        centre["id"].as_str().unwrap()
    );
    let new = json!({ "name": name, "valid_from": "2026-01-01" });
    let told = app.post("admin", &path, &new).expect(201);
    let counters = told["counters"].as_array().unwrap();
    let made = counters.iter().find(|c| c["name"] == name).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

/// The week of 2 March 2026.
fn week(counter: &str, user: &str) -> Value {
    json!({
        "counter_id": counter, "user_id": user, "kind": "counted",
        "first_day": "2026-03-02", "last_day": "2026-03-06"
    })
}

fn saturday(counter: &str, user: &str) -> Value {
    json!({
        "counter_id": counter, "user_id": user, "kind": "service",
        "first_day": "2026-03-07", "last_day": "2026-03-07"
    })
}

fn planned(app: &App, body: &Value) -> Vec<Value> {
    let made = app.post("giamdoc", DUTIES, body).expect(201);
    made["items"].as_array().unwrap().clone()
}

fn of(duty: &Value, action: &str) -> String {
    format!("{DUTIES}/{}/{action}", duty["id"].as_str().unwrap())
}

fn empty(app: &App, query: &str) -> Vec<Value> {
    let told = app
        .get("tiepnhan", &format!("{UNCOVERED}{query}"))
        .expect(200);
    assert_eq!(told["complete"], true);
    told["items"].as_array().unwrap().clone()
}

fn balance(app: &App, who: &str) -> i64 {
    let told = app.get(who, BALANCES).expect(200);
    let id = app.get(who, "/api/v1/me").expect(200)["id"].clone();
    let items = told["items"].as_array().unwrap();
    let own = items.iter().find(|b| b["user"]["id"] == id);
    own.map_or(0, |b| b["balance_minutes"].as_i64().unwrap())
}

fn set(app: &App, version: i64, body: &Value) -> motcua_tests::Answer {
    let asked = app.as_person("giamdoc", Method::PUT, SETTINGS);
    app.send(
        asked
            .header("if-match", format!("\"v{version}\""))
            .json(body),
    )
}

on_both! {
    fn a_counter_without_anybody_is_told_by_itself(app) {
        assert!(empty(&app, "").is_empty(), "a centre without counters plans nothing");
        let one = counter(&app, "Quầy 1");
        let told = app.get("tiepnhan", UNCOVERED).expect(200);
        assert_eq!((&told["from"], &told["to"]), (&json!("2026-03-02"), &json!("2026-03-06")));
        let items = told["items"].as_array().unwrap();
        assert_eq!(items.len(), 10);
        assert_eq!((&items[0]["counter_name"], &items[0]["reason"], &items[0]["kind"]), (&json!("Quầy 1"), &json!("nobody_planned"), &json!("counted")));
        let made = planned(&app, &week(&one, &person(&app, "tiepnhan")));
        assert_eq!(made.len(), 10);
        assert_eq!((&made[0]["from"], &made[1]["to"], &made[0]["counter_name"]), (&json!("07:30"), &json!("17:30"), &json!("Quầy 1")));
        assert!(empty(&app, "").is_empty());
        // A part that is left out stands empty, and Saturday morning asks for one counter.
        app.post("giamdoc", &of(&made[3], "cancellations"), &json!({})).expect(201);
        let items = empty(&app, "?from=2026-03-03&to=2026-03-08");
        assert_eq!(items.len(), 2, "{items:?}");
        assert_eq!((&items[0]["date"], &items[0]["from"], &items[0]["reason"]), (&json!("2026-03-03"), &json!("13:30"), &json!("nobody_planned")));
        assert_eq!((&items[1]["date"], &items[1]["counter_id"], &items[1]["kind"]), (&json!("2026-03-07"), &Value::Null, &json!("service")));
        app.post("giamdoc", &of(&made[3], "cancellations"), &json!({})).refused(409, "duty_cancelled");
        app.get("tiepnhan", &format!("{UNCOVERED}?from=2026-03-03&to=2026-04-08")).invalid("to", "out_of_range");
        app.get("thuly.thd", UNCOVERED).refused(403, "role_not_allowed");
        // The centre is warned of as many working days as it set.
        let rules = |days: i64| json!({ "warn_working_days": days, "leave_percent": 100, "leave_source": "Quy chế của trung tâm" });
        set(&app, 0, &rules(0)).invalid("/warn_working_days", "out_of_range");
        set(&app, 0, &rules(1)).expect(200);
        set(&app, 0, &rules(2)).refused(412, "version_stale");
        assert_eq!(app.get("thuly.thd", SETTINGS).expect(200)["warn_working_days"], 1);
        assert_eq!(app.get("tiepnhan", UNCOVERED).expect(200)["to"], "2026-03-02");
        set(&app, 1, &rules(6)).expect(200);
        assert_eq!(app.get("tiepnhan", UNCOVERED).expect(200)["to"], "2026-03-09");
        assert!(app.verify().is_empty());
    }

    fn whoever_is_away_leaves_a_counter_empty_until_somebody_stands_in(app) {
        let (one, two) = (counter(&app, "Quầy 1"), counter(&app, "Quầy 2"));
        let (an, binh) = (person(&app, "tiepnhan"), person(&app, "traketqua"));
        let mut body = week(&one, &an);
        body["substitute_id"] = json!(binh);
        planned(&app, &body);
        planned(&app, &week(&two, &person(&app, "thungan")));
        let away = json!({ "user_id": an, "kind": "sick", "first_day": "2026-03-03", "last_day": "2026-03-04" });
        let entered = app.post("giamdoc", ABSENCES, &away).expect(201);
        assert_eq!((&entered["duties_touched"], &entered["absence"]["kind"]), (&json!(4), &json!("sick")));
        let items = empty(&app, "");
        assert_eq!(items.len(), 4);
        assert_eq!((&items[0]["reason"], &items[0]["user"]["id"], &items[0]["substitute"]["id"]), (&json!("absent"), &json!(an), &json!(binh)));
        let duty = |i: usize| format!("{DUTIES}/{}/stand-ins", items[i]["duty_id"].as_str().unwrap());
        let stands = app.post("giamdoc", &duty(0), &json!({ "user_id": binh })).expect(201);
        assert_eq!((&stands["stand_in"]["id"], &stands["away"]), (&json!(binh), &json!(false)));
        assert_eq!(empty(&app, "").len(), 3);
        // Not for oneself, not from two counters, not away, not from elsewhere.
        app.post("giamdoc", &duty(1), &json!({ "user_id": an })).refused(422, "stands_in_for_oneself");
        app.post("giamdoc", &duty(1), &json!({ "user_id": person(&app, "thungan") })).refused(409, "on_duty_elsewhere");
        let also = json!({ "user_id": binh, "kind": "study", "first_day": "2026-03-04", "last_day": "2026-03-04", "from": "08:00", "to": "09:00" });
        app.post("giamdoc", ABSENCES, &also).expect(201);
        app.post("giamdoc", &duty(2), &json!({ "user_id": binh })).refused(409, "person_absent");
        app.post("giamdoc", &duty(3), &json!({ "user_id": binh })).expect(201);
        app.post("thuly.thd", &duty(1), &json!({ "user_id": binh })).refused(403, "role_not_allowed");
        // Somebody who has left the centre does not come.
        let id = person(&app, "thungan");
        let row = app.get("admin", &format!("/api/v1/users/{id}")).expect(200);
        app.patch_at("admin", &format!("/api/v1/users/{id}"), row["version"].as_i64().unwrap(), &json!({ "active": false })).expect(200);
        let gone = empty(&app, "").into_iter().filter(|e| e["reason"] == "not_here").count();
        assert_eq!(gone, 10);
        app.post("giamdoc", &duty(1), &json!({ "user_id": id })).refused(422, "not_at_this_centre");
        // An absence that does not come about gives the counter back.
        let cancel = format!("{ABSENCES}/{}/cancellations", entered["absence"]["id"].as_str().unwrap());
        app.post("giamdoc", &cancel, &json!({})).expect(201);
        app.post("giamdoc", &cancel, &json!({})).refused(409, "absence_cancelled");
        assert!(empty(&app, "").iter().all(|e| e["counter_id"] == json!(two)));
        assert!(app.verify().is_empty());
    }

    fn what_cannot_be_planned_is_refused_at_its_field(app) {
        let (one, two) = (counter(&app, "Quầy 1"), counter(&app, "Quầy 2"));
        let an = person(&app, "tiepnhan");
        planned(&app, &week(&one, &an));
        let with = |changes: Value| {
            let mut body = week(&two, &an);
            for (member, value) in changes.as_object().unwrap() {
                body[member] = value.clone();
            }
            app.post("giamdoc", DUTIES, &body)
        };
        let answer = with(json!({}));
        answer.points_at(&answer.refused(409, "on_duty_elsewhere"), "/user_id", "on_duty_elsewhere");
        with(json!({ "substitute_id": an })).refused(422, "stands_in_for_oneself");
        with(json!({ "counter_id": an })).invalid("/counter_id", "invalid_value");
        with(json!({ "last_day": "2026-03-01" })).invalid("/last_day", "out_of_range");
        with(json!({ "last_day": "2026-07-01" })).invalid("/last_day", "out_of_range");
        with(json!({ "first_day": "2026-01-05", "last_day": "2026-01-06" })).invalid("/first_day", "out_of_range");
        with(json!({ "first_day": "2026-03-08", "last_day": "2026-03-08" })).refused(422, "no_shift_to_plan");
        with(json!({ "weekdays": ["sun"] })).refused(422, "no_shift_to_plan");
        with(json!({ "from": "07:30" })).invalid("/to", "required");
        with(json!({ "from": "11:30", "to": "07:30" })).invalid("/to", "shift_ends_before_start");
        with(json!({ "from": "sáng", "to": "07:30" })).invalid("/from", "time_format");
        with(json!({ "source": "Kế hoạch số 1" })).invalid("/source", "contradiction");
        with(json!({ "source": "Kế hoạch số 1", "kind": "service" })).invalid("/from", "required");
        with(json!({ "source": "Kế hoạch số 1", "kind": "service", "from": "11:00", "to": "12:00" })).refused(422, "service_on_counted_time");
        with(json!({ "first_day": "2027-12-30", "last_day": "2028-01-05" })).refused(422, "date_outside_calendar");
        with(json!({ "user_id": "0190a000-0000-7000-8000-000000000000" })).refused(422, "not_at_this_centre");
        let lunch = with(json!({ "source": "Kế hoạch số 1", "kind": "service", "from": "11:30", "to": "12:30", "weekdays": ["mon"] })).expect(201);
        assert_eq!(lunch["items"].as_array().unwrap().len(), 1);
        for who in ["tiepnhan", "thuly.thd", "lanhdao.thd", "thungan", "traketqua", "thanhtra"] {
            app.post(who, DUTIES, &week(&two, &an)).refused(403, "role_not_allowed");
        }
        let away = |first: &str, last: &str| json!({ "user_id": an, "kind": "mission", "first_day": first, "last_day": last });
        app.post("admin", ABSENCES, &away("2026-03-10", "2026-03-12")).expect(201);
        let again = app.post("admin", ABSENCES, &away("2026-03-12", "2026-03-13"));
        again.points_at(&again.refused(409, "absence_overlaps"), "/first_day", "absence_overlaps");
        app.post("admin", ABSENCES, &away("2026-03-20", "2026-03-19")).invalid("/last_day", "out_of_range");
        let mut hours = away("2026-03-16", "2026-03-17");
        hours["from"] = json!("08:00");
        hours["to"] = json!("09:00");
        app.post("admin", ABSENCES, &hours).invalid("/from", "contradiction");
        let mut detail = away("2026-03-16", "2026-03-17");
        detail["diagnosis"] = json!("cúm");
        app.post("admin", ABSENCES, &detail).refused(400, "unknown_field");
        with(json!({ "first_day": "2026-03-09", "last_day": "2026-03-13" })).refused(409, "person_absent");
    }

    fn of_two_who_plan_one_person_at_once_one_does(app) {
        let counters = [counter(&app, "Quầy 1"), counter(&app, "Quầy 2"), counter(&app, "Quầy 3")];
        let an = person(&app, "tiepnhan");
        let got: Vec<u16> = std::thread::scope(|s| {
            let tries: Vec<_> = counters.iter().map(|c| {
                let (app, body) = (&app, week(c, &an));
                s.spawn(move || app.post("giamdoc", DUTIES, &body).status)
            }).collect();
            tries.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(got.iter().filter(|s| **s == 201).count(), 1, "{got:?}");
        assert_eq!(got.iter().filter(|s| **s == 409).count(), 2, "{got:?}");
        let all = app.get("tiepnhan", &format!("{DUTIES}?limit=100")).expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 10);
    }

    fn holiday_duty_serves_and_no_promised_date_depends_on_a_roster(app, Options::at("2026-04-24T09:00:00+07:00")) {
        let d = app.journey("thd", Station::Processing);
        let asked = json!({ "received_at": "2026-04-29T09:00:00+07:00", "limit": { "amount": 3, "unit": "working_day" } });
        let due = app.post("", "/api/v1/deadlines/compute", &asked).expect(200);
        let versions = app.get("admin", "/api/v1/calendar/versions").expect(200);
        let one = counter(&app, "Quầy 1");
        let an = person(&app, "tiepnhan");
        let duty = json!({
            "counter_id": one, "user_id": an, "kind": "service", "first_day": "2026-04-30", "last_day": "2026-05-01",
            "from": "08:00", "to": "11:00", "source": "Kế hoạch số 15/KH-UBND ngày 20/4/2026"
        });
        let made = planned(&app, &duty);
        assert_eq!((made.len(), &made[0]["source"]), (2, &duty["source"]));
        let away = json!({ "user_id": an, "kind": "annual_leave", "first_day": "2026-05-01", "last_day": "2026-05-01" });
        app.post("giamdoc", ABSENCES, &away).expect(201);
        let items = empty(&app, "?from=2026-04-30&to=2026-05-01");
        assert_eq!((items.len(), &items[0]["date"], &items[0]["reason"]), (1, &json!("2026-05-01"), &json!("absent")));
        planned(&app, &json!({ "counter_id": one, "user_id": an, "kind": "counted", "first_day": "2026-05-04", "last_day": "2026-05-08" }));
        // Both days are off as before, limits run past them, the promise stands, no version came about.
        let days = app.get("", "/api/v1/calendar/days?from=2026-04-30&to=2026-05-01").expect(200);
        assert!(days["items"].as_array().unwrap().iter().all(|d| d["working"] == false && d["kind"] == "day_off"));
        assert_eq!(app.post("", "/api/v1/deadlines/compute", &asked).expect(200), due);
        assert_eq!(app.get("admin", "/api/v1/calendar/versions").expect(200), versions);
        let now = app.read("thuly.thd", &d);
        assert_eq!((&now["due_at"], &now["version"]), (&d.body["due_at"], &d.body["version"]));
        assert!(app.verify().is_empty());
    }

    fn a_service_shift_earns_its_hours_and_leave_takes_them(app) {
        let one = counter(&app, "Quầy 1");
        let (an, boss) = (person(&app, "tiepnhan"), person(&app, "giamdoc"));
        let counted = planned(&app, &week(&one, &an));
        let morning = planned(&app, &saturday(&one, &an))[0].clone();
        app.post("giamdoc", &of(&morning, "service-records"), &json!({})).refused(409, "duty_not_over");
        app.at("2026-03-09T08:00:00+07:00");
        app.post("giamdoc", &of(&counted[0], "service-records"), &json!({})).refused(409, "counted_earns_nothing");
        app.post("tiepnhan", &of(&morning, "service-records"), &json!({})).refused(403, "role_not_allowed");
        let earned = app.post("giamdoc", &of(&morning, "service-records"), &json!({})).expect(201);
        assert_eq!((&earned["entry"]["minutes"], &earned["balance_minutes"]), (&json!(240), &json!(240)));
        assert_eq!(earned["entry"]["source"], "Nghị định 61/2018/NĐ-CP, Điều 11.3.c");
        app.post("admin", &of(&morning, "service-records"), &json!({})).refused(409, "duty_served");
        app.post("admin", &of(&morning, "cancellations"), &json!({})).refused(409, "duty_served");
        // Everyone reads the own; another's only who plans.
        assert_eq!((balance(&app, "tiepnhan"), balance(&app, "thungan")), (240, 0));
        app.get("thungan", &format!("{ENTRIES}?user_id={an}")).refused(404, "not_found");
        assert_eq!(app.get("admin", &format!("{ENTRIES}?user_id={an}")).expect(200)["items"].as_array().unwrap().len(), 1);
        // A whole day is more than there is; the afternoon is what there is.
        let leave = |from: &str, to: &str| {
            let mut body = json!({ "user_id": an, "kind": "compensatory", "first_day": "2026-03-10", "last_day": "2026-03-10" });
            if !from.is_empty() {
                body["from"] = json!(from);
                body["to"] = json!(to);
            }
            app.post("giamdoc", ABSENCES, &body)
        };
        let short = leave("", "").refused(409, "leave_balance_short");
        assert_eq!((&short["balance_minutes"], &short["asked_minutes"]), (&json!(240), &json!(480)));
        leave("11:30", "13:30").refused(422, "no_shift_to_plan");
        let taken = leave("13:00", "17:30").expect(201);
        assert_eq!(balance(&app, "tiepnhan"), 0);
        leave("07:30", "08:30").refused(409, "leave_balance_short");
        // It does not come about: another person gives it back.
        let cancel = format!("{ABSENCES}/{}/cancellations", taken["absence"]["id"].as_str().unwrap());
        app.post("giamdoc", &cancel, &json!({})).refused(409, "own_entry");
        app.post("admin", &cancel, &json!({})).expect(201);
        assert_eq!(balance(&app, "tiepnhan"), 240);
        // What was confirmed wrongly is corrected by its counter-entry, once, by another person.
        let correct = format!("{ENTRIES}/{}/corrections", earned["entry"]["id"].as_str().unwrap());
        let why = json!({ "reason": "Xác nhận nhầm ca trực." });
        app.post("giamdoc", &correct, &why).refused(409, "own_entry");
        app.post("admin", &correct, &json!({ "reason": " " })).invalid("/reason", "required");
        let back = app.post("admin", &correct, &why).expect(201);
        assert_eq!((&back["entry"]["minutes"], &back["balance_minutes"]), (&json!(-240), &json!(0)));
        app.post("admin", &correct, &why).refused(409, "entry_corrected");
        let ledger = app.get("tiepnhan", &format!("{ENTRIES}?limit=100")).expect(200);
        let minutes: Vec<i64> = ledger["items"].as_array().unwrap().iter().map(|e| e["minutes"].as_i64().unwrap()).collect();
        assert_eq!(minutes, [-240, 240, -240, 240]);
        assert_eq!(ledger["items"][3]["corrected"], true);
        assert_eq!(balance(&app, "tiepnhan"), minutes.iter().sum::<i64>());
        // Nobody confirms the own, nor what nobody did; a ratio of the centre's holds from then on.
        let rules = json!({ "warn_working_days": 5, "leave_percent": 150, "leave_source": "Quy chế số 3/QC-TTPVHCC" });
        set(&app, 0, &rules).expect(200);
        let next = |who: &str, from: &str, to: &str| {
            let mut body = saturday(&one, who);
            body["from"] = json!(from);
            body["to"] = json!(to);
            planned(&app, &body)[0].clone()
        };
        let own = next(&boss, "07:30", "09:30");
        app.post("giamdoc", &of(&own, "service-records"), &json!({})).refused(409, "own_duty");
        let more = app.post("admin", &of(&own, "service-records"), &json!({})).expect(201);
        assert_eq!((&more["entry"]["minutes"], &more["entry"]["source"]), (&json!(180), &rules["leave_source"]));
        let missed = next(&person(&app, "traketqua"), "09:30", "11:30");
        let ill = json!({ "user_id": person(&app, "traketqua"), "kind": "sick", "first_day": "2026-03-07", "last_day": "2026-03-07" });
        app.post("giamdoc", ABSENCES, &ill).expect(201);
        app.post("giamdoc", &of(&missed, "service-records"), &json!({})).refused(409, "shift_uncovered");
        app.post("giamdoc", &of(&missed, "stand-ins"), &json!({ "user_id": person(&app, "thungan") })).expect(201);
        let stood = app.post("giamdoc", &of(&missed, "service-records"), &json!({})).expect(201);
        assert_eq!(stood["entry"]["user"]["id"], json!(person(&app, "thungan")));
        assert_eq!((balance(&app, "thungan"), balance(&app, "traketqua")), (180, 0));
        assert!(app.verify().is_empty());
    }

    fn everyone_reads_the_own_and_reception_the_centres_page_by_page(app) {
        let (one, two) = (counter(&app, "Quầy 1"), counter(&app, "Quầy 2"));
        let (an, binh) = (person(&app, "tiepnhan"), person(&app, "thuly.thd"));
        let mut body = week(&one, &an);
        body["substitute_id"] = json!(person(&app, "thungan"));
        planned(&app, &body);
        planned(&app, &week(&two, &binh));
        let walk = |who: &str, query: &str| {
            let (mut found, mut next) = (Vec::new(), format!("{DUTIES}?limit=3{query}"));
            loop {
                let page = app.get(who, &next).expect(200);
                found.extend(page["items"].as_array().unwrap().iter().map(|d| (d["date"].clone(), d["from"].clone(), d["id"].clone())));
                let Some(cursor) = page["next"].as_str() else { return found };
                next = format!("{DUTIES}?limit=3{query}&cursor={cursor}");
            }
        };
        let all = walk("tiepnhan", "");
        assert_eq!(all.len(), 20);
        assert!(all.windows(2).all(|w| (w[0].0.as_str(), w[0].1.as_str()) <= (w[1].0.as_str(), w[1].1.as_str())));
        let ids: std::collections::BTreeSet<_> = all.iter().map(|d| d.2.as_str().unwrap()).collect();
        assert_eq!(ids.len(), 20);
        assert_eq!(walk("giamdoc", &format!("&counter_id={two}")).len(), 10);
        assert_eq!(walk("thanhtra", "&from=2026-03-06&to=2026-03-06").len(), 4);
        // The own: planned for oneself, or named to stand in; whatever is asked for.
        assert_eq!(walk("thuly.thd", &format!("&user_id={an}")).len(), 10);
        assert_eq!(walk("thungan", "").len(), 10);
        assert!(walk("thuly.cn", "").is_empty());
        let ill = json!({ "user_id": an, "kind": "sick", "first_day": "2026-03-03", "last_day": "2026-03-03" });
        app.post("giamdoc", ABSENCES, &ill).expect(201);
        let listed = |who: &str| app.get(who, ABSENCES).expect(200)["items"].as_array().unwrap().len();
        assert_eq!((listed("giamdoc"), listed("tiepnhan"), listed("thuly.thd"), listed("thanhtra")), (1, 1, 0, 0));
        // That somebody is away stands in the roster; why does not.
        let seen = app.get("thanhtra", &format!("{DUTIES}?from=2026-03-03&to=2026-03-03&counter_id={one}")).expect(200);
        assert_eq!(seen["items"][0]["away"], true);
        assert!(!seen.to_string().contains("sick"));
        let record = app.get("giamdoc", "/api/v1/audit-entries?limit=100").expect(200);
        assert!(!record.to_string().contains("sick"), "the record says that, not why");
    }
}
