//! Work lists and search.

use std::collections::BTreeSet;

use motcua_tests::dossier::{EXTRACT, Station};
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

fn list(app: &App, who: &str, query: &str) -> Value {
    app.get(who, &format!("/api/v1/dossiers?{query}"))
        .expect(200)
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|d| d["id"].as_str().unwrap().to_owned())
        .collect()
}

fn found(app: &App, who: &str, query: &str) -> BTreeSet<String> {
    ids(&list(app, who, &format!("limit=100&{query}")))
        .into_iter()
        .collect()
}

fn set(dossiers: &[&Dossier]) -> BTreeSet<String> {
    dossiers.iter().map(|d| d.id.clone()).collect()
}

fn named(app: &App, ward: &str, name: &str, number: &str, phone: &str) -> Dossier {
    let mut body = app.intake(ward);
    body["owner"] =
        json!({ "kind": "citizen", "full_name": name, "identity_number": number, "phone": phone });
    Dossier::of(ward, &app.send_in(&body).expect(201))
}

on_both! {
    fn every_page_forth_and_back_shows_each_dossier_once(app) {
        let mut made = Vec::new();
        for n in 0..23 {
            // Several in the same instant: the order must not hang on the time alone.
            if n % 4 == 0 {
                app.at(&format!("2026-03-02T10:{n:02}:00+07:00"));
            }
            made.push(app.take_in("thd").id);
        }
        for sort in ["-received_at", "received_at", "due_at"] {
            let mut seen = Vec::new();
            let mut pages = Vec::new();
            let mut query = format!("limit=5&sort={sort}");
            let last = loop {
                let page = list(&app, "tiepnhan", &query);
                seen.extend(ids(&page));
                pages.push(ids(&page));
                match page["next"].as_str() {
                    Some(next) => query = format!("limit=5&sort={sort}&cursor={next}"),
                    None => break page,
                }
            };
            assert_eq!(seen.len(), 23, "{sort}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>(), made.iter().collect(), "{sort}");
            match sort {
                "received_at" => assert_eq!(seen, made),
                "-received_at" => assert_eq!(seen.iter().rev().collect::<Vec<_>>(), made.iter().collect::<Vec<_>>()),
                _ => {}
            }
            let mut back = Vec::new();
            let mut prev = last["prev"].as_str().map(ToOwned::to_owned);
            while let Some(cursor) = prev {
                let page = list(&app, "tiepnhan", &format!("limit=5&sort={sort}&cursor={cursor}"));
                back.push(ids(&page));
                prev = page["prev"].as_str().map(ToOwned::to_owned);
            }
            back.reverse();
            assert_eq!(back, pages[..pages.len() - 1], "{sort}");
        }
    }

    fn pages_link_to_each_other_and_only_within_their_list(app) {
        for _ in 0..3 {
            app.take_in("thd");
        }
        let answer = app.get("tiepnhan", "/api/v1/dossiers?limit=2&state=accepted");
        let page = answer.expect(200);
        assert!(page["prev"].is_null());
        let cursor = page["next"].as_str().unwrap();
        let link = answer.header("link");
        assert!(link.contains("rel=\"next\"") && link.contains("state=accepted") && link.contains(cursor), "{link}");
        let path = link.split(['<', '>']).nth(1).unwrap();
        assert_eq!(ids(&app.get("tiepnhan", path).expect(200)).len(), 1);
        for query in ["state=processing", "sort=due_at", "q=an"] {
            let path = format!("/api/v1/dossiers?limit=2&{query}&cursor={cursor}");
            app.get("tiepnhan", &path).refused(400, "invalid_cursor");
        }
        app.get("tiepnhan", "/api/v1/dossiers?cursor=nonsense").refused(400, "invalid_cursor");
        for limit in ["0", "101", "-1", "x"] {
            let answer = app.get("tiepnhan", &format!("/api/v1/dossiers?limit={limit}"));
            assert_eq!((answer.status, answer.json()["errors"][0]["pointer"].clone()), (422, json!("limit")));
        }
    }

    fn lists_are_narrowed_by_what_a_desk_waits_for(app) {
        let accepted = app.take_in("thd");
        let given = app.journey("thd", Station::GivenToHandler);
        let working = app.journey("thd", Station::Processing);
        let asking = app.journey("ht", Station::Consulting);
        let signing = app.journey("thd", Station::WithLeader);
        let decided = app.journey("thd", Station::Decided);
        let ready = app.journey("thd", Station::Completed);
        let other = app.journey("cn", Station::Processing);
        let f = |query: &str| found(&app, "tiepnhan", query);
        assert_eq!(f("state=accepted"), set(&[&accepted, &given]));
        assert_eq!(f("awaiting=acknowledgement"), set(&[&given]));
        assert_eq!(f("awaiting=handover"), set(&[&accepted]));
        assert_eq!(f("awaiting=opinion"), set(&[&asking]));
        assert_eq!(f("awaiting=signature"), set(&[&signing]));
        assert_eq!(f("awaiting=result"), set(&[&decided]));
        assert_eq!(f("awaiting=hand_back"), set(&[&ready]));
        assert_eq!(f("desk=handler"), set(&[&working, &asking, &other]));
        assert_eq!(f(&format!("authority_id={}", app.authority("cn"))), set(&[&other]));
        assert_eq!(found(&app, "thuly.cn", ""), set(&[&other]));
        assert_eq!(found(&app, "thuly.thd", "mine=true&desk=handler"), set(&[&working]));
        assert_eq!(found(&app, "tiepnhan", "mine=true"), set(&[]));
        let item = list(&app, "tiepnhan", "awaiting=hand_back")["items"][0].clone();
        assert_eq!((&item["state"], &item["national_status"]), (&json!("completed"), &json!(9)));
        assert_eq!(item["owner"]["identity_number"], "001*******45");
        assert_eq!(item["version"], ready.version);
        assert!(item["owner"].get("phone").is_none());
    }

    fn lists_are_narrowed_by_day_and_procedure(app) {
        let first = app.take_in("thd");
        app.at("2026-03-03T23:59:30+07:00");
        let second = app.take_in("thd");
        app.at("2026-03-04T00:00:10+07:00");
        let mut body = app.intake("thd");
        body["procedure_code"] = json!(EXTRACT);
        let third = Dossier::of("thd", &app.send_in(&body).expect(201));
        let f = |query: &str| found(&app, "tiepnhan", query);
        assert_eq!(f("received_from=2026-03-03"), set(&[&second, &third]));
        // The last day is part of it, by local time.
        assert_eq!(f("received_to=2026-03-03"), set(&[&first, &second]));
        assert_eq!(f("received_from=2026-03-03&received_to=2026-03-03"), set(&[&second]));
        assert_eq!(f(&format!("procedure_code={EXTRACT}")), set(&[&third]));
        let wrong = app.get("tiepnhan", "/api/v1/dossiers?received_from=2026-03-03&received_to=2026-03-02");
        wrong.invalid("received_to", "out_of_range");
        assert_eq!(app.get("tiepnhan", "/api/v1/dossiers?received_from=2026-02-30").status, 422);
    }

    fn what_is_late_today_or_soon_is_found(app) {
        let late = app.take_in("thd");
        app.at("2026-03-04T09:00:00+07:00");
        let today = app.take_in("thd");
        app.at("2026-03-06T09:00:00+07:00");
        let soon = app.take_in("thd");
        app.at("2026-03-09T09:00:00+07:00");
        let far = app.take_in("thd");
        let done = app.journey("thd", Station::Returned);
        // Due: late 5 March, today 9 March, soon 11 March, far 12 March.
        let f = |query: &str| found(&app, "tiepnhan", query);
        assert_eq!(f("due=overdue"), set(&[&late]));
        assert_eq!(f("due=today"), set(&[&today]));
        assert_eq!(f("due=soon"), set(&[&today]));
        app.at("2026-03-10T09:00:00+07:00");
        assert_eq!(f("due=soon"), set(&[&soon]));
        assert_eq!(f("due=overdue"), set(&[&late, &today]));
        assert!(f("").contains(&done.id) && f("").contains(&far.id));
        let item = list(&app, "tiepnhan", "due=overdue&sort=due_at")["items"][0].clone();
        assert_eq!((&item["id"], &item["timing"]), (&json!(late.id), &json!("overdue")));
        assert!(item["remaining_working_minutes"].as_i64().unwrap() < 0);
    }

    fn search_understands_names_codes_and_numbers(app) {
        let duc = named(&app, "thd", "Nguyễn Đức Hoà", "001085012345", "0912345678");
        let hoa = named(&app, "cn", "Trần Thị Hòa", "001190054321", "0987654321");
        let f = |query: &str| found(&app, "tiepnhan", &format!("q={query}"));
        assert_eq!(f("nguyen duc"), set(&[&duc]));
        assert_eq!(f("Nguyễn Đức"), set(&[&duc]));
        assert_eq!(f("NGUYEN  HOA"), set(&[&duc]));
        // Both ways to put the mark are one word.
        assert_eq!(f("hoà"), set(&[&duc, &hoa]));
        assert_eq!(f("hòa"), set(&[&duc, &hoa]));
        // Typed in pieces (NFD), as some keyboards send it.
        assert_eq!(f("Hoa\u{300}"), set(&[&duc, &hoa]));
        assert_eq!(f("hoa tran"), set(&[&hoa]));
        assert_eq!(f("tran duc"), set(&[]));
        assert_eq!(f(duc.text("code")), set(&[&duc]));
        assert_eq!(f(&duc.text("code").to_lowercase()), set(&[&duc]));
        assert_eq!(f("001190054321"), set(&[&hoa]));
        assert_eq!(f("0987 654 321"), set(&[&hoa]));
        assert_eq!(f("%2B84987654321"), set(&[&hoa]));
        // Blanks are no search; signs that stand in no name are one that finds nobody.
        assert_eq!(f("%20%20"), found(&app, "tiepnhan", ""));
        for signs in ["%25", "_", "%3F", "-", "...", "%F0%9F%99%82"] {
            assert_eq!(f(signs), set(&[]), "{signs}");
        }
        assert_eq!(found(&app, "thuly.cn", "q=hoa"), set(&[&hoa]));
        assert_eq!(found(&app, "thuly.cn", &format!("q={}", duc.text("code"))), set(&[]));
    }

    fn the_timeline_is_paged(app) {
        let d = app.journey("thd", Station::Returned);
        let first = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline?limit=5", d.id)).expect(200);
        assert_eq!(ids(&first).len(), 5);
        let next = first["next"].as_str().unwrap();
        let rest = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/timeline?limit=5&cursor={next}", d.id)).expect(200);
        assert_eq!(rest["items"][0]["seq"], 6);
        assert_eq!(ids(&rest).len(), 3);
        assert!(rest["next"].is_null());
        // Another dossier's cursor is of no use here.
        let other = app.take_in("thd");
        let path = format!("/api/v1/dossiers/{}/timeline?limit=5&cursor={next}", other.id);
        app.get("tiepnhan", &path).refused(400, "invalid_cursor");
    }

    fn every_condition_narrows_and_none_takes_anothers_place(app) {
        // Something at every station, in two wards, so that each condition has something to leave out.
        for (n, station) in Station::ALL.iter().enumerate() {
            app.journey(if n % 3 == 0 { "cn" } else { "thd" }, *station);
        }
        let everything = list(&app, "giamdoc", "limit=100");
        let all = everything["items"].as_array().unwrap();
        assert!(all.len() >= Station::ALL.len());
        type Test = fn(&Value) -> bool;
        let open: Test = |d| {
            !["returned", "withdrawn", "stopped", "transferred", "refused_at_intake"].contains(&d["state"].as_str().unwrap())
        };
        let conditions: [(&str, Test); 12] = [
            ("state=accepted", |d| d["state"] == "accepted"),
            ("state=completed", |d| d["state"] == "completed"),
            ("state=processing", |d| d["state"] == "processing"),
            ("open=true", open),
            ("desk=handler", |d| d["desk"] == "handler"),
            ("awaiting=handover", |d| d["state"] == "accepted" && d["desk"] == "reception"),
            ("awaiting=hand_back", |d| d["state"] == "completed"),
            ("awaiting=signature", |d| d["sub_state"] == "awaiting_signature"),
            ("awaiting=opinion", |d| d["sub_state"] == "awaiting_consultation"),
            ("channel=online", |d| d["channel"] == "online"),
            ("field_code=A", |d| d["procedure"]["code"] == "1.004873"),
            ("procedure_code=2.000635", |d| d["procedure"]["code"] == "2.000635"),
        ];
        let name = |q: &str| q.split('=').next().unwrap().to_owned();
        for (i, (a, fits_a)) in conditions.iter().enumerate() {
            for (b, fits_b) in &conditions[i..] {
                // A parameter is given once.
                let query = match (a == b, name(a) == name(b)) {
                    (true, _) => (*a).to_owned(),
                    (false, true) => continue,
                    (false, false) => format!("{a}&{b}"),
                };
                let mut expected: BTreeSet<String> = BTreeSet::new();
                for d in all.iter().filter(|d| fits_a(d) && fits_b(d)) {
                    // A hand-over that waits is not told by an item of the list: ask the dossier itself.
                    let id = d["id"].as_str().unwrap();
                    let given = query.contains("awaiting=handover")
                        && !app.get("giamdoc", &format!("/api/v1/dossiers/{id}")).expect(200)["open_handover"].is_null();
                    if !given {
                        expected.insert(id.to_owned());
                    }
                }
                assert_eq!(found(&app, "giamdoc", &query), expected, "{query}");
                let counted = app.get("giamdoc", &format!("/api/v1/dossier-counts?{query}")).expect(200);
                assert_eq!((&counted["total"], &counted["capped"]), (&json!(expected.len()), &json!(false)), "{query}");
                let by_state: u64 = counted["by_state"].as_array().unwrap().iter().map(|s| s["count"].as_u64().unwrap()).sum();
                assert_eq!(by_state, expected.len() as u64, "{query}");
            }
        }
    }

    fn who_filed_for_another_is_found_by_number_and_telephone(app) {
        let mut body = app.intake("thd");
        body["filer"] = json!({ "full_name": "Trần Thị Bình", "identity_number": "001190054321", "phone": "0987654321", "relation": "vợ" });
        let filed = Dossier::of("thd", &app.send_in(&body).expect(201));
        let mut own = app.intake("cn");
        own["owner"] = json!({ "kind": "citizen", "full_name": "Trần Thị Bình", "identity_number": "001190054321", "phone": "0987654321" });
        let own = Dossier::of("cn", &app.send_in(&own).expect(201));
        app.take_in("ht");
        for q in ["001190054321", "0987%20654%20321"] {
            let both = BTreeSet::from([filed.id.clone(), own.id.clone()]);
            assert_eq!(found(&app, "tiepnhan", &format!("q={q}")), both, "{q}");
            assert_eq!(found(&app, "thuly.thd", &format!("q={q}")), BTreeSet::from([filed.id.clone()]), "{q}");
        }
        assert!(found(&app, "tiepnhan", "q=001190054399").is_empty());
    }

    fn what_was_submitted_and_not_answered_is_a_list_of_its_own(app) {
        let d = app.journey("thd", Station::Submitted);
        app.take_in("cn");
        let list = app.get("tiepnhan", "/api/v1/dossiers?awaiting=answer").expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]["id"]), (1, &json!(d.id)));
        assert_eq!(items[0]["intake_reply_due_at"], d.body["intake_reply_due_at"]);
        assert!(items[0]["intake_reply_due_at"].is_string());
    }

    fn counts_say_how_many_are_overdue_and_see_only_the_own_ward(app) {
        for ward in ["thd", "thd", "cn"] {
            app.take_in(ward);
        }
        let count = |who: &str| app.get(who, "/api/v1/dossier-counts?open=true").expect(200);
        assert_eq!((&count("giamdoc")["total"], &count("lanhdao.thd")["total"]), (&json!(3), &json!(2)));
        assert_eq!(count("giamdoc")["overdue"], 0);
        app.at("2026-03-09T09:00:00+07:00");
        assert_eq!((&count("giamdoc")["overdue"], &count("lanhdao.cn")["overdue"]), (&json!(3), &json!(1)));
        assert_eq!(count("giamdoc")["by_state"], json!([{ "state": "accepted", "count": 3 }]));
    }

    fn what_somebody_handles_is_found_by_who_it_is(app) {
        let mine = app.journey("thd", Station::Processing);
        app.journey("cn", Station::Processing);
        app.take_in("thd");
        let handler = app.read("giamdoc", &mine)["handler"]["id"].as_str().unwrap().to_owned();
        assert_eq!(found(&app, "giamdoc", &format!("handler_id={handler}")), set(&[&mine]));
        assert_eq!(found(&app, "thuly.thd", "mine=true"), set(&[&mine]));
        assert_eq!(found(&app, "giamdoc", &format!("mine=true&handler_id={handler}")), BTreeSet::new());
    }

    fn the_time_left_is_told_in_the_centres_own_days(app, Options::at("2026-03-06T16:00:00+07:00")) {
        // Friday at four; three working days end on Wednesday.
        let d = app.take_in("thd");
        let left = |at: &str| {
            app.at(at);
            let (item, page) = (list(&app, "tiepnhan", "limit=1")["items"][0].clone(), app.read("tiepnhan", &d));
            assert_eq!(item["remaining_working_days"], page["remaining_working_days"]);
            assert_eq!(item["remaining_working_minutes"], page["remaining_working_minutes"]);
            (page["remaining_working_days"].as_i64().unwrap(), page["remaining_working_minutes"].as_i64().unwrap())
        };
        assert_eq!(left("2026-03-06T16:00:00+07:00").0, 3);
        // A weekend takes nothing away.
        assert_eq!(left("2026-03-08T10:00:00+07:00"), (3, 3 * 480));
        assert_eq!(left("2026-03-10T07:30:00+07:00").0, 1);
        let (days, minutes) = left("2026-03-11T15:00:00+07:00");
        assert!(days == 0 && (1..=150).contains(&minutes), "{days} {minutes}");
        let (days, minutes) = left("2026-03-13T15:00:00+07:00");
        assert!(days == -2 && minutes < -480, "{days} {minutes}");
    }

    fn filters_are_kept_for_oneself_by_name(app) {
        const SAVED: &str = "/api/v1/saved-filters";
        let ward = app.authority("thd");
        let filter = json!({ "state": "processing", "authority_id": ward, "due": "soon", "concern": "apology_due", "mine": true });
        let kept = app.post("thuly.thd", SAVED, &json!({ "name": " Sắp đến hạn ", "filter": filter })).expect(201);
        assert_eq!((&kept["name"], &kept["filter"]), (&json!("Sắp đến hạn"), &filter));
        let taken = app.post("thuly.thd", SAVED, &json!({ "name": "Sắp đến hạn", "filter": {} }));
        taken.points_at(&taken.refused(409, "saved_filter_name_taken"), "/name", "saved_filter_name_taken");
        // What was typed to find somebody is not kept.
        app.post("thuly.thd", SAVED, &json!({ "name": "Khác", "filter": { "q": "001085012345" } })).refused(400, "unknown_field");
        app.post("thuly.thd", SAVED, &json!({ "name": "  ", "filter": {} })).invalid("/name", "required");
        // Each sees and drops only the own ones.
        assert_eq!(app.get("tiepnhan", SAVED).expect(200)["items"], json!([]));
        let address = format!("{SAVED}/{}", kept["id"].as_str().unwrap());
        let gone = |who: &str| app.send(app.as_person(who, reqwest::Method::DELETE, &address)).status;
        assert_eq!((gone("tiepnhan"), gone("thuly.thd"), gone("thuly.thd")), (404, 204, 404));
        for n in 0..30 {
            app.post("thuly.thd", SAVED, &json!({ "name": format!("Bộ lọc {n:02}"), "filter": {} })).expect(201);
        }
        app.post("thuly.thd", SAVED, &json!({ "name": "Thừa", "filter": {} })).refused(409, "saved_filters_full");
        assert_eq!(app.get("thuly.thd", SAVED).expect(200)["items"].as_array().unwrap().len(), 30);
    }
}
