//! Access tokens: short EdDSA JWTs with a key id, and the public keys that check them.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use motcua_domain::refusal::Refusal;
use motcua_store::{SessionId, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::survey::key::SurveyKey;

/// How long an access token holds.
pub const ACCESS_MINUTES: i64 = 10;

/// What a token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer: always `motcua`.
    pub iss: String,
    /// The user.
    pub sub: UserId,
    /// The sign-in.
    pub sid: SessionId,
    /// Issued at, seconds.
    pub iat: i64,
    /// Expires at, seconds.
    pub exp: i64,
    /// Another system's account (RFC 9068); absent for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<UserId>,
}

struct Key {
    kid: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    x: String,
}

/// The keys of this installation: the newest signs, all of them check.
pub struct Keyring {
    keys: Vec<Key>,
    /// Tokens whose signature has been checked, so that an officer's every click does not cost it
    /// again. Expiry, sign-out and deactivation are looked at each time all the same.
    checked: moka::sync::Cache<[u8; 32], Claims>,
    /// What surveys are sealed by.
    pub surveys: SurveyKey,
}

fn fault(e: impl std::fmt::Display) -> Error {
    Error::Internal(format!("token keys: {e}"))
}

fn from_signing(signing: &SigningKey) -> Result<Key> {
    let public = signing.verifying_key();
    let der = signing.to_pkcs8_der().map_err(fault)?;
    let x = URL_SAFE_NO_PAD.encode(public.as_bytes());
    // The key's name is the start of its own digest: it needs no register and cannot be confused.
    let digest = hex::encode(Sha256::digest(public.as_bytes()));
    Ok(Key {
        kid: digest.chars().take(16).collect(),
        encoding: EncodingKey::from_ed_der(der.as_bytes()),
        decoding: DecodingKey::from_ed_components(&x).map_err(fault)?,
        x,
    })
}

impl Keyring {
    /// Reads every `*.pem` of a folder, in the order of their names; the last one signs. An empty
    /// or missing folder gets a first key, readable by its owner only.
    ///
    /// # Errors
    /// [`Error::Internal`] when the folder cannot be read or holds something that is no key.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(fault)?;
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .map_err(fault)?
            .filter_map(std::result::Result::ok)
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "pem"))
            .collect();
        files.sort();
        let mut keys = Vec::new();
        for file in &files {
            let pem = std::fs::read_to_string(file).map_err(fault)?;
            keys.push(from_signing(
                &SigningKey::from_pkcs8_pem(&pem).map_err(fault)?,
            )?);
        }
        if keys.is_empty() {
            let signing = SigningKey::from_bytes(&rand::random::<[u8; 32]>());
            let pem = signing.to_pkcs8_pem(LineEnding::LF).map_err(fault)?;
            write_private(&folder.join("0001.pem"), pem.as_bytes())?;
            keys.push(from_signing(&signing)?);
        }
        Ok(Self::of(keys, SurveyKey::open(folder)?))
    }

    /// A keyring that lives in memory only, for tools that sign nothing that lasts.
    ///
    /// # Errors
    /// [`Error::Internal`] when no key can be made.
    pub fn ephemeral() -> Result<Self> {
        let signing = SigningKey::from_bytes(&rand::random::<[u8; 32]>());
        Ok(Self::of(
            vec![from_signing(&signing)?],
            SurveyKey::ephemeral()?,
        ))
    }

    fn of(keys: Vec<Key>, surveys: SurveyKey) -> Self {
        Self {
            surveys,
            keys,
            checked: moka::sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(std::time::Duration::from_secs(900))
                .build(),
        }
    }

    /// A token for a sign-in, good for [`ACCESS_MINUTES`].
    ///
    /// # Errors
    /// [`Error::Internal`] when signing fails.
    pub fn issue(&self, user: &UserId, session: &SessionId, now: DateTime<Utc>) -> Result<String> {
        self.sign(user, session, now, None)
    }

    /// As [`Self::issue`], for another system's account.
    ///
    /// # Errors
    /// As [`Self::issue`].
    pub fn issue_client(
        &self,
        client: &UserId,
        session: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<String> {
        self.sign(client, session, now, Some(client.clone()))
    }

    fn sign(
        &self,
        user: &UserId,
        session: &SessionId,
        now: DateTime<Utc>,
        client_id: Option<UserId>,
    ) -> Result<String> {
        let key = self.keys.last().ok_or_else(|| fault("no key"))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.kid.clone());
        let claims = Claims {
            iss: "motcua".into(),
            sub: user.clone(),
            sid: session.clone(),
            iat: now.timestamp(),
            exp: (now + Duration::minutes(ACCESS_MINUTES)).timestamp(),
            client_id,
        };
        encode(&header, &claims, &key.encoding).map_err(fault)
    }

    /// What a token says, if one of our keys signed it and it has not expired at `now`.
    ///
    /// # Errors
    /// `unauthenticated` or `token_expired`.
    pub fn check(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let claims = match self.checked.get(&digest) {
            Some(claims) => claims,
            None => {
                let claims = self.verify(token).ok_or_else(unauthenticated)?;
                self.checked.insert(digest, claims.clone());
                claims
            }
        };
        if claims.exp <= now.timestamp() {
            return Err(Refusal::new(
                "token_expired",
                "Phiên làm việc cần được gia hạn.",
                "The access token has expired.",
            )
            .into());
        }
        Ok(claims)
    }

    fn verify(&self, token: &str) -> Option<Claims> {
        let kid = jsonwebtoken::decode_header(token).ok()?.kid?;
        let key = self.keys.iter().find(|k| k.kid == kid)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        // Expiry is measured by the injected clock, above.
        validation.validate_exp = false;
        validation.set_issuer(&["motcua"]);
        validation.set_required_spec_claims(&["exp", "iss", "sub"]);
        decode::<Claims>(token, &key.decoding, &validation)
            .ok()
            .map(|d| d.claims)
    }

    /// The public keys, as a JWKS document.
    pub fn jwks(&self) -> serde_json::Value {
        let keys: Vec<_> = self
            .keys
            .iter()
            .map(|k| {
                serde_json::json!({
                    "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig",
                    "kid": k.kid, "x": k.x,
                })
            })
            .collect();
        serde_json::json!({ "keys": keys })
    }
}

/// `unauthenticated`: no token, or none of ours.
pub fn unauthenticated() -> Error {
    Refusal::new(
        "unauthenticated",
        "Cần đăng nhập để thực hiện việc này.",
        "Sign in to do this.",
    )
    .into()
}

pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(fault)?;
    file.write_all(bytes).map_err(fault)?;
    file.sync_all().map_err(fault)
}
