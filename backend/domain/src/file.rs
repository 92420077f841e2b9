//! Files of a dossier's papers: which kinds are taken, what their first bytes say, what a file may be called.

use crate::dossier::State;
use crate::refusal::{FieldError, Refusal};
use crate::text::required_line;
use crate::words::words;

/// How many files a dossier may ever get: withdrawn ones count, since they are kept.
pub const MOST_FILES: i64 = 200;

/// How many characters a file's name may have.
pub const LONGEST_NAME: usize = 200;

words! {
    /// A kind of file that is taken. A scanner makes the first, a telephone the second, a screen the third.
    Media {
        /// A document.
        Pdf => "application/pdf",
        /// A photograph.
        Jpeg => "image/jpeg",
        /// A picture without loss.
        Png => "image/png",
    }
}

words! {
    /// Whether a file was looked at by a virus scanner.
    Scan {
        /// No scanner is configured.
        None => "none",
        /// It was, and nothing was found.
        Clean => "clean",
        /// The scanner could not be reached, and the centre lets such files in.
        Unchecked => "unchecked",
    }
}

/// How a paper of a dossier came to be a file (DOMAIN §1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Digitisation {
    /// On paper only.
    None = 0,
    /// Scanned or photographed for this dossier.
    Scanned = 1,
    /// The same person's paper of an earlier dossier.
    Reused = 2,
    /// The result of an earlier dossier.
    ReusedResult = 3,
}

impl Digitisation {
    /// Its number.
    #[must_use]
    pub const fn number(self) -> i32 {
        match self {
            Self::None => 0,
            Self::Scanned => 1,
            Self::Reused => 2,
            Self::ReusedResult => 3,
        }
    }
}

impl Media {
    /// What the first bytes of a file say that it is.
    #[must_use]
    pub fn sniff(first: &[u8]) -> Option<Self> {
        if first.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if first.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if first.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }

    /// The endings its files have.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jfif"],
            Self::Png => &["png"],
        }
    }

    /// Whether a file of this name may be one of these; a name without an ending says nothing.
    #[must_use]
    pub fn fits_name(self, name: &str) -> bool {
        name.rsplit_once('.').is_none_or(|(_, ending)| {
            self.endings()
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
    }
}

/// A file's name as it is kept: without folders, on one line.
///
/// # Errors
/// What is wrong with it.
pub fn clean_name(name: &str) -> Result<String, FieldError> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    required_line(last, LONGEST_NAME).map_err(|fault| fault.at("Content-Disposition"))
}

/// Whether a dossier in this state takes files: as long as somebody works on it.
///
/// # Errors
/// `dossier_takes_no_files`.
pub fn takes_files(state: State) -> Result<(), Refusal> {
    if state.is_final() {
        return Err(Refusal::new(
            "dossier_takes_no_files",
            "Hồ sơ đã kết thúc: không thêm hoặc rút tệp được nữa.",
            "The dossier has ended: files are neither added nor withdrawn any more.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_the_first_bytes_alone() {
        for (bytes, kind) in [
            (&b"%PDF-1.7\n"[..], Some(Media::Pdf)),
            (&[0xff, 0xd8, 0xff, 0xe0, 0][..], Some(Media::Jpeg)),
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(Media::Png)),
            (&b"MZ\x90"[..], None),
            (&b"PK\x03\x04"[..], None),
            (&b"<svg"[..], None),
            (&b" %PDF-1.7"[..], None),
            (&b""[..], None),
        ] {
            assert_eq!(Media::sniff(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn a_name_agrees_with_its_kind_or_says_nothing() {
        assert!(Media::Pdf.fits_name("Giấy khai sinh.PDF"));
        assert!(Media::Jpeg.fits_name("anh.jpeg"));
        assert!(Media::Png.fits_name("scan0001"));
        assert!(!Media::Pdf.fits_name("don.pdf.exe"));
        assert!(!Media::Png.fits_name("anh.jpg"));
    }

    #[test]
    fn a_name_is_one_line_without_folders() {
        assert_eq!(clean_name("C:\\scan\\Đơn  xin.pdf").unwrap(), "Đơn xin.pdf");
        assert_eq!(clean_name("../../etc/passwd").unwrap(), "passwd");
        assert_eq!(clean_name("a/").unwrap_err().code, "required");
        assert_eq!(clean_name(&"a".repeat(201)).unwrap_err().code, "too_long");
    }

    #[test]
    fn a_dossier_takes_files_until_it_has_ended() {
        for state in State::ALL {
            assert_eq!(takes_files(*state).is_ok(), !state.is_final(), "{state}");
        }
    }
}
