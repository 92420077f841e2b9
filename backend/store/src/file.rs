//! Files: what is kept by its content, and which paper of which dossier it is.

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{dossier_components, dossier_file_withdrawals, dossier_files, stored_files};
use crate::ts::Ts;

/// Bytes that are kept, by their SHA-256.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = stored_files, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct StoredRow {
    pub sha256: String,
    pub size_bytes: i64,
    pub media_type: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub created_at: Ts,
}

/// A file as a paper of a dossier.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_files, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FileRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub dossier_id: DossierId,
    pub component_id: String,
    pub sha256: String,
    /// How often the same bytes were withdrawn from the same paper before.
    pub round: i32,
    pub name: String,
    pub digitisation: i32,
    pub scan: String,
    pub added_by: UserId,
    pub added_at: Ts,
    pub disposed_at: Option<Ts>,
}

/// That a file no longer counts.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_file_withdrawals, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct WithdrawalRow {
    pub file_id: RecordId,
    pub reason: String,
    pub withdrawn_by: UserId,
    pub withdrawn_at: Ts,
}

/// A file with what is kept of its bytes, and its withdrawal if there was one.
pub type Whole = (FileRow, StoredRow, Option<WithdrawalRow>);

/// Makes the row of some bytes if there is none, and keeps everybody else off these bytes until the transaction
/// ends: who adds them, and who would remove them because nobody needs them.
///
/// # Errors
/// Storage failures only.
pub fn claim(db: &mut Db, row: &StoredRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(stored_files::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer.
    diesel::update(stored_files::table.find(row.sha256.clone()))
        .set(stored_files::sha256.eq(row.sha256.clone()))
        .execute(db)?;
    Ok(())
}

/// Whether the dossier has a paper by this id.
///
/// # Errors
/// Storage failures only.
pub fn has_component(db: &mut Db, dossier: &DossierId, component: &str) -> StoreResult<bool> {
    Ok(diesel::select(exists(
        dossier_components::table
            .filter(dossier_components::dossier_id.eq(dossier.clone()))
            .filter(dossier_components::component_id.eq(component.to_owned())),
    ))
    .get_result(db)?)
}

/// How many files were ever added to a dossier.
///
/// # Errors
/// Storage failures only.
pub fn count(db: &mut Db, dossier: &DossierId) -> StoreResult<i64> {
    Ok(dossier_files::table
        .filter(dossier_files::dossier_id.eq(dossier.clone()))
        .select(count_star())
        .get_result(db)?)
}

/// The files of a dossier in the order in which they came, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn of_dossier(db: &mut Db, dossier: &DossierId, limit: i64) -> StoreResult<Vec<Whole>> {
    Ok(dossier_files::table
        .inner_join(stored_files::table)
        .left_join(dossier_file_withdrawals::table)
        .filter(dossier_files::dossier_id.eq(dossier.clone()))
        .order(dossier_files::id.asc())
        .limit(limit)
        .select((
            FileRow::as_select(),
            StoredRow::as_select(),
            Option::<WithdrawalRow>::as_select(),
        ))
        .load(db)?)
}

/// The rounds in which these bytes were added to a paper, newest last.
///
/// # Errors
/// Storage failures only.
pub fn rounds(
    db: &mut Db,
    dossier: &DossierId,
    component: &str,
    sha256: &str,
) -> StoreResult<Vec<Whole>> {
    Ok(dossier_files::table
        .inner_join(stored_files::table)
        .left_join(dossier_file_withdrawals::table)
        .filter(dossier_files::dossier_id.eq(dossier.clone()))
        .filter(dossier_files::component_id.eq(component.to_owned()))
        .filter(dossier_files::sha256.eq(sha256.to_owned()))
        .order(dossier_files::round.asc())
        .select((
            FileRow::as_select(),
            StoredRow::as_select(),
            Option::<WithdrawalRow>::as_select(),
        ))
        .load(db)?)
}

