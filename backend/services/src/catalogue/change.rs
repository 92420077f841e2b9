//! Changes of one procedure that need no draft: it ends, or a figure is confirmed with its source.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use motcua_domain::catalogue::{self, ConfirmFault, DecisionRef, Figure, ProcedureData};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::Db;
use motcua_store::catalogue::{self as rows, Filter, VersionRow};
use serde_json::json;

use super::{enter, newest_number, published, record_change};
use crate::actor::Actor;
use crate::context::{Services, bad_field};
use crate::error::{Error, Result, stale};

/// How a procedure ends.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The last day on which it may be filed.
    pub last_day: NaiveDate,
    /// Number of the decision that ends it.
    pub decision_number: String,
    /// Its date.
    pub decision_date: NaiveDate,
}

/// What the version says that holds today, if it is the one the caller has seen.
fn holding(services: &Services, db: &mut Db, code: &str, version: i64) -> Result<ProcedureData> {
    let today = local_date(services.now());
    let found = services
        .procedure_on(db, code, today)
        .map_err(|e| match e {
            Error::Refused(_) => Refusal::not_found().into(),
            other => other,
        })?;
    if i64::from(found.row.version) != version {
        return Err(stale(found.row.version.into()));
    }
    published(&found.row)
}

fn put(db: &mut Db, data: &ProcedureData, now: DateTime<Utc>, newest: i32) -> Result<VersionRow> {
    enter(db, data, now, newest)?.ok_or_else(|| {
        Refusal::new(
            "nothing_changed",
            "Không có gì thay đổi so với phiên bản đang có.",
            "This is what is published already.",
        )
        .into()
    })
}

/// Ends a procedure: after the last day it leaves the public lists and takes no dossier; those
/// received go on (Decree 63/2010 Arts 16–17). `version` is the one that holds today.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`, `later_version`, `nothing_changed`.
pub fn end_procedure(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    code: &str,
    version: i64,
    ending: &Ending,
) -> Result<VersionRow> {
    let newest = newest_number(db, code)?;
    let mut data = holding(services, db, code, version)?;
    let number = required_line(&ending.decision_number, 100)
        .map_err(|f| Refusal::invalid(vec![f.at("/decision/number")]))?;
    if ending.last_day < data.in_force_from {
        return Err(bad_field(
            "/last_day",
            "out_of_range",
            "Ngày hết hiệu lực trước ngày có hiệu lực.",
            "The last day is before the first.",
        )
        .into());
    }
    if !(1900..=2999).contains(&ending.last_day.year()) {
        return Err(bad_field(
            "/last_day",
            "out_of_range",
            "Năm phải từ 1900 đến 2999.",
            "The year must be 1900 to 2999.",
        )
        .into());
    }
    // What is prepared for a later day would bring it back.
    let mut later: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
    for (_, from, to) in rows::versions_of(db, code)? {
        if from > data.in_force_from && !later.iter().any(|(f, _)| *f == from) {
            later.push((from, to));
        }
    }
    if let Some((from, _)) = later
        .iter()
        .rev()
        .find(|(_, to)| to.is_none_or(|to| to > ending.last_day))
    {
        return Err(Refusal::new(
            "later_version",
            format!(
                "Thủ tục đã có phiên bản áp dụng từ ngày {}; hãy sửa phiên bản đó trước (ghi ngày hết hiệu lực).",
                from.format("%d/%m/%Y")
            ),
            format!("A version that begins on {from} is published already; end that one first, in a draft."),
        )
        .with("in_force_from", from.to_string())
        .into());
    }
    data.in_force_to = Some(ending.last_day);
    data.ending_decision = Some(DecisionRef {
        number,
        date: Some(ending.decision_date),
    });
    let now = services.now();
    let row = put(db, &data, now, newest)?;
    let detail = json!({
        "version": row.version,
        "in_force_to": row.in_force_to,
        "decision": data.ending_decision.as_ref().map(|d| &d.number),
    });
    record_change(db, now, actor, "catalogue.ended", code, detail)?;
    Ok(row)
}

/// Confirms a figure with the source it was read in; the procedure gets a new version that says the
/// same, with another certainty. `version` is the one that holds today.
///
/// # Errors
/// `not_found`, `version_stale`, `figure_missing`, `validation_failed`, `nothing_changed`.
#[allow(
    clippy::too_many_arguments,
    reason = "the figure, how sure, and where it was read"
)]
pub fn confirm_figure(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    code: &str,
    version: i64,
    path: &str,
    certainty: &str,
    source: &str,
) -> Result<VersionRow> {
    let newest = newest_number(db, code)?;
    let mut data = holding(services, db, code, version)?;
    let source = required_line(source, 500).map_err(|f| Refusal::invalid(vec![f.at("/source")]))?;
    catalogue::confirm(&mut data, path, certainty, &source).map_err(|fault| match fault {
        ConfirmFault::Unknown => bad_field(
            "/path",
            "invalid_value",
            "Thủ tục không có số liệu ở vị trí này.",
            "The procedure has no figure there.",
        ),
        ConfirmFault::Settled => Refusal::new(
            "nothing_changed",
            "Số liệu này không còn ở mức «cần kiểm tra».",
            "This figure is not one to be checked.",
        ),
        ConfirmFault::Certainty => bad_field(
            "/certainty",
            "unknown_value",
            "Mức độ chắc chắn phải là một trong: law, seen, known.",
            "The certainty is one of law, seen, known.",
        ),
        ConfirmFault::Missing => Refusal::new(
            "figure_missing",
            "Chưa có số liệu để xác nhận; hãy nhập số liệu trong bản thảo.",
            "There is no figure to confirm yet: enter it in a draft.",
        )
        .field(
            "/path",
            "invalid_value",
            "Chưa có số liệu ở vị trí này.",
            "There is no figure here yet.",
        ),
    })?;
    let now = services.now();
    let row = put(db, &data, now, newest)?;
    let detail = json!({
        "version": row.version,
        "path": path,
        "certainty": certainty,
        "source": source,
    });
    record_change(db, now, actor, "catalogue.confirmed", code, detail)?;
    Ok(row)
}

/// How many versions are looked at in one step of the search for figures.
const STEP: i64 = 100;

/// Procedures in force today that have figures to be checked, by code next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn figures_page(
    services: &Services,
    db: &mut Db,
    edge: Option<(String, i32, bool)>,
    limit: i64,
) -> Result<Vec<(VersionRow, Vec<Figure>)>> {
    let filter = Filter {
        on: Some(local_date(services.now())),
        ..Filter::default()
    };
    let backwards = edge.as_ref().is_some_and(|e| e.2);
    let (mut edge, mut found) = (edge, Vec::new());
    // The catalogue has a few hundred rows: the walk ends soon, and at the catalogue's end at the latest.
    loop {
        let mut step = rows::page(db, &filter, edge, STEP)?;
        let full = step.len() as i64 == STEP;
        if backwards {
            step.reverse();
        }
        edge = step
            .last()
            .map(|row| (row.procedure_code.clone(), row.version, backwards));
        for row in step {
            let figures = catalogue::figures_to_check(&published(&row)?);
            if !figures.is_empty() && (found.len() as i64) < limit {
                found.push((row, figures));
            }
        }
        if !full || found.len() as i64 >= limit {
            break;
        }
    }
    if backwards {
        found.reverse();
    }
    Ok(found)
}
