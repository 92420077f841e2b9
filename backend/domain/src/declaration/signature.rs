//! A signature drawn on a screen.

use serde::{Deserialize, Serialize};

use crate::refusal::FieldError;

/// The field that is drawn in: so many points wide.
pub const WIDTH: u16 = 1_000;
/// So many points high.
pub const HEIGHT: u16 = 400;
/// Most strokes.
pub const MOST_STROKES: usize = 200;
/// Most points of all strokes.
pub const MOST_POINTS: usize = 5_000;
/// What the pen must have gone at least, in points: a touch by mistake is no signature.
const LEAST_INK: u32 = 50;

/// A point of a stroke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SignaturePoint))]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// From the left.
    #[cfg_attr(feature = "schema", schema(maximum = 1000))]
    pub x: u16,
    /// From the top.
    #[cfg_attr(feature = "schema", schema(maximum = 400))]
    pub y: u16,
}

/// That these strokes are a signature.
///
/// # Errors
/// `too_many`, `out_of_range`, `no_ink`, each at its place.
pub fn inked(strokes: &[Vec<Point>]) -> Result<(), FieldError> {
    let points: usize = strokes.iter().map(Vec::len).sum();
    if strokes.len() > MOST_STROKES || points > MOST_POINTS {
        return Err(FieldError::new(
            "/strokes",
            "too_many",
            format!("Chữ ký có tối đa {MOST_STROKES} nét, {MOST_POINTS} điểm."),
            format!("A signature has at most {MOST_STROKES} strokes and {MOST_POINTS} points."),
        ));
    }
    for (i, stroke) in strokes.iter().enumerate() {
        for (j, point) in stroke.iter().enumerate() {
            if point.x > WIDTH || point.y > HEIGHT {
                return Err(FieldError::new(
                    format!("/strokes/{i}/{j}"),
                    "out_of_range",
                    format!("Điểm nằm ngoài khung ký {WIDTH} × {HEIGHT}."),
                    format!("The point lies outside of the field of {WIDTH} × {HEIGHT}."),
                ));
            }
        }
    }
    let gone: u32 = strokes
        .iter()
        .flat_map(|stroke| stroke.iter().zip(stroke.iter().skip(1)))
        .map(|(a, b)| u32::from(a.x.abs_diff(b.x)) + u32::from(a.y.abs_diff(b.y)))
        .sum();
    if gone < LEAST_INK {
        return Err(FieldError::new(
            "/strokes",
            "no_ink",
            "Chưa có chữ ký: hãy ký vào khung.",
            "There is no signature: sign in the field.",
        ));
    }
    Ok(())
}
