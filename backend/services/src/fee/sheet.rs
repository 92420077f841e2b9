//! The day's and the month's sheets of an authority, and how much is collected without cash.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use motcua_domain::fee::closing::{month_after, month_of, treasury_due_on};
use motcua_domain::fee::ledger::{Account, EntryKind, Sort};
use motcua_domain::fee::sheet::{SheetEntry, SheetPart};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::centre::{self, AuthorityRow};
use motcua_store::payment::{self as rows, Moved, Part};
use motcua_store::{AuthorityId, CentreId, Db, StoreError, Ts};

use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::error::Result;

/// Days that a sheet spans at most: a quarter.
const MOST_DAYS: i64 = 92;
/// Months that are told of an authority's money, the running one among them.
const MONTHS: u32 = 13;
/// Authorities of a centre that are told of.
const MOST_AUTHORITIES: i64 = 100;

/// A sheet of an authority.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Whose.
    pub authority: AuthorityRow,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Days on which anything was written, in order.
    pub days: Vec<(NaiveDate, SheetPart)>,
    /// All of it.
    pub total: SheetPart,
}

fn corrupt() -> StoreError {
    StoreError::Corrupt("an unknown word in the ledger".into())
}

/// Adds what was summed by part.
fn added(
    moved: Vec<Moved>,
    payments: Vec<(String, String, i64)>,
) -> Result<BTreeMap<String, SheetPart>> {
    let mut parts: BTreeMap<String, SheetPart> = BTreeMap::new();
    for m in moved {
        let entry = match m.kind.as_str() {
            "undone" => SheetEntry::Undone,
            kind => SheetEntry::Of(EntryKind::parse(kind).ok_or_else(corrupt)?),
        };
        let account = Account::parse(&m.account).ok_or_else(corrupt)?;
        let sort = Sort::parse(&m.money_kind).ok_or_else(corrupt)?;
        let part = parts.entry(m.part).or_default();
        part.add(entry, account, sort, m.amount_vnd);
    }
    for (part, account, n) in payments {
        let account = Account::parse(&account).ok_or_else(corrupt)?;
        parts.entry(part).or_default().count(account, n);
    }
    Ok(parts)
}

/// The instants from the beginning of a day in Vietnam to the beginning of the day after another.
fn instants(from: NaiveDate, to: NaiveDate) -> (Ts, Ts) {
    let next = to.checked_add_days(Days::new(1)).unwrap_or(to);
    let at = |day| Ts::new(from_local(day, NaiveTime::MIN));
    (at(from), at(next))
}

fn checked(from: NaiveDate, to: NaiveDate) -> Result<()> {
    if to < from {
        return Err(bad_field(
            "to",
            "ends_before_it_begins",
            "Ngày cuối phải từ ngày đầu trở đi.",
            "The last day must not lie before the first.",
        )
        .into());
    }
    if (to - from).num_days() >= MOST_DAYS {
        return Err(bad_field(
            "to",
            "range_too_long",
            "Chỉ xem được tối đa 92 ngày một lần.",
            "At most 92 days are shown at a time.",
        )
        .into());
    }
    Ok(())
}

/// An authority, and the centres at which the actor has this permission over its money.
pub(super) fn reach(
    db: &mut Db,
    actor: &Actor,
    permission: Permission,
    id: &AuthorityId,
) -> Result<(AuthorityRow, Vec<CentreId>)> {
    let scope = actor.scope(permission);
    let serving = centre::serves_of(db, std::slice::from_ref(id))?;
    let centres: Vec<CentreId> = actor
        .centres(permission)
        .into_iter()
        .filter(|c| scope.covers(c, id) && serving.iter().any(|s| s.centre_id == *c))
        .collect();
    let row = centre::authority(db, id)?.filter(|_| !centres.is_empty());
    Ok((row.ok_or_else(Refusal::not_found)?, centres))
}

