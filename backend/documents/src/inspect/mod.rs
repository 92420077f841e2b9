//! Files that people hand in are opened before they are kept: a document has pages and does nothing by itself, a
//! picture can be drawn and shows something. In bounded memory, however large the file, and never by running
//! anything of it.

mod pdf;
mod picture;

pub use pdf::document;
pub use picture::{PictureKind, picture};

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read as what it says it is, or ends too early.
    Damaged,
    /// It opens with a password only.
    Encrypted,
    /// It would do something when it is opened; what, by its name in the file.
    Active(&'static str),
    /// What it unpacks to is out of all proportion.
    Bomb,
    /// It has no pages.
    NoPages,
    /// Too small for anything on it to be read.
    TooSmall,
    /// More points than any paper needs.
    TooLarge,
    /// Nothing is on it.
    Blank,
}
