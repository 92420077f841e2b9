//! A catalogue as a sheet (CSV): one row for a procedure, then one for each of its papers, fee lines
//! and exemptions. The columns follow the form's table, so nothing is lost on the way.
//!
//! Spreadsheet programs change what they save: a semicolon for the comma, `TRUE` for `true`,
//! `31/12/2026` for `2026-12-31`, a mark at the file's beginning. All of that is read.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::shape::{Kind, Member, PROCEDURE, fault};
use super::{MOST_FAULTS, ProcedureData};
use crate::refusal::FieldError;
use crate::text::{csv_reader, plain_cell};

/// Kinds of rows, each with the list it fills: a path of member names from the procedure.
const PARTS: [(&str, &[&str]); 7] = [
    ("procedure", &[]),
    ("component", &["components"]),
    ("fee", &["fees"]),
    ("exemption", &["fees", "exemptions"]),
    ("local_fee", &["local", "fees"]),
    ("local_exemption", &["local", "fees", "exemptions"]),
    ("step", &["workflow", "steps"]),
];

/// The columns every row has: what kind of row it is, and of which version of which procedure.
const HEAD: [&str; 3] = ["part", "code", "in_force_from"];

/// More columns than any sheet of ours has.
const MOST_COLUMNS: usize = 300;

/// A leaf of the form: its column and what it holds.
type Leaf = (String, Kind);

/// The leaves of an object, its lists left out.
fn leaves(members: &[Member], prefix: &str, out: &mut Vec<Leaf>) {
    for m in members {
        let name = if prefix.is_empty() {
            m.name.to_owned()
        } else {
            format!("{prefix}.{}", m.name)
        };
        match m.kind {
            Kind::Object(inner) => leaves(inner, &name, out),
            Kind::List(_) => {}
            kind => out.push((name, kind)),
        }
    }
}

/// The leaves of a kind of row.
fn leaves_of(path: &[&str]) -> Vec<Leaf> {
    let mut members = PROCEDURE;
    for name in path {
        for m in members {
            if m.name == *name
                && let Kind::Object(inner) | Kind::List(inner) = m.kind
            {
                members = inner;
                break;
            }
        }
    }
    let mut out = Vec::new();
    leaves(members, "", &mut out);
    out
}

/// Every column, each once: those of every row, then those of procedures, papers, fees, exemptions.
fn columns() -> Vec<String> {
    let mut all: Vec<String> = HEAD.iter().map(|c| (*c).to_owned()).collect();
    let mut seen: BTreeSet<String> = all.iter().cloned().collect();
    for (_, path) in PARTS {
        for (name, _) in leaves_of(path) {
            if seen.insert(name.clone()) {
                all.push(name);
            }
        }
    }
    all
}

fn at_path<'a>(value: &'a Value, column: &str) -> Option<&'a Value> {
    column.split('.').try_fold(value, |v, name| v.get(name))
}

