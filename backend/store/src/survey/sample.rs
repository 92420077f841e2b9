//! Samples of finished dossiers, and whom they name.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::page::{falling, rising};
use crate::schema::{dossiers, survey_sample_units, survey_samples};
use crate::ts::Ts;

/// A sample as it was drawn.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_samples)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SampleRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub questionnaire_id: RecordId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub margin_basis_points: i32,
    pub seed: String,
    pub population: i64,
    pub size: i64,
    /// The groups with how many each has and gave, as JSON.
    pub strata: String,
    pub drawn_by: UserId,
    pub drawn_at: Ts,
}

/// Somebody to ask.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = survey_sample_units, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct UnitRow {
    pub sample_id: RecordId,
    pub place: i32,
    pub dossier_id: DossierId,
    pub authority_id: AuthorityId,
    pub field: String,
    /// Asked only in the place of one who could not be.
    pub reserve: bool,
    pub state: String,
    pub done_by: Option<UserId>,
}

/// Dossiers of a centre that were finished between two instants, with their authority and procedure,
/// at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn finished(
    db: &mut Db,
    centre: &CentreId,
    from: Ts,
    until: Ts,
    limit: i64,
) -> StoreResult<Vec<(DossierId, AuthorityId, String)>> {
    use dossiers as d;
    Ok(d::table
        .filter(d::centre_id.eq(centre))
        .filter(d::completed_at.ge(from))
        .filter(d::completed_at.lt(until))
        .limit(limit)
        .select((d::id, d::authority_id, d::procedure_code))
        .load(db)?)
}

/// Keeps a sample with its units.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &SampleRow, units: &[UnitRow]) -> StoreResult<()> {
    diesel::insert_into(survey_samples::table)
        .values(row)
        .execute(db)?;
    for some in units.chunks(200) {
        on_each!(db, c => diesel::insert_into(survey_sample_units::table).values(some).execute(c))?;
    }
    Ok(())
}

/// One sample of these centres.
///
/// # Errors
/// Storage failures only.
pub fn sample(db: &mut Db, centres: &[CentreId], id: &RecordId) -> StoreResult<Option<SampleRow>> {
    use survey_samples as s;
    Ok(s::table
        .find(id)
        .filter(s::centre_id.eq_any(centres.to_vec()))
        .select(SampleRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Samples of a centre, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<SampleRow>> {
    use survey_samples as s;
    let found = s::table
        .filter(s::centre_id.eq(centre))
        .select(SampleRow::as_select())
        .limit(limit)
        .into_boxed();
    falling!(
        db,
        found,
        s::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Whom a sample names, by place, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn units_page(
    db: &mut Db,
    sample: &RecordId,
    state: Option<&str>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<UnitRow>> {
    use survey_sample_units as u;
    let mut found = u::table
        .filter(u::sample_id.eq(sample))
        .select(UnitRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(state) = state {
        found = found.filter(u::state.eq(state.to_owned()));
    }
    rising!(db, found, u::place, edge)
}

/// One whom a sample names.
///
/// # Errors
/// Storage failures only.
pub fn unit(db: &mut Db, sample: &RecordId, place: i32) -> StoreResult<Option<UnitRow>> {
    Ok(survey_sample_units::table
        .find((sample, place))
        .select(UnitRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says what came of asking somebody who was not asked yet; false when it was said before.
///
/// # Errors
/// Storage failures only.
pub fn close_unit(
    db: &mut Db,
    sample: &RecordId,
    place: i32,
    state: &str,
    by: &UserId,
) -> StoreResult<bool> {
    use survey_sample_units as u;
    let n = diesel::update(
        u::table
            .find((sample, place))
            .filter(u::state.eq("waiting")),
    )
    .set((u::state.eq(state), u::done_by.eq(Some(by))))
    .execute(db)?;
    Ok(n == 1)
}

/// How many of a sample are in each state, the main list and the reserve apart.
///
/// # Errors
/// Storage failures only.
pub fn tally(db: &mut Db, sample: &RecordId) -> StoreResult<Vec<(bool, String, i64)>> {
    use survey_sample_units as u;
    Ok(u::table
        .filter(u::sample_id.eq(sample))
        .group_by((u::reserve, u::state))
        .select((u::reserve, u::state, diesel::dsl::count_star()))
        .load(db)?)
}

/// Everybody whom a sample names of one group, by place.
///
/// # Errors
/// Storage failures only.
pub fn units_of(
    db: &mut Db,
    sample: &RecordId,
    authority: &AuthorityId,
    field: &str,
) -> StoreResult<Vec<UnitRow>> {
    use survey_sample_units as u;
    Ok(u::table
        .filter(u::sample_id.eq(sample))
        .filter(u::authority_id.eq(authority))
        .filter(u::field.eq(field))
        .order(u::place.asc())
        .select(UnitRow::as_select())
        .load(db)?)
}
