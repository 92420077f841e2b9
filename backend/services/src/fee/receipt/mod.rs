//! Receipts: given in the transaction that collects, in the series of the body that collects, and never
//! changed. What was written wrong is replaced by a new one; a collection that was none is taken back.

pub mod series;
pub mod void;

use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::fee::receipt::{
    LARGEST_NUMBER, ReceiptMedium, ReceiptState, to_receipt, written,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::{local_date, to_vn};
use motcua_store::audit::Parts;
use motcua_store::dossier::{DossierRow, find_to_change};
use motcua_store::fee as fees;
use motcua_store::payment::{self as rows, Given, OwedLine, OwedRow, ReceiptRow, SeriesRow};
use motcua_store::{Db, DossierId, RecordId, StoreError, Ts, counter};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{assessment, ledger};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::dossier::{VIEWED, looking};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::reference::Names;

/// The entry of the record that tells of a receipt that was given.
pub(crate) const ISSUED: &str = "receipt.issued";

/// What a receipt was given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    /// Name of the fee or charge.
    pub name: String,
    /// Đồng.
    pub amount_vnd: i64,
}

/// A receipt with what is shown beside it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The receipt.
    pub row: ReceiptRow,
    /// Its series.
    pub series: SeriesRow,
    /// What it was given for.
    pub lines: Vec<ReceiptLine>,
    /// The one it took the place of.
    pub replaces: Option<Given>,
    /// The one that took its place.
    pub replaced_by: Option<Given>,
    /// The one of which this one takes something off.
    pub adjusts: Option<Given>,
    /// The one that takes something off this one.
    pub adjusted_by: Option<Given>,
}

/// Receipts, with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Receipts {
    pub receipts: Vec<Receipt>,
    pub names: Names,
}

/// A payment that was just written, as far as its receipts care.
pub(super) struct Payment<'a> {
    pub entry: &'a ledger::Entry,
    pub at: Ts,
    /// None: the bank told.
    pub actor: Option<&'a Actor>,
}

/// The digest of a receipt that the record carries: all that never changes of it.
pub(crate) fn digest(row: &ReceiptRow) -> String {
    let mut parts = Parts::default();
    let mut part = |text: &str| parts.part(text);
    part(row.id.as_str());
    part(row.series_id.as_str());
    part(&row.year.to_string());
    part(&row.number.to_string());
    part(&row.money_kind);
    part(row.dossier_id.as_str());
    part(row.entry_id.as_str());
    part(&row.payer_name);
    part(row.payer_number.as_deref().unwrap_or(""));
    part(row.payer_address.as_deref().unwrap_or(""));
    part(&row.lines);
    part(&row.amount_vnd.to_string());
    part(&row.method);
    part(row.reference.as_deref().unwrap_or(""));
    part(&row.issued_at.0.timestamp_micros().to_string());
    part(row.issued_by.as_ref().map_or("", |u| u.as_str()));
    part(row.replaces_id.as_ref().map_or("", |r| r.as_str()));
    part(row.replaced_because.as_deref().unwrap_or(""));
    // Receipts of before anything went back keep their digests.
    if let Some(adjusts) = &row.adjusts_id {
        parts.part(adjusts.as_str());
    }
    parts.hex()
}

/// A receipt as people name it: its series and its number.
#[must_use]
pub fn name_of(series: &SeriesRow, row: &ReceiptRow) -> String {
    format!("{} {}", series.serial_symbol, written(row.number))
}

/// The series in which an authority can give a receipt of a sort on the day of an instant.
fn usable_series(
    db: &mut Db,
    dossier: &DossierRow,
    kind: MoneyKind,
    at: Ts,
) -> Result<Option<SeriesRow>> {
    let found = rows::series_of(db, &dossier.authority_id, kind.as_str())?;
    let Some(series) = found else {
        return Ok(None);
    };
    let medium = ReceiptMedium::parse(&series.medium)
        .ok_or_else(|| StoreError::Corrupt("an unknown medium of receipts".into()))?;
    Ok(medium.usable_on(local_date(at.0)).then_some(series))
}

