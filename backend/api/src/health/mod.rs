//! Is the server alive, is it ready, and what a demo server lends to those who try it.

use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, FixedOffset, Utc};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::to_vn;
use motcua_services::demo;
use motcua_store::migrate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manners::{Json, Problem};
use crate::state::AppState;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthView {
    /// `ok`.
    pub status: String,
}

fn ok() -> HttpResponse {
    HttpResponse::Ok().json(HealthView {
        status: "ok".into(),
    })
}

/// The process runs.
#[utoipa::path(
    operation_id = "get_liveness", tag = "health", summary = "Is it alive?",
    description = "The process runs.",
    responses((status = 200, description = "Alive.", body = HealthView)),
    security(())
)]
#[get("/health/live")]
pub async fn get_liveness() -> HttpResponse {
    ok()
}

/// The database answers and has the schema this program needs.
#[utoipa::path(
    operation_id = "get_readiness", tag = "health", summary = "Is it ready?",
    description = "The database answers and has the schema this program needs.",
    responses((status = 200, description = "Ready.", body = HealthView)),
    security(())
)]
#[get("/health/ready")]
pub async fn get_readiness(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    if *state.closing.borrow() {
        return Err(Problem::busy(5).because("the server is stopping"));
    }
    let pending = state.read(|_, db| Ok(migrate::pending(db)?)).await;
    match pending {
        Ok(list) if list.is_empty() => Ok(ok()),
        Ok(_) => Err(Problem::busy(5).because("migrations are pending")),
        Err(e) => Err(Problem::busy(5).because(e)),
    }
}

pub(crate) fn demo_only() -> Problem {
    Refusal::new(
        "demo_only",
        "Chỉ dùng được ở chế độ trình diễn.",
        "Only in demo mode.",
    )
    .into()
}

/// A demo sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoAccount {
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// What the person does.
    pub title: String,
}

/// The demo sign-ins.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoAccounts {
    /// The password of all of them.
    pub password: String,
    /// The accounts.
    pub accounts: Vec<DemoAccount>,
}

/// The demo sign-ins, so that nobody has to look them up. 404 in production.
#[utoipa::path(
    operation_id = "list_demo_accounts", tag = "demo", summary = "Demo sign-ins",
    description = "The demo sign-ins, so that nobody has to look them up. 404 in production.",
    responses(
        (status = 200, description = "The accounts.", body = DemoAccounts),
        (status = 404, description = "`demo_only`.", body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/demo/accounts")]
pub async fn list_demo_accounts(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    if !state.demo {
        return Err(demo_only());
    }
    Ok(HttpResponse::Ok().json(DemoAccounts {
        password: demo::PASSWORD.into(),
        accounts: demo::PEOPLE
            .iter()
            .map(|p| DemoAccount {
                username: p.username.into(),
                full_name: p.full_name.into(),
                title: p.title.into(),
            })
            .collect(),
    }))
}

/// What the clock is to show.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockIn {
    /// Not earlier than what it shows.
    #[schema(value_type = String, format = DateTime, example = "2026-11-23T09:00:00+07:00")]
    pub now: DateTime<Utc>,
}

/// What the clock shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// Now.
    pub now: DateTime<FixedOffset>,
}

/// Tells a demo server what time it is; forward only. 404 in production.
#[utoipa::path(
    operation_id = "set_test_clock", tag = "demo", summary = "Move the demo clock",
    description = "Tells a demo server what time it is; forward only. 404 in production.",
    request_body = ClockIn,
    responses(
        (status = 200, description = "What it shows now.", body = ClockView),
        (status = 404, description = "`demo_only`.", body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/test/clock")]
pub async fn set_test_clock(
    state: web::Data<AppState>,
    body: Json<ClockIn>,
) -> Result<HttpResponse, Problem> {
    if !state.demo {
        return Err(demo_only());
    }
    let wanted = body.into_inner().now;
    let now = state.services.now();
    let limit = now + chrono::Duration::days(366 * 2);
    if wanted < now || wanted > limit {
        return Err(Refusal::new(
            "clock_not_forward",
            "Đồng hồ chỉ chạy tới, không quá hai năm.",
            "The clock only moves forward, at most two years.",
        )
        .field("/now", "out_of_range", "Không hợp lệ.", "Not allowed.")
        .into());
    }
    state.services.clock.set(wanted);
    Ok(HttpResponse::Ok().json(ClockView {
        now: to_vn(state.services.now()),
    }))
}
