//! Typing mistakes put right after a dossier came in.

use motcua_tests::dossier::Station;
use motcua_tests::{App, Dossier, on_both};
use serde_json::{Value, json};

fn wanted(name: &str) -> Value {
    json!({
        "owner": {
            "kind": "citizen", "full_name": name, "identity_number": "001085012399",
            "birth_date": "1985-04-12", "phone": "0912345678"
        },
        "reason": "Gõ nhầm họ tên và số định danh, đã đối chiếu thẻ căn cước."
    })
}

fn path(d: &Dossier) -> String {
    format!("/api/v1/dossiers/{}/amendments", d.id)
}

fn slip(app: &App, d: &Dossier, query: &str) -> Value {
    app.get(
        "tiepnhan",
        &format!("/api/v1/dossiers/{}/reception-slip{query}", d.id),
    )
    .expect(200)
}

fn found(app: &App, q: &str) -> usize {
    let page = app
        .get("tiepnhan", &format!("/api/v1/dossiers?q={q}"))
        .expect(200);
    page["items"].as_array().unwrap().len()
}

on_both! {
    fn a_wrong_count_of_papers_and_the_way_of_the_result_are_put_right(app) {
        let d = app.take_in("thd");
        let old = slip(&app, &d, "");
        let mut right = wanted("Nguyễn Văn An");
        right["owner"] = app.intake("thd")["owner"].clone();
        right["components"] = json!([{ "component_id": "to_khai", "originals": 2, "photocopies": 1 }]);
        right["result_delivery"] = json!({ "method": "post", "address": "Số 5 phố Huế, Hà Nội" });
        let send = |body: &Value| app.post_at("tiepnhan", &path(&d), d.version, body);
        let mut wrong = right.clone();
        wrong["components"] = json!([{ "component_id": "khong_co", "originals": 1 }]);
        send(&wrong).invalid("/components/0/component_id", "component_unknown");
        wrong["components"] = json!([{ "component_id": "to_khai", "originals": 1000 }]);
        send(&wrong).invalid("/components/0/originals", "out_of_range");
        wrong["components"] = json!([]);
        send(&wrong).refused(422, "components_missing");
        let now = send(&right).expect(201);
        assert_eq!((&now["components"][0]["originals"], &now["components"][0]["photocopies"]), (&json!(2), &json!(1)));
        assert_eq!(now["result_delivery"], right["result_delivery"]);
        let lines = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        let line = lines["items"].as_array().unwrap().iter().find(|l| l["kind"] == "amended").unwrap().clone();
        assert_eq!(line["detail"]["changed"], json!(["components", "result_delivery"]));
        let new = slip(&app, &d, "");
        assert_eq!((&new["components"][0]["originals"], &new["delivery_method"]), (&json!(2), &json!("post")));
        assert_eq!(slip(&app, &d, &format!("?number={}", old["book_no"])), old, "the old slip says what it said");
        assert!(app.verify().is_empty());
    }

    fn a_typing_mistake_is_put_right_and_the_slip_is_issued_anew_while_the_old_one_is_kept(app) {
        let d = app.take_in("thd");
        let old = slip(&app, &d, "");
        assert_eq!(d.body["amendable"], true);
        let now = app.post_at("tiepnhan", &path(&d), d.version, &wanted("Trịnh Quốc Bảo")).expect(201);
        assert_eq!(now["owner"]["full_name"], "Trịnh Quốc Bảo");
        // What was promised stays promised.
        for member in ["state", "code", "due_at", "due_at_original", "accepted_at", "desk", "fees", "components"] {
            assert_eq!(now[member], d.body[member], "{member}");
        }
        let letters = now["letters"].as_array().unwrap();
        assert_eq!(letters.len(), 2);
        let new = slip(&app, &d, "");
        assert_eq!((&new["owner_name"], &new["identity_number"]), (&json!("Trịnh Quốc Bảo"), &json!("001085012399")));
        assert!(new["book_no"].as_i64() > old["book_no"].as_i64());
        assert_eq!(slip(&app, &d, &format!("?number={}", old["book_no"])), old, "the old slip says what it said");
        app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip?number=999", d.id)).refused(404, "slip_not_issued");
        // Found by the right name only.
        assert_eq!((found(&app, "trinh quoc bao"), found(&app, "Nguyễn Văn An")), (1, 0));
        assert_eq!(found(&app, "001085012399"), 1);
        let lines = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline", d.id)).expect(200);
        let lines = lines["items"].as_array().unwrap();
        let line = lines.iter().find(|l| l["kind"] == "amended").unwrap();
        assert!(!line.to_string().contains("Trịnh"), "no personal data in the timeline: {line}");
        assert_eq!(line["detail"]["changed"], json!(["full_name", "identity_number", "email", "address"]));
        assert!(app.verify().is_empty(), "{:?}", app.verify());
    }

    fn a_second_mistake_is_put_right_and_every_slip_can_still_be_printed(app) {
        let d = app.take_in("thd");
        let first = slip(&app, &d, "");
        let now = app.post_at("tiepnhan", &path(&d), d.version, &wanted("Trịnh Quốc Bảo")).expect(201);
        let second = slip(&app, &d, "");
        app.at("2026-03-02T09:30:00+07:00");
        let mut body = wanted("Trịnh Quốc Bảo");
        body["filer"] = json!({ "full_name": "Lê Thị Cúc", "identity_number": "001190054321", "relation": "vợ" });
        app.post_at("tiepnhan", &path(&d), now["version"].as_i64().unwrap(), &body).expect(201);
        assert_eq!(slip(&app, &d, "")["filer_name"], "Lê Thị Cúc");
        assert_eq!(slip(&app, &d, &format!("?number={}", second["book_no"])), second);
        assert_eq!(slip(&app, &d, &format!("?number={}", first["book_no"])), first);
    }

    fn only_reception_amends_and_only_until_the_decision(app) {
        let d = app.journey("thd", Station::Processing);
        assert_eq!(app.read("tiepnhan", &d)["amendable"], true);
        assert_eq!(app.read("thuly.thd", &d)["amendable"], false);
        app.post_at("thuly.thd", &path(&d), d.version, &wanted("Trịnh Quốc Bảo")).refused(403, "role_not_allowed");
        app.post_at("tiepnhan", &path(&d), d.version + 1, &wanted("Trịnh Quốc Bảo")).refused(412, "version_stale");
        app.post("tiepnhan", &path(&d), &wanted("Trịnh Quốc Bảo")).refused(428, "precondition_required");
        let mut body = wanted("");
        body["reason"] = json!(" ");
        body["owner"]["phone"] = json!("12");
        let refused = app.post_at("tiepnhan", &path(&d), d.version, &body);
        let problem = refused.refused(422, "validation_failed");
        refused.points_at(&problem, "/owner/full_name", "required");
        refused.points_at(&problem, "/owner/phone", "phone_invalid");
        refused.points_at(&problem, "/reason", "required");
        assert_eq!(app.read("tiepnhan", &d)["version"], d.version, "nothing is half-written");
        let mut body = wanted("Trịnh Quốc Bảo");
        body["reason"] = json!("Số đúng là 001 085 012 399.");
        app.post_at("tiepnhan", &path(&d), d.version, &body).invalid("/reason", "invalid_value");
        let now = app.post_at("tiepnhan", &path(&d), d.version, &wanted("Trịnh Quốc Bảo")).expect(201);
        app.post_at("tiepnhan", &path(&d), now["version"].as_i64().unwrap(), &wanted("Trịnh Quốc Bảo")).refused(409, "nothing_changed");
        for station in [Station::Decided, Station::Completed, Station::Returned] {
            let d = app.journey("thd", station);
            assert_eq!(app.read("tiepnhan", &d)["amendable"], false);
            app.post_at("tiepnhan", &path(&d), d.version, &wanted("Trịnh Quốc Bảo")).refused(409, "amendment_too_late");
        }
    }
}
