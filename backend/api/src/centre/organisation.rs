//! Branches, reception points, counters and for whom a centre receives, with dates.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::NaiveDate;
use motcua_domain::organisation::PointKind;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_services::organisation::{self as service, Ending, NewPoint, NewServed};
use motcua_store::centre::{CounterRow, PointRow};
use motcua_store::{AuthorityId, CentreId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CentreView;
use crate::auth::{ManageOrganisation, Reader, Reply, SignedIn, Writer};
use crate::manners::{IdempotencyKey, IfMatch, Json, Large, Path, Problem, versioned};
use crate::state::AppState;
use crate::words;

/// A branch or a reception point.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PointIn {
    /// Branch or reception point.
    #[schema(value_type = words::PointKind)]
    pub kind: PointKind,
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, example = "Điểm tiếp nhận Cửa Nam")]
    pub name: String,
    /// Where it is.
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// Telephone.
    #[schema(max_length = 20)]
    pub phone: Option<String>,
    /// First day; today when absent.
    pub valid_from: Option<NaiveDate>,
}

/// A counter.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterIn {
    /// What it is called.
    #[schema(
        min_length = 1,
        max_length = 100,
        example = "Quầy 3: hộ tịch, chứng thực"
    )]
    pub name: String,
    /// Where it stands; absent: in the centre's own house.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub point_id: Option<RecordId>,
    /// First day; today when absent.
    pub valid_from: Option<NaiveDate>,
}

/// An authority for which a centre begins to receive: one that is known, or a new one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServedIn {
    /// One that is known; the other members are then left out.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Short code of a new one.
    #[schema(max_length = 32, example = "hk")]
    pub code: Option<String>,
    /// Full name of a new one.
    #[schema(max_length = 200, example = "Ủy ban nhân dân phường Hoàn Kiếm")]
    pub name: Option<String>,
    /// Electronic identification code of a new one.
    #[schema(max_length = 35, example = "H26.14.104")]
    pub e_code: Option<String>,
    /// First day; today when absent.
    pub valid_from: Option<NaiveDate>,
}

/// The last day of something.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LastDayIn {
    /// Its last day, today or later.
    pub last_day: NaiveDate,
}

/// A branch or reception point.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointView {
    /// Id.
    pub id: String,
    /// Branch or reception point.
    #[schema(value_type = words::PointKind)]
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

impl From<PointRow> for PointView {
    fn from(p: PointRow) -> Self {
        Self {
            id: p.id.to_string(),
            kind: p.kind,
            name: p.name,
            address: p.address,
            phone: p.phone,
            valid_from: p.valid_from,
            valid_to: p.valid_to,
        }
    }
}

/// A counter.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterView {
    /// Id.
    pub id: String,
    /// Where it stands; absent: in the centre's own house.
    pub point_id: Option<String>,
    /// What it is called.
    pub name: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

impl From<CounterRow> for CounterView {
    fn from(c: CounterRow) -> Self {
        Self {
            id: c.id.to_string(),
            point_id: c.point_id.map(|p| p.to_string()),
            name: c.name,
            valid_from: c.valid_from,
            valid_to: c.valid_to,
        }
    }
}

/// For whom a centre receives.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServedView {
    /// Id of the authority.
    pub authority_id: String,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
}

/// A centre with everything that belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganisationView {
    /// The centre.
    pub centre: CentreView,
    /// Branches and reception points.
    #[schema(max_items = 500)]
    pub points: Vec<PointView>,
    /// Counters.
    #[schema(max_items = 500)]
    pub counters: Vec<CounterView>,
    /// For whom it receives or received.
    #[schema(max_items = 500)]
    pub served: Vec<ServedView>,
}

impl From<service::Organisation> for OrganisationView {
    fn from(o: service::Organisation) -> Self {
        Self {
            centre: o.centre.into(),
            points: o.points.into_iter().map(PointView::from).collect(),
            counters: o.counters.into_iter().map(CounterView::from).collect(),
            served: o
                .served
                .into_iter()
                .map(|(s, a)| ServedView {
                    authority_id: a.id.to_string(),
                    code: a.code,
                    name: a.name,
                    valid_from: s.valid_from,
                    valid_to: s.valid_to,
                })
                .collect(),
        }
    }
}

fn told(o: service::Organisation) -> motcua_services::Result<Reply> {
    let at = format!("/api/v1/centres/{}/organisation", o.centre.id);
    Reply::created(at, None, &OrganisationView::from(o))
}

/// A centre with everything that belongs to it.
#[utoipa::path(
    operation_id = "get_organisation", tag = "centres", summary = "A centre and what belongs to it",
    description = "A centre of the caller's with its branches, reception points, counters, and for whom it receives, each with its dates.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid)),
    responses((status = 200, description = "The centre.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[get("/centres/{id}/organisation")]
pub async fn get_organisation(
    reader: Reader<SignedIn>,
    id: Path<CentreId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |_, db, actor| service::organisation(db, actor, &id))
        .await?;
    Ok(HttpResponse::Ok().json(OrganisationView::from(found)))
}

/// Adds a branch or a reception point.
#[utoipa::path(
    operation_id = "add_reception_point", tag = "centres", summary = "Add a branch or reception point",
    description = "Adds a branch or a reception point of a centre, from a day on.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid), IdempotencyKey), request_body = PointIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/centres/{id}/reception-points")]
