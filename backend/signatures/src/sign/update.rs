//! What is added behind a document.

use std::collections::BTreeMap;
use std::ops::Range;

use ring::digest;

use super::{DIGITS, SigningFault};
use crate::Fault;
use crate::reader::{Dict, Entry, Pdf, Value, write};
use crate::revocation::Evidence;

/// Changed and new objects, to be written behind what is there.
pub struct Update<'p, 'b> {
    pdf: &'p Pdf<'b>,
    catalogue: u32,
    next: u32,
    objects: BTreeMap<u32, (Value, Option<Vec<u8>>)>,
}

/// What is filled in when the rest stands.
pub struct Holes {
    pub range: Range<usize>,
    pub contents: Range<usize>,
}

impl<'p, 'b> Update<'p, 'b> {
    pub fn of(pdf: &'p Pdf<'b>) -> Result<Self, Fault> {
        let (catalogue, _) = pdf.catalogue()?;
        let size = pdf
            .trailer()
            .get(b"Size".as_slice())
            .and_then(Value::int)
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(0);
        let last = pdf.entries().keys().next_back().copied().unwrap_or(0);
        let next = size.max(last.checked_add(1).ok_or(Fault::TooLarge)?).max(1);
        Ok(Self {
            pdf,
            catalogue,
            next,
            objects: BTreeMap::new(),
        })
    }

    pub fn new_id(&mut self) -> Result<u32, Fault> {
        let id = self.next;
        // Readers stop at numbers above this one.
        if id >= 8_388_607 {
            return Err(Fault::TooLarge);
        }
        self.next += 1;
        Ok(id)
    }

    pub fn set(&mut self, id: u32, value: Value) {
        self.objects.insert(id, (value, None));
    }

    pub fn set_stream(&mut self, id: u32, mut dict: Dict, bytes: Vec<u8>) {
        let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        dict.insert(b"Length".to_vec(), Value::Int(length));
        self.objects.insert(id, (Value::Dict(dict), Some(bytes)));
    }

    /// A dictionary as it is by now.
    fn dict(&self, id: u32) -> Result<Dict, Fault> {
        let value = match self.objects.get(&id) {
            Some((value, _)) => value.clone(),
            None => self.pdf.object(id)?.value,
        };
        match value {
            Value::Dict(dict) => Ok(dict),
            _ => Err(Fault::Unreadable("a dictionary is missing")),
        }
    }

    /// Adds to a list that stands in a dictionary, or by itself.
    fn append(&mut self, holder: u32, key: &[u8], added: &[u32]) -> Result<(), Fault> {
        let mut dict = self.dict(holder)?;
        let added = added.iter().map(|id| Value::Ref(*id, 0));
        match dict.get(key).cloned() {
            Some(Value::Ref(id, _)) => {
                let current = match self.objects.get(&id) {
                    Some((value, _)) => value.clone(),
                    None => self.pdf.object(id)?.value,
                };
                let mut items = match current {
                    Value::Array(items) => items,
                    Value::Null => Vec::new(),
                    _ => return Err(Fault::Unreadable("a list is missing")),
                };
                items.extend(added);
                self.set(id, Value::Array(items));
            }
            found => {
                let mut items = match found {
                    Some(Value::Array(items)) => items,
                    None | Some(Value::Null) => Vec::new(),
                    _ => return Err(Fault::Unreadable("a list is missing")),
                };
                items.extend(added);
                dict.insert(key.to_vec(), Value::Array(items));
                self.set(holder, Value::Dict(dict));
            }
        }
        Ok(())
    }

    pub fn on_page(&mut self, page: u32, widget: u32) -> Result<(), Fault> {
        self.append(page, b"Annots", &[widget])
    }

