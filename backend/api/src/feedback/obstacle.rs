//! Obstacles that officers report upward.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::feedback::{ObstacleKind, ObstacleState};
use motcua_services::feedback::obstacle::{self as service, NewObstacle, Obstacle};
use motcua_services::reference::Names;
use motcua_store::feedback::obstacle::ObstacleRow;
use motcua_store::{CentreId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::desk::FeedbackStep;
use crate::auth::{HandleObstacles, RaiseObstacles, ReadObstacles, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// An obstacle to be reported.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObstacleIn {
    /// At which centre; the caller's first when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// What it lies in.
    #[schema(value_type = words::ObstacleKind)]
    pub kind: ObstacleKind,
    /// The procedure, where it lies in one.
    #[schema(max_length = 40, example = "1.004873")]
    pub procedure_code: Option<String>,
    /// What is in the way.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Phần mềm dùng chung không tra được dữ liệu đất đai từ ngày 02/3."
    )]
    pub text: String,
}

/// An obstacle.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObstacleListItem {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// What it lies in.
    #[schema(value_type = words::ObstacleKind)]
    pub kind: String,
    /// The procedure.
    pub procedure_code: Option<String>,
    /// What is in the way.
    pub text: String,
    /// Where it stands.
    #[schema(value_type = words::ObstacleState)]
    pub state: String,
    /// Who reported it.
    pub raised_by: PersonRef,
    /// When.
    pub raised_at: DateTime<FixedOffset>,
    /// To whom it was passed upward.
    pub forwarded_to: Option<String>,
    /// When.
    pub forwarded_at: Option<DateTime<FixedOffset>>,
    /// How it was solved.
    pub solution: Option<String>,
    /// By whom.
    pub solved_by: Option<PersonRef>,
    /// When.
    pub solved_at: Option<DateTime<FixedOffset>>,
}

impl ObstacleListItem {
    fn new(row: ObstacleRow, names: &Names) -> Self {
        let person = |id: &UserId| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            raised_by: person(&row.raised_by),
            solved_by: row.solved_by.as_ref().map(person),
            kind: row.kind,
            procedure_code: row.procedure_code,
            text: row.text,
            state: row.state,
            raised_at: vn(row.raised_at),
            forwarded_to: row.forwarded_to,
            forwarded_at: vn_opt(row.forwarded_at),
            solution: row.solution,
            solved_at: vn_opt(row.solved_at),
        }
    }
}

/// An obstacle with what was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObstacleView {
    /// The obstacle.
    pub obstacle: ObstacleListItem,
    /// What was done, oldest first.
    #[schema(max_items = 200)]
    pub steps: Vec<FeedbackStep>,
    /// Whether the caller may pass it on and say how it was solved.
    pub may_handle: bool,
    /// Row version.
    pub version: i64,
}

impl From<Obstacle> for ObstacleView {
    fn from(found: Obstacle) -> Self {
        let names = found.names;
        Self {
            version: found.row.version,
            may_handle: found.handles && found.row.state != ObstacleState::Solved.as_str(),
            steps: found
                .steps
                .into_iter()
                .map(|s| FeedbackStep {
                    at: vn(s.at),
                    by: s.actor_id.as_ref().map(|id| PersonRef::of(id, &names)),
                    kind: s.kind,
                    note: s.note,
                })
                .collect(),
            obstacle: ObstacleListItem::new(found.row, &names),
        }
    }
}

fn made(found: Obstacle) -> motcua_services::Result<Reply> {
    let view = ObstacleView::from(found);
    Reply::created(
        format!("/api/v1/obstacles/{}", view.obstacle.id),
        Some(view.version),
        &view,
    )
}

/// Reports an obstacle.
#[utoipa::path(
    operation_id = "raise_obstacle", tag = "obstacles", summary = "Report an obstacle",
    description = "Reports what is in the way of one's work, to be passed upward and followed to a solution.",
    params(IdempotencyKey), request_body = ObstacleIn,
    responses((status = 201, description = "Reported.", body = ObstacleView,
        headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/obstacles")]
pub async fn raise_obstacle(
    writer: Writer<RaiseObstacles>,
    body: Json<ObstacleIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewObstacle {
        centre: body.centre_id.clone(),
        kind: body.kind,
        procedure_code: body.procedure_code.clone(),
        text: body.text.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            made(service::raise(services, db, actor, &new)?)
        })
        .await
}

/// Which obstacles.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ObstaclesQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Where it stands.
    #[param(value_type = Option<words::ObstacleState>)]
    pub state: Option<ObstacleState>,
}

/// Obstacles.
#[utoipa::path(
    operation_id = "list_obstacles", tag = "obstacles", summary = "Obstacles",
    description = "The obstacles that the caller reported, and for leaders, directors and inspectors those in their scope, newest first.",
    params(ObstaclesQuery),
    responses((status = 200, description = "A page.", body = Page<ObstacleListItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/obstacles")]
pub async fn list_obstacles(
    reader: Reader<ReadObstacles>,
    req: HttpRequest,
    query: Query<ObstaclesQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &query.state)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::list(services, db, actor, query.state, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |o| o.id.to_string(),
                |o| ObstacleListItem::new(o, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One obstacle.
#[utoipa::path(
    operation_id = "get_obstacle", tag = "obstacles", summary = "Read an obstacle",
    description = "One obstacle with what was done.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The obstacle.", body = ObstacleView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/obstacles/{id}")]
pub async fn get_obstacle(
    reader: Reader<ReadObstacles>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |services, db, actor| service::one(services, db, actor, &id))
        .await?;
    let view = ObstacleView::from(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// To whom an obstacle is passed upward.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObstacleForwardingIn {
    /// To which body.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Văn phòng Ủy ban nhân dân thành phố"
    )]
    pub to: String,
}

/// Passes an obstacle upward.
#[utoipa::path(
    operation_id = "forward_obstacle", tag = "obstacles", summary = "Pass an obstacle upward",
    description = "Passes an obstacle to the body that can solve it; it can be passed on again.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = ObstacleForwardingIn,
    responses((status = 201, description = "Passed upward.", body = ObstacleView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/obstacles/{id}/forwardings")]
pub async fn forward_obstacle(
    writer: Writer<HandleObstacles>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<ObstacleForwardingIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let to = body.to.clone();
    writer
        .once(&body, move |services, db, actor| {
            made(service::forward(services, db, actor, &id, version.0, &to)?)
        })
        .await
}

/// How an obstacle was solved.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolutionIn {
    /// How.
    #[schema(
        min_length = 1,
        max_length = 10000,
        example = "Đã mở lại kết nối từ ngày 05/3."
    )]
    pub solution: String,
}

/// Says how an obstacle was solved.
#[utoipa::path(
    operation_id = "solve_obstacle", tag = "obstacles", summary = "Say how an obstacle was solved",
    description = "Says how an obstacle was solved; whoever reported it reads it.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey), request_body = SolutionIn,
    responses((status = 201, description = "Solved.", body = ObstacleView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/obstacles/{id}/solutions")]
pub async fn solve_obstacle(
    writer: Writer<HandleObstacles>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<SolutionIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let solution = body.solution.clone();
    writer
        .once(&body, move |services, db, actor| {
            made(service::solve(
                services, db, actor, &id, version.0, &solution,
            )?)
        })
        .await
}
