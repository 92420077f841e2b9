//! The nine indices of a quarter, worked out of what its dossiers did: officers, wards, the centre.

use motcua_tests::dossier::{EXTRACT, MARITAL, Station, body_of};
use motcua_tests::{App, Dossier, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const SNAPSHOTS: &str = "/api/v1/index-snapshots";
const OWN: &str = "/api/v1/me/index-results";
/// A morning after the first quarter.
const APRIL: &str = "2026-04-01T09:00:00+07:00";

fn person(app: &App, username: &str) -> String {
    app.get(username, "/api/v1/me").expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Takes a dossier that lies with the leader to its end.
fn finish(app: &App, d: &mut Dossier) {
    let (handler, leader) = (format!("thuly.{}", d.ward), format!("lanhdao.{}", d.ward));
    app.act(&leader, d, "decisions", &body_of("decisions"));
    app.act(&handler, d, "results", &body_of("results"));
}

/// Takes a dossier that is being handled to its end.
fn carry_on(app: &App, d: &mut Dossier) {
    let (handler, leader) = (format!("thuly.{}", d.ward), format!("lanhdao.{}", d.ward));
    app.act(&handler, d, "handovers", &json!({ "to": "leader" }));
    app.act(&leader, d, "acknowledgements", &body_of("acknowledgements"));
    finish(app, d);
}

fn made(app: &App, body: &Value) -> Value {
    app.post("giamdoc", SNAPSHOTS, body).expect(201)
}

fn first_quarter(app: &App) -> Value {
    made(app, &json!({ "quarter": "2026-Q1" }))
}

fn path(snapshot: &Value) -> String {
    let id = &snapshot["snapshot"]["id"];
    format!("{SNAPSHOTS}/{}", id.as_str().unwrap())
}

fn frozen(app: &App, snapshot: &Value) -> Value {
    let path = format!("{}/freezes", path(snapshot));
    app.post_at("giamdoc", &path, 1, &json!({})).expect(201)
}

/// The result of a ward, or of the centre.
fn of<'a>(snapshot: &'a Value, ward: Option<&str>) -> &'a Value {
    let units = snapshot["units"].as_array().unwrap();
    let found = units.iter().find(|u| u["authority"]["id"].as_str() == ward);
    found.unwrap_or_else(|| panic!("no {ward:?} in {snapshot}"))
}

fn line(result: &Value, index: i64) -> &Value {
    let lines = result["lines"].as_array().unwrap();
    lines.iter().find(|l| l["index"] == index).unwrap()
}

fn scores(result: &Value) -> Vec<Value> {
    let lines = result["lines"].as_array().unwrap();
    lines.iter().map(|l| l["score"].clone()).collect()
}

fn officers(app: &App, who: &str, snapshot: &Value) -> Vec<Value> {
    let told = app.get(
        who,
        &format!("{}/officer-results?limit=100", path(snapshot)),
    );
    told.expect(200)["items"].as_array().unwrap().clone()
}

fn officer(app: &App, snapshot: &Value, username: &str) -> Value {
    let id = person(app, username);
    let all = officers(app, "giamdoc", snapshot);
    let found = all.iter().find(|o| o["officer"]["id"] == json!(id));
    found
        .unwrap_or_else(|| panic!("no {username} in {all:?}"))
        .clone()
}

fn behind(app: &App, who: &str, snapshot: &Value, line: &Value) -> motcua_tests::Answer {
    let id = line["id"].as_str().unwrap();
    app.get(
        who,
        &format!("{}/lines/{id}/dossiers?limit=100", path(snapshot)),
    )
}

fn on_the_spot(app: &App, ward: &str) {
    let mut body = app.intake(ward);
    body["procedure_code"] = json!(EXTRACT);
    body["on_the_spot"] = json!({ "signer_user_id": app.signer(ward) });
    app.send_in(&body).expect(201);
}

fn online(app: &App, ward: &str) -> Dossier {
    let mut body = app.intake(ward);
    body["channel"] = json!("online");
    let mut d = Dossier::of(ward, &app.send_in(&body).expect(201));
    app.act("tiepnhan", &mut d, "acceptances", &json!({}));
    d
}

