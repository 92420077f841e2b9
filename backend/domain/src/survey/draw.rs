//! A sample drawn by a seed that is on record, so that anybody can draw it again and find the same.

use sha2::{Digest, Sha256};

/// The order in which the members of one group are drawn: by the SHA-256 of the seed, the group and the
/// member, each after its length. The first so many are the sample, the next replace those who do
/// not answer.
pub fn order(seed: &str, stratum: &str, members: &[String]) -> Vec<usize> {
    let mut drawn: Vec<([u8; 32], usize)> = members
        .iter()
        .enumerate()
        .map(|(i, member)| {
            let mut hash = Sha256::new();
            for part in [seed, stratum, member.as_str()] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
            (hash.finalize().into(), i)
        })
        .collect();
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, i)| i).collect()
}
