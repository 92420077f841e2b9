//! `make bench`, second part: what many promises cost on PostgreSQL. The deadline board of a centre with
//! 10,000 dossiers, alone in the database and among 1,000,000; then a changed calendar carried to all of
//! them while the counter works on, with the server killed in between.
//!
//! ```text
//! cargo build --profile serve -p motcua-server -p motcua-tests --bins
//! scripts/with-postgres target/serve/promises
//! ```
//!
//! `--dossiers N` and `--seconds S` narrow it down; then the page is printed, not written.

#[path = "../bench/machine.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod machine;
#[path = "../bench/servers.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod servers;

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::NaiveDate;
use diesel::PgConnection;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use motcua_services::demo;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use servers::{Place, Program, Programs};

/// Times a board is asked for; the first fifth is not counted.
const BOARDS: usize = 500;
/// Dossiers of the centre whose board is asked for.
const ONE_CENTRE: usize = 10_000;
/// Working days on which some of the promises stand.
const OFF: [&str; 5] = [
    "2026-06-08",
    "2026-06-09",
    "2026-06-10",
    "2026-06-11",
    "2026-06-12",
];

fn say(line: &str) {
    // Nobody listening is no reason to stop measuring.
    let _ = writeln!(std::io::stderr(), "promises: {line}");
}

/// A counter at a server.
struct Counter {
    client: Client,
    base: String,
    token: String,
    authority: String,
    keys: u64,
    /// Who is signed in, and since when.
    signed_in: (String, Instant),
}

impl Counter {
    fn open(server: &Program) -> anyhow::Result<Self> {
        let client = Client::builder().timeout(Duration::from_secs(60)).build()?;
        let base = format!("http://{}", server.address);
        let mut counter = Self {
            client,
            base,
            token: String::new(),
            authority: String::new(),
            keys: 0,
            signed_in: (String::new(), Instant::now()),
        };
        counter.sign_in("giamdoc")?;
        let list = counter.get("/api/v1/authorities")?;
        counter.authority = list
            .pointer("/items/0/id")
            .and_then(Value::as_str)
            .context("no authority")?
            .to_owned();
        Ok(counter)
    }

