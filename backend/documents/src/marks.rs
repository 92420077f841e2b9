//! Codes that machines read off paper: QR for telephones, Code 128 for a counter's scanner.

use std::fmt::Write as _;

use barcoders::sym::code128::Code128;
use qrcode::QrCode;
use qrcode::render::svg;

use crate::DocumentError;

/// Digits in a row from which the double-density set takes less room than the common one.
const DENSE_FROM: usize = 4;
/// Quiet modules on each side, as the symbology asks.
const QUIET: usize = 10;
/// Modules of a bar's height.
const TALL: usize = 40;

/// A text as a QR code, SVG, with its quiet zone.
///
/// # Errors
/// [`DocumentError`] when the text is longer than a code holds.
pub fn qr_svg(text: &str) -> Result<String, DocumentError> {
    Ok(QrCode::new(text.as_bytes())
        .map_err(|e| DocumentError::Setting(format!("qr: {e}")))?
        .render::<svg::Color<'_>>()
        .min_dimensions(120, 120)
        .quiet_zone(true)
        .build())
}

/// The text with the set that each of its stretches is written in, as the encoder asks: an even number of
/// digits in a row is written two by two.
fn in_sets(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut set = None;
    let mut switch = |out: &mut String, to: char| {
        if set != Some(to) {
            set = Some(to);
            out.push(to);
        }
    };
    let letters: Vec<char> = text.chars().collect();
    let mut rest = letters.as_slice();
    while let Some(&first) = rest.first() {
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        let even = digits - digits % 2;
        if even >= DENSE_FROM {
            switch(&mut out, '\u{0106}');
            let (run, after) = rest.split_at(even);
            out.extend(run);
            rest = after;
        } else {
            switch(&mut out, '\u{0181}');
            out.push(first);
            rest = &rest[1..];
        }
    }
    out
}

/// A text of visible ASCII as Code 128, SVG, with its quiet zones.
///
/// # Errors
/// [`DocumentError`] for an empty text and for letters that the symbology does not have.
pub fn code128_svg(text: &str) -> Result<String, DocumentError> {
    let refused = || DocumentError::Setting("a text that is no Code 128".into());
    if text.is_empty() || !text.chars().all(|c| (' '..='~').contains(&c)) {
        return Err(refused());
    }
    let modules = Code128::new(in_sets(text)).map_err(|_| refused())?.encode();
    let width = modules.len() + 2 * QUIET;
    let mut path = String::new();
    let mut x = QUIET;
    for run in modules.chunk_by(|a, b| a == b) {
        if run.first() == Some(&1) {
            let wide = run.len();
            // Writing into a String does not fail.
            let _ = write!(path, "M{x} 0h{wide}v{TALL}h-{wide}z");
        }
        x += run.len();
    }
    Ok(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {TALL}' width='{width}' height='{TALL}' shape-rendering='crispEdges'><path fill='#000' d='{path}'/></svg>"
    ))
}

/// Strokes of a pen as they were drawn in a field of this size, SVG.
pub fn strokes_svg((width, height): (u16, u16), strokes: &[Vec<(u16, u16)>]) -> String {
    let mut lines = String::new();
    for stroke in strokes {
        let points: Vec<String> = stroke.iter().map(|(x, y)| format!("{x},{y}")).collect();
        // A dot is a stroke that goes nowhere.
        let points = match stroke.as_slice() {
            [(x, y)] => format!("{x},{y} {x},{y}"),
            _ => points.join(" "),
        };
        let _ = write!(lines, "<polyline points=\"{points}\"/>");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><g fill=\"none\" stroke=\"#000\" \
         stroke-width=\"6\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{lines}</g></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_in_a_row_are_written_two_by_two() {
        assert_eq!(
            in_sets("H26.14.101-260302-0001"),
            "\u{0181}H26.14.101-\u{0106}260302\u{0181}-\u{0106}0001"
        );
        assert_eq!(in_sets("12345A"), "\u{0106}1234\u{0181}5A");
    }

    #[test]
    fn a_dossier_code_has_as_many_modules_as_its_symbols_take() {
        // Start, 11 letters, to C, 3 pairs, to B, 1 letter, to C, 2 pairs, check: 22 symbols of 11 modules, and a stop of 13.
        let drawn = code128_svg("H26.14.101-260302-0001").expect("a code");
        let width = 22 * 11 + 13 + 2 * QUIET;
        assert!(
            drawn.contains(&format!("viewBox='0 0 {width} {TALL}'")),
            "{drawn}"
        );
    }

    #[test]
    fn what_no_scanner_would_read_is_refused() {
        for text in ["", "Đ1", "a\n"] {
            assert!(code128_svg(text).is_err(), "{text:?}");
        }
    }
}
