//! The catalogue as administrators keep it: drafts, publication, ending, confirmation, files.

use motcua_domain::catalogue;
use motcua_tests::dossier::{MARITAL, RESIDENCE};
use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

/// A procedure nobody has, with everything a version can say.
pub(crate) fn made_up(code: &str) -> Value {
    json!({
        "code": code,
        "name": format!("Thủ tục thử {code}"),
        "field_code": "A",
        "field": "Hộ tịch",
        "in_force_from": "2025-07-01",
        "announcing_decision": { "number": "2874/QĐ-UBND", "date": "2025-06-30" },
        "code_certainty": "seen",
        "components": [{ "id": "to_khai", "name": "Tờ khai", "required": true, "certainty": "known" }],
        "limits": { "direct": { "amount": 3, "unit": "working_day", "certainty": "law", "source": "Luật Hộ tịch, Điều 15" } },
        "fees": [{
            "id": "le_phi", "kind": "le_phi", "name": "Lệ phí", "text": "8.000 đồng; miễn cho hộ nghèo",
            "amount_vnd": 8000, "channel": "any", "legal_basis": "Nghị quyết của HĐND",
            "exemptions": [{ "id": "ho_ngheo", "text": "miễn cho hộ nghèo", "percent": 100, "legal_basis": "Luật Hộ tịch, Điều 11", "certainty": "law" }],
            "certainty": "law"
        }],
        "result_name": "Trích lục",
        "online_level": "full",
        "flags": { "boundary_free": true, "on_the_spot": false, "no_due_date": false, "no_result": false,
            "authorised_filer_allowed": true, "mobile": false, "police": false, "multi_agency": false },
        "supplement_mode": "reset"
    })
}

pub(crate) fn file_of(procedures: &[Value]) -> String {
    json!({ "source_note": "Thử", "as_of": "2026-03-02", "procedures": procedures }).to_string()
}

fn four_hundred() -> Vec<Value> {
    (0..400)
        .map(|i| {
            let mut p = made_up(&format!("9.{i:06}"));
            if i % 3 == 0 {
                p["local"] = json!({
                    "decision": { "number": "05/2026/NQ-HĐND", "date": "2026-01-15" },
                    "limits": { "direct": { "amount": 2, "unit": "working_day", "certainty": "law" } }
                });
            }
            if i % 5 == 0 {
                p["in_force_from"] = json!("2027-01-01");
            }
            p
        })
        .collect()
}

fn import(app: &App, format: &str, content: &str, dry_run: bool) -> motcua_tests::Answer {
    app.post(
        "admin",
        "/api/v1/catalogue-imports",
        &json!({ "format": format, "content": content, "dry_run": dry_run }),
    )
}

fn export(app: &App, format: &str) -> String {
    let answer = app.get(
        "admin",
        &format!("/api/v1/catalogue-export?format={format}"),
    );
    assert_eq!(answer.status, 200);
    answer.text.clone()
}

fn draft(app: &App, base: i32, procedure: &Value) -> Value {
    let body = json!({ "base_version": base, "procedure": procedure });
    app.post("admin", "/api/v1/procedure-drafts", &body)
        .expect(201)
}

fn put(app: &App, draft: &Value, base: i32, procedure: &Value) -> motcua_tests::Answer {
    let path = format!("/api/v1/procedure-drafts/{}", draft["id"].as_str().unwrap());
    app.send(
        app.as_person("admin", Method::PUT, &path)
            .header("if-match", format!("\"v{}\"", draft["version"]))
            .json(&json!({ "base_version": base, "procedure": procedure })),
    )
}

fn publish(app: &App, draft: &Value) -> motcua_tests::Answer {
    let path = format!(
        "/api/v1/procedure-drafts/{}/publications",
        draft["id"].as_str().unwrap()
    );
    app.send(
        app.as_person("admin", Method::POST, &path)
            .header("if-match", format!("\"v{}\"", draft["version"])),
    )
}

/// A version as it was published.
fn document(app: &App, code: &str, version: i64) -> Value {
    let path = format!("/api/v1/procedures/{code}/versions/{version}");
    app.get("admin", &path).expect(200)["procedure"].clone()
}

