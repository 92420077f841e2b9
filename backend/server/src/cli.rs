//! The command line: what can be typed, and which settings it sets.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::{Args, Parser, Subcommand};

use crate::config::Flags;

/// Một cửa: the one-stop centre of public services.
#[derive(Debug, Clone, Parser)]
#[command(name = "motcua", version, about, propagate_version = true)]
pub struct Cli {
    /// The configuration file [default: motcua.toml, if it is there].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The database: sqlite://path or postgres://… (the latter better in MOTCUA_DATABASE_URL,
    /// since others on this machine can read a running command's flags).
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The folder of files and keys.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can be told to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Serve the API and the pages until told to stop.
    Serve(Serve),
    /// Set an empty installation up: the centre, its authorities, the first administrator, whose
    /// password is read from standard input. Without a file, print an example of one.
    Setup(Setup),
    /// Bring the database's tables up to date.
    Migrate,
    /// Print the contract, openapi.yaml.
    Openapi,
    /// Print the table of error codes, docs/errors.md.
    Errors,
    /// Create people, or give them new passwords.
    #[command(subcommand)]
    User(User),
    /// Write the database, the keys and the files into one archive, while all of it is in use.
    Backup {
        /// The archive to write, such as motcua-2026-03-02.tar.gz; it must not exist yet.
        file: PathBuf,
    },
    /// Put an archive back into an empty database, on SQLite or PostgreSQL whichever it came from,
    /// bring it up to date and check it.
    Restore {
        /// The archive.
        file: PathBuf,
    },
    /// Print the configuration as it was read, passwords left out.
    Config,
    /// Check that the record is whole: exit 0 if so, 1 with findings, one JSON line each.
    Verify,
}

/// How to serve.
#[derive(Debug, Clone, Default, Args)]
pub struct Serve {
    /// Demo mode: invented people and dossiers, known passwords.
    #[arg(long)]
    pub demo: bool,
    /// Start the clock at this instant, such as 2026-03-02T09:00:00+07:00 (demo mode only).
    #[arg(long, value_name = "INSTANT")]
    pub clock: Option<DateTime<FixedOffset>>,
    /// Where to listen, such as 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS")]
    pub bind: Option<String>,
    /// Where Prometheus may ask; empty for nowhere.
    #[arg(long, value_name = "ADDRESS")]
    pub metrics_bind: Option<String>,
}

/// How to set up.
#[derive(Debug, Clone, Args)]
pub struct Setup {
    /// The file that describes the centre (TOML).
    pub file: Option<PathBuf>,
}

/// What to do with people. Passwords are read from standard input, never from flags.
#[derive(Debug, Clone, Subcommand)]
pub enum User {
    /// Create a person; the password is read from standard input.
    Add(UserAdd),
    /// Give a person a new password, read from standard input, and end all their sessions.
    Reset {
        /// Whose.
        username: String,
    },
}

/// Whom to create.
#[derive(Debug, Clone, Args)]
pub struct UserAdd {
    /// The name to sign in with.
    pub username: String,
    /// The full name, with its marks.
    #[arg(long, value_name = "NAME")]
    pub full_name: String,
    /// reception, handler, leader, cashier, results_desk, director, inspector or admin.
    #[arg(long)]
    pub role: String,
    /// The code of the centre the role is for.
    #[arg(long, value_name = "CODE")]
    pub centre: Option<String>,
    /// The code of the authority the role is for.
    #[arg(long, value_name = "CODE", conflicts_with = "centre")]
    pub authority: Option<String>,
}

impl Cli {
    /// The settings among what was typed.
    pub fn flags(&self) -> Flags {
        let serve = match &self.command {
            Command::Serve(serve) => serve.clone(),
            _ => Serve::default(),
        };
        Flags {
            config: self.config.clone(),
            mode: serve.demo.then(|| "demo".to_owned()),
            database_url: self.database_url.clone(),
            data_dir: self.data_dir.clone(),
            bind: serve.bind,
            metrics_bind: serve.metrics_bind,
            clock: serve.clock,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::config::{Config, Environment, Mode};

    fn parse(line: &str) -> Cli {
        Cli::try_parse_from(line.split_whitespace()).unwrap()
    }

    #[test]
    fn the_commands_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_go_before_everything_else() {
        let cli = parse(
            "motcua serve --demo --clock 2026-03-02T09:00:00+07:00 --bind 127.0.0.1:0 --database-url sqlite://x.db",
        );
        let env = Environment::new([("MOTCUA_BIND".to_owned(), "127.0.0.1:9".to_owned())]);
        let config = Config::load(&env, &cli.flags()).unwrap();
        assert_eq!(config.mode, Mode::Demo);
        assert_eq!(config.bind.port(), 0);
        assert_eq!(config.database_url.expose(), "sqlite://x.db");
        assert_eq!(
            config.clock.unwrap().to_rfc3339(),
            "2026-03-02T09:00:00+07:00"
        );
    }

    #[test]
    fn a_clock_without_the_demo_is_refused() {
        let cli = parse("motcua serve --clock 2026-03-02T09:00:00+07:00");
        assert!(Config::load(&Environment::default(), &cli.flags()).is_err());
        assert!(Cli::try_parse_from(["motcua", "serve", "--clock", "tomorrow"]).is_err());
    }

    #[test]
    fn every_command_can_be_typed() {
        for line in [
            "motcua migrate",
            "motcua setup",
            "motcua setup ward.toml",
            "motcua config",
            "motcua openapi",
            "motcua errors",
            "motcua verify --database-url sqlite://x.db",
            "motcua backup copy.tar.gz",
            "motcua restore copy.tar.gz",
            "motcua user add an --full-name An --role admin",
            "motcua user add binh --full-name Bình --role handler --authority thd",
            "motcua user reset an",
        ] {
            parse(line);
        }
        for wrong in [
            "motcua",
            "motcua user add an",
            "motcua backup",
            "motcua restore",
            "motcua serve --password x",
        ] {
            assert!(
                Cli::try_parse_from(wrong.split_whitespace()).is_err(),
                "{wrong}"
            );
        }
    }
}
