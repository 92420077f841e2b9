//! Who is away, by the office's reason and never the doctor's. Compensatory leave is taken from its
//! balance with the absence, and given back with its cancellation.

use chrono::NaiveDate;
use motcua_domain::calendar::Shift;
use motcua_domain::calendar::roster::{AbsenceKind, Away, LeaveEntryKind, shared, working_minutes};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::{format_date, local_date};
use motcua_store::roster::{self as rows, AbsenceRow, LeaveEntryRow};
use motcua_store::{CentreId, Db, RecordId, Ts, UserId};
use serde_json::json;

use super::duty::too_far_back;
use super::leave::{counter_entry, own_entry};
use super::{
    MOST_READ, away, held, midnight, minute, noted, part_fault, part_of, planning, plans, reading,
    refused, span_of,
};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::reference::Names;

/// The longest absence, in days: a course of two years.
pub const LONGEST_ABSENCE: i64 = 740;

/// An absence to be entered.
#[derive(Debug, Clone)]
pub struct NewAbsence {
    /// Where; the actor's first centre when absent.
    pub centre: Option<CentreId>,
    /// Who.
    pub user: UserId,
    /// Why.
    pub kind: AbsenceKind,
    /// First day.
    pub first_day: NaiveDate,
    /// Last day.
    pub last_day: NaiveDate,
    /// Part of the one day; none: all of each.
    pub part: Option<Shift>,
}

/// Absences with the names of whom they name.
pub struct Absences {
    /// The rows, each with how many duties it touches.
    pub rows: Vec<AbsenceRow>,
    /// Duties that the newest of them leaves without whoever was expected.
    pub touched: usize,
    /// Names.
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<AbsenceRow>,
    touched: usize,
) -> Result<Absences> {
    let people = rows.iter().flat_map(|a| [&a.user_id, &a.entered_by]);
    let names = services.names(db, actor.stamp, people)?;
    Ok(Absences {
        rows,
        touched,
        names,
    })
}

/// Absences at a centre of the actor's, newest first: everybody's for who plans, else one's own.
///
/// # Errors
/// `centre_unknown`.
pub fn absences(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    person: Option<&UserId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Absences> {
    let (centre, all) = reading(actor, Permission::PlanRoster, centre)?;
    let person = if all { person } else { Some(&actor.user_id) };
    let found = rows::absences_page(db, &centre, person, edge, limit)?;
    told(services, db, actor, found, 0)
}

/// Enters that somebody is away. Duties of those days stand empty until somebody stands in.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `not_at_this_centre`, `absence_overlaps`;
/// `leave_balance_short`, `no_shift_to_plan` for compensatory leave; `date_outside_calendar`.
pub fn enter_absence(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewAbsence,
) -> Result<Absences> {
    let centre = planning(actor, new.centre.as_ref())?;
    let now = services.now();
    checked(new, local_date(now))?;
    rows::lock(db, &centre)?;
    if rows::postings(db, &centre, Some(&new.user), midnight(new.first_day), 1)?.is_empty() {
        return Err(refused(
            "/user_id",
            "not_at_this_centre",
            "Người này không giữ vai trò nào ở trung tâm.",
            "The person holds no role at the centre.",
        )
        .into());
    }
    let (first, last) = (new.first_day, new.last_day);
    let others = away(db, std::slice::from_ref(&new.user), first, last)?;
    let over = others.iter().find(|a| match part_of(a).zip(new.part) {
        Some((theirs, ours)) => shared(theirs, ours).is_some(),
        None => true,
    });
    if let Some(other) = over {
        let (from, to) = (format_date(other.first_day), format_date(other.last_day));
        return Err(refused(
            "/first_day",
            "absence_overlaps",
            format!("Người này đã được ghi vắng mặt từ {from} đến {to}."),
            format!("The person is away already from {from} to {to}."),
        )
        .into());
    }
    let row = AbsenceRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        user_id: new.user.clone(),
        kind: new.kind.as_str().to_owned(),
        first_day: first,
        last_day: last,
        from_minute: new.part.map(|p| minute(p.from)),
        to_minute: new.part.map(|p| minute(p.to)),
        entered_by: actor.user_id.clone(),
        entered_at: Ts::new(now),
        cancelled_by: None,
        cancelled_at: None,
    };
    rows::insert_absence(db, &row)?;
    if new.kind == AbsenceKind::Compensatory {
        take(services, db, actor, &row)?;
    }
    // The reason is the person's own matter: the record says that, not why.
    let facts = json!({ "user": row.user_id, "first_day": first, "last_day": last });
    let subject = ("roster_absence", row.id.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.absence_entered",
        subject,
        facts,
    )?;
    let planned = rows::duties_of(db, &new.user, first, last, MOST_READ)?;
    let touched = planned.iter().filter(|d| {
        new.part
            .is_none_or(|part| shared(part, span_of(d)).is_some())
    });
    let touched = touched.count();
    told(services, db, actor, vec![row], touched)
}

