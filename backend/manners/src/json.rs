//! JSON bodies: read within a limit, parsed with a pointer to what is wrong, then validated.
//!
//! 400 where it is not JSON or has a member we do not know, 413 and 415 as HTTP has them, and
//! 422 `validation_failed` where a value cannot be right.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap},
    web::BytesMut,
};
use futures_util::StreamExt as _;
use motcua_domain::refusal::{FieldError, Refusal, Text};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path as SerdePath, Segment};

use super::problem::Problem;

/// How large a JSON body may be unless the App says otherwise, in bytes.
pub const DEFAULT_JSON_LIMIT: usize = 64 * 1024;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How large a JSON body may be, in bytes. Put into `App::app_data`, or into a scope's, to change
/// it for what lies below.
#[derive(Debug, Clone, Copy)]
pub struct JsonLimit(pub usize);

/// How large the body of an operation that takes a whole file may be, in bytes.
pub const FILE_LIMIT: usize = 32 * 1024 * 1024;

/// A JSON body that holds a whole file: up to [`FILE_LIMIT`].
#[derive(Debug)]
pub struct Large<T>(pub T);

impl<T> Large<T> {
    /// The body itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// A value that can say what is wrong with itself, beyond what its types already exclude.
pub trait Validate {
    /// Every field at fault, each with its JSON pointer.
    ///
    /// # Errors
    /// The list is never empty.
    fn validate(&self) -> Result<(), Vec<FieldError>>;
}

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A JSON body that has been validated.
#[derive(Debug)]
pub struct Valid<T>(pub T);

/// A JSON body that may be absent or `null`; then its default stands for it.
#[derive(Debug)]
pub struct JsonOrDefault<T>(pub T);

impl<T> Json<T> {
    /// The body itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Valid<T> {
    /// The body itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> JsonOrDefault<T> {
    /// The body itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(req, payload);
        Box::pin(async move { Ok(Self(parse(&body.await?.required()?)?)) })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Large<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read_up_to(FILE_LIMIT, req, payload);
        Box::pin(async move { Ok(Self(parse(&body.await?.required()?)?)) })
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Valid<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(req, payload);
        Box::pin(async move {
            let value: T = parse(&body.await?.required()?)?;
            value.validate().map_err(Refusal::invalid)?;
            Ok(Self(value))
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for JsonOrDefault<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(req, payload);
        Box::pin(async move {
            let body = body.await?;
            if body.bytes.is_empty() {
                Ok(Self(T::default()))
            } else {
                let given: Option<T> = parse(&body.required()?)?;
                Ok(Self(given.unwrap_or_default()))
            }
        })
    }
}

/// A body byte for byte, for what is signed: it is read no further than a JSON body.
pub struct Raw(pub Vec<u8>);

impl FromRequest for Raw {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = read(req, payload);
        Box::pin(async move { Ok(Self(body.await?.required()?.to_vec())) })
    }
}

/// A body as it arrived.
struct Body {
    bytes: BytesMut,
    json: bool,
}

impl Body {
    /// The bytes, if there are any and they claim to be JSON.
    fn required(self) -> Result<BytesMut, Problem> {
        if self.bytes.is_empty() {
            return Err(Refusal::new(
                "malformed_request",
                "Thiếu nội dung JSON.",
                "A JSON body is required.",
            )
            .into());
        }
        if !self.json {
            return Err(Refusal::new(
                "unsupported_media_type",
                "Nội dung phải là application/json, mã UTF-8, không nén.",
                "The body must be application/json in UTF-8, not compressed.",
            )
            .into());
        }
        Ok(self.bytes)
    }
}

/// Reads the body, no further than the limit.
fn read(
    req: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<Body, Problem>> + use<> {
    let limit = req
        .app_data::<JsonLimit>()
        .map_or(DEFAULT_JSON_LIMIT, |limit| limit.0);
    read_up_to(limit, req, payload)
}

fn read_up_to(
    limit: usize,
    req: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<Body, Problem>> + use<> {
    let json = is_json(req.headers());
    let announced = req
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<u64>().ok())
        .unwrap_or(0);
    let mut stream = payload.take();
    async move {
        if announced > limit as u64 {
            return Err(too_large(limit));
        }
        let mut bytes = BytesMut::with_capacity(announced as usize);
        let reading = async {
            while let Some(chunk) = stream.next().await {
                let chunk = chunk.map_err(|_| {
                    Problem::from(Refusal::new(
                        "malformed_request",
                        "Nội dung gửi lên bị đứt giữa chừng.",
                        "The body broke off before its end.",
                    ))
                })?;
                if bytes.len() + chunk.len() > limit {
                    return Err(too_large(limit));
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(())
        };
        match tokio::time::timeout(BODY_TIMEOUT, reading).await {
            Ok(done) => done?,
            Err(_) => {
                return Err(Problem::of_status(
                    actix_web::http::StatusCode::REQUEST_TIMEOUT,
                ));
            }
        }
        Ok(Body { bytes, json })
    }
}

fn too_large(limit: usize) -> Problem {
    Refusal::new(
        "payload_too_large",
        format!("Nội dung gửi lên vượt quá {limit} byte."),
        format!("The body is larger than {limit} bytes."),
    )
    .with("limit_bytes", limit as u64)
    .into()
}

/// `application/json` or `application/*+json`, in UTF-8, not compressed.
fn is_json(headers: &HeaderMap) -> bool {
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|v| v.as_bytes().eq_ignore_ascii_case(b"identity"));
    let Some(kind) = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()) else {
        return false;
    };
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let json = essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"));
    let utf8 = parts
        .filter_map(|p| p.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("charset"))
        .all(|(_, value)| value.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    plain && json && utf8
}

/// Parses a body; pointers in the refusal lead to what is wrong.
///
/// # Errors
/// `malformed_request`, `unknown_field`, or `validation_failed` with one field.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut de = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(strict::Strict(&mut de)).map_err(|error| {
        let pointer = pointer(error.path());
        refusal_of(&error.into_inner(), &pointer)
    })?;
    de.end().map_err(|error| refusal_of(&error, ""))?;
    refuse_nul(bytes)?;
    Ok(value)
}

