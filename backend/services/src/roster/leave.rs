//! The ledger of compensatory leave (Decree 61/2018 Art 11.3.c): entries are added, never changed, and
//! a balance is their sum.

use std::collections::{BTreeMap, BTreeSet};

use motcua_domain::calendar::roster::{DutyKind, LeaveEntryKind, earned, is_away};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vn_time::from_local;
use motcua_store::roster::{self as rows, LeaveEntryRow};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts, UserId};
use serde_json::json;

use super::duty::{duty_served, to_confirm};
use super::{as_away, away, held, noted, plans, reading, span_of};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::reference::Names;

/// Entries with what is told beside them.
pub struct Entries {
    /// The rows.
    pub rows: Vec<LeaveEntryRow>,
    /// Which were corrected.
    pub corrected: BTreeSet<RecordId>,
    /// What their person has left at that centre.
    pub balance: i64,
    /// Names.
    pub names: Names,
}

/// What people have left.
pub struct Balances {
    /// People with their minutes.
    pub rows: Vec<(UserId, i64)>,
    /// Names.
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    of: (&CentreId, &UserId),
    rows: Vec<LeaveEntryRow>,
) -> Result<Entries> {
    let people = rows.iter().flat_map(|e| [&e.user_id, &e.entered_by]);
    let names = services.names(db, actor.stamp, people)?;
    let ids: Vec<RecordId> = rows.iter().map(|e| e.id.clone()).collect();
    let corrected = rows::corrected(db, &ids)?.into_iter().collect();
    let (centre, person) = of;
    let left = rows::balances(db, centre, std::slice::from_ref(person))?;
    Ok(Entries {
        balance: left.get(person).copied().unwrap_or(0),
        rows,
        corrected,
        names,
    })
}

