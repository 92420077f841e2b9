//! Telling people what became of their dossiers: messages are made from the outbox, sent by a worker, and
//! read on the dossier.

mod plan;
mod send;
mod settings;
mod template;
mod view;

pub use plan::{begin, prepare};
pub use send::{Claimed, Sent};
pub use settings::{NewSettings, Settings, Waiting, set_settings, settings, standing};
pub use template::{NewTemplate, Preview, enter, preview, template_versions, templates};
pub use view::{Messages, messages, resend, set_language};

use motcua_domain::message::Channel;

/// Why a message waits for a gateway.
pub(crate) const NOT_CONFIGURED: &str = "channel_not_configured";

/// What of a server's surroundings messages depend on.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Mail can be sent.
    pub mail: bool,
    /// Short messages can be sent.
    pub sms: bool,
    /// Address of the page where a dossier can be looked up.
    pub look_up: Option<String>,
    /// The address under which people reach this server, without a slash at its end.
    pub base: Option<String>,
}

impl Surroundings {
    /// Whether there is a gateway for this channel.
    #[must_use]
    pub const fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail,
            Channel::Sms => self.sms,
        }
    }
}
