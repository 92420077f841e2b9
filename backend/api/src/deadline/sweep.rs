//! The loop that does what time alone does; one runs in every server, one of them at a time leads.

use std::time::Duration;

use crate::state::AppState;

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(1);

/// Sweeps until the server stops, and then gives the lead away.
pub async fn sweep(state: AppState) {
    metrics::describe_gauge!(
        "sweeper_lag_seconds",
        metrics::Unit::Seconds,
        "How long the oldest alarm not raised yet has been due; 0 when none is."
    );
    metrics::describe_gauge!(
        "sweeper_leads",
        "1 while this server is the one that sweeps."
    );
    metrics::describe_counter!("alarms_raised_total", "Alarms raised, by concern.");
    metrics::describe_counter!(
        "lapsed_ended_total",
        "Dossiers ended by the program because a supplement did not come."
    );
    let holder = uuid::Uuid::now_v7().to_string();
    let mut closing = state.closing.subscribe();
    let mut failing = false;
    loop {
        let more = match state
            .block({
                let (services, holder) = (state.services.clone(), holder.clone());
                move || services.sweep(&holder)
            })
            .await
        {
            Ok(swept) => {
                failing = false;
                metrics::gauge!("sweeper_leads").set(if swept.led { 1.0 } else { 0.0 });
                metrics::gauge!("sweeper_lag_seconds").set(swept.lag.as_secs_f64());
                for (concern, n) in &swept.said {
                    metrics::counter!("alarms_raised_total", "concern" => concern.as_str())
                        .increment(*n);
                }
                metrics::counter!("lapsed_ended_total").increment(swept.ended);
                swept.led && swept.more
            }
            Err(problem) => {
                // Once, not every second: what keeps it from sweeping is in the log already.
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(code = problem.code(), "deadlines cannot be watched");
                }
                false
            }
        };
        let pause = if more { Duration::ZERO } else { EVERY };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = closing.wait_for(|c| *c) => break,
        }
    }
    let services = state.services.clone();
    if let Err(problem) = state.block(move || services.stop_sweeping(&holder)).await {
        tracing::warn!(
            code = problem.code(),
            "the sweeper's lease cannot be given back"
        );
    }
}
