//! Payments of which it is not known whether they came.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::unknown_payments;
use crate::ts::Ts;

/// A payment of which it is not known, or was not, whether it came.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = unknown_payments, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct UnknownRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub dossier_code: Option<String>,
    pub amount_vnd: i64,
    pub method: String,
    pub reference: Option<String>,
    /// What was seen: what the terminal said, or that it said nothing.
    pub note: String,
    /// `unknown`, `came`, `did_not_come`.
    pub state: String,
    pub said_by: UserId,
    pub said_at: Ts,
    /// None: the program, when the bank told.
    pub settled_by: Option<UserId>,
    pub settled_at: Option<Ts>,
    pub settled_because: Option<String>,
    pub version: i64,
}

/// Keeps that it is not known whether a payment came.
///
/// # Errors
/// Storage failures, among them that something of the dossier is unknown already.
pub fn insert_unknown(db: &mut Db, row: &UnknownRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(unknown_payments::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One such payment, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn unknown(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<UnknownRow>> {
    let row = unknown_payments::table
        .find(id)
        .select(UnknownRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|u: &UnknownRow| scope.covers(&u.centre_id, &u.authority_id)))
}

/// What of a dossier is not known yet.
///
/// # Errors
/// Storage failures only.
pub fn unknown_of(db: &mut Db, dossier: &DossierId) -> StoreResult<Option<UnknownRow>> {
    use unknown_payments as u;
    Ok(u::table
        .filter(u::dossier_id.eq(dossier.clone()))
        .filter(sql::<Bool>("state = 'unknown'"))
        .select(UnknownRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Payments of an authority and a sum that are not known, the first first.
///
/// # Errors
/// Storage failures only.
pub fn unknown_of_sum(
    db: &mut Db,
    authority: &AuthorityId,
    amount_vnd: i64,
    limit: i64,
) -> StoreResult<Vec<UnknownRow>> {
    use unknown_payments as u;
    Ok(u::table
        .filter(u::authority_id.eq(authority.clone()))
        .filter(u::amount_vnd.eq(amount_vnd))
        .filter(sql::<Bool>("state = 'unknown'"))
        .order(u::id.asc())
        .limit(limit)
        .select(UnknownRow::as_select())
        .load(db)?)
}

/// Keeps what became of it, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_unknown(db: &mut Db, row: &UnknownRow) -> StoreResult<bool> {
    use unknown_payments as u;
    let n = diesel::update(
        u::table
            .find(&row.id)
            .filter(u::version.eq(row.version - 1)),
    )
    .set((
        u::state.eq(row.state.clone()),
        u::settled_by.eq(row.settled_by.clone()),
        u::settled_at.eq(row.settled_at),
        u::settled_because.eq(row.settled_because.clone()),
        u::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Such payments within a scope next to an edge, the last first; of one state or one dossier when named.
///
/// # Errors
/// Storage failures only.
pub fn unknown_page(
    db: &mut Db,
    scope: &Scope,
    (state, dossier): (Option<&str>, Option<&DossierId>),
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<UnknownRow>> {
    let mut q = unknown_payments::table
        .select(UnknownRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(state) = state {
        q = q.filter(unknown_payments::state.eq(state.to_owned()));
    }
    if let Some(dossier) = dossier {
        q = q.filter(unknown_payments::dossier_id.eq(dossier.clone()));
    }
    let q = within!(q, unknown_payments, scope);
    let q = next_to!(q, unknown_payments, edge);
    Ok(in_order(q.load(db)?, edge))
}
