//! What a year's days off would be by law alone, for a person to confirm once the notice is out
//! (DOMAIN §3.1, §3.2). The law is data; nothing here enters a calendar.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use super::WeekdayName;
use super::lunar::{self, LunarDate};
use crate::refusal::{Refusal, Text};
use crate::vn_time::format_date;

/// The statutory holidays, with the articles they rest on.
const STATUTORY: &str = include_str!("../../data/calendars/statutory.json");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statute {
    law: String,
    first_year: i32,
    holidays: Vec<Holiday>,
    compensation: Compensation,
    notes: Vec<NoteRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reckoning {
    Solar,
    Lunar,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    key: String,
    name: String,
    name_en: String,
    calendar: Reckoning,
    month: u32,
    day: u32,
    article: String,
    choice: Option<ChoiceRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceRow {
    name: String,
    name_en: String,
    options: Vec<OptionRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionRow {
    key: String,
    name: String,
    name_en: String,
    before: u64,
    after: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Compensation {
    article: String,
    weekly_rest: Vec<WeekdayName>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteRow {
    month: Option<u32>,
    day: Option<u32>,
    text: String,
    text_en: String,
    source: String,
}

/// A day off that the law gives, or would give if a choice falls so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedDay {
    /// The date.
    pub date: NaiveDate,
    /// What the day off is called.
    pub name: Text,
    /// Why it is off.
    pub why: Text,
    /// The law and its article.
    pub source: String,
    /// It falls on the weekly rest: off anyway, nothing is to be entered.
    pub weekly_rest: bool,
    /// The choice it depends on, and which option: keys.
    pub choice: Option<(String, String)>,
}

/// Something that is decided anew each year: one of its options will hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Key.
    pub group: String,
    /// What is to be chosen, and who decides.
    pub name: Text,
    /// Keys and names.
    pub options: Vec<(String, Text)>,
    /// The law and its article.
    pub source: String,
}

/// Something to know about the year that proposes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The date it speaks of.
    pub date: Option<NaiveDate>,
    /// What.
    pub text: Text,
    /// Where it rests.
    pub source: String,
}

/// What a year's days off would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The year.
    pub year: i32,
    /// Days by date; those of a choice stand once for each option that has them.
    pub days: Vec<ProposedDay>,
    /// What is to be chosen.
    pub choices: Vec<Choice>,
    /// What else is to be known.
    pub notes: Vec<Note>,
}

impl Proposal {
    /// The dates off under these options, one of each choice: keys of group and option.
    #[must_use]
    pub fn under(&self, chosen: &[(&str, &str)]) -> BTreeSet<NaiveDate> {
        let holds = |choice: &Option<(String, String)>| {
            choice
                .as_ref()
                .is_none_or(|(group, option)| chosen.contains(&(group.as_str(), option.as_str())))
        };
        let days = self.days.iter().filter(|d| holds(&d.choice));
        days.map(|d| d.date).collect()
    }
}

impl Statute {
    fn read() -> Result<Self, Refusal> {
        serde_json::from_str(STATUTORY).map_err(|e| {
            Refusal::new(
                "calendar_invalid",
                format!("Dữ liệu ngày lễ của chương trình bị hỏng: {e}."),
                format!("The program's data of holidays is damaged: {e}."),
            )
        })
    }

    fn rests(&self, date: NaiveDate) -> bool {
        let rest = self.compensation.weekly_rest.iter();
        rest.copied().any(|w| w.weekday() == date.weekday())
    }

    fn source(&self, article: &str) -> String {
        format!("{}, {article}", self.law)
    }
}

impl Holiday {
    fn on(&self, year: i32) -> Option<NaiveDate> {
        match self.calendar {
            Reckoning::Solar => NaiveDate::from_ymd_opt(year, self.month, self.day),
            Reckoning::Lunar => lunar::solar(LunarDate {
                year,
                month: self.month,
                day: self.day,
                leap: false,
            }),
        }
    }

    fn text(&self) -> Text {
        Text::new(&self.name, &self.name_en)
    }
}

/// The years for which something can be proposed.
///
/// # Errors
/// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
pub fn years() -> Result<std::ops::RangeInclusive<i32>, Refusal> {
    Ok(Statute::read()?.first_year..=*lunar::YEARS.end())
}

/// What a year's days off would be by law: the statutory holidays, their compensation when they fall
/// on the weekly rest (Labour Code Art 111.3, 112), and what is left to a decision, option by option.
///
/// # Errors
/// `validation_failed` for a year of which the law or the moon says nothing.
pub fn propose(year: i32) -> Result<Proposal, Refusal> {
    let law = Statute::read()?;
    let within = years()?;
    if !within.contains(&year) {
        let (from, to) = (within.start(), within.end());
        return Err(Refusal::invalid(Vec::new()).field(
            "year",
            "out_of_range",
            format!("Chỉ đề xuất được cho các năm từ {from} đến {to}."),
            format!("Proposals are made for the years {from} to {to}."),
        ));
    }
    let mut days: Vec<ProposedDay> = Vec::new();
    let mut choices = Vec::new();
    let mut notes = Vec::new();
    // First what is certain: it takes its days whatever is decided of the rest.
    let mut taken = BTreeSet::new();
    let mut certain = Vec::new();
    for holiday in law.holidays.iter().filter(|h| h.choice.is_none()) {
        let Some(date) = holiday.on(year) else {
            continue;
        };
        let why = format!("Ngày lễ, tết theo {}.", law.source(&holiday.article));
        let why_en = format!("A public holiday by {}.", law.source(&holiday.article));
        certain.push((holiday, date, Text::new(why, why_en)));
        if !taken.insert(date) {
            notes.push(Note {
                date: Some(date),
                text: Text::new(
                    format!("Hai ngày lễ trùng nhau vào {}; luật không nói có nghỉ bù hay không: chờ thông báo.", format_date(date)),
                    format!("Two holidays fall on {}; the law does not say whether one is compensated: await the notice.", format_date(date)),
                ),
                source: law.source("Điều 112"),
            });
        }
    }
    let firm = law.with_rest(&certain, &mut taken, None);
    days.extend(firm);
    for holiday in &law.holidays {
        let Some((choice, date)) = holiday.choice.as_ref().zip(holiday.on(year)) else {
            continue;
        };
        for option in &choice.options {
            let first = date - Days::new(option.before);
            let last = date + Days::new(option.after);
            let spell: Vec<(&Holiday, NaiveDate, Text)> = first
                .iter_days()
                .take_while(|d| *d <= last)
                .map(|d| (holiday, d, law.why_chosen(holiday, option)))
                .collect();
            let mut beside = taken.clone();
            beside.extend(spell.iter().map(|(_, d, _)| *d));
            let of = Some((holiday.key.clone(), option.key.clone()));
            days.extend(law.with_rest(&spell, &mut beside, of));
        }
        choices.push(Choice {
            group: holiday.key.clone(),
            name: Text::new(&choice.name, &choice.name_en),
            options: choice
                .options
                .iter()
                .map(|o| (o.key.clone(), Text::new(&o.name, &o.name_en)))
                .collect(),
            source: law.source(&holiday.article),
        });
    }
    notes.extend(law.notes.iter().map(|n| {
        let date = n.month.zip(n.day);
        Note {
            date: date.and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day)),
            text: Text::new(&n.text, &n.text_en),
            source: n.source.clone(),
        }
    }));
    days.sort_by(|a, b| (a.date, &a.choice).cmp(&(b.date, &b.choice)));
    Ok(Proposal {
        year,
        days,
        choices,
        notes,
    })
}

