use proptest::prelude::*;

use super::satisfied::Answers;
use super::service::{Empty, Group, ROWS};
use super::*;

#[test]
fn the_samples_of_the_domain_come_out() {
    for (population, size) in [(816, 269), (10_000, 385), (1, 1), (1_000_000, 400)] {
        assert_eq!(sample(population, 500, None, &[]).unwrap().size, size);
    }
}

#[test]
fn rows_of_decision_766_add_up_to_their_groups_and_to_a_hundred() {
    let of = |g: Group| -> u64 { ROWS.iter().filter(|r| r.group == g).map(|r| r.most).sum() };
    let sums: Vec<u64> = Group::ALL.iter().map(|g| of(*g)).collect();
    assert_eq!(sums, [18, 20, 22, 12, 10, 18]);
}

#[test]
fn nothing_counted_is_unknown_and_none_to_count_is_what_the_row_says() {
    for row in ROWS {
        assert_eq!(row.hundredths(None), None, "{}", row.code);
        let nothing = row.hundredths(Some(Ratio { part: 0, whole: 0 }));
        match row.empty {
            Empty::Unknown => assert_eq!(nothing, None),
            Empty::Full => assert_eq!(nothing, Some(row.most * 100)),
            Empty::Nought => assert_eq!(nothing, Some(0)),
        }
    }
}

#[test]
fn wilson_of_few_answers_is_wide() {
    assert_eq!(Answers([0, 0, 0, 0, 5]).wilson(), Some((5_655, 10_000)));
    // 88 of 100, from any table of Wilson's interval: 80.19 % to 93.00 %.
    assert_eq!(Answers([2, 4, 6, 48, 40]).wilson(), Some((8_019, 9_300)));
    assert_eq!(Answers::default().wilson(), None);
}

proptest! {
    #[test]
    fn a_sample_is_spread_whole_and_within_its_groups(
        strata in prop::collection::vec(0_u64..5_000, 1..40),
        margin in 1_u32..=5_000,
    ) {
        let population: u64 = strata.iter().sum();
        prop_assume!(population > 0);
        let drawn = sample(population, margin, None, &strata).unwrap();
        prop_assert!(drawn.size >= 1 && drawn.size <= population);
        prop_assert_eq!(drawn.strata.iter().sum::<u64>(), drawn.size);
        let peopled = strata.iter().filter(|s| **s > 0).count() as u64;
        for (part, of) in drawn.strata.iter().zip(&strata) {
            prop_assert!(part <= of);
            prop_assert!(drawn.size < peopled || *of == 0 || *part > 0);
        }
    }

    #[test]
    fn a_finer_margin_never_asks_fewer(population in 1_u64..=LARGEST_POPULATION, margin in 1_u32..5_000) {
        let fine = sample(population, margin, None, &[]).unwrap().size;
        let coarse = sample(population, margin + 1, None, &[]).unwrap().size;
        prop_assert!(fine >= coarse);
    }

    #[test]
    fn more_of_the_same_whole_never_scores_less(part in 0_u64..1_000, whole in 1_u64..1_000) {
        prop_assume!(part < whole);
        for row in ROWS {
            let score = |part| row.hundredths(Some(Ratio { part, whole })).unwrap();
            prop_assert!(score(part) <= score(part + 1));
            prop_assert!(score(part + 1) <= row.most * 100);
        }
    }

    #[test]
    fn an_interval_holds_its_share(counts in prop::array::uniform5(0_u64..10_000)) {
        let answers = Answers(counts);
        if let (Some(share), Some((low, high))) = (answers.basis_points(), answers.wilson()) {
            prop_assert!(low <= share && share <= high);
        }
    }
}

mod asking {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::{Datelike, Days, NaiveDate};
    use proptest::prelude::*;

