//! Entering a change of a centre's calendar, and carrying it to the open dossiers: each promise rolls
//! forward only, both dates stay on record, and what was begun goes on after a stop.

use chrono::NaiveDate;
use motcua_domain::calendar::{Calendar, Change};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::calendar::{self as rows, CalendarRow, RecomputeRow};
use motcua_store::dossier::{Edge, PromiseRow, find_open, open_promises, update};
use motcua_store::{CalendarVersionId, CentreId, Db, StoreError, Ts};
use serde_json::json;

use super::{centre_unknown, simulate};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::list::promised_states;
use crate::error::{Error, Result};
use crate::record;
use crate::reference::Names;

/// How many promises are carried in one transaction: the counter waits no longer than for these.
const BATCH: i64 = 200;

/// A version with how far it was carried.
pub type Version = (CalendarRow, Option<RecomputeRow>);

/// Versions of the calendar of a centre of the actor's, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn versions(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<(Vec<Version>, Names)> {
    let centre = actor
        .centre_for(Permission::SimulateDeadlines, centre)
        .ok_or_else(centre_unknown)?;
    let found = rows::versions(db, &centre, edge, limit)?;
    let people = found.iter().filter_map(|(v, _)| v.entered_by.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    Ok((found, names))
}

/// Enters a change as the next version of a centre's calendar. Carrying it to the open dossiers is
/// begun with it, in the same transaction, and done by [`Services::carry_calendars`].
///
/// # Errors
/// `centre_unknown`; those of [`Change::applied`]; `validation_failed` for a notice that is none;
/// `version_stale` when somebody has entered another meanwhile.
pub fn enter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    change: &Change,
) -> Result<Version> {
    let centre = actor
        .centre_for(Permission::ManageCalendar, centre)
        .ok_or_else(centre_unknown)?;
    let now = services.now();
    let notice = checked(change, local_date(now))?;
    let old = services.calendar(db, &centre)?;
    let mut change = change.clone();
    change.notice = Some(notice.clone());
    let new = change.applied(&old)?;
    let number = i32::try_from(old.version())
        .ok()
        .and_then(|n| n.checked_add(1))
        .ok_or_else(|| Error::Internal("a calendar has too many versions".into()))?;
    let row = CalendarRow {
        id: CalendarVersionId::new(),
        centre_id: centre.clone(),
        number,
        data: serde_json::to_string(new.data()).map_err(StoreError::from)?,
        source: notice.source,
        entered_at: Ts::new(now),
        entered_by: Some(actor.user_id.clone()),
    };
    rows::insert(db, &row).map_err(|e| match e {
        StoreError::Unique(_) => crate::error::stale(i64::from(number)),
        other => other.into(),
    })?;
    let begun = RecomputeRow {
        centre_id: centre.clone(),
        number,
        checked: 0,
        moved: 0,
        after_due: None,
        after_id: None,
        started_at: Ts::new(now),
        finished_at: None,
    };
    rows::begin_recompute(db, &begun)?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "calendar.changed",
        ("calendar", row.id.as_str()),
        json!({
            "number": number,
            "source": row.source,
            "days_off": change.days_off,
            "make_up_days": change.make_up_days.iter().map(|(d, _)| d).collect::<Vec<_>>(),
            "hours_from": change.shifts.as_ref().map(|(from, _)| from),
        }),
    )?;
    Ok((row, Some(begun)))
}

