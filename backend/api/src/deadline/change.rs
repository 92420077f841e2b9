//! Versions of a centre's calendar: entered from a notice, carried to the open dossiers.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::calendar::{Change, DayName, Notice};
use motcua_domain::vn_time::local_date;
use motcua_services::deadline::change::{self as service, Version};
use motcua_services::reference::Names;
use motcua_store::CentreId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::simulate::{AssumedMakeUpDay, AssumedShifts, hours, made_up};
use crate::auth::{ManageCalendar, Reader, Reply, SimulateDeadlines, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Problem, Query, linked};
use crate::state::AppState;

/// A change of a centre's calendar, as a notice says it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarChangeIn {
    /// Whose calendar; the caller's first centre when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// The document it rests on, with number and date.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Công văn số 12729/VPCP-KGVX ngày 25/12/2025"
    )]
    pub source: String,
    /// When it was published; today when absent.
    pub announced_on: Option<NaiveDate>,
    /// What its days off are called.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Nghỉ hoán đổi dịp Tết Dương lịch"
    )]
    pub name: String,
    /// Working days that become days off.
    #[serde(default)]
    #[schema(max_items = 60, example = json!(["2026-03-11"]))]
    pub days_off: Vec<NaiveDate>,
    /// Rest days that are worked.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub make_up_days: Vec<AssumedMakeUpDay>,
    /// Hours that hold from a day on, in place of the present ones.
    pub shifts: Option<AssumedShifts>,
    /// The last day that the calendar then speaks about: at most the end of the year after its present
    /// last. Days beyond the present last can be named together with it.
    #[schema(example = "2028-12-31")]
    pub extends_to: Option<NaiveDate>,
    /// What single days off are called; the others are called `name`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 60)]
    pub names: Vec<DayNameIn>,
}

/// What one day off is called.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayNameIn {
    /// Which of `days_off`.
    pub date: NaiveDate,
    /// What it is called.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Nghỉ bù Giỗ Tổ Hùng Vương"
    )]
    pub name: String,
    /// The same in English; as in Vietnamese when absent.
    #[schema(min_length = 1, max_length = 200)]
    pub name_en: Option<String>,
}

/// How far a version has been carried to the open dossiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CarriedView {
    /// Open promises looked at so far.
    pub checked: i64,
    /// How many of them rolled forward.
    pub moved: i64,
    /// When it began.
    pub started_at: DateTime<FixedOffset>,
    /// When the last was done; absent while it goes on.
    pub finished_at: Option<DateTime<FixedOffset>>,
}

/// A version of a calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarVersionView {
    /// From 1 in each centre; it stands with each promise computed by it.
    pub number: i32,
    /// The notice it rests on.
    pub source: String,
    /// When it was entered.
    pub entered_at: DateTime<FixedOffset>,
    /// Who entered it; absent: the program, at set-up.
    pub entered_by: Option<PersonRef>,
    /// How far it was carried to the open dossiers; absent for the first.
    pub carried: Option<CarriedView>,
}

fn view((row, carried): Version, names: &Names) -> CalendarVersionView {
    CalendarVersionView {
        number: row.number,
        source: row.source,
        entered_at: vn(row.entered_at),
        entered_by: row.entered_by.as_ref().map(|id| PersonRef::of(id, names)),
        carried: carried.map(|c| CarriedView {
            checked: c.checked,
            moved: c.moved,
            started_at: vn(c.started_at),
            finished_at: c.finished_at.map(vn),
        }),
    }
}

/// Which versions.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct VersionsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// Versions of a centre's calendar, newest first.
#[utoipa::path(
    operation_id = "list_calendar_versions", tag = "rules", summary = "Versions of a calendar",
    description = "Versions of a centre's calendar, newest first: who entered what, when, from which notice, and how far it was carried to the open dossiers.",
    params(VersionsQuery),
    responses((status = 200, description = "A page of versions.", body = Page<CalendarVersionView>)),
    security(("bearer" = []))
)]
#[get("/calendar/versions")]
pub async fn list_calendar_versions(
    reader: Reader<SimulateDeadlines>,
    req: HttpRequest,
    query: Query<VersionsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = &query.centre_id;
    let paging: Paging<i32> = Paging::read(query.limit, query.cursor.as_deref(), "versions", of)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.map(|number| (number, paging.backwards));
            let centre = query.centre_id.as_ref();
            let (found, names) =
                service::versions(services, db, actor, centre, edge, paging.fetch())?;
            Ok(paging.page(found, |(v, _)| v.number, |v| view(v, &names)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Enters a change of a centre's calendar.
#[utoipa::path(
    operation_id = "change_calendar", tag = "rules", summary = "Enter a change of the calendar",
    description = "Enters a change of a centre's calendar as its next version, from a notice. Every open promise is then looked at again, in the background: it rolls forward where the change says so, and never back; both dates stay on record. `simulate_deadlines` tells beforehand what it will do, `list_calendar_versions` how far it has got.",
    params(IdempotencyKey), request_body = CalendarChangeIn,
    responses((status = 201, description = "Entered.", body = CalendarVersionView)),
    security(("bearer" = []))
)]
#[post("/calendar/changes")]
pub async fn change_calendar(
    writer: Writer<ManageCalendar>,
    body: Json<CalendarChangeIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let asked = body.clone();
    let state = writer.state().clone();
    let today = local_date(state.services.now());
    let change = Change {
        days_off: asked.days_off,
        make_up_days: made_up(asked.make_up_days),
        shifts: asked.shifts.map(hours),
        extends_to: asked.extends_to,
        names: asked
            .names
            .into_iter()
            .map(|n| DayName {
                date: n.date,
                name: n.name,
                name_en: n.name_en,
            })
            .collect(),
        notice: Some(Notice {
            source: asked.source,
            announced_on: asked.announced_on.unwrap_or(today),
            name: asked.name,
        }),
    };
    let centre = asked.centre_id;
    let answer = writer
        .once(&body, move |services, db, actor| {
            let entered = service::enter(services, db, actor, centre.as_ref(), &change)?;
            let names = services.names(db, actor.stamp, [&actor.user_id])?;
            Reply::created(
                "/api/v1/calendar/versions".into(),
                None,
                &view(entered, &names),
            )
        })
        .await?;
    actix_web::rt::spawn(carry(state));
    Ok(answer)
}

/// Carries what was entered to the open dossiers: after a change, and at the start of the server what
/// a stop has left.
pub async fn carry(state: AppState) {
    let services = state.services.clone();
    if let Err(problem) = state.block(move || services.carry_calendars()).await {
        tracing::error!(
            code = problem.code(),
            "a changed calendar cannot be carried to the open dossiers"
        );
    }
}
