//! Pages that the server writes itself: no script, nothing loaded from anywhere, few kilobytes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;

use super::{AsIs, Lang};

/// What all pages look like.
const STYLE: &str = "\
*{box-sizing:border-box}body{margin:0;background:#f6f7f9;color:#1b1f24;\
font:1.125rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
main{max-width:40rem;margin:0 auto;padding:1rem 1rem 4rem}h1{font-size:1.375rem;line-height:1.3;margin:.5rem 0}\
p{margin:.5rem 0}.quiet{color:#4a5563;font-size:1rem}a{color:#0b4f8a}\
fieldset{border:1px solid #c4cbd4;border-radius:.5rem;background:#fff;margin:1rem 0;padding:.75rem 1rem 1rem;min-width:0}\
form{counter-reset:q}fieldset{counter-increment:q}\
legend{font-weight:600;padding:0 .25rem;max-width:100%;overflow-wrap:anywhere}legend::before{content:counter(q) '. '}label.o{display:flex;gap:.75rem;align-items:center;padding:.625rem .5rem;\
border-radius:.375rem;min-height:2.75rem;overflow-wrap:anywhere}label.o:has(:checked){background:#e4eef8}\
input[type=radio],input[type=checkbox]{inline-size:1.375rem;block-size:1.375rem;flex:none;accent-color:#0b4f8a}\
input[type=number],textarea{font:inherit;border:1px solid #6b7684;border-radius:.375rem;padding:.5rem;max-width:100%}\
input[type=number]{width:8rem}textarea{width:100%;min-height:6rem}\
button{font:inherit;font-weight:600;border:0;border-radius:.5rem;background:#0b4f8a;color:#fff;padding:.75rem 1.5rem;width:100%;min-height:3rem}\
:focus-visible{outline:3px solid #b45309;outline-offset:2px}\
.fault{border-inline-start:.3rem solid #b42318;background:#fff;padding:.5rem 1rem;margin:1rem 0}\
.face{font-size:1.75rem;line-height:1}";

/// A text for a page: what could be read as markup cannot.
pub fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The text in the reader's language.
pub fn either(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

/// A whole page.
pub fn page(lang: Lang, title: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title><style>{STYLE}{style}</style></head>\
         <body><main>{body}</main></body></html>",
        lang.tag(),
        safe(title),
    )
}

/// A page as an answer.
pub fn html(status: StatusCode, lang: Lang, body: String) -> HttpResponse {
    let mut page = HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("content-language", lang.tag()))
        .content_type("text/html; charset=utf-8")
        .body(body);
    // A person reads this answer, whatever its status: it stays a page.
    page.extensions_mut().insert(AsIs);
    page
}

/// A page that says one thing.
pub fn told(status: StatusCode, lang: Lang, title: &str, text: &str) -> HttpResponse {
    let body = format!(
        "<h1>{}</h1><p role=\"status\">{}</p>",
        safe(title),
        safe(text)
    );
    html(status, lang, page(lang, title, "", &body))
}

/// In which language the page is shown.
#[derive(Debug, serde::Deserialize)]
pub struct Shown {
    lang: Option<String>,
}

/// The language that the address names, else the one asked for.
pub fn language(shown: &Shown, asked: Lang) -> Lang {
    match shown.lang.as_deref() {
        Some("vi") => Lang::Vi,
        Some("en") => Lang::En,
        _ => asked,
    }
}
