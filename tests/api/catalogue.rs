//! The procedures of the ward, and their versions.

use std::collections::BTreeSet;

use motcua_domain::catalogue::{self, CatalogueFile, ProcedureData};
use motcua_services::catalogue::import;
use motcua_tests::dossier::{MARITAL, RESIDENCE};
use motcua_tests::{App, Dossier, on_both};
use serde_json::{Value, json};

fn data(code: &str) -> ProcedureData {
    let file = catalogue::national().unwrap();
    file.procedures
        .into_iter()
        .find(|p| p.code == code)
        .unwrap()
}

/// Enters one procedure as its next version.
pub fn enter(app: &App, procedure: ProcedureData) {
    let mut file: CatalogueFile = catalogue::national().unwrap();
    file.procedures = vec![procedure];
    let now = app.services.now();
    let entered = app.services.write(|db| import(db, &file, now)).unwrap();
    assert_eq!(entered, 1);
}

fn codes(items: &Value) -> Vec<String> {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["code"].as_str().unwrap().to_owned())
        .collect()
}

fn search(app: &App, query: &str) -> Vec<String> {
    codes(
        &app.get("tiepnhan", &format!("/api/v1/procedures?limit=100&{query}"))
            .expect(200)["items"],
    )
}

on_both! {
    fn every_procedure_of_the_data_files_is_listed(app) {
        let mut seen = Vec::new();
        let mut path = "/api/v1/public/procedures?limit=30".to_owned();
        loop {
            let page = app.get("", &path).expect(200);
            seen.extend(codes(&page["items"]));
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/public/procedures?limit=30&cursor={next}"),
                None => break,
            }
        }
        let distinct: BTreeSet<&String> = seen.iter().collect();
        assert_eq!(distinct.len(), seen.len(), "a procedure is listed twice");
        let wanted: BTreeSet<String> = catalogue::national()
            .unwrap()
            .procedures
            .into_iter()
            .map(|p| p.code)
            .collect();
        assert_eq!(distinct, wanted.iter().collect());
    }

    fn procedures_are_found_with_and_without_accents(app) {
        let wanted = search(&app, "q=tình trạng hôn nhân");
        assert!(wanted.contains(&MARITAL.to_owned()));
        assert_eq!(search(&app, "q=tinh trang hon nhan"), wanted);
        assert_eq!(search(&app, "q=TINH%20%20TRANG%20hon%20nhan"), wanted);
        assert_eq!(search(&app, &format!("q={MARITAL}")), [MARITAL]);
        assert!(search(&app, "q=dang ky thuong tru").contains(&RESIDENCE.to_owned()));
        assert_eq!(search(&app, "q=khongcothutucnao"), Vec::<String>::new());
        // What means something to LIKE stands for itself.
        assert_eq!(search(&app, "q=%25"), Vec::<String>::new());
        assert_eq!(search(&app, "q=_"), Vec::<String>::new());
    }

    fn procedures_are_narrowed_by_field_and_day(app) {
        let field = search(&app, "field=A");
        assert!(field.contains(&MARITAL.to_owned()));
        assert!(!field.contains(&RESIDENCE.to_owned()));
        assert_eq!(search(&app, "in_force_on=2024-01-01"), Vec::<String>::new());
        let bad = app.get("tiepnhan", "/api/v1/procedures?in_force_on=2024-02-30");
        assert_eq!(bad.status, 422);
    }

    fn a_procedure_shows_papers_limits_fees_and_how_sure_we_are(app) {
        let p = app.get("tiepnhan", &format!("/api/v1/procedures/{MARITAL}")).expect(200);
        assert_eq!(p["limits"]["direct"]["amount"], 3);
        assert_eq!(p["limits"]["direct"]["unit"], "working_day");
        assert_eq!(p["limits"]["direct"]["certainty"], "known");
        assert_eq!(p["components"][0]["id"], "to_khai");
        assert_eq!(p["components"][0]["required"], true);
        assert_eq!(p["version"], 1);
        assert_eq!(p["supplement_mode"], "reset");
        assert!(p["fees"].as_array().is_some_and(|f| f.iter().all(|l| l["certainty"].is_string())));
        let public = app.get("", &format!("/api/v1/public/procedures/{MARITAL}")).expect(200);
        assert_eq!(public, p);
    }

    fn a_code_that_is_none_is_not_found(app) {
        for code in ["9.999999", "x", "%00", "..%2f..", "1.004873'--"] {
            let path = format!("/api/v1/procedures/{code}");
            assert_eq!(app.get("tiepnhan", &path).status, 404, "{code}");
            let path = format!("/api/v1/public/procedures/{code}");
            assert_eq!(app.get("", &path).status, 404, "{code}");
        }
    }

    fn an_expired_procedure_leaves_the_lists_and_takes_no_dossier(app) {
        let mut expired = data(MARITAL);
        expired.code = "9.000001".into();
        expired.name = "Thủ tục đã hết hiệu lực".into();
        expired.in_force_from = "2025-01-01".parse().unwrap();
        expired.in_force_to = Some("2026-03-01".parse().unwrap());
        enter(&app, expired);
        assert_eq!(search(&app, "q=9.000001"), Vec::<String>::new());
        assert_eq!(search(&app, "q=9.000001&in_force_on=2026-03-01"), ["9.000001"]);
        app.get("", "/api/v1/public/procedures/9.000001").refused(404, "not_found");
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("9.000001");
        let refused = app.send_in(&body);
        let problem = refused.refused(422, "procedure_not_in_force");
        refused.points_at(&problem, "/procedure_code", "procedure_not_in_force");
    }

    fn a_dossier_keeps_the_version_it_was_accepted_under(app) {
        let old = app.take_in("thd");
        let mut next = data(MARITAL);
        next.name = "Cấp Giấy xác nhận tình trạng hôn nhân (mới)".into();
        next.limits.direct.as_mut().unwrap().amount = 10;
        enter(&app, next);
        let new = app.take_in("thd");
        assert_eq!(new.body["procedure"]["version"], 2);
        assert_eq!(new.body["limit"]["amount"], 10);
        let again = app.read("tiepnhan", &old);
        for member in ["procedure", "limit", "due_at", "components", "fees"] {
            assert_eq!(again[member], old.body[member], "{member}");
        }
        assert_eq!(again["procedure"]["version"], 1);
        // Its way goes on by the old rule.
        let mut old = Dossier::of("thd", &again);
        app.act("tiepnhan", &mut old, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut old, "acknowledgements", &json!({ "accepted": true }));
        assert_eq!((&old.body["procedure"]["version"], &old.body["limit"]["amount"]), (&json!(1), &json!(3)));
        assert_eq!(search(&app, &format!("q={MARITAL}")).len(), 1, "one version at a time is listed");
    }

    fn centres_and_authorities_are_those_of_the_demo(app) {
        let list = app.get("tiepnhan", "/api/v1/authorities").expect(200);
        let mut codes: Vec<&str> =
            list["items"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap()).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["cn", "ht", "thd"]);
        let centres = app.get("giamdoc", "/api/v1/centres").expect(200);
        assert_eq!(centres["items"][0]["e_code"], "H26.14.100");
        let centre = &centres["items"][0]["id"];
        assert!(list["items"].as_array().unwrap().iter().all(|a| a["served_by"] == json!([centre])));
        let path = format!("/api/v1/authorities/{}/signers", app.authority("cn"));
        let signers = app.get("tiepnhan", &path).expect(200);
        assert_eq!(signers["items"].as_array().unwrap().len(), 1);
        assert_eq!(signers["items"][0]["full_name"], "Bùi Thị Hồng Vân");
    }
}
