//! What a citizen may learn without signing in.

use motcua_tests::dossier::Station;
use motcua_tests::{Answer, App, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn look(app: &App, code: &str, proof: &str) -> Answer {
    app.post(
        "",
        "/api/v1/public/dossier-lookups",
        &json!({ "code": code, "proof": proof }),
    )
}

on_both! {
    fn a_citizen_finds_the_dossier_by_code_and_four_digits(app) {
        let d = app.journey("thd", Station::Returned);
        let code = d.text("code");
        let answer = look(&app, code, "2345");
        let body = answer.expect(200);
        assert_eq!((&body["code"], &body["state"]), (&d.body["code"], &json!("returned")));
        assert_eq!(body["due_at"], d.body["due_at"]);
        assert_eq!(body["owner_name"], "N***** Văn A*");
        for secret in ["Nguyễn", "001085012345", "0912345678", "Hàng Bài", "Thu Hà", "Văn Đức"] {
            assert!(!answer.text.contains(secret), "{secret} is told: {}", answer.text);
        }
        let steps: Vec<&str> = body["steps"].as_array().unwrap().iter().map(|s| s["label"].as_str().unwrap()).collect();
        assert_eq!(steps.len(), 4, "{steps:?}");
        // By the telephone's end as well, in small letters, with spaces around.
        look(&app, &format!(" {} ", code.to_lowercase()), "5678").expect(200);
        let english = app
            .request(Method::POST, "/api/v1/public/dossier-lookups")
            .header("accept-language", "en")
            .json(&json!({ "code": code, "proof": "2345" }));
        assert_ne!(app.send(english).expect(200)["state_label"], body["state_label"]);
    }

    fn a_submission_is_found_by_its_number(app) {
        let d = app.journey("thd", Station::Submitted);
        let body = look(&app, d.text("submission_number"), "2345").expect(200);
        assert_eq!(body["state"], "submitted");
        assert!(body["due_at"].is_null());
    }

    fn an_unknown_code_and_a_wrong_proof_are_one_answer(app) {
        let d = app.take_in("thd");
        let strip = |answer: Answer| {
            let mut body = answer.refused(404, "lookup_failed");
            body.as_object_mut().unwrap().remove("trace_id");
            body
        };
        let wrong = strip(look(&app, d.text("code"), "0000"));
        assert_eq!(strip(look(&app, "H26.14.100-260302-9999", "0000")), wrong);
        assert_eq!(strip(look(&app, "' OR 1=1 --", "0000")), wrong);
        // Nothing but the end of the number proves anything.
        assert_eq!(strip(look(&app, d.text("code"), "0010")), wrong);
    }

    fn five_misses_lock_a_code_for_half_an_hour_known_or_not(app) {
        let d = app.take_in("thd");
        let unknown = "H26.14.100-260302-9999";
        for code in [d.text("code"), unknown] {
            for _ in 0..5 {
                look(&app, code, "0000").refused(404, "lookup_failed");
            }
            let locked = look(&app, code, "2345");
            locked.refused(429, "lookup_locked");
            let wait: i64 = locked.header("retry-after").parse().unwrap();
            assert!((1..=1800).contains(&wait));
        }
        // Letters and spaces do not open another door to the same dossier.
        look(&app, &d.text("code").to_lowercase(), "2345").refused(429, "lookup_locked");
        let other = app.take_in("thd");
        look(&app, other.text("code"), "2345").expect(200);
        app.at("2026-03-02T09:31:00+07:00");
        look(&app, d.text("code"), "2345").expect(200);
    }

    fn a_proof_is_four_digits(app) {
        let d = app.take_in("thd");
        for proof in ["", "234", "12345", "abcd", "２３４５", "23 5", "%%%%", "____"] {
            look(&app, d.text("code"), proof).invalid("/proof", "invalid_value");
        }
        look(&app, "", "2345").invalid("/code", "invalid_value");
        look(&app, &"x".repeat(65), "2345").invalid("/code", "invalid_value");
        look(&app, "a\u{0}b", "2345").invalid("/code", "control_character");
    }

    fn without_any_number_nothing_proves(app) {
        let mut body = app.intake("thd");
        body["owner"] = json!({ "kind": "citizen", "full_name": "Bé Nguyễn" });
        let made = app.send_in(&body).expect(201);
        for proof in ["0000", "1234"] {
            look(&app, made["code"].as_str().unwrap(), proof).refused(404, "lookup_failed");
        }
    }

    fn the_public_asks_only_so_often(app, Options::with(&[("RATE_PUBLIC_BURST", "3"), ("RATE_PUBLIC_PER_MINUTE", "1")])) {
        for _ in 0..3 {
            app.get("", "/api/v1/public/procedures?limit=1").expect(200);
        }
        let refused = app.get("", "/api/v1/public/procedures?limit=1");
        let body: Value = refused.refused(429, "too_many_requests");
        assert!(body["retry_after"].is_number());
        app.get("tiepnhan", "/api/v1/procedures?limit=1").expect(200);
    }
}