/// The sheet of an authority from one day to another, both in it.
///
/// # Errors
/// `not_found`, `validation_failed` at `to` with `ends_before_it_begins`, `range_too_long`.
pub fn sheet(
    db: &mut Db,
    actor: &Actor,
    id: &AuthorityId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Sheet> {
    checked(from, to)?;
    let (authority, centres) = reach(db, actor, Permission::ReadPayments, id)?;
    let of = (centres.as_slice(), std::slice::from_ref(id));
    let span = instants(from, to);
    let parts = added(
        rows::moved_between(db, of, span, Part::Day)?,
        rows::payments_between(db, of, span, Part::Day)?,
    )?;
    let mut total = SheetPart::default();
    let mut days = Vec::new();
    for (day, part) in parts {
        total.join(&part);
        days.push((day.parse().map_err(|_| corrupt())?, part));
    }
    Ok(Sheet {
        authority,
        from,
        to,
        days,
        total,
    })
}

/// What each authority collected within the actor's reach, and how.
///
/// # Errors
/// As [`sheet`].
pub fn by_authority(
    db: &mut Db,
    actor: &Actor,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(AuthorityRow, SheetPart)>> {
    checked(from, to)?;
    let scope = actor.scope(Permission::ReadPayments);
    let known = centre::served_within(db, &scope, MOST_AUTHORITIES)?;
    let ids: Vec<AuthorityId> = known.iter().map(|a| a.id.clone()).collect();
    let centres = actor.centres(Permission::ReadPayments);
    let of = (centres.as_slice(), ids.as_slice());
    let span = instants(from, to);
    let mut parts = added(
        rows::moved_between(db, of, span, Part::Authority)?,
        rows::payments_between(db, of, span, Part::Authority)?,
    )?;
    Ok(known
        .into_iter()
        .map(|a| {
            let part = parts.remove(a.id.as_str()).unwrap_or_default();
            (a, part)
        })
        .collect())
}

/// Where a month's money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// By when it is at the State Treasury.
    pub due_on: NaiveDate,
    /// Phí collected in it, in đồng.
    pub phi_vnd: i64,
    /// Lệ phí collected in it.
    pub le_phi_vnd: i64,
    /// Phí of it that went on.
    pub handed_phi_vnd: i64,
    /// Lệ phí of it that went on.
    pub handed_le_phi_vnd: i64,
    /// Phí of it that the collecting body keeps.
    pub kept_phi_vnd: i64,
    /// Whether the month is over.
    pub over: bool,
    /// Whether something of it is left after the day by which it was due.
    pub overdue: bool,
}

impl Month {
    /// Phí that is still to go on.
    #[must_use]
    pub const fn left_phi_vnd(&self) -> i64 {
        self.phi_vnd - self.handed_phi_vnd - self.kept_phi_vnd
    }

    /// Lệ phí that is still to go on.
    #[must_use]
    pub const fn left_le_phi_vnd(&self) -> i64 {
        self.le_phi_vnd - self.handed_le_phi_vnd
    }
}

/// Where the money of an authority's last months stands, the last first.
///
/// # Errors
/// `not_found`.
pub fn months(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &AuthorityId,
) -> Result<Vec<Month>> {
    let (_, centres) = reach(db, actor, Permission::ReadPayments, id)?;
    let today = local_date(services.now());
    let this = month_of(today);
    let first = this
        .checked_sub_months(chrono::Months::new(MONTHS - 1))
        .unwrap_or(this);
    stand(db, (&centres, id), (first, this), today)
}

/// Where the money of a month stands.
pub(super) fn month(
    services: &Services,
    db: &mut Db,
    of: (&[CentreId], &AuthorityId),
    month: NaiveDate,
) -> Result<Month> {
    let today = local_date(services.now());
    let one = stand(db, of, (month, month), today)?;
    one.into_iter()
        .next()
        .ok_or_else(|| crate::error::Error::Internal("a month is in no calendar".into()))
}

fn stand(
    db: &mut Db,
    (centres, id): (&[CentreId], &AuthorityId),
    (first, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Vec<Month>> {
    let of = (centres, std::slice::from_ref(id));
    let before_next = month_after(last)
        .checked_sub_days(Days::new(1))
        .unwrap_or(last);
    let span = instants(first, before_next);
    let parts = added(rows::moved_between(db, of, span, Part::Month)?, Vec::new())?;
    let went = rows::treasury_since(db, id, first, 1_000)?;
    let mut all = Vec::new();
    let mut month = first;
    while month <= last {
        let part = parts
            .get(&month.format("%Y-%m").to_string())
            .cloned()
            .unwrap_or_default();
        let of = || went.iter().filter(|t| t.month == month);
        let mut one = Month {
            month,
            due_on: treasury_due_on(month),
            phi_vnd: part.phi.collected_vnd(),
            le_phi_vnd: part.le_phi.collected_vnd(),
            handed_phi_vnd: of().map(|t| t.phi_vnd).sum(),
            handed_le_phi_vnd: of().map(|t| t.le_phi_vnd).sum(),
            kept_phi_vnd: of().map(|t| t.kept_phi_vnd).sum(),
            over: month_after(month) <= today,
            overdue: false,
        };
        one.overdue =
            today > one.due_on && one.left_phi_vnd().max(0) + one.left_le_phi_vnd().max(0) > 0;
        all.push(one);
        month = month_after(month);
    }
    all.reverse();
    Ok(all)
}
