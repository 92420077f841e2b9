//! How the API behaves towards anyone: formats, languages, versions, repetition.

use std::collections::BTreeSet;

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Answer, App, Options, on_both};
use reqwest::Method;
use reqwest::blocking::Body;
use serde_json::{Value, json};

fn keyed(app: &App, who: &str, key: &str, body: &Value) -> Answer {
    app.send(
        app.as_person(who, Method::POST, "/api/v1/dossiers")
            .header("idempotency-key", key)
            .json(body),
    )
}

fn count(app: &App) -> usize {
    let list = app
        .get("tiepnhan", "/api/v1/dossiers?limit=100")
        .expect(200);
    list["items"].as_array().unwrap().len()
}

on_both! {
    fn a_body_that_is_no_json_is_malformed(app) {
        let post = |body: &str| app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", body.to_owned());
        for body in ["", "{", "not json", "{'a':1}", "\u{feff}{}x", "nul", "{\"note\":\"a"] {
            post(body).refused(400, "malformed_request");
        }
        for body in ["[]", "[1,2", "\"text\"", "7", "null", "{\"a\":1}}", "{\"a\":1,}"] {
            assert!([400, 422].contains(&post(body).status), "{body}");
        }
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        assert!([400, 413, 422].contains(&post(&deep).status));
        let invalid = b"{\"note\": \"\xff\xfe\"}".to_vec();
        app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", invalid).refused(400, "malformed_request");
        assert_eq!(count(&app), 0);
    }

    fn what_nobody_knows_is_refused_by_name(app) {
        let mut body = app.intake("thd");
        body["colour"] = json!("red");
        let answer = app.send_in(&body);
        let problem = answer.refused(400, "unknown_field");
        answer.points_at(&problem, "/colour", "unknown");
        let mut body = app.intake("thd");
        body["owner"]["shoe_size"] = json!(42);
        let answer = app.send_in(&body);
        let problem = answer.refused(400, "unknown_field");
        answer.points_at(&problem, "/owner/shoe_size", "unknown");
        for path in ["/api/v1/dossiers?colour=red", "/api/v1/me?x=1", "/api/v1/public/procedures?lmit=3"] {
            app.get("tiepnhan", path).refused(400, "unknown_parameter");
        }
        assert_eq!(count(&app), 0);
    }

    fn values_of_another_type_and_missing_ones_are_named(app) {
        let with = |pointer: &str, value: Value| {
            let mut body = app.intake("thd");
            *body.pointer_mut(pointer).unwrap() = value;
            app.send_in(&body)
        };
        with("/owner/full_name", json!(7)).invalid("/owner/full_name", "wrong_type");
        with("/owner", json!([])).invalid("/owner", "wrong_type");
        with("/components/0/originals", json!("1")).invalid("/components/0/originals", "wrong_type");
        with("/components/0/originals", json!(1.5)).invalid("/components/0/originals", "wrong_type");
        with("/channel", json!("pigeon")).invalid("/channel", "unknown_value");
        with("/owner/kind", json!("Citizen")).invalid("/owner/kind", "unknown_value");
        assert_eq!(with("/authority_id", json!("thd")).status, 422);
        assert_eq!(with("/components/0/originals", json!(99_999_999_999_i64)).status, 422);
        for member in ["procedure_code", "authority_id", "channel", "owner", "components", "result_delivery"] {
            let mut body = app.intake("thd");
            body.as_object_mut().unwrap().remove(member);
            app.send_in(&body).invalid(&format!("/{member}"), "required");
        }
        assert_eq!(count(&app), 0);
    }

    fn a_member_given_twice_is_not_guessed_at(app) {
        let text = app.intake("thd").to_string();
        let twice = text.replacen("{\"authority_id\"", "{\"channel\":\"online\",\"authority_id\"", 1);
        assert_ne!(twice, text);
        let answer = app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", twice);
        assert!([400, 422].contains(&answer.status), "{}", answer.text);
    }

    fn other_formats_are_not_taken(app) {
        let body = app.intake("thd").to_string();
        for kind in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=utf-16"] {
            app.post_raw("tiepnhan", "/api/v1/dossiers", kind, body.clone()).refused(415, "unsupported_media_type");
        }
        let zipped = app
            .as_person("tiepnhan", Method::POST, "/api/v1/dossiers")
            .header("content-type", "application/json")
            .header("content-encoding", "gzip")
            .body(body.clone());
        app.send(zipped).refused(415, "unsupported_media_type");
        app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json; charset=utf-8", body).expect(201);
    }

    fn twenty_megabytes_are_too_much(app) {
        let huge = format!("{{\"note\":\"{}\"}}", "x".repeat(20_000_000));
        let answer = app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", huge.clone());
        let problem = answer.refused(413, "payload_too_large");
        assert_eq!(problem["limit_bytes"], 65_536);
        // Nor when the size is not said beforehand.
        let chunked = Body::new(std::io::Cursor::new(huge.into_bytes()));
        let answer = app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", chunked);
        answer.refused(413, "payload_too_large");
        assert_eq!(count(&app), 0);
        app.take_in("thd");
    }

    fn other_methods_are_told_which_there_are(app) {
        let answer = app.send(app.as_person("tiepnhan", Method::DELETE, "/api/v1/dossiers"));
        answer.refused(405, "method_not_allowed");
        let allow: BTreeSet<String> = answer.header("allow").split(", ").map(ToOwned::to_owned).collect();
        assert!(allow.contains("GET") && allow.contains("POST") && !allow.contains("DELETE"), "{allow:?}");
        let d = app.take_in("thd");
        for (method, path) in [
            (Method::PUT, format!("/api/v1/dossiers/{}", d.id)),
            (Method::DELETE, format!("/api/v1/dossiers/{}", d.id)),
            (Method::GET, format!("/api/v1/dossiers/{}/decisions", d.id)),
            (Method::PATCH, "/api/v1/me".to_owned()),
        ] {
            app.send(app.as_person("tiepnhan", method, &path)).refused(405, "method_not_allowed");
        }
        let head = app.send(app.as_person("tiepnhan", Method::HEAD, "/api/v1/me"));
        assert_eq!((head.status, head.text.as_str()), (200, ""));
    }

    fn what_is_not_there_is_not_found(app) {
        for path in [
            "/api/v1/nothing", "/api/v2/me", "/api/v1/dossiers/x", "/api/v1/dossiers/0198c0de-0000-7000-8000-000000000000",
            "/api/v1/dossiers/%00", "/api/v1/dossiers/..%2f..%2fme", "/api/v1/users/%2500",
            "/api/v1/authorities/nothing/signers",
        ] {
            let status = app.get("admin", path).status;
            assert_eq!(status, 404, "{path}");
        }
    }

    fn texts_come_in_the_callers_language_and_codes_in_none(app) {
        let ask = |language: &str| {
            let request = app
                .request(Method::GET, "/api/v1/me")
                .header("accept-language", language);
            app.send(request)
        };
        let vietnamese = ask("vi").refused(401, "unauthenticated");
        let english = ask("en").refused(401, "unauthenticated");
        assert_ne!(vietnamese["detail"], english["detail"]);
        assert_ne!(vietnamese["title"], english["title"]);
        assert_eq!(vietnamese["type"], english["type"]);
        assert_eq!(ask("en-GB, vi;q=0.5").header("content-language"), "en");
        assert_eq!(ask("vi;q=0.9, en;q=0.8").header("content-language"), "vi");
        for other in ["fr", "", "*", "en;q=0", ";;;", &"en,".repeat(500)] {
            let answer = ask(other);
            assert!(["vi", "en"].contains(&answer.header("content-language").as_str()), "{other}");
        }
        assert_eq!(ask("fr").header("content-language"), "vi");
        assert!(ask("en").headers.get_all("vary").iter().any(|v| v.to_str().unwrap().contains("Accept-Language")));
    }

    fn every_answer_has_its_own_id_and_is_kept_by_no_cache(app) {
        let mut seen = BTreeSet::new();
        for _ in 0..5 {
            let answer = app
                .send(app.as_person("tiepnhan", Method::GET, "/api/v1/me").header("x-request-id", "mine"));
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
            assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty());
            assert!(seen.insert(answer.header("x-request-id")));
        }
        assert!(!seen.contains("mine"));
    }

    fn a_repeated_request_gets_the_first_answer(app) {
        let body = app.intake("thd");
        let first = keyed(&app, "tiepnhan", "k-1", &body);
        first.expect(201);
        assert!(first.header("idempotency-replayed").is_empty());
        let again = keyed(&app, "tiepnhan", "k-1", &body);
        assert_eq!((again.status, &again.text), (201, &first.text));
        assert_eq!(again.header("idempotency-replayed"), "true");
        for name in ["etag", "location", "content-type"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
        assert_eq!(count(&app), 1);
        // The same meaning in other letters is the same request.
        let spaced = serde_json::to_string_pretty(&body).unwrap();
        let request = app
            .as_person("tiepnhan", Method::POST, "/api/v1/dossiers")
            .header("idempotency-key", "k-1")
            .header("content-type", "application/json")
            .body(spaced);
        assert_eq!(app.send(request).text, first.text);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_key_with_another_request_is_refused(app) {
        let mut body = app.intake("thd");
        keyed(&app, "tiepnhan", "k-1", &body).expect(201);
        body["note"] = json!("khác");
        keyed(&app, "tiepnhan", "k-1", &body).refused(422, "idempotency_key_reused");
        let mut d = app.journey("thd", Station::Processing);
        let act = |version: i64, action: &str, body: &Value| {
            app.send(
                app.as_person("thuly.thd", Method::POST, &d.path(action))
                    .header("if-match", format!("\"v{version}\""))
                    .header("idempotency-key", "k-2")
                    .json(body),
            )
        };
        let claimed = act(d.version, "claims", &json!({}));
        claimed.expect(201);
        // Sent again it is answered again, although the version has moved on.
        assert_eq!(act(d.version, "claims", &json!({})).text, claimed.text);
        act(d.version + 1, "claims", &json!({})).refused(422, "idempotency_key_reused");
        act(d.version, "handovers", &json!({ "to": "leader" })).refused(422, "idempotency_key_reused");
        d = motcua_tests::Dossier::of("thd", &app.read("tiepnhan", &d));
        assert_eq!(d.version, 4);
        assert_eq!(count(&app), 2);
    }

    fn a_key_is_its_owners_own(app) {
        // Another officer's equal key is another key, and tells nothing of the first.
        let new = json!({
            "username": "tiepnhan.hai", "full_name": "Người Thứ Hai", "password": "MatKhau#Dau2026", "must_change_password": false,
            "roles": [{ "role": "reception" }]
        });
        app.post("admin", "/api/v1/users", &new).expect(201);
        let body = app.intake("thd");
        let first = keyed(&app, "tiepnhan", "k-1", &body);
        let token = app.sign_in("tiepnhan.hai", "MatKhau#Dau2026").expect(200);
        let request = app
            .request(Method::POST, "/api/v1/dossiers")
            .bearer_auth(token["access_token"].as_str().unwrap())
            .header("idempotency-key", "k-1")
            .json(&body);
        let second = app.send(request).expect(201);
        assert_ne!(first.expect(201)["id"], second["id"]);
    }

    fn a_refused_request_does_not_use_its_key_up(app) {
        let mut body = app.intake("thd");
        body["components"] = json!([]);
        keyed(&app, "tiepnhan", "k-1", &body).refused(422, "components_missing");
        keyed(&app, "tiepnhan", "k-1", &app.intake("thd")).expect(201);
        let d = app.journey("thd", Station::WithLeader);
        let decide = |version: i64| {
            app.send(
                app.as_person("lanhdao.thd", Method::POST, &d.path("decisions"))
                    .header("if-match", format!("\"v{version}\""))
                    .header("idempotency-key", "k-3")
                    .json(&body_of("decisions")),
            )
        };
        decide(1).refused(412, "version_stale");
        decide(d.version).expect(201);
    }

    fn a_key_is_short_and_visible(app) {
        let body = app.intake("thd");
        for key in ["", "a b", &"x".repeat(256)] {
            keyed(&app, "tiepnhan", key, &body).refused(400, "idempotency_key_invalid");
        }
        keyed(&app, "tiepnhan", &"x".repeat(255), &body).expect(201);
        let twice = app
            .as_person("tiepnhan", Method::POST, "/api/v1/dossiers")
            .header("idempotency-key", "a")
            .header("idempotency-key", "b")
            .json(&body);
        app.send(twice).refused(400, "idempotency_key_invalid");
    }

    fn the_contract_that_is_served_is_the_one_committed(app) {
        let yaml = app.get("", "/openapi.yaml");
        assert_eq!(yaml.status, 200);
        assert_eq!(yaml.text.trim_end(), include_str!("../../openapi.yaml").trim_end());
        let json: Value = app.get("", "/openapi.json").expect(200);
        assert_eq!(json, yaml_serde::from_str::<Value>(&yaml.text).unwrap());
    }

    fn health_is_told_to_anyone(app) {
        assert_eq!(app.get("", "/health/live").status, 200);
        assert_eq!(app.get("", "/health/ready").status, 200);
    }

    fn the_api_as_a_whole_is_limited_per_address(app, Options::with(&[("RATE_API_BURST", "5"), ("RATE_API_PER_MINUTE", "1")])) {
        for _ in 0..5 {
            app.post("", "/api/v1/amounts/words", &json!({ "amount_vnd": 5 })).expect(200);
        }
        app.post("", "/api/v1/amounts/words", &json!({ "amount_vnd": 5 })).refused(429, "too_many_requests");
        // Whoever counts the requests of others cannot be made to count by an invented address.
        let forged = app
            .request(Method::GET, "/api/v1/me")
            .header("x-forwarded-for", "203.0.113.9");
        app.send(forged).refused(429, "too_many_requests");
        assert_eq!(app.get("", "/health/live").status, 200);
    }
}
