//! What a dossier is watched for (DOMAIN §1.5, §2.3, §8.5): from when until when it stands in which list.
//!
//! [`watch`] is asked once, after each step; afterwards every list is a look-up by time and nothing has
//! to happen for a dossier to enter one.

use super::{Basis, Unit, apology_latest_date, handover_due};
use crate::calendar::Calendar;
use crate::dossier::{State, SubState};
use crate::refusal::{FieldError, Refusal};
use crate::vn_time::{from_local, local_date};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

crate::words::words! {
    /// What a dossier is watched for. One dossier may stand in several lists.
    Concern {
        /// Submitted, and not answered within 8 working hours (Decree 45/2020 Art 11).
        Unanswered => "unanswered",
        /// Accepted, and not handed on the same day, or next morning after 15:00 (R9).
        NotHandedOver => "not_handed_over",
        /// Given to a desk, and not acknowledged within the same time.
        NotAcknowledged => "not_acknowledged",
        /// A step of the internal workflow has taken longer than it may; the promise may still be kept.
        StepLate => "step_late",
        /// An opinion asked for has not come by the day stated (R11).
        OpinionLate => "opinion_late",
        /// Due today.
        DueToday => "due_today",
        /// Due by the end of the next working day, or a fifth of its time is left.
        DueSoon => "due_soon",
        /// Open past its date.
        Overdue => "overdue",
        /// The promise may not be kept: from two working days before the date until the last day on which
        /// an apology is in time (R14).
        ApologyDue => "apology_due",
        /// Ran over without an apology. Stays, whatever becomes of the dossier.
        ApologyMissing => "apology_missing",
        /// Its clock has stood still for long.
        PausedTooLong => "paused_too_long",
        /// The citizen's time for a supplement is nearly over.
        SupplementLapsing => "supplement_lapsing",
        /// The citizen's time for a supplement is over.
        SupplementLapsed => "supplement_lapsed",
    }
}

impl Concern {
    /// Whether its beginning is told to those who answer for it, once. What is merely near is a list.
    #[must_use]
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::DueToday | Self::DueSoon)
    }

    /// The list in Vietnamese.
    #[must_use]
    pub const fn label_vi(self) -> &'static str {
        match self {
            Self::Unanswered => "Hồ sơ trực tuyến quá giờ trả lời",
            Self::NotHandedOver => "Chưa bàn giao đúng giờ",
            Self::NotAcknowledged => "Đã bàn giao, chưa xác nhận",
            Self::StepLate => "Quá thời gian của bước xử lý",
            Self::OpinionLate => "Quá hạn lấy ý kiến",
            Self::DueToday => "Đến hạn hôm nay",
            Self::DueSoon => "Sắp đến hạn",
            Self::Overdue => "Quá hạn",
            Self::ApologyDue => "Cần thư xin lỗi",
            Self::ApologyMissing => "Quá hạn không có thư xin lỗi",
            Self::PausedTooLong => "Tạm dừng quá lâu",
            Self::SupplementLapsing => "Sắp hết hạn bổ sung",
            Self::SupplementLapsed => "Hết hạn bổ sung",
        }
    }
}

/// Largest number of days in a rule of watching.
pub const MOST_DAYS: u32 = 365;

/// By what a centre watches, where no law says it. Each is a convention with its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WatchRules {
    /// Calendar days after which a clock has stood still for long. 1 … 365.
    pub paused_too_long_days: u32,
    /// Calendar days before the end of a citizen's time from which it is warned of. 1 … 365.
    pub lapse_warning_days: u32,
    /// Calendar days a citizen has for a supplement, as form 02 says. 1 … 365.
    pub supplement_reply_days: u32,
    /// Limits in hours are kept or broken by the moment; else by the date, like all others (DOMAIN §2.4).
    pub hours_by_moment: bool,
    /// What was asked for before acceptance and has not come is refused by the program (T8).
    pub refuse_lapsed_intake: bool,
    /// What was asked for after appraisal and has not come is stopped by the program; else an officer
    /// does it (T13 names the handler and the leader).
    pub stop_lapsed: bool,
}