fn cell(value: &Value) -> String {
    match value {
        Value::String(s) => plain_cell(s),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Writes procedures as a sheet, in UTF-8 with the mark that spreadsheet programs need.
///
/// # Errors
/// Never for data that can be written as JSON; the writer's own failure otherwise.
pub fn to_csv(procedures: &[ProcedureData]) -> Result<String, String> {
    let columns = columns();
    let mut out = csv::Writer::from_writer(Vec::new());
    let told = |e: csv::Error| e.to_string();
    out.write_record(&columns).map_err(told)?;
    for p in procedures {
        let value = serde_json::to_value(p).map_err(|e| e.to_string())?;
        let mut row = |part: &str, item: &Value| {
            let own = PARTS
                .iter()
                .find(|(name, _)| *name == part)
                .map(|(_, path)| leaves_of(path))
                .unwrap_or_default();
            let cells = columns.iter().map(|c| match c.as_str() {
                "part" => part.to_owned(),
                "code" => p.code.clone(),
                "in_force_from" => p.in_force_from.to_string(),
                c if own.iter().any(|(name, _)| name == c) => {
                    at_path(item, c).map(cell).unwrap_or_default()
                }
                _ => String::new(),
            });
            out.write_record(cells).map_err(told)
        };
        row("procedure", &value)?;
        for component in items(&value, &["components"]) {
            row("component", component)?;
        }
        for (path, fee_part, exemption_part) in [
            (&["fees"][..], "fee", "exemption"),
            (&["local", "fees"][..], "local_fee", "local_exemption"),
        ] {
            for fee in items(&value, path) {
                row(fee_part, fee)?;
                for exemption in items(fee, &["exemptions"]) {
                    row(exemption_part, exemption)?;
                }
            }
        }
        for step in items(&value, &["workflow", "steps"]) {
            row("step", step)?;
        }
    }
    let bytes = out.into_inner().map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| e.to_string())?;
    Ok(format!("\u{feff}{text}"))
}

fn items<'a>(value: &'a Value, path: &[&str]) -> &'a [Value] {
    path.iter()
        .try_fold(value, |v, name| v.get(name))
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Where the rows of one procedure stand in the sheet.
#[derive(Debug, Default)]
struct Lines {
    own: u64,
    components: Vec<u64>,
    fees: Vec<(u64, Vec<u64>)>,
    local_fees: Vec<(u64, Vec<u64>)>,
    steps: Vec<u64>,
}

/// A sheet read back into the form of a file, with the places of its rows.
#[derive(Debug)]
pub struct Sheet {
    /// As a catalogue file's JSON, unchecked.
    pub file: Value,
    lines: Vec<Lines>,
}

impl Sheet {
    /// A fault of the file told by the sheet's line and column: `/12/limits.direct.unit`.
    #[must_use]
    pub fn place(&self, mut found: FieldError) -> FieldError {
        let segments: Vec<&str> = found.pointer.split('/').skip(1).collect();
        if let ["procedures", i, rest @ ..] = segments.as_slice()
            && let Some(lines) = i.parse().ok().and_then(|i: usize| self.lines.get(i))
        {
            let (line, column) = lines.find(rest);
            found.pointer = format!("/{line}/{}", column.join("."))
                .trim_end_matches('/')
                .to_owned();
        }
        found
    }
}

impl Lines {
    fn find<'a>(&self, path: &'a [&'a str]) -> (u64, &'a [&'a str]) {
        let nth = |i: &str| i.parse::<usize>().ok();
        match path {
            ["components", i, rest @ ..] => {
                let line = nth(i).and_then(|i| self.components.get(i));
                (line.copied().unwrap_or(self.own), rest)
            }
            ["workflow", "steps", i, rest @ ..] => {
                let line = nth(i).and_then(|i| self.steps.get(i));
                (line.copied().unwrap_or(self.own), rest)
            }
            ["fees", i, rest @ ..] => Self::fee(&self.fees, nth(i), rest, self.own),
            ["local", "fees", i, rest @ ..] => Self::fee(&self.local_fees, nth(i), rest, self.own),
            other => (self.own, other),
        }
    }

    fn fee<'a>(
        fees: &[(u64, Vec<u64>)],
        i: Option<usize>,
        rest: &'a [&'a str],
        own: u64,
    ) -> (u64, &'a [&'a str]) {
        let Some((line, exemptions)) = i.and_then(|i| fees.get(i)) else {
            return (own, rest);
        };
        match rest {
            ["exemptions", j, rest @ ..] => {
                let at = j.parse().ok().and_then(|j: usize| exemptions.get(j));
                (at.copied().unwrap_or(*line), rest)
            }
            _ => (*line, rest),
        }
    }
}