/// Takes the next number of a series, writes the receipt, and has the record tell of it; its name.
///
/// # Errors
/// `receipt_numbers_used_up`.
fn give(
    db: &mut Db,
    actor: Option<&Actor>,
    series: &SeriesRow,
    mut row: ReceiptRow,
) -> Result<ReceiptRow> {
    use chrono::Datelike as _;
    row.year = to_vn(row.issued_at.0).year();
    row.number = counter::next(db, &format!("receipt:{}:{}", series.id, row.year))?;
    if row.number > LARGEST_NUMBER {
        return Err(Refusal::new(
            "receipt_numbers_used_up",
            "Ký hiệu biên lai này đã dùng hết số trong năm.",
            "This series has no more numbers this year.",
        )
        .into());
    }
    rows::insert_receipt(db, &row)?;
    record::audit(
        db,
        &row.centre_id,
        row.issued_at.0,
        actor,
        ISSUED,
        ("receipt", row.id.as_str()),
        json!({
            "dossier": row.dossier_id,
            "series": series.serial_symbol,
            "number": row.number,
            "kind": row.money_kind,
            "amount_vnd": row.amount_vnd,
            "digest": digest(&row),
        }),
    )?;
    Ok(row)
}

/// What a payment of a sort was for: the lines of the assessment, where they are what was paid.
fn lines_of(
    db: &mut Db,
    dossier: &DossierRow,
    entry: &fees::LedgerRow,
    kind: MoneyKind,
    amount_vnd: i64,
) -> Result<Vec<ReceiptLine>> {
    let paid = match &entry.assessment_id {
        Some(id) => fees::assessment_by_id(db, id)?,
        None => None,
    };
    let mut lines = Vec::new();
    if let Some(kept) = paid {
        let worked_out = assessment::kept(&kept)?;
        lines.extend(worked_out.lines.into_iter().filter_map(|l| {
            let net = l.net_vnd.filter(|n| *n > 0)?;
            (l.kind == kind).then_some(ReceiptLine {
                name: l.name,
                amount_vnd: net,
            })
        }));
    }
    if lines.iter().map(|l| l.amount_vnd).sum::<i64>() == amount_vnd {
        return Ok(lines);
    }
    Ok(vec![ReceiptLine {
        name: dossier.procedure_name.clone(),
        amount_vnd,
    }])
}

fn drawn_up(
    db: &mut Db,
    dossier: &DossierRow,
    series: &SeriesRow,
    payment: &Payment<'_>,
    (kind, amount_vnd): (MoneyKind, i64),
) -> Result<ReceiptRow> {
    let (entry, _) = payment.entry;
    let lines = lines_of(db, dossier, entry, kind, amount_vnd)?;
    Ok(ReceiptRow {
        id: RecordId::new(),
        centre_id: dossier.centre_id.clone(),
        authority_id: dossier.authority_id.clone(),
        series_id: series.id.clone(),
        year: 0,
        number: 0,
        money_kind: kind.as_str().to_owned(),
        dossier_id: dossier.id.clone(),
        dossier_code: dossier.code.clone(),
        entry_id: entry.id.clone(),
        payer_name: dossier.owner_name.clone(),
        payer_number: dossier.owner_identity.clone(),
        payer_address: dossier.owner_address.clone(),
        lines: serde_json::to_string(&lines).map_err(StoreError::from)?,
        amount_vnd,
        method: entry.method.clone().unwrap_or_default(),
        reference: entry.reference.clone(),
        issued_at: payment.at,
        issued_by: payment.actor.map(|a| a.user_id.clone()),
        replaces_id: None,
        replaced_because: None,
        state: ReceiptState::Valid.as_str().to_owned(),
        version: 1,
        adjusts_id: None,
    })
}

