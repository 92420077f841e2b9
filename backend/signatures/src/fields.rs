//! Where the signatures of a document stand.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::Fault;
use crate::reader::{Dict, Pdf, Value};

/// How deep fields may lie in one another.
const DEEPEST: usize = 32;
/// How many fields are looked at.
const MOST_FIELDS: usize = 20_000;
/// How many signatures are.
pub const MOST_SIGNATURES: usize = 32;

/// A field for a signature, and the number of what stands in it.
pub struct SignatureField {
    pub id: u32,
    pub name: String,
    pub value: Option<u32>,
}

/// A signature as its own bytes say.
pub struct Placed {
    /// What lies before and after the signature's own bytes.
    pub covered: [Range<usize>; 2],
    /// The signature itself, with what it was filled up with.
    pub contents: Vec<u8>,
    pub sub_filter: Vec<u8>,
    pub claimed: Option<Vec<u8>>,
    pub is_time_stamp: bool,
}

/// Finds the fields, in the order of the form.
///
/// # Errors
/// The form cannot be read, or is too large.
pub fn signature_fields(pdf: &Pdf<'_>) -> Result<Vec<SignatureField>, Fault> {
    let (_, catalogue) = pdf.catalogue()?;
    let Value::Dict(form) = pdf.member(&catalogue, b"AcroForm")? else {
        return Ok(Vec::new());
    };
    let Value::Array(roots) = pdf.member(&form, b"Fields")? else {
        return Ok(Vec::new());
    };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut waiting: Vec<(Value, String, bool, usize)> = roots
        .into_iter()
        .rev()
        .map(|field| (field, String::new(), false, 0))
        .collect();
    while let Some((field, above, inherited, depth)) = waiting.pop() {
        let Value::Ref(id, _) = field else { continue };
        if !seen.insert(id) {
            continue;
        }
        if seen.len() > MOST_FIELDS || depth > DEEPEST {
            return Err(Fault::TooLarge);
        }
        let Value::Dict(dict) = pdf.object(id)?.value else {
            continue;
        };
        let name = match pdf.member(&dict, b"T")? {
            Value::Text(text) => {
                let own = text_of(&text);
                if above.is_empty() {
                    own
                } else {
                    format!("{above}.{own}").chars().take(512).collect()
                }
            }
            _ => above,
        };
        let is_signature = match pdf.member(&dict, b"FT")? {
            Value::Name(kind) => kind == b"Sig",
            _ => inherited,
        };
        if let Value::Array(kids) = pdf.member(&dict, b"Kids")? {
            for kid in kids.into_iter().rev() {
                waiting.push((kid, name.clone(), is_signature, depth + 1));
            }
        }
        if is_signature {
            let value = match dict.get(b"V".as_slice()) {
                Some(Value::Ref(id, _)) => Some(*id),
                // A signature that is no object of its own is none that is read.
                Some(Value::Dict(_)) => {
                    return Err(Fault::Unreadable("a signature is no object of its own"));
                }
                _ => None,
            };
            found.push(SignatureField { id, name, value });
            if found.iter().filter(|f| f.value.is_some()).count() > MOST_SIGNATURES {
                return Err(Fault::TooMany);
            }
        }
    }
    Ok(found)
}

/// Reads a signature where it stands. `None` says that it does not cover what it must: everything from the first byte
/// to the end of what it says, but for its own bytes.
///
/// # Errors
/// It cannot be read.
pub fn placed(pdf: &Pdf<'_>, id: u32) -> Result<Option<Placed>, Fault> {
    let mut dict = Dict::new();
    let mut at = None;
    for (key, place, value) in pdf.placed(id)? {
        if key == b"Contents" {
            at = Some(place);
        }
        if dict.insert(key, value).is_some() {
            return Err(Fault::Unreadable("a name stands twice in a signature"));
        }
    }
    let name = |key: &[u8]| dict.get(key).and_then(Value::name).unwrap_or_default();
    let sub_filter = name(b"SubFilter").to_vec();
    let is_time_stamp = name(b"Type") == b"DocTimeStamp" || sub_filter == b"ETSI.RFC3161";
    let (Some(at), Some(contents)) = (at, dict.get(b"Contents".as_slice()).and_then(Value::text))
    else {
        return Err(Fault::Unreadable("a signature is empty"));
    };
    let range: Vec<usize> = dict
        .get(b"ByteRange".as_slice())
        .and_then(Value::array)
        .unwrap_or_default()
        .iter()
        .map_while(|n| n.int().and_then(|n| usize::try_from(n).ok()))
        .collect();
    let [0, before, from, length] = range.as_slice() else {
        return Ok(None);
    };
    let (before, from) = (*before, *from);
    let Some(end) = from.checked_add(*length) else {
        return Ok(None);
    };
    let own = pdf.bytes().get(at.clone()).unwrap_or_default();
    let digits = own
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"))
        .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if at.start != before || at.end != from || !digits || end > pdf.bytes().len() {
        return Ok(None);
    }
    Ok(Some(Placed {
        covered: [0..before, from..end],
        contents: contents.to_vec(),
        sub_filter,
        claimed: dict
            .get(b"M".as_slice())
            .and_then(Value::text)
            .map(<[u8]>::to_vec),
        is_time_stamp,
    }))
}

/// A text of the document, by either of its encodings; what is neither reads as question marks.
pub fn text_of(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = wide.chunks_exact(2).map(|pair| match pair {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0,
        });
        return char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .take(256)
            .collect();
    }
    String::from_utf8_lossy(bytes).chars().take(256).collect()
}

/// A text as the document keeps it.
pub fn to_text(text: &str) -> Vec<u8> {
    if text.is_ascii() {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xFE, 0xFF];
    for unit in text.encode_utf16() {
        bytes.extend_from_slice(&unit.to_be_bytes());
    }
    bytes
}
