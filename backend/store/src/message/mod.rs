//! What people are told of their dossiers: templates, settings, messages, and how far the outbox was read
//! for them.

mod template;

pub use template::*;

use diesel::dsl::{count_star, exists, min};
use diesel::prelude::*;

use crate::conn::Db;
use crate::dialect;
use crate::dossier::{DossierRow, TimelineRow};
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, MessageId};
use crate::on_each;
use crate::outbox::Event;
use crate::page::falling;
use crate::schema::{
    authorities, dossiers, message_cursors, message_languages, messages, outbox, timeline,
};
use crate::ts::Ts;

/// A message.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct MessageRow {
    pub id: MessageId,
    pub centre_id: CentreId,
    pub dossier_id: DossierId,
    /// Place of the step in the outbox.
    pub event_seq: i64,
    /// The step that is told.
    pub told: String,
    pub channel: String,
    /// Address or number: personal data.
    pub recipient: String,
    /// `owner` or `filer`.
    pub recipient_role: String,
    pub language: String,
    /// The version of the template it was made from.
    pub template_number: i32,
    pub subject: String,
    pub body: String,
    pub state: String,
    pub attempts: i32,
    /// How often a person had it sent again.
    pub resends: i32,
    /// Only while it waits for its turn.
    pub next_attempt_at: Option<Ts>,
    /// Only while a server has taken it upon itself.
    pub locked_until: Option<Ts>,
    /// A stable word.
    pub last_error: Option<String>,
    pub created_at: Ts,
    pub sent_at: Option<Ts>,
    pub delivered_at: Option<Ts>,
    pub version: i64,
}

/// How far the outbox of a centre was read, and keeps others from it; none: not begun.
///
/// # Errors
/// Storage failures only.
pub fn lock_cursor(db: &mut Db, centre: &CentreId) -> StoreResult<Option<i64>> {
    Ok(dialect::lock_message_cursor(db, centre)?)
}

/// Begins reading a centre's outbox behind a place, if that has not begun.
///
/// # Errors
/// Storage failures only.
pub fn begin_cursor(db: &mut Db, centre: &CentreId, seq: i64) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(message_cursors::table)
        .values((message_cursors::centre_id.eq(centre), message_cursors::seq.eq(seq)))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Says how far a centre's outbox was read.
///
/// # Errors
/// Storage failures only.
pub fn move_cursor(db: &mut Db, centre: &CentreId, seq: i64) -> StoreResult<()> {
    diesel::update(message_cursors::table.find(centre))
        .set(message_cursors::seq.eq(seq))
        .execute(db)?;
    Ok(())
}

/// Centres whose outbox holds what was not read yet, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn behind(db: &mut Db, limit: i64) -> StoreResult<Vec<CentreId>> {
    use message_cursors as m;
    Ok(on_each!(db, c => m::table
        .filter(exists(
            outbox::table
                .filter(outbox::centre_id.eq(m::centre_id))
                .filter(outbox::seq.gt(m::seq)),
        ))
        .order(m::centre_id.asc())
        .limit(limit)
        .select(m::centre_id)
        .load(c))?)
}

/// What the steps of a stretch of the outbox were about.
#[derive(Debug, Default)]
pub struct Subjects {
    /// Their dossiers as they now are.
    pub dossiers: Vec<DossierRow>,
    /// Lines of their timelines written at the same instants.
    pub lines: Vec<TimelineRow>,
    /// Their authorities' names.
    pub authorities: Vec<(AuthorityId, String)>,
}

