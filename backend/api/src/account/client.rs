//! Other systems' accounts and their tokens (OAuth 2 client credentials).

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, get, patch, post, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_services::account::{self as service, Client, ClientChange, NewClient};
use motcua_store::{AuthorityId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{ManageUsers, Reader, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{vn, vn_opt};
use crate::manners::{
    IfMatch, Json, Page, Paging, Path, Problem, Query, RequestContext, linked, versioned,
};
use crate::state::AppState;
use crate::words;

/// An account to be made for another system.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientIn {
    /// What it is called.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Cổng dịch vụ công thành phố"
    )]
    pub name: String,
    /// In which role it acts.
    #[schema(value_type = words::Role)]
    pub role: Role,
    /// For which authority; absent: the whole centre.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// What of the role it may do: names of permissions, as `list_roles` tells them.
    #[schema(min_items = 1, max_items = 40, example = json!(["dossiers.read", "events.read"]))]
    pub scopes: Vec<String>,
}

/// What is to change; absent members stay as they are.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientPatch {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// False: it may do nothing any more, at once.
    pub active: Option<bool>,
    /// What it may do.
    #[schema(min_items = 1, max_items = 40)]
    pub scopes: Option<Vec<String>>,
}

/// How a secret is replaced.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotationIn {
    /// For how many hours those of before still hold; a week when absent.
    #[schema(minimum = 0, maximum = 168, example = 24)]
    pub overlap_hours: Option<i64>,
}

/// A secret, without itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretView {
    /// When it was made.
    pub created_at: DateTime<FixedOffset>,
    /// Until when it holds; absent: until it is replaced.
    pub expires_at: Option<DateTime<FixedOffset>>,
    /// When a token was last asked for with it.
    pub last_used_at: Option<DateTime<FixedOffset>>,
}

/// Another system's account.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientView {
    /// Its id: `client_id` when it asks for a token.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// In which role it acts.
    #[schema(value_type = Option<words::Role>)]
    pub role: Option<String>,
    /// For which authority; absent: the whole centre.
    pub authority_id: Option<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// May it act.
    pub active: bool,
    /// Its secrets that still hold, oldest first.
    pub secrets: Vec<SecretView>,
    /// Row version.
    pub version: i64,
}

impl From<Client> for ClientView {
    fn from(client: Client) -> Self {
        let role = client.user.roles.first();
        Self {
            role: role.map(|r| r.role.clone()),
            authority_id: role
                .and_then(|r| r.authority_id.as_ref())
                .map(ToString::to_string),
            id: client.user.row.id.to_string(),
            name: client.user.row.full_name,
            scopes: client
                .user
                .row
                .scopes
                .unwrap_or_default()
                .split_whitespace()
                .map(ToOwned::to_owned)
                .collect(),
            active: client.user.row.active,
            secrets: client
                .secrets
                .into_iter()
                .map(|s| SecretView {
                    created_at: vn(s.created_at),
                    expires_at: vn_opt(s.expires_at),
                    last_used_at: vn_opt(s.last_used_at),
                })
                .collect(),
            version: client.user.row.version,
        }
    }
}

/// Another system's account with a new secret, told once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientSecret {
    /// The account.
    pub client: ClientView,
    /// The secret: `client_secret` when it asks for a token. It is never told again.
    pub secret: String,
}

fn told(client: Client, secret: String) -> HttpResponse {
    HttpResponse::Created()
        .insert_header(("cache-control", "no-store"))
        .json(ClientSecret {
            client: client.into(),
            secret,
        })
}

/// Accounts of other systems.
#[utoipa::path(
    operation_id = "list_clients", tag = "account", summary = "Other systems",
    description = "Accounts of other systems at the administrator's centres.",
    params(PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<ClientView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/clients")]
pub async fn list_clients(
    reader: Reader<ManageUsers>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::clients(db, services.now(), actor, edge, paging.fetch())?;
            Ok(paging.page(found, |c| c.user.row.id.to_string(), ClientView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Makes an account for another system.
#[utoipa::path(
    operation_id = "create_client", tag = "account", summary = "Make an account for another system",
    description = "Makes an account for another system, with its first secret, told in this answer and never again.",
    request_body = ClientIn,
    responses((status = 201, description = "Made.", body = ClientSecret)),
    security(("bearer" = []))
)]
#[post("/clients")]
pub async fn create_client(
    writer: Writer<ManageUsers>,
    body: Json<ClientIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewClient {
        name: body.name,
        role: body.role,
        authority_id: body.authority_id,
        scopes: body.scopes,
    };
    let (client, secret) = writer
        .write(move |services, db, actor| service::add_client(db, services.now(), actor, &new))
        .await?;
    Ok(told(client, secret))
}

/// One account of another system.
#[utoipa::path(
    operation_id = "get_client", tag = "account", summary = "Read another system's account",
    description = "One account of another system.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The account.", body = ClientView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/clients/{id}")]
pub async fn get_client(
    reader: Reader<ManageUsers>,
    id: Path<UserId>,
) -> Result<HttpResponse, Problem> {
    let client = reader
        .read(move |services, db, actor| service::client(db, services.now(), actor, &id))
        .await?;
    let view = ClientView::from(client);
    Ok(versioned(
        actix_web::http::StatusCode::OK,
        view.version,
        &view,
    ))
}

/// Changes an account of another system.
#[utoipa::path(
    operation_id = "update_client", tag = "account", summary = "Change another system's account",
    description = "Changes what another system is called, whether it may act, and what. Both hold at once, also for tokens given out.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = ClientPatch,
    responses((status = 200, description = "As it now stands.", body = ClientView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[patch("/clients/{id}")]
pub async fn update_client(
    writer: Writer<ManageUsers>,
    id: Path<UserId>,
    version: IfMatch,
    body: Json<ClientPatch>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let change = ClientChange {
        name: body.name,
        active: body.active,
        scopes: body.scopes,
    };
    let client = writer
        .write(move |services, db, actor| {
            service::change_client(db, services.now(), actor, &id, version.0, &change)
        })
        .await?;
    let view = ClientView::from(client);
    Ok(versioned(
        actix_web::http::StatusCode::OK,
        view.version,
        &view,
    ))
}

/// Makes a new secret.
#[utoipa::path(
    operation_id = "rotate_client_secret", tag = "account", summary = "Replace a secret",
    description = "Makes a new secret, told in this answer and never again; those of before hold for some hours more, so that the other system can be changed over.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    request_body = RotationIn,
    responses((status = 201, description = "Made.", body = ClientSecret)),
    security(("bearer" = []))
)]
#[post("/clients/{id}/secrets")]
pub async fn rotate_client_secret(
    writer: Writer<ManageUsers>,
    id: Path<UserId>,
    body: Json<RotationIn>,
) -> Result<HttpResponse, Problem> {
    let hours = body.into_inner().overlap_hours;
    let (client, secret) = writer
        .write(move |services, db, actor| service::rotate(db, services.now(), actor, &id, hours))
        .await?;
    Ok(told(client, secret))
}

/// What was asked on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageItem {
    /// The day, in Viet Nam.
    pub day: NaiveDate,
    /// Method and address pattern.
    #[schema(example = "GET /api/v1/events")]
    pub operation: String,
    /// How often.
    #[schema(minimum = 1, example = 1440)]
    pub requests: i64,
}

/// What was asked in the last month.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageView {
    /// Newest day first; at most 2,000 rows.
    #[schema(max_items = 2000)]
    pub items: Vec<UsageItem>,
}

