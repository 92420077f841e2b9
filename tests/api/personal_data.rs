//! The law on personal data: requests with their answer dates, everything about one person, retention,
//! holds, and disposal approved by two.

use motcua_tests::dossier::{MARITAL, Station, body_of};
use motcua_tests::{App, Dossier, PASSWORD, on_both};
use serde_json::{Value, json};

const REQUESTS: &str = "/api/v1/data-requests";
const LISTS: &str = "/api/v1/disposal-lists";
const NUMBER: &str = "001085012345";

fn asked() -> Value {
    json!({
        "kind": "export", "requester_name": "Nguyễn Văn An", "requester_identity": NUMBER,
        "requester_phone": "0912345678", "verified_by": "Đối chiếu thẻ căn cước tại quầy"
    })
}

fn rule(app: &App, scope: &str, years: Value) -> motcua_tests::Answer {
    let body = json!({ "scope": scope, "years": years, "source": "Quyết định số 12/QĐ-UBND" });
    app.send(
        app.as_person("admin", reqwest::Method::PUT, "/api/v1/retention-rules")
            .json(&body),
    )
}

/// A second administrator, so that three different people can be found.
fn second_director(app: &App) -> &'static str {
    let new = json!({
        "username": "giamdoc.hai", "full_name": "Người Thứ Hai", "password": PASSWORD,
        "must_change_password": false, "roles": [{ "role": "director" }]
    });
    app.post("admin", "/api/v1/users", &new).expect(201);
    "giamdoc.hai"
}

