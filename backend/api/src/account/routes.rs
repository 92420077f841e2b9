//! Signing in and out.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use motcua_domain::account::Pending;
use motcua_domain::refusal::Refusal;
use motcua_services::Permission;
use motcua_services::account::Tokens;
use motcua_services::feedback::denunciation;
use motcua_services::token::unauthenticated;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{OwnAccount, Reader};
use crate::manners::{Json, JsonOrDefault, Problem, RequestContext};
use crate::state::{AppState, into_problem};
use crate::words;

/// Name of the cookie that holds the refresh token; scripts cannot read it.
pub const REFRESH_COOKIE: &str = "motcua_refresh";
const COOKIE_PATH: &str = "/api/v1/auth";

/// A sign-in name and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginIn {
    /// Sign-in name.
    #[schema(min_length = 1, max_length = 64, example = "tiepnhan")]
    pub username: String,
    /// Password.
    #[schema(min_length = 1, max_length = 200, example = "Motcua@2026")]
    pub password: String,
    /// Six digits of the authenticator, when the account has a second factor.
    #[schema(max_length = 10, example = "492039")]
    pub code: Option<String>,
}

/// An access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    /// JWT, EdDSA.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds it holds.
    pub expires_in: i64,
}

fn signed_in(tokens: Tokens, https: bool) -> HttpResponse {
    let cookie = Cookie::build(REFRESH_COOKIE, tokens.refresh)
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(https)
        .max_age(Duration::seconds(tokens.refresh_max_age))
        .finish();
    HttpResponse::Ok().cookie(cookie).json(TokenView {
        access_token: tokens.access,
        token_type: "Bearer".into(),
        expires_in: tokens.expires_in,
    })
}

/// Signs in with a name and password.
#[utoipa::path(
    operation_id = "sign_in", tag = "account", summary = "Sign in",
    description = "Signs in with a name and password, and with a code where the account has a second factor: without it the answer is `second_factor_needed`.",
    request_body = LoginIn,
    responses(
        (status = 200, description = "Signed in; the refresh token is in an httpOnly cookie.", body = TokenView,
            headers(("Set-Cookie" = String, description = "The refresh token."))),
        (status = 401, description = "`invalid_credentials`, `account_deactivated`, `first_password_expired`, `second_factor_needed` or `second_factor_wrong`.", body = crate::manners::ProblemBody,
            content_type = "application/problem+json", headers(("WWW-Authenticate" = String, description = "`Bearer`."))),
    ),
    security(())
)]
#[post("/auth/login")]
pub async fn sign_in(
    state: web::Data<AppState>,
    context: RequestContext,
    body: Json<LoginIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let code_fits = body.code.as_ref().is_none_or(|c| c.chars().count() <= 10);
    if body.username.chars().count() > 64 || body.password.chars().count() > 200 || !code_fits {
        return Err(Refusal::new(
            "invalid_credentials",
            "Tên đăng nhập hoặc mật khẩu không đúng.",
            "The user name or password is wrong.",
        )
        .into());
    }
    let address = context.client.to_string();
    let tokens = state
        .hash(move |services| {
            let code = body.code.as_deref();
            services.sign_in(&body.username, &body.password, code, &address)
        })
        .await?;
    Ok(signed_in(tokens, context.https))
}

/// Exchanges the refresh cookie for a new access token. The header `X-Motcua-Client` must be there:
/// a form on another site cannot send it.
#[utoipa::path(
    operation_id = "refresh_token", tag = "account", summary = "Renew the access token",
    description = "Exchanges the refresh cookie for a new access token. The header `X-Motcua-Client` must be there: a form on another site cannot send it.",
    params(("X-Motcua-Client" = Option<String>, Header, description = "Any value, such as `spa`.", example = "spa", max_length = 100)),
    responses(
        (status = 200, description = "Renewed; the cookie is replaced.", body = TokenView,
            headers(("Set-Cookie" = String, description = "The next refresh token."))),
        (status = 401, description = "No usable cookie, or `refresh_reused`.", body = crate::manners::ProblemBody,
            content_type = "application/problem+json", headers(("WWW-Authenticate" = String, description = "`Bearer`."))),
    ),
    security(())
)]
#[post("/auth/refresh")]
pub async fn refresh_token(
    state: web::Data<AppState>,
    context: RequestContext,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let cookie = req.cookie(REFRESH_COOKIE).map(|c| c.value().to_owned());
    let meant = req.headers().contains_key("x-motcua-client");
    let (Some(token), true) = (cookie, meant) else {
        return Err(into_problem(unauthenticated()));
    };
    let services = state.services.clone();
    let tokens = state.block(move || services.renew(&token)).await?;
    Ok(signed_in(tokens, context.https))
}

