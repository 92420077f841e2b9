//! Setting up a centre: itself, its authorities, its calendar.

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::account::SecondFactor;
use motcua_domain::calendar::CalendarData;
use motcua_domain::refusal::Refusal;
use motcua_store::calendar::{self, CalendarRow};
use motcua_store::centre::{self, AuthorityRow, CentreRow, ServesRow};
use motcua_store::{AuthorityId, CalendarVersionId, CentreId, Db, StoreError, Ts};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Result, stale};
use crate::{message, record, survey};

/// A centre to be set up.
#[derive(Debug, Clone)]
pub struct NewCentre {
    /// Short code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Electronic code, the prefix of dossier codes.
    pub e_code: String,
    /// Province or city as printed.
    pub province: String,
    /// Ward or commune as printed.
    pub commune: String,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Who must sign in with a second factor.
    pub second_factor: SecondFactor,
    /// Authorities it receives for: code, name, electronic code.
    pub authorities: Vec<(String, String, String)>,
    /// Since when it receives for them.
    pub since: NaiveDate,
}

/// Sets up a centre with its authorities and the first version of its calendar.
///
/// # Errors
/// Storage failures, among them codes already taken.
pub fn set_up(
    db: &mut Db,
    new: &NewCentre,
    calendar: &CalendarData,
    now: DateTime<Utc>,
) -> Result<(CentreId, Vec<AuthorityId>)> {
    let id = CentreId::new();
    centre::insert_centre(
        db,
        &CentreRow {
            id: id.clone(),
            code: new.code.clone(),
            name: new.name.clone(),
            e_code: new.e_code.clone(),
            province_name: new.province.clone(),
            commune_name: new.commune.clone(),
            address: new.address.clone(),
            phone: new.phone.clone(),
            version: 1,
            second_factor: new.second_factor.as_str().to_owned(),
        },
    )?;
    let mut authorities = Vec::new();
    for (code, name, e_code) in &new.authorities {
        let authority = AuthorityId::new();
        centre::insert_authority(
            db,
            &AuthorityRow {
                id: authority.clone(),
                code: code.clone(),
                name: name.clone(),
                e_code: e_code.clone(),
                version: 1,
            },
        )?;
        centre::insert_serves(
            db,
            &ServesRow {
                centre_id: id.clone(),
                authority_id: authority.clone(),
                valid_from: new.since,
                valid_to: None,
            },
        )?;
        authorities.push(authority);
    }
    calendar::insert(
        db,
        &CalendarRow {
            id: CalendarVersionId::new(),
            centre_id: id.clone(),
            number: 1,
            data: serde_json::to_string(calendar).map_err(StoreError::from)?,
            source: calendar.name.clone(),
            entered_at: Ts::new(now),
            entered_by: None,
        },
    )?;
    message::begin(db, &id, now)?;
    survey::begin(db, &id, now)?;
    Ok((id, authorities))
}

/// Says who must sign in with a second factor at a centre of the actor's.
///
/// # Errors
/// `not_found`, `version_stale`.
pub fn set_sign_in_policy(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    version: i64,
    policy: SecondFactor,
) -> Result<CentreRow> {
    if !actor.centres(Permission::ManageUsers).contains(id) {
        return Err(Refusal::not_found().into());
    }
    let mut row = centre::centre(db, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version || !centre::set_second_factor(db, id, version, policy.as_str())? {
        return Err(stale(row.version));
    }
    row.second_factor = policy.as_str().to_owned();
    row.version = version + 1;
    record::audit(
        db,
        id,
        services.now(),
        Some(actor),
        "centre.sign_in_policy",
        ("centre", id.as_str()),
        json!({ "second_factor": policy.as_str() }),
    )?;
    Ok(row)
}
