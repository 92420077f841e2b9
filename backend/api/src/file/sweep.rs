//! The loop that removes what nobody needs from the store of files: what began to come in and never was whole, what
//! lost its row to a crash before it had one, what disposed dossiers had.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use motcua_services::file as service;
use motcua_store::Ts;
use motcua_store::file::needed_of;

use super::{Filing, store_failed};
use crate::state::AppState;

/// How often.
const EVERY: Duration = Duration::from_secs(3600);
/// What is younger may be an upload under way, whose row is yet to come: none takes this long.
const YOUNG: Duration = Duration::from_secs(24 * 3600);
/// How many files are asked for at once.
const BATCH: usize = 500;

/// Sweeps until the server stops.
pub async fn sweep(state: AppState) {
    metrics::describe_counter!(
        "files_swept_total",
        "Files that nobody needed, removed from the store."
    );
    let mut closing = state.closing.subscribe();
    loop {
        if let Some(filing) = state.files.clone() {
            let services = state.services.clone();
            let done = state.block(move || once(&services, &filing)).await;
            match done {
                Ok(gone) => metrics::counter!("files_swept_total").increment(gone),
                Err(problem) => {
                    let cause = problem.cause().unwrap_or_default();
                    tracing::warn!(code = problem.code(), cause, "files cannot be swept");
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = closing.wait_for(|c| *c) => return,
        }
    }
}

/// One sweep: how many files were removed.
fn once(
    services: &motcua_services::Services,
    filing: &Arc<Filing>,
) -> motcua_services::Result<u64> {
    // The machine's clock, by which files are dated; the centre's may be set in a demo.
    let Some(before) = SystemTime::now().checked_sub(YOUNG) else {
        return Ok(0);
    };
    let mut gone = filing.store.clear_incoming(before).map_err(store_failed)?;
    let kept = filing.store.kept_before(before).map_err(store_failed)?;
    for batch in kept.chunks(BATCH) {
        let needed = services.read(|db| Ok(needed_of(db, batch)?))?;
        for sha256 in batch.iter().filter(|sha256| !needed.contains(*sha256)) {
            let now = Ts::new(services.now());
            let removed = services.write(|db| {
                service::sweep(db, sha256, now, &|| {
                    filing
                        .store
                        .remove_older(sha256, before)
                        .map_err(store_failed)
                })
            })?;
            gone += u64::from(removed);
        }
    }
    Ok(gone)
}
