//! Answers whose week is over: taken out of their seals, put together with others, shuffled, kept and counted.
//! After it nobody can say which of them came with which token.

use std::collections::BTreeMap;

use motcua_domain::survey::cells::{Cell, Period, Place, monday, released};
use motcua_domain::survey::cube::groups_shown;
use motcua_domain::survey::questionnaire::{About, Kind, Questionnaire};
use motcua_domain::survey::screen::screened;
use motcua_domain::vn_time::local_date;
use motcua_store::survey::{
    self as rows, AnswerRow, CountRow, OfficerCountRow, OfficerPartRow, RemarkRow,
};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, StoreError, UserId};
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};

use super::answer::Waiting;
use super::read;
use crate::context::Services;
use crate::error::{Error, Result};

/// Most answers of one centre that are looked at at once: more than a city's centre gets in a quarter.
const MOST_WAITING: i64 = 50_000;
/// Most centres that one round looks at.
const MOST_CENTRES: i64 = 500;

/// An id that tells nothing, not even when it was made.
pub(super) fn random_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// What is counted for an officer.
#[derive(Debug, Serialize, Deserialize)]
struct OfficerPart {
    officer: UserId,
    authority: AuthorityId,
    questionnaire: RecordId,
    /// Question and choice.
    chosen: Vec<(String, String)>,
}

fn place(waiting: &Waiting, week: chrono::NaiveDate) -> Place {
    Place {
        questionnaire: waiting.questionnaire.to_string(),
        authority: waiting.authority.as_ref().map(ToString::to_string),
        field: waiting.field.clone(),
        channel: waiting.channel.as_str().to_owned(),
        week,
    }
}

/// What an answer adds to the counts: itself, each question that was answered, each choice.
pub(crate) fn counted(
    answers: &[motcua_domain::survey::questionnaire::Given],
) -> Vec<(String, String)> {
    let mut keys = vec![(String::new(), String::new())];
    for given in answers {
        let chosen = given.counted();
        if !chosen.is_empty() || given.text.is_some() {
            keys.push((given.question.clone(), String::new()));
        }
        for choice in chosen {
            keys.push((given.question.clone(), choice));
        }
    }
    keys
}

impl Services {
    /// Keeps what has waited long enough, at every centre; closes officers' counts of quarters that are
    /// over. How many answers were kept.
    ///
    /// # Errors
    /// Storage failures, and what the key cannot open.
    pub fn keep_answers(&self) -> Result<usize> {
        let today = local_date(self.now());
        let week = monday(today);
        let mut after: Option<CentreId> = None;
        let mut kept = 0;
        loop {
            let centres = self.read(|db| {
                Ok(rows::centres_pending(
                    db,
                    week,
                    after.as_ref(),
                    MOST_CENTRES,
                )?)
            })?;
            let Some(last) = centres.last().cloned() else {
                break;
            };
            for centre in &centres {
                kept += self.write(|db| keep_at(self, db, centre))?;
            }
            after = Some(last);
        }
        let quarter = Period::quarter_of_week(week);
        for (centre, of) in
            self.read(|db| Ok(rows::officer_quarters(db, &quarter, MOST_CENTRES)?))?
        {
            self.write(|db| close_officers(self, db, &centre, &of))?;
        }
        Ok(kept)
    }
}

fn keep_at(services: &Services, db: &mut Db, centre: &CentreId) -> Result<usize> {
    let today = local_date(services.now());
    let pending = rows::pending(db, centre, monday(today), MOST_WAITING)?;
    let mut opened = Vec::with_capacity(pending.len());
    let mut places = Vec::with_capacity(pending.len());
    for row in &pending {
        let text = services.keys.surveys.open_sealed(&row.sealed)?;
        let waiting: Waiting = serde_json::from_str(&text).map_err(StoreError::from)?;
        places.push(place(&waiting, row.week));
        opened.push(waiting);
    }
    let groups = released(&places, today);
    if groups.is_empty() {
        return Ok(0);
    }
    let mut known: BTreeMap<RecordId, Questionnaire> = BTreeMap::new();
    for row in rows::questionnaires_of(db, &distinct(&opened))? {
        known.insert(row.id.clone(), read(&row)?);
    }
    let mut batch = Batch::default();
    let mut done = Vec::new();
    for (cell, members) in &groups {
        for i in members {
            let (Some(waiting), Some(row)) = (opened.get(*i), pending.get(*i)) else {
                continue;
            };
            let questionnaire = known
                .get(&waiting.questionnaire)
                .ok_or_else(|| Error::Internal("a questionnaire is gone".into()))?;
            batch.add(services, centre, cell, waiting, questionnaire)?;
            done.push(row.id.clone());
        }
    }
    batch.keep(db)?;
    rows::delete_pending(db, &done)?;
    Ok(done.len())
}

