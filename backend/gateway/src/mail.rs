//! The mail server, spoken to by SMTP one message at a time. SMTP has no key by which a server would know
//! a message again, so the moment counts in which the text is handed over: what fails before it is tried
//! again, what fails after it may have been taken and is not.

use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use motcua_domain::message::{Channel, Handed};
use url::Url;

use crate::sms::is_loopback;
use crate::{Messenger, Outgoing, SettingError};

/// How long a step of the conversation may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Where and as whom.
#[derive(Clone)]
pub struct MailSettings {
    /// `smtps://user:password@host` (TLS from the start, port 465), `smtp://…` (STARTTLS, port 587), and
    /// `smtp://…?tls=none` for a server on this machine.
    pub url: String,
    /// Sender: an address, or `Name <address>`.
    pub from: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tls {
    AtOnce,
    Upgraded,
    None,
}

/// The mail server.
pub struct Mailer {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    from: Mailbox,
}

/// Says that a program wrote it, so that no program answers (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

fn later(code: &'static str) -> Handed {
    Handed::Temporary {
        code,
        retry_after: None,
    }
}

/// What a failure before the text was handed over means.
fn before(e: &Error, refused: &'static str) -> Handed {
    if e.is_permanent() {
        Handed::Permanent { code: refused }
    } else if e.is_transient() {
        later("server_busy")
    } else if e.is_tls() {
        later("tls_failed")
    } else if e.is_timeout() {
        later("timeout")
    } else {
        later("unreachable")
    }
}

impl Mailer {
    /// A mail server of these settings; nothing is asked yet.
    ///
    /// # Errors
    /// When the address or the sender is none, or a password would travel readably.
    pub fn new(settings: &MailSettings) -> Result<Self, SettingError> {
        let url = Url::parse(&settings.url).map_err(|_| SettingError("it is no address"))?;
        let option = url.query_pairs().find(|(name, _)| name == "tls");
        let option = option.map(|(_, value)| value.into_owned());
        let tls = match (url.scheme(), option.as_deref()) {
            ("smtps", None) => Tls::AtOnce,
            ("smtp", None | Some("required")) => Tls::Upgraded,
            ("smtp", Some("none")) => Tls::None,
            _ => {
                return Err(SettingError(
                    "the mail server is named by smtps://, smtp:// or smtp://…?tls=none",
                ));
            }
        };
        let host = url.host_str().filter(|h| !h.is_empty());
        let host = host.ok_or(SettingError("the mail server's address names no host"))?;
        // Of an unknown scheme the host is not read further: an address of this machine is text.
        let here = url::Host::parse(host).ok();
        let here = here.as_ref().map(|h| match h {
            url::Host::Domain(d) => url::Host::Domain(d.as_str()),
            url::Host::Ipv4(ip) => url::Host::Ipv4(*ip),
            url::Host::Ipv6(ip) => url::Host::Ipv6(*ip),
        });
        if tls == Tls::None && !is_loopback(here) {
            return Err(SettingError(
                "tls=none is for a mail server on this machine only",
            ));
        }
        let decoded = |text: &str| {
            // A form's rules would make spaces of plus signs.
            let text = text.replace('+', "%2B");
            url::form_urlencoded::parse(format!("x={text}").as_bytes())
                .next()
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        let credentials = url
            .password()
            .map(|password| Credentials::new(decoded(url.username()), decoded(password)));
        let from = settings
            .from
            .parse()
            .map_err(|_| SettingError("the sender is no mail address"))?;
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(match tls {
                Tls::AtOnce => 465,
                Tls::Upgraded => 587,
                Tls::None => 25,
            }),
            tls,
            credentials,
            from,
        })
    }

    /// The message as it travels. Its `Message-ID` is its key, the same at every attempt.
    fn written(&self, message: &Outgoing, to: Address) -> Option<Vec<u8>> {
        let id = format!("<{}@{}>", message.key, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&message.subject)
            .message_id(Some(id))
            .header(AutoSubmitted)
            .singlepart(
                SinglePart::builder()
                    .header(ContentType::TEXT_PLAIN)
                    .body(message.body.clone()),
            )
            .ok()
            .map(|m| m.formatted())
    }

