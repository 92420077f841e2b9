//! What banks tell: stored before it is answered, made something of afterwards, each movement once.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration as StdDuration, Instant};

use chrono::{Duration, NaiveTime};
use motcua_domain::dossier::{PaymentState, State};
use motcua_domain::fee::ledger::{PaymentMethod, owed};
use motcua_domain::fee::notice::{NotApplied, Notice, NoticeState, Online, Telling};
use motcua_domain::fee::request::{MoneyState, RequestState, Standing, receive, references_in};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::dossier::{DossierRow, find_open, forget_undo, update};
use motcua_store::payment::{
    self as rows, AccountRow, NotificationRow, RequestRow, TransactionRow, UnknownRow,
};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts};
use serde_json::json;

use super::{ledger, placement, request};
use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::deadline::centre_unknown;
use crate::error::{Error, Result, stale};
use crate::record;
use crate::together::{Taken, Together};

/// Refused notifications that are kept of one day: whoever cannot sign must not fill the disk.
const MOST_REFUSED: i64 = 1_000;
/// Messages that are stored in one transaction.
const MOST_AT_ONCE: usize = 64;
/// Messages stored at once from which on it is a burst.
const MANY: usize = 4;
/// How long a burst is taken to last after many were stored at once.
const BURST_LASTS: StdDuration = StdDuration::from_millis(100);
/// Of a refused body so many characters are kept.
const MOST_OF_REFUSED: usize = 2_000;

fn to_store(services: &Services, adapter: &str, message: &str, body: &str) -> NotificationRow {
    NotificationRow {
        id: RecordId::new(),
        adapter: adapter.to_owned(),
        message_id: message.to_owned(),
        received_at: Ts::new(services.now()),
        state: NoticeState::Stored.as_str().to_owned(),
        reason: None,
        body: body.to_owned(),
        attempts: 0,
        centre_id: None,
        transaction_id: None,
    }
}

fn reused() -> Refusal {
    Refusal::new(
        "notification_id_reused",
        "Mã thông báo này đã được dùng cho một nội dung khác.",
        "This message id was used for another body.",
    )
}

/// Stores what came together by one statement; of each message, in their order, whether it is new.
fn store(services: &Services, db: &mut Db, batch: &[Told]) -> Result<Vec<Taken<bool>>> {
    // Of a message that came twice at once the first is stored.
    let mut firsts = HashSet::new();
    let mut fresh = Vec::new();
    let own: Vec<Option<RecordId>> = batch
        .iter()
        .map(|told| {
            let first = firsts.insert((told.adapter.as_str(), told.message.as_str()));
            first.then(|| {
                let row = to_store(services, &told.adapter, &told.message, &told.body);
                let id = row.id.clone();
                fresh.push(row);
                id
            })
        })
        .collect();
    let stored: HashSet<RecordId> = rows::insert_notifications(db, &fresh)?
        .into_iter()
        .collect();
    let mut taken = Vec::with_capacity(batch.len());
    for (told, own) in batch.iter().zip(own) {
        if own.is_some_and(|id| stored.contains(&id)) {
            taken.push(Ok(true));
            continue;
        }
        let known = rows::notification(db, &told.adapter, &told.message)?;
        taken.push(if known.is_some_and(|n| n.body == told.body) {
            Ok(false)
        } else {
            Err(Box::new(reused()))
        });
    }
    Ok(taken)
}

/// A message to be stored.
struct Told {
    adapter: String,
    message: String,
    body: String,
}

/// Stores what banks tell at the same time in one transaction.
#[derive(Default)]
pub struct Intake {
    together: Together<Told, bool>,
    /// Until when a burst is taken to last, by the last time that many came at once.
    burst_until: Mutex<Option<Instant>>,
}

impl Intake {
    /// Whether many messages are coming in just now: taking them in comes before making something of them.
    pub fn in_burst(&self) -> bool {
        let until = self.burst_until.lock();
        until
            .unwrap_or_else(PoisonError::into_inner)
            .is_some_and(|until| Instant::now() < until)
    }

