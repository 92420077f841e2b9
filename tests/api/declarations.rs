//! Declarations that the officer fills in: from card to signed paper, without the citizen writing.

use diesel::prelude::*;
use motcua_store::schema::declarations as rows;
use motcua_store::{Db, RecordId, on_each};
use motcua_tests::dossier::Station;
use motcua_tests::{Answer, App, Dossier, on_both};
use reqwest::Method;
use serde_json::{Map, Value, json};

const DECLARATIONS: &str = "/api/v1/declarations";
const CARD: &str =
    "001085012345||Nguyễn Văn An|12041985|Nam|12 phố Hàng Bài, Trần Hưng Đạo, Hà Nội|01062021";
const CARDS: [&str; 3] = [
    CARD,
    "001190054321||Trần Thị Bình|08031990|Nữ|7 phố Lý Thường Kiệt, Cửa Nam, Hà Nội|15072022",
    "001060000017||Lê Văn Cường|1960|Nam|Số 9 Tràng Thi, Hàng Trống, Hà Nội|20082021",
];

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn path(declaration: &Value, more: &str) -> String {
    format!(
        "{DECLARATIONS}/{}{more}",
        declaration["id"].as_str().unwrap()
    )
}

fn version(declaration: &Value) -> i64 {
    declaration["version"].as_i64().unwrap()
}

fn begun(app: &App, body: &Value) -> Value {
    app.post("tiepnhan", DECLARATIONS, body).expect(201)
}

/// A POST below a declaration at the version last seen.
#[track_caller]
fn post(app: &App, declaration: &Value, more: &str, body: &Value) -> Answer {
    app.post_at(
        "tiepnhan",
        &path(declaration, more),
        version(declaration),
        body,
    )
}

#[track_caller]
fn change(app: &App, declaration: &Value, values: Value, by: &str) -> Answer {
    let body = json!({ "values": values, "by": by });
    app.patch_at(
        "tiepnhan",
        &path(declaration, ""),
        version(declaration),
        &body,
    )
}

/// Reads back, without a body.
fn read_back(app: &App, declaration: &Value) -> Answer {
    let request = app
        .as_person("tiepnhan", Method::POST, &path(declaration, "/read-back"))
        .header("if-match", format!("\"v{}\"", version(declaration)));
    app.send(request)
}

fn form(app: &App, code: &str) -> Value {
    app.get("tiepnhan", &format!("/api/v1/declaration-forms/{code}"))
        .expect(200)["form"]
        .clone()
}

/// What stands in a field: its value and its source.
fn said<'a>(declaration: &'a Value, key: &str) -> (&'a str, &'a str) {
    let values = declaration["values"].as_array().unwrap();
    let Some(found) = values.iter().find(|v| v["key"] == key) else {
        return ("", "");
    };
    (
        found["value"].as_str().unwrap(),
        found["source"].as_str().unwrap(),
    )
}

/// What the officer types: every required field that no card has filled.
fn typed(form: &Value, declaration: &Value) -> Value {
    let mut values = Map::new();
    for section in form["sections"].as_array().unwrap() {
        for field in section["fields"].as_array().unwrap() {
            let key = format!("{}/{}", text(&section["key"]), text(&field["key"]));
            if field["required"] == false || !said(declaration, &key).0.is_empty() {
                continue;
            }
            let value = match field["kind"].as_str().unwrap() {
                "date" => "1/3/2026".to_owned(),
                "number" => "2".to_owned(),
                "choice" => text(&field["options"][0]["value"]),
                "identity_number" => "001085012345".to_owned(),
                _ => format!("Nội dung {}", text(&field["key"]))
                    .chars()
                    .take(20)
                    .collect(),
            };
            values.insert(key, json!(value));
        }
    }
    Value::Object(values)
}

/// A declaration of this form, whole and read back.
fn ready(app: &App, code: &str, dossier: Option<&str>) -> Value {
    let form = form(app, code);
    let mut declaration = begun(app, &json!({ "form_code": code, "dossier_id": dossier }));
    for (party, card) in form["parties"].as_array().unwrap().iter().zip(CARDS) {
        let body = json!({ "party": party["key"], "text": card });
        declaration = post(app, &declaration, "/cards", &body).expect(201);
    }
    let values = typed(&form, &declaration);
    declaration = change(app, &declaration, values, "officer").expect(200);
    read_back(app, &declaration).expect(201)
}

