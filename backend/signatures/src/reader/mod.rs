//! A document read as its tables of contents say, and not otherwise: nothing is repaired, nothing guessed. A reader
//! that repairs sees another document than the signer did, which is how signatures are got around.
//!
//! Objects are read when asked for. What all of them may cost is bounded: values read, bytes unpacked, tables followed.

mod value;
mod write;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use crate::Fault;

pub use value::{Dict, Placed, Value};
use value::{Lexer, is_space};
pub use write::write;

/// The largest document that is read.
pub const MOST_BYTES: usize = 64 << 20;
/// How many values may be read out of one document.
const MOST_VALUES: usize = 4_000_000;
/// How many objects a document may have.
const MOST_OBJECTS: usize = 1_000_000;
/// How many tables of contents may follow one another.
const MOST_TABLES: usize = 1_000;
/// What tables and streams of objects may unpack to, all together.
const MOST_UNPACKED: usize = 64 << 20;
/// Within how many bytes from its end the document must say where its table is.
const TAIL: usize = 1024;

type Reading<T> = Result<T, Fault>;

/// An object: a value, and the bytes of its stream if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub value: Value,
    pub stream: Option<Range<usize>>,
}

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Free,
    At { offset: usize, generation: u16 },
    Within { container: u32, index: usize },
}

/// A document, or the part of it that one revision was.
pub struct Pdf<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<u32, Entry>,
    trailer: Dict,
    table_at: usize,
    table_is_stream: bool,
    left: Rc<Cell<usize>>,
    unpacked: Cell<usize>,
    containers: RefCell<BTreeMap<u32, Rc<Container>>>,
}

struct Container {
    bytes: Vec<u8>,
    /// Which object stands where.
    index: Vec<(u32, usize)>,
}

impl<'a> Pdf<'a> {
    /// Opens a document.
    ///
    /// # Errors
    /// It is too large, locked by a password, or not what its own tables say.
    pub fn open(bytes: &'a [u8]) -> Reading<Self> {
        if bytes.len() > MOST_BYTES {
            return Err(Fault::TooLarge);
        }
        if !bytes.starts_with(b"%PDF-") {
            return Err(Fault::Unreadable("it does not begin as a PDF"));
        }
        let tail = bytes.len().saturating_sub(TAIL);
        let found = bytes
            .get(tail..)
            .unwrap_or_default()
            .windows(9)
            .rposition(|w| w == b"startxref")
            .ok_or(Fault::Unreadable("it does not say where its table is"))?;
        let left = Rc::new(Cell::new(MOST_VALUES));
        let mut lexer = Lexer::new(bytes, tail + found + 9, &left);
        let table_at = usize::try_from(lexer.unsigned()?).map_err(|_| Fault::TooLarge)?;
        while lexer.peek().is_some_and(is_space) {
            lexer.at += 1;
        }
        if !lexer.starts(b"%%EOF") {
            return Err(Fault::Unreadable("it does not end as a PDF"));
        }
        let mut pdf = Self {
            bytes,
            entries: BTreeMap::new(),
            trailer: Dict::new(),
            table_at,
            table_is_stream: false,
            left,
            unpacked: Cell::new(MOST_UNPACKED),
            containers: RefCell::default(),
        };
        pdf.tables()?;
        if pdf.trailer.contains_key(b"Encrypt".as_slice()) {
            return Err(Fault::Locked);
        }
        Ok(pdf)
    }

