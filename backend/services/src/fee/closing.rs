//! A cashier's till: what she collected by her own word since she closed it last, and its closing. What
//! the bank told goes through no till.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use motcua_domain::fee::closing::{Counted, Sum, Till, difference, sums};
use motcua_domain::fee::ledger::{PaymentMethod, Sort, balance};
use motcua_domain::fee::receipt::written;
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::audit::Parts;
use motcua_store::centre::counter as counter_row;
use motcua_store::payment::{self as rows, ClosingRow, Span, TillEntry};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts, UserId};
use serde_json::json;

use super::{cash, ledger};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::deadline::centre_unknown;
use crate::error::Result;
use crate::record;
use crate::reference::Names;

/// The entry of the record that a closing writes.
pub(crate) const CLOSED: &str = "till.closed";
/// Entries that one closing takes: what lies beyond is the next one's.
const MOST_ENTRIES: i64 = 2_000;

/// A line of a till: a collection, or one that was taken back.
#[derive(Debug, Clone)]
pub struct TillLine {
    /// The entry's place in the ledger.
    pub seq: i64,
    /// When.
    pub at: Ts,
    /// Of which dossier.
    pub dossier_id: String,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Whose money it is.
    pub authority_id: String,
    /// How it was paid.
    pub method: PaymentMethod,
    /// The terminal's or the bank's reference.
    pub reference: Option<String>,
    /// Whether this line takes a collection back.
    pub taken_back: bool,
    /// Phí, in đồng; negative where it was taken back.
    pub phi_vnd: i64,
    /// Lệ phí, in đồng; negative where it was taken back.
    pub le_phi_vnd: i64,
    /// The receipts that were given for the collection.
    pub receipts: Vec<String>,
}

/// What a till holds that was not closed yet: of one day, the first that is open.
#[derive(Debug, Clone)]
pub struct Open {
    /// The day in Vietnam.
    pub day: NaiveDate,
    /// After this place in the ledger.
    pub after_seq: i64,
    /// Up to this one.
    pub until_seq: i64,
    /// When the first of it was written.
    pub first_at: Ts,
    /// When the last of it was.
    pub last_at: Ts,
    /// By authority, way of paying and sort of money.
    pub sums: Vec<Sum>,
    entries: Vec<TillEntry>,
}

impl Open {
    /// Đồng collected less what was taken back.
    #[must_use]
    pub fn net_vnd(&self) -> i64 {
        self.sums.iter().map(Sum::net_vnd).sum()
    }

    /// How many lines it has.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.entries.len()
    }
}

fn collected_by(entry: &TillEntry) -> Result<PaymentMethod> {
    let of = entry.takes_back.as_ref().unwrap_or(&entry.entry);
    of.method
        .as_deref()
        .and_then(PaymentMethod::parse)
        .ok_or_else(|| StoreError::Corrupt("a collection without its way of paying".into()).into())
}

