//! What people ask about their own data.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::personal_data::{DataRequestKind, DataRequestOutcome};
use motcua_domain::text::{mask_number, mask_phone};
use motcua_services::personal_data::{self as service, Answer, Everything, NewRequest, Requests};
use motcua_store::personal_data::DataRequestRow;
use motcua_store::{DossierId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{AnswerDataRequests, Reader, ReceiveDataRequests, Reply, Writer};
use crate::dossier::view::{LetterView, PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// A request about one's own data.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataRequestIn {
    /// What is asked.
    #[schema(value_type = words::DataRequestKind)]
    pub kind: DataRequestKind,
    /// Who asks.
    #[schema(min_length = 1, max_length = 200, example = "Nguyễn Văn An")]
    pub requester_name: String,
    /// The number by which the person is found.
    #[schema(min_length = 1, max_length = 30, example = "001085012345")]
    pub requester_identity: String,
    /// Telephone.
    #[schema(max_length = 20, example = "0912345678")]
    pub requester_phone: Option<String>,
    /// How it was seen that the asker is this person.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Đối chiếu thẻ căn cước tại quầy"
    )]
    pub verified_by: String,
    /// In the person's words.
    #[schema(max_length = 2000)]
    pub details: Option<String>,
}

/// How a request is answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DataAnswerIn {
    /// As asked, or refused.
    #[schema(value_type = words::DataRequestOutcome)]
    pub outcome: DataRequestOutcome,
    /// What the person is told.
    #[schema(
        min_length = 1,
        max_length = 4000,
        example = "Đã giao bản kết xuất toàn bộ dữ liệu."
    )]
    pub answer: String,
    /// On which law it is refused; required then.
    #[schema(max_length = 500)]
    pub legal_basis: Option<String>,
}

/// A request, the asker's numbers masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataRequest {
    /// Id.
    pub id: String,
    /// What is asked.
    #[schema(value_type = words::DataRequestKind)]
    pub kind: String,
    /// Who asks.
    pub requester_name: String,
    /// The number, masked.
    pub requester_identity: String,
    /// Telephone, masked.
    pub requester_phone: Option<String>,
    /// How it was seen that the asker is this person.
    pub verified_by: String,
    /// In the person's words.
    pub details: Option<String>,
    /// When it came.
    pub received_at: DateTime<FixedOffset>,
    /// Who received it.
    pub received_by: PersonRef,
    /// By when it is answered: two working days.
    pub answer_due_on: NaiveDate,
    /// How it was answered.
    #[schema(value_type = Option<words::DataRequestOutcome>)]
    pub outcome: Option<String>,
    /// What the person was told.
    pub answer: Option<String>,
    /// On which law it was refused.
    pub legal_basis: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<FixedOffset>>,
    /// Who answered.
    pub answered_by: Option<PersonRef>,
}

impl DataRequest {
    fn new(row: DataRequestRow, all: &Requests) -> Self {
        let person = |id: &UserId| PersonRef::of(id, &all.names);
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            requester_name: row.requester_name,
            requester_identity: mask_number(&row.requester_identity),
            requester_phone: row.requester_phone.as_deref().map(mask_phone),
            verified_by: row.verified_by,
            details: row.details,
            received_at: vn(row.received_at),
            received_by: person(&row.received_by),
            answer_due_on: row.answer_due_on,
            outcome: row.outcome,
            answer: row.answer,
            legal_basis: row.legal_basis,
            answered_at: vn_opt(row.answered_at),
            answered_by: row.answered_by.as_ref().map(person),
        }
    }

    fn only(mut all: Requests) -> Option<Self> {
        let row = all.rows.pop()?;
        Some(Self::new(row, &all))
    }
}

