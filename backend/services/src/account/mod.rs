//! Signing in and out; what else there is to an account has a room of its own each.

mod client;
mod delegation;
mod own;
mod sheet;
mod users;

pub use client::{
    Client, ClientChange, ClientToken, MOST_SCOPES, NewClient, OVERLAP_HOURS, add_client,
    change_client, client, clients, permissions_of, rotate, scopes_of, usage,
};
pub use delegation::{Delegations, NewDelegation, delegate, delegations, end_delegation};
pub use own::{FIRST_PASSWORD_DAYS, NewSecret, give_first_password, new_first_password};
pub use sheet::{Brought, bring_people};
use users::centres_of;
pub use users::{
    MOST_ROLES, NewRole, NewUser, User, UserChange, add_user, change_user, checked_password,
    colleagues, find_user, give_role, list_users, reset_password, take_role,
};

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use motcua_domain::account::Pending;
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_domain::text;
use motcua_store::account::{self as rows, RefreshRow, SessionRow, Signed};
use motcua_store::{Db, SessionId, Ts};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Grant};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::record;
use crate::throttle;
use crate::token::{Claims, unauthenticated};

/// A sign-in ends for good after so long, however often it is renewed.
pub const SESSION_HOURS: i64 = 24 * 7;
/// A sign-in that is over is kept so many days, should somebody ask about it; the record of it stays.
const KEPT_SESSION_DAYS: i64 = 90;
/// A refresh token must be used within this time: over night, not over a weekend left open.
pub const REFRESH_HOURS: i64 = 16;

/// What the signed-in person's browser gets.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// The JWT.
    pub access: String,
    /// Seconds it holds.
    pub expires_in: i64,
    /// The refresh token, for the httpOnly cookie and nothing else.
    pub refresh: String,
    /// Seconds the cookie lives.
    pub refresh_max_age: i64,
}

