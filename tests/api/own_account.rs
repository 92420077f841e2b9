//! One's own account: first passwords, a password of one's own, the second factor, the centre's policy.

use motcua_tests::{App, PASSWORD, on_both};
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

const NEW: &str = "MatKhau#Moi2026";

fn person(app: &App, username: &str) -> Value {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    items
        .iter()
        .find(|u| u["username"] == username)
        .unwrap()
        .clone()
}

fn first_password(app: &App, username: &str) -> String {
    let id = person(app, username)["id"].as_str().unwrap().to_owned();
    let given = app
        .post(
            "admin",
            &format!("/api/v1/users/{id}/first-passwords"),
            &json!({}),
        )
        .expect(201);
    assert_eq!(given["username"], username);
    given["password"].as_str().unwrap().to_owned()
}

fn token(app: &App, username: &str, password: &str) -> String {
    app.sign_in(username, password).expect(200)["access_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn as_token(
    app: &App,
    token: &str,
    method: Method,
    path: &str,
    body: &Value,
) -> motcua_tests::Answer {
    app.send(app.request(method, path).bearer_auth(token).json(body))
}

fn get(app: &App, token: &str, path: &str) -> motcua_tests::Answer {
    app.send(app.request(Method::GET, path).bearer_auth(token))
}

fn post(app: &App, token: &str, path: &str, body: &Value) -> motcua_tests::Answer {
    as_token(app, token, Method::POST, path, body)
}

fn change(app: &App, token: &str, from: &str, to: &str) -> motcua_tests::Answer {
    post(
        app,
        token,
        "/api/v1/me/password",
        &json!({ "current_password": from, "new_password": to }),
    )
}

fn code(secret: &str, app: &App) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build()
        .unwrap();
    totp.generate(u64::try_from(app.now().timestamp()).unwrap())
        .to_string()
}

fn with_code(app: &App, username: &str, code: &str) -> motcua_tests::Answer {
    let body = json!({ "username": username, "password": PASSWORD, "code": code });
    app.send(app.request(Method::POST, "/api/v1/auth/login").json(&body))
}