    fn tables(&mut self) -> Reading<()> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![self.table_at];
        let mut first = true;
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) || seen.len() > MOST_TABLES {
                return Err(Fault::Unreadable("its tables go round"));
            }
            let mut lexer = Lexer::new(self.bytes, at, &self.left);
            lexer.space();
            let is_table = lexer.starts(b"xref");
            let dict = if is_table {
                self.table(&mut lexer)?
            } else {
                self.table_stream(at)?
            };
            let place = |key: &[u8]| -> Reading<Option<usize>> {
                match dict.get(key) {
                    None => Ok(None),
                    Some(value) => value
                        .int()
                        .and_then(|n| usize::try_from(n).ok())
                        .map(Some)
                        .ok_or(Fault::Unreadable("a table leads nowhere")),
                }
            };
            waiting.extend(place(b"Prev")?);
            if is_table {
                // What only newer readers see comes before what is older.
                waiting.extend(place(b"XRefStm")?);
            }
            if first {
                self.trailer = dict;
                self.table_is_stream = !is_table;
                first = false;
            }
        }
        Ok(())
    }

    fn enter(&mut self, id: u32, entry: Entry) -> Reading<()> {
        if self.entries.len() >= MOST_OBJECTS {
            return Err(Fault::TooLarge);
        }
        self.entries.entry(id).or_insert(entry);
        Ok(())
    }

    fn table(&mut self, lexer: &mut Lexer<'a>) -> Reading<Dict> {
        lexer.expect(b"xref")?;
        loop {
            lexer.space();
            if lexer.starts(b"trailer") {
                lexer.expect(b"trailer")?;
                return match lexer.value(0)? {
                    Value::Dict(dict) => Ok(dict),
                    _ => Err(Fault::Unreadable("a table has no trailer")),
                };
            }
            let (from, count) = (lexer.unsigned()?, lexer.unsigned()?);
            for id in from..from.saturating_add(count) {
                let id = u32::try_from(id).map_err(|_| Fault::TooLarge)?;
                let offset = usize::try_from(lexer.unsigned()?).map_err(|_| Fault::TooLarge)?;
                let generation = lexer.unsigned()?;
                lexer.space();
                let entry = match lexer.word() {
                    b"n" => Entry::At {
                        offset,
                        generation: u16::try_from(generation)
                            .map_err(|_| Fault::Unreadable("a table is written wrongly"))?,
                    },
                    b"f" => Entry::Free,
                    _ => return Err(Fault::Unreadable("a table is written wrongly")),
                };
                self.enter(id, entry)?;
            }
        }
    }

    fn table_stream(&mut self, at: usize) -> Reading<Dict> {
        let wrong = Fault::Unreadable("a table is written wrongly");
        let (_, object) = self.object_at(at, None)?;
        let Value::Dict(dict) = &object.value else {
            return Err(wrong);
        };
        if dict.get(b"Type".as_slice()).and_then(Value::name) != Some(b"XRef") {
            return Err(wrong);
        }
        let bytes = self.unpack(&object)?;
        let widths: Vec<usize> = dict
            .get(b"W".as_slice())
            .and_then(Value::array)
            .map(|w| {
                w.iter()
                    .filter_map(|n| n.int().and_then(|n| usize::try_from(n).ok()))
                    .collect()
            })
            .unwrap_or_default();
        let [kind, second, third] = widths.as_slice() else {
            return Err(wrong);
        };
        if *kind > 8 || *second > 8 || *third > 8 || kind + second + third == 0 {
            return Err(wrong);
        }
        let size = dict
            .get(b"Size".as_slice())
            .and_then(Value::int)
            .ok_or(wrong)?;
        let index: Vec<i64> = match dict.get(b"Index".as_slice()) {
            None => vec![0, size],
            Some(index) => index
                .array()
                .unwrap_or_default()
                .iter()
                .filter_map(Value::int)
                .collect(),
        };
        let number = |bytes: &[u8]| {
            bytes
                .iter()
                .fold(0_u64, |n, byte| n << 8 | u64::from(*byte))
        };
        let mut rows = bytes.chunks_exact(kind + second + third);
        for pair in index.chunks_exact(2) {
            let [from, count] = pair else { continue };
            for id in *from..from.saturating_add(*count) {
                let id = u32::try_from(id).map_err(|_| wrong)?;
                let row = rows.next().ok_or(wrong)?;
                let (first, rest) = row.split_at(*kind);
                let (b, c) = rest.split_at(*second);
                let narrow = |n: u64| usize::try_from(n).map_err(|_| wrong);
                let entry = match if *kind == 0 { 1 } else { number(first) } {
                    0 => Entry::Free,
                    1 => Entry::At {
                        offset: narrow(number(b))?,
                        generation: u16::try_from(number(c)).map_err(|_| wrong)?,
                    },
                    2 => Entry::Within {
                        container: u32::try_from(number(b)).map_err(|_| wrong)?,
                        index: narrow(number(c))?,
                    },
                    _ => return Err(wrong),
                };
                self.enter(id, entry)?;
            }
        }
        Ok(dict.clone())
    }

    /// Reads the object that begins at a place; it must be the one that was meant.
    fn object_at(&self, at: usize, meant: Option<(u32, u16)>) -> Reading<(u32, Object)> {
        let mut lexer = Lexer::new(self.bytes, at, &self.left);
        let id = head(&mut lexer, meant)?;
        let value = lexer.value(0)?;
        lexer.space();
        let stream = if lexer.starts(b"stream") {
            lexer.at += 6;
            if lexer.starts(b"\r\n") {
                lexer.at += 2;
            } else if lexer.starts(b"\n") {
                lexer.at += 1;
            } else {
                return Err(Fault::Unreadable("a stream begins wrongly"));
            }
            let Value::Dict(dict) = &value else {
                return Err(Fault::Unreadable("a stream has no dictionary"));
            };
            let length = match dict.get(b"Length".as_slice()) {
                Some(Value::Int(n)) => usize::try_from(*n).ok(),
                // A length is a number of its own, and no stream again.
                Some(Value::Ref(id, generation)) => match self.entries.get(id) {
                    Some(Entry::At { offset, .. }) => {
                        let mut lexer = Lexer::new(self.bytes, *offset, &self.left);
                        head(&mut lexer, Some((*id, *generation)))?;
                        lexer.value(0)?.int().and_then(|n| usize::try_from(n).ok())
                    }
                    _ => None,
                },
                _ => None,
            };
            let from = lexer.at;
            let to = length
                .and_then(|n| from.checked_add(n))
                .filter(|to| *to <= self.bytes.len())
                .ok_or(Fault::Unreadable("a stream has no length"))?;
            lexer.at = to;
            while lexer.peek().is_some_and(is_space) {
                lexer.at += 1;
            }
            lexer.expect(b"endstream")?;
            Some(from..to)
        } else {
            None
        };
        lexer.expect(b"endobj")?;
        Ok((id, Object { value, stream }))
    }

    /// The object of a number. What no table knows is nothing, as the format has it.
    ///
    /// # Errors
    /// It does not stand where its table says.
    pub fn object(&self, id: u32) -> Reading<Object> {
        let nothing = Object {
            value: Value::Null,
            stream: None,
        };
        match self.entries.get(&id) {
            None | Some(Entry::Free) => Ok(nothing),
            Some(Entry::At { offset, generation }) => {
                Ok(self.object_at(*offset, Some((id, *generation)))?.1)
            }
            Some(Entry::Within { container, index }) => {
                let container = self.container(*container)?;
                let (found, at) = container
                    .index
                    .get(*index)
                    .ok_or(Fault::Unreadable("an object is not where it should be"))?;
                if *found != id {
                    return Err(Fault::Unreadable("an object is not where it should be"));
                }
                let value = Lexer::new(&container.bytes, *at, &self.left).value(0)?;
                Ok(Object {
                    value,
                    stream: None,
                })
            }
        }
    }

    fn container(&self, id: u32) -> Reading<Rc<Container>> {
        if let Some(container) = self.containers.borrow().get(&id) {
            return Ok(Rc::clone(container));
        }
        let wrong = Fault::Unreadable("a stream of objects is written wrongly");
        let Some(Entry::At { offset, generation }) = self.entries.get(&id) else {
            return Err(wrong);
        };
        let (_, object) = self.object_at(*offset, Some((id, *generation)))?;
        let dict = object.value.dict().ok_or(wrong)?;
        if dict.get(b"Type".as_slice()).and_then(Value::name) != Some(b"ObjStm") {
            return Err(wrong);
        }
        let number = |key: &[u8]| {
            dict.get(key)
                .and_then(Value::int)
                .and_then(|n| usize::try_from(n).ok())
                .ok_or(wrong)
        };
        let (count, first) = (number(b"N")?, number(b"First")?);
        let bytes = self.unpack(&object)?;
        if count > bytes.len() {
            return Err(wrong);
        }
        let mut index = Vec::new();
        let mut lexer = Lexer::new(&bytes, 0, &self.left);
        for _ in 0..count {
            let id = u32::try_from(lexer.unsigned()?).map_err(|_| wrong)?;
            let at = usize::try_from(lexer.unsigned()?).map_err(|_| wrong)?;
            index.push((id, first.checked_add(at).ok_or(wrong)?));
        }
        let container = Rc::new(Container { bytes, index });
        self.containers
            .borrow_mut()
            .insert(id, Rc::clone(&container));
        Ok(container)
    }

    /// What a stream of tables or objects holds: plain, or by Flate with or without PNG's predictors.
    pub fn unpack(&self, object: &Object) -> Reading<Vec<u8>> {
        let wrong = Fault::Unreadable("a stream is packed in an unknown way");
        let dict = object.value.dict().ok_or(wrong)?;
        let packed = object
            .stream
            .clone()
            .and_then(|range| self.bytes.get(range))
            .ok_or(wrong)?;
        let single = |value: &Value| match value {
            Value::Array(items) if items.len() <= 1 => {
                items.first().cloned().unwrap_or(Value::Null)
            }
            other => other.clone(),
        };
        let filter = dict.get(b"Filter".as_slice()).map_or(Value::Null, single);
        let parameters = dict
            .get(b"DecodeParms".as_slice())
            .map_or(Value::Null, single);
        let left = self.unpacked.get();
        let bytes = match &filter {
            Value::Null => packed.to_vec(),
            Value::Name(name) if name == b"FlateDecode" => {
                let mut bytes = Vec::new();
                let limit = u64::try_from(left).map_err(|_| wrong)?.saturating_add(1);
                ZlibDecoder::new(packed)
                    .take(limit)
                    .read_to_end(&mut bytes)
                    .map_err(|_| wrong)?;
                bytes
            }
            _ => return Err(wrong),
        };
        if bytes.len() > left {
            return Err(Fault::TooLarge);
        }
        self.unpacked.set(left - bytes.len());
        let Value::Dict(parameters) = parameters else {
            return Ok(bytes);
        };
        let number = |key: &[u8], otherwise: i64| {
            parameters
                .get(key)
                .map_or(Some(otherwise), Value::int)
                .and_then(|n| usize::try_from(n).ok())
                .ok_or(wrong)
        };
        let predictor = number(b"Predictor", 1)?;
        if predictor == 1 {
            return Ok(bytes);
        }
        let colours = number(b"Colors", 1)?;
        if predictor < 10 || colours != 1 || number(b"BitsPerComponent", 8)? != 8 {
            return Err(wrong);
        }
        unpredicted(&bytes, number(b"Columns", 1)?).ok_or(wrong)
    }

    /// The bytes of an object's stream as they stand.
    pub fn raw(&self, object: &Object) -> &'a [u8] {
        object
            .stream
            .clone()
            .and_then(|range| self.bytes.get(range))
            .unwrap_or_default()
    }

    /// What a value leads to, if it is a reference; references to references are none.
    pub fn resolved(&self, value: &Value) -> Reading<Value> {
        match value {
            Value::Ref(id, _) => Ok(self.object(*id)?.value),
            other => Ok(other.clone()),
        }
    }

    /// What stands in a dictionary under a name, followed if it is a reference.
    pub fn member(&self, dict: &Dict, key: &[u8]) -> Reading<Value> {
        dict.get(key)
            .map_or(Ok(Value::Null), |value| self.resolved(value))
    }

    /// The dictionary of an object that stands in the file by itself, with the places of its values.
    pub fn placed(&self, id: u32) -> Reading<Placed> {
        match self.entries.get(&id) {
            Some(Entry::At { offset, generation }) => {
                let mut lexer = Lexer::new(self.bytes, *offset, &self.left);
                head(&mut lexer, Some((id, *generation)))?;
                lexer.placed(0)
            }
            _ => Err(Fault::Unreadable("a signature is no object of its own")),
        }
    }

    pub fn entries(&self) -> &BTreeMap<u32, Entry> {
        &self.entries
    }

    pub fn trailer(&self) -> &Dict {
        &self.trailer
    }

    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Where the newest table is, and whether it is a stream.
    pub const fn table_place(&self) -> (usize, bool) {
        (self.table_at, self.table_is_stream)
    }

    /// The number and the dictionary of the catalogue.
    pub fn catalogue(&self) -> Reading<(u32, Dict)> {
        let Some(Value::Ref(id, _)) = self.trailer.get(b"Root".as_slice()) else {
            return Err(Fault::Unreadable("it has no catalogue"));
        };
        match self.object(*id)?.value {
            Value::Dict(dict) => Ok((*id, dict)),
            _ => Err(Fault::Unreadable("it has no catalogue")),
        }
    }

    /// The numbers of all pages, in order, each with the box it is shown in.
    pub fn pages(&self) -> Reading<Vec<(u32, Option<Value>)>> {
        let (_, catalogue) = self.catalogue()?;
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(catalogue.get(b"Pages".as_slice()).cloned(), None)];
        while let Some((node, inherited)) = waiting.pop() {
            let Some(Value::Ref(id, _)) = node else {
                continue;
            };
            if !seen.insert(id) {
                return Err(Fault::Unreadable("its pages go round"));
            }
            let Value::Dict(dict) = self.object(id)?.value else {
                continue;
            };
            let shown = match self.member(&dict, b"MediaBox")? {
                Value::Array(sides)
                    if sides.len() == 4 && sides.iter().all(|s| s.number().is_some()) =>
                {
                    Some(Value::Array(sides))
                }
                _ => inherited,
            };
            match self.member(&dict, b"Kids")? {
                Value::Array(kids) => {
                    waiting.extend(kids.into_iter().rev().map(|kid| (Some(kid), shown.clone())))
                }
                _ => pages.push((id, shown)),
            }
        }
        Ok(pages)
    }
}

