//! Whole catalogues as files: brought in, tried first, written out; and the listing audit.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::catalogue::{self, CatalogueFile, Listing, MasterItem, ProcedureData};
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::vn_time::local_date;
use motcua_store::catalogue::{self as rows, VersionRow};
use motcua_store::{Db, StoreError};
use serde_json::json;

use super::{newest_number, published, record_change, same_beginning, taken, version_row};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A catalogue file, as the national lists are.
    Json,
    /// A sheet.
    Csv,
}

/// A file as it was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// How it is written.
    pub format: Format,
    /// Its text.
    pub content: String,
}

/// What a file does to a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The procedure is not known yet.
    New,
    /// A version is added.
    Changed,
}

/// What an import does, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportItem {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// What happens.
    pub effect: Effect,
    /// The version's number.
    pub version: i32,
    /// Paths of what it says otherwise than the version whose place it takes.
    pub changed: Vec<String>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Procedures in the file.
    pub total: usize,
    /// Those that say what is there already.
    pub unchanged: usize,
    /// The others, in the file's order.
    pub items: Vec<ImportItem>,
}

/// `catalogue_faulty`, in these words, with as many faults as are told.
fn faulty(mut faults: Vec<FieldError>, words: impl FnOnce(usize) -> Text) -> Error {
    faults.truncate(catalogue::MOST_FAULTS);
    let Text { vi, en } = words(faults.len());
    let mut refusal = Refusal::new("catalogue_faulty", vi, en);
    refusal.errors = faults;
    refusal.into()
}

/// Reads and checks a file. Pure, and slow for a large one: call it before the transaction.
///
/// # Errors
/// `catalogue_faulty`, naming every fault by pointer or by line and column.
pub fn read_file(given: &Given) -> Result<Vec<ProcedureData>> {
    let (sound, faults) = match given.format {
        Format::Json => match serde_json::from_str(given.content.trim_start_matches('\u{feff}')) {
            Ok(value) => catalogue::read(&value),
            Err(e) => {
                let (line, column) = (e.line(), e.column());
                let fault = FieldError {
                    pointer: String::new(),
                    code: "invalid_value",
                    detail: Text::new(
                        format!("Không phải JSON hợp lệ (dòng {line}, cột {column})."),
                        format!("Not valid JSON (line {line}, column {column})."),
                    ),
                };
                (Vec::new(), vec![fault])
            }
        },
        Format::Csv => {
            let (sheet, mut faults) = catalogue::from_csv(&given.content);
            let (sound, inner) = catalogue::read(&sheet.file);
            // A sheet whose rows could not be read at all says so once.
            if faults.is_empty() || !sound.is_empty() {
                faults.extend(inner.into_iter().map(|f| sheet.place(f)));
            }
            (sound, faults)
        }
    };
    if !faults.is_empty() {
        return Err(faulty(faults, |count| {
            Text::new(
                format!("Tệp danh mục có {count} lỗi; chưa có gì được nhập."),
                format!("The catalogue file has {count} faults; nothing was entered."),
            )
        }));
    }
    Ok(sound.into_iter().map(|(_, p)| p).collect())
}

