//! Samples of an inspection: drawn by a seed on record, each dossier checked and told what came of it.

use std::collections::HashMap;

use motcua_domain::inspection::CheckOutcome;
use motcua_domain::refusal::Refusal;
use motcua_domain::survey::draw::order;
use motcua_domain::survey::sample as sample_of;
use motcua_domain::text::clean_line;
use motcua_store::dossier::{self as dossiers, DossierRow};
use motcua_store::inspection::InspectionRow;
use motcua_store::inspection::sample::{self as rows, SampleRow, UnitRow};
use motcua_store::{Db, DossierId, RecordId, Ts};
use serde_json::json;

use super::{at_work, ground, in_sight, prose, recorded};
use crate::actor::Actor;
use crate::context::{Services, Texts};
use crate::error::Result;
use crate::reference::Names;

/// The most dossiers that one sample is drawn from.
pub const MOST_DOSSIERS: i64 = 200_000;
/// The largest sample.
pub const LARGEST_SAMPLE: u64 = 10_000;
/// Longest seed.
const LONGEST_SEED: usize = 64;

/// A sample to be drawn.
#[derive(Debug, Clone)]
pub struct NewSample {
    /// From what was finished in the period; else from what was received in it.
    pub finished_only: bool,
    /// e of Slovin's formula, in hundredths of a percent.
    pub margin: u32,
    /// In place of the formula's figure.
    pub size: Option<u64>,
    /// The seed; made by chance when absent.
    pub seed: Option<String>,
}

/// A sample, and how far its checking is.
pub struct Drawn {
    /// The row.
    pub row: SampleRow,
    /// How many came to what; none: not checked yet.
    pub tally: Vec<(Option<String>, i64)>,
}

