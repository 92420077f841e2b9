DROP INDEX ix_dossier_filers_phone;
DROP TABLE calendar_recomputes;
ALTER TABLE calendar_versions DROP COLUMN entered_by;
DROP INDEX ix_sessions_expires;
DROP TABLE intake_drafts;
DROP TABLE dossier_lifted_holds;
DROP TABLE centre_logos;
DROP TABLE dossier_legs;
