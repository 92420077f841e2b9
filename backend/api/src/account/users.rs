//! Keeping accounts.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_services::account::{self as service, NewRole, NewUser, UserChange};
use motcua_services::{Actor, Permission, Result as ServiceResult};
use motcua_store::{AuthorityId, CentreId, Db, UserId, centre};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::routes::RoleView;
use crate::auth::{ManageUsers, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// A role to be given.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleIn {
    /// Which.
    #[schema(value_type = words::Role)]
    pub role: Role,
    /// For which authority; absent: the whole centre.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
}

/// An account to be made, at the administrator's own centre.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserIn {
    /// Sign-in name.
    #[schema(
        min_length = 2,
        max_length = 64,
        pattern = "^[A-Za-z0-9._-]{2,64}$",
        example = "nguyen.an"
    )]
    pub username: String,
    /// Full name.
    #[schema(min_length = 1, max_length = 200, example = "Nguyễn Văn An")]
    pub full_name: String,
    /// Title.
    #[schema(max_length = 200, example = "Công chức Tư pháp - Hộ tịch")]
    pub title: Option<String>,
    /// First password.
    #[schema(min_length = 10, max_length = 200, example = "MatKhau#Dau2026")]
    pub password: String,
    /// Roles; at least one.
    #[schema(min_items = 1, max_items = 20)]
    pub roles: Vec<RoleIn>,
}

/// What is to change; absent members stay as they are.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    /// Full name.
    #[schema(min_length = 1, max_length = 200)]
    pub full_name: Option<String>,
    /// Title.
    #[schema(min_length = 1, max_length = 200)]
    pub title: Option<String>,
    /// False deactivates at once, wherever the person is signed in.
    pub active: Option<bool>,
    /// A new password; ends every sign-in.
    #[schema(min_length = 10, max_length = 200)]
    pub password: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// Id.
    pub id: String,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// Title.
    pub title: Option<String>,
    /// May sign in.
    pub active: bool,
    /// Roles that hold now.
    pub roles: Vec<RoleView>,
    /// Row version.
    pub version: i64,
}

impl From<service::User> for UserView {
    fn from(user: service::User) -> Self {
        Self {
            id: user.row.id.to_string(),
            username: user.row.username,
            full_name: user.row.full_name,
            title: user.row.title,
            active: user.row.active,
            roles: user
                .roles
                .into_iter()
                .map(|r| RoleView {
                    role: r.role,
                    centre_id: Some(r.centre_id.to_string()),
                    authority_id: r.authority_id.map(|a| a.to_string()),
                })
                .collect(),
            version: user.row.version,
        }
    }
}

/// Accounts of the administrator's centres.
#[utoipa::path(
    operation_id = "list_users", tag = "account", summary = "Accounts",
    description = "Accounts of the administrator's centres.",
    params(PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<UserView>)),
    security(("bearer" = []))
)]
#[get("/users")]
pub async fn list_users(
    reader: Reader<ManageUsers>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone();
            let edge = edge.as_deref().map(|id| (id, paging.backwards));
            let users = service::list_users(db, services.now(), actor, edge, paging.fetch())?;
            Ok(paging.page(users, |u| u.row.id.to_string(), UserView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

fn given(db: &mut Db, actor: &Actor, wanted: &[RoleIn]) -> ServiceResult<Vec<NewRole>> {
    let centre_id: CentreId = actor
        .centres(Permission::ManageUsers)
        .into_iter()
        .next()
        .ok_or_else(Refusal::not_found)?;
    if wanted.is_empty() || wanted.len() > 20 {
        return Err(Refusal::invalid(Vec::new())
            .field(
                "/roles",
                "out_of_range",
                "Phải có từ 1 đến 20 vai trò.",
                "1 to 20 roles.",
            )
            .into());
    }
    let mut roles = Vec::new();
    for (i, r) in wanted.iter().enumerate() {
        if let Some(a) = &r.authority_id
            && centre::authority(db, a)?.is_none()
        {
            return Err(Refusal::invalid(Vec::new())
                .field(
                    format!("/roles/{i}/authority_id"),
                    "authority_unknown",
                    "Không có cơ quan này.",
                    "No such authority.",
                )
                .into());
        }
        if matches!(r.role, Role::System | Role::Citizen) {
            return Err(Refusal::invalid(Vec::new())
                .field(
                    format!("/roles/{i}/role"),
                    "invalid_value",
                    "Không phải vai trò của cán bộ.",
                    "Not a role of staff.",
                )
                .into());
        }
        roles.push(NewRole {
            role: r.role,
            centre_id: centre_id.clone(),
            authority_id: r.authority_id.clone(),
        });
    }
    Ok(roles)
}

/// Makes an account.
#[utoipa::path(
    operation_id = "create_user", tag = "account", summary = "Make an account",
    description = "Makes an account.",
    params(IdempotencyKey), request_body = UserIn,
    responses((status = 201, description = "Made.", body = UserView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the account.")))),
    security(("bearer" = []))
)]
#[post("/users")]
pub async fn create_user(
    writer: Writer<ManageUsers>,
    body: Json<UserIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewUser {
        username: body.username.clone(),
        full_name: body.full_name.clone(),
        title: body.title.clone(),
        password: body.password.clone(),
        roles: Vec::new(),
        is_demo: false,
    };
    let (row, _) = writer
        .state()
        .hash(move |services| new.prepare(services.now()))
        .await?;
    let wanted = body.roles.clone();
    writer
        .once(&body, move |services, db, actor| {
            let roles = given(db, actor, &wanted)?;
            let user = service::add_user(db, services.now(), Some(actor), &row, &roles)?;
            let version = user.row.version;
            let location = format!("/api/v1/users/{}", user.row.id);
            Reply::created(location, Some(version), &UserView::from(user))
        })
        .await
}

/// One account.
#[utoipa::path(
    operation_id = "get_user", tag = "account", summary = "Read an account",
    description = "One account.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The account.", body = UserView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/users/{id}")]
pub async fn get_user(
    reader: Reader<ManageUsers>,
    id: Path<UserId>,
) -> Result<HttpResponse, Problem> {
    let user = reader
        .read(move |services, db, actor| service::find_user(db, services.now(), actor, &id))
        .await?;
    let view = UserView::from(user);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Changes an account. Deactivating it takes effect at once.
#[utoipa::path(
    operation_id = "update_user", tag = "account", summary = "Change an account",
    description = "Changes an account. Deactivating it takes effect at once.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = UserPatch,
    responses((status = 200, description = "The account as it now stands.", body = UserView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[patch("/users/{id}")]
pub async fn update_user(
    writer: Writer<ManageUsers>,
    id: Path<UserId>,
    version: IfMatch,
    body: Json<UserPatch>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let state = writer.state().clone();
    let password_hash = match body.password {
        Some(p) => Some(state.hash(move |_| service::checked_password(&p)).await?),
        None => None,
    };
    let change = UserChange {
        full_name: body.full_name,
        title: body.title.map(Some),
        active: body.active,
        password_hash,
    };
    let user = writer
        .write(move |services, db, actor| {
            service::change_user(db, services.now(), actor, &id, version.0, &change)
        })
        .await?;
    let view = UserView::from(user);
    Ok(versioned(StatusCode::OK, view.version, &view))
}