    fn begin_burst(&self) {
        let until = self.burst_until.lock();
        *until.unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + BURST_LASTS);
    }

    /// Stores what a bank told; false when the message is stored already. Blocking.
    ///
    /// # Errors
    /// `notification_id_reused` when its id came with another body; storage failures of all who were to be stored together.
    pub fn store(
        &self,
        services: &Services,
        adapter: String,
        message: String,
        body: String,
    ) -> Result<bool> {
        let told = Told {
            adapter,
            message,
            body,
        };
        self.together
            .write(services, told, MOST_AT_ONCE, |db, batch| {
                if batch.len() >= MANY {
                    self.begin_burst();
                }
                store(services, db, batch)
            })
    }
}

/// Keeps what was refused, with why, so that it can be looked at; up to a thousand a day. False once the
/// day has so many.
///
/// # Errors
/// Storage failures only.
pub fn keep_refused(
    services: &Services,
    db: &mut Db,
    adapter: &str,
    message: &str,
    body: &str,
    reason: &str,
) -> Result<bool> {
    let now = services.now();
    let today = from_local(local_date(now), NaiveTime::MIN);
    if rows::refused_since(db, Ts::new(today), MOST_REFUSED)? >= MOST_REFUSED {
        return Ok(false);
    }
    rows::insert_notification(
        db,
        &NotificationRow {
            id: RecordId::new(),
            adapter: adapter.to_owned(),
            message_id: message.chars().take(128).collect(),
            received_at: Ts::new(now),
            state: NoticeState::Refused.as_str().to_owned(),
            reason: Some(reason.to_owned()),
            // PostgreSQL keeps no NUL.
            body: body
                .chars()
                .filter(|c| *c != '\0')
                .take(MOST_OF_REFUSED)
                .collect(),
            attempts: 0,
            centre_id: None,
            transaction_id: None,
        },
    )?;
    Ok(true)
}

/// How many notifications something was made of, and of how many nothing could be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "two counts")]
pub struct Settled {
    pub done: usize,
    pub failed: usize,
}

/// Makes something of at most `most` stored notifications, each in a transaction of its own. One that
/// fails is put behind the others and tried again.
///
/// # Errors
/// Storage failures of the list itself.
pub fn settle_stored(
    services: &Services,
    most: i64,
    read: &dyn Fn(&NotificationRow) -> std::result::Result<Telling, Refusal>,
) -> Result<Settled> {
    let waiting = services.read(|db| Ok(rows::stored(db, most)?))?;
    let mut settled = Settled::default();
    for id in waiting {
        let made = services.write(|db| {
            let Some(mut row) = rows::take_notification(db, &id)? else {
                return Ok(());
            };
            match read(&row)? {
                Telling::Came(notice) => apply(services, db, &mut row, &notice),
                Telling::Online(paid) => online(services, db, &mut row, &paid),
            }
        });
        match made {
            Ok(()) => settled.done += 1,
            Err(error) => {
                settled.failed += 1;
                let code = match &error {
                    Error::Refused(refusal) => refusal.code,
                    _ => "storage",
                };
                tracing::warn!(code, "nothing could be made of a bank's notification yet");
                services.write(|db| Ok(rows::put_off(db, &id)?))?;
            }
        }
    }
    Ok(settled)
}

/// The account that money came to: the one that collects now before those that have ended.
fn account_of(db: &mut Db, notice: &Notice) -> Result<(Option<AccountRow>, Vec<AccountRow>)> {
    let known: Vec<AccountRow> =
        rows::accounts_numbered(db, &notice.bank_bin, &notice.account_number)?
            .into_iter()
            .filter(|a| a.confirmed_at.is_some())
            .collect();
    let now = known
        .iter()
        .find(|a| a.ended_at.is_none())
        .or(known.first());
    Ok((now.cloned(), known))
}

/// Makes something of a notification.
fn apply(
    services: &Services,
    db: &mut Db,
    row: &mut NotificationRow,
    notice: &Notice,
) -> Result<()> {
    let (account, known) = account_of(db, notice)?;
    let Some(account) = account else {
        row.state = NoticeState::UnknownAccount.as_str().to_owned();
        return Ok(rows::keep_notification(db, row)?);
    };
    row.centre_id = Some(account.centre_id.clone());
    row.state = NoticeState::Done.as_str().to_owned();
    for a in &known {
        if let Some(before) = rows::transaction_of(db, &a.id, &notice.bank_reference)? {
            row.transaction_id = Some(before.id);
            return Ok(rows::keep_notification(db, row)?);
        }
    }
    let money = came(services, db, &account, notice)?;
    row.transaction_id = Some(money);
    Ok(rows::keep_notification(db, row)?)
}

