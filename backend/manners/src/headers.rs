//! Conditional and idempotent requests: `If-Match`, `Idempotency-Key`, `ETag`.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder,
    dev::Payload,
    http::{
        StatusCode,
        header::{ETAG, HeaderName, IF_MATCH, LOCATION},
    },
};
use motcua_domain::refusal::Refusal;
use serde::Serialize;
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Type},
    },
};

use super::problem::Problem;

/// The header that makes a POST safe to send twice.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The version the caller read, from `If-Match: "v7"`. Required: a request without it is refused
/// with 428, since what it would change may have changed meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut values = req.headers().get_all(IF_MATCH);
        let outcome = match (values.next(), values.next()) {
            (None, _) => Err(Refusal::new(
                "precondition_required",
                "Thiếu tiêu đề If-Match với phiên bản đã đọc, ví dụ \"v7\".",
                "If-Match with the version you read, such as \"v7\", is required.",
            )),
            (Some(value), None) => parse_if_match(value.to_str().unwrap_or_default()),
            (Some(_), Some(_)) => Err(malformed_if_match()),
        };
        ready(outcome.map_err(Problem::from))
    }
}

/// One strong entity tag. A weak one, or one we never gave, cannot match (412); a list, `*` or
/// anything unquoted says nothing about what the caller has seen (400).
fn parse_if_match(value: &str) -> Result<IfMatch, Refusal> {
    let value = value.trim();
    let (weak, tag) = match value.strip_prefix("W/") {
        Some(tag) => (true, tag),
        None => (false, value),
    };
    let tag = tag
        .strip_prefix('"')
        .and_then(|t| t.strip_suffix('"'))
        .filter(|t| !t.is_empty() && !t.contains('"'))
        .ok_or_else(malformed_if_match)?;
    tag.strip_prefix('v')
        .filter(|digits| !weak && digits.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|digits| digits.parse().ok())
        .map(IfMatch)
        .ok_or_else(|| {
            Refusal::new(
                "version_stale",
                "If-Match không phải phiên bản hiện tại. Hãy đọc lại dữ liệu.",
                "If-Match is not the present version. Read it again.",
            )
        })
}

fn malformed_if_match() -> Refusal {
    Refusal::new(
        "malformed_request",
        "If-Match phải là đúng một thẻ phiên bản, ví dụ \"v7\".",
        "If-Match must be exactly one entity tag, such as \"v7\".",
    )
    .field(
        "If-Match",
        "invalid_value",
        "Cần dạng \"v7\".",
        "Expected the form \"v7\".",
    )
}

/// The caller's key for this request, if any: the same key with the same body gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut values = req.headers().get_all(IDEMPOTENCY_KEY);
        let outcome = match (values.next(), values.next()) {
            (None, _) => Ok(Self(None)),
            (Some(value), None) => match value.to_str() {
                Ok(key)
                    if (1..=255).contains(&key.len())
                        && key.bytes().all(|b| b.is_ascii_graphic()) =>
                {
                    Ok(Self(Some(key.to_owned())))
                }
                _ => Err(invalid_key()),
            },
            (Some(_), Some(_)) => Err(invalid_key()),
        };
        ready(outcome.map_err(Problem::from))
    }
}

fn invalid_key() -> Refusal {
    Refusal::new(
        "idempotency_key_invalid",
        "Idempotency-Key phải có 1 đến 255 ký tự ASCII nhìn thấy được.",
        "Idempotency-Key must be 1 to 255 visible ASCII characters.",
    )
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("If-Match")
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .description(Some("The `ETag` of what was read, such as `\"v7\"`."))
                .schema(Some(
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .pattern(Some(r#"^"v[0-9]{1,18}"$"#))
                        .max_length(Some(21))
                        .build(),
                ))
                .example(Some(serde_json::json!("\"v1\"")))
                .build(),
        ]
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(
                    "Any text of your own, new for each new request: a repeated request with the \
                     same key and body gets the first one's answer. Kept 24 hours.",
                ))
                .schema(Some(
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .pattern(Some("^[!-~]{1,255}$"))
                        .min_length(Some(1))
                        .max_length(Some(255))
                        .build(),
                ))
                .build(),
        ]
    }
}

