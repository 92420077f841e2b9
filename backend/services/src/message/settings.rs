//! When a centre tells nobody anything, and how its messages stand.

use chrono::{DateTime, NaiveTime, Utc};
use motcua_domain::message::QuietHours;
use motcua_store::message::{self as rows, SettingsRow, Standing};
use motcua_store::{CentreId, Db, Ts};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;

/// What a centre wants of its messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wishes {
    /// When nobody is told anything.
    pub quiet: QuietHours,
    /// Short messages go without marks.
    pub plain_sms: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            quiet: QuietHours::default(),
            plain_sms: true,
        }
    }
}

fn clock(minutes: i32) -> NaiveTime {
    let minutes = u32::try_from(minutes).unwrap_or(0);
    NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default()
}

fn minutes(time: NaiveTime) -> i32 {
    use chrono::Timelike as _;
    i32::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0)
}

fn of_row(row: &SettingsRow) -> Wishes {
    Wishes {
        quiet: QuietHours {
            from: clock(row.quiet_from),
            to: clock(row.quiet_to),
        },
        plain_sms: row.plain_sms,
    }
}

/// What a centre wants of its messages.
pub(crate) fn wishes(db: &mut Db, centre: &CentreId) -> Result<Wishes> {
    let set = rows::settings(db, std::slice::from_ref(centre))?.pop();
    Ok(set.as_ref().map(of_row).unwrap_or_default())
}

/// What a centre has set, or would have if it had.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose.
    pub centre_id: CentreId,
    /// When nobody is told anything.
    pub quiet: QuietHours,
    /// Short messages go without marks.
    pub plain_sms: bool,
    /// 0: nothing was set yet.
    pub version: i64,
    /// How its messages stand that have not arrived.
    pub waiting: Vec<Standing>,
}

/// What is to be set.
#[derive(Debug, Clone, Copy)]
pub struct NewSettings {
    /// From.
    pub quiet_from: NaiveTime,
    /// To.
    pub quiet_to: NaiveTime,
    /// Short messages go without marks.
    pub plain_sms: bool,
}

/// What a centre of the actor's has set.
///
/// # Errors
/// `centre_unknown`.
pub fn settings(db: &mut Db, actor: &Actor, centre: Option<&CentreId>) -> Result<Settings> {
    let centre_id = actor
        .centre_for(Permission::ManageMessages, centre)
        .ok_or_else(centre_unknown)?;
    let row = rows::settings(db, std::slice::from_ref(&centre_id))?.pop();
    let wishes = row.as_ref().map(of_row).unwrap_or_default();
    Ok(Settings {
        quiet: wishes.quiet,
        plain_sms: wishes.plain_sms,
        version: row.map_or(0, |r| r.version),
        waiting: rows::standing(db, Some(&centre_id))?,
        centre_id,
    })
}

/// Sets it, where version `version` stands.
///
/// # Errors
/// `centre_unknown`, `validation_failed`, `version_stale`.
pub fn set_settings(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    version: i64,
    new: NewSettings,
) -> Result<Settings> {
    use chrono::Timelike as _;
    let before = settings(db, actor, centre)?;
    for (pointer, time) in [("/quiet_from", new.quiet_from), ("/quiet_to", new.quiet_to)] {
        if time.second() != 0 || time.nanosecond() != 0 {
            return Err(bad_field(
                pointer,
                "invalid_value",
                "Chỉ ghi giờ và phút.",
                "Hours and minutes only.",
            )
            .into());
        }
    }
    if before.version != version {
        return Err(stale(before.version));
    }
    let now = services.now();
    let row = SettingsRow {
        centre_id: before.centre_id.clone(),
        quiet_from: minutes(new.quiet_from),
        quiet_to: minutes(new.quiet_to),
        plain_sms: new.plain_sms,
        version: version + 1,
        set_by: actor.user_id.clone(),
        set_at: Ts::new(now),
    };
    if !rows::set_settings(db, &row, version)? {
        return Err(stale(version + 1));
    }
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "messages.settings",
        ("centre", row.centre_id.as_str()),
        json!({
            "quiet_from": new.quiet_from.format("%H:%M").to_string(),
            "quiet_to": new.quiet_to.format("%H:%M").to_string(),
            "plain_sms": new.plain_sms,
        }),
    )?;
    settings(db, actor, Some(&row.centre_id))
}

/// What waits to go out, for the figures: how many, and since when the oldest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    /// Queued, held or being sent.
    pub count: i64,
    /// When the oldest of them was made.
    pub oldest: Option<DateTime<Utc>>,
}

/// How all messages of the installation stand that have not arrived.
///
/// # Errors
/// Storage failures only.
pub fn standing(db: &mut Db) -> Result<Waiting> {
    let mut all = Waiting::default();
    for s in rows::standing(db, None)? {
        if matches!(s.state.as_str(), "queued" | "held" | "sending") {
            all.count += s.count;
            let oldest = s.oldest.map(|t| t.0);
            all.oldest = match (all.oldest, oldest) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
    }
    Ok(all)
}
