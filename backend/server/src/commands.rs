//! What each command does.

use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use figment::Figment;
use figment::providers::{Format as _, Toml};
use motcua_api::setup::{
    SetupAdministrator, SetupAuthority, SetupCentre, SetupHours, first_start as first_start_of,
};
use motcua_domain::account::SecondFactor;
use motcua_domain::dossier::Role;
use motcua_services::account::{self, NewRole, NewUser, checked_password};
use motcua_services::demo;
use motcua_services::{Clock, file, record, setup, verify};
use motcua_store::{Db, Store, StoreError, centre, migrate};

use crate::app;
use crate::archive;
use crate::cli::{Command, Setup, User, UserAdd};
use crate::config::{Config, Mode};
use crate::{logging, metrics_server};

/// Runs a command.
///
/// # Errors
/// What stopped it, for standard error.
pub fn run(command: &Command, config: &Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(_) => serve(config)?,
        Command::Setup(setup) => first_start(setup, config)?,
        Command::Migrate => {
            let mut db = Store::single(config.database_url.expose())?;
            let done = migrate::run(&mut db)?;
            say(&format!("{} migration(s) run", done.len()))?;
        }
        Command::Openapi => {
            let document = motcua_api::openapi::document();
            say(document
                .to_yaml()
                .map_err(|e| anyhow::anyhow!("{e}"))?
                .trim_end())?;
        }
        Command::Config => say(config.to_string().trim_end())?,
        Command::Errors => say(motcua_api::manners::codes::errors_markdown().trim_end())?,
        Command::User(user) => people(user, config)?,
        Command::Backup { file } => {
            let mut db = Store::single(config.database_url.expose())?;
            let rows = archive::write(&mut db, &config.data_dir, file, Clock::new().now())?;
            say(&format!("{rows} rows written to {}", file.display()))?;
            if !config.file_bucket.is_empty() {
                say(&format!(
                    "files are in the bucket {}, not in the archive: copy it too",
                    config.file_bucket
                ))?;
            }
        }
        Command::Restore { file } => {
            let mut db = Store::single(config.database_url.expose())?;
            let done = archive::restore(&mut db, &config.data_dir, file)?;
            drop(db);
            let store = app::open_store(config)?;
            let now = Clock::new().now();
            store
                .write(|db| record::restored(db, now, done.taken_at))
                .map_err(plain)?;
            say(&format!("{} rows restored", done.rows))?;
            return check(config);
        }
        Command::Verify => return check(config),
    }
    Ok(ExitCode::SUCCESS)
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

fn serve(config: &Config) -> anyhow::Result<()> {
    logging::start(config.log_format, &config.log)?;
    metrics_server::start(config.metrics_bind)?;
    let services = app::services(config)?;
    actix_web::rt::System::new().block_on(async {
        let server = app::start(config, services)?;
        let scheme = if server.https { "https" } else { "http" };
        say(&format!("motcua: {scheme}://{}/", server.address))?;
        if config.mode == Mode::Demo {
            say("Tài khoản trình diễn (demo sign-ins):")?;
            for p in &demo::PEOPLE {
                say(&format!(
                    "  {:<12} {} ({})",
                    p.username, p.full_name, p.title
                ))?;
            }
            say(&format!("  mật khẩu (password): {}", demo::PASSWORD))?;
        }
        if let Some(code) = &server.setup_code {
            say("Thiết lập lần đầu (first start):")?;
            say(&format!("  {scheme}://{}/setup", server.address))?;
            say(&format!("  mã thiết lập (set-up code): {code}"))?;
        }
        server.run.await?;
        Ok(())
    })
}

/// What `motcua setup` prints without a file: every key of one.
const SETUP_EXAMPLE: &str = include_str!("setup.example.toml");

/// A set-up file.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupFile {
    centre: SetupCentre,
    authorities: Vec<SetupAuthority>,
    since: Option<chrono::NaiveDate>,
    hours: Option<SetupHours>,
    /// A picture beside the file that describes the centre.
    logo: Option<PathBuf>,
    #[serde(default)]
    sign_in: SetupSignIn,
    administrator: SetupPerson,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupSignIn {
    second_factor: SecondFactor,
}

