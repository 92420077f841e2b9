//! Sheets of figures: the same tables as a page to be signed and as a workbook to be counted on.

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use serde::Serialize;

use crate::{DocumentError, Form, pdf};

/// Widest column of a workbook, in characters.
const WIDEST: f64 = 48.0;
/// Narrowest.
const NARROWEST: f64 = 8.0;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, never read as a formula.
    Text(String),
    /// A number: đồng, or how many.
    Number(i64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A column.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Column {
    /// Its head.
    pub name: &'static str,
    /// Whether numbers stand in it, to the right.
    pub number: bool,
    /// Its share of the page's width; 0: as wide as what stands in it.
    pub share: u8,
}

/// A column of text.
#[must_use]
pub const fn text(name: &'static str) -> Column {
    Column {
        name,
        number: false,
        share: 0,
    }
}

/// A column of text of which many share the page: each has so many parts of its width.
#[must_use]
pub const fn shared(name: &'static str, share: u8) -> Column {
    Column {
        name,
        number: false,
        share,
    }
}

/// A column of numbers.
#[must_use]
pub const fn number(name: &'static str) -> Column {
    Column {
        name,
        number: true,
        share: 0,
    }
}

/// A table of a sheet.
#[derive(Debug, Clone)]
pub struct Table {
    /// What stands above it.
    pub caption: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, set apart.
    pub total: Option<Vec<Cell>>,
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct Book {
    /// Whose it is.
    pub body: String,
    /// Its title.
    pub title: &'static str,
    /// What stands under the title, line by line.
    pub lines: Vec<String>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// What stands below them.
    pub remarks: Vec<String>,
    /// Who signs: as what, and the name where it is known.
    pub signers: Vec<(&'static str, Option<String>)>,
}

/// A number with the points that are written between thousands.
#[must_use]
pub fn pointed(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => pointed(*number),
        Cell::Empty => String::new(),
    }
}

#[derive(Serialize)]
struct PrintedTable<'a> {
    caption: &'a str,
    columns: &'a [Column],
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Printed<'a> {
    body: &'a str,
    title: &'a str,
    lines: &'a [String],
    tables: Vec<PrintedTable<'a>>,
    remarks: &'a [String],
    day: String,
    signers: Vec<(&'a str, Option<&'a str>)>,
}

/// Sets a sheet as PDF/A-2b, under a name, dated at an instant.
///
/// # Errors
/// As [`pdf`].
pub fn page(book: &Book, name: &str, at: DateTime<FixedOffset>) -> Result<Vec<u8>, DocumentError> {
    let tables = book
        .tables
        .iter()
        .map(|t| PrintedTable {
            caption: t.caption,
            columns: &t.columns,
            rows: t
                .rows
                .iter()
                .map(|r| r.iter().map(written).collect())
                .collect(),
            total: t.total.as_ref().map(|r| r.iter().map(written).collect()),
        })
        .collect();
    let printed = Printed {
        body: &book.body,
        title: book.title,
        lines: &book.lines,
        tables,
        remarks: &book.remarks,
        day: at.format("Ngày %d tháng %m năm %Y").to_string(),
        signers: book
            .signers
            .iter()
            .map(|(role, name)| (*role, name.as_deref()))
            .collect(),
    };
    pdf(Form::Book, name, &printed, at)
}

impl From<XlsxError> for DocumentError {
    fn from(error: XlsxError) -> Self {
        Self::Setting(error.to_string())
    }
}

fn moment(at: DateTime<FixedOffset>) -> Result<ExcelDateTime, XlsxError> {
    let part = |n: u32| u8::try_from(n).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))?.and_hms(
        u16::from(part(at.hour())),
        part(at.minute()),
        f64::from(at.second()),
    )
}

