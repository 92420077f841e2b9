//! The one place that asks the machine what time it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// The time, which a demo server may be told.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Microseconds to add to the machine's time.
    offset: Arc<AtomicI64>,
    /// Where it stands still, in microseconds of Unix time and one more; 0 while it ticks.
    stands: Arc<AtomicI64>,
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the clock that everything else is told to ask"
)]
fn machine_now() -> DateTime<Utc> {
    Utc::now()
}

impl Clock {
    /// The machine's own time.
    pub fn new() -> Self {
        Self::default()
    }

    /// A clock that shows `start` now and ticks on.
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        let clock = Self::new();
        clock.set(start);
        clock
    }

    /// Now, to the microsecond.
    pub fn now(&self) -> DateTime<Utc> {
        let stands = self.stands.load(Ordering::Relaxed);
        if stands != 0
            && let Some(at) = DateTime::from_timestamp_micros(stands - 1)
        {
            return at;
        }
        (machine_now() + Duration::microseconds(self.offset.load(Ordering::Relaxed)))
            .trunc_subsecs(6)
    }

    /// Lets the clock show `at` and nothing later, until it is set again: so a story can be told to the
    /// microsecond.
    pub fn hold(&self, at: DateTime<Utc>) {
        self.stands
            .store(at.timestamp_micros() + 1, Ordering::Relaxed);
    }

    /// Lets the clock show `at` now, and tick on.
    pub fn set(&self, at: DateTime<Utc>) {
        self.stands.store(0, Ordering::Relaxed);
        let offset = (at - machine_now()).num_microseconds().unwrap_or(0);
        self.offset.store(offset, Ordering::Relaxed);
    }
}
