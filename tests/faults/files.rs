//! A server that is killed among uploads, to its folder and to a bucket: each file is there whole with its row, or
//! neither is; strays are swept and nothing that is needed; a copy carries the files; a byte that changed is found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use motcua_gateway::files::{BucketSettings, FileStore};
use motcua_tests::bucket::{FakeBucket, key_of};
use motcua_tests::file::{long_pdf, pdf, sha256};
use motcua_tests::{Database, Kind};
use reqwest::blocking::Client;
use serde_json::Value;

use crate::program::{self, Program, Reply, intake};
use crate::rounds;

fn dossier(program: &Program, token: &str) -> String {
    let body = intake(program, token);
    let made = program::post(&program.base, token, None, "/api/v1/dossiers", &body);
    let Reply::Answer(201, made) = made else {
        panic!("{made:?}");
    };
    made["id"].as_str().unwrap().to_owned()
}

/// Sends a file; its row, if an answer came.
fn send(base: &str, token: &str, dossier: &str, bytes: Vec<u8>) -> Option<(u16, Value)> {
    let response = Client::builder()
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
        .post(format!(
            "{base}/api/v1/dossiers/{dossier}/components/to_khai/files"
        ))
        .bearer_auth(token)
        .header("content-type", "application/pdf")
        .header("content-disposition", "attachment; filename=\"a.pdf\"")
        .body(bytes)
        .send()
        .ok()?;
    let status = response.status().as_u16();
    Some((status, response.json().ok()?))
}

fn place(database: &Database, sha256: &str) -> PathBuf {
    database
        .folder
        .join("files/sha256")
        .join(sha256.chars().take(2).collect::<String>())
        .join(sha256)
}

fn kept(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                kept(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// As if it had been written two days ago.
fn aged(path: &Path) {
    let then = SystemTime::now() - Duration::from_secs(48 * 3600);
    let file = std::fs::File::options().append(true).open(path).unwrap();
    file.set_modified(then).unwrap();
}

/// Kills the server among uploads, again and again; what it acknowledged, and whose it is.
fn storm(
    database: &Database,
    settings: &[(&str, &str)],
    held: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> BTreeMap<String, String> {
    let mut program = Program::start_with(database, settings);
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..rounds() {
        let token = program.sign_in("tiepnhan");
        let dossiers: Vec<String> = (0..4).map(|_| dossier(&program, &token)).collect();
        let sent: Mutex<BTreeMap<String, String>> = Mutex::default();
        let gone = AtomicBool::new(false);
        let base = program.base.clone();
        std::thread::scope(|scope| {
            for (client, dossier) in dossiers.iter().enumerate() {
                let (base, token, sent, gone) = (&base, &token, &sent, &gone);
                scope.spawn(move || {
                    for n in 0..40 {
                        if gone.load(Ordering::Relaxed) {
                            return;
                        }
                        let bytes = long_pdf(&format!("{round} {client} {n}"), 400_000);
                        let digest = sha256(&bytes);
                        match send(base, token, dossier, bytes) {
                            Some((201, row)) => {
                                assert_eq!(row["sha256"], digest.as_str());
                                sent.lock().unwrap().insert(digest, dossier.clone());
                            }
                            Some((503, _)) => {}
                            Some(other) => panic!("{other:?}"),
                            None => return,
                        }
                    }
                });
            }
            // A slow machine has kept nothing yet; then some moment of what comes next.
            let begun = Instant::now();
            while sent.lock().unwrap().is_empty() && begun.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(10));
            }
            std::thread::sleep(Duration::from_millis(round * 211 % 900));
            program.kill();
            gone.store(true, Ordering::Relaxed);
        });
        acknowledged.extend(sent.into_inner().unwrap());
        // Rows without their file, or with half of it, are what verify finds.
        assert_eq!(
            program::verify_with(database, settings),
            (0, String::new()),
            "{round}"
        );
        program = Program::start_with(database, settings);
        let token = program.sign_in("tiepnhan");
        for (digest, dossier) in &acknowledged {
            let path = format!("/api/v1/dossiers/{dossier}/components/to_khai/files/{digest}");
            let row = program.get(&token, &path);
            assert_eq!(row["sha256"], digest.as_str(), "round {round}");
            assert_eq!(sha256(&held(digest).unwrap()), *digest);
        }
    }
    assert!(acknowledged.len() > 5, "only {}", acknowledged.len());
    program.kill();
    acknowledged
}

fn killed(kind: Kind) {
    let database = Database::demo(kind);
    let acknowledged = storm(&database, &[], &|digest| {
        std::fs::read(place(&database, digest)).ok()
    });
    // What the kills left lying about, and something as old as that which is needed.
    let needed: Vec<String> = acknowledged.keys().take(3).cloned().collect();
    for path in kept(&database.folder.join("files")) {
        aged(&path);
    }
    let stray = long_pdf("không ai cần", 1000);
    let stray = place(&database, &sha256(&stray));
    std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
    std::fs::write(&stray, "half").unwrap();
    aged(&stray);
    let young = place(&database, &sha256(b"just now"));
    std::fs::create_dir_all(young.parent().unwrap()).unwrap();
    std::fs::write(&young, "just now").unwrap();
    let coming = database.folder.join("files/incoming/0198-left#1");
    std::fs::write(&coming, "left").unwrap();
    aged(&coming);
    let program = Program::start(&database);
    let swept = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        !stray.exists() && !coming.exists()
    });
    assert!(swept, "{kind:?}: strays are left");
    assert!(young.exists(), "what is young may be an upload under way");
    for digest in &needed {
        assert!(place(&database, digest).exists(), "{digest} was needed");
    }
    drop(program);
    assert_eq!(program::verify(&database), (0, String::new()));
    for digest in acknowledged.keys() {
        assert!(place(&database, digest).exists(), "{digest} was needed");
    }
}

