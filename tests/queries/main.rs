//! A page asks the database the same number of questions whoever looks, however many wards there
//! are, and however much is on it. One test in a program of its own: it listens to every connection.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeSet;
use std::sync::Mutex;

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use motcua_tests::dossier::Station;
use motcua_tests::{App, Dossier, Kind, Options};
use serde_json::{Value, json};

/// The statements since one last looked.
static ASKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Listener;

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            ASKED.lock().unwrap().push(query.to_string());
        }
    }
}

fn listener() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(Listener))
}

/// What one request asks. The live screens' own look at the outbox and the workers' at what is due fall in
/// now and then: they are none of the request's, and the smallest of several counts is taken besides.
fn asked(app: &App, who: &str, path: &str) -> Vec<String> {
    all_told(app);
    // Signed in, and what is kept in memory is kept.
    app.get(who, path).expect(200);
    (0..6)
        .map(|_| {
            ASKED.lock().unwrap().clear();
            app.get(who, path).expect(200);
            let mut said = std::mem::take(&mut *ASKED.lock().unwrap());
            let beside = [
                "outbox",
                "leases",
                "watch_jobs",
                "alarm_at",
                "locked_until",
                "bank_notifications",
            ];
            said.retain(|q| !beside.iter().any(|own| q.contains(own)));
            said
        })
        .min_by_key(Vec::len)
        .unwrap()
}

