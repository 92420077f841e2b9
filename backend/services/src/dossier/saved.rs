//! Filters that people keep for themselves.

use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_store::dossier::{self as rows, SavedFilterRow};
use motcua_store::{Db, RecordId, Ts};

use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;

/// The most filters one person keeps.
pub const MOST_SAVED: usize = 30;

/// What somebody keeps, by name.
///
/// # Errors
/// Storage failures only.
pub fn saved(db: &mut Db, actor: &Actor) -> Result<Vec<SavedFilterRow>> {
    Ok(rows::saved_filters(db, &actor.user_id, MOST_SAVED as i64)?)
}

/// Keeps a filter under a name of one's own.
///
/// # Errors
/// `validation_failed`, `saved_filter_name_taken`, `saved_filters_full`.
pub fn save(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    name: &str,
    filter: String,
) -> Result<SavedFilterRow> {
    let name = required_line(name, 60).map_err(|f| Refusal::invalid(vec![f.at("/name")]))?;
    let there = saved(db, actor)?;
    if there.iter().any(|s| s.name == name) {
        let (vi, en) = (
            "Bạn đã có bộ lọc mang tên này.",
            "You have a filter of this name already.",
        );
        return Err(Refusal::new("saved_filter_name_taken", vi, en)
            .field("/name", "saved_filter_name_taken", vi, en)
            .into());
    }
    if there.len() >= MOST_SAVED {
        return Err(Refusal::new(
            "saved_filters_full",
            format!("Mỗi người lưu được {MOST_SAVED} bộ lọc; hãy xóa bớt."),
            format!("A person keeps at most {MOST_SAVED} filters; drop one first."),
        )
        .into());
    }
    let row = SavedFilterRow {
        id: RecordId::new(),
        user_id: actor.user_id.clone(),
        name,
        filter,
        created_at: Ts::new(services.now()),
    };
    rows::save_filter(db, &row)?;
    Ok(row)
}

/// Drops one's own filter.
///
/// # Errors
/// `not_found`.
pub fn drop_saved(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<()> {
    if rows::drop_filter(db, &actor.user_id, id)? {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}
