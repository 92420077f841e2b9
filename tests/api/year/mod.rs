//! A year of a busy centre by a moving clock: whatever happens, every dossier is in exactly the lists it
//! belongs to, every alarm is raised once, and what was early, on time or late is what a recount says.
//!
//! The recount knows nothing of the program: it walks day by day over the year's published calendar and
//! the two notices that came late. Two dossiers a day; fifty with `MOTCUA_PROVE=1`.

mod almanac;
mod case;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::Duration;

use chrono::TimeDelta;
use motcua_tests::dossier::body_of;
use motcua_tests::{App, Dossier, Options, on_both};
use serde_json::{Value, json};

use almanac::{Almanac, At, day, moment, read};
use case::{Case, Dice, LISTS};

/// The first and the last day on which dossiers come in.
const FROM: &str = "2026-03-02";
const TO: &str = "2026-12-18";
/// The server has no power on these days.
const DARK: [&str; 3] = ["2026-06-09", "2026-06-10", "2026-06-11"];
/// Days on which this ward's handler is ill.
const ILL: [&str; 5] = [
    "2026-04-14",
    "2026-04-15",
    "2026-07-21",
    "2026-10-06",
    "2026-10-07",
];
/// Notices that come a day or two before what they say: when they are entered, and the day off.
const LATE_NOTICES: [(&str, &str); 2] =
    [("2026-05-12", "2026-05-15"), ("2026-11-17", "2026-11-20")];
/// The rest of the year's days off and its make-up days, as published (DOMAIN §3.2).
const OFF: [&str; 9] = [
    "2026-04-27",
    "2026-04-30",
    "2026-05-01",
    "2026-08-31",
    "2026-09-01",
    "2026-09-02",
    "2027-01-01",
    "2026-02-20",
    "2026-01-02",
];
const MADE_UP: [&str; 1] = ["2026-08-22"];

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Notice(usize),
    Arrive,
    Answer,
    Supply,
    Lapse,
    HandOver,
    Acknowledge,
    Work,
    SupplementCame,
    Stop,
    Reply,
    Pay,
    Draft,
    Sign,
    ToLeader,
    Take,
    Decide,
    Record,
    HandBack,
    Check,
}

struct Year<'a> {
    app: &'a App,
    a: Almanac,
    dice: Dice,
    cases: Vec<Case>,
    queue: BinaryHeap<Reverse<(At, u64, Step, usize)>>,
    order: u64,
    checked: usize,
}

