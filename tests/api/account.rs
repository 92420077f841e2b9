//! Signing in and out, and keeping accounts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use motcua_tests::{Answer, App, Options, PASSWORD, on_both};
use reqwest::Method;
use serde_json::{Value, json};

/// The refresh cookie an answer sets: name and value only.
fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split(';').next().unwrap_or_default().to_owned()
}

fn refresh(app: &App, cookie: &str) -> Answer {
    app.send(
        app.request(Method::POST, "/api/v1/auth/refresh")
            .header("cookie", cookie)
            .header("x-motcua-client", "spa"),
    )
}

fn me(app: &App, token: &str) -> Answer {
    app.send(app.request(Method::GET, "/api/v1/me").bearer_auth(token))
}

fn access(answer: &Answer) -> String {
    answer.expect(200)["access_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn part(token: &str, n: usize) -> Value {
    let text = token.split('.').nth(n).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

fn user(app: &App, username: &str) -> Value {
    let list = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = list["items"].as_array().unwrap().clone();
    items
        .into_iter()
        .find(|u| u["username"] == username)
        .unwrap()
}

on_both! {
    fn a_person_signs_in_and_learns_who_they_are(app) {
        let answer = app.sign_in("tiepnhan", PASSWORD);
        let body = answer.expect(200);
        assert_eq!(body["token_type"], "Bearer");
        assert_eq!(body["expires_in"], 600);
        let me = me(&app, &access(&answer)).expect(200);
        assert_eq!(me["username"], "tiepnhan");
        assert_eq!(me["roles"][0]["role"], "reception");
        let permissions = me["permissions"].as_array().unwrap();
        assert!(permissions.contains(&json!("dossiers.create")));
        assert!(!permissions.contains(&json!("dossiers.decisions")));
        // Names are not case-sensitive and spaces around them do not matter; passwords are.
        app.sign_in(" TiepNhan ", PASSWORD).expect(200);
        app.sign_in("tiepnhan", "motcua@2026").refused(401, "invalid_credentials");
    }

    fn a_wrong_password_and_an_unknown_user_get_the_same_answer(app) {
        let strip = |answer: Answer| {
            let mut body = answer.refused(401, "invalid_credentials");
            body.as_object_mut().unwrap().remove("trace_id");
            body
        };
        let wrong = strip(app.sign_in("admin", "not the password"));
        let unknown = strip(app.sign_in("nobody.here", "not the password"));
        assert_eq!(wrong, unknown);
        let long = "x".repeat(500);
        assert_eq!(strip(app.sign_in(&long, "p")), wrong);
        assert_eq!(strip(app.sign_in("admin", &long)), wrong);
    }

    fn five_misses_close_an_account_for_a_while_and_for_nobody_else(app) {
        for _ in 0..5 {
            app.sign_in("thanhtra", "wrong wrong").refused(401, "invalid_credentials");
        }
        // Closed even for whoever knows the password.
        let closed = app.sign_in("thanhtra", PASSWORD);
        closed.refused(429, "login_throttled");
        let wait: i64 = closed.header("retry-after").parse().unwrap();
        assert!((1..=300).contains(&wait), "{wait}");
        app.sign_in("thungan", PASSWORD).expect(200);
        app.at("2026-03-02T09:05:30+07:00");
        app.sign_in("thanhtra", PASSWORD).expect(200);
    }

    fn an_unknown_name_is_throttled_like_a_known_one(app) {
        for _ in 0..5 {
            app.sign_in("nobody.here", "wrong wrong").refused(401, "invalid_credentials");
        }
        app.sign_in("nobody.here", "wrong wrong").refused(429, "login_throttled");
    }

    fn tokens_are_signed_with_a_published_key(app) {
        let token = app.token("giamdoc");
        let header = part(&token, 0);
        assert_eq!(header["alg"], "EdDSA");
        let kid = header["kid"].as_str().unwrap();
        let jwks = app.get("", "/.well-known/jwks.json").expect(200);
        let keys = jwks["keys"].as_array().unwrap();
        let key = keys.iter().find(|k| k["kid"] == kid).unwrap();
        assert_eq!((&key["kty"], &key["crv"]), (&json!("OKP"), &json!("Ed25519")));
        assert!(key.get("d").is_none(), "the private key is not published");
        let x: [u8; 32] = URL_SAFE_NO_PAD
            .decode(key["x"].as_str().unwrap())
            .unwrap()
            .try_into()
            .unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature: [u8; 64] = URL_SAFE_NO_PAD.decode(signature).unwrap().try_into().unwrap();
        VerifyingKey::from_bytes(&x)
            .unwrap()
            .verify(signed.as_bytes(), &Signature::from_bytes(&signature))
            .unwrap();
        let claims = part(&token, 1);
        let (from, to) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
        assert_eq!(to - from, 600);
    }

    fn a_changed_token_is_no_token(app) {
        let token = app.token("giamdoc");
        let parts: Vec<&str> = token.split('.').collect();
        let mut claims = part(&token, 1);
        claims["sub"] = json!("0198c0de-0000-7000-8000-000000000000");
        let forged = URL_SAFE_NO_PAD.encode(claims.to_string());
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        for bad in [
            format!("{}.{forged}.{}", parts[0], parts[2]),
            format!("{none}.{}.", parts[1]),
            format!("{}.{}.", parts[0], parts[1]),
            format!("{}.{}", parts[0], parts[1]),
            "x".repeat(4000),
        ] {
            me(&app, &bad).refused(401, "unauthenticated");
        }
        let basic = app.request(Method::GET, "/api/v1/me").basic_auth("admin", Some(PASSWORD));
        app.send(basic).refused(401, "unauthenticated");
    }

    fn a_token_ends_after_ten_minutes(app) {
        let token = app.token("giamdoc");
        app.at("2026-03-02T09:09:00+07:00");
        me(&app, &token).expect(200);
        app.at("2026-03-02T09:10:30+07:00");
        me(&app, &token).refused(401, "token_expired");
    }

    fn the_refresh_cookie_is_for_this_site_and_no_script(app) {
        let set = app.sign_in("tiepnhan", PASSWORD).header("set-cookie");
        for part in ["motcua_refresh=", "HttpOnly", "SameSite=Strict", "Path=/api/v1/auth", "Max-Age="] {
            assert!(set.contains(part), "{part} not in {set}");
        }
        assert!(!set.contains("Secure"), "plain HTTP on an office PC must keep working: {set}");
    }

    fn refreshing_rotates_and_a_reused_token_ends_the_whole_sign_in(app) {
        let first = app.sign_in("tiepnhan", PASSWORD);
        let other = access(&app.sign_in("tiepnhan", PASSWORD));
        let second = refresh(&app, &cookie(&first));
        let token = access(&second);
        assert_ne!(cookie(&first), cookie(&second));
        let third = refresh(&app, &cookie(&second));
        let last = access(&third);
        me(&app, &last).expect(200);
        // The first token again: somebody has stolen it, or it was stolen from somebody.
        refresh(&app, &cookie(&first)).refused(401, "refresh_reused");
        refresh(&app, &cookie(&third)).refused(401, "unauthenticated");
        me(&app, &token).refused(401, "unauthenticated");
        me(&app, &last).refused(401, "unauthenticated");
        // Another sign-in of the same person is another family.
        me(&app, &other).expect(200);
    }

    fn refreshing_needs_the_header_no_form_can_send(app) {
        let first = app.sign_in("tiepnhan", PASSWORD);
        let bare = app
            .request(Method::POST, "/api/v1/auth/refresh")
            .header("cookie", cookie(&first));
        app.send(bare).refused(401, "unauthenticated");
        // It was not used up by that.
        refresh(&app, &cookie(&first)).expect(200);
        refresh(&app, "motcua_refresh=invented").refused(401, "unauthenticated");
        let none = app
            .request(Method::POST, "/api/v1/auth/refresh")
            .header("x-motcua-client", "spa");
        app.send(none).refused(401, "unauthenticated");
    }

    fn a_refresh_token_ends_over_a_weekend_and_a_sign_in_after_a_week(app) {
        let first = app.sign_in("tiepnhan", PASSWORD);
        app.at("2026-03-03T01:30:00+07:00");
        refresh(&app, &cookie(&first)).refused(401, "unauthenticated");
        let mut kept = app.sign_in("tiepnhan", PASSWORD);
        for day in 3..=10 {
            for hour in ["09", "21"] {
                let now = format!("2026-03-{day:02}T{hour}:00:00+07:00");
                app.at(&now);
                let next = refresh(&app, &cookie(&kept));
                if now.as_str() > "2026-03-10T01:30:00+07:00" {
                    next.refused(401, "unauthenticated");
                    return;
                }
                next.expect(200);
                kept = next;
            }
        }
        panic!("a sign-in never ended");
    }

    fn signing_out_ends_this_sign_in_and_everywhere_ends_all(app) {
        let one = app.sign_in("tiepnhan", PASSWORD);
        let two = app.sign_in("tiepnhan", PASSWORD);
        let three = app.sign_in("tiepnhan", PASSWORD);
        let out = |token: &str, body: Value| {
            app.send(
                app.request(Method::POST, "/api/v1/auth/logout")
                    .bearer_auth(token)
                    .json(&body),
            )
        };
        let gone = out(&access(&one), json!({}));
        gone.expect(204);
        assert!(gone.header("set-cookie").contains("Max-Age=0"));
        me(&app, &access(&one)).refused(401, "unauthenticated");
        refresh(&app, &cookie(&one)).refused(401, "unauthenticated");
        me(&app, &access(&two)).expect(200);
        out(&access(&two), json!({ "everywhere": true })).expect(204);
        me(&app, &access(&three)).refused(401, "unauthenticated");
        refresh(&app, &cookie(&three)).refused(401, "unauthenticated");
        app.sign_in("tiepnhan", PASSWORD).expect(200);
    }

    fn deactivation_takes_effect_on_tokens_already_issued(app) {
        let token = app.token("thuly.thd");
        let signed = app.sign_in("thuly.thd", PASSWORD);
        let row = user(&app, "thuly.thd");
        let path = format!("/api/v1/users/{}", row["id"].as_str().unwrap());
        let changed = app.patch_at("admin", &path, 1, &json!({ "active": false })).expect(200);
        assert_eq!(changed["active"], false);
        let refused = me(&app, &token);
        assert_eq!(refused.status, 401);
        assert!(["account_deactivated", "unauthenticated"].contains(&refused.code().as_str()));
        assert_eq!(refresh(&app, &cookie(&signed)).status, 401);
        app.sign_in("thuly.thd", PASSWORD).refused(401, "account_deactivated");
        // Whoever does not know the password is not told that the account is closed.
        app.sign_in("thuly.thd", "something else").refused(401, "invalid_credentials");
        app.patch_at("admin", &path, 2, &json!({ "active": true })).expect(200);
        app.sign_in("thuly.thd", PASSWORD).expect(200);
        me(&app, &token).refused(401, "unauthenticated");
    }

    fn a_new_password_ends_every_sign_in(app) {
        let token = app.token("thungan");
        let row = user(&app, "thungan");
        let path = format!("/api/v1/users/{}", row["id"].as_str().unwrap());
        app.patch_at("admin", &path, 1, &json!({ "password": "short" })).invalid("/password", "password_length");
        me(&app, &token).expect(200);
        app.patch_at("admin", &path, 1, &json!({ "password": "MatKhau#Moi2026" })).expect(200);
        me(&app, &token).refused(401, "unauthenticated");
        app.sign_in("thungan", PASSWORD).refused(401, "invalid_credentials");
        app.sign_in("thungan", "MatKhau#Moi2026").expect(200);
    }

    fn accounts_are_made_read_and_changed_by_version(app) {
        let new = json!({
            "username": "Nguyen.An", "full_name": "Nguyễn Văn An", "title": "Công chức",
            "password": "MatKhau#Dau2026", "must_change_password": false,
            "roles": [{ "role": "handler", "authority_id": app.authority("cn") }, { "role": "inspector" }]
        });
        let made = app.post("admin", "/api/v1/users", &new);
        let body = made.expect(201);
        assert_eq!(body["username"], "nguyen.an");
        assert_eq!(made.header("etag"), "\"v1\"");
        let path = made.header("location");
        assert!(!made.text.contains("MatKhau"));
        assert_eq!(app.get("admin", &path).expect(200), body);
        assert_eq!(app.get("admin", &path).header("etag"), "\"v1\"");
        app.post("admin", "/api/v1/users", &new).refused(409, "username_taken");
        app.sign_in("nguyen.an", "MatKhau#Dau2026").expect(200);

        let change = json!({ "title": "Trưởng phòng" });
        let bare = app.as_person("admin", Method::PATCH, &path).json(&change);
        app.send(bare).refused(428, "precondition_required");
        let stale = app.patch_at("admin", &path, 7, &change).refused(412, "version_stale");
        assert_eq!(stale["current_version"], 1);
        let changed = app.patch_at("admin", &path, 1, &change);
        assert_eq!(changed.expect(200)["title"], "Trưởng phòng");
        assert_eq!(changed.header("etag"), "\"v2\"");
        app.patch_at("admin", &path, 1, &change).refused(412, "version_stale");
        assert!(app.verify().is_empty());
    }

    fn accounts_that_cannot_be_are_refused_by_field(app) {
        let good = json!({
            "username": "tran.binh", "full_name": "Trần Bình", "password": "MatKhau#Dau2026",
            "roles": [{ "role": "handler" }]
        });
        let try_with = |pointer: &str, value: Value| {
            let mut body = good.clone();
            *body.pointer_mut(pointer).unwrap() = value;
            app.post("admin", "/api/v1/users", &body)
        };
        for name in ["a", "có dấu", "a b", "drop;table", &"x".repeat(65), ""] {
            try_with("/username", json!(name)).invalid("/username", "username_format");
        }
        try_with("/password", json!("short")).invalid("/password", "password_length");
        try_with("/password", json!("x".repeat(201))).invalid("/password", "password_length");
        try_with("/full_name", json!("")).invalid("/full_name", "required");
        try_with("/full_name", json!("x".repeat(201))).invalid("/full_name", "too_long");
        try_with("/roles", json!([])).invalid("/roles", "out_of_range");
        assert_eq!(try_with("/roles", json!([{ "role": "king" }])).status, 422);
        try_with("/roles", json!([{ "role": "citizen" }])).invalid("/roles/0/role", "invalid_value");
        let nowhere = json!([{ "role": "handler", "authority_id": "0198c0de-0000-7000-8000-000000000000" }]);
        try_with("/roles", nowhere).invalid("/roles/0/authority_id", "authority_unknown");
        let list = app.get("admin", "/api/v1/users?limit=100").expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 12, "nothing was half-written");
    }

    fn nobody_deactivates_himself(app) {
        let row = user(&app, "admin");
        let path = format!("/api/v1/users/{}", row["id"].as_str().unwrap());
        app.patch_at("admin", &path, 1, &json!({ "active": false })).refused(409, "own_account");
        assert_eq!(app.get("admin", &path).expect(200)["active"], true);
    }

    fn an_administrator_decides_no_dossier(app) {
        let me = app.get("admin", "/api/v1/me").expect(200);
        let permissions = me["permissions"].as_array().unwrap();
        assert!(permissions.iter().all(|p| {
            ["dossiers.read", "users.manage", "catalogue.manage", "events.read", "deadlines.simulate", "disposals.read", "retention.manage", "organisation.manage", "audit.read", "calendar.manage", "roster.read", "roster.plan", "messages.manage", "payments.read", "payments.accounts", "payments.receipts", "payments.notifications", "surveys.manage", "surveys.offer", "inspections.manage", "inspections.read", "inspections.work", "findings.read"].contains(&p.as_str().unwrap())
        }), "{permissions:?}");
    }

    fn one_address_signs_in_only_so_often(app, Options::with(&[("RATE_LOGIN_BURST", "3"), ("RATE_LOGIN_PER_MINUTE", "1")])) {
        for left in [2, 1, 0] {
            let answer = app.sign_in("tiepnhan", PASSWORD);
            answer.expect(200);
            assert!(answer.header("ratelimit").contains(&format!("r={left}")), "{answer:?}");
            assert!(answer.header("ratelimit-policy").contains("q=3"));
        }
        app.sign_in("tiepnhan", PASSWORD).refused(429, "too_many_requests");
        // Other addresses of the API have their own count.
        app.get("", "/api/v1/public/procedures").expect(200);
    }
}
