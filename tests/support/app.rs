//! The real server in this process, and a client for it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use motcua_server::app;
use motcua_services::Services;
use motcua_store::{Store, migrate};
use reqwest::Method;
use reqwest::blocking::{Body, Client, RequestBuilder};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::database::{Database, Kind, config};

/// The password of everyone in the demo centre.
pub const PASSWORD: &str = motcua_services::demo::PASSWORD;

/// When it is in the tests, unless they say otherwise: a Monday morning without holidays around.
pub const NOW: &str = "2026-03-02T09:00:00+07:00";

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The instant at which its clock starts.
    pub clock: &'static str,
    /// Further settings, as in the environment but without `MOTCUA_`.
    pub settings: Vec<(&'static str, &'static str)>,
    /// A production server on an empty database, its clock the machine's.
    pub production: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: NOW,
            settings: vec![("RATE_LIMIT", "off")],
            production: false,
        }
    }
}

impl Options {
    /// Starting at another instant.
    pub fn at(clock: &'static str) -> Self {
        Self {
            clock,
            ..Self::default()
        }
    }

    /// In production, with nothing in it.
    pub fn production() -> Self {
        Self {
            settings: Vec::new(),
            production: true,
            ..Self::default()
        }
    }

    /// With these settings, and rate limits on.
    pub fn with(settings: &[(&'static str, &'static str)]) -> Self {
        Self {
            settings: settings.to_vec(),
            ..Self::default()
        }
    }
}

/// Not more servers at once than two cores and one PostgreSQL bear.
const AT_ONCE: u32 = 4;
static RUNNING: Mutex<u32> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

struct Turn;

impl Turn {
    fn take() -> Self {
        let mut running = RUNNING.lock().unwrap_or_else(|e| e.into_inner());
        while *running >= AT_ONCE {
            running = FREED.wait(running).unwrap_or_else(|e| e.into_inner());
        }
        *running += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(|e| e.into_inner()) -= 1;
        FREED.notify_one();
    }
}

/// A server and a client for it.
pub struct App {
    /// `http://127.0.0.1:…`
    pub base: String,
    /// What it printed for a first start.
    pub setup_code: Option<String>,
    /// What the server works with: for its clock, and for looking behind the API.
    pub services: Services,
    /// Its database.
    pub database: Database,
    client: Client,
    tokens: Mutex<HashMap<String, String>>,
    authorities: Mutex<HashMap<String, String>>,
    key: AtomicU64,
    handle: Option<actix_web::dev::ServerHandle>,
    thread: Option<JoinHandle<()>>,
    _turn: Turn,
}

