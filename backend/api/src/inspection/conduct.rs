//! Commendation and discipline, tied to what they rest on.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::inspection::{ConductKind, EvidenceKind};
use motcua_services::inspection::conduct::{self as service, Conduct, NewConduct, Revocation};
use motcua_store::inspection::conduct::ConductFilter;
use motcua_store::{AuthorityId, CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::InspectionPageQuery;
use crate::auth::{KeepConductRecords, ReadFindings, Reader, Reply, SignedIn, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// Something that a record rests on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceIn {
    /// What it is.
    #[schema(value_type = words::EvidenceKind)]
    pub kind: EvidenceKind,
    /// Which: the id of a line of a frozen snapshot of indices, of feedback found true, of a dossier, a finding,
    /// an inspection of this centre.
    #[schema(min_length = 1, max_length = 64)]
    pub id: String,
}

/// A commendation or a discipline record to be kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConductRecordIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Commendation or discipline.
    #[schema(value_type = words::ConductKind)]
    pub kind: ConductKind,
    /// About whom; or else name an authority.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub officer_id: Option<UserId>,
    /// About which authority.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Which form it takes.
    #[schema(min_length = 1, max_length = 200, example = "Giấy khen")]
    pub form: String,
    /// Number of the decision.
    #[schema(min_length = 1, max_length = 100, example = "88/QĐ-UBND")]
    pub decision_number: String,
    /// Its day; not in the future.
    pub decision_on: NaiveDate,
    /// Who decided.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Chủ tịch Ủy ban nhân dân phường"
    )]
    pub decided_by: String,
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Hoàn thành xuất sắc nhiệm vụ quý I"
    )]
    pub reason: String,
    /// The decision makes it public: everybody of the centre reads it then.
    #[serde(default)]
    pub public: bool,
    /// What it rests on; at least one thing.
    #[schema(min_items = 1, max_items = 20)]
    pub evidence: Vec<EvidenceIn>,
}

/// Something that a record rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// What it is.
    #[schema(value_type = words::EvidenceKind)]
    pub kind: String,
    /// Which.
    pub id: String,
    /// As it was called when the record was kept: a code, a number of a decision; of indices the quarter, the
    /// snapshot's number and which of the nine.
    pub label: String,
}

/// That a record was revoked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConductRevocation {
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who entered it.
    pub by: PersonRef,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// A commendation or a discipline record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConductRecordView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Commendation or discipline.
    #[schema(value_type = words::ConductKind)]
    pub kind: String,
    /// About whom; null: about the authority.
    pub officer: Option<PersonRef>,
    /// About which authority, or the one that the officer works for.
    #[schema(format = Uuid)]
    pub authority_id: Option<String>,
    /// Its name.
    pub authority_name: Option<String>,
    /// Which form it takes.
    pub form: String,
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Who decided.
    pub decided_by: String,
    /// Why.
    pub reason: String,
    /// The decision makes it public.
    pub public: bool,
    /// What it rests on; empty for who reads it only because it is public.
    #[schema(max_items = 20)]
    pub evidence: Vec<EvidenceView>,
    /// That it was revoked.
    pub revocation: Option<ConductRevocation>,
    /// Who entered it.
    pub kept_by: PersonRef,
    /// When.
    pub kept_at: DateTime<FixedOffset>,
    /// The caller may revoke it.
    pub may_revoke: bool,
}

impl From<Conduct> for ConductRecordView {
    fn from(all: Conduct) -> Self {
        let person = |id: &UserId| PersonRef::of(id, &all.names);
        let row = all.row;
        Self {
            id: row.id.to_string(),
            officer: row.officer_id.as_ref().map(person),
            authority_id: row.authority_id.as_ref().map(ToString::to_string),
            authority_name: all.authority,
            evidence: all
                .evidence
                .into_iter()
                .map(|e| EvidenceView {
                    kind: e.kind,
                    id: e.reference_id,
                    label: e.label,
                })
                .collect(),
            may_revoke: all.keeps && all.revocation.is_none(),
            kept_by: person(&row.kept_by),
            kept_at: vn(row.kept_at),
            revocation: all.revocation.map(|r| ConductRevocation {
                by: PersonRef::of(&r.revoked_by, &all.names),
                at: vn(r.revoked_at),
                decision_number: r.decision_number,
                decision_on: r.decision_on,
                reason: r.reason,
            }),
            kind: row.kind,
            form: row.form,
            decision_number: row.decision_number,
            decision_on: row.decision_on,
            decided_by: row.decided_by,
            reason: row.reason,
            public: row.public,
        }
    }
}

/// Which records.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ConductRecordsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Commendation or discipline.
    #[param(value_type = Option<words::ConductKind>)]
    pub kind: Option<ConductKind>,
    /// About whom.
    #[param(value_type = Option<String>, format = Uuid)]
    pub officer_id: Option<UserId>,
    /// Of which authority.
    #[param(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
}

