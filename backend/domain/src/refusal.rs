//! Why something may not be done: a stable code, a text in both languages, and the law it rests on.
//!
//! The same type carries a broken rule, a bad field and a missing thing from the innermost room to
//! the API, which adds the HTTP status from its table of codes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A text in the two languages the centre speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = InBothLanguages))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Vietnamese, as an officer would write it.
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub vi: String,
    /// English.
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub en: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }
}

/// One field that cannot be accepted as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the request body, such as `/owner/birth_date`; for a query
    /// parameter or header its bare name.
    pub pointer: String,
    /// Stable code, snake_case.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: Text,
}

impl FieldError {
    /// A fault with its place, code and both texts.
    pub fn new(
        pointer: impl Into<String>,
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail: Text::new(vi, en),
        }
    }

    /// `out_of_range`: a number, or how many there are, is not within `least` to `most`.
    pub fn out_of_range(pointer: impl Into<String>, least: u64, most: u64) -> Self {
        Self::new(
            pointer,
            "out_of_range",
            format!("Phải từ {least} đến {most}."),
            format!("It must be {least} to {most}."),
        )
    }
}

/// A refusal: nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable code, snake_case, one row of the API's table of codes.
    pub code: &'static str,
    /// What happened, for the person at the screen.
    pub detail: Text,
    /// The article that forbids it, where it is the law that does.
    pub legal_source: Option<&'static str>,
    /// The fields at fault, if any.
    pub errors: Vec<FieldError>,
    /// Further members of the answer, such as `allowed_actions` or `current_version`.
    pub extra: Vec<(&'static str, Value)>,
}

impl Refusal {
    /// A refusal with its code and both texts.
    pub fn new(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            code,
            detail: Text::new(vi, en),
            legal_source: None,
            errors: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// Adds the article it rests on.
    #[must_use]
    pub fn by_law(mut self, source: &'static str) -> Self {
        self.legal_source = Some(source);
        self
    }

    /// Adds a field at fault.
    #[must_use]
    pub fn field(
        mut self,
        pointer: impl Into<String>,
        code: &'static str,
        vi: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        self.errors.push(FieldError {
            pointer: pointer.into(),
            code,
            detail: Text::new(vi, en),
        });
        self
    }

    /// The same about a body of which this was one member: the fields at fault stand inside `pointer`.
    #[must_use]
    pub fn inside(mut self, pointer: &str) -> Self {
        for error in &mut self.errors {
            error.pointer = format!("{pointer}{}", error.pointer);
        }
        self
    }

    /// Adds a further member to the answer.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.extra.push((name, value.into()));
        self
    }

    /// `validation_failed` over a list of fields.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let mut r = Self::new(
            "validation_failed",
            "Dữ liệu gửi lên chưa hợp lệ. Xem các trường được đánh dấu.",
            "The data sent is not valid. See the fields named.",
        );
        r.errors = errors;
        r
    }

    /// `not_found`: it does not exist, or its existence is not this caller's to know.
    pub fn not_found() -> Self {
        Self::new(
            "not_found",
            "Không tìm thấy dữ liệu được yêu cầu.",
            "What was asked for was not found.",
        )
    }
}