/// What these entries hold, as a closing sums it.
pub(crate) fn summed(entries: &[TillEntry]) -> Result<Vec<Sum>> {
    let moved: Vec<ledger::Entry> = entries
        .iter()
        .map(|e| (e.entry.clone(), e.postings.clone()))
        .collect();
    let moved = ledger::moved(&moved)?;
    let all = entries
        .iter()
        .zip(moved)
        .map(|(e, moved)| {
            Ok(Till {
                authority: e.entry.authority_id.to_string(),
                method: collected_by(e)?,
                taken_back: e.takes_back.is_some(),
                moved,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(sums(&all))
}

/// The instant at which a day in Vietnam is over.
fn over(day: NaiveDate) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    from_local(next, NaiveTime::MIN)
}

/// What a cashier's till holds after a place in the ledger, up to another: of the first day of it.
fn gather(
    db: &mut Db,
    (centre, user): (&CentreId, &UserId),
    (after, until): (i64, i64),
) -> Result<Option<Open>> {
    let mut span = Span {
        after,
        until,
        before: None,
        limit: 1,
    };
    let Some(first) = rows::till_entries(db, centre, user, span)?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let day = local_date(first.entry.at.0);
    span.before = Some(Ts::new(over(day)));
    span.limit = MOST_ENTRIES;
    let mut entries = rows::till_entries(db, centre, user, span)?;
    // Of two lists that were each cut, what lies beyond the shorter may be missing.
    let most = usize::try_from(MOST_ENTRIES).unwrap_or(usize::MAX);
    entries.truncate(most);
    let Some(last) = entries.last() else {
        return Ok(None);
    };
    Ok(Some(Open {
        day,
        after_seq: after,
        until_seq: last.entry.seq,
        first_at: first.entry.at,
        last_at: last.entry.at,
        sums: summed(&entries)?,
        entries,
    }))
}

/// Lines of a till, with the codes of their dossiers and their receipts.
fn lines(db: &mut Db, entries: &[TillEntry]) -> Result<Vec<TillLine>> {
    let ids: Vec<_> = entries
        .iter()
        .filter_map(|e| e.entry.dossier_id.clone())
        .collect();
    let codes: HashMap<_, _> = rows::codes_of(db, &ids)?.into_iter().collect();
    let payments: Vec<RecordId> = entries
        .iter()
        .map(|e| e.takes_back.as_ref().unwrap_or(&e.entry).id.clone())
        .collect();
    let mut receipts: HashMap<RecordId, Vec<String>> = HashMap::new();
    for (payment, symbol, number, _) in rows::receipts_of(db, &payments)? {
        let name = format!("{symbol} {}", written(number));
        receipts.entry(payment).or_default().push(name);
    }
    entries
        .iter()
        .map(|e| {
            let method = collected_by(e)?;
            let moved = ledger::moved(&[(e.entry.clone(), e.postings.clone())])?;
            let of = |sort| balance(&moved, method.account(), sort);
            let paid = e.takes_back.as_ref().unwrap_or(&e.entry);
            let dossier = e.entry.dossier_id.as_ref();
            Ok(TillLine {
                seq: e.entry.seq,
                at: e.entry.at,
                dossier_id: dossier.map(ToString::to_string).unwrap_or_default(),
                dossier_code: dossier.and_then(|id| codes.get(id).cloned().flatten()),
                authority_id: e.entry.authority_id.to_string(),
                method,
                reference: paid.reference.clone(),
                taken_back: e.takes_back.is_some(),
                phi_vnd: of(Sort::Fee),
                le_phi_vnd: of(Sort::Charge),
                receipts: receipts.get(&paid.id).cloned().unwrap_or_default(),
            })
        })
        .collect()
}

/// What a till holds, and what its cashier closed last.
#[derive(Debug, Clone)]
pub struct Standing {
    /// At which centre.
    pub centre_id: CentreId,
    /// What is open.
    pub open: Option<Open>,
    /// The first of its lines.
    pub lines: Vec<TillLine>,
    /// What was closed last.
    pub last: Option<ClosingRow>,
    /// Whether the centre takes cash.
    pub cash_allowed: bool,
}

/// What the actor's own till holds.
///
/// # Errors
/// `centre_unknown`.
pub fn standing(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    most_lines: usize,
) -> Result<Standing> {
    let centre = actor
        .centre_for(Permission::CollectFees, centre)
        .ok_or_else(centre_unknown)?;
    let last = rows::last_closing(db, &centre, &actor.user_id)?;
    let after = last.as_ref().map_or(0, |l| l.to_seq);
    let open = gather(db, (&centre, &actor.user_id), (after, i64::MAX))?;
    let lines = match &open {
        Some(open) => {
            let shown = open.entries.len().min(most_lines);
            lines(db, open.entries.get(..shown).unwrap_or_default())?
        }
        None => Vec::new(),
    };
    Ok(Standing {
        cash_allowed: cash::allowed(db, &centre)?,
        centre_id: centre,
        open,
        lines,
        last,
    })
}

/// What a cashier says when she closes.
#[derive(Debug, Clone)]
pub struct NewClosing {
    /// At which centre.
    pub centre: Option<CentreId>,
    /// Up to which place in the ledger she saw.
    pub until_seq: i64,
    /// At which counter she sat.
    pub counter: Option<RecordId>,
    /// What she counted.
    pub counted: Counted,
    /// Why it is not what should be there.
    pub reason: Option<String>,
}

/// A closing with its lines and the name of whose it is.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Closing {
    pub row: ClosingRow,
    pub sums: Vec<Sum>,
    pub counted: Counted,
    pub counter_name: Option<String>,
    pub lines: Vec<TillLine>,
    pub names: Names,
}

/// The digest of a closing that the record carries.
pub(crate) fn digest(row: &ClosingRow) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(row.id.as_str());
    part(row.user_id.as_str());
    part(row.counter_id.as_ref().map_or("", |c| c.as_str()));
    part(&row.number.to_string());
    part(&row.day.to_string());
    part(&row.after_seq.to_string());
    part(&row.to_seq.to_string());
    part(&row.sums);
    part(&row.counted);
    part(&row.collected_vnd.to_string());
    part(&row.difference_vnd.to_string());
    part(row.reason.as_deref().unwrap_or(""));
    part(&row.closed_at.0.timestamp_micros().to_string());
    parts.hex()
}

/// Closes the actor's own till over what she saw.
///
/// # Errors
/// `centre_unknown`, `nothing_to_close`, `till_moved`, `validation_failed` at `/counter_id`,
/// `/card_vnd`, `/cash_notes`, `/reason` with `difference_unexplained`.
pub fn close(services: &Services, db: &mut Db, actor: &Actor, new: &NewClosing) -> Result<Closing> {
    let centre = actor
        .centre_for(Permission::CollectFees, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    // Nothing is written in the ledger meanwhile, and of two who close at once the second waits.
    ledger::hold(db, &centre)?;
    let last = rows::last_closing(db, &centre, &actor.user_id)?;
    let after = last.as_ref().map_or(0, |l| l.to_seq);
    let open = gather(db, (&centre, &actor.user_id), (after, new.until_seq))?;
    let Some(open) = open else {
        return Err(Refusal::new(
            "nothing_to_close",
            "Không có khoản thu nào chưa khóa sổ.",
            "There is no collection that was not closed.",
        )
        .into());
    };
    if open.until_seq != new.until_seq {
        return Err(Refusal::new(
            "till_moved",
            "Khoản thu đã thay đổi so với màn hình; xem lại rồi khóa sổ.",
            "The till is not as it was shown; look again, then close.",
        )
        .with("until_seq", open.until_seq)
        .into());
    }
    if let Some(id) = &new.counter {
        let known = counter_row(db, id)?.filter(|c| c.centre_id == centre);
        if known.is_none() {
            return Err(bad_field(
                "/counter_id",
                "counter_unknown",
                "Trung tâm không có quầy này.",
                "The centre has no such counter.",
            )
            .into());
        }
    }
    let difference_vnd = difference(&open.sums, &new.counted)?;
    let mut texts = Texts::default();
    let reason = texts.maybe(new.reason.as_ref(), "/reason", 500);
    texts.sound()?;
    if difference_vnd != 0 && reason.is_none() {
        return Err(bad_field(
            "/reason",
            "difference_unexplained",
            "Số đếm được khác số phải có: cần ghi lý do.",
            "What was counted is not what should be there: say why.",
        )
        .into());
    }
    let now = services.now();
    let row = ClosingRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        user_id: actor.user_id.clone(),
        counter_id: new.counter.clone(),
        number: last.as_ref().map_or(0, |l| l.number) + 1,
        day: open.day,
        after_seq: open.after_seq,
        to_seq: open.until_seq,
        first_at: open.first_at,
        last_at: open.last_at,
        sums: serde_json::to_string(&open.sums).map_err(StoreError::from)?,
        counted: serde_json::to_string(&new.counted).map_err(StoreError::from)?,
        collected_vnd: open.net_vnd(),
        difference_vnd,
        reason,
        closed_at: Ts::new(now),
    };
    rows::insert_closing(db, &row)?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        CLOSED,
        ("till_closing", row.id.as_str()),
        json!({
            "number": row.number,
            "day": row.day,
            "until_seq": row.to_seq,
            "collected_vnd": row.collected_vnd,
            "difference_vnd": row.difference_vnd,
            "digest": digest(&row),
        }),
    )?;
    whole(services, db, actor, row)
}

