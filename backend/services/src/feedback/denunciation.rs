//! Denunciations (tố cáo): kept apart, read only by whom the centre's director appointed and whom they
//! are not about; every look is recorded, and the record of it is shown to nobody else.

use chrono::Datelike;
use motcua_domain::feedback::{
    DenunciationState, FeedbackChannel, Limit, Limits, denunciation_code,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::centre::CentreRow;
use motcua_store::feedback::denunciation::{
    self as rows, AppointmentRow, DenunciationRow, DenunciationStepRow,
};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts, UserId, account, counter};
use serde_json::json;

use super::filing::{Filer, checked, prose};
use super::{centre_of, named_in, new_secret};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;
use crate::reference::Names;

/// The most steps of a denunciation that are told.
pub const MOST_STEPS: i64 = 200;
/// The most appointments that are told.
pub const MOST_APPOINTMENTS: i64 = 500;

/// A denunciation to be received.
#[derive(Debug, Clone)]
pub struct NewDenunciation {
    /// At which centre; the caller's first when absent.
    pub centre: Option<CentreId>,
    /// How it came.
    pub channel: FeedbackChannel,
    /// Whom it is about.
    pub about: String,
    /// In the denouncer's words.
    pub text: String,
    /// Who denounces.
    pub filer: Filer,
}

/// A denunciation that was received, with its secret.
#[derive(Debug, Clone)]
pub struct Received {
    /// The row.
    pub row: DenunciationRow,
    /// Told once, kept nowhere.
    pub secret: String,
}

/// The centres at which the actor was appointed and still holds a role that may be.
///
/// # Errors
/// `denunciations_not_appointed`.
pub fn appointed(db: &mut Db, actor: &Actor) -> Result<Vec<CentreId>> {
    let held = actor.centres(Permission::HandleDenunciations);
    let mut centres = rows::appointed_at(db, &actor.user_id)?;
    centres.retain(|c| held.contains(c));
    if centres.is_empty() {
        return Err(Refusal::new(
            "denunciations_not_appointed",
            "Chỉ người được giám đốc trung tâm phân công mới được xem và xử lý tố cáo.",
            "Only whom the centre's director appointed handles denunciations.",
        )
        .into());
    }
    Ok(centres)
}

/// Whether the actor was appointed anywhere.
///
/// # Errors
/// Storage failures only.
pub fn is_appointed(db: &mut Db, actor: &Actor) -> Result<bool> {
    let held = actor.centres(Permission::HandleDenunciations);
    let centres = rows::appointed_at(db, &actor.user_id)?;
    Ok(centres.iter().any(|c| held.contains(c)))
}

fn keep(
    services: &Services,
    db: &mut Db,
    actor: Option<&Actor>,
    centre: &CentreRow,
    new: &NewDenunciation,
) -> Result<Received> {
    let mut texts = Texts::default();
    let about = texts.line(&new.about, "/about", 300);
    let (filer, text) = checked(&new.filer, &new.text, &mut texts);
    texts.sound()?;
    let now = services.now();
    let today = local_date(now);
    let calendar = services.calendar(db, &centre.id)?;
    let due_on = Limits::shipped()?
        .denunciation_accept
        .last_day(&calendar, today)?;
    let concerned = named_in(db, &centre.id, &[&about, &text])?;
    let number = counter::next(db, &format!("denunciation:{}:{}", centre.id, today.year()))?;
    let (secret, secret_hash) = new_secret();
    let row = DenunciationRow {
        id: RecordId::new(),
        centre_id: centre.id.clone(),
        year: today.year(),
        number,
        code: denunciation_code(&rand::random::<[u8; 8]>()),
        secret_hash,
        channel: new.channel.as_str().to_owned(),
        about,
        text,
        filer_name: filer.full_name,
        filer_address: filer.address,
        filer_phone: filer.phone,
        received_at: Ts::new(now),
        received_by: actor.map(|a| a.user_id.clone()),
        state: DenunciationState::Received.as_str().to_owned(),
        due_on: Some(due_on),
        passed_on_to: None,
        notice: None,
        version: 1,
    };
    rows::insert(db, &row, &concerned)?;
    step(db, &row, "received", actor, None)?;
    noted(db, services, actor, &row, "denunciation.received")?;
    Ok(Received { row, secret })
}

