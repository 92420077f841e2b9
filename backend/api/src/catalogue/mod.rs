//! Procedures, for officers and for everyone.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use motcua_domain::catalogue::{FeeRuleData, LimitData};
use motcua_domain::fee::FeeDue;
use motcua_domain::vn_time::local_date;
use motcua_services::Result as ServiceResult;
use motcua_services::Services;
use motcua_services::context::Procedure;
use motcua_store::Db;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub mod draft;
pub mod file;
pub mod version;

use crate::auth::{Reader, SignedIn};
use crate::manners::{Page, Paging, Path, Problem, Query, at_most, linked, versioned};
use crate::state::AppState;
use crate::words;

/// What a list of procedures is narrowed by.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProcedureQuery {
    /// Code or words of the name, with or without accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    pub q: Option<String>,
    /// Field letter A–G.
    #[param(max_length = 2)]
    #[serde(default, deserialize_with = "at_most::<2, _>")]
    pub field: Option<String>,
    /// The day on which it must be in force; today when absent.
    pub in_force_on: Option<NaiveDate>,
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// A limit, with how sure its figure is.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitOut {
    /// How many.
    pub amount: u32,
    /// Of what.
    #[schema(value_type = words::Unit)]
    pub unit: String,
    /// `law`, `seen`, `known` or `to_check`: what is to be checked is not law.
    pub certainty: String,
    /// Where it was read.
    pub source: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
}

fn limit(l: &LimitData) -> LimitOut {
    LimitOut {
        amount: l.amount,
        unit: l.unit.clone(),
        certainty: l.certainty.clone(),
        source: l.source.clone(),
        note: l.note.clone(),
    }
}

/// The limits by way of filing.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitsOut {
    /// At the counter and by post.
    pub direct: Option<LimitOut>,
    /// Online; as direct when absent.
    pub online: Option<LimitOut>,
    /// Why there is none, where there is none.
    pub note: Option<String>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureItem {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
    /// Field letter.
    pub field_code: String,
    /// Version.
    pub version: i32,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// Last day in force.
    pub in_force_to: Option<NaiveDate>,
    /// `full`, `partial`, `none`.
    pub online_level: String,
    /// Limits.
    pub limits: LimitsOut,
    /// The result is given on the spot.
    pub on_the_spot: bool,
    /// What it costs, as the citizen reads it: the lines that hold today.
    #[schema(max_items = 50)]
    pub fees: Vec<PostedFee>,
    /// The weakest certainty of its figures.
    pub certainty: String,
}

/// A fee line as it is posted: its text, with who pays less.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostedFee {
    /// `phi` (fee for a service) or `le_phi` (state charge).
    pub kind: String,
    /// The text.
    pub text: String,
    /// Who pays less or nothing.
    #[schema(max_items = 50)]
    pub exemptions: Vec<String>,
    /// How sure.
    pub certainty: String,
}

/// A paper asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentOut {
    /// Id within the procedure.
    pub id: String,
    /// Name.
    pub name: String,
    /// Must be there.
    pub required: bool,
    /// How sure.
    pub certainty: String,
    /// Where it was read.
    pub source: Option<String>,
}

/// Who pays less.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExemptionOut {
    /// Id within the fee line.
    pub id: String,
    /// The text, as shown to the citizen.
    pub text: String,
    /// How much less, where it is known.
    pub percent: Option<u8>,
    /// `any`, `direct`, `online`, `postal`, where it holds for one way of filing only.
    pub channel: Option<String>,
    /// What shows that somebody has it.
    pub evidence: Option<String>,
    /// First day.
    pub valid_from: Option<NaiveDate>,
    /// Last day: it ends by itself.
    pub valid_to: Option<NaiveDate>,
    /// Legal basis.
    pub legal_basis: String,
    /// How sure.
    pub certainty: String,
}

/// A fee line.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeOut {
    /// Id within the procedure.
    pub id: String,
    /// `phi` (fee for a service) or `le_phi` (state charge).
    pub kind: String,
    /// Name.
    pub name: String,
    /// The text, exemptions included.
    pub text: String,
    /// Đồng, where it is one amount.
    pub amount_vnd: Option<i64>,
    /// `any`, `direct`, `online`, `postal`.
    pub channel: String,
    /// When this line applies, where several exclude each other.
    pub condition: Option<String>,
    /// How it is computed, where it is more than one amount.
    #[schema(value_type = Option<Object>)]
    pub rule: Option<FeeRuleData>,
    /// Legal basis.
    pub legal_basis: Option<String>,
    /// First day.
    pub valid_from: Option<NaiveDate>,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// By when it is to be paid: `before_handling`, `before_result`, `at_collection`.
    pub due: String,
    /// Exemptions and reductions.
    pub exemptions: Vec<ExemptionOut>,
    /// How sure.
    pub certainty: String,
}

