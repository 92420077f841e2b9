//! A jurist's table: every step of DOMAIN §2.2 as every role at every point of a dossier's life.
//!
//! The table is written against the law and read by people; the program is held against it through
//! HTTP alone. A cell says which row of §2.2 the step followed, or why it was refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use motcua_tests::dossier::body_of;
use motcua_tests::{App, Dossier, Station, on_both};
use serde_json::{Value, json};

const TABLE: &str = include_str!("jurist_table.txt");

/// The roles, in the table's order.
pub const ROLES: [(&str, &str); 8] = [
    ("recep", "tiepnhan"),
    ("handl", "thuly.thd"),
    ("leade", "lanhdao.thd"),
    ("cashi", "thungan"),
    ("resul", "traketqua"),
    ("direc", "giamdoc"),
    ("inspe", "thanhtra"),
    ("admin", "admin"),
];

/// The forms in which each action comes: a name, the action, its body.
pub fn forms() -> Vec<(&'static str, &'static str, Value)> {
    let mut excepted = body_of("supplement-requests");
    excepted["legal_exception"] = json!("Luật Đất đai 2024, Điều 22");
    let mut by_post = body_of("returns");
    by_post["collector"]["method"] = json!("post");
    by_post["collector"]["tracking_number"] = json!("EB473124829VN");
    let plain = |action: &'static str| (action, action, body_of(action));
    let to = |name, desk: &str| (name, "handovers", json!({ "to": desk }));
    vec![
        plain("acceptances"),
        plain("refusals"),
        plain("supplement-requests"),
        (
            "supplement-requests:excepted",
            "supplement-requests",
            excepted,
        ),
        plain("supplements"),
        to("handovers:handler", "handler"),
        to("handovers:leader", "leader"),
        to("handovers:results_desk", "results_desk"),
        plain("acknowledgements"),
        (
            "acknowledgements:declined",
            "acknowledgements",
            json!({ "accepted": false, "reason": "Thiếu trang 3." }),
        ),
        plain("claims"),
        plain("consultations"),
        plain("consultation-replies"),
        plain("steps"),
        plain("payment-requests"),
        plain("payments"),
        plain("decisions"),
        plain("results"),
        plain("returns"),
        ("returns:post", "returns", by_post),
        plain("withdrawals"),
        (
            "withdrawals:declined",
            "withdrawals",
            json!({ "reason": "Chưa có đơn.", "declined": true }),
        ),
        plain("stops"),
        plain("holds"),
        plain("resumptions"),
        plain("transfers"),
        plain("apologies"),
        plain("apology-returns"),
        plain("extensions"),
        plain("corrections"),
        plain("undos"),
    ]
}

/// What a role gets: the row of §2.2 and the state after, or the refusal.
fn cell(app: &App, who: &str, d: &Dossier, action: &str, body: &Value) -> (String, bool) {
    let answer = app.try_act(who, d, action, body);
    match answer.status {
        201 => {
            let path = format!("/api/v1/dossiers/{}/timeline?limit=100", d.id);
            let lines = app.get(who, &path).expect(200);
            let last = lines["items"].as_array().unwrap().last().unwrap().clone();
            assert_eq!(last["to_state"], answer.expect(201)["state"]);
            (last["transition"].as_str().unwrap().to_owned(), true)
        }
        403 => ("403".into(), false),
        409 if ["transition_not_allowed", "no_open_handover"].contains(&answer.code().as_str()) => {
            ("-".into(), false)
        }
        409 => (answer.code(), false),
        other => panic!("{who} {action}: {other} {}", answer.text),
    }
}

/// The table as the program answers: for each point and step, one line unless nobody may take it
/// there for want of the right state.
fn answered(app: &App, stations: &[Station]) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for &station in stations {
        let mut d = app.journey("thd", station);
        for (name, action, body) in forms() {
            let mut cells = Vec::new();
            for (_, who) in ROLES {
                // Whoever read it last does not matter: the version does.
                let (what, done) = cell(app, who, &d, action, &body);
                cells.push(what);
                if done {
                    d = app.journey("thd", station);
                }
            }
            found.insert(format!("{station:?} {name}"), cells);
        }
    }
    found
}

/// The table: for each point and step, what each of [`ROLES`] gets.
pub fn table() -> BTreeMap<String, Vec<String>> {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let cells: Vec<String> = words[2..].iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(cells.len(), ROLES.len(), "{line}");
            (format!("{} {}", words[0], words[1]), cells)
        })
        .collect()
}

