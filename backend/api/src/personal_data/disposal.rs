//! Retention, holds and disposal.

use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_services::personal_data::{self as service, NewRule};
use motcua_services::reference::Names;
use motcua_store::personal_data::{DisposalLine, DisposalRow, RetentionRow};
use motcua_store::{DossierId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{
    ApproveDisposals, HoldDossiers, ManageRetention, ReadDisposals, Reader, Reply, Writer,
};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// How long dossiers of a kind are kept.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRuleIn {
    /// `*` for all, `field:` with a field's code, or `procedure:` with a procedure's; the narrowest holds.
    #[schema(
        min_length = 1,
        max_length = 50,
        pattern = r"^(\*|field:[A-Za-z0-9._]{1,40}|procedure:[A-Za-z0-9._]{1,40})$",
        example = "field:B"
    )]
    pub scope: String,
    /// Whole years after the year in which a dossier was over; null: for ever.
    #[schema(minimum = 0, maximum = 100, example = 10)]
    pub years: Option<i32>,
    /// Where that is written.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Bảng thời hạn bảo quản, Quyết định số 12/QĐ-UBND"
    )]
    pub source: String,
}

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRule {
    /// For what.
    pub scope: String,
    /// Whole years; null: for ever.
    pub years: Option<i32>,
    /// Where that is written.
    pub source: String,
    /// When it was entered.
    pub set_at: DateTime<FixedOffset>,
}

impl From<RetentionRow> for RetentionRule {
    fn from(row: RetentionRow) -> Self {
        Self {
            scope: row.scope,
            years: row.years,
            source: row.source,
            set_at: vn(row.set_at),
        }
    }
}

/// Every rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetentionRules {
    /// By scope; at most a thousand.
    #[schema(max_items = 1000)]
    pub items: Vec<RetentionRule>,
}

/// How long dossiers are kept.
#[utoipa::path(
    operation_id = "list_retention_rules", tag = "personal-data", summary = "Retention rules",
    description = "How long dossiers are kept, by kind, each with its source. What no rule names is kept for ever.",
    responses((status = 200, description = "The rules.", body = RetentionRules)),
    security(("bearer" = []))
)]
#[get("/retention-rules")]
pub async fn list_retention_rules(reader: Reader<ReadDisposals>) -> Result<HttpResponse, Problem> {
    let items = reader
        .read(|_, db, _| service::rules(db))
        .await?
        .into_iter()
        .map(RetentionRule::from)
        .collect();
    Ok(HttpResponse::Ok().json(RetentionRules { items }))
}

/// Sets how long dossiers of a kind are kept.
#[utoipa::path(
    operation_id = "set_retention_rule", tag = "personal-data", summary = "Set a retention rule",
    description = "Sets how long dossiers of a kind are kept, with the source. It takes the place of the rule of the same scope; both stand in the record.",
    request_body = RetentionRuleIn,
    responses((status = 200, description = "The rule.", body = RetentionRule)),
    security(("bearer" = []))
)]
#[put("/retention-rules")]
pub async fn set_retention_rule(
    writer: Writer<ManageRetention>,
    body: Json<RetentionRuleIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewRule {
        scope: body.scope,
        years: body.years,
        source: body.source,
    };
    let row = writer
        .write(move |services, db, actor| service::set_rule(services, db, actor, &new))
        .await?;
    Ok(HttpResponse::Ok().json(RetentionRule::from(row)))
}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldIn {
    /// Why; it is kept and shown to who may place holds.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Đang có khiếu nại, Thông báo thụ lý số 15/TB"
    )]
    pub reason: String,
}

/// A hold on a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct LegalHold {
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_at: DateTime<FixedOffset>,
    /// Who placed it.
    pub placed_by: PersonRef,
}

/// A hold that was lifted.
#[derive(Debug, Serialize, ToSchema)]
pub struct LiftedHold {
    /// Why it had been placed.
    pub reason: String,
    /// When it was placed.
    pub placed_at: DateTime<FixedOffset>,
    /// Who placed it.
    pub placed_by: PersonRef,
    /// Why it was lifted.
    pub lifted_because: String,
    /// When it was lifted.
    pub lifted_at: DateTime<FixedOffset>,
    /// Who lifted it.
    pub lifted_by: PersonRef,
}

/// Whether a dossier is held.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldState {
    /// The hold; null: none.
    pub hold: Option<LegalHold>,
    /// Holds that were lifted, newest first.
    #[schema(max_items = 50)]
    pub lifted: Vec<LiftedHold>,
}