/// Which requests.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DataRequestQuery {
    /// Only those that wait for an answer.
    pub open: Option<bool>,
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// Requests about one's own data, newest first.
#[utoipa::path(
    operation_id = "list_data_requests", tag = "personal-data", summary = "Requests about one's own data",
    description = "Requests of people about their own data at the caller's centres, newest first, numbers masked.",
    params(DataRequestQuery),
    responses((status = 200, description = "A page of requests.", body = Page<DataRequest>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/data-requests")]
pub async fn list_data_requests(
    reader: Reader<ReceiveDataRequests>,
    req: HttpRequest,
    query: Query<DataRequestQuery>,
) -> Result<HttpResponse, Problem> {
    let open = query.open == Some(true);
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &open)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let mut all = service::requests(services, db, actor, open, edge, paging.fetch())?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(rows, |r| r.id.to_string(), |r| DataRequest::new(r, &all)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One request.
#[utoipa::path(
    operation_id = "get_data_request", tag = "personal-data", summary = "Read a request",
    description = "One request of somebody about their own data.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The request.", body = DataRequest)),
    security(("bearer" = []))
)]
#[get("/data-requests/{id}")]
pub async fn get_data_request(
    reader: Reader<ReceiveDataRequests>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |services, db, actor| {
            Ok(DataRequest::only(service::request(
                services, db, actor, &id,
            )?))
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Receives a request.
#[utoipa::path(
    operation_id = "receive_data_request", tag = "personal-data", summary = "Receive a request",
    description = "Receives what somebody asks about their own data, and says by when it is answered: two working days.",
    params(IdempotencyKey), request_body = DataRequestIn,
    responses((status = 201, description = "Received.", body = DataRequest,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/data-requests")]
pub async fn receive_data_request(
    writer: Writer<ReceiveDataRequests>,
    body: Json<DataRequestIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewRequest {
        kind: body.kind,
        requester_name: body.requester_name.clone(),
        requester_identity: body.requester_identity.clone(),
        requester_phone: body.requester_phone.clone(),
        verified_by: body.verified_by.clone(),
        details: body.details.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let made = DataRequest::only(service::receive(services, db, actor, &new)?);
            let at = made
                .as_ref()
                .map(|r| format!("/api/v1/data-requests/{}", r.id));
            Reply::created(at.unwrap_or_default(), None, &made)
        })
        .await
}

/// Answers a request.
#[utoipa::path(
    operation_id = "answer_data_request", tag = "personal-data", summary = "Answer a request",
    description = "Answers a request, once. A refusal names its legal basis.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey), request_body = DataAnswerIn,
    responses((status = 201, description = "Answered.", body = DataRequest)),
    security(("bearer" = []))
)]
#[post("/data-requests/{id}/answers")]
pub async fn answer_data_request(
    writer: Writer<AnswerDataRequests>,
    id: Path<RecordId>,
    body: Json<DataAnswerIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let given = Answer {
        outcome: body.outcome,
        answer: body.answer.clone(),
        legal_basis: body.legal_basis.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let done = DataRequest::only(service::answer(services, db, actor, &id, &given)?);
            Reply::created(
                format!("/api/v1/data-requests/{}", id.as_str()),
                None,
                &done,
            )
        })
        .await
}

/// A dossier in which somebody stands, with what it says of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldDossier {
    /// Code.
    pub code: Option<String>,
    /// What it is about.
    pub procedure_name: String,
    /// When it came in.
    pub received_at: DateTime<FixedOffset>,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// As what the person stands in it: `owner`, `filer`, `collector`.
    #[schema(max_items = 3)]
    pub as_what: Vec<String>,
    /// Full name as it is kept.
    pub full_name: Option<String>,
    /// Birth date.
    pub birth_date: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// The owner as he was typed before a mistake was put right, oldest first; only for the owner.
    #[schema(max_items = 100)]
    pub earlier: Vec<HeldEarlier>,
    /// What was decided, asked for and noted about it, oldest first; only for the owner.
    #[schema(max_items = 1000)]
    pub decisions: Vec<HeldDecision>,
    /// Results, the newest last; only for the owner.
    #[schema(max_items = 100)]
    pub results: Vec<HeldResult>,
    /// What was asked to be supplied; only for the owner.
    #[schema(max_items = 100)]
    pub supplements: Vec<HeldSupplement>,
    /// Numbered papers issued with it.
    #[schema(max_items = 1000)]
    pub letters: Vec<LetterView>,
    /// Who looked at the personal data of this dossier before this copy was made.
    #[schema(max_items = 5000)]
    pub looks: Vec<HeldLook>,
    /// What this person was told about it, and where to.
    #[schema(max_items = 10000)]
    pub messages: Vec<HeldMessage>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldMessage {
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: String,
    /// Address or number.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Where it stands.
    #[schema(value_type = words::MessageState)]
    pub state: String,
    /// When it was made.
    pub created_at: DateTime<FixedOffset>,
}

