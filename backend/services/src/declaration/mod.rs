//! Declarations that the officer fills in, so that the citizen need not write (DOMAIN §8.2): begun at the counter,
//! filled from cards and from what was declared before, read back, signed, and then kept as they are.

mod fill;
mod keep;
mod sign;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use motcua_domain::declaration::{
    CardPart, DeclarationForm, Source, State, Values, check, faults, in_force, numbered, odd,
    pointer,
};
use motcua_domain::person::Warning;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::local_date;
use motcua_store::declaration::{self as rows, DeclarationRow, Filter, PersonRow};
use motcua_store::dossier::{self as dossiers, DossierRow};
use motcua_store::{CentreId, Db, DossierId, RecordId, StoreError, Ts, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::dossier::personal_data;
use crate::error::{Error, Result, stale};
use crate::inspection::look::{self, Through};
use crate::record;
use crate::reference::Names;

pub use fill::{earlier, scan};
pub use keep::{Held, held_of};
pub(crate) use keep::{SIGNED, all_told, as_told};
pub use sign::{Paper, Prepared, Signing, paper, prepare, sign};

/// Calendar days for which a declaration of no dossier is kept when nobody touches it; a convention of this
/// program: what it says of people is kept no longer than it is of use.
pub const KEPT_DAYS: i64 = 14;
/// How many such declarations are dropped at once.
const DROPPED_AT_ONCE: i64 = 100;

/// What stands in a field, where it comes from, who typed it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The value as it is stored.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
    /// Who typed or scanned it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// The code of the dossier it was taken from.
    pub from: Option<String>,
}

/// What stands in a declaration, by the keys of its fields.
pub type Entries = BTreeMap<String, Entered>;

/// A declaration with all that is told of it.
#[derive(Debug)]
pub struct Declaration {
    /// The row.
    pub row: DeclarationRow,
    /// Its form.
    pub form: &'static DeclarationForm,
    /// What stands in it.
    pub entries: Entries,
    /// Its dossier.
    pub dossier: Option<DossierRow>,
    /// What is odd about it, or about the card that was just read.
    pub warnings: Vec<Warning>,
    /// Names.
    pub names: Names,
}

/// A declaration to be begun.
#[derive(Debug, Clone)]
pub struct New {
    /// By which form.
    pub form: String,
    /// For which dossier, if there is one.
    pub dossier: Option<DossierId>,
    /// The text of a card that was scanned.
    pub card: Option<String>,
    /// Whose card it is; the first who declares when absent.
    pub party: Option<String>,
}

fn forms_unread(e: String) -> Error {
    Error::Internal(format!("the forms of declarations cannot be read: {e}"))
}

/// The forms that are used today.
///
/// # Errors
/// [`Error::Internal`] when the program's data cannot be read.
pub fn forms(services: &Services) -> Result<Vec<&'static DeclarationForm>> {
    in_force(local_date(services.now())).map_err(forms_unread)
}

/// The form of this code that is used today.
///
/// # Errors
/// `not_found`.
pub fn form(services: &Services, code: &str) -> Result<&'static DeclarationForm> {
    forms(services)?
        .into_iter()
        .find(|f| f.code == code)
        .ok_or_else(|| Refusal::not_found().into())
}

pub(crate) fn form_of(row: &DeclarationRow) -> Result<&'static DeclarationForm> {
    numbered(&row.form_code, &row.form_number)
        .map_err(forms_unread)?
        .ok_or_else(|| Error::Internal("a declaration's form is gone".into()))
}

pub(crate) fn entries_of(row: &DeclarationRow) -> Result<Entries> {
    Ok(serde_json::from_str(&row.entries).map_err(StoreError::from)?)
}

fn state_of(row: &DeclarationRow) -> Result<State> {
    State::parse(&row.state)
        .ok_or_else(|| Error::Internal("a declaration's state is unknown".into()))
}

/// The values alone.
fn values_of(entries: &Entries) -> Values {
    entries
        .iter()
        .map(|(key, e)| (key.clone(), e.value.clone()))
        .collect()
}

fn frozen() -> Refusal {
    Refusal::new(
        "declaration_signed",
        "Tờ khai đã ký: không sửa, không xóa được nữa. Cần khai lại thì lập tờ khai mới.",
        "The declaration is signed: it is neither changed nor dropped any more. Begin a new one instead.",
    )
}

