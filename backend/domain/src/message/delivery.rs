//! When a message goes out, and what becomes of it once a gateway has answered.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::MessageState;
use crate::vn_time::{from_local, local};

/// How often a message is tried before it is given up.
pub const MOST_ATTEMPTS: i32 = 16;
/// How long a server that claimed messages may take to hand them over before another may.
pub const LEASE_SECONDS: i64 = 300;
/// The first wait between two attempts, and the longest.
const WAITS: (i64, i64) = (30, 3_600);

/// The hours in which nobody is told anything, by Vietnamese clocks. From and to alike: none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// From.
    pub from: NaiveTime,
    /// To, on the next day when it is earlier.
    pub to: NaiveTime,
}

impl Default for QuietHours {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self {
            from: at(21),
            to: at(7),
        }
    }
}

impl QuietHours {
    /// The first instant from this one on at which somebody may be told something.
    #[must_use]
    pub fn next_allowed(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let here = local(at);
        let (day, time) = (here.date(), here.time());
        let end = if self.from < self.to {
            (self.from <= time && time < self.to).then_some(day)
        } else if self.from > self.to {
            if time >= self.from {
                day.succ_opt()
            } else {
                (time < self.to).then_some(day)
            }
        } else {
            None
        };
        end.map_or(at, |day| from_local(day, self.to).max(at))
    }
}

/// What a gateway made of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// It arrived.
    Delivered,
    /// It was taken.
    Accepted,
    /// Not now: try again, not before so many seconds where the gateway says so.
    Temporary {
        /// Why, as a stable word.
        code: &'static str,
        /// How long the gateway asks to be left alone.
        retry_after: Option<u32>,
    },
    /// Never.
    Permanent {
        /// Why, as a stable word.
        code: &'static str,
    },
    /// It was handed over, and whether it was taken cannot be known.
    Unknown {
        /// Why, as a stable word.
        code: &'static str,
    },
}

/// What a message is after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    /// Its state.
    pub state: MessageState,
    /// Why, when it did not go.
    pub code: Option<&'static str>,
    /// When it is tried again.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

/// How long to wait after so many attempts: doubled each time up to an hour, and between half of it and
/// all of it by `jitter` (0 … 1000), so that what failed together does not come back together.
#[must_use]
pub fn back_off(attempts: i32, jitter: u32) -> Duration {
    let doublings = attempts.clamp(1, 30) - 1;
    let (first, longest) = WAITS;
    let whole = first.saturating_mul(1_i64 << doublings).min(longest);
    let share = 500 + i64::from(jitter.min(1_000)) / 2;
    Duration::milliseconds(whole * share)
}

/// What a message is after its attempt number `attempts` came out like this.
#[must_use]
pub fn after(
    handed: Handed,
    attempts: i32,
    now: DateTime<Utc>,
    quiet: QuietHours,
    jitter: u32,
) -> After {
    let done = |state, code| After {
        state,
        code,
        next_attempt_at: None,
    };
    match handed {
        Handed::Delivered => done(MessageState::Delivered, None),
        Handed::Accepted => done(MessageState::Sent, None),
        Handed::Permanent { code } => done(MessageState::Failed, Some(code)),
        Handed::Unknown { code } => done(MessageState::Unknown, Some(code)),
        Handed::Temporary { code, .. } if attempts >= MOST_ATTEMPTS => {
            done(MessageState::GivenUp, Some(code))
        }
        Handed::Temporary { code, retry_after } => {
            let asked = Duration::seconds(i64::from(retry_after.unwrap_or(0)).min(WAITS.1));
            let wait = back_off(attempts, jitter).max(asked);
            After {
                state: MessageState::Queued,
                code: Some(code),
                next_attempt_at: Some(quiet.next_allowed(now + wait)),
            }
        }
    }
}
