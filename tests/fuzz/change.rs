//! Changes at random.

use rand::Rng as _;
use rand::rngs::StdRng;

/// The longest input.
const LONGEST: usize = 1 << 20;

/// Some place in something of this length, its end among them.
fn place(chance: &mut StdRng, length: usize) -> usize {
    chance.random_range(0..=length)
}

/// A stretch of something: mostly short.
fn stretch(chance: &mut StdRng, length: usize) -> std::ops::Range<usize> {
    let from = place(chance, length);
    let most = if chance.random_bool(0.8) { 16 } else { 4_096 };
    let to = (from + chance.random_range(0..=most)).min(length);
    from..to
}

/// One of the samples, or noise, changed a few times.
pub fn changed(chance: &mut StdRng, samples: &[Vec<u8>], words: &[&[u8]]) -> Vec<u8> {
    let mut bytes = if chance.random_bool(0.02) {
        let mut noise = vec![0; chance.random_range(0..4_096)];
        chance.fill(&mut noise[..]);
        noise
    } else {
        samples[chance.random_range(0..samples.len())].clone()
    };
    for _ in 0..chance.random_range(1..=8) {
        change(chance, &mut bytes, samples, words);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(chance: &mut StdRng, bytes: &mut Vec<u8>, samples: &[Vec<u8>], words: &[&[u8]]) {
    match chance.random_range(0..9) {
        // A bit turns.
        0 if !bytes.is_empty() => {
            let at = chance.random_range(0..bytes.len());
            bytes[at] ^= 1 << chance.random_range(0..8);
        }
        // A byte becomes one that is often a limit.
        1 if !bytes.is_empty() => {
            let at = chance.random_range(0..bytes.len());
            let limits = [0, 1, 0x7f, 0x80, 0xff, b'0', b'9', b'-', b'\n', b'|'];
            bytes[at] = limits[chance.random_range(0..limits.len())];
        }
        // Some of it is gone.
        2 => {
            let gone = stretch(chance, bytes.len());
            bytes.drain(gone);
        }
        // It ends early.
        3 => bytes.truncate(place(chance, bytes.len())),
        // Some of it comes again elsewhere, once or many times.
        4 => {
            let of = stretch(chance, bytes.len());
            let some = bytes[of].to_vec();
            let at = place(chance, bytes.len());
            let times = if chance.random_bool(0.1) { 64 } else { 1 };
            bytes.splice(at..at, some.repeat(times));
        }
        // Some of another.
        5 => {
            let other = &samples[chance.random_range(0..samples.len())];
            let some = other[stretch(chance, other.len())].to_vec();
            let at = stretch(chance, bytes.len());
            bytes.splice(at, some);
        }
        // A word of the trade.
        6 | 7 if !words.is_empty() => {
            let word = words[chance.random_range(0..words.len())].to_vec();
            let at = if chance.random_bool(0.5) {
                stretch(chance, bytes.len())
            } else {
                let at = place(chance, bytes.len());
                at..at
            };
            bytes.splice(at, word);
        }
        // A number another.
        _ => {
            let digits: Vec<usize> = (0..bytes.len())
                .filter(|at| bytes[*at].is_ascii_digit())
                .collect();
            if let Some(at) = digits.get(place(chance, digits.len())) {
                let numbers: [&[u8]; 6] = [
                    b"0",
                    b"-1",
                    b"65536",
                    b"2147483648",
                    b"18446744073709551616",
                    b"1e99",
                ];
                let number = numbers[chance.random_range(0..numbers.len())].to_vec();
                bytes.splice(at..=at, number);
            }
        }
    }
}
