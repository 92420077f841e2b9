//! Substitutes: a role held for somebody else, for a time, on record.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const DELEGATIONS: &str = "/api/v1/delegations";

fn id(app: &App, username: &str) -> String {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    let found = items.iter().find(|u| u["username"] == username).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn asked(app: &App, to: &str, role: &str) -> Value {
    json!({
        "to_user_id": id(app, to), "role": role, "authority_id": app.authority("thd"),
        "valid_from": "2026-03-02T10:00:00+07:00", "valid_to": "2026-03-04T00:00:00+07:00",
        "reason": "Đi công tác, Quyết định số 45/QĐ-UBND"
    })
}

on_both! {
    fn a_substitute_decides_while_the_delegation_runs_and_the_record_says_for_whom(app) {
        let mut d = app.journey("thd", Station::WithLeader);
        let made = app.post("lanhdao.thd", DELEGATIONS, &asked(&app, "thuly.cn", "leader")).expect(201);
        assert_eq!((&made["from"]["full_name"], &made["role"]), (&json!("Đặng Quốc Khánh"), &json!("leader")));
        // Not before it begins.
        app.try_act("thuly.cn", &d, "decisions", &body_of("decisions")).refused(403, "role_not_allowed");
        app.at("2026-03-02T10:30:00+07:00");
        let me = app.get("thuly.cn", "/api/v1/me").expect(200);
        let role = me["roles"].as_array().unwrap().iter().find(|r| r["role"] == "leader").unwrap().clone();
        assert_eq!(role["delegated"], true);
        app.act("thuly.cn", &mut d, "decisions", &body_of("decisions"));
        let lines = app.get("lanhdao.thd", &format!("/api/v1/dossiers/{}/timeline?limit=100", d.id)).expect(200);
        let line = lines["items"].as_array().unwrap().iter().find(|l| l["kind"] == "decided").unwrap().clone();
        assert_eq!(line["detail"]["acting_for"]["full_name"], "Đặng Quốc Khánh");
        // The leader signs still, and then for nobody.
        let mut other = app.journey("thd", Station::WithLeader);
        app.act("lanhdao.thd", &mut other, "decisions", &body_of("decisions"));
        let lines = app.get("lanhdao.thd", &format!("/api/v1/dossiers/{}/timeline?limit=100", other.id)).expect(200);
        let line = lines["items"].as_array().unwrap().iter().find(|l| l["kind"] == "decided").unwrap().clone();
        assert!(line["detail"]["acting_for"].is_null());
        // After its end it is over, without anybody doing anything.
        app.at("2026-03-04T00:00:01+07:00");
        let d = app.journey("thd", Station::WithLeader);
        app.try_act("thuly.cn", &d, "decisions", &body_of("decisions")).refused(403, "role_not_allowed");
        assert!(app.verify().is_empty());
    }

    fn nobody_makes_himself_or_an_administrator_a_leader(app) {
        let mut asked = asked(&app, "admin", "leader");
        asked["from_user_id"] = json!(id(&app, "lanhdao.thd"));
        app.post("admin", DELEGATIONS, &asked).refused(403, "delegation_to_self");
        app.post("lanhdao.thd", DELEGATIONS, &asked).invalid("/to_user_id", "roles_apart");
        let both = json!({ "username": "hai.vai", "full_name": "Hai Vai", "roles": [{ "role": "admin" }, { "role": "director" }] });
        app.post("admin", "/api/v1/users", &both).invalid("/roles", "roles_apart");
        let d = app.journey("thd", Station::WithLeader);
        app.try_act("admin", &d, "decisions", &body_of("decisions")).refused(403, "role_not_allowed");
        assert!(app.verify().is_empty());
    }

    fn a_delegation_is_ended_before_its_time_by_who_gave_it(app) {
        let made = app.post("lanhdao.thd", DELEGATIONS, &asked(&app, "thuly.cn", "leader")).expect(201);
        let path = format!("{DELEGATIONS}/{}/endings", made["id"].as_str().unwrap());
        app.post("thuly.thd", &path, &json!({})).refused(404, "not_found");
        app.at("2026-03-02T11:00:00+07:00");
        let ended = app.post("lanhdao.thd", &path, &json!({})).expect(201);
        assert_eq!(ended["ended_by"]["full_name"], "Đặng Quốc Khánh");
        app.post("lanhdao.thd", &path, &json!({})).refused(409, "delegation_over");
        let me = app.get("thuly.cn", "/api/v1/me").expect(200);
        assert!(me["roles"].as_array().unwrap().iter().all(|r| r["role"] != "leader"));
        // Both sides and the administrator see it; others do not.
        for (who, n) in [("lanhdao.thd", 1), ("thuly.cn", 1), ("admin", 1), ("thuly.thd", 0)] {
            let list = app.get(who, DELEGATIONS).expect(200);
            assert_eq!(list["items"].as_array().unwrap().len(), n, "{who}");
        }
    }

    fn only_ones_own_role_is_delegated_to_a_colleague_and_not_for_ever(app) {
        let good = asked(&app, "thuly.cn", "leader");
        let with = |member: &str, value: Value| {
            let mut body = good.clone();
            body[member] = value;
            app.post("lanhdao.thd", DELEGATIONS, &body)
        };
        with("role", json!("admin")).invalid("/role", "invalid_value");
        with("authority_id", json!(app.authority("cn"))).invalid("/role", "invalid_value");
        with("to_user_id", json!(id(&app, "lanhdao.thd"))).invalid("/to_user_id", "invalid_value");
        with("to_user_id", json!(app.authority("thd"))).invalid("/to_user_id", "invalid_value");
        with("valid_to", json!("2026-03-02T10:00:00+07:00")).invalid("/valid_to", "out_of_range");
        with("valid_to", json!("2027-06-02T10:00:00+07:00")).invalid("/valid_to", "out_of_range");
        with("reason", json!(" ")).invalid("/reason", "required");
        // Another's role is delegated by who keeps accounts.
        let mut body = good.clone();
        body["from_user_id"] = json!(id(&app, "lanhdao.thd"));
        app.post("thuly.thd", DELEGATIONS, &body).refused(403, "delegation_not_yours");
        app.post("admin", DELEGATIONS, &body).expect(201);
        // What is delegated is not passed on.
        app.at("2026-03-02T10:30:00+07:00");
        app.post("thuly.cn", DELEGATIONS, &asked(&app, "tiepnhan", "leader")).invalid("/role", "invalid_value");
        assert!(app.verify().is_empty());
    }
}
