//! All that the database holds, as lines of JSON, and back: one form for both databases, so that a
//! copy taken from one can be put into the other.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use diesel::connection::{DefaultLoadingMode, SimpleConnection as _};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::conn::{Db, at_one_moment};
use crate::error::{StoreError, StoreResult};
use crate::{migrate, on_each};

/// Takes the rows of a dump, one table after another.
pub trait Sink {
    /// What follows are rows of this table.
    ///
    /// # Errors
    /// What the writing reports.
    fn table(&mut self, name: &str) -> io::Result<()>;
    /// One row, as a JSON object on one line.
    ///
    /// # Errors
    /// What the writing reports.
    fn row(&mut self, json: &str) -> io::Result<()>;
}

/// Gives the rows of a dump back, table by table.
pub trait Source {
    /// The lines of this table; none when the dump has no such table.
    ///
    /// # Errors
    /// What the reading reports.
    fn table(&mut self, name: &str) -> io::Result<Option<Box<dyn BufRead>>>;
}

/// Rows put in with one statement.
const BATCH: usize = 200;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    other: String,
}

fn broken(e: io::Error) -> StoreError {
    StoreError::Open(format!("the copy: {e}"))
}

/// Which of the servers does what at this moment. That is of those servers and no part of a copy; the
/// row is made with the table, so it is there in a database that holds nothing.
const LEASES: &str = "leases";

/// Our tables, by name.
fn tables(db: &mut Db) -> StoreResult<Vec<String>> {
    let sql = match db {
        Db::Sqlite(_) => {
            "SELECT name, '' AS other FROM sqlite_master WHERE type = 'table'
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY name"
        }
        Db::Pg(_) => {
            "SELECT table_name::text AS name, '' AS other FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
             AND table_name NOT LIKE '\\_\\_diesel%' ORDER BY table_name"
        }
    };
    let found: Vec<Named> = on_each!(db, c => diesel::sql_query(sql).load(c))?;
    let names = found.into_iter().map(|t| t.name);
    Ok(names.filter(|name| name != LEASES).collect())
}

