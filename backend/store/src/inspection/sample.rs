//! Samples of an inspection, and what came of checking each dossier.

use diesel::prelude::*;

use super::Ground;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{dossiers, inspection_sample_units, inspection_samples};
use crate::ts::Ts;

/// A sample as it was drawn.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_samples)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SampleRow {
    pub id: RecordId,
    pub inspection_id: RecordId,
    /// From what was finished in the period; else from what was received in it.
    pub finished_only: bool,
    pub margin_basis_points: i32,
    pub seed: String,
    pub population: i64,
    pub size: i64,
    pub drawn_by: UserId,
    pub drawn_at: Ts,
}

/// A dossier to be checked.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_sample_units, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct UnitRow {
    pub sample_id: RecordId,
    pub place: i32,
    pub dossier_id: DossierId,
    /// None: not checked yet.
    pub outcome: Option<String>,
    pub note: Option<String>,
    pub checked_by: Option<UserId>,
    pub checked_at: Option<Ts>,
}

/// What a sample is drawn from, at most `limit`: what was finished in the period, found by
/// `ix_dossiers_centre_completed`, or what was received in it, by `ix_dossiers_centre_received`.
///
/// # Errors
/// Storage failures only.
pub fn population(
    db: &mut Db,
    ground: &Ground,
    finished_only: bool,
    limit: i64,
) -> StoreResult<Vec<DossierId>> {
    use dossiers as d;
    Ok(on_each!(db, c => {
        let q = d::table
            .filter(d::centre_id.eq(ground.centre.clone()))
            .filter(d::authority_id.eq_any(ground.authorities.clone()))
            .select(d::id)
            .limit(limit)
            .into_boxed();
        if finished_only {
            q.filter(d::completed_at.ge(ground.from)).filter(d::completed_at.lt(ground.before)).load(c)
        } else {
            q.filter(d::received_at.ge(ground.from)).filter(d::received_at.lt(ground.before)).load(c)
        }
    })?)
}

/// Keeps a sample with its dossiers.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &SampleRow, units: &[UnitRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(inspection_samples::table).values(row).execute(c))?;
    for some in units.chunks(200) {
        on_each!(db, c => diesel::insert_into(inspection_sample_units::table).values(some).execute(c))?;
    }
    Ok(())
}

/// One sample of an inspection.
///
/// # Errors
/// Storage failures only.
pub fn sample(db: &mut Db, inspection: &RecordId, id: &RecordId) -> StoreResult<Option<SampleRow>> {
    use inspection_samples as s;
    Ok(on_each!(db, c => s::table
        .find(id)
        .filter(s::inspection_id.eq(inspection))
        .select(SampleRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Samples of an inspection, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    inspection: &RecordId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<SampleRow>> {
    use inspection_samples as s;
    let mut rows: Vec<SampleRow> = on_each!(db, c => {
        let q = s::table
            .filter(s::inspection_id.eq(inspection.clone()))
            .select(SampleRow::as_select())
            .limit(limit)
            .into_boxed();
        match edge {
            Some((id, true)) => q.filter(s::id.gt(id.to_owned())).order(s::id.asc()).load(c),
            Some((id, false)) => q.filter(s::id.lt(id.to_owned())).order(s::id.desc()).load(c),
            None => q.order(s::id.desc()).load(c),
        }
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// How many dossiers of samples came to what; none: not checked yet.
///
/// # Errors
/// Storage failures only.
pub fn tally(
    db: &mut Db,
    samples: &[RecordId],
) -> StoreResult<Vec<(RecordId, Option<String>, i64)>> {
    use inspection_sample_units as u;
    Ok(on_each!(db, c => u::table
        .filter(u::sample_id.eq_any(samples.to_vec()))
        .group_by((u::sample_id, u::outcome))
        .select((u::sample_id, u::outcome, diesel::dsl::count_star()))
        .load(c))?)
}

/// The dossiers of a sample by place, those of one outcome or those not checked if that is asked, next to
/// an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn units_page(
    db: &mut Db,
    sample: &RecordId,
    outcome: Option<Option<&str>>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<UnitRow>> {
    use inspection_sample_units as u;
    let mut rows: Vec<UnitRow> = on_each!(db, c => {
        let mut q = u::table
            .filter(u::sample_id.eq(sample.clone()))
            .select(UnitRow::as_select())
            .limit(limit)
            .into_boxed();
        q = match outcome {
            None => q,
            Some(None) => q.filter(u::outcome.is_null()),
            Some(Some(word)) => q.filter(u::outcome.eq(word.to_owned())),
        };
        match edge {
            Some((place, true)) => q.filter(u::place.lt(place)).order(u::place.desc()).load(c),
            Some((place, false)) => q.filter(u::place.gt(place)).order(u::place.asc()).load(c),
            None => q.order(u::place.asc()).load(c),
        }
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// The dossier at a place.
///
/// # Errors
/// Storage failures only.
pub fn unit(db: &mut Db, sample: &RecordId, place: i32) -> StoreResult<Option<UnitRow>> {
    use inspection_sample_units as u;
    Ok(on_each!(db, c => u::table
        .filter(u::sample_id.eq(sample))
        .filter(u::place.eq(place))
        .select(UnitRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Says what came of checking a dossier; false when it was said before.
///
/// # Errors
/// Storage failures only.
pub fn check(db: &mut Db, row: &UnitRow) -> StoreResult<bool> {
    use inspection_sample_units as u;
    let n = on_each!(db, c => diesel::update(
            u::table
                .filter(u::sample_id.eq(&row.sample_id))
                .filter(u::place.eq(row.place))
                .filter(u::outcome.is_null()))
        .set((
            u::outcome.eq(&row.outcome),
            u::note.eq(&row.note),
            u::checked_by.eq(&row.checked_by),
            u::checked_at.eq(&row.checked_at),
        ))
        .execute(c))?;
    Ok(n == 1)
}
