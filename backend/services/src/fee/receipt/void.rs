//! Collections that were none: what a cashier recorded by mistake, taken back on the same day by somebody
//! else's word. What the bank says came is no mistake: it is refunded.

use motcua_domain::dossier::{PaymentState, State};
use motcua_domain::fee::ledger::{Account, EntryKind, PaymentMethod, Posting, balance, reversed};
use motcua_domain::fee::receipt::{ReceiptState, VoidState, to_receipt};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{find_to_change, forget_undo, update};
use motcua_store::payment::{self as rows, VoidRow};
use motcua_store::{Db, DossierId, RecordId, StoreError, Ts};
use serde_json::json;

use super::super::ledger::{self, Cause, Entry};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// What is said of collections, with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Voids {
    pub rows: Vec<VoidRow>,
    pub names: Names,
}

/// Where a proposal stands at an instant.
///
/// # Errors
/// [`StoreError::Corrupt`] when its state is no word.
pub fn standing(row: &VoidRow, now: chrono::DateTime<chrono::Utc>) -> Result<VoidState> {
    let state = VoidState::parse(&row.state)
        .ok_or_else(|| StoreError::Corrupt("an unknown state of a collection's void".into()))?;
    Ok(state.on(local_date(row.proposed_at.0), local_date(now)))
}

fn told(services: &Services, db: &mut Db, actor: &Actor, rows: Vec<VoidRow>) -> Result<Voids> {
    let people = rows.iter().flat_map(|v| {
        [Some(&v.proposed_by), v.decided_by.as_ref()]
            .into_iter()
            .flatten()
    });
    let names = services.names(db, actor.stamp, people)?;
    Ok(Voids { rows, names })
}

/// What was said of collections within what the actor may read, the last first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Voids> {
    let found = rows::voids_page(db, &actor.scope(Permission::ReadPayments), edge, limit)?;
    told(services, db, actor, found)
}

fn paid_by_bank() -> Error {
    Refusal::new(
        "paid_by_bank",
        "Ngân hàng hoặc Nền tảng thanh toán đã báo có khoản tiền này: không hủy khoản thu, chỉ hoàn trả.",
        "The bank or the payment platform says that this money came: it is not taken back, only refunded.",
    )
    .into()
}

fn too_late() -> Error {
    Refusal::new(
        "void_too_late",
        "Chỉ hủy được khoản thu trong ngày; khoản của ngày trước thì hoàn trả.",
        "A collection is taken back on its own day only; one of a day before is refunded.",
    )
    .into()
}

/// The last collection that the ledger still holds, with what it moved.
fn last_collection(entries: &[Entry]) -> Result<Option<(&Entry, Vec<Posting>)>> {
    let moved = ledger::moved(entries)?;
    let back = |id: &RecordId| {
        entries
            .iter()
            .any(|(e, _)| e.reverses_id.as_ref() == Some(id))
    };
    Ok(entries
        .iter()
        .zip(moved)
        .rfind(|((e, _), _)| e.kind == EntryKind::Paid.as_str() && !back(&e.id)))
}

/// A collection that may be taken back at this instant.
///
/// # Errors
/// `nothing_collected`, `paid_by_bank`, `void_too_late`.
fn voidable<'a>(db: &mut Db, entries: &'a [Entry], at: Ts) -> Result<(&'a Entry, Vec<Posting>)> {
    let Some((entry, moved)) = last_collection(entries)? else {
        return Err(Refusal::new(
            "nothing_collected",
            "Hồ sơ không có khoản thu nào.",
            "Nothing was collected for this dossier.",
        )
        .into());
    };
    let one = std::slice::from_ref(&moved);
    let by_bank = motcua_domain::fee::ledger::Sort::ALL
        .iter()
        .any(|sort| balance(one, Account::Bank, *sort) != 0);
    let online = entry.0.method.as_deref() == Some(PaymentMethod::Online.as_str());
    if by_bank || online || rows::is_placed(db, &entry.0.id)? {
        return Err(paid_by_bank());
    }
    if local_date(entry.0.at.0) != local_date(at.0) {
        return Err(too_late());
    }
    Ok((entry, moved))
}

