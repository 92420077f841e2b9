//! What people change of their own account: the password and the second factor.

use chrono::{DateTime, Utc};
use motcua_domain::account::{Pending, SecondFactor};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::Refusal;
use motcua_store::account::{self as rows, RoleRow, UserRow};
use motcua_store::{Db, Ts, UserId, centre};
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

use super::{centres_of, checked_password, verify_password};
use crate::actor::Actor;
use crate::context::{Services, bad_field};
use crate::error::{Error, Result};
use crate::record;
use crate::throttle;

/// Bytes of a new secret, as RFC 4226 advises.
const SECRET_BYTES: usize = 20;

fn fault(e: impl std::fmt::Debug) -> Error {
    Error::Internal(format!("totp: {e:?}"))
}

fn totp(secret: Secret, username: &str) -> Result<Totp> {
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("motcua"))
        .with_account_name(username)
        .build()
        .map_err(fault)
}

/// The step of time that a code belongs to, if it is one of this secret's around `now`.
pub(super) fn step_of(
    secret: &str,
    username: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let secret = Secret::try_from_base32(secret).map_err(fault)?;
    let time = u64::try_from(now.timestamp()).unwrap_or(0);
    let step = totp(secret, username)?.check(&digits, time);
    Ok(step.and_then(|s| i64::try_from(s).ok()))
}

/// What somebody with these roles must do first, if anything.
pub(super) fn pending(db: &mut Db, user: &UserRow, roles: &[RoleRow]) -> Result<Option<Pending>> {
    if user.first_password_until.is_some() {
        return Ok(Some(Pending::Password));
    }
    if user.totp_since.is_some() {
        return Ok(None);
    }
    for given in roles {
        let policy = match centre::centre(db, &given.centre_id)? {
            Some(c) => SecondFactor::parse(&c.second_factor),
            None => None,
        };
        let role = Role::parse(&given.role);
        if policy.zip(role).is_some_and(|(p, r)| p.binds(r)) {
            return Ok(Some(Pending::SecondFactor));
        }
    }
    Ok(None)
}

/// Whose account it is, after the password was told again. Slow on purpose; misses are counted at the
/// account's door.
fn knows(services: &Services, actor: &Actor, password: &str, pointer: &str) -> Result<UserRow> {
    let now = services.now();
    let door = throttle::subject("account", &actor.username);
    let user = services.read(|db| {
        throttle::check(db, &door, throttle::ACCOUNT, now)?;
        Ok(rows::user(db, &actor.user_id)?)
    })?;
    let user = user.ok_or_else(Refusal::not_found)?;
    if verify_password(password, &user.password_hash) {
        return Ok(user);
    }
    services.write(|db| throttle::miss(db, &door, throttle::ACCOUNT, now))?;
    Err(bad_field(
        pointer,
        "password_wrong",
        "Mật khẩu hiện tại không đúng.",
        "The present password is wrong.",
    )
    .into())
}

fn noted(db: &mut Db, actor: &Actor, now: DateTime<Utc>, what: &str) -> Result<()> {
    for centre in centres_of(db, &actor.user_id, now)? {
        record::audit(
            db,
            &centre,
            now,
            Some(actor),
            what,
            ("user", actor.user_id.as_str()),
            json!({ "session": actor.session_id }),
        )?;
    }
    Ok(())
}

fn clear(db: &mut Db, actor: &Actor, user: &UserRow, now: DateTime<Utc>) -> Result<()> {
    let roles = rows::roles(db, std::slice::from_ref(&user.id), Ts::new(now))?;
    let left = pending(db, user, &roles)?;
    rows::set_pending(db, &actor.session_id, left.map(Pending::as_str))?;
    Ok(())
}

impl Services {
    /// Changes one's own password; every other sign-in of the person ends. Slow on purpose.
    ///
    /// # Errors
    /// `validation_failed` (`password_wrong`, `password_length`, `password_same`), `login_throttled`.
    pub fn change_password(&self, actor: &Actor, present: &str, new: &str) -> Result<()> {
        let mut user = knows(self, actor, present, "/current_password")?;
        if present == new {
            return Err(bad_field(
                "/new_password",
                "password_same",
                "Mật khẩu mới phải khác mật khẩu hiện tại.",
                "The new password must be another one.",
            )
            .into());
        }
        user.password_hash = checked_password(new).map_err(|e| match e {
            Error::Refused(mut refusal) => {
                for fault in &mut refusal.errors {
                    fault.pointer = "/new_password".into();
                }
                Error::Refused(refusal)
            }
            other => other,
        })?;
        user.first_password_until = None;
        let now = self.now();
        self.write(|db| {
            rows::update_secrets(db, &user)?;
            rows::revoke_others(
                db,
                &user.id,
                &actor.session_id,
                Ts::new(now),
                "password changed",
            )?;
            clear(db, actor, &user, now)?;
            noted(db, actor, now, "account.password_changed")
        })
    }

