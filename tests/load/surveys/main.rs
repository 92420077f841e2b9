//! `make bench`: what surveys cost on PostgreSQL. Answers over HTTP against the database's own rate for the same
//! rows; then results over many answers against the same over few, and counted again by `motcua verify`.
//!
//! ```text
//! cargo build --profile serve -p motcua-server -p motcua-tests --bins
//! scripts/with-postgres target/serve/surveys
//! ```
//!
//! `--answers N` and `--kept N` narrow it down; then the page is printed, not written.

#[path = "../bench/client.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod client;
#[path = "../bench/machine.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod machine;
#[path = "../bench/servers.rs"]
#[allow(dead_code, reason = "shared with the other benchmark")]
mod servers;

use std::io::Write as _;
use std::time::Instant;

use anyhow::{Context as _, ensure};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, PgConnection};
use motcua_services::survey::key::token_hash;
use serde_json::{Value, json};

use client::Connection;
use servers::{Place, Program, Programs};

/// People's telephones.
const CONNECTIONS: usize = 16;
/// Connections that write the same rows directly: the server's own pool.
const WRITERS: usize = 8;
/// Rounds, and the same rows written directly, one after the other.
const PAIRS: usize = 3;
/// Answers to which more are compared.
const FEW: i64 = 10_000;
/// Times the results are read at each size.
const READS: usize = 200;
/// Bytes of a sealed answer: a block, its nonce and its tag, in base64.
const SEALED: usize = 5_516;

fn say(line: &str) {
    // Nobody listening is no reason to stop measuring.
    let _ = writeln!(std::io::stderr(), "surveys: {line}");
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Text)]
    value: String,
}

fn one(db: &mut PgConnection, sql: &str) -> anyhow::Result<String> {
    Ok(diesel::sql_query(sql).get_result::<One>(db)?.value)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(db: &mut PgConnection, sql: &str) -> anyhow::Result<i64> {
    Ok(diesel::sql_query(sql).get_result::<Count>(db)?.n)
}

/// Tokens of a round.
fn tokens(round: usize, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("t{round:02}{i:019}")).collect()
}

/// The right to answer, for each of these tokens.
fn invite(db: &mut PgConnection, table: &str, tokens: &[String]) -> anyhow::Result<()> {
    for some in tokens.chunks(1_000) {
        let rows: Vec<String> = some
            .iter()
            .map(|t| {
                format!(
                    "('{}', (SELECT id FROM centres LIMIT 1), \
                     (SELECT id FROM questionnaires WHERE code = 'c01' LIMIT 1), \
                     (SELECT id FROM authorities LIMIT 1), 'A', NULL, 'intake', DATE '2027-01-01', FALSE)",
                    token_hash(t)
                )
            })
            .collect();
        db.batch_execute(&format!("INSERT INTO {table} VALUES {}", rows.join(", ")))?;
    }
    Ok(())
}

/// Answers over HTTP; how many in a second.
async fn over_http(server: &Program, tokens: &[String]) -> anyhow::Result<f64> {
    let body = json!({ "answers": [
        { "question": "result_time", "choices": ["on_time"] },
        { "question": "attitude", "choices": ["5"] },
        { "question": "publicity", "choices": ["4"] },
        { "question": "overall", "choices": ["5"] },
        { "question": "contacts", "number": 0 },
    ]})
    .to_string();
    let mut open = Vec::new();
    for _ in 0..CONNECTIONS {
        open.push(Connection::open(server.address).await?);
    }
    let (begun, body) = (Instant::now(), &body);
    let workers = open
        .into_iter()
        .enumerate()
        .map(|(line, mut connection)| async move {
            for token in tokens.iter().skip(line).step_by(CONNECTIONS) {
                let path = format!("/api/v1/public/surveys/{token}");
                let request = client::post(&path, None, "", body);
                let (status, answer) = connection.ask(&request).await?;
                ensure!(
                    status == 204,
                    "{status}: {}",
                    String::from_utf8_lossy(&answer)
                );
            }
            Ok::<(), anyhow::Error>(())
        });
    for done in futures_util::future::join_all(workers).await {
        done?;
    }
    Ok(tokens.len() as f64 / begun.elapsed().as_secs_f64())
}

