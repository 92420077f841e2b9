//! Money that goes back: one proposes it, another approves it, and it is over when the bank has paid it.

use motcua_domain::amount::grouped;
use motcua_domain::dossier::PaymentState;
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::request::{MoneyState, RefundState};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_store::dossier::{find_to_change, forget_undo, update};
use motcua_store::payment::{self as rows, RefundRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, StoreError, Ts};
use serde_json::json;

use super::{ledger, receipt};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// What is to go back, and to whom.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of a refund")]
pub struct NewRefund {
    pub reason: String,
    pub to_name: String,
    pub to_bank: String,
    pub to_account: String,
}

/// Refunds, with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Refunds {
    pub rows: Vec<RefundRow>,
    pub names: Names,
}

fn told(services: &Services, db: &mut Db, actor: &Actor, rows: Vec<RefundRow>) -> Result<Refunds> {
    let people = rows.iter().flat_map(|r| {
        [
            Some(&r.proposed_by),
            r.decided_by.as_ref(),
            r.paid_by.as_ref(),
        ]
        .into_iter()
        .flatten()
    });
    let names = services.names(db, actor.stamp, people)?;
    Ok(Refunds { rows, names })
}

/// The refunds within what the actor may read, the last proposed first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    state: Option<RefundState>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Refunds> {
    let scope = actor.scope(Permission::ReadPayments);
    let found = rows::refunds_page(db, &scope, state.map(RefundState::as_str), edge, limit)?;
    told(services, db, actor, found)
}

/// Proposes that what is to go back of money that came, or all of it while nobody knows whose it is, goes
/// back to whom it came from.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`, `nothing_to_refund`, `refund_known`.
pub fn propose(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    new: &NewRefund,
) -> Result<Refunds> {
    let scope = actor.scope(Permission::CollectFees);
    let money = rows::transaction_to_change(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if money.version != version {
        return Err(stale(money.version));
    }
    let state = MoneyState::parse(&money.state)
        .ok_or_else(|| StoreError::Corrupt("an unknown state of money".into()))?;
    let amount_vnd = match state {
        MoneyState::ToRefund => money.refund_vnd,
        MoneyState::Unmatched => money.amount_vnd,
        MoneyState::Matched | MoneyState::Held | MoneyState::Refunded | MoneyState::Placed => {
            return Err(Refusal::new(
                "nothing_to_refund",
                "Khoản tiền này không có phần nào phải hoàn trả.",
                "Nothing of this money is to go back.",
            )
            .into());
        }
    };
    if rows::refund_of(db, id)?.is_some() {
        return Err(known().into());
    }
    let mut texts = Texts::default();
    let row = RefundRow {
        transaction_id: Some(money.id.clone()),
        ..proposed(
            services,
            actor,
            (&money.centre_id, &money.authority_id),
            (amount_vnd, new),
            &mut texts,
        )
    };
    texts.sound()?;
    keep_new(services, db, actor, row)
}

/// That it is known already that something goes back.
pub(super) fn known() -> Refusal {
    Refusal::new(
        "refund_known",
        "Khoản tiền này đã có đề nghị hoàn trả.",
        "It is proposed already that this money goes back.",
    )
}

/// A proposal, of what is to be said yet.
fn proposed(
    services: &Services,
    actor: &Actor,
    (centre, authority): (&CentreId, &AuthorityId),
    (amount_vnd, new): (i64, &NewRefund),
    texts: &mut Texts,
) -> RefundRow {
    RefundRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        authority_id: authority.clone(),
        transaction_id: None,
        amount_vnd,
        to_name: texts.line(&new.to_name, "/to_name", 150),
        to_bank: texts.line(&new.to_bank, "/to_bank", 100),
        to_account: texts.line(&new.to_account, "/to_account", 34),
        reason: texts.line(&new.reason, "/reason", 300),
        state: RefundState::Proposed.as_str().to_owned(),
        proposed_by: actor.user_id.clone(),
        proposed_at: Ts::new(services.now()),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        paid_by: None,
        paid_at: None,
        bank_reference: None,
        version: 1,
        receipt_id: None,
        receipt_name: None,
        dossier_code: None,
    }
}

fn keep_new(services: &Services, db: &mut Db, actor: &Actor, row: RefundRow) -> Result<Refunds> {
    rows::insert_refund(db, &row)?;
    noted(services, db, actor, &row, "refund.proposed")?;
    told(services, db, actor, vec![row])
}

