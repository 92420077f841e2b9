//! Whether somebody's dossier is here already: a warning at intake, never a refusal.

use motcua_domain::person::{self, OwnerKind};
use motcua_domain::text::{fold_vi, typed_words};
use motcua_store::Db;
use motcua_store::dossier::{self as rows, DossierListRow, Filter, Needle, Sort};

use crate::actor::{Actor, Permission};
use crate::error::Result;

/// The most that is told of: beyond it the search page is the better place.
pub const MOST: i64 = 10;

/// Whose dossier is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The procedure.
    pub procedure_code: String,
    /// The owner's name as typed.
    pub full_name: String,
    /// His number, if he has one.
    pub identity_number: Option<String>,
    /// His birth date, if it is known.
    pub birth_date: Option<String>,
}

/// Why a dossier may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The same owner by his number.
    IdentityNumber,
    /// The same name, folded, and the same birth date.
    NameAndBirthDate,
}

/// Open dossiers of the same procedure whose owner seems to be the same person, newest first.
///
/// # Errors
/// Storage failures only. What cannot be a number or a name is looked for in vain.
pub fn duplicates(
    db: &mut Db,
    actor: &Actor,
    asked: &Asked,
) -> Result<Vec<(DossierListRow, Because)>> {
    let scope = actor.scope(Permission::ReadDossiers);
    let open = || Filter {
        states: super::list::open_states(),
        procedure_code: Some(asked.procedure_code.clone()),
        ..Filter::default()
    };
    let mut found: Vec<(DossierListRow, Because)> = Vec::new();
    let number = asked
        .identity_number
        .as_deref()
        .and_then(|n| person::check_owner_number(OwnerKind::Citizen, n).ok());
    if let Some(number) = number {
        let filter = Filter {
            needle: Some(Needle::Identity(number)),
            ..open()
        };
        let page = rows::page(db, &scope, &filter, Sort::ReceivedDesc, None, MOST)?;
        found.extend(page.into_iter().map(|row| (row, Because::IdentityNumber)));
    }
    let words: Vec<String> = typed_words(&asked.full_name).into_iter().take(8).collect();
    if let Some(birth) = asked.birth_date.clone().filter(|_| !words.is_empty()) {
        let name = fold_vi(&asked.full_name);
        let filter = Filter {
            needle: Some(Needle::Words(words)),
            owner_birth: Some(birth),
            ..open()
        };
        for row in rows::page(db, &scope, &filter, Sort::ReceivedDesc, None, MOST)? {
            let known = found.iter().any(|(f, _)| f.id == row.id);
            // The last word was looked up as one that may be only begun.
            if !known && fold_vi(&row.owner_name) == name {
                found.push((row, Because::NameAndBirthDate));
            }
        }
    }
    Ok(found)
}