    use crate::survey::cells::{Cell, FEWEST, Period, Place, monday, released};
    use crate::survey::cube::{Joint, Slice, groups_shown, shown, slices};
    use crate::survey::draw::order;
    use crate::survey::questionnaire::{Given, Kind, built_in};
    use crate::survey::screen::{TAKEN_OUT, screened};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_questionnaires_that_come_with_the_program_are_well_built() {
        let all = built_in().unwrap();
        assert_eq!(all.len(), 3);
        for q in &all {
            assert_eq!(&q.clone().checked().unwrap(), q, "{}", q.code);
        }
        let sipas = all.iter().find(|q| q.code == "sipas").unwrap();
        assert_eq!(sipas.factors.len(), 5);
        let criteria = sipas.questions.iter().filter(|q| q.factor.is_some());
        assert_eq!(criteria.clone().count(), 22);
        assert!(criteria.clone().all(|q| q.kind == Kind::Likert));
        let of = |f: &str| {
            criteria
                .clone()
                .filter(|q| q.factor.as_deref() == Some(f))
                .count()
        };
        let sizes = ["access", "procedure", "officer", "result", "feedback"].map(of);
        assert_eq!(sizes, [4, 5, 6, 3, 4]);
    }

    fn chosen(question: &str, choice: &str) -> Given {
        Given {
            question: question.into(),
            choices: vec![choice.into()],
            ..Given::default()
        }
    }

    #[test]
    fn an_answer_to_what_is_not_asked_is_refused_and_left_out_where_a_page_shows_all() {
        let all = built_in().unwrap();
        let faces = all.iter().find(|q| q.code == "faces").unwrap();
        let given = vec![chosen("overall", "good"), chosen("reasons", "wait")];
        let refused = faces.check(given.clone()).unwrap_err();
        assert_eq!(refused.errors[0].code, "question_not_asked");
        let left = faces.without_unasked(given);
        assert_eq!(faces.check(left).unwrap().len(), 1);
        let bad = vec![chosen("overall", "bad"), chosen("reasons", "wait")];
        assert_eq!(faces.check(bad).unwrap().len(), 2);
    }

    #[test]
    fn a_week_belongs_to_the_quarter_of_its_thursday() {
        assert_eq!(monday(day("2026-03-01")), day("2026-02-23"));
        assert_eq!(Period::quarter_of_week(day("2026-03-30")), "2026-Q2");
        assert_eq!(Period::quarter_of_week(day("2025-12-29")), "2026-Q1");
        assert_eq!(Period::Week(day("2025-12-29")).word(), "2026-W01");
    }

    fn place(authority: u8, field: u8, channel: u8, week: u64) -> Place {
        Place {
            questionnaire: "q".into(),
            authority: Some(format!("a{authority}")),
            field: Some(format!("f{field}")),
            channel: format!("c{channel}"),
            week: day("2026-01-05")
                .checked_add_days(Days::new(7 * week))
                .unwrap(),
        }
    }

