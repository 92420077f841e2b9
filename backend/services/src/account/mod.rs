//! Signing in and out, and keeping accounts.

mod client;
mod delegation;
mod own;
mod sheet;

pub use client::{
    Client, ClientChange, ClientToken, MOST_SCOPES, NewClient, OVERLAP_HOURS, add_client,
    change_client, client, clients, rotate, scopes_of, usage,
};
pub use delegation::{Delegations, NewDelegation, delegate, delegations, end_delegation};
pub use own::{FIRST_PASSWORD_DAYS, NewSecret, give_first_password, new_first_password};
pub use sheet::{Brought, bring_people};

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use motcua_domain::account::Pending;
use motcua_domain::account::is_username;
use motcua_domain::dossier::Role;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text;
use motcua_store::account::{self as rows, RefreshRow, RoleRow, SessionRow, Signed, UserRow};
use motcua_store::{
    AuthorityId, CentreId, Db, RoleAssignmentId, SessionId, StoreError, Ts, UserId,
};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::actor::{Actor, Grant, Permission};
use crate::context::{Services, bad_field};
use crate::error::{Error, Result, stale};
use crate::record;
use crate::throttle;
use crate::token::{Claims, unauthenticated};

/// A sign-in ends for good after so long, however often it is renewed.
pub const SESSION_HOURS: i64 = 24 * 7;
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

fn centres_of(db: &mut Db, user: &UserId, now: DateTime<Utc>) -> Result<Vec<CentreId>> {
    let mut centres = Vec::new();
    for role in rows::roles(db, std::slice::from_ref(user), Ts::new(now))? {
        if !centres.contains(&role.centre_id) {
            centres.push(role.centre_id);
        }
    }
    Ok(centres)
}

/// A role to be given.
#[derive(Debug, Clone)]
pub struct NewRole {
    /// Which.
    pub role: Role,
    /// Where.
    pub centre_id: CentreId,
    /// For which authority; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Sign-in name: 2–64 of a–z, 0–9, dot, dash, underscore.
    pub username: String,
    /// Full name, at most 200 characters.
    pub full_name: String,
    /// Title, as printed under a signature.
    pub title: Option<String>,
    /// Password, 10–200 characters; none: nobody signs in before a first password is given out.
    pub password: Option<String>,
    /// The password is a first one: it must be changed at the first sign-in.
    pub must_change_password: bool,
    /// Roles.
    pub roles: Vec<NewRole>,
    /// Made by `--demo`.
    pub is_demo: bool,
}

/// A user with the roles that hold now.
#[derive(Debug, Clone)]
pub struct User {
    /// The row.
    pub row: UserRow,
    /// His roles.
    pub roles: Vec<RoleRow>,
}

fn check_password(password: &str) -> Result<()> {
    let n = password.chars().count();
    if !(10..=200).contains(&n) || password.chars().any(char::is_control) {
        return Err(bad_field(
            "/password",
            "password_length",
            "Mật khẩu phải có từ 10 đến 200 ký tự.",
            "The password must have 10 to 200 characters.",
        )
        .into());
    }
    Ok(())
}

fn check_username(username: &str) -> Result<String> {
    let name = username.to_lowercase();
    if is_username(&name) {
        Ok(name)
    } else {
        Err(bad_field(
            "/username",
            "username_format",
            "Tên đăng nhập gồm 2–64 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối.",
            "A user name has 2–64 characters: a–z, 0–9, dot, dash, underscore.",
        )
        .into())
    }
}

fn check_full_name(full_name: &str) -> Result<String> {
    text::required_line(full_name, 200)
        .map_err(|f| Refusal::invalid(vec![f.at("/full_name")]).into())
}

