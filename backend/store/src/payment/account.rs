//! The accounts authorities collect to.

use diesel::prelude::*;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::schema::collection_accounts;
use crate::ts::Ts;

/// The account an authority collects to.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = collection_accounts, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AccountRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub bank_bin: String,
    pub account_number: String,
    /// In whose name it is.
    pub holder: String,
    /// The document that names it.
    pub source: String,
    pub proposed_by: UserId,
    pub proposed_at: Ts,
    pub confirmed_by: Option<UserId>,
    pub confirmed_at: Option<Ts>,
    pub ended_by: Option<UserId>,
    pub ended_at: Option<Ts>,
    pub version: i64,
}

/// Names an account.
///
/// # Errors
/// Storage failures only.
pub fn insert_account(db: &mut Db, row: &AccountRow) -> StoreResult<()> {
    diesel::insert_into(collection_accounts::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One account.
///
/// # Errors
/// Storage failures only.
pub fn account(db: &mut Db, id: &RecordId) -> StoreResult<Option<AccountRow>> {
    Ok(collection_accounts::table
        .find(id)
        .select(AccountRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Keeps who confirmed or ended an account, if it still has the version before; false when it has moved
/// on.
///
/// # Errors
/// Storage failures only.
pub fn keep_account(db: &mut Db, row: &AccountRow) -> StoreResult<bool> {
    use collection_accounts as a;
    let n = diesel::update(
        a::table
            .find(&row.id)
            .filter(a::version.eq(row.version - 1)),
    )
    .set((
        a::confirmed_by.eq(row.confirmed_by.clone()),
        a::confirmed_at.eq(row.confirmed_at),
        a::ended_by.eq(row.ended_by.clone()),
        a::ended_at.eq(row.ended_at),
        a::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// The account that collects for an authority now.
///
/// # Errors
/// Storage failures only.
pub fn account_of(db: &mut Db, authority: &AuthorityId) -> StoreResult<Option<AccountRow>> {
    use collection_accounts as a;
    Ok(a::table
        .filter(a::authority_id.eq(authority.clone()))
        .filter(a::confirmed_at.is_not_null())
        .filter(a::ended_at.is_null())
        .select(AccountRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The accounts of a bank with this number, the last named first: ended ones too, since money still
/// comes to them.
///
/// # Errors
/// Storage failures only.
pub fn accounts_numbered(db: &mut Db, bin: &str, number: &str) -> StoreResult<Vec<AccountRow>> {
    use collection_accounts as a;
    Ok(a::table
        .filter(a::bank_bin.eq(bin.to_owned()))
        .filter(a::account_number.eq(number.to_owned()))
        .order(a::id.desc())
        .limit(20)
        .select(AccountRow::as_select())
        .load(db)?)
}

/// The accounts within a scope next to an edge, the last named first.
///
/// # Errors
/// Storage failures only.
pub fn accounts_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<AccountRow>> {
    let q = collection_accounts::table
        .select(AccountRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = within!(q, collection_accounts, scope);
    let q = next_to!(q, collection_accounts, edge);
    Ok(in_order(q.load(db)?, edge))
}
