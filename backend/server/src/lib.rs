//! What is started: the `motcua` binary and its configuration; wiring only.

pub mod cli;
pub mod config;
pub mod logging;
pub mod metrics_server;
