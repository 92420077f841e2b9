//! Reading the books of certification.

use motcua_domain::certification::{BookLine, CertificationKind as Kind, write_book};
use motcua_domain::text::mask_number;
use motcua_domain::vn_time::local_date;
use motcua_store::Db;
use motcua_store::certification::{self as rows, Book, Line, Wanted};
use motcua_store::dossier::Needle;
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::needle;
use crate::error::{Error, Result};
use crate::record;

/// Lines read at once for a sheet.
const BATCH: i64 = 1_000;

/// What is meant by a text typed above a book: a number of it, a dossier's code, or a name. None when
/// it can mean nothing here.
fn wanted(text: &str) -> Option<Wanted> {
    let text = text.trim();
    if !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(Wanted::Number);
    }
    match needle(text)? {
        Needle::Code(code) => Some(Wanted::Code(code)),
        Needle::Words(words) => Some(Wanted::Words(words)),
        Needle::Identity(_) | Needle::Phone(_) => None,
    }
}

/// A page of a book, newest first.
///
/// # Errors
/// Storage failures only.
pub fn book_page(
    db: &mut Db,
    actor: &Actor,
    book: &Book,
    q: Option<&str>,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> Result<Vec<Line>> {
    let scope = actor.scope(Permission::ReadRegisters);
    let wanted = match q.map(str::trim).filter(|q| !q.is_empty()) {
        None => None,
        Some(q) => match wanted(q) {
            Some(w) => Some(w),
            None => return Ok(Vec::new()),
        },
    };
    Ok(rows::page(db, &scope, book, wanted.as_ref(), edge, limit)?)
}

/// A whole book as a sheet, its first line first. That it was taken out is recorded: it names people.
///
/// # Errors
/// Storage failures only.
pub fn export_book(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    kind: Kind,
    book: &Book,
) -> Result<String> {
    let scope = actor.scope(Permission::ReadRegisters);
    let whole = actor.may(Permission::ReadPersonalData);
    let mut lines: Vec<BookLine> = Vec::new();
    let mut edge = Some((0, true));
    while let Some(from) = edge {
        // Towards the newest: such a page comes in the list's order, newest first.
        let page = rows::page(db, &scope, book, None, Some(from), BATCH)?;
        edge = page.first().map(|(newest, _)| (newest.number, true));
        lines.extend(page.into_iter().rev().map(|(e, code)| BookLine {
            number: e.number,
            on: local_date(e.certified_at.0),
            requester_name: e.requester_name,
            requester_identity: e.requester_identity.map(
                |n| {
                    if whole { n } else { mask_number(&n) }
                },
            ),
            document_name: e.document_name,
            original_pages: e.original_pages,
            copies: e.copies,
            fee_vnd: e.fee_vnd,
            signer_name: e.signer_name,
            signer_title: e.signer_title,
            dossier_code: code,
        }));
    }
    if let Some(centre) = actor.centres(Permission::ReadRegisters).first() {
        record::audit(
            db,
            centre,
            services.now(),
            Some(actor),
            "certification_book.exported",
            ("authority", book.authority.as_str()),
            json!({ "kind": book.kind, "year": book.year, "lines": lines.len() }),
        )?;
    }
    write_book(kind, lines).map_err(Error::Internal)
}