fn codes(list: &Value) -> Vec<&str> {
    let items = list["dossiers"].as_array().unwrap();
    items.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

on_both! {
    fn a_request_is_answered_within_two_working_days_once_and_on_record(app) {
        let made = app.post("tiepnhan", REQUESTS, &asked()).expect(201);
        assert_eq!(made["answer_due_on"], "2026-03-04");
        assert!(!made.to_string().contains(NUMBER));
        let path = format!("{REQUESTS}/{}/answers", made["id"].as_str().unwrap());
        let answer = json!({ "outcome": "fulfilled", "answer": "Đã giao bản kết xuất." });
        app.post("tiepnhan", &path, &answer).refused(403, "role_not_allowed");
        let refusal = json!({ "outcome": "refused", "answer": "Không có căn cứ." });
        app.post("giamdoc", &path, &refusal).invalid("/legal_basis", "required");
        let done = app.post("giamdoc", &path, &answer).expect(201);
        assert_eq!((&done["outcome"], &done["answered_by"]["full_name"]), (&json!("fulfilled"), &json!("Trần Thị Minh Nguyệt")));
        app.post("giamdoc", &path, &answer).refused(409, "data_request_answered");
        let waiting = |open: &str| app.get("tiepnhan", &format!("{REQUESTS}{open}")).expect(200)["items"].as_array().unwrap().len();
        assert_eq!((waiting(""), waiting("?open=true")), (1, 0));
        for (member, value, code) in [
            ("requester_name", json!(" "), "required"),
            ("requester_identity", json!("12"), "identity_number_invalid"),
            ("verified_by", json!(""), "required"),
        ] {
            let mut body = asked();
            body[member] = value;
            app.post("tiepnhan", REQUESTS, &body).invalid(&format!("/{member}"), code);
        }
        assert!(app.verify().is_empty());
    }

    fn a_copy_holds_all_that_says_something_of_the_person_and_nothing_of_others(app) {
        // As owner, as filer for somebody else, as collector, and in the book of certification.
        let mut own = app.intake("thd");
        own["owner"] = json!({ "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": NUMBER, "phone": "0912345678" });
        let mut d = Dossier::of("thd", &app.send_in(&own).expect(201));
        let mut right = own["owner"].clone();
        right["phone"] = json!("0987654321");
        app.act("tiepnhan", &mut d, "amendments", &json!({ "owner": right, "reason": "Gõ nhầm số điện thoại." }));
        app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
        let open = format!("handovers/{}/acknowledgements", d.body["open_handover"]["id"].as_str().unwrap());
        app.act("thuly.thd", &mut d, &open, &body_of("acknowledgements"));
        app.get("thuly.thd", &format!("/api/v1/dossiers/{}/personal-data", d.id)).expect(200);
        app.act("lanhdao.thd", &mut d, "stops", &body_of("stops"));
        let mut filed = app.intake("cn");
        filed["owner"] = json!({ "kind": "citizen", "full_name": "Trần Thị Bình", "identity_number": "001190054321", "address": "Nhà riêng của chị Bình" });
        filed["filer"] = json!({ "full_name": "Nguyễn Văn An", "identity_number": NUMBER, "relation": "chồng" });
        app.send_in(&filed).expect(201);
        let mut other = app.intake("ht");
        other["owner"] = json!({ "kind": "citizen", "full_name": "Lê Văn Khác", "identity_number": "001099012346" });
        app.send_in(&other).expect(201);
        app.post("tiepnhan", "/api/v1/certifications", &json!({
            "kind": "signature", "authority_id": app.authority("thd"), "signer_user_id": app.signer("thd"),
            "requester": { "kind": "citizen", "full_name": "Nguyễn Văn An", "identity_number": NUMBER },
            "items": [{ "document_name": "Giấy ủy quyền", "original_pages": 1 }]
        })).expect(201);
        let made = app.post("tiepnhan", REQUESTS, &asked()).expect(201);
        let path = format!("{REQUESTS}/{}/export", made["id"].as_str().unwrap());
        app.get("tiepnhan", &path).refused(403, "role_not_allowed");
        let answer = app.get("giamdoc", &path);
        let copy = answer.expect(200);
        assert!(answer.header("content-disposition").contains("du-lieu-ca-nhan.json"));
        // What was decided, issued and put right in the person's own, and who looked at it.
        let held = &copy["dossiers"][0];
        assert_eq!((&held["earlier"][0]["phone"], &held["letters"].as_array().unwrap().len()), (&json!("0912345678"), &3));
        assert_eq!(held["decisions"][0]["reason"], "Có tranh chấp đang được thụ lý.");
        assert_eq!((&held["looks"][0]["purpose"], &held["looks"][0]["by"]["full_name"]), (&json!("view"), &json!("Lê Văn Đức")));
        assert_eq!((&copy["dossiers"][1]["decisions"], &copy["dossiers"][1]["earlier"]), (&json!([]), &json!([])));
        let roles: Vec<&Value> = copy["dossiers"].as_array().unwrap().iter().map(|d| &d["as_what"]).collect();
        assert_eq!(roles, [&json!(["owner"]), &json!(["filer"]), &json!(["owner"])]);
        assert_eq!(copy["certifications"][0]["document_name"], "Giấy ủy quyền");
        assert_eq!((&copy["requests"][0]["kind"], &copy["capped"]), (&json!("export"), &json!(false)));
        for others in ["Bình", "001190054321", "Lê Văn Khác", "Nhà riêng"] {
            assert!(!answer.text.contains(others), "{others}");
        }
        // Each dossier's own list of looks tells it.
        let d = app.get("giamdoc", "/api/v1/dossiers?q=001085012345").expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        let looks = app.get("thanhtra", &format!("/api/v1/dossiers/{d}/personal-data-views")).expect(200);
        assert_eq!(looks["items"][0]["purpose"], "data_request");
        assert!(app.verify().is_empty());
    }

    fn nothing_is_disposed_of_without_a_rule_its_time_and_two_who_approve(app) {
        let other = second_director(&app);
        let old = app.journey("thd", Station::Returned);
        app.journey("thd", Station::Accepted);
        app.post("admin", LISTS, &json!({})).refused(409, "nothing_to_dispose");
        rule(&app, "*", json!(2)).expect(200);
        rule(&app, &format!("procedure:{MARITAL}"), Value::Null).expect(200);
        app.at("2029-01-02T09:00:00+07:00");
        // The narrowest rule holds: this procedure is kept for ever.
        app.post("admin", LISTS, &json!({})).refused(409, "nothing_to_dispose");
        rule(&app, &format!("procedure:{MARITAL}"), json!(2)).expect(200);
        let list = app.post("admin", LISTS, &json!({})).expect(201);
        assert_eq!(codes(&list), [old.text("code")]);
        assert_eq!(list["dossiers"][0]["kept_until"], "2028-12-31");
        // Nobody puts a dossier on two lists.
        app.post("admin", LISTS, &json!({})).refused(409, "nothing_to_dispose");
        let path = format!("{LISTS}/{}/approvals", list["list"]["id"].as_str().unwrap());
        app.post("admin", &path, &json!({})).refused(403, "role_not_allowed");
        assert_eq!(app.post("giamdoc", &path, &json!({})).expect(201)["list"]["state"], "approved_once");
        app.post("giamdoc", &path, &json!({})).refused(409, "disposal_own");
        let whole = format!("/api/v1/dossiers/{}/personal-data", old.id);
        assert_eq!(app.get("thanhtra", &whole).expect(200)["owner"]["full_name"], "Nguyễn Văn An");
        let done = app.post(other, &path, &json!({})).expect(201);
        assert_eq!((&done["list"]["state"], &done["dossiers"][0]["outcome"]), (&json!("executed"), &json!("disposed")));
        app.post(other, &path, &json!({})).refused(409, "disposal_closed");
        // The person is gone from it for good; that it was, and how it went, stays and verifies.
        let left = app.get("thanhtra", &whole);
        assert_eq!(left.expect(200)["owner"]["full_name"], "(đã hủy dữ liệu cá nhân)");
        for gone in ["Nguyễn Văn An", NUMBER, "0912345678"] {
            assert!(!left.text.contains(gone), "{gone}");
        }
        let d = app.get("giamdoc", &format!("/api/v1/dossiers/{}", old.id)).expect(200);
        assert_eq!((&d["state"], &d["code"]), (&json!("returned"), &old.body["code"]));
        assert_eq!(app.get("giamdoc", "/api/v1/dossiers?q=nguyen%20van%20an&state=returned").expect(200)["items"], json!([]));
        assert!(app.verify().is_empty());
    }

    fn a_held_dossier_is_kept_also_when_it_was_held_after_it_was_proposed(app) {
        let other = second_director(&app);
        let (held, late, free) = (app.journey("thd", Station::Returned), app.journey("cn", Station::Withdrawn), app.journey("ht", Station::Stopped));
        let hold = |d: &Dossier, who: &str| app.post(who, &format!("/api/v1/dossiers/{}/legal-hold", d.id), &json!({ "reason": "Đang có khiếu nại" }));
        hold(&held, "lanhdao.thd").expect(201);
        hold(&held, "thanhtra").refused(409, "dossier_held");
        hold(&held, "lanhdao.cn").refused(404, "not_found");
        hold(&held, "thuly.thd").refused(403, "role_not_allowed");
        rule(&app, "*", json!(0)).expect(200);
        app.at("2027-01-04T09:00:00+07:00");
        let list = app.post("admin", LISTS, &json!({})).expect(201);
        assert_eq!(codes(&list), [late.text("code"), free.text("code")]);
        hold(&late, "thanhtra").expect(201);
        let path = format!("{LISTS}/{}/approvals", list["list"]["id"].as_str().unwrap());
        app.post("giamdoc", &path, &json!({})).expect(201);
        let done = app.post(other, &path, &json!({})).expect(201);
        let outcomes: Vec<&Value> = done["dossiers"].as_array().unwrap().iter().map(|d| &d["outcome"]).collect();
        assert_eq!(outcomes, [&json!("held"), &json!("disposed")]);
        // What its papers said goes with it; that they were issued stays.
        let letters = app.get("thanhtra", &format!("/api/v1/dossiers/{}", free.id)).expect(200)["letters"].clone();
        let told = letters.as_array().unwrap().iter().find(|l| l["form"] == "05").unwrap();
        let paper = format!("/api/v1/dossiers/{}/letters/{}", free.id, told["id"].as_str().unwrap());
        app.get("thanhtra", &paper).refused(404, "letter_not_kept");
        // Lifted, it can be proposed again.
        let lift = format!("/api/v1/dossiers/{}/legal-hold/liftings", late.id);
        let lifted = app.post("thanhtra", &lift, &json!({ "reason": "Đã giải quyết khiếu nại" })).expect(201);
        // What it was, and both reasons, stay.
        let kept = &lifted["lifted"][0];
        assert_eq!((&lifted["hold"], &kept["reason"], &kept["lifted_because"]),
            (&Value::Null, &json!("Đang có khiếu nại"), &json!("Đã giải quyết khiếu nại")));
        assert_eq!(app.get("thanhtra", &format!("/api/v1/dossiers/{}/legal-hold", late.id)).expect(200)["lifted"], lifted["lifted"]);
        app.post("thanhtra", &lift, &json!({ "reason": "Lần nữa" })).refused(409, "dossier_not_held");
        let again = app.post("admin", LISTS, &json!({})).expect(201);
        assert_eq!(codes(&again), [late.text("code")]);
        // Sent back, nothing is done.
        let back = format!("{LISTS}/{}/rejections", again["list"]["id"].as_str().unwrap());
        assert_eq!(app.post("giamdoc", &back, &json!({ "reason": "Chờ hết năm" })).expect(201)["list"]["state"], "rejected");
        assert_eq!(app.get("giamdoc", LISTS).expect(200)["items"].as_array().unwrap().len(), 2);
        assert!(app.verify().is_empty());
    }

    fn rules_name_what_they_are_for_and_where_they_stand(app) {
        for scope in ["field:", "procedure", "moi thu", "", "field:A B"] {
            rule(&app, scope, json!(5)).invalid("/scope", "invalid_value");
        }
        rule(&app, "field:B", json!(101)).invalid("/years", "out_of_range");
        rule(&app, "field:B", json!(2)).expect(200);
        rule(&app, "field:B", json!(10)).expect(200);
        let rules = app.get("lanhdao.thd", "/api/v1/retention-rules").expect(200);
        assert_eq!(rules["items"].as_array().unwrap().len(), 1);
        assert_eq!(rules["items"][0]["years"], 10);
    }
}
