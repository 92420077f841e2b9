//! Statements of banks: what their columns are called, the files, and their lines held against what is
//! known here.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{Edge, TransactionRow, in_order, next_to, within};
use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, RecordId, UserId};
use crate::on_each;
use crate::schema::{
    bank_statement_files, bank_statement_lines, bank_statements, bank_transactions, refunds,
    statement_columns,
};
use crate::ts::Ts;

/// What the columns of a bank's sheet are called.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = statement_columns)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ColumnsRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub bank_bin: String,
    /// JSON.
    pub column_names: String,
    pub entered_by: UserId,
    pub entered_at: Ts,
}

/// A statement that somebody brought in.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_statements, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct StatementRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub account_id: RecordId,
    /// `csv` or `camt053`.
    pub format: String,
    pub file_name: String,
    /// SHA-256 of the file.
    pub digest: String,
    /// JSON: the columns it is read by.
    pub column_names: Option<String>,
    /// When the first of its movements was booked.
    pub first_at: Option<Ts>,
    /// When the last was.
    pub last_at: Option<Ts>,
    pub came_vnd: i64,
    pub went_vnd: i64,
    pub lines_total: i32,
    pub lines_done: i32,
    /// `stored` or `done`.
    pub state: String,
    pub imported_by: UserId,
    pub imported_at: Ts,
    pub done_at: Option<Ts>,
}

/// A line of it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_statement_lines, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct StatementLineRow {
    pub statement_id: RecordId,
    /// From 1.
    pub ord: i32,
    pub class: String,
    pub booked_at: Option<Ts>,
    /// What came is positive, what went out negative.
    pub amount_vnd: Option<i64>,
    pub bank_reference: Option<String>,
    /// The transfer's text; the line as it came, where it cannot be read.
    pub description: String,
    pub payer_name: Option<String>,
    /// Why it cannot be read.
    pub why: Option<String>,
    pub transaction_id: Option<RecordId>,
    pub refund_id: Option<RecordId>,
    /// The money that went on to the State Treasury.
    pub treasury_id: Option<RecordId>,
}

/// Names the columns of a bank's sheet from now on.
///
/// # Errors
/// Storage failures only.
pub fn insert_columns(db: &mut Db, row: &ColumnsRow) -> StoreResult<()> {
    diesel::insert_into(statement_columns::table)
        .values(row)
        .execute(db)?;
    Ok(())
}

/// The columns of a bank's sheet that hold in a centre.
///
/// # Errors
/// Storage failures only.
pub fn columns_of(
    db: &mut Db,
    centre: &CentreId,
    bank_bin: &str,
) -> StoreResult<Option<ColumnsRow>> {
    use statement_columns as c;
    Ok(c::table
        .filter(c::centre_id.eq(centre.clone()))
        .filter(c::bank_bin.eq(bank_bin.to_owned()))
        .order(c::id.desc())
        .select(ColumnsRow::as_select())
        .first(db)
        .optional()?)
}

/// Keeps a statement with its file; false when the account has this file already.
///
/// # Errors
/// Storage failures only.
pub fn insert_statement(db: &mut Db, row: &StatementRow, body: &str) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(bank_statements::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if n == 0 {
        return Ok(false);
    }
    on_each!(db, c => diesel::insert_into(bank_statement_files::table)
        .values((
            bank_statement_files::statement_id.eq(&row.id),
            bank_statement_files::body.eq(body),
        ))
        .execute(c))?;
    Ok(true)
}

/// The statement of an account with this file.
///
/// # Errors
/// Storage failures only.
pub fn statement_of(
    db: &mut Db,
    account: &RecordId,
    digest: &str,
) -> StoreResult<Option<StatementRow>> {
    use bank_statements as s;
    Ok(s::table
        .filter(s::account_id.eq(account.clone()))
        .filter(s::digest.eq(digest.to_owned()))
        .select(StatementRow::as_select())
        .get_result(db)
        .optional()?)
}

/// One statement, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn statement_by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<StatementRow>> {
    Ok(bank_statements::table
        .find(id)
        .select(StatementRow::as_select())
        .get_result(db)
        .optional()?)
}

/// One statement, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn statement(db: &mut Db, scope: &Scope, id: &RecordId) -> StoreResult<Option<StatementRow>> {
    let row = statement_by_id(db, id)?;
    Ok(row.filter(|s| scope.covers(&s.centre_id, &s.authority_id)))
}

