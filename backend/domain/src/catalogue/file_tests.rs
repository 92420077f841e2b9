//! Files and sheets of procedures: read, checked, compared, written again.

use serde_json::{Value, json};

use super::shape::{Kind, Member, PROCEDURE};
use super::*;

fn list() -> Vec<ProcedureData> {
    national().expect("the embedded files parse").procedures
}

fn find(code: &str) -> ProcedureData {
    list()
        .into_iter()
        .find(|p| p.code == code)
        .expect("a procedure of the list")
}

/// A procedure of the province's own, with everything that a version can say.
fn full() -> ProcedureData {
    let mut p = find("2.000635");
    p.in_force_to = NaiveDate::from_ymd_opt(2027, 2, 28);
    p.announcing_decision = Some(DecisionRef {
        number: "2874/QĐ-UBND".into(),
        date: NaiveDate::from_ymd_opt(2025, 6, 30),
    });
    p.ending_decision = p.announcing_decision.clone();
    p.code_source = Some("Cổng Dịch vụ công quốc gia".into());
    p.components[0].source = Some("Luật Hộ tịch, Điều 64".into());
    p.notes = Some("- Dòng một\nDòng \"hai\"; có dấu, phẩy".into());
    p.result_name = "=Trích lục".into();
    p.components[0].name = "'Tờ khai".into();
    p.verification_limit = p.limits.direct.clone();
    p.local = Some(LocalData {
        decision: DecisionRef {
            number: "05/2026/NQ-HĐND".into(),
            date: None,
        },
        limits: Some(LimitsData {
            direct: Some(LimitData {
                amount: 4,
                unit: "working_hour".into(),
                certainty: "law".into(),
                source: Some("05/2026/NQ-HĐND, Điều 2".into()),
                note: None,
            }),
            online: None,
            note: None,
        }),
        fees: p.fees.clone(),
    });
    p
}

fn file(procedures: &[ProcedureData]) -> Value {
    json!({ "source_note": "Thử", "as_of": "2026-11-22", "procedures": procedures })
}

