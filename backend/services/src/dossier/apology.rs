//! Letters of apology before they are signed (T25): the draft beside the dossier, and who waits for whom.

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::deadline::{LateReason, apology_latest_date};
use motcua_domain::dossier::Command;
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{self as rows, ApologyLine, ApologyRow, close_apology, insert_apology};
use motcua_store::{Db, RecordId, Ts};
use serde_json::{Value, json};

use super::act::{Extra, Loaded, put};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::reference::Names;

/// The only draft that waits.
pub const DRAFTED: &str = "drafted";

/// Keeps, closes or sends back the draft beside a dossier, as its step says.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of a dossier is exactly these things"
)]
pub(super) fn children(
    services: &Services,
    db: &mut Db,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    loaded: &mut Loaded,
    command: &Command,
    extra: &Extra,
    detail: &mut Value,
) -> Result<()> {
    let by = actor.map(|a| &a.user_id);
    let new = matches!(command, Command::DraftApology { .. });
    if let Some(open) = loaded.row.open_apology_id.clone()
        && (new || !loaded.snapshot.apology_drafted)
    {
        if matches!(command, Command::Extend { .. })
            && let Some(draft) = rows::apology(db, &open)?
        {
            put(detail, "drafted_by", json!(draft.drafted_by));
        }
        let (state, reason) = match command {
            Command::DraftApology { .. } => ("replaced", None),
            Command::ReturnApology { reason } => ("sent_back", Some(reason)),
            Command::Extend { .. } => ("signed", None),
            _ => ("overtaken", None),
        };
        close_apology(db, &open, state, by, Ts::new(now), reason)?;
        put(detail, "apology_id", json!(open));
        loaded.row.open_apology_id = None;
    }
    if let Command::DraftApology { new_due_on, reason } = command {
        let (Some(actor), Some(due_at)) = (actor, loaded.snapshot.due_at) else {
            return Err(Error::Internal("this step needs a person".into()));
        };
        let Some(code) = extra.late_reason else {
            return Err(reason_code_required().into());
        };
        let calendar = services.calendar(db, &loaded.row.centre_id)?;
        let row = ApologyRow {
            id: RecordId::new(),
            dossier_id: loaded.row.id.clone(),
            centre_id: loaded.row.centre_id.clone(),
            authority_id: loaded.row.authority_id.clone(),
            state: DRAFTED.to_owned(),
            reason_code: code.as_str().to_owned(),
            reason: reason.clone(),
            new_due_on: *new_due_on,
            latest_on: apology_latest_date(&calendar, local_date(due_at))?,
            drafted_by: actor.user_id.clone(),
            drafted_at: Ts::new(now),
            closed_by: None,
            closed_at: None,
            closing_reason: None,
        };
        insert_apology(db, &row)?;
        put(detail, "reason_code", json!(code));
        put(detail, "new_due_on", json!(new_due_on));
        loaded.row.open_apology_id = Some(row.id);
    }
    Ok(())
}

fn reason_code_required() -> Refusal {
    let (vi, en) = (
        "Phải chọn lý do chậm trong danh mục.",
        "One of the known reasons must be chosen.",
    );
    Refusal::new("reason_code_required", vi, en).field("/reason_code", "required", vi, en)
}

/// The known reason an apology is signed for: the one named, else that of the draft.
pub(super) fn reason_signed(
    db: &mut Db,
    loaded: &Loaded,
    extra: &Extra,
) -> Result<Option<LateReason>> {
    match (extra.late_reason, &loaded.row.open_apology_id) {
        (None, Some(open)) => {
            Ok(rows::apology(db, open)?.and_then(|a| LateReason::parse(&a.reason_code)))
        }
        (named, _) => Ok(named),
    }
}

/// Drafts that wait to be signed, those first that must be soonest, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn waiting(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(NaiveDate, &RecordId, bool)>,
    limit: i64,
) -> Result<(Vec<ApologyLine>, Names)> {
    let scope = actor.scope(Permission::ReadDossiers);
    let found = rows::apologies_page(db, &scope, DRAFTED, edge, limit)?;
    let people = found.iter().map(|l| &l.apology.drafted_by);
    let names = services.names(db, actor.stamp, people)?;
    Ok((found, names))
}
