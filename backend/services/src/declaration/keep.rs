//! That signed declarations are what they were, and what they hold about a person.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use motcua_store::audit::Parts;
use motcua_store::declaration::{self as rows, DeclarationRow};
use motcua_store::{CentreId, Db};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{entries_of, form_of};
use crate::error::Result;

/// The action under which the record keeps that a declaration was signed.
pub(crate) const SIGNED: &str = "declaration.signed";

/// What the record tells of a signed declaration, so that no change of it goes unseen.
pub(super) fn digest(row: &DeclarationRow) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(row.id.as_str());
    part(row.dossier_id.as_ref().map_or("", |d| d.as_str()));
    part(&row.form_code);
    part(&row.form_number);
    part(&row.state);
    part(&row.entries);
    part(row.signed_by.as_ref().map_or("", |u| u.as_str()));
    let at = row.signed_at.map(|at| at.0.timestamp_micros());
    part(&at.map(|at| at.to_string()).unwrap_or_default());
    part(row.signed_how.as_deref().unwrap_or_default());
    part(row.paper_sha256.as_deref().unwrap_or_default());
    parts.hex()
}

/// Whether a paper is the bytes that were signed.
fn paper_holds(db: &mut Db, row: &DeclarationRow) -> Result<bool> {
    let kept = rows::paper(db, &row.id)?.and_then(|text| STANDARD.decode(text).ok());
    let found = kept.map(|bytes| hex::encode(Sha256::digest(bytes)));
    Ok(found.is_some() && found == row.paper_sha256)
}

/// The declarations that the record tells of, each as it tells that it was signed.
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
        // A disposal takes out what it says, and its paper.
        if row.disposed_at.is_none() && !(as_told && paper_holds(db, &row)?) {
            findings.push(json!({ "code": "declaration_altered", "declaration_id": row.id }));
        }
    }
    for id in told.into_keys() {
        findings.push(json!({ "code": "declaration_missing", "declaration_id": id }));
    }
    Ok(())
}

/// That a centre has as many signed declarations as the record tells of.
pub(crate) fn all_told(
    db: &mut Db,
    centre: &CentreId,
    told: usize,
    findings: &mut Vec<Value>,
) -> Result<()> {
    let kept = rows::signed(db, centre)?;
    if usize::try_from(kept).ok() != Some(told) {
        findings.push(json!({
            "code": "declaration_unexplained", "centre_id": centre, "told": told, "kept": kept,
        }));
    }
    Ok(())
}

/// What a declaration holds about one person.
#[derive(Debug, Clone)]
pub struct Held {
    /// The declaration.
    pub row: DeclarationRow,
    /// As whom the person stands in it.
    pub party: String,
    /// What its fields say of the person: the name of each, and what stands in it.
    pub fields: Vec<(String, String)>,
}

/// What the declarations of these centres hold about the person of a number: of others who stand in them nothing.
///
/// # Errors
/// Storage failures, and data of the program's that cannot be read.
pub fn held_of(db: &mut Db, centres: &[CentreId], number: &str, limit: i64) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for (row, party) in rows::by_number(db, centres, number, limit)? {
        let (form, entries) = (form_of(&row)?, entries_of(&row)?);
        let fields = form
            .fields_of(&party)
            .filter_map(|(key, field)| {
                Some((field.name.vi.clone(), entries.get(&key)?.value.clone()))
            })
            .collect();
        held.push(Held { row, party, fields });
    }
    Ok(held)
}
