//! Who is at which counter in which shift of which date, who stands in, and what stands empty.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::NaiveDate;
use motcua_domain::calendar::WeekdayName;
use motcua_domain::calendar::roster::DutyKind;
use motcua_services::reference::Names;
use motcua_services::roster::{self as service, Duties, NewDuties, Uncovered, span_of};
use motcua_store::roster::{DutyKey, DutyRow};
use motcua_store::{CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{hh_mm, part};
use crate::auth::{PlanRoster, ReadRoster, Reader, Reply, SignedIn, Writer};
use crate::dossier::view::PersonRef;
use crate::manners::{IdempotencyKey, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// Duties to be planned.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutiesIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// At which counter.
    #[schema(value_type = String, format = Uuid)]
    pub counter_id: RecordId,
    /// Who.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
    /// Who would stand in.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub substitute_id: Option<UserId>,
    /// In the shifts that count, or in those that serve without counting.
    #[schema(value_type = words::DutyKind)]
    pub kind: DutyKind,
    /// First day.
    #[schema(example = "2026-03-09")]
    pub first_day: NaiveDate,
    /// Last day, at most 92 days in all.
    #[schema(example = "2026-03-13")]
    pub last_day: NaiveDate,
    /// On which weekdays; on all when empty.
    #[serde(default)]
    #[schema(value_type = Vec<words::WeekdayName>, max_items = 7)]
    pub weekdays: Vec<WeekdayName>,
    /// From when, where it is not the whole of each shift.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "07:30")]
    pub from: Option<String>,
    /// Until when.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "11:30")]
    pub to: Option<String>,
    /// The notice of service outside the calendar's own shifts, such as duty on a holiday: the hours
    /// are then those given, and the day becomes no working day.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Kế hoạch số 15/KH-UBND ngày 20/4/2026"
    )]
    pub source: Option<String>,
}

/// Who stands in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandInIn {
    /// Who stands in.
    #[schema(value_type = String, format = Uuid)]
    pub user_id: UserId,
}

/// Somebody at a counter for a time of a date.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// At which counter.
    #[schema(format = Uuid)]
    pub counter_id: String,
    /// What it is called.
    pub counter_name: String,
    /// Date.
    pub date: NaiveDate,
    /// From when.
    #[schema(example = "07:30")]
    pub from: String,
    /// Until when.
    #[schema(example = "11:30")]
    pub to: String,
    /// Whether its time counts for limits.
    #[schema(value_type = words::DutyKind)]
    pub kind: String,
    /// Who was planned.
    pub user: PersonRef,
    /// Who would stand in.
    pub substitute: Option<PersonRef>,
    /// Who does stand in.
    pub stand_in: Option<PersonRef>,
    /// Whoever is expected is away for some of it.
    pub away: bool,
    /// It was confirmed as served and has earned its leave.
    pub served: bool,
    /// The notice of service outside the calendar's own shifts.
    pub source: Option<String>,
    /// It was cancelled.
    pub cancelled: bool,
}

fn view(row: DutyRow, all: &Duties) -> DutyView {
    let (names, span) = (&all.names, span_of(&row));
    let person = |id: &UserId| PersonRef::of(id, names);
    DutyView {
        id: row.id.to_string(),
        counter_name: named(&row.counter_id, &all.counters),
        counter_id: row.counter_id.to_string(),
        date: row.on_date,
        from: hh_mm(span.from),
        to: hh_mm(span.to),
        user: person(&row.user_id),
        substitute: row.substitute_id.as_ref().map(person),
        stand_in: row.stand_in_id.as_ref().map(person),
        away: all.away.contains(&row.id),
        served: all.served.contains(&row.id),
        cancelled: row.cancelled_at.is_some(),
        kind: row.kind,
        source: row.source,
    }
}

fn named(id: &RecordId, counters: &HashMap<RecordId, String>) -> String {
    counters.get(id).cloned().unwrap_or_default()
}

/// Duties that were planned.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlannedDuties {
    /// By date and time.
    #[schema(max_items = 300)]
    pub items: Vec<DutyView>,
}

fn views(mut all: Duties) -> Vec<DutyView> {
    let rows = std::mem::take(&mut all.rows);
    rows.into_iter().map(|row| view(row, &all)).collect()
}

