//! The tamper-evident record, as those read it who look into what was done.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const ENTRIES: &str = "/api/v1/audit-entries";

fn entries(app: &App, who: &str, query: &str) -> Vec<Value> {
    let page = app
        .get(who, &format!("{ENTRIES}?limit=100{query}"))
        .expect(200);
    page["items"].as_array().unwrap().clone()
}

on_both! {
    fn what_was_done_is_read_newest_first_by_who_looks_into_it(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("lanhdao.thd", &mut d, "stops", &body_of("stops"));
        for who in ["tiepnhan", "thuly.thd", "lanhdao.thd", "thungan", "traketqua"] {
            app.get(who, ENTRIES).refused(403, "role_not_allowed");
        }
        for who in ["giamdoc", "thanhtra", "admin"] {
            let all = entries(&app, who, "");
            let seqs: Vec<i64> = all.iter().map(|e| e["seq"].as_i64().unwrap()).collect();
            assert!(seqs.windows(2).all(|w| w[0] == w[1] + 1), "without gap, newest first: {seqs:?}");
        }
        let of_it = entries(&app, "thanhtra", &format!("&subject_id={}", d.id));
        let actions: Vec<&str> = of_it.iter().map(|e| e["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["dossier.stopped", "dossier.acknowledged", "dossier.handed_over", "dossier.accepted"]);
        assert_eq!((&of_it[0]["actor"]["full_name"], &of_it[0]["data"]["to"]), (&json!("Đặng Quốc Khánh"), &json!("stopped")));
        assert_eq!(of_it[0]["hash"].as_str().unwrap().len(), 64);
        // No personal data, whatever was typed.
        let text = json!(entries(&app, "thanhtra", "")).to_string();
        for personal in ["Nguyễn Văn An", "001085012345", "0912345678", "Có tranh chấp"] {
            assert!(!text.contains(personal), "{personal}");
        }
    }

    fn a_delegation_stands_there_with_its_end(app) {
        let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
        let of = |name: &str| people["items"].as_array().unwrap().iter().find(|u| u["username"] == name).unwrap()["id"].clone();
        let given = json!({
            "to_user_id": of("thuly.cn"), "role": "leader", "authority_id": app.authority("thd"),
            "valid_from": "2026-03-02T10:00:00+07:00", "valid_to": "2026-03-04T00:00:00+07:00", "reason": "Đi công tác"
        });
        let made = app.post("lanhdao.thd", "/api/v1/delegations", &given).expect(201);
        let told = entries(&app, "thanhtra", &format!("&subject_id={}", made["id"].as_str().unwrap()));
        assert_eq!((told.len(), &told[0]["action"], &told[0]["data"]["valid_to"]),
            (1, &json!("delegation.made"), &json!("2026-03-03T17:00:00+00:00")));
    }

    fn it_is_read_page_by_page(app) {
        app.journey("thd", Station::Returned);
        let first = app.get("thanhtra", &format!("{ENTRIES}?limit=3")).expect(200);
        let second = app.get("thanhtra", &format!("{ENTRIES}?limit=3&cursor={}", first["next"].as_str().unwrap())).expect(200);
        let seq = |page: &Value, i: usize| page["items"][i]["seq"].as_i64().unwrap();
        assert_eq!(seq(&second, 0), seq(&first, 2) - 1);
        let back = app.get("thanhtra", &format!("{ENTRIES}?limit=3&cursor={}", second["prev"].as_str().unwrap())).expect(200);
        assert_eq!(back["items"], first["items"]);
        app.get("thanhtra", &format!("{ENTRIES}?centre_id={}", app.authority("thd"))).refused(422, "centre_unknown");
        app.get("thanhtra", &format!("{ENTRIES}?subject_id={}", "0".repeat(101))).invalid("/subject_id", "too_long");
    }
}
