//! Files of a dossier's papers: taken by their content, opened before they are kept, found again, withdrawn.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use motcua_tests::bucket::{FakeBucket, key_of};
use motcua_tests::dossier::Station;
use motcua_tests::file::{eicar, long_pdf, pdf, pdf_with, png, png_of, scan, sha256};
use motcua_tests::gateway::FakeScanner;
use motcua_tests::{Answer, App, Kind, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

fn files(app: &App, who: &str, id: &str) -> Value {
    app.get(who, &format!("/api/v1/dossiers/{id}/files"))
        .expect(200)
}

fn count(app: &App, id: &str) -> usize {
    files(app, "tiepnhan", id)["items"]
        .as_array()
        .unwrap()
        .len()
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn kept(app: &App) -> Vec<PathBuf> {
    below(&app.database.folder.join("files"))
}

/// Waits until nothing is coming in any more.
fn settled(app: &App) {
    let incoming = app.database.folder.join("files/incoming");
    for _ in 0..200 {
        if below(&incoming).is_empty() {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("left behind: {:?}", below(&incoming));
}

fn refused(answer: &Answer, status: u16, code: &str) {
    let body = answer.refused(status, code);
    assert!(!body["detail"].as_str().unwrap().is_empty());
}

/// What a file holds, with the headers it comes with.
fn fetched(app: &App, who: &str, id: &str, file: &Value) -> (reqwest::header::HeaderMap, Vec<u8>) {
    let path = format!(
        "/api/v1/dossiers/{id}/files/{}/content",
        file["id"].as_str().unwrap()
    );
    let response = app.as_person(who, Method::GET, &path).send().unwrap();
    assert_eq!(response.status(), 200);
    let headers = response.headers().clone();
    (headers, response.bytes().unwrap().to_vec())
}

on_both! {
    fn a_file_is_kept_by_its_content_and_comes_back_as_it_was(app) {
        let d = app.take_in("thd");
        let before = files(&app, "tiepnhan", &d.id);
        assert_eq!(before["components"][0]["digitisation"], 0);
        assert_eq!((&before["may_add"], &before["limit_bytes"]), (&json!(true), &json!(100 << 20)));
        let bytes = pdf("giấy khai sinh");
        let sent = app.send_file("tiepnhan", &d.id, "Giấy khai sinh (An).pdf", bytes.clone());
        let made = sent.expect(201);
        assert_eq!((&made["name"], &made["sha256"]), (&json!("Giấy khai sinh (An).pdf"), &json!(sha256(&bytes))));
        assert_eq!((&made["size_bytes"], &made["media_type"]), (&json!(bytes.len()), &json!("application/pdf")));
        assert_eq!((&made["digitisation"], &made["scan"], &made["withdrawn"]), (&json!(1), &json!("none"), &Value::Null));
        assert_eq!(app.get("tiepnhan", &sent.header("location")).expect(200)["id"], made["id"]);
        let now = files(&app, "thuly.thd", &d.id);
        assert_eq!((&now["components"][0]["digitisation"], &now["items"][0]["id"]), (&json!(1), &made["id"]));
        assert_eq!(now["items"][0]["added_by"]["full_name"].as_str().map(str::is_empty), Some(false));
        let (headers, back) = fetched(&app, "thuly.thd", &d.id, &made);
        assert_eq!(back, bytes);
        let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!(header("etag"), format!("\"{}\"", sha256(&bytes)));
        assert_eq!(header("content-length"), bytes.len().to_string());
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        assert!(header("content-security-policy").contains("sandbox"));
        assert!(header("content-disposition").starts_with("inline; filename*=UTF-8''Gi%E1%BA%A5y"), "{}", header("content-disposition"));
        // The look is on record.
        let views = app.get("lanhdao.thd", &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).expect(200);
        assert_eq!(views["items"][0]["purpose"], "file");
        // So is that it was added, without its name.
        let told = app.get("giamdoc", &format!("/api/v1/audit-entries?subject_id={}", d.id));
        assert!(told.text.contains("file.added") && !told.text.contains("khai sinh"), "{}", told.text);
        assert!(app.verify().is_empty());
    }

    fn a_picture_is_taken_with_its_size(app) {
        let d = app.take_in("thd");
        let made = app.send_file("thuly.thd", &d.id, "quet-01.png", scan()).expect(201);
        assert_eq!((&made["media_type"], &made["width"], &made["height"]), (&json!("image/png"), &json!(620), &json!(877)));
    }

    fn the_same_bytes_for_the_same_paper_are_the_same_file(app) {
        let d = app.take_in("thd");
        let bytes = pdf("một lần");
        let asked = format!("/api/v1/dossiers/{}/components/to_khai/files/{}", d.id, sha256(&bytes));
        refused(&app.get("tiepnhan", &asked), 404, "not_found");
        let first = app.send_file("tiepnhan", &d.id, "a.pdf", bytes.clone()).expect(201);
        let again = app.send_file("tiepnhan", &d.id, "b.pdf", bytes.clone()).expect(200);
        assert_eq!((&again["id"], &again["name"]), (&first["id"], &json!("a.pdf")));
        // Who lost the connection asks, without sending anything.
        let head = app.as_person("tiepnhan", Method::HEAD, &asked).send().unwrap();
        assert_eq!(head.status(), 200);
        assert_eq!(app.get("tiepnhan", &asked).expect(200)["id"], first["id"]);
        // Another dossier has its own file, of the same bytes.
        let other = app.take_in("thd");
        let theirs = app.send_file("tiepnhan", &other.id, "a.pdf", bytes).expect(201);
        assert_ne!(theirs["id"], first["id"]);
        settled(&app);
        assert_eq!(kept(&app).len(), 1, "the bytes lie once: {:?}", kept(&app));
    }

    fn the_same_file_sent_many_times_at_once_is_there_once(app) {
        let d = app.take_in("thd");
        let bytes = long_pdf("cùng lúc", 300_000);
        app.token("tiepnhan");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sending: Vec<_> = (0..8).map(|_| scope.spawn(|| app.send_file("tiepnhan", &d.id, "a.pdf", bytes.clone()).status)).collect();
            sending.into_iter().map(|s| s.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|s| **s == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 7, "{statuses:?}");
        assert_eq!(count(&app, &d.id), 1);
        settled(&app);
        assert_eq!(kept(&app).len(), 1);
        assert!(app.verify().is_empty());
    }

    fn a_file_is_withdrawn_with_a_reason_and_stays(app) {
        let d = app.take_in("thd");
        let bytes = pdf("quét nhầm");
        let made = app.send_file("tiepnhan", &d.id, "a.pdf", bytes.clone()).expect(201);
        let path = format!("/api/v1/dossiers/{}/files/{}/withdrawals", d.id, made["id"].as_str().unwrap());
        app.post("tiepnhan", &path, &json!({ "reason": " " })).invalid("/reason", "required");
        let body = json!({ "reason": "Quét nhầm trang" });
        refused(&app.post("thanhtra", &path, &body), 403, "role_not_allowed");
        refused(&app.post("thuly.cn", &path, &body), 404, "not_found");
        let gone = app.post("thuly.thd", &path, &body).expect(201);
        assert_eq!(gone["withdrawn"]["reason"], "Quét nhầm trang");
        refused(&app.post("thuly.thd", &path, &body), 409, "file_withdrawn");
        let now = files(&app, "tiepnhan", &d.id);
        assert_eq!((&now["components"][0]["digitisation"], &now["items"][0]["withdrawn"]["reason"]), (&json!(0), &json!("Quét nhầm trang")));
        // What it was can still be looked at.
        assert_eq!(fetched(&app, "thanhtra", &d.id, &made).1, bytes);
        // Brought again after that it is a file of its own.
        let back = app.send_file("tiepnhan", &d.id, "a.pdf", bytes).expect(201);
        assert_ne!(back["id"], made["id"]);
        assert_eq!(count(&app, &d.id), 2);
        assert!(app.verify().is_empty());
    }

    fn what_cannot_be_a_paper_is_refused_and_leaves_nothing(app) {
        let d = app.take_in("thd");
        let to_khai = (d.id.as_str(), "to_khai");
        let sent = |kind: &str, name: &str, bytes: Vec<u8>| app.send(app.file_for("tiepnhan", to_khai, (kind, name), bytes));
        let (doc, image) = ("application/pdf", "image/png");
        let blank = png(620, 877, |x, y| 238 + ((x * 7 + y * 13) % 11) as u8);
        let whole = pdf("cắt");
        for (kind, name, bytes, status, code) in [
            (doc, "a.pdf", Vec::new(), 422, "file_empty"),
            (doc, "a.exe", pdf("x"), 422, "file_type_mismatch"),
            (doc, "a.pdf", b"MZ\x90\0 this is a program".to_vec(), 422, "file_type_mismatch"),
            (image, "a.png", pdf("x"), 422, "file_type_mismatch"),
            (doc, "a.pdf", scan(), 422, "file_type_mismatch"),
            ("text/html", "a.html", b"<script>".to_vec(), 415, "file_type_not_taken"),
            ("image/svg+xml", "a.svg", b"<svg/>".to_vec(), 415, "file_type_not_taken"),
            ("application/zip", "a.zip", b"PK\x03\x04".to_vec(), 415, "file_type_not_taken"),
            (doc, "a.pdf", whole[..whole.len() / 2].to_vec(), 422, "file_damaged"),
            (doc, "a.pdf", pdf_with("trailer << /Encrypt 9 0 R >>\n"), 422, "file_encrypted"),
            (doc, "a.pdf", pdf_with("5 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n"), 422, "file_active_content"),
            (doc, "a.pdf", pdf_with("5 0 obj << /S /J#61vaScript >> endobj\n"), 422, "file_active_content"),
            (doc, "a.pdf", pdf_with("5 0 obj << /S /Launch >> endobj\n"), 422, "file_active_content"),
            (doc, "a.pdf", pdf_with("5 0 obj << /Names << /EmbeddedFiles 6 0 R >> >> endobj\n"), 422, "file_active_content"),
            (image, "a.png", png_of(60_000, 60_000, b""), 422, "file_too_complex"),
            (image, "a.png", png_of(600, 600, b"nothing that unpacks"), 422, "file_damaged"),
            (image, "a.png", png(120, 120, |x, _| if x % 2 == 0 { 0 } else { 255 }), 422, "file_too_small"),
            (image, "a.png", blank, 422, "file_blank"),
        ] {
            let answer = sent(kind, name, bytes);
            refused(&answer, status, code);
        }
        sent(doc, "a\u{7}.pdf", pdf("x")).invalid("Content-Disposition", "control_character");
        app.send(app.as_person("tiepnhan", Method::POST, &format!("/api/v1/dossiers/{}/components/to_khai/files", d.id)).header("content-type", doc).body(pdf("x")))
            .invalid("Content-Disposition", "required");
        let digest = |of: &str| app.send(app.file_for("tiepnhan", to_khai, (doc, "a.pdf"), pdf("x")).header("repr-digest", of));
        refused(&digest("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"), 422, "file_digest_mismatch");
        refused(&digest("md5=abc"), 400, "malformed_request");
        assert_eq!(count(&app, &d.id), 0);
        settled(&app);
        assert!(kept(&app).is_empty(), "{:?}", kept(&app));
    }

    fn what_is_too_large_is_refused_without_being_sent(app, Options::with(&[("RATE_LIMIT", "off"), ("FILE_LIMIT_MIB", "1")])) {
        let d = app.take_in("thd");
        let token = app.token("tiepnhan");
        let address = app.base.trim_start_matches("http://").to_owned();
        let head = |length: &str| format!(
            "POST /api/v1/dossiers/{}/components/to_khai/files HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n{length}\r\n\r\n", d.id);
        // Announced: two gigabytes, of which not one byte is sent.
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(head("Content-Length: 2147483648").as_bytes()).unwrap();
        let mut answer = [0; 512];
        let n = stream.read(&mut answer).unwrap();
        assert!(answer[..n].starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer[..n]));
        // Not announced: it ends where the limit is.
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(head("Transfer-Encoding: chunked").as_bytes()).unwrap();
        let bytes = long_pdf("lớn", 2 << 20);
        for piece in bytes.chunks(64 << 10) {
            let sent = write!(stream, "{:x}\r\n", piece.len()).and_then(|()| stream.write_all(piece)).and_then(|()| stream.write_all(b"\r\n"));
            if sent.is_err() {
                break;
            }
        }
        // Who goes on sending to one who has hung up may be cut off before the answer is read.
        if let Ok(n @ 1..) = stream.read(&mut answer) {
            assert!(answer[..n].starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer[..n]));
        }
        // One byte over is over.
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(head("Content-Length: 1048577").as_bytes()).unwrap();
        let n = stream.read(&mut answer).unwrap();
        assert!(answer[..n].starts_with(b"HTTP/1.1 413"), "{}", String::from_utf8_lossy(&answer[..n]));
        app.send_file("tiepnhan", &d.id, "a.pdf", long_pdf("vừa", 900 << 10)).expect(201);
        assert_eq!(count(&app, &d.id), 1);
        settled(&app);
        assert_eq!(kept(&app).len(), 1);
    }

    fn a_connection_that_is_cut_leaves_nothing(app) {
        let d = app.take_in("thd");
        let token = app.token("tiepnhan");
        let address = app.base.trim_start_matches("http://").to_owned();
        let bytes = long_pdf("đứt", 3 << 20);
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "POST /api/v1/dossiers/{}/components/to_khai/files HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
            Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Length: {}\r\n\r\n", d.id, bytes.len()).unwrap();
        stream.write_all(&bytes[..2 << 20]).unwrap();
        let incoming = app.database.folder.join("files/incoming");
        let begun = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            !below(&incoming).is_empty()
        });
        assert!(begun, "it had begun");
        drop(stream);
        settled(&app);
        assert!(kept(&app).is_empty());
        assert_eq!(count(&app, &d.id), 0);
        // Sent again it is taken.
        app.send_file("tiepnhan", &d.id, "a.pdf", bytes).expect(201);
    }

    fn files_are_seen_and_added_where_the_dossier_is(app) {
        let d = app.take_in("thd");
        let made = app.send_file("thuly.thd", &d.id, "a.pdf", pdf("x")).expect(201);
        for who in ["thanhtra", "giamdoc", "lanhdao.thd", "thungan", "traketqua"] {
            refused(&app.send_file(who, &d.id, "b.pdf", pdf("y")), 403, "role_not_allowed");
            assert_eq!(files(&app, who, &d.id)["may_add"], false, "{who}");
        }
        refused(&app.send_file("thuly.cn", &d.id, "b.pdf", pdf("y")), 404, "not_found");
        refused(&app.get("thuly.cn", &format!("/api/v1/dossiers/{}/files", d.id)), 404, "not_found");
        let content = format!("/api/v1/dossiers/{}/files/{}/content", d.id, made["id"].as_str().unwrap());
        refused(&app.get("thuly.cn", &content), 404, "not_found");
        refused(&app.get("thungan", &content), 403, "role_not_allowed");
        // A file of another dossier is none of this one's.
        let other = app.take_in("thd");
        let crossed = format!("/api/v1/dossiers/{}/files/{}/content", other.id, made["id"].as_str().unwrap());
        refused(&app.get("thuly.thd", &crossed), 404, "not_found");
        // There is no such paper.
        let none = app.send(app.file_for("tiepnhan", (&d.id, "khong_co"), ("application/pdf", "a.pdf"), pdf("x")));
        refused(&none, 404, "not_found");
    }

    fn a_dossier_that_has_ended_takes_no_files(app) {
        let d = app.journey("thd", Station::Returned);
        refused(&app.send_file("tiepnhan", &d.id, "a.pdf", pdf("x")), 409, "dossier_takes_no_files");
        assert_eq!(files(&app, "tiepnhan", &d.id)["may_add"], false);
    }

    fn a_disposed_dossier_lets_its_files_go(app) {
        let mut d = app.journey("thd", Station::Processing);
        let bytes = pdf("hết hạn lưu");
        let made = app.send_file("tiepnhan", &d.id, "Giấy khai sinh.pdf", bytes).expect(201);
        app.act("tiepnhan", &mut d, "withdrawals", &motcua_tests::dossier::body_of("withdrawals"));
        app.act("lanhdao.thd", &mut d, "withdrawals", &motcua_tests::dossier::body_of("withdrawals"));
        let rule = json!({ "scope": "*", "years": 0, "source": "Quyết định số 12/QĐ-UBND" });
        app.send(app.as_person("admin", Method::PUT, "/api/v1/retention-rules").json(&rule)).expect(200);
        app.at("2028-01-04T09:00:00+07:00");
        let list = app.post("admin", "/api/v1/disposal-lists", &json!({})).expect(201);
        let path = format!("/api/v1/disposal-lists/{}/approvals", list["list"]["id"].as_str().unwrap());
        app.post("giamdoc", &path, &json!({})).expect(201);
        app.post("lanhdao.thd", &path, &json!({})).expect(201);
        let now = files(&app, "giamdoc", &d.id);
        assert_eq!((&now["items"][0]["disposed"], &now["items"][0]["name"]), (&json!(true), &json!("")));
        let content = format!("/api/v1/dossiers/{}/files/{}/content", d.id, made["id"].as_str().unwrap());
        refused(&app.get("thanhtra", &content), 410, "file_disposed");
        assert!(app.verify().is_empty());
    }

    fn a_file_changed_behind_the_programs_back_is_a_finding(app) {
        let d = app.take_in("thd");
        app.send_file("tiepnhan", &d.id, "a.pdf", pdf("x")).expect(201);
        assert!(app.verify().is_empty());
        app.database.execute("UPDATE dossier_files SET component_id = 'khac'");
        assert_eq!(app.verify()[0]["code"], "file_row_altered");
        app.database.execute("UPDATE dossier_files SET component_id = 'to_khai', name = 'b.pdf'");
        assert_eq!(app.verify()[0]["code"], "file_row_altered");
        app.database.execute("DELETE FROM dossier_files");
        let codes: Vec<Value> = app.verify().iter().map(|f| f["code"].clone()).collect();
        assert_eq!(codes, ["file_row_missing", "file_unexplained"]);
    }
}