/// Makes something of what the payment platform told: what is asked for is paid by its word, until the bank
/// tells of the money. What cannot be is kept with why.
fn online(
    services: &Services,
    db: &mut Db,
    row: &mut NotificationRow,
    told: &Online,
) -> Result<()> {
    let why = paid_online(services, db, row, told)?;
    row.reason = why.map(|w| w.as_str().to_owned());
    let state = why.map_or(NoticeState::Done, |_| NoticeState::NotApplied);
    row.state = state.as_str().to_owned();
    Ok(rows::keep_notification(db, row)?)
}

fn paid_online(
    services: &Services,
    db: &mut Db,
    row: &mut NotificationRow,
    told: &Online,
) -> Result<Option<NotApplied>> {
    let asked = match references_in(&told.reference).into_iter().next() {
        Some(reference) => rows::request_of(db, &reference)?,
        None => None,
    };
    let Some(asked) = asked else {
        return Ok(Some(NotApplied::ReferenceUnknown));
    };
    row.centre_id = Some(asked.centre_id.clone());
    if !told.paid {
        return Ok(Some(NotApplied::PaymentFailed));
    }
    let Some(dossier) = find_open(db, &asked.dossier_id)? else {
        return Ok(Some(NotApplied::NotOwed));
    };
    let entries = ledger::entries(db, &dossier.id)?;
    let still = owed(&ledger::moved(&entries)?);
    if !owes(&dossier)? || still == 0 {
        return Ok(Some(NotApplied::NotOwed));
    }
    if still != told.amount_vnd {
        return Ok(Some(NotApplied::AmountDiffers));
    }
    let at = Ts::new(services.now());
    let (method, reference) = (PaymentMethod::Online, asked.reference.as_str());
    let paid = ledger::settle_by_word(db, &dossier, &entries, (at, method, Some(reference)))?;
    request::give_up(db, &dossier.id, at, None, request::PAID_OTHERWISE)?;
    paid_line(
        db,
        dossier,
        paid,
        ((method.as_str(), reference), told.amount_vnd),
        at,
    )?;
    Ok(None)
}

/// The one request that a transfer's text names, if it is of this account's authority.
fn meant(db: &mut Db, account: &AccountRow, text: &str) -> Result<Option<RequestRow>> {
    let mut found = Vec::new();
    for reference in references_in(text) {
        found.extend(rows::request_of(db, &reference)?);
    }
    let [request] = found.as_slice() else {
        return Ok(None);
    };
    Ok((request.authority_id == account.authority_id).then(|| request.clone()))
}

/// Keeps money that came, writes it in the ledger, and pays what it was meant for.
pub(super) fn came(
    services: &Services,
    db: &mut Db,
    account: &AccountRow,
    notice: &Notice,
) -> Result<RecordId> {
    let now = services.now();
    let at = Ts::new(now);
    let mut money = TransactionRow {
        id: RecordId::new(),
        centre_id: account.centre_id.clone(),
        authority_id: account.authority_id.clone(),
        account_id: account.id.clone(),
        bank_reference: notice.bank_reference.clone(),
        amount_vnd: notice.amount_vnd,
        refund_vnd: 0,
        description: notice.description.clone(),
        payer_name: notice.payer_name.clone(),
        payer_account: notice.payer_account.clone(),
        booked_at: Ts::new(notice.booked_at),
        received_at: at,
        state: MoneyState::Unmatched.as_str().to_owned(),
        request_id: None,
        version: 1,
    };
    let meant = meant(db, account, &notice.description)?;
    let unknown = match &meant {
        Some(_) => None,
        None => placement::not_known(db, &money)?,
    };
    let dossier = meant.as_ref().map(|asked| &asked.dossier_id);
    if let Some(dossier) = dossier.or(unknown.as_ref().map(|u| &u.dossier_id)) {
        // The dossier first: whoever else settles or ends it waits here, and is then seen.
        find_open(db, dossier)?;
    }
    rows::insert_transaction(db, &money)?;
    ledger::receive(db, &money)?;
    // What the payment platform said before is what comes now.
    let online = match &meant {
        Some(asked) => placement::paid_online(db, &money, &asked.reference)?,
        None => None,
    };
    if let Some(collection) = online {
        placement::settle(db, None, &mut money, &[collection], at)?;
        return Ok(money.id);
    }
    match (&meant, &unknown) {
        (Some(asked), _) => place(db, &mut money, &asked.reference, at)?,
        (None, Some(unknown)) => has_come(db, &mut money, unknown, at)?,
        // What a cashier said was transferred, under the bank's own name of it.
        (None, None) => placement::certain(db, &mut money, at)?,
    }
    Ok(money.id)
}

