//! Writing the ledger, always in the transaction that made it true, and reading it back.

use motcua_domain::dossier::{Dossier, PaymentState, Settlement, State};
use motcua_domain::fee::FeeDue;
use motcua_domain::fee::ledger::{
    Account, EntryKind, PaymentMethod, Posting, Sort, balanced, owed, paid, paid_from_received,
    received, refunded, reversed,
};
use motcua_domain::refusal::Refusal;
use motcua_store::audit::Parts;
use motcua_store::dossier::DossierRow;
use motcua_store::fee::{self as rows, LedgerRow, PostingRow};
use motcua_store::payment::{RefundRow, TransactionRow};
use motcua_store::{
    AuthorityId, CentreId, Db, DossierId, RecordId, StoreError, Ts, UserId, counter,
};
use serde_json::{Value, json};

use super::{receipt, request};
use crate::actor::Actor;
use crate::context::bad_field;
use crate::error::{Error, Result};
use crate::record;

/// The name under which a line of the timeline tells which entries were written with it.
pub(crate) const TOLD: &str = "ledger";
/// The entry of the record that tells of money that came.
pub(crate) const RECEIVED: &str = "bank.received";
/// The entry of the record that tells of money that went back.
pub(crate) const REFUNDED: &str = "bank.refunded";

/// An entry with what it moves.
pub type Entry = (LedgerRow, Vec<PostingRow>);

/// What an entry is about, besides what it moves.
pub(super) struct Cause<'a> {
    pub at: Ts,
    pub actor: Option<&'a UserId>,
    pub assessment: &'a RecordId,
    pub kind: EntryKind,
    pub method: Option<PaymentMethod>,
    pub reference: Option<&'a str>,
    pub reverses: Option<&'a RecordId>,
}

/// The digest of an entry that the line of the timeline carries, which the audit chain proves in turn.
pub(crate) fn digest(entry: &LedgerRow, postings: &[PostingRow]) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(entry.id.as_str());
    part(entry.centre_id.as_str());
    part(&entry.seq.to_string());
    part(&entry.at.0.timestamp_micros().to_string());
    part(&entry.kind);
    part(entry.authority_id.as_str());
    part(entry.dossier_id.as_ref().map_or("", |d| d.as_str()));
    part(entry.assessment_id.as_ref().map_or("", |a| a.as_str()));
    part(entry.actor_id.as_ref().map_or("", |a| a.as_str()));
    part(entry.method.as_deref().unwrap_or(""));
    part(entry.reference.as_deref().unwrap_or(""));
    part(entry.reverses_id.as_ref().map_or("", |r| r.as_str()));
    // Entries of before there was money from banks keep their digests.
    if let Some(transaction) = &entry.transaction_id {
        part(transaction.as_str());
    }
    if let Some(refund) = &entry.refund_id {
        part(refund.as_str());
    }
    for p in postings {
        part(&p.ord.to_string());
        part(&p.account);
        part(&p.money_kind);
        part(&p.amount_vnd.to_string());
    }
    parts.hex()
}

/// The entries of a dossier, in order.
///
/// # Errors
/// Storage failures only.
pub fn entries(db: &mut Db, dossier: &DossierId) -> Result<Vec<Entry>> {
    Ok(rows::entries_of(db, &[dossier.to_string()])?)
}

/// What entries move, as the rules see it.
pub(crate) fn moved(entries: &[Entry]) -> Result<Vec<Vec<Posting>>> {
    let corrupt = || Error::from(StoreError::Corrupt("an unknown word in the ledger".into()));
    entries
        .iter()
        .map(|(_, postings)| {
            postings
                .iter()
                .map(|p| {
                    Ok(Posting {
                        account: Account::parse(&p.account).ok_or_else(corrupt)?,
                        sort: Sort::parse(&p.money_kind).ok_or_else(corrupt)?,
                        amount_vnd: p.amount_vnd,
                    })
                })
                .collect()
        })
        .collect()
}

/// Adds an entry; what a line of the timeline tells of it. None where nothing moves.
pub(super) fn post(
    db: &mut Db,
    dossier: &DossierRow,
    postings: &[Posting],
    cause: &Cause<'_>,
) -> Result<Option<Value>> {
    Ok(enter(db, dossier, postings, cause)?.map(|(_, told)| told))
}

/// As [`post`], with the entry itself.
fn enter(
    db: &mut Db,
    dossier: &DossierRow,
    postings: &[Posting],
    cause: &Cause<'_>,
) -> Result<Option<(Entry, Value)>> {
    if postings.is_empty() {
        return Ok(None);
    }
    let entry = LedgerRow {
        id: RecordId::new(),
        centre_id: dossier.centre_id.clone(),
        seq: 0,
        at: cause.at,
        kind: cause.kind.as_str().to_owned(),
        authority_id: dossier.authority_id.clone(),
        dossier_id: Some(dossier.id.clone()),
        assessment_id: Some(cause.assessment.clone()),
        actor_id: cause.actor.cloned(),
        method: cause.method.map(|m| m.as_str().to_owned()),
        reference: cause.reference.map(ToOwned::to_owned),
        reverses_id: cause.reverses.cloned(),
        transaction_id: None,
        refund_id: None,
    };
    Ok(Some(write(db, entry, postings)?))
}

