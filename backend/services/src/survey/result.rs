//! What people answered, as it may be shown: one fixed cube for each questionnaire and quarter, from counts that
//! were kept with the answers.

use std::collections::{BTreeMap, HashMap};

use motcua_domain::refusal::Refusal;
use motcua_domain::survey::cube::{Joint, Slice, shown, slices};
use motcua_domain::survey::quarter::Quarter;
use motcua_domain::survey::questionnaire::{Kind, Question, Questionnaire};
use motcua_domain::survey::satisfied;
use motcua_store::centre;
use motcua_store::survey::{self as rows, CountRow, QuestionnaireRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, UserId};

use super::device::MOST_SERVED;
use super::read;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::Result;
use crate::reference::Names;

/// How one question was answered in one slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The question's word.
    pub question: String,
    /// How many answered it.
    pub n: u64,
    /// How many chose what.
    pub counts: BTreeMap<String, u64>,
    /// On five steps, where it asks how satisfied somebody is.
    pub steps: Option<satisfied::Answers>,
}

/// One slice of the cube.
#[derive(Debug, Clone)]
pub struct SliceResult {
    /// Which.
    pub slice: Slice,
    /// How many were asked there; none where it is not known (a channel).
    pub asked: Option<u64>,
    /// How many answered; none: held back, because so few could be somebody.
    pub n: Option<u64>,
    /// What they answered; a question that is missing is held back or was not answered.
    pub answers: Vec<Answers>,
}