impl Year<'_> {
    /// At the office, with power; a handler's step when the handler is there.
    fn office(&self, mut at: At, handler: bool) -> At {
        loop {
            let d = at.date_naive();
            let text = d.to_string();
            let away = !self.a.works(d)
                || DARK.contains(&text.as_str())
                || (handler && ILL.contains(&text.as_str()));
            if away || at > moment(d, "16:30:00") {
                at = moment(d.succ_opt().unwrap(), "08:10:07");
            } else if at < moment(d, "08:00:00") {
                at = moment(d, "08:10:07");
            } else {
                return at;
            }
        }
    }

    fn then(&mut self, at: At, step: Step, case: usize) {
        let handler = matches!(
            step,
            Step::Acknowledge
                | Step::Work
                | Step::Reply
                | Step::Draft
                | Step::ToLeader
                | Step::Record
                | Step::Stop
        );
        let at = match step {
            Step::Lapse => at,
            _ => self.office(at, handler),
        };
        self.order += 1;
        self.queue.push(Reverse((at, self.order, step, case)));
    }

    fn hours(&mut self, most: u64) -> TimeDelta {
        TimeDelta::minutes(20 + i64::try_from(self.dice.roll(most * 60)).unwrap())
    }

    fn days(&mut self, least: u64, most: u64) -> TimeDelta {
        TimeDelta::days(i64::try_from(least + self.dice.roll(most - least + 1)).unwrap())
    }

    /// Takes a step of a case now; what was true until then is noted with it.
    fn act(&mut self, n: usize, who: &str, action: &str, body: &Value, now: At) {
        let c = &mut self.cases[n];
        c.look(&self.a, now);
        self.app.act(who, &mut c.d, action, body);
        let state = c.d.text("state").to_owned();
        match action {
            "handovers" => c.given_at = Some(now),
            "acknowledgements" | "decisions" | "results" => c.given_at = None,
            "acceptances" => c.clock_from = read(&c.d.body["accepted_at"]),
            "consultations" => c.opinion_due = Some(day(body["reply_due_on"].as_str().unwrap())),
            "consultation-replies" => c.opinion_due = None,
            "supplement-requests" if state == "supplement_requested" => c.paused_at = Some(now),
            "payment-requests" => c.paused_at = Some(now),
            "supplements" if state == "processing" => {
                // From the start again (RESET).
                c.paused_at = None;
                c.clock_from = Some(now);
            }
            "supplements" => c.answer_from = Some(now),
            "payments" | "stops" => c.paused_at = None,
            _ => {}
        }
        c.look(&self.a, now);
    }

    fn arrive(&mut self, now: At) {
        let plan = self.dice.plan();
        let mut body = self.app.intake("thd");
        if plan.online {
            body["intake_mode"] = json!("check");
        }
        let d = Dossier::of("thd", &self.app.send_in(&body).expect(201));
        let accepted = read(&d.body["accepted_at"]);
        let n = self.cases.len();
        self.cases.push(Case {
            d,
            plan,
            worked: 0,
            given_at: None,
            paused_at: None,
            opinion_due: None,
            clock_from: accepted,
            answer_from: plan.online.then_some(now),
            ran_over: None,
            seen: BTreeSet::new(),
            looked: now,
        });
        if plan.online {
            let wait = self.hours(14);
            self.then(now + wait, Step::Answer, n);
        } else {
            self.hand_on(n, now);
        }
    }

    fn hand_on(&mut self, n: usize, now: At) {
        let wait = if self.cases[n].plan.late_handover {
            self.days(1, 2)
        } else {
            self.hours(2)
        };
        self.then(now + wait, Step::HandOver, n);
    }

    /// One step of a case, and what follows from it.
    fn step(&mut self, n: usize, step: Step, now: At) {
        let plan = self.cases[n].plan;
        let state = self.cases[n].d.text("state").to_owned();
        let (handler, leader) = ("thuly.thd", "lanhdao.thd");
        match step {
            Step::Answer if plan.intake_supplement && self.cases[n].worked == 0 => {
                self.cases[n].worked = 1;
                self.act(
                    n,
                    "tiepnhan",
                    "supplement-requests",
                    &body_of("supplement-requests"),
                    now,
                );
                if plan.never_supplied {
                    let last = day(self.cases[n].d.text("supplement_due_on"));
                    self.then(moment(last.succ_opt().unwrap(), "00:00:09"), Step::Lapse, n);
                } else {
                    let wait = self.days(3, 26);
                    self.then(now + wait, Step::Supply, n);
                }
            }
            Step::Answer => {
                self.act(n, "tiepnhan", "acceptances", &json!({}), now);
                self.cases[n].worked = 0;
                self.hand_on(n, now);
            }
            Step::Supply => {
                self.act(n, "tiepnhan", "supplements", &json!({}), now);
                let wait = self.hours(14);
                self.then(now + wait, Step::Answer, n);
            }
            Step::Lapse => {
                // The program's own doing (T8).
                let c = &mut self.cases[n];
                c.look(&self.a, now);
                swept(self.app);
                c.d = Dossier::of("thd", &self.app.read("tiepnhan", &c.d));
                assert_eq!(c.d.text("state"), "refused_at_intake");
            }
            Step::HandOver => {
                self.act(n, "tiepnhan", "handovers", &json!({ "to": "handler" }), now);
                let wait = if plan.late_acknowledgement {
                    self.days(1, 2)
                } else {
                    self.hours(2)
                };
                self.then(now + wait, Step::Acknowledge, n);
            }
            Step::Acknowledge => {
                self.act(
                    n,
                    handler,
                    "acknowledgements",
                    &json!({ "accepted": true }),
                    now,
                );
                let wait = self.hours(2);
                self.then(now + wait, Step::Work, n);
            }
            Step::Work if plan.supplement && self.cases[n].worked == 0 => {
                self.cases[n].worked = 1;
                let asked = self.app.try_act(
                    handler,
                    &self.cases[n].d,
                    "supplement-requests",
                    &body_of("supplement-requests"),
                );
                if asked.status != 201 {
                    // The three working days are over (R10): it goes on without.
                    assert_eq!(asked.code(), "supplement_window_passed");
                    self.then(now, Step::Work, n);
                    return;
                }
                let c = &mut self.cases[n];
                c.look(&self.a, now);
                c.d = Dossier::of("thd", &asked.expect(201));
                c.paused_at = Some(now);
                let wait = self.days(2, 20);
                if plan.never_supplied {
                    self.then(now + TimeDelta::days(33), Step::Stop, n);
                } else {
                    self.then(now + wait, Step::SupplementCame, n);
                }
            }
            Step::SupplementCame => {
                self.act(n, "tiepnhan", "supplements", &json!({}), now);
                let wait = self.hours(5);
                self.then(now + wait, Step::Work, n);
            }
            Step::Stop => self.act(
                n,
                handler,
                "stops",
                &json!({ "reason": "Quá hạn bổ sung." }),
                now,
            ),
            Step::Work if plan.consult && self.cases[n].worked < 2 => {
                self.cases[n].worked = 2;
                let mut body = body_of("consultations");
                body["reply_due_on"] = json!(self.a.next(now.date_naive()).to_string());
                self.act(n, handler, "consultations", &body, now);
                let wait = self.days(1, 4);
                self.then(now + wait, Step::Reply, n);
            }
            Step::Reply => {
                self.act(
                    n,
                    handler,
                    "consultation-replies",
                    &body_of("consultation-replies"),
                    now,
                );
                let wait = self.hours(4);
                self.then(now + wait, Step::Work, n);
            }
            Step::Work if plan.pays && self.cases[n].worked < 3 => {
                self.cases[n].worked = 3;
                self.act(
                    n,
                    handler,
                    "payment-requests",
                    &body_of("payment-requests"),
                    now,
                );
                let wait = self.days(1, 40);
                self.then(now + wait, Step::Pay, n);
            }
            Step::Pay => {
                self.act(n, "thungan", "payments", &body_of("payments"), now);
                let wait = self.hours(4);
                self.then(now + wait, Step::Work, n);
            }
            Step::Work if plan.late => {
                let due = read(&self.cases[n].d.body["due_at"]).unwrap();
                let alarm = moment(self.a.before(self.a.before(due.date_naive())), "09:20:07");
                let wait = self.days(1, 4);
                if plan.apology && alarm > now {
                    self.then(alarm, Step::Draft, n);
                } else {
                    self.then(due.max(now) + wait, Step::ToLeader, n);
                }
            }
            Step::Work => {
                let wait = self.hours(6);
                self.then(now + wait, Step::ToLeader, n);
            }
            Step::Draft => {
                let due = read(&self.cases[n].d.body["due_at"]).unwrap().date_naive();
                let mut body = body_of("apologies");
                body["new_due_on"] = json!(self.a.next(self.a.next(due)).to_string());
                let drafted = self
                    .app
                    .try_act(handler, &self.cases[n].d, "apologies", &body);
                let wait = self.days(3, 8);
                if drafted.status != 201 {
                    // Ill until it was too late for a letter (R14).
                    assert_eq!(drafted.code(), "extension_too_late");
                    self.then(now + wait, Step::ToLeader, n);
                    return;
                }
                let c = &mut self.cases[n];
                c.look(&self.a, now);
                c.d = Dossier::of("thd", &drafted.expect(201));
                self.then(now + TimeDelta::minutes(90), Step::Sign, n);
            }
            Step::Sign => {
                let draft = self.cases[n].d.body["apology"].clone();
                let body = json!({ "new_due_on": draft["new_due_on"], "reason": draft["reason"] });
                self.act(n, leader, "extensions", &body, now);
                let wait = self.days(2, 9);
                self.then(now + wait, Step::ToLeader, n);
            }
            Step::ToLeader => {
                self.act(n, handler, "handovers", &json!({ "to": "leader" }), now);
                let wait = self.hours(3);
                self.then(now + wait, Step::Take, n);
            }
            Step::Take => {
                self.act(
                    n,
                    leader,
                    "acknowledgements",
                    &json!({ "accepted": true }),
                    now,
                );
                let wait = self.hours(2);
                self.then(now + wait, Step::Decide, n);
            }
            Step::Decide => {
                self.act(n, leader, "decisions", &body_of("decisions"), now);
                let wait = self.hours(2);
                self.then(now + wait, Step::Record, n);
            }
            Step::Record => {
                let due = read(&self.cases[n].d.body["due_at"]).unwrap().date_naive();
                self.act(n, handler, "results", &body_of("results"), now);
                let done = now.date_naive();
                let timing = if done < due {
                    "early"
                } else if done == due {
                    "on_time"
                } else {
                    "overdue"
                };
                assert_eq!(
                    self.cases[n].d.text("timing"),
                    timing,
                    "done {done}, due {due}"
                );
                let wait = self.days(0, 5);
                self.then(now + wait, Step::HandBack, n);
            }
            Step::HandBack => {
                let before = self.cases[n].d.text("timing").to_owned();
                self.act(n, "traketqua", "returns", &body_of("returns"), now);
                assert_eq!(
                    self.cases[n].d.text("timing"),
                    before,
                    "when it is fetched changes nothing"
                );
            }
            Step::Notice(_) | Step::Arrive | Step::Check => unreachable!("{state}"),
        }
    }

    /// A notice that a working day will be off: every promise on it rolls forward, none comes earlier.
    fn notice(&mut self, which: usize, now: At) {
        let (entered, off) = LATE_NOTICES[which];
        for c in &mut self.cases {
            c.look(&self.a, now);
        }
        self.app
            .post("giamdoc", "/api/v1/calendar/changes", &json!({
                "source": format!("Công văn số {}/VPCP-KGVX", which + 1), "announced_on": entered,
                "name": "Nghỉ hoán đổi", "days_off": [off]
            }))
            .expect(201);
        loop {
            let newest = self
                .app
                .get("giamdoc", "/api/v1/calendar/versions")
                .expect(200)["items"][0]
                .clone();
            if newest["carried"]["finished_at"].is_string() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        swept(self.app);
        self.a.off.insert(day(off));
        for c in self.cases.iter_mut().filter(|c| !c.closed()) {
            let was = read(&c.d.body["due_at"]);
            c.d = Dossier::of("thd", &self.app.read("thuly.thd", &c.d));
            let is = read(&c.d.body["due_at"]);
            assert!(is >= was, "a promise came earlier");
            assert!(
                is.is_none_or(|t| self.a.works(t.date_naive())),
                "a promise stands on a day off"
            );
            c.look(&self.a, now);
        }
    }

    /// Every list as the program tells it, against every dossier looked at one by one.
    fn check(&mut self, now: At) {
        swept(self.app);
        let mut open = BTreeMap::new();
        for list in LISTS {
            let mut told = BTreeSet::new();
            let mut path = format!("/api/v1/dossiers?concern={list}&limit=100");
            loop {
                let page = self.app.get("giamdoc", &path).expect(200);
                for item in page["items"].as_array().unwrap() {
                    told.insert(item["id"].as_str().unwrap().to_owned());
                }
                match page["next"].as_str() {
                    Some(next) => {
                        path = format!("/api/v1/dossiers?concern={list}&limit=100&cursor={next}")
                    }
                    None => break,
                }
            }
            let mine: Vec<&Case> = self
                .cases
                .iter()
                .filter(|c| c.belongs(&self.a, list, now))
                .collect();
            open.insert(list, mine.iter().filter(|c| !c.closed()).count());
            let expected: BTreeSet<String> = mine.iter().map(|c| c.d.id.clone()).collect();
            let wrong: Vec<&String> = told.symmetric_difference(&expected).collect();
            if let Some(id) = wrong.first() {
                let c = self.cases.iter().find(|c| &c.d.id == *id).unwrap();
                panic!(
                    "{list} at {now}: {} told, {} expected; {:?} {}",
                    told.len(),
                    expected.len(),
                    c.window(&self.a, list),
                    c.d.body
                );
            }
            self.checked += expected.len();
        }
        let board = self
            .app
            .get("giamdoc", "/api/v1/deadlines/board")
            .expect(200);
        for count in board["total"].as_array().unwrap() {
            let list = count["concern"].as_str().unwrap();
            if let Some(mine) = open.get(list) {
                assert_eq!(count["count"], *mine, "{list} on the board at {now}");
            } else {
                // No procedure of the year has an internal workflow.
                assert_eq!((list, &count["count"]), ("step_late", &json!(0)));
            }
        }
    }

    /// Every alarm ever raised, against what was true of each dossier at some time.
    fn alarms(&mut self, now: At) {
        swept(self.app);
        let mut told: BTreeMap<(String, String, At), u32> = BTreeMap::new();
        let mut path = "/api/v1/alarms?limit=100".to_owned();
        loop {
            let page = self.app.get("giamdoc", &path).expect(200);
            for alarm in page["items"].as_array().unwrap() {
                let text = |member: &str| alarm[member].as_str().unwrap().to_owned();
                let since = read(&alarm["since"]).unwrap();
                *told
                    .entry((text("dossier_id"), text("concern"), since))
                    .or_default() += 1;
            }
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/alarms?limit=100&cursor={next}"),
                None => break,
            }
        }
        let mut expected = BTreeSet::new();
        for c in &mut self.cases {
            c.look(&self.a, now);
            let told = c.seen.iter().filter(|(list, _)| !list.starts_with("due_"));
            expected.extend(told.map(|(list, since)| (c.d.id.clone(), (*list).to_owned(), *since)));
        }
        let doubled: Vec<_> = told.iter().filter(|(_, n)| **n > 1).collect();
        assert!(doubled.is_empty(), "{doubled:?}");
        let told: BTreeSet<_> = told.into_keys().collect();
        let lost: Vec<_> = expected.difference(&told).take(5).collect();
        let invented: Vec<_> = told.difference(&expected).take(5).collect();
        assert!(
            lost.is_empty() && invented.is_empty(),
            "lost {lost:?}, invented {invented:?}"
        );
        assert!(
            told.len() > self.cases.len() / 4,
            "hardly anything happened"
        );
    }
}

