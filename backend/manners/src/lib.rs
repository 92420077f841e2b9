//! The manners of the API: how it reads requests, refuses them, pages lists, guards itself and
//! tells the world what it is. Nothing here knows what a dossier is.

#![allow(
    clippy::result_large_err,
    reason = "a refusal is told to a person once per request; boxing it would only hide it"
)]

pub mod answer;
pub mod codes;
pub mod contract;
pub mod cursor;
pub mod document;
mod fallback;
pub mod headers;
pub mod html;
pub mod http;
pub mod json;
pub mod lang;
pub mod limits;
pub mod params;
pub mod problem;
mod query_guard;
mod record;
mod security;
mod spa;
pub mod swagger;

pub use answer::{AsIs, Manners, RequestContext, Settings};
pub use cursor::{Page, Paging, linked};
pub use headers::{IdempotencyKey, IfMatch, created, etag, versioned};
pub use json::{Json, JsonLimit, JsonOrDefault, Large, Raw, Valid, Validate};
pub use lang::Lang;
pub use limits::{Rate, Rates};
pub use params::{Path, Query, at_most, in_range};
pub use problem::{Problem, ProblemBody, ProblemField};
pub use swagger::Documents;
