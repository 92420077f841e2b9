//! Lists in pages, by key and not by offset: a cursor remembers the last row shown, so a page costs
//! the same however deep it lies, and rows that come or go meanwhile move nothing.
//!
//! A cursor is opaque: base64url of a version, the sort, a hash of the filters, the direction and
//! the row's key, with a check sum against accidents. It is no secret and grants nothing: what a
//! page may show is decided by the caller's scope, each time anew.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{HeaderValue, LINK},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use motcua_domain::refusal::Refusal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::params::pairs;

/// How many items a page has unless the caller says otherwise.
pub const DEFAULT_LIMIT: u32 = 20;
/// The most items a page can have.
pub const MAX_LIMIT: u32 = 100;

/// The version of the cursors' form; another one is refused, never guessed at.
const VERSION: u8 = 1;
/// Longer than any cursor of ours.
const LONGEST: usize = 1024;
const SEAL_BYTES: usize = 8;

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Send it as `cursor` for the page after this one; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
    /// Send it as `cursor` for the page before this one; absent on the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub prev: Option<String>,
}

/// What a caller asked of a list: how much, from where, in which direction.
///
/// `K` is the key of a row in the list's order, such as `(received_at, id)`.
#[derive(Debug, Clone)]
pub struct Paging<K> {
    /// How many items to show, 1 … 100.
    pub limit: u32,
    /// The row next to which the page begins, itself not shown; `None` for the first page.
    pub edge: Option<K>,
    /// The page before the edge is wanted.
    pub backwards: bool,
    sort: String,
    filter: String,
}

/// What stands in a cursor.
#[derive(Serialize, Deserialize)]
struct Inside<K> {
    v: u8,
    s: String,
    f: String,
    b: bool,
    k: K,
}