impl NewUser {
    /// What is wrong with any field, all at once and without hashing anything.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut keep = |checked: Result<()>| {
            if let Err(Error::Refused(refusal)) = checked {
                faults.extend(refusal.errors);
            }
        };
        keep(check_username(&self.username).map(|_| ()));
        keep(check_full_name(&self.full_name).map(|_| ()));
        if let Some(password) = &self.password {
            keep(check_password(password));
        }
        faults
    }

    /// Checks and cleans, and hashes the password (slow on purpose).
    ///
    /// # Errors
    /// `validation_failed` naming the field.
    pub fn prepare(self, now: DateTime<Utc>) -> Result<(UserRow, Vec<NewRole>)> {
        let username = check_username(&self.username)?;
        let full_name = check_full_name(&self.full_name)?;
        let title = match &self.title {
            Some(t) => Some(
                text::required_line(t, 200).map_err(|f| Refusal::invalid(vec![f.at("/title")]))?,
            ),
            None => None,
        };
        let (password_hash, first_password_until) = match &self.password {
            Some(password) => {
                check_password(password)?;
                let until = now + Duration::days(FIRST_PASSWORD_DAYS);
                (
                    hash_password(password)?,
                    self.must_change_password.then(|| Ts::new(until)),
                )
            }
            // No password opens it.
            None => (String::new(), None),
        };
        Ok((
            UserRow {
                id: UserId::new(),
                username,
                full_name,
                title,
                password_hash,
                active: true,
                is_demo: self.is_demo,
                created_at: Ts::new(now),
                version: 1,
                first_password_until,
                totp_secret: None,
                totp_since: None,
                totp_last_step: None,
                scopes: None,
            },
            self.roles,
        ))
    }
}

/// Adds an account that [`NewUser::prepare`] has checked.
///
/// # Errors
/// `username_taken`.
pub fn add_user(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    row: &UserRow,
    roles: &[NewRole],
) -> Result<User> {
    if rows::user_by_name(db, &row.username)?.is_some() {
        return Err(username_taken());
    }
    rows::insert_user(db, row).map_err(|e| match e {
        StoreError::Unique(_) => username_taken(),
        other => other.into(),
    })?;
    let mut given = Vec::new();
    for r in roles {
        let role = RoleRow {
            id: RoleAssignmentId::new(),
            user_id: row.id.clone(),
            role: r.role.as_str().to_owned(),
            centre_id: r.centre_id.clone(),
            authority_id: r.authority_id.clone(),
            valid_from: Ts::new(now),
            valid_to: None,
            delegated_by: None,
        };
        rows::insert_role(db, &role)?;
        given.push(role);
    }
    for centre in centres_of(db, &row.id, now)? {
        record::audit(
            db,
            &centre,
            now,
            actor,
            "account.created",
            ("user", row.id.as_str()),
            json!({ "roles": roles.iter().map(|r| r.role.as_str()).collect::<Vec<_>>() }),
        )?;
    }
    Ok(User {
        row: row.clone(),
        roles: given,
    })
}

fn username_taken() -> Error {
    Refusal::new(
        "username_taken",
        "Tên đăng nhập này đã có người dùng.",
        "This user name is taken.",
    )
    .field("/username", "username_taken", "Đã có người dùng.", "Taken.")
    .into()
}

/// Users of the actor's centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn list_users(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<User>> {
    let users = rows::users_page(db, &actor.centres(Permission::ManageUsers), edge, limit)?;
    let ids: Vec<UserId> = users.iter().map(|u| u.id.clone()).collect();
    let roles = rows::roles(db, &ids, Ts::new(now))?;
    Ok(users
        .into_iter()
        .map(|row| User {
            roles: roles
                .iter()
                .filter(|r| r.user_id == row.id)
                .cloned()
                .collect(),
            row,
        })
        .collect())
}

/// The actor's colleagues: active people of the same centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn colleagues(
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<UserRow>> {
    let centres = actor.centres(Permission::ReadDossiers);
    Ok(rows::colleagues_page(db, &centres, edge, limit)?)
}

/// One user, if he belongs to one of the actor's centres.
///
/// # Errors
/// `not_found`.
pub fn find_user(db: &mut Db, now: DateTime<Utc>, actor: &Actor, id: &UserId) -> Result<User> {
    let row = rows::user(db, id)?.ok_or_else(Refusal::not_found)?;
    let roles = rows::roles(db, std::slice::from_ref(id), Ts::new(now))?;
    let centres = actor.centres(Permission::ManageUsers);
    if !roles.iter().any(|r| centres.contains(&r.centre_id)) {
        return Err(Refusal::not_found().into());
    }
    Ok(User { row, roles })
}

