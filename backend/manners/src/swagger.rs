//! The contract as the world reads it: `/openapi.yaml`, `/openapi.json`, Swagger UI at `/docs/`
//! with all its files local, and the meaning of every error code at `/docs/errors`.

use std::{fmt::Write as _, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, LOCATION},
    middleware::Compress,
    web,
};
use sha2::{Digest, Sha256};
use utoipa::openapi::OpenApi;

use super::{
    Manners,
    codes::{CODES, Code, FIELD_CODES},
    fallback::fallback,
    problem::Problem,
    spa::has_already,
};

const INDEX: &str = include_str!("swagger/index.html");
const STYLE: &str = include_str!("swagger/motcua-docs.css");
/// Starts Swagger UI, and lets signing in on the page authorise the page.
const INITIALIZER: &str = include_str!("swagger/initializer.js");

/// The documents of the contract, written once at start.
#[derive(Debug, Clone)]
pub struct Documents {
    yaml: Arc<Document>,
    json: Arc<Document>,
}

#[derive(Debug)]
struct Document {
    media_type: &'static str,
    text: web::Bytes,
    etag: String,
}

impl Documents {
    /// Writes the documents.
    ///
    /// # Errors
    /// When the document cannot be written as YAML or JSON.
    pub fn new(document: &OpenApi) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let yaml = document.to_yaml().map_err(|e| e.to_string())?;
        let json = document.to_pretty_json()?;
        Ok(Self {
            yaml: Arc::new(Document::new("application/yaml", yaml)),
            json: Arc::new(Document::new("application/json", json)),
        })
    }
}

impl Document {
    fn new(media_type: &'static str, text: String) -> Self {
        let etag = format!("\"{}\"", hex::encode(Sha256::digest(text.as_bytes())));
        Self {
            media_type,
            text: text.into(),
            etag,
        }
    }

    fn answer(&self, req: &HttpRequest) -> HttpResponse {
        let mut response = if has_already(req, &self.etag) {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        response
            .insert_header((ETAG, self.etag.clone()))
            .insert_header((CACHE_CONTROL, "no-cache"));
        if has_already(req, &self.etag) {
            response.finish()
        } else {
            response
                .content_type(self.media_type)
                .body(self.text.clone())
        }
    }
}

/// Everything that is not an operation of the contract: its documents, Swagger UI, the pages of the
/// application, and the answer to what nobody has.
pub(crate) fn configure(manners: &Manners, documents: &Documents, cfg: &mut web::ServiceConfig) {
    let serve = |document: &Arc<Document>| {
        let document = Arc::clone(document);
        web::get()
            .to(move |req: HttpRequest| {
                let document = Arc::clone(&document);
                async move { document.answer(&req) }
            })
            .wrap(Compress::default())
    };
    cfg.app_data(web::Data::new(manners.clone()))
        .route("/openapi.yaml", serve(&documents.yaml))
        .route("/openapi.json", serve(&documents.json))
        .route("/docs", web::get().to(to_docs))
        .route("/docs/errors", web::get().to(errors_page))
        .route("/docs/{file:.*}", web::get().to(docs))
        .default_service(web::route().to(fallback).wrap(Compress::default()));
}

async fn to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((LOCATION, "/docs/"))
        .finish()
}

async fn docs(file: web::Path<String>) -> HttpResponse {
    let own = match file.as_str() {
        "" | "index.html" => Some(("text/html; charset=utf-8", INDEX)),
        "motcua-docs.css" => Some(("text/css; charset=utf-8", STYLE)),
        "swagger-initializer.js" => Some(("text/javascript; charset=utf-8", INITIALIZER)),
        _ => None,
    };
    if let Some((media_type, text)) = own {
        return HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-cache"))
            .content_type(media_type)
            .body(text);
    }
    let config = Arc::new(utoipa_swagger_ui::Config::from("/openapi.json"));
    match utoipa_swagger_ui::serve(&file, config) {
        Ok(Some(asset)) => {
            let mut response = HttpResponse::Ok();
            response
                .insert_header((CACHE_CONTROL, "max-age=3600"))
                .content_type(asset.content_type);
            if asset.gzpipped {
                response.insert_header((CONTENT_ENCODING, "gzip"));
            }
            response.body(asset.bytes.into_owned())
        }
        Ok(None) => Problem::not_found().error_response(),
        Err(error) => Problem::internal(error).error_response(),
    }
}

/// Where `type` of a problem leads.
async fn errors_page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(errors_html())
}

fn errors_html() -> String {
    let mut rows: Vec<&Code> = CODES.iter().collect();
    rows.sort_by_key(|row| (row.status, row.code));
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>motcua: mã lỗi · error codes</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/docs/motcua-docs.css\">\n</head>\n<body>\n<main class=\"codes\">\n\
         <h1>Mã lỗi · <span lang=\"en\">Error codes</span></h1>\n<table>\n\
         <thead><tr><th scope=\"col\">HTTP</th><th scope=\"col\">code</th>\
         <th scope=\"col\">Tên · <span lang=\"en\">Title</span></th>\
         <th scope=\"col\" lang=\"en\">Meaning</th></tr></thead>\n<tbody>\n",
    );
    // Writing to a String cannot fail.
    for row in rows {
        let _ = writeln!(
            out,
            "<tr id=\"{code}\"><td>{}</td><td><code>{code}</code></td>\
             <td>{}<br><span lang=\"en\">{}</span></td><td lang=\"en\">{}</td></tr>",
            row.status,
            row.title_vi,
            row.title_en,
            html(row.explanation),
            code = row.code,
        );
    }
    out.push_str(
        "</tbody>\n</table>\n<h2>errors[].code</h2>\n<table>\n<thead><tr>\
         <th scope=\"col\">code</th><th scope=\"col\" lang=\"en\">Meaning</th></tr></thead>\n<tbody>\n",
    );
    for (code, meaning) in FIELD_CODES {
        let _ = writeln!(
            out,
            "<tr><td><code>{code}</code></td><td lang=\"en\">{}</td></tr>",
            html(meaning)
        );
    }
    out.push_str("</tbody>\n</table>\n</main>\n</body>\n</html>\n");
    out
}

/// The table's Markdown as HTML: escaped, with its code spans.
fn html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    escaped
        .split('`')
        .enumerate()
        .map(|(index, part)| {
            if index % 2 == 1 {
                format!("<code>{part}</code>")
            } else {
                part.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_place_on_the_page() {
        let page = errors_html();
        for row in CODES {
            assert!(
                page.contains(&format!("<tr id=\"{}\">", row.code)),
                "{}",
                row.code
            );
        }
        assert_eq!(html("a `b<c` d"), "a <code>b&lt;c</code> d");
    }

    #[test]
    fn the_pages_of_the_documentation_carry_no_script_of_their_own() {
        for page in [INDEX, &errors_html()] {
            assert!(!page.contains("<script>"));
            for handler in ["onload=", "onclick=", "onerror=", "javascript:"] {
                assert!(!page.contains(handler), "the CSP would refuse {handler}");
            }
            assert!(!page.contains("http://") && !page.contains("https://"));
        }
    }
}
