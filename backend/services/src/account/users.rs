//! Keeping accounts: who there is, with which roles, and what of them changes.

use chrono::{DateTime, Duration, Utc};
use motcua_domain::account::is_username;
use motcua_domain::dossier::Role;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text;
use motcua_store::account::{self as rows, RoleRow, UserRow};
use motcua_store::{AuthorityId, CentreId, Db, RoleAssignmentId, StoreError, Ts, UserId};
use serde_json::json;

use super::{FIRST_PASSWORD_DAYS, hash_password};
use crate::actor::{Actor, Permission};
use crate::context::bad_field;
use crate::error::{Error, Result, stale};
use crate::record;

pub(super) fn centres_of(db: &mut Db, user: &UserId, now: DateTime<Utc>) -> Result<Vec<CentreId>> {
    let mut centres = Vec::new();
    for role in rows::roles(db, std::slice::from_ref(user), Ts::new(now))? {
        if !centres.contains(&role.centre_id) {
            centres.push(role.centre_id);
        }
    }
    Ok(centres)
}

/// Whether one person may hold these roles: an administrator configures and never decides a dossier,
/// nor answers for the centre in what administrators propose.
pub fn go_together(roles: impl Iterator<Item = Role>) -> bool {
    let (mut configures, mut decides) = (false, false);
    for role in roles {
        configures |= role == Role::Admin;
        decides |= matches!(role, Role::Leader | Role::Director);
    }
    !(configures && decides)
}

/// The fault of roles that one person may not hold together.
pub fn apart(pointer: impl Into<String>) -> FieldError {
    FieldError::new(
        pointer,
        "roles_apart",
        "Quản trị viên không đồng thời giữ vai trò lãnh đạo hoặc giám đốc.",
        "An administrator is no leader or director at the same time.",
    )
}

/// The most roles of one person.
pub const MOST_ROLES: usize = 20;

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
    if !go_together(roles.iter().map(|r| r.role)) {
        return Err(Refusal::invalid(vec![apart("/roles")]).into());
    }
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

/// Somebody whose roles the actor may change: a person of his centres, other than himself.
fn another(db: &mut Db, now: DateTime<Utc>, actor: &Actor, id: &UserId) -> Result<User> {
    let user = find_user(db, now, actor, id)?;
    if user.row.scopes.is_some() {
        return Err(Refusal::not_found().into());
    }
    if id == &actor.user_id {
        return Err(Refusal::new(
            "own_account",
            "Không thể tự thay đổi vai trò của mình.",
            "Nobody changes his own roles.",
        )
        .into());
    }
    Ok(user)
}

fn role_noted(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    row: &RoleRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        what,
        ("user", row.user_id.as_str()),
        json!({ "role": row.role, "authority": row.authority_id }),
    )
}

/// Gives somebody a further role. It holds from now on.
///
/// # Errors
/// `not_found`, `own_account`, `role_held`, `validation_failed`.
pub fn give_role(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    role: &NewRole,
) -> Result<User> {
    let mut user = another(db, now, actor, id)?;
    let own = || user.roles.iter().filter(|r| r.delegated_by.is_none());
    let held = own().any(|r| {
        r.role == role.role.as_str()
            && r.centre_id == role.centre_id
            && r.authority_id == role.authority_id
    });
    if held {
        return Err(Refusal::new(
            "role_held",
            "Người này đang giữ vai trò đó.",
            "The person holds this role already.",
        )
        .into());
    }
    if own().count() >= MOST_ROLES {
        return Err(Refusal::invalid(vec![FieldError::out_of_range(
            "/role",
            1,
            MOST_ROLES as u64,
        )])
        .into());
    }
    let with_it = user.roles.iter().filter_map(|r| Role::parse(&r.role));
    if !go_together(with_it.chain([role.role])) {
        return Err(Refusal::invalid(vec![apart("/role")]).into());
    }
    let row = RoleRow {
        id: RoleAssignmentId::new(),
        user_id: id.clone(),
        role: role.role.as_str().to_owned(),
        centre_id: role.centre_id.clone(),
        authority_id: role.authority_id.clone(),
        valid_from: Ts::new(now),
        valid_to: None,
        delegated_by: None,
    };
    rows::insert_role(db, &row)?;
    role_noted(db, now, actor, &row, "account.role_given")?;
    user.roles.push(row);
    Ok(user)
}

/// Takes a role away, at once, and with it what was delegated of it. The last role is not taken: the
/// account is deactivated instead.
///
/// # Errors
/// `not_found`, `own_account`, `role_delegated`, `last_role`.
pub fn take_role(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    id: &UserId,
    role: &RoleAssignmentId,
) -> Result<User> {
    let mut user = another(db, now, actor, id)?;
    let centres = actor.centres(Permission::ManageUsers);
    let row = user
        .roles
        .iter()
        .find(|r| r.id == *role && centres.contains(&r.centre_id))
        .cloned()
        .ok_or_else(Refusal::not_found)?;
    if row.delegated_by.is_some() {
        return Err(Refusal::new(
            "role_delegated",
            "Vai trò này được ủy quyền: hãy kết thúc ủy quyền.",
            "The role is delegated: end the delegation.",
        )
        .into());
    }
    let own = user.roles.iter().filter(|r| r.delegated_by.is_none());
    if own.count() == 1 {
        return Err(Refusal::new(
            "last_role",
            "Đây là vai trò cuối cùng: hãy khóa tài khoản.",
            "It is the last role: deactivate the account instead.",
        )
        .into());
    }
    let at = Ts::new(now);
    rows::end_role(db, &row.id, at)?;
    for given in rows::delegations_of_role(db, &row, at)? {
        rows::end_delegation(db, &given, &actor.user_id, at)?;
    }
    role_noted(db, now, actor, &row, "account.role_taken")?;
    user.roles.retain(|r| r.id != row.id);
    Ok(user)
}
