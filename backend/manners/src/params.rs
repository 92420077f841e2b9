//! Path and query parameters, with problems instead of the framework's texts.

use std::{
    borrow::Cow,
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use motcua_domain::refusal::{FieldError, Refusal, Text};
use serde::{
    Deserialize as _, Deserializer,
    de::{DeserializeOwned, Error as _},
};

use super::{json::refusal_of_data, problem::Problem};

/// The parameters in the path. What cannot be one (such as an id that is no UUID) names nothing,
/// so it is 404 `not_found` like any other thing that is not there.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T> Path<T> {
    /// The parameters themselves.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Path<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A control character in a path can name nothing, and PostgreSQL cannot even ask for NUL.
        let unspeakable = req
            .match_info()
            .iter()
            .any(|(_, value)| value.chars().any(char::is_control) || has_escaped_control(value));
        if unspeakable {
            return ready(Err(Problem::not_found()));
        }
        ready(
            actix_web::web::Path::<T>::extract(req)
                .into_inner()
                .map(|path| Self(path.into_inner()))
                .map_err(|_| Problem::not_found()),
        )
    }
}

/// `%00` to `%1F` and `%7F`: control characters, still escaped. (The router unescapes most of them
/// before they come here, but not in a path that it also leaves other escapes in.)
fn has_escaped_control(segment: &str) -> bool {
    segment.as_bytes().windows(3).any(|w| match w {
        [b'%', b'0' | b'1', low] => low.is_ascii_hexdigit(),
        [b'%', b'7', b'F' | b'f'] => true,
        _ => false,
    })
}

/// The query parameters: `unknown_parameter` (400) for a stranger, `validation_failed` (422) with
/// the parameter's name for a value that cannot be right.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The parameters themselves.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            parse_query(req.query_string())
                .map(Self)
                .map_err(Problem::from),
        )
    }
}

/// A text of at most so many characters, for `deserialize_with` on a query parameter: the contract
/// states the same number as `max_length`.
///
/// # Errors
/// A text that is longer.
pub fn at_most<'de, const MOST: usize, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    match text {
        Some(text) if text.chars().count() > MOST => Err(D::Error::invalid_length(
            text.chars().count(),
            &format!("at most {MOST} characters").as_str(),
        )),
        text => Ok(text),
    }
}

/// Refuses a number of a query that lies outside what the contract states for it.
///
/// # Errors
/// `validation_failed`, with the field.
pub fn in_range(
    field: &'static str,
    value: impl Into<u64>,
    least: u64,
    most: u64,
) -> Result<(), Problem> {
    if (least..=most).contains(&value.into()) {
        return Ok(());
    }
    let error = FieldError::out_of_range(field, least, most);
    Err(Refusal::invalid(vec![error]).into())
}

/// Parses a query string.
pub(crate) fn parse_query<T: DeserializeOwned>(query: &str) -> Result<T, Refusal> {
    if query.contains('%') {
        refuse_control_characters(query)?;
    }
    let parsed = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(parsed).map_err(|error| {
        let mut refusal = refusal_of_data(
            &error.inner().to_string(),
            &format!("/{}", error.path().to_string().trim_start_matches('.')),
        );
        // A query has names, not pointers.
        for field in &mut refusal.errors {
            let name = field
                .pointer
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            field.pointer = name;
        }
        if refusal.code == "unknown_field" {
            return unknown_parameter(refusal.errors.iter().map(|e| e.pointer.as_str()));
        }
        refusal
    })
}

/// `unknown_parameter`, naming each.
pub(crate) fn unknown_parameter<'a>(names: impl Iterator<Item = &'a str>) -> Refusal {
    let mut refusal = Refusal::new(
        "unknown_parameter",
        "Có tham số không được nhận ở đây.",
        "There is a query parameter that is not taken here.",
    );
    refusal.errors = names
        .map(|name| FieldError {
            pointer: name.to_owned(),
            code: "unknown",
            detail: Text::new("Không có tham số này.", "There is no such parameter."),
        })
        .collect();
    refusal
}

/// The parameters of a query, decoded.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(query.as_bytes())
}

fn refuse_control_characters(query: &str) -> Result<(), Refusal> {
    let errors: Vec<FieldError> = pairs(query)
        .filter(|(_, value)| value.chars().any(char::is_control))
        .map(|(name, _)| FieldError {
            pointer: name.into_owned(),
            code: "control_character",
            detail: Text::new(
                "Không được chứa ký tự điều khiển.",
                "Must not hold a control character.",
            ),
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(errors))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct List {
        #[serde(default)]
        limit: Option<u8>,
        #[serde(default, deserialize_with = "at_most::<20, _>")]
        q: Option<String>,
        #[serde(default)]
        mine: Option<bool>,
        #[serde(default)]
        sort: Option<Sort>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Sort {
        #[serde(rename = "-received_at")]
        ReceivedDescending,
    }

    fn refused(query: &str) -> (&'static str, Vec<(String, &'static str)>) {
        let refusal = parse_query::<List>(query).unwrap_err();
        let fields = refusal.errors.iter().map(|e| (e.pointer.clone(), e.code));
        (refusal.code, fields.collect())
    }

    #[test]
    fn parameters_are_parsed_into_their_types() {
        let list: List =
            parse_query("limit=20&q=nguy%E1%BB%85n+v&mine=true&sort=-received_at").unwrap();
        assert_eq!(list.limit, Some(20));
        assert_eq!(list.q.as_deref(), Some("nguyễn v"));
        assert_eq!(list.sort, Some(Sort::ReceivedDescending));
        assert!(parse_query::<List>("").is_ok());
    }

    #[test]
    fn a_bad_value_is_named_by_its_parameter() {
        let failed = |name: &str, code| ("validation_failed", vec![(name.to_owned(), code)]);
        assert_eq!(refused("limit=abc"), failed("limit", "invalid_value"));
        assert_eq!(refused("limit=-1"), failed("limit", "invalid_value"));
        assert_eq!(refused("mine=maybe"), failed("mine", "invalid_value"));
        assert_eq!(refused("sort=name"), failed("sort", "unknown_value"));
        assert_eq!(refused("limit=1&limit=2"), failed("limit", "duplicate"));
        let just_fits = format!("q={}", "ễ".repeat(20));
        assert!(parse_query::<List>(&just_fits).is_ok());
        assert_eq!(refused(&format!("{just_fits}a")), failed("q", "too_long"));
        assert_eq!(refused("q=a%00b"), failed("q", "control_character"));
    }

    #[test]
    fn a_stranger_among_the_parameters_is_refused() {
        assert_eq!(
            refused("limt=1"),
            ("unknown_parameter", vec![("limt".into(), "unknown")])
        );
    }

    #[actix_web::test]
    async fn a_path_that_cannot_be_an_id_is_not_found() {
        let request = |id: &'static str| TestRequest::default().param("id", id).to_http_request();
        let good = request("019a9a3e-5a4b-7c1d-8e2f-0123456789ab");
        assert!(Path::<uuid::Uuid>::extract(&good).await.is_ok());
        for bad in ["7", "null", "%00", "..%2f"] {
            let refused = Path::<uuid::Uuid>::extract(&request(bad))
                .await
                .unwrap_err();
            assert_eq!(
                (refused.status().as_u16(), refused.code()),
                (404, "not_found")
            );
        }
        let nul = Path::<String>::extract(&request("a%00b")).await;
        assert_eq!(nul.unwrap_err().code(), "not_found");
        assert_eq!(
            *Path::<String>::extract(&request("a%20b")).await.unwrap(),
            "a b"
        );
    }
}
