//! Were you served well: who is asked, who may answer once, what is kept of it, and what is shown. Answers that
//! nobody can tie to a person are tried to be tied (DOMAIN §6.1; docs/decisions/surveys.md).

use std::collections::{BTreeMap, BTreeSet};

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use motcua_store::{Db, on_each};
use motcua_tests::dossier::Station;
use motcua_tests::{App, Dossier, Kind, Options, on_both};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use reqwest::Method;
use serde_json::{Value, json};

/// The Monday after the demo's first week: the week of 2 March 2026 is over.
const NEXT_WEEK: &str = "2026-03-09T07:00:00+07:00";

fn token_of(slip: &Value) -> String {
    let url = slip["survey_url"].as_str().expect("the slip asks");
    url.rsplit('/').next().unwrap().to_owned()
}

/// The token on the slip of a dossier.
fn token(app: &App, d: &Dossier) -> String {
    let path = format!("/api/v1/dossiers/{}/reception-slip", d.id);
    token_of(&app.get("tiepnhan", &path).expect(200))
}

fn address(token: &str) -> String {
    format!("/api/v1/public/surveys/{token}")
}

/// What the slip's questionnaire must have answered.
fn answers(overall: &str, attitude: &str) -> Value {
    json!({ "answers": [
        { "question": "result_time", "choices": ["on_time"] },
        { "question": "attitude", "choices": [attitude] },
        { "question": "overall", "choices": [overall] },
    ]})
}

fn send(app: &App, token: &str, body: &Value) -> motcua_tests::Answer {
    app.send(app.request(Method::POST, &address(token)).json(body))
}

fn answered(app: &App, token: &str, body: &Value) {
    assert_eq!(send(app, token, body).status, 204);
}

fn centre(app: &App) -> String {
    let told = app.get("admin", "/api/v1/centres").expect(200);
    told["items"][0]["id"].as_str().unwrap().to_owned()
}

fn questionnaire(app: &App, code: &str) -> Value {
    let told = app
        .get("admin", "/api/v1/questionnaires?limit=100")
        .expect(200);
    let items = told["items"].as_array().unwrap();
    let found = items
        .iter()
        .find(|q| q["code"] == code && q["state"] == "published");
    found.expect("it is published").clone()
}

fn results(app: &App, code: &str, quarter: &str) -> Value {
    let id = questionnaire(app, code)["id"].as_str().unwrap().to_owned();
    let path = format!(
        "/api/v1/public/survey-results?centre_id={}&questionnaire_id={id}&quarter={quarter}",
        centre(app)
    );
    app.send(app.request(Method::GET, &path)).expect(200)
}

/// The slice of an authority, of a field of it, or the whole.
fn slice<'a>(
    results: &'a Value,
    authority: Option<&str>,
    field: Option<&str>,
) -> Option<&'a Value> {
    results["slices"].as_array().unwrap().iter().find(|s| {
        s["authority_id"].as_str() == authority
            && s["field"].as_str() == field
            && s["channel"].is_null()
    })
}

fn of_question<'a>(slice: &'a Value, question: &str) -> Option<&'a Value> {
    let all = slice["questions"].as_array().unwrap();
    all.iter().find(|q| q["question"] == question)
}

