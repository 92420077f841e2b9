//! What the world calls: actix routes, DTOs, OpenAPI, problems, live events.

pub mod manners;