    fn sign_in(&mut self, username: &str) -> anyhow::Result<()> {
        let body = json!({ "username": username, "password": demo::PASSWORD });
        let answer: Value = self
            .client
            .post(format!("{}/api/v1/auth/login", self.base))
            .json(&body)
            .send()?
            .error_for_status()?
            .json()?;
        self.token = answer
            .get("access_token")
            .and_then(Value::as_str)
            .context("no token")?
            .to_owned();
        self.signed_in = (username.to_owned(), Instant::now());
        Ok(())
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        Ok(self
            .client
            .get(format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .send()?
            .error_for_status()?
            .json()?)
    }

    fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.keys += 1;
        let key = format!("bench-{}-{}", std::process::id(), self.keys);
        let answer = self
            .client
            .post(format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header("idempotency-key", key)
            .json(body)
            .send()?;
        let status = answer.status();
        let text = answer.text()?;
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    }

    fn take_in(&mut self) -> anyhow::Result<Value> {
        let body = json!({
            "procedure_code": "1.004884",
            "authority_id": self.authority,
            "channel": "counter",
            "owner": {
                "kind": "citizen", "full_name": "Nguyễn Thị Thu Hương",
                "identity_number": "001085012345", "birth_date": "1985-04-12", "phone": "0912345678",
            },
            "components": [
                { "component_id": "to_khai", "originals": 1 },
                { "component_id": "ban_sao_giay_to", "certified_copies": 1 },
            ],
            "result_delivery": { "method": "counter" },
        });
        self.post("/api/v1/dossiers", &body)
    }

    /// What an officer does all day: a dossier taken in, looked at, a page of the work list; the time
    /// each took, in milliseconds, sorted.
    fn work(
        &mut self,
        until: &mut dyn FnMut() -> anyhow::Result<bool>,
    ) -> anyhow::Result<Vec<f64>> {
        let (mut took, mut id) = (Vec::new(), String::new());
        loop {
            // A token lasts ten minutes, what is measured may last longer.
            if self.signed_in.1.elapsed() > Duration::from_secs(300) {
                let who = self.signed_in.0.clone();
                self.sign_in(&who)?;
            }
            for turn in 0..10 {
                let mut timed = |done: anyhow::Result<Value>, begun: Instant| {
                    took.push(begun.elapsed().as_secs_f64() * 1000.0);
                    done
                };
                // A receiving unit has 9,999 codes a day, and this may last longer than they do otherwise.
                if turn % 4 == 0 {
                    let begun = Instant::now();
                    let taken = timed(self.take_in(), begun)?;
                    let new = taken.get("id").and_then(Value::as_str);
                    new.context("no id")?.clone_into(&mut id);
                }
                let begun = Instant::now();
                timed(self.get(&format!("/api/v1/dossiers/{id}")), begun)?;
                let begun = Instant::now();
                timed(self.get("/api/v1/dossiers?state=accepted&limit=20"), begun)?;
                // An officer's own time; the machine's is measured.
                std::thread::sleep(Duration::from_millis(50));
            }
            if until()? {
                took.sort_by(f64::total_cmp);
                return Ok(took);
            }
        }
    }

    /// The middle time of a board, in milliseconds.
    fn board(&self) -> anyhow::Result<f64> {
        let mut took = Vec::new();
        for i in 0..BOARDS {
            let begun = Instant::now();
            self.get("/api/v1/deadlines/board")?;
            if i >= BOARDS / 5 {
                took.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
        took.sort_by(f64::total_cmp);
        Ok(quantile(&took, 0.5))
    }

    /// Waits until every open dossier was looked at again.
    fn watched(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        while count(
            db,
            "SELECT count(*) AS n FROM watch_jobs WHERE finished_at IS NULL",
        )? > 0
        {
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

fn count(db: &mut PgConnection, sql: &str) -> anyhow::Result<i64> {
    Ok(diesel::sql_query(sql).get_result::<Count>(db)?.n)
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Copies rows of a table: its columns as they are, but for those named here with their new values.
fn copied(
    db: &mut PgConnection,
    table: &str,
    from: &str,
    instead: &[(&str, &str)],
) -> anyhow::Result<()> {
    let columns: Vec<Name> = diesel::sql_query(
        "SELECT column_name::text AS name FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position",
    )
    .bind::<diesel::sql_types::Text, _>(table)
    .load(db)?;
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    let values: Vec<String> = names
        .iter()
        .map(|name| {
            instead
                .iter()
                .find(|(column, _)| column == name)
                .map_or_else(|| format!("t.{name}"), |(_, value)| (*value).to_owned())
        })
        .collect();
    db.batch_execute(&format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {from}",
        names.join(", "),
        values.join(", ")
    ))?;
    Ok(())
}

/// Open dossiers like one that was taken in, numbered from..to, in a centre: each promised for one of
/// the days, at the end of its last shift.
fn fill(
    db: &mut PgConnection,
    template: &str,
    centre: &str,
    from: usize,
    to: usize,
) -> anyhow::Result<()> {
    let due = "(p.days[1 + g % cardinality(p.days)] + time '10:30')";
    copied(
        db,
        "dossiers",
        &format!(
            "dossiers t, promised p, generate_series({from}, {}) g WHERE t.id = '{template}'",
            to - 1
        ),
        &[
            (
                "id",
                "'01a00000-0000-7000-8000-' || lpad(to_hex(g), 12, '0')",
            ),
            ("code", "t.code || '-' || g"),
            ("centre_id", &format!("'{centre}'")),
            ("due_at", due),
            ("due_at_original", due),
        ],
    )
}

struct Found {
    dossiers: usize,
    alone: f64,
    among: f64,
    idle: Vec<f64>,
    meanwhile: Vec<f64>,
    seconds: f64,
    moved: i64,
    before_kill: i64,
    resident: (f64, f64),
}

impl Found {
    fn markdown(&self) -> String {
        let p99 = |v: &[f64]| quantile(v, 0.99);
        let mut page = String::from("\n## Many promises\n\n");
        let _ = writeln!(
            page,
            "PostgreSQL, on the same machine. The board of a centre with {ONE_CENTRE} open dossiers among {} in the \
             database took {:.2} times what it took alone (aimed at: at most 2; {:.1} ms against {:.1}).\n",
            self.dossiers,
            self.among / self.alone,
            self.among,
            self.alone
        );
        let _ = writeln!(
            page,
            "Five days off entered late were carried to {} open promises of one centre, and their lists were found anew, in \
             {:.0} s: {} moved. Meanwhile an officer's requests had a 99th percentile of {:.2} times the one without it \
             (aimed at: under 2; {:.1} ms against {:.1}, of {} and {} requests). The server was killed after {} and went \
             on where it was. It held {:.0} MiB before and {:.0} MiB at the end.",
            self.dossiers,
            self.seconds,
            self.moved,
            p99(&self.meanwhile) / p99(&self.idle),
            p99(&self.meanwhile),
            p99(&self.idle),
            self.meanwhile.len(),
            self.idle.len(),
            self.before_kill,
            self.resident.0,
            self.resident.1
        );
        page
    }
}

fn main() -> anyhow::Result<()> {
    let (mut dossiers, mut seconds, mut whole) = (1_000_000, 60_u64, true);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        whole = false;
        match name.as_str() {
            "--dossiers" => dossiers = value.parse()?,
            "--seconds" => seconds = value.parse()?,
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    ensure!(
        dossiers > ONE_CENTRE,
        "more than {ONE_CENTRE} dossiers are wanted"
    );
    let admin = std::env::var("MOTCUA_TEST_POSTGRES_URL")
        .context("MOTCUA_TEST_POSTGRES_URL is not set: run this through scripts/with-postgres")?;
    let programs = Programs::find()?;
    let place = Place::postgres(&admin)?;
    programs.migrate(&place.folder, &place.url)?;
    let found = measure(&programs, &place, dossiers, seconds)?;
    let page = found.markdown();
    if whole {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/performance.md");
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let kept = before
            .split("\n## Many promises")
            .next()
            .unwrap_or_default();
        std::fs::write(path, format!("{}\n{page}", kept.trim_end()))?;
        say("docs/performance.md is written");
    }
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}

fn measure(
    programs: &Programs,
    place: &Place,
    dossiers: usize,
    seconds: u64,
) -> anyhow::Result<Found> {
    let mut server = programs.serve(&place.folder, &place.url)?;
    let mut counter = Counter::open(&server)?;
    let mut db = PgConnection::establish(&place.url)?;
    counter.sign_in("tiepnhan")?;
    let taken = counter.take_in()?;
    let text = |at: &str| {
        taken
            .pointer(at)
            .and_then(Value::as_str)
            .map(ToOwned::to_owned)
            .with_context(|| format!("no {at}"))
    };
    let (template, centre) = (text("/id")?, text("/centre/id")?);
    counter.sign_in("giamdoc")?;

    // The working days of the next months, on which promises stand.
    let mut days = Vec::new();
    let calendar = counter.get("/api/v1/calendar/days?from=2026-03-09&to=2026-12-18")?;
    for day in calendar
        .pointer("/items")
        .and_then(Value::as_array)
        .context("no days")?
    {
        if day.get("working") == Some(&json!(true)) {
            let date: NaiveDate = day
                .get("date")
                .and_then(Value::as_str)
                .context("no date")?
                .parse()?;
            days.push(format!("DATE '{date}'"));
        }
    }
    db.batch_execute(&format!(
        "CREATE TABLE promised AS SELECT ARRAY[{}] AS days",
        days.join(", ")
    ))?;
    let begun = Instant::now();
    fill(&mut db, &template, &centre, 1, ONE_CENTRE)?;
    rewatch(&mut counter)?;
    counter.watched(&mut db)?;
    settle(&mut db)?;
    let alone = counter.board()?;
    say(&format!("the board alone: {alone:.2} ms"));

    // The others, in a centre of their own, with the lists they stand in.
    copied(
        &mut db,
        "centres",
        &format!("centres t WHERE t.id = '{centre}'"),
        &[
            ("id", "'elsewhere'"),
            ("code", "'ELSEWHERE'"),
            ("e_code", "'H99.99'"),
        ],
    )?;
    copied(
        &mut db,
        "audit_heads",
        &format!("audit_heads t WHERE t.centre_id = '{centre}'"),
        &[("centre_id", "'elsewhere'")],
    )?;
    copied(
        &mut db,
        "calendar_versions",
        &format!("calendar_versions t WHERE t.centre_id = '{centre}'"),
        &[("id", "'elsewhere'"), ("centre_id", "'elsewhere'")],
    )?;
    fill(&mut db, &template, "elsewhere", ONE_CENTRE, dossiers)?;
    // Each stands in the lists of one that is promised for the same day.
    let n = (ONE_CENTRE - 1) / days.len() * days.len();
    db.batch_execute(&format!(
        "INSERT INTO dossier_concerns (dossier_id, concern, centre_id, authority_id, procedure_code, desk, handler_id, \
         closed, from_at, until_at, alarm_at) \
         SELECT '01a00000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'), t.concern, 'elsewhere', t.authority_id, \
         t.procedure_code, t.desk, t.handler_id, t.closed, t.from_at, t.until_at, NULL \
         FROM generate_series({ONE_CENTRE}, {}) g JOIN dossier_concerns t \
         ON t.dossier_id = '01a00000-0000-7000-8000-' || lpad(to_hex(1 + (g - 1) % {n}), 12, '0')",
        dossiers - 1
    ))?;
    settle(&mut db)?;
    say(&format!(
        "{dossiers} dossiers after {:.0} s",
        begun.elapsed().as_secs_f64()
    ));
    let among = counter.board()?;
    say(&format!("the board among all: {among:.2} ms"));

    // All of them in one centre now: a calendar is a centre's own.
    for table in ["dossiers", "dossier_concerns"] {
        db.batch_execute(&format!(
            "UPDATE {table} SET centre_id = '{centre}' WHERE centre_id = 'elsewhere'"
        ))?;
        db.batch_execute(&format!("VACUUM ANALYZE {table}"))?;
    }
    counter.sign_in("tiepnhan")?;
    let over = Instant::now() + Duration::from_secs(seconds);
    let idle = counter.work(&mut || Ok(Instant::now() >= over))?;
    say(&format!("idle: p99 {:.1} ms", quantile(&idle, 0.99)));
    let held = machine::resident_mib(server.pid());

    counter.sign_in("giamdoc")?;
    let begun = Instant::now();
    counter.post(
        "/api/v1/calendar/changes",
        &json!({
            "source": "Công văn số 12/UBND-VP ngày 02/3/2026", "announced_on": "2026-03-02",
            "name": "Nghỉ vì thiên tai", "days_off": OFF,
        }),
    )?;
    counter.sign_in("tiepnhan")?;
    let checked = "SELECT COALESCE(max(checked), 0)::bigint AS n FROM calendar_recomputes";
    let quarter = i64::try_from(dossiers / 4)?;
    let mut meanwhile = counter.work(&mut || Ok(count(&mut db, checked)? >= quarter))?;
    let before_kill = count(&mut db, checked)?;
    drop(server);
    server = programs.serve(&place.folder, &place.url)?;
    let keys = counter.keys;
    counter = Counter::open(&server)?;
    counter.keys = keys;
    counter.sign_in("tiepnhan")?;
    let after_kill = count(&mut db, checked)?;
    ensure!(
        after_kill >= before_kill,
        "it began anew: {after_kill} after {before_kill}"
    );
    let open = "SELECT (SELECT count(*) FROM calendar_recomputes WHERE finished_at IS NULL) \
                + (SELECT count(*) FROM watch_jobs WHERE finished_at IS NULL) AS n";
    meanwhile.extend(counter.work(&mut || Ok(count(&mut db, open)? == 0))?);
    meanwhile.sort_by(f64::total_cmp);
    let seconds = begun.elapsed().as_secs_f64();
    Ok(Found {
        dossiers,
        alone,
        among,
        idle,
        meanwhile,
        seconds,
        moved: count(
            &mut db,
            "SELECT max(moved)::bigint AS n FROM calendar_recomputes",
        )?,
        before_kill,
        resident: (held, machine::resident_mib(server.pid())),
    })
}

/// What the database does by itself after so much was written, done before anything is timed.
fn settle(db: &mut PgConnection) -> anyhow::Result<()> {
    db.batch_execute("VACUUM ANALYZE")?;
    db.batch_execute("CHECKPOINT")?;
    Ok(())
}

/// Asks for every open dossier to be looked at again.
fn rewatch(counter: &mut Counter) -> anyhow::Result<()> {
    let path = "/api/v1/deadlines/watch-rules";
    let mut rules = counter.get(path)?;
    let version = rules.get("version").and_then(Value::as_i64).unwrap_or(0);
    if let Some(members) = rules.as_object_mut() {
        members.retain(|name, _| !["centre_id", "version"].contains(&name.as_str()));
    }
    counter
        .client
        .put(format!("{}{path}", counter.base))
        .bearer_auth(&counter.token)
        .header("if-match", format!("\"v{version}\""))
        .json(&rules)
        .send()?
        .error_for_status()?;
    Ok(())
}