/// The same rows written directly, each right used up and each answer kept in one transaction.
fn directly(url: &str, round: usize, tokens: &[String]) -> anyhow::Result<f64> {
    let sealed = "A".repeat(SEALED);
    let (begun, sealed) = (Instant::now(), &sealed);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|line| {
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut db = PgConnection::establish(url)?;
                    for (n, token) in tokens.iter().enumerate().skip(line).step_by(WRITERS) {
                        let hash = token_hash(token);
                        db.transaction(|db| {
                            diesel::sql_query(
                                "UPDATE plain_invitations SET used = TRUE WHERE token_hash = $1 AND NOT used",
                            )
                            .bind::<Text, _>(hash)
                            .execute(db)?;
                            diesel::sql_query(
                                "INSERT INTO plain_pending VALUES ($1, 'c', DATE '2026-03-02', $2)",
                            )
                            .bind::<Text, _>(format!("{round:08x}-0000-4000-8000-{n:012x}"))
                            .bind::<Text, _>(sealed)
                            .execute(db)
                        })?;
                    }
                    Ok(())
                })
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|w| w.join().map_err(|_| anyhow::anyhow!("a writer gave up"))?)
    })?;
    Ok(tokens.len() as f64 / begun.elapsed().as_secs_f64())
}

/// Answers as they are kept, so many in all, in the cells and choices of a quarter, and their counts.
fn kept(db: &mut PgConnection, n: i64) -> anyhow::Result<()> {
    db.batch_execute(&format!(
        "TRUNCATE survey_answers; TRUNCATE survey_counts;
         INSERT INTO survey_answers
         SELECT gen_random_uuid()::text, c.id, q.id, a.id, f.field, h.channel, '2026-W' || lpad((2 + i % 10)::text, 2, '0'), '2026-Q1',
                '[{{\"question\":\"attitude\",\"choices\":[\"' || (1 + i % 5) || '\"]}},{{\"question\":\"overall\",\"choices\":[\"' || (1 + (i / 7) % 5) || '\"]}}]'
         FROM generate_series(1, {n}) AS i
         CROSS JOIN (SELECT id FROM centres LIMIT 1) AS c
         CROSS JOIN (SELECT id FROM questionnaires WHERE code = 'c01' LIMIT 1) AS q
         JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM authorities) AS a ON a.k = i % 3
         JOIN (VALUES ('A', 0), ('B', 1), ('C', 2), ('D', 3), ('E', 4), ('F', 5), ('G', 6)) AS f (field, k) ON f.k = (i / 3) % 7
         JOIN (VALUES ('link', 0), ('tablet', 1), ('paper', 2)) AS h (channel, k) ON h.k = (i / 21) % 3;
         INSERT INTO survey_counts
         SELECT centre_id, questionnaire_id, quarter, '', '', authority_id, field, channel, count(*)
         FROM survey_answers GROUP BY 1, 2, 3, 6, 7, 8;
         INSERT INTO survey_counts
         SELECT centre_id, questionnaire_id, quarter, g ->> 'question', '', authority_id, field, channel, count(*)
         FROM survey_answers, json_array_elements(answers::json) AS g GROUP BY 1, 2, 3, 4, 6, 7, 8;
         INSERT INTO survey_counts
         SELECT centre_id, questionnaire_id, quarter, g ->> 'question', g -> 'choices' ->> 0, authority_id, field, channel, count(*)
         FROM survey_answers, json_array_elements(answers::json) AS g GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;"
    ))?;
    for table in ["survey_answers", "survey_counts"] {
        db.batch_execute(&format!("VACUUM ANALYZE {table}"))?;
    }
    Ok(())
}

