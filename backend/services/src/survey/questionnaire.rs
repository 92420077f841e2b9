//! Questionnaires as versioned data: drafted, published, followed by a newer number, retired.

use chrono::{DateTime, Utc};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::questionnaire::{Questionnaire, built_in};
use motcua_store::survey::{self as rows, QuestionnaireRow};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts};
use serde_json::json;

use super::read;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Error, Result, stale};
use crate::record;

/// More centres than one round gives their first questionnaires.
const MOST_CENTRES: i64 = 200;

/// A questionnaire with its row.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The row.
    pub row: QuestionnaireRow,
    /// What is asked.
    pub questionnaire: Questionnaire,
}

/// Questionnaires of a centre.
#[derive(Debug)]
pub struct Editions {
    /// Newest first.
    pub editions: Vec<Edition>,
}

fn with(row: QuestionnaireRow) -> Result<Edition> {
    Ok(Edition {
        questionnaire: read(&row)?,
        row,
    })
}

fn body(questionnaire: &Questionnaire) -> Result<String> {
    Ok(serde_json::to_string(questionnaire).map_err(StoreError::from)?)
}

/// The questionnaires of a centre that comes into being: the program's own, published.
///
/// # Errors
/// Storage failures only.
pub(crate) fn begin(db: &mut Db, centre: &CentreId, now: DateTime<Utc>) -> Result<()> {
    for questionnaire in built_in().map_err(StoreError::from)? {
        let row = QuestionnaireRow {
            id: RecordId::new(),
            centre_id: centre.clone(),
            code: questionnaire.code.clone(),
            number: 1,
            state: "published".into(),
            body: body(&questionnaire)?,
            created_by: None,
            created_at: Ts::new(now),
            published_at: Some(Ts::new(now)),
            retired_at: None,
            version: 1,
        };
        rows::insert_questionnaire(db, &row)?;
    }
    Ok(())
}

impl Services {
    /// Gives every centre that has none the program's own questionnaires.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn prepare_surveys(&self) -> Result<()> {
        for questionnaire in built_in().map_err(StoreError::from)? {
            let without = self.read(|db| {
                Ok(rows::centres_without(
                    db,
                    &questionnaire.code,
                    MOST_CENTRES,
                )?)
            })?;
            for centre in without {
                self.write(|db| begin(db, &centre, self.now()))?;
            }
        }
        Ok(())
    }
}

fn manages(actor: &Actor, wanted: Option<&CentreId>) -> Result<CentreId> {
    Ok(actor
        .centre_for(Permission::ManageSurveys, wanted)
        .ok_or_else(centre_unknown)?)
}

/// Questionnaires of a centre of the actor's, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn editions(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Editions> {
    let centre = actor
        .centre_for(Permission::SignedIn, centre)
        .ok_or_else(centre_unknown)?;
    let found = rows::questionnaires_page(db, &centre, edge, limit)?;
    Ok(Editions {
        editions: found.into_iter().map(with).collect::<Result<_>>()?,
    })
}

/// One questionnaire of a centre of the actor's.
///
/// # Errors
/// `not_found`.
pub fn edition(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Edition> {
    let row = rows::questionnaire(db, id)?.ok_or_else(Refusal::not_found)?;
    if !actor.centres(Permission::SignedIn).contains(&row.centre_id) {
        return Err(Refusal::not_found().into());
    }
    with(row)
}

/// Drafts a questionnaire: a new one, or the next number of one that is there.
///
/// # Errors
/// `validation_failed`, `centre_unknown`; `draft_exists` while another draft of this code waits.
pub fn create(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    new: Questionnaire,
) -> Result<Edition> {
    let centre = manages(actor, centre)?;
    let questionnaire = new.checked()?;
    let number = rows::last_number(db, &centre, &questionnaire.code)? + 1;
    let row = QuestionnaireRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        code: questionnaire.code.clone(),
        number,
        state: "draft".into(),
        body: body(&questionnaire)?,
        created_by: Some(actor.user_id.clone()),
        created_at: Ts::new(services.now()),
        published_at: None,
        retired_at: None,
        version: 1,
    };
    if !rows::insert_questionnaire(db, &row)? {
        return Err(stale(1));
    }
    noted(services, db, actor, &row, "survey.questionnaire_drafted")?;
    with(row)
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &QuestionnaireRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("questionnaire", row.id.as_str()),
        json!({ "code": row.code, "number": row.number }),
    )
}

