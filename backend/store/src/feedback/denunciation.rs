//! Denunciations: every question here asks for the centres at which somebody was appointed, and leaves
//! out what is about who asks.

use chrono::NaiveDate;
use diesel::dsl::{count_star, not};
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    denunciation_appointments, denunciation_concerns, denunciation_steps, denunciations,
};
use crate::ts::Ts;

/// A denunciation.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = denunciations, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DenunciationRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub year: i32,
    /// In the book of denunciations of that year.
    pub number: i64,
    /// By which the denouncer asks; it tells no number.
    pub code: String,
    pub secret_hash: String,
    pub channel: String,
    /// Whom it is about, in the denouncer's words.
    pub about: String,
    pub text: String,
    pub filer_name: String,
    pub filer_address: String,
    pub filer_phone: String,
    pub received_at: Ts,
    pub received_by: Option<UserId>,
    pub state: String,
    pub due_on: Option<NaiveDate>,
    pub passed_on_to: Option<String>,
    /// What the denouncer is told.
    pub notice: Option<String>,
    pub version: i64,
}

/// What was done with one.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = denunciation_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DenunciationStepRow {
    pub item_id: RecordId,
    pub seq: i64,
    pub at: Ts,
    pub kind: String,
    pub actor_id: Option<UserId>,
    pub note: Option<String>,
}

/// Somebody appointed to handle denunciations.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = denunciation_appointments, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AppointmentRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub user_id: UserId,
    pub appointed_by: UserId,
    pub appointed_at: Ts,
    pub ended_by: Option<UserId>,
    pub ended_at: Option<Ts>,
}

/// The centres at which somebody is appointed.
///
/// # Errors
/// Storage failures only.
pub fn appointed_at(db: &mut Db, user: &UserId) -> StoreResult<Vec<CentreId>> {
    use denunciation_appointments as a;
    let found = on_each!(db, c => a::table
        .filter(a::user_id.eq(user))
        .filter(a::ended_at.is_null())
        .select(a::centre_id)
        .load(c))?;
    Ok(found)
}

