//! Figures for Prometheus, on an address of their own: whoever may use the API may not therefore
//! read how it is doing.

use std::net::SocketAddr;

use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};

/// Upper ends of the histogram's buckets, in seconds: from a cached read to the request timeout.
const SECONDS: [f64; 14] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// Starts answering `GET /metrics` there; with `None` nothing is counted at all.
///
/// Called outside a runtime it brings a thread of its own, so that the figures can be read even
/// when every worker is busy.
///
/// # Errors
/// When the address cannot be listened on, or a recorder is already installed.
pub fn start(bind: Option<SocketAddr>) -> anyhow::Result<()> {
    let Some(bind) = bind else {
        return Ok(());
    };
    PrometheusBuilder::new()
        .with_http_listener(bind)
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .install()
        .with_context(|| {
            format!("cannot serve metrics at {bind}; set MOTCUA_METRICS_BIND to another address, or empty for none")
        })?;
    metrics::describe_counter!("http_requests_total", "Requests answered.");
    metrics::describe_histogram!(
        "http_request_duration_seconds",
        metrics::Unit::Seconds,
        "From the request's head to the answer's."
    );
    metrics::describe_counter!("messages_total", "Attempts to tell people, by outcome.");
    metrics::describe_gauge!("messages_waiting", "Messages that have not gone out.");
    metrics::describe_gauge!(
        "messages_oldest_waiting_seconds",
        metrics::Unit::Seconds,
        "Age of the oldest message that has not gone out."
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::{TcpListener, TcpStream},
    };

    use actix_web::{
        App, HttpResponse,
        test::{TestRequest, call_service, init_service},
        web,
    };
    use motcua_api::manners::{Manners, Settings};
    use serde_json::json;

    use super::*;

    #[actix_web::test]
    async fn requests_are_counted_by_pattern_and_told_on_their_own_address() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        start(Some(address)).unwrap();
        assert!(start(Some(address)).is_err());
        // What is counted is the whole program's: no other test asks for streets, some ask for what is not there.
        let document = serde_json::from_value(json!({
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {"/api/v1/streets/{name}": {"get": {"operationId": "get_street", "responses": {}}}}
        }))
        .unwrap();
        let app = init_service(
            App::new()
                .route(
                    "/api/v1/streets/{name}",
                    web::get().to(|| async { HttpResponse::Ok().finish() }),
                )
                .wrap(Manners::new(&document, Settings::default())),
        )
        .await;
        for path in [
            "/api/v1/streets/an",
            "/api/v1/streets/binh",
            "/api/v1/strange/path",
        ] {
            let _ = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        }
        let text = web::block(move || {
            let mut socket = TcpStream::connect(address).unwrap();
            write!(
                socket,
                "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
            )
            .unwrap();
            let mut text = String::new();
            socket.read_to_string(&mut text).unwrap();
            text
        })
        .await
        .unwrap();
        assert!(
            text.contains(
                r#"http_requests_total{method="GET",route="/api/v1/streets/{name}",status="200"} 2"#
            ),
            "{text}"
        );
        assert!(text.contains(r#"route="/api/*",status="404"} "#), "{text}");
        assert!(
            text.contains("http_request_duration_seconds_bucket"),
            "{text}"
        );
        assert!(
            !text.contains("binh") && !text.contains("strange"),
            "{text}"
        );
    }

    #[test]
    fn without_an_address_nothing_is_started() {
        assert!(start(None).is_ok());
    }
}