fn step(
    db: &mut Db,
    row: &DenunciationRow,
    kind: &str,
    actor: Option<&Actor>,
    at: Option<(Ts, Option<String>)>,
) -> Result<()> {
    let (at, note) = at.unwrap_or((row.received_at, None));
    rows::insert_step(
        db,
        &DenunciationStepRow {
            item_id: row.id.clone(),
            seq: row.version,
            at,
            kind: kind.to_owned(),
            actor_id: actor.map(|a| a.user_id.clone()),
            note,
        },
    )?;
    Ok(())
}

fn noted(
    db: &mut Db,
    services: &Services,
    actor: Option<&Actor>,
    row: &DenunciationRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        actor,
        what,
        ("denunciation", row.id.as_str()),
        json!({ "version": row.version }),
    )
}

/// Keeps a denunciation that somebody filed on the public page.
///
/// # Errors
/// `centre_unknown`, `validation_failed` naming the fields.
pub fn file(services: &Services, db: &mut Db, new: &NewDenunciation) -> Result<Received> {
    let centre = centre_of(db, new.centre.as_ref())?;
    keep(services, db, None, &centre, new)
}

/// Receives a denunciation in person, by telephone or by post.
///
/// # Errors
/// `denunciations_not_appointed`, `centre_unknown`, `validation_failed` naming the fields.
pub fn receive(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewDenunciation,
) -> Result<Received> {
    let centres = appointed(db, actor)?;
    let id = centres
        .into_iter()
        .find(|c| new.centre.as_ref().is_none_or(|w| w == c))
        .ok_or_else(centre_unknown)?;
    let centre = services.centre(db, actor.stamp, &id)?;
    keep(services, db, Some(actor), &centre, new)
}

/// Denunciations of the actor's centres that are not about the actor, newest first. The looking is
/// recorded.
///
/// # Errors
/// `denunciations_not_appointed`.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<DenunciationRow>> {
    let centres = appointed(db, actor)?;
    let found = rows::page(db, &centres, &actor.user_id, edge, limit)?;
    for centre in &centres {
        record::audit(
            db,
            centre,
            services.now(),
            Some(actor),
            "denunciation.listed",
            ("denunciation", centre.as_str()),
            json!({}),
        )?;
    }
    Ok(found)
}

/// One denunciation with what was done.
pub struct Denunciation {
    /// The row.
    pub row: DenunciationRow,
    /// What was done, oldest first.
    pub steps: Vec<DenunciationStepRow>,
    /// Names.
    pub names: Names,
    /// What the present date rests on.
    pub limit: Option<Limit>,
}

