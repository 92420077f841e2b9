//! Whatever cashiers, leaders and the bank do to a few dossiers at once, in whatever order, and however
//! often the program is killed meanwhile: debits equal credits, receipts have no gap, nothing is owed less
//! than nothing, and no request is paid twice.
//!
//! 300 steps that were taken, besides those refused, and three kills on each database; 10,000 and twenty with
//! `MOTCUA_PROVE=1`.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use motcua_gateway::bank::PlatformMessage;
use motcua_store::schema::{ledger_entries, ledger_postings, receipts};
use motcua_tests::{Database, Kind};
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::program::{self, Program, Reply, Thrown, intake};

const PARTNER: &str = "MOTCUA-BD";
const PLATFORM_SECRET: &str = "bi-mat-cua-doi-tac-thu";
const SETTINGS: [(&str, &str); 2] = [
    ("MOTCUA_PAYMENT_PLATFORM_PARTNER", PARTNER),
    ("MOTCUA_PAYMENT_PLATFORM_SECRET", PLATFORM_SECRET),
];
/// Few, so that many meet over each.
const DOSSIERS: usize = 30;
const WORKERS: u64 = 4;

struct Size {
    steps: usize,
    kills: usize,
}

fn size() -> Size {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => Size {
            steps: 10_000,
            kills: 20,
        },
        _ => Size {
            steps: 300,
            kills: 3,
        },
    }
}

/// Where the program is now, and with which tokens it is asked.
struct At {
    base: String,
    tokens: BTreeMap<&'static str, String>,
}

impl At {
    fn of(program: &Program) -> Self {
        let people = ["tiepnhan", "thungan", "lanhdao.thd", "giamdoc"];
        Self {
            base: program.base.clone(),
            tokens: people
                .into_iter()
                .map(|who| (who, program.sign_in(who)))
                .collect(),
        }
    }
}

/// Who does something: none of it must fail otherwise than by a refusal or because nobody answers.
struct Hand<'a> {
    client: Client,
    at: &'a Mutex<At>,
    thrown: Thrown,
    dossiers: &'a [String],
}

