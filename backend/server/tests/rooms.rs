//! What holds for the house as a whole: dependencies between its rooms point one way, and the
//! contract in the tree is the one the program serves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The rooms, each with all rooms it may use. Domain knows none; the server only wires.
const ROOMS: [(&str, &[&str]); 10] = [
    ("motcua-domain", &[]),
    ("motcua-store", &["motcua-domain"]),
    ("motcua-gateway", &["motcua-domain"]),
    ("motcua-documents", &[]),
    ("motcua-signatures", &[]),
    ("motcua-services", &["motcua-domain", "motcua-store"]),
    ("motcua-manners", &["motcua-domain"]),
    (
        "motcua-api",
        &[
            "motcua-domain",
            "motcua-store",
            "motcua-gateway",
            "motcua-documents",
            "motcua-signatures",
            "motcua-services",
            "motcua-manners",
        ],
    ),
    (
        "motcua-server",
        &[
            "motcua-domain",
            "motcua-store",
            "motcua-gateway",
            "motcua-documents",
            "motcua-signatures",
            "motcua-services",
            "motcua-manners",
            "motcua-api",
        ],
    ),
    // The tests from outside may look into every room; no room may look at them.
    (
        "motcua-tests",
        &[
            "motcua-domain",
            "motcua-store",
            "motcua-gateway",
            "motcua-documents",
            "motcua-signatures",
            "motcua-services",
            "motcua-manners",
            "motcua-api",
            "motcua-server",
        ],
    ),
];

/// What only some rooms may use: I/O has no business in the law, nor the web in the use cases.
const KEPT_TO: [(&str, &[&str]); 7] = [
    (
        "diesel",
        &["motcua-store", "motcua-services", "motcua-tests"],
    ),
    (
        "actix-web",
        &[
            "motcua-manners",
            "motcua-api",
            "motcua-server",
            "motcua-tests",
        ],
    ),
    ("lettre", &["motcua-gateway"]),
    ("typst", &["motcua-documents"]),
    ("reqwest", &["motcua-gateway", "motcua-tests"]),
    // The gateway's S3 bucket speaks on a thread of its own; nobody else learns of it.
    (
        "tokio",
        &[
            "motcua-manners",
            "motcua-api",
            "motcua-gateway",
            "motcua-server",
            "motcua-tests",
        ],
    ),
    // The law's data says how it looks in the contract, under a feature that only the API asks for:
    // else the API would repeat ten types word by word.
    ("utoipa", &["motcua-api", "motcua-manners", "motcua-domain"]),
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Every member of the workspace with the names of what it depends on, tests' dependencies included.
fn members() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let name = package["name"].as_str().unwrap().to_owned();
            let uses = package["dependencies"].as_array().unwrap().iter();
            let uses = uses.map(|d| d["name"].as_str().unwrap().to_owned());
            (name, uses.collect())
        })
        .collect()
}

#[test]
fn dependencies_between_rooms_point_one_way() {
    let members = members();
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    for (name, uses) in &members {
        let may = rooms
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} is a room nobody gave a place: add it to ROOMS"));
        for used in uses.iter().filter(|u| u.starts_with("motcua")) {
            assert!(
                may.contains(&used.as_str()),
                "{name} must not depend on {used}"
            );
        }
    }
    for (library, rooms) in KEPT_TO {
        for (name, uses) in &members {
            assert!(
                !uses.contains(library) || rooms.contains(&name.as_str()),
                "{name} must not depend on {library}"
            );
        }
    }
}

/// The committed file, or what to do about it.
fn committed(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

/// What a command of the built program prints.
fn printed(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg(command)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn openapi_yaml_is_current() {
    assert!(
        committed("openapi.yaml") == printed("openapi"),
        "openapi.yaml is not what the program serves: run `make openapi` and commit it"
    );
}

#[test]
fn the_page_of_errors_is_current() {
    assert!(
        committed("docs/errors.md") == printed("errors"),
        "docs/errors.md is not current: run `make openapi` and commit it"
    );
}

/// Two types of one name would share one schema in the contract, and one of them would be told wrong.
#[test]
fn no_two_types_of_the_contract_share_a_name() {
    fn names(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let mut described = false;
                for line in text.lines().map(str::trim) {
                    described |= line.starts_with("#[") && line.contains("ToSchema");
                    let rest = ["pub struct ", "pub enum ", "struct ", "enum "]
                        .iter()
                        .find_map(|begin| line.strip_prefix(begin));
                    if let Some(rest) = rest {
                        let name = rest
                            .split(|c: char| !c.is_alphanumeric() && c != '_')
                            .next();
                        if described && !rest.starts_with('$') {
                            found.extend(name.map(ToOwned::to_owned));
                        }
                        described = false;
                    }
                }
            }
        }
    }
    let backend = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for room in ["api/src", "domain/src"] {
        names(&backend.join(room), &mut found);
    }
    assert!(found.len() > 100, "{found:?}");
    let mut seen = BTreeSet::new();
    let twice: Vec<&String> = found.iter().filter(|n| !seen.insert(*n)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
