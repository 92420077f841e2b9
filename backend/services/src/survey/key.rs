//! The key of an installation that makes tokens and seals what waits. It lies beside the keys that sign, never in
//! the database: whoever has the database alone can neither tell which token belongs to which dossier nor
//! read an answer that waits.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::token::write_private;

/// The file's name, in the folder of keys.
const FILE: &str = "survey.key";
/// Bytes of a token: 128 bits.
const TOKEN: usize = 16;
/// Bytes of a nonce.
const NONCE: usize = 24;
/// What is sealed is filled up to a multiple of this, so that its length does not tell how much was written.
const BLOCK: usize = 4_096;

/// Makes tokens, seals and opens.
pub struct SurveyKey {
    tokens: [u8; 32],
    seal: XChaCha20Poly1305,
}

fn fault(what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("survey key: {what}"))
}

fn part(secret: &[u8; 32], name: &str) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(fault)?;
    mac.update(name.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

impl SurveyKey {
    /// Reads the key of a folder, and makes it where there is none, readable by its owner only.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read or is no key.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        if !path.exists() {
            let text = hex::encode(rand::random::<[u8; 32]>());
            match write_private(&path, text.as_bytes()) {
                // Another server of this installation was first.
                Err(_) if path.exists() => {}
                made => made?,
            }
        }
        let text = std::fs::read_to_string(&path).map_err(fault)?;
        let bytes = hex::decode(text.trim()).map_err(fault)?;
        let secret = <[u8; 32]>::try_from(bytes).map_err(|_| fault("it has not 32 bytes"))?;
        Self::of(&secret)
    }

    /// A key that lives in memory only.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be made.
    pub fn ephemeral() -> Result<Self> {
        Self::of(&rand::random())
    }

    fn of(secret: &[u8; 32]) -> Result<Self> {
        let seal = part(secret, "motcua survey seal 1")?;
        Ok(Self {
            tokens: part(secret, "motcua survey token 1")?,
            seal: XChaCha20Poly1305::new(&Key::from(seal)),
        })
    }

    /// The token of something, the same each time: of a paper, of a hand-back.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be made.
    pub fn token(&self, of: &[&str]) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.tokens).map_err(fault)?;
        for word in of {
            mac.update(&(word.len() as u64).to_be_bytes());
            mac.update(word.as_bytes());
        }
        let whole: [u8; 32] = mac.finalize().into_bytes().into();
        let (token, _) = whole.split_at(TOKEN);
        Ok(URL_SAFE_NO_PAD.encode(token))
    }

    /// Seals a text. Two sealings of one text look nothing alike.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be sealed.
    pub fn seal(&self, text: &str) -> Result<String> {
        let mut plain = Vec::with_capacity(BLOCK);
        let length = u32::try_from(text.len()).map_err(fault)?;
        plain.extend(length.to_be_bytes());
        plain.extend(text.as_bytes());
        plain.resize(plain.len().div_ceil(BLOCK) * BLOCK, 0);
        let nonce = rand::random::<[u8; NONCE]>();
        let sealed = self
            .seal
            .encrypt(&XNonce::from(nonce), plain.as_slice())
            .map_err(|_| fault("sealing failed"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`Self::seal`] sealed.
    ///
    /// # Errors
    /// [`Error::Internal`] for what this key did not seal, and for what was changed since.
    pub fn open_sealed(&self, sealed: &str) -> Result<String> {
        let broken = || fault("a sealed text cannot be opened");
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| broken())?;
        let plain = self
            .seal
            .decrypt(&XNonce::from(nonce), sealed)
            .map_err(|_| broken())?;
        let (length, rest) = plain.split_at_checked(4).ok_or_else(broken)?;
        let length = <[u8; 4]>::try_from(length).map_err(|_| broken())?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(fault)?;
        let text = rest.get(..length).ok_or_else(broken)?;
        String::from_utf8(text.to_vec()).map_err(|_| broken())
    }
}

/// What is kept of a token: whoever has it cannot answer with it.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_can_be_opened_and_its_length_tells_nothing() {
        let key = SurveyKey::ephemeral().unwrap();
        let (short, long) = (key.seal("").unwrap(), key.seal(&"ạ".repeat(900)).unwrap());
        assert_eq!(short.len(), long.len());
        assert_eq!(key.open_sealed(&long).unwrap(), "ạ".repeat(900));
        assert_eq!(key.open_sealed(&short).unwrap(), "");
        assert_ne!(key.seal("a").unwrap(), key.seal("a").unwrap());
    }

    #[test]
    fn another_key_opens_nothing() {
        let sealed = SurveyKey::ephemeral().unwrap().seal("x").unwrap();
        assert!(
            SurveyKey::ephemeral()
                .unwrap()
                .open_sealed(&sealed)
                .is_err()
        );
    }

    #[test]
    fn a_token_is_22_letters_and_its_own() {
        let key = SurveyKey::ephemeral().unwrap();
        let one = key.token(&["a", "bc"]).unwrap();
        assert_eq!(one.len(), 22);
        assert_eq!(one, key.token(&["a", "bc"]).unwrap());
        assert_ne!(one, key.token(&["ab", "c"]).unwrap());
    }
}
