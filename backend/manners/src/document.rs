//! The contract, read as a table of addresses: which paths there are, which methods each takes,
//! which query parameters each method has. Made once at start from the OpenAPI document, so that
//! the guards cannot say anything else than the contract.

use std::{collections::HashMap, sync::Arc};

use actix_web::http::{Method, header::HeaderValue};
use utoipa::openapi::{
    OpenApi, RefOr,
    path::{Operation, ParameterIn, PathItem},
};

/// Every address of the contract.
#[derive(Debug, Default)]
pub struct Contract {
    root: Node,
}

/// One address of the contract, such as `/api/v1/dossiers/{id}`.
#[derive(Debug)]
pub struct Address {
    pattern: Arc<str>,
    operations: Vec<(Method, Vec<String>)>,
    allowed: Vec<&'static str>,
    allow: HeaderValue,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<String, Node>,
    parameter: Option<Box<Node>>,
    address: Option<Arc<Address>>,
}

impl Contract {
    /// Reads the document.
    pub fn new(document: &OpenApi) -> Self {
        let mut contract = Self::default();
        for (pattern, item) in &document.paths.paths {
            let operations: Vec<(Method, Vec<String>)> = operations(item)
                .into_iter()
                .map(|(method, operation)| (method, query_parameters(item, operation)))
                .collect();
            let address = Arc::new(Address::new(pattern, operations));
            let mut node = &mut contract.root;
            for segment in segments(pattern) {
                node = if segment.starts_with('{') {
                    &mut **node.parameter.get_or_insert_default()
                } else {
                    node.literals.entry(segment.to_owned()).or_default()
                };
            }
            node.address = Some(address);
        }
        contract
    }

    /// The address that a path names; a literal segment goes before a parameter, and the path is
    /// taken as it was sent, still escaped.
    pub fn find(&self, path: &str) -> Option<&Arc<Address>> {
        let segments: Vec<&str> = segments(path).collect();
        self.root.find(&segments)
    }
}

impl Node {
    fn find(&self, path: &[&str]) -> Option<&Arc<Address>> {
        let Some((first, rest)) = path.split_first() else {
            return self.address.as_ref();
        };
        self.literals
            .get(*first)
            .and_then(|node| node.find(rest))
            .or_else(|| {
                // An empty segment names nothing.
                self.parameter
                    .as_ref()
                    .filter(|_| !first.is_empty())
                    .and_then(|node| node.find(rest))
            })
    }
}

impl Address {
    fn new(pattern: &str, operations: Vec<(Method, Vec<String>)>) -> Self {
        let mut allowed: Vec<&'static str> = METHODS
            .iter()
            .copied()
            .filter(|name| operations.iter().any(|(m, _)| m.as_str() == *name))
            .collect();
        if allowed.contains(&"GET") && !allowed.contains(&"HEAD") {
            allowed.push("HEAD");
        }
        allowed.push("OPTIONS");
        let allow = HeaderValue::from_str(&allowed.join(", "))
            .unwrap_or(HeaderValue::from_static("OPTIONS"));
        Self {
            pattern: pattern.into(),
            operations,
            allowed,
            allow,
        }
    }

    /// The pattern, as it stands in the contract and in logs.
    pub fn pattern(&self) -> &Arc<str> {
        &self.pattern
    }

    /// The methods it takes, HEAD and OPTIONS among them.
    pub fn allowed(&self) -> &[&'static str] {
        &self.allowed
    }

    /// The methods it takes, as `Allow` has them.
    pub fn allow(&self) -> &HeaderValue {
        &self.allow
    }

    /// The names of a method's query parameters; `None` when it does not take the method.
    pub fn query_parameters(&self, method: &Method) -> Option<&[String]> {
        // What GET takes, HEAD takes.
        let method = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        self.operations
            .iter()
            .find(|(m, _)| m == method)
            .map(|(_, names)| names.as_slice())
    }
}

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "TRACE"];

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// The operations of a path, by method.
fn operations(item: &PathItem) -> Vec<(Method, &Operation)> {
    [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
        (Method::HEAD, &item.head),
        (Method::TRACE, &item.trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_ref().map(|o| (method, o)))
    .collect()
}

fn query_parameters(item: &PathItem, operation: &Operation) -> Vec<String> {
    item.parameters
        .iter()
        .chain(&operation.parameters)
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(p) if matches!(p.parameter_in, ParameterIn::Query) => Some(p.name.clone()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small contract for the tests of this folder.
    pub(crate) fn sample() -> OpenApi {
        serde_json::from_value(serde_json::json!({
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {
                "/api/v1/things": {
                    "get": {"operationId": "list_things", "responses": {"200": {"description": "ok"}}, "security": [],
                        "parameters": [
                            {"name": "limit", "in": "query", "required": false},
                            {"name": "cursor", "in": "query", "required": false},
                            {"name": "X-A", "in": "header", "required": false}]},
                    "post": {"operationId": "create_thing", "responses": {"201": {"description": "ok"}}}
                },
                "/api/v1/things/{id}": {
                    "patch": {"operationId": "update_thing", "responses": {},
                        "parameters": [
                            {"name": "id", "in": "path", "required": true},
                            {"name": "If-Match", "in": "header", "required": true}],
                        "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
                },
                "/api/v1/things/mine": {"get": {"operationId": "get_mine", "responses": {}}},
                "/api/v1/things/{id}/parts/{part}": {"get": {"operationId": "get_part", "responses": {}}},
                "/api/v1/auth/login": {"post": {"operationId": "sign_in", "responses": {}, "security": []}},
                "/api/v1/public/look": {"get": {"operationId": "look", "responses": {}, "security": []}},
                "/health/live": {"get": {"operationId": "get_liveness", "responses": {}, "security": []}}
            }
        }))
        .unwrap()
    }

    #[test]
    fn a_path_finds_its_address() {
        let contract = Contract::new(&sample());
        let found = |path: &str| contract.find(path).map(|a| a.pattern().to_string());
        assert_eq!(found("/api/v1/things").as_deref(), Some("/api/v1/things"));
        assert_eq!(
            found("/api/v1/things/7").as_deref(),
            Some("/api/v1/things/{id}")
        );
        assert_eq!(
            found("/api/v1/things/mine").as_deref(),
            Some("/api/v1/things/mine")
        );
        assert_eq!(
            found("/api/v1/things/mine/parts/2").as_deref(),
            Some("/api/v1/things/{id}/parts/{part}")
        );
        for stranger in [
            "/",
            "",
            "/api/v1/thing",
            "/api/v1/things/",
            "/api/v1/things//parts/2",
            "//api/v1/things",
        ] {
            assert_eq!(found(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn an_address_knows_its_methods_and_parameters() {
        let contract = Contract::new(&sample());
        let things = contract.find("/api/v1/things").unwrap();
        assert_eq!(things.allow(), "GET, POST, HEAD, OPTIONS");
        assert_eq!(
            things.query_parameters(&Method::HEAD).unwrap(),
            ["limit", "cursor"]
        );
        assert!(things.query_parameters(&Method::POST).unwrap().is_empty());
        assert!(things.query_parameters(&Method::DELETE).is_none());
        let thing = contract.find("/api/v1/things/1").unwrap();
        assert_eq!(thing.allowed(), ["PATCH", "OPTIONS"]);
    }
}
