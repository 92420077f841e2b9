//! Samples of finished dossiers: drawn, asked, and what came of it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::survey::questionnaire::Channel;
use motcua_domain::text::mask_name;
use motcua_services::survey::{self as service, Drawn, NewSample, Outcome, Outcomes};
use motcua_store::dossier::DossierRow;
use motcua_store::survey::sample::UnitRow;
use motcua_store::{CentreId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{SurveyAnswerIn, given};
use crate::auth::{DrawSamples, EnterSurveys, Reader, Reply, Writer};
use crate::dossier::view::vn;
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};

/// A sample to be drawn.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveySampleIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// What its people are asked: the code of a published questionnaire.
    #[schema(max_length = 32, example = "sipas")]
    pub questionnaire_code: String,
    /// Finished from this day.
    #[schema(example = "2026-01-01")]
    pub first_day: NaiveDate,
    /// To this day; it is over.
    #[schema(example = "2026-03-31")]
    pub last_day: NaiveDate,
    /// Margin of error in hundredths of a percent; 500, the method's 5 %, when absent.
    #[schema(minimum = 1, maximum = 5000, example = 500)]
    pub margin_basis_points: Option<u32>,
    /// How many to ask, in place of the formula's figure.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    pub sample_size: Option<u64>,
    /// The seed of the draw; made by chance when absent.
    #[schema(max_length = 64, example = "2026-Q1")]
    pub seed: Option<String>,
}

/// A group of a sample.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySampleStratum {
    /// The authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The field of the procedures.
    pub field: String,
    /// How many were finished.
    pub population: u64,
    /// How many of them are asked.
    pub size: u64,
}

/// How many of a list are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySampleTally {
    /// Whether it is the reserve.
    pub reserve: bool,
    /// `waiting`, `answered`, `refused`, `not_reached`, `wrong_contact`.
    pub state: String,
    /// How many.
    pub n: i64,
}

/// A sample as it was drawn. Who has the seed and the finished dossiers draws the same again.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySample {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// What its people are asked.
    #[schema(format = Uuid)]
    pub questionnaire_id: String,
    /// Finished from this day.
    pub first_day: NaiveDate,
    /// To this day.
    pub last_day: NaiveDate,
    /// Margin of error in hundredths of a percent.
    pub margin_basis_points: i32,
    /// The seed.
    pub seed: String,
    /// How many were finished.
    pub population: i64,
    /// How many are asked.
    pub size: i64,
    /// Its groups.
    pub strata: Vec<SurveySampleStratum>,
    /// How far the asking is; only for one sample.
    pub tally: Vec<SurveySampleTally>,
    /// Drawn.
    pub drawn_at: DateTime<FixedOffset>,
}

fn view(drawn: Drawn, tally: Vec<(bool, String, i64)>) -> SurveySample {
    let row = drawn.row;
    SurveySample {
        id: row.id.to_string(),
        questionnaire_id: row.questionnaire_id.to_string(),
        first_day: row.first_day,
        last_day: row.last_day,
        margin_basis_points: row.margin_basis_points,
        seed: row.seed,
        population: row.population,
        size: row.size,
        strata: drawn
            .strata
            .into_iter()
            .map(|s| SurveySampleStratum {
                authority_id: s.authority.to_string(),
                field: s.field,
                population: s.population,
                size: s.size,
            })
            .collect(),
        tally: tally
            .into_iter()
            .map(|(reserve, state, n)| SurveySampleTally { reserve, state, n })
            .collect(),
        drawn_at: vn(row.drawn_at),
    }
}

/// Which samples.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveySamplesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// Samples of a centre, newest first.
#[utoipa::path(
    operation_id = "list_survey_samples", tag = "surveys", summary = "Samples",
    description = "The samples of finished dossiers that were drawn at a centre, newest first.",
    params(SurveySamplesQuery),
    responses((status = 200, description = "A page of samples.", body = Page<SurveySample>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/survey-samples")]
pub async fn list_survey_samples(
    reader: Reader<DrawSamples>,
    req: HttpRequest,
    query: Query<SurveySamplesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-id",
        &query.centre_id,
    )?;
    let page = reader
        .read(move |_, db, actor| {
            let centre = query.centre_id.as_ref();
            let found = service::samples(db, actor, centre, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |d| d.row.id.to_string(), |d| view(d, Vec::new())))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Draws a sample.
#[utoipa::path(
    operation_id = "draw_survey_sample", tag = "surveys", summary = "Draw a sample",
    description = "Draws a sample of the dossiers that were finished in a period: as many as Slovin's formula says, from each ward and field in proportion, by a seed that is on record, with a list of those who replace whom nobody reaches.",
    params(IdempotencyKey), request_body = SurveySampleIn,
    responses((status = 201, description = "Drawn.", body = SurveySample,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/survey-samples")]
pub async fn draw_survey_sample(
    writer: Writer<DrawSamples>,
    body: Json<SurveySampleIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let asked = body.clone();
    let new = NewSample {
        centre: asked.centre_id,
        code: asked.questionnaire_code,
        first_day: asked.first_day,
        last_day: asked.last_day,
        margin: asked.margin_basis_points.unwrap_or(500),
        size: asked.sample_size,
        seed: asked.seed,
    };
    writer
        .once(&body, move |services, db, actor| {
            let drawn = service::draw(services, db, actor, &new)?;
            let tally = service::tally(db, &drawn.row.id)?;
            let shown = view(drawn, tally);
            Reply::created(format!("/api/v1/survey-samples/{}", shown.id), None, &shown)
        })
        .await
}

/// One sample.
#[utoipa::path(
    operation_id = "get_survey_sample", tag = "surveys", summary = "A sample",
    description = "A sample with its groups, its seed, and how far the asking is: who did not answer is counted too.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The sample.", body = SurveySample)),
    security(("bearer" = []))
)]
#[get("/survey-samples/{id}")]
pub async fn get_survey_sample(
    reader: Reader<DrawSamples>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let shown = reader
        .read(move |_, db, actor| {
            let drawn = service::sample(db, actor, &id)?;
            let tally = service::tally(db, &id)?;
            Ok(view(drawn, tally))
        })
        .await?;
    Ok(HttpResponse::build(StatusCode::OK).json(shown))
}

/// One whom a sample names. Whom to call stands in the dossier's personal data; each look is recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySampleUnit {
    /// Place in the list.
    pub place: i32,
    /// The dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// What it was about.
    pub procedure_name: String,
    /// Whose it was, masked.
    pub owner_name: String,
    /// The authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The field.
    pub field: String,
    /// Asked only in the place of one who could not be.
    pub reserve: bool,
    /// `waiting`, `answered`, `refused`, `not_reached`, `wrong_contact`.
    pub state: String,
}

