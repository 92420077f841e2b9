-- Deadlines watched: what each dossier is in which list for, what was said of it, and letters of apology.

-- What lapses by time is ended by the program, in nobody's name.
-- SQLite cannot loosen a column in place: the tables are written anew.
CREATE TABLE dossier_decisions_new (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    legal_basis TEXT,
    note TEXT,
    decided_by TEXT,
    decided_at TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '{}',
    voided_at TEXT,
    CONSTRAINT pk_dossier_decisions PRIMARY KEY (id),
    CONSTRAINT fk_dossier_decisions_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal', 'stop', 'hold', 'resumption', 'transfer', 'extension', 'correction', 'payment_request', 'payment'))
) STRICT;
INSERT INTO dossier_decisions_new SELECT id, dossier_id, kind, outcome, reason, legal_basis, note, decided_by, decided_at, detail, voided_at
FROM dossier_decisions;
DROP TABLE dossier_decisions;
ALTER TABLE dossier_decisions_new RENAME TO dossier_decisions;
CREATE INDEX ix_dossier_decisions_dossier ON dossier_decisions (dossier_id, decided_at);
-- What refers to the letters stands aside meanwhile.
CREATE TABLE dossier_slips_aside (dossier_id TEXT NOT NULL, letter_id TEXT NOT NULL) STRICT;
INSERT INTO dossier_slips_aside SELECT dossier_id, letter_id FROM dossier_slips;
DROP TABLE dossier_slips;
CREATE TABLE dossier_letters_new (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    form TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    issued_by TEXT,
    issued_at TEXT NOT NULL,
    CONSTRAINT pk_dossier_letters PRIMARY KEY (id),
    CONSTRAINT uq_dossier_letters_number UNIQUE (authority_id, form, year, number),
    CONSTRAINT fk_dossier_letters_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
INSERT INTO dossier_letters_new SELECT id, dossier_id, authority_id, form, year, number, issued_by, issued_at FROM dossier_letters;
DROP TABLE dossier_letters;
ALTER TABLE dossier_letters_new RENAME TO dossier_letters;
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

-- Which of many servers does what only one may do at a time, and until when it holds.
CREATE TABLE leases (
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL,
    CONSTRAINT pk_leases PRIMARY KEY (name)
) STRICT;
INSERT INTO leases (name, holder, until) VALUES ('sweeper', '', '1970-01-01 00:00:00');

-- What a dossier is watched for: from when until when it stands in which list. Written anew with every step, so
-- that a list is a look-up and no list waits for anybody to make it.
CREATE TABLE dossier_concerns (
    dossier_id TEXT NOT NULL,
    concern TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    desk TEXT NOT NULL,
    handler_id TEXT,
    closed INTEGER NOT NULL,
    from_at TEXT NOT NULL,
    until_at TEXT,
    alarm_at TEXT,
    CONSTRAINT pk_dossier_concerns PRIMARY KEY (dossier_id, concern),
    CONSTRAINT fk_dossier_concerns_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
-- Work lists and the board, of a centre and of an authority.
CREATE INDEX ix_dossier_concerns_centre ON dossier_concerns (centre_id, closed, concern, from_at);
CREATE INDEX ix_dossier_concerns_authority ON dossier_concerns (authority_id, closed, concern, from_at);
-- What is to be said next.
CREATE INDEX ix_dossier_concerns_alarm ON dossier_concerns (alarm_at) WHERE alarm_at IS NOT NULL;

-- What was said, once each, and stays.
CREATE TABLE alarms (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    concern TEXT NOT NULL,
    from_at TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    desk TEXT NOT NULL,
    handler_id TEXT,
    CONSTRAINT pk_alarms PRIMARY KEY (id),
    CONSTRAINT uq_alarms_once UNIQUE (dossier_id, concern, from_at),
    CONSTRAINT fk_alarms_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
CREATE INDEX ix_alarms_centre ON alarms (centre_id, id);
CREATE INDEX ix_alarms_authority ON alarms (authority_id, id);

-- Looking at every open dossier of a centre again, after the rules of watching changed: how far it has got.
CREATE TABLE watch_jobs (
    centre_id TEXT NOT NULL,
    checked INTEGER NOT NULL,
    after_id TEXT,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    CONSTRAINT pk_watch_jobs PRIMARY KEY (centre_id),
    CONSTRAINT fk_watch_jobs_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;
CREATE INDEX ix_watch_jobs_open ON watch_jobs (started_at) WHERE finished_at IS NULL;
-- Dossiers of before this table are looked at when the program starts.
INSERT INTO watch_jobs (centre_id, checked, started_at) SELECT id, 0, '1970-01-01 00:00:00' FROM centres;

-- By what a centre watches, where no law says it: conventions with their defaults in the program.
CREATE TABLE watch_rules (
    centre_id TEXT NOT NULL,
    data TEXT NOT NULL,
    version INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT pk_watch_rules PRIMARY KEY (centre_id),
    CONSTRAINT fk_watch_rules_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;

-- How each working day began: what was due, late and unanswered.
CREATE TABLE watch_digests (
    centre_id TEXT NOT NULL,
    on_date TEXT NOT NULL,
    data TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT pk_watch_digests PRIMARY KEY (centre_id, on_date),
    CONSTRAINT fk_watch_digests_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;

-- Letters of apology as a handler drafts them, until a leader signs or sends them back (T25).
CREATE TABLE dossier_apologies (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    state TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    new_due_on TEXT NOT NULL,
    latest_on TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_at TEXT NOT NULL,
    closed_by TEXT,
    closed_at TEXT,
    closing_reason TEXT,
    CONSTRAINT pk_dossier_apologies PRIMARY KEY (id),
    CONSTRAINT fk_dossier_apologies_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_apologies_state CHECK (state IN ('drafted', 'signed', 'sent_back', 'replaced', 'overtaken'))
) STRICT;
CREATE INDEX ix_dossier_apologies_dossier ON dossier_apologies (dossier_id, id);
CREATE INDEX ix_dossier_apologies_centre ON dossier_apologies (centre_id, state, latest_on, id);
CREATE INDEX ix_dossier_apologies_authority ON dossier_apologies (authority_id, state, latest_on, id);
-- The draft that waits to be signed.
ALTER TABLE dossiers ADD COLUMN open_apology_id TEXT;
