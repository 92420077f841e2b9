//! What a calendar is made of, as data with its sources: days off, make-up days, shifts.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

/// A calendar as it is kept, entered and versioned. Nothing here is computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// Version: rises by one with every change, is kept with each computed due date.
    pub version: u32,
    /// What the calendar is for.
    pub name: String,
    /// First date it speaks about.
    pub first_day: NaiveDate,
    /// Last date it speaks about. Beyond it nothing may be promised.
    pub last_day: NaiveDate,
    /// Days off beyond the weekly rest.
    pub days_off: Vec<DayOff>,
    /// Rest days worked instead of another day (làm bù).
    pub make_up_days: Vec<MakeUpDay>,
    /// Weekly shifts with their validity.
    pub shifts: Vec<ShiftRule>,
}

impl CalendarData {
    /// The calendar as it was known on `date`: entries announced later are left out. What was
    /// promised before a late notice can be explained with it (DOMAIN §3.3, the swap of 25/12/2025).
    #[must_use]
    pub fn known_on(&self, date: NaiveDate) -> Self {
        let known = |announced: Option<NaiveDate>| announced.is_none_or(|a| a <= date);
        let mut data = self.clone();
        data.days_off.retain(|d| known(d.announced_on));
        data.make_up_days.retain(|d| known(d.announced_on));
        data
    }
}

/// A day off: holiday, compensation or swap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// The date.
    pub date: NaiveDate,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The document it rests on.
    pub source: String,
    /// When that document was published, if the day was announced apart from the year's notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<NaiveDate>,
    /// Follows from the law but the year's notice is not out: may still be joined by others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

/// A rest day that is worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    /// The date worked.
    pub date: NaiveDate,
    /// The day off it makes up for: its weekday's shifts are worked. Unknown: those of a Monday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<NaiveDate>,
    /// Its name in Vietnamese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The document it rests on.
    pub source: String,
    /// When that document was published, if apart from the year's notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<NaiveDate>,
}

/// A span of a working day, on some weekdays, between two dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftRule {
    /// The weekdays it is worked on.
    pub weekdays: Vec<WeekdayName>,
    /// Start, local clock.
    #[serde(with = "hh_mm")]
    pub from: NaiveTime,
    /// End, local clock, later than the start.
    #[serde(with = "hh_mm")]
    pub to: NaiveTime,
    /// Whether its time counts for limits. A Saturday-morning shift serves but does not count.
    pub counts: bool,
    /// First date it is worked; none means since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last date it is worked; none means until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
}

impl ShiftRule {
    /// Whether this shift is worked on `weekday`, under the rules valid on `date`.
    #[must_use]
    pub fn applies(&self, weekday: Weekday, date: NaiveDate) -> bool {
        self.weekdays.iter().any(|w| w.weekday() == weekday)
            && self.valid_from.is_none_or(|v| v <= date)
            && self.valid_to.is_none_or(|v| date <= v)
    }
}

/// One span of a day, local clock, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shift {
    /// Start.
    #[serde(with = "hh_mm")]
    pub from: NaiveTime,
    /// End.
    #[serde(with = "hh_mm")]
    pub to: NaiveTime,
}

crate::words::words! {
    /// A weekday in data files.
    WeekdayName {
        /// Thứ hai
        Mon => "mon",
        /// Thứ ba
        Tue => "tue",
        /// Thứ tư
        Wed => "wed",
        /// Thứ năm
        Thu => "thu",
        /// Thứ sáu
        Fri => "fri",
        /// Thứ bảy
        Sat => "sat",
        /// Chủ nhật
        Sun => "sun",
    }
}

impl WeekdayName {
    /// The same day in chrono's words.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Mon,
            Self::Tue => Weekday::Tue,
            Self::Wed => Weekday::Wed,
            Self::Thu => Weekday::Thu,
            Self::Fri => Weekday::Fri,
            Self::Sat => Weekday::Sat,
            Self::Sun => Weekday::Sun,
        }
    }
}

/// Clock times as `07:30`; seconds are accepted on reading and not written.
pub mod hh_mm {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes `HH:MM`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(time: &NaiveTime, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&time.format("%H:%M"))
    }

    /// Reads `HH:MM` or `HH:MM:SS`.
    ///
    /// # Errors
    /// When the text is no clock time.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<NaiveTime, D::Error> {
        let text = String::deserialize(d)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .or_else(|_| NaiveTime::parse_from_str(&text, "%H:%M:%S"))
            .map_err(D::Error::custom)
    }
}
