use super::*;

fn list() -> CatalogueFile {
    national().expect("the embedded files parse")
}

fn find<'a>(file: &'a CatalogueFile, code: &str) -> &'a ProcedureData {
    file.procedures
        .iter()
        .find(|p| p.code == code)
        .unwrap_or_else(|| panic!("{code} is missing"))
}

fn fee<'a>(p: &'a ProcedureData, id: &str) -> &'a FeeData {
    p.fees
        .iter()
        .find(|f| f.id == id)
        .unwrap_or_else(|| panic!("{} has no fee {id}", p.code))
}

/// A catalogue with one procedure, spoilt by `spoil`; its problems.
fn spoilt(code: &str, spoil: impl FnOnce(&mut ProcedureData)) -> Vec<String> {
    let mut file = list();
    file.procedures.retain(|p| p.code == code);
    spoil(&mut file.procedures[0]);
    told(&file)
}

/// What is wrong with a file, one line each: the procedure's code, the place, the English text.
fn told(file: &CatalogueFile) -> Vec<String> {
    problems(file)
        .into_iter()
        .map(|f| {
            let at = f
                .pointer
                .trim_start_matches("/procedures/")
                .split('/')
                .next();
            let code = at
                .and_then(|i| i.parse::<usize>().ok())
                .map_or("", |i| file.procedures[i].code.as_str());
            format!("{code}: {}: {}", f.pointer, f.detail.en)
        })
        .collect()
}

/// Every code of DOMAIN §5, in its order.
const CODES: [&str; 85] = [
    // A. Hộ tịch
    "1.001193", "1.004772", "1.004884", "1.000689", "2.000528", "1.000110", "1.000894", "1.004746",
    "2.000806", "1.000593", "1.000656", "1.005461", "1.000419", "1.001022", "1.004837", "1.004845",
    "3.000323", "1.004859", "1.004873", "2.000635", "3.000722", "2.002913",
    // B. Chứng thực
    "2.000815", "2.000884", "2.001019", "2.001035", "2.001406", "2.001009", "2.001016", "2.000913",
    "2.000927", "2.000942", "2.000908", // C. Cư trú, căn cước
    "1.004222", "1.004194", "1.002755", "1.010038", "1.003197", "1.010028", "1.003677", "2.001159",
    "1.116410", "3.000285", "3.000286",
    // D. Bảo trợ xã hội, người có công
    "1.001776", "1.014027", "1.001731", "1.014028", "2.002307", "2.002308", "1.001699", "1.001653",
    "1.011606", "1.011607", "1.011608", "1.116214", "1.116215", "1.010833", "1.010803",
    // E. Hộ kinh doanh
    "1.001612", "2.000720", "1.001570", "1.001266", "2.000575",
    // F. Đất đai, xây dựng
    "1.012812", "1.012753", "1.013978", "1.012783", "1.013225", "1.013226", "1.013227", "1.013228",
    // G. Lĩnh vực khác
    "2.001263", "1.002211", "2.000950", "2.000930", "2.002770", "2.002771", "3.000182", "3.000465",
    "3.000466", "2.002850", "1.014199", "1.014200", "1.014201",
];

#[test]
fn the_national_list_parses_and_has_no_problems() {
    assert_eq!(told(&list()), Vec::<String>::new());
}

#[test]
fn every_code_of_the_domain_is_listed_once_in_its_order_and_no_other() {
    let file = list();
    let codes: Vec<&str> = file.procedures.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, CODES);
}

#[test]
fn what_is_written_can_be_read_again() {
    let file = list();
    let json = serde_json::to_string(&file).expect("serialises");
    assert_eq!(parse(&json).expect("parses"), file);
}

#[test]
fn limits_keep_their_figure_and_their_certainty() {
    let file = list();
    for (code, amount, unit, certainty) in [
        ("1.001193", 1, "same_day", "law"),
        ("1.004772", 5, "working_day", "to_check"),
        ("1.004884", 5, "working_day", "known"),
        ("1.000689", 3, "working_day", "law"),
        ("2.000528", 1, "same_day", "known"),
        ("1.000110", 1, "same_day", "to_check"),
        ("2.000806", 15, "calendar_day", "law"),
        ("1.004845", 2, "working_day", "law"),
        ("1.004873", 3, "working_day", "known"),
        ("2.000635", 1, "same_day", "law"),
        ("3.000722", 4, "working_day", "to_check"),
        ("2.000942", 1, "same_day", "known"),
        ("2.001016", 2, "working_day", "law"),
        ("1.004222", 7, "working_day", "known"),
        ("1.003197", 5, "working_day", "to_check"),
        ("1.010028", 2, "working_day", "to_check"),
        ("1.001699", 25, "working_day", "law"),
        ("1.011608", 15, "calendar_day", "to_check"),
        ("2.000575", 3, "working_day", "known"),
        ("1.013227", 5, "working_day", "to_check"),
    ] {
        let limit = find(&file, code).limits.direct.as_ref();
        let limit = limit.unwrap_or_else(|| panic!("{code} has no limit"));
        assert_eq!(
            (limit.amount, limit.unit.as_str(), limit.certainty.as_str()),
            (amount, unit, certainty),
            "{code}"
        );
    }
}

