//! What goes out about indices, and what comes in.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::refusal::FieldError;
use motcua_domain::survey::quarter::CutOff;
use motcua_domain::survey::{Ratio, satisfied};
use motcua_domain::survey::{quality, service as decision_766};
use motcua_services::index::{
    EnteredOfficer, EnteredUnit, Measured, Outcome, Part, Sum, Tally, Whole,
};
use motcua_services::reference::Names;
use motcua_store::index::{LineRow, SnapshotRow};
use motcua_store::{AuthorityId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::survey::decimal;
use crate::survey::service::ServiceScore;
use crate::words;

/// A part of a whole, both counted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexPart {
    /// How many of them.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 90)]
    pub part: u64,
    /// Of how many.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 100)]
    pub whole: u64,
}

impl From<IndexPart> for Part {
    fn from(p: IndexPart) -> Self {
        Self {
            part: p.part,
            whole: p.whole,
        }
    }
}

impl From<Part> for IndexPart {
    fn from(p: Part) -> Self {
        Self {
            part: p.part,
            whole: p.whole,
        }
    }
}

/// Points of an index that were counted elsewhere.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexSum {
    /// Points of all: at most two for each.
    #[schema(minimum = 0, maximum = 2_000_000_000, example = 55)]
    pub points: u64,
    /// How many were counted.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 40)]
    pub counted: u64,
}

impl From<IndexSum> for Sum {
    fn from(s: IndexSum) -> Self {
        Self {
            points: s.points,
            counted: s.counted,
        }
    }
}

impl From<Sum> for IndexSum {
    fn from(s: Sum) -> Self {
        Self {
            points: s.points,
            counted: s.counted,
        }
    }
}

/// What the program does not know of a unit; what is absent is left out of its index.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexUnitEntry {
    /// Which authority; the centre as a whole when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Index 5: listed procedures received and returned at the one-stop, of all listed.
    pub received_at_centre: Option<IndexPart>,
    /// Index 5: those also appraised and approved on the spot.
    pub decided_at_centre: Option<IndexPart>,
    /// Index 6: posted at the office, exactly, fully and in time.
    pub posted: Option<bool>,
    /// Index 6: published electronically, the same.
    pub published: Option<bool>,
    /// Index 8: feedback handled in time, of all received.
    pub feedback_on_time: Option<IndexPart>,
    /// Index 8: whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Index 7: codes of finished dossiers with an upheld complaint about attitude; empty: somebody looked, and
    /// there is none.
    #[schema(max_items = 200)]
    pub upheld_dossiers: Option<Vec<String>>,
    /// Index 4: from what people answered.
    pub bodies: Option<IndexSum>,
    /// Answers about satisfaction as a whole, from very dissatisfied to very satisfied.
    #[schema(min_items = 5, max_items = 5, example = json!([0, 1, 4, 30, 25]))]
    pub answers: Option<Vec<u64>>,
    /// On what all of it rests.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Biên bản kiểm tra niêm yết ngày 31/3/2026"
    )]
    pub reason: String,
}

impl IndexUnitEntry {
    pub(super) fn read(self, i: usize, faults: &mut Vec<FieldError>) -> EnteredUnit {
        let answers = self.answers.and_then(|given| {
            let five = <[u64; 5]>::try_from(given);
            five.map_err(|_| {
                faults.push(FieldError::out_of_range(
                    format!("/units/{i}/answers"),
                    5,
                    5,
                ));
            })
            .ok()
        });
        EnteredUnit {
            authority_id: self.authority_id,
            received_at_centre: self.received_at_centre.map(Into::into),
            decided_at_centre: self.decided_at_centre.map(Into::into),
            posted: self.posted,
            published: self.published,
            feedback_on_time: self.feedback_on_time.map(Into::into),
            feedback_prolonged: self.feedback_prolonged,
            upheld_dossiers: self.upheld_dossiers,
            bodies: self.bodies.map(Into::into),
            answers,
            reason: self.reason,
        }
    }
}

impl From<EnteredUnit> for IndexUnitEntry {
    fn from(u: EnteredUnit) -> Self {
        Self {
            authority_id: u.authority_id,
            received_at_centre: u.received_at_centre.map(Into::into),
            decided_at_centre: u.decided_at_centre.map(Into::into),
            posted: u.posted,
            published: u.published,
            feedback_on_time: u.feedback_on_time.map(Into::into),
            feedback_prolonged: u.feedback_prolonged,
            upheld_dossiers: u.upheld_dossiers,
            bodies: u.bodies.map(Into::into),
            answers: u.answers.map(Vec::from),
            reason: u.reason,
        }
    }
}

/// What the program does not know of an officer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexOfficerEntry {
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
    /// Index 4: from what people answered.
    pub bodies: IndexSum,
    /// On what it rests.
    #[schema(min_length = 1, max_length = 300, example = "Phiếu khảo sát quý I")]
    pub reason: String,
}

