//! Documents: read from the first byte to the last, not by their table of contents, so that nothing stands in the
//! file that was not looked at: what another reader finds by a table of its own included.
//!
//! Names are what counts. Outside of streams they are read as PDF has them, strings and comments left out. Streams
//! of objects are unpacked and read the same way. In every other stream names are looked for in the raw bytes,
//! since an object may be hidden where only a table leads; of what such a stream unpacks to only the size counts.

use std::io::{self, BufRead, Read};

use flate2::bufread::ZlibDecoder;

use super::Fault;

/// What a document may not hold: each would run, open or carry something. `EmbeddedFiles` and `EmbeddedFile` are
/// two names of attachments.
const ACTIVE: [&str; 10] = [
    "JavaScript",
    "JS",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "SubmitForm",
    "ImportData",
    "Rendition",
    "XFA",
];
/// Among those, how long a name must be to count in raw bytes: shorter ones come up by chance.
const LEAST_RAW: usize = 6;
/// What one stream may unpack to: a page of A3 in colour at 600 dots an inch is 210 MB.
const MOST_STREAM: u64 = 512 << 20;
/// What all of them may.
const MOST_ALL: u64 = 4 << 30;
/// What all streams of objects may.
const MOST_OBJECTS: u64 = 64 << 20;
/// How much of a name is kept.
const LONGEST: usize = 64;
const END: &[u8] = b"endstream";
/// Within how many bytes from its start the head must stand.
const HEAD: usize = 1024;
/// Within how many bytes from its end the tail must stand.
const TAIL: usize = 2048;

/// Opens a document: it has pages, ends where it should, opens without a password and does nothing by itself.
///
/// # Errors
/// Why it is not kept.
pub fn document(from: &mut dyn Read) -> Result<(), Fault> {
    let mut source = Source::new(from);
    let mut seen = Seen::default();
    walk(&mut source, &mut seen, true)?;
    if !source.head.windows(5).any(|w| w == b"%PDF-")
        || !contains(&source.tail(), b"startxref")
        || !contains(&source.tail(), b"%%EOF")
        || !seen.root
        || !seen.catalog
    {
        return Err(Fault::Damaged);
    }
    if seen.pages {
        Ok(())
    } else {
        Err(Fault::NoPages)
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

/// What was found so far.
#[derive(Default)]
struct Seen {
    root: bool,
    catalog: bool,
    pages: bool,
    unpacked: u64,
    objects: u64,
}

/// The object that is being read.
#[derive(Default)]
struct Object {
    /// The name before this one.
    last: Vec<u8>,
    filters: Vec<Vec<u8>>,
    in_filters: bool,
    /// A filter that stands elsewhere, or parameters that change what is unpacked.
    unclear: bool,
    of_objects: bool,
}

/// Bytes one by one, remembering the first and the last of them.
struct Source<'r> {
    from: io::BufReader<&'r mut dyn Read>,
    head: Vec<u8>,
    ring: Vec<u8>,
    at: usize,
    back: Option<u8>,
}

impl<'r> Source<'r> {
    fn new(from: &'r mut dyn Read) -> Self {
        Self {
            from: io::BufReader::with_capacity(64 << 10, from),
            head: Vec::with_capacity(HEAD),
            ring: vec![0; TAIL],
            at: 0,
            back: None,
        }
    }

    fn next(&mut self) -> Result<Option<u8>, Fault> {
        if let Some(byte) = self.back.take() {
            return Ok(Some(byte));
        }
        let byte = {
            let buffer = self.from.fill_buf().map_err(|_| Fault::Damaged)?;
            match buffer.first() {
                Some(byte) => *byte,
                None => return Ok(None),
            }
        };
        self.from.consume(1);
        if self.head.len() < HEAD {
            self.head.push(byte);
        }
        if let Some(place) = self.ring.get_mut(self.at) {
            *place = byte;
        }
        self.at = (self.at + 1) % TAIL;
        Ok(Some(byte))
    }

    fn tail(&self) -> Vec<u8> {
        let (new, old) = self.ring.split_at(self.at);
        [old, new].concat()
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

enum Token {
    Name(Vec<u8>),
    Word(Vec<u8>),
    Other(u8),
}

impl Source<'_> {
    /// The next token; strings and comments are passed over.
    fn token(&mut self) -> Result<Option<Token>, Fault> {
        loop {
            let Some(byte) = self.next()? else {
                return Ok(None);
            };
            match byte {
                _ if is_space(byte) => {}
                b'%' => self.comment()?,
                b'(' => self.string()?,
                b'<' => match self.next()? {
                    Some(b'<') => return Ok(Some(Token::Other(b'{'))),
                    other => {
                        self.back = other;
                        self.hexadecimal()?;
                    }
                },
                b'/' => return Ok(Some(Token::Name(unescaped(&self.regular(None)?)))),
                _ if is_delimiter(byte) => return Ok(Some(Token::Other(byte))),
                _ => return Ok(Some(Token::Word(self.regular(Some(byte))?))),
            }
        }
    }

    fn regular(&mut self, first: Option<u8>) -> Result<Vec<u8>, Fault> {
        let mut word: Vec<u8> = first.into_iter().collect();
        while let Some(byte) = self.next()? {
            if is_space(byte) || is_delimiter(byte) {
                self.back = Some(byte);
                break;
            }
            // A name written in escapes is three times as long.
            if word.len() < LONGEST * 3 {
                word.push(byte);
            }
        }
        Ok(word)
    }

    fn comment(&mut self) -> Result<(), Fault> {
        while let Some(byte) = self.next()? {
            if matches!(byte, 10 | 13) {
                break;
            }
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), Fault> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Some(b'\\') => {
                    self.next()?;
                }
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                Some(_) => {}
                None => return Err(Fault::Damaged),
            }
        }
        Ok(())
    }

    fn hexadecimal(&mut self) -> Result<(), Fault> {
        loop {
            match self.next()? {
                Some(b'>') => return Ok(()),
                Some(byte) if byte.is_ascii_hexdigit() || is_space(byte) => {}
                // No string after all: what stands here is read as anything else.
                other => {
                    self.back = other;
                    return Ok(());
                }
            }
        }
    }
}

