//! The server itself: the same for the binary and for the tests that start it in their own process.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use anyhow::{Context as _, bail};
use motcua_api::deadline::{change, sweep};
use motcua_api::fee::{bank, statement};
use motcua_api::manners::{Manners, http};
use motcua_api::message::worker;
use motcua_api::survey::{self, keep};
use motcua_api::{AppState, event, openapi};
use motcua_services::token::Keyring;
use motcua_services::{Clock, Services, demo, setup};
use motcua_store::conn::Kind;
use motcua_store::{Options, Store, Ts, idempotency, migrate};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Config, Mode};
use crate::tls;

/// A server that listens and is yet to be driven.
pub struct Server {
    /// Drives it: await until it is told to stop.
    pub run: actix_web::dev::Server,
    /// Stops it.
    pub handle: ServerHandle,
    /// Where it listens.
    pub address: SocketAddr,
    /// Whether it speaks HTTPS.
    pub https: bool,
    /// What the browser must bring to a first start; none when nothing waits for one.
    pub setup_code: Option<String>,
}

/// Opens the database of a configuration.
///
/// # Errors
/// When it cannot be reached.
pub fn open_store(config: &Config) -> anyhow::Result<Store> {
    let options = Options {
        connections: config.database_connections,
        wait: Duration::from_secs(5),
        create: true,
    };
    Ok(Store::open(config.database_url.expose(), &options)?)
}

/// Brings SQLite up to date by itself; a PostgreSQL that is not is refused, since other servers may
/// be using it: `motcua migrate` is a decision.
fn schema(config: &Config, store: &Store) -> anyhow::Result<()> {
    let mut db = Store::single(config.database_url.expose())?;
    match store.kind() {
        Kind::Sqlite => {
            for version in migrate::run(&mut db)? {
                tracing::info!(version, "migrated");
            }
        }
        Kind::Postgres => {
            let pending = migrate::pending(&mut db)?;
            if !pending.is_empty() {
                bail!(
                    "the database is not up to date ({} pending): run `motcua migrate` first",
                    pending.len()
                );
            }
        }
    }
    Ok(())
}

/// Makes the services of a configuration ready: schema, keys, clock, demo data.
///
/// # Errors
/// A database that cannot be used; demo accounts in production; unreadable keys.
pub fn services(config: &Config) -> anyhow::Result<Services> {
    let store = open_store(config)?;
    schema(config, &store)?;
    let demo_mode = config.mode == Mode::Demo;
    if !demo_mode {
        let demo_users = store.read(motcua_store::account::has_demo_users)?;
        if demo_users {
            bail!(
                "this database holds demo accounts with known passwords; production does not start on it"
            );
        }
    }
    let keys = Keyring::open(&config.data_dir.join("keys"))?;
    let clock = match config.clock {
        Some(at) => Clock::starting_at(at.to_utc()),
        None => Clock::new(),
    };
    let services = Services::new(store, clock, keys);
    if demo_mode && demo::fill(&services, config.demo_history_days)? {
        tracing::info!("filled the empty database with demo data");
    }
    Ok(services)
}

