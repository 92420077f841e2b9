//! The quarters that indices are worked out for, and where they begin and end.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

crate::words::words! {
    /// Where a quarter begins and ends.
    CutOff {
        /// With the months of the calendar: 1/1, 1/4, 1/7, 1/10.
        Calendar => "calendar",
        /// As periodic reports do (Decree 09/2019 Art 12): from the 15th of the month before to the 14th of
        /// the last one.
        Reporting => "reporting",
    }
}

impl CutOff {
    /// The text it comes from.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Calendar => "Quý theo năm dương lịch",
            Self::Reporting => "Nghị định 09/2019/NĐ-CP, Điều 12",
        }
    }
}

/// A quarter of a year, such as `2026-Q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i32,
    number: u32,
}

/// Not a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoQuarter;

impl FromStr for Quarter {
    type Err = NoQuarter;

    fn from_str(text: &str) -> Result<Self, NoQuarter> {
        let (year, number) = text.split_once("-Q").ok_or(NoQuarter)?;
        let digits = |t: &str, n: usize| t.len() == n && t.chars().all(|c| c.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return Err(NoQuarter);
        }
        let (year, number) = (
            year.parse().map_err(|_| NoQuarter)?,
            number.parse().map_err(|_| NoQuarter)?,
        );
        if (2000..=9998).contains(&year) && (1..=4).contains(&number) {
            Ok(Self { year, number })
        } else {
            Err(NoQuarter)
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

impl Quarter {
    /// Its year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// 1–4.
    pub const fn number(self) -> u32 {
        self.number
    }

    /// Its first and its last day.
    pub fn days(self, cut_off: CutOff) -> (NaiveDate, NaiveDate) {
        let first_month = self.number * 3 - 2;
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        match cut_off {
            CutOff::Calendar => {
                let next = match self.number {
                    4 => day(self.year + 1, 1, 1),
                    _ => day(self.year, first_month + 3, 1),
                };
                let last = next.pred_opt().unwrap_or(next);
                (day(self.year, first_month, 1), last)
            }
            CutOff::Reporting => {
                let first = match self.number {
                    1 => day(self.year - 1, 12, 15),
                    _ => day(self.year, first_month - 1, 15),
                };
                (first, day(self.year, first_month + 2, 14))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_begins_and_ends_as_the_calendar_or_the_decree_says() {
        for (text, cut_off, days) in [
            ("2026-Q1", CutOff::Calendar, "2026-01-01 2026-03-31"),
            ("2026-Q2", CutOff::Calendar, "2026-04-01 2026-06-30"),
            ("2026-Q4", CutOff::Calendar, "2026-10-01 2026-12-31"),
            ("2026-Q1", CutOff::Reporting, "2025-12-15 2026-03-14"),
            ("2026-Q2", CutOff::Reporting, "2026-03-15 2026-06-14"),
            ("2026-Q3", CutOff::Reporting, "2026-06-15 2026-09-14"),
            ("2026-Q4", CutOff::Reporting, "2026-09-15 2026-12-14"),
        ] {
            let quarter: Quarter = text.parse().unwrap();
            let (first, last) = quarter.days(cut_off);
            assert_eq!(format!("{first} {last}"), days, "{text} {cut_off}");
            assert_eq!(quarter.to_string(), text);
        }
        // One ends where the next begins.
        for cut_off in CutOff::ALL {
            let all = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"];
            for two in all.windows(2) {
                let days = |t: &str| t.parse::<Quarter>().unwrap().days(*cut_off);
                assert_eq!(days(two[0]).1.succ_opt().unwrap(), days(two[1]).0);
            }
        }
    }

    #[test]
    fn what_is_no_quarter_is_none() {
        for text in [
            "",
            "2026",
            "2026-Q0",
            "2026-Q5",
            "26-Q1",
            "2026-q1",
            "2026-Q01",
            "1999-Q4",
            "9999-Q1",
            "+026-Q1",
            "2026Q1",
            "2026-Q11",
            "٢٠٢٦-Q1",
        ] {
            assert_eq!(text.parse::<Quarter>(), Err(NoQuarter), "{text}");
        }
    }
}
