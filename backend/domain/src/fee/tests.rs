use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::catalogue::{FeeRuleData, national};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn fees(code: &str) -> Vec<FeeData> {
    let file = national().expect("the embedded files parse");
    let found = file.procedures.into_iter().find(|p| p.code == code);
    found.expect("a procedure of the list").fees
}

fn case() -> Case {
    Case {
        filed_by: FiledBy::Direct,
        on: day("2026-03-02"),
        size: Size::ONE,
        chosen: Vec::new(),
        stated: Vec::new(),
        claims: Vec::new(),
    }
}

fn claim(id: &str) -> Claim {
    Claim {
        exemption_id: id.to_owned(),
        evidence: "Giấy chứng nhận hộ nghèo số 12".to_owned(),
    }
}

fn stated(line: &str, amount_vnd: i64) -> Stated {
    Stated {
        line_id: line.to_owned(),
        amount_vnd,
        source: "Nghị quyết 15/2025/NQ-HĐND".to_owned(),
    }
}

/// A made-up line of 10.000 đồng with grounds of these rates.
fn line_with(grounds: &[(&str, u8)]) -> FeeData {
    FeeData {
        id: "le_phi".into(),
        kind: "le_phi".into(),
        name: "Lệ phí".into(),
        text: "Lệ phí".into(),
        amount_vnd: Some(10_000),
        rule: None,
        channel: "any".into(),
        condition: None,
        legal_basis: Some("Nghị quyết".into()),
        valid_from: None,
        valid_to: None,
        due: None,
        exemptions: grounds
            .iter()
            .map(|(id, percent)| ExemptionData {
                id: (*id).to_owned(),
                text: "Nhóm".into(),
                percent: Some(*percent),
                channel: None,
                evidence: None,
                legal_basis: "Luật".into(),
                valid_from: None,
                valid_to: None,
                certainty: "law".into(),
            })
            .collect(),
        certainty: "law".into(),
    }
}

fn codes(done: Result<Assessment, Refusal>) -> Vec<(String, &'static str)> {
    let refusal = done.expect_err("it is refused");
    refusal
        .errors
        .into_iter()
        .map(|e| (e.pointer, e.code))
        .collect()
}

#[test]
fn a_certified_copy_is_explained_page_by_page() {
    let size = Size {
        pages: 5,
        copies: 3,
        ..Size::ONE
    };
    let done = assess(&fees("2.000815"), &Case { size, ..case() }).expect("assessed");
    assert_eq!((done.net_vnd, done.waived_vnd), (21_000, 0));
    assert_eq!(done.of_kind(MoneyKind::Fee), 21_000);
    assert_eq!(done.of_kind(MoneyKind::Charge), 0);
    let told: Vec<&str> = done.lines[0]
        .explanation
        .iter()
        .map(|t| t.vi.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "Một bản: 2 trang đầu × 2.000 + 3 trang tiếp theo × 1.000 = 7.000 đồng.",
            "3 bản × 7.000 = 21.000 đồng."
        ]
    );
}

#[test]
fn a_copy_of_three_hundred_pages_stops_at_the_cap() {
    let size = Size {
        pages: 300,
        ..Size::ONE
    };
    let done = assess(&fees("2.000815"), &Case { size, ..case() }).expect("assessed");
    assert_eq!(done.net_vnd, 200_000);
    assert!(
        done.lines[0]
            .explanation
            .iter()
            .any(|t| t.vi == "Mức thu tối đa một bản: 200.000 đồng.")
    );
}

#[test]
fn of_several_grounds_the_most_favourable_counts() {
    let fee = line_with(&[("mot", 30), ("hai", 50), ("ba", 50)]);
    for (claims, percent, ground) in [
        (vec!["mot"], 30, "mot"),
        (vec!["mot", "hai"], 50, "hai"),
        (vec!["ba", "hai", "mot"], 50, "ba"),
    ] {
        let claims = claims.into_iter().map(claim).collect();
        let done = assess(std::slice::from_ref(&fee), &Case { claims, ..case() });
        let done = done.expect("assessed");
        let waiver = done.lines[0].waiver.clone().expect("lowered");
        assert_eq!(
            (waiver.percent, waiver.exemption_id.as_str()),
            (percent, ground)
        );
        assert_eq!(done.waived_vnd, 100 * i64::from(percent));
    }
}

