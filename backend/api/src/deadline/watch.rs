//! What is watched: the board, alarms, the digest of a working day, and by what a centre watches.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, put};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::deadline::{Concern, WatchRules};
use motcua_services::deadline::board::{self as service, Counted, Numbers};
use motcua_services::deadline::watch as rules;
use motcua_services::reference::Names;
use motcua_services::{Actor, Result as ServiceResult, Services};
use motcua_store::watch::{AlarmFilter, AlarmLine, DigestRow};
use motcua_store::{AuthorityId, CentreId, Db, DossierId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageCalendar, ReadDossiers, Reader, SimulateDeadlines, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IfMatch, Json, Page, Paging, Problem, Query, linked, versioned};
use crate::words;

/// How many open dossiers stand in one list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcernCount {
    /// The list.
    #[schema(value_type = words::Concern)]
    pub concern: Concern,
    /// How many.
    #[schema(minimum = 0, example = 4)]
    pub count: u64,
}

/// The numbers of one part of a centre; only lists that have somebody in them.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardPart {
    /// Id or word of the part: an authority, a desk, an officer, a procedure.
    pub key: String,
    /// What it is called; none for a desk, whose word is known.
    pub name: Option<String>,
    /// Its numbers.
    pub counts: Vec<ConcernCount>,
}

/// The board of a centre.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardView {
    /// Whose.
    pub centre_id: String,
    /// When it was counted.
    pub at: DateTime<FixedOffset>,
    /// Of all open dossiers the caller may see; every list, also the empty ones.
    pub total: Vec<ConcernCount>,
    /// By competent authority.
    pub authorities: Vec<BoardPart>,
    /// By desk.
    pub desks: Vec<BoardPart>,
    /// By handler.
    pub officers: Vec<BoardPart>,
    /// By procedure.
    pub procedures: Vec<BoardPart>,
    /// There are more than the 20,000 places that are counted.
    pub capped: bool,
}

/// Whose.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfCentre {
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

fn numbers(counted: &Numbers) -> Vec<ConcernCount> {
    counted
        .iter()
        .map(|(concern, count)| ConcernCount {
            concern: *concern,
            count: *count,
        })
        .collect()
}

fn parts(
    counted: &BTreeMap<String, Numbers>,
    mut name: impl FnMut(&str) -> ServiceResult<Option<String>>,
) -> ServiceResult<Vec<BoardPart>> {
    counted
        .iter()
        .map(|(key, of)| {
            Ok(BoardPart {
                key: key.clone(),
                name: name(key)?,
                counts: numbers(of),
            })
        })
        .collect()
}

fn board_view(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: &CentreId,
    counted: &Counted,
    names: &Names,
) -> ServiceResult<BoardView> {
    let total = Concern::ALL.iter().map(|c| ConcernCount {
        concern: *c,
        count: counted.total.get(c).copied().unwrap_or_default(),
    });
    Ok(BoardView {
        centre_id: centre.to_string(),
        at: motcua_domain::vn_time::to_vn(services.now()),
        total: total.collect(),
        authorities: parts(&counted.authorities, |key| {
            Ok(match key.parse::<AuthorityId>() {
                Ok(id) => services
                    .authority(db, actor.stamp, &id)?
                    .map(|a| a.name.clone()),
                Err(_) => None,
            })
        })?,
        desks: parts(&counted.desks, |_| Ok(None))?,
        officers: parts(&counted.officers, |key| {
            let id = key.parse::<UserId>().ok();
            Ok(id.and_then(|id| names.get(&id).map(ToString::to_string)))
        })?,
        procedures: {
            let codes: Vec<String> = counted.procedures.keys().cloned().collect();
            let called = motcua_store::catalogue::names_of(db, &codes)?;
            parts(&counted.procedures, |key| Ok(called.get(key).cloned()))?
        },
        capped: counted.capped,
    })
}

