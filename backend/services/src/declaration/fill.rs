//! Filling a declaration: from a card, and from what somebody declared before.

use motcua_domain::citizen_card::parse;
use motcua_domain::declaration::{CardPart, Source, State, check, from_card};
use motcua_domain::person::Warning;
use motcua_store::declaration as rows;
use motcua_store::dossier::{Filter, Needle, Sort, by_id, page};
use motcua_store::{CentreId, Db, DossierId, RecordId, Ts};
use serde_json::json;

use super::{Declaration, Open, entries_of, form_of, no_party, open, recorded, shown};
use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::dossier::personal_data;
use crate::error::Result;

/// The fields that describe a person wherever the person stands; all forms call them by these words.
const OF_A_PERSON: [&str; 11] = [
    "full_name",
    "birth_date",
    "sex",
    "ethnicity",
    "nationality",
    "address",
    "identity_number",
    "id_issued_on",
    "phone",
    "email",
    "current_address",
];
/// How many earlier dossiers and declarations are looked at.
const MOST_EARLIER: i64 = 5;

/// Fills what a card's text says, and tells which fields and what is odd.
pub(super) fn from_text(
    open: &mut Open,
    actor: &Actor,
    (party, party_at): (&str, &str),
    (text, text_at): (&str, &str),
) -> Result<(Vec<String>, Vec<Warning>)> {
    if open.form.party(party).is_none() {
        return Err(no_party(party_at).into());
    }
    let card = parse(text).map_err(|mut refusal| {
        for error in &mut refusal.errors {
            error.pointer = text_at.to_owned();
        }
        refusal
    })?;
    let filled = from_card(open.form, party, &card, open.today());
    let mut keys = Vec::new();
    for (key, value) in filled.values {
        if open.put(actor, &key, &value, Source::Card) {
            keys.push(key);
        }
    }
    Ok((keys, filled.warnings))
}

/// Fills what a card that was scanned says of a party.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`, `card_unreadable`; `validation_failed` at `/party`.
pub fn scan(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    party: &str,
    text: &str,
) -> Result<Declaration> {
    let mut open = open(services, db, actor, id, version)?;
    let (keys, told) = from_text(&mut open, actor, (party, "/party"), (text, "/text"))?;
    if keys.is_empty() {
        return shown(services, db, actor, open.row, told);
    }
    let now = open.now;
    let row = open.saved(db, State::Draft)?;
    recorded(
        db,
        &row,
        now,
        Some(actor),
        "declaration.card_read",
        json!({ "party": party, "fields": keys, "version": row.version }),
    )?;
    shown(services, db, actor, row, told)
}

/// What was known of somebody at one time: where, and what by the words of [`OF_A_PERSON`].
struct Known {
    at: Ts,
    dossier: Option<DossierId>,
    code: Option<String>,
    values: Vec<(&'static str, String)>,
}

/// What somebody of this number declared and signed before.
fn declared(db: &mut Db, centres: &[CentreId], number: &str) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    for (row, party) in rows::signed_by_number(db, centres, number, MOST_EARLIER)? {
        let (form, entries) = (form_of(&row)?, entries_of(&row)?);
        let values = form
            .fields_of(&party)
            .filter_map(|(key, field)| {
                let word = OF_A_PERSON.iter().find(|word| **word == field.key)?;
                Some((*word, entries.get(&key)?.value.clone()))
            })
            .collect();
        let dossier = match &row.dossier_id {
            Some(id) => by_id(db, id)?,
            None => None,
        };
        known.push(Known {
            at: row.signed_at.unwrap_or(row.created_at),
            dossier: row.dossier_id,
            code: dossier.and_then(|d| d.code),
            values,
        });
    }
    Ok(known)
}

/// A birth date as a declaration writes it.
fn written_birth(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => text.to_owned(),
    }
}

/// What dossiers whose owner has this number say of the owner.
fn in_dossiers(db: &mut Db, actor: &Actor, number: &str) -> Result<Vec<Known>> {
    let scope = actor.scope(Permission::TakeIn);
    let filter = Filter {
        needle: Some(Needle::Identity(number.to_owned())),
        ..Filter::default()
    };
    let mut known = Vec::new();
    for found in page(db, &scope, &filter, Sort::ReceivedDesc, None, MOST_EARLIER)? {
        let Some(row) = by_id(db, &found.id)? else {
            continue;
        };
        let values = [
            ("full_name", Some(row.owner_name)),
            (
                "birth_date",
                row.owner_birth.map(|text| written_birth(&text)),
            ),
            ("address", row.owner_address),
            ("phone", row.owner_phone),
            ("email", row.owner_email),
        ];
        known.push(Known {
            at: row.received_at,
            dossier: Some(row.id),
            code: row.code,
            values: values
                .into_iter()
                .filter_map(|(word, value)| Some((word, value?)))
                .collect(),
        });
    }
    Ok(known)
}

/// Fills a party's empty fields with what dossiers and signed declarations of the same person say, the newest first.
/// Looking into a dossier's people is recorded with the dossier.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`; `validation_failed` at `/party`, with
/// `identity_number_missing` where nobody's number stands in it.
pub fn earlier(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    party: &str,
) -> Result<Declaration> {
    let mut open = open(services, db, actor, id, version)?;
    if open.form.party(party).is_none() {
        return Err(no_party("/party").into());
    }
    let number = open
        .form
        .key_of(party, CardPart::IdentityNumber)
        .and_then(|key| open.entries.get(&key))
        .map(|e| e.value.clone())
        .ok_or_else(|| {
            bad_field(
                "/party",
                "identity_number_missing",
                "Chưa có số định danh của người này để tìm hồ sơ cũ.",
                "There is no identity number of this party to look for.",
            )
        })?;
    let mut known = declared(db, std::slice::from_ref(&open.row.centre_id), &number)?;
    known.extend(in_dossiers(db, actor, &number)?);
    known.sort_by_key(|one| std::cmp::Reverse(one.at));
    let (mut keys, mut from) = (Vec::new(), Vec::new());
    for one in known {
        let mut used = false;
        for (key, field) in open.form.fields_of(party) {
            if open.entries.contains_key(&key) {
                continue;
            }
            let said = one.values.iter().find(|(word, _)| *word == field.key);
            let Some((_, value)) = said else { continue };
            // What a form of today does not take is typed anew.
            let Ok(Some(value)) = check(field, value, open.today()) else {
                continue;
            };
            open.put_from(actor, &key, &value, Source::Dossier, one.code.clone());
            keys.push(key);
            used = true;
        }
        if used && let Some(dossier) = one.dossier {
            personal_data(services, db, actor, &dossier, "declaration")?;
            from.push(dossier);
        }
    }
    if keys.is_empty() {
        return shown(services, db, actor, open.row, Vec::new());
    }
    let now = open.now;
    let row = open.saved(db, State::Draft)?;
    recorded(
        db,
        &row,
        now,
        Some(actor),
        "declaration.filled",
        json!({ "party": party, "fields": keys, "from": from, "version": row.version }),
    )?;
    shown(services, db, actor, row, Vec::new())
}
