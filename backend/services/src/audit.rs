//! Reading the tamper-evident record.

use motcua_store::audit::{self, Entry, Reader};
use motcua_store::feedback::denunciation;
use motcua_store::{CentreId, Db, UserId};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::Result;
use crate::reference::Names;

/// A stretch of the record with the names of who did what.
pub struct Stretch {
    /// The entries, newest first.
    pub entries: Vec<Entry>,
    /// Names.
    pub names: Names,
}

/// The record of a centre of the actor's, or what it says of one thing, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown` when the actor has no such centre.
pub fn entries(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    subject: Option<&str>,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> Result<Stretch> {
    let centre = actor
        .centre_for(Permission::ReadAudit, centre)
        .ok_or_else(centre_unknown)?;
    let reader = Reader {
        user: &actor.user_id,
        denunciations: denunciation::appointed_at(db, &actor.user_id)?.contains(&centre)
            && actor
                .centres(Permission::HandleDenunciations)
                .contains(&centre),
    };
    let entries = audit::newest(db, &centre, &reader, subject, edge, limit)?;
    // Accounts are told by their people's names, whoever did something to them.
    let accounts: Vec<UserId> = entries
        .iter()
        .filter(|e| e.subject_kind == "user")
        .filter_map(|e| UserId::try_from(e.subject_id.clone()).ok())
        .collect();
    let people = entries
        .iter()
        .filter_map(|e| e.actor_id.as_ref())
        .chain(&accounts);
    let names = services.names(db, actor.stamp, people)?;
    Ok(Stretch { entries, names })
}