/// What is shown of a questionnaire in a quarter.
#[derive(Debug, Clone)]
pub struct Results {
    /// The questionnaire.
    pub row: QuestionnaireRow,
    /// What it asks.
    pub questionnaire: Questionnaire,
    /// The quarter.
    pub quarter: String,
    /// Slices, the whole first.
    pub slices: Vec<SliceResult>,
    /// Answers that wait for others to stand beside.
    pub waiting: u64,
    /// Names of the authorities.
    pub authorities: HashMap<String, String>,
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn known(word: &str) -> Option<String> {
    (!word.is_empty()).then(|| word.to_owned())
}

/// How many answered a question, by what their answers are kept by.
fn joints(counts: &[CountRow], question: &str) -> Vec<Joint> {
    counts
        .iter()
        .filter(|c| c.question == question && c.choice.is_empty())
        .map(|c| Joint {
            authority: known(&c.authority_id),
            field: known(&c.field),
            channel: known(&c.channel),
            n: count(c.n),
        })
        .collect()
}

fn within(slice: &Slice, row: &CountRow) -> bool {
    slice.holds(&Joint {
        authority: known(&row.authority_id),
        field: known(&row.field),
        channel: known(&row.channel),
        n: 0,
    })
}

/// A question's choices as the five steps that satisfaction is counted on; three faces are its ends and
/// its middle.
fn steps(question: &Question, counts: &BTreeMap<String, u64>) -> Option<satisfied::Answers> {
    let of = |word: &str| counts.get(word).copied().unwrap_or(0);
    match question.kind {
        Kind::Likert => Some(satisfied::Answers([
            of("1"),
            of("2"),
            of("3"),
            of("4"),
            of("5"),
        ])),
        Kind::Faces => {
            let three: Vec<u64> = question.options.iter().map(|o| of(&o.id)).collect();
            match three.as_slice() {
                // As they stand: the good one first.
                [good, fair, bad] => Some(satisfied::Answers([*bad, 0, *fair, *good, 0])),
                _ => None,
            }
        }
        _ => None,
    }
}

fn quarter_known(quarter: &str) -> Result<()> {
    if quarter.parse::<Quarter>().is_ok() {
        return Ok(());
    }
    let (vi, en) = (
        "Quý ghi theo dạng 2026-Q4.",
        "A quarter is written 2026-Q4.",
    );
    Err(Refusal::new("validation_failed", vi, en)
        .field("quarter", "invalid_value", vi, en)
        .into())
}

/// What may be shown of a questionnaire of a centre in a quarter.
///
/// # Errors
/// `validation_failed` for what is no quarter; `not_found` for a questionnaire that is not the centre's.
pub fn results(
    db: &mut Db,
    centre_id: &CentreId,
    questionnaire: &RecordId,
    quarter: &str,
) -> Result<Results> {
    quarter_known(quarter)?;
    let row = rows::questionnaire(db, questionnaire)?
        .filter(|q| &q.centre_id == centre_id && q.state != "draft")
        .ok_or_else(Refusal::not_found)?;
    let asks = read(&row)?;
    let counts = rows::counts(db, centre_id, questionnaire, quarter)?;
    let asked = rows::asked(db, centre_id, questionnaire, quarter)?;
    let base = joints(&counts, "");
    let open = shown(&base);
    let by_question: Vec<(&Question, BTreeMap<Slice, u64>)> = asks
        .questions
        .iter()
        .map(|q| (q, shown(&joints(&counts, &q.id))))
        .collect();
    // Everything counted, by question: a slice looks at its questions' rows only.
    let mut rows_of: HashMap<&str, Vec<&CountRow>> = HashMap::new();
    for row in counts.iter().filter(|c| !c.choice.is_empty()) {
        rows_of.entry(row.question.as_str()).or_default().push(row);
    }
    let mut out = Vec::new();
    for slice in slices(&base) {
        let n = open.get(&slice).copied();
        let mut answers = Vec::new();
        for (question, open) in by_question.iter().filter(|_| n.is_some()) {
            let Some(n) = open.get(&slice) else { continue };
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for row in rows_of.get(question.id.as_str()).into_iter().flatten() {
                if within(&slice, row) {
                    *counts.entry(row.choice.clone()).or_default() += count(row.n);
                }
            }
            answers.push(Answers {
                question: question.id.clone(),
                n: *n,
                steps: steps(question, &counts),
                counts,
            });
        }
        let of = |keep: &dyn Fn(&AuthorityId, &str) -> bool| {
            let some = asked.iter().filter(|(a, f, _)| keep(a, f));
            // Where nobody was asked (a kiosk asks whoever comes) there is no rate.
            Some(some.map(|(_, _, n)| count(*n)).sum::<u64>()).filter(|n| *n > 0)
        };
        let asked = match &slice {
            Slice::Whole => of(&|_, _| true),
            Slice::Authority(wanted) => of(&|a, _| a.as_str() == wanted),
            Slice::Field(wanted, field) => of(&|a, f| a.as_str() == wanted && f == field),
            Slice::Channel(_) => None,
        };
        out.push(SliceResult {
            slice,
            asked,
            n,
            answers,
        });
    }
    Ok(Results {
        row,
        questionnaire: asks,
        quarter: quarter.to_owned(),
        slices: out,
        waiting: count(rows::count_pending(db, centre_id)?),
        authorities: names(db, centre_id)?,
    })
}

fn names(db: &mut Db, centre_id: &CentreId) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for (_, authority) in centre::served(db, centre_id, MOST_SERVED)? {
        names.insert(authority.id.to_string(), authority.name);
    }
    Ok(names)
}

/// Which questionnaires were answered in a quarter.
#[derive(Debug, Clone)]
pub struct Quarters {
    /// Each with how many answers are kept of it.
    pub answered: Vec<(QuestionnaireRow, u64)>,
}

/// Which questionnaires of a centre were answered in a quarter, and how often; those with too few kept are
/// not there.
///
/// # Errors
/// `validation_failed` for what is no quarter.
pub fn quarters(db: &mut Db, centre_id: &CentreId, quarter: &str) -> Result<Quarters> {
    quarter_known(quarter)?;
    let counted = rows::answered(db, centre_id, quarter)?;
    let ids: Vec<RecordId> = counted.iter().map(|(id, _)| id.clone()).collect();
    let mut found: HashMap<RecordId, QuestionnaireRow> = rows::questionnaires_of(db, &ids)?
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    Ok(Quarters {
        answered: counted
            .into_iter()
            .filter_map(|(id, n)| Some((found.remove(&id)?, count(n))))
            .collect(),
    })
}

/// The question of a questionnaire that asks for the whole.
pub fn overall(questionnaire: &Questionnaire) -> Option<&Question> {
    questionnaire.questions.iter().find(|q| q.overall)
}

