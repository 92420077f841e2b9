//! Findings, followed until they are put right.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::inspection::{FindingAction, FindingCommand, FindingKind, FindingState};
use motcua_services::inspection::finding::{
    self as service, Finding, FindingCounts, FindingDoing, Findings, NewFinding,
};
use motcua_store::inspection::finding::{FindingEdge, FindingFilter, FindingRow};
use motcua_store::{AuthorityId, DossierId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{AnswerFindings, Permit, ReadFindings, Reader, Reply, WorkInspections, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// A finding to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingIn {
    /// Whose it is: an authority that the inspection looks at.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// The dossier it is about, within scope and period.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
    /// The officer responsible.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub officer_id: Option<UserId>,
    /// What it is about.
    #[schema(value_type = words::FindingKind)]
    pub kind: FindingKind,
    /// What was found; names no citizen.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Ba hồ sơ trả kết quả quá hạn mà không có thư xin lỗi."
    )]
    pub text: String,
    /// What is asked.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Gửi thư xin lỗi, báo cáo nguyên nhân."
    )]
    pub asked: String,
    /// By when; not before today.
    pub due_on: NaiveDate,
}

/// A finding in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingItem {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Of which inspection.
    #[schema(format = Uuid)]
    pub inspection_id: String,
    /// The number of its decision.
    pub decision_number: String,
    /// Whose it is.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Its name.
    pub authority_name: String,
    /// The dossier it is about.
    #[schema(format = Uuid)]
    pub dossier_id: Option<String>,
    /// Its code.
    pub dossier_code: Option<String>,
    /// The officer responsible.
    pub officer: Option<PersonRef>,
    /// What it is about.
    #[schema(value_type = words::FindingKind)]
    pub kind: String,
    /// What was found.
    pub text: String,
    /// What is asked.
    pub asked: String,
    /// Where it stands.
    #[schema(value_type = words::FindingState)]
    pub state: String,
    /// Who made it.
    pub made_by: PersonRef,
    /// When.
    pub made_at: DateTime<FixedOffset>,
    /// By when it is to be put right.
    pub due_on: NaiveDate,
    /// That day has passed, and it is still waited for.
    pub overdue: bool,
    /// Row version.
    pub version: i64,
}

fn item(row: FindingRow, all: &Findings) -> FindingItem {
    FindingItem {
        id: row.id.to_string(),
        decision_number: all
            .decisions
            .get(&row.inspection_id)
            .cloned()
            .unwrap_or_default(),
        inspection_id: row.inspection_id.to_string(),
        authority_name: all
            .authorities
            .get(&row.authority_id)
            .cloned()
            .unwrap_or_default(),
        authority_id: row.authority_id.to_string(),
        dossier_code: row
            .dossier_id
            .as_ref()
            .and_then(|id| all.codes.get(id).cloned().flatten()),
        dossier_id: row.dossier_id.as_ref().map(ToString::to_string),
        officer: row
            .officer_id
            .as_ref()
            .map(|id| PersonRef::of(id, &all.names)),
        made_by: PersonRef::of(&row.made_by, &all.names),
        made_at: vn(row.made_at),
        overdue: !row.settled && row.due_on < all.today,
        kind: row.kind,
        text: row.text,
        asked: row.asked,
        state: row.state,
        due_on: row.due_on,
        version: row.version,
    }
}

/// One step of a finding.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingStep {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What: `made`, `reported`, `accepted`, `sent_back`, `prolonged`, `withdrawn`.
    pub kind: String,
    /// Who.
    pub by: PersonRef,
    /// In words.
    pub note: Option<String>,
    /// Number of the document that proves it.
    pub document_number: Option<String>,
    /// The day it was due by from then on, where it was set.
    pub due_on: Option<NaiveDate>,
}

/// A finding with its steps.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// It.
    #[serde(flatten)]
    pub finding: FindingItem,
    /// Its steps, oldest first.
    #[schema(max_items = 200)]
    pub steps: Vec<FindingStep>,
    /// What the caller may do now.
    #[schema(value_type = Vec<words::FindingAction>, max_items = 5)]
    pub allowed_actions: Vec<FindingAction>,
}

fn view(found: Finding) -> Result<FindingView, motcua_services::Error> {
    let mut all = found.all;
    let row = all
        .rows
        .pop()
        .ok_or_else(|| motcua_services::Error::Internal("a finding went missing".into()))?;
    Ok(FindingView {
        steps: found
            .steps
            .into_iter()
            .map(|s| FindingStep {
                at: vn(s.at),
                by: PersonRef::of(&s.actor_id, &all.names),
                kind: s.kind,
                note: s.note,
                document_number: s.document_number,
                due_on: s.due_on,
            })
            .collect(),
        finding: item(row, &all),
        allowed_actions: found.allowed,
    })
}

