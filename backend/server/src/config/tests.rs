use std::{fs, path::Path};

use super::*;

/// A file of the temporary folder that goes away with the test.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, text: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("motcua-config-{}-{name}", std::process::id()));
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn flags(&self) -> Flags {
        Flags {
            config: Some(self.0.clone()),
            ..Flags::default()
        }
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn environment(pairs: &[(&str, &str)]) -> Environment {
    Environment::new(
        pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned())),
    )
}

fn load(pairs: &[(&str, &str)]) -> Result<Config, String> {
    Config::load(&environment(pairs), &Flags::default()).map_err(|e| e.to_string())
}

#[test]
fn without_any_source_the_defaults_stand() {
    let config = load(&[]).unwrap();
    assert_eq!(config.mode, Mode::Production);
    assert_eq!(config.database_url.expose(), "sqlite://motcua.db");
    assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.metrics_bind.unwrap().to_string(), "127.0.0.1:9090");
    assert_eq!(config.data_dir, Path::new("./motcua-data"));
    assert_eq!(config.demo_history_days, 42);
    assert_eq!(config.manners().rates, Some(Rates::default()));
    assert_eq!(config.json_limit().0, 65536);
    assert!(config.clock.is_none() && config.tls_cert.is_none());
}

#[test]
fn later_sources_override_earlier_ones() {
    let file = TempFile::new(
        "order.toml",
        "bind = \"127.0.0.1:1001\"\nworkers = 3\ndata_dir = \"/from/file\"\n",
    );
    let env = environment(&[("MOTCUA_BIND", "127.0.0.1:1002"), ("MOTCUA_WORKERS", "4")]);
    let flags = Flags {
        bind: Some("127.0.0.1:1003".into()),
        ..file.flags()
    };
    let config = Config::load(&env, &flags).unwrap();
    assert_eq!(config.bind.port(), 1003);
    assert_eq!(config.workers, 4);
    assert_eq!(config.data_dir, Path::new("/from/file"));
}

#[test]
fn the_file_may_be_named_in_the_environment_and_must_then_exist() {
    let file = TempFile::new("named.toml", "workers = 7\n");
    let path = file.0.to_string_lossy().into_owned();
    assert_eq!(load(&[("MOTCUA_CONFIG", &path)]).unwrap().workers, 7);
    assert!(
        load(&[("MOTCUA_CONFIG", "/nowhere/motcua.toml")])
            .unwrap_err()
            .contains("/nowhere/motcua.toml")
    );
}

#[test]
fn an_unknown_key_is_an_error_wherever_it_stands() {
    let told = load(&[("MOTCUA_BINDD", "127.0.0.1:1")]).unwrap_err();
    assert!(told.contains("bindd"), "{told}");
    let file = TempFile::new("unknown.toml", "[server]\nport = 1\n");
    assert!(Config::load(&Environment::default(), &file.flags()).is_err());
    // What the tests need for themselves is none of our business.
    assert!(
        load(&[
            ("MOTCUA_TEST_POSTGRES_URL", "postgres://x"),
            ("PATH", "/bin")
        ])
        .is_ok()
    );
}