impl App {
    /// Starts a server on a database of its own.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(kind: Kind, options: &Options) -> Self {
        let turn = Turn::take();
        let database = if options.production {
            let database = Database::empty(kind);
            let mut db = Store::single(&database.url).expect("the database");
            migrate::run(&mut db).expect("the tables");
            database
        } else {
            Database::demo(kind)
        };
        Self::on(database, options, turn)
    }

    fn on(database: Database, options: &Options, turn: Turn) -> Self {
        let folder = database.folder.to_str().expect("a plain path").to_owned();
        let mut settings = vec![
            ("DATABASE_URL", database.url.as_str()),
            ("DATA_DIR", folder.as_str()),
            ("BIND", "127.0.0.1:0"),
            ("METRICS_BIND", ""),
            ("DATABASE_CONNECTIONS", "6"),
            ("WORKERS", "2"),
            ("SHUTDOWN_SECONDS", "5"),
        ];
        if !options.production {
            settings.extend([
                ("MODE", "demo"),
                ("CLOCK", options.clock),
                ("DEMO_HISTORY_DAYS", "0"),
            ]);
        }
        settings.extend(options.settings.iter().copied());
        let config = config(&settings);
        let services = app::services(&config).expect("the server's services");
        let given = services.clone();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = app::start(&config, given).expect("the server binds");
                tell.send((
                    server.handle.clone(),
                    server.address,
                    server.setup_code.clone(),
                ))
                .expect("the test waits");
                server.run.await.expect("the server runs");
            });
        });
        let (handle, address, setup_code) = told
            .recv_timeout(Duration::from_secs(60))
            .expect("the server starts");
        let client = Client::builder()
            .timeout(Duration::from_secs(60))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self {
            base: format!("http://{address}"),
            setup_code,
            services,
            database,
            client,
            tokens: Mutex::default(),
            authorities: Mutex::default(),
            key: AtomicU64::new(1),
            handle: Some(handle),
            thread: Some(thread),
            _turn: turn,
        }
    }

    /// Moves the clock, and forgets the tokens that have run out with it.
    ///
    /// # Panics
    /// When the instant is not RFC 3339.
    pub fn at(&self, instant: &str) {
        let at = DateTime::parse_from_rfc3339(instant).expect("an instant");
        self.services.clock.set(at.to_utc());
        self.tokens.lock().unwrap().clear();
    }

    /// Moves the clock, which then stands still, and gives everybody who is signed in a new token of the
    /// same sign-in: for long stories told to the microsecond, in which signing in anew each time would be
    /// most of the work.
    ///
    /// # Panics
    /// When the instant is not RFC 3339.
    pub fn at_standing(&self, instant: &str) {
        let at = DateTime::parse_from_rfc3339(instant).expect("an instant");
        let before = self.services.now();
        let mut tokens = self.tokens.lock().unwrap();
        for token in tokens.values_mut() {
            let claims = self.services.keys.check(token, before).expect("its claims");
            *token = self
                .services
                .keys
                .issue(&claims.sub, &claims.sid, at.to_utc())
                .expect("a token");
        }
        self.services.clock.hold(at.to_utc());
    }

    /// What the clock shows, as sent.
    pub fn now(&self) -> DateTime<FixedOffset> {
        motcua_domain::vn_time::to_vn(self.services.now())
    }

    /// A request that is not sent yet.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Sends a request and checks what every answer owes.
    ///
    /// # Panics
    /// When there is no answer, or one that owes something.
    #[track_caller]
    pub fn send(&self, request: RequestBuilder) -> Answer {
        let request = request.build().expect("a request");
        let asked = format!("{} {}", request.method(), request.url().path());
        let response = self
            .client
            .execute(request)
            .unwrap_or_else(|e| panic!("{asked}: {e}"));
        Answer::read(asked, response)
    }

    /// Sends a request and looks at the status alone, for answers that never end.
    ///
    /// # Panics
    /// When there is no answer.
    pub fn status(&self, request: RequestBuilder) -> u16 {
        request.send().expect("an answer").status().as_u16()
    }

    /// A token of this person, signing in when there is none yet.
    ///
    /// # Panics
    /// When they cannot sign in.
    pub fn token(&self, username: &str) -> String {
        if let Some(token) = self.tokens.lock().unwrap().get(username) {
            return token.clone();
        }
        let token = self.sign_in(username, PASSWORD).expect(200)["access_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let mut tokens = self.tokens.lock().unwrap();
        tokens.insert(username.to_owned(), token.clone());
        token
    }

    /// Signs in.
    pub fn sign_in(&self, username: &str, password: &str) -> Answer {
        self.send(
            self.request(Method::POST, "/api/v1/auth/login")
                .json(&json!({ "username": username, "password": password })),
        )
    }

    /// A request as this person; an empty name stands for nobody.
    pub fn as_person(&self, who: &str, method: Method, path: &str) -> RequestBuilder {
        let request = self.request(method, path);
        if who.is_empty() {
            request
        } else {
            request.bearer_auth(self.token(who))
        }
    }

    /// GET as this person.
    #[track_caller]
    pub fn get(&self, who: &str, path: &str) -> Answer {
        self.send(self.as_person(who, Method::GET, path))
    }

    /// POST as this person.
    #[track_caller]
    pub fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.send(self.as_person(who, Method::POST, path).json(body))
    }

    /// POST of text as it stands, as this person.
    #[track_caller]
    pub fn post_raw(&self, who: &str, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        self.send(
            self.as_person(who, Method::POST, path)
                .header("content-type", kind)
                .body(body),
        )
    }

    /// POST with `If-Match`.
    #[track_caller]
    pub fn post_at(&self, who: &str, path: &str, version: i64, body: &Value) -> Answer {
        self.send(
            self.as_person(who, Method::POST, path)
                .header("if-match", format!("\"v{version}\""))
                .json(body),
        )
    }

    /// PATCH with `If-Match`.
    #[track_caller]
    pub fn patch_at(&self, who: &str, path: &str, version: i64, body: &Value) -> Answer {
        self.send(
            self.as_person(who, Method::PATCH, path)
                .header("if-match", format!("\"v{version}\""))
                .json(body),
        )
    }

    /// PUT with `If-Match`.
    #[track_caller]
    pub fn put_at(&self, who: &str, path: &str, version: i64, body: &Value) -> Answer {
        self.send(
            self.as_person(who, Method::PUT, path)
                .header("if-match", format!("\"v{version}\""))
                .json(body),
        )
    }

    /// A new Idempotency-Key.
    pub fn new_key(&self) -> String {
        format!("key-{}", self.key.fetch_add(1, Ordering::Relaxed))
    }

    /// The id of the authority with this code: `thd`, `cn`, `ht`.
    ///
    /// # Panics
    /// When there is none.
    pub fn authority(&self, code: &str) -> String {
        if let Some(id) = self.authorities.lock().unwrap().get(code) {
            return id.clone();
        }
        let list = self.get("tiepnhan", "/api/v1/authorities").expect(200);
        let mut known = self.authorities.lock().unwrap();
        for item in list["items"].as_array().expect("items") {
            known.insert(
                item["code"].as_str().expect("a code").to_owned(),
                item["id"].as_str().expect("an id").to_owned(),
            );
        }
        known
            .get(code)
            .expect("an authority with this code")
            .clone()
    }

    /// The id of the first leader who signs for the authority with this code.
    pub fn signer(&self, code: &str) -> Value {
        let path = format!("/api/v1/authorities/{}/signers", self.authority(code));
        self.get("tiepnhan", &path).expect(200)["items"][0]["id"].clone()
    }

    /// Enters a ward that another centre serves, `far`: only what is boundary-free may be received for it.
    ///
    /// # Panics
    /// When it is there already.
    pub fn far_ward(&self) {
        let far = motcua_store::centre::AuthorityRow {
            id: motcua_store::AuthorityId::new(),
            code: "far".into(),
            name: "Ủy ban nhân dân xã Xa".into(),
            e_code: "H26.15.101".into(),
            version: 1,
        };
        self.services
            .write(|db| Ok(motcua_store::centre::insert_authority(db, &far)?))
            .expect("a new ward");
    }

    /// The findings of `motcua verify`.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn verify(&self) -> Vec<Value> {
        let mut db = self.database.open();
        motcua_services::verify::verify(&mut db).expect("verify runs")
    }
}

impl App {
    /// Stops the server with all it does by itself; its database stays as it is.
    pub fn stop(&mut self) {
        if let Some(handle) = self.handle.take() {
            // The order is sent when this is called; the thread ends with the server.
            drop(handle.stop(false));
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.stop();
    }
}
