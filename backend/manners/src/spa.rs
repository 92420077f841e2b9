//! The application for the browser, built by Vite and carried inside the binary.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::Problem;

/// The built files. In a debug build they are read from the folder itself, so that a rebuilt page
/// needs no rebuilt server.
#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Dist;

/// Where Vite puts files whose names change with their content.
const HASHED: &str = "assets/";

/// A file of the application, or its page for any address without a file extension: which page
/// that is, the application decides from the address.
pub(crate) fn serve(req: &HttpRequest) -> HttpResponse {
    let path = req.path().trim_start_matches('/');
    if !path.is_empty()
        && let Some(file) = Dist::get(path)
    {
        return answer(req, path, file);
    }
    if is_file(path) || path.starts_with(HASHED) {
        return Problem::not_found().error_response();
    }
    match Dist::get("index.html") {
        Some(page) => answer(req, "index.html", page),
        None => not_built(),
    }
}

/// Whether an address ends like a file's name. The code of a procedure (`1.001193`) or of a dossier
/// has points too, but no letter after the last one: its page must open from a bookmark.
fn is_file(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.')
        .is_some_and(|(_, end)| end.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn answer(req: &HttpRequest, path: &str, file: EmbeddedFile) -> HttpResponse {
    let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let cache = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = if has_already(req, &etag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((ETAG, etag.clone()))
        .insert_header((CACHE_CONTROL, cache));
    if has_already(req, &etag) {
        return response.finish();
    }
    response.content_type(mime_guess::from_path(path).first_or_octet_stream());
    match file.data {
        Cow::Borrowed(bytes) => response.body(bytes),
        Cow::Owned(bytes) => response.body(bytes),
    }
}

/// Whether the caller holds this very content (weak comparison, RFC 9110 §13.1.2).
pub(crate) fn has_already(req: &HttpRequest, etag: &str) -> bool {
    req.headers().get_all(IF_NONE_MATCH).any(|value| {
        value.to_str().is_ok_and(|tags| {
            tags.split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
                .any(|tag| tag == "*" || tag == etag)
        })
    })
}

/// Said to a person whose server was built without the pages; the API works all the same.
fn not_built() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(NOT_BUILT)
}

const NOT_BUILT: &str = r#"<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>motcua</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; color: #1f2933; }
code { background: #eef1f4; padding: .1em .35em; border-radius: .25em; }
a { color: #0b5cad; }
</style>
</head>
<body>
<main>
<h1>motcua đang chạy</h1>
<p>Máy chủ này được dựng mà chưa có giao diện. Chạy <code>make run</code> để dựng cả giao diện,
hoặc dùng API: xem <a href="/docs/">tài liệu API</a>.</p>
<p lang="en">This server was built without its pages. Run <code>make run</code> to build them too,
or use the API: see <a href="/docs/">its documentation</a>.</p>
</main>
</body>
</html>
"#;

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_missing_file_is_not_a_page() {
        let at = |path: &str| serve(&TestRequest::get().uri(path).to_http_request()).status();
        assert_eq!(at("/assets/gone-1234.js"), 404);
        assert_eq!(at("/assets/gone"), 404);
        assert_eq!(at("/favicon-of-nobody.ico"), 404);
        assert_eq!(at("/../Cargo.toml"), 404);
        assert_eq!(at("/dossiers/019a"), 200);
        assert_eq!(at("/thu-tuc/1.001193"), 200);
        assert_eq!(at("/tra-cuu/H26.14.100-260302-0001"), 200);
        assert_eq!(at("/"), 200);
    }

    #[test]
    fn a_page_is_asked_about_again_and_a_hashed_file_never() {
        let request = TestRequest::get().uri("/").to_http_request();
        let file = || EmbeddedFile {
            data: Cow::Borrowed(b"hello"),
            metadata: rust_embed::Metadata::__rust_embed_new([7; 32], None, None, "text/plain"),
        };
        let page = answer(&request, "index.html", file());
        assert_eq!(page.headers().get(CACHE_CONTROL).unwrap(), "no-cache");
        let etag = page.headers().get(ETAG).unwrap().clone();
        let script = answer(&request, "assets/main-abc123.js", file());
        assert!(
            script
                .headers()
                .get(CACHE_CONTROL)
                .unwrap()
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        let again = TestRequest::get()
            .insert_header((IF_NONE_MATCH, etag))
            .to_http_request();
        assert_eq!(answer(&again, "index.html", file()).status(), 304);
    }
}
