//! The listing audit (DOMAIN §8.7): what is posted here against a master list, such as the one of the
//! province or the national database.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use super::MOST_FAULTS;
use super::shape::fault;
use crate::refusal::FieldError;
use crate::text::fold_vi;

/// A procedure of the master list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterItem {
    /// National code.
    pub code: String,
    /// Name, where the list has one.
    pub name: Option<String>,
}

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// In the master list, not posted here.
    pub missing: Vec<MasterItem>,
    /// Posted here, not in the master list: code and name.
    pub surplus: Vec<(String, String)>,
    /// Posted under another name: code, name here, name there.
    pub renamed: Vec<(String, String, String)>,
    /// Posted as the master list has it.
    pub equal: usize,
}

/// Compares what is posted (code and name) with a master list. Names are equal when their words are,
/// whatever the spaces between them.
pub fn compare_listing(posted: &[(String, String)], master: &[MasterItem]) -> Listing {
    let here: BTreeMap<&str, &str> = posted
        .iter()
        .map(|(c, n)| (c.as_str(), n.as_str()))
        .collect();
    let there: BTreeSet<&str> = master.iter().map(|m| m.code.as_str()).collect();
    let words = |text: &str| -> Vec<String> {
        let text: String = text.nfc().collect();
        text.split_whitespace().map(str::to_lowercase).collect()
    };
    let mut found = Listing::default();
    for item in master {
        match (here.get(item.code.as_str()), &item.name) {
            (None, _) => found.missing.push(item.clone()),
            (Some(name), Some(other)) if words(name) != words(other) => {
                found
                    .renamed
                    .push((item.code.clone(), (*name).to_owned(), other.clone()));
            }
            (Some(_), _) => found.equal += 1,
        }
    }
    found.surplus = posted
        .iter()
        .filter(|(code, _)| !there.contains(code.as_str()))
        .cloned()
        .collect();
    found
}

/// Reads a master list: a sheet with a column of codes (`code`, `Mã…`) and perhaps one of names
/// (`name`, `Tên…`), or the JSON of a catalogue file. A code listed twice counts once.
///
/// # Errors
/// Every fault, by line and column, or by pointer.
pub fn master_list(text: &str, is_csv: bool) -> Result<Vec<MasterItem>, Vec<FieldError>> {
    let (items, faults) = if is_csv {
        from_sheet(text)
    } else {
        from_json(text)
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    if items.is_empty() {
        return Err(vec![fault(
            "",
            "required",
            "Danh sách không có thủ tục nào.",
            "The list has no procedures.",
        )]);
    }
    let mut seen = BTreeSet::new();
    Ok(items
        .into_iter()
        .filter(|i| seen.insert(i.code.clone()))
        .collect())
}

fn from_json(text: &str) -> (Vec<MasterItem>, Vec<FieldError>) {
    let unreadable = || fault("", "invalid_value", "Không phải JSON.", "Not JSON.");
    let Ok(value) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return (Vec::new(), vec![unreadable()]);
    };
    let list = value
        .get("procedures")
        .or_else(|| value.get("items"))
        .unwrap_or(&value);
    let Some(list) = list.as_array() else {
        return (Vec::new(), vec![unreadable()]);
    };
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for (i, item) in list.iter().enumerate() {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        match item.get("code").and_then(Value::as_str) {
            Some(code) => items.push(MasterItem {
                code: code.trim().to_owned(),
                name: item.get("name").and_then(Value::as_str).map(str::to_owned),
            }),
            None => faults.push(fault(
                format!("/{i}/code"),
                "required",
                "Thiếu mã thủ tục.",
                "The code is missing.",
            )),
        }
    }
    (items, faults)
}

fn from_sheet(text: &str) -> (Vec<MasterItem>, Vec<FieldError>) {
    let mut rows = crate::text::csv_reader(text);
    let header: Vec<String> = match rows.headers() {
        Ok(h) => h.iter().map(|c| fold_vi(c.trim())).collect(),
        Err(e) => return (Vec::new(), vec![super::sheet::unreadable(1, &e)]),
    };
    let column = |exact: &str, begins: &str| {
        header
            .iter()
            .position(|h| h == exact)
            .or_else(|| header.iter().position(|h| h.starts_with(begins)))
    };
    let Some(code_at) = column("code", "ma ") else {
        return (
            Vec::new(),
            vec![fault(
                "/1/code",
                "required",
                "Thiếu cột mã thủ tục («code» hoặc «Mã thủ tục»).",
                "There is no column of codes (`code`).",
            )],
        );
    };
    let name_at = column("name", "ten ");
    let part_at = header.iter().position(|h| h == "part");
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for row in rows.records() {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let row = match row {
            Ok(row) => row,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                faults.push(super::sheet::unreadable(line, &e));
                continue;
            }
        };
        let get = |at: Option<usize>| at.and_then(|i| row.get(i)).map_or("", str::trim);
        let whole_row = row.iter().all(|c| c.trim().is_empty());
        if whole_row || part_at.is_some() && get(part_at) != "procedure" {
            continue;
        }
        let code = get(Some(code_at));
        if code.is_empty() {
            let line = row.position().map_or(0, csv::Position::line);
            faults.push(fault(
                format!("/{line}/code"),
                "required",
                "Thiếu mã thủ tục.",
                "The code is missing.",
            ));
            continue;
        }
        let name = get(name_at);
        items.push(MasterItem {
            code: code.to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
        });
    }
    (items, faults)
}