/// Brings procedures in: each becomes its next version, unless the newest with the same first day
/// says the same. A province's own figures that are here stay where the file has none. Tried only:
/// nothing is changed, and the answer is the same.
///
/// # Errors
/// `catalogue_changed` when somebody changes the same procedure at the same time.
pub fn import_file(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    procedures: &[ProcedureData],
    dry_run: bool,
) -> Result<Import> {
    let mut numbers: HashMap<String, i32> = HashMap::new();
    let mut planned: HashMap<String, Vec<ProcedureData>> = HashMap::new();
    let mut done = Import {
        total: procedures.len(),
        unchanged: 0,
        items: Vec::new(),
    };
    for given in procedures {
        let mut p = given.clone();
        let known = match numbers.get(&p.code) {
            Some(n) => *n,
            None => newest_number(db, &p.code)?,
        };
        let same_day = same_beginning(db, &p)?
            .map(|row| published(&row))
            .transpose()?;
        // A new first day is how the nation usually changes a procedure: what the province decided
        // goes on from the version that held before.
        let before = match same_day.clone() {
            Some(same) => Some(same),
            None => earlier(db, &p, planned.get(&p.code))?,
        };
        if p.local.is_none() {
            p.local = before.as_ref().and_then(|b| b.local.clone());
        }
        if same_day.as_ref() == Some(&p) {
            done.unchanged += 1;
            continue;
        }
        planned.entry(p.code.clone()).or_default().push(p.clone());
        let version = known + 1;
        numbers.insert(p.code.clone(), version);
        done.items.push(ImportItem {
            code: p.code.clone(),
            name: p.name.clone(),
            in_force_from: p.in_force_from,
            effect: if known == 0 {
                Effect::New
            } else {
                Effect::Changed
            },
            version,
            changed: before
                .map(|b| {
                    catalogue::compare(&b, &p)
                        .into_iter()
                        .map(|c| c.path)
                        .collect()
                })
                .unwrap_or_default(),
        });
        if !dry_run {
            let data = serde_json::to_string(&p).map_err(StoreError::from)?;
            rows::insert(db, &version_row(&p, version, data, now)).map_err(taken)?;
        }
    }
    if !dry_run && !done.items.is_empty() {
        for item in &done.items {
            let detail = json!({ "version": item.version, "changed": item.changed });
            record_change(db, now, actor, "catalogue.imported", &item.code, detail)?;
        }
    }
    Ok(done)
}

/// The version of a procedure that begins last before `p` does, here or earlier in the same file.
fn earlier(
    db: &mut Db,
    p: &ProcedureData,
    planned: Option<&Vec<ProcedureData>>,
) -> Result<Option<ProcedureData>> {
    let in_file = planned
        .into_iter()
        .flatten()
        .filter(|e| e.in_force_from < p.in_force_from)
        .max_by_key(|e| e.in_force_from);
    let here = rows::versions_of(db, &p.code)?
        .into_iter()
        .find(|(_, from, _)| *from < p.in_force_from);
    match (in_file, here) {
        (Some(e), Some((_, from, _))) if e.in_force_from >= from => Ok(Some(e.clone())),
        (Some(e), None) => Ok(Some(e.clone())),
        (_, Some((id, ..))) => rows::by_id(db, &id)?.map(|row| published(&row)).transpose(),
        (None, None) => Ok(None),
    }
}

fn holding_or_to_come(db: &mut Db, on: NaiveDate) -> Result<Vec<ProcedureData>> {
    rows::still_to_hold(db, on)?.iter().map(published).collect()
}

/// The catalogue as a file: what holds on a day or begins after it, by code and first day.
///
/// # Errors
/// Storage failures only.
pub fn export(db: &mut Db, on: NaiveDate, format: Format) -> Result<String> {
    let procedures = holding_or_to_come(db, on)?;
    match format {
        Format::Csv => catalogue::to_csv(&procedures).map_err(Error::Internal),
        Format::Json => {
            let file = CatalogueFile {
                source_note: format!(
                    "Danh mục thủ tục hành chính đến ngày {}",
                    on.format("%d/%m/%Y")
                ),
                as_of: on,
                procedures,
            };
            let text = serde_json::to_string_pretty(&file).map_err(StoreError::from)?;
            Ok(format!("{text}\n"))
        }
    }
}

/// Reads a master list. Pure, and slow for a large one: call it before the transaction.
///
/// # Errors
/// `catalogue_faulty` for a list that cannot be read.
pub fn read_master(given: &Given) -> Result<Vec<MasterItem>> {
    catalogue::master_list(&given.content, given.format == Format::Csv).map_err(|faults| {
        faulty(faults, |_| {
            Text::new(
                "Không đọc được danh sách gốc; xem các dòng được nêu.",
                "The master list cannot be read; see the lines named.",
            )
        })
    })
}

/// Holds what is posted today against a master list.
///
/// # Errors
/// Storage failures only.
pub fn audit_listing(services: &Services, db: &mut Db, master: &[MasterItem]) -> Result<Listing> {
    let today = local_date(services.now());
    let posted: Vec<(String, String)> = rows::still_to_hold(db, today)?
        .into_iter()
        .filter(|row: &VersionRow| row.in_force_from <= today)
        .map(|row| (row.procedure_code, row.name))
        .collect();
    Ok(catalogue::compare_listing(&posted, master))
}
