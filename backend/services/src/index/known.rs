//! What the program knows by itself of a quarter, filled in where nobody entered it: feedback from what was
//! filed, bodies and satisfaction from what people answered.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use motcua_domain::survey::cube::Slice;
use motcua_domain::survey::satisfied::Answers;
use motcua_store::dossier::by_ids;
use motcua_store::survey as surveys;
use motcua_store::{AuthorityId, CentreId, Db, DossierId, UserId, feedback as filed};

use super::{Entered, EnteredOfficer, EnteredUnit, Part, Sum};
use crate::error::Result;
use crate::feedback::{handled, upheld_attitudes};
use crate::survey::{self, SliceResult};

/// On what it rests.
const REASON: &str =
    "Tính từ phản ánh, kiến nghị đã tiếp nhận và từ kết quả khảo sát lưu trong phần mềm.";

/// Dossiers with an upheld complaint, authority by authority.
pub(super) type Upheld = BTreeMap<AuthorityId, BTreeSet<DossierId>>;

/// The unit's entry, made where there is none.
fn unit<'a>(entered: &'a mut Entered, authority: Option<&AuthorityId>) -> &'a mut EnteredUnit {
    let place = entered
        .units
        .iter()
        .position(|u| u.authority_id.as_ref() == authority);
    let place = place.unwrap_or_else(|| {
        entered.units.push(EnteredUnit {
            authority_id: authority.cloned(),
            reason: REASON.to_owned(),
            ..EnteredUnit::default()
        });
        entered.units.len() - 1
    });
    &mut entered.units[place]
}

/// Points of index 4 for how many bodies somebody had to contact (Circular 01/2018 Art 13): none two, one
/// one, more none.
fn points(bodies: &str) -> u64 {
    match bodies {
        "0" => 2,
        "1" => 1,
        _ => 0,
    }
}

fn added(sum: &mut Sum, counts: &BTreeMap<String, u64>) {
    for (bodies, n) in counts {
        sum.points += points(bodies) * n;
        sum.counted += n;
    }
}

/// Fills in what feedback tells of a quarter, where the centre receives any; the dossiers with an upheld
/// complaint of the authorities of which nobody named them.
///
/// # Errors
/// Storage failures only.
pub(super) fn by_feedback(
    db: &mut Db,
    centre: &CentreId,
    (first, last): (NaiveDate, NaiveDate),
    authorities: &BTreeSet<AuthorityId>,
    entered: &mut Entered,
) -> Result<Upheld> {
    if !filed::any(db, centre)? {
        return Ok(Upheld::new());
    }
    let by_hand = entered.units.iter().any(|u| u.feedback_on_time.is_some());
    if !by_hand {
        let found = handled(db, centre, first, last)?;
        let whole = unit(entered, None);
        let count = |n: i64| u64::try_from(n).unwrap_or(0);
        whole.feedback_on_time = Some(Part {
            part: count(found.on_time),
            whole: count(found.due),
        });
        whole.feedback_prolonged = Some(found.prolonged > 0);
    }
    let ids: Vec<DossierId> = upheld_attitudes(db, centre, first, last)?
        .into_iter()
        .filter_map(|(_, dossier, _)| dossier)
        .collect();
    let mut upheld: Upheld = authorities
        .iter()
        .filter(|a| {
            let own = entered.unit(Some(a));
            own.is_none_or(|u| u.upheld_dossiers.is_none())
        })
        .map(|a| (a.clone(), BTreeSet::new()))
        .collect();
    for some in ids.chunks(200) {
        for dossier in by_ids(db, some)? {
            if let Some(of) = upheld.get_mut(&dossier.authority_id) {
                of.insert(dossier.id);
            }
        }
    }
    Ok(upheld)
}

/// Fills in what people answered in a quarter, as far as it may be shown.
///
/// # Errors
/// Storage failures only.
pub(super) fn by_surveys(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
    authorities: &BTreeSet<AuthorityId>,
    entered: &mut Entered,
) -> Result<()> {
    let mut told: BTreeMap<Option<AuthorityId>, (Sum, Answers)> = BTreeMap::new();
    for (row, _) in survey::quarters(db, centre, quarter)?.answered {
        let results = survey::results(db, centre, &row.id, quarter)?;
        let overall = survey::overall(&results.questionnaire).map(|q| q.id.clone());
        for slice in &results.slices {
            let Some(subject) = subject(slice, authorities) else {
                continue;
            };
            let (sum, steps) = told.entry(subject).or_default();
            for answers in &slice.answers {
                let asks = results.questionnaire.question(&answers.question);
                if asks.is_some_and(|q| q.index == Some(4)) {
                    added(sum, &answers.counts);
                }
                if Some(&answers.question) == overall.as_ref()
                    && let Some(own) = &answers.steps
                {
                    *steps = steps.with(own);
                }
            }
        }
    }
    for (subject, (sum, steps)) in told {
        if sum.counted == 0 && steps.valid() == 0 {
            continue;
        }
        let own = unit(entered, subject.as_ref());
        if own.bodies.is_none() && sum.counted > 0 {
            own.bodies = Some(sum);
        }
        if own.answers.is_none() && steps.valid() > 0 {
            own.answers = Some(steps.0);
        }
    }
    Ok(())
}

/// Of which unit a slice is; of parts of one none.
fn subject(
    slice: &SliceResult,
    authorities: &BTreeSet<AuthorityId>,
) -> Option<Option<AuthorityId>> {
    match &slice.slice {
        Slice::Whole => Some(None),
        Slice::Authority(id) => {
            let found = authorities.iter().find(|a| a.as_str() == id)?;
            Some(Some(found.clone()))
        }
        Slice::Field(..) | Slice::Channel(_) => None,
    }
}

/// Points of index 4 for officers whom enough people answered about in a quarter that is over, where nobody
/// entered them.
///
/// # Errors
/// Storage failures only.
pub(super) fn officers(
    db: &mut Db,
    centre: &CentreId,
    quarter: &str,
    met: &BTreeSet<UserId>,
    entered: &mut Entered,
) -> Result<()> {
    let counts = surveys::officer_counts(db, centre, quarter, None)?;
    let mut ids: Vec<_> = counts.iter().map(|c| c.questionnaire_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let mut asking = BTreeMap::new();
    for row in surveys::questionnaires_of(db, &ids)? {
        asking.insert(row.id.clone(), survey::read(&row)?);
    }
    let mut sums: BTreeMap<UserId, Sum> = BTreeMap::new();
    for c in counts {
        let asks = asking.get(&c.questionnaire_id);
        let about = asks.and_then(|q| q.question(&c.question));
        if about.is_some_and(|q| q.index == Some(4)) && met.contains(&c.officer_id) {
            let n = u64::try_from(c.n).unwrap_or(0);
            let own = BTreeMap::from([(c.choice, n)]);
            added(sums.entry(c.officer_id).or_default(), &own);
        }
    }
    for (user_id, bodies) in sums {
        if bodies.counted > 0 && entered.officer(&user_id).is_none() {
            entered.officers.push(EnteredOfficer {
                user_id,
                bodies,
                reason: REASON.to_owned(),
            });
        }
    }
    Ok(())
}
