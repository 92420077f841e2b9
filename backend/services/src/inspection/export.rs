//! The record of what was done with the dossiers that an inspection looks at, for verifying outside: every link
//! of the chain, and the contents of those that the inspection covers.

use std::collections::HashSet;

use motcua_store::audit::{self, Entry};
use motcua_store::dossier::by_ids;
use motcua_store::inspection::Ground;
use motcua_store::{CentreId, Db, DossierId, RecordId, Ts};
use serde_json::json;

use super::{at_work, ground, recorded};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;

/// The most links of one answer.
pub const MOST_ENTRIES: i64 = 1_000;

/// How far the order of the chain may differ from that of its times: an entry is written at the end of a
/// transaction, and carries the time of its beginning.
const SKEW: chrono::Duration = chrono::Duration::days(1);

/// A stretch of the chain.
pub struct Export {
    /// Whose chain.
    pub centre: CentreId,
    /// Every link, and whether its contents are the inspection's.
    pub entries: Vec<(Entry, bool)>,
    /// After which place the next stretch begins; none: this was the last.
    pub next: Option<i64>,
    /// The chain's last place and hash.
    pub head: (i64, String),
}

/// The first place of the chain whose time is not before `at`, found by halving: the chain is in the order of its
/// times, to within [`SKEW`].
fn first_since(db: &mut Db, centre: &CentreId, at: Ts, last: i64) -> Result<i64> {
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let before = audit::page(db, centre, middle - 1, 1)?
            .first()
            .is_some_and(|e| e.at < at);
        if before {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Which entries are the inspection's: of its dossiers within its period, and its own.
fn covered(
    db: &mut Db,
    inspection: &RecordId,
    ground: &Ground,
    entries: &[Entry],
) -> Result<Vec<bool>> {
    let within = |e: &Entry| ground.from <= e.at && e.at < ground.before;
    let named: Vec<DossierId> = entries
        .iter()
        .filter(|e| e.subject_kind == "dossier" && within(e))
        .filter_map(|e| DossierId::try_from(e.subject_id.clone()).ok())
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let mut theirs: HashSet<String> = HashSet::new();
    for some in named.chunks(500) {
        theirs.extend(
            by_ids(db, some)?
                .into_iter()
                .filter(|d| {
                    d.centre_id == ground.centre && ground.authorities.contains(&d.authority_id)
                })
                .map(|d| d.id.to_string()),
        );
    }
    Ok(entries
        .iter()
        .map(|e| match e.subject_kind.as_str() {
            "dossier" => within(e) && theirs.contains(&e.subject_id),
            "inspection" => e.subject_id == inspection.as_str(),
            _ => false,
        })
        .collect())
}

/// A stretch of the chain for the team, after a place, at most `limit` links. That it was taken is recorded.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `inspection_access_closed`.
pub fn audit_entries(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    after: Option<i64>,
    limit: i64,
) -> Result<Export> {
    let inspection = at_work(services, db, actor, id)?;
    let ground = ground(db, &inspection)?;
    let head = audit::head(db, &ground.centre)?.unwrap_or((0, audit::GENESIS.to_owned()));
    let first = match after {
        Some(seq) => seq,
        None => first_since(db, &ground.centre, Ts::new(ground.from.0 - SKEW), head.0)? - 1,
    };
    let end = first_since(db, &ground.centre, Ts::new(ground.before.0 + SKEW), head.0)?;
    let limit = limit.clamp(1, MOST_ENTRIES);
    let mut found = audit::page(db, &ground.centre, first, limit)?;
    found.retain(|e| e.seq < end);
    let last = found.last().map(|e| e.seq);
    let next = last.filter(|seq| seq + 1 < end);
    let theirs = covered(db, &inspection.id, &ground, &found)?;
    recorded(
        db,
        &inspection,
        services.now(),
        actor,
        "inspection.record_exported",
        json!({
            "decision_number": inspection.decision_number,
            "from": found.first().map(|e| e.seq), "to": last,
        }),
    )?;
    Ok(Export {
        centre: ground.centre,
        entries: found.into_iter().zip(theirs).collect(),
        next,
        head,
    })
}
