//! The client that loads a server: HTTP/1.1 over kept-open connections, as little work for each
//! request as can be, since it shares the processors with what it measures. The same for both sides.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What a window of load showed.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// Requests answered as they should be.
    pub requests: u64,
    /// How long it lasted, in seconds.
    pub seconds: f64,
    /// Seconds of processor that the measured programs used, the client's not among them.
    pub processor: f64,
    /// How long each took, in microseconds, sorted.
    pub latencies: Vec<u32>,
}

impl Window {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.requests as f64 / self.seconds
    }

    /// Processor time for each answer, in microseconds.
    pub fn cost(&self) -> f64 {
        self.processor * 1e6 / self.requests.max(1) as f64
    }

    /// The latency below which this share of the answers came, in milliseconds.
    pub fn quantile(&self, share: f64) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.latencies
            .get(at)
            .map_or(0.0, |us| f64::from(*us) / 1000.0)
    }

    /// Puts another worker's share to this one's.
    pub fn join(&mut self, other: Self) {
        self.requests += other.requests;
        self.seconds = self.seconds.max(other.seconds);
        self.latencies.extend(other.latencies);
    }
}

/// A request ready to be sent.
pub fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    let authorization =
        token.map_or_else(String::new, |t| format!("Authorization: Bearer {t}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{authorization}\r\n").into_bytes()
}

/// A request with a JSON body, ready to be sent. `headers` end with `\r\n` each.
pub fn post(path: &str, token: Option<&str>, headers: &str, body: &str) -> Vec<u8> {
    let authorization =
        token.map_or_else(String::new, |t| format!("Authorization: Bearer {t}\r\n"));
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\n{authorization}{headers}Content-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// One kept-open connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer: its status, and where in the buffer its body stands.
struct Answer {
    status: u16,
    body: std::ops::Range<usize>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            let n = self.stream.read_buf(&mut self.buffer).await?;
            ensure!(n > 0, "the server closed the connection");
            let Some(head) = find(&self.buffer, b"\r\n\r\n") else {
                continue;
            };
            let start = head + 4;
            // 204 has no content, and says nothing of how long it is.
            let length = match self.buffer.get(9..12) {
                Some(b"204") => 0,
                _ => content_length(self.buffer.get(..head).unwrap_or_default())
                    .context("an answer without Content-Length")?,
            };
            while self.buffer.len() < start + length {
                let n = self.stream.read_buf(&mut self.buffer).await?;
                ensure!(n > 0, "the server closed the connection");
            }
            let status = self
                .buffer
                .get(9..12)
                .and_then(|s| std::str::from_utf8(s).ok())
                .and_then(|s| s.parse().ok())
                .context("an answer without a status")?;
            return Ok(Answer {
                status,
                body: start..start + length,
            });
        }
    }

    /// Sends a request and reads its body, whatever the status.
    ///
    /// # Errors
    /// When the exchange breaks off.
    pub async fn ask(&mut self, request: &[u8]) -> anyhow::Result<(u16, Vec<u8>)> {
        let answer = self.exchange(request).await?;
        let body = self.buffer.get(answer.body).unwrap_or_default().to_vec();
        Ok((answer.status, body))
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn content_length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    })
}

/// Loads `address` with these requests, each connection taking its own way through them.
///
/// # Errors
/// Any answer but `status`: a rate of refusals would be no rate at all.
pub async fn load(
    address: SocketAddr,
    requests: &[Vec<u8>],
    status: u16,
    connections: usize,
    lasting: Duration,
) -> anyhow::Result<Window> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let begun = Instant::now();
    let until = begun + lasting;
    let workers = open
        .into_iter()
        .enumerate()
        .map(|(n, mut connection)| async move {
            let mut window = Window::default();
            // A stride that no list of requests shares a divisor with visits all of them.
            let mut at = n * 7919;
            while Instant::now() < until {
                let Some(request) = requests.get(at % requests.len()) else {
                    bail!("nothing to send");
                };
                at += 104_729;
                let sent = Instant::now();
                let answer = connection.exchange(request).await?;
                if answer.status != status {
                    let body = connection.buffer.get(answer.body).unwrap_or_default();
                    bail!("{}: {}", answer.status, String::from_utf8_lossy(body));
                }
                window.requests += 1;
                window
                    .latencies
                    .push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            window.seconds = begun.elapsed().as_secs_f64();
            Ok(window)
        });
    let mut all = Window::default();
    for window in futures_util::future::join_all(workers).await {
        all.join(window?);
    }
    all.latencies.sort_unstable();
    Ok(all)
}
