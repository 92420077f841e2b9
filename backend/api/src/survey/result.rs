//! What people answered, as it may be shown: each figure with how many it stands on and how sure it is.

use actix_web::{HttpResponse, get, web};
use motcua_domain::survey::cells::FEWEST;
use motcua_domain::survey::cube::Slice;
use motcua_domain::survey::questionnaire::Questionnaire;
use motcua_domain::survey::satisfied::{self, Answers};
use motcua_services::survey::{self as service, OfficerResult, Results};
use motcua_store::{CentreId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::decimal;
use crate::auth::{ReadOfficerResults, Reader, SignedIn};
use crate::dossier::view::PersonRef;
use crate::manners::{Problem, Query};
use crate::state::AppState;

/// A share of the satisfied with its interval.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct SurveyShare {
    /// How many answered.
    pub n: u64,
    /// Percent satisfied.
    #[schema(example = 88.75)]
    pub percent: f64,
    /// Lower end of Wilson's interval at 95 %.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

fn share(answers: &Answers) -> Option<SurveyShare> {
    let (low, high) = answers.wilson()?;
    Some(SurveyShare {
        n: answers.valid(),
        percent: decimal(answers.basis_points()?, 100),
        low: decimal(low, 100),
        high: decimal(high, 100),
    })
}

/// How many chose something.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyChoiceCount {
    /// The option's word, a step, or the figure.
    pub choice: String,
    /// How many.
    pub n: u64,
}

/// How one question was answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyQuestionResult {
    /// The question's word.
    pub question: String,
    /// How many answered it.
    pub n: u64,
    /// How many chose what; what nobody chose is not there.
    pub counts: Vec<SurveyChoiceCount>,
    /// The share of the satisfied, where it asks for that.
    pub satisfied: Option<SurveyShare>,
}

/// A factor's share.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyFactorResult {
    /// The factor's word.
    pub factor: String,
    /// Mean of its criteria's shares, in percent.
    pub mean_percent: Option<f64>,
    /// All answers to its criteria together.
    pub satisfied: Option<SurveyShare>,
}

/// One slice of the cube: the whole, an authority, a field of it, or a channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveySlice {
    /// The authority.
    #[schema(format = Uuid)]
    pub authority_id: Option<String>,
    /// Its name.
    pub authority_name: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// How many were asked; none for a channel.
    pub asked: Option<u64>,
    /// How many answered; none: held back, since so few could be told apart.
    pub n: Option<u64>,
    /// Answers to a hundred who were asked.
    pub response_percent: Option<f64>,
    /// The share of the satisfied as a whole.
    pub satisfied: Option<SurveyShare>,
    /// Question by question; one that is missing is held back or was not answered.
    pub questions: Vec<SurveyQuestionResult>,
    /// Factor by factor.
    pub factors: Vec<SurveyFactorResult>,
}

/// The share of one quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyQuarterShare {
    /// The quarter.
    pub quarter: String,
    /// The share.
    pub satisfied: SurveyShare,
    /// Whether it differs from the quarter before by more than chance: `higher`, `lower`; none: the
    /// samples do not allow to say so.
    pub against_before: Option<&'static str>,
}

/// What is shown of a questionnaire in a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyResults {
    /// The quarter.
    #[schema(example = "2026-Q4")]
    pub quarter: String,
    /// The questionnaire.
    #[schema(format = Uuid)]
    pub questionnaire_id: String,
    /// Its number.
    pub number: i32,
    /// What was asked.
    #[schema(value_type = motcua_domain::survey::questionnaire::Questionnaire)]
    pub questionnaire: Questionnaire,
    /// The least number of answers that is shown.
    pub fewest: u64,
    /// Answers that wait until their week is over and others stand beside them; fewer than five are not
    /// counted here.
    pub waiting: u64,
    /// One to four answers wait.
    pub few_wait: bool,
    /// Slices, the whole first.
    pub slices: Vec<SurveySlice>,
    /// The course of time, quarter by quarter.
    pub course: Vec<SurveyQuarterShare>,
    /// Where the share comes from.
    pub source: &'static str,
}

fn factors(questionnaire: &Questionnaire, slice: &service::SliceResult) -> Vec<SurveyFactorResult> {
    questionnaire
        .factors
        .iter()
        .filter_map(|factor| {
            let of: Vec<&str> = questionnaire
                .questions
                .iter()
                .filter(|q| q.factor.as_deref() == Some(&factor.id))
                .map(|q| q.id.as_str())
                .collect();
            let known: Vec<Answers> = slice
                .answers
                .iter()
                .filter(|a| of.contains(&a.question.as_str()))
                .filter_map(|a| a.steps)
                .collect();
            // A factor of which a criterion is held back would give it away.
            (known.len() == of.len() && !of.is_empty()).then(|| {
                let sum = satisfied::factor(&known);
                SurveyFactorResult {
                    factor: factor.id.clone(),
                    mean_percent: sum.mean.map(|m| decimal(m, 100)),
                    satisfied: share(&sum.pooled),
                }
            })
        })
        .collect()
}

