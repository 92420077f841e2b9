//! What is started: the `motcua` binary and its configuration; wiring only.

pub mod app;
pub mod archive;
pub mod cli;
pub mod commands;
pub mod config;
pub mod logging;
pub mod metrics_server;
mod tls;