/// The one that was just changed.
fn one(all: Duties) -> motcua_services::Result<Reply> {
    let changed = views(all).pop();
    Reply::created("/api/v1/roster/duties".into(), None, &changed)
}

/// Which duties.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DutiesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Only this person's: planned, named as substitute or standing in.
    #[param(value_type = Option<String>, format = Uuid)]
    pub user_id: Option<UserId>,
    /// Only this counter's.
    #[param(value_type = Option<String>, format = Uuid)]
    pub counter_id: Option<RecordId>,
    /// First day; today when absent.
    pub from: Option<NaiveDate>,
    /// Last day, at most 366 days later; 30 days later when absent.
    pub to: Option<NaiveDate>,
}

/// Duties by date and time.
#[utoipa::path(
    operation_id = "list_duties", tag = "roster", summary = "Who is at which counter when",
    description = "Duties of a centre by date and time: all of them for who reads its roster, else those that name the caller.",
    params(DutiesQuery),
    responses((status = 200, description = "A page of duties.", body = Page<DutyView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/roster/duties")]
pub async fn list_duties(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<DutiesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (
        &query.centre_id,
        &query.user_id,
        &query.counter_id,
        query.from,
        query.to,
    );
    let paging: Paging<DutyKey> =
        Paging::read(query.limit, query.cursor.as_deref(), "date", &narrowed)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone();
            let edge = edge.as_ref().map(|key| (key, paging.backwards));
            let wanted = (
                query.centre_id.as_ref(),
                query.user_id.as_ref(),
                query.counter_id.as_ref(),
            );
            let days = (query.from, query.to);
            let limit = paging.fetch();
            let mut all = service::duties(services, db, actor, wanted, days, edge, limit)?;
            let rows = std::mem::take(&mut all.rows);
            Ok(paging.page(
                rows,
                |d| (d.on_date, d.from_minute, d.id.to_string()),
                |d| view(d, &all),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Plans one person at one counter.
#[utoipa::path(
    operation_id = "plan_duties", tag = "roster", summary = "Plan who is at a counter",
    description = "Plans one person at one counter in each shift of some days, with who would stand in. Nobody is at two counters at once. Service by a notice on a day off serves and does not count: no date that was promised depends on a roster.",
    params(IdempotencyKey), request_body = DutiesIn,
    responses((status = 201, description = "What was planned.", body = PlannedDuties)),
    security(("bearer" = []))
)]
#[post("/roster/duties")]
pub async fn plan_duties(
    writer: Writer<PlanRoster>,
    body: Json<DutiesIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let asked = body.clone();
    let new = NewDuties {
        part: part(asked.from.as_deref(), asked.to.as_deref())?,
        centre: asked.centre_id,
        counter: asked.counter_id,
        user: asked.user_id,
        substitute: asked.substitute_id,
        kind: asked.kind,
        first_day: asked.first_day,
        last_day: asked.last_day,
        weekdays: asked.weekdays,
        source: asked.source,
    };
    writer
        .once(&body, move |services, db, actor| {
            let items = views(service::plan(services, db, actor, &new)?);
            Reply::created(
                "/api/v1/roster/duties".into(),
                None,
                &PlannedDuties { items },
            )
        })
        .await
}

/// Lets a colleague stand in.
#[utoipa::path(
    operation_id = "set_stand_in", tag = "roster", summary = "Let somebody stand in",
    description = "Lets a colleague of the centre stand in at a duty. He is expected there from now on, and at no other counter at that time.",
    params(("id" = String, Path, description = "Id of the duty.", format = Uuid), IdempotencyKey), request_body = StandInIn,
    responses((status = 201, description = "The duty as it now stands.", body = DutyView)),
    security(("bearer" = []))
)]
#[post("/roster/duties/{id}/stand-ins")]
pub async fn set_stand_in(
    writer: Writer<PlanRoster>,
    id: Path<RecordId>,
    body: Json<StandInIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let person = body.user_id.clone();
    writer
        .once(&body, move |services, db, actor| {
            one(service::stand_in(services, db, actor, &id, &person)?)
        })
        .await
}

/// Cancels a duty.
#[utoipa::path(
    operation_id = "cancel_duty", tag = "roster", summary = "Cancel a duty",
    description = "Cancels a duty that was planned wrongly or is not needed; what was served stays.",
    params(("id" = String, Path, description = "Id of the duty.", format = Uuid), IdempotencyKey),
    responses((status = 201, description = "The duty as it now stands.", body = DutyView)),
    security(("bearer" = []))
)]
#[post("/roster/duties/{id}/cancellations")]
pub async fn cancel_duty(
    writer: Writer<PlanRoster>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    writer
        .once(&(), move |services, db, actor| {
            one(service::cancel_duty(services, db, actor, &id)?)
        })
        .await
}

