//! Who acts for whom.

use diesel::prelude::*;

use super::RoleRow;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, RoleAssignmentId, UserId};
use crate::page::falling;
use crate::schema::{delegations, role_assignments};
use crate::ts::Ts;

/// A delegation, or a substitute.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = delegations, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DelegationRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// For which authority; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
    pub role: String,
    pub from_user_id: UserId,
    pub to_user_id: UserId,
    /// The role that was given with it.
    pub role_assignment_id: RoleAssignmentId,
    pub valid_from: Ts,
    /// Until, exclusive.
    pub valid_to: Ts,
    pub reason: String,
    pub created_by: UserId,
    pub created_at: Ts,
    /// When it was ended before its time.
    pub ended_at: Option<Ts>,
    pub ended_by: Option<UserId>,
}

/// Records a delegation.
///
/// # Errors
/// Storage failures only.
pub fn insert_delegation(db: &mut Db, row: &DelegationRow) -> StoreResult<()> {
    diesel::insert_into(delegations::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One delegation.
///
/// # Errors
/// Storage failures only.
pub fn delegation(db: &mut Db, id: &RecordId) -> StoreResult<Option<DelegationRow>> {
    Ok(delegations::table
        .find(id)
        .select(DelegationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Delegations of these centres, or of and to one person, newest first, next to an edge (an id, and
/// whether what stands before it in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn delegations_page(
    db: &mut Db,
    centres: &[CentreId],
    person: &UserId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DelegationRow>> {
    use delegations as d;
    let mut q = d::table
        .select(DelegationRow::as_select())
        .limit(limit)
        .into_boxed();
    q = if centres.is_empty() {
        q.filter(d::from_user_id.eq(person).or(d::to_user_id.eq(person)))
    } else {
        q.filter(d::centre_id.eq_any(centres.to_vec()))
    };
    falling!(db, q, d::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// Delegations of one role of a person's that are not over, at most a hundred.
///
/// # Errors
/// Storage failures only.
pub fn delegations_of_role(db: &mut Db, role: &RoleRow, at: Ts) -> StoreResult<Vec<DelegationRow>> {
    use delegations as d;
    let q = d::table
        .filter(d::from_user_id.eq(&role.user_id))
        .filter(d::role.eq(&role.role))
        .filter(d::ended_at.is_null())
        .filter(d::valid_to.gt(at))
        .limit(100)
        .select(DelegationRow::as_select())
        .into_boxed();
    Ok(match &role.authority_id {
        Some(a) => q.filter(d::authority_id.eq(a)).load(db)?,
        None => q.filter(d::authority_id.is_null()).load(db)?,
    })
}

/// Ends a delegation and the role that was given with it; false when it has ended already.
///
/// # Errors
/// Storage failures only.
pub fn end_delegation(db: &mut Db, row: &DelegationRow, by: &UserId, at: Ts) -> StoreResult<bool> {
    let n = diesel::update(
        delegations::table
            .find(&row.id)
            .filter(delegations::ended_at.is_null()),
    )
    .set((
        delegations::ended_at.eq(Some(at)),
        delegations::ended_by.eq(Some(by.clone())),
    ))
    .execute(db)?;
    diesel::update(role_assignments::table.find(&row.role_assignment_id))
        .set(role_assignments::valid_to.eq(Some(at)))
        .execute(db)?;
    Ok(n == 1)
}
