use actix_web::{
    App, HttpResponse,
    test::{TestRequest, call_service, init_service},
    web,
};
use serde::Deserialize;

use super::*;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    owner: Option<Inner>,
    #[serde(default)]
    items: Vec<Inner>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    age: u32,
    #[serde(default)]
    kind: Option<Kind>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Citizen,
    Business,
}

impl Validate for Outer {
    fn validate(&self) -> Result<(), Vec<FieldError>> {
        match &self.name {
            Some(name) if name.is_empty() => Err(vec![FieldError {
                pointer: "/name".into(),
                code: "required",
                detail: Text::new("Trống.", "Empty."),
            }]),
            _ => Ok(()),
        }
    }
}

fn refused(body: &str) -> (&'static str, Option<(String, &'static str)>) {
    let refusal = parse::<Outer>(body.as_bytes()).unwrap_err();
    (
        refusal.code,
        refusal.errors.first().map(|e| (e.pointer.clone(), e.code)),
    )
}

fn field(pointer: &str, code: &'static str) -> Option<(String, &'static str)> {
    Some((pointer.to_owned(), code))
}

#[test]
fn a_good_body_is_taken_whole() {
    let body =
        r#"{"name":"Đỗ","owner":{"age":7,"kind":"citizen"},"items":[{"age":1,"kind":"business"}]}"#;
    let outer: Outer = parse(body.as_bytes()).unwrap();
    assert_eq!(outer.name.as_deref(), Some("Đỗ"));
    let owner = outer.owner.unwrap();
    assert_eq!((owner.age, owner.kind), (7, Some(Kind::Citizen)));
    assert_eq!(outer.items[0].kind, Some(Kind::Business));
}

#[test]
fn what_is_not_json_is_malformed() {
    for body in [
        "{",
        "{\"name\":}",
        "nothing",
        "{} {}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"\u{1}\"}",
    ] {
        assert_eq!(refused(body), ("malformed_request", None), "{body}");
    }
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(parse::<Value>(deep.as_bytes()).is_err());
    assert_eq!(
        parse::<Outer>(b"{\"name\":\"\xff\"}").unwrap_err().code,
        "malformed_request"
    );
}