/// Waits until everything due by now has been said, and what lapsed has been ended.
fn swept(app: &App) {
    for _ in 0..800 {
        let now = motcua_store::Ts::new(app.services.now());
        let left = app.services.read(|db| {
            let job = motcua_store::watch::open_job(db)?.is_some();
            Ok(job || motcua_store::watch::oldest_due(db, now)?.is_some())
        });
        if !left.unwrap() {
            return;
        }
        // As the server's own loop does, only sooner.
        app.services.sweep("year").unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("what is due is not said");
}

fn a_day() -> usize {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => 50,
        _ => 2,
    }
}

on_both! {
    fn every_dossier_is_at_each_moment_in_exactly_the_lists_it_belongs_to(app, Options::at("2026-03-02T07:00:00+07:00")) {
        let mut year = Year {
            app: &app,
            a: Almanac {
                off: OFF.iter().map(|d| day(d)).collect(),
                made_up: MADE_UP.iter().map(|d| day(d)).collect(),
            },
            dice: Dice(0x6d6f_7463_7561),
            cases: Vec::new(),
            queue: BinaryHeap::new(),
            order: 0,
            checked: 0,
        };
        for who in ["giamdoc", "tiepnhan", "thuly.thd", "lanhdao.thd", "thungan", "traketqua"] {
            app.token(who);
        }
        // Nobody signs in anew for a year.
        app.database.execute("UPDATE sessions SET expires_at = '2028-01-01 00:00:00'");
        let last = day(TO);
        for d in day(FROM).iter_days().take_while(|d| *d <= last) {
            if !year.a.works(d) || DARK.contains(&d.to_string().as_str()) {
                continue;
            }
            for _ in 0..a_day() {
                let minutes = i64::try_from(year.dice.roll(8 * 60)).unwrap();
                year.then(moment(d, "08:00:07") + TimeDelta::minutes(minutes), Step::Arrive, 0);
            }
            year.order += 1;
            year.queue.push(Reverse((moment(d, "16:45:33"), year.order, Step::Check, 0)));
        }
        for (i, (entered, _)) in LATE_NOTICES.iter().enumerate() {
            year.then(moment(day(entered), "10:00:07"), Step::Notice(i), 0);
        }
        let end = moment(last, "23:00:00");
        while let Some(Reverse((at, _, step, case))) = year.queue.pop() {
            if at > end {
                break;
            }
            app.at_standing(&at.to_rfc3339());
            // Someone who acts now comes after whatever came due before.
            match step {
                Step::Check => year.check(at),
                Step::Arrive => year.arrive(at),
                Step::Notice(i) => year.notice(i, at),
                step => year.step(case, step, at),
            }
        }
        app.at_standing(&end.to_rfc3339());
        year.alarms(end);
        assert!(year.cases.len() > 190 * a_day() && year.checked > 1_000 * a_day(), "{} dossiers, {} places", year.cases.len(), year.checked);
        assert!(app.verify().is_empty());
    }
}
