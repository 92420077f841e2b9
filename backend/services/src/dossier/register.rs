//! Form 07: the yearly register of what an authority's dossiers were received under.

use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::dossier::{
    DossierRow, FilerRow, LetterRow, ReturnRow, others_on, register_page, slips_of,
};
use motcua_store::personal_data::{filers_of, returns_of};
use motcua_store::{AuthorityId, CentreId, Db, DossierId};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::record;

/// The most numbers that are taken out at once.
pub const MOST_NUMBERS: u32 = 1000;

/// A dossier in the register.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The dossier.
    pub row: DossierRow,
    /// Who brought it, when another than its owner.
    pub filer: Option<FilerRow>,
    /// Who took the result away.
    pub hand_back: Option<ReturnRow>,
}

/// A number of the register: a slip and the dossiers on it.
#[derive(Debug, Clone)]
pub struct RegisterLine {
    /// The slip.
    pub letter: LetterRow,
    /// The number it stands instead of, when it was issued anew.
    pub instead_of: Option<i64>,
    /// The dossiers on it, the bearer first.
    pub entries: Vec<Entry>,
}

/// Some numbers of a register, whoever may see them.
#[derive(Debug, Clone)]
pub struct Register {
    /// The centre.
    pub centre: String,
    /// The authority.
    pub authority: String,
    /// The year.
    pub year: i32,
    /// The numbers, the least first.
    pub lines: Vec<RegisterLine>,
    /// Whether people are shown whole.
    pub whole: bool,
}

fn completed(db: &mut Db, found: Vec<(LetterRow, DossierRow)>) -> Result<Vec<RegisterLine>> {
    let letters: Vec<_> = found.iter().map(|(l, _)| l.id.clone()).collect();
    let bearers: Vec<DossierId> = found.iter().map(|(l, _)| l.dossier_id.clone()).collect();
    let mut others = others_on(db, &letters)?;
    let ids: Vec<DossierId> = bearers
        .iter()
        .cloned()
        .chain(others.iter().map(|(_, d)| d.id.clone()))
        .collect();
    let filers = filers_of(db, &ids)?;
    let returns = returns_of(db, &ids)?;
    let slips = slips_of(db, &bearers)?;
    let entry = |row: DossierRow| Entry {
        filer: filers.iter().find(|f| f.dossier_id == row.id).cloned(),
        hand_back: returns
            .iter()
            .filter(|r| r.dossier_id == row.id)
            .max_by_key(|r| r.returned_at)
            .cloned(),
        row,
    };
    Ok(found
        .into_iter()
        .map(|(letter, bearer)| {
            let (with_it, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut others)
                .into_iter()
                .partition(|(slip, _)| *slip == letter.id);
            others = rest;
            let before = slips
                .iter()
                .filter(|s| s.dossier_id == letter.dossier_id && s.id < letter.id);
            RegisterLine {
                instead_of: before.map(|s| s.number).next_back(),
                entries: std::iter::once(bearer)
                    .chain(with_it.into_iter().map(|(_, d)| d))
                    .map(entry)
                    .collect(),
                letter,
            }
        })
        .collect())
}

/// A page of the register of an authority and a year, the greatest number first.
///
/// # Errors
/// Storage failures only.
pub fn register(
    db: &mut Db,
    actor: &Actor,
    (authority, year): (&AuthorityId, i32),
    edge: Option<(i64, bool)>,
    limit: i64,
) -> Result<Vec<RegisterLine>> {
    let scope = actor.scope(Permission::ReadRegisters);
    let found = register_page(db, &scope, authority, year, edge, limit)?;
    completed(db, found)
}

/// Numbers of a register to be taken out, the least first, at most [`MOST_NUMBERS`]. That they were taken out
/// is recorded: they name people, whole for whoever may read personal data.
///
/// # Errors
/// `validation_failed` when the last number comes before the first or more are asked for than are given at once.
pub fn register_taken_out(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (authority, year): (&AuthorityId, i32),
    (from, to): (u32, Option<u32>),
) -> Result<Register> {
    let last = from.saturating_add(MOST_NUMBERS - 1);
    if to.is_some_and(|to| to < from || to > last) {
        let error = FieldError::out_of_range("to", from.into(), last.into());
        return Err(Refusal::invalid(vec![error]).into());
    }
    let (from, to) = (i64::from(from), i64::from(to.unwrap_or(last)));
    let scope = actor.scope(Permission::ReadRegisters);
    let edge = Some((from - 1, true));
    let mut found = register_page(db, &scope, authority, year, edge, MOST_NUMBERS.into())?;
    found.reverse();
    found.retain(|(letter, _)| letter.number <= to);
    let home: Option<CentreId> = match found.first() {
        Some((_, row)) => Some(row.centre_id.clone()),
        None => actor.centres(Permission::ReadRegisters).first().cloned(),
    };
    let lines = completed(db, found)?;
    let mut centre = String::new();
    if let Some(home) = &home {
        centre.clone_from(&services.centre(db, actor.stamp, home)?.name);
        record::audit(
            db,
            home,
            services.now(),
            Some(actor),
            "dossier_register.exported",
            ("authority", authority.as_str()),
            json!({ "year": year, "from": from, "to": to, "lines": lines.len() }),
        )?;
    }
    let name = services.authority(db, actor.stamp, authority)?;
    Ok(Register {
        centre,
        authority: name.map(|a| a.name.clone()).unwrap_or_default(),
        year,
        lines,
        whole: actor.may(Permission::ReadPersonalData),
    })
}
