//! A declaration's paper, and its signature.

use actix_web::{HttpResponse, get, post};
use motcua_documents::Form;
use motcua_documents::marks::strokes_svg;
use motcua_domain::declaration::{CardPart, HEIGHT, Point, SignedHow, WIDTH, written};
use motcua_services::declaration::{self as service, Paper, Prepared, Signing};
use motcua_store::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::DeclarationView;
use crate::auth::{ReadPersonalData, Reader, TakeIn, Writer};
use crate::dossier::paper::place_date;
use crate::fee::paper::{file, set};
use crate::manners::{IdempotencyKey, IfMatch, Large, Path, Problem};
use crate::words;

/// How a declaration is signed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationSignatureIn {
    /// With a pen on the printed paper, or on a screen. What more than one person signs is signed on paper.
    #[schema(value_type = words::DeclarationSignedHow)]
    pub how: SignedHow,
    /// What was drawn on the screen, in a field of 1000 × 400; at most 5,000 points in all.
    #[schema(max_items = 200)]
    pub strokes: Option<Vec<Vec<Point>>>,
}

/// Signs a declaration.
#[utoipa::path(
    operation_id = "sign_declaration", tag = "declarations", summary = "Sign a declaration",
    description = "Signs a declaration that was read back, on the printed paper or on a screen. From now on nothing of it changes, and its paper is the same bytes for ever.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = DeclarationSignatureIn,
    responses((status = 201, description = "Signed.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/declarations/{id}/signature")]
pub async fn sign_declaration(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Large<DeclarationSignatureIn>,
) -> Result<HttpResponse, Problem> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let signing = Signing {
        how: body.how,
        strokes: body.strokes.clone(),
    };
    // Set before the transaction that signs. What cannot be signed is refused there, where an answer that was kept
    // under the same key is found first.
    let services = writer.state().services.clone();
    let (actor, seen, asked) = (writer.actor.clone(), id.clone(), signing.clone());
    let paper = writer
        .state()
        .block(move || {
            let prepared = services
                .read(|db| service::prepare(&services, db, &actor, (&seen, version.0), &asked));
            match prepared {
                Ok(prepared) => {
                    let at = prepared.at;
                    Ok(Some((document(&prepared)?, at)))
                }
                Err(motcua_services::Error::Refused(_)) => Ok(None),
                Err(other) => Err(other),
            }
        })
        .await?;
    writer
        .once(&body, move |services, db, actor| {
            let seen = (&id, version.0);
            let signed = service::sign(services, db, actor, seen, &signing, paper.as_ref())?;
            DeclarationView::reply(signed)
        })
        .await
}

/// A declaration's paper.
#[utoipa::path(
    operation_id = "get_declaration_paper", tag = "declarations", summary = "Print a declaration",
    description = "A declaration as a document, PDF/A: marked as a draft while it is written, without the mark once it was read back, and as it was signed after that, the same bytes for ever.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf"),
        (status = 410, description = "It was disposed of when its time was over.", body = crate::manners::problem::ProblemBody, content_type = "application/problem+json")),
    security(("bearer" = []))
)]
#[get("/declarations/{id}/paper")]
pub async fn get_declaration_paper(
    reader: Reader<ReadPersonalData>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let asked = id.clone();
    let (form, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| service::paper(services, db, actor, &asked),
            |paper| match paper {
                Paper::Kept { form, bytes } => Ok((form, bytes)),
                Paper::Now(prepared) => {
                    let form = prepared.declaration.row.form_code.clone();
                    Ok((form, document(&prepared)?))
                }
            },
        )
        .await?;
    let name = format!("to-khai-{}-{id}.pdf", form.replace('_', "-"));
    Ok(file("application/pdf", &name, bytes))
}

/// What the paper is filled in with.
fn filled(prepared: &Prepared) -> Value {
    let declaration = &prepared.declaration;
    let form = declaration.form;
    let sections: Vec<Value> = form
        .sections
        .iter()
        .map(|section| {
            let fields: Vec<Value> = section
                .fields
                .iter()
                .map(|field| {
                    let entered = declaration
                        .entries
                        .get(&format!("{}/{}", section.key, field.key));
                    json!({
                        "name": field.name.vi,
                        "value": entered.map(|e| written(field, &e.value)),
                    })
                })
                .collect();
            json!({ "name": section.name.vi, "fields": fields })
        })
        .collect();
    let strokes = prepared.strokes.as_ref().map(|strokes| {
        let strokes: Vec<Vec<(u16, u16)>> = strokes
            .iter()
            .map(|stroke| stroke.iter().map(|p| (p.x, p.y)).collect())
            .collect();
        strokes_svg((WIDTH, HEIGHT), &strokes)
    });
    let signers: Vec<Value> = form
        .declarants()
        .map(|party| {
            json!({
                "role": party.name.vi.to_uppercase(),
                "name": declaration.of_party(&party.key, CardPart::FullName),
                "strokes": strokes,
            })
        })
        .collect();
    let addressed = prepared
        .authority
        .as_ref()
        .filter(|_| form.to_authority)
        .unwrap_or(&form.addressed_to.vi);
    let others: Vec<&String> = form.others_sign.iter().map(|who| &who.vi).collect();
    let at = motcua_domain::vn_time::to_vn(prepared.at);
    json!({
        "title": form.title.vi,
        "heading": form.title.vi.to_uppercase(),
        "addressed_to": addressed,
        "draft": prepared.draft,
        "mark": format!("{} – {}", form.number, declaration.row.id),
        "sections": sections,
        "pledge": form.pledge.vi,
        "place_date": place_date(&prepared.commune, at),
        "signers": signers,
        "others": others,
    })
}

fn document(prepared: &Prepared) -> motcua_services::Result<Vec<u8>> {
    let row = &prepared.declaration.row;
    let name = format!("to-khai-{}", row.id);
    let at = motcua_domain::vn_time::to_vn(prepared.at);
    set(Form::Declaration, &name, &filled(prepared), at)
}
