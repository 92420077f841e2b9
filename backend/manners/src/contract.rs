//! What every operation answers besides its own answers: the errors that follow from how it is
//! asked, written into the document so that nobody has to write them sixty times.

use std::collections::BTreeSet;

use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, OpenApi, Ref, RefOr,
        content::ContentBuilder,
        header::HeaderBuilder,
        path::{Operation, ParameterIn},
        response::{Response, ResponseBuilder},
        schema::{ArrayItems, ObjectBuilder, Schema, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::problem::{PROBLEM_JSON, ProblemBody, ProblemField};

/// The name of the security scheme of people and machines: a bearer token.
pub const BEARER: &str = "bearer";

/// One error that operations of a kind share.
struct Shared {
    status: &'static str,
    name: &'static str,
    description: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const SHARED: [Shared; 13] = [
    shared(
        "400",
        "MalformedRequest",
        "The request cannot be understood, or names an unknown parameter or field.",
    ),
    Shared {
        header: Some(("WWW-Authenticate", "`Bearer`.")),
        ..shared("401", "Unauthenticated", "No usable access token.")
    },
    shared("403", "Forbidden", "None of your roles allows this."),
    shared(
        "404",
        "NotFound",
        "It does not exist, or its existence is not yours to know.",
    ),
    shared("409", "Conflict", "The present state does not allow this."),
    shared(
        "412",
        "VersionStale",
        "`If-Match` is not the present version.",
    ),
    shared("413", "PayloadTooLarge", "The body is too large."),
    shared("415", "UnsupportedMediaType", "The body must be JSON."),
    shared(
        "422",
        "ValidationFailed",
        "Well formed, but not right: `errors[]` points to each field at fault.",
    ),
    shared("428", "PreconditionRequired", "`If-Match` is missing."),
    Shared {
        header: Some(("Retry-After", "Seconds to wait.")),
        ..shared("429", "TooManyRequests", "Too many requests.")
    },
    shared("500", "Internal", "Something broke on our side."),
    Shared {
        header: Some(("Retry-After", "Seconds to wait.")),
        ..shared("503", "Busy", "The server cannot take more work now.")
    },
];

const fn shared(status: &'static str, name: &'static str, description: &'static str) -> Shared {
    Shared {
        status,
        name,
        description,
        header: None,
    }
}

/// Adds the shared errors to every operation that does not describe them itself, the schema of a
/// problem, and the bearer scheme.
///
/// Which errors an operation shares follows from the document: 401 and 403 unless its security is
/// empty, 404 for a parameter in the path, 409 and 422 for what changes something, 412 and 428 for
/// `If-Match`, 413, 415 and 422 for a body, 422 for query parameters, and 400, 429, 500, 503 for all.
pub fn complete(document: &mut OpenApi) {
    let secured_by_default = document.security.as_ref().is_some_and(|s| !s.is_empty());
    let mut used = BTreeSet::new();
    for item in document.paths.paths.values_mut() {
        let slots = [
            (false, &mut item.get),
            (true, &mut item.post),
            (true, &mut item.put),
            (true, &mut item.patch),
            (true, &mut item.delete),
        ];
        for (changes, slot) in slots {
            if let Some(operation) = slot {
                describe(operation, changes, secured_by_default, &mut used);
            }
        }
    }
    let components = document.components.get_or_insert_with(Components::new);
    name_items(components);
    for error in SHARED.iter().filter(|e| used.contains(e.name)) {
        components
            .responses
            .insert(error.name.to_owned(), RefOr::T(response(error)));
    }
    components
        .schemas
        .insert(ProblemBody::name().into_owned(), ProblemBody::schema());
    components
        .schemas
        .insert(ProblemField::name().into_owned(), ProblemField::schema());
    let mut bearer = HttpBuilder::new();
    bearer = bearer
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("The `access_token` of `POST /api/v1/auth/login`."));
    components
        .security_schemes
        .entry(BEARER.to_owned())
        .or_insert_with(|| SecurityScheme::Http(bearer.build()).into());
}

/// A page's items, which were written out inside each page, become references to the schema of one
/// item: whoever generates a client gets one type for it, with a name.
fn name_items(components: &mut Components) {
    let names: BTreeSet<String> = components.schemas.keys().cloned().collect();
    for (name, schema) in &mut components.schemas {
        let Some(item) = name.strip_prefix("Page_").filter(|i| names.contains(*i)) else {
            continue;
        };
        if let RefOr::T(Schema::Object(page)) = schema
            && let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items")
        {
            items.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(item).into()));
        }
    }
}