/// A declaration with its form and what is told beside it.
fn shown(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DeclarationRow,
    told: Vec<Warning>,
) -> Result<Declaration> {
    Ok(Declaration {
        warnings: told,
        ..all(services, db, actor, vec![row])?
            .pop()
            .ok_or_else(|| Error::Internal("a declaration went missing".into()))?
    }
    .with_odd())
}

impl Declaration {
    fn with_odd(mut self) -> Self {
        for warning in odd(self.form, &values_of(&self.entries)) {
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        self
    }

    /// What a part of the card of the first who declares fills.
    pub fn of_declarant(&self, part: CardPart) -> Option<&str> {
        let party = self.form.declarants().next()?;
        self.of_party(&party.key, part)
    }

    /// What a part of somebody's card fills.
    pub fn of_party(&self, party: &str, part: CardPart) -> Option<&str> {
        let key = self.form.key_of(party, part)?;
        self.entries.get(&key).map(|e| e.value.as_str())
    }
}

fn all(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<DeclarationRow>,
) -> Result<Vec<Declaration>> {
    let ids: Vec<DossierId> = found.iter().filter_map(|r| r.dossier_id.clone()).collect();
    let known = if ids.is_empty() {
        Vec::new()
    } else {
        dossiers::by_ids(db, &ids)?
    };
    let mut people: BTreeSet<UserId> = BTreeSet::new();
    let mut all = Vec::with_capacity(found.len());
    for row in found {
        let entries = entries_of(&row)?;
        people.insert(row.created_by.clone());
        people.extend(row.signed_by.clone());
        people.extend(entries.values().map(|e| e.by.clone()));
        all.push(Declaration {
            form: form_of(&row)?,
            entries,
            dossier: known
                .iter()
                .find(|d| Some(&d.id) == row.dossier_id.as_ref())
                .cloned(),
            warnings: Vec::new(),
            names: Names::new(),
            row,
        });
    }
    let names = services.names(db, actor.stamp, people.iter())?;
    for declaration in &mut all {
        declaration.names = names.clone();
    }
    Ok(all)
}

/// Records something of a declaration; never what stands in it.
fn recorded(
    db: &mut Db,
    row: &DeclarationRow,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    action: &str,
    data: Value,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        now,
        actor,
        action,
        ("declaration", row.id.as_str()),
        data,
    )
}

/// Who stands in a declaration by number.
fn people(row: &DeclarationRow, form: &DeclarationForm, entries: &Entries) -> Vec<PersonRow> {
    form.parties
        .iter()
        .filter_map(|party| {
            let key = form.key_of(&party.key, CardPart::IdentityNumber)?;
            Some(PersonRow {
                declaration_id: row.id.clone(),
                party: party.key.clone(),
                centre_id: row.centre_id.clone(),
                identity_number: entries.get(&key)?.value.clone(),
            })
        })
        .collect()
}

/// A declaration as it is about to be changed.
struct Open {
    row: DeclarationRow,
    form: &'static DeclarationForm,
    entries: Entries,
    state: State,
    now: DateTime<Utc>,
}

impl Open {
    fn today(&self) -> NaiveDate {
        local_date(self.now)
    }

    /// Puts a value in a field, unless it stands there already; whether it did not.
    fn put(&mut self, actor: &Actor, key: &str, value: &str, source: Source) -> bool {
        self.put_from(actor, key, value, source, None)
    }

    fn put_from(
        &mut self,
        actor: &Actor,
        key: &str,
        value: &str,
        source: Source,
        from: Option<String>,
    ) -> bool {
        let same = self
            .entries
            .get(key)
            .is_some_and(|e| e.value == value && (e.source == source || source != Source::Card));
        if same {
            return false;
        }
        self.entries.insert(
            key.to_owned(),
            Entered {
                value: value.to_owned(),
                source,
                by: actor.user_id.clone(),
                at: Ts::new(self.now).0,
                from,
            },
        );
        true
    }

    /// Saves it as it now stands.
    fn saved(mut self, db: &mut Db, state: State) -> Result<DeclarationRow> {
        let before = self.row.version;
        self.row.state = state.as_str().to_owned();
        self.row.entries = serde_json::to_string(&self.entries).map_err(StoreError::from)?;
        self.row.updated_at = Ts::new(self.now);
        self.row.version += 1;
        let people = people(&self.row, self.form, &self.entries);
        if !rows::save(db, &self.row, &people, before)? {
            return Err(stale(self.row.version));
        }
        Ok(self.row)
    }
}

