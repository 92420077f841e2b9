//! Is everything still as it was recorded? Each finding is one line; no finding is the answer hoped for.

use std::collections::HashMap;

use motcua_store::{CentreId, Db, audit, centre, verify as rows};
use serde_json::{Value, json};

use crate::error::Result;

const BATCH: i64 = 2_000;

/// Checks every audit chain, every dossier against its timeline and its audit entries, and every
/// gap-free series. Returns the findings as JSON objects with a `code`.
///
/// # Errors
/// Storage failures only.
pub fn verify(db: &mut Db) -> Result<Vec<Value>> {
    let mut findings = Vec::new();
    let mut after: Option<String> = None;
    let mut recorded: HashMap<String, i64> = HashMap::new();
    loop {
        let page = centre::centres_page(db, after.as_deref().map(|id| (id, false)), 100)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id.to_string());
        for c in &page {
            chain(db, &c.id, &mut findings, &mut recorded)?;
        }
    }
    dossiers(db, &mut findings, &recorded)?;
    series(db, &mut findings)?;
    Ok(findings)
}

/// Walks one chain: places without gap, each entry's own hash, each link, and the head.
fn chain(
    db: &mut Db,
    centre: &CentreId,
    findings: &mut Vec<Value>,
    recorded: &mut HashMap<String, i64>,
) -> Result<()> {
    let mut prev = audit::GENESIS.to_owned();
    let mut seq = 0;
    loop {
        let page = audit::page(db, centre, seq, BATCH)?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.seq != seq + 1 {
                findings.push(json!({
                    "code": "audit_gap", "centre_id": centre, "after": seq, "next": entry.seq,
                }));
            }
            if entry.computed_hash() != entry.hash {
                findings.push(json!({
                    "code": "audit_entry_altered", "centre_id": centre, "seq": entry.seq,
                }));
            }
            if entry.prev_hash != prev {
                findings.push(json!({
                    "code": "audit_chain_broken", "centre_id": centre, "seq": entry.seq,
                }));
            }
            if entry.subject_kind == "dossier" && entry.action.starts_with("dossier.") {
                *recorded.entry(entry.subject_id.clone()).or_default() += 1;
            }
            seq = entry.seq;
            prev = entry.hash;
        }
    }
    match audit::head(db, centre)? {
        Some((head_seq, head_hash)) if head_seq == seq && head_hash == prev => {}
        head => findings.push(json!({
            "code": "audit_head_mismatch", "centre_id": centre, "last": seq,
            "head": head.map(|h| h.0),
        })),
    }
    Ok(())
}

/// Each dossier has as many timeline lines and audit entries as it counts, ends in the state its
/// timeline says, and has a name to be found by.
fn dossiers(db: &mut Db, findings: &mut Vec<Value>, recorded: &HashMap<String, i64>) -> Result<()> {
    let mut after: Option<String> = None;
    let mut seen = 0_usize;
    loop {
        let page = rows::dossiers(db, after.as_deref(), BATCH)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id.clone());
        let ids: Vec<String> = page.iter().map(|d| d.id.clone()).collect();
        let lines = rows::timeline_counts(db, &ids)?;
        let states = rows::last_states(db, &ids)?;
        for d in &page {
            let whole = lines.get(&d.id) == Some(&i64::from(d.timeline_seq));
            if !whole || i64::from(d.timeline_seq) != d.version {
                findings.push(json!({
                    "code": "timeline_incomplete", "dossier_id": d.id,
                    "expected": d.timeline_seq, "found": lines.get(&d.id),
                }));
            }
            if states.get(&d.id) != Some(&d.state) {
                findings.push(json!({
                    "code": "state_differs_from_timeline", "dossier_id": d.id,
                }));
            }
            match recorded.get(&d.id) {
                Some(n) if *n == i64::from(d.timeline_seq) => seen += 1,
                n => findings.push(json!({
                    "code": "audit_incomplete", "dossier_id": d.id,
                    "expected": d.timeline_seq, "found": n,
                })),
            }
        }
    }
    if seen < recorded.len() {
        for id in recorded.keys() {
            if !rows::dossier_exists(db, id)? {
                findings.push(json!({ "code": "dossier_missing", "dossier_id": id }));
            }
        }
    }
    Ok(())
}

/// Each series of dossier codes and of letters runs from 1 to its counter, each number once.
fn series(db: &mut Db, findings: &mut Vec<Value>) -> Result<()> {
    for (name, value) in rows::counters(db)? {
        let used = match name.split(':').collect::<Vec<_>>().as_slice() {
            ["code", e_code, day] => rows::codes_used(db, &format!("{e_code}-{day}-"))?,
            ["letter", authority, form, year] => {
                rows::letters_used(db, authority, form, year.parse().unwrap_or(0))?
            }
            ["submission", e_code, day] => {
                rows::submissions_used(db, &format!("TN-{e_code}-{day}-"))?
            }
            _ => continue,
        };
        if used != value {
            findings.push(json!({
                "code": "series_not_gap_free", "series": name, "counter": value, "used": used,
            }));
        }
    }
    Ok(())
}