/// Yes-or-no properties of a procedure.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagsOut {
    /// May be filed at any centre of the province.
    pub boundary_free: bool,
    /// The result is given on the spot.
    pub on_the_spot: bool,
    /// No date is promised.
    pub no_due_date: bool,
    /// Nothing is handed back.
    pub no_result: bool,
    /// Somebody else may file it with an authorisation.
    pub authorised_filer_allowed: bool,
    /// Done where the citizen is.
    pub mobile: bool,
    /// Decided by the police.
    pub police: bool,
    /// Several bodies take part.
    pub multi_agency: bool,
}

/// A procedure in one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
    /// Field letter.
    pub field_code: String,
    /// Version.
    pub version: i32,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// Last day in force.
    pub in_force_to: Option<NaiveDate>,
    /// The decision that announced it.
    pub announcing_decision: Option<String>,
    /// The decision that ends it.
    pub ending_decision: Option<String>,
    /// The province's resolution or decision, where limits or fees are its own.
    pub local_decision: Option<String>,
    /// Papers asked for.
    pub components: Vec<ComponentOut>,
    /// Limits.
    pub limits: LimitsOut,
    /// Extra time where facts must be verified.
    pub verification_limit: Option<LimitOut>,
    /// Fee lines.
    pub fees: Vec<FeeOut>,
    /// What the citizen gets.
    pub result_name: String,
    /// `full`, `partial`, `none`.
    pub online_level: String,
    /// Properties.
    pub flags: FlagsOut,
    /// `reset` or `resume`.
    pub supplement_mode: String,
    /// What the officer should know.
    pub notes: Option<String>,
    /// The weakest certainty of its figures.
    pub certainty: String,
}

fn limits(p: &Procedure) -> LimitsOut {
    let l = &p.data.limits;
    LimitsOut {
        direct: l.direct.as_ref().map(limit),
        online: l.online.as_ref().map(limit),
        note: l.note.clone(),
    }
}

fn item(p: &Arc<Procedure>, today: NaiveDate) -> ProcedureItem {
    ProcedureItem {
        code: p.row.procedure_code.clone(),
        name: p.row.name.clone(),
        field: p.row.field.clone(),
        field_code: p.row.field_code.clone(),
        version: p.row.version,
        in_force_from: p.row.in_force_from,
        in_force_to: p.row.in_force_to,
        online_level: p.row.online_level.clone(),
        limits: limits(p),
        on_the_spot: p.row.on_the_spot,
        fees: p
            .data
            .fees
            .iter()
            .filter(|f| {
                f.valid_from.is_none_or(|d| d <= today) && f.valid_to.is_none_or(|d| d >= today)
            })
            .map(|f| PostedFee {
                kind: f.kind.clone(),
                text: f.text.clone(),
                exemptions: f.exemptions.iter().map(|e| e.text.clone()).collect(),
                certainty: f.certainty.clone(),
            })
            .collect(),
        certainty: p.data.certainty().to_owned(),
    }
}

fn whole(p: &Procedure) -> ProcedureView {
    let d = &p.data;
    ProcedureView {
        code: d.code.clone(),
        name: d.name.clone(),
        field: d.field.clone(),
        field_code: d.field_code.clone(),
        version: p.row.version,
        in_force_from: p.row.in_force_from,
        in_force_to: p.row.in_force_to,
        announcing_decision: d.announcing_decision.as_ref().map(|a| a.number.clone()),
        ending_decision: d.ending_decision.as_ref().map(|a| a.number.clone()),
        local_decision: d.local.as_ref().map(|l| l.decision.number.clone()),
        components: d
            .components
            .iter()
            .map(|c| ComponentOut {
                id: c.id.clone(),
                name: c.name.clone(),
                required: c.required,
                certainty: c.certainty.clone(),
                source: c.source.clone(),
            })
            .collect(),
        limits: limits(p),
        verification_limit: d.verification_limit.as_ref().map(limit),
        fees: d
            .fees
            .iter()
            .map(|f| FeeOut {
                id: f.id.clone(),
                kind: f.kind.clone(),
                name: f.name.clone(),
                text: f.text.clone(),
                amount_vnd: f.amount_vnd,
                channel: f.channel.clone(),
                condition: f.condition.clone(),
                rule: f.rule.clone(),
                legal_basis: f.legal_basis.clone(),
                valid_from: f.valid_from,
                valid_to: f.valid_to,
                due: f
                    .due
                    .clone()
                    .unwrap_or_else(|| FeeDue::default().as_str().to_owned()),
                exemptions: f
                    .exemptions
                    .iter()
                    .map(|e| ExemptionOut {
                        id: e.id.clone(),
                        text: e.text.clone(),
                        percent: e.percent,
                        channel: e.channel.clone(),
                        evidence: e.evidence.clone(),
                        valid_from: e.valid_from,
                        valid_to: e.valid_to,
                        legal_basis: e.legal_basis.clone(),
                        certainty: e.certainty.clone(),
                    })
                    .collect(),
                certainty: f.certainty.clone(),
            })
            .collect(),
        result_name: d.result_name.clone(),
        online_level: d.online_level.clone(),
        flags: FlagsOut {
            boundary_free: d.flags.boundary_free,
            on_the_spot: d.flags.on_the_spot,
            no_due_date: d.flags.no_due_date,
            no_result: d.flags.no_result,
            authorised_filer_allowed: d.flags.authorised_filer_allowed,
            mobile: d.flags.mobile,
            police: d.flags.police,
            multi_agency: d.flags.multi_agency,
        },
        supplement_mode: d.supplement_mode.clone(),
        notes: d.notes.clone(),
        certainty: d.certainty().to_owned(),
    }
}