fn distinct(opened: &[Waiting]) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> = opened.iter().map(|w| w.questionnaire.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// What one round writes.
#[derive(Default)]
struct Batch {
    answers: Vec<AnswerRow>,
    counts: BTreeMap<CountRow, i64>,
    remarks: Vec<RemarkRow>,
    officers: Vec<OfficerPartRow>,
}

impl Batch {
    fn add(
        &mut self,
        services: &Services,
        centre: &CentreId,
        cell: &Cell,
        waiting: &Waiting,
        questionnaire: &Questionnaire,
    ) -> Result<()> {
        let authority = cell
            .authority
            .clone()
            .map(AuthorityId::try_from)
            .transpose();
        let authority = authority.map_err(|e| Error::Internal(e.to_string()))?;
        let quarter = cell.period.quarter().unwrap_or_default();
        for (question, choice) in counted(&waiting.answers) {
            let key = CountRow {
                centre_id: centre.clone(),
                questionnaire_id: waiting.questionnaire.clone(),
                quarter: quarter.clone(),
                question,
                choice,
                authority_id: cell.authority.clone().unwrap_or_default(),
                field: cell.field.clone().unwrap_or_default(),
                channel: cell.channel.clone().unwrap_or_default(),
                n: 0,
            };
            *self.counts.entry(key).or_default() += 1;
        }
        let mut told = waiting.answers.clone();
        for given in &mut told {
            // One's own words are cut from the rest of the answer.
            let text = given.text.as_mut().map(std::mem::take);
            if let Some(text) = text.filter(|t| !t.is_empty()) {
                self.remarks.push(RemarkRow {
                    id: random_id(),
                    centre_id: centre.clone(),
                    questionnaire_id: waiting.questionnaire.clone(),
                    question: given.question.clone(),
                    authority_id: authority.clone(),
                    quarter: quarter.clone(),
                    text: screened(&text),
                    state: "held".into(),
                    screened_by: None,
                    version: 1,
                });
            }
        }
        self.officer(services, centre, &quarter, waiting, questionnaire)?;
        self.answers.push(AnswerRow {
            id: random_id(),
            centre_id: centre.clone(),
            questionnaire_id: waiting.questionnaire.clone(),
            authority_id: authority,
            field: cell.field.clone(),
            channel: cell.channel.clone(),
            period: cell.period.word(),
            quarter,
            answers: serde_json::to_string(&told).map_err(StoreError::from)?,
        });
        Ok(())
    }

    fn officer(
        &mut self,
        services: &Services,
        centre: &CentreId,
        quarter: &str,
        waiting: &Waiting,
        questionnaire: &Questionnaire,
    ) -> Result<()> {
        // A whole year's answers come after its quarters' counts were closed.
        let (Some(officer), Some(authority), false) =
            (&waiting.officer, &waiting.authority, quarter.is_empty())
        else {
            return Ok(());
        };
        let about = |id: &str| {
            questionnaire.question(id).is_some_and(|q| {
                q.about == Some(About::Officer) || (q.kind == Kind::Number && q.index.is_some())
            })
        };
        let chosen: Vec<(String, String)> = waiting
            .answers
            .iter()
            .filter(|g| about(&g.question))
            .flat_map(|g| g.counted().into_iter().map(|c| (g.question.clone(), c)))
            .collect();
        if chosen.is_empty() {
            return Ok(());
        }
        let part = OfficerPart {
            officer: officer.clone(),
            authority: authority.clone(),
            questionnaire: waiting.questionnaire.clone(),
            chosen,
        };
        let text = serde_json::to_string(&part).map_err(StoreError::from)?;
        self.officers.push(OfficerPartRow {
            id: random_id(),
            centre_id: centre.clone(),
            quarter: quarter.to_owned(),
            sealed: services.keys.surveys.seal(&text)?,
        });
        Ok(())
    }

    fn keep(mut self, db: &mut Db) -> Result<()> {
        let mut random = rand::rng();
        self.answers.shuffle(&mut random);
        self.remarks.shuffle(&mut random);
        self.officers.shuffle(&mut random);
        rows::insert_answers(db, &self.answers)?;
        let counts: Vec<CountRow> = self
            .counts
            .into_iter()
            .map(|(row, n)| CountRow { n, ..row })
            .collect();
        rows::add_counts(db, &counts)?;
        rows::insert_remarks(db, &self.remarks)?;
        rows::insert_officer_parts(db, &self.officers)?;
        Ok(())
    }
}

/// Opens the officers' parts of a quarter that is over, and keeps the counts of those whom at least five
/// answered about, so that what is left of their ward is none or at least five too.
fn close_officers(
    services: &Services,
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
) -> Result<()> {
    type Group = (AuthorityId, RecordId, String);
    let parts = rows::officer_parts(db, centre, quarter, MOST_WAITING)?;
    let mut answered: BTreeMap<Group, BTreeMap<UserId, u64>> = BTreeMap::new();
    let mut chosen: BTreeMap<(Group, UserId, String), i64> = BTreeMap::new();
    for row in parts {
        let text = services.keys.surveys.open_sealed(&row.sealed)?;
        let part: OfficerPart = serde_json::from_str(&text).map_err(StoreError::from)?;
        let mut counted = std::collections::BTreeSet::new();
        for (question, choice) in part.chosen {
            let group = (
                part.authority.clone(),
                part.questionnaire.clone(),
                question.clone(),
            );
            if counted.insert(question) {
                let of = answered.entry(group.clone()).or_default();
                *of.entry(part.officer.clone()).or_default() += 1;
            }
            *chosen
                .entry((group, part.officer.clone(), choice))
                .or_default() += 1;
        }
    }
    let shown: BTreeMap<Group, _> = answered
        .iter()
        .map(|(group, officers)| (group.clone(), groups_shown(officers)))
        .collect();
    let counts: Vec<OfficerCountRow> = chosen
        .into_iter()
        .filter(|((group, officer, _), _)| shown.get(group).is_some_and(|s| s.contains(officer)))
        .map(
            |(((authority, questionnaire, question), officer, choice), n)| OfficerCountRow {
                centre_id: centre.clone(),
                quarter: quarter.to_owned(),
                officer_id: officer,
                authority_id: authority,
                questionnaire_id: questionnaire,
                question,
                choice,
                n,
            },
        )
        .collect();
    rows::close_officer_parts(db, centre, quarter, &counts)?;
    Ok(())
}
