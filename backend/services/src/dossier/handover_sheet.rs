//! The sheet that two desks sign when dossiers go from one to the other (DOMAIN §1.6).

use chrono::{Days, NaiveDate, NaiveTime};
use motcua_domain::dossier::Desk;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::from_local;
use motcua_store::dossier::{DossierRow, HandoverRow, given_between};
use motcua_store::{AuthorityId, Db, Ts};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::reference::Names;

/// The most dossiers of a sheet.
const MOST: i64 = 500;

/// What somebody gave to a desk on a day.
#[derive(Debug, Clone)]
pub struct HandoverSheet {
    /// The centre, where anything was given.
    pub centre: Option<String>,
    /// The authority whose dossiers they are.
    pub authority: String,
    /// The hand-overs, in order, each with its dossier.
    pub given: Vec<(HandoverRow, DossierRow)>,
    /// Names of those who took them.
    pub names: Names,
}

/// What the actor gave to a desk on a day in Vietnam, of the dossiers of an authority in his scope.
///
/// # Errors
/// `validation_failed` for a day that no calendar has.
pub fn handover_sheet(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    day: NaiveDate,
    to: Desk,
    authority: &AuthorityId,
) -> Result<HandoverSheet> {
    let next = day.checked_add_days(Days::new(1)).ok_or_else(|| {
        let (vi, en) = ("Ngày không hợp lệ.", "Not a day that can be asked for.");
        Refusal::invalid(vec![FieldError::new("day", "invalid", vi, en)])
    })?;
    let within = (
        Ts::new(from_local(day, NaiveTime::MIN)),
        Ts::new(from_local(next, NaiveTime::MIN)),
    );
    let scope = actor.scope(Permission::ReadDossiers);
    let mut given = given_between(db, &actor.user_id, to.as_str(), authority, within, MOST)?;
    given.retain(|(_, d)| scope.covers(&d.centre_id, &d.authority_id));
    let people = given.iter().filter_map(|(h, _)| h.closed_by.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    let centre = match given.first() {
        Some((_, d)) => Some(services.centre(db, actor.stamp, &d.centre_id)?.name.clone()),
        None => None,
    };
    let authority = services.authority(db, actor.stamp, authority)?;
    Ok(HandoverSheet {
        centre,
        authority: authority.map(|a| a.name.clone()).unwrap_or_default(),
        given,
        names,
    })
}
