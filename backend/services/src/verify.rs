//! Is everything still as it was recorded? Each finding is one line; no finding is the answer hoped for.

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua_domain::fee::ledger::balanced;
use motcua_domain::fee::request::references_of;
use motcua_domain::survey::cells::FEWEST;
use motcua_domain::survey::questionnaire::Given;
use motcua_store::audit::Entry;
use motcua_store::conn::at_one_moment;
use motcua_store::dossier::TimelineRow;
use motcua_store::index as index_rows;
use motcua_store::verify::{self as rows, Checked};
use motcua_store::{CentreId, Db, audit, centre, certification, fee, feedback, payment, survey};
use serde_json::{Value, json};

use crate::certification::{ENTERED, entries_digest};
use crate::declaration;
use crate::dossier::letter;
use crate::error::Result;
use crate::fee::{closing, ledger, receipt};
use crate::file;
use crate::index;
use crate::record::line_digest;
use crate::survey::counted;

const BATCH: i64 = 1_000;

/// Checks every audit chain, every dossier against its timeline and its audit entries, the ledger of
/// fees entry by entry, and every gap-free series, in bounded memory, as one moment shows them while people go
/// on working. Returns the findings as JSON objects with a `code`.
///
/// # Errors
/// Storage failures only.
pub fn verify(db: &mut Db) -> Result<Vec<Value>> {
    at_one_moment(db, findings)
}

fn findings(db: &mut Db) -> Result<Vec<Value>> {
    let mut findings = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = centre::centres_page(db, after.as_deref().map(|id| (id, false)), 100)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id.to_string());
        for c in &page {
            chain(db, &c.id, &mut findings)?;
            surveyed(db, &c.id, &mut findings)?;
        }
    }
    dossiers(db, &mut findings)?;
    series(db, &mut findings)?;
    Ok(findings)
}

/// Counts a centre's answers again, and holds what was counted with them against it; that no cell holds
/// fewer than five.
fn surveyed(db: &mut Db, centre: &CentreId, findings: &mut Vec<Value>) -> Result<()> {
    type Key = [String; 7];
    let mut again: HashMap<Key, i64> = HashMap::new();
    let mut cells: HashMap<[Option<String>; 5], usize> = HashMap::new();
    let mut after = String::new();
    loop {
        let page = survey::answers_page(db, centre, &after, BATCH)?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.id);
        for row in page {
            let given: Vec<Given> =
                serde_json::from_str(&row.answers).map_err(motcua_store::StoreError::from)?;
            let authority = row.authority_id.map(|a| a.to_string());
            let key = |question: String, choice: String| {
                [
                    row.questionnaire_id.to_string(),
                    row.quarter.clone(),
                    question,
                    choice,
                    authority.clone().unwrap_or_default(),
                    row.field.clone().unwrap_or_default(),
                    row.channel.clone().unwrap_or_default(),
                ]
            };
            for (question, choice) in counted(&given) {
                *again.entry(key(question, choice)).or_default() += 1;
            }
            let cell = [
                Some(row.questionnaire_id.to_string()),
                Some(row.period),
                authority,
                row.field,
                row.channel,
            ];
            *cells.entry(cell).or_default() += 1;
        }
    }
    for row in survey::all_counts(db, centre)? {
        let key = [
            row.questionnaire_id.to_string(),
            row.quarter.clone(),
            row.question.clone(),
            row.choice.clone(),
            row.authority_id,
            row.field,
            row.channel,
        ];
        if again.remove(&key) != Some(row.n) {
            findings.push(json!({
                "code": "survey_counts_differ", "centre_id": centre, "questionnaire_id": row.questionnaire_id,
                "quarter": row.quarter, "question": row.question, "choice": row.choice,
            }));
        }
    }
    if !again.is_empty() {
        findings.push(json!({
            "code": "survey_answers_uncounted", "centre_id": centre, "counts": again.len(),
        }));
    }
    for (cell, n) in cells {
        if n < FEWEST {
            findings.push(json!({
                "code": "survey_cell_too_small", "centre_id": centre, "period": cell.get(1), "n": n,
            }));
        }
    }
    Ok(())
}

