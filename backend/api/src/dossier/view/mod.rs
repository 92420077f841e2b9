//! What goes out about dossiers.

mod item;
mod page;
mod parts;
mod timeline;

use chrono::{DateTime, FixedOffset};
use motcua_domain::vn_time::to_vn;
use motcua_store::Ts;

pub use item::DossierItem;
pub use page::DossierView;
pub use parts::*;
pub use timeline::{TimelineActor, TimelineItem};

/// An instant as it is sent: RFC 3339, +07:00.
pub fn vn(at: Ts) -> DateTime<FixedOffset> {
    to_vn(at.0)
}

/// As [`vn`], of an instant that may be missing.
pub fn vn_opt(at: Option<Ts>) -> Option<DateTime<FixedOffset>> {
    at.map(vn)
}
