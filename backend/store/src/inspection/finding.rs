//! Findings and their steps.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{inspection_finding_steps, inspection_findings, inspection_members};
use crate::ts::Ts;

/// A finding.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = inspection_findings, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FindingRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub inspection_id: RecordId,
    pub authority_id: AuthorityId,
    pub dossier_id: Option<DossierId>,
    /// The officer responsible.
    pub officer_id: Option<UserId>,
    pub kind: String,
    pub text: String,
    /// What is asked.
    pub asked: String,
    pub made_by: UserId,
    pub made_at: Ts,
    pub due_on: NaiveDate,
    pub state: String,
    /// Nothing is waited for any more.
    pub settled: bool,
    pub reported_by: Option<UserId>,
    pub version: i64,
}

/// A step of it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_finding_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FindingStepRow {
    pub finding_id: RecordId,
    /// The version it led to.
    pub seq: i64,
    pub at: Ts,
    pub kind: String,
    pub actor_id: UserId,
    pub note: Option<String>,
    pub document_number: Option<String>,
    /// The day it was due by from then on.
    pub due_on: Option<NaiveDate>,
}

/// Keeps a finding.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &FindingRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(inspection_findings::table).values(row).execute(c))?;
    Ok(())
}

/// Keeps a step.
///
/// # Errors
/// Storage failures only.
pub fn insert_step(db: &mut Db, row: &FindingStepRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(inspection_finding_steps::table).values(row).execute(c))?;
    Ok(())
}

/// Saves a finding that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(db: &mut Db, row: &FindingRow, version: i64) -> StoreResult<bool> {
    use inspection_findings as f;
    let n = on_each!(db, c => diesel::update(
            f::table.filter(f::id.eq(&row.id)).filter(f::version.eq(version)))
        .set(row)
        .execute(c))?;
    Ok(n == 1)
}

/// One finding, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<FindingRow>> {
    Ok(on_each!(db, c => inspection_findings::table
        .find(id)
        .select(FindingRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Steps of a finding, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, id: &RecordId, limit: i64) -> StoreResult<Vec<FindingStepRow>> {
    use inspection_finding_steps as s;
    Ok(on_each!(db, c => s::table
        .filter(s::finding_id.eq(id))
        .order(s::seq.asc())
        .limit(limit)
        .select(FindingStepRow::as_select())
        .load(c))?)
}

/// What a list of findings is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct FindingFilter {
    /// Of one inspection.
    pub inspection: Option<RecordId>,
    /// Of one authority.
    pub authority: Option<AuthorityId>,
    /// Of one dossier.
    pub dossier: Option<DossierId>,
    /// Kind.
    pub kind: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Waited for (true), or not any more (false).
    pub settled: Option<bool>,
    /// What is waited for and due before this day.
    pub due_before: Option<NaiveDate>,
    /// Only those for which the reader is responsible.
    pub mine: bool,
}

/// Where a page of findings begins: the last row shown.
#[derive(Debug, Clone)]
pub struct FindingEdge {
    /// Nothing is waited for any more.
    pub settled: bool,
    /// Due.
    pub due_on: NaiveDate,
    /// Id.
    pub id: String,
    /// What stands before it is wanted.
    pub backwards: bool,
}

/// Findings in sight: of these centres and authorities, those for which the reader is responsible, and
/// those of inspections of whose team the reader is.
macro_rules! in_sight {
    ($q:ident, $f:ident, $scope:expr, $reader:expr, $filter:expr) => {
        if $filter.mine {
            $q = $q.filter($f::officer_id.eq(Some($reader.clone())));
        } else {
            let team = inspection_members::table
                .filter(inspection_members::user_id.eq($reader.clone()))
                .select(inspection_members::inspection_id);
            $q = $q.filter(
                $f::centre_id
                    .eq_any($scope.centres.clone())
                    .or($f::authority_id.eq_any($scope.authorities.clone()))
                    .or($f::officer_id.eq(Some($reader.clone())))
                    .or($f::inspection_id.eq_any(team)),
            );
        }
        if let Some(id) = &$filter.inspection {
            $q = $q.filter($f::inspection_id.eq(id.clone()));
        }
        if let Some(id) = &$filter.authority {
            $q = $q.filter($f::authority_id.eq(id.clone()));
        }
        if let Some(id) = &$filter.dossier {
            $q = $q.filter($f::dossier_id.eq(Some(id.clone())));
        }
        if let Some(kind) = &$filter.kind {
            $q = $q.filter($f::kind.eq(kind.clone()));
        }
        if let Some(state) = &$filter.state {
            $q = $q.filter($f::state.eq(state.clone()));
        }
        if let Some(settled) = $filter.settled {
            $q = $q.filter($f::settled.eq(settled));
        }
        if let Some(day) = $filter.due_before {
            $q = $q.filter($f::settled.eq(false)).filter($f::due_on.lt(day));
        }
    };
}

/// Findings in sight, what is waited for first and what is due longest before it, next to an edge, at most
/// `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    scope: &Scope,
    reader: &UserId,
    filter: &FindingFilter,
    edge: Option<&FindingEdge>,
    limit: i64,
) -> StoreResult<Vec<FindingRow>> {
    use inspection_findings as f;
    let mut rows: Vec<FindingRow> = on_each!(db, c => {
        let mut q = f::table.select(FindingRow::as_select()).limit(limit).into_boxed();
        in_sight!(q, f, scope, reader, filter);
        match edge {
            Some(e) if e.backwards => {
                q = q
                    .filter(f::settled.lt(e.settled).or(f::settled.eq(e.settled).and(
                        f::due_on.lt(e.due_on).or(f::due_on.eq(e.due_on).and(f::id.lt(e.id.clone()))),
                    )))
                    .order((f::settled.desc(), f::due_on.desc(), f::id.desc()));
            }
            Some(e) => {
                q = q
                    .filter(f::settled.gt(e.settled).or(f::settled.eq(e.settled).and(
                        f::due_on.gt(e.due_on).or(f::due_on.eq(e.due_on).and(f::id.gt(e.id.clone()))),
                    )))
                    .order((f::settled.asc(), f::due_on.asc(), f::id.asc()));
            }
            None => q = q.order((f::settled.asc(), f::due_on.asc(), f::id.asc())),
        }
        q.load(c)
    })?;
    if edge.is_some_and(|e| e.backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// How many findings in sight are waited for, are reported as put right, and are overdue on a day.
///
/// # Errors
/// Storage failures only.
pub fn counts(
    db: &mut Db,
    scope: &Scope,
    reader: &UserId,
    filter: &FindingFilter,
    today: NaiveDate,
) -> StoreResult<(i64, i64, i64)> {
    let count = |db: &mut Db, filter: &FindingFilter| -> StoreResult<i64> {
        use inspection_findings as f;
        Ok(on_each!(db, c => {
            let mut q = f::table.select(count_star()).into_boxed();
            in_sight!(q, f, scope, reader, filter);
            q.first(c)
        })?)
    };
    let mut of = |state: Option<&str>, due_before: Option<NaiveDate>| {
        count(
            db,
            &FindingFilter {
                state: state.map(ToOwned::to_owned),
                settled: Some(false),
                due_before,
                ..filter.clone()
            },
        )
    };
    Ok((
        of(Some("open"), None)?,
        of(Some("reported"), None)?,
        of(None, Some(today))?,
    ))
}