#[test]
fn a_file_is_whole_with_its_row_or_neither_is_there_on_sqlite() {
    killed(Kind::Sqlite);
}

#[test]
fn a_file_is_whole_with_its_row_or_neither_is_there_on_postgres() {
    killed(Kind::Postgres);
}

fn killed_with_a_bucket(kind: Kind) {
    let database = Database::demo(kind);
    let bucket = FakeBucket::start();
    let named: Vec<(String, &str)> = bucket
        .settings()
        .map(|(name, value)| (format!("MOTCUA_{name}"), value))
        .to_vec();
    let settings: Vec<(&str, &str)> = named.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    let acknowledged = storm(&database, &settings, &|digest| bucket.get(&key_of(digest)));
    // What was put there and lost its row to a kill counts for nothing; a sweep finds it by its age.
    let stray = long_pdf("không ai cần", 1000);
    bucket.put(&key_of(&sha256(&stray)), stray.clone());
    let store = FileStore::in_bucket(
        &database.folder.join("files"),
        &BucketSettings {
            name: FakeBucket::NAME.to_owned(),
            endpoint: bucket.endpoint.clone(),
            region: "us-east-1".to_owned(),
            key: "k".to_owned(),
            secret: "s".to_owned(),
        },
    )
    .unwrap();
    let (past, future) = (
        SystemTime::now() - Duration::from_secs(3600),
        SystemTime::now() + Duration::from_secs(3600),
    );
    assert!(
        store.kept_before(past).unwrap().is_empty(),
        "nothing is old"
    );
    let kept = store.kept_before(future).unwrap();
    assert!(kept.contains(&sha256(&stray)));
    for digest in acknowledged.keys() {
        assert!(kept.contains(digest), "{digest} is not listed");
    }
    assert!(!store.remove_older(&sha256(&stray), past).unwrap());
    assert!(store.remove_older(&sha256(&stray), future).unwrap());
    assert!(bucket.get(&key_of(&sha256(&stray))).is_none());
    assert!(
        !store.remove_older(&sha256(&stray), future).unwrap(),
        "it is gone"
    );
    drop(store);
    // A byte that changed there is found, and what is gone.
    let (digest, _) = acknowledged.first_key_value().unwrap();
    let mut bytes = bucket.get(&key_of(digest)).unwrap();
    bytes[40] ^= 1;
    bucket.put(&key_of(digest), bytes);
    let (code, said) = program::verify_with(&database, &settings);
    assert!(
        code == 1 && said.contains("file_altered") && said.contains(digest),
        "{said}"
    );
    bucket.remove(&key_of(digest));
    let (code, said) = program::verify_with(&database, &settings);
    assert!(
        code == 1 && said.contains("file_missing") && said.contains(digest),
        "{said}"
    );
}

#[test]
fn a_file_is_whole_in_a_bucket_with_its_row_or_has_none_on_sqlite() {
    killed_with_a_bucket(Kind::Sqlite);
}

#[test]
fn a_file_is_whole_in_a_bucket_with_its_row_or_has_none_on_postgres() {
    killed_with_a_bucket(Kind::Postgres);
}

#[test]
fn a_copy_carries_the_files_and_verify_finds_what_changed() {
    for kind in Kind::BOTH {
        let database = Database::demo(kind);
        let program = Program::start(&database);
        let token = program.sign_in("tiepnhan");
        let id = dossier(&program, &token);
        let bytes = pdf("bản sao lưu");
        let digest = sha256(&bytes);
        assert_eq!(
            send(&program.base, &token, &id, bytes.clone()).unwrap().0,
            201
        );
        std::fs::write(database.folder.join("files/incoming/half#1"), "half").unwrap();
        let copy = database.folder.join("copy.tar.gz");
        let (code, said) = program::run(&database, &["backup", copy.to_str().unwrap()], "");
        assert_eq!(code, 0, "{said}");
        drop(program);
        for to in Kind::BOTH {
            let other = Database::empty(to);
            let (code, said) = program::run(&other, &["restore", copy.to_str().unwrap()], "");
            assert_eq!(code, 0, "{kind:?} to {to:?}: {said}");
            assert_eq!(program::verify(&other), (0, String::new()));
            let there = place(&other, &digest);
            assert_eq!(std::fs::read(&there).unwrap(), bytes);
            assert!(!other.folder.join("files/incoming/half#1").exists());
            // One byte of it, then all of it.
            let mut changed = bytes.clone();
            changed[40] ^= 1;
            std::fs::write(&there, &changed).unwrap();
            let (code, said) = program::verify(&other);
            assert!(
                code == 1 && said.contains("file_altered") && said.contains(&digest),
                "{said}"
            );
            std::fs::remove_file(&there).unwrap();
            let (code, said) = program::verify(&other);
            assert!(
                code == 1 && said.contains("file_missing") && said.contains(&digest),
                "{said}"
            );
            // The same bytes brought again heal it.
            let program = Program::start(&other);
            let token = program.sign_in("tiepnhan");
            assert_eq!(
                send(&program.base, &token, &id, bytes.clone()).unwrap().0,
                200
            );
            drop(program);
            assert_eq!(program::verify(&other), (0, String::new()));
        }
    }
}