/// A declaration of the actor's centres, at the version that the caller saw.
fn seen(db: &mut Db, actor: &Actor, id: &RecordId, version: i64) -> Result<DeclarationRow> {
    let centres = actor.centres(Permission::TakeIn);
    let row = rows::find(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    Ok(row)
}

/// As [`seen`], to be changed: what is signed is not.
fn open(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Open> {
    let row = seen(db, actor, id, version)?;
    let state = state_of(&row)?;
    if state == State::Signed {
        return Err(frozen().into());
    }
    Ok(Open {
        form: form_of(&row)?,
        entries: entries_of(&row)?,
        state,
        now: services.now(),
        row,
    })
}

fn no_party(pointer: &str) -> Refusal {
    bad_field(
        pointer,
        "unknown_value",
        "Tờ khai này không có người đó.",
        "The declaration has no such party.",
    )
}

/// Begins a declaration.
///
/// # Errors
/// `not_found` for a dossier out of sight; `validation_failed` at `/form_code`, `/dossier_id`, `/party`;
/// `card_unreadable`.
pub fn begin(services: &Services, db: &mut Db, actor: &Actor, new: &New) -> Result<Declaration> {
    let now = services.now();
    drop_untouched(db, now)?;
    let form = forms(services)?
        .into_iter()
        .find(|f| f.code == new.form)
        .ok_or_else(|| {
            bad_field(
                "/form_code",
                "unknown_value",
                "Không có mẫu tờ khai này.",
                "There is no such form of a declaration.",
            )
        })?;
    let centre = match &new.dossier {
        Some(id) => {
            let scope = actor.scope(Permission::TakeIn);
            let dossier = dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
            if !form.procedures.contains(&dossier.procedure_code) {
                return Err(bad_field(
                    "/dossier_id",
                    "form_of_other_procedure",
                    "Mẫu tờ khai này không dùng cho thủ tục của hồ sơ.",
                    "The form is not for the dossier's procedure.",
                )
                .into());
            }
            dossier.centre_id
        }
        None => actor
            .centre_for(Permission::TakeIn, None)
            .ok_or_else(Refusal::not_found)?,
    };
    let row = DeclarationRow {
        id: RecordId::new(),
        centre_id: centre,
        dossier_id: new.dossier.clone(),
        form_code: form.code.clone(),
        form_number: form.number.clone(),
        state: State::Draft.as_str().to_owned(),
        entries: "{}".to_owned(),
        created_by: actor.user_id.clone(),
        created_at: Ts::new(now),
        updated_at: Ts::new(now),
        signed_by: None,
        signed_at: None,
        signed_how: None,
        paper_sha256: None,
        disposed_at: None,
        version: 1,
    };
    let mut begun = Open {
        row,
        form,
        entries: Entries::new(),
        state: State::Draft,
        now,
    };
    let mut told = Vec::new();
    if let Some(text) = &new.card {
        let first = form.declarants().next().map(|p| p.key.as_str());
        let party = new.party.as_deref().or(first).unwrap_or_default();
        told = fill::from_text(&mut begun, actor, (party, "/party"), (text, "/card_text"))?.1;
    } else if let Some(party) = &new.party
        && form.party(party).is_none()
    {
        return Err(no_party("/party").into());
    }
    begun.row.entries = serde_json::to_string(&begun.entries).map_err(StoreError::from)?;
    let Open { row, entries, .. } = begun;
    rows::insert(db, &row, &people(&row, form, &entries))?;
    let fields: Vec<&String> = entries.keys().collect();
    recorded(
        db,
        &row,
        now,
        Some(actor),
        "declaration.begun",
        json!({ "form": row.form_number, "dossier": row.dossier_id, "fields": fields }),
    )?;
    shown(services, db, actor, row, told)
}

/// Drops what nobody has touched for a time.
fn drop_untouched(db: &mut Db, now: DateTime<Utc>) -> Result<()> {
    let since = Ts::new(now - TimeDelta::days(KEPT_DAYS));
    for row in rows::untouched(db, since, DROPPED_AT_ONCE)? {
        rows::delete(db, &row.id)?;
        let data = json!({ "form": row.form_number, "untouched_days": KEPT_DAYS });
        recorded(db, &row, now, None, "declaration.dropped", data)?;
    }
    Ok(())
}

/// Declarations next to an edge, newest first: those of a dossier that the actor may read, or else those of the
/// centres at whose counters the actor sits.
///
/// # Errors
/// `not_found` for a dossier out of sight.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<(Vec<Declaration>, Option<Through>)> {
    let through = match &filter.dossier {
        Some(id) => look::readable(services, db, actor, Permission::ReadDossiers, id)?.1,
        None => None,
    };
    let centres = actor.centres(Permission::TakeIn);
    let found = rows::page(db, &centres, filter, edge, limit)?;
    Ok((all(services, db, actor, found)?, through))
}

/// A declaration that the actor may read: of the own counter, or of a dossier whose people's data the actor may
/// read. The look is recorded, except at the counter where it is still being written.
fn looked_at(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<DeclarationRow> {
    let row = rows::by_id(db, id)?.ok_or_else(Refusal::not_found)?;
    let own: Vec<CentreId> = actor.centres(Permission::TakeIn);
    let at_counter = own.contains(&row.centre_id);
    if at_counter && row.state != State::Signed.as_str() {
        return Ok(row);
    }
    match (&row.dossier_id, at_counter) {
        (Some(dossier), false) => {
            personal_data(services, db, actor, dossier, "declaration")?;
        }
        (None, false) => return Err(Refusal::not_found().into()),
        (_, true) => recorded(
            db,
            &row,
            services.now(),
            Some(actor),
            "declaration.viewed",
            json!({ "dossier": row.dossier_id }),
        )?,
    }
    Ok(row)
}

/// One declaration.
///
/// # Errors
/// `not_found`.
pub fn read(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Declaration> {
    let row = looked_at(services, db, actor, id)?;
    shown(services, db, actor, row, Vec::new())
}

/// What fields are to hold; none empties one.
pub type Changes = BTreeMap<String, Option<String>>;

/// Puts values in fields, or empties them. What the citizen changes while it is read back stays read back; what the
/// officer changes is read back anew.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`; `validation_failed` at each field at fault.
pub fn change(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    changes: &Changes,
    by: Source,
) -> Result<Declaration> {
    let mut open = open(services, db, actor, id, version)?;
    let today = open.today();
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut changed: Vec<&String> = Vec::new();
    for (key, text) in changes {
        let Some((_, field)) = open.form.field(key) else {
            wrong.push(FieldError::new(
                pointer(key),
                "unknown_value",
                "Mẫu tờ khai không có mục này.",
                "The form has no such field.",
            ));
            continue;
        };
        match check(field, text.as_deref().unwrap_or_default(), today) {
            Ok(Some(value)) => {
                if open.put(actor, key, &value, by) {
                    changed.push(key);
                }
            }
            Ok(None) => {
                if open.entries.remove(key).is_some() {
                    changed.push(key);
                }
            }
            Err(fault) => wrong.push(fault.at(pointer(key))),
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::invalid(wrong).into());
    }
    if changed.is_empty() {
        return shown(services, db, actor, open.row, Vec::new());
    }
    let state = if open.state == State::ReadBack && by == Source::Citizen {
        whole(&open)?;
        State::ReadBack
    } else {
        State::Draft
    };
    let now = open.now;
    let row = open.saved(db, state)?;
    recorded(
        db,
        &row,
        now,
        Some(actor),
        "declaration.changed",
        json!({ "fields": changed, "by": by, "state": state, "version": row.version }),
    )?;
    shown(services, db, actor, row, Vec::new())
}

/// That nothing is missing and everything is as it should be.
fn whole(open: &Open) -> Result<()> {
    let faults = faults(open.form, &values_of(&open.entries), open.today());
    if faults.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid(faults).into())
}

/// That a declaration is whole, and is read back to the citizen.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`; `validation_failed` at each field that is missing or wrong.
pub fn read_back(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Declaration> {
    let open = open(services, db, actor, id, version)?;
    whole(&open)?;
    let now = open.now;
    let row = open.saved(db, State::ReadBack)?;
    let data = json!({ "version": row.version });
    recorded(db, &row, now, Some(actor), "declaration.read_back", data)?;
    shown(services, db, actor, row, Vec::new())
}

/// Drops a declaration that was not signed.
///
/// # Errors
/// `not_found`, `version_stale`, `declaration_signed`.
pub fn discard(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<()> {
    let open = open(services, db, actor, id, version)?;
    rows::delete(db, id)?;
    let data = json!({ "form": open.row.form_number, "dossier": open.row.dossier_id });
    recorded(
        db,
        &open.row,
        open.now,
        Some(actor),
        "declaration.dropped",
        data,
    )
}
