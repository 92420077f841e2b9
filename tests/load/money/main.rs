//! `make bench`, third part: what money costs on PostgreSQL. A burst of notifications, all of them stored
//! and answered, against the database's own rate for the same rows; then a statement of many lines, gone
//! through in the background, against the rate at which its lines alone can be written.
//!
//! ```text
//! cargo build --profile serve -p motcua-server -p motcua-tests --bins
//! MOTCUA_BANK_WEBHOOK_SECRETS=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw scripts/with-postgres target/serve/money
//! ```
//!
//! `--notifications N` and `--lines N` narrow it down; then the page is printed, not written.

#[path = "../bench/client.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod client;
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
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use diesel::Connection as _;
use diesel::PgConnection;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};
use motcua_gateway::bank::WebhookSecret;
use motcua_services::demo;
use serde_json::{Value, json};

use client::Connection;
use servers::{Place, Program, Programs};

/// Banks have more than one line.
const CONNECTIONS: usize = 16;
/// Connections that write the same rows directly: the server's own pool.
const WRITERS: usize = 8;
/// Bursts, and the same rows written directly, one after the other.
const PAIRS: usize = 3;
/// Lines of a statement that are written at once.
const AT_ONCE: usize = 1_000;

fn say(line: &str) {
    // Nobody listening is no reason to stop measuring.
    let _ = writeln!(std::io::stderr(), "money: {line}");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(db: &mut PgConnection, sql: &str) -> anyhow::Result<i64> {
    Ok(diesel::sql_query(sql).get_result::<Count>(db)?.n)
}

/// A cashier at a server.
struct Till {
    connection: Connection,
    token: String,
    keys: u64,
}

impl Till {
    async fn open(server: &Program) -> anyhow::Result<Self> {
        let mut till = Self {
            connection: Connection::open(server.address).await?,
            token: String::new(),
            keys: 0,
        };
        let body = json!({ "username": "thungan", "password": demo::PASSWORD });
        let answer = till.post("/api/v1/auth/login", &body).await?;
        answer
            .get("access_token")
            .and_then(Value::as_str)
            .context("no token")?
            .clone_into(&mut till.token);
        Ok(till)
    }

    async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        let request = client::get(path, Some(&self.token));
        let (status, body) = self.connection.ask(&request).await?;
        ensure!(status == 200, "{path}: {status}");
        Ok(serde_json::from_slice(&body)?)
    }

    async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.keys += 1;
        let key = format!("Idempotency-Key: money-{}\r\n", self.keys);
        let token = Some(self.token.as_str()).filter(|t| !t.is_empty());
        let request = client::post(path, token, &key, &body.to_string());
        let (status, body) = self.connection.ask(&request).await?;
        let text = String::from_utf8_lossy(&body);
        ensure!((200..300).contains(&status), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text)?)
    }
}

/// What a bank says of the n-th transfer of a round, and its message's id.
fn message(round: usize, n: usize, account: &Value) -> (String, String) {
    let body = json!({
        "transaction_id": format!("FT{round}-{n:07}"),
        "bank_bin": account.get("bank_bin"), "account_number": account.get("account_number"),
        "amount_vnd": 8_000 + n, "currency": "VND", "description": format!("nop le phi {n}"),
        "booked_at": "2026-03-02T09:00:00+07:00", "payer_name": "TRAN VAN BINH",
    });
    (format!("m{round}-{n}"), body.to_string())
}

/// Sends all messages over a bank's lines, each signed as it goes; how many were stored in a second.
async fn burst(
    server: &Program,
    messages: &[(String, String)],
    secret: &WebhookSecret,
    started: Instant,
) -> anyhow::Result<f64> {
    let mut open = Vec::new();
    for _ in 0..CONNECTIONS {
        open.push(Connection::open(server.address).await?);
    }
    let signed = |id: &str, body: &str, at: i64| {
        let signature = secret.sign(id, at, body.as_bytes());
        let headers = format!(
            "webhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: {signature}\r\n"
        );
        client::post("/api/v1/bank-notifications/webhook", None, &headers, body)
    };
    // The demonstration's clock ticks on from its beginning.
    let clock = chrono::DateTime::parse_from_rfc3339(servers::CLOCK)?.timestamp();
    let now = clock + i64::try_from(started.elapsed().as_secs())?;
    let begun = Instant::now();
    let signed = &signed;
    let workers = open
        .into_iter()
        .enumerate()
        .map(|(line, mut connection)| async move {
            for (id, body) in messages.iter().skip(line).step_by(CONNECTIONS) {
                let (status, answer) = connection.ask(&signed(id, body, now)).await?;
                ensure!(
                    status == 202,
                    "{status}: {}",
                    String::from_utf8_lossy(&answer)
                );
            }
            Ok::<(), anyhow::Error>(())
        });
    for done in futures_util::future::join_all(workers).await {
        done?;
    }
    Ok(messages.len() as f64 / begun.elapsed().as_secs_f64())
}

