//! What a later revision did to a signed one: further signatures and what proves them, or something else.
//!
//! What may differ is listed; everything else counts as a change. An object that the signed revision pointed to and
//! did not have yet must not appear later either: what is shown could hang on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::Fault;
use crate::fields::signature_fields;
use crate::reader::{Dict, Entry, Object, Pdf, Value};
use crate::report::LaterChanges;

/// Compares the document as it was signed with what it is now.
///
/// # Errors
/// One of both cannot be read.
pub fn between(old: &Pdf<'_>, new: &Pdf<'_>) -> Result<LaterChanges, Fault> {
    if only_signatures(old, new)? {
        Ok(LaterChanges::Signatures)
    } else {
        Ok(LaterChanges::Appended)
    }
}

/// Whether two objects are the same, bytes of streams included.
fn same(old: &Pdf<'_>, before: &Object, new: &Pdf<'_>, after: &Object) -> bool {
    before.value == after.value
        && before.stream.is_some() == after.stream.is_some()
        && old.raw(before) == new.raw(after)
}

/// Whether a dictionary differs under these names only.
fn differs_in(before: &Dict, after: &Dict, names: &[&[u8]]) -> bool {
    let keys: BTreeSet<&Vec<u8>> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .all(|key| before.get(key) == after.get(key) || names.contains(&key.as_slice()))
}

/// Whether a list only grew, by references to these.
fn grew(before: &Value, after: &Value, by: &BTreeSet<u32>) -> bool {
    let before = before.array().unwrap_or_default();
    let Some(after) = after.array() else {
        return false;
    };
    after.len() >= before.len()
        && before.iter().zip(after).all(|(b, a)| b == a)
        && after
            .iter()
            .skip(before.len())
            .all(|item| matches!(item, Value::Ref(id, _) if by.contains(id)))
}

/// What a document says of itself, which no page shows; programs write there that they were at it.
fn info(pdf: &Pdf<'_>) -> Result<Dict, Fault> {
    Ok(match pdf.member(pdf.trailer(), b"Info")? {
        Value::Dict(dict) => dict,
        _ => Dict::new(),
    })
}

struct Allowed {
    /// What the document says of itself was compared as such.
    info: Option<u32>,
    /// The same in the newer form.
    metadata: Option<u32>,
    catalogue: u32,
    /// New fields that hold a signature.
    fields: BTreeSet<u32>,
    /// Fields that waited for a signature when the revision was signed.
    waiting: BTreeSet<u32>,
    forms: BTreeSet<u32>,
    form_lists: BTreeSet<u32>,
    pages: BTreeSet<u32>,
    page_lists: BTreeSet<u32>,
    proofs: BTreeSet<u32>,
}

fn only_signatures(old: &Pdf<'_>, new: &Pdf<'_>) -> Result<bool, Fault> {
    let (catalogue, old_root) = old.catalogue()?;
    let (root, _) = new.catalogue()?;
    // What follows the signature is no revision at all if the newest table is still the signed one.
    if root != catalogue || new.table_place().0 == old.table_place().0 {
        return Ok(false);
    }
    let (was, is) = (info(old)?, info(new)?);
    if !differs_in(&was, &is, &[b"Producer", b"ModDate"]) {
        return Ok(false);
    }
    let earlier: BTreeMap<u32, Option<u32>> = signature_fields(old)?
        .into_iter()
        .map(|field| (field.id, field.value))
        .collect();
    let mut allowed = Allowed {
        metadata: match old_root.get(b"Metadata".as_slice()) {
            Some(Value::Ref(id, _)) => Some(*id),
            _ => None,
        },
        info: match old.trailer().get(b"Info".as_slice()) {
            Some(Value::Ref(id, _)) => Some(*id),
            _ => None,
        },
        catalogue,
        fields: BTreeSet::new(),
        waiting: earlier
            .iter()
            .filter_map(|(id, value)| value.is_none().then_some(*id))
            .collect(),
        forms: BTreeSet::new(),
        form_lists: BTreeSet::new(),
        pages: BTreeSet::new(),
        page_lists: BTreeSet::new(),
        proofs: proofs(old, &old_root)?,
    };
    for field in signature_fields(new)? {
        let signed = match field.value {
            Some(value) => is_signature(new, value)?,
            None => false,
        };
        if signed && !old.entries().contains_key(&field.id) {
            allowed.fields.insert(field.id);
        }
    }
    if let Some(Value::Ref(id, _)) = old_root.get(b"AcroForm".as_slice()) {
        allowed.forms.insert(*id);
    }
    if let Value::Dict(form) = old.member(&old_root, b"AcroForm")?
        && let Some(Value::Ref(id, _)) = form.get(b"Fields".as_slice())
    {
        allowed.form_lists.insert(*id);
    }
    for (page, _) in old.pages()? {
        allowed.pages.insert(page);
        if let Value::Dict(page) = old.object(page)?.value
            && let Some(Value::Ref(id, _)) = page.get(b"Annots".as_slice())
        {
            allowed.page_lists.insert(*id);
        }
    }

    let mut dangling = BTreeSet::new();
    let mut elsewhere = BTreeSet::new();
    for id in old.entries().keys() {
        let mut value = old.object(*id)?.value;
        value.references(&mut dangling);
        if let Value::Dict(dict) = &mut value
            && *id == catalogue
        {
            dict.remove(b"DSS".as_slice());
            dict.remove(b"Metadata".as_slice());
        }
        if !allowed.proofs.contains(id) {
            value.references(&mut elsewhere);
        }
    }
    // What something else hangs on too is no mere proof.
    allowed.proofs.retain(|id| !elsewhere.contains(id));
    allowed.metadata = allowed.metadata.filter(|id| !elsewhere.contains(id));

    for (id, entry) in old.entries() {
        let unmoved = matches!(entry, Entry::At { .. }) && new.entries().get(id) == Some(entry);
        if *entry == Entry::Free || unmoved {
            continue;
        }
        let before = old.object(*id)?;
        let after = new.object(*id)?;
        if !same(old, &before, new, &after) && !explained(*id, &before, &after, &allowed, old, new)?
        {
            return Ok(false);
        }
    }
    let is_free = |pdf: &Pdf<'_>, id: u32| {
        pdf.entries()
            .get(&id)
            .is_none_or(|entry| *entry == Entry::Free)
    };
    Ok(!new
        .entries()
        .keys()
        .any(|id| is_free(old, *id) && !is_free(new, *id) && dangling.contains(id)))
}

