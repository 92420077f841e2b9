//! Working a snapshot out, and freezing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use motcua_domain::refusal::Refusal;
use motcua_domain::survey::quarter::{CutOff, Quarter};
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::centre::served;
use motcua_store::index::{self as rows, SnapshotRow};
use motcua_store::{AuthorityId, CentreId, Db, DossierId, RecordId, StoreError, Ts, roster};
use serde_json::json;

use super::entered::sound;
use super::figures::Figures;
use super::known;
use super::proof::{FROZEN, digest};
use super::read::{Whole, snapshot};
use super::sweep::Sweep;
use super::{Entered, Part};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;

/// The most authorities a centre serves and serves no more.
const MOST_SERVED: i64 = 1_000;
/// A snapshot to be worked out.
#[derive(Debug, Clone)]
pub struct NewSnapshot {
    /// Of which centre; the actor's first when absent.
    pub centre: Option<CentreId>,
    /// Of which quarter.
    pub quarter: Quarter,
    /// Where it begins and ends.
    pub cut_off: CutOff,
    /// Why it is worked out anew; required once there is a frozen one.
    pub reason: Option<String>,
    /// What the program does not know.
    pub entered: Entered,
}

fn midnight(day: NaiveDate) -> Ts {
    Ts::new(from_local(day, NaiveTime::MIN))
}

/// Works the indices of a quarter out of what is kept, and keeps them as a draft. A draft of the same quarter
/// gives way.
///
/// # Errors
/// `centre_unknown`, `quarter_not_begun`, `validation_failed`.
pub fn make(services: &Services, db: &mut Db, actor: &Actor, new: &NewSnapshot) -> Result<Whole> {
    let centre = actor
        .centre_for(Permission::MakeIndices, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    // Two who work the same quarter out at once would each not see the other's.
    roster::lock(db, &centre)?;
    let now = services.now();
    let (first, last) = new.quarter.days(new.cut_off);
    if first > local_date(now) {
        let (vi, en) = ("Quý này chưa bắt đầu.", "This quarter has not begun.");
        return Err(Refusal::new("quarter_not_begun", vi, en)
            .field("/quarter", "quarter_not_begun", vi, en)
            .into());
    }
    let before = midnight(last.succ_opt().unwrap_or(last));
    let authorities: BTreeSet<AuthorityId> = served(db, &centre, MOST_SERVED)?
        .into_iter()
        .filter(|(s, _)| s.valid_from <= last && s.valid_to.is_none_or(|to| to >= first))
        .map(|(_, a)| a.id)
        .collect();
    let quarter = new.quarter.to_string();
    let previous = rows::newest(db, &centre, &quarter)?;
    let number = match &previous {
        None => 1,
        Some(row) if row.state == "draft" => row.number,
        Some(row) => row.number + 1,
    };
    let (mut entered, reason) = sound(new, number, &authorities)?;
    let by_program = known::by_feedback(db, &centre, (first, last), &authorities, &mut entered)?;
    known::by_surveys(db, &centre, &quarter, &authorities, &mut entered)?;
    let codes: Vec<String> = entered
        .units
        .iter()
        .filter_map(|u| u.upheld_dossiers.clone())
        .flatten()
        .collect();
    let known: BTreeMap<String, DossierId> =
        rows::by_codes(db, &centre, &codes)?.into_iter().collect();
    let mut upheld: known::Upheld = entered
        .units
        .iter()
        .filter_map(|u| Some((u.authority_id.clone()?, u.upheld_dossiers.as_ref()?)))
        .map(|(authority, codes)| {
            let ids = codes.iter().filter_map(|c| known.get(c).cloned());
            (authority, ids.collect())
        })
        .collect();
    upheld.extend(by_program);

    if let Some(draft) = previous.filter(|row| row.state == "draft") {
        rows::drop_draft(db, &draft.id)?;
    }
    let mut row = SnapshotRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        quarter,
        number,
        cut_off: new.cut_off.as_str().to_owned(),
        first_day: first,
        last_day: last,
        state: "draft".to_owned(),
        reason,
        dossiers: 0,
        entered: serde_json::to_string(&entered).map_err(StoreError::from)?,
        service: "[]".to_owned(),
        made_by: actor.user_id.clone(),
        made_at: Ts::new(now),
        frozen_by: None,
        frozen_at: None,
        version: 1,
    };
    rows::insert_snapshot(db, &row)?;
    let within = (midnight(first), before);
    let mut sweep = Sweep {
        services,
        snapshot: row.id.clone(),
        centre: centre.clone(),
        within,
        until: now.min(before.0),
        rules: services.watch_rules(db, actor.stamp, &centre)?,
        upheld,
        met: BTreeSet::new(),
        finished: 0,
        stepped: BTreeMap::new(),
        paid_online: Part::default(),
    };
    sweep.run(db)?;
    let mut figures = Figures::read(db, &row.id, within, &centre, last.min(local_date(now)))?;
    let over = now > before.0;
    if over {
        // Counts about officers are kept once their quarter is over.
        known::officers(db, &centre, &row.quarter, &figures.officers(), &mut entered)?;
        row.entered = serde_json::to_string(&entered).map_err(StoreError::from)?;
    }
    figures.entered = entered;
    figures.authorities.extend(authorities);
    figures.stepped = std::mem::take(&mut sweep.stepped);
    figures.all_met(&known, &sweep.met)?;
    figures.keep(db, &row.id)?;
    row.dossiers = i64::try_from(sweep.finished).unwrap_or(i64::MAX);
    let measured = figures.service(sweep.paid_online);
    row.service = serde_json::to_string(&measured).map_err(StoreError::from)?;
    rows::keep_counts(db, &row)?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "indices.made",
        ("index_snapshot", row.id.as_str()),
        json!({ "quarter": row.quarter, "number": row.number, "dossiers": row.dossiers }),
    )?;
    snapshot(services, db, actor, &row.id)
}

/// Freezes a draft for good.
///
/// # Errors
/// `not_found`, `snapshot_frozen`, `quarter_not_over`, `version_stale`.
pub fn freeze(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Whole> {
    let centres = actor.centres(Permission::MakeIndices);
    let mut row = rows::snapshot(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    if row.state != "draft" {
        return Err(Refusal::new(
            "snapshot_frozen",
            "Kỳ chỉ số này đã chốt; muốn sửa phải lập bản mới và nêu lý do.",
            "This snapshot is frozen; to change it, make a new one and say why.",
        )
        .into());
    }
    if local_date(row.made_at.0) <= row.last_day {
        return Err(Refusal::new(
            "quarter_not_over",
            "Số liệu được tính khi quý chưa kết thúc; hãy tính lại sau ngày cuối quý rồi mới chốt.",
            "The figures were worked out before the quarter was over; work them out anew first.",
        )
        .into());
    }
    if row.version != version {
        return Err(stale(row.version));
    }
    let now = services.now();
    row.version += 1;
    row.frozen_by = Some(actor.user_id.clone());
    row.frozen_at = Some(Ts::new(now));
    if !rows::freeze(db, &row)? {
        return Err(stale(row.version));
    }
    let digest = digest(db, &row)?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        FROZEN,
        ("index_snapshot", row.id.as_str()),
        json!({ "quarter": row.quarter, "number": row.number, "digest": digest }),
    )?;
    snapshot(services, db, actor, id)
}
