//! Personal data whole, and the record that somebody looked.

use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_store::audit::{self, Entry};
use motcua_store::dossier::{self as rows, DossierRow, FilerRow, ReturnRow};
use motcua_store::{AuthorityId, CentreId, Db, DossierId};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::inspection::look;
use crate::record;
use crate::reference::Names;

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

/// The action under which the audit keeps a look at personal data.
pub(crate) const VIEWED: &str = "personal_data.viewed";

/// The roles in which somebody looks: those held there that allow it by this permission.
pub(crate) fn looking(
    actor: &Actor,
    permission: Permission,
    centre: &CentreId,
    authority: &AuthorityId,
) -> Vec<&'static str> {
    actor
        .roles_on(centre, authority)
        .into_iter()
        .filter(|role| permission.roles().contains(role))
        .map(Role::as_str)
        .collect()
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
    let (row, through) = look::readable(services, db, actor, Permission::ReadPersonalData, id)?;
    match &through {
        Some(through) => through.record(db, services.now(), actor, purpose)?,
        None => record::audit(
            db,
            &row.centre_id,
            services.now(),
            Some(actor),
            VIEWED,
            ("dossier", id.as_str()),
            json!({
                "purpose": purpose,
                "roles": looking(actor, Permission::ReadPersonalData, &row.centre_id, &row.authority_id),
            }),
        )?,
    }
    Ok(Personal {
        filer: rows::filer(db, id)?,
        hand_back: rows::hand_back(db, id)?,
        row,
    })
}

/// Looks at a dossier's personal data, with the names of those who looked.
#[derive(Debug)]
pub struct Looks {
    /// The audit's entries, newest first.
    pub entries: Vec<Entry>,
    /// Who looked.
    pub names: Names,
}

/// Who looked at the personal data of a dossier, newest first, next to an edge (a place in the
/// centre's record, and whether what stands before it is wanted).
///
/// # Errors
/// `not_found`.
pub fn personal_data_views(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> Result<Looks> {
    let scope = actor.scope(Permission::ReadPersonalDataViews);
    rows::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let entries = audit::of_subject(db, ("dossier", id.as_str()), VIEWED, edge, limit)?;
    let people = entries.iter().filter_map(|e| e.actor_id.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    Ok(Looks { entries, names })
}