/// How to sign out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogoutIn {
    /// End every sign-in of this person, on every machine.
    #[serde(default)]
    pub everywhere: bool,
}

/// Signs out here, or everywhere.
#[utoipa::path(
    operation_id = "sign_out", tag = "account", summary = "Sign out",
    description = "Signs out here, or everywhere.",
    request_body = Option<LogoutIn>,
    responses((status = 204, description = "Signed out; the cookie is gone.")),
    security(("bearer" = []))
)]
#[post("/auth/logout")]
pub async fn sign_out(
    reader: Reader<OwnAccount>,
    state: web::Data<AppState>,
    context: RequestContext,
    body: JsonOrDefault<LogoutIn>,
) -> Result<HttpResponse, Problem> {
    let actor = reader.read(|_, _, actor| Ok(actor.clone())).await?;
    let everywhere = body.into_inner().everywhere;
    let services = state.services.clone();
    state
        .block(move || services.sign_out(None, Some(&actor), everywhere))
        .await?;
    let gone = Cookie::build(REFRESH_COOKIE, "")
        .path(COOKIE_PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(context.https)
        .max_age(Duration::ZERO)
        .finish();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

/// A role of the signed-in person.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    /// Which.
    #[schema(value_type = words::Role)]
    pub role: String,
    /// Where.
    pub centre_id: Option<String>,
    /// For which authority; absent: the whole centre.
    pub authority_id: Option<String>,
    /// Held for somebody else, for a time.
    pub delegated: bool,
}

/// The signed-in person.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    /// Id.
    pub id: String,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// Roles.
    pub roles: Vec<RoleView>,
    /// What these roles may do.
    pub permissions: Vec<String>,
    /// What must be done before anything else.
    #[schema(value_type = Option<words::Pending>)]
    pub pending: Option<Pending>,
    /// Whether the account asks for a second factor.
    pub second_factor: bool,
}

/// Who am I, and what may I do?
#[utoipa::path(
    operation_id = "get_me", tag = "account", summary = "The signed-in person",
    description = "Who am I, and what may I do?",
    responses((status = 200, description = "The person.", body = MeView)),
    security(("bearer" = []))
)]
#[get("/me")]
pub async fn get_me(reader: Reader<OwnAccount>) -> Result<HttpResponse, Problem> {
    let (actor, second_factor, appointed) = reader
        .read(|_, db, actor| {
            let user = motcua_store::account::user(db, &actor.user_id)?;
            let second_factor = user.is_some_and(|u| u.totp_since.is_some());
            // The one permission that a role alone does not give.
            let appointed = denunciation::is_appointed(db, actor)?;
            Ok((actor.clone(), second_factor, appointed))
        })
        .await?;
    let permissions = Permission::all()
        .into_iter()
        .filter(|p| actor.may(*p) && (appointed || *p != Permission::HandleDenunciations))
        .map(Permission::name)
        .collect();
    Ok(HttpResponse::Ok().json(MeView {
        id: actor.user_id.to_string(),
        username: actor.username.clone(),
        full_name: actor.full_name.clone(),
        roles: actor
            .grants
            .iter()
            .map(|g| RoleView {
                role: g.role.as_str().to_owned(),
                centre_id: Some(g.centre_id.to_string()),
                authority_id: g.authority_id.as_ref().map(ToString::to_string),
                delegated: g.delegated_by.is_some(),
            })
            .collect(),
        permissions,
        pending: actor.pending,
        second_factor,
    }))
}

/// A public key.
#[derive(Debug, Serialize, ToSchema)]
pub struct JwkView {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// `EdDSA`.
    pub alg: String,
    /// `sig`.
    #[serde(rename = "use")]
    pub usage: String,
    /// Key id.
    pub kid: String,
    /// The key, base64url.
    pub x: String,
}

/// The public keys that check access tokens.
#[derive(Debug, Serialize, ToSchema)]
pub struct JwksView {
    /// The keys.
    pub keys: Vec<JwkView>,
}

/// The public keys that check access tokens (JWKS).
#[utoipa::path(
    operation_id = "get_jwks", tag = "account", summary = "Public keys",
    description = "The public keys that check access tokens (JWKS).",
    responses((status = 200, description = "The keys.", body = JwksView)),
    security(())
)]
#[get("/.well-known/jwks.json")]
pub async fn get_jwks(state: web::Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("cache-control", "public, max-age=300"))
        .json(state.services.keys.jwks())
}
