//! Certification of copies and of signatures (chứng thực): its kinds, its books and their numbers.

mod book;

pub use book::{BookLine, write_book};

crate::words::words! {
    /// What is certified.
    CertificationKind {
        /// Copies of originals (chứng thực bản sao từ bản chính).
        Copy => "copy",
        /// Signatures (chứng thực chữ ký).
        Signature => "signature",
    }
}

impl CertificationKind {
    /// The procedure of the national list that it is done by.
    #[must_use]
    pub const fn procedure_code(self) -> &'static str {
        match self {
            Self::Copy => "2.000815",
            Self::Signature => "2.000884",
        }
    }

    /// The kind that a procedure is, if it is one.
    #[must_use]
    pub fn of_procedure(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.procedure_code() == code)
    }

    /// The symbol of its book, as it stands behind a number (Decree 23/2015 and Circular 01/2020/TT-BTP).
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Copy => "SCT/BS",
            Self::Signature => "SCT/CK",
        }
    }
}

/// The numbers from `first` on of a year's book, as the certified papers bear them: `12/2026-SCT/BS`,
/// `12–14/2026-SCT/BS`.
#[must_use]
pub fn numbers_in_words(kind: CertificationKind, year: i32, first: i64, count: usize) -> String {
    let last = first + i64::try_from(count).unwrap_or(1).max(1) - 1;
    let numbers = if last > first {
        format!("{first}–{last}")
    } else {
        first.to_string()
    };
    format!("{numbers}/{year}-{}", kind.symbol())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_its_procedure() {
        for kind in CertificationKind::ALL {
            assert_eq!(
                CertificationKind::of_procedure(kind.procedure_code()),
                Some(*kind)
            );
        }
        assert_eq!(CertificationKind::of_procedure("1.004873"), None);
    }

    #[test]
    fn one_paper_bears_one_number_and_several_bear_a_run() {
        use CertificationKind::{Copy, Signature};
        assert_eq!(numbers_in_words(Copy, 2026, 12, 1), "12/2026-SCT/BS");
        assert_eq!(numbers_in_words(Signature, 2026, 9, 3), "9–11/2026-SCT/CK");
    }
}
