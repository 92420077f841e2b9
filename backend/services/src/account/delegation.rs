//! Delegations and substitutes: a role held for somebody else, for a time, on record.

use chrono::{DateTime, Duration, Utc};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_store::account::{self as rows, DelegationRow, RoleRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, RoleAssignmentId, Ts, UserId};
use serde_json::json;

use super::users::{apart, go_together};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::record;
use crate::reference::Names;

/// The longest that one delegation runs, in days.
pub const LONGEST_DAYS: i64 = 366;

/// A delegation to be made.
#[derive(Debug, Clone)]
pub struct NewDelegation {
    /// Whose role.
    pub from: UserId,
    /// Who holds it meanwhile.
    pub to: UserId,
    /// Which.
    pub role: Role,
    /// For which authority; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
    /// From.
    pub valid_from: DateTime<Utc>,
    /// Until, exclusive.
    pub valid_to: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Delegations with the names of whom they name.
pub struct Delegations {
    /// The rows.
    pub rows: Vec<DelegationRow>,
    /// Names.
    pub names: Names,
}

fn fault(pointer: &str, code: &'static str, vi: &str, en: &str) -> FieldError {
    FieldError::new(pointer, code, vi, en)
}

/// The delegations that concern the actor: all of the centre for who keeps accounts, else those the
/// actor gave or got. Newest first.
///
/// # Errors
/// Storage failures only.
pub fn delegations(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Delegations> {
    let centres = actor.centres(Permission::ManageUsers);
    let rows = rows::delegations_page(db, &centres, &actor.user_id, edge, limit)?;
    named(services, db, actor, rows)
}

fn named(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<DelegationRow>,
) -> Result<Delegations> {
    let people = rows
        .iter()
        .flat_map(|d| {
            [
                Some(&d.from_user_id),
                Some(&d.to_user_id),
                d.ended_by.as_ref(),
            ]
        })
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Delegations { rows, names })
}

/// Delegates a role: one's own, or anybody's of the centre for who keeps accounts. What is itself
/// delegated cannot be passed on.
///
/// # Errors
/// `validation_failed` naming the field; `delegation_not_yours`.
pub fn delegate(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewDelegation,
) -> Result<Delegations> {
    let now = services.now();
    let mut errors = Vec::new();
    let reason = required_line(&new.reason, 500)
        .map_err(|f| errors.push(f.at("/reason")))
        .unwrap_or_default();
    if new.valid_to <= new.valid_from || new.valid_to <= now {
        errors.push(fault(
            "/valid_to",
            "out_of_range",
            "Thời điểm kết thúc phải sau thời điểm bắt đầu và sau hiện tại.",
            "The end must be after the beginning, and after now.",
        ));
    } else if new.valid_to - new.valid_from.max(now) > Duration::days(LONGEST_DAYS) {
        errors.push(fault(
            "/valid_to",
            "out_of_range",
            "Một lần ủy quyền không quá một năm.",
            "One delegation runs at most a year.",
        ));
    }
    if new.from == new.to {
        errors.push(fault(
            "/to_user_id",
            "invalid_value",
            "Người thay phải là người khác.",
            "The substitute must be somebody else.",
        ));
    }
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    let keeps = actor.centres(Permission::ManageUsers);
    if new.from != actor.user_id && keeps.is_empty() {
        return Err(Refusal::new(
            "delegation_not_yours",
            "Chỉ ủy quyền được vai trò của chính mình.",
            "One delegates one's own role only.",
        )
        .into());
    }
    if new.from != actor.user_id && new.to == actor.user_id {
        return Err(Refusal::new(
            "delegation_to_self",
            "Không tự giao cho mình vai trò của người khác.",
            "Nobody takes another's role by delegating it to himself.",
        )
        .into());
    }
    let at = Ts::new(now);
    let held = rows::roles(db, &[new.from.clone(), new.to.clone()], at)?;
    let own = held.iter().find(|r| {
        r.user_id == new.from
            && r.delegated_by.is_none()
            && r.role == new.role.as_str()
            && r.authority_id == new.authority_id
            && (new.from == actor.user_id || keeps.contains(&r.centre_id))
    });
    let Some(own) = own else {
        return Err(Refusal::invalid(vec![fault(
            "/role",
            "invalid_value",
            "Người ủy quyền không giữ vai trò này.",
            "The person does not hold this role.",
        )])
        .into());
    };
    let centre = own.centre_id.clone();
    let colleague = rows::user(db, &new.to)?.is_some_and(|u| u.active && u.scopes.is_none())
        && held
            .iter()
            .any(|r| r.user_id == new.to && r.centre_id == centre);
    if !colleague {
        return Err(Refusal::invalid(vec![fault(
            "/to_user_id",
            "invalid_value",
            "Người thay phải là cán bộ đang hoạt động của trung tâm.",
            "The substitute must be active staff of the centre.",
        )])
        .into());
    }
    let with_it = held
        .iter()
        .filter(|r| r.user_id == new.to)
        .filter_map(|r| Role::parse(&r.role))
        .chain([new.role]);
    if !go_together(with_it) {
        return Err(Refusal::invalid(vec![apart("/to_user_id")]).into());
    }
    let given = RoleRow {
        id: RoleAssignmentId::new(),
        user_id: new.to.clone(),
        role: new.role.as_str().to_owned(),
        centre_id: centre.clone(),
        authority_id: new.authority_id.clone(),
        valid_from: Ts::new(new.valid_from),
        valid_to: Some(Ts::new(new.valid_to)),
        delegated_by: Some(new.from.clone()),
    };
    rows::insert_role(db, &given)?;
    let row = DelegationRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        authority_id: new.authority_id.clone(),
        role: given.role.clone(),
        from_user_id: new.from.clone(),
        to_user_id: new.to.clone(),
        role_assignment_id: given.id,
        valid_from: given.valid_from,
        valid_to: Ts::new(new.valid_to),
        reason,
        created_by: actor.user_id.clone(),
        created_at: at,
        ended_at: None,
        ended_by: None,
    };
    rows::insert_delegation(db, &row)?;
    noted(db, actor, &row, &centre, now, "delegation.made")?;
    named(services, db, actor, vec![row])
}

