//! Answering, by a token that proves the right to, once. What is answered leaves no other trace: no key of
//! idempotency, no entry of the record, no hour.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use motcua_domain::survey::questionnaire::{Channel, Given, Questionnaire};
use motcua_services::survey as service;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manners::{Json, Path, Problem};
use crate::state::AppState;

/// What is asked of whoever holds a token.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicSurvey {
    /// At what somebody is asked, such as `intake` or `return`.
    pub occasion: String,
    /// By which centre.
    pub centre_name: String,
    /// The last day on which it may be answered.
    pub expires_on: NaiveDate,
    /// The questions.
    #[schema(value_type = motcua_domain::survey::questionnaire::Questionnaire)]
    pub questionnaire: Questionnaire,
}

/// What was answered to one question.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswerIn {
    /// The question's word.
    #[schema(min_length = 1, max_length = 32, example = "overall")]
    pub question: String,
    /// What was chosen: words of options; `1` to `5` on five steps, from very dissatisfied.
    #[serde(default)]
    #[schema(max_items = 20, example = json!(["5"]))]
    pub choices: Vec<String>,
    /// The figure.
    #[schema(minimum = 0, maximum = 1000)]
    pub number: Option<u32>,
    /// One's own words. Names and numbers are taken out of them before anybody reads them.
    #[schema(max_length = 1000)]
    pub text: Option<String>,
}

/// What was answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SurveyAnswersIn {
    /// Question by question; those that were not answered are left out.
    #[schema(max_items = 60)]
    pub answers: Vec<SurveyAnswerIn>,
}

/// As the rules take them.
pub(super) fn given(answers: Vec<SurveyAnswerIn>) -> Vec<Given> {
    answers
        .into_iter()
        .map(|a| Given {
            question: a.question,
            choices: a.choices,
            number: a.number,
            text: a.text,
        })
        .collect()
}

/// What is asked of whoever holds this token.
#[utoipa::path(
    operation_id = "get_survey", tag = "public", summary = "A questionnaire to answer",
    description = "What is asked of whoever holds this token: it stands on a slip, a receipt or in a message, and may be used once.",
    params(("token" = String, Path, description = "The token.", min_length = 1, max_length = 64)),
    responses(
        (status = 200, description = "The questions.", body = PublicSurvey),
        (status = 404, description = "`survey_unknown`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`survey_answered`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`survey_expired`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/public/surveys/{token}")]
pub async fn get_survey(
    state: web::Data<AppState>,
    token: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .read(move |services, db| service::asked(services, db, &token))
        .await?;
    Ok(HttpResponse::Ok().json(PublicSurvey {
        occasion: found.occasion,
        centre_name: found.centre,
        expires_on: found.expires_on,
        questionnaire: found.questionnaire,
    }))
}

/// Answers a questionnaire.
#[utoipa::path(
    operation_id = "answer_survey", tag = "public", summary = "Answer a questionnaire",
    description = "Answers, once. The token is cut from the answer at once; the answer waits sealed until its week is over and is then kept among at least four others, without an hour and in no order.",
    params(("token" = String, Path, description = "The token.", min_length = 1, max_length = 64)),
    request_body = SurveyAnswersIn,
    responses(
        (status = 204, description = "Taken. Thank you."),
        (status = 404, description = "`survey_unknown`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`survey_answered`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`survey_expired`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/surveys/{token}")]
pub async fn answer_survey(
    state: web::Data<AppState>,
    token: Path<String>,
    body: Json<SurveyAnswersIn>,
) -> Result<HttpResponse, Problem> {
    let answers = given(body.into_inner().answers);
    take(&state, token.into_inner(), answers, false).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes an answer by a token, off the async threads.
pub(super) async fn take(
    state: &AppState,
    token: String,
    answers: Vec<Given>,
    lenient: bool,
) -> Result<(), Problem> {
    let services = state.services.clone();
    state
        .block(move || service::answer(&services, &token, Channel::Link, answers, lenient))
        .await?;
    Ok(())
}
