//! Whether a centre takes cash: none without a decision.

use motcua_domain::refusal::Refusal;
use motcua_store::payment::{self as rows, CashRow};
use motcua_store::{CentreId, Db, Ts};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;
use crate::reference::Names;

/// Whether a centre takes cash now.
///
/// # Errors
/// Storage failures only.
pub(crate) fn allowed(db: &mut Db, centre: &CentreId) -> Result<bool> {
    Ok(rows::cash_rule(db, centre)?.is_some_and(|r| r.allowed))
}

/// What a centre decided, if it ever did, and the name of who entered it.
///
/// # Errors
/// `centre_unknown`.
pub fn rule(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
) -> Result<(CentreId, Option<CashRow>, Names)> {
    let centre = actor
        .centre_for(Permission::ReadPayments, centre)
        .ok_or_else(centre_unknown)?;
    let row = rows::cash_rule(db, &centre)?;
    let names = services.names(db, actor.stamp, row.iter().map(|r| &r.set_by))?;
    Ok((centre, row, names))
}

/// Enters what a centre decided: whether it takes cash, and by which document.
///
/// # Errors
/// `centre_unknown`, `version_stale`, `validation_failed` at `/source`.
pub fn set(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (centre, version): (Option<&CentreId>, i64),
    allowed: bool,
    source: &str,
) -> Result<(CashRow, Names)> {
    let centre = actor
        .centre_for(Permission::AllowCash, centre)
        .ok_or_else(centre_unknown)?;
    let before = rows::cash_rule(db, &centre)?.map_or(0, |r| r.version);
    if before != version {
        return Err(stale(before));
    }
    let mut texts = Texts::default();
    let source = texts.line(source, "/source", 300);
    texts.sound()?;
    let now = services.now();
    let row = CashRow {
        centre_id: centre.clone(),
        allowed,
        source,
        set_by: actor.user_id.clone(),
        set_at: Ts::new(now),
        version: before + 1,
    };
    if !rows::set_cash_rule(db, &row)? {
        return Err(Refusal::new(
            "version_stale",
            "Quy định này vừa được người khác thay đổi.",
            "Somebody else has changed this rule meanwhile.",
        )
        .into());
    }
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "cash_rule.set",
        ("centre", centre.as_str()),
        json!({ "allowed": row.allowed, "source": row.source }),
    )?;
    let names = services.names(db, actor.stamp, std::iter::once(&row.set_by))?;
    Ok((row, names))
}
