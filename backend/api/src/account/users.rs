//! Keeping accounts.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_services::account::{self as service, NewRole, NewUser, UserChange};
use motcua_services::{Actor, Permission, Result as ServiceResult};
use motcua_store::{AuthorityId, CentreId, Db, RoleAssignmentId, UserId, centre};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{ManageUsers, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::vn;
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Large, Page, Paging, Path, Problem, Query, linked, versioned,
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
    /// Password; without one nobody signs in before a first password is given out.
    #[schema(min_length = 10, max_length = 200, example = "MatKhau#Dau2026")]
    pub password: Option<String>,
    /// It holds seven days and must be changed at the first sign-in.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub must_change_password: bool,
    /// Roles; at least one.
    #[schema(min_items = 1, max_items = 20)]
    pub roles: Vec<RoleIn>,
}

const fn yes() -> bool {
    true
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
    /// A new password, to be changed at the next sign-in; ends every sign-in.
    #[schema(min_length = 10, max_length = 200)]
    pub password: Option<String>,
    /// True: the second factor is set up anew; ends every sign-in.
    #[serde(default)]
    pub reset_second_factor: bool,
}

/// A role somebody holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRole {
    /// Id, by which it can be taken away.
    pub id: String,
    /// Which.
    #[schema(value_type = words::Role)]
    pub role: String,
    /// Where.
    pub centre_id: String,
    /// For which authority; absent: the whole centre.
    pub authority_id: Option<String>,
    /// Held for somebody else, for a time.
    pub delegated: bool,
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
    #[schema(max_items = 120)]
    pub roles: Vec<HeldRole>,
    /// Until when a first password holds that was not changed yet.
    pub first_password_until: Option<DateTime<FixedOffset>>,
    /// Whether the account asks for a second factor.
    pub second_factor: bool,
    /// Whether anybody can sign in: there is a password.
    pub has_password: bool,
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
                .map(|r| HeldRole {
                    id: r.id.to_string(),
                    role: r.role,
                    centre_id: r.centre_id.to_string(),
                    authority_id: r.authority_id.map(|a| a.to_string()),
                    delegated: r.delegated_by.is_some(),
                })
                .collect(),
            first_password_until: user.row.first_password_until.map(vn),
            second_factor: user.row.totp_since.is_some(),
            has_password: !user.row.password_hash.is_empty(),
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
            let edge = paging.by_id();
            let users = service::list_users(db, services.now(), actor, edge, paging.fetch())?;
            Ok(paging.page(users, |u| u.row.id.to_string(), UserView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

fn own_centre(actor: &Actor) -> ServiceResult<CentreId> {
    let centres = actor.centres(Permission::ManageUsers);
    Ok(centres.into_iter().next().ok_or_else(Refusal::not_found)?)
}

/// A role of staff, for an authority that there is; its fields stand under `at`.
fn role_at(db: &mut Db, centre_id: &CentreId, wanted: &RoleIn, at: &str) -> ServiceResult<NewRole> {
    if let Some(a) = &wanted.authority_id
        && centre::authority(db, a)?.is_none()
    {
        return Err(Refusal::invalid(Vec::new())
            .field(
                format!("{at}/authority_id"),
                "authority_unknown",
                "Không có cơ quan này.",
                "No such authority.",
            )
            .into());
    }
    if matches!(wanted.role, Role::System | Role::Citizen) {
        return Err(Refusal::invalid(Vec::new())
            .field(
                format!("{at}/role"),
                "invalid_value",
                "Không phải vai trò của cán bộ.",
                "Not a role of staff.",
            )
            .into());
    }
    Ok(NewRole {
        role: wanted.role,
        centre_id: centre_id.clone(),
        authority_id: wanted.authority_id.clone(),
    })
}

fn given(db: &mut Db, actor: &Actor, wanted: &[RoleIn]) -> ServiceResult<Vec<NewRole>> {
    let centre = own_centre(actor)?;
    if wanted.is_empty() || wanted.len() > service::MOST_ROLES {
        return Err(Refusal::invalid(Vec::new())
            .field(
                "/roles",
                "out_of_range",
                "Phải có từ 1 đến 20 vai trò.",
                "1 to 20 roles.",
            )
            .into());
    }
    wanted
        .iter()
        .enumerate()
        .map(|(i, r)| role_at(db, &centre, r, &format!("/roles/{i}")))
        .collect()
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
        must_change_password: body.must_change_password,
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

/// Gives somebody a further role.
#[utoipa::path(
    operation_id = "give_role", tag = "account", summary = "Give a role",
    description = "Gives somebody a further role at the administrator's centre; it holds at once. Nobody changes his own roles, and an administrator is no leader or director.",
    params(("id" = String, Path, description = "Id of the account.", format = Uuid), IdempotencyKey), request_body = RoleIn,
    responses((status = 201, description = "The account as it now stands.", body = UserView)),
    security(("bearer" = []))
)]
#[post("/users/{id}/roles")]
pub async fn give_role(
    writer: Writer<ManageUsers>,
    id: Path<UserId>,
    body: Json<RoleIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let wanted = body.clone();
    writer
        .once(&body, move |services, db, actor| {
            let role = role_at(db, &own_centre(actor)?, &wanted, "")?;
            let user = service::give_role(db, services.now(), actor, &id, &role)?;
            let location = format!("/api/v1/users/{}", user.row.id);
            Reply::created(location, Some(user.row.version), &UserView::from(user))
        })
        .await
}

/// Takes a role away.
#[utoipa::path(
    operation_id = "take_role", tag = "account", summary = "Take a role away",
    description = "Takes a role away at once, and with it what was delegated of it. The last role of an account is not taken: deactivate it instead.",
    params(("id" = String, Path, description = "Id of the account.", format = Uuid),
        ("role_id" = String, Path, description = "Id of the role.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "The account as it now stands.", body = UserView)),
    security(("bearer" = []))
)]
#[post("/users/{id}/roles/{role_id}/endings")]
pub async fn take_role(
    writer: Writer<ManageUsers>,
    ids: Path<(UserId, RoleAssignmentId)>,
) -> Result<HttpResponse, Problem> {
    let (id, role) = ids.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            let user = service::take_role(db, services.now(), actor, &id, &role)?;
            let location = format!("/api/v1/users/{}", user.row.id);
            Reply::created(location, Some(user.row.version), &UserView::from(user))
        })
        .await
}

