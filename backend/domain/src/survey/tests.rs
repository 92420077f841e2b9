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
