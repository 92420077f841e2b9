//! People, their roles, their sign-ins, and the doors that are guessed at.

mod client;
mod delegation;

pub use client::*;
pub use delegation::*;

use diesel::prelude::*;

use crate::conn::Db;
use crate::dialect;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RoleAssignmentId, SessionId, UserId};
use crate::on_each;
use crate::page::rising;
use crate::reference;
use crate::schema::{counters, refresh_tokens, role_assignments, sessions, throttles, users};
use crate::ts::Ts;

/// A person with an account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub struct UserRow {
    /// Id.
    pub id: UserId,
    /// Sign-in name, lower case.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// Title, as printed under a signature.
    pub title: Option<String>,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// False: may not sign in, and whatever he holds is refused at once.
    pub active: bool,
    /// Made by `--demo`: a production start refuses a database that holds one.
    pub is_demo: bool,
    /// When.
    pub created_at: Ts,
    /// Row version.
    pub version: i64,
    /// The password is a first one: it holds until then and is changed at the first sign-in.
    pub first_password_until: Option<Ts>,
    /// Secret of the second factor, base32; not in use before [`Self::totp_since`].
    pub totp_secret: Option<String>,
    /// Since when the second factor is asked for.
    pub totp_since: Option<Ts>,
    /// The last step of time whose code was used: none is taken twice.
    pub totp_last_step: Option<i64>,
    /// Another system's account: its permissions, one word each. None for people.
    pub scopes: Option<String>,
}

/// A role given to a person, for a centre and perhaps one authority.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = role_assignments, treat_none_as_default_value = false)]
pub struct RoleRow {
    /// Id.
    pub id: RoleAssignmentId,
    /// Whose.
    pub user_id: UserId,
    /// Which.
    pub role: String,
    /// Where.
    pub centre_id: CentreId,
    /// For which authority; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
    /// From.
    pub valid_from: Ts,
    /// Until, exclusive; none: open.
    pub valid_to: Option<Ts>,
    /// For whom it is held, when that is somebody else.
    pub delegated_by: Option<UserId>,
}

/// A sign-in.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
pub struct SessionRow {
    /// Id.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// When.
    pub created_at: Ts,
    /// When it ends for good.
    pub expires_at: Ts,
    /// When it was ended.
    pub revoked_at: Option<Ts>,
    /// Why.
    pub revoked_reason: Option<String>,
    /// What must be done before anything else: `password`, `second_factor`.
    pub pending: Option<String>,
}

/// A refresh token, kept as its hash.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
pub struct RefreshRow {
    /// SHA-256, hexadecimal.
    pub token_hash: String,
    /// The sign-in it continues.
    pub session_id: SessionId,
    /// When.
    pub issued_at: Ts,
    /// Until.
    pub expires_at: Ts,
    /// When it was exchanged; a second exchange ends the sign-in.
    pub used_at: Option<Ts>,
}

/// Misses at one door.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = throttles, treat_none_as_default_value = false)]
pub struct ThrottleRow {
    /// Which door: `account:…`, `address:…`, `lookup:…`, always hashed.
    pub subject: String,
    /// How many since the window began.
    pub misses: i32,
    /// When the window began.
    pub window_started_at: Ts,
    /// Closed until.
    pub locked_until: Option<Ts>,
}

/// Adds a user.
///
/// # Errors
/// [`crate::StoreError::Unique`] when the name is taken.
pub fn insert_user(db: &mut Db, row: &UserRow) -> StoreResult<()> {
    diesel::insert_into(users::table).values(row).execute(db)?;
    Ok(())
}

