//! A bank that only pretends, for demonstrations and tests: it keeps a book of the transfers it was
//! given and tells of them as badly as real ones do: late, more than once, in another order, in parts.

use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, Utc};
use motcua_domain::vn_time::to_vn;
use serde_json::json;

use super::WebhookSecret;

/// The most times one message is told.
pub const MOST_TIMES: u32 = 100;
/// The longest a message is held back, in seconds.
pub const MOST_AFTER_SECONDS: u32 = 60;
/// The most parts one transfer is split into.
const MOST_PARTS: i64 = 10;

/// A transfer that somebody makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// BIN of the bank where the account is.
    pub bank_bin: String,
    /// To which account.
    pub account_number: String,
    /// Đồng, above 0.
    pub amount_vnd: i64,
    /// Its text.
    pub description: String,
    /// Who pays.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
}

/// How the bank tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conduct {
    /// Seconds it waits, 0 to 60.
    pub after_seconds: u32,
    /// How often it tells, 1 to 100.
    pub times: u32,
    /// Into how many transfers the payer's bank splits it, 1 to 10; no more than it has đồng.
    pub parts: u32,
    /// Whether the parts are told the last first.
    pub reversed: bool,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            after_seconds: 0,
            times: 1,
            parts: 1,
            reversed: false,
        }
    }
}

/// A message on its way.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// When it arrives, from now.
    pub after: Duration,
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: i64,
    /// `webhook-signature`.
    pub signature: String,
    /// The body.
    pub body: String,
}

/// The bank that only pretends.
pub struct SimulatedBank {
    secret: WebhookSecret,
    /// Tells one run of the bank from another: its references must not come again.
    run: String,
    moved: Mutex<u64>,
}

impl SimulatedBank {
    /// A bank that signs with this secret; `run` is in all of its references.
    #[must_use]
    pub fn new(secret: WebhookSecret, run: String) -> Self {
        Self {
            secret,
            run,
            moved: Mutex::new(0),
        }
    }

    fn next(&self) -> u64 {
        let mut moved = self.moved.lock().unwrap_or_else(|e| e.into_inner());
        *moved += 1;
        *moved
    }

    /// Moves the money, and returns what the bank tells of it and when, in the order of arrival.
    #[must_use]
    pub fn transfer(
        &self,
        transfer: &Transfer,
        conduct: Conduct,
        now: DateTime<Utc>,
    ) -> Vec<Delivery> {
        let parts = i64::from(conduct.parts)
            .clamp(1, MOST_PARTS)
            .min(transfer.amount_vnd.max(1));
        let share = transfer.amount_vnd / parts;
        let mut told: Vec<(String, String)> = (0..parts)
            .map(|n| {
                let number = self.next();
                let amount = if n == 0 {
                    transfer.amount_vnd - share * (parts - 1)
                } else {
                    share
                };
                let body = json!({
                    "transaction_id": format!("SIM{}{number:06}", self.run),
                    "bank_bin": transfer.bank_bin,
                    "account_number": transfer.account_number,
                    "amount_vnd": amount,
                    "currency": "VND",
                    "description": transfer.description,
                    "booked_at": to_vn(now).to_rfc3339(),
                    "payer_name": transfer.payer_name,
                    "payer_account": transfer.payer_account,
                });
                (format!("sim-{}-{number}", self.run), body.to_string())
            })
            .collect();
        if conduct.reversed {
            told.reverse();
        }
        let after = Duration::from_secs(u64::from(conduct.after_seconds.min(MOST_AFTER_SECONDS)));
        let timestamp = now.timestamp() + i64::try_from(after.as_secs()).unwrap_or(0);
        let times = usize::try_from(conduct.times.clamp(1, MOST_TIMES)).unwrap_or(1);
        told.iter()
            .flat_map(|message| std::iter::repeat_n(message, times))
            .map(|(id, body)| Delivery {
                after,
                id: id.clone(),
                timestamp,
                signature: self.secret.sign(id, timestamp, body.as_bytes()),
                body: body.clone(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{BankAdapter, Webhook};
    use motcua_domain::fee::notice::Telling;

    #[test]
    fn what_is_split_and_repeated_is_the_same_money() {
        let secret = WebhookSecret::of([7; 32]);
        let bank = SimulatedBank::new(secret.clone(), "A1".into());
        let hook = Webhook::new(vec![secret]);
        let transfer = Transfer {
            bank_bin: "970436".into(),
            account_number: "001".into(),
            amount_vnd: 10_000,
            description: "MC".into(),
            payer_name: None,
            payer_account: None,
        };
        let conduct = Conduct {
            times: 3,
            parts: 3,
            reversed: true,
            ..Conduct::default()
        };
        let now = DateTime::UNIX_EPOCH;
        let told = bank.transfer(&transfer, conduct, now);
        assert_eq!(told.len(), 9);
        let mut came = std::collections::BTreeMap::new();
        for d in &told {
            let header = |name: &str| match name {
                "webhook-id" => Some(d.id.clone()),
                "webhook-timestamp" => Some(d.timestamp.to_string()),
                "webhook-signature" => Some(d.signature.clone()),
                _ => None,
            };
            assert_eq!(hook.check(&header, d.body.as_bytes(), now).unwrap(), d.id);
            let Telling::Came(notice) = hook.read(&d.body).unwrap() else {
                panic!("money that came is told as something else");
            };
            came.insert(notice.bank_reference, notice.amount_vnd);
        }
        assert_eq!(came.len(), 3);
        assert_eq!(came.values().sum::<i64>(), 10_000);
    }
}
