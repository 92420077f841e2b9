//! The loop that keeps answers whose week is over, and gives new centres their questionnaires. Every server runs
//! it; of two at once the second finds nothing left.

use std::time::Duration;

use crate::state::AppState;

/// How often it is looked whether a week is over. One look at an index when none is.
const EVERY: Duration = Duration::from_secs(2);

/// Keeps answers until the server stops.
pub async fn keep(state: AppState) {
    metrics::describe_counter!(
        "survey_answers_kept_total",
        "Answers taken out of their seals and kept among others."
    );
    let mut closing = state.closing.subscribe();
    let mut failing = false;
    loop {
        let services = state.services.clone();
        let done = state
            .block(move || {
                services.prepare_surveys()?;
                services.keep_answers()
            })
            .await;
        match done {
            Ok(kept) => {
                failing = false;
                metrics::counter!("survey_answers_kept_total").increment(kept as u64);
            }
            Err(problem) => {
                // Once, not every time: what keeps it from going on is in the log already.
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(code = problem.code(), "answers cannot be kept");
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = closing.wait_for(|c| *c) => return,
        }
    }
}
