//! Rosters: who is at which counter when, who is away, what stands empty, and compensatory leave.

pub mod absence;
pub mod duty;
pub mod leave;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, put};
use motcua_domain::calendar::Shift;
use motcua_domain::calendar::roster::RosterRules;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_services::roster::{self as service, Settings};
use motcua_store::CentreId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{PlanRoster, Reader, SignedIn, Writer};
use crate::manners::{IfMatch, Json, Problem, Query, versioned};
use crate::setup::time;

/// Whose roster.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RosterQuery {
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// What holds for the roster of a centre.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterSettings {
    /// Of how many coming working days the list of uncovered shifts speaks by itself.
    pub warn_working_days: u32,
    /// Minutes of compensatory leave for a hundred minutes served.
    pub leave_percent: u32,
    /// Where that ratio rests.
    pub leave_source: String,
    /// Row version; 0: nothing was set.
    pub version: i64,
}

impl From<Settings> for RosterSettings {
    fn from(s: Settings) -> Self {
        Self {
            warn_working_days: s.rules.warn_working_days,
            leave_percent: s.rules.leave_percent,
            leave_source: s.rules.leave_source,
            version: s.version,
        }
    }
}

/// What is to hold for the roster of a centre.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterSettingsIn {
    /// Of how many coming working days the list of uncovered shifts speaks by itself.
    #[schema(minimum = 1, maximum = 20, example = 5)]
    pub warn_working_days: u32,
    /// Minutes of compensatory leave for a hundred minutes served.
    #[schema(minimum = 1, maximum = 300, example = 100)]
    pub leave_percent: u32,
    /// The document the ratio rests on.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Nghị định 61/2018/NĐ-CP, Điều 11.3.c"
    )]
    pub leave_source: String,
}

/// What holds for the roster of a centre.
#[utoipa::path(
    operation_id = "get_roster_settings", tag = "roster", summary = "What holds for a roster",
    description = "Of how many working days the list of uncovered shifts speaks by itself, and how much leave a service shift earns.",
    params(RosterQuery),
    responses((status = 200, description = "What holds.", body = RosterSettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/roster/settings")]
pub async fn get_roster_settings(
    reader: Reader<SignedIn>,
    query: Query<RosterQuery>,
) -> Result<HttpResponse, Problem> {
    let centre = query.into_inner().centre_id;
    let found = reader
        .read(move |_, db, actor| service::settings(db, actor, centre.as_ref()))
        .await?;
    let view = RosterSettings::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Sets what holds for the roster of a centre.
#[utoipa::path(
    operation_id = "set_roster_settings", tag = "roster", summary = "Set what holds for a roster",
    description = "Sets of how many working days the list of uncovered shifts speaks by itself, and how much leave a service shift earns from now on. What was earned stays.",
    params(RosterQuery, IfMatch), request_body = RosterSettingsIn,
    responses((status = 200, description = "What holds now.", body = RosterSettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/roster/settings")]
pub async fn set_roster_settings(
    writer: Writer<PlanRoster>,
    query: Query<RosterQuery>,
    version: IfMatch,
    body: Json<RosterSettingsIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let centre = query.into_inner().centre_id;
    let new = RosterRules {
        warn_working_days: body.warn_working_days,
        leave_percent: body.leave_percent,
        leave_source: body.leave_source,
    };
    let held = writer
        .write(move |services, db, actor| {
            service::set_settings(services, db, actor, centre.as_ref(), version.0, &new)
        })
        .await?;
    let view = RosterSettings::from(held);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Part of a day: both hours or none.
fn part(from: Option<&str>, to: Option<&str>) -> Result<Option<Shift>, Problem> {
    match (from, to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => Ok(Some(Shift {
            from: time("/from", from)?,
            to: time("/to", to)?,
        })),
        (from, _) => {
            let missing = if from.is_none() { "/from" } else { "/to" };
            Err(Refusal::invalid(vec![FieldError::new(
                missing,
                "required",
                "Cần cả giờ bắt đầu và giờ kết thúc.",
                "Both hours are needed.",
            )])
            .into())
        }
    }
}

fn hh_mm(time: chrono::NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
