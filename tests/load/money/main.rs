//! `make bench`, third part: what money costs on PostgreSQL. A burst of notifications, all of them stored
//! and answered, against the database's own rate for the same rows; then a statement of many lines, gone
//! through in the background, against the rate at which its lines alone can be written; then a till and a
//! day's sheet over many entries of the ledger, against the same over few.
//!
//! ```text
//! cargo build --profile serve -p motcua-server -p motcua-tests --bins
//! MOTCUA_BANK_WEBHOOK_SECRETS=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw scripts/with-postgres target/serve/money
//! ```
//!
//! `--notifications N`, `--lines N` and `--entries N` narrow it down; then the page is printed, not written.

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
use std::sync::atomic::{AtomicU64, Ordering};
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
use motcua_tests::dossier::MARITAL;
use serde_json::{Value, json};

use client::Connection;
use servers::{Place, Program, Programs};

/// Banks have more than one line.
const CONNECTIONS: usize = 16;
/// Connections that write the same rows directly: the server's own pool.
const WRITERS: usize = 8;
/// Bursts, and the same rows written directly, one after the other.
const PAIRS: usize = 3;
/// Entries of the ledger to which more are compared.
const FEW_ENTRIES: i64 = 10_000;
/// Collections of the day that is closed.
const OF_THE_DAY: i64 = 50;
/// Days that are closed, one after the other, at each size.
const CLOSINGS: usize = 15;
/// Lines of a statement that are written at once.
const AT_ONCE: usize = 1_000;

/// Keys are one's own however often one signs in.
static KEYS: AtomicU64 = AtomicU64::new(0);

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

/// Somebody signed in at a server: a cashier, most of the time.
struct Till {
    connection: Connection,
    token: String,
}

impl Till {
    async fn open(server: &Program) -> anyhow::Result<Self> {
        Self::open_as(server, "thungan").await
    }

    async fn open_as(server: &Program, who: &str) -> anyhow::Result<Self> {
        let mut till = Self {
            connection: Connection::open(server.address).await?,
            token: String::new(),
        };
        let body = json!({ "username": who, "password": demo::PASSWORD });
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
        self.send(path, "", body).await
    }

    async fn post_at(&mut self, path: &str, version: i64, body: &Value) -> anyhow::Result<Value> {
        self.send(path, &format!("If-Match: \"v{version}\"\r\n"), body)
            .await
    }

    async fn send(&mut self, path: &str, more: &str, body: &Value) -> anyhow::Result<Value> {
        let key = KEYS.fetch_add(1, Ordering::Relaxed);
        let key = format!("Idempotency-Key: money-{key}\r\n{more}");
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
    entries: i64,
    /// Milliseconds with few entries and with many: a till's closing, a day's sheet, what a payer paid.
    few: Took,
    many: Took,
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
        let _ = writeln!(
            page,
            "\nWith {} entries of a cashier's in the ledger the closing of a day of {OF_THE_DAY} collections (seen, then closed) \
             took {:.2} times what it took with {FEW_ENTRIES} ({:.1} against {:.1} ms), the day's sheet of the authority {:.2} times \
             ({:.1} against {:.1} ms), what one payer paid {:.2} times ({:.1} against {:.1} ms; aimed at: at most twice).",
            self.entries,
            self.many.closing / self.few.closing,
            self.many.closing,
            self.few.closing,
            self.many.sheet / self.few.sheet,
            self.many.sheet,
            self.few.sheet,
            self.many.history / self.few.history,
            self.many.history,
            self.few.history
        );
        page
    }
}

/// What was measured, in milliseconds: the middle of some.
#[derive(Debug, Clone, Copy)]
struct Took {
    closing: f64,
    sheet: f64,
    history: f64,
}

/// Who collects, for whom and for what: what copies of an entry have in common.
#[derive(QueryableByName)]
struct Collection {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    centre_id: String,
    #[diesel(sql_type = Text)]
    authority_id: String,
    #[diesel(sql_type = Text)]
    user_id: String,
}

