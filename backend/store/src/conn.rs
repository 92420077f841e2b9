//! Connections: one enum over both databases, pools by intent, one kind of transaction.

use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool};
use diesel::{Connection, MultiConnection, PgConnection, RunQueryDsl, SqliteConnection};

use crate::error::{StoreError, StoreResult};

/// A connection to either database.
#[derive(MultiConnection)]
pub enum Db {
    /// PostgreSQL: many wards.
    Pg(PgConnection),
    /// SQLite: the embedded default.
    Sqlite(SqliteConnection),
}

/// Compiles one body for both concrete connections, where the enum cannot do it: upserts, batch
/// inserts, JSON.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::conn::Db::Pg($c) => $body,
            $crate::conn::Db::Sqlite($c) => $body,
        }
    };
}

/// Runs `f`, which only reads, on what was committed before the call, as one moment shows it, while others
/// go on writing and are not kept waiting. Not within a transaction.
///
/// # Errors
/// Storage failures, and what `f` returned.
pub fn at_one_moment<R, E: From<StoreError>>(
    db: &mut Db,
    f: impl FnOnce(&mut Db) -> Result<R, E>,
) -> Result<R, E> {
    match db {
        // The first read fixes the moment.
        Db::Sqlite(c) => c.batch_execute("BEGIN"),
        Db::Pg(c) => c.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
    }
    .map_err(StoreError::from)?;
    let done = f(db);
    on_each!(db, c => c.batch_execute("ROLLBACK")).map_err(StoreError::from)?;
    done
}

/// Which database a URL names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `sqlite://path`
    Sqlite,
    /// `postgres://…`
    Postgres,
}

/// How pools are sized.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections for reading on SQLite, for everything on PostgreSQL.
    pub connections: u32,
    /// How long a request may wait for a connection before it is told that the centre is busy.
    pub wait: Duration,
    /// Create the SQLite file when it does not exist.
    pub create: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connections: 8,
            wait: Duration::from_secs(5),
            create: true,
        }
    }
}

struct Manager {
    kind: Kind,
    target: String,
    read_only: bool,
}

/// Reads the scheme ourselves: the derived `establish` would try each database and hide why it failed.
pub fn parse_url(url: &str) -> StoreResult<(Kind, String)> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        if path.is_empty() {
            return Err(StoreError::Open(
                "sqlite:// must be followed by a file name".into(),
            ));
        }
        return Ok((Kind::Sqlite, path.to_owned()));
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok((Kind::Postgres, url.to_owned()));
    }
    Err(StoreError::Open(
        "the database URL must begin with sqlite:// or postgres://".into(),
    ))
}

impl Manager {
    fn open(&self) -> Result<Db, diesel::r2d2::Error> {
        let mut db = match self.kind {
            Kind::Sqlite => Db::Sqlite(
                SqliteConnection::establish(&self.target)
                    .map_err(diesel::r2d2::Error::ConnectionError)?,
            ),
            Kind::Postgres => Db::Pg(
                PgConnection::establish(&self.target)
                    .map_err(diesel::r2d2::Error::ConnectionError)?,
            ),
        };
        let setup = match self.kind {
            // In this order, each in its own statement: the wait must stand before the first lock.
            Kind::Sqlite => {
                let mut s = vec![
                    "PRAGMA busy_timeout = 5000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                    "PRAGMA wal_autocheckpoint = 1000",
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA cache_size = -8000",
                ];
                if self.read_only {
                    s.push("PRAGMA query_only = ON");
                }
                s
            }
            Kind::Postgres => vec![
                "SET TIME ZONE 'UTC'",
                "SET statement_timeout = '30s'",
                "SET lock_timeout = '10s'",
                "SET idle_in_transaction_session_timeout = '60s'",
                // Its default is a spinning disk's: some hundred rows by an index would be found by reading a
                // whole table, the slower the more is in it. Ours are on solid state or in memory.
                "SET random_page_cost = 1.1",
            ],
        };
        for statement in setup {
            db.batch_execute(statement)
                .map_err(diesel::r2d2::Error::QueryError)?;
        }
        Ok(db)
    }
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Db, Self::Error> {
        self.open()
    }

