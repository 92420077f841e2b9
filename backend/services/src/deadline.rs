//! Deadlines anyone may compute, and the days of a calendar.

pub mod board;
pub mod change;
mod office;
pub mod proposal;
pub mod simulate;
pub mod sweep;
pub mod watch;

use std::sync::Arc;

use motcua_domain::calendar::Calendar;
use motcua_domain::refusal::Refusal;
use motcua_store::centre;
use motcua_store::{CentreId, Db};

use crate::context::Services;
use crate::error::{Error, Result};

/// What was done, or none where a rule refuses it.
pub(crate) fn unless_refused<T>(done: Result<T>) -> Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

pub(crate) fn centre_unknown() -> Refusal {
    let (vi, en) = ("Không có trung tâm này.", "No such centre.");
    Refusal::new("centre_unknown", vi, en).field("/centre_id", "centre_unknown", vi, en)
}

impl Services {
    /// The calendar of a centre, or of the first one when none is named: a ward's own server has
    /// only one.
    ///
    /// # Errors
    /// `centre_unknown` naming `centre_id`.
    pub fn calendar_for(&self, db: &mut Db, centre: Option<&CentreId>) -> Result<Arc<Calendar>> {
        let id = match centre {
            Some(id) => centre::centre(db, id)?.map(|c| c.id),
            None => centre::centres_page(db, None, 1)?.pop().map(|c| c.id),
        };
        let id = id.ok_or_else(centre_unknown)?;
        self.calendar(db, &id)
    }
}