fn scanned(kind: Kind) {
    let scanner = FakeScanner::start();
    let address: &'static str = Box::leak(scanner.address.clone().into_boxed_str());
    let settings: &'static [(&str, &str)] =
        Box::leak(Box::new([("RATE_LIMIT", "off"), ("FILE_SCANNER", address)]));
    let app = App::start(kind, &Options::with(settings));
    let d = app.take_in("thd");
    let bytes = long_pdf("sạch", 200_000);
    let made = app
        .send_file("tiepnhan", &d.id, "a.pdf", bytes.clone())
        .expect(201);
    assert_eq!(made["scan"], "clean");
    assert_eq!(scanner.seen(), [bytes.len()], "every byte was sent to it");
    let bad = pdf_with(&format!("% {}\n", eicar()));
    let answer = app.send_file("tiepnhan", &d.id, "b.pdf", bad);
    assert_eq!(
        answer.refused(422, "file_infected")["found"],
        "Motcua.Test.EICAR"
    );
    assert_eq!(count(&app, &d.id), 1);
    settled(&app);
    assert_eq!(kept(&app).len(), 1);
}

#[test]
fn what_the_scanner_finds_is_not_kept() {
    for kind in Kind::BOTH {
        scanned(kind);
    }
}

#[test]
fn without_its_scanner_a_centre_takes_no_files_unless_it_says_so() {
    // Nobody listens on the port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address: &'static str =
        Box::leak(listener.local_addr().unwrap().to_string().into_boxed_str());
    drop(listener);
    for (required, status) in [("on", 503), ("off", 201)] {
        let settings: &'static [(&str, &str)] = Box::leak(Box::new([
            ("RATE_LIMIT", "off"),
            ("FILE_SCANNER", address),
            ("FILE_SCANNER_REQUIRED", required),
        ]));
        let app = App::start(Kind::Sqlite, &Options::with(settings));
        let d = app.take_in("thd");
        let sent = app
            .file_for(
                "tiepnhan",
                (&d.id, "to_khai"),
                ("application/pdf", "a.pdf"),
                pdf("x"),
            )
            .send()
            .unwrap();
        assert_eq!(sent.status(), status);
        if status == 503 {
            assert!(sent.headers().contains_key("retry-after"));
            assert_eq!(sent.json::<Value>().unwrap()["code"], "scanner_unreachable");
        } else {
            assert_eq!(sent.json::<Value>().unwrap()["scan"], "unchecked");
        }
    }
}