fn slice_view(results: &Results, slice: &service::SliceResult) -> SurveySlice {
    let (authority, field, channel) = match &slice.slice {
        Slice::Whole => (None, None, None),
        Slice::Authority(a) => (Some(a.clone()), None, None),
        Slice::Field(a, f) => (Some(a.clone()), Some(f.clone()), None),
        Slice::Channel(c) => (None, None, Some(c.clone())),
    };
    let overall = service::overall(&results.questionnaire).map(|q| q.id.as_str());
    let whole = slice
        .answers
        .iter()
        .find(|a| Some(a.question.as_str()) == overall);
    let rate = match (slice.n, slice.asked) {
        (Some(n), Some(asked)) if asked > 0 => Some(decimal(n * 10_000 / asked, 100)),
        _ => None,
    };
    SurveySlice {
        authority_name: authority
            .as_ref()
            .and_then(|a| results.authorities.get(a).cloned()),
        authority_id: authority,
        field,
        channel,
        asked: slice.asked,
        n: slice.n,
        response_percent: rate,
        satisfied: whole.and_then(|a| a.steps).and_then(|s| share(&s)),
        factors: factors(&results.questionnaire, slice),
        questions: slice
            .answers
            .iter()
            .map(|a| SurveyQuestionResult {
                question: a.question.clone(),
                n: a.n,
                counts: a
                    .counts
                    .iter()
                    .map(|(choice, n)| SurveyChoiceCount {
                        choice: choice.clone(),
                        n: *n,
                    })
                    .collect(),
                satisfied: a.steps.and_then(|s| share(&s)),
            })
            .collect(),
    }
}

fn course_view(course: service::Course) -> Vec<SurveyQuarterShare> {
    let mut before: Option<SurveyShare> = None;
    course
        .quarters
        .into_iter()
        .filter_map(|(quarter, answers)| {
            let now = share(&answers)?;
            let against = before.and_then(|b| {
                if now.low > b.high {
                    Some("higher")
                } else if now.high < b.low {
                    Some("lower")
                } else {
                    None
                }
            });
            before = Some(now);
            Some(SurveyQuarterShare {
                quarter,
                satisfied: now,
                against_before: against,
            })
        })
        .collect()
}

fn results_view(results: Results, course: service::Course) -> SurveyResults {
    let few_wait = (1..FEWEST as u64).contains(&results.waiting);
    SurveyResults {
        slices: results
            .slices
            .iter()
            .map(|s| slice_view(&results, s))
            .collect(),
        quarter: results.quarter,
        questionnaire_id: results.row.id.to_string(),
        number: results.row.number,
        questionnaire: results.questionnaire,
        fewest: FEWEST as u64,
        waiting: if few_wait { 0 } else { results.waiting },
        few_wait,
        course: course_view(course),
        source: satisfied::SOURCE,
    }
}

/// Which results.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyResultsQuery {
    /// Of which centre.
    #[param(value_type = String, format = Uuid)]
    pub centre_id: CentreId,
    /// Of which questionnaire.
    #[param(value_type = String, format = Uuid)]
    pub questionnaire_id: RecordId,
    /// In which quarter.
    #[param(pattern = "^20[0-9]{2}-Q[1-4]$", example = "2026-Q4")]
    pub quarter: String,
}

/// What people answered.
#[utoipa::path(
    operation_id = "get_survey_results", tag = "public", summary = "Results of a questionnaire",
    description = "What people answered to a questionnaire in a quarter: one fixed cube of tables, each figure with how many it stands on, how many were asked and Wilson's interval. No group of fewer than five is shown, and none can be worked out by taking one table from another.",
    params(SurveyResultsQuery),
    responses(
        (status = 200, description = "The results.", body = SurveyResults),
        (status = 404, description = "The centre has no such questionnaire.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/public/survey-results")]
pub async fn get_survey_results(
    state: web::Data<AppState>,
    query: Query<SurveyResultsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let shown = state
        .read(move |_, db| {
            let (centre, id) = (&query.centre_id, &query.questionnaire_id);
            let results = service::results(db, centre, id, &query.quarter)?;
            let course = service::course(db, &results.row)?;
            Ok(results_view(results, course))
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// A questionnaire that was answered in a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyAnswered {
    /// The questionnaire.
    #[schema(format = Uuid)]
    pub questionnaire_id: String,
    /// Its lasting word.
    pub code: String,
    /// Its number.
    pub number: i32,
    /// Its title.
    #[schema(value_type = motcua_domain::refusal::Text)]
    pub title: motcua_domain::refusal::Text,
    /// How many answers are kept; none: too few to be shown.
    pub n: Option<u64>,
}

/// What was answered in a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyQuarter {
    /// The quarter.
    pub quarter: String,
    /// Questionnaires with answers.
    #[schema(max_items = 1000)]
    pub questionnaires: Vec<SurveyAnswered>,
}

/// Which quarter.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyQuarterQuery {
    /// Of which centre.
    #[param(value_type = String, format = Uuid)]
    pub centre_id: CentreId,
    /// Which quarter.
    #[param(pattern = "^20[0-9]{2}-Q[1-4]$", example = "2026-Q4")]
    pub quarter: String,
}