/// Writes the same rows into a table like the server's, each in a transaction of its own.
fn directly(url: &str, messages: &[(String, String)]) -> anyhow::Result<f64> {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|line| {
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut db = PgConnection::establish(url)?;
                    let at = NaiveDateTime::default();
                    for (n, (id, body)) in messages.iter().enumerate().skip(line).step_by(WRITERS) {
                        diesel::sql_query(
                            "INSERT INTO plain_notifications (id, adapter, message_id, received_at, state, body, attempts) \
                             VALUES ($1, 'webhook', $2, $3, 'stored', $4, 0) ON CONFLICT DO NOTHING",
                        )
                        .bind::<Text, _>(format!("01a00000-0000-7000-8000-{n:012x}"))
                        .bind::<Text, _>(id)
                        .bind::<Timestamp, _>(at)
                        .bind::<Text, _>(body)
                        .execute(&mut db)?;
                    }
                    Ok(())
                })
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|w| w.join().map_err(|_| anyhow::anyhow!("a writer gave up"))?)
    })?;
    Ok(messages.len() as f64 / begun.elapsed().as_secs_f64())
}

/// Writes lines like those of a statement, as many at once as the server does; how many in a second.
fn lines_directly(db: &mut PgConnection, lines: usize) -> anyhow::Result<f64> {
    let begun = Instant::now();
    for from in (0..lines).step_by(AT_ONCE) {
        db.transaction(|db| {
            let rows: Vec<String> = (from..lines.min(from + AT_ONCE))
                .map(|n| {
                    format!(
                        "('s', {n}, 'known', TIMESTAMP '2026-03-02 02:00:00', {}, 'B{n:07}', 'nop le phi {n}', \
                         'TRAN VAN BINH', NULL, '01b00000-0000-7000-8000-{n:012x}', NULL)",
                        8_000 + n
                    )
                })
                .collect();
            diesel::sql_query(format!(
                "INSERT INTO plain_lines VALUES {}",
                rows.join(", ")
            ))
            .execute(db)
        })?;
    }
    Ok(lines as f64 / begun.elapsed().as_secs_f64())
}

struct Found {
    notifications: usize,
    stored: Vec<(f64, f64)>,
    lines: usize,
    gone_through: f64,
    written: f64,
    looks: usize,
    resident: (f64, f64),
}