fn unit_view(unit: UnitRow, dossier: Option<&DossierRow>) -> SurveySampleUnit {
    SurveySampleUnit {
        place: unit.place,
        dossier_id: unit.dossier_id.to_string(),
        dossier_code: dossier.and_then(|d| d.code.clone()),
        procedure_name: dossier.map_or_else(String::new, |d| d.procedure_name.clone()),
        owner_name: dossier.map_or_else(String::new, |d| mask_name(&d.owner_name)),
        authority_id: unit.authority_id.to_string(),
        field: unit.field,
        reserve: unit.reserve,
        state: unit.state,
    }
}

/// What came of asking somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SurveyUnitState {
    /// Not asked yet.
    Waiting,
    /// Answered.
    Answered,
    /// Would not answer.
    Refused,
    /// Was not reached.
    NotReached,
    /// The number or address is another's.
    WrongContact,
}

impl SurveyUnitState {
    fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::NotReached => "not_reached",
            Self::WrongContact => "wrong_contact",
        }
    }
}

/// Whom of a sample.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyUnitsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Only those in this state.
    #[param(inline)]
    pub state: Option<SurveyUnitState>,
}

/// Whom a sample names, in the order of the draw.
#[utoipa::path(
    operation_id = "list_survey_sample_units", tag = "surveys", summary = "Whom a sample names",
    description = "Whom a sample names, in the order of the draw: the main list, then those who replace.",
    params(("id" = String, Path, description = "Id of the sample.", format = Uuid), SurveyUnitsQuery),
    responses((status = 200, description = "A page of the list.", body = Page<SurveySampleUnit>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/survey-samples/{id}/units")]
pub async fn list_survey_sample_units(
    reader: Reader<DrawSamples>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<SurveyUnitsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (id.to_string(), query.state);
    let paging: Paging<i32> =
        Paging::read(query.limit, query.cursor.as_deref(), "place", &narrowed)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.map(|place| (place, paging.backwards));
            let state = query.state.map(SurveyUnitState::as_str);
            let found = service::units(db, actor, &id, state, edge, paging.fetch())?;
            Ok(paging.page(
                found.units,
                |u| u.place,
                |u| {
                    let dossier = found.dossiers.get(&u.dossier_id);
                    unit_view(u, dossier)
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SurveyOutcome {
    /// Answered, told by telephone.
    Telephone,
    /// Answered, written on paper.
    Paper,
    /// Would not answer.
    Refused,
    /// Was not reached.
    NotReached,
    /// The number or address is another's.
    WrongContact,
}

/// What came of asking somebody, with what was answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyOutcomeIn {
    /// What came of it.
    pub outcome: SurveyOutcome,
    /// What was answered; only with `telephone` and `paper`.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub answers: Vec<SurveyAnswerIn>,
}

/// Says what came of asking one whom a sample names.
#[utoipa::path(
    operation_id = "close_survey_sample_unit", tag = "surveys", summary = "Say what came of asking",
    description = "Says what came of asking one whom a sample names. What was answered is cut from it at once. Nobody of that ward or of the one-stop may do it.",
    params(
        ("id" = String, Path, description = "Id of the sample.", format = Uuid),
        ("place" = i32, Path, description = "Place in the list.", minimum = 1),
    ),
    request_body = SurveyOutcomeIn,
    responses((status = 201, description = "Said.", body = SurveySampleUnit)),
    security(("bearer" = []))
)]
#[post("/survey-samples/{id}/units/{place}/outcomes")]
pub async fn close_survey_sample_unit(
    writer: Writer<EnterSurveys>,
    path: Path<(RecordId, i32)>,
    body: Json<SurveyOutcomeIn>,
) -> Result<HttpResponse, Problem> {
    let (id, place) = path.into_inner();
    let body = body.into_inner();
    let what = Outcomes {
        outcome: match body.outcome {
            SurveyOutcome::Telephone => Outcome::Answered(Channel::Telephone),
            SurveyOutcome::Paper => Outcome::Answered(Channel::Paper),
            SurveyOutcome::Refused => Outcome::Refused,
            SurveyOutcome::NotReached => Outcome::NotReached,
            SurveyOutcome::WrongContact => Outcome::WrongContact,
        },
        answers: given(body.answers),
    };
    // Not kept under a key of idempotency: an answer is not to lie there. The unit is closed once.
    let unit = writer
        .write(move |services, db, actor| service::outcome(services, db, actor, &id, place, &what))
        .await?;
    Ok(HttpResponse::Created().json(unit_view(unit, None)))
}
