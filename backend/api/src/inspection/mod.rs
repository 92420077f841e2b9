//! Inspections: opened, looked through, ended, concluded; and what belongs to them.

pub mod conduct;
pub mod finding;
pub mod sample;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use motcua_domain::inspection::{InspectionKind, InspectionState};
use motcua_services::inspection::{
    self as service, Conclusion, Inspection, MOST_ENTRIES, NewInspection,
};
use motcua_store::inspection::Filter;
use motcua_store::{AuthorityId, CentreId, DossierId, RecordId, Ts, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageInspections, Reader, Reply, WorkInspections, Writer};
use crate::dossier::view::{DossierItem, PersonRef, UnitRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// Somebody of a team.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionMemberIn {
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
    /// Leads the team; exactly one does.
    #[serde(default)]
    pub head: bool,
}

/// An inspection to be opened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Kind. Of an internal check's team people may be whose own work is looked at; of others not.
    #[schema(value_type = words::InspectionKind)]
    pub kind: InspectionKind,
    /// What is looked into.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Việc giải quyết hồ sơ hộ tịch quý I"
    )]
    pub subject: String,
    /// Number of the decision.
    #[schema(min_length = 1, max_length = 100, example = "2997/QĐ-UBND")]
    pub decision_number: String,
    /// Day of the decision; not in the future.
    pub decision_on: NaiveDate,
    /// Who decided.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Chủ tịch Ủy ban nhân dân phường"
    )]
    pub decided_by: String,
    /// Which authorities are looked at; all that the centre receives for when absent.
    #[schema(value_type = Option<Vec<String>>, max_items = 200)]
    pub authority_ids: Option<Vec<AuthorityId>>,
    /// First day of the period that is looked at.
    pub period_from: NaiveDate,
    /// Last day; not in the future.
    pub period_to: NaiveDate,
    /// First day on which the team may look, in Vietnam.
    pub access_from: NaiveDate,
    /// Last day on which it may; how long is bounded by kind.
    pub access_to: NaiveDate,
    /// The team: exactly one head, nobody twice.
    #[schema(min_items = 1, max_items = 50)]
    pub members: Vec<InspectionMemberIn>,
}

/// Somebody of a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionMember {
    /// Who.
    pub person: PersonRef,
    /// Leads the team.
    pub head: bool,
}

/// What an inspection came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionConclusion {
    /// Number.
    pub number: String,
    /// Day.
    pub concluded_on: NaiveDate,
    /// Text.
    pub text: String,
    /// Who entered it.
    pub by: Option<PersonRef>,
    /// When.
    pub at: Option<DateTime<FixedOffset>>,
}

/// That an inspection was ended before its last day.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionEnding {
    /// Why.
    pub reason: String,
    /// Who ended it.
    pub by: Option<PersonRef>,
    /// When.
    pub at: Option<DateTime<FixedOffset>>,
}

/// An inspection.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// At which centre.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// Kind.
    #[schema(value_type = words::InspectionKind)]
    pub kind: String,
    /// What is looked into.
    pub subject: String,
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Who decided.
    pub decided_by: String,
    /// All authorities that the centre received for when it was opened.
    pub whole_centre: bool,
    /// The authorities that are looked at.
    #[schema(max_items = 1000)]
    pub authorities: Vec<UnitRef>,
    /// First day of the period that is looked at.
    pub period_from: NaiveDate,
    /// Last day.
    pub period_to: NaiveDate,
    /// First day on which the team may look.
    pub access_from: NaiveDate,
    /// Last day.
    pub access_to: NaiveDate,
    /// The team may look today.
    pub looking: bool,
    /// Where it stands.
    #[schema(value_type = words::InspectionState)]
    pub state: String,
    /// The team, its head first.
    #[schema(max_items = 50)]
    pub members: Vec<InspectionMember>,
    /// The caller is of the team.
    pub member: bool,
    /// The caller may draw samples, check dossiers and read the record now: of the team, and its days run.
    pub may_look: bool,
    /// The caller may make findings now.
    pub may_find: bool,
    /// The caller may end it now.
    pub may_end: bool,
    /// The caller may conclude it now.
    pub may_conclude: bool,
    /// Who opened it.
    pub opened_by: PersonRef,
    /// When.
    pub opened_at: DateTime<FixedOffset>,
    /// That it was ended before its last day.
    pub ending: Option<InspectionEnding>,
    /// What it came to.
    pub conclusion: Option<InspectionConclusion>,
    /// Row version.
    pub version: i64,
}