impl From<service::Holds> for HoldState {
    fn from(found: service::Holds) -> Self {
        let names = found.names;
        let person = |id: &motcua_store::UserId| PersonRef::of(id, &names);
        Self {
            hold: found.hold.map(|row| LegalHold {
                placed_by: person(&row.placed_by),
                placed_at: vn(row.placed_at),
                reason: row.reason,
            }),
            lifted: found
                .lifted
                .into_iter()
                .map(|row| LiftedHold {
                    placed_by: person(&row.placed_by),
                    placed_at: vn(row.placed_at),
                    lifted_by: person(&row.lifted_by),
                    lifted_at: vn(row.lifted_at),
                    reason: row.reason,
                    lifted_because: row.lifted_because,
                })
                .collect(),
        }
    }
}

/// The hold on a dossier.
#[utoipa::path(
    operation_id = "get_legal_hold", tag = "personal-data", summary = "The hold on a dossier",
    description = "Whether a dossier is kept whatever its time, since when and why.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid)),
    responses((status = 200, description = "The hold.", body = HoldState)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/legal-hold")]
pub async fn get_legal_hold(
    reader: Reader<HoldDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |services, db, actor| service::holds_on(services, db, actor, &id))
        .await?;
    Ok(HttpResponse::Ok().json(HoldState::from(found)))
}

/// Places a hold.
#[utoipa::path(
    operation_id = "place_legal_hold", tag = "personal-data", summary = "Hold a dossier",
    description = "Says that a dossier is kept whatever its time: a dispute, an inspection, a court.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IdempotencyKey), request_body = HoldIn,
    responses((status = 201, description = "Held.", body = HoldState)),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/legal-hold")]
pub async fn place_legal_hold(
    writer: Writer<HoldDossiers>,
    id: Path<DossierId>,
    body: Json<HoldIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let state = service::place(services, db, actor, &id, &reason)?;
            Reply::created(
                format!("/api/v1/dossiers/{}/legal-hold", id.as_str()),
                None,
                &HoldState::from(state),
            )
        })
        .await
}

/// Lifts a hold.
#[utoipa::path(
    operation_id = "lift_legal_hold", tag = "personal-data", summary = "Lift the hold on a dossier",
    description = "Lifts the hold on a dossier; that it was there, and both reasons, stay in the record.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IdempotencyKey), request_body = HoldIn,
    responses((status = 201, description = "Lifted.", body = HoldState)),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/legal-hold/liftings")]
pub async fn lift_legal_hold(
    writer: Writer<HoldDossiers>,
    id: Path<DossierId>,
    body: Json<HoldIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let state = service::lift(services, db, actor, &id, &reason)?;
            Reply::created(
                format!("/api/v1/dossiers/{}/legal-hold", id.as_str()),
                None,
                &HoldState::from(state),
            )
        })
        .await
}

/// A list of what is to be disposed of.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalListItem {
    /// Id.
    pub id: String,
    /// Where it stands.
    #[schema(value_type = words::DisposalState)]
    pub state: String,
    /// Who proposed it.
    pub proposed_by: PersonRef,
    /// When.
    pub proposed_at: DateTime<FixedOffset>,
    /// Who approved it first.
    pub first_approved_by: Option<PersonRef>,
    /// Who approved it second, or sent it back.
    pub closed_by: Option<PersonRef>,
    /// When.
    pub closed_at: Option<DateTime<FixedOffset>>,
    /// Why it was sent back.
    pub reason: Option<String>,
}

impl DisposalListItem {
    fn new(row: DisposalRow, names: &Names) -> Self {
        let person = |id: &UserId| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            state: row.state,
            proposed_by: person(&row.proposed_by),
            proposed_at: vn(row.proposed_at),
            first_approved_by: row.first_approved_by.as_ref().map(person),
            closed_by: row.closed_by.as_ref().map(person),
            closed_at: vn_opt(row.closed_at),
            reason: row.reason,
        }
    }
}

/// A dossier on such a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalDossier {
    /// Id of the dossier.
    pub dossier_id: String,
    /// Its code.
    pub code: Option<String>,
    /// What it is about.
    pub procedure_name: String,
    /// The rule by which its time is over.
    pub rule_scope: String,
    /// Until when it was kept.
    pub kept_until: NaiveDate,
    /// `disposed`, or `held` when it was held meanwhile; null before the list was carried out.
    pub outcome: Option<String>,
}