#[test]
fn an_unknown_member_is_named_wherever_it_stands() {
    assert_eq!(
        refused(r#"{"nmae":1}"#),
        ("unknown_field", field("/nmae", "unknown"))
    );
    assert_eq!(
        refused(r#"{"owner":{"age":1,"a/b~c":1}}"#),
        ("unknown_field", field("/owner/a~1b~0c", "unknown"))
    );
    assert_eq!(
        refused(r#"{"items":[{"age":1},{"age":1,"x":2}]}"#),
        ("unknown_field", field("/items/1/x", "unknown"))
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_pointed_at() {
    let failed = |pointer: &str, code| ("validation_failed", field(pointer, code));
    assert_eq!(refused(r#"{"name":7}"#), failed("/name", "wrong_type"));
    assert_eq!(refused(r#"{"owner":{}}"#), failed("/owner/age", "required"));
    assert_eq!(
        refused(r#"{"owner":{"age":-1}}"#),
        failed("/owner/age", "invalid_value")
    );
    assert_eq!(
        refused(r#"{"owner":{"age":1.5}}"#),
        failed("/owner/age", "wrong_type")
    );
    assert_eq!(
        refused(r#"{"items":[{"age":1,"kind":"robot"}]}"#),
        failed("/items/0/kind", "unknown_value")
    );
    assert_eq!(
        refused(r#"{"name":"a","name":"b"}"#),
        failed("/name", "duplicate")
    );
}

#[test]
fn an_array_never_stands_for_an_object() {
    for (body, pointer) in [
        ("[]", ""),
        (r#"{"owner":[5]}"#, "/owner"),
        (r#"{"items":[[5]]}"#, "/items/0"),
    ] {
        assert_eq!(
            refused(body),
            ("validation_failed", field(pointer, "wrong_type")),
            "{body}"
        );
    }
}

#[test]
fn the_values_themselves_are_not_repeated() {
    let refusal = parse::<Outer>(r#"{"owner":"001203004567"}"#.as_bytes()).unwrap_err();
    assert!(!format!("{refusal:?}").contains("001203"));
    let refusal = parse::<Outer>(r#"{"owner":{"age":1,"kind":"001203004567"}}"#.as_bytes());
    assert!(!format!("{:?}", refusal.unwrap_err()).contains("001203"));
}

#[test]
fn nul_is_refused_in_any_text() {
    assert_eq!(
        refused(r#"{"name":"a\u0000b"}"#),
        ("validation_failed", field("/name", "control_character"))
    );
    // An escaped backslash before u0000 is plain text.
    assert!(parse::<Outer>(br#"{"name":"a\\u0000b"}"#).is_ok());
}

async fn status_of(content_type: Option<&str>, body: &[u8], limit: Option<usize>) -> (u16, String) {
    let mut app = App::new()
        .route(
            "/",
            web::post().to(|_: Valid<Outer>| async { HttpResponse::NoContent().finish() }),
        )
        .route(
            "/maybe",
            web::post().to(|_: JsonOrDefault<Outer>| async { HttpResponse::NoContent().finish() }),
        );
    if let Some(limit) = limit {
        app = app.app_data(JsonLimit(limit));
    }
    let app = init_service(app).await;
    let uri = if body == b"maybe" { "/maybe" } else { "/" };
    let mut request = TestRequest::post().uri(uri);
    if body != b"maybe" {
        request = request.set_payload(body.to_vec());
    }
    if let Some(kind) = content_type {
        request = request.insert_header(("content-type", kind.to_owned()));
    }
    let response = call_service(&app, request.to_request()).await;
    let code = response
        .response()
        .extensions()
        .get::<Problem>()
        .map(|p| p.code().to_owned())
        .unwrap_or_default();
    (response.status().as_u16(), code)
}

#[actix_web::test]
async fn a_body_must_say_that_it_is_json() {
    assert_eq!(
        status_of(Some("application/json"), b"{}", None).await.0,
        204
    );
    assert_eq!(
        status_of(Some("application/json; charset=UTF-8"), b"{}", None)
            .await
            .0,
        204
    );
    assert_eq!(
        status_of(Some("application/merge-patch+json"), b"{}", None)
            .await
            .0,
        204
    );
    for kind in [
        None,
        Some("text/plain"),
        Some("application/json; charset=latin1"),
    ] {
        let (status, code) = status_of(kind, b"{}", None).await;
        assert_eq!((status, code.as_str()), (415, "unsupported_media_type"));
    }
}

#[actix_web::test]
async fn a_missing_body_is_malformed_unless_it_may_be_absent() {
    let (status, code) = status_of(Some("application/json"), b"", None).await;
    assert_eq!((status, code.as_str()), (400, "malformed_request"));
    assert_eq!(status_of(None, b"maybe", None).await.0, 204);
}

#[actix_web::test]
async fn a_body_over_the_limit_is_too_large() {
    let body = format!(r#"{{"name":"{}"}}"#, "x".repeat(DEFAULT_JSON_LIMIT));
    let (status, code) = status_of(Some("application/json"), body.as_bytes(), None).await;
    assert_eq!((status, code.as_str()), (413, "payload_too_large"));
    assert_eq!(
        status_of(Some("application/json"), body.as_bytes(), Some(1 << 20))
            .await
            .0,
        204
    );
    assert_eq!(
        status_of(Some("application/json"), b"{\"name\":\"x\"}", Some(4))
            .await
            .0,
        413
    );
}

#[actix_web::test]
async fn a_validator_has_the_last_word() {
    let (status, code) = status_of(Some("application/json"), br#"{"name":""}"#, None).await;
    assert_eq!((status, code.as_str()), (422, "validation_failed"));
}
