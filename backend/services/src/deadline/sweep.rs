//! What time alone does: alarms said once, lapsed supplements ended, the digest of a working day. One
//! server of many does it, on a lease; after a stop the next goes on where the last was.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use motcua_domain::deadline::Concern;
use motcua_domain::dossier::{Command, State};
use motcua_domain::vn_time::{format_date, local_date};
use motcua_store::audit::{self, NewEntry};
use motcua_store::centre::{self, CentreRow};
use motcua_store::dossier::find_open;
use motcua_store::outbox::{self, Event};
use motcua_store::watch::{self as rows, AlarmRow, ConcernRow, DigestRow};
use motcua_store::{CentreId, Db, DossierId, RecordId, StoreError, Ts};
use serde_json::json;

use super::board;
use crate::context::Services;
use crate::dossier::act_by_program;
use crate::error::{Error, Result};

/// The lease of who sweeps.
const LEASE: &str = "sweeper";
/// How long a sweeper that is heard of no more keeps others waiting.
pub const LEASE_FOR: Duration = Duration::from_secs(5);
/// Alarms said in one transaction.
const BATCH: i64 = 50;
/// How many batches one sweep takes before it renews its lease.
const MOST_BATCHES: usize = 20;
/// The reason under which what lapsed before acceptance is refused.
const LAPSED: &str = "supplement_not_supplied";

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Whether this server swept at all; else another holds the lease.
    pub led: bool,
    /// Alarms said, by list.
    pub said: BTreeMap<Concern, u64>,
    /// Lapsed supplements that were ended.
    pub ended: u64,
    /// How long the oldest thing still to be said has been waiting.
    pub lag: Duration,
    /// There is more to be done at once.
    pub more: bool,
}

/// By the machines' clock: a lease is between programs, and a demo's clock may be set forward at any moment.
#[allow(
    clippy::disallowed_methods,
    reason = "no legal computation: how long another program has not been heard of"
)]
fn machine_now() -> DateTime<Utc> {
    Utc::now()
}

impl Services {
    /// Does what is due by now, if this server holds the lease or can take it.
    ///
    /// # Errors
    /// Storage failures.
    pub fn sweep(&self, holder: &str) -> Result<Swept> {
        let mut swept = Swept::default();
        for _ in 0..MOST_BATCHES {
            // With every batch anew, in its transaction: a server that was stopped for a while finds that
            // another has taken over before it does anything.
            let begun = Instant::now();
            let Some(batch) = self.write(|db| self.sweep_batch(db, holder))? else {
                return Ok(swept);
            };
            swept.led = true;
            swept.ended += batch.ended;
            for (concern, n) in batch.said {
                *swept.said.entry(concern).or_default() += n;
            }
            swept.more = batch.more;
            if !batch.more {
                break;
            }
            // The counters' own work goes first.
            std::thread::sleep(begun.elapsed());
        }
        let now = self.now();
        let oldest = self.read(|db| Ok(rows::oldest_due(db, Ts::new(now))?))?;
        swept.lag = oldest
            .and_then(|at| (now - at.0).to_std().ok())
            .unwrap_or_default();
        Ok(swept)
    }

    /// Gives the lease back when the server stops.
    ///
    /// # Errors
    /// Storage failures.
    pub fn stop_sweeping(&self, holder: &str) -> Result<()> {
        self.write(|db| {
            Ok(rows::give_lease_back(
                db,
                LEASE,
                holder,
                Ts::new(machine_now()),
            )?)
        })
    }

    /// One batch; none when another server sweeps.
    fn sweep_batch(&self, db: &mut Db, holder: &str) -> Result<Option<Swept>> {
        let machine = machine_now();
        let until = machine + LEASE_FOR;
        if !rows::take_lease(db, LEASE, holder, Ts::new(machine), Ts::new(until))? {
            return Ok(None);
        }
        let now = self.now();
        let mut swept = Swept {
            led: true,
            ..Swept::default()
        };
        if self.watch_batch(db)? {
            swept.more = true;
            return Ok(Some(swept));
        }
        let due = rows::due_alarms(db, Ts::new(now), BATCH)?;
        for row in &due {
            let Some(concern) = Concern::parse(&row.concern) else {
                return Err(StoreError::Corrupt("an unknown concern".into()).into());
            };
            if say(db, row, now)? {
                *swept.said.entry(concern).or_default() += 1;
            }
            if concern == Concern::SupplementLapsed {
                swept.ended += u64::from(self.lapse(db, &row.dossier_id)?);
            }
        }
        swept.more = i64::try_from(due.len()).is_ok_and(|n| n == BATCH);
        if !swept.more {
            self.digests(db, now)?;
        }
        Ok(Some(swept))
    }

