//! The programs that are measured, started and ended, and the databases they work on.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

/// The instant at which a server's clock starts: a Monday morning for which every calendar is known.
pub const CLOCK: &str = "2026-03-02T09:00:00+07:00";

/// A started program; dropped, it ends.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Program {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn start(mut command: Command, prefix: &str) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {:?}", command.get_program()))?;
        let out = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(out).lines();
        let Some(address) = lines.by_ref().find_map(|line| {
            let url = line.ok()?.strip_prefix(prefix)?.trim().to_owned();
            url.strip_prefix("http://")?
                .trim_end_matches('/')
                .parse()
                .ok()
        }) else {
            let status = child.wait()?;
            bail!(
                "{:?} ended before it listened: {status}",
                command.get_program()
            );
        };
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, address })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It holds nothing that is worth a graceful end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The optimised programs, beside this one.
pub struct Programs {
    motcua: PathBuf,
    yardstick: PathBuf,
}

impl Programs {
    /// Finds them.
    ///
    /// # Errors
    /// When one has not been built.
    pub fn find() -> anyhow::Result<Self> {
        let folder = std::env::current_exe()?
            .parent()
            .context("this program stands nowhere")?
            .to_owned();
        let of = |name: &str| {
            let path = folder.join(name);
            if path.is_file() {
                Ok(path)
            } else {
                Err(anyhow::anyhow!(
                    "{name} is not built: cargo build --profile serve -p motcua-server -p motcua-tests --bins"
                ))
            }
        };
        Ok(Self {
            motcua: of("motcua")?,
            yardstick: of("yardstick")?,
        })
    }

    fn motcua(&self, data: &Path, url: &str) -> Command {
        let mut command = Command::new(&self.motcua);
        command
            .current_dir(data)
            .env("MOTCUA_DATABASE_URL", url)
            .env("MOTCUA_DATA_DIR", data.join("data"))
            .env("MOTCUA_BIND", "127.0.0.1:0")
            .env("MOTCUA_METRICS_BIND", "")
            .env("MOTCUA_MODE", "demo")
            .env("MOTCUA_RATE_LIMIT", "off")
            .env("MOTCUA_LOG", "warn")
            .env("MOTCUA_DEMO_HISTORY_DAYS", "0");
        command
    }

    /// Starts the server in demo mode: its accounts are known, its clock is ours.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn serve(&self, data: &Path, url: &str) -> anyhow::Result<Program> {
        let mut command = self.motcua(data, url);
        command.args(["serve", "--demo", "--clock", CLOCK]);
        Program::start(command, "motcua: ")
    }

    /// Brings a database's tables up to date.
    ///
    /// # Errors
    /// When it fails.
    pub fn migrate(&self, data: &Path, url: &str) -> anyhow::Result<()> {
        let status = self
            .motcua(data, url)
            .arg("migrate")
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            bail!("motcua migrate: {status}");
        }
        Ok(())
    }

    /// What `motcua verify` finds, line by line.
    ///
    /// # Errors
    /// When it cannot be run.
    #[allow(dead_code, reason = "asked by one of the benchmarks")]
    pub fn verify(&self, data: &Path, url: &str) -> anyhow::Result<String> {
        let output = self.motcua(data, url).arg("verify").output()?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Starts the yardstick.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn yardstick(&self, url: &str) -> anyhow::Result<Program> {
        let mut command = Command::new(&self.yardstick);
        command.arg(url);
        Program::start(command, "yardstick: ")
    }
}

/// A folder and a database for one run, both gone afterwards.
pub struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// The database.
    pub url: String,
    drop_at: Option<(String, String)>,
}

fn unique() -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| d.as_millis());
    format!("motcua_bench_{}_{now}", std::process::id())
}

impl Place {
    /// An empty SQLite database.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn sqlite() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(unique());
        std::fs::create_dir_all(&folder)?;
        let url = format!("sqlite://{}", folder.join("motcua.db").display());
        Ok(Self {
            folder,
            url,
            drop_at: None,
        })
    }

    /// An empty PostgreSQL database in the server at `admin`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn postgres(admin: &str) -> anyhow::Result<Self> {
        let name = unique();
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder)?;
        let mut db = PgConnection::establish(admin).context("cannot reach PostgreSQL")?;
        db.batch_execute(&format!("CREATE DATABASE {name}"))?;
        let (server, _) = admin
            .rsplit_once('/')
            .context("an address without a database")?;
        Ok(Self {
            folder,
            url: format!("{server}/{name}"),
            drop_at: Some((admin.to_owned(), name)),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Left-overs in a temporary folder are no reason to fail.
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some((admin, name)) = &self.drop_at
            && let Ok(mut db) = PgConnection::establish(admin)
        {
            let _ = db.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