#[test]
fn a_value_that_cannot_be_names_its_source_but_not_itself() {
    let told = load(&[("MOTCUA_BIND", "nowhere")]).unwrap_err();
    assert!(told.contains("MOTCUA_BIND"), "{told}");
    let told = load(&[("MOTCUA_DATABASE_URL", "mysql://root:geheim@db/x")]).unwrap_err();
    assert!(
        told.contains("MOTCUA_DATABASE_URL") && !told.contains("geheim"),
        "{told}"
    );
    for (name, value) in [
        ("MOTCUA_DATABASE_URL", "motcua.db"),
        ("MOTCUA_DATABASE_URL", "sqlite://"),
        ("MOTCUA_MODE", "test"),
        ("MOTCUA_RATE_LIMIT", "maybe"),
        ("MOTCUA_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("MOTCUA_WORKERS", "many"),
        ("MOTCUA_WORKERS", "1000"),
        ("MOTCUA_RATE_LOGIN_BURST", "0"),
        ("MOTCUA_LOG_FORMAT", "xml"),
        ("MOTCUA_DEMO_HISTORY_DAYS", "367"),
        ("MOTCUA_METRICS_BIND", "127.0.0.1:8080"),
        ("MOTCUA_TLS_CERT", "/only/one.pem"),
        ("MOTCUA_MAIL_URL", "smtps://mail.example.vn"),
        ("MOTCUA_MAIL_FROM", "motcua@example.vn"),
        ("MOTCUA_SMS_URL", "https://sms.example.vn"),
        ("MOTCUA_SMS_TOKEN", "khoa"),
        ("MOTCUA_SMS_FIELDS", "to,text"),
        ("MOTCUA_PUBLIC_URL", "motcua.example.vn"),
    ] {
        assert!(load(&[(name, value)]).is_err(), "{name}={value}");
    }
}

#[test]
fn gateways_are_whole_and_their_secrets_are_shown_nowhere() {
    let mut all = vec![
        ("MOTCUA_MAIL_URL", "smtps://motcua:geheim@mail.example.vn"),
        ("MOTCUA_MAIL_FROM", "Trung tâm <motcua@example.vn>"),
        ("MOTCUA_SMS_URL", "https://sms.example.vn/geheim"),
        ("MOTCUA_SMS_TOKEN", "geheim"),
        ("MOTCUA_SMS_SENDER", "UBND"),
        ("MOTCUA_PUBLIC_URL", "https://motcua.example.vn/"),
    ];
    let config = load(&all).unwrap();
    let gateways = config.gateways().unwrap();
    assert!(gateways.mail.is_some() && gateways.sms.is_some() && gateways.simulated.is_none());
    assert_eq!(
        config.look_up().as_deref(),
        Some("https://motcua.example.vn/tra-cuu")
    );
    assert!(!format!("{config} {config:?}").contains("geheim"));
    // One channel alone is fine; half of one is not, and the fault does not repeat it.
    assert!(load(&all[..2]).unwrap().gateways().unwrap().sms.is_none());
    all[0].1 = "smtp://motcua:geheim@mail.example.vn?tls=none";
    let told = load(&all).unwrap_err();
    assert!(
        told.contains("mail_url") && !told.contains("geheim"),
        "{told}"
    );
    let bare = load(&[]).unwrap().gateways().unwrap();
    assert!(bare.mail.is_none() && bare.sms.is_none());
    let demo = load(&[("MOTCUA_MODE", "demo")])
        .unwrap()
        .gateways()
        .unwrap();
    assert!(demo.mail.is_some() && demo.sms.is_some() && demo.simulated.is_some());
}

#[test]
fn an_empty_variable_means_none_where_none_can_be() {
    let config = load(&[
        ("MOTCUA_METRICS_BIND", ""),
        ("MOTCUA_TLS_CERT", ""),
        ("MOTCUA_TRUSTED_PROXIES", ""),
    ]);
    let config = config.unwrap();
    assert!(config.metrics_bind.is_none() && config.trusted_proxies.is_empty());
    assert!(load(&[("MOTCUA_BIND", "")]).is_err());
}

#[test]
fn proxies_are_a_list_or_a_text_with_commas() {
    let config = load(&[("MOTCUA_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7,::1")]).unwrap();
    let texts: Vec<String> = config
        .trusted_proxies
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(texts, ["10.0.0.0/8", "192.0.2.7/32", "::1/128"]);
    let file = TempFile::new(
        "list.toml",
        "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nrate_limit = true\n",
    );
    let config = Config::load(&Environment::default(), &file.flags()).unwrap();
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn what_belongs_to_the_demo_is_refused_in_production() {
    let clock = ("MOTCUA_CLOCK", "2026-03-02T09:00:00+07:00");
    let off = ("MOTCUA_RATE_LIMIT", "off");
    assert!(load(&[clock]).unwrap_err().contains("demo"));
    assert!(load(&[off]).unwrap_err().contains("demo"));
    let config = load(&[clock, off, ("MOTCUA_MODE", "demo")]).unwrap();
    assert_eq!(
        config.clock.unwrap().to_rfc3339(),
        "2026-03-02T09:00:00+07:00"
    );
    assert_eq!(config.manners().rates, None);
}

#[test]
fn a_certificate_needs_its_key_and_both_their_files() {
    let cert = TempFile::new("cert.pem", "x");
    let path = cert.0.to_string_lossy().into_owned();
    assert!(
        load(&[("MOTCUA_TLS_CERT", &path)])
            .unwrap_err()
            .contains("together")
    );
    assert!(
        load(&[
            ("MOTCUA_TLS_CERT", &path),
            ("MOTCUA_TLS_KEY", "/nowhere.pem")
        ])
        .is_err()
    );
    assert!(load(&[("MOTCUA_TLS_CERT", &path), ("MOTCUA_TLS_KEY", &path)]).is_ok());
}

#[test]
fn what_is_shown_holds_no_password() {
    for url in [
        "postgres://motcua:geheim@db.example:5432/motcua",
        "postgres://motcua:ge@heim@db.example/motcua",
        "postgresql://db.example/motcua?user=motcua&password=geheim&sslmode=require",
    ] {
        let config = load(&[("MOTCUA_DATABASE_URL", url)]).unwrap();
        for shown in [config.to_string(), format!("{config:?}")] {
            assert!(!shown.contains("heim"), "{shown}");
            assert!(shown.contains("db.example"), "{shown}");
        }
        assert_eq!(config.database_url.expose(), url);
    }
}

#[test]
fn what_is_shown_can_be_read_back() {
    let config = load(&[
        ("MOTCUA_MODE", "demo"),
        ("MOTCUA_TRUSTED_PROXIES", "10.0.0.0/8"),
    ])
    .unwrap();
    let file = TempFile::new("shown.toml", &config.to_string());
    assert_eq!(
        Config::load(&Environment::default(), &file.flags()).unwrap(),
        config
    );
}
