//! What dossiers are watched for, what was said of them, and the leases of those who watch.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::page::falling;
use crate::reference;
use crate::schema::{
    alarms, dossier_concerns, dossiers, leases, watch_digests, watch_jobs, watch_rules,
};
use crate::ts::Ts;

/// That a dossier stands in a list for a time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_concerns, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "each column is named by the domain's own word")]
pub struct ConcernRow {
    pub dossier_id: DossierId,
    pub concern: String,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub procedure_code: String,
    pub desk: String,
    pub handler_id: Option<UserId>,
    /// The dossier is finished: it stands in what is history.
    pub closed: bool,
    pub from_at: Ts,
    pub until_at: Option<Ts>,
    /// When it is to be said; none when it was, or is not.
    pub alarm_at: Option<Ts>,
}

/// Something said, once.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = alarms, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "each column is named by the domain's own word")]
pub struct AlarmRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub dossier_id: DossierId,
    pub concern: String,
    /// Since when it held.
    pub from_at: Ts,
    /// When it was said.
    pub raised_at: Ts,
    pub desk: String,
    pub handler_id: Option<UserId>,
}

/// Looking at every open dossier of a centre again.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = watch_jobs, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct WatchJobRow {
    /// Whose dossiers.
    pub centre_id: CentreId,
    /// How many were looked at.
    pub checked: i64,
    /// The last of them.
    pub after_id: Option<DossierId>,
    /// When it was asked for.
    pub started_at: Ts,
    /// When it was done.
    pub finished_at: Option<Ts>,
}

/// By what a centre watches; `data` is JSON.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = watch_rules)]
pub struct WatchRulesRow {
    /// Whose.
    pub centre_id: CentreId,
    /// JSON.
    pub data: String,
    /// Row version.
    pub version: i64,
    /// By whom it was set.
    pub set_by: UserId,
    /// When.
    pub set_at: Ts,
}

/// How a working day began; `data` is JSON without personal data.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = watch_digests)]
pub struct DigestRow {
    /// The centre.
    pub centre_id: CentreId,
    /// The day.
    pub on_date: NaiveDate,
    /// JSON.
    pub data: String,
    /// When it was made.
    pub made_at: Ts,
}

/// What a dossier is watched for.
///
/// # Errors
/// Storage failures only.
pub fn concerns(db: &mut Db, dossier: &DossierId) -> StoreResult<Vec<ConcernRow>> {
    Ok(on_each!(db, c => dossier_concerns::table
        .filter(dossier_concerns::dossier_id.eq(dossier))
        .order(dossier_concerns::from_at.asc())
        .select(ConcernRow::as_select())
        .load(c))?)
}

/// What several dossiers are watched for, each one's in order.
///
/// # Errors
/// Storage failures only.
pub fn concerns_of(db: &mut Db, dossiers: &[DossierId]) -> StoreResult<Vec<ConcernRow>> {
    Ok(on_each!(db, c => dossier_concerns::table
        .filter(dossier_concerns::dossier_id.eq_any(dossiers))
        .order((dossier_concerns::dossier_id.asc(), dossier_concerns::from_at.asc()))
        .select(ConcernRow::as_select())
        .load(c))?)
}

/// Puts these in place of what several dossiers were watched for.
///
/// # Errors
/// Storage failures only.
pub fn replace_concerns_of(
    db: &mut Db,
    dossiers: &[DossierId],
    rows: &Vec<ConcernRow>,
) -> StoreResult<()> {
    if dossiers.is_empty() {
        return Ok(());
    }
    on_each!(db, c => diesel::delete(
        dossier_concerns::table.filter(dossier_concerns::dossier_id.eq_any(dossiers)))
        .execute(c))?;
    if !rows.is_empty() {
        on_each!(db, c => diesel::insert_into(dossier_concerns::table)
            .values(rows)
            .execute(c))?;
    }
    Ok(())
}