/// Entries of one person at a centre of the actor's, newest first: one's own, or anybody's for who plans.
///
/// # Errors
/// `centre_unknown`; `not_found` for another's.
pub fn entries(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    person: Option<&UserId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Entries> {
    let (centre, all) = reading(actor, Permission::PlanRoster, centre)?;
    let person = person.unwrap_or(&actor.user_id);
    if !all && *person != actor.user_id {
        return Err(Refusal::not_found().into());
    }
    let found = rows::entries_page(db, &centre, person, edge, limit)?;
    told(services, db, actor, (&centre, person), found)
}

/// What people have left at a centre of the actor's, by id: everybody's for who plans, else one's own.
///
/// # Errors
/// `centre_unknown`.
pub fn balances(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Balances> {
    let (centre, all) = reading(actor, Permission::PlanRoster, centre)?;
    let people = if all {
        rows::people_with_entries(db, &centre, edge, limit)?
    } else {
        vec![actor.user_id.clone()]
    };
    let left: BTreeMap<UserId, i64> = rows::balances(db, &centre, &people)?;
    let names = services.names(db, actor.stamp, &people)?;
    let rows = people.into_iter().map(|id| {
        let minutes = left.get(&id).copied().unwrap_or(0);
        (id, minutes)
    });
    Ok(Balances {
        rows: rows.collect(),
        names,
    })
}

/// Confirms that a service shift was served: whoever was expected earns its time. Nobody confirms his
/// own.
///
/// # Errors
/// `not_found`, `duty_cancelled`, `duty_served`, `counted_earns_nothing`, `duty_not_over`, `own_duty`,
/// `shift_uncovered`.
pub fn record_service(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Entries> {
    let row = to_confirm(db, actor, id)?;
    let person = row.expected().clone();
    let span = span_of(&row);
    let now = services.now();
    if DutyKind::parse(&row.kind) != Some(DutyKind::Service) {
        return Err(Refusal::new(
            "counted_earns_nothing",
            "Ca làm việc thường không phát sinh giờ nghỉ bù.",
            "A shift that counts earns no compensatory leave.",
        )
        .into());
    }
    if from_local(row.on_date, span.to) > now {
        return Err(Refusal::new(
            "duty_not_over",
            "Ca này chưa kết thúc.",
            "This duty is not over yet.",
        )
        .into());
    }
    if person == actor.user_id {
        return Err(Refusal::new(
            "own_duty",
            "Không tự xác nhận ca trực của chính mình.",
            "Nobody confirms his own duty.",
        )
        .into());
    }
    let absences = away(db, std::slice::from_ref(&person), row.on_date, row.on_date)?;
    let absences: Vec<_> = absences.iter().map(as_away).collect();
    if is_away(&absences, person.as_str(), row.on_date, span) {
        return Err(Refusal::new(
            "shift_uncovered",
            "Người được phân công vắng mặt và chưa có người thay.",
            "Whoever was expected was away, and nobody stood in.",
        )
        .into());
    }
    let rules = held(db, &row.centre_id)?.rules;
    let entry = LeaveEntryRow {
        id: RecordId::new(),
        centre_id: row.centre_id.clone(),
        user_id: person.clone(),
        kind: LeaveEntryKind::Earned.as_str().to_owned(),
        minutes: earned(span, rules.leave_percent),
        duty_id: Some(row.id.clone()),
        absence_id: None,
        corrects_id: None,
        reason: None,
        source: rules.leave_source,
        entered_by: actor.user_id.clone(),
        entered_at: Ts::new(now),
    };
    rows::insert_entry(db, &entry).map_err(|e| match e {
        StoreError::Unique(_) => Error::from(duty_served()),
        other => other.into(),
    })?;
    let centre = row.centre_id.clone();
    let facts = json!({ "user": person, "date": row.on_date, "minutes": entry.minutes });
    let subject = ("roster_duty", id.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.served",
        subject,
        facts,
    )?;
    told(services, db, actor, (&centre, &person), vec![entry])
}

/// The entry that takes another back.
pub(super) fn counter_entry(
    entry: &LeaveEntryRow,
    actor: &Actor,
    at: Ts,
    reason: &str,
) -> LeaveEntryRow {
    LeaveEntryRow {
        id: RecordId::new(),
        centre_id: entry.centre_id.clone(),
        user_id: entry.user_id.clone(),
        kind: LeaveEntryKind::Corrected.as_str().to_owned(),
        minutes: -entry.minutes,
        duty_id: None,
        absence_id: None,
        corrects_id: Some(entry.id.clone()),
        reason: Some(reason.to_owned()),
        source: entry.source.clone(),
        entered_by: actor.user_id.clone(),
        entered_at: at,
    }
}

pub(super) fn own_entry() -> Refusal {
    Refusal::new(
        "own_entry",
        "Người khác phải sửa: không sửa bút toán do chính mình ghi hoặc của chính mình.",
        "Another person corrects it: neither who entered it, nor whose it is.",
    )
}

/// Corrects an entry by its counter-entry, which another person makes; the entry stays.
///
/// # Errors
/// `not_found`, `validation_failed`, `own_entry`, `entry_corrected`.
pub fn correct_entry(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    reason: &str,
) -> Result<Entries> {
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    let entry = rows::entry(db, id)?.ok_or_else(Refusal::not_found)?;
    plans(actor, &entry.centre_id)?;
    if entry.entered_by == actor.user_id || entry.user_id == actor.user_id {
        return Err(own_entry().into());
    }
    let back = counter_entry(&entry, actor, Ts::new(services.now()), &reason);
    rows::insert_entry(db, &back).map_err(|e| match e {
        StoreError::Unique(_) => Error::from(Refusal::new(
            "entry_corrected",
            "Bút toán này đã được sửa.",
            "This entry was corrected already.",
        )),
        other => other.into(),
    })?;
    let (centre, person) = (entry.centre_id.clone(), entry.user_id.clone());
    let facts = json!({ "user": person, "corrects": id, "minutes": back.minutes });
    let subject = ("leave_entry", back.id.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "leave.corrected",
        subject,
        facts,
    )?;
    told(services, db, actor, (&centre, &person), vec![back])
}