impl Default for SetupSignIn {
    fn default() -> Self {
        Self {
            second_factor: SecondFactor::Optional,
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupPerson {
    username: String,
    full_name: String,
}

fn first_start(options: &Setup, config: &Config) -> anyhow::Result<()> {
    let Some(path) = &options.file else {
        return say(SETUP_EXAMPLE.trim_end());
    };
    let file: SetupFile = Figment::from(Toml::file_exact(path))
        .extract()
        .with_context(|| format!("cannot read {}", path.display()))?;
    let services = app::services(config)?;
    let administrator = SetupAdministrator {
        username: file.administrator.username,
        full_name: file.administrator.full_name,
        password: password()?,
    };
    let logo = match &file.logo {
        Some(picture) => {
            let at = path.parent().unwrap_or(Path::new(".")).join(picture);
            let bytes =
                std::fs::read(&at).with_context(|| format!("cannot read {}", at.display()))?;
            Some(STANDARD.encode(bytes))
        }
        None => None,
    };
    let today = setup::since(services.now());
    let first = first_start_of(
        file.centre,
        file.authorities,
        file.since.unwrap_or(today),
        file.hours.as_ref(),
        file.sign_in.second_factor,
        logo,
        administrator,
    )
    .map_err(|problem| anyhow::anyhow!("the hours are not written 07:30 ({})", problem.code()))?;
    first.run(&services).map_err(plain)?;
    say("set up; start the server with `motcua serve`")
}

fn check(config: &Config) -> anyhow::Result<ExitCode> {
    let store = app::open_store(config)?;
    let files = config.file_store()?;
    let mut look = |sha256: &str, size: i64| {
        let found = files
            .is_whole(sha256, size)
            .map_err(|e| motcua_services::Error::Internal(format!("{sha256}: {e}")))?;
        Ok(match found {
            None => file::Held::Missing,
            Some(false) => file::Held::Altered,
            Some(true) => file::Held::Whole,
        })
    };
    let findings = store
        .read(|db| {
            let mut findings = verify::verify(db)?;
            file::verify(db, &mut look, &mut findings)?;
            Ok::<_, motcua_services::Error>(findings)
        })
        .map_err(plain)?;
    for finding in &findings {
        say(&finding.to_string())?;
    }
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

fn plain(error: motcua_services::Error) -> anyhow::Error {
    match error {
        motcua_services::Error::Refused(r) => {
            let mut text = r.detail.en.clone();
            for e in &r.errors {
                text.push_str(&format!(" {}: {}", e.pointer, e.detail.en));
            }
            anyhow::anyhow!(text)
        }
        other => anyhow::anyhow!(other),
    }
}

fn password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("the password is read from standard input, and there was none");
    }
    Ok(password)
}

fn people(user: &User, config: &Config) -> anyhow::Result<()> {
    let store = app::open_store(config)?;
    let now = Clock::new().now();
    match user {
        User::Add(add) => {
            let role = Role::parse(&add.role)
                .filter(|r| !matches!(r, Role::System | Role::Citizen))
                .context("there is no such role")?;
            let (row, _) = NewUser {
                username: add.username.clone(),
                full_name: add.full_name.clone(),
                title: None,
                password: Some(password()?),
                must_change_password: false,
                roles: Vec::new(),
                is_demo: false,
            }
            .prepare(now)
            .map_err(plain)?;
            store
                .write(|db| {
                    let given = place(db, add, role)?;
                    account::add_user(db, now, None, &row, &[given])
                })
                .map_err(plain)?;
            say("created")
        }
        User::Reset { username } => {
            let hash = checked_password(&password()?).map_err(plain)?;
            store
                .write(|db| account::reset_password(db, now, username, &hash))
                .map_err(plain)?;
            say("the password was changed and every session ended")
        }
    }
}

/// The centre and authority a role is for: the ones named, or the only ones there are.
fn place(db: &mut Db, add: &UserAdd, role: Role) -> motcua_services::Result<NewRole> {
    let wrong = |what: &str| motcua_services::Error::Store(StoreError::Open(what.to_owned()));
    let centres = centre::centres_page(db, None, 1000)?;
    let authorities = centre::authorities_page(db, None, 5000)?;
    let authority = match &add.authority {
        Some(code) => Some(
            authorities
                .iter()
                .find(|a| &a.code == code)
                .ok_or_else(|| wrong("there is no authority with this code"))?,
        ),
        None => None,
    };
    let centre_id = match (&add.centre, authority) {
        (Some(code), _) => centres
            .iter()
            .find(|c| &c.code == code)
            .map(|c| c.id.clone()),
        (None, Some(a)) => centre::serves_of(db, std::slice::from_ref(&a.id))?
            .pop()
            .map(|s| s.centre_id),
        (None, None) => match centres.as_slice() {
            [only] => Some(only.id.clone()),
            _ => None,
        },
    };
    Ok(NewRole {
        role,
        centre_id: centre_id.ok_or_else(|| {
            wrong("name the centre with --centre or the authority with --authority")
        })?,
        authority_id: authority.map(|a| a.id.clone()),
    })
}
