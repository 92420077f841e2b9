//! What proves that a frozen snapshot is still as it was frozen.

use motcua_store::audit::Parts;
use motcua_store::index::{self as rows, SnapshotRow};
use motcua_store::{Db, RecordId};

use crate::error::Result;

/// The entry of the record that tells of a snapshot's freezing.
pub(crate) const FROZEN: &str = "indices.frozen";
/// Results read at once.
const PAGE: i64 = 500;

/// The digest that the record keeps of a frozen snapshot: its figures, what was entered, and what they were
/// worked out of. It names nobody and no figure.
pub(crate) fn digest(db: &mut Db, row: &SnapshotRow) -> Result<String> {
    let mut parts = Parts::default();
    let days = format!("{} {}", row.first_day, row.last_day);
    for text in [
        row.id.as_str(),
        &row.quarter,
        &row.number.to_string(),
        &row.cut_off,
        &days,
        row.reason.as_deref().unwrap_or(""),
        &row.dossiers.to_string(),
        &row.entered,
        &row.service,
    ] {
        parts.part(text);
    }
    let mut after: Option<RecordId> = None;
    loop {
        let page = rows::results_after(db, &row.id, after.as_ref(), PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        let ids: Vec<RecordId> = page.iter().map(|r| r.id.clone()).collect();
        for r in &page {
            let whose = r.authority_id.as_ref().map(|id| id.as_str());
            let whose = whose.or(r.officer_id.as_ref().map(|id| id.as_str()));
            for text in [
                r.id.as_str(),
                &r.kind,
                whose.unwrap_or(""),
                &r.total_tenths.to_string(),
                &r.most.to_string(),
                r.band.as_deref().unwrap_or(""),
                &r.data,
            ] {
                parts.part(text);
            }
        }
        for l in rows::lines_of(db, &ids)? {
            let tenths = l.tenths.map_or_else(|| "-".to_owned(), |t| t.to_string());
            parts.part(&format!(
                "{} {} {} {} {} {tenths}",
                l.id, l.index_number, l.points, l.counted, l.left_out
            ));
        }
    }
    // Grouped as the figures are summed: a dossier whose facts were changed moves from one group to another.
    let said = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let mut groups: Vec<String> = rows::fact_groups(db, &row.id)?
        .iter()
        .map(|g| {
            [
                g.authority_id.to_string(),
                said(g.officer_id.as_ref().map(|id| id.as_str())),
                g.finished.to_string(),
                said(g.timing.as_deref()),
                said(g.first_timing.as_deref()),
                g.contacts.map_or_else(|| said(None), |n| n.to_string()),
                g.upheld.map_or_else(|| said(None), |u| u.to_string()),
                g.filed_online.to_string(),
                g.online_late.to_string(),
                g.count.to_string(),
            ]
            .join(" ")
        })
        .collect();
    let steps = rows::step_groups(db, &row.id)?;
    groups.extend(steps.iter().map(|(authority, officer, timing, n)| {
        let officer = said(officer.as_ref().map(|id| id.as_str()));
        format!("{authority} {officer} {timing} {n}")
    }));
    groups.sort();
    for group in &groups {
        parts.part(group);
    }
    Ok(parts.hex())
}
