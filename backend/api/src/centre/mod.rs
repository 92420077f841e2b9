//! Centres and the authorities they receive for.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::{AuthorityId, Ts, centre};
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Reader, SignedIn};
use crate::dossier::routes::PageQuery;
use crate::manners::{Page, Paging, Path, Problem, Query, linked};

/// A one-stop centre.
#[derive(Debug, Serialize, ToSchema)]
pub struct CentreView {
    /// Id.
    pub id: String,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Electronic code, the prefix of dossier codes.
    pub e_code: String,
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
}

/// A competent authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuthorityView {
    /// Id.
    pub id: String,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Electronic code.
    pub e_code: String,
    /// The centres that receive for it today.
    pub served_by: Vec<String>,
}

/// A leader who may sign.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignerView {
    /// Id.
    pub id: String,
    /// Full name.
    pub full_name: String,
    /// Title.
    pub title: Option<String>,
}

/// The leaders of an authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignerList {
    /// The leaders; at most a hundred.
    pub items: Vec<SignerView>,
}

/// Centres.
#[utoipa::path(
    operation_id = "list_centres", tag = "centres", summary = "Centres",
    description = "Centres.",
    params(PageQuery),
    responses((status = 200, description = "A page of centres.", body = Page<CentreView>)),
    security(("bearer" = []))
)]
#[get("/centres")]
pub async fn list_centres(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &())?;
    let page = reader
        .read(move |_, db, _| {
            let edge = paging.edge.clone();
            let edge = edge.as_deref().map(|id| (id, paging.backwards));
            let rows = centre::centres_page(db, edge, paging.fetch())?;
            Ok(paging.page(
                rows,
                |c| c.id.to_string(),
                |c| CentreView {
                    id: c.id.to_string(),
                    code: c.code,
                    name: c.name,
                    e_code: c.e_code,
                    province: c.province_name,
                    commune: c.commune_name,
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Competent authorities, with who receives for them.
#[utoipa::path(
    operation_id = "list_authorities", tag = "centres", summary = "Competent authorities",
    description = "Competent authorities, with who receives for them.",
    params(PageQuery),
    responses((status = 200, description = "A page of authorities.", body = Page<AuthorityView>)),
    security(("bearer" = []))
)]
#[get("/authorities")]
pub async fn list_authorities(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "id", &())?;
    let page = reader
        .read(move |services, db, _| {
            let edge = paging.edge.clone();
            let edge = edge.as_deref().map(|id| (id, paging.backwards));
            let rows = centre::authorities_page(db, edge, paging.fetch())?;
            let ids: Vec<AuthorityId> = rows.iter().map(|a| a.id.clone()).collect();
            let today = local_date(services.now());
            let mut served: HashMap<AuthorityId, Vec<String>> = HashMap::new();
            for s in centre::serves_of(db, &ids)? {
                if s.valid_from <= today && s.valid_to.is_none_or(|to| to >= today) {
                    served
                        .entry(s.authority_id)
                        .or_default()
                        .push(s.centre_id.to_string());
                }
            }
            Ok(paging.page(
                rows,
                |a| a.id.to_string(),
                |a| AuthorityView {
                    served_by: served.get(&a.id).cloned().unwrap_or_default(),
                    id: a.id.to_string(),
                    code: a.code,
                    name: a.name,
                    e_code: a.e_code,
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// The leaders of an authority who may sign today, for results given on the spot.
#[utoipa::path(
    operation_id = "list_signers", tag = "centres", summary = "Leaders who may sign",
    description = "The leaders of an authority who may sign today, for results given on the spot.",
    params(("id" = String, Path, description = "Id of the authority.", format = Uuid)),
    responses((status = 200, description = "The leaders.", body = SignerList)),
    security(("bearer" = []))
)]
#[get("/authorities/{id}/signers")]
pub async fn list_signers(
    reader: Reader<SignedIn>,
    id: Path<AuthorityId>,
) -> Result<HttpResponse, Problem> {
    let items = reader
        .read(move |services, db, _| {
            if centre::authority(db, &id)?.is_none() {
                return Err(Refusal::not_found().into());
            }
            Ok(centre::signers(db, &id, Ts::new(services.now()))?)
        })
        .await?
        .into_iter()
        .map(|(id, full_name, title)| SignerView {
            id: id.to_string(),
            full_name,
            title,
        })
        .collect();
    Ok(HttpResponse::Ok().json(SignerList { items }))
}