/// Appoints somebody.
///
/// # Errors
/// [`crate::StoreError::Unique`] when the appointment stands already.
pub fn appoint(db: &mut Db, row: &AppointmentRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(denunciation_appointments::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Appointments at these centres, those that stand first, then the newest; at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn appointments(
    db: &mut Db,
    centres: &[CentreId],
    limit: i64,
) -> StoreResult<Vec<AppointmentRow>> {
    use denunciation_appointments as a;
    let mut rows: Vec<AppointmentRow> = on_each!(db, c => a::table
        .filter(a::centre_id.eq_any(centres.to_vec()))
        .order(a::id.desc())
        .limit(limit)
        .select(AppointmentRow::as_select())
        .load(c))?;
    rows.sort_by_key(|r| r.ended_at.is_some());
    Ok(rows)
}

/// Ends an appointment at these centres; what it was, or none when none stands by that id.
///
/// # Errors
/// Storage failures only.
pub fn end_appointment(
    db: &mut Db,
    centres: &[CentreId],
    id: &RecordId,
    by: &UserId,
    at: Ts,
) -> StoreResult<Option<AppointmentRow>> {
    use denunciation_appointments as a;
    let n = on_each!(db, c => diesel::update(a::table
            .filter(a::id.eq(id))
            .filter(a::centre_id.eq_any(centres.to_vec()))
            .filter(a::ended_at.is_null()))
        .set((a::ended_by.eq(Some(by.clone())), a::ended_at.eq(Some(at))))
        .execute(c))?;
    if n == 0 {
        return Ok(None);
    }
    let row = on_each!(db, c => a::table
        .find(id)
        .select(AppointmentRow::as_select())
        .get_result(c)
        .optional())?;
    Ok(row)
}

/// Keeps a denunciation, and whom of the centre's own people it is about.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &DenunciationRow, concerned: &[UserId]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(denunciations::table).values(row).execute(c))?;
    for user in concerned {
        on_each!(db, c => diesel::insert_into(denunciation_concerns::table)
            .values((
                denunciation_concerns::item_id.eq(&row.id),
                denunciation_concerns::user_id.eq(user),
            ))
            .execute(c))?;
    }
    Ok(())
}

/// One denunciation of these centres that is not about who asks.
///
/// # Errors
/// Storage failures only.
pub fn find(
    db: &mut Db,
    centres: &[CentreId],
    except: &UserId,
    id: &RecordId,
) -> StoreResult<Option<DenunciationRow>> {
    let row: Option<DenunciationRow> = on_each!(db, c => {
        let own = denunciation_concerns::table
            .filter(denunciation_concerns::user_id.eq(except))
            .select(denunciation_concerns::item_id);
        denunciations::table
            .filter(denunciations::id.eq(id))
            .filter(denunciations::centre_id.eq_any(centres.to_vec()))
            .filter(not(denunciations::id.eq_any(own)))
            .select(DenunciationRow::as_select())
            .get_result(c)
            .optional()
    })?;
    Ok(row)
}

/// Denunciations of these centres that are not about who asks, newest first, next to an edge, at most
/// `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centres: &[CentreId],
    except: &UserId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DenunciationRow>> {
    use denunciations as d;
    let mut rows: Vec<DenunciationRow> = on_each!(db, c => {
        let own = denunciation_concerns::table
            .filter(denunciation_concerns::user_id.eq(except.clone()))
            .select(denunciation_concerns::item_id);
        let q = d::table
            .filter(d::centre_id.eq_any(centres.to_vec()))
            .filter(not(d::id.eq_any(own)))
            .select(DenunciationRow::as_select())
            .limit(limit)
            .into_boxed();
        let q = match edge {
            Some((id, true)) => q.filter(d::id.gt(id.to_owned())).order(d::id.asc()),
            Some((id, false)) => q.filter(d::id.lt(id.to_owned())).order(d::id.desc()),
            None => q.order(d::id.desc()),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// The denunciation of a code, for the denouncer who knows its secret.
///
/// # Errors
/// Storage failures only.
pub fn by_code(db: &mut Db, code: &str) -> StoreResult<Option<DenunciationRow>> {
    let row = on_each!(db, c => denunciations::table
        .filter(denunciations::code.eq(code))
        .select(DenunciationRow::as_select())
        .get_result(c)
        .optional())?;
    Ok(row)
}

/// Saves one that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(db: &mut Db, row: &DenunciationRow, version: i64) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::update(
            denunciations::table
                .filter(denunciations::id.eq(&row.id))
                .filter(denunciations::version.eq(version)))
        .set(row)
        .execute(c))?;
    Ok(n == 1)
}

/// Keeps a step.
///
/// # Errors
/// Storage failures only.
pub fn insert_step(db: &mut Db, row: &DenunciationStepRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(denunciation_steps::table).values(row).execute(c))?;
    Ok(())
}

/// Steps of one, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, id: &RecordId, limit: i64) -> StoreResult<Vec<DenunciationStepRow>> {
    let rows = on_each!(db, c => denunciation_steps::table
        .filter(denunciation_steps::item_id.eq(id))
        .order(denunciation_steps::seq.asc())
        .limit(limit)
        .select(DenunciationStepRow::as_select())
        .load(c))?;
    Ok(rows)
}

/// How many stand in a centre's book of a year, for holding the counter against it.
///
/// # Errors
/// Storage failures only.
pub fn in_book(db: &mut Db, centre: &str, year: i32) -> StoreResult<i64> {
    let n = on_each!(db, c => denunciations::table
        .filter(denunciations::centre_id.eq(centre))
        .filter(denunciations::year.eq(year))
        .select(count_star())
        .first(c))?;
    Ok(n)
}