/// Nothing is found to be other than it was recorded, once what a jump of the clock sets off is written.
fn sound(app: &App) {
    for _ in 0..100 {
        if app.verify().is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{:?}", app.verify());
}

/// Everything a unit can be given by hand, as good as it gets.
fn best(app: &App, ward: &str) -> Value {
    json!({
        "authority_id": app.authority(ward),
        "received_at_centre": { "part": 40, "whole": 40 }, "decided_at_centre": { "part": 40, "whole": 40 },
        "posted": true, "published": true,
        "feedback_on_time": { "part": 0, "whole": 0 }, "feedback_prolonged": false,
        "upheld_dossiers": [],
        "bodies": { "points": 20, "counted": 20 },
        "reason": "Biên bản kiểm tra ngày 31/3/2026"
    })
}

on_both! {
    fn a_quarter_is_worked_out_of_what_its_dossiers_did(app) {
        app.journey("thd", Station::Completed);
        let mut on_the_day = app.journey("thd", Station::WithLeader);
        let mut late = app.journey("thd", Station::WithLeader);
        let mut asked_again = app.journey("thd", Station::SupplementRequested);
        app.act("tiepnhan", &mut asked_again, "supplements", &json!({}));
        carry_on(&app, &mut asked_again);
        app.journey("cn", Station::Returned);
        // Begun and not finished, withdrawn, refused: none of them counts.
        app.journey("thd", Station::Processing);
        app.journey("thd", Station::Withdrawn);
        app.journey("thd", Station::RefusedAtIntake);
        app.at("2026-03-05T17:45:00+07:00");
        finish(&app, &mut on_the_day);
        app.at("2026-03-06T08:00:00+07:00");
        finish(&app, &mut late);
        assert_eq!((on_the_day.text("timing"), late.text("timing")), ("on_time", "overdue"));

        let whole = first_quarter(&app);
        assert_eq!((&whole["snapshot"]["quarter"], &whole["snapshot"]["number"], &whole["snapshot"]["frozen"]), (&json!("2026-Q1"), &json!(1), &json!(false)));
        assert_eq!((&whole["snapshot"]["first_day"], &whole["snapshot"]["last_day"], &whole["snapshot"]["dossiers"]), (&json!("2026-01-01"), &json!("2026-03-31"), &json!(5)));
        let (thd, cn, ht) = (app.authority("thd"), app.authority("cn"), app.authority("ht"));
        // Four finished: 2 + 1 + 0 + 2 points of time, 2 + 2 + 2 + 1 of contacts; seven filed, none of them online.
        let ours = of(&whole, Some(&thd));
        assert_eq!(scores(ours), json!([1.3, null, 1.8, null, null, null, null, null, 0.0]).as_array().unwrap().clone());
        let first = line(ours, 1);
        assert_eq!((&first["points"], &first["counted"], &first["left_out"]), (&json!(5), &json!(4), &json!(0)));
        // No data is left out of the sum and of what could be reached.
        assert_eq!((&ours["total"], &ours["most"], &ours["band"]), (&json!(3.1), &json!(6), &json!("weak")));
        let counts = &ours["counts"];
        assert_eq!((&counts["early"], &counts["on_time"], &counts["overdue"], &counts["finished"]), (&json!(2), &json!(1), &json!(1), &json!(4)));
        // The one that was refused at intake never had a code.
        assert_eq!((&counts["filed"], &counts["filed_online"]), (&json!(6), &json!(0)));
        assert_eq!((&counts["complete_at_once"], &counts["contacts_known"], &counts["upheld"]), (&json!(3), &json!(4), &Value::Null));
        assert_eq!(line(ours, 2)["left_out"], 4);
        assert_eq!(line(ours, 7)["left_out"], 4);
        assert_eq!(line(of(&whole, Some(&cn)), 1)["score"], json!(2.0));
        // A ward that finished nothing has nothing, which is not nought.
        let none = of(&whole, Some(&ht));
        assert_eq!((&none["total"], &none["most"], &none["band"]), (&json!(0.0), &json!(0), &Value::Null));
        // The centre is all of them: 7 points of five dossiers.
        let all = of(&whole, None);
        assert_eq!((&line(all, 1)["points"], &line(all, 1)["score"]), (&json!(7), &json!(1.4)));

        // Each figure opens into its dossiers, with what the dossier itself says.
        let opened = behind(&app, "giamdoc", &whole, first).expect(200);
        let items = opened["items"].as_array().unwrap();
        assert_eq!(items.len(), 4);
        for item in items {
            let own = app.get("giamdoc", &format!("/api/v1/dossiers/{}", item["dossier_id"].as_str().unwrap())).expect(200);
            assert_eq!((&item["timing"], &item["code"], &item["due_at"]), (&own["timing"], &own["code"], &own["due_at"]));
        }
        let sum: i64 = items.iter().map(|i| i["points"].as_i64().unwrap()).sum();
        assert_eq!(sum, 5);
        let third = behind(&app, "giamdoc", &whole, line(ours, 3)).expect(200);
        let asked: Vec<&Value> = third["items"].as_array().unwrap().iter().filter(|i| i["contacts"] == 1).map(|i| &i["code"]).collect();
        assert_eq!(asked, [&asked_again.body["code"]]);
        // Page by page, forth and back.
        let id = first["id"].as_str().unwrap();
        let page = app.get("giamdoc", &format!("{}/lines/{id}/dossiers?limit=3", path(&whole))).expect(200);
        let next = page["next"].as_str().unwrap();
        let last = app.get("giamdoc", &format!("{}/lines/{id}/dossiers?limit=3&cursor={next}", path(&whole))).expect(200);
        assert_eq!((last["items"].as_array().unwrap().len(), &last["items"][0]["code"]), (1, &items[3]["code"]));
        let prev = last["prev"].as_str().unwrap();
        let back = app.get("giamdoc", &format!("{}/lines/{id}/dossiers?limit=3&cursor={prev}", path(&whole))).expect(200);
        assert_eq!(back["items"], page["items"]);
        // The handler's: what came of the dossiers he had in hand.
        let handler = officer(&app, &whole, "thuly.thd");
        assert_eq!(scores(&handler), json!([1.3, null, 1.8, null, null]).as_array().unwrap().clone());
        assert_eq!((&handler["total"], &handler["most"], &handler["band"]), (&json!(3.1), &json!(4), &json!("not_fulfilled")));
        sound(&app);
    }

    fn exactly_fifteen_is_excellent_and_a_tenth_less_is_good(app) {
        for _ in 0..4 {
            app.journey("thd", Station::Completed);
        }
        let mut d = online(&app, "thd");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        carry_on(&app, &mut d);
        let thd = app.authority("thd");
        // One of five online: 1 point. Seven indices at their best, but for the bodies that people met.
        let mut entered = best(&app, "thd");
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": [entered] }));
        let ours = of(&whole, Some(&thd));
        assert_eq!(scores(ours), json!([2.0, null, 2.0, 1.0, 2.0, 2.0, 2.0, 2.0, 1.0]).as_array().unwrap().clone());
        assert_eq!((&ours["total"], &ours["most"], &ours["band"]), (&json!(14.0), &json!(16), &json!("good")));
        entered["bodies"] = json!({ "points": 40, "counted": 20 });
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": [entered] }));
        let ours = of(&whole, Some(&thd));
        assert_eq!((&ours["total"], &ours["band"]), (&json!(15.0), &json!("excellent")));
        assert_eq!(whole["snapshot"]["number"], 1, "a draft gives way to the next one");
        entered["bodies"] = json!({ "points": 19, "counted": 10 });
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": [entered] }));
        assert_eq!((&of(&whole, Some(&thd))["total"], &of(&whole, Some(&thd))["band"]), (&json!(14.9), &json!("good")));
        // What was entered stands beside it, with its reason; and what was filed online opens.
        assert_eq!(whole["entered_units"][0]["reason"], "Biên bản kiểm tra ngày 31/3/2026");
        let ninth = behind(&app, "thanhtra", &whole, line(of(&whole, Some(&thd)), 9)).expect(200);
        assert_eq!((&ninth["items"][0]["code"], ninth["items"].as_array().unwrap().len()), (&d.body["code"], 1));
        let fifth = behind(&app, "thanhtra", &whole, line(of(&whole, Some(&thd)), 5)).expect(200);
        assert_eq!(fifth["items"], json!([]));
        // A complaint that was upheld takes the points of its dossier, and its handler's.
        entered["upheld_dossiers"] = json!([d.body["code"]]);
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": [entered] }));
        let seventh = line(of(&whole, Some(&thd)), 7).clone();
        assert_eq!((&seventh["points"], &seventh["counted"], &seventh["score"]), (&json!(8), &json!(5), &json!(1.6)));
        assert_eq!(line(&officer(&app, &whole, "thuly.thd"), 7)["score"], json!(1.6));
        let opened = behind(&app, "giamdoc", &whole, &seventh).expect(200);
        let upheld: Vec<&Value> = opened["items"].as_array().unwrap().iter().filter(|i| i["complaint_upheld"] == true).map(|i| &i["points"]).collect();
        assert_eq!(upheld, [&json!(0)]);
    }

    fn a_frozen_snapshot_never_changes_and_a_new_one_says_why(app) {
        app.journey("thd", Station::Completed);
        let early = first_quarter(&app);
        app.post_at("giamdoc", &format!("{}/freezes", path(&early)), 1, &json!({})).refused(409, "quarter_not_over");
        app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-Q2" })).refused(422, "quarter_not_begun");
        app.at(APRIL);
        // Worked out while the quarter lasted it is not frozen afterwards either.
        app.post_at("giamdoc", &format!("{}/freezes", path(&early)), 1, &json!({})).refused(409, "quarter_not_over");
        let draft = first_quarter(&app);
        app.get("giamdoc", &path(&early)).refused(404, "not_found");
        let freezes = format!("{}/freezes", path(&draft));
        app.post_at("giamdoc", &freezes, 2, &json!({})).refused(412, "version_stale");
        app.send(app.as_person("giamdoc", Method::POST, &freezes).json(&json!({}))).refused(428, "precondition_required");
        let whole = frozen(&app, &draft);
        assert_eq!((&whole["snapshot"]["frozen"], &whole["snapshot"]["version"]), (&json!(true), &json!(2)));
        assert_eq!(whole["snapshot"]["frozen_by"]["id"], json!(person(&app, "giamdoc")));
        app.post_at("giamdoc", &freezes, 2, &json!({})).refused(409, "snapshot_frozen");
        // What comes after has a number and a reason of its own, and touches nothing of it.
        app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-Q1" })).invalid("/reason", "required");
        app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-Q1", "reason": "  " })).invalid("/reason", "required");
        let next = made(&app, &json!({ "quarter": "2026-Q1", "reason": "Bổ sung kết quả niêm yết.", "units": [best(&app, "thd")] }));
        assert_eq!((&next["snapshot"]["number"], &next["snapshot"]["reason"]), (&json!(2), &json!("Bổ sung kết quả niêm yết.")));
        assert_ne!(of(&next, Some(&app.authority("thd")))["total"], of(&whole, Some(&app.authority("thd")))["total"]);
        assert_eq!(app.get("giamdoc", &path(&whole)).expect(200), whole);
        let anew = made(&app, &json!({ "quarter": "2026-Q1", "reason": "Sửa lại." }));
        assert_eq!(anew["snapshot"]["number"], 2);
        let listed = app.get("thanhtra", &format!("{SNAPSHOTS}?quarter=2026-Q1")).expect(200);
        let numbers: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|s| &s["number"]).collect();
        assert_eq!(numbers, [&json!(2), &json!(1)]);
        assert_eq!(app.get("thanhtra", &format!("{SNAPSHOTS}?quarter=2026-Q2")).expect(200)["items"], json!([]));
        app.get("thanhtra", &format!("{SNAPSHOTS}?quarter=2026")).invalid("quarter", "invalid_value");
        // As periodic reports cut it, the quarter ends on 14 March.
        let cut = made(&app, &json!({ "quarter": "2026-Q2", "cut_off": "reporting" }));
        assert_eq!((&cut["snapshot"]["first_day"], &cut["snapshot"]["last_day"]), (&json!("2026-03-15"), &json!("2026-06-14")));
        assert_eq!(cut["cut_off_source"], "Nghị định 09/2019/NĐ-CP, Điều 12");
        sound(&app);
    }

    fn an_officers_result_is_the_officers_own(app) {
        app.journey("thd", Station::Completed);
        app.journey("cn", Station::Completed);
        app.at(APRIL);
        let draft = first_quarter(&app);
        let own = |who: &str| app.get(who, OWN).expect(200)["items"].as_array().unwrap().clone();
        assert!(own("thuly.thd").is_empty(), "a draft is nobody's result");
        let (ours, theirs) = (officer(&app, &draft, "thuly.thd"), officer(&app, &draft, "thuly.cn"));
        behind(&app, "thuly.thd", &draft, line(&ours, 1)).refused(404, "not_found");
        app.get("lanhdao.thd", &path(&draft)).refused(404, "not_found");
        assert_eq!(app.get("lanhdao.thd", SNAPSHOTS).expect(200)["items"], json!([]));
        behind(&app, "lanhdao.thd", &draft, line(of(&draft, Some(&app.authority("thd"))), 1)).refused(404, "not_found");

        let whole = frozen(&app, &draft);
        for (who, snapshots) in [("thuly.thd", 1), ("thuly.cn", 1), ("thuly.ht", 0), ("giamdoc", 0), ("tiepnhan", 0)] {
            assert_eq!(own(who).len(), snapshots, "{who}");
        }
        let mine = &own("thuly.thd")[0];
        assert_eq!((&mine["quarter"], &mine["result"]["id"], &mine["result"]["total"]), (&json!("2026-Q1"), &ours["id"], &ours["total"]));
        // Behind the own figures, and nobody else's.
        assert_eq!(behind(&app, "thuly.thd", &whole, line(&ours, 1)).expect(200)["items"].as_array().unwrap().len(), 1);
        behind(&app, "thuly.thd", &whole, line(&theirs, 1)).refused(404, "not_found");
        behind(&app, "thuly.thd", &whole, line(of(&whole, Some(&app.authority("thd"))), 1)).refused(404, "not_found");
        let listed = format!("{}/officer-results", path(&whole));
        for who in ["thuly.thd", "thuly.cn", "lanhdao.thd", "tiepnhan", "admin", "thungan"] {
            app.get(who, &listed).refused(403, "role_not_allowed");
        }
        for who in ["tiepnhan", "lanhdao.thd", "lanhdao.cn", "admin"] {
            behind(&app, who, &whole, line(&ours, 1)).refused(404, "not_found");
        }
        for who in ["giamdoc", "thanhtra"] {
            assert_eq!(officers(&app, who, &whole).len(), 2);
            behind(&app, who, &whole, line(&theirs, 1)).expect(200);
        }
        // A leader sees the own ward, and nothing of officers.
        let seen = app.get("lanhdao.thd", &path(&whole)).expect(200);
        let units = seen["units"].as_array().unwrap();
        assert_eq!((units.len(), &units[0]["authority"]["id"], &seen["officers_shown"]), (1, &json!(app.authority("thd")), &json!(false)));
        assert!(!seen.to_string().contains(&person(&app, "thuly.thd")));
        behind(&app, "lanhdao.thd", &whole, line(&units[0], 1)).expect(200);
        behind(&app, "lanhdao.cn", &whole, line(&units[0], 1)).refused(404, "not_found");
        behind(&app, "lanhdao.thd", &whole, line(of(&whole, None), 1)).refused(404, "not_found");
        for who in ["thuly.thd", "tiepnhan", "admin"] {
            app.get(who, SNAPSHOTS).refused(403, "role_not_allowed");
        }
        for who in ["thanhtra", "lanhdao.thd", "admin"] {
            app.post(who, SNAPSHOTS, &json!({ "quarter": "2026-Q1", "reason": "Thử" })).refused(403, "role_not_allowed");
        }
        // The figures are nowhere in the record.
        let record = app.get("thanhtra", "/api/v1/audit-entries?limit=100").expect(200).to_string();
        assert!(record.contains("indices.made") && record.contains("indices.frozen"));
        assert!(!record.contains("not_fulfilled"));
    }

    fn steps_are_measured_as_form_06_measures_them(app) {
        let known = app.get("admin", &format!("/api/v1/procedures/{MARITAL}")).expect(200);
        let at = format!("/api/v1/procedures/{MARITAL}/versions/{}", known["version"]);
        let mut procedure = app.get("admin", &at).expect(200)["procedure"].clone();
        procedure["in_force_from"] = json!("2026-03-02");
        procedure["announcing_decision"] = json!({ "number": "702/QĐ-UBND", "date": "2026-02-20" });
        procedure["workflow"] = json!({
            "decision": { "number": "663/QĐ-UBND", "date": "2026-02-10" },
            "steps": [
                { "id": "tiep_nhan", "name": "Tiếp nhận, chuyển hồ sơ", "desk": "reception", "minutes": 120 },
                { "id": "tham_dinh", "name": "Thẩm định hồ sơ", "desk": "handler", "minutes": 180 },
                { "id": "du_thao", "name": "Dự thảo kết quả", "desk": "handler", "minutes": 600 },
                { "id": "ky_duyet", "name": "Ký duyệt", "desk": "leader", "minutes": 120 }
            ]
        });
        let kept = app.post("admin", "/api/v1/procedure-drafts", &json!({ "base_version": known["version"], "procedure": procedure })).expect(201);
        let publish = format!("/api/v1/procedure-drafts/{}/publications", kept["id"].as_str().unwrap());
        app.post_at("admin", &publish, kept["version"].as_i64().unwrap(), &json!({})).expect(201);

        let mut d = app.take_in("thd");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.at("2026-03-02T10:30:00+07:00");
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        app.at("2026-03-03T09:00:00+07:00");
        app.act("thuly.thd", &mut d, "steps", &json!({}));
        app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
        app.act("lanhdao.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        finish(&app, &mut d);
        // Received on the day, appraised a day late, drafted a day early, signed on the day: 1 + 0 + 2 + 1.
        let whole = first_quarter(&app);
        let second = line(of(&whole, Some(&app.authority("thd"))), 2);
        assert_eq!((&second["points"], &second["counted"], &second["score"], &second["left_out"]), (&json!(4), &json!(4), &json!(1.0), &json!(0)));
        let opened = behind(&app, "giamdoc", &whole, second).expect(200);
        let steps: Vec<(&str, &str)> = opened["items"].as_array().unwrap().iter().map(|i| (i["step"]["name"].as_str().unwrap(), i["timing"].as_str().unwrap())).collect();
        assert_eq!(steps, [("Tiếp nhận, chuyển hồ sơ", "on_time"), ("Thẩm định hồ sơ", "overdue"), ("Dự thảo kết quả", "early"), ("Ký duyệt", "on_time")]);
        // Form 06 says the same of each hop: the giver's part.
        let slip = app.get("giamdoc", &format!("/api/v1/dossiers/{}/control-slip", d.id)).expect(200);
        let hops: Vec<&Value> = slip["hops"].as_array().unwrap().iter().map(|h| &h["timing"]).collect();
        assert_eq!(hops, [&json!("on_time"), &json!("early")]);
        // Each step is its officer's, not of whoever took the dossier; whose the last was is not recorded.
        let of_two = |who: &str| line(&officer(&app, &whole, who), 2).clone();
        assert_eq!((&of_two("thuly.thd")["points"], &of_two("thuly.thd")["counted"]), (&json!(2), &json!(2)));
        assert_eq!((&of_two("tiepnhan")["points"], &of_two("tiepnhan")["counted"]), (&json!(1), &json!(1)));
        assert_eq!(officers(&app, "giamdoc", &whole).len(), 2);
        let page = app.get("giamdoc", &format!("{}/lines/{}/dossiers?limit=3", path(&whole), second["id"].as_str().unwrap())).expect(200);
        let rest = app.get("giamdoc", &format!("{}/lines/{}/dossiers?limit=3&cursor={}", path(&whole), second["id"].as_str().unwrap(), page["next"].as_str().unwrap())).expect(200);
        assert_eq!(rest["items"][0]["step"]["name"], "Ký duyệt");
    }

    fn an_apology_does_not_erase_that_the_first_date_was_missed(app) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("lanhdao.thd", &mut d, "extensions", &json!({ "new_due_on": "2026-03-10", "reason": "Chờ xác minh." }));
        app.at("2026-03-09T10:00:00+07:00");
        carry_on(&app, &mut d);
        let whole = first_quarter(&app);
        let ours = of(&whole, Some(&app.authority("thd")));
        let counts = &ours["counts"];
        assert_eq!((&counts["early"], &counts["reappointed"], &counts["late_before_apology"]), (&json!(1), &json!(1), &json!(1)));
        let opened = behind(&app, "giamdoc", &whole, line(ours, 1)).expect(200);
        assert_eq!((&opened["items"][0]["timing"], &opened["items"][0]["first_timing"]), (&json!("early"), &json!("overdue")));
    }

    fn what_was_filed_online_and_is_late_brings_index_nine_to_nought(app) {
        // Accepted in March, open past its date; and one that nobody answered.
        online(&app, "thd");
        let mut waiting = app.intake("thd");
        waiting["channel"] = json!("online");
        app.send_in(&waiting).expect(201);
        let soon = first_quarter(&app);
        let ninth = |whole: &Value| line(of(whole, Some(&app.authority("thd"))), 9)["score"].clone();
        assert_ne!(ninth(&soon), json!(0.0));
        app.at(APRIL);
        let whole = first_quarter(&app);
        let ours = of(&whole, Some(&app.authority("thd")));
        assert_eq!((&ours["counts"]["filed_online"], &ours["counts"]["online_late"]), (&json!(1), &json!(2)));
        assert_eq!(ninth(&whole), json!(0.0));
        let opened = behind(&app, "giamdoc", &whole, line(ours, 9)).expect(200);
        let late = opened["items"].as_array().unwrap().iter().filter(|i| i["online_late"] == true).count();
        assert_eq!(late, 2);
    }

    fn what_is_entered_must_be_possible(app) {
        app.journey("thd", Station::Completed);
        let foreign = app.journey("cn", Station::Completed);
        let with = |change: &dyn Fn(&mut Value)| {
            let mut unit = best(&app, "thd");
            change(&mut unit);
            app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-Q1", "units": [unit] }))
        };
        with(&|u| u["received_at_centre"] = json!({ "part": 41, "whole": 40 })).invalid("/units/0/received_at_centre/part", "part_exceeds_whole");
        with(&|u| u["bodies"] = json!({ "points": 41, "counted": 20 })).invalid("/units/0/bodies/points", "out_of_range");
        with(&|u| u["bodies"] = json!({ "points": 0, "counted": 0 })).invalid("/units/0/bodies/counted", "out_of_range");
        with(&|u| u["published"] = Value::Null).invalid("/units/0/published", "required");
        with(&|u| u["feedback_prolonged"] = Value::Null).invalid("/units/0/feedback_prolonged", "required");
        with(&|u| u["answers"] = json!([1, 2])).invalid("/units/0/answers", "out_of_range");
        with(&|u| u["reason"] = json!(" ")).invalid("/units/0/reason", "required");
        with(&|u| u["authority_id"] = json!("0198f2a0-0000-7000-8000-000000000000")).invalid("/units/0/authority_id", "authority_unknown");
        with(&|u| u["authority_id"] = Value::Null).invalid("/units/0/upheld_dossiers", "not_allowed");
        with(&|u| u["upheld_dossiers"] = json!([foreign.body["code"]])).invalid("/units/0/upheld_dossiers/0", "not_in_snapshot");
        with(&|u| u["upheld_dossiers"] = json!(["H26.14.100-260302-9999"])).invalid("/units/0/upheld_dossiers/0", "not_in_snapshot");
        let twice = json!({ "quarter": "2026-Q1", "units": [best(&app, "thd"), best(&app, "thd")] });
        app.post("giamdoc", SNAPSHOTS, &twice).invalid("/units/1/authority_id", "repeated");
        let bodies = json!({ "points": 15, "counted": 10 });
        let said = |who: &str| json!({ "user_id": person(&app, who), "bodies": bodies, "reason": "Phiếu khảo sát" });
        app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-Q1", "officers": [said("thungan")] })).invalid("/officers/0/user_id", "not_in_snapshot");
        app.post("giamdoc", SNAPSHOTS, &json!({ "quarter": "2026-5" })).invalid("/quarter", "invalid_value");
        // Nothing of it was kept.
        assert_eq!(app.get("giamdoc", SNAPSHOTS).expect(200)["items"], json!([]));
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "officers": [said("thuly.thd")] }));
        let mine = officer(&app, &whole, "thuly.thd");
        // 2 + 2 + 1.5: five points and more fulfil the task.
        assert_eq!((&mine["total"], &mine["band"]), (&json!(5.5), &json!("fulfilled")));
        assert_eq!(whole["entered_officers"][0]["reason"], "Phiếu khảo sát");
    }

    fn shares_are_compared_where_enough_was_counted(app) {
        let (thd, cn, ht) = (app.authority("thd"), app.authority("cn"), app.authority("ht"));
        app.journey("thd", Station::Completed);
        for _ in 0..30 {
            on_the_spot(&app, "cn");
            on_the_spot(&app, "ht");
        }
        let answers = |ward: &str, answers: Value| json!({ "authority_id": ward, "answers": answers, "reason": "Phiếu khảo sát" });
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": [answers(&cn, json!([0, 0, 2, 58, 40])), answers(&ht, json!([20, 20, 20, 40, 0]))] }));
        let compared = |query: &str| app.get("giamdoc", &format!("{}/comparisons{query}", path(&whole)));
        let share = |told: &Value, name: &str| told["shares"].as_array().unwrap().iter().find(|s| s["share"] == name).unwrap().clone();
        let few = compared(&format!("?authority_id={thd}&with_authority_id={cn}")).expect(200);
        assert_eq!(share(&few, "in_time")["verdict"], "not_enough");
        assert_eq!(few["least_sample"], 30);
        assert!(few["least_sample_reason"].as_str().unwrap().contains("Wilson"));
        let two = compared(&format!("?authority_id={cn}&with_authority_id={ht}")).expect(200);
        let in_time = share(&two, "in_time");
        assert_eq!((&in_time["first"]["part"], &in_time["first"]["whole"], &in_time["verdict"]), (&json!(30), &json!(30), &json!("no_difference")));
        assert_eq!((&in_time["first"]["percent"], &in_time["first"]["low"], &in_time["first"]["high"]), (&json!(100.0), &json!(88.65), &json!(100.0)));
        assert_eq!(share(&two, "steps_in_time")["verdict"], "not_enough");
        assert_eq!((&share(&two, "satisfied")["verdict"], &share(&two, "satisfied")["first"]["percent"]), (&json!("higher"), &json!(98.0)));
        assert_eq!(two["same_indices"], true);
        assert_eq!(two["first"]["authority"], "Ủy ban nhân dân phường Cửa Nam");
        // SIPAS stands with the unit, and with its interval.
        assert_eq!(of(&whole, Some(&cn))["satisfied"]["whole"], 100);
        assert_eq!(of(&whole, Some(&thd))["satisfied"], Value::Null);
        // With itself a quarter later, and with a ward that one does not see.
        app.at("2026-07-01T09:00:00+07:00");
        let later = made(&app, &json!({ "quarter": "2026-Q2" }));
        let id = later["snapshot"]["id"].as_str().unwrap().to_owned();
        let over_time = compared(&format!("?authority_id={cn}&with_snapshot_id={id}&with_authority_id={cn}")).expect(200);
        assert_eq!(share(&over_time, "in_time")["verdict"], "not_enough");
        assert_eq!((&over_time["second"]["quarter"], &over_time["same_indices"]), (&json!("2026-Q2"), &json!(false)));
        compared("?authority_id=0198f2a0-0000-7000-8000-000000000000").invalid("authority_id", "not_in_snapshot");
        let fresh = made(&app, &json!({ "quarter": "2026-Q1" }));
        let kept = frozen(&app, &fresh);
        let foreign = format!("{}/comparisons?authority_id={thd}&with_authority_id={cn}", path(&kept));
        app.get("lanhdao.thd", &foreign).invalid("with_authority_id", "not_in_snapshot");
        app.get("lanhdao.thd", &format!("{}/comparisons?authority_id={thd}&with_authority_id={thd}", path(&kept))).expect(200);
        app.get("thuly.thd", &foreign).refused(403, "role_not_allowed");
    }

    fn the_estimate_of_decision_766_says_what_it_does_not_know(app) {
        app.journey("thd", Station::Completed);
        let mut late = app.journey("thd", Station::WithLeader);
        online(&app, "cn");
        app.at("2026-03-09T10:00:00+07:00");
        finish(&app, &mut late);
        let whole = first_quarter(&app);
        let told = &whole["service"];
        assert_eq!((&told["estimate"], &told["grade"]), (&json!(true), &Value::Null));
        let row = |code: &str| {
            let groups = told["groups"].as_array().unwrap().iter();
            groups.flat_map(|g| g["rows"].as_array().unwrap()).find(|r| r["code"] == code).unwrap().clone()
        };
        let progress = row("processed_on_time");
        assert_eq!((&progress["part"], &progress["whole"], &progress["score"]), (&json!(1), &json!(2), &json!(10.0)));
        assert_eq!((&row("online_dossiers")["part"], &row("online_dossiers")["whole"]), (&json!(1), &json!(3)));
        assert_eq!(row("online_services_with_dossiers")["part"], 1);
        for unknown in ["publish_on_time", "dossier_sync", "original_result_available", "paid_online", "dossier_receiving_satisfaction", "petition_processing_on_time"] {
            assert_eq!(row(unknown)["score"], Value::Null, "{unknown}: no data is not nought");
            assert!(told["unknown"].as_array().unwrap().contains(&json!(unknown)));
        }
        let digitisation = told["groups"].as_array().unwrap().iter().find(|g| g["group"] == "digitisation").unwrap();
        assert_eq!(digitisation["score"], Value::Null);
        // What all wards say of their feedback is the centre's.
        let all: Vec<Value> = ["thd", "cn", "ht"].iter().map(|w| json!({
            "authority_id": app.authority(w), "feedback_on_time": { "part": 9, "whole": 10 }, "feedback_prolonged": false, "reason": "Sổ theo dõi phản ánh"
        })).collect();
        let whole = made(&app, &json!({ "quarter": "2026-Q1", "units": all }));
        assert_eq!(line(of(&whole, None), 8)["score"], json!(1.0));
        assert!(!whole["service"]["unknown"].as_array().unwrap().contains(&json!("petition_processing_on_time")));
        let two = made(&app, &json!({ "quarter": "2026-Q1", "units": all[..2] }));
        assert_eq!(line(of(&two, None), 8)["score"], Value::Null, "one ward has not said");
    }

    fn a_frozen_snapshot_that_was_touched_is_found(app) {
        app.journey("thd", Station::Completed);
        app.at(APRIL);
        frozen(&app, &made(&app, &json!({ "quarter": "2026-Q1", "units": [best(&app, "thd")] })));
        let codes = || -> Vec<String> {
            let found = app.verify();
            let codes = found.iter().map(|f| f["code"].as_str().unwrap().to_owned());
            // What the sweeper of a month's jump writes meanwhile is none of this test's business.
            codes.filter(|code| code.starts_with("indices_")).collect()
        };
        assert!(codes().is_empty());
        for (touched, put_right) in [
            ("UPDATE index_lines SET points = points - 1 WHERE index_number = 1 AND counted > 0", "UPDATE index_lines SET points = points + 1 WHERE index_number = 1 AND counted > 0"),
            ("UPDATE index_dossiers SET timing = 'overdue'", "UPDATE index_dossiers SET timing = 'early'"),
            ("UPDATE index_results SET most = most + 1", "UPDATE index_results SET most = most - 1"),
            ("UPDATE index_snapshots SET reason = 'x'", "UPDATE index_snapshots SET reason = NULL"),
        ] {
            app.database.execute(touched);
            assert_eq!(codes(), ["indices_differ"], "{touched}");
            app.database.execute(put_right);
            assert!(codes().is_empty(), "{put_right}");
        }
        app.database.execute("DELETE FROM index_lines");
        app.database.execute("DELETE FROM index_results");
        app.database.execute("DELETE FROM index_dossiers");
        app.database.execute("DELETE FROM index_snapshots");
        assert_eq!(codes(), ["indices_missing"]);
    }

    fn a_snapshot_is_taken_out_as_a_workbook(app, Options::at("2026-03-02T09:00:00+07:00")) {
        app.journey("thd", Station::Completed);
        app.at(APRIL);
        let whole = frozen(&app, &first_quarter(&app));
        let read = |who: &str| app.as_person(who, Method::GET, &format!("{}/workbook.xlsx", path(&whole))).send().unwrap();
        let book = read("giamdoc");
        assert_eq!(book.status().as_u16(), 200);
        assert!(book.headers()["content-disposition"].to_str().unwrap().contains("chi-so-2026-q1-ban-1.xlsx"));
        let bytes = book.bytes().unwrap();
        assert!(bytes.starts_with(b"PK"));
        // A leader's has no leaf of officers, so it is smaller.
        assert!(read("lanhdao.thd").bytes().unwrap().len() < bytes.len());
        assert_eq!(read("thuly.thd").status().as_u16(), 403);
        let record = app.get("thanhtra", "/api/v1/audit-entries?limit=100").expect(200);
        let taken = record["items"].as_array().unwrap().iter().filter(|e| e["action"] == "indices.exported").count();
        assert_eq!(taken, 2);
        sound(&app);
    }

    fn what_people_answered_and_filed_is_filled_in_where_nobody_entered_it(app) {
        let thd = app.authority("thd");
        for i in 0..6 {
            let d = app.journey("thd", Station::Returned);
            let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
            let (_, token) = slip["survey_url"].as_str().unwrap().rsplit_once('/').unwrap();
            // Nobody else, one body, two: 2, 1 and 0 points.
            let answers = json!({ "answers": [
                { "question": "result_time", "choices": ["on_time"] },
                { "question": "bodies", "number": i / 2 },
                { "question": "attitude", "choices": ["5"] },
                { "question": "overall", "choices": [if i == 0 { "2" } else { "5" }] },
            ]});
            let asked = app.request(Method::POST, &format!("/api/v1/public/surveys/{token}"));
            assert_eq!(app.send(asked.json(&answers)).status, 204);
        }
        let filed = json!({
            "kind": "suggestion", "channel": "counter", "subject": "facility", "text": "Ghế ngồi chờ bị hỏng.",
            "filer": { "full_name": "Phùng Gia Bách", "address": "Ngõ Tức Mạc, nhà số 40", "phone": "0987654321" }
        });
        app.post("tiepnhan", "/api/v1/feedback", &filed).expect(201);
        app.at(APRIL);
        app.services.keep_answers().unwrap();
        // The last week of March has Thursday 2 April: it is the second quarter's, and the first is over.
        let whole = first_quarter(&app);
        let ours = of(&whole, Some(&thd));
        let bodies = line(ours, 4);
        assert_eq!((&bodies["points"], &bodies["counted"], &bodies["score"]), (&json!(6), &json!(6), &json!(1.0)));
        let centre = of(&whole, None);
        // What was filed was never passed on: 0 of 1 in time.
        assert_eq!(line(centre, 8)["score"], 0.0);
        // Looked at, and nobody's attitude was complained of: early and none, two points each.
        assert_eq!(line(ours, 7)["score"], 2.0);
        // By hand goes before it.
        let entered = json!({ "quarter": "2026-Q1", "units": [{
            "authority_id": thd, "bodies": { "points": 9, "counted": 10 }, "reason": "Phiếu giấy"
        }]});
        let whole = made(&app, &entered);
        assert_eq!(line(of(&whole, Some(&thd)), 4)["counted"], 10);
    }
}