/// Walks one chain: places without gap, each entry's own hash, each link, the head, and that every
/// dossier that ever came in is still there.
fn chain(db: &mut Db, centre: &CentreId, findings: &mut Vec<Value>) -> Result<()> {
    let mut prev = audit::GENESIS.to_owned();
    let mut seq = 0;
    let (mut told, mut given, mut filed, mut papers, mut declared) = (0, 0, 0, 0, 0);
    let (mut closed, mut frozen) = (HashMap::new(), HashMap::new());
    loop {
        let page = audit::page(db, centre, seq, BATCH)?;
        if page.is_empty() {
            break;
        }
        let mut intakes = Vec::new();
        let mut received = HashMap::new();
        let mut receipts = HashMap::new();
        let mut files = HashMap::new();
        let mut letters = HashMap::new();
        let mut declarations = HashMap::new();
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
            if is_step(&entry) && fact(&entry, "seq") == json!(1) {
                intakes.push(entry.subject_id.clone());
            }
            if ledger::TELLING.contains(&entry.action.as_str()) {
                let told = fact(&entry, ledger::TOLD);
                let place = told["seq"].as_i64().unwrap_or(0);
                received.insert(place, told["digest"].clone());
            }
            if entry.action == closing::CLOSED {
                closed.insert(entry.subject_id.clone(), fact(&entry, "digest"));
            }
            if entry.action == index::FROZEN {
                frozen.insert(entry.subject_id.clone(), fact(&entry, "digest"));
            }
            if entry.action == receipt::ISSUED {
                receipts.insert(entry.subject_id.clone(), fact(&entry, "digest"));
            }
            if entry.action == file::ADDED
                && let Some(id) = fact(&entry, "file").as_str()
            {
                files.insert(id.to_owned(), fact(&entry, "digest"));
            }
            if entry.action == letter::SET
                && let Value::String(id) = fact(&entry, "letter")
            {
                letters.insert(id, fact(&entry, "sha256"));
            }
            if entry.action == declaration::SIGNED {
                declarations.insert(entry.subject_id.clone(), fact(&entry, "digest"));
            }
            seq = entry.seq;
            prev = entry.hash;
        }
        declared += declarations.len();
        declaration::as_told(db, declarations, findings)?;
        given += receipts.len();
        receipted(db, receipts, findings)?;
        papers += letter::papers_as_told(db, letters, findings)?;
        filed += files.len();
        file::as_told(db, files, findings)?;
        told += received.len();
        came(db, centre, received, findings)?;
        for id in rows::missing_dossiers(db, &intakes)? {
            findings.push(json!({ "code": "dossier_missing", "dossier_id": id }));
        }
    }
    let kept = fee::of_no_dossier(db, centre)?;
    if usize::try_from(kept).ok() != Some(told) {
        findings.push(json!({
            "code": "ledger_unexplained", "centre_id": centre, "told": told, "kept": kept,
        }));
    }
    file::all_told(db, centre, filed, findings)?;
    letter::papers_all_told(db, centre, papers, findings)?;
    declaration::all_told(db, centre, declared, findings)?;
    suspense(db, centre, findings)?;
    tills(db, centre, closed, findings)?;
    indices(db, centre, frozen, findings)?;
    let kept = payment::receipts_kept(db, centre)?;
    if usize::try_from(kept).ok() != Some(given) {
        findings.push(json!({
            "code": "receipt_unexplained", "centre_id": centre, "told": given, "kept": kept,
        }));
    }
    for id in payment::payments_without_receipt(db, centre, 100)? {
        findings.push(json!({ "code": "receipt_differs", "ledger_entry_id": id }));
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

/// The closings of tills, each as the record tells that it was made and the ledger that it was closed
/// over, and one after the other.
fn tills(
    db: &mut Db,
    centre: &CentreId,
    mut told: HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let mut ends: HashMap<String, (i64, i64)> = HashMap::new();
    let mut after = None;
    loop {
        let page = payment::closings_after(db, centre, after.as_ref(), 100)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id.clone());
        for row in &page {
            let before = ends.insert(row.user_id.to_string(), (row.number, row.to_seq));
            let follows = before.unwrap_or((0, 0)) == (row.number - 1, row.after_seq);
            let as_told = told.remove(row.id.as_str()) == Some(json!(closing::digest(row)));
            if !as_told || !follows || !closing::holds(db, row)? {
                findings.push(json!({ "code": "closing_differs", "till_closing_id": row.id }));
            }
        }
    }
    for id in told.into_keys() {
        findings.push(json!({ "code": "closing_missing", "till_closing_id": id }));
    }
    Ok(())
}