impl From<IndexOfficerEntry> for EnteredOfficer {
    fn from(o: IndexOfficerEntry) -> Self {
        Self {
            user_id: o.user_id,
            bodies: o.bodies.into(),
            reason: o.reason,
        }
    }
}

impl From<EnteredOfficer> for IndexOfficerEntry {
    fn from(o: EnteredOfficer) -> Self {
        Self {
            user_id: o.user_id,
            bodies: o.bodies.into(),
            reason: o.reason,
        }
    }
}

/// A snapshot in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexSnapshotItem {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The centre.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// The quarter.
    #[schema(example = "2026-Q1")]
    pub quarter: String,
    /// 1, 2 … of its quarter.
    pub number: i32,
    /// Where the quarter begins and ends.
    #[schema(value_type = words::CutOff)]
    pub cut_off: String,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Whether it is frozen: it never changes any more.
    pub frozen: bool,
    /// Why it was worked out anew.
    pub reason: Option<String>,
    /// How many dossiers were finished.
    pub dossiers: i64,
    /// Who worked it out.
    pub made_by: PersonRef,
    /// When.
    pub made_at: DateTime<FixedOffset>,
    /// Who froze it.
    pub frozen_by: Option<PersonRef>,
    /// When.
    pub frozen_at: Option<DateTime<FixedOffset>>,
    /// Row version.
    pub version: i64,
}

impl IndexSnapshotItem {
    pub(super) fn of(row: SnapshotRow, names: &Names) -> Self {
        Self {
            id: row.id.to_string(),
            centre_id: row.centre_id.to_string(),
            frozen: row.state == "frozen",
            made_by: PersonRef::of(&row.made_by, names),
            made_at: vn(row.made_at),
            frozen_by: row.frozen_by.as_ref().map(|id| PersonRef::of(id, names)),
            frozen_at: vn_opt(row.frozen_at),
            quarter: row.quarter,
            number: row.number,
            cut_off: row.cut_off,
            first_day: row.first_day,
            last_day: row.last_day,
            reason: row.reason,
            dossiers: row.dossiers,
            version: row.version,
        }
    }
}

/// One index.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexLine {
    /// Id: its dossiers are found by it.
    #[schema(format = Uuid)]
    pub id: String,
    /// 1–9.
    #[schema(minimum = 1, maximum = 9)]
    pub index: i32,
    /// Points of all that were counted.
    pub points: i64,
    /// How many were counted: dossiers, steps (index 2), answers (index 4), or the unit itself (5, 6, 8, 9).
    pub counted: i64,
    /// Finished dossiers of which it is not known.
    pub left_out: i64,
    /// Rounded to one decimal; none without data: left out of the sum.
    pub score: Option<f64>,
}

impl From<&LineRow> for IndexLine {
    fn from(l: &LineRow) -> Self {
        Self {
            id: l.id.to_string(),
            index: l.index_number,
            points: l.points,
            counted: l.counted,
            left_out: l.left_out,
            score: l.tenths.map(|t| f64::from(t) / 10.0),
        }
    }
}

/// A share with the interval that its size allows.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexShare {
    /// How many of them.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
    /// In percent, rounded to two decimals; none when there is nothing to divide by.
    pub percent: Option<f64>,
    /// Lower end of Wilson's interval at 95 %.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl From<Ratio> for IndexShare {
    fn from(r: Ratio) -> Self {
        let hundredths = |n: u64| decimal(n, 100);
        Self {
            part: r.part,
            whole: r.whole,
            percent: r.basis_points().map(hundredths),
            low: r.wilson().map(|w| hundredths(w.0)),
            high: r.wilson().map(|w| hundredths(w.1)),
        }
    }
}

/// What was counted of a unit or an officer, besides the points.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexCounts {
    /// Finished in the quarter.
    pub finished: u64,
    /// Of those: earlier than the limit.
    pub early: u64,
    /// On the day.
    pub on_time: u64,
    /// Later.
    pub overdue: u64,
    /// Promised anew with an apology: counted above against the new date.
    pub reappointed: u64,
    /// Of those: later than the date before the apology.
    pub late_before_apology: u64,
    /// Steps of internal workflows that were measured: earlier than their limit.
    pub steps_early: u64,
    /// On the day.
    pub steps_on_time: u64,
    /// Later.
    pub steps_overdue: u64,
    /// Finished without asking anybody for a supplement.
    pub complete_at_once: u64,
    /// Finished, and it is known how often people had to come.
    pub contacts_known: u64,
    /// Finished with an upheld complaint; none: nobody has looked.
    pub upheld: Option<u64>,
    /// Filed in the quarter.
    pub filed: u64,
    /// Of those: online.
    pub filed_online: u64,
    /// Filed online and overdue or not answered.
    pub online_late: u64,
    /// Procedures offered online, of all in force at the end.
    pub online_procedures: IndexPart,
    /// Feedback handled in time, of all received; none: nobody has said.
    pub feedback_on_time: Option<IndexPart>,
    /// Whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
}

