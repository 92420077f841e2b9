//! What every handler has at hand.

use std::sync::Arc;
use std::sync::atomic::AtomicI32;

use actix_web::web;
use motcua_gateway::Gateways;
use motcua_services::fee::bank::Intake;
use motcua_services::message::Surroundings;
use motcua_services::{Result as ServiceResult, Services};
use motcua_store::Db;
use tokio::sync::{Notify, Semaphore, broadcast, watch};

use crate::event::Live;
use crate::file::Filing;
use crate::manners::Problem;

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The centre's services.
    pub services: Services,
    /// Demo mode: opens the demo sign-ins and the test clock.
    pub demo: bool,
    /// What the browser must bring to a first start; none when nothing waits for one.
    pub setup_code: Option<Arc<str>>,
    /// How many passwords are hashed at once: each takes 19 MiB and some 40 ms of a core.
    pub hashing: Arc<Semaphore>,
    /// Who passes messages on.
    pub gateways: Gateways,
    /// What messages depend on beside the database.
    pub around: Surroundings,
    /// The address under which people reach this server, without a slash at its end; none: as they asked.
    pub public_url: Option<Arc<str>>,
    /// Stores what banks tell at the same time together.
    pub bank_intake: Arc<Intake>,
    /// Woken when a bank has told something.
    pub bank_told: Arc<Notify>,
    /// Wakes who goes through statements.
    pub statement_brought: Arc<Notify>,
    /// The day on which enough refused messages of banks were kept, counted from 1 January of year 1.
    pub refused_enough: Arc<AtomicI32>,
    /// Where files go; none: this server keeps none.
    pub files: Option<Arc<Filing>>,
    /// Events for live screens.
    pub live: broadcast::Sender<Live>,
    /// True once the server was told to stop: streams end, readiness says no.
    pub closing: watch::Sender<bool>,
}

impl AppState {
    /// State over services.
    pub fn new(services: Services, demo: bool) -> Self {
        Self {
            services,
            demo,
            setup_code: None,
            gateways: Gateways::default(),
            around: Surroundings::default(),
            public_url: None,
            hashing: Arc::new(Semaphore::new(2)),
            bank_intake: Arc::new(Intake::default()),
            bank_told: Arc::new(Notify::new()),
            statement_brought: Arc::new(Notify::new()),
            refused_enough: Arc::new(AtomicI32::new(0)),
            files: None,
            live: broadcast::channel(1024).0,
            closing: watch::channel(false).0,
        }
    }

    /// Where files go.
    ///
    /// # Errors
    /// When whoever started the server gave it no place for them.
    pub fn filing(&self) -> Result<Arc<Filing>, Problem> {
        self.files
            .clone()
            .ok_or_else(|| Problem::internal("the server has no store of files"))
    }

    /// Runs `f` on a reading connection, off the async threads.
    ///
    /// # Errors
    /// What `f` refused, as a problem; 503 when the database is busy.
    pub async fn read<R: Send + 'static>(
        &self,
        f: impl FnOnce(&Services, &mut Db) -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        let services = self.services.clone();
        self.block(move || services.read(|db| f(&services, db)))
            .await
    }

    /// Runs `f`, which opens its own transactions, off the async threads.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn block<R: Send + 'static>(
        &self,
        f: impl FnOnce() -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        web::block(f)
            .await
            .map_err(Problem::internal)?
            .map_err(into_problem)
    }

    /// Runs `f`, which hashes a password, off the async threads and with few others.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn hash<R: Send + 'static>(
        &self,
        f: impl FnOnce(&Services) -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        let _turn = self.hashing.acquire().await.map_err(Problem::internal)?;
        let services = self.services.clone();
        self.block(move || f(&services)).await
    }
}

/// A service's error as the world sees it.
pub fn into_problem(error: motcua_services::Error) -> Problem {
    use motcua_store::StoreError;
    match error {
        motcua_services::Error::Refused(refusal) => Problem::from(refusal),
        motcua_services::Error::Store(StoreError::Busy(why)) => Problem::busy(1).because(why),
        motcua_services::Error::Store(e) if e.is_transient() => Problem::busy(1).because(e),
        other => Problem::internal(other),
    }
}
