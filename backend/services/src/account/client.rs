//! Other systems' accounts: made, scoped, their secrets replaced with an overlap, and what they ask.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Days, Duration, Utc};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::account::{self as rows, SecretRow, SessionRow, UsageRow, UserRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, SessionId, Ts, UserId};
use serde_json::json;

use super::{NewRole, User, add_user, centres_of, digest, find_user};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::record;
use crate::throttle;

/// Hours for which the secret of before still holds after a new one was made, unless less is asked.
pub const OVERLAP_HOURS: i64 = 24 * 7;
/// The most scopes of an account.
pub const MOST_SCOPES: usize = 40;
/// Days of use that are told.
pub const USAGE_DAYS: u64 = 31;
const MOST_USAGE: i64 = 2_000;

/// An account of another system with its secrets.
pub struct Client {
    /// The account.
    pub user: User,
    /// Its secrets that still hold.
    pub secrets: Vec<SecretRow>,
}

/// An account to be made for another system.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// What it is called.
    pub name: String,
    /// In which role it acts.
    pub role: Role,
    /// For which authority; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
    /// What of the role it may do: names of permissions.
    pub scopes: Vec<String>,
}

/// The names of the permissions a role has.
#[must_use]
pub fn permissions_of(role: Role) -> Vec<String> {
    Permission::all()
        .into_iter()
        .filter(|p| p.roles().contains(&role))
        .map(Permission::name)
        .collect()
}

/// The names of the permissions that another system may have in a role.
#[must_use]
pub fn scopes_of(role: Role) -> Vec<String> {
    Permission::all()
        .into_iter()
        .filter(|p| !p.is_for_people() && p.roles().contains(&role))
        .map(Permission::name)
        .collect()
}

fn check_scopes(role: Role, scopes: &[String], errors: &mut Vec<FieldError>) -> String {
    if !(1..=MOST_SCOPES).contains(&scopes.len()) {
        errors.push(FieldError::out_of_range("/scopes", 1, MOST_SCOPES as u64));
    }
    let known = scopes_of(role);
    for (i, scope) in scopes.iter().enumerate() {
        if !known.contains(scope) {
            errors.push(FieldError::new(
                format!("/scopes/{i}"),
                "unknown_value",
                "Vai trò này không có quyền như vậy, hoặc quyền chỉ dành cho người.",
                "The role has no such permission, or only people have it.",
            ));
        }
    }
    let mut kept: Vec<&str> = scopes.iter().map(String::as_str).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.join(" ")
}

fn new_secret() -> String {
    format!("mcs_{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
}

fn keep_secret(db: &mut Db, user: &UserId, now: DateTime<Utc>) -> Result<String> {
    let secret = new_secret();
    rows::insert_secret(
        db,
        &SecretRow {
            id: RecordId::new(),
            user_id: user.clone(),
            secret_hash: digest(&secret),
            created_at: Ts::new(now),
            expires_at: None,
            last_used_at: None,
        },
    )?;
    Ok(secret)
}

fn noted(db: &mut Db, actor: &Actor, id: &UserId, now: DateTime<Utc>, what: &str) -> Result<()> {
    for centre in centres_of(db, id, now)? {
        record::audit(
            db,
            &centre,
            now,
            Some(actor),
            what,
            ("user", id.as_str()),
            json!({}),
        )?;
    }
    Ok(())
}

fn with_secrets(db: &mut Db, now: DateTime<Utc>, users: Vec<User>) -> Result<Vec<Client>> {
    let ids: Vec<UserId> = users.iter().map(|u| u.row.id.clone()).collect();
    let secrets = rows::secrets(db, &ids)?;
    let holds = |s: &&SecretRow| s.expires_at.is_none_or(|t| t.0 > now);
    Ok(users
        .into_iter()
        .map(|user| Client {
            secrets: secrets
                .iter()
                .filter(|s| s.user_id == user.row.id)
                .filter(holds)
                .cloned()
                .collect(),
            user,
        })
        .collect())
}

/// Accounts of other systems at the actor's centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn clients(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Client>> {
    let found = rows::clients_page(db, &actor.centres(Permission::ManageUsers), edge, limit)?;
    let ids: Vec<UserId> = found.iter().map(|u| u.id.clone()).collect();
    let roles = rows::roles(db, &ids, Ts::new(now))?;
    let users = found
        .into_iter()
        .map(|row| User {
            roles: roles
                .iter()
                .filter(|r| r.user_id == row.id)
                .cloned()
                .collect(),
            row,
        })
        .collect();
    with_secrets(db, now, users)
}