/// Commendation and discipline records, newest first.
#[utoipa::path(
    operation_id = "list_conduct_records", tag = "inspections", summary = "Commendation and discipline",
    description = "Commendation and discipline records of the centre or authority that the caller answers for, newest first; for everybody else those of the caller's centre that a decision made public.",
    params(ConductRecordsQuery),
    responses((status = 200, description = "A page.", body = Page<ConductRecordView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/conduct-records")]
pub async fn list_conduct_records(
    reader: Reader<ReadFindings>,
    req: HttpRequest,
    query: Query<ConductRecordsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (query.kind, &query.officer_id, &query.authority_id);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let filter = ConductFilter {
                kind: query.kind.map(|k| k.as_str().to_owned()),
                officer: query.officer_id,
                authority: query.authority_id,
            };
            let (edge, fetch) = (paging.by_id(), paging.fetch());
            let found = service::records(services, db, actor, &filter, edge, fetch)?;
            Ok(paging.page(found, |r| r.row.id.to_string(), ConductRecordView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Keeps a commendation or a discipline record.
#[utoipa::path(
    operation_id = "keep_conduct_record", tag = "inspections", summary = "Keep a record",
    description = "Keeps a commendation or a discipline record of an officer or an authority, by decision, with what it rests on: things of this centre that are there. It is never changed, only revoked.",
    params(IdempotencyKey), request_body = ConductRecordIn,
    responses(
        (status = 201, description = "Kept.", body = ConductRecordView,
            headers(("Location" = String, description = "Its address."))),
    ),
    security(("bearer" = []))
)]
#[post("/conduct-records")]
pub async fn keep_conduct_record(
    writer: Writer<KeepConductRecords>,
    body: Json<ConductRecordIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewConduct {
        centre: body.centre_id.clone(),
        kind: body.kind,
        officer: body.officer_id.clone(),
        authority: body.authority_id.clone(),
        form: body.form.clone(),
        decision_number: body.decision_number.clone(),
        decision_on: body.decision_on,
        decided_by: body.decided_by.clone(),
        reason: body.reason.clone(),
        public: body.public,
        evidence: body
            .evidence
            .iter()
            .map(|e| (e.kind, e.id.clone()))
            .collect(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let view = ConductRecordView::from(service::keep(services, db, actor, &new)?);
            Reply::created(format!("/api/v1/conduct-records/{}", view.id), None, &view)
        })
        .await
}

/// One record.
#[utoipa::path(
    operation_id = "get_conduct_record", tag = "inspections", summary = "Read a record",
    description = "One record: for whom it is about, for whom answers for the authority or centre, and for everybody of the centre where a decision made it public. For others it is not there.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The record.", body = ConductRecordView)),
    security(("bearer" = []))
)]
#[get("/conduct-records/{id}")]
pub async fn get_conduct_record(
    reader: Reader<SignedIn>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            service::conduct(services, db, actor, &id).map(ConductRecordView::from)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Why a record is revoked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConductRevocationIn {
    /// Number of the decision.
    #[schema(min_length = 1, max_length = 100, example = "90/QĐ-UBND")]
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 10000)]
    pub reason: String,
}

/// Revokes a record.
#[utoipa::path(
    operation_id = "revoke_conduct_record", tag = "inspections", summary = "Revoke a record",
    description = "Revokes a record by decision: it stays, and says so.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey), request_body = ConductRevocationIn,
    responses((status = 201, description = "Revoked.", body = ConductRecordView)),
    security(("bearer" = []))
)]
#[post("/conduct-records/{id}/revocations")]
pub async fn revoke_conduct_record(
    writer: Writer<KeepConductRecords>,
    id: Path<RecordId>,
    body: Json<ConductRevocationIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let said = Revocation {
        decision_number: body.decision_number.clone(),
        decision_on: body.decision_on,
        reason: body.reason.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let view = ConductRecordView::from(service::revoke(services, db, actor, &id, &said)?);
            Reply::created(format!("/api/v1/conduct-records/{}", view.id), None, &view)
        })
        .await
}

/// One's own records.
#[utoipa::path(
    operation_id = "list_own_conduct_records", tag = "inspections", summary = "One's own records",
    description = "The commendation and discipline records about the caller, newest first.",
    params(InspectionPageQuery),
    responses((status = 200, description = "A page.", body = Page<ConductRecordView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/me/conduct-records")]
pub async fn list_own_conduct_records(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<InspectionPageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &"own")?;
    let page = reader
        .read(move |services, db, actor| {
            let found = service::own(services, db, actor, paging.by_id(), paging.fetch())?;
            Ok(paging.page(found, |r| r.row.id.to_string(), ConductRecordView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}
