//! The configuration: one struct, filled from its defaults, then `motcua.toml`, then `MOTCUA_*` in
//! the environment, then flags; each later source overrides the earlier ones. A key nobody knows is
//! an error, because a mistyped setting that does nothing is found out too late.

mod source;
mod value;

use std::{fmt, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, FixedOffset};
use figment::{
    Figment,
    providers::{Format as _, Serialized, Toml},
};
use ipnet::IpNet;
use motcua_api::file::Filing;
use motcua_api::file::signature::Checking;
use motcua_api::manners::{JsonLimit, Rate, Rates, Settings};
use motcua_gateway::bank::{Platform, SimulatedBank, Webhook, WebhookSecret};
use motcua_gateway::clamd::Clamd;
use motcua_gateway::files::{BucketSettings, FileStore};
use motcua_gateway::{
    Gateways, HttpSms, MailSettings, Mailer, SettingError, SmsFields, SmsSettings,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

pub use source::{Environment, Flags};
pub use value::{DatabaseUrl, LogFormat, Mode, Secret, Switch};
use value::{lenient, lenient_list, lenient_option};

/// The file that is read when none is named, if it is there.
pub const DEFAULT_FILE: &str = "motcua.toml";

/// Why the program cannot start with what it was told. The text says which source said so.
#[derive(Debug)]
pub struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// Everything that can be set. In the file a key is named as here; in the environment
/// `MOTCUA_` and the name in capitals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `production` (default) or `demo`: invented data, known passwords, a clock that can be set.
    #[serde(deserialize_with = "lenient")]
    pub mode: Mode,
    /// `sqlite://path` (default `sqlite://motcua.db`) or `postgres://…`.
    #[serde(deserialize_with = "lenient")]
    pub database_url: DatabaseUrl,
    /// Connections to read with, 1 … 200 (default 8); on PostgreSQL, connections altogether.
    #[serde(deserialize_with = "lenient")]
    pub database_connections: u32,
    /// Where to listen (default `127.0.0.1:8080`).
    #[serde(deserialize_with = "lenient")]
    pub bind: SocketAddr,
    /// Where Prometheus may ask (default `127.0.0.1:9090`); empty for nowhere.
    #[serde(deserialize_with = "lenient_option")]
    pub metrics_bind: Option<SocketAddr>,
    /// Files and keys (default `./motcua-data`).
    #[serde(deserialize_with = "lenient")]
    pub data_dir: PathBuf,
    /// PEM file of the certificate chain, for HTTPS without a proxy.
    #[serde(deserialize_with = "lenient_option")]
    pub tls_cert: Option<PathBuf>,
    /// PEM file of its key.
    #[serde(deserialize_with = "lenient_option")]
    pub tls_key: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: addresses or CIDR
    /// networks, with commas between them (default none).
    #[serde(deserialize_with = "lenient_list")]
    pub trusted_proxies: Vec<IpNet>,
    /// `on` (default) or, in demo mode only, `off`.
    #[serde(deserialize_with = "lenient")]
    pub rate_limit: Switch,
    /// Sign-ins a minute from one address, 1 … 100000 (default 60).
    #[serde(deserialize_with = "lenient")]
    pub rate_login_per_minute: u32,
    /// Sign-ins at once from one address, 1 … 100000 (default 30).
    #[serde(deserialize_with = "lenient")]
    pub rate_login_burst: u32,
    /// Public requests a minute from one address, 1 … 100000 (default 120).
    #[serde(deserialize_with = "lenient")]
    pub rate_public_per_minute: u32,
    /// Public requests at once from one address, 1 … 100000 (default 60).
    #[serde(deserialize_with = "lenient")]
    pub rate_public_burst: u32,
    /// Other requests a minute from one address, 1 … 100000 (default 3000).
    #[serde(deserialize_with = "lenient")]
    pub rate_api_per_minute: u32,
    /// Other requests at once from one address, 1 … 100000 (default 600).
    #[serde(deserialize_with = "lenient")]
    pub rate_api_burst: u32,
    /// Threads that answer requests, 0 … 256; 0 (default) for as many as there are processors.
    #[serde(deserialize_with = "lenient")]
    pub workers: usize,
    /// Largest JSON body in bytes, 1024 … 16777216 (default 65536).
    #[serde(deserialize_with = "lenient")]
    pub json_limit_bytes: usize,
    /// Seconds a request may take to be answered, 1 … 600 (default 30).
    #[serde(deserialize_with = "lenient")]
    pub request_timeout_seconds: u64,
    /// Seconds that requests under way get to end when the program is told to stop, 0 … 600
    /// (default 30).
    #[serde(deserialize_with = "lenient")]
    pub shutdown_seconds: u64,
    /// `text` (default) or `json`.
    #[serde(deserialize_with = "lenient")]
    pub log_format: LogFormat,
    /// What to log: a level (default `info`), or directives such as `info,motcua_store=debug`.
    #[serde(deserialize_with = "lenient")]
    pub log: String,
    /// The mail server: `smtps://user:password@host`, or `smtp://…` for STARTTLS; empty (default): mail
    /// is held, in demo mode simulated.
    #[serde(deserialize_with = "lenient")]
    pub mail_url: Secret,
    /// Who mail is from: an address, or `Name <address>`.
    #[serde(deserialize_with = "lenient")]
    pub mail_from: String,
    /// The SMS gateway: where to POST, by https; empty (default): short messages are held, in demo
    /// mode simulated.
    #[serde(deserialize_with = "lenient")]
    pub sms_url: Secret,
    /// Its bearer token.
    #[serde(deserialize_with = "lenient")]
    pub sms_token: Secret,
    /// The name or number shown as the sender's.
    #[serde(deserialize_with = "lenient")]
    pub sms_sender: String,
    /// What the gateway calls number, text and sender (default `to,text,sender`).
    #[serde(deserialize_with = "lenient")]
    pub sms_fields: String,
    /// The secrets with which banks sign what they tell of money, in base64 with or without `whsec_`
    /// before it, commas between them while one takes the other's place; empty (default): nothing is
    /// taken, in demo mode a bank that only pretends has one.
    #[serde(deserialize_with = "lenient")]
    pub bank_webhook_secrets: Secret,
    /// The centre's code as a partner of the national payment platform; empty (default): nothing is taken
    /// from it.
    #[serde(deserialize_with = "lenient")]
    pub payment_platform_partner: String,
    /// The secret with which the platform checks what it tells, 16 characters or more.
    #[serde(deserialize_with = "lenient")]
    pub payment_platform_secret: Secret,
    /// Where people open these pages, such as `https://motcua.phuong.gov.vn`: messages name it for
    /// looking dossiers up; empty (default): they name the centre's telephone.
    #[serde(deserialize_with = "lenient")]
    pub public_url: String,
    /// The largest file that is taken, in MiB, 1 … 1024 (default 100).
    #[serde(deserialize_with = "lenient")]
    pub file_limit_mib: u64,
    /// A bucket that speaks S3, in which files are kept; empty (default): the data folder keeps them.
    #[serde(deserialize_with = "lenient")]
    pub file_bucket: String,
    /// The bucket's service, such as `https://s3.example.vn`; empty (default): Amazon's.
    #[serde(deserialize_with = "lenient")]
    pub file_bucket_endpoint: String,
    /// The bucket's region, as its service names it (default `us-east-1`).
    #[serde(deserialize_with = "lenient")]
    pub file_bucket_region: String,
    /// The name of the key to the bucket.
    #[serde(deserialize_with = "lenient")]
    pub file_bucket_key: String,
    /// The secret of the key to the bucket.
    #[serde(deserialize_with = "lenient")]
    pub file_bucket_secret: Secret,
    /// The virus scanner, a `clamd`: `host:port` or the path of its socket; empty (default): files are not
    /// scanned.
    #[serde(deserialize_with = "lenient")]
    pub file_scanner: String,
    /// `on` (default): no file is taken while the scanner cannot be reached; `off`: it is taken and marked.
    #[serde(deserialize_with = "lenient")]
    pub file_scanner_required: Switch,
    /// Folder with the certificates (PEM or DER) of the authorities that are believed when signatures are checked;
    /// empty (default): none, and no signer is vouched for.
    #[serde(deserialize_with = "lenient")]
    pub trusted_roots: String,
    /// Demo mode: the instant at which the clock starts, RFC 3339; empty (default) for now.
    #[serde(deserialize_with = "lenient_option")]
    pub clock: Option<DateTime<FixedOffset>>,
    /// Demo mode: how many days of dossiers an empty database is filled with, 0 … 366 (default 42).
    #[serde(deserialize_with = "lenient")]
    pub demo_history_days: u32,
}

