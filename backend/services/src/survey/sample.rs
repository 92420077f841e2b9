//! Samples of finished dossiers: how many by Slovin's formula, from each ward and field in proportion, drawn by a
//! seed on record, with a list of those who replace whom nobody reaches. Asked by somebody who is not of that
//! ward (DOMAIN §6.4).

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate, NaiveTime};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_domain::survey::cells::Period;
use motcua_domain::survey::draw::order;
use motcua_domain::survey::questionnaire::{Channel, Given, Occasion};
use motcua_domain::survey::sample as sample_of;
use motcua_domain::text::clean_line;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::dossier::{self as dossiers, DossierRow};
use motcua_store::survey::{self as rows, sample as store};
use motcua_store::{AuthorityId, CentreId, Db, DossierId, RecordId, StoreError, Ts, catalogue};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Waiting, wait};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Error, Result};
use crate::record;

/// Most finished dossiers that one sample is drawn from: a city's centre in a year.
pub const MOST_FINISHED: i64 = 200_000;
/// Longest seed.
const LONGEST_SEED: usize = 64;

/// A sample to be drawn.
#[derive(Debug, Clone)]
pub struct NewSample {
    /// At which centre.
    pub centre: Option<CentreId>,
    /// What its people are asked: the code of a published questionnaire.
    pub code: String,
    /// Finished from this day.
    pub first_day: NaiveDate,
    /// To this day.
    pub last_day: NaiveDate,
    /// e of Slovin's formula, in hundredths of a percent.
    pub margin: u32,
    /// More than the formula asks for.
    pub size: Option<u64>,
    /// The seed; made by chance when absent.
    pub seed: Option<String>,
}

/// A group of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// The authority.
    pub authority: AuthorityId,
    /// The field of the procedures.
    pub field: String,
    /// How many were finished.
    pub population: u64,
    /// How many of them are asked.
    pub size: u64,
}

/// A sample with its groups.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The row.
    pub row: store::SampleRow,
    /// Its groups.
    pub strata: Vec<Stratum>,
}

fn with(row: store::SampleRow) -> Result<Drawn> {
    Ok(Drawn {
        strata: serde_json::from_str(&row.strata).map_err(StoreError::from)?,
        row,
    })
}

fn invalid(at: &str, code: &'static str, vi: &str, en: &str) -> Error {
    Refusal::new("validation_failed", vi, en)
        .field(at, code, vi, en)
        .into()
}