/// An owner as he was typed before a mistake was put right.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldEarlier {
    /// Until when it stood there.
    pub until: DateTime<FixedOffset>,
    /// Full name.
    pub full_name: Option<String>,
    /// Number.
    pub identity_number: Option<String>,
    /// Birth date.
    pub birth_date: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// Something decided or noted about a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldDecision {
    /// What it is, such as `decision`, `refusal`, `stop`.
    pub kind: String,
    /// How it was decided.
    pub outcome: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Its legal basis.
    pub legal_basis: Option<String>,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By whom; none: by the program, when its time had passed.
    pub by: Option<PersonRef>,
    /// It was taken back.
    pub voided: bool,
}

/// A result.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldResult {
    /// Number.
    pub number: Option<String>,
    /// Date on it.
    pub issued_on: Option<NaiveDate>,
    /// What it is.
    pub summary: String,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// It was taken back.
    pub voided: bool,
}

/// A request for supplements.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldSupplement {
    /// What was missing.
    #[schema(max_items = 30)]
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub requested_at: DateTime<FixedOffset>,
    /// When it was supplied.
    pub fulfilled_at: Option<DateTime<FixedOffset>>,
}

/// A look at the personal data of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldLook {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub by: Option<PersonRef>,
    /// What for: `view`, `form_01`, `data_request`.
    pub purpose: String,
}

/// A certified paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldCertification {
    /// Number in the book.
    pub number: i64,
    /// Year of the book.
    pub year: i32,
    /// The paper.
    pub document_name: String,
    /// When.
    pub certified_at: DateTime<FixedOffset>,
}

/// A field of a declaration.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldField {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub value: String,
}

/// What a declaration says of the person.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldDeclaration {
    /// The form with its version.
    pub form_number: String,
    /// As whom the person stands in it, by the form's word.
    pub as_what: String,
    /// When it was begun.
    pub created_at: DateTime<FixedOffset>,
    /// When it was signed, if it was.
    pub signed_at: Option<DateTime<FixedOffset>>,
    /// What its fields say of the person.
    #[schema(max_items = 40)]
    pub fields: Vec<HeldField>,
}

/// All that is held about one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalDataExport {
    /// The person's number.
    pub identity_number: String,
    /// When it was gathered.
    pub gathered_at: DateTime<FixedOffset>,
    /// Dossiers in which the number stands.
    #[schema(max_items = 1000)]
    pub dossiers: Vec<HeldDossier>,
    /// Lines of the books of certification.
    #[schema(max_items = 1000)]
    pub certifications: Vec<HeldCertification>,
    /// What declarations say of the person.
    #[schema(max_items = 1000)]
    pub declarations: Vec<HeldDeclaration>,
    /// The person's own requests about their data.
    #[schema(max_items = 1000)]
    pub requests: Vec<HeldRequest>,
    /// There is more than this copy holds.
    pub capped: bool,
}

/// A request about one's own data.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRequest {
    /// What was asked.
    #[schema(value_type = words::DataRequestKind)]
    pub kind: String,
    /// When.
    pub received_at: DateTime<FixedOffset>,
    /// What was told.
    pub answer: Option<String>,
}