    /// Adds a field to the document's form, which may not be there yet.
    pub fn in_form(&mut self, widget: u32) -> Result<(), Fault> {
        let catalogue = self.dict(self.catalogue)?;
        let key = b"AcroForm".as_slice();
        let form = match catalogue.get(key) {
            Some(Value::Ref(id, _)) => *id,
            found => {
                // A form within the catalogue becomes an object of its own.
                let form = match found {
                    Some(Value::Dict(form)) => form.clone(),
                    _ => Dict::new(),
                };
                let id = self.new_id()?;
                self.set(id, Value::Dict(form));
                let mut catalogue = catalogue.clone();
                catalogue.insert(key.to_vec(), Value::Ref(id, 0));
                self.set(self.catalogue, Value::Dict(catalogue));
                id
            }
        };
        self.append(form, b"Fields", &[widget])?;
        let mut dict = self.dict(form)?;
        // Signatures exist, and the file only grows.
        dict.insert(b"SigFlags".to_vec(), Value::Int(3));
        self.set(form, Value::Dict(dict));
        Ok(())
    }

    /// Adds proofs to the document's store of them.
    pub fn proofs(&mut self, evidence: &Evidence) -> Result<(), Fault> {
        let catalogue = self.dict(self.catalogue)?;
        let key = b"DSS".as_slice();
        let store = match catalogue.get(key) {
            Some(Value::Ref(id, _)) => *id,
            found => {
                let store = match found {
                    Some(Value::Dict(store)) => store.clone(),
                    _ => Dict::from([(b"Type".to_vec(), Value::Name(b"DSS".to_vec()))]),
                };
                let id = self.new_id()?;
                self.set(id, Value::Dict(store));
                let mut catalogue = catalogue.clone();
                catalogue.insert(key.to_vec(), Value::Ref(id, 0));
                self.set(self.catalogue, Value::Dict(catalogue));
                id
            }
        };
        for (key, proofs) in [
            (b"Certs".as_slice(), &evidence.certificates),
            (b"CRLs".as_slice(), &evidence.crls),
            (b"OCSPs".as_slice(), &evidence.ocsps),
        ] {
            let mut ids = Vec::new();
            for proof in proofs {
                let id = self.new_id()?;
                self.set_stream(id, Dict::new(), proof.clone());
                ids.push(id);
            }
            if !ids.is_empty() {
                self.append(store, key, &ids)?;
            }
        }
        Ok(())
    }

    /// Writes the document with what was added, and no signature.
    pub fn finished(self) -> Result<Vec<u8>, Fault> {
        let (mut file, places) = self.body();
        self.table(&mut file, places)?;
        Ok(file)
    }

    /// Writes the document with what was added and room for a signature.
    pub fn written(
        self,
        value: u32,
        head: &Dict,
        room: usize,
    ) -> Result<(Vec<u8>, Holes), SigningFault> {
        let (mut file, mut places) = self.body();
        places.insert(value, file.len());
        file.extend_from_slice(format!("{value} 0 obj\n<<").as_bytes());
        for (key, item) in head {
            write(&Value::Name(key.clone()), &mut file);
            file.push(b' ');
            write(item, &mut file);
            file.push(b'\n');
        }
        file.extend_from_slice(b"/ByteRange ");
        let from = file.len();
        let hole = "0".repeat(DIGITS);
        file.extend_from_slice(format!("[0 {hole} {hole} {hole}]").as_bytes());
        let range = from..file.len();
        file.extend_from_slice(b"\n/Contents ");
        let from = file.len();
        file.push(b'<');
        file.resize(file.len() + room, b'0');
        file.push(b'>');
        let contents = from..file.len();
        file.extend_from_slice(b"\n>>\nendobj\n");
        self.table(&mut file, places)?;
        Ok((file, Holes { range, contents }))
    }

    /// Objects keep the generation they had.
    fn generation(&self, id: u32) -> u16 {
        match self.pdf.entries().get(&id) {
            Some(Entry::At { generation, .. }) => *generation,
            _ => 0,
        }
    }

