//! Photographs and scans: decoded within limits, and looked at for whether anything is on them.

use std::io::{BufRead, Seek};

use image::{DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits};

use super::Fault;

/// The shorter side of the smallest paper that can be read: a citizen card at 100 dots an inch.
const LEAST_SIDE: u32 = 200;
/// Twice an A3 page at 300 dots an inch, and more than today's telephones photograph.
const MOST_POINTS: u64 = 52_000_000;
/// What decoding one may take: four bytes for each point.
const MOST_MEMORY: u64 = MOST_POINTS * 4;
/// How far from the paper's own lightness ink is.
const INK: u8 = 32;
/// Of a million points, how many are ink on a page with one line on it; dust is less.
const LEAST_INK: u64 = 150;
/// About how many points are looked at.
const LOOKED_AT: u32 = 1_000_000;

/// Which kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

/// Opens a picture: its width and height.
///
/// # Errors
/// Why it is not kept.
pub fn picture(from: impl BufRead + Seek, kind: PictureKind) -> Result<(u32, u32), Fault> {
    let format = match kind {
        PictureKind::Jpeg => ImageFormat::Jpeg,
        PictureKind::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(from, format);
    // The head alone says how large it claims to be: nothing is set aside for it before that is judged.
    reader.limits(limits());
    let decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS || decoder.total_bytes() > MOST_MEMORY {
        return Err(Fault::TooLarge);
    }
    if width.min(height) < LEAST_SIDE {
        return Err(Fault::TooSmall);
    }
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    if is_blank(&image) {
        return Err(Fault::Blank);
    }
    Ok((width, height))
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
fn broken(error: ImageError) -> Fault {
    match error {
        ImageError::Limits(_) => Fault::TooLarge,
        _ => Fault::Damaged,
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Whether nearly every point is as light as the paper itself.
fn is_blank(image: &DynamicImage) -> bool {
    let (width, height) = (image.width(), image.height());
    let step = (f64::from(width) * f64::from(height) / f64::from(LOOKED_AT)).sqrt();
    let step = if step > 1.0 { step as u32 } else { 1 };
    let mut histogram = [0_u64; 256];
    let mut all = 0_u64;
    for y in (0..height).step_by(step as usize) {
        for x in (0..width).step_by(step as usize) {
            if let Some(count) = histogram.get_mut(usize::from(lightness(image, x, y))) {
                *count += 1;
            }
            all += 1;
        }
    }
    let mut below = 0;
    let paper = histogram
        .iter()
        .position(|n| {
            below += n;
            below * 2 >= all
        })
        .unwrap_or(0);
    let ink: u64 = histogram
        .iter()
        .enumerate()
        .filter(|(light, _)| light.abs_diff(paper) > usize::from(INK))
        .map(|(_, n)| n)
        .sum();
    ink * 1_000_000 < LEAST_INK * all
}

/// How light a point is; what is clear is as light as the paper below it.
fn lightness(image: &DynamicImage, x: u32, y: u32) -> u8 {
    use image::GenericImageView as _;
    let [r, g, b, a] = image.get_pixel(x, y).0;
    let grey = (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000;
    let over = (grey * u32::from(a) + 255 * (255 - u32::from(a))) / 255;
    u8::try_from(over).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{GrayImage, Luma, RgbImage};

    use super::*;

    fn png(image: &DynamicImage) -> Cursor<Vec<u8>> {
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, ImageFormat::Png).unwrap();
        out.set_position(0);
        out
    }

    fn page(width: u32, height: u32) -> GrayImage {
        // Paper is not quite white, and not quite even.
        GrayImage::from_fn(width, height, |x, y| {
            Luma([238 + ((x * 7 + y * 13) % 11) as u8])
        })
    }

    #[test]
    fn a_page_with_one_line_on_it_is_not_blank_and_dust_is() {
        let mut image = page(1240, 1754);
        assert_eq!(
            picture(png(&image.clone().into()), PictureKind::Png),
            Err(Fault::Blank)
        );
        for n in 0..100 {
            image.put_pixel(n * 11, n * 13, Luma([90]));
        }
        assert_eq!(
            picture(png(&image.clone().into()), PictureKind::Png),
            Err(Fault::Blank)
        );
        for x in 300..500 {
            for y in 800..806 {
                image.put_pixel(x, y, Luma([40]));
            }
        }
        assert_eq!(
            picture(png(&image.into()), PictureKind::Png),
            Ok((1240, 1754))
        );
    }

    #[test]
    fn a_dark_blank_is_blank_too() {
        let image: DynamicImage = RgbImage::from_pixel(400, 400, image::Rgb([3, 3, 3])).into();
        assert_eq!(picture(png(&image), PictureKind::Png), Err(Fault::Blank));
    }

    #[test]
    fn what_is_too_small_or_cut_off_is_refused() {
        let small: DynamicImage = page(199, 900).into();
        assert_eq!(picture(png(&small), PictureKind::Png), Err(Fault::TooSmall));
        let whole = png(&page(600, 600).into()).into_inner();
        let half = whole.get(..whole.len() / 2).unwrap().to_vec();
        assert_eq!(
            picture(Cursor::new(half), PictureKind::Png),
            Err(Fault::Damaged)
        );
        assert_eq!(
            picture(Cursor::new(whole), PictureKind::Jpeg),
            Err(Fault::Damaged)
        );
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused_by_its_head() {
        // A PNG of some hundred bytes whose head says 60,000 by 60,000 points.
        let mut bytes = png(&page(300, 300).into()).into_inner();
        let size = 60_000_u32.to_be_bytes();
        bytes.splice(16..20, size);
        bytes.splice(20..24, size);
        let sum = crc32(bytes.get(12..29).unwrap()).to_be_bytes();
        bytes.splice(29..33, sum);
        assert_eq!(
            picture(Cursor::new(bytes), PictureKind::Png),
            Err(Fault::TooLarge)
        );
    }

    fn crc32(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }
}
