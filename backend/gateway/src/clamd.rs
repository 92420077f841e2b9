//! A virus scanner: ClamAV's `clamd`, which is sent a file and says what it found (`INSTREAM`).

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use crate::SettingError;

/// How long it may say nothing.
const PATIENCE: Duration = Duration::from_secs(60);
const CONNECTING: Duration = Duration::from_secs(5);
const PIECE: usize = 64 << 10;
/// How long an answer may be.
const LONGEST_ANSWER: u64 = 1024;

/// What the scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was, by the scanner's name for it.
    Found(String),
}

/// Where a scanner listens.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Address {
    Tcp(String),
    #[cfg(unix)]
    Socket(std::path::PathBuf),
}

/// A scanner.
#[derive(Debug, Clone)]
pub struct Clamd {
    address: Address,
}

impl Clamd {
    /// The scanner at `host:port`, or at the path of its socket.
    ///
    /// # Errors
    /// When it is neither.
    pub fn new(address: &str) -> Result<Self, SettingError> {
        #[cfg(unix)]
        if address.starts_with('/') {
            return Ok(Self {
                address: Address::Socket(address.into()),
            });
        }
        match address.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(Self {
                address: Address::Tcp(address.to_owned()),
            }),
            _ => Err(SettingError("expected host:port or the path of a socket")),
        }
    }

    /// Sends a file to the scanner. Blocking.
    ///
    /// # Errors
    /// When the scanner cannot be reached, does not answer, or says that it could not look: none of these says that
    /// the file is clean.
    pub fn scan(&self, file: &mut dyn Read) -> io::Result<Verdict> {
        match &self.address {
            Address::Tcp(address) => {
                let mut last = io::Error::from(io::ErrorKind::NotFound);
                for socket in address.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&socket, CONNECTING) {
                        Ok(stream) => {
                            stream.set_read_timeout(Some(PATIENCE))?;
                            stream.set_write_timeout(Some(PATIENCE))?;
                            return asked(stream, file);
                        }
                        Err(e) => last = e,
                    }
                }
                Err(last)
            }
            #[cfg(unix)]
            Address::Socket(path) => {
                let stream = std::os::unix::net::UnixStream::connect(path)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                asked(stream, file)
            }
        }
    }
}

fn asked(mut stream: impl Read + Write, file: &mut dyn Read) -> io::Result<Verdict> {
    let sent = send(&mut stream, file);
    // A scanner that has seen enough answers and hangs up: what it said counts, not that the rest was not taken.
    let mut answer = Vec::new();
    let heard = BufReader::new(stream.take(LONGEST_ANSWER)).read_until(0, &mut answer);
    match (sent, heard) {
        (_, Ok(1..)) => {}
        (Err(e), _) | (_, Err(e)) => return Err(e),
        (Ok(()), Ok(_)) => return Err(io::ErrorKind::UnexpectedEof.into()),
    }
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_end_matches(['\0', '\n']).trim();
    if answer.ends_with(": OK") {
        Ok(Verdict::Clean)
    } else if let Some(found) = answer.strip_suffix(" FOUND") {
        let name = found.rsplit(": ").next().unwrap_or(found);
        Ok(Verdict::Found(name.chars().take(200).collect()))
    } else {
        Err(io::Error::other("the scanner could not look at it"))
    }
}

fn send(stream: &mut impl Write, file: &mut dyn Read) -> io::Result<()> {
    stream.write_all(b"zINSTREAM\0")?;
    let mut piece = vec![0; PIECE];
    loop {
        let n = file.read(&mut piece)?;
        let length = u32::try_from(n).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes())?;
        let Some(read) = piece.get(..n).filter(|read| !read.is_empty()) else {
            return stream.flush();
        };
        stream.write_all(read)?;
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one scan with these words, after having read all that is sent.
    fn scanner(answer: &'static [u8]) -> (Clamd, thread::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut all = Vec::new();
            let mut head = [0; 10];
            stream.read_exact(&mut head).unwrap();
            assert_eq!(&head, b"zINSTREAM\0");
            loop {
                let mut length = [0; 4];
                stream.read_exact(&mut length).unwrap();
                let n = u32::from_be_bytes(length) as usize;
                if n == 0 {
                    break;
                }
                let mut piece = vec![0; n];
                stream.read_exact(&mut piece).unwrap();
                all.extend(piece);
            }
            stream.write_all(answer).unwrap();
            all
        });
        (Clamd::new(&address).unwrap(), heard)
    }

    #[test]
    fn every_byte_is_sent_and_the_answer_told() {
        let file: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let (clamd, heard) = scanner(b"stream: OK\0");
        assert_eq!(clamd.scan(&mut file.as_slice()).unwrap(), Verdict::Clean);
        assert_eq!(heard.join().unwrap(), file);
        let (clamd, _heard) = scanner(b"stream: Eicar-Test-Signature FOUND\0");
        assert_eq!(
            clamd.scan(&mut &b"x"[..]).unwrap(),
            Verdict::Found("Eicar-Test-Signature".into())
        );
    }

    #[test]
    fn anything_else_does_not_mean_clean() {
        for answer in [
            &b"INSTREAM size limit exceeded. ERROR\0"[..],
            b"",
            b"\0",
            b"hello\0",
        ] {
            let (clamd, _heard) = scanner(answer);
            assert!(clamd.scan(&mut &b"x"[..]).is_err(), "{answer:?}");
        }
        // Nobody listens there any more.
        let gone = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = gone.local_addr().unwrap().to_string();
        drop(gone);
        assert!(Clamd::new(&address).unwrap().scan(&mut &b"x"[..]).is_err());
    }

    #[test]
    fn an_address_is_a_host_with_a_port_or_a_path() {
        assert!(Clamd::new("127.0.0.1:3310").is_ok());
        assert!(Clamd::new("clamd.local:3310").is_ok());
        assert!(Clamd::new("/run/clamav/clamd.ctl").is_ok());
        for bad in ["", "clamd", ":3310", "clamd:http"] {
            assert!(Clamd::new(bad).is_err(), "{bad}");
        }
    }
}
