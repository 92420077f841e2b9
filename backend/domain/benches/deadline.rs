//! Deadline arithmetic: a look-up in a table of days, not a walk from day to day.
//!
//! `make bench` runs it. Criterion measures each; then both are measured beside each other, in turns,
//! and the ratio is printed: ten years may cost at most three times what three days do.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench fails by panicking and speaks on the terminal"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use criterion::{Criterion, criterion_group};
use motcua_domain::calendar::Calendar;
use motcua_domain::deadline::{Limit, Unit, compute};
use motcua_domain::vn_time::from_local;

/// Ten years may cost so many times what three days do.
const MOST: f64 = 3.0;
/// Three-day limits a second on one core, for the reader: it belongs to the machine.
const ASKED: f64 = 2_000_000.0;
/// How many pairs of windows, and how long a window is.
const PAIRS: usize = 15;
const WINDOW: Duration = Duration::from_millis(200);

/// Twelve years: ten of them can be counted from every start.
fn calendar() -> Calendar {
    let mut data = Calendar::national_data().expect("the shipped calendar");
    data.last_day = NaiveDate::from_ymd_opt(2035, 12, 31).expect("a date");
    Calendar::new(data).expect("a calendar of twelve years")
}

/// A hundred mornings of 2024 on which something is received.
fn starts() -> Vec<DateTime<Utc>> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 2).expect("a date");
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
    (0..100)
        .map(|n| from_local(first + Days::new(n), nine))
        .collect()
}

fn limits() -> [(&'static str, Limit); 4] {
    let limit = |amount, unit| Limit { amount, unit };
    [
        ("three_working_days", limit(3, Unit::WorkingDay)),
        // 2,510 working days, or 20,080 working hours, are ten years of this calendar.
        ("ten_years_of_working_days", limit(2_510, Unit::WorkingDay)),
        ("eight_working_hours", limit(8, Unit::WorkingHour)),
        ("a_year_of_working_hours", limit(2_000, Unit::WorkingHour)),
    ]
}

fn each(c: &mut Criterion) {
    let (calendar, starts) = (calendar(), starts());
    for (name, limit) in limits() {
        let mut n = 0_usize;
        c.bench_function(name, |b| {
            b.iter(|| {
                n = (n + 1) % starts.len();
                compute(black_box(&calendar), starts[n], black_box(limit)).expect("within")
            });
        });
    }
}

/// How many a second, in one window.
fn rate(calendar: &Calendar, starts: &[DateTime<Utc>], limit: Limit) -> f64 {
    let began = Instant::now();
    let mut done = 0_u32;
    while began.elapsed() < WINDOW {
        for start in starts {
            let due = compute(black_box(calendar), *start, black_box(limit));
            black_box(due.expect("within"));
        }
        done += u32::try_from(starts.len()).unwrap_or(0);
    }
    f64::from(done) / began.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Both beside each other: A B A B, the ratio of each pair, the median of the ratios.
fn compared() {
    let (calendar, starts) = (calendar(), starts());
    let [(_, three), (_, ten_years), ..] = limits();
    let pairs: Vec<(f64, f64)> = (0..PAIRS)
        .map(|_| {
            let short = rate(&calendar, &starts, three);
            (short, rate(&calendar, &starts, ten_years))
        })
        .collect();
    let ratio = median(pairs.iter().map(|(short, long)| short / long).collect());
    let short = median(pairs.iter().map(|(short, _)| *short).collect());
    let long = median(pairs.iter().map(|(_, long)| *long).collect());
    let verdict = if ratio <= MOST { "met" } else { "missed" };
    println!(
        "deadlines: ten years cost {ratio:.2} times what three days do (at most {MOST:.0}): {verdict}"
    );
    println!(
        "deadlines: {short:.0} of three working days a second on one core ({ASKED:.0} were asked for), \
         {long:.0} of ten years"
    );
}

criterion_group!(benches, each);

fn main() {
    benches();
    // `cargo test --all-targets` only looks whether it runs.
    if !std::env::args().any(|arg| arg == "--test") {
        compared();
    }
    Criterion::default().configure_from_args().final_summary();
}