fn with_tallies(db: &mut Db, found: Vec<SampleRow>) -> Result<Vec<Drawn>> {
    let ids: Vec<RecordId> = found.iter().map(|r| r.id.clone()).collect();
    let mut tallies: HashMap<RecordId, Vec<(Option<String>, i64)>> = HashMap::new();
    for (id, outcome, n) in rows::tally(db, &ids)? {
        tallies.entry(id).or_default().push((outcome, n));
    }
    Ok(found
        .into_iter()
        .map(|row| Drawn {
            tally: tallies.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}

/// Draws a sample and keeps it.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `inspection_access_closed`; `validation_failed` for an empty population, a
/// margin, size or seed out of range; `sample_larger_than_population`; `too_many_finished`.
pub fn draw(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    new: &NewSample,
) -> Result<Drawn> {
    let inspection = at_work(services, db, actor, id)?;
    let seed = match &new.seed {
        Some(seed) => clean_line(seed, LONGEST_SEED)
            .map_err(|fault| Refusal::invalid(vec![fault.at("/seed")]))?,
        None => String::new(),
    };
    let seed = if seed.is_empty() {
        hex::encode(rand::random::<[u8; 16]>())
    } else {
        seed
    };
    let ground = ground(db, &inspection)?;
    let mut population = rows::population(db, &ground, new.finished_only, MOST_DOSSIERS + 1)?;
    if i64::try_from(population.len()).is_ok_and(|n| n > MOST_DOSSIERS) {
        return Err(Refusal::new(
            "too_many_finished",
            "Kỳ này có quá nhiều hồ sơ để lấy mẫu một lần. Hãy chia kỳ ngắn hơn.",
            "Too many dossiers in this period for one sample. Take a shorter one.",
        )
        .into());
    }
    let wanted = sample_of(population.len() as u64, new.margin, new.size, &[])?;
    if wanted.size > LARGEST_SAMPLE {
        return Err(crate::context::bad_field(
            "/sample_size",
            "out_of_range",
            format!("Nhiều nhất {LARGEST_SAMPLE} hồ sơ một mẫu."),
            format!("At most {LARGEST_SAMPLE} dossiers in a sample."),
        )
        .into());
    }
    // The same whichever order the database gives them in.
    population.sort();
    let ids: Vec<String> = population.iter().map(ToString::to_string).collect();
    let take = usize::try_from(wanted.size).unwrap_or(usize::MAX);
    let sample_id = RecordId::new();
    let units: Vec<UnitRow> = (1..)
        .zip(order(&seed, "inspection", &ids).into_iter().take(take))
        .filter_map(|(place, i)| {
            population.get(i).map(|dossier| UnitRow {
                sample_id: sample_id.clone(),
                place,
                dossier_id: dossier.clone(),
                outcome: None,
                note: None,
                checked_by: None,
                checked_at: None,
            })
        })
        .collect();
    let now = services.now();
    let row = SampleRow {
        id: sample_id,
        inspection_id: inspection.id.clone(),
        finished_only: new.finished_only,
        margin_basis_points: i32::try_from(new.margin).unwrap_or(i32::MAX),
        seed,
        population: i64::try_from(wanted.population).unwrap_or(i64::MAX),
        size: i64::try_from(wanted.size).unwrap_or(i64::MAX),
        drawn_by: actor.user_id.clone(),
        drawn_at: Ts::new(now),
    };
    rows::insert(db, &row, &units)?;
    recorded(
        db,
        &inspection,
        now,
        actor,
        "inspection.sample_drawn",
        json!({
            "sample_id": row.id, "seed": row.seed, "population": row.population, "size": row.size,
            "finished_only": row.finished_only,
        }),
    )?;
    Ok(Drawn {
        tally: vec![(None, row.size)],
        row,
    })
}

/// Samples of an inspection, newest first, next to an edge.
///
/// # Errors
/// `not_found`.
pub fn samples(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Drawn>> {
    in_sight(db, actor, id)?;
    let found = rows::page(db, id, edge, limit)?;
    with_tallies(db, found)
}

/// The dossiers of a sample.
pub struct Units {
    /// By place.
    pub units: Vec<UnitRow>,
    /// Their dossiers.
    pub dossiers: HashMap<DossierId, DossierRow>,
    /// Names of who checked.
    pub names: Names,
}

fn with_dossiers(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    units: Vec<UnitRow>,
) -> Result<Units> {
    let ids: Vec<DossierId> = units.iter().map(|u| u.dossier_id.clone()).collect();
    let dossiers = dossiers::by_ids(db, &ids)?
        .into_iter()
        .map(|d| (d.id.clone(), d))
        .collect();
    let names = services.names(
        db,
        actor.stamp,
        units.iter().filter_map(|u| u.checked_by.as_ref()),
    )?;
    Ok(Units {
        units,
        dossiers,
        names,
    })
}

fn sample_in_sight(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    sample: &RecordId,
) -> Result<InspectionRow> {
    let (row, _) = in_sight(db, actor, id)?;
    rows::sample(db, id, sample)?.ok_or_else(Refusal::not_found)?;
    Ok(row)
}

/// The dossiers of a sample by place, those of an outcome or those not checked if that is asked, next to an
/// edge.
///
/// # Errors
/// `not_found`.
pub fn units(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, sample): (&RecordId, &RecordId),
    outcome: Option<Option<&str>>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<Units> {
    sample_in_sight(db, actor, id, sample)?;
    let units = rows::units_page(db, sample, outcome, edge, limit)?;
    with_dossiers(services, db, actor, units)
}

/// What came of checking a dossier.
#[derive(Debug, Clone)]
pub struct Check {
    /// What.
    pub outcome: CheckOutcome,
    /// In words.
    pub note: Option<String>,
}

/// Says what came of checking a dossier of a sample.
///
/// # Errors
/// `not_found`, `not_of_the_team`, `inspection_access_closed`, `checked_already`; `validation_failed` for a
/// finding that is not told.
pub fn check(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, sample, place): (&RecordId, &RecordId, i32),
    what: &Check,
) -> Result<Units> {
    let inspection = at_work(services, db, actor, id)?;
    rows::sample(db, id, sample)?.ok_or_else(Refusal::not_found)?;
    let mut unit = rows::unit(db, sample, place)?.ok_or_else(Refusal::not_found)?;
    let mut texts = Texts::default();
    let note = match (&what.note, what.outcome) {
        (None, CheckOutcome::Finding) => Some(prose("", "/note", &mut texts)),
        (None, _) => None,
        (Some(note), _) => Some(prose(note, "/note", &mut texts)),
    };
    texts.sound()?;
    let now = services.now();
    unit.outcome = Some(what.outcome.as_str().into());
    unit.note = note;
    unit.checked_by = Some(actor.user_id.clone());
    unit.checked_at = Some(Ts::new(now));
    if !rows::check(db, &unit)? {
        return Err(Refusal::new(
            "checked_already",
            "Hồ sơ này đã được kiểm tra và ghi kết quả.",
            "What came of checking this dossier was said already.",
        )
        .into());
    }
    recorded(
        db,
        &inspection,
        now,
        actor,
        "inspection.checked",
        json!({
            "sample_id": sample, "place": place, "dossier_id": unit.dossier_id,
            "outcome": unit.outcome,
        }),
    )?;
    with_dossiers(services, db, actor, vec![unit])
}