fn noted(
    db: &mut Db,
    actor: &Actor,
    row: &DelegationRow,
    centre: &CentreId,
    now: DateTime<Utc>,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        centre,
        now,
        Some(actor),
        what,
        ("delegation", row.id.as_str()),
        json!({
            "from": row.from_user_id,
            "to": row.to_user_id,
            "role": row.role,
            "authority": row.authority_id,
            "valid_from": row.valid_from.0.to_rfc3339(),
            "valid_to": row.valid_to.0.to_rfc3339(),
        }),
    )
}

/// Ends a delegation before its time: who gave it, who made it, or who keeps accounts.
///
/// # Errors
/// `not_found`, `delegation_over`.
pub fn end_delegation(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Delegations> {
    let now = services.now();
    let mut row = rows::delegation(db, id)?.ok_or_else(Refusal::not_found)?;
    let may = row.from_user_id == actor.user_id
        || row.created_by == actor.user_id
        || actor
            .centres(Permission::ManageUsers)
            .contains(&row.centre_id);
    if !may {
        return Err(Refusal::not_found().into());
    }
    let over = row.valid_to.0 <= now;
    if over || !rows::end_delegation(db, &row, &actor.user_id, Ts::new(now))? {
        return Err(Refusal::new(
            "delegation_over",
            "Ủy quyền này đã hết hiệu lực.",
            "The delegation is over already.",
        )
        .into());
    }
    row.ended_at = Some(Ts::new(now));
    row.ended_by = Some(actor.user_id.clone());
    let centre = row.centre_id.clone();
    noted(db, actor, &row, &centre, now, "delegation.ended")?;
    named(services, db, actor, vec![row])
}