    /// Ends what was asked for and has not come, in the program's name: before acceptance a refusal (T8),
    /// after it, where the centre lets the program, a stop (T13).
    fn lapse(&self, db: &mut Db, id: &DossierId) -> Result<bool> {
        let Some(row) = find_open(db, id)? else {
            return Ok(false);
        };
        let rules = self.watch_rules_now(db, &row.centre_id)?;
        let last = row.supplement_due_on.map(format_date).unwrap_or_default();
        let reason =
            format!("Hết ngày {last}, Trung tâm chưa nhận được hồ sơ bổ sung theo yêu cầu.");
        let command = match State::parse(&row.state) {
            Some(State::IntakeSupplementRequested) if rules.refuse_lapsed_intake => {
                Command::Refuse {
                    reason_code: LAPSED.to_owned(),
                    reason,
                }
            }
            Some(State::SupplementRequested) if rules.stop_lapsed => Command::Stop {
                reason,
                legal_ground: None,
            },
            _ => return Ok(false),
        };
        act_by_program(self, db, id, &command)
    }

    /// Makes the digest of each centre whose working day has begun and that has none yet.
    fn digests(&self, db: &mut Db, now: DateTime<Utc>) -> Result<()> {
        let today = local_date(now);
        let mut after: Option<String> = None;
        loop {
            let page = centre::centres_page(db, after.as_deref().map(|id| (id, false)), 100)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.id.to_string());
            for c in &page {
                if !self.digested.seen(&c.id, today) && self.digest(db, c, now)? {
                    self.digested.keep(&c.id, today);
                }
            }
        }
    }

    /// Whether a centre has the digest of this day after this, or needs none.
    fn digest(&self, db: &mut Db, centre: &CentreRow, now: DateTime<Utc>) -> Result<bool> {
        let today = local_date(now);
        let calendar = self.calendar(db, &centre.id)?;
        match calendar.is_working(today) {
            Ok(true) => {}
            // A rest day has none, and neither has a day beyond the calendar.
            Ok(false) | Err(_) => return Ok(true),
        }
        if now < calendar.opens_at(today)? {
            return Ok(false);
        }
        if rows::has_digest(db, &centre.id, today)? {
            return Ok(true);
        }
        let counted = board::count(db, &centre.id, &[], now)?;
        let row = DigestRow {
            centre_id: centre.id.clone(),
            on_date: today,
            data: serde_json::to_string(&counted).map_err(StoreError::from)?,
            made_at: Ts::new(now),
        };
        if rows::insert_digest(db, &row)? {
            tell(
                db,
                &centre.id,
                now,
                "watch.digest",
                ("centre", centre.id.as_str()),
                json!({ "on": today }),
                None,
            )?;
        }
        Ok(true)
    }
}

/// Says that a dossier stands in a list, unless that was said.
pub(super) fn say(db: &mut Db, row: &ConcernRow, now: DateTime<Utc>) -> Result<bool> {
    if !rows::mark_said(db, row)? {
        return Ok(false);
    }
    let alarm = AlarmRow {
        id: RecordId::new(),
        centre_id: row.centre_id.clone(),
        authority_id: row.authority_id.clone(),
        dossier_id: row.dossier_id.clone(),
        concern: row.concern.clone(),
        from_at: row.from_at,
        raised_at: Ts::new(now),
        desk: row.desk.clone(),
        handler_id: row.handler_id.clone(),
    };
    if !rows::insert_alarm(db, &alarm)? {
        return Ok(false);
    }
    tell(
        db,
        &row.centre_id,
        now,
        "alarm.raised",
        ("dossier", row.dossier_id.as_str()),
        json!({
            "concern": row.concern, "since": row.from_at.0.to_rfc3339(),
            "desk": row.desk, "handler_id": row.handler_id,
        }),
        Some(row.authority_id.clone()),
    )?;
    Ok(true)
}

/// Records something the program did by itself, for the record and for who listens.
fn tell(
    db: &mut Db,
    centre: &CentreId,
    now: DateTime<Utc>,
    kind: &str,
    subject: (&str, &str),
    data: serde_json::Value,
    authority: Option<motcua_store::AuthorityId>,
) -> Result<()> {
    let at = Ts::new(now);
    let data = data.to_string();
    let seq = audit::append(
        db,
        &NewEntry {
            centre_id: centre,
            at,
            actor_id: None,
            action: kind,
            subject_kind: subject.0,
            subject_id: subject.1,
            data: data.clone(),
        },
    )?;
    outbox::push(
        db,
        &Event {
            centre_id: centre.clone(),
            seq,
            at,
            kind: kind.to_owned(),
            subject_id: subject.1.to_owned(),
            authority_id: authority,
            data,
        },
    )
    .map_err(Error::from)
}