impl InspectionView {
    fn new(all: Inspection, now: DateTime<Utc>) -> Self {
        let today = motcua_domain::vn_time::local_date(now);
        let person = |id: &UserId| PersonRef::of(id, &all.names);
        let row = all.row;
        let concluded = row.state == InspectionState::Concluded.as_str();
        let closes = all.manages || all.head;
        Self {
            id: row.id.to_string(),
            centre_id: row.centre_id.to_string(),
            authorities: all
                .authorities
                .into_iter()
                .map(|(id, code, name)| UnitRef {
                    id: id.to_string(),
                    code,
                    name,
                })
                .collect(),
            members: all
                .members
                .iter()
                .map(|m| InspectionMember {
                    person: person(&m.user_id),
                    head: m.head,
                })
                .collect(),
            looking: all.looking,
            member: all.member,
            may_look: all.member && all.looking,
            may_find: all.member && !concluded && today >= row.access_from,
            may_end: closes && row.state == InspectionState::Open.as_str(),
            may_conclude: closes && !concluded,
            opened_by: person(&row.opened_by),
            opened_at: vn(row.opened_at),
            ending: row.end_reason.map(|reason| InspectionEnding {
                reason,
                by: row.ended_by.as_ref().map(person),
                at: vn_opt(row.ended_at),
            }),
            conclusion: row
                .conclusion
                .zip(row.conclusion_number)
                .zip(row.conclusion_on)
                .map(|((text, number), concluded_on)| InspectionConclusion {
                    number,
                    concluded_on,
                    text,
                    by: row.concluded_by.as_ref().map(person),
                    at: vn_opt(row.concluded_at),
                }),
            kind: row.kind,
            subject: row.subject,
            decision_number: row.decision_number,
            decision_on: row.decision_on,
            decided_by: row.decided_by,
            whole_centre: row.whole_centre,
            period_from: row.period_from,
            period_to: row.period_to,
            access_from: row.access_from,
            access_to: row.access_to,
            state: row.state,
            version: row.version,
        }
    }
}

/// Which inspections.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InspectionsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Kind.
    #[param(value_type = Option<words::InspectionKind>)]
    pub kind: Option<InspectionKind>,
    /// Where it stands.
    #[param(value_type = Option<words::InspectionState>)]
    pub state: Option<InspectionState>,
    /// Only those of whose team the caller is.
    pub mine: Option<bool>,
}

