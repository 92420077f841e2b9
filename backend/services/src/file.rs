//! Files of a dossier's papers: added by their content, listed, looked at, withdrawn with a reason. The bytes
//! themselves lie in the store of files; who calls says whether they are there.

use std::collections::HashMap;

use motcua_domain::dossier::State;
use motcua_domain::file::{Digitisation, MOST_FILES, Media, Scan, takes_files};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_store::audit::{self, NewEntry, Parts};
use motcua_store::dossier::{self as dossiers, ComponentRow, DossierRow, components};
use motcua_store::file::{self as rows, FileRow, StoredRow, Whole, WithdrawalRow};
use motcua_store::outbox::{self, Event};
use motcua_store::{CentreId, Db, DossierId, RecordId, Ts};
use serde_json::{Value, json};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::personal_data;
use crate::error::{Error, Result};
use crate::inspection::look::{self, Through};
use crate::reference::Names;

/// The action under which the record keeps that a file was added.
pub(crate) const ADDED: &str = "file.added";
/// The action under which the record keeps that a file was withdrawn.
const WITHDRAWN: &str = "file.withdrawn";
/// How long a reason for a withdrawal may be.
const LONGEST_REASON: usize = 500;
/// How many rows are checked at once.
const BATCH: i64 = 500;

/// A file that was received, looked at and put in its place.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Of which dossier.
    pub dossier: DossierId,
    /// Which of its papers.
    pub component: String,
    /// What it is called.
    pub name: String,
    /// Its content.
    pub sha256: String,
    /// How many bytes.
    pub size: i64,
    /// What it is.
    pub media: Media,
    /// Width and height of a picture.
    pub pixels: Option<(i32, i32)>,
    /// Whether a virus scanner looked at it.
    pub scan: Scan,
}

/// A file of a dossier, with the names of whom it names.
#[derive(Debug)]
pub struct Filed {
    /// The file.
    pub whole: Whole,
    /// Names.
    pub names: Names,
    /// Whether it was added just now.
    pub fresh: bool,
}

/// All files of a dossier, and its papers.
#[derive(Debug)]
pub struct Files {
    /// The papers, in order.
    pub components: Vec<ComponentRow>,
    /// The files, in the order in which they came.
    pub files: Vec<Whole>,
    /// Names.
    pub names: Names,
    /// Whether this person may add and withdraw files now.
    pub may_add: bool,
}

fn state_of(row: &DossierRow) -> Result<State> {
    State::parse(&row.state).ok_or_else(|| Error::Internal("a dossier's state is unknown".into()))
}

fn named(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    whole: Whole,
    fresh: bool,
) -> Result<Filed> {
    let people = [
        Some(&whole.0.added_by),
        whole.2.as_ref().map(|w| &w.withdrawn_by),
    ];
    let names = services.names(db, actor.stamp, people.into_iter().flatten())?;
    Ok(Filed {
        whole,
        names,
        fresh,
    })
}

/// Whether a file may be added to a paper of a dossier: asked before the first byte is read, and again when it is
/// added.
///
/// # Errors
/// `not_found`, `dossier_takes_no_files`, `too_many_files`.
pub fn admits(db: &mut Db, actor: &Actor, id: &DossierId, component: &str) -> Result<DossierRow> {
    let scope = actor.scope(Permission::AddFiles);
    let row = dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if !rows::has_component(db, id, component)? {
        return Err(Refusal::not_found().into());
    }
    takes_files(state_of(&row)?)?;
    if rows::count(db, id)? >= MOST_FILES {
        return Err(Refusal::new(
            "too_many_files",
            format!("Hồ sơ đã có {MOST_FILES} tệp, kể cả tệp đã rút: không thêm được nữa."),
            format!("The dossier has {MOST_FILES} files, withdrawn ones among them: no more can be added."),
        )
        .into());
    }
    Ok(row)
}