/// What the person typed stood there before it was put right.
#[derive(Default, Deserialize)]
struct Before {
    owner: BeforeOwner,
}

#[derive(Default, Deserialize)]
struct BeforeOwner {
    full_name: Option<String>,
    identity_number: Option<String>,
    birth_date: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<String>,
}

/// What is kept beside a dossier and says something of the person: what was decided about the owner's
/// matter is the owner's, who looked is told to everybody who stands in it.
fn tell_the_rest(held: &mut HeldDossier, id: &DossierId, owner: bool, all: &Everything) {
    let beside = &all.beside;
    let person = |id: &motcua_store::UserId| PersonRef::of(id, &all.names);
    held.letters = beside
        .letters
        .iter()
        .filter(|l| &l.dossier_id == id)
        .cloned()
        .map(LetterView::from)
        .collect();
    held.looks = all
        .looks
        .iter()
        .filter(|e| e.subject_id == id.as_str())
        .map(|e| {
            let data: serde_json::Value = serde_json::from_str(&e.data).unwrap_or_default();
            HeldLook {
                at: vn(e.at),
                by: e.actor_id.as_ref().map(person),
                purpose: data["purpose"].as_str().unwrap_or_default().to_owned(),
            }
        })
        .collect();
    let role = if owner { "owner" } else { "filer" };
    held.messages = beside
        .messages
        .iter()
        .filter(|m| &m.dossier_id == id && m.recipient_role == role)
        .filter(|m| held.as_what.iter().any(|w| w == &m.recipient_role))
        .map(|m| HeldMessage {
            channel: m.channel.clone(),
            recipient: m.recipient.clone(),
            subject: m.subject.clone(),
            body: m.body.clone(),
            state: m.state.clone(),
            created_at: vn(m.created_at),
        })
        .collect();
    if !owner {
        return;
    }
    held.earlier = beside
        .amendments
        .iter()
        .filter(|a| &a.dossier_id == id)
        .map(|a| {
            let before: Before = serde_json::from_str(&a.before).unwrap_or_default();
            HeldEarlier {
                until: vn(a.amended_at),
                full_name: before.owner.full_name,
                identity_number: before.owner.identity_number,
                birth_date: before.owner.birth_date,
                phone: before.owner.phone,
                email: before.owner.email,
                address: before.owner.address,
            }
        })
        .collect();
    held.decisions = beside
        .decisions
        .iter()
        .filter(|d| &d.dossier_id == id)
        .map(|d| HeldDecision {
            kind: d.kind.clone(),
            outcome: d.outcome.clone(),
            reason: d.reason.clone(),
            legal_basis: d.legal_basis.clone(),
            at: vn(d.decided_at),
            by: d.decided_by.as_ref().map(person),
            voided: d.voided_at.is_some(),
        })
        .collect();
    held.results = beside
        .results
        .iter()
        .filter(|r| &r.dossier_id == id)
        .map(|r| HeldResult {
            number: r.number.clone(),
            issued_on: r.issued_on,
            summary: r.summary.clone(),
            recorded_at: vn(r.recorded_at),
            voided: r.voided_at.is_some(),
        })
        .collect();
    held.supplements = beside
        .supplements
        .iter()
        .filter(|s| &s.dossier_id == id)
        .map(|s| HeldSupplement {
            items: serde_json::from_str(&s.items).unwrap_or_default(),
            reason: s.reason.clone(),
            requested_at: vn(s.requested_at),
            fulfilled_at: s.fulfilled_at.map(vn),
        })
        .collect();
}