/// Which questionnaires were answered in a quarter.
#[utoipa::path(
    operation_id = "get_survey_quarter", tag = "public", summary = "What was answered in a quarter",
    description = "Which questionnaires of a centre were answered in a quarter, and how often.",
    params(SurveyQuarterQuery),
    responses((status = 200, description = "The questionnaires.", body = SurveyQuarter)),
    security(())
)]
#[get("/public/survey-quarters")]
pub async fn get_survey_quarter(
    state: web::Data<AppState>,
    query: Query<SurveyQuarterQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let shown = state
        .read(move |_, db| {
            let found = service::quarters(db, &query.centre_id, &query.quarter)?;
            let mut questionnaires = Vec::new();
            for (row, n) in found.answered {
                let read: Questionnaire =
                    serde_json::from_str(&row.body).map_err(motcua_store::StoreError::from)?;
                questionnaires.push(SurveyAnswered {
                    questionnaire_id: row.id.to_string(),
                    code: row.code,
                    number: row.number,
                    title: read.title,
                    n: (n >= FEWEST as u64).then_some(n),
                });
            }
            Ok(SurveyQuarter {
                quarter: query.quarter,
                questionnaires,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// What is counted about an officer.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyOfficerResult {
    /// Who.
    pub officer: PersonRef,
    /// For which authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// By which questionnaire.
    #[schema(format = Uuid)]
    pub questionnaire_id: String,
    /// What was asked.
    #[schema(value_type = motcua_domain::survey::questionnaire::Question)]
    pub question: motcua_domain::survey::questionnaire::Question,
    /// How many chose what.
    pub counts: Vec<SurveyChoiceCount>,
    /// The share of the satisfied, where it asks for that.
    pub satisfied: Option<SurveyShare>,
}

/// What is counted about officers in a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurveyOfficerResults {
    /// The quarter; it is over.
    pub quarter: String,
    /// Officers about whom at least five answered.
    #[schema(max_items = 10_000)]
    pub results: Vec<SurveyOfficerResult>,
}

fn officer_view(
    r: OfficerResult,
    names: &motcua_services::reference::Names,
) -> SurveyOfficerResult {
    SurveyOfficerResult {
        officer: PersonRef::of(&r.officer, names),
        authority_id: r.authority.to_string(),
        questionnaire_id: r.questionnaire.to_string(),
        satisfied: r.steps.and_then(|s| share(&s)),
        counts: r
            .counts
            .into_iter()
            .map(|(choice, n)| SurveyChoiceCount { choice, n })
            .collect(),
        question: r.question,
    }
}

/// Which officers' results.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SurveyOfficersQuery {
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// In which quarter; it is over.
    #[param(pattern = "^20[0-9]{2}-Q[1-4]$", example = "2026-Q3")]
    pub quarter: String,
}

/// What is counted about every officer.
#[utoipa::path(
    operation_id = "list_survey_officer_results", tag = "surveys", summary = "Answers about officers",
    description = "What is counted about each officer in a quarter that is over, where at least five answered. Never a single answer.",
    params(SurveyOfficersQuery),
    responses((status = 200, description = "The counts.", body = SurveyOfficerResults)),
    security(("bearer" = []))
)]
#[get("/survey-officer-results")]
pub async fn list_survey_officer_results(
    reader: Reader<ReadOfficerResults>,
    query: Query<SurveyOfficersQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let shown = reader
        .read(move |services, db, actor| {
            let (centre, quarter) = (query.centre_id.as_ref(), &query.quarter);
            let (results, names) =
                service::officer_results(services, db, actor, centre, quarter, false)?;
            Ok(SurveyOfficerResults {
                quarter: query.quarter.clone(),
                results: results
                    .into_iter()
                    .map(|r| officer_view(r, &names))
                    .collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// What is counted about the caller.
#[utoipa::path(
    operation_id = "list_own_survey_results", tag = "surveys", summary = "Answers about oneself",
    description = "What is counted about the caller in a quarter that is over, where at least five answered.",
    params(SurveyOfficersQuery),
    responses((status = 200, description = "The counts.", body = SurveyOfficerResults)),
    security(("bearer" = []))
)]
#[get("/me/survey-results")]
pub async fn list_own_survey_results(
    reader: Reader<SignedIn>,
    query: Query<SurveyOfficersQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let shown = reader
        .read(move |services, db, actor| {
            let (centre, quarter) = (query.centre_id.as_ref(), &query.quarter);
            let (results, names) =
                service::officer_results(services, db, actor, centre, quarter, true)?;
            Ok(SurveyOfficerResults {
                quarter: query.quarter.clone(),
                results: results
                    .into_iter()
                    .map(|r| officer_view(r, &names))
                    .collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}
