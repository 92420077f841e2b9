//! Bad input: a clear problem with its code and place, or the text kept as it was; never a fault of
//! the server, never half a dossier.

use motcua_tests::dossier::{MARITAL, Station, body_of};
use motcua_tests::{Answer, App, on_both};
use serde_json::{Value, json};

/// What hands and machines type into fields. The JSON text of each string, since some can be
/// written in no other way.
fn hostile() -> Vec<String> {
    let mut list: Vec<String> = [
        "'; DROP TABLE dossiers; --",
        "' OR '1'='1",
        "\\'; SELECT pg_sleep(5); --",
        "<script>alert(document.cookie)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} ${7*7} #{7*7} %s %n",
        "../../../../etc/passwd",
        "=HYPERLINK(\"http://example.invalid\")",
        "Nguyễn 😀 An",
        "\u{202e}nA năV",
        "a\u{200b}b",
        "\r\nSet-Cookie: x=1",
        "NULL",
        "   ",
        "",
        "\u{feff}",
        "％００",
        "Ｎｇｕｙễｎ",
    ]
    .iter()
    .map(|text| json!(text).to_string())
    .collect();
    list.push("\"a\\u0000b\"".to_owned());
    list.push("\"\\ud800\"".to_owned());
    list.push("\"\\u001b[31m\"".to_owned());
    list.push(json!("x".repeat(301)).to_string());
    list.push(json!("Ế".repeat(5_000)).to_string());
    list.push(json!("a\u{301}".repeat(400)).to_string());
    list
}

/// A body as text with one member's value replaced by other JSON text.
fn with(body: &Value, pointer: &str, text: &str) -> String {
    let mut body = body.clone();
    *body.pointer_mut(pointer).unwrap() = json!("@@here@@");
    body.to_string().replace("\"@@here@@\"", text)
}

/// A refusal names its place; nothing else but a success may come back.
fn fair(answer: &Answer, pointer: &str, text: &str) {
    match answer.status {
        200 | 201 => {}
        400 => {
            // What is no text at all, such as half a surrogate.
            assert_eq!(
                answer.code(),
                "malformed_request",
                "{pointer} {text}\n{}",
                answer.text
            );
        }
        404 => assert_eq!(answer.code(), "lookup_failed", "{pointer} {text}"),
        401 => assert_eq!(answer.code(), "invalid_credentials", "{pointer} {text}"),
        422 => {
            let problem = answer.json();
            let named = problem["errors"].as_array().is_some_and(|errors| {
                errors.iter().any(|e| {
                    e["pointer"]
                        .as_str()
                        .is_some_and(|p| pointer.starts_with(p))
                })
            });
            assert!(named, "{pointer} {text}\n{}", answer.text);
        }
        other => panic!("{pointer} {text} -> {other}\n{}", answer.text),
    }
}

fn dossiers(app: &App) -> usize {
    let mut n = 0;
    let mut query = "limit=100".to_owned();
    loop {
        let page = app
            .get("tiepnhan", &format!("/api/v1/dossiers?{query}"))
            .expect(200);
        n += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => query = format!("limit=100&cursor={next}"),
            None => return n,
        }
    }
}