fn describe(
    operation: &mut Operation,
    changes: bool,
    secured_by_default: bool,
    used: &mut BTreeSet<&'static str>,
) {
    let parameters: Vec<(&str, &ParameterIn)> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|p| match p {
            RefOr::T(p) => Some((p.name.as_str(), &p.parameter_in)),
            RefOr::Ref(_) => None,
        })
        .collect();
    let in_path = parameters
        .iter()
        .any(|(_, at)| matches!(at, ParameterIn::Path));
    let in_query = parameters
        .iter()
        .any(|(_, at)| matches!(at, ParameterIn::Query));
    let conditional = parameters.iter().any(|(name, _)| *name == "If-Match");
    let body = operation.request_body.is_some();
    let secured = operation
        .security
        .as_ref()
        .map_or(secured_by_default, |requirements| {
            // An empty requirement, `{}`, makes authentication optional.
            !requirements.is_empty()
                && requirements
                    .iter()
                    .all(|r| serde_json::to_value(r).is_ok_and(|v| v != json!({})))
        });
    for error in &SHARED {
        let shares = match error.status {
            "401" | "403" => secured,
            "404" => in_path,
            "409" => changes && secured,
            "412" | "428" => conditional,
            "413" | "415" => body,
            "422" => body || in_query || (changes && secured),
            _ => true,
        };
        if shares && !operation.responses.responses.contains_key(error.status) {
            used.insert(error.name);
            operation.responses.responses.insert(
                error.status.to_owned(),
                RefOr::Ref(Ref::from_response_name(error.name)),
            );
        }
    }
}

fn response(error: &Shared) -> Response {
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(ProblemBody::name())))
        .build();
    let mut response = ResponseBuilder::new()
        .description(error.description)
        .content(PROBLEM_JSON, content);
    if let Some((name, description)) = error.header {
        response = response.header(
            name,
            HeaderBuilder::new()
                .description(Some(description))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
                .build(),
        );
    }
    response.build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::sample;

    #[test]
    fn every_operation_says_which_errors_it_shares() {
        let mut document = sample();
        complete(&mut document);
        let value = serde_json::to_value(&document).unwrap();
        let statuses = |path: &str, method: &str| -> Vec<String> {
            let responses = value["paths"][path][method]["responses"]
                .as_object()
                .unwrap();
            responses.keys().cloned().collect()
        };
        assert_eq!(
            statuses("/api/v1/things", "get"),
            ["200", "400", "422", "429", "500", "503"]
        );
        // No security of its own and none by default: public.
        assert_eq!(
            statuses("/api/v1/things", "post"),
            ["201", "400", "429", "500", "503"]
        );
        assert_eq!(
            statuses("/api/v1/things/{id}", "patch"),
            [
                "400", "404", "412", "413", "415", "422", "428", "429", "500", "503"
            ]
        );
        let problem = &value["components"]["schemas"]["Problem"];
        assert_eq!(
            problem["properties"]["errors"]["items"]["$ref"],
            "#/components/schemas/ProblemField"
        );
        let required: Vec<&str> = problem["required"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|v| v.as_str())
            .collect();
        assert_eq!(
            required,
            ["type", "title", "status", "detail", "code", "trace_id"]
        );
        assert_eq!(
            value["components"]["securitySchemes"]["bearer"]["scheme"],
            "bearer"
        );
        // Nothing is described that no operation uses.
        let responses = value["components"]["responses"].as_object().unwrap();
        assert!(!responses.contains_key("Unauthenticated"));
        assert_eq!(
            responses["ValidationFailed"]["content"]["application/problem+json"]["schema"]["$ref"],
            "#/components/schemas/Problem"
        );
    }

    #[test]
    fn a_secured_operation_shares_401_and_403() {
        let mut document = sample();
        document.security = Some(vec![utoipa::openapi::SecurityRequirement::new(
            BEARER,
            Vec::<String>::new(),
        )]);
        complete(&mut document);
        let value = serde_json::to_value(&document).unwrap();
        assert!(value["paths"]["/api/v1/things"]["post"]["responses"]["401"].is_object());
        assert!(value["paths"]["/api/v1/things"]["get"]["responses"]["401"].is_null());
        assert!(value["paths"]["/api/v1/auth/login"]["post"]["responses"]["403"].is_null());
    }
}
