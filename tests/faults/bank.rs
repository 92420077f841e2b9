//! A bank that tells late, twice, out of order, and goes on telling until it is answered, while the
//! program is killed again and again: each movement is kept once, and the ledger is the bank's book.
//!
//! Some 5,000 messages and three kills on each database; 100,000 and twenty with `MOTCUA_PROVE=1`.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use diesel::dsl::count_star;
use diesel::prelude::*;
use motcua_gateway::bank::WebhookSecret;
use motcua_store::schema::{
    bank_notifications, bank_transactions, ledger_postings, payment_requests,
};
use motcua_tests::{Database, Kind};
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::program::{self, Program, Reply, Thrown, intake};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SETTINGS: [(&str, &str); 1] = [("MOTCUA_BANK_WEBHOOK_SECRETS", SECRET)];
/// What each dossier owes.
const OWED: i64 = 100_000;
/// Banks have more than one line.
const SENDERS: usize = 4;

struct Size {
    movements: u64,
    dossiers: usize,
    kills: usize,
}

fn size() -> Size {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => Size {
            movements: 50_000,
            dossiers: 200,
            kills: 20,
        },
        _ => Size {
            movements: 2_500,
            dossiers: 20,
            kills: 3,
        },
    }
}

fn post_at(
    client: &Client,
    program: &Program,
    token: &str,
    path: &str,
    version: &Value,
    body: &Value,
) {
    let answer = client
        .post(format!("{}{path}", program.base))
        .bearer_auth(token)
        .header("if-match", format!("\"v{version}\""))
        .json(body)
        .send()
        .unwrap();
    assert_eq!(answer.status(), 201, "{path}");
}

