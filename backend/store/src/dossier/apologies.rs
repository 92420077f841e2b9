//! Letters of apology as drafted, signed or sent back (T25).

use chrono::NaiveDate;
use diesel::prelude::*;

use super::query::Scope;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::schema::{dossier_apologies, dossiers};
use crate::ts::Ts;

/// A draft and what became of it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_apologies, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ApologyRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    /// `drafted`, `signed`, `sent_back`, `replaced` by another draft, or `overtaken` by the dossier's end.
    pub state: String,
    pub reason_code: String,
    pub reason: String,
    pub new_due_on: NaiveDate,
    /// The last day on which it may be signed.
    pub latest_on: NaiveDate,
    pub drafted_by: UserId,
    pub drafted_at: Ts,
    pub closed_by: Option<UserId>,
    pub closed_at: Option<Ts>,
    pub closing_reason: Option<String>,
}

/// A draft with the dossier it is for.
#[derive(Debug, Clone, Queryable)]
#[allow(missing_docs, reason = "columns of two tables")]
pub struct ApologyLine {
    pub apology: ApologyRow,
    pub code: Option<String>,
    pub procedure_name: String,
    pub owner_name: String,
    pub due_at: Option<Ts>,
    pub version: i64,
}

/// Keeps a draft.
///
/// # Errors
/// Storage failures only.
pub fn insert_apology(db: &mut Db, row: &ApologyRow) -> StoreResult<()> {
    diesel::insert_into(dossier_apologies::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// One draft.
///
/// # Errors
/// Storage failures only.
pub fn apology(db: &mut Db, id: &RecordId) -> StoreResult<Option<ApologyRow>> {
    Ok(dossier_apologies::table
        .find(id)
        .select(ApologyRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says what became of a draft.
///
/// # Errors
/// Storage failures only.
pub fn close_apology(
    db: &mut Db,
    id: &RecordId,
    state: &str,
    by: Option<&UserId>,
    at: Ts,
    reason: Option<&String>,
) -> StoreResult<()> {
    use dossier_apologies as a;
    diesel::update(a::table.find(id))
        .set((
            a::state.eq(state.to_owned()),
            a::closed_by.eq(by.cloned()),
            a::closed_at.eq(Some(at)),
            a::closing_reason.eq(reason.cloned()),
        ))
        .execute(db)?;
    Ok(())
}

/// Drafts of a state within a scope, those first that must be signed soonest, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn apologies_page(
    db: &mut Db,
    scope: &Scope,
    state: &str,
    edge: Option<(NaiveDate, &RecordId, bool)>,
    limit: i64,
) -> StoreResult<Vec<ApologyLine>> {
    use dossier_apologies as a;
    let mut q = a::table
        .inner_join(dossiers::table)
        .filter(a::state.eq(state.to_owned()))
        .select((
            ApologyRow::as_select(),
            dossiers::code,
            dossiers::procedure_name,
            dossiers::owner_name,
            dossiers::due_at,
            dossiers::version,
        ))
        .limit(limit)
        .into_boxed();
    q = match (scope.centres.as_slice(), scope.authorities.as_slice()) {
        ([centre], []) => q.filter(a::centre_id.eq(centre.clone())),
        ([], [authority]) => q.filter(a::authority_id.eq(authority.clone())),
        (centres, authorities) => q.filter(
            a::centre_id
                .eq_any(centres.to_vec())
                .or(a::authority_id.eq_any(authorities.to_vec())),
        ),
    };
    q = match edge {
        Some((day, id, true)) => q
            .filter(
                a::latest_on
                    .lt(day)
                    .or(a::latest_on.eq(day).and(a::id.lt(id.clone()))),
            )
            .order((a::latest_on.desc(), a::id.desc())),
        Some((day, id, false)) => q
            .filter(
                a::latest_on
                    .gt(day)
                    .or(a::latest_on.eq(day).and(a::id.gt(id.clone()))),
            )
            .order((a::latest_on.asc(), a::id.asc())),
        None => q.order((a::latest_on.asc(), a::id.asc())),
    };
    let mut rows: Vec<ApologyLine> = q.load(db)?;
    if edge.is_some_and(|(_, _, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}