/// Lets money that came be a payment of which that was not known, if the dossier, which is locked, still
/// owes it.
fn has_come(db: &mut Db, money: &mut TransactionRow, unknown: &UnknownRow, at: Ts) -> Result<()> {
    let still = rows::unknown_of(db, &unknown.dossier_id)?.is_some_and(|u| u.id == unknown.id);
    let Some(dossier) = find_open(db, &unknown.dossier_id)?.filter(|_| still) else {
        return Ok(());
    };
    let entries = ledger::entries(db, &dossier.id)?;
    if !owes(&dossier)? || owed(&ledger::moved(&entries)?) != money.amount_vnd {
        return Ok(());
    }
    let method = PaymentMethod::parse(&unknown.method)
        .ok_or_else(|| StoreError::Corrupt("an unknown way of paying".into()))?;
    let reference = unknown.reference.as_deref();
    let paid = ledger::settle_by_word(db, &dossier, &entries, (at, method, reference))?;
    if let Some(paid) = &paid {
        placement::settle(db, None, money, std::slice::from_ref(&paid.entry), at)?;
    }
    let how = (
        unknown.method.as_str(),
        unknown.reference.as_deref().unwrap_or(""),
    );
    paid_line(db, dossier, paid, (how, money.amount_vnd), at)
}

/// Lets money that came do what it does to the request of a reference, whose dossier is locked.
fn place(db: &mut Db, money: &mut TransactionRow, reference: &str, at: Ts) -> Result<()> {
    let gone = || Error::Internal("a payment request or its dossier is gone".into());
    let mut asked = rows::request_of(db, reference)?.ok_or_else(gone)?;
    let dossier = find_open(db, &asked.dossier_id)?.ok_or_else(gone)?;
    let state = RequestState::parse(&asked.state)
        .ok_or_else(|| StoreError::Corrupt("an unknown state of a payment request".into()))?;
    let entries = ledger::entries(db, &dossier.id)?;
    let other = rows::open_request(db, &dossier.id)?.is_some_and(|r| r.id != asked.id);
    let open = asked.closed_at.is_none();
    let now = Standing {
        state,
        asked_vnd: asked.amount_vnd,
        held_vnd: if open { asked.received_vnd } else { 0 },
        owed: owes(&dossier)? && owed(&ledger::moved(&entries)?) == asked.amount_vnd,
        can_wait: open || (state == RequestState::Expired && !other),
    };
    let done = receive(now, money.amount_vnd);
    money.state = done.money.as_str().to_owned();
    money.refund_vnd = done.refund_vnd;
    money.request_id = Some(asked.id.clone());
    money.version += 1;
    if !rows::keep_transaction(db, money)? {
        return Err(stale(money.version));
    }
    request::keep_received(db, &mut asked, money.amount_vnd, done.request, at)?;
    if done.settles {
        rows::held_has_paid(db, &asked.id)?;
        request::give_up(db, &dossier.id, at, None, request::PAID_OTHERWISE)?;
        settle(db, dossier, &asked, &entries, at)?;
    }
    Ok(())
}

