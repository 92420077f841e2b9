//! Declarations that the officer fills in, who stands in them, and their papers as they were signed.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::page::falling;
use crate::schema::{declaration_papers, declaration_people, declarations};
use crate::ts::Ts;

/// A declaration.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = declarations, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DeclarationRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub dossier_id: Option<DossierId>,
    pub form_code: String,
    pub form_number: String,
    pub state: String,
    /// JSON: what stands in each field, where it comes from, who typed it and when.
    pub entries: String,
    pub created_by: UserId,
    pub created_at: Ts,
    pub updated_at: Ts,
    pub signed_by: Option<UserId>,
    pub signed_at: Option<Ts>,
    pub signed_how: Option<String>,
    pub paper_sha256: Option<String>,
    /// When its values were taken out; the rest stays.
    pub disposed_at: Option<Ts>,
    pub version: i64,
}

/// Somebody who stands in a declaration.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = declaration_people)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PersonRow {
    pub declaration_id: RecordId,
    pub party: String,
    pub centre_id: CentreId,
    pub identity_number: String,
}

/// What a list of declarations is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Those of a dossier.
    pub dossier: Option<DossierId>,
    /// State.
    pub state: Option<String>,
}

/// Keeps a declaration with who stands in it.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &DeclarationRow, people: &[PersonRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(declarations::table).values(row).execute(c))?;
    insert_people(db, people)
}

fn insert_people(db: &mut Db, people: &[PersonRow]) -> StoreResult<()> {
    if !people.is_empty() {
        on_each!(db, c => diesel::insert_into(declaration_people::table).values(people).execute(c))?;
    }
    Ok(())
}

/// Saves a declaration that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(
    db: &mut Db,
    row: &DeclarationRow,
    people: &[PersonRow],
    version: i64,
) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::update(
            declarations::table
                .filter(declarations::id.eq(&row.id))
                .filter(declarations::version.eq(version)))
        .set(row)
        .execute(c))?;
    if n != 1 {
        return Ok(false);
    }
    drop_people(db, std::slice::from_ref(&row.id))?;
    insert_people(db, people)?;
    Ok(true)
}

fn drop_people(db: &mut Db, ids: &[RecordId]) -> StoreResult<()> {
    diesel::delete(
        declaration_people::table.filter(declaration_people::declaration_id.eq_any(ids.to_vec())),
    )
    .execute(db)?;
    Ok(())
}

/// One declaration, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<DeclarationRow>> {
    Ok(on_each!(db, c => declarations::table
        .find(id)
        .select(DeclarationRow::as_select())
        .get_result(c)
        .optional())?)
}

/// One declaration of these centres.
///
/// # Errors
/// Storage failures only.
pub fn find(
    db: &mut Db,
    centres: &[CentreId],
    id: &RecordId,
) -> StoreResult<Option<DeclarationRow>> {
    Ok(by_id(db, id)?.filter(|row| centres.contains(&row.centre_id)))
}

/// Declarations of a dossier, or else of these centres, newest first, next to an edge (an id, and whether what
/// stands before it is wanted), at most `limit`; found by `ix_declarations_dossier` and `ix_declarations_centre`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    centres: &[CentreId],
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<DeclarationRow>> {
    use declarations as d;
    let mut q = d::table
        .limit(limit)
        .select(DeclarationRow::as_select())
        .into_boxed();
    q = match &filter.dossier {
        Some(dossier) => q.filter(d::dossier_id.eq(dossier.clone())),
        None => q.filter(d::centre_id.eq_any(centres.to_vec())),
    };
    if let Some(state) = &filter.state {
        q = q.filter(d::state.eq(state.clone()));
    }
    falling!(db, q, d::id, edge.map(|(id, back)| (id.to_owned(), back)))
}

/// The signed declarations of these centres in which somebody of this number stands, with as which party, newest
/// first; found by `ix_declaration_people_number`.
///
/// # Errors
/// Storage failures only.
pub fn signed_by_number(
    db: &mut Db,
    centres: &[CentreId],
    number: &str,
    limit: i64,
) -> StoreResult<Vec<(DeclarationRow, String)>> {
    of_number(db, centres, number, true, limit)
}

