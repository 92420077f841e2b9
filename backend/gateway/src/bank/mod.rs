//! Banks that tell of money: each way of telling is an adapter. An adapter trusts nothing that it has not
//! checked, and reads what it has checked into what every bank says alike.

mod camt;
mod platform;
mod simulated;
mod webhook;

use chrono::{DateTime, Utc};
use motcua_domain::fee::notice::Telling;
use motcua_domain::refusal::Refusal;

pub use camt::read_camt053;
pub use platform::{Platform, PlatformMessage};
pub use simulated::{Conduct, Delivery, MOST_AFTER_SECONDS, MOST_TIMES, SimulatedBank, Transfer};
pub use webhook::{SIGNED_FOR_SECONDS, Webhook, WebhookSecret};

/// Looks a header up by its lower-case name.
pub type Headers<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A way in which a bank tells of money.
pub trait BankAdapter: Send + Sync {
    /// Its name in addresses and in what is kept.
    fn name(&self) -> &'static str;

    /// Checks that a message is the bank's, unaltered and of now, and returns the message's own id: the
    /// same message sent again has the same.
    ///
    /// # Errors
    /// `bank_signature_missing`, `bank_signature_wrong`, `bank_timestamp_outside`.
    fn check(
        &self,
        headers: &Headers<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<String, Refusal>;

    /// Reads a checked message.
    ///
    /// # Errors
    /// `bank_message_unreadable`, `validation_failed`.
    fn read(&self, body: &str) -> Result<Telling, Refusal>;
}
