//! Who may inspect what, and for how long.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{InspectionKind, InspectionState};
use crate::feedback::Certainty;
use crate::refusal::{FieldError, Refusal};

const SHIPPED: &str = include_str!("../../data/inspection/limits.json");

/// What a kind of inspection allows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessLimit {
    /// How many days a team may look, first and last counted.
    pub longest_access_days: u32,
    /// Whether people whose own work is looked at may be of the team.
    pub own_people: bool,
    /// Where that comes from.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// For every kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each names its kind")]
pub struct Limits {
    pub internal_check: AccessLimit,
    pub scheduled: AccessLimit,
    pub unannounced: AccessLimit,
}

impl Limits {
    /// What the program ships.
    ///
    /// # Errors
    /// `calendar_invalid` when the data shipped with the program is damaged; a test holds it sound.
    pub fn shipped() -> Result<Self, Refusal> {
        serde_json::from_str(SHIPPED).map_err(|why| {
            Refusal::new(
                "calendar_invalid",
                format!("Dữ liệu về đoàn kiểm tra của chương trình bị hỏng: {why}."),
                format!("The program's limits of inspections are damaged: {why}."),
            )
        })
    }

    /// Those of a kind.
    #[must_use]
    pub const fn of(&self, kind: InspectionKind) -> &AccessLimit {
        match kind {
            InspectionKind::InternalCheck => &self.internal_check,
            InspectionKind::Scheduled => &self.scheduled,
            InspectionKind::Unannounced => &self.unannounced,
        }
    }
}

/// Somebody who is to be of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedMember {
    /// Whoever it is.
    pub id: String,
    /// Leads the team.
    pub head: bool,
    /// Is an officer with an account in use.
    pub known: bool,
    /// Works for what is looked at.
    pub own_work: bool,
}

/// An inspection to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Kind.
    pub kind: InspectionKind,
    /// Day of the decision.
    pub decision_on: NaiveDate,
    /// First day of the period that is looked at.
    pub period_from: NaiveDate,
    /// Last day of it.
    pub period_to: NaiveDate,
    /// First day on which the team may look.
    pub access_from: NaiveDate,
    /// Last day.
    pub access_to: NaiveDate,
    /// How many authorities are looked at.
    pub authorities: usize,
    /// The team.
    pub members: Vec<PlannedMember>,
}

/// Everything that is wrong with a plan; nothing: it may be opened.
#[must_use]
pub fn faults(plan: &Plan, limits: &Limits, today: NaiveDate) -> Vec<FieldError> {
    let mut found = Vec::new();
    let mut fault = |pointer: String, code: &'static str, vi: String, en: String| {
        found.push(FieldError::new(pointer, code, vi, en));
    };
    if plan.decision_on > today {
        fault(
            "/decision_on".into(),
            "date_in_future",
            "Ngày quyết định không được ở tương lai.".into(),
            "The decision is not dated in the future.".into(),
        );
    }
    if plan.period_to < plan.period_from {
        fault(
            "/period_to".into(),
            "dates_reversed",
            "Ngày cuối kỳ kiểm tra phải không trước ngày đầu.".into(),
            "The last day of the period is not before the first.".into(),
        );
    } else if plan.period_to > today {
        fault(
            "/period_to".into(),
            "date_in_future",
            "Kỳ được kiểm tra không được ở tương lai.".into(),
            "The period that is looked at is not in the future.".into(),
        );
    }
    let limit = limits.of(plan.kind);
    let days = (plan.access_to - plan.access_from).num_days() + 1;
    if days < 1 {
        fault(
            "/access_to".into(),
            "dates_reversed",
            "Ngày cuối được xem hồ sơ phải không trước ngày đầu.".into(),
            "The last day of access is not before the first.".into(),
        );
    } else if plan.access_to < today {
        fault(
            "/access_to".into(),
            "date_in_past",
            "Thời gian xem hồ sơ đã qua.".into(),
            "The days of access are over.".into(),
        );
    } else if days > i64::from(limit.longest_access_days) {
        fault(
            "/access_to".into(),
            "access_too_long",
            format!(
                "Đoàn được xem hồ sơ tối đa {} ngày ({}).",
                limit.longest_access_days, limit.source
            ),
            format!(
                "A team may look for at most {} days ({}).",
                limit.longest_access_days, limit.source
            ),
        );
    }
    if plan.access_from < plan.decision_on {
        fault(
            "/access_from".into(),
            "before_decision",
            "Không xem hồ sơ trước ngày có quyết định.".into(),
            "Nobody looks before the day of the decision.".into(),
        );
    }
    if plan.authorities == 0 {
        fault(
            "/authority_ids".into(),
            "required",
            "Chọn ít nhất một cơ quan được kiểm tra.".into(),
            "Name at least one authority that is looked at.".into(),
        );
    }
    if plan.members.is_empty() {
        fault(
            "/members".into(),
            "required",
            "Đoàn phải có ít nhất một người.".into(),
            "A team has at least one member.".into(),
        );
    } else {
        match plan.members.iter().filter(|m| m.head).count() {
            1 => {}
            0 => fault(
                "/members".into(),
                "no_head",
                "Đoàn phải có một trưởng đoàn.".into(),
                "A team has one head.".into(),
            ),
            _ => fault(
                "/members".into(),
                "several_heads",
                "Đoàn chỉ có một trưởng đoàn.".into(),
                "A team has only one head.".into(),
            ),
        }
    }
    for (i, member) in plan.members.iter().enumerate() {
        let pointer = format!("/members/{i}/user_id");
        if plan.members.iter().take(i).any(|m| m.id == member.id) {
            fault(
                pointer,
                "member_twice",
                "Người này đã có trong đoàn.".into(),
                "This person is of the team already.".into(),
            );
        } else if !member.known {
            fault(
                pointer,
                "unknown_value",
                "Không có cán bộ này.".into(),
                "There is no such officer.".into(),
            );
        } else if member.own_work && !limit.own_people {
            fault(
                pointer,
                "own_work",
                "Người của nơi được kiểm tra không tham gia đoàn kiểm tra này.".into(),
                "Somebody whose own work is looked at is not of this team.".into(),
            );
        }
    }
    found
}

/// Whether a team may look on a day: while its days run, and not after it was ended or concluded.
#[must_use]
pub fn may_look(
    state: InspectionState,
    access_from: NaiveDate,
    access_to: NaiveDate,
    today: NaiveDate,
) -> bool {
    state == InspectionState::Open && access_from <= today && today <= access_to
}