/// The frozen snapshots of indices, each as the record tells that it was frozen.
fn indices(
    db: &mut Db,
    centre: &CentreId,
    mut told: HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let mut after = None;
    loop {
        let page = index_rows::frozen_after(db, centre, after.as_ref(), 100)?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id.clone());
        for row in &page {
            if told.remove(row.id.as_str()) != Some(json!(index::digest(db, row)?)) {
                findings.push(json!({ "code": "indices_differ", "index_snapshot_id": row.id }));
            }
        }
    }
    for id in told.into_keys() {
        findings.push(json!({ "code": "indices_missing", "index_snapshot_id": id }));
    }
    Ok(())
}

/// The receipts that the record tells of, each as it tells that it was given.
fn receipted(
    db: &mut Db,
    mut told: HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = told.keys().cloned().collect();
    for row in payment::receipts_by_id(db, &ids)? {
        if told.remove(row.id.as_str()) != Some(json!(receipt::digest(&row))) {
            findings.push(json!({ "code": "receipt_altered", "receipt_id": row.id }));
        }
    }
    for id in told.into_keys() {
        findings.push(json!({ "code": "receipt_missing", "receipt_id": id }));
    }
    Ok(())
}

/// The ledger's entries about no dossier, at these places and with these digests, each in balance and as the
/// record tells that was written with it.
fn came(
    db: &mut Db,
    centre: &CentreId,
    mut told: HashMap<i64, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let places: Vec<i64> = told.keys().copied().collect();
    let entries = fee::entries_at(db, centre, &places)?;
    let moved = ledger::moved(&entries)?;
    for ((entry, postings), moved) in entries.iter().zip(&moved) {
        let same = told.remove(&entry.seq) == Some(json!(ledger::digest(entry, postings)));
        let code = match (balanced(moved), same) {
            (false, _) => "ledger_unbalanced",
            (true, false) => "ledger_altered",
            (true, true) => continue,
        };
        findings.push(json!({ "code": code, "centre_id": centre, "seq": entry.seq }));
    }
    for seq in told.into_keys() {
        findings.push(json!({ "code": "ledger_missing", "centre_id": centre, "seq": seq }));
    }
    Ok(())
}

/// What a centre holds that is nobody's payment, by the money that came and by the ledger; what cashiers
/// collected that no bank has told of, by the list of it and by the ledger; and what came
/// for each request, by the request and by the money.
fn suspense(db: &mut Db, centre: &CentreId, findings: &mut Vec<Value>) -> Result<()> {
    let (held, stands) = (
        payment::held_vnd(db, centre)?,
        fee::suspense_vnd(db, centre)?,
    );
    if held != stands {
        findings.push(json!({
            "code": "suspense_differs", "centre_id": centre, "held_vnd": held, "ledger_vnd": stands,
        }));
    }
    let (unbanked, by_word) = (
        payment::unbanked_vnd(db, centre)?,
        fee::by_word_vnd(db, centre)?,
    );
    if unbanked != by_word {
        findings.push(json!({
            "code": "unbanked_differs", "centre_id": centre, "waiting_vnd": unbanked, "ledger_vnd": by_word,
        }));
    }
    for id in payment::requests_that_differ(db, centre, 100)? {
        findings.push(json!({ "code": "request_differs", "payment_request_id": id }));
    }
    Ok(())
}

