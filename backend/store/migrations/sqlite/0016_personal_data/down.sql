DROP INDEX ix_certification_entries_identity;
DROP INDEX ix_dossier_returns_identity;
DROP INDEX ix_dossier_filers_identity;
DROP TABLE disposal_items;
DROP TABLE disposal_lists;
DROP TABLE dossier_holds;
DROP TABLE retention_rules;
DROP TABLE data_requests;