pub async fn add_reception_point(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
    body: Json<PointIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewPoint {
        kind: body.kind,
        name: body.name.clone(),
        address: body.address.clone(),
        phone: body.phone.clone(),
        valid_from: body.valid_from,
    };
    writer
        .once(&body, move |services, db, actor| {
            told(service::add_point(services, db, actor, &id, &new)?)
        })
        .await
}

/// Adds a counter.
#[utoipa::path(
    operation_id = "add_service_counter", tag = "centres", summary = "Add a counter",
    description = "Adds a counter, in the centre's own house or at one of its places, from a day on.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid), IdempotencyKey), request_body = CounterIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/centres/{id}/service-counters")]
pub async fn add_service_counter(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
    body: Json<CounterIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = body.clone();
    writer
        .once(&body, move |services, db, actor| {
            let (point, from) = (new.point_id.as_ref(), new.valid_from);
            told(service::add_counter(
                services, db, actor, &id, &new.name, point, from,
            )?)
        })
        .await
}

/// Begins to receive for an authority.
#[utoipa::path(
    operation_id = "serve_authority", tag = "centres", summary = "Begin to receive for an authority",
    description = "Begins to receive for an authority from a day on: one that is known by its id, or a new one by code, name and electronic code.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid), IdempotencyKey), request_body = ServedIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/centres/{id}/served-authorities")]
pub async fn serve_authority(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
    body: Json<ServedIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = match (&body.authority_id, &body.code, &body.name, &body.e_code) {
        (Some(known), None, None, None) => NewServed::Known(known.clone()),
        (None, Some(code), Some(name), Some(e_code)) => NewServed::New {
            code: code.clone(),
            name: name.clone(),
            e_code: e_code.clone(),
        },
        _ => {
            return Err(Refusal::invalid(vec![FieldError::new(
                "/authority_id",
                "contradiction",
                "Chọn một cơ quan đã có, hoặc ghi đủ mã, tên và mã định danh của cơ quan mới.",
                "Give one that is known, or code, name and electronic code of a new one.",
            )])
            .into());
        }
    };
    let from = body.valid_from;
    writer
        .once(&body, move |services, db, actor| {
            told(service::serve(services, db, actor, &id, &new, from)?)
        })
        .await
}

async fn ended(
    writer: Writer<ManageOrganisation>,
    what: Ending,
    body: LastDayIn,
) -> Result<HttpResponse, Problem> {
    let last = body.last_day;
    writer
        .once(&body, move |services, db, actor| {
            told(service::end(services, db, actor, &what, last)?)
        })
        .await
}

/// Says the last day of a branch or reception point.
#[utoipa::path(
    operation_id = "end_reception_point", tag = "centres", summary = "End a branch or reception point",
    description = "Says the last day of a branch or reception point; it can be moved while it is not past.",
    params(("id" = String, Path, description = "Id of the place.", format = Uuid), IdempotencyKey), request_body = LastDayIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/reception-points/{id}/endings")]
pub async fn end_reception_point(
    writer: Writer<ManageOrganisation>,
    id: Path<RecordId>,
    body: Json<LastDayIn>,
) -> Result<HttpResponse, Problem> {
    ended(writer, Ending::Point(id.into_inner()), body.into_inner()).await
}

/// Says the last day of a counter.
#[utoipa::path(
    operation_id = "end_service_counter", tag = "centres", summary = "End a counter",
    description = "Says the last day of a counter; it can be moved while it is not past.",
    params(("id" = String, Path, description = "Id of the counter.", format = Uuid), IdempotencyKey), request_body = LastDayIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/service-counters/{id}/endings")]
pub async fn end_service_counter(
    writer: Writer<ManageOrganisation>,
    id: Path<RecordId>,
    body: Json<LastDayIn>,
) -> Result<HttpResponse, Problem> {
    ended(writer, Ending::Counter(id.into_inner()), body.into_inner()).await
}

/// Says the last day on which a centre receives for an authority.
#[utoipa::path(
    operation_id = "end_serving", tag = "centres", summary = "Stop receiving for an authority",
    description = "Says the last day on which a centre receives for an authority. What was taken in until then goes on.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid),
        ("authority_id" = String, Path, description = "Id of the authority.", format = Uuid), IdempotencyKey), request_body = LastDayIn,
    responses((status = 201, description = "The centre as it now stands.", body = OrganisationView)),
    security(("bearer" = []))
)]
#[post("/centres/{id}/served-authorities/{authority_id}/endings")]
pub async fn end_serving(
    writer: Writer<ManageOrganisation>,
    ids: Path<(CentreId, AuthorityId)>,
    body: Json<LastDayIn>,
) -> Result<HttpResponse, Problem> {
    let (centre, authority) = ids.into_inner();
    ended(
        writer,
        Ending::Serving(centre, authority),
        body.into_inner(),
    )
    .await
}

