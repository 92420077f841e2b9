//! Deadlines anyone may ask about, and the days of the calendar.

pub mod change;
pub mod proposal;
pub mod simulate;
pub mod sweep;
pub mod watch;

use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use motcua_domain::calendar::Shift;
use motcua_domain::deadline::{Limit, Unit, compute, explain};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::to_vn;
use motcua_store::CentreId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::manners::{Json, Lang, Problem, Query};
use crate::state::AppState;
use crate::words;

/// A limit.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitIn {
    /// How many.
    #[schema(minimum = 1, maximum = 9999, example = 3)]
    pub amount: u32,
    /// Of what.
    #[schema(value_type = words::Unit)]
    pub unit: Unit,
}

/// A deadline to be computed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlineIn {
    /// When the complete dossier was received.
    #[schema(value_type = String, format = DateTime, example = "2026-02-12T09:15:00+07:00")]
    pub received_at: DateTime<Utc>,
    /// The limit.
    pub limit: LimitIn,
    /// Whose calendar; the first centre's when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// One day on the way to the due date.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedDay {
    /// The date.
    pub date: NaiveDate,
    /// Whether it counts.
    pub counted: bool,
    /// What sort of day.
    #[schema(value_type = words::DayKind)]
    pub kind: &'static str,
    /// Why, in words.
    pub text: String,
}

/// A computed deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineView {
    /// The moment it is due.
    pub due_at: DateTime<FixedOffset>,
    /// The date.
    pub due_date: NaiveDate,
    /// Each day from receipt to the due date, counted or skipped, and why.
    pub explanation: Vec<ExplainedDay>,
}

/// Computes a deadline and explains each counted and skipped day.
#[utoipa::path(
    operation_id = "compute_deadline", tag = "rules", summary = "Compute a deadline",
    description = "Computes a deadline and explains each counted and skipped day.",
    request_body = DeadlineIn,
    responses((status = 200, description = "The deadline.", body = DeadlineView)),
    security(())
)]
#[post("/deadlines/compute")]
pub async fn compute_deadline(
    state: web::Data<AppState>,
    lang: Lang,
    body: Json<DeadlineIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let limit = Limit {
        amount: body.limit.amount,
        unit: body.limit.unit,
    };
    limit.check()?;
    let centre = body.centre_id;
    let calendar = state
        .read(move |services, db| services.calendar_for(db, centre.as_ref()))
        .await?;
    let due = compute(&calendar, body.received_at, limit)?;
    let explanation = explain(&calendar, body.received_at, limit)?
        .into_iter()
        .map(|day| ExplainedDay {
            date: day.date,
            counted: day.counted,
            kind: day.kind.as_str(),
            text: lang.pick(&day.text).to_owned(),
        })
        .collect();
    Ok(HttpResponse::Ok().json(DeadlineView {
        due_at: to_vn(due.due_at),
        due_date: due.due_date,
        explanation,
    }))
}

/// Which days.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DaysQuery {
    /// First day.
    #[param(example = "2026-02-01")]
    pub from: NaiveDate,
    /// Last day, at most 366 days later.
    #[param(example = "2026-02-28")]
    pub to: NaiveDate,
    /// Whose calendar; the first centre's when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// A shift.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftView {
    /// Start, local clock.
    #[schema(example = "07:30")]
    pub from: String,
    /// End, local clock.
    #[schema(example = "11:30")]
    pub to: String,
}

fn shift(s: &Shift) -> ShiftView {
    ShiftView {
        from: s.from.format("%H:%M").to_string(),
        to: s.to.format("%H:%M").to_string(),
    }
}

/// One day of the calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayView {
    /// The date.
    pub date: NaiveDate,
    /// Whether it counts as a working day.
    pub working: bool,
    /// What sort of day.
    #[schema(value_type = words::DayKind)]
    pub kind: &'static str,
    /// Shifts that count.
    pub shifts: Vec<ShiftView>,
    /// Shifts that serve the public and do not count.
    pub service_shifts: Vec<ShiftView>,
    /// Name of the holiday or make-up day.
    pub name: Option<String>,
    /// The document it rests on.
    pub source: Option<String>,
    /// The year's notice is not out yet.
    pub provisional: bool,
}

/// The days asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayList {
    /// One per day, in order.
    pub items: Vec<DayView>,
}

/// The days of a centre's calendar: working or not, shifts, and the document a day rests on.
#[utoipa::path(
    operation_id = "list_calendar_days", tag = "rules", summary = "Days of the calendar",
    description = "The days of a centre's calendar: working or not, shifts, and the document a day rests on.",
    params(DaysQuery),
    responses((status = 200, description = "The days.", body = DayList)),
    security(())
)]
#[get("/calendar/days")]
pub async fn list_calendar_days(
    state: web::Data<AppState>,
    lang: Lang,
    query: Query<DaysQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let span = (query.to - query.from).num_days();
    if !(0..=366).contains(&span) {
        return Err(Refusal::invalid(Vec::new())
            .field(
                "to",
                "out_of_range",
                "Ngày cuối phải từ ngày đầu đến 366 ngày sau đó.",
                "The last day must be 0 to 366 days after the first.",
            )
            .into());
    }
    let centre = query.centre_id.clone();
    let calendar = state
        .read(move |services, db| services.calendar_for(db, centre.as_ref()))
        .await?;
    let items = calendar
        .days(query.from, query.to)?
        .into_iter()
        .map(|d| DayView {
            date: d.date,
            working: d.working,
            kind: d.kind.as_str(),
            shifts: d.shifts.iter().map(shift).collect(),
            service_shifts: d.service_shifts.iter().map(shift).collect(),
            name: match lang {
                Lang::En => d.name_en.clone().or_else(|| d.name.clone()),
                Lang::Vi => d.name.clone(),
            },
            source: d.source.clone(),
            provisional: d.provisional,
        })
        .collect();
    Ok(HttpResponse::Ok().json(DayList { items }))
}
