//! The real program, killed and stopped in the middle of work: nothing it has answered for is lost.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use motcua_tests::{Database, Kind, PASSWORD};
use reqwest::blocking::Client;
use serde_json::{Value, json};

/// Clients that take dossiers in at once.
const CLIENTS: usize = 8;

/// How often the server is killed: a tenth of it in an ordinary run.
fn kills() -> usize {
    if std::env::var_os("MOTCUA_PROVE").is_some() {
        50
    } else {
        5
    }
}

/// The program itself, built before the tests are.
fn binary() -> PathBuf {
    let path = std::env::var_os("MOTCUA_TEST_BINARY").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/debug/motcua"),
        PathBuf::from,
    );
    assert!(
        path.exists(),
        "{} is not there: `cargo build -p motcua-server` makes it",
        path.display()
    );
    path
}

fn program(database: &Database) -> Command {
    let mut command = Command::new(binary());
    command
        .env("MOTCUA_MODE", "demo")
        .env("MOTCUA_DATABASE_URL", &database.url)
        .env("MOTCUA_DATA_DIR", &database.folder)
        .env("MOTCUA_BIND", "127.0.0.1:0")
        .env("MOTCUA_METRICS_BIND", "")
        .env("MOTCUA_RATE_LIMIT", "off")
        .env("MOTCUA_CLOCK", "2026-03-02T09:00:00+07:00")
        .env("MOTCUA_DEMO_HISTORY_DAYS", "0")
        .env("MOTCUA_LOG", "error");
    command
}

/// A running server; killed with this value, should a test fail.
struct Running {
    child: Child,
    base: String,
}

impl Running {
    fn start(database: &Database) -> Self {
        let mut child = program(database)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let base = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|l| {
                l.strip_prefix("motcua: ")
                    .map(|a| a.trim_end_matches('/').to_owned())
            })
            .expect("it says where it listens");
        // Whatever it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, base }
    }

    fn kill(&mut self) {
        // SIGKILL: no handler runs, no buffer is flushed.
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }

    fn terminate(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(30))
        .build()
        .expect("a client")
}

fn sign_in(client: &Client, base: &str, username: &str) -> String {
    let answer: Value = client
        .post(format!("{base}/api/v1/auth/login"))
        .json(&json!({ "username": username, "password": PASSWORD }))
        .send()
        .expect("it answers")
        .json()
        .expect("JSON");
    answer["access_token"].as_str().expect("a token").to_owned()
}

fn get(client: &Client, base: &str, token: &str, path: &str) -> Value {
    let answer = client
        .get(format!("{base}{path}"))
        .bearer_auth(token)
        .send()
        .expect("it answers");
    assert_eq!(answer.status(), 200, "{path}");
    answer.json().expect("JSON")
}

/// A birth to take in, under a key of its own.
fn intake(authority: &str) -> Value {
    json!({
        "procedure_code": "1.004222",
        "authority_id": authority,
        "channel": "counter",
        "owner": { "kind": "citizen", "full_name": "Phạm Thị Bão", "identity_number": "001185012345" },
        "components": [],
        "result_delivery": { "method": "counter" },
    })
}

fn with_components(client: &Client, base: &str, token: &str, mut body: Value) -> Value {
    let procedure = get(client, base, token, "/api/v1/procedures/1.004222");
    body["components"] = procedure["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| json!({ "component_id": c["id"], "originals": 1 }))
        .collect();
    body
}

/// An intake that was answered for: its key and the dossier's id and code.
#[derive(Debug, Clone)]
struct Acknowledged {
    key: String,
    id: String,
    code: String,
}

fn send(client: &Client, base: &str, token: &str, key: &str, body: &Value) -> Option<Acknowledged> {
    let answer = client
        .post(format!("{base}/api/v1/dossiers"))
        .bearer_auth(token)
        .header("idempotency-key", key)
        .json(body)
        .send()
        .ok()?;
    let status = answer.status();
    let body: Value = answer.json().ok()?;
    assert_eq!(status, 201, "{body}");
    Some(Acknowledged {
        key: key.to_owned(),
        id: body["id"].as_str()?.to_owned(),
        code: body["code"].as_str()?.to_owned(),
    })
}

/// Takes dossiers in from all clients until the server is gone; tells what was answered for and what
/// was under way.
fn storm(
    server: &mut Running,
    round: usize,
    last_for: Duration,
) -> (Vec<Acknowledged>, Vec<String>) {
    let client = client();
    let token = sign_in(&client, &server.base, "tiepnhan");
    let authorities = get(&client, &server.base, &token, "/api/v1/authorities");
    let authority = authorities["items"][0]["id"].as_str().unwrap().to_owned();
    let body = with_components(&client, &server.base, &token, intake(&authority));
    let answered = Arc::new(Mutex::new(Vec::new()));
    let open = Arc::new(Mutex::new(Vec::new()));
    let over = Arc::new(AtomicBool::new(false));
    let threads: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let (answered, open, over) = (answered.clone(), open.clone(), over.clone());
            let (client, token, body) = (client.clone(), token.clone(), body.clone());
            let base = server.base.clone();
            std::thread::spawn(move || {
                for i in 0.. {
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                    let key = format!("storm-{round}-{n}-{i}");
                    match send(&client, &base, &token, &key, &body) {
                        Some(a) => answered.lock().unwrap().push(a),
                        None => {
                            open.lock().unwrap().push(key);
                            return;
                        }
                    }
                }
            })
        })
        .collect();
    std::thread::sleep(last_for);
    server.kill();
    over.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().expect("a client ends well");
    }
    let answered = answered.lock().unwrap().clone();
    let open = open.lock().unwrap().clone();
    (answered, open)
}

