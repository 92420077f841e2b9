//! The desk of suggestions and complaints.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::feedback::{
    FeedbackAction, FeedbackChannel, FeedbackKind, FeedbackState, FeedbackSubject,
};
use motcua_domain::text::{mask_name, mask_phone};
use motcua_services::feedback::{self as service, Doing, Filing, Item, Items};
use motcua_store::feedback::{FeedbackRow, Filter, covers};
use motcua_store::{AuthorityId, CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{FeedbackFilerIn, FilingReceipt, LegalLimit};
use crate::auth::{
    HandleFeedback, ReadFeedback, ReadFeedbackPersonalData, Reader, ReceiveFeedback, Reply, Writer,
};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// What came at the counter, by telephone or by post.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackIn {
    /// Suggestion or complaint. Denunciations have an address of their own.
    #[schema(value_type = words::FeedbackKind)]
    pub kind: FeedbackKind,
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// How it came: `counter`, `phone` or `post`.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: FeedbackChannel,
    /// What it is about.
    #[schema(value_type = words::FeedbackSubject)]
    pub subject: FeedbackSubject,
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
    /// The officer it is about; for that officer it will not exist.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub about_user_id: Option<UserId>,
    /// The competent authority, if it is known.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
}

/// A line of the desk's list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackListItem {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Code.
    pub code: String,
    /// Suggestion or complaint.
    #[schema(value_type = words::FeedbackKind)]
    pub kind: String,
    /// How it came.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: String,
    /// What it is about.
    #[schema(value_type = words::FeedbackSubject)]
    pub subject: String,
    /// Where it stands.
    #[schema(value_type = words::FeedbackState)]
    pub state: String,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// What is due next.
    pub due_on: Option<NaiveDate>,
    /// That day has passed.
    pub overdue: bool,
    /// It was given more time.
    pub prolonged: bool,
    /// The competent authority.
    pub authority_name: Option<String>,
    /// The filer's name, masked.
    pub filer_name: String,
    /// It was published.
    pub published: bool,
    /// It names an officer; only for who handles or inspects it.
    pub about_officer: Option<bool>,
}

impl FeedbackListItem {
    fn new(row: FeedbackRow, all: &Items) -> Self {
        let parties = covers(&all.parties, &row);
        Self {
            id: row.id.to_string(),
            overdue: row.due_on.is_some_and(|day| day < all.today),
            authority_name: row
                .authority_id
                .as_ref()
                .and_then(|id| all.authorities.get(id).cloned()),
            about_officer: parties.then_some(row.about_user_id.is_some()),
            code: row.code,
            kind: row.kind,
            channel: row.channel,
            subject: row.subject,
            state: row.state,
            received_at: vn(row.received_at),
            due_on: row.due_on,
            prolonged: row.prolonged,
            filer_name: mask_name(&row.filer_name),
            published: row.published_at.is_some(),
        }
    }
}

/// One step.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackStep {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What: `received`, `forwarded`, `accepted`, `declined`, `extended`, `answered`, `published`,
    /// `rated`, and the like.
    pub kind: String,
    /// Who; none for the public.
    pub by: Option<PersonRef>,
    /// To whom, or why.
    pub note: Option<String>,
}

