//! The books of certification: written once, never changed.

use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{certification_entries, dossier_words, dossiers};
use crate::ts::Ts;

/// One line of a book.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = certification_entries)]
#[allow(missing_docs, reason = "plain columns")]
pub struct EntryRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub kind: String,
    pub year: i32,
    /// From 1 each year, without a gap, in the book of this authority and kind.
    pub number: i64,
    pub dossier_id: DossierId,
    /// Place among the entries of its dossier, from 1.
    pub ord: i32,
    pub certified_at: Ts,
    pub requester_name: String,
    pub requester_identity: Option<String>,
    pub document_name: String,
    pub original_pages: i32,
    pub copies: i32,
    pub fee_vnd: i64,
    pub signer_id: UserId,
    pub signer_name: String,
    pub signer_title: Option<String>,
    pub certified_by: UserId,
}

/// Writes the entries of a dossier.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, entries: &[EntryRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(certification_entries::table)
        .values(entries)
        .execute(c))?;
    Ok(())
}

/// The entries of these dossiers, each dossier's in order.
///
/// # Errors
/// Storage failures only.
pub fn of_dossiers(db: &mut Db, ids: &[String]) -> StoreResult<Vec<EntryRow>> {
    Ok(certification_entries::table
        .filter(certification_entries::dossier_id.eq_any(ids.to_vec()))
        .order((
            certification_entries::dossier_id.asc(),
            certification_entries::ord.asc(),
        ))
        .select(EntryRow::as_select())
        .load(db)?)
}

/// Which book.
#[derive(Debug, Clone)]
pub struct Book {
    /// Whose.
    pub authority: AuthorityId,
    /// Word of the kind.
    pub kind: String,
    /// Of which year.
    pub year: i32,
}

/// What is looked for in a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An entry's number.
    Number(i64),
    /// The entries of a dossier's code.
    Code(String),
    /// Folded words of the requester's name; the last may be only begun.
    Words(Vec<String>),
}

/// A line with the code of its dossier.
pub type Line = (EntryRow, Option<String>);

/// Lines of a book within the scope, newest first, next to an edge (a number, and whether what stands
/// before it in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    scope: &Scope,
    book: &Book,
    wanted: Option<&Wanted>,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> StoreResult<Vec<Line>> {
    use certification_entries as e;
    let mut q = e::table
        .inner_join(dossiers::table)
        .select((EntryRow::as_select(), dossiers::code))
        .filter(e::authority_id.eq(book.authority.clone()))
        .filter(e::kind.eq(book.kind.clone()))
        .filter(e::year.eq(book.year))
        .limit(limit)
        .into_boxed();
    if !scope.authorities.contains(&book.authority) {
        q = q.filter(e::centre_id.eq_any(scope.centres.clone()));
    }
    match wanted {
        None => {}
        Some(Wanted::Number(n)) => q = q.filter(e::number.eq(*n)),
        Some(Wanted::Code(code)) => q = q.filter(dossiers::code.eq(code.clone())),
        Some(Wanted::Words(words)) => {
            for (i, word) in words.iter().enumerate() {
                let end = if i + 1 == words.len() {
                    '\u{10FFFF}'
                } else {
                    '\u{1}'
                };
                let ids = dossier_words::table
                    .select(dossier_words::dossier_id)
                    .filter(dossier_words::authority_id.eq(book.authority.clone()))
                    .filter(dossier_words::word.ge(word.clone()))
                    .filter(dossier_words::word.lt(format!("{word}{end}")));
                q = q.filter(e::dossier_id.eq_any(ids));
            }
        }
    }
    let backwards = edge.is_some_and(|(_, b)| b);
    if let Some((number, _)) = edge {
        q = if backwards {
            q.filter(e::number.gt(number))
        } else {
            q.filter(e::number.lt(number))
        };
    }
    q = if backwards {
        q.order(e::number.asc())
    } else {
        q.order(e::number.desc())
    };
    let mut found: Vec<Line> = q.load(db)?;
    if backwards {
        found.reverse();
    }
    Ok(found)
}

/// How many entries a book has.
///
/// # Errors
/// Storage failures only.
pub fn count(db: &mut Db, authority: &str, kind: &str, year: i32) -> StoreResult<i64> {
    Ok(certification_entries::table
        .filter(certification_entries::authority_id.eq(authority))
        .filter(certification_entries::kind.eq(kind))
        .filter(certification_entries::year.eq(year))
        .count()
        .get_result(db)?)
}
