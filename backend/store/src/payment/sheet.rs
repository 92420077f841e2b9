//! What the ledger moved, summed by day, month or authority.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::conn::Db;
use crate::dialect::{ledger_day, ledger_month};
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId};
use crate::on_each;
use crate::schema::{ledger_entries, ledger_postings};
use crate::ts::Ts;

/// What entries of one kind moved on one account within a part of a period.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Moved {
    /// The day (`2026-11-30`), the month (`2026-11`) or the authority.
    pub part: String,
    /// The entries' kind; `undone`: what takes back a placement or a transfer to the Treasury.
    pub kind: String,
    /// The account.
    pub account: String,
    /// Phí, lệ phí, or not sorted.
    pub money_kind: String,
    /// Đồng; a debit is positive.
    pub amount_vnd: i64,
    /// Entries that moved it upwards, of each sort of money apart.
    pub entries: i64,
}

/// By what the ledger is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// By day in Vietnam.
    Day,
    /// By month in Vietnam.
    Month,
    /// By authority.
    Authority,
}

/// What the ledgers of these centres moved of these authorities' money from one instant to before another, in the order of the
/// parts.
///
/// # Errors
/// Storage failures only.
pub fn moved_between(
    db: &mut Db,
    (centres, authorities): (&[CentreId], &[AuthorityId]),
    (from, before): (Ts, Ts),
    part: Part,
) -> StoreResult<Vec<Moved>> {
    use ledger_entries as e;
    let part = match part {
        Part::Day => ledger_day(db),
        Part::Month => ledger_month(db),
        Part::Authority => "ledger_entries.authority_id",
    };
    let kind = "CASE WHEN ledger_entries.kind = 'reversed' AND ledger_entries.dossier_id IS NULL \
        THEN 'undone' ELSE ledger_entries.kind END";
    Ok(on_each!(db, c => e::table
        .inner_join(ledger_postings::table)
        .filter(e::authority_id.eq_any(authorities))
        .filter(e::centre_id.eq_any(centres))
        .filter(e::at.ge(from))
        .filter(e::at.lt(before))
        .group_by(sql::<Text>("1, 2, 3, 4"))
        .order(sql::<Text>("1, 2, 3, 4"))
        .select((
            sql::<Text>(part),
            sql::<Text>(kind),
            sql::<Text>("ledger_postings.account"),
            sql::<Text>("ledger_postings.money_kind"),
            sql::<BigInt>("CAST(SUM(ledger_postings.amount_vnd) AS BIGINT)"),
            sql::<BigInt>("CAST(SUM(CASE WHEN ledger_postings.amount_vnd > 0 THEN 1 ELSE 0 END) AS BIGINT)"),
        ))
        .load::<Moved>(c))?)
}

/// How many collections of these authorities came in at these centres on each account between two
/// instants: part, account, collections.
///
/// # Errors
/// Storage failures only.
pub fn payments_between(
    db: &mut Db,
    (centres, authorities): (&[CentreId], &[AuthorityId]),
    (from, before): (Ts, Ts),
    part: Part,
) -> StoreResult<Vec<(String, String, i64)>> {
    use ledger_entries as e;
    let part = match part {
        Part::Day => ledger_day(db),
        Part::Month => ledger_month(db),
        Part::Authority => "ledger_entries.authority_id",
    };
    Ok(on_each!(db, c => e::table
        .inner_join(ledger_postings::table)
        .filter(e::authority_id.eq_any(authorities))
        .filter(e::centre_id.eq_any(centres))
        .filter(e::at.ge(from))
        .filter(e::at.lt(before))
        .filter(e::kind.eq("paid"))
        .filter(ledger_postings::money_kind.ne("unsorted"))
        .filter(ledger_postings::amount_vnd.gt(0))
        .group_by(sql::<Text>("1, 2"))
        .order(sql::<Text>("1, 2"))
        .select((
            sql::<Text>(part),
            sql::<Text>("ledger_postings.account"),
            sql::<BigInt>("COUNT(DISTINCT ledger_entries.id)"),
        ))
        .load::<(String, String, i64)>(c))?)
}
