//! Planning who is at which counter, standing in, and what stands empty.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};
use motcua_domain::calendar::roster::{
    Counter, DutyKind, GapReason, beside_counted, clash, gaps, is_away, spans,
};
use motcua_domain::calendar::{Calendar, DayInfo, Shift, WeekdayName};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::{format_date, local_date};
use motcua_store::centre;
use motcua_store::roster::{self as rows, DutyFilter, DutyKey, DutyRow};
use motcua_store::{CentreId, Db, RecordId, Ts, UserId};
use serde_json::json;

use super::{
    LONGEST_BACK, MOST_READ, as_away, as_duty, away, held, here, midnight, minute, noted,
    part_fault, planning, plans, reading, refused, span_of,
};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Result, stale};
use crate::organisation;
use crate::reference::Names;

/// The longest that is planned at a time, in days.
pub const LONGEST_PLAN: i64 = 92;
/// The most duties that are planned at a time.
pub const MOST_PLANNED: usize = 300;
/// The longest that is looked at for what stands empty, in days.
pub const LONGEST_VIEW: i64 = 31;
/// The most empty times that are told.
const MOST_TOLD: usize = 500;

/// Duties to be planned: one person at one counter, in each shift of some days.
#[derive(Debug, Clone)]
pub struct NewDuties {
    /// Where; the actor's first centre when absent.
    pub centre: Option<CentreId>,
    /// At which counter.
    pub counter: RecordId,
    /// Who.
    pub user: UserId,
    /// Who would stand in.
    pub substitute: Option<UserId>,
    /// In the shifts that count, or in those that serve without counting.
    pub kind: DutyKind,
    /// First day.
    pub first_day: NaiveDate,
    /// Last day.
    pub last_day: NaiveDate,
    /// On which weekdays; none: on all.
    pub weekdays: Vec<WeekdayName>,
    /// Which part of the shifts; none: all of each.
    pub part: Option<Shift>,
    /// The notice of a service outside the calendar's own shifts, such as holiday duty.
    pub source: Option<String>,
}

/// Duties with what is told beside them.
pub struct Duties {
    /// The rows.
    pub rows: Vec<DutyRow>,
    /// Names of people.
    pub names: Names,
    /// Names of counters.
    pub counters: HashMap<RecordId, String>,
    /// Which were served and have earned their time.
    pub served: BTreeSet<RecordId>,
    /// At which of them the person expected is away.
    pub away: BTreeSet<RecordId>,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: &CentreId,
    rows: Vec<DutyRow>,
) -> Result<Duties> {
    let people = rows.iter().flat_map(|d| {
        [
            Some(&d.user_id),
            d.substitute_id.as_ref(),
            d.stand_in_id.as_ref(),
        ]
    });
    let names = services.names(db, actor.stamp, people.flatten())?;
    let ids: Vec<RecordId> = rows.iter().map(|d| d.id.clone()).collect();
    let served = rows::served(db, &ids)?.into_iter().collect();
    let days = rows.iter().map(|d| d.on_date);
    let absences = match days.clone().min().zip(days.max()) {
        None => Vec::new(),
        Some((from, to)) => {
            let people: BTreeSet<UserId> = rows.iter().map(|d| d.expected().clone()).collect();
            away(db, &people.into_iter().collect::<Vec<_>>(), from, to)?
        }
    };
    let absences: Vec<_> = absences.iter().map(as_away).collect();
    let missing = rows.iter().filter(|d| {
        d.cancelled_at.is_none() && is_away(&absences, d.expected().as_str(), d.on_date, span_of(d))
    });
    Ok(Duties {
        away: missing.map(|d| d.id.clone()).collect(),
        counters: counter_names(db, centre)?,
        served,
        names,
        rows,
    })
}

fn counter_names(db: &mut Db, centre: &CentreId) -> Result<HashMap<RecordId, String>> {
    let all = centre::counters(db, centre, organisation::MOST)?;
    Ok(all.into_iter().map(|c| (c.id, c.name)).collect())
}

