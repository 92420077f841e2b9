ALTER TABLE dossier_filers DROP COLUMN authorisation_until;
ALTER TABLE dossier_filers DROP COLUMN authorisation_scope;
DROP INDEX ix_dossiers_visit;
DROP TABLE dossier_slips;
