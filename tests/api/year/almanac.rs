//! Days and shifts as a person counts them, knowing nothing of the program's calendar.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde_json::Value;

pub(super) type At = DateTime<FixedOffset>;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn moment(date: NaiveDate, time: &str) -> At {
    let time: NaiveTime = NaiveTime::parse_from_str(time, "%H:%M:%S").unwrap();
    date.and_time(time)
        .and_local_timezone(FixedOffset::east_opt(7 * 3600).unwrap())
        .unwrap()
}

pub(super) fn read(value: &Value) -> Option<At> {
    value
        .as_str()
        .map(|t| DateTime::parse_from_rfc3339(t).unwrap())
}

/// Days as a person would count them.
pub(super) struct Almanac {
    pub(super) off: BTreeSet<NaiveDate>,
    pub(super) made_up: BTreeSet<NaiveDate>,
}

impl Almanac {
    pub(super) fn works(&self, d: NaiveDate) -> bool {
        let rest = matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
        self.made_up.contains(&d) || (!rest && !self.off.contains(&d))
    }

    pub(super) fn next(&self, d: NaiveDate) -> NaiveDate {
        d.iter_days().skip(1).find(|d| self.works(*d)).unwrap()
    }

    pub(super) fn before(&self, d: NaiveDate) -> NaiveDate {
        let mut d = d.pred_opt().unwrap();
        while !self.works(d) {
            d = d.pred_opt().unwrap();
        }
        d
    }

    /// The same day by 17:30, or the next morning after 15:00 (R9).
    pub(super) fn hand_on(&self, at: At) -> At {
        let d = at.date_naive();
        if self.works(d) && at.time() <= NaiveTime::from_hms_opt(15, 0, 0).unwrap() {
            moment(d, "17:30:00")
        } else {
            moment(self.next(d), "07:30:00")
        }
    }

    /// The first instant by which so many seconds of shifts have passed.
    pub(super) fn hours(&self, at: At, seconds: i64) -> At {
        let mut left = seconds;
        let mut at = at;
        loop {
            let d = at.date_naive();
            if self.works(d) {
                for (from, to) in [("07:30:00", "11:30:00"), ("13:30:00", "17:30:00")] {
                    let (from, to) = (moment(d, from), moment(d, to));
                    let begin = at.max(from);
                    if begin < to {
                        let room = (to - begin).num_seconds();
                        if left <= room {
                            return begin + TimeDelta::seconds(left);
                        }
                        left -= room;
                    }
                }
            }
            at = moment(d.succ_opt().unwrap(), "00:00:00");
        }
    }

    /// Seconds of shifts between two instants.
    pub(super) fn worked(&self, from: At, to: At) -> i64 {
        let mut sum = 0;
        for d in from
            .date_naive()
            .iter_days()
            .take_while(|d| *d <= to.date_naive())
        {
            if self.works(d) {
                for (a, b) in [("07:30:00", "11:30:00"), ("13:30:00", "17:30:00")] {
                    let room = to.min(moment(d, b)) - from.max(moment(d, a));
                    sum += room.num_seconds().max(0);
                }
            }
        }
        sum
    }
}