/// One account of another system.
///
/// # Errors
/// `not_found`.
pub fn client(db: &mut Db, now: DateTime<Utc>, actor: &Actor, id: &UserId) -> Result<Client> {
    let user = find_user(db, now, actor, id)?;
    if user.row.scopes.is_none() {
        return Err(Refusal::not_found().into());
    }
    with_secrets(db, now, vec![user])?
        .pop()
        .ok_or_else(|| Refusal::not_found().into())
}

/// Makes an account for another system and its first secret, which is told once and never again.
///
/// # Errors
/// `validation_failed` naming the fields.
pub fn add_client(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    new: &NewClient,
) -> Result<(Client, String)> {
    let mut errors = Vec::new();
    let name = required_line(&new.name, 200)
        .map_err(|f| errors.push(f.at("/name")))
        .unwrap_or_default();
    if matches!(new.role, Role::System | Role::Citizen | Role::Admin) {
        errors.push(FieldError::new(
            "/role",
            "invalid_value",
            "Hệ thống khác không giữ vai trò này.",
            "Another system does not hold this role.",
        ));
    }
    let scopes = check_scopes(new.role, &new.scopes, &mut errors);
    if let Some(a) = &new.authority_id
        && motcua_store::centre::authority(db, a)?.is_none()
    {
        errors.push(FieldError::new(
            "/authority_id",
            "authority_unknown",
            "Không có cơ quan này.",
            "No such authority.",
        ));
    }
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    let centre_id: CentreId = actor
        .centres(Permission::ManageUsers)
        .into_iter()
        .next()
        .ok_or_else(Refusal::not_found)?;
    let id = UserId::new();
    let row = UserRow {
        // Its sign-in name is no name of a person's: a colon cannot stand in one.
        username: format!("client:{id}"),
        id,
        full_name: name,
        title: None,
        password_hash: String::new(),
        active: true,
        is_demo: false,
        created_at: Ts::new(now),
        version: 1,
        first_password_until: None,
        totp_secret: None,
        totp_since: None,
        totp_last_step: None,
        scopes: Some(scopes),
    };
    let role = NewRole {
        role: new.role,
        centre_id,
        authority_id: new.authority_id.clone(),
    };
    let user = add_user(db, now, Some(actor), &row, &[role])?;
    let secret = keep_secret(db, &user.row.id, now)?;
    let client = with_secrets(db, now, vec![user])?
        .pop()
        .ok_or_else(|| Error::Internal("a client that is gone".into()))?;
    Ok((client, secret))
}

/// Makes a new secret; those of before hold for some hours more.
///
/// # Errors
/// `not_found`, `validation_failed`.
pub fn rotate(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    overlap_hours: Option<i64>,
) -> Result<(Client, String)> {
    let overlap = overlap_hours.unwrap_or(OVERLAP_HOURS);
    if !(0..=OVERLAP_HOURS).contains(&overlap) {
        return Err(Refusal::invalid(vec![FieldError::out_of_range(
            "/overlap_hours",
            0,
            OVERLAP_HOURS.unsigned_abs(),
        )])
        .into());
    }
    client(db, now, actor, id)?;
    rows::end_secrets(db, id, Ts::new(now + Duration::hours(overlap)))?;
    let secret = keep_secret(db, id, now)?;
    noted(db, actor, id, now, "client.secret_made")?;
    Ok((client(db, now, actor, id)?, secret))
}