impl Default for WatchRules {
    fn default() -> Self {
        Self {
            paused_too_long_days: 30,
            lapse_warning_days: 5,
            supplement_reply_days: crate::dossier::DEFAULT_SUPPLEMENT_REPLY_DAYS,
            hours_by_moment: true,
            refuse_lapsed_intake: true,
            stop_lapsed: false,
        }
    }
}

impl WatchRules {
    /// Whether every number is within its range.
    ///
    /// # Errors
    /// `validation_failed` with `out_of_range` for each that is not.
    pub fn check(self) -> Result<(), Refusal> {
        let numbers = [
            ("/paused_too_long_days", self.paused_too_long_days),
            ("/lapse_warning_days", self.lapse_warning_days),
            ("/supplement_reply_days", self.supplement_reply_days),
        ];
        let faults: Vec<FieldError> = numbers
            .iter()
            .filter(|(_, n)| !(1..=MOST_DAYS).contains(n))
            .map(|(at, _)| {
                FieldError::new(
                    *at,
                    "out_of_range",
                    format!("Từ 1 đến {MOST_DAYS} ngày."),
                    format!("1 to {MOST_DAYS} days."),
                )
            })
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid(faults))
        }
    }

    /// How a limit is compared at this centre.
    #[must_use]
    pub const fn basis(self, unit: Option<Unit>) -> Basis {
        match Basis::of(unit) {
            Basis::Moment if self.hours_by_moment => Basis::Moment,
            _ => Basis::Date,
        }
    }
}

/// What watching must know of a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Business state.
    pub state: State,
    /// Where inside it.
    pub sub_state: Option<SubState>,
    /// By when a filing must be answered.
    pub intake_reply_due_at: Option<DateTime<Utc>>,
    /// By when an accepted dossier must be handed on.
    pub handover_due_at: Option<DateTime<Utc>>,
    /// When it was given to a desk that has not acknowledged it.
    pub given_at: Option<DateTime<Utc>>,
    /// By when its step of the internal workflow is to be done.
    pub step_due_at: Option<DateTime<Utc>>,
    /// By when another body was to answer.
    pub opinion_due_on: Option<NaiveDate>,
    /// Last day for the supplement asked for.
    pub supplement_due_on: Option<NaiveDate>,
    /// Since when its clock stands still.
    pub paused_since: Option<DateTime<Utc>>,
    /// The instant the running limit is counted from.
    pub clock_started_at: Option<DateTime<Utc>>,
    /// The promise that holds.
    pub due_at: Option<DateTime<Utc>>,
    /// What its limit is counted in.
    pub unit: Option<Unit>,
    /// Apologies with a new date given.
    pub reappointments: u32,
}

/// That a dossier stands in a list, from an instant until another, or until a step ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Watched {
    /// Which list.
    pub concern: Concern,
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Until before this instant; none: until a step.
    pub until: Option<DateTime<Utc>>,
}

impl Watched {
    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && self.until.is_none_or(|end| at < end)
    }
}

