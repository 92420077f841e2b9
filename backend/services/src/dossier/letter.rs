//! What the numbered papers of a dossier say (forms 02–05): kept in the transaction that issued them, and never
//! written anew, so that whoever asks later reads what was handed out.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use motcua_domain::dossier::{Command, Dossier, Form};
use motcua_domain::refusal::Refusal;
use motcua_store::audit::Parts;
use motcua_store::dossier::{
    ComponentRow, ContentRow, DossierRow, LetterPaperRow, LetterRow, components, content, filer,
    insert_content, keep_letter_paper, letter_paper, letters,
};
use motcua_store::{CentreId, Db, DossierId, RecordId, StoreError, account, centre, verify};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::act::{Loaded, put};
use super::personal::personal_data;
use super::slip::{Slip, WhichSlip, reception_slip};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::record;
use crate::survey;

/// The instrument that prescribes forms 01–07.
pub const INSTRUMENT: &str = "Thông tư 03/2025/TT-VPCP";

/// What a paper says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// The centre.
    pub centre: String,
    /// The centre's address.
    pub centre_address: Option<String>,
    /// The centre's telephone.
    pub centre_phone: Option<String>,
    /// The competent authority.
    pub authority: String,
    /// Dossier code; none before acceptance.
    pub code: Option<String>,
    /// Number of an online filing.
    pub submission_number: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// What the owner is, such as `citizen`.
    pub owner_kind: String,
    /// Who brought it, when another.
    pub filer_name: Option<String>,
    /// Address of whom the paper goes to.
    pub address: Option<String>,
    /// Telephone of whom the paper goes to.
    pub phone: Option<String>,
    /// E-mail of whom the paper goes to.
    pub email: Option<String>,
    /// When it was filed or accepted.
    pub received_at: Option<DateTime<Utc>>,
    /// What was promised before the paper.
    pub due_at: Option<DateTime<Utc>>,
    /// What is promised by it (form 04).
    pub new_due_at: Option<DateTime<Utc>>,
    /// What is to be added or put right (form 02).
    pub items: Vec<String>,
    /// Which of the known reasons (forms 03, 04).
    pub reason_code: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The legal ground (forms 02, 05).
    pub legal_ground: Option<String>,
    /// Whether it is only held (form 05).
    pub held: bool,
    /// Papers handed in as originals, to be given back (form 05).
    pub originals: Vec<String>,
    /// Who issued it; none: the program did, as the centre lets it.
    pub signer_name: Option<String>,
    /// The signer's title.
    pub signer_title: Option<String>,
}

/// A numbered paper, and what it says.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its number.
    pub row: LetterRow,
    /// The form it is set by, with its edition, such as `02.1`.
    pub template: String,
    /// What it says.
    pub said: Said,
    /// By what whoever holds it may say once how they were served (forms 02, 03).
    pub survey: Option<String>,
    /// The centre whose record tells of it.
    pub centre: CentreId,
}

/// A numbered paper of a dossier: its slip, or what a step issued.
#[derive(Debug, Clone)]
pub enum Paper {
    /// Form 01.
    Slip(Box<Slip>),
    /// Forms 02–05; with the document, where it was set before.
    Letter(Box<Letter>, Option<Vec<u8>>),
}

/// The edition of a form that papers are issued by now.
fn template(form: Form) -> String {
    format!("{}.1", form.as_str())
}

/// Names of the originals among papers.
fn originals(papers: Vec<ComponentRow>) -> Vec<String> {
    let kept = papers.into_iter().filter(|p| p.originals > 0);
    kept.map(|p| p.name).collect()
}

/// What a step gives as its reason, and its legal ground.
fn grounds(command: &Command) -> (Option<&String>, Option<&String>) {
    match command {
        Command::RequestSupplement {
            reason,
            legal_exception,
            ..
        } => (Some(reason), legal_exception.as_ref()),
        Command::Refuse { reason, .. } | Command::Extend { reason, .. } => (Some(reason), None),
        Command::Stop {
            reason,
            legal_ground,
        }
        | Command::Hold {
            reason,
            legal_ground,
        } => (Some(reason), legal_ground.as_ref()),
        _ => (None, None),
    }
}

/// The digest of a paper that the line of the timeline tells which issued it.
pub(crate) fn digest(template: &str, data: &str) -> String {
    let mut parts = Parts::default();
    parts.part(template);
    parts.part(data);
    parts.hex()
}