/// Gives what is to be given for a payment, phí and lệ phí apart, at the moment it is written. Where the
/// authority has no series of a sort, that money is collected all the same, and its receipt is owed. The
/// names of those given.
pub(super) fn issue(
    db: &mut Db,
    dossier: &DossierRow,
    payment: &Payment<'_>,
) -> Result<Vec<String>> {
    let moved = ledger::moved(std::slice::from_ref(payment.entry))?;
    let wanted = moved.first().map(|m| to_receipt(m)).unwrap_or_default();
    let mut owed = OwedRow {
        id: payment.entry.0.id.clone(),
        centre_id: dossier.centre_id.clone(),
        authority_id: dossier.authority_id.clone(),
        dossier_id: dossier.id.clone(),
        phi_vnd: 0,
        le_phi_vnd: 0,
        since: payment.at,
    };
    let mut given = Vec::new();
    for (kind, amount_vnd) in wanted {
        match usable_series(db, dossier, kind, payment.at)? {
            Some(series) => {
                let row = drawn_up(db, dossier, &series, payment, (kind, amount_vnd))?;
                let row = give(db, payment.actor, &series, row)?;
                given.push(name_of(&series, &row));
            }
            None => match kind {
                MoneyKind::Fee => owed.phi_vnd = amount_vnd,
                MoneyKind::Charge => owed.le_phi_vnd = amount_vnd,
            },
        }
    }
    if owed.phi_vnd + owed.le_phi_vnd > 0 {
        rows::insert_owed(db, &owed)?;
    }
    Ok(given)
}

/// Gives the receipts of a dossier that are still to be given.
///
/// # Errors
/// `not_found`, `no_receipt_owed`, `no_receipt_series`, `receipt_numbers_used_up`.
pub fn issue_owed(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierId,
) -> Result<Receipts> {
    let dossier = find_to_change(db, &actor.scope(Permission::CollectFees), dossier)?
        .ok_or_else(Refusal::not_found)?;
    let owed = rows::owed_of(db, &dossier.id)?;
    if owed.is_empty() {
        return Err(Refusal::new(
            "no_receipt_owed",
            "Hồ sơ không có khoản nào còn phải lập biên lai.",
            "Nothing of this dossier is still to be receipted.",
        )
        .into());
    }
    let at = Ts::new(services.now());
    ledger::hold(db, &dossier.centre_id)?;
    let entries = ledger::entries(db, &dossier.id)?;
    let mut given = Vec::new();
    for mut row in owed {
        let entry = entries
            .iter()
            .find(|(e, _)| e.id == row.id)
            .ok_or_else(|| Error::Internal("a payment to be receipted is gone".into()))?;
        let payment = Payment {
            entry,
            at,
            actor: Some(actor),
        };
        for kind in MoneyKind::ALL.iter().copied() {
            let open = match kind {
                MoneyKind::Fee => &mut row.phi_vnd,
                MoneyKind::Charge => &mut row.le_phi_vnd,
            };
            let amount_vnd = std::mem::take(open);
            if amount_vnd == 0 {
                continue;
            }
            let series = usable_series(db, &dossier, kind, at)?.ok_or_else(|| no_series(kind))?;
            let new = drawn_up(db, &dossier, &series, &payment, (kind, amount_vnd))?;
            let new = give(db, Some(actor), &series, new)?;
            given.push((new, series));
        }
        rows::keep_owed(db, &row)?;
    }
    told(services, db, actor, given)
}

fn no_series(kind: MoneyKind) -> Error {
    let (vi, en) = match kind {
        MoneyKind::Fee => (
            "Cơ quan thu chưa có ký hiệu biên lai thu phí dùng được hôm nay.",
            "The collecting body has no series of receipts for phí that can be used today.",
        ),
        MoneyKind::Charge => (
            "Cơ quan thu chưa có ký hiệu biên lai thu lệ phí dùng được hôm nay.",
            "The collecting body has no series of receipts for lệ phí that can be used today.",
        ),
    };
    Refusal::new("no_receipt_series", vi, en)
        .with("kind", kind.as_str())
        .into()
}

/// A receipt, with those beside it that take something off it, or off which it takes something.
fn read(given: Given, beside: &[Given]) -> Result<Receipt> {
    let (row, series) = given;
    let find =
        |wanted: &dyn Fn(&ReceiptRow) -> bool| beside.iter().find(|(r, _)| wanted(r)).cloned();
    let adjusts = row
        .adjusts_id
        .as_ref()
        .and_then(|of| find(&|r| r.id == *of));
    let adjusted_by = find(&|r| r.adjusts_id.as_ref() == Some(&row.id));
    let lines = serde_json::from_str(&row.lines).map_err(StoreError::from)?;
    Ok(Receipt {
        row,
        series,
        lines,
        replaces: None,
        replaced_by: None,
        adjusts,
        adjusted_by,
    })
}