/// The statements within a scope next to an edge, the last brought in first.
///
/// # Errors
/// Storage failures only.
pub fn statements_page(
    db: &mut Db,
    scope: &Scope,
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<StatementRow>> {
    let q = bank_statements::table
        .select(StatementRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = within!(q, bank_statements, scope);
    let q = next_to!(q, bank_statements, edge);
    Ok(in_order(q.load(db)?, edge))
}

/// The file of a statement.
///
/// # Errors
/// Storage failures only.
pub fn statement_file(db: &mut Db, id: &RecordId) -> StoreResult<Option<String>> {
    Ok(bank_statement_files::table
        .find(id)
        .select(bank_statement_files::body)
        .get_result(db)
        .optional()?)
}

/// The first statement that is still being gone through.
///
/// # Errors
/// Storage failures only.
pub fn statement_stored(db: &mut Db) -> StoreResult<Option<RecordId>> {
    use bank_statements as s;
    Ok(s::table
        .filter(sql::<Bool>("state = 'stored'"))
        .order(s::id.asc())
        .select(s::id)
        .first(db)
        .optional()?)
}

/// Says how far a statement has been gone through, if it was gone through so far before; false when
/// another server has gone on.
///
/// # Errors
/// Storage failures only.
pub fn keep_progress(db: &mut Db, row: &StatementRow, before: i32) -> StoreResult<bool> {
    use bank_statements as s;
    let n = diesel::update(
        s::table
            .find(&row.id)
            .filter(s::lines_done.eq(before))
            .filter(s::state.eq("stored")),
    )
    .set((
        s::lines_done.eq(row.lines_done),
        s::state.eq(row.state.clone()),
        s::done_at.eq(row.done_at),
    ))
    .execute(db)?;
    Ok(n == 1)
}

/// Keeps lines.
///
/// # Errors
/// Storage failures only.
pub fn insert_lines(db: &mut Db, rows: &[StatementLineRow]) -> StoreResult<()> {
    // SQLite takes 32,766 values in one statement at most.
    for some in rows.chunks(500) {
        let some = some.to_vec();
        on_each!(db, c => diesel::insert_into(bank_statement_lines::table)
            .values(&some)
            .execute(c))?;
    }
    Ok(())
}

/// The lines of a statement next to an edge, in its order; of one class when one is named.
///
/// # Errors
/// Storage failures only.
pub fn lines_page(
    db: &mut Db,
    statement: &RecordId,
    class: Option<&str>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<StatementLineRow>> {
    use bank_statement_lines as l;
    let mut q = l::table
        .filter(l::statement_id.eq(statement.clone()))
        .select(StatementLineRow::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(class) = class {
        q = q.filter(l::class.eq(class.to_owned()));
    }
    let q = match edge {
        Some((ord, true)) => q.filter(l::ord.lt(ord)).order(l::ord.desc()),
        Some((ord, false)) => q.filter(l::ord.gt(ord)).order(l::ord.asc()),
        None => q.order(l::ord.asc()),
    };
    let mut rows = q.load(db)?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// How many lines a statement has of each class, and how much they come to.
///
/// # Errors
/// Storage failures only.
pub fn line_counts(db: &mut Db, statement: &RecordId) -> StoreResult<Vec<(String, i64, i64)>> {
    use bank_statement_lines as l;
    Ok(on_each!(db, c => l::table
        .filter(l::statement_id.eq(statement))
        .group_by(l::class)
        .order(l::class.asc())
        .select((
            l::class,
            sql::<BigInt>("COUNT(*)"),
            sql::<BigInt>("CAST(COALESCE(SUM(amount_vnd), 0) AS BIGINT)"),
        ))
        .load::<(String, i64, i64)>(c))?)
}

/// Money by its name at the bank: id, name, đồng.
pub type Named = (RecordId, String, i64);

/// The money of these accounts with these names at the bank.
///
/// # Errors
/// Storage failures only.
pub fn transactions_named(
    db: &mut Db,
    accounts: &[RecordId],
    references: &[String],
) -> StoreResult<Vec<Named>> {
    use bank_transactions as t;
    Ok(t::table
        .filter(t::account_id.eq_any(accounts.to_vec()))
        .filter(t::bank_reference.eq_any(references.to_vec()))
        .select((t::id, t::bank_reference, t::amount_vnd))
        .load(db)?)
}

/// What went back of an authority's money under these names at the bank: id, name, đồng.
///
/// # Errors
/// Storage failures only.
pub fn refunds_named(
    db: &mut Db,
    authority: &AuthorityId,
    references: &[String],
) -> StoreResult<Vec<(RecordId, Option<String>, i64)>> {
    use refunds as r;
    Ok(r::table
        .filter(r::authority_id.eq(authority.clone()))
        .filter(r::bank_reference.eq_any(references.to_vec()))
        .select((r::id, r::bank_reference, r::amount_vnd))
        .load(db)?)
}

/// Money that is known of an account between two instants and stands on no statement of it, next to an
/// edge, the last first.
///
/// # Errors
/// Storage failures only.
pub fn not_on_statements(
    db: &mut Db,
    account: &RecordId,
    (from, to): (Ts, Ts),
    edge: Edge<'_>,
    limit: i64,
) -> StoreResult<Vec<TransactionRow>> {
    use bank_transactions as t;
    let q = t::table
        .filter(t::account_id.eq(account.clone()))
        .filter(t::booked_at.ge(from))
        .filter(t::booked_at.lt(to))
        .filter(sql::<Bool>(
            "NOT EXISTS (SELECT 1 FROM bank_statement_lines l WHERE l.transaction_id = bank_transactions.id)",
        ))
        .select(TransactionRow::as_select())
        .limit(limit)
        .into_boxed();
    let q = next_to!(q, bank_transactions, edge);
    Ok(in_order(q.load(db)?, edge))
}
