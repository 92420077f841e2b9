//! What other systems and live screens are to be told, kept in the transaction that made it true.

use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId};
use crate::on_each;
use crate::schema::outbox;
use crate::ts::Ts;

/// One event. `data` is JSON text without personal data.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct Event {
    /// The centre.
    pub centre_id: CentreId,
    /// The place of the audit entry written with it: rising, not without gaps.
    pub seq: i64,
    /// When.
    pub at: Ts,
    /// What happened, such as `dossier.accepted`.
    pub kind: String,
    /// To what.
    pub subject_id: String,
    /// The competent authority, where there is one.
    pub authority_id: Option<AuthorityId>,
    /// JSON text.
    pub data: String,
}

/// Keeps an event.
///
/// # Errors
/// Storage failures only.
pub fn push(db: &mut Db, event: &Event) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(outbox::table)
        .values(event)
        .execute(c))?;
    Ok(())
}

/// Keeps several events.
///
/// # Errors
/// Storage failures only.
pub fn push_all(db: &mut Db, events: &Vec<Event>) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(outbox::table)
        .values(events)
        .execute(c))?;
    Ok(())
}

/// Events of a centre after `after`, in order, at most `limit`; of one authority if given.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centre: &CentreId,
    authority: Option<&AuthorityId>,
    after: i64,
    limit: i64,
) -> StoreResult<Vec<Event>> {
    let mut query = outbox::table
        .filter(outbox::centre_id.eq(centre))
        .filter(outbox::seq.gt(after))
        .order(outbox::seq.asc())
        .limit(limit)
        .select(Event::as_select())
        .into_boxed();
    if let Some(a) = authority {
        query = query.filter(outbox::authority_id.eq(a));
    }
    Ok(query.load(db)?)
}

/// The last place used in a centre, or 0.
///
/// # Errors
/// Storage failures only.
pub fn last_seq(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(outbox::table
        .filter(outbox::centre_id.eq(centre))
        .order(outbox::seq.desc())
        .select(outbox::seq)
        .first(db)
        .optional()?
        .unwrap_or(0))
}

/// The first place used in a centre at or after an instant, if any: demo data is not written in the
/// order of its instants.
///
/// # Errors
/// Storage failures only.
pub fn first_since(db: &mut Db, centre: &CentreId, at: Ts) -> StoreResult<Option<i64>> {
    Ok(outbox::table
        .filter(outbox::centre_id.eq(centre))
        .filter(outbox::at.ge(at))
        .order(outbox::seq.asc())
        .select(outbox::seq)
        .first(db)
        .optional()?)
}
