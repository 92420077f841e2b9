//! A centre's own mark, as its screens show it. What is kept is drawn anew from what was sent: nothing
//! that hides in a picture's file comes through.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::centre::{self, LogoRow};
use motcua_store::{CentreId, Db, Ts};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::managed;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::record;

/// The longest picture that is read, in characters of base64: 512 KiB.
pub const LONGEST_LOGO: usize = 700_000;
/// Neither side of a picture may be longer, in pixels.
const LARGEST_SIDE: u32 = 4_000;
/// Neither side of what is kept is longer, in pixels.
const KEPT_SIDE: u32 = 320;

fn fault(at: &str, code: &'static str, vi: &str, en: &str) -> Error {
    Refusal::invalid(vec![FieldError::new(at, code, vi, en)]).into()
}

/// The picture that is kept of what was sent under the pointer `at`: a PNG, in base64. Decoding is work: call it off the
/// async threads.
///
/// # Errors
/// `validation_failed` naming `at`.
pub fn drawn(sent: &str, at: &str) -> Result<String> {
    if sent.len() > LONGEST_LOGO {
        return Err(fault(
            at,
            "too_long",
            "Ảnh quá lớn: tối đa 512 KB.",
            "The picture is too large: at most 512 KiB.",
        ));
    }
    let unreadable = || {
        fault(
            at,
            "invalid_value",
            "Không đọc được ảnh: chỉ nhận PNG hoặc JPEG, mỗi cạnh không quá 4.000 điểm.",
            "The picture cannot be read: PNG or JPEG, no side longer than 4,000 pixels.",
        )
    };
    let bytes = STANDARD.decode(sent.trim()).map_err(|_| unreadable())?;
    let mut reader = ImageReader::new(Cursor::new(bytes.as_slice()))
        .with_guessed_format()
        .map_err(|_| unreadable())?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(unreadable());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(80 * 1024 * 1024);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| unreadable())?;
    let kept = if picture.width() > KEPT_SIDE || picture.height() > KEPT_SIDE {
        picture.thumbnail(KEPT_SIDE, KEPT_SIDE)
    } else {
        picture
    };
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(kept.into_rgba8())
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|e| Error::Internal(format!("a logo cannot be drawn: {e}")))?;
    Ok(STANDARD.encode(png.into_inner()))
}

/// A row for a picture that [`drawn`] has made.
pub(crate) fn row(centre: &CentreId, image: String, by: Option<&Actor>, at: Ts) -> LogoRow {
    LogoRow {
        centre_id: centre.clone(),
        digest: hex::encode(Sha256::digest(image.as_bytes())),
        image,
        set_by: by.map(|a| a.user_id.clone()),
        set_at: at,
    }
}

/// Sets the mark of a centre, or takes it away.
///
/// # Errors
/// `not_found`.
pub fn set_logo(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    image: Option<&str>,
) -> Result<()> {
    managed(actor, id)?;
    let now = services.now();
    let digest = match image {
        Some(image) => {
            let row = row(id, image.to_owned(), Some(actor), Ts::new(now));
            centre::set_logo(db, &row)?;
            Some(row.digest)
        }
        None => {
            centre::drop_logo(db, id)?;
            None
        }
    };
    record::audit(
        db,
        id,
        now,
        Some(actor),
        "centre.logo_set",
        ("centre", id.as_str()),
        json!({ "digest": digest }),
    )
}

/// The mark of a centre: the bytes of a PNG, and their digest.
///
/// # Errors
/// `not_found`.
pub fn logo(db: &mut Db, id: &CentreId) -> Result<(Vec<u8>, String)> {
    let row = centre::logo(db, id)?.ok_or_else(Refusal::not_found)?;
    let bytes = STANDARD
        .decode(&row.image)
        .map_err(|e| Error::Internal(format!("a kept logo is no base64: {e}")))?;
    Ok((bytes, row.digest))
}
