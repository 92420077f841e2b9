//! Values, and how they are read from bytes.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::Reading;
use crate::Fault;

/// How deep values may lie in one another.
const DEEPEST: usize = 64;

/// What an object is made of. Numbers with a point keep their text, so that they are written as they were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(Dict),
    Ref(u32, u16),
}

/// Names and what they stand for; a name that stands twice makes the object unreadable.
pub type Dict = BTreeMap<Vec<u8>, Value>;

/// A dictionary's entries in their order, each with the place where its value stands.
pub type Placed = Vec<(Vec<u8>, Range<usize>, Value)>;

impl Value {
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub const fn int(&self) -> Option<i64> {
        match self {
            Self::Int(n) => Some(*n),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number as it is, with or without a point.
    pub fn number(&self) -> Option<f64> {
        match self {
            #[allow(
                clippy::cast_precision_loss,
                reason = "a length on paper is never that long"
            )]
            Self::Int(n) => Some(*n as f64),
            Self::Real(text) => std::str::from_utf8(text).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// Every object this one leads to.
    pub fn references(&self, found: &mut BTreeSet<u32>) {
        match self {
            Self::Ref(id, _) => {
                found.insert(*id);
            }
            Self::Array(items) => items.iter().for_each(|item| item.references(found)),
            Self::Dict(dict) => dict.values().for_each(|item| item.references(found)),
            _ => {}
        }
    }
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

pub(super) const fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Reads values from bytes.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
    left: Rc<Cell<usize>>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, left: &Rc<Cell<usize>>) -> Self {
        Self {
            bytes,
            at,
            left: Rc::clone(left),
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn starts(&self, with: &[u8]) -> bool {
        self.bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(with))
    }

    /// Passes over space and comments.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != 10 && b != 13) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    pub(super) fn word(&mut self) -> &'a [u8] {
        let from = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        self.bytes.get(from..self.at).unwrap_or_default()
    }

    /// Passes over a word that must stand here.
    pub(super) fn expect(&mut self, word: &'static [u8]) -> Reading<()> {
        self.space();
        if self.word() == word {
            Ok(())
        } else {
            Err(Fault::Unreadable("a word is missing"))
        }
    }

    pub(super) fn unsigned(&mut self) -> Reading<u64> {
        self.space();
        let word = self.word();
        if word.is_empty() || word.len() > 19 || !word.iter().all(u8::is_ascii_digit) {
            return Err(Fault::Unreadable("a number is missing"));
        }
        std::str::from_utf8(word)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or(Fault::Unreadable("a number is missing"))
    }

    pub(super) fn spend(&self) -> Reading<()> {
        let left = self.left.get();
        if left == 0 {
            return Err(Fault::TooLarge);
        }
        self.left.set(left - 1);
        Ok(())
    }

    pub fn value(&mut self, depth: usize) -> Reading<Value> {
        self.spend()?;
        if depth > DEEPEST {
            return Err(Fault::Unreadable("values lie too deep"));
        }
        self.space();
        match self.peek() {
            Some(b'/') => Ok(Value::Name(self.a_name()?)),
            Some(b'(') => self.literal(),
            Some(b'<') if self.starts(b"<<") => {
                let mut dict = Dict::new();
                for (key, _, value) in self.placed(depth)? {
                    if dict.insert(key, value).is_some() {
                        return Err(Fault::Unreadable("a name stands twice in a dictionary"));
                    }
                }
                Ok(Value::Dict(dict))
            }
            Some(b'<') => self.hexadecimal(),
            Some(b'[') => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.space();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        return Ok(Value::Array(items));
                    }
                    items.push(self.value(depth + 1)?);
                }
            }
            Some(byte) if is_regular(byte) => self.plain(),
            _ => Err(Fault::Unreadable("a value is missing")),
        }
    }

    /// A dictionary with the places of its values.
    pub fn placed(&mut self, depth: usize) -> Reading<Placed> {
        self.space();
        if !self.starts(b"<<") {
            return Err(Fault::Unreadable("a dictionary is missing"));
        }
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.starts(b">>") {
                self.at += 2;
                return Ok(entries);
            }
            let key = self.a_name()?;
            self.space();
            let from = self.at;
            let value = self.value(depth + 1)?;
            entries.push((key, from..self.at, value));
        }
    }

    fn a_name(&mut self) -> Reading<Vec<u8>> {
        if self.peek() != Some(b'/') {
            return Err(Fault::Unreadable("a name is missing"));
        }
        self.at += 1;
        let mut word = self.word().iter().copied();
        let mut name = Vec::new();
        while let Some(byte) = word.next() {
            if byte == b'#' {
                let (high, low) = (word.next().and_then(hex), word.next().and_then(hex));
                let (Some(high), Some(low)) = (high, low) else {
                    return Err(Fault::Unreadable("a name is written wrongly"));
                };
                name.push(high << 4 | low);
            } else {
                name.push(byte);
            }
        }
        Ok(name)
    }

    fn literal(&mut self) -> Reading<Value> {
        let open = Fault::Unreadable("a string has no end");
        self.at += 1;
        let mut depth = 1_usize;
        let mut text = Vec::new();
        loop {
            let byte = self.peek().ok_or(open)?;
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(Value::Text(text));
                    }
                }
                b'\\' => {
                    let escaped = self.peek().ok_or(open)?;
                    self.at += 1;
                    match escaped {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                match self.peek() {
                                    Some(digit @ b'0'..=b'7') => {
                                        code = code * 8 + u32::from(digit - b'0');
                                        self.at += 1;
                                    }
                                    _ => break,
                                }
                            }
                            text.push((code & 0xFF) as u8);
                        }
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn hexadecimal(&mut self) -> Reading<Value> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        loop {
            let byte = self
                .peek()
                .ok_or(Fault::Unreadable("a string has no end"))?;
            self.at += 1;
            if byte == b'>' {
                text.extend(high.map(|h: u8| h << 4));
                return Ok(Value::Text(text));
            }
            if is_space(byte) {
                continue;
            }
            let digit = hex(byte).ok_or(Fault::Unreadable("a string is no hexadecimal"))?;
            match high.take() {
                None => high = Some(digit),
                Some(h) => text.push(h << 4 | digit),
            }
        }
    }

    /// A number, a reference, or one of three words.
    fn plain(&mut self) -> Reading<Value> {
        let word = self.word();
        match word {
            b"true" => return Ok(Value::Bool(true)),
            b"false" => return Ok(Value::Bool(false)),
            b"null" => return Ok(Value::Null),
            _ => {}
        }
        let text = std::str::from_utf8(word).map_err(|_| Fault::Unreadable("an unknown word"))?;
        if let Ok(n) = text.parse::<i64>() {
            let back = self.at;
            if let Ok(id) = u32::try_from(n)
                && let Ok(generation) = self.unsigned()
                && let Ok(generation) = u16::try_from(generation)
            {
                self.space();
                if self.word() == b"R" {
                    return Ok(Value::Ref(id, generation));
                }
            }
            self.at = back;
            return Ok(Value::Int(n));
        }
        let numeric = word
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
        if numeric && word.len() < 64 {
            Ok(Value::Real(word.to_vec()))
        } else {
            Err(Fault::Unreadable("an unknown word"))
        }
    }
}