#[test]
fn verification_limits_keep_their_figure_and_their_certainty() {
    let file = list();
    for (code, amount, certainty) in [
        ("1.000689", 5, "law"),
        ("1.000894", 5, "law"),
        ("1.000656", 3, "known"),
        ("1.001022", 5, "law"),
        ("1.004859", 3, "law"),
        ("2.000815", 2, "law"),
    ] {
        let limit = find(&file, code).verification_limit.as_ref();
        let limit = limit.unwrap_or_else(|| panic!("{code} has no verification limit"));
        assert_eq!(
            (limit.amount, limit.unit.as_str(), limit.certainty.as_str()),
            (amount, "working_day", certainty),
            "{code}"
        );
    }
    assert_eq!(
        find(&file, "1.001193").verification_limit,
        None,
        "its length is not known"
    );
}

#[test]
fn a_range_or_an_unknown_limit_promises_no_date_and_says_so() {
    let file = list();
    for code in [
        "3.000285", "3.000286", "1.001776", "1.001731", "1.014028", "2.002307", "2.002308",
        "1.010803", "1.012753", "1.013978", "1.012783", "1.013225", "1.013226", "2.002770",
        "2.002771", "3.000465", "3.000466", "2.002850", "1.014199", "1.014200", "1.014201",
    ] {
        let p = find(&file, code);
        assert_eq!(
            (&p.limits.direct, &p.limits.online),
            (&None, &None),
            "{code}"
        );
        assert!(!p.flags.no_due_date, "{code}");
        assert_eq!(p.certainty(), "to_check", "{code}");
        let note = p.limits.note.as_deref().unwrap_or_default();
        assert!(note.contains("cần kiểm tra"), "{code}: {note}");
    }
    let note = find(&file, "1.001776")
        .limits
        .note
        .clone()
        .unwrap_or_default();
    assert!(note.contains("10–22 ngày làm việc"), "{note}");
}

#[test]
fn only_notices_and_yearly_plans_have_no_due_date_by_nature() {
    let file = list();
    let none: Vec<&str> = file
        .procedures
        .iter()
        .filter(|p| p.flags.no_due_date)
        .map(|p| p.code.as_str())
        .collect();
    assert_eq!(none, ["2.001159", "3.000182"]);
}

#[test]
fn certified_copies_cost_by_pages_of_the_original_up_to_a_cap() {
    let file = list();
    let copies = fee(find(&file, "2.000815"), "phi_chung_thuc_ban_sao");
    assert_eq!(
        copies.rule,
        Some(FeeRuleData::PerPage {
            first_pages: 2,
            first_amount_vnd: 2_000,
            next_amount_vnd: 1_000,
            cap_vnd: 200_000
        })
    );
    assert_eq!(
        (copies.amount_vnd, copies.certainty.as_str()),
        (None, "law")
    );
    assert_eq!(
        fee(find(&file, "2.000942"), "phi_chung_thuc_ban_sao").rule,
        copies.rule
    );
}

#[test]
fn certification_of_signatures_and_transactions_costs_by_the_case() {
    let file = list();
    for (code, amount) in [
        ("2.000884", 10_000),
        ("2.001019", 50_000),
        ("2.001035", 50_000),
        ("2.001406", 50_000),
        ("2.001009", 50_000),
        ("2.001016", 50_000),
        ("2.000913", 30_000),
        ("2.000927", 25_000),
    ] {
        let line = &find(&file, code).fees[0];
        assert_eq!(
            line.rule,
            Some(FeeRuleData::PerCase { amount_vnd: amount }),
            "{code}"
        );
        assert_eq!(line.amount_vnd, Some(amount), "{code}");
        assert_eq!(
            (line.kind.as_str(), line.certainty.as_str()),
            ("phi", "law"),
            "{code}"
        );
    }
    assert_eq!(find(&file, "2.000908").fees[0].amount_vnd, Some(0));
}

#[test]
fn residence_is_cheaper_online() {
    let file = list();
    for (code, direct, online) in [
        ("1.004222", 20_000, 10_000),
        ("1.004194", 15_000, 7_000),
        ("1.002755", 15_000, 7_000),
        ("1.010038", 10_000, 5_000),
    ] {
        let p = find(&file, code);
        let lines: Vec<_> = p
            .fees
            .iter()
            .map(|f| (f.channel.as_str(), f.amount_vnd))
            .collect();
        assert_eq!(
            lines,
            [("direct", Some(direct)), ("online", Some(online))],
            "{code}"
        );
        assert!(
            p.fees
                .iter()
                .all(|f| f.kind == "le_phi" && f.certainty == "law"),
            "{code}"
        );
    }
}