/// A sheet as a workbook: each table on a leaf of its own, numbers as numbers. The same sheet at the same
/// instant is the same file.
///
/// # Errors
/// [`DocumentError`] when a table is larger than a workbook takes.
pub fn workbook(book: &Book, at: DateTime<FixedOffset>) -> Result<Vec<u8>, DocumentError> {
    let mut out = Workbook::new();
    out.set_properties(
        &DocProperties::new()
            .set_title(book.title)
            .set_company(&book.body)
            .set_creation_datetime(&moment(at)?),
    );
    let bold = Format::new().set_bold();
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(rust_xlsxwriter::FormatBorder::Thin);
    let figures = Format::new().set_num_format("#,##0");
    let sum = Format::new().set_bold().set_num_format("#,##0");
    for table in &book.tables {
        let leaf = out.add_worksheet();
        // A name of a leaf has 31 letters at most.
        leaf.set_name(table.caption.chars().take(31).collect::<String>())?;
        let mut row = 0;
        leaf.write_string_with_format(row, 0, &book.body, &bold)?;
        row += 1;
        leaf.write_string_with_format(row, 0, book.title, &bold)?;
        for line in &book.lines {
            row += 1;
            leaf.write_string(row, 0, line)?;
        }
        row += 2;
        for (column, c) in (0_u16..).zip(&table.columns) {
            leaf.write_string_with_format(row, column, c.name, &head)?;
        }
        leaf.set_freeze_panes(row + 1, 0)?;
        let last = table.total.iter();
        let marked = table
            .rows
            .iter()
            .map(|r| (r, false))
            .chain(last.map(|r| (r, true)));
        let mut widths: Vec<f64> = table.columns.iter().map(|c| width(c.name) / 2.0).collect();
        for (cells, is_total) in marked {
            row += 1;
            for ((column, cell), widest) in (0_u16..).zip(cells).zip(&mut widths) {
                *widest = widest.max(width(&written(cell)));
                match (cell, is_total) {
                    (Cell::Text(text), true) => {
                        leaf.write_string_with_format(row, column, text, &bold)?
                    }
                    (Cell::Text(text), false) => leaf.write_string(row, column, text)?,
                    #[allow(
                        clippy::cast_precision_loss,
                        reason = "a workbook keeps numbers as doubles: exact to 9 × 10^15, above every amount"
                    )]
                    (Cell::Number(n), is_total) => leaf.write_number_with_format(
                        row,
                        column,
                        *n as f64,
                        if is_total { &sum } else { &figures },
                    )?,
                    (Cell::Empty, _) => leaf,
                };
            }
        }
        for (column, widest) in (0_u16..).zip(widths) {
            leaf.set_column_width(column, widest.clamp(NARROWEST, WIDEST))?;
        }
        leaf.set_landscape();
        leaf.set_paper_size(9);
        leaf.set_print_fit_to_pages(1, 0);
    }
    Ok(out.save_to_buffer()?)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a text's letters, for the width of a column"
)]
fn width(text: &str) -> f64 {
    text.chars().count() as f64 + 2.0
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn at() -> DateTime<FixedOffset> {
        FixedOffset::east_opt(7 * 3600)
            .expect("an offset")
            .with_ymd_and_hms(2026, 11, 29, 17, 0, 0)
            .single()
            .expect("an instant")
    }

    fn book() -> Book {
        Book {
            body: "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".into(),
            title: "BẢNG KHÓA SỔ THU PHÍ, LỆ PHÍ",
            lines: vec!["Người thu: Phạm Thị Ngân #panic()".into()],
            tables: vec![Table {
                caption: "Tổng hợp",
                columns: vec![text("Hình thức nộp"), number("Đã thu")],
                rows: vec![
                    vec!["=1+1".into(), 8_000.into()],
                    vec![Cell::Empty, (-3_000).into()],
                ],
                total: Some(vec!["Cộng".into(), 5_000.into()]),
            }],
            remarks: vec!["Chênh lệch: không".into()],
            signers: vec![
                ("Người thu", Some("Phạm Thị Ngân".into())),
                ("Người kiểm tra", None),
            ],
        }
    }

    #[test]
    fn a_sheet_is_a_page_and_a_workbook_and_the_same_each_time() {
        let pages =
            [page(&book(), "x", at()), page(&book(), "x", at())].map(|p| p.expect("a page"));
        assert!(pages[0].starts_with(b"%PDF-1.7"));
        assert_eq!(pages[0], pages[1]);
        let books =
            [workbook(&book(), at()), workbook(&book(), at())].map(|b| b.expect("a workbook"));
        assert!(books[0].starts_with(b"PK"));
        assert_eq!(books[0], books[1]);
    }

    #[test]
    fn numbers_have_points_between_thousands() {
        let written: Vec<String> = [0, 999, 8_000, 1_005_000, -1_234_567].map(pointed).to_vec();
        assert_eq!(written, ["0", "999", "8.000", "1.005.000", "-1.234.567"]);
    }
}
