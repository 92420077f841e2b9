//! Answers, and a server that is killed among them: each that was acknowledged is kept once; and whoever has the
//! whole database and the server's log cannot say whose any of them is.

use std::fs::File;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use motcua_store::schema::{survey_answers, survey_invitations};
use motcua_tests::{Database, Kind};
use serde_json::{Value, json};

use crate::program::{self, Program, Reply, Thrown, intake};

/// People who answer.
const PEOPLE: usize = 60;
/// How often chance is tried.
const TRIES: usize = 2_000;

fn start(database: &Database, log: &str) -> Program {
    let file = File::options()
        .create(true)
        .append(true)
        .open(database.folder.join(log))
        .unwrap();
    let settings = [
        ("MOTCUA_CLOCK", "2026-03-02T09:00:00+07:00"),
        ("MOTCUA_LOG", "info"),
    ];
    Program::start_into(database, &settings, file)
}

fn token(program: &Program, officer: &str) -> String {
    let body = intake(program, officer);
    let made = program::post(&program.base, officer, None, "/api/v1/dossiers", &body);
    let Reply::Answer(201, dossier) = made else {
        panic!("{made:?}");
    };
    let path = format!(
        "/api/v1/dossiers/{}/reception-slip",
        dossier["id"].as_str().unwrap()
    );
    let slip = program.get(officer, &path);
    let url = slip["survey_url"].as_str().unwrap();
    url.rsplit('/').next().unwrap().to_owned()
}

/// What the `n`th person answers: one of 25 pairs.
fn given(thrown: &mut Thrown) -> (String, String) {
    let step = |t: &mut Thrown| (t.below(5) + 1).to_string();
    (step(thrown), step(thrown))
}

fn answer(program: &Program, token: &str, (overall, attitude): &(String, String)) -> Reply {
    let body = json!({ "answers": [
        { "question": "result_time", "choices": ["on_time"] },
        { "question": "overall", "choices": [overall] },
        { "question": "attitude", "choices": [attitude] },
    ]});
    let path = format!("/api/v1/public/surveys/{token}");
    program::post(&program.base, "", None, &path, &body)
}

/// What is kept, in the order in which the database has it.
fn kept(database: &Database) -> Vec<(String, String)> {
    let mut db = database.open();
    let rows: Vec<String> = survey_answers::table
        .select(survey_answers::answers)
        .load(&mut db)
        .unwrap();
    rows.into_iter()
        .map(|row| {
            let all: Value = serde_json::from_str(&row).unwrap();
            let of = |question: &str| {
                let all = all.as_array().unwrap();
                let found = all.iter().find(|g| g["question"] == question).unwrap();
                found["choices"][0].as_str().unwrap().to_owned()
            };
            (of("overall"), of("attitude"))
        })
        .collect()
}

fn right(a: &[(String, String)], b: &[(String, String)]) -> usize {
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

fn story(kind: Kind) {
    let database = Database::demo(kind);
    let mut program = start(&database, "log");
    let officer = program.sign_in("tiepnhan");
    let tokens: Vec<String> = (0..PEOPLE).map(|_| token(&program, &officer)).collect();
    let mut thrown = Thrown(2026);
    let told: Vec<(String, String)> = (0..PEOPLE).map(|_| given(&mut thrown)).collect();
    for (i, (token, given)) in tokens.iter().zip(&told).enumerate() {
        if i == PEOPLE / 2 {
            program.kill();
            program = start(&database, "log");
        }
        let reply = answer(&program, token, given);
        assert!(matches!(reply, Reply::Answer(204, _)), "{reply:?}");
    }
    for token in &tokens {
        let again = answer(&program, token, &("1".into(), "1".into()));
        assert!(matches!(again, Reply::Answer(409, _)), "{again:?}");
    }
    let now = json!({ "now": "2026-03-09T09:00:00+07:00" });
    let moved = program::post(&program.base, "", None, "/api/v1/test/clock", &now);
    assert!(matches!(moved, Reply::Answer(200, _)), "{moved:?}");
    let begun = Instant::now();
    while kept(&database).len() < PEOPLE {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is kept");
        std::thread::sleep(Duration::from_millis(100));
    }
    program.ask_to_stop();
    program.wait();
    let found = kept(&database);
    let sorted = |all: &[(String, String)]| {
        let mut all = all.to_vec();
        all.sort();
        all
    };
    assert_eq!(sorted(&found), sorted(&told), "each once");
    assert_eq!(program::verify(&database), (0, String::new()));

    // The log names no token, and tells in which order there were answers. Whoever holds that order against
    // the database's is right no more often than whoever guesses.
    let log = std::fs::read_to_string(database.folder.join("log")).unwrap();
    assert!(tokens.iter().all(|t| !log.contains(t.as_str())));
    let lines = log
        .lines()
        .filter(|l| l.contains("POST") && l.contains("/public/surveys/{token}"));
    assert!(lines.count() >= PEOPLE, "the log is there");
    let mut best = 0;
    let mut guess = told.clone();
    for _ in 0..TRIES {
        thrown.shuffle(&mut guess);
        best = best.max(right(&told, &guess));
    }
    let paired = right(&told, &found);
    assert!(paired <= best, "{paired} right by order, by chance {best}");
    let mut backwards = found;
    backwards.reverse();
    assert!(right(&told, &backwards) <= best);
    // Rights used up tell of no order either: all are used.
    let mut db = database.open();
    let unused: i64 = survey_invitations::table
        .filter(survey_invitations::used.eq(false))
        .count()
        .get_result(&mut db)
        .unwrap();
    assert_eq!(unused, 0);
}

#[test]
fn answers_survive_a_kill_and_cannot_be_tied_to_anybody_on_sqlite() {
    story(Kind::Sqlite);
}

#[test]
fn answers_survive_a_kill_and_cannot_be_tied_to_anybody_on_postgres() {
    story(Kind::Postgres);
}
