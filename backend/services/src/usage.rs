//! How much other systems ask: counted in memory, kept every few seconds. What was counted since the last
//! time is lost with a power cut; it is a figure for the administrator, not a record.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::vn_time::local_date;
use motcua_store::UserId;
use motcua_store::account::{self, UsageRow};

use crate::context::Services;
use crate::error::Result;

/// Counts since they were last kept.
#[derive(Debug, Default)]
pub struct Usage(Mutex<HashMap<(UserId, NaiveDate, String), i64>>);

impl Usage {
    /// Counts a request.
    pub fn count(&self, client: &UserId, operation: String, now: DateTime<Utc>) {
        if let Ok(mut counts) = self.0.lock() {
            *counts
                .entry((client.clone(), local_date(now), operation))
                .or_default() += 1;
        }
    }

    fn take(&self) -> Vec<UsageRow> {
        let Ok(mut counts) = self.0.lock() else {
            return Vec::new();
        };
        std::mem::take(&mut *counts)
            .into_iter()
            .map(|((user_id, day, operation), requests)| UsageRow {
                user_id,
                day,
                operation,
                requests,
            })
            .collect()
    }
}

impl Services {
    /// Keeps what was counted. Blocking.
    ///
    /// # Errors
    /// Storage failures only; what was counted is lost then.
    pub fn keep_usage(&self) -> Result<()> {
        let rows = self.usage.take();
        if rows.is_empty() {
            return Ok(());
        }
        self.write(|db| Ok(account::add_usage(db, &rows)?))
    }
}
