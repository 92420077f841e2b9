//! A database of its own for each test, copied from a template that is made once a run.

use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use motcua_server::app;
use motcua_server::config::{Config, Environment, Flags};
use motcua_store::{Db, Store, migrate, on_each};

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The embedded one.
    Sqlite,
    /// The one for many wards.
    Postgres,
}

impl Kind {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// The demo centre came to be long before the tests' present, so that everybody's roles hold.
const TEMPLATE_CLOCK: &str = "2025-08-01T08:00:00+07:00";

/// A database that is removed with this value.
#[derive(Debug)]
pub struct Database {
    /// Which.
    pub kind: Kind,
    /// Its address, as `MOTCUA_DATABASE_URL` has it.
    pub url: String,
    /// A folder of its own: files, keys.
    pub folder: PathBuf,
    name: String,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// The address of a PostgreSQL where databases may be made.
///
/// # Panics
/// When `MOTCUA_TEST_POSTGRES_URL` is not set: nothing is skipped.
pub fn postgres_url() -> String {
    std::env::var("MOTCUA_TEST_POSTGRES_URL").expect(
        "MOTCUA_TEST_POSTGRES_URL is not set: these tests run on both databases. \
         Run them with `scripts/with-postgres cargo test -p motcua-tests`",
    )
}

fn postgres_database(name: &str) -> String {
    let url = postgres_url();
    let (server, _) = url
        .rsplit_once('/')
        .expect("the address ends in a database");
    format!("{server}/{name}")
}

/// Runs statements on the PostgreSQL server's own database.
fn on_server(sql: &str) {
    let mut db = PgConnection::establish(&postgres_url()).expect("PostgreSQL answers");
    db.batch_execute(sql)
        .unwrap_or_else(|e| panic!("{sql}: {e}"));
}

fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        remove_leftovers();
        let path = std::env::temp_dir().join(format!("motcua-tests-{}", process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        path
    })
}

/// What runs that are over have left: their templates.
fn remove_leftovers() {
    let alive = |pid: &str| Path::new("/proc").join(pid).exists();
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(pid) = name.strip_prefix("motcua-tests-")
            && pid.bytes().all(|b| b.is_ascii_digit())
            && !alive(pid)
        {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A configuration from settings as the environment would give them.
///
/// # Panics
/// When the server would not start with them.
pub fn config(settings: &[(&str, &str)]) -> Config {
    let variables = settings
        .iter()
        .map(|(name, value)| (format!("MOTCUA_{name}"), (*value).to_owned()));
    Config::load(&Environment::new(variables), &Flags::default()).expect("a sound configuration")
}

fn fill(url: &str, folder: &Path) {
    let data = folder.to_str().expect("a plain path").to_owned();
    let config = config(&[
        ("MODE", "demo"),
        ("DATABASE_URL", url),
        ("DATA_DIR", &data),
        ("METRICS_BIND", ""),
        ("CLOCK", TEMPLATE_CLOCK),
        ("DEMO_HISTORY_DAYS", "0"),
        ("DATABASE_CONNECTIONS", "1"),
    ]);
    app::services(&config).expect("the demo centre");
}

fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = root().join("template");
        std::fs::create_dir_all(&folder).expect("a folder");
        let url = format!("sqlite://{}", folder.join("source.db").display());
        fill(&url, &folder);
        let path = folder.join("template.db");
        let mut db = Store::single(&url).expect("the template opens");
        on_each!(&mut db, c => diesel::sql_query(format!("VACUUM INTO '{}'", path.display())).execute(c))
            .expect("a copy");
        path
    })
}

fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("motcua_tests_{}_template", process::id());
        on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        on_server(&format!("CREATE DATABASE {name}"));
        let url = postgres_database(&name);
        let mut db = Store::single(&url).expect("the template opens");
        migrate::run(&mut db).expect("migrations");
        drop(db);
        fill(&url, &root().join("postgres-template"));
        // Connections that are still closing would keep the template from being copied.
        on_server(&format!(
            "ALTER DATABASE {name} ALLOW_CONNECTIONS false;
             SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        ));
        name
    })
}

impl Database {
    /// A database with the demo centre and no dossiers.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn demo(kind: Kind) -> Self {
        let database = Self::named(kind);
        match kind {
            Kind::Sqlite => {
                std::fs::copy(sqlite_template(), database.file()).expect("a copy");
            }
            Kind::Postgres => {
                static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
                let template = postgres_template();
                let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|e| e.into_inner());
                on_server(&format!(
                    "CREATE DATABASE {} TEMPLATE {template}",
                    database.name
                ));
            }
        }
        database
    }

    /// A database with nothing in it, not even tables.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn empty(kind: Kind) -> Self {
        let database = Self::named(kind);
        if kind == Kind::Postgres {
            on_server(&format!("CREATE DATABASE {}", database.name));
        }
        database
    }

    fn named(kind: Kind) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("motcua_tests_{}_{n}", process::id());
        let folder = root().join(n.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        let url = match kind {
            Kind::Sqlite => format!("sqlite://{}", folder.join("motcua.db").display()),
            Kind::Postgres => postgres_database(&name),
        };
        Self {
            kind,
            url,
            folder,
            name,
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.join("motcua.db")
    }

    /// A connection of one's own.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub fn open(&self) -> Db {
        Store::single(&self.url).expect("the database opens")
    }

    /// Runs statements by hand, as somebody with the database's password could.
    ///
    /// # Panics
    /// When they fail.
    pub fn execute(&self, sql: &str) {
        self.open()
            .batch_execute(sql)
            .unwrap_or_else(|e| panic!("{sql}: {e}"));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.kind == Kind::Postgres
            && let Ok(mut db) = PgConnection::establish(&postgres_url())
        {
            let _ = db.batch_execute(&format!(
                "DROP DATABASE IF EXISTS {} WITH (FORCE)",
                self.name
            ));
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
