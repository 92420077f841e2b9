//! Looking at dossiers as a member of a team: asked of the database at each request, for reading only, and
//! recorded each time under the inspection's name.

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{DossierRow, by_id};
use motcua_store::inspection::{self as rows, InspectionRow};
use motcua_store::{CentreId, Db, DossierId, RecordId};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::VIEWED;
use crate::error::Result;
use crate::record;

/// The inspection by which somebody looks at a dossier, where nothing else allows it.
#[derive(Debug, Clone)]
pub struct Through {
    inspection: RecordId,
    decision_number: String,
    centre: CentreId,
    dossier: DossierId,
}

impl Through {
    /// Records the look at `what` of the dossier.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn record(&self, db: &mut Db, now: DateTime<Utc>, actor: &Actor, what: &str) -> Result<()> {
        record::audit(
            db,
            &self.centre,
            now,
            Some(actor),
            VIEWED,
            ("dossier", self.dossier.as_str()),
            json!({
                "purpose": "inspection",
                "what": what,
                "inspection_id": self.inspection,
                "decision_number": self.decision_number,
                "roles": [],
            }),
        )
    }
}

/// When a dossier came and when it was finished, as days in Vietnam.
pub(crate) fn in_hand(row: &DossierRow) -> (NaiveDate, Option<NaiveDate>) {
    (
        local_date(row.received_at.0),
        row.completed_at.map(|at| local_date(at.0)),
    )
}

/// What the members of a team may read: dossiers and the data of their people, nothing else. Machines are of
/// no team.
fn is_for_teams(actor: &Actor, permission: Permission) -> bool {
    actor.scopes.is_none()
        && matches!(
            permission,
            Permission::ReadDossiers | Permission::ReadPersonalData
        )
}

/// Whether somebody may look anywhere by an inspection today, with this permission.
///
/// # Errors
/// Storage failures only.
pub fn looks_anywhere(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    permission: Permission,
) -> Result<bool> {
    if !is_for_teams(actor, permission) {
        return Ok(false);
    }
    let today = local_date(services.now());
    Ok(rows::looks_anywhere(db, &actor.user_id, today)?)
}

/// A dossier that somebody may read by a role, or else by an inspection; that inspection then.
///
/// # Errors
/// `not_found`.
pub(crate) fn readable(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    permission: Permission,
    id: &DossierId,
) -> Result<(DossierRow, Option<Through>)> {
    let row = by_id(db, id)?.ok_or_else(Refusal::not_found)?;
    let scope = actor.scope(permission);
    if scope.covers(&row.centre_id, &row.authority_id) {
        return Ok((row, None));
    }
    if !is_for_teams(actor, permission) {
        return Err(Refusal::not_found().into());
    }
    let today = local_date(services.now());
    let found: InspectionRow = rows::looking_at(db, &actor.user_id, &row, in_hand(&row), today)?
        .ok_or_else(Refusal::not_found)?;
    let through = Through {
        inspection: found.id,
        decision_number: found.decision_number,
        centre: row.centre_id.clone(),
        dossier: row.id.clone(),
    };
    Ok((row, Some(through)))
}
