-- Every turn a dossier can take: holds, stops, transfers, apologies, corrections, money owed, opinions asked for,
-- and steps taken back.
ALTER TABLE dossier_decisions DROP CONSTRAINT ck_dossier_decisions_kind;
ALTER TABLE dossier_decisions ADD CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal', 'stop', 'hold', 'resumption', 'transfer', 'extension', 'correction', 'payment_request', 'payment'));
ALTER TABLE dossier_decisions ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';
ALTER TABLE dossier_decisions ADD COLUMN voided_at TIMESTAMP;

ALTER TABLE dossier_results ADD COLUMN voided_at TIMESTAMP;

-- Opinions asked of other bodies (R11): the clock runs on.
CREATE TABLE dossier_consultations (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    body TEXT NOT NULL,
    question TEXT NOT NULL,
    reply_due_on DATE,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    reply TEXT,
    answered_by TEXT,
    answered_at TIMESTAMP,
    voided_at TIMESTAMP,
    CONSTRAINT pk_dossier_consultations PRIMARY KEY (id),
    CONSTRAINT fk_dossier_consultations_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_consultations_dossier ON dossier_consultations (dossier_id, asked_at);

-- The dossier before its last step, for as long as that step can be taken back (T26).
CREATE TABLE dossier_undos (
    dossier_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    step TEXT NOT NULL,
    done_at TIMESTAMP NOT NULL,
    before TEXT NOT NULL,
    handler_id TEXT,
    open_handover_id TEXT,
    CONSTRAINT pk_dossier_undos PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_undos_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
