//! One's own password and second factor.

use actix_web::{HttpResponse, post};
use motcua_domain::refusal::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{OwnAccount, Reader};
use crate::manners::{Json, Problem};

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordIn {
    /// The present one.
    #[schema(max_length = 200, format = Password)]
    pub current_password: String,
    /// The new one.
    #[schema(min_length = 10, max_length = 200, format = Password, example = "MatKhau#Moi2026")]
    pub new_password: String,
}

/// Refuses what is longer than any password or code before anything is asked of it.
fn not_longer(pointer: &str, text: &str, most: usize) -> Result<(), Problem> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(Refusal::invalid(vec![FieldError::new(
        pointer,
        "too_long",
        format!("Tối đa {most} ký tự."),
        format!("At most {most} characters."),
    )])
    .into())
}

/// Changes one's own password.
#[utoipa::path(
    operation_id = "change_password", tag = "account", summary = "Change my password",
    description = "Changes the caller's password. Every other sign-in of the person ends; this one goes on.",
    request_body = PasswordIn,
    responses((status = 204, description = "Changed.")),
    security(("bearer" = []))
)]
#[post("/me/password")]
pub async fn change_password(
    reader: Reader<OwnAccount>,
    body: Json<PasswordIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    not_longer("/current_password", &body.current_password, 200)?;
    not_longer("/new_password", &body.new_password, 200)?;
    let state = reader.state().clone();
    let actor = reader.read(|_, _, actor| Ok(actor.clone())).await?;
    state
        .hash(move |services| {
            services.change_password(&actor, &body.current_password, &body.new_password)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The password, told again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordAgain {
    /// The present password.
    #[schema(max_length = 200, format = Password)]
    pub password: String,
}

/// A secret for an authenticator.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorSecret {
    /// To be typed: base32.
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// `otpauth://` address.
    pub uri: String,
    /// The same as a QR code, SVG.
    pub qr_svg: String,
}

/// Begins a second factor.
#[utoipa::path(
    operation_id = "begin_second_factor", tag = "account", summary = "Set up my second factor",
    description = "Makes a new secret for an authenticator (RFC 6238: six digits, thirty seconds). It is not asked for before a code of it was given back. Asked again, it makes another.",
    request_body = PasswordAgain,
    responses((status = 201, description = "The secret.", body = SecondFactorSecret)),
    security(("bearer" = []))
)]
#[post("/me/second-factor")]
pub async fn begin_second_factor(
    reader: Reader<OwnAccount>,
    body: Json<PasswordAgain>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    not_longer("/password", &body.password, 200)?;
    let state = reader.state().clone();
    let actor = reader.read(|_, _, actor| Ok(actor.clone())).await?;
    let made = state
        .hash(move |services| services.begin_second_factor(&actor, &body.password))
        .await?;
    Ok(HttpResponse::Created()
        .insert_header(("cache-control", "no-store"))
        .json(SecondFactorSecret {
            secret: made.secret,
            uri: made.uri,
            qr_svg: made.qr_svg,
        }))
}

/// A code of the authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeIn {
    /// Six digits.
    #[schema(max_length = 10, example = "492039")]
    pub code: String,
}

/// Turns the second factor on.
#[utoipa::path(
    operation_id = "confirm_second_factor", tag = "account", summary = "Turn my second factor on",
    description = "Turns the second factor on: a code of the new secret shows that it arrived. From now on signing in asks for one.",
    request_body = CodeIn,
    responses((status = 204, description = "On.")),
    security(("bearer" = []))
)]
#[post("/me/second-factor/confirmations")]
pub async fn confirm_second_factor(
    reader: Reader<OwnAccount>,
    body: Json<CodeIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    not_longer("/code", &body.code, 10)?;
    let state = reader.state().clone();
    let actor = reader.read(|_, _, actor| Ok(actor.clone())).await?;
    let services = state.services.clone();
    state
        .block(move || services.confirm_second_factor(&actor, &body.code))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
