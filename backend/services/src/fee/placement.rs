//! What cashiers say was collected, held against what came to the bank: by the program where the bank's
//! own name of the money is the cashier's reference, by a person where it is not.

use std::collections::HashMap;

use motcua_domain::amount::grouped;
use motcua_domain::fee::ledger::{PaymentMethod, by_word, placed};
use motcua_domain::fee::request::MoneyState;
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_store::fee::{EntryOf, entries_by_id};
use motcua_store::payment::{
    self as rows, Placement, PlacementRow, TransactionRow, Unbanked, UnbankedRow, UnknownRow,
};
use motcua_store::{AuthorityId, Db, DossierId, RecordId, Ts, UserId};
use serde_json::json;

use super::ledger;
use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::error::{Error, Result, stale};
use crate::reference::Names;

/// Collections of one sum that are looked at for one movement.
const MOST_ALIKE: i64 = 50;
/// Dossiers of a placement that are named with it.
pub const MOST_CODES: usize = 5;
/// Letters and digits that a reference has at least to be taken for certain.
const CERTAIN_LETTERS: usize = 6;

/// Letters and digits alone, in capitals: what a bank's folding of a text leaves.
fn folded(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Whether a cashier's reference is the bank's own name of this money, or stands in its text.
fn named(money: &TransactionRow, reference: Option<&str>) -> bool {
    let wanted = folded(reference.unwrap_or(""));
    wanted.len() >= CERTAIN_LETTERS
        && (folded(&money.bank_reference) == wanted || folded(&money.description).contains(&wanted))
}

/// Whether this money is what was to be paid by such a reference, for certain: a transfer's and the payment
/// platform's may stand in its text; a terminal's is its own for many payments, and must be the bank's name of the money.
fn certainly(money: &TransactionRow, method: &str, reference: Option<&str>) -> bool {
    let is_name = folded(&money.bank_reference) == folded(reference.unwrap_or(""));
    let own = [PaymentMethod::Transfer, PaymentMethod::Online]
        .iter()
        .any(|m| m.as_str() == method);
    named(money, reference) && (is_name || own)
}

/// What the payment platform said was paid under this reference of a payer's request, if this money is of
/// its sum and no bank has told of it yet.
pub(super) fn paid_online(
    db: &mut Db,
    money: &TransactionRow,
    reference: &str,
) -> Result<Option<RecordId>> {
    let alike = rows::unbanked_of_sum(db, &money.authority_id, money.amount_vnd, MOST_ALIKE)?;
    let online = |u: &UnbankedRow| {
        u.method == PaymentMethod::Online.as_str() && u.reference.as_deref() == Some(reference)
    };
    Ok(alike
        .into_iter()
        .find(|(u, _)| online(u))
        .map(|(u, _)| u.id))
}

/// The one payment of which it is not known whether it came, and that this money is by its name and sum.
pub(super) fn not_known(db: &mut Db, money: &TransactionRow) -> Result<Option<UnknownRow>> {
    let alike = rows::unknown_of_sum(db, &money.authority_id, money.amount_vnd, MOST_ALIKE)?;
    let mut known = alike
        .into_iter()
        .filter(|u| certainly(money, &u.method, u.reference.as_deref()));
    Ok(known.next().filter(|_| known.next().is_none()))
}

/// Lets money that just came, and that no request of a payer's meant, be what a cashier collected before,
/// where exactly one collection of its sum has its name.
pub(super) fn certain(db: &mut Db, money: &mut TransactionRow, at: Ts) -> Result<()> {
    let alike = rows::unbanked_of_sum(db, &money.authority_id, money.amount_vnd, MOST_ALIKE)?;
    let mut known = alike
        .iter()
        .filter(|(u, _)| certainly(money, &u.method, u.reference.as_deref()));
    let (Some((one, _)), None) = (known.next(), known.next()) else {
        return Ok(());
    };
    settle(db, None, money, std::slice::from_ref(&one.id), at)?;
    Ok(())
}

/// Writes that collections are this money; its placement.
pub(super) fn settle(
    db: &mut Db,
    actor: Option<&Actor>,
    money: &mut TransactionRow,
    collections: &[RecordId],
    at: Ts,
) -> Result<PlacementRow> {
    let row = PlacementRow {
        id: RecordId::new(),
        centre_id: money.centre_id.clone(),
        authority_id: money.authority_id.clone(),
        transaction_id: money.id.clone(),
        amount_vnd: money.amount_vnd,
        placed_by: actor.map(|a| a.user_id.clone()),
        placed_at: at,
        undone_by: None,
        undone_at: None,
        undone_because: None,
        version: 1,
    };
    if rows::drop_unbanked(db, collections)? != collections.len() {
        return Err(placed_already());
    }
    let entries = entries_by_id(db, collections)?;
    let moved = ledger::moved(&entries)?;
    if entries.len() != collections.len() || by_word(&moved) != money.amount_vnd {
        return Err(Error::Internal(
            "collections are not what the list of them says".into(),
        ));
    }
    rows::insert_placement(db, &row, collections)?;
    ledger::place(db, actor, &row, &placed(&moved))?;
    money.state = MoneyState::Placed.as_str().to_owned();
    money.version += 1;
    if !rows::keep_transaction(db, money)? {
        return Err(stale(money.version));
    }
    Ok(row)
}

fn placed_already() -> Error {
    Refusal::new(
        "collection_placed",
        "Có khoản thu đã được đối chiếu hoặc đã hủy; xem lại danh sách.",
        "One of the collections is placed already, or was taken back; look at the list again.",
    )
    .into()
}

/// Collections no bank has told of, with the names of who collected them.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct UnbankedList {
    pub rows: Vec<Unbanked>,
    pub names: Names,
}