/// A name without its escapes: `/J#61vaScript` is `JavaScript`.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name.iter().copied();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (byte == b'#')
            .then(|| Some((digit(ahead.next()?)?, digit(ahead.next()?)?)))
            .flatten();
        match pair {
            Some((high, low)) => {
                plain.push(high * 16 + low);
                rest = ahead;
            }
            None => plain.push(byte),
        }
    }
    plain
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}

fn active(name: &[u8]) -> Option<&'static str> {
    ACTIVE.into_iter().find(|a| a.as_bytes() == name)
}

/// Reads tokens to the end; streams too where there may be any.
fn walk(source: &mut Source<'_>, seen: &mut Seen, streams: bool) -> Result<(), Fault> {
    let mut object = Object::default();
    while let Some(token) = source.token()? {
        match token {
            Token::Name(name) => named(&mut object, seen, name)?,
            Token::Word(word) => {
                match word.as_slice() {
                    b"obj" | b"endobj" => object = Object::default(),
                    b"stream" if streams => {
                        let of = std::mem::take(&mut object);
                        stream(source, &of, seen)?;
                    }
                    // A reference or a keyword in the place of a filter.
                    _ if object.in_filters => {
                        object.unclear |= word.as_slice() != b"null";
                        object.in_filters = false;
                    }
                    b"0" | b"1" => {}
                    _ if object.last == b"Predictor" => object.unclear = true,
                    _ => {}
                }
                object.last.clear();
            }
            Token::Other(b'[') => {}
            Token::Other(_) => {
                object.in_filters = false;
                object.last.clear();
            }
        }
    }
    Ok(())
}

fn named(object: &mut Object, seen: &mut Seen, name: Vec<u8>) -> Result<(), Fault> {
    if let Some(what) = active(&name) {
        return Err(Fault::Active(what));
    }
    match (object.last.as_slice(), name.as_slice()) {
        (_, b"Encrypt") => return Err(Fault::Encrypted),
        (_, b"Root") => seen.root = true,
        (b"Type", b"Catalog") => seen.catalog = true,
        (b"Type", b"Page") => seen.pages = true,
        (b"Type", b"ObjStm") => object.of_objects = true,
        _ => {}
    }
    match name.as_slice() {
        b"Filter" if !object.in_filters => object.in_filters = true,
        b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW" | b"ASCIIHexDecode" | b"AHx"
        | b"ASCII85Decode" | b"A85" | b"RunLengthDecode" | b"RL" | b"CCITTFaxDecode" | b"CCF"
        | b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"Crypt"
            if object.in_filters =>
        {
            if object.filters.len() >= 8 {
                return Err(Fault::Bomb);
            }
            object.filters.push(name.clone());
        }
        // The next key.
        _ => object.in_filters = false,
    }
    object.last = name;
    Ok(())
}

fn is_flate(filter: &[u8]) -> bool {
    matches!(filter, b"FlateDecode" | b"Fl")
}