    /// Begins a second factor: a new secret, not asked for before a code of it was given back. Slow on
    /// purpose.
    ///
    /// # Errors
    /// `validation_failed` (`password_wrong`), `second_factor_on`, `login_throttled`.
    pub fn begin_second_factor(&self, actor: &Actor, password: &str) -> Result<NewSecret> {
        let mut user = knows(self, actor, password, "/password")?;
        if user.totp_since.is_some() {
            return Err(Refusal::new(
                "second_factor_on",
                "Xác thực hai lớp đã bật. Muốn đổi thiết bị, hãy nhờ quản trị viên đặt lại.",
                "The second factor is on. To use another device, have an administrator reset it.",
            )
            .into());
        }
        let secret = Secret::from(rand::random::<[u8; SECRET_BYTES]>().to_vec());
        let text = secret.to_base32();
        let uri = totp(secret, &user.username)?.to_url().map_err(fault)?;
        let qr_svg = QrCode::new(uri.as_bytes())
            .map_err(|e| Error::Internal(format!("qr: {e}")))?
            .render::<svg::Color<'_>>()
            .min_dimensions(200, 200)
            .build();
        user.totp_secret = Some(text.clone());
        user.totp_last_step = None;
        self.write(|db| Ok(rows::update_secrets(db, &user)?))?;
        Ok(NewSecret {
            secret: text,
            uri,
            qr_svg,
        })
    }

    /// Turns the second factor on: a code of the new secret shows that it arrived.
    ///
    /// # Errors
    /// `second_factor_not_begun`, `validation_failed` (`second_factor_wrong`), `login_throttled`.
    pub fn confirm_second_factor(&self, actor: &Actor, code: &str) -> Result<()> {
        let now = self.now();
        let door = throttle::subject("account", &actor.username);
        let wrong = self.write(|db| {
            throttle::check(db, &door, throttle::ACCOUNT, now)?;
            let mut user = rows::user(db, &actor.user_id)?.ok_or_else(Refusal::not_found)?;
            let secret = match (&user.totp_secret, user.totp_since) {
                (Some(secret), None) => secret.clone(),
                _ => {
                    return Err(Refusal::new(
                        "second_factor_not_begun",
                        "Chưa bắt đầu bật xác thực hai lớp.",
                        "No second factor is being set up.",
                    )
                    .into());
                }
            };
            let Some(step) = step_of(&secret, &user.username, code, now)? else {
                throttle::miss(db, &door, throttle::ACCOUNT, now)?;
                return Ok(true);
            };
            user.totp_since = Some(Ts::new(now));
            user.totp_last_step = Some(step);
            rows::update_secrets(db, &user)?;
            clear(db, actor, &user, now)?;
            noted(db, actor, now, "account.second_factor_on")?;
            Ok(false)
        })?;
        if wrong {
            return Err(bad_field(
                "/code",
                "second_factor_wrong",
                "Mã không đúng. Kiểm tra đồng hồ của điện thoại rồi nhập mã mới.",
                "The code is wrong. Check the phone's clock and enter a new one.",
            )
            .into());
        }
        Ok(())
    }
}

/// A secret to be put into an authenticator.
pub struct NewSecret {
    /// Base32, to be typed.
    pub secret: String,
    /// `otpauth://…`.
    pub uri: String,
    /// The same as a QR code, SVG.
    pub qr_svg: String,
}

/// Gives somebody a first password, which holds seven days and must be changed; every sign-in of theirs
/// ends. `hash` is of [`new_first_password`].
///
/// # Errors
/// `not_found`, `own_account`.
pub fn give_first_password(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    hash: &str,
) -> Result<UserRow> {
    let mut row = super::find_user(db, now, actor, id)?.row;
    // Another system has secrets, no password.
    if row.scopes.is_some() {
        return Err(Refusal::not_found().into());
    }
    if id == &actor.user_id {
        return Err(Refusal::new(
            "own_account",
            "Tự đổi mật khẩu của mình ở trang Tài khoản của tôi.",
            "Change your own password on the page of your account.",
        )
        .into());
    }
    row.password_hash = hash.to_owned();
    row.first_password_until = Some(Ts::new(now + chrono::Duration::days(FIRST_PASSWORD_DAYS)));
    rows::update_secrets(db, &row)?;
    rows::revoke_all(db, id, Ts::new(now), "first password given")?;
    for centre in centres_of(db, id, now)? {
        record::audit(
            db,
            &centre,
            now,
            Some(actor),
            "account.first_password_given",
            ("user", id.as_str()),
            json!({}),
        )?;
    }
    Ok(row)
}

/// Days a first password holds.
pub const FIRST_PASSWORD_DAYS: i64 = 7;

/// A password to be read off a slip and typed once: sixty bits, no letter that looks like another.
#[must_use]
pub fn new_first_password() -> String {
    const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
    let mut letters = String::new();
    while letters.len() < 12 {
        let byte = rand::random::<u8>();
        // Only whole multiples, so that no letter is likelier than another.
        if usize::from(byte) < 256 - 256 % LETTERS.len()
            && let Some(letter) = LETTERS.get(usize::from(byte) % LETTERS.len())
        {
            letters.push(char::from(*letter));
        }
    }
    let parts: Vec<&str> = [0, 4, 8]
        .into_iter()
        .filter_map(|i| letters.get(i..i + 4))
        .collect();
    parts.join("-")
}
