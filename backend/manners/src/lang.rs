//! The language of an answer, chosen from `Accept-Language` (RFC 9110 §12.5.4).

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::header::{ACCEPT_LANGUAGE, HeaderMap},
};
use motcua_domain::refusal::Text;

/// One of the two languages the centre speaks. Vietnamese unless the caller prefers English.
///
/// As a handler's argument it also marks the answer as depending on the caller's language, so that
/// `Content-Language` and `Vary` are set on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The language tag, as it stands in `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The half of a text that is in this language.
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Self::Vi => &text.vi,
            Self::En => &text.en,
        }
    }

    /// The preferred of the two languages; Vietnamese when the header is absent, names neither,
    /// or prefers both equally but for its order (then the first named wins).
    pub fn of(headers: &HeaderMap) -> Self {
        let mut best: Option<(Self, u16)> = None;
        for value in headers.get_all(ACCEPT_LANGUAGE) {
            let Ok(value) = value.to_str() else { continue };
            for item in value.split(',') {
                let Some((lang, quality)) = parse_range(item) else {
                    continue;
                };
                if quality > 0 && best.is_none_or(|(_, q)| quality > q) {
                    best = Some((lang, quality));
                }
            }
        }
        best.map_or(Self::Vi, |(lang, _)| lang)
    }
}

/// One language range and its weight in thousandths, if it is one of ours.
fn parse_range(item: &str) -> Option<(Lang, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let tag = parts.next()?;
    let primary = tag.split('-').next()?;
    let lang = if primary.eq_ignore_ascii_case("vi") || primary == "*" {
        Lang::Vi
    } else if primary.eq_ignore_ascii_case("en") {
        Lang::En
    } else {
        return None;
    };
    let mut quality = 1000;
    for parameter in parts {
        if let Some(q) = parameter
            .strip_prefix("q=")
            .or_else(|| parameter.strip_prefix("Q="))
        {
            quality = parse_quality(q)?;
        }
    }
    Some((lang, quality))
}

/// `0`, `0.8`, `1.000` in thousandths; anything else makes the whole range unusable.
fn parse_quality(q: &str) -> Option<u16> {
    let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

/// Put into the request when a handler asked for the language: the answer then says so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LangUsed(pub Lang);

impl FromRequest for Lang {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let lang = Self::of(req.headers());
        req.extensions_mut().insert(LangUsed(lang));
        ready(Ok(lang))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderMap, HeaderValue};

    use super::*;

    fn chosen(header: &'static str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(header));
        Lang::of(&headers)
    }

    #[test]
    fn vietnamese_is_spoken_unless_english_is_preferred() {
        assert_eq!(Lang::of(&HeaderMap::new()), Lang::Vi);
        assert_eq!(chosen("en"), Lang::En);
        assert_eq!(chosen("en-GB,vi;q=0.9"), Lang::En);
        assert_eq!(chosen("en;q=0.4, vi;q=0.9"), Lang::Vi);
        assert_eq!(chosen("fr, en;q=0.7, *;q=0.1"), Lang::En);
        assert_eq!(chosen("fr"), Lang::Vi);
        assert_eq!(chosen("*"), Lang::Vi);
        assert_eq!(chosen("en;q=0, vi;q=0.001"), Lang::Vi);
        assert_eq!(chosen("en;q=0"), Lang::Vi);
        assert_eq!(chosen("vi, en"), Lang::Vi);
        assert_eq!(chosen("en, vi"), Lang::En);
        assert_eq!(chosen("VI-vn;q=1.000, EN"), Lang::Vi);
    }

    #[test]
    fn a_malformed_weight_makes_its_range_count_for_nothing() {
        assert_eq!(chosen("en;q=2"), Lang::Vi);
        assert_eq!(chosen("en;q=abc"), Lang::Vi);
        assert_eq!(chosen(";;,,q=1"), Lang::Vi);
    }
}