/// Which findings.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FindingsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of one inspection.
    #[param(value_type = Option<String>, format = Uuid)]
    pub inspection_id: Option<RecordId>,
    /// Of one authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Of one dossier.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
    /// What they are about.
    #[param(value_type = Option<words::FindingKind>)]
    pub kind: Option<FindingKind>,
    /// Where they stand.
    #[param(value_type = Option<words::FindingState>)]
    pub state: Option<FindingState>,
    /// Only what is still waited for (true), or only what is not (false).
    pub open: Option<bool>,
    /// Only what is overdue.
    pub overdue: Option<bool>,
    /// Only those for which the caller is responsible.
    pub mine: Option<bool>,
}

/// Findings, what is overdue first.
#[utoipa::path(
    operation_id = "list_findings", tag = "inspections", summary = "Findings",
    description = "Findings in the caller's sight: of the centre or authority that the caller answers for or inspects, of inspections of whose team the caller is, and those for which the caller is responsible. What is waited for comes first, and of that what is due longest.",
    params(FindingsQuery),
    responses((status = 200, description = "A page.", body = Page<FindingItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/findings")]
pub async fn list_findings(
    reader: Reader<ReadFindings>,
    req: HttpRequest,
    query: Query<FindingsQuery>,
) -> Result<HttpResponse, Problem> {
    let mut query = query.into_inner();
    let (limit, cursor) = (query.limit.take(), query.cursor.take());
    let paging: Paging<(bool, NaiveDate, String)> =
        Paging::read(limit, cursor.as_deref(), "due_on", &query)?;
    let page = reader
        .read(move |services, db, actor| {
            let today = motcua_domain::vn_time::local_date(services.now());
            let filter = FindingFilter {
                inspection: query.inspection_id,
                authority: query.authority_id,
                dossier: query.dossier_id,
                kind: query.kind.map(|k| k.as_str().to_owned()),
                state: query.state.map(|s| s.as_str().to_owned()),
                settled: query.open.map(|open| !open),
                due_before: query.overdue.filter(|wanted| *wanted).map(|_| today),
                mine: query.mine == Some(true),
            };
            let edge = paging
                .edge
                .clone()
                .map(|(settled, due_on, id)| FindingEdge {
                    settled,
                    due_on,
                    id,
                    backwards: paging.backwards,
                });
            let mut all =
                service::findings(services, db, actor, &filter, edge.as_ref(), paging.fetch())?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(
                rows,
                |r| (r.settled, r.due_on, r.id.to_string()),
                |r| item(r, &all),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// How many findings wait.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingsWaiting {
    /// To be put right.
    pub open: i64,
    /// Reported as put right, not accepted yet.
    pub reported: i64,
    /// Of both, overdue.
    pub overdue: i64,
}

impl From<FindingCounts> for FindingsWaiting {
    fn from(counts: FindingCounts) -> Self {
        Self {
            open: counts.open,
            reported: counts.reported,
            overdue: counts.overdue,
        }
    }
}

/// Which findings are counted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FindingCountsQuery {
    /// Of one inspection.
    #[param(value_type = Option<String>, format = Uuid)]
    pub inspection_id: Option<RecordId>,
    /// Of one authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Only those for which the caller is responsible.
    pub mine: Option<bool>,
}

/// How many findings wait, and how many are overdue.
#[utoipa::path(
    operation_id = "count_findings", tag = "inspections", summary = "Count findings",
    description = "How many findings in the caller's sight wait, are reported as put right, and are overdue: for a board.",
    params(FindingCountsQuery),
    responses((status = 200, description = "The counts.", body = FindingsWaiting)),
    security(("bearer" = []))
)]
#[get("/finding-counts")]
pub async fn count_findings(
    reader: Reader<ReadFindings>,
    query: Query<FindingCountsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let counts = reader
        .read(move |services, db, actor| {
            let filter = FindingFilter {
                inspection: query.inspection_id,
                authority: query.authority_id,
                mine: query.mine == Some(true),
                ..FindingFilter::default()
            };
            service::counts(services, db, actor, &filter)
        })
        .await?;
    Ok(HttpResponse::Ok().json(FindingsWaiting::from(counts)))
}

/// Makes a finding.
#[utoipa::path(
    operation_id = "make_finding", tag = "inspections", summary = "Make a finding",
    description = "Makes a finding of an inspection: whose it is, what is asked, by when. Only for the team, from its first day until the conclusion.",
    params(("id" = String, Path, description = "The inspection.", format = Uuid), IdempotencyKey), request_body = FindingIn,
    responses((status = 201, description = "Made.", body = FindingView,
        headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/inspections/{id}/findings")]
pub async fn make_finding(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    body: Json<FindingIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let new = NewFinding {
        authority: body.authority_id.clone(),
        dossier: body.dossier_id.clone(),
        officer: body.officer_id.clone(),
        kind: body.kind,
        text: body.text.clone(),
        asked: body.asked.clone(),
        due_on: body.due_on,
    };
    writer
        .once(&body, move |services, db, actor| {
            let view = view(service::make(services, db, actor, &id, &new)?)?;
            Reply::created(
                format!("/api/v1/findings/{}", view.finding.id),
                Some(view.finding.version),
                &view,
            )
        })
        .await
}

/// One finding.
#[utoipa::path(
    operation_id = "get_finding", tag = "inspections", summary = "Read a finding",
    description = "One finding with every step of it, and what the caller may do now.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The finding.", body = FindingView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/findings/{id}")]
pub async fn get_finding(
    reader: Reader<ReadFindings>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| view(service::finding(services, db, actor, &id)?))
        .await?;
    Ok(versioned(StatusCode::OK, view.finding.version, &view))
}

async fn act<P: Permit>(
    writer: Writer<P>,
    id: RecordId,
    version: IfMatch,
    body: &impl Serialize,
    doing: FindingDoing,
) -> Result<HttpResponse, Problem> {
    writer
        .once(body, move |services, db, actor| {
            let view = view(service::act(services, db, actor, &id, version.0, &doing)?)?;
            Reply::created(
                format!("/api/v1/findings/{}", view.finding.id),
                Some(view.finding.version),
                &view,
            )
        })
        .await
}

/// How something was put right.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingReportIn {
    /// How.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Đã gửi ba thư xin lỗi ngày 09/3/2026."
    )]
    pub note: String,
    /// Number of the document that proves it.
    #[schema(max_length = 100, example = "45/BC-UBND")]
    pub document_number: Option<String>,
}

