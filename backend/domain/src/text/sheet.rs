//! Sheets (CSV) that a spreadsheet program wrote or will open.

use std::io::Cursor;

/// What makes a spreadsheet program take a text for a formula.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\''];

/// A text that stays a text: an apostrophe before what looks like a formula says that it is none.
#[must_use]
pub fn plain_cell(text: &str) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Reads rows, whatever a spreadsheet program put between the cells, between the rows and before the
/// first.
#[must_use]
pub fn csv_reader(text: &str) -> csv::Reader<Cursor<Vec<u8>>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|d| first.bytes().filter(|b| b == d).count())
        .unwrap_or(b',');
    // With both characters at a row's end the reader would count each row as the one before it.
    let rows = text.replace("\r\n", "\n");
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(Cursor::new(rows.into_bytes()))
}
