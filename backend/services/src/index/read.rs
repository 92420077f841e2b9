//! Reading snapshots: each sees what is his to see, and each figure opens into what it was worked out of.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use motcua_domain::refusal::Refusal;
use motcua_store::index::{
    self as rows, Behind, FactRow, LineRow, ResultRow, SnapshotRow, StepFactRow, Told,
};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, StoreError};
use serde_json::json;

use super::{Entered, Measured, Tally};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::record;
use crate::reference::Names;

/// The most units of a snapshot.
const MOST_UNITS: i64 = 1_000;
/// The most officers that are taken out at once.
pub const MOST_OFFICERS: i64 = 2_000;

/// A result with its indices.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The row.
    pub row: ResultRow,
    /// What was counted.
    pub tally: Tally,
    /// Its indices, in their order.
    pub lines: Vec<LineRow>,
}

/// Snapshots with the names of their people.
pub struct Snapshots {
    /// The rows.
    pub rows: Vec<SnapshotRow>,
    /// Names.
    pub names: Names,
}

/// A snapshot with its units.
pub struct Whole {
    /// The row.
    pub row: SnapshotRow,
    /// The centre's name.
    pub centre: String,
    /// What people entered, of what the actor sees.
    pub entered: Entered,
    /// What was counted of the rows of Decision 766.
    pub service: Vec<Measured>,
    /// The centre and its authorities, of what the actor sees.
    pub units: Vec<Outcome>,
    /// Names of the authorities.
    pub authorities: HashMap<AuthorityId, String>,
    /// Names of people.
    pub names: Names,
    /// Whether the actor sees officers.
    pub officers_shown: bool,
}

/// What came out for officers.
pub struct OfficerResults {
    /// Each with its indices.
    pub results: Vec<Outcome>,
    /// Names.
    pub names: Names,
}

/// What came out for somebody in one snapshot.
pub struct Own {
    /// The snapshot.
    pub snapshot: SnapshotRow,
    /// What came out.
    pub result: Outcome,
}

/// A page of what a figure was worked out of.
pub enum BehindPage {
    /// Dossiers.
    Dossiers(Vec<Told<FactRow>>),
    /// Steps of internal workflows.
    Steps(Vec<Told<StepFactRow>>),
}

/// How much of a centre's snapshots the actor sees.
pub(super) enum Sight {
    /// All of it, drafts too.
    All,
    /// These authorities, once it is frozen.
    Only(Vec<AuthorityId>),
}

/// How much of this centre's snapshots the actor sees; none: nothing.
pub(super) fn sight(actor: &Actor, centre: &CentreId) -> Option<Sight> {
    let scope = actor.scope(Permission::ReadIndices);
    if scope.centres.contains(centre) {
        return Some(Sight::All);
    }
    actor
        .centres(Permission::ReadIndices)
        .contains(centre)
        .then_some(Sight::Only(scope.authorities))
}

/// Whether the actor sees what came out for officers of this centre.
fn sees_officers(actor: &Actor, centre: &CentreId) -> bool {
    let scope = actor.scope(Permission::ReadOfficerIndices);
    scope.centres.contains(centre)
}

