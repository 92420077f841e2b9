//! What is asked for and nobody has: 405 with `Allow` where the contract knows the address, 404
//! elsewhere under the API, and a page of the application for every other address.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{
        Method,
        header::{ALLOW, HeaderValue},
    },
    web,
};

use super::{
    Manners,
    problem::{Problem, method_not_allowed},
    spa,
};

/// The addresses that are never a page of the application.
const NOT_PAGES: [&str; 5] = ["/api", "/docs", "/health", "/openapi.json", "/openapi.yaml"];

/// Answers what nobody else did.
pub(crate) async fn fallback(req: HttpRequest, manners: web::Data<Manners>) -> HttpResponse {
    if let Some(address) = manners.contract().find(req.path()) {
        if req.method() == Method::OPTIONS {
            return HttpResponse::NoContent()
                .insert_header((ALLOW, address.allow().clone()))
                .finish();
        }
        return Problem::from(method_not_allowed(address.allowed()))
            .header(ALLOW, address.allow().clone())
            .error_response();
    }
    if is_page(req.path()) {
        return match *req.method() {
            Method::GET => spa::serve(&req),
            _ => Problem::from(method_not_allowed(&["GET", "HEAD"]))
                .header(ALLOW, HeaderValue::from_static("GET, HEAD"))
                .error_response(),
        };
    }
    Problem::not_found().error_response()
}

fn is_page(path: &str) -> bool {
    !NOT_PAGES.iter().any(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_outside_the_api_are_pages() {
        for page in ["/", "/dossiers/1", "/apiary", "/documents", "/login"] {
            assert!(is_page(page), "{page}");
        }
        for other in [
            "/api",
            "/api/",
            "/api/v1/x",
            "/docs/x.js",
            "/health/x",
            "/openapi.yaml",
        ] {
            assert!(!is_page(other), "{other}");
        }
    }
}