fn told(services: &Services, db: &mut Db, actor: &Actor, given: Vec<Given>) -> Result<Receipts> {
    let names = services.names(
        db,
        actor.stamp,
        given.iter().filter_map(|(r, _)| r.issued_by.as_ref()),
    )?;
    let of: Vec<ReceiptRow> = given.iter().map(|(row, _)| row.clone()).collect();
    let beside = rows::adjusting(db, &of)?;
    let receipts = given
        .into_iter()
        .map(|given| read(given, &beside))
        .collect::<Result<Vec<_>>>()?;
    Ok(Receipts { receipts, names })
}

/// The receipts within what the actor may read, the last given first: all, those of one dossier, or what
/// somebody paid.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    of: rows::ReceiptsOf<'_>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Receipts> {
    let scope = actor.scope(Permission::ReadPayments);
    let given = rows::receipts_page(db, &scope, of, edge, limit)?;
    told(services, db, actor, given)
}

/// One receipt, with the one it took the place of and the one that took its own, and what went back of it.
///
/// # Errors
/// `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Receipts> {
    let scope = actor.scope(Permission::ReadPayments);
    let given = rows::receipt(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let replaces = match &given.0.replaces_id {
        Some(before) => rows::receipt(db, &scope, before)?,
        None => None,
    };
    let replaced_by = rows::replacement_of(db, id)?;
    let mut found = told(services, db, actor, vec![given])?;
    for receipt in &mut found.receipts {
        receipt.replaces.clone_from(&replaces);
        receipt.replaced_by.clone_from(&replaced_by);
    }
    Ok(found)
}