/// Keeps what the papers of a step say, and puts their digest beside their number in `detail`. The slip (form
/// 01) is found in what is kept of the dossier.
pub(super) fn keep(
    db: &mut Db,
    actor: Option<&Actor>,
    loaded: &Loaded,
    before: &Dossier,
    command: &Command,
    issued: &[LetterRow],
    detail: &mut Value,
) -> Result<()> {
    for letter in issued {
        let form = Form::parse(&letter.form)
            .ok_or_else(|| Error::Internal("a letter's form is unknown".into()))?;
        if form == Form::F01 {
            continue;
        }
        let code = detail.get("reason_code").and_then(Value::as_str);
        let code = code.map(ToOwned::to_owned);
        let said = said(db, actor, loaded, before, command, code)?;
        let kept = ContentRow {
            letter_id: letter.id.clone(),
            template: template(form),
            data: serde_json::to_string(&said).map_err(StoreError::from)?,
        };
        insert_content(db, &kept)?;
        if let Some(told) = detail.get_mut("letter") {
            put(told, "digest", json!(digest(&kept.template, &kept.data)));
        }
    }
    Ok(())
}

fn said(
    db: &mut Db,
    actor: Option<&Actor>,
    loaded: &Loaded,
    before: &Dossier,
    command: &Command,
    reason_code: Option<String>,
) -> Result<Said> {
    let row = &loaded.row;
    let gone = |what: &str| Error::Internal(format!("a dossier's {what} is gone"));
    let centre = centre::centre(db, &row.centre_id)?.ok_or_else(|| gone("centre"))?;
    let authority = centre::authority(db, &row.authority_id)?.ok_or_else(|| gone("authority"))?;
    let signer = match actor {
        Some(actor) => account::names(db, std::slice::from_ref(&actor.user_id))?.pop(),
        None => None,
    };
    let (reason, legal_ground) = grounds(command);
    let held = matches!(command, Command::Hold { .. });
    let mut said = Said {
        province: centre.province_name,
        commune: centre.commune_name,
        centre: centre.name,
        centre_address: centre.address,
        centre_phone: centre.phone,
        authority: authority.name,
        received_at: Some(
            row.accepted_at
                .or(row.submitted_at)
                .unwrap_or(row.received_at)
                .0,
        ),
        due_at: before.due_at,
        new_due_at: loaded.snapshot.due_at.filter(|t| Some(*t) != before.due_at),
        items: match command {
            Command::RequestSupplement { items, .. } => items.clone(),
            _ => Vec::new(),
        },
        reason_code,
        reason: reason.filter(|r| !r.is_empty()).cloned(),
        legal_ground: legal_ground.cloned(),
        held,
        originals: match command {
            Command::Stop { .. } => originals(components(db, &row.id)?),
            _ => Vec::new(),
        },
        signer_name: signer.as_ref().map(|(_, name, _)| name.clone()),
        signer_title: signer.and_then(|(_, _, title)| title),
        ..Said::default()
    };
    people(db, row, &mut said)?;
    Ok(said)
}

/// Whom a paper goes to: who brought the dossier, else whose it is. One person's lines: another's address
/// beside this name would be nobody's.
fn people(db: &mut Db, row: &DossierRow, said: &mut Said) -> Result<()> {
    said.code.clone_from(&row.code);
    said.submission_number.clone_from(&row.submission_number);
    said.procedure_name.clone_from(&row.procedure_name);
    said.owner_name.clone_from(&row.owner_name);
    said.owner_kind.clone_from(&row.owner_kind);
    (said.address, said.phone, said.email) = match filer(db, &row.id)? {
        Some(filer) => {
            said.filer_name = Some(filer.full_name);
            (filer.address, filer.phone, filer.email)
        }
        None => (
            row.owner_address.clone(),
            row.owner_phone.clone(),
            row.owner_email.clone(),
        ),
    };
    Ok(())
}

