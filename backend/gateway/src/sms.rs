//! An SMS gateway spoken to over HTTP: a JSON object POSTed with a bearer token, its `Idempotency-Key`
//! the message's own. What providers call the members differs, so their names are settings.

use std::sync::OnceLock;
use std::time::Duration;

use motcua_domain::message::{Channel, Handed};
use reqwest::blocking::{Client, Response};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::{Map, Value};
use url::{Host, Url};

use crate::{Messenger, Outgoing, SettingError};

/// How long one attempt may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How much of an answer is read.
const MOST_ANSWER: usize = 64 * 1024;

/// What the gateway calls the members of its request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsFields {
    /// The number.
    pub to: String,
    /// The text.
    pub text: String,
    /// Who sends.
    pub sender: String,
}

impl Default for SmsFields {
    fn default() -> Self {
        Self {
            to: "to".into(),
            text: "text".into(),
            sender: "sender".into(),
        }
    }
}

impl SmsFields {
    /// From three names with commas between them: number, text, sender.
    ///
    /// # Errors
    /// When there are not three different names.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        let names: Vec<&str> = text.split(',').map(str::trim).collect();
        let plain = |n: &&str| {
            (1..=64).contains(&n.len())
                && n.chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        };
        match names.as_slice() {
            [to, text, sender]
                if names.iter().all(plain) && to != text && text != sender && to != sender =>
            {
                Ok(Self {
                    to: (*to).to_owned(),
                    text: (*text).to_owned(),
                    sender: (*sender).to_owned(),
                })
            }
            _ => Err(SettingError(
                "the names of the gateway's members are three different ones with commas between them: number, text, sender",
            )),
        }
    }
}

/// Where and as whom.
#[derive(Clone)]
pub struct SmsSettings {
    /// Where to POST.
    pub url: String,
    /// The bearer token.
    pub token: String,
    /// The name or number that is shown as the sender's.
    pub sender: String,
    /// What the members are called.
    pub fields: SmsFields,
}

/// The SMS gateway.
pub struct HttpSms {
    url: Url,
    settings: SmsSettings,
    // Made at the first message: it brings a thread of its own and must not be made on an async one.
    client: OnceLock<Option<Client>>,
}

