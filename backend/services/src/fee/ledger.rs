//! Writing the ledger, always in the transaction that made it true, and reading it back.

use motcua_domain::dossier::{Dossier, PaymentState, Settlement, State};
use motcua_domain::fee::ledger::{
    Account, EntryKind, PaymentMethod, Posting, Sort, balanced, by_word, handed_over, owed, paid,
    paid_from_received, received, refunded, returned, reversed,
};
use motcua_domain::fee::{FeeDue, MoneyKind};
use motcua_domain::refusal::Refusal;
use motcua_store::audit::Parts;
use motcua_store::dossier::DossierRow;
use motcua_store::fee::{self as rows, EntryOf, LedgerRow, PostingRow};
use motcua_store::payment::{
    PlacementRow, RefundRow, TransactionRow, TreasuryRow, UnbankedRow, insert_unbanked,
};
use motcua_store::{
    AuthorityId, CentreId, Db, DossierId, RecordId, StoreError, Ts, UserId, counter,
};
use serde_json::{Value, json};

use super::{cash, receipt, request, unknown};
use crate::actor::Actor;
use crate::context::bad_field;
use crate::error::{Error, Result};
use crate::record;

/// The name under which a line of the timeline tells which entries were written with it.
pub(crate) const TOLD: &str = "ledger";
/// The entry of the record that tells of money that came.
const RECEIVED: &str = "bank.received";
/// The entry of the record that tells of money that went back.
const REFUNDED: &str = "bank.refunded";
/// The entry of the record that tells of collections held against money that came.
const PLACED: &str = "bank.placed";
/// The entry of the record that tells that they were not.
const PLACEMENT_UNDONE: &str = "bank.placement_undone";
/// The entry of the record that tells of money that went on to the State Treasury.
const HANDED_OVER: &str = "treasury.handed_over";
/// The entry of the record that tells that it was entered wrongly.
const HAND_OVER_UNDONE: &str = "treasury.undone";
/// What the record tells of entries about no dossier.
pub(crate) const TELLING: [&str; 6] = [
    RECEIVED,
    REFUNDED,
    PLACED,
    PLACEMENT_UNDONE,
    HANDED_OVER,
    HAND_OVER_UNDONE,
];

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
    if let Some(placement) = &entry.placement_id {
        part(placement.as_str());
    }
    if let Some(treasury) = &entry.treasury_id {
        part(treasury.as_str());
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
        placement_id: None,
        treasury_id: None,
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

/// Writes that collections are money that came, and records it.
pub(super) fn place(
    db: &mut Db,
    actor: Option<&Actor>,
    row: &PlacementRow,
    postings: &[Posting],
) -> Result<()> {
    let entry = LedgerRow {
        kind: EntryKind::Placed.as_str().to_owned(),
        actor_id: row.placed_by.clone(),
        placement_id: Some(row.id.clone()),
        ..of_no_dossier(&row.centre_id, &row.authority_id, row.placed_at)
    };
    let subject = ("bank_placement", row.id.as_str());
    noted(db, actor, entry, postings, PLACED, subject)?;
    Ok(())
}

/// Writes that money went on to the State Treasury, and records it.
pub(super) fn hand_over(db: &mut Db, actor: &Actor, row: &TreasuryRow) -> Result<()> {
    let entry = LedgerRow {
        kind: EntryKind::HandedOver.as_str().to_owned(),
        actor_id: Some(actor.user_id.clone()),
        reference: Some(row.bank_reference.clone()),
        treasury_id: Some(row.id.clone()),
        ..of_no_dossier(&row.centre_id, &row.authority_id, row.entered_at)
    };
    noted(
        db,
        Some(actor),
        entry,
        &handed_over(row.phi_vnd, row.le_phi_vnd),
        HANDED_OVER,
        ("treasury_transfer", row.id.as_str()),
    )?;
    Ok(())
}

/// Takes back what was written about a placement or a transfer to the Treasury, and records it with these
/// facts.
pub(super) fn undo(
    db: &mut Db,
    actor: &Actor,
    of: EntryOf<'_>,
    at: Ts,
    facts: Value,
) -> Result<()> {
    let found = rows::entry_of(db, of)?
        .ok_or_else(|| Error::Internal("what is to be taken back is in no ledger".into()))?;
    let moves = moved(std::slice::from_ref(&found))?
        .pop()
        .unwrap_or_default();
    let (before, _) = &found;
    let entry = LedgerRow {
        kind: EntryKind::Reversed.as_str().to_owned(),
        actor_id: Some(actor.user_id.clone()),
        reverses_id: Some(before.id.clone()),
        ..of_no_dossier(&before.centre_id, &before.authority_id, at)
    };
    let (action, subject) = match of {
        EntryOf::Placement(id) => (PLACEMENT_UNDONE, ("bank_placement", id.as_str())),
        EntryOf::Treasury(id) => (HAND_OVER_UNDONE, ("treasury_transfer", id.as_str())),
    };
    let told = (action, subject, facts);
    noted_with(db, Some(actor), entry, &reversed(&moves), told)?;
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
    )?;
    Ok(())
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
    )?;
    Ok(())
}