/// Gives a role.
///
/// # Errors
/// Storage failures only.
pub fn insert_role(db: &mut Db, row: &RoleRow) -> StoreResult<()> {
    diesel::insert_into(role_assignments::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Ends a role.
///
/// # Errors
/// Storage failures only.
pub fn end_role(db: &mut Db, id: &RoleAssignmentId, at: Ts) -> StoreResult<()> {
    diesel::update(role_assignments::table.find(id))
        .set(role_assignments::valid_to.eq(Some(at)))
        .execute(db)?;
    Ok(())
}

/// A user by sign-in name.
///
/// # Errors
/// Storage failures only.
pub fn user_by_name(db: &mut Db, username: &str) -> StoreResult<Option<UserRow>> {
    Ok(users::table
        .filter(users::username.eq(username))
        .select(UserRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Users by their sign-in names.
///
/// # Errors
/// Storage failures only.
pub fn users_by_name(db: &mut Db, usernames: &[String]) -> StoreResult<Vec<UserRow>> {
    Ok(users::table
        .filter(users::username.eq_any(usernames.to_vec()))
        .select(UserRow::as_select())
        .load(db)?)
}

/// A user by id.
///
/// # Errors
/// Storage failures only.
pub fn user(db: &mut Db, id: &UserId) -> StoreResult<Option<UserRow>> {
    Ok(users::table
        .find(id)
        .select(UserRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Users by their ids.
///
/// # Errors
/// Storage failures only.
pub fn users_by_id(db: &mut Db, ids: &[UserId]) -> StoreResult<Vec<UserRow>> {
    Ok(users::table
        .filter(users::id.eq_any(ids.to_vec()))
        .select(UserRow::as_select())
        .load(db)?)
}

/// Names of several users.
///
/// # Errors
/// Storage failures only.
pub fn names(db: &mut Db, ids: &[UserId]) -> StoreResult<Vec<(UserId, String, Option<String>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(dialect::names(db, ids)?)
}

/// Users who hold a role in one of these centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn users_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<UserRow>> {
    people_page(db, centres, false, edge, limit)
}

fn people_page(
    db: &mut Db,
    centres: &[CentreId],
    active: bool,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<UserRow>> {
    let mut q = users::table
        .filter(
            users::id.eq_any(
                role_assignments::table
                    .filter(role_assignments::centre_id.eq_any(centres.to_vec()))
                    .select(role_assignments::user_id),
            ),
        )
        .filter(users::scopes.is_null())
        .limit(limit)
        .select(UserRow::as_select())
        .into_boxed();
    if active {
        q = q.filter(users::active.eq(true));
    }
    rising!(
        db,
        q,
        users::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Active people who hold a role in one of these centres, by id next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn colleagues_page(
    db: &mut Db,
    centres: &[CentreId],
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<UserRow>> {
    people_page(db, centres, true, edge, limit)
}

/// Roles of several users that hold at `at`.
///
/// # Errors
/// Storage failures only.
pub fn roles(db: &mut Db, ids: &[UserId], at: Ts) -> StoreResult<Vec<RoleRow>> {
    Ok(role_assignments::table
        .filter(role_assignments::user_id.eq_any(ids.to_vec()))
        .filter(role_assignments::valid_from.le(at))
        .filter(
            role_assignments::valid_to
                .is_null()
                .or(role_assignments::valid_to.gt(at)),
        )
        .order(role_assignments::id.asc())
        .select(RoleRow::as_select())
        .load(db)?)
}

/// Whether any account was made by `--demo`.
///
/// # Errors
/// Storage failures only.
pub fn has_demo_users(db: &mut Db) -> StoreResult<bool> {
    Ok(users::table
        .filter(users::is_demo.eq(true))
        .select(users::id)
        .first::<UserId>(db)
        .optional()?
        .is_some())
}

/// Changes a user if he still has `version`; false when he has moved on.
///
/// # Errors
/// Storage failures only.
pub fn update_user(db: &mut Db, row: &UserRow, version: i64) -> StoreResult<bool> {
    let n = diesel::update(
        users::table
            .find(&row.id)
            .filter(users::version.eq(version)),
    )
    .set((
        users::full_name.eq(&row.full_name),
        users::title.eq(&row.title),
        users::password_hash.eq(&row.password_hash),
        users::active.eq(row.active),
        users::first_password_until.eq(row.first_password_until),
        users::totp_secret.eq(&row.totp_secret),
        users::totp_since.eq(row.totp_since),
        users::totp_last_step.eq(row.totp_last_step),
        users::scopes.eq(&row.scopes),
        users::version.eq(version + 1),
    ))
    .execute(db)?;
    reference::touch(db)?;
    Ok(n == 1)
}

/// What a person changes of their own account without anybody else's version in the way: the password
/// and the second factor.
///
/// # Errors
/// Storage failures only.
pub fn update_secrets(db: &mut Db, row: &UserRow) -> StoreResult<()> {
    diesel::update(users::table.find(&row.id))
        .set((
            users::password_hash.eq(&row.password_hash),
            users::first_password_until.eq(row.first_password_until),
            users::totp_secret.eq(&row.totp_secret),
            users::totp_since.eq(row.totp_since),
            users::totp_last_step.eq(row.totp_last_step),
        ))
        .execute(db)?;
    Ok(())
}

/// Marks a step of the second factor as used, unless it or a later one was: false then.
///
/// # Errors
/// Storage failures only.
pub fn use_totp(db: &mut Db, user: &UserId, step: i64) -> StoreResult<bool> {
    let n = diesel::update(
        users::table.find(user).filter(
            users::totp_last_step
                .is_null()
                .or(users::totp_last_step.lt(step)),
        ),
    )
    .set(users::totp_last_step.eq(Some(step)))
    .execute(db)?;
    Ok(n == 1)
}

/// Says what must be done first with a sign-in, or that nothing must.
///
/// # Errors
/// Storage failures only.
pub fn set_pending(db: &mut Db, id: &SessionId, pending: Option<&str>) -> StoreResult<()> {
    diesel::update(sessions::table.find(id))
        .set(sessions::pending.eq(pending))
        .execute(db)?;
    Ok(())
}

/// Ends every sign-in of a user but one.
///
/// # Errors
/// Storage failures only.
pub fn revoke_others(
    db: &mut Db,
    user: &UserId,
    but: &SessionId,
    at: Ts,
    why: &str,
) -> StoreResult<()> {
    diesel::update(
        sessions::table
            .filter(sessions::user_id.eq(user))
            .filter(sessions::id.ne(but))
            .filter(sessions::revoked_at.is_null()),
    )
    .set((
        sessions::revoked_at.eq(Some(at)),
        sessions::revoked_reason.eq(Some(why)),
    ))
    .execute(db)?;
    Ok(())
}

/// Starts a sign-in.
///
/// # Errors
/// Storage failures only.
pub fn insert_session(db: &mut Db, row: &SessionRow) -> StoreResult<()> {
    diesel::insert_into(sessions::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Forgets sign-ins that ended before `before`, with their tokens, at most `limit` of them.
///
/// # Errors
/// Storage failures only.
pub fn forget_sessions(db: &mut Db, before: Ts, limit: i64) -> StoreResult<()> {
    let over: Vec<SessionId> = sessions::table
        .filter(sessions::expires_at.lt(before))
        .order(sessions::expires_at.asc())
        .limit(limit)
        .select(sessions::id)
        .load(db)?;
    if over.is_empty() {
        return Ok(());
    }
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(over.clone())))
        .execute(db)?;
    diesel::delete(sessions::table.filter(sessions::id.eq_any(over))).execute(db)?;
    Ok(())
}

/// Keeps a refresh token.
///
/// # Errors
/// Storage failures only.
pub fn insert_refresh(db: &mut Db, row: &RefreshRow) -> StoreResult<()> {
    diesel::insert_into(refresh_tokens::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// A refresh token and its sign-in.
///
/// # Errors
/// Storage failures only.
pub fn refresh(db: &mut Db, token_hash: &str) -> StoreResult<Option<RefreshRow>> {
    Ok(refresh_tokens::table
        .find(token_hash)
        .select(RefreshRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Marks a refresh token as exchanged, unless it already was: false then.
///
/// # Errors
/// Storage failures only.
pub fn use_refresh(db: &mut Db, token_hash: &str, at: Ts) -> StoreResult<bool> {
    let n = diesel::update(
        refresh_tokens::table
            .find(token_hash)
            .filter(refresh_tokens::used_at.is_null()),
    )
    .set(refresh_tokens::used_at.eq(Some(at)))
    .execute(db)?;
    Ok(n == 1)
}

/// One sign-in.
///
/// # Errors
/// Storage failures only.
pub fn session(db: &mut Db, id: &SessionId) -> StoreResult<Option<SessionRow>> {
    Ok(sessions::table
        .find(id)
        .select(SessionRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Ends one sign-in.
///
/// # Errors
/// Storage failures only.
pub fn revoke_session(db: &mut Db, id: &SessionId, at: Ts, why: &str) -> StoreResult<()> {
    diesel::update(
        sessions::table
            .find(id)
            .filter(sessions::revoked_at.is_null()),
    )
    .set((
        sessions::revoked_at.eq(Some(at)),
        sessions::revoked_reason.eq(Some(why)),
    ))
    .execute(db)?;
    Ok(())
}

/// Ends every sign-in of a user.
///
/// # Errors
/// Storage failures only.
pub fn revoke_all(db: &mut Db, user: &UserId, at: Ts, why: &str) -> StoreResult<()> {
    diesel::update(
        sessions::table
            .filter(sessions::user_id.eq(user))
            .filter(sessions::revoked_at.is_null()),
    )
    .set((
        sessions::revoked_at.eq(Some(at)),
        sessions::revoked_reason.eq(Some(why)),
    ))
    .execute(db)?;
    Ok(())
}

/// What each request of a signed-in person asks: the session, its user and his roles, in one query.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The user.
    pub user_id: UserId,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// May he act.
    pub active: bool,
    /// When the sign-in was ended, if it was.
    pub revoked_at: Option<Ts>,
    /// When it ends by itself.
    pub expires_at: Ts,
    /// The stamp of the reference rows ([`crate::reference`]) at the same moment.
    pub stamp: i64,
    /// What must be done before anything else.
    pub pending: Option<String>,
    /// Another system's permissions.
    pub scopes: Option<String>,
    /// The roles that hold at the moment asked.
    pub roles: Vec<RoleRow>,
}

type SignedRow = (
    UserId,
    String,
    String,
    bool,
    Option<Ts>,
    Ts,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<RoleRow>,
);

/// Looks a signed-in person up, with the roles that hold at `at`.
///
/// # Errors
/// Storage failures only.
pub fn signed(db: &mut Db, session: &SessionId, at: Ts) -> StoreResult<Option<Signed>> {
    // On the concrete connection: every request asks this.
    let rows: Vec<SignedRow> = on_each!(db, c => sessions::table
        .inner_join(users::table.left_join(role_assignments::table))
        .filter(sessions::id.eq(session))
        .select((
            users::id,
            users::username,
            users::full_name,
            users::active,
            sessions::revoked_at,
            sessions::expires_at,
            counters::table
                .filter(counters::name.eq(reference::SERIES))
                .select(counters::value)
                .single_value(),
            sessions::pending,
            users::scopes,
            Option::<RoleRow>::as_select(),
        ))
        .load(c))?;
    let mut found: Option<Signed> = None;
    for (
        user_id,
        username,
        full_name,
        active,
        revoked_at,
        expires_at,
        stamp,
        pending,
        scopes,
        role,
    ) in rows
    {
        let signed = found.get_or_insert_with(|| Signed {
            user_id,
            username,
            full_name,
            active,
            revoked_at,
            expires_at,
            stamp: stamp.unwrap_or(0),
            pending,
            scopes,
            roles: Vec::new(),
        });
        if let Some(r) = role
            && r.valid_from <= at
            && r.valid_to.is_none_or(|t| t > at)
        {
            signed.roles.push(r);
        }
    }
    Ok(found)
}

/// Misses at a door.
///
/// # Errors
/// Storage failures only.
pub fn throttle(db: &mut Db, subject: &str) -> StoreResult<Option<ThrottleRow>> {
    Ok(throttles::table
        .find(subject)
        .select(ThrottleRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Forgets the misses at a door.
///
/// # Errors
/// Storage failures only.
pub fn clear_throttle(db: &mut Db, subject: &str) -> StoreResult<()> {
    diesel::delete(throttles::table.find(subject)).execute(db)?;
    Ok(())
}