/// Reads `12 0 obj`.
fn head(lexer: &mut Lexer<'_>, meant: Option<(u32, u16)>) -> Reading<u32> {
    let elsewhere = Fault::Unreadable("an object is not where it should be");
    let id = u32::try_from(lexer.unsigned().map_err(|_| elsewhere)?).map_err(|_| elsewhere)?;
    let generation = lexer.unsigned().map_err(|_| elsewhere)?;
    lexer.expect(b"obj").map_err(|_| elsewhere)?;
    if meant.is_some_and(|(i, g)| i != id || u64::from(g) != generation) {
        return Err(elsewhere);
    }
    Ok(id)
}

/// Undoes PNG's predictors for bytes of one colour.
fn unpredicted(bytes: &[u8], columns: usize) -> Option<Vec<u8>> {
    if columns == 0 || columns > 1 << 16 {
        return None;
    }
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0_u8; columns];
    for row in bytes.chunks(columns + 1) {
        let (kind, row) = row.split_first()?;
        let mut line: Vec<u8> = Vec::with_capacity(columns);
        for (i, byte) in row.iter().enumerate() {
            let left = i.checked_sub(1).and_then(|j| line.get(j)).copied();
            let left = left.unwrap_or(0);
            let up = above.get(i).copied().unwrap_or(0);
            let corner = i.checked_sub(1).and_then(|j| above.get(j)).copied();
            let corner = corner.unwrap_or(0);
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => {
                    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
                    let p = a + b - c;
                    let (pa, pb, pc) = ((p - a).abs(), (p - b).abs(), (p - c).abs());
                    if pa <= pb && pa <= pc {
                        left
                    } else if pb <= pc {
                        up
                    } else {
                        corner
                    }
                }
                _ => return None,
            };
            line.push(byte.wrapping_add(guess));
        }
        out.extend_from_slice(&line);
        line.resize(columns, 0);
        above = line;
    }
    Some(out)
}