/// Draws a sample and keeps it.
///
/// # Errors
/// `centre_unknown`; `validation_failed` for days the wrong way round or not over yet, a seed too long, an
/// unknown questionnaire, an empty population; `sample_larger_than_population`; `too_many_finished`.
pub fn draw(services: &Services, db: &mut Db, actor: &Actor, new: &NewSample) -> Result<Drawn> {
    let centre = actor
        .centre_for(Permission::DrawSamples, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    let questionnaire = rows::published(db, &centre, &new.code)?.ok_or_else(|| {
        invalid(
            "/questionnaire_code",
            "unknown_questionnaire",
            "Chưa công bố phiếu nào có mã này.",
            "No questionnaire of this code is published.",
        )
    })?;
    if new.last_day < new.first_day || new.last_day >= local_date(services.now()) {
        return Err(invalid(
            "/last_day",
            "out_of_range",
            "Ngày cuối phải không trước ngày đầu và đã qua: mẫu lấy từ hồ sơ đã giải quyết xong của kỳ đã kết thúc.",
            "The last day is not before the first, and is over: a sample is drawn from a period that has ended.",
        ));
    }
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
    let groups = frame(db, &centre, new)?;
    let population: u64 = groups.values().map(|g| g.len() as u64).sum();
    let sizes: Vec<u64> = groups.values().map(|g| g.len() as u64).collect();
    let wanted = sample_of(population, new.margin, new.size, &sizes)?;
    let sample_id = RecordId::new();
    let (mut main, mut reserve, mut strata) = (Vec::new(), Vec::new(), Vec::new());
    for (((authority, field), members), size) in groups.into_iter().zip(wanted.strata) {
        let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
        let drawn = order(&seed, &format!("{authority} {field}"), &ids);
        let take = usize::try_from(size).unwrap_or(usize::MAX);
        let mut picked = drawn
            .into_iter()
            .filter_map(|i| members.get(i).cloned())
            .take(take.saturating_mul(2));
        main.extend(
            picked
                .by_ref()
                .take(take)
                .map(|d| (d, authority.clone(), field.clone())),
        );
        reserve.extend(picked.map(|d| (d, authority.clone(), field.clone())));
        strata.push(Stratum {
            authority,
            field,
            population: ids.len() as u64,
            size,
        });
    }
    let row = store::SampleRow {
        id: sample_id.clone(),
        centre_id: centre.clone(),
        questionnaire_id: questionnaire.id,
        first_day: new.first_day,
        last_day: new.last_day,
        margin_basis_points: i32::try_from(new.margin).unwrap_or(i32::MAX),
        seed,
        population: i64::try_from(population).unwrap_or(i64::MAX),
        size: i64::try_from(wanted.size).unwrap_or(i64::MAX),
        strata: serde_json::to_string(&strata).map_err(StoreError::from)?,
        drawn_by: actor.user_id.clone(),
        drawn_at: Ts::new(services.now()),
    };
    let first_reserve = main.len();
    let units: Vec<store::UnitRow> = main
        .into_iter()
        .chain(reserve)
        .enumerate()
        .map(|(i, (dossier, authority, field))| store::UnitRow {
            sample_id: sample_id.clone(),
            place: i32::try_from(i + 1).unwrap_or(i32::MAX),
            dossier_id: dossier,
            authority_id: authority,
            field,
            reserve: i >= first_reserve,
            state: "waiting".into(),
            done_by: None,
        })
        .collect();
    store::insert(db, &row, &units)?;
    record::audit(
        db,
        &centre,
        services.now(),
        Some(actor),
        "survey.sample_drawn",
        ("survey_sample", row.id.as_str()),
        json!({
            "first_day": row.first_day, "last_day": row.last_day, "seed": row.seed,
            "population": row.population, "size": row.size,
        }),
    )?;
    with(row)
}

type Frame = BTreeMap<(AuthorityId, String), Vec<DossierId>>;

/// What was finished in a period, by ward and field.
fn frame(db: &mut Db, centre: &CentreId, new: &NewSample) -> Result<Frame> {
    let midnight = |day: NaiveDate| Ts::new(from_local(day, NaiveTime::MIN));
    let after = new
        .last_day
        .checked_add_days(Days::new(1))
        .unwrap_or(new.last_day);
    let finished = store::finished(
        db,
        centre,
        midnight(new.first_day),
        midnight(after),
        MOST_FINISHED + 1,
    )?;
    if i64::try_from(finished.len()).is_ok_and(|n| n > MOST_FINISHED) {
        return Err(Refusal::new(
            "too_many_finished",
            "Kỳ này có quá nhiều hồ sơ để lấy mẫu một lần. Hãy chia kỳ ngắn hơn.",
            "Too many dossiers were finished in this period for one sample. Take a shorter one.",
        )
        .into());
    }
    let fields: HashMap<String, String> = catalogue::field_codes(db)?.into_iter().collect();
    let mut groups: Frame = BTreeMap::new();
    for (dossier, authority, procedure) in finished {
        let field = fields.get(&procedure).cloned().unwrap_or_default();
        groups.entry((authority, field)).or_default().push(dossier);
    }
    for members in groups.values_mut() {
        members.sort();
    }
    Ok(groups)
}

/// Samples of a centre, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn samples(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Drawn>> {
    let centre = actor
        .centre_for(Permission::DrawSamples, centre)
        .ok_or_else(centre_unknown)?;
    let found = store::page(db, &centre, edge, limit)?;
    found.into_iter().map(with).collect()
}

