//! The yardstick: the least program that can answer what motcua answers.
//!
//! actix and diesel, the same rows, the same JSON, nothing else: no signing in, no rules, no
//! problems, no headers, no log. `make bench` measures motcua against it, so that the price of
//! everything the server looks after is a figure and not a feeling.
//!
//! ```text
//! yardstick sqlite://FILE | postgres://…
//! ```
//!
//! It prints the address it listens at and serves `GET /dossiers/{id}` and
//! `GET /dossiers?centre=…&state=…` until it is ended.

mod read;

use std::io::Write as _;

use actix_web::{App, HttpResponse, HttpServer, error, web};
use anyhow::Context as _;
use diesel::connection::SimpleConnection as _;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use diesel::{PgConnection, SqliteConnection};
use motcua_store::DossierId;
use serde::Deserialize;

/// As many as the server has by default.
const CONNECTIONS: u32 = 8;

/// A pool for one database: the least program serves one, so each has its own code path.
#[derive(Clone)]
enum Database {
    Sqlite(Pool<ConnectionManager<SqliteConnection>>),
    Postgres(Pool<ConnectionManager<PgConnection>>),
}

#[derive(Debug)]
struct Reading;

impl CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Reading {
    fn on_acquire(&self, db: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        // What the server sets for its readers.
        db.batch_execute(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;
             PRAGMA query_only = ON;",
        )
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

fn open(url: &str) -> anyhow::Result<Database> {
    if let Some(file) = url.strip_prefix("sqlite://") {
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .test_on_check_out(false)
            .connection_customizer(Box::new(Reading))
            .build(ConnectionManager::<SqliteConnection>::new(file))?;
        return Ok(Database::Sqlite(pool));
    }
    let pool = Pool::builder()
        .max_size(CONNECTIONS)
        .test_on_check_out(false)
        .build(ConnectionManager::<PgConnection>::new(url))?;
    Ok(Database::Postgres(pool))
}

/// Runs the same read on whichever database it is, off the async threads.
macro_rules! read {
    ($database:expr, $module:ident, $db:ident => $body:expr) => {
        web::block(move || -> anyhow::Result<_> {
            Ok(match &$database {
                Database::Sqlite(pool) => {
                    use read::sqlite as $module;
                    let $db = &mut *pool.get()?;
                    $body
                }
                Database::Postgres(pool) => {
                    use read::postgres as $module;
                    let $db = &mut *pool.get()?;
                    $body
                }
            })
        })
        .await?
        .map_err(error::ErrorInternalServerError)
    };
}

async fn dossier(
    database: web::Data<Database>,
    id: web::Path<DossierId>,
) -> actix_web::Result<HttpResponse> {
    let found = read!(**database, on, db => on::dossier(db, &id)?.map(read::page))?;
    Ok(match found {
        Some(view) => HttpResponse::Ok().json(view),
        None => HttpResponse::NotFound().finish(),
    })
}

#[derive(Deserialize)]
struct ListQuery {
    centre: String,
    state: String,
}

async fn list(
    database: web::Data<Database>,
    query: web::Query<ListQuery>,
) -> actix_web::Result<HttpResponse> {
    let rows = read!(**database, on, db => on::list(db, &query.centre, &query.state)?)?;
    Ok(HttpResponse::Ok().json(read::items(rows)))
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let url = std::env::args()
        .nth(1)
        .context("usage: yardstick sqlite://FILE | postgres://…")?;
    let database = web::Data::new(open(&url)?);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(database.clone())
            .route("/dossiers", web::get().to(list))
            .route("/dossiers/{id}", web::get().to(dossier))
    })
    .bind("127.0.0.1:0")?;
    let address = server.addrs().first().copied().context("no address")?;
    let mut out = std::io::stdout();
    writeln!(out, "yardstick: http://{address}/")?;
    out.flush()?;
    server.run().await?;
    Ok(())
}