#[test]
fn civil_status_is_free_in_time_and_the_province_sets_the_rest() {
    let file = list();
    for code in ["1.001193", "1.000656"] {
        let p = find(&file, code);
        let (in_time, late) = (fee(p, "dung_han"), fee(p, "qua_han"));
        assert_eq!(
            (in_time.amount_vnd, late.amount_vnd),
            (Some(0), None),
            "{code}"
        );
        assert!(
            in_time.condition.is_some() && late.condition.is_some(),
            "{code}"
        );
        assert!(
            late.text.starts_with("Theo nghị quyết của HĐND cấp tỉnh"),
            "{code}"
        );
        assert!(
            late.text.contains("người khuyết tật"),
            "{code}: exemptions are shown"
        );
    }
    for code in ["1.000894", "1.004837", "1.004845"] {
        let line = &find(&file, code).fees[0];
        assert_eq!(
            (line.amount_vnd, line.certainty.as_str()),
            (Some(0), "law"),
            "{code}"
        );
        assert!(line.text.contains("Điều 11 Luật Hộ tịch 60/2014"), "{code}");
    }
    let extract = &find(&file, "2.000635").fees[0];
    assert_eq!(
        extract.rule,
        Some(FeeRuleData::PerCopy { amount_vnd: 8_000 })
    );
}

#[test]
fn adoption_and_the_identity_card_keep_their_figures() {
    let file = list();
    let adoption = &find(&file, "2.001263").fees[0];
    assert_eq!(
        (adoption.amount_vnd, adoption.certainty.as_str()),
        (Some(400_000), "known")
    );
    let card = find(&file, "1.116410");
    assert_eq!(fee(card, "cap_lan_dau").amount_vnd, Some(0));
    let (half, whole) = (fee(card, "cap_doi_giam"), fee(card, "cap_doi"));
    assert_eq!(
        (half.amount_vnd, whole.amount_vnd),
        (Some(25_000), Some(50_000))
    );
    assert_eq!(
        half.valid_to.and_then(|d| d.succ_opt()),
        whole.valid_from,
        "no day without a price"
    );
}

#[test]
fn digital_citizens_pay_less_only_where_and_as_long_as_the_resolution_says() {
    let file = list();
    let mut codes: Vec<&str> = Vec::new();
    for p in &file.procedures {
        for e in p
            .fees
            .iter()
            .flat_map(|f| &f.exemptions)
            .filter(|e| e.id == "cong_dan_so")
        {
            assert_eq!(
                e.valid_from,
                NaiveDate::from_ymd_opt(2026, 8, 15),
                "{}",
                p.code
            );
            assert_eq!(
                e.valid_to,
                NaiveDate::from_ymd_opt(2027, 2, 28),
                "{}",
                p.code
            );
            assert_eq!(
                (e.certainty.as_str(), e.percent),
                ("to_check", None),
                "{}",
                p.code
            );
            codes.push(&p.code);
        }
    }
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        [
            "1.002755", "1.004194", "1.004222", "1.004746", "1.004772", "1.004873", "1.010038",
            "1.116410", "2.000635", "2.002850", "3.000465", "3.000466"
        ]
    );
}

#[test]
fn only_what_can_be_done_while_the_citizen_waits_is_done_on_the_spot() {
    let file = list();
    let spot: Vec<&str> = file
        .procedures
        .iter()
        .filter(|p| p.flags.on_the_spot)
        .map(|p| p.code.as_str())
        .collect();
    assert_eq!(
        spot,
        [
            "2.000635", "2.000815", "2.000884", "2.000942", "2.000908", "2.001159"
        ]
    );
}

#[test]
fn police_and_mobile_procedures_stay_inside_their_boundary() {
    for p in list().procedures {
        assert_eq!(p.flags.police, p.field_code == "C", "{}", p.code);
        assert_eq!(
            p.flags.boundary_free,
            !p.flags.police && !p.flags.mobile,
            "{}",
            p.code
        );
        assert_eq!(p.online_level == "none", p.flags.mobile, "{}", p.code);
    }
}

#[test]
fn those_who_must_come_in_person_cannot_send_someone() {
    let file = list();
    for code in [
        "1.000894", "1.004746", "2.000806", "1.001022", "2.000884", "2.001019", "1.116410",
    ] {
        assert!(!find(&file, code).flags.authorised_filer_allowed, "{code}");
    }
    assert!(find(&file, "1.001193").flags.authorised_filer_allowed);
}

