//! What is kept of each request: one log line and two figures. Both name the route's pattern, never
//! the path or the query, where personal data may stand.

use std::{sync::Arc, time::Duration};

use actix_web::http::{Method, StatusCode};

use super::problem::Problem;

/// One request that has been answered.
pub(crate) struct Answered<'a> {
    pub(crate) method: &'a Method,
    pub(crate) route: &'a Arc<str>,
    pub(crate) status: StatusCode,
    pub(crate) problem: Option<&'a Problem>,
    pub(crate) took: Duration,
}

/// Writes the line, in the request's span, and counts `http_requests_total` and
/// `http_request_duration_seconds`.
pub(crate) fn record(answered: &Answered<'_>) {
    let duration_ms = answered.took.as_micros() as f64 / 1000.0;
    let code = answered.problem.map(Problem::code);
    let status = answered.status.as_u16();
    match answered.problem.and_then(Problem::cause) {
        Some(cause) => tracing::error!(status, code, duration_ms, cause, "answered"),
        None if status >= 500 => tracing::warn!(status, code, duration_ms, "answered"),
        None => tracing::info!(status, code, duration_ms, "answered"),
    }
    let method = method_label(answered.method);
    metrics::counter!(
        "http_requests_total",
        "method" => method,
        "route" => Arc::clone(answered.route),
        "status" => status_label(answered.status),
    )
    .increment(1);
    metrics::histogram!(
        "http_request_duration_seconds",
        "method" => method,
        "route" => Arc::clone(answered.route),
    )
    .record(answered.took.as_secs_f64());
}

/// The method as a label; strangers share one, so that nobody can invent labels.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The status as a label, without an allocation for those we use.
fn status_label(status: StatusCode) -> metrics::SharedString {
    const USUAL: [(u16, &str); 12] = [
        (200, "200"),
        (201, "201"),
        (204, "204"),
        (304, "304"),
        (400, "400"),
        (401, "401"),
        (403, "403"),
        (404, "404"),
        (409, "409"),
        (412, "412"),
        (422, "422"),
        (429, "429"),
    ];
    USUAL
        .iter()
        .find(|(number, _)| *number == status.as_u16())
        .map_or_else(
            || metrics::SharedString::from_owned(status.as_u16().to_string()),
            |(_, label)| metrics::SharedString::const_str(label),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_from_a_closed_set() {
        assert_eq!(method_label(&Method::GET), "GET");
        assert_eq!(method_label(&Method::from_bytes(b"FOO").unwrap()), "other");
        assert_eq!(status_label(StatusCode::OK).as_ref(), "200");
        assert_eq!(status_label(StatusCode::IM_A_TEAPOT).as_ref(), "418");
    }
}
