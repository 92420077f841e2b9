//! Rosters: who is at which counter when, who is away, what stands empty, and the leave that service
//! shifts earn. Nothing of it touches a calendar or a promised date.

mod absence;
mod duty;
mod leave;

pub use absence::{Absences, LONGEST_ABSENCE, NewAbsence, absences, cancel_absence, enter_absence};
pub use duty::{
    Duties, LONGEST_PLAN, LONGEST_VIEW, MOST_PLANNED, NewDuties, Uncovered, cancel_duty, duties,
    plan, stand_in, uncovered,
};
pub use leave::{Balances, Entries, balances, correct_entry, entries, record_service};

use chrono::{NaiveDate, NaiveTime, Timelike};
use motcua_domain::calendar::Shift;
use motcua_domain::calendar::roster::{Away, Duty, DutyKind, RosterRules};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::from_local;
use motcua_store::roster::{self as rows, AbsenceRow, DutyRow, Posting, SettingsRow};
use motcua_store::{CentreId, Db, StoreError, Ts, UserId};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;

/// How far back a roster may be written, in days: what happened is entered soon or not at all.
pub const LONGEST_BACK: i64 = 31;

/// The most roles, duties and absences that one question looks at.
const MOST_READ: i64 = 20_000;

/// A centre of the actor's to be read: all of it with this permission, else what is one's own.
fn reading(
    actor: &Actor,
    permission: Permission,
    wanted: Option<&CentreId>,
) -> Result<(CentreId, bool)> {
    if let Some(centre) = actor.centre_for(permission, wanted) {
        return Ok((centre, true));
    }
    let own = actor.centre_for(Permission::SignedIn, wanted);
    Ok((own.ok_or_else(centre_unknown)?, false))
}

/// A centre at which the actor plans.
fn planning(actor: &Actor, wanted: Option<&CentreId>) -> Result<CentreId> {
    let centre = actor.centre_for(Permission::PlanRoster, wanted);
    Ok(centre.ok_or_else(centre_unknown)?)
}

/// That the actor plans at this centre; what belongs to another does not exist.
fn plans(actor: &Actor, centre: &CentreId) -> Result<()> {
    if actor.centres(Permission::PlanRoster).contains(centre) {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}

/// A refusal by its own code that names a field.
fn refused(at: &str, code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Refusal {
    let (vi, en) = (vi.into(), en.into());
    Refusal::new(code, vi.clone(), en.clone()).field(at, code, vi, en)
}

/// Minutes from midnight.
fn minute(time: NaiveTime) -> i32 {
    i32::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0)
}

/// The clock time of minutes from midnight.
fn clock(minute: i32) -> NaiveTime {
    let seconds = u32::try_from(minute).unwrap_or(0).saturating_mul(60);
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
}

/// The time of a duty.
pub fn span_of(row: &DutyRow) -> Shift {
    Shift {
        from: clock(row.from_minute),
        to: clock(row.to_minute),
    }
}

/// The part of its day that an absence takes; none: all of it.
pub fn part_of(row: &AbsenceRow) -> Option<Shift> {
    let (from, to) = row.from_minute.zip(row.to_minute)?;
    Some(Shift {
        from: clock(from),
        to: clock(to),
    })
}

fn as_duty(row: &DutyRow) -> Duty<'_> {
    Duty {
        id: row.id.as_str(),
        counter: row.counter_id.as_str(),
        person: row.expected().as_str(),
        date: row.on_date,
        span: span_of(row),
        kind: DutyKind::parse(&row.kind).unwrap_or(DutyKind::Counted),
    }
}

fn as_away(row: &AbsenceRow) -> Away<'_> {
    Away {
        person: row.user_id.as_str(),
        first: row.first_day,
        last: row.last_day,
        part: part_of(row),
    }
}

/// Whether one of these roles holds when a time begins.
fn here(postings: &[Posting], person: &str, date: NaiveDate, span: Shift) -> bool {
    let at = Ts::new(from_local(date, span.from));
    postings
        .iter()
        .any(|p| p.user_id.as_str() == person && p.from <= at && p.to.is_none_or(|to| to > at))
}

