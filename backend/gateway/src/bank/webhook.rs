//! A webhook signed as Standard Webhooks are: `webhook-id`, `webhook-timestamp` and
//! `webhook-signature: v1,…`, an HMAC-SHA256 in base64 over id, time stamp and body with dots between them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use motcua_domain::fee::notice::{Telling, Told};
use motcua_domain::refusal::Refusal;
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

use super::{BankAdapter, Headers};
use crate::SettingError;

/// How far a message's time stamp may lie from now, either way, in seconds: what is older may be somebody
/// else's copy of it.
pub const SIGNED_FOR_SECONDS: i64 = 300;
/// A secret shorter than this can be guessed.
const SHORTEST_SECRET: usize = 24;
/// The header's members beyond this many are not looked at.
const MOST_SIGNATURES: usize = 8;

/// What bank and centre know and nobody else.
#[derive(Clone)]
pub struct WebhookSecret(Vec<u8>);

impl WebhookSecret {
    /// From its text: base64, with or without `whsec_` before it.
    ///
    /// # Errors
    /// When it is no base64, or shorter than 24 bytes.
    pub fn parse(text: &str) -> Result<Self, SettingError> {
        let inside = text.strip_prefix("whsec_").unwrap_or(text);
        let bytes = STANDARD
            .decode(inside)
            .map_err(|_| SettingError("a secret is base64, with or without whsec_ before it"))?;
        if bytes.len() < SHORTEST_SECRET {
            return Err(SettingError("a secret has at least 24 bytes"));
        }
        Ok(Self(bytes))
    }

    /// From random bytes.
    #[must_use]
    pub fn of(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }

    fn mac(&self, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            mac.update(part);
        }
        Some(mac)
    }

    /// The signature of a message, as its header says it.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let mac = self.mac(id, &timestamp.to_string(), body);
        let bytes = mac.map(|m| m.finalize().into_bytes().to_vec());
        format!("v1,{}", STANDARD.encode(bytes.unwrap_or_default()))
    }
}

/// The adapter. Several secrets hold at once while one takes the other's place.
#[derive(Clone)]
pub struct Webhook {
    secrets: Vec<WebhookSecret>,
}

impl Webhook {
    /// An adapter that takes what is signed with one of these.
    #[must_use]
    pub fn new(secrets: Vec<WebhookSecret>) -> Self {
        Self { secrets }
    }
}

/// The body, by the names of its members. Members that nobody asked for are not read.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    transaction_id: String,
    #[serde(default)]
    bank_bin: String,
    #[serde(default)]
    account_number: String,
    #[serde(default)]
    amount_vnd: Value,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    booked_at: String,
    payer_name: Option<String>,
    payer_account: Option<String>,
}

