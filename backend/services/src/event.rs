//! The feed of events, and the live ones for screens.

use motcua_store::outbox::{self, Event};
use motcua_store::{CentreId, Db};

use crate::actor::{Actor, Permission};
use crate::error::Result;

/// Events of the actor's centre after `after`, at most `limit`. An actor with several centres names one.
///
/// # Errors
/// Storage failures only.
pub fn feed(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    after: i64,
    limit: i64,
) -> Result<Vec<Event>> {
    let mine = actor.centres(Permission::ReadEvents);
    let wanted = match centre {
        Some(c) => mine.into_iter().find(|m| m == c),
        None => mine.into_iter().next(),
    };
    match wanted {
        Some(c) => Ok(outbox::page(db, &c, None, after, limit)?),
        None => Ok(Vec::new()),
    }
}