/// The share of the satisfied of a whole centre, quarter by quarter.
#[derive(Debug, Clone)]
pub struct Course {
    /// Quarter and answers on five steps; quarters with fewer than five answers are not there.
    pub quarters: Vec<(String, satisfied::Answers)>,
}

/// The course of satisfaction with a questionnaire's code at a centre: every number of it that asks for the
/// whole by the same question.
///
/// # Errors
/// Storage failures only.
pub fn course(db: &mut Db, row: &QuestionnaireRow) -> Result<Course> {
    let asks = read(row)?;
    let Some(question) = overall(&asks) else {
        return Ok(Course {
            quarters: Vec::new(),
        });
    };
    // Numbers of the code that ask for the whole by the same question in the same way.
    let mut ids = Vec::new();
    for other in rows::numbers_of(db, &row.centre_id, &row.code)? {
        let asks = read(&other)?;
        if overall(&asks).is_some_and(|q| q.id == question.id && q.kind == question.kind) {
            ids.push(other.id);
        }
    }
    let counts = rows::counts_of_question(db, &row.centre_id, &ids, &question.id)?;
    let mut by_quarter: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for c in counts.iter().filter(|c| !c.quarter.is_empty()) {
        let of = by_quarter.entry(c.quarter.clone()).or_default();
        *of.entry(c.choice.clone()).or_default() += count(c.n);
    }
    let enough = motcua_domain::survey::cells::FEWEST as u64;
    Ok(Course {
        quarters: by_quarter
            .into_iter()
            .filter(|(_, counts)| counts.get("").copied().unwrap_or(0) >= enough)
            .filter_map(|(quarter, counts)| Some((quarter, steps(question, &counts)?)))
            .collect(),
    })
}

/// What is counted about one officer.
#[derive(Debug, Clone)]
pub struct OfficerResult {
    /// Who.
    pub officer: UserId,
    /// For which authority.
    pub authority: AuthorityId,
    /// By which questionnaire.
    pub questionnaire: RecordId,
    /// What was asked.
    pub question: Question,
    /// How many chose what.
    pub counts: BTreeMap<String, u64>,
    /// On five steps.
    pub steps: Option<satisfied::Answers>,
}

/// What is counted about officers in a quarter that is over: everybody's for who answers for the centre or
/// inspects it, else one's own.
///
/// # Errors
/// `validation_failed`, `centre_unknown`.
pub fn officer_results(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre_id: Option<&CentreId>,
    quarter: &str,
    own: bool,
) -> Result<(Vec<OfficerResult>, Names)> {
    quarter_known(quarter)?;
    let permission = if own {
        Permission::SignedIn
    } else {
        Permission::ReadOfficerResults
    };
    let centre_id = actor
        .centre_for(permission, centre_id)
        .ok_or_else(centre_unknown)?;
    let whose = own.then_some(&actor.user_id);
    let counted = rows::officer_counts(db, &centre_id, quarter, whose)?;
    let mut ids: Vec<RecordId> = counted.iter().map(|c| c.questionnaire_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let mut asks: HashMap<RecordId, Questionnaire> = HashMap::new();
    for row in rows::questionnaires_of(db, &ids)? {
        asks.insert(row.id.clone(), read(&row)?);
    }
    type Key = (UserId, AuthorityId, RecordId, String);
    let mut grouped: BTreeMap<Key, BTreeMap<String, u64>> = BTreeMap::new();
    for c in counted {
        let key = (c.officer_id, c.authority_id, c.questionnaire_id, c.question);
        grouped.entry(key).or_default().insert(c.choice, count(c.n));
    }
    let results: Vec<OfficerResult> = grouped
        .into_iter()
        .filter_map(|((officer, authority, questionnaire, word), counts)| {
            let question = asks.get(&questionnaire)?.question(&word)?.clone();
            Some(OfficerResult {
                steps: steps(&question, &counts),
                officer,
                authority,
                questionnaire,
                question,
                counts,
            })
        })
        .collect();
    let people: Vec<&UserId> = results.iter().map(|r| &r.officer).collect();
    let names = services.names(db, actor.stamp, people)?;
    Ok((results, names))
}
