//! What banks tell, word for word.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Edge, in_order, next_to};
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId};
use crate::on_each;
use crate::schema::bank_notifications;
use crate::ts::Ts;

/// What a bank told.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_notifications, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct NotificationRow {
    pub id: RecordId,
    pub adapter: String,
    pub message_id: String,
    pub received_at: Ts,
    /// `stored`, `done`, `unknown_account`, `not_applied`, `refused`.
    pub state: String,
    /// Why it was refused, or why nothing was made of it.
    pub reason: Option<String>,
    /// Word for word as it came.
    pub body: String,
    pub attempts: i32,
    pub centre_id: Option<CentreId>,
    pub transaction_id: Option<RecordId>,
}

/// Stores what a bank told; false when the message is known.
///
/// # Errors
/// Storage failures only.
pub fn insert_notification(db: &mut Db, row: &NotificationRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(bank_notifications::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Stores what banks told together, but for what is known; the ids of what was stored.
///
/// # Errors
/// Storage failures only.
pub fn insert_notifications(
    db: &mut Db,
    rows: &Vec<NotificationRow>,
) -> StoreResult<Vec<RecordId>> {
    if let Db::Pg(c) = db {
        return Ok(diesel::insert_into(bank_notifications::table)
            .values(rows)
            .on_conflict_do_nothing()
            .returning(bank_notifications::id)
            .load(c)?);
    }
    // Within the program a statement costs little.
    let mut stored = Vec::with_capacity(rows.len());
    for row in rows {
        if insert_notification(db, row)? {
            stored.push(row.id.clone());
        }
    }
    Ok(stored)
}

/// The message of an adapter with this id that was not refused.
///
/// # Errors
/// Storage failures only.
pub fn notification(
    db: &mut Db,
    adapter: &str,
    message: &str,
) -> StoreResult<Option<NotificationRow>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(n::adapter.eq(adapter.to_owned()))
        .filter(n::message_id.eq(message.to_owned()))
        .filter(sql::<Bool>("state <> 'refused'"))
        .select(NotificationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// How many notifications were refused since an instant, counted no further than `most`.
///
/// # Errors
/// Storage failures only.
pub fn refused_since(db: &mut Db, since: Ts, most: i64) -> StoreResult<i64> {
    use bank_notifications as n;
    let ids: Vec<RecordId> = n::table
        .filter(sql::<Bool>("state = 'refused'"))
        .filter(n::received_at.ge(since))
        .select(n::id)
        .limit(most)
        .load(db)?;
    Ok(i64::try_from(ids.len()).unwrap_or(most))
}

/// At most `limit` notifications of which nothing was made yet, those that failed least first.
///
/// # Errors
/// Storage failures only.
pub fn stored(db: &mut Db, limit: i64) -> StoreResult<Vec<RecordId>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(sql::<Bool>("state = 'stored'"))
        .order((n::attempts.asc(), n::id.asc()))
        .limit(limit)
        .select(n::id)
        .load(db)?)
}

/// When the oldest of them came.
///
/// # Errors
/// Storage failures only.
pub fn oldest_stored(db: &mut Db) -> StoreResult<Option<Ts>> {
    use bank_notifications as n;
    Ok(n::table
        .filter(sql::<Bool>("state = 'stored'"))
        .order((n::attempts.desc(), n::id.asc()))
        .select(n::received_at)
        .first(db)
        .optional()?)
}

/// A notification of which nothing was made yet, for this transaction alone; none when another has made
/// something of it.
///
/// # Errors
/// Storage failures only.
pub fn take_notification(db: &mut Db, id: &RecordId) -> StoreResult<Option<NotificationRow>> {
    use bank_notifications as n;
    // The update locks the row on PostgreSQL; SQLite has one writer.
    let taken = diesel::update(n::table.find(id).filter(sql::<Bool>("state = 'stored'")))
        .set(n::attempts.eq(n::attempts + 1))
        .execute(db)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(n::table
        .find(id)
        .select(NotificationRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Says that making something of a notification failed, so that others come first.
///
/// # Errors
/// Storage failures only.
pub fn put_off(db: &mut Db, id: &RecordId) -> StoreResult<()> {
    use bank_notifications as n;
    diesel::update(n::table.find(id))
        .set(n::attempts.eq(n::attempts + 1))
        .execute(db)?;
    Ok(())
}

/// Keeps what was made of a notification.
///
/// # Errors
/// Storage failures only.
pub fn keep_notification(db: &mut Db, row: &NotificationRow) -> StoreResult<()> {
    use bank_notifications as n;
    diesel::update(n::table.find(&row.id))
        .set((
            n::state.eq(row.state.clone()),
            n::reason.eq(row.reason.clone()),
            n::centre_id.eq(row.centre_id.clone()),
            n::transaction_id.eq(row.transaction_id.clone()),
        ))
        .execute(db)?;
    Ok(())
}

/// Notifications next to an edge, the last received first: those of a centre, or those of which nobody
/// knows whose they are.
///
/// # Errors
/// Storage failures only.
pub fn notifications_page(
    db: &mut Db,
    centre: Option<&CentreId>,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<NotificationRow>> {
    use bank_notifications as n;
    let q = n::table.into_boxed();
    let q = match centre {
        Some(centre) => q.filter(n::centre_id.eq(centre.clone())),
        None => q.filter(n::centre_id.is_null()),
    };
    let q = q.select(NotificationRow::as_select()).limit(limit);
    let q = next_to!(q, bank_notifications, edge);
    Ok(in_order(q.load(db)?, edge))
}