fn kept(app: &App) -> usize {
    app.services.keep_answers().expect("answers are kept")
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    a: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    b: Option<String>,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn rows(db: &mut Db, sql: &str) -> Vec<Row> {
    let sql = match db {
        Db::Sqlite(_) => sql.to_owned(),
        Db::Pg(_) => sql.replace(" 0 AS n", " 0::bigint AS n"),
    };
    on_each!(db, c => sql_query(&sql).load(c)).unwrap_or_else(|e| panic!("{sql}: {e}"))
}

/// How many rows each table has.
fn table_sizes(db: &mut Db) -> BTreeMap<String, i64> {
    let names = match db {
        Db::Sqlite(_) => {
            "SELECT name AS a, NULL AS b, 0 AS n FROM sqlite_master WHERE type = 'table'"
        }
        Db::Pg(_) => {
            "SELECT table_name::text AS a, NULL::text AS b, 0::bigint AS n
            FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    let tables: Vec<String> = rows(db, names).into_iter().filter_map(|r| r.a).collect();
    tables
        .into_iter()
        .map(|t| {
            let count = match db {
                Db::Sqlite(_) => format!("SELECT NULL AS a, NULL AS b, COUNT(*) AS n FROM \"{t}\""),
                Db::Pg(_) => {
                    format!("SELECT NULL::text AS a, NULL::text AS b, COUNT(*) AS n FROM \"{t}\"")
                }
            };
            let n = rows(db, &count)[0].n;
            (t, n)
        })
        .collect()
}

on_both! {
    fn a_slip_carries_a_link_that_is_answered_once(app) {
        let d = app.take_in("thd");
        let path = format!("/api/v1/dossiers/{}/reception-slip", d.id);
        let slip = app.get("tiepnhan", &path).expect(200);
        assert!(slip["survey_qr_svg"].as_str().unwrap().contains("<svg"));
        let token = token_of(&slip);
        assert_eq!(token.len(), 22);
        assert_eq!(token_of(&app.get("tiepnhan", &path).expect(200)), token, "a slip printed twice");

        let asked = app.send(app.request(Method::GET, &address(&token))).expect(200);
        assert_eq!(asked["occasion"], "intake");
        assert_eq!(asked["questionnaire"]["code"], "c01");
        answered(&app, &token, &answers("5", "5"));
        send(&app, &token, &answers("1", "1")).refused(409, "survey_answered");
        app.send(app.request(Method::GET, &address(&token))).refused(409, "survey_answered");
    }

    fn papers_02_and_03_and_a_hand_back_ask_and_04_does_not(app) {
        for (station, form) in [(Station::SupplementRequested, "02"), (Station::RefusedAtIntake, "03")] {
            let d = app.journey("thd", station);
            let letters = d.body["letters"].as_array().unwrap();
            let id = letters.iter().rfind(|l| l["form"] == form).unwrap()["id"].as_str().unwrap();
            let path = format!("/api/v1/dossiers/{}/letters/{id}/document.pdf", d.id);
            assert_eq!(app.as_person("tiepnhan", Method::GET, &path).send().unwrap().status(), 200);
        }
        let d = app.journey("thd", Station::Returned);
        let path = format!("/api/v1/dossiers/{}/return-receipt/document.pdf", d.id);
        for _ in 0..2 {
            assert_eq!(app.as_person("traketqua", Method::GET, &path).send().unwrap().status(), 200);
        }
        let mut db = app.database.open();
        let asked: Vec<(String, i64)> = rows(&mut db,
            "SELECT occasion AS a, NULL AS b, COUNT(*) AS n FROM survey_invitations GROUP BY occasion ORDER BY occasion")
            .into_iter().map(|r| (r.a.unwrap(), r.n)).collect();
        assert_eq!(asked, [("refusal".into(), 1), ("return".into(), 1), ("supplement".into(), 1)]);
    }

    fn a_token_that_is_forged_guessed_or_over_opens_nothing(app) {
        let d = app.take_in("thd");
        let token = token(&app, &d);
        for forged in ["AAAAAAAAAAAAAAAAAAAAAA", "x", &format!("{token}A"), "..%2F..%2Fetc"] {
            app.send(app.request(Method::GET, &address(forged))).refused(404, "survey_unknown");
            send(&app, forged, &answers("5", "5")).refused(404, "survey_unknown");
        }
        app.at("2026-05-01T07:00:00+07:00");
        app.send(app.request(Method::GET, &address(&token))).expect(200);
        app.at("2026-05-02T07:00:00+07:00");
        app.send(app.request(Method::GET, &address(&token))).refused(410, "survey_expired");
        send(&app, &token, &answers("5", "5")).refused(410, "survey_expired");
    }

    fn answers_that_do_not_fit_are_refused_and_use_nothing_up(app) {
        let token = token(&app, &app.take_in("thd"));
        let try_one = |body: Value| send(&app, &token, &body);
        let with = |more: Value| {
            let mut body = answers("5", "5");
            body["answers"].as_array_mut().unwrap().push(more);
            body
        };
        try_one(json!({ "answers": [] })).invalid("/answers", "required");
        try_one(with(json!({ "question": "nothing", "choices": ["1"] }))).invalid("/answers/3/question", "unknown_question");
        try_one(with(json!({ "question": "overall", "choices": ["4"] }))).invalid("/answers/3/question", "duplicate");
        try_one(with(json!({ "question": "online", "choices": ["4"] }))).invalid("/answers/3/question", "question_not_asked");
        try_one(with(json!({ "question": "publicity", "choices": ["6"] }))).invalid("/answers/3/choices/0", "unknown_option");
        try_one(with(json!({ "question": "publicity", "choices": ["4", "5"] }))).invalid("/answers/3/choices", "out_of_range");
        try_one(with(json!({ "question": "bodies", "number": 21 }))).invalid("/answers/3/number", "out_of_range");
        try_one(with(json!({ "question": "bodies", "choices": ["1"], "number": 1 }))).invalid("/answers/3/choices", "wrong_kind_of_answer");
        try_one(with(json!({ "question": "other", "text": "ă".repeat(1_001) }))).invalid("/answers/3/text", "too_long");
        try_one(with(json!({ "question": "other", "text": "a\u{0}b" }))).invalid("/answers/3/text", "control_character");
        let much = try_one(with(json!({ "question": "other", "text": "a".repeat(1_048_577) })));
        assert!(matches!(much.status, 413 | 422), "{}", much.status);
        assert_eq!(send(&app, &token, &json!({ "answers": [], "dossier": "x" })).status, 400);
        answered(&app, &token, &with(json!({ "question": "other", "text": "<script>alert(1)</script>" })));
    }

    fn a_hundred_with_one_token_at_once_count_once(app) {
        let token = token(&app, &app.take_in("thd"));
        let body = answers("4", "4");
        let statuses: Vec<u16> = std::thread::scope(|s| {
            let sent: Vec<_> = (0..100)
                .map(|_| s.spawn(|| {
                    let asked = app.request(Method::POST, &address(&token))
                        .header("x-forwarded-for", "203.0.113.1").json(&body);
                    app.status(asked)
                }))
                .collect();
            sent.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|s| **s == 204).count(), 1);
        assert!(statuses.iter().all(|s| matches!(s, 204 | 409 | 429 | 503)), "{statuses:?}");
        let mut db = app.database.open();
        let waiting = rows(&mut db, "SELECT NULL AS a, NULL AS b, COUNT(*) AS n FROM survey_pending");
        assert_eq!(waiting[0].n, 1);
    }

    fn an_answer_leaves_no_other_trace_than_itself(app) {
        let token = token(&app, &app.take_in("thd"));
        let mut db = app.database.open();
        // What people are told of the intake goes out by itself: it is over once nothing comes any more.
        let before = loop {
            let sizes = table_sizes(&mut db);
            std::thread::sleep(std::time::Duration::from_millis(500));
            if sizes["messages"] > 0 && table_sizes(&mut db) == sizes {
                break sizes;
            }
        };
        let asked = app.request(Method::POST, &address(&token))
            .header("idempotency-key", "somebody-1").json(&answers("2", "2"));
        assert_eq!(app.send(asked).status, 204);
        let mut after = table_sizes(&mut db);
        assert_eq!(after.insert("survey_pending".into(), 0), Some(1));
        assert_eq!(after, before, "no record, event, key or log but the sealed answer");
        let sealed = rows(&mut db, "SELECT sealed AS a, id AS b, 0 AS n FROM survey_pending");
        let text = sealed[0].a.as_deref().unwrap();
        assert!(!text.contains("overall") && !text.contains("attitude"));
        assert_eq!(uuid::Uuid::parse_str(sealed[0].b.as_deref().unwrap()).unwrap().get_version_num(), 4);
    }

    fn nothing_is_shown_before_the_week_is_over_nor_of_fewer_than_five(app) {
        let thd = app.authority("thd");
        let cn = app.authority("cn");
        for i in 0..6 {
            answered(&app, &token(&app, &app.take_in("thd")), &answers(if i < 4 { "5" } else { "2" }, "4"));
        }
        for _ in 0..3 {
            answered(&app, &token(&app, &app.take_in("cn")), &answers("1", "1"));
        }
        assert_eq!(kept(&app), 0, "the week is not over");
        let told = results(&app, "c01", "2026-Q1");
        assert_eq!((told["waiting"].as_u64(), slice(&told, Some(&thd), None)), (Some(9), None));

        app.at(NEXT_WEEK);
        assert_eq!(kept(&app), 6);
        let told = results(&app, "c01", "2026-Q1");
        let own = slice(&told, Some(&thd), None).unwrap();
        assert_eq!((own["n"].as_u64(), own["asked"].as_u64()), (Some(6), Some(6)));
        assert_eq!(own["response_percent"], 100.0);
        assert_eq!(own["satisfied"]["n"], 6);
        assert_eq!(own["satisfied"]["percent"], 66.67);
        // Wilson at 95 % for 4 of 6.
        assert_eq!((own["satisfied"]["low"].as_f64(), own["satisfied"]["high"].as_f64()), (Some(30.0), Some(90.32)));
        assert_eq!(of_question(own, "attitude").unwrap()["counts"], json!([{ "choice": "4", "n": 6 }]));
        assert!(slice(&told, Some(&cn), None).is_none(), "three wait");
        assert_eq!((&told["waiting"], &told["few_wait"]), (&json!(0), &json!(true)));

        // The month is over: three of another ward are still too few to be kept as its own, or at all.
        app.at("2026-04-06T07:00:00+07:00");
        assert_eq!(kept(&app), 0);
        // Two more of a third ward in the same quarter would have made five of the whole centre: now two in
        // the next quarter do not, but five of one year do.
        for _ in 0..2 {
            answered(&app, &token(&app, &app.take_in("ht")), &answers("3", "3"));
        }
        app.at("2027-01-11T07:00:00+07:00");
        assert_eq!(kept(&app), 5);
        let told = results(&app, "c01", "2026-Q1");
        assert_eq!(slice(&told, None, None).unwrap()["n"], 6, "what is kept by the year is no quarter's");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn counts_that_somebody_changed_are_found(app) {
        for _ in 0..5 {
            answered(&app, &token(&app, &app.take_in("thd")), &answers("5", "5"));
        }
        app.at(NEXT_WEEK);
        assert_eq!(kept(&app), 5);
        assert_eq!(app.verify(), Vec::<Value>::new());
        app.database.execute("UPDATE survey_counts SET n = n + 1 WHERE question = 'overall' AND choice = '5'");
        let found = app.verify();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0]["code"], "survey_counts_differ");
    }

    fn the_whole_database_and_the_order_of_everything_tie_no_answer_to_anybody(app) {
        // Sixty people of two wards answer in a known order; whoever has the whole database tries to say
        // which answer is whose.
        let mut random = StdRng::seed_from_u64(7);
        let mut truth: Vec<(String, String, String)> = Vec::new();
        for i in 0..60 {
            let ward = if i % 2 == 0 { "thd" } else { "cn" };
            let d = app.take_in(ward);
            let token = token(&app, &d);
            let overall = random.random_range(1..=5).to_string();
            let attitude = random.random_range(1..=5).to_string();
            answered(&app, &token, &answers(&overall, &attitude));
            truth.push((motcua_services::survey::key::token_hash(&token), app.authority(ward), format!("{overall}{attitude}")));
        }
        app.at(NEXT_WEEK);
        assert_eq!(kept(&app), 60);
        let mut db = app.database.open();

        // No column of an answer holds anything of an invitation, a dossier or a time.
        let physical = match app.database.kind {
            Kind::Sqlite => "id",
            Kind::Postgres => "ctid",
        };
        let of_answer = |db: &mut Db, order: &str| -> Vec<(String, String)> {
            rows(db, &format!("SELECT authority_id AS a, answers AS b, 0 AS n FROM survey_answers ORDER BY {order}"))
                .into_iter()
                .map(|r| {
                    let given: Value = serde_json::from_str(r.b.as_deref().unwrap()).unwrap();
                    let of = |q: &str| given.as_array().unwrap().iter().find(|g| g["question"] == q)
                        .unwrap()["choices"][0].as_str().unwrap().to_owned();
                    (r.a.unwrap(), of("overall") + &of("attitude"))
                })
                .collect()
        };
        let invited = |db: &mut Db, order: &str| -> Vec<String> {
            rows(db, &format!("SELECT token_hash AS a, NULL AS b, 0 AS n FROM survey_invitations WHERE used ORDER BY {order}"))
                .into_iter().filter_map(|r| r.a).collect()
        };
        let truth_of: BTreeMap<&str, (&str, &str)> =
            truth.iter().map(|(t, w, a)| (t.as_str(), (w.as_str(), a.as_str()))).collect();
        let mut orders = vec![("token_hash", "id")];
        if app.database.kind == Kind::Postgres {
            orders.extend([("ctid", "ctid"), ("xmin::text::bigint", "xmin::text::bigint, ctid"), ("ctid", "id"), ("token_hash", physical)]);
        }
        // How often somebody is right who pairs both lists in some order within each ward, beside somebody
        // who guesses within the cell.
        let mut by_chance = Vec::new();
        let pair = |db: &mut Db, i: &str, a: &str| -> usize {
            let (people, given) = (invited(db, i), of_answer(db, a));
            let mut right = 0;
            for ward in ["thd", "cn"] {
                let ward = app.authority(ward);
                let whose = people.iter().filter(|t| truth_of[t.as_str()].0 == ward);
                let what = given.iter().filter(|(w, _)| *w == ward);
                right += whose.zip(what).filter(|(t, (_, a))| truth_of[t.as_str()].1 == a).count();
            }
            right
        };
        for _ in 0..2_000 {
            let mut right = 0;
            for ward in ["thd", "cn"] {
                let ward = app.authority(ward);
                let own: Vec<&str> = truth.iter().filter(|t| t.1 == ward).map(|t| t.2.as_str()).collect();
                let mut guess = own.clone();
                guess.shuffle(&mut random);
                right += own.iter().zip(&guess).filter(|(a, b)| a == b).count();
            }
            by_chance.push(right);
        }
        by_chance.sort_unstable();
        // One guess in two thousand is better than this.
        let best = by_chance[1_999];
        for (i, a) in orders {
            let right = pair(&mut db, i, a);
            assert!(right <= best, "pairing by {i} and {a} is right {right} times, by chance at most {best}");
        }
        // In the order they were given, least of all.
        let given = of_answer(&mut db, physical);
        let in_order = truth.iter().zip(&given).filter(|(t, g)| t.1 == g.0 && t.2 == g.1).count();
        assert!(in_order <= best, "{in_order} right in the order of answering");

        // Every stored cell has at least five.
        let cells = rows(&mut db, "SELECT authority_id AS a, field AS b, COUNT(*) AS n
            FROM survey_answers GROUP BY questionnaire_id, authority_id, field, channel, period");
        assert!(!cells.is_empty() && cells.iter().all(|c| c.n >= 5));
        // Ids that do not tell their hour; what waited is gone.
        for r in rows(&mut db, "SELECT id AS a, NULL AS b, 0 AS n FROM survey_answers") {
            assert_eq!(uuid::Uuid::parse_str(r.a.as_deref().unwrap()).unwrap().get_version_num(), 4);
        }
        assert_eq!(table_sizes(&mut db)["survey_pending"], 0);
        // Of each invitation is known that it was used, and nothing of when or for which dossier.
        let columns = match app.database.kind {
            Kind::Sqlite => "SELECT name AS a, NULL AS b, 0 AS n FROM pragma_table_info('survey_invitations')",
            Kind::Postgres => "SELECT column_name::text AS a, NULL::text AS b, 0::bigint AS n
                FROM information_schema.columns WHERE table_name = 'survey_invitations'",
        };
        let columns: BTreeSet<String> = rows(&mut db, columns).into_iter().filter_map(|r| r.a).collect();
        let expected = ["token_hash", "centre_id", "questionnaire_id", "authority_id", "field", "officer_id", "occasion", "expires_on", "used"];
        assert_eq!(columns, expected.map(str::to_owned).into());
    }

    fn tables_taken_from_each_other_leave_no_group_under_five(app) {
        // Wards, fields and channels in uneven numbers, straight into what waits, as if answered.
        let mut random = StdRng::seed_from_u64(11);
        let wards = ["thd", "cn", "ht"];
        for _ in 0..90 {
            let ward = wards[random.random_range(0..3)];
            let token = token(&app, &app.take_in(ward));
            let mut body = answers(&random.random_range(1..=5).to_string(), &random.random_range(1..=5).to_string());
            if random.random_range(0..4) == 0 {
                body["answers"].as_array_mut().unwrap().push(json!({ "question": "place", "choices": ["3"] }));
            }
            answered(&app, &token, &body);
        }
        app.at(NEXT_WEEK);
        assert!(kept(&app) > 50);
        let told = results(&app, "c01", "2026-Q1");
        // Who answered which question in which slice, as it is shown.
        let mut tables: Vec<(String, String, u64)> = Vec::new();
        for s in told["slices"].as_array().unwrap() {
            let name = [&s["authority_id"], &s["field"], &s["channel"]]
                .map(|v| v.as_str().unwrap_or("*").to_owned()).join("|");
            if let Some(n) = s["n"].as_u64() {
                tables.push(("".into(), name.clone(), n));
            }
            for q in s["questions"].as_array().unwrap() {
                let sum: u64 = q["counts"].as_array().unwrap().iter().map(|c| c["n"].as_u64().unwrap()).sum();
                assert_eq!(Some(sum), q["n"].as_u64(), "each of these questions has one choice");
                tables.push((q["question"].as_str().unwrap().into(), name.clone(), sum));
            }
        }
        let within = |a: &str, b: &str| a.split('|').zip(b.split('|')).all(|(a, b)| b == "*" || a == b);
        let mut tried = 0;
        for _ in 0..1_000 {
            let (a, b) = (&tables[random.random_range(0..tables.len())], &tables[random.random_range(0..tables.len())]);
            assert!(a.2 >= 5);
            if a.0 == b.0 && within(&a.1, &b.1) {
                let left = b.2 - a.2;
                assert!(left == 0 || left >= 5, "{b:?} − {a:?}");
                tried += 1;
            }
        }
        assert!(tried > 20, "{tried}");
    }

    fn what_is_published_is_never_edited_and_the_next_number_follows(app) {
        let c01 = questionnaire(&app, "c01");
        let path = format!("/api/v1/questionnaires/{}", c01["id"].as_str().unwrap());
        let edited = app.put_at("admin", &path, c01["version"].as_i64().unwrap(), &c01["questionnaire"]);
        edited.refused(409, "questionnaire_published");
        app.post("giamdoc", "/api/v1/questionnaires", &c01["questionnaire"]).refused(403, "role_not_allowed");

        let mut next = c01["questionnaire"].clone();
        next["title"]["vi"] = json!("Phiếu của trung tâm");
        next["questions"][0]["options"] = json!([{ "id": "a", "text": { "vi": "A", "en": "A" } }]);
        app.post("admin", "/api/v1/questionnaires", &next).invalid("/questions/0/options", "out_of_range");
        next["questions"][0]["options"] = c01["questionnaire"]["questions"][0]["options"].clone();
        let draft = app.post("admin", "/api/v1/questionnaires", &next).expect(201);
        assert_eq!((draft["number"].as_i64(), draft["state"].as_str()), (Some(2), Some("draft")));
        let d = app.take_in("thd");
        let before = app.send(app.request(Method::GET, &address(&token(&app, &d)))).expect(200);
        assert_ne!(before["questionnaire"]["title"]["vi"], "Phiếu của trung tâm");

        let path = format!("/api/v1/questionnaires/{}", draft["id"].as_str().unwrap());
        next["questions"][0]["show_if"] = json!({ "question": "overall", "any_of": ["1"] });
        app.put_at("admin", &path, 1, &next).invalid("/questions/0/show_if", "unknown_condition");
        next["questions"][0].as_object_mut().unwrap().remove("show_if");
        app.put_at("admin", &path, 1, &next).expect(200);
        app.post_at("admin", &format!("{path}/publications"), 1, &json!({})).refused(412, "version_stale");
        app.post_at("admin", &format!("{path}/publications"), 2, &json!({})).expect(201);
        let asked = app.send(app.request(Method::GET, &address(&token(&app, &app.take_in("thd"))))).expect(200);
        assert_eq!(asked["questionnaire"]["title"]["vi"], "Phiếu của trung tâm");
        // Who was asked before is asked what it was.
        let asked = app.send(app.request(Method::GET, &address(&token(&app, &d)))).expect(200);
        assert_ne!(asked["questionnaire"]["title"]["vi"], "Phiếu của trung tâm");

        let faces = questionnaire(&app, "faces");
        let retire = format!("/api/v1/questionnaires/{}/retirements", faces["id"].as_str().unwrap());
        app.post_at("admin", &retire, 1, &json!({})).refused(409, "questionnaire_in_use");
        assert_eq!(questionnaire(&app, "faces")["state"], "published", "nothing half-done");
    }

    fn a_kiosk_takes_three_faces_slowly_and_a_tablet_whom_it_was_told_to_ask(app) {
        let add = |kind: &str| {
            let body = json!({ "name": format!("Máy {kind}"), "kind": kind });
            app.post("admin", "/api/v1/survey-devices", &body).expect(201)
        };
        app.post("tiepnhan", "/api/v1/survey-devices", &json!({ "name": "x", "kind": "kiosk" })).refused(403, "role_not_allowed");
        let kiosk = add("kiosk");
        let secret = kiosk["secret"].as_str().unwrap();
        let ask = |secret: &str| app.send(app.request(Method::POST, "/api/v1/public/survey-devices/questions").json(&json!({ "secret": secret })));
        let rate = |secret: &str, answers: Value| app.send(
            app.request(Method::POST, "/api/v1/public/survey-devices/answers").json(&json!({ "secret": secret, "answers": answers })));
        assert_eq!(ask(secret).expect(200)["questionnaire"]["code"], "faces");
        ask("0123456789abcdef0123456789abcdef").refused(404, "device_unknown");
        let good = json!([{ "question": "overall", "choices": ["good"] }]);
        assert_eq!(rate(secret, good.clone()).status, 204);
        let busy = rate(secret, good.clone());
        busy.refused(429, "device_busy");
        assert!(busy.header("retry-after").parse::<u64>().unwrap() <= 10);

        let tablet = add("tablet");
        let (id, secret) = (tablet["device"]["id"].as_str().unwrap(), tablet["secret"].as_str().unwrap());
        assert!(ask(secret).expect(200)["questionnaire"].is_null(), "it waits to be called");
        rate(secret, good.clone()).refused(409, "nobody_called");
        let call = format!("/api/v1/survey-devices/{id}/calls");
        let kept = app.take_in("thd");
        app.post("traketqua", &call, &json!({ "dossier_id": kept.id })).refused(404, "not_returned");
        let d = app.journey("thd", Station::Returned);
        app.post("traketqua", &call, &json!({ "dossier_id": d.id })).expect(201);
        assert_eq!(ask(secret).expect(200)["questionnaire"]["code"], "c01");
        let given = answers("5", "5")["answers"].clone();
        assert_eq!(rate(secret, given.clone()).status, 204);
        assert!(ask(secret).expect(200)["questionnaire"].is_null(), "no trace of the last person");
        rate(secret, given).refused(409, "nobody_called");
        app.post("traketqua", &call, &json!({ "dossier_id": d.id })).refused(409, "survey_answered");
        let listed = app.get("tiepnhan", "/api/v1/survey-devices").expect(200);
        assert!(!listed.to_string().contains(secret), "a secret is told once");

        app.post("admin", &format!("/api/v1/survey-devices/{id}/endings"), &json!({})).expect(201);
        ask(secret).refused(404, "device_unknown");
    }

    fn ones_own_words_are_cleared_and_looked_at_before_the_ward_reads_them(app) {
        for i in 0..5 {
            let mut body = answers("2", "2");
            let text = if i == 0 { "Chị Lan ở quầy 2 bắt chờ lâu, gọi 0912345678" } else { "Nên có thêm ghế ngồi" };
            body["answers"].as_array_mut().unwrap().push(json!({ "question": "other", "text": text }));
            answered(&app, &token(&app, &app.take_in("thd")), &body);
        }
        app.at(NEXT_WEEK);
        assert_eq!(kept(&app), 5);
        const REMARKS: &str = "/api/v1/survey-remarks";
        for who in ["lanhdao.thd", "giamdoc", "tiepnhan"] {
            app.get(who, &format!("{REMARKS}?state=held")).refused(403, "role_not_allowed");
        }
        assert_eq!(app.get("lanhdao.thd", REMARKS).expect(200)["items"], json!([]));
        let held = app.get("thanhtra", &format!("{REMARKS}?state=held")).expect(200);
        let held = held["items"].as_array().unwrap();
        assert_eq!(held.len(), 5);
        let named = held.iter().find(|r| r["text"].as_str().unwrap().contains("quầy")).unwrap();
        assert_eq!(named["text"], "Chị ▮▮▮ ở quầy 2 bắt chờ lâu, gọi ▮▮▮");
        let screen = |r: &Value, body: Value| {
            let path = format!("{REMARKS}/{}/screenings", r["id"].as_str().unwrap());
            app.post_at("thanhtra", &path, 1, &body)
        };
        screen(named, json!({ "open": true, "text": "Phải chờ lâu" })).expect(201);
        screen(named, json!({ "open": true })).refused(412, "version_stale");
        let other = held.iter().find(|r| r["id"] != named["id"]).unwrap();
        screen(other, json!({ "open": false })).expect(201);
        let told = app.get("lanhdao.thd", REMARKS).expect(200);
        assert_eq!(told["items"].as_array().unwrap().len(), 1);
        assert_eq!(told["items"][0]["text"], "Phải chờ lâu");
        assert_eq!(app.get("lanhdao.cn", REMARKS).expect(200)["items"], json!([]), "another ward's");
        // Dropped for good.
        let mut db = app.database.open();
        let dropped = rows(&mut db, "SELECT text AS a, NULL AS b, 0 AS n FROM survey_remarks WHERE state = 'dropped'");
        assert_eq!(dropped[0].a.as_deref(), Some(""));
        // Texts are cut from their answers.
        let answers = rows(&mut db, "SELECT answers AS a, NULL AS b, 0 AS n FROM survey_answers");
        assert!(answers.iter().all(|r| !r.a.as_deref().unwrap().contains("ghế")));
    }

    fn a_sample_is_drawn_again_the_same_and_asked_by_nobody_of_the_ward(app) {
        for ward in ["thd", "thd", "thd", "cn", "cn", "ht"] {
            app.journey(ward, Station::Completed);
        }
        let body = json!({
            "questionnaire_code": "sipas", "first_day": "2026-03-01", "last_day": "2026-03-02",
            "margin_basis_points": 3000, "seed": "2026-Q1"
        });
        app.post("thanhtra", "/api/v1/survey-samples", &body).invalid("/last_day", "out_of_range");
        app.at("2026-03-10T08:00:00+07:00");
        let body = json!({
            "questionnaire_code": "sipas", "first_day": "2026-03-01", "last_day": "2026-03-09",
            "margin_basis_points": 3000, "seed": "2026-Q1"
        });
        app.post("tiepnhan", "/api/v1/survey-samples", &body).refused(403, "role_not_allowed");
        let mut empty = body.clone();
        empty["first_day"] = json!("2026-01-01");
        empty["last_day"] = json!("2026-01-31");
        app.post("thanhtra", "/api/v1/survey-samples", &empty).invalid("/population", "out_of_range");
        let mut large = body.clone();
        large["sample_size"] = json!(7);
        app.post("thanhtra", "/api/v1/survey-samples", &large).refused(422, "sample_larger_than_population");

        let one = app.post("thanhtra", "/api/v1/survey-samples", &body).expect(201);
        assert_eq!((one["population"].as_i64(), one["size"].as_i64()), (Some(6), Some(4)));
        let two = app.post("giamdoc", "/api/v1/survey-samples", &body).expect(201);
        let units = |s: &Value| {
            let path = format!("/api/v1/survey-samples/{}/units", s["id"].as_str().unwrap());
            app.get("thanhtra", &path).expect(200)["items"].as_array().unwrap().clone()
        };
        assert_eq!(units(&one), units(&two), "the same seed draws the same");
        let mut other = body.clone();
        other["seed"] = json!("another");
        other["sample_size"] = json!(3);
        app.post("thanhtra", "/api/v1/survey-samples", &other).expect(201);

        let list = units(&one);
        let main: Vec<&Value> = list.iter().filter(|u| u["reserve"] == false).collect();
        assert_eq!(main.len(), 4);
        assert!(list.iter().all(|u| !u["owner_name"].as_str().unwrap().contains("Văn An")), "masked");
        let close = |who: &str, u: &Value, body: Value| {
            let path = format!("/api/v1/survey-samples/{}/units/{}/outcomes", one["id"].as_str().unwrap(), u["place"]);
            app.post(who, &path, &body)
        };
        close("lanhdao.thd", main[0], json!({ "outcome": "refused" })).refused(403, "role_not_allowed");
        let given = json!([{ "question": "overall", "choices": ["4"] }]);
        close("thanhtra", main[0], json!({ "outcome": "telephone", "answers": [] })).invalid("/answers", "required");
        close("thanhtra", main[0], json!({ "outcome": "telephone", "answers": given })).expect(201);
        close("thanhtra", main[0], json!({ "outcome": "paper", "answers": given })).refused(409, "unit_done");
        let reserve = list.iter().find(|u| u["reserve"] == true).unwrap();
        close("thanhtra", reserve, json!({ "outcome": "refused" })).refused(409, "reserve_not_needed");
        let beside = main.iter().find(|u| u["authority_id"] == reserve["authority_id"] && u["state"] == "waiting" && u["place"] != main[0]["place"]).unwrap();
        close("thanhtra", beside, json!({ "outcome": "not_reached" })).expect(201);
        close("thanhtra", reserve, json!({ "outcome": "paper", "answers": given })).expect(201);
        let told = app.get("giamdoc", &format!("/api/v1/survey-samples/{}", one["id"].as_str().unwrap())).expect(200);
        let n = |reserve: bool, state: &str| told["tally"].as_array().unwrap().iter()
            .find(|t| t["reserve"] == reserve && t["state"] == state).map_or(0, |t| t["n"].as_i64().unwrap());
        assert_eq!((n(false, "answered"), n(false, "not_reached"), n(true, "answered")), (1, 1, 1));
        let mut db = app.database.open();
        assert_eq!(table_sizes(&mut db)["survey_pending"], 2);
    }

    fn what_is_counted_about_an_officer_is_the_officers_and_the_directors(app) {
        for i in 0..6 {
            answered(&app, &token(&app, &app.take_in("thd")), &answers("5", if i == 0 { "1" } else { "5" }));
        }
        app.at(NEXT_WEEK);
        assert_eq!(kept(&app), 6);
        let own = "/api/v1/me/survey-results?quarter=2026-Q1";
        assert_eq!(app.get("tiepnhan", own).expect(200)["results"], json!([]), "the quarter is not over");
        app.at("2026-04-06T07:00:00+07:00");
        kept(&app);
        let told = app.get("tiepnhan", own).expect(200);
        let result = &told["results"][0];
        assert_eq!(result["question"]["id"], "attitude");
        assert_eq!(result["counts"], json!([{ "choice": "1", "n": 1 }, { "choice": "5", "n": 5 }]));
        assert_eq!(result["satisfied"]["percent"], 83.33);
        assert_eq!(app.get("thuly.thd", own).expect(200)["results"], json!([]), "not another's");
        let all = "/api/v1/survey-officer-results?quarter=2026-Q1";
        assert_eq!(app.get("giamdoc", all).expect(200)["results"].as_array().unwrap().len(), 1);
        app.get("lanhdao.thd", all).refused(403, "role_not_allowed");
        let mut db = app.database.open();
        assert_eq!(table_sizes(&mut db)["survey_officer_parts"], 0);
    }

    fn the_page_on_a_telephone_is_answered_without_a_script(app) {
        let token = token(&app, &app.take_in("thd"));
        let page = format!("/s/{token}");
        let get = |path: &str| {
            let answer = app.request(Method::GET, path).send().unwrap();
            (answer.status().as_u16(), answer.headers().clone(), answer.text().unwrap())
        };
        let (status, headers, html) = get(&page);
        assert_eq!((status, headers["cache-control"].to_str().unwrap()), (200, "no-store"));
        assert!(html.len() < 50_000 && !html.contains("<script"));
        assert!(html.contains("Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo"));
        assert!(get(&format!("{page}?lang=en")).2.contains("All in all"));
        let post = |form: &[(&str, &str)]| {
            let answer = app.request(Method::POST, &page).form(form).send().unwrap();
            (answer.status().as_u16(), answer.text().unwrap())
        };
        let (status, html) = post(&[("overall", "5"), ("other", "<b>")]);
        assert_eq!(status, 422);
        assert!(html.contains("Vui lòng trả lời câu") && html.contains("&lt;b&gt;") && html.contains("checked"));
        let whole = [("result_time", "earlier"), ("attitude", "5"), ("overall", "5"), ("online", "1"), ("bodies", "")];
        let (status, html) = post(&whole);
        assert_eq!(status, 200, "{html}");
        assert!(html.contains("Cảm ơn"));
        assert_eq!(post(&whole).0, 409);
        assert_eq!(get(&page).0, 409);
        assert_eq!(get("/s/AAAAAAAAAAAAAAAAAAAAAA").0, 404);
    }

    fn a_mail_at_the_hand_back_carries_the_link_that_the_receipt_carries(app, Options::with(&[
        ("RATE_LIMIT", "off"), ("PUBLIC_URL", "https://motcua.example.vn/"),
    ])) {
        let d = app.journey("thd", Station::Returned);
        let begun = std::time::Instant::now();
        let body = loop {
            let sent = app.get("", "/api/v1/test/sent-messages").expect(200);
            let sent = sent["items"].as_array().unwrap();
            let found = sent.iter().find(|m| m["channel"] == "mail" && m["body"].as_str().unwrap().contains("/s/")).cloned();
            if let Some(found) = found {
                break found["body"].as_str().unwrap().to_owned();
            }
            assert!(begun.elapsed().as_secs() < 20, "nobody is told");
            std::thread::sleep(std::time::Duration::from_millis(100));
        };
        let (_, rest) = body.split_once("https://motcua.example.vn/s/").expect("the mail asks");
        let token: String = rest.chars().take(22).collect();
        let asked = app.send(app.request(Method::GET, &address(&token))).expect(200);
        assert_eq!(asked["occasion"], "return");
        answered(&app, &token, &answers("5", "5"));
        // The receipt's code is the same right.
        let receipt = format!("/api/v1/dossiers/{}/return-receipt/document.pdf", d.id);
        assert_eq!(app.as_person("traketqua", Method::GET, &receipt).send().unwrap().status(), 200);
        let mut db = app.database.open();
        assert_eq!(table_sizes(&mut db)["survey_invitations"], 1);
    }

    fn answers_are_kept_by_the_server_itself_when_the_week_is_over(app) {
        for _ in 0..5 {
            answered(&app, &token(&app, &app.take_in("thd")), &answers("5", "5"));
        }
        app.at(NEXT_WEEK);
        let thd = app.authority("thd");
        let begun = std::time::Instant::now();
        while slice(&results(&app, "c01", "2026-Q1"), Some(&thd), None).is_none() {
            assert!(begun.elapsed().as_secs() < 20, "nothing is kept");
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
    }
}
