//! Forms 02–06 and the process history (DOMAIN §1.6): what a paper says is what was handed out, whatever is put right
//! later.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, Dossier, Paper, on_both};
use reqwest::Method;
use serde_json::{Value, json};

/// The address of the paper of a form that was issued last.
fn path(d: &Dossier, form: &str) -> String {
    let letters = d.body["letters"].as_array().unwrap();
    let last = letters.iter().rfind(|l| l["form"] == form).unwrap();
    format!(
        "/api/v1/dossiers/{}/letters/{}",
        d.id,
        last["id"].as_str().unwrap()
    )
}

fn said(app: &App, who: &str, d: &Dossier, form: &str) -> Value {
    app.get(who, &path(d, form)).expect(200)
}

fn document(app: &App, who: &str, path: &str) -> (u16, Vec<u8>) {
    let answer = app
        .as_person(who, Method::GET, &format!("{path}/document.pdf"))
        .send()
        .unwrap();
    (answer.status().as_u16(), answer.bytes().unwrap().to_vec())
}

fn is_pdf(app: &App, d: &Dossier, form: &str) -> Vec<u8> {
    let (status, bytes) = document(app, "tiepnhan", &path(d, form));
    assert_eq!(status, 200, "{form}");
    assert!(bytes.starts_with(b"%PDF-1.7"), "{form}");
    bytes
}

/// The process history of a dossier, held against its timeline: every line in its order, and no citizen.
fn history(app: &App, who: &str, d: &Dossier) -> Paper {
    let at = format!("/api/v1/dossiers/{}/history", d.id);
    let (status, bytes) = document(app, who, &at);
    assert_eq!(status, 200, "{who}");
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let paper = Paper::read(&app.database.folder, &bytes);
    let timeline = app
        .get(
            who,
            &format!("/api/v1/dossiers/{}/timeline?limit=100", d.id),
        )
        .expect(200);
    let items = timeline["items"].as_array().unwrap();
    assert!(!items.is_empty());
    let rows: Vec<(String, &str)> = items
        .iter()
        .map(|i| {
            let (at, rest) = i["at"].as_str().unwrap().split_once('T').unwrap();
            let day: Vec<&str> = at.split('-').collect();
            let at = format!(
                "{}, ngày {}/{}/{}",
                rest.get(..5).unwrap(),
                day[2],
                day[1],
                day[0]
            );
            (
                format!("{} {at}", i["seq"]),
                i["actor"]["full_name"].as_str().unwrap(),
            )
        })
        .collect();
    let mut wanted = vec![("title", "QUÁ TRÌNH XỬ LÝ HỒ SƠ")];
    for (at, name) in &rows {
        wanted.extend([("when", at.as_str()), ("who", *name)]);
    }
    paper.says(&wanted);
    // It names no citizen, and says nothing of what people wrote.
    for never in [
        "Nguyễn Văn An",
        "001085012345",
        "Có tranh chấp",
        "Chưa rõ tình trạng",
        "quyết định ly hôn",
        "Không thuộc thẩm quyền.",
        "không còn nhu cầu",
        "xác minh",
        "Hoàn Kiếm",
        "112/CAP",
        "nghĩa vụ tài chính số",
        "0000123",
        "Sai ngày sinh",
        "125/XNHN",
    ] {
        assert!(!paper.text().contains(never), "{never}: {}", paper.text());
    }
    paper
}

