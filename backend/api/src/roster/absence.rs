//! Who is away.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::calendar::roster::AbsenceKind;
use motcua_services::reference::Names;
use motcua_services::roster::{self as service, NewAbsence, part_of};
use motcua_store::roster::AbsenceRow;
use motcua_store::{CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{hh_mm, part};
use crate::auth::{PlanRoster, Reader, Reply, SignedIn, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// An absence to be entered. There is no place for a medical detail, nor for any other.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
    /// Why.
    #[schema(value_type = words::AbsenceKind)]
    pub kind: AbsenceKind,
    /// First day.
    #[schema(example = "2026-03-10")]
    pub first_day: NaiveDate,
    /// Last day.
    #[schema(example = "2026-03-11")]
    pub last_day: NaiveDate,
    /// From when, for part of a single day.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "13:30")]
    pub from: Option<String>,
    /// Until when.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:30")]
    pub to: Option<String>,
}

/// Somebody away.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Who.
    pub user: PersonRef,
    /// Why.
    #[schema(value_type = words::AbsenceKind)]
    pub kind: String,
    /// First day.
    pub first_day: NaiveDate,
    /// Last day.
    pub last_day: NaiveDate,
    /// From when, for part of a single day.
    pub from: Option<String>,
    /// Until when.
    pub to: Option<String>,
    /// Who entered it.
    pub entered_by: PersonRef,
    /// When.
    pub entered_at: DateTime<FixedOffset>,
    /// It was cancelled.
    pub cancelled: bool,
}

/// An absence that was entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct AbsenceEntered {
    /// The absence.
    pub absence: AbsenceView,
    /// At how many duties its person was expected: they stand empty until somebody stands in.
    pub duties_touched: u64,
}

fn view(row: AbsenceRow, names: &Names) -> AbsenceView {
    let part = part_of(&row);
    AbsenceView {
        id: row.id.to_string(),
        user: PersonRef::of(&row.user_id, names),
        kind: row.kind,
        first_day: row.first_day,
        last_day: row.last_day,
        from: part.map(|p| hh_mm(p.from)),
        to: part.map(|p| hh_mm(p.to)),
        entered_by: PersonRef::of(&row.entered_by, names),
        entered_at: vn(row.entered_at),
        cancelled: row.cancelled_at.is_some(),
    }
}

/// Which absences.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AbsencesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Only this person's; whoever does not plan reads the own alone.
    #[param(value_type = Option<String>, format = Uuid)]
    pub user_id: Option<UserId>,
}

/// Absences, newest first.
#[utoipa::path(
    operation_id = "list_absences", tag = "roster", summary = "Who is away",
    description = "Absences at a centre, newest first: everybody's for who plans its roster, else one's own.",
    params(AbsencesQuery),
    responses((status = 200, description = "A page of absences.", body = Page<AbsenceView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/roster/absences")]
pub async fn list_absences(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<AbsencesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (&query.centre_id, &query.user_id);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let (centre, person) = (query.centre_id.as_ref(), query.user_id.as_ref());
            let limit = paging.fetch();
            let found = service::absences(services, db, actor, centre, person, edge, limit)?;
            let names = found.names;
            Ok(paging.page(found.rows, |a| a.id.to_string(), |a| view(a, &names)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Enters that somebody is away.
#[utoipa::path(
    operation_id = "enter_absence", tag = "roster", summary = "Enter an absence",
    description = "Enters that somebody is away for a time, by the office's reason alone. Duties of that time stand empty until somebody stands in, and are listed so. Compensatory leave is taken from its balance.",
    params(IdempotencyKey), request_body = AbsenceIn,
    responses((status = 201, description = "Entered.", body = AbsenceEntered)),
    security(("bearer" = []))
)]
#[post("/roster/absences")]
pub async fn enter_absence(
    writer: Writer<PlanRoster>,
    body: Json<AbsenceIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let asked = body.clone();
    let new = NewAbsence {
        part: part(asked.from.as_deref(), asked.to.as_deref())?,
        centre: asked.centre_id,
        user: asked.user_id,
        kind: asked.kind,
        first_day: asked.first_day,
        last_day: asked.last_day,
    };
    writer
        .once(&body, move |services, db, actor| {
            let mut made = service::enter_absence(services, db, actor, &new)?;
            let (names, touched) = (made.names, made.touched as u64);
            let entered = made.rows.pop().map(|row| AbsenceEntered {
                absence: view(row, &names),
                duties_touched: touched,
            });
            Reply::created("/api/v1/roster/absences".into(), None, &entered)
        })
        .await
}

/// Cancels an absence.
#[utoipa::path(
    operation_id = "cancel_absence", tag = "roster", summary = "Cancel an absence",
    description = "Cancels an absence that does not come about. Compensatory leave is given back by a counter-entry, which another person makes than took it.",
    params(("id" = String, Path, description = "Id of the absence.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "The absence as it now stands.", body = AbsenceView)),
    security(("bearer" = []))
)]
#[post("/roster/absences/{id}/cancellations")]
pub async fn cancel_absence(
    writer: Writer<PlanRoster>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            let mut found = service::cancel_absence(services, db, actor, &id)?;
            let names = found.names;
            let now = found.rows.pop().map(|row| view(row, &names));
            Reply::created("/api/v1/roster/absences".into(), None, &now)
        })
        .await
}