impl From<DisposalLine> for DisposalDossier {
    fn from((item, code, procedure_name): DisposalLine) -> Self {
        Self {
            dossier_id: item.dossier_id.to_string(),
            code,
            procedure_name,
            rule_scope: item.rule_scope,
            kept_until: item.kept_until,
            outcome: item.outcome,
        }
    }
}

/// A list with its dossiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisposalList {
    /// The list.
    pub list: DisposalListItem,
    /// Its dossiers.
    #[schema(max_items = 500)]
    pub dossiers: Vec<DisposalDossier>,
}

impl From<service::Disposal> for DisposalList {
    fn from(found: service::Disposal) -> Self {
        Self {
            list: DisposalListItem::new(found.row, &found.names),
            dossiers: found.items.into_iter().map(DisposalDossier::from).collect(),
        }
    }
}

/// Lists of what is to be disposed of, newest first.
#[utoipa::path(
    operation_id = "list_disposal_lists", tag = "personal-data", summary = "Disposal lists",
    description = "Lists of what is to be disposed of at the caller's centres, newest first.",
    params(PageQuery),
    responses((status = 200, description = "A page of lists.", body = Page<DisposalListItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/disposal-lists")]
pub async fn list_disposal_lists(
    reader: Reader<ReadDisposals>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let (rows, names) = service::disposals(services, db, actor, edge, paging.fetch())?;
            Ok(paging.page(
                rows,
                |l| l.id.to_string(),
                |l| DisposalListItem::new(l, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One list with its dossiers.
#[utoipa::path(
    operation_id = "get_disposal_list", tag = "personal-data", summary = "Read a disposal list",
    description = "One list with its dossiers, at most five hundred.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The list.", body = DisposalList)),
    security(("bearer" = []))
)]
#[get("/disposal-lists/{id}")]
pub async fn get_disposal_list(
    reader: Reader<ReadDisposals>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |services, db, actor| service::disposal(services, db, actor, &id))
        .await?;
    Ok(HttpResponse::Ok().json(DisposalList::from(found)))
}

/// Proposes a list.
#[utoipa::path(
    operation_id = "propose_disposal", tag = "personal-data", summary = "Propose a disposal list",
    description = "Puts the dossiers of the centre whose time is over, and that nothing holds, on a list: at most five hundred. Nothing is disposed of before two others approved it.",
    params(IdempotencyKey),
    responses((status = 201, description = "Proposed.", body = DisposalList,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/disposal-lists")]
pub async fn propose_disposal(writer: Writer<ManageRetention>) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), |services, db, actor| {
            let made = DisposalList::from(service::propose(services, db, actor)?);
            let at = format!("/api/v1/disposal-lists/{}", made.list.id);
            Reply::created(at, None, &made)
        })
        .await
}

/// Approves a list.
#[utoipa::path(
    operation_id = "approve_disposal", tag = "personal-data", summary = "Approve a disposal list",
    description = "Approves a list. The second approval carries it out: names, numbers and addresses are taken out of its dossiers for good; that they were there, what they were about and how they went stays. Who proposes and the two who approve are three people.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "Approved.", body = DisposalList)),
    security(("bearer" = []))
)]
#[post("/disposal-lists/{id}/approvals")]
pub async fn approve_disposal(
    writer: Writer<ApproveDisposals>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let done = DisposalList::from(service::approve(services, db, actor, &id)?);
            Reply::created(
                format!("/api/v1/disposal-lists/{}", id.as_str()),
                None,
                &done,
            )
        })
        .await
}

/// Sends a list back.
#[utoipa::path(
    operation_id = "reject_disposal", tag = "personal-data", summary = "Send a disposal list back",
    description = "Sends a list back; nothing is done, and its dossiers may be proposed again.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey), request_body = HoldIn,
    responses((status = 201, description = "Sent back.", body = DisposalList)),
    security(("bearer" = []))
)]
#[post("/disposal-lists/{id}/rejections")]
pub async fn reject_disposal(
    writer: Writer<ApproveDisposals>,
    id: Path<RecordId>,
    body: Json<HoldIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let done = DisposalList::from(service::reject(services, db, actor, &id, &reason)?);
            Reply::created(
                format!("/api/v1/disposal-lists/{}", id.as_str()),
                None,
                &done,
            )
        })
        .await
}