fn listed(app: &App, code: &str) -> usize {
    let page = app
        .get("", &format!("/api/v1/public/procedures?q={code}"))
        .expect(200);
    page["items"].as_array().unwrap().len()
}

on_both! {
    fn four_hundred_procedures_imported_twice_change_nothing_the_second_time(app) {
        let file = file_of(&four_hundred());
        let tried = import(&app, "json", &file, true).expect(200);
        assert_eq!(tried["items"].as_array().unwrap().len(), 400);
        assert_eq!(listed(&app, "9.000001"), 0, "a trial changes nothing");
        let first = import(&app, "json", &file, false).expect(200);
        assert_eq!((&first["total"], &first["unchanged"]), (&json!(400), &json!(0)));
        assert_eq!(first["items"], tried["items"], "a trial tells what will be");
        assert_eq!(listed(&app, "9.000001"), 1);
        let entries = app.verify();
        assert!(entries.is_empty(), "{entries:?}");
        let second = import(&app, "json", &file, false).expect(200);
        assert_eq!((&second["total"], &second["unchanged"]), (&json!(400), &json!(400)));
        assert_eq!(second["items"], json!([]));
        let versions = app.get("admin", "/api/v1/procedures/9.000001/versions").expect(200);
        assert_eq!(versions["items"].as_array().unwrap().len(), 1);
    }

    fn an_export_brought_in_elsewhere_and_written_out_again_is_the_same_to_the_byte(app) {
        import(&app, "json", &file_of(&four_hundred()), false).expect(200);
        let forms = ["json", "csv"];
        let out = forms.map(|format| export(&app, format));
        for (format, out) in forms.iter().zip(&out) {
            let again = import(&app, format, out, false).expect(200);
            assert_eq!(again["unchanged"], again["total"], "{format}: here it changes nothing");
        }
        // Elsewhere: installations that have only the national list.
        let kind = app.database.kind;
        drop(app);
        for (format, given) in forms.iter().zip(&out) {
            let other = App::start(kind, &motcua_tests::Options::default());
            let brought = import(&other, format, given, false).expect(200);
            assert_eq!(brought["items"].as_array().unwrap().len(), 400);
            assert_eq!(forms.map(|form| export(&other, form)), out, "brought in as {format}");
        }
    }

    fn a_broken_file_changes_nothing_and_tells_every_fault_by_its_row(app) {
        let mut all = four_hundred();
        all[3]["fees"][0]["kind"] = json!("thuế");
        all[7]["in_force_from"] = json!("2026-02-30");
        all[7].as_object_mut().unwrap().remove("name");
        all[399]["limits"]["direct"]["amount"] = json!(0);
        let refused = import(&app, "json", &file_of(&all), false);
        let problem = refused.refused(422, "catalogue_faulty");
        refused.points_at(&problem, "/procedures/3/fees/0/kind", "unknown_value");
        refused.points_at(&problem, "/procedures/7/in_force_from", "invalid_value");
        refused.points_at(&problem, "/procedures/7/name", "required");
        refused.points_at(&problem, "/procedures/399/limits/direct/amount", "out_of_range");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 4);
        assert_eq!(listed(&app, "9.000001"), 0);

        // The same as a sheet: line and column.
        import(&app, "json", &file_of(&four_hundred()[..2]), false).expect(200);
        let sheet = export(&app, "csv");
        let lines: Vec<&str> = sheet.lines().collect();
        let at = lines.iter().position(|l| l.starts_with("component,9.000001")).unwrap();
        let other = lines.iter().position(|l| l.starts_with("component,1.") && l.contains("true")).unwrap();
        assert_ne!(at, other);
        let broken = sheet
            .replace(lines[at], &lines[at].replace("true", "vâng"))
            .replace(lines[other], &lines[other].replace("true", "có lẽ"));
        let refused = import(&app, "csv", &broken, false);
        let problem = refused.refused(422, "catalogue_faulty");
        for line in [at + 1, other + 1] {
            refused.points_at(&problem, &format!("/{line}/required"), "wrong_type");
        }
        assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "every fault, by its row");
        for (format, junk) in [("json", "{"), ("json", "[]"), ("csv", ""), ("csv", "a,b\n1,2\n"), ("json", "null")] {
            import(&app, format, junk, false).refused(422, "catalogue_faulty");
            import(&app, format, junk, true).refused(422, "catalogue_faulty");
        }
    }

    fn what_the_province_decided_stays_when_the_nation_changes_its_list(app) {
        let mut p = made_up("9.000001");
        p["local"] = json!({
            "decision": { "number": "05/2026/NQ-HĐND" },
            "limits": { "direct": { "amount": 1, "unit": "working_day", "certainty": "law" } },
            "fees": [{ "id": "le_phi", "kind": "le_phi", "name": "Lệ phí", "text": "Không thu", "amount_vnd": 0, "channel": "any", "certainty": "law" }]
        });
        import(&app, "json", &file_of(&[p.clone()]), false).expect(200);
        let here = app.get("tiepnhan", "/api/v1/procedures/9.000001").expect(200);
        assert_eq!(here["limits"]["direct"]["amount"], 1);
        assert_eq!(here["fees"][0]["amount_vnd"], 0);
        assert_eq!(here["local_decision"], "05/2026/NQ-HĐND");
        // A dossier is promised the province's date.
        let mut body = app.intake("thd");
        body["procedure_code"] = json!("9.000001");
        body["components"] = json!([{ "component_id": "to_khai", "originals": 1 }]);
        let dossier = app.send_in(&body).expect(201);
        assert_eq!(dossier["limit"]["amount"], 1);
        assert_eq!(dossier["fees"][0]["amount_vnd"], 0);

        let mut next = made_up("9.000001");
        next["limits"]["direct"]["amount"] = json!(2);
        let done = import(&app, "json", &file_of(&[next]), false).expect(200);
        assert_eq!(done["items"][0]["changed"], json!(["/limits/direct/amount"]));
        let kept = document(&app, "9.000001", 2);
        assert_eq!(kept["local"], p["local"]);
        assert_eq!(kept["limits"]["direct"]["amount"], 2);
        let here = app.get("tiepnhan", "/api/v1/procedures/9.000001").expect(200);
        assert_eq!(here["limits"]["direct"]["amount"], 1, "the province still goes before");
    }

    fn a_draft_is_written_compared_and_published_while_dossiers_go_on(app) {
        let old = app.take_in("thd");
        let mut p = document(&app, MARITAL, 1);
        p["limits"]["direct"]["amount"] = json!(2);
        let begun = draft(&app, 1, &p);
        assert_eq!(begun["open_dossiers"]["count"], 1);
        assert_eq!(begun["changes"][0]["path"], "/limits/direct/amount");
        assert_eq!((&begun["changes"][0]["before"], &begun["changes"][0]["after"]), (&json!(3), &json!(2)));
        // Nothing has happened yet, and without its decision nothing will.
        assert_eq!(app.get("", &format!("/api/v1/public/procedures/{MARITAL}")).expect(200)["version"], 1);
        let refused = publish(&app, &begun);
        let problem = refused.refused(422, "draft_faulty");
        refused.points_at(&problem, "/announcing_decision", "required");
        app.post("admin", "/api/v1/procedure-drafts", &json!({ "base_version": 1, "procedure": p }))
            .refused(409, "draft_exists");

        p["announcing_decision"] = json!({ "number": " 12/QĐ-UBND ", "date": "2026-03-01" });
        let written = put(&app, &begun, 1, &p).expect(200);
        assert_eq!(written["procedure"]["announcing_decision"]["number"], "12/QĐ-UBND");
        assert_eq!(written["faults"], json!([]));
        put(&app, &begun, 1, &p).refused(412, "version_stale");
        publish(&app, &begun).refused(412, "version_stale");
        let published = publish(&app, &written).expect(201);
        assert_eq!(published["version"], 2);
        app.get("admin", &format!("/api/v1/procedure-drafts/{}", written["id"].as_str().unwrap()))
            .refused(404, "not_found");

        let changes = app.get("thanhtra", &format!("/api/v1/procedures/{MARITAL}/comparison?from=1&to=2")).expect(200);
        let paths: Vec<&str> = changes["changes"].as_array().unwrap().iter().map(|c| c["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["/announcing_decision", "/limits/direct/amount"]);
        let new = app.take_in("thd");
        assert_eq!((&new.body["limit"]["amount"], &new.body["procedure"]["version"]), (&json!(2), &json!(2)));
        let kept = app.read("tiepnhan", &old);
        assert_eq!((&kept["limit"]["amount"], &kept["due_at"]), (&json!(3), &old.body["due_at"]));
        let open = app.get("tiepnhan", &format!("/api/v1/dossiers?procedure_code={MARITAL}&open=true")).expect(200);
        assert_eq!(open["items"].as_array().unwrap().len(), 2);
        assert!(app.verify().is_empty());
    }

    fn a_draft_begun_before_another_publication_is_not_published_over_it(app) {
        let mut p = document(&app, MARITAL, 1);
        p["announcing_decision"] = json!({ "number": "12/QĐ-UBND", "date": "2026-03-01" });
        p["notes"] = json!("Một");
        let mine = draft(&app, 1, &p);
        let mut other = document(&app, MARITAL, 1);
        other["notes"] = json!("Hai");
        import(&app, "json", &file_of(&[other]), false).expect(200);
        let refused = publish(&app, &mine).refused(409, "draft_outdated");
        assert_eq!(refused["current_version"], 2);
        let path = format!("/api/v1/procedure-drafts/{}", mine["id"].as_str().unwrap());
        assert_eq!(app.get("admin", &path).expect(200)["newest_version"], 2);
        // Brought up to date, it is.
        let now = put(&app, &mine, 2, &p).expect(200);
        let paths: Vec<&str> = now["changes"].as_array().unwrap().iter().map(|c| c["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["/announcing_decision", "/notes"]);
        assert_eq!(publish(&app, &now).expect(201)["version"], 3);
        // A draft that says what is there already has nothing to publish.
        let same = draft(&app, 3, &p);
        publish(&app, &same).refused(409, "nothing_changed");
        let gone = app.send(app.as_person("admin", Method::DELETE, &format!("/api/v1/procedure-drafts/{}", same["id"].as_str().unwrap()))
            .header("if-match", "\"v1\""));
        assert_eq!(gone.status, 204);
        assert_eq!(app.get("admin", "/api/v1/procedure-drafts").expect(200)["items"], json!([]));
    }

    fn an_unfinished_draft_is_kept_and_tells_what_is_missing(app) {
        let mut p = made_up("9.000009");
        p["fees"] = json!([]);
        p["field"] = json!("Đất đai");
        p["name"] = json!("  ");
        let begun = draft(&app, 0, &p);
        let pointers: Vec<&str> = begun["faults"].as_array().unwrap().iter().map(|f| f["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/name", "/field", "/fees"]);
        publish(&app, &begun).refused(422, "draft_faulty");
        let wrong = app.post("admin", "/api/v1/procedure-drafts", &json!({ "base_version": 7, "procedure": made_up("9.000010") }));
        wrong.invalid("/base_version", "invalid_value");
        let whole = put(&app, &begun, 0, &made_up("9.000009")).expect(200);
        assert_eq!(publish(&app, &whole).expect(201)["version"], 1);
        assert_eq!(listed(&app, "9.000009"), 1);
        assert_eq!(app.get("admin", "/api/v1/procedures/9.000009/versions/2").status, 404);
    }

    fn a_procedure_that_ends_leaves_the_lists_the_next_day_and_its_dossiers_go_on(app) {
        let old = app.take_in("thd");
        let today = app.now().date_naive();
        let ending = json!({ "last_day": today, "decision": { "number": "99/QĐ-UBND", "date": today } });
        let path = format!("/api/v1/procedures/{MARITAL}/endings");
        app.post("admin", &path, &ending).refused(428, "precondition_required");
        app.post_at("admin", &path, 9, &ending).refused(412, "version_stale");
        let ended = app.post_at("admin", &path, 1, &ending).expect(201);
        assert_eq!((&ended["version"], &ended["in_force_to"]), (&json!(2), &json!(today.to_string())));
        assert_eq!(app.get("", &format!("/api/v1/public/procedures/{MARITAL}")).expect(200)["ending_decision"], "99/QĐ-UBND");
        app.take_in("thd");
        // The day after.
        app.at(&format!("{}T08:00:00+07:00", today.succ_opt().unwrap()));
        assert_eq!(listed(&app, MARITAL), 0);
        app.send_in(&app.intake("thd")).refused(422, "procedure_not_in_force");
        assert!(!export(&app, "csv").contains(MARITAL));
        let mut old = old;
        app.act("tiepnhan", &mut old, "handovers", &json!({ "to": "handler" }));
        // Bringing the old list in again would revive it: the trial says so before it is done.
        let mut again = document(&app, MARITAL, 1);
        again["notes"] = json!("Như cũ");
        let tried = import(&app, "json", &file_of(&[again]), true).expect(200);
        assert!(tried["items"][0]["changed"].as_array().unwrap().contains(&json!("/in_force_to")), "{tried}");
    }

    fn what_is_prepared_for_later_does_not_bring_an_ended_procedure_back(app) {
        let mut later = made_up("9.000001");
        later["in_force_from"] = json!("2026-06-01");
        import(&app, "json", &file_of(&[made_up("9.000001"), later]), false).expect(200);
        let ending = json!({ "last_day": "2026-05-31", "decision": { "number": "99/QĐ-UBND", "date": "2026-03-01" } });
        let path = "/api/v1/procedures/9.000001/endings";
        let refused = app.post_at("admin", path, 1, &ending).refused(409, "later_version");
        assert_eq!(refused["in_force_from"], "2026-06-01");
        let odd = json!({ "last_day": "+12026-01-01", "decision": { "number": "9", "date": "2026-03-01" } });
        assert_eq!(app.post_at("admin", path, 1, &odd).status, 422);
    }

    fn what_the_province_decided_goes_on_under_a_new_first_day(app) {
        let mut p = made_up("9.000001");
        p["local"] = json!({
            "decision": { "number": "05/2026/NQ-HĐND" },
            "limits": { "direct": { "amount": 1, "unit": "working_day", "certainty": "law" } }
        });
        import(&app, "json", &file_of(&[p.clone()]), false).expect(200);
        let mut next = made_up("9.000001");
        next["in_force_from"] = json!("2026-07-01");
        let mut third = made_up("9.000001");
        third["in_force_from"] = json!("2026-09-01");
        let file = file_of(&[next, third]);
        let tried = import(&app, "json", &file, true).expect(200);
        assert_eq!(tried["items"][0]["changed"], json!(["/in_force_from"]));
        let done = import(&app, "json", &file, false).expect(200);
        assert_eq!(done["items"], tried["items"]);
        for version in [2, 3] {
            assert_eq!(document(&app, "9.000001", version)["local"], p["local"]);
        }
        assert_eq!(import(&app, "json", &file, false).expect(200)["unchanged"], 2);
    }

    fn of_two_who_confirm_at_once_one_is_told(app) {
        let said = |source: &str, path: &str| json!({ "path": path, "certainty": "law", "source": source });
        let first = document(&app, "1.004772", 1);
        let open: Vec<String> = catalogue::figures_to_check(&serde_json::from_value(first).unwrap())
            .into_iter()
            .filter(|f| !f.missing)
            .map(|f| f.path)
            .collect();
        let at = "/api/v1/procedures/1.004772/confirmations";
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..6)
                .map(|i| {
                    let (app, body) = (&app, said(&format!("Điều {i}"), &open[i % open.len()]));
                    scope.spawn(move || app.post_at("admin", at, 1, &body).status)
                })
                .collect();
            asked.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let done = answers.iter().filter(|s| **s == 201).count();
        assert_eq!(done, 1, "{answers:?}");
        assert!(answers.iter().all(|s| [201, 409, 412].contains(s)), "{answers:?}");
    }

    fn a_version_for_a_later_day_holds_from_that_day_and_today_can_still_be_mended(app) {
        let mut later = made_up("9.000001");
        later["in_force_from"] = json!("2026-06-01");
        later["limits"]["direct"]["amount"] = json!(9);
        import(&app, "json", &file_of(&[made_up("9.000001"), later]), false).expect(200);
        let mut mended = made_up("9.000001");
        mended["limits"]["direct"]["amount"] = json!(4);
        import(&app, "json", &file_of(&[mended]), false).expect(200);
        let here = app.get("", "/api/v1/public/procedures/9.000001").expect(200);
        assert_eq!((&here["version"], &here["limits"]["direct"]["amount"]), (&json!(3), &json!(4)));
        let then = app.get("", "/api/v1/public/procedures?q=9.000001&in_force_on=2026-06-01").expect(200);
        assert_eq!(then["items"].as_array().unwrap().len(), 1);
        assert_eq!(then["items"][0]["version"], 2);
    }

    fn a_figure_to_be_checked_is_confirmed_with_its_source(app) {
        let mut open = Vec::new();
        let mut path = "/api/v1/figures-to-check?limit=7".to_owned();
        loop {
            let page = app.get("thanhtra", &path).expect(200);
            open.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/figures-to-check?limit=7&cursor={next}"),
                None => break,
            }
        }
        let wanted = catalogue::national().unwrap().procedures.iter()
            .filter(|p| !catalogue::figures_to_check(p).is_empty()).count();
        assert_eq!(open.len(), wanted);
        let of = |code: &str| open.iter().find(|p| p["code"] == code).cloned();
        let figures = of("1.004772").unwrap()["figures"].clone();
        assert!(figures.as_array().unwrap().iter().any(|f| f["path"] == "/limits/direct" && f["text"] == "5 working_day"));
        let said = json!({ "path": "/limits/direct", "certainty": "law", "source": "Nghị định 123/2015/NĐ-CP, Điều 26" });
        let at = "/api/v1/procedures/1.004772/confirmations";
        app.post_at("giamdoc", at, 1, &said).refused(403, "role_not_allowed");
        assert_eq!(app.post_at("admin", at, 1, &said).expect(201)["version"], 2);
        let now = app.get("", "/api/v1/public/procedures/1.004772").expect(200);
        assert_eq!((&now["limits"]["direct"]["certainty"], &now["limits"]["direct"]["source"]),
            (&json!("law"), &json!("Nghị định 123/2015/NĐ-CP, Điều 26")));
        app.post_at("admin", at, 1, &said).refused(412, "version_stale");
        app.post_at("admin", at, 2, &said).refused(409, "nothing_changed");
        app.post_at("admin", at, 2, &json!({ "path": "/limits/x", "certainty": "law", "source": "a" })).invalid("/path", "invalid_value");
        app.post_at("admin", at, 2, &json!({ "path": "/limits/direct", "certainty": "law", "source": " " })).invalid("/source", "required");
        app.post_at("admin", "/api/v1/procedures/2.002307/confirmations", 1,
            &json!({ "path": "/limits/direct", "certainty": "law", "source": "a" })).refused(409, "figure_missing");
    }

    fn what_is_posted_is_audited_against_a_master_list(app) {
        let master = format!("Mã thủ tục;Tên thủ tục\n{MARITAL};\n{RESIDENCE};Tên khác hẳn\n9.000077;Thủ tục mới\n");
        let found = app.post("giamdoc", "/api/v1/listing-audits", &json!({ "format": "csv", "content": master })).expect(200);
        assert_eq!(found["equal"], 1);
        assert_eq!(found["missing"], json!([{ "code": "9.000077", "name": "Thủ tục mới" }]));
        assert_eq!(found["renamed"][0]["code"], RESIDENCE);
        let all = catalogue::national().unwrap().procedures.len();
        assert_eq!(found["surplus"].as_array().unwrap().len(), all - 2);
        // The own export agrees with itself.
        let own = json!({ "format": "csv", "content": export(&app, "csv") });
        let same = app.post("giamdoc", "/api/v1/listing-audits", &own).expect(200);
        assert_eq!((&same["equal"], &same["missing"], &same["surplus"], &same["renamed"]), (&json!(all), &json!([]), &json!([]), &json!([])));
        app.post("giamdoc", "/api/v1/listing-audits", &json!({ "format": "csv", "content": "x" })).refused(422, "catalogue_faulty");
    }
}