fn ended() -> Error {
    Refusal::new(
        "collection_closed",
        "Hồ sơ đã kết thúc: không hủy khoản thu được nữa.",
        "The dossier has ended: its collection is not taken back any more.",
    )
    .into()
}

fn noted(services: &Services, db: &mut Db, actor: &Actor, row: &VoidRow, what: &str) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("collection_void", row.id.as_str()),
        json!({ "dossier": row.dossier_id, "entry": row.entry_id, "amount_vnd": row.amount_vnd }),
    )
}

/// Says that the last collection of a dossier was none: the cashier's word, to be agreed to by another
/// on the same day.
///
/// # Errors
/// `not_found`, `validation_failed` at `/reason`, `nothing_collected`, `paid_by_bank`, `void_too_late`,
/// `collection_closed`, `void_known`.
pub fn propose(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierId,
    reason: &str,
) -> Result<Voids> {
    let dossier = find_to_change(db, &actor.scope(Permission::CollectFees), dossier)?
        .ok_or_else(Refusal::not_found)?;
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    let at = Ts::new(services.now());
    let entries = ledger::entries(db, &dossier.id)?;
    let (entry, moved) = voidable(db, &entries, at)?;
    if State::parse(&dossier.state).is_none_or(State::is_final) {
        return Err(ended());
    }
    if rows::void_of(db, &entry.0.id)?.is_some() {
        return Err(Refusal::new(
            "void_known",
            "Khoản thu này đã có đề nghị hủy.",
            "It is proposed already that this collection is taken back.",
        )
        .into());
    }
    let row = VoidRow {
        id: RecordId::new(),
        centre_id: dossier.centre_id.clone(),
        authority_id: dossier.authority_id.clone(),
        dossier_id: dossier.id.clone(),
        dossier_code: dossier.code.clone(),
        entry_id: entry.0.id.clone(),
        amount_vnd: to_receipt(&moved).iter().map(|(_, vnd)| vnd).sum(),
        reason,
        state: VoidState::Proposed.as_str().to_owned(),
        proposed_by: actor.user_id.clone(),
        proposed_at: at,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
    };
    rows::insert_void(db, &row)?;
    noted(services, db, actor, &row, "collection_void.proposed")?;
    told(services, db, actor, vec![row])
}

