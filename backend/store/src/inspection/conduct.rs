//! Commendation and discipline: rows that are never changed.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    conduct_record_evidence, conduct_record_revocations, conduct_records, index_lines,
    index_results, index_snapshots,
};
use crate::ts::Ts;

/// A commendation or a discipline record.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conduct_records, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ConductRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub kind: String,
    /// About whom; none: about the authority.
    pub officer_id: Option<UserId>,
    /// About which authority, or the one that the officer works for.
    pub authority_id: Option<AuthorityId>,
    /// Giấy khen, khiển trách …
    pub form: String,
    pub decision_number: String,
    pub decision_on: NaiveDate,
    pub decided_by: String,
    pub reason: String,
    /// The decision makes it public.
    pub public: bool,
    pub kept_by: UserId,
    pub kept_at: Ts,
}

/// What a record rests on.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conduct_record_evidence)]
#[allow(missing_docs, reason = "plain columns")]
pub struct EvidenceRow {
    pub record_id: RecordId,
    pub ord: i32,
    pub kind: String,
    pub reference_id: String,
    /// As it was called when the record was kept; names no citizen.
    pub label: String,
}

/// A record revoked.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = conduct_record_revocations)]
#[allow(missing_docs, reason = "plain columns")]
pub struct RevocationRow {
    pub record_id: RecordId,
    pub decision_number: String,
    pub decision_on: NaiveDate,
    pub reason: String,
    pub revoked_by: UserId,
    pub revoked_at: Ts,
}

/// Keeps a record with what it rests on.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &ConductRow, evidence: &[EvidenceRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(conduct_records::table).values(row).execute(c))?;
    on_each!(db, c => diesel::insert_into(conduct_record_evidence::table).values(evidence).execute(c))?;
    Ok(())
}

/// Revokes a record.
///
/// # Errors
/// [`crate::StoreError::Unique`] when it is revoked already.
pub fn revoke(db: &mut Db, row: &RevocationRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(conduct_record_revocations::table).values(row).execute(c))?;
    Ok(())
}

/// One record, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<ConductRow>> {
    Ok(on_each!(db, c => conduct_records::table
        .find(id)
        .select(ConductRow::as_select())
        .get_result(c)
        .optional())?)
}

/// What records rest on, in their order.
///
/// # Errors
/// Storage failures only.
pub fn evidence(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<EvidenceRow>> {
    use conduct_record_evidence as e;
    Ok(on_each!(db, c => e::table
        .filter(e::record_id.eq_any(ids.to_vec()))
        .order((e::record_id.asc(), e::ord.asc()))
        .select(EvidenceRow::as_select())
        .load(c))?)
}

/// The revocations of records.
///
/// # Errors
/// Storage failures only.
pub fn revocations(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<RevocationRow>> {
    use conduct_record_revocations as r;
    Ok(on_each!(db, c => r::table
        .filter(r::record_id.eq_any(ids.to_vec()))
        .select(RevocationRow::as_select())
        .load(c))?)
}

/// What a list of records is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct ConductFilter {
    /// Commendation or discipline.
    pub kind: Option<String>,
    /// About whom.
    pub officer: Option<UserId>,
    /// Of which authority.
    pub authority: Option<AuthorityId>,
}

/// Whose records are read.
#[derive(Debug, Clone)]
pub enum Of<'a> {
    /// Those of a scope, and what was made public at these centres.
    Scope(&'a Scope, &'a [CentreId]),
    /// One's own.
    Officer(&'a UserId),
}

/// Records, newest first, next to an edge (an id, and whether what stands before it is wanted), at most
/// `limit`; found by `ix_conduct_records_centre`, `…_authority` and `…_officer`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    of: &Of<'_>,
    filter: &ConductFilter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<ConductRow>> {
    use conduct_records as r;
    let mut rows: Vec<ConductRow> = on_each!(db, c => {
        let mut q = r::table.select(ConductRow::as_select()).limit(limit).into_boxed();
        q = match of {
            Of::Officer(id) => q.filter(r::officer_id.eq(Some((*id).clone()))),
            Of::Scope(scope, public_at) => {
                let authorities: Vec<Option<AuthorityId>> =
                    scope.authorities.iter().cloned().map(Some).collect();
                q.filter(
                    r::centre_id
                        .eq_any(scope.centres.clone())
                        .or(r::authority_id.eq_any(authorities))
                        .or(r::public.eq(true).and(r::centre_id.eq_any(public_at.to_vec()))),
                )
            }
        };
        if let Some(kind) = &filter.kind {
            q = q.filter(r::kind.eq(kind.clone()));
        }
        if let Some(id) = &filter.officer {
            q = q.filter(r::officer_id.eq(Some(id.clone())));
        }
        if let Some(id) = &filter.authority {
            q = q.filter(r::authority_id.eq(Some(id.clone())));
        }
        match edge {
            Some((id, true)) => q.filter(r::id.gt(id.to_owned())).order(r::id.asc()).load(c),
            Some((id, false)) => q.filter(r::id.lt(id.to_owned())).order(r::id.desc()).load(c),
            None => q.order(r::id.desc()).load(c),
        }
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// A line of a frozen snapshot of a centre: the quarter, the number of the snapshot, of the index, and
/// whose it is.
#[derive(Debug, Clone, Queryable)]
pub struct FrozenLine {
    /// Quarter.
    pub quarter: String,
    /// The snapshot's number.
    pub number: i32,
    /// Which of the nine.
    pub index_number: i32,
    /// The officer's.
    pub officer_id: Option<UserId>,
    /// The authority's.
    pub authority_id: Option<AuthorityId>,
}

/// A line of a frozen snapshot of a centre.
///
/// # Errors
/// Storage failures only.
pub fn frozen_line(
    db: &mut Db,
    centre: &CentreId,
    id: &RecordId,
) -> StoreResult<Option<FrozenLine>> {
    use {index_lines as l, index_results as r, index_snapshots as s};
    Ok(on_each!(db, c => l::table
        .inner_join(r::table.inner_join(s::table))
        .filter(l::id.eq(id))
        .filter(s::centre_id.eq(centre))
        .filter(s::state.eq("frozen"))
        .select((s::quarter, s::number, l::index_number, r::officer_id, r::authority_id))
        .get_result(c)
        .optional())?)
}
