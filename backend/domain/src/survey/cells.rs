//! How finely an answer may be kept: never so that fewer than five stand together.
//!
//! Answers wait, sealed, until their week is over. Then those of one ward, field, week and channel are
//! kept together where they are five or more; the rest are kept the coarser, the longer they are
//! few: without the channel, without the field, by the month, by the quarter, for the whole centre.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

/// The least number of answers that are kept or shown together (DOMAIN §6.1).
pub const FEWEST: usize = 5;

/// A stretch of time that answers are kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The week that begins on this Monday.
    Week(NaiveDate),
    /// A month.
    Month(i32, u32),
    /// A quarter, 1 to 4.
    Quarter(i32, u32),
    /// A year.
    Year(i32),
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// A week belongs to the month in which most of its days lie: its Thursday's.
fn thursday(week: NaiveDate) -> NaiveDate {
    week.checked_add_days(Days::new(3)).unwrap_or(week)
}

impl Period {
    /// The quarter that a week's answers count for, such as `2026-Q4`.
    pub fn quarter_of_week(week: NaiveDate) -> String {
        let day = thursday(week);
        Self::Quarter(day.year(), day.month0() / 3 + 1).word()
    }

    /// The quarter of a day, such as `2026-Q4`.
    pub fn quarter_of_day(day: NaiveDate) -> String {
        Self::Quarter(day.year(), day.month0() / 3 + 1).word()
    }

    /// Its stable word: `2026-W49`, `2026-11`, `2026-Q4`, `2026`.
    pub fn word(self) -> String {
        match self {
            Self::Week(day) => {
                let week = day.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Self::Month(year, month) => format!("{year}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
            Self::Year(year) => format!("{year}"),
        }
    }

    /// The quarter it lies in; none for a whole year.
    pub fn quarter(self) -> Option<String> {
        match self {
            Self::Week(day) => Some(Self::quarter_of_week(day)),
            Self::Month(year, month) => {
                Some(Self::Quarter(year, month.saturating_sub(1) / 3 + 1).word())
            }
            Self::Quarter(..) => Some(self.word()),
            Self::Year(_) => None,
        }
    }

    /// Whether it is over on this day: nobody can answer in it any more.
    fn is_over(self, week: NaiveDate, today: NaiveDate) -> bool {
        // The month, quarter and year of a week are over when the next week lies in another.
        let now = monday(today);
        match self {
            Self::Week(day) => day < now,
            Self::Month(..) => Self::month(now) > Self::month(week),
            Self::Quarter(..) => Self::quarter_at(now) > Self::quarter_at(week),
            Self::Year(_) => Self::year(now) > Self::year(week),
        }
    }

    fn month(week: NaiveDate) -> Self {
        let day = thursday(week);
        Self::Month(day.year(), day.month())
    }

    fn quarter_at(week: NaiveDate) -> Self {
        let day = thursday(week);
        Self::Quarter(day.year(), day.month0() / 3 + 1)
    }

    fn year(week: NaiveDate) -> Self {
        Self::Year(thursday(week).year())
    }
}

/// What an answer that waits is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The questionnaire, with its version.
    pub questionnaire: String,
    /// The authority that decides, the ward; none: it was given in the hall.
    pub authority: Option<String>,
    /// The field of the procedure.
    pub field: Option<String>,
    /// By what it came.
    pub channel: String,
    /// The Monday of the week in which it was given.
    pub week: NaiveDate,
}

/// What it is kept by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The questionnaire.
    pub questionnaire: String,
    /// The authority; none: the whole centre.
    pub authority: Option<String>,
    /// The field; none: any.
    pub field: Option<String>,
    /// The channel; none: any.
    pub channel: Option<String>,
    /// When.
    pub period: Period,
}

/// From the finest to the coarsest.
const LADDER: [fn(&Place) -> Cell; 8] = [
    |p| cell(p, true, true, true, Period::Week(p.week)),
    |p| cell(p, true, true, false, Period::Week(p.week)),
    |p| cell(p, true, true, false, Period::month(p.week)),
    |p| cell(p, true, false, false, Period::month(p.week)),
    |p| cell(p, false, false, false, Period::month(p.week)),
    |p| cell(p, true, false, false, Period::quarter_at(p.week)),
    |p| cell(p, false, false, false, Period::quarter_at(p.week)),
    |p| cell(p, false, false, false, Period::year(p.week)),
];

fn cell(p: &Place, authority: bool, field: bool, channel: bool, period: Period) -> Cell {
    Cell {
        questionnaire: p.questionnaire.clone(),
        authority: p.authority.clone().filter(|_| authority),
        field: p.field.clone().filter(|_| field),
        channel: channel.then(|| p.channel.clone()),
        period,
    }
}

/// Which of the answers that wait may be kept now, and by what: groups of at least [`FEWEST`], each
/// as fine as it may be. Numbers are places in `waiting`; those in no group go on waiting.
pub fn released(waiting: &[Place], today: NaiveDate) -> Vec<(Cell, Vec<usize>)> {
    let mut left: Vec<usize> = (0..waiting.len()).collect();
    let mut kept = Vec::new();
    for step in LADDER {
        let mut groups: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
        for i in &left {
            if let Some(place) = waiting.get(*i) {
                let cell = step(place);
                if cell.period.is_over(place.week, today) {
                    groups.entry(cell).or_default().push(*i);
                }
            }
        }
        groups.retain(|_, members| members.len() >= FEWEST);
        let taken: std::collections::HashSet<usize> = groups.values().flatten().copied().collect();
        left.retain(|i| !taken.contains(i));
        kept.extend(groups);
    }
    kept
}
