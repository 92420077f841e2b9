//! The real program, killed in the middle of its work: what it acknowledged is there, whole.
//!
//! Five kills on each database; fifty with `MOTCUA_PROVE=1`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod backup;
mod bank;
mod files;
mod money;
mod older;
mod program;
mod surveys;
mod sweeper;
mod tls;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use motcua_tests::{Database, Kind};
use program::{Program, Reply, intake};
use serde_json::Value;

const CLIENTS: usize = 8;

/// What an acknowledged dossier must still say, whatever happened since.
const PROMISED: [&str; 9] = [
    "code",
    "due_at",
    "accepted_at",
    "version",
    "owner",
    "components",
    "fees",
    "letters",
    "state",
];

fn rounds() -> u64 {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => 50,
        _ => 5,
    }
}

/// What the clients of a storm know: each key sent, and the answer if one came.
type Sent = Mutex<BTreeMap<String, Option<Value>>>;

/// Lets clients take dossiers in until the program is gone, and kills it after a while.
fn storm(program: &mut Program, round: u64, sent: &Sent) {
    let token = program.sign_in("tiepnhan");
    let body = intake(program, &token);
    let gone = AtomicBool::new(false);
    let base = program.base.clone();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (base, token, body, gone) = (&base, &token, &body, &gone);
            scope.spawn(move || {
                for n in 0.. {
                    if gone.load(Ordering::Relaxed) {
                        return;
                    }
                    let key = format!("r{round}-c{client}-{n}");
                    sent.lock().unwrap().insert(key.clone(), None);
                    match program::post(base, token, Some(&key), "/api/v1/dossiers", body) {
                        Reply::Answer(201, answer) => {
                            sent.lock().unwrap().insert(key, Some(answer));
                        }
                        Reply::Answer(503, _) => {}
                        Reply::Answer(status, answer) => panic!("{status}: {answer}"),
                        Reply::Nothing => return,
                    }
                }
            });
        }
        // Another moment each time: before, within and after the first commits and checkpoints.
        std::thread::sleep(Duration::from_millis(120 + round * 173 % 900));
        program.kill();
        gone.store(true, Ordering::Relaxed);
    });
}

fn killed(kind: Kind) {
    let database = Database::demo(kind);
    let mut acknowledged = 0;
    let mut program = Program::start(&database);
    for round in 0..rounds() {
        let sent = Sent::default();
        storm(&mut program, round, &sent);
        let sent = sent.into_inner().unwrap();
        let (code, findings) = program::verify(&database);
        assert_eq!((code, findings.as_str()), (0, ""), "round {round}");
        program = Program::start(&database);
        let token = program.sign_in("tiepnhan");
        let body = intake(&program, &token);
        let mut ids = BTreeSet::new();
        for (key, answer) in &sent {
            // Sent again, each request is answered as it was, or done now for the first time.
            let Reply::Answer(status, again) =
                program::post(&program.base, &token, Some(key), "/api/v1/dossiers", &body)
            else {
                panic!("round {round}: no answer to {key}");
            };
            assert_eq!(status, 201, "round {round}: {again}");
            let id = again["id"].as_str().unwrap().to_owned();
            assert!(
                ids.insert(id.clone()),
                "round {round}: {key} made no dossier of its own"
            );
            let Some(answer) = answer else { continue };
            acknowledged += 1;
            assert_eq!(&again, answer, "round {round}: another answer to {key}");
            let found = program.get(&token, &format!("/api/v1/dossiers/{id}"));
            for member in PROMISED {
                assert_eq!(
                    found[member], answer[member],
                    "round {round}: {member} of {id}"
                );
            }
            assert_eq!(found["components"].as_array().unwrap().len(), 1);
            let lines = program.get(&token, &format!("/api/v1/dossiers/{id}/timeline"));
            assert_eq!(
                lines["items"].as_array().unwrap().len(),
                1,
                "round {round}: {id}"
            );
        }
    }
    program.kill();
    assert!(
        acknowledged > 20,
        "only {acknowledged} dossiers: that was no storm"
    );
    let (code, findings) = program::verify(&database);
    assert_eq!((code, findings.as_str()), (0, ""));
}

#[test]
fn what_was_acknowledged_survives_a_kill_on_sqlite() {
    killed(Kind::Sqlite);
}

#[test]
fn what_was_acknowledged_survives_a_kill_on_postgres() {
    killed(Kind::Postgres);
}

#[test]
fn told_to_stop_it_answers_what_is_under_way() {
    for kind in Kind::BOTH {
        let database = Database::demo(kind);
        let mut program = Program::start(&database);
        // Signing in is slow on purpose, and two at a time: most of these wait their turn.
        let mut asked: Vec<_> = (0..16).map(|_| program.begin_sign_in("tiepnhan")).collect();
        let first = program::finish(asked.remove(0));
        assert!(first.starts_with("HTTP/1.1 200"), "{kind:?}: {first}");
        program.ask_to_stop();
        for stream in asked {
            let answer = program::finish(stream);
            assert!(answer.starts_with("HTTP/1.1 200"), "{kind:?}: {answer}");
            assert!(answer.contains("access_token"), "{kind:?}: {answer}");
        }
        let begun = Instant::now();
        let code = program.wait();
        assert_eq!(code, Some(0), "{kind:?}: it ends well");
        assert!(begun.elapsed() < Duration::from_secs(20));
        let (code, findings) = program::verify(&database);
        assert_eq!((code, findings.as_str()), (0, ""));
    }
}