fn strokes() -> Value {
    json!([[{ "x": 100, "y": 300 }, { "x": 300, "y": 80 }, { "x": 500, "y": 300 }], [{ "x": 600, "y": 200 }]])
}

fn on_screen() -> Value {
    json!({ "how": "screen", "strokes": strokes() })
}

fn signed(app: &App, declaration: &Value) -> Value {
    post(app, declaration, "/signature", &on_screen()).expect(201)
}

fn paper(app: &App, who: &str, declaration: &Value) -> Vec<u8> {
    let response = app
        .as_person(who, Method::GET, &path(declaration, "/paper"))
        .send()
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/pdf");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let bytes = response.bytes().unwrap().to_vec();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    bytes
}

/// Changes a row behind the program's back.
fn behind(app: &App, declaration: &Value, entries: &str) {
    let mut db: Db = app.database.open();
    let id: RecordId = declaration["id"].as_str().unwrap().parse().unwrap();
    on_each!(&mut db, c => diesel::update(rows::table.find(&id))
        .set(rows::entries.eq(entries))
        .execute(c))
    .unwrap();
}

on_both! {
    fn ten_forms_go_from_card_to_signed_paper_without_retyping_what_the_card_said(app) {
        let forms = app.get("tiepnhan", "/api/v1/declaration-forms").expect(200);
        let forms = forms["items"].as_array().unwrap();
        assert_eq!(forms.len(), 10);
        for item in forms {
            let code = item["code"].as_str().unwrap();
            let form = form(&app, code);
            let parties = form["parties"].as_array().unwrap();
            let first = json!({ "form_code": code, "card_text": CARD, "party": parties[0]["key"] });
            let mut declaration = begun(&app, &first);
            for (party, card) in parties.iter().zip(CARDS).skip(1) {
                let body = json!({ "party": party["key"], "text": card });
                declaration = post(&app, &declaration, "/cards", &body).expect(201);
            }
            assert_eq!(declaration["state"], "draft");
            assert!(declaration["warnings"].as_array().unwrap().is_empty(), "{declaration}");
            // What the card says stands there already, and nothing of it is among what is typed.
            let values = typed(&form, &declaration);
            for section in form["sections"].as_array().unwrap().iter().filter(|s| s["party"].is_string()) {
                for field in section["fields"].as_array().unwrap().iter().filter(|f| f["card"].is_string()) {
                    let key = format!("{}/{}", text(&section["key"]), text(&field["key"]));
                    let (value, source) = said(&declaration, &key);
                    assert!(!value.is_empty() && source == "card", "{code} {key}");
                    assert!(values.get(&key).is_none(), "{code} {key}");
                }
            }
            let typed = change(&app, &declaration, values.clone(), "officer").expect(200);
            let back = read_back(&app, &typed).expect(201);
            assert_eq!(back["state"], "read_back", "{code}");
            let both = parties.iter().filter(|p| p["declarant"] == true).count() > 1;
            let how = if both { json!({ "how": "paper" }) } else { on_screen() };
            if both {
                post(&app, &back, "/signature", &on_screen()).invalid("/how", "not_allowed");
            }
            let done = post(&app, &back, "/signature", &how).expect(201);
            assert_eq!((&done["state"], &done["signed_how"], done["signed_at"].is_string()), (&json!("signed"), &how["how"], true));
            let name = format!("{}/full_name", text(&parties[0]["key"]));
            assert_eq!(said(&done, &name), ("Nguyễn Văn An", "card"), "{code}");
            let bytes = paper(&app, "tiepnhan", &done);
            assert_eq!(paper(&app, "tiepnhan", &done), bytes, "{code}");
        }
        assert!(app.verify().is_empty());
    }

    fn values_are_kept_in_one_spelling_and_each_says_where_it_comes_from(app) {
        let d = begun(&app, &json!({ "form_code": "birth", "card_text": CARD }));
        assert_eq!(said(&d, "declarant/id_issued_on"), ("01/06/2021", "card"));
        assert_eq!((&d["form_number"], &d["dossier_id"], &d["title"]["en"]), (&json!("KS.1"), &Value::Null, &json!("Declaration for registering a birth")));
        let values = json!({ "child/birth_date": " 2-3-2026 ", "child/full_name": "Nguye\u{302}\u{303}n  Mai", "child/sex": "female", "copies/number": "003" });
        let d = change(&app, &d, values, "officer").expect(200);
        assert_eq!(said(&d, "child/birth_date"), ("02/03/2026", "officer"));
        assert_eq!(said(&d, "child/full_name"), ("Nguyễn Mai", "officer"));
        assert_eq!(said(&d, "copies/number"), ("3", "officer"));
        let by = &d["values"][0]["entered_by"]["full_name"];
        assert!(by.as_str().is_some_and(|name| !name.is_empty()), "{by}");
        // What stands there already is not typed anew.
        let same = change(&app, &d, json!({ "declarant/full_name": "Nguyễn Văn An" }), "officer").expect(200);
        assert_eq!((said(&same, "declarant/full_name"), version(&same)), (("Nguyễn Văn An", "card"), version(&d)));
        let emptied = change(&app, &d, json!({ "copies/number": null, "child/sex": "" }), "officer").expect(200);
        assert_eq!((said(&emptied, "copies/number"), said(&emptied, "child/sex")), (("", ""), ("", "")));
    }

    fn what_is_missing_or_wrong_is_pointed_at(app) {
        let d = begun(&app, &json!({ "form_code": "birth" }));
        let missing = read_back(&app, &d);
        missing.invalid("/values/child~1birth_place", "required");
        missing.invalid("/values/declarant~1identity_number", "required");
        for (key, value, code) in [
            ("child/birth_date", "31/02/2026", "date_invalid"),
            ("child/birth_date", "03/03/2027", "date_in_future"),
            ("child/sex", "khác", "unknown_value"),
            ("child/full_name", "a\u{7}b", "control_character"),
            ("child/full_name", "Mai 😀", "character_not_taken"),
            ("declarant/identity_number", "12345", "identity_number_invalid"),
            ("copies/number", "ba", "number_invalid"),
            ("child/colour", "x", "unknown_value"),
        ] {
            let pointer = format!("/values/{}", key.replace('/', "~1"));
            change(&app, &d, json!({ key: value }), "officer").invalid(&pointer, code);
        }
        change(&app, &d, json!({ "child/full_name": "ă".repeat(201) }), "officer").invalid("/values/child~1full_name", "too_long");
        change(&app, &d, json!({ "child/full_name": "Mai" }), "card").invalid("/by", "unknown_value");
        app.post("tiepnhan", DECLARATIONS, &json!({ "form_code": "nothing" })).invalid("/form_code", "unknown_value");
        app.post("tiepnhan", DECLARATIONS, &json!({ "form_code": "birth", "party": "nobody" })).invalid("/party", "unknown_value");
        app.get("tiepnhan", "/api/v1/declaration-forms/nothing").refused(404, "not_found");
        // Nothing of what was refused was kept.
        assert_eq!(app.get("tiepnhan", &path(&d, "")).expect(200)["values"], json!([]));
    }

    fn half_a_card_fills_half_and_an_unreadable_one_nothing(app) {
        let d = begun(&app, &json!({ "form_code": "death" }));
        let half = post(&app, &d, "/cards", &json!({ "party": "deceased", "text": "001085012345|Nguyễn Văn An" })).expect(201);
        assert_eq!(said(&half, "deceased/full_name"), ("Nguyễn Văn An", "card"));
        assert_eq!(said(&half, "deceased/address"), ("", ""));
        assert!(half["warnings"].as_array().unwrap().iter().any(|w| w["code"] == "card_out_of_order" && w["vi"].is_string() && w["en"].is_string()), "{half}");
        let cut = post(&app, &half, "/cards", &json!({ "party": "deceased", "text": "0010850" }));
        cut.refused(422, "card_unreadable");
        assert!(cut.text.contains("\"/text\""));
        app.post("tiepnhan", DECLARATIONS, &json!({ "form_code": "death", "card_text": "x" })).refused(422, "card_unreadable");
        post(&app, &half, "/cards", &json!({ "party": "witness", "text": CARD })).invalid("/party", "unknown_value");
        // The whole card later fills the rest; what does not fit it is told each time it is read.
        let whole = post(&app, &half, "/cards", &json!({ "party": "deceased", "text": CARD })).expect(201);
        assert_eq!(said(&whole, "deceased/birth_date"), ("12/04/1985", "card"));
        let odd = change(&app, &whole, json!({ "deceased/birth_date": "1990" }), "officer").expect(200);
        assert!(!odd["warnings"].as_array().unwrap().is_empty());
        assert_eq!(app.get("tiepnhan", &path(&odd, "")).expect(200)["warnings"], odd["warnings"]);
    }

    fn of_two_who_change_it_the_second_reads_it_first(app) {
        let d = begun(&app, &json!({ "form_code": "birth" }));
        let now = change(&app, &d, json!({ "child/full_name": "Mai" }), "officer").expect(200);
        let late = change(&app, &d, json!({ "child/full_name": "Lan" }), "officer");
        assert_eq!(late.refused(412, "version_stale")["current_version"], 2);
        post(&app, &d, "/cards", &json!({ "party": "declarant", "text": CARD })).refused(412, "version_stale");
        read_back(&app, &d).refused(412, "version_stale");
        app.send(app.as_person("tiepnhan", Method::DELETE, &path(&d, "")).header("if-match", "\"v1\"")).refused(412, "version_stale");
        app.send(app.as_person("tiepnhan", Method::DELETE, &path(&d, ""))).refused(428, "precondition_required");
        let read = app.get("tiepnhan", &path(&d, ""));
        assert_eq!((read.header("etag"), said(&read.json(), "child/full_name").0), ("\"v2\"".to_owned(), "Mai"));
        app.send(app.as_person("tiepnhan", Method::DELETE, &path(&d, "")).header("if-match", format!("\"v{}\"", version(&now)))).expect(204);
        app.get("tiepnhan", &path(&d, "")).refused(404, "not_found");
    }

    fn the_same_request_sent_again_begins_and_signs_once(app) {
        let send = |path: &str, version: Option<i64>, key: &str, body: &Value| {
            let mut request = app.as_person("tiepnhan", Method::POST, path).header("idempotency-key", key);
            if let Some(version) = version {
                request = request.header("if-match", format!("\"v{version}\""));
            }
            app.send(request.json(body))
        };
        let body = json!({ "form_code": "birth" });
        let first = send(DECLARATIONS, None, "a", &body).expect(201);
        let again = send(DECLARATIONS, None, "a", &body);
        assert_eq!((again.expect(201)["id"].clone(), again.header("idempotency-replayed")), (first["id"].clone(), "true".to_owned()));
        let ready = ready(&app, "certified_signature", None);
        let at = path(&ready, "/signature");
        let one = send(&at, Some(version(&ready)), "b", &on_screen()).expect(201);
        assert_eq!(send(&at, Some(version(&ready)), "b", &on_screen()).expect(201), one);
        send(&at, Some(version(&ready)), "c", &on_screen()).refused(412, "version_stale");
    }

    fn what_the_citizen_changes_at_the_read_back_stays_and_what_the_officer_changes_is_read_anew(app) {
        let d = ready(&app, "birth", None);
        let theirs = change(&app, &d, json!({ "child/full_name": "Nguyễn Thị Mai" }), "citizen").expect(200);
        assert_eq!((&theirs["state"], said(&theirs, "child/full_name")), (&json!("read_back"), ("Nguyễn Thị Mai", "citizen")));
        change(&app, &theirs, json!({ "child/birth_place": null }), "citizen").invalid("/values/child~1birth_place", "required");
        let ours = change(&app, &theirs, json!({ "child/home_town": "Hà Nội" }), "officer").expect(200);
        assert_eq!((&ours["state"], said(&ours, "child/full_name").1), (&json!("draft"), "citizen"));
        post(&app, &ours, "/signature", &on_screen()).refused(409, "declaration_not_read_back");
        assert_eq!(signed(&app, &read_back(&app, &ours).expect(201))["state"], "signed");
    }

    fn what_is_no_signature_is_refused(app) {
        let d = ready(&app, "death", None);
        let sign = |body: Value| post(&app, &d, "/signature", &body);
        let screen = |strokes: Value| sign(json!({ "how": "screen", "strokes": strokes }));
        sign(json!({ "how": "screen" })).invalid("/strokes", "required");
        sign(json!({ "how": "paper", "strokes": strokes() })).invalid("/strokes", "not_allowed");
        screen(json!([])).invalid("/strokes", "no_ink");
        screen(json!([[{ "x": 5, "y": 5 }], [{ "x": 900, "y": 300 }]])).invalid("/strokes", "no_ink");
        screen(json!([[{ "x": 5, "y": 5 }, { "x": 1001, "y": 5 }]])).invalid("/strokes/0/1", "out_of_range");
        screen(json!([[{ "x": 5, "y": 401 }, { "x": 10, "y": 5 }]])).invalid("/strokes/0/0", "out_of_range");
        screen(json!(vec![json!([{ "x": 1, "y": 1 }]); 201])).invalid("/strokes", "too_many");
        screen(json!([vec![json!({ "x": 1, "y": 1 }); 5001]])).invalid("/strokes", "too_many");
        sign(json!({ "how": "stamp" })).refused(422, "validation_failed");
        // The longest that is one.
        let long: Vec<Value> = (0..5000).map(|i| json!({ "x": i % 1000, "y": i % 400 })).collect();
        assert_eq!(screen(json!([long])).expect(201)["signed_how"], "screen");
    }

    fn signed_it_is_frozen_and_its_paper_is_the_same_bytes_for_ever(app) {
        let d = ready(&app, "birth", None);
        let unsigned = paper(&app, "tiepnhan", &d);
        let done = signed(&app, &d);
        let bytes = paper(&app, "tiepnhan", &done);
        assert_ne!(bytes, unsigned);
        change(&app, &done, json!({ "child/full_name": "Khác" }), "citizen").refused(409, "declaration_signed");
        post(&app, &done, "/cards", &json!({ "party": "mother", "text": CARDS[1] })).refused(409, "declaration_signed");
        post(&app, &done, "/earlier", &json!({ "party": "mother" })).refused(409, "declaration_signed");
        read_back(&app, &done).refused(409, "declaration_signed");
        post(&app, &done, "/signature", &on_screen()).refused(409, "declaration_signed");
        app.send(app.as_person("tiepnhan", Method::DELETE, &path(&done, "")).header("if-match", format!("\"v{}\"", version(&done)))).refused(409, "declaration_signed");
        app.at("2027-03-02T09:00:00+07:00");
        assert_eq!(app.get("tiepnhan", &path(&done, "")).expect(200)["values"], done["values"]);
        assert_eq!(paper(&app, "tiepnhan", &done), bytes);
        assert!(app.verify().is_empty());
        // What is changed behind the program's back is found.
        behind(&app, &done, "{}");
        let findings = app.verify();
        assert!(findings.iter().any(|f| f["code"] == "declaration_altered" && f["declaration_id"] == done["id"]), "{findings:?}");
    }

    fn a_draft_is_printed_as_one_and_what_was_read_back_is_not(app) {
        let d = ready(&app, "birth", None);
        let whole = paper(&app, "tiepnhan", &d);
        let draft = change(&app, &d, json!({ "child/home_town": "Hà Nội" }), "officer").expect(200);
        assert_ne!(paper(&app, "tiepnhan", &draft).len(), whole.len());
    }

    fn what_was_declared_before_fills_what_is_empty(app) {
        let known = app.take_in("thd");
        let d = begun(&app, &json!({ "form_code": "household_business" }));
        post(&app, &d, "/earlier", &json!({ "party": "declarant" })).invalid("/party", "identity_number_missing");
        let d = change(&app, &d, json!({ "declarant/identity_number": "001085012345", "declarant/phone": "0900000000" }), "officer").expect(200);
        let filled = post(&app, &d, "/earlier", &json!({ "party": "declarant" })).expect(201);
        assert_eq!(said(&filled, "declarant/full_name"), ("Nguyễn Văn An", "dossier"));
        assert_eq!(said(&filled, "declarant/birth_date"), ("12/04/1985", "dossier"));
        assert_eq!(said(&filled, "declarant/address"), ("12 phố Hàng Bài, Hà Nội", "dossier"));
        assert_eq!(said(&filled, "declarant/phone"), ("0900000000", "officer"), "what stands there stays");
        let from = filled["values"].as_array().unwrap().iter().find(|v| v["key"] == "declarant/address").unwrap();
        assert_eq!(from["from"], known.body["code"]);
        let looks = app.get("lanhdao.thd", &format!("/api/v1/dossiers/{}/personal-data-views", known.id)).expect(200);
        assert_eq!(looks["items"][0]["purpose"], "declaration");
        // What was declared and signed later is newer; it knows more.
        app.at("2026-03-03T09:00:00+07:00");
        let before = ready(&app, "death", None);
        let before = change(&app, &before, json!({ "deceased/address": "Nhà mới", "deceased/ethnicity": "Tày" }), "citizen").expect(200);
        signed(&app, &before);
        let d = begun(&app, &json!({ "form_code": "marriage" }));
        let d = change(&app, &d, json!({ "husband/identity_number": "001190054321" }), "officer").expect(200);
        let d = post(&app, &d, "/earlier", &json!({ "party": "husband" })).expect(201);
        assert_eq!(said(&d, "husband/address"), ("Nhà mới", "dossier"));
        assert_eq!(said(&d, "husband/ethnicity"), ("Tày", "dossier"));
        assert_eq!(said(&d, "husband/marriage_count"), ("", ""), "what is of one declaration alone is not taken over");
        // Who is not known fills nothing, and nothing is changed.
        let d = change(&app, &d, json!({ "wife/identity_number": "001199999999" }), "officer").expect(200);
        assert_eq!(version(&post(&app, &d, "/earlier", &json!({ "party": "wife" })).expect(201)), version(&d));
    }

    fn who_works_on_a_dossier_reads_its_declarations_and_each_look_is_on_record(app) {
        let dossier = app.journey("thd", Station::Processing);
        let d = signed(&app, &ready(&app, "marital_status", Some(&dossier.id)));
        assert_eq!((&d["dossier_id"], &d["dossier_code"]), (&json!(dossier.id), &dossier.body["code"]));
        let of_it = format!("{DECLARATIONS}?dossier_id={}", dossier.id);
        let list = app.get("thuly.thd", &of_it);
        let item = list.expect(200)["items"][0].clone();
        assert_eq!((&item["id"], &item["declarant"]["full_name"]), (&d["id"], &json!("Nguyễn Văn An")));
        assert_eq!(item["declarant"]["identity_number"], "001*******45");
        assert!(!list.text.contains("001085012345"));
        let read = app.get("thuly.thd", &path(&d, "")).expect(200);
        assert_eq!(said(&read, "person/identity_number").0, "001190054321");
        assert_eq!(paper(&app, "lanhdao.thd", &d), paper(&app, "tiepnhan", &d));
        let looks = app.get("thanhtra", &format!("/api/v1/dossiers/{}/personal-data-views", dossier.id)).expect(200);
        let declared = looks["items"].as_array().unwrap().iter().filter(|l| l["purpose"] == "declaration").count();
        assert_eq!(declared, 2);
        // Another ward's does not, and nobody but the counter writes.
        for path in [of_it, path(&d, ""), path(&d, "/paper")] {
            app.get("thuly.cn", &path).refused(404, "not_found");
        }
        app.post("thuly.thd", DECLARATIONS, &json!({ "form_code": "birth" })).refused(403, "role_not_allowed");
        // A form is for its own procedures.
        app.post("tiepnhan", DECLARATIONS, &json!({ "form_code": "birth", "dossier_id": dossier.id })).invalid("/dossier_id", "form_of_other_procedure");
        // Those of no dossier are the counter's alone.
        let own = ready(&app, "birth", None);
        app.get("thuly.thd", &path(&own, "")).refused(404, "not_found");
        let ids = |query: &str| app.get("tiepnhan", &format!("{DECLARATIONS}{query}")).expect(200)["items"].as_array().unwrap().len();
        assert_eq!((ids(""), ids("?state=signed"), ids("?state=draft")), (2, 1, 0));
        assert_eq!(app.get("thuly.thd", DECLARATIONS).expect(200)["items"], json!([]));
        let first = app.get("tiepnhan", &format!("{DECLARATIONS}?limit=1")).expect(200);
        assert_eq!(first["items"][0]["id"], own["id"], "the newest first");
        let next = app.get("tiepnhan", &format!("{DECLARATIONS}?limit=1&cursor={}", text(&first["next"]))).expect(200);
        assert_eq!((&next["items"][0]["id"], &next["next"]), (&d["id"], &Value::Null));
    }

    fn another_centre_sees_nothing(app) {
        let d = signed(&app, &ready(&app, "birth", None));
        let mut db = app.database.open();
        let here = motcua_store::centre::centres_page(&mut db, None, 1).unwrap().pop().unwrap();
        let there = motcua_store::centre::CentreRow { id: motcua_store::CentreId::new(), code: "khac".into(), e_code: "H26.99.100".into(), ..here };
        motcua_store::centre::insert_centre(&mut db, &there).unwrap();
        let id: RecordId = d["id"].as_str().unwrap().parse().unwrap();
        on_each!(&mut db, c => diesel::update(rows::table.find(&id)).set(rows::centre_id.eq(&there.id)).execute(c)).unwrap();
        for who in ["tiepnhan", "thuly.thd", "thanhtra"] {
            app.get(who, &path(&d, "")).refused(404, "not_found");
            app.get(who, &path(&d, "/paper")).refused(404, "not_found");
        }
        change(&app, &d, json!({ "child/full_name": "Khác" }), "officer").refused(404, "not_found");
        assert_eq!(app.get("tiepnhan", DECLARATIONS).expect(200)["items"], json!([]));
    }

    fn the_record_tells_everything_but_what_stands_in_it(app) {
        let dossier = app.take_in("thd");
        let d = signed(&app, &ready(&app, "marital_status", Some(&dossier.id)));
        app.get("tiepnhan", &path(&d, "")).expect(200);
        let told = app.get("giamdoc", &format!("/api/v1/audit-entries?limit=100&subject_id={}", text(&d["id"])));
        told.expect(200);
        for action in ["begun", "card_read", "changed", "read_back", "signed", "viewed"] {
            assert!(told.text.contains(&format!("declaration.{action}")), "{action}: {}", told.text);
        }
        for value in d["values"].as_array().unwrap() {
            let value = value["value"].as_str().unwrap();
            // Words of forms and single digits stand in the record for other things.
            if value.chars().count() > 8 {
                assert!(!told.text.contains(value), "{value}");
            }
        }
        assert!(app.verify().is_empty());
    }

    fn a_copy_of_everything_about_a_person_has_what_declarations_say_of_that_person(app) {
        signed(&app, &ready(&app, "death", None));
        let asked = json!({
            "kind": "export", "requester_name": "Trần Thị Bình", "requester_identity": "001190054321",
            "verified_by": "Xuất trình thẻ căn cước tại quầy"
        });
        let made = app.post("tiepnhan", "/api/v1/data-requests", &asked).expect(201);
        let copy = app.get("giamdoc", &format!("/api/v1/data-requests/{}/export", text(&made["id"])));
        let held = &copy.expect(200)["declarations"][0];
        assert_eq!((&held["form_number"], &held["as_what"]), (&json!("KT.1"), &json!("deceased")));
        assert!(held["fields"].as_array().unwrap().iter().any(|f| f["value"] == "Trần Thị Bình"), "{held}");
        assert!(!copy.text.contains("Nguyễn Văn An"), "{}", copy.text);
    }

    fn what_nobody_touches_for_two_weeks_is_dropped_unless_it_was_signed(app) {
        let left = begun(&app, &json!({ "form_code": "birth", "card_text": CARD }));
        let kept = signed(&app, &ready(&app, "birth", None));
        let dossier: Dossier = app.take_in("thd");
        let of_a_dossier = begun(&app, &json!({ "form_code": "marital_status", "dossier_id": dossier.id }));
        app.at("2026-03-17T09:00:00+07:00");
        begun(&app, &json!({ "form_code": "birth" }));
        app.get("tiepnhan", &path(&left, "")).refused(404, "not_found");
        app.get("tiepnhan", &path(&kept, "")).expect(200);
        app.get("tiepnhan", &path(&of_a_dossier, "")).expect(200);
        assert!(app.verify().is_empty());
    }
}

#[test]
fn the_paper_can_write_every_letter_that_a_field_takes() {
    let letters: String = ('\u{20}'..='\u{ffff}')
        .filter(|c| motcua_domain::declaration::is_printable(*c))
        .collect();
    assert!(letters.contains('ễ') && letters.contains('₫'));
    let data = json!({
        "title": "x", "heading": "X", "addressed_to": letters, "draft": false, "mark": "KS.1",
        "sections": [{ "name": letters, "fields": [{ "name": letters, "value": letters }] }],
        "pledge": "x", "place_date": "x", "others": [],
        "signers": [{ "role": "X", "name": letters, "strokes": null }],
    });
    let at = motcua_domain::vn_time::to_vn(chrono::DateTime::UNIX_EPOCH);
    assert!(motcua_documents::pdf(motcua_documents::Form::Declaration, "x", &data, at).is_ok());
}
