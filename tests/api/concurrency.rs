//! Many at once.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Answer, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const CLIENTS: usize = 16;
const EACH: usize = 15;

on_both! {
    fn sixteen_clients_get_codes_without_gap_or_repeat(app) {
        app.authority("thd");
        let start = Barrier::new(CLIENTS);
        let answers: Vec<Value> = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|n| {
                    let (app, start) = (&app, &start);
                    scope.spawn(move || {
                        // Two wards, one receiving centre: one series of codes, two of letters.
                        let body = app.intake(if n % 2 == 0 { "thd" } else { "cn" });
                        start.wait();
                        (0..EACH).map(|_| app.send_in(&body).expect(201)).collect::<Vec<_>>()
                    })
                })
                .collect();
            clients.into_iter().flat_map(|c| c.join().unwrap()).collect()
        });
        let total = CLIENTS * EACH;
        assert_eq!(answers.len(), total);
        let codes: BTreeSet<&str> = answers.iter().map(|a| a["code"].as_str().unwrap()).collect();
        let wanted: Vec<String> = (1..=total).map(|n| format!("H26.14.100-260302-{n:04}")).collect();
        assert_eq!(codes, wanted.iter().map(String::as_str).collect());
        for ward in ["thd", "cn"] {
            let numbers: BTreeSet<i64> = answers
                .iter()
                .filter(|a| a["authority"]["code"] == ward)
                .map(|a| a["letters"][0]["number"].as_i64().unwrap())
                .collect();
            let half = i64::try_from(total / 2).unwrap();
            assert_eq!(numbers, (1..=half).collect(), "{ward}");
        }
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn verifying_finds_nothing_while_people_go_on_working(app) {
        app.authority("thd");
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let working = scope.spawn(|| {
                for _ in 0..60 {
                    app.send_in(&app.intake("thd")).expect(201);
                }
                done.store(true, Ordering::SeqCst);
            });
            while !done.load(Ordering::SeqCst) && !working.is_finished() {
                assert_eq!(app.verify(), Vec::<Value>::new());
            }
        });
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn one_key_sent_fifty_times_at_once_makes_one_dossier(app) {
        let body = app.intake("thd");
        let start = Barrier::new(50);
        let answers: Vec<Answer> = thread::scope(|scope| {
            let clients: Vec<_> = (0..50)
                .map(|_| {
                    let (app, start, body) = (&app, &start, &body);
                    scope.spawn(move || {
                        let request = app
                            .as_person("tiepnhan", Method::POST, "/api/v1/dossiers")
                            .header("idempotency-key", "one")
                            .json(body);
                        start.wait();
                        app.send(request)
                    })
                })
                .collect();
            clients.into_iter().map(|c| c.join().unwrap()).collect()
        });
        let first = &answers[0];
        for answer in &answers {
            assert_eq!((answer.status, &answer.text), (201, &first.text));
            assert_eq!(answer.header("etag"), first.header("etag"));
            assert_eq!(answer.header("location"), first.header("location"));
        }
        let fresh = answers.iter().filter(|a| a.header("idempotency-replayed").is_empty()).count();
        assert_eq!(fresh, 1);
        let list = app.get("tiepnhan", "/api/v1/dossiers").expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn of_many_officers_at_one_version_exactly_one_is_first(app) {
        for _ in 0..5 {
            let d = app.journey("thd", Station::WithLeader);
            app.token("lanhdao.thd");
            app.token("thuly.thd");
            let start = Barrier::new(8);
            let mut statuses: Vec<u16> = thread::scope(|scope| {
                let people: Vec<_> = (0..8)
                    .map(|n| {
                        let (app, start, d) = (&app, &start, &d);
                        scope.spawn(move || {
                            start.wait();
                            if n % 2 == 0 {
                                app.try_act("lanhdao.thd", d, "decisions", &body_of("decisions")).status
                            } else {
                                app.try_act("tiepnhan", d, "withdrawals", &body_of("withdrawals")).status
                            }
                        })
                    })
                    .collect();
                people.into_iter().map(|p| p.join().unwrap()).collect()
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 412, 412, 412, 412, 412, 412, 412]);
            assert_eq!(app.read("tiepnhan", &d)["version"], d.version + 1);
        }
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn reading_goes_on_while_others_write(app) {
        app.authority("thd");
        for who in ["thuly.thd", "giamdoc"] {
            app.token(who);
        }
        let body = app.intake("thd");
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        app.send_in(&body).expect(201);
                    }
                });
                scope.spawn(|| {
                    for n in 0..40 {
                        let who = if n % 2 == 0 { "thuly.thd" } else { "giamdoc" };
                        let page = app.get(who, "/api/v1/dossiers?limit=20").expect(200);
                        for item in page["items"].as_array().unwrap() {
                            assert!(item["code"].is_string(), "a dossier was seen half-made");
                        }
                    }
                });
            }
        });
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn one_refresh_token_used_at_once_by_two_ends_the_sign_in(app) {
        let signed = app.sign_in("tiepnhan", motcua_tests::PASSWORD);
        let cookie = signed.header("set-cookie").split(';').next().unwrap().to_owned();
        let start = Barrier::new(4);
        let codes: Vec<(u16, String)> = thread::scope(|scope| {
            let two: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let request = app
                            .request(Method::POST, "/api/v1/auth/refresh")
                            .header("cookie", &cookie)
                            .header("x-motcua-client", "spa");
                        start.wait();
                        let answer = app.send(request);
                        (answer.status, answer.code())
                    })
                })
                .collect();
            two.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(codes.iter().filter(|c| c.0 == 200).count(), 1, "{codes:?}");
        assert!(codes.iter().any(|c| c.1 == "refresh_reused"), "{codes:?}");
        let token = signed.expect(200)["access_token"].as_str().unwrap().to_owned();
        let me = app.send(app.request(Method::GET, "/api/v1/me").bearer_auth(token));
        assert_eq!(me.json()["code"], json!("unauthenticated"));
    }

    fn one_user_name_is_given_once(app) {
        app.token("admin");
        let new = json!({
            "username": "mot.minh", "full_name": "Một Mình", "password": "MatKhau#Dau2026",
            "roles": [{ "role": "inspector" }]
        });
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let all: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| app.post("admin", "/api/v1/users", &new).status))
                .collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409]);
    }
}