#[test]
fn the_digital_citizens_ground_ends_by_itself_and_is_for_online_filings_only() {
    let mut list = fees("1.004222");
    for fee in &mut list {
        for e in &mut fee.exemptions {
            e.percent = Some(100);
        }
    }
    let with = |on: &str, filed_by| {
        let claims = vec![claim("cong_dan_so")];
        assess(
            &list,
            &Case {
                on: day(on),
                filed_by,
                claims,
                ..case()
            },
        )
    };
    for on in ["2026-08-15", "2027-02-28"] {
        let done = with(on, FiledBy::Online).expect("in force");
        assert_eq!((done.gross_vnd, done.net_vnd), (10_000, 0), "{on}");
    }
    let at = || "/claims/0/exemption_id".to_owned();
    for on in ["2026-08-14", "2027-03-01"] {
        let found = codes(with(on, FiledBy::Online));
        assert_eq!(found, [(at(), "exemption_not_in_force")], "{on}");
    }
    // At the counter the line of direct filings holds, which does not know the ground.
    let found = codes(with("2026-09-01", FiledBy::Direct));
    assert_eq!(found[0].0, at());
    assert!(found[0].1.starts_with("exemption_"), "{found:?}");
}

#[test]
fn an_unknown_amount_is_wanted_with_the_instrument_that_sets_it() {
    let list = fees("1.004884");
    let open = assess(&list, &case()).expect("assessed");
    assert!(!open.complete);
    let line = open
        .lines
        .iter()
        .find(|l| l.net_vnd.is_none())
        .expect("an unknown amount")
        .line_id
        .clone();
    let done = assess(
        &list,
        &Case {
            stated: vec![stated(&line, 8_000)],
            ..case()
        },
    );
    let done = done.expect("assessed");
    assert!(done.complete);
    assert!(done.net_vnd >= 8_000);
    let none = Stated {
        source: " ".into(),
        ..stated(&line, -1)
    };
    let found = codes(assess(
        &list,
        &Case {
            stated: vec![none],
            ..case()
        },
    ));
    assert_eq!(
        found,
        [
            ("/stated/0/amount_vnd".into(), "out_of_range"),
            ("/stated/0/source".into(), "required")
        ]
    );
}

#[test]
fn what_the_catalogue_knows_cannot_be_stated_otherwise() {
    let fee = line_with(&[]);
    let found = codes(assess(
        std::slice::from_ref(&fee),
        &Case {
            stated: vec![stated("le_phi", 5)],
            chosen: vec!["le_phi".into(), "phi".into()],
            claims: vec![claim("nobody")],
            ..case()
        },
    ));
    assert_eq!(
        found,
        [
            ("/chosen/0".into(), "fee_line_not_optional"),
            ("/chosen/1".into(), "fee_line_unknown"),
            ("/stated/0/line_id".into(), "fee_amount_known"),
            ("/claims/0/exemption_id".into(), "exemption_unknown"),
        ]
    );
}

#[test]
fn a_line_with_a_condition_is_charged_only_when_it_is_chosen() {
    let mut other = line_with(&[]);
    other.id = "cap_lai".into();
    other.condition = Some("Cấp lại".into());
    other.due = Some("before_handling".into());
    let list = [line_with(&[]), other];
    let without = assess(&list, &case()).expect("assessed");
    assert_eq!(without.net_vnd, 10_000);
    assert!(!without.owed_by(FeeDue::BeforeResult));
    assert!(without.owed_by(FeeDue::AtCollection));
    let chosen = vec!["cap_lai".into()];
    let with = assess(&list, &Case { chosen, ..case() }).expect("assessed");
    assert_eq!(with.net_vnd, 20_000);
    assert!(with.owed_by(FeeDue::BeforeHandling));
}

