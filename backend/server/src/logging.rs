//! Log lines: to standard error, as text or as JSON, filtered by level and module.

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, fmt, fmt::MakeWriter, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::config::LogFormat;

/// Starts logging. Lines of a request stand in its span: `request_id`, `method`, `route`.
///
/// # Errors
/// When the filter cannot be read, or logging was started before.
pub fn start(format: LogFormat, filter: &str) -> anyhow::Result<()> {
    // This also hears the libraries that still write to `log`.
    subscriber(format, filter, std::io::stderr)?.try_init()?;
    Ok(())
}

fn subscriber<W>(
    format: LogFormat,
    filter: &str,
    writer: W,
) -> anyhow::Result<Box<dyn Subscriber + Send + Sync>>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let registry = tracing_subscriber::registry().with(EnvFilter::try_new(filter)?);
    Ok(match format {
        LogFormat::Text => {
            Box::new(registry.with(fmt::layer().with_writer(writer).with_target(false)))
        }
        LogFormat::Json => Box::new(
            registry.with(
                fmt::layer()
                    .with_writer(writer)
                    .json()
                    .flatten_event(true)
                    .with_current_span(true)
                    .with_span_list(false),
            ),
        ),
    })
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    use actix_web::{
        App, HttpResponse,
        test::{TestRequest, call_service, init_service},
        web,
    };
    use motcua_api::manners::{Manners, Problem, Settings};
    use serde_json::{Value, json};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What is logged while a request with a name in its path and query is answered.
    async fn logged(format: LogFormat, path: &str) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(format, "info", move || writer.clone()).unwrap();
        let guard = tracing::subscriber::set_default(subscriber);
        let document = serde_json::from_value(json!({
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {
                "/api/v1/people/{name}": {"get": {"operationId": "get_person", "responses": {},
                    "parameters": [{"name": "q", "in": "query", "required": false}]}},
                "/api/v1/broken": {"get": {"operationId": "get_broken", "responses": {}}}
            }
        }))
        .unwrap();
        let app = init_service(
            App::new()
                .route(
                    "/api/v1/people/{name}",
                    web::get().to(|| async { HttpResponse::Ok().finish() }),
                )
                .route(
                    "/api/v1/broken",
                    web::get().to(|| async {
                        Err::<HttpResponse, Problem>(Problem::internal("the disk is full"))
                    }),
                )
                .wrap(Manners::new(&document, Settings::default())),
        )
        .await;
        let request = TestRequest::get()
            .uri(path)
            .peer_addr("203.0.113.9:4711".parse().unwrap())
            .to_request();
        let _ = call_service(&app, request).await;
        drop(guard);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[actix_web::test]
    async fn a_request_leaves_one_line_without_anything_personal() {
        for format in [LogFormat::Json, LogFormat::Text] {
            let text = logged(format, "/api/v1/people/nguyen-van-an?q=001203004567").await;
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.contains("/api/v1/people/{name}"), "{text}");
            for personal in ["nguyen", "001203004567", "203.0.113.9"] {
                assert!(!text.contains(personal), "{text}");
            }
        }
    }

    #[actix_web::test]
    async fn json_lines_can_be_queried() {
        let text = logged(LogFormat::Json, "/api/v1/people/an").await;
        let line: Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["status"], 200);
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["span"]["route"], "/api/v1/people/{name}");
        assert!(line["duration_ms"].is_number() && line["span"]["request_id"].is_string());
    }

    #[actix_web::test]
    async fn the_cause_of_a_fault_is_in_the_log_and_there_alone() {
        let text = logged(LogFormat::Json, "/api/v1/broken").await;
        let line: Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(
            (line["level"].as_str(), line["status"].as_u64()),
            (Some("ERROR"), Some(500))
        );
        assert_eq!(line["cause"], "the disk is full");
        assert_eq!(line["code"], "internal");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_an_error() {
        assert!(subscriber(LogFormat::Text, "info,=x=y", std::io::sink).is_err());
    }
}