/// Reads a sheet. What is wrong with the rows themselves is told by line and column; the procedures
/// it holds are still to be checked with [`super::read`].
pub fn from_csv(text: &str) -> (Sheet, Vec<FieldError>) {
    let mut found = Vec::new();
    let mut rows = csv_reader(text);
    let mut header: Vec<String> = match rows.headers() {
        Ok(h) => h.iter().map(|c| c.trim().to_owned()).collect(),
        Err(e) => {
            found.push(unreadable(1, &e));
            Vec::new()
        }
    };
    let known = columns();
    let mut seen = BTreeSet::new();
    if header.len() > MOST_COLUMNS {
        found.push(fault(
            "/1",
            "too_long",
            format!("Tối đa {MOST_COLUMNS} cột."),
            format!("At most {MOST_COLUMNS} columns."),
        ));
        header = Vec::new();
    }
    // A column without a name is what a stray click leaves behind.
    for name in header.iter().filter(|name| !name.is_empty()) {
        if !seen.insert(name) {
            found.push(fault(
                format!("/1/{name}"),
                "duplicate",
                "Cột này có hai lần.",
                "This column stands twice.",
            ));
        } else if !known.contains(name) {
            found.push(fault(
                format!("/1/{name}"),
                "unknown",
                "Không có cột này.",
                "There is no such column.",
            ));
        }
    }
    for name in HEAD {
        if !header.iter().any(|h| h == name) {
            found.push(fault(
                format!("/1/{name}"),
                "required",
                "Thiếu cột này.",
                "This column is missing.",
            ));
        }
    }
    let mut reading = Reading::default();
    if found.is_empty() {
        let forms = PARTS.map(|(_, path)| leaves_of(path));
        for record in rows.records() {
            if found.len() >= MOST_FAULTS {
                break;
            }
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let cells = header.iter().map(String::as_str).zip(record.iter());
                    let filled = cells.filter(|(_, c)| !c.trim().is_empty());
                    reading.row(&mut found, line, &filled.collect::<Vec<_>>(), &forms);
                    let mut surplus = record.iter().skip(header.len());
                    if surplus.any(|cell| !cell.trim().is_empty()) {
                        found.push(fault(
                            format!("/{line}"),
                            "unknown",
                            "Dòng có nhiều ô hơn dòng tiêu đề.",
                            "The row has more cells than the header.",
                        ));
                    }
                }
                Err(e) => found.push(unreadable(e.position().map_or(0, csv::Position::line), &e)),
            }
        }
    }
    let sheet = Sheet {
        file: serde_json::json!({
            "source_note": "CSV",
            "as_of": "2000-01-01",
            "procedures": reading.procedures,
        }),
        lines: reading.lines,
    };
    (sheet, found)
}

pub(super) fn unreadable(line: u64, e: &csv::Error) -> FieldError {
    fault(
        format!("/{line}"),
        "invalid_value",
        "Không đọc được dòng này như CSV, mã UTF-8.",
        format!("The row cannot be read as CSV: {e}."),
    )
}

#[derive(Default)]
struct Reading {
    procedures: Vec<Value>,
    lines: Vec<Lines>,
    key: Option<(String, String)>,
}