fn midnight(date: NaiveDate) -> Ts {
    Ts::new(from_local(date, NaiveTime::MIN))
}

/// A part of a day that ends after it begins.
fn part_fault(part: Option<Shift>) -> Option<FieldError> {
    let backwards = part.is_some_and(|p| p.to <= p.from);
    backwards.then(|| {
        FieldError::new(
            "/to",
            "shift_ends_before_start",
            "Giờ kết thúc phải sau giờ bắt đầu.",
            "The end is after the start.",
        )
    })
}

/// What holds at a centre: what it set, else what the program ships.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The rules.
    pub rules: RosterRules,
    /// Row version; 0: nothing was set.
    pub version: i64,
}

fn held(db: &mut Db, centre: &CentreId) -> Result<Settings> {
    let shipped = RosterRules::shipped()?;
    Ok(match rows::settings(db, centre)? {
        None => Settings {
            rules: shipped,
            version: 0,
        },
        Some(row) => Settings {
            version: row.version,
            rules: RosterRules {
                warn_working_days: u32::try_from(row.warn_working_days)
                    .unwrap_or(shipped.warn_working_days),
                leave_percent: u32::try_from(row.leave_percent).unwrap_or(shipped.leave_percent),
                leave_source: row.leave_source,
            },
        },
    })
}

/// What holds for the roster of a centre of the actor's.
///
/// # Errors
/// `centre_unknown`.
pub fn settings(db: &mut Db, actor: &Actor, centre: Option<&CentreId>) -> Result<Settings> {
    let (centre, _) = reading(actor, Permission::ReadRoster, centre)?;
    held(db, &centre)
}

/// Sets what holds for the roster of a centre.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `version_stale`.
pub fn set_settings(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    version: i64,
    new: &RosterRules,
) -> Result<Settings> {
    let centre = planning(actor, centre)?;
    let mut errors = Vec::new();
    let source = required_line(&new.leave_source, 300)
        .map_err(|f| errors.push(f.at("/leave_source")))
        .unwrap_or_default();
    if !(1..=20).contains(&new.warn_working_days) {
        errors.push(FieldError::out_of_range("/warn_working_days", 1, 20));
    }
    if !(1..=300).contains(&new.leave_percent) {
        errors.push(FieldError::out_of_range("/leave_percent", 1, 300));
    }
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    let before = held(db, &centre)?;
    if before.version != version {
        return Err(stale(before.version));
    }
    let now = services.now();
    let row = SettingsRow {
        centre_id: centre.clone(),
        warn_working_days: i32::try_from(new.warn_working_days).unwrap_or(i32::MAX),
        leave_percent: i32::try_from(new.leave_percent).unwrap_or(i32::MAX),
        leave_source: source,
        version: version + 1,
        set_by: actor.user_id.clone(),
        set_at: Ts::new(now),
    };
    let kept = rows::keep_settings(db, &row).map_err(|e| match e {
        StoreError::Unique(_) => stale(version + 1),
        other => other.into(),
    })?;
    if !kept {
        return Err(stale(version + 1));
    }
    let told = json!({
        "warn_working_days": row.warn_working_days,
        "leave_percent": row.leave_percent,
        "source": row.leave_source,
    });
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.settings_set",
        ("centre", centre.as_str()),
        told,
    )?;
    held(db, &centre)
}

/// An entry of the record.
fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: &CentreId,
    what: &str,
    subject: (&str, &str),
    data: serde_json::Value,
) -> Result<()> {
    record::audit(db, centre, services.now(), Some(actor), what, subject, data)
}

/// The absences that hold of these people on these days, at whatever centre they were entered.
fn away(db: &mut Db, people: &[UserId], from: NaiveDate, to: NaiveDate) -> Result<Vec<AbsenceRow>> {
    Ok(rows::absences_of(db, people, from, to, MOST_READ)?)
}