impl BankAdapter for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn check(
        &self,
        headers: &Headers<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        let missing = || {
            Refusal::new(
                "bank_signature_missing",
                "Thông báo thiếu mã, thời điểm hoặc chữ ký.",
                "The message lacks its id, its time stamp or its signature.",
            )
        };
        let header = |name| headers(name).ok_or_else(missing);
        let (id, timestamp, signatures) = (
            header("webhook-id")?,
            header("webhook-timestamp")?,
            header("webhook-signature")?,
        );
        let plain = id.bytes().all(|c| c.is_ascii_graphic() && c != b'.');
        if id.is_empty() || id.len() > 128 || !plain {
            return Err(missing());
        }
        let at: i64 = timestamp.parse().map_err(|_| missing())?;
        let signed = signatures
            .split(' ')
            .take(MOST_SIGNATURES)
            .filter_map(|s| STANDARD.decode(s.strip_prefix("v1,")?).ok())
            .any(|given| {
                self.secrets.iter().any(|secret| {
                    secret
                        .mac(&id, &timestamp, body)
                        .is_some_and(|mac| mac.verify_slice(&given).is_ok())
                })
            });
        if !signed {
            return Err(Refusal::new(
                "bank_signature_wrong",
                "Chữ ký của thông báo không đúng.",
                "The message's signature is not right.",
            ));
        }
        // Only now: whoever cannot sign learns nothing of the clock.
        if now.timestamp().abs_diff(at) > SIGNED_FOR_SECONDS.unsigned_abs() {
            return Err(Refusal::new(
                "bank_timestamp_outside",
                "Thời điểm của thông báo cách hiện tại quá 5 phút.",
                "The message's time stamp is more than 5 minutes from now.",
            ));
        }
        Ok(id)
    }

    fn read(&self, body: &str) -> Result<Telling, Refusal> {
        let read: Body = serde_json::from_str(body).map_err(|_| {
            Refusal::new(
                "bank_message_unreadable",
                "Không đọc được nội dung thông báo của ngân hàng.",
                "What the bank says cannot be read.",
            )
        })?;
        let booked_at = DateTime::parse_from_rfc3339(&read.booked_at).ok();
        Told {
            bank_reference: read.transaction_id,
            bank_bin: read.bank_bin,
            account_number: read.account_number,
            amount_vnd: read.amount_vnd.as_i64(),
            currency: read.currency,
            description: read.description,
            booked_at: booked_at.map(|t| t.to_utc()),
            payer_name: read.payer_name,
            payer_account: read.payer_account,
        }
        .into_notice()
        .map(Telling::Came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> WebhookSecret {
        WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap()
    }

    fn headers(id: &str, at: i64, signature: String) -> impl Fn(&str) -> Option<String> {
        let (id, at) = (id.to_owned(), at.to_string());
        move |name: &str| match name {
            "webhook-id" => Some(id.clone()),
            "webhook-timestamp" => Some(at.clone()),
            "webhook-signature" => Some(signature.clone()),
            _ => None,
        }
    }

    #[test]
    fn a_signature_is_the_one_of_the_standards_own_example() {
        // Standard Webhooks, specification 1.0: the example of its symmetric signature.
        let body = br#"{"test": 2432232314}"#;
        let signed = secret().sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn only_what_is_signed_and_of_now_is_taken() {
        let (hook, now) = (Webhook::new(vec![secret()]), DateTime::UNIX_EPOCH);
        let refused =
            |headers: &Headers<'_>, body: &[u8]| hook.check(headers, body, now).unwrap_err().code;
        let good = secret().sign("m1", 10, b"{}");
        assert_eq!(
            hook.check(&headers("m1", 10, good.clone()), b"{}", now)
                .unwrap(),
            "m1"
        );
        let two = format!("v1a,xyz {good}");
        assert!(hook.check(&headers("m1", 10, two), b"{}", now).is_ok());
        assert_eq!(
            refused(&headers("m1", 10, good.clone()), b"{ }"),
            "bank_signature_wrong"
        );
        assert_eq!(
            refused(&headers("m2", 10, good.clone()), b"{}"),
            "bank_signature_wrong"
        );
        assert_eq!(
            refused(&headers("m1", 11, good), b"{}"),
            "bank_signature_wrong"
        );
        let old = secret().sign("m1", -301, b"{}");
        assert_eq!(
            refused(&headers("m1", -301, old), b"{}"),
            "bank_timestamp_outside"
        );
        let ahead = secret().sign("m1", 301, b"{}");
        assert_eq!(
            refused(&headers("m1", 301, ahead), b"{}"),
            "bank_timestamp_outside"
        );
        assert_eq!(refused(&|_: &str| None, b"{}"), "bank_signature_missing");
        let dotted = secret().sign("m.1", 10, b"{}");
        assert_eq!(
            refused(&headers("m.1", 10, dotted), b"{}"),
            "bank_signature_missing"
        );
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_none() {
        assert!(WebhookSecret::parse("whsec_c2hvcnQ=").is_err());
        assert!(WebhookSecret::parse("không phải").is_err());
    }

    #[test]
    fn fractions_and_texts_are_no_amounts() {
        let hook = Webhook::new(vec![secret()]);
        let body = |amount: &str| {
            format!(
                r#"{{"transaction_id":"T1","bank_bin":"970436","account_number":"001","amount_vnd":{amount},
                "currency":"VND","description":"x","booked_at":"2026-11-29T09:00:00+07:00","new":1}}"#
            )
        };
        let Telling::Came(notice) = hook.read(&body("8000")).unwrap() else {
            panic!("money that came is told as something else");
        };
        assert_eq!(notice.amount_vnd, 8_000);
        for wrong in [
            "8000.5",
            "\"8000\"",
            "-1",
            "0",
            "1000000000000000000",
            "1e30",
            "null",
        ] {
            assert_eq!(
                hook.read(&body(wrong)).unwrap_err().errors[0].pointer,
                "/amount_vnd",
                "{wrong}"
            );
        }
        assert_eq!(hook.read("[1").unwrap_err().code, "bank_message_unreadable");
    }
}