#[test]
fn codes_seen_in_public_are_told_from_codes_only_known() {
    let file = list();
    for p in &file.procedures {
        let known = [
            "1.004859", "2.001035", "2.001406", "2.001009", "2.001016", "2.000913", "2.000927",
        ];
        let expected = if known.contains(&p.code.as_str()) {
            "known"
        } else {
            "seen"
        };
        assert_eq!(p.code_certainty, expected, "{}", p.code);
    }
}

#[test]
fn the_civil_status_group_warns_of_the_law_to_come_without_ending() {
    for p in list().procedures.iter().filter(|p| p.field_code == "A") {
        let notes = p.notes.as_deref().unwrap_or_default();
        assert!(
            notes.contains("01/3/2027") && p.in_force_to.is_none(),
            "{}",
            p.code
        );
    }
}

#[test]
fn the_certainty_of_a_whole_procedure_is_that_of_its_weakest_figure() {
    let file = list();
    assert_eq!(find(&file, "2.000884").certainty(), "seen");
    assert_eq!(find(&file, "1.004222").certainty(), "known");
    assert_eq!(find(&file, "2.001019").certainty(), "seen");
    assert_eq!(find(&file, "1.012812").certainty(), "to_check");
}

#[test]
fn unknown_members_and_impossible_dates_are_refused_on_reading() {
    assert!(
        parse(r#"{"source_note":"x","as_of":"2026-11-22","procedures":[],"extra":1}"#).is_err()
    );
    assert!(parse(r#"{"source_note":"x","as_of":"2026-02-30","procedures":[]}"#).is_err());
    assert!(parse("not json").is_err());
}

#[test]
fn every_kind_of_mistake_is_named_with_the_code() {
    type Spoil = fn(&mut ProcedureData);
    let cases: [(&str, Spoil); 18] = [
        ("code: The code is not", |p| p.code = "1.00119".to_owned()),
        ("code: The code is not", |p| p.code = "1-001193".to_owned()),
        ("name: A value is required", |p| p.name = " ".to_owned()),
        ("name: A text has spaces", |p| p.name = " Tên".to_owned()),
        ("NFC", |p| p.result_name = "Gia\u{302}\u{301}y".to_owned()),
        ("field_code", |p| p.field_code = "H".to_owned()),
        ("field:", |p| p.field = "Đất đai".to_owned()),
        ("online_level", |p| p.online_level = "all".to_owned()),
        ("supplement_mode", |p| {
            p.supplement_mode = "again".to_owned()
        }),
        ("Ends before", |p| {
            p.in_force_to = NaiveDate::from_ymd_opt(2025, 6, 30)
        }),
        ("stands twice", |p| {
            p.components[1].id = p.components[0].id.clone()
        }),
        ("is not a slug", |p| {
            p.components[0].id = "Tờ khai".to_owned()
        }),
        ("no required component", |p| {
            p.components.iter_mut().for_each(|c| c.required = false)
        }),
        ("not in 1..=365", |p| {
            p.limits.direct.iter_mut().for_each(|l| l.amount = 0)
        }),
        ("has the amount 1", |p| {
            p.limits.direct.iter_mut().for_each(|l| l.amount = 2)
        }),
        ("«cần kiểm tra»", |p| {
            p.limits = LimitsData {
                note: Some("Tùy".to_owned()),
                ..LimitsData::default()
            }
        }),
        ("no fee line", |p| p.fees.clear()),
        ("not in 0..=1000000000", |p| p.fees[0].amount_vnd = Some(-1)),
    ];
    for (expected, spoil) in cases {
        let found = spoilt("1.001193", spoil);
        assert!(
            found.iter().any(|f| f.contains(expected)),
            "{expected}: {found:?}"
        );
    }
}

#[test]
fn a_rule_that_contradicts_its_amount_and_an_untold_exemption_are_mistakes() {
    let rule = spoilt("2.000884", |p| p.fees[0].amount_vnd = Some(9_000));
    assert!(
        rule.iter()
            .any(|f| f.starts_with("2.000884: ") && f.contains("contradicts")),
        "{rule:?}"
    );
    let untold = spoilt("2.000635", |p| p.fees[0].text = "8.000 đồng/bản".to_owned());
    assert!(
        untold.iter().any(|f| f.contains("does not tell of it")),
        "{untold:?}"
    );
    let mobile = spoilt("1.000593", |p| p.flags.boundary_free = true);
    assert!(mobile.iter().any(|f| f.contains("A mobile")), "{mobile:?}");
}

#[test]
fn the_same_code_may_have_versions_but_not_two_on_the_same_first_day() {
    let mut file = list();
    let mut again = find(&file, "1.001193").clone();
    file.procedures.push(again.clone());
    assert!(told(&file).iter().any(|f| f.contains("listed twice")));
    file.procedures.pop();
    again.in_force_from = NaiveDate::from_ymd_opt(2027, 3, 1).expect("a date");
    file.procedures.push(again);
    assert!(problems(&file).is_empty());
}
