//! Two officers, one dossier, the same moment: one wins, the other is told who and what, and nothing
//! is lost. Every pair of steps that the jurist's table allows at a point is tried.

use std::sync::Barrier;
use std::thread;

use motcua_tests::{App, Dossier, Kind, Station, on_both};
use serde_json::{Value, json};

use crate::jurist::{ROLES, forms, table};

/// A step as somebody would take it: who, the action, its body.
type Step = (&'static str, &'static str, Value);

/// What may be done at a point, by whom.
fn steps_at(station: Station) -> Vec<Step> {
    let table = table();
    let mut steps = Vec::new();
    for (name, action, body) in forms() {
        let Some(cells) = table.get(&format!("{station:?} {name}")) else {
            continue;
        };
        for ((_, who), cell) in ROLES.iter().zip(cells) {
            if cell.starts_with('T') {
                steps.push((*who, action, body.clone()));
            }
        }
    }
    steps
}

fn length(app: &App, d: &Dossier) -> usize {
    let path = format!("/api/v1/dossiers/{}/timeline?limit=100", d.id);
    app.get("tiepnhan", &path).expect(200)["items"]
        .as_array()
        .unwrap()
        .len()
}

fn both_at_once(app: &App, station: Station, first: &Step, second: &Step) {
    let d = app.journey("thd", station);
    let lines = length(app, &d);
    let start = Barrier::new(2);
    let [a, b] = thread::scope(|scope| {
        [first, second]
            .map(|(who, action, body)| {
                let (d, start) = (&d, &start);
                scope.spawn(move || {
                    start.wait();
                    app.try_act(who, d, action, body)
                })
            })
            .map(|client| client.join().unwrap())
    });
    let pair = format!(
        "{station:?}: {} {} / {} {}",
        first.0, first.1, second.0, second.1
    );
    let (winner, loser, by) = match (a.status, b.status) {
        (201, 412) => (&a, &b, first),
        (412, 201) => (&b, &a, second),
        other => panic!("{pair}: {other:?} {} {}", a.text, b.text),
    };
    let done = winner.expect(201);
    let told = loser.refused(412, "version_stale");
    let name = app.get(by.0, "/api/v1/me").expect(200)["full_name"].clone();
    assert_eq!(told["changed_by"], name, "{pair}");
    assert!(
        told["change"].as_str().is_some_and(|c| !c.is_empty()),
        "{pair}: {told}"
    );
    assert_eq!(told["current_version"], d.version + 1, "{pair}");
    // Nothing of the loser's stays, and all of the winner's does.
    let now = app.read("tiepnhan", &d);
    assert_eq!(now["version"], d.version + 1, "{pair}");
    assert_eq!(now["state"], done["state"], "{pair}");
    assert_eq!(length(app, &d), lines + 1, "{pair}");
}

/// A typing mistake put right, which is no step of §2.2 and changes a dossier all the same.
fn amendment() -> Step {
    let body = json!({
        "owner": {
            "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345", "phone": "0987654321"
        },
        "reason": "Gõ nhầm số điện thoại."
    });
    ("tiepnhan", "amendments", body)
}

on_both! {
    fn of_an_amendment_and_any_step_at_once_one_wins_and_the_other_is_told(app) {
        let mut tried = 0;
        for station in Station::ALL {
            if app.journey("thd", station).body["amendable"] != true
                && app.read("tiepnhan", &app.journey("thd", station))["amendable"] != true {
                continue;
            }
            let mut seen = std::collections::BTreeSet::new();
            for step in steps_at(station) {
                if seen.insert(step.1) {
                    both_at_once(&app, station, &amendment(), &step);
                    tried += 1;
                }
            }
            both_at_once(&app, station, &amendment(), &amendment());
        }
        assert!(tried > 40, "{tried} pairs");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn of_any_two_steps_at_once_one_wins_and_the_other_is_told(app) {
        // Every pair on one of the two databases; with MOTCUA_PROVE=1 on both.
        let all = std::env::var("MOTCUA_PROVE").as_deref() == Ok("1");
        let (mut pairs, mut tried) = (0, 0);
        for station in Station::ALL {
            let steps = steps_at(station);
            for (i, first) in steps.iter().enumerate() {
                for second in &steps[i..] {
                    pairs += 1;
                    let here = (pairs % 2 == 0) == (app.database.kind == Kind::Sqlite);
                    if all || here {
                        both_at_once(&app, station, first, second);
                        tried += 1;
                    }
                }
            }
        }
        assert!(pairs > 500 && tried >= pairs / 2, "{tried} of {pairs} pairs");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }
}
