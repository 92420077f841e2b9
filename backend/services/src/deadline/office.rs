//! The office's own times: by when a filing is answered and an accepted dossier handed on. Like promises
//! they roll with the calendar, and forward only; unlike them the citizen was told neither.

use motcua_domain::calendar::Calendar;
use motcua_domain::deadline::{handover_due, intake_reply_due};
use motcua_domain::dossier::State;
use motcua_store::dossier::{DossierRow, supplements, update};
use motcua_store::{Db, Ts};
use serde_json::json;

use crate::context::Services;
use crate::error::Result;
use crate::record;

impl Services {
    /// Rolls the office's times of a dossier that waits for one of them to where this calendar puts them.
    ///
    /// # Errors
    /// `date_outside_calendar`, `no_working_day`; storage failures.
    pub(crate) fn roll_office_times(
        &self,
        db: &mut Db,
        calendar: &Calendar,
        row: &mut DossierRow,
    ) -> Result<()> {
        let state = State::parse(&row.state);
        let (member, kept, due) = match state {
            Some(State::Submitted) => {
                // After a supplement the eight hours begin anew (T6).
                let supplied = if row.intake_supplements > 0 {
                    let asked = supplements(db, &row.id)?;
                    asked.iter().filter_map(|s| s.fulfilled_at).next_back()
                } else {
                    None
                };
                let Some(from) = row.submitted_at.max(supplied) else {
                    return Ok(());
                };
                let due = intake_reply_due(calendar, from.0)?;
                ("intake_reply_due_at", row.intake_reply_due_at, due)
            }
            Some(State::Accepted) => {
                let Some(accepted) = row.accepted_at else {
                    return Ok(());
                };
                let due = handover_due(calendar, accepted.0)?;
                ("handover_due_at", row.handover_due_at, due)
            }
            _ => return Ok(()),
        };
        let Some(from) = kept.filter(|kept| kept.0 < due) else {
            return Ok(());
        };
        let mut rolled = row.clone();
        match state {
            Some(State::Submitted) => rolled.intake_reply_due_at = Some(Ts::new(due)),
            _ => rolled.handover_due_at = Some(Ts::new(due)),
        }
        rolled.version += 1;
        rolled.timeline_seq += 1;
        if !update(db, &rolled, row.version)? {
            return Ok(());
        }
        *row = rolled;
        record::step(
            db,
            row,
            record::Step {
                at: self.now(),
                kind: "office_time_rolled",
                transition: "",
                actor: None,
                role: None,
                from_state: Some(row.state.clone()),
                detail: json!({ member: { "from": from.0.to_rfc3339(), "to": due.to_rfc3339() } }),
            },
        )
    }
}
