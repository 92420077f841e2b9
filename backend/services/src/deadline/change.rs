//! Entering a change of a centre's calendar, and carrying it to the open dossiers: each promise rolls
//! forward only, both dates stay on record, and what was begun goes on after a stop.

use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::calendar::{Calendar, Change, DayName, MOST_DAYS};
use motcua_domain::deadline::WatchRules;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::calendar::{self as rows, CalendarRow, RecomputeRow};
use motcua_store::dossier::{PromiseRow, find_all_open, promises_after, update};
use motcua_store::{CalendarVersionId, CentreId, Db, DossierId, StoreError, Ts};
use serde_json::json;

use super::{centre_unknown, simulate, unless_refused};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::list::promised_states;
use crate::error::{Error, Result};
use crate::record;
use crate::reference::Names;

/// How many promises are looked at in one transaction.
const BATCH: i64 = 100;
/// How many of them are moved in it: whoever records a step at the counter may wait for these.
const MOVES: usize = 25;

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
    change.names = names(&change)?;
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
            "extends_to": change.extends_to,
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
    if change.days_off.is_empty()
        && change.make_up_days.is_empty()
        && change.shifts.is_none()
        && change.extends_to.is_none()
    {
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

/// The names of single days off, cleaned; each of a day that becomes one.
fn names(change: &Change) -> Result<Vec<DayName>> {
    let mut errors = Vec::new();
    let mut clean: Vec<DayName> = Vec::new();
    if change.names.len() > MOST_DAYS {
        errors.push(FieldError::out_of_range("/names", 0, MOST_DAYS as u64));
    }
    for (i, day) in change.names.iter().enumerate().take(MOST_DAYS) {
        let at = format!("/names/{i}/date");
        if clean.iter().any(|d| d.date == day.date) {
            errors.push(FieldError::new(
                &at,
                "repeated",
                "Ngày này đã được đặt tên.",
                "The day was given a name already.",
            ));
        }
        if !change.days_off.contains(&day.date) {
            errors.push(FieldError::new(
                &at,
                "contradiction",
                "Chỉ đặt tên cho ngày có trong danh sách ngày nghỉ (days_off).",
                "Only a day among `days_off` is given a name.",
            ));
        }
        let mut line = |text: &str, member: &str| {
            required_line(text, 200)
                .map_err(|f| errors.push(f.at(format!("/names/{i}/{member}"))))
                .unwrap_or_default()
        };
        clean.push(DayName {
            date: day.date,
            name: line(&day.name, "name"),
            name_en: day.name_en.as_ref().map(|n| line(n, "name_en")),
        });
    }
    if errors.is_empty() {
        Ok(clean)
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

impl Services {
    /// Carries every entered change to the open dossiers, batch by batch, each in a transaction of its
    /// own. Asked at every start and after every change; of two servers one goes on where the other is.
    ///
    /// # Errors
    /// Storage failures.
    pub fn carry_calendars(&self) -> Result<()> {
        for (centre, number) in self.read(|db| Ok(rows::unfinished(db)?))? {
            loop {
                let begun = Instant::now();
                if self.write(|db| self.carry_batch(db, &centre, number))? {
                    break;
                }
                // The counters' own work goes first: as long as this took, it is theirs alone.
                std::thread::sleep(begun.elapsed());
            }
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
        // Earlier versions of the program went by due dates: what they began is begun anew, and what they
        // moved is not moved again.
        let after = job.after_id.as_ref().filter(|_| job.after_due.is_none());
        let states = promised_states();
        let batch = promises_after(db, centre, &states, after, BATCH)?;
        let rules = self.watch_rules_now(db, centre)?;
        let (mut last, mut moves) = (None, Vec::new());
        for promise in &batch {
            if moves.len() == MOVES {
                break;
            }
            last = Some(promise);
            job.checked += 1;
            // A promise that this calendar cannot compute stays as it was given and holds up no other.
            let Some((due_at, new_due_at)) =
                unless_refused(simulate::under(&old, &new, promise))?.flatten()
            else {
                continue;
            };
            if new_due_at > due_at {
                moves.push((promise, new_due_at));
            }
        }
        let over = moves.len() < MOVES && i64::try_from(batch.len()).is_ok_and(|n| n < BATCH);
        job.moved += self.roll(db, &new, (centre, number), rules, &moves, &states)?;
        if let Some(last) = last {
            job.after_due = None;
            job.after_id = Some(last.id.clone());
        }
        if over {
            job.finished_at = Some(Ts::new(self.now()));
            // The days of warning move with the calendar, also where the date does not.
            motcua_store::watch::ask_again(db, centre, Ts::new(self.now()))?;
        }
        rows::keep_recompute(db, &job)?;
        Ok(over)
    }

    /// Rolls promises forward to these dates, and what their dossiers are watched for; how many. The record
    /// is written last, for all of them at once: whoever records a step at the counter waits for it.
    fn roll(
        &self,
        db: &mut Db,
        new: &Calendar,
        (centre, number): (&CentreId, i32),
        rules: WatchRules,
        moves: &[(&PromiseRow, DateTime<Utc>)],
        states: &[String],
    ) -> Result<i64> {
        let ids: Vec<DossierId> = moves.iter().map(|(p, _)| p.id.clone()).collect();
        let (mut moved, mut before) =
            (Vec::with_capacity(ids.len()), Vec::with_capacity(ids.len()));
        // Locked and looked at again: somebody may have taken a step since they were listed.
        for mut row in find_all_open(db, &ids)? {
            let Some((promise, to)) = moves.iter().find(|(p, _)| p.id == row.id) else {
                continue;
            };
            if row.due_at != promise.due_at || !states.contains(&row.state) {
                continue;
            }
            let version = row.version;
            row.due_at = Some(Ts::new(*to));
            row.calendar_version = Some(number);
            row.version += 1;
            row.timeline_seq += 1;
            if update(db, &row, version)? {
                moved.push(row);
                before.push(promise.due_at);
            }
        }
        let at = self.now();
        let told = |due: Option<Ts>| due.map(|t| t.0.to_rfc3339());
        let steps = moved
            .iter()
            .zip(before)
            .map(|(row, before)| {
                let step = record::Step {
                    at,
                    kind: "due_date_rolled",
                    transition: "",
                    actor: None,
                    role: None,
                    from_state: Some(row.state.clone()),
                    detail: json!({
                        "due_at": { "from": told(before), "to": told(row.due_at) },
                        "calendar_version": number,
                    }),
                };
                (row, step)
            })
            .collect();
        self.watch_again(db, new, rules, &moved)?;
        record::steps(db, centre, steps)?;
        Ok(i64::try_from(moved.len()).unwrap_or(i64::MAX))
    }
}
