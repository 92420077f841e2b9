//! The process history: everything that was done with a dossier, as its timeline keeps it. It shows no personal
//! data but the officers' names.

use chrono::{DateTime, Utc};
use motcua_store::dossier::{DossierRow, TimelineRow, timeline_page};
use motcua_store::{Db, DossierId};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::inspection::look::{self, Through};

/// The most lines of a history on paper.
pub const MOST_LINES: usize = 1_000;

/// What the process history says.
#[derive(Debug, Clone)]
pub struct History {
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
    /// What was done, oldest first.
    pub lines: Vec<TimelineRow>,
    /// Whether more was done than that.
    pub more: bool,
    /// When it was asked for.
    pub at: DateTime<Utc>,
}

/// The process history of a dossier in the actor's scope, accepted or not, as it stands now, and the inspection
/// by which it is looked at, if nothing else allows it.
///
/// # Errors
/// `not_found`.
pub fn history(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(History, Option<Through>)> {
    let (row, through) = look::readable(services, db, actor, Permission::ReadDossiers, id)?;
    let centre = services.centre(db, actor.stamp, &row.centre_id)?;
    let authority = services
        .authority(db, actor.stamp, &row.authority_id)?
        .ok_or_else(|| Error::Internal("a dossier's authority is gone".into()))?;
    // One more than are printed: whether there are more is said.
    let limit = i64::try_from(MOST_LINES + 1).unwrap_or(i64::MAX);
    let mut lines = timeline_page(db, id, None, limit)?;
    let more = lines.len() > MOST_LINES;
    lines.truncate(MOST_LINES);
    let history = History {
        province: centre.province_name.clone(),
        commune: centre.commune_name.clone(),
        centre: centre.name.clone(),
        authority: authority.name.clone(),
        lines,
        more,
        at: services.now(),
        row,
    };
    Ok((history, through))
}
