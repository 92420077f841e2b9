//! Where a centre receives, at which counters, and for whom: each with its dates.

mod logo;

pub(crate) use logo::row as logo_row;
pub use logo::{LONGEST_LOGO, drawn, logo, set_logo};

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua_domain::code::check_e_code;
use motcua_domain::organisation::PointKind;
use motcua_domain::person::{collect, normalise_phone};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::{clean_line, required_line};
use motcua_domain::vn_time::local_date;
use motcua_store::centre::{self, AuthorityRow, CentreRow, CounterRow, PointRow, ServesRow};
use motcua_store::{AuthorityId, CentreId, Db, RecordId, StoreError};
use serde_json::{Value, json};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result, stale};
use crate::record;

/// The most places, counters and authorities of a centre that are told.
pub const MOST: i64 = 500;

/// A centre with everything that belongs to it.
pub struct Organisation {
    /// The centre.
    pub centre: CentreRow,
    /// Branches and reception points.
    pub points: Vec<PointRow>,
    /// Counters.
    pub counters: Vec<CounterRow>,
    /// For whom it receives or received.
    pub served: Vec<(ServesRow, AuthorityRow)>,
}

/// A centre of the actor's with everything that belongs to it.
///
/// # Errors
/// `not_found`.
pub fn organisation(db: &mut Db, actor: &Actor, id: &CentreId) -> Result<Organisation> {
    if !actor.grants.iter().any(|g| &g.centre_id == id) {
        return Err(Refusal::not_found().into());
    }
    Ok(Organisation {
        centre: centre::centre(db, id)?.ok_or_else(Refusal::not_found)?,
        points: centre::points(db, std::slice::from_ref(id), MOST)?,
        counters: centre::counters(db, id, MOST)?,
        served: centre::served(db, id, MOST)?,
    })
}

/// A place to be added.
#[derive(Debug, Clone)]
pub struct NewPoint {
    /// What it is.
    pub kind: PointKind,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// First day; today when absent.
    pub valid_from: Option<NaiveDate>,
}

/// An authority for which a centre begins to receive.
#[derive(Debug, Clone)]
pub enum NewServed {
    /// One that is known.
    Known(AuthorityId),
    /// A new one: short code, name, electronic code.
    New {
        /// Short code.
        code: String,
        /// Full name.
        name: String,
        /// Electronic identification code.
        e_code: String,
    },
}

fn managed(actor: &Actor, id: &CentreId) -> Result<()> {
    if actor.centres(Permission::ManageOrganisation).contains(id) {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: &CentreId,
    what: &str,
    data: Value,
) -> Result<()> {
    record::audit(
        db,
        centre,
        services.now(),
        Some(actor),
        what,
        ("centre", centre.as_str()),
        data,
    )
}

/// Adds a branch or a reception point.
///
/// # Errors
/// `not_found`, `validation_failed`.
pub fn add_point(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    new: &NewPoint,
) -> Result<Organisation> {
    managed(actor, id)?;
    let mut errors = Vec::new();
    let name = collect(required_line(&new.name, 200), "/name", &mut errors);
    let line = |t: &Option<String>| t.clone().filter(|t| !t.trim().is_empty());
    let address =
        line(&new.address).and_then(|a| collect(clean_line(&a, 300), "/address", &mut errors));
    let phone = line(&new.phone).and_then(|p| collect(normalise_phone(&p), "/phone", &mut errors));
    let Some(name) = name.filter(|_| errors.is_empty()) else {
        return Err(Refusal::invalid(errors).into());
    };
    let row = PointRow {
        id: RecordId::new(),
        centre_id: id.clone(),
        kind: new.kind.as_str().to_owned(),
        name,
        address,
        phone,
        valid_from: new.valid_from.unwrap_or_else(|| local_date(services.now())),
        valid_to: None,
    };
    centre::insert_point(db, &row)?;
    let told = json!({ "point": row.id, "kind": row.kind, "from": row.valid_from });
    noted(services, db, actor, id, "centre.point_added", told)?;
    organisation(db, actor, id)
}

/// Adds a counter, in the centre's own house or at one of its places.
///
/// # Errors
/// `not_found`, `validation_failed`.
pub fn add_counter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    name: &str,
    point: Option<&RecordId>,
    valid_from: Option<NaiveDate>,
) -> Result<Organisation> {
    managed(actor, id)?;
    let name = required_line(name, 100).map_err(|f| Refusal::invalid(vec![f.at("/name")]))?;
    if let Some(point) = point {
        let there = centre::point(db, point)?.is_some_and(|p| &p.centre_id == id);
        if !there {
            return Err(Refusal::invalid(vec![FieldError::new(
                "/point_id",
                "invalid_value",
                "Trung tâm không có nơi này.",
                "The centre has no such place.",
            )])
            .into());
        }
    }
    let row = CounterRow {
        id: RecordId::new(),
        centre_id: id.clone(),
        point_id: point.cloned(),
        name,
        valid_from: valid_from.unwrap_or_else(|| local_date(services.now())),
        valid_to: None,
    };
    centre::insert_counter(db, &row)?;
    let told = json!({ "counter": row.id, "from": row.valid_from });
    noted(services, db, actor, id, "centre.counter_added", told)?;
    organisation(db, actor, id)
}