/// A suggestion or a complaint.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Code.
    pub code: String,
    /// Suggestion or complaint.
    #[schema(value_type = words::FeedbackKind)]
    pub kind: String,
    /// How it came.
    #[schema(value_type = words::FeedbackChannel)]
    pub channel: String,
    /// What it is about.
    #[schema(value_type = words::FeedbackSubject)]
    pub subject: String,
    /// Where it stands.
    #[schema(value_type = words::FeedbackState)]
    pub state: String,
    /// In the filer's words; null for who neither handles, inspects nor received it.
    pub text: Option<String>,
    /// The filer's name, masked.
    pub filer_name: String,
    /// The filer's telephone, masked.
    pub filer_phone: String,
    /// The officer it is about; only for who handles or inspects it.
    pub about: Option<PersonRef>,
    /// The dossier it is about; only for who handles or inspects it.
    pub dossier_code: Option<String>,
    /// The competent authority.
    pub authority_name: Option<String>,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// By whom; null: on the public page.
    pub received_by: Option<PersonRef>,
    /// By when it is passed on, or accepted.
    pub first_due_on: NaiveDate,
    /// When that was done.
    pub first_done_on: Option<NaiveDate>,
    /// To whom it was passed on.
    pub forwarded_to: Option<String>,
    /// When a complaint was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// It comes from a remote place.
    pub remote: bool,
    /// By when it is answered.
    pub answer_due_on: Option<NaiveDate>,
    /// What is due next.
    pub due_on: Option<NaiveDate>,
    /// That day has passed.
    pub overdue: bool,
    /// What the present date rests on; null where somebody set it, or nothing is due.
    pub limit: Option<LegalLimit>,
    /// It was given more time.
    pub prolonged: bool,
    /// What the filer is told; null for who may not read the text.
    pub answer: Option<String>,
    /// Whether it was true; only for who handles or inspects it.
    pub upheld: Option<bool>,
    /// When it was answered.
    pub answered_on: Option<NaiveDate>,
    /// By whom.
    pub answered_by: Option<PersonRef>,
    /// What was published of it.
    pub published_summary: Option<String>,
    /// What was published as the answer.
    pub published_answer: Option<String>,
    /// When.
    pub published_at: Option<DateTime<FixedOffset>>,
    /// How satisfied the filer is with the answer, 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub satisfaction: Option<i32>,
    /// What was done, oldest first.
    #[schema(max_items = 200)]
    pub steps: Vec<FeedbackStep>,
    /// What the caller may do now.
    #[schema(value_type = Vec<words::FeedbackAction>, max_items = 6)]
    pub allowed_actions: Vec<FeedbackAction>,
    /// Row version.
    pub version: i64,
}

impl From<Item> for FeedbackView {
    fn from(item: Item) -> Self {
        let row = item.row;
        let person = |id: &UserId| PersonRef::of(id, &item.names);
        Self {
            id: row.id.to_string(),
            filer_name: mask_name(&row.filer_name),
            filer_phone: mask_phone(&row.filer_phone),
            about: row
                .about_user_id
                .as_ref()
                .filter(|_| item.parties)
                .map(person),
            received_by: row.received_by.as_ref().map(person),
            answered_by: row.answered_by.as_ref().map(person),
            overdue: row.due_on.is_some_and(|day| day < item.today),
            text: Some(row.text).filter(|_| item.reads_text),
            answer: row.answer.filter(|_| item.reads_text),
            upheld: row.upheld.filter(|_| item.parties),
            published_at: vn_opt(row.published_at),
            received_at: vn(row.received_at),
            code: row.code,
            kind: row.kind,
            channel: row.channel,
            subject: row.subject,
            state: row.state,
            dossier_code: item.dossier_code,
            authority_name: item.authority,
            first_due_on: row.first_due_on,
            first_done_on: row.first_done_on,
            forwarded_to: row.forwarded_to,
            accepted_on: row.accepted_on,
            remote: row.remote,
            answer_due_on: row.answer_due_on,
            due_on: row.due_on,
            limit: item.limit.map(LegalLimit::from),
            prolonged: row.prolonged,
            answered_on: row.answered_on,
            published_summary: row.published_summary,
            published_answer: row.published_answer,
            satisfaction: row.satisfaction,
            steps: item
                .steps
                .into_iter()
                .map(|s| FeedbackStep {
                    at: vn(s.at),
                    by: s.actor_id.as_ref().map(person),
                    kind: s.kind,
                    note: s.note,
                })
                .collect(),
            allowed_actions: item.allowed,
            version: row.version,
        }
    }
}

/// What was received, with what the filer is handed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackReceived {
    /// What was received.
    pub feedback: FeedbackView,
    /// Code and secret, to be handed to the filer.
    pub receipt: FilingReceipt,
}

/// Which items.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeedbackQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Suggestions or complaints.
    #[param(value_type = Option<words::FeedbackKind>)]
    pub kind: Option<FeedbackKind>,
    /// Where it stands.
    #[param(value_type = Option<words::FeedbackState>)]
    pub state: Option<FeedbackState>,
    /// What it is about.
    #[param(value_type = Option<words::FeedbackSubject>)]
    pub subject: Option<FeedbackSubject>,
    /// The competent authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Only what is overdue.
    pub overdue: Option<bool>,
    /// Only what waits for something.
    pub open: Option<bool>,
    /// Code.
    #[param(max_length = 64)]
    pub code: Option<String>,
}

