//! Declarations that the officer fills in ("công dân không viết", DOMAIN §8.2): the forms as data, what their
//! fields may hold, what a card fills, and what a signature on a screen must be.

#[cfg(test)]
mod file_tests;
mod fill;
mod form;
mod signature;
#[cfg(test)]
mod tests;
mod values;

pub use fill::{Filled, date_in_words, from_card, odd};
pub use form::{
    CardPart, DeclarationForm, Field, FieldKind, FormOption, Party, Section, in_force, numbered,
    shipped,
};
pub use signature::{HEIGHT, MOST_POINTS, MOST_STROKES, Point, WIDTH, inked};
pub use values::{Values, check, faults, is_printable, pointer, schema, written};

/// The words of this subject for the contract.
#[cfg(feature = "schema")]
pub use form::words;

crate::words::words! {
    /// Where a declaration stands.
    State {
        /// Being filled in.
        Draft => "draft",
        /// Whole, and read back to the citizen.
        ReadBack => "read_back",
        /// Signed: nothing changes any more.
        Signed => "signed",
    }
}

crate::words::words! {
    /// Where a value comes from (DOMAIN §8.2: every field shows its source).
    Source {
        /// A scanned card.
        Card => "card",
        /// An earlier dossier or declaration.
        Dossier => "dossier",
        /// The officer, as the citizen said.
        Officer => "officer",
        /// The citizen, at the read-back.
        Citizen => "citizen",
    }
}

crate::words::words! {
    /// How a declaration was signed.
    SignedHow {
        /// With a pen, on the printed paper.
        Paper => "paper",
        /// On a tablet.
        Screen => "screen",
    }
}
