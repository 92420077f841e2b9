//! Other systems: their accounts, scopes, secrets and what they ask.

use motcua_tests::{Answer, App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const CLIENTS: &str = "/api/v1/clients";
const TOKEN: &str = "/api/v1/oauth/token";

fn make(app: &App, scopes: &[&str]) -> (String, String) {
    let body = json!({ "name": "Cổng dịch vụ công", "role": "director", "scopes": scopes });
    let made = app.post("admin", CLIENTS, &body).expect(201);
    let id = made["client"]["id"].as_str().unwrap().to_owned();
    (id, made["secret"].as_str().unwrap().to_owned())
}

fn ask(app: &App, id: &str, secret: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", secret),
    ];
    app.send(app.request(Method::POST, TOKEN).form(&form))
}

fn token(app: &App, id: &str, secret: &str) -> String {
    ask(app, id, secret).expect(200)["access_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn get(app: &App, token: &str, path: &str) -> Answer {
    app.send(app.request(Method::GET, path).bearer_auth(token))
}

on_both! {
    fn a_client_does_what_its_scopes_say_and_nothing_else(app) {
        let d = app.take_in("thd");
        let (id, secret) = make(&app, &["dossiers.read", "events.read"]);
        let answer = ask(&app, &id, &secret);
        let body = answer.expect(200);
        assert_eq!((&body["token_type"], &body["scope"]), (&json!("Bearer"), &json!("dossiers.read events.read")));
        assert_eq!(answer.header("cache-control"), "no-store");
        let token = body["access_token"].as_str().unwrap();
        assert_eq!(get(&app, token, "/api/v1/dossiers").expect(200)["items"].as_array().unwrap().len(), 1);
        get(&app, token, "/api/v1/events").expect(200);
        // The role of a director may read who looked; this client may not.
        let told = get(&app, token, &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).refused(403, "scope_not_granted");
        assert_eq!(told["required_scope"], "dossiers.personal_data_views");
        get(&app, token, "/api/v1/users").refused(403, "role_not_allowed");
        // HTTP Basic does as well (RFC 6749, 2.3.1).
        let basic = app.request(Method::POST, TOKEN).basic_auth(&id, Some(&secret)).form(&[("grant_type", "client_credentials")]);
        app.send(basic).expect(200);
        // It is no person: not among them, and nobody signs in as it.
        let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
        assert!(people["items"].as_array().unwrap().iter().all(|u| u["id"] != json!(id)));
        let name = format!("client:{id}");
        app.sign_in(&name, "Motcua@2026").refused(401, "invalid_credentials");
        // Nor is a password made for it, nor a further role given.
        app.post("admin", &format!("/api/v1/users/{id}/first-passwords"), &json!({})).refused(404, "not_found");
        app.post("admin", &format!("/api/v1/users/{id}/roles"), &json!({ "role": "reception" })).refused(404, "not_found");
    }

    fn to_decide_is_for_people_whatever_another_system_was_given(app) {
        let asked = |role: &str, scope: &str| {
            let body = json!({ "name": "Rô-bốt", "role": role, "authority_id": app.authority("thd"), "scopes": ["dossiers.read", scope] });
            app.post("admin", CLIENTS, &body)
        };
        for (role, scope) in [
            ("leader", "dossiers.decisions"), ("leader", "dossiers.extensions"), ("leader", "dossiers.stops"),
            ("leader", "dossiers.undos"), ("leader", "disposals.approve"), ("reception", "dossiers.refusals"),
        ] {
            asked(role, scope).invalid("/scopes/1", "unknown_value");
        }
        let roles = app.get("admin", "/api/v1/roles").expect(200);
        let leader = roles["items"].as_array().unwrap().iter().find(|r| r["role"] == "leader").unwrap();
        let has = |list: &str| leader[list].as_array().unwrap().contains(&json!("dossiers.decisions"));
        assert!(has("permissions") && !has("scopes"));
        asked("leader", "dossiers.handovers").expect(201);
    }

    fn a_secret_is_told_once_and_replaced_with_an_overlap(app) {
        let (id, first) = make(&app, &["events.read"]);
        let shown = app.get("admin", &format!("{CLIENTS}/{id}"));
        assert!(!shown.text.contains(&first));
        let path = format!("{CLIENTS}/{id}/secrets");
        let second = app.post("admin", &path, &json!({ "overlap_hours": 24 })).expect(201)["secret"].as_str().unwrap().to_owned();
        for secret in [&first, &second] {
            token(&app, &id, secret);
        }
        app.at("2026-03-03T09:00:01+07:00");
        ask(&app, &id, &first).refused(401, "invalid_client");
        token(&app, &id, &second);
        let client = app.get("admin", &format!("{CLIENTS}/{id}")).expect(200);
        assert_eq!(client["secrets"].as_array().unwrap().len(), 1);
        assert!(client["secrets"][0]["last_used_at"].is_string());
        // Found out: replaced at once.
        app.post("admin", &path, &json!({ "overlap_hours": 0 })).expect(201);
        ask(&app, &id, &second).refused(401, "invalid_client");
        app.post("admin", &path, &json!({ "overlap_hours": 169 })).invalid("/overlap_hours", "out_of_range");
        assert!(app.verify().is_empty());
    }

    fn what_a_client_may_do_changes_at_once_also_for_tokens_given_out(app) {
        let (id, secret) = make(&app, &["dossiers.read", "events.read"]);
        let token = token(&app, &id, &secret);
        get(&app, &token, "/api/v1/events").expect(200);
        let path = format!("{CLIENTS}/{id}");
        app.patch_at("admin", &path, 1, &json!({ "scopes": ["dossiers.read"] })).expect(200);
        get(&app, &token, "/api/v1/events").refused(403, "scope_not_granted");
        app.patch_at("admin", &path, 1, &json!({ "active": false })).refused(412, "version_stale");
        app.patch_at("admin", &path, 2, &json!({ "active": false })).expect(200);
        get(&app, &token, "/api/v1/dossiers").refused(401, "account_deactivated");
        ask(&app, &id, &secret).refused(401, "invalid_client");
    }

    fn what_is_no_proper_request_for_a_token_is_told_as_the_rfc_names_it(app) {
        let (id, secret) = make(&app, &["events.read"]);
        let send = |form: &[(&str, &str)]| app.send(app.request(Method::POST, TOKEN).form(form));
        let told = send(&[("grant_type", "password"), ("client_id", &id), ("client_secret", &secret)]).refused(400, "grant_type_unsupported");
        assert_eq!(told["error"], "unsupported_grant_type");
        assert_eq!(send(&[("client_id", &id)]).refused(400, "token_request_invalid")["error"], "invalid_request");
        for (id, secret) in [(id.as_str(), "sai"), ("", ""), ("khong-co", secret.as_str())] {
            ask(&app, id, secret).refused(401, "invalid_client");
        }
    }

    fn clients_that_cannot_be_are_refused_by_field(app) {
        let good = json!({ "name": "Cổng", "role": "director", "scopes": ["events.read"] });
        let with = |member: &str, value: Value| {
            let mut body = good.clone();
            body[member] = value;
            app.post("admin", CLIENTS, &body)
        };
        with("name", json!(" ")).invalid("/name", "required");
        with("role", json!("admin")).invalid("/role", "invalid_value");
        with("scopes", json!([])).invalid("/scopes", "out_of_range");
        with("scopes", json!(["events.read", "users.manage"])).invalid("/scopes/1", "unknown_value");
        with("authority_id", json!("0198c0de-0000-7000-8000-000000000000")).invalid("/authority_id", "authority_unknown");
        assert_eq!(app.get("admin", CLIENTS).expect(200)["items"], json!([]));
    }

    fn what_a_client_asked_is_counted_by_day_and_operation(app) {
        let (id, secret) = make(&app, &["dossiers.read"]);
        let token = token(&app, &id, &secret);
        for _ in 0..3 {
            get(&app, &token, "/api/v1/dossiers").expect(200);
        }
        get(&app, &token, "/api/v1/events").refused(403, "scope_not_granted");
        let used = app.get("admin", &format!("{CLIENTS}/{id}/usage")).expect(200);
        assert_eq!(used["items"], json!([
            { "day": "2026-03-02", "operation": "GET /api/v1/dossiers", "requests": 3 },
            { "day": "2026-03-02", "operation": "GET /api/v1/events", "requests": 1 },
        ]));
        get(&app, &token, "/api/v1/dossiers").expect(200);
        let used = app.get("admin", &format!("{CLIENTS}/{id}/usage")).expect(200);
        assert_eq!(used["items"][0]["requests"], 4);
    }
}
