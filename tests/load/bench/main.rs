//! `make bench`: motcua against the least program that can do the same, on both databases.
//!
//! ```text
//! cargo build --profile serve -p motcua-server -p motcua-tests --bins
//! scripts/with-postgres target/serve/bench
//! ```
//!
//! `--dossiers N`, `--pairs N`, `--seconds S`, `--connections N`, `--database sqlite|postgres` and
//! `--only intake|dossier|list` narrow a run down; then the page is printed, not written.

mod client;
mod fill;
mod machine;
mod measure;
mod office;
mod report;
mod servers;

#[path = "../yardstick/intake.rs"]
mod intake;

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use diesel::RunQueryDsl as _;
use motcua_store::{Db, DossierId, Store};
use serde_json::Value;

use client::{Connection, Window};
use machine::Ours;
use measure::{Plan, compare};
use office::Office;
use report::{Line, Memory, Report};
use servers::{Place, Program, Programs};

/// Connections of the direct writer on PostgreSQL: as many as the server's pool has.
const WRITERS: usize = 8;

/// The line of the table whose measure is no server.
const INTAKE: &str = "intake over HTTP";

/// Different dossiers that are read.
const SAMPLE: usize = 8192;

struct Options {
    dossiers: usize,
    connections: usize,
    plan: Plan,
    database: Option<String>,
    only: Option<String>,
}

impl Options {
    fn read() -> anyhow::Result<Self> {
        let mut options = Self {
            dossiers: 50_000,
            connections: 16,
            plan: Plan {
                seconds: 3.0,
                pairs: 5,
            },
            database: None,
            only: None,
        };
        let mut args = std::env::args().skip(1);
        while let Some(name) = args.next() {
            let value = args
                .next()
                .with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--dossiers" => options.dossiers = value.parse()?,
                "--connections" => options.connections = value.parse()?,
                "--pairs" => options.plan.pairs = value.parse()?,
                "--seconds" => options.plan.seconds = value.parse()?,
                "--database" => options.database = Some(value),
                "--only" => options.only = Some(value),
                _ => bail!("unknown option {name}"),
            }
        }
        Ok(options)
    }

    fn wants(&self, what: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == what)
    }

    fn whole(&self) -> bool {
        self.database.is_none() && self.only.is_none()
    }

    fn lasting(&self) -> Duration {
        Duration::from_secs_f64(self.plan.seconds)
    }
}

fn say(line: &str) {
    // Nobody listening is no reason to stop measuring.
    let _ = writeln!(std::io::stderr(), "bench: {line}");
}

fn main() -> anyhow::Result<()> {
    let options = Options::read()?;
    let programs = Programs::find()?;
    let admin = std::env::var("MOTCUA_TEST_POSTGRES_URL").ok();
    let mut report = Report {
        plan: options.plan,
        connections: options.connections,
        dossiers: options.dossiers,
        lines: Vec::new(),
        memory: Vec::new(),
    };
    let wanted = |name: &str| options.database.as_deref().is_none_or(|d| d == name);
    if wanted("postgres") && admin.is_none() {
        bail!("MOTCUA_TEST_POSTGRES_URL is not set: run this through scripts/with-postgres");
    }
    if wanted("sqlite") {
        database(
            &options,
            &programs,
            "SQLite",
            &Place::sqlite()?,
            &mut report,
        )?;
    }
    if wanted("postgres") {
        let place = Place::postgres(admin.as_deref().unwrap_or_default())?;
        programs.migrate(&place.folder, &place.url)?;
        database(&options, &programs, "PostgreSQL", &place, &mut report)?;
    }
    let page = report.markdown();
    if options.whole() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/performance.md");
        std::fs::write(path, &page)?;
        say("docs/performance.md is written");
    }
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}