/// A numbered paper of a dossier that this person works on. The look is recorded, as the paper shows
/// personal data.
///
/// # Errors
/// `not_found`; `letter_not_kept` for what was issued before papers were kept, and for what was disposed of.
pub fn letter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    letter: &RecordId,
) -> Result<Letter> {
    let row = letters(db, id)?
        .into_iter()
        .find(|l| l.id == *letter)
        .ok_or_else(Refusal::not_found)?;
    let personal = personal_data(services, db, actor, id, &format!("form_{}", row.form))?;
    let kept = content(db, letter)?.ok_or_else(|| {
        Refusal::new(
            "letter_not_kept",
            "Không lưu nội dung của phiếu này: phiếu được lập trước khi phần mềm lưu nội dung phiếu, hoặc đã được tiêu hủy theo quy định.",
            "What this paper says is not kept: it was issued before papers were kept, or was disposed of.",
        )
    })?;
    let survey = survey::of_paper(services, db, &personal.row, &row)?;
    Ok(Letter {
        survey,
        centre: personal.row.centre_id.clone(),
        row,
        template: kept.template,
        said: serde_json::from_str(&kept.data).map_err(StoreError::from)?,
    })
}

/// The action under which the record keeps that a numbered paper was set.
pub(crate) const SET: &str = "letter.set";

/// Keeps a numbered paper as it was set. The first is the paper for ever: whoever sets it at the same time gets
/// that one back.
///
/// # Errors
/// Storage failures only.
pub fn keep_paper(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    letter: &Letter,
    bytes: &[u8],
) -> Result<Vec<u8>> {
    let paper = LetterPaperRow {
        letter_id: letter.row.id.clone(),
        sha256: hex::encode(Sha256::digest(bytes)),
        content: STANDARD.encode(bytes),
    };
    if keep_letter_paper(db, &paper)? {
        let subject = ("dossier", letter.row.dossier_id.as_str());
        let data =
            json!({ "letter": paper.letter_id, "form": letter.row.form, "sha256": paper.sha256 });
        record::audit(
            db,
            &letter.centre,
            services.now(),
            Some(actor),
            SET,
            subject,
            data,
        )?;
        return Ok(bytes.to_vec());
    }
    kept_paper(db, &paper.letter_id)?
        .ok_or_else(|| Error::Internal("a paper that is kept is gone".into()))
}

fn kept_paper(db: &mut Db, letter: &RecordId) -> Result<Option<Vec<u8>>> {
    letter_paper(db, letter)?
        .map(|row| {
            let decoded = STANDARD.decode(row.content);
            decoded.map_err(|e| Error::Internal(format!("a paper cannot be read: {e}")))
        })
        .transpose()
}

/// The numbered papers that the record tells of, each as it tells that it was set; how many there are.
pub(crate) fn papers_as_told(
    db: &mut Db,
    mut told: HashMap<String, Value>,
    findings: &mut Vec<Value>,
) -> Result<usize> {
    if told.is_empty() {
        return Ok(0);
    }
    let ids: Vec<String> = told.keys().cloned().collect();
    let kept = verify::letter_papers_by_ids(db, &ids)?;
    let there = kept.len();
    for (id, sha256, content) in kept {
        let bytes = STANDARD.decode(content).unwrap_or_default();
        let as_told = told.remove(&id) == Some(json!(sha256));
        if !as_told || hex::encode(Sha256::digest(bytes)) != sha256 {
            findings.push(json!({ "code": "letter_paper_altered", "letter_id": id }));
        }
    }
    // A disposal takes both out: what a paper says, and the paper.
    let gone: Vec<String> = told.into_keys().collect();
    for id in verify::letters_with_content(db, &gone)? {
        findings.push(json!({ "code": "letter_paper_missing", "letter_id": id }));
    }
    Ok(there)
}

/// That a centre has as many set papers as the record tells of.
pub(crate) fn papers_all_told(
    db: &mut Db,
    centre: &CentreId,
    told: usize,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let kept = verify::count_letter_papers(db, centre)?;
    if usize::try_from(kept).ok() != Some(told) {
        findings.push(json!({
            "code": "letter_paper_unexplained", "centre_id": centre, "told": told, "kept": kept,
        }));
    }
    Ok(())
}

/// A numbered paper of a dossier that this person works on, whichever its form. The look is recorded.
///
/// # Errors
/// As [`letter`] and [`reception_slip`].
pub fn paper(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    wanted: &RecordId,
) -> Result<Paper> {
    let slip = letters(db, id)?
        .into_iter()
        .find(|l| l.id == *wanted && l.form == Form::F01.as_str());
    Ok(match slip {
        Some(slip) => {
            let which = WhichSlip::Letter(slip.id);
            let slip = reception_slip(services, db, actor, id, &which)?;
            Paper::Slip(Box::new(slip))
        }
        None => {
            let letter = letter(services, db, actor, id, wanted)?;
            Paper::Letter(Box::new(letter), kept_paper(db, wanted)?)
        }
    })
}