/// The defaults, as the file would have them.
#[derive(Serialize)]
struct Defaults {
    mode: &'static str,
    database_url: &'static str,
    database_connections: u32,
    bind: &'static str,
    metrics_bind: &'static str,
    data_dir: &'static str,
    tls_cert: &'static str,
    tls_key: &'static str,
    trusted_proxies: &'static str,
    rate_limit: &'static str,
    rate_login_per_minute: u32,
    rate_login_burst: u32,
    rate_public_per_minute: u32,
    rate_public_burst: u32,
    rate_api_per_minute: u32,
    rate_api_burst: u32,
    workers: usize,
    json_limit_bytes: usize,
    request_timeout_seconds: u64,
    shutdown_seconds: u64,
    log_format: &'static str,
    log: &'static str,
    mail_url: &'static str,
    mail_from: &'static str,
    sms_url: &'static str,
    sms_token: &'static str,
    sms_sender: &'static str,
    sms_fields: &'static str,
    bank_webhook_secrets: &'static str,
    payment_platform_partner: &'static str,
    payment_platform_secret: &'static str,
    public_url: &'static str,
    file_limit_mib: u64,
    file_bucket: &'static str,
    file_bucket_endpoint: &'static str,
    file_bucket_region: &'static str,
    file_bucket_key: &'static str,
    file_bucket_secret: &'static str,
    file_scanner: &'static str,
    file_scanner_required: &'static str,
    trusted_roots: &'static str,
    clock: &'static str,
    demo_history_days: u32,
}