fn with_names(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<Unbanked>,
) -> Result<UnbankedList> {
    let people: Vec<UserId> = found
        .iter()
        .filter_map(|(u, _)| u.collected_by.clone())
        .collect();
    let names = services.names(db, actor.stamp, people.iter())?;
    Ok(UnbankedList { rows: found, names })
}

/// Collections within what the actor may read that no bank has told of, the last first.
///
/// # Errors
/// Storage failures only.
pub fn unbanked(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    authority: Option<&AuthorityId>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<UnbankedList> {
    let scope = actor.scope(Permission::ReadPayments);
    let found = rows::unbanked_page(db, &scope, authority, edge, limit)?;
    with_names(services, db, actor, found)
}

/// Collections of a movement's sum, those that have its name first.
#[derive(Debug, Clone)]
pub struct Proposals {
    /// The collections.
    pub found: UnbankedList,
    /// Those of which the cashier's reference is the bank's name of the money, or stands in its text.
    pub named: Vec<RecordId>,
}

/// What a movement that nobody knows whose it is may be: collections of the same authority and sum.
///
/// # Errors
/// `not_found`, `money_placed`.
pub fn proposals(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Proposals> {
    let scope = actor.scope(Permission::ReadPayments);
    let money = rows::transaction(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    free(db, &money)?;
    let mut found = rows::unbanked_of_sum(db, &money.authority_id, money.amount_vnd, MOST_ALIKE)?;
    let is = |u: &Unbanked| named(&money, u.0.reference.as_deref());
    found.sort_by_key(|u| !is(u));
    let named = found
        .iter()
        .filter(|u| is(u))
        .map(|u| u.0.id.clone())
        .collect();
    Ok(Proposals {
        found: with_names(services, db, actor, found)?,
        named,
    })
}

/// That money is nobody's yet, and is not on its way back.
fn free(db: &mut Db, money: &TransactionRow) -> Result<()> {
    let unmatched = money.state == MoneyState::Unmatched.as_str();
    if unmatched && rows::refund_of(db, &money.id)?.is_none() {
        return Ok(());
    }
    Err(Refusal::new(
        "money_placed",
        "Khoản tiền này đã được xử lý.",
        "This money is dealt with already.",
    )
    .into())
}

/// Placements with the collections of each and the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Placements {
    pub rows: Vec<Placement>,
    pub collections: HashMap<RecordId, Vec<RecordId>>,
    /// The codes of the dossiers of the first [`MOST_CODES`] collections of each.
    pub codes: HashMap<RecordId, Vec<String>>,
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<Placement>,
) -> Result<Placements> {
    let people: Vec<UserId> = found
        .iter()
        .flat_map(|(p, _)| [p.placed_by.clone(), p.undone_by.clone()])
        .flatten()
        .collect();
    let names = services.names(db, actor.stamp, people.iter())?;
    let ids: Vec<RecordId> = found.iter().map(|(p, _)| p.id.clone()).collect();
    let mut collections: HashMap<RecordId, Vec<RecordId>> = HashMap::new();
    for (placement, collection) in rows::placed_collections(db, &ids)? {
        collections.entry(placement).or_default().push(collection);
    }
    let codes = codes(db, &collections)?;
    Ok(Placements {
        rows: found,
        collections,
        codes,
        names,
    })
}

fn codes(
    db: &mut Db,
    collections: &HashMap<RecordId, Vec<RecordId>>,
) -> Result<HashMap<RecordId, Vec<String>>> {
    let named = |all: &Vec<RecordId>| all.iter().take(MOST_CODES).cloned().collect::<Vec<_>>();
    let wanted: Vec<RecordId> = collections.values().flat_map(named).collect();
    let of: HashMap<RecordId, DossierId> = entries_by_id(db, &wanted)?
        .into_iter()
        .filter_map(|(entry, _)| Some((entry.id, entry.dossier_id?)))
        .collect();
    let dossiers: Vec<DossierId> = of.values().cloned().collect();
    let code: HashMap<DossierId, Option<String>> =
        rows::codes_of(db, &dossiers)?.into_iter().collect();
    let told = |entry: &RecordId| code.get(of.get(entry)?)?.clone();
    Ok(collections
        .iter()
        .map(|(id, all)| (id.clone(), named(all).iter().filter_map(told).collect()))
        .collect())
}

/// Placements within what the actor may read, the last first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Placements> {
    let found = rows::placements_page(db, &actor.scope(Permission::ReadPayments), edge, limit)?;
    told(services, db, actor, found)
}

/// Says that money is what these collections are, together of its sum: one transfer, or what a terminal
/// or a drawer of cash was paid in for.
///
/// # Errors
/// `not_found`, `version_stale`, `money_placed`, `collection_placed`, `validation_failed` at
/// `/collection_ids` with `collection_unknown`, `sums_differ`.
pub fn place(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    collections: &[RecordId],
) -> Result<Placements> {
    let scope = actor.scope(Permission::ReconcilePayments);
    let mut money = rows::transaction_to_change(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if money.version != version {
        return Err(stale(money.version));
    }
    free(db, &money)?;
    // The ledger first, as all who write in it: nobody takes a collection back meanwhile.
    ledger::hold(db, &money.centre_id)?;
    let mut wanted = collections.to_vec();
    wanted.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    wanted.dedup();
    let found = rows::unbanked(db, &wanted)?;
    let own = found.iter().all(|u| u.authority_id == money.authority_id);
    if wanted.is_empty() || found.len() != wanted.len() || !own {
        return Err(bad_field(
            "/collection_ids",
            "collection_unknown",
            "Có khoản thu không nằm trong danh sách chờ ngân hàng của cơ quan này.",
            "One of these is no collection of this authority that waits for the bank.",
        )
        .into());
    }
    let sum: i64 = found.iter().map(|u| u.amount_vnd).sum();
    if sum != money.amount_vnd {
        return Err(bad_field(
            "/collection_ids",
            "sums_differ",
            format!(
                "Các khoản thu cộng lại {} đồng, khoản tiền là {} đồng.",
                grouped(sum),
                grouped(money.amount_vnd)
            ),
            format!(
                "The collections are {} đồng together, the money is {}.",
                grouped(sum),
                grouped(money.amount_vnd)
            ),
        )
        .into());
    }
    let at = Ts::new(services.now());
    let row = settle(db, Some(actor), &mut money, &wanted, at)?;
    told(services, db, actor, vec![(row, money.bank_reference)])
}

/// Says that a placement was wrong: the money is nobody's again, the collections wait again. By somebody
/// else than who placed it, and while nothing of them goes back.
///
/// # Errors
/// `not_found`, `version_stale`, `placement_undone`, `own_placement`, `collection_refunded`,
/// `validation_failed` at `/reason`.
pub fn undo(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    reason: &str,
) -> Result<Placements> {
    let scope = actor.scope(Permission::ReconcilePayments);
    let seen = rows::placement(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    // The money first, as who places it: of two at once the second waits, and is then stale.
    let mut money = rows::transaction_to_change(db, &scope, &seen.transaction_id)?
        .ok_or_else(Refusal::not_found)?;
    let mut row = rows::placement(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.undone_at.is_some() {
        return Err(Refusal::new(
            "placement_undone",
            "Việc đối chiếu này đã được hủy.",
            "This placement was undone already.",
        )
        .into());
    }
    if row.placed_by.as_ref() == Some(&actor.user_id) {
        return Err(Refusal::new(
            "own_placement",
            "Người khác phải hủy việc đối chiếu của mình.",
            "Somebody else undoes what one has placed.",
        )
        .into());
    }
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    // The ledger before it is looked whether something goes back: of the two at once the second waits.
    ledger::hold(db, &row.centre_id)?;
    let collections: Vec<RecordId> = rows::placed_collections(db, std::slice::from_ref(&row.id))?
        .into_iter()
        .map(|(_, entry)| entry)
        .collect();
    if let Some(refund) = rows::refund_of_payments(db, &collections)? {
        return Err(Refusal::new(
            "collection_refunded",
            "Một trong các khoản thu này đang được hoàn trả hoặc đã hoàn trả.",
            "Something of these collections goes back, or went back.",
        )
        .with("refund_id", refund.id.as_str())
        .into());
    }
    let at = Ts::new(services.now());
    row.undone_by = Some(actor.user_id.clone());
    row.undone_at = Some(at);
    row.undone_because = Some(reason);
    row.version += 1;
    let facts = json!({ "transaction": row.transaction_id, "reason": row.undone_because });
    ledger::undo(db, actor, EntryOf::Placement(&row.id), at, facts)?;
    if !rows::undo_placement(db, &row)? {
        return Err(stale(row.version));
    }
    for entry in entries_by_id(db, &collections)? {
        ledger::unbanked(db, &entry)?;
    }
    money.state = MoneyState::Unmatched.as_str().to_owned();
    money.version += 1;
    if !rows::keep_transaction(db, &money)? {
        return Err(stale(money.version));
    }
    told(services, db, actor, vec![(row, money.bank_reference)])
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn a_reference_is_known_whatever_the_bank_made_of_its_case_and_marks() {
        assert_eq!(folded("ft26.333-000 456"), "FT26333000456");
        assert_eq!(folded("Đơn 12"), "N12");
    }
}