impl From<&Tally> for IndexCounts {
    fn from(t: &Tally) -> Self {
        Self {
            finished: t.finished,
            early: t.early,
            on_time: t.on_time,
            overdue: t.overdue,
            reappointed: t.reappointed,
            late_before_apology: t.late_before_apology,
            steps_early: t.steps_early,
            steps_on_time: t.steps_on_time,
            steps_overdue: t.steps_overdue,
            complete_at_once: t.complete_at_once,
            contacts_known: t.contacts_known,
            upheld: t.upheld,
            filed: t.filed,
            filed_online: t.filed_online,
            online_late: t.online_late,
            online_procedures: t.online_procedures.into(),
            feedback_on_time: t.feedback_on_time.map(Into::into),
            feedback_prolonged: t.feedback_prolonged,
        }
    }
}

/// An authority by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndexAuthority {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Name.
    pub name: String,
}

/// The indices of the centre, an authority or an officer.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexResult {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// The authority; absent for the centre and for officers.
    pub authority: Option<IndexAuthority>,
    /// The officer; absent for units.
    pub officer: Option<PersonRef>,
    /// Its indices, in their order.
    pub lines: Vec<IndexLine>,
    /// Sum of those with data.
    pub total: f64,
    /// What could have been reached with the data there was.
    pub most: i32,
    /// The band; none when no index had data.
    #[schema(value_type = Option<words::QualityBand>)]
    pub band: Option<String>,
    /// What was counted.
    pub counts: IndexCounts,
    /// Share of the satisfied (SIPAS); none: nobody was asked.
    pub satisfied: Option<IndexShare>,
}

impl IndexResult {
    pub(super) fn of(
        outcome: &Outcome,
        authorities: &HashMap<AuthorityId, String>,
        names: &Names,
    ) -> Self {
        let row = &outcome.row;
        Self {
            id: row.id.to_string(),
            authority: row.authority_id.as_ref().map(|id| IndexAuthority {
                id: id.to_string(),
                name: authorities.get(id).cloned().unwrap_or_default(),
            }),
            officer: row.officer_id.as_ref().map(|id| PersonRef::of(id, names)),
            lines: outcome.lines.iter().map(IndexLine::from).collect(),
            total: f64::from(row.total_tenths) / 10.0,
            most: row.most,
            band: row.band.clone(),
            counts: (&outcome.tally).into(),
            satisfied: outcome.tally.answers().map(|a| a.share().into()),
        }
    }
}

/// A snapshot of the indices.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexSnapshot {
    /// Which it is.
    pub snapshot: IndexSnapshotItem,
    /// The centre's name.
    pub centre: String,
    /// Where the nine indices come from.
    pub source: &'static str,
    /// Where the days of the quarter come from.
    pub cut_off_source: &'static str,
    /// Where the share of the satisfied comes from.
    pub satisfied_source: &'static str,
    /// The centre first, then its authorities: of what the caller sees.
    #[schema(max_items = 1000)]
    pub units: Vec<IndexResult>,
    /// The estimate of Decision 766 for the centre; rows nobody counted are unknown.
    pub service: ServiceScore,
    /// What was entered of units, with its reasons.
    #[schema(max_items = 200)]
    pub entered_units: Vec<IndexUnitEntry>,
    /// What was entered of officers; empty for whom they are not.
    #[schema(max_items = 500)]
    pub entered_officers: Vec<IndexOfficerEntry>,
    /// Whether the caller sees what came out for officers.
    pub officers_shown: bool,
}

/// The estimate of Decision 766 from what was counted.
pub(super) fn service_score(measured: &[Measured]) -> ServiceScore {
    let score = decision_766::score(
        |row| {
            let found = measured.iter().find(|m| m.code == row.code)?;
            Some(Ratio {
                part: found.part,
                whole: found.whole,
            })
        },
        |_| false,
    );
    score.into()
}

impl From<Whole> for IndexSnapshot {
    fn from(w: Whole) -> Self {
        let cut_off = CutOff::parse(&w.row.cut_off).unwrap_or(CutOff::Calendar);
        Self {
            units: w
                .units
                .iter()
                .map(|u| IndexResult::of(u, &w.authorities, &w.names))
                .collect(),
            service: service_score(&w.service),
            entered_units: w.entered.units.into_iter().map(Into::into).collect(),
            entered_officers: w.entered.officers.into_iter().map(Into::into).collect(),
            snapshot: IndexSnapshotItem::of(w.row, &w.names),
            centre: w.centre,
            source: quality::SOURCE,
            cut_off_source: cut_off.source(),
            satisfied_source: satisfied::SOURCE,
            officers_shown: w.officers_shown,
        }
    }
}
