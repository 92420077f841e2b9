//! Deadlines and calendar days, asked of the demo centre.
//!
//! Here stand the vectors of the domain's table that have neither pause nor letter. The others are
//! tests of `motcua_domain`: V27 and V27b (RESET, RESUME), V29 (boundary-free start), V30 (apology),
//! V31 before the swap was announced (an older calendar), V32 and V33 (early, on time, overdue).

use chrono::{Datelike as _, NaiveDate};
use motcua_tests::{App, Options, on_both};
use serde_json::{Value, json};

/// Name, amount, unit, received, due (with its time where the vector says it).
const VECTORS: &[(&str, u32, &str, &str, &str)] = &[
    ("V1", 3, "working_day", "2026-01-12T09:15:00", "2026-01-15"),
    ("V2", 3, "working_day", "2026-03-06T09:00:00", "2026-03-11"),
    ("V3", 3, "working_day", "2026-02-12T09:00:00", "2026-02-24"),
    ("V4", 1, "working_day", "2026-01-09T09:00:00", "2026-01-10"),
    ("V6", 3, "working_day", "2025-12-31T09:00:00", "2026-01-07"),
    ("V8", 7, "working_day", "2026-08-27T09:00:00", "2026-09-10"),
    ("V9", 2, "working_day", "2026-04-24T09:00:00", "2026-04-29"),
    ("V11", 7, "working_day", "2026-04-23T09:00:00", "2026-05-07"),
    ("V15a", 1, "same_day", "2026-03-06T14:59:00", "2026-03-06"),
    ("V15b", 1, "same_day", "2026-03-06T15:00:00", "2026-03-06"),
    ("V15c", 1, "same_day", "2026-03-06T15:01:00", "2026-03-09"),
    (
        "V16",
        8,
        "working_hour",
        "2026-03-09T10:30:00",
        "2026-03-10T10:30:00",
    ),
    ("V20", 1, "working_day", "2026-03-07T09:00:00", "2026-03-09"),
    (
        "V21a",
        8,
        "working_hour",
        "2026-03-06T16:45:00",
        "2026-03-09T16:45:00",
    ),
    (
        "V21b",
        8,
        "working_hour",
        "2026-03-08T20:00:00",
        "2026-03-09T17:30:00",
    ),
    (
        "V23",
        15,
        "calendar_day",
        "2026-03-02T09:00:00",
        "2026-03-17",
    ),
    ("V24b", 1, "month", "2026-03-05T09:00:00", "2026-04-06"),
    (
        "V25",
        60,
        "calendar_day",
        "2026-01-01T00:00:00",
        "2026-03-02",
    ),
    (
        "V26",
        15,
        "calendar_day",
        "2026-01-20T00:00:00",
        "2026-02-04",
    ),
    (
        "V31 after",
        10,
        "working_day",
        "2025-12-18T09:00:00",
        "2026-01-05",
    ),
    ("V34", 2, "working_day", "2026-03-09T09:00:00", "2026-03-11"),
    (
        "V36",
        1,
        "half_day",
        "2026-03-09T15:30:00",
        "2026-03-10T09:30:00",
    ),
];

fn ask(amount: u32, unit: &str, received: &str) -> Value {
    json!({ "received_at": format!("{received}+07:00"), "limit": { "amount": amount, "unit": unit } })
}

fn date(text: &str) -> NaiveDate {
    text.get(..10).unwrap().parse().unwrap()
}

