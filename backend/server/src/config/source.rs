//! Where settings come from besides the file.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map, Value},
};
use serde::Serialize;

/// What names of ours in the environment begin with.
const PREFIX: &str = "MOTCUA_";
/// Names that the tests use for themselves.
const TEST_PREFIX: &str = "MOTCUA_TEST_";
/// Names the configuration file; no setting itself.
const FILE: &str = "MOTCUA_CONFIG";

/// The `MOTCUA_*` variables of the environment.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The configuration file that `MOTCUA_CONFIG` names.
    pub config: Option<PathBuf>,
    settings: Dict,
}

impl Environment {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self::new(std::env::vars_os().filter_map(|(name, value)| {
            Some((
                name.into_string().ok()?,
                value.to_string_lossy().into_owned(),
            ))
        }))
    }

    /// Those among these variables.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut environment = Self::default();
        for (name, value) in variables {
            if name == FILE {
                environment.config = Some(value).filter(|v| !v.is_empty()).map(PathBuf::from);
            } else if name.starts_with(PREFIX) && !name.starts_with(TEST_PREFIX) {
                let key = name.trim_start_matches(PREFIX).to_ascii_lowercase();
                environment.settings.insert(key, Value::from(value));
            }
        }
        environment
    }
}

impl Provider for &Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("the environment")
            .interpolater(|_, keys| format!("{PREFIX}{}", keys.join("_").to_ascii_uppercase()))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Map::from([(Profile::Default, self.settings.clone())]))
    }
}

/// The settings that have a flag. What is `None` was not given.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Flags {
    /// `--config`.
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// `--demo` sets `demo`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// `--database-url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// `--data-dir`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// `--bind`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bind: Option<String>,
    /// `--metrics-bind`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metrics_bind: Option<String>,
    /// `--clock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<DateTime<FixedOffset>>,
}
