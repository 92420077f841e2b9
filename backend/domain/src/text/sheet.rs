//! Texts in the cells of a sheet that a spreadsheet program will open.

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