fn middle(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// How long the results of a quarter take, in milliseconds, and how many they say answered.
async fn read(server: &Program, path: &str) -> anyhow::Result<(f64, i64)> {
    let mut connection = Connection::open(server.address).await?;
    let (mut took, mut n) = (Vec::new(), 0);
    for _ in 0..READS {
        let begun = Instant::now();
        let (status, body) = connection.ask(&client::get(path, None)).await?;
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ensure!(status == 200, "{path}: {status}");
        let told: Value = serde_json::from_slice(&body)?;
        n = told
            .pointer("/slices/0/n")
            .and_then(Value::as_i64)
            .context("no whole")?;
    }
    Ok((middle(took), n))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let (mut answers, mut many, mut whole) = (5_000, 1_000_000, true);
    let mut args = std::env::args().skip(1);
    while let Some(name) = args.next() {
        let value = args
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        whole = false;
        match name.as_str() {
            "--answers" => answers = value.parse()?,
            "--kept" => many = value.parse()?,
            _ => anyhow::bail!("unknown option {name}"),
        }
    }
    let admin = std::env::var("MOTCUA_TEST_POSTGRES_URL")
        .context("MOTCUA_TEST_POSTGRES_URL is not set: run this through scripts/with-postgres")?;
    let programs = Programs::find()?;
    let place = Place::postgres(&admin)?;
    programs.migrate(&place.folder, &place.url)?;
    let page = measure(&programs, &place, answers, many).await?;
    if whole {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/performance.md");
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let kept = before.split("\n## Surveys").next().unwrap_or_default();
        std::fs::write(path, format!("{}\n\n{page}", kept.trim_end()))?;
        say("docs/performance.md is written");
    }
    std::io::stdout().write_all(page.as_bytes())?;
    Ok(())
}

async fn measure(
    programs: &Programs,
    place: &Place,
    answers: usize,
    many: i64,
) -> anyhow::Result<String> {
    let url = &place.url;
    let server = programs.serve(&place.folder, url)?;
    let mut db = PgConnection::establish(url)?;
    db.batch_execute(
        "CREATE TABLE plain_invitations (LIKE survey_invitations INCLUDING ALL);
         CREATE TABLE plain_pending (LIKE survey_pending INCLUDING ALL);",
    )?;
    let mut rates = Vec::new();
    for round in 0..PAIRS {
        let tokens = tokens(round, answers);
        invite(&mut db, "survey_invitations", &tokens)?;
        invite(&mut db, "plain_invitations", &tokens)?;
        // Each by itself: several in one call would be a transaction.
        db.batch_execute("VACUUM ANALYZE")?;
        db.batch_execute("CHECKPOINT")?;
        let ours = over_http(&server, &tokens).await?;
        let bare = directly(url, round, &tokens)?;
        say(&format!(
            "answers: {ours:.0} a second over HTTP, {bare:.0} directly"
        ));
        rates.push(ours / bare * 100.0);
    }
    let share = middle(rates);
    say(&format!(
        "answers: {share:.0} % of the bare rate (at least 50)"
    ));
    let centre = one(&mut db, "SELECT id AS value FROM centres LIMIT 1")?;
    let asks = one(
        &mut db,
        "SELECT id AS value FROM questionnaires WHERE code = 'c01' LIMIT 1",
    )?;
    let path = format!(
        "/api/v1/public/survey-results?centre_id={centre}&questionnaire_id={asks}&quarter=2026-Q1"
    );
    kept(&mut db, FEW)?;
    let (few_took, n) = read(&server, &path).await?;
    ensure!(n == FEW, "{n} of {FEW}");
    kept(&mut db, many)?;
    let (many_took, n) = read(&server, &path).await?;
    ensure!(n == many, "{n} of {many}");
    let ratio = many_took / few_took;
    say(&format!(
        "results: {few_took:.2} ms over {FEW}, {many_took:.2} ms over {many}: {ratio:.2} times (at most 2)"
    ));
    drop(server);
    let found = programs.verify(&place.folder, url)?;
    let wrong: Vec<&str> = found.lines().filter(|l| l.contains("survey_")).collect();
    ensure!(wrong.is_empty(), "counted again: {wrong:?}");
    say(&format!(
        "counted again from {} answers: the same",
        count(&mut db, "SELECT count(*) AS n FROM survey_answers")?
    ));
    Ok(format!(
        "## Surveys\n\n| what | measured | aimed at |\n|---|---|---|\n\
         | answers over HTTP against the same rows written directly | {share:.0} % | at least 50 % |\n\
         | results over {many} answers against {FEW} | {ratio:.2} times ({many_took:.2} against {few_took:.2} ms) | at most 2 |\n"
    ))
}
