//! Whom the centre calls, and who calls it: the mail server, the SMS gateway, banks that tell of money,
//! the virus scanner, the store of files, and those that only pretend.
//!
//! Everything here waits for the network: call it off the async threads and outside of any transaction.
//! No address and no text of a message is ever logged or put into an error.

#![allow(
    clippy::result_large_err,
    reason = "a refusal is told to a bank once per message; boxing it would only hide it"
)]

pub mod bank;
pub mod clamd;
pub mod files;
mod mail;
mod simulated;
mod sms;

use std::sync::Arc;

use motcua_domain::message::{Channel, Handed};
use thiserror::Error;

pub use mail::{MailSettings, Mailer};
pub use simulated::{SentMessage, Simulated};
pub use sms::{HttpSms, SmsFields, SmsSettings};

/// A message as a gateway gets it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The same for every attempt to send the same thing: a gateway that knows it sends nothing again.
    pub key: String,
    /// Address or number.
    pub to: String,
    /// Empty for a short message.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// Somebody who passes messages on.
pub trait Messenger: Send + Sync {
    /// What it passes on.
    fn channel(&self) -> Channel;

    /// Whether the same key twice is one message: only then is what was handed over with an unknown
    /// outcome handed over again.
    fn is_idempotent(&self) -> bool;

    /// Passes a message on and says what came of it. Blocking, with an end of its own.
    fn send(&self, message: &Outgoing) -> Handed;
}

/// A setting that cannot be used. The text holds no secret.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct SettingError(pub &'static str);

/// The gateways of a server.
#[derive(Clone, Default)]
pub struct Gateways {
    /// For mail; none: not configured.
    pub mail: Option<Arc<dyn Messenger>>,
    /// For short messages; none: not configured.
    pub sms: Option<Arc<dyn Messenger>>,
    /// The one that only pretends, where it stands in for any.
    pub simulated: Option<Arc<Simulated>>,
    simulated_channels: Vec<Channel>,
    /// The ways in which banks tell of money.
    pub banks: Vec<Arc<dyn bank::BankAdapter>>,
    /// The bank that only pretends.
    pub simulated_bank: Option<Arc<bank::SimulatedBank>>,
}

impl Gateways {
    /// The way in which banks tell of money that has this name.
    #[must_use]
    pub fn bank(&self, name: &str) -> Option<&Arc<dyn bank::BankAdapter>> {
        self.banks.iter().find(|b| b.name() == name)
    }

    /// Puts the one that only pretends in every place that is empty.
    pub fn simulate_the_rest(&mut self) {
        let simulated = Arc::new(Simulated::default());
        for channel in Channel::ALL {
            let place = match channel {
                Channel::Mail => &mut self.mail,
                Channel::Sms => &mut self.sms,
            };
            if place.is_none() {
                *place = Some(simulated.on(*channel));
                self.simulated = Some(simulated.clone());
                self.simulated_channels.push(*channel);
            }
        }
    }

    /// Whether the one that only pretends stands in for a channel.
    #[must_use]
    pub fn is_simulated(&self, channel: Channel) -> bool {
        self.simulated_channels.contains(&channel)
    }

    /// The gateway of a channel.
    #[must_use]
    pub fn of(&self, channel: Channel) -> Option<&Arc<dyn Messenger>> {
        match channel {
            Channel::Mail => self.mail.as_ref(),
            Channel::Sms => self.sms.as_ref(),
        }
    }
}