on_both! {
    fn what_is_to_be_added_is_told_on_paper_before_and_after_acceptance(app) {
        for (station, coded) in [(Station::IntakeSupplement, false), (Station::SupplementRequested, true)] {
            let d = app.journey("thd", station);
            let told = said(&app, "tiepnhan", &d, "02");
            assert_eq!(told["code"].is_string(), coded);
            assert_eq!(told["items"], json!(["Bản sao quyết định ly hôn"]));
            assert_eq!(told["reason"], "Chưa rõ tình trạng hôn nhân.");
            assert_eq!(told["owner_name"], "Nguyễn Văn An");
            assert!(told["number"].as_str().unwrap().ends_with("/HDHS"));
            assert_eq!(told["instrument"], "Thông tư 03/2025/TT-VPCP");
            is_pdf(&app, &d, "02");
        }
    }

    fn a_refusal_an_apology_and_a_stop_are_papers_with_their_reasons(app) {
        let d = app.journey("thd", Station::RefusedAtIntake);
        let told = said(&app, "tiepnhan", &d, "03");
        assert_eq!(told["reason"], "Không thuộc thẩm quyền.");
        assert!(told["code"].is_null());
        is_pdf(&app, &d, "03");

        let d = app.journey("thd", Station::Stopped);
        let told = said(&app, "thuly.thd", &d, "05");
        assert_eq!(told["legal_ground"], "Bộ luật Tố tụng dân sự, Điều 214");
        assert!(told["signer_name"].is_string());
        is_pdf(&app, &d, "05");
        let d = app.journey("thd", Station::OnHold);
        is_pdf(&app, &d, "05");

        let mut d = app.journey("thd", Station::Processing);
        let promised = d.body["due_at"].clone();
        let mut wanted = body_of("extensions");
        wanted["reason_code"] = json!("other_agency");
        app.act("lanhdao.thd", &mut d, "extensions", &wanted);
        let told = said(&app, "thuly.thd", &d, "04");
        assert_eq!(told["due_at"], promised);
        assert_eq!(told["new_due_at"], d.body["due_at"]);
        assert_ne!(told["new_due_at"], promised);
        assert_eq!(told["reason"], "Cơ quan phối hợp chưa trả lời xác minh.");
        is_pdf(&app, &d, "04");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_paper_says_what_was_handed_out_though_a_name_is_put_right_later(app) {
        let mut d = app.journey("thd", Station::SupplementRequested);
        let before = is_pdf(&app, &d, "02");
        app.act("tiepnhan", &mut d, "amendments", &json!({
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn Ân", "identity_number": "001085012345" },
            "reason": "Gõ nhầm họ tên."
        }));
        assert_eq!(said(&app, "tiepnhan", &d, "02")["owner_name"], "Nguyễn Văn An");
        assert_eq!(is_pdf(&app, &d, "02"), before);
        // The slip that was issued anew says what is known now.
        let slip = app.get("tiepnhan", &format!("/api/v1/dossiers/{}/reception-slip", d.id)).expect(200);
        assert_eq!(slip["owner_name"], "Nguyễn Văn Ân");
        is_pdf(&app, &d, "01");
    }

    fn a_paper_is_set_once_and_is_the_same_bytes_for_ever(app) {
        let d = app.journey("thd", Station::SupplementRequested);
        let address = path(&d, "02");
        // Of many who ask first one sets it.
        let all: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..6).map(|_| scope.spawn(|| document(&app, "tiepnhan", &address).1)).collect();
            asking.into_iter().map(|a| a.join().unwrap()).collect()
        });
        assert!(all.iter().all(|bytes| *bytes == all[0] && bytes.starts_with(b"%PDF-1.7")));
        // Under another address of the server it would have another code for the survey.
        let elsewhere = app.as_person("tiepnhan", Method::GET, &format!("{address}/document.pdf"))
            .header("host", "motcua.phuong.example").send().unwrap();
        assert_eq!(elsewhere.bytes().unwrap(), all[0]);
        let told = app.get("giamdoc", &format!("/api/v1/audit-entries?subject_id={}", d.id)).text;
        assert_eq!(told.matches("letter.set").count(), 1, "{told}");
        assert!(app.verify().is_empty());
        app.database.execute("UPDATE letter_papers SET content = 'JVBERi0xLjcK'");
        assert_eq!(app.verify()[0]["code"], "letter_paper_altered");
        app.database.execute("DELETE FROM letter_papers");
        assert_eq!(app.verify()[0]["code"], "letter_paper_missing");
    }

    fn papers_are_shown_to_those_who_work_on_the_dossier_and_each_look_is_on_record(app) {
        let d = app.journey("thd", Station::SupplementRequested);
        let address = path(&d, "02");
        said(&app, "tiepnhan", &d, "02");
        is_pdf(&app, &d, "02");
        let views = app.get("thanhtra", &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).expect(200);
        let looks = views["items"].as_array().unwrap().iter().filter(|v| v["purpose"] == "form_02").count();
        assert_eq!(looks, 2);
        app.get("thungan", &address).refused(403, "role_not_allowed");
        app.get("thuly.cn", &address).refused(404, "not_found");
        assert_eq!(document(&app, "thuly.cn", &address).0, 404);
        // Another dossier's paper is not found under this one.
        let other = app.journey("thd", Station::SupplementRequested);
        let foreign = path(&other, "02").replace(&other.id, &d.id);
        app.get("tiepnhan", &foreign).refused(404, "not_found");
        assert_eq!(document(&app, "tiepnhan", &foreign).0, 404);
        // What form 01 says stands elsewhere.
        app.get("tiepnhan", &path(&d, "01")).refused(404, "letter_not_kept");
    }

    fn the_control_slip_has_a_row_for_every_hop_and_whether_it_was_in_time(app) {
        let d = app.journey("thd", Station::Returned);
        let address = format!("/api/v1/dossiers/{}/control-slip", d.id);
        let slip = app.get("thungan", &address).expect(200);
        assert_eq!((slip["form"].as_str(), slip["code"].as_str()), (Some("06"), Some(d.text("code"))));
        let hops = slip["hops"].as_array().unwrap();
        assert!(hops.len() >= 2, "{hops:?}");
        assert_eq!((hops[0]["from_desk"].as_str(), hops[0]["to_desk"].as_str()), (Some("reception"), Some("handler")));
        assert_eq!(hops[0]["accepted"], true);
        for hop in hops {
            assert!(hop["given_by"]["full_name"].is_string());
            assert!(hop["taken_at"].as_str() >= hop["given_at"].as_str(), "{hop}");
        }
        assert!(hops.iter().any(|h| ["early", "on_time"].contains(&h["timing"].as_str().unwrap_or_default())), "{hops:?}");
        assert!(!slip.to_string().contains("Nguyễn Văn An"), "it names no citizen");
        let (status, bytes) = document(&app, "thungan", &address);
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"%PDF-1.7"));
        app.get("thuly.cn", &address).refused(404, "not_found");

        let never = app.journey("thd", Station::Submitted);
        let address = format!("/api/v1/dossiers/{}/control-slip", never.id);
        app.get("tiepnhan", &address).refused(404, "slip_not_issued");
    }

    fn the_process_history_has_a_row_for_every_line_of_the_timeline_and_no_citizen(app) {
        let d = app.journey("thd", Station::Returned);
        let paper = history(&app, "thungan", &d);
        paper.says(&[("code", d.text("code")), ("taken in", "Tiếp nhận hồ sơ"), ("by whom", "Cán bộ tiếp nhận"),
            ("state", "Đã tiếp nhận"), ("promise", "Hẹn trả:"), ("slip", "Lập mẫu 01, số"), ("given", "Bàn giao hồ sơ"),
            ("desks", "Từ: Bộ phận tiếp nhận. Đến: Công chức thụ lý, Ủy ban nhân dân phường Trần Hưng Đạo"),
            ("decided", "Lãnh đạo quyết định"), ("how", "Đồng ý giải quyết"), ("state", "Đã trả kết quả")]);
        let address = format!("/api/v1/dossiers/{}/history", d.id);
        app.get("thuly.cn", &format!("{address}/document.pdf")).refused(404, "not_found");
        assert_eq!(document(&app, "admin", &address).0, 200);
        let mut d = app.journey("thd", Station::Processing);
        app.act("tiepnhan", &mut d, "amendments", &json!({
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn Ân", "identity_number": "001085012345" },
            "reason": "Gõ nhầm họ tên."
        }));
        app.act("lanhdao.thd", &mut d, "stops", &body_of("stops"));
        let paper = history(&app, "thuly.thd", &d);
        paper.says(&[("what was put right", "Đã sửa: họ tên")]);
        assert!(!paper.text().contains("Nguyễn Văn Ân"));
        paper.says(&[("state", "Trạng thái hồ sơ: Dừng giải quyết"), ("paper", "Lập mẫu 05, số")]);
    }

    fn what_was_not_accepted_has_a_history_under_its_submission_number(app) {
        for (station, state) in [(Station::Submitted, "Chờ tiếp nhận"), (Station::RefusedAtIntake, "Từ chối tiếp nhận")] {
            let d = app.journey("thd", station);
            let paper = history(&app, "tiepnhan", &d);
            let number = format!("Số đăng ký hồ sơ: {}", d.text("submission_number"));
            let state = format!("Trạng thái hồ sơ: {state}");
            paper.says(&[("number", number.as_str()), ("state", state.as_str()), ("filed", "Nộp hồ sơ")]);
            assert!(!paper.text().contains("hẹn trả kết quả"), "nothing is promised");
        }
    }

    fn every_thing_that_happens_to_a_dossier_is_said_on_its_history(app) {
        for station in Station::ALL {
            let d = app.journey("thd", station);
            history(&app, "giamdoc", &d);
        }
    }

    fn what_was_handed_back_is_receipted_on_paper_and_nothing_else(app) {
        let d = app.journey("thd", Station::Returned);
        let address = format!("/api/v1/dossiers/{}/return-receipt", d.id);
        let (status, bytes) = document(&app, "traketqua", &address);
        assert_eq!(status, 200);
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert_eq!(document(&app, "traketqua", &address).1, bytes);
        let views = app.get("thanhtra", &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).expect(200);
        let looks = views["items"].as_array().unwrap().iter().filter(|v| v["purpose"] == "return_receipt").count();
        assert_eq!(looks, 2);
        let not_yet = app.journey("thd", Station::Completed);
        let path = format!("/api/v1/dossiers/{}/return-receipt/document.pdf", not_yet.id);
        app.get("traketqua", &path).refused(404, "not_returned");
    }

    fn a_body_whose_opinion_was_asked_stands_on_the_control_slip(app) {
        let d = app.journey("thd", Station::Consulting);
        let slip = app.get("thuly.thd", &format!("/api/v1/dossiers/{}/control-slip", d.id)).expect(200);
        assert_eq!(slip["consulted"], json!(["Công an phường"]));
    }
}