/// The desk's list.
#[utoipa::path(
    operation_id = "list_feedback", tag = "feedback", summary = "Suggestions and complaints",
    description = "Suggestions and complaints in the caller's scope, newest first, names masked. What is about the caller is not there; denunciations never are.",
    params(FeedbackQuery),
    responses((status = 200, description = "A page.", body = Page<FeedbackListItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/feedback")]
pub async fn list_feedback(
    reader: Reader<ReadFeedback>,
    req: HttpRequest,
    query: Query<FeedbackQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (
        (query.kind, query.state, query.subject),
        &query.authority_id,
        (query.overdue, query.open),
        &query.code,
    );
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let today = motcua_domain::vn_time::local_date(services.now());
            let filter = Filter {
                kind: query.kind.map(|k| k.as_str().to_owned()),
                state: query.state.map(|s| s.as_str().to_owned()),
                subject: query.subject.map(|s| s.as_str().to_owned()),
                authority: query.authority_id,
                due_before: query.overdue.filter(|wanted| *wanted).map(|_| today),
                open: query.open == Some(true),
                code: query.code.map(|c| c.trim().to_uppercase()),
            };
            let edge = paging.by_id();
            let mut all = service::items(services, db, actor, &filter, edge, paging.fetch())?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(
                rows,
                |r| r.id.to_string(),
                |r| FeedbackListItem::new(r, &all),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Receives something at the counter, by telephone or by post.
#[utoipa::path(
    operation_id = "receive_feedback", tag = "feedback", summary = "Receive a suggestion or a complaint",
    description = "Enters what came at the counter, by telephone or by post. Name, address and telephone are required by law. Answers with a code and a secret, to be handed to the filer: the secret is told once.",
    params(IdempotencyKey), request_body = FeedbackIn,
    responses((status = 201, description = "Received.", body = FeedbackReceived,
        headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback")]
pub async fn receive_feedback(
    writer: Writer<ReceiveFeedback>,
    body: Json<FeedbackIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let filing = Filing {
        kind: body.kind,
        centre: body.centre_id.clone(),
        channel: body.channel,
        subject: body.subject,
        text: body.text.clone(),
        filer: (&body.filer).into(),
        dossier_code: body.dossier_code.clone(),
        about: body.about_user_id.clone(),
        authority: body.authority_id.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let filed = service::receive(services, db, actor, &filing)?;
            let receipt = FilingReceipt {
                code: filed.row.code.clone(),
                secret: filed.secret,
            };
            let feedback = FeedbackView::from(service::shown(services, db, actor, filed.row)?);
            Reply::created(
                format!("/api/v1/feedback/{}", feedback.id),
                Some(feedback.version),
                &FeedbackReceived { feedback, receipt },
            )
        })
        .await
}

/// One suggestion or complaint.
#[utoipa::path(
    operation_id = "get_feedback", tag = "feedback", summary = "Read a suggestion or a complaint",
    description = "One suggestion or complaint with its dates and what was done. Of which officer and dossier it is, only those know who handle or inspect it; for the officer concerned it does not exist.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The item.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/feedback/{id}")]
pub async fn get_feedback(
    reader: Reader<ReadFeedback>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let item = reader
        .read(move |services, db, actor| service::item(services, db, actor, &id))
        .await?;
    let view = FeedbackView::from(item);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Who filed something.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackFiler {
    /// Full name.
    pub full_name: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
}

/// Who filed it.
#[utoipa::path(
    operation_id = "get_feedback_personal_data", tag = "feedback", summary = "Who filed it",
    description = "Name, address and telephone of who filed it, whole. The looking is recorded before it is answered.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The filer.", body = FeedbackFiler)),
    security(("bearer" = []))
)]
#[get("/feedback/{id}/personal-data")]
pub async fn get_feedback_personal_data(
    reader: Reader<ReadFeedbackPersonalData>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let row = reader
        .read_recorded(move |services, db, actor| service::personal_data(services, db, actor, &id))
        .await?;
    Ok(HttpResponse::Ok().json(FeedbackFiler {
        full_name: row.filer_name,
        address: row.filer_address,
        phone: row.filer_phone,
    }))
}

