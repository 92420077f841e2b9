//! Versions of procedures, and drafts of them. A version is written once and never rewritten.
//!
//! What holds on a day is the version that began last before it, and of those that began on the same
//! day the newest; when that one has ended, none holds. So a later version ends an earlier one by
//! itself, and one that is prepared for next year does not touch today's.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{ProcedureDraftId, ProcedureVersionId, UserId};
use crate::on_each;
use crate::schema::{procedure_drafts, procedure_versions};
use crate::ts::Ts;

/// A version of a procedure; `data` holds the whole of it as JSON.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = procedure_versions, treat_none_as_default_value = false)]
pub struct VersionRow {
    /// Id.
    pub id: ProcedureVersionId,
    /// National code, such as `1.001193`.
    pub procedure_code: String,
    /// Version number from 1.
    pub version: i32,
    /// Name.
    pub name: String,
    /// Folded code, name and field, for search without accents.
    pub search_text: String,
    /// Field letter A–G.
    pub field_code: String,
    /// Field name.
    pub field: String,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// Last day in force, or none.
    pub in_force_to: Option<NaiveDate>,
    /// `full`, `partial` or `none`.
    pub online_level: String,
    /// Result on the spot.
    pub on_the_spot: bool,
    /// JSON.
    pub data: String,
    /// When it was entered.
    pub created_at: Ts,
}

/// What a list of procedures is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Folded words, all of which must occur.
    pub words: Vec<String>,
    /// Field letter.
    pub field_code: Option<String>,
    /// Day on which the version must be in force.
    pub on: Option<NaiveDate>,
}

