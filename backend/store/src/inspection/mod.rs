//! Inspections, their teams and what they may look at; samples, findings, commendation and discipline.

pub mod conduct;
pub mod finding;
pub mod sample;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::{DossierListRow, DossierRow};
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{dossiers, inspection_authorities, inspection_members, inspections};
use crate::ts::Ts;

/// An inspection.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = inspections, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct InspectionRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub kind: String,
    pub subject: String,
    pub decision_number: String,
    pub decision_on: NaiveDate,
    pub decided_by: String,
    /// All authorities that the centre received for on the day it was opened.
    pub whole_centre: bool,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    /// First day on which the team may look.
    pub access_from: NaiveDate,
    /// Last day.
    pub access_to: NaiveDate,
    pub state: String,
    pub opened_by: UserId,
    pub opened_at: Ts,
    /// Ended before its last day.
    pub ended_by: Option<UserId>,
    pub ended_at: Option<Ts>,
    pub end_reason: Option<String>,
    pub concluded_by: Option<UserId>,
    pub concluded_at: Option<Ts>,
    pub conclusion_number: Option<String>,
    pub conclusion_on: Option<NaiveDate>,
    pub conclusion: Option<String>,
    pub version: i64,
}

/// Somebody of a team.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_members)]
#[allow(missing_docs, reason = "plain columns")]
pub struct MemberRow {
    pub inspection_id: RecordId,
    pub user_id: UserId,
    pub head: bool,
}

#[derive(Insertable)]
#[diesel(table_name = inspection_authorities)]
struct AuthorityRow<'a> {
    inspection_id: &'a RecordId,
    authority_id: &'a AuthorityId,
}

/// Keeps an inspection with its scope and its team.
///
/// # Errors
/// Storage failures only.
pub fn insert(
    db: &mut Db,
    row: &InspectionRow,
    authorities: &[AuthorityId],
    members: &[MemberRow],
) -> StoreResult<()> {
    let scope: Vec<AuthorityRow<'_>> = authorities
        .iter()
        .map(|authority_id| AuthorityRow {
            inspection_id: &row.id,
            authority_id,
        })
        .collect();
    on_each!(db, c => diesel::insert_into(inspections::table).values(row).execute(c))?;
    on_each!(db, c => diesel::insert_into(inspection_authorities::table).values(&scope).execute(c))?;
    on_each!(db, c => diesel::insert_into(inspection_members::table).values(members).execute(c))?;
    Ok(())
}

/// Saves an inspection that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(db: &mut Db, row: &InspectionRow, version: i64) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::update(
            inspections::table
                .filter(inspections::id.eq(&row.id))
                .filter(inspections::version.eq(version)))
        .set(row)
        .execute(c))?;
    Ok(n == 1)
}

/// One inspection of these centres, or of whose team this person is.
///
/// # Errors
/// Storage failures only.
pub fn find(
    db: &mut Db,
    centres: &[CentreId],
    member: &UserId,
    id: &RecordId,
) -> StoreResult<Option<InspectionRow>> {
    let Some(row) = by_id(db, id)? else {
        return Ok(None);
    };
    let seen = centres.contains(&row.centre_id) || self::member(db, id, member)?.is_some();
    Ok(seen.then_some(row))
}

/// One inspection, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<InspectionRow>> {
    Ok(on_each!(db, c => inspections::table
        .find(id)
        .select(InspectionRow::as_select())
        .get_result(c)
        .optional())?)
}

/// These inspections, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_ids(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<InspectionRow>> {
    Ok(on_each!(db, c => inspections::table
        .filter(inspections::id.eq_any(ids.to_vec()))
        .select(InspectionRow::as_select())
        .load(c))?)
}

/// What a list of inspections is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Kind.
    pub kind: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Only those of whose team the reader is.
    pub mine: bool,
}

