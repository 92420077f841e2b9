//! What earlier versions left behind is read by this one, brought up to date, and whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use motcua_tests::{Database, Kind};

use crate::program::{self, Program, Reply, intake};

fn kept(ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("older");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.to_str().unwrap().ends_with(ending))
        .collect();
    found.sort();
    assert!(
        !found.is_empty(),
        "none of yesterday's files ends with {ending}"
    );
    found
}

/// Dossiers in each of them: the demonstration's; five more, with their fees collected, where money is kept.
fn dossiers_in(what: &str) -> usize {
    let with_money = [
        "motcua-0025",
        "motcua-0026",
        "motcua-0027",
        "motcua-0028",
        "motcua-0029",
    ];
    if with_money.iter().any(|name| what.contains(name)) {
        69
    } else {
        64
    }
}

/// The old dossiers are there, and work goes on.
fn works(database: &Database, what: &str) {
    let program = Program::start(database);
    let token = program.sign_in("tiepnhan");
    let page = program.get(&token, "/api/v1/dossiers?limit=100");
    let found = page["items"].as_array().unwrap().len();
    assert_eq!(found, dossiers_in(what), "{what}");
    let body = intake(&program, &token);
    let Reply::Answer(201, _) =
        program::post(&program.base, &token, None, "/api/v1/dossiers", &body)
    else {
        panic!("{what}: no dossier can be taken in");
    };
    drop(program);
    assert_eq!(program::verify(database), (0, String::new()), "{what}");
}

#[test]
fn a_file_of_an_earlier_version_is_brought_up_to_date_when_the_server_starts() {
    for old in kept(".db.gz") {
        let database = Database::empty(Kind::Sqlite);
        let path = database.url.strip_prefix("sqlite://").unwrap();
        let mut from = GzDecoder::new(File::open(&old).unwrap());
        io::copy(&mut from, &mut File::create(path).unwrap()).unwrap();
        works(&database, old.to_str().unwrap());
    }
}

#[test]
fn an_archive_of_an_earlier_version_is_restored_and_brought_up_to_date_on_both_databases() {
    for old in kept(".tar.gz") {
        for kind in Kind::BOTH {
            let database = Database::empty(kind);
            let what = format!("{} on {kind:?}", old.display());
            let (code, said) = program::run(&database, &["restore", old.to_str().unwrap()], "");
            assert_eq!(code, 0, "{what}: {said}");
            works(&database, &what);
        }
    }
}
