//! Every operation of the contract as every role, at one's own ward and at another's, against a
//! table of what must come back. A new operation without its row fails here.

mod asked;
mod declarations;
mod feedback;
mod inspections;
mod money;
mod surveys;

use std::collections::BTreeMap;

use motcua_tests::{App, Kind, Options, PASSWORD, Station};
use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use serde_json::Value;

use asked::{Ask, ask};

const TABLE: &str = include_str!("walk_table.txt");

/// The callers, in the table's order: nobody, somebody with a token of nobody's, and each role.
const CALLERS: [&str; 12] = [
    "",
    "?",
    "admin",
    "giamdoc",
    "tiepnhan",
    "thuly.thd",
    "thuly.cn",
    "lanhdao.thd",
    "lanhdao.cn",
    "thungan",
    "traketqua",
    "thanhtra",
];

struct Row {
    operation: String,
    station: Option<Station>,
    expected: Vec<u16>,
}

fn table() -> Vec<Row> {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|line| {
            let mut words = line.split_whitespace();
            let operation = words.next().unwrap().to_owned();
            let station = match words.next().unwrap() {
                "-" => None,
                name => Some(
                    *Station::ALL
                        .iter()
                        .find(|s| format!("{s:?}") == name)
                        .unwrap_or_else(|| panic!("no station {name}")),
                ),
            };
            let expected: Vec<u16> = words.map(|w| w.parse().unwrap()).collect();
            assert_eq!(expected.len(), CALLERS.len(), "{operation}");
            Row {
                operation,
                station,
                expected,
            }
        })
        .collect()
}

/// Every operation of the contract: its method and path.
fn operations() -> BTreeMap<String, (Method, String)> {
    let document: Value = serde_json::to_value(motcua_api::openapi::document()).unwrap();
    let mut found = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(id) = operation["operationId"].as_str() {
                let method: Method = method.to_uppercase().parse().unwrap();
                assert!(
                    found
                        .insert(id.to_owned(), (method, path.clone()))
                        .is_none(),
                    "{id} twice"
                );
            }
        }
    }
    found
}

/// The status an operation answers this caller with.
fn status(
    app: &App,
    (method, path): &(Method, String),
    operation: &str,
    who: &str,
    asked: &Ask,
) -> u16 {
    let mut path = path.clone();
    for (name, value) in &asked.ids {
        path = path.replace(name, value);
    }
    assert!(!path.contains('{'), "{operation} needs an id: {path}");
    let address = format!("{path}{}", asked.query);
    let mut request: RequestBuilder = match who {
        "" => app.request(method.clone(), &address),
        "?" => app
            .request(method.clone(), &address)
            .bearer_auth("khong.phai.the"),
        // Signing out must not end the session that the other rows use.
        _ if operation == "sign_out" => {
            let token = app.sign_in(who, PASSWORD).expect(200)["access_token"].clone();
            app.request(method.clone(), &address)
                .bearer_auth(token.as_str().unwrap())
        }
        _ => app.as_person(who, method.clone(), &address),
    };
    if let Some(version) = asked.version {
        request = request.header("if-match", format!("\"v{version}\""));
    }
    if let Some(body) = &asked.body {
        request = request.json(body);
    }
    // The status alone: a stream's body never ends.
    request.send().expect("it answers").status().as_u16()
}

fn walk(kind: Kind) {
    let app = App::start(kind, &Options::default());
    let operations = operations();
    let rows = table();
    let named: Vec<&str> = rows.iter().map(|r| r.operation.as_str()).collect();
    for id in operations.keys() {
        assert!(
            named.contains(&id.as_str()),
            "{id} has no row in walk_table.txt"
        );
    }
    let mut wrong = Vec::new();
    for row in &rows {
        let route = operations
            .get(&row.operation)
            .unwrap_or_else(|| panic!("{} is no operation", row.operation));
        let mut dossier = row.station.map(|s| app.journey("thd", s));
        for (n, (who, expected)) in CALLERS.iter().zip(&row.expected).enumerate() {
            let asked = ask(&app, &row.operation, dossier.as_ref(), n);
            let got = status(&app, route, &row.operation, who, &asked);
            if got != *expected {
                wrong.push(format!(
                    "{:<22} as {who:<12} {got}, not {expected}",
                    row.operation
                ));
            }
            // Whoever was let through has moved the dossier on: the next one meets a fresh one.
            if (200..300).contains(&got)
                && route.0 != Method::GET
                && let Some(station) = row.station
            {
                dossier = Some(app.journey("thd", station));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_operation_answers_every_role_as_the_table_says_on_sqlite() {
    walk(Kind::Sqlite);
}

#[test]
fn every_operation_answers_every_role_as_the_table_says_on_postgres() {
    walk(Kind::Postgres);
}
