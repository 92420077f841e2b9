//! An answer, and what every answer owes.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// `POST /api/v1/…`, for messages.
    pub asked: String,
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// Reads a response and checks what all answers owe: security headers, a request id, and a problem
    /// with code and trace id when it is a refusal.
    ///
    /// # Panics
    /// When the answer owes something it does not have, and on every 5xx.
    pub fn read(asked: String, response: reqwest::blocking::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().expect("the body arrives");
        let picture = headers
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"image/png"));
        let text = if picture {
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            String::from_utf8(bytes.to_vec()).expect("the body is UTF-8")
        };
        let answer = Self {
            asked,
            status,
            headers,
            text,
        };
        answer.check();
        answer
    }

    fn check(&self) {
        let who = format!("{} -> {}\n{}", self.asked, self.status, self.text);
        assert!(self.status < 500, "the server failed: {who}");
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "x-request-id",
        ] {
            assert!(self.headers.contains_key(name), "no {name}: {who}");
        }
        if self.asked.contains(" /api/") {
            assert!(
                self.headers.contains_key("cache-control"),
                "cacheable: {who}"
            );
        }
        if self.status < 400 {
            return;
        }
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{who}"
        );
        let body = self.json();
        for member in ["type", "title", "detail", "code", "trace_id"] {
            assert!(
                body[member].as_str().is_some_and(|s| !s.is_empty()),
                "no {member}: {who}"
            );
        }
        assert_eq!(body["status"], self.status, "{who}");
        assert_eq!(body["trace_id"], self.header("x-request-id"), "{who}");
        match self.status {
            401 => assert_eq!(self.header("www-authenticate"), "Bearer", "{who}"),
            405 => assert!(self.headers.contains_key("allow"), "{who}"),
            429 | 503 => assert!(self.header("retry-after").parse::<u64>().is_ok(), "{who}"),
            _ => {}
        }
    }

    /// A header's text, empty when it is not there.
    pub fn header(&self, name: &str) -> String {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    }

    /// The body.
    ///
    /// # Panics
    /// When it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|e| panic!("{} answered no JSON ({e}): {}", self.asked, self.text))
    }

    /// The problem's code; empty for an answer that is none.
    pub fn code(&self) -> String {
        serde_json::from_str::<Value>(&self.text)
            .ok()
            .and_then(|v| v["code"].as_str().map(ToOwned::to_owned))
            .filter(|_| self.status >= 400)
            .unwrap_or_default()
    }

    /// The body, when the status is this one.
    ///
    /// # Panics
    /// When it is another.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}\n{}", self.asked, self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// The problem, when it has this status and code.
    ///
    /// # Panics
    /// When it is another answer.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status, self.code().as_str()),
            (status, code),
            "{}\n{}",
            self.asked,
            self.text
        );
        self.json()
    }

    /// `validation_failed` whose `errors[]` name this pointer with this code.
    ///
    /// # Panics
    /// When it is another answer.
    #[track_caller]
    pub fn invalid(&self, pointer: &str, code: &str) {
        let body = self.refused(422, "validation_failed");
        self.points_at(&body, pointer, code);
    }

    /// A problem of any status whose `errors[]` name this pointer with this code.
    ///
    /// # Panics
    /// When they do not.
    #[track_caller]
    pub fn points_at(&self, body: &Value, pointer: &str, code: &str) {
        let found = body["errors"].as_array().is_some_and(|errors| {
            errors
                .iter()
                .any(|e| e["pointer"] == pointer && e["code"] == code && e["detail"].is_string())
        });
        assert!(
            found,
            "{}: no {code} at {pointer}\n{}",
            self.asked, self.text
        );
    }
}
