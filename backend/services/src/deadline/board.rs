//! The board: how many open dossiers stand in each list now, by ward, desk, officer and procedure.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::deadline::Concern;
use motcua_store::watch::{self as rows, AlarmFilter, AlarmLine, DigestRow};
use motcua_store::{AuthorityId, CentreId, Db, Ts};
use serde::{Deserialize, Serialize};

use super::centre_unknown;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::reference::Names;

/// The most places in lists that are counted; a centre of fifty dossiers a day has some hundreds.
pub const MOST_COUNTED: i64 = 20_000;

/// How many dossiers stand in each list.
pub type Numbers = BTreeMap<Concern, u64>;

/// The numbers of a centre, whole and in parts. No personal data.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Counted {
    /// Of all.
    pub total: Numbers,
    /// By competent authority.
    pub authorities: BTreeMap<String, Numbers>,
    /// By desk.
    pub desks: BTreeMap<String, Numbers>,
    /// By handler.
    pub officers: BTreeMap<String, Numbers>,
    /// By procedure.
    pub procedures: BTreeMap<String, Numbers>,
    /// There are more than were counted.
    pub capped: bool,
}

/// Counts what holds now of the open dossiers of a centre, or of some of its authorities.
///
/// # Errors
/// Storage failures only.
pub(super) fn count(
    db: &mut Db,
    centre: &CentreId,
    authorities: &[AuthorityId],
    now: DateTime<Utc>,
) -> Result<Counted> {
    let words: Vec<String> = Concern::ALL.iter().map(|c| c.as_str().to_owned()).collect();
    let mut found = rows::board(
        db,
        centre,
        authorities,
        &words,
        Ts::new(now),
        MOST_COUNTED + 1,
    )?;
    let most = usize::try_from(MOST_COUNTED).unwrap_or(usize::MAX);
    let mut counted = Counted {
        capped: found.len() > most,
        ..Counted::default()
    };
    found.truncate(most);
    for row in found {
        let Some(concern) = Concern::parse(&row.concern) else {
            continue;
        };
        let add = |numbers: &mut Numbers| *numbers.entry(concern).or_default() += 1;
        add(&mut counted.total);
        add(counted
            .authorities
            .entry(row.authority_id.to_string())
            .or_default());
        add(counted.desks.entry(row.desk).or_default());
        add(counted.procedures.entry(row.procedure_code).or_default());
        if let Some(officer) = row.handler_id {
            add(counted.officers.entry(officer.to_string()).or_default());
        }
    }
    Ok(counted)
}

/// The board of a centre of the actor's: of all of it, or of the authorities the actor answers for.
///
/// # Errors
/// `centre_unknown`.
pub fn board(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
) -> Result<(CentreId, Counted, Names)> {
    let centre = actor
        .centre_for(Permission::ReadDossiers, centre)
        .ok_or_else(centre_unknown)?;
    let scope = actor.scope(Permission::ReadDossiers);
    let authorities = if scope.centres.contains(&centre) {
        Vec::new()
    } else {
        scope.authorities
    };
    let counted = count(db, &centre, &authorities, services.now())?;
    let people: Vec<motcua_store::UserId> = counted
        .officers
        .keys()
        .filter_map(|id| id.parse().ok())
        .collect();
    let names = services.names(db, actor.stamp, &people)?;
    Ok((centre, counted, names))
}

/// Alarms within what the actor may see, newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn alarms(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &AlarmFilter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<(Vec<AlarmLine>, Names)> {
    let scope = actor.scope(Permission::ReadDossiers);
    let found = rows::alarms_page(db, &scope, filter, edge, limit)?;
    let people = found.iter().filter_map(|l| l.alarm.handler_id.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    Ok((found, names))
}

/// Digests of a centre the actor answers for, the newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn digests(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(NaiveDate, bool)>,
    limit: i64,
) -> Result<Vec<DigestRow>> {
    let centre = actor
        .centre_for(Permission::SimulateDeadlines, centre)
        .ok_or_else(centre_unknown)?;
    Ok(rows::digests(db, &centre, edge, limit)?)
}

/// The centres whose digest of a day this server knows to be made, so that it is not asked for again
/// with every sweep.
#[derive(Debug, Default)]
pub struct Digested(Mutex<HashMap<CentreId, NaiveDate>>);

impl Digested {
    pub(super) fn seen(&self, centre: &CentreId, day: NaiveDate) -> bool {
        self.0
            .lock()
            .is_ok_and(|known| known.get(centre) == Some(&day))
    }

    pub(super) fn keep(&self, centre: &CentreId, day: NaiveDate) {
        if let Ok(mut known) = self.0.lock() {
            known.insert(centre.clone(), day);
        }
    }
}