/// What may be changed of a user.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    /// New full name.
    pub full_name: Option<String>,
    /// New title.
    pub title: Option<Option<String>>,
    /// Deactivate or reactivate.
    pub active: Option<bool>,
    /// The hash of a new password (see [`checked_password`]).
    pub password_hash: Option<String>,
    /// The second factor is set up anew at the next sign-in.
    pub reset_second_factor: bool,
    /// What another system may do.
    pub scopes: Option<String>,
}

/// Checks a new password and hashes it (slow on purpose).
///
/// # Errors
/// `validation_failed` naming `/password`.
pub fn checked_password(password: &str) -> Result<String> {
    check_password(password)?;
    hash_password(password)
}

/// Changes a user. Deactivation and a new password end all his sign-ins at once.
///
/// # Errors
/// `not_found`, `version_stale`, `own_account` (nobody deactivates himself), `validation_failed`.
pub fn change_user(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    version: i64,
    change: &UserChange,
) -> Result<User> {
    let mut user = find_user(db, now, actor, id)?;
    if user.row.version != version {
        return Err(stale(user.row.version));
    }
    if change.active == Some(false) && id == &actor.user_id {
        return Err(Refusal::new(
            "own_account",
            "Không thể tự khóa tài khoản của mình.",
            "Nobody deactivates his own account.",
        )
        .into());
    }
    if let Some(name) = &change.full_name {
        user.row.full_name = check_full_name(name)?;
    }
    if let Some(title) = &change.title {
        user.row.title = match title {
            Some(t) => Some(
                text::required_line(t, 200).map_err(|f| Refusal::invalid(vec![f.at("/title")]))?,
            ),
            None => None,
        };
    }
    if let Some(active) = change.active {
        user.row.active = active;
    }
    if let Some(hash) = &change.password_hash {
        user.row.password_hash = hash.clone();
        user.row.first_password_until = Some(Ts::new(now + Duration::days(FIRST_PASSWORD_DAYS)));
    }
    if let Some(scopes) = &change.scopes {
        user.row.scopes = Some(scopes.clone());
    }
    if change.reset_second_factor {
        user.row.totp_secret = None;
        user.row.totp_since = None;
        user.row.totp_last_step = None;
    }
    if !rows::update_user(db, &user.row, version)? {
        return Err(stale(version + 1));
    }
    user.row.version = version + 1;
    if change.active == Some(false) || change.password_hash.is_some() || change.reset_second_factor
    {
        rows::revoke_all(db, id, Ts::new(now), "account changed by an administrator")?;
    }
    for centre in centres_of(db, id, now)? {
        record::audit(
            db,
            &centre,
            now,
            Some(actor),
            "account.changed",
            ("user", id.as_str()),
            json!({
                "name": change.full_name.is_some(),
                "title": change.title.is_some(),
                "active": change.active,
                "password": change.password_hash.is_some(),
                "second_factor": change.reset_second_factor,
                "scopes": change.scopes,
            }),
        )?;
    }
    Ok(user)
}

/// Sets a new password from the command line, resets the second factor and ends every sign-in.
///
/// # Errors
/// `not_found`.
pub fn reset_password(db: &mut Db, now: DateTime<Utc>, username: &str, hash: &str) -> Result<()> {
    let mut row =
        rows::user_by_name(db, &username.to_lowercase())?.ok_or_else(Refusal::not_found)?;
    let version = row.version;
    row.password_hash = hash.to_owned();
    row.first_password_until = None;
    row.totp_secret = None;
    row.totp_since = None;
    row.totp_last_step = None;
    if !rows::update_user(db, &row, version)? {
        return Err(stale(version + 1));
    }
    rows::revoke_all(db, &row.id, Ts::new(now), "password reset")?;
    for centre in centres_of(db, &row.id, now)? {
        record::audit(
            db,
            &centre,
            now,
            None,
            "account.password_reset",
            ("user", row.id.as_str()),
            json!({}),
        )?;
    }
    Ok(())
}