/// Puts these in place of what a dossier was watched for; `had` says whether there was anything.
///
/// # Errors
/// Storage failures only.
pub fn replace_concerns(
    db: &mut Db,
    dossier: &DossierId,
    had: bool,
    rows: &Vec<ConcernRow>,
) -> StoreResult<()> {
    if had {
        on_each!(db, c => diesel::delete(
            dossier_concerns::table.filter(dossier_concerns::dossier_id.eq(dossier)))
            .execute(c))?;
    }
    if !rows.is_empty() {
        on_each!(db, c => diesel::insert_into(dossier_concerns::table)
            .values(rows)
            .execute(c))?;
    }
    Ok(())
}

/// What is to be said by now and was not, the longest overdue first.
///
/// # Errors
/// Storage failures only.
pub fn due_alarms(db: &mut Db, now: Ts, limit: i64) -> StoreResult<Vec<ConcernRow>> {
    Ok(dossier_concerns::table
        .filter(dossier_concerns::alarm_at.le(now))
        .order((
            dossier_concerns::alarm_at.asc(),
            dossier_concerns::dossier_id.asc(),
        ))
        .limit(limit)
        .select(ConcernRow::as_select())
        .load(db)?)
}

/// Since when the oldest thing not said yet should have been.
///
/// # Errors
/// Storage failures only.
pub fn oldest_due(db: &mut Db, now: Ts) -> StoreResult<Option<Ts>> {
    Ok(dossier_concerns::table
        .filter(dossier_concerns::alarm_at.le(now))
        .order(dossier_concerns::alarm_at.asc())
        .select(dossier_concerns::alarm_at)
        .first::<Option<Ts>>(db)
        .optional()?
        .flatten())
}

/// Marks an alarm as said; false when somebody has done so, or a step has ended it.
///
/// # Errors
/// Storage failures only.
pub fn mark_said(db: &mut Db, row: &ConcernRow) -> StoreResult<bool> {
    use dossier_concerns as c;
    let n = diesel::update(
        c::table
            .find((&row.dossier_id, &row.concern))
            .filter(c::alarm_at.is_not_null())
            .filter(c::from_at.eq(row.from_at)),
    )
    .set(c::alarm_at.eq(None::<Ts>))
    .execute(db)?;
    Ok(n == 1)
}