/// Reports that a finding is put right.
#[utoipa::path(
    operation_id = "report_finding_fixed", tag = "inspections", summary = "Report as put right",
    description = "Reports that a finding is put right; those who answer for the authority do. It waits then for the team to accept it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FindingReportIn,
    responses((status = 201, description = "Reported.", body = FindingView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/findings/{id}/reports")]
pub async fn report_finding_fixed(
    writer: Writer<AnswerFindings>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FindingReportIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = FindingDoing {
        command: FindingCommand::Report,
        note: Some(body.note.clone()),
        document_number: body.document_number.clone(),
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Whether a report is accepted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingAcceptanceIn {
    /// Accepted, and closed by it; else it is sent back.
    pub accepted: bool,
    /// In words; required where it is sent back.
    #[schema(max_length = 10000)]
    pub note: Option<String>,
}

/// Accepts that a finding is put right, or sends the report back.
#[utoipa::path(
    operation_id = "accept_finding_report", tag = "inspections", summary = "Accept, or send back",
    description = "Accepts that a finding is put right and closes it, or sends the report back with the reason. The inspection's team does, or who opens inspections; not who reported it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FindingAcceptanceIn,
    responses((status = 201, description = "Accepted, or sent back.", body = FindingView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/findings/{id}/acceptances")]
pub async fn accept_finding_report(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FindingAcceptanceIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = FindingDoing {
        command: if body.accepted {
            FindingCommand::Accept
        } else {
            FindingCommand::SendBack
        },
        note: body.note.clone(),
        document_number: None,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// More time for a finding.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingProlongationIn {
    /// Until when; later than before.
    pub due_on: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 10000, example = "Chờ kinh phí sửa chữa")]
    pub reason: String,
}

/// Gives a finding more time.
#[utoipa::path(
    operation_id = "prolong_finding", tag = "inspections", summary = "Give more time",
    description = "Gives a finding more time, with the reason. The inspection's team does, or who opens inspections.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FindingProlongationIn,
    responses((status = 201, description = "Prolonged.", body = FindingView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/findings/{id}/prolongations")]
pub async fn prolong_finding(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FindingProlongationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = FindingDoing {
        command: FindingCommand::Prolong { until: body.due_on },
        note: Some(body.reason.clone()),
        document_number: None,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}

/// Why a finding is withdrawn.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingWithdrawalIn {
    /// Why.
    #[schema(min_length = 1, max_length = 10000, example = "Ghi nhầm cơ quan")]
    pub reason: String,
}

/// Withdraws a finding.
#[utoipa::path(
    operation_id = "withdraw_finding", tag = "inspections", summary = "Withdraw a finding",
    description = "Withdraws a finding, with the reason; it stays on record. The inspection's team does, or who opens inspections.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = FindingWithdrawalIn,
    responses((status = 201, description = "Withdrawn.", body = FindingView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/findings/{id}/withdrawals")]
pub async fn withdraw_finding(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<FindingWithdrawalIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let doing = FindingDoing {
        command: FindingCommand::Withdraw,
        note: Some(body.reason.clone()),
        document_number: None,
    };
    act(writer, id.into_inner(), version, &body, doing).await
}
