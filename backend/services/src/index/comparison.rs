//! Units held against each other: over time, or ward against ward.

use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::Ratio;
use motcua_domain::survey::compare::{RULES, Verdict, compare};
use motcua_store::index::SnapshotRow;
use motcua_store::{AuthorityId, Db, RecordId};

use super::Tally;
use super::read::{Outcome, Sight, authorities, seen, units};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;

/// One side of a comparison.
pub struct Side {
    /// The snapshot.
    pub snapshot: SnapshotRow,
    /// The authority's name; none: the centre.
    pub authority: Option<String>,
    /// What came out.
    pub result: Outcome,
}

/// A share of both, held against each other.
pub struct Compared {
    /// Which share.
    pub share: &'static str,
    /// Of the first.
    pub first: Ratio,
    /// Of the second.
    pub second: Ratio,
    /// What it comes to.
    pub verdict: Verdict,
}

/// Two units held against each other.
pub struct Comparison {
    /// The first.
    pub first: Side,
    /// The second.
    pub second: Side,
    /// Share by share.
    pub shares: Vec<Compared>,
}

/// The shares that are compared.
pub const SHARES: [&str; 6] = [
    "in_time",
    "early",
    "steps_in_time",
    "complete_at_once",
    "online",
    "satisfied",
];

fn share(tally: &Tally, which: &str) -> Ratio {
    let of = |part, whole| Ratio { part, whole };
    match which {
        "in_time" => of(tally.early + tally.on_time, tally.limited()),
        "early" => of(tally.early, tally.limited()),
        "steps_in_time" => of(tally.steps_early + tally.steps_on_time, tally.steps()),
        "complete_at_once" => of(tally.complete_at_once, tally.contacts_known),
        "online" => of(tally.filed_online, tally.filed),
        _ => tally.answers().map_or(of(0, 0), |a| a.share()),
    }
}

fn side(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (snapshot, sight): (SnapshotRow, &Sight),
    authority: Option<&AuthorityId>,
    at: &str,
) -> Result<Side> {
    let all = units(db, &snapshot.id, sight)?;
    let mut names = authorities(services, db, actor, &all)?;
    let result = all
        .into_iter()
        .find(|u| u.row.authority_id.as_ref() == authority)
        .ok_or_else(|| {
            Refusal::invalid(vec![FieldError::new(
                at,
                "not_in_snapshot",
                "Kỳ này không có chỉ số của đơn vị đó, hoặc bạn không được xem.",
                "This snapshot has no such unit, or it is not yours to see.",
            )])
        })?;
    Ok(Side {
        snapshot,
        authority: authority.map(|id| names.remove(id).unwrap_or_default()),
        result,
    })
}

/// Holds a unit of a snapshot against a unit of the same or another one. What was counted too seldom on either
/// side is not compared.
///
/// # Errors
/// `not_found` for a snapshot that the actor does not see; `validation_failed` for a unit that is not in it.
pub fn comparison(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (first, second): (&RecordId, &RecordId),
    (one, other): (Option<&AuthorityId>, Option<&AuthorityId>),
) -> Result<Comparison> {
    let (row, sight) = seen(db, actor, first)?;
    let first = side(services, db, actor, (row, &sight), one, "authority_id")?;
    let (row, sight) = seen(db, actor, second)?;
    let second = side(
        services,
        db,
        actor,
        (row, &sight),
        other,
        "with_authority_id",
    )?;
    let shares = SHARES
        .iter()
        .map(|&name| {
            let (a, b) = (
                share(&first.result.tally, name),
                share(&second.result.tally, name),
            );
            Compared {
                share: name,
                first: a,
                second: b,
                verdict: compare(a, b, RULES),
            }
        })
        .collect();
    Ok(Comparison {
        first,
        second,
        shares,
    })
}
