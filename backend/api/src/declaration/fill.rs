//! Filling a declaration from cards and from earlier ones, and reading it back.

use actix_web::{HttpResponse, post};
use motcua_services::declaration as service;
use motcua_store::RecordId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DeclarationView;
use crate::auth::{TakeIn, Writer};
use crate::manners::{IdempotencyKey, IfMatch, Json, Path, Problem};

/// A card that was scanned.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationCardIn {
    /// Whose card it is, by the form's word.
    #[schema(min_length = 1, max_length = 40, example = "mother")]
    pub party: String,
    /// The text of its code.
    #[schema(min_length = 1, max_length = 1000)]
    pub text: String,
}

/// Fills what a card says.
#[utoipa::path(
    operation_id = "read_declaration_card", tag = "declarations", summary = "Fill in a card",
    description = "Fills a party's fields with what its card says, whatever stood there; what the card does not say stays. What is odd about the card is told in `warnings`, once.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = DeclarationCardIn,
    responses((status = 201, description = "As it now stands.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/declarations/{id}/cards")]
pub async fn read_declaration_card(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<DeclarationCardIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let (party, text) = (body.party.clone(), body.text.clone());
    writer
        .once(&body, move |services, db, actor| {
            let seen = (&*id, version.0);
            DeclarationView::reply(service::scan(services, db, actor, seen, &party, &text)?)
        })
        .await
}

/// Of whom earlier declarations are looked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationEarlierIn {
    /// By the form's word; the party's identity number must stand in the declaration.
    #[schema(min_length = 1, max_length = 40, example = "declarant")]
    pub party: String,
}

/// Fills what was declared before.
#[utoipa::path(
    operation_id = "fill_declaration_from_earlier", tag = "declarations", summary = "Fill in what is known",
    description = "Fills a party's empty fields with what the newest earlier dossiers and signed declarations of the same identity number at this centre say. Looking into a dossier's people is recorded with the dossier.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = DeclarationEarlierIn,
    responses((status = 201, description = "As it now stands.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/declarations/{id}/earlier")]
pub async fn fill_declaration_from_earlier(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<DeclarationEarlierIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let party = body.party.clone();
    writer
        .once(&body, move |services, db, actor| {
            let seen = (&*id, version.0);
            DeclarationView::reply(service::earlier(services, db, actor, seen, &party)?)
        })
        .await
}

/// Reads a declaration back.
#[utoipa::path(
    operation_id = "read_declaration_back", tag = "declarations", summary = "Read a declaration back",
    description = "Says that the declaration is whole and is read back to the citizen. What is missing or wrong is pointed at.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "As it now stands.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/declarations/{id}/read-back")]
pub async fn read_declaration_back(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            DeclarationView::reply(service::read_back(services, db, actor, &id, version.0)?)
        })
        .await
}
