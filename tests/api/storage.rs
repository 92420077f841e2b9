//! Two databases, one schema; and which databases the server does not start on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use motcua_server::app;
use motcua_store::{Db, migrate, on_each};
use motcua_tests::database::config;
use motcua_tests::{Database, Kind};

fn versions(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../backend/store/migrations")
        .join(folder);
    let mut names: Vec<String> = std::fs::read_dir(path)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[derive(QueryableByName, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    text: String,
}

/// Diesel's own table is no part of ours.
const OWN: &str = "__diesel_schema_migrations";

fn columns(db: &mut Db) -> Vec<Column> {
    let sql = match db {
        Db::Sqlite(_) => {
            "SELECT m.name AS table_name, c.name AS name, c.type AS kind, c.\"notnull\" = 0 AS nullable
             FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
        Db::Pg(_) => {
            "SELECT table_name::text, column_name::text AS name, data_type::text AS kind,
                    is_nullable = 'YES' AS nullable
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut list: Vec<Column> = on_each!(db, c => diesel::sql_query(sql).load(c)).unwrap();
    list.retain(|c| c.table_name != OWN);
    list.sort();
    list
}

fn indexes(db: &mut Db) -> Vec<Named> {
    let sql = match db {
        Db::Sqlite(_) => {
            "SELECT tbl_name AS table_name, name, sql AS text FROM sqlite_master
             WHERE type = 'index' AND sql IS NOT NULL"
        }
        Db::Pg(_) => {
            "SELECT i.tablename::text AS table_name, i.indexname::text AS name, i.indexdef AS text
             FROM pg_indexes i WHERE i.schemaname = 'public'
               AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
        }
    };
    let mut list: Vec<Named> = on_each!(db, c => diesel::sql_query(sql).load(c)).unwrap();
    list.retain(|n| n.table_name != OWN);
    list.sort();
    list
}

/// Table, name and kind of constraints.
type Constraints = BTreeSet<(String, String, String)>;

/// Every constraint with its kind, as SQL begins it: `PRIMARY`, `UNIQUE`, `FOREIGN`, `CHECK`.
fn constraints(db: &mut Db) -> Constraints {
    match db {
        Db::Pg(c) => {
            let list: Vec<Named> = diesel::sql_query(
                "SELECT r.relname::text AS table_name, k.conname::text AS name, k.contype::text AS text
                 FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
                 JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'public'",
            )
            .load(c)
            .unwrap();
            list.into_iter()
                .filter(|n| n.table_name != OWN)
                .map(|n| {
                    let kind = match n.text.as_str() {
                        "p" => "PRIMARY",
                        "u" => "UNIQUE",
                        "f" => "FOREIGN",
                        "c" => "CHECK",
                        other => other,
                    };
                    (n.table_name, n.name, kind.to_owned())
                })
                .collect()
        }
        Db::Sqlite(c) => {
            let list: Vec<Named> = diesel::sql_query(
                "SELECT tbl_name AS table_name, name, sql AS text FROM sqlite_master
                 WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            )
            .load(c)
            .unwrap();
            let mut found = BTreeSet::new();
            for table in list.into_iter().filter(|n| n.table_name != OWN) {
                let words: Vec<&str> = table.text.split_whitespace().collect();
                for three in words.windows(3) {
                    if three[0] == "CONSTRAINT" {
                        found.insert((
                            table.table_name.clone(),
                            three[1].to_owned(),
                            three[2].to_owned(),
                        ));
                    }
                }
            }
            found
        }
    }
}

fn schema(db: &mut Db) -> (Vec<Column>, Vec<Named>, Constraints) {
    (columns(db), indexes(db), constraints(db))
}

fn migrated(kind: Kind) -> (Database, Db) {
    let database = Database::empty(kind);
    let mut db = database.open();
    migrate::run(&mut db).unwrap();
    (database, db)
}

#[test]
fn both_folders_hold_the_same_migrations() {
    let sqlite = versions("sqlite");
    assert_eq!(sqlite, versions("postgres"));
    assert!(!sqlite.is_empty());
}

#[test]
fn up_down_up_leaves_the_same_schema() {
    for kind in Kind::BOTH {
        let (_database, mut db) = migrated(kind);
        let first = schema(&mut db);
        assert!(first.0.len() > 100, "{kind:?}");
        migrate::revert_all(&mut db).unwrap();
        assert_eq!(columns(&mut db), [], "{kind:?}: something was left");
        assert_eq!(indexes(&mut db), [], "{kind:?}: something was left");
        migrate::run(&mut db).unwrap();
        assert_eq!(schema(&mut db), first, "{kind:?}");
        assert!(migrate::pending(&mut db).unwrap().is_empty());
    }
}

#[test]
fn both_databases_have_the_same_tables_columns_constraints_and_indexes() {
    let (_a, mut sqlite) = migrated(Kind::Sqlite);
    let (_b, mut postgres) = migrated(Kind::Postgres);
    let by_name = |list: Vec<Column>| -> BTreeMap<(String, String), Column> {
        list.into_iter()
            .map(|c| ((c.table_name.clone(), c.name.clone()), c))
            .collect()
    };
    let (s, p) = (
        by_name(columns(&mut sqlite)),
        by_name(columns(&mut postgres)),
    );
    assert_eq!(
        s.keys().collect::<Vec<_>>(),
        p.keys().collect::<Vec<_>>(),
        "tables and columns"
    );
    for (key, column) in &s {
        let other = &p[key];
        assert_eq!(column.nullable, other.nullable, "nullability of {key:?}");
        let fits = match column.kind.as_str() {
            "TEXT" => matches!(
                other.kind.as_str(),
                "text" | "date" | "timestamp without time zone" | "timestamp with time zone"
            ),
            "INTEGER" => matches!(other.kind.as_str(), "integer" | "bigint" | "boolean"),
            _ => false,
        };
        assert!(fits, "{key:?}: {} and {}", column.kind, other.kind);
    }
    assert_eq!(constraints(&mut sqlite), constraints(&mut postgres));
    let names = |list: Vec<Named>| -> Vec<(String, String, String)> {
        list.into_iter()
            .map(|n| {
                // The columns and, of an index on some rows only, which: PostgreSQL puts those in brackets
                // and says of a text that it is one.
                let columns = n
                    .text
                    .split_once('(')
                    .unwrap()
                    .1
                    .replace(['"', '(', ')'], "")
                    .replace("::text", "");
                (n.table_name, n.name, columns.trim().to_owned())
            })
            .collect()
    };
    assert_eq!(names(indexes(&mut sqlite)), names(indexes(&mut postgres)));
}

macro_rules! every_table {
    ($db:expr, $seen:expr; $($table:ident),+ $(,)?) => {$(
        on_each!($db, c => motcua_store::schema::$table::table.limit(0).execute(c))
            .unwrap_or_else(|e| panic!("{}: {e}", stringify!($table)));
        $seen.insert(stringify!($table).to_owned());
    )+};
}

#[test]
fn every_table_is_there_as_the_program_reads_it() {
    for kind in Kind::BOTH {
        let (_database, mut db) = migrated(kind);
        let mut seen = BTreeSet::new();
        every_table!(&mut db, seen;
            centres, authorities, centre_authorities, users, role_assignments, sessions, refresh_tokens,
            throttles, procedure_versions, procedure_drafts, calendar_versions, calendar_recomputes, counters, dossiers, dossier_words,
            dossier_filers, dossier_components, dossier_fees, dossier_pauses, dossier_handovers,
            dossier_supplements, dossier_decisions, dossier_results, dossier_returns, dossier_letters, letter_contents, letter_papers,
            dossier_consultations, dossier_steps, fee_assessments, ledger_entries, ledger_postings, collection_accounts, payment_requests, bank_notifications, bank_transactions, refunds, receipt_series, receipts, receipts_owed, collection_voids, statement_columns, bank_statements, bank_statement_files, bank_statement_lines, bank_placements, bank_placement_lines, collections_unbanked, treasury_transfers, till_closings, unknown_payments, cash_rules, index_snapshots, index_results, index_lines, index_dossiers, index_steps, dossier_undos, dossier_amendments, certification_entries, saved_filters, delegations, client_secrets, client_usage, dossier_slips, intake_drafts, dossier_legs, dossier_lifted_holds, centre_logos, reception_points, service_counters, roster_settings, roster_duties, roster_absences, leave_entries, feedback_items, feedback_steps, denunciations, denunciation_concerns, denunciation_steps, denunciation_appointments, obstacles, obstacle_steps, inspections, inspection_authorities, inspection_members, inspection_samples, inspection_sample_units, inspection_findings, inspection_finding_steps, conduct_records, conduct_record_evidence, conduct_record_revocations, data_requests, retention_rules, dossier_holds, disposal_lists,
            disposal_items, message_templates, message_settings, message_languages, message_cursors, messages,
            questionnaires, survey_settings, survey_invitations, survey_asked, survey_pending, survey_answers, survey_counts,
            survey_remarks, survey_officer_parts, survey_officer_counts, survey_devices, survey_samples, survey_sample_units,
            stored_files, dossier_files, dossier_file_withdrawals,
            declarations, declaration_people, declaration_papers,
            leases, dossier_concerns, alarms, watch_jobs, watch_rules, watch_digests, dossier_apologies, timeline, audit_entries, audit_heads, outbox, idempotency_keys,
        );
        let there: BTreeSet<String> = columns(&mut db).into_iter().map(|c| c.table_name).collect();
        assert_eq!(
            seen, there,
            "{kind:?}: a table the program does not read, or this test forgets"
        );
    }
}

fn start(database: &Database, mode: &str) -> Result<(), String> {
    let folder = database.folder.to_str().unwrap();
    let config = config(&[
        ("MODE", mode),
        ("DATABASE_URL", &database.url),
        ("DATA_DIR", folder),
        ("METRICS_BIND", ""),
        ("DEMO_HISTORY_DAYS", "0"),
        ("DATABASE_CONNECTIONS", "1"),
    ]);
    app::services(&config).map(drop).map_err(|e| e.to_string())
}

#[test]
fn sqlite_is_brought_up_to_date_at_start() {
    let database = Database::empty(Kind::Sqlite);
    start(&database, "production").unwrap();
    assert!(migrate::pending(&mut database.open()).unwrap().is_empty());
}

#[test]
fn a_postgresql_with_pending_migrations_is_refused() {
    let database = Database::empty(Kind::Postgres);
    let why = start(&database, "production").unwrap_err();
    assert!(why.contains("motcua migrate"), "{why}");
    assert_eq!(columns(&mut database.open()), [], "it was left alone");
    migrate::run(&mut database.open()).unwrap();
    start(&database, "production").unwrap();
}

#[test]
fn production_does_not_start_on_demo_accounts() {
    for kind in Kind::BOTH {
        let database = Database::demo(kind);
        let why = start(&database, "production").unwrap_err();
        assert!(why.contains("demo"), "{why}");
        start(&database, "demo").unwrap();
    }
}
