//! Where a centre receives, at which counters and for whom, each with its dates.

use motcua_tests::dossier::RESIDENCE;
use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn centre(app: &App) -> String {
    let centres = app.get("admin", "/api/v1/centres").expect(200);
    format!(
        "/api/v1/centres/{}",
        centres["items"][0]["id"].as_str().unwrap()
    )
}

fn id_of<'a>(told: &'a Value, list: &str, name: &str) -> &'a str {
    let items = told[list].as_array().unwrap();
    let found = items.iter().find(|p| p["name"] == name).unwrap();
    found["id"].as_str().unwrap()
}

/// A declaration of residence, which only the ward of the residence receives.
fn residence(app: &App) -> Value {
    let mut body = app.intake("thd");
    body["procedure_code"] = json!(RESIDENCE);
    body["components"] = json!([{ "component_id": "to_khai_ct01", "originals": 1 }]);
    body
}

fn today() -> Value {
    json!({ "last_day": "2026-03-02" })
}

/// A picture of one red dot.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

on_both! {
    fn a_centre_shows_its_own_mark_until_it_is_taken_away(app) {
        let of = centre(&app);
        let at = format!("{of}/logo");
        let put = |who: &str, image: &str| {
            app.send(app.as_person(who, Method::PUT, &at).json(&json!({ "image": image })))
        };
        let shown = || app.get("", "/api/v1/public/centres").expect(200)["items"][0]["logo"].clone();
        assert_eq!(shown(), Value::Null);
        put("tiepnhan", DOT).refused(403, "role_not_allowed");
        put("admin", "không phải base64").invalid("/image", "invalid_value");
        // A file that says it is something else, a vector with a script, and half a picture.
        for wrong in ["R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "PHN2Zz48c2NyaXB0Lz48L3N2Zz4=", DOT.get(..60).unwrap()] {
            put("admin", wrong).invalid("/image", "invalid_value");
        }
        put("admin", &"A".repeat(700_004)).invalid("/image", "too_long");
        assert_eq!(put("admin", DOT).status, 204);
        let address = shown();
        let picture = app.get("", address.as_str().unwrap());
        assert_eq!((picture.status, picture.header("content-type").as_str()), (200, "image/png"));
        assert!(picture.header("etag").len() == 66);
        assert_eq!(app.send(app.as_person("admin", Method::DELETE, &at)).status, 204);
        assert_eq!(shown(), Value::Null);
        app.get("", address.as_str().unwrap()).refused(404, "not_found");
        assert!(app.verify().is_empty());
    }

    fn a_centre_moves_and_everyone_is_told_where(app) {
        let of = centre(&app);
        let put = |who: &str, version: i64, body: &Value| {
            let asked = app.as_person(who, Method::PUT, &format!("{of}/details"));
            app.send(asked.header("if-match", format!("\"v{version}\"")).json(body))
        };
        let details = json!({ "name": "Trung tâm Phục vụ hành chính công", "address": "Số 1 phố Hàng Khay", "phone": "024 3933 0000" });
        put("giamdoc", 1, &details).refused(403, "role_not_allowed");
        put("admin", 1, &json!({ "name": " " })).invalid("/name", "required");
        let now = put("admin", 1, &details).expect(200);
        assert_eq!((&now["address"], &now["version"]), (&json!("Số 1 phố Hàng Khay"), &json!(2)));
        put("admin", 1, &details).refused(412, "version_stale");
        let told = app.get("", "/api/v1/public/centres").expect(200);
        assert_eq!((&told["items"][0]["name"], &told["items"][0]["phone"]), (&details["name"], &details["phone"]));
        // The slip of today says the new name.
        let d = app.take_in("thd");
        let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        assert_eq!(slip["header"]["centre"], details["name"]);
        assert!(app.verify().is_empty());
    }

    fn a_centre_opens_a_point_with_a_counter_and_everyone_can_read_where_it_is(app) {
        let of = centre(&app);
        let point = json!({
            "kind": "point", "name": "Điểm tiếp nhận Cửa Nam", "address": "12 phố Cửa Nam", "phone": "024 3825 1234"
        });
        let told = app.post("admin", &format!("{of}/reception-points"), &point).expect(201);
        let id = id_of(&told, "points", "Điểm tiếp nhận Cửa Nam").to_owned();
        let counter = json!({ "name": "Quầy 7", "point_id": id });
        let told = app.post("admin", &format!("{of}/service-counters"), &counter).expect(201);
        assert_eq!(told["counters"].as_array().unwrap().last().unwrap()["point_id"], json!(id));
        // One not open yet is told to officers, not to everyone.
        let later = json!({ "kind": "branch", "name": "Chi nhánh số 2", "valid_from": "2026-04-01" });
        app.post("admin", &format!("{of}/reception-points"), &later).expect(201);
        let public = app.get("", "/api/v1/public/centres").expect(200);
        let points = public["items"][0]["points"].as_array().unwrap().clone();
        assert_eq!(points.len(), 1, "{points:?}");
        assert_eq!((&points[0]["address"], &points[0]["phone"]), (&json!("12 phố Cửa Nam"), &json!("02438251234")));
        let inside = app.get("tiepnhan", &format!("{of}/organisation")).expect(200);
        assert_eq!(inside["points"].as_array().unwrap().len(), 2);
        app.at("2026-04-01T08:00:00+07:00");
        let public = app.get("", "/api/v1/public/centres").expect(200);
        assert_eq!(public["items"][0]["points"].as_array().unwrap().len(), 2);
    }

    fn a_place_ends_on_its_last_day_and_the_day_moves_only_while_it_is_not_past(app) {
        let of = centre(&app);
        let point = json!({ "kind": "point", "name": "Điểm tạm" });
        let told = app.post("admin", &format!("{of}/reception-points"), &point).expect(201);
        let path = format!("/api/v1/reception-points/{}/endings", id_of(&told, "points", "Điểm tạm"));
        let past = json!({ "last_day": "2026-03-01" });
        app.post("admin", &path, &past).invalid("/last_day", "out_of_range");
        app.post("admin", &path, &json!({ "last_day": "2026-03-20" })).expect(201);
        app.post("admin", &path, &today()).expect(201);
        assert_eq!(app.get("", "/api/v1/public/centres").expect(200)["items"][0]["points"].as_array().unwrap().len(), 1);
        app.at("2026-03-03T08:00:00+07:00");
        assert_eq!(app.get("", "/api/v1/public/centres").expect(200)["items"][0]["points"], json!([]));
        app.post("admin", &path, &json!({ "last_day": "2026-03-20" })).refused(409, "ended_already");
        // A counter likewise.
        let told = app.post("admin", &format!("{of}/service-counters"), &json!({ "name": "Quầy 9" })).expect(201);
        let path = format!("/api/v1/service-counters/{}/endings", id_of(&told, "counters", "Quầy 9"));
        let told = app.post("admin", &path, &json!({ "last_day": "2026-03-31" })).expect(201);
        assert_eq!(told["counters"].as_array().unwrap().last().unwrap()["valid_to"], "2026-03-31");
    }

    fn a_centre_receives_for_an_authority_from_its_first_day_until_its_last(app) {
        let of = centre(&app);
        let served = format!("{of}/served-authorities");
        let known = json!({ "authority_id": app.authority("thd") });
        app.post("admin", &served, &known).refused(409, "authority_served");
        let end = format!("{served}/{}/endings", app.authority("thd"));
        app.post("admin", &end, &today()).expect(201);
        app.send_in(&residence(&app)).expect(201);
        app.at("2026-03-03T08:00:00+07:00");
        app.send_in(&residence(&app)).refused(422, "authority_not_served");
        app.post("admin", &end, &today()).refused(409, "ended_already");
        // It begins anew; what was is kept beside it.
        let told = app.post("admin", &served, &known).expect(201);
        let spans: Vec<_> = told["served"].as_array().unwrap().iter().filter(|s| s["code"] == "thd")
            .map(|s| (s["valid_from"].clone(), s["valid_to"].clone())).collect();
        assert_eq!(spans.len(), 2);
        assert_eq!((&spans[0].1, &spans[1]), (&json!("2026-03-02"), &(json!("2026-03-03"), Value::Null)));
        app.send_in(&residence(&app)).expect(201);
        assert!(app.verify().is_empty());
    }

    fn a_new_authority_is_made_with_its_codes_and_never_twice(app) {
        let served = format!("{}/served-authorities", centre(&app));
        let new = json!({ "code": "hk", "name": "Ủy ban nhân dân phường Hoàn Kiếm", "e_code": "H26.14.104" });
        let told = app.post("admin", &served, &new).expect(201);
        assert!(told["served"].as_array().unwrap().iter().any(|s| s["code"] == "hk"));
        let wards = app.get("tiepnhan", "/api/v1/authorities").expect(200);
        assert!(wards["items"].as_array().unwrap().iter().any(|a| a["code"] == "hk"));
        app.post("admin", &served, &new).refused(409, "authority_code_taken");
        let bad = json!({ "code": "Hoàn Kiếm", "name": "Phường", "e_code": "26" });
        let answer = app.post("admin", &served, &bad);
        answer.invalid("/code", "short_code_format");
        answer.invalid("/e_code", "e_code_invalid");
        let both = json!({ "authority_id": app.authority("thd"), "code": "hk" });
        app.post("admin", &served, &both).invalid("/authority_id", "contradiction");
    }

    fn only_who_administers_a_centre_says_where_it_receives(app) {
        let of = centre(&app);
        let point = json!({ "kind": "point", "name": "Điểm" });
        app.post("giamdoc", &format!("{of}/reception-points"), &point).refused(403, "role_not_allowed");
        let nowhere = format!("/api/v1/centres/{}/reception-points", app.authority("thd"));
        app.post("admin", &nowhere, &point).refused(404, "not_found");
        let lost = json!({ "name": "Quầy", "point_id": app.authority("thd") });
        app.post("admin", &format!("{of}/service-counters"), &lost).invalid("/point_id", "invalid_value");
        assert_eq!(app.get("admin", &format!("{of}/organisation")).expect(200)["points"], json!([]));
    }
}
