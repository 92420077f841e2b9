//! Sample sizes, the nine indices, the share of the satisfied and the service index, by DOMAIN §6.

use motcua_api::manners::Lang;
use motcua_api::survey::page::{Sent, form};
use motcua_domain::survey::questionnaire::built_in;
use motcua_services::survey::Asked;
use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const SAMPLE: &str = "/api/v1/surveys/sample-size";
const INDICES: &str = "/api/v1/indices/compute";

fn quality(app: &App, body: &Value) -> Value {
    let all = app
        .post("", INDICES, &json!({ "quality": body }))
        .expect(200);
    all["quality"].clone()
}

/// The one index `n`, worked out of `body`.
fn index(app: &App, n: u64, body: &Value) -> Value {
    let score = quality(app, body);
    let found = score["indices"].as_array().unwrap().iter();
    found
        .clone()
        .find(|i| i["index"] == json!(n))
        .unwrap_or_else(|| panic!("no index {n} in {score}"))["score"]
        .clone()
}

fn share(part: u64, whole: u64) -> Value {
    json!({ "part": part, "whole": whole })
}

on_both! {
    fn slovins_samples_are_rounded_up_and_spread_over_the_groups(app) {
            for (population, margin, size) in [
                (816, 500, 269),
                (10_000, 500, 385),
                (1, 500, 1),
                (400, 500, 200),
                (1_000_000_000, 500, 400),
                (816, 1, 816),
                (816, 5_000, 4),
            ] {
                let asked = json!({ "population": population, "margin_basis_points": margin });
                let said = app.post("", SAMPLE, &asked).expect(200);
                assert_eq!(said["sample_size"], json!(size), "{asked}");
            }
            let said = app
                .post(
                    "",
                    SAMPLE,
                    &json!({ "population": 816, "strata": [
                        { "name": "Chứng thực", "population": 700 },
                        { "name": "Hộ tịch", "population": 115 },
                        { "name": "Nuôi con nuôi", "population": 1 },
                        { "name": "Đất đai", "population": 0 }
                    ] }),
                )
                .expect(200);
            let sizes: Vec<u64> = said["strata"]
                .as_array()
                .unwrap()
                .iter()
                .map(|s| s["sample_size"].as_u64().unwrap())
                .collect();
            assert_eq!(sizes.iter().sum::<u64>(), 269);
            assert_eq!(sizes[2..], [1, 0], "whoever has anyone in it is heard");
    }

    fn a_sample_that_cannot_be_drawn_is_refused(app) {
            app.post("", SAMPLE, &json!({ "population": 0 }))
                .invalid("/population", "out_of_range");
            app.post("", SAMPLE, &json!({ "population": 10, "sample_size": 11 }))
                .refused(422, "sample_larger_than_population");
            app.post(
                "",
                SAMPLE,
                &json!({ "population": 10, "strata": [{ "name": "A", "population": 9 }] }),
            )
            .refused(422, "strata_do_not_add_up");
            app.post("", INDICES, &json!({}))
                .refused(422, "validation_failed");
    }

    fn each_of_the_nine_indices_gives_the_points_of_the_circular(app) {
        let dossier = |d: Value| json!({ "scope": "unit", "dossiers": [d] });
        let unit = |u: Value| json!({ "scope": "unit", "unit": u });
        let online = |p, d, overdue: u64| {
            unit(
                json!({ "online_procedures": share(p, 100), "online_dossiers": share(d, 100),
                "online_overdue": overdue }),
            )
        };
        let feedback = |part, whole, prolonged: bool| {
            unit(json!({ "feedback_on_time": share(part, whole), "feedback_prolonged": prolonged }))
        };
        let rows: Vec<(u64, Value, Value)> = vec![
            (1, dossier(json!({ "time": "early" })), json!(2.0)),
            (1, dossier(json!({ "time": "on_time" })), json!(1.0)),
            (1, dossier(json!({ "time": "overdue" })), json!(0.0)),
            (2, dossier(json!({ "unit_time": "early" })), json!(2.0)),
            (2, dossier(json!({ "unit_time": "overdue" })), json!(0.0)),
            (3, dossier(json!({ "contacts": 0 })), json!(2.0)),
            (3, dossier(json!({ "contacts": 1 })), json!(1.0)),
            (3, dossier(json!({ "contacts": 2 })), json!(0.0)),
            (4, dossier(json!({ "bodies": 0 })), json!(2.0)),
            (4, dossier(json!({ "bodies": 1 })), json!(1.0)),
            (4, dossier(json!({ "bodies": 7 })), json!(0.0)),
            (
                7,
                dossier(json!({ "time": "early", "complaint_upheld": false })),
                json!(2.0),
            ),
            (
                7,
                dossier(json!({ "time": "on_time", "complaint_upheld": false })),
                json!(1.0),
            ),
            (
                7,
                dossier(json!({ "time": "early", "complaint_upheld": true })),
                json!(0.0),
            ),
            (7, dossier(json!({ "time": "early" })), Value::Null),
            (
                5,
                unit(json!({ "received_at_centre": share(9, 9), "decided_at_centre": share(9, 9) })),
                json!(2.0),
            ),
            (
                5,
                unit(json!({ "received_at_centre": share(9, 9), "decided_at_centre": share(8, 9) })),
                json!(1.0),
            ),
            (
                5,
                unit(json!({ "received_at_centre": share(8, 9) })),
                json!(0.0),
            ),
            (
                5,
                unit(json!({ "received_at_centre": share(0, 0) })),
                Value::Null,
            ),
            (
                6,
                unit(json!({ "posted": true, "published": true })),
                json!(2.0),
            ),
            (
                6,
                unit(json!({ "posted": false, "published": true })),
                json!(1.0),
            ),
            (
                6,
                unit(json!({ "posted": false, "published": false })),
                json!(0.0),
            ),
            (6, unit(json!({ "posted": true })), Value::Null),
            (8, feedback(0, 0, false), json!(2.0)),
            (8, feedback(10, 10, false), json!(2.0)),
            (8, feedback(9, 10, false), json!(1.0)),
            (8, feedback(89, 100, false), json!(0.0)),
            (8, feedback(10, 10, true), json!(0.0)),
            (9, online(20, 30, 0), json!(2.0)),
            (9, online(20, 29, 0), json!(1.0)),
            (9, online(19, 30, 0), json!(1.0)),
            (9, online(20, 15, 0), json!(1.0)),
            (9, online(20, 14, 0), json!(0.0)),
            (9, online(50, 50, 1), json!(0.0)),
        ];
            for (n, body, expected) in &rows {
                assert_eq!(&index(&app, *n, body), expected, "index {n} of {body}");
            }
    }

    fn scores_are_rounded_to_one_decimal_and_exactly_fifteen_is_excellent(app) {
            // 2 + 2 + 1 over three dossiers: 1.666… is 1.7; 1 over 4: 0.25 is 0.3.
            let times = |times: &[&str]| {
                let dossiers: Vec<Value> = times.iter().map(|t| json!({ "time": t })).collect();
                json!({ "scope": "officer", "dossiers": dossiers })
            };
            assert_eq!(
                index(&app, 1, &times(&["early", "early", "on_time"])),
                json!(1.7)
            );
            assert_eq!(
                index(
                    &app,
                    1,
                    &times(&["on_time", "overdue", "overdue", "overdue"])
                ),
                json!(0.3)
            );

            let unit = |contacts: u64, overdue: u64| {
                json!({ "scope": "unit",
                    "dossiers": [{ "time": "early", "unit_time": "early", "contacts": contacts,
                        "bodies": 1, "complaint_upheld": false }],
                    "unit": { "received_at_centre": share(9, 9), "posted": true, "published": true,
                        "feedback_on_time": share(0, 0), "online_procedures": share(1, 10),
                        "online_dossiers": share(2, 10), "online_overdue": overdue } })
            };
            let exactly = quality(&app, &unit(0, 0));
            assert_eq!(exactly["total"], json!(15.0), "{exactly}");
            assert_eq!(exactly["band"], json!("excellent"));
            let below = quality(&app, &unit(1, 0));
            assert_eq!(
                (&below["total"], &below["band"]),
                (&json!(14.0), &json!("good"))
            );

            for (contacts, bodies, time, total, band) in [
                (1, 1, "on_time", 5.0, "fulfilled"),
                (2, 1, "on_time", 4.0, "mostly_fulfilled"),
                (2, 2, "on_time", 3.0, "not_fulfilled"),
            ] {
                let score = quality(
                    &app,
                    &json!({ "scope": "officer", "dossiers": [{ "time": time, "unit_time": time,
                        "contacts": contacts, "bodies": bodies, "complaint_upheld": false }] }),
                );
                assert_eq!(
                    (&score["total"], &score["band"]),
                    (&json!(total), &json!(band))
                );
            }
            let nothing = quality(&app, &json!({ "scope": "officer" }));
            assert_eq!(
                (&nothing["most"], &nothing["band"]),
                (&json!(0), &Value::Null)
            );
    }

    fn the_share_of_the_satisfied_stands_with_its_answers_and_its_interval(app) {
        let asked = json!({ "satisfaction": { "asked": 200,
            "overall": { "name": "Hài lòng chung", "answers": [2, 4, 6, 48, 40] },
            "factors": [{ "name": "Công chức", "criteria": [
                { "name": "Lịch sự", "answers": [0, 0, 0, 1, 2] },
                { "name": "Lắng nghe", "answers": [0, 0, 1, 0, 1] },
                { "name": "Chưa ai trả lời", "answers": [0, 0, 0, 0, 0] }
            ] }] } });
            let said = &app.post("", INDICES, &asked).expect(200)["satisfaction"];
            assert_eq!(said["response_percent"], json!(50.0));
            let overall = &said["overall"];
            assert_eq!(
                (&overall["answers"], &overall["percent"]),
                (&json!(100), &json!(88.0))
            );
            assert_eq!(
                (&overall["interval_from"], &overall["interval_to"]),
                (&json!(80.19), &json!(93.0))
            );
            let factor = &said["factors"][0];
            assert_eq!(factor["mean_percent"], json!(75.0));
            assert_eq!(factor["pooled"]["percent"], json!(80.0));
            assert_eq!(factor["criteria"][2]["percent"], Value::Null);

            app.post(
                "",
                INDICES,
                &json!({ "satisfaction": { "asked": 1, "overall": { "name": "x", "answers": [0, 0, 0, 1, 1] } } }),
            )
            .invalid("/satisfaction/asked", "part_exceeds_whole");
    }

    fn the_service_index_follows_its_formulas_and_no_data_is_not_nought(app) {
        let service = |app: &App, measures: Value, not_applicable: Value| {
            app.post(
                "",
                INDICES,
                &json!({ "service": { "measures": measures, "not_applicable": not_applicable } }),
            )
            .expect(200)["service"]
                .clone()
        };
        let measure =
            |code: &str, part: u64, whole: u64| json!({ "code": code, "part": part, "whole": whole });
        // Row, its part and whole, its points.
        let rows = [
            ("publish_on_time", 1, 3, json!(2.0)),
            ("processed_on_time", 98, 100, json!(19.6)),
            ("processed_on_time", 0, 0, Value::Null),
            ("reused_digitized_data", 40, 100, json!(1.0)),
            ("reused_digitized_data", 80, 100, json!(2.0)),
            ("reused_digitized_data", 95, 100, json!(2.0)),
            ("online_procedures", 40, 100, json!(1.0)),
            ("online_services_with_dossiers", 1, 8, json!(0.5)),
            ("online_dossiers", 25, 100, json!(3.0)),
            ("online_dossiers", 60, 100, json!(6.0)),
            ("paid_online", 1, 4, json!(1.5)),
            ("procedures_with_online_payment", 4, 10, json!(1.0)),
            ("fee_procedures_provided", 9, 10, json!(2.0)),
            ("dossier_receiving_satisfaction", 45, 100, json!(3.0)),
            ("dossier_receiving_satisfaction", 0, 0, json!(0.0)),
            ("petition_processing_on_time", 0, 0, json!(6.0)),
            ("petition_handling_satisfaction", 1, 2, json!(3.0)),
        ];
            for (code, part, whole, points) in &rows {
                let said = service(&app, json!([measure(code, *part, *whole)]), json!([]));
                let row = said["groups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .flat_map(|g| g["rows"].as_array().unwrap())
                    .find(|r| r["code"] == json!(code))
                    .unwrap();
                assert_eq!(&row["score"], points, "{code} {part}/{whole}");
                assert_eq!(said["grade"], Value::Null, "one row is no index");
            }
            let all: Vec<Value> = service(&app, json!([]), json!([]))["unknown"]
                .as_array()
                .unwrap()
                .clone();
            assert_eq!(all.len(), 21);
            let full: Vec<Value> = all
                .iter()
                .map(|c| measure(c.as_str().unwrap(), 9, 10))
                .collect();
            let said = service(&app, json!(full), json!([]));
            assert_eq!(said["most_known"], json!(100));
            // Nine tenths of each, but of those that are full before that:
            // full: 2 + 2 + 6 + 2 + 2 + 6 = 20; nine tenths of the other 80: 72.
            assert_eq!(
                (&said["total"], &said["grade"]),
                (&json!(92.0), &json!("excellent"))
            );
            let waived = service(&app, json!([]), json!(all));
            assert_eq!(waived["total"], json!(100.0));

            app.post(
                "",
                INDICES,
                &json!({ "service": { "measures": [measure("khong_co", 1, 2)] } }),
            )
            .invalid("/service/measures/0/code", "measure_unknown");
            app.post(
                "",
                INDICES,
                &json!({ "service": { "measures": [measure("paid_online", 3, 2)] } }),
            )
            .invalid("/service/measures/0/part", "part_exceeds_whole");
    }
}

fn asked(code: &str) -> Asked {
    let all = built_in().unwrap();
    Asked {
        occasion: "intake".into(),
        centre: "Trung tâm <b>".into(),
        questionnaire: all.into_iter().find(|q| q.code == code).unwrap(),
        expires_on: chrono::NaiveDate::default(),
    }
}

#[test]
fn every_page_is_under_fifty_kilobytes_and_has_no_script() {
    for code in ["c01", "sipas", "faces"] {
        for lang in [Lang::Vi, Lang::En] {
            let token = "tokentokentokentoken12";
            let page = form(lang, token, &asked(code), &Sent::new(), &[]);
            assert!(page.len() < 50_000, "{code}: {}", page.len());
            assert!(!page.contains("<script"));
            assert!(page.contains("Trung tâm &lt;b&gt;"));
        }
    }
}

#[test]
fn what_was_written_comes_back_as_text_not_as_markup() {
    let mut sent = Sent::new();
    sent.insert("other".into(), vec!["</textarea><script>x</script>".into()]);
    let page = form(Lang::Vi, "t", &asked("c01"), &sent, &["<i>".into()]);
    assert!(!page.contains("<script"));
    assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"));
}
