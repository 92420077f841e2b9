//! The layer on a real socket: what only shows there.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    web::{self, Bytes},
};
use futures_util::stream;
use serde_json::Value;

use super::{Manners, Settings};
use crate::{Documents, Json, Problem, contract::complete, document::tests::sample, http};

/// Serves a small App and has `talk` talk to it from another thread.
async fn with_server<T: Send + 'static>(talk: impl FnOnce(SocketAddr) -> T + Send + 'static) -> T {
    let mut document = sample();
    complete(&mut document);
    let settings = Settings {
        rates: None,
        ..Settings::default()
    };
    let manners = Manners::new(&document, settings);
    let documents = Documents::new(&document).unwrap();
    let server = HttpServer::new(move || {
        App::new()
            .service(
                web::scope("/api/v1")
                    // An endless stream, as live events are.
                    .route(
                        "/things",
                        web::get().to(|| async {
                            HttpResponse::Ok()
                                .content_type("text/event-stream")
                                .streaming(stream::pending::<Result<Bytes, Problem>>())
                        }),
                    )
                    .route(
                        "/things",
                        web::post().to(|_: Json<Value>| async { HttpResponse::Created().finish() }),
                    )
                    .route(
                        "/public/look",
                        web::get().to(|| async { HttpResponse::Ok().body("0123456789") }),
                    )
                    .route(
                        "/things/mine",
                        web::get().to(async || -> HttpResponse { panic!("on purpose") }),
                    ),
            )
            .configure(|cfg| manners.configure(&documents, cfg))
            .wrap(manners.clone())
    })
    .workers(1)
    .keep_alive(http::KEEP_ALIVE)
    .client_request_timeout(http::REQUEST_HEAD_TIMEOUT)
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    let serving = actix_web::rt::spawn(server);
    let said = web::block(move || talk(address)).await.unwrap();
    handle.stop(false).await;
    let _ = serving.await;
    said
}

fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpStream::connect(address).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    socket
        .set_write_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    socket
}

/// Sends one request and reads until the server closes.
fn exchange(address: SocketAddr, head: &str) -> String {
    let mut socket = connect(address);
    write!(socket, "{head}\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    socket.read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn head_of_an_endless_stream_ends() {
    let (stream, body) = with_server(|address| {
        (
            exchange(address, "HEAD /api/v1/things HTTP/1.1"),
            exchange(address, "HEAD /api/v1/public/look HTTP/1.1"),
        )
    })
    .await;
    assert!(stream.starts_with("HTTP/1.1 200"), "{stream}");
    assert!(stream.ends_with("\r\n\r\n"), "{stream}");
    assert!(body.to_lowercase().contains("content-length: 10"), "{body}");
    assert!(body.ends_with("\r\n\r\n"), "{body}");
}

#[actix_web::test]
async fn twenty_megabytes_are_refused_and_the_refusal_arrives() {
    let answer = with_server(|address| {
        let mut socket = connect(address);
        let length = 20 * 1024 * 1024;
        write!(
            socket,
            "POST /api/v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        )
        .unwrap();
        // A client like most: it sends everything before it reads anything.
        let chunk = vec![b'x'; 64 * 1024];
        for _ in 0..length / chunk.len() {
            if socket.write_all(&chunk).is_err() {
                break;
            }
        }
        let mut bytes = vec![0; 16 * 1024];
        let count = socket.read(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    })
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("payload_too_large"), "{answer}");
}

#[actix_web::test]
async fn a_panic_is_answered_and_the_server_lives_on() {
    let (first, second) = with_server(|address| {
        (
            exchange(address, "GET /api/v1/things/mine HTTP/1.1"),
            exchange(address, "GET /api/v1/public/look HTTP/1.1"),
        )
    })
    .await;
    assert!(first.starts_with("HTTP/1.1 500"), "{first}");
    assert!(first.contains("\"code\":\"internal\""), "{first}");
    assert!(
        first
            .to_lowercase()
            .contains("x-content-type-options: nosniff"),
        "{first}"
    );
    assert!(second.starts_with("HTTP/1.1 200"), "{second}");
}
