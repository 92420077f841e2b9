//! Errors as the world sees them: `application/problem+json` (RFC 9457), one shape for all of them.
//!
//! A [`Problem`] travels in the response's extensions; the outermost middleware
//! ([`super::answer`]) writes its body, because only there are the caller's language and the
//! request's id known.

use std::{collections::BTreeMap, fmt};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use motcua_domain::refusal::{FieldError, Refusal};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{codes, lang::Lang};

/// The media type of every error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Where the meaning of a code is explained; the code is appended as the fragment.
pub const TYPE_BASE: &str = "/docs/errors#";

/// An error on its way to the caller.
///
/// Made from a [`Refusal`] with `?` or `into()`; the status comes from the table of codes.
#[derive(Debug, Clone)]
pub struct Problem {
    refusal: Box<Refusal>,
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<String>,
}

impl Problem {
    /// Something broke on our side (500). `cause` is written to the log once, next to the
    /// request's id, and never shown: it must not hold personal data.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let mut problem = Self::from(Refusal::new(
            "internal",
            "Hệ thống gặp lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn lỗi, báo cho quản trị viên kèm mã theo dõi.",
            "Something went wrong on our side. Try again; if it persists, give the administrator the trace id.",
        ));
        problem.cause = Some(cause.to_string());
        problem
    }

    /// The server cannot take more work now (503); worth trying again after `retry_after` seconds.
    pub fn busy(retry_after: u32) -> Self {
        Self::from(Refusal::new(
            "busy",
            "Hệ thống đang bận. Hãy thử lại sau giây lát.",
            "The server is busy. Try again in a moment.",
        ))
        .retry_after(retry_after)
    }

    /// `unauthenticated` (401): no credentials, or none that can be used.
    pub fn unauthenticated() -> Self {
        Self::from(Refusal::new(
            "unauthenticated",
            "Cần đăng nhập để thực hiện yêu cầu này.",
            "Sign in to do this.",
        ))
    }

    /// `not_found` (404): it does not exist, or its existence is not this caller's to know.
    pub fn not_found() -> Self {
        Self::from(Refusal::not_found())
    }

    /// Adds `Retry-After`, in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Adds what the log should say about it; never shown to the caller.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The HTTP status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its stable code.
    pub fn code(&self) -> &'static str {
        self.refusal.code
    }

    /// What it says.
    pub fn refusal(&self) -> &Refusal {
        &self.refusal
    }

    /// What the log should say about it.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The headers that go with it.
    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// The body, in one language.
    pub fn body(&self, lang: Lang, trace_id: &str) -> ProblemBody {
        let row = codes::find(self.refusal.code);
        ProblemBody {
            kind: format!("{TYPE_BASE}{}", self.refusal.code),
            title: row
                .map_or(self.refusal.code, |row| row.title(lang))
                .to_owned(),
            status: self.status.as_u16(),
            detail: lang.pick(&self.refusal.detail).to_owned(),
            code: self.refusal.code.to_owned(),
            errors: self
                .refusal
                .errors
                .iter()
                .map(|e| ProblemField::new(e, lang))
                .collect(),
            trace_id: trace_id.to_owned(),
            legal_source: self.refusal.legal_source.map(str::to_owned),
            extra: self
                .refusal
                .extra
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        }
    }

    /// What a bare status means, for errors made by the framework and not by us.
    pub fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::unauthenticated(),
            403 => Self::from(Refusal::new(
                "forbidden",
                "Bạn không có quyền thực hiện việc này.",
                "You may not do this.",
            )),
            404 => Self::not_found(),
            405 => Self::from(method_not_allowed(&[])),
            408 => Self::from(Refusal::new(
                "request_timeout",
                "Yêu cầu gửi đến quá chậm.",
                "The request took too long to arrive.",
            )),
            413 => Self::from(Refusal::new(
                "payload_too_large",
                "Dữ liệu gửi lên quá lớn.",
                "The data sent is too large.",
            )),
            415 => Self::from(Refusal::new(
                "unsupported_media_type",
                "Định dạng dữ liệu gửi lên không được hỗ trợ.",
                "The media type of the data sent is not supported.",
            )),
            429 => Self::from(Refusal::new(
                "too_many_requests",
                "Quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ rồi thử lại.",
                "Too many requests in a short time. Wait, then try again.",
            )),
            503 => Self::busy(5),
            code if code >= 500 => Self::internal(format_args!("the framework answered {code}")),
            _ => Self::from(Refusal::new(
                "malformed_request",
                "Yêu cầu không đúng định dạng.",
                "The request cannot be understood.",
            )),
        }
    }
}

