//! What a citizen may learn of a dossier without signing in: its code and a second proof.

use motcua_domain::deadline::Timing;
use motcua_domain::dossier::State;
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{
    DossierRow, LinkedRow, TimelineRow, by_code, leg_of, pauses, timeline_page,
};
use motcua_store::{Db, centre};

use super::snapshot;
use crate::context::Services;
use crate::error::Result;
use crate::throttle;

/// What the citizen sees: no name in full, no numbers.
#[derive(Debug, Clone)]
pub struct PublicView {
    /// The row; only its public columns may be shown.
    pub row: DossierRow,
    /// Name of the competent authority.
    pub authority: String,
    /// Early, on time, overdue …
    pub timing: Option<Timing>,
    /// What it goes on as, when it was transferred within the centre.
    pub continued_as: Option<LinkedRow>,
    /// What happened, without who.
    pub steps: Vec<TimelineRow>,
}

fn proves(row: &DossierRow, proof: &str) -> bool {
    let tail = |number: &Option<String>| {
        number.as_ref().is_some_and(|n| {
            let digits: Vec<char> = n.chars().filter(char::is_ascii_digit).collect();
            digits.len() >= 4 && digits.iter().rev().take(4).rev().collect::<String>() == proof
        })
    };
    tail(&row.owner_identity) | tail(&row.owner_phone)
}

impl Services {
    /// Looks a dossier up by code and the last four digits of its owner's identity number or phone.
    /// An unknown code and a wrong proof give the same answer, and five misses close the door.
    ///
    /// # Errors
    /// `lookup_failed`, `lookup_locked`.
    pub fn look_up(&self, code: &str, proof: &str) -> Result<PublicView> {
        let now = self.now();
        let code = code.trim().to_uppercase();
        let door = throttle::subject("lookup", &code);
        let found = self.read(|db| {
            throttle::check(db, &door, throttle::LOOKUP, now)?;
            let Some(row) = by_code(db, &code)? else {
                return Ok(None);
            };
            if !proves(&row, proof) {
                return Ok(None);
            }
            look_up(self, db, row, now).map(Some)
        })?;
        match found {
            Some(view) => Ok(view),
            None => {
                self.write(|db| throttle::miss(db, &door, throttle::LOOKUP, now))?;
                Err(Refusal::new(
                    "lookup_failed",
                    "Không tìm thấy hồ sơ với mã và bốn số cuối đã nhập. Kiểm tra lại trên giấy tiếp nhận.",
                    "No dossier has this code together with these four digits. Check the slip.",
                )
                .into())
            }
        }
    }
}

/// Assembles the public view of a dossier whose proof was right.
///
/// # Errors
/// Storage failures only.
pub fn look_up(
    services: &Services,
    db: &mut Db,
    row: DossierRow,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<PublicView> {
    let authority = centre::authority(db, &row.authority_id)?
        .map(|a| a.name)
        .unwrap_or_default();
    let paused = pauses(db, &row.id)?;
    let snapshot = snapshot::of_row(&row, &paused, None)?;
    let continued_as = match snapshot.state {
        State::Transferred => leg_of(db, &row.id)?,
        _ => None,
    };
    Ok(PublicView {
        continued_as,
        timing: snapshot.timing(now, services.watch_rules_now(db, &row.centre_id)?),
        steps: timeline_page(db, &row.id, None, 100)?,
        authority,
        row,
    })
}
