//! Drafts: what an administrator prepares, compares with what holds, and publishes.

use chrono::{DateTime, Utc};
use motcua_domain::catalogue::{self, Change, ProcedureData};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::catalogue::{self as rows, DraftRow, VersionRow};
use motcua_store::dossier::{self as dossiers, DossierListRow, Filter, Sort};
use motcua_store::{Db, ProcedureDraftId, StoreError, Ts};
use serde_json::json;

use super::{enter, published, record_change};
use crate::actor::{Actor, Permission};
use crate::dossier::list::open_states;
use crate::error::{Error, Result, stale};

/// A draft and what there is to know before it is published.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The row.
    pub row: DraftRow,
    /// What it says.
    pub data: ProcedureData,
    /// What keeps it from being published; none when it may be.
    pub faults: Vec<FieldError>,
    /// What it changes of the version it was drawn from.
    pub changes: Vec<Change>,
    /// The newest version's number, 0 when there is none; another than the draft's base means that
    /// somebody published meanwhile.
    pub newest: i32,
}

fn load(db: &mut Db, row: DraftRow) -> Result<Draft> {
    let data: ProcedureData = serde_json::from_str(&row.data).map_err(StoreError::from)?;
    let base = match row.base_version {
        0 => None,
        n => rows::by_number(db, &row.procedure_code, n)?,
    };
    let changes = match &base {
        Some(base) => catalogue::compare(&published(base)?, &data),
        None => Vec::new(),
    };
    let newest = rows::newest(db, &row.procedure_code)?.map_or(0, |v| v.version);
    let mut faults = catalogue::faults(&data);
    if data
        .announcing_decision
        .as_ref()
        .is_none_or(|d| d.date.is_none())
    {
        faults.push(FieldError {
            pointer: "/announcing_decision".into(),
            code: "required",
            detail: motcua_domain::refusal::Text::new(
                "Muốn công bố phải có số và ngày của quyết định công bố.",
                "Publishing needs the number and date of the announcing decision.",
            ),
        });
    }
    Ok(Draft {
        row,
        data,
        faults,
        changes,
        newest,
    })
}

fn tidied(data: &ProcedureData) -> Result<ProcedureData> {
    catalogue::tidied(data).map_err(|e| Error::Internal(e.to_string()))
}

fn base_of(db: &mut Db, code: &str, base_version: i32) -> Result<()> {
    let known = match base_version {
        0 => rows::newest(db, code)?.is_none(),
        n => rows::by_number(db, code, n)?.is_some(),
    };
    if known {
        return Ok(());
    }
    Err(Refusal::invalid(Vec::new())
        .field(
            "/base_version",
            "invalid_value",
            "Không có phiên bản này của thủ tục.",
            "The procedure has no such version.",
        )
        .into())
}

fn exists(id: &ProcedureDraftId) -> Error {
    Refusal::new(
        "draft_exists",
        "Thủ tục này đã có một bản thảo.",
        "There is a draft of this procedure already.",
    )
    .with("draft_id", id.to_string())
    .into()
}

/// Begins a draft of a procedure's next version, or of a new procedure (base version 0). It may be
/// unfinished: what is wrong with it is told with it.
///
/// # Errors
/// `draft_exists`, `validation_failed` for a base version that does not exist.
pub fn create_draft(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    data: &ProcedureData,
    base_version: i32,
) -> Result<Draft> {
    let data = tidied(data)?;
    if let Some(other) = rows::draft_of(db, &data.code)? {
        return Err(exists(&other.id));
    }
    base_of(db, &data.code, base_version)?;
    let row = DraftRow {
        id: ProcedureDraftId::new(),
        procedure_code: data.code.clone(),
        base_version,
        data: serde_json::to_string(&data).map_err(StoreError::from)?,
        version: 1,
        created_by: actor.user_id.clone(),
        created_at: Ts::new(now),
        updated_by: actor.user_id.clone(),
        updated_at: Ts::new(now),
    };
    rows::insert_draft(db, &row).map_err(super::taken)?;
    let detail = json!({ "base_version": base_version });
    record_change(db, now, actor, "catalogue.drafted", &data.code, detail)?;
    load(db, row)
}

/// One draft.
///
/// # Errors
/// `not_found`.
pub fn find_draft(db: &mut Db, id: &ProcedureDraftId) -> Result<Draft> {
    let row = rows::draft(db, id)?.ok_or_else(Refusal::not_found)?;
    load(db, row)
}

