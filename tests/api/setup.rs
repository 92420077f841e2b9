//! A first real start: from an empty production database to the first accepted dossier, through the
//! API and from the command line.

use motcua_tests::dossier::MARITAL;
use motcua_tests::{App, Options, on_both};
use serde_json::{Value, json};

const PASSWORD: &str = "MatKhau#Dau2026";

fn description(app: &App) -> Value {
    json!({
        "setup_code": app.setup_code.clone().expect("an empty installation prints a code"),
        "centre": {
            "code": "hoankiem", "name": "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm", "e_code": "h26.14",
            "province": "Thành phố Hà Nội", "commune": "Phường Hoàn Kiếm"
        },
        "authorities": [{ "code": "hk", "name": "Ủy ban nhân dân phường Hoàn Kiếm", "e_code": "H26.14.1" }],
        "hours": {
            "morning_from": "08:00", "morning_to": "12:00", "afternoon_from": "13:00", "afternoon_to": "17:00"
        },
        "administrator": { "username": "quantri", "full_name": "Vũ Quang Huy", "password": PASSWORD }
    })
}

fn needed(app: &App) -> Value {
    app.get("", "/api/v1/setup").expect(200)["needed"].clone()
}

fn token(app: &App, who: &str) -> String {
    app.sign_in(who, PASSWORD).expect(200)["access_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn post(app: &App, token: &str, path: &str, body: &Value) -> Value {
    let request = app
        .request(reqwest::Method::POST, path)
        .bearer_auth(token)
        .json(body);
    app.send(request).expect(201)
}

on_both! {
    fn an_empty_installation_becomes_a_centre_that_takes_its_first_dossier_in(app, Options::production()) {
        assert_eq!(needed(&app), true);
        let done = app.post("", "/api/v1/setup", &description(&app)).expect(201);
        assert!(done["centre_id"].is_string());
        assert_eq!(needed(&app), false);
        app.post("", "/api/v1/setup", &description(&app)).refused(409, "setup_done");

        let admin = token(&app, "quantri");
        let officer = json!({
            "username": "tiepnhan", "full_name": "Nguyễn Thị Thu Hà", "password": PASSWORD, "must_change_password": false,
            "roles": [{ "role": "reception" }]
        });
        post(&app, &admin, "/api/v1/users", &officer);
        let reception = token(&app, "tiepnhan");
        let authorities = app.send(app.request(reqwest::Method::GET, "/api/v1/authorities").bearer_auth(&reception)).expect(200);
        assert_eq!(authorities["items"].as_array().unwrap().len(), 1);
        let body = json!({
            "procedure_code": MARITAL,
            "authority_id": authorities["items"][0]["id"],
            "channel": "counter",
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345" },
            "components": [{ "component_id": "to_khai", "originals": 1 }],
            "result_delivery": { "method": "counter" }
        });
        let first = post(&app, &reception, "/api/v1/dossiers", &body);
        assert_eq!(first["state"], "accepted");
        let code = first["code"].as_str().unwrap();
        assert!(code.starts_with("H26.14-") && code.ends_with("-0001"), "{code}");
        // The hours that were told: what is due in days is due when the day's last shift ends.
        assert!(first["due_at"].as_str().unwrap().contains("T17:00:"), "{}", first["due_at"]);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn without_the_printed_code_nobody_sets_anything_up(app, Options::production()) {
        let mut body = description(&app);
        body["setup_code"] = json!("AAAA-BBBB-CCCC");
        let problem = app.post("", "/api/v1/setup", &body).refused(403, "setup_code_wrong");
        assert_eq!(problem["errors"][0]["pointer"], "/setup_code");
        assert_eq!(needed(&app), true);
        // Typed without dashes and in small letters it is the same code.
        let typed = app.setup_code.clone().unwrap().replace('-', "").to_lowercase();
        body["setup_code"] = json!(typed);
        app.post("", "/api/v1/setup", &body).expect(201);
    }

    fn a_faulty_description_names_every_fault_and_leaves_nothing(app, Options::production()) {
        let mut body = description(&app);
        body["centre"]["e_code"] = json!("26");
        body["centre"]["name"] = json!("  ");
        body["administrator"] = json!({ "username": "Quản trị", "full_name": "", "password": "ngan" });
        body["authorities"] = json!([
            { "code": "hk", "name": "Ủy ban nhân dân phường Hoàn Kiếm", "e_code": "H26.14.1" },
            { "code": "HK", "name": "Ủy ban nhân dân phường Cửa Nam", "e_code": "H26.14.2" }
        ]);
        let problem = app.post("", "/api/v1/setup", &body).refused(422, "validation_failed");
        let at: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(at, [
            "/centre/e_code", "/centre/name", "/authorities/1/code",
            "/administrator/username", "/administrator/full_name", "/administrator/password",
        ]);

        let mut body = description(&app);
        body["administrator"]["password"] = json!("ngan");
        let problem = app.post("", "/api/v1/setup", &body).refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/administrator/password");

        let mut body = description(&app);
        body["hours"]["morning_to"] = json!("07:00");
        app.post("", "/api/v1/setup", &body).refused(422, "shift_ends_before_start");
        body["hours"]["morning_to"] = json!("mười hai giờ");
        assert_eq!(app.post("", "/api/v1/setup", &body).status, 422);
        assert_eq!(needed(&app), true);
        assert_eq!(app.verify(), Vec::<Value>::new());
        app.post("", "/api/v1/setup", &description(&app)).expect(201);
    }

    fn a_centre_is_set_up_with_its_own_mark(app, Options::production()) {
        let mut body = description(&app);
        body["logo"] = json!("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        app.post("", "/api/v1/setup", &body).invalid("/logo", "invalid_value");
        assert_eq!(needed(&app), true);
        body["logo"] = json!("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
        app.post("", "/api/v1/setup", &body).expect(201);
        let at = app.get("", "/api/v1/public/centres").expect(200)["items"][0]["logo"].clone();
        assert_eq!(app.get("", at.as_str().unwrap()).status, 200);
        assert!(app.verify().is_empty());
    }

    fn of_two_first_starts_at_once_one_happens(app, Options::production()) {
        let body = description(&app);
        let answers = std::thread::scope(|scope| {
            [(), ()].map(|()| scope.spawn(|| app.post("", "/api/v1/setup", &body).status)).map(|t| t.join().unwrap())
        });
        let mut answers = answers;
        answers.sort_unstable();
        assert_eq!(answers, [201, 409]);
    }

    fn the_demo_is_set_up_already(app) {
        assert_eq!((needed(&app), app.setup_code.clone()), (json!(false), None));
    }
}
