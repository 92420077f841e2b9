//! Sending: messages whose time has come are claimed for a while, handed to their gateway outside of any
//! transaction, and what came of it is recorded. Before each is handed over it is marked as being so; one
//! found marked after its time was under way when a server stopped. Where the gateway knows a message
//! again it is handed over once more under the same key, where it does not it is never sent by itself.

use chrono::Duration;
use motcua_domain::message::{Channel, Handed, LEASE_SECONDS, MessageState, after};
use motcua_store::message::{self as rows, Attempted, MessageRow};
use motcua_store::{CentreId, Ts};

use super::settings::{Wishes, wishes};
use crate::context::Services;
use crate::error::Result;

/// A message claimed by this server.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message.
    pub row: MessageRow,
    /// The key under which the gateway knows it: the same until a person has it sent again.
    pub key: String,
    wishes: Wishes,
}

/// What came of a message, for the log and the figures.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Its state now.
    pub state: MessageState,
    /// Why, when it did not go.
    pub code: Option<&'static str>,
}

impl Services {
    /// Claims messages of a channel whose time has come, at most `limit`. What a stopped server left
    /// half-done is put right first.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn claim_messages(
        &self,
        channel: Channel,
        idempotent: bool,
        limit: i64,
    ) -> Result<Vec<Claimed>> {
        let word = channel.as_str();
        let now = Ts::new(self.now());
        let (stuck, waiting) = self.read(|db| {
            Ok((
                rows::any_stuck(db, word, now)?,
                rows::any_due(db, word, now)?,
            ))
        })?;
        if stuck {
            let (state, next) = if idempotent {
                (MessageState::Queued, Some(now))
            } else {
                (MessageState::Unknown, None)
            };
            self.write(|db| Ok(rows::free_stuck(db, word, now, state.as_str(), next)?))?;
        }
        if !waiting && !stuck {
            return Ok(Vec::new());
        }
        let until = Ts::new(now.0 + Duration::seconds(LEASE_SECONDS));
        self.write(|db| {
            let found = rows::claim(db, word, now, until, limit)?;
            let mut known: Vec<(CentreId, Wishes)> = Vec::new();
            let mut claimed = Vec::with_capacity(found.len());
            for row in found {
                let wishes = match known.iter().find(|(id, _)| *id == row.centre_id) {
                    Some((_, w)) => *w,
                    None => {
                        let w = wishes(db, &row.centre_id)?;
                        known.push((row.centre_id.clone(), w));
                        w
                    }
                };
                // It may have waited for something else than the morning, and the hours may be others now.
                let allowed = wishes.quiet.next_allowed(now.0);
                if allowed > now.0 {
                    rows::put_off(db, &row.id, Ts::new(allowed))?;
                    continue;
                }
                let key = match row.resends {
                    0 => row.id.to_string(),
                    n => format!("{}.{n}", row.id),
                };
                claimed.push(Claimed { row, key, wishes });
            }
            Ok(claimed)
        })
    }

    /// Marks a claimed message as being handed over; false when the claim is lost, or it was cancelled.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn begin_message(&self, claimed: &Claimed) -> Result<bool> {
        let Some(until) = claimed.row.locked_until else {
            return Ok(false);
        };
        let now = self.now();
        let longer = Ts::new(now + Duration::seconds(LEASE_SECONDS));
        if until.0 <= now {
            return Ok(false);
        }
        self.write(|db| Ok(rows::begin(db, &claimed.row.id, until, longer)?))
    }

    /// Records what came of a message that was handed over; `jitter` is 0 … 1000.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn record_message(&self, claimed: &Claimed, handed: Handed, jitter: u32) -> Result<Sent> {
        let now = self.now();
        let attempts = claimed.row.attempts + 1;
        let became = after(handed, attempts, now, claimed.wishes.quiet, jitter);
        let went = matches!(became.state, MessageState::Sent | MessageState::Delivered);
        let how = Attempted {
            state: became.state.as_str(),
            last_error: became.code,
            next_attempt_at: became.next_attempt_at.map(Ts::new),
            sent_at: went.then(|| Ts::new(now)),
            delivered_at: (became.state == MessageState::Delivered).then(|| Ts::new(now)),
        };
        self.write(|db| Ok(rows::record(db, &claimed.row.id, attempts, &how)?))?;
        Ok(Sent {
            state: became.state,
            code: became.code,
        })
    }
}