/// A first password, told once.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirstPassword {
    /// Whose.
    pub user_id: String,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// The password, to be handed over on a slip.
    #[schema(example = "k7mw-3pxd-9hze")]
    pub password: String,
    /// Until when it can be used to sign in and be changed.
    pub valid_until: DateTime<FixedOffset>,
}

/// Gives somebody a first password.
#[utoipa::path(
    operation_id = "give_first_password", tag = "account", summary = "Give out a first password",
    description = "Makes a first password for an account, told in this answer and never again. It holds seven days and must be changed at the first sign-in; every sign-in of the person ends. Asked again, it makes another.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 201, description = "The password.", body = FirstPassword)),
    security(("bearer" = []))
)]
#[post("/users/{id}/first-passwords")]
pub async fn give_first_password(
    writer: Writer<ManageUsers>,
    id: Path<UserId>,
) -> Result<HttpResponse, Problem> {
    let password = service::new_first_password();
    let given = password.clone();
    let state = writer.state().clone();
    let hash = state
        .hash(move |_| service::checked_password(&given))
        .await?;
    let row = writer
        .write(move |services, db, actor| {
            service::give_first_password(db, services.now(), actor, &id, &hash)
        })
        .await?;
    let until = row.first_password_until.unwrap_or(row.created_at);
    Ok(HttpResponse::Created()
        .insert_header(("cache-control", "no-store"))
        .json(FirstPassword {
            user_id: row.id.to_string(),
            username: row.username,
            full_name: row.full_name,
            password,
            valid_until: vn(until),
        }))
}

/// People on a sheet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserImportIn {
    /// The sheet (CSV): `username, full_name, title, role, authority`, one row for each role.
    #[schema(
        min_length = 1,
        max_length = 500000,
        example = "username,full_name,title,role,authority\nan.nv,Nguyễn Văn An,Công chức,handler,thd\n"
    )]
    pub content: String,
    /// Only try it: every fault is told, nothing is entered.
    #[serde(default)]
    pub dry_run: bool,
}

/// What becomes of a person on a sheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedUser {
    /// The account; absent when the sheet was only tried and the person is new.
    pub id: Option<String>,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// An account is made; else there is one of this name, which stays as it is.
    pub new: bool,
    /// Roles on the sheet.
    pub roles: usize,
}

/// What became of a sheet of people.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserImport {
    /// Nothing was entered.
    pub dry_run: bool,
    /// New accounts.
    pub new: usize,
    /// The people, in the sheet's order.
    pub items: Vec<ImportedUser>,
}

/// Brings people in from a sheet.
#[utoipa::path(
    operation_id = "import_users", tag = "account", summary = "Bring people in",
    description = "Makes accounts for the people on a sheet (CSV), all or none; accounts that are there already stay as they are. Every fault is told with its row. New accounts have no password until a first one is given out.",
    params(IdempotencyKey), request_body = UserImportIn,
    responses((status = 200, description = "Brought in, or tried.", body = UserImport)),
    security(("bearer" = []))
)]
#[post("/user-imports")]
pub async fn import_users(
    writer: Writer<ManageUsers>,
    body: Large<UserImportIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    if !(1..=500_000).contains(&body.content.chars().count()) {
        return Err(
            Refusal::invalid(vec![motcua_domain::refusal::FieldError::out_of_range(
                "/content", 1, 500_000,
            )])
            .into(),
        );
    }
    let (content, dry_run) = (body.content.clone(), body.dry_run);
    writer
        .once(&body, move |services, db, actor| {
            let people = service::bring_people(db, services.now(), actor, &content, dry_run)?;
            let view = UserImport {
                dry_run,
                new: people.iter().filter(|p| p.new).count(),
                items: people
                    .into_iter()
                    .map(|p| ImportedUser {
                        id: p.id.map(|id| id.to_string()),
                        username: p.username,
                        full_name: p.full_name,
                        new: p.new,
                        roles: p.roles,
                    })
                    .collect(),
            };
            Reply::ok(None, &view)
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
        reset_second_factor: body.reset_second_factor,
        scopes: None,
    };
    let user = writer
        .write(move |services, db, actor| {
            service::change_user(db, services.now(), actor, &id, version.0, &change)
        })
        .await?;
    let view = UserView::from(user);
    Ok(versioned(StatusCode::OK, view.version, &view))
}