/// Keeps an alarm; false when it was said before.
///
/// # Errors
/// Storage failures only.
pub fn insert_alarm(db: &mut Db, row: &AlarmRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(alarms::table)
        .values(row)
        .on_conflict((alarms::dossier_id, alarms::concern, alarms::from_at))
        .do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// An alarm with what it is about.
#[derive(Debug, Clone, Queryable)]
#[allow(missing_docs, reason = "columns of two tables")]
pub struct AlarmLine {
    pub alarm: AlarmRow,
    pub code: Option<String>,
    pub submission_number: Option<String>,
    pub procedure_name: String,
    pub state: String,
    pub due_at: Option<Ts>,
}

/// Which alarms.
#[derive(Debug, Clone, Default)]
pub struct AlarmFilter {
    /// Of one kind.
    pub concern: Option<String>,
    /// Of one dossier.
    pub dossier: Option<DossierId>,
}

/// Alarms within a scope, newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn alarms_page(
    db: &mut Db,
    scope: &Scope,
    filter: &AlarmFilter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<AlarmLine>> {
    use alarms as a;
    let mut q = a::table
        .inner_join(dossiers::table)
        .select((
            AlarmRow::as_select(),
            dossiers::code,
            dossiers::submission_number,
            dossiers::procedure_name,
            dossiers::state,
            dossiers::due_at,
        ))
        .limit(limit)
        .into_boxed();
    q = match (scope.centres.as_slice(), scope.authorities.as_slice()) {
        ([centre], []) => q.filter(a::centre_id.eq(centre.clone())),
        ([], [authority]) => q.filter(a::authority_id.eq(authority.clone())),
        (centres, authorities) => q.filter(
            a::centre_id
                .eq_any(centres.to_vec())
                .or(a::authority_id.eq_any(authorities.to_vec())),
        ),
    };
    if let Some(word) = &filter.concern {
        q = q.filter(a::concern.eq(word.clone()));
    }
    if let Some(id) = &filter.dossier {
        q = q.filter(a::dossier_id.eq(id.clone()));
    }
    q = match edge {
        Some((id, true)) => q.filter(a::id.gt(id.to_owned())).order(a::id.asc()),
        Some((id, false)) => q.filter(a::id.lt(id.to_owned())).order(a::id.desc()),
        None => q.order(a::id.desc()),
    };
    let mut rows: Vec<AlarmLine> = q.load(db)?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// What is counted for the board: one dossier in one list.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossier_concerns)]
#[allow(missing_docs, reason = "plain columns")]
pub struct BoardRow {
    pub concern: String,
    pub authority_id: AuthorityId,
    pub procedure_code: String,
    pub desk: String,
    pub handler_id: Option<UserId>,
}

/// What holds now of the open dossiers of one centre, or of some of its authorities: at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn board(
    db: &mut Db,
    centre: &CentreId,
    authorities: &[AuthorityId],
    concerns: &[String],
    now: Ts,
    limit: i64,
) -> StoreResult<Vec<BoardRow>> {
    use dossier_concerns as c;
    let mut found = Vec::new();
    // List by list: each is then a range of its index, whatever history lies beside it.
    for word in concerns {
        let left = limit - i64::try_from(found.len()).unwrap_or(limit);
        if left <= 0 {
            break;
        }
        let mut q = c::table
            .filter(c::centre_id.eq(centre.clone()))
            .filter(c::closed.eq(false))
            .filter(c::concern.eq(word.clone()))
            .filter(c::from_at.le(now))
            .filter(c::until_at.is_null().or(c::until_at.gt(now)))
            .limit(left)
            .select(BoardRow::as_select())
            .into_boxed();
        if !authorities.is_empty() {
            q = q.filter(c::authority_id.eq_any(authorities.to_vec()));
        }
        found.extend(q.load::<BoardRow>(db)?);
    }
    Ok(found)
}

/// The centre's own rules of watching, if it has any.
///
/// # Errors
/// Storage failures only.
pub fn rules(db: &mut Db, centre: &CentreId) -> StoreResult<Option<WatchRulesRow>> {
    Ok(on_each!(db, c => watch_rules::table
        .find(centre)
        .select(WatchRulesRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Sets the rules of a centre; `before` is the version they had, 0 for none. False when another has set
/// them meanwhile.
///
/// # Errors
/// Storage failures only.
pub fn set_rules(db: &mut Db, row: &WatchRulesRow, before: i64) -> StoreResult<bool> {
    use watch_rules as r;
    let n = if before == 0 {
        on_each!(db, c => diesel::insert_into(r::table)
            .values(row)
            .on_conflict(r::centre_id)
            .do_nothing()
            .execute(c))?
    } else {
        diesel::update(r::table.find(&row.centre_id).filter(r::version.eq(before)))
            .set((
                r::data.eq(row.data.clone()),
                r::version.eq(row.version),
                r::set_by.eq(row.set_by.clone()),
                r::set_at.eq(row.set_at),
            ))
            .execute(db)?
    };
    reference::touch(db)?;
    Ok(n == 1)
}

/// Asks for every open dossier of a centre to be looked at again, from the first.
///
/// # Errors
/// Storage failures only.
pub fn ask_again(db: &mut Db, centre: &CentreId, now: Ts) -> StoreResult<()> {
    let row = WatchJobRow {
        centre_id: centre.clone(),
        checked: 0,
        after_id: None,
        started_at: now,
        finished_at: None,
    };
    on_each!(db, c => diesel::insert_into(watch_jobs::table)
        .values(&row)
        .on_conflict(watch_jobs::centre_id)
        .do_update()
        .set(&row)
        .execute(c))?;
    Ok(())
}

/// The next such work that is not done.
///
/// # Errors
/// Storage failures only.
pub fn open_job(db: &mut Db) -> StoreResult<Option<WatchJobRow>> {
    Ok(watch_jobs::table
        .filter(watch_jobs::finished_at.is_null())
        .order((watch_jobs::started_at.asc(), watch_jobs::centre_id.asc()))
        .select(WatchJobRow::as_select())
        .first(db)
        .optional()?)
}

/// Keeps how far it has got, unless it was asked for anew meanwhile.
///
/// # Errors
/// Storage failures only.
pub fn keep_job(db: &mut Db, row: &WatchJobRow) -> StoreResult<()> {
    use watch_jobs as j;
    diesel::update(
        j::table
            .find(&row.centre_id)
            .filter(j::started_at.eq(row.started_at)),
    )
    .set((
        j::checked.eq(row.checked),
        j::after_id.eq(row.after_id.clone()),
        j::finished_at.eq(row.finished_at),
    ))
    .execute(db)?;
    Ok(())
}

/// Ids of a centre's dossiers in these states after one, by id.
///
/// # Errors
/// Storage failures only.
pub fn open_after(
    db: &mut Db,
    centre: &CentreId,
    states: &[String],
    after: Option<&DossierId>,
    limit: i64,
) -> StoreResult<Vec<DossierId>> {
    let mut q = dossiers::table
        .filter(dossiers::centre_id.eq(centre.clone()))
        .filter(dossiers::state.eq_any(states.to_vec()))
        .order(dossiers::id.asc())
        .limit(limit)
        .select(dossiers::id)
        .into_boxed();
    if let Some(id) = after {
        q = q.filter(dossiers::id.gt(id.clone()));
    }
    Ok(q.load(db)?)
}

/// Takes a lease until `until`, or renews it: true for whoever holds it then. By the clock of the
/// machines, not of the law.
///
/// # Errors
/// Storage failures only.
pub fn take_lease(db: &mut Db, name: &str, holder: &str, now: Ts, until: Ts) -> StoreResult<bool> {
    use leases as l;
    let n = diesel::update(
        l::table
            .find(name)
            .filter(l::holder.eq(holder.to_owned()).or(l::until.lt(now))),
    )
    .set((l::holder.eq(holder.to_owned()), l::until.eq(until)))
    .execute(db)?;
    Ok(n == 1)
}

/// Gives a lease back, so that another need not wait for its end.
///
/// # Errors
/// Storage failures only.
pub fn give_lease_back(db: &mut Db, name: &str, holder: &str, now: Ts) -> StoreResult<()> {
    use leases as l;
    diesel::update(l::table.find(name).filter(l::holder.eq(holder.to_owned())))
        .set(l::until.eq(now))
        .execute(db)?;
    Ok(())
}

/// Keeps the digest of a day; false when there is one.
///
/// # Errors
/// Storage failures only.
pub fn insert_digest(db: &mut Db, row: &DigestRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(watch_digests::table)
        .values(row)
        .on_conflict((watch_digests::centre_id, watch_digests::on_date))
        .do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Whether a day has its digest.
///
/// # Errors
/// Storage failures only.
pub fn has_digest(db: &mut Db, centre: &CentreId, day: NaiveDate) -> StoreResult<bool> {
    let found: Option<NaiveDate> = watch_digests::table
        .find((centre, day))
        .select(watch_digests::on_date)
        .get_result(db)
        .optional()?;
    Ok(found.is_some())
}

/// Digests of a centre, the newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn digests(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(NaiveDate, bool)>,
    limit: i64,
) -> StoreResult<Vec<DigestRow>> {
    use watch_digests as w;
    let q = w::table
        .filter(w::centre_id.eq(centre.clone()))
        .limit(limit)
        .select(DigestRow::as_select())
        .into_boxed();
    falling!(db, q, w::on_date, edge)
}