impl Reading {
    fn row(
        &mut self,
        found: &mut Vec<FieldError>,
        line: u64,
        cells: &[(&str, &str)],
        forms: &[Vec<Leaf>; PARTS.len()],
    ) {
        let get = |name: &str| {
            cells
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, c)| c.trim())
        };
        if cells.is_empty() {
            return;
        }
        let part = get("part").unwrap_or_default();
        let Some(form) = PARTS.iter().position(|(name, _)| *name == part) else {
            let names = PARTS.map(|(name, _)| name).join(", ");
            found.push(fault(
                format!("/{line}/part"),
                "unknown_value",
                format!("Loại dòng phải là một trong: {names}."),
                format!("The kind of row is not one of {names}."),
            ));
            return;
        };
        let key = (
            get("code").unwrap_or_default().to_owned(),
            iso_day(get("in_force_from").unwrap_or_default()),
        );
        let leaves = &forms[form];
        let mut item = Value::Object(Map::new());
        for (column, text) in cells {
            if let Some((_, kind)) = leaves.iter().find(|(name, _)| name == column) {
                put(&mut item, column, typed(*kind, text));
            } else if !HEAD.contains(column) {
                found.push(fault(
                    format!("/{line}/{column}"),
                    "unknown",
                    format!("Dòng «{part}» không có cột này."),
                    format!("A row of kind {part} has no such column."),
                ));
            }
        }
        if part == "procedure" {
            for list in ["components", "fees"] {
                item[list] = Value::Array(Vec::new());
            }
            // An object without a member is still an object the form asks for.
            for object in ["limits", "flags"] {
                if item.get(object).is_none() {
                    item[object] = Value::Object(Map::new());
                }
            }
            self.procedures.push(item);
            self.lines.push(Lines {
                own: line,
                ..Lines::default()
            });
            self.key = Some(key);
            return;
        }
        let (Some(p), Some(lines)) = (self.procedures.last_mut(), self.lines.last_mut()) else {
            found.push(stray(line));
            return;
        };
        if self.key.as_ref() != Some(&key) {
            found.push(stray(line));
            return;
        }
        let belongs = match part {
            "component" => {
                lines.components.push(line);
                push(p, &["components"], item)
            }
            "step" => {
                lines.steps.push(line);
                push(p, &["workflow", "steps"], item)
            }
            "fee" => {
                lines.fees.push((line, Vec::new()));
                push(p, &["fees"], item)
            }
            "local_fee" => {
                lines.local_fees.push((line, Vec::new()));
                push(p, &["local", "fees"], item)
            }
            _ => {
                let (fees, path) = if part == "exemption" {
                    (&mut lines.fees, &["fees"][..])
                } else {
                    (&mut lines.local_fees, &["local", "fees"][..])
                };
                match (fees.last_mut(), last(p, path)) {
                    (Some((_, exemptions)), Some(fee)) => {
                        exemptions.push(line);
                        push(fee, &["exemptions"], item)
                    }
                    _ => false,
                }
            }
        };
        if !belongs {
            found.push(stray(line));
        }
    }
}

fn stray(line: u64) -> FieldError {
    fault(
        format!("/{line}/part"),
        "contradiction",
        "Dòng này không đứng dưới thủ tục (hoặc dòng phí) mà nó thuộc về.",
        "The row does not stand below the procedure (or fee) it belongs to.",
    )
}

fn put(item: &mut Value, column: &str, value: Value) {
    let mut at = item;
    let mut names = column.split('.').peekable();
    while let Some(name) = names.next() {
        if names.peek().is_none() {
            at[name] = value;
            return;
        }
        if at.get(name).is_none() {
            at[name] = Value::Object(Map::new());
        }
        at = &mut at[name];
    }
}

fn push(value: &mut Value, path: &[&str], item: Value) -> bool {
    let mut at = value;
    for (i, name) in path.iter().enumerate() {
        if at.get(*name).is_none() {
            at[*name] = if i + 1 == path.len() {
                Value::Array(Vec::new())
            } else {
                Value::Object(Map::new())
            };
        }
        at = &mut at[*name];
    }
    at.as_array_mut().map(|list| list.push(item)).is_some()
}

fn last<'a>(value: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    path.iter()
        .try_fold(value, |v, name| v.get_mut(*name))?
        .as_array_mut()?
        .last_mut()
}

/// A cell as the form wants it; what is none of that stays a text, and the check will tell.
fn typed(kind: Kind, text: &str) -> Value {
    let trimmed = text.trim();
    match kind {
        Kind::Int(..) => trimmed
            .parse::<i64>()
            .map_or_else(|_| text.into(), Value::from),
        Kind::Bool if trimmed.eq_ignore_ascii_case("true") => true.into(),
        Kind::Bool if trimmed.eq_ignore_ascii_case("false") => false.into(),
        Kind::Date => iso_day(trimmed).into(),
        Kind::Word(_) | Kind::Slug | Kind::Code => trimmed.into(),
        _ => text
            .strip_prefix('\'')
            .unwrap_or(text)
            .replace("\r\n", "\n")
            .into(),
    }
}

/// `31/12/2026` as `2026-12-31`; anything else as it is.
fn iso_day(text: &str) -> String {
    let mut parts = text.split('/');
    if let (Some(d), Some(m), Some(y), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
        && y.len() == 4
        && let (Ok(d), Ok(m)) = (d.parse::<u8>(), m.parse::<u8>())
    {
        return format!("{y}-{m:02}-{d:02}");
    }
    text.to_owned()
}