impl Default for Defaults {
    fn default() -> Self {
        let rates = Rates::default();
        Self {
            mode: "production",
            database_url: "sqlite://motcua.db",
            database_connections: 8,
            bind: "127.0.0.1:8080",
            metrics_bind: "127.0.0.1:9090",
            data_dir: "./motcua-data",
            tls_cert: "",
            tls_key: "",
            trusted_proxies: "",
            rate_limit: "on",
            rate_login_per_minute: rates.login.per_minute,
            rate_login_burst: rates.login.burst,
            rate_public_per_minute: rates.public.per_minute,
            rate_public_burst: rates.public.burst,
            rate_api_per_minute: rates.api.per_minute,
            rate_api_burst: rates.api.burst,
            workers: 0,
            json_limit_bytes: motcua_api::manners::json::DEFAULT_JSON_LIMIT,
            request_timeout_seconds: 30,
            shutdown_seconds: motcua_api::manners::http::SHUTDOWN_SECONDS,
            log_format: "text",
            log: "info",
            mail_url: "",
            mail_from: "",
            sms_url: "",
            sms_token: "",
            sms_sender: "",
            sms_fields: "to,text,sender",
            bank_webhook_secrets: "",
            payment_platform_partner: "",
            payment_platform_secret: "",
            public_url: "",
            file_limit_mib: 100,
            file_bucket: "",
            file_bucket_endpoint: "",
            file_bucket_region: "us-east-1",
            file_bucket_key: "",
            file_bucket_secret: "",
            file_scanner: "",
            file_scanner_required: "on",
            trusted_roots: "",
            clock: "",
            demo_history_days: 42,
        }
    }
}

