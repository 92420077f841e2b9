//! Versions of a procedure: listed, read, compared; ended, and figures confirmed.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::catalogue::{Change, Figure, ProcedureData};
use motcua_domain::refusal::Refusal;
use motcua_services::catalogue as service;
use motcua_store::catalogue::{self as rows, VersionRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageCatalogue, Reader, Reply, SignedIn, Writer};
use crate::dossier::routes::PageQuery;
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};

/// A version in the list of a procedure's versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionItem {
    /// National code.
    pub code: String,
    /// Number, from 1.
    pub version: i32,
    /// Name.
    pub name: String,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// Last day in force.
    pub in_force_to: Option<NaiveDate>,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
}

impl From<&VersionRow> for VersionItem {
    fn from(row: &VersionRow) -> Self {
        Self {
            code: row.procedure_code.clone(),
            version: row.version,
            name: row.name.clone(),
            in_force_from: row.in_force_from,
            in_force_to: row.in_force_to,
            entered_at: row.created_at.0,
        }
    }
}

/// A version as it was published: the nation's figures, and the province's beside them.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionDocument {
    /// Number, from 1.
    pub version: i32,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// What it says.
    pub procedure: ProcedureData,
}

/// A difference between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeOut {
    /// Where: member names, an item of a list by its `id`.
    #[schema(example = "/fees/le_phi/amount_vnd")]
    pub path: String,
    /// What it was; absent when it was not there.
    pub before: Option<serde_json::Value>,
    /// What it is; absent when it is gone.
    pub after: Option<serde_json::Value>,
}

impl From<Change> for ChangeOut {
    fn from(c: Change) -> Self {
        Self {
            path: c.path,
            before: c.before,
            after: c.after,
        }
    }
}

/// What two versions say differently.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    /// The earlier number.
    pub from: i32,
    /// The later number.
    pub to: i32,
    /// Every difference.
    pub changes: Vec<ChangeOut>,
}

/// Which versions are compared.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ComparisonQuery {
    /// The earlier version's number.
    #[param(minimum = 1)]
    pub from: i32,
    /// The later version's number.
    #[param(minimum = 1)]
    pub to: i32,
}

/// A decision by its number and date.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndingDecisionIn {
    /// Number.
    #[schema(min_length = 1, max_length = 100, example = "2874/QĐ-UBND")]
    pub number: String,
    /// Day of signing.
    pub date: NaiveDate,
}

/// How a procedure ends.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndingIn {
    /// The last day on which it may be filed.
    pub last_day: NaiveDate,
    /// The decision that ends it.
    pub decision: EndingDecisionIn,
}

/// How sure a source makes a figure.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedAs {
    /// Read in the text of the law.
    Law,
    /// Seen in a real public source.
    Seen,
    /// General knowledge.
    Known,
}

/// A figure that was read in its source.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationIn {
    /// Which figure, as the list of figures to be checked names it.
    #[schema(max_length = 300, example = "/limits/direct")]
    pub path: String,
    /// How sure it is now.
    pub certainty: ConfirmedAs,
    /// The instrument and article it was read in.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Nghị định 123/2015/NĐ-CP, Điều 26"
    )]
    pub source: String,
}

/// A figure to be checked.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureOut {
    /// Where it stands.
    pub path: String,
    /// `code`, `component`, `limit`, `verification_limit`, `fee`, `exemption`.
    pub kind: String,
    /// What is said now; for a limit its amount and unit.
    pub text: String,
    /// Nothing is said yet: enter it in a draft.
    pub missing: bool,
    /// What to know about it.
    pub note: Option<String>,
}

impl From<Figure> for FigureOut {
    fn from(f: Figure) -> Self {
        Self {
            path: f.path,
            kind: f.kind.to_owned(),
            text: f.text,
            missing: f.missing,
            note: f.note,
        }
    }
}

/// A procedure with figures to be checked.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToCheckItem {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The version that holds today.
    pub version: i32,
    /// Its figures.
    pub figures: Vec<FigureOut>,
}