/// A centre as anyone may know it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicCentre {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Name.
    pub name: String,
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Address of its mark, a PNG.
    pub logo: Option<String>,
    /// Branches and reception points that are open today.
    #[schema(max_items = 500)]
    pub points: Vec<PointView>,
}

/// Centres as anyone may know them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicCentres {
    /// At most a hundred.
    #[schema(max_items = 100)]
    pub items: Vec<PublicCentre>,
}

/// Centres as anyone may know them.
#[utoipa::path(
    operation_id = "list_public_centres", tag = "public", summary = "Where one can go",
    description = "The centres of this installation with their addresses, and the branches and reception points that are open today.",
    responses((status = 200, description = "The centres.", body = PublicCentres)),
    security(())
)]
#[get("/public/centres")]
pub async fn list_public_centres(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let known = state.read(service::public).await?;
    let (points, logos) = (known.points, known.logos);
    let items = known
        .centres
        .into_iter()
        .map(|c| PublicCentre {
            id: c.id.to_string(),
            points: points
                .iter()
                .filter(|p| p.centre_id == c.id)
                .cloned()
                .map(PointView::from)
                .collect(),
            logo: logos
                .contains_key(&c.id)
                .then(|| format!("/api/v1/public/centres/{}/logo", c.id)),
            name: c.name,
            province: c.province_name,
            commune: c.commune_name,
            address: c.address,
            phone: c.phone,
        })
        .collect();
    Ok(HttpResponse::Ok().json(PublicCentres { items }))
}

/// The mark of a centre.
#[utoipa::path(
    operation_id = "get_centre_logo", tag = "public", summary = "The mark of a centre",
    description = "The mark of a centre, a PNG.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid)),
    responses((status = 200, description = "The picture.", content_type = "image/png", body = String,
        headers(("ETag" = String, description = "Digest of the picture.")))),
    security(())
)]
#[get("/public/centres/{id}/logo")]
pub async fn get_centre_logo(
    state: web::Data<AppState>,
    id: Path<CentreId>,
) -> Result<HttpResponse, Problem> {
    let (bytes, digest) = state.read(move |_, db| service::logo(db, &id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("image/png")
        .insert_header((header::ETAG, format!("\"{digest}\"")))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(bytes))
}

/// A centre's mark.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogoIn {
    /// A PNG or JPEG in base64, at most 512 KiB and no side longer than 4,000 pixels; it is drawn anew
    /// and made smaller.
    #[schema(min_length = 1, max_length = 700000)]
    pub image: String,
}

/// Sets the mark of a centre.
#[utoipa::path(
    operation_id = "set_centre_logo", tag = "centres", summary = "Set the mark of a centre",
    description = "Sets the mark that the screens of a centre show, in place of the one before.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid)), request_body = LogoIn,
    responses((status = 204, description = "Set.")),
    security(("bearer" = []))
)]
#[put("/centres/{id}/logo")]
pub async fn set_centre_logo(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
    body: Large<LogoIn>,
) -> Result<HttpResponse, Problem> {
    let sent = body.into_inner().image;
    let image = writer
        .state()
        .hash(move |_| service::drawn(&sent, "/image"))
        .await?;
    writer
        .write(move |services, db, actor| service::set_logo(services, db, actor, &id, Some(&image)))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes the mark of a centre away.
#[utoipa::path(
    operation_id = "drop_centre_logo", tag = "centres", summary = "Take the mark of a centre away",
    description = "Takes the mark of a centre away; its screens show this program's own again.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid)),
    responses((status = 204, description = "Gone.")),
    security(("bearer" = []))
)]
#[delete("/centres/{id}/logo")]
pub async fn drop_centre_logo(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |services, db, actor| service::set_logo(services, db, actor, &id, None))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What a centre is called and where it is found.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CentreDetailsIn {
    /// Full name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm"
    )]
    pub name: String,
    /// Address; absent: none.
    #[schema(max_length = 300, example = "Số 1 phố Hàng Khay")]
    pub address: Option<String>,
    /// Telephone; absent: none.
    #[schema(max_length = 300, example = "024 3933 0000")]
    pub phone: Option<String>,
}

/// Changes what a centre is called and where it is found.
#[utoipa::path(
    operation_id = "set_centre_details", tag = "centres", summary = "Change a centre's details",
    description = "Changes what a centre is called and where it is found. What was printed before says what it said.",
    params(("id" = String, Path, description = "Id of the centre.", format = Uuid), IfMatch),
    request_body = CentreDetailsIn,
    responses((status = 200, description = "The centre as it now stands.", body = CentreView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/centres/{id}/details")]
pub async fn set_centre_details(
    writer: Writer<ManageOrganisation>,
    id: Path<CentreId>,
    version: IfMatch,
    body: Json<CentreDetailsIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = service::Details {
        name: body.name,
        address: body.address,
        phone: body.phone,
    };
    let row = writer
        .write(move |services, db, actor| {
            service::set_details(services, db, actor, &id, version.0, &new)
        })
        .await?;
    let view = CentreView::from(row);
    Ok(versioned(StatusCode::OK, view.version, &view))
}