/// Lets money of which nobody knew whose it is pay the request of a reference, by a person's word.
///
/// # Errors
/// `not_found`, `version_stale`, `money_placed`, `validation_failed` at `/reference` with
/// `reference_unknown`, `reference_of_another_authority`.
pub fn match_by_hand(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    reference: &str,
) -> Result<TransactionRow> {
    let scope = actor.scope(Permission::CollectFees);
    let wanted = references_in(reference).into_iter().next();
    let asked = match &wanted {
        Some(reference) => rows::request_of(db, reference)?,
        None => None,
    };
    let asked = asked.filter(|a| scope.covers(&a.centre_id, &a.authority_id));
    if let Some(asked) = &asked {
        find_open(db, &asked.dossier_id)?;
    }
    let mut money = rows::transaction_to_change(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if money.version != version {
        return Err(stale(money.version));
    }
    if money.state != MoneyState::Unmatched.as_str() || rows::refund_of(db, id)?.is_some() {
        return Err(Refusal::new(
            "money_placed",
            "Khoản tiền này đã được xử lý.",
            "This money is dealt with already.",
        )
        .into());
    }
    let Some(asked) = asked else {
        return Err(bad_field(
            "/reference",
            "reference_unknown",
            "Không có yêu cầu thanh toán nào mang nội dung này.",
            "No payment request has this reference.",
        )
        .into());
    };
    if asked.authority_id != money.authority_id {
        return Err(bad_field(
            "/reference",
            "reference_of_another_authority",
            "Yêu cầu này thuộc cơ quan khác: tiền về nhầm tài khoản thì hoàn trả, không ghi cho hồ sơ của cơ quan khác.",
            "The request is another authority's: money that came to the wrong account goes back.",
        )
        .into());
    }
    let now = services.now();
    place(db, &mut money, &asked.reference, Ts::new(now))?;
    record::audit(
        db,
        &money.centre_id,
        now,
        Some(actor),
        "bank_transaction.matched",
        ("bank_transaction", money.id.as_str()),
        json!({ "reference": asked.reference, "amount_vnd": money.amount_vnd }),
    )?;
    Ok(money)
}

/// Whether a dossier is one that can still be paid for.
fn owes(dossier: &DossierRow) -> Result<bool> {
    let corrupt = || StoreError::Corrupt("an unknown state of a dossier".into());
    let state = State::parse(&dossier.state).ok_or_else(corrupt)?;
    let payment = PaymentState::parse(&dossier.payment_state).ok_or_else(corrupt)?;
    Ok(!state.is_final() && matches!(payment, PaymentState::Due | PaymentState::Pending))
}

/// Writes that a dossier's fees are paid: a line of its timeline, no step of its way. What else it waits
/// for, it goes on waiting for.
fn settle(
    db: &mut Db,
    dossier: DossierRow,
    asked: &RequestRow,
    entries: &[ledger::Entry],
    at: Ts,
) -> Result<()> {
    let paid = ledger::settle_from_bank(
        db,
        &dossier,
        &asked.assessment_id,
        entries,
        (at, &asked.reference),
    )?;
    let how = ("transfer", asked.reference.as_str());
    paid_line(db, dossier, paid, (how, asked.amount_vnd), at)
}

/// Writes in a dossier's timeline that its fees are paid.
fn paid_line(
    db: &mut Db,
    mut dossier: DossierRow,
    paid: Option<ledger::Collected>,
    ((method, reference), amount_vnd): ((&str, &str), i64),
    at: Ts,
) -> Result<()> {
    let (told, receipts) = match paid {
        Some(paid) => (vec![paid.told], paid.receipts),
        None => (Vec::new(), Vec::new()),
    };
    let version = dossier.version;
    if dossier.payment_state == PaymentState::Due.as_str() {
        dossier.payment_state = PaymentState::Paid.as_str().to_owned();
    }
    dossier.version += 1;
    dossier.timeline_seq += 1;
    if !update(db, &dossier, version)? {
        return Err(Error::Internal("a locked dossier was changed".into()));
    }
    // A step taken back would put back what was owed before.
    forget_undo(db, &dossier.id)?;
    record::step(
        db,
        &dossier,
        record::Step {
            at: at.0,
            kind: "fees_paid",
            transition: "",
            actor: None,
            role: None,
            from_state: Some(dossier.state.clone()),
            detail: json!({
                "method": method,
                "reference": reference,
                "amount_vnd": amount_vnd,
                "receipts": receipts,
                ledger::TOLD: told,
            }),
        },
    )
}

/// What banks told of a centre's accounts, the last first; or what nobody knows whose it is, and what was
/// refused.
///
/// # Errors
/// `centre_unknown`.
pub fn notifications(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    unplaced: bool,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Vec<NotificationRow>> {
    let centre = actor
        .centre_for(Permission::ReadNotifications, centre)
        .ok_or_else(centre_unknown)?;
    let of = (!unplaced).then_some(&centre);
    Ok(rows::notifications_page(db, of, edge, limit)?)
}

/// How long the oldest notification of which nothing was made yet has been waiting; none: there is none.
///
/// # Errors
/// Storage failures only.
pub fn lag(services: &Services) -> Result<Option<Duration>> {
    let oldest = services.read(|db| Ok(rows::oldest_stored(db)?))?;
    Ok(oldest.map(|at| services.now() - at.0))
}