/// Writes that some of a collection went back to who paid, and records it; the entry.
pub(super) fn give_back(
    db: &mut Db,
    actor: &Actor,
    row: &RefundRow,
    kind: MoneyKind,
    at: Ts,
) -> Result<Entry> {
    let entry = LedgerRow {
        kind: EntryKind::Refunded.as_str().to_owned(),
        actor_id: Some(actor.user_id.clone()),
        reference: row.bank_reference.clone(),
        refund_id: Some(row.id.clone()),
        ..of_no_dossier(&row.centre_id, &row.authority_id, at)
    };
    let subject = ("refund", row.id.as_str());
    let moved = returned(kind, row.amount_vnd);
    noted(db, Some(actor), entry, &moved, REFUNDED, subject)
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
        placement_id: None,
        treasury_id: None,
    }
}

/// Writes an entry about no dossier and has the record tell of it; the entry.
fn noted(
    db: &mut Db,
    actor: Option<&Actor>,
    entry: LedgerRow,
    postings: &[Posting],
    action: &str,
    subject: (&str, &str),
) -> Result<Entry> {
    noted_with(db, actor, entry, postings, (action, subject, json!({})))
}

/// As [`noted`], with further facts.
fn noted_with(
    db: &mut Db,
    actor: Option<&Actor>,
    entry: LedgerRow,
    postings: &[Posting],
    (action, subject, mut facts): (&str, (&str, &str), Value),
) -> Result<Entry> {
    let (centre, at) = (entry.centre_id.clone(), entry.at);
    let (entry, told) = write(db, entry, postings)?;
    facts[TOLD] = told;
    record::audit(db, &centre, at.0, actor, action, subject, facts)?;
    Ok(entry)
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
    /// The entry.
    pub entry: RecordId,
}

/// Keeps of a collection by a cashier's word that no bank has told of it yet.
pub(super) fn unbanked(db: &mut Db, entry: &Entry) -> Result<()> {
    let amount_vnd = by_word(&moved(std::slice::from_ref(entry))?);
    let (row, _) = entry;
    let (true, Some(dossier), Some(method)) = (amount_vnd > 0, &row.dossier_id, &row.method) else {
        return Ok(());
    };
    let said = UnbankedRow {
        id: row.id.clone(),
        centre_id: row.centre_id.clone(),
        authority_id: row.authority_id.clone(),
        dossier_id: dossier.clone(),
        method: method.clone(),
        amount_vnd,
        reference: row.reference.clone(),
        collected_by: row.actor_id.clone(),
        collected_at: row.at,
    };
    Ok(insert_unbanked(db, &vec![said])?)
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
    unbanked(db, &entry)?;
    let payment = receipt::Payment {
        entry: &entry,
        at: cause.at,
        actor,
    };
    let receipts = receipt::issue(db, row, &payment)?;
    Ok(Some(Collected {
        told,
        receipts,
        entry: entry.0.id,
    }))
}

/// Writes that what a dossier owes is paid, with the step that says so; none where the step settles
/// something else than fees (T14).
///
/// # Errors
/// `validation_failed` at `/method` with `required`, `not_allowed`, `cash_not_allowed`; `exemption_by_assessment`,
/// `payment_unknown`.
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
            "Cần cho biết hình thức nộp: chuyển khoản, thẻ hay tiền mặt.",
            "How it was paid is wanted: by transfer, by card or in cash.",
        )
        .into());
    };
    if method == PaymentMethod::Online {
        return Err(bad_field(
            "/method",
            "not_allowed",
            "Thanh toán trực tuyến do Nền tảng thanh toán báo về, không ghi tay.",
            "What is paid online is told by the payment platform, not by a cashier.",
        )
        .into());
    }
    if method == PaymentMethod::Cash && !cash::allowed(db, &row.centre_id)? {
        return Err(bad_field(
            "/method",
            "cash_not_allowed",
            "Trung tâm không thu tiền mặt.",
            "The centre takes no cash.",
        )
        .into());
    }
    unknown::free(db, &row.id, Some(method))?;
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
    unknown::came(db, &row.id, at, by)?;
    Ok(collected)
}

/// Writes that what a dossier owes is paid by a word that is not the cashier's of now: of a payment of
/// which it was not known whether it came, or of the payment platform. It is then held against the bank's.
pub(super) fn settle_by_word(
    db: &mut Db,
    row: &DossierRow,
    entries: &[Entry],
    (at, method, reference): (Ts, PaymentMethod, Option<&str>),
) -> Result<Option<Collected>> {
    let holds = rows::assessment(db, &row.id)?
        .ok_or_else(|| Error::Internal("fees are owed that nobody assessed".into()))?;
    let cause = Cause {
        at,
        actor: None,
        assessment: &holds.id,
        kind: EntryKind::Paid,
        method: Some(method),
        reference,
        reverses: None,
    };
    let collected = collect(db, row, &paid(&moved(entries)?, method), &cause, None)?;
    unknown::came(db, &row.id, at, None)?;
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
    let collected = collect(db, row, &postings, &cause, None)?;
    unknown::came(db, &row.id, at, None)?;
    Ok(collected)
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