/// Turns the second factor of a demo account on, and tells its secret.
fn second_factor(app: &App, username: &str) -> String {
    let token = app.token(username);
    let begun = post(
        app,
        &token,
        "/api/v1/me/second-factor",
        &json!({ "password": PASSWORD }),
    )
    .expect(201);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert!(
        begun["uri"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/motcua")
    );
    assert!(begun["qr_svg"].as_str().unwrap().contains("<svg"));
    let given = json!({ "code": code(&secret, app) });
    assert_eq!(
        post(
            app,
            &token,
            "/api/v1/me/second-factor/confirmations",
            &given
        )
        .status,
        204
    );
    secret
}

fn policy(app: &App, second_factor: &str) {
    let centre = app.get("admin", "/api/v1/centres").expect(200)["items"][0].clone();
    let path = format!(
        "/api/v1/centres/{}/sign-in-policy",
        centre["id"].as_str().unwrap()
    );
    let request = app
        .as_person("admin", Method::PUT, &path)
        .header("if-match", format!("\"v{}\"", centre["version"]))
        .json(&json!({ "second_factor": second_factor }));
    assert_eq!(
        app.send(request).expect(200)["second_factor"],
        second_factor
    );
}

on_both! {
    fn a_first_password_opens_nothing_but_its_own_change(app) {
        let old = app.token("thuly.thd");
        let first = first_password(&app, "thuly.thd");
        // Whoever was signed in is not any more; the password of before opens nothing.
        get(&app, &old, "/api/v1/me").refused(401, "unauthenticated");
        app.sign_in("thuly.thd", PASSWORD).refused(401, "invalid_credentials");
        let token = token(&app, "thuly.thd", &first);
        assert_eq!(get(&app, &token, "/api/v1/me").expect(200)["pending"], "password");
        for path in ["/api/v1/dossiers", "/api/v1/procedures", "/api/v1/authorities", "/api/v1/saved-filters"] {
            get(&app, &token, path).refused(403, "password_change_required");
        }
        post(&app, &token, "/api/v1/saved-filters", &json!({ "name": "x", "filter": {} })).refused(403, "password_change_required");
        change(&app, &token, "khong phai", NEW).invalid("/current_password", "password_wrong");
        change(&app, &token, &first, "ngan").invalid("/new_password", "password_length");
        change(&app, &token, &first, &first).invalid("/new_password", "password_same");
        assert_eq!(change(&app, &token, &first, NEW).status, 204);
        // The same sign-in goes on, and now works.
        get(&app, &token, "/api/v1/dossiers").expect(200);
        assert_eq!(get(&app, &token, "/api/v1/me").expect(200)["pending"], Value::Null);
        app.sign_in("thuly.thd", &first).refused(401, "invalid_credentials");
        app.sign_in("thuly.thd", NEW).expect(200);
        assert!(person(&app, "thuly.thd")["first_password_until"].is_null());
        assert!(app.verify().is_empty());
    }

    fn a_first_password_runs_out_after_a_week_and_another_can_be_given(app) {
        let first = first_password(&app, "thungan");
        app.at("2026-03-09T08:59:00+07:00");
        app.sign_in("thungan", &first).expect(200);
        app.at("2026-03-09T09:01:00+07:00");
        app.sign_in("thungan", &first).refused(401, "first_password_expired");
        let second = first_password(&app, "thungan");
        assert_ne!(first, second);
        app.sign_in("thungan", &second).expect(200);
    }

    fn an_account_made_without_a_password_waits_for_a_first_one(app) {
        let new = json!({ "username": "moi.den", "full_name": "Người Mới", "roles": [{ "role": "cashier" }] });
        let made = app.post("admin", "/api/v1/users", &new).expect(201);
        assert_eq!((&made["has_password"], &made["first_password_until"]), (&json!(false), &Value::Null));
        for guess in ["", "Motcua@2026", " "] {
            assert_eq!(app.sign_in("moi.den", guess).status / 100, 4);
        }
        let first = first_password(&app, "moi.den");
        assert_eq!(get(&app, &token(&app, "moi.den", &first), "/api/v1/me").expect(200)["pending"], "password");
        // Nobody gives one to oneself.
        let own = person(&app, "admin")["id"].as_str().unwrap().to_owned();
        app.post("admin", &format!("/api/v1/users/{own}/first-passwords"), &json!({})).refused(409, "own_account");
    }

    fn a_password_of_ones_own_ends_every_other_sign_in(app) {
        let (here, there) = (app.token("traketqua"), token(&app, "traketqua", PASSWORD));
        assert_eq!(change(&app, &here, PASSWORD, NEW).status, 204);
        get(&app, &here, "/api/v1/me").expect(200);
        get(&app, &there, "/api/v1/me").refused(401, "unauthenticated");
    }

    fn with_a_second_factor_signing_in_asks_for_a_code_that_is_taken_once(app) {
        let secret = second_factor(&app, "lanhdao.thd");
        app.at("2026-03-02T09:05:00+07:00");
        app.sign_in("lanhdao.thd", PASSWORD).refused(401, "second_factor_needed");
        // A wrong password is told nothing about a second factor.
        let wrong = json!({ "username": "lanhdao.thd", "password": "khong phai", "code": "123456" });
        app.send(app.request(Method::POST, "/api/v1/auth/login").json(&wrong)).refused(401, "invalid_credentials");
        let now = code(&secret, &app);
        with_code(&app, "lanhdao.thd", "000000").refused(401, "second_factor_wrong");
        let (start, rest) = now.split_at(3);
        let token = with_code(&app, "lanhdao.thd", &format!("{start} {rest}")).expect(200);
        assert!(token["access_token"].is_string());
        with_code(&app, "lanhdao.thd", &now).refused(401, "second_factor_wrong");
        app.at("2026-03-02T09:06:00+07:00");
        with_code(&app, "lanhdao.thd", &now).refused(401, "second_factor_wrong");
        with_code(&app, "lanhdao.thd", &code(&secret, &app)).expect(200);
        assert_eq!(person(&app, "lanhdao.thd")["second_factor"], true);
        assert!(app.verify().is_empty());
    }

    fn codes_cannot_be_guessed_through(app) {
        let secret = second_factor(&app, "lanhdao.cn");
        app.at("2026-03-02T09:05:00+07:00");
        for n in 0..5 {
            with_code(&app, "lanhdao.cn", &format!("{n:06}")).refused(401, "second_factor_wrong");
        }
        with_code(&app, "lanhdao.cn", &code(&secret, &app)).refused(429, "login_throttled");
    }

    fn a_second_factor_is_begun_with_the_password_and_on_only_with_a_code(app) {
        let token = app.token("thanhtra");
        const BEGIN: &str = "/api/v1/me/second-factor";
        const CONFIRM: &str = "/api/v1/me/second-factor/confirmations";
        post(&app, &token, BEGIN, &json!({ "password": "khong phai" })).invalid("/password", "password_wrong");
        post(&app, &token, CONFIRM, &json!({ "code": "123456" })).refused(409, "second_factor_not_begun");
        post(&app, &token, BEGIN, &json!({ "password": PASSWORD })).expect(201);
        post(&app, &token, CONFIRM, &json!({ "code": "000000" })).invalid("/code", "second_factor_wrong");
        // Not confirmed is not asked for.
        app.sign_in("thanhtra", PASSWORD).expect(200);
        let secret = post(&app, &token, BEGIN, &json!({ "password": PASSWORD })).expect(201)["secret"].as_str().unwrap().to_owned();
        assert_eq!(post(&app, &token, CONFIRM, &json!({ "code": code(&secret, &app) })).status, 204);
        post(&app, &token, BEGIN, &json!({ "password": PASSWORD })).refused(409, "second_factor_on");
        app.sign_in("thanhtra", PASSWORD).refused(401, "second_factor_needed");
        // A lost telephone: an administrator resets it, and every sign-in ends.
        let row = person(&app, "thanhtra");
        let path = format!("/api/v1/users/{}", row["id"].as_str().unwrap());
        let reset = app.patch_at("admin", &path, row["version"].as_i64().unwrap(), &json!({ "reset_second_factor": true })).expect(200);
        assert_eq!(reset["second_factor"], false);
        get(&app, &token, "/api/v1/me").refused(401, "unauthenticated");
        app.sign_in("thanhtra", PASSWORD).expect(200);
    }

    fn a_centre_can_require_a_second_factor_of_leaders_and_administrators(app) {
        policy(&app, "leaders");
        let leader = token(&app, "lanhdao.thd", PASSWORD);
        assert_eq!(get(&app, &leader, "/api/v1/me").expect(200)["pending"], "second_factor");
        get(&app, &leader, "/api/v1/dossiers").refused(403, "second_factor_required");
        let handler = token(&app, "thuly.thd", PASSWORD);
        get(&app, &handler, "/api/v1/dossiers").expect(200);
        let secret = post(&app, &leader, "/api/v1/me/second-factor", &json!({ "password": PASSWORD })).expect(201)["secret"].as_str().unwrap().to_owned();
        let given = json!({ "code": code(&secret, &app) });
        assert_eq!(post(&app, &leader, "/api/v1/me/second-factor/confirmations", &given).status, 204);
        get(&app, &leader, "/api/v1/dossiers").expect(200);
        // A first password comes before it.
        let first = first_password(&app, "lanhdao.cn");
        let other = token(&app, "lanhdao.cn", &first);
        get(&app, &other, "/api/v1/dossiers").refused(403, "password_change_required");
        assert_eq!(change(&app, &other, &first, NEW).status, 204);
        get(&app, &other, "/api/v1/dossiers").refused(403, "second_factor_required");
        policy(&app, "everyone");
        let handler = token(&app, "thuly.cn", PASSWORD);
        get(&app, &handler, "/api/v1/dossiers").refused(403, "second_factor_required");
    }
}
