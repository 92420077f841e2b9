//! What people do without signing in: file, look up the answer, rate it, read what was published.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::feedback::{FeedbackChannel, FeedbackKind, FeedbackSubject, FilingKind};
use motcua_domain::refusal::Refusal;
use motcua_services::feedback::denunciation::{self, NewDenunciation};
use motcua_services::feedback::{self as service, Filing, Found};
use motcua_services::idempotent::{Answer, Key};
use motcua_store::{CentreId, Ts};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::{IntoParams, ToSchema};

use super::{FeedbackFilerIn, FilingReceipt};
use crate::dossier::view::{vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Problem, Query, linked};
use crate::state::AppState;
use crate::words;

/// Whose keys those of people are who have not signed in.
const ANYBODY: &str = "public";

/// What somebody files.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicFeedbackIn {
    /// What it is. Each goes its own way; a denunciation is read only by whom the director appointed.
    #[schema(value_type = words::FilingKind)]
    pub kind: FilingKind,
    /// At which centre; the installation's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// By the QR code that hangs at a counter.
    #[serde(default)]
    pub by_qr: bool,
    /// What it is about; `other` when absent.
    #[schema(value_type = Option<words::FeedbackSubject>)]
    pub subject: Option<FeedbackSubject>,
    /// In the filer's words.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Tôi chờ từ 8 giờ đến 11 giờ mới đến lượt."
    )]
    pub text: String,
    /// Who files.
    pub filer: FeedbackFilerIn,
    /// The dossier it is about.
    #[schema(max_length = 64)]
    pub dossier_code: Option<String>,
    /// Whom a denunciation is about; required then, and only then.
    #[schema(max_length = 300)]
    pub about: Option<String>,
}

fn about_fault(code: &'static str, vi: &str, en: &str) -> Problem {
    Refusal::invalid(Vec::new())
        .field("/about", code, vi, en)
        .into()
}

/// Files a suggestion, a complaint or a denunciation.
#[utoipa::path(
    operation_id = "file_feedback", tag = "public", summary = "File a suggestion, a complaint or a denunciation",
    description = "Files a suggestion, a complaint or a denunciation with the centre. Name, address and telephone are required by law; they are shown masked, and whole only on record. Answers with a code and a secret with which the answer is read; the secret is told once.",
    params(IdempotencyKey), request_body = PublicFeedbackIn,
    responses((status = 201, description = "Filed.", body = FilingReceipt)),
    security(())
)]
#[post("/public/feedback")]
pub async fn file_feedback(
    state: web::Data<AppState>,
    key: IdempotencyKey,
    body: Json<PublicFeedbackIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let denounces = body.kind == FilingKind::Denunciation;
    if !denounces && body.about.is_some() {
        return Err(about_fault(
            "not_for_this_kind",
            "Chỉ ghi người bị tố cáo khi gửi tố cáo.",
            "Only a denunciation says whom it is about.",
        ));
    }
    let fingerprint = {
        let mut hash = Sha256::new();
        hash.update(b"POST /public/feedback\0");
        hash.update(serde_json::to_vec(&body).map_err(Problem::internal)?);
        hex::encode(hash.finalize())
    };
    let services = state.services.clone();
    let answer = state
        .block(move || {
            let key = key.0.as_deref().map(|key| Key {
                owner: ANYBODY,
                key,
                fingerprint: &fingerprint,
            });
            let channel = if body.by_qr {
                FeedbackChannel::Qr
            } else {
                FeedbackChannel::Online
            };
            services.once(key, |db| {
                let receipt = match body.kind {
                    FilingKind::Denunciation => {
                        let new = NewDenunciation {
                            centre: body.centre_id.clone(),
                            channel,
                            about: body.about.clone().unwrap_or_default(),
                            text: body.text.clone(),
                            filer: (&body.filer).into(),
                        };
                        let filed = denunciation::file(&services, db, &new)?;
                        FilingReceipt {
                            code: filed.row.code,
                            secret: filed.secret,
                        }
                    }
                    FilingKind::Suggestion | FilingKind::Complaint => {
                        let filing = Filing {
                            kind: match body.kind {
                                FilingKind::Complaint => FeedbackKind::Complaint,
                                _ => FeedbackKind::Suggestion,
                            },
                            centre: body.centre_id.clone(),
                            channel,
                            subject: body.subject.unwrap_or(FeedbackSubject::Other),
                            text: body.text.clone(),
                            filer: (&body.filer).into(),
                            dossier_code: body.dossier_code.clone(),
                            about: None,
                            authority: None,
                        };
                        let filed = service::file(&services, db, &filing)?;
                        FilingReceipt {
                            code: filed.row.code,
                            secret: filed.secret,
                        }
                    }
                };
                Ok(Answer {
                    status: 201,
                    headers: "{}".to_owned(),
                    body: serde_json::to_string(&receipt)
                        .map_err(|e| motcua_services::Error::Internal(e.to_string()))?,
                    replayed: false,
                })
            })
        })
        .await?;
    let mut response = HttpResponse::build(StatusCode::CREATED);
    if answer.replayed {
        response.insert_header(("idempotency-replayed", "true"));
    }
    Ok(response.content_type("application/json").body(answer.body))
}

/// A code and its secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackLookupIn {
    /// Code.
    #[schema(min_length = 1, max_length = 64, example = "H26.14.100-PA26-0001")]
    pub code: String,
    /// Secret, however it is typed.
    #[schema(min_length = 1, max_length = 64, example = "K7QM-2XWD-9RTF")]
    pub secret: String,
}

