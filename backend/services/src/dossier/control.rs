//! Form 06, the control slip: a row for every time a dossier went from one desk to another. It shows no personal
//! data but the officers' names.

use chrono::{DateTime, Utc};
use motcua_domain::deadline::{Basis, Timing, completed_timing};
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{DossierRow, HandoverRow, StepRow, consultations, handovers_of};
use motcua_store::{Db, DossierId};

use super::steps::walked;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::inspection::look::{self, Through};
use crate::reference::Names;

/// The most rows of a slip.
const MOST_HOPS: i64 = 200;

/// By what a step of an internal workflow is measured on form 06.
pub(crate) const STEP_BASIS: Basis = Basis::Date;

/// Whether a step was the part of whoever gave the dossier on with this hand-over: it ended when it was
/// given, or when it was taken.
pub(crate) fn ended_with(step: &StepRow, handover: &HandoverRow) -> bool {
    let (from, until) = (handover.given_at, handover.closed_at);
    step.ended_at
        .is_some_and(|t| t >= from && until.is_none_or(|u| t <= u))
}

/// A time a dossier went from one desk to another.
#[derive(Debug, Clone)]
pub struct Hop {
    /// Who gave it, who took it, when.
    pub row: HandoverRow,
    /// By when the giver's part was to be done, where the procedure says so.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether the giver's part was done in time; for the last hop of a finished dossier without steps of its
    /// own, whether the result was.
    pub timing: Option<Timing>,
}

/// What form 06 says.
#[derive(Debug, Clone)]
pub struct Control {
    /// The dossier.
    pub row: DossierRow,
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// The centre.
    pub centre: String,
    /// The competent authority.
    pub authority: String,
    /// Bodies whose opinion was asked, each once.
    pub consulted: Vec<String>,
    /// The hops, in order.
    pub hops: Vec<Hop>,
    /// Names of the officers.
    pub names: Names,
    /// When it was asked for.
    pub at: DateTime<Utc>,
}

/// Form 06 of a dossier in the actor's scope, as it stands now, and the inspection by which it is looked at,
/// if nothing else allows it.
///
/// # Errors
/// `not_found`; `slip_not_issued` for what was never accepted.
pub fn control_slip(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(Control, Option<Through>)> {
    let (row, through) = look::readable(services, db, actor, Permission::ReadDossiers, id)?;
    if row.code.is_none() {
        return Err(Refusal::new(
            "slip_not_issued",
            "Hồ sơ chưa được tiếp nhận nên chưa có phiếu này.",
            "This dossier was not accepted yet, so there is no such slip.",
        )
        .into());
    }
    let centre = services.centre(db, actor.stamp, &row.centre_id)?;
    let authority = services
        .authority(db, actor.stamp, &row.authority_id)?
        .ok_or_else(|| Error::Internal("a dossier's authority is gone".into()))?;
    let steps = walked(services, db, &row)?;
    let given = handovers_of(db, id, MOST_HOPS)?;
    let last = given.len();
    let hops: Vec<Hop> = (1..)
        .zip(given)
        .map(|(nth, handover)| {
            let part = steps.iter().rev().find(|s| ended_with(s, &handover));
            let due_at = part.map(|s| s.due_at.0);
            let timing = match (part.and_then(|s| s.ended_at), row.completed_at) {
                (Some(ended), _) => Some(completed_timing(ended.0, due_at, STEP_BASIS)),
                (None, Some(done)) if nth == last && row.due_at.is_some() => Some(
                    completed_timing(done.0, row.due_at.map(|t| t.0), Basis::Date),
                ),
                _ => None,
            };
            Hop {
                row: handover,
                due_at,
                timing,
            }
        })
        .collect();
    let mut consulted: Vec<String> = Vec::new();
    for asked in consultations(db, id, MOST_HOPS)? {
        if !consulted.contains(&asked.body) {
            consulted.push(asked.body);
        }
    }
    let people = hops
        .iter()
        .flat_map(|h| [Some(&h.row.given_by), h.row.closed_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    let control = Control {
        province: centre.province_name.clone(),
        commune: centre.commune_name.clone(),
        centre: centre.name.clone(),
        authority: authority.name.clone(),
        consulted,
        hops,
        names,
        at: services.now(),
        row,
    };
    Ok((control, through))
}
