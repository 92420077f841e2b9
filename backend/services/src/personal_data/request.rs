//! What people ask about their own data, and all that is held about one of them.

use motcua_domain::person::{OwnerKind, check_owner_number, collect, normalise_phone};
use motcua_domain::personal_data::{DataRequestKind, DataRequestOutcome, answer_due_on};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::{clean_text, required_line};
use motcua_domain::vn_time::local_date;
use motcua_store::audit::{self, Entry};
use motcua_store::certification::EntryRow;
use motcua_store::dossier::{DossierRow, FilerRow, ReturnRow};
use motcua_store::personal_data::{self as rows, Beside, DataRequestRow};
use motcua_store::{Db, DossierId, RecordId, Ts};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::declaration::{Held, held_of};
use crate::error::Result;
use crate::record;
use crate::reference::Names;

/// The most dossiers, and the most lines of a book, that one copy holds.
pub const MOST_FOUND: i64 = 1_000;

/// A request to be received.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// What is asked.
    pub kind: DataRequestKind,
    /// Who asks.
    pub requester_name: String,
    /// The number by which the person is found.
    pub requester_identity: String,
    /// Telephone.
    pub requester_phone: Option<String>,
    /// How it was seen that the asker is this person.
    pub verified_by: String,
    /// In the person's words.
    pub details: Option<String>,
}

/// How a request is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// As asked, or refused.
    pub outcome: DataRequestOutcome,
    /// What the person is told.
    pub answer: String,
    /// On which law it is refused; required then.
    pub legal_basis: Option<String>,
}

/// Requests with the names of who received and answered them.
pub struct Requests {
    /// The rows.
    pub rows: Vec<DataRequestRow>,
    /// Names.
    pub names: Names,
}