/// Inspections of these centres, and those of whose team this person is, newest first, next to an edge
/// (an id, and whether what stands before it is wanted), at most `limit`; found by
/// `ix_inspections_centre` and `ix_inspection_members_user`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centres: &[CentreId],
    member: &UserId,
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<InspectionRow>> {
    use inspections as i;
    let mut rows: Vec<InspectionRow> = on_each!(db, c => {
        let mut q = i::table.select(InspectionRow::as_select()).limit(limit).into_boxed();
        let mine = inspection_members::table
            .filter(inspection_members::user_id.eq(member.clone()))
            .select(inspection_members::inspection_id);
        q = if filter.mine || centres.is_empty() {
            q.filter(i::id.eq_any(mine))
        } else {
            q.filter(i::centre_id.eq_any(centres.to_vec()).or(i::id.eq_any(mine)))
        };
        if let Some(kind) = &filter.kind {
            q = q.filter(i::kind.eq(kind.clone()));
        }
        if let Some(state) = &filter.state {
            q = q.filter(i::state.eq(state.clone()));
        }
        q = match edge {
            Some((id, true)) => q.filter(i::id.gt(id.to_owned())).order(i::id.asc()),
            Some((id, false)) => q.filter(i::id.lt(id.to_owned())).order(i::id.desc()),
            None => q.order(i::id.desc()),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// The authorities that inspections look at, by inspection.
///
/// # Errors
/// Storage failures only.
pub fn authorities(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<(RecordId, AuthorityId)>> {
    use inspection_authorities as a;
    Ok(on_each!(db, c => a::table
        .filter(a::inspection_id.eq_any(ids.to_vec()))
        .order((a::inspection_id.asc(), a::authority_id.asc()))
        .select((a::inspection_id, a::authority_id))
        .load(c))?)
}

/// The teams of inspections, heads first.
///
/// # Errors
/// Storage failures only.
pub fn members(db: &mut Db, ids: &[RecordId]) -> StoreResult<Vec<MemberRow>> {
    use inspection_members as m;
    Ok(on_each!(db, c => m::table
        .filter(m::inspection_id.eq_any(ids.to_vec()))
        .order((m::inspection_id.asc(), m::head.desc(), m::user_id.asc()))
        .select(MemberRow::as_select())
        .load(c))?)
}

/// Somebody's place in a team.
///
/// # Errors
/// Storage failures only.
pub fn member(db: &mut Db, id: &RecordId, user: &UserId) -> StoreResult<Option<MemberRow>> {
    use inspection_members as m;
    Ok(on_each!(db, c => m::table
        .filter(m::inspection_id.eq(id))
        .filter(m::user_id.eq(user))
        .select(MemberRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Whether somebody is of a team that may look on a day, wherever.
///
/// # Errors
/// Storage failures only.
pub fn looks_anywhere(db: &mut Db, user: &UserId, today: NaiveDate) -> StoreResult<bool> {
    use {inspection_members as m, inspections as i};
    let found: Vec<RecordId> = on_each!(db, c => i::table
        .filter(i::id.eq_any(m::table.filter(m::user_id.eq(user)).select(m::inspection_id)))
        .filter(i::state.eq("open"))
        .filter(i::access_from.le(today))
        .filter(i::access_to.ge(today))
        .select(i::id)
        .limit(1)
        .load(c))?;
    Ok(!found.is_empty())
}

/// The inspection by which somebody may look at a dossier on a day: of whose team the person is, whose
/// days run, whose scope the dossier lies in, and in whose period it was in hand (between its receiving
/// and its end, both as days in Vietnam).
///
/// # Errors
/// Storage failures only.
pub fn looking_at(
    db: &mut Db,
    user: &UserId,
    dossier: &DossierRow,
    in_hand: (NaiveDate, Option<NaiveDate>),
    today: NaiveDate,
) -> StoreResult<Option<InspectionRow>> {
    use {inspection_authorities as a, inspection_members as m, inspections as i};
    let (received, done) = in_hand;
    let mut found: Vec<InspectionRow> = on_each!(db, c => {
        let mut q = i::table
            .filter(i::id.eq_any(
                m::table.filter(m::user_id.eq(user.clone())).select(m::inspection_id),
            ))
            .filter(i::id.eq_any(
                a::table
                    .filter(a::authority_id.eq(dossier.authority_id.clone()))
                    .select(a::inspection_id),
            ))
            .filter(i::centre_id.eq(dossier.centre_id.clone()))
            .filter(i::state.eq("open"))
            .filter(i::access_from.le(today))
            .filter(i::access_to.ge(today))
            .filter(i::period_to.ge(received))
            .select(InspectionRow::as_select())
            .order(i::id.asc())
            .limit(1)
            .into_boxed();
        if let Some(done) = done {
            q = q.filter(i::period_from.le(done));
        }
        q.load(c)
    })?;
    Ok(found.pop())
}

/// What an inspection looks at, as the database asks for it.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The centre.
    pub centre: CentreId,
    /// Its authorities.
    pub authorities: Vec<AuthorityId>,
    /// The first instant of its period.
    pub from: Ts,
    /// The first instant after it.
    pub before: Ts,
}

/// The dossiers that were in hand in the period of an inspection, newest first, next to an edge (when
/// received and which, and whether what stands before it is wanted), at most `limit`; found by
/// `ix_dossiers_centre_received` or, of one authority, `ix_dossiers_authority_received`.
///
/// # Errors
/// Storage failures only.
pub fn dossiers_page(
    db: &mut Db,
    ground: &Ground,
    edge: Option<(Ts, &str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DossierListRow>> {
    use dossiers as d;
    let mut rows: Vec<DossierListRow> = on_each!(db, c => {
        let mut q = d::table
            .filter(d::centre_id.eq(ground.centre.clone()))
            .filter(d::received_at.lt(ground.before))
            .filter(d::completed_at.is_null().or(d::completed_at.ge(ground.from)))
            .select(DossierListRow::as_select())
            .limit(limit)
            .into_boxed();
        q = match ground.authorities.as_slice() {
            [one] => q.filter(d::authority_id.eq(one.clone())),
            several => q.filter(d::authority_id.eq_any(several.to_vec())),
        };
        q = match edge {
            Some((at, id, true)) => q
                .filter(d::received_at.gt(at).or(d::received_at.eq(at).and(d::id.gt(id.to_owned()))))
                .order((d::received_at.asc(), d::id.asc())),
            Some((at, id, false)) => q
                .filter(d::received_at.lt(at).or(d::received_at.eq(at).and(d::id.lt(id.to_owned()))))
                .order((d::received_at.desc(), d::id.desc())),
            None => q.order((d::received_at.desc(), d::id.desc())),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, _, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}