impl Found {
    fn markdown(&self) -> String {
        let mut ratios: Vec<f64> = self
            .stored
            .iter()
            .map(|(ours, plain)| ours / plain)
            .collect();
        ratios.sort_by(f64::total_cmp);
        let middle = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
        let rates: Vec<String> = self
            .stored
            .iter()
            .map(|(ours, plain)| format!("{ours:.0} against {plain:.0}"))
            .collect();
        let mut page = String::from("\n## Money\n\n");
        let _ = writeln!(
            page,
            "PostgreSQL, on the same machine. Of {} notifications in a burst over {CONNECTIONS} connections all were stored and \
             answered at {:.0} % of the database's own rate for the same rows, each in a transaction of its own (aimed at: at \
             least 60 %; a second: {}).\n",
            self.notifications,
            middle * 100.0,
            rates.join(", ")
        );
        let _ = writeln!(
            page,
            "A statement of {} lines was gone through at {:.0} % of the rate at which its lines alone can be written (aimed at: \
             at least 30 %; a second: {:.0} against {:.0}), and said {} times on the way how far it was. The server held {:.0} \
             MiB before and {:.0} MiB at the end.",
            self.lines,
            self.gone_through / self.written * 100.0,
            self.gone_through,
            self.written,
            self.looks,
            self.resident.0,
            self.resident.1
        );
        page
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (mut notifications, mut lines, mut whole) = (10_000, 100_000, true);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        whole = false;
        match name.as_str() {
            "--notifications" => notifications = value.parse()?,
            "--lines" => lines = value.parse()?,
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    let admin = std::env::var("MOTCUA_TEST_POSTGRES_URL")
        .context("MOTCUA_TEST_POSTGRES_URL is not set: run this through scripts/with-postgres")?;
    let secret = std::env::var("MOTCUA_BANK_WEBHOOK_SECRETS")
        .context("MOTCUA_BANK_WEBHOOK_SECRETS is not set: the bank signs what it tells")?;
    let secret = WebhookSecret::parse(&secret).map_err(|_| anyhow::anyhow!("no secret"))?;
    let programs = Programs::find()?;
    let place = Place::postgres(&admin)?;
    programs.migrate(&place.folder, &place.url)?;
    let found = measure(&programs, &place, &secret, notifications, lines).await?;
    let page = found.markdown();
    if whole {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/performance.md");
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let kept = before.split("\n## Money").next().unwrap_or_default();
        std::fs::write(path, format!("{}\n{page}", kept.trim_end()))?;
        say("docs/performance.md is written");
    }
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}

async fn measure(
    programs: &Programs,
    place: &Place,
    secret: &WebhookSecret,
    notifications: usize,
    lines: usize,
) -> anyhow::Result<Found> {
    let server = programs.serve(&place.folder, &place.url)?;
    let started = Instant::now();
    let mut db = PgConnection::establish(&place.url)?;
    let mut till = Till::open(&server).await?;
    let accounts = till.get("/api/v1/collection-accounts").await?;
    let account = accounts
        .pointer("/items/0")
        .cloned()
        .context("no account")?;

    let mut stored = Vec::new();
    for round in 0..PAIRS {
        let messages: Vec<_> = (0..notifications)
            .map(|n| message(round, n, &account))
            .collect();
        let ours = burst(&server, &messages, secret, started).await?;
        until_nothing_is_left(&mut db, notifications * (round + 1))?;
        db.batch_execute(
            "DROP TABLE IF EXISTS plain_notifications; \
             CREATE TABLE plain_notifications (LIKE bank_notifications INCLUDING ALL)",
        )?;
        let plain = directly(&place.url, &messages)?;
        say(&format!(
            "{ours:.0} notifications a second, {plain:.0} rows"
        ));
        stored.push((ours, plain));
    }

    // As many movements as the statement has lines, told of before.
    let text = |name: &str| {
        account
            .get(name)
            .and_then(Value::as_str)
            .map(ToOwned::to_owned)
            .with_context(|| format!("no {name}"))
    };
    let id = text("id")?;
    diesel::sql_query(
        "INSERT INTO bank_transactions (id, centre_id, authority_id, account_id, bank_reference, amount_vnd, refund_vnd, \
         description, payer_name, payer_account, booked_at, received_at, state, request_id, version) \
         SELECT '01b00000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'), a.centre_id, a.authority_id, a.id, \
         'B' || lpad(g::text, 7, '0'), 8000 + g, 0, 'nop le phi ' || g, 'TRAN VAN BINH', $3, \
         TIMESTAMP '2026-03-02 02:00:00', TIMESTAMP '2026-03-02 02:00:00', 'unmatched', NULL, 1 \
         FROM collection_accounts a, generate_series(0, $1 - 1) g WHERE a.id = $2",
    )
    .bind::<Integer, _>(i32::try_from(lines)?)
    .bind::<Text, _>(&id)
    .bind::<Nullable<Text>, _>(None::<String>)
    .execute(&mut db)?;
    db.batch_execute("ANALYZE")?;
    let mut sheet = String::from("Ngay,Ma,Co,Noi dung,Nguoi chuyen\n");
    for n in 0..lines {
        let _ = writeln!(
            sheet,
            "02/03/2026 09:00:00,B{n:07},{},nop le phi {n},TRAN VAN BINH",
            8_000 + n
        );
    }
    // The server has closed the connection that asked for nothing meanwhile.
    let mut till = Till::open(&server).await?;
    till.post(
        "/api/v1/statement-columns",
        &json!({ "bank_bin": account.get("bank_bin"), "columns": {
            "booked_on": "Ngay", "dates": "dmy", "credit": "Co", "reference": "Ma", "description": "Noi dung",
            "payer_name": "Nguoi chuyen",
        } }),
    )
    .await?;
    let held = machine::resident_mib(server.pid());
    let file = json!({
        "account_id": id, "format": "csv", "file_name": "so-phu.csv", "file": STANDARD.encode(&sheet),
    });
    let begun = Instant::now();
    let brought = till.post("/api/v1/bank-statements", &file).await?;
    let statement = brought
        .get("id")
        .and_then(Value::as_str)
        .context("no id")?
        .to_owned();
    let mut seen = Vec::new();
    loop {
        let now = till
            .get(&format!("/api/v1/bank-statements/{statement}"))
            .await?;
        let done = now.get("lines_done").and_then(Value::as_i64).unwrap_or(0);
        if seen.last() != Some(&done) {
            seen.push(done);
        }
        if now.get("state") == Some(&json!("done")) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let gone_through = lines as f64 / begun.elapsed().as_secs_f64();
    let resident = (held, machine::resident_mib(server.pid()));
    let known = count(
        &mut db,
        "SELECT count(*) AS n FROM bank_statement_lines WHERE class = 'known'",
    )?;
    ensure!(
        usize::try_from(known)? == lines,
        "{known} of {lines} lines are known"
    );
    db.batch_execute("CREATE TABLE plain_lines (LIKE bank_statement_lines INCLUDING ALL)")?;
    let written = lines_directly(&mut db, lines)?;
    Ok(Found {
        notifications,
        stored,
        lines,
        gone_through,
        written,
        looks: seen.len(),
        resident,
    })
}

/// Waits until the server has made something of all that was told.
fn until_nothing_is_left(db: &mut PgConnection, all: usize) -> anyhow::Result<()> {
    let done = "SELECT count(*) AS n FROM bank_notifications WHERE state = 'done'";
    while usize::try_from(count(db, done)?)? < all {
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}
