//! Versions of procedures. A version is written once and never rewritten.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::ProcedureVersionId;
use crate::on_each;
use crate::schema::procedure_versions;
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
            // Of several that hold on the day, the newest does: the older was amended.
            .filter(diesel::dsl::not(diesel::dsl::exists(
                newer
                    .filter(newer.field(p::procedure_code).eq(p::procedure_code))
                    .filter(newer.field(p::version).gt(p::version))
                    .filter(newer.field(p::in_force_from).le(day))
                    .filter(
                        newer
                            .field(p::in_force_to)
                            .is_null()
                            .or(newer.field(p::in_force_to).ge(day)),
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

/// All versions of one procedure, newest first (a handful): which they are and when they hold, not
/// what they say.
///
/// # Errors
/// Storage failures only.
pub fn versions_of(db: &mut Db, code: &str) -> StoreResult<Vec<Validity>> {
    use procedure_versions as p;
    Ok(on_each!(db, c => p::table
        .filter(p::procedure_code.eq(code))
        .order(p::version.desc())
        .select((p::id, p::in_force_from, p::in_force_to))
        .load(c))?)
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
