//! What a changed calendar would do to open promises: asked, answered, nothing kept.

use motcua_tests::dossier::MARITAL;
use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/deadlines/simulate";

/// A dossier of three working days, taken in on Monday 2 March 2026: due on Thursday the 5th.
fn three_days(app: &App) -> Value {
    let mut body = app.intake("thd");
    body["procedure_code"] = json!(MARITAL);
    let taken = app.post("tiepnhan", "/api/v1/dossiers", &body).expect(201);
    assert_eq!(
        taken["due_at"],
        json!("2026-03-05T17:30:00+07:00"),
        "{taken}"
    );
    taken
}

on_both! {
    fn a_day_off_moves_the_promises_behind_it_and_nothing_is_kept(app) {
        let taken = three_days(&app);
        for who in ["giamdoc", "lanhdao.thd", "admin"] {
            let said = app.post(who, PATH, &json!({ "days_off": ["2026-03-04"] })).expect(200);
            let item = said["items"].as_array().unwrap().iter()
                .find(|i| i["dossier_id"] == taken["id"])
                .unwrap_or_else(|| panic!("{who} is not told: {said}"))
                .clone();
            assert_eq!(item["due_at"], json!("2026-03-05T17:30:00+07:00"));
            assert_eq!(item["new_due_at"], json!("2026-03-06T17:30:00+07:00"));
            assert_eq!(said["complete"], json!(true));
            let sum: u64 = said["by_authority"].as_array().unwrap().iter()
                .map(|a| a["moved"].as_u64().unwrap())
                .sum();
            assert_eq!(json!(sum), said["moved"]);
        }
        let still = app.get("giamdoc", &format!("/api/v1/dossiers/{}", taken["id"].as_str().unwrap())).expect(200);
        assert_eq!(still["due_at"], taken["due_at"]);
        assert_eq!(still["version"], taken["version"]);
    }

    fn a_leader_is_told_of_his_own_ward_only(app) {
        let taken = three_days(&app);
        let said = app.post("lanhdao.cn", PATH, &json!({ "days_off": ["2026-03-04"] })).expect(200);
        let items = said["items"].as_array().unwrap();
        assert!(items.iter().all(|i| i["dossier_id"] != taken["id"]), "{said}");
        let own = app.authority("cn");
        assert!(items.iter().all(|i| i["authority_id"] == json!(own)), "{said}");
        app.post("thuly.thd", PATH, &json!({ "days_off": ["2026-03-04"] })).refused(403, "role_not_allowed");
    }

    fn a_make_up_day_never_brings_a_promise_forward(app) {
        app.at("2026-03-06T09:00:00+07:00");
        let mut body = app.intake("thd");
        body["procedure_code"] = json!(MARITAL);
        let taken = app.post("tiepnhan", "/api/v1/dossiers", &body).expect(201);
        assert_eq!(taken["due_at"], json!("2026-03-11T17:30:00+07:00"));
        let said = app
            .post("giamdoc", PATH, &json!({ "make_up_days": [{ "date": "2026-03-07" }] }))
            .expect(200);
        assert_eq!((&said["moved"], &said["late"]), (&json!(0), &json!(0)), "{said}");
        assert!(said["checked"].as_u64().unwrap() >= 1);
    }

    fn shorter_hours_say_whose_time_would_be_gone(app) {
        let taken = three_days(&app);
        app.at("2026-03-05T16:45:00+07:00");
        let shorter = json!({ "shifts": { "valid_from": "2026-03-05", "rules": [
            { "weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "07:30", "to": "11:30", "counts": true },
            { "weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": "13:00", "to": "16:30", "counts": true }
        ] } });
        let said = app.post("giamdoc", PATH, &shorter).expect(200);
        let item = said["items"].as_array().unwrap().iter().find(|i| i["dossier_id"] == taken["id"]);
        let item = item.unwrap_or_else(|| panic!("not told: {said}"));
        assert_eq!(item["new_due_at"], item["due_at"], "a promise is never brought forward");
        // The clock ticks on: some of the 45 minutes may have gone.
        assert!((40..=45).contains(&item["remaining_working_minutes"].as_i64().unwrap()), "{item}");
        assert_eq!(item["new_remaining_working_minutes"], json!(0));
        assert!(said["late"].as_u64().unwrap() >= 1);
    }

    fn what_cannot_be_a_calendar_is_refused_with_its_own_code(app) {
        let refused = |body: Value, pointer: &str, code: &str| {
            app.post("giamdoc", PATH, &body).invalid(pointer, code);
        };
        refused(json!({ "days_off": ["2026-03-04", "2026-03-04"] }), "/days_off/1", "repeated");
        refused(json!({ "days_off": ["2026-03-07"] }), "/days_off/0", "day_off_not_working");
        refused(json!({ "days_off": ["2099-01-05"] }), "/days_off/0", "out_of_range");
        refused(json!({ "make_up_days": [{ "date": "2026-03-04" }] }), "/make_up_days/0/date", "make_up_on_working_day");
        let overlapping = json!({ "shifts": { "valid_from": "2026-03-05", "rules": [
            { "weekdays": ["mon"], "from": "07:30", "to": "11:30", "counts": true },
            { "weekdays": ["mon"], "from": "11:00", "to": "16:30", "counts": true }
        ] } });
        let said = |body: &Value, pointer: &str, code: &str| {
            let answer = app.post("giamdoc", PATH, body);
            answer.points_at(&answer.refused(422, code), pointer, code);
        };
        said(&overlapping, "/shifts/rules/1", "shifts_overlap");
        let with = |from: &str, to: &str, counts: bool, valid_from: &str| json!({ "shifts": { "valid_from": valid_from, "rules": [
            { "weekdays": ["mon", "tue", "wed", "thu", "fri"], "from": from, "to": to, "counts": counts }
        ] } });
        said(&with("11:30", "07:30", true, "2026-03-05"), "/shifts/rules/0/to", "shift_ends_before_start");
        said(&with("07:30", "11:30", false, "2026-09-01"), "/shifts/rules", "no_working_day");
        said(&with("07:30", "11:30", false, "2026-03-05"), "/shifts/rules", "make_up_without_shift");
        refused(with("07:30", "11:30", true, "2099-01-05"), "/shifts/valid_from", "out_of_range");
        let sunday = json!({ "make_up_days": [{ "date": "2026-03-07", "replaces": "2026-03-08" }] });
        said(&sunday, "/make_up_days/0/replaces", "make_up_without_shift");
        // A limit of nothing, and one beyond what may be computed.
        for amount in [0, 10_000] {
            app.post("", "/api/v1/deadlines/compute", &json!({
                "received_at": "2026-03-02T09:00:00+07:00", "limit": { "amount": amount, "unit": "working_day" }
            })).refused(422, "limit_out_of_range");
        }
        app.post("giamdoc", PATH, &json!({ "centre_id": "0190a000-0000-7000-8000-000000000000" }))
            .refused(422, "centre_unknown");
    }
}
