//! Codes of what was filed, and the secret that opens its answer.

use super::FeedbackKind;

/// Letters and digits that nobody takes for one another on paper.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How many of them a secret has: sixty bits.
pub const SECRET_LENGTH: usize = 12;

/// How a denunciation's code begins. What follows is no number: it tells nobody how many there are.
pub const DENUNCIATION_PREFIX: &str = "TC-";

/// The code of the `number`th of a kind that a centre received in a year: `H26.14.100-PA26-0001`.
#[must_use]
pub fn feedback_code(e_code: &str, kind: FeedbackKind, year: i32, number: i64) -> String {
    format!(
        "{e_code}-{}{:02}-{number:04}",
        kind.letters(),
        year.rem_euclid(100)
    )
}

/// Text of random numbers, five bits of each.
fn spelled(random: &[u8]) -> String {
    random
        .iter()
        .filter_map(|b| ALPHABET.get(usize::from(b % 32)))
        .map(|b| char::from(*b))
        .collect()
}

/// A secret made of random bytes, as it is told: `K7QM-2XWD-9RTF`.
#[must_use]
pub fn written_secret(random: &[u8; SECRET_LENGTH]) -> String {
    let text = spelled(random);
    let letters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|g| g.iter().collect()).collect();
    groups.join("-")
}

/// The code of a denunciation made of random bytes.
#[must_use]
pub fn denunciation_code(random: &[u8; 8]) -> String {
    format!("{DENUNCIATION_PREFIX}{}", spelled(random))
}

/// A secret as it is compared: however it was typed.
#[must_use]
pub fn normal_secret(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}
