//! What comes from outside, changed at random: whatever reads it says yes or no, in time and in bounded memory, and
//! never falls over.
//!
//! A moment for each reader; twenty minutes with `MOTCUA_PROVE=1`. What felled one is written down with the seed
//! it came from.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "tests fail by panicking, and say what they tried"
)]

mod change;
mod readers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rand::SeedableRng as _;
use rand::rngs::StdRng;

use change::changed;

/// How long a reader may take over one input: far more than any needs, also while the machine does something else.
const LONGEST: Duration = Duration::from_secs(60);
/// How much the whole program may grow while one reader is tried, in KiB.
const MOST_GROWTH: u64 = 1 << 20;

/// How long each reader is tried.
fn budget() -> Duration {
    match std::env::var("MOTCUA_PROVE").as_deref() {
        Ok("1") => Duration::from_secs(20 * 60),
        _ => Duration::from_secs(2),
    }
}

/// How much memory this program has, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this is Linux");
    let line = status.lines().find(|l| l.starts_with("VmRSS:"));
    line.and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse().ok())
        .expect("a figure")
}

/// Tries a reader on changed inputs until its time is over. `words` are what its inputs are made of.
fn tried(name: &str, samples: &[Vec<u8>], words: &[&[u8]], read: fn(&[u8])) {
    let begun = Instant::now();
    let before = resident();
    // Another seed each time; the one that found something is told.
    let first: u64 = rand::random();
    let (mut rounds, mut seed) = (0_u64, first);
    while begun.elapsed() < budget() || rounds < 20 {
        let mut chance = StdRng::seed_from_u64(seed);
        let input = changed(&mut chance, samples, words);
        let kept = input.clone();
        // On a thread of its own, so that one that never ends is noticed.
        let (tell, told) = mpsc::channel();
        let reading = std::thread::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| read(&input)));
            let _ = tell.send(done.is_ok());
        });
        let fell = match told.recv_timeout(LONGEST) {
            Ok(true) => None,
            Ok(false) => Some("fell over"),
            Err(_) => Some("does not end"),
        };
        if let Some(how) = fell {
            let path = std::env::temp_dir().join(format!("{name}-{seed}"));
            std::fs::write(&path, &kept).expect("it is written down");
            panic!("{name} {how}, seed {seed}: {}", path.display());
        }
        reading.join().expect("it ended");
        let grown = resident().saturating_sub(before);
        assert!(grown < MOST_GROWTH, "{name} took {grown} KiB, seed {seed}");
        seed = seed.wrapping_add(1);
        rounds += 1;
    }
    println!("{name}: {rounds} inputs from seed {first}");
}