/// Duties of a centre of the actor's by date: all of them for who reads its roster, else those of the
/// actor's own.
///
/// # Errors
/// `centre_unknown`, `validation_failed`.
pub fn duties(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    wanted: (Option<&CentreId>, Option<&UserId>, Option<&RecordId>),
    days: (Option<NaiveDate>, Option<NaiveDate>),
    edge: Option<(&DutyKey, bool)>,
    limit: i64,
) -> Result<Duties> {
    let (centre, person, counter) = wanted;
    let (centre, all) = reading(actor, Permission::ReadRoster, centre)?;
    let from = days.0.unwrap_or_else(|| local_date(services.now()));
    let to = days.1.unwrap_or_else(|| from + Days::new(30));
    if !(0..=366).contains(&(to - from).num_days()) {
        return Err(Refusal::invalid(vec![FieldError::new(
            "to",
            "out_of_range",
            "Ngày cuối phải từ ngày đầu đến 366 ngày sau đó.",
            "The last day must be 0 to 366 days after the first.",
        )])
        .into());
    }
    let filter = DutyFilter {
        centre: centre.clone(),
        person: if all {
            person.cloned()
        } else {
            Some(actor.user_id.clone())
        },
        counter: counter.cloned(),
        from,
        to,
    };
    let found = rows::duties_page(db, &filter, edge, limit)?;
    told(services, db, actor, &centre, found)
}

/// Plans one person at one counter in each shift of some days.
///
/// # Errors
/// `centre_unknown`, `validation_failed`; `no_shift_to_plan`, `service_on_counted_time`,
/// `not_at_this_centre`, `stands_in_for_oneself`, `on_duty_elsewhere`, `person_absent`;
/// `date_outside_calendar`.
pub fn plan(services: &Services, db: &mut Db, actor: &Actor, new: &NewDuties) -> Result<Duties> {
    let centre = planning(actor, new.centre.as_ref())?;
    let now = services.now();
    let source = checked(new, local_date(now))?;
    if new.substitute.as_ref() == Some(&new.user) {
        return Err(for_oneself("/substitute_id").into());
    }
    let counter = centre::counter(db, &new.counter)?.filter(|c| c.centre_id == centre);
    let counter = counter.ok_or_else(|| {
        Refusal::invalid(vec![FieldError::new(
            "/counter_id",
            "invalid_value",
            "Trung tâm không có quầy này.",
            "The centre has no such counter.",
        )])
    })?;
    let calendar = services.calendar(db, &centre)?;
    let mut times = Vec::new();
    for day in calendar.days(new.first_day, new.last_day)? {
        let open =
            counter.valid_from <= day.date && counter.valid_to.is_none_or(|last| day.date <= last);
        let asked = new.weekdays.is_empty()
            || new
                .weekdays
                .iter()
                .any(|w| w.weekday() == day.date.weekday());
        if open && asked {
            let of_day = times_of(new, source.is_some(), day)?;
            times.extend(of_day.into_iter().map(|span| (day.date, span)));
        }
    }
    if times.is_empty() {
        return Err(refused(
            "/first_day",
            "no_shift_to_plan",
            "Những ngày này không có ca nào của loại đã chọn mà quầy mở cửa.",
            "These days have no shift of this kind while the counter is open.",
        )
        .into());
    }
    if times.len() > MOST_PLANNED {
        return Err(Refusal::invalid(vec![FieldError::new(
            "/last_day",
            "out_of_range",
            format!("Nhiều nhất {MOST_PLANNED} ca một lần."),
            format!("At most {MOST_PLANNED} shifts at a time."),
        )])
        .into());
    }
    // From here on nobody else plans at this centre.
    rows::lock(db, &centre)?;
    free(db, &centre, &new.user, &times, "/user_id")?;
    if let Some(substitute) = &new.substitute {
        posted(db, &centre, substitute, &times, "/substitute_id")?;
    }
    let planned: Vec<DutyRow> = times
        .iter()
        .map(|(date, span)| DutyRow {
            id: RecordId::new(),
            centre_id: centre.clone(),
            counter_id: counter.id.clone(),
            on_date: *date,
            from_minute: minute(span.from),
            to_minute: minute(span.to),
            kind: new.kind.as_str().to_owned(),
            user_id: new.user.clone(),
            substitute_id: new.substitute.clone(),
            stand_in_id: None,
            source: source.clone(),
            version: 1,
            planned_by: actor.user_id.clone(),
            planned_at: Ts::new(now),
            cancelled_by: None,
            cancelled_at: None,
        })
        .collect();
    rows::insert_duties(db, &planned)?;
    let facts = json!({
        "user": new.user,
        "substitute": new.substitute,
        "counter": counter.id,
        "kind": new.kind,
        "first_day": new.first_day,
        "last_day": new.last_day,
        "duties": planned.len(),
        "source": source,
    });
    let subject = ("centre", centre.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.planned",
        subject,
        facts,
    )?;
    told(services, db, actor, &centre, planned)
}