/// A table's columns in their order, with their types.
fn columns(db: &mut Db, table: &str) -> StoreResult<Vec<(String, String)>> {
    let found: Vec<Named> = match db {
        Db::Sqlite(c) => {
            diesel::sql_query("SELECT name, type AS other FROM pragma_table_info($1) ORDER BY cid")
                .bind::<Text, _>(table)
                .load(c)
        }
        Db::Pg(c) => diesel::sql_query(
            "SELECT column_name::text AS name, data_type::text AS other FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        )
        .bind::<Text, _>(table)
        .load(c),
    }?;
    Ok(found.into_iter().map(|c| (c.name, c.other)).collect())
}

/// Our tables, each after those it refers to.
fn in_order(db: &mut Db) -> StoreResult<Vec<String>> {
    let all = tables(db)?;
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let found: Vec<Named> = match db {
        Db::Sqlite(c) => diesel::sql_query(
            "SELECT m.name AS name, f.\"table\" AS other FROM sqlite_master m
             JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
        )
        .load(c),
        Db::Pg(c) => diesel::sql_query(
            "SELECT a.relname::text AS name, b.relname::text AS other FROM pg_constraint f
             JOIN pg_class a ON a.oid = f.conrelid JOIN pg_class b ON b.oid = f.confrelid
             WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace",
        )
        .load(c),
    }?;
    for f in found.into_iter().filter(|f| f.name != f.other) {
        needs.entry(f.name).or_default().push(f.other);
    }
    let mut ordered: Vec<String> = Vec::with_capacity(all.len());
    while ordered.len() < all.len() {
        let ready: Vec<&String> = all
            .iter()
            .filter(|t| !ordered.contains(t))
            .filter(|t| {
                needs
                    .get(*t)
                    .is_none_or(|n| n.iter().all(|other| ordered.contains(other)))
            })
            .collect();
        if ready.is_empty() {
            return Err(StoreError::Open(
                "the tables refer to each other in a ring".into(),
            ));
        }
        let ready: Vec<String> = ready.into_iter().cloned().collect();
        ordered.extend(ready);
    }
    Ok(ordered)
}

/// What was written out.
#[derive(Debug, Clone)]
pub struct Dumped {
    /// The migrations it was made under, oldest first.
    pub migrations: Vec<String>,
    /// Each table with its number of rows.
    pub tables: Vec<(String, u64)>,
}

/// Writes out all that was committed before the call, as one moment shows it, while others go on
/// writing.
///
/// # Errors
/// Storage failures, and what the sink reports.
pub fn dump(db: &mut Db, sink: &mut dyn Sink) -> StoreResult<Dumped> {
    // Asking for them may make the table they stand in.
    let migrations = migrate::applied(db)?;
    if let Db::Pg(c) = db {
        c.batch_execute("SET statement_timeout = 0")?;
    }
    let tables = at_one_moment(db, |db| dump_all(db, sink))?;
    Ok(Dumped { migrations, tables })
}

fn dump_all(db: &mut Db, sink: &mut dyn Sink) -> StoreResult<Vec<(String, u64)>> {
    let mut counts = Vec::new();
    for table in tables(db)? {
        sink.table(&table).map_err(broken)?;
        let columns = columns(db, &table)?;
        let mut count = 0_u64;
        let mut take = |row: QueryResult<Line>| -> StoreResult<()> {
            count += 1;
            sink.row(&row?.line).map_err(broken)
        };
        match db {
            Db::Sqlite(c) => {
                let members: Vec<String> = columns
                    .iter()
                    .map(|(name, _)| format!("'{name}', \"{name}\""))
                    .collect();
                let members = members.join(", ");
                let sql = format!("SELECT json_object({members}) AS line FROM \"{table}\"");
                for row in diesel::sql_query(sql).load_iter::<Line, DefaultLoadingMode>(c)? {
                    take(row)?;
                }
            }
            Db::Pg(c) => {
                // Instants as SQLite keeps them, always six digits.
                let members: Vec<String> = columns
                    .iter()
                    .map(|(name, kind)| match kind.as_str() {
                        "timestamp without time zone" => {
                            format!("to_char(\"{name}\", 'YYYY-MM-DD HH24:MI:SS.US') AS \"{name}\"")
                        }
                        _ => format!("\"{name}\""),
                    })
                    .collect();
                let members = members.join(", ");
                let sql = format!(
                    "SELECT row_to_json(r)::text AS line FROM (SELECT {members} FROM \"{table}\") r"
                );
                for row in diesel::sql_query(sql).load_iter::<Line, PgRowByRowLoadingMode>(c)? {
                    take(row)?;
                }
            }
        }
        counts.push((table, count));
    }
    Ok(counts)
}

/// Whether no table of ours holds a row.
///
/// # Errors
/// Storage failures only.
pub fn is_empty(db: &mut Db) -> StoreResult<bool> {
    for table in tables(db)? {
        let sql = format!("SELECT '' AS line FROM \"{table}\" LIMIT 1");
        let rows: Vec<Line> = on_each!(db, c => diesel::sql_query(sql).load(c))?;
        if !rows.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Fills an empty database from a dump and brings it up to date. Either all of the dump is in it
/// afterwards or none. Returns the number of rows of each table.
///
/// # Errors
/// [`StoreError::Open`] when the database is not empty, when the dump was made by a newer program,
/// or holds a table this program does not know; what the source reports.
pub fn restore(
    db: &mut Db,
    migrations: &[String],
    names: &[String],
    source: &mut dyn Source,
) -> StoreResult<Vec<(String, u64)>> {
    // Nobody migrates, and no other restore begins, between the look and the work.
    migrate::locked(db, |db| {
        // Tables that are counted and tables that are there must be the same: what is not seen would
        // be taken for nothing, and what is taken for nothing is dropped.
        let none_seen = tables(db)?.is_empty();
        let none_made = migrate::applied(db)?.is_empty();
        if none_seen != none_made || !is_empty(db)? {
            return Err(StoreError::Open(
                "the database is not empty; a copy is restored into an empty one only".into(),
            ));
        }
        migrate::to_level(db, migrations)
    })?;
    let order = in_order(db)?;
    // Copies of before this was left out have it, and nothing of theirs is taken.
    let strange = |n: &&String| *n != LEASES && !order.contains(n);
    if let Some(strange) = names.iter().find(strange) {
        return Err(StoreError::Open(format!(
            "the copy has a table {strange} that this program does not know"
        )));
    }
    match db {
        Db::Sqlite(c) => c.batch_execute("BEGIN IMMEDIATE"),
        Db::Pg(c) => c.batch_execute(
            "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN",
        ),
    }?;
    let done = fill(db, &order, source);
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    on_each!(db, c => c.batch_execute(end))?;
    let counts = done?;
    migrate::run(db)?;
    Ok(counts)
}

fn fill(db: &mut Db, order: &[String], source: &mut dyn Source) -> StoreResult<Vec<(String, u64)>> {
    let mut counts = Vec::new();
    for table in order {
        let Some(lines) = source.table(table).map_err(broken)? else {
            continue;
        };
        let columns = columns(db, table)?;
        let names: Vec<String> = columns.iter().map(|(n, _)| format!("\"{n}\"")).collect();
        let names = names.join(", ");
        let sql = match db {
            Db::Sqlite(_) => {
                let values: Vec<String> = columns
                    .iter()
                    .map(|(n, _)| format!("json_extract(value, '$.{n}')"))
                    .collect();
                let values = values.join(", ");
                format!("INSERT INTO \"{table}\" ({names}) SELECT {values} FROM json_each($1)")
            }
            Db::Pg(_) => format!(
                "INSERT INTO \"{table}\" ({names}) SELECT {names} FROM json_populate_recordset(NULL::\"{table}\", $1::json)"
            ),
        };
        let mut count = 0_u64;
        let mut batch: Vec<String> = Vec::with_capacity(BATCH);
        let mut put = |db: &mut Db, batch: &mut Vec<String>| -> StoreResult<()> {
            if batch.is_empty() {
                return Ok(());
            }
            let rows = format!("[{}]", batch.join(","));
            let done =
                on_each!(db, c => diesel::sql_query(&sql).bind::<Text, _>(&rows).execute(c))?;
            if done != batch.len() {
                return Err(StoreError::Open(format!("a row of {table} was not taken")));
            }
            count += done as u64;
            batch.clear();
            Ok(())
        };
        for line in lines.lines() {
            let line = line.map_err(broken)?;
            if line.is_empty() {
                continue;
            }
            batch.push(line);
            if batch.len() == BATCH {
                put(db, &mut batch)?;
            }
        }
        put(db, &mut batch)?;
        counts.push((table.clone(), count));
    }
    Ok(counts)
}
