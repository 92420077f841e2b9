//! An answer given: the token is used up, the answer is sealed and waits among others for its week to end.
//!
//! Nothing else is written: no entry of the record, no event, no key of idempotency, no hour.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use motcua_domain::refusal::Refusal;
use motcua_domain::survey::cells::monday;
use motcua_domain::survey::questionnaire::{Channel, Given, Questionnaire};
use motcua_domain::vn_time::local_date;
use motcua_store::survey::{self as rows, InvitationRow, PendingRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, StoreError, UserId, centre};
use serde::{Deserialize, Serialize};

use super::key::token_hash;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::together::Taken;

/// Answers that are written in one transaction.
const MOST_AT_ONCE: usize = 64;

/// What is asked of whoever holds a token.
#[derive(Debug, Clone)]
pub struct Asked {
    /// At what, such as `intake`.
    pub occasion: String,
    /// By which centre.
    pub centre: String,
    /// The questions.
    pub questionnaire: Questionnaire,
    /// The last day on which it may be answered.
    pub expires_on: NaiveDate,
}

/// What waits, sealed: everything that an answer is kept and counted by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub questionnaire: RecordId,
    pub authority: Option<AuthorityId>,
    pub field: Option<String>,
    pub channel: Channel,
    pub officer: Option<UserId>,
    pub answers: Vec<Given>,
}

/// That an answer was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered;

fn unknown() -> Error {
    Refusal::new(
        "survey_unknown",
        "Không có phiếu lấy ý kiến nào ở địa chỉ này. Vui lòng kiểm tra lại mã trên giấy.",
        "There is no questionnaire at this address. Please check the code on your paper.",
    )
    .into()
}

fn used() -> Refusal {
    Refusal::new(
        "survey_answered",
        "Phiếu này đã được trả lời. Cảm ơn Ông/Bà.",
        "This questionnaire was answered. Thank you.",
    )
}

fn open(services: &Services, db: &mut Db, token: &str) -> Result<InvitationRow> {
    if token.len() != 22 {
        return Err(unknown());
    }
    let row = rows::invitation(db, &token_hash(token))?.ok_or_else(unknown)?;
    if row.used {
        return Err(used().into());
    }
    if row.expires_on < local_date(services.now()) {
        return Err(Refusal::new(
            "survey_expired",
            "Phiếu này đã hết hạn trả lời.",
            "The time to answer this questionnaire is over.",
        )
        .into());
    }
    Ok(row)
}

/// What is asked of whoever holds this token.
///
/// # Errors
/// `survey_unknown`, `survey_answered`, `survey_expired`.
pub fn asked(services: &Services, db: &mut Db, token: &str) -> Result<Asked> {
    let row = open(services, db, token)?;
    let centre = centre::centre(db, &row.centre_id)?
        .ok_or_else(|| Error::Internal("a centre is gone".into()))?;
    Ok(Asked {
        occasion: row.occasion,
        centre: centre.name,
        questionnaire: Questionnaire::clone(&*services.questionnaire(db, &row.questionnaire_id)?),
        expires_on: row.expires_on,
    })
}

/// An answer that was checked, and the right that it uses up.
pub(crate) struct Proven {
    token_hash: String,
    row: PendingRow,
}

/// Takes an answer. Of many with the same token at once, one is taken. Opens its own transactions: those
/// who answer at the same time are written together.
///
/// # Errors
/// `survey_unknown`, `survey_answered`, `survey_expired`; `validation_failed` with a pointer to each
/// answer that does not fit.
pub fn answer(
    services: &Services,
    token: &str,
    channel: Channel,
    given: Vec<Given>,
    lenient: bool,
) -> Result<Answered> {
    let proven = services.read(|db| checked(services, db, token, channel, given, lenient))?;
    services.answers.write(services, proven, MOST_AT_ONCE, keep)
}

/// Takes an answer in the caller's transaction, by itself.
pub(super) fn answer_in(
    services: &Services,
    db: &mut Db,
    token: &str,
    channel: Channel,
    given: Vec<Given>,
) -> Result<Answered> {
    let proven = checked(services, db, token, channel, given, false)?;
    match keep(db, &[proven])?.pop() {
        Some(taken) => taken.map_err(Error::Refused),
        None => Err(Error::Internal("an answer was not kept".into())),
    }
}

/// An answer that fits, sealed, and the right that it would use up.
fn checked(
    services: &Services,
    db: &mut Db,
    token: &str,
    channel: Channel,
    given: Vec<Given>,
    lenient: bool,
) -> Result<Proven> {
    let row = open(services, db, token)?;
    let questionnaire = services.questionnaire(db, &row.questionnaire_id)?;
    let given = if lenient {
        questionnaire.without_unasked(given)
    } else {
        given
    };
    let waiting = Waiting {
        questionnaire: row.questionnaire_id,
        authority: Some(row.authority_id),
        field: Some(row.field),
        channel,
        officer: row.officer_id,
        answers: questionnaire.check(given)?,
    };
    Ok(Proven {
        row: sealed(services, &row.centre_id, &waiting, this_week(services))?,
        token_hash: row.token_hash,
    })
}

/// Keeps answers, each by a right that was not used before; what became of each, in their order.
fn keep(db: &mut Db, answers: &[Proven]) -> Result<Vec<Taken<Answered>>> {
    // In one order everywhere, so that two servers do not wait for each other.
    let hashes: BTreeSet<String> = answers.iter().map(|a| a.token_hash.clone()).collect();
    let hashes: Vec<String> = hashes.into_iter().collect();
    let mut rights: HashSet<String> = rows::use_invitations(db, &hashes)?.into_iter().collect();
    let mut taken = Vec::with_capacity(answers.len());
    let mut kept = Vec::with_capacity(answers.len());
    for answer in answers {
        // Of several by one right the first has it.
        let first = rights.remove(&answer.token_hash);
        if first {
            kept.push(answer.row.clone());
        }
        taken.push(if first {
            Ok(Answered)
        } else {
            Err(Box::new(used()))
        });
    }
    // Where they lie must not tell which of them came first.
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    rows::insert_pending(db, &kept)?;
    Ok(taken)
}

fn this_week(services: &Services) -> NaiveDate {
    monday(local_date(services.now()))
}

/// Seals an answer and lets it wait.
pub(super) fn wait(
    services: &Services,
    db: &mut Db,
    centre: &CentreId,
    waiting: &Waiting,
) -> Result<Answered> {
    wait_in(services, db, centre, waiting, this_week(services))
}

/// As [`wait`], in the week that begins on this Monday.
pub(crate) fn wait_in(
    services: &Services,
    db: &mut Db,
    centre: &CentreId,
    waiting: &Waiting,
    week: NaiveDate,
) -> Result<Answered> {
    let row = sealed(services, centre, waiting, week)?;
    rows::insert_pending(db, &[row])?;
    Ok(Answered)
}

/// An answer as it waits.
fn sealed(
    services: &Services,
    centre: &CentreId,
    waiting: &Waiting,
    week: NaiveDate,
) -> Result<PendingRow> {
    let text = serde_json::to_string(waiting).map_err(StoreError::from)?;
    Ok(PendingRow {
        id: super::keep::random_id(),
        centre_id: centre.clone(),
        week,
        sealed: services.keys.surveys.seal(&text)?,
    })
}