fn shown(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DenunciationRow,
) -> Result<Denunciation> {
    let steps = rows::steps(db, &row.id, MOST_STEPS)?;
    let people = steps
        .iter()
        .filter_map(|s| s.actor_id.as_ref())
        .chain(row.received_by.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    let limits = Limits::shipped()?;
    let limit = match DenunciationState::parse(&row.state) {
        Some(DenunciationState::Received) => Some(limits.denunciation_accept),
        Some(DenunciationState::Accepted) => Some(limits.denunciation_resolve),
        _ => None,
    };
    Ok(Denunciation {
        row,
        steps,
        names,
        limit,
    })
}

/// One denunciation, whole. The looking is recorded.
///
/// # Errors
/// `denunciations_not_appointed`, `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Denunciation> {
    let centres = appointed(db, actor)?;
    let row = rows::find(db, &centres, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    noted(db, services, Some(actor), &row, "denunciation.viewed")?;
    shown(services, db, actor, row)
}

/// What is to be done with a denunciation.
#[derive(Debug, Clone)]
pub enum Doing {
    /// Pass it on to the body that is competent.
    PassOn {
        /// To whom.
        to: String,
    },
    /// Accept it, or not.
    Accept {
        /// Whether it is accepted.
        accepted: bool,
        /// Why it is not; the denouncer is told.
        reason: Option<String>,
    },
    /// Conclude.
    Conclude {
        /// What the denouncer is told.
        notice: String,
    },
}

/// Does something with a denunciation that stands at `version`.
///
/// # Errors
/// `denunciations_not_appointed`, `not_found`, `version_stale`, `feedback_step_not_allowed`,
/// `validation_failed` naming the fields.
pub fn act(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
    doing: &Doing,
) -> Result<Denunciation> {
    let centres = appointed(db, actor)?;
    let mut row = rows::find(db, &centres, &actor.user_id, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    let now = services.now();
    let to = match doing {
        Doing::PassOn { .. } => DenunciationState::PassedOn,
        Doing::Accept { accepted: true, .. } => DenunciationState::Accepted,
        Doing::Accept { .. } => DenunciationState::Declined,
        Doing::Conclude { .. } => DenunciationState::Concluded,
    };
    let from = DenunciationState::parse(&row.state).ok_or_else(Refusal::not_found)?;
    from.may_become(to)?;
    let mut texts = Texts::default();
    let mut note = None;
    row.due_on = None;
    match doing {
        Doing::PassOn { to } => {
            let to = texts.line(to, "/to", 300);
            note = Some(to.clone());
            row.passed_on_to = Some(to);
        }
        Doing::Accept { accepted: true, .. } => {
            let calendar = services.calendar(db, &row.centre_id)?;
            let limit = Limits::shipped()?.denunciation_resolve;
            row.due_on = Some(limit.last_day(&calendar, local_date(now))?);
        }
        Doing::Accept { reason, .. } => {
            let reason = reason.as_deref().unwrap_or_default();
            row.notice = Some(prose(reason, "/reason", &mut texts));
        }
        Doing::Conclude { notice } => row.notice = Some(prose(notice, "/notice", &mut texts)),
    }
    texts.sound()?;
    row.state = to.as_str().to_owned();
    row.version = version + 1;
    if !rows::save(db, &row, version)? {
        return Err(stale(version + 1));
    }
    step(
        db,
        &row,
        to.as_str(),
        Some(actor),
        Some((Ts::new(now), note)),
    )?;
    noted(
        db,
        services,
        Some(actor),
        &row,
        &format!("denunciation.{to}"),
    )?;
    shown(services, db, actor, row)
}

/// Appointments with the names of whoever they name.
pub struct Appointments {
    /// The rows.
    pub rows: Vec<AppointmentRow>,
    /// Names.
    pub names: Names,
}

fn with_names(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<AppointmentRow>,
) -> Result<Appointments> {
    let people = rows
        .iter()
        .flat_map(|r| [Some(&r.user_id), Some(&r.appointed_by), r.ended_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Appointments { rows, names })
}

/// Whom the director appointed, those whose appointment stands first.
///
/// # Errors
/// Storage failures only.
pub fn appointments(services: &Services, db: &mut Db, actor: &Actor) -> Result<Appointments> {
    let centres = actor.centres(Permission::AppointForDenunciations);
    let found = rows::appointments(db, &centres, MOST_APPOINTMENTS)?;
    with_names(services, db, actor, found)
}

/// Appoints somebody.
///
/// # Errors
/// `centre_unknown`, `validation_failed` naming the person, `appointed_already`.
pub fn appoint(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    user: &UserId,
) -> Result<Appointments> {
    let now = services.now();
    let centre = actor
        .centre_for(Permission::AppointForDenunciations, centre)
        .ok_or_else(centre_unknown)?;
    let may = Permission::HandleDenunciations.roles();
    let roles = account::roles(db, std::slice::from_ref(user), Ts::new(now))?;
    let holds = roles
        .iter()
        .any(|r| r.centre_id == centre && may.iter().any(|role| role.as_str() == r.role.as_str()));
    if !holds {
        return Err(bad_field(
            "/user_id",
            "unknown_value",
            "Người này không giữ vai trò nào ở trung tâm có thể được phân công.",
            "This person holds no role at the centre that can be appointed.",
        )
        .into());
    }
    let row = AppointmentRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        user_id: user.clone(),
        appointed_by: actor.user_id.clone(),
        appointed_at: Ts::new(now),
        ended_by: None,
        ended_at: None,
    };
    if rows::appointed_at(db, user)?.contains(&centre) {
        return Err(already());
    }
    rows::appoint(db, &row).map_err(|e| match e {
        StoreError::Unique(_) => already(),
        other => other.into(),
    })?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "denunciation_appointment.made",
        ("user", user.as_str()),
        json!({}),
    )?;
    with_names(services, db, actor, vec![row])
}

fn already() -> crate::error::Error {
    Refusal::new(
        "appointed_already",
        "Người này đang được phân công.",
        "This appointment stands already.",
    )
    .into()
}

/// Ends an appointment.
///
/// # Errors
/// `not_found` when none stands by that id.
pub fn end(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Appointments> {
    let now = services.now();
    let centres = actor.centres(Permission::AppointForDenunciations);
    let row = rows::end_appointment(db, &centres, id, &actor.user_id, Ts::new(now))?
        .ok_or_else(Refusal::not_found)?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "denunciation_appointment.ended",
        ("user", row.user_id.as_str()),
        json!({}),
    )?;
    with_names(services, db, actor, vec![row])
}