fn checked(new: &NewAbsence, today: NaiveDate) -> Result<()> {
    let mut errors: Vec<FieldError> = part_fault(new.part).into_iter().collect();
    if !(0..LONGEST_ABSENCE).contains(&(new.last_day - new.first_day).num_days()) {
        errors.push(FieldError::new(
            "/last_day",
            "out_of_range",
            format!("Ngày cuối không trước ngày đầu; nhiều nhất {LONGEST_ABSENCE} ngày."),
            format!("The last day is not before the first; at most {LONGEST_ABSENCE} days."),
        ));
    }
    if new.part.is_some() && new.first_day != new.last_day {
        errors.push(FieldError::new(
            "/from",
            "contradiction",
            "Chỉ ghi giờ khi vắng trong một ngày.",
            "Hours are given for a single day only.",
        ));
    }
    errors.extend(too_far_back(new.first_day, today));
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

/// Takes compensatory leave from its balance.
fn take(services: &Services, db: &mut Db, actor: &Actor, row: &AbsenceRow) -> Result<()> {
    let calendar = services.calendar(db, &row.centre_id)?;
    let minutes = working_minutes(
        &calendar,
        &Away {
            person: row.user_id.as_str(),
            first: row.first_day,
            last: row.last_day,
            part: part_of(row),
        },
    )?;
    if minutes == 0 {
        return Err(refused(
            "/first_day",
            "no_shift_to_plan",
            "Những ngày này không có giờ làm việc nào để nghỉ bù.",
            "These days have no working time to be taken off.",
        )
        .into());
    }
    let of = std::slice::from_ref(&row.user_id);
    let left = rows::balances(db, &row.centre_id, of)?;
    let left = left.get(&row.user_id).copied().unwrap_or(0);
    if left < i64::from(minutes) {
        return Err(refused(
            "/last_day",
            "leave_balance_short",
            format!("Giờ nghỉ bù còn {left} phút, cần {minutes} phút."),
            format!("There are {left} minutes of compensatory leave, {minutes} are asked for."),
        )
        .with("balance_minutes", left)
        .with("asked_minutes", minutes)
        .into());
    }
    let entry = LeaveEntryRow {
        id: RecordId::new(),
        centre_id: row.centre_id.clone(),
        user_id: row.user_id.clone(),
        kind: LeaveEntryKind::Taken.as_str().to_owned(),
        minutes: -minutes,
        duty_id: None,
        absence_id: Some(row.id.clone()),
        corrects_id: None,
        reason: None,
        source: held(db, &row.centre_id)?.rules.leave_source,
        entered_by: actor.user_id.clone(),
        entered_at: row.entered_at,
    };
    Ok(rows::insert_entry(db, &entry)?)
}

/// Cancels an absence: it did not come about. Compensatory leave is given back, by another person than
/// took it.
///
/// # Errors
/// `not_found`, `absence_cancelled`, `own_entry`.
pub fn cancel_absence(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Absences> {
    let row = rows::absence(db, id)?.ok_or_else(Refusal::not_found)?;
    plans(actor, &row.centre_id)?;
    rows::lock(db, &row.centre_id)?;
    let taken = rows::entry_of_absence(db, id)?;
    if let Some(entry) = &taken
        && (entry.entered_by == actor.user_id || entry.user_id == actor.user_id)
    {
        return Err(own_entry().into());
    }
    let at = Ts::new(services.now());
    if !rows::cancel_absence(db, id, &actor.user_id, at)? {
        return Err(Refusal::new(
            "absence_cancelled",
            "Lần vắng mặt này đã được hủy.",
            "This absence was cancelled already.",
        )
        .into());
    }
    if let Some(entry) = taken
        && rows::corrected(db, std::slice::from_ref(&entry.id))?.is_empty()
    {
        let back = counter_entry(&entry, actor, at, "Không nghỉ bù nữa");
        rows::insert_entry(db, &back)?;
    }
    let facts = json!({ "user": row.user_id, "first_day": row.first_day });
    let subject = ("roster_absence", id.as_str());
    noted(
        services,
        db,
        actor,
        &row.centre_id,
        "roster.absence_cancelled",
        subject,
        facts,
    )?;
    let now = rows::absence(db, id)?.ok_or_else(Refusal::not_found)?;
    told(services, db, actor, vec![now], 0)
}