/// Adds a version.
///
/// # Errors
/// Storage failures, among them a number already taken.
pub fn insert(db: &mut Db, row: &VersionRow) -> StoreResult<()> {
    diesel::insert_into(procedure_versions::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Versions by code and number next to an edge, at most `limit`. The catalogue has a few hundred
/// rows, so the folded text is searched by containment.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    filter: &Filter,
    edge: Option<(String, i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<VersionRow>> {
    use procedure_versions as p;
    let newer = diesel::alias!(procedure_versions as newer);
    let mut q = p::table
        .limit(limit)
        .select(VersionRow::as_select())
        .into_boxed();
    for word in &filter.words {
        q = q.filter(
            p::search_text
                .like(format!("%{}%", escape_like(word)))
                .escape('\\'),
        );
    }
    if let Some(f) = &filter.field_code {
        q = q.filter(p::field_code.eq(f.clone()));
    }
    if let Some(day) = filter.on {
        q = q
            .filter(p::in_force_from.le(day))
            .filter(p::in_force_to.is_null().or(p::in_force_to.ge(day)))
            .filter(diesel::dsl::not(diesel::dsl::exists(
                newer
                    .filter(newer.field(p::procedure_code).eq(p::procedure_code))
                    .filter(newer.field(p::in_force_from).le(day))
                    .filter(
                        newer.field(p::in_force_from).gt(p::in_force_from).or(newer
                            .field(p::in_force_from)
                            .eq(p::in_force_from)
                            .and(newer.field(p::version).gt(p::version))),
                    ),
            )));
    }
    let backwards = edge.as_ref().is_some_and(|e| e.2);
    q = match edge {
        Some((code, version, true)) => q
            .filter(
                p::procedure_code
                    .lt(code.clone())
                    .or(p::procedure_code.eq(code).and(p::version.lt(version))),
            )
            .order((p::procedure_code.desc(), p::version.desc())),
        Some((code, version, false)) => q
            .filter(
                p::procedure_code
                    .gt(code.clone())
                    .or(p::procedure_code.eq(code).and(p::version.gt(version))),
            )
            .order((p::procedure_code.asc(), p::version.asc())),
        None => q.order((p::procedure_code.asc(), p::version.asc())),
    };
    let mut rows: Vec<VersionRow> = q.load(db)?;
    if backwards {
        rows.reverse();
    }
    Ok(rows)
}

/// Makes `%`, `_` and `\` in typed text stand for themselves.
pub fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

/// A version's id with its first and last day in force.
pub type Validity = (ProcedureVersionId, NaiveDate, Option<NaiveDate>);

/// All versions of one procedure (a handful), those that begin last first and of one day the newest
/// first: which they are and when they hold, not what they say.
///
/// # Errors
/// Storage failures only.
pub fn versions_of(db: &mut Db, code: &str) -> StoreResult<Vec<Validity>> {
    use procedure_versions as p;
    Ok(on_each!(db, c => p::table
        .filter(p::procedure_code.eq(code))
        .order((p::in_force_from.desc(), p::version.desc()))
        .select((p::id, p::in_force_from, p::in_force_to))
        .load(c))?)
}

/// The newest version of a procedure, by number.
///
/// # Errors
/// Storage failures only.
pub fn newest(db: &mut Db, code: &str) -> StoreResult<Option<VersionRow>> {
    use procedure_versions as p;
    Ok(p::table
        .filter(p::procedure_code.eq(code))
        .order(p::version.desc())
        .select(VersionRow::as_select())
        .first(db)
        .optional()?)
}

/// One version of a procedure by its number.
///
/// # Errors
/// Storage failures only.
pub fn by_number(db: &mut Db, code: &str, version: i32) -> StoreResult<Option<VersionRow>> {
    use procedure_versions as p;
    Ok(p::table
        .filter(p::procedure_code.eq(code))
        .filter(p::version.eq(version))
        .select(VersionRow::as_select())
        .first(db)
        .optional()?)
}

/// A procedure's versions, newest first, before or after a version's number.
///
/// # Errors
/// Storage failures only.
pub fn versions_page(
    db: &mut Db,
    code: &str,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<VersionRow>> {
    use procedure_versions as p;
    let mut q = p::table
        .filter(p::procedure_code.eq(code.to_owned()))
        .select(VersionRow::as_select())
        .limit(limit)
        .into_boxed();
    q = match edge {
        Some((version, true)) => q.filter(p::version.gt(version)).order(p::version.asc()),
        Some((version, false)) => q.filter(p::version.lt(version)).order(p::version.desc()),
        None => q.order(p::version.desc()),
    };
    let mut rows: Vec<VersionRow> = q.load(db)?;
    if edge.is_some_and(|e| e.1) {
        rows.reverse();
    }
    Ok(rows)
}

/// The versions that hold on a day or begin after it, by code and first day; of several with the same
/// first day the newest. The whole catalogue, some hundred rows: for a file of it.
///
/// # Errors
/// Storage failures only.
pub fn still_to_hold(db: &mut Db, on: NaiveDate) -> StoreResult<Vec<VersionRow>> {
    use procedure_versions as p;
    let newer = diesel::alias!(procedure_versions as newer);
    let rows: Vec<VersionRow> = p::table
        .filter(p::in_force_to.is_null().or(p::in_force_to.ge(on)))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            newer
                .filter(newer.field(p::procedure_code).eq(p::procedure_code))
                .filter(
                    newer
                        .field(p::in_force_from)
                        .eq(p::in_force_from)
                        .and(newer.field(p::version).gt(p::version))
                        .or(newer
                            .field(p::in_force_from)
                            .gt(p::in_force_from)
                            .and(newer.field(p::in_force_from).le(on))),
                ),
        )))
        .order((p::procedure_code.asc(), p::in_force_from.asc()))
        .select(VersionRow::as_select())
        .load(db)?;
    Ok(rows)
}

/// The procedures that hold on a day, with how far each is offered online: some hundred rows.
///
/// # Errors
/// Storage failures only.
pub fn online_levels(db: &mut Db, on: NaiveDate) -> StoreResult<Vec<(String, String)>> {
    use procedure_versions as p;
    let newer = diesel::alias!(procedure_versions as newer);
    Ok(p::table
        .filter(p::in_force_from.le(on))
        .filter(p::in_force_to.is_null().or(p::in_force_to.ge(on)))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            newer
                .filter(newer.field(p::procedure_code).eq(p::procedure_code))
                .filter(newer.field(p::in_force_from).le(on))
                .filter(
                    newer.field(p::in_force_from).gt(p::in_force_from).or(newer
                        .field(p::in_force_from)
                        .eq(p::in_force_from)
                        .and(newer.field(p::version).gt(p::version))),
                ),
        )))
        .order(p::procedure_code.asc())
        .select((p::procedure_code, p::online_level))
        .load(db)?)
}

/// A draft of a procedure's next version.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = procedure_drafts)]
pub struct DraftRow {
    /// Id.
    pub id: ProcedureDraftId,
    /// National code; one draft each.
    pub procedure_code: String,
    /// The number of the version it was drawn from; 0 for a procedure that is new here.
    pub base_version: i32,
    /// JSON.
    pub data: String,
    /// Row version.
    pub version: i64,
    /// Who began it.
    pub created_by: UserId,
    /// When.
    pub created_at: Ts,
    /// Who wrote on it last.
    pub updated_by: UserId,
    /// When.
    pub updated_at: Ts,
}