/// Whether an address is this machine itself, where nobody else can listen in.
pub(crate) fn is_loopback(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

impl HttpSms {
    /// A gateway of these settings; nothing is asked yet.
    ///
    /// # Errors
    /// When the address is none, or numbers and token would travel readably.
    pub fn new(settings: SmsSettings) -> Result<Self, SettingError> {
        let url = Url::parse(&settings.url).map_err(|_| SettingError("it is no address"))?;
        let sound = match url.scheme() {
            "https" => true,
            "http" => is_loopback(url.host()),
            _ => false,
        };
        if !sound {
            return Err(SettingError(
                "the gateway must be reached by https (http on this machine only)",
            ));
        }
        let visible = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
        if !visible(&settings.token) {
            return Err(SettingError("a token is visible ASCII, without spaces"));
        }
        if settings.sender.trim().is_empty() {
            return Err(SettingError("the sender is not named"));
        }
        Ok(Self {
            url,
            settings,
            client: OnceLock::new(),
        })
    }

    fn client(&self) -> Option<&Client> {
        self.client
            .get_or_init(|| {
                Client::builder()
                    .timeout(TIMEOUT)
                    .connect_timeout(Duration::from_secs(10))
                    // A token is given to whom it was meant for.
                    .redirect(reqwest::redirect::Policy::none())
                    .user_agent("motcua")
                    .build()
                    .ok()
            })
            .as_ref()
    }
}

fn later(code: &'static str) -> Handed {
    Handed::Temporary {
        code,
        retry_after: None,
    }
}

/// What an answer means. Everything that is not plainly said to be final is tried again: the key makes
/// sure that nothing goes twice.
fn classify(status: u16, retry_after: Option<u32>, delivered: bool) -> Handed {
    match status {
        200..=299 if delivered => Handed::Delivered,
        200..=299 => Handed::Accepted,
        // The token or the account is at fault, not the message: somebody will put it right.
        401..=403 => later("unauthorised"),
        408 | 409 | 425 => later("gateway_busy"),
        429 | 503 => Handed::Temporary {
            code: "gateway_busy",
            retry_after,
        },
        500..=599 => later("gateway_failed"),
        300..=399 => later("redirected"),
        _ => Handed::Permanent {
            code: "refused_by_gateway",
        },
    }
}

fn seconds(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

/// Whether the answer says that the message arrived already.
fn says_delivered(response: Response) -> bool {
    use std::io::Read as _;
    let mut body = Vec::new();
    if response
        .take(MOST_ANSWER as u64)
        .read_to_end(&mut body)
        .is_err()
    {
        return false;
    }
    serde_json::from_slice::<Value>(&body).is_ok_and(|v| v["status"] == "delivered")
}

impl Messenger for HttpSms {
    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn send(&self, message: &Outgoing) -> Handed {
        let Some(client) = self.client() else {
            return later("no_client");
        };
        let SmsSettings { fields, sender, .. } = &self.settings;
        let mut body = Map::new();
        body.insert(fields.to.clone(), message.to.clone().into());
        body.insert(fields.text.clone(), message.body.clone().into());
        body.insert(fields.sender.clone(), sender.clone().into());
        let answer = client
            .post(self.url.clone())
            .bearer_auth(&self.settings.token)
            .header("idempotency-key", &message.key)
            .json(&body)
            .send();
        match answer {
            Ok(response) => {
                let status = response.status().as_u16();
                let wait = seconds(response.headers());
                let delivered = (200..=299).contains(&status) && says_delivered(response);
                classify(status, wait, delivered)
            }
            Err(e) if e.is_connect() => later("unreachable"),
            Err(e) if e.is_timeout() => later("timeout"),
            Err(_) => later("broken_off"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> SmsSettings {
        SmsSettings {
            url: url.into(),
            token: "khoa".into(),
            sender: "UBND".into(),
            fields: SmsFields::default(),
        }
    }

    #[test]
    fn only_what_is_plainly_final_is_final() {
        for status in [401, 403, 408, 409, 429, 302, 500, 502, 503] {
            assert!(
                matches!(classify(status, None, false), Handed::Temporary { .. }),
                "{status}"
            );
        }
        for status in [400, 404, 410, 422] {
            assert!(
                matches!(classify(status, None, false), Handed::Permanent { .. }),
                "{status}"
            );
        }
        assert_eq!(classify(202, None, false), Handed::Accepted);
        assert_eq!(classify(200, None, true), Handed::Delivered);
        assert_eq!(
            classify(429, Some(90), false),
            Handed::Temporary {
                code: "gateway_busy",
                retry_after: Some(90)
            }
        );
    }

    #[test]
    fn numbers_and_tokens_do_not_travel_readably() {
        assert!(HttpSms::new(settings("https://sms.example.vn/v1")).is_ok());
        assert!(HttpSms::new(settings("http://127.0.0.1:9/v1")).is_ok());
        assert!(HttpSms::new(settings("http://[::1]:9/v1")).is_ok());
        for url in ["http://sms.example.vn/v1", "ftp://localhost/", "sms"] {
            assert!(HttpSms::new(settings(url)).is_err(), "{url}");
        }
        let mut bare = settings("https://sms.example.vn/v1");
        bare.token = "khoa\n".into();
        assert!(HttpSms::new(bare).is_err());
    }

    #[test]
    fn members_have_three_different_names() {
        let named = SmsFields::parse("phone, content,brandname").unwrap();
        assert_eq!(
            (
                named.to.as_str(),
                named.text.as_str(),
                named.sender.as_str()
            ),
            ("phone", "content", "brandname")
        );
        for text in ["", "a,b", "a,b,b", "a,b,c,d", "a,b,", "a,b,c c"] {
            assert!(SmsFields::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_there_is_tried_again() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let gateway = HttpSms::new(settings(&format!("http://{address}/"))).unwrap();
        let message = Outgoing {
            key: "k".into(),
            to: "0912345678".into(),
            subject: String::new(),
            body: "x".into(),
        };
        assert_eq!(gateway.send(&message), later("unreachable"));
    }
}
