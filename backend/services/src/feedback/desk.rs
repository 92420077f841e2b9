//! The desk: what is there, what may be done with it, and doing it.

use chrono::NaiveDate;
use motcua_domain::feedback::{
    Command, FeedbackAction, FeedbackCase, FeedbackKind, FeedbackState, FeedbackSubject, Limit,
    Limits, decide, names_somebody,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::Scope;
use motcua_store::feedback::{self as rows, FeedbackRow, Filter, StepRow, covers};
use motcua_store::{AuthorityId, Db, RecordId, Ts, dossier};
use serde_json::json;

use super::filing::{authority_fault, prose, serves};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// The most steps of an item that are told.
pub const MOST_STEPS: i64 = 200;

/// The shortest address that is looked for in what is to be published: a shorter one names a place,
/// not a person.
const SHORTEST_ADDRESS: usize = 12;

/// A page of items.
pub struct Items {
    /// The rows.
    pub rows: Vec<FeedbackRow>,
    /// Names of authorities.
    pub authorities: std::collections::HashMap<AuthorityId, String>,
    /// Where the reader knows of whom and of what they are.
    pub parties: Scope,
    /// Today, in Vietnam.
    pub today: NaiveDate,
}

/// One item with everything about it.
pub struct Item {
    /// The row.
    pub row: FeedbackRow,
    /// What was done, oldest first.
    pub steps: Vec<StepRow>,
    /// Names.
    pub names: Names,
    /// Name of the competent authority.
    pub authority: Option<String>,
    /// The code of the dossier it is about.
    pub dossier_code: Option<String>,
    /// Whether the reader knows of whom and of what it is.
    pub parties: bool,
    /// Whether the reader may read the text.
    pub reads_text: bool,
    /// What the reader may do now.
    pub allowed: Vec<FeedbackAction>,
    /// What the present date rests on.
    pub limit: Option<Limit>,
    /// Today, in Vietnam.
    pub today: NaiveDate,
}

/// The case the domain decides by.
pub(super) fn case_of(row: &FeedbackRow) -> Result<FeedbackCase> {
    let lost = || Error::Internal("a feedback item holds a word that is none".into());
    Ok(FeedbackCase {
        kind: FeedbackKind::parse(&row.kind).ok_or_else(lost)?,
        subject: FeedbackSubject::parse(&row.subject).ok_or_else(lost)?,
        state: FeedbackState::parse(&row.state).ok_or_else(lost)?,
        accepted_on: row.accepted_on,
        remote: row.remote,
        answer_due_on: row.answer_due_on,
        prolonged: row.prolonged,
    })
}

/// What the date that is due next rests on; none where somebody set it, or nothing is due.
fn limit_of(case: &FeedbackCase) -> Result<Option<Limit>> {
    let limits = Limits::shipped()?;
    Ok(match (case.kind, case.state) {
        (FeedbackKind::Suggestion, FeedbackState::Received) => Some(limits.suggestion_forward),
        (FeedbackKind::Complaint, FeedbackState::Received) => Some(limits.complaint_accept),
        (FeedbackKind::Complaint, FeedbackState::Accepted) => {
            Some(limits.resolving(case.remote, case.prolonged).clone())
        }
        _ => None,
    })
}

/// Items in the actor's scope that are not about the actor, newest first.
///
/// # Errors
/// Storage failures only.
pub fn items(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Items> {
    let scope = actor.scope(Permission::ReadFeedback);
    let found = rows::page(db, &scope, &actor.user_id, filter, edge, limit)?;
    let mut authorities = std::collections::HashMap::new();
    for id in found.iter().filter_map(|r| r.authority_id.as_ref()) {
        if !authorities.contains_key(id)
            && let Some(a) = services.authority(db, actor.stamp, id)?
        {
            authorities.insert(id.clone(), a.name.clone());
        }
    }
    Ok(Items {
        rows: found,
        authorities,
        parties: actor.scope(Permission::ReadFeedbackParties),
        today: local_date(services.now()),
    })
}

/// An item as the actor may read it.
///
/// # Errors
/// Storage failures only.
pub fn shown(services: &Services, db: &mut Db, actor: &Actor, row: FeedbackRow) -> Result<Item> {
    let steps = rows::steps(db, &row.id, MOST_STEPS)?;
    let parties = covers(&actor.scope(Permission::ReadFeedbackParties), &row);
    let people = steps
        .iter()
        .filter_map(|s| s.actor_id.as_ref())
        .chain(row.received_by.as_ref())
        .chain(row.answered_by.as_ref())
        .chain(row.about_user_id.as_ref().filter(|_| parties));
    let names = services.names(db, actor.stamp, people)?;
    let authority = match &row.authority_id {
        Some(id) => services
            .authority(db, actor.stamp, id)?
            .map(|a| a.name.clone()),
        None => None,
    };
    let dossier_code = match row.dossier_id.as_ref().filter(|_| parties) {
        Some(id) => dossier::by_id(db, id)?.and_then(|d| d.code),
        None => None,
    };
    let case = case_of(&row)?;
    let handles = covers(&actor.scope(Permission::HandleFeedback), &row);
    Ok(Item {
        reads_text: parties || row.received_by.as_ref() == Some(&actor.user_id),
        allowed: if handles { case.allowed() } else { Vec::new() },
        limit: limit_of(&case)?,
        today: local_date(services.now()),
        row,
        steps,
        names,
        authority,
        dossier_code,
        parties,
    })
}

/// One item in the actor's scope that is not about the actor.
///
/// # Errors
/// `not_found`.
pub fn item(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Item> {
    let scope = actor.scope(Permission::ReadFeedback);
    let row = rows::find(db, &scope, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    shown(services, db, actor, row)
}

/// Who filed an item, whole. The looking is recorded.
///
/// # Errors
/// `not_found`.
pub fn personal_data(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<FeedbackRow> {
    let scope = actor.scope(Permission::ReadFeedbackPersonalData);
    let row = rows::find(db, &scope, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        "personal_data.viewed",
        ("feedback", row.id.as_str()),
        json!({ "purpose": "feedback" }),
    )?;
    Ok(row)
}

/// What is to be done with an item.
#[derive(Debug, Clone)]
pub enum Doing {
    /// Pass it on.
    Forward {
        /// To whom; an authority's name when absent.
        to: Option<String>,
        /// To an authority of the centre.
        authority: Option<AuthorityId>,
        /// By when an answer is asked for.
        answer_by: Option<NaiveDate>,
    },
    /// Accept a complaint, or not.
    Accept {
        /// Whether it is accepted.
        accepted: bool,
        /// It comes from a remote place.
        remote: bool,
        /// Why it is not; the complainant is told.
        reason: Option<String>,
    },
    /// Take longer.
    Extend {
        /// Why.
        reason: String,
        /// Until when; for suggestions.
        until: Option<NaiveDate>,
    },
    /// Answer.
    Answer {
        /// What the filer is told.
        answer: String,
        /// Whether it was true.
        upheld: Option<bool>,
    },
    /// Publish.
    Publish {
        /// What was said, naming nobody.
        summary: String,
        /// What was answered, naming nobody.
        answer: String,
    },
}

impl Doing {
    fn command(&self) -> Command {
        match self {
            Self::Forward { answer_by, .. } => Command::Forward {
                answer_by: *answer_by,
            },
            Self::Accept {
                accepted: true,
                remote,
                ..
            } => Command::Accept { remote: *remote },
            Self::Accept {
                accepted: false, ..
            } => Command::Decline,
            Self::Extend { until, .. } => Command::Extend { until: *until },
            Self::Answer { upheld, .. } => Command::Answer { upheld: *upheld },
            Self::Publish { .. } => Command::Publish,
        }
    }

    /// Word of the timeline, and of the record behind `feedback.`.
    fn kind(&self) -> &'static str {
        match self {
            Self::Forward { .. } => "forwarded",
            Self::Accept { accepted: true, .. } => "accepted",
            Self::Accept {
                accepted: false, ..
            } => "declined",
            Self::Extend { .. } => "extended",
            Self::Answer { .. } => "answered",
            Self::Publish { .. } => "published",
        }
    }
}

/// Does something with an item that stands at `version`.
///
/// # Errors
/// `not_found`, `version_stale`, `feedback_step_not_allowed`, `feedback_prolonged_already`,
/// `validation_failed` naming the fields.
pub fn act(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    doing: &Doing,
) -> Result<Item> {
    let scope = actor.scope(Permission::HandleFeedback);
    let mut row = rows::find(db, &scope, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    let now = services.now();
    let today = local_date(now);
    let case = case_of(&row)?;
    let calendar = services.calendar(db, &row.centre_id)?;
    let limits = Limits::shipped()?;
    let outcome = decide(&case, &doing.command(), &calendar, &limits, today)?;
    let note = apply(services, db, actor, &mut row, doing, now)?;
    row.state = outcome.state.as_str().to_owned();
    if outcome.first_step_done && row.first_done_on.is_none() {
        row.first_done_on = Some(today);
    }
    row.accepted_on = outcome.accepted_on;
    row.remote = outcome.remote;
    row.answer_due_on = outcome.answer_due_on;
    row.due_on = outcome.due_on;
    row.last_due_on = outcome.answer_due_on.unwrap_or(row.first_due_on);
    row.prolonged = outcome.prolonged;
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    rows::insert_step(
        db,
        &StepRow {
            item_id: row.id.clone(),
            seq: row.version,
            at: Ts::new(now),
            kind: doing.kind().into(),
            actor_id: Some(actor.user_id.clone()),
            note,
        },
    )?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        &format!("feedback.{}", doing.kind()),
        ("feedback", row.id.as_str()),
        json!({
            "code": row.code, "state": row.state, "version": row.version, "due_on": row.due_on,
            "prolonged": row.prolonged,
        }),
    )?;
    shown(services, db, actor, row)
}

/// Puts what somebody wrote into the row, and gives the note of the step.
fn apply(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &mut FeedbackRow,
    doing: &Doing,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Option<String>> {
    let mut texts = Texts::default();
    let note = match doing {
        Doing::Forward { to, authority, .. } => {
            let named = texts.maybe(to.as_ref(), "/to", 300);
            let body = match authority {
                Some(id) if serves(services, db, &row.centre_id, id)? => {
                    let found = services.authority(db, actor.stamp, id)?;
                    row.authority_id = Some(id.clone());
                    named.or_else(|| found.map(|a| a.name.clone()))
                }
                Some(_) => {
                    texts.also(vec![authority_fault()]);
                    named
                }
                None => named,
            };
            texts.sound()?;
            let body = body.ok_or_else(|| {
                bad_field(
                    "/to",
                    "required",
                    "Ghi cơ quan được chuyển đến.",
                    "Say to which body it is passed on.",
                )
            })?;
            row.forwarded_to = Some(body.clone());
            Some(body)
        }
        Doing::Accept { accepted: true, .. } => None,
        Doing::Accept { reason, .. } => {
            let reason = prose(reason.as_deref().unwrap_or_default(), "/reason", &mut texts);
            texts.sound()?;
            row.answer = Some(reason);
            row.answered_on = Some(local_date(now));
            row.answered_by = Some(actor.user_id.clone());
            None
        }
        Doing::Extend { reason, .. } => {
            let reason = texts.line(reason, "/reason", 500);
            texts.sound()?;
            Some(reason)
        }
        Doing::Answer { answer, upheld } => {
            let answer = prose(answer, "/answer", &mut texts);
            texts.sound()?;
            row.answer = Some(answer);
            row.upheld = *upheld;
            row.answered_on = Some(local_date(now));
            row.answered_by = Some(actor.user_id.clone());
            None
        }
        Doing::Publish { summary, answer } => {
            let summary = prose(summary, "/summary", &mut texts);
            let answer = prose(answer, "/answer", &mut texts);
            texts.sound()?;
            let mut secrets = vec![row.filer_name.clone(), row.filer_phone.clone()];
            if row.filer_address.chars().count() >= SHORTEST_ADDRESS {
                secrets.push(row.filer_address.clone());
            }
            if let Some(about) = &row.about_user_id {
                let names = services.names(db, actor.stamp, [about])?;
                secrets.extend(names.values().map(ToString::to_string));
            }
            let faults: Vec<_> = [("/summary", &summary), ("/answer", &answer)]
                .into_iter()
                .filter(|(_, text)| names_somebody(text, secrets.iter().map(String::as_str)))
                .map(|(pointer, _)| {
                    motcua_domain::refusal::FieldError::new(
                        pointer,
                        "names_somebody",
                        "Nội dung công khai còn nêu tên, địa chỉ hoặc số điện thoại của một người.",
                        "What is to be published still tells somebody's name, address or telephone.",
                    )
                })
                .collect();
            if !faults.is_empty() {
                return Err(Refusal::invalid(faults).into());
            }
            row.published_summary = Some(summary);
            row.published_answer = Some(answer);
            row.published_at = Some(Ts::new(now));
            None
        }
    };
    Ok(note)
}
