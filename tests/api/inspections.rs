//! Inspections: a team looks while its days run and changes nothing by it; samples are drawn again the same;
//! findings are followed until they are put right; commendation and discipline rest on what is there.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const INSPECTIONS: &str = "/api/v1/inspections";
const FINDINGS: &str = "/api/v1/findings";
const RECORDS: &str = "/api/v1/conduct-records";
const NOBODY: &str = "0198c0de-0000-7000-8000-000000000000";

fn person(app: &App, username: &str) -> String {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    let found = items.iter().find(|u| u["username"] == username).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Stands the clock at an instant, with this person signed in: what happens at a second's distance is not to
/// depend on how long signing in takes.
fn standing(app: &App, instant: &str, who: &str) {
    app.at(instant);
    app.token(who);
    app.at_standing(instant);
}

/// A plan for looking at one ward, with somebody of another ward at the head.
fn plan(app: &App) -> Value {
    json!({
        "kind": "scheduled", "subject": "Việc giải quyết hồ sơ hộ tịch", "decision_number": "2997/QĐ-UBND",
        "decision_on": "2026-02-27", "decided_by": "Chủ tịch Ủy ban nhân dân phường",
        "authority_ids": [app.authority("thd")],
        "period_from": "2026-01-01", "period_to": "2026-03-02",
        "access_from": "2026-03-03", "access_to": "2026-03-06",
        "members": [{ "user_id": person(app, "thuly.cn"), "head": true }, { "user_id": person(app, "lanhdao.ht") }]
    })
}

fn opened(app: &App, body: &Value) -> Value {
    app.post("giamdoc", INSPECTIONS, body).expect(201)
}

fn id(thing: &Value) -> String {
    thing["id"].as_str().unwrap().to_owned()
}

fn of(thing: &Value, action: &str) -> String {
    format!("{INSPECTIONS}/{}/{action}", id(thing))
}

fn dossier(d: &Dossier, part: &str) -> String {
    format!("/api/v1/dossiers/{}{part}", d.id)
}

fn finding(app: &App) -> Value {
    json!({
        "authority_id": app.authority("thd"), "kind": "deadline", "text": "Ba hồ sơ trả kết quả quá hạn.",
        "asked": "Gửi thư xin lỗi.", "due_on": "2026-03-10"
    })
}

fn made(app: &App, inspection: &Value, body: &Value) -> Value {
    app.post("thuly.cn", &of(inspection, "findings"), body)
        .expect(201)
}

fn step(app: &App, who: &str, thing: &Value, action: &str, body: &Value) -> Answer {
    let path = format!("{FINDINGS}/{}/{action}", id(thing));
    app.post_at(who, &path, thing["version"].as_i64().unwrap(), body)
}

/// Drawn dossiers in the order of the draw.
fn units(app: &App, inspection: &Value, sample: &Value, query: &str) -> Vec<Value> {
    let path = format!(
        "{}/{}/units?limit=100{query}",
        of(inspection, "samples"),
        id(sample)
    );
    let page = app.get("thuly.cn", &path).expect(200);
    page["items"].as_array().unwrap().clone()
}

fn items(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

on_both! {
    fn a_team_looks_while_its_days_run_and_each_look_is_recorded_under_its_inspection(app) {
        let d = app.journey("thd", Station::Returned);
        let made = opened(&app, &plan(&app));
        assert_eq!((&made["state"], &made["looking"], &made["whole_centre"]), (&json!("open"), &json!(false), &json!(false)));
        let looks = |expected: u16| {
            for part in ["", "/timeline", "/personal-data", "/control-slip", "/reception-slip", "/files"] {
                app.get("thuly.cn", &dossier(&d, part)).expect(expected);
            }
        };
        // The day before, nobody looks yet, and only the director's own roles see it.
        looks(404);
        app.get("thuly.cn", &of(&made, "dossiers")).refused(409, "inspection_access_closed");
        standing(&app, "2026-03-02T23:59:59+07:00", "thuly.cn");
        looks(404);
        // From midnight in Vietnam.
        standing(&app, "2026-03-03T00:00:00+07:00", "thuly.cn");
        looks(200);
        let page = app.get("thuly.cn", &of(&made, "dossiers")).expect(200);
        assert_eq!(items(&page), vec![d.id.clone()]);
        assert!(page["items"][0]["owner"]["identity_number"].as_str().unwrap().contains('*'), "{page}");
        let views = app.get("giamdoc", &dossier(&d, "/personal-data-views?limit=100")).expect(200);
        let of_team: Vec<&Value> = views["items"].as_array().unwrap().iter().filter(|v| v["purpose"] == "inspection").collect();
        assert_eq!(of_team.len(), 6, "{views}");
        let entries = app.get("giamdoc", &format!("/api/v1/audit-entries?limit=100&subject_id={}", d.id)).expect(200);
        let told: Vec<&Value> = entries["items"].as_array().unwrap().iter().map(|e| &e["data"]).filter(|e| e["purpose"] == "inspection").collect();
        assert!(told.iter().all(|e| e["inspection_id"] == made["id"] && e["decision_number"] == "2997/QĐ-UBND"), "{told:?}");
        let mut what: Vec<&str> = told.iter().map(|e| e["what"].as_str().unwrap()).collect();
        what.sort_unstable();
        assert_eq!(what, ["control_slip", "files", "form_01", "page", "timeline", "view"]);
        // Who is not of the team looks no more than before; the team's work list is its own.
        app.get("thuly.ht", &dossier(&d, "")).refused(404, "not_found");
        assert_eq!(app.get("thuly.cn", "/api/v1/dossiers").expect(200)["items"], json!([]));
        // To the end of the last day, and not a second longer.
        standing(&app, "2026-03-06T23:59:59+07:00", "thuly.cn");
        looks(200);
        standing(&app, "2026-03-07T00:00:00+07:00", "thuly.cn");
        looks(404);
        app.get("thuly.cn", &of(&made, "dossiers")).refused(409, "inspection_access_closed");
        assert!(app.verify().is_empty());
    }

    fn ended_early_nobody_of_the_team_looks_from_that_moment(app) {
        let d = app.journey("thd", Station::Completed);
        let made = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        app.get("lanhdao.ht", &dossier(&d, "")).expect(200);
        let end = |who: &str, version: i64| app.post_at(who, &of(&made, "endings"), version, &json!({ "reason": "Xong sớm" }));
        end("lanhdao.ht", 1).refused(403, "not_of_the_team");
        end("thuly.ht", 1).refused(404, "not_found");
        end("thuly.cn", 7).refused(412, "version_stale");
        assert_eq!(end("thuly.cn", 1).expect(201)["state"], "ended");
        for who in ["thuly.cn", "lanhdao.ht"] {
            app.get(who, &dossier(&d, "")).refused(404, "not_found");
            app.get(who, &of(&made, "record")).refused(409, "inspection_access_closed");
            app.post(who, &of(&made, "samples"), &json!({})).refused(409, "inspection_access_closed");
        }
        end("thuly.cn", 2).refused(409, "inspection_step_not_allowed");
        // What was seen is still written down, and it is concluded.
        app.post("thuly.cn", &of(&made, "findings"), &finding(&app)).expect(201);
        let done = json!({ "number": "15/KL", "concluded_on": "2026-03-03", "text": "Cơ bản đúng quy định." });
        let concluded = app.post_at("giamdoc", &of(&made, "conclusions"), 2, &done).expect(201);
        assert_eq!((&concluded["state"], &concluded["conclusion"]["number"]), (&json!("concluded"), &json!("15/KL")));
        app.post_at("giamdoc", &of(&made, "conclusions"), 3, &done).refused(409, "inspection_step_not_allowed");
        app.post("thuly.cn", &of(&made, "findings"), &finding(&app)).refused(409, "inspection_access_closed");
        assert!(app.verify().is_empty());
    }

    fn a_team_reads_its_scope_and_period_and_nothing_beside(app) {
        let within = app.journey("thd", Station::Processing);
        let beside = app.journey("ht", Station::Processing);
        let made = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let late = app.take_in("thd");
        app.get("thuly.cn", &dossier(&within, "")).expect(200);
        app.get("thuly.cn", &dossier(&beside, "")).refused(404, "not_found");
        app.get("thuly.cn", &dossier(&late, "")).refused(404, "not_found");
        assert_eq!(items(&app.get("thuly.cn", &of(&made, "dossiers")).expect(200)), vec![within.id.clone()]);
        // Nobody of the ward knows of it; who answers for the centre does.
        for who in ["lanhdao.thd", "thuly.thd", "tiepnhan"] {
            app.get(who, &format!("{INSPECTIONS}/{}", id(&made))).refused(404, "not_found");
            assert_eq!(app.get(who, INSPECTIONS).expect(200)["items"], json!([]));
        }
        for who in ["giamdoc", "thanhtra", "thuly.cn"] {
            assert_eq!(items(&app.get(who, INSPECTIONS).expect(200)), vec![id(&made)]);
        }
        assert_eq!(app.get("giamdoc", &format!("{INSPECTIONS}?mine=true")).expect(200)["items"], json!([]));
        // A team needs no role that reads personal data: its days give it, and take it.
        let mut other = plan(&app);
        other["kind"] = json!("internal_check");
        other["members"] = json!([{ "user_id": person(&app, "thungan"), "head": true }]);
        other["period_to"] = json!("2026-03-02");
        let other = opened(&app, &other);
        app.get("thungan", &dossier(&within, "/personal-data")).expect(200);
        app.get("thungan", &dossier(&beside, "/personal-data")).refused(404, "not_found");
        let end = json!({ "reason": "Xong" });
        app.post_at("giamdoc", &of(&other, "endings"), 1, &end).expect(201);
        app.get("thungan", &dossier(&within, "/personal-data")).refused(403, "role_not_allowed");
    }

    fn a_team_changes_nothing_whatever_it_tries(app) {
        let d = app.journey("thd", Station::WithLeader);
        let other = app.journey("thd", Station::GivenToHandler);
        opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        app.get("lanhdao.ht", &dossier(&d, "")).expect(200);
        let before = app.read("giamdoc", &d);
        // Every operation of the contract that changes a dossier, well-formed where the tests know how; whoever
        // adds one is asked here.
        let document = serde_json::to_value(motcua_api::openapi::document()).unwrap();
        let mut tried = 0;
        for (path, operations) in document["paths"].as_object().unwrap() {
            let Some(action) = path.strip_prefix("/api/v1/dossiers/{id}") else {
                continue;
            };
            for method in ["post", "put", "patch", "delete"] {
                if operations[method].is_null() {
                    continue;
                }
                let path = path.replace("{id}", &d.id).replace("{hid}", NOBODY).replace("{mid}", NOBODY);
                let body = match action.trim_start_matches('/') {
                    "handovers" => json!({ "to": "leader" }),
                    "claims" | "assessments" => json!({}),
                    "amendments" => json!({ "owner": { "full_name": "Tên Khác" }, "reason": "Sửa" }),
                    "legal-hold" => json!({ "reason": "Giữ lại" }),
                    "legal-hold/liftings" | "message-language" => json!({ "reason": "Thôi giữ", "language": "en" }),
                    known => body_of(known.split('/').next().unwrap()),
                };
                for who in ["thuly.cn", "lanhdao.ht"] {
                    let request = app.as_person(who, method.to_uppercase().parse().unwrap(), &path);
                    let answer = app.send(request.header("if-match", format!("\"v{}\"", d.version)).json(&body));
                    assert!(matches!(answer.status, 400 | 403 | 404 | 422), "{who} {method} {path}: {answer:?}");
                    tried += 1;
                }
            }
        }
        assert!(tried >= 40, "{tried}");
        // With what would do it for one's own.
        for (who, action) in [("lanhdao.ht", "decisions"), ("lanhdao.ht", "stops"), ("lanhdao.ht", "holds"), ("thuly.cn", "consultations"), ("thuly.cn", "results")] {
            app.try_act(who, &d, action, &body_of(action)).refused(404, "not_found");
        }
        app.try_act("thuly.cn", &other, "acknowledgements", &body_of("acknowledgements")).refused(404, "not_found");
        let after = app.read("giamdoc", &d);
        assert_eq!((&before["version"], &before["state"], &before["owner"]), (&after["version"], &after["state"], &after["owner"]));
        // Nor is anything offered.
        let seen = app.read("lanhdao.ht", &d);
        let offered = seen["actions"].as_array().or(seen["allowed_actions"].as_array()).cloned().unwrap_or_default();
        assert!(offered.iter().all(|a| a["allowed"] != true), "{offered:?}");
        assert!(app.verify().is_empty());
    }

    fn a_plan_at_fault_is_refused_where_it_is(app) {
        let sound = plan(&app);
        let long = "x".repeat(1_000_000);
        let table: Vec<(&str, Value, &str, &str)> = vec![
            ("access_to", json!("2026-03-02"), "/access_to", "dates_reversed"),
            ("access_to", json!("2026-05-01"), "/access_to", "access_too_long"),
            ("period_from", json!("2026-03-03"), "/period_to", "dates_reversed"),
            ("period_to", json!("2026-03-03"), "/period_to", "date_in_future"),
            ("decision_on", json!("2026-03-03"), "/decision_on", "date_in_future"),
            ("authority_ids", json!([]), "/authority_ids", "required"),
            ("authority_ids", json!([NOBODY]), "/authority_ids/0", "unknown_value"),
            ("members", json!([]), "/members", "required"),
            ("members", json!([{ "user_id": person(&app, "thuly.cn") }]), "/members", "no_head"),
            ("members", json!([{ "user_id": person(&app, "thuly.cn"), "head": true }, { "user_id": person(&app, "lanhdao.ht"), "head": true }]), "/members", "several_heads"),
            ("members", json!([{ "user_id": person(&app, "thuly.cn"), "head": true }, { "user_id": person(&app, "thuly.cn") }]), "/members/1/user_id", "member_twice"),
            ("members", json!([{ "user_id": NOBODY, "head": true }]), "/members/0/user_id", "unknown_value"),
            // Whose own work is looked at: the ward's, and the one-stop's.
            ("members", json!([{ "user_id": person(&app, "thuly.thd"), "head": true }]), "/members/0/user_id", "own_work"),
            ("members", json!([{ "user_id": person(&app, "tiepnhan"), "head": true }]), "/members/0/user_id", "own_work"),
            ("subject", json!(" "), "/subject", "required"),
            ("decision_number", json!(""), "/decision_number", "required"),
        ];
        for (member, value, pointer, code) in table {
            let mut body = sound.clone();
            body[member] = value;
            app.post("giamdoc", INSPECTIONS, &body).invalid(pointer, code);
        }
        let mut body = sound.clone();
        body["subject"] = json!(long);
        let answer = app.post("giamdoc", INSPECTIONS, &body);
        assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
        for who in ["lanhdao.thd", "thanhtra", "thuly.cn"] {
            app.post(who, INSPECTIONS, &sound).refused(403, "role_not_allowed");
        }
        // An internal check is by one's own people.
        let mut body = sound;
        body["kind"] = json!("internal_check");
        body["authority_ids"] = Value::Null;
        body["members"] = json!([{ "user_id": person(&app, "thuly.thd"), "head": true }]);
        let made = opened(&app, &body);
        assert_eq!((&made["whole_centre"], made["authorities"].as_array().unwrap().len()), (&json!(true), 3));
    }

    fn a_sample_is_drawn_again_the_same_and_each_dossier_is_checked_once(app) {
        for _ in 0..6 {
            app.journey("thd", Station::Completed);
        }
        app.journey("thd", Station::Processing);
        app.journey("cn", Station::Completed);
        let made = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let draw = |body: &Value| app.post("thuly.cn", &of(&made, "samples"), body);
        let first = draw(&json!({ "seed": "2997", "sample_size": 4 })).expect(201);
        assert_eq!((&first["population"], &first["size"], &first["unchecked"]), (&json!(6), &json!(4), &json!(4)));
        let order = |sample: &Value| -> Vec<String> {
            units(&app, &made, sample, "").iter().map(|u| u["dossier_id"].as_str().unwrap().to_owned()).collect()
        };
        let again = draw(&json!({ "seed": "2997", "sample_size": 4 })).expect(201);
        assert_eq!(order(&first), order(&again));
        let whole = draw(&json!({ "seed": "khác", "finished_only": false, "sample_size": 7 })).expect(201);
        assert_eq!(whole["population"], 7);
        // Slovin: 6 / (1 + 6 · 0.05²), rounded up.
        assert_eq!(draw(&json!({})).expect(201)["size"], 6);
        draw(&json!({ "sample_size": 7 })).points_at(&draw(&json!({ "sample_size": 7 })).refused(422, "sample_larger_than_population"), "/sample_size", "sample_larger_than_population");
        draw(&json!({ "sample_size": 0 })).invalid("/sample_size", "out_of_range");
        draw(&json!({ "seed": "x".repeat(65) })).invalid("/seed", "too_long");
        // A population of none is refused.
        let mut empty = plan(&app);
        empty["period_to"] = json!("2026-01-31");
        let empty = opened(&app, &empty);
        app.post("thuly.cn", &of(&empty, "samples"), &json!({})).invalid("/population", "out_of_range");
        // What came of each; what was not checked stays there.
        let check = |place: i32, body: &Value| {
            let path = format!("{}/{}/units/{place}/checks", of(&made, "samples"), id(&first));
            app.post("thuly.cn", &path, body)
        };
        check(1, &json!({ "outcome": "finding" })).invalid("/note", "required");
        check(1, &json!({ "outcome": "finding", "note": "Thiếu giấy tờ." })).expect(201);
        check(1, &json!({ "outcome": "in_order" })).refused(409, "checked_already");
        check(2, &json!({ "outcome": "in_order" })).expect(201);
        check(3, &json!({ "outcome": "not_found" })).expect(201);
        check(9, &json!({ "outcome": "in_order" })).refused(404, "not_found");
        let told = app.get("giamdoc", &of(&made, "samples")).expect(200);
        let told = told["items"].as_array().unwrap().iter().find(|s| s["id"] == first["id"]).unwrap().clone();
        assert_eq!((&told["findings"], &told["in_order"], &told["not_found"], &told["unchecked"]), (&json!(1), &json!(1), &json!(1), &json!(1)));
        assert_eq!(units(&app, &made, &first, "").len(), 4);
        assert_eq!(units(&app, &made, &first, "&outcome=unchecked").len(), 1);
        let noted = &units(&app, &made, &first, "&outcome=finding")[0];
        assert_eq!((&noted["note"], noted["checked_by"]["id"].as_str()), (&json!("Thiếu giấy tờ."), Some(person(&app, "thuly.cn").as_str())));
        assert!(app.verify().is_empty());
    }

    fn the_record_of_its_dossiers_is_verified_outside(app) {
        let d = app.journey("thd", Station::Returned);
        let beside = app.journey("cn", Station::Processing);
        let made = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let (mut links, mut after) = (Vec::new(), String::new());
        loop {
            let page = app.get("thuly.cn", &format!("{}?limit=7{after}", of(&made, "record"))).expect(200);
            links.extend(page["links"].as_array().unwrap().clone());
            assert!(page["links"].as_array().unwrap().len() <= 7);
            match page["next_after"].as_i64() {
                Some(seq) => after = format!("&after={seq}"),
                None => break,
            }
            assert!(links.len() < 2_000);
        }
        let centre = app.get("admin", "/api/v1/centres").expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        let mut before: Option<String> = None;
        for link in &links {
            if let Some(hash) = before {
                assert_eq!(link["prev_hash"], hash.as_str());
            }
            before = link["hash"].as_str().map(ToOwned::to_owned);
            let entry = &link["entry"];
            if entry.is_null() {
                continue;
            }
            let mut hash = Sha256::new();
            for part in [
                link["prev_hash"].as_str().unwrap(), &centre, &link["seq"].to_string(), &entry["at_micros"].to_string(),
                entry["actor_id"].as_str().unwrap_or_default(), entry["action"].as_str().unwrap(),
                entry["subject_kind"].as_str().unwrap(), entry["subject_id"].as_str().unwrap(), entry["data"].as_str().unwrap(),
            ] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
            assert_eq!(link["hash"], hex::encode(hash.finalize()).as_str());
        }
        let told: Vec<&str> = links.iter().filter_map(|l| l["entry"]["subject_id"].as_str()).collect();
        assert!(told.contains(&d.id.as_str()) && !told.contains(&beside.id.as_str()));
        let of_it = app.get("giamdoc", &format!("/api/v1/audit-entries?limit=100&subject_id={}", d.id)).expect(200);
        let all: Vec<i64> = of_it["items"].as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()).collect();
        let exported: Vec<i64> = links.iter().filter(|l| l["entry"]["subject_id"] == d.id.as_str()).map(|l| l["seq"].as_i64().unwrap()).collect();
        assert_eq!(exported.iter().rev().copied().collect::<Vec<_>>(), all);
        let taken = app.get("giamdoc", &format!("/api/v1/audit-entries?limit=100&subject_id={}", id(&made))).expect(200);
        assert!(taken["items"].as_array().unwrap().iter().any(|e| e["action"] == "inspection.record_exported"));
        for limit in ["0", "1001"] {
            app.get("thuly.cn", &format!("{}?limit={limit}", of(&made, "record"))).invalid("limit", "out_of_range");
        }
        app.get("giamdoc", &of(&made, "record")).refused(403, "not_of_the_team");
    }

    fn a_finding_is_followed_until_it_is_put_right(app) {
        let d = app.journey("thd", Station::Completed);
        let made_one = opened(&app, &plan(&app));
        app.post("thuly.cn", &of(&made_one, "findings"), &finding(&app)).refused(409, "inspection_access_closed");
        app.at("2026-03-03T08:00:00+07:00");
        let mut body = finding(&app);
        body["dossier_id"] = json!(d.id);
        body["officer_id"] = json!(person(&app, "thuly.thd"));
        let mut f = made(&app, &made_one, &body);
        assert_eq!((&f["state"], &f["overdue"], &f["allowed_actions"]), (&json!("open"), &json!(false), &json!(["prolong", "withdraw"])));
        // The leader answers for the ward, the officer knows of it, another ward does not.
        assert_eq!(app.get("lanhdao.thd", &format!("{FINDINGS}/{}", id(&f))).expect(200)["allowed_actions"], json!(["report"]));
        assert_eq!(items(&app.get("thuly.thd", &format!("{FINDINGS}?mine=true")).expect(200)), vec![id(&f)]);
        assert_eq!(app.get("lanhdao.thd", &format!("{FINDINGS}?mine=true")).expect(200)["items"], json!([]));
        for who in ["lanhdao.cn", "thuly.ht", "tiepnhan", "admin"] {
            app.get(who, &format!("{FINDINGS}/{}", id(&f))).refused(404, "not_found");
            assert_eq!(app.get(who, FINDINGS).expect(200)["items"], json!([]));
        }
        let fixed = json!({ "note": "Đã gửi ba thư xin lỗi.", "document_number": "45/BC-UBND" });
        step(&app, "thuly.cn", &f, "acceptances", &json!({ "accepted": true })).refused(409, "finding_step_not_allowed");
        step(&app, "thuly.thd", &f, "reports", &fixed).refused(403, "role_not_allowed");
        step(&app, "lanhdao.thd", &f, "acceptances", &json!({ "accepted": true })).refused(403, "finding_not_yours");
        step(&app, "lanhdao.cn", &f, "reports", &fixed).refused(404, "not_found");
        step(&app, "lanhdao.thd", &f, "reports", &json!({ "note": " " })).invalid("/note", "required");
        // More time, with the reason, and only later.
        step(&app, "thuly.cn", &f, "prolongations", &json!({ "due_on": "2026-03-10", "reason": "Chờ" })).invalid("/due_on", "not_later");
        step(&app, "thuly.cn", &f, "prolongations", &json!({ "due_on": "2026-03-12", "reason": "" })).invalid("/reason", "required");
        f = step(&app, "thuly.cn", &f, "prolongations", &json!({ "due_on": "2026-03-12", "reason": "Chờ kinh phí" })).expect(201);
        app.at("2026-03-13T08:00:00+07:00");
        let counts = app.get("lanhdao.thd", "/api/v1/finding-counts").expect(200);
        assert_eq!(counts, json!({ "open": 1, "reported": 0, "overdue": 1 }));
        assert_eq!(app.get("lanhdao.cn", "/api/v1/finding-counts").expect(200)["open"], 0);
        assert_eq!(items(&app.get("lanhdao.thd", &format!("{FINDINGS}?overdue=true")).expect(200)), vec![id(&f)]);
        let stale = f.clone();
        f = step(&app, "lanhdao.thd", &f, "reports", &fixed).expect(201);
        step(&app, "lanhdao.thd", &stale, "reports", &fixed).refused(412, "version_stale");
        // The team's days are over; what it found is still its to accept.
        step(&app, "thuly.cn", &f, "acceptances", &json!({ "accepted": false })).invalid("/note", "required");
        f = step(&app, "thuly.cn", &f, "acceptances", &json!({ "accepted": false, "note": "Thiếu một thư." })).expect(201);
        assert_eq!(f["state"], "open");
        f = step(&app, "giamdoc", &f, "reports", &fixed).expect(201);
        // Who reported it does not accept it.
        step(&app, "giamdoc", &f, "acceptances", &json!({ "accepted": true })).refused(403, "own_report");
        f = step(&app, "lanhdao.ht", &f, "acceptances", &json!({ "accepted": true })).expect(201);
        assert_eq!((&f["state"], &f["overdue"], &f["allowed_actions"]), (&json!("closed"), &json!(false), &json!([])));
        let kinds: Vec<&str> = f["steps"].as_array().unwrap().iter().map(|s| s["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["made", "prolonged", "reported", "sent_back", "reported", "accepted"]);
        assert_eq!(f["steps"][2]["document_number"], "45/BC-UBND");
        step(&app, "thuly.cn", &f, "withdrawals", &json!({ "reason": "Muộn" })).refused(409, "finding_step_not_allowed");
        assert_eq!(app.get("giamdoc", "/api/v1/finding-counts").expect(200), json!({ "open": 0, "reported": 0, "overdue": 0 }));
        assert!(app.verify().is_empty());
    }

    fn what_is_waited_for_longest_comes_first_and_pages_lose_nothing(app) {
        let made_one = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let mut all = Vec::new();
        for due in ["2026-03-09", "2026-03-05", "2026-03-07", "2026-03-05", "2026-03-20"] {
            let mut body = finding(&app);
            body["due_on"] = json!(due);
            all.push(made(&app, &made_one, &body));
        }
        let gone = step(&app, "thuly.cn", &all[1], "withdrawals", &json!({ "reason": "Ghi nhầm" })).expect(201);
        assert_eq!(gone["state"], "withdrawn");
        app.at("2026-03-08T08:00:00+07:00");
        let expected: Vec<String> = [3, 2, 0, 4, 1].map(|i: usize| id(&all[i])).to_vec();
        for who in ["giamdoc", "lanhdao.thd", "thanhtra", "thuly.cn"] {
            assert_eq!(items(&app.get(who, &format!("{FINDINGS}?limit=100")).expect(200)), expected, "{who}");
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = app.get("giamdoc", &format!("{FINDINGS}?limit=2{cursor}")).expect(200);
            seen.extend(items(&page));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => {
                    let before = app.get("giamdoc", &format!("{FINDINGS}?limit=2&cursor={}", page["prev"].as_str().unwrap())).expect(200);
                    assert_eq!(items(&before), expected[2..4]);
                    break;
                }
            }
        }
        assert_eq!(seen, expected);
        assert_eq!(items(&app.get("giamdoc", &format!("{FINDINGS}?overdue=true")).expect(200)), expected[..2]);
        assert_eq!(items(&app.get("giamdoc", &format!("{FINDINGS}?open=false")).expect(200)), expected[4..]);
        assert_eq!(items(&app.get("giamdoc", &format!("{FINDINGS}?authority_id={}", app.authority("cn"))).expect(200)), Vec::<String>::new());
        assert_eq!(app.get("lanhdao.thd", "/api/v1/finding-counts").expect(200), json!({ "open": 4, "reported": 0, "overdue": 2 }));
    }

    fn a_finding_at_fault_is_refused_where_it_is(app) {
        let beside = app.journey("cn", Station::Completed);
        let made_one = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let late = app.take_in("thd");
        let table: Vec<(&str, Value, &str, &str)> = vec![
            ("due_on", json!("2026-03-02"), "/due_on", "date_in_past"),
            ("authority_id", json!(app.authority("cn")), "/authority_id", "out_of_scope"),
            ("dossier_id", json!(beside.id), "/dossier_id", "out_of_scope"),
            ("dossier_id", json!(late.id), "/dossier_id", "out_of_scope"),
            ("dossier_id", json!(NOBODY), "/dossier_id", "out_of_scope"),
            ("officer_id", json!(person(&app, "thuly.cn")), "/officer_id", "out_of_scope"),
            ("officer_id", json!(NOBODY), "/officer_id", "out_of_scope"),
            ("text", json!(""), "/text", "required"),
            ("asked", json!("x".repeat(10_001)), "/asked", "too_long"),
        ];
        for (member, value, pointer, code) in table {
            let mut body = finding(&app);
            body[member] = value;
            app.post("thuly.cn", &of(&made_one, "findings"), &body).invalid(pointer, code);
        }
        let mut body = finding(&app);
        body["text"] = json!("x".repeat(1_000_000));
        let answer = app.post("thuly.cn", &of(&made_one, "findings"), &body);
        assert!(matches!(answer.status, 413 | 422), "{}", answer.status);
        app.post("giamdoc", &of(&made_one, "findings"), &finding(&app)).refused(403, "not_of_the_team");
        app.post("thuly.ht", &of(&made_one, "findings"), &finding(&app)).refused(404, "not_found");
    }

    fn of_two_who_accept_the_same_finding_at_once_one_does(app) {
        let made_one = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let f = made(&app, &made_one, &finding(&app));
        let f = step(&app, "lanhdao.thd", &f, "reports", &json!({ "note": "Đã xong." })).expect(201);
        for who in ["thuly.cn", "lanhdao.ht"] {
            app.token(who);
        }
        let path = format!("{FINDINGS}/{}/acceptances", id(&f));
        let answers: Vec<u16> = std::thread::scope(|s| {
            let asked: Vec<_> = (0..8)
                .map(|n| {
                    let (app, path) = (&app, &path);
                    s.spawn(move || {
                        let who = ["thuly.cn", "lanhdao.ht"][n % 2];
                        app.post_at(who, path, 2, &json!({ "accepted": true })).status
                    })
                })
                .collect();
            asked.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|s| **s == 201).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|s| matches!(s, 201 | 412)), "{answers:?}");
        let f = app.get("thuly.cn", &format!("{FINDINGS}/{}", id(&f))).expect(200);
        assert_eq!(f["steps"].as_array().unwrap().iter().filter(|s| s["kind"] == "accepted").count(), 1);
        assert!(app.verify().is_empty());
    }

    fn commendation_and_discipline_rest_on_what_is_there_and_are_read_by_whom_they_concern(app) {
        let d = app.journey("thd", Station::Completed);
        let made_one = opened(&app, &plan(&app));
        app.at("2026-03-03T08:00:00+07:00");
        let f = made(&app, &made_one, &finding(&app));
        let untrue = json!({
            "kind": "suggestion", "channel": "counter", "subject": "attitude", "text": "Thái độ chưa tốt.",
            "filer": { "full_name": "Nguyễn Văn An", "address": "Số 1 phố Huế, Hà Nội", "phone": "0912345678" }
        });
        let said = app.post("tiepnhan", "/api/v1/feedback", &untrue).expect(201)["feedback"].clone();
        let answer = |upheld: bool, said: &Value| {
            let path = format!("/api/v1/feedback/{}/answers", id(said));
            app.post_at("giamdoc", &path, 1, &json!({ "answer": "Đã xem xét.", "upheld": upheld })).expect(201);
        };
        answer(false, &said);
        let proven = app.post("tiepnhan", "/api/v1/feedback", &untrue).expect(201)["feedback"].clone();
        answer(true, &proven);
        let body = json!({
            "kind": "discipline", "officer_id": person(&app, "thuly.thd"), "form": "Khiển trách", "decision_number": "88/QĐ-UBND",
            "decision_on": "2026-03-02", "decided_by": "Chủ tịch Ủy ban nhân dân phường", "reason": "Để hồ sơ quá hạn.",
            "evidence": [
                { "kind": "dossier", "id": d.id }, { "kind": "finding", "id": id(&f) },
                { "kind": "inspection", "id": id(&made_one) }, { "kind": "feedback", "id": id(&proven) }
            ]
        });
        let table: Vec<(&str, Value, &str, &str)> = vec![
            ("evidence", json!([]), "/evidence", "required"),
            ("evidence", json!([{ "kind": "dossier", "id": NOBODY }]), "/evidence/0/id", "unknown_value"),
            ("evidence", json!([{ "kind": "dossier", "id": "' or 1=1" }]), "/evidence/0/id", "unknown_value"),
            ("evidence", json!([{ "kind": "finding", "id": d.id }]), "/evidence/0/id", "unknown_value"),
            ("evidence", json!([{ "kind": "index_line", "id": NOBODY }]), "/evidence/0/id", "unknown_value"),
            ("evidence", json!([{ "kind": "dossier", "id": d.id }, { "kind": "feedback", "id": id(&said) }]), "/evidence/1/id", "unknown_value"),
            ("evidence", json!([{ "kind": "dossier", "id": d.id }, { "kind": "dossier", "id": d.id }]), "/evidence/1/id", "duplicate"),
            ("officer_id", Value::Null, "/officer_id", "required"),
            ("officer_id", json!(NOBODY), "/officer_id", "unknown_value"),
            ("officer_id", json!(person(&app, "giamdoc")), "/officer_id", "invalid_value"),
            ("authority_id", json!(app.authority("thd")), "/authority_id", "invalid_value"),
            ("decision_on", json!("2026-03-04"), "/decision_on", "date_in_future"),
            ("form", json!(""), "/form", "required"),
            ("reason", json!("x".repeat(10_001)), "/reason", "too_long"),
        ];
        for (member, value, pointer, code) in table {
            let mut wrong = body.clone();
            wrong[member] = value;
            app.post("giamdoc", RECORDS, &wrong).invalid(pointer, code);
        }
        for who in ["lanhdao.thd", "admin", "thanhtra", "thuly.cn"] {
            app.post(who, RECORDS, &body).refused(403, "role_not_allowed");
        }
        let kept = app.post("giamdoc", RECORDS, &body).expect(201);
        assert_eq!((kept["evidence"].as_array().unwrap().len(), &kept["authority_id"]), (4, &json!(app.authority("thd"))));
        let path = format!("{RECORDS}/{}", id(&kept));
        // Whom it concerns, who answers for the ward and the centre; nobody else.
        for who in ["thuly.thd", "lanhdao.thd", "giamdoc"] {
            assert_eq!(app.get(who, &path).expect(200)["evidence"].as_array().unwrap().len(), 4, "{who}");
        }
        for who in ["thuly.cn", "lanhdao.cn", "tiepnhan", "admin", "thanhtra"] {
            app.get(who, &path).refused(404, "not_found");
            assert_eq!(app.get(who, RECORDS).expect(200)["items"], json!([]), "{who}");
        }
        assert_eq!(items(&app.get("thuly.thd", "/api/v1/me/conduct-records").expect(200)), vec![id(&kept)]);
        assert_eq!(app.get("lanhdao.thd", "/api/v1/me/conduct-records").expect(200)["items"], json!([]));
        // A decision makes one public: its words, not what it rests on.
        let mut public = body.clone();
        public["kind"] = json!("commendation");
        public["form"] = json!("Giấy khen");
        public["public"] = json!(true);
        let shown = app.post("giamdoc", RECORDS, &public).expect(201);
        let seen = app.get("thuly.ht", &format!("{RECORDS}/{}", id(&shown))).expect(200);
        assert_eq!((&seen["form"], &seen["evidence"]), (&json!("Giấy khen"), &json!([])));
        assert_eq!(items(&app.get("thuly.ht", RECORDS).expect(200)), vec![id(&shown)]);
        // Never changed, only revoked, once.
        let revoke = |who: &str, on: &str| app.post(who, &format!("{path}/revocations"), &json!({ "decision_number": "90/QĐ-UBND", "decision_on": on, "reason": "Sai sự thật." }));
        revoke("lanhdao.thd", "2026-03-03").refused(403, "role_not_allowed");
        revoke("giamdoc", "2026-03-01").invalid("/decision_on", "out_of_range");
        let revoked = revoke("giamdoc", "2026-03-03").expect(201);
        assert_eq!((&revoked["revocation"]["decision_number"], &revoked["may_revoke"]), (&json!("90/QĐ-UBND"), &json!(false)));
        assert_eq!(revoked["reason"], kept["reason"]);
        revoke("giamdoc", "2026-03-03").refused(409, "conduct_record_revoked");
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = app.send(app.as_person("giamdoc", method, &path));
            assert!(matches!(answer.status, 404 | 405), "{answer:?}");
        }
        assert!(app.verify().is_empty());
    }

    fn an_authority_is_commended_and_its_leader_reads_it(app) {
        let made_one = opened(&app, &plan(&app));
        let body = json!({
            "kind": "commendation", "authority_id": app.authority("thd"), "form": "Bằng khen", "decision_number": "9/QĐ",
            "decision_on": "2026-03-02", "decided_by": "Chủ tịch", "reason": "100 % hồ sơ đúng hạn.",
            "evidence": [{ "kind": "inspection", "id": id(&made_one) }]
        });
        let kept = app.post("giamdoc", RECORDS, &body).expect(201);
        assert_eq!((&kept["officer"], &kept["evidence"][0]["label"]), (&Value::Null, &json!("2997/QĐ-UBND")));
        app.get("lanhdao.thd", &format!("{RECORDS}/{}", id(&kept))).expect(200);
        app.get("lanhdao.cn", &format!("{RECORDS}/{}", id(&kept))).refused(404, "not_found");
        let mut wrong = body;
        wrong["authority_id"] = json!(NOBODY);
        app.post("giamdoc", RECORDS, &wrong).invalid("/authority_id", "unknown_value");
    }

    fn the_same_request_opens_one_inspection(app) {
        let body = plan(&app);
        let send = || app.send(app.as_person("giamdoc", Method::POST, INSPECTIONS).header("idempotency-key", "mo-1").json(&body));
        let (first, second) = (send().expect(201), send().expect(201));
        assert_eq!(first["id"], second["id"]);
        assert_eq!(app.get("giamdoc", INSPECTIONS).expect(200)["items"].as_array().unwrap().len(), 1);
    }
}
