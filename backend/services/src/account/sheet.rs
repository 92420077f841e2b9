//! People brought in from a sheet.

use chrono::{DateTime, Utc};
use motcua_domain::account::{PersonOnSheet, read_people};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_store::account::{self as rows, UserRow};
use motcua_store::{CentreId, Db, Ts, UserId, centre};

use super::{NewRole, add_user};
use crate::actor::{Actor, Permission};
use crate::error::Result;

/// What becomes of a person on a sheet.
pub struct Brought {
    /// The account, new or as it was; none when the sheet was only tried and the person is new.
    pub id: Option<UserId>,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// An account is made; else there is one of this name, which stays as it is.
    pub new: bool,
    /// Roles on the sheet.
    pub roles: usize,
}

/// Brings people in, all or none. Accounts that are there already stay as they are; new ones have no
/// password until a first one is given out.
///
/// # Errors
/// `validation_failed` with every fault by its row (`/3/role`, row 1 being the header).
pub fn bring_people(
    db: &mut Db,
    now: DateTime<Utc>,
    actor: &Actor,
    text: &str,
    dry_run: bool,
) -> Result<Vec<Brought>> {
    let people = read_people(text).map_err(Refusal::invalid)?;
    let centre_id: CentreId = actor
        .centres(Permission::ManageUsers)
        .into_iter()
        .next()
        .ok_or_else(Refusal::not_found)?;
    let mut faults = Vec::new();
    let mut brought = Vec::with_capacity(people.len());
    let authorities = centre::authorities_page(db, None, 1_000)?;
    let names: Vec<String> = people.iter().map(|p| p.username.clone()).collect();
    let there = rows::users_by_name(db, &names)?;
    for person in people {
        let roles = roles_of(&person, &centre_id, &authorities, &mut faults);
        let known = there.iter().find(|u| u.username == person.username);
        let mut id = known.map(|u| u.id.clone());
        if known.is_none() && !dry_run && faults.is_empty() {
            let row = UserRow {
                id: UserId::new(),
                username: person.username.clone(),
                full_name: person.full_name.clone(),
                title: person.title.clone(),
                // No password opens it.
                password_hash: String::new(),
                active: true,
                is_demo: false,
                created_at: Ts::new(now),
                version: 1,
                first_password_until: None,
                totp_secret: None,
                totp_since: None,
                totp_last_step: None,
                scopes: None,
            };
            add_user(db, now, Some(actor), &row, &roles)?;
            id = Some(row.id);
        }
        brought.push(Brought {
            id,
            username: person.username,
            full_name: person.full_name,
            new: known.is_none(),
            roles: roles.len(),
        });
    }
    if faults.is_empty() {
        Ok(brought)
    } else {
        Err(Refusal::invalid(faults).into())
    }
}

fn roles_of(
    person: &PersonOnSheet,
    centre_id: &CentreId,
    authorities: &[centre::AuthorityRow],
    faults: &mut Vec<FieldError>,
) -> Vec<NewRole> {
    let mut roles = Vec::new();
    for given in &person.roles {
        let authority = match &given.authority {
            None => None,
            Some(code) => match authorities.iter().find(|a| a.code == *code) {
                Some(a) => Some(a.id.clone()),
                None => {
                    faults.push(FieldError::new(
                        format!("/{}/authority", given.line),
                        "authority_unknown",
                        format!("Không có cơ quan mang mã «{code}»."),
                        format!("No authority has the code «{code}»."),
                    ));
                    continue;
                }
            },
        };
        roles.push(NewRole {
            role: given.role,
            centre_id: centre_id.clone(),
            authority_id: authority,
        });
    }
    roles
}
