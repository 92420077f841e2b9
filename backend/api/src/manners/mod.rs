//! The manners of the API: how it reads requests, refuses them, pages lists, guards itself and
//! tells the world what it is. Nothing here knows what a dossier is.

pub mod codes;
pub mod headers;
pub mod json;
pub mod lang;
pub mod params;
pub mod problem;

pub use headers::{IdempotencyKey, IfMatch, created, etag, versioned};
pub use json::{Json, JsonLimit, JsonOrDefault, Valid, Validate};
pub use lang::Lang;
pub use params::{Path, Query};
pub use problem::{Problem, ProblemBody, ProblemField};