/// Gives an entry its place in the centre's ledger and writes it; what is told of it.
fn write(db: &mut Db, mut entry: LedgerRow, postings: &[Posting]) -> Result<(Entry, Value)> {
    if !balanced(postings) {
        return Err(Error::Internal("a ledger entry does not balance".into()));
    }
    entry.seq = counter::next(db, &series(&entry.centre_id))?;
    let postings: Vec<PostingRow> = (1..)
        .zip(postings)
        .map(|(ord, p)| PostingRow {
            entry_id: entry.id.clone(),
            ord,
            account: p.account.as_str().to_owned(),
            money_kind: p.sort.as_str().to_owned(),
            amount_vnd: p.amount_vnd,
        })
        .collect();
    rows::insert_entry(db, &entry, &postings)?;
    let told = json!({
        "seq": entry.seq,
        "kind": entry.kind,
        "digest": digest(&entry, &postings),
    });
    Ok(((entry, postings), told))
}

/// The series of the places in a centre's ledger.
fn series(centre: &CentreId) -> String {
    format!("ledger:{centre}")
}

/// Has a centre's ledger wait for this transaction, as one that writes in it does. Whoever takes another
/// number under it (a receipt's) takes both in this order, and two never wait for each other.
pub(super) fn hold(db: &mut Db, centre: &CentreId) -> Result<()> {
    counter::take(db, &series(centre), 0)?;
    Ok(())
}

/// Writes that money came to an account, and records it: the record proves the entry, as the timeline
/// proves those of a dossier.
pub(super) fn receive(db: &mut Db, money: &TransactionRow) -> Result<()> {
    let entry = LedgerRow {
        kind: EntryKind::Received.as_str().to_owned(),
        reference: Some(money.bank_reference.clone()),
        transaction_id: Some(money.id.clone()),
        ..of_no_dossier(&money.centre_id, &money.authority_id, money.received_at)
    };
    let subject = ("bank_transaction", money.id.as_str());
    noted(
        db,
        None,
        entry,
        &received(money.amount_vnd),
        RECEIVED,
        subject,
    )
}

/// Writes that money went back, and records it.
pub(super) fn refund(db: &mut Db, actor: &Actor, row: &RefundRow, at: Ts) -> Result<()> {
    let entry = LedgerRow {
        kind: EntryKind::Refunded.as_str().to_owned(),
        actor_id: Some(actor.user_id.clone()),
        reference: row.bank_reference.clone(),
        refund_id: Some(row.id.clone()),
        ..of_no_dossier(&row.centre_id, &row.authority_id, at)
    };
    let subject = ("refund", row.id.as_str());
    noted(
        db,
        Some(actor),
        entry,
        &refunded(row.amount_vnd),
        REFUNDED,
        subject,
    )
}

fn of_no_dossier(centre: &CentreId, authority: &AuthorityId, at: Ts) -> LedgerRow {
    LedgerRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        seq: 0,
        at,
        kind: String::new(),
        authority_id: authority.clone(),
        dossier_id: None,
        assessment_id: None,
        actor_id: None,
        method: None,
        reference: None,
        reverses_id: None,
        transaction_id: None,
        refund_id: None,
    }
}

/// Writes an entry about no dossier and has the record tell of it.
fn noted(
    db: &mut Db,
    actor: Option<&Actor>,
    entry: LedgerRow,
    postings: &[Posting],
    action: &str,
    subject: (&str, &str),
) -> Result<()> {
    let (centre, at) = (entry.centre_id.clone(), entry.at);
    let (_, told) = write(db, entry, postings)?;
    record::audit(
        db,
        &centre,
        at.0,
        actor,
        action,
        subject,
        json!({ TOLD: told }),
    )
}

/// Takes back the entry of the assessment that holds, if it moved anything.
pub(super) fn take_back(
    db: &mut Db,
    dossier: &DossierRow,
    entries: &[Entry],
    cause: &Cause<'_>,
) -> Result<Option<Value>> {
    let of = |(e, _): &&Entry| {
        e.kind == EntryKind::Assessed.as_str() && e.assessment_id.as_ref() == Some(cause.assessment)
    };
    let Some(at) = entries.iter().position(|e| of(&e)) else {
        return Ok(None);
    };
    let all = moved(entries)?;
    let (Some((entry, _)), Some(moves)) = (entries.get(at), all.get(at)) else {
        return Ok(None);
    };
    let cause = Cause {
        reverses: Some(&entry.id),
        at: cause.at,
        ..*cause
    };
    post(db, dossier, &reversed(moves), &cause)
}

