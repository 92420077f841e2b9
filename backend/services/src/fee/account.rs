//! Where an authority collects. Whoever could change that alone could take everybody's money: one names
//! an account, another confirms it.

use motcua_domain::refusal::Refusal;
use motcua_domain::vietqr::{self, Service};
use motcua_domain::vn_time::local_date;
use motcua_store::payment::{self as rows, AccountRow};
use motcua_store::{AuthorityId, Db, RecordId, StoreError, Ts, centre};
use serde_json::{Value, json};

use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// An account to be named.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of an account")]
pub struct NewAccount {
    pub authority: AuthorityId,
    pub bank_bin: String,
    pub account_number: String,
    pub holder: String,
    /// The document that names it.
    pub source: String,
}

/// Accounts, with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Accounts {
    pub rows: Vec<AccountRow>,
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<AccountRow>,
) -> Result<Accounts> {
    let people = rows.iter().flat_map(|a| {
        [
            Some(&a.proposed_by),
            a.confirmed_by.as_ref(),
            a.ended_by.as_ref(),
        ]
        .into_iter()
        .flatten()
    });
    let names = services.names(db, actor.stamp, people)?;
    Ok(Accounts { rows, names })
}

/// The accounts within what the actor may read, the last named first.
///
/// # Errors
/// Storage failures only.
pub fn accounts(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Accounts> {
    let found = rows::accounts_page(db, &actor.scope(Permission::ReadPayments), edge, limit)?;
    told(services, db, actor, found)
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &AccountRow,
    what: &str,
) -> Result<()> {
    let facts: Value = json!({
        "authority": row.authority_id,
        "bank_bin": row.bank_bin,
        "account_number": row.account_number,
        "holder": row.holder,
    });
    let subject = ("collection_account", row.id.as_str());
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        subject,
        facts,
    )
}

fn known() -> Error {
    Refusal::new(
        "account_known",
        "Tài khoản này đã được khai báo và chưa kết thúc.",
        "This account is named already and has not ended.",
    )
    .into()
}

/// Names an account. Nothing is paid to it before another confirms it.
///
/// # Errors
/// `validation_failed`, `authority_unknown`, `account_known`.
pub fn propose(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewAccount,
) -> Result<Accounts> {
    let mut texts = Texts::default();
    let holder = texts.line(&new.holder, "/holder", 150);
    let source = texts.line(&new.source, "/source", 300);
    let wanted = vietqr::Request {
        bank_bin: new.bank_bin.clone(),
        account_number: new.account_number.clone(),
        amount_vnd: None,
        purpose: None,
        service: Service::Account,
    };
    if let Err(refused) = vietqr::encode(&wanted) {
        texts.also(refused.errors);
    }
    texts.sound()?;
    let today = local_date(services.now());
    let mut serving = None;
    for centre in actor.centres(Permission::ManageAccounts) {
        if centre::serves(db, &centre, &new.authority, today)? {
            serving = Some(centre);
            break;
        }
    }
    let Some(centre_id) = serving else {
        return Err(bad_field(
            "/authority_id",
            "authority_unknown",
            "Trung tâm không có cơ quan này.",
            "The centre has no such authority.",
        )
        .into());
    };
    let used = rows::accounts_numbered(db, &new.bank_bin, &new.account_number)?;
    if used.iter().any(|a| a.ended_at.is_none()) {
        return Err(known());
    }
    let row = AccountRow {
        id: RecordId::new(),
        centre_id,
        authority_id: new.authority.clone(),
        bank_bin: new.bank_bin.clone(),
        account_number: new.account_number.clone(),
        holder,
        source,
        proposed_by: actor.user_id.clone(),
        proposed_at: Ts::new(services.now()),
        confirmed_by: None,
        confirmed_at: None,
        ended_by: None,
        ended_at: None,
        version: 1,
    };
    match rows::insert_account(db, &row) {
        // Somebody named it at the same moment.
        Err(StoreError::Unique(_)) => return Err(known()),
        other => other?,
    }
    noted(services, db, actor, &row, "collection_account.proposed")?;
    told(services, db, actor, vec![row])
}

/// An account within what the actor may change with a permission, at the version seen.
fn held(
    db: &mut Db,
    actor: &Actor,
    permission: Permission,
    id: &RecordId,
    version: i64,
) -> Result<AccountRow> {
    let row = rows::account(db, id)?
        .filter(|a| {
            actor
                .scope(permission)
                .covers(&a.centre_id, &a.authority_id)
        })
        .ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.ended_at.is_some() {
        return Err(Refusal::new(
            "account_ended",
            "Tài khoản này đã kết thúc.",
            "This account has ended.",
        )
        .into());
    }
    Ok(row)
}

fn keep(db: &mut Db, row: &mut AccountRow) -> Result<()> {
    row.version += 1;
    match rows::keep_account(db, row) {
        Ok(true) => Ok(()),
        // Or another account of the authority was confirmed at the same moment.
        Ok(false) | Err(StoreError::Unique(_)) => Err(stale(row.version)),
        Err(other) => Err(other.into()),
    }
}

/// Confirms an account that somebody else named: from now on it collects, and the one before has ended.
///
/// # Errors
/// `not_found`, `version_stale`, `account_ended`, `account_confirmed`, `own_proposal`.
pub fn confirm(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Accounts> {
    let mut row = held(db, actor, Permission::ConfirmAccounts, id, version)?;
    if row.confirmed_at.is_some() {
        return Err(Refusal::new(
            "account_confirmed",
            "Tài khoản này đã được xác nhận.",
            "This account is confirmed already.",
        )
        .into());
    }
    if row.proposed_by == actor.user_id {
        return Err(Refusal::new(
            "own_proposal",
            "Người khác phải xác nhận tài khoản do mình khai báo.",
            "Somebody else confirms an account that one has named.",
        )
        .into());
    }
    let now = Ts::new(services.now());
    if let Some(mut before) = rows::account_of(db, &row.authority_id)? {
        before.ended_by = Some(actor.user_id.clone());
        before.ended_at = Some(now);
        keep(db, &mut before)?;
        noted(services, db, actor, &before, "collection_account.ended")?;
    }
    row.confirmed_by = Some(actor.user_id.clone());
    row.confirmed_at = Some(now);
    keep(db, &mut row)?;
    noted(services, db, actor, &row, "collection_account.confirmed")?;
    told(services, db, actor, vec![row])
}

/// Ends an account: nothing more is asked to it. What still comes to it is known as before.
///
/// # Errors
/// `not_found`, `version_stale`, `account_ended`.
pub fn end(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<Accounts> {
    let may = [Permission::ConfirmAccounts, Permission::ManageAccounts];
    let permission = may
        .into_iter()
        .find(|p| actor.may(*p))
        .ok_or_else(|| Error::Internal("an account is ended without a permission".into()))?;
    let mut row = held(db, actor, permission, id, version)?;
    row.ended_by = Some(actor.user_id.clone());
    row.ended_at = Some(Ts::new(services.now()));
    keep(db, &mut row)?;
    noted(services, db, actor, &row, "collection_account.ended")?;
    told(services, db, actor, vec![row])
}