/// What another system asked in the last month.
#[utoipa::path(
    operation_id = "get_client_usage", tag = "account", summary = "What another system asked",
    description = "What another system asked in the last month, by day and operation. It is a figure for the administrator: what was counted in the last seconds before a power cut is missing.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The numbers.", body = UsageView)),
    security(("bearer" = []))
)]
#[get("/clients/{id}/usage")]
pub async fn get_client_usage(
    reader: Reader<ManageUsers>,
    id: Path<UserId>,
) -> Result<HttpResponse, Problem> {
    let services = reader.state().services.clone();
    reader.state().block(move || services.keep_usage()).await?;
    let items = reader
        .read(move |services, db, actor| service::usage(db, services.now(), actor, &id))
        .await?
        .into_iter()
        .map(|row| UsageItem {
            day: row.day,
            operation: row.operation,
            requests: row.requests,
        })
        .collect();
    Ok(HttpResponse::Ok().json(UsageView { items }))
}

/// What a client sends for a token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenForm {
    /// Always `client_credentials`.
    #[schema(
        max_length = 40,
        pattern = "^client_credentials$",
        example = "client_credentials"
    )]
    pub grant_type: String,
    /// The client's id, unless it is in `Authorization: Basic`.
    #[schema(max_length = 100)]
    pub client_id: Option<String>,
    /// Its secret, unless it is in `Authorization: Basic`.
    #[schema(max_length = 200)]
    pub client_secret: Option<String>,
}

/// A client's token.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClientTokenView {
    /// JWT, EdDSA.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds it holds.
    pub expires_in: i64,
    /// What it may do, one word each.
    pub scope: String,
}

fn oauth(code: &'static str, error: &'static str, vi: &str, en: &str) -> Refusal {
    Refusal::new(code, vi, en).with("error", error)
}

fn basic(req: &HttpRequest) -> Option<(String, String)> {
    let value = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, text) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = STANDARD.decode(text.trim()).ok()?;
    let pair = String::from_utf8(bytes).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let plain = |s: &str| {
        form_urlencoded::parse(format!("v={s}").as_bytes())
            .next()
            .map(|(_, v)| v.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

/// Exchanges a client's id and secret for an access token.
#[utoipa::path(
    operation_id = "issue_client_token", tag = "account", summary = "Token for another system",
    description = "OAuth 2 client credentials (RFC 6749, 4.4): exchanges a client's id and secret for a short access token. Problems carry `error` as the RFC names it.",
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The token.", body = ClientTokenView),
        (status = 401, description = "`invalid_client`.", body = crate::manners::ProblemBody,
            content_type = "application/problem+json", headers(("WWW-Authenticate" = String, description = "`Bearer`."))),
    ),
    security(())
)]
#[post("/oauth/token")]
pub async fn issue_client_token(
    state: web::Data<AppState>,
    context: RequestContext,
    req: HttpRequest,
    form: Result<web::Form<TokenForm>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let form = form
        .map_err(|_| {
            oauth(
                "token_request_invalid",
                "invalid_request",
                "Yêu cầu cấp mã truy cập không đúng dạng.",
                "The request for a token cannot be read.",
            )
        })?
        .into_inner();
    if form.grant_type != "client_credentials" {
        return Err(oauth(
            "grant_type_unsupported",
            "unsupported_grant_type",
            "Chỉ hỗ trợ grant_type=client_credentials.",
            "Only grant_type=client_credentials is supported.",
        )
        .into());
    }
    let pair = basic(&req).or_else(|| form.client_id.zip(form.client_secret));
    let (id, secret) = pair.unwrap_or_default();
    let address = context.client.to_string();
    let token = state
        .block({
            let services = state.services.clone();
            move || services.client_token(&id, &secret, &address)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .json(ClientTokenView {
            access_token: token.access,
            token_type: "Bearer".into(),
            expires_in: token.expires_in,
            scope: token.scope,
        }))
}
