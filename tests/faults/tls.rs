//! HTTPS with a centre's own certificate, without a proxy before it.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use motcua_tests::{Database, Kind};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::program::{self, Program};

/// Asks once over TLS, trusting this certificate alone; what came back, or why nothing did.
fn ask(address: &str, name: &str, trusted: &CertificateDer<'static>) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let tcp = TcpStream::connect(address).map_err(|e| e.to_string())?;
    tcp.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut stream = StreamOwned::new(connection, tcp);
    write!(
        stream,
        "GET /health/live HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .map_err(|e| e.to_string())?;
    let mut answer = String::new();
    // The end without a farewell is the server's way to hang up.
    let _ = stream.read_to_string(&mut answer);
    Ok(answer)
}

#[test]
fn a_centre_serves_https_with_its_own_certificate() {
    let database = Database::demo(Kind::Sqlite);
    let own = generate_simple_self_signed(vec!["motcua.phuong.vn".to_owned()]).unwrap();
    let CertifiedKey { cert, signing_key } = own;
    let (chain, key) = (
        database.folder.join("chung-thu.pem"),
        database.folder.join("khoa.pem"),
    );
    std::fs::write(&chain, cert.pem()).unwrap();
    std::fs::write(&key, signing_key.serialize_pem()).unwrap();
    let settings = [
        ("MOTCUA_TLS_CERT", chain.to_str().unwrap()),
        ("MOTCUA_TLS_KEY", key.to_str().unwrap()),
    ];
    let program = Program::start_with(&database, &settings);
    let address = program
        .base
        .strip_prefix("https://")
        .expect("it says HTTPS");
    let answer = ask(address, "motcua.phuong.vn", cert.der()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let head = answer.to_ascii_lowercase();
    assert!(head.contains("strict-transport-security:"), "{answer}");
    // It proves itself to be this centre, and no other.
    let wrong = ask(address, "motcua.noi-khac.vn", cert.der());
    assert!(wrong.is_err() || wrong.unwrap().is_empty());
    let other = generate_simple_self_signed(vec!["motcua.phuong.vn".to_owned()]).unwrap();
    let stranger = ask(address, "motcua.phuong.vn", other.cert.der());
    assert!(stranger.is_err() || stranger.unwrap().is_empty());
    // Nobody is answered in the clear.
    let mut plain = TcpStream::connect(address).unwrap();
    // It may have hung up before the whole request is written: that is no answer either.
    let _ = write!(
        plain,
        "GET /health/live HTTP/1.1\r\nHost: {address}\r\n\r\n"
    );
    assert!(!program::finish(plain).contains("200 OK"));
    drop(program);
    // A key of another certificate is refused at the start, in words.
    std::fs::write(&key, other.signing_key.serialize_pem()).unwrap();
    let (code, said) = program::serve_fails(&database, &settings);
    assert!(
        code != 0 && said.contains("do not belong together"),
        "{said}"
    );
}