#[test]
fn a_change_of_the_calendar_begun_before_a_kill_is_carried_after_it() {
    for kind in Kind::BOTH {
        let database = Database::demo(kind);
        let mut program = Program::start(&database);
        let token = program.sign_in("tiepnhan");
        let body = intake(&program, &token);
        let mut taken = Vec::new();
        for _ in 0..30 {
            let made = program::post(&program.base, &token, None, "/api/v1/dossiers", &body);
            let Reply::Answer(201, dossier) = made else {
                panic!("{made:?}");
            };
            taken.push(dossier);
        }
        let admin = program.sign_in("admin");
        let due = taken[0]["due_at"].as_str().unwrap();
        let due = due.split('T').next().unwrap();
        let change = serde_json::json!({
            "source": "Công văn số 12/UBND-VP", "name": "Nghỉ hoán đổi", "days_off": [due]
        });
        let entered = program::post(
            &program.base,
            &admin,
            None,
            "/api/v1/calendar/changes",
            &change,
        );
        assert!(
            matches!(entered, Reply::Answer(201, _)),
            "{kind:?}: {entered:?}"
        );
        program.kill();
        drop(program);
        let program = Program::start(&database);
        let admin = program.sign_in("admin");
        let carried = (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            let versions = program.get(&admin, "/api/v1/calendar/versions");
            versions["items"][0]["carried"]["finished_at"].is_string()
        });
        assert!(
            carried,
            "{kind:?}: what the kill cut off is not gone on with"
        );
        let token = program.sign_in("tiepnhan");
        for dossier in &taken {
            let id = dossier["id"].as_str().unwrap();
            let now = program.get(&token, &format!("/api/v1/dossiers/{id}"));
            assert_ne!(
                now["due_at"], dossier["due_at"],
                "{kind:?}: {id} was left behind"
            );
            assert_eq!(now["due_at_original"], dossier["due_at"]);
            assert_eq!(now["version"], 2, "{kind:?}: {id} was rolled once");
        }
        drop(program);
        assert_eq!(program::verify(&database), (0, String::new()));
    }
}

#[test]
fn verify_tells_findings_line_by_line_and_by_its_exit() {
    for kind in Kind::BOTH {
        let database = Database::demo(kind);
        let mut program = Program::start(&database);
        let token = program.sign_in("tiepnhan");
        let body = intake(&program, &token);
        for _ in 0..3 {
            let made = program::post(&program.base, &token, None, "/api/v1/dossiers", &body);
            assert!(matches!(made, Reply::Answer(201, _)), "{made:?}");
        }
        // It may be asked while the program serves.
        assert_eq!(program::verify(&database), (0, String::new()));
        program.kill();
        database.execute("UPDATE audit_entries SET action = 'nothing' WHERE seq = 14");
        let (code, findings) = program::verify(&database);
        assert_eq!(code, 1);
        for line in findings.lines() {
            let finding: Value = serde_json::from_str(line).expect("one JSON object a line");
            assert!(finding["code"].is_string());
        }
        assert!(findings.contains("audit_entry_altered"), "{findings}");
    }
}

#[test]
fn a_ward_is_set_up_from_a_file_once() {
    for kind in Kind::BOTH {
        let database = Database::empty(kind);
        let run = |arguments: &[&str], input: &str| program::run(&database, arguments, input);
        if kind == Kind::Postgres {
            assert_eq!(run(&["migrate"], "").0, 0);
        }
        // The example that it prints is a file that it takes.
        let (code, example) = run(&["setup"], "");
        assert_eq!(code, 0, "{example}");
        let file = database.folder.join("ward.toml");
        std::fs::write(&file, &example).unwrap();
        let file = file.to_str().unwrap();
        let (code, said) = run(&["setup", file], "ngan\n");
        assert!(
            code != 0 && said.contains("/administrator/password"),
            "{said}"
        );
        let (code, said) = run(&["setup", file], "MatKhau#Dau2026\n");
        assert_eq!(code, 0, "{said}");
        let (code, said) = run(&["setup", file], "MatKhau#Dau2026\n");
        assert!(code != 0 && said.contains("set up already"), "{said}");
        assert_eq!(run(&["verify"], ""), (0, String::new()));
        std::fs::write(file, example.replace("e_code", "ma_dinh_danh")).unwrap();
        let (code, said) = run(&["setup", file], "MatKhau#Dau2026\n");
        assert!(code != 0 && said.contains("ma_dinh_danh"), "{said}");
    }
}
