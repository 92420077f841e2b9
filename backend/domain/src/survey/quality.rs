//! The nine indices of Circular 01/2018/TT-VPCP, Articles 13–15: 0, 1 or 2 points each, per dossier
//! or per unit, averaged to one decimal, added up and put into bands.
//!
//! Circular 03/2025 may have numbered them anew: the numbers are those of the source named here.

use super::{Ratio, rounded};
use crate::deadline::Timing;

/// The text these indices come from.
pub const SOURCE: &str = "Thông tư 01/2018/TT-VPCP, Điều 13–15";

crate::words::words! {
    /// Whose indices.
    Scope {
        /// One officer: indices 1, 2, 3, 4 and 7, ten points at most.
        Officer => "officer",
        /// A unit: all nine, eighteen points at most.
        Unit => "unit",
    }
}

crate::words::words! {
    /// How a time compares with its limit.
    Time {
        /// Shorter than the limit.
        Early => "early",
        /// Exactly the limit.
        OnTime => "on_time",
        /// Longer.
        Overdue => "overdue",
    }
}

impl Time {
    /// The class of what is finished; none for what is not.
    pub const fn of(timing: Timing) -> Option<Self> {
        match timing {
            Timing::Early => Some(Self::Early),
            Timing::OnTime => Some(Self::OnTime),
            Timing::Overdue => Some(Self::Overdue),
            Timing::WithinTime | Timing::Paused => None,
        }
    }

    /// Points of indices 1 and 2.
    pub const fn points(self) -> u8 {
        match self {
            Self::Early => 2,
            Self::OnTime => 1,
            Self::Overdue => 0,
        }
    }
}

/// What is known of one finished dossier; what is not known is left out of its index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its whole time against its limit.
    pub time: Option<Time>,
    /// The time of the unit concerned against that unit's own limit.
    pub unit_time: Option<Time>,
    /// How often the applicant had to come to complete it, other than by his own fault.
    pub contacts: Option<u32>,
    /// How many bodies he had to see, those the law itself requires (field checks, councils) not counted.
    pub bodies: Option<u32>,
    /// Whether a complaint about attitude was upheld; false ones do not count.
    pub complaint_upheld: Option<bool>,
}

impl Facts {
    /// The points of one index of a dossier (1, 2, 3, 4 or 7); none where it is not known.
    ///
    /// Index 7 of a dossier that is overdue without a complaint is 0: the text gives 2 to an early
    /// and 1 to a punctual one, and nothing to others.
    pub fn points(&self, index: u8) -> Option<u8> {
        let few = |n: u32| u8::try_from(2_u32.saturating_sub(n)).unwrap_or(0);
        match index {
            1 => self.time.map(Time::points),
            2 => self.unit_time.map(Time::points),
            3 => self.contacts.map(few),
            4 => self.bodies.map(few),
            7 => match self.complaint_upheld? {
                true => Some(0),
                false => self.time.map(Time::points),
            },
            _ => None,
        }
    }
}

/// What is known of a unit as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitFacts {
    /// Index 5: listed procedures that are received and returned at the one-stop, of all listed.
    pub received_at_centre: Option<Ratio>,
    /// Index 5: listed procedures also appraised and approved on the spot, of all listed.
    pub decided_at_centre: Option<Ratio>,
    /// Index 6: posted at the office, exactly, fully and in time.
    pub posted: Option<bool>,
    /// Index 6: published electronically, the same.
    pub published: Option<bool>,
    /// Index 8: feedback handled in time, of all that was received.
    pub feedback_on_time: Option<Ratio>,
    /// Index 8: whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Index 9: procedures offered online, of all.
    pub online_procedures: Option<Ratio>,
    /// Index 9: dossiers filed online, of all.
    pub online_dossiers: Option<Ratio>,
    /// Index 9: online dossiers unresolved or overdue.
    pub online_overdue: Option<u64>,
}

/// Whether a ratio reaches so many percent; none when there is nothing to compare.
fn reaches(ratio: Ratio, percent: u64) -> Option<bool> {
    (ratio.whole > 0)
        .then(|| u128::from(ratio.part) * 100 >= u128::from(ratio.whole) * u128::from(percent))
}