on_both! {
    fn hostile_text_in_a_new_dossier_is_kept_as_it_is_or_refused_in_place(app) {
        let mut body = app.intake("thd");
        body["filer"] = json!({
            "full_name": "Trần Thị Bình", "identity_number": "001190054321", "phone": "0987654321",
            "email": "binh@example.vn", "address": "Hà Nội", "relation": "vợ", "authorisation": "Giấy 1"
        });
        body["note"] = json!("Ghi chú");
        body["result_delivery"] = json!({ "method": "post", "address": "Hà Nội" });
        let fields = [
            "/procedure_code", "/owner/full_name", "/owner/identity_number", "/owner/birth_date", "/owner/phone",
            "/owner/email", "/owner/address", "/filer/full_name", "/filer/identity_number", "/filer/phone",
            "/filer/email", "/filer/address", "/filer/relation", "/filer/authorisation",
            "/components/0/component_id", "/result_delivery/address", "/note",
        ];
        let mut made = 0;
        for pointer in fields {
            for text in hostile() {
                let sent = with(&body, pointer, &text);
                let answer = app.post_raw("tiepnhan", "/api/v1/dossiers", "application/json", sent);
                fair(&answer, pointer, &text);
                if answer.status != 201 {
                    continue;
                }
                made += 1;
                let id = answer.json()["id"].as_str().unwrap().to_owned();
                let given: String = serde_json::from_str(&text).unwrap();
                let kept = match pointer {
                    "/note" => answer.json()["note"].clone(),
                    "/result_delivery/address" => answer.json()["result_delivery"]["address"].clone(),
                    "/filer/relation" | "/filer/authorisation" => answer.json().pointer(pointer).unwrap().clone(),
                    _ => {
                        let path = format!("/api/v1/dossiers/{id}/personal-data");
                        app.get("tiepnhan", &path).expect(200).pointer(pointer).unwrap().clone()
                    }
                };
                // Spaces around it are no part of a text, an empty one is none, marks are composed.
                let given = motcua_domain::text::nfc(given.trim());
                match kept.as_str() {
                    Some(kept) => assert_eq!(kept, given, "{pointer}"),
                    None => assert_eq!(given, "", "{pointer}"),
                }
            }
        }
        assert!(made > 20, "{made}");
        assert_eq!(dossiers(&app), made, "something was half-written");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn hostile_text_in_what_officers_do_is_kept_or_refused(app) {
        for (station, who, action, fields) in [
            (Station::Submitted, "tiepnhan", "refusals", &["/reason_code", "/reason"][..]),
            (Station::Processing, "thuly.thd", "supplement-requests", &["/items/0", "/reason"][..]),
            (Station::Accepted, "tiepnhan", "handovers", &["/note"][..]),
            (Station::WithLeader, "lanhdao.thd", "decisions", &["/reason", "/legal_basis", "/note"][..]),
            (Station::Decided, "thuly.thd", "results", &["/number", "/summary"][..]),
            (Station::Completed, "traketqua", "returns",
                &["/collector/full_name", "/collector/authorisation", "/collector/tracking_number", "/collector/identity_number"][..]),
            (Station::Processing, "tiepnhan", "withdrawals", &["/reason"][..]),
        ] {
            let mut body = match action {
                "handovers" => json!({ "to": "handler", "note": "" }),
                "decisions" => json!({ "outcome": "refuse", "reason": "Lý do", "legal_basis": "", "note": "" }),
                _ => body_of(action),
            };
            if action == "returns" {
                body["collector"]["authorisation"] = json!("");
                body["collector"]["tracking_number"] = json!("");
            }
            let mut d = app.journey("thd", station);
            for pointer in fields {
                for text in hostile() {
                    let request = app
                        .as_person(who, reqwest::Method::POST, &d.path(action))
                        .header("if-match", format!("\"v{}\"", d.version))
                        .header("content-type", "application/json")
                        .body(with(&body, pointer, &text));
                    let answer = app.send(request);
                    fair(&answer, pointer, &text);
                    if answer.status == 201 {
                        d = app.journey("thd", station);
                    } else {
                        assert_eq!(app.read("tiepnhan", &d)["version"], d.version, "half-written: {pointer} {text}");
                    }
                }
            }
        }
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn hostile_text_elsewhere_is_answered_calmly(app) {
        let user = json!({
            "username": "x", "full_name": "Người", "title": "Chức", "password": "MatKhau#Dau2026",
            "roles": [{ "role": "inspector" }]
        });
        let mut n = 0;
        for text in hostile() {
            for pointer in ["/username", "/full_name", "/title"] {
                n += 1;
                let mut body = user.clone();
                body["username"] = json!(format!("nguoi.{n}"));
                let answer = app.post_raw("admin", "/api/v1/users", "application/json", with(&body, pointer, &text));
                if answer.status == 409 {
                    assert_eq!(answer.code(), "username_taken");
                } else {
                    fair(&answer, pointer, &text);
                }
            }
            let card = json!({ "text": "" });
            let answer = app.post_raw("", "/api/v1/citizen-cards/parse", "application/json", with(&card, "/text", &text));
            assert!([200, 400, 422].contains(&answer.status), "{}", answer.text);
            let look = json!({ "code": "", "proof": "2345" });
            let answer = app.post_raw("", "/api/v1/public/dossier-lookups", "application/json", with(&look, "/code", &text));
            fair(&answer, "/code", &text);
            let login = json!({ "username": "", "password": "x" });
            let answer = app.post_raw("", "/api/v1/auth/login", "application/json", with(&login, "/username", &text));
            fair(&answer, "/username", &text);
            let qr = json!({ "bank_bin": "970436", "account_number": "0123456789", "service": "account", "purpose": "" });
            for pointer in ["/bank_bin", "/account_number", "/purpose"] {
                let answer = app.post_raw("", "/api/v1/vietqr/encode", "application/json", with(&qr, pointer, &text));
                fair(&answer, pointer, &text);
            }
            let parse = json!({ "payload": "" });
            let answer = app.post_raw("", "/api/v1/vietqr/parse", "application/json", with(&parse, "/payload", &text));
            assert!([200, 400, 422].contains(&answer.status), "{}", answer.text);
            if let Ok(text) = serde_json::from_str::<String>(&text) && text.len() < 4_000 {
                for path in ["/api/v1/dossiers", "/api/v1/procedures"] {
                    let request = app.as_person("tiepnhan", reqwest::Method::GET, path).query(&[("q", &text)]);
                    let answer = app.send(request);
                    assert!([200, 422].contains(&answer.status), "{path} {text}: {}", answer.text);
                }
            }
        }
    }

    fn people_who_cannot_be_are_refused_by_field(app) {
        let with = |pointer: &str, value: Value| {
            let mut body = app.intake("thd");
            *body.pointer_mut(pointer).unwrap() = value;
            app.send_in(&body)
        };
        for (date, code) in [
            ("2026-02-30", "birth_date_invalid"), ("1985-13-01", "birth_date_invalid"), ("12/04/1985", "birth_date_invalid"),
            ("85", "birth_date_invalid"), ("1985-4-1", "birth_date_invalid"), ("yesterday", "birth_date_invalid"),
            ("2026-03-03", "birth_date_in_future"), ("2027", "birth_date_in_future"), ("1700", "birth_date_too_early"),
        ] {
            with("/owner/birth_date", json!(date)).invalid("/owner/birth_date", code);
        }
        for number in ["12345678901", "1234567890123", "12345678", "0010850123455", "001 085 01234"] {
            with("/owner/identity_number", json!(number)).invalid("/owner/identity_number", "identity_number_invalid");
        }
        for phone in ["12345", "0112345678", "+1 555 0100", "09123456789"] {
            with("/owner/phone", json!(phone)).invalid("/owner/phone", "phone_invalid");
        }
        for email in ["an", "an@", "@example.vn", "an@example", "a b@example.vn", "an@@example.vn"] {
            with("/owner/email", json!(email)).invalid("/owner/email", "email_invalid");
        }
        with("/owner/full_name", json!("N".repeat(300))).invalid("/owner/full_name", "too_long");
        with("/owner/full_name", json!("Nguyễn 😀 An")).invalid("/owner/full_name", "name_invalid");
        with("/owner/full_name", json!("12345")).invalid("/owner/full_name", "name_invalid");
        with("/owner/full_name", json!("  ")).invalid("/owner/full_name", "required");
        with("/owner/address", json!("x".repeat(301))).invalid("/owner/address", "too_long");
        // Several faults are named at once.
        let mut body = app.intake("thd");
        body["owner"]["phone"] = json!("1");
        body["owner"]["email"] = json!("x");
        body["owner"]["birth_date"] = json!("x");
        let problem = app.send_in(&body).refused(422, "validation_failed");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
        assert_eq!(dossiers(&app), 0);
    }

    fn organisations_have_other_names_and_numbers(app) {
        let mut body = app.intake("thd");
        body["owner"] = json!({ "kind": "business", "full_name": "Công ty TNHH A & B (2)", "identity_number": "0100109106" });
        app.send_in(&body).expect(201);
        body["owner"]["identity_number"] = json!("0100109107");
        app.send_in(&body).invalid("/owner/identity_number", "tax_code_invalid");
        body["owner"]["kind"] = json!("citizen");
        app.send_in(&body).invalid("/owner/full_name", "name_invalid");
    }

    fn names_are_kept_composed_and_numbers_plain(app) {
        let mut body = app.intake("thd");
        // NFD, as some keyboards send it.
        body["owner"]["full_name"] = json!("Nguye\u{302}\u{303}n Thi\u{323} Ha\u{300}");
        body["owner"]["identity_number"] = json!("001 190 012345");
        body["owner"]["phone"] = json!("+84 (912) 345-678");
        body["owner"]["email"] = json!("An@Example.VN");
        let made = app.send_in(&body).expect(201);
        assert_eq!(made["owner"]["full_name"], "Nguyễn Thị Hà");
        let path = format!("/api/v1/dossiers/{}/personal-data", made["id"].as_str().unwrap());
        let whole = app.get("tiepnhan", &path).expect(200);
        assert_eq!(whole["owner"]["identity_number"], "001190012345");
        assert_eq!(whole["owner"]["phone"], "0912345678");
        assert_eq!(whole["owner"]["email"], "An@example.vn");
    }

    fn what_the_catalogue_does_not_have_is_refused_by_place(app) {
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("9.999999");
        let answer = app.send_in(&body);
        let problem = answer.refused(422, "procedure_unknown");
        answer.points_at(&problem, "/procedure_code", "procedure_unknown");
        body["procedure_code"] = json!(MARITAL);
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }, { "component_id": "bia" }]);
        app.send_in(&body).invalid("/components/1/component_id", "component_unknown");
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1000 }]);
        app.send_in(&body).invalid("/components/0/originals", "out_of_range");
        body["components"] = json!([{ "component_id": "to_khai", "originals": -1 }]);
        app.send_in(&body).invalid("/components/0/originals", "out_of_range");
        let mut many = app.intake("thd");
        many["copies_count"] = json!(100);
        app.send_in(&many).invalid("/copies_count", "out_of_range");
        let mut post = app.intake("thd");
        post["result_delivery"] = json!({ "method": "pigeon" });
        app.send_in(&post).invalid("/result_delivery/method", "unknown_value");
        assert_eq!(dossiers(&app), 0);
    }
}