/// Waits until everybody was told everything: the workers ask questions of their own while they tell.
fn all_told(app: &App) {
    for _ in 0..200 {
        let open = app.services.read(|db| {
            let behind = motcua_store::message::behind(db, 1)?.len() as i64;
            Ok(behind + motcua_services::message::standing(db)?.count)
        });
        if open.unwrap() == 0 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("somebody is never told");
}

/// Whoever looks at dossiers, from one ward's handler to those who see the whole centre.
const WHO: [&str; 6] = [
    "tiepnhan",
    "thuly.thd",
    "lanhdao.thd",
    "giamdoc",
    "thanhtra",
    "admin",
];

/// The most that a page may ask for at all.
const MOST: usize = 16;

fn same(counts: &[(String, Vec<String>)]) {
    let (_, first) = &counts[0];
    for (what, said) in counts {
        assert!(said.len() <= MOST, "{what} asks {}: {said:#?}", said.len());
        assert_eq!(
            said.len(),
            first.len(),
            "{what} asks otherwise than {}: {said:#?} {first:#?}",
            counts[0].0
        );
    }
}

fn pages(kind: Kind) {
    let app = App::start(kind, &Options::default());
    for ward in ["thd", "cn", "ht"] {
        for _ in 0..12 {
            app.take_in(ward);
        }
        app.journey(ward, Station::Processing);
    }
    // Lists and search: one row or fifty, one ward or three, whoever asks.
    for query in ["", "&q=nguyen", "&state=accepted", "&open=true"] {
        let mut counts = Vec::new();
        for who in WHO {
            for limit in [2, 10, 50] {
                let path = format!("/api/v1/dossiers?limit={limit}{query}");
                counts.push((format!("{kind:?} {who} {path}"), asked(&app, who, &path)));
            }
        }
        same(&counts);
    }

    // One dossier's page: much of a kind is asked for as little is. (What cannot be there yet, such as
    // a pause in a dossier of one line, is not asked for.)
    let handed_to_and_fro = |times: usize| {
        let mut body = app.intake("thd");
        body["filer"] = json!({
            "full_name": "Trần Thị Bình", "identity_number": "001190012345",
            "relation": "mẹ", "authorisation": "Giấy ủy quyền"
        });
        let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        for _ in 0..times {
            app.act(
                "thuly.thd",
                &mut d,
                "acknowledgements",
                &json!({ "accepted": true }),
            );
            app.act(
                "thuly.thd",
                &mut d,
                "handovers",
                &json!({ "to": "handler" }),
            );
        }
        app.act(
            "thuly.thd",
            &mut d,
            "acknowledgements",
            &json!({ "accepted": true }),
        );
        d
    };
    let (plain, deep) = (handed_to_and_fro(1), handed_to_and_fro(8));
    let mut reception: Option<(String, Vec<String>)> = None;
    for who in [
        "tiepnhan",
        "thuly.thd",
        "lanhdao.thd",
        "giamdoc",
        "thanhtra",
    ] {
        let of = |what: &str, id: &str| {
            let path = format!("/api/v1/dossiers/{id}");
            (format!("{kind:?} {who} {what}"), asked(&app, who, &path))
        };
        let (mut one, mut other) = (of("plain", &plain.id), of("deep", &deep.id));
        // A leader alone is told what can be taken back: one question more than the others ask.
        if who.starts_with("lanhdao") {
            for (_, said) in [&mut one, &mut other] {
                said.retain(|q| !q.contains("`dossier_undos`") && !q.contains("\"dossier_undos\""));
            }
        }
        let first = reception.get_or_insert_with(|| one.clone()).clone();
        same(&[first, one, other]);
    }
    // At every station: a bounded number, and nothing is asked twice.
    for station in Station::ALL {
        let d = app.journey("thd", station);
        let said = asked(&app, "tiepnhan", &format!("/api/v1/dossiers/{}", d.id));
        let distinct: BTreeSet<&String> = said.iter().collect();
        assert!(said.len() <= MOST, "{station:?}: {said:#?}");
        assert_eq!(distinct.len(), said.len(), "{station:?}: {said:#?}");
    }
    let lines = |id: &str| -> Vec<(String, Vec<String>)> {
        let path = format!("/api/v1/dossiers/{id}/timeline");
        vec![(path.clone(), asked(&app, "tiepnhan", &path))]
    };
    let many: Value = app
        .get(
            "tiepnhan",
            &format!("/api/v1/dossiers/{}/timeline?limit=100", deep.id),
        )
        .expect(200);
    assert!(many["items"].as_array().unwrap().len() > 10);
    same(&[lines(&plain.id), lines(&deep.id)].concat());

    // A book of certification: one line or all of it.
    let ward = app.authority("thd");
    let body = json!({
        "kind": "copy", "authority_id": ward, "signer_user_id": app.signer("thd"),
        "requester": { "kind": "citizen", "full_name": "Nguyễn Văn An" },
        "items": vec![json!({ "document_name": "Giấy khai sinh", "original_pages": 1 }); 20]
    });
    app.post("tiepnhan", "/api/v1/certifications", &body)
        .expect(201);
    let mut counts = Vec::new();
    for who in ["tiepnhan", "lanhdao.thd", "giamdoc", "thanhtra"] {
        for limit in [1, 50] {
            let path = format!(
                "/api/v1/certifications?authority_id={ward}&kind=copy&year=2026&limit={limit}"
            );
            counts.push((format!("{who} {path}"), asked(&app, who, &path)));
        }
    }
    same(&counts);

    // What people say: one item or fifty, whoever reads.
    let said = json!({
        "kind": "suggestion", "channel": "phone", "subject": "other", "text": "Chờ lâu.",
        "filer": { "full_name": "Nguyễn Văn An", "address": "Số 12 phố Hàng Bài", "phone": "0912345678" },
        "authority_id": app.authority("thd")
    });
    for _ in 0..30 {
        app.post("tiepnhan", "/api/v1/feedback", &said).expect(201);
    }
    for who in ["tiepnhan", "lanhdao.thd", "giamdoc", "thanhtra"] {
        let counts: Vec<_> = [1, 10, 30]
            .map(|limit| format!("/api/v1/feedback?limit={limit}"))
            .into_iter()
            .map(|path| (format!("{kind:?} {who} {path}"), asked(&app, who, &path)))
            .collect();
        same(&counts);
    }

    // Inspections, what a team may look at, and findings: one or all of them, whoever reads.
    let person = |name: &str| app.get(name, "/api/v1/me").expect(200)["id"].clone();
    let plan = json!({
        "kind": "scheduled", "subject": "Hồ sơ", "decision_number": "1/QĐ", "decision_on": "2026-03-02",
        "decided_by": "Chủ tịch", "authority_ids": [app.authority("thd")], "period_from": "2026-01-01",
        "period_to": "2026-03-02", "access_from": "2026-03-02", "access_to": "2026-03-20",
        "members": [{ "user_id": person("thuly.cn"), "head": true }, { "user_id": person("thanhtra") }]
    });
    let mut last = Value::Null;
    for _ in 0..10 {
        last = app
            .post("giamdoc", "/api/v1/inspections", &plan)
            .expect(201)["id"]
            .clone();
    }
    let inspection = format!("/api/v1/inspections/{}", last.as_str().unwrap());
    let found = json!({
        "authority_id": app.authority("thd"), "officer_id": person("thuly.thd"), "kind": "deadline",
        "text": "Quá hạn.", "asked": "Xin lỗi.", "due_on": "2026-03-20"
    });
    for _ in 0..20 {
        app.post("thuly.cn", &format!("{inspection}/findings"), &found)
            .expect(201);
    }
    let drawn = app.post(
        "thuly.cn",
        &format!("{inspection}/samples"),
        &json!({ "finished_only": false }),
    );
    let sample = drawn.expect(201)["id"].clone();
    let units = format!("{inspection}/samples/{}/units", sample.as_str().unwrap());
    for who in ["thuly.cn", "thanhtra"] {
        for path in ["/api/v1/inspections", "/api/v1/findings", &units] {
            let counts: Vec<_> = [1, 5, 20]
                .map(|limit| format!("{path}?limit={limit}"))
                .into_iter()
                .map(|path| (format!("{kind:?} {who} {path}"), asked(&app, who, &path)))
                .collect();
            same(&counts);
        }
    }

    // A roster: one duty or all of them, a day or a month of what stands empty.
    let centres = app.get("admin", "/api/v1/centres").expect(200);
    let path = format!(
        "/api/v1/centres/{}/service-counters",
        centres["items"][0]["id"].as_str().unwrap()
    );
    let told = app.post("admin", &path, &json!({ "name": "Quầy 1" }));
    let me = |who: &str| app.get(who, "/api/v1/me").expect(200)["id"].clone();
    let duties = json!({
        "counter_id": told.expect(201)["counters"][0]["id"], "user_id": me("tiepnhan"),
        "substitute_id": me("traketqua"), "kind": "counted",
        "first_day": "2026-03-02", "last_day": "2026-03-31"
    });
    app.post("admin", "/api/v1/roster/duties", &duties)
        .expect(201);
    for (short, long) in [
        ("duties?limit=1", "duties?limit=50"),
        ("uncovered?to=2026-03-02", "uncovered?to=2026-04-02"),
    ] {
        let mut counts = Vec::new();
        for who in ["tiepnhan", "giamdoc", "thanhtra"] {
            for path in [short, long].map(|p| format!("/api/v1/roster/{p}")) {
                counts.push((format!("{who} {path}"), asked(&app, who, &path)));
            }
        }
        same(&counts);
    }

    // A dossier's files: one or a dozen, withdrawn ones among them.
    let mut counts = Vec::new();
    for many in [1, 12] {
        let d = app.take_in("thd");
        for n in 0..many {
            let bytes = motcua_tests::file::pdf(&format!("{many} {n}"));
            let made = app.send_file("tiepnhan", &d.id, "a.pdf", bytes).expect(201);
            if n % 2 == 0 {
                let path = format!(
                    "/api/v1/dossiers/{}/files/{}/withdrawals",
                    d.id,
                    made["id"].as_str().unwrap()
                );
                let body = json!({ "reason": "Quét nhầm" });
                app.post("thuly.thd", &path, &body).expect(201);
            }
        }
        let path = format!("/api/v1/dossiers/{}/files", d.id);
        for who in ["tiepnhan", "thuly.thd", "giamdoc", "thanhtra"] {
            counts.push((
                format!("{kind:?} {who} {many} files"),
                asked(&app, who, &path),
            ));
        }
    }
    same(&counts);

    // The catalogue: a page of any length.
    let counts: Vec<_> = [1, 100]
        .map(|limit| format!("/api/v1/procedures?limit={limit}"))
        .into_iter()
        .map(|path| (path.clone(), asked(&app, "tiepnhan", &path)))
        .collect();
    same(&counts);
}

#[test]
fn a_page_asks_the_same_number_of_questions_whoever_looks_and_however_much_is_there() {
    set_default_instrumentation(listener).unwrap();
    for kind in Kind::BOTH {
        pages(kind);
    }
}