impl UnitFacts {
    /// The points of one index of a unit (5, 6, 8 or 9); none where it is not known.
    ///
    /// Index 9 of a unit with 30 % of its dossiers but less than 20 % of its procedures online is 1:
    /// it misses the condition for 2 and is above that for 0.
    pub fn points(&self, index: u8) -> Option<u8> {
        match index {
            5 => {
                if self.decided_at_centre.and_then(|r| reaches(r, 100)) == Some(true) {
                    return Some(2);
                }
                Some(u8::from(reaches(self.received_at_centre?, 100)?))
            }
            6 => Some(u8::from(self.posted?) + u8::from(self.published?)),
            8 => {
                let on_time = self.feedback_on_time?;
                if on_time.whole == 0 {
                    return Some(2);
                }
                if self.feedback_prolonged? {
                    return Some(0);
                }
                Some(u8::from(reaches(on_time, 90)?) + u8::from(reaches(on_time, 100)?))
            }
            9 => {
                let (procedures, dossiers) = (self.online_procedures?, self.online_dossiers?);
                if self.online_overdue? > 0 || !reaches(dossiers, 15)? {
                    return Some(0);
                }
                let full = reaches(procedures, 20)? && reaches(dossiers, 30)?;
                Some(1 + u8::from(full))
            }
            _ => None,
        }
    }
}

/// One index, worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// 1–9.
    pub number: u8,
    /// Points of all that were counted.
    pub points: u64,
    /// How many were counted.
    pub counted: u64,
    /// The index in tenths; none without data: it is left out of the sum.
    pub tenths: Option<u64>,
}

crate::words::words! {
    /// The bands of an officer (share of the task fulfilled) and of a unit.
    Band {
        /// Officer, 5 points and more: the task wholly fulfilled.
        Fulfilled => "fulfilled",
        /// Officer, 3.5 to below 5: from 70 to below 100 % of it.
        MostlyFulfilled => "mostly_fulfilled",
        /// Officer, below 3.5: below 70 %.
        NotFulfilled => "not_fulfilled",
        /// Unit, 15 points and more, exactly 15 included: xuất sắc.
        Excellent => "excellent",
        /// Unit, 12 to below 15: tốt.
        Good => "good",
        /// Unit, 9 to below 12: khá.
        Fair => "fair",
        /// Unit, 6 to below 9: trung bình.
        Average => "average",
        /// Unit, below 6: yếu.
        Weak => "weak",
    }
}

/// Indices with their sum and band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Those of the scope, in their order.
    pub indices: Vec<Index>,
    /// Sum of those with data, in tenths.
    pub total_tenths: u64,
    /// What could have been reached with the data there was, in points.
    pub most: u64,
    /// The band; none when no index had data.
    pub band: Option<Band>,
}

/// The band a sum falls into (Art 15), in tenths.
pub const fn band(scope: Scope, tenths: u64) -> Band {
    match scope {
        Scope::Officer => match tenths {
            50.. => Band::Fulfilled,
            35..50 => Band::MostlyFulfilled,
            _ => Band::NotFulfilled,
        },
        Scope::Unit => match tenths {
            150.. => Band::Excellent,
            120..150 => Band::Good,
            90..120 => Band::Fair,
            60..90 => Band::Average,
            _ => Band::Weak,
        },
    }
}

/// The indices of a scope, in their order.
pub const fn numbers(scope: Scope) -> &'static [u8] {
    match scope {
        Scope::Officer => &[1, 2, 3, 4, 7],
        Scope::Unit => &[1, 2, 3, 4, 5, 6, 7, 8, 9],
    }
}

/// Points of all dossiers of which something is known, and how many those are. What many dossiers have
/// in common stands once, with how often.
pub fn sum<'a>(number: u8, dossiers: impl IntoIterator<Item = (&'a Facts, u64)>) -> (u64, u64) {
    dossiers
        .into_iter()
        .filter_map(|(facts, times)| Some((facts.points(number)?, times)))
        .fold((0, 0), |(points, counted), (p, times)| {
            (points + u64::from(p) * times, counted + times)
        })
}

/// Works the indices of a scope out of the points of each and how many were counted; what was not
/// counted is left out of the sum.
pub fn score_of(scope: Scope, sums: impl Fn(u8) -> (u64, u64)) -> Score {
    let indices: Vec<Index> = numbers(scope)
        .iter()
        .map(|&number| {
            let (points, counted) = sums(number);
            Index {
                number,
                points,
                counted,
                tenths: rounded(u128::from(points) * 10, u128::from(counted)),
            }
        })
        .collect();
    let known = indices.iter().filter_map(|i| i.tenths);
    let total_tenths = known.clone().sum();
    let most = 2 * known.count() as u64;
    Score {
        band: (most > 0).then(|| band(scope, total_tenths)),
        indices,
        total_tenths,
        most,
    }
}

/// Works the indices of an officer or a unit out of finished dossiers and the unit's own facts.
pub fn score(scope: Scope, dossiers: &[Facts], unit: &UnitFacts) -> Score {
    score_of(scope, |number| match number {
        5 | 6 | 8 | 9 => unit.points(number).map_or((0, 0), |p| (u64::from(p), 1)),
        _ => sum(number, dossiers.iter().map(|d| (d, 1))),
    })
}