impl Statute {
    fn why_chosen(&self, holiday: &Holiday, option: &OptionRow) -> Text {
        let source = self.source(&holiday.article);
        Text::new(
            format!("Theo {source}, nếu chọn: {}.", option.name),
            format!("By {source}, if it is decided so: {}.", option.name_en),
        )
    }

    /// These holidays and, for each on the weekly rest, the next working day that is not taken yet,
    /// which is taken then (Art 111.3).
    fn with_rest(
        &self,
        holidays: &[(&Holiday, NaiveDate, Text)],
        taken: &mut BTreeSet<NaiveDate>,
        choice: Option<(String, String)>,
    ) -> Vec<ProposedDay> {
        let mut days: Vec<ProposedDay> = holidays
            .iter()
            .map(|(holiday, date, why)| ProposedDay {
                date: *date,
                name: holiday.text(),
                why: why.clone(),
                source: self.source(&holiday.article),
                weekly_rest: self.rests(*date),
                choice: choice.clone(),
            })
            .collect();
        let mut lost: Vec<&(&Holiday, NaiveDate, Text)> = holidays
            .iter()
            .filter(|(_, date, _)| self.rests(*date))
            .collect();
        lost.sort_by_key(|(_, date, _)| *date);
        lost.dedup_by_key(|(_, date, _)| *date);
        for (holiday, date, _) in lost {
            let next = date
                .iter_days()
                .skip(1)
                .take(31)
                .find(|d| !self.rests(*d) && !taken.contains(d));
            let Some(next) = next else { continue };
            taken.insert(next);
            let on = format_date(*date);
            days.push(ProposedDay {
                date: next,
                name: Text::new(
                    format!("Nghỉ bù {}", holiday.name),
                    format!("Compensation for {}", holiday.name_en),
                ),
                why: Text::new(
                    format!("{} ngày {on} trùng ngày nghỉ hằng tuần: nghỉ bù vào ngày làm việc kế tiếp.", holiday.name),
                    format!("{} on {on} falls on the weekly rest: the next working day is off instead.", holiday.name_en),
                ),
                source: self.source(&self.compensation.article),
                weekly_rest: false,
                choice: choice.clone(),
            });
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use crate::deadline::tests::date;
    use proptest::prelude::*;

    fn dates(all: &[&str]) -> BTreeSet<NaiveDate> {
        all.iter().map(|d| date(d)).collect()
    }

    /// Days off of a year as published, the weekly rest left out.
    fn published(year: i32, provisional: bool) -> BTreeSet<NaiveDate> {
        let data = Calendar::national_data().expect("data");
        let days = data.days_off.iter().filter(|d| d.date.year() == year);
        let days = days.filter(|d| d.provisional == provisional);
        days.map(|d| d.date)
            .filter(|d| d.weekday().number_from_monday() < 6)
            .collect()
    }

    fn weekdays(days: BTreeSet<NaiveDate>) -> BTreeSet<NaiveDate> {
        days.into_iter()
            .filter(|d| d.weekday().number_from_monday() < 6)
            .collect()
    }

    /// DOMAIN §3.2: all that the notices added to the law are the swapped days.
    #[test]
    fn published_years_are_the_proposal_and_swaps() {
        for (year, tet, national, swaps) in [
            (2024, "two_before", "day_after", vec!["29/04/2024"]),
            (2025, "two_before", "day_before", vec!["02/05/2025"]),
            (
                2026,
                "one_before",
                "day_before",
                vec!["02/01/2026", "31/08/2026"],
            ),
        ] {
            let proposal = propose(year).expect("a year");
            let by_law = weekdays(proposal.under(&[("tet", tet), ("national_day", national)]));
            let notice = published(year, false);
            let added: BTreeSet<_> = notice.difference(&by_law).copied().collect();
            assert_eq!(added, dates(&swaps), "{year}");
            assert!(
                by_law.is_subset(&notice),
                "{year}: more by law than by notice"
            );
        }
    }

    /// What is provisionally off in 2027 is off whatever will be decided.
    #[test]
    fn the_provisional_year_holds_what_is_off_under_every_choice() {
        let proposal = propose(2027).expect("a year");
        let mut every: Option<BTreeSet<NaiveDate>> = None;
        for tet in ["one_before", "two_before", "three_before"] {
            for national in ["day_before", "day_after"] {
                let off = weekdays(proposal.under(&[("tet", tet), ("national_day", national)]));
                every =
                    Some(every.map_or(off.clone(), |e| e.intersection(&off).copied().collect()));
            }
        }
        assert_eq!(every.expect("some"), published(2027, true));
    }

    #[test]
    fn a_holiday_on_a_saturday_gives_the_next_working_day_off() {
        let off = |year| propose(year).expect("a year").under(&[]);
        assert!(dates(&["01/01/2022", "03/01/2022"]).is_subset(&off(2022)));
        assert!(!off(2022).contains(&date("04/01/2022")));
        // Saturday and Sunday after each other: two days, one after the other.
        assert!(
            dates(&["30/04/2022", "01/05/2022", "02/05/2022", "03/05/2022"]).is_subset(&off(2022))
        );
        // The Hung Kings on Saturday, two more holidays behind: compensation stands after all three.
        assert!(
            dates(&[
                "29/04/2023",
                "30/04/2023",
                "01/05/2023",
                "02/05/2023",
                "03/05/2023"
            ])
            .is_subset(&off(2023))
        );
        assert!(!off(2023).contains(&date("04/05/2023")));
        assert!(off(2026).contains(&date("27/04/2026")));
    }

    #[test]
    fn each_day_says_why_and_by_which_article() {
        let proposal = propose(2026).expect("a year");
        let monday = proposal.days.iter().find(|d| d.date == date("27/04/2026"));
        let monday = monday.expect("proposed");
        assert_eq!(monday.source, "Bộ luật Lao động 2019, Điều 111.3");
        assert!(monday.why.vi.contains("26/04/2026"));
        assert_eq!(monday.choice, None);
        let groups: Vec<&str> = proposal.choices.iter().map(|c| c.group.as_str()).collect();
        assert_eq!(groups, ["tet", "national_day"]);
        assert!(
            proposal
                .days
                .iter()
                .all(|d| d.source.contains("Điều 11") && !d.why.en.is_empty())
        );
    }

    #[test]
    fn the_twenty_fourth_of_november_is_a_note_and_nothing_more() {
        let proposal = propose(2026).expect("a year");
        let november = date("24/11/2026");
        assert!(proposal.days.iter().all(|d| d.date != november));
        assert!(proposal.notes.iter().any(|n| n.date == Some(november)));
    }

    #[test]
    fn years_before_the_law_are_refused() {
        for year in [2020, 2200, -1] {
            let refused = propose(year).expect_err("no such year");
            assert_eq!(refused.errors[0].code, "out_of_range");
        }
    }

    proptest! {
        #[test]
        fn every_statutory_day_is_rested_on_a_day_of_its_own(year in 2021_i32..2199) {
            let proposal = propose(year).expect("a year");
            for tet in ["one_before", "two_before", "three_before"] {
                for national in ["day_before", "day_after"] {
                    let off = proposal.under(&[("tet", tet), ("national_day", national)]);
                    let worked = weekdays(off.clone());
                    // Eleven days by Art 112, each on a day that would else be worked.
                    let shared = proposal.notes.len() - 2;
                    prop_assert_eq!(worked.len() + shared, 11, "{}: {:?}", year, off);
                }
            }
        }
    }
}
