//! What people say of the centre: suggestions and complaints with their dates, denunciations kept apart,
//! and the obstacles that officers report upward.

use motcua_services::feedback as service;
use motcua_tests::{Answer, App, Options, on_both};
use serde_json::{Value, json};

const FEEDBACK: &str = "/api/v1/feedback";
const PUBLIC: &str = "/api/v1/public/feedback";
const LOOKUPS: &str = "/api/v1/public/feedback-lookups";
const RATING: &str = "/api/v1/public/feedback-satisfaction";
const DENUNCIATIONS: &str = "/api/v1/denunciations";
const APPOINTMENTS: &str = "/api/v1/denunciation-appointments";
const OBSTACLES: &str = "/api/v1/obstacles";

const NAME: &str = "Phùng Gia Bách";
const PHONE: &str = "0987654321";
const ADDRESS: &str = "Ngõ Tức Mạc, nhà số 40";

/// Everybody of the demo centre who might look.
const EVERYBODY: [&str; 12] = [
    "admin",
    "giamdoc",
    "tiepnhan",
    "thuly.thd",
    "thuly.cn",
    "thuly.ht",
    "lanhdao.thd",
    "lanhdao.cn",
    "lanhdao.ht",
    "thungan",
    "traketqua",
    "thanhtra",
];

fn filer() -> Value {
    json!({ "full_name": NAME, "address": ADDRESS, "phone": "+84 987 654 321" })
}

fn said(kind: &str, subject: &str) -> Value {
    json!({
        "kind": kind, "channel": "counter", "subject": subject, "filer": filer(),
        "text": "Tôi chờ từ 8 giờ đến 11 giờ mới đến lượt."
    })
}

fn filed(kind: &str) -> Value {
    let mut body = json!({
        "kind": kind, "filer": filer(), "text": "Ghế ngồi chờ bị hỏng, đề nghị sửa chữa."
    });
    if kind == "denunciation" {
        body["about"] = json!("Một cán bộ phường");
        body["text"] = json!("Nội dung mật về việc nhận tiền");
    } else {
        body["subject"] = json!("facility");
    }
    body
}