/// What an account asked in the last month, newest day first.
///
/// # Errors
/// `not_found`.
pub fn usage(db: &mut Db, now: DateTime<Utc>, actor: &Actor, id: &UserId) -> Result<Vec<UsageRow>> {
    client(db, now, actor, id)?;
    let today = local_date(now);
    let since = today
        .checked_sub_days(Days::new(USAGE_DAYS))
        .unwrap_or(today);
    Ok(rows::usage(db, id, since, MOST_USAGE)?)
}

/// Changes what another system is called, whether it may act, and what.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`.
pub fn change_client(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    version: i64,
    change: &ClientChange,
) -> Result<Client> {
    let known = client(db, now, actor, id)?;
    let scopes = match &change.scopes {
        None => None,
        Some(scopes) => {
            let mut errors = Vec::new();
            let roles = known.user.roles.iter();
            let role = roles.filter_map(|r| Role::parse(&r.role)).next();
            let text = match role {
                Some(role) => check_scopes(role, scopes, &mut errors),
                None => String::new(),
            };
            if !errors.is_empty() {
                return Err(Refusal::invalid(errors).into());
            }
            Some(text)
        }
    };
    let change = super::UserChange {
        full_name: change.name.clone(),
        active: change.active,
        scopes,
        ..super::UserChange::default()
    };
    super::change_user(db, now, actor, id, version, &change).map_err(|e| match e {
        Error::Refused(mut refusal) => {
            for fault in &mut refusal.errors {
                if fault.pointer == "/full_name" {
                    fault.pointer = "/name".into();
                }
            }
            Error::Refused(refusal)
        }
        other => other,
    })?;
    client(db, now, actor, id)
}

/// What may be changed of another system's account.
#[derive(Debug, Clone, Default)]
pub struct ClientChange {
    /// New name.
    pub name: Option<String>,
    /// Deactivate or reactivate.
    pub active: Option<bool>,
    /// What it may do.
    pub scopes: Option<Vec<String>>,
}

/// A token for another system.
pub struct ClientToken {
    /// The JWT.
    pub access: String,
    /// Seconds it holds.
    pub expires_in: i64,
    /// What it may do, one word each.
    pub scope: String,
}

impl Services {
    /// Exchanges a client's id and secret for an access token (RFC 6749, 4.4).
    ///
    /// # Errors
    /// `invalid_client`, `login_throttled`.
    pub fn client_token(&self, id: &str, secret: &str, address: &str) -> Result<ClientToken> {
        let now = self.now();
        let door = throttle::subject("address", address);
        let hash = digest(secret);
        let found = self.read(|db| {
            throttle::check(db, &door, throttle::ADDRESS, now)?;
            let Some(kept) = rows::secret_by_hash(db, &hash)? else {
                return Ok(None);
            };
            let holds = kept.expires_at.is_none_or(|t| t.0 > now);
            let user = rows::user(db, &kept.user_id)?;
            Ok(user
                .filter(|u| holds && u.id.as_str() == id && u.active)
                .and_then(|u| u.scopes.clone().map(|scopes| (kept, u, scopes))))
        })?;
        let Some((kept, user, scope)) = found else {
            self.write(|db| throttle::miss(db, &door, throttle::ADDRESS, now))?;
            return Err(Refusal::new(
                "invalid_client",
                "Mã hoặc khóa bí mật của hệ thống không đúng.",
                "The client's id or secret is wrong.",
            )
            .into());
        };
        self.write(|db| {
            rows::use_secret(db, &kept.id, Ts::new(now))?;
            let session = SessionRow {
                id: SessionId::new(),
                user_id: user.id.clone(),
                created_at: Ts::new(now),
                expires_at: Ts::new(now + Duration::minutes(crate::token::ACCESS_MINUTES)),
                revoked_at: None,
                revoked_reason: None,
                pending: None,
            };
            rows::insert_session(db, &session)?;
            Ok(ClientToken {
                access: self.keys.issue_client(&user.id, &session.id, now)?,
                expires_in: crate::token::ACCESS_MINUTES * 60,
                scope: scope.clone(),
            })
        })
    }
}
