-- What came from a bank has no place in the ledger of before.
DELETE FROM ledger_postings WHERE account IN ('bank', 'suspense') OR entry_id IN (SELECT id FROM ledger_entries WHERE kind IN ('received', 'refunded'));
DELETE FROM ledger_entries WHERE kind IN ('received', 'refunded');
CREATE TABLE ledger_entries_new (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    assessment_id TEXT NOT NULL,
    actor_id TEXT,
    method TEXT,
    reference TEXT,
    reverses_id TEXT,
    CONSTRAINT pk_ledger_entries PRIMARY KEY (id),
    CONSTRAINT uq_ledger_entries_seq UNIQUE (centre_id, seq),
    CONSTRAINT uq_ledger_entries_reverses UNIQUE (reverses_id),
    CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('assessed', 'reversed', 'cancelled', 'paid')),
    CONSTRAINT ck_ledger_entries_paid CHECK ((kind = 'paid') = (method IS NOT NULL)),
    CONSTRAINT ck_ledger_entries_reverses CHECK ((kind IN ('reversed', 'cancelled')) = (reverses_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_ledger_entries_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_ledger_entries_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_ledger_entries_assessment FOREIGN KEY (assessment_id) REFERENCES fee_assessments (id),
    CONSTRAINT fk_ledger_entries_user FOREIGN KEY (actor_id) REFERENCES users (id),
    CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY (reverses_id) REFERENCES ledger_entries_new (id)
) STRICT;
INSERT INTO ledger_entries_new (id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id)
    SELECT id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id FROM ledger_entries ORDER BY centre_id, seq;
CREATE TABLE ledger_postings_new (
    entry_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    account TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    CONSTRAINT pk_ledger_postings PRIMARY KEY (entry_id, ord),
    CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card')),
    CONSTRAINT ck_ledger_postings_kind CHECK (money_kind IN ('phi', 'le_phi')),
    CONSTRAINT ck_ledger_postings_amount CHECK (amount_vnd <> 0),
    CONSTRAINT fk_ledger_postings_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries_new (id)
) STRICT;
INSERT INTO ledger_postings_new SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings;
DROP TABLE ledger_postings;
DROP TABLE ledger_entries;
ALTER TABLE ledger_entries_new RENAME TO ledger_entries;
ALTER TABLE ledger_postings_new RENAME TO ledger_postings;
CREATE INDEX ix_ledger_entries_dossier ON ledger_entries (dossier_id, seq);
DROP INDEX ix_dossiers_authority_fee_due;
DROP INDEX ix_dossiers_centre_fee_due;
DROP TABLE refunds;
DROP TABLE bank_transactions;
DROP TABLE bank_notifications;
DROP TABLE payment_requests;
DROP TABLE collection_accounts;
