//! Payments of which it is not known whether they came: a terminal or a bank did not answer. They stay
//! visible as that, nothing else is collected meanwhile, and the bank's word or somebody who asked settles
//! them.

use motcua_domain::dossier::PaymentState;
use motcua_domain::fee::ledger::{PaymentMethod, owed};
use motcua_domain::fee::request::UnknownState;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_store::dossier::find_to_change;
use motcua_store::payment::{self as rows, UnknownRow};
use motcua_store::{Db, DossierId, RecordId, Ts, UserId};
use serde_json::json;

use super::{ledger, request};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// Such payments with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Unknowns {
    pub rows: Vec<UnknownRow>,
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<UnknownRow>,
) -> Result<Unknowns> {
    let people = rows
        .iter()
        .flat_map(|u| [Some(&u.said_by), u.settled_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Unknowns { rows, names })
}

/// Such payments within what the actor may read, the last first; of one state or one dossier when named.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (state, dossier): (Option<UnknownState>, Option<&DossierId>),
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Unknowns> {
    let scope = actor.scope(Permission::ReadPayments);
    let of = (state.map(UnknownState::as_str), dossier);
    let found = rows::unknown_page(db, &scope, of, edge, limit)?;
    told(services, db, actor, found)
}

fn not_known(row: &UnknownRow) -> Error {
    Refusal::new(
        "payment_unknown",
        "Chưa rõ kết quả của lần thu trước: hỏi lại ngân hàng, máy thẻ rồi ghi kết quả trước khi thu cách khác.",
        "It is not known whether the payment before came: ask the bank or the terminal, and say what it told.",
    )
    .with("unknown_payment_id", row.id.as_str())
    .into()
}

/// That nothing of a dossier is unknown, or only what is collected now, by the same way of paying.
pub(super) fn free(db: &mut Db, dossier: &DossierId, now: Option<PaymentMethod>) -> Result<()> {
    match rows::unknown_of(db, dossier)? {
        Some(row) if now.map(PaymentMethod::as_str) != Some(row.method.as_str()) => {
            Err(not_known(&row))
        }
        _ => Ok(()),
    }
}

/// What was not known of a dossier came.
pub(super) fn came(db: &mut Db, dossier: &DossierId, at: Ts, by: Option<&UserId>) -> Result<()> {
    let Some(mut row) = rows::unknown_of(db, dossier)? else {
        return Ok(());
    };
    row.state = UnknownState::Came.as_str().to_owned();
    settle(db, &mut row, at, by)
}

fn settle(db: &mut Db, row: &mut UnknownRow, at: Ts, by: Option<&UserId>) -> Result<()> {
    row.settled_at = Some(at);
    row.settled_by = by.cloned();
    row.version += 1;
    if rows::keep_unknown(db, row)? {
        Ok(())
    } else {
        Err(stale(row.version))
    }
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &UnknownRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("unknown_payment", row.id.as_str()),
        json!({ "dossier": row.dossier_id, "method": row.method, "amount_vnd": row.amount_vnd }),
    )
}

/// What a cashier says who does not know.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of what is said")]
pub struct NewUnknown {
    pub method: PaymentMethod,
    pub reference: Option<String>,
    pub note: String,
}

/// Says that it is not known whether what a dossier owes was paid. It goes on owing, and nothing else is
/// collected or asked until that is known.
///
/// # Errors
/// `not_found`, `payment_not_due`, `payment_unknown`, `payment_request_open`, `validation_failed` at
/// `/method`, `/reference`, `/note`.
pub fn say(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierId,
    new: &NewUnknown,
) -> Result<Unknowns> {
    let dossier = find_to_change(db, &actor.scope(Permission::CollectFees), dossier)?
        .ok_or_else(Refusal::not_found)?;
    let at = Ts::new(services.now());
    let mut texts = Texts::default();
    let reference = texts.maybe(new.reference.as_ref(), "/reference", 64);
    let note = texts.line(&new.note, "/note", 300);
    if matches!(new.method, PaymentMethod::Cash | PaymentMethod::Online) {
        texts.also(vec![FieldError::new(
            "/method",
            "not_allowed",
            "Tiền mặt đã nhận hay chưa thì biết ngay.",
            "Whether cash was taken is known.",
        )]);
    }
    texts.sound()?;
    if let Some(row) = rows::unknown_of(db, &dossier.id)? {
        return Err(not_known(&row));
    }
    request::still_asked(db, &dossier.id, at)?;
    let entries = ledger::entries(db, &dossier.id)?;
    let amount_vnd = owed(&ledger::moved(&entries)?);
    if dossier.payment_state != PaymentState::Due.as_str() || amount_vnd <= 0 {
        return Err(request::not_due());
    }
    let row = UnknownRow {
        id: RecordId::new(),
        centre_id: dossier.centre_id.clone(),
        authority_id: dossier.authority_id.clone(),
        dossier_id: dossier.id.clone(),
        dossier_code: dossier.code.clone(),
        amount_vnd,
        method: new.method.as_str().to_owned(),
        reference,
        note,
        state: UnknownState::Unknown.as_str().to_owned(),
        said_by: actor.user_id.clone(),
        said_at: at,
        settled_by: None,
        settled_at: None,
        settled_because: None,
        version: 1,
    };
    rows::insert_unknown(db, &row)?;
    noted(services, db, actor, &row, "unknown_payment.said")?;
    told(services, db, actor, vec![row])
}

/// Says that it did not come, as the bank or the terminal's keeper told: the payer may be asked again.
///
/// # Errors
/// `not_found`, `version_stale`, `unknown_settled`, `validation_failed` at `/reason`.
pub fn deny(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    reason: &str,
) -> Result<Unknowns> {
    let scope = actor.scope(Permission::CollectFees);
    let seen = rows::unknown(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The dossier first: a bank that tells of it meanwhile is waited for, and then seen.
    find_to_change(db, &scope, &seen.dossier_id)?;
    let mut row = rows::unknown(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.state != UnknownState::Unknown.as_str() {
        return Err(Refusal::new(
            "unknown_settled",
            "Kết quả của lần thu này đã được ghi.",
            "What became of this payment is known already.",
        )
        .with("state", row.state.as_str())
        .into());
    }
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    row.settled_because = Some(reason);
    row.state = UnknownState::DidNotCome.as_str().to_owned();
    settle(db, &mut row, Ts::new(services.now()), Some(&actor.user_id))?;
    noted(services, db, actor, &row, "unknown_payment.denied")?;
    told(services, db, actor, vec![row])
}