/// A NUL is legal JSON and never a legal text; PostgreSQL cannot even keep it.
fn refuse_nul(bytes: &[u8]) -> Result<(), Refusal> {
    let escaped = br"\u0000";
    if !bytes.windows(escaped.len()).any(|w| w == escaped) {
        return Ok(());
    }
    let mut errors = Vec::new();
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        find_nul(&value, &mut String::new(), &mut errors);
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(errors))
    }
}

fn find_nul(value: &Value, pointer: &mut String, errors: &mut Vec<FieldError>) {
    let here = pointer.len();
    match value {
        Value::String(text) if text.contains('\0') => errors.push(FieldError {
            pointer: pointer.clone(),
            code: "control_character",
            detail: Text::new(
                "Không được chứa ký tự điều khiển.",
                "Must not hold a control character.",
            ),
        }),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                push_segment(pointer, &index.to_string());
                find_nul(item, pointer, errors);
                pointer.truncate(here);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                push_segment(pointer, name);
                find_nul(member, pointer, errors);
                pointer.truncate(here);
            }
        }
        _ => {}
    }
}

/// The path to a value as a JSON pointer.
fn pointer(path: &SerdePath) -> String {
    let mut out = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push_segment(&mut out, &index.to_string()),
            Segment::Map { key } => push_segment(&mut out, key),
            // A variant's name is written where the value stands, not as a level of its own.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    out
}

/// Appends one reference token, escaped as RFC 6901 has it.
fn push_segment(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
}

/// What serde says, as a refusal. Its message quotes values, so only what it expected is repeated.
fn refusal_of(error: &serde_json::Error, pointer: &str) -> Refusal {
    use serde_json::error::Category;
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => {
            let (line, column) = (error.line(), error.column());
            Refusal::new(
                "malformed_request",
                format!("Nội dung không phải JSON hợp lệ (dòng {line}, cột {column})."),
                format!("The body is not valid JSON (line {line}, column {column})."),
            )
        }
        Category::Data => refusal_of_data(&error.to_string(), pointer),
    }
}