impl Config {
    /// Reads the configuration. A file that is named must be there; the default one may be absent.
    ///
    /// # Errors
    /// An unknown key, a value that cannot be, or settings that contradict each other.
    pub fn load(environment: &Environment, flags: &Flags) -> Result<Self, ConfigError> {
        let named = flags.config.as_ref().or(environment.config.as_ref());
        let file = match named {
            Some(path) if !path.is_file() => {
                return Err(ConfigError(format!(
                    "there is no configuration file {}",
                    path.display()
                )));
            }
            Some(path) => Some(path.clone()),
            None => Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.is_file()),
        };
        let defaults = Figment::from(Serialized::defaults(Defaults::default()));
        let config: Self = match file {
            Some(path) => defaults.merge(Toml::file_exact(path)),
            None => defaults,
        }
        .merge(environment)
        .merge(Serialized::defaults(flags))
        .extract()
        .map_err(|errors| {
            let lines: Vec<String> = errors.into_iter().map(|e| e.to_string()).collect();
            ConfigError(lines.join("; "))
        })?;
        config.check()?;
        Ok(config)
    }

    /// What no single value can tell.
    fn check(&self) -> Result<(), ConfigError> {
        let mut faults = Vec::new();
        let rates = 1..=100_000_u64;
        for (key, value, range) in [
            (
                "database_connections",
                u64::from(self.database_connections),
                1..=200,
            ),
            (
                "rate_login_per_minute",
                u64::from(self.rate_login_per_minute),
                rates.clone(),
            ),
            (
                "rate_login_burst",
                u64::from(self.rate_login_burst),
                rates.clone(),
            ),
            (
                "rate_public_per_minute",
                u64::from(self.rate_public_per_minute),
                rates.clone(),
            ),
            (
                "rate_public_burst",
                u64::from(self.rate_public_burst),
                rates.clone(),
            ),
            (
                "rate_api_per_minute",
                u64::from(self.rate_api_per_minute),
                rates.clone(),
            ),
            ("rate_api_burst", u64::from(self.rate_api_burst), rates),
            ("workers", self.workers as u64, 0..=256),
            (
                "json_limit_bytes",
                self.json_limit_bytes as u64,
                1024..=16 * 1024 * 1024,
            ),
            (
                "request_timeout_seconds",
                self.request_timeout_seconds,
                1..=600,
            ),
            ("shutdown_seconds", self.shutdown_seconds, 0..=600),
            ("file_limit_mib", self.file_limit_mib, 1..=1024),
            (
                "demo_history_days",
                u64::from(self.demo_history_days),
                0..=366,
            ),
        ] {
            if !range.contains(&value) {
                let (from, to) = range.into_inner();
                faults.push(format!("{key} is {value}; it must be from {from} to {to}"));
            }
        }
        if self.mode == Mode::Production {
            if self.rate_limit == Switch::Off {
                faults.push("rate_limit can be off in demo mode only".to_owned());
            }
            if self.clock.is_some() {
                faults.push("clock can be set in demo mode only".to_owned());
            }
        }
        if self.tls_cert.is_some() != self.tls_key.is_some() {
            faults.push("tls_cert and tls_key go together".to_owned());
        }
        if let Err(fault) = self.gateways() {
            faults.push(fault.to_string());
        }
        if let Err(fault) = self.scanner() {
            faults.push(fault.to_string());
        }
        if !self.public_url.is_empty()
            && !["http://", "https://"]
                .iter()
                .any(|scheme| self.public_url.starts_with(scheme))
        {
            faults.push("public_url begins with https:// or http://".to_owned());
        }
        for path in [&self.tls_cert, &self.tls_key].into_iter().flatten() {
            if !path.is_file() {
                faults.push(format!("there is no file {}", path.display()));
            }
        }
        if self.metrics_bind == Some(self.bind) && self.bind.port() != 0 {
            faults.push("metrics_bind must be another address than bind".to_owned());
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(faults.join("; ")))
        }
    }

    /// How the API's outermost layer behaves under this configuration.
    pub fn manners(&self) -> Settings {
        let rate = |per_minute, burst| Rate { per_minute, burst };
        Settings {
            trusted_proxies: self.trusted_proxies.clone(),
            rates: (self.rate_limit == Switch::On).then(|| Rates {
                login: rate(self.rate_login_per_minute, self.rate_login_burst),
                public: rate(self.rate_public_per_minute, self.rate_public_burst),
                api: rate(self.rate_api_per_minute, self.rate_api_burst),
                ..Rates::default()
            }),
            handler_timeout: Duration::from_secs(self.request_timeout_seconds),
        }
    }

    /// Who passes messages on under this configuration; nobody is asked anything yet.
    ///
    /// # Errors
    /// Settings that go together and do not, or cannot be used; no text holds a secret.
    pub fn gateways(&self) -> Result<Gateways, ConfigError> {
        let fault = |key: &str| {
            let key = key.to_owned();
            move |SettingError(why): SettingError| ConfigError(format!("{key}: {why}"))
        };
        let mut gateways = Gateways::default();
        match (self.mail_url.expose(), self.mail_from.as_str()) {
            ("", "") => {}
            ("", _) | (_, "") => {
                return Err(ConfigError("mail_url and mail_from go together".to_owned()));
            }
            (url, from) => {
                let settings = MailSettings {
                    url: url.to_owned(),
                    from: from.to_owned(),
                };
                let mailer = Mailer::new(&settings).map_err(fault("mail_url, mail_from"))?;
                gateways.mail = Some(Arc::new(mailer));
            }
        }
        let fields = SmsFields::parse(&self.sms_fields).map_err(fault("sms_fields"))?;
        let (url, token) = (self.sms_url.expose(), self.sms_token.expose());
        match (url, token, self.sms_sender.as_str()) {
            ("", "", "") => {}
            ("", _, _) | (_, "", _) | (_, _, "") => {
                return Err(ConfigError(
                    "sms_url, sms_token and sms_sender go together".to_owned(),
                ));
            }
            (url, token, sender) => {
                let settings = SmsSettings {
                    url: url.to_owned(),
                    token: token.to_owned(),
                    sender: sender.to_owned(),
                    fields,
                };
                let sms = HttpSms::new(settings).map_err(fault("sms_url, sms_token"))?;
                gateways.sms = Some(Arc::new(sms));
            }
        }
        let mut secrets = self
            .bank_webhook_secrets
            .expose()
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(WebhookSecret::parse)
            .collect::<Result<Vec<_>, _>>()
            .map_err(fault("bank_webhook_secrets"))?;
        if self.mode == Mode::Demo {
            gateways.simulate_the_rest();
            if secrets.is_empty() {
                secrets.push(WebhookSecret::of(rand::random()));
            }
            let run = format!("{:08X}", rand::random::<u32>());
            gateways.simulated_bank = secrets
                .first()
                .map(|secret| Arc::new(SimulatedBank::new(secret.clone(), run)));
        }
        if !secrets.is_empty() {
            gateways.banks.push(Arc::new(Webhook::new(secrets)));
        }
        let (partner, secret) = (
            self.payment_platform_partner.as_str(),
            self.payment_platform_secret.expose(),
        );
        match (partner, secret) {
            ("", "") => {}
            ("", _) | (_, "") => {
                return Err(ConfigError(
                    "payment_platform_partner and payment_platform_secret go together".to_owned(),
                ));
            }
            (partner, secret) => {
                let platform = Platform::new(partner, secret)
                    .map_err(fault("payment_platform_partner, payment_platform_secret"))?;
                gateways.banks.push(Arc::new(platform));
            }
        }
        Ok(gateways)
    }

    /// The virus scanner, if one is set.
    fn scanner(&self) -> Result<Option<Clamd>, ConfigError> {
        if self.file_scanner.is_empty() {
            return Ok(None);
        }
        Clamd::new(&self.file_scanner)
            .map(Some)
            .map_err(|SettingError(why)| ConfigError(format!("file_scanner: {why}")))
    }

    /// Where files lie.
    pub fn files_dir(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// The bucket that keeps files, if one is set.
    fn bucket(&self) -> Result<Option<BucketSettings>, ConfigError> {
        if self.file_bucket.is_empty() {
            return Ok(None);
        }
        let secret = self.file_bucket_secret.expose();
        if self.file_bucket_key.is_empty() || secret.is_empty() {
            return Err(ConfigError(
                "file_bucket needs file_bucket_key and file_bucket_secret".to_owned(),
            ));
        }
        Ok(Some(BucketSettings {
            name: self.file_bucket.clone(),
            endpoint: self.file_bucket_endpoint.clone(),
            region: self.file_bucket_region.clone(),
            key: self.file_bucket_key.clone(),
            secret: secret.to_owned(),
        }))
    }

    /// The store of files under this configuration; the folder is made if it is not there.
    ///
    /// # Errors
    /// A folder or a bucket that cannot be used.
    pub fn file_store(&self) -> Result<FileStore, ConfigError> {
        let folder = self.files_dir();
        match self.bucket()? {
            Some(bucket) => FileStore::in_bucket(&folder, &bucket),
            None => FileStore::open(&folder),
        }
        .map_err(|e| ConfigError(e.to_string()))
    }

    /// Where files go under this configuration.
    ///
    /// # Errors
    /// As [`Self::file_store`], and a scanner that cannot be named so.
    pub fn filing(&self) -> Result<Filing, ConfigError> {
        Ok(Filing {
            store: self.file_store()?,
            limit: self.file_limit_mib << 20,
            scanner: self.scanner()?,
            scanner_required: self.file_scanner_required == Switch::On,
            decoding: Arc::new(Semaphore::new(1)),
            checking: Checking::by(&self.trusted_roots)
                .map_err(|e| ConfigError(format!("MOTCUA_TRUSTED_ROOTS: {e}")))?,
        })
    }

    /// Address of the page where people look dossiers up.
    pub fn look_up(&self) -> Option<String> {
        self.public_base().map(|base| format!("{base}/tra-cuu"))
    }

    /// The address under which people reach this server, without a slash at its end.
    pub fn public_base(&self) -> Option<String> {
        let base = self.public_url.trim_end_matches('/');
        (!base.is_empty()).then(|| base.to_owned())
    }

    /// How large a JSON body may be.
    pub fn json_limit(&self) -> JsonLimit {
        JsonLimit(self.json_limit_bytes)
    }
}