/// Copies a collection: `more` of them, one after the other up to so many minutes ago, each a minute.
fn copied(
    db: &mut PgConnection,
    of: &Collection,
    more: i64,
    minutes_ago: i64,
) -> anyhow::Result<()> {
    db.transaction(|db| {
        db.batch_execute("DROP TABLE IF EXISTS copies")?;
        diesel::sql_query(
            "CREATE TEMP TABLE copies AS SELECT gen_random_uuid()::text AS id, c.value + g AS seq, \
             (now() AT TIME ZONE 'UTC') - ($3 + $2 - g) * INTERVAL '1 minute' AS at \
             FROM counters c, generate_series(1, $2) g WHERE c.name = 'ledger:' || $1",
        )
        .bind::<Text, _>(&of.centre_id)
        .bind::<BigInt, _>(more)
        .bind::<BigInt, _>(minutes_ago)
        .execute(db)?;
        diesel::sql_query(
            "INSERT INTO ledger_entries (id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method) \
             SELECT c.id, e.centre_id, c.seq, c.at, e.kind, e.authority_id, e.dossier_id, e.assessment_id, e.actor_id, e.method \
             FROM copies c, ledger_entries e WHERE e.id = $1",
        )
        .bind::<Text, _>(&of.id)
        .execute(db)?;
        diesel::sql_query(
            "INSERT INTO ledger_postings SELECT c.id, p.ord, p.account, p.money_kind, p.amount_vnd \
             FROM copies c, ledger_postings p WHERE p.entry_id = $1",
        )
        .bind::<Text, _>(&of.id)
        .execute(db)?;
        // Each was paid by somebody else.
        diesel::sql_query(
            "INSERT INTO receipts (id, centre_id, authority_id, series_id, year, number, money_kind, dossier_id, entry_id, \
             payer_name, payer_number, lines, amount_vnd, method, issued_at, state, version) \
             SELECT gen_random_uuid()::text, r.centre_id, r.authority_id, r.series_id, 2000, c.seq, r.money_kind, r.dossier_id, c.id, \
             r.payer_name, lpad(c.seq::text, 12, '0'), r.lines, r.amount_vnd, r.method, c.at, r.state, 1 \
             FROM copies c, receipts r WHERE r.entry_id = $1",
        )
        .bind::<Text, _>(&of.id)
        .execute(db)?;
        diesel::sql_query("UPDATE counters SET value = value + $2 WHERE name = 'ledger:' || $1")
            .bind::<Text, _>(&of.centre_id)
            .bind::<BigInt, _>(more)
            .execute(db)?;
        Ok(())
    })
}

