//! What happened to a dossier.

use chrono::{DateTime, FixedOffset};
use motcua_store::dossier::TimelineRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::vn;
use crate::words;

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineActor {
    /// Account; absent for the system.
    pub id: Option<String>,
    /// Full name.
    pub full_name: String,
    /// In which role.
    pub role: Option<String>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineItem {
    /// Id.
    pub id: String,
    /// Its place, from 1.
    pub seq: i32,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What, such as `accepted`.
    pub kind: String,
    /// Row of the law's table, such as `T4`.
    pub transition: String,
    /// Who.
    pub actor: TimelineActor,
    /// State before.
    #[schema(value_type = Option<words::State>)]
    pub from_state: Option<String>,
    /// State after.
    #[schema(value_type = words::State)]
    pub to_state: String,
    /// Further facts.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

impl From<TimelineRow> for TimelineItem {
    fn from(row: TimelineRow) -> Self {
        Self {
            id: row.id.to_string(),
            seq: row.seq,
            at: vn(row.at),
            kind: row.kind,
            transition: row.transition,
            actor: TimelineActor {
                id: row.actor_id.map(|a| a.to_string()),
                full_name: row.actor_name,
                role: row.actor_role,
            },
            from_state: row.from_state,
            to_state: row.to_state,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}
