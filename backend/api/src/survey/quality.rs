//! The nine indices of Circular 01/2018.

use motcua_domain::refusal::FieldError;
use motcua_domain::survey::quality::{self, Band, Facts, Scope, Time, UnitFacts};
use motcua_domain::survey::{LARGEST_POPULATION, Ratio};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RatioIn, count_fault, decimal};
use crate::words;

/// One finished dossier; what is absent is left out of its index.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityDossierIn {
    /// Index 1, and 7: its whole time.
    #[schema(value_type = Option<words::QualityTime>)]
    pub time: Option<Time>,
    /// Index 2: the unit's own time.
    #[schema(value_type = Option<words::QualityTime>)]
    pub unit_time: Option<Time>,
    /// Index 3: how often the applicant had to come to complete it, not by his own fault.
    #[schema(minimum = 0, maximum = 1000)]
    pub contacts: Option<u32>,
    /// Index 4: bodies he had to see, without those that the law requires.
    #[schema(minimum = 0, maximum = 1000)]
    pub bodies: Option<u32>,
    /// Index 7: whether a complaint about attitude was upheld.
    pub complaint_upheld: Option<bool>,
}

/// The unit as a whole; what is absent is left out of its index.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityUnitIn {
    /// Index 5: procedures received and returned at the one-stop, of all listed.
    pub received_at_centre: Option<RatioIn>,
    /// Index 5: procedures also appraised and approved on the spot, of all listed.
    pub decided_at_centre: Option<RatioIn>,
    /// Index 6: posted at the office, exactly, fully and in time.
    pub posted: Option<bool>,
    /// Index 6: published electronically, the same.
    pub published: Option<bool>,
    /// Index 8: feedback handled in time, of all received.
    pub feedback_on_time: Option<RatioIn>,
    /// Index 8: whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Index 9: procedures offered online, of all.
    pub online_procedures: Option<RatioIn>,
    /// Index 9: dossiers filed online, of all.
    pub online_dossiers: Option<RatioIn>,
    /// Index 9: online dossiers unresolved or overdue.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub online_overdue: Option<u64>,
}

/// What the nine indices are worked out of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityIn {
    /// Whose.
    #[schema(value_type = words::QualityScope)]
    pub scope: Scope,
    /// Finished dossiers.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub dossiers: Vec<QualityDossierIn>,
    /// The unit.
    pub unit: Option<QualityUnitIn>,
}

/// One of the nine indices.
#[derive(Debug, Serialize, ToSchema)]
pub struct QualityIndex {
    /// 1–9.
    pub index: u8,
    /// Points of all that were counted.
    pub points: u64,
    /// How many were counted.
    pub counted: u64,
    /// Rounded to one decimal; none without data: left out of the sum.
    pub score: Option<f64>,
}

/// The nine indices, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct QualityScore {
    /// Where the rule stands.
    pub source: &'static str,
    /// Each index.
    pub indices: Vec<QualityIndex>,
    /// Sum of those with data.
    pub total: f64,
    /// What could have been reached with the data there was.
    pub most: u64,
    /// The band; none when no index had data.
    #[schema(value_type = Option<words::QualityBand>)]
    pub band: Option<Band>,
}

/// Works the nine indices out, and keeps every fault.
pub(super) fn worked_out(q: &QualityIn, faults: &mut Vec<FieldError>) -> QualityScore {
    let none = QualityUnitIn::default();
    let u = q.unit.as_ref().unwrap_or(&none);
    let mut ratio = |given: Option<RatioIn>, name: &str| {
        Ratio::from(given?)
            .checked(&format!("/quality/unit/{name}"))
            .map_err(|f| faults.push(f))
            .ok()
    };
    let unit = UnitFacts {
        received_at_centre: ratio(u.received_at_centre, "received_at_centre"),
        decided_at_centre: ratio(u.decided_at_centre, "decided_at_centre"),
        posted: u.posted,
        published: u.published,
        feedback_on_time: ratio(u.feedback_on_time, "feedback_on_time"),
        feedback_prolonged: u.feedback_prolonged,
        online_procedures: ratio(u.online_procedures, "online_procedures"),
        online_dossiers: ratio(u.online_dossiers, "online_dossiers"),
        online_overdue: u.online_overdue,
    };
    count_fault(
        q.dossiers.len() as u64,
        (0, 1000),
        "/quality/dossiers",
        faults,
    );
    count_fault(
        u.online_overdue.unwrap_or(0),
        (0, LARGEST_POPULATION),
        "/quality/unit/online_overdue",
        faults,
    );
    for (i, d) in q.dossiers.iter().enumerate() {
        for (name, n) in [("contacts", d.contacts), ("bodies", d.bodies)] {
            let pointer = format!("/quality/dossiers/{i}/{name}");
            count_fault(u64::from(n.unwrap_or(0)), (0, 1000), pointer, faults);
        }
    }
    let dossiers: Vec<Facts> = q
        .dossiers
        .iter()
        .map(|d| Facts {
            time: d.time,
            unit_time: d.unit_time,
            contacts: d.contacts,
            bodies: d.bodies,
            complaint_upheld: d.complaint_upheld,
        })
        .collect();
    let score = quality::score(q.scope, &dossiers, &unit);
    QualityScore {
        source: quality::SOURCE,
        indices: score
            .indices
            .iter()
            .map(|i| QualityIndex {
                index: i.number,
                points: i.points,
                counted: i.counted,
                score: i.tenths.map(|t| decimal(t, 10)),
            })
            .collect(),
        total: decimal(score.total_tenths, 10),
        most: score.most,
        band: score.band,
    }
}