fn whole(services: &Services, db: &mut Db, actor: &Actor, row: ClosingRow) -> Result<Closing> {
    let span = Span {
        after: row.after_seq,
        until: row.to_seq,
        before: None,
        limit: MOST_ENTRIES,
    };
    let entries = rows::till_entries(db, &row.centre_id, &row.user_id, span)?;
    let counter_name = match &row.counter_id {
        Some(id) => counter_row(db, id)?.map(|c| c.name),
        None => None,
    };
    Ok(Closing {
        sums: kept_sums(&row)?,
        counted: serde_json::from_str(&row.counted).map_err(StoreError::from)?,
        counter_name,
        lines: lines(db, &entries)?,
        names: services.names(db, actor.stamp, std::iter::once(&row.user_id))?,
        row,
    })
}

/// What a closing says it was closed over.
///
/// # Errors
/// [`StoreError`] when it cannot be read.
pub fn kept_sums(row: &ClosingRow) -> Result<Vec<Sum>> {
    Ok(serde_json::from_str(&row.sums).map_err(StoreError::from)?)
}

/// One closing, whole, at a centre that the actor answers for or works at.
///
/// # Errors
/// `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Closing> {
    let centres = actor.scope(Permission::ReadPayments).centres;
    let row = rows::closing(db, id)?
        .filter(|c| centres.contains(&c.centre_id))
        .ok_or_else(Refusal::not_found)?;
    whole(services, db, actor, row)
}

/// Closings at the centres that the actor answers for or works at, the last first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<(Vec<ClosingRow>, Names)> {
    let centres = actor.scope(Permission::ReadPayments).centres;
    let found = rows::closings_page(db, &centres, edge, limit)?;
    let names = services.names(db, actor.stamp, found.iter().map(|c| &c.user_id))?;
    Ok((found, names))
}

/// Whether the ledger still says what a closing was closed over.
pub(crate) fn holds(db: &mut Db, row: &ClosingRow) -> Result<bool> {
    let span = Span {
        after: row.after_seq,
        until: row.to_seq,
        before: None,
        limit: MOST_ENTRIES,
    };
    let entries = rows::till_entries(db, &row.centre_id, &row.user_id, span)?;
    let now = summed(&entries)?;
    let net: i64 = now.iter().map(Sum::net_vnd).sum();
    Ok(now == kept_sums(row)? && net == row.collected_vnd)
}