/// Where something stands that somebody filed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackLookup {
    /// Code.
    pub code: String,
    /// What it is.
    #[schema(value_type = words::FilingKind)]
    pub kind: &'static str,
    /// Where it stands: a state of its kind.
    #[schema(value_type = words::FiledState)]
    pub state: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// What is due next.
    pub due_on: Option<NaiveDate>,
    /// To whom it was passed on.
    pub forwarded_to: Option<String>,
    /// The answer, or why it was not accepted.
    pub answer: Option<String>,
    /// How satisfied the filer said to be, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub satisfaction: Option<i32>,
    /// Whether that can be said now.
    pub may_rate: bool,
}

impl From<Found> for FeedbackLookup {
    fn from(found: Found) -> Self {
        Self {
            code: found.code,
            kind: found.kind.as_str(),
            state: found.state,
            received_at: vn(found.received_at),
            due_on: found.due_on,
            forwarded_to: found.forwarded_to,
            answer: found.answer,
            satisfaction: found.satisfaction,
            may_rate: found.may_rate,
        }
    }
}

fn typed(code: &str, secret: &str) -> Result<(), Problem> {
    let mut refusal = Refusal::invalid(Vec::new());
    for (pointer, text) in [("/code", code), ("/secret", secret)] {
        if text.trim().is_empty() || text.chars().count() > 64 || text.chars().any(char::is_control)
        {
            refusal = refusal.field(
                pointer,
                "invalid_value",
                "Nhập đúng như trên phiếu.",
                "Type it as on the slip.",
            );
        }
    }
    if refusal.errors.is_empty() {
        Ok(())
    } else {
        Err(refusal.into())
    }
}

/// Looks up what one filed.
#[utoipa::path(
    operation_id = "look_up_feedback", tag = "public", summary = "Look up what one filed",
    description = "Where something stands, and the answer, by its code and secret. Ten misses lock the code for half an hour.",
    request_body = FeedbackLookupIn,
    responses(
        (status = 200, description = "Where it stands.", body = FeedbackLookup),
        (status = 404, description = "`feedback_lookup_failed`: nothing has this code together with this secret.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/feedback-lookups")]
pub async fn look_up_feedback(
    state: web::Data<AppState>,
    body: Json<FeedbackLookupIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    typed(&body.code, &body.secret)?;
    let services = state.services.clone();
    let found = state
        .block(move || service::look_up(&services, &body.code, &body.secret))
        .await?;
    Ok(HttpResponse::Ok().json(FeedbackLookup::from(found)))
}

/// How satisfied a filer is with an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackSatisfactionIn {
    /// Code.
    #[schema(min_length = 1, max_length = 64, example = "H26.14.100-PA26-0001")]
    pub code: String,
    /// Secret.
    #[schema(min_length = 1, max_length = 64, example = "K7QM-2XWD-9RTF")]
    pub secret: String,
    /// 1, very dissatisfied, to 5, very satisfied.
    #[schema(minimum = 1, maximum = 5, example = 5)]
    pub satisfaction: i32,
}

/// Says how satisfied one is with an answer.
#[utoipa::path(
    operation_id = "rate_feedback_answer", tag = "public", summary = "Rate an answer",
    description = "Says how satisfied one is with the answer to what one filed: once.",
    request_body = FeedbackSatisfactionIn,
    responses(
        (status = 201, description = "Kept.", body = FeedbackLookup),
        (status = 404, description = "`feedback_lookup_failed`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`feedback_rated_already`, or there is no answer yet.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/public/feedback-satisfaction")]
pub async fn rate_feedback_answer(
    state: web::Data<AppState>,
    body: Json<FeedbackSatisfactionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    typed(&body.code, &body.secret)?;
    let services = state.services.clone();
    let found = state
        .block(move || service::rate(&services, &body.code, &body.secret, body.satisfaction))
        .await?;
    Ok(HttpResponse::Created().json(FeedbackLookup::from(found)))
}

/// Whose published answers.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PublishedQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the installation's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// A published answer: it names nobody.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedFeedback {
    /// Code.
    pub code: String,
    /// What it is about.
    #[schema(value_type = words::FeedbackSubject)]
    pub subject: String,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What was said.
    pub summary: String,
    /// What was answered.
    pub answer: String,
    /// When it was published.
    pub published_at: Option<DateTime<FixedOffset>>,
}

/// What was published, newest first.
#[utoipa::path(
    operation_id = "list_published_feedback", tag = "public", summary = "Published answers",
    description = "What people suggested to a centre and what it answered, in words that name nobody, newest first.",
    params(PublishedQuery),
    responses((status = 200, description = "A page.", body = Page<PublishedFeedback>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(())
)]
#[get("/public/feedback")]
pub async fn list_published_feedback(
    state: web::Data<AppState>,
    req: HttpRequest,
    query: Query<PublishedQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<(DateTime<chrono::Utc>, String)> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-published_at",
        &query.centre_id,
    )?;
    let page = state
        .read(move |_, db| {
            let edge = paging.edge.clone();
            let edge = edge
                .as_ref()
                .map(|(at, id)| (Ts::new(*at), id.as_str(), paging.backwards));
            let rows = service::published(db, query.centre_id.as_ref(), edge, paging.fetch())?;
            Ok(paging.page(
                rows,
                |r| (r.published_at.unwrap_or(r.received_at).0, r.id.to_string()),
                |r| PublishedFeedback {
                    code: r.code,
                    subject: r.subject,
                    received_on: r.received_on,
                    summary: r.published_summary.unwrap_or_default(),
                    answer: r.published_answer.unwrap_or_default(),
                    published_at: vn_opt(r.published_at),
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