/// Keeps a new draft.
///
/// # Errors
/// Storage failures, among them a procedure that has one already.
pub fn insert_draft(db: &mut Db, row: &DraftRow) -> StoreResult<()> {
    diesel::insert_into(procedure_drafts::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// Writes a draft anew; false when its version is no longer `version`.
///
/// # Errors
/// Storage failures, among them a procedure that has another draft.
pub fn update_draft(db: &mut Db, row: &DraftRow, version: i64) -> StoreResult<bool> {
    use procedure_drafts as d;
    let changed = diesel::update(
        d::table
            .filter(d::id.eq(&row.id))
            .filter(d::version.eq(version)),
    )
    .set(row)
    .execute(db)?;
    Ok(changed == 1)
}

/// Throws a draft away; false when its version is no longer `version`.
///
/// # Errors
/// Storage failures only.
pub fn delete_draft(db: &mut Db, id: &ProcedureDraftId, version: i64) -> StoreResult<bool> {
    use procedure_drafts as d;
    let gone =
        diesel::delete(d::table.filter(d::id.eq(id)).filter(d::version.eq(version))).execute(db)?;
    Ok(gone == 1)
}

/// One draft.
///
/// # Errors
/// Storage failures only.
pub fn draft(db: &mut Db, id: &ProcedureDraftId) -> StoreResult<Option<DraftRow>> {
    Ok(procedure_drafts::table
        .find(id)
        .select(DraftRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The draft of a procedure, if somebody prepares one.
///
/// # Errors
/// Storage failures only.
pub fn draft_of(db: &mut Db, code: &str) -> StoreResult<Option<DraftRow>> {
    use procedure_drafts as d;
    Ok(d::table
        .filter(d::procedure_code.eq(code))
        .select(DraftRow::as_select())
        .first(db)
        .optional()?)
}

/// Drafts by their procedure's code next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn drafts_page(
    db: &mut Db,
    edge: Option<(String, bool)>,
    limit: i64,
) -> StoreResult<Vec<DraftRow>> {
    use procedure_drafts as d;
    let mut q = d::table
        .select(DraftRow::as_select())
        .limit(limit)
        .into_boxed();
    let backwards = edge.as_ref().is_some_and(|e| e.1);
    q = match edge {
        Some((code, true)) => q
            .filter(d::procedure_code.lt(code))
            .order(d::procedure_code.desc()),
        Some((code, false)) => q
            .filter(d::procedure_code.gt(code))
            .order(d::procedure_code.asc()),
        None => q.order(d::procedure_code.asc()),
    };
    let mut rows: Vec<DraftRow> = q.load(db)?;
    if backwards {
        rows.reverse();
    }
    Ok(rows)
}

/// One version by its id.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &ProcedureVersionId) -> StoreResult<Option<VersionRow>> {
    Ok(procedure_versions::table
        .find(id)
        .select(VersionRow::as_select())
        .get_result(db)
        .optional()?)
}

/// True when no procedure is known.
///
/// # Errors
/// Storage failures only.
pub fn is_empty(db: &mut Db) -> StoreResult<bool> {
    Ok(procedure_versions::table
        .select(procedure_versions::id)
        .first::<ProcedureVersionId>(db)
        .optional()?
        .is_none())
}

/// The field of each procedure, as its newest version has it.
///
/// # Errors
/// Storage failures only.
pub fn field_codes(db: &mut Db) -> StoreResult<Vec<(String, String)>> {
    Ok(procedure_versions::table
        .order((
            procedure_versions::procedure_code.asc(),
            procedure_versions::version.asc(),
        ))
        .select((
            procedure_versions::procedure_code,
            procedure_versions::field_code,
        ))
        .load(db)?)
}

/// What procedures are called in their newest version; at most as many as are asked for.
///
/// # Errors
/// Storage failures only.
pub fn names_of(
    db: &mut Db,
    codes: &[String],
) -> StoreResult<std::collections::HashMap<String, String>> {
    let mut found: Vec<(String, i32, String)> = procedure_versions::table
        .filter(procedure_versions::procedure_code.eq_any(codes.to_vec()))
        .select((
            procedure_versions::procedure_code,
            procedure_versions::version,
            procedure_versions::name,
        ))
        .load(db)?;
    found.sort_unstable();
    Ok(found
        .into_iter()
        .map(|(code, _, name)| (code, name))
        .collect())
}