fn person(app: &App, username: &str) -> String {
    let people = app.get("admin", "/api/v1/users?limit=100").expect(200);
    let items = people["items"].as_array().unwrap();
    let found = items.iter().find(|u| u["username"] == username).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// Something received at the counter: its view and its receipt.
fn received(app: &App, body: &Value) -> (Value, Value) {
    let made = app.post("tiepnhan", FEEDBACK, body).expect(201);
    (made["feedback"].clone(), made["receipt"].clone())
}

fn id(item: &Value) -> &str {
    item["id"].as_str().unwrap()
}

fn act(app: &App, who: &str, item: &Value, action: &str, body: &Value) -> Answer {
    let path = format!("{FEEDBACK}/{}/{action}", id(item));
    app.post_at(who, &path, item["version"].as_i64().unwrap(), body)
}

fn done(app: &App, who: &str, item: &mut Value, action: &str, body: &Value) {
    *item = act(app, who, item, action, body).expect(201);
}

fn appointed(app: &App, username: &str) -> String {
    let body = json!({ "user_id": person(app, username) });
    let made = app.post("giamdoc", APPOINTMENTS, &body).expect(201);
    made["items"][0]["id"].as_str().unwrap().to_owned()
}

fn codes(app: &App, who: &str, query: &str) -> Vec<String> {
    let page = app.get(who, &format!("{FEEDBACK}{query}")).expect(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|i| i["code"].as_str().unwrap().to_owned())
        .collect()
}

fn centre(app: &App) -> motcua_store::CentreId {
    let id = app.get("admin", "/api/v1/centres").expect(200)["items"][0]["id"].clone();
    id.as_str().unwrap().parse().unwrap()
}

on_both! {
    fn a_suggestion_is_passed_on_within_five_working_days_answered_published_and_rated(app) {
        let (mut item, receipt) = received(&app, &said("suggestion", "procedure"));
        assert_eq!(item["code"], "H26.14.100-PA26-0001");
        assert_eq!((&item["state"], &item["first_due_on"], &item["due_on"]), (&json!("received"), &json!("2026-03-09"), &json!("2026-03-09")));
        assert_eq!(item["limit"]["amount"], 5);
        assert_eq!(item["limit"]["source"], "Nghị định 20/2008/NĐ-CP, Nghị định 63/2010/NĐ-CP");
        // Who received it reads what was said; who may do something is told what.
        assert_eq!(item["allowed_actions"], json!([]));
        item = app.get("giamdoc", &format!("{FEEDBACK}/{}", id(&item))).expect(200);
        assert_eq!(item["allowed_actions"], json!(["forward", "answer"]));
        done(&app, "giamdoc", &mut item, "forwardings", &json!({ "authority_id": app.authority("thd"), "answer_by": "2026-03-16" }));
        assert_eq!((&item["state"], &item["due_on"], &item["first_done_on"]), (&json!("forwarded"), &json!("2026-03-16"), &json!("2026-03-02")));
        assert!(item["forwarded_to"].as_str().unwrap().contains("Trần Hưng Đạo"), "{item}");
        // Passed on to a ward, its leader takes over; another ward's has never heard of it.
        act(&app, "lanhdao.cn", &item, "answers", &json!({ "answer": "…" })).refused(404, "not_found");
        done(&app, "lanhdao.thd", &mut item, "answers", &json!({ "answer": "Đã mở thêm một quầy." }));
        assert_eq!((&item["state"], &item["due_on"]), (&json!("answered"), &Value::Null));
        let looked = app.post("", LOOKUPS, &receipt).expect(200);
        assert_eq!((&looked["answer"], &looked["may_rate"]), (&json!("Đã mở thêm một quầy."), &json!(true)));
        // Nothing is published that names somebody, however it is written.
        for (summary, answer, pointer) in [
            ("ong PHUNG gia bach hỏi", "Đã mở thêm một quầy.", "/summary"),
            ("Một công dân hỏi", "Đã gọi 0987.654.321", "/answer"),
            ("Nhà ở ngõ Tức Mạc, nhà số 40", "Đã mở thêm một quầy.", "/summary"),
        ] {
            act(&app, "lanhdao.thd", &item, "publications", &json!({ "summary": summary, "answer": answer })).invalid(pointer, "names_somebody");
        }
        assert_eq!(app.get("", PUBLIC).expect(200)["items"], json!([]));
        done(&app, "lanhdao.thd", &mut item, "publications", &json!({ "summary": "Công dân phản ánh phải chờ lâu.", "answer": "Đã mở thêm một quầy." }));
        let published = app.get("", PUBLIC);
        assert_eq!(published.expect(200)["items"][0]["summary"], "Công dân phản ánh phải chờ lâu.");
        assert!(!published.text.contains("Bách") && !published.text.contains(PHONE));
        let mut rating = receipt.clone();
        rating["satisfaction"] = json!(6);
        app.post("", RATING, &rating).invalid("/satisfaction", "out_of_range");
        rating["satisfaction"] = json!(4);
        assert_eq!(app.post("", RATING, &rating).expect(201)["satisfaction"], 4);
        app.post("", RATING, &rating).refused(409, "feedback_rated_already");
        let told = app.get("giamdoc", &format!("{FEEDBACK}/{}", id(&item))).expect(200);
        let kinds: Vec<&Value> = told["steps"].as_array().unwrap().iter().map(|s| &s["kind"]).collect();
        assert_eq!(kinds, ["received", "forwarded", "answered", "published", "rated"]);
        assert_eq!(told["satisfaction"], 4);
        assert!(app.verify().is_empty());
    }

    fn a_complaint_is_accepted_within_ten_days_and_resolved_within_thirty_or_once_forty_five(app) {
        // Wednesday 4 March: ten days end on a Saturday, so on Monday 16 March.
        app.at("2026-03-04T09:00:00+07:00");
        let (mut item, receipt) = received(&app, &said("complaint", "procedure"));
        assert_eq!((&item["code"], &item["first_due_on"]), (&json!("H26.14.100-KN26-0001"), &json!("2026-03-16")));
        act(&app, "giamdoc", &item, "forwardings", &json!({ "to": "Sở" })).refused(409, "feedback_step_not_allowed");
        act(&app, "giamdoc", &item, "answers", &json!({ "answer": "…", "upheld": true })).refused(409, "feedback_step_not_allowed");
        app.at("2026-03-06T09:00:00+07:00");
        done(&app, "giamdoc", &mut item, "acceptances", &json!({ "accepted": true }));
        // Thirty days from 6 March is Sunday 5 April.
        assert_eq!((&item["state"], &item["answer_due_on"]), (&json!("accepted"), &json!("2026-04-06")));
        act(&app, "giamdoc", &item, "extensions", &json!({ "reason": "Phức tạp", "until": "2026-12-01" })).invalid("/until", "not_for_complaints");
        done(&app, "giamdoc", &mut item, "extensions", &json!({ "reason": "Phức tạp" }));
        assert_eq!((&item["answer_due_on"], &item["prolonged"], &item["limit"]["amount"]), (&json!("2026-04-20"), &json!(true), &json!(45)));
        act(&app, "giamdoc", &item, "extensions", &json!({ "reason": "Nữa" })).refused(409, "feedback_prolonged_already");
        act(&app, "giamdoc", &item, "answers", &json!({ "answer": "Không có căn cứ." })).invalid("/upheld", "required");
        done(&app, "giamdoc", &mut item, "answers", &json!({ "answer": "Không có căn cứ.", "upheld": false }));
        // Complaints are answered to who complained, never published.
        act(&app, "giamdoc", &item, "publications", &json!({ "summary": "a", "answer": "b" })).refused(409, "feedback_step_not_allowed");
        assert_eq!(app.post("", LOOKUPS, &receipt).expect(200)["answer"], "Không có căn cứ.");

        let (mut far, _) = received(&app, &said("complaint", "other"));
        done(&app, "giamdoc", &mut far, "acceptances", &json!({ "accepted": true, "remote": true }));
        assert_eq!(far["answer_due_on"], "2026-04-20");
        done(&app, "giamdoc", &mut far, "extensions", &json!({ "reason": "Phức tạp" }));
        assert_eq!((&far["answer_due_on"], &far["limit"]["amount"]), (&json!("2026-05-05"), &json!(60)));

        let (mut none, told) = received(&app, &said("complaint", "other"));
        act(&app, "giamdoc", &none, "acceptances", &json!({ "accepted": false })).invalid("/reason", "required");
        done(&app, "giamdoc", &mut none, "acceptances", &json!({ "accepted": false, "reason": "Không thuộc thẩm quyền." }));
        let looked = app.post("", LOOKUPS, &told).expect(200);
        assert_eq!((&looked["state"], &looked["answer"]), (&json!("declined"), &json!("Không thuộc thẩm quyền.")));
        assert!(app.verify().is_empty());
    }

    fn whoever_files_gives_name_address_and_telephone(app) {
        for (member, value, code) in [
            ("full_name", json!(" "), "required"),
            ("full_name", json!("<script>alert(1)</script>"), "name_invalid"),
            ("address", json!(""), "required"),
            ("phone", json!(""), "required"),
            ("phone", json!("12"), "phone_invalid"),
        ] {
            for kind in ["suggestion", "complaint", "denunciation"] {
                let mut body = filed(kind);
                body["filer"][member] = value.clone();
                app.post("", PUBLIC, &body).invalid(&format!("/filer/{member}"), code);
            }
            let mut body = said("suggestion", "other");
            body["filer"][member] = value;
            assert_eq!(app.post("tiepnhan", FEEDBACK, &body).code(), "validation_failed");
        }
        // Every fault at once, and what is missing is named where it is missing.
        let mut body = filed("suggestion");
        body["text"] = json!("\n ");
        body["filer"] = json!({ "full_name": "", "address": "", "phone": "" });
        let answer = app.post("", PUBLIC, &body);
        let problem = answer.refused(422, "validation_failed");
        for pointer in ["/text", "/filer/full_name", "/filer/address", "/filer/phone"] {
            answer.points_at(&problem, pointer, "required");
        }
        body = filed("complaint");
        body["filer"].as_object_mut().unwrap().remove("phone");
        let problem = app.post("", PUBLIC, &body).refused(422, "validation_failed");
        assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("/filer"), "{problem}");
        // Only a denunciation says whom it is about, and it must.
        body = filed("denunciation");
        body["about"] = json!("");
        app.post("", PUBLIC, &body).invalid("/about", "required");
        body = filed("suggestion");
        body["about"] = json!("Ai đó");
        app.post("", PUBLIC, &body).invalid("/about", "not_for_this_kind");
        assert_eq!(codes(&app, "giamdoc", ""), Vec::<String>::new());
    }

    fn a_megabyte_of_text_is_refused_and_scripts_stay_text(app) {
        let mut body = filed("suggestion");
        body["text"] = json!("a".repeat(1024 * 1024));
        app.post("", PUBLIC, &body).refused(413, "payload_too_large");
        body["text"] = json!("ă".repeat(10_001));
        app.post("", PUBLIC, &body).invalid("/text", "too_long");
        body["text"] = json!("ă".repeat(10_000));
        app.post("", PUBLIC, &body).expect(201);
        let script = "<img src=x onerror=alert(1)> \"'; DROP TABLE feedback_items; --";
        body["text"] = json!(script);
        app.post("", PUBLIC, &body).expect(201);
        let page = app.get("giamdoc", FEEDBACK).expect(200);
        let item = app.get("giamdoc", &format!("{FEEDBACK}/{}", id(&page["items"][0])));
        assert_eq!(item.expect(200)["text"], script);
        assert!(item.header("content-type").starts_with("application/json"));
        // Codes have no gaps: what was refused took none.
        assert_eq!(codes(&app, "giamdoc", ""), ["H26.14.100-PA26-0002", "H26.14.100-PA26-0001"]);
        assert!(app.verify().is_empty());
    }

    fn the_same_key_files_once_also_without_signing_in(app) {
        let key = app.new_key();
        let send = |body: &Value| app.send(app.request(reqwest::Method::POST, PUBLIC).header("idempotency-key", &key).json(body));
        let first = send(&filed("suggestion"));
        let again = send(&filed("suggestion"));
        assert_eq!((first.expect(201), again.header("idempotency-replayed")), (again.expect(201), "true".to_owned()));
        send(&filed("complaint")).refused(422, "idempotency_key_reused");
        assert_eq!(codes(&app, "giamdoc", "").len(), 1);
        let send = |body: &Value| app.send(app.as_person("tiepnhan", reqwest::Method::POST, FEEDBACK).header("idempotency-key", "one").json(body));
        assert_eq!(send(&said("suggestion", "other")).expect(201), send(&said("suggestion", "other")).expect(201));
        assert_eq!(codes(&app, "giamdoc", "").len(), 2);
    }

    fn what_stands_elsewhere_by_now_is_not_changed(app) {
        let (item, _) = received(&app, &said("suggestion", "other"));
        let answer = json!({ "answer": "Cảm ơn." });
        let path = format!("{FEEDBACK}/{}/answers", id(&item));
        app.post("giamdoc", &path, &answer).refused(428, "precondition_required");
        act(&app, "giamdoc", &item, "forwardings", &json!({ "to": "Sở Tư pháp" })).expect(201);
        let problem = act(&app, "giamdoc", &item, "answers", &answer).refused(412, "version_stale");
        assert_eq!(problem["current_version"], 2);
        // Passed on without a day, nothing is due and nothing can be prolonged.
        let mut held = app.get("giamdoc", &format!("{FEEDBACK}/{}", id(&item))).expect(200);
        assert_eq!(held["due_on"], Value::Null);
        act(&app, "giamdoc", &held, "extensions", &json!({ "reason": "…", "until": "2026-05-01" })).refused(409, "feedback_step_not_allowed");
        act(&app, "giamdoc", &held, "forwardings", &json!({ "to": "Sở", "answer_by": "2026-03-01" })).invalid("/answer_by", "date_in_past");
        act(&app, "giamdoc", &held, "forwardings", &json!({})).invalid("/to", "required");
        done(&app, "giamdoc", &mut held, "forwardings", &json!({ "to": "Sở Xây dựng", "answer_by": "2026-03-10" }));
        // A later day is an extension, said as one; there is one.
        act(&app, "giamdoc", &held, "forwardings", &json!({ "to": "Sở", "answer_by": "2026-03-20" })).invalid("/answer_by", "needs_extension");
        act(&app, "giamdoc", &held, "extensions", &json!({ "reason": "…", "until": "2026-03-10" })).invalid("/until", "not_later");
        done(&app, "giamdoc", &mut held, "extensions", &json!({ "reason": "Chờ xác minh", "until": "2026-03-20" }));
        assert_eq!((&held["due_on"], &held["prolonged"]), (&json!("2026-03-20"), &json!(true)));
    }

    fn the_officer_concerned_sees_nothing_of_it(app) {
        // Pointed at by who received it, or named in the text that somebody filed.
        let mut body = said("suggestion", "attitude");
        body["about_user_id"] = json!(person(&app, "lanhdao.thd"));
        body["authority_id"] = json!(app.authority("thd"));
        let (at_counter, _) = received(&app, &body);
        let mut named = filed("complaint");
        named["text"] = json!("Bà tran thi MINH nguyet nói nặng lời với tôi.");
        named["subject"] = json!("attitude");
        app.post("", PUBLIC, &named).expect(201);
        let director = &codes(&app, "thanhtra", "")[0];
        assert_eq!(codes(&app, "lanhdao.thd", ""), Vec::<String>::new());
        assert_eq!(codes(&app, "giamdoc", ""), ["H26.14.100-PA26-0001"]);
        assert_eq!(codes(&app, "thanhtra", ""), [director.clone(), "H26.14.100-PA26-0001".into()]);
        let path = format!("{FEEDBACK}/{}", id(&at_counter));
        for deeper in ["", "/personal-data"] {
            app.get("lanhdao.thd", &format!("{path}{deeper}")).refused(404, "not_found");
        }
        act(&app, "lanhdao.thd", &at_counter, "answers", &json!({ "answer": "Không đúng.", "upheld": false })).refused(404, "not_found");
        // Also the record of it is not there for the officer.
        let complaint = app.get("thanhtra", &format!("{FEEDBACK}?kind=complaint")).expect(200)["items"][0]["id"].clone();
        let record = app.get("giamdoc", "/api/v1/audit-entries?limit=100").text;
        assert!(!record.contains(complaint.as_str().unwrap()) && record.contains(id(&at_counter)));
        assert!(app.get("thanhtra", "/api/v1/audit-entries?limit=100").text.contains(complaint.as_str().unwrap()));
        // Of which officer it is, those know who handle and inspect it; not who received it.
        for (who, about) in [("giamdoc", json!("Đặng Quốc Khánh")), ("thanhtra", json!("Đặng Quốc Khánh")), ("tiepnhan", Value::Null)] {
            assert_eq!(app.get(who, &path).expect(200)["about"]["full_name"], about, "{who}");
        }
        // Nobody receives what is said of themselves.
        body["about_user_id"] = json!(person(&app, "tiepnhan"));
        app.post("tiepnhan", FEEDBACK, &body).invalid("/about_user_id", "about_oneself");
    }

    fn of_which_dossier_it_is_only_those_know_who_handle_it(app) {
        let dossier = app.take_in("thd");
        let mut body = said("suggestion", "procedure");
        body["dossier_code"] = json!("H26.14.100-260302-9999");
        app.post("tiepnhan", FEEDBACK, &body).invalid("/dossier_code", "unknown_value");
        body["dossier_code"] = json!(dossier.text("code"));
        let (item, _) = received(&app, &body);
        let path = format!("{FEEDBACK}/{}", id(&item));
        assert_eq!(app.get("giamdoc", &path).expect(200)["dossier_code"], dossier.text("code"));
        assert_eq!(app.get("tiepnhan", &path).expect(200)["dossier_code"], Value::Null);
        // On the public page a code that is none changes nothing: nobody learns which there are.
        let mut there = filed("suggestion");
        there["dossier_code"] = json!("H26.14.100-260302-9999");
        let (no, mut yes) = (app.post("", PUBLIC, &there), there.clone());
        yes["dossier_code"] = json!(dossier.text("code"));
        let yes = app.post("", PUBLIC, &yes);
        let members = |a: &Answer| a.expect(201).as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(members(&no), members(&yes));
        // Another at the counter reads that it is there, not what was said.
        let new = json!({
            "username": "tiepnhan.hai", "full_name": "Người Tiếp Nhận Hai", "password": motcua_tests::PASSWORD,
            "must_change_password": false, "roles": [{ "role": "reception" }]
        });
        app.post("admin", "/api/v1/users", &new).expect(201);
        let other = app.get("tiepnhan.hai", &path).expect(200);
        assert_eq!((&other["text"], &other["code"]), (&Value::Null, &item["code"]));
    }

    fn who_filed_is_masked_and_told_whole_only_on_record(app) {
        let (item, _) = received(&app, &said("suggestion", "other"));
        let path = format!("{FEEDBACK}/{}", id(&item));
        for who in ["tiepnhan", "giamdoc", "thanhtra"] {
            for address in [FEEDBACK, path.as_str()] {
                let answer = app.get(who, address);
                answer.expect(200);
                for secret in [NAME, PHONE, ADDRESS] {
                    assert!(!answer.text.contains(secret), "{who} {address}: {secret}");
                }
            }
        }
        app.get("tiepnhan", &format!("{path}/personal-data")).refused(403, "role_not_allowed");
        app.get("admin", &path).refused(403, "role_not_allowed");
        let whole = app.get("thanhtra", &format!("{path}/personal-data")).expect(200);
        assert_eq!(whole, json!({ "full_name": NAME, "address": ADDRESS, "phone": PHONE }));
        let record = app.get("giamdoc", "/api/v1/audit-entries?limit=100");
        assert!(record.text.contains("personal_data.viewed"));
        for secret in ["Bách", PHONE, "Tức Mạc", "Tôi chờ từ"] {
            assert!(!record.text.contains(secret), "{secret}");
        }
    }

    fn a_secret_opens_one_answer_and_guessing_closes_the_door(app) {
        let first = app.post("", PUBLIC, &filed("suggestion")).expect(201);
        let second = app.post("", PUBLIC, &filed("suggestion")).expect(201);
        // However it is typed.
        let loose = first["secret"].as_str().unwrap().to_lowercase().replace('-', " ");
        let asked = json!({ "code": first["code"], "secret": loose });
        assert_eq!(app.post("", LOOKUPS, &asked).expect(200)["state"], "received");
        let crossed = json!({ "code": first["code"], "secret": second["secret"] });
        app.post("", LOOKUPS, &crossed).refused(404, "feedback_lookup_failed");
        let unknown = json!({ "code": "H26.14.100-PA26-9999", "secret": first["secret"] });
        app.post("", LOOKUPS, &unknown).refused(404, "feedback_lookup_failed");
        for (code, secret, pointer) in [("", "x", "/code"), ("x", " ", "/secret")] {
            app.post("", LOOKUPS, &json!({ "code": code, "secret": secret })).invalid(pointer, "invalid_value");
        }
        let mut rating = first.clone();
        rating["satisfaction"] = json!(5);
        app.post("", RATING, &rating).refused(409, "feedback_step_not_allowed");
        for _ in 0..9 {
            app.post("", LOOKUPS, &crossed).refused(404, "feedback_lookup_failed");
        }
        app.post("", LOOKUPS, &crossed).refused(429, "lookup_locked");
        app.post("", LOOKUPS, &asked).refused(429, "lookup_locked");
        assert_eq!(app.post("", LOOKUPS, &second).expect(200)["code"], second["code"]);
    }

    fn the_list_is_narrowed_and_paged(app) {
        for (kind, day) in [("suggestion", 2), ("complaint", 3), ("suggestion", 4), ("suggestion", 20)] {
            app.at(&format!("2026-03-{day:02}T09:00:00+07:00"));
            received(&app, &said(kind, if day == 4 { "facility" } else { "other" }));
        }
        let (pa, kn) = (|n: u8| format!("H26.14.100-PA26-000{n}"), "H26.14.100-KN26-0001".to_owned());
        assert_eq!(codes(&app, "giamdoc", "?kind=suggestion"), [pa(3), pa(2), pa(1)]);
        assert_eq!(codes(&app, "giamdoc", "?subject=facility"), [pa(2)]);
        assert_eq!(codes(&app, "giamdoc", "?overdue=true"), [pa(2), kn.clone(), pa(1)]);
        assert_eq!(codes(&app, "giamdoc", "?code=h26.14.100-kn26-0001"), std::slice::from_ref(&kn));
        assert_eq!(codes(&app, "giamdoc", "?code=h26.14.100-kn26-0001").join(" "), kn);
        assert_eq!(codes(&app, "giamdoc", "?state=answered"), Vec::<String>::new());
        assert_eq!(codes(&app, "giamdoc", "?open=true&limit=2"), [pa(3), pa(2)]);
        let page = app.get("giamdoc", &format!("{FEEDBACK}?limit=2")).expect(200);
        let next = page["next"].as_str().unwrap();
        assert_eq!(codes(&app, "giamdoc", &format!("?limit=2&cursor={next}")), [kn, pa(1)]);
        app.get("giamdoc", &format!("{FEEDBACK}?state=concluded")).refused(422, "validation_failed");
        // A leader sees what lies with the ward.
        assert_eq!(codes(&app, "lanhdao.thd", ""), Vec::<String>::new());
    }

    fn published_answers_are_paged_newest_first(app) {
        for day in [2, 3, 4] {
            app.at(&format!("2026-03-{day:02}T09:00:00+07:00"));
            let (mut item, _) = received(&app, &said("suggestion", "other"));
            done(&app, "giamdoc", &mut item, "answers", &json!({ "answer": "Cảm ơn." }));
            done(&app, "giamdoc", &mut item, "publications", &json!({ "summary": format!("Ngày {day}"), "answer": "Cảm ơn." }));
        }
        let said = |page: &Value| page["items"].as_array().unwrap().iter().map(|i| i["summary"].clone()).collect::<Vec<_>>();
        let first = app.get("", &format!("{PUBLIC}?limit=2")).expect(200);
        assert_eq!(said(&first), ["Ngày 4", "Ngày 3"]);
        let last = app.get("", &format!("{PUBLIC}?limit=2&cursor={}", first["next"].as_str().unwrap())).expect(200);
        assert_eq!(said(&last), ["Ngày 2"]);
        let back = app.get("", &format!("{PUBLIC}?limit=2&cursor={}", last["prev"].as_str().unwrap())).expect(200);
        assert_eq!(said(&back), ["Ngày 4", "Ngày 3"]);
        app.get("", &format!("{PUBLIC}?centre_id={}", app.authority("thd"))).refused(422, "centre_unknown");
    }

    fn denunciations_are_read_only_by_whom_the_director_appointed_and_each_look_is_recorded(app) {
        let receipt = app.post("", PUBLIC, &filed("denunciation")).expect(201);
        assert!(receipt["code"].as_str().unwrap().starts_with("TC-"));
        for who in ["giamdoc", "tiepnhan", "thuly.thd", "lanhdao.thd", "thanhtra"] {
            app.get(who, DENUNCIATIONS).refused(403, "denunciations_not_appointed");
            app.post(who, DENUNCIATIONS, &json!({ "channel": "counter", "about": "x", "text": "y", "filer": filer() })).refused(403, "denunciations_not_appointed");
        }
        app.get("admin", DENUNCIATIONS).refused(403, "role_not_allowed");
        app.post("thanhtra", APPOINTMENTS, &json!({ "user_id": person(&app, "thanhtra") })).refused(403, "role_not_allowed");
        app.post("giamdoc", APPOINTMENTS, &json!({ "user_id": person(&app, "thungan") })).invalid("/user_id", "unknown_value");
        let may = |who: &str| app.get(who, "/api/v1/me").expect(200)["permissions"].as_array().unwrap().contains(&json!("denunciations.handle"));
        assert!(!may("thanhtra"));
        let appointment = appointed(&app, "thanhtra");
        assert!(may("thanhtra") && !may("giamdoc"));
        app.post("giamdoc", APPOINTMENTS, &json!({ "user_id": person(&app, "thanhtra") })).refused(409, "appointed_already");
        let list = app.get("thanhtra", DENUNCIATIONS);
        assert_eq!((&list.expect(200)["items"][0]["number"], &list.expect(200)["items"][0]["due_on"]), (&json!(1), &json!("2026-03-11")));
        assert!(!list.text.contains("Bách") && !list.text.contains("mật"));
        let path = format!("{DENUNCIATIONS}/{}", id(&list.json()["items"][0]));
        let mut item = app.get("thanhtra", &path).expect(200);
        assert_eq!((&item["filer_name"], &item["text"]), (&json!(NAME), &json!("Nội dung mật về việc nhận tiền")));
        assert_eq!(item["limit"]["certainty"], "to_check");
        // Accepted, concluded; the denouncer reads it with code and secret.
        app.post_at("thanhtra", &format!("{path}/conclusions"), 1, &json!({ "notice": "…" })).refused(409, "feedback_step_not_allowed");
        app.post_at("thanhtra", &format!("{path}/acceptances"), 1, &json!({ "accepted": false })).invalid("/reason", "required");
        item = app.post_at("thanhtra", &format!("{path}/acceptances"), item["version"].as_i64().unwrap(), &json!({ "accepted": true })).expect(201);
        assert_eq!((&item["state"], &item["due_on"]), (&json!("accepted"), &json!("2026-04-01")));
        app.post_at("thanhtra", &format!("{path}/conclusions"), 1, &json!({ "notice": "…" })).refused(412, "version_stale");
        app.post_at("thanhtra", &format!("{path}/conclusions"), 2, &json!({ "notice": "Đã xác minh, có vi phạm." })).expect(201);
        let looked = app.post("", LOOKUPS, &receipt).expect(200);
        assert_eq!((&looked["kind"], &looked["state"], &looked["answer"]), (&json!("denunciation"), &json!("concluded"), &json!("Đã xác minh, có vi phạm.")));
        // The record tells each look to who was appointed, and nothing of it to others.
        let record = app.get("thanhtra", "/api/v1/audit-entries?limit=100").text;
        for what in ["denunciation.received", "denunciation.listed", "denunciation.viewed", "denunciation.concluded"] {
            assert!(record.contains(what), "{what}");
        }
        assert!(!record.contains("Bách") && !record.contains("mật"));
        for who in ["giamdoc", "admin"] {
            let record = app.get(who, "/api/v1/audit-entries?limit=100").text;
            assert!(!record.contains("denunciation."), "{who}");
        }
        app.post("giamdoc", &format!("{APPOINTMENTS}/{appointment}/endings"), &json!({})).expect(201);
        app.post("giamdoc", &format!("{APPOINTMENTS}/{appointment}/endings"), &json!({})).refused(404, "not_found");
        app.get("thanhtra", &path).refused(403, "denunciations_not_appointed");
        assert!(app.verify().is_empty());
    }

    fn no_operation_shows_a_denunciation_to_others(app, Options::with(&[("RATE_LIMIT", "off")])) {
        appointed(&app, "thuly.ht");
        let mut body = filed("denunciation");
        body["text"] = json!("Dấu-vết-không-ai-được-thấy");
        let receipt = app.post("", PUBLIC, &body).expect(201);
        let number = app.get("thuly.ht", DENUNCIATIONS).expect(200)["items"][0]["id"].clone();
        let traces = ["Dấu-vết", NAME, PHONE, "Tức Mạc", receipt["code"].as_str().unwrap(), number.as_str().unwrap()];
        let document: Value = serde_json::to_value(motcua_api::openapi::document()).unwrap();
        let mut looked = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            if item.get("get").is_none() || path == "/api/v1/live" {
                continue;
            }
            // Whatever wants an id is asked with the denunciation's own.
            let mut address = path.clone();
            while let Some((before, rest)) = address.split_once('{') {
                let (_, after) = rest.split_once('}').unwrap();
                address = format!("{before}{}{after}", number.as_str().unwrap());
            }
            for who in EVERYBODY.iter().filter(|w| **w != "thuly.ht").chain([&""]) {
                let answer = app.get(who, &address);
                looked += usize::from(answer.status == 200);
                for trace in traces {
                    // An answer may name what it was asked for; nothing more.
                    let said = answer.text.replace(&address, "");
                    assert!(!said.contains(trace), "{who} {address}: {trace}");
                }
            }
        }
        assert!(looked > 300, "{looked} answers were looked through");
        for query in ["feedback?code=", "dossiers?q="] {
            let page = app.get("giamdoc", &format!("/api/v1/{query}{}", receipt["code"].as_str().unwrap())).expect(200);
            assert_eq!(page["items"], json!([]));
        }
    }

    fn a_denunciation_does_not_exist_for_whom_it_is_about(app) {
        appointed(&app, "thanhtra");
        appointed(&app, "lanhdao.cn");
        let mut body = filed("denunciation");
        body["about"] = json!("thanh tra viên Ly Hoang Nam");
        app.post("", PUBLIC, &body).expect(201);
        assert_eq!(app.get("thanhtra", DENUNCIATIONS).expect(200)["items"], json!([]));
        let seen = app.get("lanhdao.cn", DENUNCIATIONS).expect(200)["items"][0]["id"].clone();
        let path = format!("{DENUNCIATIONS}/{}", seen.as_str().unwrap());
        app.get("thanhtra", &path).refused(404, "not_found");
        app.post_at("thanhtra", &format!("{path}/forwardings"), 1, &json!({ "to": "Đâu đó" })).refused(404, "not_found");
        assert!(!app.get("thanhtra", "/api/v1/audit-entries?limit=100").text.contains("denunciation.received"));
        let passed = app.post_at("lanhdao.cn", &format!("{path}/forwardings"), 1, &json!({ "to": "Công an thành phố" })).expect(201);
        assert_eq!((&passed["state"], &passed["passed_on_to"], &passed["next_states"]), (&json!("passed_on"), &json!("Công an thành phố"), &json!([])));
    }

    fn obstacles_are_reported_upward_and_followed_to_a_solution(app) {
        let body = json!({ "kind": "system", "text": "Không tra được dữ liệu đất đai.", "procedure_code": "1.004873" });
        app.post("admin", OBSTACLES, &body).refused(403, "role_not_allowed");
        app.post("thuly.thd", OBSTACLES, &json!({ "kind": "law", "text": " " })).invalid("/text", "required");
        let made = app.post("thuly.thd", OBSTACLES, &body).expect(201);
        assert_eq!((&made["obstacle"]["state"], &made["may_handle"]), (&json!("raised"), &json!(false)));
        let path = format!("{OBSTACLES}/{}", id(&made["obstacle"]));
        let many = |who: &str| app.get(who, OBSTACLES).expect(200)["items"].as_array().unwrap().len();
        // One's own, and those whom one answers for.
        let seen: Vec<usize> = ["thuly.thd", "thuly.cn", "lanhdao.thd", "lanhdao.cn", "giamdoc", "thanhtra", "tiepnhan"].iter().map(|w| many(w)).collect();
        assert_eq!(seen, [1, 0, 1, 0, 1, 1, 0]);
        app.get("thuly.cn", &path).refused(404, "not_found");
        app.post_at("thuly.thd", &format!("{path}/forwardings"), 1, &json!({ "to": "Sở" })).refused(403, "role_not_allowed");
        app.post_at("lanhdao.cn", &format!("{path}/forwardings"), 1, &json!({ "to": "Sở" })).refused(404, "not_found");
        app.post_at("lanhdao.thd", &format!("{path}/forwardings"), 1, &json!({ "to": "" })).invalid("/to", "required");
        let moved = app.post_at("lanhdao.thd", &format!("{path}/forwardings"), 1, &json!({ "to": "Sở Nông nghiệp và Môi trường" })).expect(201);
        assert_eq!(moved["obstacle"]["forwarded_to"], "Sở Nông nghiệp và Môi trường");
        app.post_at("giamdoc", &format!("{path}/solutions"), 1, &json!({ "solution": "Đã mở lại kết nối." })).refused(412, "version_stale");
        app.post_at("giamdoc", &format!("{path}/solutions"), 2, &json!({ "solution": "Đã mở lại kết nối." })).expect(201);
        app.post_at("giamdoc", &format!("{path}/solutions"), 3, &json!({ "solution": "Lần nữa." })).refused(409, "obstacle_solved");
        let told = app.get("thuly.thd", &path).expect(200);
        assert_eq!((&told["obstacle"]["solution"], &told["obstacle"]["solved_by"]["full_name"]), (&json!("Đã mở lại kết nối."), &json!("Trần Thị Minh Nguyệt")));
        let kinds: Vec<&Value> = told["steps"].as_array().unwrap().iter().map(|s| &s["kind"]).collect();
        assert_eq!(kinds, ["raised", "forwarded", "solved"]);
        assert_eq!(app.get("giamdoc", &format!("{OBSTACLES}?state=raised")).expect(200)["items"], json!([]));
    }

    fn the_indices_count_what_was_handled_in_time_and_what_was_found_true(app) {
        let dossier = app.take_in("thd");
        let officer = person(&app, "thuly.thd");
        let suggestion = |subject: &str| {
            let mut body = said("suggestion", subject);
            if subject == "attitude" {
                body["about_user_id"] = json!(officer);
                body["dossier_code"] = json!(dossier.text("code"));
            }
            received(&app, &body).0
        };
        let (mut kept, mut late, mut longer) = (suggestion("other"), suggestion("other"), suggestion("other"));
        let (mut upheld, mut untrue) = (suggestion("attitude"), suggestion("attitude"));
        done(&app, "giamdoc", &mut kept, "forwardings", &json!({ "to": "Sở Tư pháp", "answer_by": "2026-03-12" }));
        done(&app, "giamdoc", &mut longer, "forwardings", &json!({ "to": "Sở Tư pháp", "answer_by": "2026-03-12" }));
        done(&app, "giamdoc", &mut longer, "extensions", &json!({ "reason": "Chờ", "until": "2026-03-30" }));
        done(&app, "giamdoc", &mut upheld, "answers", &json!({ "answer": "Xin lỗi ông.", "upheld": true }));
        done(&app, "giamdoc", &mut untrue, "answers", &json!({ "answer": "Không đúng.", "upheld": false }));
        app.at("2026-03-12T16:00:00+07:00");
        done(&app, "giamdoc", &mut kept, "answers", &json!({ "answer": "Đã sửa." }));
        // Five working days were over on 9 March.
        done(&app, "giamdoc", &mut late, "answers", &json!({ "answer": "Đã sửa." }));
        done(&app, "giamdoc", &mut longer, "answers", &json!({ "answer": "Đã sửa." }));
        let centre = centre(&app);
        let (first, last) = ("2026-01-01".parse().unwrap(), "2026-03-31".parse().unwrap());
        let counted = app.services.read(|db| service::handled(db, &centre, first, last)).unwrap();
        assert_eq!((counted.due, counted.on_time, counted.prolonged), (5, 4, 1));
        let found = app.services.read(|db| service::upheld_attitudes(db, &centre, first, last)).unwrap();
        let told: Vec<_> = found.iter().map(|(user, dossier, n)| (user.as_ref().unwrap().to_string(), dossier.is_some(), *n)).collect();
        assert_eq!(told, [(officer, true, 1)]);
        let (first, last) = ("2026-04-01".parse().unwrap(), "2026-06-30".parse().unwrap());
        assert_eq!(app.services.read(|db| service::handled(db, &centre, first, last)).unwrap().due, 0);
    }
}
