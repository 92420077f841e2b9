//! Statements of banks, held against what is known (DOMAIN §7.3).

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use motcua_tests::{Answer, App, Dossier, Options, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const STATEMENTS: &str = "/api/v1/bank-statements";
const BIN: &str = "970418";

fn with_bank() -> Options {
    Options {
        settings: vec![("RATE_LIMIT", "off")],
        ..Options::default()
    }
}

fn columns() -> Value {
    json!({
        "bank_bin": BIN,
        "columns": {
            "booked_on": "Ngày giao dịch", "dates": "dmy", "credit": "Ghi có", "debit": "Ghi nợ",
            "reference": "Số bút toán", "description": "Nội dung", "payer_name": "Người chuyển",
        },
    })
}

const HEAD: &str =
    "NGÂN HÀNG THỬ NGHIỆM\n\nNgày giao dịch,Số bút toán,Ghi nợ,Ghi có,Nội dung,Người chuyển\n";

fn account(app: &App) -> Value {
    let all = app
        .get("thungan", "/api/v1/collection-accounts?limit=100")
        .expect(200);
    let thd = app.authority("thd");
    all["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["authority_id"] == json!(thd) && a["state"] == "collecting")
        .unwrap()
        .clone()
}

fn bring_file(app: &App, who: &str, format: &str, file: &[u8]) -> Answer {
    let body = json!({
        "account_id": account(app)["id"], "format": format, "file_name": "sao-ke.csv", "file": STANDARD.encode(file),
    });
    app.post(who, STATEMENTS, &body)
}

fn bring(app: &App, rows: &str) -> Answer {
    bring_file(app, "thungan", "csv", format!("{HEAD}{rows}").as_bytes())
}

/// A statement once it has been gone through.
fn gone_through(app: &App, of: &Value) -> Value {
    let path = format!("{STATEMENTS}/{}", of["id"].as_str().unwrap());
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let now = app.get("thungan", &path).expect(200);
        if now["state"] == "done" {
            return now;
        }
        assert!(Instant::now() < until, "it is not gone through: {now}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn classes(of: &Value) -> Vec<(String, i64)> {
    of["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            (
                c["class"].as_str().unwrap().to_owned(),
                c["lines"].as_i64().unwrap(),
            )
        })
        .collect()
}

fn lines(app: &App, of: &Value, class: &str) -> Vec<Value> {
    let path = format!(
        "{STATEMENTS}/{}/lines?class={class}",
        of["id"].as_str().unwrap()
    );
    app.get("thanhtra", &path).expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

/// A dossier that owes, and what is asked of its payer.
fn asked(app: &App) -> (Dossier, Value) {
    let mut d = app.take_in("thd");
    let stated = json!({ "stated": [{
        "line_id": "le_phi_ho_tich", "amount_vnd": 8_000, "source": "Nghị quyết 15/2025/NQ-HĐND, Điều 3",
    }] });
    app.act("tiepnhan", &mut d, "assessments", &stated);
    let request = app.post(
        "thungan",
        "/api/v1/payment-requests",
        &json!({ "dossier_id": d.id }),
    );
    let request = request.expect(201);
    (d, request)
}

/// The simulated bank tells of a transfer.
fn told(app: &App, request: &Value, amount_vnd: i64) {
    let body = json!({
        "bank_bin": request["payee"]["bank_bin"], "account_number": request["payee"]["account_number"],
        "amount_vnd": amount_vnd, "description": request["reference"],
    });
    app.post("thungan", "/api/v1/demo/bank-transfers", &body)
        .expect(202);
}

fn transactions(app: &App) -> Vec<Value> {
    app.get("thungan", "/api/v1/bank-transactions?limit=100")
        .expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

fn until_it_came(app: &App, count: usize) {
    let until = Instant::now() + Duration::from_secs(20);
    while transactions(app).len() < count {
        assert!(Instant::now() < until, "nothing came");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn payment_state(app: &App, d: &Dossier) -> Value {
    app.get("thungan", &format!("/api/v1/dossiers/{}/fees", d.id))
        .expect(200)["payment_state"]
        .clone()
}

fn sound(app: &App) {
    assert_eq!(app.verify(), Vec::<Value>::new());
}

on_both! {
    fn money_that_no_notification_told_of_pays_when_the_statement_comes(app, with_bank()) {
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        let (d, request) = asked(&app);
        let reference = request["reference"].as_str().unwrap();
        let rows = format!(
            "02/03/2026 08:01:00,FT1,,\"8,000\",{reference} nop phi,TRAN VAN BINH\n\
             02/03/2026,FT2,,5.000,khong ro cua ai,LE THI C\n\
             02/03/2026,FT3,1.100,,Phi chuyen tien,\n\
             Cộng,,1.100,13.000,,\n"
        );
        let brought = bring(&app, &rows).expect(201);
        assert_eq!((&brought["lines_total"], &brought["came_vnd"], &brought["went_vnd"]), (&json!(4), &json!(13_000), &json!(1_100)));
        let done = gone_through(&app, &brought);
        let expected = [("new", 2), ("outgoing", 1), ("unreadable", 1)].map(|(c, n)| (c.to_owned(), n));
        assert_eq!(classes(&done), expected);
        assert_eq!(payment_state(&app, &d), "paid");
        let given = app.get("thungan", &format!("/api/v1/receipts?dossier_id={}", d.id)).expect(200);
        assert_eq!(given["items"].as_array().unwrap().len(), 1);
        // What nobody knows whose it is waits for a person, as ever.
        let lost = app.get("thungan", "/api/v1/bank-transactions?state=unmatched").expect(200);
        assert_eq!((&lost["items"][0]["bank_reference"], &lost["items"][0]["payer_name"]), (&json!("FT2"), &json!("LE THI C")));
        let bad = lines(&app, &done, "unreadable");
        assert_eq!((&bad[0]["ord"], &bad[0]["why"]), (&json!(4), &json!("date_unreadable")));
        assert!(bad[0]["description"].as_str().unwrap().contains("Cộng"));
        assert_eq!(lines(&app, &done, "outgoing")[0]["amount_vnd"], -1_100);
        sound(&app);
    }

    fn the_same_statement_again_changes_nothing(app, with_bank()) {
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        let rows = "02/03/2026,FT1,,5.000,a,\n02/03/2026,FT2,,6.000,b,\n";
        let first = bring(&app, rows).expect(201);
        gone_through(&app, &first);
        let again = bring(&app, rows).expect(200);
        assert_eq!((&again["id"], &again["lines_done"]), (&first["id"], &json!(2)));
        // Another file with the same movements knows them.
        let longer = bring(&app, &format!("{rows}03/03/2026,FT3,,7.000,c,\n")).expect(201);
        let done = gone_through(&app, &longer);
        assert_eq!(classes(&done), [("known".to_owned(), 2), ("new".to_owned(), 1)]);
        assert_eq!(transactions(&app).len(), 3);
        let list = app.get("thungan", STATEMENTS).expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 2);
        sound(&app);
    }

    fn what_was_told_is_known_with_its_amount_or_differs_and_what_lacks_is_listed(app, with_bank()) {
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        let (_, first) = asked(&app);
        let (_, second) = asked(&app);
        let (_, third) = asked(&app);
        for request in [&first, &second, &third] {
            told(&app, request, 8_000);
        }
        until_it_came(&app, 3);
        let name = |request: &Value| {
            let money = transactions(&app).into_iter().find(|t| t["payment_request_id"] == request["id"]).unwrap();
            money["bank_reference"].as_str().unwrap().to_owned()
        };
        let rows = format!("02/03/2026,{},,8.000,a,\n02/03/2026,{},,80.000,b,\n", name(&first), name(&second));
        let done = gone_through(&app, &bring(&app, &rows).expect(201));
        assert_eq!(classes(&done), [("differs".to_owned(), 1), ("known".to_owned(), 1)]);
        let path = format!("{STATEMENTS}/{}/missing", done["id"].as_str().unwrap());
        let lacking = app.get("giamdoc", &path).expect(200);
        let names: Vec<&str> = lacking["items"].as_array().unwrap().iter().map(|t| t["bank_reference"].as_str().unwrap()).collect();
        assert_eq!(names, [name(&third)]);
        // The amount that was told is not changed by a statement.
        assert!(transactions(&app).iter().all(|t| t["amount_vnd"] == 8_000));
        sound(&app);
    }

    fn money_that_went_back_is_known_by_the_banks_name_of_it(app, with_bank()) {
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        gone_through(&app, &bring(&app, "02/03/2026,FT1,,5.000,a,\n").expect(201));
        let lost = transactions(&app)[0].clone();
        let path = format!("/api/v1/bank-transactions/{}/refunds", lost["id"].as_str().unwrap());
        let refund = app.post_at("thungan", &path, lost["version"].as_i64().unwrap(), &json!({
            "reason": "Chuyển nhầm", "to_name": "LE THI C", "to_bank": "BIDV", "to_account": "0987",
        })).expect(201);
        let step = |what: &str, who: &str, version: i64, body: &Value| {
            app.post_at(who, &format!("/api/v1/refunds/{}/{what}", refund["id"].as_str().unwrap()), version, body).expect(201)
        };
        step("approvals", "lanhdao.thd", 1, &json!({}));
        step("payouts", "thungan", 2, &json!({ "bank_reference": "FT9" }));
        let done = gone_through(&app, &bring(&app, "02/03/2026,FT1,,5.000,a,\n02/03/2026,FT9,5.000,,b,\n02/03/2026,FT8,5.000,,b,\n").expect(201));
        let expected = [("known", 1), ("outgoing", 1), ("refund", 1)].map(|(c, n)| (c.to_owned(), n));
        assert_eq!(classes(&done), expected);
        assert_eq!(lines(&app, &done, "refund")[0]["refund_id"], refund["id"]);
        sound(&app);
    }

    fn camt_053_is_read_too(app, with_bank()) {
        let (d, request) = asked(&app);
        let number = account(&app)["account_number"].as_str().unwrap().to_owned();
        let statement = |number: &str| format!(
            r#"<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
            <Acct><Id><Othr><Id>{number}</Id></Othr></Id></Acct>
            <Ntry><Amt Ccy="VND">8000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><DtTm>2026-03-02T08:00:00</DtTm></BookgDt>
            <AcctSvcrRef>FT77</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            <Ntry><Amt Ccy="USD">1.00</Amt></Ntry></Stmt></BkToCstmrStmt></Document>"#,
            request["reference"].as_str().unwrap()
        );
        let done = gone_through(&app, &bring_file(&app, "thungan", "camt053", statement(&number).as_bytes()).expect(201));
        assert_eq!(classes(&done), [("new".to_owned(), 1), ("unreadable".to_owned(), 1)]);
        assert_eq!(payment_state(&app, &d), "paid");
        bring_file(&app, "thungan", "camt053", statement("1").as_bytes()).refused(422, "statement_of_another_account");
        bring_file(&app, "thungan", "camt053", b"<a/>").refused(422, "statement_unreadable");
        sound(&app);
    }

    fn what_cannot_be_a_statement_is_refused_and_leaves_nothing(app, with_bank()) {
        bring(&app, "").refused(409, "no_statement_columns");
        for who in ["lanhdao.thd", "tiepnhan", "thanhtra", "admin"] {
            app.post(who, "/api/v1/statement-columns", &columns()).expect(403);
            bring_file(&app, who, "csv", b"x").expect(403);
        }
        let mut wrong = columns();
        wrong["bank_bin"] = json!("123456");
        app.post("thungan", "/api/v1/statement-columns", &wrong).invalid("/bank_bin", "bank_bin_invalid");
        let mut twice = columns();
        twice["columns"]["debit"] = json!("ghi có");
        app.post("thungan", "/api/v1/statement-columns", &twice).invalid("/columns/debit", "column_twice");
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        let kept = app.get("thanhtra", &format!("/api/v1/statement-columns/{BIN}")).expect(200);
        assert_eq!(kept["columns"]["reference"], "Số bút toán");
        app.get("thungan", "/api/v1/statement-columns/970436").expect(404);
        bring(&app, "").refused(422, "statement_empty");
        let missing = bring_file(&app, "thungan", "csv", "Ngày giao dịch,Ghi có\n1,2\n".as_bytes()).refused(422, "statement_columns");
        assert!(missing["errors"].as_array().unwrap().iter().any(|e| e["pointer"] == "/columns/reference"));
        bring_file(&app, "thungan", "csv", b"Ng\xe0y,\xff\n").refused(422, "statement_encoding");
        let body = json!({ "account_id": account(&app)["id"], "format": "csv", "file_name": "a.csv", "file": "%%" });
        app.post("thungan", STATEMENTS, &body).invalid("/file", "base64_invalid");
        let elsewhere = json!({ "account_id": app.authority("thd"), "format": "csv", "file_name": "a.csv", "file": "" });
        app.post("thungan", STATEMENTS, &elsewhere).expect(404);
        let list = app.get("thungan", STATEMENTS).expect(200);
        assert_eq!(list["items"], json!([]));
        assert!(transactions(&app).is_empty());
        // What cannot be read in a file that can is listed, and the rest counts.
        let rows = "02/03/2026,FT1,,-5,a,\n02/03/2026,FT2,,\"1,5\",a,\n02/03/2026,FT3,,99999999999999,a,\n31/02/2026,FT4,,5.000,a,\n02/03/2026,,,5.000,a,\n02/03/2026,FT6,,5.000,a,\n";
        let done = gone_through(&app, &bring(&app, rows).expect(201));
        let expected = [("new", 1), ("outgoing", 1), ("unreadable", 4)].map(|(c, n)| (c.to_owned(), n));
        assert_eq!(classes(&done), expected);
        let why: Vec<Value> = lines(&app, &done, "unreadable").iter().map(|l| l["why"].clone()).collect();
        assert_eq!(why, [json!("amount_fractional"), json!("amount_out_of_range"), json!("date_unreadable"), json!("reference_unreadable")]);
        sound(&app);
    }

    fn lines_are_read_page_by_page(app, with_bank()) {
        app.post("thungan", "/api/v1/statement-columns", &columns()).expect(201);
        let rows: String = (0..1_203).map(|n| format!("02/03/2026,FT{n},,5.000,a,\n")).collect();
        let done = gone_through(&app, &bring(&app, &rows).expect(201));
        assert_eq!(done["lines_done"], 1_203);
        let mut seen = 0;
        let mut path = Some(format!("{STATEMENTS}/{}/lines?limit=100", done["id"].as_str().unwrap()));
        while let Some(at) = path {
            let page = app.send(app.as_person("thungan", Method::GET, &at)).expect(200);
            for line in page["items"].as_array().unwrap() {
                seen += 1;
                assert_eq!(line["ord"], seen);
            }
            path = page["next"].as_str().map(|cursor| {
                format!("{STATEMENTS}/{}/lines?limit=100&cursor={cursor}", done["id"].as_str().unwrap())
            });
        }
        assert_eq!(seen, 1_203);
        sound(&app);
    }
}