impl Hand<'_> {
    fn ask(
        &self,
        who: &str,
        method: Method,
        path: &str,
        body: Option<(&Value, Option<i64>)>,
    ) -> Option<Value> {
        let (base, token) = {
            let at = self.at.lock().unwrap();
            (at.base.clone(), at.tokens[who].clone())
        };
        let mut request = self
            .client
            .request(method, format!("{base}/api/v1{path}"))
            .bearer_auth(token);
        if let Some((body, version)) = body {
            request = request.json(body);
            if let Some(version) = version {
                request = request.header("if-match", format!("\"v{version}\""));
            }
        }
        let answer = request.send().ok()?;
        let status = answer.status().as_u16();
        let told: Value = answer.json().unwrap_or_default();
        assert!(status < 500 || status == 503, "{status} to {path}: {told}");
        if status < 300 {
            return Some(told);
        }
        assert!(
            [401, 404, 409, 412, 422, 429, 503].contains(&status),
            "{status} to {path}: {told}"
        );
        None
    }

    fn get(&self, who: &str, path: &str) -> Option<Value> {
        self.ask(who, Method::GET, path, None)
    }

    fn post(&self, who: &str, path: &str, version: Option<i64>, body: &Value) -> Option<Value> {
        self.ask(who, Method::POST, path, Some((body, version)))
    }

    fn any(&mut self, of: &Value) -> Option<Value> {
        let all = of["items"].as_array()?;
        let n = self.thrown.below(all.len().max(1) as u64);
        all.get(usize::try_from(n).ok()?).cloned()
    }

    fn dossier(&mut self) -> String {
        let n = usize::try_from(self.thrown.below(self.dossiers.len() as u64)).unwrap();
        self.dossiers[n].clone()
    }

    /// One step, whatever comes of it.
    fn step(&mut self) -> Option<()> {
        let id = self.dossier();
        match self.thrown.below(15) {
            0 => {
                let d = self.get("thungan", &format!("/dossiers/{id}"))?;
                let amount = (self.thrown.below(9) + 1) * 1_000;
                let stated = json!({ "stated": [{ "line_id": "le_phi_ho_tich", "amount_vnd": amount, "source": "Nghị quyết 15" }] });
                let who = ["tiepnhan", "thungan"][usize::try_from(self.thrown.below(2)).unwrap()];
                self.post(
                    who,
                    &format!("/dossiers/{id}/assessments"),
                    d["version"].as_i64(),
                    &stated,
                )?;
            }
            1 | 2 => {
                let d = self.get("thungan", &format!("/dossiers/{id}"))?;
                let method =
                    ["card", "transfer", "cash"][usize::try_from(self.thrown.below(3)).unwrap()];
                let reference = format!("FT{:06}", self.thrown.below(20));
                let paid =
                    json!({ "settlement": "paid", "method": method, "reference": reference });
                self.post(
                    "thungan",
                    &format!("/dossiers/{id}/payments"),
                    d["version"].as_i64(),
                    &paid,
                )?;
            }
            3 => {
                self.post(
                    "thungan",
                    "/payment-requests",
                    None,
                    &json!({ "dossier_id": id }),
                )?;
            }
            4 | 5 => {
                let asked = self.get("thungan", "/payment-requests?limit=20")?;
                let request = self.any(&asked)?;
                let owed = request["amount_vnd"].as_i64()?;
                let amount = match self.thrown.below(4) {
                    0 => owed,
                    1 => owed / 2 + 1,
                    2 => owed + 500,
                    _ => i64::try_from(self.thrown.below(9) + 1).unwrap() * 1_000,
                };
                let text = match self.thrown.below(4) {
                    0 => format!("FT{:06}", self.thrown.below(20)),
                    _ => request["reference"].as_str()?.to_owned(),
                };
                let told = json!({
                    "bank_bin": request["payee"]["bank_bin"], "account_number": request["payee"]["account_number"],
                    "amount_vnd": amount, "description": text,
                });
                self.post("thungan", "/demo/bank-transfers", None, &told)?;
                // The bank tells of it twice.
                if self.thrown.below(3) == 0 {
                    self.post("thungan", "/demo/bank-transfers", None, &told)?;
                }
            }
            6 => {
                self.post(
                    "thungan",
                    &format!("/dossiers/{id}/collection-voids"),
                    None,
                    &json!({ "reason": "Bấm nhầm" }),
                )?;
            }
            7 => {
                let asked = self.get("lanhdao.thd", "/collection-voids?limit=20")?;
                let one = self.any(&asked)?;
                let path = format!("/collection-voids/{}/approvals", one["id"].as_str()?);
                self.post("lanhdao.thd", &path, one["version"].as_i64(), &json!({}))?;
            }
            8 => self.refund()?,
            9 => self.place()?,
            12 => self.give_back()?,
            13 => self.pay_online()?,
            10 => {
                let given = self.get("thungan", "/receipts?limit=20")?;
                let one = self.any(&given)?;
                let path = format!("/receipts/{}/replacements", one["id"].as_str()?);
                let instead = json!({ "reason": "Sai tên", "payer_name": "Nguyễn Văn Án" });
                self.post("thungan", &path, one["version"].as_i64(), &instead)?;
            }
            _ => {
                let till = self.get("thungan", "/till")?;
                let seen = till["open"]["until_seq"].as_i64()?;
                let closing = json!({ "until_seq": seen, "card_vnd": 0, "cash_notes": [], "reason": "Không đếm" });
                self.post("thungan", "/till-closings", None, &closing)?;
            }
        }
        Some(())
    }

    fn refund(&mut self) -> Option<()> {
        let state = ["to_refund", "unmatched"][usize::try_from(self.thrown.below(2)).unwrap()];
        if let Some(money) = self
            .get(
                "thungan",
                &format!("/bank-transactions?state={state}&limit=20"),
            )
            .and_then(|all| self.any(&all))
        {
            let path = format!("/bank-transactions/{}/refunds", money["id"].as_str()?);
            let back = json!({ "reason": "x", "to_name": "A", "to_bank": "B", "to_account": "1" });
            self.post("thungan", &path, money["version"].as_i64(), &back);
        }
        let asked = self.get("giamdoc", "/refunds?limit=20")?;
        let one = self.any(&asked)?;
        let path = format!("/refunds/{}", one["id"].as_str()?);
        let version = one["version"].as_i64();
        match one["state"].as_str()? {
            "proposed" => {
                self.post("giamdoc", &format!("{path}/approvals"), version, &json!({}))?
            }
            _ => self.post(
                "thungan",
                &format!("{path}/payouts"),
                version,
                &json!({ "bank_reference": "FT9" }),
            )?,
        };
        Some(())
    }

    /// Some of what a receipt was given for is to go back.
    fn give_back(&mut self) -> Option<()> {
        let given = self.get("thungan", "/receipts?limit=100")?;
        let one = self.any(&given)?;
        let most = u64::try_from(one["amount_vnd"].as_i64()?).ok()?;
        let back = json!({
            "amount_vnd": self.thrown.below(most.max(1)) + 1,
            "reason": "x", "to_name": "A", "to_bank": "B", "to_account": "1",
        });
        let path = format!("/receipts/{}/refunds", one["id"].as_str()?);
        self.post("thungan", &path, one["version"].as_i64(), &back)?;
        Some(())
    }

    /// The payment platform says that what is asked was paid, or that it was not.
    fn pay_online(&mut self) -> Option<()> {
        let asked = self.get("thungan", "/payment-requests?limit=20")?;
        let request = self.any(&asked)?;
        let outcome = ["00", "00", "00", "24"][usize::try_from(self.thrown.below(4)).unwrap()];
        let told = PlatformMessage {
            ma_loi: outcome.into(),
            ma_doi_tac: PARTNER.into(),
            ma_tham_chieu: request["reference"].as_str()?.into(),
            so_tien: request["amount_vnd"].clone(),
            ma_tien_te: "VND".into(),
            ma_giao_dich: format!("PG{}", self.thrown.below(1_000)),
            ..PlatformMessage::default()
        };
        let signed = PlatformMessage {
            ma_xac_thuc: told.check_value(PLATFORM_SECRET)?,
            ..told
        };
        let body = serde_json::to_value(signed).unwrap();
        self.post("thungan", "/payment-platform/results", None, &body)?;
        Some(())
    }

    fn place(&mut self) -> Option<()> {
        if self.thrown.below(3) == 0 {
            let placed = self.get("giamdoc", "/bank-placements?limit=20")?;
            let one = self.any(&placed)?;
            let path = format!("/bank-placements/{}/reversals", one["id"].as_str()?);
            self.post(
                "giamdoc",
                &path,
                one["version"].as_i64(),
                &json!({ "reason": "Nhầm" }),
            )?;
            return Some(());
        }
        let free = self.get("thungan", "/bank-transactions?state=unmatched&limit=50")?;
        let money = self.any(&free)?;
        let path = format!("/bank-transactions/{}", money["id"].as_str()?);
        let may = self.get("thungan", &format!("{path}/placement-proposals"))?;
        let one = may.as_array()?.first()?["collection"]["id"].clone();
        let body = json!({ "collection_ids": [one] });
        self.post(
            "thungan",
            &format!("{path}/placements"),
            money["version"].as_i64(),
            &body,
        )?;
        Some(())
    }
}

