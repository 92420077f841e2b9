//! What people are told: every step once by each channel, never at night, tried again when it may be,
//! and never twice.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use motcua_domain::message::Channel;
use motcua_gateway::{Gateways, Outgoing};
use motcua_services::message::Surroundings;
use motcua_services::record;
use motcua_tests::dossier::{EXTRACT, MARITAL, Station, body_of};
use motcua_tests::gateway::{MailFault, MailServer, SmsGateway};
use motcua_tests::{App, Dossier, Kind, Options, on_both};
use serde_json::{Value, json};

const TEMPLATES: &str = "/api/v1/message-templates";
const SETTINGS: &str = "/api/v1/message-settings";

fn of(d: &Dossier) -> String {
    format!("/api/v1/dossiers/{}/messages", d.id)
}

/// Messages of a dossier, oldest first.
fn messages(app: &App, d: &Dossier) -> Vec<Value> {
    let mut items = app
        .get("tiepnhan", &format!("{}?limit=100", of(d)))
        .expect(200)["items"]
        .as_array()
        .unwrap()
        .clone();
    items.reverse();
    items
}

/// Waits until the messages of a dossier are as wanted.
fn wait(app: &App, d: &Dossier, what: &str, fine: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    for _ in 0..150 {
        let now = messages(app, d);
        if fine(&now) {
            return now;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{what}: {:#?}", messages(app, d));
}

fn gone(m: &Value) -> bool {
    m["state"] == "sent" || m["state"] == "delivered"
}

/// Waits until so many messages have all gone out.
fn all_gone(app: &App, d: &Dossier, count: usize) -> Vec<Value> {
    wait(app, d, "not all have gone", |all| {
        all.len() == count && all.iter().all(gone)
    })
}

fn one<'a>(all: &'a [Value], told: &str, channel: &str) -> &'a Value {
    let mut found = all
        .iter()
        .filter(|m| m["told"] == told && m["channel"] == channel);
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no {told} by {channel}: {all:#?}"));
    assert!(found.next().is_none(), "{told} twice by {channel}");
    first
}

/// Whether the message about this step by this channel is there and as wanted.
fn is(all: &[Value], told: &str, channel: &str, member: &str, wanted: &str) -> bool {
    all.iter()
        .any(|m| m["told"] == told && m["channel"] == channel && m[member] == wanted)
}

fn simulated(app: &App) -> Vec<Value> {
    app.get("", "/api/v1/test/sent-messages").expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn with(settings: &[(&'static str, String)]) -> Options {
    let mut options = Options::default();
    for (name, value) in settings {
        options.settings.push((name, value.clone().leak()));
    }
    options
}

fn sms(gateway: &SmsGateway) -> Vec<(&'static str, String)> {
    vec![
        ("SMS_URL", format!("http://{}/v1/gui", gateway.address)),
        ("SMS_TOKEN", "khoa-bi-mat".into()),
        ("SMS_SENDER", "UBND THD".into()),
        ("SMS_FIELDS", "phone,content,brandname".into()),
        ("PUBLIC_URL", "https://motcua.example.vn".into()),
    ]
}

fn mail(server: &MailServer) -> Vec<(&'static str, String)> {
    vec![
        ("MAIL_URL", format!("smtp://{}?tls=none", server.address)),
        (
            "MAIL_FROM",
            "Một cửa Trần Hưng Đạo <motcua@thd.example.vn>".into(),
        ),
    ]
}

fn no_quiet(app: &App) {
    let body = json!({ "quiet_from": "00:00", "quiet_to": "00:00", "plain_sms": true });
    let request = app
        .as_person("admin", reqwest::Method::PUT, SETTINGS)
        .header("if-match", "\"v0\"")
        .json(&body);
    app.send(request).expect(200);
}

fn resend(app: &App, who: &str, d: &Dossier, m: &Value) -> motcua_tests::Answer {
    let path = format!("{}/{}/resends", of(d), m["id"].as_str().unwrap());
    let request = app
        .as_person(who, reqwest::Method::POST, &path)
        .header("if-match", format!("\"v{}\"", m["version"]));
    app.send(request)
}

/// Does what the workers do, again and from somewhere else, with whatever the gateways are.
fn work(app: &App, gateways: &Gateways, sent: &AtomicUsize) {
    let around = Surroundings {
        mail: true,
        sms: true,
        ..Surroundings::default()
    };
    app.services.plan_messages(&around).unwrap();
    for channel in Channel::ALL {
        let gateway = gateways.of(*channel).unwrap();
        let claimed = app
            .services
            .claim_messages(*channel, gateway.is_idempotent(), 5)
            .unwrap();
        for c in &claimed {
            if !app.services.begin_message(c).unwrap() {
                continue;
            }
            sent.fetch_add(1, Ordering::Relaxed);
            let handed = gateway.send(&Outgoing {
                key: c.key.clone(),
                to: c.row.recipient.clone(),
                subject: c.row.subject.clone(),
                body: c.row.body.clone(),
            });
            app.services.record_message(c, handed, 0).unwrap();
        }
    }
}

on_both! {
    fn each_step_that_is_told_is_told_once_by_each_channel(app) {
        let d = app.journey("thd", Station::Returned);
        let all = all_gone(&app, &d, 6);
        let told: Vec<(&str, &str)> = all.iter().map(|m| (m["told"].as_str().unwrap(), m["channel"].as_str().unwrap())).collect();
        let mut sorted = told.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [
            ("accepted", "mail"), ("accepted", "sms"), ("completed", "mail"), ("completed", "sms"),
            ("processing", "mail"), ("returned", "mail"),
        ]);
        let text = one(&all, "accepted", "sms");
        assert_eq!((&text["recipient"], &text["recipient_role"], &text["state"]), (&json!("********78"), &json!("owner"), &json!("delivered")));
        assert!(text["delivered_at"].is_string() && text["template_number"] == 1 && text["attempts"] == 1);
        let body = text["body"].as_str().unwrap();
        assert!(body.is_ascii() && body.contains(d.text("code")) && body.contains("17:30 ngay 05/03/2026"), "{body}");
        assert!(body.contains("dien thoai 02439330000"), "{body}");
        let letter = one(&all, "accepted", "mail");
        assert_eq!((&letter["recipient"], &letter["state"]), (&json!("a***@example.vn"), &json!("sent")));
        assert_eq!(letter["subject"], format!("Đã tiếp nhận hồ sơ {}", d.text("code")));
        // As little about the person as can be: no name, no number, no address.
        for m in &all {
            let said = format!("{} {}", m["subject"], m["body"]);
            for personal in ["An", "001085012345", "0912345678", "Hàng Bài", "1985"] {
                assert!(!said.split(|c: char| !c.is_alphanumeric()).any(|w| w == personal), "{said}");
            }
        }
        // The simulated gateway was given the same, whole.
        let given = simulated(&app);
        assert_eq!(given.len(), 6);
        let keys: BTreeSet<&str> = given.iter().map(|s| s["key"].as_str().unwrap()).collect();
        assert_eq!(keys, all.iter().map(|m| m["id"].as_str().unwrap()).collect());
        assert!(given.iter().any(|s| s["to"] == "0912345678") && given.iter().any(|s| s["to"] == "an@example.vn"));
        assert!(app.verify().is_empty());
    }

    fn however_often_and_by_however_many_it_is_tried_nothing_is_told_twice(app) {
        let gateways = {
            let mut g = Gateways::default();
            g.simulate_the_rest();
            g
        };
        let sent = AtomicUsize::new(0);
        let made: Vec<Dossier> = std::thread::scope(|s| {
            for _ in 0..3 {
                s.spawn(|| for _ in 0..40 {
                    work(&app, &gateways, &sent);
                    std::thread::sleep(Duration::from_millis(20));
                });
            }
            (0..6).map(|_| app.journey("thd", Station::Processing)).collect()
        });
        for d in &made {
            all_gone(&app, d, 3);
        }
        for _ in 0..3 {
            work(&app, &gateways, &sent);
        }
        let here = gateways.simulated.as_ref().unwrap().sent(500);
        let there = simulated(&app);
        let mut keys: Vec<String> = here.iter().map(|s| s.message.key.clone()).collect();
        keys.extend(there.iter().map(|s| s["key"].as_str().unwrap().to_owned()));
        assert_eq!(keys.len(), made.len() * 3);
        assert_eq!(here.len(), sent.load(Ordering::Relaxed));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), made.len() * 3);
        for d in &made {
            assert!(messages(&app, d).iter().all(|m| m["attempts"] == 1));
        }
    }

    fn nobody_is_told_anything_before_the_morning(app, Options::at("2026-03-02T22:10:00+07:00")) {
        let d = app.take_in("thd");
        let waiting = wait(&app, &d, "not made", |all| all.len() == 2);
        for m in &waiting {
            assert_eq!((&m["state"], &m["next_attempt_at"]), (&json!("queued"), &json!("2026-03-03T07:00:00+07:00")));
        }
        app.at("2026-03-03T06:59:30+07:00");
        std::thread::sleep(Duration::from_millis(1500));
        assert!(messages(&app, &d).iter().all(|m| m["state"] == "queued"));
        app.at("2026-03-03T07:00:01+07:00");
        all_gone(&app, &d, 2);
        // Another hour begins to hold for what waits already.
        app.at("2026-03-03T21:30:00+07:00");
        let late = app.take_in("cn");
        wait(&app, &late, "not made", |all| all.len() == 2);
        no_quiet(&app);
        let next = app.take_in("cn");
        all_gone(&app, &next, 2);
        assert!(messages(&app, &late).iter().all(|m| m["state"] == "queued"));
    }

    fn people_without_an_address_are_told_nothing_and_a_filer_is_told_for_the_owner(app) {
        let mut body = app.intake("thd");
        body["owner"].as_object_mut().unwrap().remove("phone");
        body["owner"].as_object_mut().unwrap().remove("email");
        let silent = Dossier::of("thd", &app.send_in(&body).expect(201));
        body["filer"] = json!({ "full_name": "Trần Thị Bình", "identity_number": "001185012346", "phone": "0987654321", "relation": "Vợ" });
        let filed = Dossier::of("thd", &app.send_in(&body).expect(201));
        let all = all_gone(&app, &filed, 1);
        assert_eq!((&all[0]["recipient"], &all[0]["recipient_role"]), (&json!("********21"), &json!("filer")));
        assert!(messages(&app, &silent).is_empty());
        let how = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/message-language", filed.id)).expect(200);
        assert_eq!(how, json!({ "language": "vi", "channels": ["sms"] }));
    }

    fn a_step_taken_back_is_not_told_or_told_to_be_taken_back(app) {
        // It went out: its people are told that it does not hold.
        let mut d = app.journey("thd", Station::Processing);
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        all_gone(&app, &d, 5);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        let all = all_gone(&app, &d, 7);
        assert!(one(&all, "undone", "sms")["body"].as_str().unwrap().contains("nham lan"));
        one(&all, "undone", "mail");
    }

    fn a_step_taken_back_before_the_morning_was_never_told(app, Options::at("2026-03-02T22:10:00+07:00")) {
        let mut d = app.journey("thd", Station::Processing);
        app.act("thuly.thd", &mut d, "payment-requests", &body_of("payment-requests"));
        wait(&app, &d, "not made", |all| all.len() == 5);
        app.act("lanhdao.thd", &mut d, "undos", &body_of("undos"));
        let all = wait(&app, &d, "not cancelled", |all| is(all, "payment_requested", "sms", "state", "cancelled"));
        assert_eq!((all.len(), &one(&all, "payment_requested", "mail")["state"]), (5, &json!("cancelled")));
        app.at("2026-03-03T08:00:00+07:00");
        wait(&app, &d, "not gone", |all| all.iter().filter(|m| gone(m)).count() == 3);
        assert_eq!(simulated(&app).len(), 3);
    }

    fn a_date_that_rolls_and_an_apology_name_both_dates(app) {
        let d = app.journey("thd", Station::Processing);
        let change = json!({
            "source": "Công văn số 12/UBND-VP", "announced_on": "2026-03-02", "name": "Nghỉ", "days_off": ["2026-03-05"]
        });
        app.post("giamdoc", "/api/v1/calendar/changes", &change).expect(201);
        let all = wait(&app, &d, "not told", |all| all.iter().any(|m| m["told"] == "due_date_rolled" && m["channel"] == "sms"));
        let text = one(&all, "due_date_rolled", "sms")["body"].as_str().unwrap().to_owned();
        assert!(text.contains("tu 17:30 ngay 05/03/2026 sang 17:30 ngay 06/03/2026"), "{text}");
    }

    fn the_language_of_a_dossier_is_set_by_who_serves_its_people(app) {
        let mut d = app.take_in("thd");
        all_gone(&app, &d, 2);
        let path = format!("/api/v1/dossiers/{}/message-language", d.id);
        let put = |who: &str, word: &str| app.send(app.as_person(who, reqwest::Method::PUT, &path).json(&json!({ "language": word })));
        put("thungan", "en").refused(403, "role_not_allowed");
        put("lanhdao.cn", "en").refused(404, "not_found");
        put("tiepnhan", "fr").invalid("/language", "unknown_value");
        assert_eq!(put("tiepnhan", "en").expect(200)["language"], "en");
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        app.act("thuly.thd", &mut d, "acknowledgements", &body_of("acknowledgements"));
        let all = all_gone(&app, &d, 3);
        let letter = one(&all, "processing", "mail");
        assert_eq!(letter["language"], "en");
        assert!(letter["body"].as_str().unwrap().starts_with("Dear Sir or Madam,"));
        assert_eq!(one(&all, "accepted", "mail")["language"], "vi");
    }

    fn a_template_is_tried_entered_as_a_version_and_what_was_told_stays(app) {
        let before = app.take_in("thd");
        let told = all_gone(&app, &before, 2);
        let list = app.get("admin", TEMPLATES).expect(200);
        let first = list["items"].as_array().unwrap().iter().find(|t| t["told"] == "accepted" && t["channel"] == "sms" && t["language"] == "vi").unwrap();
        assert_eq!((&first["number"], &first["entered_by"]), (&json!(1), &Value::Null));
        assert!(first["placeholders"].as_array().unwrap().contains(&json!("due")));
        let mut new = json!({
            "told": "accepted", "channel": "sms", "language": "vi", "base_number": 1,
            "body": "Đã nhận {code}. Hẹn {due}."
        });
        let mut tried = new.clone();
        tried.as_object_mut().unwrap().remove("base_number");
        let path = format!("{TEMPLATES}/previews");
        let shown = app.post("admin", &path, &tried).expect(200);
        assert_eq!(shown["body"], "Da nhan H26.14.101-260302-0001. Hen 09:00 ngay 05/03/2026.");
        assert_eq!(shown["sms"], json!({ "encoding": "gsm7", "characters": 58, "segments": 1 }));
        for (body, code) in [("", "required"), ("{owner_name}", "placeholder_unknown"), ("{amount}", "placeholder_unknown"), ("{code", "placeholder_unpaired")] {
            tried["body"] = json!(body);
            let refused = app.post("admin", &path, &tried);
            let problem = refused.refused(422, "template_faulty");
            refused.points_at(&problem, "/body", code);
            new["body"] = json!(body);
            app.post("admin", TEMPLATES, &new).refused(422, "template_faulty");
        }
        new["body"] = json!("ữ".repeat(500));
        let long = app.post("admin", TEMPLATES, &new);
        long.points_at(&long.refused(422, "template_faulty"), "/body", "too_long");
        new["body"] = json!("Đã nhận {code}. Hẹn {due}.");
        app.post("giamdoc", TEMPLATES, &new).refused(403, "role_not_allowed");
        let entered = app.post("admin", TEMPLATES, &new).expect(201);
        assert_eq!(entered["number"], 2);
        assert!(entered["entered_by"]["full_name"].is_string());
        app.post("admin", TEMPLATES, &new).refused(412, "version_stale");
        new["base_number"] = json!(2);
        app.post("admin", TEMPLATES, &new).refused(409, "nothing_changed");
        let mut nowhere = new.clone();
        nowhere["told"] = json!("returned");
        app.post("admin", TEMPLATES, &nowhere).invalid("/channel", "invalid_value");
        let versions = app.get("admin", &format!("{TEMPLATES}/versions?told=accepted&channel=sms&language=vi&limit=1")).expect(200);
        assert_eq!((&versions["items"][0]["number"], versions["next"].is_string()), (&json!(2), true));

        let after = app.take_in("thd");
        let now = all_gone(&app, &after, 2);
        let text = one(&now, "accepted", "sms");
        assert_eq!((&text["template_number"], text["body"].as_str().unwrap().starts_with("Da nhan")), (&json!(2), true));
        assert_eq!(messages(&app, &before), told);
        assert!(app.verify().is_empty());
    }

    fn the_hours_of_quiet_are_the_administrators(app) {
        let answer = app.get("admin", SETTINGS);
        let found = answer.expect(200);
        assert_eq!((&found["quiet_from"], &found["quiet_to"], &found["plain_sms"], &found["mail"], answer.header("etag")),
            (&json!("21:00"), &json!("07:00"), &json!(true), &json!("simulated"), "\"v0\"".to_owned()));
        app.get("giamdoc", SETTINGS).refused(403, "role_not_allowed");
        let put = |version: i64, from: &str| {
            let body = json!({ "quiet_from": from, "quiet_to": "06:30", "plain_sms": false });
            app.send(app.as_person("admin", reqwest::Method::PUT, SETTINGS).header("if-match", format!("\"v{version}\"")).json(&body))
        };
        assert_eq!(put(0, "20:15").expect(200)["quiet_from"], "20:15");
        put(0, "20:30").refused(412, "version_stale");
        put(1, "25:00").invalid("/quiet_from", "time_format");
        assert_eq!(put(1, "22:00").header("etag"), "\"v2\"");
        // With marks from now on.
        let d = app.take_in("thd");
        let all = all_gone(&app, &d, 2);
        assert!(one(&all, "accepted", "sms")["body"].as_str().unwrap().contains("đã được tiếp nhận"));
    }

    fn what_is_held_about_a_person_holds_what_they_were_told_and_disposal_takes_it_out(app) {
        let d = app.take_in("thd");
        all_gone(&app, &d, 2);
        let request = json!({
            "kind": "export", "requester_name": "Nguyễn Văn An", "requester_identity": "001085012345", "verified_by": "Thẻ căn cước"
        });
        let made = app.post("tiepnhan", "/api/v1/data-requests", &request).expect(201);
        let copy = app.get("giamdoc", &format!("/api/v1/data-requests/{}/export", made["id"].as_str().unwrap())).expect(200);
        let told = copy["dossiers"][0]["messages"].as_array().unwrap();
        assert_eq!(told.len(), 2);
        assert!(told.iter().any(|m| m["recipient"] == "0912345678" && m["channel"] == "sms"));
        let id = d.id.parse().unwrap();
        app.services.write(|db| Ok(motcua_store::personal_data::take_people_out(db, std::slice::from_ref(&id))?)).unwrap();
        for m in messages(&app, &d) {
            assert_eq!((&m["recipient"], &m["body"], &m["resendable"]), (&json!(""), &json!(""), &json!(false)));
        }
    }

    fn a_restored_copy_sends_nothing_by_itself(app, Options::at("2026-03-02T22:10:00+07:00")) {
        let d = app.take_in("thd");
        wait(&app, &d, "not made", |all| all.len() == 2);
        let now = app.services.now();
        app.services.write(|db| record::restored(db, now, now)).unwrap();
        app.at("2026-03-03T09:00:00+07:00");
        std::thread::sleep(Duration::from_millis(1200));
        let all = messages(&app, &d);
        assert!(all.iter().all(|m| m["state"] == "unknown" && m["last_error"] == "restored"), "{all:#?}");
        assert!(simulated(&app).is_empty());
        resend(&app, "tiepnhan", &d, &all[0]).expect(201);
        wait(&app, &d, "not sent again", |all| all.iter().filter(|m| gone(m)).count() == 1);
    }

    fn a_centre_without_gateways_holds_what_it_would_say_and_says_so(app, Options::production()) {
        let password = "MatKhau#Dau2026";
        let description = json!({
            "setup_code": app.setup_code.clone().unwrap(),
            "centre": { "code": "hk", "name": "Trung tâm Phục vụ hành chính công", "e_code": "H26.14", "province": "Hà Nội", "commune": "Phường Hoàn Kiếm" },
            "authorities": [{ "code": "hk", "name": "Ủy ban nhân dân phường Hoàn Kiếm", "e_code": "H26.14.1" }],
            "administrator": { "username": "quantri", "full_name": "Vũ Quang Huy", "password": password }
        });
        app.post("", "/api/v1/setup", &description).expect(201);
        let token = |who: &str| app.sign_in(who, password).expect(200)["access_token"].as_str().unwrap().to_owned();
        let send = |token: &str, method: reqwest::Method, path: &str, body: &Value| app.send(app.request(method, path).bearer_auth(token).json(body));
        let (get, post) = (reqwest::Method::GET, reqwest::Method::POST);
        let admin = token("quantri");
        let officer = json!({
            "username": "tiepnhan", "full_name": "Nguyễn Thị Thu Hà", "password": password, "must_change_password": false,
            "roles": [{ "role": "reception" }]
        });
        send(&admin, post.clone(), "/api/v1/users", &officer).expect(201);
        let reception = token("tiepnhan");
        let wards = app.send(app.request(get.clone(), "/api/v1/authorities").bearer_auth(&reception)).expect(200);
        let body = json!({
            "procedure_code": MARITAL, "authority_id": wards["items"][0]["id"], "channel": "counter",
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn An", "phone": "0912345678", "email": "an@example.vn" },
            "components": [{ "component_id": "to_khai", "originals": 1 }], "result_delivery": { "method": "counter" }
        });
        let made = send(&reception, post, "/api/v1/dossiers", &body).expect(201);
        let path = format!("/api/v1/dossiers/{}/messages", made["id"].as_str().unwrap());
        let read = |token: &str, path: &str| app.send(app.request(get.clone(), path).bearer_auth(token)).expect(200);
        let mut found = Value::Null;
        for _ in 0..100 {
            found = read(&reception, &path);
            if found["items"].as_array().unwrap().len() == 2 {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        for m in found["items"].as_array().unwrap() {
            assert_eq!((&m["state"], &m["last_error"]), (&json!("held"), &json!("channel_not_configured")));
        }
        let settings = read(&admin, SETTINGS);
        assert_eq!((&settings["mail"], &settings["sms"]), (&json!("not_configured"), &json!("not_configured")));
        let counts: i64 = settings["standing"].as_array().unwrap().iter().map(|s| s["count"].as_i64().unwrap()).sum();
        assert_eq!(counts, 2);
        app.request(get.clone(), "/api/v1/test/sent-messages").send().map(|r| assert_eq!(r.status(), 404)).unwrap();
        // Once gateways are there, what was held goes its way.
        app.services.prepare_messages(&Surroundings { mail: true, sms: true, ..Surroundings::default() }).unwrap();
        assert!(read(&reception, &path)["items"].as_array().unwrap().iter().all(|m| m["state"] == "queued" && m["last_error"].is_null()));
    }
}

/// What depends on a gateway of the test's own.
fn on(kind: Kind, settings: &[(&'static str, String)]) -> App {
    App::start(kind, &with(settings))
}

#[test]
fn an_sms_gateway_gets_token_key_and_names_and_is_tried_again_when_it_may_be() {
    for kind in Kind::BOTH {
        let gateway = SmsGateway::start(&[503, 401]);
        let app = on(kind, &sms(&gateway));
        let d = app.take_in("thd");
        wait(&app, &d, "not put off", |all| {
            is(all, "accepted", "sms", "last_error", "gateway_busy")
        });
        let put_off = messages(&app, &d);
        let put_off = one(&put_off, "accepted", "sms");
        assert_eq!(
            (&put_off["state"], &put_off["attempts"]),
            (&json!("queued"), &json!(1))
        );
        assert!(put_off["next_attempt_at"].is_string());
        app.at("2026-03-02T09:02:00+07:00");
        wait(&app, &d, "not put off twice", |all| {
            is(all, "accepted", "sms", "last_error", "unauthorised")
        });
        app.at("2026-03-02T09:10:00+07:00");
        let all = wait(&app, &d, "not sent", |all| {
            is(all, "accepted", "sms", "state", "sent")
        });
        assert_eq!(one(&all, "accepted", "sms")["attempts"], 3);
        let got = gateway.got();
        assert_eq!(got.len(), 3);
        let id = one(&all, "accepted", "sms")["id"].as_str().unwrap();
        for asked in &got {
            assert_eq!(asked.authorization, "Bearer khoa-bi-mat");
            assert_eq!(asked.key, id);
            assert_eq!(asked.body["phone"], "0912345678");
            assert_eq!(asked.body["brandname"], "UBND THD");
            let text = asked.body["content"].as_str().unwrap();
            assert!(text.contains("https://motcua.example.vn/tra-cuu"), "{text}");
        }
    }
}

#[test]
fn what_a_gateway_refuses_for_good_is_tried_again_by_a_person_only() {
    for kind in Kind::BOTH {
        let gateway = SmsGateway::start(&[422]);
        let app = on(kind, &sms(&gateway));
        let mut d = app.take_in("thd");
        let all = wait(&app, &d, "not failed", |all| {
            is(all, "accepted", "sms", "state", "failed")
        });
        let failed = one(&all, "accepted", "sms");
        assert_eq!(
            (
                &failed["last_error"],
                &failed["resendable"],
                &failed["next_attempt_at"]
            ),
            (&json!("refused_by_gateway"), &json!(true), &Value::Null)
        );
        app.at("2026-03-02T15:00:00+07:00");
        std::thread::sleep(Duration::from_millis(1200));
        assert_eq!(gateway.got().len(), 1);
        let summary = app.get("admin", SETTINGS).expect(200);
        assert_eq!(summary["standing"][0]["state"], "failed");

        resend(&app, "thungan", &d, failed).refused(403, "role_not_allowed");
        resend(&app, "lanhdao.cn", &d, failed).refused(404, "not_found");
        let mail = one(&all, "accepted", "mail");
        resend(&app, "tiepnhan", &d, mail).refused(409, "message_not_resendable");
        // The number was mistyped: it is put right first, and the message goes there.
        let owner = json!({ "owner": {
            "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345", "phone": "0987654321"
        }, "reason": "Gõ nhầm số điện thoại." });
        app.act("tiepnhan", &mut d, "amendments", &owner);
        let again = resend(&app, "tiepnhan", &d, failed).expect(201);
        assert_eq!(
            (&again["state"], &again["resends"]),
            (&json!("queued"), &json!(1))
        );
        resend(&app, "tiepnhan", &d, failed).refused(412, "version_stale");
        wait(&app, &d, "not sent", |all| {
            is(all, "accepted", "sms", "state", "sent")
        });
        let got = gateway.got();
        assert_eq!(got[1].body["phone"], "0987654321");
        assert_eq!(got[1].key, format!("{}.1", failed["id"].as_str().unwrap()));
    }
}

#[test]
fn a_mail_server_gets_vietnamese_mail_once() {
    for kind in Kind::BOTH {
        let server = MailServer::start(&[MailFault::Busy]);
        let app = on(kind, &mail(&server));
        let d = app.take_in("thd");
        wait(&app, &d, "not put off", |all| {
            is(all, "accepted", "mail", "last_error", "server_busy")
        });
        app.at("2026-03-02T09:02:00+07:00");
        let all = all_gone(&app, &d, 2);
        let got = server.got();
        assert_eq!(got.len(), 1);
        let letter = &got[0];
        assert_eq!(letter.to, "an@example.vn");
        assert_eq!(
            letter.header("Subject"),
            format!("Đã tiếp nhận hồ sơ {}", d.text("code"))
        );
        assert!(letter.header("From").contains("motcua@thd.example.vn"));
        assert_eq!(
            letter.header("Message-ID"),
            format!(
                "<{}@thd.example.vn>",
                one(&all, "accepted", "mail")["id"].as_str().unwrap()
            )
        );
        assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
        assert!(letter.header("Content-Type").contains("charset=utf-8"));
        let body = letter.body();
        assert!(body.starts_with("Kính gửi Ông/Bà,\n\nHồ sơ "), "{body}");
        assert!(
            body.contains("hẹn trả kết quả lúc 17:30 ngày 05/03/2026"),
            "{body}"
        );
    }
}

#[test]
fn mail_of_which_nobody_knows_whether_it_was_taken_is_not_sent_again_by_itself() {
    for kind in Kind::BOTH {
        let server = MailServer::start(&[MailFault::HangsUp, MailFault::NoSuchRecipient]);
        let app = on(kind, &mail(&server));
        let d = app.take_in("thd");
        let all = wait(&app, &d, "not in doubt", |all| {
            is(all, "accepted", "mail", "state", "unknown")
        });
        let doubtful = one(&all, "accepted", "mail");
        assert_eq!(doubtful["last_error"], "no_answer");
        app.at("2026-03-02T15:00:00+07:00");
        std::thread::sleep(Duration::from_millis(1200));
        assert_eq!(server.got().len(), 1);
        // A person decides; refused for good this time.
        resend(&app, "lanhdao.thd", &d, doubtful).expect(201);
        let all = wait(&app, &d, "not refused", |all| {
            is(all, "accepted", "mail", "state", "failed")
        });
        let refused = one(&all, "accepted", "mail");
        assert_eq!(refused["last_error"], "recipient_refused");
        resend(&app, "traketqua", &d, refused).expect(201);
        all_gone(&app, &d, 2);
        let got = server.got();
        assert_eq!(got.len(), 2);
        assert_ne!(got[0].header("Message-ID"), got[1].header("Message-ID"));
    }
}

#[test]
fn a_server_that_stopped_in_the_middle_leaves_no_second_message() {
    for kind in Kind::BOTH {
        let (server, gateway) = (MailServer::start(&[]), SmsGateway::start(&[]));
        let mut settings = mail(&server);
        settings.extend(sms(&gateway));
        let app = on(kind, &settings);
        let d = app.take_in("thd");
        let before = all_gone(&app, &d, 2);
        // As a stop between handing over and recording leaves them.
        app.database.execute(
            "UPDATE messages SET state = 'sending', attempts = 1, next_attempt_at = NULL, sent_at = NULL,
             locked_until = '2026-03-02 01:00:00.000000'",
        );
        let all = wait(&app, &d, "not put right", |all| {
            is(all, "accepted", "mail", "state", "unknown")
                && is(all, "accepted", "sms", "state", "sent")
        });
        assert_eq!(one(&all, "accepted", "mail")["last_error"], "interrupted");
        assert_eq!(server.got().len(), 1);
        // The gateway that knows a message again is asked again, under the same key.
        let keys: Vec<String> = gateway.got().into_iter().map(|g| g.key).collect();
        let id = one(&before, "accepted", "sms")["id"].as_str().unwrap();
        assert_eq!(keys, [id, id]);
    }
}

#[test]
fn who_stands_at_the_counter_gets_mail_only() {
    let app = App::start(Kind::Sqlite, &Options::default());
    let mut body = app.intake("thd");
    body["procedure_code"] = json!(EXTRACT);
    let made = app.send_in(&body).expect(201);
    let d = Dossier::of("thd", &made);
    all_gone(&app, &d, 1);
}