/// The notice of a change that says where it rests and changes something.
fn checked(change: &Change, today: NaiveDate) -> Result<motcua_domain::calendar::Notice> {
    let mut errors = Vec::new();
    let told = change.notice.clone();
    let mut keep = |at: &str, text: &str, most: usize| {
        required_line(text, most)
            .map_err(|f| errors.push(f.at(at)))
            .unwrap_or_default()
    };
    let (source, name) = match &told {
        Some(n) => (keep("/source", &n.source, 300), keep("/name", &n.name, 200)),
        None => (keep("/source", "", 300), String::new()),
    };
    let announced_on = told.map_or(today, |n| n.announced_on);
    if announced_on > today {
        errors.push(FieldError::new(
            "/announced_on",
            "out_of_range",
            "Văn bản không thể ban hành sau hôm nay.",
            "A notice is not published after today.",
        ));
    }
    if change.days_off.is_empty() && change.make_up_days.is_empty() && change.shifts.is_none() {
        errors.push(FieldError::new(
            "",
            "required",
            "Chưa có ngày hoặc giờ nào được đổi.",
            "No day and no hour is changed.",
        ));
    }
    if errors.is_empty() {
        Ok(motcua_domain::calendar::Notice {
            source,
            announced_on,
            name,
        })
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

impl Services {
    /// Carries every entered change to the open dossiers, batch by batch, each in a transaction of its
    /// own. Asked at every start and after every change; of two servers one goes on where the other is.
    ///
    /// # Errors
    /// Storage failures; `no_working_day`, `date_outside_calendar` for a promise beyond the calendar.
    pub fn carry_calendars(&self) -> Result<()> {
        for (centre, number) in self.read(|db| Ok(rows::unfinished(db)?))? {
            while !self.write(|db| self.carry_batch(db, &centre, number))? {}
        }
        Ok(())
    }

    /// Carries one batch; true when nothing is left.
    fn carry_batch(&self, db: &mut Db, centre: &CentreId, number: i32) -> Result<bool> {
        let Some(mut job) = rows::recompute_to_go_on(db, centre, number)? else {
            return Ok(true);
        };
        if job.finished_at.is_some() {
            return Ok(true);
        }
        let old = self.calendar_version(db, centre, number - 1)?;
        let new = self.calendar_version(db, centre, number)?;
        let edge = job
            .after_due
            .zip(job.after_id.clone())
            .map(|(at, id)| Edge {
                at,
                id,
                backwards: false,
            });
        let states = promised_states();
        let batch = open_promises(db, centre, &[], &states, edge.as_ref(), BATCH)?;
        for promise in &batch {
            job.checked += 1;
            job.moved += i64::from(self.roll(db, &old, &new, number, promise, &states)?);
        }
        if let Some(last) = batch.last() {
            job.after_due = last.due_at;
            job.after_id = Some(last.id.clone());
        }
        let over = i64::try_from(batch.len()).is_ok_and(|n| n < BATCH);
        if over {
            job.finished_at = Some(Ts::new(self.now()));
        }
        rows::keep_recompute(db, &job)?;
        Ok(over)
    }

    /// Rolls one promise forward if the changed calendar says so; whether it did.
    fn roll(
        &self,
        db: &mut Db,
        old: &Calendar,
        new: &Calendar,
        number: i32,
        promise: &PromiseRow,
        states: &[String],
    ) -> Result<bool> {
        let Some((due_at, new_due_at)) = simulate::under(old, new, promise)? else {
            return Ok(false);
        };
        if new_due_at <= due_at {
            return Ok(false);
        }
        // Locked and looked at again: somebody may have taken a step since it was listed.
        let Some(mut row) = find_open(db, &promise.id)? else {
            return Ok(false);
        };
        if row.due_at != promise.due_at || !states.contains(&row.state) {
            return Ok(false);
        }
        let version = row.version;
        row.due_at = Some(Ts::new(new_due_at));
        row.calendar_version = Some(number);
        row.version += 1;
        row.timeline_seq += 1;
        if !update(db, &row, version)? {
            return Ok(false);
        }
        record::step(
            db,
            &row,
            record::Step {
                at: self.now(),
                kind: "due_date_rolled",
                transition: "",
                actor: None,
                role: None,
                from_state: Some(row.state.clone()),
                detail: json!({
                    "due_at": { "from": due_at.to_rfc3339(), "to": new_due_at.to_rfc3339() },
                    "calendar_version": number,
                }),
            },
        )?;
        Ok(true)
    }
}