fn whatever_is_done_to_money_the_books_are_right(kind: Kind) {
    let size = size();
    let database = Database::demo(kind);
    let client = || {
        Client::builder()
            .timeout(Duration::from_secs(30))
            .build()
            .unwrap()
    };
    let mut program = Program::start_with(&database, &SETTINGS);
    let desk = program.sign_in("tiepnhan");
    let body = intake(&program, &desk);
    let dossiers: Vec<String> = (0..DOSSIERS)
        .map(
            |_| match program::post(&program.base, &desk, None, "/api/v1/dossiers", &body) {
                Reply::Answer(201, made) => made["id"].as_str().unwrap().to_owned(),
                other => panic!("{other:?}"),
            },
        )
        .collect();
    let at = Mutex::new(At::of(&program));
    // Those that were more than tried.
    let steps = AtomicUsize::new(0);
    let mut first = Hand {
        client: client(),
        at: &at,
        thrown: Thrown(1),
        dossiers: &dossiers,
    };
    let allowed = json!({ "allowed": true, "source": "Quyết định 12" });
    first
        .ask(
            "giamdoc",
            Method::PUT,
            "/cash-rule",
            Some((&allowed, Some(0))),
        )
        .expect("cash is allowed");
    while first.step().is_none() {}
    std::thread::scope(|scope| {
        for n in 0..WORKERS {
            let mut hand = Hand {
                client: client(),
                thrown: Thrown(20_261_129 + n),
                ..first
            };
            let steps = &steps;
            scope.spawn(move || {
                while steps.load(Ordering::Relaxed) < size.steps {
                    match hand.step() {
                        Some(()) => {
                            steps.fetch_add(1, Ordering::Relaxed);
                        }
                        None => std::thread::sleep(Duration::from_millis(2)),
                    }
                }
            });
        }
        for kill in 1..=size.kills {
            while steps.load(Ordering::Relaxed) < size.steps * kill / (size.kills + 1) {
                std::thread::sleep(Duration::from_millis(3));
            }
            program.kill();
            program = Program::start_with(&database, &SETTINGS);
            *at.lock().unwrap() = At::of(&program);
        }
    });
    drop(program);
    assert_eq!(program::verify(&database), (0, String::new()));

    let mut db = database.open();
    // Nobody paid more than was owed, and each request paid once.
    let receivable: Vec<(Option<String>, i64)> = ledger_entries::table
        .inner_join(ledger_postings::table)
        .filter(ledger_postings::account.eq("receivable"))
        .select((ledger_entries::dossier_id, ledger_postings::amount_vnd))
        .load(&mut db)
        .unwrap();
    let mut owed: BTreeMap<Option<String>, i64> = BTreeMap::new();
    for (dossier, amount) in receivable {
        *owed.entry(dossier).or_default() += amount;
    }
    assert!(owed.values().all(|vnd| *vnd >= 0), "{owed:?}");
    let by_bank: Vec<Option<String>> = ledger_entries::table
        .filter(ledger_entries::kind.eq("paid"))
        .filter(ledger_entries::actor_id.is_null())
        .select(ledger_entries::reference)
        .load(&mut db)
        .unwrap();
    let mut once = by_bank.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), by_bank.len(), "a request was paid twice");
    // Receipts run from 1 without a gap in each series.
    let given: Vec<(String, i64)> = receipts::table
        .order((receipts::series_id.asc(), receipts::number.asc()))
        .select((receipts::series_id, receipts::number))
        .load(&mut db)
        .unwrap();
    assert!(!given.is_empty(), "nothing was collected");
    for series in given.chunk_by(|a, b| a.0 == b.0) {
        assert!(
            series.iter().zip(1..).all(|((_, number), n)| *number == n),
            "{series:?}"
        );
    }
}

#[test]
fn whatever_is_done_to_money_the_books_are_right_on_sqlite() {
    whatever_is_done_to_money_the_books_are_right(Kind::Sqlite);
}

#[test]
fn whatever_is_done_to_money_the_books_are_right_on_postgres() {
    whatever_is_done_to_money_the_books_are_right(Kind::Postgres);
}