fn export(all: Everything, now: DateTime<FixedOffset>) -> PersonalDataExport {
    let number = all.request.requester_identity.clone();
    let mine = |n: &Option<String>| n.as_deref() == Some(number.as_str());
    let dossiers = all
        .dossiers
        .iter()
        .map(|d| {
            let filer = all
                .filers
                .iter()
                .find(|f| f.dossier_id == d.id && mine(&f.identity_number));
            let collector = all
                .returns
                .iter()
                .find(|r| r.dossier_id == d.id && mine(&r.identity_number));
            let owner = mine(&d.owner_identity);
            let mut as_what = Vec::new();
            if owner {
                as_what.push("owner".to_owned());
            }
            if filer.is_some() {
                as_what.push("filer".to_owned());
            }
            if collector.is_some() {
                as_what.push("collector".to_owned());
            }
            // Of others who stand in the same dossier nothing is told.
            let (name, phone, email, address) = match (owner, filer) {
                (true, _) => (
                    Some(d.owner_name.clone()),
                    d.owner_phone.clone(),
                    d.owner_email.clone(),
                    d.owner_address.clone(),
                ),
                (false, Some(f)) => (
                    Some(f.full_name.clone()),
                    f.phone.clone(),
                    f.email.clone(),
                    f.address.clone(),
                ),
                (false, None) => (
                    collector.map(|c| c.collector_name.clone()),
                    None,
                    None,
                    None,
                ),
            };
            let mut held = HeldDossier {
                code: d.code.clone(),
                procedure_name: d.procedure_name.clone(),
                received_at: vn(d.received_at),
                state: d.state.clone(),
                as_what,
                full_name: name,
                birth_date: d.owner_birth.clone().filter(|_| owner),
                phone,
                email,
                address,
                earlier: Vec::new(),
                decisions: Vec::new(),
                results: Vec::new(),
                supplements: Vec::new(),
                letters: Vec::new(),
                looks: Vec::new(),
                messages: Vec::new(),
            };
            tell_the_rest(&mut held, &d.id, owner, &all);
            held
        })
        .collect();
    PersonalDataExport {
        dossiers,
        declarations: all
            .declarations
            .into_iter()
            .map(|held| HeldDeclaration {
                form_number: held.row.form_number,
                as_what: held.party,
                created_at: vn(held.row.created_at),
                signed_at: vn_opt(held.row.signed_at),
                fields: held
                    .fields
                    .into_iter()
                    .map(|(name, value)| HeldField { name, value })
                    .collect(),
            })
            .collect(),
        certifications: all
            .certified
            .into_iter()
            .map(|e| HeldCertification {
                number: e.number,
                year: e.year,
                document_name: e.document_name,
                certified_at: vn(e.certified_at),
            })
            .collect(),
        requests: all
            .requests
            .into_iter()
            .map(|r| HeldRequest {
                kind: r.kind,
                received_at: vn(r.received_at),
                answer: r.answer,
            })
            .collect(),
        identity_number: number,
        gathered_at: now,
        capped: all.capped,
    }
}

/// All that is held about the person of a request.
#[utoipa::path(
    operation_id = "export_personal_data", tag = "personal-data", summary = "Everything about one person",
    description = "All that is held at the caller's centres about the person of a request: what dossiers say of them, what was decided, issued and put right in the person's own, who looked at it, lines of the books of certification, their own requests. Of others who stand in the same dossiers nothing is told. Each look is recorded.",
    params(("id" = String, Path, description = "Id of the request.", format = Uuid)),
    responses((status = 200, description = "The copy.", body = PersonalDataExport,
        headers(("Content-Disposition" = String, description = "The file's name.")))),
    security(("bearer" = []))
)]
#[get("/data-requests/{id}/export")]
pub async fn export_personal_data(
    reader: Reader<AnswerDataRequests>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let copy = reader
        .read_recorded(move |services, db, actor| {
            let all = service::everything(services, db, actor, &id)?;
            Ok(export(all, motcua_domain::vn_time::to_vn(services.now())))
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((
            CONTENT_DISPOSITION,
            "attachment; filename=\"du-lieu-ca-nhan.json\"",
        ))
        .json(copy))
}
