ALTER TABLE dossiers DROP COLUMN open_apology_id;
DROP TABLE dossier_apologies;
DROP TABLE watch_digests;
DROP TABLE watch_rules;
DROP TABLE watch_jobs;
DROP TABLE alarms;
DROP TABLE dossier_concerns;
DROP TABLE leases;
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
    detail TEXT NOT NULL DEFAULT '{}',
    voided_at TEXT,
    CONSTRAINT pk_dossier_decisions PRIMARY KEY (id),
    CONSTRAINT fk_dossier_decisions_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal', 'stop', 'hold', 'resumption', 'transfer', 'extension', 'correction', 'payment_request', 'payment'))
) STRICT;
INSERT INTO dossier_decisions_old SELECT id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at, detail, voided_at
FROM dossier_decisions
WHERE decided_by IS NOT NULL;
DROP TABLE dossier_decisions;
ALTER TABLE dossier_decisions_old RENAME TO dossier_decisions;
CREATE INDEX ix_dossier_decisions_dossier ON dossier_decisions (dossier_id, decided_at);
-- What refers to the letters stands aside meanwhile.
CREATE TABLE dossier_slips_aside (dossier_id TEXT NOT NULL, letter_id TEXT NOT NULL) STRICT;
INSERT INTO dossier_slips_aside SELECT dossier_id, letter_id FROM dossier_slips;
DROP TABLE dossier_slips;
CREATE TABLE dossier_letters_old (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    form TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    CONSTRAINT pk_dossier_letters PRIMARY KEY (id),
    CONSTRAINT uq_dossier_letters_number UNIQUE (authority_id, form, year, number),
    CONSTRAINT fk_dossier_letters_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
INSERT INTO dossier_letters_old SELECT id, dossier_id, authority_id, form, year, number, issued_by, issued_at FROM dossier_letters
WHERE issued_by IS NOT NULL;
DROP TABLE dossier_letters;
ALTER TABLE dossier_letters_old RENAME TO dossier_letters;
CREATE INDEX ix_dossier_letters_dossier ON dossier_letters (dossier_id);
CREATE TABLE dossier_slips (
    dossier_id TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    CONSTRAINT pk_dossier_slips PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_slips_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_dossier_slips_letter FOREIGN KEY (letter_id) REFERENCES dossier_letters (id)
) STRICT;
CREATE INDEX ix_dossier_slips_letter ON dossier_slips (letter_id);
INSERT INTO dossier_slips (dossier_id, letter_id) SELECT dossier_id, letter_id FROM dossier_slips_aside;
DROP TABLE dossier_slips_aside;
