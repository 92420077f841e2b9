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
    Ok(())
}