/// Adds a file to a paper of a dossier. The same bytes brought to the same paper again are the file that is there.
/// `there` says whether the bytes are in their place; it is asked when nobody can remove them any more.
///
/// # Errors
/// As [`admits`], and `file_gone`: the bytes were removed meanwhile, so they must be sent again.
pub fn add(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewFile,
    there: &dyn Fn() -> Result<bool>,
) -> Result<Filed> {
    let now = Ts::new(services.now());
    let stored = StoredRow {
        sha256: new.sha256.clone(),
        size_bytes: new.size,
        media_type: new.media.as_str().to_owned(),
        width: new.pixels.map(|p| p.0),
        height: new.pixels.map(|p| p.1),
        created_at: now,
    };
    rows::claim(db, &stored)?;
    let before = rows::rounds(db, &new.dossier, &new.component, &new.sha256)?;
    if let Some(same) = before.iter().find(|w| w.2.is_none()) {
        let scope = actor.scope(Permission::AddFiles);
        dossiers::find(db, &scope, &new.dossier)?.ok_or_else(Refusal::not_found)?;
        return named(services, db, actor, same.clone(), false);
    }
    let dossier = admits(db, actor, &new.dossier, &new.component)?;
    if !there()? {
        return Err(Refusal::new(
            "file_gone",
            "Tệp vừa gửi đã bị dọn trước khi được ghi nhận. Hãy gửi lại.",
            "What was sent was removed before it was recorded. Send it again.",
        )
        .into());
    }
    let row = FileRow {
        id: RecordId::new(),
        centre_id: dossier.centre_id.clone(),
        dossier_id: new.dossier.clone(),
        component_id: new.component.clone(),
        sha256: new.sha256.clone(),
        round: i32::try_from(before.len()).unwrap_or(i32::MAX),
        name: new.name.clone(),
        digitisation: Digitisation::Scanned.number(),
        scan: new.scan.as_str().to_owned(),
        added_by: actor.user_id.clone(),
        added_at: now,
        disposed_at: None,
    };
    rows::insert(db, &row)?;
    told(
        db,
        actor,
        &dossier,
        (ADDED, now),
        json!({
            "file": row.id, "component": row.component_id, "sha256": row.sha256,
            "size": new.size, "scan": row.scan, "digest": digest(&row),
        }),
    )?;
    named(services, db, actor, (row, stored, None), true)
}

/// Writes into the record and tells others.
fn told(
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierRow,
    (action, at): (&str, Ts),
    data: Value,
) -> Result<()> {
    let text = data.to_string();
    let entry = NewEntry {
        centre_id: &dossier.centre_id,
        at,
        actor_id: Some(&actor.user_id),
        action,
        subject_kind: "dossier",
        subject_id: dossier.id.as_str(),
        data: text,
    };
    let seq = audit::append(db, &entry)?;
    let event = Event {
        centre_id: dossier.centre_id.clone(),
        seq,
        at,
        kind: action.to_owned(),
        subject_id: dossier.id.to_string(),
        authority_id: Some(dossier.authority_id.clone()),
        data: json!({ "code": dossier.code, "file": data["file"], "component": data["component"] })
            .to_string(),
    };
    Ok(outbox::push(db, &event)?)
}

/// What the record tells of a file, so that no change of it goes unseen.
pub(crate) fn digest(row: &FileRow) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(row.id.as_str());
    part(row.dossier_id.as_str());
    part(&row.component_id);
    part(&row.sha256);
    part(&row.round.to_string());
    part(&row.name);
    part(&row.digitisation.to_string());
    part(&row.scan);
    part(row.added_by.as_str());
    part(&row.added_at.0.timestamp_micros().to_string());
    parts.hex()
}

/// The file that these bytes are of a paper, if it has them: who lost the connection asks before sending again.
///
/// # Errors
/// `not_found`.
pub fn find(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    component: &str,
    sha256: &str,
) -> Result<Filed> {
    let scope = actor.scope(Permission::ReadDossiers);
    dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let found = rows::rounds(db, id, component, sha256)?
        .into_iter()
        .find(|w| w.2.is_none())
        .ok_or_else(Refusal::not_found)?;
    named(services, db, actor, found, false)
}

/// The files of a dossier, withdrawn ones among them.
///
/// # Errors
/// `not_found`.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(Files, Option<Through>)> {
    let (row, through) = look::readable(services, db, actor, Permission::ReadDossiers, id)?;
    let files = rows::of_dossier(db, id, MOST_FILES)?;
    let people = files
        .iter()
        .flat_map(|(file, _, withdrawn)| {
            [
                Some(&file.added_by),
                withdrawn.as_ref().map(|w| &w.withdrawn_by),
            ]
        })
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    let adds = actor.scope(Permission::AddFiles);
    let may_add =
        adds.covers(&row.centre_id, &row.authority_id) && takes_files(state_of(&row)?).is_ok();
    let files = Files {
        components: components(db, id)?,
        files,
        names,
        may_add,
    };
    Ok((files, through))
}

/// A file to be looked at. The look is recorded before it is answered.
///
/// # Errors
/// `not_found`, also for those who may see the dossier but do not work on it; `file_disposed`.
pub fn content(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    file: &RecordId,
) -> Result<Whole> {
    look::readable(services, db, actor, Permission::ReadPersonalData, id)?;
    let whole = rows::find(db, id, file)?.ok_or_else(Refusal::not_found)?;
    if whole.0.disposed_at.is_some() {
        return Err(Refusal::new(
            "file_disposed",
            "Tệp này đã được tiêu hủy theo quy định về thời hạn lưu.",
            "This file was disposed of when its time was over.",
        )
        .into());
    }
    personal_data(services, db, actor, id, "file")?;
    Ok(whole)
}