/// Which days.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct UncoveredQuery {
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// First day; today when absent.
    pub from: Option<NaiveDate>,
    /// Last day, at most 31 days later; so many working days as the centre is warned of when absent.
    pub to: Option<NaiveDate>,
}

/// A time in which a counter stands empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct UncoveredShift {
    /// Date.
    pub date: NaiveDate,
    /// From when.
    #[schema(example = "07:30")]
    pub from: String,
    /// Until when.
    #[schema(example = "11:30")]
    pub to: String,
    /// At which counter; absent: the centre serves then, and nobody is planned at any.
    #[schema(format = Uuid)]
    pub counter_id: Option<String>,
    /// What it is called.
    pub counter_name: Option<String>,
    /// Whether the time counts for limits.
    #[schema(value_type = words::DutyKind)]
    pub kind: &'static str,
    /// Why.
    #[schema(value_type = words::GapReason)]
    pub reason: &'static str,
    /// The duty that is not done: somebody can stand in at it.
    #[schema(format = Uuid)]
    pub duty_id: Option<String>,
    /// Who was expected.
    pub user: Option<PersonRef>,
    /// Who was named to stand in.
    pub substitute: Option<PersonRef>,
}

/// What stands empty.
#[derive(Debug, Serialize, ToSchema)]
pub struct UncoveredShifts {
    /// First day looked at.
    pub from: NaiveDate,
    /// Last day looked at.
    pub to: NaiveDate,
    /// False when there is more than these.
    pub complete: bool,
    /// By date and time.
    #[schema(max_items = 500)]
    pub items: Vec<UncoveredShift>,
}

impl From<Uncovered> for UncoveredShifts {
    fn from(found: Uncovered) -> Self {
        let (names, counters): (&Names, _) = (&found.names, &found.counters);
        let person = |id: &UserId| PersonRef::of(id, names);
        let items = found.items.iter().map(|e| UncoveredShift {
            date: e.date,
            from: hh_mm(e.span.from),
            to: hh_mm(e.span.to),
            counter_id: e.counter.as_ref().map(ToString::to_string),
            counter_name: e.counter.as_ref().map(|c| named(c, counters)),
            kind: e.kind.as_str(),
            reason: e.reason.as_str(),
            duty_id: e.duty.as_ref().map(|d| d.id.to_string()),
            user: e.duty.as_ref().map(|d| person(d.expected())),
            substitute: e
                .duty
                .as_ref()
                .and_then(|d| d.substitute_id.as_ref())
                .map(person),
        });
        Self {
            items: items.collect(),
            from: found.from,
            to: found.to,
            complete: found.complete,
        }
    }
}

/// Where counters stand empty.
#[utoipa::path(
    operation_id = "list_uncovered_shifts", tag = "roster", summary = "Where counters stand empty",
    description = "Where counters of a centre stand empty: nobody was planned, or whoever was is away or gone and nobody stands in. Asked for no days, it speaks of the coming working days that the centre is warned of. A service shift of the calendar asks for one counter.",
    params(UncoveredQuery),
    responses((status = 200, description = "What stands empty.", body = UncoveredShifts)),
    security(("bearer" = []))
)]
#[get("/roster/uncovered")]
pub async fn list_uncovered_shifts(
    reader: Reader<ReadRoster>,
    query: Query<UncoveredQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let found = reader
        .read(move |services, db, actor| {
            service::uncovered(services, db, actor, q.centre_id.as_ref(), q.from, q.to)
        })
        .await?;
    Ok(HttpResponse::Ok().json(UncoveredShifts::from(found)))
}
