//! People's own words: cleared by the program, looked at by somebody who is not of the ward, then open to it.

use motcua_domain::refusal::Refusal;
use motcua_domain::survey::screen::screened;
use motcua_domain::text::clean_text;
use motcua_store::survey::{self as rows, RemarkRow};
use motcua_store::{AuthorityId, CentreId, Db};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;

/// What becomes of a free text.
#[derive(Debug, Clone)]
pub struct Screening {
    /// Whether the ward may read it.
    pub open: bool,
    /// It, with what still told of somebody taken out.
    pub text: Option<String>,
}

/// Free texts of a centre, next to an edge. Those that wait are for who screens them alone; open ones are
/// read by who reads results, a ward's people those of their ward.
///
/// # Errors
/// `centre_unknown`; `role_not_allowed` for what was not looked at yet, to who does not screen.
pub fn remarks(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    state: &str,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<RemarkRow>> {
    if state != "open" {
        let centre = actor
            .centre_for(Permission::ScreenRemarks, centre)
            .ok_or_else(not_before_screened)?;
        return Ok(rows::remarks_page(db, &centre, state, None, edge, limit)?);
    }
    let scope = actor.scope(Permission::ReadRemarks);
    let centre = actor
        .centre_for(Permission::ReadRemarks, centre)
        .ok_or_else(centre_unknown)?;
    let own: Option<Vec<AuthorityId>> =
        (!scope.centres.contains(&centre)).then(|| scope.authorities.clone());
    Ok(rows::remarks_page(
        db,
        &centre,
        state,
        own.as_deref(),
        edge,
        limit,
    )?)
}

fn not_before_screened() -> Refusal {
    let roles: Vec<&str> = Permission::ScreenRemarks
        .roles()
        .iter()
        .map(|r| r.as_str())
        .collect();
    Refusal::new(
        "role_not_allowed",
        "Ý kiến chưa được xem xét thì chỉ người xem xét được đọc.",
        "What was not looked at yet is read only by who looks at it.",
    )
    .with("required_roles", roles)
}

/// Opens a free text to the ward, or drops it.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`; `remark_screened` once it is no longer held.
pub fn screen(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &str,
    version: i64,
    screening: &Screening,
) -> Result<RemarkRow> {
    let centres = actor.centres(Permission::ScreenRemarks);
    let mut row = rows::remark(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.state != "held" {
        return Err(Refusal::new(
            "remark_screened",
            "Ý kiến này đã được xem xét.",
            "This remark was looked at already.",
        )
        .into());
    }
    if let Some(text) = &screening.text {
        let clean =
            clean_text(text, 1_000).map_err(|fault| Refusal::invalid(vec![fault.at("/text")]))?;
        row.text = screened(&clean);
    }
    row.state = if screening.open { "open" } else { "dropped" }.to_owned();
    if !screening.open {
        // What names somebody is not kept for being looked at later.
        row.text = String::new();
    }
    row.screened_by = Some(actor.user_id.clone());
    row.version += 1;
    if !rows::screen_remark(db, &row, version)? {
        return Err(stale(version + 1));
    }
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        "survey.remark_screened",
        ("survey_remark", row.id.as_str()),
        json!({ "state": row.state }),
    )?;
    Ok(row)
}
