//! A dossier in a list.

use chrono::{DateTime, FixedOffset};
use motcua_domain::deadline::{Remaining, Timing};
use motcua_domain::dossier::State;
use motcua_domain::text::mask_number;
use motcua_services::dossier as service;
use motcua_store::dossier::DossierListRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::parts::{OwnerItem, PersonRef, ProcedureName, UnitRef};
use super::{vn, vn_opt};
use crate::words;

/// A dossier in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierItem {
    /// Id.
    pub id: String,
    /// Code.
    pub code: Option<String>,
    /// Submission number.
    pub submission_number: Option<String>,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Where inside the state.
    #[schema(value_type = Option<words::SubState>)]
    pub sub_state: Option<String>,
    /// Status 1–10.
    #[schema(minimum = 1, maximum = 10)]
    pub national_status: u8,
    /// Whether the promise is kept.
    #[schema(value_type = Option<words::Timing>)]
    pub timing: Option<&'static str>,
    /// The procedure.
    pub procedure: ProcedureName,
    /// Who decides.
    pub authority: UnitRef,
    /// How it came.
    #[schema(value_type = words::Channel)]
    pub channel: String,
    /// The owner.
    pub owner: OwnerItem,
    /// When it came in.
    pub received_at: DateTime<FixedOffset>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<FixedOffset>>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<FixedOffset>>,
    /// By when a submission must be answered: eight working hours.
    pub intake_reply_due_at: Option<DateTime<FixedOffset>>,
    /// The first promise.
    pub due_at_original: Option<DateTime<FixedOffset>>,
    /// The promise that holds.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Counted working minutes until due; negative when past.
    pub remaining_working_minutes: Option<i64>,
    /// Working days after today up to the due day; negative, how many have passed since it.
    pub remaining_working_days: Option<i64>,
    /// When the result was ready.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// When it was handed back.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// Who handles it.
    pub handler: Option<PersonRef>,
    /// Until when the handler has it to themselves; none when nobody has.
    pub claimed_until: Option<DateTime<FixedOffset>>,
    /// In whose hands it is.
    #[schema(value_type = words::Desk)]
    pub desk: String,
    /// Row version.
    pub version: i64,
}

impl DossierItem {
    /// From a row and what its page knows.
    pub fn new(
        row: DossierListRow,
        remaining: Option<Remaining>,
        timing: Option<Timing>,
        page: &service::Page,
        now: DateTime<chrono::Utc>,
    ) -> Self {
        let authority = match page.authorities.get(&row.authority_id) {
            Some(known) => known.as_ref().into(),
            None => UnitRef {
                id: row.authority_id.to_string(),
                code: String::new(),
                name: String::new(),
            },
        };
        Self {
            id: row.id.to_string(),
            national_status: State::parse(&row.state).map_or(1, State::national_status),
            timing: timing.map(Timing::as_str),
            procedure: ProcedureName {
                code: row.procedure_code,
                name: row.procedure_name,
            },
            authority,
            owner: OwnerItem {
                kind: row.owner_kind,
                full_name: row.owner_name,
                identity_number: row.owner_identity.as_deref().map(mask_number),
            },
            received_at: vn(row.received_at),
            submitted_at: vn_opt(row.submitted_at),
            accepted_at: vn_opt(row.accepted_at),
            intake_reply_due_at: vn_opt(row.intake_reply_due_at),
            due_at_original: vn_opt(row.due_at_original),
            due_at: vn_opt(row.due_at),
            remaining_working_minutes: remaining.map(|r| r.minutes),
            remaining_working_days: remaining.map(|r| r.days),
            completed_at: vn_opt(row.completed_at),
            returned_at: vn_opt(row.returned_at),
            claimed_until: vn_opt(row.claimed_until.filter(|t| t.0 > now)),
            handler: row
                .handler_id
                .as_ref()
                .map(|id| PersonRef::of(id, &page.names)),
            code: row.code,
            submission_number: row.submission_number,
            state: row.state,
            sub_state: row.sub_state,
            channel: row.channel,
            desk: row.desk,
            version: row.version,
        }
    }
}