fn is_signature(pdf: &Pdf<'_>, id: u32) -> Result<bool, Fault> {
    Ok(pdf.object(id)?.value.dict().is_some_and(|dict| {
        dict.contains_key(b"ByteRange".as_slice()) && dict.contains_key(b"Contents".as_slice())
    }))
}

/// Every list of the store of proofs as it was: what proves a signature may be added to.
fn proofs(pdf: &Pdf<'_>, root: &Dict) -> Result<BTreeSet<u32>, Fault> {
    let mut found = BTreeSet::new();
    let Some(store) = root.get(b"DSS".as_slice()) else {
        return Ok(found);
    };
    // The store, its lists, the dictionary by signatures, its entries, their lists: four steps.
    let mut waiting = BTreeSet::new();
    store.references(&mut waiting);
    for _ in 0..4 {
        let mut next = BTreeSet::new();
        for id in waiting {
            let object = pdf.object(id)?;
            if object.stream.is_none() && found.insert(id) {
                object.value.references(&mut next);
            }
        }
        waiting = next;
    }
    Ok(found)
}

fn is_metadata(object: &Object) -> bool {
    let kind = object.value.dict().and_then(|d| d.get(b"Type".as_slice()));
    object.stream.is_some() && kind.and_then(Value::name) == Some(b"Metadata")
}

fn explained(
    id: u32,
    before: &Object,
    after: &Object,
    allowed: &Allowed,
    old: &Pdf<'_>,
    new: &Pdf<'_>,
) -> Result<bool, Fault> {
    if allowed.proofs.contains(&id) {
        // A list of proofs stays a list, a proof itself is never changed.
        return Ok(before.stream.is_none() && after.stream.is_none());
    }
    if allowed.metadata == Some(id) {
        return Ok(is_metadata(before) && is_metadata(after));
    }
    if before.stream.is_some() || after.stream.is_some() {
        return Ok(false);
    }
    if allowed.form_lists.contains(&id) || allowed.page_lists.contains(&id) {
        return Ok(grew(&before.value, &after.value, &allowed.fields));
    }
    let (Some(was), Some(is)) = (before.value.dict(), after.value.dict()) else {
        return Ok(false);
    };
    if allowed.info == Some(id) {
        return Ok(differs_in(was, is, &[b"Producer", b"ModDate"]));
    }
    if id == allowed.catalogue {
        // By which issue of the standard it is written, which a further signature may raise.
        let version = is.get(b"Version".as_slice());
        return Ok(version.is_none_or(|v| v.name().is_some())
            && differs_in(
                was,
                is,
                &[b"AcroForm", b"DSS", b"Extensions", b"Metadata", b"Version"],
            )
            && form(was, is, allowed, old, new)?);
    }
    if allowed.forms.contains(&id) {
        return grown_form(was, is, allowed, old, new);
    }
    if allowed.pages.contains(&id) {
        let lists = (old.member(was, b"Annots")?, new.member(is, b"Annots")?);
        return Ok(differs_in(was, is, &[b"Annots"]) && grew(&lists.0, &lists.1, &allowed.fields));
    }
    if allowed.waiting.contains(&id) {
        let signed = match is.get(b"V".as_slice()) {
            Some(Value::Ref(value, _)) => {
                old.entries().get(value).is_none() && is_signature(new, *value)?
            }
            _ => false,
        };
        return Ok(signed && differs_in(was, is, &[b"V", b"AP", b"M", b"F"]));
    }
    Ok(false)
}

/// Whether the catalogue's form is the one that was, or grew as a form may.
fn form(
    was: &Dict,
    is: &Dict,
    allowed: &Allowed,
    old: &Pdf<'_>,
    new: &Pdf<'_>,
) -> Result<bool, Fault> {
    let key = b"AcroForm".as_slice();
    let (before, after) = (was.get(key), is.get(key));
    if before == after {
        return Ok(true);
    }
    let empty = Dict::new();
    let before = old.member(was, key)?;
    let after = new.member(is, key)?;
    match (&before, &after) {
        (Value::Null, Value::Dict(after)) => grown_form(&empty, after, allowed, old, new),
        (Value::Dict(before), Value::Dict(after)) => grown_form(before, after, allowed, old, new),
        _ => Ok(false),
    }
}

fn grown_form(
    was: &Dict,
    is: &Dict,
    allowed: &Allowed,
    old: &Pdf<'_>,
    new: &Pdf<'_>,
) -> Result<bool, Fault> {
    let lists = (old.member(was, b"Fields")?, new.member(is, b"Fields")?);
    Ok(differs_in(was, is, &[b"Fields", b"SigFlags"]) && grew(&lists.0, &lists.1, &allowed.fields))
}