/// Inspections, newest first.
#[utoipa::path(
    operation_id = "list_inspections", tag = "inspections", summary = "Inspections",
    description = "Inspections of the centres that the caller answers for or inspects, and those of whose team the caller is, newest first. For those who are looked at, an inspection is not there.",
    params(InspectionsQuery),
    responses((status = 200, description = "A page.", body = Page<InspectionView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/inspections")]
pub async fn list_inspections(
    reader: Reader<WorkInspections>,
    req: HttpRequest,
    query: Query<InspectionsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (query.kind, query.state, query.mine);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let filter = Filter {
                kind: query.kind.map(|k| k.as_str().to_owned()),
                state: query.state.map(|s| s.as_str().to_owned()),
                mine: query.mine == Some(true),
            };
            let (edge, fetch) = (paging.by_id(), paging.fetch());
            let found = service::inspections(services, db, actor, &filter, edge, fetch)?;
            let now = services.now();
            Ok(paging.page(
                found,
                |i| i.row.id.to_string(),
                |i| InspectionView::new(i, now),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Opens an inspection.
#[utoipa::path(
    operation_id = "open_inspection", tag = "inspections", summary = "Open an inspection",
    description = "Opens an inspection by decision. While its days run, its team may read the dossiers that were in hand in its period at the authorities it looks at: the page, the papers and the people's data, each look recorded under the inspection's name; and change nothing by it.",
    params(IdempotencyKey), request_body = InspectionIn,
    responses(
        (status = 201, description = "Opened.", body = InspectionView,
            headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version."))),
    ),
    security(("bearer" = []))
)]
#[post("/inspections")]
pub async fn open_inspection(
    writer: Writer<ManageInspections>,
    body: Json<InspectionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewInspection {
        centre: body.centre_id.clone(),
        kind: body.kind,
        subject: body.subject.clone(),
        decision_number: body.decision_number.clone(),
        decision_on: body.decision_on,
        decided_by: body.decided_by.clone(),
        authorities: body.authority_ids.clone(),
        period_from: body.period_from,
        period_to: body.period_to,
        access_from: body.access_from,
        access_to: body.access_to,
        members: body
            .members
            .iter()
            .map(|m| (m.user_id.clone(), m.head))
            .collect(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let made = service::open(services, db, actor, &new)?;
            let view = InspectionView::new(made, services.now());
            Reply::created(
                format!("/api/v1/inspections/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// One inspection.
#[utoipa::path(
    operation_id = "get_inspection", tag = "inspections", summary = "Read an inspection",
    description = "One inspection with its scope, its team and what it came to.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The inspection.", body = InspectionView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/inspections/{id}")]
pub async fn get_inspection(
    reader: Reader<WorkInspections>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, db, actor| {
            let found = service::inspection(services, db, actor, &id)?;
            Ok(InspectionView::new(found, services.now()))
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Why an inspection is ended.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionEndingIn {
    /// Why.
    #[schema(min_length = 1, max_length = 500, example = "Đoàn hoàn thành sớm")]
    pub reason: String,
}

/// Ends an inspection before its last day.
#[utoipa::path(
    operation_id = "end_inspection", tag = "inspections", summary = "End an inspection early",
    description = "Ends an inspection before its last day: from now on its team looks no more. By the head of the team, or by who opens inspections.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = InspectionEndingIn,
    responses((status = 201, description = "Ended.", body = InspectionView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/inspections/{id}/endings")]
pub async fn end_inspection(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<InspectionEndingIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let ended = service::end(services, db, actor, &id, version.0, &reason)?;
            let view = InspectionView::new(ended, services.now());
            Reply::created(
                format!("/api/v1/inspections/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// What an inspection comes to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionConclusionIn {
    /// Number.
    #[schema(min_length = 1, max_length = 100, example = "15/KL-UBND")]
    pub number: String,
    /// Day; not in the future.
    pub concluded_on: NaiveDate,
    /// Text.
    #[schema(min_length = 1, max_length = 10000)]
    pub text: String,
}

/// Concludes an inspection.
#[utoipa::path(
    operation_id = "conclude_inspection", tag = "inspections", summary = "Conclude an inspection",
    description = "Concludes an inspection: its team looks no more, and its findings are followed until they are put right. By the head of the team, or by who opens inspections.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = InspectionConclusionIn,
    responses((status = 201, description = "Concluded.", body = InspectionView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/inspections/{id}/conclusions")]
pub async fn conclude_inspection(
    writer: Writer<WorkInspections>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<InspectionConclusionIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let said = Conclusion {
        number: body.number.clone(),
        on: body.concluded_on,
        text: body.text.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            let done = service::conclude(services, db, actor, &id, version.0, &said)?;
            let view = InspectionView::new(done, services.now());
            Reply::created(
                format!("/api/v1/inspections/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// Paging of a list without filters.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InspectionPageQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// What the team of an inspection may look at.
#[utoipa::path(
    operation_id = "list_inspection_dossiers", tag = "inspections", summary = "Dossiers of an inspection",
    description = "The dossiers that the team may look at: in hand in the period, at the authorities in scope, newest first, numbers masked. Only for the team, while its days run. Each is read at its own address.",
    params(("id" = String, Path, description = "Id.", format = Uuid), InspectionPageQuery),
    responses(
        (status = 200, description = "A page.", body = Page<DossierItem>,
            headers(("Link" = String, description = "RFC 8288: next, prev."))),
        (status = 409, description = "`inspection_access_closed`: the team's days do not run, or it was ended.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/inspections/{id}/dossiers")]
pub async fn list_inspection_dossiers(
    reader: Reader<WorkInspections>,
    req: HttpRequest,
    id: Path<RecordId>,
    query: Query<InspectionPageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<(DateTime<Utc>, DossierId)> = Paging::read(
        query.limit,
        query.cursor.as_deref(),
        "-received",
        &id.as_str(),
    )?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging
                .edge
                .as_ref()
                .map(|(at, id)| (Ts::new(*at), id.as_str(), paging.backwards));
            let mut found = service::dossiers(services, db, actor, &id, edge, paging.fetch())?;
            let now = services.now();
            let rows: Vec<_> = std::mem::take(&mut found.rows)
                .into_iter()
                .zip(std::mem::take(&mut found.remaining))
                .zip(std::mem::take(&mut found.timings))
                .collect();
            Ok(paging.page(
                rows,
                |((row, _), _)| (row.received_at.0, row.id.clone()),
                |((row, left), timing)| DossierItem::new(row, left, timing, &found, now),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A link of the chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordLink {
    /// Its place in the centre's chain.
    pub seq: i64,
    /// The hash of the link before.
    pub prev_hash: String,
    /// Its own hash.
    pub hash: String,
    /// What it says; null where the inspection does not look at it. Its hash is SHA-256 over, each after its
    /// length as eight bytes, most significant first: `prev_hash`, the centre's id, `seq`, `at_micros`, the
    /// actor's id or nothing, `action`, `subject_kind`, `subject_id`, `data`.
    pub entry: Option<RecordEntry>,
}

/// What a link says.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordEntry {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// When, in microseconds since 1970, as it is hashed.
    pub at_micros: i64,
    /// Who; none: the system, or somebody who was not signed in.
    pub actor_id: Option<String>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// Further facts, as they are hashed: JSON text.
    pub data: String,
}

/// A stretch of the chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordExport {
    /// The inspection.
    #[schema(format = Uuid)]
    pub inspection_id: String,
    /// Whose chain.
    #[schema(format = Uuid)]
    pub centre_id: String,
    /// Every link of the stretch, in order.
    #[schema(max_items = 1000)]
    pub links: Vec<RecordLink>,
    /// Send it as `after` for the next stretch; null: this was the last.
    pub next_after: Option<i64>,
    /// The chain's last place.
    pub head_seq: i64,
    /// Its hash: what the last link of all leads to.
    pub head_hash: String,
}

/// Which stretch.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RecordExportQuery {
    /// Links of one answer.
    #[param(minimum = 1, maximum = 1000, default = 1000)]
    pub limit: Option<i64>,
    /// The place after which it begins; from the beginning of the period when absent.
    #[param(minimum = 0)]
    pub after: Option<i64>,
}

/// The record of what an inspection looks at.
#[utoipa::path(
    operation_id = "export_inspection_record", tag = "inspections", summary = "Export the record",
    description = "The tamper-evident record of the inspection's dossiers in its period, for verifying outside: every link of the chain with its hashes, and the contents of those that the inspection looks at. Only for the team, while its days run. That it was taken is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), RecordExportQuery),
    responses(
        (status = 200, description = "A stretch.", body = RecordExport),
        (status = 409, description = "`inspection_access_closed`: the team's days do not run, or it was ended.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[get("/inspections/{id}/record")]
pub async fn export_inspection_record(
    reader: Reader<WorkInspections>,
    id: Path<RecordId>,
    query: Query<RecordExportQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let limit = query.limit.unwrap_or(MOST_ENTRIES);
    if !(1..=MOST_ENTRIES).contains(&limit) {
        return Err(motcua_domain::refusal::Refusal::invalid(Vec::new())
            .field(
                "limit",
                "out_of_range",
                format!("Phải từ 1 đến {MOST_ENTRIES}."),
                format!("Must be from 1 to {MOST_ENTRIES}."),
            )
            .into());
    }
    let export = reader
        .read_recorded(move |services, db, actor| {
            let found = service::audit_entries(services, db, actor, &id, query.after, limit)?;
            Ok(RecordExport {
                inspection_id: id.to_string(),
                centre_id: found.centre.to_string(),
                links: found
                    .entries
                    .into_iter()
                    .map(|(e, whole)| RecordLink {
                        seq: e.seq,
                        entry: whole.then(|| RecordEntry {
                            at: vn(e.at),
                            at_micros: e.at.0.timestamp_micros(),
                            actor_id: e.actor_id.as_ref().map(ToString::to_string),
                            action: e.action,
                            subject_kind: e.subject_kind,
                            subject_id: e.subject_id,
                            data: e.data,
                        }),
                        prev_hash: e.prev_hash,
                        hash: e.hash,
                    })
                    .collect(),
                next_after: found.next,
                head_seq: found.head.0,
                head_hash: found.head.1,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(export))
}