impl fmt::Display for Config {
    /// One line a setting, as the file would have them; passwords are not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |p: &Option<PathBuf>| {
            p.as_ref()
                .map_or_else(String::new, |p| p.display().to_string())
        };
        let proxies: Vec<String> = self
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect();
        for (key, text) in [
            ("mode", self.mode.to_string()),
            ("database_url", self.database_url.to_string()),
            ("bind", self.bind.to_string()),
            (
                "metrics_bind",
                self.metrics_bind
                    .map_or_else(String::new, |b| b.to_string()),
            ),
            ("data_dir", self.data_dir.display().to_string()),
            ("tls_cert", path(&self.tls_cert)),
            ("tls_key", path(&self.tls_key)),
            ("trusted_proxies", proxies.join(",")),
            ("rate_limit", self.rate_limit.to_string()),
            ("log_format", self.log_format.to_string()),
            ("log", self.log.clone()),
            ("mail_url", self.mail_url.to_string()),
            ("mail_from", self.mail_from.clone()),
            ("sms_url", self.sms_url.to_string()),
            ("sms_token", self.sms_token.to_string()),
            ("sms_sender", self.sms_sender.clone()),
            ("sms_fields", self.sms_fields.clone()),
            (
                "bank_webhook_secrets",
                self.bank_webhook_secrets.to_string(),
            ),
            (
                "payment_platform_partner",
                self.payment_platform_partner.clone(),
            ),
            (
                "payment_platform_secret",
                self.payment_platform_secret.to_string(),
            ),
            ("public_url", self.public_url.clone()),
            ("file_bucket", self.file_bucket.clone()),
            ("file_bucket_endpoint", self.file_bucket_endpoint.clone()),
            ("file_bucket_region", self.file_bucket_region.clone()),
            ("file_bucket_key", self.file_bucket_key.clone()),
            ("file_bucket_secret", self.file_bucket_secret.to_string()),
            ("file_scanner", self.file_scanner.clone()),
            (
                "file_scanner_required",
                self.file_scanner_required.to_string(),
            ),
            ("trusted_roots", self.trusted_roots.clone()),
            (
                "clock",
                self.clock.map_or_else(String::new, |c| c.to_rfc3339()),
            ),
        ] {
            writeln!(f, "{key} = {text:?}")?;
        }
        for (key, number) in [
            ("database_connections", u64::from(self.database_connections)),
            (
                "rate_login_per_minute",
                u64::from(self.rate_login_per_minute),
            ),
            ("rate_login_burst", u64::from(self.rate_login_burst)),
            (
                "rate_public_per_minute",
                u64::from(self.rate_public_per_minute),
            ),
            ("rate_public_burst", u64::from(self.rate_public_burst)),
            ("rate_api_per_minute", u64::from(self.rate_api_per_minute)),
            ("rate_api_burst", u64::from(self.rate_api_burst)),
            ("workers", self.workers as u64),
            ("json_limit_bytes", self.json_limit_bytes as u64),
            ("request_timeout_seconds", self.request_timeout_seconds),
            ("shutdown_seconds", self.shutdown_seconds),
            ("file_limit_mib", self.file_limit_mib),
            ("demo_history_days", u64::from(self.demo_history_days)),
        ] {
            writeln!(f, "{key} = {number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