/// A server that keeps its files in this bucket.
fn in_bucket(kind: Kind, bucket: &FakeBucket) -> App {
    let mut settings = vec![("RATE_LIMIT", "off")];
    for (name, value) in bucket.settings() {
        settings.push((name, Box::leak(value.to_owned().into_boxed_str())));
    }
    App::start(kind, &Options::with(&settings))
}

#[test]
fn a_bucket_keeps_files_as_the_folder_does() {
    for kind in Kind::BOTH {
        let bucket = FakeBucket::start();
        let app = in_bucket(kind, &bucket);
        let d = app.take_in("thd");
        // One in a piece, one in several.
        for bytes in [pdf("trong kho"), long_pdf("nhiều phần", 9 << 20)] {
            let made = app
                .send_file("tiepnhan", &d.id, "a.pdf", bytes.clone())
                .expect(201);
            assert_eq!(bucket.get(&key_of(&sha256(&bytes))).unwrap(), bytes);
            let (headers, back) = fetched(&app, "thuly.thd", &d.id, &made);
            assert_eq!(back, bytes);
            assert_eq!(headers["content-length"], bytes.len().to_string().as_str());
            let again = app.send_file("tiepnhan", &d.id, "a.pdf", bytes).expect(200);
            assert_eq!(again["id"], made["id"]);
        }
        settled(&app);
        assert!(kept(&app).is_empty(), "nothing stays in the data folder");
        assert!(app.verify().is_empty());
    }
}

#[test]
fn a_bucket_out_of_reach_takes_nothing_and_says_when_to_try_again() {
    let bucket = FakeBucket::start();
    let app = in_bucket(Kind::Sqlite, &bucket);
    let d = app.take_in("thd");
    drop(bucket);
    let kind = ("application/pdf", "a.pdf");
    let sent = app
        .file_for("tiepnhan", (&d.id, "to_khai"), kind, pdf("x"))
        .send()
        .unwrap();
    assert_eq!(sent.status(), 503);
    assert!(sent.headers().contains_key("retry-after"));
    assert_eq!(count(&app, &d.id), 0);
    settled(&app);
}