on_both! {
    fn every_vector_without_pause_or_letter_is_computed(app) {
        for (name, amount, unit, received, due) in VECTORS {
            let body = app.post("", "/api/v1/deadlines/compute", &ask(*amount, unit, received)).expect(200);
            assert_eq!(date(body["due_date"].as_str().unwrap()), date(due), "{name}: {body}");
            let at = body["due_at"].as_str().unwrap();
            let expected = if due.len() > 10 {
                format!("{due}+07:00")
            } else {
                // The end of the last shift; a day that has none ends at midnight.
                format!("{due}T17:30:00+07:00")
            };
            assert_eq!(at, expected, "{name}");
        }
    }

    fn the_explanation_names_each_day_between(app) {
        for (name, amount, unit, received, _) in VECTORS {
            let body = app.post("", "/api/v1/deadlines/compute", &ask(*amount, unit, received)).expect(200);
            let days = body["explanation"].as_array().unwrap();
            let dates: Vec<NaiveDate> = days.iter().map(|d| date(d["date"].as_str().unwrap())).collect();
            assert_eq!(dates.first().copied(), Some(date(received)), "{name}");
            assert_eq!(dates.last().copied(), Some(date(body["due_date"].as_str().unwrap())), "{name}");
            for pair in dates.windows(2) {
                assert_eq!(pair[0].succ_opt(), Some(pair[1]), "{name}: a day is missing");
            }
            assert!(days.iter().all(|d| d["text"].as_str().is_some_and(|t| !t.is_empty())), "{name}");
            if *unit == "working_day" {
                let counted = days.iter().filter(|d| d["counted"] == true).count();
                assert_eq!(counted, *amount as usize, "{name}: {body}");
                assert_eq!(days[0]["counted"], false, "{name}: the day of receipt never counts");
            }
        }
    }

    fn the_explanation_speaks_the_callers_language(app) {
        let text = |language: &str| {
            let request = app
                .request(reqwest::Method::POST, "/api/v1/deadlines/compute")
                .header("accept-language", language)
                .json(&ask(3, "working_day", "2026-02-12T09:00:00"));
            app.send(request).expect(200)["explanation"].to_string()
        };
        let (vi, en) = (text("vi"), text("en-GB,en;q=0.9"));
        assert_ne!(vi, en);
        assert!(vi.contains("Tết"), "{vi}");
    }

    fn limits_that_cannot_be_are_refused(app) {
        let now = "2026-03-02T09:00:00";
        for (amount, unit) in [(0, "working_day"), (100_000, "working_day"), (2, "same_day")] {
            let answer = app.post("", "/api/v1/deadlines/compute", &ask(amount, unit, now));
            assert_eq!(answer.status, 422, "{amount} {unit}: {}", answer.text);
        }
        app.post("", "/api/v1/deadlines/compute", &ask(3, "fortnight", now))
            .invalid("/limit/unit", "unknown_value");
        app.post("", "/api/v1/deadlines/compute", &ask(3, "working_day", "1999-03-02T09:00:00"))
            .refused(422, "date_outside_calendar");
        app.post("", "/api/v1/deadlines/compute", &ask(9999, "working_day", now))
            .refused(422, "date_outside_calendar");
        let no_offset = json!({ "received_at": now, "limit": { "amount": 3, "unit": "working_day" } });
        assert_eq!(app.post("", "/api/v1/deadlines/compute", &no_offset).status, 422);
        let mut elsewhere = ask(3, "working_day", now);
        elsewhere["centre_id"] = json!("0198c0de-0000-7000-8000-000000000000");
        assert_eq!(app.post("", "/api/v1/deadlines/compute", &elsewhere).status, 422);
    }

    fn the_calendar_of_2026_is_that_of_the_notices(app) {
        let path = "/api/v1/calendar/days?from=2026-01-01&to=2026-12-31";
        let list = app.get("", path).expect(200);
        let days = list["items"].as_array().unwrap();
        assert_eq!(days.len(), 365);
        let off: Vec<&str> = days
            .iter()
            .filter(|d| d["kind"] == "day_off")
            .map(|d| d["date"].as_str().unwrap())
            .filter(|d| !matches!(date(d).weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun))
            .collect();
        assert_eq!(off, [
            "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
            "2026-02-20", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02"
        ]);
        let make_up: Vec<&Value> = days.iter().filter(|d| d["kind"] == "make_up").collect();
        assert_eq!(
            make_up.iter().map(|d| d["date"].as_str().unwrap()).collect::<Vec<_>>(),
            ["2026-01-10", "2026-08-22"]
        );
        let full = json!([{ "from": "07:30", "to": "11:30" }, { "from": "13:30", "to": "17:30" }]);
        for day in make_up {
            assert_eq!((&day["working"], &day["shifts"]), (&json!(true), &full));
            assert!(day["source"].is_string(), "a make-up day rests on a document");
        }
        // A Saturday serves in the morning and is not counted.
        let saturday = days.iter().find(|d| d["date"] == "2026-03-07").unwrap();
        assert_eq!(saturday["working"], false);
        assert_eq!(saturday["shifts"], json!([]));
        assert_eq!(saturday["service_shifts"], json!([{ "from": "07:30", "to": "11:30" }]));
        let monday = days.iter().find(|d| d["date"] == "2026-03-09").unwrap();
        assert_eq!((&monday["working"], &monday["kind"], &monday["shifts"]), (&json!(true), &json!("weekday"), &full));
        // 24 November is no day off until a notice says so.
        assert_eq!(days.iter().find(|d| d["date"] == "2026-11-24").unwrap()["working"], true);
    }

    fn calendar_questions_that_cannot_be_are_refused(app) {
        let days = |query: &str| app.get("", &format!("/api/v1/calendar/days?{query}"));
        days("from=2026-03-02&to=2026-03-01").invalid("to", "out_of_range");
        days("from=2025-01-01&to=2026-12-31").invalid("to", "out_of_range");
        assert_eq!(days("from=2026-02-30&to=2026-03-01").status, 422);
        assert_eq!(days("from=2026-03-01").status, 422);
        days("from=2026-03-01&to=2026-03-02&colour=red").refused(400, "unknown_parameter");
        days("from=1990-03-01&to=1990-03-02").refused(422, "date_outside_calendar");
    }

    fn the_demo_clock_moves_forward_only(app, Options::at("2026-03-02T09:00:00+07:00")) {
        let set = |app: &App, now: &str| app.post("", "/api/v1/test/clock", &json!({ "now": now }));
        let body = set(&app, "2026-03-05T10:00:00+07:00").expect(200);
        assert!(body["now"].as_str().unwrap().starts_with("2026-03-05T10:00:0"));
        set(&app, "2026-03-05T09:00:00+07:00").refused(422, "clock_not_forward");
        set(&app, "2029-03-05T09:00:00+07:00").refused(422, "clock_not_forward");
        assert!(app.now().to_rfc3339().starts_with("2026-03-05T10:00:"));
    }
}