/// All declarations of these centres in which somebody of this number stands, with as which party, newest first.
///
/// # Errors
/// Storage failures only.
pub fn by_number(
    db: &mut Db,
    centres: &[CentreId],
    number: &str,
    limit: i64,
) -> StoreResult<Vec<(DeclarationRow, String)>> {
    of_number(db, centres, number, false, limit)
}

fn of_number(
    db: &mut Db,
    centres: &[CentreId],
    number: &str,
    signed: bool,
    limit: i64,
) -> StoreResult<Vec<(DeclarationRow, String)>> {
    use {declaration_people as p, declarations as d};
    let mut q = p::table
        .inner_join(d::table)
        .filter(p::centre_id.eq_any(centres.to_vec()))
        .filter(p::identity_number.eq(number.to_owned()))
        .order((d::id.desc(), p::party.asc()))
        .limit(limit)
        .select((DeclarationRow::as_select(), p::party))
        .into_boxed();
    if signed {
        q = q.filter(d::state.eq("signed"));
    }
    Ok(q.load(db)?)
}

/// Drops a declaration that was not signed.
///
/// # Errors
/// Storage failures only.
pub fn delete(db: &mut Db, id: &RecordId) -> StoreResult<()> {
    drop_people(db, std::slice::from_ref(id))?;
    diesel::delete(
        declarations::table
            .find(id.clone())
            .filter(declarations::state.ne("signed")),
    )
    .execute(db)?;
    Ok(())
}

/// Declarations of no dossier that were not signed and that nobody has touched since, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn untouched(db: &mut Db, since: Ts, limit: i64) -> StoreResult<Vec<DeclarationRow>> {
    Ok(declarations::table
        .filter(declarations::state.ne("signed"))
        .filter(declarations::updated_at.lt(since))
        .filter(declarations::dossier_id.is_null())
        .limit(limit)
        .select(DeclarationRow::as_select())
        .load(db)?)
}

/// Keeps a paper as it was signed, in base64.
///
/// # Errors
/// Storage failures only.
pub fn keep_paper(db: &mut Db, id: &RecordId, content: &str) -> StoreResult<()> {
    diesel::insert_into(declaration_papers::table)
        .values((
            declaration_papers::declaration_id.eq(id.clone()),
            declaration_papers::content.eq(content.to_owned()),
        ))
        .execute(db)?;
    Ok(())
}

/// A paper as it was signed, in base64.
///
/// # Errors
/// Storage failures only.
pub fn paper(db: &mut Db, id: &RecordId) -> StoreResult<Option<String>> {
    Ok(declaration_papers::table
        .find(id.clone())
        .select(declaration_papers::content)
        .get_result(db)
        .optional()?)
}

/// Declarations by their ids.
///
/// # Errors
/// Storage failures only.
pub fn by_ids(db: &mut Db, ids: &[String]) -> StoreResult<Vec<DeclarationRow>> {
    Ok(declarations::table
        .filter(declarations::id.eq_any(ids.to_vec()))
        .select(DeclarationRow::as_select())
        .load(db)?)
}

/// How many of a centre's declarations were signed.
///
/// # Errors
/// Storage failures only.
pub fn signed(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(declarations::table
        .filter(declarations::centre_id.eq(centre.clone()))
        .filter(declarations::state.eq("signed"))
        .select(count_star())
        .get_result(db)?)
}

/// Takes what disposed dossiers' declarations say out of them, with their papers.
///
/// # Errors
/// Storage failures only.
pub fn dispose(db: &mut Db, dossiers: &[DossierId], at: Ts) -> StoreResult<()> {
    use declarations as d;
    let ids: Vec<RecordId> = d::table
        .filter(d::dossier_id.eq_any(dossiers.to_vec()))
        .filter(d::disposed_at.is_null())
        .select(d::id)
        .load(db)?;
    diesel::update(d::table.filter(d::id.eq_any(ids.clone())))
        .set((d::entries.eq("{}"), d::disposed_at.eq(Some(at))))
        .execute(db)?;
    drop_people(db, &ids)?;
    diesel::delete(
        declaration_papers::table.filter(declaration_papers::declaration_id.eq_any(ids)),
    )
    .execute(db)?;
    Ok(())
}