/// A snapshot that the actor sees, and how much of it.
pub(super) fn seen(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<(SnapshotRow, Sight)> {
    let centres = actor.centres(Permission::ReadIndices);
    let row = rows::snapshot(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    match sight(actor, &row.centre_id) {
        Some(Sight::Only(_)) if row.state != "frozen" => Err(Refusal::not_found().into()),
        Some(sight) => Ok((row, sight)),
        None => Err(Refusal::not_found().into()),
    }
}

pub(super) fn outcomes(db: &mut Db, results: Vec<ResultRow>) -> Result<Vec<Outcome>> {
    let ids: Vec<RecordId> = results.iter().map(|r| r.id.clone()).collect();
    let mut lines: BTreeMap<RecordId, Vec<LineRow>> = BTreeMap::new();
    for line in rows::lines_of(db, &ids)? {
        lines.entry(line.result_id.clone()).or_default().push(line);
    }
    results
        .into_iter()
        .map(|row| {
            Ok(Outcome {
                tally: serde_json::from_str(&row.data).map_err(StoreError::from)?,
                lines: lines.remove(&row.id).unwrap_or_default(),
                row,
            })
        })
        .collect()
}

/// The units of a snapshot that the actor sees.
pub(super) fn units(db: &mut Db, id: &RecordId, sight: &Sight) -> Result<Vec<Outcome>> {
    let only = match sight {
        Sight::All => None,
        Sight::Only(authorities) => Some(authorities.as_slice()),
    };
    let found = rows::unit_results(db, id, only, MOST_UNITS)?;
    outcomes(db, found)
}

/// Names of the authorities of these units.
pub(super) fn authorities(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    units: &[Outcome],
) -> Result<HashMap<AuthorityId, String>> {
    let mut names = HashMap::new();
    for id in units.iter().filter_map(|u| u.row.authority_id.as_ref()) {
        let found = services.authority(db, actor.stamp, id)?;
        names.insert(
            id.clone(),
            found.map(|a| a.name.clone()).unwrap_or_default(),
        );
    }
    Ok(names)
}

/// Snapshots of the actor's centres, newest first.
///
/// # Errors
/// Storage failures only.
pub fn snapshots(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    quarter: Option<&str>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Snapshots> {
    let centres = actor.centres(Permission::ReadIndices);
    let drafts = actor.scope(Permission::ReadIndices).centres;
    let rows = rows::snapshots_page(db, (&centres, &drafts), quarter, edge, limit)?;
    let people = rows
        .iter()
        .flat_map(|r| [Some(&r.made_by), r.frozen_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Snapshots { rows, names })
}

/// One snapshot with its units.
///
/// # Errors
/// `not_found`.
pub fn snapshot(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Whole> {
    let (row, sight) = seen(db, actor, id)?;
    whole(services, db, actor, row, &sight)
}

fn whole(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: SnapshotRow,
    sight: &Sight,
) -> Result<Whole> {
    let units = units(db, &row.id, sight)?;
    let authorities = authorities(services, db, actor, &units)?;
    let officers_shown = sees_officers(actor, &row.centre_id);
    let mut entered: Entered = serde_json::from_str(&row.entered).map_err(StoreError::from)?;
    if let Sight::Only(own) = sight {
        let is_own = |id: Option<&AuthorityId>| id.is_some_and(|id| own.contains(id));
        entered.units.retain(|u| is_own(u.authority_id.as_ref()));
    }
    if !officers_shown {
        entered.officers.clear();
    }
    let people = [Some(&row.made_by), row.frozen_by.as_ref()];
    let people = people
        .into_iter()
        .flatten()
        .chain(entered.officers.iter().map(|o| &o.user_id));
    let names = services.names(db, actor.stamp, people)?;
    Ok(Whole {
        centre: services
            .centre(db, actor.stamp, &row.centre_id)?
            .name
            .clone(),
        service: serde_json::from_str(&row.service).map_err(StoreError::from)?,
        entered,
        units,
        authorities,
        names,
        officers_shown,
        row,
    })
}

/// What came out for the officers of a snapshot.
///
/// # Errors
/// `not_found`.
pub fn officer_results(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<OfficerResults> {
    let centres = actor.scope(Permission::ReadOfficerIndices).centres;
    let row = rows::snapshot(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    let found = rows::officer_results_page(db, &row.id, edge, limit)?;
    let names = services.names(
        db,
        actor.stamp,
        found.iter().filter_map(|r| r.officer_id.as_ref()),
    )?;
    Ok(OfficerResults {
        results: outcomes(db, found)?,
        names,
    })
}

/// What came out for the actor in snapshots that are frozen, newest first.
///
/// # Errors
/// Storage failures only.
pub fn own(db: &mut Db, actor: &Actor, edge: Option<(&str, bool)>, limit: i64) -> Result<Vec<Own>> {
    let found = rows::own_results_page(db, &actor.user_id, edge, limit)?;
    let (results, snapshots): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let results = outcomes(db, results)?;
    Ok(results
        .into_iter()
        .zip(snapshots)
        .map(|(result, snapshot)| Own { snapshot, result })
        .collect())
}

/// What one figure was worked out of: the dossiers or steps, as they stood when it was.
///
/// # Errors
/// `not_found`, also where the figure is another's to see.
pub fn behind(
    db: &mut Db,
    actor: &Actor,
    (snapshot, line): (&RecordId, &RecordId),
    edge: Option<(&(String, i32), bool)>,
    limit: i64,
) -> Result<(LineRow, BehindPage)> {
    let centres = actor.centres(Permission::SignedIn);
    let row = rows::snapshot(db, &centres, snapshot)?.ok_or_else(Refusal::not_found)?;
    let (line, result) = rows::line(db, snapshot, line)?.ok_or_else(Refusal::not_found)?;
    let frozen = row.state == "frozen";
    let shown = match (&result.officer_id, &result.authority_id) {
        (Some(officer), _) => {
            sees_officers(actor, &row.centre_id) || frozen && *officer == actor.user_id
        }
        (None, authority) => match sight(actor, &row.centre_id) {
            Some(Sight::All) => true,
            Some(Sight::Only(own)) => {
                frozen && authority.as_ref().is_some_and(|id| own.contains(id))
            }
            None => false,
        },
    };
    if !shown {
        return Err(Refusal::not_found().into());
    }
    let behind = Behind {
        snapshot: snapshot.clone(),
        authority: result.authority_id,
        officer: result.officer_id,
        online: line.index_number == 9,
    };
    let page = match line.index_number {
        2 => BehindPage::Steps(rows::steps_page(db, &behind, edge, limit)?),
        1 | 3 | 7 | 9 => {
            let edge = edge.map(|((id, _), backwards)| (id.as_str(), backwards));
            BehindPage::Dossiers(rows::facts_page(db, &behind, edge, limit)?)
        }
        // What was entered has its reason beside it, and no dossier of ours behind it.
        _ => BehindPage::Dossiers(Vec::new()),
    };
    Ok((line, page))
}

/// A snapshot to be taken out.
pub struct Taken {
    /// With its units.
    pub whole: Whole,
    /// And its officers, for whom they are.
    pub officers: Vec<Outcome>,
    /// Their names.
    pub names: Names,
}

/// A snapshot to be taken out whole. That it was taken out is recorded.
///
/// # Errors
/// `not_found`.
pub fn taken_out(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Arc<Taken>> {
    let whole = snapshot(services, db, actor, id)?;
    let (officers, names) = if whole.officers_shown {
        let found = officer_results(services, db, actor, id, None, MOST_OFFICERS)?;
        (found.results, found.names)
    } else {
        (Vec::new(), Names::new())
    };
    record::audit(
        db,
        &whole.row.centre_id,
        services.now(),
        Some(actor),
        "indices.exported",
        ("index_snapshot", id.as_str()),
        json!({
            "quarter": whole.row.quarter, "number": whole.row.number,
            "units": whole.units.len(), "officers": officers.len(),
        }),
    )?;
    Ok(Arc::new(Taken {
        whole,
        officers,
        names,
    }))
}