/// Everything on one database.
fn database(
    options: &Options,
    programs: &Programs,
    name: &'static str,
    place: &Place,
    report: &mut Report,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let begun = Instant::now();
    let ids = {
        let server = programs.serve(&place.folder, &place.url)?;
        let happened =
            runtime.block_on(async { Office::open(server.address).await?.happen().await })?;
        drop(server);
        let mut db = Store::single(&place.url)?;
        fill::fill(&mut db, &happened, options.dossiers)?
    };
    say(&format!(
        "{name}: {} dossiers after {:.0} s",
        options.dossiers,
        begun.elapsed().as_secs_f64()
    ));
    let server = programs.serve(&place.folder, &place.url)?;
    let yardstick = programs.yardstick(&place.url)?;
    let mut machine = Ours::new();
    machine.process(server.pid());
    machine.process(yardstick.pid());
    if let Some(pid) = backend(&mut Store::single(&place.url)?)? {
        machine.family_of(pid);
    }
    std::thread::sleep(Duration::from_secs(3));
    let idle = machine::resident_mib(server.pid());
    let run = Run {
        options,
        runtime,
        name,
        server,
        yardstick,
        machine,
    };
    let mut office = run.runtime.block_on(Office::open(run.server.address))?;
    if options.wants("dossier") {
        report.lines.push(run.dossier(&mut office, &ids)?);
    }
    if options.wants("list") {
        report.lines.push(run.list(&mut office)?);
    }
    if options.wants("intake") {
        report.lines.push(run.intake(&mut office, place)?);
    }
    report.memory.push(Memory {
        database: name,
        idle,
        loaded: machine::resident_mib(run.server.pid()),
    });
    Ok(())
}

#[derive(diesel::QueryableByName)]
struct Pid {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pid: i32,
}

/// The process that serves this connection, on PostgreSQL.
fn backend(db: &mut Db) -> anyhow::Result<Option<u32>> {
    match db {
        Db::Sqlite(_) => Ok(None),
        Db::Pg(c) => {
            let found: Pid = diesel::sql_query("SELECT pg_backend_pid() AS pid").get_result(c)?;
            Ok(Some(u32::try_from(found.pid)?))
        }
    }
}

/// The programs at work on one database.
struct Run<'a> {
    options: &'a Options,
    runtime: tokio::runtime::Runtime,
    name: &'static str,
    server: Program,
    yardstick: Program,
    machine: Ours,
}

impl Run<'_> {
    fn line(
        &self,
        what: &'static str,
        target: f64,
        ours: impl FnMut() -> anyhow::Result<Window>,
        measure: impl FnMut() -> anyhow::Result<Window>,
    ) -> anyhow::Result<Line> {
        let found = compare(self.options.plan, &self.machine, ours, measure)?;
        say(&format!(
            "{}: {what}: {:.0} % ({:.0}/s against {:.0}/s; {:.0} µs against {:.0})",
            self.name,
            found.ratio() * 100.0,
            found.ours().0,
            found.measure().0,
            found.costs().0,
            found.costs().1,
        ));
        Ok(Line {
            what,
            database: self.name,
            target,
            // An intake by bare SQL runs in this very process.
            beside: what != INTAKE,
            found,
        })
    }

    /// Loads a server for a window.
    fn load(
        &self,
        at: &Program,
        requests: &[Vec<u8>],
        status: u16,
        lasting: Duration,
    ) -> anyhow::Result<Window> {
        self.runtime.block_on(client::load(
            at.address,
            requests,
            status,
            self.options.connections,
            lasting,
        ))
    }

    /// Both sides under the same load of reads, after both have been warmed.
    fn reads(
        &self,
        what: &'static str,
        target: f64,
        ours: &[Vec<u8>],
        measure: &[Vec<u8>],
    ) -> anyhow::Result<Line> {
        let warm = Duration::from_secs(1);
        self.load(&self.server, ours, 200, warm)?;
        self.load(&self.yardstick, measure, 200, warm)?;
        let lasting = self.options.lasting();
        self.line(
            what,
            target,
            || self.load(&self.server, ours, 200, lasting),
            || self.load(&self.yardstick, measure, 200, lasting),
        )
    }

    fn dossier(&self, office: &mut Office, ids: &[DossierId]) -> anyhow::Result<Line> {
        let step = (ids.len() / SAMPLE).max(1);
        let some: Vec<&DossierId> = ids.iter().step_by(step).collect();
        for id in [some.first(), some.get(some.len() / 2), some.last()]
            .into_iter()
            .flatten()
        {
            self.same(
                office,
                &format!("/api/v1/dossiers/{id}"),
                &format!("/dossiers/{id}"),
            )?;
        }
        let ours: Vec<_> = some
            .iter()
            .map(|id| client::get(&format!("/api/v1/dossiers/{id}"), Some(&office.reception)))
            .collect();
        let measure: Vec<_> = some
            .iter()
            .map(|id| client::get(&format!("/dossiers/{id}"), None))
            .collect();
        self.reads("reading one dossier", 0.8, &ours, &measure)
    }

    fn list(&self, office: &mut Office) -> anyhow::Result<Line> {
        let (mut ours, mut measure) = (Vec::new(), Vec::new());
        for state in ["accepted", "processing"] {
            let a = format!("/api/v1/dossiers?state={state}&limit=20");
            let b = format!("/dossiers?centre={}&state={state}", office.centre);
            self.same(office, &a, &b)?;
            ours.push(client::get(&a, Some(&office.reception)));
            measure.push(client::get(&b, None));
        }
        self.reads("one page of a work list", 0.8, &ours, &measure)
    }

    /// Makes sure that both sides answer the same: the same members everywhere, bodies of about the
    /// same length.
    fn same(&self, office: &mut Office, ours: &str, measure: &str) -> anyhow::Result<()> {
        let (a, (status, b)) = self.runtime.block_on(async {
            let a = office.read(ours).await?;
            let mut other = Connection::open(self.yardstick.address).await?;
            anyhow::Ok((a, other.ask(&client::get(measure, None)).await?))
        })?;
        ensure!(
            status == 200,
            "the yardstick answered {status} to {measure}"
        );
        let b: Value = serde_json::from_slice(&b)?;
        if let Some(at) = difference(&a, &b) {
            bail!("the yardstick answers another shape at {at:?} of {measure}");
        }
        let (a, b) = (a.to_string().len() as f64, b.to_string().len() as f64);
        say(&format!("{}: {ours}: {a} bytes against {b}", self.name));
        ensure!(
            (a / b - 1.0).abs() < 0.1,
            "{a} bytes against the yardstick's {b} at {measure}"
        );
        Ok(())
    }

    fn intake(&self, office: &mut Office, place: &Place) -> anyhow::Result<Line> {
        let id = self.runtime.block_on(office.take_in(0))?;
        let mut db = Store::single(&place.url)?;
        let template = intake::Template::of(&mut db, &id)?;
        let writers = match &db {
            Db::Sqlite(_) => 1,
            Db::Pg(_) => WRITERS,
        };
        let mut connections = vec![db];
        while connections.len() < writers {
            connections.push(Store::single(&place.url)?);
        }
        let warm = Duration::from_secs(1);
        let mut intakes = |lasting| {
            self.runtime.block_on(office.next_day())?;
            let requests: Vec<_> = (0..64)
                .map(|n| {
                    client::post(
                        "/api/v1/dossiers",
                        Some(&office.reception),
                        "",
                        &office.intake(n),
                    )
                })
                .collect();
            self.load(&self.server, &requests, 201, lasting)
        };
        intakes(warm)?;
        direct(&mut connections, &template, warm)?;
        let lasting = self.options.lasting();
        self.line(
            INTAKE,
            0.6,
            || intakes(lasting),
            || direct(&mut connections, &template, lasting),
        )
    }
}

