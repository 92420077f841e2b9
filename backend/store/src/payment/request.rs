//! What is asked of payers.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Edge, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{dossiers, payment_requests};
use crate::ts::Ts;

/// What is asked of a payer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = payment_requests, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RequestRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub assessment_id: RecordId,
    pub account_id: RecordId,
    pub reference: String,
    pub amount_vnd: i64,
    pub received_vnd: i64,
    pub state: String,
    /// The text of its VietQR code.
    pub payload: String,
    pub created_at: Ts,
    pub created_by: UserId,
    pub expires_at: Ts,
    pub closed_at: Option<Ts>,
    pub closed_by: Option<UserId>,
    /// Why it is not asked any more.
    pub reason: Option<String>,
    pub version: i64,
}

/// A dossier whose fees are to be paid, as the cashier's list shows it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DueRow {
    pub id: DossierId,
    pub code: Option<String>,
    pub procedure_name: String,
    pub owner_name: String,
    pub authority_id: AuthorityId,
    pub received_at: Ts,
}

/// Asks.
///
/// # Errors
/// Storage failures, among them that something is asked of the dossier already.
pub fn insert_request(db: &mut Db, row: &RequestRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(payment_requests::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// One request, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn request(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<RequestRow>> {
    let row = payment_requests::table
        .find(id)
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.filter(|r: &RequestRow| scope.covers(&r.centre_id, &r.authority_id)))
}

/// The request of a reference.
///
/// # Errors
/// Storage failures only.
pub fn request_of(db: &mut Db, reference: &str) -> StoreResult<Option<RequestRow>> {
    Ok(payment_requests::table
        .filter(payment_requests::reference.eq(reference.to_owned()))
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?)
}

/// What is asked of a dossier and waited for.
///
/// # Errors
/// Storage failures only.
pub fn open_request(db: &mut Db, dossier: &DossierId) -> StoreResult<Option<RequestRow>> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::dossier_id.eq(dossier.clone()))
        .filter(r::closed_at.is_null())
        .select(RequestRow::as_select())
        .get_result(db)
        .optional()?)
}

/// What is asked of these dossiers and waited for.
///
/// # Errors
/// Storage failures only.
pub fn open_requests(db: &mut Db, dossiers: &[DossierId]) -> StoreResult<Vec<RequestRow>> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::dossier_id.eq_any(dossiers.to_vec()))
        .filter(r::closed_at.is_null())
        .select(RequestRow::as_select())
        .load(db)?)
}

/// Keeps what came of a request, if it still has the version before; false when it has moved on.
///
/// # Errors
/// Storage failures only.
pub fn keep_request(db: &mut Db, row: &RequestRow) -> StoreResult<bool> {
    use payment_requests as r;
    let n = diesel::update(
        r::table
            .find(&row.id)
            .filter(r::version.eq(row.version - 1)),
    )
    .set((
        r::received_vnd.eq(row.received_vnd),
        r::state.eq(row.state.clone()),
        r::closed_at.eq(row.closed_at),
        r::closed_by.eq(row.closed_by.clone()),
        r::reason.eq(row.reason.clone()),
        r::version.eq(row.version),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// A request as lists show it: with the code of its dossier.
pub type RequestLine = (RequestRow, Option<String>);

/// The requests within a scope next to an edge, the last made first; of one dossier when one is named.
///
/// # Errors
/// Storage failures only.
pub fn requests_page(
    db: &mut Db,
    scope: &Scope,
    dossier: Option<&DossierId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<RequestLine>> {
    let mut q = payment_requests::table
        .inner_join(dossiers::table)
        .select((RequestRow::as_select(), dossiers::code))
        .limit(limit)
        .into_boxed();
    if let Some(dossier) = dossier {
        q = q.filter(payment_requests::dossier_id.eq(dossier.clone()));
    }
    let q = within!(q, payment_requests, scope);
    let q = next_to!(q, payment_requests, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// The dossiers within a scope whose fees are to be paid, next to an edge, the last received first; the
/// one with a code when one is given.
///
/// # Errors
/// Storage failures only.
pub fn due_page(
    db: &mut Db,
    scope: &Scope,
    code: Option<&str>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<DueRow>> {
    let mut q = dossiers::table
        .select(DueRow::as_select())
        // As a literal: only then does the index of what is due answer it.
        .filter(sql::<Bool>(
            "dossiers.payment_state = 'due' \
             AND EXISTS (SELECT 1 FROM fee_assessments a WHERE a.dossier_id = dossiers.id)",
        ))
        .limit(limit)
        .into_boxed();
    if let Some(code) = code {
        q = q.filter(dossiers::code.eq(code.to_owned()));
    }
    let q = within!(q, dossiers, scope);
    let q = next_to!(q, dossiers, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// How many references a day has given, by what they begin with.
///
/// # Errors
/// Storage failures only.
pub fn references_used(db: &mut Db, prefix: &str) -> StoreResult<i64> {
    use payment_requests as r;
    Ok(r::table
        .filter(r::reference.ge(prefix.to_owned()))
        .filter(r::reference.lt(format!("{prefix}~")))
        .count()
        .get_result(db)?)
}

/// At most `limit` requests of a centre of which another sum came than they say.
///
/// # Errors
/// Storage failures only.
pub fn requests_that_differ(
    db: &mut Db,
    centre: &CentreId,
    limit: i64,
) -> StoreResult<Vec<RecordId>> {
    use payment_requests as r;
    let differ = "received_vnd <> (SELECT COALESCE(SUM(t.amount_vnd), 0) FROM bank_transactions t \
        WHERE t.request_id = payment_requests.id)";
    Ok(r::table
        .filter(r::centre_id.eq(centre.clone()))
        .filter(sql::<Bool>(differ))
        .order(r::id.asc())
        .limit(limit)
        .select(r::id)
        .load(db)?)
}
