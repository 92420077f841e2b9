//! Delegations and substitutes.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, Utc};
use motcua_domain::dossier::Role;
use motcua_services::account::{self as service, Delegations, NewDelegation};
use motcua_store::account::DelegationRow;
use motcua_store::{AuthorityId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{Reader, Reply, SignedIn, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// A delegation to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationIn {
    /// Whose role; the caller's own when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub from_user_id: Option<UserId>,
    /// Who holds it meanwhile.
    #[schema(value_type = String, format = Uuid)]
    pub to_user_id: UserId,
    /// Which role.
    #[schema(value_type = words::Role)]
    pub role: Role,
    /// For which authority; absent: the whole centre.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// From; now when absent.
    pub valid_from: Option<DateTime<Utc>>,
    /// Until, exclusive; at most a year on.
    pub valid_to: DateTime<Utc>,
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Đi công tác, Quyết định số 45/QĐ-UBND"
    )]
    pub reason: String,
}

/// A delegation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delegation {
    /// Id.
    pub id: String,
    /// Whose role.
    pub from: PersonRef,
    /// Who holds it meanwhile.
    pub to: PersonRef,
    /// Which role.
    #[schema(value_type = words::Role)]
    pub role: String,
    /// For which authority; absent: the whole centre.
    pub authority_id: Option<String>,
    /// From.
    pub valid_from: DateTime<FixedOffset>,
    /// Until, exclusive.
    pub valid_to: DateTime<FixedOffset>,
    /// Why.
    pub reason: String,
    /// When it was ended before its time.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// Who ended it.
    pub ended_by: Option<PersonRef>,
}

impl Delegation {
    fn new(row: DelegationRow, all: &Delegations) -> Self {
        let person = |id: &UserId| PersonRef::of(id, &all.names);
        Self {
            id: row.id.to_string(),
            from: person(&row.from_user_id),
            to: person(&row.to_user_id),
            role: row.role,
            authority_id: row.authority_id.map(|a| a.to_string()),
            valid_from: vn(row.valid_from),
            valid_to: vn(row.valid_to),
            reason: row.reason,
            ended_at: vn_opt(row.ended_at),
            ended_by: row.ended_by.as_ref().map(person),
        }
    }

    /// The one that was just written.
    fn only(mut all: Delegations) -> Option<Self> {
        let row = all.rows.pop()?;
        Some(Self::new(row, &all))
    }
}

/// Delegations that concern the caller, newest first.
#[utoipa::path(
    operation_id = "list_delegations", tag = "account", summary = "Delegations and substitutes",
    description = "Delegations that concern the caller, newest first: all of the centre for who keeps accounts, else those the caller gave or got.",
    params(PageQuery),
    responses((status = 200, description = "A page of delegations.", body = Page<Delegation>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/delegations")]
pub async fn list_delegations(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let mut all = service::delegations(services, db, actor, edge, paging.fetch())?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(rows, |d| d.id.to_string(), |d| Delegation::new(d, &all)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Delegates a role for a time.
#[utoipa::path(
    operation_id = "create_delegation", tag = "account", summary = "Delegate a role",
    description = "Gives a role to a colleague for a time: one's own, or anybody's of the centre for who keeps accounts. What is done with it says for whom. What is itself delegated cannot be passed on.",
    params(IdempotencyKey), request_body = DelegationIn,
    responses((status = 201, description = "Delegated.", body = Delegation,
        headers(("Location" = String, description = "Its address.")))),
    security(("bearer" = []))
)]
#[post("/delegations")]
pub async fn create_delegation(
    writer: Writer<SignedIn>,
    body: Json<DelegationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let wanted = body.clone();
    writer
        .once(&body, move |services, db, actor| {
            let new = NewDelegation {
                from: wanted
                    .from_user_id
                    .clone()
                    .unwrap_or_else(|| actor.user_id.clone()),
                to: wanted.to_user_id.clone(),
                role: wanted.role,
                authority_id: wanted.authority_id.clone(),
                valid_from: wanted.valid_from.unwrap_or_else(|| services.now()),
                valid_to: wanted.valid_to,
                reason: wanted.reason.clone(),
            };
            let made = Delegation::only(service::delegate(services, db, actor, &new)?);
            let at = made
                .as_ref()
                .map(|d| format!("/api/v1/delegations/{}", d.id));
            Reply::created(at.unwrap_or_default(), None, &made)
        })
        .await
}

/// Ends a delegation before its time.
#[utoipa::path(
    operation_id = "end_delegation", tag = "account", summary = "End a delegation",
    description = "Ends a delegation before its time: who gave it, who made it, or who keeps accounts.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "Ended.", body = Delegation)),
    security(("bearer" = []))
)]
#[post("/delegations/{id}/endings")]
pub async fn end_delegation(
    writer: Writer<SignedIn>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let ended = Delegation::only(service::end_delegation(services, db, actor, &id)?);
            Reply::created(format!("/api/v1/delegations/{}", id.as_str()), None, &ended)
        })
        .await
}

/// A colleague.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Id.
    pub id: String,
    /// Full name.
    pub full_name: String,
    /// Title.
    pub title: Option<String>,
}

/// Colleagues.
#[utoipa::path(
    operation_id = "list_colleagues", tag = "account", summary = "Colleagues",
    description = "Active people of the caller's centres, to choose a substitute from.",
    params(PageQuery),
    responses((status = 200, description = "A page of colleagues.", body = Page<Colleague>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/colleagues")]
pub async fn list_colleagues(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &())?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let found = service::colleagues(db, actor, edge, paging.fetch())?;
            Ok(paging.page(
                found,
                |u| u.id.to_string(),
                |u| Colleague {
                    id: u.id.to_string(),
                    full_name: u.full_name,
                    title: u.title,
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A role and what it may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct RolePermissions {
    /// The role.
    #[schema(value_type = words::Role)]
    pub role: Role,
    /// Its permissions.
    pub permissions: Vec<String>,
    /// Those of them that another system may have: to decide, to sign and to approve is for people.
    pub scopes: Vec<String>,
}

/// What each role may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Roles {
    /// Every role of staff.
    #[schema(max_items = 20)]
    pub items: Vec<RolePermissions>,
}

/// What each role may do.
#[utoipa::path(
    operation_id = "list_roles", tag = "account", summary = "What a role may do",
    description = "Every role of staff with its permissions, as the program itself decides by.",
    responses((status = 200, description = "The roles.", body = Roles)),
    security(("bearer" = []))
)]
#[get("/roles")]
pub async fn list_roles(reader: Reader<SignedIn>) -> Result<HttpResponse, Problem> {
    reader.read(|_, _, _| Ok(())).await?;
    let items = Role::ALL
        .iter()
        .filter(|r| !matches!(r, Role::System | Role::Citizen))
        .map(|role| RolePermissions {
            role: *role,
            permissions: service::permissions_of(*role),
            scopes: service::scopes_of(*role),
        })
        .collect();
    Ok(HttpResponse::Ok().json(Roles { items }))
}