/// What these steps were about.
///
/// # Errors
/// Storage failures only.
pub fn subjects(db: &mut Db, events: &[&Event]) -> StoreResult<Subjects> {
    let ids: Vec<DossierId> = events
        .iter()
        .filter_map(|e| e.subject_id.parse().ok())
        .collect();
    if ids.is_empty() {
        return Ok(Subjects::default());
    }
    let times: Vec<Ts> = events.iter().map(|e| e.at).collect();
    let dossiers: Vec<DossierRow> = dossiers::table
        .filter(dossiers::id.eq_any(ids.clone()))
        .select(DossierRow::as_select())
        .load(db)?;
    let whose: Vec<AuthorityId> = dossiers.iter().map(|d| d.authority_id.clone()).collect();
    Ok(Subjects {
        dossiers,
        lines: timeline::table
            .filter(timeline::dossier_id.eq_any(ids))
            .filter(timeline::at.eq_any(times))
            .select(TimelineRow::as_select())
            .load(db)?,
        authorities: authorities::table
            .filter(authorities::id.eq_any(whose))
            .select((authorities::id, authorities::name))
            .load(db)?,
    })
}

/// Keeps messages; of a step that was told by a channel already nothing is kept.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, rows: &[MessageRow]) -> StoreResult<()> {
    for some in rows.chunks(50) {
        on_each!(db, c => diesel::insert_into(messages::table)
            .values(some)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Messages of a dossier about this step, from before a place of the outbox: those of its last time.
///
/// # Errors
/// Storage failures only.
pub fn last_told(
    db: &mut Db,
    dossier: &DossierId,
    told: &str,
    before: i64,
) -> StoreResult<Vec<MessageRow>> {
    let mut rows: Vec<MessageRow> = messages::table
        .filter(messages::dossier_id.eq(dossier))
        .filter(messages::told.eq(told))
        .filter(messages::event_seq.lt(before))
        .order(messages::event_seq.desc())
        .limit(2)
        .select(MessageRow::as_select())
        .load(db)?;
    let last = rows.first().map(|r| r.event_seq);
    rows.retain(|r| Some(r.event_seq) == last);
    Ok(rows)
}

/// Cancels a message that waits; false when it does not any more.
///
/// # Errors
/// Storage failures only.
pub fn cancel(db: &mut Db, id: &MessageId) -> StoreResult<bool> {
    let none: Option<Ts> = None;
    let n = diesel::update(
        messages::table
            .find(id)
            .filter(messages::state.eq_any(["queued", "held"])),
    )
    .set((
        messages::state.eq("cancelled"),
        messages::next_attempt_at.eq(none),
        messages::locked_until.eq(none),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Messages of a dossier, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    dossier: &DossierId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<MessageRow>> {
    let q = messages::table
        .filter(messages::dossier_id.eq(dossier.clone()))
        .limit(limit)
        .select(MessageRow::as_select())
        .into_boxed();
    falling!(
        db,
        q,
        messages::id,
        edge.map(|(id, back)| (id.to_owned(), back))
    )
}

/// Messages of these dossiers, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn of_dossiers(db: &mut Db, ids: &[DossierId], limit: i64) -> StoreResult<Vec<MessageRow>> {
    Ok(messages::table
        .filter(messages::dossier_id.eq_any(ids.to_vec()))
        .order(messages::id.asc())
        .limit(limit)
        .select(MessageRow::as_select())
        .load(db)?)
}

/// One message of a dossier.
///
/// # Errors
/// Storage failures only.
pub fn find(db: &mut Db, dossier: &DossierId, id: &MessageId) -> StoreResult<Option<MessageRow>> {
    Ok(messages::table
        .find(id)
        .filter(messages::dossier_id.eq(dossier))
        .select(MessageRow::as_select())
        .get_result(db)
        .optional()?)
}

/// Sends a message again, to an address as it now is, if it is still at this version.
///
/// # Errors
/// Storage failures only.
pub fn queue_again(
    db: &mut Db,
    id: &MessageId,
    version: i64,
    to: &str,
    state: &str,
    last_error: Option<&str>,
    next_attempt_at: Option<Ts>,
) -> StoreResult<bool> {
    let n = diesel::update(
        messages::table
            .find(id)
            .filter(messages::version.eq(version)),
    )
    .set((
        messages::state.eq(state),
        messages::recipient.eq(to),
        messages::attempts.eq(0),
        messages::resends.eq(messages::resends + 1),
        messages::next_attempt_at.eq(next_attempt_at),
        messages::last_error.eq(last_error),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Claims messages of a channel whose time has come, until `until`, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn claim(
    db: &mut Db,
    channel: &str,
    now: Ts,
    until: Ts,
    limit: i64,
) -> StoreResult<Vec<MessageRow>> {
    let mut rows = dialect::due_messages(db, channel, now, limit)?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let ids: Vec<MessageId> = rows.iter().map(|r| r.id.clone()).collect();
    diesel::update(messages::table.filter(messages::id.eq_any(ids)))
        .set(messages::locked_until.eq(until))
        .execute(db)?;
    for row in &mut rows {
        row.locked_until = Some(until);
    }
    Ok(rows)
}

/// Puts a claimed message off and lets it go.
///
/// # Errors
/// Storage failures only.
pub fn put_off(db: &mut Db, id: &MessageId, until: Ts) -> StoreResult<()> {
    let none: Option<Ts> = None;
    diesel::update(messages::table.find(id))
        .set((
            messages::next_attempt_at.eq(until),
            messages::locked_until.eq(none),
        ))
        .execute(db)?;
    Ok(())
}

/// Says that a claimed message is now being handed over; false when the claim is lost.
///
/// # Errors
/// Storage failures only.
pub fn begin(db: &mut Db, id: &MessageId, claimed_until: Ts, until: Ts) -> StoreResult<bool> {
    let none: Option<Ts> = None;
    let n = diesel::update(
        messages::table
            .find(id)
            .filter(messages::state.eq("queued"))
            .filter(messages::locked_until.eq(claimed_until)),
    )
    .set((
        messages::state.eq("sending"),
        messages::attempts.eq(messages::attempts + 1),
        messages::next_attempt_at.eq(none),
        messages::locked_until.eq(until),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// What an attempt has made of a message.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the columns it sets")]
pub struct Attempted<'a> {
    pub state: &'a str,
    pub last_error: Option<&'a str>,
    pub next_attempt_at: Option<Ts>,
    pub sent_at: Option<Ts>,
    pub delivered_at: Option<Ts>,
}

/// Records attempt number `attempts` of a message. One that was taken for lost meanwhile is put right.
///
/// # Errors
/// Storage failures only.
pub fn record(db: &mut Db, id: &MessageId, attempts: i32, how: &Attempted<'_>) -> StoreResult<()> {
    let none: Option<Ts> = None;
    diesel::update(
        messages::table
            .find(id)
            .filter(messages::state.eq_any(["sending", "unknown"]))
            .filter(messages::attempts.eq(attempts)),
    )
    .set((
        messages::state.eq(how.state),
        messages::last_error.eq(how.last_error),
        messages::next_attempt_at.eq(how.next_attempt_at),
        messages::locked_until.eq(none),
        messages::sent_at.eq(how.sent_at),
        messages::delivered_at.eq(how.delivered_at),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?;
    Ok(())
}

/// Whether a server was stopped while it handed messages over.
///
/// # Errors
/// Storage failures only.
pub fn any_stuck(db: &mut Db, channel: &str, now: Ts) -> StoreResult<bool> {
    let found: Option<MessageId> = messages::table
        .filter(messages::locked_until.le(now))
        .filter(messages::channel.eq(channel))
        .filter(messages::state.eq("sending"))
        .select(messages::id)
        .first(db)
        .optional()?;
    Ok(found.is_some())
}

/// Whether a message of this channel waits whose time has come.
///
/// # Errors
/// Storage failures only.
pub fn any_due(db: &mut Db, channel: &str, now: Ts) -> StoreResult<bool> {
    let found: Option<MessageId> = messages::table
        .filter(messages::channel.eq(channel))
        .filter(messages::next_attempt_at.le(now))
        .filter(
            messages::locked_until
                .is_null()
                .or(messages::locked_until.le(now)),
        )
        .select(messages::id)
        .first(db)
        .optional()?;
    Ok(found.is_some())
}

/// What was being handed over when a server stopped: `state` from now on, tried again at once or never.
///
/// # Errors
/// Storage failures only.
pub fn free_stuck(
    db: &mut Db,
    channel: &str,
    now: Ts,
    state: &str,
    next_attempt_at: Option<Ts>,
) -> StoreResult<usize> {
    let none: Option<Ts> = None;
    Ok(diesel::update(
        messages::table
            .filter(messages::locked_until.le(now))
            .filter(messages::channel.eq(channel))
            .filter(messages::state.eq("sending")),
    )
    .set((
        messages::state.eq(state),
        messages::last_error.eq("interrupted"),
        messages::next_attempt_at.eq(next_attempt_at),
        messages::locked_until.eq(none),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?)
}

/// Puts what stands in one state into another, for a channel that was or was not configured before.
///
/// # Errors
/// Storage failures only.
pub fn shift(
    db: &mut Db,
    channel: &str,
    from: &str,
    to: &str,
    last_error: Option<&str>,
    next_attempt_at: Option<Ts>,
) -> StoreResult<usize> {
    let none: Option<Ts> = None;
    Ok(diesel::update(
        messages::table
            .filter(messages::state.eq(from))
            .filter(messages::channel.eq(channel)),
    )
    .set((
        messages::state.eq(to),
        messages::last_error.eq(last_error),
        messages::next_attempt_at.eq(next_attempt_at),
        messages::locked_until.eq(none),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?)
}

/// What had not gone out in a copy that was restored: it may have gone out since the copy was taken.
///
/// # Errors
/// Storage failures only.
pub fn doubt_unsent(db: &mut Db) -> StoreResult<usize> {
    let none: Option<Ts> = None;
    Ok(diesel::update(
        messages::table.filter(messages::state.eq_any(["queued", "held", "sending"])),
    )
    .set((
        messages::state.eq("unknown"),
        messages::last_error.eq("restored"),
        messages::next_attempt_at.eq(none),
        messages::locked_until.eq(none),
        messages::version.eq(messages::version + 1),
    ))
    .execute(db)?)
}

/// How many messages stand in a state, and since when the oldest.
#[derive(Debug, Clone, Queryable)]
#[allow(missing_docs, reason = "named by what they count")]
pub struct Standing {
    pub channel: String,
    pub state: String,
    pub count: i64,
    pub oldest: Option<Ts>,
}

/// How what has not arrived stands, of one centre or of all.
///
/// # Errors
/// Storage failures only.
pub fn standing(db: &mut Db, centre: Option<&CentreId>) -> StoreResult<Vec<Standing>> {
    let open = ["queued", "held", "sending", "unknown", "failed", "given_up"];
    let grouped = messages::table
        .group_by((messages::channel, messages::state))
        .filter(messages::state.eq_any(open))
        .select((
            messages::channel,
            messages::state,
            count_star(),
            min(messages::created_at),
        ));
    Ok(match centre {
        Some(c) => grouped.filter(messages::centre_id.eq(c)).load(db)?,
        None => grouped.load(db)?,
    })
}

/// Takes out of the messages of these dossiers to whom they went and what they said; what has not gone
/// out does not go.
///
/// # Errors
/// Storage failures only.
pub fn take_people_out(db: &mut Db, ids: &[DossierId]) -> StoreResult<()> {
    let none: Option<Ts> = None;
    let of = || messages::table.filter(messages::dossier_id.eq_any(ids.to_vec()));
    diesel::update(of().filter(messages::state.eq_any(["queued", "held"])))
        .set((
            messages::state.eq("cancelled"),
            messages::next_attempt_at.eq(none),
            messages::locked_until.eq(none),
        ))
        .execute(db)?;
    diesel::update(of())
        .set((
            messages::recipient.eq(""),
            messages::subject.eq(""),
            messages::body.eq(""),
            messages::version.eq(messages::version + 1),
        ))
        .execute(db)?;
    diesel::delete(
        message_languages::table.filter(message_languages::dossier_id.eq_any(ids.to_vec())),
    )
    .execute(db)?;
    Ok(())
}