/// Proposes that some of what was collected goes back to who paid: what was collected by mistake, or what
/// is given back for a dossier that was withdrawn. Only what is on the account by the bank's word goes
/// back; a collection of the same day by a cashier's word is taken back instead.
///
/// # Errors
/// `not_found`, `version_stale`, `receipt_not_valid`, `refund_known`, `collection_not_banked`,
/// `validation_failed`: at `/amount_vnd` with `out_of_range`.
pub fn propose_return(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    (amount_vnd, new): (i64, &NewRefund),
) -> Result<Refunds> {
    let scope = actor.scope(Permission::CollectFees);
    let (seen, _) = rows::receipt(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The dossier first, then the ledger, as whoever replaces a receipt or undoes a placement does.
    let dossier = find_to_change(db, &scope, &seen.dossier_id)?.ok_or_else(Refusal::not_found)?;
    ledger::hold(db, &dossier.centre_id)?;
    let (receipt, series) = rows::receipt(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if receipt.version != version {
        return Err(stale(receipt.version));
    }
    receipt::whole(db, &receipt)?;
    if !rows::unbanked(db, std::slice::from_ref(&receipt.entry_id))?.is_empty() {
        return Err(Refusal::new(
            "collection_not_banked",
            "Ngân hàng chưa báo có khoản thu này: đối chiếu với tiền về tài khoản trước, hoặc hủy khoản thu trong ngày.",
            "The bank has not told of this collection yet: hold it against money that came first, or take it back on its own day.",
        )
        .into());
    }
    let mut texts = Texts::default();
    if !(1..=receipt.amount_vnd).contains(&amount_vnd) {
        let most = grouped(receipt.amount_vnd);
        texts.also(vec![FieldError::new(
            "/amount_vnd",
            "out_of_range",
            format!("Số tiền hoàn trả từ 1 đến {most} đồng."),
            format!("What goes back is 1 to {most} đồng."),
        )]);
    }
    let row = RefundRow {
        receipt_name: Some(receipt::name_of(&series, &receipt)),
        receipt_id: Some(receipt.id.clone()),
        dossier_code: receipt.dossier_code.clone(),
        ..proposed(
            services,
            actor,
            (&receipt.centre_id, &receipt.authority_id),
            (amount_vnd, new),
            &mut texts,
        )
    };
    texts.sound()?;
    keep_new(services, db, actor, row)
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &RefundRow,
    what: &str,
) -> Result<()> {
    // To whom it goes is the payer's own matter: the record says how much, and of which money.
    let facts = json!({
        "transaction": row.transaction_id,
        "receipt": row.receipt_name,
        "amount_vnd": row.amount_vnd,
    });
    let subject = ("refund", row.id.as_str());
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

/// A refund within what the actor may change with a permission, at the version seen and in this state.
fn held(
    db: &mut Db,
    actor: &Actor,
    permission: Permission,
    (id, version): (&RecordId, i64),
    wanted: RefundState,
) -> Result<RefundRow> {
    let row = rows::refund(db, &actor.scope(permission), id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.state != wanted.as_str() {
        return Err(Refusal::new(
            "refund_not_now",
            "Đề nghị hoàn trả không ở bước này.",
            "The refund is not at this point of its way.",
        )
        .with("state", row.state.as_str())
        .into());
    }
    Ok(row)
}

fn keep(db: &mut Db, row: &mut RefundRow) -> Result<()> {
    row.version += 1;
    if rows::keep_refund(db, row)? {
        Ok(())
    } else {
        Err(stale(row.version))
    }
}

/// Approves what somebody else proposed, or rejects it with a reason.
///
/// # Errors
/// `not_found`, `version_stale`, `refund_not_now`, `own_refund`, `validation_failed` at `/reason`.
pub fn decide(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    which: (&RecordId, i64),
    rejected_because: Option<&str>,
) -> Result<Refunds> {
    let mut row = held(
        db,
        actor,
        Permission::ApproveRefunds,
        which,
        RefundState::Proposed,
    )?;
    if row.proposed_by == actor.user_id {
        return Err(Refusal::new(
            "own_refund",
            "Người khác phải duyệt khoản hoàn trả do mình đề nghị.",
            "Somebody else decides about a refund that one has proposed.",
        )
        .into());
    }
    row.decided_by = Some(actor.user_id.clone());
    row.decided_at = Some(Ts::new(services.now()));
    let what = match rejected_because {
        None => {
            row.state = RefundState::Approved.as_str().to_owned();
            "refund.approved"
        }
        Some(reason) => {
            let reason = required_line(reason, 300)
                .map_err(|fault| Refusal::invalid(vec![fault.at("/reason")]))?;
            row.decision_reason = Some(reason);
            row.state = RefundState::Rejected.as_str().to_owned();
            "refund.rejected"
        }
    };
    keep(db, &mut row)?;
    noted(services, db, actor, &row, what)?;
    told(services, db, actor, vec![row])
}

/// Writes that the bank has paid an approved refund, under its own name of the transfer.
///
/// # Errors
/// `not_found`, `version_stale`, `refund_not_now`, `validation_failed` at `/bank_reference`; of a
/// collection `no_receipt_series`, `receipt_numbers_used_up`.
pub fn pay_out(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    which: (&RecordId, i64),
    bank_reference: &str,
) -> Result<Refunds> {
    let mut row = held(
        db,
        actor,
        Permission::CollectFees,
        which,
        RefundState::Approved,
    )?;
    let reference = required_line(bank_reference, 64)
        .map_err(|fault| Refusal::invalid(vec![fault.at("/bank_reference")]))?;
    let at = Ts::new(services.now());
    row.state = RefundState::PaidOut.as_str().to_owned();
    row.paid_by = Some(actor.user_id.clone());
    row.paid_at = Some(at);
    row.bank_reference = Some(reference);
    match (row.transaction_id.clone(), row.receipt_id.clone()) {
        (Some(money), _) => {
            gone_back(db, actor, &money, row.amount_vnd)?;
            keep(db, &mut row)?;
            ledger::refund(db, actor, &row, at)?;
        }
        (None, Some(receipt)) => given_back(db, actor, &mut row, &receipt, at)?,
        (None, None) => return Err(Error::Internal("a refund of nothing".into())),
    }
    told(services, db, actor, vec![row])
}

/// Keeps of money that came that it, or what was too much of it, went back.
fn gone_back(db: &mut Db, actor: &Actor, id: &RecordId, amount_vnd: i64) -> Result<()> {
    let scope = actor.scope(Permission::CollectFees);
    let mut money = rows::transaction_to_change(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    money.state = MoneyState::Refunded.as_str().to_owned();
    money.refund_vnd = amount_vnd;
    money.version += 1;
    if rows::keep_transaction(db, &money)? {
        Ok(())
    } else {
        Err(stale(money.version))
    }
}

/// Writes that some of a collection went back: in the ledger, as a receipt less than nought, and in the
/// timeline of its dossier.
fn given_back(
    db: &mut Db,
    actor: &Actor,
    row: &mut RefundRow,
    receipt: &RecordId,
    at: Ts,
) -> Result<()> {
    let scope = actor.scope(Permission::CollectFees);
    let (seen, _) = rows::receipt(db, &scope, receipt)?.ok_or_else(Refusal::not_found)?;
    let mut dossier =
        find_to_change(db, &scope, &seen.dossier_id)?.ok_or_else(Refusal::not_found)?;
    ledger::hold(db, &dossier.centre_id)?;
    let of = rows::receipt(db, &scope, receipt)?.ok_or_else(Refusal::not_found)?;
    let kind = MoneyKind::parse(&of.0.money_kind)
        .ok_or_else(|| StoreError::Corrupt("an unknown sort of money".into()))?;
    keep(db, row)?;
    let (entry, _) = ledger::give_back(db, actor, row, kind, at)?;
    let given = receipt::adjust(db, actor, &dossier, (&of, &entry), row.amount_vnd)?;
    let version = dossier.version;
    if rows::receipted_vnd(db, &dossier.id)? == 0 {
        dossier.payment_state = PaymentState::Refunded.as_str().to_owned();
    }
    dossier.version += 1;
    dossier.timeline_seq += 1;
    if !update(db, &dossier, version)? {
        return Err(Error::Internal("a locked dossier was changed".into()));
    }
    forget_undo(db, &dossier.id)?;
    let may = Permission::CollectFees.roles();
    let roles = actor.roles_on(&dossier.centre_id, &dossier.authority_id);
    let role = roles.iter().find(|r| may.contains(r)).map(|r| r.as_str());
    record::step(
        db,
        &dossier,
        record::Step {
            at: at.0,
            kind: "fees_returned",
            transition: "",
            actor: Some(actor),
            role,
            from_state: Some(dossier.state.clone()),
            detail: json!({
                "reference": row.bank_reference,
                "amount_vnd": row.amount_vnd,
                "receipts": [given],
            }),
        },
    )
}