    fn body(&self) -> (Vec<u8>, BTreeMap<u32, usize>) {
        let mut file = self.pdf.bytes().to_vec();
        if file.last().is_some_and(|byte| *byte != b'\n') {
            file.push(b'\n');
        }
        let mut places = BTreeMap::new();
        for (id, (value, stream)) in &self.objects {
            places.insert(*id, file.len());
            let generation = self.generation(*id);
            file.extend_from_slice(format!("{id} {generation} obj\n").as_bytes());
            write(value, &mut file);
            if let Some(stream) = stream {
                file.extend_from_slice(b"\nstream\n");
                file.extend_from_slice(stream);
                file.extend_from_slice(b"\nendstream");
            }
            file.extend_from_slice(b"\nendobj\n");
        }
        (file, places)
    }

    /// Writes the table of what was added, of the kind that the document has.
    fn table(&self, file: &mut Vec<u8>, mut places: BTreeMap<u32, usize>) -> Result<(), Fault> {
        let (before, is_stream) = self.pdf.table_place();
        let at = file.len();
        let mut dict = Dict::new();
        for key in [b"Root".as_slice(), b"Info"] {
            if let Some(value) = self.pdf.trailer().get(key) {
                dict.insert(key.to_vec(), value.clone());
            }
        }
        let own = digest::digest(&digest::SHA256, file);
        let own = own.as_ref().get(..16).unwrap_or_default().to_vec();
        let first = match self.pdf.trailer().get(b"ID".as_slice()) {
            Some(Value::Array(ids)) => ids.first().cloned(),
            _ => None,
        };
        let first = first.unwrap_or_else(|| Value::Text(own.clone()));
        dict.insert(b"ID".to_vec(), Value::Array(vec![first, Value::Text(own)]));
        let number = |n: usize| {
            i64::try_from(n)
                .map(Value::Int)
                .map_err(|_| Fault::TooLarge)
        };
        dict.insert(b"Prev".to_vec(), number(before)?);
        if is_stream {
            places.insert(self.next, at);
        }
        let size = i64::from(self.next) + i64::from(is_stream);
        dict.insert(b"Size".to_vec(), Value::Int(size));
        let runs = runs(&places);
        if is_stream {
            let mut rows = Vec::new();
            for (id, place) in &places {
                let place = u32::try_from(*place).map_err(|_| Fault::TooLarge)?;
                rows.push(1);
                rows.extend_from_slice(&place.to_be_bytes());
                rows.extend_from_slice(&self.generation(*id).to_be_bytes());
            }
            let mut index = Vec::new();
            for run in &runs {
                index.push(Value::Int(i64::from(run.start)));
                index.push(Value::Int(i64::from(run.end - run.start)));
            }
            dict.insert(b"Type".to_vec(), Value::Name(b"XRef".to_vec()));
            dict.insert(b"Index".to_vec(), Value::Array(index));
            dict.insert(
                b"W".to_vec(),
                Value::Array(vec![Value::Int(1), Value::Int(4), Value::Int(2)]),
            );
            dict.insert(b"Length".to_vec(), number(rows.len())?);
            file.extend_from_slice(format!("{} 0 obj\n", self.next).as_bytes());
            write(&Value::Dict(dict), file);
            file.extend_from_slice(b"\nstream\n");
            file.extend_from_slice(&rows);
            file.extend_from_slice(b"\nendstream\nendobj\n");
        } else {
            file.extend_from_slice(b"xref\n");
            for run in &runs {
                file.extend_from_slice(
                    format!("{} {}\n", run.start, run.end - run.start).as_bytes(),
                );
                for (id, place) in places.range(run.clone()) {
                    let row = format!("{place:0>10} {:0>5} n \n", self.generation(*id));
                    file.extend_from_slice(row.as_bytes());
                }
            }
            file.extend_from_slice(b"trailer\n");
            write(&Value::Dict(dict), file);
            file.push(b'\n');
        }
        file.extend_from_slice(format!("startxref\n{at}\n%%EOF\n").as_bytes());
        Ok(())
    }
}

/// Numbers without a gap between them, as tables list them.
fn runs(places: &BTreeMap<u32, usize>) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for id in places.keys() {
        match runs.last_mut() {
            Some(run) if run.end == *id => run.end += 1,
            _ => runs.push(*id..*id + 1),
        }
    }
    runs
}