impl<K: Serialize + DeserializeOwned> Paging<K> {
    /// Reads `limit` and `cursor`. `sort` names the order, `filter` is whatever narrows the list
    /// (without limit and cursor): a cursor only continues the very list it came from.
    ///
    /// # Errors
    /// `validation_failed` for a limit outside 1 … 100, `invalid_cursor`.
    pub fn read(
        limit: Option<u32>,
        cursor: Option<&str>,
        sort: &str,
        filter: &impl Serialize,
    ) -> Result<Self, Refusal> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Refusal::invalid(Vec::new()).field(
                "limit",
                "out_of_range",
                format!("Phải từ 1 đến {MAX_LIMIT}."),
                format!("Must be from 1 to {MAX_LIMIT}."),
            ));
        }
        let mut paging = Self {
            limit,
            edge: None,
            backwards: false,
            sort: sort.to_owned(),
            filter: fingerprint(filter),
        };
        if let Some(cursor) = cursor {
            let inside: Inside<K> = open(cursor)
                .filter(|i: &Inside<K>| {
                    i.v == VERSION && i.s == paging.sort && i.f == paging.filter
                })
                .ok_or_else(invalid_cursor)?;
            paging.edge = Some(inside.k);
            paging.backwards = inside.b;
        }
        Ok(paging)
    }

    /// How many rows to ask the store for: one more than is shown tells whether there are more.
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Makes the page of the rows that [`Self::fetch`] asked for, given in the list's order
    /// (those of a page before the edge already turned round).
    pub fn page<R, T: ToSchema>(
        self,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> K,
        show: impl FnMut(R) -> T,
    ) -> Page<T> {
        let limit = self.limit as usize;
        let more = rows.len() > limit;
        if more && self.backwards {
            // The surplus row is the farthest from the edge.
            rows.drain(..rows.len() - limit);
        } else {
            rows.truncate(limit);
        }
        let (after, before) = if self.backwards {
            (self.edge.is_some(), more)
        } else {
            (more, self.edge.is_some())
        };
        let next = rows
            .last()
            .filter(|_| after)
            .map(|row| self.cursor(key(row), false));
        let prev = rows
            .first()
            .filter(|_| before)
            .map(|row| self.cursor(key(row), true));
        Page {
            items: rows.into_iter().map(show).collect(),
            next,
            prev,
        }
    }

    fn cursor(&self, key: K, backwards: bool) -> String {
        let inside = Inside {
            v: VERSION,
            s: self.sort.clone(),
            f: self.filter.clone(),
            b: backwards,
            k: key,
        };
        let mut bytes = serde_json::to_vec(&inside).unwrap_or_default();
        let seal = seal(&bytes);
        bytes.extend_from_slice(&seal);
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

impl Paging<String> {
    /// The edge of a list that is read by its ids, as the store's lists take it: the id next to the page,
    /// and whether the page lies before it.
    pub fn by_id(&self) -> Option<(&str, bool)> {
        self.edge.as_deref().map(|id| (id, self.backwards))
    }
}

fn open<K: DeserializeOwned>(cursor: &str) -> Option<Inside<K>> {
    if cursor.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (body, given) = bytes.split_last_chunk::<SEAL_BYTES>()?;
    if seal(body) != *given {
        return None;
    }
    serde_json::from_slice(body).ok()
}

/// Tells a cursor of ours from one that was cut, mistyped or made up by a fuzzer.
fn seal(body: &[u8]) -> [u8; SEAL_BYTES] {
    let mut hash = Sha256::new();
    hash.update(b"motcua cursor");
    hash.update(body);
    let mut seal = [0; SEAL_BYTES];
    seal.iter_mut()
        .zip(hash.finalize())
        .for_each(|(s, h)| *s = h);
    seal
}

/// A short hash of a list's filters; the filters themselves, where a name or number may stand,
/// do not travel in the cursor.
fn fingerprint(filter: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(filter).unwrap_or_default();
    let digest = Sha256::digest(bytes);
    let short: Vec<u8> = digest.into_iter().take(6).collect();
    URL_SAFE_NO_PAD.encode(short)
}

fn invalid_cursor() -> Refusal {
    Refusal::new(
        "invalid_cursor",
        "Con trỏ trang không dùng được cho danh sách này. Hãy mở lại danh sách từ đầu.",
        "The cursor does not belong to this list. Start again without it.",
    )
    .field(
        "cursor",
        "invalid_value",
        "Không dùng được ở đây.",
        "Of no use here.",
    )
}

/// 200 with the page and its `Link` header (RFC 8288), built from the address that was asked for.
pub fn linked<T: Serialize + ToSchema>(req: &HttpRequest, page: &Page<T>) -> HttpResponse {
    let links: Vec<String> = [("next", &page.next), ("prev", &page.prev)]
        .into_iter()
        .filter_map(|(relation, cursor)| {
            let cursor = cursor.as_deref()?;
            Some(format!("<{}>; rel=\"{relation}\"", address(req, cursor)))
        })
        .collect();
    let mut response = HttpResponse::Ok();
    if let Ok(value) = HeaderValue::from_str(&links.join(", "))
        && !links.is_empty()
    {
        response.insert_header((LINK, value));
    }
    response.json(page)
}

/// The same address, another cursor. The query is written anew, so that nothing a caller typed can
/// end the link.
fn address(req: &HttpRequest, cursor: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs(req.query_string()).filter(|(name, _)| name != "cursor") {
        query.append_pair(&name, &value);
    }
    query.append_pair("cursor", cursor);
    format!("{}?{}", req.path(), query.finish())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    type Key = (i64, String);

    fn read(cursor: Option<&str>, sort: &str, filter: &str) -> Result<Paging<Key>, Refusal> {
        Paging::read(Some(3), cursor, sort, &filter)
    }

    /// A list of the numbers 1 … 10, as a store would page it.
    fn list(paging: Paging<Key>) -> Page<i64> {
        let edge = paging.edge.as_ref().map(|(n, _)| *n);
        let fetch = paging.fetch() as usize;
        let rows: Vec<i64> = if paging.backwards {
            let mut rows: Vec<i64> = (1..=10)
                .rev()
                .filter(|n| edge.is_none_or(|e| *n < e))
                .take(fetch)
                .collect();
            rows.reverse();
            rows
        } else {
            (1..=10)
                .filter(|n| edge.is_none_or(|e| *n > e))
                .take(fetch)
                .collect()
        };
        paging.page(rows, |n| (*n, n.to_string()), |n| n)
    }

    #[test]
    fn walking_forth_and_back_shows_every_row_once() {
        let mut cursor: Option<String> = None;
        let mut pages = Vec::new();
        loop {
            let page = list(read(cursor.as_deref(), "n", "f").unwrap());
            pages.push(page.items);
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        assert_eq!(
            pages,
            [vec![1, 2, 3], vec![4, 5, 6], vec![7, 8, 9], vec![10]]
        );
        let mut back = list(read(cursor.as_deref(), "n", "f").unwrap()).prev;
        let mut seen = Vec::new();
        while let Some(prev) = back {
            let page = list(read(Some(&prev), "n", "f").unwrap());
            assert!(page.next.is_some());
            seen.push(page.items);
            back = page.prev;
        }
        assert_eq!(seen, [vec![7, 8, 9], vec![4, 5, 6], vec![1, 2, 3]]);
    }

    #[test]
    fn the_first_page_has_no_page_before_it() {
        let page = list(read(None, "n", "f").unwrap());
        assert!(page.prev.is_none());
        let value = serde_json::to_value(&page).unwrap();
        assert!(value.get("prev").is_none());
        assert!(value["next"].is_string());
    }

    #[test]
    fn a_cursor_of_another_list_or_a_damaged_one_is_refused() {
        let cursor = list(read(None, "n", "f").unwrap()).next.unwrap();
        let refused = |cursor: &str, sort: &str, filter: &str| {
            read(Some(cursor), sort, filter)
                .map(|_| ())
                .unwrap_err()
                .code
        };
        assert_eq!(refused(&cursor, "-n", "f"), "invalid_cursor");
        assert_eq!(refused(&cursor, "n", "g"), "invalid_cursor");
        let half: String = cursor.chars().take(cursor.len() / 2).collect();
        let long = "A".repeat(5000);
        for damaged in [
            "",
            "x",
            "null",
            "%00",
            &half,
            &format!("{cursor}A"),
            &cursor.to_uppercase(),
            &long,
        ] {
            assert_eq!(refused(damaged, "n", "f"), "invalid_cursor", "{damaged}");
        }
    }

    #[test]
    fn a_limit_outside_its_range_is_named() {
        for limit in [0, 101, u32::MAX] {
            let refusal = Paging::<Key>::read(Some(limit), None, "n", &"").unwrap_err();
            assert_eq!(refusal.code, "validation_failed");
            assert_eq!(refusal.errors[0].pointer, "limit");
        }
        assert_eq!(
            Paging::<Key>::read(None, None, "n", &"").unwrap().limit,
            DEFAULT_LIMIT
        );
    }

    #[test]
    fn links_keep_the_filters_and_change_the_cursor() {
        let page = Page {
            items: vec![1],
            next: Some("NEXT".into()),
            prev: Some("PREV".into()),
        };
        let request = TestRequest::get()
            .uri("/api/v1/things?q=%C4%91%E1%BB%A9c%3E&cursor=old&limit=3")
            .to_http_request();
        let response = linked(&request, &page);
        assert_eq!(
            response.headers().get(LINK).unwrap(),
            "</api/v1/things?q=%C4%91%E1%BB%A9c%3E&limit=3&cursor=NEXT>; rel=\"next\", \
             </api/v1/things?q=%C4%91%E1%BB%A9c%3E&limit=3&cursor=PREV>; rel=\"prev\""
        );
        let lone = Page {
            items: vec![1],
            next: None,
            prev: None,
        };
        assert!(linked(&request, &lone).headers().get(LINK).is_none());
    }
}
