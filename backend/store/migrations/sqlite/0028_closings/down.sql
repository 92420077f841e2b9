PRAGMA defer_foreign_keys = ON;
DROP INDEX ix_receipts_payer;
DROP INDEX ix_ledger_entries_authority;
DROP INDEX ix_ledger_entries_reversed;
DROP INDEX ix_ledger_entries_collected;
-- What came after has no place in the ledger of before.
DELETE FROM ledger_postings WHERE account IN ('cash', 'treasury') OR entry_id IN (SELECT id FROM ledger_entries WHERE kind IN ('placed', 'handed_over') OR (kind = 'reversed' AND dossier_id IS NULL));
DELETE FROM ledger_entries WHERE kind = 'reversed' AND dossier_id IS NULL;
DELETE FROM ledger_entries WHERE kind IN ('placed', 'handed_over');
UPDATE bank_transactions SET state = 'unmatched' WHERE state = 'placed';
DELETE FROM bank_statement_lines WHERE class = 'treasury';
DROP TABLE cash_rules;
DROP TABLE unknown_payments;
DROP TABLE till_closings;
DROP TABLE collections_unbanked;
DROP TABLE bank_placement_lines;
CREATE TABLE bank_statement_lines_before AS SELECT statement_id, ord, class, booked_at, amount_vnd, bank_reference, description, payer_name, why, transaction_id, refund_id FROM bank_statement_lines;
DROP TABLE bank_statement_lines;
CREATE TABLE bank_statement_lines (
    statement_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    class TEXT NOT NULL,
    booked_at TEXT,
    amount_vnd INTEGER,
    bank_reference TEXT,
    description TEXT NOT NULL,
    payer_name TEXT,
    why TEXT,
    transaction_id TEXT,
    refund_id TEXT,
    CONSTRAINT pk_bank_statement_lines PRIMARY KEY (statement_id, ord),
    CONSTRAINT ck_bank_statement_lines_class CHECK (class IN ('known', 'new', 'differs', 'refund', 'outgoing', 'unreadable')),
    CONSTRAINT ck_bank_statement_lines_transaction CHECK ((class IN ('known', 'new', 'differs')) = (transaction_id IS NOT NULL)),
    CONSTRAINT ck_bank_statement_lines_refund CHECK ((class = 'refund') = (refund_id IS NOT NULL)),
    CONSTRAINT ck_bank_statement_lines_why CHECK ((class = 'unreadable') = (why IS NOT NULL)),
    CONSTRAINT fk_bank_statement_lines_statement FOREIGN KEY (statement_id) REFERENCES bank_statements (id),
    CONSTRAINT fk_bank_statement_lines_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_bank_statement_lines_refund FOREIGN KEY (refund_id) REFERENCES refunds (id)
) STRICT;
INSERT INTO bank_statement_lines (statement_id, ord, class, booked_at, amount_vnd, bank_reference, description, payer_name, why, transaction_id, refund_id) SELECT statement_id, ord, class, booked_at, amount_vnd, bank_reference, description, payer_name, why, transaction_id, refund_id FROM bank_statement_lines_before;
DROP TABLE bank_statement_lines_before;
CREATE INDEX ix_bank_statement_lines_class ON bank_statement_lines (statement_id, class, ord);
CREATE INDEX ix_bank_statement_lines_transaction ON bank_statement_lines (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE TABLE ledger_entries_before AS SELECT id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id, transaction_id, refund_id FROM ledger_entries;
DROP TABLE ledger_entries;
CREATE TABLE ledger_entries (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT,
    assessment_id TEXT,
    actor_id TEXT,
    method TEXT,
    reference TEXT,
    reverses_id TEXT,
    transaction_id TEXT,
    refund_id TEXT,
    CONSTRAINT pk_ledger_entries PRIMARY KEY (id),
    CONSTRAINT uq_ledger_entries_seq UNIQUE (centre_id, seq),
    CONSTRAINT uq_ledger_entries_reverses UNIQUE (reverses_id),
    CONSTRAINT uq_ledger_entries_transaction UNIQUE (transaction_id),
    CONSTRAINT uq_ledger_entries_refund UNIQUE (refund_id),
    CONSTRAINT ck_ledger_entries_subject CHECK ((dossier_id IS NULL) = (assessment_id IS NULL) AND (kind IN ('received', 'refunded')) = (dossier_id IS NULL) AND (kind = 'received') = (transaction_id IS NOT NULL) AND (kind = 'refunded') = (refund_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_ledger_entries_refund FOREIGN KEY (refund_id) REFERENCES refunds (id),
    CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('assessed', 'reversed', 'cancelled', 'paid', 'received', 'refunded')),
    CONSTRAINT ck_ledger_entries_paid CHECK ((kind = 'paid') = (method IS NOT NULL)),
    CONSTRAINT ck_ledger_entries_reverses CHECK ((kind IN ('reversed', 'cancelled')) = (reverses_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_ledger_entries_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_ledger_entries_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_ledger_entries_assessment FOREIGN KEY (assessment_id) REFERENCES fee_assessments (id),
    CONSTRAINT fk_ledger_entries_user FOREIGN KEY (actor_id) REFERENCES users (id),
    CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY (reverses_id) REFERENCES ledger_entries (id)
) STRICT;
INSERT INTO ledger_entries (id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id, transaction_id, refund_id) SELECT id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id, transaction_id, refund_id FROM ledger_entries_before;
DROP TABLE ledger_entries_before;
CREATE INDEX ix_ledger_entries_dossier ON ledger_entries (dossier_id, seq);
CREATE TABLE ledger_postings_before AS SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings;
DROP TABLE ledger_postings;
CREATE TABLE ledger_postings (
    entry_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    account TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    CONSTRAINT pk_ledger_postings PRIMARY KEY (entry_id, ord),
    CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card', 'bank', 'suspense')),
    CONSTRAINT ck_ledger_postings_kind CHECK (money_kind IN ('phi', 'le_phi', 'unsorted')),
    CONSTRAINT ck_ledger_postings_amount CHECK (amount_vnd <> 0),
    CONSTRAINT fk_ledger_postings_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id)
) STRICT;
INSERT INTO ledger_postings (entry_id, ord, account, money_kind, amount_vnd) SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings_before;
DROP TABLE ledger_postings_before;
DROP TABLE bank_placements;
DROP TABLE treasury_transfers;
CREATE TABLE bank_transactions_before AS SELECT id, centre_id, authority_id, account_id, bank_reference, amount_vnd, refund_vnd, description, payer_name, payer_account, booked_at, received_at, state, request_id, version FROM bank_transactions;
DROP TABLE bank_transactions;
CREATE TABLE bank_transactions (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    refund_vnd INTEGER NOT NULL,
    description TEXT NOT NULL,
    payer_name TEXT,
    payer_account TEXT,
    booked_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL,
    request_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_bank_transactions PRIMARY KEY (id),
    CONSTRAINT uq_bank_transactions_reference UNIQUE (account_id, bank_reference),
    CONSTRAINT ck_bank_transactions_state CHECK (state IN ('matched', 'held', 'to_refund', 'unmatched', 'refunded')),
    CONSTRAINT ck_bank_transactions_request CHECK ((request_id IS NULL AND state IN ('unmatched', 'refunded')) OR (request_id IS NOT NULL AND state <> 'unmatched')),
    CONSTRAINT ck_bank_transactions_amount CHECK (amount_vnd > 0 AND refund_vnd >= 0 AND refund_vnd <= amount_vnd),
    CONSTRAINT fk_bank_transactions_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_bank_transactions_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_bank_transactions_account FOREIGN KEY (account_id) REFERENCES collection_accounts (id),
    CONSTRAINT fk_bank_transactions_request FOREIGN KEY (request_id) REFERENCES payment_requests (id)
) STRICT;
INSERT INTO bank_transactions (id, centre_id, authority_id, account_id, bank_reference, amount_vnd, refund_vnd, description, payer_name, payer_account, booked_at, received_at, state, request_id, version) SELECT id, centre_id, authority_id, account_id, bank_reference, amount_vnd, refund_vnd, description, payer_name, payer_account, booked_at, received_at, state, request_id, version FROM bank_transactions_before;
DROP TABLE bank_transactions_before;
CREATE INDEX ix_bank_transactions_request ON bank_transactions (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX ix_bank_transactions_centre ON bank_transactions (centre_id, id);
CREATE INDEX ix_bank_transactions_authority ON bank_transactions (authority_id, id);
CREATE INDEX ix_bank_transactions_booked ON bank_transactions (account_id, booked_at);
