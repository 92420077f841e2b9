//! An intake begun at the counter and not sent yet (T1): kept for whoever is at the counter of the
//! centre, until it is sent, dropped, or two weeks old.

use chrono::TimeDelta;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::clean_line;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{self as rows, DraftRow};
use motcua_store::{CentreId, Db, RecordId, Ts};

use super::intake::receiving_centre;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Result, stale};
use crate::reference::Names;

/// Calendar days for which a draft is kept when nobody touches it; a convention of this program: what
/// it says of people is kept no longer than it is of use.
pub const DRAFT_DAYS: i64 = 14;
/// The longest form, in bytes of JSON.
pub const LONGEST_FORM: usize = 48 * 1024;

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// For which procedure; it must be in force.
    pub procedure_code: String,
    /// Whose it is, by which it is found again.
    pub owner_name: Option<String>,
    /// JSON: the counter's form.
    pub form: String,
}

/// Drafts with the names of who keeps them.
pub struct Drafts {
    /// The rows.
    pub rows: Vec<DraftRow>,
    /// Names.
    pub names: Names,
}

fn centres(actor: &Actor) -> Vec<CentreId> {
    actor.centres(Permission::TakeIn)
}

fn named(services: &Services, db: &mut Db, actor: &Actor, rows: Vec<DraftRow>) -> Result<Drafts> {
    let people = rows.iter().map(|d| &d.updated_by);
    let names = services.names(db, actor.stamp, people)?;
    Ok(Drafts { rows, names })
}

fn checked(services: &Services, db: &mut Db, new: &NewDraft) -> Result<Option<String>> {
    services.procedure_on(db, &new.procedure_code, local_date(services.now()))?;
    if new.form.len() > LONGEST_FORM {
        return Err(Refusal::invalid(vec![FieldError::new(
            "/form",
            "too_long",
            "Biểu mẫu quá dài.",
            "The form is too long.",
        )])
        .into());
    }
    let name = match &new.owner_name {
        Some(name) => {
            Some(clean_line(name, 300).map_err(|f| Refusal::invalid(vec![f.at("/owner_name")]))?)
        }
        None => None,
    };
    Ok(name.filter(|n| !n.is_empty()))
}

/// Keeps what was begun (T1).
///
/// # Errors
/// `procedure_unknown`, `procedure_not_in_force`, `validation_failed`.
pub fn keep_draft(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewDraft,
) -> Result<Drafts> {
    let owner_name = checked(services, db, new)?;
    let now = services.now();
    rows::drop_stale_drafts(db, Ts::new(now - TimeDelta::days(DRAFT_DAYS)))?;
    let row = DraftRow {
        id: RecordId::new(),
        centre_id: receiving_centre(actor)?,
        procedure_code: new.procedure_code.clone(),
        owner_name,
        form: new.form.clone(),
        created_by: actor.user_id.clone(),
        created_at: Ts::new(now),
        updated_by: actor.user_id.clone(),
        updated_at: Ts::new(now),
        version: 1,
    };
    rows::insert_draft(db, &row)?;
    named(services, db, actor, vec![row])
}

/// Drafts of the actor's centres, newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn intake_drafts(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Drafts> {
    let found = rows::drafts_page(db, &centres(actor), edge, limit)?;
    named(services, db, actor, found)
}

/// One draft.
///
/// # Errors
/// `not_found`.
pub fn intake_draft(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Drafts> {
    let row = rows::draft(db, &centres(actor), id)?.ok_or_else(Refusal::not_found)?;
    named(services, db, actor, vec![row])
}

/// Puts what was typed meanwhile in the place of what was kept.
///
/// # Errors
/// `not_found`, `version_stale`, and those of [`keep_draft`].
pub fn rewrite_draft(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    new: &NewDraft,
) -> Result<Drafts> {
    let mut row = rows::draft(db, &centres(actor), id)?.ok_or_else(Refusal::not_found)?;
    row.owner_name = checked(services, db, new)?;
    row.procedure_code.clone_from(&new.procedure_code);
    row.form.clone_from(&new.form);
    row.updated_by = actor.user_id.clone();
    row.updated_at = Ts::new(services.now());
    if row.version != version {
        return Err(stale(row.version));
    }
    row.version += 1;
    if !rows::update_draft(db, &row, version)? {
        return Err(stale(row.version));
    }
    named(services, db, actor, vec![row])
}

/// Drops what was begun.
///
/// # Errors
/// `not_found`.
pub fn drop_draft(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<()> {
    if rows::drop_draft(db, &centres(actor), id)? {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}

/// Drops the draft that a dossier was sent from, with it.
///
/// # Errors
/// `validation_failed` when somebody has sent or dropped it already: the dossier is not taken in
/// twice; `version_stale` when somebody has typed on meanwhile.
pub(super) fn sent(db: &mut Db, actor: &Actor, id: &RecordId, seen: Option<i64>) -> Result<()> {
    if let Some(seen) = seen
        && let Some(there) = rows::draft(db, &centres(actor), id)?
        && there.version != seen
    {
        return Err(stale(there.version));
    }
    if rows::drop_draft(db, &centres(actor), id)? {
        return Ok(());
    }
    Err(Refusal::invalid(vec![FieldError::new(
        "/draft_id",
        "draft_gone",
        "Bản nháp này đã được gửi hoặc đã xóa.",
        "The draft was sent or dropped already.",
    )])
    .into())
}