/// A proposal that waits for somebody's word, at the version seen, by somebody else than who made it.
fn held(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
) -> Result<VoidRow> {
    let scope = actor.scope(Permission::ApproveVoids);
    let seen = rows::void(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The dossier first, as all who change its money: of two at once the second waits, and is then stale.
    find_to_change(db, &scope, &seen.dossier_id)?;
    let row = rows::void(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    match standing(&row, services.now())? {
        VoidState::Proposed => {}
        VoidState::Lapsed => return Err(too_late()),
        VoidState::Approved | VoidState::Rejected => {
            return Err(Refusal::new(
                "void_decided",
                "Đề nghị hủy này đã có quyết định.",
                "This proposal is decided already.",
            )
            .with("state", row.state.as_str())
            .into());
        }
    }
    if row.proposed_by == actor.user_id {
        return Err(Refusal::new(
            "own_void",
            "Người khác phải duyệt đề nghị hủy của mình.",
            "Somebody else decides about what one has proposed.",
        )
        .into());
    }
    Ok(row)
}

fn decided(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &mut VoidRow,
    state: VoidState,
) -> Result<()> {
    row.state = state.as_str().to_owned();
    row.decided_by = Some(actor.user_id.clone());
    row.decided_at = Some(Ts::new(services.now()));
    row.version += 1;
    if rows::keep_void(db, row)? {
        Ok(())
    } else {
        Err(stale(row.version))
    }
}

/// Leaves a collection as it is.
///
/// # Errors
/// `not_found`, `version_stale`, `void_too_late`, `void_decided`, `own_void`, `validation_failed` at
/// `/reason`.
pub fn reject(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    which: (&RecordId, i64),
    reason: &str,
) -> Result<Voids> {
    let mut row = held(services, db, actor, which)?;
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    row.decision_reason = Some(reason);
    decided(services, db, actor, &mut row, VoidState::Rejected)?;
    noted(services, db, actor, &row, "collection_void.rejected")?;
    told(services, db, actor, vec![row])
}

/// Takes a collection back: an entry of its own in the ledger, its receipts void, what was owed owed again.
///
/// # Errors
/// `not_found`, `version_stale`, `void_too_late`, `void_decided`, `own_void`, `collection_closed`; those of
/// a collection that is another by now.
pub fn approve(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    which: (&RecordId, i64),
) -> Result<Voids> {
    let mut row = held(services, db, actor, which)?;
    let scope = actor.scope(Permission::ApproveVoids);
    let mut dossier =
        find_to_change(db, &scope, &row.dossier_id)?.ok_or_else(Refusal::not_found)?;
    if State::parse(&dossier.state).is_none_or(State::is_final) {
        return Err(ended());
    }
    let now = services.now();
    let at = Ts::new(now);
    let entries = ledger::entries(db, &dossier.id)?;
    let (entry, moved) = voidable(db, &entries, at)?;
    if entry.0.id != row.entry_id {
        return Err(Error::Internal(
            "a collection was made after one that was not taken back".into(),
        ));
    }
    let assessment = entry
        .0
        .assessment_id
        .clone()
        .ok_or_else(|| Error::Internal("a payment of no assessment".into()))?;
    let cause = Cause {
        at,
        actor: Some(&actor.user_id),
        assessment: &assessment,
        kind: EntryKind::Reversed,
        method: None,
        reference: None,
        reverses: Some(&entry.0.id),
    };
    let entered = ledger::post(db, &dossier, &reversed(&moved), &cause)?;
    // A bank that told of it meanwhile has taken it from the list: it is then no mistake.
    if rows::drop_unbanked(db, std::slice::from_ref(&entry.0.id))? != 1 {
        return Err(paid_by_bank());
    }
    let mut voided = Vec::new();
    for mut receipt in rows::valid_of(db, &row.entry_id)? {
        receipt.state = ReceiptState::Voided.as_str().to_owned();
        receipt.version += 1;
        if !rows::keep_receipt(db, &receipt)? {
            return Err(stale(receipt.version));
        }
        if let Some(series) = rows::series(db, &receipt.series_id)? {
            voided.push(super::name_of(&series, &receipt));
        }
    }
    for mut owed in rows::owed_of(db, &dossier.id)? {
        if owed.id == row.entry_id {
            (owed.phi_vnd, owed.le_phi_vnd) = (0, 0);
            rows::keep_owed(db, &owed)?;
        }
    }
    decided(services, db, actor, &mut row, VoidState::Approved)?;
    noted(services, db, actor, &row, "collection_void.approved")?;
    let version = dossier.version;
    if dossier.payment_state == PaymentState::Paid.as_str() {
        dossier.payment_state = PaymentState::Due.as_str().to_owned();
    }
    dossier.version += 1;
    dossier.timeline_seq += 1;
    if !update(db, &dossier, version)? {
        return Err(Error::Internal("a locked dossier was changed".into()));
    }
    // A step taken back would put back what was paid before.
    forget_undo(db, &dossier.id)?;
    record::step(
        db,
        &dossier,
        record::Step {
            at: now,
            kind: "collection_voided",
            transition: "",
            actor: Some(actor),
            role: None,
            from_state: Some(dossier.state.clone()),
            detail: json!({
                "amount_vnd": row.amount_vnd,
                "reason": row.reason,
                "receipts": voided,
                ledger::TOLD: [entered],
            }),
        },
    )?;
    told(services, db, actor, vec![row])
}