#[test]
fn by_post_one_pays_as_directly_unless_there_is_a_line_for_it() {
    let mut direct = line_with(&[]);
    direct.channel = "direct".into();
    let mut postal = line_with(&[]);
    (postal.id, postal.channel, postal.amount_vnd) =
        ("buu_chinh".into(), "postal".into(), Some(15_000));
    let by_post = Case {
        filed_by: FiledBy::Postal,
        ..case()
    };
    let one = assess(std::slice::from_ref(&direct), &by_post).expect("assessed");
    assert_eq!(one.net_vnd, 10_000);
    let both = [direct, postal];
    assert_eq!(assess(&both, &by_post).expect("assessed").net_vnd, 15_000);
    assert_eq!(assess(&both, &case()).expect("assessed").net_vnd, 10_000);
}

#[test]
fn a_share_of_a_value_wants_the_value_and_keeps_to_its_bounds() {
    let mut fee = line_with(&[]);
    fee.amount_vnd = None;
    fee.rule = Some(FeeRuleData::Percentage {
        basis_points: 50,
        least_vnd: Some(10_000),
        most_vnd: Some(500_000),
    });
    let list = [fee];
    assert_eq!(
        codes(assess(&list, &case())),
        [("/value_vnd".into(), "required")]
    );
    for (value, vnd) in [
        (0, 10_000),
        (2_000_199, 10_000),
        (3_000_199, 15_000),
        (1_000_000_000, 500_000),
    ] {
        let size = Size {
            value_vnd: Some(value),
            ..Size::ONE
        };
        let done = assess(&list, &Case { size, ..case() }).expect("assessed");
        assert_eq!(done.net_vnd, vnd, "{value}");
        assert!(done.lines[0].explanation[0].vi.ends_with("× 0,5 %."));
    }
}

#[test]
fn impossible_sizes_are_refused_where_they_stand() {
    let size = Size {
        pages: 0,
        copies: 100_001,
        events: 1,
        value_vnd: Some(-1),
    };
    let found = codes(assess(&[line_with(&[])], &Case { size, ..case() }));
    let at: Vec<&str> = found.iter().map(|(p, _)| p.as_str()).collect();
    assert_eq!(at, ["/pages", "/copies", "/value_vnd"]);
}

proptest! {
    #[test]
    fn what_is_paid_and_waived_is_the_whole_and_a_better_ground_never_costs_more(
        amount in 0..=1_000_000_000_i64, a in 1..=100_u8, b in 1..=100_u8,
    ) {
        let mut fee = line_with(&[("mot", a), ("hai", b)]);
        fee.amount_vnd = Some(amount);
        let with = |claims: Vec<Claim>| {
            assess(std::slice::from_ref(&fee), &Case { claims, ..case() }).expect("assessed")
        };
        let one = with(vec![claim("mot")]);
        let both = with(vec![claim("mot"), claim("hai")]);
        for done in [&one, &both] {
            prop_assert_eq!(done.net_vnd + done.waived_vnd, done.gross_vnd);
            prop_assert!(done.net_vnd >= 0);
        }
        prop_assert!(both.net_vnd <= one.net_vnd);
        // Never a đồng more than the share says.
        prop_assert!(i128::from(one.net_vnd) * 100 <= i128::from(amount) * i128::from(100 - a));
        prop_assert!((i128::from(one.net_vnd) + 1) * 100 > i128::from(amount) * i128::from(100 - a));
    }

    #[test]
    fn more_pages_copies_or_value_never_cost_less(
        pages in 1..=1000_u32, copies in 1..=1000_u32, value in 0..=1_000_000_000_000_i64,
    ) {
        let copy = fees("2.000815");
        let mut share = line_with(&[]);
        share.amount_vnd = None;
        share.rule = Some(FeeRuleData::Percentage { basis_points: 37, least_vnd: None, most_vnd: None });
        let share = [share];
        let cost = |list: &[FeeData], size| assess(list, &Case { size, ..case() }).expect("assessed").net_vnd;
        let size = Size { pages, copies, value_vnd: Some(value), ..Size::ONE };
        let page = Size { pages: pages + 1, ..size };
        let more = Size { copies: copies + 1, ..size };
        let dear = Size { value_vnd: Some(value + 1_000), ..size };
        prop_assert!(cost(&copy, size) <= cost(&copy, page));
        prop_assert!(cost(&copy, size) < cost(&copy, more));
        prop_assert!(cost(&share, size) <= cost(&share, dear));
    }
}
