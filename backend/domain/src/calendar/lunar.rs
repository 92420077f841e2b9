//! The Vietnamese lunar calendar at UTC+7, by its published rules and the published series for the
//! moon and the sun: each month begins on the day of a new moon, the eleventh holds the winter
//! solstice, and of thirteen months between two solstices the first without a major term is leap.
//!
//! It serves to *propose* holidays; what is off is entered by a person from a notice. Floats stay in
//! here: what comes out is a date.

use chrono::{Datelike, NaiveDate};

/// Years whose dates are given. The series are good for some centuries around 2000.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Days east of Greenwich: seven hours.
const EAST: f64 = 7.0 / 24.0;
/// Mean length of a month, days.
const MONTH: f64 = 29.530_588_853;
/// Julian day number of the mean new moon counted as zero, in January 1900.
const FIRST_MOON: f64 = 2_415_021.076_998_695;
/// Julian day number of the day before 1 January of year 1.
const EPOCH: i64 = 1_721_425;

/// A date of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LunarDate {
    /// Year: the solar year in which it begins.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day, 1 to 30.
    pub day: u32,
    /// The second of two months of one number.
    pub leap: bool,
}

/// A month: its first day as a Julian day number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    first: i64,
    year: i32,
    number: u32,
    leap: bool,
}

/// The lunar date of a day; none outside [`YEARS`].
#[must_use]
pub fn lunar(date: NaiveDate) -> Option<LunarDate> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let day = i64::from(date.num_days_from_ce()) + EPOCH;
    // A day after this year's solstice month has begun belongs to the next round.
    let round = [date.year() + 1, date.year()].into_iter().map(months);
    let month = round
        .flat_map(|months| months.into_iter().rev())
        .find(|m| m.first <= day)?;
    Some(LunarDate {
        year: month.year,
        month: month.number,
        day: u32::try_from(day - month.first + 1).ok()?,
        leap: month.leap,
    })
}

/// The day of a lunar date; none when there is no such date, or outside [`YEARS`].
#[must_use]
pub fn solar(date: LunarDate) -> Option<NaiveDate> {
    if !YEARS.contains(&date.year) {
        return None;
    }
    let rounds = months(date.year)
        .into_iter()
        .chain(months(date.year + 1))
        .collect::<Vec<_>>();
    let at = rounds
        .iter()
        .position(|m| (m.year, m.number, m.leap) == (date.year, date.month, date.leap))?;
    let first = rounds.get(at)?.first;
    let length = match rounds.get(at + 1) {
        Some(next) => next.first - first,
        None => return None,
    };
    let within = i64::from(date.day);
    if !(1..=length).contains(&within) {
        return None;
    }
    let days = i32::try_from(first + within - 1 - EPOCH).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days)
}

/// The months from the eleventh of the year before to the tenth of `year`, leap ones among them.
fn months(year: i32) -> Vec<Month> {
    let (from, to) = (solstice_moon(year - 1), solstice_moon(year));
    let firsts: Vec<i64> = (from..=to).map(new_moon_day).collect();
    let terms: Vec<i64> = firsts.iter().map(|day| major_term(*day)).collect();
    // Thirteen months: the first in which the sun enters no new sector is leap.
    let leap = (to - from > 12)
        .then(|| terms.windows(2).position(|t| matches!(t, [a, b] if a == b)))
        .flatten();
    let mut found = Vec::new();
    let mut number = 10;
    for (i, first) in firsts.iter().enumerate().take(firsts.len() - 1) {
        let is_leap = leap == Some(i);
        if !is_leap {
            number = number % 12 + 1;
        }
        found.push(Month {
            first: *first,
            year: if number >= 11 { year - 1 } else { year },
            number,
            leap: is_leap,
        });
    }
    found
}

/// Number of the new moon that begins the eleventh month of a year: the last not after its winter
/// solstice.
#[allow(
    clippy::cast_possible_truncation,
    reason = "some thousands of months at most"
)]
fn solstice_moon(year: i32) -> i64 {
    let last = NaiveDate::from_ymd_opt(year, 12, 31).map_or(0, |d| d.num_days_from_ce());
    let since = f64::from(last) + EPOCH as f64 - FIRST_MOON;
    let mut k = (since / MONTH).floor() as i64;
    // The estimate is off by one at most.
    while new_moon_day(k + 1) <= i64::from(last) + EPOCH {
        k += 1;
    }
    while new_moon_day(k) > i64::from(last) + EPOCH || major_term(new_moon_day(k)) >= 9 {
        k -= 1;
    }
    k
}

/// Julian day number, in Vietnam, of the `k`-th new moon since January 1900.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a date of our centuries fits either way"
)]
fn new_moon_day(k: i64) -> i64 {
    let k = k as f64;
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sin(166.56 + 132.87 * t - 0.009_173 * t2);
    // Mean anomaly of the sun, of the moon, and the moon's argument of latitude.
    let sun = 359.224_2 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let moon = 306.025_3 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let node = 21.296_4 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let terms = [
        (0.173_4 - 0.000_393 * t, sun),
        (0.002_1, 2.0 * sun),
        (-0.406_8, moon),
        (0.016_1, 2.0 * moon),
        (-0.000_4, 3.0 * moon),
        (0.010_4, 2.0 * node),
        (-0.005_1, sun + moon),
        (-0.007_4, sun - moon),
        (0.000_4, 2.0 * node + sun),
        (-0.000_4, 2.0 * node - sun),
        (-0.000_6, 2.0 * node + moon),
        (0.001_0, 2.0 * node - moon),
        (0.000_5, sun + 2.0 * moon),
    ];
    let true_to_mean: f64 = terms.iter().map(|(size, angle)| size * sin(*angle)).sum();
    // The earth's turning is no even clock.
    let slow = -0.000_278 + 0.000_265 * t + 0.000_262 * t2;
    (mean + true_to_mean - slow + 0.5 + EAST).floor() as i64
}