fn hasher() -> Result<Argon2<'static>> {
    // OWASP's floor for argon2id: 19 MiB, two passes.
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|e| Error::Internal(format!("argon2: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password. Some 40 ms of one core and 19 MiB: call it behind the sign-in semaphore.
///
/// # Errors
/// [`Error::Internal`] when hashing fails.
pub fn hash_password(password: &str) -> Result<String> {
    hasher()?
        .hash_password(password.as_bytes())
        .map(|h| h.to_string())
        .map_err(|e| Error::Internal(format!("argon2: {e}")))
}

fn verify_password(password: &str, hash: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash) else {
        return false;
    };
    hasher().is_ok_and(|h| h.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// A hash nobody knows the password of: verified when the account does not exist, so that both
/// cases take the same time.
fn dummy_hash() -> &'static str {
    static DUMMY: OnceLock<String> = OnceLock::new();
    DUMMY.get_or_init(|| hash_password(&new_secret()).unwrap_or_default())
}

fn new_secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

fn bad_credentials() -> Error {
    Refusal::new(
        "invalid_credentials",
        "Tên đăng nhập hoặc mật khẩu không đúng.",
        "The user name or password is wrong.",
    )
    .into()
}

fn first_password_expired() -> Error {
    Refusal::new(
        "first_password_expired",
        "Mật khẩu lần đầu đã hết hạn. Đề nghị quản trị viên cấp lại.",
        "The first password has run out. Ask an administrator for a new one.",
    )
    .into()
}

fn second_factor_needed() -> Error {
    Refusal::new(
        "second_factor_needed",
        "Nhập mã 6 số trên ứng dụng xác thực.",
        "Enter the six digits of the authenticator.",
    )
    .into()
}

fn second_factor_wrong() -> Error {
    Refusal::new(
        "second_factor_wrong",
        "Mã xác thực không đúng hoặc đã dùng. Hãy nhập mã mới.",
        "The code is wrong or was used already. Enter a new one.",
    )
    .into()
}

fn deactivated() -> Error {
    Refusal::new(
        "account_deactivated",
        "Tài khoản đã bị khóa. Liên hệ quản trị viên của trung tâm.",
        "The account has been deactivated.",
    )
    .into()
}

impl Services {
    /// Signs a person in. Slow on purpose (argon2id); run it behind the semaphore. `code` is that of the
    /// second factor, asked for once the password is right.
    ///
    /// # Errors
    /// `invalid_credentials`, `account_deactivated`, `login_throttled`, `first_password_expired`,
    /// `second_factor_needed`, `second_factor_wrong`.
    pub fn sign_in(
        &self,
        username: &str,
        password: &str,
        code: Option<&str>,
        address: &str,
    ) -> Result<Tokens> {
        let now = self.now();
        let username = text::nfc(username).trim().to_lowercase();
        let doors = [
            (throttle::subject("account", &username), throttle::ACCOUNT),
            (throttle::subject("address", address), throttle::ADDRESS),
        ];
        let user = self.read(|db| {
            for (subject, patience) in &doors {
                throttle::check(db, subject, *patience, now)?;
            }
            Ok(rows::user_by_name(db, &username)?)
        })?;
        let hash = user
            .as_ref()
            .map_or_else(|| dummy_hash().to_owned(), |u| u.password_hash.clone());
        let right = verify_password(password, &hash);
        // Another system has a secret of its own: no password opens its account.
        let Some(user) = user.filter(|u| right && u.scopes.is_none()) else {
            self.write(|db| {
                for (subject, patience) in &doors {
                    throttle::miss(db, subject, *patience, now)?;
                }
                Ok(())
            })?;
            return Err(bad_credentials());
        };
        if !user.active {
            return Err(deactivated());
        }
        if user.first_password_until.is_some_and(|t| t.0 <= now) {
            return Err(first_password_expired());
        }
        let step = match (&user.totp_secret, user.totp_since) {
            (Some(secret), Some(_)) => {
                let Some(code) = code else {
                    return Err(second_factor_needed());
                };
                Some(own::step_of(secret, &user.username, code, now)?)
            }
            _ => None,
        };
        // A code is guessed at like a password, so its misses are counted with it, and they are kept
        // although the sign-in is refused.
        self.write(|db| {
            if let Some(step) = step {
                let fresh = match step {
                    Some(step) => rows::use_totp(db, &user.id, step)?,
                    None => false,
                };
                if !fresh {
                    for (subject, patience) in &doors {
                        throttle::miss(db, subject, *patience, now)?;
                    }
                    return Ok(Err(second_factor_wrong()));
                }
            }
            if let Some((subject, _)) = doors.first() {
                rows::clear_throttle(db, subject)?;
            }
            let roles = rows::roles(db, std::slice::from_ref(&user.id), Ts::new(now))?;
            let pending = own::pending(db, &user, &roles)?;
            let session = SessionRow {
                id: SessionId::new(),
                user_id: user.id.clone(),
                created_at: Ts::new(now),
                expires_at: Ts::new(now + Duration::hours(SESSION_HOURS)),
                revoked_at: None,
                revoked_reason: None,
                pending: pending.map(|p| p.as_str().to_owned()),
            };
            rows::insert_session(db, &session)?;
            // Each sign-in takes a few away that have long been over, so none has to be swept for.
            let over = Ts::new(now - Duration::days(KEPT_SESSION_DAYS));
            rows::forget_sessions(db, over, 20)?;
            for centre in centres_of(db, &user.id, now)? {
                record::audit(
                    db,
                    &centre,
                    now,
                    None,
                    "account.signed_in",
                    ("user", user.id.as_str()),
                    json!({ "session": session.id }),
                )?;
            }
            self.tokens(db, &session, now).map(Ok)
        })?
    }

    fn tokens(&self, db: &mut Db, session: &SessionRow, now: DateTime<Utc>) -> Result<Tokens> {
        let refresh = new_secret();
        let ends = (now + Duration::hours(REFRESH_HOURS)).min(session.expires_at.0);
        rows::insert_refresh(
            db,
            &RefreshRow {
                token_hash: digest(&refresh),
                session_id: session.id.clone(),
                issued_at: Ts::new(now),
                expires_at: Ts::new(ends),
                used_at: None,
            },
        )?;
        Ok(Tokens {
            access: self.keys.issue(&session.user_id, &session.id, now)?,
            expires_in: crate::token::ACCESS_MINUTES * 60,
            refresh,
            refresh_max_age: (ends - now).num_seconds(),
        })
    }

    /// Exchanges a refresh token for new tokens. A token used twice was stolen by one of the two
    /// who hold it: the whole sign-in ends.
    ///
    /// # Errors
    /// `unauthenticated`, `refresh_reused`, `account_deactivated`.
    pub fn renew(&self, refresh: &str) -> Result<Tokens> {
        let now = self.now();
        let hash = digest(refresh);
        // The revocation of a reused token must be kept although the request is refused, so the
        // transaction ends well and tells what to answer.
        self.write(|db| {
            let Some(row) = rows::refresh(db, &hash)? else {
                return Ok(Err(unauthenticated()));
            };
            let Some(session) = rows::session(db, &row.session_id)? else {
                return Ok(Err(unauthenticated()));
            };
            if session.revoked_at.is_some()
                || session.expires_at.0 <= now
                || row.expires_at.0 <= now
            {
                return Ok(Err(unauthenticated()));
            }
            if !rows::use_refresh(db, &hash, Ts::new(now))? {
                rows::revoke_session(db, &session.id, Ts::new(now), "refresh token reused")?;
                for centre in centres_of(db, &session.user_id, now)? {
                    record::audit(
                        db,
                        &centre,
                        now,
                        None,
                        "account.refresh_reused",
                        ("user", session.user_id.as_str()),
                        json!({ "session": session.id }),
                    )?;
                }
                return Ok(Err(Refusal::new(
                    "refresh_reused",
                    "Phiên làm việc đã bị kết thúc vì mã gia hạn được dùng hai lần. Hãy đăng nhập lại.",
                    "The sign-in was ended because its refresh token was used twice. Sign in again.",
                )
                .into()));
            }
            match rows::user(db, &session.user_id)? {
                Some(u) if u.active => self.tokens(db, &session, now).map(Ok),
                _ => Ok(Err(deactivated())),
            }
        })?
    }

    /// Ends the sign-in a refresh token belongs to, or all of its user's.
    ///
    /// # Errors
    /// Storage failures only; an unknown token is signed out already.
    pub fn sign_out(
        &self,
        refresh: Option<&str>,
        actor: Option<&Actor>,
        everywhere: bool,
    ) -> Result<()> {
        let now = Ts::new(self.now());
        self.write(|db| {
            let session = match (actor, refresh) {
                (Some(a), _) => rows::session(db, &a.session_id)?,
                (None, Some(r)) => match rows::refresh(db, &digest(r))? {
                    Some(row) => rows::session(db, &row.session_id)?,
                    None => None,
                },
                (None, None) => None,
            };
            if let Some(s) = session {
                if everywhere {
                    rows::revoke_all(db, &s.user_id, now, "signed out everywhere")?;
                } else {
                    rows::revoke_session(db, &s.id, now, "signed out")?;
                }
            }
            Ok(())
        })
    }

    /// The person a token belongs to, as he stands now: signed out or deactivated counts at once.
    ///
    /// # Errors
    /// `unauthenticated`, `token_expired`, `account_deactivated`.
    pub fn actor(&self, db: &mut Db, claims: &Claims) -> Result<Actor> {
        let now = self.now();
        let signed = rows::signed(db, &claims.sid, Ts::new(now))?.ok_or_else(unauthenticated)?;
        if !signed.active {
            return Err(deactivated());
        }
        if signed.revoked_at.is_some() || signed.expires_at.0 <= now || signed.user_id != claims.sub
        {
            return Err(unauthenticated());
        }
        Ok(into_actor(signed, claims.sid.clone()))
    }
}

fn into_actor(signed: Signed, session_id: SessionId) -> Actor {
    Actor {
        user_id: signed.user_id,
        session_id,
        username: signed.username,
        full_name: signed.full_name,
        stamp: signed.stamp,
        pending: signed.pending.as_deref().and_then(Pending::parse),
        scopes: signed
            .scopes
            .map(|s| s.split_whitespace().map(ToOwned::to_owned).collect()),
        grants: signed
            .roles
            .into_iter()
            .filter_map(|r| {
                Role::parse(&r.role).map(|role| Grant {
                    role,
                    centre_id: r.centre_id,
                    authority_id: r.authority_id,
                    delegated_by: r.delegated_by,
                })
            })
            .collect(),
    }
}