/// Binds the server. Call it inside an actix runtime.
///
/// # Errors
/// When the address is taken, or the certificate cannot be read.
pub fn start(config: &Config, services: Services) -> anyhow::Result<Server> {
    let documents = openapi::documents().map_err(anyhow::Error::msg)?;
    let manners = Manners::new(openapi::document(), config.manners());
    let waits = services
        .read(setup::needed)
        .context("cannot read the database")?;
    let setup_code = waits.then(new_setup_code);
    let mut state = AppState::new(services, config.mode == Mode::Demo);
    state.setup_code = setup_code.as_deref().map(Into::into);
    state.gateways = config.gateways()?;
    state.files = Some(Arc::new(config.filing()?));
    state.public_url = config.public_base().map(Into::into);
    state.around = worker::surroundings(&state, config.look_up());
    let data = web::Data::new(state.clone());
    let limit = config.json_limit();
    let factory = move || {
        let (layer, documents) = (manners.clone(), documents.clone());
        App::new()
            .app_data(data.clone())
            .app_data(limit)
            .configure(openapi::configure)
            .configure(survey::page::configure)
            .configure(motcua_api::dossier::result_mark::configure)
            .configure(|cfg| layer.configure(&documents, cfg))
            .wrap(manners.clone())
    };
    let mut server = HttpServer::new(factory)
        .client_request_timeout(http::REQUEST_HEAD_TIMEOUT)
        .client_disconnect_timeout(http::DISCONNECT_TIMEOUT)
        .keep_alive(http::KEEP_ALIVE)
        .max_connections(http::MAX_CONNECTIONS)
        .shutdown_timeout(config.shutdown_seconds)
        .shutdown_signal(told_to_stop(state.clone()));
    if config.workers > 0 {
        server = server.workers(config.workers);
    }
    let cannot = || format!("cannot listen at {}", config.bind);
    let (server, https) = match (&config.tls_cert, &config.tls_key) {
        (Some(cert), Some(key)) => (
            server
                .bind_rustls_0_23(config.bind, tls::configuration(cert, key)?)
                .with_context(cannot)?,
            true,
        ),
        _ => (server.bind(config.bind).with_context(cannot)?, false),
    };
    let address = server
        .addrs()
        .first()
        .copied()
        .context("the server listens nowhere")?;
    actix_web::rt::spawn(forget_keys(state.clone()));
    actix_web::rt::spawn(keep_usage(state.clone()));
    actix_web::rt::spawn(change::carry(state.clone()));
    actix_web::rt::spawn(sweep::sweep(state.clone()));
    actix_web::rt::spawn(keep::keep(state.clone()));
    actix_web::rt::spawn(motcua_api::file::sweep::sweep(state.clone()));
    actix_web::rt::spawn(bank::settle(state.clone()));
    actix_web::rt::spawn(statement::go_through(state.clone()));
    worker::start(&state);
    actix_web::rt::spawn(event::watch(state));
    let run = server.run();
    Ok(Server {
        handle: run.handle(),
        run,
        address,
        https,
        setup_code,
    })
}

/// Sixty bits that can be read off a terminal and typed: no 0, 1, I or O.
fn new_setup_code() -> String {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let random = rand::random::<[u8; 12]>();
    let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len()).copied();
    let letters: Vec<u8> = random.iter().filter_map(letter).collect();
    let parts: Vec<String> = letters
        .chunks(4)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    parts.join("-")
}

/// Waits for SIGTERM or Ctrl-C, then lets streams end and readiness say no before the stop begins.
async fn told_to_stop(state: AppState) {
    let mut terminate = signal(SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(s) => {
                s.recv().await;
            }
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping");
    state.closing.send_replace(true);
}

/// Keeps what other systems asked, every few seconds and once more when the server stops.
async fn keep_usage(state: AppState) {
    let mut closing = state.closing.subscribe();
    loop {
        let last = tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(10)) => false,
            told = closing.wait_for(|c| *c) => told.is_ok(),
        };
        let services = state.services.clone();
        if let Err(problem) = state.block(move || services.keep_usage()).await {
            tracing::warn!(code = problem.code(), "what clients asked cannot be kept");
        }
        if last {
            return;
        }
    }
}

/// Forgets answers kept for repeated requests once they are a day old.
async fn forget_keys(state: AppState) {
    loop {
        let done = state
            .block({
                let services = state.services.clone();
                move || {
                    let before = Ts::new(services.now() - chrono::Duration::hours(24));
                    services.write(|db| Ok(idempotency::forget(db, before)?))
                }
            })
            .await;
        if let Err(problem) = done {
            tracing::warn!(
                code = problem.code(),
                "old idempotency keys cannot be forgotten"
            );
        }
        tokio::time::sleep(Duration::from_secs(600)).await;
    }
}
