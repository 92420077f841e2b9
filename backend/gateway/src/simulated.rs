//! A gateway that only pretends: what it was given can be looked at, nothing leaves the machine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use motcua_domain::message::{Channel, Handed};

use crate::{Messenger, Outgoing};

/// How many messages it remembers.
const MOST: usize = 500;

/// A message it was given.
#[derive(Debug, Clone)]
pub struct SentMessage {
    /// By which channel.
    pub channel: Channel,
    /// What it was.
    pub message: Outgoing,
}

/// The gateway that only pretends.
#[derive(Default)]
pub struct Simulated {
    sent: Mutex<VecDeque<SentMessage>>,
}

impl Simulated {
    /// Itself as the gateway of one channel.
    pub fn on(self: &Arc<Self>, channel: Channel) -> Arc<dyn Messenger> {
        Arc::new(OnChannel {
            channel,
            of: self.clone(),
        })
    }

    /// What it was given last, newest first, at most `limit`.
    pub fn sent(&self, limit: usize) -> Vec<SentMessage> {
        let sent = self.sent.lock().unwrap_or_else(|e| e.into_inner());
        sent.iter().rev().take(limit).cloned().collect()
    }

    fn take(&self, sent: SentMessage) {
        let mut kept = self.sent.lock().unwrap_or_else(|e| e.into_inner());
        // The same key twice is one message.
        let known = kept
            .iter()
            .any(|s| s.channel == sent.channel && s.message.key == sent.message.key);
        if known {
            return;
        }
        if kept.len() == MOST {
            kept.pop_front();
        }
        kept.push_back(sent);
    }
}

struct OnChannel {
    channel: Channel,
    of: Arc<Simulated>,
}

impl Messenger for OnChannel {
    fn channel(&self) -> Channel {
        self.channel
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn send(&self, message: &Outgoing) -> Handed {
        self.of.take(SentMessage {
            channel: self.channel,
            message: message.clone(),
        });
        // A mail server says only that it took something; a telephone network says more.
        match self.channel {
            Channel::Mail => Handed::Accepted,
            Channel::Sms => Handed::Delivered,
        }
    }
}