fn named(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<DataRequestRow>,
) -> Result<Requests> {
    let people = rows
        .iter()
        .flat_map(|r| [Some(&r.received_by), r.answered_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Requests { rows, names })
}

/// Requests of the actor's centres, newest first.
///
/// # Errors
/// Storage failures only.
pub fn requests(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    open: bool,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Requests> {
    let centres = actor.centres(Permission::ReceiveDataRequests);
    let rows = rows::requests_page(db, &centres, open, edge, limit)?;
    named(services, db, actor, rows)
}

/// One request of the actor's centres.
///
/// # Errors
/// `not_found`.
pub fn request(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Requests> {
    let centres = actor.centres(Permission::ReceiveDataRequests);
    let row = rows::request(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    named(services, db, actor, vec![row])
}

/// Receives a request and says by when it is answered.
///
/// # Errors
/// `validation_failed` naming the fields.
pub fn receive(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewRequest,
) -> Result<Requests> {
    let mut errors = Vec::new();
    let requester_name = collect(
        required_line(&new.requester_name, 200),
        "/requester_name",
        &mut errors,
    );
    let requester_identity = collect(
        check_owner_number(OwnerKind::Citizen, &new.requester_identity),
        "/requester_identity",
        &mut errors,
    );
    let verified_by = collect(
        required_line(&new.verified_by, 200),
        "/verified_by",
        &mut errors,
    );
    let requester_phone = new
        .requester_phone
        .as_deref()
        .filter(|p| !p.is_empty())
        .and_then(|p| collect(normalise_phone(p), "/requester_phone", &mut errors));
    let details = new
        .details
        .as_deref()
        .and_then(|d| collect(clean_text(d, 2000), "/details", &mut errors))
        .filter(|d| !d.is_empty());
    let (Some(requester_name), Some(requester_identity), Some(verified_by), true) = (
        requester_name,
        requester_identity,
        verified_by,
        errors.is_empty(),
    ) else {
        return Err(Refusal::invalid(errors).into());
    };
    let now = services.now();
    let centre = actor
        .centres(Permission::ReceiveDataRequests)
        .into_iter()
        .next()
        .ok_or_else(Refusal::not_found)?;
    let calendar = services.calendar(db, &centre)?;
    let row = DataRequestRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        kind: new.kind.as_str().to_owned(),
        requester_name,
        requester_identity,
        requester_phone,
        verified_by,
        details,
        received_at: Ts::new(now),
        received_by: actor.user_id.clone(),
        answer_due_on: answer_due_on(&calendar, local_date(now))?,
        outcome: None,
        answer: None,
        legal_basis: None,
        answered_at: None,
        answered_by: None,
    };
    rows::insert_request(db, &row)?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "data_request.received",
        ("data_request", row.id.as_str()),
        json!({ "kind": row.kind, "answer_due_on": row.answer_due_on }),
    )?;
    named(services, db, actor, vec![row])
}

/// Answers a request, once.
///
/// # Errors
/// `not_found`, `validation_failed`, `data_request_answered`.
pub fn answer(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    given: &Answer,
) -> Result<Requests> {
    let now = services.now();
    let centres = actor.centres(Permission::AnswerDataRequests);
    let mut row = rows::request(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    let mut errors = Vec::new();
    row.answer =
        collect(clean_text(&given.answer, 4000), "/answer", &mut errors).filter(|a| !a.is_empty());
    row.legal_basis = given
        .legal_basis
        .as_deref()
        .and_then(|l| collect(clean_text(l, 500), "/legal_basis", &mut errors))
        .filter(|l| !l.is_empty());
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    if row.answer.is_none() {
        return Err(bad_field(
            "/answer",
            "required",
            "Ghi nội dung trả lời.",
            "Say what the person is told.",
        )
        .into());
    }
    if given.outcome == DataRequestOutcome::Refused && row.legal_basis.is_none() {
        return Err(bad_field(
            "/legal_basis",
            "required",
            "Từ chối phải nêu căn cứ pháp luật.",
            "A refusal names its legal basis.",
        )
        .into());
    }
    row.outcome = Some(given.outcome.as_str().to_owned());
    row.answered_at = Some(Ts::new(now));
    row.answered_by = Some(actor.user_id.clone());
    if !rows::answer_request(db, &row)? {
        return Err(Refusal::new(
            "data_request_answered",
            "Yêu cầu này đã được trả lời.",
            "The request was answered already.",
        )
        .into());
    }
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "data_request.answered",
        ("data_request", row.id.as_str()),
        json!({ "outcome": row.outcome, "late": local_date(now) > row.answer_due_on }),
    )?;
    named(services, db, actor, vec![row])
}

/// The most looks of one copy.
pub const MOST_LOOKS: i64 = 5_000;

/// All that is held about one person.
pub struct Everything {
    /// The request it answers.
    pub request: DataRequestRow,
    /// Dossiers in which the person's number stands.
    pub dossiers: Vec<DossierRow>,
    /// Their filers.
    pub filers: Vec<FilerRow>,
    /// Who collected their results.
    pub returns: Vec<ReturnRow>,
    /// What else is kept beside them.
    pub beside: Beside,
    /// Who looked at their data before this copy was made.
    pub looks: Vec<Entry>,
    /// Names of who looked, decided and asked.
    pub names: Names,
    /// Lines of the books of certification.
    pub certified: Vec<EntryRow>,
    /// What declarations say of the person.
    pub declarations: Vec<Held>,
    /// The person's own requests.
    pub requests: Vec<DataRequestRow>,
    /// There is more than one copy holds.
    pub capped: bool,
}

/// Gathers everything that is held about the person of a request. The looking is recorded with each
/// dossier, as every look at a person's data is.
///
/// # Errors
/// `not_found`.
pub fn everything(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Everything> {
    let centres = actor.centres(Permission::AnswerDataRequests);
    let request = rows::request(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    let number = request.requester_identity.clone();
    let mut dossiers = rows::dossiers_of(db, &centres, &number, MOST_FOUND + 1)?;
    let mut certified = rows::certified_of(db, &centres, &number, MOST_FOUND + 1)?;
    let mut declarations = held_of(db, &centres, &number, MOST_FOUND + 1)?;
    let most = usize::try_from(MOST_FOUND).unwrap_or(usize::MAX);
    let capped = dossiers.len() > most || certified.len() > most || declarations.len() > most;
    dossiers.truncate(most);
    declarations.truncate(most);
    certified.truncate(most);
    let ids: Vec<DossierId> = dossiers.iter().map(|d| d.id.clone()).collect();
    let now = services.now();
    let beside = rows::beside(db, &ids)?;
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let looks = audit::of_subjects(db, &texts, "personal_data.viewed", MOST_LOOKS)?;
    let people = looks
        .iter()
        .filter_map(|e| e.actor_id.as_ref())
        .chain(
            beside
                .decisions
                .iter()
                .filter_map(|d| d.decided_by.as_ref()),
        )
        .chain(beside.supplements.iter().map(|s| &s.requested_by));
    let names = services.names(db, actor.stamp, people)?;
    for d in &dossiers {
        record::audit(
            db,
            &d.centre_id,
            now,
            Some(actor),
            "personal_data.viewed",
            ("dossier", d.id.as_str()),
            json!({ "purpose": "data_request", "request": request.id }),
        )?;
    }
    for held in &declarations {
        record::audit(
            db,
            &held.row.centre_id,
            now,
            Some(actor),
            "declaration.viewed",
            ("declaration", held.row.id.as_str()),
            json!({ "purpose": "data_request", "request": request.id }),
        )?;
    }
    Ok(Everything {
        declarations,
        beside,
        looks,
        names,
        filers: rows::filers_of(db, &ids)?,
        returns: rows::returns_of(db, &ids)?,
        requests: rows::requests_of(db, &centres, &number, MOST_FOUND)?,
        request,
        dossiers,
        certified,
        capped,
    })
}
