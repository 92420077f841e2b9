//! A mail server and an SMS gateway on this machine, which keep what they are given and fail when told to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// What the next requests are answered with; when none is left, all is well.
type Script<T> = Arc<Mutex<Vec<T>>>;

fn listen(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serve = Arc::new(serve);
    // It ends with the tests' process.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = serve.clone();
            thread::spawn(move || serve(stream));
        }
    });
    address
}

fn next<T>(script: &Script<T>) -> Option<T> {
    let mut script = script.lock().unwrap_or_else(|e| e.into_inner());
    if script.is_empty() {
        None
    } else {
        Some(script.remove(0))
    }
}

/// What the mail server does instead of taking a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailFault {
    /// Refuses the recipient for good.
    NoSuchRecipient,
    /// Says that it is busy.
    Busy,
    /// Takes the text and hangs up without a word.
    HangsUp,
}

/// A mail as the server was given it.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The envelope's recipient.
    pub to: String,
    /// The whole text as it travelled.
    pub raw: String,
}

impl Mail {
    /// A header's value, decoded.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default();
        // Folded lines belong together.
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let line = head
            .lines()
            .find_map(|l| l.strip_prefix(&format!("{name}: ")));
        let mut text = String::new();
        for (i, word) in line.unwrap_or_default().split(' ').enumerate() {
            let coded = word
                .strip_prefix("=?utf-8?b?")
                .and_then(|w| w.strip_suffix("?="));
            match coded {
                Some(coded) => {
                    let bytes = STANDARD.decode(coded).expect("base64");
                    text.push_str(&String::from_utf8(bytes).expect("UTF-8"));
                }
                None => {
                    if i > 0 {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
            }
        }
        text
    }

    /// The text, decoded.
    pub fn body(&self) -> String {
        let (_, body) = self.raw.split_once("\r\n\r\n").expect("a body");
        let bytes = match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => {
                let joined: String = body.split_whitespace().collect();
                STANDARD.decode(joined).expect("base64")
            }
            "quoted-printable" => {
                let joined = body.replace("=\r\n", "");
                let mut out = Vec::new();
                let mut rest = joined.as_bytes();
                while let [first, left @ ..] = rest {
                    if let (b'=', [a, b, left @ ..]) = (first, left) {
                        let code = [*a, *b];
                        let code = std::str::from_utf8(&code).expect("two digits");
                        out.push(u8::from_str_radix(code, 16).expect("two digits"));
                        rest = left;
                    } else {
                        out.push(*first);
                        rest = left;
                    }
                }
                out
            }
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes)
            .expect("UTF-8")
            .replace("\r\n", "\n")
    }
}

/// A mail server.
pub struct MailServer {
    /// Where.
    pub address: SocketAddr,
    /// What it does with the next messages.
    pub faults: Script<MailFault>,
    got: Arc<Mutex<Vec<Mail>>>,
}

impl MailServer {
    /// Starts one.
    pub fn start(faults: &[MailFault]) -> Self {
        let faults: Script<MailFault> = Arc::new(Mutex::new(faults.to_vec()));
        let got: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let (f, g) = (faults.clone(), got.clone());
        let address = listen(move |stream| {
            // Somebody who hangs up is no fault of ours.
            let _ = converse(&stream, &f, &g);
        });
        Self {
            address,
            faults,
            got,
        }
    }

    /// What it was given whole, whether it said so or not.
    pub fn got(&self) -> Vec<Mail> {
        self.got.lock().unwrap_or_else(|e| e.into_inner()).clone()
    }
}

fn converse(
    stream: &TcpStream,
    faults: &Script<MailFault>,
    got: &Arc<Mutex<Vec<Mail>>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut out = stream;
    let mut to = String::new();
    let mut hang_up = false;
    out.write_all(b"220 thu ESMTP\r\n")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-thu\r\n250 8BITMIME\r\n",
            "RCPT" => match next(faults) {
                Some(MailFault::NoSuchRecipient) => "550 5.1.1 no such user\r\n",
                Some(MailFault::Busy) => "451 4.3.0 later\r\n",
                fault => {
                    hang_up = fault == Some(MailFault::HangsUp);
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 ok\r\n"
                }
            },
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mut raw = String::new();
                loop {
                    let mut line = String::new();
                    if lines.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                }
                let mail = Mail {
                    to: to.clone(),
                    raw,
                };
                got.lock().unwrap_or_else(|e| e.into_inner()).push(mail);
                if hang_up {
                    return Ok(());
                }
                "250 2.0.0 taken\r\n"
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => "250 ok\r\n",
        };
        out.write_all(answer.as_bytes())?;
    }
}