/// Every list a dossier will stand in as long as no step is taken, each at most once.
///
/// # Errors
/// `date_outside_calendar`, `no_working_day`.
pub fn watch(
    facts: &Facts,
    calendar: &Calendar,
    rules: WatchRules,
) -> Result<Vec<Watched>, Refusal> {
    let mut found = Vec::new();
    let mut add = |concern, from, until: Option<DateTime<Utc>>| {
        // A window that ended before it began never opens: the limit is shorter than the warning.
        if until.is_none_or(|end| from < end) {
            found.push(Watched {
                concern,
                from,
                until,
            });
        }
    };
    if facts.state == State::Submitted
        && let Some(by) = facts.intake_reply_due_at
    {
        add(Concern::Unanswered, just_after(by), None);
    }
    if let Some(given) = facts.given_at {
        let by = handover_due(calendar, given)?;
        add(Concern::NotAcknowledged, just_after(by), None);
    } else if facts.state == State::Accepted
        && let Some(by) = facts.handover_due_at
    {
        add(Concern::NotHandedOver, just_after(by), None);
    }
    if facts.state.clock_runs()
        && let Some(by) = facts.step_due_at
    {
        add(Concern::StepLate, just_after(by), None);
    }
    if facts.sub_state == Some(SubState::AwaitingConsultation)
        && let Some(day) = facts.opinion_due_on
    {
        add(Concern::OpinionLate, midnight_after(day), None);
    }
    if let Some(day) = facts.supplement_due_on
        && matches!(
            facts.state,
            State::IntakeSupplementRequested | State::SupplementRequested
        )
    {
        let warned = day - Days::new(u64::from(rules.lapse_warning_days));
        let over = midnight_after(day);
        add(Concern::SupplementLapsing, midnight(warned), Some(over));
        add(Concern::SupplementLapsed, over, None);
    }
    if facts.state.is_paused()
        && let Some(since) = facts.paused_since
    {
        let long = TimeDelta::days(i64::from(rules.paused_too_long_days));
        add(Concern::PausedTooLong, since + long, None);
    }
    if facts.state.clock_runs()
        && let Some(due_at) = facts.due_at
    {
        let started = facts.clock_started_at.unwrap_or(DateTime::<Utc>::MIN_UTC);
        let due_on = local_date(due_at);
        let over = late_from(due_at, rules.basis(facts.unit));
        add(Concern::DueToday, midnight(due_on).max(started), Some(over));
        let soon = soon_from(calendar, facts.clock_started_at, due_at)?;
        add(
            Concern::DueSoon,
            soon.max(started),
            Some(just_after(due_at).min(over)),
        );
        add(Concern::Overdue, over, None);
        if facts.reappointments == 0 {
            let latest = apology_latest_date(calendar, due_on)?;
            let alarm = calendar.previous_working(latest)?;
            add(
                Concern::ApologyDue,
                midnight(alarm).max(started),
                Some(midnight_after(latest)),
            );
            add(Concern::ApologyMissing, over, None);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// When a promise begins to be near: at the start of the last working day before its own, or when a
/// fifth of its working time is left, whichever comes first. A convention (DOMAIN §2.3).
fn soon_from(
    calendar: &Calendar,
    started: Option<DateTime<Utc>>,
    due_at: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    let eve = midnight(calendar.previous_working(local_date(due_at))?);
    let Some(started) = started.filter(|s| *s < due_at) else {
        return Ok(eve);
    };
    let whole = calendar.working_time_between(started, due_at)?;
    let spent = whole - whole / 5;
    Ok(eve.min(calendar.add_working_time(started, spent)?))
}

/// The first instant at which what is still open is late.
#[must_use]
pub fn late_from(due_at: DateTime<Utc>, basis: Basis) -> DateTime<Utc> {
    match basis {
        Basis::Date => midnight_after(local_date(due_at)),
        Basis::Moment => just_after(due_at),
    }
}

/// The first instant after one that still counts.
fn just_after(at: DateTime<Utc>) -> DateTime<Utc> {
    at + TimeDelta::microseconds(1)
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    from_local(date, NaiveTime::MIN)
}

fn midnight_after(date: NaiveDate) -> DateTime<Utc> {
    midnight(date.checked_add_days(Days::new(1)).unwrap_or(date))
}

crate::words::words! {
    /// Why a promise cannot be kept: the closed list of reasons of lateness (DOMAIN §9), said beside the
    /// words the citizen reads.
    LateReason {
        /// Thiếu nhân lực.
        LackOfStaff => "lack_of_staff",
        /// Cơ quan phối hợp chậm trả lời.
        OtherAgency => "other_agency",
        /// Lỗi dữ liệu, đồng bộ.
        DataFault => "data_fault",
        /// Người nộp hồ sơ vắng mặt.
        ApplicantAbsent => "applicant_absent",
        /// Hệ thống gián đoạn.
        SystemDown => "system_down",
    }
}