fn unknown_procedure(found: bool) -> motcua_services::Result<()> {
    if found {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}

/// All versions of a procedure, the newest first.
#[utoipa::path(
    operation_id = "list_procedure_versions", tag = "catalogue", summary = "Versions of a procedure",
    description = "All versions of a procedure, the newest first; those that hold no more too.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40), PageQuery),
    responses((status = 200, description = "A page of versions.", body = Page<VersionItem>)),
    security(("bearer" = []))
)]
#[get("/procedures/{code}/versions")]
pub async fn list_versions(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    code: Path<String>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let code = code.into_inner();
    let paging: Paging<i32> = Paging::read(query.limit, query.cursor.as_deref(), "version", &code)?;
    let page = reader
        .read(move |_, db, _| {
            unknown_procedure(rows::newest(db, &code)?.is_some())?;
            let edge = paging.edge.map(|number| (number, paging.backwards));
            let found = rows::versions_page(db, &code, edge, paging.fetch())?;
            Ok(paging.page(found, |row| row.version, |row| VersionItem::from(&row)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// One version as it was published.
#[utoipa::path(
    operation_id = "get_procedure_version", tag = "catalogue", summary = "Read a version",
    description = "One version as it was published: the nation's figures, and the province's beside them.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40),
        ("version" = i32, Path, description = "Number.", example = 1, minimum = 1)),
    responses((status = 200, description = "The version.", body = VersionDocument)),
    security(("bearer" = []))
)]
#[get("/procedures/{code}/versions/{version}")]
pub async fn get_version(
    reader: Reader<SignedIn>,
    path: Path<(String, i32)>,
) -> Result<HttpResponse, Problem> {
    let (code, version) = path.into_inner();
    let found = reader
        .read(move |_, db, _| {
            let row = rows::by_number(db, &code, version)?.ok_or_else(Refusal::not_found)?;
            Ok(VersionDocument {
                version: row.version,
                entered_at: row.created_at.0,
                procedure: service::published(&row)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// What two versions say differently.
#[utoipa::path(
    operation_id = "compare_procedure_versions", tag = "catalogue", summary = "Compare two versions",
    description = "What two versions of a procedure say differently, member by member.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40), ComparisonQuery),
    responses((status = 200, description = "The differences.", body = Comparison)),
    security(("bearer" = []))
)]
#[get("/procedures/{code}/comparison")]
pub async fn compare_versions(
    reader: Reader<SignedIn>,
    code: Path<String>,
    query: Query<ComparisonQuery>,
) -> Result<HttpResponse, Problem> {
    let code = code.into_inner();
    let query = query.into_inner();
    let found = reader
        .read(move |_, db, _| {
            let mut one = |number: i32| -> motcua_services::Result<ProcedureData> {
                let row = rows::by_number(db, &code, number)?.ok_or_else(Refusal::not_found)?;
                service::published(&row)
            };
            let (before, after) = (one(query.from)?, one(query.to)?);
            let changes = motcua_domain::catalogue::compare(&before, &after);
            Ok(Comparison {
                from: query.from,
                to: query.to,
                changes: changes.into_iter().map(ChangeOut::from).collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// 201 with a version that was just entered.
pub(super) fn entered(row: &VersionRow) -> motcua_services::Result<Reply> {
    let location = format!(
        "/api/v1/procedures/{}/versions/{}",
        row.procedure_code, row.version
    );
    Reply::created(location, Some(row.version.into()), &VersionItem::from(row))
}

/// Ends a procedure after a last day.
#[utoipa::path(
    operation_id = "end_procedure", tag = "catalogue", summary = "End a procedure",
    description = "Ends a procedure: after the last day it leaves the public lists and takes no dossier; those received go on. `If-Match` names the version that holds today.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40), IfMatch, IdempotencyKey),
    request_body = EndingIn,
    responses((status = 201, description = "The version that says so.", body = VersionItem,
        headers(("ETag" = String, description = "The version's number."), ("Location" = String, description = "Address of the version.")))),
    security(("bearer" = []))
)]
#[post("/procedures/{code}/endings")]
pub async fn end_procedure(
    writer: Writer<ManageCatalogue>,
    code: Path<String>,
    version: IfMatch,
    body: Json<EndingIn>,
) -> Result<HttpResponse, Problem> {
    let (code, body) = (code.into_inner(), body.into_inner());
    let ending = service::Ending {
        last_day: body.last_day,
        decision_number: body.decision.number.clone(),
        decision_date: body.decision.date,
    };
    writer
        .once(&body, move |services, db, actor| {
            entered(&service::end_procedure(
                services, db, actor, &code, version.0, &ending,
            )?)
        })
        .await
}

/// Confirms a figure with its source.
#[utoipa::path(
    operation_id = "confirm_figure", tag = "catalogue", summary = "Confirm a figure",
    description = "Confirms a figure that was to be checked, with the source it was read in. `If-Match` names the version that holds today.",
    params(("code" = String, Path, description = "National code.", example = "1.004772", max_length = 40), IfMatch, IdempotencyKey),
    request_body = ConfirmationIn,
    responses((status = 201, description = "The version that says so.", body = VersionItem,
        headers(("ETag" = String, description = "The version's number."), ("Location" = String, description = "Address of the version.")))),
    security(("bearer" = []))
)]
#[post("/procedures/{code}/confirmations")]
pub async fn confirm_figure(
    writer: Writer<ManageCatalogue>,
    code: Path<String>,
    version: IfMatch,
    body: Json<ConfirmationIn>,
) -> Result<HttpResponse, Problem> {
    let (code, body) = (code.into_inner(), body.into_inner());
    let said = body.clone();
    writer
        .once(&body, move |services, db, actor| {
            let certainty = match said.certainty {
                ConfirmedAs::Law => "law",
                ConfirmedAs::Seen => "seen",
                ConfirmedAs::Known => "known",
            };
            entered(&service::confirm_figure(
                services,
                db,
                actor,
                &code,
                version.0,
                &said.path,
                certainty,
                &said.source,
            )?)
        })
        .await
}

/// Procedures in force with figures that nobody has confirmed.
#[utoipa::path(
    operation_id = "list_figures_to_check", tag = "catalogue", summary = "Figures to be checked",
    description = "Procedures in force with figures that nobody has confirmed: they are shown as to be checked, never as law.",
    params(PageQuery),
    responses((status = 200, description = "A page of procedures with their figures.", body = Page<ToCheckItem>)),
    security(("bearer" = []))
)]
#[get("/figures-to-check")]
pub async fn list_figures_to_check(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<(String, i32)> =
        Paging::read(query.limit, query.cursor.as_deref(), "code", &"figures")?;
    let page = reader
        .read(move |services, db, _| {
            let edge = paging
                .edge
                .clone()
                .map(|(code, version)| (code, version, paging.backwards));
            let found = service::figures_page(services, db, edge, paging.fetch())?;
            Ok(paging.page(
                found,
                |(row, _)| (row.procedure_code.clone(), row.version),
                |(row, figures)| ToCheckItem {
                    code: row.procedure_code,
                    name: row.name,
                    version: row.version,
                    figures: figures.into_iter().map(FigureOut::from).collect(),
                },
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}
