DROP TABLE dossier_undos;
DROP TABLE dossier_consultations;
ALTER TABLE dossier_results DROP COLUMN voided_at;
ALTER TABLE dossier_decisions DROP COLUMN voided_at;
ALTER TABLE dossier_decisions DROP COLUMN detail;
ALTER TABLE dossier_decisions DROP CONSTRAINT ck_dossier_decisions_kind;
DELETE FROM dossier_decisions WHERE kind NOT IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal');
ALTER TABLE dossier_decisions ADD CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal'));
