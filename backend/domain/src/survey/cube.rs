//! What is shown of the answers: one fixed cube of tables, in which no group under five can be read or
//! worked out by taking one table from another.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::FEWEST;

const LEAST: u64 = FEWEST as u64;

/// How many answered, by what their answers are kept by; what is not known of them is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// The authority.
    pub authority: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// How many.
    pub n: u64,
}

/// One set of answers that may be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// All of them.
    Whole,
    /// An authority's.
    Authority(String),
    /// An authority's in a field.
    Field(String, String),
    /// Those that came by a channel.
    Channel(String),
}

impl Slice {
    /// Whether answers kept like this belong to it.
    pub fn holds(&self, joint: &Joint) -> bool {
        match self {
            Self::Whole => true,
            Self::Authority(a) => joint.authority.as_ref() == Some(a),
            Self::Field(a, f) => {
                joint.authority.as_ref() == Some(a) && joint.field.as_ref() == Some(f)
            }
            Self::Channel(c) => joint.channel.as_ref() == Some(c),
        }
    }
}

fn size(joints: &[Joint], within: impl Fn(&Joint) -> bool) -> u64 {
    joints.iter().filter(|j| within(j)).map(|j| j.n).sum()
}

/// Whether so many are few enough to be somebody.
fn few(n: u64) -> bool {
    (1..LEAST).contains(&n)
}

/// The slices that may be shown, each with how many answered in it. A slice that is not among them is
/// either empty or held back; [`slices`] names all.
///
/// - No slice of one to four is shown.
/// - Where a whole is shown with some of its parts, the rest is none or at least five: else the
///   smallest part is held back too.
/// - Of two slices that cut across each other, where one lies within the other or within what the
///   other leaves, the difference is none or at least five: else the channel is held back.
pub fn shown(joints: &[Joint]) -> BTreeMap<Slice, u64> {
    let whole = size(joints, |_| true);
    if whole < LEAST {
        return BTreeMap::new();
    }
    let mut shown = BTreeMap::from([(Slice::Whole, whole)]);
    let all = slices(joints);
    let authorities = all.iter().filter(|s| matches!(s, Slice::Authority(_)));
    shown.extend(parts(joints, whole, authorities));
    let open: Vec<String> = shown
        .keys()
        .filter_map(|s| match s {
            Slice::Authority(a) => Some(a.clone()),
            _ => None,
        })
        .collect();
    for authority in open {
        let within = shown
            .get(&Slice::Authority(authority.clone()))
            .copied()
            .unwrap_or(0);
        let fields = all
            .iter()
            .filter(|s| matches!(s, Slice::Field(a, _) if *a == authority));
        shown.extend(parts(joints, within, fields));
    }
    let channels: Vec<&Slice> = all
        .iter()
        .filter(|s| matches!(s, Slice::Channel(_)))
        .collect();
    // What is held back for lying too near to something else; the rest is looked at anew.
    let mut barred: BTreeSet<&Slice> = BTreeSet::new();
    loop {
        let left = channels.iter().filter(|c| !barred.contains(**c)).copied();
        let by_channel = parts(joints, whole, left);
        let near = by_channel
            .keys()
            .find(|c| shown.keys().any(|other| too_near(joints, c, other)));
        let Some(near) = near else {
            shown.extend(by_channel);
            return shown;
        };
        let Some(near) = channels.iter().find(|c| **c == near) else {
            return shown;
        };
        barred.insert(near);
    }
}

/// The parts of a whole that may be shown beside it.
fn parts<'a>(
    joints: &[Joint],
    whole: u64,
    parts: impl Iterator<Item = &'a Slice>,
) -> BTreeMap<Slice, u64> {
    let mut shown: BTreeMap<Slice, u64> = parts
        .map(|part| (part.clone(), size(joints, |j| part.holds(j))))
        .filter(|(_, n)| *n >= LEAST)
        .collect();
    while few(whole.saturating_sub(shown.values().sum())) {
        let smallest = shown.iter().min_by_key(|(_, n)| **n);
        let Some(smallest) = smallest.map(|(slice, _)| slice.clone()) else {
            break;
        };
        shown.remove(&smallest);
    }
    shown
}

/// Whether taking one slice from another, or from what the other leaves of the whole, tells of a few.
fn too_near(joints: &[Joint], channel: &Slice, other: &Slice) -> bool {
    if *other == Slice::Whole {
        // Seen to where parts of the whole are chosen.
        return false;
    }
    let (a, b) = (
        size(joints, |j| channel.holds(j)),
        size(joints, |j| other.holds(j)),
    );
    let both = size(joints, |j| channel.holds(j) && other.holds(j));
    let whole = size(joints, |_| true);
    let neither = whole.saturating_sub(a + b - both);
    // One within the other; or within what it leaves (then both is none, and the rest is neither).
    (both == a && few(b - a))
        || (both == b && few(a - b))
        || (both == 0 && few(neither))
        || (neither == 0 && few(both))
}

/// Every slice of the cube that these answers fall into.
pub fn slices(joints: &[Joint]) -> BTreeSet<Slice> {
    let mut all = BTreeSet::from([Slice::Whole]);
    for joint in joints.iter().filter(|j| j.n > 0) {
        if let Some(a) = &joint.authority {
            all.insert(Slice::Authority(a.clone()));
            if let Some(f) = &joint.field {
                all.insert(Slice::Field(a.clone(), f.clone()));
            }
        }
        if let Some(c) = &joint.channel {
            all.insert(Slice::Channel(c.clone()));
        }
    }
    all
}

/// Of groups that make up one whole, those that may be shown when the whole is: each at least five,
/// and what is left of the whole none or at least five.
pub fn groups_shown<K: Ord + Clone>(groups: &BTreeMap<K, u64>) -> BTreeSet<K> {
    let mut shown: BTreeMap<&K, u64> = groups
        .iter()
        .filter(|(_, n)| **n >= LEAST)
        .map(|(k, n)| (k, *n))
        .collect();
    let whole: u64 = groups.values().sum();
    while few(whole.saturating_sub(shown.values().sum())) {
        let smallest = shown.iter().min_by_key(|(_, n)| **n);
        let Some(smallest) = smallest.map(|(k, _)| *k) else {
            break;
        };
        shown.remove(smallest);
    }
    shown.into_keys().cloned().collect()
}
