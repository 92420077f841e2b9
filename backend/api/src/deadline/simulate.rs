//! What a changed calendar would do to open promises.

use actix_web::{HttpResponse, post};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use motcua_domain::calendar::{Change, ShiftRule, WeekdayName};
use motcua_domain::vn_time::to_vn;
use motcua_services::deadline::simulate::Simulation;
use motcua_store::CentreId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{Reader, SimulateDeadlines};
use crate::manners::{Json, Problem};
use crate::words;

/// A rest day that would be worked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssumedMakeUpDay {
    /// The date worked.
    #[schema(example = "2026-03-14")]
    pub date: NaiveDate,
    /// The day it is worked for, whose weekday's hours hold; a Monday's when absent.
    pub replaces: Option<NaiveDate>,
}

/// Hours that would be worked on some weekdays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssumedShift {
    /// Weekdays.
    #[schema(value_type = Vec<words::WeekdayName>, min_items = 1, max_items = 7)]
    pub weekdays: Vec<WeekdayName>,
    /// Start, local clock.
    #[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "07:00")]
    #[serde(with = "motcua_domain::calendar::hh_mm")]
    pub from: NaiveTime,
    /// End, local clock.
    #[schema(value_type = String, pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "11:30")]
    #[serde(with = "motcua_domain::calendar::hh_mm")]
    pub to: NaiveTime,
    /// Whether its time counts for limits.
    pub counts: bool,
}

/// Hours that would hold from a day on, in place of the present ones.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssumedShifts {
    /// First day.
    #[schema(example = "2026-04-15")]
    pub valid_from: NaiveDate,
    /// The hours.
    #[schema(min_items = 1, max_items = 30)]
    pub rules: Vec<AssumedShift>,
}

/// A change to be tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationIn {
    /// Whose calendar; the first centre of the caller's when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Working days that would become days off.
    #[serde(default)]
    #[schema(max_items = 60, example = json!(["2026-03-11"]))]
    pub days_off: Vec<NaiveDate>,
    /// Rest days that would be worked.
    #[serde(default)]
    #[schema(max_items = 60)]
    pub make_up_days: Vec<AssumedMakeUpDay>,
    /// Hours that would change.
    pub shifts: Option<AssumedShifts>,
    /// The last day that the calendar would speak about, where it is to be extended.
    pub extends_to: Option<NaiveDate>,
}

impl From<SimulationIn> for Change {
    fn from(asked: SimulationIn) -> Self {
        Self {
            days_off: asked.days_off,
            make_up_days: made_up(asked.make_up_days),
            shifts: asked.shifts.map(hours),
            extends_to: asked.extends_to,
            names: Vec::new(),
            notice: None,
        }
    }
}

pub(super) fn made_up(days: Vec<AssumedMakeUpDay>) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    days.into_iter().map(|d| (d.date, d.replaces)).collect()
}

pub(super) fn hours(asked: AssumedShifts) -> (NaiveDate, Vec<ShiftRule>) {
    let rules = asked.rules.into_iter().map(|r| ShiftRule {
        weekdays: r.weekdays,
        from: r.from,
        to: r.to,
        counts: r.counts,
        valid_from: None,
        valid_to: None,
    });
    (asked.valid_from, rules.collect())
}

/// How many promises of an authority would move.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedAtAuthority {
    /// The authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// How many.
    pub moved: u32,
}

/// One promise under both calendars.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedPromise {
    /// The dossier.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Its code.
    pub code: Option<String>,
    /// Its procedure.
    pub procedure_name: String,
    /// Its authority.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// Its state.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Due as promised.
    pub due_at: DateTime<FixedOffset>,
    /// Due by the changed calendar: the same or later.
    pub new_due_at: DateTime<FixedOffset>,
    /// Working minutes left now; negative when overdue.
    pub remaining_working_minutes: i64,
    /// Working minutes that would be left.
    pub new_remaining_working_minutes: i64,
}

/// What the change would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulationView {
    /// Open promises looked at.
    pub checked: u32,
    /// How many would move, always to a later date.
    pub moved: u32,
    /// How many would have no working time left that have some now.
    pub late: u32,
    /// False when there are more than 20,000: only the soonest were looked at.
    pub complete: bool,
    /// Authority by authority.
    pub by_authority: Vec<MovedAtAuthority>,
    /// The first 200 that would move or be late, soonest first.
    pub items: Vec<SimulatedPromise>,
}

impl From<Simulation> for SimulationView {
    fn from(s: Simulation) -> Self {
        Self {
            checked: s.checked,
            moved: s.moved,
            late: s.late,
            complete: s.complete,
            by_authority: s
                .by_authority
                .into_iter()
                .map(|(id, moved)| MovedAtAuthority {
                    authority_id: id.to_string(),
                    moved,
                })
                .collect(),
            items: s
                .promises
                .into_iter()
                .map(|p| SimulatedPromise {
                    dossier_id: p.row.id.to_string(),
                    code: p.row.code,
                    procedure_name: p.row.procedure_name,
                    authority_id: p.row.authority_id.to_string(),
                    state: p.row.state,
                    due_at: to_vn(p.due_at),
                    new_due_at: to_vn(p.new_due_at),
                    remaining_working_minutes: p.remaining,
                    new_remaining_working_minutes: p.new_remaining,
                })
                .collect(),
        }
    }
}

/// Tries a change of the calendar on the open dossiers.
#[utoipa::path(
    operation_id = "simulate_deadlines", tag = "rules", summary = "Try a change of the calendar",
    description = "What if these days were days off, these were worked, or these hours held: which open dossiers would move, and which would have no working time left. A leader asks for his own authority, a director or administrator for the centre. A promise only ever moves to a later date. Nothing is kept.",
    request_body = SimulationIn,
    responses((status = 200, description = "What it would do.", body = SimulationView)),
    security(("bearer" = []))
)]
#[post("/deadlines/simulate")]
pub async fn simulate_deadlines(
    reader: Reader<SimulateDeadlines>,
    body: Json<SimulationIn>,
) -> Result<HttpResponse, Problem> {
    let mut body = body.into_inner();
    let centre = body.centre_id.take();
    let change = Change::from(body);
    let found = reader
        .read(move |services, db, actor| services.simulate(db, actor, centre.as_ref(), &change))
        .await?;
    Ok(HttpResponse::Ok().json(SimulationView::from(found)))
}