/// The entity tag of a version: `"v7"`.
pub fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

/// An answer with the body's version as its `ETag`.
pub fn versioned(status: StatusCode, version: i64, body: &impl Serialize) -> HttpResponse {
    HttpResponseBuilder::new(status)
        .insert_header((ETAG, etag(version)))
        .json(body)
}

/// 201 with `Location`, and the body's version as its `ETag` where it has one.
pub fn created(location: &str, version: Option<i64>, body: &impl Serialize) -> HttpResponse {
    let mut response = HttpResponse::Created();
    response.insert_header((LOCATION, location));
    if let Some(version) = version {
        response.insert_header((ETAG, etag(version)));
    }
    response.json(body)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    async fn if_match(values: &[&str]) -> Result<i64, (u16, &'static str)> {
        let mut request = TestRequest::default();
        for value in values {
            request = request.append_header((IF_MATCH, *value));
        }
        IfMatch::extract(&request.to_http_request())
            .await
            .map(|m| m.0)
            .map_err(|p| (p.status().as_u16(), p.code()))
    }

    #[actix_web::test]
    async fn if_match_takes_exactly_one_strong_tag_of_ours() {
        assert_eq!(if_match(&["\"v7\""]).await, Ok(7));
        assert_eq!(if_match(&[" \"v0\" "]).await, Ok(0));
        assert_eq!(if_match(&[]).await, Err((428, "precondition_required")));
        for malformed in ["*", "v7", "7", "", "\"\"", "\"v7\", \"v8\"", "\"v7"] {
            assert_eq!(
                if_match(&[malformed]).await,
                Err((400, "malformed_request")),
                "{malformed}"
            );
        }
        assert_eq!(
            if_match(&["\"v7\"", "\"v8\""]).await,
            Err((400, "malformed_request"))
        );
        for stale in [
            "W/\"v7\"",
            "\"abc\"",
            "\"v\"",
            "\"v-1\"",
            "\"v+1\"",
            "\"v99999999999999999999\"",
        ] {
            assert_eq!(
                if_match(&[stale]).await,
                Err((412, "version_stale")),
                "{stale}"
            );
        }
    }

    #[actix_web::test]
    async fn an_idempotency_key_is_short_visible_and_single() {
        let key = |value: String| async move {
            let request = TestRequest::default().append_header((IDEMPOTENCY_KEY, value));
            IdempotencyKey::extract(&request.to_http_request())
                .await
                .map(|k| k.0)
                .map_err(|p| p.code())
        };
        assert_eq!(key("a-1".into()).await, Ok(Some("a-1".into())));
        assert_eq!(
            key("x".repeat(255)).await.map(|k| k.map(|k| k.len())),
            Ok(Some(255))
        );
        for bad in [String::new(), "x".repeat(256), "a b".into(), "é".into()] {
            assert_eq!(key(bad).await, Err("idempotency_key_invalid"));
        }
        let none = IdempotencyKey::extract(&TestRequest::default().to_http_request()).await;
        assert_eq!(none.unwrap().0, None);
        let twice = TestRequest::default()
            .append_header((IDEMPOTENCY_KEY, "a"))
            .append_header((IDEMPOTENCY_KEY, "b"))
            .to_http_request();
        assert!(IdempotencyKey::extract(&twice).await.is_err());
    }

    #[actix_web::test]
    async fn answers_carry_their_version_and_place() {
        let response = created("/api/v1/things/1", Some(3), &serde_json::json!({"a": 1}));
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers().get(ETAG).unwrap(), "\"v3\"");
        assert_eq!(
            response.headers().get(LOCATION).unwrap(),
            "/api/v1/things/1"
        );
        let response = versioned(StatusCode::OK, 4, &serde_json::json!({}));
        assert_eq!(response.headers().get(ETAG).unwrap(), "\"v4\"");
    }
}