/// As [`one`], and it is on record that somebody looked: a receipt says who paid, with number and address.
///
/// # Errors
/// `not_found`.
pub fn looked_at(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Receipts> {
    let found = one(services, db, actor, id)?;
    for Receipt { row, .. } in &found.receipts {
        let by = Permission::ReadPayments;
        record::audit(
            db,
            &row.centre_id,
            services.now(),
            Some(actor),
            VIEWED,
            ("dossier", row.dossier_id.as_str()),
            json!({
                "purpose": "receipt",
                "roles": looking(actor, by, &row.centre_id, &row.authority_id),
            }),
        )?;
    }
    Ok(found)
}

/// The payments within what the actor may read whose receipts are still to be given, the last first.
///
/// # Errors
/// Storage failures only.
pub fn owed(db: &mut Db, actor: &Actor, edge: rows::Edge<'_>, limit: i64) -> Result<Vec<OwedLine>> {
    let scope = actor.scope(Permission::ReadPayments);
    Ok(rows::owed_page(db, &scope, edge, limit)?)
}

/// That a receipt holds as it was given, and nothing of it goes back.
pub(super) fn whole(db: &mut Db, row: &ReceiptRow) -> Result<()> {
    if row.state != ReceiptState::Valid.as_str() || row.adjusts_id.is_some() {
        return Err(Refusal::new(
            "receipt_not_valid",
            "Biên lai này đã bị thay thế, đã hủy hoặc là biên lai điều chỉnh.",
            "This receipt was replaced or voided, or takes something off another.",
        )
        .with("state", row.state.as_str())
        .into());
    }
    if let Some(refund) = rows::refund_of_receipts(db, std::slice::from_ref(&row.id))? {
        return Err(super::refund::known()
            .with("refund_id", refund.id.as_str())
            .into());
    }
    Ok(())
}

/// Gives the receipt of what went back of what another was given for: less than nought, with the next
/// number of the body's series of today; its name.
///
/// # Errors
/// `no_receipt_series`, `receipt_numbers_used_up`.
pub(super) fn adjust(
    db: &mut Db,
    actor: &Actor,
    dossier: &DossierRow,
    (of, entry): (&Given, &fees::LedgerRow),
    amount_vnd: i64,
) -> Result<String> {
    let (before, _) = of;
    let kind = MoneyKind::parse(&before.money_kind)
        .ok_or_else(|| StoreError::Corrupt("an unknown sort of money".into()))?;
    let series = usable_series(db, dossier, kind, entry.at)?.ok_or_else(|| no_series(kind))?;
    let lines = vec![ReceiptLine {
        name: format!("Hoàn trả khoản thu tại biên lai {}", name_of(&of.1, before)),
        amount_vnd: -amount_vnd,
    }];
    let row = ReceiptRow {
        id: RecordId::new(),
        series_id: series.id.clone(),
        entry_id: entry.id.clone(),
        lines: serde_json::to_string(&lines).map_err(StoreError::from)?,
        amount_vnd: -amount_vnd,
        method: PaymentMethod::Transfer.as_str().to_owned(),
        reference: entry.reference.clone(),
        issued_at: entry.at,
        issued_by: Some(actor.user_id.clone()),
        replaces_id: None,
        replaced_because: None,
        state: ReceiptState::Valid.as_str().to_owned(),
        version: 1,
        adjusts_id: Some(before.id.clone()),
        ..before.clone()
    };
    let row = give(db, Some(actor), &series, row)?;
    Ok(name_of(&series, &row))
}

/// What is to be written instead of what is wrong.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of a replacement")]
pub struct NewPayer {
    pub reason: String,
    pub name: String,
    pub number: Option<String>,
    pub address: Option<String>,
}

/// Gives a receipt that takes another's place, because what that says of the payer is wrong. What was
/// collected stays as it is.
///
/// # Errors
/// `not_found`, `version_stale`, `receipt_not_valid`, `refund_known`, `validation_failed`,
/// `nothing_changed`, `no_receipt_series`, `receipt_numbers_used_up`.
pub fn replace(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    new: &NewPayer,
) -> Result<Receipts> {
    let scope = actor.scope(Permission::CollectFees);
    let (seen, _) = rows::receipt(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The dossier first, as whoever takes the collection back does: of the two at once the second waits.
    let dossier = find_to_change(db, &scope, &seen.dossier_id)?.ok_or_else(Refusal::not_found)?;
    let (mut before, _) = rows::receipt(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if before.version != version {
        return Err(stale(before.version));
    }
    whole(db, &before)?;
    let mut texts = Texts::default();
    let reason = texts.line(&new.reason, "/reason", 300);
    let name = texts.line(&new.name, "/payer_name", 150);
    let number = texts.maybe(new.number.as_ref(), "/payer_number", 20);
    let address = texts.maybe(new.address.as_ref(), "/payer_address", 300);
    texts.sound()?;
    let same = before.payer_name == name
        && before.payer_number == number
        && before.payer_address == address;
    if same {
        return Err(Refusal::new(
            "nothing_changed",
            "Không có thông tin nào thay đổi.",
            "Nothing is changed.",
        )
        .into());
    }
    let kind = MoneyKind::parse(&before.money_kind)
        .ok_or_else(|| StoreError::Corrupt("an unknown sort of money".into()))?;
    let at = Ts::new(services.now());
    let series = usable_series(db, &dossier, kind, at)?.ok_or_else(|| no_series(kind))?;
    ledger::hold(db, &dossier.centre_id)?;
    before.state = ReceiptState::Replaced.as_str().to_owned();
    before.version += 1;
    if !rows::keep_receipt(db, &before)? {
        return Err(stale(before.version));
    }
    let row = ReceiptRow {
        id: RecordId::new(),
        series_id: series.id.clone(),
        payer_name: name,
        payer_number: number,
        payer_address: address,
        issued_at: at,
        issued_by: Some(actor.user_id.clone()),
        replaces_id: Some(before.id.clone()),
        replaced_because: Some(reason),
        state: ReceiptState::Valid.as_str().to_owned(),
        version: 1,
        ..before
    };
    let row = give(db, Some(actor), &series, row)?;
    one(services, db, actor, &row.id)
}
