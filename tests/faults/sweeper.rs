//! Two servers on one PostgreSQL: whoever leads the sweeping is killed in the middle of it, and each alarm
//! is raised once all the same.
//!
//! Two kills; twenty with `MOTCUA_PROVE=1`.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use diesel::prelude::*;
use motcua_store::Ts;
use motcua_store::schema::{alarms, dossier_concerns, leases, outbox};
use motcua_tests::{Database, Kind};
use serde_json::json;

use crate::program::{self, Program, Reply, intake};

/// Dossiers taken in before each kill.
const EACH: usize = 25;

fn kills() -> u32 {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => 20,
        _ => 2,
    }
}

fn at(program: &Program, now: &str) {
    let told = program::post(
        &program.base,
        "",
        None,
        "/api/v1/test/clock",
        &json!({ "now": now }),
    );
    assert!(matches!(told, Reply::Answer(200, _)), "{told:?}");
}

/// Who holds the lease.
fn leader(database: &Database) -> String {
    let mut db = database.open();
    leases::table
        .find("sweeper")
        .select(leases::holder)
        .get_result(&mut db)
        .unwrap()
}

/// Waits until somebody else than `before` sweeps.
fn new_leader(database: &Database, before: &str) -> String {
    let begun = Instant::now();
    loop {
        let now = leader(database);
        if !now.is_empty() && now != before {
            return now;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody sweeps");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// How much is to be said by an instant and was not.
fn unsaid(database: &Database, now: Ts) -> i64 {
    let mut db = database.open();
    dossier_concerns::table
        .filter(dossier_concerns::alarm_at.le(now))
        .count()
        .get_result(&mut db)
        .unwrap()
}

#[test]
fn a_leader_killed_while_it_sweeps_loses_and_doubles_no_alarm() {
    let database = Database::demo(Kind::Postgres);
    let mut day = DateTime::parse_from_rfc3339("2026-03-02T09:00:00+07:00").unwrap();
    let start = |day: &DateTime<chrono::FixedOffset>| {
        Program::start_with(&database, &[("MOTCUA_CLOCK", &day.to_rfc3339())])
    };
    let mut leading = start(&day);
    let mut holder = new_leader(&database, "");
    let mut taken = Vec::new();
    for round in 0..kills() {
        let waiting = start(&day);
        let token = waiting.sign_in("tiepnhan");
        let body = intake(&waiting, &token);
        for _ in 0..EACH {
            match program::post(&waiting.base, &token, None, "/api/v1/dossiers", &body) {
                Reply::Answer(201, made) => taken.push(made["id"].as_str().unwrap().to_owned()),
                other => panic!("{other:?}"),
            }
        }
        // Five days on, each of them is late in several ways; the leader learns it first.
        day += TimeDelta::days(5);
        at(&leading, &day.to_rfc3339());
        let due = Ts::new(day.to_utc());
        let before = unsaid(&database, due);
        assert!(before >= 25, "round {round}: nothing to be swept");
        // Another moment each time: before the first batch, within it, after it.
        std::thread::sleep(Duration::from_millis(u64::from(round * 97 % 700)));
        leading.kill();
        at(&waiting, &day.to_rfc3339());
        holder = new_leader(&database, &holder);
        let begun = Instant::now();
        while unsaid(&database, due) > 0 {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "round {round}: not gone on with"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        leading = waiting;
    }
    drop(leading);
    let mut db = database.open();
    let told: Vec<(String, String, Ts)> = alarms::table
        .select((alarms::dossier_id, alarms::concern, alarms::from_at))
        .load(&mut db)
        .unwrap();
    let mut once: BTreeMap<(String, String, Ts), u32> = BTreeMap::new();
    for alarm in told {
        *once.entry(alarm).or_default() += 1;
    }
    assert!(once.values().all(|n| *n == 1));
    let now = Ts::new(day.to_utc());
    let expected: Vec<(String, String, Ts)> = dossier_concerns::table
        .filter(dossier_concerns::from_at.le(now))
        .filter(dossier_concerns::concern.ne_all(["due_today", "due_soon"]))
        .select((
            dossier_concerns::dossier_id,
            dossier_concerns::concern,
            dossier_concerns::from_at,
        ))
        .load(&mut db)
        .unwrap();
    // No step was taken: what each was watched for by now is what was said of it.
    // How much that is depends on the holidays between; never nothing.
    assert!(expected.len() >= taken.len() * 2);
    for alarm in &expected {
        assert!(once.contains_key(alarm), "not said: {alarm:?}");
    }
    assert_eq!(once.len(), expected.len());
    // Who listens was told as often.
    let events: i64 = outbox::table
        .filter(outbox::kind.eq("alarm.raised"))
        .count()
        .get_result(&mut db)
        .unwrap();
    assert_eq!(usize::try_from(events).unwrap(), expected.len());
    assert_eq!(program::verify(&database), (0, String::new()));
}
