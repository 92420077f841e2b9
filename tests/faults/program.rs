//! The program as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use motcua_tests::dossier::MARITAL;
use motcua_tests::{Database, PASSWORD};
use reqwest::blocking::{Client, RequestBuilder};
use serde_json::{Value, json};

/// The program: the one that `MOTCUA_TEST_BINARY` or `MOTCUA_BIN` names, or the one beside this test, built
/// now so that it is not an old one.
fn binary() -> &'static PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let named = ["MOTCUA_TEST_BINARY", "MOTCUA_BIN"];
        if let Some(path) = named.into_iter().find_map(std::env::var_os) {
            return path.into();
        }
        if let Some(cargo) = std::env::var_os("CARGO") {
            let built = Command::new(cargo)
                .args(["build", "--quiet", "--package", "motcua-server"])
                .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
                .status()
                .expect("cargo runs");
            assert!(built.success(), "the program does not build");
        }
        let here = std::env::current_exe().expect("this test has a path");
        let folder = here
            .parent()
            .and_then(|deps| deps.parent())
            .expect("a target folder");
        folder.join("motcua")
    })
}

fn command(database: &Database) -> Command {
    let mut command = Command::new(binary());
    command
        .env_clear()
        .env("MOTCUA_MODE", "demo")
        .env("MOTCUA_DATABASE_URL", &database.url)
        .env("MOTCUA_DATA_DIR", &database.folder)
        .env("MOTCUA_BIND", "127.0.0.1:0")
        .env("MOTCUA_METRICS_BIND", "")
        .env("MOTCUA_RATE_LIMIT", "off")
        .env("MOTCUA_DEMO_HISTORY_DAYS", "0")
        .env("MOTCUA_LOG", "warn")
        .current_dir(&database.folder)
        .stdin(Stdio::null());
    command
}

/// What came back, if anything did.
#[derive(Debug)]
pub enum Reply {
    /// Status and body.
    Answer(u16, Value),
    /// The connection was refused or cut.
    Nothing,
}

fn send(request: RequestBuilder) -> Reply {
    let Ok(response) = request.send() else {
        return Reply::Nothing;
    };
    let status = response.status().as_u16();
    if status == 204 {
        return Reply::Answer(status, Value::Null);
    }
    // An answer that was cut off half-way acknowledged nothing.
    match response.json() {
        Ok(body) => Reply::Answer(status, body),
        Err(_) => Reply::Nothing,
    }
}

fn client() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        Client::builder()
            .timeout(Duration::from_secs(30))
            // Each request on a connection of its own: none is lost on one that was just closed.
            .pool_max_idle_per_host(0)
            .build()
            .expect("a client")
    })
}

/// Numbers that look thrown and are the same each time.
pub struct Thrown(pub u64);

impl Thrown {
    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// Puts these in any order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for n in (1..all.len()).rev() {
            all.swap(n, usize::try_from(self.below(n as u64 + 1)).unwrap());
        }
    }
}

/// Posts with a key, so that it may be sent again.
pub fn post(base: &str, token: &str, key: Option<&str>, path: &str, body: &Value) -> Reply {
    let request = client()
        .post(format!("{base}{path}"))
        .bearer_auth(token)
        .json(body);
    send(match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    })
}

/// Signs in.
pub fn sign_in(base: &str, username: &str) -> Reply {
    send(
        client()
            .post(format!("{base}/api/v1/auth/login"))
            .json(&json!({ "username": username, "password": PASSWORD })),
    )
}

/// A dossier's body for the first ward.
pub fn intake(program: &Program, token: &str) -> Value {
    let list = program.get(token, "/api/v1/authorities");
    let ward = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["code"] == "thd")
        .expect("the ward");
    json!({
        "procedure_code": MARITAL,
        "authority_id": ward["id"],
        "channel": "counter",
        "owner": {
            "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": "001085012345",
            "phone": "0912345678"
        },
        "components": [{ "component_id": "to_khai", "originals": 1 }],
        "result_delivery": { "method": "counter" }
    })
}

/// The rest of a request begun: what the program answers until it hangs up.
pub fn finish(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

/// `motcua verify`: its exit code and what it wrote.
pub fn verify(database: &Database) -> (i32, String) {
    verify_with(database, &[])
}

/// As [`verify`], with further settings.
pub fn verify_with(database: &Database, settings: &[(&str, &str)]) -> (i32, String) {
    let output = command(database)
        .envs(settings.iter().copied())
        .arg("verify")
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let code = output.status.code().expect("an exit code");
    if code > 1 {
        panic!("{text}{}", String::from_utf8_lossy(&output.stderr));
    }
    (code, text)
}

/// A command of the program in production, with `input` on its standard input: its exit code and all
/// that it wrote.
pub fn run(database: &Database, arguments: &[&str], input: &str) -> (i32, String) {
    let mut child = command(database)
        .env_remove("MOTCUA_MODE")
        .env_remove("MOTCUA_RATE_LIMIT")
        .env_remove("MOTCUA_DEMO_HISTORY_DAYS")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = child.stdin.take().expect("a standard input");
    // A command that reads nothing has closed it already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    (output.status.code().expect("an exit code"), text)
}

/// A start that must fail: its exit code and all that it wrote.
pub fn serve_fails(database: &Database, settings: &[(&str, &str)]) -> (i32, String) {
    let output = command(database)
        .envs(settings.iter().copied())
        .arg("serve")
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().expect("an exit code"), text)
}

/// The serving program.
pub struct Program {
    /// `http://127.0.0.1:…`
    pub base: String,
    child: Child,
}

impl Program {
    /// Starts it and waits until it listens.
    pub fn start(database: &Database) -> Self {
        Self::start_with(database, &[])
    }

    /// As [`Self::start`], with further settings.
    pub fn start_with(database: &Database, settings: &[(&str, &str)]) -> Self {
        Self::begin(database, settings, Stdio::inherit())
    }

    /// As [`Self::start_with`], with its log in a file.
    pub fn start_into(database: &Database, settings: &[(&str, &str)], log: std::fs::File) -> Self {
        Self::begin(database, settings, log.into())
    }

    fn begin(database: &Database, settings: &[(&str, &str)], log: Stdio) -> Self {
        let mut child = command(database)
            .envs(settings.iter().copied())
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let base = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let url = line.strip_prefix("motcua: ")?;
                Some(url.trim_end_matches('/').to_owned())
            })
            .expect("it says where it listens");
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { base, child }
    }

    /// Signs in and gives the token.
    pub fn sign_in(&self, username: &str) -> String {
        match sign_in(&self.base, username) {
            Reply::Answer(200, body) => body["access_token"].as_str().unwrap().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    /// Sends the whole request of a sign-in and does not wait for its answer.
    pub fn begin_sign_in(&self, username: &str) -> TcpStream {
        let address = self.base.trim_start_matches("http://");
        let body = json!({ "username": username, "password": PASSWORD }).to_string();
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a time limit");
        write!(
            stream,
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .expect("it reads");
        stream
    }

    /// Reads, which must succeed.
    pub fn get(&self, token: &str, path: &str) -> Value {
        let request = client()
            .get(format!("{}{path}", self.base))
            .bearer_auth(token);
        match send(request) {
            Reply::Answer(200, body) => body,
            other => panic!("{path}: {other:?}"),
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is dead");
    }

    /// `kill -TERM`.
    pub fn ask_to_stop(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(told.success());
    }

    /// Waits for its end.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