/// By when the fees that a dossier still owes are wanted; none where it owes none.
pub(crate) fn due(db: &mut Db, row: &DossierRow) -> Result<Option<FeeDue>> {
    let open = PaymentState::parse(&row.payment_state).is_some_and(PaymentState::is_open);
    if !open {
        return Ok(None);
    }
    let Some(holds) = rows::assessment(db, &row.id)? else {
        return Ok(None);
    };
    let entries = entries(db, &row.id)?;
    Ok((owed(&moved(&entries)?) > 0)
        .then(|| FeeDue::parse(&holds.due))
        .flatten())
}

/// What was written of a payment.
pub(crate) struct Collected {
    /// What a line of the timeline tells of its entry.
    pub told: Value,
    /// The receipts that were given for it.
    pub receipts: Vec<String>,
}

/// Writes a payment and gives its receipts.
fn collect(
    db: &mut Db,
    row: &DossierRow,
    postings: &[Posting],
    cause: &Cause<'_>,
    actor: Option<&Actor>,
) -> Result<Option<Collected>> {
    let Some((entry, told)) = enter(db, row, postings, cause)? else {
        return Ok(None);
    };
    let payment = receipt::Payment {
        entry: &entry,
        at: cause.at,
        actor,
    };
    let receipts = receipt::issue(db, row, &payment)?;
    Ok(Some(Collected { told, receipts }))
}

/// Writes that what a dossier owes is paid, with the step that says so; none where the step settles
/// something else than fees (T14).
///
/// # Errors
/// `validation_failed` at `/method`, `exemption_by_assessment`.
pub(crate) fn settle(
    db: &mut Db,
    row: &DossierRow,
    before: &Dossier,
    settlement: Settlement,
    method: Option<PaymentMethod>,
    (at, actor, reference): (Ts, Option<&Actor>, Option<&str>),
) -> Result<Option<Collected>> {
    if before.state == State::PaymentRequired || before.fee_due.is_none() {
        return Ok(None);
    }
    if settlement == Settlement::Exempt {
        return Err(Refusal::new(
            "exemption_by_assessment",
            "Số phải nộp đã được tính: miễn, giảm được ghi bằng cách tính lại phí, lệ phí với căn cứ của nó.",
            "What is owed was worked out: an exemption is recorded by working it out anew with its ground.",
        )
        .into());
    }
    let Some(method) = method else {
        return Err(bad_field(
            "/method",
            "required",
            "Cần cho biết hình thức nộp: chuyển khoản hay thẻ.",
            "How it was paid is wanted: by transfer or by card.",
        )
        .into());
    };
    let holds = rows::assessment(db, &row.id)?
        .ok_or_else(|| Error::Internal("fees are owed that nobody assessed".into()))?;
    let entries = entries(db, &row.id)?;
    let by = actor.map(|a| &a.user_id);
    let cause = Cause {
        at,
        actor: by,
        assessment: &holds.id,
        kind: EntryKind::Paid,
        method: Some(method),
        reference,
        reverses: None,
    };
    let postings = paid(&moved(&entries)?, method);
    let collected = collect(db, row, &postings, &cause, actor)?;
    request::give_up(db, &row.id, at, by, request::PAID_OTHERWISE)?;
    Ok(collected)
}

/// Writes that what a dossier owes is paid out of money that came to the bank before.
pub(super) fn settle_from_bank(
    db: &mut Db,
    row: &DossierRow,
    assessment: &RecordId,
    entries: &[Entry],
    (at, reference): (Ts, &str),
) -> Result<Option<Collected>> {
    let cause = Cause {
        at,
        actor: None,
        assessment,
        kind: EntryKind::Paid,
        method: Some(PaymentMethod::Transfer),
        reference: Some(reference),
        reverses: None,
    };
    let postings = paid_from_received(&moved(entries)?);
    collect(db, row, &postings, &cause, None)
}

/// Writes that a dossier ended before its fees were paid: nothing is owed any more.
pub(crate) fn cancel(
    db: &mut Db,
    row: &DossierRow,
    at: Ts,
    actor: Option<&UserId>,
) -> Result<Option<Value>> {
    let Some(holds) = rows::assessment(db, &row.id)? else {
        return Ok(None);
    };
    request::give_up(db, &row.id, at, actor, request::DOSSIER_ENDED)?;
    let entries = entries(db, &row.id)?;
    let cause = Cause {
        at,
        actor,
        assessment: &holds.id,
        kind: EntryKind::Cancelled,
        method: None,
        reference: None,
        reverses: None,
    };
    take_back(db, row, &entries, &cause)
}
