//! What a figure was worked out of.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_domain::survey::quality::{Facts, Time};
use motcua_services::index::{self as service, BehindPage};
use motcua_store::RecordId;
use motcua_store::index::{FactRow, StepFactRow, Told};
use serde::Serialize;
use utoipa::ToSchema;

use super::officers::ResultsQuery;
use crate::auth::{Reader, SignedIn};
use crate::dossier::view::{vn, vn_opt};
use crate::manners::{Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// A step of an internal workflow, as it was measured.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexStep {
    /// Its name.
    pub name: String,
    /// By when it was to be done.
    pub due_at: DateTime<FixedOffset>,
    /// When it was.
    pub ended_at: DateTime<FixedOffset>,
}

/// A dossier behind a figure, as it stood when the figure was worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndexDossier {
    /// Id.
    #[schema(format = Uuid)]
    pub dossier_id: String,
    /// Code.
    pub code: Option<String>,
    /// What was asked for.
    pub procedure_name: String,
    /// The points it gives this index; none: left out.
    pub points: Option<u8>,
    /// Its time, or the step's, against the limit.
    #[schema(value_type = Option<words::QualityTime>)]
    pub timing: Option<String>,
    /// The same against the date that was promised before an apology; none where there was none.
    #[schema(value_type = Option<words::QualityTime>)]
    pub first_timing: Option<String>,
    /// What was promised.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// When it was finished.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// How often the applicant had to come for it, not by his own fault; none: not recorded.
    pub contacts: Option<i32>,
    /// Whether a complaint was upheld; none: nobody has looked.
    pub complaint_upheld: Option<bool>,
    /// Filed online in the quarter.
    pub filed_online: bool,
    /// Filed online, and overdue or not answered.
    pub online_late: bool,
    /// The step that was measured, for index 2.
    pub step: Option<IndexStep>,
}

fn time(word: Option<&String>) -> Option<Time> {
    word.and_then(|w| Time::parse(w))
}

fn dossier((row, code, procedure_name): Told<FactRow>, index: i32) -> IndexDossier {
    let facts = Facts {
        time: time(row.timing.as_ref()),
        contacts: row.contacts.and_then(|n| u32::try_from(n).ok()),
        complaint_upheld: row.upheld,
        ..Facts::default()
    };
    IndexDossier {
        dossier_id: row.dossier_id.to_string(),
        code,
        procedure_name,
        points: u8::try_from(index).ok().and_then(|n| facts.points(n)),
        timing: row.timing,
        first_timing: row.first_timing,
        due_at: vn_opt(row.due_at),
        completed_at: vn_opt(row.completed_at),
        contacts: row.contacts,
        complaint_upheld: row.upheld,
        filed_online: row.filed_online,
        online_late: row.online_late,
        step: None,
    }
}

fn step((row, code, procedure_name): Told<StepFactRow>) -> IndexDossier {
    IndexDossier {
        dossier_id: row.dossier_id.to_string(),
        code,
        procedure_name,
        points: time(Some(&row.timing)).map(Time::points),
        timing: Some(row.timing),
        first_timing: None,
        due_at: None,
        completed_at: None,
        contacts: None,
        complaint_upheld: None,
        filed_online: false,
        online_late: false,
        step: Some(IndexStep {
            name: row.name,
            due_at: vn(row.due_at),
            ended_at: vn(row.ended_at),
        }),
    }
}

/// The dossiers behind a figure.
#[utoipa::path(
    operation_id = "list_index_line_dossiers", tag = "indices", summary = "What a figure was worked out of",
    description = "The dossiers behind one index of a snapshot, as they stood when it was worked out, with the points each gives: for index 2 step by step, for index 9 those filed online. What was entered (indices 4, 5, 6 and 8) has its reason in the snapshot and no dossier here. An officer sees what stands behind the own figures once they are frozen; nobody else's.",
    params(("id" = String, Path, description = "Id of the snapshot.", format = Uuid),
        ("line_id" = String, Path, description = "Id of the index.", format = Uuid), ResultsQuery),
    responses((status = 200, description = "A page of dossiers.", body = Page<IndexDossier>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/index-snapshots/{id}/lines/{line_id}/dossiers")]
pub async fn list_index_line_dossiers(
    reader: Reader<SignedIn>,
    req: HttpRequest,
    path: Path<(RecordId, RecordId)>,
    query: Query<ResultsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let (snapshot, line) = path.into_inner();
    let of = line.to_string();
    let paging: Paging<(String, i32)> =
        Paging::read(query.limit, query.cursor.as_deref(), "id", &of)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.as_ref().map(|key| (key, paging.backwards));
            let which = (&snapshot, &line);
            let (row, found) = service::behind(db, actor, which, edge, paging.fetch())?;
            Ok(match found {
                BehindPage::Dossiers(rows) => paging.page(
                    rows,
                    |(f, ..)| (f.dossier_id.to_string(), 0),
                    |told| dossier(told, row.index_number),
                ),
                BehindPage::Steps(rows) => {
                    paging.page(rows, |(s, ..)| (s.dossier_id.to_string(), s.ord), step)
                }
            })
        })
        .await?;
    Ok(linked(&req, &page))
}
