//! Typing mistakes put right after a dossier came in.

use actix_web::{HttpResponse, post};
use motcua_services::dossier::{self as service, Target};
use motcua_store::DossierId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::dto::{ComponentIn, DeliveryIn, FilerIn, OwnerIn};
use super::view::DossierView;
use crate::auth::{Reply, TakeIn, Writer};
use crate::manners::{IdempotencyKey, IfMatch, Json, Lang, Path, Problem};

/// Who a dossier names, as it should have been typed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendmentIn {
    /// The owner, whole: what is left out is taken away.
    pub owner: OwnerIn,
    /// The filer, whole; absent: as it stands.
    pub filer: Option<FilerIn>,
    /// The papers, whole; absent: as they stand. What was accepted complete stays complete.
    #[schema(max_items = 100)]
    pub components: Option<Vec<ComponentIn>>,
    /// How the result goes to the citizen; absent: as it stands.
    pub result_delivery: Option<DeliveryIn>,
    /// What was wrong, and how one knows.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Gõ nhầm họ tên, đã đối chiếu thẻ căn cước."
    )]
    pub reason: String,
}

/// Puts a typing mistake right and issues the slip anew.
#[utoipa::path(
    operation_id = "amend_dossier", tag = "dossiers", summary = "Put a typing mistake right",
    description = "Puts right what was typed of a dossier, until the decision is signed: names and numbers of its people, how many of each paper were handed in, where the result goes. State, dates and code stay as they are; where a slip was issued it is issued anew, and the old one is kept.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = AmendmentIn,
    responses((status = 201, description = "The dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/amendments")]
pub async fn amend_dossier(
    writer: Writer<TakeIn>,
    lang: Lang,
    id: Path<DossierId>,
    version: IfMatch,
    body: Json<AmendmentIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let wanted = service::Amendment {
        owner: body.owner.clone().into_input(),
        filer: body.filer.clone().map(FilerIn::into_input),
        components: body
            .components
            .clone()
            .map(|all| all.into_iter().map(ComponentIn::into_input).collect()),
        delivery: body.result_delivery.clone().map(|d| (d.method, d.address)),
        reason: body.reason.clone(),
    }
    .checked(writer.state().services.now())
    .map_err(crate::state::into_problem)?;
    let target = Target {
        id: id.into_inner(),
        version: version.0,
    };
    writer
        .once(&body, move |services, db, actor| {
            let row = service::amend(services, db, actor, &target, &wanted)?;
            let view = service::view(services, db, actor, &row.id)?;
            Reply::created(
                format!("/api/v1/dossiers/{}", row.id),
                Some(row.version),
                &DossierView::new(view, lang),
            )
        })
        .await
}
