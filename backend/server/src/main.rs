//! The `motcua` binary.

use std::process::ExitCode;

use clap::Parser as _;
use motcua_server::cli::Cli;
use motcua_server::commands;
use motcua_server::config::{Config, Environment};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = match Config::load(&Environment::of_process(), &cli.flags()) {
        Ok(config) => config,
        Err(e) => {
            eprintln!("motcua: {e}");
            return ExitCode::from(2);
        }
    };
    match commands::run(&cli.command, &config) {
        Ok(code) => code,
        Err(e) => {
            eprintln!("motcua: {e:#}");
            ExitCode::FAILURE
        }
    }
}
