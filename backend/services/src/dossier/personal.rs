//! Personal data whole, and the record that somebody looked.

use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{self as rows, DossierRow, FilerRow, ReturnRow};
use motcua_store::{Db, DossierId};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::record;

/// What is otherwise masked.
#[derive(Debug, Clone)]
pub struct Personal {
    /// The dossier, with its owner's data.
    pub row: DossierRow,
    /// The filer.
    pub filer: Option<FilerRow>,
    /// The collector.
    pub hand_back: Option<ReturnRow>,
}

/// Reads personal data whole. The audit entry is in the transaction: no entry, no answer.
///
/// # Errors
/// `not_found`, also for those who may see the dossier but do not work on it.
pub fn personal_data(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    purpose: &str,
) -> Result<Personal> {
    let scope = actor.scope(Permission::ReadPersonalData);
    let row = rows::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        "personal_data.viewed",
        ("dossier", id.as_str()),
        json!({ "purpose": purpose }),
    )?;
    Ok(Personal {
        filer: rows::filer(db, id)?,
        hand_back: rows::hand_back(db, id)?,
        row,
    })
}
