//! A copy taken while everybody writes, put back elsewhere: whole, and with all that was
//! acknowledged before.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use motcua_tests::{Database, Kind};
use serde_json::Value;

use crate::program::{self, Program, Reply, intake};
use crate::{CLIENTS, PROMISED};

/// Dossiers by id, as they were acknowledged.
type Known = BTreeMap<String, Value>;

/// Takes a copy into `file` in the middle of a storm; what was acknowledged before it began.
fn copied_in_a_storm(database: &Database, file: &Path) -> Known {
    let program = Program::start(database);
    let token = program.sign_in("tiepnhan");
    let body = intake(&program, &token);
    let known: Mutex<Known> = Mutex::default();
    let over = AtomicBool::new(false);
    let mut before = Known::new();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (program, token, body, over, known) = (&program, &token, &body, &over, &known);
            scope.spawn(move || {
                for n in 0.. {
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                    let key = format!("c{client}-{n}");
                    let path = "/api/v1/dossiers";
                    match program::post(&program.base, token, Some(&key), path, body) {
                        Reply::Answer(201, answer) => {
                            let id = answer["id"].as_str().unwrap().to_owned();
                            known.lock().unwrap().insert(id, answer);
                        }
                        Reply::Answer(503, _) => {}
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
        std::thread::sleep(Duration::from_millis(800));
        before = known.lock().unwrap().clone();
        let (code, said) = program::run(database, &["backup", file.to_str().unwrap()], "");
        over.store(true, Ordering::Relaxed);
        assert_eq!(code, 0, "{said}");
    });
    let after = known.into_inner().unwrap();
    assert!(!before.is_empty(), "the storm had begun");
    assert!(after.len() > before.len(), "the storm went on meanwhile");
    before
}

fn restored_elsewhere(kind: Kind) {
    let database = Database::demo(kind);
    let file = database.folder.join("copy.tar.gz");
    // What people hand in lies in the data folder as files, in folders within folders.
    let scan = std::path::Path::new("files/ab/cd/quet-01.pdf");
    std::fs::create_dir_all(database.folder.join(scan).parent().unwrap()).unwrap();
    std::fs::write(database.folder.join(scan), [0, 159, 146, 150, 255]).unwrap();
    let before = copied_in_a_storm(&database, &file);
    let keys = std::fs::read_dir(database.folder.join("keys"))
        .unwrap()
        .count();
    assert!(keys > 0);

    // On the same kind of database and on the other.
    for to in Kind::BOTH {
        let other = Database::empty(to);
        let (code, said) = program::run(&other, &["restore", file.to_str().unwrap()], "");
        assert_eq!(code, 0, "{kind:?} to {to:?}: {said}");
        assert_eq!(program::verify(&other), (0, String::new()));
        assert_eq!(
            std::fs::read_dir(other.folder.join("keys"))
                .unwrap()
                .count(),
            keys
        );
        assert_eq!(
            std::fs::read(other.folder.join(scan)).unwrap(),
            [0, 159, 146, 150, 255]
        );
        let program = Program::start(&other);
        let token = program.sign_in("tiepnhan");
        for (id, answer) in &before {
            let found = program.get(&token, &format!("/api/v1/dossiers/{id}"));
            for member in PROMISED {
                assert_eq!(
                    found[member], answer[member],
                    "{kind:?} to {to:?}: {member} of {id}"
                );
            }
        }
        // Work goes on there, and its numbers follow those of the copy.
        let Reply::Answer(201, next) = program::post(
            &program.base,
            &token,
            None,
            "/api/v1/dossiers",
            &intake(&program, &token),
        ) else {
            panic!("no dossier can be taken in");
        };
        assert!(!before.values().any(|d| d["code"] == next["code"]));
        drop(program);
        assert_eq!(program::verify(&other), (0, String::new()));
        // A place that is not empty is left alone.
        let (code, said) = program::run(&other, &["restore", file.to_str().unwrap()], "");
        assert!(code != 0 && said.contains("not empty"), "{said}");
    }
}

#[test]
fn a_copy_taken_in_a_storm_is_restored_elsewhere_from_sqlite() {
    restored_elsewhere(Kind::Sqlite);
}

#[test]
fn a_copy_taken_in_a_storm_is_restored_elsewhere_from_postgres() {
    restored_elsewhere(Kind::Postgres);
}

#[test]
fn a_damaged_archive_restores_nothing_and_a_copy_never_overwrites() {
    let database = Database::demo(Kind::Sqlite);
    let file = database.folder.join("copy.tar.gz");
    let path = file.to_str().unwrap();
    assert_eq!(program::run(&database, &["backup", path], "").0, 0);
    let (code, said) = program::run(&database, &["backup", path], "");
    assert!(code != 0 && said.contains("never overwrites"), "{said}");
    let whole = std::fs::read(&file).unwrap();
    let other = Database::empty(Kind::Sqlite);
    let bad = other.folder.join("bad.tar.gz");
    let middle = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[middle] ^= 0x55;
    for (what, bytes) in [
        ("cut off", &whole[..middle]),
        ("flipped", &flipped[..]),
        ("no archive", b"something else".as_slice()),
        ("empty", b"".as_slice()),
    ] {
        std::fs::write(&bad, bytes).unwrap();
        let (code, said) = program::run(&other, &["restore", bad.to_str().unwrap()], "");
        assert!(code > 0, "{what}: {said}");
        let keys = other.folder.join("keys");
        assert!(
            !keys.exists() || std::fs::read_dir(&keys).unwrap().count() == 0,
            "{what}"
        );
    }
    // After all that the sound one still finds an empty place.
    assert_eq!(program::run(&other, &["restore", path], "").0, 0);
    assert_eq!(program::verify(&other), (0, String::new()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads it");
    }
}
