DROP TABLE dossier_undos;
DROP TABLE dossier_consultations;
ALTER TABLE dossier_results DROP COLUMN voided_at;
CREATE TABLE dossier_decisions_old (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    legal_basis TEXT,
    note TEXT,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    CONSTRAINT pk_dossier_decisions PRIMARY KEY (id),
    CONSTRAINT fk_dossier_decisions_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal'))
) STRICT;
INSERT INTO dossier_decisions_old (id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at)
SELECT id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at FROM dossier_decisions
WHERE kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal');
DROP TABLE dossier_decisions;
ALTER TABLE dossier_decisions_old RENAME TO dossier_decisions;
CREATE INDEX ix_dossier_decisions_dossier ON dossier_decisions (dossier_id, decided_at);