/// A file of a dossier.
///
/// # Errors
/// Storage failures only.
pub fn find(db: &mut Db, dossier: &DossierId, id: &RecordId) -> StoreResult<Option<Whole>> {
    Ok(dossier_files::table
        .inner_join(stored_files::table)
        .left_join(dossier_file_withdrawals::table)
        .filter(dossier_files::id.eq(id.clone()))
        .filter(dossier_files::dossier_id.eq(dossier.clone()))
        .select((
            FileRow::as_select(),
            StoredRow::as_select(),
            Option::<WithdrawalRow>::as_select(),
        ))
        .get_result(db)
        .optional()?)
}

/// Adds a file to a dossier.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &FileRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_files::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Keeps that a file was withdrawn.
///
/// # Errors
/// Storage failures only.
pub fn insert_withdrawal(db: &mut Db, row: &WithdrawalRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_file_withdrawals::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Whether any dossier that was not disposed of needs these bytes.
///
/// # Errors
/// Storage failures only.
pub fn needed(db: &mut Db, sha256: &str) -> StoreResult<bool> {
    Ok(diesel::select(exists(
        dossier_files::table
            .filter(dossier_files::sha256.eq(sha256.to_owned()))
            .filter(dossier_files::disposed_at.is_null()),
    ))
    .get_result(db)?)
}

/// Forgets bytes that no dossier ever had; what a disposed dossier had stays known by its digest.
///
/// # Errors
/// Storage failures only.
pub fn forget(db: &mut Db, sha256: &str) -> StoreResult<()> {
    let used = dossier_files::table
        .filter(dossier_files::sha256.eq(sha256.to_owned()))
        .select(count_star())
        .get_result::<i64>(db)?;
    if used == 0 {
        diesel::delete(stored_files::table.find(sha256.to_owned())).execute(db)?;
    }
    Ok(())
}

/// What must be in the store of files, in the order of its digests, after one of them.
///
/// # Errors
/// Storage failures only.
pub fn stored_after(db: &mut Db, after: &str, limit: i64) -> StoreResult<Vec<StoredRow>> {
    Ok(stored_files::table
        .filter(stored_files::sha256.gt(after.to_owned()))
        .order(stored_files::sha256.asc())
        .limit(limit)
        .select(StoredRow::as_select())
        .load(db)?)
}

/// Which of these digests some dossier that was not disposed of needs.
///
/// # Errors
/// Storage failures only.
pub fn needed_of(db: &mut Db, digests: &[String]) -> StoreResult<Vec<String>> {
    Ok(dossier_files::table
        .filter(dossier_files::sha256.eq_any(digests.to_vec()))
        .filter(dossier_files::disposed_at.is_null())
        .select(dossier_files::sha256)
        .distinct()
        .load(db)?)
}

/// Files by their ids.
///
/// # Errors
/// Storage failures only.
pub fn by_ids(db: &mut Db, ids: &[String]) -> StoreResult<Vec<FileRow>> {
    Ok(dossier_files::table
        .filter(dossier_files::id.eq_any(ids.to_vec()))
        .select(FileRow::as_select())
        .load(db)?)
}

/// How many files a centre's dossiers have.
///
/// # Errors
/// Storage failures only.
pub fn kept(db: &mut Db, centre: &CentreId) -> StoreResult<i64> {
    Ok(dossier_files::table
        .filter(dossier_files::centre_id.eq(centre.clone()))
        .select(count_star())
        .get_result(db)?)
}

/// Takes the names out of disposed dossiers' files, and lets their bytes go.
///
/// # Errors
/// Storage failures only.
pub fn dispose(db: &mut Db, dossiers: &[DossierId], at: Ts) -> StoreResult<()> {
    diesel::update(
        dossier_files::table.filter(dossier_files::dossier_id.eq_any(dossiers.to_vec())),
    )
    .filter(dossier_files::disposed_at.is_null())
    .set((
        dossier_files::name.eq(""),
        dossier_files::disposed_at.eq(Some(at)),
    ))
    .execute(db)?;
    Ok(())
}