/// What was collected before today was closed before today.
fn closed_before(db: &mut PgConnection, of: &Collection) -> anyhow::Result<()> {
    diesel::sql_query(
        "INSERT INTO till_closings (id, centre_id, user_id, number, day, after_seq, to_seq, first_at, last_at, sums, counted, \
         collected_vnd, difference_vnd, closed_at) \
         SELECT gen_random_uuid()::text, $1, $2, COALESCE((SELECT max(number) FROM till_closings WHERE user_id = $2), 0) + 1, \
         current_date, 0, c.value, now(), now(), '[]', '{}', 0, 0, now() FROM counters c WHERE c.name = 'ledger:' || $1",
    )
    .bind::<Text, _>(&of.centre_id)
    .bind::<Text, _>(&of.user_id)
    .execute(db)?;
    db.batch_execute("ANALYZE")?;
    Ok(())
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// How long a day's closing, its sheet and a payer's history take.
async fn closed(db: &mut PgConnection, till: &mut Till, of: &Collection) -> anyhow::Result<Took> {
    let (mut closings, mut sheets, mut histories) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..CLOSINGS {
        copied(db, of, OF_THE_DAY, 0)?;
        // They were collected within the hour, but not yesterday.
        diesel::sql_query("UPDATE ledger_entries SET at = now() AT TIME ZONE 'UTC' WHERE id IN (SELECT id FROM copies)")
            .execute(db)?;
        let begun = Instant::now();
        let standing = till.get("/api/v1/till").await?;
        let seen = standing
            .pointer("/open/until_seq")
            .context("nothing is open")?;
        let closing = json!({ "until_seq": seen, "card_vnd": 0, "reason": "x" });
        let made = till.post("/api/v1/till-closings", &closing).await?;
        closings.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ensure!(
            made.get("lines_count") == Some(&json!(OF_THE_DAY)),
            "{} lines",
            made.get("lines_count").unwrap_or(&Value::Null)
        );
        let day = standing
            .pointer("/open/day")
            .and_then(Value::as_str)
            .context("no day")?;
        let path = format!(
            "/api/v1/collection-sheet?authority_id={}&from={day}&to={day}",
            of.authority_id
        );
        let begun = Instant::now();
        till.get(&path).await?;
        sheets.push(begun.elapsed().as_secs_f64() * 1_000.0);
        let begun = Instant::now();
        let paid = till
            .get("/api/v1/receipts?payer_number=001085012345")
            .await?;
        histories.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ensure!(
            paid.pointer("/items/0/amount_vnd") == Some(&json!(8_000)),
            "nothing was paid by this number"
        );
    }
    Ok(Took {
        closing: middle(closings),
        sheet: middle(sheets),
        history: middle(histories),
    })
}

/// A till and a day's sheet over few entries and over many.
async fn books(
    db: &mut PgConnection,
    server: &Program,
    entries: i64,
) -> anyhow::Result<(Took, Took)> {
    let mut till = Till::open(server).await?;
    let mut desk = Till::open_as(server, "tiepnhan").await?;
    let dossier = owing(&mut desk).await?;
    let paid = json!({ "settlement": "paid", "method": "card", "reference": "POS 0012" });
    till.post_at(
        &format!("/api/v1/dossiers/{}/payments", dossier.0),
        dossier.1,
        &paid,
    )
    .await?;
    let of: Collection = diesel::sql_query(
        "SELECT id, centre_id, authority_id, actor_id AS user_id FROM ledger_entries \
         WHERE kind = 'paid' AND dossier_id = $1",
    )
    .bind::<Text, _>(&dossier.0)
    .get_result(db)?;
    // The past of the cashier: up to a day and a half ago.
    copied(db, &of, FEW_ENTRIES, 2_160)?;
    closed_before(db, &of)?;
    let few = closed(db, &mut till, &of).await?;
    // The day that is looked at has as much in it each time.
    db.batch_execute(
        "UPDATE ledger_entries SET at = at - INTERVAL '2 days' WHERE at > (now() AT TIME ZONE 'UTC') - INTERVAL '1 day'",
    )?;
    copied(db, &of, entries - FEW_ENTRIES, 2_160)?;
    closed_before(db, &of)?;
    // The server has closed the connection that asked for nothing meanwhile.
    let mut till = Till::open(server).await?;
    let many = closed(db, &mut till, &of).await?;
    Ok((few, many))
}

/// A dossier that owes: its id and version.
async fn owing(desk: &mut Till) -> anyhow::Result<(String, i64)> {
    let authorities = desk.get("/api/v1/authorities?limit=100").await?;
    let ward = authorities
        .get("items")
        .and_then(Value::as_array)
        .and_then(|all| all.iter().find(|a| a.get("code") == Some(&json!("thd"))))
        .and_then(|a| a.get("id"))
        .context("no ward")?;
    let intake = json!({
        "procedure_code": MARITAL, "authority_id": ward, "channel": "counter",
        "owner": { "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345",
            "birth_date": "1985-04-12", "phone": "0912345678", "address": "12 phố Hàng Bài, Hà Nội" },
        "components": [{ "component_id": "to_khai", "originals": 1, "certified_copies": 0, "photocopies": 0 }],
        "result_delivery": { "method": "counter" }
    });
    let made = desk.post("/api/v1/dossiers", &intake).await?;
    let id = made
        .get("id")
        .and_then(Value::as_str)
        .context("no dossier")?
        .to_owned();
    let version = |d: &Value| {
        d.get("version")
            .and_then(Value::as_i64)
            .context("no version")
    };
    let stated = json!({ "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": 8_000, "source": "Nghị quyết 15" }] });
    desk.post_at(
        &format!("/api/v1/dossiers/{id}/assessments"),
        version(&made)?,
        &stated,
    )
    .await?;
    let now = desk.get(&format!("/api/v1/dossiers/{id}")).await?;
    let version = version(&now)?;
    Ok((id, version))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (mut notifications, mut lines, mut entries, mut whole) = (10_000, 100_000, 1_000_000, true);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        whole = false;
        match name.as_str() {
            "--notifications" => notifications = value.parse()?,
            "--lines" => lines = value.parse()?,
            "--entries" => entries = value.parse()?,
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
    let found = measure(&programs, &place, &secret, (notifications, lines, entries)).await?;
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
    (notifications, lines, entries): (usize, usize, i64),
) -> anyhow::Result<Found> {
    ensure!(entries > FEW_ENTRIES, "more than {FEW_ENTRIES} entries");
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
    let (few, many) = books(&mut db, &server, entries).await?;
    say(&format!("{few:?}, then {many:?}"));
    Ok(Found {
        notifications,
        stored,
        lines,
        gone_through,
        written,
        looks: seen.len(),
        resident,
        entries,
        few,
        many,
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
