//! A bucket that speaks S3: a server in memory, ended with this value.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

/// Whatever the server is told; it asks nobody who they are.
const KEY: &str = "kiem-thu";

/// By whose credentials it tells which service is asked; it checks no signature.
const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=kiem-thu/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

/// A bucket.
#[derive(Debug)]
pub struct FakeBucket {
    /// Where it is: `http://127.0.0.1:…`
    pub endpoint: String,
    server: Child,
    client: Client,
}

impl Drop for FakeBucket {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl FakeBucket {
    /// Its name.
    pub const NAME: &'static str = "tep";

    /// Starts it.
    ///
    /// # Panics
    /// When it is not installed, or does not start.
    #[must_use]
    pub fn start() -> Self {
        let program =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../.cache/bucket-venv/bin/moto_server");
        let mut server = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", "0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("scripts/python-ready tests/bucket installs it");
        let said = server.stderr.take().expect("it is piped");
        let mut lines = BufReader::new(said).lines();
        let endpoint = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, address) = line.split_once("Running on ")?;
                Some(address.trim().to_owned())
            })
            .expect("it says where it is");
        // What else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let signed = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(SIGNED))]);
        let client = Client::builder()
            .default_headers(signed)
            .timeout(Duration::from_secs(60))
            .build()
            .expect("a client");
        let bucket = Self {
            endpoint,
            server,
            client,
        };
        let made = bucket.client.put(bucket.at("")).send();
        assert!(made.is_ok_and(|r| r.status().is_success()), "no bucket");
        bucket
    }

    fn at(&self, key: &str) -> String {
        format!("{}/{}/{key}", self.endpoint, Self::NAME)
    }

    /// What is under a key.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let found = self.client.get(self.at(key)).send().expect("it answers");
        if found.status() == 404 {
            return None;
        }
        Some(found.bytes().expect("all of it").to_vec())
    }

    /// Puts something under a key.
    ///
    /// # Panics
    /// When it is not taken.
    pub fn put(&self, key: &str, bytes: Vec<u8>) {
        let put = self.client.put(self.at(key)).body(bytes).send();
        assert!(put.is_ok_and(|r| r.status().is_success()));
    }

    /// Takes what is under a key away.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn remove(&self, key: &str) {
        self.client.delete(self.at(key)).send().expect("it answers");
    }

    /// Settings of a server that keeps its files there, without `MOTCUA_`.
    #[must_use]
    pub fn settings(&self) -> [(&'static str, &str); 4] {
        [
            ("FILE_BUCKET", Self::NAME),
            ("FILE_BUCKET_ENDPOINT", &self.endpoint),
            ("FILE_BUCKET_KEY", KEY),
            ("FILE_BUCKET_SECRET", KEY),
        ]
    }
}

/// The key of a file.
#[must_use]
pub fn key_of(sha256: &str) -> String {
    let two: String = sha256.chars().take(2).collect();
    format!("sha256/{two}/{sha256}")
}