fn is_step(entry: &Entry) -> bool {
    entry.subject_kind == "dossier" && entry.action.starts_with("dossier.")
}

fn fact(entry: &Entry, name: &str) -> Value {
    serde_json::from_str::<Value>(&entry.data)
        .ok()
        .and_then(|v| v.get(name).cloned())
        .unwrap_or_default()
}

/// Each dossier against its timeline line by line, and both against the audit.
fn dossiers(db: &mut Db, findings: &mut Vec<Value>) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let page = rows::dossiers(db, after.as_deref(), BATCH)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id.clone());
        let ids: Vec<String> = page.iter().map(|d| d.id.clone()).collect();
        let mut lines: HashMap<String, Vec<TimelineRow>> = HashMap::new();
        for line in rows::timelines(db, &ids)? {
            lines
                .entry(line.dossier_id.to_string())
                .or_default()
                .push(line);
        }
        let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut entered: HashMap<String, Value> = HashMap::new();
        for entry in rows::entries_of(db, &ids)? {
            if is_step(&entry) {
                entries
                    .entry(entry.subject_id.clone())
                    .or_default()
                    .push(entry);
            } else if entry.action == ENTERED {
                entered.insert(entry.subject_id.clone(), fact(&entry, "lines"));
            }
        }
        books(db, &ids, &mut entered, findings)?;
        money(db, &ids, &lines, findings)?;
        papers(db, &ids, &lines, findings)?;
        for d in &page {
            let lines = lines.remove(&d.id).unwrap_or_default();
            let entries = entries.remove(&d.id).unwrap_or_default();
            if let Some(code) = fault(d, &lines, &entries) {
                findings.push(json!({ "code": code, "dossier_id": d.id }));
            }
        }
    }
}

/// The lines that these dossiers have in the books of certification, against what the audit says was
/// entered.
fn books(
    db: &mut Db,
    ids: &[String],
    entered: &mut HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    for lines in certification::of_dossiers(db, ids)?.chunk_by(|a, b| a.dossier_id == b.dossier_id)
    {
        let Some(first) = lines.first() else { continue };
        let told = entered.remove(first.dossier_id.as_str());
        if told != Some(json!(entries_digest(lines))) {
            findings.push(json!({
                "code": "certification_altered", "dossier_id": first.dossier_id,
            }));
        }
    }
    for id in entered.keys() {
        findings.push(json!({ "code": "certification_missing", "dossier_id": id }));
    }
    Ok(())
}

/// The ledger's entries about these dossiers, each in balance and as the line of the timeline tells that
/// was written with it; and no line tells of one that is gone.
fn money(
    db: &mut Db,
    ids: &[String],
    lines: &HashMap<String, Vec<TimelineRow>>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let mut told: HashMap<(String, i64), Value> = HashMap::new();
    for line in lines.values().flatten() {
        let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
        for entry in detail[ledger::TOLD].as_array().into_iter().flatten() {
            let seq = entry["seq"].as_i64().unwrap_or(0);
            told.insert((line.dossier_id.to_string(), seq), entry["digest"].clone());
        }
    }
    let entries = fee::entries_of(db, ids)?;
    let moved = ledger::moved(&entries)?;
    for ((entry, postings), moved) in entries.iter().zip(&moved) {
        let at = (
            entry
                .dossier_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            entry.seq,
        );
        let code = if !balanced(moved) {
            Some("ledger_unbalanced")
        } else if told.get(&at) != Some(&json!(ledger::digest(entry, postings))) {
            Some("ledger_altered")
        } else {
            None
        };
        told.remove(&at);
        if let Some(code) = code {
            findings
                .push(json!({ "code": code, "dossier_id": entry.dossier_id, "seq": entry.seq }));
        }
    }
    for (id, seq) in told.into_keys() {
        findings.push(json!({ "code": "ledger_missing", "dossier_id": id, "seq": seq }));
    }
    Ok(())
}