/// A stream, to its end.
fn stream(source: &mut Source<'_>, of: &Object, seen: &mut Seen) -> Result<(), Fault> {
    // One end of line belongs to the word, not to the data.
    match source.next()? {
        Some(13) => match source.next()? {
            Some(10) => {}
            other => source.back = other,
        },
        Some(10) => {}
        other => source.back = other,
    }
    let packed = of.filters.iter().filter(|f| is_flate(f)).count();
    if packed > 1 || (packed == 1 && of.filters.iter().any(|f| f == b"LZWDecode" || f == b"LZW")) {
        return Err(Fault::Bomb);
    }
    let plain = of.filters.is_empty() && !of.unclear;
    let flate = of.filters.first().is_some_and(|f| is_flate(f));
    let mut data = Data::new(source);
    if of.of_objects {
        // What cannot be looked into may hold anything.
        let most = MOST_OBJECTS.saturating_sub(seen.objects);
        if plain {
            walk(&mut Source::new(&mut data), seen, false)?;
            return rest(data);
        }
        if !flate || of.filters.len() > 1 || of.unclear {
            return Err(Fault::Damaged);
        }
        let mut counted = Counted {
            from: ZlibDecoder::new(io::BufReader::new(data)),
            left: most,
            over: false,
        };
        let walked = walk(&mut Source::new(&mut counted), seen, false);
        if counted.over {
            return Err(Fault::Bomb);
        }
        walked?;
        seen.objects += most - counted.left;
        return rest(counted.from.into_inner().into_inner());
    }
    if !flate {
        return rest(data);
    }
    let mut unpacking = ZlibDecoder::new(io::BufReader::new(data));
    let mut buffer = vec![0_u8; 64 << 10];
    let mut size = 0_u64;
    // A picture that ends early is the viewer's matter.
    while let Ok(n @ 1..) = unpacking.read(&mut buffer) {
        size += n as u64;
        if size > MOST_STREAM || seen.unpacked + size > MOST_ALL {
            return Err(Fault::Bomb);
        }
    }
    seen.unpacked += size;
    rest(unpacking.into_inner().into_inner())
}

/// Reads a stream's data to its end; what it held by name counts.
fn rest(mut data: Data<'_, '_>) -> Result<(), Fault> {
    let mut buffer = vec![0_u8; 16 << 10];
    loop {
        match data.read(&mut buffer) {
            Ok(0) => break,
            Ok(_) => {}
            Err(_) => return Err(Fault::Damaged),
        }
    }
    match data.watch.found {
        Some(what) => Err(Fault::Active(what)),
        None if data.ended => Ok(()),
        None => Err(Fault::Damaged),
    }
}

/// Reads not more than it may.
struct Counted<R> {
    from: R,
    left: u64,
    over: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(out)?;
        match self.left.checked_sub(n as u64) {
            Some(left) => {
                self.left = left;
                Ok(n)
            }
            None => {
                self.over = true;
                Ok(0)
            }
        }
    }
}

/// The data of a stream: everything up to the word that ends it.
struct Data<'s, 'r> {
    source: &'s mut Source<'r>,
    matched: usize,
    pending: std::collections::VecDeque<u8>,
    ended: bool,
    watch: Watch,
}

impl<'s, 'r> Data<'s, 'r> {
    fn new(source: &'s mut Source<'r>) -> Self {
        Self {
            source,
            matched: 0,
            pending: std::collections::VecDeque::new(),
            ended: false,
            watch: Watch::default(),
        }
    }

    fn pend(&mut self, from: usize, to: usize) {
        self.pending
            .extend(END.iter().skip(from).take(to - from).copied());
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        loop {
            if let Some(byte) = self.pending.pop_front() {
                return Ok(Some(byte));
            }
            if self.ended {
                return Ok(None);
            }
            let byte = match self.source.next() {
                Ok(Some(byte)) => byte,
                Ok(None) => return Ok(None),
                Err(_) => return Err(io::ErrorKind::InvalidData.into()),
            };
            if END.get(self.matched) == Some(&byte) {
                self.matched += 1;
                self.ended = self.matched == END.len();
                continue;
            }
            // The only beginning of the word within itself: its second `e`.
            let again = self.matched == 7 && byte == b'n';
            let kept = if again { 6 } else { self.matched };
            self.pend(0, kept);
            self.matched = match byte {
                _ if again => 2,
                b'e' => 1,
                _ => {
                    self.pending.push_back(byte);
                    0
                }
            };
        }
    }
}

impl Read for Data<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        for place in out.iter_mut() {
            match self.byte()? {
                Some(byte) => *place = byte,
                None => break,
            }
            self.watch.see(*place);
            n += 1;
        }
        Ok(n)
    }
}

/// Looks for names in raw bytes.
#[derive(Default)]
struct Watch {
    name: Option<Vec<u8>>,
    found: Option<&'static str>,
}

impl Watch {
    fn see(&mut self, byte: u8) {
        if self.name.is_none() && byte != b'/' {
            return;
        }
        if byte == b'/' || is_space(byte) || is_delimiter(byte) {
            if let Some(name) = self.name.take()
                && let Some(what) = active(&unescaped(&name))
                && what.len() >= LEAST_RAW
            {
                self.found = Some(what);
            }
            if byte == b'/' {
                self.name = Some(Vec::new());
            }
            return;
        }
        match &mut self.name {
            Some(name) if name.len() < LONGEST * 3 => name.push(byte),
            // Too long for any name of ours.
            _ => self.name = None,
        }
    }
}

#[cfg(test)]
mod tests;