/// What a deserialiser's message means for the field at `pointer`.
pub(crate) fn refusal_of_data(message: &str, pointer: &str) -> Refusal {
    let quoted = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unknown field ") {
        let mut at = pointer.to_owned();
        if !ends_with_token(&at, quoted) {
            push_segment(&mut at, quoted);
        }
        return Refusal::new(
            "unknown_field",
            "Có trường không được nhận ở đây.",
            "There is a member that is not taken here.",
        )
        .field(
            at,
            "unknown",
            "Không có trường này.",
            "There is no such member.",
        );
    }
    if message.starts_with("missing field ") {
        let mut at = pointer.to_owned();
        push_segment(&mut at, quoted);
        return invalid(
            at,
            "required",
            Text::new("Trường này là bắt buộc.", "This member is required."),
        );
    }
    if message.starts_with("duplicate field ") {
        let mut at = pointer.to_owned();
        if !ends_with_token(&at, quoted) {
            push_segment(&mut at, quoted);
        }
        return invalid(
            at,
            "duplicate",
            Text::new("Trường này bị lặp lại.", "This member is given twice."),
        );
    }
    let expected = message
        .split_once(", expected ")
        .map(|(_, rest)| rest.split(" at line ").next().unwrap_or(rest));
    if message.starts_with("unknown variant ") {
        let listed = expected.unwrap_or_default().replace('`', "");
        let listed = listed.trim_start_matches("one of ");
        return invalid(
            pointer.to_owned(),
            "unknown_value",
            Text::new(
                format!("Giá trị phải là một trong: {listed}."),
                format!("The value must be one of: {listed}."),
            ),
        );
    }
    if let (true, Some(expected)) = (message.starts_with("invalid type: "), expected) {
        return invalid(
            pointer.to_owned(),
            "wrong_type",
            Text::new(
                format!("Sai kiểu dữ liệu; cần {}.", vietnamese_type(expected)),
                format!("Wrong type; expected {expected}."),
            ),
        );
    }
    if let (true, Some(most)) = (
        message.starts_with("invalid length "),
        expected.and_then(|e| e.strip_prefix("at most ")?.strip_suffix(" characters")),
    ) {
        return invalid(
            pointer.to_owned(),
            "too_long",
            Text::new(
                format!("Tối đa {most} ký tự."),
                format!("At most {most} characters."),
            ),
        );
    }
    invalid(
        pointer.to_owned(),
        "invalid_value",
        expected.map_or_else(
            || Text::new("Giá trị không hợp lệ.", "The value cannot be accepted."),
            |expected| {
                Text::new(
                    format!("Giá trị không hợp lệ; cần {}.", vietnamese_type(expected)),
                    format!("The value cannot be accepted; expected {expected}."),
                )
            },
        ),
    )
}

fn invalid(pointer: String, code: &'static str, detail: Text) -> Refusal {
    Refusal::invalid(vec![FieldError {
        pointer,
        code,
        detail,
    }])
}

/// Whether the last token of a pointer already is this name.
fn ends_with_token(pointer: &str, name: &str) -> bool {
    pointer
        .rsplit_once('/')
        .is_some_and(|(_, last)| last == name.replace('~', "~0").replace('/', "~1"))
}

/// What serde expected, for an officer; types it names in Rust's words get plain ones.
fn vietnamese_type(expected: &str) -> &str {
    match expected {
        "a string" | "a borrowed string" => "chuỗi ký tự",
        "a boolean" => "true hoặc false",
        "a sequence" => "danh sách",
        "a map" => "đối tượng",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "số nguyên",
        "f32" | "f64" => "số",
        _ if expected.starts_with("struct ") => "đối tượng",
        _ => "giá trị đúng kiểu đã mô tả",
    }
}

mod strict;

#[cfg(test)]
mod tests;