/// Withdraws a file: it stays, and no longer counts as the paper's.
///
/// # Errors
/// `not_found`, `dossier_takes_no_files`, `file_withdrawn`, `validation_failed` at `/reason`.
pub fn withdraw(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, file): (&DossierId, &RecordId),
    reason: &str,
) -> Result<Filed> {
    let reason = required_line(reason, LONGEST_REASON)
        .map_err(|fault| Refusal::invalid(vec![fault.at("/reason")]))?;
    let scope = actor.scope(Permission::AddFiles);
    // Nobody else withdraws it meanwhile.
    let dossier = dossiers::find_to_change(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let (row, stored, withdrawn) = rows::find(db, id, file)?.ok_or_else(Refusal::not_found)?;
    if withdrawn.is_some() {
        return Err(Refusal::new(
            "file_withdrawn",
            "Tệp này đã được rút.",
            "This file was withdrawn already.",
        )
        .into());
    }
    takes_files(state_of(&dossier)?)?;
    let now = Ts::new(services.now());
    let withdrawal = WithdrawalRow {
        file_id: row.id.clone(),
        reason,
        withdrawn_by: actor.user_id.clone(),
        withdrawn_at: now,
    };
    rows::insert_withdrawal(db, &withdrawal)?;
    told(
        db,
        actor,
        &dossier,
        (WITHDRAWN, now),
        json!({ "file": row.id, "component": row.component_id, "sha256": row.sha256 }),
    )?;
    named(services, db, actor, (row, stored, Some(withdrawal)), true)
}

/// Removes bytes that no dossier needs, by `remove`, while nobody can add them. Whether they were removed.
///
/// # Errors
/// Storage failures, and those of `remove`.
pub fn sweep(
    db: &mut Db,
    sha256: &str,
    now: Ts,
    remove: &dyn Fn() -> Result<bool>,
) -> Result<bool> {
    rows::claim(
        db,
        &StoredRow {
            sha256: sha256.to_owned(),
            size_bytes: 1,
            media_type: Media::Pdf.as_str().to_owned(),
            width: None,
            height: None,
            created_at: now,
        },
    )?;
    let gone = !rows::needed(db, sha256)? && remove()?;
    rows::forget(db, sha256)?;
    Ok(gone)
}

/// What the store of files holds under a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The bytes, and they have the digest.
    Whole,
    /// Other bytes.
    Altered,
    /// Nothing.
    Missing,
}

/// Checks that the bytes of every file that a dossier needs are there and are what they were.
///
/// # Errors
/// Storage failures, and those of `look`, which is given digest and size.
pub fn verify(
    db: &mut Db,
    look: &mut dyn FnMut(&str, i64) -> Result<Held>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let mut after = String::new();
    loop {
        let page = rows::stored_after(db, &after, BATCH)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after.clone_from(&last.sha256);
        let all: Vec<String> = page.iter().map(|row| row.sha256.clone()).collect();
        let needed = rows::needed_of(db, &all)?;
        for row in page.iter().filter(|row| needed.contains(&row.sha256)) {
            let code = match look(&row.sha256, row.size_bytes)? {
                Held::Whole => continue,
                Held::Altered => "file_altered",
                Held::Missing => "file_missing",
            };
            findings.push(json!({ "code": code, "sha256": row.sha256 }));
        }
    }
}

/// The files that the record tells of, each as it tells that it was added.
pub(crate) fn as_told(
    db: &mut Db,
    mut told: HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = told.keys().cloned().collect();
    for row in rows::by_ids(db, &ids)? {
        let as_told = told.remove(row.id.as_str()) == Some(json!(digest(&row)));
        // A disposal takes the name out.
        if !as_told && row.disposed_at.is_none() {
            findings.push(json!({ "code": "file_row_altered", "file_id": row.id }));
        }
    }
    for id in told.into_keys() {
        findings.push(json!({ "code": "file_row_missing", "file_id": id }));
    }
    Ok(())
}

/// That a centre has as many files as the record tells of.
pub(crate) fn all_told(
    db: &mut Db,
    centre: &CentreId,
    told: usize,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let kept = rows::kept(db, centre)?;
    if usize::try_from(kept).ok() != Some(told) {
        findings.push(json!({
            "code": "file_unexplained", "centre_id": centre, "told": told, "kept": kept,
        }));
    }
    Ok(())
}
