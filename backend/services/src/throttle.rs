//! Doors that are guessed at: sign-in by account and by address, public look-up by code.

use chrono::{DateTime, Duration, Utc};
use motcua_domain::refusal::Refusal;
use motcua_store::account::{self, ThrottleRow};
use motcua_store::{Db, Ts};
use sha2::{Digest, Sha256};

use crate::error::Result;

/// How patient a door is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Misses before it closes.
    pub misses: i32,
    /// Within so many minutes.
    pub window_minutes: i64,
    /// For so many minutes.
    pub closed_minutes: i64,
    /// The code of the refusal.
    pub code: &'static str,
}

/// Sign-in to one account.
pub const ACCOUNT: Patience = Patience {
    misses: 5,
    window_minutes: 15,
    closed_minutes: 5,
    code: "login_throttled",
};
/// Sign-in from one address: a whole office may stand behind it.
pub const ADDRESS: Patience = Patience {
    misses: 50,
    window_minutes: 15,
    closed_minutes: 5,
    code: "login_throttled",
};
/// Look-up of one dossier code.
pub const LOOKUP: Patience = Patience {
    misses: 5,
    window_minutes: 30,
    closed_minutes: 30,
    code: "lookup_locked",
};

/// Look-up of what was filed: the secret is long, so that more misses do no harm.
pub const FEEDBACK: Patience = Patience {
    misses: 10,
    window_minutes: 30,
    closed_minutes: 30,
    code: "lookup_locked",
};

/// The stored name of a door: a digest, so that the table tells no names, codes or addresses.
pub fn subject(kind: &str, name: &str) -> String {
    format!("{kind}:{}", hex::encode(Sha256::digest(name.as_bytes())))
}

/// Refuses while the door is closed.
///
/// # Errors
/// The patience's own code, with `retry_after` in seconds.
pub fn check(db: &mut Db, subject: &str, patience: Patience, now: DateTime<Utc>) -> Result<()> {
    if let Some(row) = account::throttle(db, subject)?
        && let Some(until) = row.locked_until
        && until.0 > now
    {
        let seconds = (until.0 - now).num_seconds().max(1);
        return Err(Refusal::new(
            patience.code,
            format!(
                "Đã thử sai quá nhiều lần. Vui lòng thử lại sau {} phút.",
                seconds / 60 + 1
            ),
            format!(
                "Too many wrong attempts. Try again in {} minutes.",
                seconds / 60 + 1
            ),
        )
        .with("retry_after", seconds)
        .into());
    }
    Ok(())
}

/// Counts a miss, and closes the door when there were too many.
///
/// # Errors
/// Storage failures only.
pub fn miss(db: &mut Db, subject: &str, patience: Patience, now: DateTime<Utc>) -> Result<()> {
    let known = account::throttle(db, subject)?;
    let window = Duration::minutes(patience.window_minutes);
    let mut row = match known {
        Some(row) if row.window_started_at.0 + window > now && row.locked_until.is_none() => row,
        _ => ThrottleRow {
            subject: subject.to_owned(),
            misses: 0,
            window_started_at: Ts::new(now),
            locked_until: None,
        },
    };
    row.misses += 1;
    if row.misses >= patience.misses {
        row.locked_until = Some(Ts::new(now + Duration::minutes(patience.closed_minutes)));
    }
    motcua_store::dialect::upsert_throttle(db, &row).map_err(motcua_store::StoreError::from)?;
    Ok(())
}
