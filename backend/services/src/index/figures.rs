//! What was counted for a snapshot, subject by subject, and the indices that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::Ratio;
use motcua_domain::survey::quality::{self, Facts, Scope, Time, UnitFacts};
use motcua_domain::survey::satisfied::Answers;
use motcua_store::index::{self as rows, FactGroup, LineRow, ResultRow};
use motcua_store::{
    AuthorityId, CentreId, Db, DossierId, RecordId, StoreError, Ts, UserId, catalogue,
};

use super::{Entered, EnteredUnit, Measured, Part, Sum, Tally};
use crate::error::Result;

fn not_counted(at: String, what: (&str, &str)) -> FieldError {
    FieldError::new(at, "not_in_snapshot", what.0, what.1)
}

/// Whose figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Centre,
    Authority(AuthorityId),
    Officer(UserId),
}

/// What was counted, subject by subject.
pub(super) struct Figures {
    groups: Vec<FactGroup>,
    steps: Vec<rows::StepGroup>,
    filed: Vec<(AuthorityId, String, String, i64)>,
    /// Code, and whether it is offered online.
    procedures: Vec<(String, bool)>,
    pub(super) authorities: BTreeSet<AuthorityId>,
    pub(super) entered: Entered,
    pub(super) stepped: BTreeMap<AuthorityId, u64>,
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn small(n: u64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn large(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn time(word: Option<&String>) -> Option<Time> {
    word.and_then(|w| Time::parse(w))
}

fn facts_of(group: &FactGroup) -> Facts {
    Facts {
        time: time(group.timing.as_ref()),
        contacts: group.contacts.and_then(|n| u32::try_from(n).ok()),
        complaint_upheld: group.upheld,
        ..Facts::default()
    }
}

impl Figures {
    pub(super) fn read(
        db: &mut Db,
        snapshot: &RecordId,
        within: (Ts, Ts),
        centre: &CentreId,
        on: NaiveDate,
    ) -> Result<Self> {
        let groups = rows::fact_groups(db, snapshot)?;
        let filed = rows::filed(db, centre, within)?;
        let authorities = groups
            .iter()
            .map(|g| &g.authority_id)
            .chain(filed.iter().map(|(a, ..)| a))
            .cloned()
            .collect();
        Ok(Self {
            steps: rows::step_groups(db, snapshot)?,
            procedures: catalogue::online_levels(db, on)?
                .into_iter()
                .map(|(code, level)| (code, level != "none"))
                .collect(),
            groups,
            filed,
            authorities,
            entered: Entered::default(),
            stepped: BTreeMap::new(),
        })
    }

    /// That every dossier and officer somebody named is among what was counted.
    pub(super) fn all_met(
        &self,
        known: &BTreeMap<String, DossierId>,
        met: &BTreeSet<DossierId>,
    ) -> Result<()> {
        let mut faults = Vec::new();
        for (i, unit) in self.entered.units.iter().enumerate() {
            let codes = unit.upheld_dossiers.iter().flatten().enumerate();
            for (j, code) in codes {
                if !known.get(code).is_some_and(|id| met.contains(id)) {
                    faults.push(not_counted(
                        format!("/units/{i}/upheld_dossiers/{j}"),
                        (
                            "Không có hồ sơ này trong số hồ sơ cơ quan đã giải quyết xong trong quý.",
                            "The authority finished no such dossier in the quarter.",
                        ),
                    ));
                }
            }
        }
        let officers = self.officers();
        for (i, officer) in self.entered.officers.iter().enumerate() {
            if !officers.contains(&officer.user_id) {
                faults.push(not_counted(
                    format!("/officers/{i}/user_id"),
                    (
                        "Người này không giải quyết hồ sơ nào trong quý.",
                        "This person handled no dossier in the quarter.",
                    ),
                ));
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid(faults).into())
        }
    }

    pub(super) fn officers(&self) -> BTreeSet<UserId> {
        let finished = self.groups.iter().filter(|g| g.finished);
        finished
            .filter_map(|g| g.officer_id.clone())
            .chain(self.steps.iter().filter_map(|s| s.1.clone()))
            .collect()
    }

    fn of<'a>(&'a self, subject: &'a Subject) -> impl Iterator<Item = &'a FactGroup> {
        self.groups.iter().filter(move |g| match subject {
            Subject::Centre => true,
            Subject::Authority(id) => g.authority_id == *id,
            Subject::Officer(id) => g.finished && g.officer_id.as_ref() == Some(id),
        })
    }

    /// What was entered of the authorities together, if all of them have it.
    fn of_all<T>(&self, one: impl Fn(&EnteredUnit) -> Option<T>) -> Option<Vec<T>> {
        let given: Option<Vec<T>> = self
            .authorities
            .iter()
            .map(|id| self.entered.unit(Some(id)).and_then(&one))
            .collect();
        given.filter(|all| !all.is_empty())
    }

    fn tally(&self, subject: &Subject) -> Tally {
        let mut t = Tally::default();
        for g in self.of(subject) {
            let n = count(g.count);
            t.filed_online += if g.filed_online { n } else { 0 };
            t.online_late += if g.online_late { n } else { 0 };
            if !g.finished {
                continue;
            }
            t.finished += n;
            match time(g.timing.as_ref()) {
                Some(Time::Early) => t.early += n,
                Some(Time::OnTime) => t.on_time += n,
                Some(Time::Overdue) => t.overdue += n,
                None => {}
            }
            if let Some(first) = time(g.first_timing.as_ref()) {
                t.reappointed += n;
                t.late_before_apology += if first == Time::Overdue { n } else { 0 };
            }
            if let Some(contacts) = g.contacts {
                t.contacts_known += n;
                t.complete_at_once += if contacts == 0 { n } else { 0 };
            }
            if let Some(upheld) = g.upheld {
                *t.upheld.get_or_insert(0) += if upheld { n } else { 0 };
            }
        }
        for (authority, officer, timing, n) in &self.steps {
            let within = match subject {
                Subject::Centre => true,
                Subject::Authority(id) => authority == id,
                Subject::Officer(id) => officer.as_ref() == Some(id),
            };
            match Time::parse(timing).filter(|_| within) {
                Some(Time::Early) => t.steps_early += count(*n),
                Some(Time::OnTime) => t.steps_on_time += count(*n),
                Some(Time::Overdue) => t.steps_overdue += count(*n),
                None => {}
            }
        }
        if let Subject::Officer(_) = subject {
            (t.filed_online, t.online_late) = (0, 0);
            return t;
        }
        let of_unit = |authority: &AuthorityId| match subject {
            Subject::Authority(id) => authority == id,
            _ => true,
        };
        let filed = self.filed.iter().filter(|(a, ..)| of_unit(a));
        t.filed = filed.map(|(.., n)| count(*n)).sum();
        t.online_procedures = self.online_procedures();
        let own = match subject {
            Subject::Authority(id) => self.entered.unit(Some(id)),
            _ => self.entered.unit(None),
        };
        t.feedback_on_time = own.and_then(|u| u.feedback_on_time);
        t.feedback_prolonged = own.and_then(|u| u.feedback_prolonged);
        t.answers = own.and_then(|u| u.answers);
        if *subject == Subject::Centre {
            // The centre's is that of its authorities together where nothing else was said, and all have it.
            if t.feedback_on_time.is_none() {
                t.feedback_on_time = self.of_all(|u| u.feedback_on_time).map(|all| {
                    all.iter().fold(Part::default(), |sum, p| Part {
                        part: sum.part.saturating_add(p.part),
                        whole: sum.whole.saturating_add(p.whole),
                    })
                });
                t.feedback_prolonged = self
                    .of_all(|u| u.feedback_prolonged)
                    .map(|all| all.contains(&true));
            }
            if t.answers.is_none() {
                t.answers = self.of_all(|u| u.answers).map(|all| {
                    let sum = all
                        .into_iter()
                        .fold(Answers::default(), |sum, a| sum.with(&Answers(a)));
                    sum.0
                });
            }
        }
        t
    }

    fn online_procedures(&self) -> Part {
        Part {
            part: self.procedures.iter().filter(|(_, online)| *online).count() as u64,
            whole: self.procedures.len() as u64,
        }
    }

    fn bodies(&self, subject: &Subject) -> Option<Sum> {
        match subject {
            Subject::Authority(id) => self.entered.unit(Some(id))?.bodies,
            Subject::Officer(id) => self.entered.officer(id).map(|o| o.bodies),
            Subject::Centre => self.entered.unit(None).and_then(|u| u.bodies).or_else(|| {
                self.of_all(|u| u.bodies).map(|all| {
                    all.iter().fold(Sum::default(), |sum, b| Sum {
                        points: sum.points + b.points,
                        counted: sum.counted + b.counted,
                    })
                })
            }),
        }
    }

    /// Keeps the indices of everyone.
    pub(super) fn keep(&self, db: &mut Db, snapshot: &RecordId) -> Result<()> {
        let subjects = std::iter::once(Subject::Centre)
            .chain(self.authorities.iter().cloned().map(Subject::Authority))
            .chain(self.officers().into_iter().map(Subject::Officer));
        let (mut results, mut lines) = (Vec::new(), Vec::new());
        for subject in subjects {
            let (result, own) = self.result(&subject, snapshot)?;
            results.push(result);
            lines.extend(own);
        }
        rows::insert_results(db, &results, &lines)?;
        Ok(())
    }

    fn result(&self, subject: &Subject, snapshot: &RecordId) -> Result<(ResultRow, Vec<LineRow>)> {
        let tally = self.tally(subject);
        let bodies = self.bodies(subject);
        let finished: Vec<(Facts, u64)> = self
            .of(subject)
            .filter(|g| g.finished)
            .map(|g| (facts_of(g), count(g.count)))
            .collect();
        let step = |time| Facts {
            unit_time: Some(time),
            ..Facts::default()
        };
        let steps = [
            (step(Time::Early), tally.steps_early),
            (step(Time::OnTime), tally.steps_on_time),
            (step(Time::Overdue), tally.steps_overdue),
        ];
        let unit = self.unit(subject, &tally);
        let (scope, kind) = match subject {
            Subject::Centre => (Scope::Unit, "centre"),
            Subject::Authority(_) => (Scope::Unit, "authority"),
            Subject::Officer(_) => (Scope::Officer, "officer"),
        };
        let score = quality::score_of(scope, |number| match number {
            2 => quality::sum(2, steps.iter().map(|(f, n)| (f, *n))),
            4 => bodies.map_or((0, 0), |b| (b.points, b.counted)),
            5 | 6 | 8 | 9 => unit.points(number).map_or((0, 0), |p| (u64::from(p), 1)),
            _ => quality::sum(number, finished.iter().map(|(f, n)| (f, *n))),
        });
        let stepped = match subject {
            Subject::Centre => Some(self.stepped.values().sum()),
            Subject::Authority(id) => Some(self.stepped.get(id).copied().unwrap_or(0)),
            Subject::Officer(_) => None,
        };
        let result = ResultRow {
            id: RecordId::new(),
            snapshot_id: snapshot.clone(),
            kind: kind.to_owned(),
            authority_id: match subject {
                Subject::Authority(id) => Some(id.clone()),
                _ => None,
            },
            officer_id: match subject {
                Subject::Officer(id) => Some(id.clone()),
                _ => None,
            },
            total_tenths: small(score.total_tenths),
            most: small(score.most),
            band: score.band.map(|b| b.as_str().to_owned()),
            data: serde_json::to_string(&tally).map_err(StoreError::from)?,
        };
        let lines = score
            .indices
            .iter()
            .map(|i| {
                let known = match i.number {
                    // Steps are counted, not dossiers.
                    2 => stepped.unwrap_or(tally.finished),
                    5 | 6 | 8 | 9 => tally.finished,
                    _ => i.counted,
                };
                LineRow {
                    id: RecordId::new(),
                    result_id: result.id.clone(),
                    index_number: i32::from(i.number),
                    points: large(i.points),
                    counted: large(i.counted),
                    left_out: large(tally.finished.saturating_sub(known)),
                    tenths: i.tenths.map(small),
                }
            })
            .collect();
        Ok((result, lines))
    }

    fn unit(&self, subject: &Subject, tally: &Tally) -> UnitFacts {
        let own = match subject {
            Subject::Officer(_) => return UnitFacts::default(),
            Subject::Authority(id) => self.entered.unit(Some(id)),
            Subject::Centre => self.entered.unit(None),
        };
        UnitFacts {
            received_at_centre: own.and_then(|u| u.received_at_centre).map(Into::into),
            decided_at_centre: own.and_then(|u| u.decided_at_centre).map(Into::into),
            posted: own.and_then(|u| u.posted),
            published: own.and_then(|u| u.published),
            feedback_on_time: tally.feedback_on_time.map(Into::into),
            feedback_prolonged: tally.feedback_prolonged,
            online_procedures: Some(tally.online_procedures.into()),
            online_dossiers: Some(Ratio {
                part: tally.filed_online,
                whole: tally.filed,
            }),
            online_overdue: Some(tally.online_late),
        }
    }

    /// What of the rows of Decision 766 is kept; of the others there is no data.
    pub(super) fn service(&self, paid_online: Part) -> Vec<Measured> {
        let all = self.tally(&Subject::Centre);
        let online: BTreeSet<&str> = self
            .procedures
            .iter()
            .filter(|(_, online)| *online)
            .map(|(code, _)| code.as_str())
            .collect();
        let used: BTreeSet<&str> = self
            .filed
            .iter()
            .filter(|(_, code, channel, _)| channel == "online" && online.contains(code.as_str()))
            .map(|(_, code, ..)| code.as_str())
            .collect();
        let mut measured = vec![
            ("processed_on_time", all.early + all.on_time, all.limited()),
            (
                "online_procedures",
                all.online_procedures.part,
                all.online_procedures.whole,
            ),
            (
                "online_services_with_dossiers",
                used.len() as u64,
                online.len() as u64,
            ),
            ("online_dossiers", all.filed_online, all.filed),
            ("paid_online", paid_online.part, paid_online.whole),
        ];
        if let Some(answers) = all.answers() {
            measured.push((
                "dossier_receiving_satisfaction",
                answers.satisfied(),
                answers.valid(),
            ));
        }
        if let Some(feedback) = all.feedback_on_time {
            measured.push(("petition_processing_on_time", feedback.part, feedback.whole));
        }
        measured
            .into_iter()
            .map(|(code, part, whole)| Measured {
                code: code.to_owned(),
                part,
                whole,
            })
            .collect()
    }
}