/// What is asked of a payer: one of each dossier.
fn asked(client: &Client, program: &Program, count: usize) -> Vec<Value> {
    let (desk, till) = (program.sign_in("tiepnhan"), program.sign_in("thungan"));
    let body = intake(program, &desk);
    let stated = json!({ "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": OWED, "source": "Nghị quyết 15" }] });
    (0..count)
        .map(|_| {
            let Reply::Answer(201, made) =
                program::post(&program.base, &desk, None, "/api/v1/dossiers", &body)
            else {
                panic!("no dossier can be taken in");
            };
            let id = made["id"].as_str().unwrap();
            let path = format!("/api/v1/dossiers/{id}/assessments");
            post_at(client, program, &desk, &path, &made["version"], &stated);
            let wanted = json!({ "dossier_id": id });
            match program::post(
                &program.base,
                &till,
                None,
                "/api/v1/payment-requests",
                &wanted,
            ) {
                Reply::Answer(201, request) => request,
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

/// A message on its way: its id and its body.
type Message = (String, String);

/// The bank's book, by its own names, and what it tells of it: each movement once to three times, in
/// any order, but one in fifteen never: that stands in its statement alone. One in ten names nobody's reference; one in twenty came to an account nobody knows.
fn book(
    requests: &[Value],
    movements: u64,
    thrown: &mut Thrown,
) -> (BTreeMap<String, i64>, Vec<Message>, String) {
    let mut known = BTreeMap::new();
    let mut sheet = String::from("Ngay,Ma,Co,Noi dung\n");
    let mut messages = Vec::new();
    for n in 0..movements {
        let of = usize::try_from(thrown.below(requests.len() as u64)).unwrap();
        let request = &requests[of];
        let name = format!("FT{n:06}");
        let amount = i64::try_from(thrown.below(3_000) + 1).unwrap();
        let stray = thrown.below(20) == 0;
        let text = match thrown.below(10) {
            0 => "nop le phi".to_owned(),
            _ => format!("ct {} tu 0071", request["reference"].as_str().unwrap()),
        };
        let body = json!({
            "transaction_id": name,
            "bank_bin": request["payee"]["bank_bin"],
            "account_number": if stray { json!("0000000000") } else { request["payee"]["account_number"].clone() },
            "amount_vnd": amount, "currency": "VND", "description": text,
            "booked_at": "2026-03-02T09:00:00+07:00",
        })
        .to_string();
        let told = stray || thrown.below(15) > 0;
        if !stray {
            sheet.push_str(&format!("02/03/2026 09:00:00,{name},{amount},{text}\n"));
            known.insert(name, amount);
        }
        if !told {
            continue;
        }
        for time in 0..=thrown.below(3) {
            // Told anew under another id, or the same message sent again.
            let id = match time {
                0 | 1 => format!("m{n}"),
                _ => format!("m{n}-{time}"),
            };
            messages.push((id, body.clone()));
        }
    }
    thrown.shuffle(&mut messages);
    (known, messages, sheet)
}

/// Sends until every message was answered; whatever was not goes out again.
#[allow(
    clippy::disallowed_methods,
    reason = "no legal computation: a bank has a clock of its own"
)]
fn send(
    client: &Client,
    base: &Mutex<String>,
    waiting: &Mutex<VecDeque<Message>>,
    answered: &AtomicUsize,
    all: usize,
) {
    let secret = WebhookSecret::parse(SECRET).unwrap();
    while answered.load(Ordering::Relaxed) < all {
        let Some((id, body)) = waiting.lock().unwrap().pop_front() else {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        let at = Utc::now().timestamp();
        let address = base.lock().unwrap().clone();
        let sent = client
            .post(format!("{address}/api/v1/bank-notifications/webhook"))
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", secret.sign(&id, at, body.as_bytes()))
            .body(body.clone())
            .send()
            .map(|answer| answer.status().as_u16());
        match sent {
            Ok(202) => {
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(503) | Err(_) => {
                waiting.lock().unwrap().push_back((id, body));
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(status) => panic!("{status} to {id}"),
        }
    }
}

fn until_nothing_is_left(database: &Database) {
    let begun = Instant::now();
    loop {
        let left: i64 = bank_notifications::table
            .filter(bank_notifications::state.eq("stored"))
            .select(count_star())
            .get_result(&mut database.open())
            .unwrap();
        if left == 0 {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(600),
            "{left} are left"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The bank's statement is brought in, and the program killed while it goes through it.
fn bring_in(client: &Client, program: &mut Program, database: &Database, sheet: &str) {
    let till = program.sign_in("thungan");
    let get = |program: &Program, path: &str| -> Value {
        let answer = client
            .get(format!("{}{path}", program.base))
            .bearer_auth(&till)
            .send()
            .unwrap();
        answer.json().unwrap()
    };
    let accounts = get(program, "/api/v1/collection-accounts?limit=100");
    let requests = get(program, "/api/v1/payment-requests?limit=1");
    let ward = &requests["items"][0]["authority_id"];
    let of = accounts["items"].as_array().unwrap().iter();
    let account = of.into_iter().find(|a| a["authority_id"] == *ward).unwrap();
    let columns = json!({ "bank_bin": account["bank_bin"], "columns": {
        "booked_on": "Ngay", "dates": "dmy", "credit": "Co", "reference": "Ma", "description": "Noi dung",
    } });
    let path = "/api/v1/statement-columns";
    let named = program::post(&program.base, &till, None, path, &columns);
    assert!(matches!(named, Reply::Answer(201, _)), "{named:?}");
    let file = json!({
        "account_id": account["id"], "format": "csv", "file_name": "so-phu.csv", "file": STANDARD.encode(sheet),
    });
    let brought = program::post(&program.base, &till, None, "/api/v1/bank-statements", &file);
    let Reply::Answer(201, brought) = brought else {
        panic!("{brought:?}");
    };
    let path = format!(
        "/api/v1/bank-statements/{}",
        brought["id"].as_str().unwrap()
    );
    let begun = Instant::now();
    while get(program, &path)["lines_done"] == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "it is not begun");
        std::thread::sleep(Duration::from_millis(1));
    }
    program.kill();
    *program = Program::start_with(database, &SETTINGS);
    while get(program, &path)["state"] != "done" {
        assert!(
            begun.elapsed() < Duration::from_secs(600),
            "it is not gone through"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    let counts = get(program, &path)["counts"].clone();
    let of = |class: &str| {
        let all = counts.as_array().unwrap().iter();
        all.filter(|c| c["class"] == class)
            .map(|c| c["lines"].as_i64().unwrap())
            .sum::<i64>()
    };
    assert_eq!(
        of("known") + of("new"),
        brought["lines_total"].as_i64().unwrap(),
        "{counts}"
    );
    let missing = get(program, &format!("{path}/missing"));
    assert_eq!(
        missing["items"],
        json!([]),
        "everything that was told stands in the statement"
    );
}

fn the_ledger_is_the_banks_book(kind: Kind) {
    let size = size();
    let database = Database::demo(kind);
    let client = Client::builder()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let mut program = Program::start_with(&database, &SETTINGS);
    let requests = asked(&client, &program, size.dossiers);
    let (known, messages, sheet) = book(&requests, size.movements, &mut Thrown(20_261_129));
    let all = messages.len();
    let base = Mutex::new(program.base.clone());
    let waiting = Mutex::new(VecDeque::from(messages));
    let answered = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| send(&client, &base, &waiting, &answered, all));
        }
        for kill in 1..=size.kills {
            while answered.load(Ordering::Relaxed) < all * kill / (size.kills + 1) {
                std::thread::sleep(Duration::from_millis(3));
            }
            program.kill();
            program = Program::start_with(&database, &SETTINGS);
            base.lock().unwrap().clone_from(&program.base);
        }
    });
    until_nothing_is_left(&database);
    bring_in(&client, &mut program, &database, &sheet);
    drop(program);
    assert_eq!(program::verify(&database), (0, String::new()));

    let mut db = database.open();
    let kept: Vec<(String, i64, Option<String>)> = bank_transactions::table
        .select((
            bank_transactions::bank_reference,
            bank_transactions::amount_vnd,
            bank_transactions::request_id,
        ))
        .load(&mut db)
        .unwrap();
    assert_eq!(kept.len(), known.len(), "each movement once");
    assert!(kept.iter().all(|(name, amount, _)| known[name] == *amount));
    let postings: Vec<i64> = ledger_postings::table
        .filter(ledger_postings::account.eq("bank"))
        .select(ledger_postings::amount_vnd)
        .load(&mut db)
        .unwrap();
    assert_eq!(postings.iter().sum::<i64>(), known.values().sum::<i64>());
    let mut came: BTreeMap<String, i64> = BTreeMap::new();
    for (_, amount, request) in &kept {
        if let Some(request) = request {
            *came.entry(request.clone()).or_default() += amount;
        }
    }
    let asked: Vec<(String, String, i64)> = payment_requests::table
        .select((
            payment_requests::id,
            payment_requests::state,
            payment_requests::received_vnd,
        ))
        .load(&mut db)
        .unwrap();
    assert_eq!(asked.len(), size.dossiers);
    for (id, state, received) in asked {
        let sum = came.get(&id).copied().unwrap_or(0);
        let expected = match sum - OWED {
            ..0 => "partly_paid",
            0 => "paid",
            1.. => "overpaid",
        };
        assert_eq!((state.as_str(), received), (expected, sum), "{id}");
    }
}

#[test]
fn the_ledger_is_the_banks_book_whatever_happens_on_sqlite() {
    the_ledger_is_the_banks_book(Kind::Sqlite);
}

#[test]
fn the_ledger_is_the_banks_book_whatever_happens_on_postgres() {
    the_ledger_is_the_banks_book(Kind::Postgres);
}