/// Begins to receive for an authority, which is made when it is new.
///
/// # Errors
/// `not_found`, `validation_failed`, `authority_served`.
pub fn serve(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    new: &NewServed,
    valid_from: Option<NaiveDate>,
) -> Result<Organisation> {
    managed(actor, id)?;
    let from = valid_from.unwrap_or_else(|| local_date(services.now()));
    let authority = match new {
        NewServed::Known(known) => {
            if centre::authority(db, known)?.is_none() {
                return Err(Refusal::invalid(vec![FieldError::new(
                    "/authority_id",
                    "authority_unknown",
                    "Không có cơ quan này.",
                    "No such authority.",
                )])
                .into());
            }
            known.clone()
        }
        NewServed::New { code, name, e_code } => new_authority(db, code, name, e_code)?,
    };
    let overlaps = centre::serves_of(db, std::slice::from_ref(&authority))?
        .iter()
        .any(|s| &s.centre_id == id && s.valid_to.is_none_or(|to| to >= from));
    if overlaps {
        return Err(Refusal::new(
            "authority_served",
            "Trung tâm đang tiếp nhận cho cơ quan này.",
            "The centre receives for this authority already.",
        )
        .into());
    }
    centre::insert_serves(
        db,
        &ServesRow {
            centre_id: id.clone(),
            authority_id: authority.clone(),
            valid_from: from,
            valid_to: None,
        },
    )?;
    motcua_store::reference::touch(db)?;
    let told = json!({ "authority": authority, "from": from });
    noted(services, db, actor, id, "centre.serving_begun", told)?;
    organisation(db, actor, id)
}

fn new_authority(db: &mut Db, code: &str, name: &str, e_code: &str) -> Result<AuthorityId> {
    let mut errors = Vec::new();
    let code = code.trim().to_lowercase();
    let short = (2..=32).contains(&code.len())
        && code
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !short {
        errors.push(FieldError::new(
            "/code",
            "short_code_format",
            "Mã gồm 2–32 ký tự: chữ thường không dấu, chữ số, gạch nối.",
            "A code has 2–32 characters: a–z, 0–9, dash.",
        ));
    }
    let name = collect(required_line(name, 200), "/name", &mut errors);
    let e_code = e_code.trim().to_uppercase();
    collect(check_e_code(&e_code), "/e_code", &mut errors);
    let Some(name) = name.filter(|_| errors.is_empty()) else {
        return Err(Refusal::invalid(errors).into());
    };
    let row = AuthorityRow {
        id: AuthorityId::new(),
        code,
        name,
        e_code,
        version: 1,
    };
    centre::insert_authority(db, &row).map_err(|e| match e {
        StoreError::Unique(_) => Error::from(
            Refusal::new(
                "authority_code_taken",
                "Mã này đã dùng cho cơ quan khác.",
                "Another authority has this code.",
            )
            .field("/code", "authority_code_taken", "Đã dùng.", "Taken."),
        ),
        other => other.into(),
    })?;
    Ok(row.id)
}

/// What of a centre comes to its end.
#[derive(Debug, Clone)]
pub enum Ending {
    /// A branch or reception point.
    Point(RecordId),
    /// A counter.
    Counter(RecordId),
    /// Receiving for an authority, at this centre.
    Serving(CentreId, AuthorityId),
}

