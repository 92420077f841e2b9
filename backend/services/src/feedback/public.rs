//! What people do without signing in: file, look up the answer with the secret they were given, say how
//! satisfied they are with it, and read what was published.

use motcua_domain::feedback::{DENUNCIATION_PREFIX, FeedbackKind, FeedbackState, FilingKind};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::feedback::denunciation::{self, DenunciationRow};
use motcua_store::feedback::{self as rows, FeedbackRow, StepRow};
use motcua_store::{CentreId, Db, Ts, dossier};
use serde_json::json;

use super::filing::{Filed, Filing, keep};
use super::{centre_of, digest};
use crate::context::Services;
use crate::error::{Error, Result, stale};
use crate::{record, throttle};

/// Keeps a suggestion or a complaint that somebody filed on the public page.
///
/// # Errors
/// `centre_unknown`, `validation_failed` naming the fields.
pub fn file(services: &Services, db: &mut Db, filing: &Filing) -> Result<Filed> {
    let centre = centre_of(db, filing.centre.as_ref())?;
    // A code that is none of the centre's changes nothing: nobody learns here which codes there are.
    let about = match filing.dossier_code.as_deref().map(str::trim) {
        Some(code) if !code.is_empty() => dossier::by_code(db, &code.to_uppercase())?
            .filter(|d| d.centre_id == centre.id)
            .map(|d| d.id),
        _ => None,
    };
    keep(services, db, None, &centre, filing, about)
}

/// What a filer finds by code and secret.
#[derive(Debug, Clone)]
pub struct Found {
    /// Code.
    pub code: String,
    /// What it is.
    pub kind: FilingKind,
    /// Where it stands: a word of the kind's own states.
    pub state: String,
    /// When it was received.
    pub received_at: Ts,
    /// What is due next.
    pub due_on: Option<chrono::NaiveDate>,
    /// To whom it was passed on.
    pub forwarded_to: Option<String>,
    /// The answer, or why it was not accepted.
    pub answer: Option<String>,
    /// How satisfied the filer said to be.
    pub satisfaction: Option<i32>,
    /// Whether that can be said now.
    pub may_rate: bool,
}

impl Found {
    fn of_feedback(row: FeedbackRow) -> Self {
        let complaint = row.kind == FeedbackKind::Complaint.as_str();
        Self {
            kind: if complaint {
                FilingKind::Complaint
            } else {
                FilingKind::Suggestion
            },
            may_rate: row.satisfaction.is_none() && row.state == FeedbackState::Answered.as_str(),
            code: row.code,
            state: row.state,
            received_at: row.received_at,
            due_on: row.due_on,
            forwarded_to: row.forwarded_to,
            answer: row.answer,
            satisfaction: row.satisfaction,
        }
    }

    fn of_denunciation(row: DenunciationRow) -> Self {
        Self {
            kind: FilingKind::Denunciation,
            code: row.code,
            state: row.state,
            received_at: row.received_at,
            due_on: None,
            forwarded_to: row.passed_on_to,
            answer: row.notice,
            satisfaction: None,
            may_rate: false,
        }
    }
}

enum Kept {
    Feedback(Box<FeedbackRow>),
    Denunciation(Box<DenunciationRow>),
}

fn proved(db: &mut Db, code: &str, secret: &str) -> Result<Option<Kept>> {
    let proof = digest(secret);
    if code.starts_with(DENUNCIATION_PREFIX) {
        let row = denunciation::by_code(db, code)?.filter(|r| r.secret_hash == proof);
        return Ok(row.map(|r| Kept::Denunciation(Box::new(r))));
    }
    let row = rows::by_code(db, code)?.filter(|r| r.secret_hash == proof);
    Ok(row.map(|r| Kept::Feedback(Box::new(r))))
}

fn not_found() -> Error {
    Refusal::new(
        "feedback_lookup_failed",
        "Không tìm thấy phản ánh, khiếu nại với mã và mã bí mật đã nhập.",
        "Nothing has this code together with this secret.",
    )
    .into()
}

/// Looks something up by its code and secret. An unknown code and a wrong secret give the same answer,
/// and too many misses close the door.
///
/// # Errors
/// `feedback_lookup_failed`, `lookup_locked`.
pub fn look_up(services: &Services, code: &str, secret: &str) -> Result<Found> {
    opened(services, code, |db, code| proved(db, code, secret)).map(|kept| match kept {
        Kept::Feedback(row) => Found::of_feedback(*row),
        Kept::Denunciation(row) => Found::of_denunciation(*row),
    })
}

fn opened(
    services: &Services,
    code: &str,
    prove: impl FnOnce(&mut Db, &str) -> Result<Option<Kept>>,
) -> Result<Kept> {
    let now = services.now();
    let code = code.trim().to_uppercase();
    let door = throttle::subject("feedback", &code);
    let found = services.read(|db| {
        throttle::check(db, &door, throttle::FEEDBACK, now)?;
        prove(db, &code)
    })?;
    match found {
        Some(kept) => Ok(kept),
        None => {
            services.write(|db| throttle::miss(db, &door, throttle::FEEDBACK, now))?;
            Err(not_found())
        }
    }
}

/// Keeps how satisfied a filer is with the answer: once.
///
/// # Errors
/// `feedback_lookup_failed`, `lookup_locked`, `validation_failed`, `feedback_step_not_allowed` before
/// there is an answer, `feedback_rated_already`.
pub fn rate(services: &Services, code: &str, secret: &str, satisfaction: i32) -> Result<Found> {
    if !(1..=5).contains(&satisfaction) {
        return Err(Refusal::invalid(vec![FieldError::out_of_range("/satisfaction", 1, 5)]).into());
    }
    let Kept::Feedback(seen) = opened(services, code, |db, code| proved(db, code, secret))? else {
        return Err(too_early());
    };
    services.write(|db| {
        let mut row = rows::by_code(db, &seen.code)?.ok_or_else(not_found)?;
        if row.satisfaction.is_some() {
            return Err(Refusal::new(
                "feedback_rated_already",
                "Ông/bà đã đánh giá nội dung trả lời này.",
                "This answer was rated already.",
            )
            .into());
        }
        if row.state != FeedbackState::Answered.as_str() {
            return Err(too_early());
        }
        let version = row.version;
        row.satisfaction = Some(satisfaction);
        row.version = version + 1;
        if !rows::save(db, &row, version)? {
            return Err(stale(version + 1));
        }
        let now = services.now();
        rows::insert_step(
            db,
            &StepRow {
                item_id: row.id.clone(),
                seq: row.version,
                at: Ts::new(now),
                kind: "rated".into(),
                actor_id: None,
                note: None,
            },
        )?;
        record::audit(
            db,
            &row.centre_id,
            now,
            None,
            "feedback.rated",
            ("feedback", row.id.as_str()),
            json!({ "code": row.code, "version": row.version }),
        )?;
        Ok(Found::of_feedback(row))
    })
}

fn too_early() -> Error {
    Refusal::new(
        "feedback_step_not_allowed",
        "Chưa có nội dung trả lời để đánh giá.",
        "There is no answer yet that could be rated.",
    )
    .into()
}

/// What a centre published, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn published(
    db: &mut Db,
    centre: Option<&CentreId>,
    edge: Option<(Ts, &str, bool)>,
    limit: i64,
) -> Result<Vec<FeedbackRow>> {
    let centre = centre_of(db, centre)?;
    Ok(rows::published(db, &centre.id, edge, limit)?)
}