/// A request as the SMS gateway got it.
#[derive(Debug, Clone)]
pub struct SmsRequest {
    /// `Authorization`.
    pub authorization: String,
    /// `Idempotency-Key`.
    pub key: String,
    /// The body.
    pub body: Value,
}

/// An SMS gateway.
pub struct SmsGateway {
    /// Where.
    pub address: SocketAddr,
    /// The next statuses it answers with; 202 when none is left.
    pub statuses: Script<u16>,
    got: Arc<Mutex<Vec<SmsRequest>>>,
}

impl SmsGateway {
    /// Starts one.
    pub fn start(statuses: &[u16]) -> Self {
        let statuses: Script<u16> = Arc::new(Mutex::new(statuses.to_vec()));
        let got: Arc<Mutex<Vec<SmsRequest>>> = Arc::default();
        let (s, g) = (statuses.clone(), got.clone());
        let address = listen(move |stream| {
            let _ = answer(&stream, &s, &g);
        });
        Self {
            address,
            statuses,
            got,
        }
    }

    /// What it was asked, in order.
    pub fn got(&self) -> Vec<SmsRequest> {
        self.got.lock().unwrap_or_else(|e| e.into_inner()).clone()
    }
}

fn answer(
    stream: &TcpStream,
    statuses: &Script<u16>,
    got: &Arc<Mutex<Vec<SmsRequest>>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let header = |name: &str| {
        head.iter()
            .filter_map(|l| l.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.to_owned())
            .unwrap_or_default()
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    lines.read_exact(&mut body)?;
    got.lock()
        .unwrap_or_else(|e| e.into_inner())
        .push(SmsRequest {
            authorization: header("authorization"),
            key: header("idempotency-key"),
            body: serde_json::from_slice(&body).unwrap_or_default(),
        });
    let status = next(statuses).unwrap_or(202);
    let mut out = stream;
    write!(
        out,
        "HTTP/1.1 {status} x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
    )
}

/// A virus scanner that finds one thing only: the text by which scanners are tried.
pub struct FakeScanner {
    /// `127.0.0.1:…`
    pub address: String,
    seen: Arc<Mutex<Vec<usize>>>,
}

impl FakeScanner {
    /// Starts it.
    pub fn start() -> Self {
        let seen: Arc<Mutex<Vec<usize>>> = Arc::default();
        let kept = seen.clone();
        let address = listen(move |stream| {
            let _ = scan(stream, &kept);
        });
        Self {
            address: address.to_string(),
            seen,
        }
    }

    /// How many bytes each file had that it was sent.
    pub fn seen(&self) -> Vec<usize> {
        self.seen.lock().unwrap_or_else(|e| e.into_inner()).clone()
    }
}

/// One `INSTREAM`; how many bytes came is kept before it is answered.
fn scan(mut stream: TcpStream, seen: &Mutex<Vec<usize>>) -> Option<()> {
    let mut head = [0; 10];
    stream.read_exact(&mut head).ok()?;
    if &head != b"zINSTREAM\0" {
        return None;
    }
    let mut all = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).ok()?;
        let n = u32::from_be_bytes(length) as usize;
        if n == 0 {
            break;
        }
        let from = all.len();
        all.resize(from + n, 0);
        stream.read_exact(&mut all[from..]).ok()?;
    }
    let wanted = crate::file::eicar();
    let found = all.windows(wanted.len()).any(|w| w == wanted.as_bytes());
    let answer: &[u8] = if found {
        b"stream: Motcua.Test.EICAR FOUND\0"
    } else {
        b"stream: OK\0"
    };
    seen.lock()
        .unwrap_or_else(|e| e.into_inner())
        .push(all.len());
    stream.write_all(answer).ok()
}