/// Takes dossiers in by bare SQL, each connection on its own thread.
fn direct(
    connections: &mut [Db],
    template: &intake::Template,
    lasting: Duration,
) -> anyhow::Result<Window> {
    let over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let mut all = std::thread::scope(|scope| {
        let threads: Vec<_> = connections
            .iter_mut()
            .map(|db| {
                let over = Arc::clone(&over);
                scope.spawn(move || -> anyhow::Result<Window> {
                    let mut window = Window::default();
                    while !over.load(Ordering::Relaxed) {
                        let sent = Instant::now();
                        intake::intake(db, template)?;
                        window.requests += 1;
                        window
                            .latencies
                            .push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                    window.seconds = begun.elapsed().as_secs_f64();
                    Ok(window)
                })
            })
            .collect();
        std::thread::sleep(lasting);
        over.store(true, Ordering::Relaxed);
        let mut all = Window::default();
        for thread in threads {
            let window = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a writer panicked"))?;
            all.join(window?);
        }
        anyhow::Ok(all)
    })?;
    all.latencies.sort_unstable();
    Ok(all)
}

/// Where two JSON values have different members; lists are judged by their first items.
fn difference(a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys()) {
                match (a.get(key), b.get(key)) {
                    (Some(x), Some(y)) => {
                        if let Some(at) = difference(x, y) {
                            return Some(format!("/{key}{at}"));
                        }
                    }
                    _ => return Some(format!("/{key}")),
                }
            }
            None
        }
        (Value::Array(a), Value::Array(b)) => match (a.first(), b.first()) {
            (Some(x), Some(y)) => difference(x, y).map(|at| format!("/0{at}")),
            _ => None,
        },
        _ => None,
    }
}