    #[test]
    fn five_alike_are_kept_finely_and_four_wait_for_the_month() {
        let mut waiting = vec![place(0, 0, 0, 0); 5];
        waiting.extend(vec![place(0, 1, 0, 0); 4]);
        assert_eq!(
            released(&waiting, day("2026-01-11")),
            vec![],
            "the week is not over"
        );
        let kept = released(&waiting, day("2026-01-12"));
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].0.channel.as_deref(), Some("c0"));
        waiting.push(place(0, 1, 1, 2));
        let kept = released(&waiting, day("2026-02-02"));
        assert_eq!(kept.len(), 2);
        assert_eq!(
            (kept[1].0.field.as_deref(), kept[1].1.len()),
            (Some("f1"), 5)
        );
        assert_eq!(kept[1].0.period, Period::Month(2026, 1));
    }

    proptest! {
        /// Day by day, as the program does it: no cell is ever kept with fewer than five new answers in
        /// it, nobody is kept twice, and nobody before the time that the cell names is over.
        #[test]
        fn no_cell_is_ever_kept_with_fewer_than_five(
            given in prop::collection::vec((0_u8..3, 0_u8..4, 0_u8..3, 0_u64..60), 0..200),
        ) {
            let mut waiting: Vec<Place> =
                given.iter().map(|(a, f, c, w)| place(*a, *f, *c, *w)).collect();
            let whole = waiting.len();
            let mut kept = 0;
            let mut today = day("2026-01-05");
            while today < day("2028-01-17") {
                let groups = released(&waiting, today);
                let mut taken = BTreeSet::new();
                for (cell, members) in &groups {
                    prop_assert!(members.len() >= FEWEST);
                    for i in members {
                        prop_assert!(taken.insert(*i));
                        let p = &waiting[*i];
                        prop_assert!(p.week < monday(today));
                        let fits = |part: &Option<String>, own: &Option<String>| {
                            part.is_none() || part == own
                        };
                        prop_assert!(fits(&cell.authority, &p.authority));
                        prop_assert!(fits(&cell.field, &p.field));
                    }
                }
                kept += taken.len();
                let mut i = 0;
                waiting.retain(|_| { i += 1; !taken.contains(&(i - 1)) });
                today = today.checked_add_days(Days::new(7)).unwrap();
            }
            // What is left of two years is fewer than five of each.
            prop_assert!(waiting.len() < 2 * FEWEST);
            prop_assert_eq!(kept + waiting.len(), whole);
        }

        /// No slice of one to four is shown; nor is the difference of any two of which one lies within
        /// the other, nor what a whole leaves beside the parts shown of it.
        #[test]
        fn nothing_shown_gives_a_group_under_five_away(
            cells in prop::collection::vec((0_u8..4, 0_u8..4, 0_u8..4, 0_u64..12), 0..24),
        ) {
            let joints: Vec<Joint> = cells
                .iter()
                .map(|(a, f, c, n)| Joint {
                    authority: (*a > 0).then(|| format!("a{a}")),
                    field: (*a > 0 && *f > 0).then(|| format!("f{f}")),
                    channel: (*c > 0).then(|| format!("c{c}")),
                    n: *n,
                })
                .collect();
            let open = shown(&joints);
            let members = |slice: &Slice| -> BTreeSet<(usize, u64)> {
                joints
                    .iter()
                    .enumerate()
                    .filter(|(_, j)| slice.holds(j))
                    .flat_map(|(i, j)| (0..j.n).map(move |k| (i, k)))
                    .collect()
            };
            for (slice, n) in &open {
                prop_assert_eq!(members(slice).len() as u64, *n);
                prop_assert!(*n >= FEWEST as u64);
            }
            let few = |n: usize| (1..FEWEST).contains(&n);
            let sets: Vec<BTreeSet<(usize, u64)>> = open.keys().map(members).collect();
            for a in &sets {
                for b in &sets {
                    if b.is_subset(a) {
                        prop_assert!(!few(a.len() - b.len()), "{:?}", open);
                    }
                }
            }
            // Parts taken from their whole.
            let sum = |keep: &dyn Fn(&Slice) -> bool| -> usize {
                open.iter().filter(|(s, _)| keep(s)).map(|(_, n)| *n as usize).sum()
            };
            if let Some(whole) = open.get(&Slice::Whole) {
                let whole = *whole as usize;
                prop_assert!(!few(whole - sum(&|s| matches!(s, Slice::Authority(_)))));
                prop_assert!(!few(whole - sum(&|s| matches!(s, Slice::Channel(_)))));
                for (slice, n) in &open {
                    if let Slice::Authority(a) = slice {
                        let fields = sum(&|s| matches!(s, Slice::Field(of, _) if of == a));
                        prop_assert!(!few(*n as usize - fields));
                    }
                }
            } else {
                prop_assert!(open.is_empty());
            }
            for slice in open.keys() {
                prop_assert!(slices(&joints).contains(slice));
            }
        }

        #[test]
        fn officers_shown_leave_none_or_five_of_their_ward(
            groups in prop::collection::btree_map(0_u8..20, 0_u64..12, 0..12),
        ) {
            let open = groups_shown(&groups);
            let whole: u64 = groups.values().sum();
            let left = whole - open.iter().map(|k| groups[k]).sum::<u64>();
            prop_assert!(open.is_empty() || left == 0 || left >= FEWEST as u64);
            prop_assert!(open.iter().all(|k| groups[k] >= FEWEST as u64));
        }
    }

    /// Chi-square over 10,000 draws of 20 from a group of 100: each member is drawn as often as every other.
    #[test]
    fn everybody_of_a_group_is_as_likely_to_be_drawn() {
        let members: Vec<String> = (0..100).map(|i| format!("dossier-{i:03}")).collect();
        let (draws, take) = (10_000_u32, 20_u32);
        let mut drawn: BTreeMap<usize, u32> = BTreeMap::new();
        for i in 0..draws {
            for m in order(&format!("seed {i}"), "a f", &members)
                .into_iter()
                .take(take as usize)
            {
                *drawn.entry(m).or_default() += 1;
            }
        }
        let expected = f64::from(draws) * f64::from(take) / 100.0;
        let chi: f64 = (0..100)
            .map(|m| {
                let off = f64::from(drawn.get(&m).copied().unwrap_or(0)) - expected;
                off * off / expected
            })
            .sum();
        // Drawing without putting back varies less: the statistic is chi-square times (1 − n/N). At 99
        // degrees of freedom 148.2 is passed once in a thousand, and 60.0 is undercut as rarely.
        let scaled = chi / 0.8;
        assert!((60.0..148.2).contains(&scaled), "chi-square {scaled}");
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_seed_others() {
        let members: Vec<String> = (0..500).map(|i| format!("d{i}")).collect();
        let one = order("2026-Q1", "a f", &members);
        assert_eq!(one, order("2026-Q1", "a f", &members));
        assert_ne!(one, order("2026-Q2", "a f", &members));
        assert_ne!(one, order("2026-Q1", "a g", &members));
        let all: BTreeSet<usize> = one.iter().copied().collect();
        assert_eq!(all.len(), 500);
    }

    #[test]
    fn texts_are_cleared_of_numbers_addresses_and_names() {
        for (text, told) in [
            ("Anh Nguyễn Văn Nam rất nhiệt tình", "Nguyễn"),
            ("chị Lan hướng dẫn tốt", "Lan"),
            ("ông Tuấn ở quầy 3", "Tuấn"),
            ("gọi tôi số 0912 345 678 nhé", "0912"),
            ("CCCD 001085012345", "001085012345"),
            ("hồ sơ H26.14.101-260302-0001 bị trễ", "260302"),
            ("viết cho toi@vidu.vn", "toi@vidu.vn"),
            ("xem https://vidu.vn/abc", "vidu"),
            ("Trần Thị Bích Ngọc không cười", "Bích"),
        ] {
            let clear = screened(text);
            assert!(!clear.contains(told), "{text} → {clear}");
            assert!(clear.contains(TAKEN_OUT), "{text} → {clear}");
        }
        for plain in [
            "Chờ lâu quá, nên thêm ghế ngồi.",
            "Không có gì phàn nàn",
            "Phải đi lại 3 lần",
            "Nhân viên lịch sự. Kết quả đúng hẹn.",
            "",
        ] {
            assert_eq!(screened(plain), plain);
        }
    }

    #[test]
    fn a_cell_says_no_more_than_it_holds() {
        let cell = Cell {
            questionnaire: "q".into(),
            authority: None,
            field: None,
            channel: None,
            period: Period::Year(2026),
        };
        assert_eq!(cell.period.quarter(), None);
        assert_eq!(
            Period::Month(2026, 12).quarter().as_deref(),
            Some("2026-Q4")
        );
        assert_eq!(day("2026-01-05").weekday(), chrono::Weekday::Mon);
    }
}
