//! How a signature looks on the page: an image on a transparent ground, where Decree 30/2020 wants it.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ImageFormat, ImageReader, Limits};

use super::SigningFault;
use super::update::Update;
use crate::reader::{Dict, Value};

/// How wide or high an image may be, in points of its own.
const MOST_POINTS: u32 = 3000;
/// The largest image file.
const MOST_BYTES: usize = 8 << 20;

/// A place on a page in points, from the lower left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// From the left edge.
    pub left: f64,
    /// From the lower edge.
    pub bottom: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

impl Area {
    pub(super) fn rectangle(&self) -> Value {
        let side = |n: f64| Value::Real(format!("{n:.2}").into_bytes());
        Value::Array(vec![
            side(self.left),
            side(self.bottom),
            side(self.left + self.width),
            side(self.bottom + self.height),
        ])
    }

    fn is_a_place(&self) -> bool {
        [self.left, self.bottom, self.width, self.height]
            .iter()
            .all(|n| n.is_finite() && (0.0..=14_400.0).contains(n))
            && self.width >= 1.0
            && self.height >= 1.0
    }
}

/// Where the agency's image belongs beside a person's signature: in the real size of the seal, over about a third of
/// it on the left (Decree 30/2020/NĐ-CP, Annex I).
#[must_use]
pub fn agency_beside(person: &Area, width: f64, height: f64) -> Area {
    let right = person.left + person.width / 3.0;
    Area {
        left: (right - width).max(0.0),
        bottom: (person.bottom + (person.height - height) / 2.0).max(0.0),
        width,
        height,
    }
}

/// A signature's image and its place.
#[derive(Clone, Copy, Debug)]
pub struct Appearance<'a> {
    /// On which page, counted from one.
    pub page: usize,
    /// Where on it.
    pub area: Area,
    /// A PNG with a transparent ground: blue for a person's signature, red for the agency's seal.
    pub png: &'a [u8],
}

/// An image, taken apart as the document wants it.
pub(super) struct Drawn {
    width: u32,
    height: u32,
    colours: Vec<u8>,
    ground: Vec<u8>,
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, SigningFault> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|_| SigningFault::Image("it cannot be packed"))
}

impl Drawn {
    pub(super) fn of(appearance: &Appearance<'_>) -> Result<Self, SigningFault> {
        if !appearance.area.is_a_place() {
            return Err(SigningFault::Image("its place is none"));
        }
        if appearance.png.len() > MOST_BYTES {
            return Err(SigningFault::Image("it is too large"));
        }
        let mut reader = ImageReader::with_format(Cursor::new(appearance.png), ImageFormat::Png);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_POINTS);
        limits.max_image_height = Some(MOST_POINTS);
        limits.max_alloc = Some(128 << 20);
        reader.limits(limits);
        let image = reader
            .decode()
            .map_err(|_| SigningFault::Image("it is no PNG, or too large"))?;
        if !image.color().has_alpha() {
            return Err(SigningFault::Image("its ground is not transparent"));
        }
        let image = image.into_rgba8();
        let (width, height) = image.dimensions();
        let mut colours = Vec::new();
        let mut ground = Vec::new();
        for pixel in image.pixels() {
            let [red, green, blue, alpha] = pixel.0;
            colours.extend_from_slice(&[red, green, blue]);
            ground.push(alpha);
        }
        Ok(Self {
            width,
            height,
            colours,
            ground,
        })
    }

    /// Adds the image to a document; gives back the number of what shows it.
    pub(super) fn into_update(
        self,
        update: &mut Update<'_, '_>,
        appearance: &Appearance<'_>,
    ) -> Result<u32, SigningFault> {
        let name = |text: &[u8]| Value::Name(text.to_vec());
        let plane = |colours: &[u8]| {
            Dict::from([
                (b"Type".to_vec(), name(b"XObject")),
                (b"Subtype".to_vec(), name(b"Image")),
                (b"Width".to_vec(), Value::Int(i64::from(self.width))),
                (b"Height".to_vec(), Value::Int(i64::from(self.height))),
                (b"BitsPerComponent".to_vec(), Value::Int(8)),
                (b"ColorSpace".to_vec(), name(colours)),
                (b"Filter".to_vec(), name(b"FlateDecode")),
            ])
        };
        let ground = update.new_id()?;
        update.set_stream(ground, plane(b"DeviceGray"), packed(&self.ground)?);
        let image = update.new_id()?;
        let mut dict = plane(b"DeviceRGB");
        dict.insert(b"SMask".to_vec(), Value::Ref(ground, 0));
        update.set_stream(image, dict, packed(&self.colours)?);
        let shown = update.new_id()?;
        let area = appearance.area;
        let (wide, high) = (format!("{:.2}", area.width), format!("{:.2}", area.height));
        let side = |text: &str| Value::Real(text.as_bytes().to_vec());
        let images = Dict::from([(b"Im".to_vec(), Value::Ref(image, 0))]);
        let resources = Dict::from([(b"XObject".to_vec(), Value::Dict(images))]);
        let dict = Dict::from([
            (b"Type".to_vec(), name(b"XObject")),
            (b"Subtype".to_vec(), name(b"Form")),
            (
                b"BBox".to_vec(),
                Value::Array(vec![Value::Int(0), Value::Int(0), side(&wide), side(&high)]),
            ),
            (b"Resources".to_vec(), Value::Dict(resources)),
        ]);
        let drawing = format!("q {wide} 0 0 {high} 0 0 cm /Im Do Q");
        update.set_stream(shown, dict, drawing.into_bytes());
        Ok(shown)
    }
}
