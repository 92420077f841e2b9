-- Every turn a dossier can take: holds, stops, transfers, apologies, corrections, money owed, opinions asked for,
-- and steps taken back.

-- SQLite cannot widen a CHECK in place: the table is written anew. Nothing refers to it.
CREATE TABLE dossier_decisions_new (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    legal_basis TEXT,
    note TEXT,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    voided_at TEXT,
    CONSTRAINT pk_dossier_decisions PRIMARY KEY (id),
    CONSTRAINT fk_dossier_decisions_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal', 'stop', 'hold', 'resumption', 'transfer', 'extension', 'correction', 'payment_request', 'payment'))
) STRICT;
INSERT INTO dossier_decisions_new (id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at)
SELECT id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at FROM dossier_decisions;
DROP TABLE dossier_decisions;
ALTER TABLE dossier_decisions_new RENAME TO dossier_decisions;
CREATE INDEX ix_dossier_decisions_dossier ON dossier_decisions (dossier_id, decided_at);

ALTER TABLE dossier_results ADD COLUMN voided_at TEXT;

-- Opinions asked of other bodies (R11): the clock runs on.
CREATE TABLE dossier_consultations (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    body TEXT NOT NULL,
    question TEXT NOT NULL,
    reply_due_on TEXT,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    reply TEXT,
    answered_by TEXT,
    answered_at TEXT,
    voided_at TEXT,
    CONSTRAINT pk_dossier_consultations PRIMARY KEY (id),
    CONSTRAINT fk_dossier_consultations_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
CREATE INDEX ix_dossier_consultations_dossier ON dossier_consultations (dossier_id, asked_at);

-- The dossier before its last step, for as long as that step can be taken back (T26).
CREATE TABLE dossier_undos (
    dossier_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    step TEXT NOT NULL,
    done_at TEXT NOT NULL,
    before TEXT NOT NULL,
    handler_id TEXT,
    open_handover_id TEXT,
    CONSTRAINT pk_dossier_undos PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_undos_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