    fn is_valid(&self, conn: &mut Db) -> Result<(), Self::Error> {
        diesel::sql_query("SELECT 1")
            .execute(conn)
            .map(|_| ())
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Db) -> bool {
        let broken = match conn {
            Db::Pg(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
            Db::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
        };
        broken || std::thread::panicking()
    }
}

struct Inner {
    kind: Kind,
    url: String,
    readers: Pool<Manager>,
    /// SQLite: exactly one connection, which is the queue of writers. PostgreSQL: the readers' pool.
    writers: Pool<Manager>,
}

/// The database of this server. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Opens pools for `url` (`sqlite://…` or `postgres://…`).
    ///
    /// # Errors
    /// [`StoreError::Open`] when the URL is not understood or the database cannot be reached.
    pub fn open(url: &str, options: &Options) -> StoreResult<Self> {
        let (kind, target) = parse_url(url)?;
        if kind == Kind::Sqlite && !options.create && !std::path::Path::new(&target).exists() {
            return Err(StoreError::Open(
                "the SQLite file named by the database URL does not exist".into(),
            ));
        }
        let pool = |size: u32, read_only: bool| {
            Pool::builder()
                .max_size(size.max(1))
                .min_idle(Some(1))
                // One round trip per query saved; broken connections show themselves at use.
                .test_on_check_out(false)
                .connection_timeout(options.wait)
                .build(Manager {
                    kind,
                    target: target.clone(),
                    read_only,
                })
                .map_err(|_| open_error(kind, &target))
        };
        // A first plain connection gives the real reason when there is one.
        Manager {
            kind,
            target: target.clone(),
            read_only: false,
        }
        .open()
        .map_err(|e| StoreError::Open(format!("cannot open the database: {e}")))?;
        let (readers, writers) = match kind {
            Kind::Sqlite => {
                let writers = pool(1, false)?;
                (pool(options.connections, true)?, writers)
            }
            Kind::Postgres => {
                let both = pool(options.connections, false)?;
                (both.clone(), both)
            }
        };
        Ok(Self {
            inner: Arc::new(Inner {
                kind,
                url: url.to_owned(),
                readers,
                writers,
            }),
        })
    }

    /// Which database this is.
    pub fn kind(&self) -> Kind {
        self.inner.kind
    }

    /// The URL it was opened with. It may hold a password: never log it.
    pub fn url(&self) -> &str {
        &self.inner.url
    }

    /// Runs `f` on a connection for reading.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when no connection became free in time; otherwise what `f` returned.
    pub fn read<R, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&mut Db) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut conn = self.inner.readers.get().map_err(busy)?;
        f(&mut conn)
    }

    /// Runs `f` in one write transaction: all of it is kept, or nothing. Transient failures
    /// (a lock, a serialisation conflict) run it again, at most three times, so `f` must have no
    /// effect outside the database.
    ///
    /// # Errors
    /// What `f` returned, after everything was rolled back; [`StoreError::Busy`] as for reading.
    pub fn write<R, E>(&self, mut f: impl FnMut(&mut Db) -> Result<R, E>) -> Result<R, E>
    where
        E: From<StoreError> + Transient,
    {
        let mut attempt = 0;
        loop {
            let mut conn = self.inner.writers.get().map_err(busy)?;
            let done = transaction(&mut conn, &mut f);
            drop(conn);
            match done {
                Err(e) if e.is_transient() && attempt < 3 => attempt += 1,
                other => return other,
            }
        }
    }
}

/// Tells whether running the transaction again may succeed.
pub trait Transient {
    /// True for locks and serialisation conflicts.
    fn is_transient(&self) -> bool;
}

impl Transient for StoreError {
    fn is_transient(&self) -> bool {
        Self::is_transient(self)
    }
}

fn busy(e: diesel::r2d2::PoolError) -> StoreError {
    StoreError::Busy(e.to_string())
}

fn open_error(kind: Kind, target: &str) -> StoreError {
    StoreError::Open(match kind {
        Kind::Sqlite => format!("cannot open the SQLite file {target}"),
        Kind::Postgres => "cannot connect to PostgreSQL".to_owned(),
    })
}

fn begin(db: &mut Db) -> diesel::QueryResult<()> {
    match db {
        Db::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        // A deferred transaction that reads and then writes fails at once when another has
        // committed in between, whatever the busy timeout: take the lock at the start.
        Db::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
    }
}

fn transaction<R, E: From<StoreError>>(
    db: &mut Db,
    f: &mut impl FnMut(&mut Db) -> Result<R, E>,
) -> Result<R, E> {
    begin(db).map_err(StoreError::from)?;
    match f(db) {
        Ok(value) => {
            let committed = on_each!(db, c => AnsiTransactionManager::commit_transaction(c));
            committed.map_err(StoreError::from)?;
            Ok(value)
        }
        Err(e) => {
            // The first error is the one that matters; a failed rollback breaks the connection,
            // which the pool then drops.
            let _ = on_each!(db, c => AnsiTransactionManager::rollback_transaction(c));
            Err(e)
        }
    }
}

impl Store {
    /// Opens a single connection outside the pools, for migrations and maintenance.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the database cannot be reached.
    pub fn single(url: &str) -> StoreResult<Db> {
        let (kind, target) = parse_url(url)?;
        Manager {
            kind,
            target,
            read_only: false,
        }
        .open()
        .map_err(|e| StoreError::Open(format!("cannot open the database: {e}")))
    }
}