/// Says the last day of something of a centre; it may be today or later, and can be moved while it is
/// not past.
///
/// # Errors
/// `not_found`, `validation_failed`, `ended_already`.
pub fn end(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    what: &Ending,
    last: NaiveDate,
) -> Result<Organisation> {
    let today = local_date(services.now());
    let (centre_id, from, until, told) = match what {
        Ending::Point(id) => {
            let p = centre::point(db, id)?.ok_or_else(Refusal::not_found)?;
            (
                p.centre_id,
                p.valid_from,
                p.valid_to,
                json!({ "point": id }),
            )
        }
        Ending::Counter(id) => {
            let c = centre::counter(db, id)?.ok_or_else(Refusal::not_found)?;
            (
                c.centre_id,
                c.valid_from,
                c.valid_to,
                json!({ "counter": id }),
            )
        }
        Ending::Serving(centre_id, authority) => {
            let all = centre::serves_of(db, std::slice::from_ref(authority))?;
            let newest = all
                .into_iter()
                .filter(|s| &s.centre_id == centre_id)
                .max_by_key(|s| s.valid_from)
                .ok_or_else(Refusal::not_found)?;
            (
                newest.centre_id,
                newest.valid_from,
                newest.valid_to,
                json!({ "authority": authority }),
            )
        }
    };
    managed(actor, &centre_id)?;
    if until.is_some_and(|d| d < today) {
        return Err(Refusal::new("ended_already", "Đã kết thúc.", "It has ended already.").into());
    }
    if last < today || last < from {
        return Err(Refusal::invalid(vec![FieldError::new(
            "/last_day",
            "out_of_range",
            "Ngày cuối không được trước hôm nay và trước ngày bắt đầu.",
            "The last day is not before today, nor before the first.",
        )])
        .into());
    }
    match what {
        Ending::Point(id) => centre::end_point(db, id, last)?,
        Ending::Counter(id) => centre::end_counter(db, id, last)?,
        Ending::Serving(centre_id, authority) => {
            centre::end_serving(db, centre_id, authority, from, last)?;
        }
    }
    let mut told = told;
    if let Value::Object(facts) = &mut told {
        facts.insert("last_day".into(), json!(last));
    }
    noted(services, db, actor, &centre_id, "centre.ending_set", told)?;
    organisation(db, actor, &centre_id)
}

/// Centres as anyone may know them, with the places that are open today.
///
/// # Errors
/// Storage failures only.
pub fn public(services: &Services, db: &mut Db) -> Result<Public> {
    let today = local_date(services.now());
    let centres = centre::centres_page(db, None, 100)?;
    let ids: Vec<CentreId> = centres.iter().map(|c| c.id.clone()).collect();
    let mut points = centre::points(db, &ids, MOST)?;
    points.retain(|p| p.valid_from <= today && p.valid_to.is_none_or(|to| to >= today));
    let logos = centre::logo_digests(db, &ids)?.into_iter().collect();
    Ok(Public {
        centres,
        points,
        logos,
    })
}

/// What anyone may know of the centres.
pub struct Public {
    /// The centres.
    pub centres: Vec<CentreRow>,
    /// Branches and reception points that are open today.
    pub points: Vec<PointRow>,
    /// Digests of their marks.
    pub logos: HashMap<CentreId, String>,
}

/// What a centre is called and where it is found.
#[derive(Debug, Clone)]
pub struct Details {
    /// Full name.
    pub name: String,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Changes what a centre is called and where it is found. Papers that were issued say what they said.
///
/// # Errors
/// `not_found`, `version_stale`, `validation_failed`.
pub fn set_details(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &CentreId,
    version: i64,
    new: &Details,
) -> Result<CentreRow> {
    managed(actor, id)?;
    let mut errors = Vec::new();
    let name = collect(required_line(&new.name, 200), "/name", &mut errors);
    let line = |t: &Option<String>| t.clone().filter(|t| !t.trim().is_empty());
    let address =
        line(&new.address).and_then(|a| collect(clean_line(&a, 300), "/address", &mut errors));
    let phone = line(&new.phone).and_then(|p| collect(clean_line(&p, 300), "/phone", &mut errors));
    let Some(name) = name.filter(|_| errors.is_empty()) else {
        return Err(Refusal::invalid(errors).into());
    };
    let mut row = centre::centre(db, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    let before = json!({ "name": row.name, "address": row.address, "phone": row.phone });
    row.name = name;
    row.address = address;
    row.phone = phone;
    row.version += 1;
    if !centre::set_details(db, &row, version)? {
        return Err(stale(row.version));
    }
    let now = json!({ "name": row.name, "address": row.address, "phone": row.phone });
    noted(
        services,
        db,
        actor,
        id,
        "centre.details_set",
        json!({ "from": before, "to": now }),
    )?;
    Ok(row)
}
