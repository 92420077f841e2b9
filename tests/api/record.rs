//! The record: clean after work, and telling of every hand laid on it.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{App, on_both};
use serde_json::Value;

fn found(app: &App) -> Vec<String> {
    let mut codes: Vec<String> = app
        .verify()
        .iter()
        .map(|f| f["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Something of everything on record, and that it verifies.
fn lived(app: &App) {
    for station in [
        Station::Returned,
        Station::Withdrawn,
        Station::RefusedAtIntake,
        Station::Submitted,
    ] {
        app.journey("thd", station);
    }
    let mut d = app.journey("cn", Station::SupplementRequested);
    app.act("tiepnhan", &mut d, "supplements", &body_of("supplements"));
    app.get(
        "thuly.cn",
        &format!("/api/v1/dossiers/{}/personal-data", d.id),
    )
    .expect(200);
    assert_eq!(app.verify(), Vec::<Value>::new());
}

/// Lays a hand on the record, and expects it to be told.
fn tampered(app: &App, sql: &str) -> Vec<String> {
    lived(app);
    app.database.execute(sql);
    let codes = found(app);
    assert!(!codes.is_empty(), "nobody noticed: {sql}");
    codes
}

on_both! {
    fn work_leaves_a_clean_record(app) {
        for station in Station::ALL {
            app.journey("thd", station);
        }
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn every_change_has_its_event_in_order(app) {
        let d = app.journey("thd", Station::Returned);
        let mut after = 0;
        let mut kinds = Vec::new();
        loop {
            let page = app.get("giamdoc", &format!("/api/v1/events?after={after}&limit=3")).expect(200);
            let items = page["items"].as_array().unwrap();
            if items.is_empty() {
                break;
            }
            for e in items {
                let seq = e["seq"].as_i64().unwrap();
                assert!(seq > after);
                after = seq;
                if e["kind"] == "watch.digest" {
                    // The program's own, of the day that has begun.
                    continue;
                }
                assert_eq!(e["subject_id"], d.body["id"]);
                kinds.push((e["kind"].as_str().unwrap().to_owned(), e["data"]["version"].as_i64().unwrap()));
            }
            assert_eq!(page["after"], after);
        }
        let versions: Vec<i64> = kinds.iter().map(|k| k.1).collect();
        assert_eq!(versions, (1..=d.version).collect::<Vec<_>>());
        assert_eq!(kinds.last().unwrap().0, "dossier.returned");
    }

    fn an_edited_entry_is_found(app) {
        let codes = tampered(&app, "UPDATE audit_entries SET data = '{}' WHERE seq = 20");
        assert!(codes.contains(&"audit_entry_altered".to_owned()), "{codes:?}");
    }

    fn an_entry_whose_author_was_changed_is_found(app) {
        let codes = tampered(&app, "UPDATE audit_entries SET actor_id = NULL WHERE seq = (SELECT MAX(seq) FROM audit_entries WHERE actor_id IS NOT NULL)");
        assert!(codes.contains(&"audit_entry_altered".to_owned()), "{codes:?}");
    }

    fn an_entry_whose_time_was_changed_is_found(app) {
        let sql = "UPDATE audit_entries SET at = (SELECT at FROM audit_entries WHERE seq = 1) WHERE seq = 25";
        let codes = tampered(&app, sql);
        assert!(codes.contains(&"audit_entry_altered".to_owned()), "{codes:?}");
    }

    fn an_entry_deleted_from_the_middle_is_found(app) {
        let codes = tampered(&app, "DELETE FROM audit_entries WHERE seq = 18");
        assert!(codes.contains(&"audit_gap".to_owned()), "{codes:?}");
    }

    fn the_last_entry_deleted_is_found(app) {
        let sql = "DELETE FROM audit_entries WHERE seq = (SELECT MAX(seq) FROM audit_entries)";
        let codes = tampered(&app, sql);
        assert!(codes.contains(&"audit_head_mismatch".to_owned()), "{codes:?}");
    }

    fn all_entries_deleted_are_found(app) {
        let codes = tampered(&app, "DELETE FROM audit_entries");
        assert!(codes.contains(&"audit_head_mismatch".to_owned()), "{codes:?}");
    }

    fn entries_deleted_with_their_head_set_back_are_found(app) {
        // Whoever knows how the chain works cuts its end off and mends the head: the dossiers tell.
        lived(&app);
        app.database.execute(
            "DELETE FROM audit_entries WHERE seq > 20;
             UPDATE audit_heads SET seq = 20, hash = (SELECT hash FROM audit_entries WHERE seq = 20)",
        );
        let codes = found(&app);
        assert!(codes.contains(&"audit_incomplete".to_owned()), "{codes:?}");
    }

    fn an_inserted_entry_is_found(app) {
        let sql = "INSERT INTO audit_entries
            SELECT centre_id, seq + 1, at, actor_id, action, subject_kind, subject_id, data, hash, prev_hash
            FROM audit_entries WHERE seq = (SELECT MAX(seq) FROM audit_entries)";
        let codes = tampered(&app, sql);
        assert!(codes.contains(&"audit_entry_altered".to_owned()), "{codes:?}");
    }

    fn reordered_entries_are_found(app) {
        let codes = tampered(
            &app,
            "UPDATE audit_entries SET seq = 100000 WHERE seq = 15;
             UPDATE audit_entries SET seq = 15 WHERE seq = 16;
             UPDATE audit_entries SET seq = 16 WHERE seq = 100000",
        );
        assert!(codes.contains(&"audit_chain_broken".to_owned()), "{codes:?}");
        assert!(codes.contains(&"audit_entry_altered".to_owned()), "{codes:?}");
    }

    fn a_deleted_line_of_a_timeline_is_found(app) {
        let codes = tampered(&app, "DELETE FROM timeline WHERE seq = 3");
        assert!(codes.contains(&"timeline_incomplete".to_owned()), "{codes:?}");
    }

    fn a_paper_changed_by_hand_is_found(app) {
        app.journey("thd", Station::SupplementRequested);
        let codes = tampered(&app, "UPDATE letter_contents SET data = replace(data, 'ly hôn', 'kết hôn')");
        assert_eq!(codes, ["letter_altered"]);
    }

    fn a_paper_taken_out_by_hand_is_found(app) {
        app.journey("thd", Station::SupplementRequested);
        let codes = tampered(&app, "DELETE FROM letter_contents");
        assert!(!codes.is_empty() && codes.iter().all(|c| c == "letter_missing"), "{codes:?}");
    }

    fn a_state_changed_by_hand_is_found(app) {
        let codes = tampered(&app, "UPDATE dossiers SET state = 'processing' WHERE state = 'returned'");
        assert!(codes.contains(&"state_differs_from_timeline".to_owned()), "{codes:?}");
    }

    fn a_deleted_dossier_is_found(app) {
        lived(&app);
        let d = app.journey("ht", Station::Returned);
        let id = &d.id;
        // Or it writes of the dossier what it is still to tell the citizen, between one line and the next.
        let mut app = app;
        app.stop();
        let children = [
            "dossier_words", "dossier_filers", "dossier_components", "dossier_fees", "dossier_pauses",
            "dossier_handovers", "dossier_supplements", "dossier_decisions", "dossier_results",
            "dossier_returns", "dossier_letters", "dossier_consultations", "dossier_steps", "dossier_undos", "dossier_amendments", "certification_entries", "dossier_slips", "messages", "payment_requests", "receipts", "receipts_owed", "collection_voids", "collections_unbanked", "unknown_payments", "ledger_entries", "fee_assessments", "timeline",
        ];
        app.database.execute(&format!(
            "DELETE FROM ledger_postings WHERE entry_id IN (SELECT id FROM ledger_entries WHERE dossier_id = '{id}')"
        ));
        for table in children {
            app.database.execute(&format!("DELETE FROM {table} WHERE dossier_id = '{id}'"));
        }
        app.database.execute(&format!("DELETE FROM dossiers WHERE id = '{id}'"));
        let codes = found(&app);
        assert!(codes.contains(&"dossier_missing".to_owned()), "{codes:?}");
        assert!(codes.contains(&"series_not_gap_free".to_owned()), "{codes:?}");
    }

    fn a_code_given_by_hand_is_found(app) {
        let codes = tampered(&app, "UPDATE counters SET value = value + 1 WHERE name LIKE 'code:%'");
        assert!(codes.contains(&"series_not_gap_free".to_owned()), "{codes:?}");
    }
}