/// Each of these dossiers is there, whole.
fn all_there(server: &Running, acknowledged: &[Acknowledged]) {
    let client = client();
    let token = sign_in(&client, &server.base, "tiepnhan");
    for a in acknowledged {
        let path = format!("/api/v1/dossiers/{}", a.id);
        let dossier = get(&client, &server.base, &token, &path);
        assert_eq!(dossier["code"], json!(a.code));
        assert_eq!(dossier["state"], "accepted");
        assert!(!dossier["components"].as_array().unwrap().is_empty());
        assert_eq!(dossier["letters"].as_array().unwrap().len(), 1);
        let line = get(&client, &server.base, &token, &format!("{path}/timeline"));
        assert_eq!(line["items"].as_array().unwrap().len(), 1);
    }
}

/// The same key gives the same dossier, whether it was answered before the kill or not.
fn repeats_do_not_double(server: &Running, acknowledged: &[Acknowledged], open: &[String]) {
    let client = client();
    let token = sign_in(&client, &server.base, "tiepnhan");
    let authorities = get(&client, &server.base, &token, "/api/v1/authorities");
    let authority = authorities["items"][0]["id"].as_str().unwrap().to_owned();
    let body = with_components(&client, &server.base, &token, intake(&authority));
    for a in acknowledged.iter().rev().take(CLIENTS) {
        let again = send(&client, &server.base, &token, &a.key, &body).expect("an answer");
        assert_eq!((again.id, again.code), (a.id.clone(), a.code.clone()));
    }
    for key in open {
        let first = send(&client, &server.base, &token, key, &body).expect("an answer");
        let again = send(&client, &server.base, &token, key, &body).expect("an answer");
        assert_eq!(first.id, again.id);
    }
}

fn verified(database: &Database) {
    let output = program(database)
        .arg("verify")
        .output()
        .expect("verify runs");
    assert!(
        output.status.success(),
        "verify found: {}",
        String::from_utf8_lossy(&output.stdout)
    );
}

fn nothing_acknowledged_is_lost(kind: Kind) {
    let database = Database::demo(kind);
    let mut everything = Vec::new();
    let mut server = Running::start(&database);
    for round in 0..kills() {
        // Not always after the same time, so that the kill falls into other moments.
        let last_for = Duration::from_millis(400 + 137 * (round as u64 % 7));
        let (answered, open) = storm(&mut server, round, last_for);
        assert!(!answered.is_empty(), "the storm never began");
        server = Running::start(&database);
        all_there(&server, &answered);
        repeats_do_not_double(&server, &answered, &open);
        everything.extend(answered);
    }
    all_there(&server, &everything);
    let mut codes: Vec<&str> = everything.iter().map(|a| a.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), everything.len(), "a code was given twice");
    server.kill();
    verified(&database);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed_on_sqlite() {
    nothing_acknowledged_is_lost(Kind::Sqlite);
}

#[test]
fn nothing_acknowledged_is_lost_when_the_server_is_killed_on_postgres() {
    nothing_acknowledged_is_lost(Kind::Postgres);
}

#[test]
fn a_server_told_to_stop_ends_its_streams_and_leaves_with_success() {
    let database = Database::demo(Kind::Sqlite);
    let mut server = Running::start(&database);
    let client = client();
    let token = sign_in(&client, &server.base, "giamdoc");
    let stream = client
        .get(format!("{}/api/v1/live", server.base))
        .bearer_auth(&token)
        .send()
        .expect("the stream opens");
    assert_eq!(stream.status(), 200);
    server.terminate();
    // The stream ends by itself: an endless one would hold the stop up for its whole time limit.
    let rest = stream.text();
    assert!(rest.is_ok(), "the stream was cut, not ended");
    let until = Instant::now() + Duration::from_secs(20);
    let status = loop {
        if let Some(status) = server.child.try_wait().expect("its state") {
            break status;
        }
        assert!(Instant::now() < until, "it does not stop");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success());
    verified(&database);
}
