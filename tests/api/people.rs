//! People brought in from a sheet, and what roles may do.

use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const IMPORT: &str = "/api/v1/user-imports";

fn bring(app: &App, content: &str, dry_run: bool) -> motcua_tests::Answer {
    app.post(
        "admin",
        IMPORT,
        &json!({ "content": content, "dry_run": dry_run }),
    )
}

fn people(app: &App) -> usize {
    let list = app.get("admin", "/api/v1/users?limit=100").expect(200);
    list["items"].as_array().unwrap().len()
}

on_both! {
    fn a_sheet_of_people_is_tried_brought_in_and_changes_nothing_the_second_time(app) {
        let sheet = "Tên đăng nhập;Họ và tên;Chức vụ;Vai trò;Cơ quan\n\
                     le.hoa;Lê Thị Hoa;Công chức;Tiếp nhận;\n\
                     pham.long;Phạm Văn Long;Phó Chủ tịch;Lãnh đạo;thd\n\
                     pham.long;Phạm Văn Long;Phó Chủ tịch;Lãnh đạo;cn\n\
                     tiepnhan;Người Khác;;Tiếp nhận;\n";
        let before = people(&app);
        let tried = bring(&app, sheet, true).expect(200);
        assert_eq!((&tried["new"], people(&app)), (&json!(2), before));
        let done = bring(&app, sheet, false).expect(200);
        assert_eq!((&done["new"], people(&app)), (&json!(2), before + 2));
        assert_eq!((&done["items"][1]["roles"], &done["items"][2]["new"]), (&json!(2), &json!(false)));
        let id = done["items"][1]["id"].as_str().unwrap();
        let long = app.get("admin", &format!("/api/v1/users/{id}")).expect(200);
        assert_eq!((&long["title"], &long["has_password"]), (&json!("Phó Chủ tịch"), &json!(false)));
        assert_eq!(long["roles"].as_array().unwrap().len(), 2);
        // Who is there already stays as they are.
        let list = app.get("admin", "/api/v1/users?limit=100").expect(200);
        let reception = list["items"].as_array().unwrap().iter().find(|u| u["username"] == "tiepnhan").unwrap();
        assert_eq!(reception["full_name"], "Nguyễn Thị Thu Hà");
        assert_eq!(bring(&app, sheet, false).expect(200)["new"], 0);
        assert_eq!(people(&app), before + 2);
        assert!(app.verify().is_empty());
    }

    fn a_faulty_sheet_enters_nothing_and_lists_every_fault_by_row(app) {
        let before = people(&app);
        let sheet = "username,full_name,role,authority\nle.hoa,Lê Thị Hoa,reception,\nA B,Ai,vua,\npham.long,Phạm Văn Long,leader,khong\n";
        let refused = bring(&app, sheet, false);
        let told = refused.refused(422, "validation_failed");
        let faults: Vec<(&str, &str)> = told["errors"].as_array().unwrap().iter()
            .map(|f| (f["pointer"].as_str().unwrap(), f["code"].as_str().unwrap())).collect();
        assert_eq!(faults, [("/3/username", "username_format"), ("/3/role", "unknown_value")]);
        assert_eq!(people(&app), before);
        let sheet = "username,full_name,role,authority\nle.hoa,Lê Thị Hoa,reception,\npham.long,Phạm Văn Long,leader,khong\n";
        bring(&app, sheet, false).invalid("/3/authority", "authority_unknown");
        assert_eq!(people(&app), before);
        bring(&app, "", false).invalid("/content", "out_of_range");
    }

    fn a_role_is_given_and_taken_away_and_holds_at_once(app) {
        let list = app.get("admin", "/api/v1/users?limit=100").expect(200);
        let of = |name: &str| list["items"].as_array().unwrap().iter().find(|u| u["username"] == name).unwrap().clone();
        let path = |u: &Value| format!("/api/v1/users/{}/roles", u["id"].as_str().unwrap());
        let (handler, leader) = (of("thuly.thd"), of("lanhdao.cn"));
        let role = |role: &str, ward: &str| json!({ "role": role, "authority_id": app.authority(ward) });
        app.get("thuly.thd", &format!("/api/v1/dossiers/{}", app.take_in("cn").id)).refused(404, "not_found");
        let now = app.post("admin", &path(&handler), &role("handler", "cn")).expect(201);
        assert_eq!(now["roles"].as_array().unwrap().len(), 2);
        app.get("thuly.thd", &format!("/api/v1/dossiers/{}", app.take_in("cn").id)).expect(200);
        app.post("admin", &path(&handler), &role("handler", "cn")).refused(409, "role_held");
        app.post("admin", &path(&handler), &json!({ "role": "system" })).invalid("/role", "invalid_value");
        app.post("admin", &path(&leader), &json!({ "role": "admin" })).invalid("/role", "roles_apart");
        app.post("admin", &path(&of("admin")), &json!({ "role": "reception" })).refused(409, "own_account");
        // Moved to another desk: the old role is gone, and what was delegated of it as well.
        let given = json!({
            "to_user_id": of("thuly.ht")["id"], "role": "handler", "authority_id": app.authority("thd"),
            "valid_from": "2026-03-02T08:00:00+07:00", "valid_to": "2026-03-20T00:00:00+07:00", "reason": "Nghỉ phép"
        });
        app.post("thuly.thd", "/api/v1/delegations", &given).expect(201);
        let end = |u: &Value, r: &Value| format!("{}/{}/endings", path(u), r["id"].as_str().unwrap());
        let first = now["roles"].as_array().unwrap().iter().find(|r| r["authority_id"] == json!(app.authority("thd"))).unwrap().clone();
        let substitute = app.get("admin", &format!("/api/v1/users/{}", of("thuly.ht")["id"].as_str().unwrap())).expect(200);
        let held = substitute["roles"].as_array().unwrap().iter().find(|r| r["delegated"] == true).unwrap().clone();
        app.post("admin", &end(&substitute, &held), &json!({})).refused(409, "role_delegated");
        let left = app.post("admin", &end(&handler, &first), &json!({})).expect(201);
        assert_eq!(left["roles"].as_array().unwrap().len(), 1);
        app.post("admin", &end(&handler, &first), &json!({})).refused(404, "not_found");
        let d = app.take_in("thd");
        for gone in ["thuly.thd", "thuly.ht"] {
            app.get(gone, &format!("/api/v1/dossiers/{}", d.id)).refused(404, "not_found");
        }
        app.post("admin", &end(&handler, &left["roles"][0]), &json!({})).refused(409, "last_role");
        assert!(app.verify().is_empty());
    }

    fn what_a_role_may_do_is_what_whoever_holds_it_is_told(app) {
        let roles = app.get("thungan", "/api/v1/roles").expect(200);
        let of = |name: &str| -> Value {
            let mut all = roles["items"].as_array().unwrap().iter().find(|r| r["role"] == name).unwrap()["permissions"].clone();
            // For denunciations the director appoints somebody by name besides.
            all.as_array_mut().unwrap().retain(|p| p != "denunciations.handle");
            all
        };
        for (who, role) in [("admin", "admin"), ("tiepnhan", "reception"), ("thuly.thd", "handler"), ("lanhdao.cn", "leader"), ("thanhtra", "inspector")] {
            assert_eq!(app.get(who, "/api/v1/me").expect(200)["permissions"], of(role), "{role}");
        }
    }
}
