//! Centres and the authorities they receive for.

pub mod organisation;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, put};
use motcua_domain::account::SecondFactor;
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_services::centre as service;
use motcua_store::centre::CentreRow;
use motcua_store::{AuthorityId, CentreId, Ts, centre};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{ManageUsers, Reader, SignedIn, Writer};
use crate::dossier::routes::PageQuery;
use crate::manners::{IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned};
use crate::words;

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
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Who must sign in with a second factor.
    #[schema(value_type = words::SecondFactor)]
    pub second_factor: String,
    /// Row version.
    pub version: i64,
}

impl From<CentreRow> for CentreView {
    fn from(c: CentreRow) -> Self {
        Self {
            id: c.id.to_string(),
            code: c.code,
            name: c.name,
            e_code: c.e_code,
            province: c.province_name,
            commune: c.commune_name,
            address: c.address,
            phone: c.phone,
            second_factor: c.second_factor,
            version: c.version,
        }
    }
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
            let edge = paging.by_id();
            let rows = centre::centres_page(db, edge, paging.fetch())?;
            Ok(paging.page(rows, |c| c.id.to_string(), CentreView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Who must sign in with a second factor.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInPolicyIn {
    /// Whoever wants to, leaders and administrators, or everyone.
    #[schema(value_type = words::SecondFactor)]
    pub second_factor: SecondFactor,
}

/// Says who must sign in with a second factor.
#[utoipa::path(
    operation_id = "set_sign_in_policy", tag = "centres", summary = "Set the sign-in policy",
    description = "Says who must sign in with a second factor at a centre. It is asked for at the next sign-in; whoever has none yet sets it up then.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    request_body = SignInPolicyIn,
    responses((status = 200, description = "The centre as it now stands.", body = CentreView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/centres/{id}/sign-in-policy")]
pub async fn set_sign_in_policy(
    writer: Writer<ManageUsers>,
    id: Path<CentreId>,
    version: IfMatch,
    body: Json<SignInPolicyIn>,
) -> Result<HttpResponse, Problem> {
    let policy = body.into_inner().second_factor;
    let row = writer
        .write(move |services, db, actor| {
            service::set_sign_in_policy(services, db, actor, &id, version.0, policy)
        })
        .await?;
    let view = CentreView::from(row);
    Ok(versioned(StatusCode::OK, view.version, &view))
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
            let edge = paging.by_id();
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