/// A value that fits a kind, everything filled in.
fn filled(members: &[Member]) -> Value {
    let one = |kind: Kind| match kind {
        Kind::Text(_) => json!("văn bản"),
        Kind::Word(words) => json!(words[0]),
        Kind::Slug => json!("ten"),
        Kind::Code => json!("1.001193"),
        Kind::Int(from, _) => json!(from),
        Kind::Bool => json!(true),
        Kind::Date => json!("2026-01-02"),
        Kind::Object(inner) => filled(inner),
        Kind::List(inner) => json!([filled(inner)]),
    };
    members
        .iter()
        .map(|m| (m.name.to_owned(), one(m.kind)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn the_table_of_the_form_knows_the_members_that_a_procedure_has_and_no_others() {
    let mut value = filled(PROCEDURE);
    // A rule has the amounts of its type only.
    for rule in ["/fees/0/rule", "/local/fees/0/rule"] {
        *value.pointer_mut(rule).expect("a rule") = json!({ "type": "per_page", "first_pages": 1,
            "first_amount_vnd": 1, "next_amount_vnd": 1, "cap_vnd": 1 });
    }
    let read: ProcedureData = serde_json::from_value(value.clone()).expect("it is a procedure");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
    let groups: Vec<&str> = GROUPS.iter().map(|g| g.0).collect();
    assert_eq!(groups, GROUP_CODES);
}

#[test]
fn a_province_goes_before_the_nation_and_leaves_it_standing() {
    let p = full();
    let here = p.in_effect();
    let limit = here
        .limits
        .direct
        .as_ref()
        .map(|l| (l.amount, l.unit.as_str()));
    assert_eq!(limit, Some((4, "working_hour")));
    assert_eq!(p.limits, find("2.000635").limits);
    assert_eq!(find("2.000635").in_effect(), find("2.000635"));
    assert!(faults(&p).is_empty(), "{:?}", faults(&p));
}

#[test]
fn a_file_tells_every_fault_it_has_by_its_place() {
    let mut value = file(&list()[..3]);
    let p = |i: usize, rest: &str| format!("/procedures/{i}/{rest}");
    value["procedures"][0]["in_force_from"] = json!("30/02/2026");
    value["procedures"][0]["fees"][0]["kind"] = json!("thue");
    value["procedures"][0]["online"] = json!(1);
    value["procedures"][1]["limits"]["direct"]["amount"] = json!("năm");
    value["procedures"][1]["components"][0]
        .as_object_mut()
        .expect("an object")
        .remove("name");
    value["procedures"][2]["field"] = json!("Đất đai");
    value["as_of"] = json!("hôm nay");
    let (sound, faults) = read(&value);
    let mut at: Vec<(String, &str)> = faults.into_iter().map(|f| (f.pointer, f.code)).collect();
    at.sort();
    assert_eq!(
        at,
        [
            ("/as_of".to_owned(), "invalid_value"),
            (p(0, "fees/0/kind"), "unknown_value"),
            (p(0, "in_force_from"), "invalid_value"),
            (p(0, "online"), "unknown"),
            (p(1, "components/0/name"), "required"),
            (p(1, "limits/direct/amount"), "wrong_type"),
            (p(2, "field"), "unknown_value"),
        ]
    );
    assert_eq!(sound.len(), 1, "only the third has the right form");
}

#[test]
fn what_is_no_catalogue_at_all_is_told_and_nothing_is_read() {
    for value in [
        json!(null),
        json!([]),
        json!("x"),
        json!({}),
        json!({"procedures": {}}),
    ] {
        let (sound, faults) = read(&value);
        assert!(sound.is_empty() && !faults.is_empty(), "{value}");
    }
    for day in ["+12026-1-1", "2026- 1-01", "1026-01-01", "2026-1-01"] {
        let mut value = file(&list()[..1]);
        value["procedures"][0]["in_force_from"] = json!(day);
        assert_eq!(read(&value).1[0].code, "invalid_value", "{day}");
    }
    let mut value = file(&list()[..1]);
    value["procedures"][0]["fees"][0]["exemptions"] = json!(null);
    assert_eq!(read(&value).1[0].pointer, "/procedures/0/fees/0/exemptions");
    let many = json!({ "source_note": "x", "as_of": "2026-01-01", "procedures": vec![0; MOST_PROCEDURES + 1] });
    assert_eq!(read(&many).1.len(), 1);
    let rule = json!({ "type": "per_page", "first_pages": 2 });
    let mut value = file(&[find("2.000815")]);
    value["procedures"][0]["fees"][0]["rule"] = rule;
    assert_eq!(read(&value).1.len(), 1);
}

#[test]
fn a_sheet_read_back_says_what_was_written() {
    let mut all = list();
    all.push(full());
    all.last_mut().expect("one").in_force_from =
        NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    let text = to_csv(&all).expect("a sheet");
    let (sheet, faults) = from_csv(&text);
    assert!(faults.is_empty(), "{faults:?}");
    let (sound, faults) = read(&sheet.file);
    assert!(faults.is_empty(), "{faults:?}");
    let again: Vec<ProcedureData> = sound.into_iter().map(|(_, p)| p).collect();
    assert_eq!(again, all);
    assert_eq!(to_csv(&again).expect("a sheet"), text);
}

#[test]
fn a_sheet_saved_by_a_spreadsheet_program_is_read_all_the_same() {
    let all = vec![find("2.000884"), full()];
    let text = to_csv(&all).expect("a sheet");
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for row in rows.records() {
        let row = row.expect("a row");
        out.write_record(row.iter().map(|c| {
            let day = c
                .parse::<NaiveDate>()
                .map(|d| d.format("%d/%m/%Y").to_string());
            match c {
                "true" => "TRUE".to_owned(),
                "false" => "FALSE".to_owned(),
                c => day.unwrap_or_else(|_| c.to_owned()),
            }
        }))
        .expect("it is written");
    }
    let saved = String::from_utf8(out.into_inner().expect("bytes")).expect("UTF-8");
    let (sheet, faults) = from_csv(&saved);
    assert!(faults.is_empty(), "{faults:?}");
    let (sound, faults) = read(&sheet.file);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(sound.into_iter().map(|(_, p)| p).collect::<Vec<_>>(), all);
}

#[test]
fn a_sheet_tells_its_faults_by_line_and_column() {
    let text = to_csv(&[find("2.000884")]).expect("a sheet");
    let broken = text
        .replacen(",per_case,", ",per_moon,", 1)
        .replacen(",true,", ",vâng,", 1);
    let (sheet, faults) = from_csv(&broken);
    assert!(faults.is_empty(), "{faults:?}");
    let (_, faults) = read(&sheet.file);
    let places: Vec<String> = faults.into_iter().map(|f| sheet.place(f).pointer).collect();
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(places.contains(&"/5/rule.type".to_owned()), "{places:?}");
    let stray = "part,code,in_force_from,id\ncomponent,1.001193,2025-07-01,to_khai\nla,,,\n";
    let (_, faults) = from_csv(stray);
    let at: Vec<&str> = faults.iter().map(|f| f.pointer.as_str()).collect();
    assert_eq!(at, ["/2/part", "/3/part"]);
    let (_, faults) = from_csv("part,code,mau,mau\n");
    let at: Vec<&str> = faults.iter().map(|f| f.pointer.as_str()).collect();
    assert_eq!(at, ["/1/mau", "/1/mau", "/1/in_force_from"]);
    let (_, faults) = from_csv("");
    assert_eq!(faults.len(), 3);
    // What a stray click leaves behind is no fault; a sheet of nothing but faults is not told for ever.
    let stray = text.replacen('\n', ",,\n", 1);
    assert!(from_csv(&stray).1.is_empty(), "{:?}", from_csv(&stray).1);
    let (_, faults) = from_csv(&format!(
        "part,code,in_force_from\n{}",
        "la,,\n".repeat(5_000)
    ));
    assert_eq!(faults.len(), MOST_FAULTS);
    let (_, faults) = from_csv(&",".repeat(1_000_000));
    assert!(faults.iter().any(|f| f.code == "too_long"));
}

#[test]
fn two_versions_are_compared_member_by_member() {
    let before = find("2.000635");
    assert_eq!(compare(&before, &before), []);
    let mut after = before.clone();
    after.name = "Tên mới".into();
    after.fees[0].certainty = "known".into();
    after.components.push(ComponentData {
        id: "them".into(),
        name: "Giấy tờ thêm".into(),
        required: false,
        certainty: "known".into(),
        source: None,
    });
    let gone = after.fees[0].exemptions.remove(0).id;
    let fee = &before.fees[0].id;
    let changes = compare(&before, &after);
    let paths: Vec<&str> = changes.iter().map(|c| c.path.as_str()).collect();
    for path in [
        "/name".to_owned(),
        "/components/them".to_owned(),
        format!("/fees/{fee}/certainty"),
        format!("/fees/{fee}/exemptions/{gone}"),
    ] {
        assert!(paths.contains(&path.as_str()), "{path}: {paths:?}");
    }
    assert_eq!(changes.len(), 4, "{paths:?}");
    let mut turned = before.clone();
    turned
        .components
        .push(after.components[after.components.len() - 1].clone());
    let mut other = turned.clone();
    other.components.reverse();
    assert_eq!(compare(&turned, &other)[0].path, "/components");
}

#[test]
fn a_figure_to_be_checked_is_named_and_confirmed_with_its_source() {
    let mut p = find("1.004772");
    let open = figures_to_check(&p);
    assert!(
        open.iter()
            .any(|f| f.path == "/limits/direct" && !f.missing),
        "{open:?}"
    );
    assert_eq!(
        confirm(
            &mut p,
            "/limits/direct",
            "law",
            "Nghị định 123/2015/NĐ-CP, Điều 26"
        ),
        Ok(())
    );
    let limit = p.limits.direct.as_ref().expect("a limit");
    assert_eq!(limit.certainty, "law");
    assert_eq!(
        limit.source.as_deref(),
        Some("Nghị định 123/2015/NĐ-CP, Điều 26")
    );
    assert!(
        !figures_to_check(&p)
            .iter()
            .any(|f| f.path == "/limits/direct")
    );
    let same = p.clone();
    for (path, certainty, fault) in [
        ("/limits/direct", "to_check", ConfirmFault::Certainty),
        ("/limits/direct", "sure", ConfirmFault::Certainty),
        ("/limits/online", "law", ConfirmFault::Unknown),
        ("/fees/khong_co", "law", ConfirmFault::Unknown),
        ("/local/limits/direct", "law", ConfirmFault::Unknown),
        ("x/limits/direct", "law", ConfirmFault::Unknown),
        ("/limits/direct", "known", ConfirmFault::Settled),
        ("", "law", ConfirmFault::Unknown),
    ] {
        assert_eq!(confirm(&mut p, path, certainty, "x"), Err(fault), "{path}");
    }
    assert_eq!(p, same, "a refusal changes nothing");
    // What nobody knows at all is entered, not confirmed.
    let mut unknown = find("2.002307");
    let open = figures_to_check(&unknown);
    let missing: Vec<&Figure> = open.iter().filter(|f| f.missing).collect();
    assert!(!missing.is_empty());
    assert_eq!(
        confirm(&mut unknown, &missing[0].path.clone(), "law", "x"),
        Err(ConfirmFault::Missing)
    );
}

#[test]
fn every_figure_the_national_list_marks_can_be_confirmed_or_is_missing() {
    for mut p in list() {
        for figure in figures_to_check(&p) {
            let said = confirm(&mut p, &figure.path, "seen", "Nguồn");
            let wanted = if figure.missing {
                Err(ConfirmFault::Missing)
            } else {
                Ok(())
            };
            assert_eq!(said, wanted, "{} {}", p.code, figure.path);
        }
        assert!(figures_to_check(&p).iter().all(|f| f.missing), "{}", p.code);
    }
}

#[test]
fn what_is_posted_is_held_against_a_master_list() {
    let posted = vec![
        ("1.000001".to_owned(), "Đăng ký  khai sinh".to_owned()),
        ("1.000002".to_owned(), "Đăng ký kết hôn".to_owned()),
        ("1.000003".to_owned(), "Đã bãi bỏ".to_owned()),
    ];
    let sheet = "\u{feff}STT;Mã số TTHC;Tên thủ tục\r\n1;1.000001;đăng ký khai sinh\r\n2;1.000002;Kết hôn\r\n3;1.000004;Mới\r\n3;1.000004;Mới\r\n;;\r\n";
    let master = master_list(sheet, true).expect("a list");
    assert_eq!(master.len(), 3);
    let found = compare_listing(&posted, &master);
    assert_eq!(found.equal, 1);
    assert_eq!(found.missing[0].code, "1.000004");
    assert_eq!(found.surplus, [posted[2].clone()]);
    assert_eq!(found.renamed[0].2, "Kết hôn");
    // A file of our own is a master list too, in either form.
    let file = list();
    let csv = to_csv(&file).expect("a sheet");
    let json = serde_json::to_string(&json!({ "procedures": file })).expect("JSON");
    assert_eq!(master_list(&csv, true), master_list(&json, false));
    for (bad, is_csv) in [
        ("", true),
        ("ten\nx\n", true),
        ("code,name\n,x\n", true),
        ("{}", false),
        ("[{}]", false),
        ("[]", false),
    ] {
        assert!(master_list(bad, is_csv).is_err(), "{bad}");
    }
}
