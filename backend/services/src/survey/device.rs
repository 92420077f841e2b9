//! Kiosks in the hall and tablets on counters: each known by a secret of its own. A tablet asks whom an officer
//! has called, once; a kiosk asks whoever stands before it, and is slowed down so that nobody votes many times.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use chrono::{DateTime, Duration, Utc};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::questionnaire::{Channel, Given, Questionnaire};
use motcua_domain::text::required_line;
use motcua_store::centre;
use motcua_store::survey::{self as rows, device as store};
use motcua_store::{AuthorityId, CentreId, Db, DossierId, RecordId, Ts};
use serde_json::json;

use super::answer::{Answered, Waiting, answer_in, asked, wait};
use super::ask::{held, of_return};
use super::key::token_hash;
use super::read;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::dossier;
use crate::error::{Error, Result};
use crate::record;

/// For how long a called person is waited for.
pub const LONGEST_WAIT_MINUTES: i64 = 10;
/// The least seconds between two answers at one kiosk: a person takes longer.
const LEAST_SECONDS: i64 = 10;
/// The most answers of one kiosk in an hour: more people do not pass one counter.
pub const MOST_AN_HOUR: usize = 60;

/// When kiosks were last answered at; in memory only, so that no hour of an answer is kept.
#[derive(Debug, Default)]
pub struct Gate {
    last: Mutex<HashMap<RecordId, VecDeque<DateTime<Utc>>>>,
}

impl Gate {
    /// Lets an answer through, or says for how many seconds none is taken.
    fn pass(&self, device: &RecordId, now: DateTime<Utc>) -> std::result::Result<(), i64> {
        let Ok(mut last) = self.last.lock() else {
            return Ok(());
        };
        let seen = last.entry(device.clone()).or_default();
        while seen.front().is_some_and(|t| *t + Duration::hours(1) <= now) {
            seen.pop_front();
        }
        let gap = Duration::seconds(LEAST_SECONDS);
        let until = if seen.len() >= MOST_AN_HOUR {
            seen.front().map(|t| *t + Duration::hours(1))
        } else {
            seen.back().map(|t| *t + gap).filter(|t| *t > now)
        };
        if let Some(until) = until {
            return Err((until - now).num_seconds().max(1));
        }
        seen.push_back(now);
        Ok(())
    }
}

/// More authorities than a centre receives for.
pub(super) const MOST_SERVED: i64 = 500;

/// A device to be added.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// At which centre.
    pub centre: Option<CentreId>,
    /// Whose counter; none: the hall's.
    pub authority: Option<AuthorityId>,
    /// How it is called, such as «Quầy 2».
    pub name: String,
    /// Whether it stands in the hall and asks whoever comes; else on a counter.
    pub kiosk: bool,
}

fn manages(actor: &Actor, wanted: Option<&CentreId>) -> Result<CentreId> {
    Ok(actor
        .centre_for(Permission::ManageSurveys, wanted)
        .ok_or_else(centre_unknown)?)
}

/// Adds a device. Its secret is told this once.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `authority_unknown`.
pub fn add(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewDevice,
) -> Result<(store::DeviceRow, String)> {
    let centre = manages(actor, new.centre.as_ref())?;
    let name =
        required_line(&new.name, 100).map_err(|fault| Refusal::invalid(vec![fault.at("/name")]))?;
    if let Some(authority) = &new.authority
        && !serves(db, &centre, authority)?
    {
        return Err(Refusal::invalid(vec![FieldError::new(
            "/authority_id",
            "authority_unknown",
            "Trung tâm không tiếp nhận cho cơ quan này.",
            "The centre does not receive for this authority.",
        )])
        .into());
    }
    let secret = hex::encode(rand::random::<[u8; 16]>());
    let row = store::DeviceRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        authority_id: new.authority.clone(),
        name,
        kind: if new.kiosk { "kiosk" } else { "tablet" }.to_owned(),
        secret_hash: token_hash(&secret),
        waiting: None,
        waiting_until: None,
        added_by: actor.user_id.clone(),
        added_at: Ts::new(services.now()),
        ended_at: None,
    };
    store::insert(db, &row)?;
    noted(services, db, actor, &row, "survey.device_added")?;
    Ok((row, secret))
}