fn at_version(db: &mut Db, id: &ProcedureDraftId, version: i64) -> Result<DraftRow> {
    let row = rows::draft(db, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    Ok(row)
}

/// Writes a draft anew.
///
/// # Errors
/// `not_found`, `version_stale`, `draft_exists` when its new code has a draft already,
/// `validation_failed` for a base version that does not exist.
pub fn rewrite_draft(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &ProcedureDraftId,
    version: i64,
    data: &ProcedureData,
    base_version: i32,
) -> Result<Draft> {
    let mut row = at_version(db, id, version)?;
    let data = tidied(data)?;
    if data.code != row.procedure_code
        && let Some(other) = rows::draft_of(db, &data.code)?
    {
        return Err(exists(&other.id));
    }
    base_of(db, &data.code, base_version)?;
    row.procedure_code = data.code.clone();
    row.base_version = base_version;
    row.data = serde_json::to_string(&data).map_err(StoreError::from)?;
    row.version = version + 1;
    row.updated_by = actor.user_id.clone();
    row.updated_at = Ts::new(now);
    if !rows::update_draft(db, &row, version).map_err(super::taken)? {
        return Err(stale(version + 1));
    }
    let detail = json!({ "draft_version": row.version });
    record_change(
        db,
        now,
        actor,
        "catalogue.draft_changed",
        &data.code,
        detail,
    )?;
    load(db, row)
}

/// Throws a draft away.
///
/// # Errors
/// `not_found`, `version_stale`.
pub fn discard_draft(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &ProcedureDraftId,
    version: i64,
) -> Result<()> {
    let row = at_version(db, id, version)?;
    if !rows::delete_draft(db, id, version)? {
        return Err(stale(version + 1));
    }
    record_change(
        db,
        now,
        actor,
        "catalogue.draft_discarded",
        &row.procedure_code,
        json!({}),
    )
}

/// Publishes a draft as the procedure's next version; the draft is gone then. Dossiers already
/// received keep their version.
///
/// # Errors
/// `not_found`, `version_stale`; `draft_faulty` naming every fault; `draft_outdated` when another
/// version was published since it was drawn; `nothing_changed`.
pub fn publish_draft(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &ProcedureDraftId,
    version: i64,
) -> Result<VersionRow> {
    let row = at_version(db, id, version)?;
    let draft = load(db, row)?;
    if !draft.faults.is_empty() {
        let mut refusal = Refusal::new(
            "draft_faulty",
            "Bản thảo còn lỗi nên chưa công bố được.",
            "The draft has faults; it cannot be published yet.",
        );
        refusal.errors = draft.faults;
        return Err(refusal.into());
    }
    if draft.newest != draft.row.base_version {
        return Err(Refusal::new(
            "draft_outdated",
            "Thủ tục đã có phiên bản mới hơn bản mà bản thảo dựa vào. Hãy so sánh và cập nhật bản thảo.",
            "A newer version was published since this draft was begun. Compare, and bring the draft up to date.",
        )
        .with("current_version", draft.newest)
        .into());
    }
    if !rows::delete_draft(db, id, version)? {
        return Err(stale(version + 1));
    }
    let Some(row) = enter(db, &draft.data, now, draft.row.base_version)? else {
        return Err(Refusal::new(
            "nothing_changed",
            "Bản thảo không khác gì phiên bản đang có.",
            "The draft says what is published already.",
        )
        .into());
    };
    let paths: Vec<&str> = draft.changes.iter().map(|c| c.path.as_str()).collect();
    let detail = json!({
        "version": row.version,
        "in_force_from": row.in_force_from,
        "in_force_to": row.in_force_to,
        "decision": draft.data.announcing_decision.as_ref().map(|d| &d.number),
        "changed": paths,
    });
    record_change(
        db,
        now,
        actor,
        "catalogue.published",
        &row.procedure_code,
        detail,
    )?;
    Ok(row)
}

/// Drafts by their procedure's code next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn drafts(
    db: &mut Db,
    edge: Option<(String, bool)>,
    limit: i64,
) -> Result<Vec<(DraftRow, ProcedureData)>> {
    rows::drafts_page(db, edge, limit)?
        .into_iter()
        .map(|row| {
            let data = serde_json::from_str(&row.data).map_err(StoreError::from)?;
            Ok((row, data))
        })
        .collect()
}

/// The most open dossiers that are counted.
pub const MOST_COUNTED: usize = 100;

/// The dossiers of a procedure that are not finished, as far as the actor may see them, up to
/// [`MOST_COUNTED`] and one more: they keep the version they were received under.
///
/// # Errors
/// Storage failures only.
pub fn open_dossiers(db: &mut Db, actor: &Actor, code: &str) -> Result<Vec<DossierListRow>> {
    let filter = Filter {
        states: open_states(),
        procedure_code: Some(code.to_owned()),
        ..Filter::default()
    };
    let scope = actor.scope(Permission::ReadDossiers);
    let most = MOST_COUNTED as i64 + 1;
    Ok(dossiers::page(
        db,
        &scope,
        &filter,
        Sort::ReceivedDesc,
        None,
        most,
    )?)
}
