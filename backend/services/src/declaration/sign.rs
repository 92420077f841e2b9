//! Signing a declaration, and its paper: set anew while it is written, kept as it is once it was signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use motcua_domain::declaration::{Point, SignedHow, State, inked};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::declaration::{self as rows, DeclarationRow};
use motcua_store::{Db, RecordId, Ts};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::keep::{SIGNED, digest};
use super::{Declaration, looked_at, open, recorded, shown, state_of, whole};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};

/// How a declaration is signed.
#[derive(Debug, Clone)]
pub struct Signing {
    /// With a pen on the printed paper, or on a screen.
    pub how: SignedHow,
    /// What was drawn on the screen.
    pub strokes: Option<Vec<Vec<Point>>>,
}

/// What a paper is set from.
#[derive(Debug)]
pub struct Prepared {
    /// The declaration.
    pub declaration: Declaration,
    /// The ward or commune, before the date.
    pub commune: String,
    /// The authority that it is addressed to, when a dossier says which.
    pub authority: Option<String>,
    /// It is marked as a draft.
    pub draft: bool,
    /// What stands where the declarant signs.
    pub strokes: Option<Vec<Vec<Point>>>,
    /// The instant it is dated at.
    pub at: DateTime<Utc>,
}

/// A declaration's paper.
#[derive(Debug)]
pub enum Paper {
    /// As it was signed.
    Kept {
        /// The word of its form.
        form: String,
        /// The document.
        bytes: Vec<u8>,
    },
    /// To be set.
    Now(Box<Prepared>),
}

fn prepared(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DeclarationRow,
    strokes: Option<Vec<Vec<Point>>>,
    at: DateTime<Utc>,
) -> Result<Prepared> {
    let centre = services.centre(db, actor.stamp, &row.centre_id)?;
    let draft = state_of(&row)? == State::Draft;
    let declaration = shown(services, db, actor, row, Vec::new())?;
    let authority = match &declaration.dossier {
        Some(dossier) => services.authority(db, actor.stamp, &dossier.authority_id)?,
        None => None,
    };
    Ok(Prepared {
        commune: centre.commune_name.clone(),
        authority: authority.map(|a| a.name.clone()),
        draft,
        strokes,
        at,
        declaration,
    })
}

/// A declaration's paper: as it was signed, or to be set as it stands.
///
/// # Errors
/// `not_found`; `file_disposed` once its values were taken out.
pub fn paper(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Paper> {
    let row = looked_at(services, db, actor, id)?;
    if row.disposed_at.is_some() {
        return Err(Refusal::new(
            "file_disposed",
            "Tờ khai này đã được tiêu hủy theo quy định về thời hạn lưu.",
            "This declaration was disposed of when its time was over.",
        )
        .into());
    }
    if state_of(&row)? != State::Signed {
        let at = services.now();
        let set = prepared(services, db, actor, row, None, at)?;
        return Ok(Paper::Now(Box::new(set)));
    }
    let kept =
        rows::paper(db, id)?.ok_or_else(|| Error::Internal("a signed paper is gone".into()))?;
    let bytes = STANDARD
        .decode(kept)
        .map_err(|e| Error::Internal(format!("a signed paper cannot be read: {e}")))?;
    Ok(Paper::Kept {
        form: row.form_code,
        bytes,
    })
}

/// That a declaration can be signed so.
fn signable(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    signing: &Signing,
) -> Result<DeclarationRow> {
    // The citizen signs before an officer, never before a program.
    if actor.scopes.is_some() {
        return Err(Refusal::new(
            "scope_not_granted",
            "Tờ khai chỉ được ký trước mặt cán bộ, công chức; hệ thống không ký thay.",
            "A declaration is signed before an officer; no other system has it signed.",
        )
        .into());
    }
    let open = open(services, db, actor, id, version)?;
    if open.state != State::ReadBack {
        return Err(Refusal::new(
            "declaration_not_read_back",
            "Chưa đọc lại tờ khai cho người khai: hãy đọc lại rồi ký.",
            "The declaration was not read back yet: read it back, then have it signed.",
        )
        .into());
    }
    let fault = match (signing.how, &signing.strokes) {
        (SignedHow::Screen, _) if open.form.declarants().count() > 1 => Some(FieldError::new(
            "/how",
            "not_allowed",
            "Tờ khai có nhiều người ký: hãy in ra để từng người ký trên giấy.",
            "More than one person signs: print it, for each to sign on paper.",
        )),
        (SignedHow::Screen, None) => Some(FieldError::new(
            "/strokes",
            "required",
            "Thiếu nét ký trên màn hình.",
            "The strokes drawn on the screen are missing.",
        )),
        (SignedHow::Screen, Some(strokes)) => inked(strokes).err(),
        (SignedHow::Paper, Some(_)) => Some(FieldError::new(
            "/strokes",
            "not_allowed",
            "Ký trên giấy thì không có nét ký trên màn hình.",
            "What is signed on paper has no strokes.",
        )),
        (SignedHow::Paper, None) => None,
    };
    if let Some(fault) = fault {
        return Err(Refusal::invalid(vec![fault]).into());
    }
    whole(&open)?;
    Ok(open.row)
}

/// What the paper of a declaration is set from if it is signed so now: asked before the transaction that signs, so
/// that nobody who writes waits for a document to be set.
///
/// # Errors
/// As [`sign`].
pub fn prepare(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    seen: (&RecordId, i64),
    signing: &Signing,
) -> Result<Prepared> {
    let row = signable(services, db, actor, seen, signing)?;
    let at = Ts::new(services.now()).0;
    prepared(services, db, actor, row, signing.strokes.clone(), at)
}

/// Signs a declaration: from now on nothing of it changes, and its paper is these bytes for ever. `paper` is the
/// document with the instant it is dated at, as set from what [`prepare`] gave at this version.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`, `declaration_not_read_back`; `validation_failed` at `/how`,
/// `/strokes` and each field that is missing or wrong.
pub fn sign(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    signing: &Signing,
    paper: Option<&(Vec<u8>, DateTime<Utc>)>,
) -> Result<Declaration> {
    let mut row = signable(services, db, actor, (id, version), signing)?;
    // It could not be signed when the paper was to be set, and can be now.
    let (bytes, at) = paper.ok_or_else(|| crate::error::stale(row.version))?;
    let entries = super::entries_of(&row)?;
    row.state = State::Signed.as_str().to_owned();
    row.signed_by = Some(actor.user_id.clone());
    row.signed_at = Some(Ts::new(*at));
    row.signed_how = Some(signing.how.as_str().to_owned());
    row.paper_sha256 = Some(hex::encode(Sha256::digest(bytes)));
    row.updated_at = Ts::new(services.now());
    row.version += 1;
    let people = super::people(&row, super::form_of(&row)?, &entries);
    if !rows::save(db, &row, &people, version)? {
        return Err(crate::error::stale(row.version));
    }
    rows::keep_paper(db, id, &STANDARD.encode(bytes))?;
    recorded(
        db,
        &row,
        services.now(),
        Some(actor),
        SIGNED,
        json!({
            "form": row.form_number, "dossier": row.dossier_id, "how": row.signed_how,
            "paper_sha256": row.paper_sha256, "digest": digest(&row),
        }),
    )?;
    shown(services, db, actor, row, Vec::new())
}
