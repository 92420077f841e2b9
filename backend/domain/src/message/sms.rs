//! How long a short message is: 160 characters of the GSM alphabet or 70 of any other in one, 153 or 67
//! in each part of several (3GPP TS 23.038, TS 23.040).

use crate::text::to_ascii;

/// Characters of the basic GSM alphabet beyond letters and digits of ASCII, each one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Characters behind an escape, two septets each.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// The most parts one message may be cut into.
pub const MOST_SEGMENTS: usize = 5;

crate::words::words! {
    /// How a short message is written for the network.
    SmsEncoding {
        /// Seven bits a character: no Vietnamese marks.
        Gsm7 => "gsm7",
        /// Sixteen bits a character: everything.
        Ucs2 => "ucs2",
    }
}

/// How long a short message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmsSize {
    /// How it is written.
    pub encoding: SmsEncoding,
    /// Characters as the network counts them.
    pub units: usize,
    /// Parts it is cut into, each paid for.
    pub segments: usize,
}

fn septets(c: char) -> Option<usize> {
    if c.is_ascii_alphanumeric() || BASIC.contains(c) {
        Some(1)
    } else if EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Cuts characters of these widths into parts of at most `most`: none is cut in two.
fn parts(widths: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut count = 1;
    let mut filled = 0;
    for width in widths {
        if filled + width > most {
            count += 1;
            filled = 0;
        }
        filled += width;
    }
    count
}

/// How long this text is as a short message. Nothing is no part at all.
#[must_use]
pub fn sms_size(text: &str) -> SmsSize {
    let gsm: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (encoding, widths, alone, of_many) = match gsm {
        Some(widths) => (SmsEncoding::Gsm7, widths, 160, 153),
        None => (
            SmsEncoding::Ucs2,
            text.chars().map(char::len_utf16).collect(),
            70,
            67,
        ),
    };
    let units = widths.iter().sum();
    let segments = match units {
        0 => 0,
        n if n <= alone => 1,
        _ => parts(widths.into_iter(), of_many),
    };
    SmsSize {
        encoding,
        units,
        segments,
    }
}

/// A text without marks, in characters of the GSM alphabet only: it costs least and every telephone
/// shows it.
#[must_use]
pub fn plain_sms(text: &str) -> String {
    let dashes: String = text
        .chars()
        .map(|c| match c {
            '–' | '—' => '-',
            '“' | '”' | '«' | '»' => '"',
            '‘' | '’' | '`' => '\'',
            '…' => '.',
            c => c,
        })
        .collect();
    to_ascii(&dashes)
        .chars()
        .filter(|c| septets(*c).is_some())
        .collect()
}