/// What the papers of these dossiers say, against the digests that their timelines tell.
fn papers(
    db: &mut Db,
    ids: &[String],
    lines: &HashMap<String, Vec<TimelineRow>>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let mut told: HashMap<(String, String, i64, i64), Value> = HashMap::new();
    for line in lines.values().flatten() {
        let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
        let letter = &detail["letter"];
        if let (Some(form), Some(year), Some(number), Some(_)) = (
            letter["form"].as_str(),
            letter["year"].as_i64(),
            letter["number"].as_i64(),
            letter["digest"].as_str(),
        ) {
            let at = (line.dossier_id.to_string(), form.to_owned(), year, number);
            told.insert(at, letter["digest"].clone());
        }
    }
    for l in rows::contents_of(db, ids)? {
        let digest = json!(letter::digest(&l.template, &l.data));
        let at = (l.dossier_id, l.form, i64::from(l.year), l.number);
        if told.remove(&at) != Some(digest) {
            findings.push(json!({
                "code": "letter_altered", "dossier_id": at.0, "form": at.1, "year": at.2, "number": at.3,
            }));
        }
    }
    let without: Vec<String> = told.keys().map(|(id, ..)| id.clone()).collect();
    let disposed = rows::disposed_of(db, &without)?;
    for (id, form, year, number) in told.into_keys() {
        if !disposed.contains(&id) {
            findings.push(json!({
                "code": "letter_missing", "dossier_id": id, "form": form, "year": year, "number": number,
            }));
        }
    }
    Ok(())
}

/// The first thing that does not fit, if any.
fn fault(d: &Checked, lines: &[TimelineRow], entries: &[Entry]) -> Option<&'static str> {
    let count = usize::try_from(d.timeline_seq).unwrap_or(0);
    let in_order = lines.iter().zip(1..).all(|(line, n)| line.seq == n);
    if lines.len() != count || !in_order || i64::from(d.timeline_seq) != d.version {
        return Some("timeline_incomplete");
    }
    if lines.last().is_none_or(|line| line.to_state != d.state) {
        return Some("state_differs_from_timeline");
    }
    if entries.len() != count {
        return Some("audit_incomplete");
    }
    let told = lines
        .iter()
        .zip(entries)
        .all(|(line, entry)| fact(entry, "line") == json!(line_digest(line)));
    if !told {
        return Some("timeline_altered");
    }
    let last = entries.last()?;
    let same = fact(last, "to") == json!(d.state)
        && fact(last, "code") == json!(d.code)
        && fact(last, "due_at") == json!(d.due_at.map(|t| t.0.to_rfc3339()));
    (!same).then_some("dossier_altered")
}

/// Each series of dossier codes and of letters runs from 1 to its counter, each number once.
fn series(db: &mut Db, findings: &mut Vec<Value>) -> Result<()> {
    for (name, value) in rows::counters(db)? {
        let used = match name.split(':').collect::<Vec<_>>().as_slice() {
            ["code", e_code, day] => rows::codes_used(db, &format!("{e_code}-{day}-"))?,
            ["letter", authority, form, year] => {
                rows::letters_used(db, authority, form, year.parse().unwrap_or(0))?
            }
            ["certification", authority, kind, year] => {
                certification::count(db, authority, kind, year.parse().unwrap_or(0))?
            }
            ["ledger", centre] => fee::count(db, centre)?,
            ["receipt", series, year] => {
                payment::receipts_given(db, series, year.parse().unwrap_or(0))?
            }
            ["payment", day] => payment::references_used(db, &references_of(day))?,
            ["feedback", centre, kind, year] => {
                let year = year.parse().unwrap_or(0);
                let day =
                    |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
                feedback::received_within(db, centre, kind, day(1, 1), day(12, 31))?
            }
            ["denunciation", centre, year] => {
                feedback::denunciation::in_book(db, centre, year.parse().unwrap_or(0))?
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