/// A questionnaire of a centre that the actor manages, as the caller saw it.
fn to_change(db: &mut Db, actor: &Actor, id: &RecordId, version: i64) -> Result<QuestionnaireRow> {
    let row = rows::questionnaire(db, id)?.ok_or_else(Refusal::not_found)?;
    if !actor
        .centres(Permission::ManageSurveys)
        .contains(&row.centre_id)
    {
        return Err(Refusal::not_found().into());
    }
    if row.version != version {
        return Err(stale(row.version));
    }
    Ok(row)
}

fn save(db: &mut Db, mut row: QuestionnaireRow) -> Result<QuestionnaireRow> {
    let seen = row.version;
    row.version += 1;
    if rows::save_questionnaire(db, &row, seen)? {
        Ok(row)
    } else {
        Err(stale(seen + 1))
    }
}

fn published_already() -> Error {
    Refusal::new(
        "questionnaire_published",
        "Phiếu đã công bố thì không sửa được: người trả lời sau phải được hỏi như người trả lời trước. Hãy soạn phiên bản mới.",
        "A published questionnaire is not edited: who answers later is asked what the others were. Draft a new number.",
    )
    .into()
}

/// Writes a draft anew.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`; `questionnaire_published` once it is no draft.
pub fn replace(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    new: Questionnaire,
) -> Result<Edition> {
    let mut row = to_change(db, actor, id, version)?;
    if row.state != "draft" {
        return Err(published_already());
    }
    let questionnaire = new.checked()?;
    if questionnaire.code != row.code {
        let (vi, en) = (
            "Mã phiếu không đổi được.",
            "The questionnaire's code cannot be changed.",
        );
        return Err(Refusal::invalid(vec![FieldError::new("/code", "code_fixed", vi, en)]).into());
    }
    row.body = body(&questionnaire)?;
    let row = save(db, row)?;
    noted(services, db, actor, &row, "survey.questionnaire_rewritten")?;
    with(row)
}

/// Publishes a draft: from now on people are asked with it.
///
/// # Errors
/// `not_found`, `version_stale`, `questionnaire_published`.
pub fn publish(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Edition> {
    let mut row = to_change(db, actor, id, version)?;
    if row.state != "draft" {
        return Err(published_already());
    }
    row.state = "published".into();
    row.published_at = Some(Ts::new(services.now()));
    let row = save(db, row)?;
    noted(services, db, actor, &row, "survey.questionnaire_published")?;
    with(row)
}

/// Retires a published questionnaire: nobody is asked with it any more; links that are out hold.
///
/// # Errors
/// `not_found`, `version_stale`; `questionnaire_not_published`; `questionnaire_in_use` while the centre
/// asks with its code and has no other number of it.
pub fn retire(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Edition> {
    let mut row = to_change(db, actor, id, version)?;
    if row.state != "published" {
        return Err(Refusal::new(
            "questionnaire_not_published",
            "Phiếu này không ở trạng thái đã công bố.",
            "This questionnaire is not published.",
        )
        .into());
    }
    row.state = "retired".into();
    row.retired_at = Some(Ts::new(services.now()));
    let row = save(db, row)?;
    let held = super::ask::held(db, &row.centre_id)?;
    let used = [&held.slip_code, &held.return_code, &held.kiosk_code];
    if used.contains(&&row.code) && rows::published(db, &row.centre_id, &row.code)?.is_none() {
        return Err(Refusal::new(
            "questionnaire_in_use",
            "Trung tâm đang hỏi bằng phiếu này. Hãy chọn phiếu khác trong cài đặt, hoặc công bố phiên bản mới, rồi mới ngừng dùng.",
            "The centre asks with this one. Choose another in the settings, or publish a new number, first.",
        )
        .into());
    }
    noted(services, db, actor, &row, "survey.questionnaire_retired")?;
    with(row)
}

/// Throws a draft away.
///
/// # Errors
/// `not_found`, `version_stale`, `questionnaire_published`.
pub fn discard(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<()> {
    let row = to_change(db, actor, id, version)?;
    if row.state != "draft" {
        return Err(published_already());
    }
    if !rows::delete_draft(db, id, version)? {
        return Err(stale(version));
    }
    noted(services, db, actor, &row, "survey.questionnaire_discarded")
}