async fn act(
    writer: Writer<HandleFeedback>,
    id: RecordId,
    version: IfMatch,
    body: &impl Serialize,
    doing: Doing,
) -> Result<HttpResponse, Problem> {
    writer
        .once(body, move |services, db, actor| {
            let item = service::act(services, db, actor, &id, version.0, &doing)?;
            let view = FeedbackView::from(item);
            Reply::created(
                format!("/api/v1/feedback/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// To whom something is passed on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackForwardingIn {
    /// To which body; the authority's name when absent.
    #[schema(max_length = 300, example = "Sở Tư pháp thành phố Hà Nội")]
    pub to: Option<String>,
    /// To an authority that the centre receives for: its people see it then.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// By when an answer is asked for; no law sets it.
    pub answer_by: Option<NaiveDate>,
}

/// Passes a suggestion on to the body that is competent.
#[utoipa::path(
    operation_id = "forward_feedback", tag = "feedback", summary = "Pass a suggestion on",
    description = "Passes a suggestion on to the body that is competent, within five working days of receiving it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FeedbackForwardingIn,
    responses((status = 201, description = "Passed on.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback/{id}/forwardings")]
pub async fn forward_feedback(
    writer: Writer<HandleFeedback>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FeedbackForwardingIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Forward {
        to: body.to.clone(),
        authority: body.authority_id.clone(),
        answer_by: body.answer_by,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Whether a complaint is accepted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintAcceptanceIn {
    /// Whether it is accepted.
    pub accepted: bool,
    /// It comes from a remote place that is hard to reach.
    #[serde(default)]
    pub remote: bool,
    /// Why it is not accepted; the complainant is told. Required then.
    #[schema(max_length = 10000)]
    pub reason: Option<String>,
}

/// Accepts a complaint, or not.
#[utoipa::path(
    operation_id = "accept_complaint", tag = "feedback", summary = "Accept a complaint, or not",
    description = "Accepts a complaint for resolution, within ten days of receiving it: 30 days to resolve it, 45 in a remote place. Or does not, with the reason.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = ComplaintAcceptanceIn,
    responses((status = 201, description = "Accepted, or not.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback/{id}/acceptances")]
pub async fn accept_complaint(
    writer: Writer<HandleFeedback>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<ComplaintAcceptanceIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Accept {
        accepted: body.accepted,
        remote: body.remote,
        reason: body.reason.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Why it takes longer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackExtensionIn {
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Phải xác minh tại nhiều nơi"
    )]
    pub reason: String,
    /// Until when; for suggestions. A complaint takes as long as the law gives a complex matter.
    pub until: Option<NaiveDate>,
}

/// Takes longer.
#[utoipa::path(
    operation_id = "extend_feedback", tag = "feedback", summary = "Take longer",
    description = "Takes longer, once. A suggestion until a day that is named; a complaint 45 days in all, 60 in a remote place.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FeedbackExtensionIn,
    responses((status = 201, description = "Prolonged.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback/{id}/extensions")]
pub async fn extend_feedback(
    writer: Writer<HandleFeedback>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FeedbackExtensionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Extend {
        reason: body.reason.clone(),
        until: body.until,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackAnswerIn {
    /// What the filer is told.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Trung tâm đã mở thêm một quầy từ ngày 09/3/2026."
    )]
    pub answer: String,
    /// Whether it was true: required for complaints and for what is about an officer.
    pub upheld: Option<bool>,
}

/// Answers.
#[utoipa::path(
    operation_id = "answer_feedback", tag = "feedback", summary = "Answer",
    description = "Answers a suggestion, or resolves a complaint. The filer reads it with code and secret.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FeedbackAnswerIn,
    responses((status = 201, description = "Answered.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback/{id}/answers")]
pub async fn answer_feedback(
    writer: Writer<HandleFeedback>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FeedbackAnswerIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Answer {
        answer: body.answer.clone(),
        upheld: body.upheld,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// What is published.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackPublicationIn {
    /// What was said, naming nobody.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Công dân phản ánh thời gian chờ lâu vào buổi sáng."
    )]
    pub summary: String,
    /// What was answered, naming nobody.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Trung tâm đã mở thêm một quầy."
    )]
    pub answer: String,
}

/// Publishes an answer.
#[utoipa::path(
    operation_id = "publish_feedback", tag = "feedback", summary = "Publish an answer",
    description = "Publishes what was said and answered, in words that name nobody: the filer's name, address and telephone and the officer's name are looked for. Published again, the new words take the place of the old.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FeedbackPublicationIn,
    responses((status = 201, description = "Published.", body = FeedbackView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/feedback/{id}/publications")]
pub async fn publish_feedback(
    writer: Writer<HandleFeedback>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FeedbackPublicationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = Doing::Publish {
        summary: body.summary.clone(),
        answer: body.answer.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}
