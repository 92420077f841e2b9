//! One dossier of the year: what will happen to it, and into which lists it belongs.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use motcua_tests::Dossier;

use super::almanac::{Almanac, At, day, moment, read};

/// What will happen to a dossier.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) online: bool,
    pub(super) intake_supplement: bool,
    pub(super) never_supplied: bool,
    pub(super) late_handover: bool,
    pub(super) late_acknowledgement: bool,
    pub(super) supplement: bool,
    pub(super) consult: bool,
    pub(super) pays: bool,
    pub(super) late: bool,
    pub(super) apology: bool,
}

/// Small numbers by chance, the same each time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.roll(n) == 0
    }

    pub(super) fn plan(&mut self) -> Plan {
        Plan {
            online: self.one_in(6),
            intake_supplement: self.one_in(2),
            never_supplied: self.one_in(3),
            late_handover: self.one_in(8),
            late_acknowledgement: self.one_in(8),
            supplement: self.one_in(8),
            consult: self.one_in(6),
            pays: self.one_in(10),
            late: self.one_in(4),
            apology: self.one_in(2),
        }
    }
}

/// A dossier as the test has made it, from what it was answered.
pub(super) struct Case {
    pub(super) d: Dossier,
    pub(super) plan: Plan,
    pub(super) worked: u8,
    pub(super) given_at: Option<At>,
    pub(super) paused_at: Option<At>,
    pub(super) opinion_due: Option<NaiveDate>,
    pub(super) clock_from: Option<At>,
    pub(super) answer_from: Option<At>,
    pub(super) ran_over: Option<At>,
    /// What was true of it at some time: the list, and since when.
    pub(super) seen: BTreeSet<(&'static str, At)>,
    /// Until when that was looked for.
    pub(super) looked: At,
}

pub(super) const LISTS: [&str; 12] = [
    "unanswered",
    "not_handed_over",
    "not_acknowledged",
    "opinion_late",
    "due_today",
    "due_soon",
    "overdue",
    "apology_due",
    "apology_missing",
    "paused_too_long",
    "supplement_lapsing",
    "supplement_lapsed",
];

impl Case {
    pub(super) fn closed(&self) -> bool {
        ["refused_at_intake", "stopped", "completed", "returned"].contains(&self.d.text("state"))
    }

    /// Since when and until when it belongs into a list as things stand; none when it does not.
    pub(super) fn window(&self, a: &Almanac, list: &str) -> Option<(At, Option<At>)> {
        let body = &self.d.body;
        let state = self.d.text("state");
        let midnight = |d: NaiveDate| moment(d, "00:00:00");
        let morrow = |d: NaiveDate| midnight(d.succ_opt().unwrap());
        let after = |t: At| t + TimeDelta::microseconds(1);
        let runs = ["accepted", "processing"].contains(&state);
        let due = read(&body["due_at"]).filter(|_| runs);
        let start = self.clock_from;
        let unapologised = body["extension"].is_null();
        let found = match list {
            "unanswered" if state == "submitted" => {
                (after(a.hours(self.answer_from?, 8 * 3600)), None)
            }
            "not_acknowledged" => (after(a.hand_on(self.given_at?)), None),
            "not_handed_over" if state == "accepted" && self.given_at.is_none() => {
                (after(a.hand_on(read(&body["accepted_at"])?)), None)
            }
            "opinion_late" => (morrow(self.opinion_due?), None),
            "due_today" => (
                midnight(due?.date_naive()).max(start?),
                Some(morrow(due?.date_naive())),
            ),
            "due_soon" => {
                let eve = midnight(a.before(due?.date_naive()));
                let spent = a.hours(start?, a.worked(start?, due?) * 4 / 5);
                (eve.min(spent).max(start?), Some(after(due?)))
            }
            "overdue" => (morrow(due?.date_naive()), None),
            "apology_missing" if unapologised => (morrow(due?.date_naive()), None),
            "apology_due" if unapologised => {
                let last = a.before(due?.date_naive());
                (midnight(a.before(last)).max(start?), Some(morrow(last)))
            }
            "paused_too_long" => (self.paused_at? + TimeDelta::days(30), None),
            "supplement_lapsing" if state.ends_with("supplement_requested") => {
                let last = day(body["supplement_due_on"].as_str()?);
                (midnight(last - Days::new(5)), Some(morrow(last)))
            }
            "supplement_lapsed" if state.ends_with("supplement_requested") => {
                (morrow(day(body["supplement_due_on"].as_str()?)), None)
            }
            _ => return None,
        };
        Some(found).filter(|(from, until)| until.is_none_or(|u| *from < u))
    }

    pub(super) fn belongs(&self, a: &Almanac, list: &str, now: At) -> bool {
        let window = self.window(a, list);
        window.is_some_and(|(from, until)| from <= now && until.is_none_or(|u| now < u))
            || (list == "apology_missing" && self.ran_over.is_some())
    }

    /// Notes what was true of it between the last look and now.
    pub(super) fn look(&mut self, a: &Almanac, now: At) {
        for list in LISTS {
            let Some((from, until)) = self.window(a, list) else {
                continue;
            };
            if from > now || until.is_some_and(|u| u <= self.looked) {
                continue;
            }
            if list == "apology_missing" {
                // Once it ran over, that stays, and since when.
                self.seen.insert((list, *self.ran_over.get_or_insert(from)));
            } else {
                self.seen.insert((list, from));
            }
        }
        self.looked = now;
    }
}