    fn connect(&self) -> Result<SmtpConnection, Error> {
        let hello = ClientId::default();
        let tls = match self.tls {
            Tls::None => None,
            _ => Some(TlsParameters::new(self.host.clone())?),
        };
        let at_once = tls.as_ref().filter(|_| self.tls == Tls::AtOnce);
        let server = (self.host.as_str(), self.port);
        let mut connection = SmtpConnection::connect(server, Some(TIMEOUT), &hello, at_once, None)?;
        if let (Tls::Upgraded, Some(tls)) = (self.tls, &tls) {
            // Refused by itself where the server does not offer it.
            connection.starttls(tls, &hello)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        Ok(connection)
    }
}

impl Messenger for Mailer {
    fn channel(&self) -> Channel {
        Channel::Mail
    }

    fn is_idempotent(&self) -> bool {
        false
    }

    fn send(&self, message: &Outgoing) -> Handed {
        let Ok(to) = message.to.parse::<Address>() else {
            return Handed::Permanent { code: "no_address" };
        };
        if !message.to.is_ascii() {
            return Handed::Permanent {
                code: "address_not_ascii",
            };
        }
        let Some(text) = self.written(message, to.clone()) else {
            return Handed::Permanent { code: "no_message" };
        };
        let mut connection = match self.connect() {
            Ok(connection) => connection,
            // A wrong password, a server that does not want us: not the message's fault.
            Err(e) if e.is_permanent() => return later("unauthorised"),
            Err(e) => return before(&e, "unauthorised"),
        };
        let from = Some(self.from.email.clone());
        let begun = connection
            .command(Mail::new(from, Vec::new()))
            .map_err(|e| before(&e, "sender_refused"))
            .and_then(|_| {
                connection
                    .command(Rcpt::new(to, Vec::new()))
                    .map_err(|e| before(&e, "recipient_refused"))
            })
            .and_then(|_| {
                connection
                    .command(Data)
                    .map_err(|e| before(&e, "message_refused"))
            });
        if let Err(handed) = begun {
            connection.abort();
            return handed;
        }
        let handed = match connection.message(&text) {
            Ok(_) => Handed::Accepted,
            Err(e) if e.is_permanent() => Handed::Permanent {
                code: "message_refused",
            },
            Err(e) if e.is_transient() => later("server_busy"),
            // The text is out, the answer did not come.
            Err(_) => Handed::Unknown { code: "no_answer" },
        };
        // What was answered counts, however the farewell goes.
        let _ = connection.quit();
        handed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer(url: &str) -> Result<Mailer, SettingError> {
        Mailer::new(&MailSettings {
            url: url.into(),
            from: "Trung tâm <motcua@phuong.example.vn>".into(),
        })
    }

    #[test]
    fn passwords_do_not_travel_readably() {
        let sound = mailer("smtps://motcua%40x.vn:mat%2Bkhau+1@mail.example.vn").unwrap();
        assert_eq!((sound.host.as_str(), sound.port), ("mail.example.vn", 465));
        assert_eq!(mailer("smtp://mail.example.vn").unwrap().port, 587);
        assert_eq!(mailer("smtp://127.0.0.1:2525?tls=none").unwrap().port, 2525);
        assert_eq!(mailer("smtp://[::1]?tls=none").unwrap().host, "::1");
        assert_eq!(mailer("smtp://localhost?tls=none").unwrap().port, 25);
        for url in [
            "smtp://mail.example.vn?tls=none",
            "smtp://mail.example.vn?tls=maybe",
            "smtps://mail.example.vn?tls=none",
            "https://mail.example.vn",
            "smtp://",
            "mail.example.vn",
        ] {
            assert!(mailer(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_message_is_the_same_at_every_attempt_and_says_a_program_wrote_it() {
        let mailer = mailer("smtp://127.0.0.1:1?tls=none").unwrap();
        let message = Outgoing {
            key: "0198-1".into(),
            to: "an@example.vn".into(),
            subject: "Đã tiếp nhận hồ sơ".into(),
            body: "Kính gửi Ông/Bà,\n\nHồ sơ đã được tiếp nhận.".into(),
        };
        let written = mailer
            .written(&message, message.to.parse().unwrap())
            .unwrap();
        let text = String::from_utf8(written).unwrap();
        assert!(
            text.contains("Message-ID: <0198-1@phuong.example.vn>"),
            "{text}"
        );
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        assert!(text.contains("charset=utf-8"), "{text}");
        assert!(text.is_ascii(), "{text}");
        assert_eq!(mailer.send(&message), later("unreachable"));
        let nobody = Outgoing {
            to: "không phải địa chỉ".into(),
            ..message
        };
        assert_eq!(
            mailer.send(&nobody),
            Handed::Permanent { code: "no_address" }
        );
    }
}