/// `method_not_allowed`, naming the methods that are.
pub(crate) fn method_not_allowed(allowed: &[&str]) -> Refusal {
    let refusal = Refusal::new(
        "method_not_allowed",
        "Địa chỉ này không nhận phương thức đó.",
        "This address does not take that method.",
    );
    if allowed.is_empty() {
        refusal
    } else {
        refusal.with("allowed_methods", allowed.to_vec())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let status = codes::find(refusal.code).map_or_else(
            || {
                tracing::warn!(
                    code = refusal.code,
                    "a code is missing from the table of codes"
                );
                StatusCode::UNPROCESSABLE_ENTITY
            },
            |row| row.status(),
        );
        // A rule that says when to come back says it in the body and in the header alike.
        let retry_after = refusal
            .extra
            .iter()
            .find(|(name, _)| *name == "retry_after")
            .and_then(|(_, value)| value.as_u64());
        let mut headers = Vec::new();
        if let Some(seconds) = retry_after {
            headers.push((header::RETRY_AFTER, HeaderValue::from(seconds)));
        }
        Self {
            refusal: Box::new(refusal),
            status,
            headers,
            cause: None,
        }
    }
}

impl From<Box<Refusal>> for Problem {
    fn from(refusal: Box<Refusal>) -> Self {
        Self::from(*refusal)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.refusal.code)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status);
        for (name, value) in &self.headers {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// An error: what happened, in the caller's language, and a code that never changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Where the code is explained.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/docs/errors#validation_failed")]
    pub kind: String,
    /// What kind of error it is.
    #[schema(example = "Dữ liệu chưa hợp lệ")]
    pub title: String,
    /// The HTTP status again.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    /// What happened this time.
    #[schema(example = "Dữ liệu gửi lên chưa hợp lệ. Xem các trường được đánh dấu.")]
    pub detail: String,
    /// Stable code, snake_case.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", example = "validation_failed")]
    pub code: String,
    /// The fields at fault, where fields are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<ProblemField>,
    /// The request's id, as in the header `X-Request-Id`: quote it when asking for help.
    #[schema(format = "uuid", example = "019a9a3e-5a4b-7c1d-8e2f-0123456789ab")]
    pub trace_id: String,
    /// The article the refusal rests on, where it is the law that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub legal_source: Option<String>,
    /// Members that only some codes have, such as `allowed_actions` or `current_version`.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// One field that cannot be accepted as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProblemField {
    /// JSON pointer (RFC 6901) into the request body; for a query parameter or header its name.
    #[schema(example = "/owner/birth_date")]
    pub pointer: String,
    /// Stable code, snake_case.
    #[schema(pattern = "^[a-z][a-z0-9_]*$", example = "impossible_date")]
    pub code: String,
    /// What is wrong, and what would be right.
    #[schema(example = "Ngày sinh không có trong lịch.")]
    pub detail: String,
}

impl ProblemField {
    /// A field's fault in the caller's language.
    pub fn new(error: &FieldError, lang: Lang) -> Self {
        Self {
            pointer: error.pointer.clone(),
            code: error.code.to_owned(),
            detail: lang.pick(&error.detail).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_becomes_the_status_of_its_code() {
        assert_eq!(Problem::from(Refusal::not_found()).status(), 404);
        assert_eq!(Problem::from(Refusal::invalid(Vec::new())).status(), 422);
        assert_eq!(Problem::busy(3).status(), 503);
        assert_eq!(Problem::internal("x").status(), 500);
    }

    #[test]
    fn the_body_speaks_the_callers_language_and_keeps_the_extra_members() {
        let problem = Problem::from(
            Refusal::new("version_stale", "Cũ rồi.", "Stale.")
                .with("current_version", 8)
                .by_law("Điều 1"),
        );
        let vi = serde_json::to_value(problem.body(Lang::Vi, "t")).unwrap();
        let en = serde_json::to_value(problem.body(Lang::En, "t")).unwrap();
        assert_eq!(vi["detail"], "Cũ rồi.");
        assert_eq!(en["detail"], "Stale.");
        assert_ne!(vi["title"], en["title"]);
        assert_eq!(vi["current_version"], 8);
        assert_eq!(vi["legal_source"], "Điều 1");
        assert_eq!(vi["type"], "/docs/errors#version_stale");
        assert!(vi.get("errors").is_none());
    }

    #[test]
    fn an_internal_cause_is_never_part_of_the_body() {
        let body = serde_json::to_string(&Problem::internal("secret cause").body(Lang::En, "t"));
        assert!(!body.unwrap().contains("secret"));
    }

    #[test]
    fn a_rule_that_names_its_waiting_time_sets_retry_after() {
        let problem = Problem::from(
            Refusal::new("lookup_locked", "Khoá.", "Locked.").with("retry_after", 90),
        );
        let response = problem.error_response();
        assert_eq!(response.headers().get("retry-after").unwrap(), "90");
    }
}