/// In which of the twelve sectors of its yearly way the sun stands when a day begins in Vietnam; 0
/// begins at the spring equinox, 9 at the winter solstice.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a date of our centuries fits either way"
)]
fn major_term(day: i64) -> i64 {
    let t = (day as f64 - 0.5 - EAST - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let sin = |degrees: f64| degrees.to_radians().sin();
    let anomaly = 357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2;
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * sin(anomaly)
        + (0.019_993 - 0.000_101 * t) * sin(2.0 * anomaly)
        + 0.000_290 * sin(3.0 * anomaly);
    ((mean + centre).rem_euclid(360.0) / 30.0).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::tests::date;
    use proptest::prelude::*;

    fn on(year: i32, month: u32, day: u32) -> String {
        let found = solar(LunarDate {
            year,
            month,
            day,
            leap: false,
        });
        crate::vn_time::format_date(found.expect("a date"))
    }

    /// DOMAIN §3.2: the first day of Tết and the Hung Kings' day.
    #[test]
    fn the_anchors_are_met() {
        for (year, tet, kings) in [
            (2024, "10/02/2024", "18/04/2024"),
            (2025, "29/01/2025", "07/04/2025"),
            (2026, "17/02/2026", "26/04/2026"),
            (2027, "06/02/2027", "16/04/2027"),
            (2028, "26/01/2028", "04/04/2028"),
            (2029, "13/02/2029", "23/04/2029"),
            (2030, "02/02/2030", "12/04/2030"),
            (2031, "23/01/2031", "01/04/2031"),
            (2032, "11/02/2032", "19/04/2032"),
        ] {
            assert_eq!(on(year, 1, 1), tet);
            assert_eq!(on(year, 3, 10), kings);
        }
    }

    /// Years in which Hanoi's midnight lies on the other side of a new moon than Beijing's.
    #[test]
    fn tet_is_vietnams_where_the_chinese_calendar_differs() {
        assert_eq!(on(1985, 1, 1), "21/01/1985");
        assert_eq!(on(2007, 1, 1), "17/02/2007");
        assert_eq!(on(1968, 1, 1), "29/01/1968");
        // Of 1985 the whole year is shifted: its leap month is the second, not the tenth of 1984.
        let leap = LunarDate {
            year: 1985,
            month: 2,
            day: 1,
            leap: true,
        };
        assert_eq!(solar(leap), Some(date("21/03/1985")));
        assert_eq!(
            solar(LunarDate {
                year: 1984,
                month: 10,
                ..leap
            }),
            None
        );
    }

    #[test]
    fn leap_months_are_where_almanacs_have_them() {
        for (year, month) in [
            (2004, 2),
            (2006, 7),
            (2017, 6),
            (2020, 4),
            (2023, 2),
            (2025, 6),
            (2028, 5),
        ] {
            let leap = LunarDate {
                year,
                month,
                day: 1,
                leap: true,
            };
            assert!(solar(leap).is_some(), "{year} has a leap month {month}");
        }
        for year in [2024, 2026, 2027] {
            let leaps = (1..=12).filter_map(|month| {
                solar(LunarDate {
                    year,
                    month,
                    day: 1,
                    leap: true,
                })
            });
            assert_eq!(leaps.count(), 0, "{year}");
        }
    }

    #[test]
    fn nothing_is_said_beyond_its_years_or_of_a_date_that_is_none() {
        assert_eq!(lunar(date("31/12/1899")), None);
        assert_eq!(lunar(date("01/01/2200")), None);
        let none = LunarDate {
            year: 2026,
            month: 1,
            day: 31,
            leap: false,
        };
        assert_eq!(solar(none), None);
        assert_eq!(
            solar(LunarDate {
                month: 13,
                day: 1,
                ..none
            }),
            None
        );
        assert_eq!(
            solar(LunarDate {
                year: 2300,
                day: 1,
                ..none
            }),
            None
        );
    }

    proptest! {
        #[test]
        fn every_day_has_one_lunar_date_and_back(day in 0_u64..109_000) {
            let date = date("01/02/1900") + chrono::Days::new(day);
            let there = lunar(date).expect("within");
            prop_assert!((1..=30).contains(&there.day) && (1..=12).contains(&there.month));
            prop_assert_eq!(solar(there), Some(date));
            // The next day is the next of the month, or the first of another.
            let next = lunar(date + chrono::Days::new(1)).expect("within");
            if next.day == 1 {
                prop_assert!(there.day >= 29);
                prop_assert!(next.leap || next.month == there.month % 12 + 1);
            } else {
                prop_assert_eq!(next, LunarDate { day: there.day + 1, ..there });
            }
        }

        #[test]
        fn tet_falls_between_20_january_and_21_february(year in 1901_i32..2199) {
            let tet = solar(LunarDate { year, month: 1, day: 1, leap: false }).expect("a date");
            let early = NaiveDate::from_ymd_opt(year, 1, 20).expect("a date");
            let late = NaiveDate::from_ymd_opt(year, 2, 22).expect("a date");
            prop_assert!((early..late).contains(&tet), "{}", tet);
            prop_assert!(matches!(months(year).len(), 12 | 13));
        }
    }
}