fn serves(db: &mut Db, centre: &CentreId, authority: &AuthorityId) -> Result<bool> {
    let served = centre::served(db, centre, MOST_SERVED)?;
    Ok(served.iter().any(|(_, a)| a.id == *authority))
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &store::DeviceRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("survey_device", row.id.as_str()),
        json!({ "name": row.name, "kind": row.kind }),
    )
}

/// Devices of a centre, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
pub fn devices(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<store::DeviceRow>> {
    let centre = actor
        .centre_for(Permission::OfferSurveys, centre)
        .ok_or_else(centre_unknown)?;
    Ok(store::page(db, &centre, edge, limit)?)
}

/// Ends a device: its secret opens nothing any more.
///
/// # Errors
/// `not_found`; `device_ended` when it had ended.
pub fn end(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<store::DeviceRow> {
    let centres = actor.centres(Permission::ManageSurveys);
    let found = store::device(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    let now = Ts::new(services.now());
    if !store::end(db, id, now)? {
        return Err(ended());
    }
    noted(services, db, actor, &found, "survey.device_ended")?;
    Ok(store::DeviceRow {
        ended_at: Some(now),
        ..found
    })
}

fn ended() -> Error {
    Refusal::new(
        "device_ended",
        "Thiết bị này đã ngừng dùng.",
        "This device is no longer in use.",
    )
    .into()
}

/// Calls the person whose result was just handed back to a tablet.
///
/// # Errors
/// `not_found`; `device_ended`; `not_a_tablet`; `not_returned` while nothing was handed back;
/// `survey_answered` when it was answered already; `no_questionnaire` where the centre asks nothing.
pub fn call(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    dossier: &DossierId,
) -> Result<store::DeviceRow> {
    let centres = actor.centres(Permission::OfferSurveys);
    let device = store::device(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    if device.ended_at.is_some() {
        return Err(ended());
    }
    if device.kind != "tablet" {
        return Err(Refusal::new(
            "not_a_tablet",
            "Ki-ốt hỏi người đứng trước nó, không gọi được theo hồ sơ.",
            "A kiosk asks whoever stands before it; nobody is called to it.",
        )
        .into());
    }
    let loaded = dossier::load(db, actor, dossier)?;
    let row = &loaded.row;
    if row.centre_id != device.centre_id {
        return Err(Refusal::not_found().into());
    }
    if row.returned_at.is_none() {
        return Err(Refusal::new(
            "not_returned",
            "Hồ sơ này chưa được trả kết quả.",
            "The result of this dossier was not handed back yet.",
        )
        .into());
    }
    let token = of_return(services, db, row, &actor.user_id)?.ok_or_else(|| {
        Refusal::new(
            "no_questionnaire",
            "Trung tâm chưa công bố phiếu lấy ý kiến cho việc này.",
            "The centre has published no questionnaire for this.",
        )
    })?;
    // Refuses what was answered or is over.
    asked(services, db, &token)?;
    let until = Ts::new(services.now() + Duration::minutes(LONGEST_WAIT_MINUTES));
    let sealed = services.keys.surveys.seal(&token)?;
    store::set_waiting(db, id, Some((&sealed, until)))?;
    Ok(device)
}

/// What a device shows.
#[derive(Debug, Clone)]
pub struct DeviceAsked {
    /// Its name.
    pub name: String,
    /// The centre.
    pub centre: String,
    /// Whether it is a kiosk.
    pub kiosk: bool,
    /// What it asks now; none: it waits to be called.
    pub questionnaire: Option<Questionnaire>,
}

fn by_secret(db: &mut Db, secret: &str) -> Result<store::DeviceRow> {
    let found = match secret.len() {
        32 => store::by_secret(db, &token_hash(secret))?,
        _ => None,
    };
    Ok(found.ok_or_else(|| {
        Refusal::new(
            "device_unknown",
            "Thiết bị này chưa được đăng ký hoặc đã ngừng dùng.",
            "This device is not registered, or no longer in use.",
        )
    })?)
}

/// The token of whom a tablet was told to ask, while the call holds.
fn called(services: &Services, device: &store::DeviceRow) -> Result<Option<String>> {
    let holds = device
        .waiting_until
        .is_some_and(|until| until.0 > services.now());
    match &device.waiting {
        Some(sealed) if holds => Ok(Some(services.keys.surveys.open_sealed(sealed)?)),
        _ => Ok(None),
    }
}

/// What a device shows now.
///
/// # Errors
/// `device_unknown`.
pub fn ask_at(services: &Services, db: &mut Db, secret: &str) -> Result<DeviceAsked> {
    let device = by_secret(db, secret)?;
    let centre = centre::centre(db, &device.centre_id)?
        .ok_or_else(|| Error::Internal("a centre is gone".into()))?;
    let kiosk = device.kind == "kiosk";
    let questionnaire = if kiosk {
        let code = held(db, &device.centre_id)?.kiosk_code;
        match rows::published(db, &device.centre_id, &code)? {
            Some(row) => Some(read(&row)?),
            None => None,
        }
    } else {
        match called(services, &device)? {
            // Answered on a telephone meanwhile, or over: nobody is asked.
            Some(token) => match asked(services, db, &token) {
                Ok(asked) => Some(asked.questionnaire),
                Err(Error::Refused(_)) => None,
                Err(other) => return Err(other),
            },
            None => None,
        }
    };
    Ok(DeviceAsked {
        name: device.name,
        centre: centre.name,
        kiosk,
        questionnaire,
    })
}

/// Takes an answer at a device. At a tablet it uses up the token of whom it was told to ask.
///
/// # Errors
/// `device_unknown`; `nobody_called` at a tablet; `device_busy` with `retry_after` at a kiosk that was just
/// answered at, or too often; `no_questionnaire`; what an answer is refused for.
pub fn answer_at(
    services: &Services,
    db: &mut Db,
    secret: &str,
    given: Vec<Given>,
) -> Result<Answered> {
    let device = by_secret(db, secret)?;
    if device.kind == "tablet" {
        let token = called(services, &device)?.ok_or_else(|| {
            Refusal::new(
                "nobody_called",
                "Máy này đang không mời ai trả lời.",
                "Nobody is being asked at this tablet.",
            )
        })?;
        let done = answer_in(services, db, &token, Channel::Tablet, given)?;
        store::set_waiting(db, &device.id, None)?;
        return Ok(done);
    }
    let code = held(db, &device.centre_id)?.kiosk_code;
    let Some(row) = rows::published(db, &device.centre_id, &code)? else {
        return Err(Refusal::new(
            "no_questionnaire",
            "Trung tâm chưa công bố phiếu lấy ý kiến cho việc này.",
            "The centre has published no questionnaire for this.",
        )
        .into());
    };
    let answers = read(&row)?.check(given)?;
    services
        .kiosks
        .pass(&device.id, services.now())
        .map_err(|seconds| {
            Refusal::new(
                "device_busy",
                format!("Máy vừa nhận một ý kiến. Vui lòng chờ {seconds} giây."),
                format!("An answer was just taken here. Please wait {seconds} seconds."),
            )
            .with("retry_after", seconds)
        })?;
    let waiting = Waiting {
        questionnaire: row.id,
        authority: device.authority_id,
        field: None,
        channel: Channel::Kiosk,
        officer: None,
        answers,
    };
    wait(services, db, &device.centre_id, &waiting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_takes_one_answer_in_ten_seconds_and_sixty_in_an_hour() {
        let (gate, kiosk, other) = (Gate::default(), RecordId::new(), RecordId::new());
        let start = DateTime::<Utc>::default();
        assert_eq!(gate.pass(&kiosk, start), Ok(()));
        assert_eq!(gate.pass(&kiosk, start + Duration::seconds(4)), Err(6));
        assert_eq!(gate.pass(&other, start + Duration::seconds(4)), Ok(()));
        for i in 1..60 {
            assert_eq!(gate.pass(&kiosk, start + Duration::seconds(10 * i)), Ok(()));
        }
        let full = start + Duration::seconds(600);
        assert_eq!(gate.pass(&kiosk, full), Err(3000));
        assert_eq!(gate.pass(&kiosk, start + Duration::hours(1)), Ok(()));
    }
}
