-- The tamper-evident record: one chain of hashes per centre, and its head.
CREATE TABLE audit_entries (
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    data TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_entries PRIMARY KEY (centre_id, seq)
) STRICT;
CREATE INDEX ix_audit_entries_subject ON audit_entries (subject_id, seq);

CREATE TABLE audit_heads (
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_heads PRIMARY KEY (centre_id)
) STRICT;

-- What other systems and live screens are told; numbered within its centre by the audit's own sequence.
CREATE TABLE outbox (
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    authority_id TEXT,
    data TEXT NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (centre_id, seq)
) STRICT;

-- The answer once given to a key, so that a repeated request gets it again.
CREATE TABLE idempotency_keys (
    actor_id TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (actor_id, idem_key)
) STRICT;
CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (created_at);