fn checked(new: &NewDuties, today: NaiveDate) -> Result<Option<String>> {
    let mut errors: Vec<FieldError> = part_fault(new.part).into_iter().collect();
    if !(0..LONGEST_PLAN).contains(&(new.last_day - new.first_day).num_days()) {
        errors.push(FieldError::new(
            "/last_day",
            "out_of_range",
            format!("Ngày cuối không trước ngày đầu; mỗi lần nhiều nhất {LONGEST_PLAN} ngày."),
            format!("The last day is not before the first; at most {LONGEST_PLAN} days at a time."),
        ));
    }
    errors.extend(too_far_back(new.first_day, today));
    if new.weekdays.len() > 7 {
        errors.push(FieldError::out_of_range("/weekdays", 0, 7));
    }
    let source = match &new.source {
        None => None,
        Some(text) => {
            if new.kind == DutyKind::Counted {
                errors.push(FieldError::new(
                    "/source",
                    "contradiction",
                    "Chỉ ca phục vụ ngoài giờ mới cần văn bản.",
                    "Only service outside the calendar's shifts rests on a notice.",
                ));
            } else if new.part.is_none() {
                errors.push(FieldError::new(
                    "/from",
                    "required",
                    "Trực theo văn bản cần giờ bắt đầu và kết thúc.",
                    "Service by a notice needs its hours.",
                ));
            }
            required_line(text, 300)
                .map_err(|f| errors.push(f.at("/source")))
                .ok()
        }
    };
    if errors.is_empty() {
        Ok(source)
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

pub(super) fn too_far_back(first_day: NaiveDate, today: NaiveDate) -> Option<FieldError> {
    ((today - first_day).num_days() > LONGEST_BACK).then(|| {
        FieldError::new(
            "/first_day",
            "out_of_range",
            format!("Chỉ ghi được trong vòng {LONGEST_BACK} ngày trở lại."),
            format!("Not more than {LONGEST_BACK} days back."),
        )
    })
}

/// The times of a day to be planned. Service by a notice lies beside what counts: it makes no day a
/// working day, and takes nothing from one.
fn times_of(new: &NewDuties, by_notice: bool, day: &DayInfo) -> Result<Vec<Shift>> {
    match new.part.filter(|_| by_notice) {
        None => Ok(spans(day, new.kind, new.part)),
        Some(part) if beside_counted(day, part) => Ok(vec![part]),
        Some(_) => {
            let date = format_date(day.date);
            Err(refused(
                "/from",
                "service_on_counted_time",
                format!("Ngày {date} có ca làm việc trùng giờ này: không phải trực ngoài giờ."),
                format!("{date} has a counted shift at that time: it is no service beside it."),
            )
            .into())
        }
    }
}

fn for_oneself(at: &str) -> Refusal {
    refused(
        at,
        "stands_in_for_oneself",
        "Người thay phải là người khác.",
        "The substitute must be somebody else.",
    )
}

/// That a person holds a role at the centre at each of these times.
fn posted(
    db: &mut Db,
    centre: &CentreId,
    person: &UserId,
    times: &[(NaiveDate, Shift)],
    at: &str,
) -> Result<()> {
    let Some((first, _)) = times.first() else {
        return Ok(());
    };
    let postings = rows::postings(db, centre, Some(person), midnight(*first), MOST_READ)?;
    let missing = times
        .iter()
        .find(|(date, span)| !here(&postings, person.as_str(), *date, *span));
    match missing {
        None => Ok(()),
        Some((date, _)) => {
            let date = format_date(*date);
            Err(refused(
                at,
                "not_at_this_centre",
                format!("Người này không giữ vai trò nào ở trung tâm vào ngày {date}."),
                format!("The person holds no role at the centre on {date}."),
            )
            .into())
        }
    }
}

/// That a person can be there at each of these times: has a role, is not away, and at no other counter.
fn free(
    db: &mut Db,
    centre: &CentreId,
    person: &UserId,
    times: &[(NaiveDate, Shift)],
    at: &str,
) -> Result<()> {
    posted(db, centre, person, times, at)?;
    let days = times.iter().map(|(date, _)| *date);
    let Some((first, last)) = days.clone().min().zip(days.max()) else {
        return Ok(());
    };
    let absences = away(db, std::slice::from_ref(person), first, last)?;
    let absences: Vec<_> = absences.iter().map(as_away).collect();
    let held = rows::duties_of(db, person, first, last, MOST_READ)?;
    let held: Vec<_> = held.iter().map(as_duty).collect();
    for (date, span) in times {
        let on = format_date(*date);
        if is_away(&absences, person.as_str(), *date, *span) {
            return Err(refused(
                at,
                "person_absent",
                format!("Người này vắng mặt vào ngày {on}."),
                format!("The person is away on {on}."),
            )
            .into());
        }
        if let Some(other) = clash(&held, person.as_str(), *date, *span) {
            let (from, to) = (
                other.span.from.format("%H:%M"),
                other.span.to.format("%H:%M"),
            );
            return Err(refused(
                at,
                "on_duty_elsewhere",
                format!("Người này đã được phân công từ {from} đến {to} ngày {on}."),
                format!("The person is on duty from {from} to {to} on {on}."),
            )
            .into());
        }
    }
    Ok(())
}

/// A duty of a centre at which the actor plans, while nobody else does.
fn locked(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<DutyRow> {
    let row = rows::duty(db, id)?.ok_or_else(Refusal::not_found)?;
    plans(actor, &row.centre_id)?;
    rows::lock(db, &row.centre_id)?;
    let row = rows::duty(db, id)?.ok_or_else(Refusal::not_found)?;
    if row.cancelled_at.is_some() {
        return Err(Refusal::new(
            "duty_cancelled",
            "Ca phân công này đã bị hủy.",
            "This duty was cancelled.",
        )
        .into());
    }
    Ok(row)
}

pub(super) fn duty_served() -> Refusal {
    Refusal::new(
        "duty_served",
        "Ca này đã được xác nhận phục vụ và ghi giờ nghỉ bù.",
        "This duty was confirmed as served and has earned its leave.",
    )
}

fn not_served(db: &mut Db, row: &DutyRow) -> Result<()> {
    if rows::served(db, std::slice::from_ref(&row.id))?.is_empty() {
        Ok(())
    } else {
        Err(duty_served().into())
    }
}

pub(super) fn to_confirm(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<DutyRow> {
    let row = locked(db, actor, id)?;
    not_served(db, &row)?;
    Ok(row)
}

fn kept(db: &mut Db, row: &mut DutyRow) -> Result<()> {
    row.version += 1;
    if rows::keep_duty(db, row)? {
        Ok(())
    } else {
        Err(stale(row.version))
    }
}

/// Lets a colleague stand in at a duty, in place of whoever was planned or stood in before.
///
/// # Errors
/// `not_found`, `duty_cancelled`, `duty_served`, `stands_in_for_oneself`, `not_at_this_centre`,
/// `on_duty_elsewhere`, `person_absent`.
pub fn stand_in(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    person: &UserId,
) -> Result<Duties> {
    let mut row = to_confirm(db, actor, id)?;
    if person == row.expected() || *person == row.user_id {
        return Err(for_oneself("/user_id").into());
    }
    let time = (row.on_date, span_of(&row));
    free(db, &row.centre_id, person, &[time], "/user_id")?;
    row.stand_in_id = Some(person.clone());
    kept(db, &mut row)?;
    let centre = row.centre_id.clone();
    let facts = json!({ "for": row.user_id, "stands_in": person, "date": row.on_date });
    let subject = ("roster_duty", id.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.stand_in_set",
        subject,
        facts,
    )?;
    told(services, db, actor, &centre, vec![row])
}

/// Cancels a duty: it was planned wrongly, or is not needed.
///
/// # Errors
/// `not_found`, `duty_cancelled`, `duty_served`.
pub fn cancel_duty(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Duties> {
    let mut row = to_confirm(db, actor, id)?;
    row.cancelled_by = Some(actor.user_id.clone());
    row.cancelled_at = Some(Ts::new(services.now()));
    kept(db, &mut row)?;
    let centre = row.centre_id.clone();
    let facts = json!({ "user": row.user_id, "date": row.on_date });
    let subject = ("roster_duty", id.as_str());
    noted(
        services,
        db,
        actor,
        &centre,
        "roster.duty_cancelled",
        subject,
        facts,
    )?;
    told(services, db, actor, &centre, vec![row])
}

/// A time in which a counter stands empty, with what would help.
#[derive(Debug, Clone)]
pub struct Empty {
    /// On which date.
    pub date: NaiveDate,
    /// From when until when.
    pub span: Shift,
    /// At which counter; none: the centre serves then and no counter is planned.
    pub counter: Option<RecordId>,
    /// Whether the time counts for limits.
    pub kind: DutyKind,
    /// Why.
    pub reason: GapReason,
    /// The duty that is not done.
    pub duty: Option<DutyRow>,
}

/// What stands empty.
pub struct Uncovered {
    /// First day looked at.
    pub from: NaiveDate,
    /// Last day looked at.
    pub to: NaiveDate,
    /// By date and time.
    pub items: Vec<Empty>,
    /// False when there is more than is told.
    pub complete: bool,
    /// Names of people.
    pub names: Names,
    /// Names of counters.
    pub counters: HashMap<RecordId, String>,
}

/// The last of so many working days, the first day among them; the calendar's last day when it ends
/// before.
fn last_of(calendar: &Calendar, from: NaiveDate, working_days: u32) -> NaiveDate {
    let more = match calendar.is_working(from) {
        Ok(true) => working_days.saturating_sub(1),
        _ => working_days,
    };
    let last = calendar.data().last_day;
    calendar.add_working_days(from, more).unwrap_or(last)
}

/// Where counters of a centre stand empty: in the coming working days that the centre is warned of, or
/// between two days.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `date_outside_calendar`.
pub fn uncovered(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Uncovered> {
    let centre = actor.centre_for(Permission::ReadRoster, centre);
    let centre = centre.ok_or_else(crate::deadline::centre_unknown)?;
    let calendar = services.calendar(db, &centre)?;
    let from = from.unwrap_or_else(|| local_date(services.now()));
    let warned = held(db, &centre)?.rules.warn_working_days;
    let to = match to {
        Some(to) => to,
        None => last_of(&calendar, from, warned).min(from + Days::new(LONGEST_VIEW.unsigned_abs())),
    };
    if !(0..=LONGEST_VIEW).contains(&(to - from).num_days()) {
        return Err(Refusal::invalid(vec![FieldError::new(
            "to",
            "out_of_range",
            format!("Ngày cuối phải từ ngày đầu đến {LONGEST_VIEW} ngày sau đó."),
            format!("The last day must be 0 to {LONGEST_VIEW} days after the first."),
        )])
        .into());
    }
    let days = calendar.days(from, to)?;
    let counters = centre::counters(db, &centre, organisation::MOST)?;
    let planned = rows::duties_between(db, &centre, from, to, MOST_READ)?;
    let people: BTreeSet<UserId> = planned.iter().map(|d| d.expected().clone()).collect();
    let people: Vec<UserId> = people.into_iter().collect();
    let absences = away(db, &people, from, to)?;
    let postings = rows::postings(db, &centre, None, midnight(from), MOST_READ)?;
    let whole = [planned.len(), absences.len(), postings.len()]
        .iter()
        .all(|n| i64::try_from(*n).is_ok_and(|n| n < MOST_READ));
    let found = gaps(
        &days,
        &counters
            .iter()
            .map(|c| Counter {
                id: c.id.as_str(),
                first: c.valid_from,
                last: c.valid_to,
            })
            .collect::<Vec<_>>(),
        &planned.iter().map(as_duty).collect::<Vec<_>>(),
        &absences.iter().map(as_away).collect::<Vec<_>>(),
        |person, date, span| here(&postings, person, date, span),
    );
    let by_id: HashMap<&str, &DutyRow> = planned.iter().map(|d| (d.id.as_str(), d)).collect();
    let names_of: HashMap<&str, &RecordId> =
        counters.iter().map(|c| (c.id.as_str(), &c.id)).collect();
    let complete = whole && found.len() <= MOST_TOLD;
    let items: Vec<Empty> = found
        .into_iter()
        .take(MOST_TOLD)
        .map(|gap| Empty {
            date: gap.date,
            span: gap.span,
            counter: gap
                .counter
                .and_then(|c| names_of.get(c))
                .map(|c| (*c).clone()),
            kind: gap.kind,
            reason: gap.reason,
            duty: gap.duty.and_then(|d| by_id.get(d)).map(|d| (*d).clone()),
        })
        .collect();
    let people = items.iter().filter_map(|e| e.duty.as_ref()).flat_map(|d| {
        [
            Some(&d.user_id),
            d.substitute_id.as_ref(),
            d.stand_in_id.as_ref(),
        ]
    });
    let names = services.names(db, actor.stamp, people.flatten())?;
    Ok(Uncovered {
        from,
        to,
        complete,
        names,
        counters: counters.into_iter().map(|c| (c.id, c.name)).collect(),
        items,
    })
}