type Key = (String, i32);

fn paging(query: &mut ProcedureQuery) -> Result<Paging<Key>, Problem> {
    let (limit, cursor) = (query.limit.take(), query.cursor.take());
    Ok(Paging::read(limit, cursor.as_deref(), "code", query)?)
}

fn page(
    services: &Services,
    db: &mut Db,
    query: &ProcedureQuery,
    paging: Paging<Key>,
) -> ServiceResult<Page<ProcedureItem>> {
    let on = query
        .in_force_on
        .unwrap_or_else(|| local_date(services.now()));
    let edge = paging
        .edge
        .clone()
        .map(|(code, version)| (code, version, paging.backwards));
    let found = services.procedures(
        db,
        query.q.as_deref(),
        query.field.as_deref(),
        on,
        edge,
        paging.fetch(),
    )?;
    Ok(paging.page(
        found,
        |p| (p.row.procedure_code.clone(), p.row.version),
        |p| item(&p, on),
    ))
}

/// Procedures in force, found with or without accents.
#[utoipa::path(
    operation_id = "list_procedures", tag = "catalogue", summary = "Procedures",
    description = "Procedures in force, found with or without accents.",
    params(ProcedureQuery),
    responses((status = 200, description = "A page of procedures.", body = Page<ProcedureItem>)),
    security(("bearer" = []))
)]
#[get("/procedures")]
pub async fn list_procedures(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    query: Query<ProcedureQuery>,
) -> Result<HttpResponse, Problem> {
    let mut query = query.into_inner();
    let paging = paging(&mut query)?;
    let found = reader
        .read(move |services, db, _| page(services, db, &query, paging))
        .await?;
    Ok(linked(&req, &found))
}

/// Procedures in force, without signing in: what the posting board shows.
#[utoipa::path(
    operation_id = "list_public_procedures", tag = "public", summary = "Procedures, for everyone",
    description = "Procedures in force, without signing in: what the posting board shows.",
    params(ProcedureQuery),
    responses((status = 200, description = "A page of procedures.", body = Page<ProcedureItem>)),
    security(())
)]
#[get("/public/procedures")]
pub async fn list_public_procedures(
    state: web::Data<AppState>,
    req: HttpRequest,
    query: Query<ProcedureQuery>,
) -> Result<HttpResponse, Problem> {
    let mut query = query.into_inner();
    let paging = paging(&mut query)?;
    let found = state
        .read(move |services, db| page(services, db, &query, paging))
        .await?;
    Ok(linked(&req, &found))
}

async fn today(state: &AppState, code: String) -> Result<HttpResponse, Problem> {
    let found = state
        .read(move |services, db| {
            let today = local_date(services.now());
            // A code in the path that is not in force today names nothing.
            services
                .procedure_on(db, &code, today)
                .map_err(|e| match e {
                    motcua_services::Error::Refused(_) => {
                        motcua_domain::refusal::Refusal::not_found().into()
                    }
                    other => other,
                })
        })
        .await?;
    let view = whole(&found);
    Ok(versioned(StatusCode::OK, view.version.into(), &view))
}

/// The version of a procedure in force today.
#[utoipa::path(
    operation_id = "get_procedure", tag = "catalogue", summary = "Read a procedure",
    description = "The version of a procedure in force today.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40)),
    responses((status = 200, description = "The procedure.", body = ProcedureView,
        headers(("ETag" = String, description = "The version's number.")))),
    security(("bearer" = []))
)]
#[get("/procedures/{code}")]
pub async fn get_procedure(
    reader: Reader<SignedIn>,
    state: web::Data<AppState>,
    code: Path<String>,
) -> Result<HttpResponse, Problem> {
    reader.read(|_, _, _| Ok(())).await?;
    today(&state, code.into_inner()).await
}

/// The version of a procedure in force today, without signing in.
#[utoipa::path(
    operation_id = "get_public_procedure", tag = "public", summary = "Read a procedure, for everyone",
    description = "The version of a procedure in force today, without signing in.",
    params(("code" = String, Path, description = "National code.", example = "1.004873", max_length = 40)),
    responses((status = 200, description = "The procedure.", body = ProcedureView,
        headers(("ETag" = String, description = "The version's number.")))),
    security(())
)]
#[get("/public/procedures/{code}")]
pub async fn get_public_procedure(
    state: web::Data<AppState>,
    code: Path<String>,
) -> Result<HttpResponse, Problem> {
    today(&state, code.into_inner()).await
}
