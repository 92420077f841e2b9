//! Procedures: entered, found, and the version that holds on a day; drafts and files of them.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::catalogue::{CatalogueFile, ProcedureData};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::fold_vi;
use motcua_store::catalogue::{self as rows, Filter, VersionRow};
use motcua_store::{Db, ProcedureVersionId, StoreError, Ts};

use crate::actor::{Actor, Permission};
use crate::context::{Procedure, Services};
use crate::error::{Error, Result};
use crate::record;

mod change;
mod draft;
mod file;
pub use change::{Ending, confirm_figure, end_procedure, figures_page};
pub use draft::{
    Draft, MOST_COUNTED, create_draft, discard_draft, drafts, find_draft, open_dossiers,
    publish_draft, rewrite_draft,
};
pub use file::{
    Effect, Format, Given, Import, ImportItem, audit_listing, export, import_file, read_file,
    read_master,
};

/// Enters every procedure of a file as its next version, unless it says what is there already.
/// Returns how many were entered.
///
/// # Errors
/// Storage failures only; check the file first with [`motcua_domain::catalogue::problems`].
pub fn import(db: &mut Db, file: &CatalogueFile, now: DateTime<Utc>) -> Result<usize> {
    let mut entered = 0;
    for p in &file.procedures {
        let newest = newest_number(db, &p.code)?;
        if enter(db, p, now, newest)?.is_some() {
            entered += 1;
        }
    }
    Ok(entered)
}

/// The newest version that begins on the same day as `p`: what `p` would take the place of.
fn same_beginning(db: &mut Db, p: &ProcedureData) -> Result<Option<VersionRow>> {
    let found = rows::versions_of(db, &p.code)?
        .into_iter()
        .find(|(_, from, _)| *from == p.in_force_from);
    match found {
        Some((id, ..)) => Ok(rows::by_id(db, &id)?),
        None => Ok(None),
    }
}

/// The number of a procedure's newest version; 0 when there is none.
fn newest_number(db: &mut Db, code: &str) -> Result<i32> {
    Ok(rows::newest(db, code)?.map_or(0, |v| v.version))
}

/// Enters a version unless the newest with the same first day says the same. `newest` was the newest
/// number before the caller looked at anything: who was overtaken since finds the next one taken.
fn enter(
    db: &mut Db,
    p: &ProcedureData,
    now: DateTime<Utc>,
    newest: i32,
) -> Result<Option<VersionRow>> {
    let data = serde_json::to_string(p).map_err(StoreError::from)?;
    if same_beginning(db, p)?.is_some_and(|v| v.data == data) {
        return Ok(None);
    }
    let row = version_row(p, newest + 1, data, now);
    rows::insert(db, &row).map_err(taken)?;
    Ok(Some(row))
}

/// Two at once: one wins, the other is told.
fn taken(e: StoreError) -> Error {
    match e {
        StoreError::Unique(_) => Refusal::new(
            "catalogue_changed",
            "Người khác vừa thay đổi danh mục. Hãy tải lại rồi thực hiện lại.",
            "Somebody else has just changed the catalogue. Reload and try again.",
        )
        .into(),
        other => other.into(),
    }
}

/// A procedure as a row's JSON has it, the nation's figures beside the province's.
///
/// # Errors
/// [`StoreError::Corrupt`] when it is none.
pub fn published(row: &VersionRow) -> Result<ProcedureData> {
    Ok(serde_json::from_str(&row.data).map_err(StoreError::from)?)
}

/// Writes what was done to the catalogue into the record of every centre the actor administers: the
/// catalogue is theirs together.
fn record_change(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    subject: &str,
    data: serde_json::Value,
) -> Result<()> {
    for centre in actor.centres(Permission::ManageCatalogue) {
        record::audit(
            db,
            &centre,
            now,
            Some(actor),
            action,
            ("procedure", subject),
            data.clone(),
        )?;
    }
    Ok(())
}

fn version_row(p: &ProcedureData, version: i32, data: String, now: DateTime<Utc>) -> VersionRow {
    VersionRow {
        id: ProcedureVersionId::new(),
        procedure_code: p.code.clone(),
        version,
        name: p.name.clone(),
        search_text: fold_vi(&format!("{} {} {}", p.code, p.name, p.field)),
        field_code: p.field_code.clone(),
        field: p.field.clone(),
        in_force_from: p.in_force_from,
        in_force_to: p.in_force_to,
        online_level: p.online_level.clone(),
        on_the_spot: p.flags.on_the_spot,
        data,
        created_at: Ts::new(now),
    }
}

impl Services {
    /// A page of procedures; `words` is text as typed, with or without accents.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn procedures(
        &self,
        db: &mut Db,
        words: Option<&str>,
        field_code: Option<&str>,
        on: NaiveDate,
        edge: Option<(String, i32, bool)>,
        limit: i64,
    ) -> Result<Vec<Arc<Procedure>>> {
        let filter = Filter {
            words: words
                .map(|w| {
                    fold_vi(w)
                        .split_whitespace()
                        .take(10)
                        .map(ToOwned::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
            field_code: field_code.map(ToOwned::to_owned),
            on: Some(on),
        };
        rows::page(db, &filter, edge, limit)?
            .into_iter()
            .map(|row| Ok(self.keep_procedure(row)?))
            .collect()
    }

    /// The version of a procedure in force on a day.
    ///
    /// # Errors
    /// `procedure_unknown`; `procedure_not_in_force` when it is known but not on that day.
    pub fn procedure_on(&self, db: &mut Db, code: &str, on: NaiveDate) -> Result<Arc<Procedure>> {
        let versions = rows::versions_of(db, code)?;
        if versions.is_empty() {
            return Err(Refusal::new(
                "procedure_unknown",
                "Không có thủ tục hành chính với mã này.",
                "No procedure has this code.",
            )
            .field(
                "/procedure_code",
                "procedure_unknown",
                "Không có thủ tục với mã này.",
                "Unknown procedure.",
            )
            .into());
        }
        // The version that began last decides; when it has ended, none holds.
        let holds = versions
            .into_iter()
            .find(|(_, from, _)| *from <= on)
            .filter(|(_, _, to)| to.is_none_or(|to| to >= on));
        match holds {
            Some((id, ..)) => self.procedure(db, &id),
            None => Err(Refusal::new(
                "procedure_not_in_force",
                "Thủ tục này không còn (hoặc chưa) hiệu lực vào ngày tiếp nhận.",
                "The procedure is not in force on that day.",
            )
            .by_law("Nghị định 63/2010/NĐ-CP, Điều 16–17")
            .field(
                "/procedure_code",
                "procedure_not_in_force",
                "Không có hiệu lực vào ngày này.",
                "Not in force on that day.",
            )
            .into()),
        }
    }
}