/// One sample.
///
/// # Errors
/// `not_found`.
pub fn sample(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Drawn> {
    let centres = actor.centres(Permission::DrawSamples);
    let row = store::sample(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    with(row)
}

/// How far the asking is: in the main list and in the reserve, by what came of it.
///
/// # Errors
/// Storage failures only.
pub fn tally(db: &mut Db, id: &RecordId) -> Result<Vec<(bool, String, i64)>> {
    Ok(store::tally(db, id)?)
}

/// Whom a sample names, with their dossiers.
pub struct Units {
    /// By place.
    pub units: Vec<store::UnitRow>,
    /// Their dossiers.
    pub dossiers: HashMap<DossierId, DossierRow>,
}

/// Whom a sample names, next to an edge.
///
/// # Errors
/// `not_found`.
pub fn units(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    state: Option<&str>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<Units> {
    sample(db, actor, id)?;
    let units = store::units_page(db, id, state, edge, limit)?;
    let ids: Vec<DossierId> = units.iter().map(|u| u.dossier_id.clone()).collect();
    let dossiers = dossiers::by_ids(db, &ids)?
        .into_iter()
        .map(|d| (d.id.clone(), d))
        .collect();
    Ok(Units { units, dossiers })
}

/// What came of asking somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered, by telephone or on paper.
    Answered(Channel),
    /// Would not answer.
    Refused,
    /// Was not reached.
    NotReached,
    /// The number or address is another's.
    WrongContact,
}

/// What came of asking, with what was answered.
#[derive(Debug, Clone)]
pub struct Outcomes {
    /// What came of it.
    pub outcome: Outcome,
    /// What was answered.
    pub answers: Vec<Given>,
}

/// Says what came of asking one whom a sample names. The answer itself is cut from it at once.
///
/// # Errors
/// `not_found`; `own_ward` for somebody who works for that ward or at that counter; `unit_done` when it was
/// said before; `reserve_not_needed` while everybody of the main list of that group may still be asked;
/// what an answer is refused for.
pub fn outcome(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    place: i32,
    what: &Outcomes,
) -> Result<store::UnitRow> {
    let drawn = sample(db, actor, id)?;
    let mut unit = store::unit(db, id, place)?.ok_or_else(Refusal::not_found)?;
    let roles = actor.roles_on(&drawn.row.centre_id, &unit.authority_id);
    if roles.iter().any(|r| *r != Role::Inspector) {
        return Err(Refusal::new(
            "own_ward",
            "Người của phường hoặc của bộ phận một cửa không được tự phỏng vấn về việc phục vụ của mình.",
            "Somebody of the ward or of the one-stop does not ask about their own service.",
        )
        .into());
    }
    if unit.reserve {
        reserve_needed(db, &drawn.row, &unit)?;
    }
    let state = match what.outcome {
        Outcome::Answered(channel) => {
            answered(
                services,
                db,
                &drawn.row,
                &unit,
                channel,
                what.answers.clone(),
            )?;
            "answered"
        }
        Outcome::Refused => "refused",
        Outcome::NotReached => "not_reached",
        Outcome::WrongContact => "wrong_contact",
    };
    if !store::close_unit(db, id, place, state, &actor.user_id)? {
        return Err(Refusal::new(
            "unit_done",
            "Đã ghi kết quả phỏng vấn của người này.",
            "What came of asking this person was said already.",
        )
        .into());
    }
    // Whoever did not answer was asked too.
    rows::count_asked(
        db,
        &drawn.row.centre_id,
        &drawn.row.questionnaire_id,
        &Period::quarter_of_day(local_date(services.now())),
        (&unit.authority_id, &unit.field),
        Occasion::Sample.as_str(),
    )?;
    unit.state = state.to_owned();
    unit.done_by = Some(actor.user_id.clone());
    Ok(unit)
}

/// A reserve is asked in the place of one of its group who could not be, in the order of the draw.
fn reserve_needed(db: &mut Db, sample: &store::SampleRow, unit: &store::UnitRow) -> Result<()> {
    let group = store::units_of(db, &sample.id, &unit.authority_id, &unit.field)?;
    let missed = group
        .iter()
        .filter(|u| !matches!(u.state.as_str(), "waiting" | "answered"))
        .count();
    let earlier = group
        .iter()
        .filter(|u| u.reserve && u.place < unit.place)
        .collect::<Vec<_>>();
    let in_turn = earlier.iter().all(|u| u.state != "waiting");
    if in_turn && missed > earlier.len() {
        return Ok(());
    }
    Err(Refusal::new(
        "reserve_not_needed",
        "Chỉ hỏi người dự phòng thay cho người trong danh sách chính của cùng nhóm không hỏi được, theo đúng thứ tự.",
        "A reserve is asked only in the place of one of the same group who could not be, in their order.",
    )
    .into())
}

fn answered(
    services: &Services,
    db: &mut Db,
    sample: &store::SampleRow,
    unit: &store::UnitRow,
    channel: Channel,
    answers: Vec<Given>,
) -> Result<()> {
    let asks = services.questionnaire(db, &sample.questionnaire_id)?;
    let answers = asks.check(answers)?;
    let dossier = dossiers::by_ids(db, std::slice::from_ref(&unit.dossier_id))?.pop();
    let waiting = Waiting {
        questionnaire: sample.questionnaire_id.clone(),
        authority: Some(unit.authority_id.clone()),
        field: Some(unit.field.clone()),
        channel,
        officer: dossier.and_then(|d| d.handler_id),
        answers,
    };
    wait(services, db, &sample.centre_id, &waiting)?;
    Ok(())
}