/// How many open dossiers stand in each list now.
#[utoipa::path(
    operation_id = "get_deadline_board", tag = "deadlines", summary = "The deadline board",
    description = "How many open dossiers the caller may see stand in each list now: whole, and by authority, desk, officer and procedure. Each list is opened with `list_dossiers?concern=…`. One dossier may stand in several.",
    params(OfCentre),
    responses((status = 200, description = "The numbers.", body = BoardView)),
    security(("bearer" = []))
)]
#[get("/deadlines/board")]
pub async fn get_deadline_board(
    reader: Reader<ReadDossiers>,
    query: Query<OfCentre>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let view = reader
        .read(move |services, db, actor| {
            let (centre, counted, names) =
                service::board(services, db, actor, query.centre_id.as_ref())?;
            board_view(services, db, actor, &centre, &counted, &names)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Which alarms.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AlarmQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of one list.
    #[param(value_type = Option<words::Concern>)]
    pub concern: Option<Concern>,
    /// Of one dossier.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
}

/// Something said once about a dossier, and never taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmView {
    /// Id.
    pub id: String,
    /// Of which list.
    #[schema(value_type = words::Concern)]
    pub concern: String,
    /// Since when it held.
    pub since: DateTime<FixedOffset>,
    /// When it was said.
    pub raised_at: DateTime<FixedOffset>,
    /// The dossier.
    pub dossier_id: String,
    /// Its code, or the number of its submission.
    pub code: Option<String>,
    /// Its procedure.
    pub procedure_name: String,
    /// Its state now.
    #[schema(value_type = words::State)]
    pub state: String,
    /// When it is due now.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// In whose hands it was then.
    #[schema(value_type = words::Desk)]
    pub desk: String,
    /// Who handled it then.
    pub handler: Option<PersonRef>,
}

fn alarm_view(line: AlarmLine, names: &Names) -> AlarmView {
    AlarmView {
        id: line.alarm.id.to_string(),
        concern: line.alarm.concern,
        since: vn(line.alarm.from_at),
        raised_at: vn(line.alarm.raised_at),
        dossier_id: line.alarm.dossier_id.to_string(),
        code: line.code.or(line.submission_number),
        procedure_name: line.procedure_name,
        state: line.state,
        due_at: vn_opt(line.due_at),
        desk: line.alarm.desk,
        handler: line
            .alarm
            .handler_id
            .as_ref()
            .map(|id| PersonRef::of(id, names)),
    }
}

/// Alarms, newest first.
#[utoipa::path(
    operation_id = "list_alarms", tag = "deadlines", summary = "Alarms",
    description = "What was said of the dossiers the caller may see, newest first: each thing once, with since when it held and when it was said. The feed of events has the same as `alarm.raised`.",
    params(AlarmQuery),
    responses((status = 200, description = "A page of alarms.", body = Page<AlarmView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/alarms")]
pub async fn list_alarms(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    query: Query<AlarmQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = (&query.concern, &query.dossier_id);
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "alarms", &of)?;
    let filter = AlarmFilter {
        concern: query.concern.map(|c| c.as_str().to_owned()),
        dossier: query.dossier_id.clone(),
    };
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let (found, names) =
                service::alarms(services, db, actor, &filter, edge, paging.fetch())?;
            Ok(paging.page(found, |l| l.alarm.id.to_string(), |l| alarm_view(l, &names)))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Which digests.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DigestQuery {
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

/// How a working day began.
#[derive(Debug, Serialize, ToSchema)]
pub struct DigestView {
    /// The day.
    pub on: NaiveDate,
    /// When it was made: after a stop, later than the day began.
    pub made_at: DateTime<FixedOffset>,
    /// Of all open dossiers; only lists that had somebody in them.
    pub total: Vec<ConcernCount>,
    /// By competent authority.
    pub authorities: Vec<BoardPart>,
    /// By handler.
    pub officers: Vec<BoardPart>,
}

fn digest_view(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DigestRow,
) -> ServiceResult<DigestView> {
    let counted: Counted =
        serde_json::from_str(&row.data).map_err(motcua_store::StoreError::from)?;
    let people: Vec<UserId> = counted
        .officers
        .keys()
        .filter_map(|id| id.parse().ok())
        .collect();
    let names = services.names(db, actor.stamp, &people)?;
    Ok(DigestView {
        on: row.on_date,
        made_at: vn(row.made_at),
        total: numbers(&counted.total),
        authorities: parts(&counted.authorities, |key| {
            Ok(match key.parse::<AuthorityId>() {
                Ok(id) => services
                    .authority(db, actor.stamp, &id)?
                    .map(|a| a.name.clone()),
                Err(_) => None,
            })
        })?,
        officers: parts(&counted.officers, |key| {
            let id = key.parse::<UserId>().ok();
            Ok(id.and_then(|id| names.get(&id).map(ToString::to_string)))
        })?,
    })
}

/// Digests of a centre, newest first.
#[utoipa::path(
    operation_id = "list_deadline_digests", tag = "deadlines", summary = "Daily digests",
    description = "How each working day of a centre began, newest first: what was due, late, unanswered. Made when the first shift begins.",
    params(DigestQuery),
    responses((status = 200, description = "A page of digests.", body = Page<DigestView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/deadlines/digests")]
pub async fn list_deadline_digests(
    reader: Reader<SimulateDeadlines>,
    req: HttpRequest,
    query: Query<DigestQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = &query.centre_id;
    let paging: Paging<NaiveDate> =
        Paging::read(query.limit, query.cursor.as_deref(), "digests", of)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.map(|day| (day, paging.backwards));
            let found =
                service::digests(db, actor, query.centre_id.as_ref(), edge, paging.fetch())?;
            let mut shown = Vec::with_capacity(found.len());
            for row in found {
                shown.push(digest_view(services, db, actor, row)?);
            }
            Ok(paging.page(shown, |d| d.on, |d| d))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// By what a centre watches, where no law says it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchRulesIn {
    /// Calendar days after which a clock has stood still for long.
    #[schema(minimum = 1, maximum = 365, example = 30)]
    pub paused_too_long_days: u32,
    /// Calendar days before the end of a citizen's time for a supplement from which it is warned of.
    #[schema(minimum = 1, maximum = 365, example = 5)]
    pub lapse_warning_days: u32,
    /// Calendar days a citizen has for a supplement, as form 02 says.
    #[schema(minimum = 1, maximum = 365, example = 30)]
    pub supplement_reply_days: u32,
    /// Limits in hours are kept or broken by the moment; else by the date, like all others.
    pub hours_by_moment: bool,
    /// What was asked for before acceptance and has not come is refused by the program (T8).
    pub refuse_lapsed_intake: bool,
    /// What was asked for after appraisal and has not come is stopped by the program; else the handler or
    /// the leader does it (T13).
    pub stop_lapsed: bool,
}

/// By what a centre watches.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchRulesView {
    /// Whose.
    pub centre_id: String,
    /// Row version; 0 while the defaults hold.
    pub version: i64,
    /// Calendar days after which a clock has stood still for long.
    #[schema(minimum = 1, maximum = 365, example = 30)]
    pub paused_too_long_days: u32,
    /// Calendar days before the end of a citizen's time for a supplement from which it is warned of.
    #[schema(minimum = 1, maximum = 365, example = 5)]
    pub lapse_warning_days: u32,
    /// Calendar days a citizen has for a supplement, as form 02 says.
    #[schema(minimum = 1, maximum = 365, example = 30)]
    pub supplement_reply_days: u32,
    /// Limits in hours are kept or broken by the moment; else by the date, like all others.
    pub hours_by_moment: bool,
    /// What was asked for before acceptance and has not come is refused by the program (T8).
    pub refuse_lapsed_intake: bool,
    /// What was asked for after appraisal and has not come is stopped by the program; else the handler or
    /// the leader does it (T13).
    pub stop_lapsed: bool,
}

impl WatchRulesView {
    fn of((centre, rules, version): (CentreId, WatchRules, i64)) -> Self {
        Self {
            centre_id: centre.to_string(),
            version,
            paused_too_long_days: rules.paused_too_long_days,
            lapse_warning_days: rules.lapse_warning_days,
            supplement_reply_days: rules.supplement_reply_days,
            hours_by_moment: rules.hours_by_moment,
            refuse_lapsed_intake: rules.refuse_lapsed_intake,
            stop_lapsed: rules.stop_lapsed,
        }
    }
}

/// By what a centre watches.
#[utoipa::path(
    operation_id = "get_watch_rules", tag = "deadlines", summary = "Rules of watching",
    description = "By what a centre watches its dossiers, where no law says it. Version 0 means the defaults.",
    params(OfCentre),
    responses((status = 200, description = "The rules.", body = WatchRulesView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/deadlines/watch-rules")]
pub async fn get_watch_rules(
    reader: Reader<ReadDossiers>,
    query: Query<OfCentre>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let found = reader
        .read(move |_, db, actor| rules::rules(db, actor, query.centre_id.as_ref()))
        .await?;
    let view = WatchRulesView::of(found);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Sets by what a centre watches.
#[utoipa::path(
    operation_id = "set_watch_rules", tag = "deadlines", summary = "Set the rules of watching",
    description = "Sets by what a centre watches its dossiers. Every open dossier is looked at again by it, in the background; no promised date changes.",
    params(OfCentre, IfMatch), request_body = WatchRulesIn,
    responses((status = 200, description = "The rules as they now stand.", body = WatchRulesView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/deadlines/watch-rules")]
pub async fn set_watch_rules(
    writer: Writer<ManageCalendar>,
    query: Query<OfCentre>,
    version: IfMatch,
    body: Json<WatchRulesIn>,
) -> Result<HttpResponse, Problem> {
    let centre = query.into_inner().centre_id;
    let body = body.into_inner();
    let wanted = WatchRules {
        paused_too_long_days: body.paused_too_long_days,
        lapse_warning_days: body.lapse_warning_days,
        supplement_reply_days: body.supplement_reply_days,
        hours_by_moment: body.hours_by_moment,
        refuse_lapsed_intake: body.refuse_lapsed_intake,
        stop_lapsed: body.stop_lapsed,
    };
    let set = writer
        .write(move |services, db, actor| {
            rules::set_rules(services, db, actor, centre.as_ref(), version.0, wanted)
        })
        .await?;
    let view = WatchRulesView::of(set);
    Ok(versioned(StatusCode::OK, view.version, &view))
}