fn compare(found: &BTreeMap<String, Vec<String>>) {
    let expected = table();
    let forgotten: Vec<&String> = expected
        .keys()
        .filter(|k| !found.contains_key(*k))
        .collect();
    assert!(
        forgotten.is_empty(),
        "lines of the table that nothing tried: {forgotten:?}"
    );
    let mut differences = String::new();
    for (step, cells) in found {
        // A step that no state offers stands in no line: it is refused to everybody.
        let nobody: Vec<String>;
        let wanted = match expected.get(step) {
            Some(cells) => cells,
            None => {
                nobody = cells
                    .iter()
                    .map(|c| if c == "403" { "403" } else { "-" }.to_owned())
                    .collect();
                &nobody
            }
        };
        if wanted != cells {
            writeln!(differences, "{step} {}", cells.join(" ")).unwrap();
        }
    }
    assert!(
        differences.is_empty(),
        "the program answers otherwise:\n{differences}"
    );
}

on_both! {
    fn each_step_as_each_role_at_each_point_answers_as_the_law_says(app) {
        compare(&answered(&app, &Station::ALL));
    }

    fn what_was_not_supplemented_in_time_may_be_refused_or_stopped(app) {
        let mut late = [
            app.journey("thd", Station::IntakeSupplement),
            app.journey("thd", Station::SupplementRequested),
        ];
        for d in &late {
            // Not before the time given has passed, without a leader and a legal ground.
            let early = app.try_act("thuly.thd", d, "stops", &json!({ "reason": "Không bổ sung." }));
            assert!([403, 409].contains(&early.status), "{}", early.text);
        }
        // By hand: what the program does by itself is tried in watch.rs.
        let mut by_hand = app.get("giamdoc", "/api/v1/deadlines/watch-rules").expect(200);
        by_hand["refuse_lapsed_intake"] = json!(false);
        let rules = by_hand.as_object_mut().unwrap();
        rules.retain(|name, _| !["centre_id", "version"].contains(&name.as_str()));
        app.put_at("giamdoc", "/api/v1/deadlines/watch-rules", 0, &by_hand).expect(200);
        app.at("2026-04-06T09:00:00+07:00");
        // Late or not, only whose step it is takes it (T8: reception; T13: handler or leader).
        for (_, who) in ROLES {
            let refusal = app.try_act(who, &late[0], "refusals", &json!({ "reason_code": "incomplete", "reason": " " }));
            let stop = app.try_act(who, &late[1], "stops", &json!({ "reason": " " }));
            let (may_refuse, may_stop) = (who == "tiepnhan", ["thuly.thd", "lanhdao.thd"].contains(&who));
            assert_eq!(refusal.status, if may_refuse { 422 } else { 403 }, "{who}: {}", refusal.text);
            assert_eq!(stop.status, if may_stop { 422 } else { 403 }, "{who}: {}", stop.text);
        }
        let [intake, appraisal] = &mut late;
        app.act("tiepnhan", intake, "refusals", &body_of("refusals"));
        app.act("thuly.thd", appraisal, "stops", &json!({ "reason": "Quá hạn bổ sung." }));
        for (d, row, state, form) in [(intake, "T8", "refused_at_intake", "03"), (appraisal, "T13", "stopped", "05")] {
            assert_eq!(d.text("state"), state);
            assert!(d.body["letters"].as_array().unwrap().iter().any(|l| l["form"] == form), "{}", d.body);
            let path = format!("/api/v1/dossiers/{}/timeline?limit=100", d.id);
            let lines = app.get("tiepnhan", &path).expect(200);
            assert_eq!(lines["items"].as_array().unwrap().last().unwrap()["transition"], row);
        }
    }

    fn each_way_in_follows_its_own_row(app) {
        for (channel, mode, row, state) in [
            ("counter", "accept", "T4", "accepted"),
            ("post", "accept", "T4", "accepted"),
            ("home", "accept", "T4", "accepted"),
            ("counter", "check", "T2", "submitted"),
            ("online", "accept", "T2", "submitted"),
            ("kiosk", "accept", "T2", "submitted"),
        ] {
            let mut body = app.intake("thd");
            body["channel"] = json!(channel);
            body["intake_mode"] = json!(mode);
            for (_, who) in ROLES.iter().filter(|(_, who)| *who != "tiepnhan") {
                app.post(who, "/api/v1/dossiers", &body).refused(403, "role_not_allowed");
            }
            let d = Dossier::of("thd", &app.send_in(&body).expect(201));
            assert_eq!(d.text("state"), state, "{channel} {mode}");
            let path = format!("/api/v1/dossiers/{}/timeline", d.id);
            let lines = app.get("tiepnhan", &path).expect(200);
            assert_eq!(lines["items"][0]["transition"], row, "{channel} {mode}");
        }
    }
}
